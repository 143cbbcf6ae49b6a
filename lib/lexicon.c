/* SPDX-License-Identifier: ISC
 *
 * The embedded table is only read. A user's words (`--lists`) go into a second, smaller table of the same form, which
 * is asked first: its entries already hold what the embedded table says of the word, so one hash and one hit answer.
 * Fixed names (`--names`) are a third table, from every alias to its canonical name.
 */
#include "lexicon_lists.h"

#include <stdlib.h>

struct news_lists *
news_lists_new(void)
{
	struct news_lists *lists = calloc(1, sizeof *lists);

	if (lists != NULL)
		crypto_shorthash_keygen(lists->name_key);
	return lists;
}

void
news_lists_free(struct news_lists *lists)
{
	if (lists == NULL)
		return;
	free(lists->words);
	free(lists->word_slots.at);
	buffer_release(&lists->text);
	free(lists->names);
	free(lists->name_slots.at);
	buffer_release(&lists->name_text);
	free(lists);
}

const char *
news_lists_digest(size_t i, const char **digest)
{
	if (i >= lexicon_table.digest_count)
		return NULL;
	*digest = lexicon_table.lists[i].digest;
	return lexicon_table.lists[i].name;
}

/* ---- looking up ---- */

const struct lexicon_entry *
lexicon_find_embedded(uint64_t hash, const char *word, size_t bytes)
{
	const struct lexicon_table *table = &lexicon_table;
	uint32_t bits = lexicon_table_slot_bits(hash);
	size_t i = hash & table->slot_mask;

	for (; table->slots[i] != 0; i = (i + 1) & table->slot_mask) {
		const struct lexicon_entry *entry;
		if ((table->slots[i] & ~LEXICON_TABLE_INDEX) != bits)
			continue;
		entry = &table->entries[(table->slots[i] & LEXICON_TABLE_INDEX) - 1];
		if (lexicon_is_text(table->text, entry->word, entry->word_bytes, word, bytes))
			return entry;
	}
	return NULL;
}

struct lexicon_entry *
lexicon_find_user(const struct news_lists *lists, uint64_t hash, const char *word, size_t bytes)
{
	size_t mask = lists->word_slots.count - 1, i;

	if (lists->word_slots.count == 0)
		return NULL;
	for (i = hash & mask; lists->word_slots.at[i] != 0; i = (i + 1) & mask) {
		struct lexicon_entry *entry = &lists->words[lists->word_slots.at[i] - 1];
		if (lexicon_is_text(lists->text.at, entry->word, entry->word_bytes, word, bytes))
			return entry;
	}
	return NULL;
}

uint64_t
lexicon_hash(const char *word, size_t bytes)
{
	return lexicon_table_hash(word, bytes);
}

const struct lexicon_entry *
lexicon_find_hashed(const struct news_lists *lists, uint64_t hash, const char *word, size_t bytes)
{
	const struct lexicon_entry *entry = lists->word_count > 0 ? lexicon_find_user(lists, hash, word, bytes) : NULL;

	return entry != NULL ? entry : lexicon_find_embedded(hash, word, bytes);
}

const struct lexicon_entry *
lexicon_find(const struct news_lists *lists, const char *word, size_t bytes)
{
	return lexicon_find_hashed(lists, lexicon_table_hash(word, bytes), word, bytes);
}

static bool
may_be_in(const uint64_t *sieve, const char *word, size_t bytes)
{
	unsigned bit = lexicon_sieve_bit(word, bytes);

	/* the case of characters beyond ASCII changes their bytes */
	return (((unsigned char)word[0] | (unsigned char)word[bytes > 1] | (unsigned char)word[bytes - 1]) & 0x80) !=
	    0 ||
	    (sieve[bit / 64] >> bit % 64 & 1) != 0;
}

bool
lexicon_may_be_stopped(const struct news_lists *lists, const char *word, size_t bytes)
{
	return lists->has_stopped || may_be_in(lexicon_table.stopped, word, bytes);
}

bool
lexicon_may_be_starter(const struct news_lists *lists, const char *word, size_t bytes)
{
	return lists->word_count > 0 || may_be_in(lexicon_table.starters, word, bytes);
}

enum lexicon_stop
lexicon_find_stop(const struct news_lists *lists, uint64_t word)
{
	const uint64_t *slots = lexicon_table.stops;
	size_t i = lexicon_stop_slot(word), bytes = 0;

	if (lists->has_stopped) {
		char text[LEXICON_STOP_MAX + 1];
		for (; word != 0; word >>= 8)
			text[bytes++] = (char)(word & 0xFF);
		text[bytes++] = '.';
		return lexicon_stop(lexicon_find(lists, text, bytes));
	}
	for (; slots[i] != 0; i = (i + 1) % LEXICON_STOPS)
		if ((slots[i] & LEXICON_STOP_WORD) == word)
			return (enum lexicon_stop)(slots[i] >> 8 * LEXICON_STOP_MAX);
	return LEXICON_STOP_NONE;
}

static bool
is_user_entry(const struct news_lists *lists, const struct lexicon_entry *entry)
{
	uintptr_t at = (uintptr_t)entry, first = (uintptr_t)lists->words;

	return at >= first && at - first < lists->word_count * sizeof *lists->words;
}

struct news_text
lexicon_lemma(const struct news_lists *lists, const struct lexicon_entry *entry)
{
	const char *text = is_user_entry(lists, entry) ? lists->text.at : lexicon_table.text;

	if (entry->lemma == 0)
		return (struct news_text){text + entry->word, entry->word_bytes};
	return (struct news_text){text + entry->lemma, entry->lemma_bytes};
}

struct lexicon_name *
lexicon_find_name(const struct news_lists *lists, uint64_t hash, const char *name, size_t bytes)
{
	size_t mask = lists->name_slots.count - 1, i;

	if (lists->name_slots.count == 0)
		return NULL;
	for (i = hash & mask; lists->name_slots.at[i] != 0; i = (i + 1) & mask) {
		struct lexicon_name *fixed = &lists->names[lists->name_slots.at[i] - 1];
		if (fixed->hash == hash &&
		    lexicon_is_text(lists->name_text.at, fixed->alias, fixed->alias_bytes, name, bytes))
			return fixed;
	}
	return NULL;
}

/* A user chooses these words, so the key is random. */
uint64_t
lexicon_name_hash(const struct news_lists *lists, const char *name, size_t bytes)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t number;

	crypto_shorthash(hash, (const unsigned char *)name, bytes, lists->name_key);
	memcpy(&number, hash, sizeof number);
	return number;
}

bool
lexicon_has_names(const struct news_lists *lists)
{
	return lists->name_count > 0;
}

struct news_text
lexicon_canonical(const struct news_lists *lists, struct news_text name)
{
	const struct lexicon_name *fixed;

	if (lists->name_count == 0)
		return (struct news_text){NULL, 0};
	fixed = lexicon_find_name(lists, lexicon_name_hash(lists, name.at, name.bytes), name.at, name.bytes);
	if (fixed == NULL)
		return (struct news_text){NULL, 0};
	return (struct news_text){lists->name_text.at + fixed->canonical, fixed->canonical_bytes};
}
