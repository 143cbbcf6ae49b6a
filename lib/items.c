/* SPDX-License-Identifier: ISC */
#include "items.h"

#include <stdlib.h>
#include <string.h>

/* The declarations of a DOCTYPE are kept up to this size: every item is read behind them. Bytes. */
#define HEAD_MAX 65536

struct items *
items_new(const struct items_syntax *syntax)
{
	struct items *items = calloc(1, sizeof *items);

	if (items != NULL) {
		items->syntax = syntax;
		items->record_max = FORMAT_RECORD_MAX;
	}
	return items;
}

void
items_start(struct items *items)
{
	markup_start(&items->markup, items->syntax->xml);
	items->open = items->passing = items->known = false;
	items->blank = true;
	items->begin = items->depth = 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static size_t
blanks_at(struct news_text text)
{
	size_t at = 0;

	while (at < text.bytes && is_blank(text.at[at]))
		at++;
	return at;
}

/* Whether TEXT has words outside of tags. */
static bool
has_words(struct news_text text)
{
	const char *at = text.at, *end = at + text.bytes;

	while (at < end) {
		if (*at == '<') {
			at = memchr(at, '>', (size_t)(end - at));
			if (at == NULL)
				return true;
		} else if (!is_blank(*at)) {
			return true;
		}
		at++;
	}
	return false;
}

/* The first BYTES bytes are done with; scanning goes on behind them. */
static size_t
take(struct items *items, struct news_text untaken, size_t bytes)
{
	if (bytes > 0)
		items->after_feed = untaken.at[bytes - 1] == '\n';
	if (items->markup.at < bytes)
		items->markup.at = bytes;
	markup_taken(&items->markup, bytes);
	items->begin = items->begin > bytes ? items->begin - bytes : 0;
	return bytes;
}

/* The same, and no item is open; what the scanner knows of the rest it forgets. */
static size_t
close_item(struct items *items, size_t bytes)
{
	items->open = items->passing = false;
	markup_start(&items->markup, items->syntax->xml);
	return bytes;
}

static bool
is_root(const struct items *items, struct news_text name)
{
	return name.bytes == items->root_bytes &&
	    (items->syntax->xml ? memcmp(name.at, items->root, name.bytes) == 0 : markup_is(name, items->root));
}

static void
open_item(struct items *items, const struct markup_tag *tag, enum items_role role)
{
	items->open = true;
	items->known = true;
	items->role = role;
	items->begin = tag->span.begin;
	items->depth = 0;
	items->root_bytes = tag->name.bytes < sizeof items->root ? tag->name.bytes : sizeof items->root - 1;
	memcpy(items->root, tag->name.at, items->root_bytes);
	items->root[items->root_bytes] = '\0';
}

/* Whether TAG, inside an item that is open, shows that it has ended without a tag. */
static bool
begins_next(const struct items *items, struct news_text untaken, const struct markup_tag *tag)
{
	enum items_role role;

	if (tag->kind == MARKUP_DECLARATION)
		return true;
	if (tag->kind != MARKUP_START)
		return false;
	role = items->syntax->role(tag->name);
	if (!items->syntax->xml &&
	    !(tag->span.begin == 0 ? items->after_feed : untaken.at[tag->span.begin - 1] == '\n'))
		return false;
	return role == ITEMS_OUTER || (role == ITEMS_NESTED && !is_root(items, tag->name)) ||
	    (role == ITEMS_INNER && items->role == ITEMS_INNER);
}

/* The item that is open ends at END, and BYTES bytes are done with. */
static size_t
end_item(struct items *items, size_t end, size_t bytes, struct format_cut *cut)
{
	if (!items->passing) {
		if (end - items->begin > items->record_max)
			end = items->begin + items->record_max + 1;
		cut->record = (struct news_span){items->begin, end};
	}
	return close_item(items, bytes);
}

/* Go on inside an item. */
static size_t
cut_inside(struct items *items, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct markup_tag tag;
	size_t passed;

	while (markup_next(&items->markup, untaken, ended, &tag)) {
		if (begins_next(items, untaken, &tag) && tag.span.begin > 0)
			return end_item(items, tag.span.begin, tag.span.begin, cut);
		if (begins_next(items, untaken, &tag)) {
			/* all of the one before was taken: it was too large */
			close_item(items, 0);
			return items_cut(items, untaken, ended, cut);
		}
		if (tag.kind == MARKUP_START && items->role == ITEMS_NESTED && is_root(items, tag.name))
			items->depth++;
		if (tag.kind == MARKUP_END && is_root(items, tag.name) && items->depth-- == 0)
			return end_item(items, tag.span.end, tag.span.end, cut);
	}
	if (ended && untaken.bytes > 0)
		return end_item(items, untaken.bytes, untaken.bytes, cut);
	if (!items->passing && untaken.bytes - items->begin > items->record_max) {
		passed = items->begin + items->record_max + 1;
		if (markup_passed(&items->markup) < passed)
			return 0; /* a tag may lie across the limit */
		cut->record = (struct news_span){items->begin, passed};
		items->passing = true;
		return take(items, untaken, passed);
	}
	return items->passing ? take(items, untaken, markup_passed(&items->markup)) : 0;
}

/* Go on between items, in XML. */
static size_t
cut_outside(struct items *items, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct markup_tag tag;

	while (markup_next(&items->markup, untaken, ended, &tag)) {
		enum items_role role = tag.kind == MARKUP_START ? items->syntax->role(tag.name) : ITEMS_NONE;
		items->known = items->known || role != ITEMS_NONE;
		if (role > ITEMS_AROUND) {
			open_item(items, &tag, role);
			return cut_inside(items, untaken, ended, cut);
		}
		if (tag.kind == MARKUP_DOCTYPE && tag.span.end - tag.span.begin <= HEAD_MAX &&
		    memchr(untaken.at + tag.span.begin, '[', tag.span.end - tag.span.begin) != NULL) {
			cut->head = tag.span;
			return take(items, untaken, tag.span.end);
		}
	}
	items->blank = items->blank && blanks_at(untaken) == untaken.bytes;
	if (!ended) {
		/* while the file may still have nothing to read, its last byte waits for the end, which tells */
		size_t passed = markup_passed(&items->markup);
		return take(items, untaken, passed > 0 && !items->known && !items->blank ? passed - 1 : passed);
	}
	if (!items->known && !items->blank)
		cut->error = items->syntax->missing;
	return close_item(items, cut->error != NULL ? 0 : untaken.bytes);
}

/* The same in SGML: what stands there waits until it is known whether it has words. */
static size_t
cut_words(struct items *items, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct markup_tag tag;
	size_t end = 0, blanks = blanks_at(untaken);

	if (blanks > 0)
		return take(items, untaken, blanks);
	while (end == 0 && markup_next(&items->markup, untaken, ended, &tag)) {
		enum items_role role = tag.kind == MARKUP_START ? items->syntax->role(tag.name) : ITEMS_NONE;
		if (tag.span.begin >= FORMAT_PROBE)
			break;
		if (role > ITEMS_AROUND) {
			if (tag.span.begin == 0 || !has_words((struct news_text){untaken.at, tag.span.begin})) {
				open_item(items, &tag, role);
				return cut_inside(items, untaken, ended, cut);
			}
			end = tag.span.begin;
		}
	}
	/* a tag that begins in front of this border is known behind it */
	if (end == 0 && untaken.bytes >= FORMAT_PROBE + 2 * MARKUP_NAME_MAX)
		end = FORMAT_PROBE;
	else if (end == 0 && ended)
		end = untaken.bytes;
	if (end > 0 && has_words((struct news_text){untaken.at, end}))
		cut->record = (struct news_span){0, end};
	return end > 0 ? close_item(items, end) : 0;
}

size_t
items_cut(struct items *items, struct news_text untaken, bool ended, struct format_cut *cut)
{
	if (items->open)
		return cut_inside(items, untaken, ended, cut);
	return items->syntax->xml ? cut_outside(items, untaken, ended, cut) : cut_words(items, untaken, ended, cut);
}
