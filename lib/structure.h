/* SPDX-License-Identifier: ISC
 *
 * structure.h - which paragraphs, and which pieces of a paragraph, are not running text: titles, datelines, bylines,
 * notes
 */
#ifndef STRUCTURE_H
#define STRUCTURE_H

#include "news.h"

/* A piece of one paragraph that is all of one kind. Body pieces are split into sentences afterwards. */
struct structure_piece {
	struct news_span span;
	unsigned paragraph;
	enum news_kind kind;
};

struct structure;

struct structure *structure_new(const struct news_lists *lists);
void structure_free(struct structure *structure);

/* Let rules of the user's go first; borrowed. NULL: none. */
void structure_set_rules(struct structure *structure, const struct news_rules *rules);

/* Matches of the user's patterns given up since `new` because they took too many steps; each was taken as none. */
size_t structure_given_up(const struct structure *structure);

/* Cut DOCUMENT (borrowed) into pieces, in reading order. Between two pieces stand only U+0020 and LF; nothing is
 * dropped. CONTINUED: it is a later part of a document that was cut, and has no title. */
void structure_start(struct structure *structure, const struct news_document *document, bool continued);
enum news_status structure_next(struct structure *structure, struct structure_piece *piece);

#endif
