/* SPDX-License-Identifier: ISC
 *
 * rss_words.h - the words of a value of a feed, which may be HTML or plain text
 *
 * Where its type is not told, a value is HTML if a tag of HTML, a comment or a reference stands in it, as feedparser
 * and browsers have it: "Tea &amp; <b>cake</b>" is, "vector<int> & co." is not. One that was escaped twice,
 * "&lt;p&gt;Tea&lt;/p&gt;" with no tag beside, is unescaped once more.
 */
#ifndef RSS_WORDS_H
#define RSS_WORDS_H

#include "html_text.h"
#include "rss_item.h"

struct rss_words {
	struct html_text html;
	struct buffer line, unescaped;

	/* what was read */
	struct news_text plain; /* at != NULL: it is plain text */
	size_t bytes;           /* of the words */
};

/* All zero is a fresh one. */
void rss_words_release(struct rss_words *words);

/* Read TEXT, which is borrowed, as TYPE says. NEWS_REJECTED: it is over a limit of html_tree.h. */
enum news_status rss_words_read(struct rss_words *words, struct news_text text, enum rss_type type,
    struct news_error *error);

/* Hand what was read to compose_paragraph, a block or, of plain text, what stands between blank lines, each. false:
 * out of memory. */
bool rss_words_paragraphs(const struct rss_words *words, struct compose *compose);

/* What was read in one line; lives until the next `read`. false: out of memory. */
bool rss_words_line(struct rss_words *words, struct news_text *line);

#endif
