/* SPDX-License-Identifier: ISC
 *
 * markup.h - where elements begin and end in a stream of XML or SGML, without reading them
 *
 * For cutting: only `<` and what follows it is looked at, so what is malformed between two tags does not matter. In XML
 * comments, CDATA sections, processing instructions and the declarations of a DOCTYPE are passed over whole; in SGML of
 * archives there are none of these, and their beginnings are text.
 */
#ifndef MARKUP_H
#define MARKUP_H

#include "news.h"

#include <stdbool.h>
#include <stddef.h>

/* Elements with longer names are passed over. Bytes. */
#define MARKUP_NAME_MAX 64

enum markup_kind {
	MARKUP_START,       /* a start tag: its span is the `<` and the name, its end is not looked for */
	MARKUP_END,         /* an end tag, whole */
	MARKUP_DECLARATION, /* the `<?xml` that begins a document of XML */
	MARKUP_DOCTYPE      /* `<!DOCTYPE`, whole with its declarations */
};

struct markup_tag {
	enum markup_kind kind;
	struct news_span span; /* offsets count from the first untaken byte */
	struct news_text name; /* the local one: `item` of <rss:item>; START and END only */
};

/* The scanner. */
struct markup {
	bool xml;
	size_t at; /* bytes before this one are done with */
	enum { MARKUP_IN_TEXT, MARKUP_IN_COMMENT, MARKUP_IN_CDATA, MARKUP_IN_INSTRUCTION, MARKUP_IN_DOCTYPE } inside;
	size_t begin;   /* of what it is inside of */
	char quote;     /* inside a DOCTYPE: the literal at hand; 0: none */
	unsigned depth; /* its `<` and `[` that are open */
	enum { MARKUP_DOCTYPE_PLAIN, MARKUP_DOCTYPE_COMMENT, MARKUP_DOCTYPE_INSTRUCTION } doctype;
};

/* Begin with the byte at offset 0. */
void markup_start(struct markup *markup, bool xml);

/* Go on to the next tag. false: more must come first, or (ENDED) nothing is left. Between two calls UNTAKEN only grows
 * at its end, as struct news_format's `cut` has it; each byte is looked at once. */
bool markup_next(struct markup *markup, struct news_text untaken, bool ended, struct markup_tag *tag);

/* Bytes at the front that no tag to come reaches back to: they may be taken. */
size_t markup_passed(const struct markup *markup);

/* The first BYTES bytes are taken (at most up to the end of the last tag, or markup_passed): offsets count from behind
 * them. */
void markup_taken(struct markup *markup, size_t bytes);

/* The name of the first element of the XML or SGML that BEGIN begins with, as struct news_format's `recognise` has it:
 * 1, 0 (there is none), -1. */
int markup_root(struct news_text begin, bool ended, struct news_text *name);

/* Whether NAME is WANTED, whatever the case of letters of ASCII. */
bool markup_is(struct news_text name, const char *wanted);

#endif
