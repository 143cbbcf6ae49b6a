/* SPDX-License-Identifier: ISC
 *
 * First all mentions of one string (a form) are looked at together and the form gets its type. Then, in reading order,
 * each mention finds its entity: by its form; a person by surname or first name, the most recently named one first; an
 * organisation or a place by acronym, alias, or a part of its name. All of it is asked of one table of strings, in
 * which an entity leaves every string it may be called by; so a mention costs the same however many entities there are.
 */
#include "names_link.h"

#include "lexicon.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Weights: "Kerry" alone, where "John Kerry" stands too; "Boeing", where "Boeing Co." does. */
#define PERSON_ELSEWHERE 8
#define ORGANISATION_ELSEWHERE 5

/* What a word is part of: it leads or ends a person's name of several words, leads an organisation's. */
enum { PART_OF_PERSON = 1, PART_OF_ORGANISATION };

void
names_link_init(struct names_linker *linker)
{
	memset(linker, 0, sizeof *linker);
	randombytes_buf(&linker->seed, sizeof linker->seed);
	randombytes_buf(&linker->factor, sizeof linker->factor);
	linker->factor |= 1;
}

void
names_link_release(struct names_linker *linker)
{
	free(linker->forms);
	free(linker->form_of);
	free(linker->one_of);
	free(linker->type_of);
	free(linker->ones);
	free(linker->by_last);
	free(linker->by_first);
	free(linker->part_of);
	free(linker->keys);
	buffer_release(&linker->text);
	memset(linker, 0, sizeof *linker);
}

static const struct token *
token_at(const struct names_linker *linker, size_t i)
{
	return &linker->finder->tokens->at[i];
}

/* Append the name FOUND in lower case, one space between words, without an article in front. */
static bool
fold_name(struct names_linker *linker, const struct names_found *found)
{
	struct buffer *text = &linker->text;
	size_t i, first = found->first;

	if (first < found->last && names_is_word(linker->finder, first, "the"))
		first++;
	for (i = first; i <= found->last; i++) {
		const struct token *token = token_at(linker, i);
		size_t bytes = (i == found->last ? found->end : token->end) - token->begin, room = 2 * bytes + 16,
		       folded;
		if (!buffer_reserve(text, room + 1))
			return false;
		if (i > first && !(token->shape & TOKEN_GLUED))
			text->at[text->bytes++] = ' ';
		folded =
		    text_fold(linker->finder->document->text.at + token->begin, bytes, text->at + text->bytes, room);
		if (folded == 0 && !buffer_add(text, linker->finder->document->text.at + token->begin, bytes))
			return false;
		text->bytes += folded;
	}
	return true;
}

/* The full name that the lists know for an alias, or empty text. */
static struct news_text
alias_of(const struct names_linker *linker, const struct names_found *found, size_t text, size_t bytes)
{
	const struct lexicon_entry *entry = token_at(linker, found->first)->entry;

	if (found->first < found->last)
		entry = LEXICON_HAS(entry, PHRASE) ? lexicon_find(linker->lists, linker->text.at + text, bytes) : NULL;
	if (!LEXICON_HAS(entry, ALIAS))
		return (struct news_text){NULL, 0};
	return lexicon_lemma(linker->lists, entry);
}

/* A key of the words of a found name as they stand: the same for the same words, so that they need not be folded and
 * hashed again. The factor is random: nobody can write two names that have one key. */
static uint64_t
words_key(const struct names_linker *linker, const struct names_found *found)
{
	uint64_t key = found->last - found->first;
	size_t i;

	for (i = found->first; i <= found->last; i++) {
		const struct token *token = token_at(linker, i);
		key = (key ^ token->hash) * linker->factor;
		key = (key ^ key >> 32) + (token->shape & TOKEN_GLUED);
	}
	/* a name may end inside its last token: "U.S.-led" */
	return (key ^ (token_at(linker, found->last)->end - found->end)) * linker->factor;
}

/* The form of the found name I, made when the document had none so far. */
static bool
find_form(struct names_linker *linker, size_t i, uint32_t *number)
{
	const struct names_found *found = &linker->finder->found[i];
	struct names_form *grown, *form;
	struct news_text alias;
	size_t text = linker->text.bytes, bytes;
	uint32_t first, last;

	if (!fold_name(linker, found))
		return false;
	bytes = linker->text.bytes - text;
	alias = alias_of(linker, found, text, bytes);
	if (alias.bytes > 0) {
		linker->text.bytes = text;
		bytes = alias.bytes;
		if (!buffer_add(&linker->text, alias.at, alias.bytes))
			return false;
	}
	*number = names_recall(linker, NAMES_KEY_FORM, linker->text.at + text, bytes);
	if (*number != NAMES_NO_ONE) {
		linker->text.bytes = text;
		return true;
	}
	grown = array_grow(linker->forms, linker->form_count, &linker->form_room, sizeof *grown);
	first = names_words_number(linker->words, found->first);
	last = names_words_number(linker->words, found->last);
	if (grown == NULL || first == 0 || last == 0)
		return false;
	linker->forms = grown;
	*number = (uint32_t)linker->form_count++;
	form = &grown[*number];
	memset(form, 0, sizeof *form);
	form->text = text;
	form->bytes = bytes;
	form->found = i;
	form->other = NAMES_NO_ONE;
	form->first_word = first;
	form->last_word = last;
	form->words = (uint32_t)(found->last - found->first + 1);
	linker->capital_forms += form->words == 1 && (token_at(linker, found->first)->shape & TOKEN_CAPITALS);
	return names_remember(linker, NAMES_KEY_FORM, linker->text.at + text, bytes, *number);
}

