/* SPDX-License-Identifier: ISC
 *
 * Between two places nothing is looked at but the bytes that a stop can begin with, 32 at a time. What stands right
 * behind a stop and closes with it (marks, the number of a footnote, a smiley) belongs to the place.
 */
#include "stops.h"

#include "stops_soft.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes around a stop that are searched for the marks of an address. */
#define ADDRESS_MAX 64

/* Bytes that are looked at together. */
#define BLOCK 32

/* 1: a stop; 2: the lead byte of characters some of which are stops; 3: can be part of a soft place */
static const unsigned char stop_bytes[256] = {
    ['.'] = 1,
    ['?'] = 1,
    ['!'] = 1,
    [0xD8] = 2,
    [0xDB] = 2,
    [0xE0] = 2,
    [0xE2] = 2,
    [0xE3] = 2,
    [0xEF] = 2,
    [')'] = 3,
    ['M'] = 3,
    ['@'] = 3,
    ['/'] = 3,
    ['>'] = 3,
    ['-'] = 3,
    ['='] = 3,
    ['*'] = 3,
    ['_'] = 3,
};

static size_t
skip_blanks(const struct stops_view *view, size_t at)
{
	size_t width;

	while ((width = stops_blank(view, at)) > 0)
		at += width;
	return at;
}

/* The kind of stop at AT, 0 when it is none. */
static unsigned
stop_at(const struct stops_view *view, size_t at, size_t *width)
{
	unsigned char byte = stops_byte(view, at);

	*width = 1;
	switch (byte) {
	case '.':
		return STOPS_FULL;
	case '?':
		return STOPS_QUESTION;
	case '!':
		return STOPS_EXCLAMATION;
	}
	if (stop_bytes[byte] != 2)
		return 0;
	switch (stops_character(view, at, width)) {
	case 0x2026: /* horizontal ellipsis */
		return STOPS_ELLIPSIS;
	case 0x203C:
	case 0x2049:
		return STOPS_EXCLAMATION;
	case 0x2047:
	case 0x2048:
	case 0x061F: /* Arabic question mark */
		return STOPS_QUESTION;
	case 0x06D4:
	case 0x0964:
	case 0x0965: /* Urdu full stop, danda, double danda */
		return STOPS_FULL;
	case 0x3002:
	case 0xFF0E:
	case 0xFF61:
		return STOPS_FULL | STOPS_UNSPACED;
	case 0xFF01:
		return STOPS_EXCLAMATION | STOPS_UNSPACED;
	case 0xFF1F:
		return STOPS_QUESTION | STOPS_UNSPACED;
	}
	return 0;
}

/* Whether a stop begins at AT, whose byte `stop_bytes` knows. */
static bool
begins_stop(const struct stops_view *view, size_t at)
{
	const unsigned char *byte = (const unsigned char *)view->at + at;
	size_t width;

	if (stop_bytes[*byte] == 3)
		return stops_soft_may_be(view, at);
	if (stop_bytes[*byte] != 2)
		return stop_bytes[*byte] != 0;
	/* curly marks and dashes, the most frequent by far, are told apart from the ellipsis without decoding */
	if (*byte == 0xE2 && view->end - at > 2 && byte[1] == 0x80 && byte[2] < 0xA6)
		return false;
	return stop_at(view, at, &width) != 0;
}

#ifdef __SSE2__
/* The bytes of AT that can begin a place, a bit each, the first lowest. 17 bytes are read: "-", "=", "*" and "_" count
 * only before another one, ")", ">" and "M" only before a blank. */
static inline uint32_t
find_in_part(const unsigned char *at)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
	__m128i any = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('!'));
	__m128i doubled, ended, range;

	/* a range of bytes: those that, less its first, are not over its size */
	range = _mm_sub_epi8(bytes, _mm_set1_epi8('.'));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(_mm_min_epu8(range, _mm_set1_epi8('/' - '.')), range));
	range = _mm_sub_epi8(bytes, _mm_set1_epi8('?'));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(_mm_min_epu8(range, _mm_set1_epi8('@' - '?')), range));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8((char)0xD8)), bytes));

	doubled = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')),
				   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('='))),
	    _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('*')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'))));
	any = _mm_or_si128(any, _mm_and_si128(doubled, _mm_cmpeq_epi8(bytes, behind)));

	ended = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(')')),
				 _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>'))),
	    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('M')));
	any = _mm_or_si128(any, _mm_and_si128(ended, _mm_cmpeq_epi8(behind, _mm_set1_epi8(' '))));
	return (uint32_t)_mm_movemask_epi8(any);
}

