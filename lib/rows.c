/* SPDX-License-Identifier: ISC
 *
 * rows.c - rows of nsplit: parsing them, and putting a document together again from them
 *
 * Parsing is one pass over the fixed columns and one check of the text, without allocation. A row is trusted only as
 * far as it can be checked by itself: a text whose length is not that of its range was edited on the way (by sed, say),
 * and every offset after it would be wrong.
 *
 * The assembler's text is blank wherever no row wrote, and stays so from one document to the next: `start` blanks only
 * what the document before wrote. So the cost is that of the bytes in the rows, however far apart their ranges lie.
 */
#include "buffer.h"
#include "bytes.h"
#include "news.h"
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char kind_names[NEWS_KINDS][NEWS_KIND_ROOM] = {"meta", "title", "dateline", "byline", "body", "note"};

const char *
news_kind_name(enum news_kind kind)
{
	return kind_names[kind];
}

struct news_text
news_document_field(const struct news_document *document, const char *key)
{
	size_t bytes = strlen(key);

	for (size_t i = 0; i < document->field_count; i++) {
		const struct news_field *field = &document->fields[i];
		if (field->key.bytes == bytes && memcmp(field->key.at, key, bytes) == 0)
			return field->value;
	}
	return (struct news_text){NULL, 0};
}

/* ---- parsing ---- */

__attribute__((format(printf, 2, 3))) static enum news_status
reject(struct news_error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	return NEWS_REJECTED;
}

/* Read the digits at AT and the TAB behind them. Gives what follows, or NULL. Numbers over 99999999 stay there, which
 * is over every limit. */
static const char *
number_column(const char *at, const char *end, size_t *number)
{
	const char *first = at;
	size_t value = 0;

	while (at < end && *at >= '0' && *at <= '9') {
		value = value * 10 + (size_t)(*at++ - '0');
		if (value > 99999999)
			value = 99999999;
	}
	if (at == first || at == end || *at != '\t')
		return NULL;
	*number = value;
	return at + 1;
}

/* The same where the column has the DIGITS that nsplit gives it, 4 or 7, and eight bytes can be read: most rows. Digits
 * become a number in three multiplications, as pairs, fours and eights (Lemire, "Quickly parsing eight digits", 2018).
 */
static const char *
fixed_column(const char *at, const char *end, unsigned digits, size_t *number)
{
	uint64_t bytes, wanted = BYTES_EVERY(0x80) >> 8 * (8 - digits);

	if (end - at < 8 || at[digits] != '\t')
		return number_column(at, end, number);
	bytes = bytes_load(at);
	if ((bytes_in_range(bytes, '0', '9') & wanted) != wanted)
		return number_column(at, end, number);
	bytes = (bytes << 8 * (8 - digits)) & BYTES_EVERY(0x0F);
	bytes = (bytes * (10 << 8 | 1) >> 8) & UINT64_C(0x00FF00FF00FF00FF);
	bytes = (bytes * (100 << 16 | 1) >> 16) & UINT64_C(0x0000FFFF0000FFFF);
	*number = bytes * (UINT64_C(10000) << 32 | 1) >> 32;
	return at + digits + 1;
}

static bool
kind_column(const char *at, size_t bytes, enum news_kind *kind)
{
	if (bytes == 4 && memcmp(at, "body", 4) == 0) {
		*kind = NEWS_BODY; /* nearly all */
		return true;
	}
	for (int i = 0; i < NEWS_KINDS; i++) {
		if (strlen(kind_names[i]) == bytes && memcmp(kind_names[i], at, bytes) == 0) {
			*kind = (enum news_kind)i;
			return true;
		}
	}
	return false;
}

