/* SPDX-License-Identifier: ISC
 *
 * The guess goes from cheap to dear, and most documents never leave the first step:
 * 1. A few words at each of three places spread over the text, looked up among the commonest words that only English
 *    has ("the", "of", "which") and some that it has not ("und", "los"). Where English ones prevail, the text is
 * English.
 * 2. All words and letters of some pieces of the text, looked up among the function words and letters of all languages
 *    (language_table.h): the script that most letters are of names the candidates, the weights of words and letters add
 *    up for each, the largest sum wins if it is far enough from the next and does not rest on too few words.
 * 3. The same over more and more of it, up to some 5 kB, while that leaves doubt.
 * A document in two languages goes to the one that most of what was looked at is in: every occurrence counts.
 *
 * Function words are closed classes, and a sentence of ten words has three or four of them: Grefenstette, "Comparing
 * two language identification schemes" (1995); McNamee, "Language identification: a solved problem suitable for
 * undergraduate instruction" (2005).
 */
#include "language.h"
#include "language_table.h"
#include "text.h"

#include <string.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Step 1: words looked at in each place in a round, and rounds at most. */
#define ROUND_WORDS 4
#define ROUNDS 12
/* The weight of English words that is enough in a place: "the" and "would", or more of what is less telling. */
#define PLACE_ENOUGH 48
/* What a word of another script weighs against English: it begins with four bytes beyond ASCII; a quotation mark has
 * three. */
#define OTHER_SCRIPT 8
#define OTHER_SCRIPT_BYTES UINT64_C(0x80808080)
/* Bytes that a round may go over: words of eight letters and more count as several. */
#define ROUND_BYTES (8 * ROUND_WORDS)

/* Steps 2 and 3: how many pieces of how many bytes. A text that is hardly longer is looked at whole. */
static const struct {
	size_t count, bytes;
} pieces[] = {{8, 40}, {12, 96}, {16, 320}};
#define PIECES (sizeof pieces / sizeof *pieces)

/* Letters of the main script that must be there. */
#define LETTERS_MIN 16

/* What decides among candidates, in quarters of a bit: so far before the next one; and so far that more of the text
 * will not change it. */
#define LEAD_MIN 12
#define LEAD_CLEAR 120

/* In the script of English, in which names and lists of all languages stand: function words that must be there,
 * different ones, and one in so many words. */
#define WORDS_DIFFERENT_MIN 2
#define WORDS_ONE_IN 8

/* Another language than English in that script: different words that must be there, each of which says so by so many
 * quarters of a bit. */
#define FOREIGN_WORDS_MIN 3
#define WORD_SAYS 8

/* What is so short beside a hyphen may be a code. */
#define CODE_BYTES 2

/* A letter beyond ASCII counts so often at most: it may be of one name that comes again and again. */
#define LETTER_COUNT_MAX 4

struct sample {
	size_t seen_count;
	uint32_t letters[LANGUAGE_SCRIPTS]; /* by script */
	uint32_t words[LANGUAGE_SCRIPTS];
	uint8_t letter_counts[LANGUAGE_LETTERS];
	uint16_t counts[LANGUAGE_WORDS]; /* how often each word of the table was seen; the table's own count is set */
	uint16_t seen[LANGUAGE_WORDS];   /* the numbers of those that were */
};

/* ---- step 1 ---- */

/* What a round goes over. */
struct round_bits {
	uint32_t ends; /* a bit for each byte, the first lowest: neither a letter nor beyond ASCII, no part of a word */
	bool beyond;   /* something is beyond ASCII */
};

#ifdef __SSE2__
/* The letters of ASCII among sixteen bytes. */
static inline __m128i
find_letters(__m128i bytes)
{
	__m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));

	/* `a` becomes the least number there is */
	return _mm_cmplt_epi8(_mm_add_epi8(lower, _mm_set1_epi8((char)(0x80 - 'a'))),
	    _mm_set1_epi8((char)(0x80 + 'z' - 'a' + 1)));
}

