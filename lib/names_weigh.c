/* SPDX-License-Identifier: ISC
 *
 * names_weigh.c - person, organisation, place or other: what speaks for each
 *
 * Points from three sources: what the lists say of the name as a whole, of its first and last word; its shape
 * (initials, acronyms); and the words around it ("in X", "said X", "X, 61,"). The points of all mentions of a name are
 * added up later, so no single one must decide.
 */
#include "names_find.h"

#include "lexicon.h"
#include "text.h"

/* The weights, in one place. */
enum weight {
	LISTED_COUNTRY = 14,
	LISTED_PLACE = 8,
	LISTED_PLACE_OR_PERSON = 4,
	LISTED_ORGANISATION = 9,
	LISTED_DEMONYM = 12,
	FIRST_NAME_LEADS = 6,
	SURNAME_ENDS = 2,
	NAME_ALONE = 2,
	INITIAL_INSIDE = 6,
	PARTICLE_INSIDE = 3,
	UNKNOWN_WORDS = 3,
	UNKNOWN_ALONE = 1,
	COMMON_WORDS = 2,
	ALL_COMMON = 6,
	ORG_WORD_ENDS = 8,
	ORG_WORD_LEADS = 7,
	COMPANY_ENDS = 10,
	PLACE_WORD_ENDS = 6,
	ACRONYM = 4,
	WORK_ENDS = 6,
	TITLED = 20,
	BEHIND_PLACE_PREPOSITION = 4,
	BEHIND_TOWN_OF = 6,
	BEHIND_ARTICLE = 4,
	BEHIND_KIN = 6,
	BEFORE_CUE = 3,
	BEHIND_CUE = 3,
	BEFORE_AGE = 8,
	BEFORE_WHO = 5,
	BESIDE_NEWSPAPER = 5,
	BEFORE_PLACE = 3,
	BESIDE_PLACE_WORD = 4,
	IN_DATELINE = 8
};

static const struct token *
token_at(const struct names_finder *finder, size_t i)
{
	return &finder->tokens->at[i];
}

#define HAS(i, trait) LEXICON_HAS(token_at(finder, i), trait)

static void
weigh_listed(const struct lexicon_entry *entry, struct names_found *found, bool several)
{
	bool person = LEXICON_HAS(entry, FIRST_NAME) || LEXICON_HAS(entry, SURNAME);

	if (LEXICON_HAS(entry, COUNTRY))
		found->evidence[NEWS_LOC] += LISTED_COUNTRY;
	else if (LEXICON_HAS(entry, PLACE))
		found->evidence[NEWS_LOC] += person ? LISTED_PLACE_OR_PERSON : LISTED_PLACE;
	if (LEXICON_HAS(entry, ORGANISATION) || LEXICON_HAS(entry, AGENCY) ||
	    (several && LEXICON_HAS(entry, GROUP_NOUN)))
		found->evidence[NEWS_ORG] += LISTED_ORGANISATION;
	if (LEXICON_HAS(entry, DEMONYM))
		found->evidence[NEWS_MISC] += LISTED_DEMONYM;
	found->settled = !person &&
	    (LEXICON_HAS(entry, COUNTRY) || LEXICON_HAS(entry, DEMONYM) ||
		(several && (LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, ORGANISATION))));
}

/* "Marovia", "Kyrgyzstan", "Eastburg": what most places end in that no list has. */
static bool
has_place_ending(const struct names_finder *finder, size_t i)
{
	static const char *const endings[] = {"ia", "stan", "land", "burg", "ville", "abad", "pur", "shire", "grad",
	    "istan"};
	const struct token *token = token_at(finder, i);
	const char *end = finder->document->text.at + token->end;
	size_t k;

	for (k = 0; k < sizeof endings / sizeof *endings; k++) {
		size_t bytes = strlen(endings[k]);
		if (token->end - token->begin > bytes + 2 && memcmp(end - bytes, endings[k], bytes) == 0)
			return true;
	}
	return false;
}

