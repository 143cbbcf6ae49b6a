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

/* Cut INPUT, which comes in pieces of sizes that CHOP gives in turn (a zero ends them; none: all at once). Documents
 * are put down in OUT as `<text>`, a file that cannot be cut as `!why`. What is handed over is each time in memory of
 * its own, just as large. */
static void
cut(struct buffer *out, const struct news_reader_options *options, const char *input, size_t bytes, const size_t *chop,
    enum news_format *format)
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
		*format = news_cutter_format(cutter);
	assert_true(buffer_add_byte(out, '\0'));
	news_cutter_free(cutter);
}

static void
check(enum news_format format, const char *doc_end, const char *input, size_t bytes, const char *expected)
{
	const struct news_reader_options options = {.format = format, .doc_end = doc_end};
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
	CHECK(NEWS_PLAIN, NULL, "", "");
	CHECK(NEWS_PLAIN, NULL, "\n \n\t\r\n", "");
	CHECK(NEWS_PLAIN, NULL, "a", "<a>");
	CHECK(NEWS_PLAIN, NULL, "a\nb\n", "<a\nb\n>");
	CHECK(NEWS_PLAIN, NULL, "a\n\nb\n", "<a\n><b\n>");
	CHECK(NEWS_PLAIN, NULL, "\n\n  a\n \t\n\n\nb", "<  a\n><b>");
	CHECK(NEWS_PLAIN, NULL, "a\r\nb\r\n\r\nc\r\n", "<a\r\nb\r\n><c\r\n>");
	CHECK(NEWS_PLAIN, NULL, "a\n   ", "<a\n>");
	CHECK(NEWS_PLAIN, NULL, "a\n\xC2\xA0\nb", "<a\n\xC2\xA0\nb>");
}

static void
blank_ends_at_two_blank_lines(void **state)
{
	(void)state;
	CHECK(NEWS_BLANK, NULL, "a\n\nb\n\n\nc\n", "<a\n\nb\n><c\n>");
	CHECK(NEWS_BLANK, NULL, "\n\n\na\n\nb", "<a\n\nb>");
	CHECK(NEWS_BLANK, NULL, "a\n\n\n\n\n\nb\n\n", "<a\n><b\n>");
	CHECK(NEWS_BLANK, NULL, "a\r\n\r\n \r\nb", "<a\r\n><b>");
}

static void
line_takes_each_line(void **state)
{
	(void)state;
	CHECK(NEWS_LINE, NULL, "a\n\n b\r\nc", "<a>< b><c>");
	CHECK(NEWS_JSONL, NULL, "{}\n \n\n{\"a\":1}\r\n{", "<{}><{\"a\":1}><{>");
	CHECK(NEWS_LINE, "^b", "a\nb\n", "<a><b>");
}

static void
marks_end_a_document_and_belong_to_none(void **state)
{
	(void)state;
	CHECK(NEWS_PLAIN, NULL, "a\nb\n\f\nc\n", "<a\nb\n><c\n>");
	CHECK(NEWS_PLAIN, NULL, "a\r\n\f\r\nc\f\n", "<a\r\n><c\f\n>");
	CHECK(NEWS_BLANK, NULL, "a\n\nb\n\f\n\f\nc\n", "<a\n\nb\n><c\n>");
	CHECK(NEWS_BLANK, "^-- END$", "a\n\n-- END\nb\r\n-- END\r\n-- ENDS\n\n\nc\n", "<a\n><b\r\n><-- ENDS\n><c\n>");
	CHECK(NEWS_PLAIN, "^#", "#\n#\na\n\nb\n# x", "<a\n><b\n>");
	CHECK(NEWS_PLAIN, "^\\p{Lu}\xC3\xA9$", "\xFF\nA\xC3\xA9\n\xFF\xC3\xA9\n", "<\xFF\n><\xFF\xC3\xA9\n>");
	CHECK(NEWS_PLAIN, "\xC3\xA9$", "a\n\xFF\xC3\xA9\nb",
	    "<a\n><b>"); /* ill-formed bytes hide nothing behind them */
	CHECK(NEWS_PLAIN, "b", "a\0b\nc\n", "<c\n>");
}

