/* SPDX-License-Identifier: ISC
 *
 * tagger.c - the rows of nentity: the names of a document, and its dates, sums of money and percentages
 *
 * Names come from names.c. The other three are found by rule over the tokens: a number with its unit ("$1.3 billion",
 * "30 euros", "12 percent"), and what a calendar has ("Thursday", "3 May 2014", "in 1998"). Results are given in
 * reading order.
 */
#include "lexicon.h"
#include "names.h"
#include "token.h"

#include <stdlib.h>
#include <string.h>

#define RULE_SCORE 90       /* hundredths */
#define AMOUNT_TOKENS_MAX 6 /* "200 Hong Kong dollars" */
#define YEAR_MIN 1000
#define YEAR_MAX 2199

struct news_tagger {
	const struct news_lists *lists;
	struct tokens tokens;
	struct names *names;
	const struct news_document *document;
	size_t token;                        /* where the rules go on */
	size_t mention;                      /* the next name */
	size_t mention_count, mention_first; /* its first token; SIZE_MAX behind the last */
};

struct news_tagger *
news_tagger_new(const struct news_lists *lists)
{
	struct news_tagger *tagger = calloc(1, sizeof *tagger);

	if (tagger == NULL)
		return NULL;
	tagger->lists = lists;
	tagger->names = names_new(lists);
	if (tagger->names == NULL) {
		free(tagger);
		return NULL;
	}
	return tagger;
}

void
news_tagger_free(struct news_tagger *tagger)
{
	if (tagger == NULL)
		return;
	token_release(&tagger->tokens);
	names_free(tagger->names);
	free(tagger);
}

#define HAS(i, trait) LEXICON_HAS(token_at(tagger, i), trait)

static const struct token *
token_at(const struct news_tagger *tagger, size_t i)
{
	return &tagger->tokens.at[i];
}

/* Whether token I is there and belongs to the segment of token FIRST. */
static bool
is_there(const struct news_tagger *tagger, size_t first, size_t i)
{
	return i < tagger->tokens.count && token_at(tagger, i)->segment == token_at(tagger, first)->segment;
}

static inline bool
is_text(const struct news_tagger *tagger, size_t i, const char *word)
{
	const struct token *token = token_at(tagger, i);
	size_t bytes = strlen(word);

	return token->end - token->begin == bytes && memcmp(tagger->document->text.at + token->begin, word, bytes) == 0;
}

static bool
is_number(const struct news_tagger *tagger, size_t i)
{
	return (token_at(tagger, i)->shape & TOKEN_NUMBER) != 0;
}

/* The number that token I is when it is only digits and at most four; else -1. */
static int
small_number(const struct news_tagger *tagger, size_t i)
{
	const struct token *token = token_at(tagger, i);
	int number = 0;
	size_t at;

	if (token->end - token->begin > 4)
		return -1;
	for (at = token->begin; at < token->end; at++) {
		char digit = tagger->document->text.at[at];
		if (digit < '0' || digit > '9')
			return -1;
		number = 10 * number + digit - '0';
	}
	return number;
}

static bool
is_year(const struct news_tagger *tagger, size_t i)
{
	int number = is_number(tagger, i) ? small_number(tagger, i) : -1;

	return number >= YEAR_MIN && number <= YEAR_MAX;
}

/* "3", "3rd", "21st" */
static bool
is_day(const struct news_tagger *tagger, size_t i)
{
	const struct token *token = token_at(tagger, i);
	const char *text = tagger->document->text.at + token->begin;
	size_t bytes = token->end - token->begin, digits = 0;
	int number = 0;

	while (digits < bytes && digits < 2 && text[digits] >= '0' && text[digits] <= '9')
		number = 10 * number + text[digits++] - '0';
	if (number < 1 || number > 31)
		return false;
	return bytes == digits || (bytes == digits + 2 && strchr("snrt", text[digits]) != NULL);
}

/* The last token of the number that begins with token I, words like "million" behind it included. */
static size_t
number_end(const struct news_tagger *tagger, size_t i)
{
	size_t first = i;

	while (i - first < AMOUNT_TOKENS_MAX && is_there(tagger, i, i + 1) &&
	    (LEXICON_HAS(token_at(tagger, i + 1)->entry, NUMBER) || is_text(tagger, i + 1, "m") ||
		is_text(tagger, i + 1, "bn")) &&
	    !(token_at(tagger, i + 1)->shape & TOKEN_CAPITAL))
		i++;
	return i;
}

