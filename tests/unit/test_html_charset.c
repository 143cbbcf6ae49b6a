/* SPDX-License-Identifier: ISC */
#include "html_charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct news_text
text_of(const char *at)
{
	return (struct news_text){at, strlen(at)};
}

static void
declarations(void **state)
{
	static const struct {
		const char *page, *label;
	} cases[] = {
	    {"<meta charset=koi8-r>", "koi8-r"},
	    {"<html><head><META CharSet = 'koi8-r' />", "koi8-r"},
	    {"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">", "koi8-r"},
	    {"<!-- <meta charset=big5> --><meta charset=koi8-r>", "koi8-r"},
	    {"<?xml version=\"1.0\" encoding=\"koi8-r\"?><html>", "koi8-r"},
	    {"<?xml version=\"1.0\"?><meta charset=koi8-r>", "koi8-r"},
	    {"<meta name=charset><meta charset=koi8-r>", "koi8-r"},
	    {"<metadata charset=koi8-r>", ""},
	    {"charset=koi8-r", ""},
	    {"<meta charset", ""},
	    {"", ""},
	};
	char late[1200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_text label = html_charset_declared(text_of(cases[i].page));

		if (label.bytes != strlen(cases[i].label) || memcmp(label.at, cases[i].label, label.bytes) != 0)
			fail_msg("%s: got '%.*s'", cases[i].page, (int)label.bytes, label.at);
	}
	memset(late, ' ', sizeof late);
	memcpy(late + 1100, "<meta charset=koi8-r>", 21);
	assert_int_equal(html_charset_declared((struct news_text){late, sizeof late}).bytes, 0);
}

static void
decoding(void **state)
{
	static const struct {
		const char *raw;
		size_t bytes; /* 0: as strlen has it */
		const char *encoding, *transport, *text;
		size_t repairs;
	} cases[] = {
	    {"caf\xC3\xA9", 0, NULL, "", "caf\xC3\xA9", 0},
	    {"\xEF\xBB\xBF"
	     "caf\xC3\xA9",
		0, NULL, "iso-8859-1", "caf\xC3\xA9", 0},
	    {"caf\xE9 \x93x\x94", 0, NULL, "iso-8859-1", "caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D", 0},
	    {"<meta charset=iso-8859-1>caf\xE9", 0, NULL, "", "<meta charset=iso-8859-1>caf\xC3\xA9", 0},
	    {"<meta charset=utf-16>caf\xC3\xA9", 0, NULL, "", "<meta charset=utf-16>caf\xC3\xA9", 0},
	    /* the transport goes before the page, and the caller before both */
	    {"<meta charset=koi8-r>\xE9", 0, NULL, "windows-1252", "<meta charset=koi8-r>\xC3\xA9", 0},
	    {"<meta charset=koi8-r>\xC3\xA9", 0, "UTF-8", "windows-1252", "<meta charset=koi8-r>\xC3\xA9", 0},
	    /* what is declared is believed, right or wrong */
	    {"<meta charset=latin1>caf\xC3\xA9", 0, NULL, "", "<meta charset=latin1>caf\xC3\x83\xC2\xA9", 0},
	    {"<meta charset=nothing>caf\xC3\xA9", 0, NULL, "", "<meta charset=nothing>caf\xC3\xA9", 0},
	    /* ill-formed */
	    {"a\xE9"
	     "b",
		0, NULL, "",
		"a\xEF\xBF\xBD"
		"b",
		1},
	    {"a\xE2\x82", 0, NULL, "", "a\xEF\xBF\xBD", 1},
	    {"a\x81"
	     "b",
		0, NULL, "windows-1252",
		"a\xEF\xBF\xBD"
		"b",
		1},
	    {"a\0b\tc", 5, NULL, "",
		"a\xEF\xBF\xBD"
		"b\tc",
		1},
	    {"\xFF\xFE"
	     "a\0\xE9\0",
		6, NULL, "", "a\xC3\xA9", 0},
	    {"\xFE\xFF\0a\0\xE9", 6, NULL, "", "a\xC3\xA9", 0},
	    {"\xFF\xFE"
	     "a\0b",
		5, NULL, "", "a\xEF\xBF\xBD", 1},
	};
	struct html_charset charset = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bytes = cases[i].bytes > 0 ? cases[i].bytes : strlen(cases[i].raw), repairs = 0;
		struct news_error error = {""};
		struct news_text text;
		char *copy = malloc(bytes);

		assert_non_null(copy);
		memcpy(copy, cases[i].raw, bytes);
		assert_int_equal(html_charset_decode(&charset, (struct news_text){copy, bytes}, cases[i].encoding,
				     text_of(cases[i].transport), &text, &repairs, &error),
		    NEWS_OK);
		if (text.bytes != strlen(cases[i].text) || memcmp(text.at, cases[i].text, text.bytes) != 0)
			fail_msg("%zu: got '%.*s'", i, (int)text.bytes, text.at);
		assert_int_equal(repairs, cases[i].repairs);
		free(copy);
	}
	html_charset_release(&charset);
}

static void
unknown_to_iconv(void **state)
{
	struct html_charset charset = {0};
	struct news_error error = {""};
	struct news_text text;
	size_t repairs = 0;

	(void)state;
	assert_int_equal(html_charset_decode(&charset, text_of("x"), "no-such-charset", text_of(""), &text, &repairs,
			     &error),
	    NEWS_REJECTED);
	assert_string_equal(error.text, "iconv does not know the charset 'no-such-charset'");
	html_charset_release(&charset);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(declarations),
	    cmocka_unit_test(decoding),
	    cmocka_unit_test(unknown_to_iconv),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
