/* SPDX-License-Identifier: ISC
 *
 * sentence_rules.h - whether a sentence ends at a place, by rule
 */
#ifndef SENTENCE_RULES_H
#define SENTENCE_RULES_H

#include "sentence_place.h"

bool sentence_rule(const struct stops_view *view, struct sentence_place *place);

/* Whether ENDS, what the rule says of PLACE, leaves no doubt: "the house. The", "3.5". */
bool sentence_rule_is_certain(const struct sentence_place *place, bool ends);

#endif
