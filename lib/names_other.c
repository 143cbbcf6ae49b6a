/* SPDX-License-Identifier: ISC
 *
 * names_other.c - which mentions of organisations, places and other names are one: acronyms, parts of names
 */
#include "names_link.h"

#include "lexicon.h"

#include <string.h>

#define PARTS_MAX 10       /* words of a name whose parts are remembered */
#define ACRONYM_MAX 8      /* letters */
#define SMALL_WORD_BYTES 3 /* of a word that an acronym may leave out */
#define SHORT_NAME_BYTES 5 /* one word this short stands for a longer name only when nothing but "Inc." is missing */

static const struct token *
token_at(const struct names_linker *linker, size_t i)
{
	return &linker->finder->tokens->at[i];
}

/* "of", "the", "&": words that acronyms may leave out. */
static bool
is_small_word(const struct names_linker *linker, const char *at, size_t bytes)
{
	const struct lexicon_entry *entry = bytes <= SMALL_WORD_BYTES ? lexicon_find(linker->lists, at, bytes) : NULL;

	return LEXICON_HAS(entry, PREPOSITION) || LEXICON_HAS(entry, DETERMINER) || LEXICON_HAS(entry, CONJUNCTION) ||
	    (bytes == 1 && *at == '&');
}

/* The initials of a form, in lower case: of all words, or without the small ones. Gives their number, 0 when too many.
 */
static size_t
initials(const struct names_linker *linker, const struct names_form *form, bool small, char *out)
{
	const char *text = linker->text.at + form->text;
	size_t at = 0, count = 0, end;

	while (at < form->bytes) {
		for (end = at; end < form->bytes && text[end] != ' '; end++)
			;
		if (small || !is_small_word(linker, text + at, end - at)) {
			if (count == ACRONYM_MAX)
				return 0;
			out[count++] = text[at];
		}
		at = end + 1;
	}
	return count;
}

/* The letters of an acronym, without its stops. Gives their number; 0 when FORM is none. */
static size_t
acronym_letters(const struct names_linker *linker, const struct names_form *form, char *out)
{
	const struct names_found *found = &linker->finder->found[form->found];
	const char *text = linker->text.at + form->text;
	size_t i, count = 0;

	if (form->words != 1 || !(token_at(linker, found->first)->shape & TOKEN_CAPITALS))
		return 0;
	for (i = 0; i < form->bytes; i++) {
		if (text[i] == '.')
			continue;
		if (count == ACRONYM_MAX || (unsigned char)text[i] >= 0x80)
			return 0;
		out[count++] = text[i];
	}
	return count > 1 ? count : 0;
}

/* Call VISIT with each proper part of FORM that leads it or ends it, until it gives false. */
static bool
each_part(struct names_linker *linker, const struct names_form *form, size_t one,
    bool (*visit)(struct names_linker *linker, const struct names_form *form, size_t one, size_t begin, size_t end))
{
	size_t i, parts = 0;

	for (i = 0; i < form->bytes && parts < PARTS_MAX; i++) {
		if (linker->text.at[form->text + i] != ' ')
			continue;
		parts++;
		if (!visit(linker, form, one, 0, i) || !visit(linker, form, one, i + 1, form->bytes))
			return false;
	}
	return true;
}

static bool
remember_part(struct names_linker *linker, const struct names_form *form, size_t one, size_t begin, size_t end)
{
	return names_remember(linker, NAMES_KEY_PART, linker->text.at + form->text + begin, end - begin, one);
}

/* Whether the words of text behind a shorter name are "Inc." and the like. */
static bool
is_company_rest(const struct names_linker *linker, const char *at, size_t bytes)
{
	const struct lexicon_entry *entry = bytes > 1 ? lexicon_find(linker->lists, at + 1, bytes - 1) : NULL;

	return LEXICON_HAS(entry, COMPANY_SUFFIX);
}

/* Whether the text PART may stand for the longer name WHOLE, both of TYPE. */
static bool
stands_for(const struct names_linker *linker, enum news_entity_type type, const char *part, size_t part_bytes,
    const char *whole, size_t whole_bytes)
{
	bool leads = memcmp(part, whole, part_bytes) == 0, several = memchr(part, ' ', part_bytes) != NULL;
	const struct lexicon_entry *entry = lexicon_find(linker->lists, part, part_bytes);

	if (type == NEWS_LOC) {
		if (LEXICON_HAS(entry, COUNTRY))
			return false;
		/* "Gaza" for "Gaza Strip", "the Valley" for "Jordan Valley" */
		return leads ? !LEXICON_HAS(entry, PLACE_WORD) : LEXICON_HAS(entry, PLACE_WORD) && !several;
	}
	if (type != NEWS_ORG || LEXICON_HAS(entry, COUNTRY) || LEXICON_HAS(entry, DEMONYM) || LEXICON_HAS(entry, PLACE))
		return false;
	if (leads && is_company_rest(linker, whole + part_bytes, whole_bytes - part_bytes))
		return true;
	/* "the Union" for "Harbour Workers' Union", but not "Harbour" */
	return several ||
	    (part_bytes > SHORT_NAME_BYTES &&
		(leads ? !names_words_is_common(entry) && !LEXICON_HAS(entry, PLACE_WORD)
		       : LEXICON_HAS(entry, ORG_WORD)));
}

