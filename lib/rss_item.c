/* SPDX-License-Identifier: ISC */
#include "rss_item.h"

#include "rss_cut.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what elements are called ---- */

/* Namespaces that are told apart, each by its URI or, where that is not declared, by the prefix that all use. */
enum space {
	SPACE_FEED, /* that of the item itself, Atom, or none */
	SPACE_CONTENT,
	SPACE_DC,
	SPACE_TERMS,
	SPACE_XHTML,
	SPACE_EXCERPT,
	SPACE_YANDEX,
	SPACE_OTHER
};

static const struct {
	const char *uri, *prefix;
	enum space space;
} spaces[] = {
    {"http://www.w3.org/2005/Atom", "atom", SPACE_FEED},
    {"http://purl.org/atom/ns#", "atom03", SPACE_FEED},
    {"http://purl.org/rss/1.0/", "rss", SPACE_FEED},
    {"http://my.netscape.com/rdf/simple/0.9/", "", SPACE_FEED},
    {"http://channel.netscape.com/rdf/simple/0.9/", "", SPACE_FEED},
    {"http://backend.userland.com/rss2", "", SPACE_FEED},
    {"http://purl.org/rss/1.0/modules/content/", "content", SPACE_CONTENT},
    {"http://purl.org/dc/elements/1.1/", "dc", SPACE_DC},
    {"http://purl.org/dc/elements/1.0/", "dc", SPACE_DC},
    {"http://purl.org/dc/terms/", "dcterms", SPACE_TERMS},
    {"http://www.w3.org/1999/xhtml", "xhtml", SPACE_XHTML},
    {"http://wordpress.org/export/1.2/excerpt/", "excerpt", SPACE_EXCERPT},
    {"http://news.yandex.ru", "yandex", SPACE_YANDEX},
};

static const struct {
	enum space space;
	const char *name;
	enum rss_role role;
} roles[] = {
    {SPACE_FEED, "title", RSS_TITLE},
    {SPACE_DC, "title", RSS_TITLE_OTHER},
    {SPACE_TERMS, "title", RSS_TITLE_OTHER},
    {SPACE_CONTENT, "encoded", RSS_FULL},
    {SPACE_FEED, "encoded", RSS_FULL},
    {SPACE_FEED, "content", RSS_FULL},
    {SPACE_XHTML, "body", RSS_FULL},
    {SPACE_XHTML, "div", RSS_FULL},
    {SPACE_FEED, "body", RSS_FULL},
    {SPACE_YANDEX, "full-text", RSS_FULL},
    {SPACE_FEED, "full-text", RSS_FULL},
    {SPACE_FEED, "fulltext", RSS_FULL},
    {SPACE_FEED, "fullitem", RSS_FULL},
    {SPACE_FEED, "description", RSS_SUMMARY},
    {SPACE_FEED, "summary", RSS_SUMMARY},
    {SPACE_DC, "description", RSS_SUMMARY},
    {SPACE_TERMS, "description", RSS_SUMMARY},
    {SPACE_TERMS, "abstract", RSS_SUMMARY},
    {SPACE_EXCERPT, "encoded", RSS_SUMMARY},
    {SPACE_FEED, "guid", RSS_PERMALINK},
    {SPACE_FEED, "id", RSS_ID},
    {SPACE_FEED, "link", RSS_LINK},
    {SPACE_FEED, "pubDate", RSS_PUBLISHED},
    {SPACE_FEED, "pubdate", RSS_PUBLISHED},
    {SPACE_FEED, "published", RSS_PUBLISHED},
    {SPACE_FEED, "issued", RSS_PUBLISHED},
    {SPACE_TERMS, "issued", RSS_PUBLISHED},
    {SPACE_DC, "date", RSS_PUBLISHED},
    {SPACE_TERMS, "created", RSS_PUBLISHED},
    {SPACE_FEED, "created", RSS_PUBLISHED},
    {SPACE_TERMS, "date", RSS_PUBLISHED},
    {SPACE_FEED, "updated", RSS_UPDATED},
    {SPACE_FEED, "modified", RSS_UPDATED},
    {SPACE_TERMS, "modified", RSS_UPDATED},
    {SPACE_FEED, "author", RSS_AUTHOR},
    {SPACE_DC, "creator", RSS_AUTHOR},
    {SPACE_DC, "author", RSS_AUTHOR},
    {SPACE_TERMS, "creator", RSS_AUTHOR},
    {SPACE_FEED, "category", RSS_CATEGORY},
    {SPACE_DC, "subject", RSS_CATEGORY},
    {SPACE_FEED, "source", RSS_SOURCE},
    {SPACE_FEED, "language", RSS_LANGUAGE},
    {SPACE_DC, "language", RSS_LANGUAGE},
    {SPACE_TERMS, "language", RSS_LANGUAGE},
};

