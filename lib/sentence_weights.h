/* SPDX-License-Identifier: ISC
 *
 * sentence_weights.h - the weights of lib/models/sentence.txt; compiled by scripts/compile-model
 */
#ifndef SENTENCE_WEIGHTS_H
#define SENTENCE_WEIGHTS_H

#include "sentence_model.h"

#include <stdint.h>

extern const int16_t sentence_weights[SENTENCE_MODEL_SIZE];

#endif
