/* SPDX-License-Identifier: ISC
 *
 * Where items begin and end in a stream of markup, whatever stands in it and however it comes.
 */
#include "buffer.h"
#include "items.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum items_role
role_of(struct news_text name)
{
	static const struct {
		const char *name;
		enum items_role role;
	} roles[] = {{"all", ITEMS_AROUND}, {"in", ITEMS_INNER}, {"item", ITEMS_OUTER}, {"nest", ITEMS_NESTED}};
	size_t i;

	for (i = 0; i < sizeof roles / sizeof *roles; i++)
		if (markup_is(name, roles[i].name))
			return roles[i].role;
	return ITEMS_NONE;
}

static const struct items_syntax xml = {.xml = true, .role = role_of, .missing = "none"};
static const struct items_syntax sgml = {.xml = false, .role = role_of};

/* The records of FILE in pieces of PIECE bytes, each in brackets; a head in braces; an error behind `!`. */
static void
cut(const struct items_syntax *syntax, size_t record_max, const char *file, size_t piece, struct buffer *out)
{
	struct items items = {.syntax = syntax, .record_max = record_max};
	size_t bytes = strlen(file), come = 0, taken = 0;

	out->bytes = 0;
	items_start(&items);
	for (;;) {
		struct format_cut found = {.lines = FORMAT_UNCOUNTED};
		size_t left = come - taken, done;
		char *copy = malloc(left + (left == 0));
		assert_non_null(copy);
		memcpy(copy, file + taken, left);
		done = items_cut(&items, (struct news_text){copy, left}, come == bytes, &found);
		assert_true(done <= left && found.record.end <= done && found.head.end <= done);
		if (found.head.begin < found.head.end)
			assert_true(buffer_add_byte(out, '{') &&
			    buffer_add(out, copy + found.head.begin, found.head.end - found.head.begin) &&
			    buffer_add_byte(out, '}'));
		if (found.record.begin < found.record.end)
			assert_true(buffer_add_byte(out, '[') &&
			    buffer_add(out, copy + found.record.begin, found.record.end - found.record.begin) &&
			    buffer_add_byte(out, ']'));
		if (found.error != NULL)
			assert_true(buffer_add_byte(out, '!') && buffer_add(out, found.error, strlen(found.error)));
		free(copy);
		taken += done;
		if (done == 0 && come == bytes)
			break;
		if (done == 0)
			come += piece < bytes - come ? piece : bytes - come;
	}
	assert_true(buffer_add_byte(out, '\0'));
}

