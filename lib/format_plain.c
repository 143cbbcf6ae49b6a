/* SPDX-License-Identifier: ISC
 *
 * `text`, `blank` and `line`. A document is used where it stands when it is clean, as nearly all are: that costs one
 * pass over its bytes.
 */
#include "format_plain.h"

#include "lines.h"
#include "pattern.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* ---- cutting ---- */

struct cutter {
	struct pattern *separator; /* or NULL */
	struct lines lines;

	/* the document at hand */
	bool begun;
	size_t begin, end; /* its first line, the end of its last */
	size_t blanks;     /* blank lines since */

	/* evidence for `auto` */
	size_t seen, stops; /* lines, and those that end in a stop */
};

static void
start_document(struct cutter *cutter)
{
	lines_start(&cutter->lines);
	cutter->begun = false;
	cutter->begin = cutter->end = cutter->blanks = 0;
}

static void
cutter_start(void *state)
{
	struct cutter *cutter = state;

	cutter->seen = cutter->stops = 0;
	start_document(cutter);
}

static void
cutter_free(void *state)
{
	struct cutter *cutter = state;

	if (cutter == NULL)
		return;
	pattern_free(cutter->separator);
	free(cutter);
}

static void *
cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	struct cutter *cutter = calloc(1, sizeof *cutter);

	if (cutter != NULL && options->doc_end != NULL) {
		cutter->separator = pattern_new(options->doc_end, error);
		if (cutter->separator == NULL) {
			free(cutter);
			return NULL;
		}
	}
	return cutter;
}

size_t
format_plain_given_up(const void *state)
{
	const struct cutter *cutter = state;

	return cutter->separator != NULL ? pattern_given_up(cutter->separator) : 0;
}

/* Whether the line at hand ends a document and belongs to none. */
static bool
is_mark(struct cutter *cutter, struct news_text untaken)
{
	const struct lines *lines = &cutter->lines;

	if (lines->class == LINES_FEED)
		return true;
	if (lines->class == LINES_BLANK || cutter->separator == NULL)
		return false;
	return pattern_matches(cutter->separator,
	    (struct news_text){untaken.at + lines->begin, lines_end(lines, untaken) - lines->begin});
}

/* The document at hand has a line of text, which begins at BEGIN, and ends at END. */
static void
add_text(struct cutter *cutter, size_t begin, size_t end)
{
	if (!cutter->begun)
		cutter->begin = begin;
	cutter->begun = true;
	cutter->end = end;
	cutter->blanks = 0;
}

static size_t
cut_documents(struct cutter *cutter, struct news_text untaken, bool ended, size_t blanks_end, struct format_cut *cut)
{
	struct lines *lines = &cutter->lines;
	size_t taken;

	for (;;) {
		bool done = false;
		size_t begin = lines->begin;

		/* most lines are text, and need no closer look where no separator can be among them */
		if (cutter->separator == NULL && lines_pass_text(lines, untaken))
			add_text(cutter, begin, lines->begin);
		if (!lines_take(lines, untaken, ended))
			break;

		if (lines->class == LINES_BLANK) {
			cutter->blanks++;
			done = cutter->begun && cutter->blanks == blanks_end;
		} else if (is_mark(cutter, untaken)) {
			done = cutter->begun;
		} else {
			add_text(cutter, lines->begin, lines->scanned);
		}
		if (done) {
			cut->record = (struct news_span){cutter->begin, cutter->end};
			cut->lines = lines->count;
			taken = lines->scanned;
			start_document(cutter);
			return taken;
		}
		lines_next(lines);
	}
	if (ended && cutter->begun) {
		cut->record = (struct news_span){cutter->begin, cutter->end};
		cut->lines = lines->count;
		start_document(cutter);
		return untaken.bytes;
	}
	taken = lines->begin;
	if (ended || cutter->begun || taken == 0)
		return 0;
	/* Blank lines without end must not pile up. What is known of the line that follows them is kept. */
	cut->lines = lines_taken(lines, taken);
	cutter->blanks = 0;
	return taken;
}

static size_t
cut_text(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut)
{
	return cut_documents(cutter, untaken, ended, 1, cut);
}

static size_t
cut_blank(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut)
{
	return cut_documents(cutter, untaken, ended, 2, cut);
}