static inline struct round_bits
look_at_round(const char *at)
{
	__m128i low = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i high = _mm_loadu_si128((const __m128i *)(const void *)(at + 16));

	return (struct round_bits){
	    .ends = ~((uint32_t)_mm_movemask_epi8(_mm_or_si128(low, find_letters(low))) |
		(uint32_t)_mm_movemask_epi8(_mm_or_si128(high, find_letters(high))) << 16),
	    .beyond = _mm_movemask_epi8(_mm_or_si128(low, high)) != 0,
	};
}
#else
static inline struct round_bits
look_at_round(const char *at)
{
	struct round_bits bits = {0, false};
	unsigned i;

	for (i = 0; i < ROUND_BYTES; i += 8) {
		uint64_t bytes = bytes_load(at + i), ends = ~(bytes_letters(bytes) | bytes) & BYTES_EVERY(0x80);
		/* the product moves the lowest bits of eight bytes side by side into the top byte */
		bits.ends |= (uint32_t)((ends >> 7) * UINT64_C(0x0102040810204080) >> 56) << i;
		bits.beyond |= (bytes & BYTES_EVERY(0x80)) != 0;
	}
	return bits;
}
#endif

/* How many bytes the word at the front has, of which ENDS is that of its round; of a longer one than seven bytes each
 * eight are one, and the eighth goes for the byte that ends it. */
static inline size_t
word_bytes(uint32_t ends)
{
	return bytes_lowest_bit(ends | 1 << 7);
}

/* How many of the words of the round at AT begin with four bytes beyond ASCII. */
static int
count_other_script(const char *at, uint32_t ends)
{
	unsigned word;
	int count = 0;

	for (word = 0; word < ROUND_WORDS; word++) {
		size_t bytes = word_bytes(ends);
		count += (bytes_load(at) & OTHER_SCRIPT_BYTES) == OTHER_SCRIPT_BYTES;
		at += bytes + 1;
		ends = ends >> bytes >> 1;
	}
	return count;
}

/* What the word at `*at` weighs. Move `*at` and `*ends` behind it and the byte that ends it. */
static inline int
weigh_word(const char **at, uint32_t *ends)
{
	/* all bits of so many bytes */
	static const uint64_t masks[] = {0, 0xFF, 0xFFFF, 0xFFFFFF, UINT64_C(0xFFFFFFFF), UINT64_C(0xFFFFFFFFFF),
	    UINT64_C(0xFFFFFFFFFFFF), UINT64_C(0xFFFFFFFFFFFFFF)};
	size_t bytes = word_bytes(*ends);
	uint64_t word = (bytes_load(*at) | BYTES_EVERY(0x20)) & masks[bytes], known;

	*at += bytes + 1;
	*ends = *ends >> bytes >> 1;
	known = language_table.english[language_english_slot(word, language_table.english_factor)];
	/* the word falls out if it is the known one, and leaves its weight */
	known ^= word;
	known = known << (64 - LANGUAGE_ENGLISH_WEIGHT_SHIFT) | known >> LANGUAGE_ENGLISH_WEIGHT_SHIFT;
	return (known < (1 << (64 - LANGUAGE_ENGLISH_WEIGHT_SHIFT)) ? (int)known : LANGUAGE_ENGLISH_ZERO) -
	    LANGUAGE_ENGLISH_ZERO;
}

/* Add to `*weight` what the four words, ROUND_WORDS, weigh that begin at AT, and give where the next may begin. A word
 * is letters and anything beyond ASCII. Hardly a branch depends on the text: the words of all places are looked up at
 * the same time, where guessing branches would cost more than all else. */
static inline const char *
weigh_round(const char *at, int *weight)
{
	struct round_bits bits = look_at_round(at);
	uint32_t ends = bits.ends;

	if (bits.beyond)
		*weight -= OTHER_SCRIPT * count_other_script(at, ends);
	*weight += weigh_word(&at, &ends);
	*weight += weigh_word(&at, &ends);
	*weight += weigh_word(&at, &ends);
	*weight += weigh_word(&at, &ends);
	return at;
}

