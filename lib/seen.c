/* SPDX-License-Identifier: ISC
 *
 * seen.c - the set of digests seen: open addressing in many segments that grow one at a time
 *
 * A slot is a digest and the number it came with: 24 bytes. A segment that is 7/8 full moves into one a quarter
 * larger, so that only one of 256 is ever held twice. Digests are even, so all segments would grow at the same
 * moment; their first sizes therefore lie evenly between 1 and 5/4, and the set as a whole is always about 78 % full:
 * 31 bytes a digest once there are some ten thousand.
 *
 * Where a digest stands is its product with two random numbers (multiply-shift hashing, Dietzfelbinger and others
 * 1997): digests have a public key, and a feed could be made of lines that all want the same slot. Slots are taken in
 * the order of that product, so a segment that grows is read and written from front to back.
 */
#include "news.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENTS 256 /* chosen by the top 8 bits of the place */
#define FIRST_SLOTS 32
#define PREFETCHED 3          /* cache lines: a search passes 11 slots when it finds nothing */
#define SLOTS_MAX 0xffffffffu /* a place inside a segment has 32 bits */

struct slot {
	struct news_digest digest;
	uint64_t number; /* counted from 1; 0: the slot is empty */
};

struct segment {
	struct slot *slots; /* NULL: none yet */
	size_t room, held;
};

struct news_seen {
	struct segment segments[SEGMENTS];
	uint64_t factors[2];
	uint64_t count;
	size_t slots;
};

struct news_seen *
news_seen_new(void)
{
	struct news_seen *seen;

	if (sodium_init() < 0)
		return NULL;
	seen = calloc(1, sizeof *seen);
	if (seen == NULL)
		return NULL;
	randombytes_buf(seen->factors, sizeof seen->factors);
	seen->factors[0] |= 1;
	seen->factors[1] |= 1;
	return seen;
}

void
news_seen_free(struct news_seen *seen)
{
	size_t i;

	if (seen == NULL)
		return;
	for (i = 0; i < SEGMENTS; i++)
		free(seen->segments[i].slots);
	free(seen);
}

static uint64_t
place_of(const struct news_seen *seen, const struct news_digest *digest)
{
	uint64_t halves[2];

	memcpy(halves, digest->bytes, sizeof halves);
	return halves[0] * seen->factors[0] + halves[1] * seen->factors[1];
}

/* The slot of a segment of ROOM slots that PLACE wants. */
static size_t
slot_of(uint64_t place, size_t room)
{
	return (size_t)(((place >> 24 & 0xffffffffu) * room) >> 32);
}

/* Move SEGMENT, the I-th, into more room. */
static enum news_status
grow(struct news_seen *seen, struct segment *segment, size_t i)
{
	size_t room =
	    segment->room == 0 ? FIRST_SLOTS + i * FIRST_SLOTS / 4 / SEGMENTS : segment->room + segment->room / 4;
	struct slot *slots;
	size_t from;

	if (room > SLOTS_MAX)
		return NEWS_NO_MEMORY;
	slots = calloc(room, sizeof *slots);
	if (slots == NULL)
		return NEWS_NO_MEMORY;
	for (from = 0; from < segment->room; from++) {
		const struct slot *slot = &segment->slots[from];
		size_t to;

		if (slot->number == 0)
			continue;
		to = slot_of(place_of(seen, &slot->digest), room);
		while (slots[to].number != 0)
			to = to + 1 == room ? 0 : to + 1;
		slots[to] = *slot;
	}
	free(segment->slots);
	seen->slots += room - segment->room;
	segment->slots = slots;
	segment->room = room;
	return NEWS_OK;
}

void
news_seen_prefetch(const struct news_seen *seen, const struct news_digest *digest)
{
	uint64_t place = place_of(seen, digest);
	const struct segment *segment = &seen->segments[place >> 56];

#ifdef __GNUC__
	size_t at = segment->room > 0 ? slot_of(place, segment->room) : 0, i;

	for (i = 0; i < PREFETCHED && at < segment->room; i++, at += 64 / sizeof(struct slot) + 1)
		__builtin_prefetch(&segment->slots[at]);
#else
	(void)segment;
#endif
}

enum news_status
news_seen_add(struct news_seen *seen, const struct news_digest *digest, uint64_t number, uint64_t *first, bool *is_new)
{
	uint64_t place = place_of(seen, digest);
	struct segment *segment = &seen->segments[place >> 56];
	struct slot *slot = NULL;
	size_t at;

	if (segment->room > 0) {
		at = slot_of(place, segment->room);
		for (;;) {
			slot = &segment->slots[at];
			if (slot->number == 0)
				break;
			if (memcmp(slot->digest.bytes, digest->bytes, sizeof digest->bytes) == 0) {
				*first = slot->number - 1;
				*is_new = false;
				return NEWS_OK;
			}
			at = at + 1 == segment->room ? 0 : at + 1;
		}
	}
	if (segment->held >= segment->room - segment->room / 8) {
		enum news_status status = grow(seen, segment, (size_t)(place >> 56));

		if (status != NEWS_OK)
			return status;
		at = slot_of(place, segment->room);
		while (segment->slots[at].number != 0)
			at = at + 1 == segment->room ? 0 : at + 1;
		slot = &segment->slots[at];
	}
	slot->digest = *digest;
	slot->number = number + 1;
	segment->held++;
	seen->count++;
	*first = number;
	*is_new = true;
	return NEWS_OK;
}

uint64_t
news_seen_count(const struct news_seen *seen)
{
	return seen->count;
}

size_t
news_seen_bytes(const struct news_seen *seen)
{
	return sizeof *seen + seen->slots * sizeof(struct slot);
}
