/* SPDX-License-Identifier: ISC */
#include "rss_escape.h"

#include "rss_item.h"
#include "rss_scan.h"

/* An element of running text that is open. */
struct element {
	struct news_text name; /* with its prefix; empty: none is */
	size_t begin;          /* of its content; 0: its start tag has not ended */
	size_t depth;          /* elements of the same name in it that are open */
	bool has_tags;
};

static struct news_text
part(struct news_text bytes, struct news_span span)
{
	return (struct news_text){bytes.at + span.begin, span.end - span.begin};
}

static bool
is_same(struct news_text one, struct news_text other)
{
	return one.bytes == other.bytes && memcmp(one.at, other.at, one.bytes) == 0;
}

/* Append HTML with its marks as references, but for CDATA sections. */
static bool
add_escaped(struct buffer *out, struct news_text html)
{
	struct rss_scan scan = {0};
	enum rss_event event;
	size_t done = 0, i, end;
	bool is_section;

	do {
		event = rss_scan_next(&scan, html, true);
		is_section = event == RSS_OTHER && scan.at - scan.begin > 9 && html.at[scan.begin + 2] == '[';
		if (event != RSS_MORE && !is_section)
			continue;
		end = event == RSS_MORE ? html.bytes : scan.begin;
		for (i = done; i < end; i++) {
			const char *as = html.at[i] == '<' ? "&lt;" : html.at[i] == '&' ? "&amp;" : NULL;

			if (as == NULL)
				continue;
			if (!buffer_add(out, html.at + done, i - done) || !buffer_add(out, as, strlen(as)))
				return false;
			done = i + 1;
		}
		if (!buffer_add(out, html.at + done, end - done))
			return false;
		done = end;
		if (is_section && !buffer_add(out, html.at + done, scan.at - done))
			return false;
		done = scan.at;
	} while (event != RSS_MORE);
	return true;
}

bool
rss_escape_html(struct buffer *out, struct news_text bytes)
{
	struct rss_scan scan = {0};
	struct element element = {.name = {"", 0}};
	enum rss_event event;
	size_t done = 0;

	while ((event = rss_scan_next(&scan, bytes, true)) != RSS_MORE) {
		bool is_same_name = is_same(element.name, part(bytes, scan.name));

		switch (event) {
		case RSS_BEGIN:
			if (element.name.bytes > 0) {
				element.has_tags = true;
				element.depth += is_same_name;
			} else if (rss_item_is_text(part(bytes, scan.local))) {
				element = (struct element){.name = part(bytes, scan.name)};
			}
			break;
		case RSS_END:
			if (element.name.bytes == 0)
				break;
			if (!is_same_name) {
				element.has_tags = true;
			} else if (element.depth > 0) {
				element.depth--;
			} else {
				if (element.has_tags &&
				    (!buffer_add(out, bytes.at + done, element.begin - done) ||
					!add_escaped(out, part(bytes, (struct news_span){element.begin, scan.begin}))))
					return false;
				if (element.has_tags)
					done = scan.begin;
				element.name.bytes = 0;
			}
			break;
		case RSS_CLOSE:
			if (element.name.bytes > 0 && element.begin == 0)
				element.begin = scan.at;
			break;
		case RSS_EMPTY:
			if (element.begin == 0)
				element.name.bytes = 0;
			else if (is_same_name && element.depth > 0)
				element.depth--;
			break;
		default:
			break;
		}
	}
	return buffer_add(out, bytes.at + done, bytes.bytes - done);
}
