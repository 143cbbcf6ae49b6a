/* SPDX-License-Identifier: ISC
 *
 * sentence_plain.h - the places that a few bytes decide
 */
#ifndef SENTENCE_PLAIN_H
#define SENTENCE_PLAIN_H

#include "stops.h"

enum sentence_plain {
	PLAIN_ENDS,    /* the sentence ends */
	PLAIN_LAST,    /* the place is the last: what is looked at ends with it */
	PLAIN_GOES_ON, /* it does not end */
	PLAIN_UNKNOWN  /* the place must be described */
};

/* What nearly all places are, "the house. The", `the house." The`, "Sen. Smith", "the U.S. army", "Ann J. Roe", "3.5".
 * AT is what stops_scan gave. Whatever is not unknown is what sentence_list_end, sentence_describe, sentence_rule and
 * sentence_model say together, at a tenth of the cost. `*after`, with PLAIN_ENDS and PLAIN_GOES_ON: where the sentence
 * ends, or where to look for the next place. */
enum sentence_plain sentence_plain(const struct stops_view *view, size_t at, size_t *after);

#endif
