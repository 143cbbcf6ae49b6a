/* SPDX-License-Identifier: ISC
 *
 * A name is looked for in a run of capitalised words, which may hold more than one and more than names: in "Israeli
 * Prime Minister Benjamin Netanyahu" a people, an office and a person. So a run is taken apart from the left: listed
 * phrases first, then what stands before an office, the office, and the person behind it. What is left may go on over
 * small words where an organisation's name does ("Ministry of Health", "Food and Drug Administration", "Harbour
 * Workers' Union").
 *
 * Linear: a run is looked at a bounded number of times, and its length is cut.
 */
#include "names_find.h"

#include "lexicon.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define RUN_MAX 12       /* tokens of a name; longer runs of capitals are lists or shouting */
#define HONORIFICS_MAX 3 /* "Prof. Dr. Dr. Kellgren" */
#define PERSON_MAX 6     /* tokens of a person's name */

static const struct token *
token_at(const struct names_finder *finder, size_t i)
{
	return &finder->tokens->at[i];
}

#define HAS(i, trait) LEXICON_HAS(token_at(finder, i), trait)

/* "R-Texas" in "Sen. Jane Doe (R-Texas)" and ", D-Calif.,": party and state of an American lawmaker. */
static bool
is_party_mark(const struct names_finder *finder, size_t i)
{
	const struct token *token = token_at(finder, i);
	const char *text = finder->document->text.at + token->begin;

	return token->end - token->begin > 3 && text[1] == '-' &&
	    (text[0] == 'R' || text[0] == 'D' || text[0] == 'I') && i > 0 &&
	    (token_at(finder, i - 1)->mark == '(' || token_at(finder, i - 1)->mark == ',');
}

/* Whether token I, which has a capital, may be part of a name at all. */
bool
names_can_be_part(const struct names_finder *finder, size_t i)
{
	const struct token *token = token_at(finder, i);

	if (!(token->shape & TOKEN_CAPITAL) || token->mark != 0 || token->shape & TOKEN_POSSESSIVE)
		return false;
	if (HAS(i, WEEKDAY))
		return false;
	/* "US$30" is money */
	if (token->shape & TOKEN_CAPITALS && names_is_together(finder, i, i + 1) &&
	    token_at(finder, i + 1)->mark == '$' && token_at(finder, i + 1)->shape & TOKEN_GLUED)
		return false;
	if (HAS(i, MONTH))
		return !HAS(i, FIRST_NAME) ? false
					   : i > 0 && names_is_together(finder, i - 1, i) && HAS(i - 1, FIRST_NAME) &&
			names_is_capital(finder, i - 1);
	if (is_party_mark(finder, i))
		return false;
	if (!names_words_is_function(token))
		return true;
	/* "US", "WHO", "IT" are words only in small letters; "Will Smith" */
	if (token->shape & TOKEN_CAPITALS && finder->words->style[token->segment] == NAMES_RUNNING)
		return HAS(i, ALIAS) || HAS(i, ORGANISATION) || HAS(i, COUNTRY);
	return HAS(i, FIRST_NAME) && names_is_together(finder, i, i + 1) &&
	    token_at(finder, i + 1)->shape & TOKEN_CAPITAL && !names_words_is_function(token_at(finder, i + 1)) &&
	    finder->words->style[token->segment] == NAMES_RUNNING;
}

/* Whether the doubtful capital of token I counts, since a name goes on behind it. */
static bool
leads_name(const struct names_finder *finder, size_t i)
{
	const struct lexicon_entry *entry = token_at(finder, i)->entry;

	if (LEXICON_HAS(entry, OFFICE) || LEXICON_HAS(entry, HONORIFIC) || LEXICON_HAS(entry, OFFICE_MODIFIER) ||
	    LEXICON_HAS(entry, FIRST_NAME) || LEXICON_HAS(entry, SURNAME) || LEXICON_HAS(entry, ORG_WORD) ||
	    LEXICON_HAS(entry, PLACE_WORD) || LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, DEMONYM))
		return true;
	switch (token_at(finder, i)->tag) {
	case LEXICON_NN:
	case LEXICON_NNS:
	case LEXICON_JJ:
	case LEXICON_NNP:
	case LEXICON_NNPS:
		return true;
	default:
		return false;
	}
}

