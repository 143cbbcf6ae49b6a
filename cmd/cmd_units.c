/* SPDX-License-Identifier: ISC
 *
 * cmd_units.c - cutting the batch at hand into units
 *
 * Works on what has come so far, and remembers how far it got, so that every byte is looked at once however the reads
 * fall. What is incomplete when a batch is given away moves to the next one; it is less than one unit, so every byte
 * moves once at most.
 *
 * Rows are parsed here, once: where a document ends can only be told from them. Lines that are no rows of the document
 * (malformed ones, headers) are closed up, so that the bytes of a unit are its rows and nothing else.
 */
#include "cmd_private.h"

#include <inttypes.h>
#include <stdlib.h>

static const char row_header[] = "doc\tpar\tsent\tbegin\tend\tkind\ttext";

/* Offsets are into `input` of the batch at hand. */
static struct {
	struct news_text label;
	size_t begin;        /* of the unit at hand */
	size_t kept;         /* rows: end of the rows of the unit at hand */
	size_t next;         /* lines and rows: the first byte that was not yet dealt with */
	size_t searched;     /* no LF between `next` and here */
	uint64_t line;       /* number of the line at `next`; raw: at `begin` */
	uint64_t first_line; /* rows: of the unit at hand */
	size_t first_row;    /* rows: of the unit at hand, in the batch */

	struct news_row before; /* the last row of this file; its `doc` is `id` */
	struct buffer id;
	bool has_before;
	size_t told_end; /* where the meta rows of the document at hand say it ends; 0: they do not */
	unsigned run_paragraph, run_sentence; /* the first row under this id */
	bool came_twice;                      /* a second document under this id followed at once */

	struct news_cutter *cutter;
	bool format_told;
	bool failed; /* nothing more can come of this file */
} taken;

void
units_reserve(struct cmd_batch *batch, size_t more)
{
	struct buffer *input = &batch->input;
	size_t room;
	char *at;

	if (input->room - input->bytes >= more)
		return;
	if (more > SIZE_MAX / 4 - input->bytes || input->room > SIZE_MAX / 4)
		cmd_no_memory();
	room = input->room < BATCH_BYTES ? BATCH_BYTES : input->room;
	while (room - input->bytes < more)
		room *= 2;
	at = malloc(room);
	if (at == NULL)
		cmd_no_memory();
	if (input->bytes > 0)
		memcpy(at, input->at, input->bytes);
	for (size_t i = 0; i < batch->count; i++)
		batch->slots[i].unit.bytes.at = at + (batch->slots[i].unit.bytes.at - input->at);
	for (size_t i = 0; i < batch->row_count; i++) {
		struct news_row *row = &batch->rows[i];
		row->text.at = at + (row->text.at - input->at);
		row->doc.at = at + (row->doc.at - input->at);
		row->key.at = row->doc.at;
	}
	free(input->at);
	input->at = at;
	input->room = room;
}

void
units_free_heads(struct cmd_batch *batch)
{
	struct head *head, *before;

	for (head = batch->heads; head != NULL; head = before) {
		before = head->before;
		free(head);
	}
	batch->heads = NULL;
}

/* What the top of the file at hand says, as BATCH keeps it. */
static struct news_text
batch_head(struct cmd_batch *batch)
{
	struct news_text told = news_cutter_head(taken.cutter);
	struct head *head = batch->heads;

	if (told.bytes == 0)
		return (struct news_text){"", 0};
	if (head == NULL || head->bytes != told.bytes || memcmp(head->at, told.at, told.bytes) != 0) {
		head = malloc(sizeof *head + told.bytes);
		if (head == NULL)
			cmd_no_memory();
		head->before = batch->heads;
		head->bytes = told.bytes;
		memcpy(head->at, told.at, told.bytes);
		batch->heads = head;
	}
	return (struct news_text){head->at, head->bytes};
}

static void
add_unit(struct cmd_batch *batch, size_t begin, size_t end, uint64_t line)
{
	bool raw = run.program->input == CMD_RAW;
	struct slot *grown = array_grow(batch->slots, batch->count, &batch->room, sizeof *batch->slots);
	struct slot *slot;

	if (grown == NULL)
		cmd_no_memory();
	batch->slots = grown;
	slot = &batch->slots[batch->count++];
	slot->unit.bytes = (struct news_text){batch->input.at + begin, end - begin};
	slot->unit.file = taken.label;
	slot->unit.line = line;
	slot->unit.number = ++run.units;
	slot->unit.format = raw ? news_cutter_format(taken.cutter) : NULL;
	slot->unit.head = raw ? batch_head(batch) : (struct news_text){"", 0};
	slot->first_row = taken.first_row;
	slot->row_count = batch->row_count - taken.first_row;
	slot->passed_by = false;
}

/* ---- rows ---- */

/* The document at hand is complete. */
static void
end_document(struct cmd_batch *batch)
{
	if (batch->row_count > taken.first_row)
		add_unit(batch, taken.begin, taken.kept, taken.first_line);
	taken.begin = taken.kept;
	taken.first_row = batch->row_count;
}

