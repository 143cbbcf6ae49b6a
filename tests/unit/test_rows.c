/* SPDX-License-Identifier: ISC
 *
 * test_rows.c - parsing rows of nsplit, and documents put together again from them
 */
#include "buffer.h"
#include "news.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct news_text
text_of(const char *string)
{
	return (struct news_text){string, strlen(string)};
}

static void
assert_text(struct news_text text, const char *expected)
{
	assert_int_equal(text.bytes, strlen(expected));
	assert_memory_equal(text.at, expected, text.bytes);
}

/* LINE must stay while the row is used. */
static struct news_row
row_of(const char *line)
{
	struct news_error error = {""};
	struct news_row row;

	if (news_row_parse(text_of(line), &row, &error) != NEWS_OK)
		fail_msg("'%s' is no row: %s", line, error.text);
	return row;
}

/* ---- parsing ---- */

static void
parse_gives_columns(void **state)
{
	struct news_row row = row_of("reuters-7#2\t0002\t0013\t0000005\t0000020\tbody\tIt rained here.");

	(void)state;
	assert_text(row.doc, "reuters-7#2");
	assert_text(row.key, "reuters-7#2\t0002\t0013\t0000005\t0000020");
	assert_text(row.text, "It rained here.");
	assert_int_equal(row.paragraph, 2);
	assert_int_equal(row.sentence, 13);
	assert_int_equal(row.span.begin, 5);
	assert_int_equal(row.span.end, 20);
	assert_int_equal(row.kind, NEWS_BODY);
}

static void
parse_knows_every_kind(void **state)
{
	static const char *const names[] = {"title", "dateline", "byline", "body", "note"};
	char line[100];

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		snprintf(line, sizeof line, "d\t0001\t0001\t0000000\t0000003\t%s\tabc", names[i]);
		assert_string_equal(news_kind_name(row_of(line).kind), names[i]);
	}
	assert_int_equal(row_of("d\t0000\t0001\t0000000\t0000900\tmeta\tfile=-").kind, NEWS_META);
}

static void
parse_takes_further_columns_and_limits(void **state)
{
	static const char *const lines[] = {
	    "d\t0001\t0001\t0000000\t0000003\tbody\tabc\textra\t",
	    "d\t9999\t9999\t9999996\t9999999\tbody\tabc",
	    "d\t1\t1\t0\t3\tbody\tabc",
	    "d\t0001\t0001\t0000000\t0000006\tbody\t\xD7\xA9\xD7\x9C\xD7\x95",
	    "d\t0000\t0001\t0000000\t0000000\tmeta\tfile=",
	    "d\t0000\t0002\t0000000\t9999999\tmeta\turl=http://example.org/?a=b",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++)
		row_of(lines[i]);
	assert_text(row_of(lines[0]).text, "abc");
}

