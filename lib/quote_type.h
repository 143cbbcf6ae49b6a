/* SPDX-License-Identifier: ISC
 *
 * quote_type.h - what a run in marks is: a whole utterance, words inside a reporting clause, or the title of a work
 */
#ifndef QUOTE_TYPE_H
#define QUOTE_TYPE_H

#include "quote_decide.h"

/* NEWS_DIRECT or NEWS_MIXED: what the run at ITEM of SENTENCE is, which RULE gave to REPORT (zeros when it has none).
 */
enum news_quote_type quote_type_find(const struct frame *frame, const struct frame_sentence *sentence, size_t item,
    enum decide_rule rule, const struct report *report);

/* Whether all words of RUN but short ones have capitals: a title rather than an utterance. */
bool quote_type_is_title(const struct frame *frame, const struct quote_run *run);

/* Whether the run at ITEM is the title of a work or programme by what stands before it: `on MSNBC's "Morning Joe"`,
 * `the film "Frozen"`, `a plan titled "Growth and Opportunity"`. */
bool quote_type_is_work(const struct frame *frame, const struct frame_sentence *sentence, size_t item);

#endif
