/* SPDX-License-Identifier: ISC
 *
 * quote_heir.h - who may have said a run, though he does not stand in its sentence: those who spoke before it and speak
 * behind it, the subject of the sentence before, and names that sign it
 */
#ifndef QUOTE_HEIR_H
#define QUOTE_HEIR_H

#include "quote_draft.h"
#include "quote_indirect.h"

/* What was found out so far. */
struct heir_sources {
	const struct tokens *tokens;
	const struct indirects *indirects;
	size_t last_said; /* the indirect speech settled last, or FRAME_NONE */
};

/* Add to the heirs of draft I, those before it being settled, and score them. false: out of memory. */
bool heir_offer(struct drafts *drafts, size_t i, const struct heir_sources *sources);

#endif
