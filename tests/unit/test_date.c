/* SPDX-License-Identifier: ISC */
#include "date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
understands(void **state)
{
	static const struct {
		const char *raw, *iso;
	} cases[] = {
	    {"2026-11-24", "2026-11-24"},
	    {" 2026-11-24\n", "2026-11-24"},
	    {"2026/11/24", "2026-11-24"},
	    {"2026/1/4", "2026-01-04"},
	    {"20261124", "2026-11-24"},
	    {"20261124101500", "2026-11-24T10:15:00Z"},
	    {"20261124T101500Z", "2026-11-24T10:15:00Z"},
	    {"2026-11-24T10:15", "2026-11-24T10:15:00Z"},
	    {"2026-11-24 10:15:30", "2026-11-24T10:15:30Z"},
	    {"2026-11-24T10:15:30Z", "2026-11-24T10:15:30Z"},
	    {"2026-11-24t10:15:30.123456z", "2026-11-24T10:15:30Z"},
	    {"2026-11-24T10:15:30,5+02:00", "2026-11-24T08:15:30Z"},
	    {"2026-11-24T10:15:30-0500", "2026-11-24T15:15:30Z"},
	    {"2026-11-24 10:15:30 +05", "2026-11-24T05:15:30Z"},
	    {"2026-11-24 10:15:30 UTC", "2026-11-24T10:15:30Z"},
	    {"2026/11/24 10:15", "2026-11-24T10:15:00Z"},
	    {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"},
	    {"2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"},
	    {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
	    {"Tue, 24 Nov 2026 10:00:00 +0200", "2026-11-24T08:00:00Z"},
	    {"24 Nov 2026 10:00 GMT", "2026-11-24T10:00:00Z"},
	    {"Tue, 24 Nov 26 10:00:00 EST", "2026-11-24T15:00:00Z"},
	    {"Tue, 24 Nov 98 10:00:00 pdt", "1998-11-24T17:00:00Z"},
	    {"Fri, 21 Nov 1997 09:55:06 -0600 (CST)", "1997-11-21T15:55:06Z"},
	    {"Tue Nov 24 10:00:00 2026", "2026-11-24T10:00:00Z"},
	    {"Tue Nov 24 10:00:00 UTC 2026", "2026-11-24T10:00:00Z"},
	    {"Tue Nov 24 2026 10:00:00 GMT+0200 (CEST)", "2026-11-24T08:00:00Z"},
	    {"10:00 GMT. 24-Nov-2026", "2026-11-24T10:00:00Z"},
	    {"Tue, 24 Nov 2026 10:00:00 UTC-05:00", "2026-11-24T15:00:00Z"},
	    {"November 24, 2026", "2026-11-24"},
	    {"Tuesday, November 24, 2026", "2026-11-24"},
	    {"24 November 2026", "2026-11-24"},
	    {"24-Nov-2026", "2026-11-24"},
	    {"24th of November 2026", "2026-11-24"},
	    {"Sept. 3, 1999", "1999-09-03"},
	    {"NOV 24 2026", "2026-11-24"},
	    {"November 24, 2026 at 10:15 p.m. EST", "2026-11-25T03:15:00Z"},
	    {"Nov 24, 2026, 12:05 AM", "2026-11-24T00:05:00Z"},
	    {"1732450000", "2024-11-24T12:06:40Z"},
	    {"999999999", "2001-09-09T01:46:39Z"},
	    {"1732450000.25", "2024-11-24T12:06:40Z"},
	    {"1732450000123", "2024-11-24T12:06:40Z"},
	    {"0001-01-01", "0001-01-01"},
	    {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
	    {"2000-02-29", "2000-02-29"},
	};
	char iso[DATE_BYTES];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (!date_parse((struct news_text){cases[i].raw, strlen(cases[i].raw)}, iso))
			fail_msg("'%s' is not understood", cases[i].raw);
		assert_string_equal(iso, cases[i].iso);
	}
}

static void
does_not_guess(void **state)
{
	static const char *const cases[] = {
	    "",
	    " ",
	    "yesterday",
	    "2026",
	    "2026-11",
	    "November 2026",
	    "11/12/2026",
	    "12-11-2026",
	    "2026-11-31",
	    "2026-02-29",
	    "1900-02-29",
	    "2026-13-01",
	    "2026-00-01",
	    "2026-11-00",
	    "2026-11-24T24:00:00Z",
	    "2026-11-24T10:60",
	    "2026-11-24T",
	    "2026-11-24Z",
	    "2026-11-24T10:15:30+2",
	    "2026-11-24T10:15:30 IST",
	    "2026-11-24x",
	    "0000-01-01",
	    "0001-01-01T00:00:00+01:00",
	    "9999-12-31T23:59:59-01:00",
	    "24 Foo 2026",
	    "24 24 Nov 2026",
	    "Nov Nov 24 2026",
	    "Ma 24 2026",
	    "24 Nov 2026 13:00 PM",
	    "12345678",
	    "12345",
	    "17324500001",
	    "1732450000x",
	    "24 Nov 2026 +0200",
	    "24 Nov 2026 10:00 GMT +0200",
	    "24 Nov 2026 10:00 EST+0200",
	    "24 Nov 2026 10:00 GMT+2",
	    "24 Nov 2026 10:00 GMT+0200+0200",
	    "(24 Nov 2026",
	    "2026-1-4",
	    "Tuesday",
	    "3 p.m.",
	};
	char iso[DATE_BYTES];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		if (date_parse((struct news_text){cases[i], strlen(cases[i])}, iso))
			fail_msg("'%s' became %s", cases[i], iso);
}

/* No byte behind the end decides: every front of a date is read from memory of just its size. */
static void
reads_no_byte_past_its_end(void **state)
{
	static const char *const cases[] = {"Tue, 24 Nov 2026 10:00:00.5 +02:00 (x)", "2026-11-24T10:15:30.5+02:00",
	    "20261124T101500Z", "November 24th, 2026 at 10:15 p.m. EST", "1732450000.25"};
	char iso[DATE_BYTES];
	size_t i, bytes;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		for (bytes = 0; bytes <= strlen(cases[i]); bytes++) {
			char *copy = malloc(bytes + (bytes == 0));
			assert_non_null(copy);
			memcpy(copy, cases[i], bytes);
			memset(iso, 0, sizeof iso);
			if (date_parse((struct news_text){copy, bytes}, iso))
				assert_true(strlen(iso) == 10 || strlen(iso) == 20);
			else
				assert_int_equal(iso[0], '\0');
			free(copy);
		}
	assert_false(date_parse((struct news_text){"2026\00011\00024", 10}, iso));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(understands),
	    cmocka_unit_test(does_not_guess),
	    cmocka_unit_test(reads_no_byte_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