/* Whether token I of a heading belongs to a name or to a title before one. */
static bool
counts_in_heading(const struct names_finder *finder, size_t i)
{
	return names_words_is_proper(finder->words, i) || HAS(i, HONORIFIC) || HAS(i, OFFICE) ||
	    token_at(finder, i)->shape & TOKEN_INITIAL;
}

/* The last token of the run of capitalised words that begins with FIRST; small words inside persons' names go with it.
 */
static size_t
run_end(const struct names_finder *finder, size_t first)
{
	bool heading = finder->words->style[token_at(finder, first)->segment] != NAMES_RUNNING;
	size_t last = first, i;

	for (i = first + 1; names_is_together(finder, first, i) && i - first < RUN_MAX; i++) {
		const struct token *token = token_at(finder, i);
		if (names_can_be_part(finder, i) && (!heading || counts_in_heading(finder, i))) {
			last = i;
			continue;
		}
		if (!(token->shape & TOKEN_CAPITAL) && HAS(i, NAME_PARTICLE) && !HAS(i, PREPOSITION) && i == last + 1 &&
		    !HAS(last, COUNTRY) && !HAS(last, DEMONYM) && token->mark == 0)
			continue;
		if (!(token->shape & TOKEN_CAPITAL) && HAS(i, NAME_PARTICLE) && i == last + 2 && token->mark == 0)
			continue; /* "van der", "de la" */
		break;
	}
	return last;
}

static struct names_found *
add_found(struct names_finder *finder, size_t first, size_t last, bool titled)
{
	struct names_found *grown = array_grow(finder->found, finder->count, &finder->room, sizeof *grown), *found;

	if (grown == NULL)
		return NULL;
	finder->found = grown;
	/* "said de Blasio" */
	while (first > 0 && names_is_together(finder, first - 1, first) && HAS(first - 1, NAME_PARTICLE) &&
	    !HAS(first - 1, PREPOSITION) && !names_is_capital(finder, first - 1) &&
	    (finder->count == 0 || grown[finder->count - 1].last < first - 1))
		first--;
	found = &grown[finder->count++];
	memset(found, 0, sizeof *found);
	found->first = first;
	found->last = last;
	found->end = token_at(finder, last)->end;
	found->titled = titled;
	found->acronym_of = NAMES_NONE;
	found->heading = finder->words->style[token_at(finder, first)->segment] != NAMES_RUNNING;
	names_weigh(finder, found);
	return found;
}

static enum names_gender
gender_of(const struct lexicon_entry *entry)
{
	if (LEXICON_HAS(entry, MALE))
		return NAMES_MALE;
	return LEXICON_HAS(entry, FEMALE) ? NAMES_FEMALE : NAMES_UNKNOWN;
}

/* Whether tokens [FIRST, LAST] can be a person behind a title. */
static bool
is_person_like(struct names_finder *finder, size_t first, size_t last)
{
	size_t end, i;
	const struct lexicon_entry *entry;

	if (last - first >= PERSON_MAX || HAS(first, NAME_SUFFIX))
		return false;
	if (HAS(first, FIRST_NAME))
		return !names_is_organisation_end(finder, last) || HAS(last, SURNAME);
	if (names_is_organisation_end(finder, last) || (HAS(last, PLACE_WORD) && !HAS(last, SURNAME)) ||
	    HAS(first, OFFICE_MODIFIER) || HAS(first, DEMONYM) || HAS(first, TEXT_NOUN))
		return false;
	entry = names_phrase(finder, first, last, &end);
	if (end == last &&
	    (LEXICON_HAS(entry, COUNTRY) || LEXICON_HAS(entry, MEDIA) ||
		((LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, ORGANISATION)) && !LEXICON_HAS(entry, SURNAME))))
		return false;
	if (HAS(last, OFFICE) && !HAS(last, SURNAME))
		return false;
	/* "Head Start": common words that nobody is called by */
	for (i = first; i <= last; i++)
		if (!names_words_is_common(token_at(finder, i)->entry) || HAS(i, SURNAME) || HAS(i, NAME_PARTICLE))
			return true;
	return false;
}

