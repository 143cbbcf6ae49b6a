/* SPDX-License-Identifier: ISC
 *
 * Cost: a place costs a look-up of the word before it and, where that is asked for, of the word behind it; both are
 * bounded, so the whole is linear.
 */
#include "sentence_place.h"

#include "text.h"

#include <string.h>

/* Longer words before a stop are no abbreviations, longer ones behind it begin no sentence of interest. Bytes. */
#define WORD_MAX 24

/* Marks between a stop and the next word that are passed: `." ("`. More are noise. */
#define MARKS_MAX 8

/* marks that no word before a stop goes across */
static const unsigned char word_breaks[128] = {
    ['"'] = 1,
    ['('] = 1,
    [')'] = 1,
    ['['] = 1,
    [']'] = 1,
    ['{'] = 1,
    ['}'] = 1,
    ['/'] = 1,
    ['*'] = 1,
    ['`'] = 1,
    ['<'] = 1,
    ['>'] = 1,
    ['='] = 1,
    [','] = 1,
    [';'] = 1,
    [':'] = 1,
    [' '] = 1,
    ['\n'] = 1,
};

enum mark { NO_MARK, QUOTE_MARK, BRACKET_MARK };

/* ---- what stands around a place ---- */

/* Begin of the word that ends at AT. */
static size_t
word_before(const struct stops_view *view, size_t at)
{
	size_t low = at - view->begin > WORD_MAX ? at - WORD_MAX : view->begin;

	while (at > low) {
		unsigned char byte = (unsigned char)view->at[at - 1];
		if (byte < 0x80) {
			if (word_breaks[byte])
				break;
			at--;
		} else {
			size_t width;
			uint32_t character = text_decode_before(view->at + view->begin, view->at + at, &width);
			if ((character >= 0x2012 && character < 0x2070 && character != 0x2019) || character == 0xA0 ||
			    character == 0xAB || character == 0xBB)
				break;
			at -= width < at - view->begin ? width : at - view->begin;
		}
	}
	if (at < low)
		return low;
	/* an opening mark is no part of the word */
	while (stops_byte(view, at) == '\'' || stops_byte(view, at) == '-')
		at++;
	return at;
}

const struct lexicon_entry *
sentence_look_up(const struct stops_view *view, size_t begin, size_t end)
{
	char folded[2 * WORD_MAX];
	size_t bytes;

	if (end <= begin || end - begin > WORD_MAX)
		return NULL;
	bytes = text_fold(view->at + begin, end - begin, folded, sizeof folded);
	return bytes > 0 ? lexicon_find(view->lists, folded, bytes) : NULL;
}

/* "U.S", "e.g", "Ph.D": short runs of letters with stops between them. */
static bool
is_acronym(const char *at, size_t bytes)
{
	size_t i, run = 0;
	bool stops = false;

	for (i = 0; i < bytes; i++) {
		if (at[i] == '.') {
			if (run == 0)
				return false;
			stops = true;
			run = 0;
		} else if (!stops_is_letter((unsigned char)at[i]) || ++run > 2) {
			return false;
		}
	}
	return stops;
}

static bool
is_roman(const char *at, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		if (strchr("IVXivx", at[i]) == NULL)
			return false;
	return bytes > 0 && bytes < 6;
}

static bool
is_numeral(const char *at, size_t bytes)
{
	size_t i, digits = 0;

	for (i = 0; i < bytes; i++) {
		if (stops_is_digit((unsigned char)at[i]))
			digits++;
		else if (at[i] != '.' && at[i] != '$' && at[i] != '-')
			return false;
	}
	return digits > 0;
}

/* The number at BEGIN counts what follows: "advice: 1. Rest", or a caption, "Figure 2. The plant". */
static bool
counts(const struct stops_view *view, size_t begin)
{
	size_t at = begin;

	if (at - view->begin < 2 || view->at[at - 1] != ' ')
		return false;
	at--;
	if (view->at[at - 1] == ':')
		return true;
	while (at > view->begin && begin - at < WORD_MAX && stops_is_letter(stops_byte(view, at - 1)))
		at--;
	return at == view->begin && begin - at > 4 && stops_is_upper(stops_byte(view, at));
}

static bool
is_bullet(uint32_t character)
{
	switch (character) {
	case '-':
	case '*':
	case '#':
	case '~':
	case '>':
	case 0xBF:
	case 0xA1:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2022:
	case 0xB7:
	case 0x25CF:
	case 0x25AA:
	case 0x2043:
	case 0x207B: /* a raised minus */
		return true;
	}
	return false;
}

