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

#define SAME_LAST_MAX 8    /* persons of one surname that are compared */
#define PARTS_MAX 10       /* words of a name whose parts are remembered */
#define ACRONYM_MAX 8      /* letters */
#define SHORT_NAME_BYTES 5 /* one word this short stands for a longer name only when nothing but "Inc." is missing */

/* Weights: "Kerry" alone, where "John Kerry" stands too; "Boeing", where "Boeing Co." does. */
#define PERSON_ELSEWHERE 8
#define ORGANISATION_ELSEWHERE 5

/* What a word is part of: it leads or ends a person's name of several words, leads an organisation's. */
enum { PART_OF_PERSON = 1, PART_OF_ORGANISATION };

#define COMMON_ALONE 8 /* weight that a common word needs to be a name by itself */

/* What a string in the table is. */
enum key_kind { KEY_FORM, KEY_PERSON, KEY_OTHER, KEY_PART, KEY_ACRONYM, KEY_BARE_SURNAME };

void
names_link_init(struct names_linker *linker)
{
	memset(linker, 0, sizeof *linker);
	crypto_shorthash_keygen(linker->key);
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

/* ---- the table of strings ---- */

static uint64_t
key_of(const struct names_linker *linker, enum key_kind kind, const char *at, size_t bytes)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t key;

	crypto_shorthash(hash, (const unsigned char *)at, bytes, linker->key);
	memcpy(&key, hash, sizeof key);
	/* kinds share the strings: each goes to a place of its own */
	return key + kind * UINT64_C(0x9E3779B97F4A7C15);
}

static struct names_key *
slot_of(struct names_key *keys, size_t room, uint32_t epoch, uint64_t key)
{
	size_t i = key & (room - 1);

	while (keys[i].epoch == epoch && keys[i].key != key)
		i = (i + 1) & (room - 1);
	return &keys[i];
}

static bool
grow_keys(struct names_linker *linker)
{
	size_t room = linker->key_room == 0 ? 1024 : 2 * linker->key_room, i;
	struct names_key *keys = calloc(room, sizeof *keys);

	if (keys == NULL)
		return false;
	for (i = 0; i < linker->key_room; i++)
		if (linker->keys[i].epoch == linker->epoch)
			*slot_of(keys, room, linker->epoch, linker->keys[i].key) = linker->keys[i];
	free(linker->keys);
	linker->keys = keys;
	linker->key_room = room;
	return true;
}

static bool
remember(struct names_linker *linker, enum key_kind kind, const char *at, size_t bytes, size_t value)
{
	struct names_key *slot;
	uint64_t key = key_of(linker, kind, at, bytes);

	if (2 * (linker->key_count + 1) > linker->key_room && !grow_keys(linker))
		return false;
	slot = slot_of(linker->keys, linker->key_room, linker->epoch, key);
	linker->key_count += slot->epoch != linker->epoch;
	*slot = (struct names_key){key, (uint32_t)value, linker->epoch};
	return true;
}

/* What was remembered of a string, or NAMES_NO_ONE. */
static uint32_t
recall(const struct names_linker *linker, enum key_kind kind, const char *at, size_t bytes)
{
	uint64_t key;
	const struct names_key *slot;

	if (linker->key_room == 0)
		return NAMES_NO_ONE;
	key = key_of(linker, kind, at, bytes);
	slot = slot_of(linker->keys, linker->key_room, linker->epoch, key);
	return slot->epoch == linker->epoch ? slot->value : NAMES_NO_ONE;
}

/* ---- forms ---- */

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

