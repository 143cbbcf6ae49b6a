/* SPDX-License-Identifier: ISC
 *
 * quote_draft.h - rows in the making: the runs of a document, each with those who may have said it
 */
#ifndef QUOTE_DRAFT_H
#define QUOTE_DRAFT_H

#include "quote_candidate.h"
#include "quote_rank.h"

/* The first candidates of each: words that nobody is quoted with, and a speaker who is not told. The phrases of the
 * sentence follow, then those from outside. */
enum { QUOTE_DRAFT_NOBODY, QUOTE_DRAFT_NAMELESS, QUOTE_DRAFT_PHRASES };

struct draft {
	struct news_quote quote;
	size_t run;      /* or FRAME_NONE: indirect */
	size_t item;     /* of the run */
	size_t sentence; /* frame sentence */
	struct rank_place place;
	int scores[QUOTE_DRAFT_PHRASES];       /* of nobody and nameless */
	size_t described[QUOTE_DRAFT_PHRASES]; /* numbers of their features, where they are kept */
	size_t near, near_count;               /* nobody, nameless, and its phrases, which begin at `near` */
	size_t heir, heir_count;               /* those from outside: in `heirs` */
	size_t best;                           /* of the near ones */
	int best_score;                        /* its score */
	uint64_t near_odds;                    /* the sum of the odds of the near ones, by the best's */
	size_t chosen;                         /* the one that said it */
	struct report report;                  /* with what it was said */
	struct report outer;                   /* the source behind it */
	enum decide_rule rule;
	size_t speaker, via;
	bool attributed; /* somebody is chosen */
	bool nameless;   /* a quotation of somebody who is not told */
	bool has_outer;
	bool resolved; /* `speaker` holds */
};

/* Zeros are none. */
struct drafts {
	struct draft *at;
	size_t count, room;
	struct candidates near, heirs;
	const struct frame *frame;
	const struct news_quote_model *model;
	struct view view; /* of the sentence at hand */
	struct rank_features scratch, *kept;
	size_t kept_count, kept_room;
	bool keeps; /* all candidates and their features, for who asks why or teaches; else of each draft only the best
	             */
};

/* Begin a document. FRAME and MODEL are borrowed. */
void quote_draft_start(struct drafts *drafts, const struct frame *frame, const struct news_quote_model *model);

/* A new one, of no run. NULL: out of memory. */
struct draft *quote_draft_add(struct drafts *drafts);

/* Draft the run at item ITEM of sentence SENTENCE, which quote_draft_look looked at last, with its candidates in the
 * sentence scored and the best of them found. CHOSEN is the phrase that said the run before in this sentence, or
 * FRAME_NONE. NULL: out of memory.
 */
struct draft *quote_draft_run(struct drafts *drafts, size_t sentence, const struct reports *reports, size_t item,
    size_t chosen);

/* Look at SENTENCE, whose runs come next. false: out of memory. */
bool quote_draft_look(struct drafts *drafts, const struct news_lists *lists, const struct frame_sentence *sentence);

/* Score the heirs of DRAFT. false: out of memory. */
bool quote_draft_score_heirs(struct drafts *drafts, const struct draft *draft);

/* Choose among the best of the near ones and the heirs of DRAFT; `*chance` gets how sure that is. */
size_t quote_draft_choose(const struct drafts *drafts, const struct draft *draft, unsigned *chance);

/* How sure the best of the near ones is where there are no others. */
unsigned quote_draft_near_chance(const struct draft *draft);

/* Forget the heirs of DRAFT, unless all candidates are kept. */
void quote_draft_drop_heirs(struct drafts *drafts, struct draft *draft);

/* Candidate I of DRAFT and its score. */
const struct candidate *quote_draft_candidate(const struct drafts *drafts, const struct draft *draft, size_t i);
int quote_draft_score(const struct drafts *drafts, const struct draft *draft, size_t i);

/* How candidate I of DRAFT was described, where features are kept. */
const struct rank_features *quote_draft_features(const struct drafts *drafts, const struct draft *draft, size_t i);

/* What stands in the text for CANDIDATE; empty for nobody. */
struct news_span quote_draft_mention(const struct drafts *drafts, const struct candidate *candidate);

/* Bytes of items [first, last]; empty where one is a run. */
struct news_span quote_draft_span(const struct frame *frame, size_t first, size_t last);

/* What stands in the text for the speaker of REPORT: in a relative clause that is its pronoun, "who". */
struct news_span quote_draft_report_mention(const struct frame *frame, const struct report *report);

unsigned quote_draft_paragraph(const struct drafts *drafts, const struct draft *draft);

void quote_draft_release(struct drafts *drafts);

#endif
