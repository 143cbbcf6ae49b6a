/* SPDX-License-Identifier: ISC */
#include "html_sections.h"

#include "html_meta.h"

#include <stdlib.h>

/* A longer heading is none of these. Bytes. */
#define HEADING_MAX 60

enum kind { NONE, COMMENTS, OTHERS };

struct section {
	struct news_span key;
	enum kind kind;
};

struct html_sections {
	struct buffer keys; /* the headings as html_meta_key has them, without digits */
	struct section *sections;
	size_t count;
};

static void
drop_digits(struct buffer *key)
{
	size_t i, bytes = 0;

	for (i = 0; i < key->bytes; i++)
		if (key->at[i] < '0' || key->at[i] > '9')
			key->at[bytes++] = key->at[i];
	key->bytes = bytes;
}

static bool
fill(struct html_sections *sections, struct buffer *key)
{
	size_t i;

	for (i = 0; i < sections->count; i++) {
		const char *line = rules_html_sections[i], *heading = strchr(line, '\t') + 1;
		struct section *section = &sections->sections[i];

		if (!html_meta_key(key, (struct news_text){heading, strlen(heading)}))
			return false;
		section->kind = line[0] == 'c' ? COMMENTS : OTHERS;
		section->key.begin = sections->keys.bytes;
		if (!buffer_add(&sections->keys, key->at, key->bytes))
			return false;
		section->key.end = sections->keys.bytes;
	}
	return true;
}

struct html_sections *
html_sections_new(void)
{
	struct html_sections *sections = calloc(1, sizeof *sections);
	struct buffer key = {0};
	bool filled;

	if (sections == NULL)
		return NULL;
	while (rules_html_sections[sections->count] != NULL)
		sections->count++;
	sections->sections = calloc(sections->count, sizeof *sections->sections);
	filled = sections->sections != NULL && fill(sections, &key);
	buffer_release(&key);
	if (filled)
		return sections;
	html_sections_free(sections);
	return NULL;
}

void
html_sections_free(struct html_sections *sections)
{
	if (sections == NULL)
		return;
	buffer_release(&sections->keys);
	free(sections->sections);
	free(sections);
}

/* The kind of section that KEY heads. */
static enum kind
find(const struct html_sections *sections, const struct buffer *key)
{
	size_t i;

	for (i = 0; i < sections->count; i++) {
		struct news_span span = sections->sections[i].key;

		if (span.end - span.begin == key->bytes &&
		    memcmp(sections->keys.at + span.begin, key->at, key->bytes) == 0)
			return sections->sections[i].kind;
	}
	return NONE;
}

/* Whether BLOCK, whose key is article->key, is a heading that says the name of an author. */
static bool
names_author(struct html_article *article, size_t block, const struct news_text *authors, size_t author_count,
    bool *names)
{
	struct buffer own = article->key;
	size_t i;
	bool fine = true;

	*names = false;
	if (!html_article_is_heading(html_article_element(article, block)))
		return true;
	article->key = (struct buffer){0};
	for (i = 0; i < author_count && fine && !*names; i++) {
		fine = html_meta_key(&article->key, authors[i]);
		*names = fine && own.bytes > 0 && own.bytes == article->key.bytes &&
		    memcmp(own.at, article->key.at, own.bytes) == 0;
	}
	buffer_release(&article->key);
	article->key = own;
	return fine;
}

/* The weights of the blocks from BEGIN to END. */
static size_t
weight_between(const struct html_article *article, size_t begin, size_t end)
{
	return article->sums[end].weight - article->sums[begin].weight;
}

/* Flag the section that BLOCK heads. */
static void
mark(struct html_article *article, size_t block, enum kind kind)
{
	const struct html_tree *tree = article->tree;
	bool heading = html_article_is_heading(html_article_element(article, block));
	size_t around = tree->nodes[article->words.blocks[block].node].parent, first, end, total, before, behind, i;

	/* The heading may stand in a box of its own. */
	while (around != 0 && html_locate_block(article, tree->nodes[around].end) == block + 1 &&
	    html_locate_block(article, around) == block)
		around = tree->nodes[around].parent;
	first = html_locate_block(article, around);
	end = html_locate_block(article, tree->nodes[around].end);
	total = weight_between(article, 0, article->words.block_count);
	before = weight_between(article, first, block);
	behind = weight_between(article, block, end);
	/* Comments never come first; of the others it is doubtful where they are most of the page, or have no heading
	 * and stand in the article. */
	if (before == 0 &&
	    ((article->hint[around] & HTML_HOLDS_HEADLINE) != 0 ||
		(kind == COMMENTS ? weight_between(article, 0, block) == 0 : 2 * behind > total)))
		end = block + 1;
	if (before > 0 && (!heading || (kind != COMMENTS && 4 * behind > before)))
		end = block + 1;
	for (i = block; i < end; i++) {
		article->weights[i].beside = true;
		article->weights[i].weight = 0;
	}
}

bool
html_sections_mark(const struct html_sections *sections, struct html_article *article, const struct news_text *authors,
    size_t author_count)
{
	size_t i;

	for (i = 0; i < article->words.block_count; i++) {
		struct news_text text = html_article_text(article, i);
		enum kind kind;
		bool author;

		if (article->weights[i].weight > 0 || article->weights[i].beside || text.bytes > HEADING_MAX)
			continue;
		if (!html_meta_key(&article->key, text) || !names_author(article, i, authors, author_count, &author))
			return false;
		drop_digits(&article->key);
		kind = author ? OTHERS : find(sections, &article->key);
		if (kind != NONE)
			mark(article, i, kind);
	}
	return true;
}