/* The longer entity that FORM is a part of. */
static uint32_t
find_longer(const struct names_linker *linker, const struct names_form *form, enum news_entity_type type)
{
	const char *text = linker->text.at + form->text;
	uint32_t one = names_recall(linker, NAMES_KEY_PART, text, form->bytes);
	const struct names_form *whole;

	if (one == NAMES_NO_ONE)
		return one;
	whole = &linker->forms[linker->ones[one].form];
	/* a word that is no name by itself may be either, as the longer name is */
	if (linker->ones[one].type != type && !form->common)
		return NAMES_NO_ONE;
	if (whole->bytes <= form->bytes ||
	    !stands_for(linker, linker->ones[one].type, text, form->bytes, linker->text.at + whole->text, whole->bytes))
		return NAMES_NO_ONE;
	return one;
}

/* The shorter entity that is a part of FORM: "Treasury Board", then "Treasury Board of Canada". */
static uint32_t
find_shorter(const struct names_linker *linker, const struct names_form *form, enum news_entity_type type)
{
	const char *text = linker->text.at + form->text;
	size_t i;

	for (i = form->bytes; i-- > 1;) {
		uint32_t one;
		if (text[i] != ' ')
			continue;
		one = names_recall(linker, NAMES_KEY_OTHER, text, i);
		if (one != NAMES_NO_ONE && linker->ones[one].type == type &&
		    stands_for(linker, type, text, i, text, form->bytes))
			return one;
	}
	return NAMES_NO_ONE;
}

/* The entity that FORM is the acronym of, or that is an acronym of FORM. */
static uint32_t
find_acronym(const struct names_linker *linker, const struct names_form *form)
{
	char letters[ACRONYM_MAX];
	size_t count = acronym_letters(linker, form, letters), small;

	if (count > 0)
		return names_recall(linker, NAMES_KEY_ACRONYM, letters, count);
	if (form->words < 2 || linker->capital_forms == 0)
		return NAMES_NO_ONE;
	for (small = 0; small < 2; small++) {
		uint32_t one;
		count = initials(linker, form, small, letters);
		one = count > 1 ? names_recall(linker, NAMES_KEY_OTHER, letters, count) : NAMES_NO_ONE;
		if (one != NAMES_NO_ONE && linker->ones[one].acronym)
			return one;
	}
	return NAMES_NO_ONE;
}

/* Leave every string that ONE may be called by, known now as FORM. */
static bool
remember_other(struct names_linker *linker, const struct names_form *form, uint32_t one)
{
	char letters[ACRONYM_MAX];
	size_t count, small;

	if (!names_remember(linker, NAMES_KEY_OTHER, linker->text.at + form->text, form->bytes, one))
		return false;
	if (form->words < 2)
		return true;
	for (small = 0; small < 2 && linker->capital_forms > 0; small++) {
		count = initials(linker, form, small, letters);
		if (count > 1 && !names_remember(linker, NAMES_KEY_ACRONYM, letters, count, one))
			return false;
	}
	return each_part(linker, form, one, remember_part);
}

bool
names_link_other(struct names_linker *linker, size_t i, enum news_entity_type type)
{
	const struct names_found *found = &linker->finder->found[i];
	size_t number = linker->form_of[i];
	const struct names_form *form = &linker->forms[number];
	char letters[ACRONYM_MAX];
	uint32_t one = form->other;
	bool known = one != NAMES_NO_ONE;

	if (!known && found->acronym_of != NAMES_NONE && linker->one_of[found->acronym_of] != NAMES_NO_ONE) {
		/* in brackets behind the name, the first letter is enough: "Nordic Weather Service (Norwea)" */
		const struct names_form *before = &linker->forms[linker->form_of[found->acronym_of]];
		if (linker->text.at[before->text] == linker->text.at[form->text])
			one = linker->one_of[found->acronym_of];
	}
	if (one == NAMES_NO_ONE)
		one = find_acronym(linker, form);
	if (one == NAMES_NO_ONE)
		one = find_longer(linker, form, type);
	if (one == NAMES_NO_ONE && !form->settled)
		one = find_shorter(linker, form, type);
	if (one == NAMES_NO_ONE) {
		struct names_one *added;
		if (form->common && form->evidence[type] < NAMES_COMMON_ALONE && !form->settled) {
			/* "the Government", "the Valley", where nothing longer has the word */
			linker->one_of[i] = NAMES_NO_ONE;
			return true;
		}
		added = names_add_one(linker, number, type);
		if (added == NULL)
			return false;
		one = (uint32_t)linker->one_count - 1;
		added->acronym = acronym_letters(linker, form, letters) > 0;
	} else if (form->words > 1 && form->bytes > linker->forms[linker->ones[one].form].bytes) {
		linker->ones[one].form = number;
		linker->ones[one].acronym = false;
	}
	linker->one_of[i] = one;
	linker->forms[number].other = one;
	return known || remember_other(linker, form, one);
}