/* A person whose name is [FIRST, LAST], with the office or honorific that ends at token TITLE (NAMES_NONE: none). */
static bool
add_person(struct names_finder *finder, size_t office, size_t title, size_t first, size_t last)
{
	struct names_found *found = add_found(finder, first, last, title != NAMES_NONE);
	size_t role_first, role_last, i;

	if (found == NULL)
		return false;
	if (title == NAMES_NONE)
		return true;
	for (i = office; i < first; i++)
		if (found->gender == NAMES_UNKNOWN)
			found->gender = gender_of(token_at(finder, i)->entry);
	/* "Mr." says nothing of an office, "Secretary" does */
	for (i = office; i <= title && !HAS(i, OFFICE); i++)
		;
	role_last = title;
	if (i > title) {
		/* "Foreign Minister Sheikh Abdullah": the office stands before the honorific */
		if (office == 0 || !names_is_together(finder, office - 1, office) || !HAS(office - 1, OFFICE))
			return true;
		role_last = office - 1;
		office = role_last;
	}
	role_first = names_role_before(finder, office, first);
	found->role = (struct news_span){token_at(finder, role_first)->begin, token_at(finder, role_last)->end};
	return true;
}

/* ---- a run ---- */

/* Whether [FIRST, LAST], no person, is worth a row: not only titles and common words due to their place. */
static bool
is_worth(struct names_finder *finder, size_t first, size_t last)
{
	size_t i, end;
	const struct lexicon_entry *entry = names_phrase(finder, first, last, &end);

	if (end == last &&
	    (LEXICON_HAS(entry, COUNTRY) || LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, ORGANISATION) ||
		LEXICON_HAS(entry, DEMONYM)))
		return true;
	for (i = first; i <= last; i++) {
		if (names_words_is_doubtful(finder->words, i)
			? names_words_is_proper(finder->words, i)
			: !(HAS(i, OFFICE) || HAS(i, HONORIFIC) || HAS(i, OFFICE_MODIFIER)))
			return true;
	}
	return last > first && names_is_organisation_end(finder, last);
}

/* "Immunologist" at the head of a sentence: a calling, and no part of the name behind it. */
static bool
is_calling(const struct names_finder *finder, size_t i, size_t last)
{
	return HAS(i, PERSON_NOUN) && !HAS(i, FIRST_NAME) && !HAS(i, SURNAME) &&
	    names_words_is_doubtful(finder->words, i) && (HAS(i + 1, FIRST_NAME) || last > i + 1);
}

/* The last token of the title that stands in [FIRST, LAST] with a person behind it: `*office` gets its first. */
static size_t
find_title(struct names_finder *finder, size_t first, size_t last, size_t *office)
{
	size_t i, end;

	for (i = last; i-- > first;) {
		if (HAS(i, FIRST_NAME) && HAS(i, HONORIFIC) == false && HAS(i, OFFICE) == false)
			continue;
		if ((HAS(i, OFFICE) || HAS(i, HONORIFIC) || is_calling(finder, i, last)) &&
		    is_person_like(finder, i + 1, last)) {
			*office = i;
			return i;
		}
		if (!HAS(i, PHRASE))
			continue;
		if (LEXICON_HAS(names_phrase(finder, i, last - 1, &end), OFFICE) && end > i &&
		    is_person_like(finder, end + 1, last)) {
			*office = i;
			return end;
		}
	}
	return NAMES_NONE;
}

