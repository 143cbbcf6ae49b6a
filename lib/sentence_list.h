/* SPDX-License-Identifier: ISC
 *
 * sentence_list.h - lists whose items stand in one line: "1. Rest 2. Drink water", "a) first b) second"
 */
#ifndef SENTENCE_LIST_H
#define SENTENCE_LIST_H

#include "sentence_place.h"

/* The sentence begins with the number of an item, and FOUND, the stop or bracket that was found, closes the next
 * number: gives where the sentence ends before that; else 0. */
size_t sentence_list_end(const struct stops_view *view, const struct stops_place *found);

#endif
