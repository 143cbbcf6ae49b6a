/* SPDX-License-Identifier: ISC
 *
 * lines.h - the lines of a stream that arrives in pieces, each byte looked at once
 */
#ifndef LINES_H
#define LINES_H

#include "news.h"

enum lines_class {
	LINES_BLANK, /* nothing but spaces, TABs and CR */
	LINES_FEED,  /* form feeds too */
	LINES_TEXT
};

/* The line at hand. Offsets count from the first untaken byte. */
struct lines {
	size_t begin, scanned; /* where it begins; how far it is known: behind its LF when it is complete */
	size_t count;          /* LF passed since `start` or `taken` */
	enum lines_class class;
};

/* Begin with the line at offset 0. */
void lines_start(struct lines *lines);

/* Go on with the line at hand. true: it is complete. ENDED: a last line without LF is one. */
bool lines_take(struct lines *lines, struct news_text untaken, bool ended);

/* Pass complete lines that begin with what is no blank, all LINES_TEXT, from the one at hand on: the same as `take` and
 * `next` for each. false: there is none, or part of the line at hand is known. */
bool lines_pass_text(struct lines *lines, struct news_text untaken);

/* The line at hand is done with; the next begins behind it. */
void lines_next(struct lines *lines);

/* The end of the complete line at hand without its LF or CRLF. */
size_t lines_end(const struct lines *lines, struct news_text untaken);

/* The first BYTES bytes, all lines before the one at hand, are taken: offsets count from behind them. Gives their LF.
 */
size_t lines_taken(struct lines *lines, size_t bytes);

/* Cut a document a line (blank lines are none), as struct news_format's `cut` has it; `*count` gets the LF taken. */
size_t lines_cut(struct lines *lines, struct news_text untaken, bool ended, struct news_span *record, size_t *count);

#endif
