/* SPDX-License-Identifier: ISC
 *
 * Titles and paragraphs pieced together, and those of plain lines told apart.
 */
#include "draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static size_t
append(struct draft *draft, const char *words)
{
	size_t begin = draft->words.bytes;

	assert_true(buffer_add(&draft->words, words, strlen(words)));
	return begin;
}

/* The text of DRAFT is EXPECTED. */
static void
expect(const struct draft *draft, const char *expected, bool has_title)
{
	struct compose compose = {0};
	struct news_document document = {0};
	size_t repairs = 0;

	compose_start(&compose, (struct news_text){"-", 1});
	assert_true(draft_compose(draft, &compose) && compose_document(&compose, &document, &repairs));
	assert_int_equal(document.text.bytes, strlen(expected));
	assert_memory_equal(document.text.at, expected, strlen(expected));
	assert_int_equal(document.has_title, has_title);
	compose_release(&compose);
}

static void
orders_title(void **state)
{
	struct draft draft = {0};

	(void)state;
	draft_start(&draft);
	assert_true(draft_paragraph(&draft, append(&draft, " By Jane \n")));
	assert_true(draft_paragraph(&draft, append(&draft, " \n")));
	assert_true(draft_title(&draft, append(&draft, "\tHarbour\nreopens ")));
	assert_true(draft_title(&draft, append(&draft, "Harbour  reopens")));
	assert_true(draft_title(&draft, append(&draft, "Harbour")));
	assert_true(draft_title(&draft, append(&draft, " ")));
	expect(&draft, "Harbour reopens\nBy Jane\nHarbour", true);
	draft_start(&draft);
	expect(&draft, "", false);
	draft_release(&draft);
}

static void
tells_paragraphs(void **state)
{
	static const struct {
		const char *lines, *text;
	} cases[] = {
	    {"", ""},
	    {"\n \n", ""},
	    {"one\ntwo\n\nthree\n", "one two\nthree"},
	    {"one\ntwo\n \t \nthree\nfour", "one two\nthree four"},
	    {"one\r\ntwo\r\n\r\nthree\r\n", "one two\nthree"},
	    {"    one\ntwo\n    three\nfour\n", "one two\nthree four"},
	    {"one\ntwo\n\tthree\nfour\n", "one two\nthree four"},
	    {"one\n    two\n  three\nfour\n", "one\ntwo\nthree four"},
	    /* a letter that is indented as a whole */
	    {"    one\n    two\n\n    three\n    four\n", "one two\nthree four"},
	    {"    one\n    two\n\n      three\n    four\n", "one two\nthree four"},
	    /* a table, with and without */
	    {"Rovers 1 0\nUnited 0 1\n", "Rovers 1 0\nUnited 0 1"},
	    {"  Rovers 1 0\n  United 0 1\n", "Rovers 1 0\nUnited 0 1"},
	    /* wrapped lines with nothing between paragraphs: the second ends early */
	    {"The harbour of the town has been open again since Monday,\nthe mayor said, and nobody was hurt.\nThe "
	     "storm had "
	     "sunk three boats, among them that of the\nharbour master.\n",
		"The harbour of the town has been open again since Monday, the mayor said, and nobody was hurt.\nThe "
		"storm had "
		"sunk three boats, among them that of the harbour master."},
	};
	struct draft draft = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		draft_start(&draft);
		assert_true(draft_lines(&draft, append(&draft, cases[i].lines)));
		expect(&draft, cases[i].text, false);
	}
	draft_release(&draft);
}

static void
names_author(void **state)
{
	static const struct {
		const char *byline, *author;
	} cases[] = {{"By Jane Miller", "Jane Miller"}, {"BY  JANE", "JANE"}, {"by\nJane", "Jane"},
	    {"Byron Smith", "Byron Smith"}, {"By", "By"}, {"", ""}};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_text author = draft_author((struct news_text){cases[i].byline, strlen(cases[i].byline)});
		assert_int_equal(author.bytes, strlen(cases[i].author));
		assert_memory_equal(author.at, cases[i].author, author.bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(orders_title),
	    cmocka_unit_test(tells_paragraphs),
	    cmocka_unit_test(names_author),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
