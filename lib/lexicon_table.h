/* SPDX-License-Identifier: ISC
 *
 * lexicon_table.h - the compiled word lists: what scripts/compile-lists.c writes and lexicon.c reads
 *
 * A slot holds a few bits of the hash and the number of an entry. Slots are probed one after the other from the place
 * that the hash names; an empty one ends the search. So a word that no list has, which most are, costs one or two
 * memory accesses and never touches entries or text.
 */
#ifndef LEXICON_TABLE_H
#define LEXICON_TABLE_H

#include "bytes.h"
#include "lexicon.h"

#include <sodium.h>
#include <string.h>

/* The key of crypto_shorthash: fixed, because the table is made at build time. */
#define LEXICON_TABLE_KEY "newsutils lists"
_Static_assert(sizeof LEXICON_TABLE_KEY == crypto_shorthash_KEYBYTES, "the key has the size of crypto_shorthash's");

#define LEXICON_TABLE_INDEX_BITS 20 /* of a slot; the rest is of the hash */
#define LEXICON_TABLE_INDEX ((UINT32_C(1) << LEXICON_TABLE_INDEX_BITS) - 1)

#define LEXICON_WORD_MAX 255 /* bytes of a word or phrase in a list */

struct lexicon_table_list {
	const char *name;
	uint64_t traits; /* of its #traits line */
	char digest[17]; /* BLAKE2b-128 of the file, first 16 hex digits */
};

struct lexicon_table {
	const uint32_t *slots; /* 0: empty; else hash bits above, number of the entry + 1 below */
	uint32_t slot_mask;    /* slots - 1; a power of two */
	const struct lexicon_entry *entries;
	const uint64_t
	    *stopped; /* LEXICON_SIEVE bits: lexicon_sieve_bit of every word that ends in a stop, without it */
	const uint64_t *starters; /* the same of every word of the list of starters */
	const uint64_t *stops;    /* LEXICON_STOPS slots: a short abbreviation, enum lexicon_stop above it; 0: empty */
	const char *text;         /* begins with a byte that belongs to no word */
	const struct lexicon_table_list *lists;
	size_t list_count;
	size_t digest_count; /* the lists, and behind them what else is embedded: only their names and digests */
};

extern const struct lexicon_table lexicon_table;

static inline uint64_t
lexicon_table_hash(const char *word, size_t bytes)
{
	unsigned char hash[crypto_shorthash_BYTES];

	crypto_shorthash(hash, (const unsigned char *)word, bytes, (const unsigned char *)LEXICON_TABLE_KEY);
	return bytes_load((const char *)hash);
}

/* Sieves: most words before a stop are no abbreviations, and most behind one no starters; three bytes and their number
 * tell it. */
#define LEXICON_SIEVE_BITS 14
#define LEXICON_SIEVE (1U << LEXICON_SIEVE_BITS)

/* The bit of the word of BYTES bytes, whatever its case (of ASCII). */
static inline unsigned
lexicon_sieve_bit(const char *word, size_t bytes)
{
	uint32_t first = (unsigned char)word[0], second = (unsigned char)word[bytes > 1],
		 last = (unsigned char)word[bytes - 1];
	uint32_t key = (first | second << 8 | last << 16 | UINT32_C(0x202020)) | (uint32_t)(bytes & 0xFF) << 24;

	return key * UINT32_C(0x9E3779B1) >> (32 - LEXICON_SIEVE_BITS);
}

/* Where the short abbreviation WORD, as lexicon_find_stop takes it, or its class stands first. Multiplication as in
 * Knuth, The Art of Computer Programming 3, section 6.4. */
#define LEXICON_STOPS_BITS 11
#define LEXICON_STOPS (1U << LEXICON_STOPS_BITS)
#define LEXICON_STOP_WORD ((UINT64_C(1) << 8 * LEXICON_STOP_MAX) - 1)

static inline size_t
lexicon_stop_slot(uint64_t word)
{
	return (size_t)(word * UINT64_C(0x9E3779B97F4A7C15) >> (64 - LEXICON_STOPS_BITS));
}

/* What a slot of a word with HASH has above the number of the entry. */
static inline uint32_t
lexicon_table_slot_bits(uint64_t hash)
{
	return (uint32_t)(hash >> 32) & ~LEXICON_TABLE_INDEX;
}