static enum space
find_space(const struct rss_item *item, const struct xml_element *element)
{
	size_t i;

	if (*element->space != '\0') {
		for (i = 0; i < sizeof spaces / sizeof *spaces; i++)
			if (strcmp(spaces[i].uri, element->space) == 0)
				return spaces[i].space;
		return item->space != NULL && strcmp(item->space, element->space) == 0 ? SPACE_FEED : SPACE_OTHER;
	}
	if (*element->prefix == '\0')
		return SPACE_FEED;
	for (i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (strcmp(spaces[i].prefix, element->prefix) == 0)
			return spaces[i].space;
	return SPACE_OTHER;
}

static enum rss_role
find_role(enum space space, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof roles / sizeof *roles; i++)
		if (roles[i].space == space && strcmp(roles[i].name, name) == 0)
			return roles[i].role;
	return RSS_NO_ROLE;
}

static bool
is_text(enum rss_role role)
{
	return role == RSS_TITLE || role == RSS_FULL || role == RSS_SUMMARY;
}

bool
rss_item_is_text(struct news_text name)
{
	size_t i;

	for (i = 0; i < sizeof roles / sizeof *roles; i++)
		if (is_text(roles[i].role) && strlen(roles[i].name) == name.bytes &&
		    memcmp(roles[i].name, name.at, name.bytes) == 0)
			return true;
	return false;
}

/* Whether TEXT ends with the C string END. */
static bool
ends_with(struct news_text text, const char *end)
{
	size_t bytes = strlen(end);

	return text.bytes >= bytes && memcmp(text.at + text.bytes - bytes, end, bytes) == 0;
}

static bool
equals(struct news_text text, const char *string)
{
	return text.bytes == strlen(string) && ends_with(text, string);
}

/* Atom 1.0 says `text`, `html`, `xhtml` or a media type; Atom 0.3 a media type. */
static enum rss_type
find_type(const struct xml_element *element, bool *is_xhtml)
{
	struct news_text type = xml_attribute(element, "type");

	*is_xhtml = false;
	if (equals(xml_attribute(element, "mode"), "base64") || xml_attribute(element, "src").bytes > 0)
		return RSS_TYPE_NONE;
	if (type.bytes == 0)
		return RSS_TYPE_UNTOLD;
	*is_xhtml = equals(type, "xhtml") || equals(type, "application/xhtml+xml");
	if (*is_xhtml || equals(type, "html") || equals(type, "text/html") || equals(type, "HTML"))
		return RSS_TYPE_HTML;
	if (equals(type, "text") || equals(type, "text/plain"))
		return RSS_TYPE_PLAIN;
	/* `plain`, `text/x-markdown` and other spellings */
	if (memchr(type.at, '/', type.bytes) == NULL || (type.bytes > 5 && memcmp(type.at, "text/", 5) == 0))
		return RSS_TYPE_UNTOLD;
	return RSS_TYPE_NONE;
}

/* ---- values ---- */

static bool
is_blank(struct news_text text)
{
	size_t i;

	for (i = 0; i < text.bytes; i++)
		if (text.at[i] != ' ' && text.at[i] != '\n' && text.at[i] != '\t' && text.at[i] != '\r')
			return false;
	return true;
}

/* Keep the value at hand, whose text ends `strings`, unless it is blank. */
static bool
keep_value(struct rss_item *item)
{
	struct rss_value *grown;

	item->value.text.end = item->strings.bytes;
	if (item->value.text.begin == item->value.text.end ||
	    is_blank((struct news_text){item->strings.at + item->value.text.begin,
		item->value.text.end - item->value.text.begin})) {
		item->strings.bytes = item->value.text.begin;
		return true;
	}
	grown = array_grow(item->values, item->count, &item->room, sizeof *grown);
	if (grown == NULL)
		return false;
	item->values = grown;
	grown[item->count++] = item->value;
	return true;
}

static void
begin_value(struct rss_item *item, enum rss_role role, enum rss_type type)
{
	item->value = (struct rss_value){role, type, {item->strings.bytes, item->strings.bytes}};
	item->has_elements = item->is_inside = false;
}

/* Keep the attribute NAME of ELEMENT as a value of ROLE. */
static bool
keep_attribute(struct rss_item *item, const struct xml_element *element, const char *name, enum rss_role role)
{
	struct news_text value = xml_attribute(element, name);

	if (value.bytes == 0)
		return true;
	begin_value(item, role, RSS_TYPE_UNTOLD);
	return buffer_add(&item->strings, value.at, value.bytes) && keep_value(item);
}

