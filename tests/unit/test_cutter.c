/* SPDX-License-Identifier: ISC
 *
 * Where documents end, and that reads never decide it.
 */
#include "buffer.h"
#include "news.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PIECES 16

static const struct news_format *
find(const char *name)
{
	const struct news_format *format;

	assert_true(news_format_find(name, &format));
	return format;
}

/* Cut INPUT, which comes in pieces of sizes that CHOP gives in turn (a zero ends them; none: all at once). Documents
 * are put down in OUT as `<text>`, a file that cannot be cut as `!why`. What is handed over is each time in memory of
 * its own, just as large. */
static void
cut(struct buffer *out, const struct news_reader_options *options, const char *input, size_t bytes, const size_t *chop,
    const char **format)
{
	struct news_error error;
	struct news_cutter *cutter = news_cutter_new(options, &error);
	size_t taken = 0, come = 0, turn = 0;

	assert_non_null(cutter);
	out->bytes = 0;
	for (;;) {
		struct news_span text;
		size_t held = come - taken, got;
		char *copy = malloc(held + (held == 0));

		assert_non_null(copy);
		if (held > 0)
			memcpy(copy, input + taken, held);
		got = news_cutter_next(cutter, copy, held, come == bytes, &text);
		assert_true(got <= held && text.begin <= text.end && text.end <= got);
		if (text.begin < text.end)
			assert_true(buffer_add_byte(out, '<') &&
			    buffer_add(out, copy + text.begin, text.end - text.begin) && buffer_add_byte(out, '>'));
		free(copy);
		taken += got;
		if (got > 0)
			continue;
		if (news_cutter_error(cutter) != NULL) {
			const char *why = news_cutter_error(cutter);
			assert_true(buffer_add_byte(out, '!') && buffer_add(out, why, strlen(why)));
			break;
		}
		if (come == bytes)
			break;
		if (chop == NULL || chop[turn] == 0)
			come = bytes;
		else
			come += chop[turn] < bytes - come ? chop[turn] : bytes - come;
		if (chop != NULL && chop[turn] != 0 && chop[++turn] == 0)
			turn = 0;
	}
	if (format != NULL)
		*format = news_format_name(news_cutter_format(cutter));
	assert_true(buffer_add_byte(out, '\0'));
	news_cutter_free(cutter);
}

static void
check(const char *format, const char *doc_end, const char *input, size_t bytes, const char *expected)
{
	const struct news_reader_options options = {.format = find(format), .doc_end = doc_end};
	const size_t single[] = {1, 0};
	struct buffer out = {0};

	cut(&out, &options, input, bytes, NULL, NULL);
	assert_string_equal(out.at, expected);
	cut(&out, &options, input, bytes, single, NULL);
	assert_string_equal(out.at, expected);
	buffer_release(&out);
}

#define CHECK(format, doc_end, input, expected) check(format, doc_end, input, sizeof(input) - 1, expected)

static void
text_ends_at_a_blank_line(void **state)
{
	(void)state;
	CHECK("text", NULL, "", "");
	CHECK("text", NULL, "\n \n\t\r\n", "");
	CHECK("text", NULL, "a", "<a>");
	CHECK("text", NULL, "a\nb\n", "<a\nb\n>");
	CHECK("text", NULL, "a\n\nb\n", "<a\n><b\n>");
	CHECK("text", NULL, "\n\n  a\n \t\n\n\nb", "<  a\n><b>");
	CHECK("text", NULL, "a\r\nb\r\n\r\nc\r\n", "<a\r\nb\r\n><c\r\n>");
	CHECK("text", NULL, "a\n   ", "<a\n>");
	CHECK("text", NULL, "a\n\xC2\xA0\nb", "<a\n\xC2\xA0\nb>");
}

static void
blank_ends_at_two_blank_lines(void **state)
{
	(void)state;
	CHECK("blank", NULL, "a\n\nb\n\n\nc\n", "<a\n\nb\n><c\n>");
	CHECK("blank", NULL, "\n\n\na\n\nb", "<a\n\nb>");
	CHECK("blank", NULL, "a\n\n\n\n\n\nb\n\n", "<a\n><b\n>");
	CHECK("blank", NULL, "a\r\n\r\n \r\nb", "<a\r\n><b>");
}

static void
line_takes_each_line(void **state)
{
	(void)state;
	CHECK("line", NULL, "a\n\n b\r\nc", "<a>< b><c>");
	CHECK("jsonl", NULL, "{}\n \n\n{\"a\":1}\r\n{", "<{}><{\"a\":1}><{>");
	CHECK("line", "^b", "a\nb\n", "<a><b>");
}