/* One line of a list, taken apart. */
struct lexicon_line {
	enum { LEXICON_LINE_NOTHING, LEXICON_LINE_TRAITS, LEXICON_LINE_WORD } kind;
	uint64_t traits;
	uint8_t tag;
	struct news_text word, lemma;
};

/* Add the mark AT to LINE; false when there is no such mark. */
static inline bool
lexicon_line_mark(struct lexicon_line *line, const char *at, size_t bytes)
{
	static const char *const traits[] = {
#define X(name, text) text,
	    LEXICON_TRAITS(X)
#undef X
	};
	static const char *const tags[] = {"",
#define X(name) #name,
	    LEXICON_TAGS(X)
#undef X
	};
	size_t i;

	for (i = 0; i < sizeof traits / sizeof *traits; i++) {
		if (strlen(traits[i]) == bytes && memcmp(traits[i], at, bytes) == 0) {
			line->traits |= UINT64_C(1) << i;
			return true;
		}
	}
	for (i = 1; i < sizeof tags / sizeof *tags; i++) {
		if (strlen(tags[i]) == bytes && memcmp(tags[i], at, bytes) == 0) {
			if (line->tag == LEXICON_UNTAGGED)
				line->tag = (uint8_t)i;
			return true;
		}
	}
	return false;
}

/* Add the marks AT, joined by commas, to LINE. NULL, or what is wrong. */
static inline const char *
lexicon_line_marks(struct lexicon_line *line, const char *at, size_t bytes)
{
	const char *comma;

	while (bytes > 0) {
		comma = memchr(at, ',', bytes);
		size_t length = comma == NULL ? bytes : (size_t)(comma - at);
		if (length == 0)
			return "empty mark";
		if (!lexicon_line_mark(line, at, length))
			return "unknown mark";
		if (comma == NULL)
			return NULL;
		at += length + 1;
		bytes -= length + 1;
		if (bytes == 0)
			return "empty mark";
	}
	return NULL;
}

/* Whether AT is words joined by single spaces, none at either end, short enough for an entry. */
static inline const char *
lexicon_line_words(const char *at, size_t bytes)
{
	size_t i;

	if (bytes == 0)
		return "no word";
	if (bytes > LEXICON_WORD_MAX)
		return "word longer than 255 bytes";
	for (i = 0; i < bytes; i++) {
		if ((unsigned char)at[i] < ' ')
			return "control character";
		if (at[i] == ' ' && (i == 0 || i + 1 == bytes || at[i + 1] == ' '))
			return "more than one space between words, or a space at an end";
	}
	return NULL;
}

/* Take the line AT (without its LF) apart. NULL, or what is wrong with it. Text in LINE points into AT. */
static inline const char *
lexicon_line_parse(const char *at, size_t bytes, struct lexicon_line *line)
{
	static const char directive[] = "#traits ";
	const char *tab, *wrong;
	size_t word, marks;

	memset(line, 0, sizeof *line);
	if (bytes >= sizeof directive - 1 && memcmp(at, directive, sizeof directive - 1) == 0) {
		line->kind = LEXICON_LINE_TRAITS;
		wrong = lexicon_line_marks(line, at + sizeof directive - 1, bytes - (sizeof directive - 1));
		return wrong != NULL ? wrong : line->traits == 0 ? "no trait" : NULL;
	}
	if (bytes == 0 || at[0] == '#')
		return NULL;
	line->kind = LEXICON_LINE_WORD;
	tab = memchr(at, '\t', bytes);
	word = tab == NULL ? bytes : (size_t)(tab - at);
	line->word = (struct news_text){at, word};
	wrong = lexicon_line_words(at, word);
	if (wrong != NULL || tab == NULL)
		return wrong;
	at = tab + 1;
	bytes -= word + 1;
	tab = memchr(at, '\t', bytes);
	marks = tab == NULL ? bytes : (size_t)(tab - at);
	wrong = lexicon_line_marks(line, at, marks);
	if (wrong != NULL || tab == NULL)
		return wrong;
	line->lemma = (struct news_text){tab + 1, bytes - marks - 1};
	return lexicon_line_words(line->lemma.at, line->lemma.bytes);
}

#endif
