/* SPDX-License-Identifier: ISC
 *
 * xml.h - XML as it comes in feeds: events of libxml2's parser, with the faults of real feeds mended and limits on
 *
 * Bytes go in as UTF-8 whatever an XML declaration says (the input was converted before). What is mended: ill-formed
 * sequences and control characters (as text_repair has it), a bare `&`, `<` or `]]>`, references to characters that are
 * none, names of HTML's entities that were not declared (`&nbsp;`), other unknown names (kept as they stand: `&x;` is
 * text), undeclared prefixes, attributes that come twice, and elements left open inside one that ends (`<p>one<br></p>`
 * ends both). What is not: an end without its beginning, tags that cannot be read, more than XML_DEPTH_MAX elements
 * inside each other, more than 256 attributes in a tag, names, tags and entities beyond libxml2's own limits.
 *
 * No network, no external entity or DTD, no validation. The entities that the document declares itself are expanded,
 * but to four times the bytes of the document at most.
 */
#ifndef XML_H
#define XML_H

#include "news.h"

#include <stdbool.h>
#include <stddef.h>

/* Elements inside each other. News need a dozen, pages in it a hundred. */
#define XML_DEPTH_MAX 1000

/* A start tag. All of it lives as long as the call that hands it over. */
struct xml_element {
	const char *name;       /* the local one, as written: `creator` of <dc:creator> */
	const char *prefix;     /* "dc"; "" where there is none */
	const char *space;      /* the URI of its namespace; "" where there is none or it is not declared */
	const void *attributes; /* ask xml_attribute */
	size_t attribute_count;
};

/* The value of the attribute whose local name is NAME (`lang` finds xml:lang), references decoded; at == NULL: there
 * is none. */
struct news_text xml_attribute(const struct xml_element *element, const char *name);

/* What happens, in the order of the document. Each gives false to stop: memory is short. Every `start` that is followed
 * by anything outside the element has its `end`. NAME is local. Text comes in pieces of any size, CDATA and text that
 * references stand for among it. */
struct xml_handler {
	bool (*start)(void *user, const struct xml_element *element);
	bool (*end)(void *user, const char *name);
	bool (*text)(void *user, struct news_text text);
};

struct xml;

/* Start libxml2: once, before threads use it. Doing it again does nothing. */
void xml_start(void);

/* NULL: out of memory. */
struct xml *xml_new(void);
void xml_free(struct xml *xml);

/* Begin a document: `*HANDLER` (borrowed until the end) gets USER as its first argument. false: out of memory. */
bool xml_begin(struct xml *xml, const struct xml_handler *handler, void *user);

/* More of the document. No tag, comment, CDATA section or reference may lie across two pushes, so push a feed's head
 * and one item. Events may come late: behind xml_end all of them have come. Where parsing has stopped nothing happens.
 */
void xml_push(struct xml *xml, struct news_text bytes);

/* The document ends. NEWS_OK, also where elements are still open: who needs the end of one looks whether its `end` has
 * come, and where not xml_fault may know why. NEWS_REJECTED: ERROR says what could not be mended; the events so far
 * stay true. NEWS_NO_MEMORY: memory was short, or a handler gave false. `*repairs` grows by what text_repair counts. */
enum news_status xml_end(struct xml *xml, size_t *repairs, struct news_error *error);

/* The first fault that libxml2 found in the document that has ended, as words for a message, but for what is missing at
 * its end; NULL: none. */
const char *xml_fault(const struct xml *xml);

#endif
