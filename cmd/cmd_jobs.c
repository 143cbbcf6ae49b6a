/* SPDX-License-Identifier: ISC
 *
 * cmd_jobs.c - batches: worked on by one thread each, settled in input order
 *
 * The batches are a ring: the reader fills the one after the last given, workers take the oldest not yet taken, and
 * whoever finishes a batch settles all finished ones from the oldest on, if nobody else is at it. Settling is `finish`,
 * writing, telling of rejections, adding up counters; it happens in input order whatever the workers do, so the output
 * is the same for every number of jobs. A full ring makes the reader wait, which bounds memory.
 *
 * With one job there are no threads and no locks: giving a batch works it off and settles it at once. The ring then has
 * two batches, since the reader still moves what is incomplete from the one to the other.
 */
#include "cmd_private.h"

#include <ctype.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* A worker is one job: its engines, and its thread with -j over 1. */
struct worker {
	void *own; /* of the program */
	struct news_assembler *assembler;
	pthread_t thread;
};

static struct {
	struct worker *workers;
	size_t worker_count, thread_count;

	struct cmd_batch *ring;
	size_t ring_size;

	/* Under the lock. Numbers of batches since the start; a batch is at its number modulo ring_size. */
	size_t given, begun, settled;
	bool closing, settling;
	pthread_mutex_t lock;
	pthread_cond_t batch_given, batch_settled;

	/* The settler's. */
	bool stopped; /* --strict: what comes after is dropped */
} jobs = {.lock = PTHREAD_MUTEX_INITIALIZER,
    .batch_given = PTHREAD_COND_INITIALIZER,
    .batch_settled = PTHREAD_COND_INITIALIZER};

/* ---- what programs call ---- */

struct buffer *
cmd_out(struct cmd_batch *batch)
{
	return &batch->out;
}

struct buffer *
cmd_notes(struct cmd_batch *batch)
{
	return batch->finishing ? &batch->view : &batch->notes;
}

struct news_text
cmd_notes_after(const struct cmd_batch *batch)
{
	size_t end = (size_t)(batch->view.at - batch->notes.at) + batch->view.bytes;

	return (struct news_text){batch->notes.at + end, batch->notes.bytes - end};
}

void
cmd_skip(struct cmd_batch *batch)
{
	batch->skipped++;
}

void
cmd_count(struct cmd_batch *batch, unsigned counter, uint64_t n)
{
	batch->counters[counter] += n;
}

void
jobs_note_rejection(struct cmd_batch *batch, struct rejections *list, struct rejection rejection, const char *why,
    struct news_text verbatim)
{
	struct rejection *grown = array_grow(list->at, list->count, &list->room, sizeof *list->at);

	if (grown == NULL)
		cmd_no_memory();
	list->at = grown;
	rejection.why.begin = batch->strings.bytes;
	cmd_add(&batch->strings, why, strlen(why) + 1);
	rejection.why.end = rejection.verbatim.begin = batch->strings.bytes;
	if (run.rejects != NULL)
		cmd_add(&batch->strings, verbatim.at, verbatim.bytes);
	rejection.verbatim.end = batch->strings.bytes;
	list->at[list->count++] = rejection;
}

void
cmd_reject(struct cmd_batch *batch, const struct cmd_unit *unit, uint64_t line, const char *why,
    struct news_text verbatim)
{
	struct rejection rejection = {unit->file, line, batch->at, {0, 0}, {0, 0}};

	jobs_note_rejection(batch, &batch->worked, rejection, why, verbatim);
}

/* ---- working ---- */

/* "en", "en-US", "eng", "English". */
static bool
is_english(struct news_text language)
{
	static const char *const names[] = {"en", "eng", "english"};
	size_t letters = 0;

	while (letters < language.bytes && isalpha((unsigned char)language.at[letters]))
		letters++;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t same = 0;

		while (same < letters && names[i][same] == (language.at[same] | 0x20))
			same++;
		if (same == letters && names[i][same] == '\0')
			return true;
	}
	return letters == 0 && language.bytes == 0;
}

/* Whether the meta rows among ROWS name another language than English: those that tell it before those that guess. */
static bool
is_foreign(const struct news_row *rows, size_t count)
{
	static const char told[] = "lang=", guessed[] = "lang-guess=";
	bool foreign = false;

	for (size_t i = 0; i < count && rows[i].kind == NEWS_META; i++) {
		struct news_text text = rows[i].text;

		if (text.bytes >= sizeof told - 1 && memcmp(text.at, told, sizeof told - 1) == 0)
			return !is_english(
			    (struct news_text){text.at + sizeof told - 1, text.bytes - (sizeof told - 1)});
		if (text.bytes >= sizeof guessed - 1 && memcmp(text.at, guessed, sizeof guessed - 1) == 0)
			foreign = !is_english(
			    (struct news_text){text.at + sizeof guessed - 1, text.bytes - (sizeof guessed - 1)});
	}
	return foreign;
}

