/* SPDX-License-Identifier: ISC */
#include "news.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct news_lists *lists;

static int
set_up(void **state)
{
	(void)state;
	lists = news_lists_new();
	return lists == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	news_lists_free(lists);
	return 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\n';
}

/* What the contract promises of every part: segments in order, numbers from 1 that go up by one, only U+0020 and LF
 * between. */
static void
check_part(const struct news_document *part)
{
	size_t at = 0, i;
	unsigned paragraph = 0, sentence = 0;

	for (i = 0; i < part->segment_count; i++) {
		const struct news_segment *segment = &part->segments[i];
		assert_true(segment->span.begin >= at && segment->span.end > segment->span.begin);
		assert_true(segment->span.end <= part->text.bytes);
		assert_false(is_blank(part->text.at[segment->span.begin]));
		assert_false(is_blank(part->text.at[segment->span.end - 1]));
		assert_int_not_equal(part->text.at[segment->span.begin] & 0xC0, 0x80);
		for (; at < segment->span.begin; at++)
			assert_true(is_blank(part->text.at[at]));
		at = segment->span.end;
		if (segment->paragraph != paragraph) {
			assert_int_equal(segment->paragraph, paragraph + 1);
			sentence = 0;
		}
		assert_int_equal(segment->sentence, sentence + 1);
		paragraph = segment->paragraph;
		sentence = segment->sentence;
		assert_true(paragraph <= NEWS_PARAGRAPH_MAX && sentence <= NEWS_SENTENCE_MAX);
	}
	for (; at < part->text.bytes; at++)
		assert_true(is_blank(part->text.at[at]));
}

/* Split TEXT; every part keeps the promises, and the parts with blanks between them are the text. Gives the number of
 * parts. */
static size_t
check_document(const char *text, size_t bytes, size_t part_bytes, bool wrapped)
{
	struct news_splitter *splitter = news_splitter_new(lists, part_bytes);
	struct news_field field = {.key = {"lang", 4}, .value = {"en", 2}};
	struct news_document whole = {.id = {"id", 2},
	    .text = {text, bytes},
	    .fields = &field,
	    .field_count = 1,
	    .wrapped = wrapped};
	struct news_document part;
	size_t parts = 0, at = 0;
	char id[40];

	assert_non_null(splitter);
	assert_int_equal(news_splitter_start(splitter, &whole), NEWS_OK);
	while (news_splitter_next(splitter, &part) == NEWS_OK) {
		if (++parts == 1)
			strcpy(id, "id");
		else
			sprintf(id, "id#%zu", parts);
		assert_int_equal(part.id.bytes, strlen(id));
		assert_memory_equal(part.id.at, id, part.id.bytes);
		assert_ptr_equal(part.fields, &field);
		assert_int_equal(part.field_count, 1);
		assert_true(part.text.bytes <= part_bytes);
		assert_true(part.text.at >= text + at && part.text.at + part.text.bytes <= text + bytes);
		for (; text + at < part.text.at; at++)
			assert_true(is_blank(text[at]));
		at += part.text.bytes;
		check_part(&part);
		assert_true(parts == 1 || part.segment_count > 0);
	}
	for (; at < bytes; at++)
		assert_true(is_blank(text[at]));
	news_splitter_free(splitter);
	return parts;
}

static void
gives_one_part_to_what_fits(void **state)
{
	const char *text = "Mill to close\nROME (AP) -- It closes. He said so.\n\n(end)";

	(void)state;
	assert_int_equal(check_document("", 0, 100, false), 1);
	assert_int_equal(check_document(text, strlen(text), strlen(text), false), 1);
	assert_int_equal(check_document(text, strlen(text), NEWS_DOCUMENT_MAX, true), 1);
	assert_int_equal(check_document(text, strlen(text), strlen(text) - 1, false), 2);
}

static void
cuts_where_a_paragraph_ends_else_a_sentence_else_a_character(void **state)
{
	static const struct {
		const char *text;
		size_t part_bytes;
		bool wrapped;
		const char *parts[4];
	} cases[] = {
	    {"It closes. It must.\nIt does. Then not.", 30, false, {"It closes. It must.", "It does. Then not."}},
	    {"It closes. It must.\nIt does. Then not.", 19, false, {"It closes. It must.", "It does. Then not."}},
	    {"It closes.\nIt must.\n\nIt does.\nNow.", 30, true, {"It closes.\nIt must.", "It does.\nNow."}},
	    {"It closes. It must. It does.", 22, false, {"It closes. It must.", "It does."}},
	    {"It closes. It must. It does.", 20, false, {"It closes.", "It must. It does."}},
	    {"aaaaaaa\xC3\xA9"
	     "bb",
		8, false,
		{"aaaaaaa",
		    "\xC3\xA9"
		    "bb"}},
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_splitter *splitter = news_splitter_new(lists, cases[i].part_bytes);
		struct news_document whole = {.text = {cases[i].text, strlen(cases[i].text)},
					 .wrapped = cases[i].wrapped},
				     part;
		assert_non_null(splitter);
		assert_int_equal(news_splitter_start(splitter, &whole), NEWS_OK);
		for (j = 0; cases[i].parts[j] != NULL; j++) {
			assert_int_equal(news_splitter_next(splitter, &part), NEWS_OK);
			assert_int_equal(part.text.bytes, strlen(cases[i].parts[j]));
			assert_memory_equal(part.text.at, cases[i].parts[j], part.text.bytes);
		}
		assert_int_equal(news_splitter_next(splitter, &part), NEWS_END);
		news_splitter_free(splitter);
	}
}

