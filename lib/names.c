/* SPDX-License-Identifier: ISC
 *
 * Finding (names_find.c), typing and linking (names_link.c) are done by then; here mentions and entities take their
 * public form: canonical names, roles and genders.
 */
#include "names.h"

#include "lexicon.h"
#include "names_find.h"
#include "names_link.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct names {
	struct names_words words;
	struct names_finder finder;
	struct names_linker linker;
	const struct news_lists *lists;
	struct names_mention *mentions;
	size_t mention_count, mention_room;
	struct names_entity *entities;
	size_t entity_count, entity_room;
	uint32_t *entity_of; /* of each entity of the linker; NAMES_NO_ONE: not yet mentioned */
	size_t *fullest; /* of each entity: the mention whose words are its name; later, whether --names has named it */
	int *votes;      /* of each entity: pronouns nearby, male over zero */
	size_t one_room;
	struct buffer text; /* names */
};

struct names *
names_new(const struct news_lists *lists)
{
	struct names *names = calloc(1, sizeof *names);

	if (names == NULL)
		return NULL;
	names->lists = lists;
	names->finder.lists = lists;
	names_words_init(&names->words);
	names_link_init(&names->linker);
	return names;
}

void
names_free(struct names *names)
{
	if (names == NULL)
		return;
	names_words_release(&names->words);
	names_find_release(&names->finder);
	names_link_release(&names->linker);
	free(names->mentions);
	free(names->entities);
	free(names->entity_of);
	free(names->fullest);
	free(names->votes);
	buffer_release(&names->text);
	free(names);
}

/* Whether BYTES bytes at TEXT are ASCII with single spaces as their only white space, none at the end: most names. */
static bool
is_folded(const char *text, size_t bytes)
{
	bool blank = false;
	size_t i;

	for (i = 0; i < bytes; i++) {
		if ((unsigned char)text[i] >= 0x80 || text[i] == '\n' || (text[i] == ' ' && blank))
			return false;
		blank = text[i] == ' ';
	}
	return !blank;
}

/* Append the text of SPAN with runs of white space as one space; `*begin` gets where it begins. */
static bool
add_folded(struct names *names, struct news_span span, size_t *begin)
{
	const char *text = names->finder.document->text.at;
	size_t at, width;
	bool blank = false;

	*begin = names->text.bytes;
	if (is_folded(text + span.begin, span.end - span.begin))
		return buffer_add(&names->text, text + span.begin, span.end - span.begin);
	for (at = span.begin; at < span.end; at += width) {
		uint32_t character = (unsigned char)text[at];
		width = 1;
		if (character >= 0x80)
			character = text_decode(text + at, span.end - at, &width);
		if (text_is_space(character)) {
			blank = true;
			continue;
		}
		if (blank && !buffer_add_byte(&names->text, ' '))
			return false;
		blank = false;
		if (!buffer_add(&names->text, text + at, width))
			return false;
	}
	return true;
}

static bool
grow(struct names *names)
{
	size_t wanted = names->linker.one_count + 1;
	void *grown;

	if (names->one_room >= wanted)
		return true;
	grown = realloc(names->entity_of, wanted * sizeof *names->entity_of);
	if (grown == NULL)
		return false;
	names->entity_of = grown;
	grown = realloc(names->fullest, wanted * sizeof *names->fullest);
	if (grown == NULL)
		return false;
	names->fullest = grown;
	grown = realloc(names->votes, wanted * sizeof *names->votes);
	if (grown == NULL)
		return false;
	names->votes = grown;
	names->one_room = wanted;
	return true;
}

/* How sure a mention is a name of its type: the lead of what speaks for the type, over what speaks for the next. */
static unsigned
score_of(const struct names *names, size_t found)
{
	const struct names_form *form = &names->linker.forms[names->linker.form_of[found]];
	enum news_entity_type type = names->linker.type_of[found];
	int lead = form->evidence[type], next = 0, score;
	size_t i;

	if (names->finder.found[found].titled)
		return 95;
	for (i = 0; i < NAMES_TYPES; i++)
		if (i != type && form->evidence[i] > next)
			next = form->evidence[i];
	score = 50 + 4 * (lead - next);
	return score < 20 ? 20 : score > 98 ? 98 : (unsigned)score;
}

static struct news_span
mention_span(const struct names *names, const struct names_found *found)
{
	size_t first = found->first;

	if (first < found->last && names_is_word(&names->finder, first, "the") &&
	    !LEXICON_HAS(names->finder.tokens->at[first].entry, PHRASE))
		first++;
	return (struct news_span){names->finder.tokens->at[first].begin, found->end};
}

