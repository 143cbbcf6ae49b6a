/* SPDX-License-Identifier: ISC
 *
 * Patterns are slow and paragraphs many: a rule's pattern is tried only on paragraphs that begin (or end) with one of
 * its words, and compiled when it is first tried. The words are found through a hash of their first six bytes (three,
 * two, one where they are shorter), so on ordinary text the cost is four look-ups in a table of bits for a paragraph's
 * beginning and four for its end. Rules for any beginning are tried only where they may stand: near the top or the end
 * of a document, or under a byline. Rules for longer words go before those for words of less than six bytes, three,
 * two; else the order is that of the file.
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

/* By how many bytes words are hashed; into how many bits, and buckets. */
#define KEYS 4
static const unsigned key_bytes[KEYS] = {1, 2, 3, 6};
#define KEY_MAX 6
#define MARK_BITS 15
#define MARKS (1u << MARK_BITS)
#define BUCKETS 256u

/* How a paragraph of a rule begins or ends. */
struct edge {
	struct news_text word; /* without the `*` */
	size_t rule;
	unsigned key, bucket; /* which of key_bytes it has, and where their hash puts it */
};

/* The edges of one side, sorted by key and bucket. */
struct edges {
	struct edge *at;
	size_t count, room;
	unsigned char keys[256];        /* by first byte: bits of the keys that begin so */
	unsigned char marks[MARKS / 8]; /* bits of the hashes of keys: most look-ups end here, in few lines of cache */
	uint16_t first[KEYS][BUCKETS + 1]; /* by key: where those of a bucket begin */
};

struct numbers {
	size_t *at, count, room;
};

struct names {
	struct edge *at;
	size_t count, room;
};

struct rules {
	struct rule *rules;
	size_t rule_count, rule_room;
	struct edges heads, tails;
	struct numbers any;   /* rules for any beginning */
	struct names names;   /* for a name and a word behind it */
	unsigned names_where; /* where any of these may stand */
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

static inline uint64_t
load_two(const char *at)
{
	uint16_t value;

	memcpy(&value, at, sizeof value);
	return value;
}

static inline uint64_t
load_four(const char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof value);
	return value;
}

/* The hash of the first key_bytes[KEY] bytes, as many as TEXT has at least; its low bits are the bucket. Case is folded
 * by a bit that folds other bytes too, which only lets some more through. */
static inline unsigned
hash_key(struct news_text text, unsigned key, bool tail)
{
	const char *at = tail ? text.at + text.bytes - key_bytes[key] : text.at;
	uint64_t bytes = (unsigned char)*at;

	if (key == 1)
		bytes = load_two(at);
	else if (key == 2)
		bytes = load_two(at) | (uint64_t)(unsigned char)at[2] << 16;
	else if (key == 3)
		bytes = load_four(at) | load_two(at + 4) << 32;
	bytes |= UINT64_C(0x202020202020);
	return (unsigned)(bytes * UINT64_C(0x9E3779B97F4A7C15) >> (64 - MARK_BITS));
}

static bool
add_edge(struct edges *edges, struct news_text word, size_t rule, bool tail)
{
	struct edge *edge = array_grow(edges->at, edges->count, &edges->room, sizeof *edge);
	unsigned key = KEYS - 1, hash;

	if (edge == NULL || edges->count == UINT16_MAX)
		return false;
	while (key_bytes[key] > word.bytes)
		key--;
	hash = hash_key(word, key, tail);
	edges->at = edge;
	edge += edges->count++;
	edge->word = word;
	edge->rule = rule;
	edge->key = key;
	edge->bucket = hash % BUCKETS;
	edges->marks[hash / 8] |= (unsigned char)(1u << hash % 8);
	edges->keys[side_byte(word, 0, tail)] |= (unsigned char)(1u << key);
	return true;
}

static bool
stands_behind(const struct edge *a, const struct edge *b)
{
	return a->key > b->key || (a->key == b->key && a->bucket > b->bucket);
}