/* What is no row at all has no key; a row that was edited has one, and keeps its place in the stream. */
static void
parse_rejects(void **state)
{
	static const struct {
		const char *line, *why;
		bool looks_like_one;
	} cases[] = {
	    {"", "not a row of nsplit", false},
	    {"\t", "not a row of nsplit", false},
	    {"He said hello.", "not a row of nsplit", false},
	    {"doc\tpar\tsent\tbegin\tend\tkind\ttext", "not a row of nsplit", false},
	    {"\t0001\t0001\t0000000\t0000003\tbody\tabc", "not a row of nsplit", false},
	    {"d\t0001\t0001\t0000000\t0000003\tbody", "not a row of nsplit", false},
	    {"d\t0001\t0001\t0000000\t0000003\tverse\tabc", "not a row of nsplit", false},
	    {"d\t0001\t0001\t0000000\t0000003\tbod\tabc", "not a row of nsplit", false},
	    {"d\t0001\t0001\t0000000\t0000003\tBODY\tabc", "not a row of nsplit", false},
	    {"d\t0001\t0001\t-000001\t0000003\tbody\tabc", "not a row of nsplit", false},
	    {"d\t0001\t\t0000000\t0000003\tbody\tabc", "not a row of nsplit", false},
	    {"d\t0001\t0001\t0000000\t00 0003\tbody\tabc", "not a row of nsplit", false},
	    {"d 0001 0001 0000000 0000003 body abc", "not a row of nsplit", false},
	    {"d\t0001\t0001\t0000000\t0000003\tbody\tabcd", "text has 4 bytes, its range 3", true},
	    {"d\t0001\t0001\t0000000\t0000003\tbody\tab", "text has 2 bytes, its range 3", true},
	    {"d\t0001\t0001\t0000000\t0000003\tbody\t", "text has 0 bytes, its range 3", true},
	    {"d\t0001\t0001\t0000003\t0000003\tbody\t", "empty text", true},
	    {"d\t0001\t0001\t0000005\t0000003\tbody\tab", "begin is greater than end", true},
	    {"d\t0001\t0001\t9999998\t10000001\tbody\tabc", "end is over 9999999", true},
	    {"d\t0001\t0001\t0000000\t99999999999999999999999\tbody\tabc", "end is over 9999999", true},
	    {"d\t10000\t0001\t0000000\t0000003\tbody\tabc", "paragraph is over 9999", true},
	    {"d\t0001\t10000\t0000000\t0000003\tbody\tabc", "sentence is not from 1 to 9999", true},
	    {"d\t0001\t0000\t0000000\t0000003\tbody\tabc", "sentence is not from 1 to 9999", true},
	    {"d\t0000\t0001\t0000000\t0000003\tbody\tabc", "body row in paragraph 0", true},
	    {"d\t0001\t0001\t0000000\t0000003\tmeta\ta=b", "meta row in paragraph 1", true},
	    {"d\t0000\t0001\t0000001\t0000003\tmeta\ta=b", "meta row whose range does not begin at 0", true},
	    {"d\t0000\t0001\t0000000\t0000003\tmeta\tab", "meta row without '='", true},
	    {"d\t0001\t0001\t0000000\t0000003\tbody\ta\xFF"
	     "c",
		"ill-formed UTF-8 or a control character in the text", true},
	    {"d\t0001\t0001\t0000000\t0000002\tbody\t\xD7\x20", "ill-formed UTF-8 or a control character in the text",
		true},
	    {"d\t0001\t0001\t0000000\t0000004\tbody\tabc\r", "ill-formed UTF-8 or a control character in the text",
		true},
	    {"d\t0001\t0001\t0000000\t0000004\tbody\t\x1B[0m", "ill-formed UTF-8 or a control character in the text",
		true},
	    {"\x1B\t0001\t0001\t0000000\t0000003\tbody\tabc", "ill-formed UTF-8 or a control character in column 1",
		true},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct news_error error = {""};
		struct news_row row;

		assert_int_equal(news_row_parse(text_of(cases[i].line), &row, &error), NEWS_REJECTED);
		assert_string_equal(error.text, cases[i].why);
		assert_int_equal(row.key.bytes > 0, cases[i].looks_like_one);
	}
}

static void
parse_rejects_nul(void **state)
{
	static const char line[] = "d\t0001\t0001\t0000000\t0000003\tbody\ta\0c";
	struct news_error error = {""};
	struct news_row row;

	(void)state;
	assert_int_equal(news_row_parse((struct news_text){line, sizeof line - 1}, &row, &error), NEWS_REJECTED);
}

/* Every cut of a row is read within its bytes (a sanitizer sees to that) and is no row, but for the whole one. */
static void
parse_rejects_every_cut(void **state)
{
	static const char line[] = "d\t0001\t0001\t0000000\t0000003\tbody\tabc";

	(void)state;
	for (size_t bytes = 0; bytes < sizeof line; bytes++) {
		struct news_error error = {""};
		struct news_row row;
		char *copy = malloc(bytes + 1);
		enum news_status status;

		assert_non_null(copy);
		memcpy(copy + 1, line, bytes);
		status = news_row_parse((struct news_text){copy + 1, bytes}, &row, &error);
		assert_int_equal(status, bytes == sizeof line - 1 ? NEWS_OK : NEWS_REJECTED);
		free(copy);
	}
}

/* ---- where documents begin ---- */