static void
assemble(struct worker *worker, const struct news_row *rows, size_t count, struct news_document *document)
{
	enum news_status status = NEWS_OK;

	news_assembler_start(worker->assembler);
	for (size_t i = 0; i < count && status == NEWS_OK; i++)
		status = news_assembler_add(worker->assembler, &rows[i]);
	if (status == NEWS_OK)
		status = news_assembler_document(worker->assembler, document);
	if (status == NEWS_NO_MEMORY)
		cmd_no_memory();
	if (status != NEWS_OK)
		cmd_die("rows of a document that contradict each other passed the reader");
}

static void
work_batch(struct worker *worker, struct cmd_batch *batch)
{
	struct cmd_program *program = run.program;
	bool rows = program->input == CMD_ROWS, english_only = program->english_only && !run.any_language;

	batch->stop = batch->count;
	for (size_t i = 0; i < batch->count; i++) {
		struct slot *slot = &batch->slots[i];
		size_t out = batch->out.bytes;
		struct news_document document;

		batch->at = i;
		if (rows && english_only && is_foreign(batch->rows + slot->first_row, slot->row_count)) {
			slot->passed_by = true;
			batch->passed_by++;
		} else {
			if (rows)
				assemble(worker, batch->rows + slot->first_row, slot->row_count, &document);
			program->work(worker->own, batch, &slot->unit, rows ? &document : NULL);
		}
		slot->notes_end = batch->notes.bytes;
		if (run.strict && batch->worked.count > 0) {
			batch->out.bytes = out;
			batch->stop = i;
			break;
		}
	}
}

/* ---- settling ---- */

static void
finish_batch(struct cmd_batch *batch)
{
	size_t notes = 0;

	batch->finishing = true;
	for (size_t i = 0; i < batch->stop; i++) {
		struct slot *slot = &batch->slots[i];

		batch->at = i;
		batch->view.at = batch->notes.at == NULL ? NULL : batch->notes.at + notes;
		batch->view.bytes = batch->view.room = slot->notes_end - notes;
		notes = slot->notes_end;
		if (!slot->passed_by)
			run.program->finish(run.context, batch, &slot->unit);
	}
	batch->finishing = false;
}

static void
settle_rejection(const struct cmd_batch *batch, const struct rejection *rejection)
{
	const char *strings = batch->strings.at;

	if (run.rejected++ < REJECTS_TOLD)
		cmd_tell("%s:%llu: %s", input_name(rejection->file), (unsigned long long)rejection->line,
		    strings + rejection->why.begin);
	output_reject((struct news_text){strings + rejection->verbatim.begin,
	    rejection->verbatim.end - rejection->verbatim.begin});
}

/* Those of the reader and those of the worker in the order of the input. A row the reader rejected within a unit comes
 * before what the worker rejected of it. */
static void
settle_rejections(const struct cmd_batch *batch)
{
	const struct rejections *read = &batch->read, *worked = &batch->worked;
	size_t i = 0, j = 0;

	while (i < read->count || j < worked->count) {
		if (j == worked->count || (i < read->count && read->at[i].unit <= worked->at[j].unit))
			settle_rejection(batch, &read->at[i++]);
		else
			settle_rejection(batch, &worked->at[j++]);
		if (run.strict) {
			jobs.stopped = true;
			run.stopped = true;
			progress_wake();
			return;
		}
	}
}

static void
settle_batch(struct cmd_batch *batch)
{
	if (jobs.stopped)
		return;
	if (run.program->finish != NULL)
		finish_batch(batch);
	output_write(batch->out.at, batch->out.bytes);
	settle_rejections(batch);
	run.passed_by += batch->passed_by;
	run.skipped += batch->skipped;
	for (size_t i = 0; i < COUNTERS_MAX; i++)
		run.counters[i] += batch->counters[i];
}

static void
trim(struct buffer *buffer)
{
	buffer->bytes = 0;
	if (buffer->room > KEEP_BYTES)
		buffer_release(buffer);
}

/* Make BATCH empty for the reader. */
static void
empty_batch(struct cmd_batch *batch)
{
	trim(&batch->input);
	trim(&batch->out);
	trim(&batch->notes);
	trim(&batch->strings);
	if (batch->row_room * sizeof *batch->rows > KEEP_BYTES) {
		free(batch->rows);
		batch->rows = NULL;
		batch->row_room = 0;
	}
	units_free_heads(batch);
	batch->count = batch->row_count = 0;
	batch->read.count = batch->worked.count = 0;
	batch->passed_by = batch->skipped = 0;
	batch->done = false;
	memset(batch->counters, 0, sizeof batch->counters);
}

/* ---- the ring ---- */

