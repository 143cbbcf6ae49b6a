/* SPDX-License-Identifier: ISC
 *
 * A dateline is read as [place [, region] [, date]] [(agency)] [dash]. What it must have depends on what it has:
 *
 *     JERUSALEM (AP) --                 an agency that is known: nothing else is needed
 *     WASHINGTON, Nov 3 (Reuters) -     the same
 *     Aug 27 (Reuters) -                the same, without a place
 *     Jerusalem (CNN)Kerry said ...     the same, without a dash, where a capital follows
 *     STATE COLLEGE, Pa. -              no agency: the place in capitals and a dash, in the first paragraphs only
 *     London, 3 November --             no agency, small letters: a place that is known, a date, a dash
 */
#include "dateline.h"

#include "lexicon.h"
#include "text.h"

#include <string.h>

/* Datelines are shorter. Bytes. */
#define DATELINE_MAX 110
#define PLACE_WORDS_MAX 4
/* Letters behind the dash of which one must be small: headlines in capitals have no dateline. */
#define CAPITALS_MAX 12

struct reading {
	const struct news_lists *lists;
	const char *text;
	size_t at, end;
	size_t place_begin, place_end; /* the words before the first comma */
	size_t first_end;              /* end of their first */
	size_t words;                  /* of the place */
	bool capitals, capitalised;    /* every word of the place is; it has one */
	bool region, date, agency, agency_mark;
};

static unsigned char
byte_at(const struct reading *reading, size_t at)
{
	return at < reading->end ? (unsigned char)reading->text[at] : 0;
}

static bool
is_digit(unsigned char byte)
{
	return byte >= '0' && byte <= '9';
}

static void
skip_blanks(struct reading *reading)
{
	for (;;) {
		unsigned char byte = byte_at(reading, reading->at);
		if (byte == ' ' || byte == '\n')
			reading->at++;
		else if (byte == 0xC2 && byte_at(reading, reading->at + 1) == 0xA0)
			reading->at += 2;
		else
			return;
	}
}

/* Bytes of the dash at AT, 0 when there is none. */
static size_t
dash_bytes(const struct reading *reading, size_t at)
{
	unsigned char third = byte_at(reading, at + 2);

	if (byte_at(reading, at) == '-')
		return byte_at(reading, at + 1) == '-' ? 2 : 1;
	if (byte_at(reading, at) == 0xE2 && byte_at(reading, at + 1) == 0x80 && third >= 0x92 && third <= 0x95)
		return 3;
	return 0;
}

static const struct lexicon_entry *
look_up(const struct reading *reading, size_t begin, size_t end)
{
	char folded[2 * DATELINE_MAX];
	size_t bytes;

	if (end <= begin)
		return NULL;
	bytes = text_fold(reading->text + begin, end - begin, folded, sizeof folded);
	return bytes == 0 ? NULL : lexicon_find(reading->lists, folded, bytes);
}

struct word {
	size_t begin, end;
	size_t letters, capitals, digits;
	bool capital, stop;
};

/* Read a word of letters or digits, with the marks that stand inside names: "D.C.", "Sana'a", "MOSCOW/KIEV". */
static bool
read_word(struct reading *reading, struct word *word)
{
	size_t at = reading->at, width;

	memset(word, 0, sizeof *word);
	word->begin = at;
	while (at < reading->end) {
		uint32_t character = text_decode(reading->text + at, reading->end - at, &width);
		if (character < 0x80 ? (character | 0x20) - 'a' < 26 : text_is_letter(character)) {
			bool upper = character < 0x80 ? character < 'a' : text_is_upper(character);
			word->capital = word->capital || (upper && word->letters == 0);
			word->letters++;
			word->capitals += upper;
		} else if (character - '0' < 10) {
			word->digits++;
		} else if (at == word->begin ||
		    !(character == '.' || character == '\'' || character == 0x2019 || character == '/' ||
			(character == '-' && byte_at(reading, at + 1) > ' ' && byte_at(reading, at + 1) != '-'))) {
			break;
		}
		at += width;
	}
	word->end = at;
	word->stop = at > word->begin && reading->text[at - 1] == '.';
	reading->at = at;
	return word->letters + word->digits > 0;
}

