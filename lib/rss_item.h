/* SPDX-License-Identifier: ISC
 *
 * rss_item.h - what the elements of an item, or of the head of a feed, say: a list of values, each with its role
 *
 * RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and the modules that news use (Dublin Core, content, XHTML, xml:) give the
 * same roles. Only children of the item itself count: the title of an enclosure, or the link of the feed that an entry
 * was copied from, are none of the item's.
 */
#ifndef RSS_ITEM_H
#define RSS_ITEM_H

#include "buffer.h"
#include "news.h"
#include "xml.h"

enum rss_role {
	RSS_TITLE,
	RSS_TITLE_OTHER, /* dc:title */
	RSS_FULL,        /* the whole text: content:encoded, content, body */
	RSS_SUMMARY,     /* description, summary */
	RSS_GUID,
	RSS_PERMALINK, /* a guid that says it is the address, or does not deny it */
	RSS_ID,
	RSS_LINK,
	RSS_ABOUT, /* rdf:about */
	RSS_PUBLISHED,
	RSS_UPDATED,
	RSS_AUTHOR,
	RSS_CATEGORY,
	RSS_SOURCE,
	RSS_LANGUAGE,
	RSS_XML_LANG, /* the attribute of the item itself, or of an element around it */
	RSS_NO_ROLE
};

/* How the text of a value is meant, as its `type` tells. */
enum rss_type {
	RSS_TYPE_UNTOLD,
	RSS_TYPE_PLAIN,
	RSS_TYPE_HTML,
	RSS_TYPE_NONE /* something else than text: a picture in base64 */
};

struct rss_value {
	enum rss_role role;
	enum rss_type type;
	struct news_span text; /* in `strings`: references decoded; elements inside written down as HTML */
};

struct rss_item {
	struct xml *xml;
	struct buffer strings;
	struct rss_value *values; /* in the order of the item, none of them blank */
	size_t count, room;

	/* while reading */
	bool is_head, is_found, is_closed;
	size_t depth, base;     /* elements open; those around the item and itself */
	char *space;            /* the namespace of the item */
	struct rss_value value; /* the one at hand; RSS_NO_ROLE: none */
	bool has_elements;      /* it has */
	bool is_xhtml;          /* it says so */
	bool is_inside;         /* of an element of it that counts alone: `name` of an author, `title` of a source */
};

/* All zero is a fresh one. */
void rss_item_release(struct rss_item *item);

/* Read the element of the item, BYTES, that stands inside the start tags AROUND (with a document type, maybe).
 * NEWS_REJECTED: it is malformed beyond mending, or never ends; ERROR says why. `*repairs` grows. `*has_fault`: the XML
 * had a fault that libxml2 complained of, so something may be lost. */
enum news_status rss_item_read(struct rss_item *item, struct news_text around, struct news_text bytes, size_t *repairs,
    bool *has_fault, struct news_error *error);

/* The same of the head of a feed, BYTES: what its `channel` or `feed` says. Malformed ones say as much as is
 * understood. false: out of memory. */
bool rss_item_read_head(struct rss_item *item, struct news_text bytes);

/* The I-th value's text. */
struct news_text rss_item_text(const struct rss_item *item, size_t i);

/* The first value of ROLE; `count` when there is none. */
size_t rss_item_find(const struct rss_item *item, enum rss_role role);

/* Whether an element called NAME, local, holds running text in feeds. */
bool rss_item_is_text(struct news_text name);

#endif