/* Words and shape of the name. */
static void
weigh_words(struct names_finder *finder, struct names_found *found)
{
	size_t first = found->first, last = found->last, count = last - first + 1, i, end, capitals = 0, unknown = 0,
	       common = 0;
	const struct lexicon_entry *whole = names_phrase(finder, first, last, &end);
	const struct token *lead = token_at(finder, first);

	if (found->end < token_at(finder, last)->end) {
		/* "Iran-backed": what the lists say of "Iran" */
		char folded[64];
		size_t bytes =
		    text_fold(finder->document->text.at + lead->begin, found->end - lead->begin, folded, sizeof folded);
		whole = bytes > 0 ? lexicon_find(finder->lists, folded, bytes) : NULL;
		end = last;
	}
	if (whole != NULL && end == last) {
		weigh_listed(whole, found, count > 1);
		if (found->settled)
			return;
	}
	for (i = first; i <= last; i++) {
		const struct token *token = token_at(finder, i);
		if (token->shape & TOKEN_INITIAL && i < last)
			found->evidence[NEWS_PER] += INITIAL_INSIDE;
		if (!(token->shape & TOKEN_CAPITAL)) {
			if (HAS(i, NAME_PARTICLE) && !HAS(i, PREPOSITION))
				found->evidence[NEWS_PER] += PARTICLE_INSIDE;
			continue;
		}
		capitals++;
		unknown += names_words_is_unknown(token->entry) || token->tag == LEXICON_NNP;
		common += names_words_is_common(token->entry);
	}
	if (count == 1) {
		bool person = HAS(first, FIRST_NAME) || HAS(first, SURNAME);
		bool acronym = (lead->shape & TOKEN_CAPITALS) && lead->end - lead->begin <= 6 && !found->heading;
		if (acronym && !person)
			found->evidence[NEWS_ORG] += ACRONYM;
		else if (person)
			found->evidence[NEWS_PER] += NAME_ALONE;
		else if (names_words_is_unknown(lead->entry))
			found->evidence[has_place_ending(finder, first) ? NEWS_LOC : NEWS_PER] += UNKNOWN_ALONE;
		if (HAS(first, ORG_WORD))
			found->evidence[NEWS_ORG] += ORG_WORD_LEADS / 2;
		if (HAS(first, PLACE_WORD) && !HAS(first, ORG_WORD))
			found->evidence[NEWS_LOC] += PLACE_WORD_ENDS / 2;
		return;
	}
	if (HAS(first, FIRST_NAME) && !(HAS(first, COUNTRY) || HAS(first, DEMONYM)))
		found->evidence[NEWS_PER] += FIRST_NAME_LEADS;
	if (HAS(last, SURNAME) || HAS(last, NAME_SUFFIX))
		found->evidence[NEWS_PER] += SURNAME_ENDS;
	if (unknown == count && count <= 3)
		found->evidence[NEWS_PER] += UNKNOWN_WORDS;
	if (common == capitals && !(HAS(first, FIRST_NAME) && HAS(last, SURNAME)))
		found->evidence[NEWS_PER] -= ALL_COMMON;
	if (common > 0) {
		found->evidence[NEWS_ORG] += COMMON_WORDS;
		found->evidence[NEWS_MISC] += COMMON_WORDS - 1;
	}
	if (HAS(last, DEMONYM))
		found->evidence[NEWS_MISC] += LISTED_DEMONYM;
	else if (HAS(last, COMPANY_SUFFIX))
		found->evidence[NEWS_ORG] += COMPANY_ENDS;
	else if (HAS(last, ORG_WORD))
		found->evidence[NEWS_ORG] += HAS(last, SURNAME) && HAS(first, FIRST_NAME) ? 1 : ORG_WORD_ENDS;
	else if (HAS(last, PLACE_WORD))
		found->evidence[NEWS_LOC] += HAS(last, SURNAME) && HAS(first, FIRST_NAME) ? 1 : PLACE_WORD_ENDS;
	else if (HAS(last, EVENT_WORD) || HAS(last, WORK_NOUN) || HAS(last, TEXT_NOUN))
		found->evidence[NEWS_MISC] += WORK_ENDS;
	for (i = first; i < last; i++) {
		if (!HAS(i, ORG_WORD) || !HAS(i + 1, PREPOSITION))
			continue;
		found->evidence[NEWS_ORG] += ORG_WORD_LEADS;
		break;
	}
	if (HAS(first, PLACE_WORD) && !HAS(last, ORG_WORD) && !HAS(first, ORG_WORD) && !HAS(last, DEMONYM))
		found->evidence[NEWS_LOC] += PLACE_WORD_ENDS;
}

static bool
is_town_word(const struct names_finder *finder, size_t i)
{
	return HAS(i, PLACE_WORD) && !(token_at(finder, i)->shape & TOKEN_CAPITAL);
}

