/* SPDX-License-Identifier: ISC
 *
 * names_person.c - which mentions of persons are one: full names, surnames, first names
 *
 * A chain through the entities of one last word holds them in the order of their last mention; at most SAME_LAST_MAX of
 * them are compared.
 */
#include "names_link.h"

#include "lexicon.h"

#include <string.h>

#define SAME_LAST_MAX 8 /* persons of one surname that are compared */

static const struct token *
token_at(const struct names_linker *linker, size_t i)
{
	return &linker->finder->tokens->at[i];
}

static bool
gender_fits(enum names_gender left, enum names_gender right)
{
	return left == NAMES_UNKNOWN || right == NAMES_UNKNOWN || left == right;
}

/* The first letter of a word of the document, in lower case as far as it is ASCII. */
static int
first_letter(const struct names_linker *linker, uint32_t word)
{
	const struct token *token = token_at(linker, linker->words->at[word].token);

	return (unsigned char)linker->finder->document->text.at[token->begin] | 0x20;
}

static bool
is_initial(const struct names_linker *linker, uint32_t word)
{
	return (token_at(linker, linker->words->at[word].token)->shape & TOKEN_INITIAL) != 0;
}

/* Whether the name of FORM has WORD behind its first word: "Peña Nieto" in "Enrique Peña Nieto". */
static bool
has_inside(const struct names_linker *linker, const struct names_form *form, uint32_t word)
{
	const struct names_found *found = &linker->finder->found[form->found];
	size_t i;

	for (i = found->first + 1; i <= found->last; i++)
		if (linker->words->of_token[i] == word)
			return true;
	return false;
}

static bool
is_same_person(const struct names_linker *linker, const struct names_form *form, const struct names_one *one)
{
	const struct names_form *other = &linker->forms[one->form];

	if (form->first_word == one->first_word)
		return true;
	if ((is_initial(linker, form->first_word) || is_initial(linker, one->first_word)) &&
	    first_letter(linker, form->first_word) == first_letter(linker, one->first_word))
		return true;
	return has_inside(linker, other, form->first_word) || has_inside(linker, form, one->first_word);
}

/* The person of several words that FORM, of several words too, names; or one known by one of its words so far. */
static uint32_t
find_full(struct names_linker *linker, const struct names_form *form, enum names_gender gender)
{
	uint32_t at = linker->by_last[form->last_word], steps;

	for (steps = 0; at != 0 && steps < SAME_LAST_MAX; at = linker->ones[at - 1].same_last, steps++) {
		const struct names_one *one = &linker->ones[at - 1];
		if (gender_fits(one->gender, gender) && (one->bare || is_same_person(linker, form, one)))
			return at - 1;
	}
	at = linker->by_last[form->first_word];
	if (at != 0 && linker->ones[at - 1].bare && gender_fits(linker->ones[at - 1].gender, gender))
		return at - 1; /* "Marek", then "Marek Tobrin" */
	return NAMES_NO_ONE;
}

/* The person that one word names: by surname, else by first name. */
static uint32_t
find_bare(struct names_linker *linker, const struct names_form *form, enum names_gender gender)
{
	uint32_t at = linker->by_last[form->first_word], steps;

	for (steps = 0; at != 0 && steps < SAME_LAST_MAX; at = linker->ones[at - 1].same_last, steps++)
		if (gender_fits(linker->ones[at - 1].gender, gender))
			return at - 1;
	at = linker->by_first[form->first_word];
	if (at != 0 && gender_fits(linker->ones[at - 1].gender, gender))
		return at - 1;
	return NAMES_NO_ONE;
}

/* Move ONE to the front of those with its last word: a bare surname goes to the person named last. */
static void
bring_forward(struct names_linker *linker, uint32_t one)
{
	uint32_t *head = &linker->by_last[linker->ones[one].last_word], *at = head, steps;

	for (steps = 0; *at != 0 && *at != one + 1 && steps < SAME_LAST_MAX; steps++)
		at = &linker->ones[*at - 1].same_last;
	if (*at != one + 1)
		return;
	*at = linker->ones[one].same_last;
	linker->ones[one].same_last = *head;
	*head = one + 1;
}