/* Sort by key and bucket, keeping order (insertion sort: some hundred entries, once), and note where each begins. */
static void
index_edges(struct edges *edges)
{
	size_t i, j;
	unsigned key, number;

	for (i = 1; i < edges->count; i++) {
		struct edge edge = edges->at[i];
		for (j = i; j > 0 && stands_behind(&edges->at[j - 1], &edge); j--)
			edges->at[j] = edges->at[j - 1];
		edges->at[j] = edge;
	}
	for (key = 0, i = 0; key < KEYS; key++) {
		for (number = 0; number <= BUCKETS; number++) {
			while (i < edges->count && edges->at[i].key == key && edges->at[i].bucket < number)
				i++;
			edges->first[key][number] = (uint16_t)i;
		}
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
add_name(struct names *names, struct news_text word, size_t rule)
{
	struct edge *edge = array_grow(names->at, names->count, &names->room, sizeof *edge);

	if (edge == NULL)
		return false;
	names->at = edge;
	edge += names->count++;
	memset(edge, 0, sizeof *edge);
	edge->word = word;
	edge->rule = rule;
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
		if (side == RULE_HEAD || side == RULE_TAIL) {
			if (!add_edge(side == RULE_HEAD ? &rules->heads : &rules->tails, word, number,
				side == RULE_TAIL))
				return false;
		} else if (side == RULE_ANY ? !add_number(&rules->any, number)
					    : !add_name(&rules->names, word, number)) {
			return false;
		}
		if (side == RULE_NAME)
			rules->names_where |= rules->rules[number].where;
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
	for (i = 0; rules_paragraphs[i] != NULL; i++)
		if (!add_rule(rules, rules_paragraphs[i]))
			goto failed;
	index_edges(&rules->heads);
	index_edges(&rules->tails);
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
is_marked(const struct edges *edges, unsigned hash)
{
	return edges->marks[hash / 8] >> hash % 8 & 1u;
}

/* Whether TEXT, of KEY_MAX bytes at least, may have one of the words on this side. Nearly without branches: what text
 * begins with cannot be foretold. */
static inline bool
may_have_word(const struct edges *edges, struct news_text text, bool tail)
{
	unsigned keys = edges->keys[side_byte(text, 0, tail)];

	if (keys == 0)
		return false;
	return ((keys & 1u) | (keys >> 1 & is_marked(edges, hash_key(text, 1, tail))) |
		   (keys >> 2 & is_marked(edges, hash_key(text, 2, tail))) |
		   (keys >> 3 & is_marked(edges, hash_key(text, 3, tail)))) != 0;
}

/* Try the rules of the edges that TEXT has, which is PARAGRAPH or what is left of it without the marks at its end. */
static inline bool
try_edges(struct rules *rules, const struct edges *edges, struct news_text text, bool tail, struct news_text paragraph,
    unsigned where, bool back, struct rules_match *match)
{
	unsigned key;

	if (text.bytes >= KEY_MAX && !may_have_word(edges, text, tail))
		return false;
	for (key = KEYS; key-- > 0;) {
		const uint16_t *first;
		size_t i;
		if (key_bytes[key] > text.bytes)
			continue;
		first = &edges->first[key][hash_key(text, key, tail) % BUCKETS];
		for (i = first[0]; i < first[1]; i++)
			if (has_word(text, edges->at[i].word, tail) &&
			    try_rule(rules, edges->at[i].rule, paragraph, where, back, match))
				return true;
	}
	return false;
}

/* Try the rules for any beginning, and for a name with the word that is behind it here. All of them say where they
 * hold. */
static bool
try_others(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match)
{
	struct news_text small;
	size_t i;

	for (i = 0; i < rules->any.count; i++)
		if (try_rule(rules, rules->any.at[i], paragraph, where, back, match))
			return true;
	if ((rules->names_where & where) == 0)
		return false;
	small = rule_small_word(paragraph);
	for (i = 0; small.bytes > 0 && i < rules->names.count; i++) {
		const struct edge *edge = &rules->names.at[i];
		if (edge->word.bytes == small.bytes && memcmp(edge->word.at, small.at, small.bytes) == 0 &&
		    try_rule(rules, edge->rule, paragraph, where, back, match))
			return true;
	}
	return false;
}

bool
rules_match(struct rules *rules, struct news_text paragraph, unsigned where, bool back, struct rules_match *match)
{
	struct news_text trimmed = rule_trimmed(paragraph);

	if (try_edges(rules, &rules->heads, paragraph, false, paragraph, where, back, match) ||
	    try_edges(rules, &rules->tails, trimmed, true, paragraph, where, back, match) ||
	    (trimmed.bytes < paragraph.bytes &&
		try_edges(rules, &rules->tails, paragraph, true, paragraph, where, back, match)))
		return true;
	return where != 0 && paragraph.bytes <= RULES_PARAGRAPH_MAX && try_others(rules, paragraph, where, back, match);
}

size_t
rules_check(struct rules *rules)
{
	struct news_error error;
	size_t i;

	for (i = 0; i < rules->rule_count; i++) {
		struct rule *rule = &rules->rules[i];
		if (rule->pattern.bytes == 0 || (rule->code == NULL && !rule_compile(rule, &error)))
			return i + 1;
	}
	for (i = 0; i < rules->any.count; i++)
		if (rules->rules[rules->any.at[i]].where == 0)
			return rules->any.at[i] + 1;
	for (i = 0; i < rules->names.count; i++)
		if (rules->rules[rules->names.at[i].rule].where == 0)
			return rules->names.at[i].rule + 1;
	return 0;
}
