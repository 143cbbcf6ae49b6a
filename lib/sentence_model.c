/* SPDX-License-Identifier: ISC
 *
 * Features are crossings of what sentence_describe tells with the words around the place; each template has a range of
 * numbers of its own, and for every place one number of it is set. Inference adds up integers, so that it is the same
 * on every machine. The weights stand in lib/models/sentence.txt.
 */
#include "sentence_model.h"

#include "sentence_weights.h"
#include "text.h"

#include <string.h>

#define CLASSES 6
#define BEFORES 11
#define BEHINDS 6
#define GROUPS 16
#define SOFTS 10
#define HASHED 2048

/* template, how many values it has */
#define TEMPLATES(X) \
	X(CONTEXT, 2 * CLASSES * BEFORES * BEHINDS) \
	X(MARKS, CLASSES *BEHINDS * 64) \
	X(NEXT_GROUP, CLASSES *BEFORES *GROUPS) \
	X(SHAPE, CLASSES *BEHINDS * 8 * 4) \
	X(NEXT_WORD, HASHED) \
	X(BEFORE_WORD, HASHED) \
	X(BEHIND_NEXT, 10 * BEHINDS * BEFORES) \
	X(CASE_AFTER_NEXT, 5 * BEHINDS * CLASSES) \
	X(LENGTH, 8 * CLASSES * BEHINDS) \
	X(SOFT, 2 * SOFTS * BEHINDS) \
	X(OPEN, 8 * CLASSES * BEHINDS) \
	X(CASE_BEFORE, 5 * BEFORES * BEHINDS) \
	X(BEFORE_GROUP, GROUPS *CLASSES *BEHINDS) \
	X(STYLE, 4 * CLASSES * BEHINDS) \
	X(CLASS, CLASSES)

/* Where the range of each begins. */
#define X(name, size) OFFSET_##name, LAST_##name = OFFSET_##name + (size)-1,
enum { TEMPLATES(X) TEMPLATES_END };
#undef X

_Static_assert(TEMPLATES_END <= SENTENCE_MODEL_SIZE, "the templates do not fit the table of weights");

/* Bytes of the sentence so far in which open marks are looked for. */
#define OPEN_MAX 256

/* ---- parts of features ---- */

static unsigned
stop_class(const struct sentence_place *place)
{
	if (place->soft != STOPS_HARD)
		return 5;
	switch (place->stops) {
	case STOPS_FULL:
		return 0;
	case STOPS_QUESTION:
		return 1;
	case STOPS_EXCLAMATION:
		return 2;
	case STOPS_ELLIPSIS:
		return 3;
	}
	return 4;
}

/* What kind of word ENTRY is, the more telling kinds first. */
static unsigned
word_group(const struct lexicon_entry *entry)
{
	if (entry == NULL)
		return 1;
	if (LEXICON_HAS(entry, STARTER))
		return 2;
	if (LEXICON_HAS(entry, PRONOUN))
		return 3;
	if (LEXICON_HAS(entry, CUE))
		return 4;
	if (LEXICON_HAS(entry, MONTH))
		return 5;
	if (LEXICON_HAS(entry, WEEKDAY))
		return 6;
	if (LEXICON_HAS(entry, OFFICE) || LEXICON_HAS(entry, HONORIFIC))
		return 7;
	if (LEXICON_HAS(entry, PREPOSITION) || LEXICON_HAS(entry, CONJUNCTION) || LEXICON_HAS(entry, SUBORDINATOR))
		return 8;
	if (LEXICON_HAS(entry, DETERMINER) || LEXICON_HAS(entry, POSSESSIVE))
		return 9;
	if (LEXICON_HAS(entry, AUXILIARY))
		return 10;
	if (LEXICON_HAS(entry, ORG_WORD) || LEXICON_HAS(entry, ORGANISATION) || LEXICON_HAS(entry, COMPANY_SUFFIX))
		return 11;
	if (LEXICON_HAS(entry, COUNTRY) || LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, PLACE_WORD) ||
	    LEXICON_HAS(entry, DEMONYM))
		return 12;
	if (LEXICON_HAS(entry, FIRST_NAME) || LEXICON_HAS(entry, SURNAME))
		return 13;
	if (LEXICON_HAS(entry, COMMON_WORD))
		return 14;
	return 15;
}

