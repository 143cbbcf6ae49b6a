/* SPDX-License-Identifier: ISC
 *
 * SGML as archives of news agencies come in: the Gigaword corpora and their forerunners at the LDC, TREC's disks,
 * Reuters-21578. None of it is XML, and no DTD is needed: an element is known by its name. What is no tag of a name
 * that is known here is text, as it stands; only outside of the text of a document an unknown element is a field.
 */
#include "compose.h"
#include "draft.h"
#include "items.h"
#include "reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Longer ones are text. Bytes. */
#define TAG_MAX 2048

enum role {
	ROLE_NONE,
	ROLE_DOCUMENT,
	ROLE_ID,
	ROLE_DATE,
	ROLE_TITLE,
	ROLE_BYLINE,
	ROLE_DATELINE,
	ROLE_TEXT,      /* text stands in it, in paragraphs or not */
	ROLE_PARAGRAPH, /* one of these */
	ROLE_ITEM,      /* one value of a field: <TOPICS><D>cocoa</D><D>grain</D></TOPICS> */
	ROLE_FIELD,
	ROLE_INLINE /* its tags are dropped */
};

static const struct {
	const char *name;
	enum role role;
	const char *field; /* under another name than its own */
} elements[] = {
    {"p", ROLE_PARAGRAPH, NULL},
    {"text", ROLE_TEXT, NULL},
    {"body", ROLE_TEXT, NULL},
    {"lp", ROLE_TEXT, NULL},
    {"leadpara", ROLE_TEXT, NULL},
    {"headline", ROLE_TITLE, NULL},
    {"title", ROLE_TITLE, NULL},
    {"head", ROLE_TITLE, NULL},
    {"hl", ROLE_TITLE, NULL},
    {"ti", ROLE_TITLE, NULL},
    {"dateline", ROLE_DATELINE, NULL},
    {"byline", ROLE_BYLINE, NULL},
    {"author", ROLE_BYLINE, NULL},
    {"docno", ROLE_ID, NULL},
    {"docid", ROLE_ID, NULL},
    {"date", ROLE_DATE, NULL},
    {"date_time", ROLE_DATE, NULL},
    {"datetime", ROLE_DATE, NULL},
    {"date1", ROLE_DATE, NULL},
    {"dd", ROLE_DATE, NULL},
    {"pubdate", ROLE_DATE, NULL},
    {"d", ROLE_ITEM, NULL},
    {"doctype", ROLE_FIELD, "type"},
    {"slug", ROLE_FIELD, NULL},
    {"trailer", ROLE_FIELD, NULL},
    {"header", ROLE_FIELD, NULL},
    {"keyword", ROLE_FIELD, NULL},
    {"annotation", ROLE_FIELD, NULL},
    {"doc", ROLE_DOCUMENT, NULL},
    {"reuters", ROLE_DOCUMENT, NULL},
    {"a", ROLE_INLINE, NULL},
    {"b", ROLE_INLINE, NULL},
    {"br", ROLE_INLINE, NULL},
    {"em", ROLE_INLINE, NULL},
    {"f", ROLE_INLINE, NULL},
    {"i", ROLE_INLINE, NULL},
    {"strong", ROLE_INLINE, NULL},
    {"u", ROLE_INLINE, NULL},
};

struct tag {
	struct news_text name, attributes;
	bool ends;
	size_t bytes;
	enum role role;
	const char *field;
};

/* What the words at hand belong to. */
struct reader {
	struct compose compose;
	struct draft draft;
	enum role role; /* ROLE_NONE: lines of text; else that of the element */
	struct news_text name;
	const char *field;
	size_t begin;  /* where its words begin in the draft */
	bool in_text;  /* inside of an element of ROLE_TEXT */
	bool joined;   /* the words so far are a dateline that the text goes on behind */
	bool has_item; /* the field at hand has items: what stands between them is none */
	bool ended;    /* the end tag of the document has come */
};

/* ---- tags ---- */

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool
is_of_name(char byte)
{
	return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' ||
	    byte == '-' || byte == '.';
}

