/* SPDX-License-Identifier: ISC
 *
 * What a digest takes for the same and what for different, with known values of both hashes, and that it is linear in
 * what utf8proc alone would sort in quadratic time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "news.h"

static struct news_digest
digest_bytes(bool raw, bool strong, const char *at, size_t bytes)
{
	struct news_digester *digester = news_digester_new(raw, strong);
	struct news_text text = {at, bytes};
	struct news_digest digest;

	assert_non_null(digester);
	assert_int_equal(news_digester_digest(digester, text, &digest), NEWS_OK);
	news_digester_free(digester);
	return digest;
}

static bool
same_bytes(bool raw, const char *a, size_t a_bytes, const char *b, size_t b_bytes)
{
	struct news_digest x, y, u, v;
	bool same;

	x = digest_bytes(raw, false, a, a_bytes);
	y = digest_bytes(raw, false, b, b_bytes);
	u = digest_bytes(raw, true, a, a_bytes);
	v = digest_bytes(raw, true, b, b_bytes);
	same = memcmp(&x, &y, sizeof x) == 0;
	assert_int_equal(memcmp(&u, &v, sizeof u) == 0, same);
	return same;
}

static bool
same(const char *a, const char *b)
{
	return same_bytes(false, a, strlen(a), b, strlen(b));
}

static void
ignores_what_reprints_change(void **state)
{
	static const char *const pairs[][2] = {
	    {"The Mayor Said", "the mayor said"},
	    {"one  two\tthree", "one two three"},
	    {"one\ntwo\r\nthree", "one two three"},
	    {"  framed ", "framed"},
	    {"\t\n ", ""},
	    {"a\u00a0b\u2003c\u3000d\u2028e", "a b c d e"},
	    {"\u201cYes,\u201d he said", "\"Yes,\" he said"},
	    {"``Yes,'' he said", "\"Yes,\" he said"},
	    {"\u00abYes,\u00bb he said", "\u201eYes,\u201c he said"},
	    {"it\u2019s", "it's"},
	    {"it`s", "it\u02bcs"},
	    {"\u2018\u2018Yes\u2019\u2019", "\"Yes\""},
	    {"Geneva \u2014 talks", "Geneva -- talks"},
	    {"Geneva --- talks", "Geneva - talks"},
	    {"1914\u20131918", "1914-1918"},
	    {"\u22125", "-5"},
	    {"caf\u00e9", "cafe\u0301"},
	    {"CAFE\u0301", "caf\u00e9"},
	    {"\u00c9T\u00c9", "\u00e9t\u00e9"},
	    {"STRASSE", "stra\u00dfe"},
	    {"\u1e69", "s\u0323\u0307"},
	    {"s\u0307\u0323", "s\u0323\u0307"},
	    {"\u03a3\u0391\u03a3", "\u03c3\u03b1\u03c2"},
	    {"\uac01", "\u1100\u1161\u11a8"},
	    {"\u226e", "<\u0338"},
	    {"\u212b", "\u00e5"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (!same(pairs[i][0], pairs[i][1]))
			fail_msg("'%s' and '%s' differ", pairs[i][0], pairs[i][1]);
}

static void
tells_words_apart(void **state)
{
	static const char *const pairs[][2] = {
	    {"one two", "onetwo"}, {"one two", "one three"}, {"cafe", "caf\u00e9"}, {"\"yes\"", "'yes'"},
	    {"rose 3.5", "rose 3,5"}, {"well-known", "well known"}, {"yes.", "yes"}, {"a", ""}, {"\u05d0", "\u05d1"},
	    {"e\u0301\u0300", "e\u0300\u0301"}, /* accents of one class: their order counts */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (same(pairs[i][0], pairs[i][1]))
			fail_msg("'%s' and '%s' are taken for the same", pairs[i][0], pairs[i][1]);
}

static void
keeps_bytes_that_are_no_text(void **state)
{
	(void)state;
	assert_false(same_bytes(false, "a\xff", 2, "a\xfe", 2));
	assert_false(same_bytes(false, "a\xff", 2, "a", 1));
	assert_false(same_bytes(false, "a\xc3", 2, "a", 1));
	assert_false(same_bytes(false, "a\xe2\x82", 3, "a\xe2", 2));
	assert_false(same_bytes(false, "a\0b", 3, "ab", 2));
	assert_false(same_bytes(false, "a\0", 2, "a", 1));
	assert_true(same_bytes(false, "A\xff\xc3\x89", 4, "a\xff\xc3\xa9", 4));
}

