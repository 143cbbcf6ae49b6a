/* SPDX-License-Identifier: ISC
 *
 * html_sections.h - sections of a page whose heading says that they are no text of the article
 */
#ifndef HTML_SECTIONS_H
#define HTML_SECTIONS_H

#include "html_article.h"

/* The lines of lib/rules/html_sections.txt without its comments, NULL-terminated; made by scripts/compile-rules. */
extern const char *const rules_html_sections[];

struct html_sections;

/* NULL: out of memory. */
struct html_sections *html_sections_new(void);
void html_sections_free(struct html_sections *sections);

/* Flag the blocks of such sections, and take their weight away. What follows such a heading inside the element around
 * it is its section; where text of the article stands before it in the same element, only if little follows. AUTHORS: a
 * heading that is the name of one of them begins a section about them. false: out of memory. */
bool html_sections_mark(const struct html_sections *sections, struct html_article *article,
    const struct news_text *authors, size_t author_count);

#endif