static bool
add_form(struct names_linker *linker, size_t i)
{
	const struct names_found *found = &linker->finder->found[i];
	struct names_form *form;
	uint64_t key = words_key(linker, found);
	uint32_t number = names_recall_key(linker, key);
	size_t k;

	if (number == NAMES_NO_ONE && (!find_form(linker, i, &number) || !names_remember_key(linker, key, number)))
		return false;
	form = &linker->forms[number];
	for (k = 0; k < NAMES_TYPES; k++)
		form->evidence[k] += found->evidence[k];
	form->settled = form->settled || found->settled;
	form->titled = form->titled || found->titled;
	if (form->words == 1) {
		const struct token *token = token_at(linker, found->first);
		form->common = !(token->shape & TOKEN_CAPITALS) &&
		    (names_words_is_common(token->entry) || LEXICON_HAS(token, PLACE_WORD));
	}
	linker->form_of[i] = number;
	return true;
}

static enum news_entity_type
strongest(const int *evidence)
{
	/* PER, ORG, LOC, MISC: the first of equals */
	size_t best = 0, i;

	for (i = 1; i < NAMES_TYPES; i++)
		if (evidence[i] > evidence[best])
			best = i;
	return (enum news_entity_type)best;
}

static void
type_forms(struct names_linker *linker)
{
	size_t i;

	for (i = 0; i < linker->form_count; i++) {
		struct names_form *form = &linker->forms[i];
		form->type = strongest(form->evidence);
		if (form->words > 1 && form->type == NEWS_PER)
			linker->part_of[form->first_word] = linker->part_of[form->last_word] = PART_OF_PERSON;
		else if (form->words > 1 && form->type == NEWS_ORG && linker->part_of[form->first_word] == 0)
			linker->part_of[form->first_word] = PART_OF_ORGANISATION;
	}
	for (i = 0; i < linker->form_count; i++) {
		struct names_form *form = &linker->forms[i];
		if (form->words > 1 || form->settled)
			continue;
		if (linker->part_of[form->first_word] == PART_OF_PERSON)
			form->evidence[NEWS_PER] += PERSON_ELSEWHERE;
		else if (linker->part_of[form->first_word] == PART_OF_ORGANISATION)
			form->evidence[NEWS_ORG] += ORGANISATION_ELSEWHERE;
		form->type = strongest(form->evidence);
	}
}

/* The type of one mention: that of its form, but for a place that is called as a person of the document is ("Denzel
 * Washington ... in Washington"). */
static enum news_entity_type
mention_type(const struct names_linker *linker, size_t i)
{
	const struct names_found *found = &linker->finder->found[i];
	const struct names_form *form = &linker->forms[linker->form_of[i]];

	if (found->titled)
		return NEWS_PER;
	if (form->words == 1 && form->evidence[NEWS_PER] > 0 && form->evidence[NEWS_LOC] > 0 &&
	    (linker->part_of[form->first_word] == PART_OF_PERSON || form->titled))
		return found->placed ? NEWS_LOC : form->settled && !form->titled ? form->type : NEWS_PER;
	return form->type;
}

static bool
grow_found(struct names_linker *linker, size_t count)
{
	void *grown = realloc(linker->form_of, count * sizeof *linker->form_of);

	if (grown == NULL)
		return false;
	linker->form_of = grown;
	grown = realloc(linker->one_of, count * sizeof *linker->one_of);
	if (grown == NULL)
		return false;
	linker->one_of = grown;
	grown = realloc(linker->type_of, count * sizeof *linker->type_of);
	if (grown == NULL)
		return false;
	linker->type_of = grown;
	linker->found_room = count;
	return true;
}

static bool
grow_words(struct names_linker *linker, size_t count)
{
	void *grown = realloc(linker->by_last, count * sizeof *linker->by_last);

	if (grown == NULL)
		return false;
	linker->by_last = grown;
	grown = realloc(linker->by_first, count * sizeof *linker->by_first);
	if (grown == NULL)
		return false;
	linker->by_first = grown;
	grown = realloc(linker->part_of, count * sizeof *linker->part_of);
	if (grown == NULL)
		return false;
	linker->part_of = grown;
	linker->word_room = count;
	return true;
}

static bool
start(struct names_linker *linker)
{
	size_t found = linker->finder->count + 1, words;

	linker->form_count = linker->capital_forms = linker->one_count = 0;
	linker->text.bytes = 0;
	linker->key_count = 0;
	if (++linker->epoch == 0 || linker->key_room > 1 << 17) {
		free(linker->keys);
		linker->keys = NULL;
		linker->key_room = 0;
		linker->epoch = 1;
	}
	if (linker->found_room < found && !grow_found(linker, found))
		return false;
	/* forms may add words: two for each name at most */
	words = linker->words->count + 2 * found + 1;
	if (linker->word_room < words && !grow_words(linker, words))
		return false;
	memset(linker->by_last, 0, words * sizeof *linker->by_last);
	memset(linker->by_first, 0, words * sizeof *linker->by_first);
	memset(linker->part_of, 0, words * sizeof *linker->part_of);
	return true;
}

bool
names_link_run(struct names_linker *linker, struct names_finder *finder)
{
	size_t i;

	linker->finder = finder;
	linker->words = finder->words;
	linker->lists = finder->lists;
	if (!start(linker))
		return false;
	for (i = 0; i < finder->count; i++)
		if (!add_form(linker, i))
			return false;
	type_forms(linker);
	for (i = 0; i < finder->count; i++) {
		enum news_entity_type type = mention_type(linker, i);
		linker->type_of[i] = type;
		if (type == NEWS_PER ? !names_link_person(linker, i) : !names_link_other(linker, i, type))
			return false;
	}
	return true;
}
