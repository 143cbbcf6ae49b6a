/* SPDX-License-Identifier: ISC */
#include "html_article.h"

/* The text under a headline that may be a summary, with the article elsewhere. Bytes. */
#define SUMMARY 300

/* What a block of links takes away from the element around it. Bytes. */
#define LINKS_COST 60

size_t
html_locate_block(const struct html_article *article, size_t node)
{
	size_t low = 0, high = article->words.block_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (article->words.blocks[middle].last < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What stands in the subtree NODE. */
static struct html_sum
sum_of(const struct html_article *article, size_t node)
{
	const struct html_sum *from = &article->sums[html_locate_block(article, node)];
	const struct html_sum *to = &article->sums[html_locate_block(article, article->tree->nodes[node].end)];

	return (struct html_sum){to->weight - from->weight, to->strong - from->strong, to->links - from->links};
}

/* The innermost element with the most running text and the fewest blocks of links: what is around it adds more links
 * than text. 0: there is none. */
static size_t
densest(const struct html_article *article)
{
	size_t i, best = 0, most = 0;

	for (i = 1; i < article->tree->count; i++) {
		struct html_sum sum;

		if (article->hidden[i]) {
			i = article->tree->nodes[i].end - 1;
			continue;
		}
		if (html_element_flow((enum html_element)article->tree->nodes[i].element) != HTML_BLOCK)
			continue;
		sum = sum_of(article, i);
		sum.weight -= sum.weight < LINKS_COST * sum.links ? sum.weight : LINKS_COST * sum.links;
		if (sum.weight > 0 && sum.weight >= most) {
			best = i;
			most = sum.weight;
		}
	}
	return best;
}

/* The innermost element around both. */
static size_t
common_ancestor(const struct html_tree *tree, size_t one, size_t other)
{
	while (tree->nodes[one].end <= other || one > other)
		one = tree->nodes[one].parent;
	return one;
}

/* How strongly NODE is named as the article: 3 its text, 2 article, 1 something around it, 0 not at all. */
static unsigned
tier_of(const struct html_article *article, size_t node)
{
	enum html_element element = (enum html_element)article->tree->nodes[node].element;

	if (html_element_flow(element) != HTML_BLOCK || html_article_is_heading(element) || element == HTML_P ||
	    element == HTML_BODY || element == HTML_HTML)
		return 0;
	if ((article->hint[node] & HTML_HINT_BODY) != 0)
		return 3;
	if (element == HTML_ARTICLE)
		return 2;
	return element == HTML_MAIN || (article->hint[node] & HTML_HINT_AROUND) != 0 ||
		html_article_is_word(html_tree_attribute(article->tree, node, HTML_ATTRIBUTE_ROLE), "main")
	    ? 1
	    : 0;
}

/* The innermost element around the headline that has running text worth an article: more than a summary under it, and a
 * good part of the longest run of the page. 0: the headline does not stand in the page. */
static size_t
below_headline(const struct html_article *article)
{
	size_t node = article->headline == SIZE_MAX ? 0 : article->words.blocks[article->headline].node;

	while (node != 0) {
		struct html_sum sum = sum_of(article, node);

		if (sum.weight >= SUMMARY ? 4 * sum.strong >= article->longest
					  : sum.weight >= HTML_LABEL && 2 * sum.weight >= article->longest)
			break;
		node = article->tree->nodes[node].parent;
	}
	return node;
}

/* Go to the next element, from `*node` on, that is named as the article by a name of TIER. 0: there is none. Those
 * inside one that was given are not given again: they are its pieces; but a main has its article inside. */
static size_t
next_named(const struct html_article *article, unsigned tier, size_t *node)
{
	const struct html_tree *tree = article->tree;

	while (*node < tree->count) {
		size_t at = *node;

		if (article->hidden[at]) {
			*node = tree->nodes[at].end;
		} else if (tier_of(article, at) != tier) {
			++*node;
		} else {
			*node = tier == 1 ? at + 1 : tree->nodes[at].end;
			return at;
		}
	}
	return 0;
}

static bool
same_class(const struct html_tree *tree, size_t one, size_t other)
{
	struct news_text a = html_tree_attribute(tree, one, HTML_ATTRIBUTE_CLASS);
	struct news_text b = html_tree_attribute(tree, other, HTML_ATTRIBUTE_CLASS);

	return a.bytes > 0 && a.bytes == b.bytes && memcmp(a.at, b.at, a.bytes) == 0;
}

/* The element named as the text of the article that comes next after the headline, with no more than a summary between.
 * 0: there is none. */
static size_t
named_below_headline(const struct html_article *article)
{
	size_t node, at;

	if (article->headline == SIZE_MAX)
		return 0;
	node = article->words.blocks[article->headline].last + 1;
	while ((at = next_named(article, 3, &node)) != 0) {
		if (article->sums[html_locate_block(article, at)].weight - article->sums[article->headline].weight >=
		    SUMMARY)
			return 0;
		if (sum_of(article, at).weight >= HTML_LABEL)
			return at;
	}
	return 0;
}

/* The element named as the article, by a name of TIER, that has at least half of the running text of LIKELY. Where it
 * is cut into pieces (between advertisements, the posts of a live blog) it is the one around them. 0: none. */
static size_t
named(const struct html_article *article, unsigned tier, size_t likely)
{
	size_t node = 1, at, best = 0, most = 0, around, weight;

	while ((at = next_named(article, tier, &node)) != 0) {
		weight = sum_of(article, at).weight;
		if (weight > most) {
			best = at;
			most = weight;
		}
	}
	around = best;
	for (node = 1; tier > 1 && best != 0 && (at = next_named(article, tier, &node)) != 0;) {
		weight = sum_of(article, at).weight;
		if (4 * weight >= most || (weight > 0 && same_class(article->tree, at, best)))
			around = common_ancestor(article->tree, around, at);
	}
	return best != 0 && 2 * sum_of(article, around).weight >= sum_of(article, likely).weight ? around : 0;
}

/* Where most of the body of JSON-LD stands; 0: it is not in the page. */
static size_t
quoted(const struct html_article *article)
{
	size_t i, found = 0, around = 0;

	for (i = 0; i < article->words.block_count; i++) {
		if (article->weights[i].cover < 80 || article->weights[i].weight == 0)
			continue;
		found += html_article_text(article, i).bytes;
		around = around == 0 ? article->words.blocks[i].node
				     : common_ancestor(article->tree, around, article->words.blocks[i].node);
	}
	return 3 * found >= 2 * article->grams.bytes ? around : 0;
}

size_t
html_locate(const struct html_article *article, bool *sure)
{
	size_t node = quoted(article), likely, dense;

	dense = densest(article);
	likely = below_headline(article);
	if (likely == 0)
		likely = dense;
	*sure = true;
	/* A summary may stand in the page too. */
	if (node != 0 && 2 * sum_of(article, node).weight >= sum_of(article, likely).weight)
		return node;
	node = named(article, 3, likely);
	if (node == 0)
		node = named_below_headline(article);
	*sure = node != 0;
	if (node != 0 || article->headline != SIZE_MAX)
		return node != 0 ? node : likely;
	node = named(article, 2, likely);
	if (node == 0)
		node = named(article, 1, likely);
	return node != 0 ? node : likely;
}
