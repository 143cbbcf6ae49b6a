/* SPDX-License-Identifier: ISC
 *
 * Feeds call the same things by different names, so each role has a list of names that are tried in order. Of a key
 * that comes twice the last one counts, as nearly all readers of JSON have it. What plays no role is kept as a field
 * under its own name; objects inside the object are passed over.
 */
#include "reader_json.h"

#include "date.h"
#include "json_members.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A field whose key and value are ranges of `strings`, which may still move. */
struct pending {
	struct news_span key, value;
};

struct reader_json {
	struct news_json_names names;
	struct json_members members;
	struct buffer id, text, strings;
	struct pending *pending;
	size_t pending_count, pending_room;
	struct news_field *fields;
	size_t field_room;
	size_t repairs;
};

struct reader_json *
reader_json_new(const struct news_json_names *names)
{
	struct reader_json *json = calloc(1, sizeof *json);

	if (json == NULL)
		return NULL;
	json->names = *names;
#define DEFAULT(role, list) \
	if (json->names.role == NULL) \
	json->names.role = list
	DEFAULT(id, "id,doc");
	DEFAULT(text, "text,body,content,maintext");
	DEFAULT(title, "title,headline");
	DEFAULT(date, "date,date*");
	DEFAULT(url, "url");
	DEFAULT(source, "source");
	DEFAULT(author, "author,authors,byline");
	DEFAULT(lang, "lang,language");
#undef DEFAULT
	return json;
}

void
reader_json_free(struct reader_json *json)
{
	if (json == NULL)
		return;
	json_members_release(&json->members);
	buffer_release(&json->id);
	buffer_release(&json->text);
	buffer_release(&json->strings);
	free(json->pending);
	free(json->fields);
	free(json);
}

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

/* Append RAW to OUT as one line without blanks around it; `*span` gets its range. */
static bool
add_line(struct reader_json *json, struct buffer *out, struct news_text raw, struct news_span *span)
{
	size_t begin = out->bytes, i;

	if (!text_repair(out, raw, &json->repairs))
		return false;
	for (i = begin; i < out->bytes; i++)
		if (out->at[i] == '\n')
			out->at[i] = ' ';
	while (begin < out->bytes && out->at[begin] == ' ')
		begin++;
	while (out->bytes > begin && out->at[out->bytes - 1] == ' ')
		out->bytes--;
	*span = (struct news_span){begin, out->bytes};
	return true;
}

static bool
is_gap(uint32_t character)
{
	return character <= ' ' || (character >= 0x7F && character < 0xA0) || text_is_space(character);
}

/* Append RAW to OUT with `_` for white space and control characters; with EQUALS also for `=`. */
static bool
add_word(struct reader_json *json, struct buffer *out, struct news_text raw, bool equals)
{
	const char *at = raw.at, *end = raw.at + raw.bytes;
	size_t width;

	for (; at < end; at += width) {
		uint32_t character = text_decode(at, (size_t)(end - at), &width);
		bool fine;

		if (is_gap(character) || (equals && character == '='))
			fine = buffer_add_byte(out, '_');
		else
			fine = text_repair(out, (struct news_text){at, width}, &json->repairs);
		if (!fine)
			return false;
	}
	return true;
}

/* Whether there is nothing in TEXT but what an id has as `_`. */
static bool
is_blank(struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes;
	size_t width;

	for (; at < end; at += width)
		if (!is_gap(text_decode(at, (size_t)(end - at), &width)))
			return false;
	return true;
}

static bool
add_field(struct reader_json *json, struct news_text key, struct news_text value)
{
	struct pending *grown =
	    array_grow(json->pending, json->pending_count, &json->pending_room, sizeof *json->pending);
	struct pending *pending;

	if (grown == NULL)
		return false;
	json->pending = grown;
	pending = &grown[json->pending_count];
	pending->key.begin = json->strings.bytes;
	if (!add_word(json, &json->strings, key, true))
		return false;
	if (json->strings.bytes == pending->key.begin && !buffer_add_byte(&json->strings, '_'))
		return false;
	pending->key.end = json->strings.bytes;
	if (!add_line(json, &json->strings, value, &pending->value))
		return false;
	if (pending->value.begin < pending->value.end)
		json->pending_count++;
	return true;
}

static bool
add_field_named(struct reader_json *json, const char *key, struct news_text value)
{
	return add_field(json, (struct news_text){key, strlen(key)}, value);
}

/* ---- roles ---- */

static bool
find_id(struct reader_json *json, struct news_text *id)
{
	struct json_members *members = &json->members;
	const char *list = json->names.id;
	struct news_text name;

	json->id.bytes = 0;
	while (next_name(&list, &name)) {
		size_t i = find_last(members, name);

		if (i == members->count || !has_words(&members->at[i]) || is_blank(members->at[i].value))
			continue;
		if (!add_word(json, &json->id, members->at[i].value, false))
			return false;
		use_all_named(members, i);
		break;
	}
	*id = (struct news_text){json->id.at, json->id.bytes};
	return true;
}

