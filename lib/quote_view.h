/* SPDX-License-Identifier: ISC
 *
 * quote_view.h - what the ranker sees of a sentence: a class and a word for each item
 */
#ifndef QUOTE_VIEW_H
#define QUOTE_VIEW_H

#include "quote_frame.h"

/* clang-format off */
/* class of an item, the coarser one that stands for it in patterns, examples */
#define VIEW_CLASSES(X)                \
	X(EDGE, EDGE)                  /* before the first item and behind the last */ \
	X(RUN, RUN)                    \
	X(COMMA, COMMA)                \
	X(COLON, COLON)                \
	X(DASH, DASH)                  \
	X(SEMICOLON, STOP)             \
	X(BRACKET, BRACKET)            \
	X(STOP, STOP)                  \
	X(MARK, STOP)                  /* any other */ \
	X(HE, PRONOUN)                 /* "he", "she" */ \
	X(IT, PRONOUN)                 \
	X(THEY, PRONOUN)               \
	X(I, PRONOUN)                  \
	X(WE, PRONOUN)                 \
	X(YOU, PRONOUN)                \
	X(OBJECT, NOUN)                /* "him" */ \
	X(PRONOUN, PRONOUN)            /* any other */ \
	X(WHO, WHO)                    \
	X(WHICH, WHO)                  \
	X(SAID, SAID)                  /* a cue that is hardly anything else */ \
	X(REPORTED, REPORTED)          /* any other cue */ \
	X(SAYING, SAYING)              \
	X(VERB, VERB)                  \
	X(DOING, DOING)                \
	X(DONE, DONE)                  \
	X(BASE, BASE)                  /* "do" */ \
	X(BE, VERB)                    /* auxiliaries */ \
	X(MODAL, MODAL)                \
	X(THAT, THAT)                  \
	X(TO, TO)                      \
	X(AND, AND)                    \
	X(BUT, BUT)                    \
	X(AS, AS)                      \
	X(SUBORDINATOR, SUBORDINATOR)  /* "because", "when", "after" */ \
	X(ACCORDING, ACCORDING)        \
	X(OF, IN)                      \
	X(IN, IN)                      /* any other preposition */ \
	X(ADVERB, ADVERB)              \
	X(NOT, NOT)                    \
	X(POSSESSIVE, POSSESSIVE)      /* "'s" */ \
	X(HIS, NOUN)                   \
	X(NAME, NOUN)                  \
	X(PERSON, NOUN)                /* "official" */ \
	X(GROUP, NOUN)                 /* "police" */ \
	X(TEXT, NOUN)                  /* "report" */ \
	X(CLAIM, NOUN)                 /* "claim" */ \
	X(NOUN, NOUN)                  \
	X(TIME, TIME)                  \
	X(NUMBER, NOUN)                \
	X(DETERMINER, NOUN)            \
	X(ADJECTIVE, NOUN)             \
	X(HOW, HOW)                    /* "how", "what" */ \
	X(OTHER, OTHER)
/* clang-format on */

enum view_class {
#define X(name, coarse) VIEW_##name,
	VIEW_CLASSES(X)
#undef X
	    VIEW_CLASS_COUNT
};

struct view_item {
	uint32_t word;         /* view_hash of the lemma, or of the word where it has none; 0 for marks and runs */
	uint8_t class, coarse; /* enum view_class */
};

/* Zeros are an empty view. */
struct view {
	const struct frame *frame;
	size_t first, end; /* items of the sentence */
	struct view_item *items;
	size_t room;
};

/* Look at SENTENCE of FRAME, which is borrowed. false: out of memory. */
bool view_run(struct view *view, const struct news_lists *lists, const struct frame *frame,
    const struct frame_sentence *sentence);

void view_release(struct view *view);

/* What is seen of item I; nothing but VIEW_EDGE outside the sentence, one before its first item included. */
static inline struct view_item
view_at(const struct view *view, size_t i)
{
	static const struct view_item edge = {0, VIEW_EDGE, VIEW_EDGE};

	return i - view->first < view->end - view->first ? view->items[i - view->first] : edge;
}

/* A hash of BYTES bytes at AT in lower case (of ASCII). Models are keyed by it: it is the same on every machine and
 * must stay so. FNV-1a of 64 bits (draft-eastlake-fnv), folded. */
uint32_t view_hash(const char *at, size_t bytes);

#endif
