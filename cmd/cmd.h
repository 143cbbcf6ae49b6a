/* SPDX-License-Identifier: ISC
 *
 * cmd.h - what the four programs share: options, records in, rows out, diagnostics, exit status, jobs
 *
 * One reader cuts the input into units (a unit is a document: its rows, or its raw bytes; or a line) and gathers
 * them in batches. Workers, one a thread, turn each batch into output; finished batches pass `finish` and are written
 * in input order by one writer. With -j 1 all of it happens in one thread, in the same order: the bytes are the same
 * for every -j. Before a read that would block, the batch at hand is worked off and its output flushed.
 */
#ifndef CMD_H
#define CMD_H

#include "../lib/buffer.h"
#include "../lib/news.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cmd_exit { CMD_OK = 0, CMD_REJECTED = 1, CMD_FAILED = 2 };

struct cmd_option {
	int letter;           /* the short letter, or a value over 255 for an option that has only a long name */
	const char *name;     /* long name; NULL ends a table */
	const char *argument; /* what --help calls its argument; NULL: takes none */
	const char *help;     /* one line */
};

enum cmd_input {
	CMD_ROWS, /* rows of nsplit: a unit is a document */
	CMD_RAW,  /* a feed: a unit is the raw bytes of a document, cut by a news_cutter */
	CMD_LINES /* any bytes: a unit is a line */
};

/* One unit of a batch. */
struct cmd_unit {
	struct news_text bytes; /* its rows or line, each with LF (a last line without one gets it); or its raw bytes */
	struct news_text file;  /* name of the file it came from, "-" for standard input */
	uint64_t line;          /* number in that file of its first line, from 1 */
	uint64_t number;        /* number of the unit in the run, from 1 */
	const struct news_format *format; /* CMD_RAW only: the format in force */
	struct news_text head;            /* CMD_RAW only: what the top of the file says for all its units */
};

/* What a worker or `finish` writes to. */
struct cmd_batch;

/* Where the output of BATCH goes; append whole rows. */
struct buffer *cmd_out(struct cmd_batch *batch);

/* Bytes of the worker's own for `finish`: append to it in `work`; in `finish` it holds what `work` appended for the
 * unit at hand, no more. */
struct buffer *cmd_notes(struct cmd_batch *batch);

/* In `finish`: the notes of the units that follow in the batch, so that what they will need can be fetched meanwhile.
 */
struct news_text cmd_notes_after(const struct cmd_batch *batch);

/* The unit at hand is malformed: WHY is told on stderr as `name: FILE:LINE: WHY` (the first 20, then a count), VERBATIM
 * goes to --rejects, the exit status becomes 1; with --strict nothing after it is written. */
void cmd_reject(struct cmd_batch *batch, const struct cmd_unit *unit, uint64_t line, const char *why,
    struct news_text verbatim);

/* The unit at hand holds no document; it is not counted as one. */
void cmd_skip(struct cmd_batch *batch);

/* Memory is short: tells and ends the run with status 2. Does not return. */
_Noreturn void cmd_no_memory(void);

/* Tell `name: ` and a message, all control characters escaped, with one write(2). */
void cmd_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As cmd_tell, then exit with status 2. */
_Noreturn void cmd_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A usage error: as cmd_die, with `; try 'NAME --help'` at the end. */
_Noreturn void cmd_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Add N to a counter: an index into `counters` of struct cmd_program. Told at the end with -v, the number and then the
 * name: "nsplit: 3 documents cut in parts". */
void cmd_count(struct cmd_batch *batch, unsigned counter, uint64_t n);

struct cmd_program {
	const char *name;
	const char *arguments;            /* of the usage line: "[OPTION]... [FILE]..." */
	const char *summary;              /* a line or two for --help */
	const struct cmd_option *options; /* the program's own, before the common ones */
	const char *header;               /* column names joined by TAB, without LF; NULL: -H is not for this program */
	/* What cmd_count counts, ended by NULL; those over zero are told at the end with -v. */
	const char *const *counters;
	/* Entries that are not NULL: the counters of the same index are told without -v too. NULL: none is. */
	const char *const *always;
	enum cmd_input input;
	bool english_only; /* documents of another language pass by, counted; adds --lang */
	bool takes_fields; /* adds -m KEY,...: meta values as last columns */
	bool takes_names;  /* adds --names FILE */

	/* An option of the program's own was given. Usage errors: cmd_usage. */
	void (*option)(void *context, int letter, const char *argument);

	/* All options are read, LISTS is complete: last checks; may change `input`, `header` of its own struct. NULL:
	 * none. */
	void (*ready)(void *context, const struct news_lists *lists);

	/* CMD_RAW: how to cut. */
	const struct news_reader_options *(*reader_options)(void *context);

	/* A worker's own state (engines). One for each thread. */
	void *(*worker_new)(void *context, const struct news_lists *lists);
	void (*worker_free)(void *worker);

	/* Work on one unit: append rows to cmd_out(batch). DOCUMENT is the assembled document (CMD_ROWS; NULL
	 * otherwise). */
	void (*work)(void *worker, struct cmd_batch *batch, const struct cmd_unit *unit,
	    const struct news_document *document);

	/* Called for every unit of a batch in input order, by one thread at a time, after `work`. NULL: none. */
	void (*finish)(void *context, struct cmd_batch *batch, const struct cmd_unit *unit);

	/* The input has ended (also after rejected records): append what is still to be said to the output, or tell.
	 * NULL: none. */
	void (*end)(void *context, struct buffer *out);
};

/* Run PROGRAM over the operands: the whole of main(). Gives the exit status. */
int cmd_main(int argc, char **argv, struct cmd_program *program, void *context);

/* ---- rows out ---- */

/* Append the key columns `doc par sent begin end` and a TAB after the last. */
void cmd_add_key(struct buffer *out, struct news_text doc, unsigned paragraph, unsigned sentence,
    struct news_span span);

/* Append a row of nsplit for each segment of DOCUMENT. */
void cmd_add_segments(struct buffer *out, const struct news_document *document);

/* Append TEXT with LF as a space. */
void cmd_add_words(struct buffer *out, struct news_text text);

/* Append SCORE hundredths as 0.00 to 1.00. */
void cmd_add_score(struct buffer *out, unsigned score);

/* Append a TAB and the value of each key given with -m, then LF: the end of every row of nquote and nentity. */
void cmd_end_row(struct buffer *out, const struct news_document *document);

/* buffer_add and buffer_add_byte that die when memory is short. */
void cmd_add(struct buffer *out, const void *at, size_t bytes);
void cmd_add_byte(struct buffer *out, char byte);

#endif
