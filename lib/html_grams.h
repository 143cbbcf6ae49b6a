/* SPDX-License-Identifier: ISC
 *
 * html_grams.h - how much of a text stands in another one
 *
 * Of the one, every run of 24 letters and digits is remembered by a hash; of the other it is asked how many of its
 * runs are among them. White space, marks and case do not matter, which is what two wordings of a page differ in.
 */
#ifndef HTML_GRAMS_H
#define HTML_GRAMS_H

#include "buffer.h"
#include "news.h"

struct html_grams {
	uint64_t *slots; /* open addressing; 0: empty */
	size_t count;    /* of the slots: a power of two, or 0 */
	size_t bytes;    /* of the text read; 0: it was too short to say anything */
	struct buffer key;
};

/* All zero is a fresh one. */
void html_grams_release(struct html_grams *grams);

/* Remember the runs of TEXT, forgetting those before. false: out of memory. */
bool html_grams_read(struct html_grams *grams, struct news_text text);

/* How much of TEXT stands in what was read, in hundredths. Text shorter than a run: 0. Out of memory: 0. */
unsigned html_grams_cover(struct html_grams *grams, struct news_text text);

#endif
