/* SPDX-License-Identifier: ISC
 *
 * rss_scan.h - where tags begin and end, in markup that arrives in pieces
 *
 * Only so much of XML as tells tags from what looks like tags: comments, CDATA sections, processing instructions, the
 * document type with its declarations, and values in quotation marks are passed over. Each byte is looked at once
 * however the pieces fall, but for what never ends (a comment without its `-->`): at the end of the file that turns out
 * to be no markup, and is gone through again. A `<` inside a quoted value, which XML does not allow, begins new markup,
 * so that a forgotten mark does not swallow a feed.
 */
#ifndef RSS_SCAN_H
#define RSS_SCAN_H

#include "news.h"

/* Longer names are given as ones without a local part. Bytes. */
#define RSS_NAME_MAX 255

enum rss_event {
	RSS_MORE,  /* more must come first; where the bytes had ended: nothing more comes */
	RSS_BEGIN, /* the name of a start tag is known: `name` and `local` */
	RSS_END,   /* that of an end tag */
	RSS_CLOSE, /* the tag ends with `>`, or breaks off before a `<` */
	RSS_EMPTY, /* the start tag ends with `/>` */
	RSS_OTHER  /* a comment, CDATA section, instruction or document type ends */
};

enum rss_scan_state {
	RSS_IN_TEXT,
	RSS_AT_OPEN, /* behind a `<` */
	RSS_IN_NAME,
	RSS_IN_TAG,
	RSS_IN_VALUE,
	RSS_IN_COMMENT,
	RSS_IN_CDATA,
	RSS_IN_INSTRUCTION,
	RSS_IN_TYPE,      /* a document type */
	RSS_IN_TYPE_NOTE, /* a comment in it */
	RSS_SCAN_STATES
};

/* All zero is a fresh one. Offsets count from the first untaken byte. */
struct rss_scan {
	enum rss_scan_state state;
	size_t at;                    /* how far the bytes are looked at */
	size_t begin;                 /* the `<` of the markup at hand, or of the last */
	struct news_span name, local; /* of the last tag: `dc:creator` and `creator` */
	bool is_end, is_declared;     /* the tag at hand is an end tag; the type at hand has declarations open */
	char quote, last;             /* the mark of the value at hand; the byte of the tag before `at` */
	bool lost;                    /* `begin` was taken */
	bool barren[RSS_SCAN_STATES]; /* markup of this kind has no end in the rest of the file */
};

/* The next event. UNTAKEN only grows at its end until rss_scan_taken. ENDED: no more will come. */
enum rss_event rss_scan_next(struct rss_scan *scan, struct news_text untaken, bool ended);

/* The first BYTES bytes, at most `at`, are taken. */
void rss_scan_taken(struct rss_scan *scan, size_t bytes);

/* How many bytes may be taken without harm: all that are looked at and not part of markup at hand. */
size_t rss_scan_done(const struct rss_scan *scan);

#endif
