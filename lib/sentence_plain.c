/* SPDX-License-Identifier: ISC
 *
 * Each answer is one of sentence_rule's that sentence_rule_is_certain of; the tests compare them.
 */
#include "sentence_plain.h"

#include "bytes.h"
#include "sentence_place.h"

#include <string.h>

/* Longer words before a stop are no abbreviations. Bytes. */
#define ABBREVIATION_MAX 12
/* A word that begins further from the sentence's begin counts nothing, as "IV." may near it. Bytes. */
#define BULLET_MAX 4

/* What stands behind the stop and its blank. */
enum behind { OTHER, UPPER, LOWER, DIGIT, QUOTED_UPPER };

static enum behind
behind(const struct stops_view *view, size_t at)
{
	unsigned char byte = stops_byte(view, at);

	if (stops_is_upper(byte))
		return UPPER;
	if (stops_is_letter(byte))
		return LOWER;
	if (stops_is_digit(byte))
		return DIGIT;
	if (byte == '"')
		at++;
	else if (byte == 0xE2 && view->end - at > 3 && memcmp(view->at + at, "\xE2\x80\x9C", 3) == 0)
		at += 3;
	else
		return OTHER;
	return stops_is_upper(stops_byte(view, at)) ? QUOTED_UPPER : OTHER;
}

/* Bytes of the quotation mark at AT that closes, 0 when there is none. */
static size_t
closing_mark(const struct stops_view *view, size_t at)
{
	if (view->at[at] == '"')
		return 1;
	return view->end - at > 3 && memcmp(view->at + at, "\xE2\x80\x9D", 3) == 0 ? 3 : 0;
}

/* The eight bytes that end at AT; zeros where the text begins nearer. */
static uint64_t
bytes_before(const struct stops_view *view, size_t at)
{
	uint64_t bytes = 0;
	size_t i;

	if (at >= 8)
		return bytes_load(view->at + at - 8);
	for (i = 0; i < at; i++)
		bytes = bytes >> 8 | (uint64_t)(unsigned char)view->at[i] << 56;
	return bytes;
}

/* How many letters of ASCII end at AT, before which BEFORE stands. */
static size_t
letters_before(const struct stops_view *view, size_t at, uint64_t before)
{
	size_t letters = bytes_clear_at_end(~bytes_letters(before) & BYTES_EVERY(0x80)), most = at - view->begin;

	if (letters >= most)
		return most;
	if (letters == 8)
		while (letters < most && stops_is_letter((unsigned char)view->at[at - letters - 1]))
			letters++;
	return letters;
}

/* What the lists say of the word of BYTES letters and stops before the stop at AT, behind which BEFORE stands. */
static enum lexicon_stop
find_stop(const struct stops_view *view, size_t at, size_t bytes, uint64_t before)
{
	const char *word = view->at + at - bytes;
	enum lexicon_stop stop = LEXICON_STOP_NONE;

	if (bytes <= LEXICON_STOP_MAX)
		stop = lexicon_find_stop(view->lists, (before | BYTES_EVERY(0x20)) >> (64 - 8 * bytes));
	else if (bytes <= ABBREVIATION_MAX && lexicon_may_be_stopped(view->lists, word, bytes))
		stop = lexicon_stop(sentence_look_up(view, at - bytes, at + 1));
	if (stop == LEXICON_STOP_CITED)
		return stops_is_upper((unsigned char)*word) ? LEXICON_STOP_CAPITAL : LEXICON_STOP_NONE;
	return stop;
}

/* "The", "He": the word at AT often begins a sentence. */
static bool
is_starter(const struct stops_view *view, size_t at)
{
	size_t end = sentence_word_end(view, at);

	/* "Mr." and "It's" are looked up in several forms */
	if (stops_byte(view, end) != '.' && memchr(view->at + at, '\'', end - at) == NULL &&
	    !lexicon_may_be_starter(view->lists, view->at + at, end - at))
		return false;
	return LEXICON_HAS(sentence_entry_behind(view, at, end), STARTER);
}

static enum sentence_plain
behind_abbreviation(const struct stops_view *view, size_t at, enum lexicon_stop stop, enum behind next)
{
	switch (stop) {
	case LEXICON_STOP_NEVER:
		return PLAIN_GOES_ON; /* "Sen. Smith" */
	case LEXICON_STOP_COUNTED:
		return next == LOWER || next == DIGIT ? PLAIN_GOES_ON : PLAIN_UNKNOWN; /* "Sept. 30" */
	case LEXICON_STOP_CAPITAL:
		if (next == UPPER)
			return is_starter(view, at + 2) ? PLAIN_ENDS : PLAIN_GOES_ON; /* "the U.S. They" */
		return next == QUOTED_UPPER ? PLAIN_ENDS : PLAIN_GOES_ON;
	default:
		return PLAIN_UNKNOWN;
	}
}

