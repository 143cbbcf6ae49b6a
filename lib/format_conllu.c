/* SPDX-License-Identifier: ISC
 *
 * CoNLL-U (https://universaldependencies.org/format.html): a line a word, a blank line behind each sentence, comments
 * in front of it. Documents, paragraphs and sentences are taken as the file has them; of the words only the form and
 * what is told of the space behind it.
 */
#include "compose.h"
#include "format.h"
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 10

/* ---- comments and words ---- */

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct news_text
trim(struct news_text text)
{
	while (text.bytes > 0 && is_blank(*text.at)) {
		text.at++;
		text.bytes--;
	}
	while (text.bytes > 0 && is_blank(text.at[text.bytes - 1]))
		text.bytes--;
	return text;
}

static bool
equals(struct news_text text, const char *word)
{
	return text.bytes == strlen(word) && memcmp(text.at, word, text.bytes) == 0;
}

static bool
begins_with(struct news_text text, const char *word)
{
	return text.bytes >= strlen(word) && memcmp(text.at, word, strlen(word)) == 0;
}

/* `# key = value`, `# key`: false: LINE is no comment. */
static bool
read_comment(struct news_text line, struct news_text *key, struct news_text *value)
{
	const char *equal;

	if (line.bytes == 0 || *line.at != '#')
		return false;
	line.at++;
	line.bytes--;
	equal = memchr(line.at, '=', line.bytes);
	*value = (struct news_text){"", 0};
	if (equal != NULL) {
		*value = trim((struct news_text){equal + 1, (size_t)(line.at + line.bytes - equal - 1)});
		line.bytes = (size_t)(equal - line.at);
	}
	*key = trim(line);
	return true;
}

/* Whether the comment KEY begins a document: `newdoc`, `newdoc id`. */
static bool
is_newdoc(struct news_text key)
{
	return equals(key, "newdoc") || equals(key, "newdoc id");
}

enum word {
	WORD_NONE,  /* not of this format */
	WORD_PLAIN, /* `4` */
	WORD_RANGE, /* `4-5`: several words written as one */
	WORD_EMPTY  /* `4.1`: not written */
};

/* What ID numbers; `*first` and `*last` get the words that it stands for. */
static enum word
read_number(struct news_text id, size_t *first, size_t *last)
{
	size_t at = 0, *number = first;
	enum word word = WORD_PLAIN;

	*first = *last = 0;
	for (; at < id.bytes; at++) {
		if (id.at[at] >= '0' && id.at[at] <= '9' && *number < 1000000000) {
			*number = *number * 10 + (size_t)(id.at[at] - '0');
		} else if ((id.at[at] == '-' || id.at[at] == '.') && number == first && at > 0 && at + 1 < id.bytes) {
			word = id.at[at] == '-' ? WORD_RANGE : WORD_EMPTY;
			number = last;
		} else {
			return WORD_NONE;
		}
	}
	if (word == WORD_PLAIN)
		*last = *first;
	return at > 0 && (word != WORD_RANGE || *last > *first) ? word : WORD_NONE;
}

/* The columns of LINE; gives how many there are, at most one too many. */
static size_t
read_columns(struct news_text line, struct news_text columns[COLUMNS])
{
	size_t count = 0;

	for (;;) {
		const char *tab = memchr(line.at, '\t', line.bytes);
		size_t bytes = tab != NULL ? (size_t)(tab - line.at) : line.bytes;
		if (count == COLUMNS)
			return COLUMNS + 1;
		columns[count++] = (struct news_text){line.at, bytes};
		if (tab == NULL)
			return count;
		line.at += bytes + 1;
		line.bytes -= bytes + 1;
	}
}

/* Whether the column MISC says that no space follows: `SpaceAfter=No`. */
static bool
has_no_space(struct news_text misc)
{
	while (misc.bytes > 0) {
		const char *bar = memchr(misc.at, '|', misc.bytes);
		size_t bytes = bar != NULL ? (size_t)(bar - misc.at) : misc.bytes;
		if (equals(trim((struct news_text){misc.at, bytes}), "SpaceAfter=No"))
			return true;
		misc.at += bytes + (bar != NULL);
		misc.bytes -= bytes + (bar != NULL);
	}
	return false;
}

/* ---- cutting ---- */

/* Documents begin with the block of comments that `# newdoc` is one of. */
struct cutter {
	struct lines lines;
	size_t record_max; /* FORMAT_RECORD_MAX */
	size_t begin;      /* of the document at hand: behind blank lines */
	bool any;          /* a line of it has come */
	bool begun;        /* it has words */
	bool words;        /* the line before is one */
	bool passing; /* the front of what is no document was handed on: up to the next blank line all is passed over */
	size_t block; /* where the comments at hand begin */
};

static void *
cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	struct cutter *cutter = calloc(1, sizeof *cutter);

	(void)options;
	(void)error;
	if (cutter != NULL)
		cutter->record_max = FORMAT_RECORD_MAX;
	return cutter;
}

