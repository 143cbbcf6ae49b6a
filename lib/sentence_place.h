/* SPDX-License-Identifier: ISC
 *
 * sentence_place.h - what stands before and behind a place where a sentence can end
 */
#ifndef SENTENCE_PLACE_H
#define SENTENCE_PLACE_H

#include "lexicon.h"
#include "stops.h"

enum sentence_before {
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

enum sentence_behind { BEHIND_UPPER, BEHIND_LOWER, BEHIND_DIGIT, BEHIND_UNCASED, BEHIND_MARK, BEHIND_NOTHING };

/* What is known of a place. */
struct sentence_place {
	unsigned stops;
	enum stops_soft soft; /* no stop at all, but something else that can end a sentence */
	enum sentence_before before;
	enum sentence_behind behind;
	bool glued;                        /* no blank behind the stop */
	bool quote_closed, bracket_closed; /* by marks behind the stop */
	bool quote_opened, bracket_opened; /* before the next word */
	bool ellipsis_behind;              /* which begins the next sentence */
	bool first;                        /* nothing of the sentence stands before the stop */
	bool fragment;                     /* nothing but a preposition and a time does: "At 5 a.m." */
	bool dash;                         /* a dash or bullet before the next word */
	bool capital_before;               /* the word before the stop begins with a capital */
	bool small_before;                 /* it ends in a small letter of ASCII */
	bool lower_start;                  /* the sentence itself began with a lower-case letter: careless writing */
	size_t before_bytes;
	bool address_behind;                    /* the word behind is one: "http://example.com" */
	bool next_mark_begins;                  /* the mark behind can begin a sentence: "$", not "," */
	size_t word, word_end;                  /* the word before */
	size_t next, next_end;                  /* the word behind */
	const struct lexicon_entry *next_entry; /* what the lists say of it, where `next_known` */
	bool next_known;
};

void sentence_describe(const struct stops_view *view, const struct stops_place *stop, struct sentence_place *place);

/* What the lists say of the word behind, or NULL; looked up when first asked. */
const struct lexicon_entry *sentence_next_entry(const struct stops_view *view, struct sentence_place *place);

/* The same of the word [BEGIN, END) behind a place. */
const struct lexicon_entry *sentence_entry_behind(const struct stops_view *view, size_t begin, size_t end);

/* The end of the word that begins at AT. */
size_t sentence_word_end(const struct stops_view *view, size_t at);

/* What they say of AT[begin..end), or NULL. */
const struct lexicon_entry *sentence_look_up(const struct stops_view *view, size_t begin, size_t end);

/* Whether a byte belongs to a word: a letter of ASCII, or part of any character beyond it. */
static inline bool
sentence_is_letter_byte(unsigned char byte)
{
	return byte >= 0x80 || stops_is_letter(byte);
}

#endif
