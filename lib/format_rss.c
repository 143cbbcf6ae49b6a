/* SPDX-License-Identifier: ISC
 *
 * Feeds: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0.
 *
 * Each item is read alone, by an XML parser that first gets the tags of the head that are still open (`<rss xmlns:...>
 * <channel>`), so that namespaces are known; what the head says about all items is read once. An item whose XML has a
 * fault is read again with the HTML in it taken as text (rss_escape.h), and that counts if it has none then.
 */
#include "format.h"

#include "compose.h"
#include "date.h"
#include "rss_cut.h"
#include "rss_escape.h"
#include "rss_item.h"
#include "rss_scan.h"
#include "rss_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Elements open at the end of a head; it takes three (RDF, channel, items). Those further in are left out. */
#define AROUND_MAX 16

/* A tag or document type of a head that is longer is left out, since it would be parsed with each item. Real ones have
 * some hundred bytes. */
#define AROUND_BYTES 4096

/* Values of an item among which an author told twice is looked for. */
#define SAID_MAX 100

struct reader {
	struct compose compose;
	struct rss_item item;
	struct rss_words words;
	struct buffer escaped;

	/* what all items of a feed share */
	struct buffer head;             /* its bytes */
	struct buffer around;           /* its document type, and the start tags that are open at its end */
	struct buffer source, language; /* title and language of the channel */
};

/* ---- the head ---- */

/* Gather in `around` what of the head is still open at its end. */
static bool
gather_around(struct reader *reader)
{
	struct news_text head = {reader->head.at, reader->head.bytes};
	struct {
		struct news_span tag, name;
	} open[AROUND_MAX];
	struct rss_scan scan = {0};
	enum rss_event event;
	size_t depth = 0, i;

	reader->around.bytes = 0;
	while ((event = rss_scan_next(&scan, head, true)) != RSS_MORE) {
		const char *markup = head.at + scan.begin;
		size_t bytes = scan.at - scan.begin, name_bytes = scan.name.end - scan.name.begin;

		switch (event) {
		case RSS_OTHER:
			if (bytes <= AROUND_BYTES && (markup[2] == 'D' || markup[2] == 'd') &&
			    memchr(markup, '[', bytes) != NULL && !buffer_add(&reader->around, markup, bytes))
				return false;
			break;
		case RSS_CLOSE:
			if (scan.is_end || depth == AROUND_MAX || bytes > AROUND_BYTES)
				break;
			open[depth].tag = (struct news_span){scan.begin, scan.at};
			open[depth++].name = scan.name;
			break;
		case RSS_END:
			for (i = depth; i-- > 0;)
				if (open[i].name.end - open[i].name.begin == name_bytes &&
				    memcmp(head.at + open[i].name.begin, head.at + scan.name.begin, name_bytes) == 0) {
					depth = i;
					break;
				}
			break;
		default:
			break;
		}
	}
	for (i = 0; i < depth; i++)
		if (!buffer_add(&reader->around, head.at + open[i].tag.begin, open[i].tag.end - open[i].tag.begin))
			return false;
	return true;
}

/* Keep the text of the I-th value in OUT, as one line. */
static bool
keep_line(struct reader *reader, size_t i, struct buffer *out)
{
	struct rss_item *item = &reader->item;
	struct news_text line = rss_item_text(item, i);
	struct news_error error;
	enum news_status status = rss_words_read(&reader->words, line, item->values[i].type, &error);

	out->bytes = 0;
	if (status == NEWS_NO_MEMORY || (status == NEWS_OK && !rss_words_line(&reader->words, &line)))
		return false;
	return buffer_add(out, line.at, line.bytes);
}

static bool
take_head(struct reader *reader, struct news_text head)
{
	struct rss_item *item = &reader->item;
	size_t title, language;

	if (head.bytes == reader->head.bytes && (head.bytes == 0 || memcmp(head.at, reader->head.at, head.bytes) == 0))
		return true;
	reader->head.bytes = reader->source.bytes = reader->language.bytes = 0;
	if (!buffer_add(&reader->head, head.at, head.bytes) || !gather_around(reader) ||
	    !rss_item_read_head(item, head))
		return false;
	title = rss_item_find(item, RSS_TITLE);
	language = rss_item_find(item, RSS_LANGUAGE);
	if (language == item->count)
		language = rss_item_find(item, RSS_XML_LANG);
	return (title == item->count || keep_line(reader, title, &reader->source)) &&
	    (language == item->count || keep_line(reader, language, &reader->language));
}