static bool
add_mention(struct names *names, size_t number)
{
	const struct names_found *found = &names->finder.found[number];
	struct names_mention *grown;
	uint32_t one = names->linker.one_of[number];

	if (one == NAMES_NO_ONE)
		return true;
	if (names->entity_of[one] == NAMES_NO_ONE) {
		struct names_entity *entities =
		    array_grow(names->entities, names->entity_count, &names->entity_room, sizeof *entities);
		if (entities == NULL)
			return false;
		names->entities = entities;
		names->entity_of[one] = (uint32_t)names->entity_count;
		names->fullest[names->entity_count] = names->mention_count;
		names->votes[names->entity_count] = 0;
		entities[names->entity_count++] = (struct names_entity){.type = names->linker.ones[one].type,
		    .gender = names->linker.ones[one].gender,
		    .first_mention = names->mention_count};
	}
	grown = array_grow(names->mentions, names->mention_count, &names->mention_room, sizeof *grown);
	if (grown == NULL)
		return false;
	names->mentions = grown;
	grown[names->mention_count++] = (struct names_mention){
	    .span = mention_span(names, found),
	    .first = found->first,
	    .last = found->last,
	    .role = found->role,
	    .entity = names->entity_of[one],
	    .score = score_of(names, number),
	};
	return true;
}

static bool
is_heading(const struct names *names, size_t mention)
{
	size_t segment = names->finder.tokens->at[names->mentions[mention].first].segment;

	return names->words.style[segment] != NAMES_RUNNING;
}

/* The fullest mention of each entity: the longest; of running text rather than of a heading, where all may be capitals.
 */
static void
find_fullest(struct names *names)
{
	size_t i;

	for (i = 0; i < names->mention_count; i++) {
		size_t *best = &names->fullest[names->mentions[i].entity];
		size_t bytes = names->mentions[i].span.end - names->mentions[i].span.begin;
		size_t best_bytes = names->mentions[*best].span.end - names->mentions[*best].span.begin;
		bool heading = is_heading(names, i), best_heading = is_heading(names, *best);
		if (bytes > best_bytes || (bytes == best_bytes && best_heading && !heading))
			*best = i;
	}
}

/* Write the canonical names into `text`, an offset each into `fullest`. Those that --names calls the same become one.
 */
static bool
name_entities(struct names *names)
{
	size_t i, begin, longest = 0;

	names->text.bytes = 0;
	for (i = 0; i < names->entity_count; i++) {
		if (!add_folded(names, names->mentions[names->fullest[i]].span, &begin))
			return false;
		names->entities[i].name.bytes = names->text.bytes - begin;
		names->fullest[i] = begin;
		longest = names->entities[i].name.bytes > longest ? names->entities[i].name.bytes : longest;
	}
	/* fix_names asks for every form in this room: the text must not move any more */
	if (!buffer_reserve(&names->text, longest + 1))
		return false;
	for (i = 0; i < names->entity_count; i++) {
		names->entities[i].name.at = names->text.at + names->fullest[i];
		names->fullest[i] = 0; /* from here on: whether --names has named it */
	}
	return true;
}

static bool
is_equal(struct news_text left, struct news_text right)
{
	return left.bytes == right.bytes && memcmp(left.at, right.at, left.bytes) == 0;
}

static int
compare_fixed(const void *left, const void *right)
{
	const struct names_entity *a = *(const struct names_entity *const *)left,
				  *b = *(const struct names_entity *const *)right;
	size_t bytes = a->name.bytes < b->name.bytes ? a->name.bytes : b->name.bytes;
	int order = memcmp(a->name.at, b->name.at, bytes);

	if (order == 0 && a->name.bytes != b->name.bytes)
		order = a->name.bytes < b->name.bytes ? -1 : 1;
	if (order == 0)
		order = a->first_mention < b->first_mention ? -1 : 1;
	return order;
}

/* Let `--names` decide: each form of a name is asked for, the fullest first; entities that get one name are one. */
static bool
fix_names(struct names *names)
{
	struct names_entity **order;
	size_t i, fixed = 0, begin, kept;
	uint32_t *new_number;

	if (!lexicon_has_names(names->lists))
		return true;
	for (i = 0; i < names->entity_count; i++) {
		struct news_text canonical = lexicon_canonical(names->lists, names->entities[i].name);
		names->fullest[i] = canonical.bytes > 0;
		if (canonical.bytes > 0)
			names->entities[i].name = canonical;
		fixed += canonical.bytes > 0;
	}
	for (i = 0; i < names->mention_count; i++) {
		struct names_entity *entity = &names->entities[names->mentions[i].entity];
		struct news_text canonical, written;
		size_t before = names->text.bytes;
		if (names->fullest[names->mentions[i].entity])
			continue;
		if (!add_folded(names, names->mentions[i].span, &begin))
			return false;
		written = (struct news_text){names->text.at + begin, names->text.bytes - begin};
		canonical = lexicon_canonical(names->lists, written);
		names->text.bytes = before;
		if (canonical.bytes == 0)
			continue;
		entity->name = canonical;
		names->fullest[names->mentions[i].entity] = 1;
		fixed++;
	}
	if (fixed < 1)
		return true;
	order = malloc(names->entity_count * sizeof *order);
	new_number = malloc(names->entity_count * sizeof *new_number);
	if (order == NULL || new_number == NULL) {
		free(order);
		free(new_number);
		return false;
	}
	for (i = 0; i < names->entity_count; i++)
		order[i] = &names->entities[i];
	qsort(order, names->entity_count, sizeof *order, compare_fixed);
	for (i = 0; i < names->entity_count; i++) {
		size_t at = (size_t)(order[i] - names->entities);
		bool same = i > 0 && names->fullest[at] && is_equal(order[i]->name, order[i - 1]->name);
		if (same)
			order[i] = order[i - 1];
		new_number[at] = (uint32_t)(order[i] - names->entities);
		if (same && order[i]->gender == NAMES_UNKNOWN)
			order[i]->gender = names->entities[at].gender;
	}
	for (i = 0, kept = 0; i < names->entity_count; i++) {
		if (new_number[i] == i) {
			names->entities[kept] = names->entities[i];
			new_number[i] = (uint32_t)kept++;
		} else {
			new_number[i] = new_number[new_number[i]]; /* the first of equals stands before */
		}
	}
	names->entity_count = kept;
	for (i = 0; i < names->mention_count; i++)
		names->mentions[i].entity = new_number[names->mentions[i].entity];
	free(order);
	free(new_number);
	return true;
}

