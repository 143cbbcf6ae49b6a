/* SPDX-License-Identifier: ISC
 *
 * lexicon_lists.h - the lists at run time: what lexicon.c looks up and lexicon_user.c adds to
 */
#ifndef LEXICON_LISTS_H
#define LEXICON_LISTS_H

#include "buffer.h"
#include "lexicon_table.h"

/* Open addressing over numbers that begin with 1; 0 is an empty slot. */
struct lexicon_slots {
	uint32_t *at;
	size_t count; /* a power of two, or 0 */
};

struct lexicon_name {
	uint64_t hash;
	size_t alias, alias_bytes;
	size_t canonical, canonical_bytes;
};

struct news_lists {
	struct lexicon_entry *words; /* the user's; their offsets count in `text` */
	size_t word_count, word_room;
	struct lexicon_slots word_slots;
	struct buffer text;
	bool has_stopped; /* one of them ends in a stop */

	struct lexicon_name *names;
	size_t name_count, name_room;
	struct lexicon_slots name_slots;
	struct buffer name_text;

	unsigned char name_key[crypto_shorthash_KEYBYTES];
};

static inline bool
lexicon_is_text(const char *text, size_t at, size_t bytes, const char *word, size_t word_bytes)
{
	return bytes == word_bytes && memcmp(text + at, word, bytes) == 0;
}

/* The entry of WORD, whose lexicon_hash is HASH, in the embedded table or among the user's; NULL when it is not there.
 */
const struct lexicon_entry *lexicon_find_embedded(uint64_t hash, const char *word, size_t bytes);
struct lexicon_entry *lexicon_find_user(const struct news_lists *lists, uint64_t hash, const char *word, size_t bytes);

/* The fixed name whose alias is NAME, with its lexicon_name_hash; NULL when there is none. */
uint64_t lexicon_name_hash(const struct news_lists *lists, const char *name, size_t bytes);
struct lexicon_name *lexicon_find_name(const struct news_lists *lists, uint64_t hash, const char *name, size_t bytes);

#endif