/* ---- one item ---- */

/* The first value of ROLE becomes the id, unless there is one already. */
static bool
add_id(struct reader *reader, enum rss_role role)
{
	size_t i = rss_item_find(&reader->item, role);
	struct news_text id;

	if (i == reader->item.count)
		return true;
	id = rss_item_text(&reader->item, i);
	while (id.bytes > 0 && (*id.at == ' ' || *id.at == '\n')) {
		id.at++;
		id.bytes--;
	}
	while (id.bytes > 0 && (id.at[id.bytes - 1] == ' ' || id.at[id.bytes - 1] == '\n'))
		id.bytes--;
	return compose_id(&reader->compose, id);
}

static enum news_status
read_words(struct reader *reader, size_t i, struct news_error *error)
{
	return rss_words_read(&reader->words, rss_item_text(&reader->item, i), reader->item.values[i].type, error);
}

static enum news_status
add_title(struct reader *reader, struct news_error *error)
{
	size_t i = rss_item_find(&reader->item, RSS_TITLE);
	struct news_text line;
	enum news_status status;

	if (i == reader->item.count)
		i = rss_item_find(&reader->item, RSS_TITLE_OTHER);
	if (i == reader->item.count)
		return NEWS_OK;
	status = read_words(reader, i, error);
	if (status != NEWS_OK)
		return status;
	return rss_words_line(&reader->words, &line) && compose_title(&reader->compose, line) ? NEWS_OK
											      : NEWS_NO_MEMORY;
}

/* Add the longest of the values of ROLE. */
static enum news_status
add_longest(struct reader *reader, enum rss_role role, struct news_error *error)
{
	const struct rss_item *item = &reader->item;
	size_t i, read = item->count, longest = item->count, bytes = 0;
	enum news_status status;

	for (i = 0; i < item->count; i++) {
		if (item->values[i].role != role)
			continue;
		status = read_words(reader, i, error);
		if (status != NEWS_OK)
			return status;
		read = i;
		if (reader->words.bytes > bytes) {
			longest = i;
			bytes = reader->words.bytes;
		}
	}
	if (longest == item->count)
		return NEWS_OK;
	if (read != longest) {
		status = read_words(reader, longest, error);
		if (status != NEWS_OK)
			return status;
	}
	return rss_words_paragraphs(&reader->words, &reader->compose) ? NEWS_OK : NEWS_NO_MEMORY;
}

static enum news_status
add_text(struct reader *reader, struct news_error *error)
{
	size_t before = reader->compose.text.bytes;
	enum news_status status = add_longest(reader, RSS_FULL, error);

	/* a picture alone is no text */
	if (status != NEWS_OK || reader->compose.text.bytes > before)
		return status;
	return add_longest(reader, RSS_SUMMARY, error);
}

/* The first date of publication that is understood, else of a change, else the first as it stands. */
static bool
add_date(struct reader *reader)
{
	static const enum rss_role roles[] = {RSS_PUBLISHED, RSS_UPDATED};
	const struct rss_item *item = &reader->item;
	struct news_text first = {NULL, 0};
	char iso[DATE_BYTES];
	size_t i, role;

	for (role = 0; role < 2; role++)
		for (i = 0; i < item->count; i++) {
			if (item->values[i].role != roles[role])
				continue;
			if (date_parse(rss_item_text(item, i), iso))
				return compose_date(&reader->compose, rss_item_text(item, i));
			if (first.at == NULL)
				first = rss_item_text(item, i);
		}
	return first.at == NULL || compose_date(&reader->compose, first);
}

static bool
is_address(struct news_text text)
{
	const char *colon = memchr(text.at, ':', text.bytes);

	return colon != NULL && text.at + text.bytes - colon >= 3 && memcmp(colon, "://", 3) == 0;
}

/* The link, else a guid or name that is an address. */
static bool
add_address(struct reader *reader)
{
	static const enum rss_role roles[] = {RSS_LINK, RSS_PERMALINK, RSS_ABOUT};
	const struct rss_item *item = &reader->item;
	size_t role, i;

	for (role = 0; role < sizeof roles / sizeof *roles; role++) {
		i = rss_item_find(item, roles[role]);
		if (i < item->count && (roles[role] == RSS_LINK || is_address(rss_item_text(item, i))))
			return compose_field(&reader->compose, "url", rss_item_text(item, i));
	}
	return true;
}

