/* SPDX-License-Identifier: ISC
 *
 * One pass over the bytes of each segment. A word keeps what is inside it: apostrophes ("don't"), hyphens
 * ("Jong-un", "face-to-face"), the stops of abbreviations ("U.S.", "Sen."), the commas and points of a number
 * ("1,000.5"). The ending of a possessive is a token of its own, so that the name before it is the name.
 */
#include "token.h"

#include "buffer.h"
#include "bytes.h"
#include "text.h"

#include <stdlib.h>

/* Longer words are in no list. */
#define WORD_MAX 64

/* A word short enough to be remembered, and how many are: most words of a feed are among its commonest few thousand. */
#define MEMO_BYTES 16
#define MEMO_SLOTS 65536
#define MEMO_SHIFT (64 - 16) /* so many bits number the slots */
_Static_assert(MEMO_SLOTS == 1 << (64 - MEMO_SHIFT), "the shift leaves the number of a slot");

/* What a word was found to be. */
struct token_word {
	uint64_t text[2]; /* its bytes, padded with zeros */
	uint64_t hash, traits;
	const struct lexicon_entry *entry;
	uint16_t shape;
	uint8_t bytes, tag;
};

/* A direct-mapped cache, one word a slot, so that the hash and the lists are asked once for a common word and not at
 * every place where it stands. */
struct token_memo {
	struct token_word slots[MEMO_SLOTS];
};

struct cursor {
	struct token_memo *memo;
	const struct news_lists *lists;
	const char *text;
	size_t at, end; /* of the segment at hand */
	size_t text_end;
};

static inline uint32_t
character_at(const struct cursor *cursor, size_t at, size_t *width)
{
	unsigned char byte;

	if (at >= cursor->end) {
		*width = 0;
		return 0;
	}
	byte = (unsigned char)cursor->text[at];
	if (byte < 0x80) {
		*width = 1;
		return byte;
	}
	return text_decode(cursor->text + at, cursor->end - at, width);
}

static bool
is_apostrophe(uint32_t character)
{
	return character == '\'' || character == 0x2019;
}

static inline bool
is_ascii_word(uint32_t character)
{
	return (character | 0x20) - 'a' < 26 || character - '0' < 10;
}

static inline bool
is_word_character(uint32_t character)
{
	if (character < 0x80)
		return is_ascii_word(character);
	return text_is_letter(character) || text_is_digit(character);
}

/* What the lists say of a word; `*hash` gets the hash of its lower case. */
static const struct lexicon_entry *
find(const struct cursor *cursor, size_t begin, size_t end, uint64_t *hash)
{
	char folded[WORD_MAX];
	size_t bytes = 0;

	if (end - begin <= WORD_MAX)
		bytes = text_fold(cursor->text + begin, end - begin, folded, sizeof folded);
	if (bytes == 0) {
		*hash = lexicon_hash(cursor->text + begin, end - begin);
		return NULL;
	}
	*hash = lexicon_hash(folded, bytes);
	return lexicon_find_hashed(cursor->lists, *hash, folded, bytes);
}

/* The tag of a word that no list has, from its ending. */
static uint8_t
guess_tag(const char *word, size_t bytes)
{
	static const struct {
		const char *ending;
		uint8_t bytes, tag;
	} endings[] = {
	    {"ing", 3, LEXICON_VBG},
	    {"ed", 2, LEXICON_VBD},
	    {"ly", 2, LEXICON_RB},
	    {"ous", 3, LEXICON_JJ},
	    {"ful", 3, LEXICON_JJ},
	    {"able", 4, LEXICON_JJ},
	    {"ible", 4, LEXICON_JJ},
	    {"ive", 3, LEXICON_JJ},
	    {"ical", 4, LEXICON_JJ},
	    {"less", 4, LEXICON_JJ},
	    {"ish", 3, LEXICON_JJ},
	    {"ness", 4, LEXICON_NN},
	    {"ment", 4, LEXICON_NN},
	    {"tion", 4, LEXICON_NN},
	    {"ss", 2, LEXICON_NN},
	    {"us", 2, LEXICON_NN},
	    {"is", 2, LEXICON_NN},
	    {"s", 1, LEXICON_NNS},
	};
	size_t i;

	for (i = 0; i < sizeof endings / sizeof *endings; i++)
		if (bytes > endings[i].bytes + 1U &&
		    memcmp(word + bytes - endings[i].bytes, endings[i].ending, endings[i].bytes) == 0)
			return endings[i].tag;
	return LEXICON_NN;
}

