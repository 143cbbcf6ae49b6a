/* SPDX-License-Identifier: ISC */
#include "stops.h"
#include "stops_soft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t
random_number(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* Whether a place can begin at AT, looked at alone. */
static bool
is_place(const struct stops_view *view, size_t at)
{
	size_t width;

	if (stops_bytes[(unsigned char)view->at[at]] == 3)
		return stops_soft_may_be(view, at);
	return stops_at(view, at, &width) != 0;
}

/* Blocks find what looking byte by byte finds, in memory just as large as the text. */
static void
blocks_find_what_bytes_find(void **state)
{
	static const char *const words[] = {"a", " ", ". ", "? ", "M ", "PM ", ") ", "1) ", "--", "- ", "====", "*",
	    "_", "/", "//", "1/1", "@", "@a", ">", "> ", "\xE2\x80\xA6", "\xE2\x80\x9C", "\xC3\xA9", "\xD8\x9F",
	    "\xE3\x80\x82", "\xEF\xBC\x81", "\n", "=", "!", "word"};
	uint64_t seed = 7;
	int round;

	(void)state;
	for (round = 0; round < 3000; round++) {
		size_t room = 1 + random_number(&seed) % 200, bytes = 0, from, expected, i;
		char *text;
		char built[256];

		while (bytes < room) {
			const char *word = words[random_number(&seed) % (sizeof words / sizeof *words)];
			memcpy(built + bytes, word, strlen(word));
			bytes += strlen(word);
		}
		text = malloc(bytes);
		assert_non_null(text);
		memcpy(text, built, bytes);
		for (from = 0; from < bytes; from += 1 + random_number(&seed) % 9) {
			struct stops_view view = {.at = text, .begin = 0, .end = bytes, .bytes = bytes};
			if ((text[from] & 0xC0) == 0x80)
				continue;
			expected = bytes;
			for (i = bytes; i-- > from;)
				if (is_place(&view, i))
					expected = i;
			assert_int_equal(stops_scan(&view, from), expected);
		}
		free(text);
	}
}

/* Every byte alone, at every place of a block. */
static void
finds_every_byte_it_should(void **state)
{
	char text[80];
	unsigned byte;
	size_t at;

	(void)state;
	for (byte = 1; byte < 128; byte++)
		for (at = 1; at < 40; at++) {
			struct stops_view view = {.at = text, .begin = 0, .end = 70, .bytes = 70};
			bool is = strchr(".?!", (int)byte) != NULL;
			memset(text, 'a', sizeof text);
			text[at] = (char)byte;
			if (byte == '@')
				is = true; /* "aa@aa" */
			assert_int_equal(stops_scan(&view, 0), is ? at : 70);
		}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(blocks_find_what_bytes_find),
	    cmocka_unit_test(finds_every_byte_it_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
