/* SPDX-License-Identifier: ISC
 *
 * token.h - words and marks of a document, each with what the lexicon says of it
 */
#ifndef TOKEN_H
#define TOKEN_H

#include "lexicon.h"
#include "news.h"

#include <stdint.h>

enum token_shape {
	TOKEN_WORD = 1 << 0,       /* has a letter */
	TOKEN_NUMBER = 1 << 1,     /* begins with a digit */
	TOKEN_CAPITAL = 1 << 2,    /* first letter is upper case, or the one behind an Arabic article: "al-Attiyah" */
	TOKEN_CAPITALS = 1 << 3,   /* two letters or more, all upper case */
	TOKEN_STOP = 1 << 4,       /* a word with its own full stop: "Sen.", "U.S.", "J." */
	TOKEN_GLUED = 1 << 5,      /* no white space before it */
	TOKEN_FIRST = 1 << 6,      /* first word of its segment */
	TOKEN_POSSESSIVE = 1 << 7, /* the ending 's or ' of a possessive, a token of its own */
	TOKEN_INITIAL = 1 << 8     /* one capital and a stop: "J." */
};

struct token {
	uint32_t begin, end; /* bytes in the document text */
	uint32_t segment;    /* index into the document's segments */
	uint16_t shape;
	uint8_t tag; /* enum lexicon_tag; LEXICON_UNTAGGED for marks */
	char mark;   /* of a mark: its ASCII form (`"` for every double mark, `-` for dashes, `.` for "..."), else 0 */
	uint64_t traits; /* of its entry, so that LEXICON_HAS takes a token too and most questions stay in this array */
	const struct lexicon_entry *entry; /* NULL when no list has the word */
	uint64_t hash; /* lexicon_hash of its lower case; 0 for marks. Its key is fixed: not for a table without a
	                  random factor */
};

struct token_memo;

struct tokens {
	struct token *at;
	size_t count, room;
	struct token_memo *memo; /* words looked up before, kept from document to document for the same lists */
};

/* Tokenise all segments of DOCUMENT into TOKENS, which is emptied first; always with the same LISTS. false: out of
 * memory. */
bool token_run(struct tokens *tokens, const struct news_lists *lists, const struct news_document *document);

void token_release(struct tokens *tokens);

#endif
