/* SPDX-License-Identifier: ISC
 *
 * The parser for JSON gives the members of one object (json_members.h). So where objects begin and end is found first,
 * by their braces, and each is parsed by itself.
 */
#include "html_linked.h"

#include <stdlib.h>

static struct news_text
text_of(const char *at)
{
	return (struct news_text){at, strlen(at)};
}

static bool
equals(struct news_text text, const char *word)
{
	return text.bytes == strlen(word) && memcmp(text.at, word, text.bytes) == 0;
}

static bool
ends_with(struct news_text text, const char *word)
{
	size_t bytes = strlen(word);

	return text.bytes >= bytes && memcmp(text.at + text.bytes - bytes, word, bytes) == 0;
}

struct news_text
html_linked_text(const struct html_linked *linked, struct news_span span)
{
	if (span.begin == span.end)
		return (struct news_text){"", 0};
	return (struct news_text){linked->strings.at + span.begin, span.end - span.begin};
}

void
html_linked_start(struct html_linked *linked)
{
	struct news_span none = {0, 0};

	linked->headline = linked->date = linked->body = linked->lang = linked->url = linked->publisher = none;
	linked->author_count = 0;
	linked->found = false;
	linked->strings.bytes = 0;
}

/* ---- where objects stand ---- */

static bool
add_object(struct html_linked *linked, size_t begin, size_t parent, struct news_span key)
{
	struct html_linked_object *grown =
	    array_grow(linked->objects, linked->object_count, &linked->object_room, sizeof *grown);

	if (grown == NULL)
		return false;
	linked->objects = grown;
	grown += linked->object_count;
	*grown = (struct html_linked_object){.json = {begin, begin}, .key = key};
	grown->parent = parent == SIZE_MAX ? linked->object_count : parent;
	linked->object_count++;
	return true;
}

/* The index behind the string that begins at AT. */
static size_t
pass_string(struct news_text json, size_t at)
{
	for (at++; at < json.bytes && json.at[at] != '"'; at++)
		if (json.at[at] == '\\')
			at++;
	return at < json.bytes ? at + 1 : json.bytes;
}

/* Fill `objects`. What is nested deeper than the limit belongs to the object around it. */
static bool
find_objects(struct html_linked *linked, struct news_text json)
{
	struct {
		size_t object; /* SIZE_MAX: an array */
		struct news_span key;
	} open[2 * HTML_LINKED_DEPTH_MAX];
	size_t depth = 0, beyond = 0, at = 0;
	struct news_span string = {0, 0}, key = {0, 0};

	linked->object_count = 0;
	while (at < json.bytes) {
		size_t begin = at, parent = SIZE_MAX, i;

		switch (json.at[at++]) {
		case '"':
			at = pass_string(json, begin);
			string = (struct news_span){begin, at};
			break;
		case ':':
			key = string;
			break;
		case '{':
		case '[':
			if (beyond > 0 || depth == sizeof open / sizeof *open ||
			    linked->object_count == HTML_LINKED_OBJECTS_MAX) {
				beyond++;
				break;
			}
			for (i = depth; i > 0 && parent == SIZE_MAX; i--)
				parent = open[i - 1].object;
			if (depth > 0 && open[depth - 1].object == SIZE_MAX)
				key = open[depth - 1].key;
			open[depth].object = SIZE_MAX;
			open[depth].key = key;
			if (json.at[begin] == '{') {
				open[depth].object = linked->object_count;
				if (!add_object(linked, begin, parent, key))
					return false;
			}
			depth++;
			break;
		case '}':
		case ']':
			if (beyond > 0) {
				beyond--;
			} else if (depth > 0) {
				depth--;
				if (open[depth].object != SIZE_MAX)
					linked->objects[open[depth].object].json.end = at;
			}
			break;
		default:
			break;
		}
	}
	return true;
}

/* ---- what they say ---- */

static bool
keep(struct html_linked *linked, struct news_text value, struct news_span *span)
{
	span->begin = linked->strings.bytes;
	if (!buffer_add(&linked->strings, value.at, value.bytes))
		return false;
	span->end = linked->strings.bytes;
	return true;
}

static bool
keep_author(struct html_linked *linked, struct news_text name)
{
	if (name.bytes == 0 || linked->author_count == HTML_LINKED_AUTHORS_MAX)
		return true;
	return keep(linked, name, &linked->authors[linked->author_count++]);
}

/* Keep the string that the member KEY has, in `*span` if that is empty. */
static bool
keep_member(struct html_linked *linked, const char *key, struct news_span *span)
{
	const struct json_members *members = &linked->members;
	size_t i;

	for (i = 0; i < members->count && span->begin == span->end; i++)
		if (members->at[i].type == JSON_STRING && members->at[i].value.bytes > 0 &&
		    equals(members->at[i].key, key) && !keep(linked, members->at[i].value, span))
			return false;
	return true;
}

