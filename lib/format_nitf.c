/* SPDX-License-Identifier: ISC
 *
 * News as agencies exchange it in XML: NITF, NewsML-G2 and NewsML 1.2 with NITF, XHTML or plain text inside, and the
 * Reuters corpus RCV1. A document is an item; what an element is for, nitf_rules.c says. Elements that stand around
 * text only tell where paragraphs end; those of values may stand anywhere.
 */
#include "compose.h"
#include "date.h"
#include "draft.h"
#include "items.h"
#include "nitf_rules.h"
#include "xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A date that is not understood counts after all that are. */
#define RANK_UNREAD 100
/* Values behind this are not looked for twice. Bytes. */
#define TWICE_MAX 2048

struct frame {
	const char *name; /* of the element; it lives as long as the document is read */
	const struct nitf_rule *rule;
	enum nitf_role role;
	bool collects; /* words in it are text */
	bool captures; /* they are those of an element that takes them all */
	bool signs;    /* they are those of a byline */
	bool lines;    /* loose ones are lines of plain text, not one paragraph */
	size_t begin;  /* of an element that captures: where its words begin */
	size_t lead;   /* of a block: paragraphs in front of it, when it repeats what is to come; else SIZE_MAX */
};

struct reader {
	struct compose compose;
	struct draft draft;
	struct xml *xml;
	struct frame frames[XML_DEPTH_MAX];
	size_t depth;
	size_t begin;                  /* of the loose words at hand */
	struct news_span page_title;   /* in the words of the draft */
	size_t byline, dateline;       /* index of the paragraph, from 1; 0: none */
	size_t lead, lead_end;         /* paragraphs that a block repeats */
	struct buffer best[NITF_BEST]; /* values of one rank, each ended by a NUL */
	int ranks[NITF_BEST];
	struct buffer literal; /* of the NITF_NAMED at hand */
	bool named;            /* its name has come */
	char codes[32];        /* what the codes at hand are */
	bool in_nitf;
	bool elsewhere; /* it is a picture or the like, or its text stands in another file */
	bool ended;     /* the item's end has come */
};

static bool
is_text(struct news_text text, const char *string)
{
	return text.bytes == strlen(string) && memcmp(text.at, string, text.bytes) == 0;
}

static bool
ends_in(struct news_text text, const char *string)
{
	size_t bytes = strlen(string);

	return text.bytes >= bytes && memcmp(text.at + text.bytes - bytes, string, bytes) == 0;
}

/* ---- values ---- */

/* One more value. Of an id and its like those of the lowest rank are kept, of an id, a date and a language one. */
static bool
add_value(struct reader *reader, enum nitf_value value, int rank, const char *field, struct news_text words)
{
	struct buffer *best;
	char iso[DATE_BYTES];

	if (words.bytes == 0)
		return true;
	if (value == NITF_FIELD)
		return compose_field(&reader->compose, field, words);
	best = &reader->best[value];
	if (value == NITF_DATE && !date_parse(words, iso))
		rank += RANK_UNREAD;
	if (best->bytes > 0 && rank > reader->ranks[value])
		return true;
	if (best->bytes > 0 && rank == reader->ranks[value] && value != NITF_AUTHOR && value != NITF_SOURCE)
		return true;
	if (rank != reader->ranks[value])
		best->bytes = 0;
	reader->ranks[value] = rank;
	return buffer_add(best, words.at, words.bytes) && buffer_add_byte(best, '\0');
}