/* The first name that has words; else, `*empty` set, whether one of them is there without any. */
static size_t
find_text(struct reader_json *json, bool *empty)
{
	struct json_members *members = &json->members;
	const char *list = json->names.text;
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

/* Put the document text together. */
static bool
build_text(struct reader_json *json, struct news_document *document, size_t head)
{
	struct json_members *members = &json->members;
	struct buffer *out = &json->text;
	const char *list = json->names.title;
	struct news_text name, text = {"", 0};
	struct news_span title = {0, 0};
	size_t i, end;

	out->bytes = 0;
	while (title.begin == title.end && next_name(&list, &name)) {
		i = find_last(members, name);
		if (i == members->count || !has_words(&members->at[i]))
			continue;
		out->bytes = 0;
		if (!add_line(json, out, without_byte_order_mark(members->at[i].value), &title))
			return false;
		if (title.begin < title.end)
			use_all_named(members, i);
	}
	document->has_title = title.begin < title.end;
	if (document->has_title) {
		memmove(out->at, out->at + title.begin, title.end - title.begin);
		out->bytes = title.end - title.begin;
		if (!buffer_add_byte(out, '\n'))
			return false;
	} else {
		out->bytes = 0;
	}
	if (head < members->count && members->at[head].type != JSON_ARRAY) {
		text = without_byte_order_mark(members->at[head].value);
		if (!document->has_title && text_clean(text.at, text.bytes) == text.bytes) {
			document->text = text; /* in place */
		} else if (!text_repair(out, text, &json->repairs)) {
			return false;
		} else {
			document->text = (struct news_text){out->at, out->bytes};
		}
	} else {
		/* an array has a paragraph an element */
		end = head < members->count ? group_end(members, head) : 0;
		for (i = head + 1; i < end; i++)
			if (members->at[i].type != JSON_NULL &&
			    (!text_repair(out, without_byte_order_mark(members->at[i].value), &json->repairs) ||
				!buffer_add_byte(out, '\n')))
				return false;
		document->text = (struct news_text){out->at, out->bytes};
	}
	while (document->text.bytes > 0 &&
	    (document->text.at[document->text.bytes - 1] == ' ' || document->text.at[document->text.bytes - 1] == '\n'))
		document->text.bytes--;
	if (document->text.bytes == 0)
		document->text.at = "";
	return true;
}

/* The first date that is understood, else the first that is there as it stands. */
static bool
add_date(struct reader_json *json)
{
	struct json_members *members = &json->members;
	const char *list = json->names.date;
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
				return add_field_named(json, "date", (struct news_text){iso, strlen(iso)});
			}
			if (first == NULL)
				first = member;
		}
	if (first == NULL)
		return true;
	first->used = true;
	return add_field_named(json, "date-raw", first->value);
}

/* The first name of LIST that has a value gives the field KEY, an array one for each element. */
static bool
add_role(struct reader_json *json, const char *key, const char *list)
{
	struct json_members *members = &json->members;
	struct news_text name;

	while (next_name(&list, &name)) {
		size_t head = find_last(members, name), i, end;

		if (head == members->count || members->at[head].used || !group_has_value(members, head))
			continue;
		end = group_end(members, head);
		for (i = head; i < end; i++) {
			members->at[i].used = true;
			if (is_scalar(&members->at[i]) && !add_field_named(json, key, members->at[i].value))
				return false;
		}
		break;
	}
	return true;
}

static bool
add_others(struct reader_json *json)
{
	struct json_members *members = &json->members;
	size_t i;

	for (i = 0; i < members->count; i++) {
		const struct json_member *member = &members->at[i];
		bool fine;

		if (member->used || !is_scalar(member) || member->value.bytes == 0)
			continue;
		/* `date` is ISO 8601 always */
		if (member->key.bytes == 4 && memcmp(member->key.at, "date", 4) == 0)
			fine = add_field_named(json, "date-raw", member->value);
		else
			fine = add_field(json, member->key, member->value);
		if (!fine)
			return false;
	}
	return true;
}

static bool
settle_fields(struct reader_json *json, struct news_document *document, struct news_text file)
{
	size_t i;

	if (json->field_room <= json->pending_count) {
		struct news_field *grown = realloc(json->fields, (json->pending_room + 1) * sizeof *grown);
		if (grown == NULL)
			return false;
		json->fields = grown;
		json->field_room = json->pending_room + 1;
	}
	json->fields[0] = (struct news_field){{"file", 4}, file};
	for (i = 0; i < json->pending_count; i++) {
		const struct pending *pending = &json->pending[i];
		const char *at = json->strings.at;
		json->fields[i + 1] = (struct news_field){
		    {at + pending->key.begin, pending->key.end - pending->key.begin},
		    {at + pending->value.begin, pending->value.end - pending->value.begin},
		};
	}
	document->fields = json->fields;
	document->field_count = json->pending_count + 1;
	return true;
}

enum news_status
reader_json_read(struct reader_json *json, struct news_text file, struct news_text raw, struct news_document *document,
    size_t *repairs, struct news_error *error)
{
	struct json_members *members = &json->members;
	enum news_status status;
	size_t text;
	bool empty;

	memset(document, 0, sizeof *document);
	json->repairs = json->pending_count = json->strings.bytes = 0;
	status = json_members_parse(members, raw, &json->repairs, error);
	if (status != NEWS_OK)
		return status;
	text = find_text(json, &empty);
	if (text == members->count && !empty) {
		snprintf(error->text, sizeof error->text, "the object has no text (tried %s)", json->names.text);
		return NEWS_REJECTED;
	}
	if (text < members->count)
		use_all_named(members, text);
	if (!find_id(json, &document->id) || !build_text(json, document, text) || !add_date(json) ||
	    !add_role(json, "url", json->names.url) || !add_role(json, "source", json->names.source) ||
	    !add_role(json, "author", json->names.author) || !add_role(json, "lang", json->names.lang) ||
	    !add_others(json) || !settle_fields(json, document, file))
		return NEWS_NO_MEMORY;
	*repairs += json->repairs;
	return NEWS_OK;
}