static inline uint32_t
find_in_block(const unsigned char *at)
{
	return find_in_part(at) | find_in_part(at + 16) << 16;
}
#else
static inline uint32_t
find_in_block(const unsigned char *at)
{
	uint32_t found = 0;
	int i;

	for (i = 0; i < BLOCK; i++)
		found |= (uint32_t)(stop_bytes[at[i]] != 0) << i;
	return found;
}
#endif

/* The number of the lowest bit of BITS, which is not 0. */
static unsigned
lowest_bit(uint32_t bits)
{
#ifdef __GNUC__
	return (unsigned)__builtin_ctz(bits);
#else
	unsigned i = 0;

	while ((bits >> i & 1) == 0)
		i++;
	return i;
#endif
}

size_t
stops_scan(const struct stops_view *view, size_t from)
{
	const unsigned char *at = (const unsigned char *)view->at;

	for (; from < view->end && view->bytes - from > BLOCK; from += BLOCK) {
		uint32_t found = find_in_block(at + from);
		for (; found != 0; found &= found - 1) {
			size_t hit = from + lowest_bit(found);
			if (hit >= view->end)
				return view->end;
			if (begins_stop(view, hit))
				return hit;
		}
	}
	while (from < view->end && !begins_stop(view, from))
		from++;
	return from < view->end ? from : view->end;
}

enum mark { NO_MARK, QUOTE_MARK, BRACKET_MARK };

/* A mark that can close behind a stop. */
static enum mark
closing_mark(uint32_t character)
{
	switch (character) {
	case '"':
	case '\'':
	case 0x2019:
	case 0x201D:
	case 0xBB:
	case 0xAB:
	case 0x203A:
	case 0x300D:
	case 0x300F:
		return QUOTE_MARK;
	case ')':
	case ']':
	case '}':
	case 0xFF09:
	case 0x3011:
		return BRACKET_MARK;
	}
	return NO_MARK;
}

/* A mark that closes even with a blank before it: `. ''`, `. »`, where another blank follows. */
static bool
closes_apart(const struct stops_view *view, size_t at, size_t *width)
{
	uint32_t character = stops_character(view, at, width);

	if (character == '\'' && stops_byte(view, at + 1) == '\'')
		*width = 2;
	else if (character != 0xBB && character != 0x201D)
		return false;
	return at + *width == view->end || stops_blank(view, at + *width) > 0;
}

/* The end of the numbers of footnotes behind a stop: "in 1990.[12]", "in 1990. [2] [3]". */
static size_t
pass_footnotes(const struct stops_view *view, size_t at)
{
	size_t end = at;

	for (;;) {
		at += stops_byte(view, at) == ' ';
		if (stops_byte(view, at) != '[' || !stops_is_digit(stops_byte(view, at + 1)))
			return end;
		for (at += 2; stops_is_digit(stops_byte(view, at)); at++)
			;
		if (stops_byte(view, at) != ']')
			return end;
		end = ++at;
	}
}

/* Bytes of the smiley at AT that stands alone: ":-)", "=)", ";D", "^_^"; 0 when there is none. */
static size_t
smiley_bytes(const struct stops_view *view, size_t at)
{
	size_t end = at;

	if (stops_byte(view, at) == '^' && stops_byte(view, at + 1) == '_' && stops_byte(view, at + 2) == '^') {
		end = at + 3;
	} else if (stops_byte(view, at) != 0 && strchr(":;=", stops_byte(view, at)) != NULL) {
		end += stops_byte(view, at + 1) == '-' ? 2 : 1;
		if (stops_byte(view, end) == 0 || strchr("()DPp", stops_byte(view, end)) == NULL)
			return 0;
		while (stops_byte(view, end) != 0 && strchr("()DPp", stops_byte(view, end)) != NULL)
			end++;
	}
	return end > at && (end == view->end || stops_blank(view, end) > 0) ? end - at : 0;
}