static void
marks_end_a_document_and_belong_to_none(void **state)
{
	(void)state;
	CHECK("text", NULL, "a\nb\n\f\nc\n", "<a\nb\n><c\n>");
	CHECK("text", NULL, "a\r\n\f\r\nc\f\n", "<a\r\n><c\f\n>");
	CHECK("blank", NULL, "a\n\nb\n\f\n\f\nc\n", "<a\n\nb\n><c\n>");
	CHECK("blank", "^-- END$", "a\n\n-- END\nb\r\n-- END\r\n-- ENDS\n\n\nc\n", "<a\n><b\r\n><-- ENDS\n><c\n>");
	CHECK("text", "^#", "#\n#\na\n\nb\n# x", "<a\n><b\n>");
	CHECK("text", "^\\p{Lu}\xC3\xA9$", "\xFF\nA\xC3\xA9\n\xFF\xC3\xA9\n", "<\xFF\n><\xFF\xC3\xA9\n>");
	CHECK("text", "\xC3\xA9$", "a\n\xFF\xC3\xA9\nb", "<a\n><b>"); /* ill-formed bytes hide nothing behind them */
	CHECK("text", "b", "a\0b\nc\n", "<c\n>");
}

static void
patterns_have_limits(void **state)
{
	struct news_reader_options options = {.format = find("text"), .doc_end = "("};
	struct news_error error = {""};
	struct news_cutter *cutter;
	struct news_span text;
	char line[64];

	(void)state;
	assert_null(news_cutter_new(&options, &error));
	assert_non_null(strstr(error.text, "pattern"));
	options.doc_end = "^(?:a|a)*(?:a|a)*(?:a|a)*$(?!x)(?<=b)";
	cutter = news_cutter_new(&options, &error);
	assert_non_null(cutter);
	memset(line, 'a', sizeof line);
	assert_int_equal(news_cutter_next(cutter, line, sizeof line, true, &text), sizeof line);
	assert_int_equal(text.end, sizeof line);
	assert_int_equal(news_cutter_unmatched(cutter), 1);
	news_cutter_free(cutter);
}

static const char *
decided(const char *input, size_t bytes, struct buffer *out)
{
	const struct news_reader_options options = {.format = NULL};
	const size_t single[] = {1, 0};
	const char *format, *again;
	struct buffer other = {0};

	cut(out, &options, input, bytes, NULL, &format);
	cut(&other, &options, input, bytes, single, &again);
	assert_string_equal(format, again);
	assert_string_equal(out->at, other.at);
	buffer_release(&other);
	return format;
}

static void
auto_decides_by_content(void **state)
{
	static const struct {
		const char *input;
		const char *format;
	} cases[] = {
	    {"", "blank"},
	    {"Head\nA.\nB.\n\nC", "text"},
	    {"Head\nA.\nB.", "text"},
	    {"\n\nHead\r\n\"A.\"\r\nB?)\r\n\r\n", "text"},
	    {"Head\nA\nB\xE2\x80\xA6\nC!\xE2\x80\x9D\n", "text"},
	    {"Head\nA.\nB.\nC\n\n", "text"},
	    {"Head\nA.\nB.\nC\nD\n\n", "blank"},
	    {"Head\nB.\n\nC.\n\n", "blank"},
	    {"Head\nhard\nwrapped\nends.\n\n", "blank"},
	    {"Head\n\nA.\nB.\nC.\n", "blank"},
	    {"Head\nA.\n\f\nB.\n\n", "text"},
	    {" \n{\"text\":\"a\"}\n", "jsonl"},
	    {"\xEF\xBB\xBF{\"text\":\"a\"}\n", "jsonl"},
	    {"[{\"text\":\"a\"}]\n", "blank"},
	};
	struct buffer out = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(decided(cases[i].input, strlen(cases[i].input), &out), cases[i].format);
	buffer_release(&out);
}

/* `auto` looks at 64 KiB: a line that ends within counts, one that ends behind does not. */
static void
auto_looks_no_further_than_64_kib(void **state)
{
	const struct news_reader_options options = {.format = NULL};
	static char input[70000];
	size_t first;

	(void)state;
	for (first = 65530; first < 65542; first++) {
		const char *format;
		struct buffer out = {0};
		memset(input, 'x', sizeof input);
		memcpy(input, "A.\nB.\n", 6);
		input[first - 1] = '.';
		input[first] = '\n';
		memcpy(input + sizeof input - 5, "x\n\n\nC", 5);
		cut(&out, &options, input, sizeof input, NULL, &format);
		assert_string_equal(format, first < 65536 ? "text" : "blank");
		buffer_release(&out);
	}
}

