/* SPDX-License-Identifier: ISC
 *
 * quote_indirect.h - speech reported without marks: "Kerry said that he would go", "He would go, Kerry said"
 */
#ifndef QUOTE_INDIRECT_H
#define QUOTE_INDIRECT_H

#include "quote_decide.h"
#include "quote_report.h"

/* A report that no run in marks has taken. Those that are no row of their own still tell who spoke last. */
struct indirect {
	struct report report;
	struct news_span content;
	size_t sentence, speaker;
	enum decide_rule rule;
	bool is_row;
};

struct indirects {
	struct indirect *at;
	size_t count, room;
	bool *quoted; /* by report of the sentence at hand: a run belongs to it */
	size_t quoted_room;
};

/* Begin a sentence with these reports: none is quoted. false: out of memory. */
bool indirect_start(struct indirects *indirects, const struct reports *reports);

/* Add what sentence SENTENCE reports without marks. false: out of memory. */
bool indirect_run(struct indirects *indirects, const struct frame *frame, size_t sentence,
    const struct reports *reports);

void indirect_release(struct indirects *indirects);

#endif
