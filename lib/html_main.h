/* SPDX-License-Identifier: ISC
 *
 * html_main.h - which blocks of a page are the text of its article
 *
 * Three kinds of evidence, in this order:
 * - `articleBody` of JSON-LD, found again in the page: where it stands, the article stands (never its words
 * themselves).
 * - Names: article and main, itemprop=articleBody, classes and ids (lib/rules/html_hints.txt). What is named
 * navigation, comments, related articles and the like is passed over beforehand.
 * - Density: running text has sentences and few links. Each block has a weight in bytes; it counts for the elements
 *   around it, less the further out they are, as in Readability (Arc90, 2009), and the heaviest element has the
 * article. Inside the article, a block is kept if it reads as text of it. Where little is left, the same is done again
 * with less passed over. The cost is linear in the page.
 */
#ifndef HTML_MAIN_H
#define HTML_MAIN_H

#include "html_text.h"

struct html_main;

/* NULL: out of memory. */
struct html_main *html_main_new(void);
void html_main_free(struct html_main *main);

/* What is known of the article before. */
struct html_known {
	struct news_text title; /* its headline, which is no part of the text; or empty */
	size_t heading;         /* the node that has the headline; 0: none has */
	struct news_text body;  /* its text as JSON-LD has it; or empty */
	const struct news_text *authors;
	size_t author_count;
};

/* Find the article in TREE. false: out of memory. */
bool html_main_find(struct html_main *main, const struct html_tree *tree, const struct html_known *known);

/* How much was found. */
size_t html_main_bytes(const struct html_main *main);

/* The next paragraph of what was found; false: there is none. `*state` is 0 before the first. */
bool html_main_next(const struct html_main *main, size_t *state, struct news_text *paragraph);

#endif
