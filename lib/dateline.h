/* SPDX-License-Identifier: ISC
 *
 * dateline.h - "JERUSALEM (AP) --" in front of the text of a paragraph
 */
#ifndef DATELINE_H
#define DATELINE_H

#include "news.h"

/* AT[begin..end) of TEXT is a paragraph without blanks around it. Gives the end of the dateline it begins with, its
 * mark included, or `begin` when it begins with none. EARLY: one of the first paragraphs of a document, where a place
 * in capitals and a dash are enough, or a known place in capitals and a colon ("NEW DELHI: ..."). Looks at a bounded
 * number of bytes. */
size_t dateline_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end, bool early);

/* Whether all of the paragraph SPAN is the name of a known place. */
bool dateline_is_place(const struct news_lists *lists, struct news_text text, struct news_span span);

#endif
