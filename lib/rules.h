/* SPDX-License-Identifier: ISC
 *
 * rules.h - what kind a paragraph, its front or its end is, by the user's rules and those of lib/rules/paragraphs.txt
 */
#ifndef RULES_H
#define RULES_H

#include "rule.h"

/* The lines of lib/rules/paragraphs.txt without its comments, NULL-terminated; made by scripts/compile-rules. */
extern const char *const rules_paragraphs[];

/* Longer paragraphs as a whole are running text for the embedded rules, and for the user's. Bytes. */
#define RULES_PARAGRAPH_MAX 1000
#define RULES_USER_MAX 16384

/* A user's rules, compiled; read-only, so that threads share them. */
struct news_rules {
	struct rule *rules;
	size_t count, room;
	char **files; /* their texts, which the rules point into */
	size_t file_count, file_room;
};

struct rules_match {
	enum news_kind kind;
	enum rule_part part;
	size_t bytes; /* of the piece */
	bool list;
};

struct rules;

struct rules *rules_new(void);
void rules_free(struct rules *rules);

/* Use the user's rules too; borrowed. NULL: none. */
void rules_set_user(struct rules *rules, const struct news_rules *user);

/* Whether there are rules of the user's. */
bool rules_has_user(const struct rules *rules);

/* Whether a rule of the user's takes PARAGRAPH (not empty, without blanks around it), which stands WHERE; rules for an
 * end are tried only where BACK. */
bool rules_match_user(struct rules *rules, struct news_text paragraph, unsigned where, bool back,
    struct rules_match *match);

/* The same for the embedded rules. */
bool rules_match(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match);

/* Matches of the user's patterns given up since `new` because they took too many steps; each was taken as none. */
size_t rules_given_up(const struct rules *rules);

/* The number of the first embedded rule that is malformed or does not compile, from 1; 0 when all do. For tests. */
size_t rules_check(struct rules *rules);

#endif
