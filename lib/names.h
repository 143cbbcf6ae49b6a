/* SPDX-License-Identifier: ISC
 *
 * names.h - the names of a document: where they stand, and which of them are one
 *
 * The one answer to "who" for nquote and nentity: both take canonical names from here, so `speaker` and `name` are the
 * same string for the same person.
 */
#ifndef NAMES_H
#define NAMES_H

#include "news.h"
#include "token.h"

enum names_gender { NAMES_UNKNOWN, NAMES_MALE, NAMES_FEMALE };

/* A name as it stands in the text, without titles, articles and possessive endings. */
struct names_mention {
	struct news_span span;
	size_t first, last;    /* its tokens, both included */
	struct news_span role; /* the office or title that stands with it here, before or behind; empty when none */
	size_t entity;
	unsigned score; /* hundredths: how sure it is a name of this type */
};

struct names_entity {
	struct news_text name;      /* canonical: --names, else the longest name in the document, white space folded */
	struct news_text role;      /* the first role given to it; empty when none */
	enum news_entity_type type; /* NEWS_PER, NEWS_ORG, NEWS_LOC or NEWS_MISC */
	enum names_gender gender;
	size_t first_mention; /* index of its first mention */
};

struct names;

struct names *names_new(const struct news_lists *lists);
void names_free(struct names *names);

/* Find the names of DOCUMENT, whose tokens are TOKENS (both borrowed until the next start). */
enum news_status names_start(struct names *names, const struct news_document *document, const struct tokens *tokens);

/* Mentions in reading order, not overlapping; entities in order of their first mention. */
size_t names_mention_count(const struct names *names);
const struct names_mention *names_mention(const struct names *names, size_t i);
size_t names_entity_count(const struct names *names);
const struct names_entity *names_entity(const struct names *names, size_t i);

/* The mention that covers token I, or NULL. */
const struct names_mention *names_at(const struct names *names, size_t token);

#endif