static void
cutter_start(void *state)
{
	struct cutter *cutter = state;

	lines_start(&cutter->lines);
	cutter->any = cutter->begun = cutter->words = cutter->passing = false;
	cutter->begin = cutter->block = 0;
}

/* The document ends at END, which is taken. */
static size_t
end_document(struct cutter *cutter, size_t end, struct news_span *record)
{
	*record = (struct news_span){cutter->begin, end};
	cutter_start(cutter);
	return end;
}

/* Lines without end and without a blank one. */
static size_t
hand_front_on(struct cutter *cutter, struct news_span *record)
{
	size_t front = cutter->begin + cutter->record_max + 1;

	*record = (struct news_span){cutter->begin, front};
	cutter->begin = 0;
	cutter->passing = true;
	cutter->lines.begin = cutter->lines.begin > front ? cutter->lines.begin - front : 0;
	cutter->lines.scanned -= front;
	return front;
}

static size_t
pass_over(struct cutter *cutter, struct news_text untaken, bool ended)
{
	struct lines *lines = &cutter->lines;

	while (lines_take(lines, untaken, ended)) {
		bool blank = lines->class != LINES_TEXT;
		lines_next(lines);
		if (blank) {
			size_t end = lines->begin;
			cutter_start(cutter);
			return end;
		}
	}
	lines->begin = lines->scanned = 0;
	return untaken.bytes;
}

static size_t
cut_documents(void *state, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct cutter *cutter = state;
	struct lines *lines = &cutter->lines;
	size_t blanks;

	if (cutter->passing)
		return pass_over(cutter, untaken, ended);
	while (lines_take(lines, untaken, ended)) {
		struct news_text line = {untaken.at + lines->begin, lines_end(lines, untaken) - lines->begin};
		struct news_text key, value;

		if (lines->scanned - cutter->begin > cutter->record_max)
			return hand_front_on(cutter, &cut->record);
		if (lines->class != LINES_TEXT) {
			cutter->words = false;
			cutter->block = lines->scanned;
			if (!cutter->any)
				cutter->begin = lines->scanned;
			/* one without end is cut behind a sentence */
			if (lines->scanned - cutter->begin > cutter->record_max / 2)
				return end_document(cutter, lines->scanned, &cut->record);
		} else if (read_comment(line, &key, &value)) {
			if (cutter->words) /* the blank line is missing */
				cutter->block = lines->begin;
			cutter->words = false;
			if (cutter->begun && is_newdoc(key))
				return end_document(cutter, cutter->block, &cut->record);
		} else {
			cutter->begun = cutter->words = true;
		}
		cutter->any = cutter->any || lines->class == LINES_TEXT;
		lines_next(lines);
	}
	if (untaken.bytes - cutter->begin > cutter->record_max)
		return hand_front_on(cutter, &cut->record);
	if (ended && untaken.bytes > 0)
		return end_document(cutter, untaken.bytes, &cut->record);
	/* blank lines without end must not pile up */
	blanks = cutter->begin;
	if (cutter->any || blanks == 0)
		return 0;
	lines_taken(lines, blanks);
	cutter->begin = cutter->block = 0;
	return blanks;
}

/* ---- reading ---- */

struct reader {
	struct compose compose;
	struct buffer written; /* the sentence at hand, put together from its words */
	struct news_text told; /* the same as the comment `text` has it */
	bool is_told;
	size_t words;      /* of it */
	size_t range_last; /* the last word of the range at hand, which is written already */
	bool space;        /* a space stands behind what is written so far */
	bool newdoc;       /* the record has `# newdoc` */
	bool paragraph;    /* the sentence at hand begins one */
	bool before_space; /* a space stands behind the sentence before */
	bool first;        /* no sentence has ended yet */
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
	buffer_release(&reader->written);
	compose_release(&reader->compose);
	free(reader);
}

/* What the comments in front of the first sentence say of the document. */
static bool
add_field(struct compose *compose, struct news_text key, struct news_text value)
{
	static const struct {
		const char *key, *field; /* field NULL: a date */
	} fields[] = {
	    {"date", NULL},
	    {"dateCreated", NULL},
	    {"author", "author"},
	    {"genre", "genre"},
	    {"lang", "lang"},
	    {"language", "lang"},
	    {"source", "source"},
	    {"sourceURL", "url"},
	    {"title", "title"},
	    {"type", "type"},
	    {"url", "url"},
	};
	bool is_meta = begins_with(key, "meta::");
	size_t i;

	if (is_meta) {
		key.at += strlen("meta::");
		key.bytes -= strlen("meta::");
	}
	for (i = 0; i < sizeof fields / sizeof *fields; i++)
		if (equals(key, fields[i].key))
			return fields[i].field != NULL ? compose_field(compose, fields[i].field, value)
						       : compose_date(compose, value);
	return !is_meta || compose_field_named(compose, key, value);
}

