/* SPDX-License-Identifier: ISC
 *
 * quote_decide.h - which report, if any, a quotation belongs to
 *
 * Candidates (quote_report.h), their features and the decision are kept apart: decide_features says how a run and a
 * report stand to each other, decide_weigh turns that into a strength and the rule that gave it.
 */
#ifndef QUOTE_DECIDE_H
#define QUOTE_DECIDE_H

#include "quote_report.h"

/* What attributed a quotation, explained in nquote(1): name, and how many of a hundred of its rows without marks were
 * right on PolNeAR train (Newell et al. 2018). */
// clang-format off
#define DECIDE_RULES(X)                                  \
	X(NOBODY, "none", 0)                             \
	X(QUOTE_NAME_CUE, "quote-name-cue", 0)           \
	X(QUOTE_CUE_NAME, "quote-cue-name", 0)           \
	X(NAME_CUE_QUOTE, "name-cue-quote", 0)           \
	X(CLAUSE, "clause", 76)                          \
	X(NAMING, "naming", 0)                           \
	X(PARTICIPLE, "participle", 60)                  \
	X(RELATIVE, "relative", 39)                      \
	X(PASSIVE, "passive", 0)                         \
	X(FRONTED, "fronted", 67)                        \
	X(ACCORDING, "according-to", 84)                 \
	X(COLON, "colon", 0)                             \
	X(PHRASE, "phrase", 0)                           \
	X(SIGNATURE, "signature", 0)                     \
	X(TRANSCRIPT, "transcript", 0)                   \
	X(LEAD_IN, "lead-in", 0)                         \
	X(MAIN_SUBJECT, "main-subject", 0)               \
	X(SAME_PARAGRAPH, "same-paragraph", 0)           \
	X(LATER_IN_PARAGRAPH, "later-in-paragraph", 0)   \
	X(CARRIED_ON, "carried-on", 0)                   \
	X(ALTERNATE, "alternate", 0)                     \
	X(EARLIER, "earlier", 0)                         \
	X(CONTINUED, "continued", 0)
// clang-format on

enum decide_rule {
#define X(name, text, indirect) DECIDE_##name,
	DECIDE_RULES(X)
#undef X
	    DECIDE_RULE_COUNT
};

/* The rule's name; UNCLOSED adds ",unclosed". */
const char *decide_rule_name(enum decide_rule rule, bool unclosed);

/* Hundredths: how often RULE is right about speech without marks. */
unsigned decide_indirect_score(enum decide_rule rule);

/* How a run (the item QUOTE) and a report stand to each other. */
struct decide_features {
	enum report_form form;
	bool report_first; /* the report stands before the run */
	bool adjacent;     /* nothing but marks, the one spoken to and times between them */
	bool marks_only;   /* nothing but marks between them */
	bool comma;        /* a comma or colon stands directly before the run (report first) or ends it (run first) */
	bool cue_strong, cue_clause, cue_naming, cue_attitude;
	bool semicolon;    /* a semicolon lies between */
	bool clause_break; /* the report begins a clause of its own behind a comma */
	bool embedded;     /* the report stands inside what another one says */
	size_t distance;   /* items between cue and run */
	size_t words;      /* words of the run */
};

void decide_features(const struct frame *frame, const struct frame_sentence *sentence, size_t quote,
    const struct report *report, struct decide_features *features);

/* The strength of the bond (0: none) and the rule behind it. */
int decide_weigh(const struct decide_features *features, enum decide_rule *rule);

/* Whether report I stands inside what the report before it says: `Kerry said he had offered "..."`. */
bool decide_is_embedded(const struct frame *frame, const struct reports *reports, size_t i);

#endif