/* Whether the I-th value says what another of its role said before: an author in two vocabularies. */
static bool
is_said(const struct rss_item *item, size_t i)
{
	struct news_text text = rss_item_text(item, i), other;
	size_t before;

	for (before = 0; before < i && before < SAID_MAX; before++) {
		other = rss_item_text(item, before);
		if (item->values[before].role == item->values[i].role && other.bytes == text.bytes &&
		    memcmp(other.at, text.at, text.bytes) == 0)
			return true;
	}
	return false;
}

/* A row for each value of ROLE; of authors, each once. */
static bool
add_all(struct reader *reader, const char *key, enum rss_role role)
{
	struct rss_item *item = &reader->item;
	size_t i;

	for (i = 0; i < item->count; i++)
		if (item->values[i].role == role && !(role == RSS_AUTHOR && is_said(item, i)) &&
		    (!keep_line(reader, i, &reader->escaped) ||
			!compose_field(&reader->compose, key,
			    (struct news_text){reader->escaped.at, reader->escaped.bytes})))
			return false;
	return true;
}

static bool
add_fields(struct reader *reader)
{
	struct rss_item *item = &reader->item;
	struct compose *compose = &reader->compose;
	size_t source = rss_item_find(item, RSS_SOURCE), language = rss_item_find(item, RSS_LANGUAGE);
	struct news_text from = {reader->source.at, reader->source.bytes};
	struct news_text lang = {reader->language.at, reader->language.bytes};

	if (source < item->count) {
		if (!keep_line(reader, source, &reader->escaped))
			return false;
		from = (struct news_text){reader->escaped.at, reader->escaped.bytes};
	}
	if (language == item->count)
		language = rss_item_find(item, RSS_XML_LANG);
	if (language < item->count)
		lang = rss_item_text(item, language);
	return add_date(reader) && add_address(reader) && compose_field(compose, "source", from) &&
	    add_all(reader, "author", RSS_AUTHOR) && compose_field(compose, "lang", lang) &&
	    add_all(reader, "category", RSS_CATEGORY);
}

/* Whether the element ITEM ends with its own end tag, or is its tag alone; else it was broken off. */
static bool
is_whole(struct news_text item)
{
	const char *last = item.at + item.bytes, *name = item.at + 1;
	size_t bytes = 0;

	while (bytes < item.bytes - 1 && memchr(" \t\r\n/><", name[bytes], 7) == NULL)
		bytes++;
	do
		last--;
	while (*last != '<' && last > item.at);
	if (last == item.at)
		return item.bytes >= 2 && memcmp(item.at + item.bytes - 2, "/>", 2) == 0;
	return (size_t)(item.at + item.bytes - last) >= bytes + 2 && last[1] == '/' &&
	    memcmp(last + 2, name, bytes) == 0;
}

/* Say in ERROR what in ITEM never ends, where something does not. */
static void
explain(struct news_text item, struct news_error *error)
{
	struct rss_scan scan = {0};

	while (rss_scan_next(&scan, item, true) != RSS_MORE)
		;
	if (scan.barren[RSS_IN_COMMENT] || scan.barren[RSS_IN_CDATA] || scan.barren[RSS_IN_INSTRUCTION])
		snprintf(error->text, sizeof error->text, "%s in the item never ends",
		    scan.barren[RSS_IN_COMMENT]     ? "a comment"
			: scan.barren[RSS_IN_CDATA] ? "a CDATA section"
						    : "a processing instruction");
}