/* Hand the best values on, each of them once. */
static bool
compose_best(struct reader *reader)
{
	static const char *const fields[NITF_BEST] = {NULL, NULL, "author", "source", "lang"};
	struct compose *compose = &reader->compose;
	size_t value, at, before;

	for (value = 0; value < NITF_BEST; value++) {
		const struct buffer *best = &reader->best[value];
		for (at = 0; at < best->bytes; at += strlen(best->at + at) + 1) {
			struct news_text words = {best->at + at, strlen(best->at + at)};
			bool fine = true;
			for (before = 0; before < at && before < TWICE_MAX; before += strlen(best->at + before) + 1)
				if (draft_is_same(words,
					(struct news_text){best->at + before, strlen(best->at + before)}))
					break;
			if (value == NITF_ID)
				fine = compose_id(compose, words);
			else if (value == NITF_DATE)
				fine = compose_date(compose, words);
			else if (before >= at || before >= TWICE_MAX)
				fine = compose_field(compose, fields[value], words);
			if (!fine)
				return false;
		}
	}
	return true;
}

/* ---- words ---- */

/* The loose words at hand are complete. */
static bool
end_loose(struct reader *reader, const struct frame *frame)
{
	struct draft *draft = &reader->draft;
	bool fine = frame->lines ? draft_lines(draft, reader->begin) : draft_paragraph(draft, reader->begin);

	reader->begin = draft->words.bytes;
	return fine;
}

/* A byline or dateline is complete; one that NewsML has said before its NITF says it again is dropped. `*index` gets
 * its paragraph. */
static bool
add_line(struct reader *reader, size_t begin, size_t *index)
{
	struct draft *draft = &reader->draft;
	struct news_text words = draft_since(draft, begin);

	if (words.bytes == 0)
		return true;
	if (*index > 0) {
		struct news_span before = draft->paragraphs[*index - 1];
		if (draft_is_same(words, (struct news_text){draft->words.at + before.begin, before.end - before.begin}))
			return true;
	}
	if (!draft_paragraph(draft, begin))
		return false;
	*index = draft->count;
	return true;
}

static bool
add_title(struct reader *reader, size_t begin)
{
	struct draft *draft = &reader->draft;
	bool first = draft->title.begin == draft->title.end;

	/* a heading behind text is a paragraph of it */
	if (first && draft->count > reader->byline && draft->count > reader->dateline)
		return draft_paragraph(draft, begin);
	return draft_title(draft, begin);
}

/* An element that captures is complete. */
static bool
end_capture(struct reader *reader, const struct frame *frame)
{
	struct draft *draft = &reader->draft;
	const struct nitf_rule *rule = frame->rule;
	struct news_text words = draft_since(draft, frame->begin);
	bool fine = true, kept = true;

	switch (frame->role) {
	case NITF_TITLE:
		return draft_title(draft, frame->begin);
	case NITF_HEADING:
		return add_title(reader, frame->begin);
	case NITF_PAGE_TITLE:
		if (reader->page_title.begin == reader->page_title.end)
			reader->page_title = (struct news_span){frame->begin, draft->words.bytes};
		return true;
	case NITF_BYLINE:
		return add_value(reader, NITF_AUTHOR, 1, NULL, draft_author(words)) &&
		    add_line(reader, frame->begin, &reader->byline);
	case NITF_DATELINE:
		return add_line(reader, frame->begin, &reader->dateline);
	case NITF_NAMES:
		return add_value(reader, NITF_AUTHOR, 0, NULL, draft_author(words));
	case NITF_NAME:
		/* of names in several languages the first one counts */
		if (!reader->named) {
			const struct nitf_rule *of = frame[-1].rule;
			fine = add_value(reader, of->value, of->rank, of->field, words);
			reader->named = reader->named || words.bytes > 0;
		}
		kept = false;
		break;
	default:
		fine = add_value(reader, rule->value, rule->rank, rule->field, words);
		kept = false;
		break;
	}
	if (!kept)
		draft->words.bytes = frame->begin;
	return fine;
}

/* ---- elements ---- */