/* The first six columns; false when LINE is no row at all. `*text` gets where the seventh begins. */
static bool
parse_key(struct news_text line, struct news_row *row, const char **text)
{
	const char *end = line.at + line.bytes, *at, *tab;
	size_t numbers[4];

	tab = line.bytes == 0 ? NULL : memchr(line.at, '\t', line.bytes);
	if (tab == NULL || tab == line.at)
		return false;
	row->doc = (struct news_text){line.at, (size_t)(tab - line.at)};
	at = tab + 1;
	for (int i = 0; i < 4; i++) {
		at = fixed_column(at, end, i < 2 ? 4 : 7, &numbers[i]);
		if (at == NULL)
			return false;
	}
	tab = memchr(at, '\t', (size_t)(end - at));
	if (tab == NULL || !kind_column(at, (size_t)(tab - at), &row->kind))
		return false;
	row->key = (struct news_text){line.at, (size_t)(at - 1 - line.at)};
	row->paragraph = (unsigned)numbers[0];
	row->sentence = (unsigned)numbers[1];
	row->span = (struct news_span){numbers[2], numbers[3]};
	*text = tab + 1;
	return true;
}

enum news_status
news_row_parse(struct news_text line, struct news_row *row, struct news_error *error)
{
	const char *text, *tab, *end = line.at + line.bytes;
	size_t span;

	memset(row, 0, sizeof *row);
	if (!parse_key(line, row, &text))
		return reject(error, "not a row of nsplit");
	if (text_clean(row->doc.at, row->doc.bytes) != row->doc.bytes)
		return reject(error, "ill-formed UTF-8 or a control character in column 1");
	if (row->paragraph > NEWS_PARAGRAPH_MAX)
		return reject(error, "paragraph is over %d", NEWS_PARAGRAPH_MAX);
	if (row->sentence > NEWS_SENTENCE_MAX || row->sentence == 0)
		return reject(error, "sentence is not from 1 to %d", NEWS_SENTENCE_MAX);
	if ((row->kind == NEWS_META) != (row->paragraph == 0))
		return reject(error, "%s row in paragraph %u", kind_names[row->kind], row->paragraph);
	if (row->span.end > NEWS_DOCUMENT_MAX)
		return reject(error, "end is over %d", NEWS_DOCUMENT_MAX);
	if (row->span.begin > row->span.end)
		return reject(error, "begin is greater than end");
	span = row->span.end - row->span.begin;
	tab = memchr(text, '\t', (size_t)(end - text));
	row->text = (struct news_text){text, (size_t)((tab == NULL ? end : tab) - text)};
	if (row->kind == NEWS_META) {
		if (row->span.begin != 0)
			return reject(error, "meta row whose range does not begin at 0");
		if (memchr(row->text.at, '=', row->text.bytes) == NULL)
			return reject(error, "meta row without '='");
	} else if (row->text.bytes != span) {
		return reject(error, "text has %zu bytes, its range %zu", row->text.bytes, span);
	} else if (span == 0) {
		return reject(error, "empty text");
	}
	if (text_clean(row->text.at, row->text.bytes) != row->text.bytes)
		return reject(error, "ill-formed UTF-8 or a control character in the text");
	return NEWS_OK;
}

bool
news_row_starts_document(const struct news_row *before, const struct news_row *row)
{
	if (before->doc.bytes != row->doc.bytes || memcmp(before->doc.at, row->doc.at, row->doc.bytes) != 0)
		return true;
	if (row->paragraph != before->paragraph)
		return row->paragraph < before->paragraph;
	if (row->sentence != before->sentence)
		return row->sentence < before->sentence;
	return row->span.begin <= before->span.begin;
}

/* ---- assembling ---- */

struct news_assembler {
	struct buffer text; /* `bytes` is the end of the last row; blank up to `blank` wherever no row wrote */
	size_t blank;
	struct news_text id;
	struct news_segment *segments;
	size_t segment_count, segment_room;
	struct news_field *fields;
	size_t field_count, field_room;
};

struct news_assembler *
news_assembler_new(void)
{
	return calloc(1, sizeof(struct news_assembler));
}