/* The end of the contraction whose apostrophe ends at AT: 's, 'm, 'd, 't, 'll, 've, 're; 0 when there is none. */
static size_t
contraction_end(const struct cursor *cursor, size_t at)
{
	static const char *const endings[] = {"s", "m", "d", "t", "ll", "ve", "re"};
	size_t i, k;

	for (i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t bytes = strlen(endings[i]), width;
		if (cursor->end - at < bytes)
			continue;
		for (k = 0; k < bytes && (cursor->text[at + k] | 0x20) == endings[i][k]; k++)
			;
		if (k < bytes)
			continue;
		if (at + bytes == cursor->end || !is_word_character(character_at(cursor, at + bytes, &width)))
			return at + bytes;
	}
	return 0;
}

/* Take letters, digits and what stands inside a word. Gives its end. */
static size_t
word_end(const struct cursor *cursor, size_t begin, bool digits)
{
	size_t at = begin, width, next_width;
	uint32_t character, next;

	for (;;) {
		unsigned char byte = 0;
		while (at < cursor->end && is_ascii_word(byte = (unsigned char)cursor->text[at]))
			at++;
		if (at > begin && at < cursor->end && (byte == ' ' || byte == '\n' || (byte == ',' && !digits)))
			return at; /* how most words end */
		character = character_at(cursor, at, &width);
		if (width == 0)
			return at;
		if (is_word_character(character) || (character >= 0x300 && character < 0x370)) {
			at += width;
			continue;
		}
		if (at == begin)
			return at;
		next = character_at(cursor, at + width, &next_width);
		if (next_width == 0 || !is_word_character(next))
			return at;
		if (is_apostrophe(character)) {
			/* "O'Brien" goes on, "Kerry's", "they'll" and "did|n't" end here, as treebanks have it */
			size_t ending = contraction_end(cursor, at + width);
			if (ending == 0)
				at += width;
			else if (next != 't' && next != 'T')
				return at;
			else if (at - begin > 1 && (cursor->text[at - 1] | 0x20) == 'n')
				return at - 1;
			else
				return ending;
		} else if (character == '-' || character == 0x2010 || character == 0x2011) {
			at += width;
		} else if ((character == '.' || character == ',' || character == ':') && digits &&
		    text_is_digit(next) && text_is_digit((unsigned char)cursor->text[at - 1])) {
			at += width;
		} else if (character == '.' && at - begin == 1 && !digits) {
			/* "U.S", "e.g": one letter, a stop, one letter */
			at += width;
			for (;;) {
				size_t stop_width;
				uint32_t stop;
				character = character_at(cursor, at, &width);
				stop = character_at(cursor, at + width, &stop_width);
				if (width == 0 || !is_word_character(character) || stop_width == 0 || stop != '.')
					break;
				at += width + stop_width;
			}
			character = character_at(cursor, at, &width);
			if (width != 0 && is_word_character(character)) {
				/* "D.C" with a letter left over, or "J.Smith": the word goes on */
				continue;
			}
			return at;
		} else if (character == '&' && digits == false) {
			at += width; /* "AT&T" */
		} else {
			return at;
		}
	}
}

static uint16_t
word_shape(const struct cursor *cursor, size_t begin, size_t end)
{
	size_t at, width, letters = 0, capitals = 0;
	uint32_t character;
	uint16_t shape = 0;

	for (at = begin; at < end; at += width) {
		character = character_at(cursor, at, &width);
		if (character < 0x80 ? (character | 0x20) - 'a' < 26 : text_is_letter(character)) {
			bool upper = character < 0x80 ? character < 'a' : text_is_upper(character);
			if (letters++ == 0 && upper)
				shape |= TOKEN_CAPITAL;
			capitals += upper;
		} else if (at == begin && text_is_digit(character)) {
			shape |= TOKEN_NUMBER;
		}
	}
	/* the Arabic article is no reason to take "al-Attiyah" for a common word */
	if (!(shape & TOKEN_CAPITAL) && capitals > 0 && end - begin > 4 && cursor->text[begin + 2] == '-' &&
	    (memcmp(cursor->text + begin, "al", 2) == 0 || memcmp(cursor->text + begin, "el", 2) == 0) &&
	    cursor->text[begin + 3] >= 'A' && cursor->text[begin + 3] <= 'Z')
		shape |= TOKEN_CAPITAL;
	if (letters > 0)
		shape |= TOKEN_WORD;
	if (letters > 1 && capitals == letters)
		shape |= TOKEN_CAPITALS;
	return shape;
}

