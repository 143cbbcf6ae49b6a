/* SPDX-License-Identifier: ISC
 *
 * names_words.h - the words of a document that could be names, and how each is written elsewhere in it
 *
 * A capital tells a name only where none is due: not at the head of a sentence, in a headline, in a line of capitals.
 * There the rest of the document decides: "Talks" is no name if "talks" stands somewhere, "Velmar" is one if it stands
 * with its capital in mid-sentence.
 */
#ifndef NAMES_WORDS_H
#define NAMES_WORDS_H

#include "news.h"
#include "token.h"

#include <sodium.h>

enum names_style { NAMES_RUNNING, NAMES_HEADING, NAMES_CAPITALS };

struct names_word {
	uint64_t hash;   /* of its lower case */
	uint32_t token;  /* first occurrence */
	uint32_t lower;  /* occurrences in lower case */
	uint32_t middle; /* occurrences with a capital that no sentence or heading explains */
};

#define NAMES_FILTER_WORDS 128

struct names_words {
	struct names_word *at; /* numbers begin with 1: at[0] is unused */
	size_t count, room;
	uint32_t *slots; /* number of a word, 0: empty */
	size_t slot_count;
	uint32_t *capitals; /* the tokens with a capital, in order */
	size_t capital_count;
	uint32_t *of_token; /* number of the word that each token is; 0: none */
	size_t token_room;
	uint8_t *style; /* enum names_style of each segment */
	size_t style_room;
	uint64_t
	    filter[NAMES_FILTER_WORDS]; /* which hashes the words have, so that most other words are not looked for */
	const struct news_document *document;
	const struct tokens *tokens;
	uint64_t factor;
};

void names_words_init(struct names_words *words);
void names_words_release(struct names_words *words);

/* Gather the capitalised words of DOCUMENT. false: out of memory. */
bool names_words_run(struct names_words *words, const struct news_document *document, const struct tokens *tokens);

/* The number of the word that TOKEN is, made when it has none; 0: out of memory. */
uint32_t names_words_number(struct names_words *words, size_t token);

/* Whether the capital of TOKEN may be due to its place: first of a sentence or of a quotation, behind a colon, in a
 * heading. */
bool names_words_is_doubtful(const struct names_words *words, size_t token);

/* Whether TOKEN, which has a capital, is a name by its own evidence: lists, and the rest of the document. */
bool names_words_is_proper(const struct names_words *words, size_t token);

/* Whether TOKEN is a word that names are not made of: function words, and never-name. */
bool names_words_is_function(const struct token *token);

/* Whether the lists know nothing of a word with ENTRY, NULL or there only as a word of phrases. */
bool names_words_is_unknown(const struct lexicon_entry *entry);

/* Whether ENTRY is of a common word, which has a capital in names of several words only. */
bool names_words_is_common(const struct lexicon_entry *entry);

#endif