void
news_assembler_free(struct news_assembler *assembler)
{
	if (assembler == NULL)
		return;
	buffer_release(&assembler->text);
	free(assembler->segments);
	free(assembler->fields);
	free(assembler);
}

/* The bytes between the segment before I, if there is one, and segment I. */
static struct news_span
gap_before(const struct news_assembler *assembler, size_t i)
{
	size_t begin = i == 0 ? 0 : assembler->segments[i - 1].span.end;

	return (struct news_span){begin, assembler->segments[i].span.begin};
}

void
news_assembler_start(struct news_assembler *assembler)
{
	for (size_t i = 0; i < assembler->segment_count; i++) {
		struct news_span gap = gap_before(assembler, i), span = assembler->segments[i].span;
		if (gap.begin < gap.end) {
			assembler->text.at[gap.begin] = ' ';
			assembler->text.at[gap.end - 1] = ' ';
		}
		memset(assembler->text.at + span.begin, ' ', span.end - span.begin);
	}
	assembler->text.bytes = 0;
	assembler->id = (struct news_text){NULL, 0};
	assembler->segment_count = 0;
	assembler->field_count = 0;
}

static enum news_status
add_field(struct news_assembler *assembler, const struct news_row *row)
{
	const char *equals = memchr(row->text.at, '=', row->text.bytes);
	struct news_field *field;
	void *grown;

	if (equals == NULL)
		return NEWS_REJECTED;
	grown =
	    array_grow(assembler->fields, assembler->field_count, &assembler->field_room, sizeof *assembler->fields);
	if (grown == NULL)
		return NEWS_NO_MEMORY;
	assembler->fields = grown;
	field = &assembler->fields[assembler->field_count++];
	field->key = (struct news_text){row->text.at, (size_t)(equals - row->text.at)};
	field->value = (struct news_text){equals + 1, row->text.bytes - field->key.bytes - 1};
	return NEWS_OK;
}

enum news_status
news_assembler_add(struct news_assembler *assembler, const struct news_row *row)
{
	struct buffer *text = &assembler->text;
	struct news_span gap;
	unsigned paragraph = 0;
	void *grown;

	assembler->id = row->doc;
	if (row->kind == NEWS_META)
		return add_field(assembler, row);
	if (row->span.begin < text->bytes || row->span.end - row->span.begin != row->text.bytes)
		return NEWS_REJECTED;
	grown = array_grow(assembler->segments, assembler->segment_count, &assembler->segment_room,
	    sizeof *assembler->segments);
	if (grown == NULL || !buffer_reserve(text, row->span.end - text->bytes))
		return NEWS_NO_MEMORY;
	assembler->segments = grown;
	if (assembler->blank < text->room) {
		memset(text->at + assembler->blank, ' ', text->room - assembler->blank);
		assembler->blank = text->room;
	}
	if (assembler->segment_count > 0)
		paragraph = assembler->segments[assembler->segment_count - 1].paragraph;
	assembler->segments[assembler->segment_count++] =
	    (struct news_segment){row->span, row->paragraph, row->sentence, row->kind};
	gap = gap_before(assembler, assembler->segment_count - 1);
	if (paragraph != 0 && paragraph != row->paragraph && gap.begin < gap.end) {
		text->at[gap.begin] = '\n';
		text->at[gap.end - 1] = '\n';
	}
	memcpy(text->at + row->span.begin, row->text.at, row->text.bytes);
	text->bytes = row->span.end;
	return NEWS_OK;
}

enum news_status
news_assembler_document(struct news_assembler *assembler, struct news_document *document)
{
	memset(document, 0, sizeof *document);
	document->id = assembler->id;
	document->text = (struct news_text){assembler->text.at, assembler->text.bytes};
	document->segments = assembler->segments;
	document->segment_count = assembler->segment_count;
	document->fields = assembler->fields;
	document->field_count = assembler->field_count;
	return NEWS_OK;
}
