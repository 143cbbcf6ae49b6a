/* SPDX-License-Identifier: ISC
 *
 * Finds where documents end. The cutter keeps how far it has scanned and what the line at hand is so far, so that a
 * byte is looked at once however the reads fall, and reads never decide anything. Only `auto` looks twice, at no more
 * than its first 64 KiB. The inner loop is memchr: a line of text is known as one by its first byte that is no blank.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "news.h"
#include "text.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much of a file may pass before `auto` decides between `text` and `blank`. */
#define AUTO_BYTES 65536

/* Steps, depth and stack that one line may cost a pattern: generous for a separator, and a bound of some tenths of a
 * second for patterns that go exponential. */
#define MATCH_LIMIT 1000000
#define DEPTH_LIMIT 10000
#define STACK_BYTES 1048576

enum line_class {
	LINE_BLANK, /* nothing but spaces, TABs and CR */
	LINE_FEED,  /* form feeds too */
	LINE_TEXT
};

struct news_cutter {
	enum news_format wanted, format;
	const char *error;
	size_t unmatched;
	pcre2_code *pattern;
	pcre2_match_data *match;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;

	bool opened;  /* the first bytes of the file are known: their magic number, their byte order mark */
	size_t start; /* of the untaken bytes, those that are a byte order mark */

	/* the line at hand; all offsets count from the first untaken byte */
	size_t line, scanned;
	enum line_class class;

	/* the document at hand */
	bool begun;
	size_t begin, end; /* its first line, the end of its last */
	size_t blanks;     /* blank lines since */

	/* evidence for `auto` */
	bool probed;         /* it is plain text */
	size_t probe;        /* blanks passed in search of the first other character */
	size_t lines, stops; /* lines, and those that end in a stop */
};

static const struct {
	const char *name;
	enum news_format format;
} formats[] = {
    {"auto", NEWS_AUTO},
    {"text", NEWS_PLAIN},
    {"blank", NEWS_BLANK},
    {"line", NEWS_LINE},
    {"jsonl", NEWS_JSONL},
};

int
news_format_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(name, formats[i].name) == 0)
			return (int)formats[i].format;
	return -1;
}

const char *
news_format_name(enum news_format format)
{
	size_t i;

	for (i = 0; i < sizeof formats / sizeof *formats; i++)
		if (format == formats[i].format)
			return formats[i].name;
	return NULL;
}

static bool
compile(struct news_cutter *cutter, const char *pattern, struct news_error *error)
{
	PCRE2_UCHAR why[128];
	PCRE2_SIZE offset;
	int code;

	cutter->pattern = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, NULL);
	if (cutter->pattern == NULL) {
		pcre2_get_error_message(code, why, sizeof why);
		snprintf(error->text, sizeof error->text, "bad pattern at its byte %zu: %s", (size_t)offset + 1,
		    (const char *)why);
		return false;
	}
	/* A system that forbids writable code has no JIT; pcre2 then interprets, under the same limits. */
	(void)pcre2_jit_compile(cutter->pattern, PCRE2_JIT_COMPLETE);
	cutter->match = pcre2_match_data_create_from_pattern(cutter->pattern, NULL);
	cutter->limits = pcre2_match_context_create(NULL);
	cutter->stack = pcre2_jit_stack_create(32768, STACK_BYTES, NULL);
	if (cutter->match == NULL || cutter->limits == NULL || cutter->stack == NULL) {
		snprintf(error->text, sizeof error->text, "out of memory");
		return false;
	}
	pcre2_set_match_limit(cutter->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(cutter->limits, DEPTH_LIMIT);
	pcre2_jit_stack_assign(cutter->limits, NULL, cutter->stack);
	return true;
}

struct news_cutter *
news_cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	struct news_cutter *cutter = calloc(1, sizeof *cutter);

	if (cutter == NULL) {
		snprintf(error->text, sizeof error->text, "out of memory");
		return NULL;
	}
	cutter->wanted = options->format;
	if (options->doc_end != NULL && !compile(cutter, options->doc_end, error)) {
		news_cutter_free(cutter);
		return NULL;
	}
	news_cutter_start(cutter);
	return cutter;
}

void
news_cutter_free(struct news_cutter *cutter)
{
	if (cutter == NULL)
		return;
	pcre2_match_context_free(cutter->limits);
	pcre2_jit_stack_free(cutter->stack);
	pcre2_match_data_free(cutter->match);
	pcre2_code_free(cutter->pattern);
	free(cutter);
}

