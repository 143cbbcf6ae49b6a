/* SPDX-License-Identifier: ISC
 *
 * xml_mend.h - XML with the faults of feeds mended, before a parser that passes over what it does not understand sees
 * it
 *
 * One pass over the `<`, `&` and `>` of the bytes. Comments and processing instructions are dropped, CDATA sections
 * become text with references; so what is left are tags, text, and the DOCTYPE.
 */
#ifndef XML_MEND_H
#define XML_MEND_H

#include "buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* More attributes than this in a tag are refused: the parser compares each with each. */
#define XML_MEND_ATTRIBUTES_MAX 256

/* All zero but what is to be read is enough before. */
struct xml_mend {
	const char *at, *end; /* what is left of the XML: well-formed UTF-8 without control characters */
	bool (*is_declared)(void *user, const char *name); /* whether the DOCTYPE declares the entity NAME */
	void *user;

	const char *begin; /* of all of it */
	bool in_tag;       /* of a start */
	char quote;        /* around the value of an attribute at hand; 0: none */
	size_t count;      /* of attributes, in a tag */
	bool refused;      /* a tag has too many; nothing more is read */
};

/* Append mended XML to OUT, up to about ROOM bytes, or up to the end of a DOCTYPE or of what is left. false: out of
 * memory. */
bool xml_mend_next(struct xml_mend *mend, struct buffer *out, size_t room);

#endif