static unsigned
length_bucket(size_t bytes)
{
	unsigned bucket = 0;

	while (bucket < 7 && bytes > 3) {
		bytes /= 2;
		bucket++;
	}
	return bucket;
}

static unsigned
word_bucket(size_t bytes)
{
	return bytes < 6 ? (unsigned)bytes : bytes < 10 ? 6 : 7;
}

/* FNV-1a of the word without case (of ASCII). */
static unsigned
word_hash(const struct stops_view *view, size_t begin, size_t end)
{
	uint32_t hash = 2166136261U;

	for (; begin < end; begin++) {
		unsigned char byte = (unsigned char)view->at[begin];
		hash = (hash ^ (stops_is_upper(byte) ? byte | 0x20U : byte)) * 16777619U;
	}
	return (hash ^ hash >> 15) % HASHED;
}

/* The case of what begins at AT: 0 nothing, 1 capital, 2 small, 3 digit, 4 other. */
static unsigned
case_at(const struct stops_view *view, size_t at)
{
	size_t width;
	uint32_t character = stops_character(view, at, &width);

	if (width == 0)
		return 0;
	return text_is_upper(character) ? 1 : text_is_lower(character) ? 2 : text_is_digit(character) ? 3 : 4;
}

/* The kind of the byte behind the next word. */
static unsigned
byte_class(unsigned char byte)
{
	static const char known[] = " .,:;)'-";
	const char *found = byte != 0 ? strchr(known, byte) : NULL;

	return byte == 0 ? 0 : found != NULL ? 1 + (unsigned)(found - known) : 9;
}

/* The case of the word before the word before. */
static unsigned
case_before(const struct stops_view *view, size_t word)
{
	size_t at = word, low = word - view->begin > 32 ? word - 32 : view->begin;

	while (at > low && view->at[at - 1] == ' ')
		at--;
	if (at == low)
		return 0;
	while (at > low && view->at[at - 1] != ' ' && view->at[at - 1] != '\n')
		at--;
	return case_at(view, at);
}

/* Bytes that those begin with. */
static const bool marks[256] = {
    ['"'] = true,
    ['('] = true,
    [')'] = true,
    ['['] = true,
    [']'] = true,
    [0xC2] = true,
    [0xE2] = true,
};

/* Marks that the sentence opened and did not close: 1 an odd number of straight ones, 2 a curly one, 4 a bracket. */
static unsigned
open_marks(const struct stops_view *view, size_t end)
{
	size_t at = end - view->begin > OPEN_MAX ? end - OPEN_MAX : view->begin;
	unsigned straight = 0, curly = 0, bracket = 0;

	for (; at < end; at++) {
		if (!marks[(unsigned char)view->at[at]])
			continue;
		switch (view->at[at]) {
		case '"':
			straight ^= 1;
			break;
		case '(':
		case '[':
			bracket = 1;
			break;
		case ')':
		case ']':
			bracket = 0;
			break;
		case '\xE2':
			if (end - at > 2 && view->at[at + 1] == '\x80' && (view->at[at + 2] & ~1) == '\x9C')
				curly = view->at[at + 2] == '\x9C';
			break;
		case '\xC2':
			if (end - at > 1 && view->at[at + 1] == '\xAB')
				curly = 1;
			else if (end - at > 1 && view->at[at + 1] == '\xBB')
				curly = 0;
			break;
		}
	}
	return straight | curly << 1 | bracket << 2;
}

/* ---- features ---- */