/* The tag that TEXT begins with; false: none. */
static bool
read_tag(struct news_text text, struct tag *tag)
{
	const char *at = text.at + 1, *end = text.at + (text.bytes < TAG_MAX ? text.bytes : TAG_MAX), *name;
	size_t i;

	tag->ends = at < end && *at == '/';
	at += tag->ends;
	for (name = at; at < end && is_of_name(*at); at++)
		;
	if (at == name || at == end || (*name | 0x20) < 'a' || (*name | 0x20) > 'z' || (*at != '>' && !is_blank(*at)))
		return false;
	tag->name = (struct news_text){name, (size_t)(at - name)};
	tag->attributes.at = at;
	while (at < end && *at != '>' && *at != '<')
		at++;
	if (at == end || *at != '>')
		return false;
	tag->attributes.bytes = (size_t)(at - tag->attributes.at);
	tag->bytes = (size_t)(at + 1 - text.at);
	tag->role = ROLE_NONE;
	tag->field = NULL;
	for (i = 0; i < sizeof elements / sizeof *elements; i++)
		if (markup_is(tag->name, elements[i].name)) {
			tag->role = elements[i].role;
			tag->field = elements[i].field;
			break;
		}
	return true;
}

/* Take the next attribute off ATTRIBUTES: `name=value`, `name="value"`, `name='value'`. */
static bool
next_attribute(struct news_text *attributes, struct news_text *name, struct news_text *value)
{
	const char *at = attributes->at, *end = at + attributes->bytes;
	char quote = '\0';

	while (at < end && !is_of_name(*at))
		at++;
	for (name->at = at; at < end && is_of_name(*at); at++)
		;
	name->bytes = (size_t)(at - name->at);
	*value = (struct news_text){"", 0};
	while (at < end && is_blank(*at))
		at++;
	if (at < end && *at == '=') {
		for (at++; at < end && is_blank(*at); at++)
			;
		if (at < end && (*at == '"' || *at == '\''))
			quote = *at++;
		for (value->at = at; at < end && (quote != '\0' ? *at != quote : !is_blank(*at)); at++)
			;
		value->bytes = (size_t)(at - value->at);
		at += at < end;
	}
	*attributes = (struct news_text){at, (size_t)(end - at)};
	return name->bytes > 0;
}

/* ---- words ---- */

/* Append RAW with its references decoded; those that are not known stay as they stand. */
static bool
add_words(struct buffer *words, struct news_text raw)
{
	const char *at = raw.at, *end = at + raw.bytes;

	for (;;) {
		const char *mark = memchr(at, '&', (size_t)(end - at));
		struct reference reference;
		char character[4];

		if (mark == NULL)
			return buffer_add(words, at, (size_t)(end - at));
		if (!buffer_add(words, at, (size_t)(mark - at)))
			return false;
		reference_read((struct news_text){mark, (size_t)(end - mark)}, &reference);
		if (reference.character == 0) {
			reference.bytes = 1;
			if (!buffer_add_byte(words, '&'))
				return false;
		} else if (!buffer_add(words, character, reference_write(reference.character, character))) {
			return false;
		}
		at = mark + reference.bytes;
	}
}

/* A field under the name that FIELD has, in small letters. */
static bool
add_field(struct reader *reader, struct news_text field, struct news_text value)
{
	char name[MARKUP_NAME_MAX];
	size_t i;

	if (field.bytes > sizeof name)
		field.bytes = sizeof name;
	for (i = 0; i < field.bytes; i++)
		name[i] = (char)(field.at[i] >= 'A' && field.at[i] <= 'Z' ? field.at[i] | 0x20 : field.at[i]);
	return compose_field_named(&reader->compose, (struct news_text){name, field.bytes}, value);
}

/* The value of an attribute, decoded; it lives until words are added. */
static bool
decode_value(struct reader *reader, struct news_text raw, struct news_text *value)
{
	struct draft *draft = &reader->draft;
	size_t begin = draft->words.bytes;

	if (!add_words(&draft->words, raw))
		return false;
	*value = draft_since(draft, begin);
	draft->words.bytes = begin;
	return true;
}

static bool
add_attributes(struct reader *reader, const struct tag *tag)
{
	struct news_text rest = tag->attributes, name, value;
	bool is_reuters = markup_is(tag->name, "reuters"), fine;

	while (next_attribute(&rest, &name, &value)) {
		if (!decode_value(reader, value, &value))
			return false;
		if (markup_is(name, "id") || markup_is(name, "docid") || markup_is(name, "newid"))
			fine = compose_id(&reader->compose, value);
		else if (markup_is(name, "date"))
			fine = compose_date(&reader->compose, value);
		else if (is_reuters && markup_is(name, "topics")) /* YES, NO or BYPASS; the element has them */
			fine = compose_field(&reader->compose, "topics-status", value);
		else
			fine = add_field(reader, name, value);
		if (!fine)
			return false;
	}
	return true;
}

/* ---- elements ---- */

