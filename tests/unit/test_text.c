/* SPDX-License-Identifier: ISC */
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define FFFD "\xEF\xBF\xBD"

static void
decodes_characters_and_ill_formed_parts(void **state)
{
	static const struct {
		const char *bytes;
		size_t count;
		uint32_t character;
		size_t width;
	} cases[] = {
	    {"a", 1, 'a', 1},
	    {"\0", 1, 0, 1},
	    {"\x7F", 1, 0x7F, 1},
	    {"\xC2\x80", 2, 0x80, 2},
	    {"\xDF\xBF", 2, 0x7FF, 2},
	    {"\xE0\xA0\x80", 3, 0x800, 3},
	    {"\xED\x9F\xBF", 3, 0xD7FF, 3},
	    {"\xEE\x80\x80", 3, 0xE000, 3},
	    {"\xEF\xBF\xBF", 3, 0xFFFF, 3},
	    {"\xF0\x90\x80\x80", 4, 0x10000, 4},
	    {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF, 4},
	    {"\x80", 1, 0xFFFD, 1},     /* a continuation alone */
	    {"\xC0\x80", 2, 0xFFFD, 1}, /* an overlong NUL */
	    {"\xC1\xBF", 2, 0xFFFD, 1},
	    {"\xE0\x9F\x80", 3, 0xFFFD, 1}, /* overlong */
	    {"\xE1\x80", 2, 0xFFFD, 2},     /* cut off */
	    {"\xE1\x80\x41", 3, 0xFFFD, 2},
	    {"\xED\xA0\x80", 3, 0xFFFD, 1},     /* a surrogate */
	    {"\xF0\x8F\x80\x80", 4, 0xFFFD, 1}, /* overlong */
	    {"\xF1\x80\x80\x41", 4, 0xFFFD, 3},
	    {"\xF1\x80", 2, 0xFFFD, 2},
	    {"\xF4\x90\x80\x80", 4, 0xFFFD, 1}, /* past the last */
	    {"\xF5\x80\x80\x80", 4, 0xFFFD, 1},
	    {"\xFF", 1, 0xFFFD, 1},
	};
	size_t i, width;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(text_decode(cases[i].bytes, cases[i].count, &width), cases[i].character);
		assert_int_equal(width, cases[i].width);
	}
}

static void
decodes_backwards_what_it_decodes_forwards(void **state)
{
	uint32_t character;

	(void)state;
	for (character = 0x80; character < 0x110000; character += character < 0x3000 ? 1 : 97) {
		char bytes[4];
		size_t count = 0, width;
		if (character >= 0xD800 && character < 0xE000)
			continue;
		if (character < 0x800) {
			bytes[count++] = (char)(0xC0 | character >> 6);
		} else {
			if (character < 0x10000) {
				bytes[count++] = (char)(0xE0 | character >> 12);
			} else {
				bytes[count++] = (char)(0xF0 | character >> 18);
				bytes[count++] = (char)(0x80 | (character >> 12 & 0x3F));
			}
			bytes[count++] = (char)(0x80 | (character >> 6 & 0x3F));
		}
		bytes[count++] = (char)(0x80 | (character & 0x3F));
		assert_int_equal(text_decode(bytes, count, &width), character);
		assert_int_equal(width, count);
		assert_int_equal(text_decode_before(bytes, bytes + count, &width), character);
		assert_int_equal(width, count);
		assert_int_equal(text_clean(bytes, count), character < 0xA0 ? 0 : count);
	}
}

static void
decodes_backwards_over_ill_formed_bytes(void **state)
{
	size_t width;
	const char *text = "a\x80\x80\x80\x80";

	(void)state;
	assert_int_equal(text_decode_before(text, text + 5, &width), 0xFFFD);
	assert_int_equal(width, 1);
	assert_int_equal(text_decode_before(text, text + 1, &width), 'a');
}

/* Every byte at every place of texts that take each step of the fast path, and what is left behind it. */
static void
finds_every_byte_that_is_not_clean_wherever_it_stands(void **state)
{
	static const size_t sizes[] = {1, 15, 16, 40, 63, 64, 65, 100, 128, 170};
	unsigned byte;
	size_t place, i;

	(void)state;
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (byte = 0; byte < 256; byte++)
			for (place = 0; place < sizes[i]; place++) {
				char text[170];
				bool fine = (byte >= 0x20 && byte < 0x7F) || byte == '\n';
				memset(text, 'x', sizeof text);
				text[place] = (char)byte;
				assert_int_equal(text_clean(text, sizes[i]), fine ? sizes[i] : place);
			}
}

