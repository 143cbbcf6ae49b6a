/* SPDX-License-Identifier: ISC
 *
 * Rows of nentity: names, dates, sums of money and percentages in reading order, none inside another.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "buffer.h"
#include "news.h"

struct reading {
	struct news_lists *lists;
	struct news_tagger *tagger;
	struct buffer rows;
};

static int
setup(void **state)
{
	static struct reading reading;

	memset(&reading, 0, sizeof reading);
	reading.lists = news_lists_new();
	assert_non_null(reading.lists);
	reading.tagger = news_tagger_new(reading.lists);
	assert_non_null(reading.tagger);
	*state = &reading;
	return 0;
}

static int
teardown(void **state)
{
	struct reading *reading = *state;

	news_tagger_free(reading->tagger);
	news_lists_free(reading->lists);
	buffer_release(&reading->rows);
	return 0;
}

/* The rows of one sentence, as `TYPE words; TYPE words`. */
static const char *
tag(struct reading *reading, const char *text)
{
	size_t bytes = strlen(text);
	struct news_segment segment = {.span = {0, bytes}, .paragraph = 3, .sentence = 2, .kind = NEWS_BODY};
	struct news_document document = {.id = {"test", 4},
	    .text = {text, bytes},
	    .segments = &segment,
	    .segment_count = 1};
	struct news_entity entity;
	size_t end = 0;

	reading->rows.bytes = 0;
	assert_int_equal(news_tagger_start(reading->tagger, &document), NEWS_OK);
	while (news_tagger_next(reading->tagger, &entity) == NEWS_OK) {
		const char *type = news_entity_type_name(entity.type);
		assert_true(
		    entity.span.begin >= end && entity.span.end > entity.span.begin && entity.span.end <= bytes);
		assert_int_equal(entity.paragraph, 3);
		assert_int_equal(entity.sentence, 2);
		assert_true(entity.score <= 100 && entity.name.bytes > 0);
		if (end > 0)
			assert_true(buffer_add(&reading->rows, "; ", 2));
		end = entity.span.end;
		assert_true(buffer_add(&reading->rows, type, strlen(type)));
		assert_true(buffer_add_byte(&reading->rows, ' '));
		assert_true(buffer_add(&reading->rows, text + entity.span.begin, entity.span.end - entity.span.begin));
	}
	assert_true(buffer_add_byte(&reading->rows, '\0'));
	return reading->rows.at;
}

static void
rows(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
	    {"The bank paid $31 million on Thursday.", "MONEY $31 million; DATE Thursday"},
	    {"It cost \xE2\x82\xAC"
	     "1.3 billion, or 200 Hong Kong dollars a head.",
		"MONEY \xE2\x82\xAC"
		"1.3 billion; MONEY 200 Hong Kong dollars"},
	    {"Prices rose by 12.5% in May and by two percent in June.",
		"PERCENT 12.5%; DATE May; PERCENT two percent; DATE June"},
	    {"It fell 18 per cent.", "PERCENT 18 per cent"},
	    {"On May 3, 2014, and again on 17 June 2015, nobody came.", "DATE May 3, 2014; DATE 17 June 2015"},
	    {"He left in 1998 with 1998 others.", "DATE 1998"},
	    {"She may march on Sunday, Feb. 3.", "DATE Sunday, Feb. 3"},
	    {"Talks with Iran on Monday cost the U.S. $5.", "LOC Iran; DATE Monday; LOC U.S.; MONEY $5"},
	    {"Nothing to see here.", ""},
	    {"", ""},
	};
	struct reading *reading = *state;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(tag(reading, cases[i].text), cases[i].rows);
}

/* Stopping in mid-document leaves nothing behind. */
static void
stopping_early(void **state)
{
	struct reading *reading = *state;
	const char *text = "Iran and Israel and Egypt.";
	struct news_segment segment = {.span = {0, strlen(text)}, .paragraph = 1, .sentence = 1, .kind = NEWS_BODY};
	struct news_document document = {.id = {"test", 4},
	    .text = {text, strlen(text)},
	    .segments = &segment,
	    .segment_count = 1};
	struct news_entity entity;

	assert_int_equal(news_tagger_start(reading->tagger, &document), NEWS_OK);
	assert_int_equal(news_tagger_next(reading->tagger, &entity), NEWS_OK);
	assert_string_equal(tag(reading, "Chad and Peru."), "LOC Chad; LOC Peru");
	assert_int_equal(news_tagger_next(reading->tagger, &entity), NEWS_END);
	assert_int_equal(news_tagger_next(reading->tagger, &entity), NEWS_END);
}

/* Repetition costs time in proportion to its length. */
static void
hostile_text(void **state)
{
	static const char *const patterns[] = {"million ", "5 million ", "Monday, ", "May 3, ", "$5 ", "US$",
	    "12 Hong Kong "};
	struct reading *reading = *state;
	size_t i;

	for (i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct buffer text = {0};
		clock_t begun = clock();
		while (text.bytes < 4000000)
			assert_true(buffer_add(&text, patterns[i], strlen(patterns[i])));
		assert_true(buffer_add_byte(&text, '\0'));
		tag(reading, text.at);
		assert_true((clock() - begun) / CLOCKS_PER_SEC < 10);
		buffer_release(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(rows, setup, teardown),
	    cmocka_unit_test_setup_teardown(stopping_early, setup, teardown),
	    cmocka_unit_test_setup_teardown(hostile_text, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