/* The stop at AT is behind one letter, "J.", or two, "U.S.", and that is a word. */
static bool
is_initial(const struct stops_view *view, size_t at)
{
	const char *text = view->at;
	size_t left = at - view->begin;

	if (left < 2 || !stops_is_upper((unsigned char)text[at - 1]))
		return false;
	/* not "IV" near the begin */
	if (text[at - 2] == ' ')
		return left > BULLET_MAX + 1;
	return text[at - 2] == '.' && left > 2 && stops_is_upper((unsigned char)text[at - 3]) &&
	    (left == 3 || text[at - 4] == ' ');
}

/* The full stop at AT with a blank behind it and the mark that closes before that, of CLOSING bytes. */
static enum sentence_plain
spaced_stop(const struct stops_view *view, size_t at, size_t closing)
{
	enum behind next = behind(view, at + closing + 2);
	uint64_t before = bytes_before(view, at);
	size_t bytes = letters_before(view, at, before), word = at - bytes;
	enum lexicon_stop stop;

	if (bytes == 0 || next == OTHER)
		return PLAIN_UNKNOWN;
	if (bytes == 1) {
		if (closing > 0 || !is_initial(view, at))
			return PLAIN_UNKNOWN;
		if (view->at[word - 1] == ' ') {
			/* "Ann J. Roe" */
			if (next == DIGIT || next == QUOTED_UPPER)
				return PLAIN_UNKNOWN;
			return next == LOWER || !is_starter(view, at + 2) ? PLAIN_GOES_ON : PLAIN_UNKNOWN;
		}
		/* "U.S." */
		stop = find_stop(view, at, 3, before);
		return behind_abbreviation(view, at, stop == LEXICON_STOP_NONE ? LEXICON_STOP_CAPITAL : stop, next);
	}
	if (word > view->begin && view->at[word - 1] != ' ')
		return PLAIN_UNKNOWN;
	if (word - view->begin <= BULLET_MAX && strchr("ivx", view->at[word + 1] | 0x20) != NULL)
		return PLAIN_UNKNOWN;
	stop = find_stop(view, at, bytes, before);
	if (stop == LEXICON_STOP_NONE)
		return next == UPPER || next == QUOTED_UPPER ? PLAIN_ENDS : PLAIN_UNKNOWN;
	return closing == 0 ? behind_abbreviation(view, at, stop, next) : PLAIN_UNKNOWN;
}

static bool
is_letter_before(const struct stops_view *view, size_t at)
{
	return at > view->begin && stops_is_letter((unsigned char)view->at[at - 1]);
}

enum sentence_plain
sentence_plain(const struct stops_view *view, size_t at, size_t *after)
{
	const char *text = view->at;
	size_t left = view->end - at, closing;
	enum behind next;

	if (left == 1 || (left == 2 && text[at + 1] == '"') ||
	    (left == 4 && memcmp(text + at + 1, "\xE2\x80\x9D", 3) == 0))
		return PLAIN_LAST;
	if (left < 3 || at - view->begin < 2)
		return PLAIN_UNKNOWN;
	*after = at + 1;
	if (text[at] == '?') {
		next = text[at + 1] == ' ' ? behind(view, at + 2) : OTHER;
		return next == UPPER || next == QUOTED_UPPER ? PLAIN_ENDS : PLAIN_UNKNOWN;
	}
	if (text[at] != '.')
		return PLAIN_UNKNOWN;
	switch (text[at + 1]) {
	case ' ':
		return spaced_stop(view, at, 0);
	case '"':
	case '\xE2':
		closing = closing_mark(view, at + 1);
		*after += closing;
		return closing > 0 && stops_byte(view, *after) == ' ' ? spaced_stop(view, at, closing) : PLAIN_UNKNOWN;
	case ',':
	case ';':
		return text[at + 2] != ',' ? PLAIN_GOES_ON : PLAIN_UNKNOWN; /* ",,Nee": a quotation mark */
	case ')':
		/* "(R-Mont.) said" */
		++*after;
		return text[at + 2] == ' ' && behind(view, at + 3) == LOWER && is_letter_before(view, at) &&
			is_letter_before(view, at - 1)
		    ? PLAIN_GOES_ON
		    : PLAIN_UNKNOWN;
	}
	if (stops_is_digit((unsigned char)text[at + 1]) && stops_is_digit((unsigned char)text[at - 1]))
		return PLAIN_GOES_ON; /* "3.5" */
	if (stops_is_upper((unsigned char)text[at + 1]) && is_initial(view, at))
		return PLAIN_GOES_ON; /* "U.S" */
	return PLAIN_UNKNOWN;
}