static void
document_starts(void **state)
{
	static const struct {
		const char *before, *row;
		bool starts;
	} cases[] = {
	    {"a\t0000\t0001\t0000000\t0000007\tmeta\tfile=-", "a\t0000\t0002\t0000000\t0000007\tmeta\ta=b", false},
	    {"a\t0000\t0002\t0000000\t0000007\tmeta\ta=b", "a\t0001\t0001\t0000000\t0000003\ttitle\tabc", false},
	    {"a\t0001\t0001\t0000000\t0000003\tbody\tabc", "a\t0001\t0002\t0000004\t0000007\tbody\tdef", false},
	    {"a\t0001\t0002\t0000004\t0000007\tbody\tdef", "a\t0002\t0001\t0000008\t0000009\tbody\tg", false},
	    {"a\t0001\t0001\t0000000\t0000003\tbody\tabc", "b\t0001\t0002\t0000004\t0000007\tbody\tdef", true},
	    {"a\t0001\t0001\t0000000\t0000003\tbody\tabc", "ab\t0001\t0002\t0000004\t0000007\tbody\tdef", true},
	    {"a\t0001\t0001\t0000000\t0000003\tbody\tabc", "a\t0001\t0001\t0000000\t0000003\tbody\tabc", true},
	    {"a\t0001\t0002\t0000004\t0000007\tbody\tdef", "a\t0001\t0001\t0000000\t0000003\tbody\tabc", true},
	    {"a\t0002\t0001\t0000004\t0000007\tbody\tdef", "a\t0001\t0002\t0000008\t0000011\tbody\tabc", true},
	    {"a\t0001\t0002\t0000004\t0000007\tbody\tdef", "a\t0000\t0001\t0000000\t0000007\tmeta\tfile=-", true},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct news_row before = row_of(cases[i].before), row = row_of(cases[i].row);

		assert_int_equal(news_row_starts_document(&before, &row), cases[i].starts);
	}
}

/* ---- putting together ---- */

static struct news_document
assemble(struct news_assembler *assembler, const char *const *lines, size_t count)
{
	struct news_document document;

	news_assembler_start(assembler);
	for (size_t i = 0; i < count; i++) {
		struct news_row row = row_of(lines[i]);
		assert_int_equal(news_assembler_add(assembler, &row), NEWS_OK);
	}
	assert_int_equal(news_assembler_document(assembler, &document), NEWS_OK);
	return document;
}

static void
assembles_text_segments_and_fields(void **state)
{
	static const char *const lines[] = {
	    "x\t0000\t0001\t0000000\t0000030\tmeta\tfile=a.txt",
	    "x\t0000\t0002\t0000000\t0000030\tmeta\tauthor=Ana=Ben",
	    "x\t0000\t0003\t0000000\t0000030\tmeta\tauthor=Cy",
	    "x\t0001\t0001\t0000000\t0000007\ttitle\tA title",
	    "x\t0002\t0001\t0000009\t0000013\tbody\tOne.",
	    "x\t0002\t0002\t0000014\t0000018\tbody\tTwo.",
	    "x\t0003\t0001\t0000022\t0000030\tbody\tThe end.",
	};
	struct news_assembler *assembler = news_assembler_new();
	struct news_document document = assemble(assembler, lines, LENGTH(lines));

	(void)state;
	assert_text(document.id, "x");
	assert_text(document.text, "A title\n\nOne. Two.\n  \nThe end.");
	assert_int_equal(document.segment_count, 4);
	assert_int_equal(document.segments[0].kind, NEWS_TITLE);
	assert_int_equal(document.segments[2].paragraph, 2);
	assert_int_equal(document.segments[2].sentence, 2);
	assert_int_equal(document.segments[2].span.begin, 14);
	assert_int_equal(document.field_count, 3);
	assert_text(news_document_field(&document, "file"), "a.txt");
	assert_text(news_document_field(&document, "author"), "Ana=Ben");
	assert_null(news_document_field(&document, "auth").at);
	assert_null(news_document_field(&document, "authors").at);
	news_assembler_free(assembler);
}

