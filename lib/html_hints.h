/* SPDX-License-Identifier: ISC
 *
 * html_hints.h - what the name of a class or id says of the text inside (lib/rules/html_hints.txt)
 */
#ifndef HTML_HINTS_H
#define HTML_HINTS_H

#include "news.h"

/* The lines of lib/rules/html_hints.txt without its comments, NULL-terminated; made by scripts/compile-rules. */
extern const char *const rules_html_hints[];

enum html_hint {
	HTML_HINT_BODY = 1,   /* the text of the article */
	HTML_HINT_AROUND = 2, /* the article with what belongs to it */
	HTML_HINT_DROP = 4,   /* none of its text */
	HTML_HINT_EXACT = 8,  /* a name is nothing but words of BODY or AROUND */
	HTML_HINT_NEVER = 16  /* with DROP: however little is left then */
};

struct html_hints;

/* NULL: out of memory. */
struct html_hints *html_hints_new(void);
void html_hints_free(struct html_hints *hints);

/* Which hints the NAMES give together (the value of a class or id: names parted by white space), as flags. */
unsigned html_hints_of(const struct html_hints *hints, struct news_text names);

#endif