static void
tells_what_it_cannot_read(void **state)
{
	struct buffer out = {0};

	(void)state;
	CHECK("text", NULL, "\x1F", "<\x1F>");
	CHECK("text", NULL, "\x28\xB5\x2F", "<\x28\xB5\x2F>");
	CHECK("text", NULL, "<a\n", "<<a\n>");
	(void)decided("\n <recipe>\n", 11, &out);
	assert_non_null(strstr(out.at, "not known here"));
	buffer_release(&out);
}

static void
drops_the_byte_order_mark(void **state)
{
	(void)state;
	CHECK("text", NULL, "\xEF\xBB\xBF\n\nb\n", "<b\n>");
	CHECK("text", NULL,
	    "\xEF\xBB\xBF"
	    "a",
	    "<a>");
	CHECK("line", NULL,
	    "\xEF\xBB\xBF"
	    "a\n",
	    "<a>");
	CHECK("text", NULL, "\xEF\xBB\xBF", "");
	CHECK("text", NULL, "\xEF\xBB", "<\xEF\xBB>");
}

/* Blank lines without end, a byte at a time, are handed over and not kept. */
static void
keeps_no_blank_lines(void **state)
{
	const struct news_reader_options options = {.format = find("blank")};
	struct news_error error;
	struct news_cutter *cutter = news_cutter_new(&options, &error);
	char held[8];
	size_t bytes = 0, i;

	(void)state;
	assert_non_null(cutter);
	for (i = 0; i < 10000; i++) {
		struct news_span text;
		size_t got;
		assert_in_range(bytes, 0, sizeof held - 1);
		held[bytes++] = '\n';
		got = news_cutter_next(cutter, held, bytes, false, &text);
		assert_int_equal(text.begin, text.end);
		memmove(held, held + got, bytes - got);
		bytes -= got;
	}
	news_cutter_free(cutter);
}

static uint32_t
random_number(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

static void
reads_never_decide(void **state)
{
	static const char *const words[] = {"\n", "\n", "\n", "\r\n", " ", "\t", "\f", "a", "b.", "-- END", "{", "}",
	    "<", "\xEF\xBB\xBF", "\x1F", "\x8B", "\x28\xB5", "\x2F\xFD", "\xE2\x80\x9D", "\xFF", "\"x.\"", ""};
	struct buffer whole = {0}, parts = {0}, input = {0};
	uint64_t seed = 3;
	unsigned round, i;

	(void)state;
	for (round = 0; round < 20000; round++) {
		struct news_reader_options options = {.format = find(news_format_list(round % 5))};
		const char *format, *again;
		size_t chop[PIECES + 1] = {0};

		if (random_number(&seed) % 2 == 0)
			options.doc_end = "^-- END";
		input.bytes = 0;
		assert_true(buffer_reserve(&input, 1));
		for (i = random_number(&seed) % 30; i > 0; i--) {
			const char *word = words[random_number(&seed) % (sizeof words / sizeof *words)];
			assert_true(buffer_add(&input, word, strlen(word)));
		}
		for (i = 0; i < PIECES; i++)
			chop[i] = 1 + random_number(&seed) % 5;
		cut(&whole, &options, input.at, input.bytes, NULL, &format);
		cut(&parts, &options, input.at, input.bytes, chop, &again);
		assert_string_equal(format, again);
		assert_int_equal(whole.bytes, parts.bytes);
		assert_memory_equal(whole.at, parts.at, whole.bytes);
	}
	buffer_release(&whole);
	buffer_release(&parts);
	buffer_release(&input);
}

static void
formats_have_names(void **state)
{
	const struct news_format *format;
	size_t i;

	(void)state;
	assert_string_equal(news_format_list(0), "auto");
	for (i = 0; news_format_list(i) != NULL; i++) {
		assert_true(news_format_find(news_format_list(i), &format));
		assert_string_equal(news_format_name(format), news_format_list(i));
	}
	assert_true(i > 4);
	assert_false(news_format_find("plain", &format));
	assert_false(news_format_find("", &format));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_ends_at_a_blank_line),
	    cmocka_unit_test(blank_ends_at_two_blank_lines),
	    cmocka_unit_test(line_takes_each_line),
	    cmocka_unit_test(marks_end_a_document_and_belong_to_none),
	    cmocka_unit_test(patterns_have_limits),
	    cmocka_unit_test(auto_decides_by_content),
	    cmocka_unit_test(auto_looks_no_further_than_64_kib),
	    cmocka_unit_test(tells_what_it_cannot_read),
	    cmocka_unit_test(drops_the_byte_order_mark),
	    cmocka_unit_test(keeps_no_blank_lines),
	    cmocka_unit_test(reads_never_decide),
	    cmocka_unit_test(formats_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