static bool
add_form(struct names_linker *linker, size_t i)
{
	const struct names_found *found = &linker->finder->found[i];
	struct names_form *grown, *form;
	struct news_text alias;
	size_t text = linker->text.bytes, bytes, k;
	uint32_t number, first, last;

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
	number = recall(linker, KEY_FORM, linker->text.at + text, bytes);
	if (number == NAMES_NO_ONE) {
		grown = array_grow(linker->forms, linker->form_count, &linker->form_room, sizeof *grown);
		first = names_words_number(linker->words, found->first);
		last = names_words_number(linker->words, found->last);
		if (grown == NULL || first == 0 || last == 0)
			return false;
		linker->forms = grown;
		number = (uint32_t)linker->form_count++;
		form = &grown[number];
		memset(form, 0, sizeof *form);
		form->text = text;
		form->bytes = bytes;
		form->found = i;
		form->first_word = first;
		form->last_word = last;
		form->words = (uint32_t)(found->last - found->first + 1);
		if (!remember(linker, KEY_FORM, linker->text.at + text, bytes, number))
			return false;
	} else {
		linker->text.bytes = text;
	}
	form = &linker->forms[number];
	for (k = 0; k < NAMES_TYPES; k++)
		form->evidence[k] += found->evidence[k];
	form->settled = form->settled || found->settled;
	form->titled = form->titled || found->titled;
	if (form->words == 1) {
		const struct token *token = token_at(linker, found->first);
		form->common = !(token->shape & TOKEN_CAPITALS) &&
		    (names_words_is_common(token->entry) || LEXICON_HAS(token->entry, PLACE_WORD));
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

/* ---- persons ---- */

static struct names_one *
add_one(struct names_linker *linker, size_t form, enum news_entity_type type)
{
	struct names_one *grown = array_grow(linker->ones, linker->one_count, &linker->one_room, sizeof *grown);

	if (grown == NULL)
		return NULL;
	linker->ones = grown;
	grown[linker->one_count] = (struct names_one){.type = type, .form = form};
	return &grown[linker->one_count++];
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

static bool
link_person(struct names_linker *linker, size_t i)
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
	if (one == NAMES_NO_ONE && form->common && !form->titled && form->evidence[NEWS_PER] < COMMON_ALONE) {
		const struct lexicon_entry *entry = token_at(linker, found->first)->entry;
		if (!LEXICON_HAS(entry, SURNAME) && !LEXICON_HAS(entry, FIRST_NAME)) {
			linker->one_of[i] = NAMES_NO_ONE; /* "Figure", "Statement" */
			return true;
		}
	}
	if (one == NAMES_NO_ONE && bare) {
		last_word(linker, form, &at, &bytes);
		without_article(&at, &bytes);
		one = recall(linker, KEY_BARE_SURNAME, at, bytes);
		if (one != NAMES_NO_ONE && !gender_fits(linker->ones[one].gender, gender))
			one = NAMES_NO_ONE;
	}
	if (one == NAMES_NO_ONE) {
		struct names_one *added = add_one(linker, number, NEWS_PER);
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
		if (!remember(linker, KEY_BARE_SURNAME, at, bytes, one))
			return false;
	}
	if (linker->ones[one].gender == NAMES_UNKNOWN)
		linker->ones[one].gender = gender;
	linker->one_of[i] = one;
	return true;
}

/* ---- organisations, places and the rest ---- */

/* The initials of a form, in lower case: of all words, or without the small ones. Gives their number, 0 when too many.
 */
static size_t
initials(const struct names_linker *linker, const struct names_form *form, bool small, char *out)
{
	static const char *const small_words[] = {"of", "the", "and", "for", "in", "on", "to", "&", "de", "at"};
	const char *text = linker->text.at + form->text;
	size_t at = 0, count = 0, end, i;

	while (at < form->bytes) {
		for (end = at; end < form->bytes && text[end] != ' '; end++)
			;
		for (i = 0; !small && i < sizeof small_words / sizeof *small_words; i++)
			if (strlen(small_words[i]) == end - at && memcmp(small_words[i], text + at, end - at) == 0)
				break;
		if (small || i == sizeof small_words / sizeof *small_words) {
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
	return remember(linker, KEY_PART, linker->text.at + form->text + begin, end - begin, one);
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
	uint32_t one = recall(linker, KEY_PART, text, form->bytes);
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
		one = recall(linker, KEY_OTHER, text, i);
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
		return recall(linker, KEY_ACRONYM, letters, count);
	if (form->words < 2)
		return NAMES_NO_ONE;
	for (small = 0; small < 2; small++) {
		uint32_t one;
		count = initials(linker, form, small, letters);
		one = count > 1 ? recall(linker, KEY_OTHER, letters, count) : NAMES_NO_ONE;
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

	if (!remember(linker, KEY_OTHER, linker->text.at + form->text, form->bytes, one))
		return false;
	if (form->words < 2)
		return true;
	for (small = 0; small < 2; small++) {
		count = initials(linker, form, small, letters);
		if (count > 1 && !remember(linker, KEY_ACRONYM, letters, count, one))
			return false;
	}
	return each_part(linker, form, one, remember_part);
}

static bool
link_other(struct names_linker *linker, size_t i, enum news_entity_type type)
{
	const struct names_found *found = &linker->finder->found[i];
	size_t number = linker->form_of[i];
	const struct names_form *form = &linker->forms[number];
	char letters[ACRONYM_MAX];
	uint32_t one = recall(linker, KEY_OTHER, linker->text.at + form->text, form->bytes);
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
		if (form->common && form->evidence[type] < COMMON_ALONE && !form->settled) {
			/* "the Government", "the Valley", where nothing longer has the word */
			linker->one_of[i] = NAMES_NO_ONE;
			return true;
		}
		added = add_one(linker, number, type);
		if (added == NULL)
			return false;
		one = (uint32_t)linker->one_count - 1;
		added->acronym = acronym_letters(linker, form, letters) > 0;
	} else if (form->words > 1 && form->bytes > linker->forms[linker->ones[one].form].bytes) {
		linker->ones[one].form = number;
		linker->ones[one].acronym = false;
	}
	linker->one_of[i] = one;
	return known || remember_other(linker, form, one);
}

/* ---- a document ---- */

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

	linker->form_count = linker->one_count = 0;
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
		if (type == NEWS_PER ? !link_person(linker, i) : !link_other(linker, i, type))
			return false;
	}
	return true;
}
