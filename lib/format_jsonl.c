/* SPDX-License-Identifier: ISC
 *
 * Feeds call the same things by different names, so each role has a list of names that are tried in order. Of a key
 * that comes twice the last one counts, as nearly all readers of JSON have it. What plays no role is kept as a field
 * under its own name; objects inside the object are passed over.
 */
#include "format.h"

#include "compose.h"
#include "date.h"
#include "json_members.h"
#include "lines.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
	struct news_json_names names;
	struct json_members members;
	struct compose compose;
};

/* ---- names ---- */

/* Take the next name off a list of names joined by commas; false at its end. */
static bool
next_name(const char **list, struct news_text *name)
{
	while (**list == ',')
		++*list;
	if (**list == '\0')
		return false;
	name->at = *list;
	name->bytes = strcspn(*list, ",");
	*list += name->bytes;
	return true;
}

static bool
is_named(const struct json_member *member, struct news_text name)
{
	if (name.at[name.bytes - 1] == '*')
		return member->key.bytes >= name.bytes - 1 && memcmp(member->key.at, name.at, name.bytes - 1) == 0;
	return member->key.bytes == name.bytes && memcmp(member->key.at, name.at, name.bytes) == 0;
}

static bool
is_scalar(const struct json_member *member)
{
	return member->type == JSON_STRING || member->type == JSON_NUMBER || member->type == JSON_BOOLEAN;
}

/* A string or number, not empty. */
static bool
has_words(const struct json_member *member)
{
	return (member->type == JSON_STRING || member->type == JSON_NUMBER) && member->value.bytes > 0;
}

/* The index behind the last element of the member HEAD. */
static size_t
group_end(const struct json_members *members, size_t head)
{
	size_t i = head + 1;

	while (i < members->count && members->at[i].head == head)
		i++;
	return i;
}

/* The last member called NAME (its head); `count` when there is none. */
static size_t
find_last(const struct json_members *members, struct news_text name)
{
	size_t i = members->count;

	while (i-- > 0)
		if (is_named(&members->at[i], name))
			return members->at[i].head;
	return members->count;
}

/* Whether the member HEAD is, or its elements have among them, a scalar that is not empty. */
static bool
group_has_value(const struct json_members *members, size_t head)
{
	size_t i, end = group_end(members, head);

	for (i = head; i < end; i++)
		if (is_scalar(&members->at[i]) && members->at[i].value.bytes > 0)
			return true;
	return false;
}

/* The member HEAD has played its role, and so have those before it with the same key. */
static void
use_all_named(struct json_members *members, size_t head)
{
	struct news_text key = members->at[head].key;
	size_t i;

	for (i = 0; i < members->count; i++)
		if (members->at[i].key.bytes == key.bytes && memcmp(members->at[i].key.at, key.at, key.bytes) == 0)
			members->at[i].used = true;
}

/* ---- strings ---- */

