/* SPDX-License-Identifier: ISC */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

/* Where all lines are shorter, none is wrapped. Bytes. */
#define WRAPPED_MIN 50
/* A line that was wrapped by hand may end this much earlier than it had to. Bytes. */
#define RAGGED_MAX 12
#define TAB_WIDTH 8

void
draft_release(struct draft *draft)
{
	buffer_release(&draft->words);
	free(draft->paragraphs);
	memset(draft, 0, sizeof *draft);
}

void
draft_start(struct draft *draft)
{
	draft->words.bytes = draft->count = 0;
	draft->title = (struct news_span){0, 0};
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/* The words of SPAN without blanks around them. */
static struct news_text
words_of(const struct draft *draft, struct news_span span)
{
	const char *at = draft->words.at;

	while (span.begin < span.end && is_blank(at[span.begin]))
		span.begin++;
	while (span.end > span.begin && is_blank(at[span.end - 1]))
		span.end--;
	return (struct news_text){span.begin < span.end ? at + span.begin : "", span.end - span.begin};
}

struct news_text
draft_since(const struct draft *draft, size_t begin)
{
	return words_of(draft, (struct news_span){begin, draft->words.bytes});
}

static bool
add_paragraph(struct draft *draft, size_t begin, size_t end)
{
	struct news_span *grown;

	if (words_of(draft, (struct news_span){begin, end}).bytes == 0)
		return true;
	grown = array_grow(draft->paragraphs, draft->count, &draft->room, sizeof *grown);
	if (grown == NULL)
		return false;
	draft->paragraphs = grown;
	grown[draft->count++] = (struct news_span){begin, end};
	return true;
}

bool
draft_paragraph(struct draft *draft, size_t begin)
{
	return add_paragraph(draft, begin, draft->words.bytes);
}

bool
draft_is_same(struct news_text a, struct news_text b)
{
	size_t i = 0, j = 0;

	while (i < a.bytes && j < b.bytes) {
		bool blank = is_blank(a.at[i]);
		if (blank != is_blank(b.at[j]) || (!blank && a.at[i] != b.at[j]))
			return false;
		for (i++; blank && i < a.bytes && is_blank(a.at[i]); i++)
			;
		for (j++; blank && j < b.bytes && is_blank(b.at[j]); j++)
			;
	}
	return i == a.bytes && j == b.bytes;
}

bool
draft_title(struct draft *draft, size_t begin)
{
	struct news_text words = draft_since(draft, begin);

	if (words.bytes == 0 || draft_is_same(words, words_of(draft, draft->title)))
		return true;
	if (draft->title.begin < draft->title.end)
		return draft_paragraph(draft, begin);
	draft->title = (struct news_span){begin, draft->words.bytes};
	return true;
}

/* ---- lines of plain text ---- */

struct line {
	size_t begin, end; /* without the blanks at its end */
	size_t indent;     /* columns in front of its first word; unset where it is blank */
	size_t word;       /* bytes of that word */
};

/* Take the line that begins at `*at`. */
static struct line
take_line(const struct draft *draft, size_t *at)
{
	const char *words = draft->words.at, *feed = memchr(words + *at, '\n', draft->words.bytes - *at);
	struct line line = {.begin = *at, .end = feed != NULL ? (size_t)(feed - words) : draft->words.bytes};
	size_t i = line.begin;

	*at = line.end + (feed != NULL);
	while (line.end > line.begin && is_blank(words[line.end - 1]))
		line.end--;
	for (; i < line.end && is_blank(words[i]); i++)
		line.indent += words[i] == '\t' ? TAB_WIDTH : 1;
	while (i + line.word < line.end && !is_blank(words[i + line.word]))
		line.word++;
	return line;
}

/* How the lines of a block stand. */
struct layout {
	size_t width;  /* of the longest */
	size_t indent; /* of the least indented line but the first; SIZE_MAX: there is one line only */
	bool blanks;   /* a blank line stands between two others */
	bool indented; /* some line but the first is indented more than that */
};

static struct layout
measure(const struct draft *draft, size_t begin)
{
	struct layout layout = {.indent = SIZE_MAX};
	size_t at = begin, lines = 0, most = 0;
	bool blank = false;

	while (at < draft->words.bytes) {
		struct line line = take_line(draft, &at);
		if (line.begin == line.end) {
			blank = lines > 0;
			continue;
		}
		layout.blanks = layout.blanks || blank;
		blank = false;
		if (line.end - line.begin > layout.width)
			layout.width = line.end - line.begin;
		if (lines++ == 0)
			continue;
		if (line.indent < layout.indent)
			layout.indent = line.indent;
		if (line.indent > most)
			most = line.indent;
	}
	layout.indented = lines > 1 && most > layout.indent;
	return layout;
}

/* Whether LINE, which follows BEFORE, begins a paragraph. */
static bool
begins_paragraph(const struct layout *layout, const struct line *before, const struct line *line)
{
	if (line->indent > layout->indent)
		return true;
	if (layout->blanks || (layout->indented && layout->indent == 0))
		return false;
	/* no mark but the ends of lines */
	return layout->width < WRAPPED_MIN ||
	    before->end - before->begin + 1 + line->word + RAGGED_MAX <= layout->width;
}

bool
draft_lines(struct draft *draft, size_t begin)
{
	struct layout layout = measure(draft, begin);
	struct line before = {0};
	size_t at = begin, end = draft->words.bytes;
	bool blank = true;

	while (at < end) {
		struct line line = take_line(draft, &at);
		if (line.begin == line.end) {
			blank = true;
			continue;
		}
		if (before.end > 0 && (blank || begins_paragraph(&layout, &before, &line))) {
			if (!add_paragraph(draft, begin, before.end))
				return false;
			begin = line.begin;
		}
		before = line;
		blank = false;
	}
	return add_paragraph(draft, begin, before.end > begin ? before.end : begin);
}

/* ---- the document ---- */

bool
draft_compose(const struct draft *draft, struct compose *compose)
{
	size_t i;

	if (!compose_title(compose, words_of(draft, draft->title)))
		return false;
	for (i = 0; i < draft->count; i++)
		if (!compose_paragraph(compose, words_of(draft, draft->paragraphs[i])))
			return false;
	return true;
}

struct news_text
draft_author(struct news_text byline)
{
	size_t at = 0;

	if (byline.bytes > 3 && (byline.at[0] | 0x20) == 'b' && (byline.at[1] | 0x20) == 'y' && is_blank(byline.at[2]))
		for (at = 3; at < byline.bytes && is_blank(byline.at[at]); at++)
			;
	return (struct news_text){byline.at + at, byline.bytes - at};
}