/* "Nora Field", "John Major": a first name, and a surname that is an office elsewhere; not "Austin Mayor". */
static bool
is_first_and_surname(const struct names_finder *finder, size_t first, size_t last)
{
	return last == first + 1 && HAS(first, FIRST_NAME) && !HAS(first, PLACE) && !HAS(first, COUNTRY) &&
	    !HAS(first, OFFICE) && !HAS(first, OFFICE_MODIFIER) && (HAS(last, SURNAME) || !HAS(last, OFFICE)) &&
	    !HAS(last, HONORIFIC);
}

/* [FIRST, LAST] without offices at its end ("White House Press Secretary"); may become empty: FIRST > LAST. */
static size_t
without_offices(const struct names_finder *finder, size_t first, size_t last)
{
	if (is_first_and_surname(finder, first, last))
		return last;
	while (last + 1 > first && (HAS(last, OFFICE) || HAS(last, OFFICE_MODIFIER) || HAS(last, HONORIFIC)) &&
	    !HAS(last, COUNTRY) && !HAS(last, DEMONYM) && !(HAS(last, ORG_WORD) && last > first)) {
		if (last == 0)
			return NAMES_NONE;
		last--;
	}
	return last;
}

/* The names in [FIRST, LAST] that are no persons with a title: countries and peoples in front, then the rest as one. */
static bool
take_plain(struct names_finder *finder, size_t first, size_t last, bool before_title)
{
	size_t end, rest;
	const struct lexicon_entry *entry = names_phrase(finder, first, last, &end);

	if (end < last && (LEXICON_HAS(entry, COUNTRY) || LEXICON_HAS(entry, DEMONYM))) {
		/* "U.S. State Department": two names; "China Daily", "British Airways": one */
		const struct lexicon_entry *next = names_phrase(finder, end + 1, last, &rest);
		bool stands_alone = (token_at(finder, first)->shape & (TOKEN_STOP | TOKEN_CAPITALS)) != 0;
		bool listed = rest == last && rest > end + 1 &&
		    (LEXICON_HAS(next, ORGANISATION) || LEXICON_HAS(next, PLACE) || LEXICON_HAS(next, COUNTRY));
		if (listed || (HAS(end + 1, FIRST_NAME) && !names_is_organisation_end(finder, last)) ||
		    (stands_alone && !HAS(last, PLACE_WORD)) ||
		    (LEXICON_HAS(entry, DEMONYM) && !names_is_organisation_end(finder, last) &&
			!HAS(last, PLACE_WORD) && before_title)) {
			if (add_found(finder, first, end, false) == NULL)
				return false;
			first = end + 1;
		}
	}
	rest = without_offices(finder, first, last);
	if (rest == NAMES_NONE || rest < first)
		return true;
	if (rest == last && !before_title)
		rest = names_extend(finder, first, last);
	if (!is_worth(finder, first, rest))
		return true;
	return add_found(finder, first, rest, false) != NULL;
}

/* Whether token I is a compound like "Iran-backed" or "European-style", of which only the part before the hyphen is a
 * name; `*end` gets where that ends in the text. */
static bool
cut_compound(const struct names_finder *finder, size_t i, size_t *end)
{
	const struct token *token = token_at(finder, i);
	const char *text = finder->document->text.at + token->begin;
	const char *hyphen = memchr(text, '-', token->end - token->begin);
	const struct lexicon_entry *entry;
	char folded[64];
	size_t bytes;

	if (hyphen == NULL || hyphen + 1 == finder->document->text.at + token->end || hyphen[1] < 'a' ||
	    hyphen[1] > 'z' || token->entry != NULL)
		return false;
	bytes = text_fold(text, (size_t)(hyphen - text), folded, sizeof folded);
	entry = bytes > 0 ? lexicon_find(finder->lists, folded, bytes) : NULL;
	if (!LEXICON_HAS(entry, COUNTRY) && !LEXICON_HAS(entry, DEMONYM) && !LEXICON_HAS(entry, PLACE) &&
	    !LEXICON_HAS(entry, ORGANISATION))
		return false;
	*end = token->begin + (size_t)(hyphen - text);
	return true;
}