/* The same, in place of the text of the value at hand, where ELEMENT has that attribute. */
static bool
keep_instead(struct rss_item *item, const struct xml_element *element, const char *name)
{
	if (xml_attribute(element, name).bytes == 0)
		return true;
	if (!keep_attribute(item, element, name, item->value.role))
		return false;
	item->value.role = RSS_NO_ROLE;
	return true;
}

/* Append TEXT as HTML writes it. */
static bool
add_escaped(struct buffer *out, struct news_text text)
{
	size_t i, done = 0;

	for (i = 0; i < text.bytes; i++) {
		const char *as = text.at[i] == '<' ? "&lt;" : text.at[i] == '&' ? "&amp;" : NULL;

		if (as == NULL)
			continue;
		if (!buffer_add(out, text.at + done, i - done) || !buffer_add(out, as, strlen(as)))
			return false;
		done = i + 1;
	}
	return buffer_add(out, text.at + done, text.bytes - done);
}

/* In XHTML text is text, so `<` in it must not be taken for a tag once elements are written down among it. */
static bool
escape_value(struct rss_item *item)
{
	struct buffer copy = {0};
	struct buffer *out = &item->strings;
	size_t begin = item->value.text.begin, bytes = out->bytes - begin;
	bool fine;

	if (bytes == 0)
		return true;
	if (!buffer_add(&copy, out->at + begin, bytes))
		return false;
	out->bytes = begin;
	fine = add_escaped(out, (struct news_text){copy.at, copy.bytes});
	buffer_release(&copy);
	return fine;
}

static bool
add_tag(struct rss_item *item, const char *begin, const char *name)
{
	return buffer_add(&item->strings, begin, strlen(begin)) && buffer_add(&item->strings, name, strlen(name)) &&
	    buffer_add_byte(&item->strings, '>');
}

/* ---- events ---- */

/* An element inside the value at hand begins. */
static bool
start_inside(struct rss_item *item, const struct xml_element *element)
{
	bool is_name = strcmp(element->name, item->value.role == RSS_AUTHOR ? "name" : "title") == 0;

	switch (item->value.role) {
	case RSS_AUTHOR:
	case RSS_SOURCE:
		if (!item->has_elements || is_name)
			item->strings.bytes = item->value.text.begin;
		item->has_elements = true;
		/* <author><name>Jane Marsh</name><email>... */
		item->is_inside = item->depth == item->base + 2 &&
		    (is_name || (strcmp(element->name, "email") == 0 && item->strings.bytes == item->value.text.begin));
		return true;
	case RSS_TITLE:
	case RSS_FULL:
	case RSS_SUMMARY:
		if (!item->has_elements && item->is_xhtml && !escape_value(item))
			return false;
		item->has_elements = true;
		return add_tag(item, "<", element->name);
	default:
		return true;
	}
}

/* A child of the item begins. */
static bool
start_child(struct rss_item *item, const struct xml_element *element)
{
	enum rss_role role = find_role(find_space(item, element), element->name);
	struct news_text relation;

	if (role == RSS_NO_ROLE || (item->is_head && role != RSS_TITLE && role != RSS_LANGUAGE))
		return true;
	item->is_xhtml = false;
	begin_value(item, role, is_text(role) ? find_type(element, &item->is_xhtml) : RSS_TYPE_UNTOLD);
	switch (role) {
	case RSS_PERMALINK:
		if (equals(xml_attribute(element, "isPermaLink"), "false"))
			item->value.role = RSS_GUID;
		return true;
	case RSS_LINK:
		relation = xml_attribute(element, "rel");
		if (relation.bytes > 0 && !equals(relation, "alternate")) {
			item->value.role = RSS_NO_ROLE;
			return true;
		}
		return keep_instead(item, element, "href");
	case RSS_CATEGORY:
		return keep_instead(item, element, xml_attribute(element, "label").bytes > 0 ? "label" : "term");
	default:
		return true;
	}
}

/* Whether ELEMENT is the one to read. */
static bool
is_item(const struct rss_item *item, const struct xml_element *element)
{
	if (item->is_head)
		return strcmp(element->name, "channel") == 0 || strcmp(element->name, "feed") == 0;
	return rss_cut_is_item((struct news_text){element->name, strlen(element->name)});
}

