/* SPDX-License-Identifier: ISC
 *
 * Three steps, apart so that each can be bettered alone: stops_find gives the next place where a sentence can end,
 * `describe` what stands before and behind it, `ends_here` decides.
 *
 * Cost: a place costs a look-up of the word before it and, where that is an abbreviation, of the word behind it; both
 * are bounded, so the whole is linear.
 */
#include "sentence.h"

#include "lexicon.h"
#include "stops.h"
#include "text.h"

#include <string.h>

/* Longer words before a stop are no abbreviations, longer ones behind it begin no sentence of interest. Bytes. */
#define WORD_MAX 24

/* Marks between a stop and the next word that are passed: `." ("`. More are noise. */
#define MARKS_MAX 8

enum before {
	BEFORE_WORD,       /* nothing special: "house." */
	BEFORE_MARK,       /* no word: ")." */
	BEFORE_INITIAL,    /* "J." */
	BEFORE_NUMBER,     /* "2005." */
	BEFORE_ENUMERATOR, /* "1.", "a.", "IV." at the very beginning */
	BEFORE_TITLE,      /* "Sen." */
	BEFORE_NEVER,      /* "vs." */
	BEFORE_COUNTED,    /* "No." */
	BEFORE_CAPITAL,    /* "U.S.", "Inc." */
	BEFORE_LAST,       /* "etc.", "p.m." */
	BEFORE_ADDRESS     /* "example.com/a." */
};

enum behind { BEHIND_UPPER, BEHIND_LOWER, BEHIND_DIGIT, BEHIND_UNCASED, BEHIND_MARK, BEHIND_NOTHING };

/* What is known of a place: all that `ends_here` may ask. */
struct features {
	unsigned stops;
	enum before before;
	enum behind behind;
	bool glued;                        /* no blank behind the stop */
	bool quote_closed, bracket_closed; /* by marks behind the stop */
	bool quote_opened, bracket_opened; /* before the next word */
	bool dash;                         /* a dash or bullet before the next word */
	bool capital_before;               /* the word before the stop begins with a capital */
	bool small_before;                 /* it ends in a small letter of ASCII */
	bool lower_start;                  /* the sentence itself began with a lower-case letter: careless writing */
	size_t before_bytes;
	bool address_behind;   /* the word behind is one: "http://example.com" */
	bool next_mark_begins; /* the mark behind can begin a sentence: "$", not "," */
	size_t next;           /* where the word behind begins */
};

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

static const struct lexicon_entry *
look_up(const struct stops_view *view, size_t begin, size_t end)
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

static enum before
kind_before(const struct stops_view *view, size_t begin, size_t stop)
{
	const char *word = view->at + begin;
	size_t bytes = stop - begin;
	const struct lexicon_entry *entry;
	bool first = begin - view->begin <= 1;

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
	entry = bytes == 1 && stops_is_upper((unsigned char)*word) ? NULL : look_up(view, begin, stop + 1);
	if (LEXICON_HAS(entry, ABBR_TITLE))
		return BEFORE_TITLE;
	if (LEXICON_HAS(entry, ABBR_NEVER))
		return BEFORE_NEVER;
	if (LEXICON_HAS(entry, ABBR_NUMBER))
		return BEFORE_COUNTED;
	if (LEXICON_HAS(entry, ABBR_LAST))
		return BEFORE_LAST;
	if (LEXICON_HAS(entry, ABBR_CAPITAL) || LEXICON_HAS(entry, ABBR_COMPANY))
		return BEFORE_CAPITAL;
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
		return true;
	}
	return false;
}

static bool
is_letter_byte(unsigned char byte)
{
	return byte >= 0x80 || stops_is_letter(byte);
}

static bool
begins_address(const struct stops_view *view, size_t at)
{
	return view->end - at > 4 && (memcmp(view->at + at, "http", 4) == 0 || memcmp(view->at + at, "www.", 4) == 0);
}

