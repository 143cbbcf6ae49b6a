/* SPDX-License-Identifier: ISC
 *
 * quote_model.h - the weights of the ranker of quotations, and how sure its answers are
 *
 * A file of a model is lib/models/quote.txt: lines
 *
 *     weight TAB FEATURE TAB WEIGHT
 *     score TAB CLASS TAB BIN TAB SCORE
 *
 * where a score is how many of a hundred rows are right whose speaker was chosen with a chance in that bin. Lines that
 * begin with `#` and blank ones are comments.
 */
#ifndef QUOTE_MODEL_H
#define QUOTE_MODEL_H

#include "news.h"

#include <stdint.h>

#define QUOTE_MODEL_BITS 17
#define QUOTE_MODEL_SIZE (1u << QUOTE_MODEL_BITS)
#define QUOTE_MODEL_SCALE 16 /* a weight of so much is 1, in natural logarithms of odds */
#define QUOTE_MODEL_BINS 20  /* of a chance, each as wide as the others */

/* What kind of answer a score is of. */
enum quote_model_class {
	QUOTE_MODEL_NEAR,     /* one who stands in the sentence */
	QUOTE_MODEL_HEIR,     /* one from outside */
	QUOTE_MODEL_NAMELESS, /* nobody who is told */
	QUOTE_MODEL_CLASSES
};

struct news_quote_model {
	int8_t weights[QUOTE_MODEL_SIZE];
	uint8_t scores[QUOTE_MODEL_CLASSES][QUOTE_MODEL_BINS]; /* hundredths */
};

/* The one built in, made of lib/models/quote.txt by scripts/compile-quote-model. */
extern const struct news_quote_model quote_model_embedded;

#endif