/* Pieces of one line touch: a note glued to the lede. */
static void
assembles_touching_rows(void **state)
{
	static const char *const lines[] = {
	    "x\t0001\t0001\t0000000\t0000004\tnote\tNote",
	    "x\t0001\t0002\t0000004\t0000009\tbody\tLede.",
	    "x\t0002\t0001\t0000009\t0000010\tbody\tB",
	};
	struct news_assembler *assembler = news_assembler_new();

	(void)state;
	assert_text(assemble(assembler, lines, LENGTH(lines)).text, "NoteLede.B");
	news_assembler_free(assembler);
}

/* Rows were filtered out before: what they covered is blank, and nothing of an earlier document shines through. */
static void
assembles_what_is_left(void **state)
{
	static const char *const full[] = {
	    "x\t0001\t0001\t0000000\t0000005\tbody\taaaaa",
	    "x\t0002\t0001\t0000006\t0000011\tbody\tbbbbb",
	    "x\t0003\t0001\t0000012\t0000020\tbody\tcccccccc",
	};
	static const char *const holes[] = {
	    "y\t0001\t0002\t0000002\t0000004\tbody\tdd",
	    "y\t0001\t0004\t0000006\t0000008\tbody\tee",
	    "y\t0004\t0001\t0000013\t0000015\tbody\tff",
	};
	struct news_assembler *assembler = news_assembler_new();

	(void)state;
	assert_text(assemble(assembler, full, LENGTH(full)).text, "aaaaa\nbbbbb\ncccccccc");
	assert_text(assemble(assembler, holes, LENGTH(holes)).text, "  dd  ee\n   \nff");
	assert_text(assemble(assembler, full, LENGTH(full)).text, "aaaaa\nbbbbb\ncccccccc");
	assert_text(assemble(assembler, holes, LENGTH(holes)).text, "  dd  ee\n   \nff");
	news_assembler_free(assembler);
}

static void
assembles_no_text(void **state)
{
	static const char *const lines[] = {"x\t0000\t0001\t0000000\t0000000\tmeta\tfile=-"};
	struct news_assembler *assembler = news_assembler_new();
	struct news_document document = assemble(assembler, lines, 1);

	(void)state;
	assert_text(document.id, "x");
	assert_int_equal(document.text.bytes, 0);
	assert_int_equal(document.segment_count, 0);
	news_assembler_free(assembler);
}

static void
refuses_overlap(void **state)
{
	struct news_row first = row_of("x\t0001\t0001\t0000000\t0000005\tbody\taaaaa");
	struct news_row second = row_of("x\t0001\t0002\t0000004\t0000006\tbody\tbb");
	struct news_assembler *assembler = news_assembler_new();

	(void)state;
	news_assembler_start(assembler);
	assert_int_equal(news_assembler_add(assembler, &first), NEWS_OK);
	assert_int_equal(news_assembler_add(assembler, &second), NEWS_REJECTED);
	news_assembler_free(assembler);
}

/* A hundred thousand documents that each claim to begin at ten million bytes cost what their rows have, not that. */
static void
costs_only_what_rows_have(void **state)
{
	struct news_row row = row_of("x\t0001\t0001\t9999990\t9999992\tbody\taa");
	struct news_assembler *assembler = news_assembler_new();
	struct news_document document;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		news_assembler_start(assembler);
		assert_int_equal(news_assembler_add(assembler, &row), NEWS_OK);
		assert_int_equal(news_assembler_document(assembler, &document), NEWS_OK);
		assert_int_equal(document.text.bytes, 9999992);
	}
	news_assembler_free(assembler);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parse_gives_columns),
	    cmocka_unit_test(parse_knows_every_kind),
	    cmocka_unit_test(parse_takes_further_columns_and_limits),
	    cmocka_unit_test(parse_rejects),
	    cmocka_unit_test(parse_rejects_nul),
	    cmocka_unit_test(parse_rejects_every_cut),
	    cmocka_unit_test(document_starts),
	    cmocka_unit_test(assembles_text_segments_and_fields),
	    cmocka_unit_test(assembles_touching_rows),
	    cmocka_unit_test(assembles_what_is_left),
	    cmocka_unit_test(assembles_no_text),
	    cmocka_unit_test(refuses_overlap),
	    cmocka_unit_test(costs_only_what_rows_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
