/* SPDX-License-Identifier: ISC
 *
 * html_article.h - the steps of html_main.h, and what they know of a page
 *
 * html_beside.c passes over what is no text of the article, html_weigh.c weighs the blocks that are left,
 * html_sections.c takes out those whose heading says so, html_locate.c finds the element that has the article,
 * html_main.c chooses among its blocks.
 */
#ifndef HTML_ARTICLE_H
#define HTML_ARTICLE_H

#include "html_grams.h"
#include "html_hints.h"
#include "html_text.h"

/* A block that is no paragraph by its element nor by its stop, and shorter than this, is a label: "Share", "By Ann
 * Bell", "2 March 2024". Bytes. */
#define HTML_LABEL 60

/* How much is passed over: all that is named so; only what HTML itself names, and names without doubt; nothing. */
enum html_pass { HTML_PASS_NAMES, HTML_PASS_ELEMENTS, HTML_PASS_NOTHING, HTML_PASSES };

/* What a block reads as. */
struct html_weight {
	size_t weight;  /* bytes of running text; 0: it reads as none */
	size_t run;     /* sum of the weights of the run it stands in: blocks with no block of links between */
	unsigned cover; /* hundredths of it that stand in JSON-LD's body */
	bool links;     /* most of it are links */
	bool teaser;    /* it tells of another article: one of several short texts with links between */
	bool title;     /* it says the title again */
	bool beside;    /* it belongs to a section that is no text of the article */
	bool kept;
};

/* Sums over the blocks before one. */
struct html_sum {
	size_t weight; /* weights, less where the run is short beside the longest one */
	size_t strong; /* weights in runs that are no shorter than a fourth of the longest */
	size_t links;  /* blocks of links */
};

struct html_article {
	const struct html_tree *tree;
	struct html_hints *hints;
	struct html_grams grams;  /* of JSON-LD's body */
	struct buffer title, key; /* html_meta_key of the title, and of a block */

	/* of each node */
	bool *hidden;
	uint8_t *hint; /* flags of html_hints.h and those below */

	/* of each block of `words` */
	struct html_text words;
	struct html_weight *weights;
	struct html_sum *sums; /* one more than there are blocks */
	size_t longest;        /* the weight of the longest run */
	size_t headline;       /* the block that is the headline; SIZE_MAX: none is */
	bool in_paragraphs;    /* the article's text stands in p and the like */
};

/* A flag of `hint`: the headline stands in the element, or the text of the article by its name. */
#define HTML_HOLDS_HEADLINE 128

/* Another: it holds several paragraphs of running text side by side. */
#define HTML_HOLDS_TEXT 64

/* Read the names of all elements. HEADING: the node of the headline, or 0. */
void html_beside_read(struct html_article *article, size_t heading);

/* Flag what is passed over. */
void html_beside_hide(struct html_article *article, enum html_pass pass);

/* Weigh the blocks of `words`, each by itself. false: out of memory. */
bool html_weigh_blocks(struct html_article *article);

/* Weigh them by what stands around them, once it is known which are beside the text. */
void html_weigh_runs(struct html_article *article);

/* The element that has the article, by the best evidence there is; 0: all of the page. `*sure`: somebody named it. */
size_t html_locate(const struct html_article *article, bool *sure);

/* The first block that does not end before NODE. */
size_t html_locate_block(const struct html_article *article, size_t node);

/* ---- small questions that several steps ask ---- */

struct news_text html_article_text(const struct html_article *article, size_t block);
enum html_element html_article_element(const struct html_article *article, size_t block);
bool html_article_is_heading(enum html_element element);

/* Whether the element is made for a paragraph or an item. */
bool html_article_is_paragraph(enum html_element element);

/* Whether TEXT ends as a sentence does: a stop, perhaps marks and brackets behind it. */
bool html_article_ends_in_stop(struct news_text text);

/* Whether TEXT is WORD, in any case. */
bool html_article_is_word(struct news_text text, const char *word);

#endif