/* The first role given to each entity. */
static void
give_roles(struct names *names)
{
	size_t i;

	for (i = 0; i < names->mention_count; i++) {
		struct news_span role = names->mentions[i].role;
		struct names_entity *entity = &names->entities[names->mentions[i].entity];
		if (role.end > 0 && entity->role.bytes == 0)
			entity->role =
			    (struct news_text){names->finder.document->text.at + role.begin, role.end - role.begin};
	}
}

/* "he" and "she" tell the gender of the only person of the sentence, or of the sentence before. */
static void
vote_genders(struct names *names)
{
	const struct tokens *tokens = names->finder.tokens;
	size_t i, mention = 0, person = NAMES_NONE, before = NAMES_NONE;
	uint32_t segment = 0;
	bool several = false, several_before = false, asked = false;

	for (i = 0; i < names->entity_count; i++)
		asked = asked || (names->entities[i].type == NEWS_PER && names->entities[i].gender == NAMES_UNKNOWN);
	for (i = 0; asked && i < tokens->count; i++) {
		const struct token *token = &tokens->at[i];
		if (token->segment != segment) {
			before = person;
			several_before = several;
			person = NAMES_NONE;
			several = false;
			segment = token->segment;
		}
		if (mention < names->mention_count && names->mentions[mention].first == i) {
			size_t entity = names->mentions[mention++].entity;
			if (names->entities[entity].type == NEWS_PER) {
				several = several || (person != NAMES_NONE && person != entity);
				person = entity;
			}
		}
		if (token->tag == LEXICON_PRP || token->tag == LEXICON_PRPS) {
			int vote = LEXICON_HAS(token, MALE) - LEXICON_HAS(token, FEMALE);
			size_t meant = person != NAMES_NONE ? person : before;
			if (meant != NAMES_NONE && !(person != NAMES_NONE ? several : several_before))
				names->votes[meant] += vote;
		}
	}
	for (i = 0; asked && i < names->entity_count; i++) {
		struct names_entity *entity = &names->entities[i];
		if (entity->type == NEWS_PER && entity->gender == NAMES_UNKNOWN && names->votes[i] != 0)
			entity->gender = names->votes[i] > 0 ? NAMES_MALE : NAMES_FEMALE;
	}
}

enum news_status
names_start(struct names *names, const struct news_document *document, const struct tokens *tokens)
{
	size_t i;

	names->mention_count = names->entity_count = 0;
	names->finder.document = document;
	names->finder.tokens = tokens;
	names->finder.words = &names->words;
	names->finder.count = 0;
	if (!names_words_run(&names->words, document, tokens) || !names_find_run(&names->finder) ||
	    !names_link_run(&names->linker, &names->finder) || !grow(names))
		return NEWS_NO_MEMORY;
	for (i = 0; i < names->linker.one_count; i++)
		names->entity_of[i] = NAMES_NO_ONE;
	for (i = 0; i < names->finder.count; i++)
		if (!add_mention(names, i))
			return NEWS_NO_MEMORY;
	find_fullest(names);
	if (!name_entities(names) || !fix_names(names))
		return NEWS_NO_MEMORY;
	give_roles(names);
	vote_genders(names);
	return NEWS_OK;
}

size_t
names_mention_count(const struct names *names)
{
	return names->mention_count;
}

const struct names_mention *
names_mention(const struct names *names, size_t i)
{
	return &names->mentions[i];
}

size_t
names_entity_count(const struct names *names)
{
	return names->entity_count;
}

const struct names_entity *
names_entity(const struct names *names, size_t i)
{
	return &names->entities[i];
}

const struct names_mention *
names_at(const struct names *names, size_t token)
{
	size_t low = 0, high = names->mention_count;

	/* mentions do not overlap and are in order: the last that begins at or before TOKEN */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (names->mentions[middle].first <= token)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && names->mentions[low - 1].last >= token ? &names->mentions[low - 1] : NULL;
}