/* Take the run [FIRST, LAST] of capitalised words apart. `*after` gets the token behind what was taken. */
static bool
take_run(struct names_finder *finder, size_t first, size_t last, size_t *after)
{
	size_t office, title, end, i, before;
	const struct lexicon_entry *entry;

	*after = last + 1;
	if (first == last && token_at(finder, first)->end - token_at(finder, first)->begin == 1)
		return true; /* "Plan B", "Q:" */
	if (names_words_is_doubtful(finder->words, first) && !names_words_is_proper(finder->words, first)) {
		/* "Police said", "Talks began": a common word at the head of a sentence, alone */
		entry = names_phrase(finder, first, last, &end);
		if (end == first &&
		    (first == last ? !(HAS(first, HONORIFIC) || HAS(first, OFFICE)) : !leads_name(finder, first))) {
			if (first == last)
				return true;
			first++;
		} else if (end == first && first < last && (HAS(first + 1, DEMONYM) || HAS(first + 1, COUNTRY)) &&
		    token_at(finder, first)->tag != LEXICON_NNP && !HAS(first, OFFICE) && !HAS(first, HONORIFIC) &&
		    !HAS(first, PLACE_WORD) && !HAS(first, ORG_WORD)) {
			first++; /* "Angry Americans" */
		}
	}
	/* a listed name may go on over small words: "House of Representatives" */
	entry = names_phrase(finder, first, first + NAMES_PHRASE_MAX, &end);
	if (end >= last && end > first &&
	    (LEXICON_HAS(entry, ORGANISATION) || LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, COUNTRY))) {
		last = names_extend(finder, first, end);
		*after = last + 1;
		return add_found(finder, first, last, false) != NULL;
	}
	if (first == last && cut_compound(finder, first, &end)) {
		struct names_found *found = add_found(finder, first, last, false);
		if (found == NULL)
			return false;
		found->end = end;
		names_weigh(finder, found);
		return true;
	}
	/* "Secretary of Health | Jane Doe", "Director of National Intelligence": a complement, perhaps with a person
	 * behind it */
	before = names_office_of(finder, first);
	if (before != NAMES_NONE && !HAS(first, FIRST_NAME)) {
		for (i = first + 1; i <= last && !HAS(i, FIRST_NAME); i++)
			;
		if (i <= last && is_person_like(finder, i, last))
			return add_person(finder, before, i - 1, i, last);
		for (i = first; i <= last && names_words_is_common(token_at(finder, i)->entry) &&
		     !names_is_organisation_end(finder, i);
		     i++)
			;
		if (i > last)
			return true;
		if (i > first && i == last && is_person_like(finder, i, last))
			return add_person(finder, before, i - 1, i, last);
	}
	title = find_title(finder, first, last, &office);
	if (title == NAMES_NONE && first > 0 && names_is_together(finder, first - 1, first) &&
	    (HAS(first - 1, OFFICE) || HAS(first - 1, HONORIFIC)) && !names_is_capital(finder, first - 1) &&
	    is_person_like(finder, first, last))
		return add_person(finder, first - 1, first - 1, first,
		    last); /* "deputy defense minister | Danny Danon" */
	if (title == NAMES_NONE) {
		bool person = HAS(first, FIRST_NAME) && last > first && HAS(last, SURNAME) &&
		    !names_is_organisation_end(finder, last);
		if (person && HAS(last, OFFICE))
			return add_found(finder, first, last, false) != NULL; /* "Stephen King" */
		if (!take_plain(finder, first, last, false))
			return false;
		if (finder->count > 0 && finder->found[finder->count - 1].last >= last)
			*after = finder->found[finder->count - 1].last + 1;
		return true;
	}
	if (office > first) {
		size_t left = without_offices(finder, first, office - 1);
		if (left != NAMES_NONE && left >= first && !take_plain(finder, first, left, true))
			return false;
	}
	return add_person(finder, office, title, title + 1, last);
}

/* ---- the document ---- */