static bool
is_month(const struct reading *reading, const struct word *word)
{
	const struct lexicon_entry *entry = look_up(reading, word->begin, word->end);

	if (LEXICON_HAS(entry, MONTH) || LEXICON_HAS(entry, WEEKDAY))
		return true;
	if (word->stop)
		return LEXICON_HAS(look_up(reading, word->begin, word->end - 1), MONTH);
	return false;
}

/* Words that stand inside a place's name: "RIO DE JANEIRO", "Stratford upon Avon". */
static bool
is_particle(const struct reading *reading, const struct word *word)
{
	const struct lexicon_entry *entry;

	if (word->end - word->begin > 4)
		return false;
	entry = look_up(reading, word->begin, word->end);
	return LEXICON_HAS(entry, PREPOSITION) || LEXICON_HAS(entry, NAME_PARTICLE) || LEXICON_HAS(entry, CONJUNCTION);
}

/* Read up to the agency or dash. false: this is no dateline. */
static bool
read_place(struct reading *reading)
{
	bool comma = false;
	size_t words = 0;

	reading->capitals = true;
	reading->place_begin = reading->place_end = reading->first_end = reading->at;
	for (;;) {
		struct word word;

		skip_blanks(reading);
		if (byte_at(reading, reading->at) == '(' || dash_bytes(reading, reading->at) > 0 ||
		    reading->at == reading->end)
			return true;
		if (byte_at(reading, reading->at) == ',' && words > 0) {
			reading->at++;
			comma = true;
			continue;
		}
		if (!read_word(reading, &word) || ++words > PLACE_WORDS_MAX + 4)
			return false;
		if (word.digits > 0 && word.letters <= 2 && word.digits <= 4) {
			reading->date = true;
		} else if (word.capital && (comma || (words == 1 && is_digit(byte_at(reading, reading->at + 1)))) &&
		    is_month(reading, &word)) {
			reading->date = true;
			comma = true; /* what follows a date is no place */
		} else if (comma || reading->date) {
			if (!word.capital && !is_month(reading, &word) && !is_particle(reading, &word))
				return false;
			if (is_month(reading, &word))
				reading->date = true;
			else
				reading->region = true;
		} else {
			if (!word.capital && !is_particle(reading, &word))
				return false;
			if (word.capitals != word.letters)
				reading->capitals = false;
			if (word.capital && word.letters > 1)
				reading->capitalised = true;
			if (reading->words == 0)
				reading->first_end = word.end;
			reading->place_end = word.end;
			if (++reading->words > PLACE_WORDS_MAX)
				return false;
		}
	}
}

static void
read_agency(struct reading *reading)
{
	const char *open = reading->text + reading->at, *close, *part, *next;

	if (byte_at(reading, reading->at) != '(')
		return;
	close = memchr(open, ')', reading->end - reading->at);
	if (close == NULL)
		return;
	reading->agency_mark = true;
	for (part = open + 1; part < close && !reading->agency; part = next + 1) {
		for (next = part; next < close && *next != '/' && *next != ','; next++)
			;
		if (next > part)
			reading->agency = LEXICON_HAS(look_up(reading, (size_t)(part - reading->text),
							  (size_t)(next - reading->text)),
			    AGENCY);
	}
	reading->at = (size_t)(close - reading->text) + 1;
}

static bool
is_place(const struct lexicon_entry *entry)
{
	return LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, COUNTRY);
}

