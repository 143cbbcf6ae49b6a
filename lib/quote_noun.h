/* SPDX-License-Identifier: ISC
 *
 * quote_noun.h - the whole noun phrase around a base phrase of the frame
 *
 * "U.S. special envoy on security General John Allen", "a spokesman for the ministry", "Kerry, the secretary of
 * state,": prepositions, possessives, "and", brackets and appositions join base phrases (quote_frame.h) to what a
 * reader takes for one mention. No parser; each search passes a bounded number of items.
 */
#ifndef QUOTE_NOUN_H
#define QUOTE_NOUN_H

#include "quote_frame.h"

/* Items [first, last] of a mention. */
struct noun {
	size_t first, last, head;
	size_t relative; /* "who", which stands for it in its clause; FRAME_NONE: none */
};

/* Where to look: the items of one sentence. */
struct search {
	const struct frame *frame;
	size_t first, end;
};

static inline uint8_t
noun_tag(const struct search *search, size_t i)
{
	return search->frame->items[i].tag;
}

static inline char
noun_mark(const struct search *search, size_t i)
{
	return frame_mark(search->frame, i);
}

static inline bool
noun_is_run(const struct search *search, size_t i)
{
	return search->frame->items[i].run != FRAME_NONE;
}

static inline const struct frame_phrase *
noun_phrase(const struct search *search, size_t i)
{
	size_t phrase = search->frame->items[i].phrase;

	return phrase == FRAME_NONE ? NULL : &search->frame->phrases[phrase];
}

static inline bool
noun_is_adverbial(const struct search *search, size_t i)
{
	const struct token *entry = frame_token(search->frame, i);

	if (noun_is_run(search, i) || noun_mark(search, i) != 0)
		return false;
	return noun_tag(search, i) == LEXICON_RB || noun_tag(search, i) == LEXICON_RBR || LEXICON_HAS(entry, ADVERB) ||
	    LEXICON_HAS(entry, NEGATION);
}

static inline bool
noun_is_preposition(const struct search *search, size_t i)
{
	return LEXICON_HAS(frame_token(search->frame, i), PREPOSITION) || noun_tag(search, i) == LEXICON_IN ||
	    noun_tag(search, i) == LEXICON_TO;
}

static inline bool
noun_is_subordinator(const struct search *search, size_t i)
{
	return LEXICON_HAS(frame_token(search->frame, i), SUBORDINATOR);
}

static inline bool
noun_is_relative(const struct search *search, size_t i)
{
	return frame_is_word(search->frame, i, "who") || frame_is_word(search->frame, i, "which") ||
	    noun_tag(search, i) == LEXICON_WP || noun_tag(search, i) == LEXICON_WDT;
}

static inline bool
noun_is_joint(const struct search *search, size_t i)
{
	return frame_is_word(search->frame, i, "and") || frame_is_word(search->frame, i, "or") ||
	    noun_mark(search, i) == '&';
}

/* The noun phrase that ends at item LAST, or is closed by the comma or bracket there; false when there is none. */
bool noun_before(const struct search *search, size_t last, struct noun *noun);

/* The noun phrase that begins at item FIRST, with what belongs to it behind it; false when there is none. */
bool noun_after(const struct search *search, size_t first, struct noun *noun);

#endif
