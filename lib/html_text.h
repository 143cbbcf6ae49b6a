/* SPDX-License-Identifier: ISC
 *
 * html_text.h - the words of a page, block by block, as a browser would set them
 *
 * A block is a run of words with no border of a block element in it (html_element.h), no two line breaks with only
 * white space between, no blank line of a `pre`. Inline tags part nothing: "<b>W</b>ord" is one word. White space
 * collapses as CSS Text 3, section 4.1.1 has it: runs of space, TAB, LF, CR and form feed are one space, none stands at
 * the ends. No-break spaces (U+00A0) and soft hyphens (U+00AD) are kept as they are: they are characters of the text,
 * and whoever compares words passes over them. The marks of `q` are “ and ”, which browsers show there.
 */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include "compose.h"
#include "html_tree.h"

struct html_block {
	struct news_span text; /* in the words of html_text */
	uint32_t node;         /* the innermost block element around it */
	uint32_t last;         /* its last node with characters; its first one is behind `node` */
	size_t link_bytes;     /* how much of it are words of links */
	size_t breaks;         /* single line breaks inside it, as spaces in its words */
};

struct html_text {
	struct buffer words;
	struct html_block *blocks;
	size_t block_count, block_room;
	struct html_tree tree; /* of fragments */
};

/* All zero is a fresh one. */
void html_text_release(struct html_text *state);

/* Find the blocks of the subtree NODE of TREE, forgetting those before. With HIDDEN (a flag a node), flagged subtrees
 * are passed over; elements of the flow HTML_HIDDEN always are. false: out of memory. */
bool html_text_blocks(struct html_text *state, const struct html_tree *tree, size_t node, const bool *hidden);

/* Hand every block of HTML, a piece of a page (the content of a feed's item) as an XML parser gives it, to
 * compose_paragraph. A fragment over the limits of html_tree.h is handed on as it stands, tags and all, as one
 * paragraph, so that nothing is lost. false: out of memory. */
bool html_text_fragment(struct html_text *state, struct news_text html, struct compose *compose);

#endif
