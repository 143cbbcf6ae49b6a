/* SPDX-License-Identifier: ISC
 *
 * byline.h - the name of who wrote a story, alone on a line
 */
#ifndef BYLINE_H
#define BYLINE_H

#include "news.h"

/* Whether the paragraph SPAN of TEXT is one or more names of persons ("Ann Roe and John Poe") and nothing else, none of
 * which comes again in the text soon after: who is written of comes again. Looks at a bounded number of bytes. */
bool byline_is_person(const struct news_lists *lists, struct news_text text, struct news_span span);

#endif