static void
only_the_first_part_has_a_title(void **state)
{
	struct news_splitter *splitter = news_splitter_new(lists, 24);
	struct news_document whole = {.text = {"Mill to close\nIt closes.\nMill to open\nIt opens.", 47},
				 .has_title = true},
			     part;

	(void)state;
	assert_non_null(splitter);
	assert_int_equal(news_splitter_start(splitter, &whole), NEWS_OK);
	assert_int_equal(news_splitter_next(splitter, &part), NEWS_OK);
	assert_int_equal(part.segments[0].kind, NEWS_TITLE);
	assert_int_equal(news_splitter_next(splitter, &part), NEWS_OK);
	assert_int_equal(part.segments[0].kind, NEWS_BODY);
	assert_int_equal(news_splitter_next(splitter, &part), NEWS_END);
	news_splitter_free(splitter);
}

static char *
repeat(const char *unit, size_t times, size_t *bytes)
{
	size_t width = strlen(unit), i;
	char *at = malloc(width * times);

	assert_non_null(at);
	for (i = 0; i < times; i++)
		memcpy(at + i * width, unit, width);
	*bytes = width * times;
	return at;
}

static void
cuts_where_numbers_run_out(void **state)
{
	static const struct {
		const char *unit;
		size_t times, parts;
	} cases[] = {
	    {"It closes.\n", NEWS_PARAGRAPH_MAX, 1},
	    {"It closes.\n", NEWS_PARAGRAPH_MAX + 1, 2},
	    {"It closes.\n", 3 * NEWS_PARAGRAPH_MAX, 3},
	    {"It closes. ", NEWS_SENTENCE_MAX, 1},
	    {"It closes. ", NEWS_SENTENCE_MAX + 1, 2},
	    {"It closes. ", 2 * NEWS_SENTENCE_MAX + 1, 3},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bytes;
		char *text = repeat(cases[i].unit, cases[i].times, &bytes);
		assert_int_equal(check_document(text, bytes, NEWS_DOCUMENT_MAX, false), cases[i].parts);
		free(text);
	}
}

/* Texts made at random of what the rules look for. */
static void
drops_nothing(void **state)
{
	static const char *const words[] = {" ", " ", " ", "\n", "\n\n", ". ", "? ", "!\" ", ".", "...", "\xE2\x80\xA6",
	    "\"", "'", "(", ")", "[1]", "Mill", "mill", "U.S.", "Sen. ", "ROME (AP) -- ", "ROME - ", "By Ann Roe",
	    "(end)", "___", "\xD8\xA5\xD9\x82\xD8\xB1\xD8\xA3 \xD9\x87\xD8\xB0\xD8\xA7", "\xC2\xA0", "\xE2\x80\xA8",
	    "\xE3\x80\x82", "12. ", ":) ", "http://a.b", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xEF\xBF\xBD",
	    "Copyright 2016", "A. ", ",", " \xC2\xBB "};
	uint32_t random = 12345;
	char text[600];
	size_t round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		size_t bytes = 0, count = round % 60, i;
		for (i = 0; i < count; i++) {
			const char *word;
			random = random * 1664525 + 1013904223;
			word = words[(random >> 8) % (sizeof words / sizeof *words)];
			if (bytes + strlen(word) > sizeof text)
				break;
			memcpy(text + bytes, word, strlen(word));
			bytes += strlen(word);
		}
		while (bytes > 0 && is_blank(text[bytes - 1]))
			bytes--;
		check_document(text, bytes, round % 3 == 0 ? 5 + round % 40 : NEWS_DOCUMENT_MAX, round % 2 == 0);
	}
}

static void
takes_one_long_line(void **state)
{
	size_t bytes;
	char *text = repeat("The mill, which is old, closes. ", 312500, &bytes);

	(void)state;
	assert_int_equal(check_document(text, bytes, NEWS_DOCUMENT_MAX, false), 32);
	free(text);
	text = repeat("\xC3\xA9", 5000000, &bytes);
	assert_int_equal(check_document(text, bytes, NEWS_DOCUMENT_MAX, false), 2);
	assert_int_equal(check_document(text, bytes, 1000001, false), 10);
	free(text);
	text = repeat("a\n", 5000000, &bytes);
	check_document(text, bytes, NEWS_DOCUMENT_MAX, true);
	free(text);
	text = repeat("a \n \n", 2000000, &bytes);
	check_document(text, bytes, NEWS_DOCUMENT_MAX, true);
	free(text);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_one_part_to_what_fits),
	    cmocka_unit_test(cuts_where_a_paragraph_ends_else_a_sentence_else_a_character),
	    cmocka_unit_test(only_the_first_part_has_a_title),
	    cmocka_unit_test(cuts_where_numbers_run_out),
	    cmocka_unit_test(drops_nothing),
	    cmocka_unit_test(takes_one_long_line),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
