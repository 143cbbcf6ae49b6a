/* SPDX-License-Identifier: ISC */
#include "stops_soft.h"

#include <string.h>

/* Shorter runs of dashes are marks in a sentence. */
#define LINE_MIN 4

/* Longer addresses are noise. Bytes. */
#define ADDRESS_MAX 512

/* Bytes before "://" that a scheme can have. */
#define SCHEME_MAX 8

static bool
is_blank_byte(unsigned char byte)
{
	return byte == ' ' || byte == '\n';
}

/* The byte before AT; a blank before the beginning. */
static unsigned char
byte_before(const struct stops_view *view, size_t at)
{
	return at > view->begin ? (unsigned char)view->at[at - 1] : ' ';
}

/* Set the place behind the word that ends at AFTER. */
static bool
set_behind(const struct stops_view *view, size_t after, enum stops_soft soft, struct stops_place *place)
{
	place->begin = place->after = place->resume = after;
	place->soft = soft;
	return is_blank_byte(stops_byte(view, after));
}

/* Set the place before what begins at NEXT. */
static bool
set_before(const struct stops_view *view, size_t next, enum stops_soft soft, struct stops_place *place)
{
	size_t after = next;

	while (after > view->begin && is_blank_byte((unsigned char)view->at[after - 1]))
		after--;
	place->begin = place->after = after;
	place->soft = soft;
	return after < next && after > view->begin;
}

/* The end of the address that AT is in. */
static size_t
address_end(const struct stops_view *view, size_t at)
{
	size_t limit = view->end - at > ADDRESS_MAX ? at + ADDRESS_MAX : view->end;

	while (at < limit && (unsigned char)view->at[at] > ' ' && strchr("\"<>()[],;", view->at[at]) == NULL)
		at++;
	return at;
}

static size_t
pass_digits(const struct stops_view *view, size_t at)
{
	while (stops_is_digit(stops_byte(view, at)))
		at++;
	return at;
}

/* "02:21 PM" behind a date. */
static bool
find_time(const struct stops_view *view, size_t at, struct stops_place *place)
{
	/* dd/dd/dd hh:mm PM */
	size_t from = at - 1;

	place->resume = at + 1;
	if (from < view->begin + 9 || view->at[from - 1] != ' ' || view->at[from - 4] != ':')
		return false;
	for (from -= 4;
	     from > view->begin && (stops_is_digit((unsigned char)view->at[from - 1]) || view->at[from - 1] == ':');
	     from--)
		;
	if (from - view->begin < 4 || view->at[from - 1] != ' ' || !stops_is_digit((unsigned char)view->at[from - 2]))
		return false;
	for (from--; from > view->begin && stops_is_digit((unsigned char)view->at[from - 1]); from--)
		;
	return byte_before(view, from) == '/' && set_behind(view, at + 1, STOPS_TIME, place);
}

/* "07/17/2000 02:21": a date alone is part of the sentence. */
static bool
find_date(const struct stops_view *view, size_t at, struct stops_place *place)
{
	size_t begin = at, end;

	while (begin > view->begin && at - begin < 3 && stops_is_digit((unsigned char)view->at[begin - 1]))
		begin--;
	end = pass_digits(view, at + 1);
	place->resume = end;
	if (begin == at || at - begin > 2 || end - at > 3 || stops_byte(view, end) != '/')
		return false;
	at = pass_digits(view, end + 1);
	place->resume = at;
	if (at - end < 3 || at - end > 5 || stops_byte(view, at) != ' ')
		return false;
	end = pass_digits(view, at + 1);
	return end - at > 1 && end - at < 4 && stops_byte(view, end) == ':' &&
	    set_before(view, begin, STOPS_DATE, place);
}

static bool
find_address(const struct stops_view *view, size_t at, struct stops_place *place)
{
	size_t begin = at;

	place->resume = at + 1;
	if (byte_before(view, at) == '/' && at - view->begin > 1 && view->at[at - 2] == ':') {
		size_t end = address_end(view, at + 1);
		while (end > at + 1 && strchr(".?!:'", view->at[end - 1]) != NULL)
			end--;
		return set_behind(view, end, STOPS_ADDRESS_END, place);
	}
	if (stops_byte(view, at + 1) != '/' || byte_before(view, at) != ':')
		return false;
	for (begin = at - 1;
	     begin > view->begin && at - begin < SCHEME_MAX && stops_is_letter((unsigned char)view->at[begin - 1]);
	     begin--)
		;
	/* "visit: http://..." */
	return set_before(view, begin, STOPS_ADDRESS_BEGIN, place) && view->at[place->after - 1] != ':' &&
	    view->at[place->after - 1] != ',';
}

static bool
find_mail(const struct stops_view *view, size_t at, struct stops_place *place)
{
	size_t end = address_end(view, at);

	place->resume = at + 1;
	if (is_blank_byte(byte_before(view, at)) || memchr(view->at + at, '.', end - at) == NULL)
		return false;
	if (strchr(".?!:'", view->at[end - 1]) != NULL)
		return false; /* a stop of its own */
	if (stops_byte(view, end) == '>')
		end++;
	return set_behind(view, end, STOPS_MAIL, place);
}

static bool
find_line(const struct stops_view *view, size_t at, struct stops_place *place)
{
	unsigned char byte = (unsigned char)view->at[at];
	size_t begin = at, end = at;

	while (end < view->end && (unsigned char)view->at[end] == byte)
		end++;
	place->resume = end;
	if (byte_before(view, at) != byte) {
		if (end - at < LINE_MIN)
			return false;
		place->resume = at + 1;
		return set_before(view, at, STOPS_LINE_BEGIN, place);
	}
	while (begin > view->begin && at - begin < LINE_MIN && (unsigned char)view->at[begin - 1] == byte)
		begin--;
	return end - begin >= LINE_MIN && set_behind(view, end, STOPS_LINE_END, place);
}

bool
stops_soft_find(const struct stops_view *view, size_t at, struct stops_place *place)
{
	memset(place, 0, sizeof *place);
	switch (view->at[at]) {
	case 'M':
		return find_time(view, at, place);
	case '@':
		return find_mail(view, at, place);
	case '/':
		return stops_is_digit(stops_byte(view, at + 1)) ? find_date(view, at, place)
								: find_address(view, at, place);
	case ')':
		place->begin = at;
		place->after = place->resume = at + 1;
		place->soft = STOPS_ITEM;
		return true;
	case '>':
		return set_behind(view, at + 1, STOPS_ANGLE, place);
	default:
		return find_line(view, at, place);
	}
}
