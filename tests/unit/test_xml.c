/* SPDX-License-Identifier: ISC
 *
 * Events of XML, the faults that are mended, and the limits.
 */
#include "buffer.h"
#include "xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool
write_start(void *user, const struct xml_element *element)
{
	struct news_text kind = xml_attribute(element, "kind");
	struct buffer *out = user;
	bool fine = buffer_add_byte(out, '<') && buffer_add(out, element->name, strlen(element->name));

	if (fine && kind.at != NULL)
		fine = buffer_add_byte(out, '=') && buffer_add(out, kind.at, kind.bytes);
	return fine && buffer_add_byte(out, '>');
}

static bool
write_end(void *user, const char *name)
{
	struct buffer *out = user;

	return buffer_add(out, "</", 2) && buffer_add(out, name, strlen(name)) && buffer_add_byte(out, '>');
}

static bool
write_text(void *user, struct news_text text)
{
	return buffer_add(user, text.at, text.bytes);
}

static bool
refuse_text(void *user, struct news_text text)
{
	(void)user;
	(void)text;
	return false;
}

static const struct xml_handler writer = {write_start, write_end, write_text};

/* The events of HEAD and BODY, or `!` and why they were rejected. */
static void
events_of(struct xml *xml, const char *head, struct news_text body, struct buffer *out)
{
	struct news_error error;
	size_t repairs = 0;
	enum news_status status;

	out->bytes = 0;
	assert_true(xml_begin(xml, &writer, out));
	xml_push(xml, (struct news_text){head, strlen(head)});
	xml_push(xml, body);
	status = xml_end(xml, &repairs, &error);
	assert_true(status == NEWS_OK || status == NEWS_REJECTED);
	if (status == NEWS_REJECTED) {
		out->bytes = 0;
		assert_true(buffer_add_byte(out, '!') && buffer_add(out, error.text, strlen(error.text)));
	}
	assert_true(buffer_add_byte(out, '\0'));
}

static void
gives_events(void **state)
{
	static const struct {
		const char *head, *body, *events;
	} cases[] = {
	    {"", "<a><b kind='x&amp;y'>t</b><c/></a>", "<a><b=x&y>t</b><c></c></a>"},
	    {"<feed xmlns:m='urn:m'>", "<m:a>t</m:a>", "<feed><a>t</a>"},
	    {"", "\n <?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>", "<a>\xC3\xA9</a>"},
	    {"", "<a><![CDATA[<b>&amp; & ]] >]]></a>", "<a><b>&amp; & ]] ></a>"},
	    {"", "<a><!-- <b> & --><?x <b> & ?>t</a>", "<a>t</a>"},
	    {"", "<a>&#233;&#xE9;&#8212;&amp;&lt;</a>", "<a>\xC3\xA9\xC3\xA9\xE2\x80\x94&<</a>"},
	    {"", "<a>t\r\nu\r\n</a>", "<a>t\nu\n</a>"},
	    /* mended */
	    {"", "<a>AT&T & co &; &x; &amp &#; a&b;</a>", "<a>AT&T & co &; &x; &amp &#; a&b;</a>"},
	    {"", "<a kind='?x=1&y=2'>&amp;</a>", "<a=?x=1&y=2>&</a>"},
	    {"", "<a>1 < 2, <3, </ ></a>", "<a>1 < 2, <3, </ ></a>"},
	    {"", "<a kind='<b>'>x</a>", "<a=<b>>x</a>"},
	    {"", "<a><![CDATA[]]]]><![CDATA[>]]>]]></a>", "<a>]]>]]></a>"},
	    {"", "<a>&nbsp;&eacute;&AMP;&LT;b></a>", "<a>\xC2\xA0\xC3\xA9&<b></a>"},
	    {"", "<a kind='&QUOT;'>&#146;&#0;&#xD800;&#x110000;&#99999999999;|&#1;|</a>",
		"<a=\">\xE2\x80\x99\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD| |</a>"},
	    {"", "<a>\xE9t\x01\x1B[</a>", "<a>\xEF\xBF\xBDt  [</a>"},
	    {"", "<x:a y:kind='1'>&amp;</x:a>", "<a=1>&</a>"},
	    {"", "<a kind='1' kind='2'>&amp;</a>", "<a=1>&</a>"},
	    {"", "<a kind='<'>&amp; ]]> &amp;</a>", "<a=<>& ]]> &</a>"},
	    {"", "<a><b>one<br>two<i>x</b>y</a>", "<a><b>one<br>two<i>x</i></br></b>y</a>"},
	    {"", "<x:a>one<b></x:a>", "<a>one<b></b></a>"},
	    {"", "<a>one</a><b>two</b>", "<a>one</a>"},
	    {"", "<a>one", "<a>one"},
	    {"", "", ""},
	    {"", "none", ""},
	    /* entities of the document's own */
	    {"<!DOCTYPE a [<!ENTITY me 'my &#38;amp; own'><!-- ' --><!ENTITY q \"]>\">]>", "<a>&me;&q;&nbsp;</a>",
		"<a>my & own]>\xC2\xA0</a>"},
	    {"<!DOCTYPE a SYSTEM 'a.dtd'>", "<a>&me;&nbsp;</a>", "<a>&me;\xC2\xA0</a>"},
	    {"<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>", "<a>&f;</a>", "<a>&f;</a>"},
	    {"<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]>", "<a>t&amp;</a>", "<a>t&</a>"},
	    {"<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]>", "<a>&x;</a>", "!entities expand without end"},
	    /* given up */
	    {"", "<a kind=1>one</a>", "!AttValue: \" or ' expected"},
	    {"", "<a>one</a b>", "!expected '>'"},
	    {"", "<a>one</b></a>", "!the element 'b' ends and was not begun"},
	};
	struct xml *xml = xml_new();
	struct buffer out = {0};
	size_t i;

	(void)state;
	assert_non_null(xml);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bytes = strlen(cases[i].body);
		char *copy = malloc(bytes + (bytes == 0));
		assert_non_null(copy);
		memcpy(copy, cases[i].body, bytes);
		events_of(xml, cases[i].head, (struct news_text){copy, bytes}, &out);
		assert_string_equal(out.at, cases[i].events);
		free(copy);
	}
	buffer_release(&out);
	xml_free(xml);
}

