/* SPDX-License-Identifier: ISC
 *
 * items.h - cut the elements that are documents out of a stream of markup
 *
 * An item ends with its end tag; one that has none ends where the next begins (or, in XML, where another file begins in
 * the same stream), so that a broken item costs no other. The rest of the stream is passed over without being held.
 */
#ifndef ITEMS_H
#define ITEMS_H

#include "format.h"
#include "markup.h"

#include <stdbool.h>
#include <stddef.h>

enum items_role {
	ITEMS_NONE,
	ITEMS_AROUND, /* stands around items, or for something that is none: the file is of this kind */
	ITEMS_INNER,  /* an item, unless it stands inside an outer one */
	ITEMS_OUTER,  /* an item, wherever it stands */
	ITEMS_NESTED  /* an item; one of the same name inside it belongs to it */
};

struct items_syntax {
	bool xml; /* else SGML: case does not matter; an item begins its line; text between items is told */
	enum items_role (*role)(struct news_text name);
	const char *missing; /* the error where a file has neither an item nor anything around one; NULL: none */
};

struct items {
	const struct items_syntax *syntax;
	size_t record_max; /* FORMAT_RECORD_MAX, but for tests */
	struct markup markup;
	bool open;       /* an item has begun */
	bool after_feed; /* the last byte taken is a LF */
	bool passing;    /* its front was handed on: too large */
	size_t begin;    /* of the item */
	size_t depth;    /* items of its name inside it */
	enum items_role role;
	char root[MARKUP_NAME_MAX];
	size_t root_bytes;
	bool known, blank; /* the file has something of its kind; it has nothing but blanks so far */
};

/* A cutter by SYNTAX, which is borrowed; free(3) gives it back. NULL: out of memory. */
struct items *items_new(const struct items_syntax *syntax);

/* All zero but SYNTAX and `record_max` is enough before. */
void items_start(struct items *items);

/* As struct news_format's `cut` has it. A DOCTYPE with declarations becomes the head. In SGML what stands between items
 * and is neither blank nor a tag is a record of its own, by 64 KiB, for `read` to reject. */
size_t items_cut(struct items *items, struct news_text untaken, bool ended, struct format_cut *cut);

#endif