static void
patterns_have_limits(void **state)
{
	struct news_reader_options options = {.format = NEWS_PLAIN, .doc_end = "("};
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

static enum news_format
decided(const char *input, size_t bytes, struct buffer *out)
{
	const struct news_reader_options options = {.format = NEWS_AUTO};
	const size_t single[] = {1, 0};
	enum news_format format, again;
	struct buffer other = {0};

	cut(out, &options, input, bytes, NULL, &format);
	cut(&other, &options, input, bytes, single, &again);
	assert_int_equal(format, again);
	assert_string_equal(out->at, other.at);
	buffer_release(&other);
	return format;
}

static void
auto_decides_by_content(void **state)
{
	static const struct {
		const char *input;
		enum news_format format;
	} cases[] = {
	    {"", NEWS_BLANK},
	    {"Head\nA.\nB.\n\nC", NEWS_PLAIN},
	    {"Head\nA.\nB.", NEWS_PLAIN},
	    {"\n\nHead\r\n\"A.\"\r\nB?)\r\n\r\n", NEWS_PLAIN},
	    {"Head\nA\nB\xE2\x80\xA6\nC!\xE2\x80\x9D\n", NEWS_PLAIN},
	    {"Head\nA.\nB.\nC\n\n", NEWS_PLAIN},
	    {"Head\nA.\nB.\nC\nD\n\n", NEWS_BLANK},
	    {"Head\nB.\n\nC.\n\n", NEWS_BLANK},
	    {"Head\nhard\nwrapped\nends.\n\n", NEWS_BLANK},
	    {"Head\n\nA.\nB.\nC.\n", NEWS_BLANK},
	    {"Head\nA.\n\f\nB.\n\n", NEWS_PLAIN},
	    {" \n{\"text\":\"a\"}\n", NEWS_JSONL},
	    {"\xEF\xBB\xBF{\"text\":\"a\"}\n", NEWS_JSONL},
	    {"[{\"text\":\"a\"}]\n", NEWS_BLANK},
	};
	struct buffer out = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(decided(cases[i].input, strlen(cases[i].input), &out), cases[i].format);
	buffer_release(&out);
}

/* `auto` looks at 64 KiB: a line that ends within counts, one that ends behind does not. */
static void
auto_looks_no_further_than_64_kib(void **state)
{
	const struct news_reader_options options = {.format = NEWS_AUTO};
	static char input[70000];
	size_t first;

	(void)state;
	for (first = 65530; first < 65542; first++) {
		enum news_format format;
		struct buffer out = {0};
		memset(input, 'x', sizeof input);
		memcpy(input, "A.\nB.\n", 6);
		input[first - 1] = '.';
		input[first] = '\n';
		memcpy(input + sizeof input - 5, "x\n\n\nC", 5);
		cut(&out, &options, input, sizeof input, NULL, &format);
		assert_int_equal(format, first < 65536 ? NEWS_PLAIN : NEWS_BLANK);
		buffer_release(&out);
	}
}

static void
tells_what_it_cannot_read(void **state)
{
	struct buffer out = {0};

	(void)state;
	CHECK(NEWS_PLAIN, NULL, "\x1F\x8B\x08 a\n", "!gzip input is not read by this version");
	CHECK(NEWS_JSONL, NULL, "\x28\xB5\x2F\xFD", "!zstd input is not read by this version");
	CHECK(NEWS_PLAIN, NULL, "\x1F", "<\x1F>");
	CHECK(NEWS_PLAIN, NULL, "\x28\xB5\x2F", "<\x28\xB5\x2F>");
	CHECK(NEWS_PLAIN, NULL, "<a\n", "<<a\n>");
	(void)decided("\n <rss>\n", 8, &out);
	assert_non_null(strstr(out.at, "not read by this version"));
	buffer_release(&out);
}

static void
drops_the_byte_order_mark(void **state)
{
	(void)state;
	CHECK(NEWS_PLAIN, NULL, "\xEF\xBB\xBF\n\nb\n", "<b\n>");
	CHECK(NEWS_PLAIN, NULL,
	    "\xEF\xBB\xBF"
	    "a",
	    "<a>");
	CHECK(NEWS_LINE, NULL,
	    "\xEF\xBB\xBF"
	    "a\n",
	    "<a>");
	CHECK(NEWS_PLAIN, NULL, "\xEF\xBB\xBF", "");
	CHECK(NEWS_PLAIN, NULL, "\xEF\xBB", "<\xEF\xBB>");
}

/* Blank lines without end, a byte at a time, are handed over and not kept. */
static void
keeps_no_blank_lines(void **state)
{
	const struct news_reader_options options = {.format = NEWS_BLANK};
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
		struct news_reader_options options = {.format = (enum news_format)(round % 5)};
		enum news_format format, again;
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
		assert_int_equal(format, again);
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
	static const char *const names[] = {"auto", "text", "blank", "line", "jsonl"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof *names; i++)
		assert_string_equal(news_format_name((enum news_format)news_format_find(names[i])), names[i]);
	assert_int_equal(news_format_find("plain"), -1);
	assert_int_equal(news_format_find(""), -1);
	assert_int_equal(news_format_find("text"), NEWS_PLAIN);
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
