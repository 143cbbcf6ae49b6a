/* SPDX-License-Identifier: ISC
 *
 * rule.h - one rule that gives a paragraph its kind: a line of a file of rules, and whether a paragraph fits it
 *
 * A line is
 *
 *     kind [word...] TAB [words it begins with TAB] pattern
 *
 * kind: title, dateline, byline, body or note. The words behind it, parted by blanks, say which text must fit the
 * pattern (all of the paragraph where none does) and where the paragraph must stand (anywhere; of several, one must
 * hold):
 *
 *     front   the paragraph's front; what follows goes on as if it began there
 *     back    its end; what stands before is body
 *     top     near the beginning of the document, before its second paragraph of body
 *     last    near its end
 *     under   directly under a byline
 *     list    short paragraphs that follow, written as headlines are or without a stop, are of the same kind
 *
 * The second column says how such a paragraph begins, in lower case, parted by `|`; `*words` how it ends, but for
 * marks; `*` alone is any; `+word` is any that begins with words in capitals, as a
 * name does, and has `word` as its first small one; `\` before a word makes its first byte stand for itself. Where it
 * has two columns only, any paragraph is tried. The pattern is pcre2's (UTF, properties of Unicode, `.` is any
 * character).
 */
#ifndef RULE_H
#define RULE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include "news.h"

#include <pcre2.h>

enum rule_side { RULE_HEAD, RULE_TAIL, RULE_NAME, RULE_ANY };

enum rule_part { RULE_WHOLE, RULE_FRONT, RULE_BACK };

/* Where a paragraph stands. Bits. */
enum { RULE_TOP = 1, RULE_LAST = 2, RULE_UNDER = 4 };

struct rule {
	enum news_kind kind;
	enum rule_part part;
	unsigned where; /* of these bits one must hold; 0: anywhere */
	bool list;
	struct news_text edges, pattern; /* the columns as they stand in the line; borrowed */
	pcre2_code *code;                /* NULL: not compiled */
	bool is_fast;                    /* sped up */
	unsigned tries;                  /* matches tried so far, as far as its owner counts them */
};

/* What a thread needs to try patterns, and how far it goes. */
struct rule_matcher {
	pcre2_match_data *data;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
	size_t given_up; /* matches given up because they took too many steps */
};

/* Read LINE, which is borrowed by RULE. NULL, or what is wrong with it. */
const char *rule_parse(struct news_text line, struct rule *rule);

/* The next of the words in EDGES, which is taken off them, and the side of the paragraph that it is for. false: none is
 * left. */
bool rule_next_edge(struct news_text *edges, struct news_text *word, enum rule_side *side);

/* Whether PARAGRAPH, not empty, begins or ends with one of the words of RULE. */
bool rule_has_edge(const struct rule *rule, struct news_text paragraph);

/* The first small word of a PARAGRAPH, not empty, that begins with words in capitals; empty where it has none near its
 * beginning, or begins otherwise. */
struct news_text rule_small_word(struct news_text paragraph);

static inline bool
rule_is_end_mark(char byte)
{
	return byte == '.' || byte == ':' || byte == '"' || byte == ')' || byte == '!' || byte == ']' || byte == '*';
}

/* PARAGRAPH without the marks at its end. */
static inline struct news_text
rule_trimmed(struct news_text paragraph)
{
	while (paragraph.bytes > 0 && rule_is_end_mark(paragraph.at[paragraph.bytes - 1]))
		paragraph.bytes--;
	return paragraph;
}

/* Compile the pattern. false: it is wrong, ERROR says why. */
bool rule_compile(struct rule *rule, struct news_error *error);

/* Make matching the compiled pattern faster, once, at the price of some thirty matches. */
void rule_speed_up(struct rule *rule);
void rule_release(struct rule *rule);

/* STEPS: how many a pattern may take on one paragraph. false: out of memory. */
bool rule_matcher_init(struct rule_matcher *matcher, unsigned steps);
void rule_matcher_release(struct rule_matcher *matcher);

/* Whether PARAGRAPH fits the compiled RULE. `*bytes` gets the size of the piece that does: of all of it, its front, or
 * its end. A front or end is looked for in a bounded number of bytes. A pattern that takes too many steps does not fit.
 */
bool rule_fits(const struct rule *rule, struct rule_matcher *matcher, struct news_text paragraph, size_t *bytes);

#endif
