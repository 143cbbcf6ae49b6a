/* SPDX-License-Identifier: ISC */
#include "headline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
tells_whether_a_line_has_capitals(void **state)
{
	static const struct {
		const char *line;
		bool capitals;
	} cases[] = {
	    {"", false},
	    {"123", false},
	    {"A", true},
	    {"NEW ROOF FOR TOWN HALL", true},
	    {"NEW ROOF FOR TOWN HALL (PHOTO)", true},
	    {"NEW ROOF FOR TOWN hALL", false}, /* two of three */
	    {"New Roof for Town Hall", true},
	    {"New roof for town hall", false},
	    {"Roof falls", false},
	    {"The Roof", false}, /* one long word behind the first */
	    {"The Roof Falls", true},
	    {"The Roof falls", false}, /* half of them */
	    {"The Roof Falls \"Over Night\", Mayor Says 'Never' (Video)", true},
	    {"The \xE2\x80\x9CRoof\xE2\x80\x9D Falls", true},
	    {"The \xE2\x80\x9Croof\xE2\x80\x9D Falls", false},
	    {"The \xC3\x84gypten \xC3\x9C"
	     "ber",
		true},
	    {"The \xC3\xA4gypten \xC3\x9C"
	     "ber",
		false},
	    {"The \xC3\x84\xC3\x84\xC3\x84 Falls", false}, /* three letters are not long, whatever their bytes */
	    {"The \xC3\x84\xC3\x84\xC3\x84\xC3\x84 Falls", true},
	    {"The Roof Falls Over Night Says Mayor 2004 (((( ----", true}, /* what is left begins with no letter */
	    {"The roof falls: Mayor, Smith, Miller, Cooper, Baker say 2004", true},
	    {"The roof falls down: Mayor, Smith, Miller say 2004", false},
	    {"  The  Roof  Falls  ", true},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_text text = {cases[i].line, strlen(cases[i].line)};
		struct news_span span = {0, text.bytes};
		if (headline_has_capitals(text, span) != cases[i].capitals)
			fail_msg("%s", cases[i].line);
	}
}

static void
looks_at_nothing_beside_the_span(void **state)
{
	struct news_text text = {"the NEW ROOF is", 15};

	(void)state;
	assert_true(headline_has_capitals(text, (struct news_span){4, 12}));
	assert_false(headline_has_capitals(text, (struct news_span){3, 13}) !=
	    headline_has_capitals(text, (struct news_span){4, 12}));
	assert_false(headline_has_capitals(text, (struct news_span){0, 15}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_whether_a_line_has_capitals),
	    cmocka_unit_test(looks_at_nothing_beside_the_span),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
