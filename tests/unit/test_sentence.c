/* SPDX-License-Identifier: ISC */
#include "sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NBSP "\xC2\xA0"

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

static size_t
skip_blanks(struct news_text text, size_t at)
{
	while (at < text.bytes && (text.at[at] == ' ' || text.at[at] == '\n'))
		at++;
	return at;
}

/* MARKED is a paragraph with a `|` before every sentence but the first. */
static void
check(const char *marked)
{
	char plain[1000], found[1000];
	struct news_text text = {plain, 0};
	size_t i, at, next, out = 0;

	assert_true(strlen(marked) < sizeof plain);
	for (i = 0; marked[i] != '\0'; i++)
		if (marked[i] != '|')
			plain[text.bytes++] = marked[i];
	for (at = 0; at < text.bytes; at = next) {
		size_t end = sentence_end(lists, text, at, text.bytes);
		assert_in_range(end, at + 1, text.bytes);
		next = skip_blanks(text, end);
		if (at > 0)
			found[out++] = '|';
		memcpy(found + out, plain + at, next - at);
		out += next - at;
	}
	found[out] = '\0';
	assert_string_equal(found, marked);
}

static void
check_all(const char *const *cases)
{
	for (; *cases != NULL; cases++)
		check(*cases);
}

static void
ends_at_plain_stops(void **state)
{
	static const char *const cases[] = {
	    "The mill closed. |Nobody was told. |Why? |It had no orders! |That was all.",
	    "One sentence without a stop",
	    "It cost $3.50 in 1990. |Prices rose 4.5 percent.",
	    "She left in 2005. |He stayed.",
	    "They sold 30. |12 were left.",
	    "See example.org for more. |Or write to ann@example.org. |We answer.",
	    "First line\nsecond line. |Next\nsentence.",
	    "It ended." NBSP "|Then it began. " NBSP " |It lasted.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
knows_abbreviations(void **state)
{
	static const char *const cases[] = {
	    "Sen. Ann Roe met Gov. Lee and Dr. Poe. |Mr. Fox came too.",
	    "The U.S. Senate voted. |He left the U.S. |The vote was close.",
	    "It was a case of Smith v. Jones. |It dragged on.",
	    "It airs at 9 p.m. E.T. or at 6 p.m. Pacific. |By 9 a.m. Sunday it was over.",
	    "They meet at 5 p.m. Friday in Rome. |They met at 5 p.m. |Kerry was late.",
	    "Acme Inc. Chief Executive Lee quit Acme Inc. |The shares fell.",
	    "It is No. 5 on the list. |He said no. |Then he said yes.",
	    "He was born on Sept. 11 in St. Louis, Mo., to J. K. Roe and M. Poe. |He has a son, R. J. Roe.",
	    "Pens, paper, etc. are there. |They bought pens, paper, etc. |Nobody paid.",
	    "A poet (b. 1960) read. |She got Vitamin C. |The rest got none.",
	    "He works for the A.B.C. Group, e.g. as a driver.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
closes_marks_behind_the_stop(void **state)
{
	static const char *const cases[] = {
	    "\"It is over.\" |The crowd left. |\"Go home,\" he said. |\"It is late.\"",
	    "\"Why?\" he asked. |\"Why not!\" she said.",
	    "\"Why now?\" Smith asked. |\"Why?\" |The answer came late.",
	    "\xE2\x80\x9CIt is over.\xE2\x80\x9D |\xE2\x80\x9CIs it?\xE2\x80\x9D |Yes.",
	    "(He left.) |Then it rained. |It (that is, the rain) went on.",
	    "``It is over.'' |They left. |`Oh.' |She wept.",
	    "\xC2\xAB Fini. \xC2\xBB |Il part.",
	    "It began in 1990.[12] |It ended. [3] [4] |Nobody knows why.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
knows_what_does_not_end(void **state)
{
	static const char *const cases[] = {
	    "He waited ... and waited. |Then he went ... |Nobody saw him.",
	    "\"I will [...] Never mind,\" he said.",
	    "1. Read this. |2. Sign it.",
	    "My advice: 1. Rest well.",
	    "Figure 2. The plant before the fire.",
	    "Read http://www.example.com/a.b?c=D. |Then decide.",
	    "Shares of Yahoo! rose. |Then they fell.",
	    "He runs node.js and www.Example.Com all day.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
splits_where_a_blank_is_missing(void **state)
{
	static const char *const cases[] = {
	    "It is the end.|The rest is silence.",
	    "\"It is over.\"|Nobody spoke.",
	    "Really?|Yes.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
knows_stops_of_other_scripts(void **state)
{
	static const char *const cases[] = {
	    "\xE6\x98\xA8\xE5\xA4\xA9\xE3\x80\x82|\xE4\xBB\x8A\xE5\xA4\xA9\xEF\xBC\x81|"
	    "\xE6\x98\x8E\xE5\xA4\xA9\xEF\xBC\x9F",
	    "\xD9\x87\xD9\x84\xD8\x9F |\xD9\x86\xD8\xB9\xD9\x85.",
	    "\xE0\xA4\x95\xE0\xA4\x96\xE0\xA5\xA4 |\xE0\xA4\x97",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
ends_mails_that_lost_their_lines(void **state)
{
	static const char *const cases[] = {
	    "Write to ann.roe@example.com |Please call soon.",
	    "Ann Roe |11/28/2000 06:16 PM |The file is there. |Thanks",
	    "He was born on 11/28/2000 in Rome and came at 6:16 PM on foot.",
	    "See the list |---------- |It is long.",
	    "See http://www.example.com/list |It is long.",
	    "He ran -- and won -- the race.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
splits_lists_in_a_line(void **state)
{
	static const char *const cases[] = {
	    "1. Rest well |2. Drink water |3. Wait",
	    "1) Rest well |2) Drink water",
	    "(a) rest well |(b) drink water",
	    "a. rest well |b. drink water |c. wait",
	    "9.) Rest well |10.) Drink water",
	    "\xE2\x80\xA2 9. Rest well |\xE2\x80\xA2 10. Drink water",
	    "* 1. Rest well |* 2. Drink water",
	    "1. It costs 3. |Not more.",
	    "A. Roe met B. Poe.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
knows_citations(void **state)
{
	static const char *const cases[] = {
	    "It cites Roe v. Poe, 10 Vet. App. 128 (1997). |The court agreed.",
	    "It cites 557 F.3d 1362 (Fed. Cir. 2009). |The court agreed.",
	    "He took the dog to the vet. |Dogs like her. |Then he wrote an app. |Apps sell well.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

static void
tells_ellipses_apart(void **state)
{
	static const char *const cases[] = {
	    "Politics are local. |... Nobody doubts it.",
	    "It was left behind. |. . . The practice went on.",
	    "She wept. [...] Nobody came.",
	    "At 5 a.m. Mr. Roe left. |He came back at 6 p.m. |Mr. Poe stayed.",
	    NULL,
	};

	(void)state;
	check_all(cases);
}

/* Plain stops are told by a few bytes: one more blank, which changes nothing else, keeps them from that. */
static void
tells_plain_stops_as_others(void **state)
{
	static const char *const before[] = {"house", "Sen", "U.S", "etc", "No", "vs", "Jan", "it", "I", "3", "App",
	    "Mr", "St", "Rome", "a.m", "NATO", "Inc", "x", "'s", "St\xC3\xA9", "of"};
	static const char *const behind[] = {"The", "Smith", "\"In", "\xE2\x80\x9CIn", "He", "Congress", "I", "A"};
	char text[200];
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof before / sizeof *before; i++)
		for (j = 0; j < sizeof behind / sizeof *behind; j++) {
			size_t one, two;
			snprintf(text, sizeof text, "They saw the %s. %s went on", before[i], behind[j]);
			one = sentence_end(lists, (struct news_text){text, strlen(text)}, 0, strlen(text));
			snprintf(text, sizeof text, "They saw the %s.  %s went on", before[i], behind[j]);
			two = sentence_end(lists, (struct news_text){text, strlen(text)}, 0, strlen(text));
			if (one + (one == strlen(text) - 1) != two)
				fail_msg("%s: ends at %zu, not %zu", text, one, two);
		}
}

/* Time is not measured here: what is not linear would not end within the limit of the test run. */
static void
takes_repeated_text(void **state)
{
	static const char *const units[] = {". ", "A. ", "\"", "(", ")", "?\" a", "! \xE2\x80\x9D", "... ", "[1] ",
	    ".[1", "www.a", "U.S. ", "\xE2\x80\xA6", ".\xC2\xA0", "1. ", "a.a", "'", "No. A ", ":) ", ".'' ", "@a.a",
	    "a@", "--", "---- ", "1/1/11 ", "://", "> ", "1) ", "1. a ", "M", "_", ". ... ", "a. b. "};
	const size_t bytes = 1000000;
	char *at = malloc(bytes);
	size_t i, j;

	(void)state;
	assert_non_null(at);
	for (i = 0; i < sizeof units / sizeof *units; i++) {
		struct news_text text = {at, 0};
		size_t width = strlen(units[i]);
		for (; text.bytes + width <= bytes; text.bytes += width)
			memcpy(at + text.bytes, units[i], width);
		for (j = 0; j < text.bytes;) {
			size_t end = sentence_end(lists, text, j, text.bytes);
			assert_true(end > j && end <= text.bytes);
			j = skip_blanks(text, end);
		}
	}
	free(at);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ends_at_plain_stops),
	    cmocka_unit_test(knows_abbreviations),
	    cmocka_unit_test(closes_marks_behind_the_stop),
	    cmocka_unit_test(knows_what_does_not_end),
	    cmocka_unit_test(splits_where_a_blank_is_missing),
	    cmocka_unit_test(knows_stops_of_other_scripts),
	    cmocka_unit_test(ends_mails_that_lost_their_lines),
	    cmocka_unit_test(splits_lists_in_a_line),
	    cmocka_unit_test(knows_citations),
	    cmocka_unit_test(tells_ellipses_apart),
	    cmocka_unit_test(tells_plain_stops_as_others),
	    cmocka_unit_test(takes_repeated_text),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
