/* SPDX-License-Identifier: ISC
 *
 * quote_rank.h - the linear ranker: which candidate, if any, said what stands in marks
 *
 * Each candidate of a run, nobody among them, is described by features; its score is the sum of their weights. Scores
 * are logarithms of odds, so that the softmax over the candidates of a run gives the chance of each. Features are
 * hashed into one table (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009).
 * Everything is integers: one input gives one output on every machine.
 */
#ifndef QUOTE_RANK_H
#define QUOTE_RANK_H

#include "quote_candidate.h"
#include "quote_model.h"
#include "quote_view.h"

#define RANK_FEATURES 60 /* of a candidate, at most */
#define RANK_CHANCE 1000 /* a chance of so much is certainty */

struct rank_features {
	uint32_t id[RANK_FEATURES]; /* below QUOTE_MODEL_SIZE */
	uint8_t template[RANK_FEATURES];
	size_t count;
};

/* A run and what stands around it, as far as it is the same for all candidates. */
struct rank_place {
	size_t item;
	bool title;                            /* in a headline */
	bool alone;                            /* its sentence holds nothing but runs */
	bool title_case;                       /* all words but short ones have capitals */
	bool work;                             /* the title of a work by what stands before it */
	bool starts_paragraph, ends_paragraph; /* its sentence does */
	bool near;                             /* the best of those in its sentence is one of them, not nobody */
	unsigned words;                        /* of the run, in steps */
	unsigned length;                       /* of the run, words up to 12 */
	unsigned end;                          /* its last mark: comma, stop... */
	unsigned capital;                      /* whether it begins with one */
	unsigned marks;                        /* their kind */
	unsigned reports;                      /* of its sentence, up to 2 */
	unsigned strongest; /* how the report that is strongest by the grammar stands to it; 0: there is none */
	uint32_t cue;       /* its word */
	unsigned heirs;     /* which inherited candidates there are, a bit a kind */
	size_t chosen;      /* the phrase chosen for the run before in this sentence, or FRAME_NONE */
	struct view_item before, before_that, after; /* the items around it */
};

/* Look at the run at item ITEM of the sentence that VIEW shows. `reports` and what is said of other runs and candidates
 * are left to the caller. */
void rank_look(struct rank_place *place, const struct view *view, const struct frame_sentence *sentence, size_t item);

/* Let PLACE know CANDIDATE, which is the strongest by the grammar. */
void rank_strongest(struct rank_place *place, const struct view *view, const struct candidate *candidate);

/* Describe CANDIDATE for the run at PLACE. VIEW shows its sentence; candidates from outside and nobody do without. */
void rank_describe(const struct rank_place *place, const struct view *view, const struct candidate *candidate,
    struct rank_features *features);

/* What kind of feature TEMPLATE is, for explanations: "cue", "head"... */
const char *rank_template_name(unsigned template);

/* The sum of the weights of FEATURES, in 1/QUOTE_MODEL_SCALE. */
int rank_score(const struct news_quote_model *model, const struct rank_features *features);

/* What a candidate that scores BELOW less than the best adds to the sum of the softmax, where the best adds
 * rank_odds(0). */
unsigned rank_odds(int below);

/* The hundredths of rows that are right where one of the kind of CANDIDATE was chosen with CHANCE. */
unsigned rank_calibrate(const struct news_quote_model *model, const struct candidate *candidate, unsigned chance);

/* The cell of the model's scores that this is. */
void rank_cell(const struct candidate *candidate, unsigned chance, unsigned *class, unsigned *bin);

#endif
