/* SPDX-License-Identifier: ISC
 *
 * quoter.h - what is inside the quoter, for who trains its ranker
 */
#ifndef QUOTER_H
#define QUOTER_H

#include "quote_draft.h"

/* Looks over the quoter's shoulder, and decides. */
struct quoter_teacher {
	void *context;
	/* The right one of the COUNT candidates of DRAFT, of which the ranker would choose CHOSEN with CHANCE: those in
	 * its sentence, or with LAST all of them. */
	size_t (*choose)(void *context, const struct drafts *drafts, const struct draft *draft, size_t count,
	    size_t chosen, unsigned chance, bool last);
};

/* Let TEACHER (borrowed) decide from now on; the features of all candidates are kept for it. */
void quoter_teach(struct news_quoter *quoter, const struct quoter_teacher *teacher);

#endif
