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

/* What attributed a quotation; explained in nquote(1). Name, hundredths of its rows that were right on development
 * data. */
#define DECIDE_RULES(X) \
	X(NOBODY, "none", 0) \
	X(QUOTE_NAME_CUE, "quote-name-cue", 98) \
	X(QUOTE_CUE_NAME, "quote-cue-name", 97) \
	X(QUOTE_NAME_VERB, "quote-name-verb", 75) \
	X(NAME_CUE_QUOTE, "name-cue-quote", 95) \
	X(CLAUSE, "clause", 85) \
	X(NAMING, "naming", 84) \
	X(PARTICIPLE, "participle", 85) \
	X(RELATIVE, "relative", 70) \
	X(PASSIVE, "passive", 75) \
	X(FRONTED, "fronted", 80) \
	X(ACCORDING, "according-to", 88) \
	X(COLON, "colon", 85) \
	X(SIGNATURE, "signature", 90) \
	X(LEAD_IN, "lead-in", 80) \
	X(MAIN_SUBJECT, "main-subject", 60) \
	X(SAME_PARAGRAPH, "same-paragraph", 95) \
	X(LATER_IN_PARAGRAPH, "later-in-paragraph", 80) \
	X(CARRIED_ON, "carried-on", 65) \
	X(CONTINUED, "continued", 95)

enum decide_rule {
#define X(name, text, score) DECIDE_##name,
	DECIDE_RULES(X)
#undef X
	    DECIDE_RULE_COUNT
};

/* The rule's name; UNCLOSED adds ",unclosed". */
const char *decide_rule_name(enum decide_rule rule, bool unclosed);
unsigned decide_rule_score(enum decide_rule rule);

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

/* The report of REPORTS that the run at item QUOTE belongs to; its index, or REPORTS->count for none. */
size_t decide_report(const struct frame *frame, const struct frame_sentence *sentence, const struct reports *reports,
    size_t quote, enum decide_rule *rule);

/* Words of a run: blanks-separated pieces. */
size_t decide_words(const struct frame *frame, const struct quote_run *run);

#endif
