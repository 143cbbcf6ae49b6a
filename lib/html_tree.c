/* SPDX-License-Identifier: ISC
 *
 * The tree is built from the parser's events (SAX), not by libxml2: a node takes 48 bytes in place of some 200, only
 * the attributes that are asked for are kept, and nothing has to be freed one by one.
 */
#include "html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

struct build {
	struct html_tree *tree;
	xmlParserCtxtPtr parser;
	size_t current, depth;
	bool no_memory, too_deep, too_many;
};

/* What a browser shows for U+0080 to U+009F written as numeric references: the characters that windows-1252 has there
 * (HTML Living Standard, section 13.2.5.80, "Numeric character reference end state"): "it&#146;s". 0: none. */
static const uint16_t windows_1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030,
    0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

static void
fail(struct build *build)
{
	build->no_memory = true;
	xmlStopParser(build->parser);
}

/* The character of windows-1252 for the two bytes at AT, U+0080 to U+009F; 0: they are something else. */
static unsigned
numeric_reference(const char *at, size_t bytes)
{
	if (bytes < 2 || (unsigned char)at[0] != 0xC2 || (unsigned char)at[1] > 0x9F)
		return 0;
	return windows_1252[(unsigned char)at[1] & 0x1F];
}

static bool
add_character(struct buffer *out, unsigned character)
{
	char bytes[3];

	if (character < 0x800) {
		bytes[0] = (char)(0xC0 | character >> 6);
		bytes[1] = (char)(0x80 | (character & 0x3F));
		return buffer_add(out, bytes, 2);
	}
	bytes[0] = (char)(0xE0 | character >> 12);
	bytes[1] = (char)(0x80 | (character >> 6 & 0x3F));
	bytes[2] = (char)(0x80 | (character & 0x3F));
	return buffer_add(out, bytes, 3);
}

/* Append the value of an attribute. libxml2 has resolved its references, so any U+0080 to U+009F is taken as one. */
static bool
add_value(struct buffer *out, const char *at, size_t bytes)
{
	const char *end = at + bytes, *lead;

	while ((lead = memchr(at, 0xC2, (size_t)(end - at))) != NULL) {
		unsigned character = numeric_reference(lead, (size_t)(end - lead));

		if (!buffer_add(out, at, (size_t)(lead - at)) ||
		    !(character != 0 ? add_character(out, character) : buffer_add_byte(out, *lead)))
			return false;
		at = lead + (character != 0 ? 2 : 1);
	}
	return buffer_add(out, at, (size_t)(end - at));
}

/* ---- events ---- */

/* Whether the parser was told to stop; some events still come. */
static bool
is_stopped(const struct build *build)
{
	return build->no_memory || build->too_deep || build->too_many;
}

static struct html_node *
add_node(struct build *build, enum html_element element)
{
	struct html_tree *tree = build->tree;
	struct html_node *node;

	if (tree->count == HTML_NODES_MAX) {
		build->too_many = true;
		xmlStopParser(build->parser);
		return NULL;
	}
	node = array_grow(tree->nodes, tree->count, &tree->room, sizeof *tree->nodes);
	if (node == NULL) {
		fail(build);
		return NULL;
	}
	tree->nodes = node;
	node += tree->count++;
	*node = (struct html_node){
	    .parent = (uint32_t)build->current,
	    .characters_before = tree->characters,
	    .attribute = (uint32_t)tree->attribute_count,
	    .element = (uint8_t)element,
	};
	return node;
}

static bool
add_attribute(struct html_tree *tree, enum html_attribute name, const char *value)
{
	struct html_kept_attribute *kept =
	    array_grow(tree->attributes, tree->attribute_count, &tree->attribute_room, sizeof *tree->attributes);

	if (kept == NULL)
		return false;
	tree->attributes = kept;
	kept += tree->attribute_count++;
	kept->name = name;
	kept->value.begin = tree->text.bytes;
	if (value != NULL && !add_value(&tree->text, value, strlen(value)))
		return false;
	kept->value.end = tree->text.bytes;
	return true;
}

