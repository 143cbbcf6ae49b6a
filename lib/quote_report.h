/* SPDX-License-Identifier: ISC
 *
 * quote_report.h - reporting words of a frame sentence, each with the noun phrase that does the saying
 *
 * These are the candidates for the speaker of a quotation: `Kerry said`, `said Kerry`, `according to Kerry`, `Kerry: `.
 */
#ifndef QUOTE_REPORT_H
#define QUOTE_REPORT_H

#include "quote_frame.h"

enum report_form {
	REPORT_SUBJECT,    /* Kerry said */
	REPORT_INVERTED,   /* said Kerry */
	REPORT_PARTICIPLE, /* Kerry walked on, saying */
	REPORT_RELATIVE,   /* Kerry, who said */
	REPORT_BY,         /* called by Kerry */
	REPORT_ACCORDING,  /* according to Kerry */
	REPORT_COLON,      /* Kerry: */
	REPORT_FORMS
};

/* Item ranges are [first, last]; in 32 bits, as frames number them: FRAME_NONE fits. */
struct report {
	enum report_form form;
	uint32_t cue_first, cue_last;         /* the reporting word or words */
	uint32_t mention_first, mention_last; /* the whole noun phrase of the speaker, appositions included */
	uint32_t head;                        /* the head of that noun phrase */
	uint32_t relative;                    /* "who", which stands for it in the clause; FRAME_NONE: none */
	uint32_t content;  /* first item behind the cue, the one spoken to and times: where content begins */
	uint32_t from, to; /* all items of the report: mention, cue and what stands between */
};

struct reports {
	struct report *at;
	size_t count, room;
};

/* Find the reports of SENTENCE into REPORTS, which is emptied first. false: out of memory. */
bool report_run(struct reports *reports, const struct frame *frame, const struct frame_sentence *sentence);

/* The subject of the first finite verb of SENTENCE before item END, as a mention, of a main clause if there is one
 * ("When he died, Doe said this:"); false when it has none. */
bool report_main_subject(const struct frame *frame, const struct frame_sentence *sentence, size_t end,
    struct report *subject);

void report_release(struct reports *reports);

#endif