/* Whether there is some English in three places that are spread over the text, and enough in two of them. */
static bool
is_plainly_english(struct news_text text)
{
	size_t first = text.bytes / 16, last = text.bytes / 4 * 3, rounds, round;
	const char *one, *two, *three;
	int one_weight = 0, two_weight = 0, three_weight = 0;

	if (text.bytes < 2 * (ROUND_BYTES + 8))
		return false;
	/* A short text gives its last place room at the cost of spread. */
	if (text.bytes - last < ROUNDS * ROUND_BYTES + 8)
		last = text.bytes < 2 * (ROUNDS * ROUND_BYTES + 8) ? text.bytes / 2
								   : text.bytes - (ROUNDS * ROUND_BYTES + 8);
	rounds = (text.bytes - last - 8) / ROUND_BYTES;
	if (rounds > ROUNDS)
		rounds = ROUNDS;
	one = text.at + first;
	two = text.at + first + (last - first) / 2;
	three = text.at + last;
	for (round = 0; round < rounds; round++) {
		one = weigh_round(one, &one_weight);
		two = weigh_round(two, &two_weight);
		three = weigh_round(three, &three_weight);
		if (one_weight > 0 && two_weight > 0 && three_weight > 0 &&
		    (one_weight >= PLACE_ENOUGH) + (two_weight >= PLACE_ENOUGH) + (three_weight >= PLACE_ENOUGH) >= 2)
			return true;
	}
	return false;
}

/* ---- steps 2 and 3: counting ---- */

/* Whether BYTE beside a word makes it part of an address, a path, a name in a program, a number. */
static bool
is_code(char byte)
{
	switch (byte) {
	case '/':
	case '@':
	case '_':
	case '\\':
	case '=':
	case '&':
	case '#':
	case '%':
	case '$':
	case '<':
	case '>':
	case '{':
	case '}':
	case '~':
	case '^':
	case '|':
	case '+':
	case '*':
		return true;
	default:
		return byte >= '0' && byte <= '9';
	}
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\n';
}

static bool
is_ascii_letter(char byte)
{
	return (unsigned)((unsigned char)byte | 0x20) - 'a' < 26;
}

/* Whether a single letter between BEFORE and AFTER is a label ("a) ... b) ...", "John F. Doe"): a word has blanks or
 * apostrophes beside it, or a mark beyond ASCII. */
static bool
is_label(char before, char after)
{
	return !(is_blank(before) || before == '\'' || (unsigned char)before >= 0x80) ||
	    !(is_blank(after) || after == '\'' || (unsigned char)after >= 0x80);
}

/* Whether the word [AT, END) of TEXT stands free: not in "www.example.de/la" nor, where it is short, in "fr-FR". */
static bool
stands_free(struct news_text text, const char *at, const char *end)
{
	const char *text_end = text.at + text.bytes;
	char before = at > text.at ? at[-1] : ' ', after = end < text_end ? end[0] : ' ';

	if (is_code(before) || is_code(after))
		return false;
	if (before == '.' && at - text.at > 1 && is_ascii_letter(at[-2]))
		return false;
	if (after == '.' && text_end - end > 1 && is_ascii_letter(end[1]))
		return false;
	return end - at > CODE_BYTES || (before != '-' && after != '-' && (end - at > 1 || !is_label(before, after)));
}

static void
count_word(struct sample *sample, const char key[LANGUAGE_WORD_MAX], size_t bytes)
{
	const struct language_table *table = &language_table;
	uint64_t hash = language_hash(key);
	size_t at;

	for (at = hash & table->slot_mask; table->slots[at] != 0; at = (at + 1) & table->slot_mask) {
		size_t number = (table->slots[at] & 0xFFFF) - 1;
		const struct language_item *word = &table->words[number];
		if (table->slots[at] >> 16 != hash >> 48 || word->bytes != bytes ||
		    memcmp(table->text + word->text, key, bytes) != 0)
			continue;
		if (sample->counts[number]++ == 0)
			sample->seen[sample->seen_count++] = (uint16_t)number;
		return;
	}
}