static void
on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct build *build = context;
	struct html_tree *tree = build->tree;
	struct html_node *node;
	size_t i;

	if (is_stopped(build))
		return;
	if (build->depth == HTML_DEPTH_MAX) {
		build->too_deep = true;
		xmlStopParser(build->parser);
		return;
	}
	node = add_node(build, html_element_find((const char *)name));
	if (node == NULL)
		return;
	for (i = 0; attributes != NULL && attributes[i] != NULL; i += 2) {
		enum html_attribute attribute = html_attribute_find((const char *)attributes[i]);

		if (attribute == HTML_ATTRIBUTE_COUNT)
			continue;
		if (!add_attribute(tree, attribute, (const char *)attributes[i + 1])) {
			fail(build);
			return;
		}
		node->attribute_count++;
	}
	build->current = tree->count - 1;
	build->depth++;
}

/* libxml2 reports an end for every start, the inner before the outer; where it should not, an element of that name is
 * looked for further out. */
static void
on_end(void *context, const xmlChar *name)
{
	struct build *build = context;
	struct html_node *nodes = build->tree->nodes;
	enum html_element element = html_element_find((const char *)name);
	size_t at = build->current;

	if (is_stopped(build))
		return;
	while (at != 0 && nodes[at].element != element)
		at = nodes[at].parent;
	if (at == 0)
		return;
	for (;;) {
		size_t node = build->current;

		nodes[node].end = (uint32_t)build->tree->count;
		build->current = nodes[node].parent;
		build->depth--;
		if (node == at)
			return;
	}
}

static void
on_characters(void *context, const xmlChar *characters, int bytes)
{
	struct build *build = context;
	struct html_tree *tree = build->tree;
	struct html_node *node;
	unsigned reference = numeric_reference((const char *)characters, bytes == 2 ? 2 : 0);

	if (is_stopped(build) || bytes <= 0)
		return;
	node = &tree->nodes[tree->count - 1];
	if (node->element != HTML_TEXT || node->parent != build->current || node->text.end != tree->text.bytes) {
		node = add_node(build, HTML_TEXT);
		if (node == NULL)
			return;
		node->text.begin = tree->text.bytes;
		node->end = (uint32_t)tree->count;
	}
	tree->characters += (size_t)bytes;
	if (!(reference != 0 ? add_character(&tree->text, reference)
			     : buffer_add(&tree->text, characters, (size_t)bytes)))
		fail(build);
	node->text.end = tree->text.bytes;
}

/* The insides of scripts and styles. */
static void
on_raw(void *context, const xmlChar *characters, int bytes)
{
	static const char linked_data[] = "application/ld+json";
	struct build *build = context;
	struct html_node *node = &build->tree->nodes[build->current];
	struct news_text type = html_tree_attribute(build->tree, build->current, HTML_ATTRIBUTE_TYPE);

	if (is_stopped(build) || node->element != HTML_SCRIPT || bytes <= 0 || type.bytes < sizeof linked_data - 1 ||
	    memcmp(type.at, linked_data, sizeof linked_data - 1) != 0)
		return;
	if (node->text.end == node->text.begin)
		node->text.begin = node->text.end = build->tree->text.bytes;
	if (!buffer_add(&build->tree->text, characters, (size_t)bytes))
		fail(build);
	node->text.end = build->tree->text.bytes;
}

static void
on_error(void *context, const char *message, ...)
{
	(void)context;
	(void)message;
}

/* ---- the page ---- */

/* Whether some tag has more attributes than HTML_TAG_ATTRIBUTES_MAX. Walks over tags as libxml2 does: a value in
 * marks ends at the same mark, a tag at the first `>` outside one. */