static void
start_document(struct news_cutter *cutter)
{
	cutter->line = cutter->scanned = cutter->start;
	cutter->class = LINE_BLANK;
	cutter->begun = false;
	cutter->begin = cutter->end = cutter->blanks = 0;
}

void
news_cutter_start(struct news_cutter *cutter)
{
	cutter->format = cutter->wanted;
	cutter->error = NULL;
	cutter->opened = cutter->probed = false;
	cutter->start = cutter->probe = cutter->lines = cutter->stops = 0;
	start_document(cutter);
}

enum news_format
news_cutter_format(const struct news_cutter *cutter)
{
	return cutter->format;
}

const char *
news_cutter_error(const struct news_cutter *cutter)
{
	return cutter->error;
}

size_t
news_cutter_unmatched(const struct news_cutter *cutter)
{
	return cutter->unmatched;
}

/* ---- lines ---- */

/* Go on with the line at hand. true: it is complete, `scanned` stands behind it. */
static bool
take_line(struct news_cutter *cutter, const char *at, size_t bytes, bool ended)
{
	const char *feed;

	while (cutter->class != LINE_TEXT && cutter->scanned < bytes) {
		char byte = at[cutter->scanned];
		if (byte == '\n') {
			cutter->scanned++;
			return true;
		}
		if (byte == '\f')
			cutter->class = LINE_FEED;
		else if (byte != ' ' && byte != '\t' && byte != '\r')
			cutter->class = LINE_TEXT;
		cutter->scanned++;
	}
	if (cutter->scanned < bytes) {
		feed = memchr(at + cutter->scanned, '\n', bytes - cutter->scanned);
		if (feed != NULL) {
			cutter->scanned = (size_t)(feed - at) + 1;
			return true;
		}
		cutter->scanned = bytes;
	}
	return ended && cutter->line < bytes;
}

static void
next_line(struct news_cutter *cutter)
{
	cutter->line = cutter->scanned;
	cutter->class = LINE_BLANK;
}

/* The end of the line at hand without its LF or CRLF. */
static size_t
line_end(const struct news_cutter *cutter, const char *at)
{
	size_t end = cutter->scanned;

	if (end > cutter->line && at[end - 1] == '\n') {
		end--;
		if (end > cutter->line && at[end - 1] == '\r')
			end--;
	}
	return end;
}

/* Whether the line at hand ends a document and belongs to none. */
static bool
is_mark(struct news_cutter *cutter, const char *at)
{
	int found;

	if (cutter->class == LINE_FEED)
		return true;
	if (cutter->class == LINE_BLANK || cutter->pattern == NULL)
		return false;
	found = pcre2_match(cutter->pattern, (PCRE2_SPTR)at + cutter->line, line_end(cutter, at) - cutter->line, 0, 0,
	    cutter->match, cutter->limits);
	if (found < 0 && found != PCRE2_ERROR_NOMATCH)
		cutter->unmatched++;
	return found >= 0;
}

/* ---- what kind of file it is ---- */

/* Whether AT begins with the SIZE bytes of MAGIC: 1 yes, 0 no, -1 not known yet. */
static int
begins_with(const char *at, size_t bytes, bool ended, const char *magic, size_t size)
{
	size_t known = bytes < size ? bytes : size;

	if (known > 0 && memcmp(at, magic, known) != 0)
		return 0;
	return known == size ? 1 : ended ? 0 : -1;
}

/* Look at the first bytes, which matter in every format. false: more must come, or the file cannot be read. */
static bool
open_file(struct news_cutter *cutter, const char *at, size_t bytes, bool ended)
{
	int gzip = begins_with(at, bytes, ended, "\x1F\x8B", 2);
	int zstd = begins_with(at, bytes, ended, "\x28\xB5\x2F\xFD", 4);
	int order = begins_with(at, bytes, ended, "\xEF\xBB\xBF", 3);

	if (gzip == 1)
		cutter->error = "gzip input is not read by this version";
	else if (zstd == 1)
		cutter->error = "zstd input is not read by this version";
	if (cutter->error != NULL || gzip < 0 || zstd < 0 || order < 0)
		return false;
	cutter->opened = true;
	cutter->start = order == 1 ? 3 : 0;
	cutter->probe = cutter->start;
	start_document(cutter);
	return true;
}

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

