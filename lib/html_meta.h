/* SPDX-License-Identifier: ISC
 *
 * html_meta.h - what a page says of itself: title, date, authors, source, url, language
 *
 * From JSON-LD (html_linked.h), meta elements (lib/rules/html_meta.txt), `link rel=canonical`, `time`, `rel=author`,
 * microdata, h1, title and the lang of html.
 */
#ifndef HTML_META_H
#define HTML_META_H

#include "compose.h"
#include "html_linked.h"
#include "html_text.h"

/* The lines of lib/rules/html_meta.txt without its comments, NULL-terminated; made by scripts/compile-rules. */
extern const char *const rules_html_meta[];

enum html_role { HTML_TITLE_OF, HTML_DATE_OF, HTML_AUTHOR_OF, HTML_SOURCE_OF, HTML_URL_OF, HTML_LANG_OF, HTML_ROLES };

/* Headings of the first three levels that are looked at. */
#define HTML_HEADINGS_MAX 32

struct html_meta {
	struct html_linked linked;
	struct {
		struct news_text value; /* in the tree */
		size_t rank;            /* line of the rules, from 1; 0: none was found */
	} best[HTML_ROLES];
	struct news_text authors[HTML_LINKED_AUTHORS_MAX], time, written, url; /* written: what a rel=author says */
	size_t author_count, author_marks;
	struct news_span headings[HTML_HEADINGS_MAX], page_title; /* in `strings` */
	size_t heading_nodes[HTML_HEADINGS_MAX], heading_count;
	size_t heading; /* the node whose words are the title; 0: none */
	struct buffer strings, title;
	struct buffer keys[3];
	struct html_text words;
};

/* All zero is a fresh one. */
void html_meta_release(struct html_meta *meta);

/* Find all of it in TREE, which is borrowed as long as the rest is used, and so is URL, where the page was fetched;
 * empty: as the page says. false: out of memory. */
bool html_meta_find(struct html_meta *meta, const struct html_tree *tree, struct news_text url);

/* The title, without the name of the site where something else on the page shows that it is one; empty: there is none.
 */
struct news_text html_meta_title(const struct html_meta *meta);

/* The I-th author, as the best source has them; at == NULL: there are no more. */
struct news_text html_meta_author(const struct html_meta *meta, size_t i);

/* Hand the fields to compose, but not the title. false: out of memory. */
bool html_meta_compose(const struct html_meta *meta, struct compose *compose);

/* Write to OUT, in place of what it holds, the letters and digits of TEXT in small letters and nothing else: what two
 * wordings of a title have in common. false: out of memory. */
bool html_meta_key(struct buffer *out, struct news_text text);

#endif