/* Nothing but a bullet stands before BEGIN. */
static bool
is_behind_bullet(const struct stops_view *view, size_t begin)
{
	size_t width, at = view->begin;

	if (begin - at > 4 || !is_bullet(stops_character(view, at, &width)))
		return false;
	at += width;
	return at + (stops_byte(view, at) == ' ') == begin;
}

static enum sentence_before
kind_before(const struct stops_view *view, size_t begin, size_t stop)
{
	const char *word = view->at + begin;
	size_t bytes = stop - begin;
	const struct lexicon_entry *entry;
	bool first = begin - view->begin <= 1 || is_behind_bullet(view, begin);

	if (bytes == 0)
		return BEFORE_MARK;
	if (is_numeral(word, bytes))
		return first || counts(view, begin) ? BEFORE_ENUMERATOR : BEFORE_NUMBER;
	if (bytes > 12)
		return memchr(word, '.', bytes) != NULL || memchr(word, '@', bytes) != NULL ? BEFORE_ADDRESS
											    : BEFORE_WORD;
	if (first && (is_roman(word, bytes) || (bytes == 1 && stops_is_letter((unsigned char)*word))) &&
	    !(bytes == 1 && *word == 'I'))
		return BEFORE_ENUMERATOR;
	/* "Charles V." is not "Roe v. Wade" */
	entry = NULL;
	if (!(bytes == 1 && stops_is_upper((unsigned char)*word)) && lexicon_may_be_stopped(view->lists, word, bytes))
		entry = sentence_look_up(view, begin, stop + 1);
	switch (lexicon_stop(entry)) {
	case LEXICON_STOP_NEVER:
		return LEXICON_HAS(entry, ABBR_TITLE) ? BEFORE_TITLE : BEFORE_NEVER;
	case LEXICON_STOP_COUNTED:
		return BEFORE_COUNTED;
	case LEXICON_STOP_LAST:
		return BEFORE_LAST;
	case LEXICON_STOP_CAPITAL:
		return BEFORE_CAPITAL;
	case LEXICON_STOP_CITED:
		if (stops_is_upper((unsigned char)*word))
			return BEFORE_CAPITAL;
		break;
	case LEXICON_STOP_NONE:
		break;
	}
	/* "J.", and the "b." of "(b. 1960)"; but not the pronoun, nor "series a." */
	if (bytes == 1 && stops_is_letter((unsigned char)*word) && *word != 'a' && *word != 'i')
		return BEFORE_INITIAL;
	if (bytes == 2 && text_is_upper(text_decode(word, bytes, &bytes)) && bytes == 2)
		return BEFORE_INITIAL; /* "É." */
	bytes = stop - begin;
	if (is_acronym(word, bytes))
		return BEFORE_CAPITAL;
	return memchr(word, '@', bytes) != NULL ? BEFORE_ADDRESS : BEFORE_WORD;
}

/* A mark that can stand before the first word of a sentence. */
static enum mark
opening_mark(uint32_t character)
{
	switch (character) {
	case '"':
	case '\'':
	case '`':
	case 0x2018:
	case 0x2019:
	case 0x201C:
	case 0x201E:
	case 0x201A:
	case 0xAB:
	case 0xBB:
	case 0x2039:
	case 0x300C:
	case 0x300E:
		return QUOTE_MARK;
	case '(':
	case '[':
	case '{':
		return BRACKET_MARK;
	}
	return NO_MARK;
}

static bool
begins_address(const struct stops_view *view, size_t at)
{
	return view->end - at > 4 && (memcmp(view->at + at, "http", 4) == 0 || memcmp(view->at + at, "www.", 4) == 0);
}

size_t
sentence_word_end(const struct stops_view *view, size_t at)
{
	size_t end = at;

	while (end < view->end && end - at <= WORD_MAX && view->at[end] != (char)0xE2 &&
	    (sentence_is_letter_byte((unsigned char)view->at[end]) || (view->at[end] == '\'' && end > at)))
		end++;
	return end;
}