/* What stands before a clean character beyond ASCII is not looked at again, however near the end is. */
static void
finds_bytes_behind_characters_beyond_ascii(void **state)
{
	size_t place, behind;

	(void)state;
	for (place = 0; place < 97; place++)
		for (behind = place + 3; behind < 100; behind++) {
			char text[100];
			memset(text, 'x', sizeof text);
			memcpy(text + place, "\xE2\x80\x9D", 3);
			assert_int_equal(text_clean(text, sizeof text), sizeof text);
			text[behind] = '\t';
			assert_int_equal(text_clean(text, sizeof text), behind);
		}
}

static void
repairs(void **state)
{
	static const struct {
		const char *raw;
		size_t bytes;
		const char *text;
		size_t repairs;
	} cases[] = {
	    {"plain\ntext\n", 11, "plain\ntext\n", 0},
	    {"a\r\nb\r\n", 6, "a\nb\n", 0},
	    {"a\rb\r", 4, "a b ", 2},
	    {"a\r\r\nb", 5, "a \nb", 1},
	    {"tab\there", 8, "tab here", 1},
	    {"nul\0esc\x1B[1m", 11, "nul esc [1m", 2},
	    {"del\x7F.", 5, "del .", 1},
	    {"c1 \xC2\x85.", 6, "c1   .", 1},
	    {"nbsp \xC2\xA0.", 8, "nbsp \xC2\xA0.", 0},
	    {"\xE2\x80\x9CYes\xE2\x80\x9D", 9, "\xE2\x80\x9CYes\xE2\x80\x9D", 0},
	    {"a\xFF"
	     "b",
		3, "a" FFFD "b", 1},
	    {"\xF1\x80\x80\xE1\x80\xC2"
	     "b\x80",
		8, FFFD FFFD FFFD "b" FFFD, 4},
	    {"\xED\xA0\x80", 3, FFFD FFFD FFFD, 3},
	    {"well-formed " FFFD, 15, "well-formed " FFFD, 0},
	    {"cut \xE2\x80", 6, "cut " FFFD, 1},
	    {"", 0, "", 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer out = {0};
		size_t count = 0;
		assert_true(text_repair(&out, (struct news_text){cases[i].raw, cases[i].bytes}, &count));
		assert_int_equal(out.bytes, strlen(cases[i].text));
		if (out.bytes > 0)
			assert_memory_equal(out.at, cases[i].text, out.bytes);
		assert_int_equal(count, cases[i].repairs);
		assert_int_equal(text_clean(out.at, out.bytes), out.bytes);
		buffer_release(&out);
	}
}

static void
knows_properties(void **state)
{
	(void)state;
	assert_true(text_is_letter('a') && text_is_letter('Z') && text_is_letter(0xE9) && text_is_letter(0x627));
	assert_true(text_is_letter(0x4E2D));
	assert_false(text_is_letter('[') || text_is_letter('@') || text_is_letter('{') || text_is_letter('1'));
	assert_false(text_is_letter(0xD7) || text_is_letter(0xF7) || text_is_letter(0x2019) || text_is_letter(0x301));
	assert_true(text_is_upper('A') && text_is_upper(0xC9) && text_is_upper(0x1C5) && text_is_upper(0x416));
	assert_false(text_is_upper('a') || text_is_upper(0xE9) || text_is_upper(0x627) || text_is_upper('1'));
	assert_true(text_is_lower('a') && text_is_lower(0xE9) && text_is_lower(0x436));
	assert_false(text_is_lower('A') || text_is_lower(0xC9) || text_is_lower('1'));
	assert_true(text_is_digit('0') && text_is_digit('9') && text_is_digit(0x664));
	assert_false(text_is_digit('a') || text_is_digit(0xB2) || text_is_digit('/') || text_is_digit(':'));
	assert_true(text_is_space(' ') && text_is_space('\n') && text_is_space(0xA0) && text_is_space(0x200B));
	assert_true(text_is_space(0x2028) && text_is_space(0x3000) && text_is_space(0x202F) && text_is_space(0x1680));
	assert_false(text_is_space('a') || text_is_space(0xAD) || text_is_space(0x2010) || text_is_space(0));
}

static void
knows_scripts(void **state)
{
	(void)state;
	assert_int_equal(text_script('a'), TEXT_LATIN);
	assert_int_equal(text_script('1'), TEXT_COMMON);
	assert_int_equal(text_script(0xE9), TEXT_LATIN);
	assert_int_equal(text_script(0xD7), TEXT_COMMON);
	assert_int_equal(text_script(0x1EA5), TEXT_LATIN);
	assert_int_equal(text_script(0x3B1), TEXT_GREEK);
	assert_int_equal(text_script(0x436), TEXT_CYRILLIC);
	assert_int_equal(text_script(0x5D0), TEXT_HEBREW);
	assert_int_equal(text_script(0x627), TEXT_ARABIC);
	assert_int_equal(text_script(0x61F), TEXT_COMMON); /* Arabic question mark */
	assert_int_equal(text_script(0xFEFB), TEXT_ARABIC);
	assert_int_equal(text_script(0x4E2D), TEXT_CJK);
	assert_int_equal(text_script(0x3042), TEXT_CJK);
	assert_int_equal(text_script(0xD55C), TEXT_CJK);
	assert_int_equal(text_script(0x20000), TEXT_CJK);
	assert_int_equal(text_script(0x915), TEXT_OTHER); /* Devanagari */
	assert_int_equal(text_script(0x10400), TEXT_OTHER);
}

/* Every byte of ASCII at every place of words of any length. */
static void
folds_ascii_of_any_length(void **state)
{
	size_t bytes, place;
	int byte;

	(void)state;
	for (bytes = 1; bytes < 30; bytes++)
		for (place = 0; place < bytes; place++)
			for (byte = 0; byte < 0x80; byte++) {
				char text[30], out[30];
				memset(text, 'X', bytes);
				memset(out, '-', sizeof out);
				text[place] = (char)byte;
				assert_int_equal(text_fold(text, bytes, out, bytes), bytes);
				assert_int_equal(text_fold(text, bytes, out, bytes - 1), 0);
				memset(text, 'x', bytes);
				text[place] = (char)(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
				assert_memory_equal(out, text, bytes);
				assert_int_equal(out[bytes], '-');
			}
}

/* Every byte at every place of texts of any length. */
static void
tells_capitals_from_small_letters(void **state)
{
	size_t bytes, place;
	int byte;

	(void)state;
	assert_false(text_in_capitals("", 0));
	for (bytes = 1; bytes < 30; bytes++)
		for (place = 0; place < bytes; place++)
			for (byte = 0; byte < 256; byte++) {
				char text[30];
				bool small = byte >= 'a' && byte <= 'z', capital = byte >= 'A' && byte <= 'Z';
				memset(text, '-', bytes);
				text[place] = (char)byte;
				assert_int_equal(text_in_capitals(text, bytes), capital);
				memset(text, 'X', bytes);
				text[place] = (char)byte;
				assert_int_equal(text_in_capitals(text, bytes), !small && (capital || bytes > 1));
			}
}

static void
folds(void **state)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
	    {"Kerry", "kerry"}, {"[@Z`{", "[@z`{"},
	    {"O\xE2\x80\x99"
	     "Brien",
		"o'brien"},
	    {"\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9"}, {"\xC8\xBA", "\xE2\xB1\xA5"}, /* grows by a byte */
	};
	char out[16];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bytes = text_fold(cases[i].from, strlen(cases[i].from), out, sizeof out);
		assert_int_equal(bytes, strlen(cases[i].to));
		assert_memory_equal(out, cases[i].to, bytes);
		assert_int_equal(text_fold(cases[i].from, strlen(cases[i].from), out, bytes), bytes);
		assert_int_equal(text_fold(cases[i].from, strlen(cases[i].from), out, bytes - 1), 0);
	}
}

static void
hashes_as_b2sum_does(void **state)
{
	char hash[21];

	(void)state;
	text_content_hash((struct news_text){"", 0}, hash);
	assert_string_equal(hash, "cae66941d9efbd404e4d");
	text_content_hash((struct news_text){"x", 1}, hash);
	assert_string_equal(hash, "442a44457137672b3218");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decodes_characters_and_ill_formed_parts),
	    cmocka_unit_test(decodes_backwards_what_it_decodes_forwards),
	    cmocka_unit_test(decodes_backwards_over_ill_formed_bytes),
	    cmocka_unit_test(finds_every_byte_that_is_not_clean_wherever_it_stands),
	    cmocka_unit_test(finds_bytes_behind_characters_beyond_ascii),
	    cmocka_unit_test(repairs),
	    cmocka_unit_test(knows_properties),
	    cmocka_unit_test(knows_scripts),
	    cmocka_unit_test(tells_capitals_from_small_letters),
	    cmocka_unit_test(folds),
	    cmocka_unit_test(folds_ascii_of_any_length),
	    cmocka_unit_test(hashes_as_b2sum_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