static void
pass_closing_marks(const struct stops_view *view, struct stops_place *place)
{
	size_t at = place->after, width;

	for (;;) {
		enum mark mark = closing_mark(stops_character(view, at, &width));
		if (mark == NO_MARK)
			break;
		if (mark == QUOTE_MARK)
			place->quote_closed = true;
		else
			place->bracket_closed = true;
		at += width;
		/* stops behind the mark belong to it: `"Really?".` */
		while (stop_at(view, at, &width) != 0)
			at += width;
	}
	place->after = pass_footnotes(view, at);
	at = place->after + stops_blank(view, place->after);
	if (at == place->after)
		return;
	if (closes_apart(view, at, &width)) {
		place->after = at + width;
		place->quote_closed = true;
	} else if ((width = smiley_bytes(view, at)) > 0) {
		place->after = at + width;
	}
}

/* The stop at AT is one inside an address, "http://www.example.com/a". `*end` gets the last stop of it, or its end. */
static bool
in_address(const struct stops_view *view, size_t at, size_t *end)
{
	size_t low, begin = at;

	if (!stops_is_letter(stops_byte(view, at + 1)))
		return false;
	low = at - view->begin > ADDRESS_MAX ? at - ADDRESS_MAX : view->begin;
	while (begin > low && view->at[begin - 1] > ' ' && view->at[begin - 1] != '(' && view->at[begin - 1] != '<' &&
	    view->at[begin - 1] != '"')
		begin--;
	if (at - begin < 3 ||
	    !((at - begin == 3 && memcmp(view->at + begin, "www", 3) == 0) ||
		(at - begin > 7 &&
		    (memcmp(view->at + begin, "http://", 7) == 0 || memcmp(view->at + begin, "https://", 8) == 0))))
		return false;
	for (at++; at < view->end && (unsigned char)view->at[at] > ' ' && strchr("\"<>)", view->at[at]) == NULL; at++)
		;
	while (strchr(".,;:!?'", view->at[at - 1]) != NULL)
		at--;
	*end = at;
	return true;
}

/* A stop right behind a word, then an ellipsis of its own that leads on: "compounds. . . . The", "local. ... He". */
static bool
ellipsis_follows(const struct stops_view *view, size_t at)
{
	const char *behind = view->at + at;

	if (at == view->begin || view->at[at - 1] == ' ' || view->at[at - 1] == '.' || view->end - at < 8)
		return false;
	return memcmp(behind, ". ... ", 6) == 0 ||
	    (memcmp(behind, ". . . . ", 8) == 0 && behind[8 - 1] == ' ' && (view->end - at == 8 || behind[8] != '.'));
}

/* The hard stop at AT with what belongs to it. */
static void
take_stop(const struct stops_view *view, size_t at, struct stops_place *place)
{
	size_t width;
	unsigned stop;
	int count = 0;

	memset(place, 0, sizeof *place);
	place->begin = at;
	if (ellipsis_follows(view, at)) {
		place->stops = STOPS_FULL;
		place->after = place->resume = at + 1;
		place->next = at + 2;
		place->ellipsis_behind = true;
		return;
	}
	while ((stop = stop_at(view, at, &width)) != 0) {
		place->stops |= stop;
		at += width;
		count++;
		/* set with blanks: ". . .", "? ? ?" */
		while (width == 1 && stops_byte(view, at) == ' ' &&
		    stops_byte(view, at + 1) == stops_byte(view, at - 1) &&
		    (at + 2 == view->end || stops_byte(view, at + 2) == ' ')) {
			at += 2;
			count++;
		}
	}
	if (count > 1 && place->stops == STOPS_FULL)
		place->stops = STOPS_ELLIPSIS;
	place->after = at;
	if (count == 1 && place->stops == STOPS_FULL && in_address(view, place->begin, &at)) {
		place->in_address = true;
		place->after = at;
	}
	pass_closing_marks(view, place);
	place->next = skip_blanks(view, place->after);
	place->resume = place->after;
}

bool
stops_take(const struct stops_view *view, size_t at, struct stops_place *place)
{
	if (stop_bytes[(unsigned char)view->at[at]] != 3) {
		take_stop(view, at, place);
		return true;
	}
	if (!stops_soft_find(view, at, place))
		return false;
	place->next = skip_blanks(view, place->after);
	return true;
}

bool
stops_find(const struct stops_view *view, size_t from, struct stops_place *place)
{
	size_t at;

	while ((at = stops_scan(view, from)) < view->end) {
		if (stops_take(view, at, place))
			return true;
		from = place->resume;
	}
	return false;
}
