/* SPDX-License-Identifier: ISC
 *
 * ndedupe - drop what has been there before
 *
 * Digests are computed in `work`, by as many threads as -j gives; the set of digests is asked in `finish`, in the order
 * of the input, so that the first of a kind is kept whatever -j is. From one to the other go the notes of a unit of
 * cmd: of a line its digest, of a document what is to be done with each stretch of its rows.
 */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

enum unit { UNIT_DOCUMENT, UNIT_PARAGRAPH, UNIT_SENTENCE, UNIT_LINE };

static const char *const unit_names[] = {"doc", "par", "sent", "line"};

enum { OPTION_RAW = 256 };

static const struct cmd_option options[] = {{'u', "unit", "UNIT", "what is compared: doc (default), par, sent or line"},
    {'r', "report", NULL, "write a row a unit that says what it repeats, and drop nothing"},
    {'x', "exact", NULL, "only what is the same (this version finds nothing else)"},
    {OPTION_RAW, "raw", NULL, "compare the bytes as they are, case and typography included"}, {0, NULL, NULL, NULL}};

enum counter { COUNT_KEPT, COUNT_SAME, COUNT_BYTES };

static const char *const counters[] = {"kept", "the same as an earlier one", "bytes of memory for what was kept", NULL};

/* What becomes of a stretch of rows. */
enum fate {
	PASS, /* they are of no unit, and always written */
	KEEP, /* a unit without text, always written */
	ASK,  /* a unit: written unless its digest was there before */
	AGAIN /* more rows of the unit before */
};

struct note {
	size_t bytes; /* of the rows; stretches follow each other without a gap */
	enum fate fate;
	unsigned paragraph, sentence;
	struct news_span span;
	struct news_digest digest;
};

/* So many lines pass until a slot of the set has come from memory. */
#define LINES_AHEAD 8

struct run {
	enum unit unit;
	bool report, raw;
	struct news_seen *seen;
	size_t memory;       /* what COUNT_BYTES has told of it */
	struct buffer names; /* with -r: the names of the units kept, each ended by LF; the set has where each begins */
	struct buffer original; /* the name of the one at hand's original */
};

struct worker {
	const struct run *run;
	struct news_digester *digester;
	struct buffer text;
	struct note *notes;
	size_t count, room;
};

static void
take_option(void *context, int letter, const char *argument)
{
	struct run *r = context;
	size_t i;

	switch (letter) {
	case 'u':
		for (i = 0; i < sizeof unit_names / sizeof unit_names[0]; i++)
			if (strcmp(argument, unit_names[i]) == 0) {
				r->unit = (enum unit)i;
				return;
			}
		cmd_usage("option '-u': '%s' is none of doc, par, sent and line", argument);
	case 'r':
		r->report = true;
		break;
	case OPTION_RAW:
		r->raw = true;
		break;
	default: /* -x: nothing else is done so far */
		break;
	}
}

static void *
new_worker(void *context, const struct news_lists *lists)
{
	const struct run *r = context;
	struct worker *worker = calloc(1, sizeof *worker);

	(void)lists;
	if (worker == NULL)
		return NULL;
	worker->run = r;
	worker->digester = news_digester_new(r->raw, r->unit == UNIT_DOCUMENT || r->unit == UNIT_PARAGRAPH);
	if (worker->digester == NULL) {
		free(worker);
		return NULL;
	}
	return worker;
}

static void
free_worker(void *context)
{
	struct worker *worker = context;

	if (worker == NULL)
		return;
	news_digester_free(worker->digester);
	buffer_release(&worker->text);
	free(worker->notes);
	free(worker);
}

static void
digest(struct worker *worker, struct news_text text, struct news_digest *out)
{
	if (news_digester_digest(worker->digester, text, out) != NEWS_OK)
		cmd_no_memory();
}

static struct note *
new_note(struct worker *worker, enum fate fate)
{
	struct note *notes, *note;

	if (worker->count == worker->room) {
		notes = array_grow(worker->notes, worker->count, &worker->room, sizeof *notes);
		if (notes == NULL)
			cmd_no_memory();
		worker->notes = notes;
	}
	note = &worker->notes[worker->count++];
	memset(note, 0, sizeof *note); /* the padding too: notes are copied as bytes */
	note->fate = fate;
	return note;
}

/* Gather the text of the segments of DOCUMENT that count: the body, or all there are where there is none. */
static void
gather_text(struct worker *worker, const struct news_document *document)
{
	bool has_body = false;
	size_t i;

	worker->text.bytes = 0;
	for (i = 0; i < document->segment_count && !has_body; i++)
		has_body = document->segments[i].kind == NEWS_BODY;
	for (i = 0; i < document->segment_count; i++) {
		const struct news_segment *segment = &document->segments[i];

		if (has_body && segment->kind != NEWS_BODY)
			continue;
		if (worker->text.bytes > 0)
			cmd_add_byte(&worker->text, '\n');
		cmd_add(&worker->text, document->text.at + segment->span.begin,
		    segment->span.end - segment->span.begin);
	}
}

