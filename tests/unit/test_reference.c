/* SPDX-License-Identifier: ISC
 *
 * References to characters.
 */
#include "reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
reads_references(void **state)
{
	static const struct {
		const char *text;
		size_t bytes;
		uint32_t character;
		bool is_mended;
	} cases[] = {
	    {"&amp;x", 5, '&', false},
	    {"&AMP;", 5, '&', false},
	    {"&apos;", 6, '\'', false},
	    {"&eacute;", 8, 0xE9, false},
	    {"&Eacute;", 8, 0xC9, false},
	    {"&UR;", 4, 0, false},
	    {"&a-name-of-more-than-32-bytes-is-none;", 38, 0, false},
	    {"&#38;", 5, '&', false},
	    {"&#x26;", 6, '&', false},
	    {"&#X1f600;", 9, 0x1F600, false},
	    {"&#10;", 5, '\n', false},
	    /* numbers that are meant otherwise, or nothing */
	    {"&#146;", 6, 0x2019, true},
	    {"&#x80;", 6, 0x20AC, true},
	    {"&#0;", 4, 0xFFFD, true},
	    {"&#xD800;", 8, 0xFFFD, true},
	    {"&#xFFFE;", 8, 0xFFFD, true},
	    {"&#x110000;", 10, 0xFFFD, true},
	    {"&#4294967334;", 13, 0xFFFD, true},
	    {"&#1;", 4, ' ', true},
	    {"&#127;", 6, ' ', true},
	    /* none */
	    {"&", 0, 0, false},
	    {"&;", 0, 0, false},
	    {"& amp;", 0, 0, false},
	    {"&amp", 0, 0, false},
	    {"&amp ;", 0, 0, false},
	    {"&1a;", 0, 0, false},
	    {"&#", 0, 0, false},
	    {"&#;", 0, 0, false},
	    {"&#x;", 0, 0, false},
	    {"&#12", 0, 0, false},
	    {"&#1a;", 0, 0, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bytes = strlen(cases[i].text);
		char *copy = malloc(bytes);
		struct reference reference;
		assert_non_null(copy);
		memcpy(copy, cases[i].text, bytes);
		reference_read((struct news_text){copy, bytes}, &reference);
		assert_int_equal(reference.bytes, cases[i].bytes);
		assert_int_equal(reference.character, cases[i].character);
		assert_int_equal(reference.is_mended, cases[i].is_mended);
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