static struct news_text
without_byte_order_mark(struct news_text text)
{
	if (text.bytes >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
		return (struct news_text){text.at + 3, text.bytes - 3};
	return text;
}

/* ---- roles ---- */

static bool
find_id(struct reader *reader)
{
	struct json_members *members = &reader->members;
	const char *list = reader->names.id;
	struct news_text name;

	while (reader->compose.id.bytes == 0 && next_name(&list, &name)) {
		size_t i = find_last(members, name);

		if (i == members->count || !has_words(&members->at[i]))
			continue;
		if (!compose_id(&reader->compose, members->at[i].value))
			return false;
		if (reader->compose.id.bytes > 0)
			use_all_named(members, i);
	}
	return true;
}

/* The first name that has words; else, `*empty` set, whether one of them is there without any. */
static size_t
find_text(struct reader *reader, bool *empty)
{
	struct json_members *members = &reader->members;
	const char *list = reader->names.text;
	struct news_text name;

	*empty = false;
	while (next_name(&list, &name)) {
		size_t head = find_last(members, name);

		if (head == members->count)
			continue;
		if (has_words(&members->at[head]) ||
		    (members->at[head].type == JSON_ARRAY && group_has_value(members, head)))
			return head;
		*empty = *empty || members->at[head].type == JSON_NULL || members->at[head].type == JSON_STRING ||
		    members->at[head].type == JSON_ARRAY;
	}
	return members->count;
}

static bool
add_title(struct reader *reader)
{
	struct json_members *members = &reader->members;
	const char *list = reader->names.title;
	struct news_text name;

	while (!reader->compose.has_title && next_name(&list, &name)) {
		size_t i = find_last(members, name);

		if (i == members->count || !has_words(&members->at[i]))
			continue;
		if (!compose_title_line(&reader->compose, without_byte_order_mark(members->at[i].value)))
			return false;
		if (reader->compose.has_title)
			use_all_named(members, i);
	}
	return true;
}

/* Compose the text behind the title; `*clean` gets it where it can be used where it stands. */
static bool
add_text(struct reader *reader, size_t head, struct news_text *clean)
{
	struct json_members *members = &reader->members;
	struct compose *compose = &reader->compose;
	struct buffer *out = &compose->text;
	size_t i, end;

	if (compose->has_title && !buffer_add_byte(out, '\n'))
		return false;
	if (head < members->count && members->at[head].type != JSON_ARRAY) {
		struct news_text text = without_byte_order_mark(members->at[head].value);
		if (!compose->has_title && text_clean(text.at, text.bytes) == text.bytes)
			*clean = text;
		else if (!text_repair(out, text, &compose->repairs))
			return false;
		return true;
	}
	/* an array has a paragraph an element */
	end = head < members->count ? group_end(members, head) : 0;
	for (i = head + 1; i < end; i++)
		if (members->at[i].type != JSON_NULL &&
		    (!text_repair(out, without_byte_order_mark(members->at[i].value), &compose->repairs) ||
			!buffer_add_byte(out, '\n')))
			return false;
	return true;
}

/* The first date that is understood, else the first that is there as it stands. */
static bool
add_date(struct reader *reader)
{
	struct json_members *members = &reader->members;
	const char *list = reader->names.date;
	struct news_text name;
	struct json_member *first = NULL;
	char iso[DATE_BYTES];
	size_t i;

	while (next_name(&list, &name))
		for (i = 0; i < members->count; i++) {
			struct json_member *member = &members->at[i];
			if (member->used || !has_words(member) || !is_named(member, name))
				continue;
			if (date_parse(member->value, iso)) {
				member->used = true;
				return compose_date(&reader->compose, member->value);
			}
			if (first == NULL)
				first = member;
		}
	if (first == NULL)
		return true;
	first->used = true;
	return compose_date(&reader->compose, first->value);
}

/* The first name of LIST that has a value gives the field KEY, an array one for each element. */
static bool
add_role(struct reader *reader, const char *key, const char *list)
{
	struct json_members *members = &reader->members;
	struct news_text name;

	while (next_name(&list, &name)) {
		size_t head = find_last(members, name), i, end;

		if (head == members->count || members->at[head].used || !group_has_value(members, head))
			continue;
		end = group_end(members, head);
		for (i = head; i < end; i++) {
			members->at[i].used = true;
			if (is_scalar(&members->at[i]) && !compose_field(&reader->compose, key, members->at[i].value))
				return false;
		}
		break;
	}
	return true;
}

static bool
add_others(struct reader *reader)
{
	struct json_members *members = &reader->members;
	size_t i;

	for (i = 0; i < members->count; i++) {
		const struct json_member *member = &members->at[i];
		bool fine;

		if (member->used || !is_scalar(member) || member->value.bytes == 0)
			continue;
		/* `date` is ISO 8601 always */
		if (member->key.bytes == 4 && memcmp(member->key.at, "date", 4) == 0)
			fine = compose_field(&reader->compose, "date-raw", member->value);
		else
			fine = compose_field_named(&reader->compose, member->key, member->value);
		if (!fine)
			return false;
	}
	return true;
}

/* ---- the format ---- */

static void *
reader_new(const struct news_reader_options *options)
{
	struct reader *reader = calloc(1, sizeof *reader);

	if (reader == NULL)
		return NULL;
	reader->names = options->json;
#define DEFAULT(role, list) \
	if (reader->names.role == NULL) \
	reader->names.role = list
	DEFAULT(id, "id,doc");
	DEFAULT(text, "text,body,content,maintext");
	DEFAULT(title, "title,headline");
	DEFAULT(date, "date,date*");
	DEFAULT(url, "url");
	DEFAULT(source, "source");
	DEFAULT(author, "author,authors,byline");
	DEFAULT(lang, "lang,language");
#undef DEFAULT
	return reader;
}

static void
reader_free(void *state)
{
	struct reader *reader = state;

	if (reader == NULL)
		return;
	json_members_release(&reader->members);
	compose_release(&reader->compose);
	free(reader);
}

static enum news_status
read_object(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	struct reader *reader = state;
	struct json_members *members = &reader->members;
	struct compose *compose = &reader->compose;
	struct news_text clean = {NULL, 0};
	enum news_status status;
	size_t text;
	bool empty;

	compose_start(compose, record->file);
	status = json_members_parse(members, record->bytes, &compose->repairs, error);
	if (status != NEWS_OK)
		return status;
	text = find_text(reader, &empty);
	if (text == members->count && !empty) {
		snprintf(error->text, sizeof error->text, "the object has no text (tried %s)", reader->names.text);
		return NEWS_REJECTED;
	}
	if (text < members->count)
		use_all_named(members, text);
	if (!find_id(reader) || !add_title(reader) || !add_text(reader, text, &clean) || !add_date(reader) ||
	    !add_role(reader, "url", reader->names.url) || !add_role(reader, "source", reader->names.source) ||
	    !add_role(reader, "author", reader->names.author) || !add_role(reader, "lang", reader->names.lang) ||
	    !add_others(reader) || !compose_document(compose, document, repairs))
		return NEWS_NO_MEMORY;
	if (clean.at != NULL)
		document->text = clean;
	while (document->text.bytes > 0 &&
	    (document->text.at[document->text.bytes - 1] == ' ' || document->text.at[document->text.bytes - 1] == '\n'))
		document->text.bytes--;
	if (document->text.bytes == 0)
		document->text.at = "";
	return NEWS_OK;
}

static int
recognise(struct news_text begin, bool ended)
{
	(void)ended;
	return *begin.at == '{';
}

static void *
cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	(void)options;
	(void)error;
	return calloc(1, sizeof(struct lines));
}

static void
cutter_start(void *cutter)
{
	lines_start(cutter);
}

static size_t
cut_objects(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut)
{
	return lines_cut(cutter, untaken, ended, &cut->record, &cut->lines);
}

const struct news_format format_jsonl = {
    .name = "jsonl",
    .recognise = recognise,
    .cutter_new = cutter_new,
    .cutter_free = free,
    .cutter_start = cutter_start,
    .cut = cut_objects,
    .reader_new = reader_new,
    .reader_free = reader_free,
    .read = read_object,
};
