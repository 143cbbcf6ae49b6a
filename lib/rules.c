/* SPDX-License-Identifier: ISC
 *
 * Patterns are slow and paragraphs many: a rule's pattern is tried only on paragraphs that begin (or end) with one of
 * its words, and compiled when it is first tried. A sieve of two look-ups in a table of bits for a paragraph's
 * beginning and two for its end lets nine of ten paragraphs go; the words of the others are found through a hash of
 * their first six bytes (three, two, one where they are shorter). Rules for any beginning are tried only where they may
 * stand: near the top or the end of a document, or under a byline. Rules for longer words go before those for words of
 * less than six bytes, three, two; else the order is that of the file.
 *
 * The user's rules come first and are few; they are tried one after the other.
 */
#include "rules.h"

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

/* Translating a pattern into code pays after some matches: most patterns are never tried so often. */
#define SPEED_UP_TRIES 16

/* Steps that a pattern may take on one paragraph. */
#define EMBEDDED_STEPS 200000
#define USER_STEPS 50000

/* By how many bytes words are filed; in how many buckets each. */
#define KEYS 4
static const unsigned key_bytes[KEYS] = {1, 2, 3, 6};
#define BUCKETS 256u
#define SLOTS (KEYS * BUCKETS)

/* By how many bytes at most the sieve tells words apart; its bits. */
#define SIEVE_BYTES 8
#define SIEVE_BITS 15

/* How a paragraph of a rule begins or ends. */
struct edge {
	struct news_text word; /* without the `*` */
	size_t rule;
	unsigned slot; /* where it is filed */
};

/* The edges of one side, sorted by slot. */
struct edges {
	struct edge *at;
	size_t count, room;
	bool tail;
	uint64_t masks[KEYS];      /* of key_bytes on this side */
	uint16_t first[SLOTS + 1]; /* where those of a slot begin */
};

/* Tells most text that has none of the words from that which may have one. The first byte of a word chooses how many
 * bytes of it are looked up: as many as the shortest of those that begin with this byte has, once for the short ones
 * and once for the long ones, as all that begins with "the" is too much for the sake of "the views". */
struct sieve {
	struct {
		uint64_t few, many; /* masks of these bytes; 0: there is no such word */
	} masks[256];
	unsigned char marks[(1u << SIEVE_BITS) / 8]; /* bits of the hashes of what is under the masks */
};

struct numbers {
	size_t *at, count, room;
};

struct rules {
	struct rule *rules;
	size_t rule_count, rule_room;
	struct edges heads, tails;
	struct sieve head_sieve, tail_sieve;
	struct numbers any;              /* rules for any beginning */
	struct edges names;              /* for a name and a word behind it */
	unsigned any_where, names_where; /* where any of these may stand */
	const struct news_rules *user;
	struct rule_matcher matcher, user_matcher;
};