static bool
is_article(const struct json_members *members)
{
	size_t i;

	for (i = 0; i < members->count; i++)
		if (equals(members->at[i].key, "@type") &&
		    (ends_with(members->at[i].value, "Article") || ends_with(members->at[i].value, "Posting")))
			return true;
	return false;
}

/* The members at hand are those of the article. */
static bool
read_article(struct html_linked *linked)
{
	const struct json_members *members = &linked->members;
	size_t i;

	linked->found = true;
	if (!keep_member(linked, "headline", &linked->headline) || !keep_member(linked, "name", &linked->headline) ||
	    !keep_member(linked, "datePublished", &linked->date) ||
	    !keep_member(linked, "dateCreated", &linked->date) || !keep_member(linked, "articleBody", &linked->body) ||
	    !keep_member(linked, "inLanguage", &linked->lang) || !keep_member(linked, "url", &linked->url) ||
	    !keep_member(linked, "mainEntityOfPage", &linked->url) ||
	    !keep_member(linked, "publisher", &linked->publisher))
		return false;
	for (i = 0; i < members->count; i++)
		if (members->at[i].type == JSON_STRING && equals(members->at[i].key, "author") &&
		    !keep_author(linked, members->at[i].value))
			return false;
	return true;
}

/* The name of OBJECT, or of the one that it refers to by its `@id`. */
static struct news_text
name_of(const struct html_linked *linked, const struct html_linked_object *object)
{
	struct news_text id = html_linked_text(linked, object->id), other;
	size_t i;

	if (object->name.begin < object->name.end || id.bytes == 0)
		return html_linked_text(linked, object->name);
	for (i = 0; i < linked->object_count; i++) {
		other = html_linked_text(linked, linked->objects[i].id);
		if (linked->objects[i].name.begin < linked->objects[i].name.end && other.bytes == id.bytes &&
		    memcmp(other.at, id.at, id.bytes) == 0)
			return html_linked_text(linked, linked->objects[i].name);
	}
	return text_of("");
}

static bool
is_key(struct news_text json, struct news_span key, const char *word)
{
	return key.end - key.begin == strlen(word) + 2 && memcmp(json.at + key.begin + 1, word, strlen(word)) == 0;
}

/* What the objects inside the article say of it. Names are copied first: `strings` may move. */
static bool
read_inner(struct html_linked *linked, struct news_text json, size_t article)
{
	size_t i;

	for (i = article + 1; i < linked->object_count; i++) {
		const struct html_linked_object *object = &linked->objects[i];
		bool author = is_key(json, object->key, "author");
		struct news_text name;

		if (object->parent != article || (!author && !is_key(json, object->key, "publisher")))
			continue;
		name = name_of(linked, object);
		if (!buffer_reserve(&linked->strings, name.bytes))
			return false;
		name = name_of(linked, object);
		if (author
			? !keep_author(linked, name)
			: linked->publisher.begin == linked->publisher.end && !keep(linked, name, &linked->publisher))
			return false;
	}
	return true;
}

/* SCRIPT as JSON can be parsed: from its first bracket on (comments and CDATA marks stand around some), white space for
 * the control characters that JSON forbids in strings and sloppy templates leave there. */
static bool
clean(struct html_linked *linked, struct news_text script, struct news_text *json)
{
	struct buffer *out = &linked->json;
	size_t i = 0;

	while (i < script.bytes && script.at[i] != '{' && script.at[i] != '[')
		i++;
	out->bytes = 0;
	if (!buffer_add(out, script.at + i, script.bytes - i))
		return false;
	for (i = 0; i < out->bytes; i++)
		if ((unsigned char)out->at[i] < ' ')
			out->at[i] = ' ';
	*json = (struct news_text){out->at, out->bytes};
	return true;
}

bool
html_linked_add(struct html_linked *linked, struct news_text script)
{
	struct news_text json;
	size_t i, article = SIZE_MAX, ignored = 0;

	if (linked->found)
		return true;
	if (!clean(linked, script, &json) || !find_objects(linked, json))
		return false;
	for (i = 0; i < linked->object_count; i++) {
		struct html_linked_object *object = &linked->objects[i];
		struct news_error error;
		enum news_status status;

		if (object->json.begin == object->json.end)
			continue;
		status = json_members_parse(&linked->members,
		    (struct news_text){json.at + object->json.begin, object->json.end - object->json.begin}, &ignored,
		    &error);
		if (status == NEWS_NO_MEMORY)
			return false;
		if (status != NEWS_OK)
			continue;
		if (!keep_member(linked, "@id", &object->id) || !keep_member(linked, "name", &object->name))
			return false;
		if (article == SIZE_MAX && is_article(&linked->members)) {
			article = i;
			if (!read_article(linked))
				return false;
		}
	}
	return article == SIZE_MAX || read_inner(linked, json, article);
}

void
html_linked_release(struct html_linked *linked)
{
	buffer_release(&linked->strings);
	buffer_release(&linked->json);
	json_members_release(&linked->members);
	free(linked->objects);
	memset(linked, 0, sizeof *linked);
}
