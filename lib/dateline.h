/* SPDX-License-Identifier: ISC
 *
 * dateline.h - "JERUSALEM (AP) --" in front of the text of a paragraph
 */
#ifndef DATELINE_H
#define DATELINE_H

#include "news.h"

/* AT[begin..end) of TEXT is a paragraph without blanks around it. Gives the end of the dateline it begins with, its
 * dash included, or `begin` when it begins with none. EARLY: one of the first paragraphs of a document, where a place
 * in capitals and a dash are enough. Looks at a bounded number of bytes. */
size_t dateline_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end, bool early);

#endif