static struct cmd_batch *
batch_number(size_t number)
{
	return &jobs.ring[number % jobs.ring_size];
}

struct cmd_batch *
jobs_batch(void)
{
	return batch_number(jobs.given);
}

/* Settle what can be. The lock is held, and let go while settling. */
static void
settle_finished(void)
{
	if (jobs.settling)
		return;
	jobs.settling = true;
	while (jobs.settled < jobs.begun && batch_number(jobs.settled)->done) {
		struct cmd_batch *batch = batch_number(jobs.settled);

		pthread_mutex_unlock(&jobs.lock);
		settle_batch(batch);
		pthread_mutex_lock(&jobs.lock);
		jobs.settled++;
		pthread_cond_signal(&jobs.batch_settled);
	}
	jobs.settling = false;
}

static void *
work_thread(void *argument)
{
	struct worker *worker = argument;

	pthread_mutex_lock(&jobs.lock);
	while (true) {
		struct cmd_batch *batch;

		while (jobs.begun == jobs.given && !jobs.closing)
			pthread_cond_wait(&jobs.batch_given, &jobs.lock);
		if (jobs.begun == jobs.given)
			break;
		batch = batch_number(jobs.begun++);
		pthread_mutex_unlock(&jobs.lock);
		work_batch(worker, batch);
		pthread_mutex_lock(&jobs.lock);
		batch->done = true;
		settle_finished();
	}
	pthread_mutex_unlock(&jobs.lock);
	return NULL;
}

struct cmd_batch *
jobs_give(void)
{
	if (jobs.thread_count == 0) {
		struct cmd_batch *batch = batch_number(jobs.given++);

		work_batch(&jobs.workers[0], batch);
		settle_batch(batch);
	} else {
		pthread_mutex_lock(&jobs.lock);
		jobs.given++;
		pthread_cond_signal(&jobs.batch_given);
		while (jobs.given - jobs.settled >= jobs.ring_size)
			pthread_cond_wait(&jobs.batch_settled, &jobs.lock);
		pthread_mutex_unlock(&jobs.lock);
	}
	empty_batch(jobs_batch());
	return jobs_batch();
}

/* The signals that ask for a line of progress are for the reader: its waits end with them. */
static void
start_threads(void)
{
	sigset_t asking, before;

	sigemptyset(&asking);
	sigaddset(&asking, SIGUSR1);
#ifdef SIGINFO
	sigaddset(&asking, SIGINFO);
#endif
	pthread_sigmask(SIG_BLOCK, &asking, &before);
	for (size_t i = 0; i < jobs.worker_count; i++) {
		/* Fewer threads do the same work. */
		if (pthread_create(&jobs.workers[i].thread, NULL, work_thread, &jobs.workers[i]) != 0)
			break;
		jobs.thread_count++;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void
jobs_start(void)
{
	struct cmd_program *program = run.program;

	jobs.worker_count = run.jobs;
	jobs.workers = calloc(jobs.worker_count, sizeof *jobs.workers);
	jobs.ring_size = run.jobs == 1 ? 2 : 2 * (size_t)run.jobs + 1;
	jobs.ring = calloc(jobs.ring_size, sizeof *jobs.ring);
	if (jobs.workers == NULL || jobs.ring == NULL)
		cmd_no_memory();
	for (size_t i = 0; i < jobs.worker_count; i++) {
		struct worker *worker = &jobs.workers[i];

		if (program->worker_new != NULL) {
			worker->own = program->worker_new(run.context, run.lists);
			if (worker->own == NULL)
				cmd_no_memory();
		}
		worker->assembler = news_assembler_new();
		if (worker->assembler == NULL)
			cmd_no_memory();
	}
	if (run.jobs > 1)
		start_threads();
}

static void
release_batch(struct cmd_batch *batch)
{
	buffer_release(&batch->input);
	buffer_release(&batch->strings);
	buffer_release(&batch->out);
	buffer_release(&batch->notes);
	units_free_heads(batch);
	free(batch->slots);
	free(batch->rows);
	free(batch->read.at);
	free(batch->worked.at);
}

void
jobs_finish(void)
{
	pthread_mutex_lock(&jobs.lock);
	jobs.closing = true;
	pthread_cond_broadcast(&jobs.batch_given);
	pthread_mutex_unlock(&jobs.lock);
	for (size_t i = 0; i < jobs.thread_count; i++)
		pthread_join(jobs.workers[i].thread, NULL);
	for (size_t i = 0; i < jobs.worker_count; i++) {
		if (run.program->worker_free != NULL)
			run.program->worker_free(jobs.workers[i].own);
		news_assembler_free(jobs.workers[i].assembler);
	}
	for (size_t i = 0; i < jobs.ring_size; i++)
		release_batch(&jobs.ring[i]);
	free(jobs.workers);
	free(jobs.ring);
}