/* Decide between `text` and `blank`. false: more must come. */
static bool
decide_plain(struct news_cutter *cutter, const char *at, size_t bytes, bool ended)
{
	bool full = bytes >= AUTO_BYTES;
	size_t seen = full ? AUTO_BYTES : bytes, unmatched = cutter->unmatched;

	while (take_line(cutter, at, seen, ended && seen == bytes)) {
		if (cutter->class == LINE_BLANK && cutter->lines > 0) {
			full = true;
			break;
		}
		if (cutter->class == LINE_TEXT && !is_mark(cutter, at)) {
			cutter->lines++;
			cutter->stops += ends_in_stop(at + cutter->line, at + line_end(cutter, at));
		}
		next_line(cutter);
	}
	if (!full && !ended)
		return false;
	cutter->format = cutter->lines >= 3 && cutter->stops * 2 >= cutter->lines ? NEWS_PLAIN : NEWS_BLANK;
	cutter->unmatched = unmatched;
	start_document(cutter);
	return true;
}

/* Decide what an `auto` file is. false: more must come, or the file cannot be read. */
static bool
decide(struct news_cutter *cutter, const char *at, size_t bytes, bool ended)
{
	size_t seen = bytes < AUTO_BYTES ? bytes : AUTO_BYTES;

	if (!cutter->probed) {
		while (
		    cutter->probe < seen && strchr(" \t\r\n", at[cutter->probe]) != NULL && at[cutter->probe] != '\0')
			cutter->probe++;
		if (cutter->probe == seen) {
			if (seen < AUTO_BYTES && !ended)
				return false;
		} else if (at[cutter->probe] == '{') {
			cutter->format = NEWS_JSONL;
			return true;
		} else if (at[cutter->probe] == '<') {
			cutter->error = "input that begins with '<' (SGML, XML, HTML) is not read by this version; "
					"-f text reads it as plain text";
			return false;
		}
		cutter->probed = true;
	}
	return decide_plain(cutter, at, bytes, ended);
}

/* ---- documents ---- */

/* Hand the document at hand over: everything up to TAKEN. */
static size_t
take(struct news_cutter *cutter, size_t taken)
{
	cutter->start = 0;
	start_document(cutter);
	return taken;
}

static size_t
cut_plain(struct news_cutter *cutter, const char *at, size_t bytes, bool ended, struct news_span *text)
{
	size_t blanks_end_document = cutter->format == NEWS_PLAIN ? 1 : 2;

	while (take_line(cutter, at, bytes, ended)) {
		bool done = false;

		if (cutter->class == LINE_BLANK) {
			cutter->blanks++;
			done = cutter->begun && cutter->blanks == blanks_end_document;
		} else if (is_mark(cutter, at)) {
			done = cutter->begun;
		} else {
			if (!cutter->begun)
				cutter->begin = cutter->line;
			cutter->begun = true;
			cutter->end = cutter->scanned;
			cutter->blanks = 0;
		}
		if (done) {
			*text = (struct news_span){cutter->begin, cutter->end};
			return take(cutter, cutter->scanned);
		}
		next_line(cutter);
	}
	if (ended && cutter->begun) {
		*text = (struct news_span){cutter->begin, cutter->end};
		return take(cutter, bytes);
	}
	if (ended || cutter->begun || cutter->line == 0)
		return 0;
	/* Blank lines without end must not pile up. What is known of the line that follows them is kept. */
	*text = (struct news_span){cutter->line, cutter->line};
	bytes = cutter->line;
	cutter->scanned -= bytes;
	cutter->line = cutter->start = 0;
	cutter->blanks = 0;
	return bytes;
}

static size_t
cut_lines(struct news_cutter *cutter, const char *at, size_t bytes, bool ended, struct news_span *text)
{
	size_t end;

	while (take_line(cutter, at, bytes, ended)) {
		if (cutter->class == LINE_TEXT) {
			*text = (struct news_span){cutter->line, line_end(cutter, at)};
			return take(cutter, cutter->scanned);
		}
		next_line(cutter);
	}
	end = cutter->line;
	if (ended || end == 0)
		return 0;
	*text = (struct news_span){end, end};
	cutter->scanned -= end;
	cutter->line = cutter->start = 0;
	return end;
}

size_t
news_cutter_next(struct news_cutter *cutter, const char *at, size_t bytes, bool ended, struct news_span *text)
{
	*text = (struct news_span){0, 0};
	if (cutter->error != NULL || (!cutter->opened && !open_file(cutter, at, bytes, ended)))
		return 0;
	if (cutter->format == NEWS_AUTO && !decide(cutter, at, bytes, ended))
		return 0;
	if (cutter->format == NEWS_PLAIN || cutter->format == NEWS_BLANK)
		return cut_plain(cutter, at, bytes, ended, text);
	return cut_lines(cutter, at, bytes, ended, text);
}
