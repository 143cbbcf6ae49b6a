/* SPDX-License-Identifier: ISC */
#include "html_main.h"

#include "html_article.h"
#include "html_meta.h"
#include "html_sections.h"
#include "rules.h"
#include "text.h"

#include <stdlib.h>

/* An article with less text than this, which nobody named, makes one look again with less passed over. Bytes. */
#define LITTLE 250

/* Text that stands in JSON-LD's body: so many hundredths of it. */
#define COVERED 50

/* A block at the ends of the article that is shorter than this and no running text is none of it. Bytes. */
#define END_LABEL 100

/* So many blocks of links in a row end the article, where only little text follows. */
#define LINKS_END 4

struct html_main {
	struct html_article article;
	struct html_sections *sections;
	struct rules *rules;
};

struct html_main *
html_main_new(void)
{
	struct html_main *main = calloc(1, sizeof *main);

	if (main == NULL)
		return NULL;
	main->article.hints = html_hints_new();
	main->sections = html_sections_new();
	main->rules = rules_new();
	if (main->article.hints == NULL || main->sections == NULL || main->rules == NULL) {
		html_main_free(main);
		return NULL;
	}
	return main;
}

void
html_main_free(struct html_main *main)
{
	if (main == NULL)
		return;
	html_hints_free(main->article.hints);
	html_grams_release(&main->article.grams);
	html_text_release(&main->article.words);
	buffer_release(&main->article.key);
	buffer_release(&main->article.title);
	free(main->article.hidden);
	free(main->article.hint);
	free(main->article.weights);
	free(main->article.sums);
	html_sections_free(main->sections);
	rules_free(main->rules);
	free(main);
}

static bool
has_letter(struct news_text text)
{
	const char *at = text.at, *end = at + text.bytes;
	size_t width;

	for (; at < end; at += width)
		if (text_is_letter(text_decode(at, (size_t)(end - at), &width)))
			return true;
	return false;
}

/* Whether most of the text between the blocks BEGIN and END stands in elements made for paragraphs. */
static bool
is_in_paragraphs(const struct html_article *article, size_t begin, size_t end)
{
	size_t i, in = 0, out = 0;

	for (i = begin; i < end; i++)
		*(html_article_is_paragraph(html_article_element(article, i)) ? &in : &out) +=
		    article->weights[i].weight;
	return in > out;
}

/* Whether TEXT, not empty and without blanks around it, is a note as a whole. */
static bool
is_note(struct rules *rules, struct news_text text)
{
	struct rules_match match;

	return rules_match(rules, text, 0, false, &match) && match.kind == NEWS_NOTE && match.part == RULE_WHOLE;
}

/* Whether BLOCK, which is inside the article, reads as text of it. Headings are judged later. */
static bool
is_text(const struct html_main *main, size_t block)
{
	const struct html_article *article = &main->article;
	const struct html_weight *weight = &article->weights[block];
	struct news_text text = html_article_text(article, block);
	size_t links = article->words.blocks[block].link_bytes;
	enum html_element element = html_article_element(article, block);

	if (weight->title || weight->beside || weight->teaser || element == HTML_H1)
		return false;
	if (html_article_is_heading(element))
		return links < text.bytes;
	if (!has_letter(text) || is_note(main->rules, text))
		return false;
	if (article->in_paragraphs && !html_article_is_paragraph(element) && text.bytes < HTML_LABEL &&
	    !html_article_ends_in_stop(text))
		return false;
	if (element == HTML_TD || element == HTML_TH)
		return weight->weight > 0;
	return element == HTML_LI ? 2 * links <= text.bytes : 10 * links < 6 * text.bytes;
}

/* A body that JSON-LD has in full says what is none of it: text between its first and last paragraph that it does not
 * have, and what little stands behind. */
static void
trust_body(struct html_article *article, size_t begin, size_t end)
{
	size_t i, first = end, last = begin, covered = 0, behind = 0;

	for (i = begin; i < end; i++)
		if (article->weights[i].cover >= COVERED) {
			first = first == end ? i : first;
			last = i;
			covered += article->weights[i].weight;
		}
	if (first == end)
		return;
	for (i = last + 1; i < end; i++)
		behind += article->weights[i].kept ? article->weights[i].weight : 0;
	for (i = first; i < (5 * behind < covered ? end : last); i++)
		if (article->weights[i].cover < COVERED && article->weights[i].weight > 0 &&
		    html_article_element(article, i) != HTML_LI)
			article->weights[i].kept = false;
}