/* The tag of a word from its entry, its shape or its ending. */
static uint8_t
word_tag(const struct cursor *cursor, size_t begin, size_t end, uint16_t shape, const struct lexicon_entry *entry)
{
	if (entry != NULL && entry->tag != LEXICON_UNTAGGED)
		return entry->tag;
	if (shape & TOKEN_NUMBER)
		return LEXICON_CD;
	/* "Hastily", known to be no name, begins a sentence */
	if ((shape & TOKEN_CAPITAL) && !LEXICON_HAS(entry, ADVERB) && !LEXICON_HAS(entry, COMMON_WORD))
		return LEXICON_NNP;
	return guess_tag(cursor->text + begin, end - begin);
}

/* The first BYTES of the eight bytes of WORD, zeros behind them. */
static inline uint64_t
keep(uint64_t word, size_t bytes)
{
	return bytes < 8 ? word & ~(~UINT64_C(0) << 8 * bytes) : word;
}

/* The slot of a word by its bytes. Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static inline struct token_word *
slot_of(const struct cursor *cursor, uint64_t first, uint64_t second)
{
	return &cursor->memo->slots[((first ^ second << 7) * UINT64_C(0x9E3779B97F4A7C15)) >> MEMO_SHIFT];
}

/* Fill SLOT with what the word at bytes [begin, end) is. */
static void
fill(const struct cursor *cursor, size_t begin, size_t end, struct token_word *slot)
{
	slot->bytes = (uint8_t)(end - begin);
	slot->shape = word_shape(cursor, begin, end);
	slot->entry = find(cursor, begin, end, &slot->hash);
	slot->traits = slot->entry == NULL ? 0 : slot->entry->traits;
	slot->tag = word_tag(cursor, begin, end, slot->shape, slot->entry);
}

/* What the word at bytes [begin, end) is, from the memo or, when it is not there, by looking it up. SPARE takes the
 * answer for a word too long to be remembered, or so near to the text's end that MEMO_BYTES cannot be read. */
static const struct token_word *
look_up(struct cursor *cursor, size_t begin, size_t end, struct token_word *spare)
{
	size_t bytes = end - begin;
	struct token_word *slot = spare;
	uint64_t first = 0, second = 0;

	if (bytes <= MEMO_BYTES && cursor->text_end - begin >= MEMO_BYTES) {
		first = keep(bytes_load(cursor->text + begin), bytes);
		second = bytes > 8 ? keep(bytes_load(cursor->text + begin + 8), bytes - 8) : 0;
		slot = slot_of(cursor, first, second);
		if (slot->bytes == bytes && slot->text[0] == first && slot->text[1] == second)
			return slot;
	}
	slot->text[0] = first;
	slot->text[1] = second;
	fill(cursor, begin, end, slot);
	return slot;
}

/* Whether BEHIND, which is no letter of ASCII, ends a word of two letters or more for certain. */
static inline bool
ends_plain(unsigned char behind)
{
	return behind < 0x80 && (unsigned)behind - '0' > 9 && behind != '\'' && behind != '-' && behind != '&';
}

/* Whether the word of BYTES bytes at AT with the stop behind it may be an abbreviation. */
static inline bool
may_be_stopped(const struct cursor *cursor, const char *at, size_t bytes)
{
	return bytes == 1 || lexicon_may_be_stopped(cursor->lists, at, bytes);
}

/* The word of letters of ASCII at the cursor, where it surely ends behind them, in as few instructions as can be: most
 * words are that. NULL: it is not so plain; nothing is taken. */
