/* SPDX-License-Identifier: ISC
 *
 * cmd.c - a run from the command line to the exit status
 */
#include "cmd_private.h"

#include <inttypes.h>
#include <stdlib.h>

struct run run;

static void
load_lists(void)
{
	struct news_error error = {""};
	enum news_status status = NEWS_OK;

	run.lists = news_lists_new();
	if (run.lists == NULL)
		cmd_no_memory();
	for (size_t i = 0; i < run.lists_count && status == NEWS_OK; i++)
		status = news_lists_add_directory(run.lists, run.lists_add[i], &error);
	if (status == NEWS_OK && run.names != NULL)
		status = news_lists_add_names(run.lists, run.names, &error);
	if (status == NEWS_NO_MEMORY)
		cmd_no_memory();
	if (status != NEWS_OK)
		cmd_die("%s", error.text);
}

static void
write_header(void)
{
	struct buffer line = {NULL, 0, 0};

	if (!run.header)
		return;
	if (run.program->header == NULL)
		cmd_usage("option '-H': this output has no columns to name");
	cmd_add(&line, run.program->header, strlen(run.program->header));
	for (size_t i = 0; i < run.key_count; i++) {
		cmd_add_byte(&line, '\t');
		cmd_add(&line, run.keys[i].at, run.keys[i].bytes);
	}
	cmd_add_byte(&line, '\n');
	output_write(line.at, line.bytes);
	buffer_release(&line);
}

/* ---- the end ---- */

static void
tell_number(uint64_t number, const char *singular, const char *plural)
{
	cmd_tell("%" PRIu64 " %s", number, number == 1 ? singular : plural);
}

static void
tell_counts(void)
{
	struct cmd_program *program = run.program;
	uint64_t unread = program->input == CMD_RAW ? run.rejected : 0;

	if (run.rejected > REJECTS_TOLD)
		tell_number(run.rejected - REJECTS_TOLD, "more record rejected", "more records rejected");
	if (run.fragments > 0)
		tell_number(run.fragments, "fragment of documents whose id came twice; sort only where ids are unique",
		    "fragments of documents whose id came twice; sort only where ids are unique");
	if (run.unmatched > 0)
		tell_number(run.unmatched, "line on which the pattern took too many steps: taken as no match",
		    "lines on which the pattern took too many steps: taken as no match");
	if (run.verbose) {
		tell_number(run.bytes_read, "byte read", "bytes read");
		if (program->input == CMD_ROWS)
			tell_number(run.rows_read, "row read", "rows read");
		if (program->input == CMD_LINES)
			tell_number(run.units, "line", "lines");
		else
			tell_number(run.units - unread - run.skipped, "document", "documents");
		if (run.skipped > 0)
			tell_number(run.skipped, "record without a document", "records without a document");
		if (run.rejected > 0)
			tell_number(run.rejected, "record rejected", "records rejected");
	}
	if (run.passed_by > 0 && (run.verbose || run.passed_by == run.units))
		tell_number(run.passed_by, "document passed by: not English (see --lang)",
		    "documents passed by: not English (see --lang)");
	for (size_t i = 0; program->counters != NULL && program->counters[i] != NULL && i < COUNTERS_MAX; i++) {
		bool always = program->always != NULL && program->always[i] != NULL;

		if (run.counters[i] > 0 && (run.verbose || always))
			cmd_tell("%" PRIu64 " %s", run.counters[i], program->counters[i]);
	}
	if (run.verbose)
		tell_number(run.bytes_written, "byte written", "bytes written");
}

static void
end_program(void)
{
	struct buffer out = {NULL, 0, 0};

	if (run.program->end == NULL)
		return;
	run.program->end(run.context, &out);
	output_write(out.at, out.bytes);
	buffer_release(&out);
}

int
cmd_main(int argc, char **argv, struct cmd_program *program, void *context)
{
	run.program = program;
	run.context = context;
	output_open();
	options_read(argc, argv);
	load_lists();
	if (program->ready != NULL)
		program->ready(context, run.lists);
	output_open_rejects();
	write_header();
	progress_start();
	jobs_start();
	input_run();
	jobs_finish();
	end_program();
	progress_end();
	output_close();
	tell_counts();
	news_lists_free(run.lists);
	free(run.lists_add);
	free(run.keys);
	if (run.failed)
		return CMD_FAILED;
	return run.rejected > 0 && !run.keep_going ? CMD_REJECTED : CMD_OK;
}