/* The words at hand are complete; those that follow are lines of text. */
static bool
end_words(struct reader *reader)
{
	struct draft *draft = &reader->draft;
	struct compose *compose = &reader->compose;
	struct news_text words = draft_since(draft, reader->begin);
	bool fine = true, kept = true;

	switch (reader->role) {
	case ROLE_ID:
		fine = compose_id(compose, words);
		kept = false;
		break;
	case ROLE_DATE:
		fine = compose_date(compose, words);
		kept = false;
		break;
	case ROLE_FIELD:
		fine = reader->field != NULL ? compose_field(compose, reader->field, words)
					     : add_field(reader, reader->name, words);
		kept = false;
		break;
	case ROLE_TITLE:
		fine = draft_title(draft, reader->begin);
		break;
	case ROLE_BYLINE:
		fine = compose_field(compose, "author", draft_author(words)) && draft_paragraph(draft, reader->begin);
		break;
	case ROLE_DATELINE:
	case ROLE_PARAGRAPH:
		fine = draft_paragraph(draft, reader->begin);
		break;
	default:
		fine = draft_lines(draft, reader->begin);
		break;
	}
	if (!kept)
		draft->words.bytes = reader->begin;
	reader->begin = draft->words.bytes;
	reader->role = ROLE_NONE;
	reader->joined = reader->has_item = false;
	return fine;
}

/* Whether text stands on the line that goes on at AT, but for tags that begin it: what follows </DATELINE> in
 * "<DATELINE>PARIS, June 5 - </DATELINE><BODY>The ...". */
static bool
goes_on(struct news_text text, size_t at)
{
	while (at < text.bytes && text.at[at] != '\n') {
		struct tag tag;
		if (is_blank(text.at[at])) {
			at++;
			continue;
		}
		if (text.at[at] != '<' || !read_tag((struct news_text){text.at + at, text.bytes - at}, &tag))
			return true;
		if (tag.ends || (tag.role != ROLE_TEXT && tag.role != ROLE_PARAGRAPH))
			return false;
		at += tag.bytes;
	}
	return false;
}

/* Whether the words at hand are those of an element in which P, BR and the like mean nothing. */
static bool
is_inside(const struct reader *reader)
{
	return reader->role != ROLE_NONE && reader->role != ROLE_PARAGRAPH;
}

static bool
begin_words(struct reader *reader, const struct tag *tag)
{
	bool joined = reader->joined && (tag->role == ROLE_TEXT || tag->role == ROLE_PARAGRAPH);

	if (!joined && !end_words(reader))
		return false;
	if (tag->role != ROLE_TEXT) {
		reader->role = tag->role;
		reader->name = tag->name;
		reader->field = tag->field;
		return true;
	}
	reader->in_text = true;
	return add_attributes(reader, tag);
}

/* A start tag; TEXT goes on at AT behind it. `*taken` false: it is text. */
static bool
start_element(struct reader *reader, struct tag *tag, bool alone, bool *taken)
{
	*taken = true;
	switch (tag->role) {
	case ROLE_ITEM:
		if (reader->role == ROLE_FIELD) {
			reader->draft.words.bytes = reader->begin;
			reader->has_item = true;
			return true;
		}
		break;
	case ROLE_INLINE:
		return true;
	case ROLE_PARAGRAPH:
		return is_inside(reader) ? buffer_add_byte(&reader->draft.words, ' ') : begin_words(reader, tag);
	case ROLE_NONE:
		if (reader->role == ROLE_FIELD)
			return buffer_add_byte(&reader->draft.words, ' ');
		if (reader->in_text || is_inside(reader) || !alone)
			break;
		tag->role = ROLE_FIELD;
		return begin_words(reader, tag);
	case ROLE_DOCUMENT:
		break;
	default:
		return begin_words(reader, tag);
	}
	*taken = false;
	return true;
}

static bool
end_element(struct reader *reader, const struct tag *tag, struct news_text text, size_t behind, bool *taken)
{
	struct draft *draft = &reader->draft;
	bool is_own = is_inside(reader) && tag->name.bytes == reader->name.bytes &&
	    strncasecmp(tag->name.at, reader->name.at, tag->name.bytes) == 0;

	*taken = true;
	if (is_own && tag->role == ROLE_DATELINE && goes_on(text, behind)) {
		reader->role = ROLE_NONE;
		reader->joined = true;
		while (draft->words.bytes > reader->begin && is_blank(draft->words.at[draft->words.bytes - 1]))
			draft->words.bytes--;
		return buffer_add_byte(&draft->words, ' ');
	}
	if (is_own && reader->has_item)
		draft->words.bytes = reader->begin;
	if (is_own)
		return end_words(reader);
	switch (tag->role) {
	case ROLE_DOCUMENT:
		reader->ended = true;
		return end_words(reader);
	case ROLE_ITEM:
		if (reader->role == ROLE_FIELD) {
			bool fine = end_words(reader);
			reader->role = ROLE_FIELD;
			reader->has_item = true;
			return fine;
		}
		break;
	case ROLE_TEXT:
		reader->in_text = false;
		return is_inside(reader) || end_words(reader);
	case ROLE_PARAGRAPH:
		return is_inside(reader) ? buffer_add_byte(&draft->words, ' ') : end_words(reader);
	case ROLE_NONE:
		if (reader->role == ROLE_FIELD)
			return buffer_add_byte(&draft->words, ' ');
		if (reader->in_text || is_inside(reader))
			break;
		return true;
	default:
		return true;
	}
	*taken = false;
	return true;
}

