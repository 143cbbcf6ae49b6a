/* SPDX-License-Identifier: ISC
 *
 * names_find.h - where names stand in a document, what speaks for each kind of name, and the role beside them
 */
#ifndef NAMES_FIND_H
#define NAMES_FIND_H

#include "buffer.h"
#include "names.h"
#include "names_words.h"

#include <string.h>

#define NAMES_TYPES 4 /* NEWS_PER, NEWS_ORG, NEWS_LOC, NEWS_MISC */

struct names_found {
	size_t first, last; /* tokens, both included */
	size_t end;         /* where its text ends: the end of its last token, or the hyphen of "Iran-backed" */
	struct news_span role;
	int evidence[NAMES_TYPES]; /* what speaks for each type here and in the lists */
	enum names_gender gender;  /* what a title or a role says */
	bool titled;               /* a title stands before it: a person for certain */
	bool settled;              /* the lists leave no doubt of its type */
	bool placed;               /* stands where places do: "in X" */
	bool heading;              /* stands in a heading or a line of capitals */
	size_t acronym_of;         /* stands in brackets behind this found name, or NAMES_NONE */
};

#define NAMES_NONE ((size_t)-1)

/* The entries of the lists that begin with one token, the shortest first. They are asked for several times. */
#define NAMES_PHRASE_MAX 6 /* tokens of an entry */
#define NAMES_PHRASES_CACHED 16
struct names_phrases {
	size_t first; /* the token, + 1; 0: nothing */
	size_t count;
	size_t end[NAMES_PHRASE_MAX]; /* last token of each */
	const struct lexicon_entry *entry[NAMES_PHRASE_MAX];
};

struct names_finder {
	const struct news_lists *lists;
	struct names_words *words;
	const struct news_document *document;
	const struct tokens *tokens;
	struct names_found *found; /* in reading order */
	size_t count, room;
	struct names_phrases phrases[NAMES_PHRASES_CACHED]; /* of token I in place I % NAMES_PHRASES_CACHED */
};

/* Find the names of the document whose words are WORDS. false: out of memory. */
bool names_find_run(struct names_finder *finder);

void names_find_release(struct names_finder *finder);

/* ---- shared by the parts of the finder ---- */

static inline bool
names_is_capital(const struct names_finder *finder, size_t token)
{
	return (finder->tokens->at[token].shape & TOKEN_CAPITAL) != 0;
}

/* Whether tokens A and B belong to one segment, so that a name may go over them. */
static inline bool
names_is_together(const struct names_finder *finder, size_t a, size_t b)
{
	return b < finder->tokens->count && finder->tokens->at[a].segment == finder->tokens->at[b].segment;
}

/* Whether TOKEN is the word WORD (lower-case ASCII). */
static inline bool
names_is_word(const struct names_finder *finder, size_t token, const char *word)
{
	const struct token *at = &finder->tokens->at[token];
	const char *text = finder->document->text.at + at->begin;
	size_t bytes = strlen(word), i;

	if (at->end - at->begin != bytes)
		return false;
	for (i = 0; i < bytes; i++)
		if ((text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]) != word[i])
			return false;
	return true;
}

/* The longest entry of the lists that begins with token FIRST and does not go past LAST; `*end` gets its last token.
 * NULL when not even the word itself is there. `*status` is cleared when memory is short. */
const struct lexicon_entry *names_phrase(struct names_finder *finder, size_t first, size_t last, size_t *end);

/* What speaks for each type of the name FOUND: its words, and what stands around. */
void names_weigh(struct names_finder *finder, struct names_found *found);

/* The office that a complement belongs to ("Secretary of State", "envoy on security"): token I is the last of the
 * complement. Gives the token of the office, or NAMES_NONE. */
size_t names_office_of(const struct names_finder *finder, size_t i);

/* The role before the name that begins with token NAME; OFFICE is the office or honorific directly before it.
 * Gives the first token of the role. */
size_t names_role_before(struct names_finder *finder, size_t office, size_t name);

/* The apposition behind the name that ends with token LAST ("Danny Danon, deputy defense minister,") or before the one
 * that begins with FIRST ("Lunt's chief negotiator, Tobias Wrenfield,"). False when there is none with an office. */
bool names_role_behind(struct names_finder *finder, size_t last, size_t *begin, size_t *end);
bool names_role_apposed(struct names_finder *finder, size_t first, size_t *begin, size_t *end);

/* Whether TOKEN may be part of a name at all: a capital, and no function word, weekday or month. */
bool names_can_be_part(const struct names_finder *finder, size_t token);

/* Whether TOKEN ends the names of organisations: "Ministry", "Inc." */
static inline bool
names_is_organisation_end(const struct names_finder *finder, size_t token)
{
	const struct lexicon_entry *entry = finder->tokens->at[token].entry;

	return LEXICON_HAS(entry, ORG_WORD) || LEXICON_HAS(entry, COMPANY_SUFFIX);
}

/* The last token of the name that begins with FIRST and has got to LAST, when it goes on over small words ("Ministry of
 * Health", "Food and Drug Administration", "Harbour Workers' Union"); else LAST. */
size_t names_extend(struct names_finder *finder, size_t first, size_t last);

#endif
