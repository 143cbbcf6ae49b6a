/* SPDX-License-Identifier: ISC
 *
 * sentence.h - where sentences end
 */
#ifndef SENTENCE_H
#define SENTENCE_H

#include "news.h"

/* AT[begin..end) of TEXT is (what is left of) a paragraph, without blanks around it; begin < end. Gives the end of its
 * first sentence (begin < result <= end), U+0020 and LF after it not included. LF inside is a blank. Linear in the
 * bytes it passes; never looks before `begin`. */
size_t sentence_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end);

#endif
