/* SPDX-License-Identifier: ISC
 *
 * Two passes over the tokens: the first gives every capitalised word a number, the second counts the lower-case ones
 * that are the same word. Most lower-case words are told apart by a bit of their hash. Words with equal hashes (64 bits
 * of SipHash) are taken for equal.
 */
#include "names_words.h"

#include "buffer.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* A segment whose long words have capitals is a heading; running text needs more of them than a title does. */
#define LONG_WORD 4
#define HEADING_WORDS_MIN 5

#define TRAIT(name) (UINT64_C(1) << LEXICON_BIT_##name)

static const uint64_t name_traits = TRAIT(FIRST_NAME) | TRAIT(SURNAME) | TRAIT(COUNTRY) | TRAIT(PLACE) |
    TRAIT(DEMONYM) | TRAIT(ORGANISATION) | TRAIT(MEDIA) | TRAIT(AGENCY);

static const uint64_t phrase_traits = TRAIT(PHRASE) | TRAIT(PHRASE_PART);

static const uint64_t function_traits = TRAIT(PRONOUN) | TRAIT(POSSESSIVE) | TRAIT(DETERMINER) | TRAIT(PREPOSITION) |
    TRAIT(CONJUNCTION) | TRAIT(SUBORDINATOR) | TRAIT(RELATIVE) | TRAIT(AUXILIARY) | TRAIT(NEGATION) | TRAIT(NEVER_NAME);

void
names_words_init(struct names_words *words)
{
	memset(words, 0, sizeof *words);
	randombytes_buf(&words->factor, sizeof words->factor);
	words->factor |= 1;
}

void
names_words_release(struct names_words *words)
{
	free(words->at);
	free(words->slots);
	free(words->capitals);
	free(words->of_token);
	free(words->style);
	memset(words, 0, sizeof *words);
}

bool
names_words_is_function(const struct token *token)
{
	return (token->traits & function_traits) != 0;
}

bool
names_words_is_unknown(const struct lexicon_entry *entry)
{
	return entry == NULL || (entry->tag == LEXICON_UNTAGGED && (entry->traits & ~phrase_traits) == 0);
}

bool
names_words_is_common(const struct lexicon_entry *entry)
{
	return !names_words_is_unknown(entry) && entry->tag != LEXICON_NNP && entry->tag != LEXICON_NNPS &&
	    (entry->tag != LEXICON_UNTAGGED || (entry->traits & name_traits) == 0);
}

/* The factor is random and the high half comes to the front, so that nobody can write words that meet in one slot. */
static uint64_t
word_hash(const struct names_words *words, size_t token)
{
	uint64_t hash = words->tokens->at[token].hash * words->factor;

	return hash >> 32 | hash << 32;
}

/* Where the filter tells of a word: one bit, by its hash. */
static unsigned
filter_word(const struct token *token)
{
	return (unsigned)(token->hash >> 32) % NAMES_FILTER_WORDS;
}

static uint64_t
filter_bit(const struct token *token)
{
	return UINT64_C(1) << (token->hash >> 58);
}

static uint32_t
find(const struct names_words *words, uint64_t hash, size_t *slot)
{
	size_t mask = words->slot_count - 1, i = hash & mask;

	while (words->slots[i] != 0 && words->at[words->slots[i]].hash != hash)
		i = (i + 1) & mask;
	*slot = i;
	return words->slots[i];
}

static bool
grow_slots(struct names_words *words)
{
	size_t count = words->slot_count == 0 ? 512 : 2 * words->slot_count, i, slot;
	uint32_t *slots = calloc(count, sizeof *slots);

	if (slots == NULL)
		return false;
	free(words->slots);
	words->slots = slots;
	words->slot_count = count;
	for (i = 1; i <= words->count; i++) {
		find(words, words->at[i].hash, &slot);
		words->slots[slot] = (uint32_t)i;
	}
	return true;
}

uint32_t
names_words_number(struct names_words *words, size_t token)
{
	struct names_word *grown;
	uint64_t hash;
	uint32_t number;
	size_t slot;

	if (words->of_token[token] != 0)
		return words->of_token[token];
	if (2 * (words->count + 1) >= words->slot_count && !grow_slots(words))
		return 0;
	hash = word_hash(words, token);
	number = find(words, hash, &slot);
	if (number == 0) {
		grown = array_grow(words->at, words->count + 1, &words->room, sizeof *grown);
		if (grown == NULL)
			return 0;
		words->at = grown;
		number = (uint32_t)++words->count;
		words->at[number] = (struct names_word){.hash = hash, .token = (uint32_t)token};
		words->slots[slot] = number;
	}
	words->of_token[token] = number;
	return number;
}

/* Forget the words of the document before. */
static bool
start(struct names_words *words)
{
	size_t i, slot, wanted = words->tokens->count + 1;
	void *grown;

	for (i = 1; i <= words->count && words->slot_count <= 1 << 16; i++) {
		slot = words->at[i].hash & (words->slot_count - 1);
		while (words->slots[slot] != 0) {
			words->slots[slot] = 0;
			slot = (slot + 1) & (words->slot_count - 1);
		}
	}
	if (words->slot_count > 1 << 16) {
		/* one enormous document must not make all later ones slow */
		free(words->slots);
		words->slots = NULL;
		words->slot_count = 0;
	}
	words->count = 0;
	memset(words->filter, 0, sizeof words->filter);
	if (words->token_room < wanted) {
		grown = realloc(words->of_token, wanted * sizeof *words->of_token);
		if (grown == NULL)
			return false;
		words->of_token = grown;
		grown = realloc(words->capitals, wanted * sizeof *words->capitals);
		if (grown == NULL)
			return false;
		words->capitals = grown;
		words->token_room = wanted;
	}
	words->capital_count = 0;
	memset(words->of_token, 0, wanted * sizeof *words->of_token);
	if (words->style_room < words->document->segment_count) {
		grown = realloc(words->style, words->document->segment_count);
		if (grown == NULL)
			return false;
		words->style = grown;
		words->style_room = words->document->segment_count;
	}
	return true;
}