static unsigned char
fold_byte(char byte)
{
	return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

static bool
is_letter(unsigned char byte)
{
	return byte >= 'a' && byte <= 'z';
}

/* The I-th byte of TEXT from the side that the edges are of. */
static unsigned char
side_byte(struct news_text text, size_t i, bool tail)
{
	return fold_byte(text.at[tail ? text.bytes - 1 - i : i]);
}

/* As a number: the first BYTES bytes of TEXT from this side, or as many as it has; the others are 0. SIEVE_BYTES at
 * most. */
static inline uint64_t
side_bytes(struct news_text text, size_t bytes, bool tail)
{
	char raw[SIEVE_BYTES] = {0};
	uint64_t value;

	if (bytes > text.bytes)
		bytes = text.bytes;
	memcpy(tail ? raw + SIEVE_BYTES - bytes : raw, tail ? text.at + text.bytes - bytes : text.at, bytes);
	memcpy(&value, raw, sizeof value);
	return value;
}

/* All bits of what `side_bytes` gives of BYTES bytes. */
static uint64_t
side_mask(size_t bytes, bool tail)
{
	static const char ones[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";

	return side_bytes((struct news_text){ones, SIEVE_BYTES}, bytes, tail);
}

/* A hash of the VALUE of side_bytes under MASK. Case is folded by a bit that folds other bytes too, which only lets
 * some more through. */
static inline unsigned
hash_bytes(uint64_t value, uint64_t mask)
{
	value = (value | UINT64_C(0x2020202020202020)) & mask;
	return (unsigned)(value * UINT64_C(0x9E3779B97F4A7C15) >> (64 - SIEVE_BITS));
}

/* Where a word is filed whose key_bytes[KEY] first bytes are those of VALUE. */
static inline unsigned
slot_of(const struct edges *edges, uint64_t value, unsigned key)
{
	return key * BUCKETS + hash_bytes(value, edges->masks[key]) % BUCKETS;
}

/* Where WORD is filed: by as many bytes as it has. */
static unsigned
slot_of_word(const struct edges *edges, struct news_text word)
{
	unsigned key = KEYS - 1;

	while (key_bytes[key] > word.bytes)
		key--;
	return slot_of(edges, side_bytes(word, SIEVE_BYTES, edges->tail), key);
}

static void
start_edges(struct edges *edges, bool tail)
{
	unsigned key;

	edges->tail = tail;
	for (key = 0; key < KEYS; key++)
		edges->masks[key] = side_mask(key_bytes[key], tail);
}

static bool
add_edge(struct edges *edges, struct news_text word, size_t rule)
{
	struct edge *edge = array_grow(edges->at, edges->count, &edges->room, sizeof *edge);

	if (edge == NULL)
		return false;
	edges->at = edge;
	if (edges->count == UINT16_MAX)
		return false;
	edge += edges->count++;
	edge->word = word;
	edge->rule = rule;
	edge->slot = slot_of_word(edges, word);
	return true;
}

/* Sort by slot, keeping order, and note where each begins. */
static bool
index_edges(struct edges *edges)
{
	struct edge *sorted = calloc(edges->count + 1, sizeof *sorted);
	size_t i;

	if (sorted == NULL)
		return false;
	for (i = 0; i < edges->count; i++)
		edges->first[edges->at[i].slot]++;
	for (i = 1; i <= SLOTS; i++)
		edges->first[i] = (uint16_t)(edges->first[i] + edges->first[i - 1]);
	/* each says where its slot ends so far, and goes down to where it begins */
	for (i = edges->count; i-- > 0;)
		sorted[--edges->first[edges->at[i].slot]] = edges->at[i];
	free(edges->at);
	edges->at = sorted;
	return true;
}

/* Note that a word of BYTES bytes must be found by LEAST bytes of it; 0: there is none yet. */
static void
lessen(unsigned char *least, size_t bytes)
{
	if (bytes > SIEVE_BYTES)
		bytes = SIEVE_BYTES;
	if (*least == 0 || *least > bytes)
		*least = (unsigned char)bytes;
}

/* Whether WORD is a long one among those that begin with the same byte, of which the shortest has SHORTEST bytes. */
static bool
is_long(struct news_text word, unsigned char shortest)
{
	return word.bytes >= (shortest < 3 ? 3 : 6);
}

static void
fill_sieve(struct sieve *sieve, const struct edges *edges)
{
	/* by first byte: of the shortest word; of the shortest of the short ones, and of the long ones */
	unsigned char shortest[256] = {0}, looked_up[2][256] = {{0}};
	size_t i;

	for (i = 0; i < edges->count; i++)
		lessen(&shortest[side_byte(edges->at[i].word, 0, edges->tail)], edges->at[i].word.bytes);
	for (i = 0; i < edges->count; i++) {
		struct news_text word = edges->at[i].word;
		unsigned char first = side_byte(word, 0, edges->tail);
		lessen(&looked_up[is_long(word, shortest[first])][first], word.bytes);
	}
	for (i = 0; i < 256; i++) {
		unsigned char first = fold_byte((char)i);
		sieve->masks[i].few = side_mask(looked_up[false][first], edges->tail);
		sieve->masks[i].many = side_mask(looked_up[true][first], edges->tail);
	}
	for (i = 0; i < edges->count; i++) {
		struct news_text word = edges->at[i].word;
		unsigned char first = side_byte(word, 0, edges->tail);
		unsigned hash = hash_bytes(side_bytes(word, SIEVE_BYTES, edges->tail),
		    is_long(word, shortest[first]) ? sieve->masks[first].many : sieve->masks[first].few);
		sieve->marks[hash / 8] |= (unsigned char)(1u << hash % 8);
	}
}

static bool
add_number(struct numbers *numbers, size_t number)
{
	size_t *grown = array_grow(numbers->at, numbers->count, &numbers->room, sizeof *grown);

	if (grown == NULL)
		return false;
	numbers->at = grown;
	grown[numbers->count++] = number;
	return true;
}

static bool
add_rule(struct rules *rules, const char *line)
{
	struct rule *rule = array_grow(rules->rules, rules->rule_count, &rules->rule_room, sizeof *rule);
	struct news_text edges, word;
	enum rule_side side;
	size_t number = rules->rule_count;

	if (rule == NULL)
		return false;
	rules->rules = rule;
	rule += number;
	rules->rule_count++;
	if (rule_parse((struct news_text){line, strlen(line)}, rule) != NULL)
		return true; /* rules_check tells */
	for (edges = rule->edges; rule_next_edge(&edges, &word, &side);) {
		struct edges *list = side == RULE_HEAD ? &rules->heads
		    : side == RULE_TAIL                ? &rules->tails
						       : &rules->names;
		if (side == RULE_ANY ? !add_number(&rules->any, number) : !add_edge(list, word, number))
			return false;
		if (side == RULE_NAME)
			rules->names_where |= rules->rules[number].where;
		else if (side == RULE_ANY)
			rules->any_where |= rules->rules[number].where;
	}
	return true;
}

struct rules *
rules_new(void)
{
	struct rules *rules = calloc(1, sizeof *rules);
	size_t i;

	if (rules == NULL)
		return NULL;
	if (!rule_matcher_init(&rules->matcher, EMBEDDED_STEPS) || !rule_matcher_init(&rules->user_matcher, USER_STEPS))
		goto failed;
	start_edges(&rules->heads, false);
	start_edges(&rules->tails, true);
	start_edges(&rules->names, false);
	for (i = 0; rules_paragraphs[i] != NULL; i++)
		if (!add_rule(rules, rules_paragraphs[i]))
			goto failed;
	if (!index_edges(&rules->heads) || !index_edges(&rules->tails) || !index_edges(&rules->names))
		goto failed;
	fill_sieve(&rules->head_sieve, &rules->heads);
	fill_sieve(&rules->tail_sieve, &rules->tails);
	return rules;
failed:
	rules_free(rules);
	return NULL;
}

void
rules_free(struct rules *rules)
{
	size_t i;

	if (rules == NULL)
		return;
	for (i = 0; i < rules->rule_count; i++)
		rule_release(&rules->rules[i]);
	rule_matcher_release(&rules->matcher);
	rule_matcher_release(&rules->user_matcher);
	free(rules->rules);
	free(rules->heads.at);
	free(rules->tails.at);
	free(rules->any.at);
	free(rules->names.at);
	free(rules);
}

void
rules_set_user(struct rules *rules, const struct news_rules *user)
{
	rules->user = user;
}

bool
rules_has_user(const struct rules *rules)
{
	return rules->user != NULL && rules->user->count > 0;
}

size_t
rules_given_up(const struct rules *rules)
{
	return rules->user_matcher.given_up;
}

static void
set_match(struct rules_match *match, const struct rule *rule, struct news_text paragraph, size_t bytes)
{
	match->kind = rule->kind;
	match->part = bytes == paragraph.bytes ? RULE_WHOLE : rule->part;
	match->bytes = bytes;
	match->list = rule->list;
}

bool
rules_match_user(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match)
{
	size_t i, bytes;

	if (!rules_has_user(rules) || paragraph.bytes > RULES_USER_MAX)
		return false;
	for (i = 0; i < rules->user->count; i++) {
		const struct rule *rule = &rules->user->rules[i];
		if ((rule->where != 0 && (rule->where & where) == 0) || (rule->part == RULE_BACK && !back))
			continue;
		if (rule_has_edge(rule, paragraph) && rule_fits(rule, &rules->user_matcher, paragraph, &bytes)) {
			set_match(match, rule, paragraph, bytes);
			return true;
		}
	}
	return false;
}

static bool
try_rule(struct rules *rules, size_t number, struct news_text paragraph, unsigned where, bool back,
    struct rules_match *match)
{
	struct rule *rule = &rules->rules[number];
	struct news_error error;
	size_t bytes;

	if ((rule->where != 0 && (rule->where & where) == 0) || (rule->part == RULE_BACK && !back) ||
	    (rule->part == RULE_WHOLE && paragraph.bytes > RULES_PARAGRAPH_MAX))
		return false;
	if (rule->code == NULL && !rule_compile(rule, &error))
		return false;
	if (++rule->tries == SPEED_UP_TRIES)
		rule_speed_up(rule);
	if (!rule_fits(rule, &rules->matcher, paragraph, &bytes))
		return false;
	set_match(match, rule, paragraph, bytes);
	return true;
}

/* Whether TEXT has the word on this side; at its end as a whole: not "recap" for "ap". */
static bool
has_word(struct news_text text, struct news_text word, bool tail)
{
	size_t i;

	if (word.bytes > text.bytes)
		return false;
	for (i = 0; i < word.bytes; i++)
		if (side_byte(text, i, tail) != side_byte(word, i, tail))
			return false;
	return !tail || i == text.bytes || !is_letter(side_byte(word, i - 1, tail)) ||
	    !is_letter(side_byte(text, i, tail));
}

static inline unsigned
is_marked(const struct sieve *sieve, uint64_t value, uint64_t mask)
{
	unsigned hash = hash_bytes(value, mask);

	return (unsigned)sieve->marks[hash / 8] >> hash % 8;
}

/* Whether TEXT may have one of the words on this side. Without branches, as what text begins with cannot be foretold.
 */
static inline bool
may_have_word(const struct sieve *sieve, struct news_text text, bool tail)
{
	unsigned char first;
	uint64_t value;

	if (text.bytes < SIEVE_BYTES)
		return true;
	first = (unsigned char)text.at[tail ? text.bytes - 1 : 0];
	value = side_bytes(text, SIEVE_BYTES, tail);
	return ((is_marked(sieve, value, sieve->masks[first].few) | is_marked(sieve, value, sieve->masks[first].many)) &
		   1u) != 0;
}

/* Whether any word ends with the last byte of TEXT: hardly one does with a mark. */
static inline bool
ends_word(const struct sieve *sieve, struct news_text text)
{
	unsigned char last = (unsigned char)text.at[text.bytes - 1];

	return (sieve->masks[last].few | sieve->masks[last].many) != 0;
}

/* Try the rules of the edges that TEXT has, which is PARAGRAPH or what is left of it without the marks at its end. */
static bool
try_edges(struct rules *rules, const struct edges *edges, struct news_text text, struct news_text paragraph,
    unsigned where, bool back, struct rules_match *match)
{
	uint64_t value = side_bytes(text, SIEVE_BYTES, edges->tail);
	unsigned key;

	for (key = KEYS; key-- > 0;) {
		const uint16_t *first;
		size_t i;
		if (key_bytes[key] > text.bytes)
			continue;
		first = &edges->first[slot_of(edges, value, key)];
		for (i = first[0]; i < first[1]; i++)
			if (has_word(text, edges->at[i].word, edges->tail) &&
			    try_rule(rules, edges->at[i].rule, paragraph, where, back, match))
				return true;
	}
	return false;
}

/* Try the rules for a name with the word that is behind it here. */
static bool
try_names(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match)
{
	struct news_text small = rule_small_word(paragraph);
	const struct edges *names = &rules->names;
	const uint16_t *first;
	size_t i;

	if (small.bytes == 0)
		return false;
	first = &names->first[slot_of_word(names, small)];
	for (i = first[0]; i < first[1]; i++) {
		const struct edge *edge = &names->at[i];
		if (edge->word.bytes == small.bytes && memcmp(edge->word.at, small.at, small.bytes) == 0 &&
		    try_rule(rules, edge->rule, paragraph, where, back, match))
			return true;
	}
	return false;
}

/* Try the rules for any beginning, and those for names. All of them say where they hold. */
static bool
try_others(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match)
{
	size_t i;

	if ((rules->any_where & where) != 0)
		for (i = 0; i < rules->any.count; i++)
			if (try_rule(rules, rules->any.at[i], paragraph, where, back, match))
				return true;
	return (rules->names_where & where) != 0 && try_names(rules, paragraph, where, back, match);
}

bool
rules_match(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match)
{
	struct news_text trimmed = rule_trimmed(paragraph);

	if ((may_have_word(&rules->head_sieve, paragraph, false) &&
		try_edges(rules, &rules->heads, paragraph, paragraph, where, back, match)) ||
	    (may_have_word(&rules->tail_sieve, trimmed, true) &&
		try_edges(rules, &rules->tails, trimmed, paragraph, where, back, match)) ||
	    (trimmed.bytes < paragraph.bytes && ends_word(&rules->tail_sieve, paragraph) &&
		may_have_word(&rules->tail_sieve, paragraph, true) &&
		try_edges(rules, &rules->tails, paragraph, paragraph, where, back, match)))
		return true;
	return ((rules->any_where | rules->names_where) & where) != 0 && paragraph.bytes <= RULES_PARAGRAPH_MAX &&
	    try_others(rules, paragraph, where, back, match);
}

size_t
rules_check(struct rules *rules)
{
	struct news_error error;
	size_t i;

	for (i = 0; i < rules->rule_count; i++) {
		struct rule *rule = &rules->rules[i];
		struct news_text edges = rule->edges, word;
		enum rule_side side;
		if (rule->pattern.bytes == 0 || (rule->code == NULL && !rule_compile(rule, &error)))
			return i + 1;
		while (rule_next_edge(&edges, &word, &side))
			if ((side == RULE_ANY || side == RULE_NAME) && rule->where == 0)
				return i + 1;
	}
	return 0;
}
