/* SPDX-License-Identifier: ISC
 *
 * names_link.h - which names of a document are one
 */
#ifndef NAMES_LINK_H
#define NAMES_LINK_H

#include "names_find.h"

/* One distinct string of a document's names, in lower case, aliases resolved. */
struct names_form {
	int evidence[NAMES_TYPES];      /* summed over its mentions */
	uint32_t first_word, last_word; /* numbers in names_words */
	uint32_t words;                 /* how many words it has */
	bool settled, titled, common;   /* common: one word that is no name by itself ("Valley") */
	enum news_entity_type type;
	size_t text, bytes; /* in names_linker.text */
	size_t found;       /* its first mention */
	uint32_t other;     /* the entity that is no person and was called so last; NAMES_NO_ONE: none */
};

/* One person, organisation, place... */
struct names_one {
	enum news_entity_type type;
	enum names_gender gender;
	uint32_t first_word, last_word; /* of its fullest form, persons */
	uint32_t same_last;             /* the entity before with this last word, + 1; 0: none */
	bool bare;                      /* a person known by one word so far */
	bool acronym;                   /* known by an acronym so far */
	size_t form;                    /* its fullest form */
};

struct names_key {
	uint64_t key;
	uint32_t value, epoch;
};

struct names_linker {
	struct names_words *words;
	struct names_finder *finder;
	const struct news_lists *lists;
	struct names_form *forms;
	size_t form_count, form_room;
	size_t capital_forms;           /* forms of one word in capitals: what could be an acronym */
	uint32_t *form_of;              /* of each found name */
	uint32_t *one_of;               /* entity of each found name; NAMES_NO_ONE: dropped */
	enum news_entity_type *type_of; /* of each found name */
	size_t found_room;
	struct names_one *ones;
	size_t one_count, one_room;
	uint32_t *by_last, *by_first; /* entity + 1 most recently named with this last or first word */
	size_t word_room;
	uint8_t *part_of;       /* what kind of longer name each word is part of */
	struct names_key *keys; /* what each string means, by kind */
	size_t key_count, key_room;
	uint32_t epoch;
	struct buffer text;
	uint64_t seed, factor; /* random; the factor is odd */
};

#define NAMES_NO_ONE UINT32_MAX
#define NAMES_COMMON_ALONE 8 /* evidence that a common word needs to be a name by itself */

/* What a string in the table of keys is. */
enum names_key_kind {
	NAMES_KEY_FORM,        /* a form: its number */
	NAMES_KEY_OTHER,       /* what an entity that is no person is called: its number, as of all below */
	NAMES_KEY_PART,        /* a part of what it is called */
	NAMES_KEY_ACRONYM,     /* its initials */
	NAMES_KEY_BARE_SURNAME /* the surname of a person without an article: "Assad" of "al-Assad" */
};

void names_link_init(struct names_linker *linker);
void names_link_release(struct names_linker *linker);

/* Give each name that FINDER found its type and its entity. false: out of memory. */
bool names_link_run(struct names_linker *linker, struct names_finder *finder);

/* ---- shared by the parts of the linker ---- */

/* Let the string AT of KIND mean VALUE. false: out of memory. */
bool names_remember(struct names_linker *linker, enum names_key_kind kind, const char *at, size_t bytes, size_t value);

/* What a string means, or NAMES_NO_ONE. */
uint32_t names_recall(const struct names_linker *linker, enum names_key_kind kind, const char *at, size_t bytes);

/* The same under a key that the caller made. */
bool names_remember_key(struct names_linker *linker, uint64_t key, size_t value);
uint32_t names_recall_key(const struct names_linker *linker, uint64_t key);

/* A new entity. NULL: out of memory. */
struct names_one *names_add_one(struct names_linker *linker, size_t form, enum news_entity_type type);

/* Find or make the entity of found name I, a person or not. false: out of memory. */
bool names_link_person(struct names_linker *linker, size_t i);
bool names_link_other(struct names_linker *linker, size_t i, enum news_entity_type type);

#endif
