/* SPDX-License-Identifier: ISC
 *
 * format.h - what a format of feeds is: how a file of it is known, where its documents end, and how one is read
 *
 * A format is one file, format_NAME.c, that defines one or more `struct news_format`, and a line of the table in
 * formats.c. Cutting runs in one thread over the bytes as they come; reading runs in many, each with a reader of its
 * own, on whole records. So cutting should only look for the few bytes that end a record: what is malformed inside one
 * is handed on, and rejected by `read`.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "news.h"

/* How much of a file may be looked at to recognise its format. Bytes. */
#define FORMAT_PROBE 65536

/* Records larger than this are not held in memory: the cutter hands their front on, marked by its size, and passes over
 * the rest. Bytes. */
#define FORMAT_RECORD_MAX ((size_t)256 * 1024 * 1024)

#define FORMAT_UNCOUNTED SIZE_MAX

/* What `cut` found; all zero before, `lines` FORMAT_UNCOUNTED. Offsets count from the first untaken byte. */
struct format_cut {
	struct news_span record; /* one document's own bytes; empty: nothing but what stands between documents */
	struct news_span head;   /* not empty: from now on every record of this file is read with these bytes as its
	                          * `head` (the top of a feed, up to its first item) */
	size_t lines;            /* LF in what is taken; FORMAT_UNCOUNTED: the cutter must count them */
	const char *error;       /* this file cannot be read at all, and why */
};

struct news_format {
	const char *name;
	bool own_encoding; /* `read` finds the encoding of each record itself, by options->encoding too */

	/* Whether a file that begins with BEGIN is of this format: 1 yes, 0 no, -1 more must come (never where ENDED,
	 * or where BEGIN has FORMAT_PROBE bytes). A byte order mark and blanks are gone. NULL: `auto` never finds it.
	 */
	int (*recognise)(struct news_text begin, bool ended);

	/* The state of cutting; NULL with ERROR set when an option is wrong or memory is short. OPTIONS are borrowed.
	 */
	void *(*cutter_new)(const struct news_reader_options *options, struct news_error *error);
	void (*cutter_free)(void *cutter);

	/* Another file begins. */
	void (*cutter_start)(void *cutter);

	/* UNTAKEN is what has come of the file and was not taken; ENDED says that no more will come. Gives how many
	 * bytes are taken: those of the next record with what ends it, or some that stand between records (record left
	 * empty), or 0 when more must come first (where ENDED: when nothing is left, or cut->error is set). What it
	 * has looked at it remembers, so that each byte is looked at once however the reads fall: between two calls
	 * that give 0 UNTAKEN only grows at its end (the bytes may have moved). */
	size_t (*cut)(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut);

	/* The state of reading; NULL: out of memory. OPTIONS are borrowed. */
	void *(*reader_new)(const struct news_reader_options *options);
	void (*reader_free)(void *reader);

	/* Read RECORD, borrowed until the next `read`. Fills DOCUMENT, all zero before: text, title and fields as
	 * DESIGN has them (the first field is `file`), and the id of the source, or none. `*repairs` grows by the
	 * sequences replaced. NEWS_END: the record is well-formed and holds no document (a redirection, a picture).
	 * NEWS_REJECTED: it is malformed, ERROR says why. */
	enum news_status (*read)(void *reader, const struct news_record *record, struct news_document *document,
	    size_t *repairs, struct news_error *error);
};

/* The formats there are, ended by NULL. `auto` asks them in this order. */
extern const struct news_format *const formats[];

#endif