static bool
add_comment(struct reader *reader, struct news_text key, struct news_text value)
{
	struct compose *compose = &reader->compose;

	if (is_newdoc(key)) {
		reader->newdoc = true;
		return compose_id(compose, value);
	}
	if (begins_with(key, "newpar") && (key.bytes == 6 || is_blank(key.at[6]))) {
		reader->paragraph = true;
		return true;
	}
	if (equals(key, "text")) {
		reader->told = value;
		reader->is_told = value.bytes > 0;
		return true;
	}
	return !reader->first || add_field(compose, key, value);
}

/* NULL: the line is fine; else why not. */
static const char *
add_word(struct reader *reader, struct news_text line, bool *memory)
{
	struct news_text columns[COLUMNS];
	size_t count = read_columns(line, columns), first, last;
	enum word word;

	if (count < COLUMNS)
		return "fewer than 10 columns";
	if (count > COLUMNS)
		return "more than 10 columns";
	word = read_number(columns[0], &first, &last);
	if (word == WORD_NONE)
		return "no number of a word in column 1";
	reader->words++;
	if (word == WORD_EMPTY || (word == WORD_PLAIN && first <= reader->range_last))
		return NULL;
	reader->range_last = word == WORD_RANGE ? last : 0;
	*memory = (!reader->space || reader->written.bytes == 0 || buffer_add_byte(&reader->written, ' ')) &&
	    buffer_add(&reader->written, columns[1].at, columns[1].bytes);
	reader->space = !has_no_space(columns[9]);
	return NULL;
}

/* The sentence at hand is complete. */
static bool
end_sentence(struct reader *reader)
{
	bool fine = true;

	if (reader->words > 0) {
		struct news_text text = reader->told;
		if (!reader->is_told)
			text = (struct news_text){reader->written.at, reader->written.bytes};
		fine = compose_sentence(&reader->compose, text, reader->paragraph, reader->before_space);
		reader->before_space = reader->space;
		reader->paragraph = reader->first = false;
	}
	reader->is_told = false;
	reader->words = reader->range_last = reader->written.bytes = 0;
	reader->space = true;
	return fine;
}

static enum news_status
read_document(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	struct reader *reader = state;
	struct news_text key, value;
	struct lines lines;
	size_t number = 0;

	compose_start(&reader->compose, record->file);
	reader->words = 0;
	reader->newdoc = false;
	reader->first = reader->paragraph = reader->before_space = true;
	if (record->bytes.bytes > FORMAT_RECORD_MAX) {
		snprintf(error->text, sizeof error->text, "more than 256 MiB without a blank line");
		return NEWS_REJECTED;
	}
	end_sentence(reader);
	for (lines_start(&lines); lines_take(&lines, record->bytes, true); lines_next(&lines)) {
		struct news_text line = {record->bytes.at + lines.begin,
		    lines_end(&lines, record->bytes) - lines.begin};
		bool memory = true;

		number++;
		if (lines.class != LINES_TEXT) {
			memory = end_sentence(reader);
		} else if (read_comment(line, &key, &value)) {
			if (reader->words > 0)
				memory = end_sentence(reader);
			memory = memory && add_comment(reader, key, value);
		} else {
			const char *why = add_word(reader, line, &memory);
			if (why != NULL) {
				snprintf(error->text, sizeof error->text, "%s (line %zu of the document)", why, number);
				return NEWS_REJECTED;
			}
		}
		if (!memory)
			return NEWS_NO_MEMORY;
	}
	if (!end_sentence(reader))
		return NEWS_NO_MEMORY;
	if (reader->first && !reader->newdoc)
		return NEWS_END;
	return compose_document(&reader->compose, document, repairs) ? NEWS_OK : NEWS_NO_MEMORY;
}

/* ---- the format ---- */

/* Comments, then a line of ten columns that begins with the number of a word. */
static int
recognise(struct news_text begin, bool ended)
{
	struct lines lines;
	size_t i;

	for (i = 0; *begin.at != '#' && i < begin.bytes && begin.at[i] != '\n' && begin.at[i] != '\t'; i++)
		if ((begin.at[i] < '0' || begin.at[i] > '9') && begin.at[i] != '-' && begin.at[i] != '.')
			return 0;
	for (lines_start(&lines); lines_take(&lines, begin, ended); lines_next(&lines)) {
		struct news_text line = {begin.at + lines.begin, lines_end(&lines, begin) - lines.begin};
		struct news_text columns[COLUMNS];
		size_t first, last;

		if (lines.class == LINES_TEXT && *line.at != '#')
			return read_columns(line, columns) == COLUMNS &&
			    read_number(columns[0], &first, &last) != WORD_NONE;
	}
	return ended ? 0 : -1;
}

const struct news_format format_conllu = {
    .name = "conllu",
    .recognise = recognise,
    .cutter_new = cutter_new,
    .cutter_free = free,
    .cutter_start = cutter_start,
    .cut = cut_documents,
    .reader_new = reader_new,
    .reader_free = reader_free,
    .read = read_document,
};
