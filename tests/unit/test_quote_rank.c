/* SPDX-License-Identifier: ISC */
#include "quote_rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What models are keyed by must never change. */
static void
hashes_words_as_ever(void **state)
{
	(void)state;
	assert_int_equal(view_hash("", 0), 0x84222325u ^ 0xCBF29CE4u);
	assert_int_equal(view_hash("said", 4), view_hash("SAID", 4));
	assert_int_not_equal(view_hash("said", 4), view_hash("says", 4));
}

/* exp(-x / 16), never rising, and nothing far below. */
static void
gives_odds(void **state)
{
	static const struct {
		int below;
		unsigned odds;
	} known[] = {{0, 65536}, {16, 24109}, {32, 8869}, {8, 39750}, {24, 14623}, {160, 2}};
	size_t i;
	int below;

	(void)state;
	for (i = 0; i < sizeof known / sizeof *known; i++)
		assert_in_range(rank_odds(known[i].below), known[i].odds - known[i].odds / 100,
		    known[i].odds + known[i].odds / 100 + 1);
	for (below = 1; below < 1000; below++)
		assert_true(rank_odds(below) <= rank_odds(below - 1));
	assert_int_equal(rank_odds(1000000), 0);
}

/* The chance of a candidate lies in one bin of its class. */
static void
calibrates(void **state)
{
	struct news_quote_model *model = calloc(1, sizeof *model);
	struct candidate near = {.kind = CANDIDATE_PHRASE}, heir = {.kind = CANDIDATE_BEFORE},
			 nameless = {.kind = CANDIDATE_NAMELESS};

	(void)state;
	assert_non_null(model);
	model->scores[QUOTE_MODEL_NEAR][0] = 7;
	model->scores[QUOTE_MODEL_NEAR][QUOTE_MODEL_BINS - 1] = 97;
	model->scores[QUOTE_MODEL_HEIR][QUOTE_MODEL_BINS - 1] = 96;
	model->scores[QUOTE_MODEL_NAMELESS][QUOTE_MODEL_BINS / 2] = 50;
	assert_int_equal(rank_calibrate(model, &near, 0), 7);
	assert_int_equal(rank_calibrate(model, &near, RANK_CHANCE), 97);
	assert_int_equal(rank_calibrate(model, &heir, RANK_CHANCE), 96);
	assert_int_equal(rank_calibrate(model, &nameless, RANK_CHANCE / 2 + 10), 50);
	free(model);
}

/* A feature falls into the table, and the same one for the same candidate. */
static void
adds_up_weights(void **state)
{
	struct news_quote_model *model = calloc(1, sizeof *model);
	struct rank_place place = {.chosen = FRAME_NONE};
	struct candidate nobody = {.kind = CANDIDATE_NOBODY}, heir = {.kind = CANDIDATE_LATER};
	struct rank_features features, again;
	size_t i;
	int sum = 0;

	(void)state;
	assert_non_null(model);
	rank_describe(&place, NULL, &nobody, &features);
	assert_in_range(features.count, 10, RANK_FEATURES - 1);
	for (i = 0; i < features.count; i++) {
		assert_in_range(features.id[i], 0, QUOTE_MODEL_SIZE - 1);
		assert_non_null(rank_template_name(features.template[i]));
		model->weights[features.id[i]] = (int8_t)(i % 2 == 0 ? 100 : -100);
	}
	for (i = 0; i < features.count; i++)
		sum += model->weights[features.id[i]];
	rank_describe(&place, NULL, &nobody, &again);
	assert_int_equal(rank_score(model, &again), sum);
	rank_describe(&place, NULL, &heir, &again);
	assert_in_range(again.count, 5, RANK_FEATURES - 1);
	assert_int_not_equal(again.id[0], features.id[0]);
	free(model);
}

/* The model built in knows something, and is surer of its answers the greater their chance. */
static void
has_a_model(void **state)
{
	size_t weights = 0, i;
	unsigned class, bin;

	(void)state;
	for (i = 0; i < QUOTE_MODEL_SIZE; i++)
		weights += quote_model_embedded.weights[i] != 0;
	assert_in_range(weights, 1000, QUOTE_MODEL_SIZE / 2);
	for (class = 0; class < QUOTE_MODEL_CLASSES; class ++)
		for (bin = 0; bin < QUOTE_MODEL_BINS; bin++) {
			assert_in_range(quote_model_embedded.scores[class][bin], 0, 100);
			if (bin > 0)
				assert_true(quote_model_embedded.scores[class][bin] >=
				    quote_model_embedded.scores[class][bin - 1]);
		}
	assert_true(quote_model_embedded.scores[QUOTE_MODEL_NEAR][QUOTE_MODEL_BINS - 1] > 90);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hashes_words_as_ever),
	    cmocka_unit_test(gives_odds),
	    cmocka_unit_test(calibrates),
	    cmocka_unit_test(adds_up_weights),
	    cmocka_unit_test(has_a_model),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
