/* SPDX-License-Identifier: ISC
 *
 * Opens a file, decides what format it is of, and lets that format cut it. Reads never decide anything: what is not
 * known yet waits for more bytes.
 */
#include "buffer.h"
#include "format.h"
#include "format_plain.h"
#include "xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct news_cutter {
	const struct news_reader_options *options;
	const struct news_format *format;
	const char *error;
	void **states; /* one a format, made when it is first met; that of `text` serves all plain ones */
	size_t plain;  /* its index */
	void *state;   /* of the format in force */

	bool opened;  /* it is known whether a byte order mark begins the file */
	size_t start; /* of the untaken bytes, those that are one */
	bool probed;  /* no container begins the file: it is plain text */
	size_t probe; /* blanks passed in search of the first other character */
	struct buffer head;
	size_t lines_before, lines; /* LF taken last before the record, and in all */
};

static size_t
format_index(const struct news_format *format)
{
	size_t i = 0;

	if (format == &format_blank || format == &format_line)
		format = &format_text;
	while (formats[i] != format)
		i++;
	return i;
}

/* The state of FORMAT, fresh for a file. false: out of memory, or ERROR says what option is wrong. */
static bool
take_format(struct news_cutter *cutter, const struct news_format *format, struct news_error *error)
{
	size_t i = format_index(format);

	/* cutting is done in one thread, reading in many */
	if (cutter->states[i] == NULL && format != &format_text)
		xml_start();
	if (cutter->states[i] == NULL)
		cutter->states[i] = formats[i]->cutter_new(cutter->options, error);
	cutter->state = cutter->states[i];
	if (cutter->state == NULL)
		return false;
	cutter->format = format;
	format->cutter_start(cutter->state);
	return true;
}

struct news_cutter *
news_cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	struct news_cutter *cutter = calloc(1, sizeof *cutter);
	size_t count = 0;

	snprintf(error->text, sizeof error->text, "out of memory");
	if (cutter == NULL)
		return NULL;
	while (formats[count] != NULL)
		count++;
	cutter->options = options;
	cutter->states = calloc(count, sizeof *cutter->states);
	/* the plain one always, so that a pattern is tried before any input is */
	if (cutter->states == NULL || !take_format(cutter, &format_text, error) ||
	    (options->format != NULL && !take_format(cutter, options->format, error))) {
		news_cutter_free(cutter);
		return NULL;
	}
	cutter->plain = format_index(&format_text);
	news_cutter_start(cutter);
	return cutter;
}

void
news_cutter_free(struct news_cutter *cutter)
{
	size_t i;

	if (cutter == NULL)
		return;
	for (i = 0; cutter->states != NULL && formats[i] != NULL; i++)
		if (cutter->states[i] != NULL)
			formats[i]->cutter_free(cutter->states[i]);
	free(cutter->states);
	buffer_release(&cutter->head);
	free(cutter);
}

static void
use_format(struct news_cutter *cutter, const struct news_format *format)
{
	struct news_error error;

	if (!take_format(cutter, format, &error))
		cutter->error = "out of memory";
}

void
news_cutter_start(struct news_cutter *cutter)
{
	cutter->error = NULL;
	cutter->format = NULL;
	cutter->opened = cutter->probed = false;
	cutter->start = cutter->probe = 0;
	cutter->head.bytes = 0;
	if (cutter->options->format != NULL)
		use_format(cutter, cutter->options->format);
	else
		format_text.cutter_start(cutter->states[cutter->plain]);
}

const struct news_format *
news_cutter_format(const struct news_cutter *cutter)
{
	return cutter->format;
}

struct news_text
news_cutter_head(const struct news_cutter *cutter)
{
	return (struct news_text){cutter->head.at, cutter->head.bytes};
}

const char *
news_cutter_error(const struct news_cutter *cutter)
{
	return cutter->error;
}

size_t
news_cutter_unmatched(const struct news_cutter *cutter)
{
	return format_plain_given_up(cutter->states[cutter->plain]);
}

/* ---- what kind of file it is ---- */

