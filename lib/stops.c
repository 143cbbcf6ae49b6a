/* SPDX-License-Identifier: ISC
 *
 * Between two places nothing is looked at but the bytes that a stop can begin with, 32 at a time. What stands right
 * behind a stop and closes with it (marks, the number of a footnote, a smiley) belongs to the place.
 */
#include "stops.h"

#include "stops_soft.h"

#include <string.h>

/* Bytes around a stop that are searched for the marks of an address. */
#define ADDRESS_MAX 64

static size_t
skip_blanks(const struct stops_view *view, size_t at)
{
	size_t width;

	while ((width = stops_blank(view, at)) > 0)
		at += width;
	return at;
}

unsigned
stops_at(const struct stops_view *view, size_t at, size_t *width)
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
	if (stops_bytes[byte] != 2)
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
		while (stops_at(view, at, &width) != 0)
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
	while ((stop = stops_at(view, at, &width)) != 0) {
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
	if (stops_bytes[(unsigned char)view->at[at]] != 3) {
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
