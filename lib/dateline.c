/* SPDX-License-Identifier: ISC
 *
 * A dateline is read as [place [, region] [, date]] [agency] [mark [date mark]]. What it must have depends on what it
 * has:
 *
 *     JERUSALEM (AP) --                 an agency that is known: nothing else is needed
 *     WASHINGTON, Nov 3 (Reuters) -     the same
 *     PARIS, 5 juin (AFP) -             the same; the month may be of any language
 *     Aug 27 (Reuters) -                the same, without a place
 *     Jerusalem (CNN)Kerry said ...     the same, without a mark, where a capital follows
 *     TULSA, June 5 /PRNewswire/ --     an agency of press releases
 *     TULSA--(BUSINESS WIRE)--June 5--  another
 *     STATE COLLEGE, Pa. -              no agency: the place in capitals and a dash, in the first paragraphs only
 *     PARIS, Feb 2 The minister ...     a lost dash: a place that is known, in capitals, month and day
 *     London, 3 November --             no agency, small letters: a place that is known, a date, a dash
 *     NEW DELHI: The minister ...       a colon: a place that is known, in capitals
 *
 * Words in capitals are a place when the lists have it, or when they are no words of common use: "EXCLUSIVE -", "THE
 * WEEK AHEAD -" head a text, they do not place it.
 */
#include "dateline.h"

#include "lexicon.h"
#include "text.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Datelines are shorter. Bytes. */
#define DATELINE_MAX 110
#define PLACE_WORDS_MAX 4
#define REGION_WORDS_MAX 3
/* The comma before the date of a dateline without an agency is nearer. Bytes. */
#define DATE_NEAR 40
/* An unknown place in capitals is longer: shorter words are acronyms. Bytes. */
#define ACRONYM_MAX 4
/* Small words inside a place's name are not longer: "RIO DE JANEIRO", "Stratford upon Avon". Bytes. */
#define PARTICLE_MAX 4 /* begins_with_words counts on it */
/* Letters behind the dash of which one must be small: headlines in capitals have no dateline. */
#define CAPITALS_MAX 12

/* What a byte that is no small letter is to a word with a capital or digit in front. */
enum byte_class { WORD_PART, WORD_SIGN, WORD_END };
static const unsigned char byte_classes[256] = {
    [' '] = WORD_END,
    ['\n'] = WORD_END,
    [','] = WORD_END,
    ['('] = WORD_END,
    ['/'] = WORD_SIGN,
    [':'] = WORD_SIGN,
    ['-'] = WORD_SIGN,
    [0xE2] = WORD_SIGN,
};