/* The range of the script that CHARACTER belongs to; NULL: of none. */
static const struct language_range *
find_range(uint32_t character)
{
	const struct language_range *ranges = language_table.ranges;
	size_t low = 0, high = language_table.range_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (character > ranges[middle].last)
			low = middle + 1;
		else if (character < ranges[middle].first)
			high = middle;
		else
			return &ranges[middle];
	}
	return NULL;
}

static void
count_letter(struct sample *sample, uint32_t character)
{
	unsigned number = character < LANGUAGE_LETTER_END ? language_table.letter_numbers[character] : 0;

	if (number != 0 && sample->letter_counts[number - 1] < LETTER_COUNT_MAX)
		sample->letter_counts[number - 1]++;
}

/* The character at AT, which is no ASCII letter: in lower case where it is a letter, and its script. RANGE is that of
 * the letter before. */
static uint32_t
letter_at(const char *at, const char *end, const struct language_range **range, uint8_t *script, size_t *width)
{
	uint32_t character = (unsigned char)*at;

	*width = 1;
	*script = LANGUAGE_SCRIPT_NONE;
	if (character < 0x80)
		return character;
	character = text_decode(at, (size_t)(end - at), width);
	if (character < (*range)->first || character > (*range)->last) {
		const struct language_range *found = find_range(character);
		if (found == NULL)
			return character;
		*range = found;
	}
	*script = (*range)->script;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)character);
}

/* A word while it is read. */
struct word {
	const char *begin;
	char key[LANGUAGE_WORD_MAX]; /* in lower case, without marks, zeros behind */
	size_t bytes;                /* of the key; more than there is room for: it is longer */
	uint8_t script;              /* LANGUAGE_SCRIPT_NONE: there is no word */
	bool cut;                    /* it began before the piece */
};

/* Read the run of ASCII letters at AT into WORD. Gives its end. */
static const char *
read_plain_letters(struct word *word, const char *at, const char *end)
{
	size_t bytes = word->bytes;

	while (end - at >= 8 && bytes + 8 <= sizeof word->key) {
		uint64_t next = bytes_load(at), other = ~bytes_letters(next) & BYTES_EVERY(0x80),
			 mask = ((other & (~other + 1)) - 1) >> 7;
		size_t length = (size_t)((mask & BYTES_EVERY(1)) * BYTES_EVERY(1) >> 56);
		bytes_store(word->key + bytes, (next | BYTES_EVERY(0x20)) & mask);
		bytes += length;
		at += length;
		if (length < 8) {
			word->bytes = bytes;
			return at;
		}
	}
	for (; at < end && is_ascii_letter(*at); at++, bytes++)
		if (bytes < sizeof word->key)
			word->key[bytes] = (char)(*at | 0x20);
	word->bytes = bytes;
	return at;
}

static void
add_letter(struct word *word, uint32_t letter)
{
	utf8proc_uint8_t encoded[4];
	size_t bytes = (size_t)utf8proc_encode_char((utf8proc_int32_t)letter, encoded);

	if (word->bytes + bytes <= sizeof word->key)
		memcpy(word->key + word->bytes, encoded, bytes);
	word->bytes += bytes;
}

/* Count the word that ends at END, if there is one, and let the next begin there. */
static void
end_word(struct sample *sample, struct word *word, struct news_text text, const char *end)
{
	if (word->script != LANGUAGE_SCRIPT_NONE && !word->cut) {
		sample->words[word->script]++;
		if (word->bytes <= sizeof word->key && stands_free(text, word->begin, end))
			count_word(sample, word->key, word->bytes);
	}
	memset(word, 0, sizeof *word);
	word->begin = end;
}

