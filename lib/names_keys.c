/* SPDX-License-Identifier: ISC
 *
 * names_keys.c - what each string of a document means to the linker, and its entities
 *
 * An open-addressing table with a random key. Slots carry the number of the document they were filled for, so that
 * nothing is cleared between documents.
 */
#include "names_link.h"

#include "bytes.h"

#include <stdlib.h>
#include <string.h>

/* Eight bytes at a time are multiplied by a random factor, so that nobody can write strings that meet. */
static uint64_t
key_of(const struct names_linker *linker, enum names_key_kind kind, const char *at, size_t bytes)
{
	/* kinds share the strings: each goes to a place of its own, far from those of the others */
	uint64_t key = (linker->seed ^ ((uint64_t)kind << 32 | bytes)) * linker->factor, last = 0;
	size_t i;

	key ^= key >> 32;
	for (i = 0; i + 8 <= bytes; i += 8) {
		key = (key ^ bytes_load(at + i)) * linker->factor;
		key ^= key >> 32;
	}
	if (i < bytes) {
		if (bytes >= 8) {
			last = bytes_load(at + bytes - 8); /* some of them once more */
		} else {
			for (; i < bytes; i++)
				last = last << 8 | (unsigned char)at[i];
		}
		key = (key ^ last) * linker->factor;
		key ^= key >> 32;
	}
	return key * linker->factor;
}

static struct names_key *
slot_of(struct names_key *keys, size_t room, uint32_t epoch, uint64_t key)
{
	size_t i = (key >> 32) & (room - 1);

	while (keys[i].epoch == epoch && keys[i].key != key)
		i = (i + 1) & (room - 1);
	return &keys[i];
}

static bool
grow_keys(struct names_linker *linker)
{
	size_t room = linker->key_room == 0 ? 1024 : 2 * linker->key_room, i;
	struct names_key *keys = calloc(room, sizeof *keys);

	if (keys == NULL)
		return false;
	for (i = 0; i < linker->key_room; i++)
		if (linker->keys[i].epoch == linker->epoch)
			*slot_of(keys, room, linker->epoch, linker->keys[i].key) = linker->keys[i];
	free(linker->keys);
	linker->keys = keys;
	linker->key_room = room;
	return true;
}

bool
names_remember_key(struct names_linker *linker, uint64_t key, size_t value)
{
	struct names_key *slot;

	if (2 * (linker->key_count + 1) > linker->key_room && !grow_keys(linker))
		return false;
	slot = slot_of(linker->keys, linker->key_room, linker->epoch, key);
	linker->key_count += slot->epoch != linker->epoch;
	*slot = (struct names_key){key, (uint32_t)value, linker->epoch};
	return true;
}

uint32_t
names_recall_key(const struct names_linker *linker, uint64_t key)
{
	const struct names_key *slot;

	if (linker->key_room == 0)
		return NAMES_NO_ONE;
	slot = slot_of(linker->keys, linker->key_room, linker->epoch, key);
	return slot->epoch == linker->epoch ? slot->value : NAMES_NO_ONE;
}

bool
names_remember(struct names_linker *linker, enum names_key_kind kind, const char *at, size_t bytes, size_t value)
{
	return names_remember_key(linker, key_of(linker, kind, at, bytes), value);
}

uint32_t
names_recall(const struct names_linker *linker, enum names_key_kind kind, const char *at, size_t bytes)
{
	return names_recall_key(linker, key_of(linker, kind, at, bytes));
}

struct names_one *
names_add_one(struct names_linker *linker, size_t form, enum news_entity_type type)
{
	struct names_one *grown = array_grow(linker->ones, linker->one_count, &linker->one_room, sizeof *grown);

	if (grown == NULL)
		return NULL;
	linker->ones = grown;
	grown[linker->one_count] = (struct names_one){.type = type, .form = form};
	return &grown[linker->one_count++];
}