/* Read the XML of RECORD into `item`. */
static enum news_status
read_item(struct reader *reader, const struct news_record *record, size_t *repairs, struct news_error *error)
{
	struct news_text around = {reader->around.at, reader->around.bytes};
	enum news_status status, again;
	struct news_error ignored;
	size_t mended = 0, mended_again = 0;
	bool has_fault, has_fault_again;

	if (!is_whole(record->bytes)) {
		snprintf(error->text, sizeof error->text, "the item never ends");
		return NEWS_REJECTED;
	}
	status = rss_item_read(&reader->item, around, record->bytes, &mended, &has_fault, error);
	if (status == NEWS_NO_MEMORY || !has_fault) {
		*repairs += mended;
		return status;
	}
	reader->escaped.bytes = 0;
	if (!rss_escape_html(&reader->escaped, record->bytes))
		return NEWS_NO_MEMORY;
	again = rss_item_read(&reader->item, around, (struct news_text){reader->escaped.at, reader->escaped.bytes},
	    &mended_again, &has_fault_again, &ignored);
	if (again == NEWS_NO_MEMORY)
		return again;
	if (again == NEWS_OK && (!has_fault_again || status != NEWS_OK)) {
		*repairs += mended_again;
		return again;
	}
	*repairs += mended;
	if (status != NEWS_OK) {
		explain(record->bytes, error);
		return status;
	}
	mended = 0;
	return rss_item_read(&reader->item, around, record->bytes, &mended, &has_fault, error);
}

/* ---- the format ---- */

static int
recognise(struct news_text begin, bool ended)
{
	static const char *const spaces[] = {"purl.org/rss/1.0/", "netscape.com/rdf/simple/0.9/"};
	struct rss_scan scan = {0};
	enum rss_event event;
	struct news_text local;
	size_t i, at;

	if (*begin.at != '<')
		return 0;
	while ((event = rss_scan_next(&scan, begin, ended)) == RSS_OTHER)
		;
	if (event == RSS_MORE)
		return ended ? 0 : -1;
	local = (struct news_text){begin.at + scan.local.begin, scan.local.end - scan.local.begin};
	if (event != RSS_BEGIN || !rss_cut_is_root(local))
		return 0;
	if (*local.at != 'R')
		return 1;
	/* RDF says many things */
	event = rss_scan_next(&scan, begin, ended);
	if (event == RSS_MORE)
		return ended ? 0 : -1;
	for (i = 0; i < sizeof spaces / sizeof *spaces; i++)
		for (at = scan.begin; at + strlen(spaces[i]) <= scan.at; at++)
			if (memcmp(begin.at + at, spaces[i], strlen(spaces[i])) == 0)
				return 1;
	return 0;
}

static void *
reader_new(const struct news_reader_options *options)
{
	(void)options;
	return calloc(1, sizeof(struct reader));
}

static void
reader_free(void *state)
{
	struct reader *reader = state;

	if (reader == NULL)
		return;
	compose_release(&reader->compose);
	rss_item_release(&reader->item);
	rss_words_release(&reader->words);
	buffer_release(&reader->escaped);
	buffer_release(&reader->head);
	buffer_release(&reader->around);
	buffer_release(&reader->source);
	buffer_release(&reader->language);
	free(reader);
}

static enum news_status
read_record(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	static const enum rss_role ids[] = {RSS_PERMALINK, RSS_GUID, RSS_ID, RSS_LINK, RSS_ABOUT};
	struct reader *reader = state;
	enum news_status status;
	size_t i;

	if (record->bytes.bytes > FORMAT_RECORD_MAX) {
		snprintf(error->text, sizeof error->text, "the item is larger than %zu bytes", FORMAT_RECORD_MAX);
		return NEWS_REJECTED;
	}
	compose_start(&reader->compose, record->file);
	if (!take_head(reader, record->head))
		return NEWS_NO_MEMORY;
	status = read_item(reader, record, repairs, error);
	if (status == NEWS_OK && reader->item.count == 0)
		status = NEWS_END;
	if (status == NEWS_OK)
		status = add_title(reader, error);
	if (status == NEWS_OK)
		status = add_text(reader, error);
	if (status != NEWS_OK)
		return status;
	for (i = 0; i < sizeof ids / sizeof *ids; i++)
		if (!add_id(reader, ids[i]))
			return NEWS_NO_MEMORY;
	return add_fields(reader) && compose_document(&reader->compose, document, repairs) ? NEWS_OK : NEWS_NO_MEMORY;
}

const struct news_format format_rss = {
    .name = "rss",
    .recognise = recognise,
    .cutter_new = rss_cut_new,
    .cutter_free = rss_cut_free,
    .cutter_start = rss_cut_start,
    .cut = rss_cut_next,
    .reader_new = reader_new,
    .reader_free = reader_free,
    .read = read_record,
};