/* Take ONE out of the chain of its last word. */
static void
unchain(struct names_linker *linker, uint32_t one)
{
	uint32_t *at = &linker->by_last[linker->ones[one].last_word], steps;

	for (steps = 0; *at != 0 && *at != one + 1 && steps < 4 * SAME_LAST_MAX; steps++)
		at = &linker->ones[*at - 1].same_last;
	if (*at == one + 1)
		*at = linker->ones[one].same_last;
}

/* "al-Assad" is called "Assad" too. */
static bool
without_article(const char **at, size_t *bytes)
{
	if (*bytes < 6 || (memcmp(*at, "al-", 3) != 0 && memcmp(*at, "el-", 3) != 0))
		return false;
	*at += 3;
	*bytes -= 3;
	return true;
}

/* The last word of a form, as text. */
static void
last_word(const struct names_linker *linker, const struct names_form *form, const char **at, size_t *bytes)
{
	size_t i = form->bytes;

	while (i > 0 && linker->text.at[form->text + i - 1] != ' ')
		i--;
	*at = linker->text.at + form->text + i;
	*bytes = form->bytes - i;
}

bool
names_link_person(struct names_linker *linker, size_t i)
{
	const struct names_found *found = &linker->finder->found[i];
	size_t number = linker->form_of[i], bytes;
	struct names_form *form = &linker->forms[number];
	enum names_gender gender = found->gender;
	const char *at;
	uint32_t one;
	bool bare = form->words == 1;

	if (gender == NAMES_UNKNOWN && !bare) {
		const struct lexicon_entry *entry = token_at(linker, found->first)->entry;
		if (LEXICON_HAS(entry, FIRST_NAME))
			gender = LEXICON_HAS(entry, MALE) ? NAMES_MALE
			    : LEXICON_HAS(entry, FEMALE)  ? NAMES_FEMALE
							  : NAMES_UNKNOWN;
	}
	one = bare ? find_bare(linker, form, gender) : find_full(linker, form, gender);
	if (one == NAMES_NO_ONE && form->common && !form->titled && form->evidence[NEWS_PER] < NAMES_COMMON_ALONE) {
		const struct lexicon_entry *entry = token_at(linker, found->first)->entry;
		if (!LEXICON_HAS(entry, SURNAME) && !LEXICON_HAS(entry, FIRST_NAME)) {
			linker->one_of[i] = NAMES_NO_ONE; /* "Figure", "Statement" */
			return true;
		}
	}
	if (one == NAMES_NO_ONE && bare) {
		last_word(linker, form, &at, &bytes);
		without_article(&at, &bytes);
		one = names_recall(linker, NAMES_KEY_BARE_SURNAME, at, bytes);
		if (one != NAMES_NO_ONE && !gender_fits(linker->ones[one].gender, gender))
			one = NAMES_NO_ONE;
	}
	if (one == NAMES_NO_ONE) {
		struct names_one *added = names_add_one(linker, number, NEWS_PER);
		if (added == NULL)
			return false;
		one = (uint32_t)linker->one_count - 1;
		added->bare = bare;
		added->first_word = form->first_word;
		added->last_word = form->last_word;
		added->same_last = linker->by_last[form->last_word];
		linker->by_last[form->last_word] = one + 1;
	} else if (linker->ones[one].bare && !bare) {
		/* "Kerry", then "John Kerry" */
		unchain(linker, one);
		linker->ones[one].bare = false;
		linker->ones[one].first_word = form->first_word;
		linker->ones[one].last_word = form->last_word;
		linker->ones[one].form = number;
		linker->ones[one].same_last = linker->by_last[form->last_word];
		linker->by_last[form->last_word] = one + 1;
	} else {
		bring_forward(linker, one);
	}
	if (!bare) {
		linker->by_first[form->first_word] = one + 1;
		last_word(linker, form, &at, &bytes);
		without_article(&at, &bytes);
		if (!names_remember(linker, NAMES_KEY_BARE_SURNAME, at, bytes, one))
			return false;
	}
	if (linker->ones[one].gender == NAMES_UNKNOWN)
		linker->ones[one].gender = gender;
	linker->one_of[i] = one;
	return true;
}
