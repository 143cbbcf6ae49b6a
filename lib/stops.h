/* SPDX-License-Identifier: ISC
 *
 * stops.h - the places of a paragraph where a sentence can end
 */
#ifndef STOPS_H
#define STOPS_H

#include "news.h"
#include "text.h"

/* What is looked at: AT[begin..end). AT has BYTES bytes, so that the last ones can be read in blocks too. The word
 * lists are for whoever describes a place; finding needs none. */
struct stops_view {
	const struct news_lists *lists;
	const char *at;
	size_t begin, end, bytes;
};

enum stops_kind { STOPS_FULL = 1, STOPS_QUESTION = 2, STOPS_EXCLAMATION = 4, STOPS_ELLIPSIS = 8, STOPS_UNSPACED = 16 };

/* Places without a stop where a sentence ends all the same in mails and on the web. */
enum stops_soft {
	STOPS_HARD,          /* there is a stop */
	STOPS_TIME,          /* behind the time in the head of a mail: "07/17/2000 02:21 PM" */
	STOPS_DATE,          /* before its date */
	STOPS_MAIL,          /* behind a mail address */
	STOPS_ADDRESS_BEGIN, /* before "http://..." */
	STOPS_ADDRESS_END,
	STOPS_ANGLE,      /* behind "<<File: a.doc>>" */
	STOPS_LINE_BEGIN, /* before "----------" */
	STOPS_LINE_END,
	STOPS_ITEM /* behind the number of an item, "2)": never an end itself */
};

/* Where a sentence can end. */
struct stops_place {
	size_t begin;  /* the first stop */
	size_t after;  /* behind the stops and the marks that close with them: where the sentence would end */
	size_t next;   /* behind the blanks; `after` when there are none */
	size_t resume; /* where to look for the next place */
	enum stops_soft soft;
	unsigned stops; /* enum stops_kind */
	bool quote_closed, bracket_closed;
	bool ellipsis_behind; /* a stop, then an ellipsis that begins the next sentence */
	bool in_address;      /* no stop at all but the end of an address: "see www.example.com" */
};

/* What the bytes are that a place can begin with. 1: a stop; 2: the lead byte of characters some of which are stops; 3:
 * part of a soft place. */
extern const unsigned char stops_bytes[256];

/* The kind of stop (enum stops_kind) at AT, 0 when it is none. */
unsigned stops_at(const struct stops_view *view, size_t at, size_t *width);

/* Where the next place can be: the first byte from FROM on that a stop can begin with, or something else that can end a
 * sentence; the end when there is none. */
size_t stops_scan(const struct stops_view *view, size_t from);

/* The place at such a byte. false: it is none; look again from `place->resume` on. */
bool stops_take(const struct stops_view *view, size_t at, struct stops_place *place);

/* The next place from FROM on; false when there is none. Linear in the bytes it passes. */
bool stops_find(const struct stops_view *view, size_t from, struct stops_place *place);

/* The byte at AT; 0 behind the end. */
static inline unsigned char
stops_byte(const struct stops_view *view, size_t at)
{
	return at < view->end ? (unsigned char)view->at[at] : 0;
}

/* The character at AT; 0, and no width, behind the end. */
static inline uint32_t
stops_character(const struct stops_view *view, size_t at, size_t *width)
{
	if (at >= view->end) {
		*width = 0;
		return 0;
	}
	if ((unsigned char)view->at[at] < 0x80) {
		*width = 1;
		return (unsigned char)view->at[at];
	}
	return text_decode(view->at + at, view->end - at, width);
}

/* Bytes of the blank character at AT, 0 when it is none. */
static inline size_t
stops_blank(const struct stops_view *view, size_t at)
{
	size_t width;
	uint32_t character = stops_character(view, at, &width);

	if (width == 1)
		return character == ' ' || character == '\n';
	return width > 0 && text_is_space(character) ? width : 0;
}

static inline bool
stops_is_digit(unsigned char byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool
stops_is_upper(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static inline bool
stops_is_letter(unsigned char byte)
{
	return stops_is_upper(byte & 0xDF);
}

#endif
