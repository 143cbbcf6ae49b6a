/* SPDX-License-Identifier: ISC
 *
 * The hash rolls (Karp and Rabin 1987), so that each byte costs the same however long the runs are.
 */
#include "html_grams.h"

#include "html_meta.h"

#include <stdlib.h>

#define RUN 24

/* Odd, so that multiplying loses nothing; the golden ratio of 64 bits (Knuth 6.4). */
#define FACTOR UINT64_C(0x9E3779B97F4A7C15)

/* A body shorter than this is a summary. Bytes. */
#define BODY_MIN 200

/* FACTOR to the power of RUN: what a byte weighs when it leaves the run. */
static uint64_t
leaving(void)
{
	uint64_t power = 1;
	int i;

	for (i = 0; i < RUN; i++)
		power *= FACTOR;
	return power;
}

static size_t
place(const struct html_grams *grams, uint64_t hash)
{
	size_t at = (size_t)(hash >> 20) & (grams->count - 1);

	while (grams->slots[at] != 0 && grams->slots[at] != hash)
		at = (at + 1) & (grams->count - 1);
	return at;
}

/* The hash of the run that ends at byte I, from that of the one before; never 0. */
static uint64_t
roll(uint64_t hash, const struct buffer *key, size_t i, uint64_t power)
{
	hash = hash * FACTOR + (unsigned char)key->at[i] + 1;
	if (i >= RUN)
		hash -= power * ((unsigned char)key->at[i - RUN] + UINT64_C(1));
	return hash;
}

bool
html_grams_read(struct html_grams *grams, struct news_text text)
{
	uint64_t hash = 0, power = leaving();
	size_t i, count = 1024;

	grams->bytes = 0;
	if (text.bytes < BODY_MIN)
		return true;
	if (!html_meta_key(&grams->key, text))
		return false;
	while (count < 2 * grams->key.bytes)
		count *= 2;
	if (count != grams->count) {
		uint64_t *grown = realloc(grams->slots, count * sizeof *grown);

		if (grown == NULL)
			return false;
		grams->slots = grown;
		grams->count = count;
	}
	memset(grams->slots, 0, count * sizeof *grams->slots);
	for (i = 0; i < grams->key.bytes; i++) {
		hash = roll(hash, &grams->key, i, power);
		if (i + 1 >= RUN) {
			uint64_t stored = hash | 1;

			grams->slots[place(grams, stored)] = stored;
		}
	}
	grams->bytes = text.bytes;
	return true;
}

unsigned
html_grams_cover(struct html_grams *grams, struct news_text text)
{
	uint64_t hash = 0, power = leaving();
	size_t i, runs = 0, known = 0;

	if (grams->bytes == 0 || !html_meta_key(&grams->key, text))
		return 0;
	for (i = 0; i < grams->key.bytes; i++) {
		hash = roll(hash, &grams->key, i, power);
		if (i + 1 >= RUN) {
			runs++;
			known += grams->slots[place(grams, hash | 1)] != 0;
		}
	}
	return runs == 0 ? 0 : (unsigned)(100 * known / runs);
}

void
html_grams_release(struct html_grams *grams)
{
	free(grams->slots);
	buffer_release(&grams->key);
	memset(grams, 0, sizeof *grams);
}