struct reading {
	const struct news_lists *lists;
	const char *text;
	size_t at, end;
	size_t place_begin, place_end;   /* the words before the first comma */
	size_t region_begin, region_end; /* those behind it that are no date */
	size_t words, region_words;
	struct news_span place_words[PLACE_WORDS_MAX];
	bool capitals, capitalised; /* every word of the place is; it has one */
	bool date, agency, agency_mark;
	bool foreign;  /* small words stand behind the comma */
	bool undashed; /* a word follows the day of the month at once */
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

/* Bytes of the dash at AT, with a full stop before it and another dash behind it: "---", ".-" as in Spanish. */
static size_t
mark_bytes(const struct reading *reading, size_t at)
{
	size_t stop = byte_at(reading, at) == '.', dash = dash_bytes(reading, at + stop);

	if (dash == 0)
		return 0;
	return stop + dash + (byte_at(reading, at + stop + dash) == '-');
}

static const struct lexicon_entry *
look_up_with(const struct reading *reading, size_t begin, size_t end, const char *tail)
{
	char folded[2 * DATELINE_MAX];
	size_t bytes, tail_bytes = strlen(tail);

	if (end <= begin)
		return NULL;
	bytes = text_fold(reading->text + begin, end - begin, folded, sizeof folded - tail_bytes);
	if (bytes == 0)
		return NULL;
	memcpy(folded + bytes, tail, tail_bytes);
	return lexicon_find(reading->lists, folded, bytes + tail_bytes);
}

static const struct lexicon_entry *
look_up(const struct reading *reading, size_t begin, size_t end)
{
	return look_up_with(reading, begin, end, "");
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

/* A month or a day of the week; "Aug" too, which the lists have as "aug." */
static bool
is_month(const struct reading *reading, const struct word *word)
{
	size_t end = word->end - word->stop;
	const struct lexicon_entry *entry = look_up(reading, word->begin, end);

	if (!LEXICON_HAS(entry, MONTH) && !LEXICON_HAS(entry, WEEKDAY))
		entry = look_up_with(reading, word->begin, end, ".");
	return LEXICON_HAS(entry, MONTH) || LEXICON_HAS(entry, WEEKDAY);
}

static bool
is_place(const struct lexicon_entry *entry)
{
	return LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, COUNTRY);
}

static bool
is_particle(const struct lexicon_entry *entry, const struct word *word)
{
	return word->end - word->begin <= PARTICLE_MAX &&
	    (LEXICON_HAS(entry, PREPOSITION) || LEXICON_HAS(entry, NAME_PARTICLE) || LEXICON_HAS(entry, CONJUNCTION));
}

/* A word that the lists know, but not as one of names. */
static bool
is_common(const struct lexicon_entry *entry)
{
	if (entry == NULL || is_place(entry) || LEXICON_HAS(entry, PLACE_WORD) || LEXICON_HAS(entry, SURNAME) ||
	    LEXICON_HAS(entry, FIRST_NAME) || LEXICON_HAS(entry, NAME_PARTICLE))
		return LEXICON_HAS(entry, LABEL);
	return entry->tag != LEXICON_NNP && entry->tag != LEXICON_NNPS;
}

static bool
is_number(const struct word *word)
{
	return word->digits > 0 && word->letters <= 2 && word->digits <= 4;
}

/* One more word of the place itself. */
static bool
add_place_word(struct reading *reading, const struct word *word)
{
	if ((!word->capital && !is_particle(look_up(reading, word->begin, word->end), word)) ||
	    reading->words == PLACE_WORDS_MAX)
		return false;
	reading->capitals = reading->capitals && word->capitals == word->letters;
	reading->capitalised = reading->capitalised || (word->capital && word->letters > 1);
	reading->place_end = word->end;
	reading->place_words[reading->words++] = (struct news_span){word->begin, word->end};
	return true;
}

/* One more word behind the first comma. */
static bool
add_region_word(struct reading *reading, const struct word *word)
{
	if (is_month(reading, word)) {
		reading->date = true;
		return true;
	}
	if (!word->capital) {
		reading->foreign = reading->foreign || !is_particle(look_up(reading, word->begin, word->end), word);
		return true;
	}
	if (reading->region_words++ == 0)
		reading->region_begin = word->begin;
	reading->region_end = word->end;
	return reading->region_words <= REGION_WORDS_MAX;
}

/* Read up to the agency or mark. false: this is no dateline. */
static bool
read_place(struct reading *reading)
{
	bool comma = false, after_month = false;
	size_t words = 0, after_comma = 0;

	reading->capitals = true;
	reading->place_begin = reading->place_end = reading->at;
	for (;;) {
		struct word word;
		unsigned char byte;

		skip_blanks(reading);
		byte = byte_at(reading, reading->at);
		if (byte == '(' || byte == '/' || byte == ':' || mark_bytes(reading, reading->at) > 0 ||
		    reading->at == reading->end)
			return true;
		if (byte == ',' && words > 0) {
			reading->at++;
			comma = true;
			skip_blanks(reading);
			after_comma = reading->at;
			continue;
		}
		if (!read_word(reading, &word) || ++words > PLACE_WORDS_MAX + 4)
			return false;
		if (is_number(&word)) {
			/* "RATES TO RISE IN 1988 -" */
			if (!comma && words > 1)
				return false;
			after_month = reading->date;
		} else if (after_month && word.begin != after_comma) {
			reading->undashed = true;
			reading->at = word.begin;
			return true;
		} else if (!comma && words == 1 && is_digit(byte_at(reading, reading->at + 1)) && word.capital &&
		    is_month(reading, &word)) {
			reading->date = comma = true; /* what follows a date is no place */
		} else if (comma || reading->date) {
			if (!add_region_word(reading, &word))
				return false;
		} else if (!add_place_word(reading, &word)) {
			return false;
		}
	}
}

/* "(AP)", "(AP/Reuters)", "/PRNewswire-FirstCall/". */
static void
read_agency(struct reading *reading)
{
	const char *open, *close, *part, *next;
	unsigned char byte = byte_at(reading, reading->at);

	if (byte != '(' && byte != '/')
		return;
	open = reading->text + reading->at;
	close = memchr(open + 1, byte == '(' ? ')' : '/', reading->end - reading->at - 1);
	if (close == NULL)
		return;
	reading->agency_mark = true;
	for (part = open + 1; part < close && !reading->agency; part = next + 1) {
		for (next = part;
		     next < close && *next != '/' && *next != ',' && !(byte == '/' && (*next == '-' || *next == ' '));
		     next++)
			;
		if (next > part)
			reading->agency = LEXICON_HAS(look_up(reading, (size_t)(part - reading->text),
							  (size_t)(next - reading->text)),
			    AGENCY);
	}
	reading->at = (size_t)(close - reading->text) + 1;
}

/* Press releases have the date behind the agency: "(BUSINESS WIRE)--June 5, 2010--". Gives what follows it, or AT. */
static size_t
date_end(struct reading *reading, size_t at)
{
	struct word word;
	size_t dash;
	bool date = false;

	for (reading->at = at;;) {
		skip_blanks(reading);
		dash = mark_bytes(reading, reading->at);
		if (dash > 0)
			return date ? reading->at + dash : at;
		if (date && byte_at(reading, reading->at) == ',') {
			reading->at++;
			continue;
		}
		if (!read_word(reading, &word) || !(is_number(&word) || is_month(reading, &word)))
			return at;
		date = true;
	}
}

/* Words in capitals that are no place are labels: "UPDATE -", "IN PICTURES -". */
static bool
place_is_likely(const struct reading *reading)
{
	const struct lexicon_entry *region;
	bool common = false, label = false; /* a word of the place is */
	size_t i;

	if (is_place(look_up(reading, reading->place_begin, reading->place_end)))
		return true;
	if (reading->region_words > 0) {
		/* "WATER VALLEY, Miss.", "PURCHASE, New York" */
		region = look_up(reading, reading->region_begin, reading->region_end);
		if (is_place(region) || reading->text[reading->region_end - 1] == '.')
			return true;
	}
	for (i = 0; i < reading->words; i++) {
		const struct news_span *word = &reading->place_words[i];
		const struct lexicon_entry *entry = look_up(reading, word->begin, word->end);
		common = common || is_common(entry);
		label =
		    label || LEXICON_HAS(entry, LABEL) || LEXICON_HAS(entry, DETERMINER) || LEXICON_HAS(entry, PRONOUN);
	}
	/* "PEKING, March 25 -", but not "CORN PRICES RISE, 4 CENTS IN MAY -" */
	if (reading->date && !label && reading->words <= 2)
		return true;
	if (common)
		return false;
	return reading->region_words > 0 || reading->place_end - reading->place_begin > ACRONYM_MAX;
}

/* Whether a mark, or a word in capitals, follows the bracket or slash that opens at AT and holds an agency: not in "Ann
 * Roe (R-Ore.) said". */
static bool
may_be_agency(const struct reading *reading, size_t at)
{
	const char *text = reading->text, *close;
	unsigned char next;

	close = memchr(text + at + 1, text[at] == '(' ? ')' : '/', reading->end - at - 1);
	if (close == NULL)
		return false;
	at = (size_t)(close - text) + 1;
	while (at < reading->end && text_is_blank(text[at]))
		at++;
	next = byte_at(reading, at);
	return next < 'a' || next > 'z';
}

static bool
is_dash(const struct reading *reading, size_t at)
{
	unsigned char third = byte_at(reading, at + 2);

	return byte_at(reading, at + 1) == 0x80 && third >= 0x92 && third <= 0x95;
}

static bool
is_small(unsigned char byte)
{
	return byte >= 'a' && byte <= 'z';
}

static bool
may_begin(unsigned char byte)
{
	return (byte >= 'A' && byte <= 'Z') || is_digit(byte) || byte == '(' || byte >= 0x80;
}

#ifdef __SSE2__
static inline __m128i
load_block(const char *at)
{
	return _mm_loadu_si128((const __m128i *)(const void *)at);
}

/* Bytes from FIRST on, ROOM more. */
static inline __m128i
find_range(__m128i bytes, char first, char room)
{
	__m128i range = _mm_sub_epi8(bytes, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(_mm_min_epu8(range, _mm_set1_epi8(room)), range);
}

static inline __m128i
find_signs(__m128i bytes)
{
	/* from the slash over the digits to the colon */
	__m128i any = find_range(bytes, '/', ':' - '/');

	any = _mm_or_si128(any, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('(')));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
	return _mm_or_si128(any, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xE2)));
}