/* Words in capitals that are no place are labels: "UPDATE -", "EXCLUSIVE -". */
static bool
place_is_likely(const struct reading *reading)
{
	const struct lexicon_entry *entry;

	if (LEXICON_HAS(look_up(reading, reading->place_begin, reading->first_end), LABEL))
		return false;
	if (reading->region || reading->date)
		return true;
	entry = look_up(reading, reading->place_begin, reading->place_end);
	if (entry != NULL)
		return is_place(entry) || LEXICON_HAS(entry, PHRASE) || entry->tag == LEXICON_NNP;
	return reading->place_end - reading->place_begin > 3;
}

/* Cheap: nearly all paragraphs end here. Behind the first word of a dateline no small word stands but a particle ("RIO
 * de
 * ..."), which are short; and where the first word is not in capitals, there is an agency or a dash. */
static bool
may_be_dateline(const struct reading *reading)
{
	const char *text = reading->text;
	size_t begin = reading->at, at = begin, word;
	unsigned char byte = byte_at(reading, at);

	if (!(byte >= 'A' && byte <= 'Z') && byte != '(' && byte < 0x80 && !is_digit(byte))
		return false;
	while (at < reading->end && text[at] != ' ')
		at++;
	for (word = ++at; at < reading->end && text[at] >= 'a' && text[at] <= 'z'; at++)
		;
	if (at - word > 3)
		return false;
	byte = byte_at(reading, begin + 1);
	if (byte < 'a' || byte > 'z')
		return true;
	return memchr(text + begin, '(', reading->end - begin) != NULL ||
	    memchr(text + begin, '-', reading->end - begin) != NULL ||
	    memchr(text + begin, 0xE2, reading->end - begin) != NULL;
}

static bool
all_capitals(const struct reading *reading, size_t at)
{
	size_t letters = 0;

	for (; at < reading->end && letters < CAPITALS_MAX; at++) {
		unsigned char byte = (unsigned char)reading->text[at];
		if (byte >= 'a' && byte <= 'z')
			return false;
		letters += (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
	}
	return letters == CAPITALS_MAX;
}

size_t
dateline_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end, bool early)
{
	struct reading reading = {.lists = lists, .text = text.at, .at = begin, .end = end};
	size_t before_dash, dash, after;
	bool blank_before, capital_behind;

	if (end - begin > DATELINE_MAX) {
		reading.end = begin + DATELINE_MAX;
		while ((text.at[reading.end] & 0xC0) == 0x80)
			reading.end--;
	}
	if (!may_be_dateline(&reading) || !read_place(&reading))
		return begin;
	read_agency(&reading);
	before_dash = reading.at;
	skip_blanks(&reading);
	if (byte_at(&reading, reading.at) == ':' && reading.agency)
		reading.at++;
	blank_before = reading.at > begin && reading.text[reading.at - 1] == ' ';
	dash = dash_bytes(&reading, reading.at);
	after = reading.at + dash;
	if (dash > 0 && byte_at(&reading, after) == '-')
		after++; /* "---" */
	if (dash == 1 && (!blank_before || byte_at(&reading, after) > ' '))
		return begin; /* a hyphen: "AL-QAIDA" */
	if (reading.agency) {
		if (dash > 0)
			return after;
		if (before_dash == end)
			return end;
		reading.at = before_dash;
		skip_blanks(&reading);
		capital_behind = (byte_at(&reading, reading.at) >= 'A' && byte_at(&reading, reading.at) <= 'Z') ||
		    byte_at(&reading, reading.at) == '"' || byte_at(&reading, reading.at) == 0xE2;
		return capital_behind ? before_dash : begin;
	}
	if (dash == 0 || !early || all_capitals(&reading, after) || !reading.capitalised ||
	    (!blank_before && !reading.agency_mark))
		return begin;
	if (reading.capitals)
		return place_is_likely(&reading) ? after : begin;
	if (reading.date && !reading.agency_mark && is_place(look_up(&reading, reading.place_begin, reading.place_end)))
		return after;
	return begin;
}