static void
weigh_before(const struct names_finder *finder, struct names_found *found)
{
	size_t before = found->first - 1;
	static const char *const places[] = {"in", "at", "near", "across", "outside", "throughout", "around", "inside"};
	static const char *const ways[] = {"to", "from", "toward", "towards", "into", "through"};
	size_t i;

	if (found->first == 0 || !names_is_together(finder, before, found->first))
		return;
	if (HAS(before, CUE) && !names_is_capital(finder, before))
		found->evidence[NEWS_PER] += BEHIND_CUE;
	if ((HAS(before, KIN) || HAS(before, PERSON_NOUN)) && !names_is_capital(finder, before))
		found->evidence[NEWS_PER] += BEHIND_KIN;
	if (HAS(before, TEXT_NOUN) && !names_is_capital(finder, before))
		found->evidence[NEWS_ORG] += BESIDE_NEWSPAPER - 1;
	if (HAS(before, PLACE_WORD) && !names_is_capital(finder, before) && !HAS(before, GROUP_NOUN))
		found->evidence[NEWS_LOC] += BESIDE_PLACE_WORD; /* "northern Marovia" */
	if (HAS(before, DETERMINER)) {
		found->evidence[NEWS_PER] -= BEHIND_ARTICLE;
		found->evidence[NEWS_ORG] += BEHIND_ARTICLE / 2;
	}
	if (!HAS(before, PREPOSITION))
		return;
	for (i = 0; i < sizeof places / sizeof *places; i++)
		if (names_is_word(finder, before, places[i])) {
			found->evidence[NEWS_LOC] += BEHIND_PLACE_PREPOSITION;
			found->placed = true;
		}
	for (i = 0; i < sizeof ways / sizeof *ways; i++)
		if (names_is_word(finder, before, ways[i]))
			found->evidence[NEWS_LOC] += BEHIND_PLACE_PREPOSITION / 2;
	if (names_is_word(finder, before, "of")) {
		found->evidence[NEWS_LOC] += 1;
		if (before > 0 && is_town_word(finder, before - 1))
			found->evidence[NEWS_LOC] += BEHIND_TOWN_OF;
	}
}

static void
weigh_behind(const struct names_finder *finder, struct names_found *found)
{
	size_t next = found->last + 1;

	if (!names_is_together(finder, found->last, next))
		return;
	if (HAS(next, CUE) && !names_is_capital(finder, next)) {
		found->evidence[NEWS_PER] += BEFORE_CUE;
		found->evidence[NEWS_ORG] += BEFORE_CUE / 3;
	}
	if ((names_is_word(finder, next, "newspaper") || names_is_word(finder, next, "daily") ||
		names_is_word(finder, next, "magazine") || names_is_word(finder, next, "website") ||
		HAS(next, COMPANY_SUFFIX)))
		found->evidence[NEWS_ORG] += BESIDE_NEWSPAPER;
	if (HAS(next, PLACE_WORD) && !names_is_capital(finder, next))
		found->evidence[NEWS_LOC] += BESIDE_PLACE_WORD; /* "the Ostrel valley" */
	if (token_at(finder, next)->mark != ',' || !names_is_together(finder, next, next + 1))
		return;
	next++;
	if (token_at(finder, next)->shape & TOKEN_NUMBER &&
	    token_at(finder, next)->end - token_at(finder, next)->begin <= 2 &&
	    names_is_together(finder, next, next + 1) && token_at(finder, next + 1)->mark == ',')
		found->evidence[NEWS_PER] += BEFORE_AGE;
	else if (names_is_word(finder, next, "who") || names_is_word(finder, next, "whose"))
		found->evidence[NEWS_PER] += BEFORE_WHO;
	else if (names_is_capital(finder, next) && (HAS(next, COUNTRY) || HAS(next, PLACE)) && !HAS(next, SURNAME))
		found->evidence[NEWS_LOC] += BEFORE_PLACE;
}

void
names_weigh(struct names_finder *finder, struct names_found *found)
{
	size_t i;

	for (i = 0; i < NAMES_TYPES; i++)
		found->evidence[i] = 0;
	weigh_words(finder, found);
	if (found->settled && !found->titled)
		return;
	weigh_before(finder, found);
	weigh_behind(finder, found);
	if (found->titled)
		found->evidence[NEWS_PER] += TITLED;
	if (finder->document->segments[token_at(finder, found->first)->segment].kind == NEWS_DATELINE)
		found->evidence[token_at(finder, found->first)->segment == token_at(finder, found->last)->segment &&
			    found->first > 0 && token_at(finder, found->first - 1)->mark == '('
			? NEWS_ORG
			: NEWS_LOC] += IN_DATELINE;
}
