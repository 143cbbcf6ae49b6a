/* SPDX-License-Identifier: ISC
 *
 * quote_tags.h - the part of speech that fits a word's neighbours
 *
 * The lexicon gives each word its most frequent tag (measured as good as a tagger for attribution). What remains are
 * the words whose neighbours decide: "claims", "called", "official", "State".
 */
#ifndef QUOTE_TAGS_H
#define QUOTE_TAGS_H

#include "quote_frame.h"

/* Fit the tags of the items of SENTENCE to each other, from left to right. */
void quote_tags_fit(struct frame *frame, const struct frame_sentence *sentence);

static inline bool
quote_tags_is_name(uint8_t tag)
{
	return tag == LEXICON_NNP || tag == LEXICON_NNPS;
}

static inline bool
quote_tags_is_noun(uint8_t tag)
{
	return tag == LEXICON_NN || tag == LEXICON_NNS || quote_tags_is_name(tag);
}

static inline bool
quote_tags_is_verb(uint8_t tag)
{
	return tag >= LEXICON_VB && tag <= LEXICON_VBZ;
}

#endif
