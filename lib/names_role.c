/* SPDX-License-Identifier: ISC
 *
 * names_role.c - the office or title that stands with a person's name
 *
 * Directly before it ("U.S. Secretary of State John Kerry", "deputy defense minister Danny Danon"), behind a comma
 * ("Kim Jong Un, the leader of North Korea,"), or before a comma ("its director, Dr. Yusra Kellgren,"). Articles and
 * possessives at the front are no part of a role.
 */
#include "names_find.h"

#define ROLE_TOKENS_MAX 14 /* longer noun phrases are not an apposition that a reader would take for a title */

static const struct token *
token_at(const struct names_finder *finder, size_t i)
{
	return &finder->tokens->at[i];
}

#define HAS(i, trait) LEXICON_HAS(token_at(finder, i), trait)

static bool
is_noun_or_adjective(const struct names_finder *finder, size_t i)
{
	switch (token_at(finder, i)->tag) {
	case LEXICON_NN:
	case LEXICON_NNS:
	case LEXICON_NNP:
	case LEXICON_NNPS:
	case LEXICON_JJ:
	case LEXICON_JJS:
	case LEXICON_JJR:
		return (token_at(finder, i)->shape & TOKEN_WORD) != 0;
	default:
		return false;
	}
}

/* Whether token I may stand before an office within its noun phrase. */
static bool
is_modifier(const struct names_finder *finder, size_t i)
{
	const struct token *token = token_at(finder, i);

	if (!(token->shape & TOKEN_WORD) || token->shape & TOKEN_POSSESSIVE || token->mark != 0)
		return false;
	if (HAS(i, WEEKDAY) || HAS(i, MONTH) || HAS(i, CUE_STRONG))
		return false;
	if (HAS(i, OFFICE_MODIFIER) || HAS(i, DEMONYM))
		return true;
	if (names_words_is_function(token) && !(token->shape & TOKEN_CAPITALS && HAS(i, COUNTRY)))
		return false;
	if (token->shape & TOKEN_CAPITAL)
		return true;
	if (HAS(i, TIME_NOUN) || HAS(i, ADVERB))
		return false;
	return is_noun_or_adjective(finder, i);
}

size_t
names_office_of(const struct names_finder *finder, size_t i)
{
	size_t steps;

	for (steps = 0; steps < 4 && i > 1 && names_is_together(finder, i - 1, i); steps++, i--) {
		const struct token *before = token_at(finder, i - 1);
		if (names_is_word(finder, i - 1, "of") || names_is_word(finder, i - 1, "on") ||
		    names_is_word(finder, i - 1, "for")) {
			if (steps == 0 && !is_noun_or_adjective(finder, i) && !names_is_capital(finder, i))
				return NAMES_NONE;
			return names_is_together(finder, i - 2, i) && HAS(i - 2, OFFICE) ? i - 2 : NAMES_NONE;
		}
		if (names_is_word(finder, i - 1, "the"))
			continue;
		if (before->mark != 0 || !(is_noun_or_adjective(finder, i - 1) || before->shape & TOKEN_CAPITAL) ||
		    HAS(i - 1, OFFICE))
			return NAMES_NONE;
	}
	return NAMES_NONE;
}

size_t
names_role_before(struct names_finder *finder, size_t office, size_t name)
{
	size_t first = office, complement;
	bool capital = names_is_capital(finder, office);

	while (first > 0 && name - first < ROLE_TOKENS_MAX && names_is_together(finder, first - 1, name)) {
		size_t before = first - 1;
		/* "special envoy on security | General John Allen" */
		complement = NAMES_NONE;
		if (capital && !names_is_capital(finder, before) && token_at(finder, before)->tag != LEXICON_JJ &&
		    token_at(finder, before)->mark == 0 && is_noun_or_adjective(finder, before))
			complement = names_office_of(finder, before);
		if (complement != NAMES_NONE) {
			first = complement;
			capital = names_is_capital(finder, first);
			continue;
		}
		if (capital && !names_is_capital(finder, before) && !HAS(before, OFFICE_MODIFIER) &&
		    !HAS(before, OFFICE))
			break; /* "told reporters President Obama" */
		if (names_words_is_doubtful(finder->words, before) && names_is_capital(finder, before) &&
		    !names_words_is_proper(finder->words, before) && !HAS(before, OFFICE) &&
		    !HAS(before, OFFICE_MODIFIER) && !HAS(before, ORG_WORD) && !is_noun_or_adjective(finder, before))
			break;
		if (!is_modifier(finder, before))
			break;
		first = before;
	}
	return first;
}