static void
note_document(struct worker *worker, const struct cmd_unit *unit, const struct news_document *document)
{
	struct news_text text;
	struct note *note;

	gather_text(worker, document);
	note = new_note(worker, worker->text.bytes > 0 ? ASK : KEEP);
	note->bytes = unit->bytes.bytes;
	note->sentence = 1;
	note->span.end = document->text.bytes;
	text.at = worker->text.at;
	text.bytes = worker->text.bytes;
	if (note->fate == ASK)
		digest(worker, text, &note->digest);
}

/* Digest the paragraph gathered, whose first rows are those of the note at OPEN; (size_t)-1: none is open. */
static void
close_paragraph(struct worker *worker, size_t *open)
{
	struct news_text text = {worker->text.at, worker->text.bytes};

	if (*open != (size_t)-1)
		digest(worker, text, &worker->notes[*open].digest);
	*open = (size_t)-1;
}

static void
note_body_row(struct worker *worker, const struct news_row *row, size_t bytes, size_t *open)
{
	bool goes_on = *open != (size_t)-1 && worker->notes[*open].paragraph == row->paragraph;
	struct note *note;

	if (goes_on && worker->run->unit == UNIT_PARAGRAPH) {
		worker->notes[*open].span.end = row->span.end;
		cmd_add_byte(&worker->text, '\n');
		note = &worker->notes[worker->count - 1];
		if (note->fate == PASS)
			note = new_note(worker, AGAIN);
	} else {
		close_paragraph(worker, open);
		worker->text.bytes = 0;
		note = new_note(worker, ASK);
		note->paragraph = row->paragraph;
		note->sentence = row->sentence;
		note->span = row->span;
		*open = worker->count - 1;
	}
	note->bytes += bytes;
	cmd_add(&worker->text, row->text.at, row->text.bytes);
}

static void
note_rows(struct worker *worker, const struct cmd_unit *unit)
{
	size_t at = 0, open = (size_t)-1;

	while (at < unit->bytes.bytes) {
		const char *begin = unit->bytes.at + at;
		const char *end = memchr(begin, '\n', unit->bytes.bytes - at);
		size_t bytes = end == NULL ? unit->bytes.bytes - at : (size_t)(end - begin) + 1;
		struct news_text line = {begin, end == NULL ? bytes : bytes - 1};
		struct news_error error;
		struct news_row row;

		if (news_row_parse(line, &row, &error) == NEWS_OK && row.kind == NEWS_BODY) {
			note_body_row(worker, &row, bytes, &open);
		} else {
			if (worker->count == 0 || worker->notes[worker->count - 1].fate != PASS)
				new_note(worker, PASS);
			worker->notes[worker->count - 1].bytes += bytes;
		}
		at += bytes;
	}
	close_paragraph(worker, &open);
}

static void
work_document(struct worker *worker, struct cmd_batch *batch, const struct cmd_unit *unit,
    const struct news_document *document)
{
	worker->count = 0;
	if (worker->run->unit == UNIT_DOCUMENT)
		note_document(worker, unit, document);
	else
		note_rows(worker, unit);
	cmd_add(cmd_notes(batch), worker->notes, worker->count * sizeof *worker->notes);
}

static void
work(void *context, struct cmd_batch *batch, const struct cmd_unit *unit, const struct news_document *document)
{
	struct worker *worker = context;
	struct news_digest note;
	struct news_text line = unit->bytes;

	if (worker->run->unit != UNIT_LINE) {
		work_document(worker, batch, unit, document);
		return;
	}
	if (line.bytes > 0 && line.at[line.bytes - 1] == '\n')
		line.bytes--;
	digest(worker, line, &note);
	cmd_add(cmd_notes(batch), &note, sizeof note);
}

/* Ask the set for DIGEST. The number it gives is what `-r` names the original by. */
static bool
is_new(struct run *r, struct cmd_batch *batch, const struct news_digest *digest, uint64_t number, uint64_t *first)
{
	bool fresh;
	size_t memory;

	if (news_seen_add(r->seen, digest, number, first, &fresh) != NEWS_OK)
		cmd_no_memory();
	cmd_count(batch, fresh ? COUNT_KEPT : COUNT_SAME, 1);
	memory = news_seen_bytes(r->seen) + r->names.bytes;
	if (memory != r->memory)
		cmd_count(batch, COUNT_BYTES, memory - r->memory);
	r->memory = memory;
	return fresh;
}

static void
add_relation(struct buffer *out, const struct buffer *original)
{
	static const char kept[] = ".\t\t\t\n", same[] = "=\t", full[] = "\t1.00\t1.00\n";

	if (original->bytes == 0) {
		cmd_add(out, kept, sizeof kept - 1);
		return;
	}
	cmd_add(out, same, sizeof same - 1);
	cmd_add(out, original->at, original->bytes);
	cmd_add(out, full, sizeof full - 1);
}

static void
add_digits(struct buffer *out, uint64_t number, unsigned digits)
{
	if (!buffer_add_number(out, (size_t)number, digits))
		cmd_no_memory();
}

