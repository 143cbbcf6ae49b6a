/* SPDX-License-Identifier: ISC
 *
 * quote_marks.h - where quotation marks open and close
 *
 * Works paragraph by paragraph, so that a mark that is missing spoils one paragraph and no more. Never fails on odd
 * counts: a run left open closes where its paragraph ends and says so.
 */
#ifndef QUOTE_MARKS_H
#define QUOTE_MARKS_H

#include "news.h"

enum quote_mark_kind {
	QUOTE_CURLY,
	QUOTE_STRAIGHT,
	QUOTE_DOUBLED,
	QUOTE_GUILLEMET,
	QUOTE_CURLY_SINGLE,
	QUOTE_SINGLE,
	QUOTE_MARK_KINDS
};

/* Nobody asks how much longer a run is. */
#define QUOTE_WORDS_MAX 32

/* What stands between an opening mark and its closing mark, in one paragraph. */
struct quote_run {
	struct news_span inside;  /* between the marks, outer blanks off; never empty */
	struct news_span outside; /* with the marks that are there */
	unsigned paragraph;
	size_t words; /* pieces between blanks, up to QUOTE_WORDS_MAX */
	enum quote_mark_kind kind;
	bool nested;    /* inside another run */
	bool unclosed;  /* no closing mark in its paragraph */
	bool continued; /* goes on with the run left open by the paragraph before */
};

struct quote_marks {
	struct quote_run *runs; /* in order of their beginning; a nested run follows the one that holds it */
	size_t count, room;
};

/* Find the runs of DOCUMENT into MARKS, which is emptied first. false: out of memory. */
bool quote_marks_run(struct quote_marks *marks, const struct news_document *document);

void quote_marks_release(struct quote_marks *marks);

#endif
