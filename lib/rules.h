/* SPDX-License-Identifier: ISC
 *
 * rules.h - what kind of paragraph a paragraph is, by the patterns of lib/rules/paragraphs.txt
 */
#ifndef RULES_H
#define RULES_H

#include "news.h"

/* The lines of lib/rules/paragraphs.txt without its comments, NULL-terminated; made by scripts/compile-rules. */
extern const char *const rules_paragraphs[];

/* Longer paragraphs are running text. Bytes. */
#define RULES_PARAGRAPH_MAX 480

struct rules;

struct rules *rules_new(void);
void rules_free(struct rules *rules);

/* The kind of PARAGRAPH (without blanks around it): NEWS_NOTE, NEWS_BYLINE, NEWS_DATELINE, or NEWS_BODY when no rule
 * fits. Never fails: a pattern that exceeds its limits does not fit. */
enum news_kind rules_kind(struct rules *rules, struct news_text paragraph);

/* The number of the first rule that does not compile, from 1; 0 when all do. For tests. */
size_t rules_check(struct rules *rules);

#endif