/* The end of a noun phrase with an office that begins at AT: modifiers, the office, and its "of ..." up to a comma or
 * stop. */
static bool
office_phrase_end(const struct names_finder *finder, size_t at, size_t *end)
{
	size_t i = at, office = NAMES_NONE;

	for (; names_is_together(finder, at, i) && i - at < ROLE_TOKENS_MAX; i++) {
		const struct token *token = token_at(finder, i);
		if (token->shape & TOKEN_POSSESSIVE && office == NAMES_NONE)
			continue;
		if (token->mark == '-' && token->shape & TOKEN_GLUED)
			continue;
		if (token->mark != 0)
			break;
		if (office == NAMES_NONE) {
			if (HAS(i, OFFICE) &&
			    !(names_is_together(finder, i, i + 1) &&
				(HAS(i + 1, OFFICE) || HAS(i + 1, OFFICE_MODIFIER))))
				office = i;
			else if (!is_modifier(finder, i) && token->tag != LEXICON_CD && token->tag != LEXICON_VBN &&
			    !HAS(i, OFFICE) && !HAS(i, CONJUNCTION))
				return false;
		} else if (i == office + 1) {
			/* behind the office: "of", "for", another office, or the end */
			if (HAS(i, OFFICE) || is_modifier(finder, i))
				office = i;
			else if (!HAS(i, PREPOSITION) && !HAS(i, CONJUNCTION))
				return false;
		} else if (HAS(i, RELATIVE) || HAS(i, AUXILIARY) || HAS(i, PRONOUN) || token->tag == LEXICON_VBD ||
		    token->tag == LEXICON_VBZ || token->tag == LEXICON_VB || token->tag == LEXICON_VBP) {
			return false;
		}
	}
	if (office == NAMES_NONE || i - at >= ROLE_TOKENS_MAX)
		return false;
	if (names_is_together(finder, at, i) && token_at(finder, i)->mark != ',' && token_at(finder, i)->mark != '.' &&
	    token_at(finder, i)->mark != ';' && token_at(finder, i)->mark != ')' && token_at(finder, i)->mark != '-' &&
	    token_at(finder, i)->mark != '"')
		return false;
	*end = i - 1;
	return true;
}

bool
names_role_behind(struct names_finder *finder, size_t last, size_t *begin, size_t *end)
{
	size_t at = last + 1;

	if (!names_is_together(finder, last, at + 1) ||
	    (token_at(finder, at)->mark != ',' && token_at(finder, at)->mark != '('))
		return false;
	at++;
	/* ", 61, a retired" */
	if (token_at(finder, at)->shape & TOKEN_NUMBER && names_is_together(finder, last, at + 2) &&
	    token_at(finder, at + 1)->mark == ',')
		at += 2;
	if (HAS(at, DETERMINER) || HAS(at, POSSESSIVE))
		at++;
	if (!names_is_together(finder, last, at) || !office_phrase_end(finder, at, end))
		return false;
	*begin = at;
	return true;
}

bool
names_role_apposed(struct names_finder *finder, size_t first, size_t *begin, size_t *end)
{
	size_t at, office = NAMES_NONE, steps;

	if (first < 2 || token_at(finder, first - 1)->mark != ',' || !names_is_together(finder, first - 2, first))
		return false;
	at = first - 2;
	for (steps = 0; steps < ROLE_TOKENS_MAX; steps++, at--) {
		const struct token *token = token_at(finder, at);
		if (token->segment != token_at(finder, first)->segment ||
		    (token->mark != 0 && !(token->shape & TOKEN_POSSESSIVE)))
			return false;
		if (HAS(at, OFFICE) && office == NAMES_NONE)
			office = at;
		if (HAS(at, DETERMINER) || HAS(at, POSSESSIVE) || token->shape & TOKEN_POSSESSIVE) {
			/* the article of a complement ("leader of the party") comes before the office does */
			if (office != NAMES_NONE)
				break;
		} else if (!is_modifier(finder, at) && !HAS(at, OFFICE) &&
		    !(office == NAMES_NONE && HAS(at, PREPOSITION))) {
			return false;
		}
		if (at == 0)
			return false;
	}
	if (office == NAMES_NONE || steps == ROLE_TOKENS_MAX)
		return false;
	*begin = at + 1;
	*end = first - 2;
	return office == *end || (office < *end && HAS(office + 1, PREPOSITION));
}
