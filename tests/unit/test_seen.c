/* SPDX-License-Identifier: ISC
 *
 * The set of digests seen: what was added is found with its first number, through every growth, in bounded memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "news.h"

/* A digest as even as a real one, or (NARROW) one of those an enemy would choose: all but a few bits alike. */
static struct news_digest
digest_of(uint64_t number, bool narrow)
{
	struct news_digest digest;
	uint64_t halves[2] = {number, 0};

	if (!narrow) {
		halves[0] = (number + 1) * 0x9e3779b97f4a7c15u;
		halves[1] = (halves[0] ^ halves[0] >> 29) * 0xbf58476d1ce4e5b9u;
		halves[0] ^= halves[1] >> 32;
	}
	memcpy(digest.bytes, halves, sizeof halves);
	return digest;
}

static void
fill(uint64_t count, bool narrow)
{
	struct news_seen *seen = news_seen_new();
	uint64_t i, first;
	bool is_new;

	assert_non_null(seen);
	for (i = 0; i < count; i++) {
		struct news_digest digest = digest_of(i, narrow);

		assert_int_equal(news_seen_add(seen, &digest, i + 7, &first, &is_new), NEWS_OK);
		if (!is_new || first != i + 7)
			fail_msg("%ju is not new", (uintmax_t)i);
	}
	assert_int_equal(news_seen_count(seen), count);
	for (i = 0; i < count; i++) {
		struct news_digest digest = digest_of(i, narrow);

		news_seen_prefetch(seen, &digest);
		assert_int_equal(news_seen_add(seen, &digest, 0, &first, &is_new), NEWS_OK);
		if (is_new || first != i + 7)
			fail_msg("%ju is not found, or with number %ju", (uintmax_t)i, (uintmax_t)first);
	}
	assert_int_equal(news_seen_count(seen), count);
	news_seen_free(seen);
}

static void
finds_what_was_added(void **state)
{
	(void)state;
	fill(1, false);
	fill(40, false);
	fill(300000, false);
}

static void
digests_of_an_enemy_do_no_harm(void **state)
{
	(void)state;
	fill(300000, true);
}

static void
every_digest_and_number_may_be_had(void **state)
{
	struct news_seen *seen = news_seen_new();
	struct news_digest zero = {{0}}, ones;
	uint64_t first;
	bool is_new;

	(void)state;
	memset(ones.bytes, 0xff, sizeof ones.bytes);
	assert_non_null(seen);
	assert_int_equal(news_seen_add(seen, &zero, 0, &first, &is_new), NEWS_OK);
	assert_true(is_new);
	assert_int_equal(news_seen_add(seen, &ones, UINT64_MAX - 1, &first, &is_new), NEWS_OK);
	assert_true(is_new);
	assert_int_equal(news_seen_add(seen, &zero, 5, &first, &is_new), NEWS_OK);
	assert_false(is_new);
	assert_int_equal(first, 0);
	assert_int_equal(news_seen_add(seen, &ones, 5, &first, &is_new), NEWS_OK);
	assert_false(is_new);
	assert_true(first == UINT64_MAX - 1);
	news_seen_free(seen);
	news_seen_free(NULL);
}

/* 32 bytes a digest at most, whatever their count, once there are some. */
static void
memory_is_bounded(void **state)
{
	struct news_seen *seen = news_seen_new();
	uint64_t i, first;
	bool is_new;

	(void)state;
	assert_non_null(seen);
	assert_true(news_seen_bytes(seen) < 10000);
	for (i = 0; i < 500000; i++) {
		struct news_digest digest = digest_of(i, false);

		assert_int_equal(news_seen_add(seen, &digest, i, &first, &is_new), NEWS_OK);
		if (i >= 20000 && news_seen_bytes(seen) > 32 * (i + 1))
			fail_msg("%zu bytes for %ju digests", news_seen_bytes(seen), (uintmax_t)(i + 1));
	}
	news_seen_free(seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_what_was_added),
	    cmocka_unit_test(digests_of_an_enemy_do_no_harm),
	    cmocka_unit_test(every_digest_and_number_may_be_had),
	    cmocka_unit_test(memory_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
