/* SPDX-License-Identifier: ISC
 *
 * html_tree.h - a page of HTML as a flat tree
 *
 * libxml2's HTML parser reads the page (no network, no external entity, no document type); what it reports is kept in
 * arrays: nodes in the order of the page, so that a subtree is a range of them and walking needs no recursion.
 */
#ifndef HTML_TREE_H
#define HTML_TREE_H

#include "buffer.h"
#include "html_element.h"
#include "news.h"

/* Elements inside one another; deeper pages are rejected. libxml2 looks through the open elements at some end tags, so
 * this also bounds what a byte can cost. Real pages stay below 100, or some hundreds where end tags are missing. */
#define HTML_DEPTH_MAX 1000

/* Attributes of one tag; libxml2 compares each with all before it. */
#define HTML_TAG_ATTRIBUTES_MAX 2000

/* Elements and runs of characters of a page, a bound on what a page costs in memory; large real ones have 100,000. */
#define HTML_NODES_MAX 4000000

struct html_node {
	uint32_t parent;          /* index; of the root, node 0: 0 */
	uint32_t end;             /* index of the first node behind the subtree */
	struct news_span text;    /* HTML_TEXT: its characters, in `text`; of a kept script: its source */
	size_t characters_before; /* bytes of characters in all nodes before it */
	uint32_t attribute;       /* index of the first one */
	uint16_t attribute_count;
	uint8_t element; /* enum html_element */
};

struct html_kept_attribute {
	enum html_attribute name;
	struct news_span value; /* in `text` */
};

struct html_tree {
	struct html_node *nodes; /* node 0 is a root of ours, an HTML_OTHER around everything */
	size_t count, room;
	struct html_kept_attribute *attributes;
	size_t attribute_count, attribute_room;
	struct buffer text; /* UTF-8 */
	size_t characters;  /* bytes of characters in all nodes */
};

/* Parse HTML, well-formed UTF-8, into TREE, forgetting what was there. Whatever HTML is malformed is understood
 * somehow. Of scripts only those of JSON-LD are kept; other scripts and styles leave no text. NEWS_REJECTED: over a
 * limit above, ERROR says which. */
enum news_status html_tree_parse(struct html_tree *tree, struct news_text html, struct news_error *error);

/* All zero is an empty tree. */
void html_tree_release(struct html_tree *tree);

/* The value of the attribute NAME of NODE; at == NULL: it has none. */
struct news_text html_tree_attribute(const struct html_tree *tree, size_t node, enum html_attribute name);

/* How many bytes of characters stand in the subtree NODE. */
size_t html_tree_characters(const struct html_tree *tree, size_t node);

#endif
