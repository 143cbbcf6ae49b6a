/* SPDX-License-Identifier: ISC
 *
 * language_table.h - the compiled data of lib/languages: what scripts/compile-languages.c writes and language.c reads
 *
 * A candidate is a language in a script. What a word or a letter says is a list of candidates and weights: how many
 * quarters of a bit more likely it is in that language than in one that does not list it. Weights of a candidate add
 * up over a text, and the largest sum is the guess (naive Bayes).
 */
#ifndef LANGUAGE_TABLE_H
#define LANGUAGE_TABLE_H

#include "bytes.h"

#include <stddef.h>
#include <stdint.h>

#define LANGUAGE_WORD_MAX 24        /* bytes of a word that can be looked up; what is longer is no function word */
#define LANGUAGE_WORDS 8192         /* more words than there ever are in the table */
#define LANGUAGE_CANDIDATES 128     /* more than there are */
#define LANGUAGE_SCRIPTS 48         /* more than there are, none and marks among them */
#define LANGUAGE_LETTERS 512        /* more than there are */
#define LANGUAGE_LETTER_END 0x2000  /* above every letter that tells one language from others of its script */
#define LANGUAGE_SCRIPT_NONE 0      /* digits, punctuation, and letters that nobody listed */
#define LANGUAGE_SCRIPT_MARK 1      /* accents and points that stand behind their letter: passed over */
#define LANGUAGE_ENGLISH 0          /* the number of the candidate English */
#define LANGUAGE_ENGLISH_SLOTS 1024 /* a power of two */
#define LANGUAGE_ENGLISH_SHIFT 54   /* 64 bits less those of a slot's number */
#define LANGUAGE_ENGLISH_WEIGHT_SHIFT 56
#define LANGUAGE_ENGLISH_ZERO 128 /* the weight 0 */
#define LANGUAGE_ENGLISH_EMPTY ((uint64_t)LANGUAGE_ENGLISH_ZERO << LANGUAGE_ENGLISH_WEIGHT_SHIFT)
#define LANGUAGE_ENGLISH_WORD ((UINT64_C(1) << LANGUAGE_ENGLISH_WEIGHT_SHIFT) - 1)

struct language_range {
	uint32_t first, last;
	uint8_t script;
};

struct language_script {
	uint8_t weight; /* what one of its letters counts beside one of an alphabet */
	uint8_t with;   /* another script that it is written together with; LANGUAGE_SCRIPT_NONE: no other */
	uint8_t part;   /* it takes over the letters of that one where it has 1/part of them or more */
	uint8_t only;   /* number of the one candidate written in it */
	uint8_t candidates;
};

struct language_candidate {
	char code[3];
	uint8_t script;
	uint8_t penalty;
};

struct language_evidence {
	uint8_t candidate, weight;
};

/* A word or a letter. */
struct language_item {
	uint32_t text;     /* where the word stands in the text of the table */
	uint16_t evidence; /* the first piece of it */
	uint8_t evidence_count;
	uint8_t bytes;
};

struct language_name {
	const char *name; /* or a code of three letters, in lower case */
	char code[3];
};

struct language_table {
	const struct language_range *ranges; /* sorted */
	size_t range_count;
	const struct language_script *scripts;
	const struct language_candidate *candidates;
	size_t candidate_count;
	const struct language_evidence *evidence;
	const uint16_t *letter_numbers; /* by code point; 0: tells nothing; else its number + 1 */
	const struct language_item *letters;
	size_t letter_count;
	const struct language_item *words;
	size_t word_count;
	const char *text;
	const uint32_t *slots; /* 0: empty; else 16 bits of the hash above, number of the word + 1 below */
	uint32_t slot_mask;
	const uint64_t
	    *english; /* words of seven bytes or less, and above them what they weigh for or against English */
	uint64_t english_factor;
	const struct language_name *names; /* sorted */
	size_t name_count;
	const char (*codes)[3]; /* sorted; of two letters */
	size_t code_count;
};

extern const struct language_table language_table;

/* The slot of an English word, its bytes as a number with zeros behind. FACTOR is chosen so that no two words meet. */
static inline size_t
language_english_slot(uint64_t word, uint64_t factor)
{
	return (size_t)(word * factor >> LANGUAGE_ENGLISH_SHIFT);
}

/* A number for a word, its LANGUAGE_WORD_MAX bytes filled up with zeros: where it stands in the table that was laid out
 * when the programs were built. Multiplication as in Knuth, The Art of Computer Programming 3, section 6.4. */
static inline uint64_t
language_hash(const char word[LANGUAGE_WORD_MAX])
{
	uint64_t hash = bytes_load(word) * UINT64_C(0x9E3779B97F4A7C15);

	hash = (hash ^ hash >> 32 ^ bytes_load(word + 8)) * UINT64_C(0x9E3779B97F4A7C15);
	hash = (hash ^ hash >> 32 ^ bytes_load(word + 16)) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

#endif