/* The long words of a segment, and how they are written. */
struct style_counts {
	size_t words, capital, capitals;
};

static enum names_style
segment_style(const struct style_counts *counts, enum news_kind kind)
{
	if (kind == NEWS_DATELINE || kind == NEWS_BYLINE)
		return NAMES_RUNNING;
	if (counts->words >= 2 && 10 * counts->capitals >= 8 * counts->words)
		return NAMES_CAPITALS;
	if (kind == NEWS_TITLE ? counts->words > 0 && 10 * counts->capital >= 6 * counts->words
			       : counts->words >= HEADING_WORDS_MIN && 10 * counts->capital >= 9 * counts->words)
		return NAMES_HEADING;
	return NAMES_RUNNING;
}

/* Where the segment that begins at token BEGIN ends; counts its long words on the way, and keeps the capitalised ones.
 */
static size_t
count_segment(struct names_words *words, size_t begin, struct style_counts *counts)
{
	const struct tokens *tokens = words->tokens;
	uint32_t segment = tokens->at[begin].segment;
	size_t i;

	*counts = (struct style_counts){0, 0, 0};
	for (i = begin; i < tokens->count && tokens->at[i].segment == segment; i++) {
		const struct token *token = &tokens->at[i];
		unsigned shape = token->shape;
		bool is_long = (shape & TOKEN_WORD) && token->end - token->begin >= LONG_WORD;

		counts->words += is_long;
		if (!(shape & TOKEN_CAPITAL))
			continue;
		counts->capital += is_long;
		counts->capitals += is_long && (shape & TOKEN_CAPITALS);
		words->capitals[words->capital_count++] = (uint32_t)i;
	}
	return i;
}

bool
names_words_is_doubtful(const struct names_words *words, size_t token)
{
	const struct token *at = &words->tokens->at[token], *before;

	if (words->style[at->segment] != NAMES_RUNNING || at->shape & TOKEN_FIRST)
		return true;
	if (token == 0)
		return true;
	before = at - 1;
	if (before->segment != at->segment)
		return true;
	switch (before->mark) {
	case '"':
	case '\'':
	case ':':
	case '.':
	case '!':
	case '?':
	case '*':
		return true;
	case '-':
		return !(at->shape & TOKEN_GLUED);
	default:
		return false;
	}
}

static bool
number_capitals(struct names_words *words)
{
	const struct tokens *tokens = words->tokens;
	size_t begin = 0, end;

	for (; begin < tokens->count; begin = end) {
		uint32_t segment = tokens->at[begin].segment;
		size_t i = words->capital_count;
		struct style_counts counts;

		end = count_segment(words, begin, &counts);
		words->style[segment] = (uint8_t)segment_style(&counts, words->document->segments[segment].kind);
		for (; i < words->capital_count; i++) {
			size_t at = words->capitals[i];
			const struct token *token = &tokens->at[at];
			if (names_words_is_function(token))
				continue;
			if (names_words_number(words, at) == 0)
				return false;
			words->filter[filter_word(token)] |= filter_bit(token);
			words->at[words->of_token[at]].middle += !names_words_is_doubtful(words, at);
		}
	}
	return true;
}

bool
names_words_run(struct names_words *words, const struct news_document *document, const struct tokens *tokens)
{
	size_t i;

	words->document = document;
	words->tokens = tokens;
	if (!start(words) || !number_capitals(words))
		return false;
	for (i = 0; words->count > 0 && i < tokens->count; i++) {
		const struct token *token = &tokens->at[i];
		size_t slot;
		uint32_t number;

		if ((token->shape & (TOKEN_WORD | TOKEN_CAPITAL)) != TOKEN_WORD || token->end - token->begin < 3)
			continue;
		if (!(words->filter[filter_word(token)] & filter_bit(token)) || names_words_is_function(token))
			continue;
		number = find(words, word_hash(words, i), &slot);
		words->at[number].lower += number != 0;
	}
	return true;
}

/* Endings that mark a common word no list has: "Trawlers" at the head of a sentence, "Rebooting". */
static bool
has_common_ending(const char *at, size_t bytes)
{
	static const char *const endings[] = {"ing", "ed", "ly", "tion", "tions", "ment", "ments", "ness", "ers", "ors",
	    "ists", "ities"};
	size_t i;

	for (i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t length = strlen(endings[i]);
		if (bytes > length + 2 && memcmp(at + bytes - length, endings[i], length) == 0)
			return true;
	}
	return false;
}

bool
names_words_is_proper(const struct names_words *words, size_t token)
{
	const struct token *at = &words->tokens->at[token];
	const struct lexicon_entry *entry = at->entry;
	const struct names_word *word;

	if (!(at->shape & TOKEN_CAPITAL) || words->of_token[token] == 0)
		return false;
	word = &words->at[words->of_token[token]];
	if (word->middle > word->lower)
		return true;
	if (word->lower > 0)
		return false;
	if (at->shape & TOKEN_CAPITALS && words->style[at->segment] != NAMES_CAPITALS)
		return true;
	if (names_words_is_unknown(entry))
		return !has_common_ending(words->document->text.at + at->begin, at->end - at->begin);
	return !names_words_is_common(entry) || (entry->traits & (TRAIT(COUNTRY) | TRAIT(DEMONYM) | TRAIT(MEDIA))) != 0;
}