static bool
add_attributes(struct reader *reader, const struct xml_element *element, const char *parent)
{
	const struct nitf_attribute *rule;

	if (element->attribute_count == 0)
		return true;
	for (rule = nitf_attributes; rule->name != NULL; rule++) {
		struct news_text value;
		if (strcmp(rule->name, element->name) != 0 ||
		    (rule->parent != NULL && strcmp(rule->parent, parent) != 0))
			continue;
		value = xml_attribute(element, rule->attribute);
		if (strcmp(element->name, "itemClass") == 0) {
			/* "ninat:text" */
			const char *colon = value.bytes > 0 ? memchr(value.at, ':', value.bytes) : NULL;
			if (colon != NULL)
				value = (struct news_text){colon + 1, value.bytes - (size_t)(colon + 1 - value.at)};
			if (value.bytes > 0 && !is_text(value, "text") && !is_text(value, "composite"))
				reader->elsewhere = true;
		}
		if (!add_value(reader, rule->value, rule->rank, rule->field, value))
			return false;
	}
	return true;
}

/* Elements whose attributes mean something of their own. */
static bool
add_special(struct reader *reader, const struct xml_element *element, const char *parent)
{
	struct news_text name, value;

	if (strcmp(element->name, "nitf") == 0) {
		reader->in_nitf = true;
	} else if (strcmp(element->name, "meta") == 0 && reader->in_nitf) {
		name = xml_attribute(element, "name");
		value = xml_attribute(element, "content");
		return name.bytes == 0 || compose_field_named(&reader->compose, name, value);
	} else if (strcmp(element->name, "code") == 0 && strcmp(parent, "codes") == 0) {
		return compose_field(&reader->compose, reader->codes, xml_attribute(element, "code"));
	} else if (strcmp(element->name, "ContentItem") == 0) {
		reader->elsewhere = reader->elsewhere || xml_attribute(element, "Href").at != NULL;
	}
	return true;
}

/* "bip:topics:1.0" is about topics. */
static void
take_codes(struct reader *reader, struct news_text class)
{
	size_t begin = 0, end;

	while (begin < class.bytes && class.at[begin] != ':')
		begin++;
	for (end = ++begin; end < class.bytes && class.at[end] != ':'; end++)
		;
	if (end > class.bytes || end - begin >= sizeof reader->codes || begin == end)
		snprintf(reader->codes, sizeof reader->codes, "codes");
	else
		snprintf(reader->codes, sizeof reader->codes, "%.*s", (int)(end - begin), class.at + begin);
}

/* What the element FRAME, inside of PARENT, does to the words. */
static bool
open_words(struct reader *reader, struct frame *frame, const struct frame *parent, const struct xml_element *element)
{
	struct draft *draft = &reader->draft;

	switch (frame->role) {
	case NITF_TEXT:
	case NITF_NO_TEXT:
		if (frame->captures)
			return true;
		if (parent->collects && !end_loose(reader, parent))
			return false;
		frame->collects = frame->role == NITF_TEXT;
		frame->lines = true;
		reader->begin = draft->words.bytes;
		return true;
	case NITF_BLOCK:
	case NITF_LINES:
		if (frame->captures)
			return buffer_add_byte(&draft->words, ' ');
		if (!frame->collects)
			return true;
		frame->lines = frame->role == NITF_LINES;
		if (!end_loose(reader, parent))
			return false;
		if (ends_in(xml_attribute(element, "class"), "lead_paragraph"))
			frame->lead = draft->count;
		if (is_text(xml_attribute(element, "class"), "full_text") && reader->lead < draft->count &&
		    reader->lead_end == draft->count)
			draft->count = reader->lead;
		return true;
	case NITF_GAP:
		return (!frame->captures && !frame->collects) || buffer_add_byte(&draft->words, ' ');
	case NITF_NAMED: {
		struct news_text literal = xml_attribute(element, "literal");
		reader->literal.bytes = 0;
		reader->named = false;
		return buffer_add(&reader->literal, literal.at, literal.bytes);
	}
	case NITF_CODES:
		take_codes(reader, xml_attribute(element, "class"));
		return true;
	case NITF_NAMES:
		if (!frame->signs)
			frame->role = NITF_NONE;
		frame->begin = draft->words.bytes;
		return true;
	case NITF_NONE:
	case NITF_HIDDEN:
		return true;
	default:
		if (frame->captures || (frame->role == NITF_HEADING && !frame->collects)) {
			frame->role = NITF_NONE;
			return true;
		}
		if (frame->collects && !end_loose(reader, parent))
			return false;
		frame->captures = true;
		frame->signs = frame->role == NITF_BYLINE;
		frame->begin = draft->words.bytes;
		return true;
	}
}