/* Whether AT begins with the SIZE bytes of MAGIC: 1 yes, 0 no, -1 not known yet. */
static int
begins_with(struct news_text text, bool ended, const char *magic, size_t size)
{
	size_t known = text.bytes < size ? text.bytes : size;

	if (known > 0 && memcmp(text.at, magic, known) != 0)
		return 0;
	return known == size ? 1 : ended ? 0 : -1;
}

/* Look at the first bytes, which matter in every format. false: more must come. */
static bool
open_file(struct news_cutter *cutter, struct news_text untaken, bool ended)
{
	int order = begins_with(untaken, ended, "\xEF\xBB\xBF", 3);

	if (order < 0)
		return false;
	cutter->opened = true;
	cutter->start = order == 1 ? 3 : 0;
	return true;
}

/* Ask the formats that have a container. false: more must come. */
static bool
decide_container(struct news_cutter *cutter, struct news_text untaken, bool ended)
{
	struct news_text begin;
	bool full = untaken.bytes >= FORMAT_PROBE, open = false;
	size_t i;

	if (full)
		untaken.bytes = FORMAT_PROBE;
	while (cutter->probe < untaken.bytes && memchr(" \t\r\n", untaken.at[cutter->probe], 4) != NULL)
		cutter->probe++;
	if (cutter->probe == untaken.bytes && !full && !ended)
		return false;
	begin = (struct news_text){untaken.at + cutter->probe, untaken.bytes - cutter->probe};
	for (i = 0; formats[i] != NULL && begin.bytes > 0; i++) {
		int is = formats[i]->recognise != NULL ? formats[i]->recognise(begin, ended || full) : 0;
		if (is > 0) {
			use_format(cutter, formats[i]);
			return true;
		}
		open = open || is < 0;
	}
	if (open && !full && !ended)
		return false;
	cutter->probed = true;
	if (begin.bytes > 0 && *begin.at == '<')
		cutter->error = "markup of a kind not known here; -f html reads it as a page, -f text as plain text";
	return true;
}

static size_t
count_lines(const char *at, size_t bytes)
{
	const char *end = at + bytes;
	size_t lines = 0;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		at++;
		lines++;
	}
	return lines;
}

size_t
news_cutter_next(struct news_cutter *cutter, const char *at, size_t bytes, bool ended, struct news_span *record)
{
	struct news_text untaken = {at, bytes};
	struct format_cut cut = {.lines = FORMAT_UNCOUNTED};
	size_t start, taken;

	*record = (struct news_span){0, 0};
	if (cutter->error != NULL || (!cutter->opened && !open_file(cutter, untaken, ended)))
		return 0;
	start = cutter->start;
	untaken = (struct news_text){at + start, bytes - start};
	if (cutter->format == NULL && !cutter->probed && !decide_container(cutter, untaken, ended))
		return 0;
	if (cutter->format == NULL && cutter->error == NULL) {
		const struct news_format *plain = format_plain_decide(cutter->states[cutter->plain], untaken, ended);
		if (plain == NULL)
			return 0;
		use_format(cutter, plain);
	}
	if (cutter->error != NULL)
		return 0;
	taken = cutter->format->cut(cutter->state, untaken, ended, &cut);
	cutter->error = cut.error;
	if (cut.head.begin < cut.head.end) {
		cutter->head.bytes = 0;
		if (!buffer_add(&cutter->head, untaken.at + cut.head.begin, cut.head.end - cut.head.begin))
			cutter->error = "out of memory";
	}
	if (taken == 0 || cutter->error != NULL)
		return 0;
	*record = (struct news_span){cut.record.begin + start, cut.record.end + start};
	cutter->start = 0;
	cutter->lines_before = count_lines(untaken.at, cut.record.begin);
	cutter->lines = cut.lines != FORMAT_UNCOUNTED ? cut.lines : count_lines(untaken.at, taken);
	return taken + start;
}

void
news_cutter_lines(const struct news_cutter *cutter, size_t *before, size_t *all)
{
	*before = cutter->lines_before;
	*all = cutter->lines;
}
