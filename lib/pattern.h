/* SPDX-License-Identifier: ISC
 *
 * pattern.h - one pattern of a user's (pcre2), under limits that no input can exceed
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "news.h"

struct pattern;

/* Compile SOURCE. NULL with ERROR set when it is wrong or memory is short. */
struct pattern *pattern_new(const char *source, struct news_error *error);
void pattern_free(struct pattern *pattern);

/* Whether PATTERN matches somewhere in TEXT, which need not be well-formed. A match that takes too many steps is none,
 * and is counted. */
bool pattern_matches(struct pattern *pattern, struct news_text text);

/* Matches given up since `new`. */
size_t pattern_given_up(const struct pattern *pattern);

#endif
