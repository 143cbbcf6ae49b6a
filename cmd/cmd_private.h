/* SPDX-License-Identifier: ISC
 *
 * cmd_private.h - what the files of the plumbing tell each other; programs include cmd.h only
 *
 * cmd.c starts and ends a run. cmd_options.c reads the command line. cmd_input.c reads the operands in blocks into the
 * batch at hand, cmd_units.c cuts it into units. cmd_jobs.c has the units worked on and settles finished batches in
 * input order. cmd_output.c writes to standard output, standard error and --rejects; cmd_rows.c composes rows.
 * cmd_progress.c tells how far the run is.
 */
#ifndef CMD_PRIVATE_H
#define CMD_PRIVATE_H

#include "cmd.h"

#include <stdatomic.h>

/* Bytes of input that make a batch: small enough for the cache, large enough that a system call or lock is nothing. */
#define BATCH_BYTES ((size_t)256 * 1024)
/* A read asks for no less than this. */
#define READ_BYTES ((size_t)64 * 1024)
/* A buffer that one large document made larger than this is given back. */
#define KEEP_BYTES ((size_t)4 * 1024 * 1024)
#define JOBS_MAX 256
/* Counters a program may have of its own. */
#define COUNTERS_MAX 32
/* Rejected records that are told one by one. */
#define REJECTS_TOLD 20

/* A record that was rejected. Offsets are into `strings` of the batch. */
struct rejection {
	struct news_text file;
	uint64_t line;
	size_t unit; /* index in the batch of the unit it belongs to or comes before */
	struct news_span why, verbatim;
};

struct rejections {
	struct rejection *at;
	size_t count, room;
};

/* A unit, and what the plumbing knows of it. */
struct slot {
	struct cmd_unit unit;
	size_t first_row, row_count; /* CMD_ROWS */
	size_t notes_end;            /* its notes end here, and begin where those of the unit before end */
	bool passed_by;              /* not worked on: another language */
};

/* A copy of what the top of a file says for all its units, kept as long as the batch. */
struct head {
	struct head *before;
	size_t bytes;
	char at[];
};

/* Units on their way from the reader over a worker to the output. Units and rows point into `input`. */
struct cmd_batch {
	struct buffer input;
	struct slot *slots;
	size_t count, room;
	struct news_row *rows;
	size_t row_count, row_room;
	struct head *heads;             /* the last first */
	struct rejections read, worked; /* by the reader, by the worker */
	struct buffer strings;

	size_t at;   /* index of the unit at hand */
	size_t stop; /* units from here on are dropped: less than `count` only with --strict */
	struct buffer out, notes, view;
	bool finishing; /* cmd_notes gives the view */
	bool done;      /* worked on; waits for the batches before it */
	uint64_t counters[COUNTERS_MAX];
	uint64_t passed_by, skipped;
};

/* The run: what the command line asked for, and what was done so far. Options do not change once the workers run. */
struct run {
	struct cmd_program *program;
	void *context;
	struct news_lists *lists;

	bool header, strict, keep_going, verbose, progress, any_language;
	unsigned jobs;
	const char *rejects;    /* file name, or NULL */
	const char **lists_add; /* directories given with --lists */
	size_t lists_count;
	const char *names;      /* file given with --names, or NULL */
	struct news_text *keys; /* given with -m */
	size_t key_count;
	struct buffer header_line; /* with the keys and LF */
	char **operands;
	size_t operand_count;

	uint64_t bytes_read, units, rows_read, fragments, unmatched; /* the reader's */
	uint64_t rejected, passed_by, skipped, bytes_written;        /* of settled batches */
	uint64_t counters[COUNTERS_MAX];
	bool failed;         /* a file could not be read: status 2 in the end */
	atomic_bool stopped; /* --strict met a malformed record: nothing more is read */
};

extern struct run run;

/* ---- cmd_options.c ---- */

/* Read the command line into `run`; --help and --version end the program. */
void options_read(int argc, char **argv);

/* ---- cmd_input.c ---- */

/* Read all operands. */
void input_run(void);

/* What messages call the file LABEL of a unit. */
const char *input_name(struct news_text label);

/* ---- cmd_units.c ---- */

void units_open(void);
void units_close(void);

/* Begin the file called LABEL. */
void units_start(struct news_text label);

/* Make units of what is complete in BATCH; ENDED: the file is read to its end. false: nothing more can come of this
 * file. */
bool units_cut(struct cmd_batch *batch, bool ended);

/* The file cannot be read on: drop what is incomplete. */
void units_drop(struct cmd_batch *batch);

/* BEFORE was given away; move what is incomplete in it to the beginning of BATCH. */
void units_move(const struct cmd_batch *before, struct cmd_batch *batch);

/* Free the heads of BATCH. */
void units_free_heads(struct cmd_batch *batch);

/* Make room for MORE bytes in `batch->input`; units and rows move along. */
void units_reserve(struct cmd_batch *batch, size_t more);

/* ---- cmd_jobs.c ---- */

void jobs_start(void);
void jobs_finish(void);

/* The batch that the reader fills. */
struct cmd_batch *jobs_batch(void);

/* Hand the batch on to be worked off. Gives an empty one, which is not the one before. */
struct cmd_batch *jobs_give(void);

/* Note down a rejection in LIST, one of BATCH's own. */
void jobs_note_rejection(struct cmd_batch *batch, struct rejections *list, struct rejection rejection, const char *why,
    struct news_text verbatim);

/* ---- cmd_output.c ---- */

/* Make sure that descriptors 0 to 2 are taken, so that no file of ours gets their number. */
void output_open(void);

/* Open --rejects, or die. */
void output_open_rejects(void);

/* Write to standard output, or die. */
void output_write(const char *at, size_t bytes);

/* Append to --rejects. */
void output_reject(struct news_text verbatim);

/* Close standard output and --rejects, or die. */
void output_close(void);

/* ---- cmd_progress.c ---- */

void progress_start(void);

/* The reader came here: draw the bar or answer a signal when it is time to. */
void progress_tick(void);

/* Take the bar away for good. */
void progress_end(void);

/* Whether a bar stands on the terminal, to be wiped by whoever writes next; it is then no longer there. */
bool progress_wipe(void);

/* A descriptor that can be read when a signal came or progress_wake was called; progress_drain empties it. */
int progress_descriptor(void);
void progress_wake(void);
void progress_drain(void);

#endif
