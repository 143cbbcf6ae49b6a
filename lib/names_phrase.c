/* SPDX-License-Identifier: ISC
 *
 * names_phrase.c - names of several words: those the lists have, and those that go on over small words
 */
#include "names_find.h"

#include "lexicon.h"
#include "text.h"

#define PART_MAX 12   /* capitalised words behind a small word */
#define EXTENT_MAX 24 /* tokens of a name */
#define JOINS_MAX 4   /* small words inside one name */

static const struct token *
token_at(const struct names_finder *finder, size_t i)
{
	return &finder->tokens->at[i];
}

#define HAS(i, trait) LEXICON_HAS(token_at(finder, i), trait)

/* Whether ENTRY is there for its own sake, not as a word of longer ones. */
static bool
is_listed(const struct lexicon_entry *entry)
{
	return (entry->traits & ~(UINT64_C(1) << LEXICON_BIT_PHRASE | UINT64_C(1) << LEXICON_BIT_PHRASE_PART)) != 0;
}

/* Look up all entries of several words that begin with token FIRST. */
static void
find_phrases(struct names_finder *finder, size_t first, struct names_phrases *phrases)
{
	char folded[256];
	size_t bytes = 0, i, more;

	*phrases = (struct names_phrases){.first = first + 1};
	for (i = first; i - first < NAMES_PHRASE_MAX && names_is_together(finder, first, i); i++) {
		const struct token *token = token_at(finder, i);
		const struct lexicon_entry *entry;
		if (i > first && !LEXICON_HAS(token, PHRASE_PART) && token->mark != '&')
			break;
		if (i > first && !(token->shape & TOKEN_GLUED)) {
			if (bytes == sizeof folded)
				break;
			folded[bytes++] = ' ';
		}
		more = text_fold(finder->document->text.at + token->begin, token->end - token->begin, folded + bytes,
		    sizeof folded - bytes);
		if (more == 0)
			break;
		bytes += more;
		entry = i > first ? lexicon_find(finder->lists, folded, bytes) : NULL;
		if (entry != NULL && is_listed(entry)) {
			phrases->end[phrases->count] = i;
			phrases->entry[phrases->count++] = entry;
		}
	}
}

const struct lexicon_entry *
names_phrase(struct names_finder *finder, size_t first, size_t last, size_t *end)
{
	const struct lexicon_entry *word = token_at(finder, first)->entry;
	struct names_phrases *phrases;
	size_t i;

	*end = first;
	if (last == first || !LEXICON_HAS(word, PHRASE))
		return word;
	phrases = &finder->phrases[first % NAMES_PHRASES_CACHED];
	if (phrases->first != first + 1)
		find_phrases(finder, first, phrases);
	for (i = phrases->count; i-- > 0;) {
		if (phrases->end[i] > last)
			continue;
		*end = phrases->end[i];
		return phrases->entry[i];
	}
	return word;
}

/* Whether the name that ends with token LAST may go on with "of". */
static bool
takes_of(const struct names_finder *finder, size_t first, size_t last)
{
	if (HAS(last, OFFICE) || HAS(last, DEMONYM) || HAS(last, COUNTRY) || HAS(last, HONORIFIC))
		return false;
	if (HAS(last, ORG_WORD) || HAS(last, GROUP_NOUN) || HAS(last, PLACE_WORD))
		return true;
	if (first < last && (HAS(first, FIRST_NAME) || token_at(finder, last)->shape & TOKEN_INITIAL))
		return false;
	return names_words_is_common(token_at(finder, last)->entry) && !HAS(last, SURNAME) && !HAS(last, TIME_NOUN);
}

/* The last token of the capitalised words from AT on, which follow a small word; NAMES_NONE when there are none. */
static size_t
part_end(const struct names_finder *finder, size_t at)
{
	size_t last;

	if (!names_can_be_part(finder, at))
		return NAMES_NONE;
	for (last = at;
	     names_is_together(finder, at, last + 1) && last - at < PART_MAX && names_can_be_part(finder, last + 1);
	     last++)
		;
	return last;
}

size_t
names_extend(struct names_finder *finder, size_t first, size_t last)
{
	bool prepositional = false;
	size_t rounds;

	for (rounds = 0; rounds < JOINS_MAX; rounds++) {
		size_t at = last + 1, end;

		if (!names_is_together(finder, last, at + 1) || last - first > EXTENT_MAX)
			break;
		if (token_at(finder, at)->mark == '&') {
			end = part_end(finder, at + 1);
		} else if (token_at(finder, at)->shape & TOKEN_POSSESSIVE) {
			/* "Harbour Workers' Union", "People's Party" */
			end = part_end(finder, at + 1);
			if (end == NAMES_NONE || !names_is_organisation_end(finder, end) || HAS(last, COUNTRY) ||
			    HAS(last, PLACE) ||
			    !(HAS(last, PERSON_NOUN) || HAS(last, GROUP_NOUN) ||
				token_at(finder, last)->tag == LEXICON_NNS))
				break;
		} else if (names_is_word(finder, at, "of") ? takes_of(finder, first, last)
			: (names_is_word(finder, at, "for") || names_is_word(finder, at, "on"))
			? HAS(last, ORG_WORD) && !HAS(last, PERSON_NOUN)
			: false) {
			size_t next = at + 1;
			if (names_is_word(finder, next, "the") && names_is_together(finder, next, next + 1))
				next++;
			end = part_end(finder, next);
			/* "Council of Ministers", but not "Ministry of Foreign Minister Birch" */
			if (end != NAMES_NONE && (HAS(next, HONORIFIC) || HAS(next, OFFICE)) &&
			    token_at(finder, next)->tag != LEXICON_NNS)
				break;
			prepositional = end != NAMES_NONE;
		} else if (names_is_word(finder, at, "and")) {
			/* "Department of Health and Human Services", "Food and Drug Administration" */
			end = part_end(finder, at + 1);
			if (end == NAMES_NONE || !names_words_is_common(token_at(finder, at + 1)->entry) ||
			    !names_words_is_common(token_at(finder, last)->entry) || HAS(last, ORG_WORD) ||
			    !(prepositional || (first == last && names_is_organisation_end(finder, end))))
				break;
		} else if (token_at(finder, at)->mark == ',' &&
		    (HAS(at + 1, COMPANY_SUFFIX) || HAS(at + 1, NAME_SUFFIX)) && names_is_capital(finder, at + 1)) {
			end = at + 1;
		} else {
			break;
		}
		if (end == NAMES_NONE)
			break;
		last = end;
	}
	return last;
}