static void
describe_behind(const struct stops_view *view, size_t at, struct features *features)
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
			features->quote_opened = true;
		else if (mark == BRACKET_MARK)
			features->bracket_opened = true;
		else if (is_bullet(character))
			features->dash = character != 0xBF && character != 0xA1;
		else if (width == 0 || stops_blank(view, at) == 0)
			break;
		at += width;
	}
	if (width == 0) {
		features->behind = BEHIND_NOTHING;
		return;
	}
	if (character < 0x80)
		features->behind = stops_is_upper((unsigned char)character) ? BEHIND_UPPER
		    : stops_is_letter((unsigned char)character)             ? BEHIND_LOWER
		    : stops_is_digit((unsigned char)character)              ? BEHIND_DIGIT
									    : BEHIND_MARK;
	else
		features->behind = text_is_upper(character) ? BEHIND_UPPER
		    : text_is_lower(character)              ? BEHIND_LOWER
		    : text_is_letter(character)             ? BEHIND_UNCASED
							    : BEHIND_MARK;
	features->address_behind = features->behind == BEHIND_LOWER && begins_address(view, at);
	if (features->behind == BEHIND_MARK)
		features->next_mark_begins =
		    character >= 0x80 ? character > 0x2070 : strchr("$&@+_=", (int)character) != NULL;
	features->next = at;
}

static void
describe(const struct stops_view *view, const struct stops_place *place, struct features *features)
{
	size_t width, word = word_before(view, place->begin);

	memset(features, 0, sizeof *features);
	features->stops = place->stops;
	features->quote_closed = place->quote_closed;
	features->bracket_closed = place->bracket_closed;
	features->glued = place->next == place->after;
	features->before_bytes = place->begin - word;
	features->before = place->in_address ? BEFORE_ADDRESS
	    : place->stops == STOPS_FULL     ? kind_before(view, word, place->begin)
					     : BEFORE_WORD;
	features->capital_before = word < place->begin && text_is_upper(stops_character(view, word, &width));
	features->small_before = word < place->begin && (stops_byte(view, place->begin - 1) & 0xE0) == 0x60 &&
	    stops_is_letter(stops_byte(view, place->begin - 1));
	features->lower_start = text_is_lower(stops_character(view, view->begin, &width));
	describe_behind(view, place->next, features);
}

/* ---- the decision ---- */

/* Bytes of the word behind. */
static size_t
next_bytes(const struct stops_view *view, const struct features *features)
{
	size_t end = features->next;

	while (end < view->end && end - features->next <= WORD_MAX && view->at[end] != (char)0xE2 &&
	    (is_letter_byte((unsigned char)view->at[end]) || (view->at[end] == '\'' && end > features->next)))
		end++;
	return end - features->next;
}

static const struct lexicon_entry *
next_entry(const struct stops_view *view, const struct features *features)
{
	size_t begin = features->next, bytes = next_bytes(view, features);
	const struct lexicon_entry *entry = NULL;

	if (stops_byte(view, begin + bytes) == '.')
		entry = look_up(view, begin, begin + bytes + 1); /* "Sept." */
	if (entry == NULL)
		entry = look_up(view, begin, begin + bytes);
	/* "It's" begins a sentence because "It" does */
	if (entry == NULL && bytes > 2) {
		const char *apostrophe = memchr(view->at + begin, '\'', bytes);
		if (apostrophe != NULL)
			entry = look_up(view, begin, (size_t)(apostrophe - view->at));
	}
	return entry;
}

static bool
starts_sentence(const struct stops_view *view, const struct features *features)
{
	return features->behind == BEHIND_UPPER && LEXICON_HAS(next_entry(view, features), STARTER);
}

/* A quotation has ended and a reporting clause with the subject in front follows: `"Why?" Smith asked.`, `"Why?" I
 * asked.` "The" and "He" with a capital begin a sentence of their own. */
static bool
reports(const struct stops_view *view, const struct features *features)
{
	size_t at = features->next, end;
	int words;

	if (!features->quote_closed || features->quote_opened ||
	    (starts_sentence(view, features) && view->at[at] != 'I'))
		return false;
	for (words = 0; words < 4; words++) {
		for (end = at;
		     end < view->end && (is_letter_byte(stops_byte(view, end)) || stops_byte(view, end) == '-'); end++)
			;
		if (end == at)
			return false;
		if (words > 0) {
			if (LEXICON_HAS(look_up(view, at, end), CUE))
				return true;
			if (!stops_is_upper(stops_byte(view, at)))
				return false;
		}
		if (stops_byte(view, end) == '.')
			end++;
		if (stops_byte(view, end) != ' ')
			return false;
		at = end + 1;
	}
	return false;
}

