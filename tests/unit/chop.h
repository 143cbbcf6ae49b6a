/* SPDX-License-Identifier: ISC
 *
 * chop.h - a file through cutter and reader in pieces of any size, for the tests of formats
 */
#ifndef CHOP_H
#define CHOP_H

#include "buffer.h"
#include "news.h"
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline void
chop_add(struct buffer *out, const char *string)
{
	assert_true(buffer_add(out, string, strlen(string)));
}

/* What a record gives: `!` and why it is rejected, `-` where it holds no document; else `id|text|key=value...`, where a
 * sentence that the source tells apart begins with `^`; the language guessed is left out. A LF ends it; those of the
 * text are `/`. */
static inline void
chop_write(struct news_reader *reader, const struct news_record *record, struct buffer *out)
{
	struct news_document document;
	struct news_error error = {""};
	size_t repairs = 0, i, sentence = 0;
	enum news_status status = news_reader_read(reader, record, &document, &repairs, &error);

	if (status == NEWS_REJECTED) {
		assert_int_equal(text_clean(error.text, strlen(error.text)), strlen(error.text));
		assert_true(error.text[0] != '\0');
		chop_add(out, "!");
		chop_add(out, error.text);
	} else if (status == NEWS_END) {
		chop_add(out, "-");
	} else {
		assert_int_equal(status, NEWS_OK);
		assert_int_equal(text_clean(document.text.at, document.text.bytes), document.text.bytes);
		assert_true(document.field_count >= 1);
		assert_true(buffer_add(out, document.id.at, document.id.bytes));
		chop_add(out, "|");
		for (i = 0; i < document.text.bytes; i++) {
			if (sentence < document.sentence_count && document.sentences[sentence].begin == i) {
				chop_add(out, "^");
				sentence++;
			}
			assert_true(buffer_add_byte(out, document.text.at[i] == '\n' ? '/' : document.text.at[i]));
		}
		assert_int_equal(sentence, document.sentence_count);
		for (i = 1; i < document.field_count; i++) {
			const struct news_field *field = &document.fields[i];
			if (field->key.bytes == 10 && memcmp(field->key.at, "lang-guess", 10) == 0)
				continue;
			assert_true(field->key.bytes > 0 && field->value.bytes > 0);
			assert_int_equal(text_clean(field->value.at, field->value.bytes), field->value.bytes);
			assert_null(memchr(field->value.at, '\n', field->value.bytes));
			chop_add(out, "|");
			assert_true(buffer_add(out, field->key.at, field->key.bytes));
			chop_add(out, "=");
			assert_true(buffer_add(out, field->value.at, field->value.bytes));
		}
	}
	chop_add(out, "\n");
}

/* What FILE gives in pieces of PIECE bytes, ended by a NUL; a file that cannot be read ends in `error: why`. FORMAT may
 * be `auto`; the one in force at the end stands in front: `sgml: `. */
static inline void
chop_file(const char *format, struct news_text file, size_t piece, struct buffer *out)
{
	struct news_reader_options options = {0};
	struct news_error error = {""};
	struct news_cutter *cutter;
	struct news_reader *reader;
	size_t come = 0, taken = 0;
	char *copy = NULL;

	assert_true(news_format_find(format, &options.format));
	cutter = news_cutter_new(&options, &error);
	reader = news_reader_new(&options, &error);
	assert_non_null(cutter);
	assert_non_null(reader);
	out->bytes = 0;
	for (;;) {
		size_t left = come - taken, bytes;
		struct news_span span;
		free(copy);
		copy = malloc(left + (left == 0)); /* just as large, so that reading past the end is found out */
		assert_non_null(copy);
		memcpy(copy, file.at + taken, left);
		bytes = news_cutter_next(cutter, copy, left, come == file.bytes, &span);
		assert_true(bytes <= left && span.begin <= span.end && span.end <= bytes);
		taken += bytes;
		if (bytes == 0 && come == file.bytes)
			break;
		if (bytes == 0)
			come += piece < file.bytes - come ? piece : file.bytes - come;
		if (bytes > 0 && span.begin < span.end) {
			struct news_record record = {.format = news_cutter_format(cutter),
			    .file = {"-", 1},
			    .head = news_cutter_head(cutter),
			    .bytes = {copy + span.begin, span.end - span.begin}};
			chop_write(reader, &record, out);
		}
	}
	if (news_cutter_error(cutter) != NULL) {
		chop_add(out, "error: ");
		chop_add(out, news_cutter_error(cutter));
	}
	assert_true(buffer_add_byte(out, '\0'));
	free(copy);
	news_cutter_free(cutter);
	news_reader_free(reader);
}

/* Check that FILE gives EXPECTED in pieces of every size. */
static inline void
chop_expect(const char *format, const char *file, const char *expected)
{
	static const size_t pieces[] = {SIZE_MAX, 4096, 7, 1};
	struct buffer out = {0};
	size_t i;

	for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		chop_file(format, (struct news_text){file, strlen(file)}, pieces[i], &out);
		if (strcmp(out.at, expected) != 0)
			fail_msg("in pieces of %zu:\n%s\nnot\n%s", pieces[i], out.at, expected);
	}
	buffer_release(&out);
}

/* Check that `auto`, which gets FILE byte by byte, decides for FORMAT; NULL: that it finds none, nor can read the file.
 */
static inline void
chop_recognise(const char *file, const char *format)
{
	struct news_reader_options options = {0};
	struct news_error error;
	struct news_cutter *cutter = news_cutter_new(&options, &error);
	const struct news_format *found = NULL;
	struct news_span span;
	size_t bytes;

	assert_non_null(cutter);
	for (bytes = 0; bytes <= strlen(file) && found == NULL; bytes++) {
		news_cutter_next(cutter, file, bytes, bytes == strlen(file), &span);
		found = news_cutter_format(cutter);
	}
	assert_true(found != NULL || news_cutter_error(cutter) != NULL);
	if (*format == '!')
		assert_string_not_equal(news_format_name(found), format + 1);
	else
		assert_string_equal(news_format_name(found), format);
	news_cutter_free(cutter);
}

/* Read FILE cut off at every byte, then with bytes changed at random (the same ones in every run): nothing may crash,
 * and pieces of every size give the same. */
static inline void
chop_break(const char *format, const char *file)
{
	static const char changes[] = "<>&/\"'[]-!?=#\t\n ;a\0\xE9";
	struct buffer whole = {0}, pieces = {0};
	size_t bytes = strlen(file), i, j;
	uint32_t random = 1;
	char *copy = malloc(bytes);

	assert_non_null(copy);
	for (i = 0; i <= bytes; i++)
		chop_file(format, (struct news_text){file, i}, SIZE_MAX, &whole);
	for (i = 0; i < 300; i++) {
		memcpy(copy, file, bytes);
		for (j = 0; j < 1 + i % 4; j++) {
			random = random * 1664525 + 1013904223;
			copy[(random >> 8) % bytes] = changes[(random >> 4) % (sizeof changes - 1)];
		}
		chop_file(format, (struct news_text){copy, bytes}, SIZE_MAX, &whole);
		chop_file(format, (struct news_text){copy, bytes}, 1 + i % 7, &pieces);
		assert_string_equal(whole.at, pieces.at);
	}
	free(copy);
	buffer_release(&whole);
	buffer_release(&pieces);
}

#endif