static void
raw_takes_bytes_as_they_are(void **state)
{
	(void)state;
	assert_true(same_bytes(true, "Yes", 3, "Yes", 3));
	assert_false(same_bytes(true, "Yes", 3, "yes", 3));
	assert_false(same_bytes(true, "a b", 3, "a  b", 4));
	assert_false(same_bytes(true, "a\0", 2, "a", 1));
	assert_true(same_bytes(true, "", 0, NULL, 0));
}

/* Digests are written down and compared between machines: they may never change. */
static void
has_published_values(void **state)
{
	/* printf 'we won' | b2sum -l 128 */
	static const unsigned char blake[16] = {0xf2, 0x6f, 0xee, 0x60, 0x89, 0x09, 0x0f, 0xc9, 0x3e, 0xa8, 0x48, 0x38,
	    0x02, 0xee, 0x2f, 0x65};
	struct news_digest digest = digest_bytes(false, true, " We  WON", 8);
	unsigned char sip[16];

	(void)state;
	assert_memory_equal(digest.bytes, blake, 16);
	crypto_shorthash_siphashx24(sip, (const unsigned char *)"we won", 6, (const unsigned char *)"newsutils digest");
	digest = digest_bytes(false, false, " We  WON", 8);
	assert_memory_equal(digest.bytes, sip, 16);
}

static void
one_digester_serves_many_texts(void **state)
{
	struct news_digester *digester = news_digester_new(false, true);
	struct news_text texts[] = {{"A longer text than the next", 27}, {"caf\xc3\xa9", 5}, {"", 0}};
	size_t i;

	(void)state;
	assert_non_null(digester);
	for (i = 0; i < 6; i++) {
		struct news_text text = texts[i % 3];
		struct news_digest digest, alone = digest_bytes(false, true, text.at, text.bytes);

		assert_int_equal(news_digester_digest(digester, text, &digest), NEWS_OK);
		assert_memory_equal(&digest, &alone, sizeof digest);
	}
	news_digester_free(digester);
	news_digester_free(NULL);
}

/* Stretches are cut where they grow long; text must come out the same wherever that is. */
static void
long_stretches_fold_like_short_ones(void **state)
{
	static const char composed[] = "\u1e69\u05d0\u00e9\u0416", decomposed[] = "s\u0323\u0307\u05d0e\u0301\u0436";
	enum { TIMES = 5000 };
	char *a = malloc(TIMES * sizeof composed), *b = malloc(TIMES * sizeof decomposed);
	size_t i, a_bytes = 0, b_bytes = 0;

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	for (i = 0; i < TIMES; i++) {
		memcpy(a + a_bytes, composed, sizeof composed - 1);
		a_bytes += sizeof composed - 1;
		memcpy(b + b_bytes, decomposed, sizeof decomposed - 1);
		b_bytes += sizeof decomposed - 1;
	}
	assert_true(same_bytes(false, a, a_bytes, b, b_bytes));
	free(a);
	free(b);
}

/* Two accents of different classes by turns, 2 MB of them, and marks that are no letters: quadratic sorting would take
 * hours, here it is well under a second; half a minute is for machines under load. */
static void
linear_in_accents(void **state)
{
	static const char *const pieces[] = {"\u0301\u0323", "\u0bbe\u0bbe", "\U0001f600", "\xff\xc3", "\u1161\u1161"};
	enum { BYTES = 2000000 };
	char *at = malloc(BYTES);
	clock_t start = clock();
	size_t i;

	(void)state;
	assert_non_null(at);
	for (i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		size_t piece = strlen(pieces[i]), filled;

		for (filled = 0; filled + piece <= BYTES; filled += piece)
			memcpy(at + filled, pieces[i], piece);
		digest_bytes(false, false, at, filled);
	}
	assert_true((clock() - start) / CLOCKS_PER_SEC < 30);
	free(at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ignores_what_reprints_change),
	    cmocka_unit_test(tells_words_apart),
	    cmocka_unit_test(keeps_bytes_that_are_no_text),
	    cmocka_unit_test(raw_takes_bytes_as_they_are),
	    cmocka_unit_test(has_published_values),
	    cmocka_unit_test(one_digester_serves_many_texts),
	    cmocka_unit_test(long_stretches_fold_like_short_ones),
	    cmocka_unit_test(linear_in_accents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
