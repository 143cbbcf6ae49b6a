/* SPDX-License-Identifier: ISC */
#include "html_article.h"

#include "html_meta.h"

#include <stdlib.h>

/* A block says no more than this for the elements around it, so that one long comment is no article. Bytes. */
#define WEIGHT_MAX 800

/* Letters and digits that a byline and a date have at most. */
#define BYLINE 60

/* So many teasers in a row make a list of them, and no one of them is longer. Bytes. */
#define TEASERS_MIN 3
#define TEASER_MAX 300

/* Bytes of running text that BLOCK has; 0 where it reads as something else. */
static size_t
weigh(const struct html_article *article, size_t block)
{
	struct news_text text = html_article_text(article, block);
	size_t links = article->words.blocks[block].link_bytes, plain = text.bytes - links, weight;
	enum html_element element = html_article_element(article, block);
	bool stop = html_article_ends_in_stop(text);

	if (2 * links > text.bytes || html_article_is_heading(element) || (plain < 40 && !stop) || plain < 15)
		return 0;
	weight = plain < WEIGHT_MAX ? plain : WEIGHT_MAX;
	if (!stop && plain < 120)
		weight /= 4;
	if (element == HTML_LI || element == HTML_DT || element == HTML_DD)
		weight /= 2;
	return weight - weight * links / text.bytes;
}

/* Whether BLOCK says the title again, perhaps with a byline or date behind a mere line break. */
static bool
is_title(struct html_article *article, size_t block, bool *same)
{
	struct news_text text = html_article_text(article, block);

	*same = false;
	if (article->title.bytes == 0 || text.bytes > 4 * article->title.bytes + 64)
		return true;
	if (!html_meta_key(&article->key, text))
		return false;
	*same = article->key.bytes >= article->title.bytes && article->key.bytes - article->title.bytes < BYLINE &&
	    (article->key.bytes == article->title.bytes || article->words.blocks[block].breaks > 0) &&
	    memcmp(article->key.at, article->title.at, article->title.bytes) == 0;
	return true;
}

/* Flag the teasers: the only text of a short run each, one after the other. The texts of a live blog stand so too, but
 * are long, or as long as any. */
static void
find_teasers(struct html_article *article)
{
	size_t i, count = article->words.block_count, streak = 0, first = 0;

	for (i = 0; i <= count; i++) {
		const struct html_weight *weight = i < count ? &article->weights[i] : NULL;
		bool lone = weight != NULL && weight->weight > 0 && weight->weight == weight->run &&
		    weight->weight < TEASER_MAX && 3 * weight->run < article->longest;

		if (lone) {
			first = streak == 0 ? i : first;
			streak++;
		} else if (weight == NULL || weight->weight > 0) {
			for (; streak >= TEASERS_MIN && first < i; first++)
				article->weights[first].teaser = article->weights[first].weight > 0;
			streak = 0;
		}
	}
}

/* Sum the weights of each run up, and find the longest. */
static void
find_runs(struct html_article *article)
{
	size_t i = 0, end, run, count = article->words.block_count;

	article->longest = 0;
	while (i < count) {
		run = 0;
		for (end = i; end < count && !article->weights[end].links; end++)
			run += article->weights[end].weight;
		if (end == i)
			end++;
		for (; i < end; i++)
			article->weights[i].run = run;
		article->longest = run > article->longest ? run : article->longest;
	}
}

static bool
make_room(struct html_article *article)
{
	size_t count = article->words.block_count + 1;
	void *weights = realloc(article->weights, count * sizeof *article->weights), *sums;

	if (weights != NULL)
		article->weights = weights;
	sums = realloc(article->sums, count * sizeof *article->sums);
	if (sums != NULL)
		article->sums = sums;
	return weights != NULL && sums != NULL;
}

static void
sum_up(struct html_article *article)
{
	size_t i;

	article->sums[0] = (struct html_sum){0, 0, 0};
	for (i = 0; i < article->words.block_count; i++) {
		const struct html_weight *weight = &article->weights[i];
		struct html_sum *sum = &article->sums[i + 1];

		*sum = article->sums[i];
		sum->links += weight->links;
		if (weight->teaser)
			continue;
		sum->strong += 4 * weight->run >= article->longest ? weight->weight : 0;
		sum->weight += 3 * weight->run >= article->longest
		    ? weight->weight
		    : weight->weight * 3 * weight->run / article->longest;
	}
}

bool
html_weigh_blocks(struct html_article *article)
{
	size_t i;

	if (!make_room(article))
		return false;
	article->headline = SIZE_MAX;
	for (i = 0; i < article->words.block_count; i++) {
		struct html_weight *weight = &article->weights[i];
		struct news_text text = html_article_text(article, i);

		*weight = (struct html_weight){.weight = weigh(article, i), .run = 1};
		weight->links = 2 * article->words.blocks[i].link_bytes > text.bytes;
		weight->cover = article->grams.bytes == 0 ? 0 : html_grams_cover(&article->grams, text);
		if (!is_title(article, i, &weight->title))
			return false;
		if (!weight->title)
			continue;
		weight->weight = 0;
		/* The heading of the first level, else the first that is no link. */
		if (html_article_element(article, i) == HTML_H1 || (article->headline == SIZE_MAX && !weight->links))
			article->headline = i;
	}
	article->longest = 1;
	sum_up(article);
	return true;
}

void
html_weigh_runs(struct html_article *article)
{
	find_runs(article);
	find_teasers(article);
	sum_up(article);
}