/* Why ROW, which follows `before` by its key, cannot belong to the same document; NULL when it can. */
static const char *
contradiction(const struct news_row *row)
{
	if (taken.told_end != 0 && row->kind == NEWS_META && row->span.end != taken.told_end)
		return "meta row with another end than the one before";
	if (taken.told_end != 0 && row->span.end > taken.told_end)
		return "range reaches past the end that the meta rows tell";
	if (row->kind != NEWS_META && taken.before.kind != NEWS_META && row->span.begin < taken.before.span.end)
		return "range overlaps that of the row before";
	return NULL;
}

/* ROW is the first of a document. Where its id is that of the document before: a story that comes twice in a row begins
 * like its first copy, a piece of two that sort(1) interleaved does not. */
static void
begin_document(struct cmd_batch *batch, const struct news_row *row)
{
	bool same_id = taken.has_before && taken.before.doc.bytes == row->doc.bytes &&
	    memcmp(taken.before.doc.at, row->doc.at, row->doc.bytes) == 0;

	end_document(batch);
	taken.told_end = 0;
	taken.first_line = taken.line;
	taken.came_twice = same_id;
	if (same_id) {
		run.fragments += row->paragraph != taken.run_paragraph || row->sentence != taken.run_sentence;
		return;
	}
	taken.run_paragraph = row->paragraph;
	taken.run_sentence = row->sentence;
	taken.id.bytes = 0;
	cmd_add(&taken.id, row->doc.at, row->doc.bytes);
}

static void
reject_row(struct cmd_batch *batch, struct news_text line, const char *why)
{
	struct rejection rejection = {taken.label, taken.line, batch->count, {0, 0}, {0, 0}};

	jobs_note_rejection(batch, &batch->read, rejection, why, line);
}

/* LINE stands at `kept`. Gives whether it is a row that was taken. */
static bool
take_row(struct cmd_batch *batch, struct news_text line)
{
	struct news_error error;
	struct news_row row, *grown;
	const char *why;
	bool first = run.rows_read == 0 && batch->read.count == 0 && taken.line == 1 && run.units == 0;

	if (news_row_parse(line, &row, &error) != NEWS_OK) {
		if (line.bytes >= sizeof row_header - 1 && memcmp(line.at, row_header, sizeof row_header - 1) == 0 &&
		    (line.bytes == sizeof row_header - 1 || line.at[sizeof row_header - 1] == '\t'))
			return false;
		if (first && row.key.bytes == 0)
			cmd_die("%s:1: not a row of nsplit; pipe text through nsplit first", input_name(taken.label));
		reject_row(batch, line, error.text);
		return false;
	}
	if (!taken.has_before || news_row_starts_document(&taken.before, &row)) {
		begin_document(batch, &row);
	} else {
		why = contradiction(&row);
		if (why != NULL && !taken.came_twice) {
			reject_row(batch, line, why);
			return false;
		}
		if (why != NULL)
			begin_document(batch, &row);
	}
	grown = array_grow(batch->rows, batch->row_count, &batch->row_room, sizeof *batch->rows);
	if (grown == NULL)
		cmd_no_memory();
	batch->rows = grown;
	batch->rows[batch->row_count++] = row;
	run.rows_read++;
	taken.before = row;
	taken.before.doc = (struct news_text){taken.id.at, taken.id.bytes};
	taken.has_before = true;
	if (row.kind == NEWS_META)
		taken.told_end = row.span.end;
	return true;
}

/* The line of BYTES bytes at `next`, with an LF behind it. */
static void
take_row_line(struct cmd_batch *batch, size_t bytes)
{
	char *at = batch->input.at;

	if (taken.kept != taken.next)
		memmove(at + taken.kept, at + taken.next, bytes + 1);
	taken.next += bytes + 1;
	if (take_row(batch, (struct news_text){at + taken.kept, bytes})) {
		taken.kept += bytes + 1;
		if (taken.before.kind != NEWS_META && taken.before.span.end == taken.told_end)
			end_document(batch);
	}
	taken.line++;
}

static bool
stop_for_rejection(const struct cmd_batch *batch)
{
	return run.strict && batch->read.count > 0;
}

/* ---- lines, of rows or of anything ---- */

static void
take_line(struct cmd_batch *batch, size_t bytes)
{
	if (run.program->input == CMD_ROWS) {
		take_row_line(batch, bytes);
		return;
	}
	add_unit(batch, taken.next, taken.next + bytes + 1, taken.line++);
	taken.next += bytes + 1;
	taken.begin = taken.kept = taken.next;
}