/* The currency sign that token I is or ends with: "$", "US$", or one of two or three bytes. */
static bool
is_sign(const struct news_tagger *tagger, size_t i)
{
	static const char *const signs[] = {"$", "\xC2\xA3", "\xE2\x82\xAC", "\xC2\xA5", "\xE2\x82\xB9", "\xE2\x82\xBD",
	    "\xE2\x82\xA6"};
	size_t k;

	if (token_at(tagger, i)->mark != '$' && token_at(tagger, i)->mark != '*')
		return false;
	for (k = 0; k < sizeof signs / sizeof *signs; k++)
		if (is_text(tagger, i, signs[k]))
			return true;
	return false;
}

static bool
is_percent(const struct news_tagger *tagger, size_t i)
{
	return token_at(tagger, i)->mark == '%' || is_text(tagger, i, "percent") || is_text(tagger, i, "pct");
}

/* The last token of a sum or percentage that begins with token I, or none: gives false. */
static bool
find_amount(const struct news_tagger *tagger, size_t i, size_t *last, enum news_entity_type *type)
{
	size_t end;

	*type = NEWS_MONEY;
	if (is_sign(tagger, i)) {
		if (!is_there(tagger, i, i + 1) || !is_number(tagger, i + 1))
			return false;
		*last = number_end(tagger, i + 1);
		return true;
	}
	if (!is_number(tagger, i) && !(HAS(i, NUMBER) && !(token_at(tagger, i)->shape & TOKEN_CAPITAL)))
		return false;
	end = number_end(tagger, i);
	if (!is_there(tagger, i, end + 1))
		return false;
	if (is_percent(tagger, end + 1)) {
		*type = NEWS_PERCENT;
		*last = end + 1;
		return true;
	}
	if (is_text(tagger, end + 1, "per") && is_there(tagger, i, end + 2) && is_text(tagger, end + 2, "cent")) {
		*type = NEWS_PERCENT;
		*last = end + 2;
		return true;
	}
	if (is_text(tagger, end + 1, "-") && is_there(tagger, i, end + 2) && is_number(tagger, end + 2))
		return false;
	/* "30 euros", "200 Hong Kong dollars", "5 U.S. cents" */
	for (end++; is_there(tagger, i, end) && end <= i + AMOUNT_TOKENS_MAX; end++) {
		if (HAS(end, CURRENCY)) {
			*last = end;
			return true;
		}
		if (!(token_at(tagger, end)->shape & TOKEN_CAPITAL))
			return false;
	}
	return false;
}

/* The last token of a date that begins with token I: "Thursday", "May 3, 2014", "3 May", "in 1998". */
static bool
find_date(const struct news_tagger *tagger, size_t i, size_t *last)
{
	const struct token *token = token_at(tagger, i);
	bool capital = (token->shape & TOKEN_CAPITAL) != 0;
	size_t end = i;

	if (capital && HAS(i, WEEKDAY)) {
		*last = i;
		if (is_there(tagger, i, i + 2) && token_at(tagger, i + 1)->mark == ',' && !HAS(i + 2, WEEKDAY) &&
		    find_date(tagger, i + 2, &end))
			*last = end;
		return true;
	}
	if (capital && HAS(i, MONTH)) {
		if (is_there(tagger, i, i + 1) && is_day(tagger, i + 1))
			end = i + 1;
		if (is_there(tagger, i, end + 1) && is_year(tagger, end + 1))
			end++;
		else if (end > i && is_there(tagger, i, end + 2) && token_at(tagger, end + 1)->mark == ',' &&
		    is_year(tagger, end + 2))
			end += 2;
		/* "May" and "March" alone are dates behind a preposition only */
		if (end == i && (HAS(i, AUXILIARY) || HAS(i, FIRST_NAME) || is_text(tagger, i, "March")) &&
		    !(i > 0 &&
			(is_text(tagger, i - 1, "in") || is_text(tagger, i - 1, "last") ||
			    is_text(tagger, i - 1, "since") || is_text(tagger, i - 1, "by") ||
			    is_text(tagger, i - 1, "until") || is_text(tagger, i - 1, "next"))))
			return false;
		*last = end;
		return true;
	}
	if (is_day(tagger, i) && is_there(tagger, i, i + 1) && HAS(i + 1, MONTH) &&
	    token_at(tagger, i + 1)->shape & TOKEN_CAPITAL) {
		*last = i + 1;
		if (is_there(tagger, i, i + 2) && is_year(tagger, i + 2))
			*last = i + 2;
		return true;
	}
	if (is_year(tagger, i) && i > 0 && is_there(tagger, i, i - 1) &&
	    (is_text(tagger, i - 1, "in") || is_text(tagger, i - 1, "In") || is_text(tagger, i - 1, "since") ||
		is_text(tagger, i - 1, "Since") || is_text(tagger, i - 1, "until") || is_text(tagger, i - 1, "from") ||
		is_text(tagger, i - 1, "by") || is_text(tagger, i - 1, "of"))) {
		*last = i;
		return true;
	}
	return false;
}

