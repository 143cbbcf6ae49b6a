/* SPDX-License-Identifier: ISC */
#include "sentence_plain.h"

#include "sentence_list.h"
#include "sentence_model.h"
#include "sentence_place.h"
#include "sentence_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const begins[] = {"", "He", "- ", "* ", "\xE2\x80\xA2 ", "(", "1. Get the ", "a) Get the ",
    "they met ", "In the house that they saw ", "At ", "it was in 1990 ", "x@y.org or ", "See http://a.org or "};
static const char *const befores[] = {"house", "Sen", "sen", "Mr", "MR", "No", "Sept", "Inc", "U.S", "u.s", "U.N",
    "P.M", "p.m", "a.m", "A.M.E", "C.F.R", "J", "j", "I", "IV", "vi", "a", "x", "Ph.D", "e.g", "etc", "EU", "NATO",
    "DeWine", "R-Mont", "30", "3", "$5", "", "Thurs", "Gov", "Jr", "Lt", "Co", "ed", "vs", "v", "Mrs", "Yahoo",
    "Internationalisation", "abcdefghijklmnopqrstuvwxyzabcd", "caf\xC3\xA9", "\xC3\x89", "F.3d", "St", "Rev", "pp",
    "Roe's"};
static const char *const stops[] = {".", "?", "!", "..", "...", "\xE2\x80\xA6", ".?", "?!"};
static const char *const closings[] = {"", "\"", "\xE2\x80\x9D", ")", "'", ",", ",,", ";", ".)", "\")", "[1]", "-",
    " \xC2\xBB", " ''", "\xE2\x80\x99", ":"};
static const char *const behinds[] = {" ", " The", " He said", " Smith", " smith", " 12", " \"The", " \xE2\x80\x9CThe",
    " \"the", " (The", " A", " I", " Mr. Roe", " It's", " \xC3\x89t\xC3\xA9", " - The", " $5", " -", "The", "the", "5",
    "5 Oct", "R. Part", "A", " .", " ...", " . . . The", " [1] The", " :) The", " ,,Nee", " www.a.org", " http://a.org",
    "  The", "\nThe", " Sept. 5", " Congress", " EDT", " Friday", "-made"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a place that was described comes to, as far as `end`; `*after` as sentence_plain gives it. */
static enum sentence_plain
described(const struct stops_view *view, size_t at, size_t *after)
{
	struct stops_place found;
	struct sentence_place place;
	bool ends;

	assert_true(stops_take(view, at, &found));
	*after = found.after;
	if (found.next == view->end)
		return PLAIN_LAST;
	if (sentence_list_end(view, &found) > 0)
		return PLAIN_UNKNOWN;
	sentence_describe(view, &found, &place);
	ends = sentence_rule(view, &place);
	if (!sentence_rule_is_certain(&place, ends))
		ends = sentence_model(view, &place, ends);
	if (!ends)
		*after = found.resume;
	return ends ? PLAIN_ENDS : PLAIN_GOES_ON;
}

/* Each answer is that of the steps it stands for. Gives whether there was one. */
static bool
compare(const struct news_lists *lists, const char *text, size_t at)
{
	struct stops_view view = {.lists = lists, .at = text, .begin = 0, .end = strlen(text), .bytes = strlen(text)};
	size_t after = 0, other = 0;
	enum sentence_plain plain = sentence_plain(&view, at, &after);

	if (plain == PLAIN_UNKNOWN)
		return false;
	if (described(&view, at, &other) != plain || (plain != PLAIN_LAST && after != other))
		fail_msg("%s, at %zu: %d, %zu and not %zu", text, at, plain, after, other);
	return true;
}

static void
says_what_the_rules_and_the_model_say(void **state)
{
	struct news_lists *lists = news_lists_new();
	size_t a, b, c, d, e, known = 0, all = 0;
	char text[300];

	(void)state;
	assert_non_null(lists);
	for (a = 0; a < COUNT(begins); a++)
		for (b = 0; b < COUNT(befores); b++)
			for (c = 0; c < COUNT(stops); c++)
				for (d = 0; d < COUNT(closings); d++)
					for (e = 0; e < COUNT(behinds); e++) {
						size_t at = strlen(begins[a]) + strlen(befores[b]);
						snprintf(text, sizeof text, "%s%s%s%s%s", begins[a], befores[b],
						    stops[c], closings[d], behinds[e]);
						known += compare(lists, text, at);
						snprintf(text, sizeof text, "%s%s%s%s%s went on", begins[a], befores[b],
						    stops[c], closings[d], behinds[e]);
						known += compare(lists, text, at);
						all += 2;
					}
	/* most of these are odd, but there are answers */
	assert_in_range(known, 100000, all);
	news_lists_free(lists);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_what_the_rules_and_the_model_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