static bool
has_overlong_tag(struct news_text html)
{
	const char *at = html.at, *end = html.at + html.bytes;

	while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		size_t attributes = 0;
		bool in_word = true;

		at++;
		if (end - at >= 3 && memcmp(at, "!--", 3) == 0) {
			for (at += 3; at < end && (at = memchr(at, '>', (size_t)(end - at))) != NULL; at++)
				if (at[-1] == '-' && at[-2] == '-')
					break;
			if (at == NULL)
				return false;
			continue;
		}
		if (at == end || (*at | 0x20) < 'a' || (*at | 0x20) > 'z')
			continue;
		for (; at < end && *at != '>'; at++) {
			if (*at == '=') {
				while (at + 1 < end && strchr(" \t\r\n\f", at[1]) != NULL && at[1] != '\0')
					at++;
				if (at + 1 < end && (at[1] == '"' || at[1] == '\'')) {
					at = memchr(at + 2, at[1], (size_t)(end - at) - 2);
					if (at == NULL)
						return false;
					in_word = false;
				}
			} else if ((*at >= '\t' && *at <= '\r') || *at == ' ' || *at == '/') {
				in_word = false;
			} else if (!in_word) {
				in_word = true;
				if (++attributes > HTML_TAG_ATTRIBUTES_MAX)
					return true;
			}
		}
	}
	return false;
}

static enum news_status
reject(struct news_error *error, const char *why, unsigned limit)
{
	snprintf(error->text, sizeof error->text, "%s (the limit is %u)", why, limit);
	return NEWS_REJECTED;
}

enum news_status
html_tree_parse(struct html_tree *tree, struct news_text html, struct news_error *error)
{
	struct build build = {.tree = tree};
	bool no_memory;

	tree->count = tree->attribute_count = tree->text.bytes = tree->characters = 0;
	if (html.bytes > INT_MAX)
		return reject(error, "the page has too many bytes", INT_MAX);
	if (has_overlong_tag(html))
		return reject(error, "a tag has too many attributes", HTML_TAG_ATTRIBUTES_MAX);
	build.parser =
	    htmlCreateMemoryParserCtxt(html.bytes == 0 ? " " : html.at, html.bytes == 0 ? 1 : (int)html.bytes);
	if (build.parser == NULL)
		return NEWS_NO_MEMORY;
	memset(build.parser->sax, 0, sizeof *build.parser->sax);
	build.parser->sax->startElement = on_start;
	build.parser->sax->endElement = on_end;
	build.parser->sax->characters = on_characters;
	build.parser->sax->ignorableWhitespace = on_characters;
	build.parser->sax->cdataBlock = on_raw;
	build.parser->sax->error = on_error;
	build.parser->sax->warning = on_error;
	build.parser->userData = &build;
	htmlCtxtUseOptions(build.parser,
	    HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
		HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(build.parser, XML_CHAR_ENCODING_UTF8);
	if (add_node(&build, HTML_OTHER) != NULL)
		htmlParseDocument(build.parser);
	no_memory = build.no_memory || build.parser->errNo == XML_ERR_NO_MEMORY;
	htmlFreeParserCtxt(build.parser);
	if (no_memory)
		return NEWS_NO_MEMORY;
	if (build.too_deep)
		return reject(error, "elements are nested too deep", HTML_DEPTH_MAX);
	if (build.too_many)
		return reject(error, "the page has too many elements", HTML_NODES_MAX);
	while (build.current != 0) {
		tree->nodes[build.current].end = (uint32_t)tree->count;
		build.current = tree->nodes[build.current].parent;
	}
	tree->nodes[0].end = (uint32_t)tree->count;
	return NEWS_OK;
}

void
html_tree_release(struct html_tree *tree)
{
	free(tree->nodes);
	free(tree->attributes);
	buffer_release(&tree->text);
	memset(tree, 0, sizeof *tree);
}

struct news_text
html_tree_attribute(const struct html_tree *tree, size_t node, enum html_attribute name)
{
	const struct html_node *of = &tree->nodes[node];
	size_t i;

	for (i = of->attribute; i < (size_t)of->attribute + of->attribute_count; i++) {
		const struct html_kept_attribute *kept = &tree->attributes[i];

		if (kept->name == name)
			return (struct news_text){tree->text.at == NULL ? "" : tree->text.at + kept->value.begin,
			    kept->value.end - kept->value.begin};
	}
	return (struct news_text){NULL, 0};
}

size_t
html_tree_characters(const struct html_tree *tree, size_t node)
{
	size_t end = tree->nodes[node].end;

	return (end < tree->count ? tree->nodes[end].characters_before : tree->characters) -
	    tree->nodes[node].characters_before;
}