static bool
on_start(void *user, const struct xml_element *element)
{
	static const struct frame outside = {.name = "", .role = NITF_NONE};
	struct reader *reader = user;
	const struct frame *parent = reader->depth > 0 ? &reader->frames[reader->depth - 1] : &outside;
	struct frame *frame = &reader->frames[reader->depth++];

	*frame = *parent;
	frame->name = element->name;
	frame->lead = SIZE_MAX;
	if (parent->role == NITF_HIDDEN || reader->ended)
		return true;
	frame->rule = nitf_rule_find(element->name, parent->name);
	frame->role = frame->rule != NULL ? frame->rule->role : NITF_NONE;
	/* NYT: "Doe, Jane" behind "By JANE DOE" */
	if (frame->role == NITF_BYLINE && is_text(xml_attribute(element, "class"), "normalized_byline"))
		frame->role = NITF_HIDDEN;
	if (strcmp(element->name, "remoteContent") == 0)
		reader->elsewhere = true;
	return add_attributes(reader, element, parent->name) && add_special(reader, element, parent->name) &&
	    open_words(reader, frame, parent, element);
}

static bool
on_end(void *user, const char *name)
{
	static const struct frame outside = {.name = "", .role = NITF_NONE};
	struct reader *reader = user;
	struct frame *frame = &reader->frames[--reader->depth];
	const struct frame *parent = reader->depth > 0 ? frame - 1 : &outside;
	bool fine = true;

	(void)name;
	if (reader->depth == 0)
		reader->ended = true;
	switch (frame->role) {
	case NITF_NONE:
	case NITF_HIDDEN:
	case NITF_GAP:
	case NITF_CODES:
		return true;
	case NITF_TEXT:
	case NITF_NO_TEXT:
	case NITF_BLOCK:
	case NITF_LINES:
		if (frame->captures)
			return true;
		fine = !frame->collects || end_loose(reader, frame);
		reader->begin = reader->draft.words.bytes;
		if (frame->lead != SIZE_MAX) {
			if (reader->lead_end != frame->lead)
				reader->lead = frame->lead;
			reader->lead_end = reader->draft.count;
		}
		return fine;
	case NITF_NAMED:
		return reader->named ||
		    add_value(reader, frame->rule->value, frame->rule->rank, frame->rule->field,
			(struct news_text){reader->literal.at, reader->literal.bytes});
	default:
		fine = end_capture(reader, frame);
		if (!parent->captures)
			reader->begin = reader->draft.words.bytes;
		return fine;
	}
}

static bool
on_text(void *user, struct news_text text)
{
	struct reader *reader = user;
	const struct frame *frame;

	if (reader->depth == 0)
		return true;
	frame = &reader->frames[reader->depth - 1];
	if (frame->role == NITF_HIDDEN || (!frame->collects && !frame->captures))
		return true;
	return buffer_add(&reader->draft.words, text.at, text.bytes);
}

/* ---- the format ---- */

static enum items_role
role_of(struct news_text name)
{
	static const struct {
		const char *name;
		enum items_role role;
	} roles[] = {
	    {"nitf", ITEMS_INNER},
	    {"newsItem", ITEMS_OUTER},
	    {"NewsItem", ITEMS_NESTED},
	    {"newsitem", ITEMS_OUTER},
	    {"newsMessage", ITEMS_AROUND},
	    {"NewsML", ITEMS_AROUND},
	    {"packageItem", ITEMS_AROUND},
	    {"conceptItem", ITEMS_AROUND},
	    {"knowledgeItem", ITEMS_AROUND},
	    {"catalogItem", ITEMS_AROUND},
	    {"planningItem", ITEMS_AROUND},
	};
	size_t i;

	for (i = 0; i < sizeof roles / sizeof *roles; i++)
		if (is_text(name, roles[i].name))
			return roles[i].role;
	return ITEMS_NONE;
}