static inline const struct token_word *
take_plain(struct cursor *cursor)
{
	const char *at = cursor->text + cursor->at;
	uint64_t first, second, others;
	struct token_word *slot;
	size_t bytes;

	if (cursor->text_end - cursor->at <= MEMO_BYTES)
		return NULL;
	first = bytes_load(at);
	others = ~bytes_letters(first) & BYTES_EVERY(0x80);
	if (others != 0) {
		bytes = bytes_lowest_bit(others) / 8;
		second = 0;
	} else {
		second = bytes_load(at + 8);
		others = ~bytes_letters(second) & BYTES_EVERY(0x80);
		if (others == 0)
			return NULL;
		bytes = 8 + bytes_lowest_bit(others) / 8;
	}
	if (bytes >= cursor->end - cursor->at) {
		bytes = cursor->end - cursor->at;
	} else if (at[bytes] != ' ') {
		if (!ends_plain((unsigned char)at[bytes]) || (at[bytes] == '.' && may_be_stopped(cursor, at, bytes)))
			return NULL;
	}
	if (bytes <= 8) {
		first = keep(first, bytes);
		second = 0;
	} else {
		second = keep(second, bytes - 8);
	}
	slot = slot_of(cursor, first, second);
	if (slot->bytes != bytes || slot->text[0] != first || slot->text[1] != second) {
		slot->text[0] = first;
		slot->text[1] = second;
		fill(cursor, cursor->at, cursor->at + bytes, slot);
	}
	cursor->at += bytes;
	return slot;
}

/* "No. 3", but not "No." */
static bool
is_number_next(const struct cursor *cursor, size_t at)
{
	while (at < cursor->end && cursor->text[at] == ' ')
		at++;
	return at < cursor->end && cursor->text[at] >= '0' && cursor->text[at] <= '9';
}

static void
take_word(struct cursor *cursor, struct token *token)
{
	size_t begin = cursor->at, end;
	bool digits = (unsigned)(unsigned char)cursor->text[begin] - '0' < 10;
	struct token_word spare;
	const struct token_word *word;
	uint16_t shape = 0;

	end = word_end(cursor, begin, digits);
	if (end < cursor->end && cursor->text[end] == '.' &&
	    may_be_stopped(cursor, cursor->text + begin, end - begin)) {
		/* with its stop it may be an abbreviation or an initial */
		word = look_up(cursor, begin, end + 1, &spare);
		if (word->entry != NULL && !(word->shape & TOKEN_NUMBER) &&
		    (!LEXICON_HAS(word, ABBR_NUMBER) || is_number_next(cursor, end + 1)))
			shape = TOKEN_STOP;
		else if (end - begin == 1 && (word->shape & TOKEN_CAPITAL) && end + 1 < cursor->end &&
		    cursor->text[begin] != 'I')
			shape = TOKEN_STOP | TOKEN_INITIAL;
	}
	if (shape != 0) {
		end++;
	} else {
		word = look_up(cursor, begin, end, &spare);
		if (cursor->text[end - 1] == '.')
			shape = TOKEN_STOP;
	}
	token->entry = word->entry;
	token->hash = word->hash;
	token->traits = word->traits;
	token->tag = word->tag;
	token->shape |= word->shape | shape;
	token->end = (uint32_t)end;
	cursor->at = end;
}

/* The ASCII form of a mark. */
static char
mark_form(uint32_t character)
{
	if (character < 0x80)
		return character == '`' ? '\'' : (char)character;
	switch (character) {
	case 0x201C:
	case 0x201D:
	case 0x201E:
	case 0x201F:
	case 0xAB:
	case 0xBB:
	case 0xFF02:
		return '"';
	case 0x2018:
	case 0x2019:
	case 0x201A:
	case 0x201B:
	case 0x2039:
	case 0x203A:
		return '\'';
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
		return '-';
	case 0x2026:
		return '.';
	default:
		return '*';
	}
}