static void
cut_lines(struct cmd_batch *batch, bool ended)
{
	struct buffer *input = &batch->input;

	while (taken.searched < input->bytes && !stop_for_rejection(batch)) {
		char *from = input->at + taken.searched;
		char *line_end = memchr(from, '\n', input->bytes - taken.searched);

		if (line_end == NULL && !ended) {
			taken.searched = input->bytes;
			return;
		}
		if (line_end == NULL) {
			/* The reader left room for it. */
			line_end = input->at + input->bytes;
			input->at[input->bytes++] = '\n';
		}
		take_line(batch, (size_t)(line_end - input->at) - taken.next);
		taken.searched = taken.next;
	}
	/* A last line without LF whose bytes were all searched before the end was known. */
	if (ended && taken.next < input->bytes && !stop_for_rejection(batch)) {
		input->at[input->bytes++] = '\n';
		take_line(batch, input->bytes - 1 - taken.next);
		taken.searched = taken.next;
	}
}

/* ---- raw documents ---- */

static void
tell_format(const struct news_format *format)
{
	if (taken.format_told || format == NULL)
		return;
	taken.format_told = true;
	if (run.verbose)
		cmd_tell("%s: read as %s", input_name(taken.label), news_format_name(format));
}

/* Whether nothing can come of this file; told once. */
static bool
cut_failed(void)
{
	const char *why = news_cutter_error(taken.cutter);

	if (why != NULL && !taken.failed) {
		cmd_tell("%s: %s", input_name(taken.label), why);
		run.failed = taken.failed = true;
	}
	return why != NULL;
}

static void
cut_raw(struct cmd_batch *batch, bool ended)
{
	struct buffer *input = &batch->input;

	while (taken.begin < input->bytes) {
		const char *at = input->at + taken.begin;
		struct news_span text = {0, 0};
		size_t before, lines,
		    bytes = news_cutter_next(taken.cutter, at, input->bytes - taken.begin, ended, &text);

		if (bytes == 0)
			break;
		tell_format(news_cutter_format(taken.cutter));
		news_cutter_lines(taken.cutter, &before, &lines);
		if (text.begin < text.end)
			add_unit(batch, taken.begin + text.begin, taken.begin + text.end, taken.line + before);
		taken.line += lines;
		taken.begin += bytes;
	}
	if (cut_failed() || ended)
		taken.begin = input->bytes;
	taken.kept = taken.next = taken.begin;
}

/* ---- all of them ---- */

void
units_open(void)
{
	struct news_error error = {""};

	if (run.program->input != CMD_RAW)
		return;
	taken.cutter = news_cutter_new(run.program->reader_options(run.context), &error);
	if (taken.cutter == NULL && error.text[0] != '\0')
		cmd_die("%s", error.text);
	if (taken.cutter == NULL)
		cmd_no_memory();
}

void
units_close(void)
{
	if (taken.cutter != NULL)
		run.unmatched = news_cutter_unmatched(taken.cutter);
	news_cutter_free(taken.cutter);
	buffer_release(&taken.id);
}

void
units_start(struct news_text label)
{
	taken.label = label;
	taken.line = 1;
	taken.has_before = false;
	taken.failed = false;
	if (run.program->input == CMD_RAW) {
		news_cutter_start(taken.cutter);
		taken.format_told = run.program->reader_options(run.context)->format != NULL;
	}
}

/* The next file begins behind all that came so far. */
static void
end_file(struct cmd_batch *batch)
{
	taken.begin = taken.kept = taken.next = taken.searched = batch->input.bytes;
	taken.first_row = batch->row_count;
	taken.told_end = 0;
	taken.has_before = false;
}

bool
units_cut(struct cmd_batch *batch, bool ended)
{
	if (run.program->input == CMD_RAW)
		cut_raw(batch, ended);
	else
		cut_lines(batch, ended);
	if (stop_for_rejection(batch)) {
		run.stopped = true;
	} else if (ended) {
		if (run.program->input == CMD_ROWS)
			end_document(batch);
		end_file(batch);
	} else if (taken.failed) {
		end_file(batch);
	}
	return !taken.failed;
}

void
units_drop(struct cmd_batch *batch)
{
	batch->row_count = taken.first_row;
	end_file(batch);
}

void
units_move(const struct cmd_batch *before, struct cmd_batch *batch)
{
	size_t kept = taken.kept - taken.begin, rest = before->input.bytes - taken.next;
	size_t rows = before->row_count - taken.first_row;
	const char *old = before->input.at + taken.begin;

	if (kept + rest > 0) {
		units_reserve(batch, kept + rest);
		memcpy(batch->input.at, old, kept);
		memcpy(batch->input.at + kept, before->input.at + taken.next, rest);
		batch->input.bytes = kept + rest;
	}
	for (size_t i = 0; i < rows; i++) {
		struct news_row row = before->rows[taken.first_row + i];
		struct news_row *grown = array_grow(batch->rows, i, &batch->row_room, sizeof row);

		if (grown == NULL)
			cmd_no_memory();
		batch->rows = grown;
		row.doc.at = batch->input.at + (row.doc.at - old);
		row.key.at = row.doc.at;
		row.text.at = batch->input.at + (row.text.at - old);
		batch->rows[i] = row;
	}
	batch->row_count = rows;
	taken.searched = kept + (taken.searched > taken.next ? taken.searched - taken.next : 0);
	taken.begin = 0;
	taken.first_row = 0;
	taken.next = taken.kept = kept;
}