/* A list of links behind the article ends it, unless a good part of it follows: "More from this section". */
static void
cut_tail(struct html_article *article, size_t begin, size_t end)
{
	size_t i, links = 0, before = 0, strong;

	for (i = begin; i < end; i++) {
		const struct html_weight *weight = &article->weights[i];

		if (weight->links || weight->teaser) {
			links++;
			continue;
		}
		if (links >= LINKS_END && before > 0) {
			strong = article->sums[end].strong - article->sums[i].strong;
			if (4 * strong < before)
				break;
		}
		before += weight->weight;
		links = weight->weight > 0 ? 0 : links;
	}
	for (; i < end; i++)
		article->weights[i].kept = false;
}

/* Headings go that have no text behind them, or links first ("Read also"). */
static void
drop_headings(struct html_article *article, size_t begin, size_t end)
{
	bool text = false;
	size_t i;

	for (i = end; i-- > begin;) {
		struct html_weight *weight = &article->weights[i];

		if (weight->links || weight->teaser) {
			text = false;
		} else if (weight->kept) {
			bool heading = html_article_is_heading(html_article_element(article, i));

			weight->kept = !heading || text;
			text = !heading;
		}
	}
}

/* Labels go that stand before the first and behind the last running text: bylines, dates, buttons. */
static void
trim_ends(struct html_article *article, size_t begin, size_t end)
{
	size_t i, first = end, last = end;

	for (i = begin; i < end; i++)
		if (article->weights[i].kept && article->weights[i].weight > 0) {
			first = first == end ? i : first;
			last = i;
		}
	for (i = begin; i < end && first < end; i++)
		if ((i < first || i > last) && html_article_text(article, i).bytes < END_LABEL)
			article->weights[i].kept = false;
}

/* Choose among the blocks of the subtree NODE. */
static void
choose(struct html_main *main, size_t node)
{
	struct html_article *article = &main->article;
	size_t i, begin = html_locate_block(article, node);
	size_t end = html_locate_block(article, article->tree->nodes[node].end);

	article->in_paragraphs = is_in_paragraphs(article, begin, end);
	for (i = begin; i < end; i++)
		article->weights[i].kept = is_text(main, i);
	trust_body(article, begin, end);
	cut_tail(article, begin, end);
	drop_headings(article, begin, end);
	trim_ends(article, begin, end);
}

size_t
html_main_bytes(const struct html_main *main)
{
	size_t state = 0, bytes = 0;
	struct news_text paragraph;

	while (html_main_next(main, &state, &paragraph))
		bytes += paragraph.bytes;
	return bytes;
}

static bool
make_room(struct html_article *article)
{
	size_t count = article->tree->count;
	void *hidden = realloc(article->hidden, count * sizeof *article->hidden), *hint;

	if (hidden != NULL)
		article->hidden = hidden;
	hint = realloc(article->hint, count * sizeof *article->hint);
	if (hint != NULL)
		article->hint = hint;
	return hidden != NULL && hint != NULL;
}

/* Find the article with as much passed over as PASS says. `*sure`: there is text where somebody named it. */
static bool
try_pass(struct html_main *main, const struct html_known *known, enum html_pass pass, bool *sure)
{
	struct html_article *article = &main->article;

	html_beside_hide(article, pass);
	if (!html_text_blocks(&article->words, article->tree, 0, article->hidden) || !html_weigh_blocks(article) ||
	    (pass != HTML_PASS_NOTHING &&
		!html_sections_mark(main->sections, article, known->authors, known->author_count)))
		return false;
	html_weigh_runs(article);
	choose(main, html_locate(article, sure));
	*sure = *sure && html_main_bytes(main) > 0;
	return true;
}

bool
html_main_find(struct html_main *main, const struct html_tree *tree, const struct html_known *known)
{
	struct html_article *article = &main->article;
	size_t found, more;
	bool sure;

	article->tree = tree;
	if (!make_room(article) || !html_meta_key(&article->title, known->title) ||
	    !html_grams_read(&article->grams, known->body))
		return false;
	html_beside_read(article, known->heading);
	if (!try_pass(main, known, HTML_PASS_NAMES, &sure))
		return false;
	found = html_main_bytes(main);
	if (sure || found >= LITTLE)
		return true;
	if (!try_pass(main, known, HTML_PASS_ELEMENTS, &sure))
		return false;
	more = html_main_bytes(main);
	if (more >= HTML_LABEL && (sure || more >= 3 * found))
		return true;
	return try_pass(main, known, found >= HTML_LABEL ? HTML_PASS_NAMES : HTML_PASS_NOTHING, &sure);
}

bool
html_main_next(const struct html_main *main, size_t *state, struct news_text *paragraph)
{
	while (*state < main->article.words.block_count) {
		size_t block = (*state)++;

		if (main->article.weights[block].kept) {
			*paragraph = html_article_text(&main->article, block);
			return true;
		}
	}
	return false;
}