static void
take_mark(struct cursor *cursor, struct token *token)
{
	size_t begin = cursor->at, width;
	uint32_t character = character_at(cursor, begin, &width);
	size_t end = begin + width;
	bool glued = (token->shape & TOKEN_GLUED) != 0;

	token->mark = mark_form(character);
	if (character == '.' || character == '-') {
		while (end < cursor->end && cursor->text[end] == (char)character)
			end++;
	} else if ((character == '\'' || character == '`') && end < cursor->end &&
	    cursor->text[end] == (char)character) {
		end++;
		token->mark = '"';
	} else if (is_apostrophe(character) && glued) {
		size_t ending = contraction_end(cursor, end);
		char before = cursor->text[begin - 1];
		if (ending != 0 && (cursor->text[ending - 1] | 0x20) == 's') {
			end = ending;
			token->shape |= TOKEN_POSSESSIVE;
			token->mark = 0;
			token->tag = LEXICON_POS;
		} else if (ending != 0) {
			end = ending;
			token->mark = 0;
			token->shape |= TOKEN_WORD;
			token->entry = find(cursor, begin, end, &token->hash);
			token->traits = token->entry == NULL ? 0 : token->entry->traits;
			token->tag = token->entry != NULL ? token->entry->tag : LEXICON_MD;
		} else if ((before == 's' || before == 'S') && end < cursor->end && cursor->text[end] == ' ') {
			/* "the Palestinians' demand"; may be a closing mark as well, so it stays one */
			token->shape |= TOKEN_POSSESSIVE;
			token->tag = LEXICON_POS;
		}
	}
	token->end = (uint32_t)end;
	cursor->at = end;
}

/* Whether white space beyond ASCII stands at the cursor. */
static inline bool
is_blank(const struct cursor *cursor, size_t *width)
{
	return text_is_space(character_at(cursor, cursor->at, width));
}

static bool
take_segment(struct tokens *tokens, struct cursor *cursor, uint32_t segment)
{
	uint16_t first = TOKEN_FIRST, glued = 0;

	while (cursor->at < cursor->end) {
		unsigned char byte = (unsigned char)cursor->text[cursor->at];
		struct token *token;
		size_t width;

		if (byte == ' ' || byte == '\n') {
			cursor->at++;
			glued = 0;
			continue;
		}
		if (byte >= 0x80 && is_blank(cursor, &width)) {
			cursor->at += width;
			glued = 0;
			continue;
		}
		if (tokens->count == tokens->room) {
			token = array_grow(tokens->at, tokens->count, &tokens->room, sizeof *tokens->at);
			if (token == NULL)
				return false;
			tokens->at = token;
		}
		token = &tokens->at[tokens->count++];
		if ((byte | 0x20u) - 'a' < 26) {
			size_t begin = cursor->at;
			const struct token_word *word = take_plain(cursor);
			if (word != NULL) {
				*token = (struct token){
				    .begin = (uint32_t)begin,
				    .end = (uint32_t)cursor->at,
				    .segment = segment,
				    .shape = word->shape | glued | first,
				    .tag = word->tag,
				    .traits = word->traits,
				    .entry = word->entry,
				    .hash = word->hash,
				};
				first = 0;
				glued = TOKEN_GLUED;
				continue;
			}
		}
		*token = (struct token){.begin = (uint32_t)cursor->at, .segment = segment, .shape = glued};
		if (is_word_character(character_at(cursor, cursor->at, &width)))
			take_word(cursor, token);
		else
			take_mark(cursor, token);
		if (first && (token->shape & (TOKEN_WORD | TOKEN_NUMBER))) {
			token->shape |= TOKEN_FIRST;
			first = 0;
		}
		glued = TOKEN_GLUED;
	}
	return true;
}

bool
token_run(struct tokens *tokens, const struct news_lists *lists, const struct news_document *document)
{
	struct cursor cursor = {.lists = lists, .text = document->text.at, .text_end = document->text.bytes};
	size_t i;

	if (tokens->memo == NULL) {
		tokens->memo = calloc(1, sizeof *tokens->memo);
		if (tokens->memo == NULL)
			return false;
	}
	cursor.memo = tokens->memo;
	tokens->count = 0;
	for (i = 0; i < document->segment_count; i++) {
		cursor.at = document->segments[i].span.begin;
		cursor.end = document->segments[i].span.end;
		if (!take_segment(tokens, &cursor, (uint32_t)i))
			return false;
	}
	return true;
}

void
token_release(struct tokens *tokens)
{
	free(tokens->at);
	free(tokens->memo);
	memset(tokens, 0, sizeof *tokens);
}
