/* SPDX-License-Identifier: ISC
 *
 * headline.h - whether a paragraph is written as headlines are
 */
#ifndef HEADLINE_H
#define HEADLINE_H

#include "news.h"

/* Whether SPAN, the first paragraph of running text in TEXT, without blanks around it, is the title: something follows,
 * and it is written as headlines are. */
bool headline_is_title(const struct news_lists *lists, struct news_text text, struct news_span span);

/* Whether most long words of SPAN begin with a capital, or all its letters are capitals. */
bool headline_has_capitals(struct news_text text, struct news_span span);

/* Whether SPAN ends in a mark that ends a sentence, quotation marks and brackets behind it left out. */
bool headline_ends_in_stop(struct news_text text, struct news_span span);

#endif
