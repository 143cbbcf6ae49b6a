/* SPDX-License-Identifier: ISC
 *
 * One walk over the nodes in their order. Where elements end is known from the stack of the open ones, which is the
 * chain of parents.
 */
#include "html_text.h"

#include <stdlib.h>

struct walk {
	struct html_text *state;
	const struct html_tree *tree;
	struct html_block block; /* the one at hand */
	bool space;              /* white space waits for a word to follow */
	size_t breaks;           /* line breaks since the last word, none of another block */
	size_t indent;           /* bytes of no-break spaces that stand alone behind a line break */
	bool indent_parted;      /* white space stands behind them */
	size_t links, pres;      /* elements open of these kinds */
	uint32_t block_node;
};

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

/* Whether AT is nothing but no-break spaces and spaces: "<p>&nbsp;</p>", which holds a place. */
static bool
is_place_holder(const char *at, size_t bytes)
{
	size_t i = 0;

	while (i < bytes) {
		if (at[i] == ' ')
			i++;
		else if (bytes - i >= 2 && memcmp(at + i, "\xC2\xA0", 2) == 0)
			i += 2;
		else
			return false;
	}
	return true;
}

/* End the block at hand. */
static bool
flush(struct walk *walk)
{
	struct html_text *state = walk->state;
	struct html_block *grown;

	walk->space = false;
	walk->breaks = walk->indent = 0;
	if (is_place_holder(state->words.at + walk->block.text.begin, state->words.bytes - walk->block.text.begin))
		state->words.bytes = walk->block.text.begin;
	walk->block.text.end = state->words.bytes;
	if (walk->block.text.begin < walk->block.text.end) {
		grown = array_grow(state->blocks, state->block_count, &state->block_room, sizeof *state->blocks);
		if (grown == NULL)
			return false;
		state->blocks = grown;
		grown[state->block_count++] = walk->block;
	}
	walk->block = (struct html_block){.text = {state->words.bytes, state->words.bytes}, .node = walk->block_node};
	return true;
}

static bool
add_words(struct walk *walk, const char *at, size_t bytes)
{
	struct buffer *words = &walk->state->words;

	if (walk->space && words->bytes > walk->block.text.begin) {
		walk->block.breaks += walk->breaks > 0;
		walk->block.link_bytes += walk->links > 0;
		if (!buffer_add_byte(words, ' '))
			return false;
	}
	if (walk->indent > 0) {
		for (; walk->indent > 0; walk->indent -= 2)
			if (!buffer_add(words, "\xC2\xA0", 2))
				return false;
		if (walk->indent_parted && !buffer_add_byte(words, ' '))
			return false;
	}
	walk->space = false;
	walk->breaks = 0;
	walk->block.link_bytes += walk->links > 0 ? bytes : 0;
	return buffer_add(words, at, bytes);
}

static bool
add_break(struct walk *walk)
{
	walk->space = true;
	walk->indent = 0;
	if (++walk->breaks < 2 || walk->state->words.bytes == walk->block.text.begin)
		return true;
	return flush(walk);
}

static bool
add_text(struct walk *walk, uint32_t node)
{
	const struct news_span *span = &walk->tree->nodes[node].text;
	const char *at = walk->tree->text.at + span->begin, *end = walk->tree->text.at + span->end;

	while (at < end) {
		const char *word = at;

		if (is_blank(*at)) {
			if (walk->pres > 0 && *at == '\n') {
				if (!add_break(walk))
					return false;
			}
			walk->space = walk->indent_parted = true;
			at++;
			continue;
		}
		while (at < end && !is_blank(*at))
			at++;
		/* Between two line breaks they make an empty line. */
		if (walk->breaks > 0 && is_place_holder(word, (size_t)(at - word))) {
			walk->indent += (size_t)(at - word);
			walk->indent_parted = false;
			continue;
		}
		walk->block.last = node;
		if (!add_words(walk, word, (size_t)(at - word)))
			return false;
	}
	return true;
}

/* An element begins (OPENS) or ends. */
static bool
cross(struct walk *walk, uint32_t node, bool opens)
{
	enum html_element element = (enum html_element)walk->tree->nodes[node].element;

	switch (element) {
	case HTML_BR:
		return !opens || add_break(walk);
	case HTML_A:
		walk->links += opens ? 1 : (size_t)-1;
		return true;
	case HTML_Q:
		walk->block.last = node;
		return opens ? add_words(walk, "\xE2\x80\x9C", 3) : buffer_add(&walk->state->words, "\xE2\x80\x9D", 3);
	case HTML_PRE:
		walk->pres += opens ? 1 : (size_t)-1;
		break;
	default:
		break;
	}
	if (html_element_flow(element) != HTML_BLOCK)
		return true;
	if (opens) {
		walk->block_node = node;
	} else {
		do
			node = walk->tree->nodes[node].parent;
		while (
		    node != 0 && html_element_flow((enum html_element)walk->tree->nodes[node].element) != HTML_BLOCK);
		walk->block_node = node;
	}
	return flush(walk);
}

bool
html_text_blocks(struct html_text *state, const struct html_tree *tree, size_t root, const bool *hidden)
{
	struct walk walk = {.state = state, .tree = tree, .block_node = (uint32_t)root};
	uint32_t node = (uint32_t)root, open = node; /* the innermost element that is open */

	state->words.bytes = state->block_count = 0;
	if (!buffer_reserve(&state->words, 1))
		return false;
	walk.block.node = (uint32_t)root;
	while (node < tree->nodes[root].end) {
		const struct html_node *at = &tree->nodes[node];

		while (open != root && tree->nodes[open].end <= node) {
			if (!cross(&walk, open, false))
				return false;
			open = tree->nodes[open].parent;
		}
		if ((hidden != NULL && hidden[node]) ||
		    html_element_flow((enum html_element)at->element) == HTML_HIDDEN) {
			node = at->end;
			continue;
		}
		if (at->element == HTML_TEXT) {
			if (!add_text(&walk, node))
				return false;
		} else {
			if (node != root) {
				if (!cross(&walk, node, true))
					return false;
				open = node;
			}
		}
		node++;
	}
	while (open != root) {
		if (!cross(&walk, open, false))
			return false;
		open = tree->nodes[open].parent;
	}
	return flush(&walk);
}

bool
html_text_fragment(struct html_text *state, struct news_text html, struct compose *compose)
{
	struct news_error error;
	enum news_status status;
	size_t i;

	if (html.bytes == 0)
		return true;
	if (memchr(html.at, '<', html.bytes) == NULL && memchr(html.at, '&', html.bytes) == NULL)
		return compose_paragraph(compose, html);
	status = html_tree_parse(&state->tree, html, &error);
	if (status == NEWS_REJECTED)
		return compose_paragraph(compose, html);
	if (status != NEWS_OK || !html_text_blocks(state, &state->tree, 0, NULL))
		return false;
	for (i = 0; i < state->block_count; i++) {
		const struct html_block *block = &state->blocks[i];

		if (!compose_paragraph(compose,
			(struct news_text){state->words.at + block->text.begin, block->text.end - block->text.begin}))
			return false;
	}
	return true;
}

void
html_text_release(struct html_text *state)
{
	buffer_release(&state->words);
	free(state->blocks);
	html_tree_release(&state->tree);
	memset(state, 0, sizeof *state);
}