static void
fill(const struct news_tagger *tagger, struct news_entity *entity, size_t token, struct news_span span)
{
	const struct news_segment *segment = &tagger->document->segments[token_at(tagger, token)->segment];

	*entity = (struct news_entity){
	    .paragraph = segment->paragraph,
	    .sentence = segment->sentence,
	    .span = span,
	    .role = {"", 0},
	};
}

/* Go on to name I. */
static void
set_mention(struct news_tagger *tagger, size_t i)
{
	tagger->mention = i;
	tagger->mention_first = i < tagger->mention_count ? names_mention(tagger->names, i)->first : SIZE_MAX;
}

enum news_status
news_tagger_start(struct news_tagger *tagger, const struct news_document *document)
{
	enum news_status status;

	tagger->document = document;
	tagger->token = 0;
	if (!token_run(&tagger->tokens, tagger->lists, document))
		return NEWS_NO_MEMORY;
	status = names_start(tagger->names, document, &tagger->tokens);
	if (status != NEWS_OK)
		return status;
	tagger->mention_count = names_mention_count(tagger->names);
	set_mention(tagger, 0);
	return NEWS_OK;
}

static void
give_name(struct news_tagger *tagger, struct news_entity *entity)
{
	const struct names_mention *mention = names_mention(tagger->names, tagger->mention);
	const struct names_entity *named = names_entity(tagger->names, mention->entity);

	fill(tagger, entity, mention->first, mention->span);
	entity->type = named->type;
	entity->name = named->name;
	if (mention->role.end > 0)
		entity->role = (struct news_text){tagger->document->text.at + mention->role.begin,
		    mention->role.end - mention->role.begin};
	entity->score = mention->score;
	tagger->token = mention->last + 1;
	set_mention(tagger, tagger->mention + 1);
}

enum news_status
news_tagger_next(struct news_tagger *tagger, struct news_entity *entity)
{
	for (; tagger->token < tagger->tokens.count; tagger->token++) {
		size_t i = tagger->token, last;
		const struct token *token = token_at(tagger, i);
		enum news_entity_type type = NEWS_DATE;

		if (i == tagger->mention_first) {
			give_name(tagger, entity);
			return NEWS_OK;
		}
		if (!(token->shape & (TOKEN_NUMBER | TOKEN_CAPITAL)) && token->mark == 0 && token->tag != LEXICON_CD)
			continue;
		if (!find_date(tagger, i, &last) && !find_amount(tagger, i, &last, &type))
			continue;
		fill(tagger, entity, i, (struct news_span){token->begin, token_at(tagger, last)->end});
		entity->type = type;
		entity->name = (struct news_text){tagger->document->text.at + entity->span.begin,
		    entity->span.end - entity->span.begin};
		entity->score = RULE_SCORE;
		tagger->token = last + 1;
		/* no row within a row: "200 Hong Kong dollars" */
		while (tagger->mention_first <= last)
			set_mention(tagger, tagger->mention + 1);
		return NEWS_OK;
	}
	return NEWS_END;
}

const char *
news_entity_type_name(enum news_entity_type type)
{
	static const char *const names[NEWS_ENTITY_TYPES] = {"PER", "ORG", "LOC", "MISC", "DATE", "MONEY", "PERCENT"};

	return names[type];
}