static size_t
cut_line(void *state, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct cutter *cutter = state;

	return lines_cut(&cutter->lines, untaken, ended, &cut->record, &cut->lines);
}

/* ---- `text` or `blank` ---- */

/* Whether the line AT[0..end) ends as a sentence does: a stop, perhaps closing marks and brackets behind it. */
static bool
ends_in_stop(const char *at, const char *end)
{
	while (end > at) {
		size_t width;
		uint32_t character = text_decode_before(at, end, &width);
		switch (character) {
		case '.':
		case '?':
		case '!':
		case 0x2026: /* ellipsis */
		case 0x061F:
		case 0x06D4:
		case 0x0964: /* Arabic question mark and full stop, danda */
		case 0x3002:
		case 0xFF01:
		case 0xFF1F: /* ideographic full stop, wide marks */
			return true;
		case '"':
		case '\'':
		case ')':
		case ']':
		case '}':
		case 0xAB:
		case 0xBB:
		case ' ':
		case '\t':
		case '\r':
		case 0xA0:
			break;
		default:
			if (character < 0x2018 || character > 0x201F)
				return false;
		}
		end -= width;
	}
	return false;
}

const struct news_format *
format_plain_decide(void *state, struct news_text untaken, bool ended)
{
	struct cutter *cutter = state;
	struct lines *lines = &cutter->lines;
	bool full = untaken.bytes >= FORMAT_PROBE, blank;

	if (full) {
		ended = ended && untaken.bytes == FORMAT_PROBE;
		untaken.bytes = FORMAT_PROBE;
	}
	while (lines_take(lines, untaken, ended)) {
		if (lines->class == LINES_BLANK && cutter->seen > 0) {
			full = true;
			break;
		}
		if (lines->class == LINES_TEXT && !is_mark(cutter, untaken)) {
			cutter->seen++;
			cutter->stops +=
			    ends_in_stop(untaken.at + lines->begin, untaken.at + lines_end(lines, untaken));
		}
		lines_next(lines);
	}
	if (!full && !ended)
		return NULL;
	blank = cutter->seen < 3 || cutter->stops * 2 < cutter->seen;
	cutter_start(cutter);
	return blank ? &format_blank : &format_text;
}

/* ---- reading ---- */

struct reader {
	struct buffer text;
	struct news_field field; /* the file */
};

static void *
reader_new(const struct news_reader_options *options)
{
	(void)options;
	return calloc(1, sizeof(struct reader));
}

static void
reader_free(void *state)
{
	struct reader *reader = state;

	if (reader == NULL)
		return;
	buffer_release(&reader->text);
	free(reader);
}

/* Where TEXT ends without the white space behind it; CRLF is white space too where the text is RAW. */
static size_t
end_of(struct news_text text, bool raw)
{
	size_t end = text.bytes;

	while (end > 0 && (text.at[end - 1] == '\n' || text.at[end - 1] == ' ')) {
		end--;
		if (raw && end > 0 && text.at[end] == '\n' && text.at[end - 1] == '\r')
			end--;
	}
	return end;
}

static enum news_status
read_plain(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	struct reader *reader = state;
	struct news_text text = record->bytes;

	(void)error;
	if (text.bytes >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0) {
		text.at += 3;
		text.bytes -= 3;
	}
	text.bytes = end_of(text, true);
	if (text_clean(text.at, text.bytes) < text.bytes) {
		reader->text.bytes = 0;
		if (!text_repair(&reader->text, text, repairs))
			return NEWS_NO_MEMORY;
		text = (struct news_text){reader->text.at, reader->text.bytes};
	}
	text.bytes = end_of(text, false);
	document->text = text.bytes > 0 ? text : (struct news_text){"", 0};
	reader->field = (struct news_field){{"file", 4}, record->file};
	document->fields = &reader->field;
	document->field_count = 1;
	document->wrapped = record->format == &format_blank;
	return NEWS_OK;
}

#define PLAIN(its_name, its_cut) \
	{ \
		.name = its_name, .cutter_new = cutter_new, .cutter_free = cutter_free, .cutter_start = cutter_start, \
		.cut = its_cut, .reader_new = reader_new, .reader_free = reader_free, .read = read_plain, \
	}

const struct news_format format_text = PLAIN("text", cut_text);
const struct news_format format_blank = PLAIN("blank", cut_blank);
const struct news_format format_line = PLAIN("line", cut_line);