static void
finish_line(struct run *r, struct cmd_batch *batch, const struct cmd_unit *unit)
{
	struct buffer *out = cmd_out(batch);
	struct news_digest digest;
	struct news_text after;
	uint64_t first;
	bool fresh;

	after = cmd_notes_after(batch);
	if (after.bytes >= LINES_AHEAD * sizeof digest) {
		memcpy(&digest, after.at + (LINES_AHEAD - 1) * sizeof digest, sizeof digest);
		news_seen_prefetch(r->seen, &digest);
	}
	memcpy(&digest, cmd_notes(batch)->at, sizeof digest);
	fresh = is_new(r, batch, &digest, unit->number, &first);
	if (r->report) {
		add_digits(out, unit->number, 12);
		cmd_add_byte(out, '\t');
		r->original.bytes = 0;
		if (!fresh)
			add_digits(&r->original, first, 12);
		add_relation(out, &r->original);
	} else if (fresh) {
		cmd_add(out, unit->bytes.at, unit->bytes.bytes);
		if (unit->bytes.bytes == 0 || unit->bytes.at[unit->bytes.bytes - 1] != '\n')
			cmd_add_byte(out, '\n');
	}
}

/* Add the name that `-r` calls the unit of NOTE by: `doc`, `doc:par` or `doc:par:sent`. */
static void
add_name(struct buffer *names, enum unit unit, struct news_text doc, const struct note *note)
{
	cmd_add(names, doc.at, doc.bytes);
	if (unit != UNIT_DOCUMENT) {
		cmd_add_byte(names, ':');
		add_digits(names, note->paragraph, 4);
	}
	if (unit == UNIT_SENTENCE) {
		cmd_add_byte(names, ':');
		add_digits(names, note->sentence, 4);
	}
	cmd_add_byte(names, '\n');
}

/* Ask for the unit of NOTE, whether its rows are to be written. With -r, its row is. */
static bool
ask(struct run *r, struct cmd_batch *batch, struct news_text doc, const struct note *note)
{
	size_t name = r->names.bytes;
	uint64_t first;
	bool fresh = true;

	if (note->fate == ASK)
		fresh = is_new(r, batch, &note->digest, name, &first);
	else
		cmd_count(batch, COUNT_KEPT, 1);
	if (!r->report)
		return fresh;
	r->original.bytes = 0;
	if (!fresh) {
		const char *at = r->names.at + first;

		cmd_add(&r->original, at,
		    (size_t)((const char *)memchr(at, '\n', r->names.bytes - (size_t)first) - at));
	} else if (note->fate == ASK) {
		add_name(&r->names, r->unit, doc, note);
	}
	cmd_add_key(cmd_out(batch), doc, note->paragraph, note->sentence, note->span);
	add_relation(cmd_out(batch), &r->original);
	return fresh;
}

static void
finish_document(struct run *r, struct cmd_batch *batch, const struct cmd_unit *unit)
{
	const struct buffer *notes = cmd_notes(batch);
	const char *tab = memchr(unit->bytes.at, '\t', unit->bytes.bytes);
	struct news_text doc = {unit->bytes.at, tab == NULL ? 0 : (size_t)(tab - unit->bytes.at)};
	bool writes = true;
	size_t i, at = 0;

	for (i = 0; i < notes->bytes; i += sizeof(struct note)) {
		struct note note;

		memcpy(&note, notes->at + i, sizeof note);
		if (note.fate == ASK || note.fate == KEEP)
			writes = ask(r, batch, doc, &note);
		if (!r->report && (note.fate == PASS || writes))
			cmd_add(cmd_out(batch), unit->bytes.at + at, note.bytes);
		at += note.bytes;
	}
}

static void
finish(void *context, struct cmd_batch *batch, const struct cmd_unit *unit)
{
	struct run *r = context;

	if (r->unit == UNIT_LINE)
		finish_line(r, batch, unit);
	else
		finish_document(r, batch, unit);
}

static void ready(void *context, const struct news_lists *lists);

static struct cmd_program program = {
    .name = "ndedupe",
    .arguments = "[OPTION]... [FILE]...",
    .summary = "Read rows of nsplit (with -u line: any lines) and write those that were not there before.",
    .options = options,
    .header = "doc\tpar\tsent\tbegin\tend\tkind\ttext",
    .counters = counters,
    .input = CMD_ROWS,
    .option = take_option,
    .ready = ready,
    .worker_new = new_worker,
    .worker_free = free_worker,
    .work = work,
    .finish = finish,
};

static void
ready(void *context, const struct news_lists *lists)
{
	struct run *r = context;

	(void)lists;
	if (r->unit == UNIT_LINE) {
		program.input = CMD_LINES;
		program.header = r->report ? "line\trel\toriginal\tcontainment\tjaccard" : NULL;
	} else if (r->report) {
		program.header = "doc\tpar\tsent\tbegin\tend\trel\toriginal\tcontainment\tjaccard";
	}
	r->seen = news_seen_new();
	if (r->seen == NULL)
		cmd_no_memory();
}

int
main(int argc, char **argv)
{
	struct run run = {.unit = UNIT_DOCUMENT};
	int status = cmd_main(argc, argv, &program, &run);

	news_seen_free(run.seen);
	buffer_release(&run.names);
	buffer_release(&run.original);
	return status;
}