/* All but those of the groups of words, which must be looked up. */
static size_t
plain_features(const struct stops_view *view, const struct sentence_place *place, bool rule, unsigned *features)
{
	unsigned class = stop_class(place), before = place->before, behind = place->behind, *at = features;
	unsigned around = class * BEHINDS + behind;
	unsigned marks = (unsigned)place->quote_closed | (unsigned)place->bracket_closed << 1 |
	    (unsigned)place->quote_opened << 2 | (unsigned)place->bracket_opened << 3 | (unsigned)place->dash << 4 |
	    (unsigned)place->glued << 5;
	size_t after_next = place->next_end;

	while (after_next < view->end && stops_blank(view, after_next) == 0 && after_next - place->next_end < 3)
		after_next++;
	while (stops_byte(view, after_next) == ' ')
		after_next++;
	*at++ = OFFSET_CONTEXT + ((unsigned)rule * BEFORES + before) * CLASSES * BEHINDS + around;
	*at++ = OFFSET_MARKS + around * 64 + marks;
	*at++ = OFFSET_SHAPE + (around * 8 + word_bucket(place->before_bytes)) * 4 +
	    ((unsigned)place->capital_before | (unsigned)place->small_before << 1);
	if (place->next_end > place->next)
		*at++ = OFFSET_NEXT_WORD + word_hash(view, place->next, place->next_end);
	if (place->before_bytes > 0)
		*at++ = OFFSET_BEFORE_WORD + word_hash(view, place->word, place->word_end);
	*at++ =
	    OFFSET_BEHIND_NEXT + (byte_class(stops_byte(view, place->next_end)) * BEHINDS + behind) * BEFORES + before;
	*at++ = OFFSET_CASE_AFTER_NEXT + case_at(view, after_next) * BEHINDS * CLASSES + around;
	*at++ = OFFSET_LENGTH + length_bucket(place->word_end - view->begin) * BEHINDS * CLASSES + around;
	if (place->soft != STOPS_HARD)
		*at++ = OFFSET_SOFT + ((unsigned)rule * SOFTS + place->soft) * BEHINDS + behind;
	*at++ = OFFSET_OPEN + open_marks(view, place->word_end) * BEHINDS * CLASSES + around;
	*at++ = OFFSET_CASE_BEFORE + (case_before(view, place->word) * BEFORES + before) * BEHINDS + behind;
	*at++ = OFFSET_STYLE + ((unsigned)place->lower_start << 1 | place->quote_closed) * BEHINDS * CLASSES + around;
	*at++ = OFFSET_CLASS + class;
	return (size_t)(at - features);
}

/* The numbers of the feature for a group: FIRST for words of none, and behind it one for each group. */
struct groups {
	unsigned first;
	bool known; /* it is FIRST, and nothing need be looked up */
};

static struct groups
next_groups(const struct sentence_place *place)
{
	return (struct groups){OFFSET_NEXT_GROUP + (stop_class(place) * BEFORES + place->before) * GROUPS,
	    place->next_end == place->next};
}

static struct groups
before_groups(const struct sentence_place *place)
{
	return (struct groups){OFFSET_BEFORE_GROUP + (stop_class(place) * BEHINDS + place->behind) * GROUPS,
	    place->before != BEFORE_WORD};
}

static unsigned
next_feature(const struct stops_view *view, struct sentence_place *place)
{
	struct groups groups = next_groups(place);

	return groups.known ? groups.first : groups.first + word_group(sentence_next_entry(view, place));
}

static unsigned
before_feature(const struct stops_view *view, const struct sentence_place *place)
{
	struct groups groups = before_groups(place);

	return groups.known ? groups.first
			    : groups.first + word_group(sentence_look_up(view, place->word, place->word_end));
}

size_t
sentence_model_features(const struct stops_view *view, struct sentence_place *place, bool rule,
    unsigned features[SENTENCE_MODEL_FEATURES])
{
	size_t count = plain_features(view, place, rule, features);

	features[count++] = next_feature(view, place);
	features[count++] = before_feature(view, place);
	return count;
}

/* Add to LEAST and MOST what the feature for a group of GROUPS can weigh. */
static void
add_bounds(struct groups groups, int32_t *least, int32_t *most)
{
	int32_t low = sentence_weights[groups.first], high = low;
	unsigned i;

	for (i = 1; i < GROUPS && !groups.known; i++) {
		int32_t weight = sentence_weights[groups.first + i];
		low = weight < low ? weight : low;
		high = weight > high ? weight : high;
	}
	*least += low;
	*most += high;
}

bool
sentence_model(const struct stops_view *view, struct sentence_place *place, bool rule)
{
	unsigned features[SENTENCE_MODEL_FEATURES];
	size_t count = plain_features(view, place, rule, features), i;
	int32_t score = 0, least, most;

	for (i = 0; i < count; i++)
		score += sentence_weights[features[i]];
	least = most = score;
	add_bounds(next_groups(place), &least, &most);
	add_bounds(before_groups(place), &least, &most);
	/* mostly the words need not be looked up */
	if (least > 0 || most <= 0)
		return least > 0;
	score += sentence_weights[next_feature(view, place)] + sentence_weights[before_feature(view, place)];
	return score > 0;
}
