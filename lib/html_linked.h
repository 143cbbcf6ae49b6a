/* SPDX-License-Identifier: ISC
 *
 * html_linked.h - what a page says of its article in JSON-LD
 *
 * Of the vocabulary of schema.org: the first object whose type is an article's (NewsArticle, BlogPosting...), and the
 * objects that it names as author and publisher, inside it or by their `@id`.
 */
#ifndef HTML_LINKED_H
#define HTML_LINKED_H

#include "buffer.h"
#include "json_members.h"
#include "news.h"

/* Authors that are kept, and objects of a script that are looked at; pages with more are lists of something. */
#define HTML_LINKED_AUTHORS_MAX 16
#define HTML_LINKED_OBJECTS_MAX 2000

/* How deep an object may stand: each level is parsed once more with those around it. Yoast's graphs have 4. */
#define HTML_LINKED_DEPTH_MAX 8

struct html_linked_object {
	struct news_span json, key; /* in the script; key: the member it is, or is an element of; in its own quotes */
	size_t parent;              /* index; its own: none */
	struct news_span id, name;  /* in `strings` */
};

/* What was found; spans of `strings`, empty ones: not said. */
struct html_linked {
	struct news_span headline, date, body, lang, url, publisher;
	struct news_span authors[HTML_LINKED_AUTHORS_MAX];
	size_t author_count;
	bool found; /* an article */
	struct buffer strings;

	struct buffer json;
	struct json_members members;
	struct html_linked_object *objects;
	size_t object_count, object_room;
};

/* All zero is a fresh one. */
void html_linked_release(struct html_linked *linked);

/* Forget what was found. */
void html_linked_start(struct html_linked *linked);

/* Look at one more SCRIPT of the page; it only adds where no article was found. Malformed JSON says nothing. false: out
 * of memory. */
bool html_linked_add(struct html_linked *linked, struct news_text script);

struct news_text html_linked_text(const struct html_linked *linked, struct news_span span);

#endif
