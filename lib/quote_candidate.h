/* SPDX-License-Identifier: ISC
 *
 * quote_candidate.h - who may have said what stands in marks: the noun phrases of its sentence, those who speak around
 * it, and nobody
 *
 * Where the grammar of reports (quote_report.h) leads from a reporting word to a phrase, its candidate carries that
 * report; other phrases are candidates by themselves. Candidates from outside the sentence are found by quote_heir.h.
 */
#ifndef QUOTE_CANDIDATE_H
#define QUOTE_CANDIDATE_H

#include "quote_decide.h"
#include "quote_report.h"

/* clang-format off */
/* kind, name in explanations, meaning */
#define CANDIDATE_KINDS(X) \
	X(NOBODY, "nobody")           /* words in marks that nobody is quoted with */ \
	X(NAMELESS, "nameless")       /* a quotation whose speaker is not told */ \
	X(PHRASE, "phrase")           /* a noun phrase of its sentence */ \
	X(OWNER, "owner")             /* a possessor in its sentence: `Kerry's claim that "..."` */ \
	X(BEFORE, "before")           /* who spoke last in its paragraph */ \
	X(LATER, "later")             /* who speaks next in its paragraph, or in the next one where it is left open */ \
	X(CONTINUED, "continued")     /* who speaks in the run that the paragraph before left open */ \
	X(CARRIED_ON, "carried-on")   /* who spoke last in the paragraph before */ \
	X(ALTERNATE, "alternate")     /* who spoke before that one: dialogue */ \
	X(EARLIER, "earlier")         /* who spoke last, further back */ \
	X(LEAD_IN, "lead-in")         /* subject of the sentence before, which ends in a colon */ \
	X(SUBJECT, "subject")         /* subject of the sentence before */ \
	X(SIGNATURE, "signature")     /* `"..." -- Name` */ \
	X(TRANSCRIPT, "transcript")   /* `"NAME: ..."` */
/* clang-format on */

enum candidate_kind {
#define X(name, text) CANDIDATE_##name,
	CANDIDATE_KINDS(X)
#undef X
	    CANDIDATE_KIND_COUNT
};

/* How a run stands to that from which it inherits a speaker. */
struct candidate_bond {
	size_t sentences; /* from one to the other */
	size_t runs;      /* between them */
	unsigned rule;    /* what attributed the other; + DECIDE_RULE_COUNT for indirect speech */
	bool indirect;    /* the other is indirect speech */
	bool same_sentence;
	bool left_open;      /* the first of the two has no closing mark */
	bool ends_paragraph; /* the other ends the paragraph before */
	bool alone;          /* the sentence of the other holds nothing but runs */
};

struct candidate {
	enum candidate_kind kind;
	enum decide_rule rule;
	int score;        /* by the ranker */
	size_t described; /* number of its features, where they are kept */

	/* those that stand in items of the frame: PHRASE, OWNER, LEAD_IN, SUBJECT, SIGNATURE */
	struct report report; /* mention, cue and form; cue_first FRAME_NONE: no reporting word */
	bool reported;        /* the grammar knows the report, and what follows holds */
	size_t number;        /* of the report */
	bool best;            /* no other report is stronger */
	bool inside;          /* part of the mention of another's report */
	int strength;         /* by the grammar */
	struct decide_features features;
	bool has_outer;
	struct report outer; /* the source behind the report: `Kerry said, according to a pool report` */

	/* PHRASE and OWNER: the items of the base phrase; TRANSCRIPT: the tokens of the name */
	size_t first, last;

	/* those from outside the sentence */
	struct news_span mention;
	size_t from; /* index of the run or indirect speech that it is inherited from */
	struct candidate_bond bond;
	bool certain; /* nothing is weighed against it */
};

struct candidates {
	struct candidate *at;
	size_t count, room;
};

/* Whether CANDIDATE stands in the sentence of its run. */
static inline bool
candidate_is_near(const struct candidate *candidate)
{
	return candidate->kind == CANDIDATE_PHRASE || candidate->kind == CANDIDATE_OWNER;
}

/* Append one of KIND, all else zero. NULL: out of memory. */
struct candidate *candidate_add(struct candidates *candidates, enum candidate_kind kind);

/* Append the phrases that may have said the run at item QUOTE of SENTENCE, whose reports are given. A run looks at a
 * bounded number of items. false: out of memory. */
bool candidate_phrases(struct candidates *candidates, const struct frame *frame, const struct frame_sentence *sentence,
    const struct reports *reports, size_t quote);

const char *candidate_kind_name(enum candidate_kind kind);

void candidate_release(struct candidates *candidates);

#endif