/* Whether nothing stands between the tag at AT and the tag or line before it. */
static bool
stands_alone(struct news_text text, size_t at)
{
	while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\t'))
		at--;
	return at == 0 || text.at[at - 1] == '\n' || text.at[at - 1] == '>';
}

/* Read what follows the start tag of the document. false: out of memory. */
static bool
read_elements(struct reader *reader, struct news_text text)
{
	size_t at = 0;

	while (at < text.bytes && !reader->ended) {
		const char *mark = memchr(text.at + at, '<', text.bytes - at);
		size_t next = mark != NULL ? (size_t)(mark - text.at) : text.bytes;
		struct tag tag;
		bool taken = false;

		if (!add_words(&reader->draft.words, (struct news_text){text.at + at, next - at}))
			return false;
		at = next;
		if (at == text.bytes)
			break;
		if (read_tag((struct news_text){text.at + at, text.bytes - at}, &tag)) {
			if (tag.ends ? !end_element(reader, &tag, text, at + tag.bytes, &taken)
				     : !start_element(reader, &tag, stands_alone(text, at), &taken))
				return false;
		}
		if (!taken && !buffer_add_byte(&reader->draft.words, '<'))
			return false;
		at += taken ? tag.bytes : 1;
	}
	return true;
}

/* The day in an id: "AFP_ENG_19940512.0001", "APW19980601.0001". */
static bool
add_date_of_id(struct reader *reader)
{
	const struct buffer *id = &reader->compose.id;
	size_t at = 0, digits = 0;

	for (; at < id->bytes; at++) {
		if (id->at[at] == '.' && digits == 8 && (id->at[at - 8] == '1' || id->at[at - 8] == '2'))
			return compose_date(&reader->compose, (struct news_text){id->at + at - 8, 8});
		digits = id->at[at] >= '0' && id->at[at] <= '9' ? digits + 1 : 0;
	}
	return true;
}

/* ---- the format ---- */

static enum items_role
role_of(struct news_text name)
{
	return markup_is(name, "doc") || markup_is(name, "reuters") ? ITEMS_OUTER : ITEMS_NONE;
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
	static const struct items_syntax syntax = {.xml = false, .role = role_of};

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
cut_elements(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut)
{
	return items_cut(cutter, untaken, ended, cut);
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
	draft_release(&reader->draft);
	compose_release(&reader->compose);
	free(reader);
}

static enum news_status
read_document(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	struct reader *reader = state;
	struct news_text text = record->bytes;
	struct tag tag;
	const char *why = NULL;

	compose_start(&reader->compose, record->file);
	draft_start(&reader->draft);
	reader->role = ROLE_NONE;
	reader->begin = 0;
	reader->in_text = reader->joined = reader->has_item = reader->ended = false;
	if (text.bytes > FORMAT_RECORD_MAX)
		why = "the document is larger than 256 MiB";
	else if (text.bytes == 0 || *text.at != '<' || !read_tag(text, &tag) || tag.role != ROLE_DOCUMENT)
		why = "text outside of documents";
	if (why == NULL) {
		if (!add_attributes(reader, &tag) ||
		    !read_elements(reader, (struct news_text){text.at + tag.bytes, text.bytes - tag.bytes}))
			return NEWS_NO_MEMORY;
		if (!reader->ended)
			why = "the document has no end tag";
	}
	if (why != NULL) {
		snprintf(error->text, sizeof error->text, "%s", why);
		return NEWS_REJECTED;
	}
	if (!add_date_of_id(reader) || !draft_compose(&reader->draft, &reader->compose) ||
	    !compose_document(&reader->compose, document, repairs))
		return NEWS_NO_MEMORY;
	return NEWS_OK;
}

const struct news_format format_sgml = {
    .name = "sgml",
    .recognise = recognise,
    .cutter_new = cutter_new,
    .cutter_free = free,
    .cutter_start = cutter_start,
    .cut = cut_elements,
    .reader_new = reader_new,
    .reader_free = reader_free,
    .read = read_document,
};
