/* SPDX-License-Identifier: ISC */
#include "rss_words.h"

#include "html_element.h"
#include "reference.h"

#include <libxml/HTMLparser.h>

/* No name of an element of HTML or of what stands in it is as long. Bytes, with a NUL. */
#define ELEMENT_BYTES 32

static bool
is_letter(char byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

/* The element of HTML whose name stands at AT; HTML_TEXT: none. */
static enum html_element
find_element(const char *at, const char *end)
{
	char name[ELEMENT_BYTES];
	size_t bytes = 0;
	enum html_element element;

	while (at < end && bytes + 1 < sizeof name && (is_letter(*at) || (*at >= '0' && *at <= '9'))) {
		name[bytes++] = (char)(is_letter(*at) ? *at | 0x20 : *at);
		at++;
	}
	name[bytes] = '\0';
	if (bytes == 0 || (at < end && *at != '>' && *at != '/' && *at != '&' && !is_blank(*at)))
		return HTML_TEXT;
	element = html_element_find(name);
	if (element != HTML_OTHER || htmlTagLookup((const xmlChar *)name) != NULL)
		return element;
	return HTML_TEXT;
}

/* Whether an end tag of any name stands behind the `<` before AT: "<math><mi>a</mi></math>". */
static bool
is_end_tag(const char *at, const char *end)
{
	const char *name = at + 1;

	if (at == end || *at != '/')
		return false;
	for (at = name; at < end && at - name < ELEMENT_BYTES && *at != '>' && !is_blank(*at); at++)
		;
	return at > name && at < end && *at == '>' && is_letter(*name);
}

static bool
has_tags(struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes;

	while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		at++;
		if (end - at >= 3 && memcmp(at, "!--", 3) == 0)
			return true;
		if (find_element(at + (at < end && *at == '/'), end) != HTML_TEXT || is_end_tag(at, end))
			return true;
	}
	return false;
}

static bool
has_references(struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes;
	struct reference reference;

	while (at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL) {
		reference_read((struct news_text){at, (size_t)(end - at)}, &reference);
		if (reference.bytes > 0 && reference.character != 0)
			return true;
		at++;
	}
	return false;
}

/* Whether TEXT, in which no tag stands, has escaped ones: one at its very front, or any of a block or a line break. A
 * text about HTML has neither, but escaped names of inline elements between its words. */
static bool
is_escaped_twice(struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes, *front = text.at;
	enum html_element element;

	while (front < end && is_blank(*front))
		front++;
	while (at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL) {
		bool is_first = at == front, is_end;

		at++;
		if (end - at < 4 || memcmp(at, "lt;", 3) != 0)
			continue;
		at += 3;
		is_end = *at == '/';
		element = find_element(at + is_end, end);
		if (element == HTML_BR || (element != HTML_TEXT && is_first && !is_end) ||
		    (is_end && element != HTML_TEXT && html_element_flow(element) == HTML_BLOCK))
			return true;
	}
	return false;
}

/* Append TEXT to OUT with its references resolved. */
static bool
add_unescaped(struct buffer *out, struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes, *mark;
	struct reference reference;
	char character[4];

	while ((mark = memchr(at, '&', (size_t)(end - at))) != NULL) {
		if (!buffer_add(out, at, (size_t)(mark - at)))
			return false;
		reference_read((struct news_text){mark, (size_t)(end - mark)}, &reference);
		if (reference.bytes > 0 && reference.character != 0) {
			if (!buffer_add(out, character, reference_write(reference.character, character)))
				return false;
			at = mark + reference.bytes;
		} else {
			if (!buffer_add_byte(out, '&'))
				return false;
			at = mark + 1;
		}
	}
	return buffer_add(out, at, (size_t)(end - at));
}

/* Take off a CDATA section that was escaped itself: "&lt;![CDATA[...]]&gt;". */
static struct news_text
without_section(struct news_text text)
{
	while (text.bytes > 0 && is_blank(*text.at)) {
		text.at++;
		text.bytes--;
	}
	while (text.bytes > 0 && is_blank(text.at[text.bytes - 1]))
		text.bytes--;
	if (text.bytes < 9 || memcmp(text.at, "<![CDATA[", 9) != 0)
		return text;
	text.at += 9;
	text.bytes -= 9;
	if (text.bytes >= 3 && memcmp(text.at + text.bytes - 3, "]]>", 3) == 0)
		text.bytes -= 3;
	return text;
}

enum news_status
rss_words_read(struct rss_words *words, struct news_text text, enum rss_type type, struct news_error *error)
{
	enum news_status status;
	bool tagged;

	words->plain = (struct news_text){NULL, 0};
	words->bytes = 0;
	text = without_section(text);
	if (type != RSS_TYPE_PLAIN) {
		tagged = has_tags(text);
		if (!tagged && is_escaped_twice(text)) {
			words->unescaped.bytes = 0;
			if (!add_unescaped(&words->unescaped, text))
				return NEWS_NO_MEMORY;
			text = (struct news_text){words->unescaped.at, words->unescaped.bytes};
			tagged = true;
		}
		if (!tagged && !has_references(text) &&
		    (type == RSS_TYPE_UNTOLD || memchr(text.at, '<', text.bytes) == NULL))
			type = RSS_TYPE_PLAIN;
	}
	if (type == RSS_TYPE_PLAIN) {
		words->plain = text;
		words->bytes = text.bytes;
		return NEWS_OK;
	}
	status = html_tree_parse(&words->html.tree, text, error);
	if (status != NEWS_OK)
		return status;
	if (!html_text_blocks(&words->html, &words->html.tree, 0, NULL))
		return NEWS_NO_MEMORY;
	words->bytes = words->html.words.bytes;
	return NEWS_OK;
}

/* Where the line that begins at AT ends. */
static const char *
line_end(const char *at, const char *end)
{
	const char *feed = memchr(at, '\n', (size_t)(end - at));

	return feed != NULL ? feed : end;
}

static bool
is_blank_line(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	return at == end;
}

bool
rss_words_paragraphs(const struct rss_words *words, struct compose *compose)
{
	const char *at = words->plain.at, *begin = at, *end = at + words->plain.bytes, *next;
	size_t i;

	if (at == NULL) {
		for (i = 0; i < words->html.block_count; i++) {
			const struct news_span *span = &words->html.blocks[i].text;
			if (!compose_paragraph(compose,
				(struct news_text){words->html.words.at + span->begin, span->end - span->begin}))
				return false;
		}
		return true;
	}
	for (; at < end; at = next) {
		next = line_end(at, end);
		if (is_blank_line(at, next)) {
			if (!compose_paragraph(compose, (struct news_text){begin, (size_t)(at - begin)}))
				return false;
			begin = next;
		}
		next += next < end;
	}
	return compose_paragraph(compose, (struct news_text){begin, (size_t)(end - begin)});
}

bool
rss_words_line(struct rss_words *words, struct news_text *line)
{
	struct buffer *out = &words->line;
	size_t i;

	*line = words->plain;
	if (words->plain.at != NULL)
		return true;
	out->bytes = 0;
	for (i = 0; i < words->html.block_count; i++) {
		const struct news_span *span = &words->html.blocks[i].text;
		if ((i > 0 && !buffer_add_byte(out, ' ')) ||
		    !buffer_add(out, words->html.words.at + span->begin, span->end - span->begin))
			return false;
	}
	*line = out->bytes > 0 ? (struct news_text){out->at, out->bytes} : (struct news_text){"", 0};
	return true;
}

void
rss_words_release(struct rss_words *words)
{
	html_text_release(&words->html);
	buffer_release(&words->line);
	buffer_release(&words->unescaped);
}
