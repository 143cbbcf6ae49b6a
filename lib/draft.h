/* SPDX-License-Identifier: ISC
 *
 * draft.h - the title and paragraphs of a document in the order in which its markup brings them, before they are
 * composed
 *
 * For formats whose title may stand behind the first paragraph, and whose paragraphs are pieced together: append words
 * to `words`, remembering where they began, then say what they are.
 */
#ifndef DRAFT_H
#define DRAFT_H

#include "buffer.h"
#include "compose.h"

/* All zero is a fresh one. */
struct draft {
	struct buffer words;
	struct news_span title, *paragraphs;
	size_t count, room;
};

void draft_release(struct draft *draft);
void draft_start(struct draft *draft);

/* What was appended from BEGIN on, white space around it cut. */
struct news_text draft_since(const struct draft *draft, size_t begin);

/* The words from BEGIN on are a paragraph; nothing happens where they are blank. false: out of memory. */
bool draft_paragraph(struct draft *draft, size_t begin);

/* The same of the title. A second one is a paragraph, the same one again is none. */
bool draft_title(struct draft *draft, size_t begin);

/* The words from BEGIN on are lines of plain text with paragraphs to be told apart. What parts them is, in this order:
 * blank lines; lines that are indented where others are not; where there is nothing of this, lines that end early: the
 * first word of the next would have fitted (tables, lists). false: out of memory. */
bool draft_lines(struct draft *draft, size_t begin);

/* Whether A and B are the same words, whatever white space stands between them. */
bool draft_is_same(struct news_text a, struct news_text b);

/* Hand title and paragraphs on. false: out of memory. */
bool draft_compose(const struct draft *draft, struct compose *compose);

/* The name in BYLINE: without the "By " in front of it. */
struct news_text draft_author(struct news_text byline);

#endif