static int
recognise(struct news_text begin, bool ended)
{
	struct news_text name = {"", 0};
	int is = markup_root(begin, ended, &name);

	return is > 0 ? role_of(name) != ITEMS_NONE : is;
}

static void *
cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	static const struct items_syntax syntax = {.xml = true,
	    .role = role_of,
	    .missing = "no item of NITF or NewsML in this file"};

	(void)options;
	(void)error;
	return items_new(&syntax);
}

static void
cutter_start(void *cutter)
{
	items_start(cutter);
}

static size_t
cut_items(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut)
{
	return items_cut(cutter, untaken, ended, cut);
}

static void
reader_free(void *state)
{
	struct reader *reader = state;
	size_t i;

	if (reader == NULL)
		return;
	for (i = 0; i < NITF_BEST; i++)
		buffer_release(&reader->best[i]);
	buffer_release(&reader->literal);
	draft_release(&reader->draft);
	compose_release(&reader->compose);
	xml_free(reader->xml);
	free(reader);
}

static void *
reader_new(const struct news_reader_options *options)
{
	struct reader *reader = calloc(1, sizeof *reader);

	(void)options;
	if (reader == NULL)
		return NULL;
	reader->xml = xml_new();
	if (reader->xml == NULL) {
		reader_free(reader);
		return NULL;
	}
	return reader;
}

static void
start_document(struct reader *reader, struct news_text file)
{
	size_t i;

	compose_start(&reader->compose, file);
	draft_start(&reader->draft);
	for (i = 0; i < NITF_BEST; i++)
		reader->best[i].bytes = 0;
	reader->depth = reader->begin = reader->byline = reader->dateline = 0;
	reader->page_title = (struct news_span){0, 0};
	reader->lead = reader->lead_end = SIZE_MAX;
	reader->named = reader->in_nitf = reader->elsewhere = reader->ended = false;
}

static enum news_status
read_item(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	static const struct xml_handler handler = {on_start, on_end, on_text};
	struct reader *reader = state;
	struct draft *draft = &reader->draft;
	enum news_status status;
	size_t mended = 0;

	if (record->bytes.bytes > FORMAT_RECORD_MAX) {
		snprintf(error->text, sizeof error->text, "the item is larger than 256 MiB");
		return NEWS_REJECTED;
	}
	start_document(reader, record->file);
	if (!xml_begin(reader->xml, &handler, reader))
		return NEWS_NO_MEMORY;
	xml_push(reader->xml, record->head);
	xml_push(reader->xml, record->bytes);
	status = xml_end(reader->xml, &mended, error);
	if (status != NEWS_OK)
		return status;
	if (!reader->ended) {
		const char *fault = xml_fault(reader->xml);
		snprintf(error->text, sizeof error->text, "the item does not end%s%s", fault != NULL ? ": " : "",
		    fault != NULL ? fault : "");
		return NEWS_REJECTED;
	}
	if (draft->count == 0 && reader->elsewhere)
		return NEWS_END;
	if (draft->title.begin == draft->title.end)
		draft->title = reader->page_title;
	if (!compose_best(reader) || !draft_compose(draft, &reader->compose) ||
	    !compose_document(&reader->compose, document, repairs))
		return NEWS_NO_MEMORY;
	*repairs += mended;
	return NEWS_OK;
}

const struct news_format format_nitf = {
    .name = "nitf",
    .recognise = recognise,
    .cutter_new = cutter_new,
    .cutter_free = free,
    .cutter_start = cutter_start,
    .cut = cut_items,
    .reader_new = reader_new,
    .reader_free = reader_free,
    .read = read_item,
};