/* No blank behind the stop: "the end.Then", `over."The`. */
static bool
ends_glued(const struct stops_view *view, const struct features *features)
{
	size_t bytes;

	if (features->stops & STOPS_UNSPACED)
		return true;
	if (features->behind != BEHIND_UPPER)
		return false;
	bytes = next_bytes(view, features);
	if (bytes < 2 && !(bytes == 1 && view->at[features->next] == 'I'))
		return bytes == 1 && features->quote_opened;
	if (features->quote_opened)
		return features->before != BEFORE_INITIAL;
	if (features->dash || features->bracket_opened)
		return false;
	/* not "Node.Js", "A.Smith", "www.Example.Com" */
	if (features->stops == STOPS_FULL)
		return features->quote_closed ||
		    (features->before == BEFORE_WORD && features->small_before && !features->capital_before &&
			features->before_bytes > 2);
	if (features->stops == STOPS_ELLIPSIS)
		return features->small_before && features->before_bytes > 1;
	return !features->bracket_closed;
}

static bool
ends_at_mark(const struct stops_view *view, const struct features *features)
{
	switch (features->behind) {
	case BEHIND_NOTHING:
		return false;
	case BEHIND_LOWER:
		if (features->quote_closed || features->bracket_closed || features->dash)
			return false;                                         /* "Why?" he asked */
		return !features->capital_before || features->address_behind; /* not "Yahoo! said" */
	case BEHIND_MARK:
		return features->next_mark_begins;
	case BEHIND_UPPER:
		return !reports(view, features);
	default:
		return true;
	}
}

static bool
ends_here(const struct stops_view *view, const struct features *features)
{
	bool lower = features->behind == BEHIND_LOWER;

	if (features->glued)
		return ends_glued(view, features);
	if (features->behind == BEHIND_NOTHING)
		return false;
	if (features->stops & (STOPS_QUESTION | STOPS_EXCLAMATION))
		return ends_at_mark(view, features);
	if (features->stops == STOPS_ELLIPSIS) {
		/* "[...] Then" leaves words out; "... 150" goes on */
		return !features->bracket_closed && features->behind == BEHIND_UPPER && !reports(view, features);
	}
	switch (features->before) {
	case BEFORE_TITLE:
	case BEFORE_NEVER:
		return features->quote_closed && features->behind == BEHIND_UPPER;
	case BEFORE_ENUMERATOR:
		return features->bracket_closed && !lower;
	case BEFORE_INITIAL:
		return starts_sentence(view, features) || (features->quote_opened && !lower);
	case BEFORE_COUNTED:
		if (lower || features->behind == BEHIND_DIGIT || features->bracket_opened)
			return false;
		return !LEXICON_HAS(next_entry(view, features), MONTH); /* "Thur. Sept. 21" */
	case BEFORE_CAPITAL:
		return starts_sentence(view, features) || (features->quote_opened && features->behind == BEHIND_UPPER);
	case BEFORE_LAST: {
		const struct lexicon_entry *next;
		if (features->behind != BEHIND_UPPER || features->bracket_opened)
			return false;
		if (features->next + 1 < view->end && stops_is_upper((unsigned char)view->at[features->next + 1]))
			return false; /* "6 p.m. EDT" */
		next = next_entry(view, features);
		return !LEXICON_HAS(next, WEEKDAY) && !LEXICON_HAS(next, MONTH);
	}
	case BEFORE_ADDRESS:
		return features->behind == BEHIND_UPPER && !features->bracket_opened && !features->dash;
	default:
		break;
	}
	if (features->behind == BEHIND_MARK)
		return features->next_mark_begins;
	if (lower) {
		if (features->before == BEFORE_NUMBER)
			return features->lower_start; /* "Nature, 2019. http://..." */
		if (features->quote_closed || features->bracket_closed || features->bracket_opened || features->dash)
			return false;
		return features->address_behind || features->lower_start ||
		    (features->small_before && features->before_bytes > 2);
	}
	return true;
}

size_t
sentence_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end)
{
	struct stops_view view = {.lists = lists, .at = text.at, .begin = begin, .end = end, .bytes = text.bytes};
	struct features features;
	struct stops_place place;
	size_t from = begin, stop;

	while (stops_find(&view, from, &place)) {
		if (place.next == end)
			return end;
		describe(&view, &place, &features);
		if (ends_here(&view, &features)) {
			/* blanks other than U+0020 and LF stay with the sentence before them */
			for (stop = place.next; stop > place.after; stop--)
				if (text.at[stop - 1] != ' ' && text.at[stop - 1] != '\n')
					break;
			return stop;
		}
		from = place.after;
	}
	return end;
}