static void
finds_items(void **state)
{
	static const struct {
		const struct items_syntax *syntax;
		size_t record_max;
		const char *file, *records;
	} cases[] = {
	    {&xml, 99, "<all><item>1</item>words<item a='>'>2</item ></all>",
		"[<item>1</item>][<item a='>'>2</item >]"},
	    {&xml, 99, "<x:all><x:item>1</x:item></x:all>", "[<x:item>1</x:item>]"},
	    {&xml, 99, "<items><itemx>1</itemx></items>", "!none"},
	    {&xml, 99, "<all/>", ""},
	    {&xml, 99, "", ""},
	    {&xml, 99, " \n ", ""},
	    {&xml, 99, "x", "!none"},
	    /* what is no tag */
	    {&xml, 99, "<!-- <item> --><item>1<!-- </item> --></item><?x <item>?>", "[<item>1<!-- </item> --></item>]"},
	    {&xml, 99, "<item>1<![CDATA[</item>]]></item>", "[<item>1<![CDATA[</item>]]></item>]"},
	    {&xml, 99, "<item>1<?x </item>?></item>", "[<item>1<?x </item>?></item>]"},
	    {&xml, 99, "<item>1</ item></item1></item x></item", "[<item>1</ item></item1></item x></item]"},
	    {&xml, 99, "<item>1<!----->-></item>", "[<item>1<!----->-></item>]"},
	    /* items in items */
	    {&xml, 99, "<item><in>1</in></item><in>2</in>", "[<item><in>1</in></item>][<in>2</in>]"},
	    {&xml, 99, "<nest>1<nest>2</nest>3</nest>", "[<nest>1<nest>2</nest>3</nest>]"},
	    /* ends that are missing */
	    {&xml, 99, "<item>1<item>2</item>", "[<item>1][<item>2</item>]"},
	    {&xml, 99, "<in>1<in>2</in>", "[<in>1][<in>2</in>]"},
	    {&xml, 99, "<nest>1<?xml version='1.0'?><nest>2</nest>", "[<nest>1][<nest>2</nest>]"},
	    {&xml, 99, "<nest>1<item>2</item>", "[<nest>1][<item>2</item>]"},
	    {&xml, 99, "<item>1", "[<item>1]"},
	    /* the declarations */
	    {&xml, 99,
		"<?xml?><!DOCTYPE all [<!ENTITY a ']>'><!-- ' ]> --><?x '?><!ENTITY b \"<item>\">]><item>1</item>",
		"{<!DOCTYPE all [<!ENTITY a ']>'><!-- ' ]> --><?x '?><!ENTITY b \"<item>\">]>}[<item>1</item>]"},
	    {&xml, 99, "<!DOCTYPE all SYSTEM 'all.dtd'><item>1</item>", "[<item>1</item>]"},
	    /* too large: the front, one byte more than may be */
	    {&xml, 9, "<all><item>12345</item><item/></item></all>", "[<item>1234][<item/></i]"},
	    {&xml, 15, "<item>123</item><item>2</item>", "[<item>123</item>][<item>2</item>]"},
	    {&xml, 9, "<item>12345<item>2", "[<item>1234][<item>2]"},
	    {&xml, 9, "<item>12345", "[<item>1234]"},
	    {&xml, 9, "<item>1234<item>2", "[<item>1234][<item>2]"},
	    {&sgml, 9, "<item>123\n<item>2\n", "[<item>123\n][<item>2\n]"},
	    {&sgml, 9, "<item>1234\n<item>2\n", "[<item>1234][<item>2\n]"},
	    /* SGML */
	    {&sgml, 99, "<ITEM>1</Item>\n<item >2<!-- </item>-->\n", "[<ITEM>1</Item>][<item >2<!-- </item>][-->\n]"},
	    {&sgml, 99, "<item>1<item>\n<item>2</item>", "[<item>1<item>\n][<item>2</item>]"},
	    {&sgml, 99, "<x>\n one \n<item>1</item></x>\ntwo\n", "[<x>\n one \n][<item>1</item>][</x>\ntwo\n]"},
	    {&sgml, 99, "one < two", "[one < two]"},
	};
	static const size_t pieces[] = {SIZE_MAX, 7, 3, 1};
	struct buffer out = {0};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		for (j = 0; j < sizeof pieces / sizeof *pieces; j++) {
			cut(cases[i].syntax, cases[i].record_max, cases[i].file, pieces[j], &out);
			assert_string_equal(out.at, cases[i].records);
		}
	buffer_release(&out);
}

/* What is no item is not held, whatever it is. */
static void
holds_no_more(void **state)
{
	static const char *const endless[] = {"<x>words</x> ", "<!-- > --", "<![CDATA[ ]] ", "<?x > ", "words "};
	struct items items = {.syntax = &xml, .record_max = 99};
	size_t i, j, left;
	char held[64];

	(void)state;
	for (i = 0; i < sizeof endless / sizeof *endless; i++) {
		items_start(&items);
		left = 0;
		for (j = 0; j < 1000; j++) {
			struct format_cut found = {.lines = FORMAT_UNCOUNTED};
			size_t bytes = strlen(endless[i]), done;
			assert_true(left + bytes <= sizeof held);
			memcpy(held + left, endless[i], bytes);
			left += bytes;
			while ((done = items_cut(&items, (struct news_text){held, left}, false, &found)) > 0) {
				assert_true(found.record.begin == found.record.end);
				memmove(held, held + done, left - done);
				left -= done;
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_items),
	    cmocka_unit_test(holds_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