static void
describe_behind(const struct stops_view *view, size_t at, struct sentence_place *place)
{
	size_t width;
	uint32_t character = 0;
	int marks;

	for (marks = 0; marks < MARKS_MAX; marks++) {
		enum mark mark;
		character = stops_character(view, at, &width);
		mark = opening_mark(character);
		if (character == ',' && stops_byte(view, at + 1) == ',') {
			mark = QUOTE_MARK; /* ",,Nee": Dutch and German marks in ASCII */
			width = 2;
		}
		if (mark == QUOTE_MARK)
			place->quote_opened = true;
		else if (mark == BRACKET_MARK)
			place->bracket_opened = true;
		else if (is_bullet(character))
			place->dash = character != 0xBF && character != 0xA1;
		else if (width == 0 || stops_blank(view, at) == 0)
			break;
		at += width;
	}
	if (width == 0) {
		place->behind = BEHIND_NOTHING;
		place->next = place->next_end = at;
		return;
	}
	if (character < 0x80)
		place->behind = stops_is_upper((unsigned char)character) ? BEHIND_UPPER
		    : stops_is_letter((unsigned char)character)          ? BEHIND_LOWER
		    : stops_is_digit((unsigned char)character)           ? BEHIND_DIGIT
									 : BEHIND_MARK;
	else
		place->behind = text_is_upper(character) ? BEHIND_UPPER
		    : text_is_lower(character)           ? BEHIND_LOWER
		    : text_is_letter(character)          ? BEHIND_UNCASED
							 : BEHIND_MARK;
	place->address_behind = place->behind == BEHIND_LOWER && begins_address(view, at);
	if (place->behind == BEHIND_MARK)
		place->next_mark_begins =
		    character >= 0x80 ? character > 0x2070 : strchr("$&@+_=", (int)character) != NULL;
	place->next = at;
	place->next_end = sentence_word_end(view, at);
}

/* The sentence so far is a preposition, a number and the abbreviation that begins at WORD: "At 5 a.m." */
static bool
is_fragment(const struct stops_view *view, size_t word)
{
	size_t at = view->begin;

	if (word - at > WORD_MAX)
		return false;
	while (at < word && stops_is_letter(stops_byte(view, at)))
		at++;
	if (!LEXICON_HAS(sentence_look_up(view, view->begin, at), PREPOSITION) || stops_byte(view, at) != ' ')
		return false;
	for (at++; at < word && (stops_is_digit(stops_byte(view, at)) || view->at[at] == ':' || view->at[at] == ' ');
	     at++)
		;
	return at == word;
}

void
sentence_describe(const struct stops_view *view, const struct stops_place *stop, struct sentence_place *place)
{
	size_t width, word = word_before(view, stop->begin);

	memset(place, 0, sizeof *place);
	place->stops = stop->stops;
	place->soft = stop->soft;
	place->ellipsis_behind = stop->ellipsis_behind;
	place->first = stop->begin == view->begin;
	place->word = word;
	place->word_end = stop->begin;
	place->quote_closed = stop->quote_closed;
	place->bracket_closed = stop->bracket_closed;
	place->glued = stop->next == stop->after;
	place->before_bytes = stop->begin - word;
	place->before = stop->in_address || stop->soft == STOPS_MAIL || stop->soft == STOPS_ADDRESS_END ? BEFORE_ADDRESS
	    : stop->stops == STOPS_FULL ? kind_before(view, word, stop->begin)
					: BEFORE_WORD;
	place->fragment = place->before == BEFORE_LAST && is_fragment(view, word);
	place->capital_before = word < stop->begin && text_is_upper(stops_character(view, word, &width));
	place->small_before = word < stop->begin && (stops_byte(view, stop->begin - 1) & 0xE0) == 0x60 &&
	    stops_is_letter(stops_byte(view, stop->begin - 1));
	place->lower_start = text_is_lower(stops_character(view, view->begin, &width));
	describe_behind(view, stop->next, place);
}

const struct lexicon_entry *
sentence_entry_behind(const struct stops_view *view, size_t begin, size_t end)
{
	const struct lexicon_entry *entry = NULL;

	if (stops_byte(view, end) == '.')
		entry = sentence_look_up(view, begin, end + 1); /* "Sept." */
	if (entry == NULL)
		entry = sentence_look_up(view, begin, end);
	/* "It's" begins a sentence because "It" does */
	if (entry == NULL && end - begin > 2) {
		const char *apostrophe = memchr(view->at + begin, '\'', end - begin);
		if (apostrophe != NULL)
			entry = sentence_look_up(view, begin, (size_t)(apostrophe - view->at));
	}
	return entry;
}

const struct lexicon_entry *
sentence_next_entry(const struct stops_view *view, struct sentence_place *place)
{
	if (!place->next_known)
		place->next_entry = sentence_entry_behind(view, place->next, place->next_end);
	place->next_known = true;
	return place->next_entry;
}