/* A bit for each byte of two blocks, the first lowest. */
static inline uint32_t
bits_of(__m128i low, __m128i high)
{
	return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

/* Whether a word in small letters, longer than a particle, stands in the first TWO_BLOCKS bytes before any sign. Then
 * there is no dateline, as half of all paragraphs show. */
#define TWO_BLOCKS 32
static bool
begins_with_words(const char *at)
{
	__m128i low = load_block(at), high = load_block(at + 16);
	uint32_t signs = bits_of(find_signs(low), find_signs(high));
	uint32_t small = bits_of(find_range(low, 'a', 'z' - 'a'), find_range(high, 'a', 'z' - 'a'));
	uint32_t blanks = bits_of(_mm_cmpeq_epi8(low, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(high, _mm_set1_epi8(' ')));
	uint32_t words = small & small >> 1 & small >> 2 & small >> 3 & small >> PARTICLE_MAX & blanks << 1;

	/* the lowest bits tell which comes first */
	return words != 0 && (signs & ((words & (~words + 1)) - 1)) == 0;
}
#endif

/* Whether a byte stands there without which `may_be_dateline` finds none: a bracket, slash, colon, dash or digit. */
static bool
has_sign(const char *at, const char *end)
{
#ifdef __SSE2__
	for (; end - at >= 16; at += 16)
		if (_mm_movemask_epi8(find_signs(load_block(at))) != 0)
			return true;
#endif
	for (; at < end; at++)
		if ((*at >= '/' && *at <= ':') || *at == '(' || *at == '-' || *at == '\xE2')
			return true;
	return false;
}

/* Whether a comma with a digit or capital behind it stands near, or a slash: "London, 3 November", "Lunt, N.J., June 5
 * /PRNewswire/". */
static bool
has_date(const char *at, const char *end)
{
	const char *comma = memchr(at, ',', end - at < DATE_NEAR ? (size_t)(end - at) : DATE_NEAR);

	if (comma == NULL || end - comma < 3)
		return false;
	return is_digit((unsigned char)comma[2]) || (comma[2] >= 'A' && comma[2] <= 'Z');
}

/* Nearly all paragraphs are told by this. */
static bool
is_refused(const char *at, const char *end, bool early)
{
#ifdef __SSE2__
	/* nearly all of them, by one branch that can be foretold */
	if (end - at >= TWO_BLOCKS) {
		int other = !may_begin((unsigned char)*at), words = begins_with_words(at);
		if ((other | words) != 0)
			return true;
	}
#endif
	if (!may_begin((unsigned char)*at))
		return true;
	if ((!early || (end - at > 1 && is_small((unsigned char)at[1]))) &&
	    memchr(at, '(', (size_t)(end - at)) == NULL && !(early && has_date(at, end)))
		return true;
	return !has_sign(at, end);
}

/* Whether the slash, colon, hyphen or character beyond ASCII at AT ends a dateline within a word: "TULSA--". */
static bool
is_mark_in_word(const struct reading *reading, size_t at)
{
	switch (reading->text[at]) {
	case '-':
		return byte_at(reading, at + 1) == '-' || byte_at(reading, at + 1) == ' ';
	case '\xE2':
		return is_dash(reading, at);
	default:
		return true;
	}
}

/* Cheap: nearly all paragraphs end here, at a small word within the first few, or because no mark follows. */
static bool
may_be_dateline(const struct reading *reading)
{
	const char *text = reading->text;
	size_t at = reading->at, word;
	bool digits = false, number = false, comma = false, capitals = true, small = false;

	while (at < reading->end) {
		unsigned char byte = (unsigned char)text[at];
		if (byte == '(' || byte == '/')
			return may_be_agency(reading, at);
		if (byte == '-')
			return capitals || digits;
		if (byte >= 'a' && byte <= 'z') {
			for (word = at; at < reading->end && text[at] >= 'a' && text[at] <= 'z'; at++)
				;
			if (at - word > PARTICLE_MAX) {
				/* one: a month of another language */
				if (!digits || small)
					return false;
				small = true;
			}
			capitals = capitals && comma;
		} else if ((byte >= 'A' && byte <= 'Z') || byte >= 0x80 || is_digit(byte)) {
			/* "PARIS, Feb 2 The ..." */
			if (number && capitals && comma && !is_digit(byte))
				return true;
			number = is_digit(byte);
			digits = digits || number;
			for (word = at; at < reading->end; at++) {
				byte = (unsigned char)text[at];
				if (is_small(byte)) {
					capitals = capitals && comma;
					continue;
				}
				if (byte_classes[byte] == WORD_END)
					break;
				if (byte_classes[byte] == WORD_SIGN && is_mark_in_word(reading, at))
					return capitals || digits;
				if (byte == 0xE2 && at == word)
					return false; /* a quotation mark */
			}
		} else if (byte == ',') {
			comma = true;
			at++;
		} else if (byte == ' ' || byte == '\n' || byte == '.') {
			at++;
		} else {
			return false;
		}
	}
	return false;
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

static bool
begins_sentence(struct reading *reading, size_t at)
{
	unsigned char byte;

	reading->at = at;
	skip_blanks(reading);
	byte = byte_at(reading, reading->at);
	return (byte >= 'A' && byte <= 'Z') || byte == '"' || byte == '<' || byte >= 0xC3;
}

/* The end of a dateline whose agency is known and ends at AT, or BEGIN. */
static size_t
agency_end(struct reading *reading, size_t begin, size_t end)
{
	size_t at = reading->at, dash;

	if (at == end)
		return end;
	skip_blanks(reading);
	if (byte_at(reading, reading->at) == ':')
		reading->at++;
	dash = mark_bytes(reading, reading->at);
	if (dash > 0)
		return date_end(reading, reading->at + dash);
	if (byte_at(reading, at) == '.' && begins_sentence(reading, at + 1))
		return at + 1; /* "STOCKHOLM, 6. November (dpa). Die ..." */
	return begins_sentence(reading, at) ? at : begin;
}

size_t
dateline_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end, bool early)
{
	struct reading reading;
	size_t limit = end, place_end, mark, after;
	bool blank_before, known;

	if (end - begin > DATELINE_MAX) {
		limit = begin + DATELINE_MAX;
		while ((text.at[limit] & 0xC0) == 0x80)
			limit--;
	}
	if (is_refused(text.at + begin, text.at + limit, early))
		return begin;
	reading = (struct reading){.lists = lists, .text = text.at, .at = begin, .end = limit};
	if (!may_be_dateline(&reading) || !read_place(&reading))
		return begin;
	place_end = reading.at;
	mark = mark_bytes(&reading, reading.at);
	if (mark > 1 && byte_at(&reading, reading.at + mark) == '(')
		reading.at += mark; /* "TULSA--(BUSINESS WIRE)" */
	read_agency(&reading);
	if (reading.agency)
		return agency_end(&reading, begin, end);
	if (!early || !reading.capitalised || reading.foreign)
		return begin;
	if (!reading.agency_mark)
		reading.at = place_end;
	skip_blanks(&reading);
	blank_before = reading.at > begin && reading.text[reading.at - 1] == ' ';
	known = is_place(look_up(&reading, reading.place_begin, reading.place_end));
	if (byte_at(&reading, reading.at) == ':')
		return known && reading.capitals && byte_at(&reading, reading.at + 1) == ' ' &&
			!all_capitals(&reading, reading.at + 1) && begins_sentence(&reading, reading.at + 1)
		    ? place_end + 1
		    : begin;
	if (reading.undashed) {
		while (place_end > begin && text_is_blank(text.at[place_end - 1]))
			place_end--;
		return known && reading.capitals && begins_sentence(&reading, place_end) ? place_end : begin;
	}
	mark = mark_bytes(&reading, reading.at);
	after = reading.at + mark;
	/* a hyphen: "AL-QAIDA"; but "WASHINGTON- The ..." */
	if (mark == 0 || (!(known && reading.date) && all_capitals(&reading, after)) ||
	    (mark == 1 && byte_at(&reading, after) > ' ') ||
	    (!blank_before && !reading.agency_mark && !(known && mark == 1)))
		return begin;
	if (reading.capitals)
		return place_is_likely(&reading) ? after : begin;
	return reading.date && !reading.agency_mark && known ? after : begin;
}

bool
dateline_is_place(const struct news_lists *lists, struct news_text text, struct news_span span)
{
	struct reading reading = {.lists = lists, .text = text.at, .at = span.begin, .end = span.end};

	const struct lexicon_entry *entry;

	if (span.end - span.begin > DATELINE_MAX / 2)
		return false;
	entry = look_up(&reading, span.begin, span.end);
	return LEXICON_HAS(entry, PLACE) && !LEXICON_HAS(entry, COUNTRY); /* those head sections too */
}
