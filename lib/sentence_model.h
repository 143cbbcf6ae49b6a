/* SPDX-License-Identifier: ISC
 *
 * sentence_model.h - whether a sentence ends at a place that leaves rules in doubt: a linear model, trained by
 * scripts/train-split
 */
#ifndef SENTENCE_MODEL_H
#define SENTENCE_MODEL_H

#include "sentence_place.h"

/* The features of PLACE, where the rules say RULE, into FEATURES: numbers below SENTENCE_MODEL_SIZE. */
#define SENTENCE_MODEL_FEATURES 24
#define SENTENCE_MODEL_SIZE 16384
size_t sentence_model_features(const struct stops_view *view, struct sentence_place *place, bool rule,
    unsigned features[SENTENCE_MODEL_FEATURES]);

bool sentence_model(const struct stops_view *view, struct sentence_place *place, bool rule);

#endif