/* Count words and letters of the piece [AT, END) of TEXT. A word that is cut at either end counts its letters only. */
static void
count_piece(struct sample *sample, struct news_text text, const char *at, const char *end)
{
	const uint8_t latin = language_table.candidates[LANGUAGE_ENGLISH].script;
	const struct language_range *range = language_table.ranges;
	struct word word = {.begin = at};
	const char *from;
	size_t width;

	word.cut = at > text.at && !is_blank(at[-1]);
	for (; at < end; at += width) {
		uint8_t script = latin;
		uint32_t letter = 0;
		if (is_ascii_letter(*at)) {
			width = 0;
		} else {
			letter = letter_at(at, end, &range, &script, &width);
			if (script == LANGUAGE_SCRIPT_MARK)
				continue;
		}
		if (script != word.script) {
			if (word.script != LANGUAGE_SCRIPT_NONE || script == LANGUAGE_SCRIPT_NONE || at > word.begin)
				end_word(sample, &word, text, at);
			word.script = script;
		}
		if (width == 0) {
			from = at;
			at = read_plain_letters(&word, at, end);
			sample->letters[latin] += (uint32_t)(at - from);
		} else if (script != LANGUAGE_SCRIPT_NONE) {
			sample->letters[script]++;
			add_letter(&word, letter);
			count_letter(sample, letter);
		}
	}
	if (end == text.at + text.bytes)
		end_word(sample, &word, text, end);
}

/* Count COUNT pieces of BYTES bytes, spread over TEXT, or all of it where it is hardly longer: then true. */
static bool
count_pieces(struct sample *sample, struct news_text text, size_t count, size_t bytes)
{
	const char *text_end = text.at + text.bytes;
	size_t i;

	sample->seen_count = 0;
	memset(sample->letters, 0, sizeof sample->letters);
	memset(sample->words, 0, sizeof sample->words);
	memset(sample->letter_counts, 0, sizeof sample->letter_counts);
	memset(sample->counts, 0, language_table.word_count * sizeof *sample->counts);
	if (text.bytes / 3 * 2 <= count * bytes) {
		count_piece(sample, text, text.at, text_end);
		return true;
	}
	for (i = 0; i < count; i++) {
		const char *at = text.at + text.bytes / count * i, *end = at + bytes;
		while (at < end && ((unsigned char)*at & 0xC0) == 0x80)
			at++;
		while (end < text_end && ((unsigned char)*end & 0xC0) == 0x80)
			end++;
		count_piece(sample, text, at, end);
	}
	return false;
}

/* ---- steps 2 and 3: deciding ---- */

/* The script that half of the letters or more are of; LANGUAGE_SCRIPT_NONE where none is, or they are too few. */
static uint8_t
main_script(const struct sample *sample)
{
	const struct language_script *scripts = language_table.scripts;
	uint64_t letters[LANGUAGE_SCRIPTS], all = 0;
	size_t i, best = LANGUAGE_SCRIPT_NONE;

	for (i = 0; i < LANGUAGE_SCRIPTS; i++) {
		letters[i] = (uint64_t)sample->letters[i] * scripts[i].weight;
		all += letters[i];
	}
	for (i = 0; i < LANGUAGE_SCRIPTS; i++) {
		const struct language_script *script = &scripts[i];
		if (script->with != LANGUAGE_SCRIPT_NONE && letters[i] * script->part >= letters[script->with]) {
			letters[i] += letters[script->with];
			letters[script->with] = 0;
		}
	}
	for (i = 0; i < LANGUAGE_SCRIPTS; i++)
		if (letters[i] > letters[best])
			best = i;
	if (2 * letters[best] < all || letters[best] < LETTERS_MIN)
		return LANGUAGE_SCRIPT_NONE;
	return (uint8_t)best;
}

static void
add_evidence(int32_t scores[LANGUAGE_CANDIDATES], const struct language_item *item, unsigned count)
{
	const struct language_evidence *evidence = language_table.evidence + item->evidence;
	size_t i;

	for (i = 0; i < item->evidence_count; i++)
		scores[evidence[i].candidate] += (int32_t)(evidence[i].weight * count);
}