/* `<b>` COUNT times, then what ends them. */
static void
nest(struct buffer *body, size_t count)
{
	size_t i;

	body->bytes = 0;
	for (i = 0; i < count; i++)
		assert_true(buffer_add(body, "<b>", 3));
	for (i = 0; i < count; i++)
		assert_true(buffer_add(body, "</b>", 4));
}

static void
limits_depth(void **state)
{
	struct xml *xml = xml_new();
	struct buffer body = {0}, out = {0};

	(void)state;
	assert_non_null(xml);
	nest(&body, XML_DEPTH_MAX);
	events_of(xml, "", (struct news_text){body.at, body.bytes}, &out);
	assert_int_equal(out.bytes, body.bytes + 1);
	nest(&body, XML_DEPTH_MAX + 1);
	events_of(xml, "", (struct news_text){body.at, body.bytes}, &out);
	assert_string_equal(out.at, "!elements are nested too deep");
	buffer_release(&body);
	buffer_release(&out);
	xml_free(xml);
}

/* A billion laughs: ten levels of ten. */
static void
limits_entities(void **state)
{
	struct xml *xml = xml_new();
	struct buffer head = {0}, out = {0};
	char line[160];
	int i;

	(void)state;
	assert_non_null(xml);
	assert_true(buffer_add(&head, "<!DOCTYPE a [<!ENTITY e0 'laugh'>", 33));
	for (i = 1; i < 10; i++) {
		int bytes =
		    snprintf(line, sizeof line, "<!ENTITY e%d '&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;&e%d;'>", i,
			i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
		assert_true(buffer_add(&head, line, (size_t)bytes));
	}
	assert_true(buffer_add(&head, "]>", sizeof "]>"));
	events_of(xml, head.at, (struct news_text){"<a>&e9;</a>", 11}, &out);
	assert_string_equal(out.at, "!entities expand without end");
	buffer_release(&head);
	buffer_release(&out);
	xml_free(xml);
}

/* One entity, large and often: no loop, and each level is small. */
static void
limits_growth(void **state)
{
	struct xml *xml = xml_new();
	struct buffer head = {0}, body = {0}, out = {0};
	int i;

	(void)state;
	assert_non_null(xml);
	assert_true(buffer_add(&head, "<!DOCTYPE a [<!ENTITY e '", 25));
	for (i = 0; i < 60000; i++)
		assert_true(buffer_add_byte(&head, 'x'));
	assert_true(buffer_add(&head, "'>]>", sizeof "'>]>"));
	assert_true(buffer_add(&body, "<a>", 3));
	for (i = 0; i < 1000; i++)
		assert_true(buffer_add(&body, "&e;", 3));
	events_of(xml, head.at, (struct news_text){body.at, body.bytes}, &out);
	assert_string_equal(out.at, "!entities expand without end");
	/* a few times are fine */
	events_of(xml, head.at, (struct news_text){body.at, 3 + 3 * 4}, &out);
	assert_int_equal(out.bytes, 3 + 4 * 60000 + 1);
	buffer_release(&head);
	buffer_release(&body);
	buffer_release(&out);
	xml_free(xml);
}

static void
limits_attributes(void **state)
{
	struct xml *xml = xml_new();
	struct buffer body = {0}, out = {0};
	char attribute[32];
	int i;

	(void)state;
	assert_non_null(xml);
	assert_true(buffer_add(&body, "<a", 2));
	for (i = 0; i < 256; i++)
		assert_true(
		    buffer_add(&body, attribute, (size_t)snprintf(attribute, sizeof attribute, " a%d='=>\"'", i)));
	assert_true(buffer_add(&body, ">t</a>", 6));
	events_of(xml, "", (struct news_text){body.at, body.bytes}, &out);
	assert_string_equal(out.at, "<a>t</a>");
	body.bytes -= 6;
	assert_true(buffer_add(&body, " b=''>t</a>", 11));
	events_of(xml, "", (struct news_text){body.at, body.bytes}, &out);
	assert_string_equal(out.at, "!a tag has too many attributes");
	buffer_release(&body);
	buffer_release(&out);
	xml_free(xml);
}

/* The parser itself refuses comments, sections and lines of more than 10 MB. */
static void
passes_long_text(void **state)
{
	static const char *const around[][2] = {{"<a>", "</a>"}, {"<a><![CDATA[", "]]></a>"}, {"<a><!--", "--></a>"}};
	struct xml *xml = xml_new();
	struct buffer body = {0}, out = {0};
	size_t i, j;

	(void)state;
	assert_non_null(xml);
	for (i = 0; i < sizeof around / sizeof *around; i++) {
		body.bytes = 0;
		assert_true(buffer_add(&body, around[i][0], strlen(around[i][0])));
		for (j = 0; j < 7000000; j++)
			assert_true(buffer_add(&body, "\xC3\xA9 ", 3));
		assert_true(buffer_add(&body, around[i][1], strlen(around[i][1])));
		events_of(xml, "", (struct news_text){body.at, body.bytes}, &out);
		assert_int_equal(out.bytes, (i < 2 ? 21000000 : 0) + strlen("<a></a>") + 1);
		if (i < 2)
			assert_memory_equal(out.at + 3, body.at + strlen(around[i][0]), 21000000);
	}
	buffer_release(&body);
	buffer_release(&out);
	xml_free(xml);
}

static void
stops_for_handler(void **state)
{
	static const struct xml_handler refuser = {write_start, write_end, refuse_text};
	struct xml *xml = xml_new();
	struct buffer out = {0};
	struct news_error error;
	size_t repairs = 0;

	(void)state;
	assert_non_null(xml);
	assert_true(xml_begin(xml, &refuser, &out));
	xml_push(xml, (struct news_text){"<a>t<b/></a>", 12});
	xml_push(xml, (struct news_text){"<c/>", 4});
	assert_int_equal(xml_end(xml, &repairs, &error), NEWS_NO_MEMORY);
	assert_true(buffer_add_byte(&out, '\0'));
	assert_string_equal(out.at, "<a>");
	buffer_release(&out);
	xml_free(xml);
}

static void
bears_truncation(void **state)
{
	static const char whole[] =
	    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e 'x'>]><a kind='&e;\xC3\xA9'><!--c--><![CDATA[d]]>"
	    "&e;&amp;&nbsp;&#233;\xC3\xA9<b>t</b></a>";
	struct xml *xml = xml_new();
	struct buffer out = {0};
	size_t i;

	(void)state;
	assert_non_null(xml);
	for (i = 0; i < sizeof whole; i++) {
		char *copy = malloc(i + (i == 0));
		assert_non_null(copy);
		memcpy(copy, whole, i);
		events_of(xml, "", (struct news_text){copy, i}, &out);
		free(copy);
	}
	buffer_release(&out);
	xml_free(xml);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_events),
	    cmocka_unit_test(limits_depth),
	    cmocka_unit_test(limits_entities),
	    cmocka_unit_test(limits_growth),
	    cmocka_unit_test(limits_attributes),
	    cmocka_unit_test(passes_long_text),
	    cmocka_unit_test(stops_for_handler),
	    cmocka_unit_test(bears_truncation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