static bool
on_start(void *user, const struct xml_element *element)
{
	struct rss_item *item = user;

	item->depth++;
	if (item->is_closed)
		return true;
	if (!item->is_found) {
		item->is_found = is_item(item, element);
		if (!item->is_found)
			return !item->is_head || keep_attribute(item, element, "lang", RSS_XML_LANG);
		item->base = item->depth;
		if (*element->space != '\0') {
			item->space = malloc(strlen(element->space) + 1);
			if (item->space == NULL)
				return false;
			strcpy(item->space, element->space);
		}
		if (!keep_attribute(item, element, "lang", RSS_XML_LANG) ||
		    !keep_attribute(item, element, "about", RSS_ABOUT))
			return false;
		item->value.role = RSS_NO_ROLE;
		return true;
	}
	if (item->depth == item->base + 1)
		return start_child(item, element);
	return item->value.role == RSS_NO_ROLE || start_inside(item, element);
}

static bool
on_end(void *user, const char *name)
{
	struct rss_item *item = user;
	size_t depth = item->depth--;
	bool fine = true;

	if (!item->is_found || item->is_closed)
		return true;
	if (depth == item->base) {
		item->is_closed = true;
		return true;
	}
	if (item->value.role == RSS_NO_ROLE)
		return true;
	if (depth == item->base + 1) {
		if (item->value.type != RSS_TYPE_NONE)
			fine = keep_value(item);
		else
			item->strings.bytes = item->value.text.begin;
		item->value.role = RSS_NO_ROLE;
		return fine;
	}
	if (depth == item->base + 2)
		item->is_inside = false;
	if (is_text(item->value.role)) {
		const htmlElemDesc *description = htmlTagLookup((const xmlChar *)name);
		/* a browser makes a second break of </br> */
		if (description == NULL || !description->empty)
			return add_tag(item, "</", name);
	}
	return true;
}

static bool
on_text(void *user, struct news_text text)
{
	struct rss_item *item = user;
	enum rss_role role = item->value.role;

	if (!item->is_found || item->is_closed || role == RSS_NO_ROLE)
		return true;
	if ((role == RSS_AUTHOR || role == RSS_SOURCE) && item->has_elements && !item->is_inside)
		return true;
	if (!is_text(role) && !item->is_inside && item->depth > item->base + 1)
		return true;
	if (item->is_xhtml && item->has_elements && is_text(role))
		return add_escaped(&item->strings, text);
	return buffer_add(&item->strings, text.at, text.bytes);
}

static const struct xml_handler handler = {on_start, on_end, on_text};

/* ---- reading ---- */

static bool
begin(struct rss_item *item, bool is_head)
{
	if (item->xml == NULL)
		item->xml = xml_new();
	item->strings.bytes = item->count = 0;
	item->is_head = is_head;
	item->is_found = item->is_closed = false;
	item->depth = item->base = 0;
	free(item->space);
	item->space = NULL;
	item->value.role = RSS_NO_ROLE;
	item->is_xhtml = false;
	return item->xml != NULL && xml_begin(item->xml, &handler, item);
}

enum news_status
rss_item_read(struct rss_item *item, struct news_text around, struct news_text bytes, size_t *repairs, bool *has_fault,
    struct news_error *error)
{
	enum news_status status;
	const char *fault;
	size_t before = *repairs;

	if (!begin(item, false))
		return NEWS_NO_MEMORY;
	xml_push(item->xml, around);
	xml_push(item->xml, bytes);
	status = xml_end(item->xml, repairs, error);
	if (status != NEWS_OK) {
		*repairs = before;
		*has_fault = true;
		return status;
	}
	fault = xml_fault(item->xml);
	*has_fault = fault != NULL;
	if (item->is_closed)
		return NEWS_OK;
	*has_fault = true;
	snprintf(error->text, sizeof error->text, "the item cannot be read: %.200s", fault != NULL ? fault : "no end");
	return NEWS_REJECTED;
}

bool
rss_item_read_head(struct rss_item *item, struct news_text bytes)
{
	struct news_error error;
	size_t repairs = 0;

	if (!begin(item, true))
		return false;
	xml_push(item->xml, bytes);
	return xml_end(item->xml, &repairs, &error) != NEWS_NO_MEMORY;
}

struct news_text
rss_item_text(const struct rss_item *item, size_t i)
{
	const struct news_span *span = &item->values[i].text;

	return (struct news_text){item->strings.at + span->begin, span->end - span->begin};
}

size_t
rss_item_find(const struct rss_item *item, enum rss_role role)
{
	size_t i = 0;

	while (i < item->count && item->values[i].role != role)
		i++;
	return i;
}

void
rss_item_release(struct rss_item *item)
{
	xml_free(item->xml);
	free(item->values);
	free(item->space);
	buffer_release(&item->strings);
	memset(item, 0, sizeof *item);
}