static unsigned
weight_for(const struct language_item *item, size_t candidate)
{
	const struct language_evidence *evidence = language_table.evidence + item->evidence;
	size_t i;

	for (i = 0; i < item->evidence_count; i++)
		if (evidence[i].candidate == candidate)
			return evidence[i].weight;
	return 0;
}

/* Whether the words of CANDIDATE are enough of all. */
static bool
has_words(const struct sample *sample, size_t candidate)
{
	size_t words = 0, different = 0, i;

	for (i = 0; i < sample->seen_count; i++) {
		if (weight_for(&language_table.words[sample->seen[i]], candidate) == 0)
			continue;
		words += sample->counts[sample->seen[i]];
		different++;
	}
	return different >= WORDS_DIFFERENT_MIN &&
	    words * WORDS_ONE_IN >= sample->words[language_table.candidates[candidate].script];
}

/* Whether CANDIDATE, which is LEAD before English, has several words that say so, and is before it without the one that
 * says so most. "Caisse de Refinancement de l'Habitat et de Placement" in a report on bonds has two, and so has "N YR"
 * in each line of a table. */
static bool
is_surely_foreign(const struct sample *sample, size_t candidate, int32_t lead)
{
	int32_t most = 0;
	size_t different = 0, i;

	for (i = 0; i < sample->seen_count; i++) {
		const struct language_item *word = &language_table.words[sample->seen[i]];
		int32_t says = (int32_t)weight_for(word, candidate) - (int32_t)weight_for(word, LANGUAGE_ENGLISH);
		different += says >= WORD_SAYS;
		says *= sample->counts[sample->seen[i]];
		if (says > most)
			most = says;
	}
	return different >= FOREIGN_WORDS_MIN && lead - most >= LEAD_MIN;
}

/* The language of what was counted; NULL where it does not tell. `*clear`: more of the text will not change that. */
static const char *
decide(const struct sample *sample, bool *clear)
{
	const struct language_table *table = &language_table;
	uint8_t script = main_script(sample);
	int32_t scores[LANGUAGE_CANDIDATES] = {0}, best_score = INT32_MIN, next_score = INT32_MIN;
	size_t best = 0, i;

	*clear = false;
	if (script == LANGUAGE_SCRIPT_NONE)
		return NULL;
	if (table->scripts[script].candidates == 1) {
		*clear = true;
		return table->candidates[table->scripts[script].only].code;
	}
	for (i = 0; i < sample->seen_count; i++)
		add_evidence(scores, &table->words[sample->seen[i]], sample->counts[sample->seen[i]]);
	for (i = 0; i < table->letter_count; i++)
		if (sample->letter_counts[i] > 0)
			add_evidence(scores, &table->letters[i], sample->letter_counts[i]);
	for (i = 0; i < table->candidate_count; i++) {
		int32_t score = scores[i] - table->candidates[i].penalty;
		if (table->candidates[i].script != script)
			continue;
		if (score > best_score) {
			next_score = best_score;
			best_score = score;
			best = i;
		} else if (score > next_score) {
			next_score = score;
		}
	}
	if (best_score - next_score < LEAD_MIN)
		return NULL;
	if (script == table->candidates[LANGUAGE_ENGLISH].script &&
	    (!has_words(sample, best) ||
		(best != LANGUAGE_ENGLISH && !is_surely_foreign(sample, best, best_score - scores[LANGUAGE_ENGLISH]))))
		return NULL;
	*clear = best_score - next_score >= LEAD_CLEAR;
	return table->candidates[best].code;
}

const char *
language_guess(struct news_text text)
{
	struct sample sample;
	const char *code;
	bool clear, all;
	size_t i = 0;

	if (is_plainly_english(text))
		return language_table.candidates[LANGUAGE_ENGLISH].code;
	do {
		all = count_pieces(&sample, text, pieces[i].count, pieces[i].bytes);
		code = decide(&sample, &clear);
	} while (!all && !clear && ++i < PIECES);
	return code;
}