/* Roles that stand beside the names found from number FROM on: behind or before a comma. */
static void
add_appositions(struct names_finder *finder, size_t from)
{
	size_t i, begin, end;

	for (i = from; i < finder->count; i++) {
		struct names_found *found = &finder->found[i];
		size_t front = found->first; /* of the name with its honorific */
		if (found->role.end > 0 || found->settled)
			continue;
		while (front > 0 && found->first - front < HONORIFICS_MAX &&
		    names_is_together(finder, front - 1, front) && HAS(front - 1, HONORIFIC))
			front--;
		if (found->evidence[NEWS_PER] < found->evidence[NEWS_LOC] ||
		    found->evidence[NEWS_PER] < found->evidence[NEWS_ORG])
			continue;
		if (names_role_behind(finder, found->last, &begin, &end) ||
		    names_role_apposed(finder, front, &begin, &end)) {
			size_t k;
			found->role = (struct news_span){token_at(finder, begin)->begin, token_at(finder, end)->end};
			found->evidence[NEWS_PER] += 6;
			for (k = begin; k <= end && found->gender == NAMES_UNKNOWN; k++)
				if (HAS(k, OFFICE))
					found->gender = gender_of(token_at(finder, k)->entry);
		}
	}
}

/* "World Health Organization (WHO)": the acronym in brackets is the name before them. */
static void
mark_acronyms(struct names_finder *finder, size_t from)
{
	size_t i;

	for (i = from > 0 ? from : 1; i < finder->count; i++) {
		struct names_found *found = &finder->found[i], *before = found - 1;
		const struct token *token = token_at(finder, found->first);
		if (found->first == found->last && token->shape & TOKEN_CAPITALS && found->first == before->last + 2 &&
		    before->last > before->first && token_at(finder, found->first - 1)->mark == '(' &&
		    names_is_together(finder, before->last, found->last))
			found->acronym_of = i - 1;
	}
}

bool
names_find_run(struct names_finder *finder)
{
	size_t i = 0, next = 0, last, after, from = 0;

	finder->count = 0;
	memset(finder->phrases, 0, sizeof finder->phrases);
	for (;;) {
		while (next < finder->words->capital_count && finder->words->capitals[next] < i)
			next++;
		if (next == finder->words->capital_count)
			break;
		i = finder->words->capitals[next];
		if (!names_can_be_part(finder, i)) {
			/* "The Hague": an article that is part of a listed name */
			if (!HAS(i, PHRASE) || !HAS(i, DETERMINER) || !names_is_together(finder, i, i + 1) ||
			    !names_is_capital(finder, i + 1)) {
				i++;
				continue;
			}
			last = i + 1;
			if (!LEXICON_HAS(names_phrase(finder, i, last, &after), PLACE) || after == i) {
				i++;
				continue;
			}
			if (add_found(finder, i, after, false) == NULL)
				return false;
			i = after + 1;
			continue;
		}
		if (finder->words->style[token_at(finder, i)->segment] != NAMES_RUNNING &&
		    !counts_in_heading(finder, i)) {
			size_t end;
			const struct lexicon_entry *entry = names_phrase(finder, i,
			    i + NAMES_PHRASE_MAX < finder->tokens->count ? i + NAMES_PHRASE_MAX
									 : finder->tokens->count - 1,
			    &end);
			if (end > i && names_is_together(finder, i, end) &&
			    (LEXICON_HAS(entry, PLACE) || LEXICON_HAS(entry, ORGANISATION) ||
				LEXICON_HAS(entry, COUNTRY))) {
				if (add_found(finder, i, end, false) == NULL)
					return false;
				i = end + 1;
			} else {
				i++;
			}
			continue;
		}
		last = run_end(finder, i);
		if (!take_run(finder, i, last, &after))
			return false;
		add_appositions(finder, from);
		mark_acronyms(finder, from);
		from = finder->count;
		i = after;
	}
	return true;
}

void
names_find_release(struct names_finder *finder)
{
	free(finder->found);
	finder->found = NULL;
}
