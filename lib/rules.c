/* SPDX-License-Identifier: ISC
 *
 * Patterns are slow and paragraphs many: a rule's pattern is tried only on short paragraphs that begin (or end) with
 * one of its words, and compiled when it is first tried. On ordinary text the cost is one look into a table by the
 * first byte, and a few comparisons where it fits.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules.h"

#include "buffer.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* Steps that a pattern may take on one paragraph. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 2000

struct rule {
	const char *pattern;
	enum news_kind kind;
	pcre2_code *code;
	bool tried;
};

/* How a paragraph of a rule begins, or ends. */
struct edge {
	const char *at;
	size_t bytes, rule;
};

struct rules {
	struct rule *rules;
	size_t rule_count, rule_room;
	struct edge *heads, *tails; /* by first byte, by last byte; in the order of the file where that is the same */
	size_t head_count, head_room, tail_count, tail_room;
	size_t first_head[257], first_tail[257]; /* where the edges of a byte begin; those of byte 255 end at [256] */
	pcre2_match_data *data;
	pcre2_match_context *context;
};

static unsigned char
fold_byte(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static bool
same_folded(const char *text, const char *folded, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		if (fold_byte((unsigned char)text[i]) != (unsigned char)folded[i])
			return false;
	return true;
}

static bool
add_edge(struct edge **edges, size_t *count, size_t *room, const char *at, size_t bytes, size_t rule)
{
	struct edge *grown = array_grow(*edges, *count, room, sizeof **edges);

	if (grown == NULL)
		return false;
	*edges = grown;
	grown[*count].at = at;
	grown[*count].bytes = bytes;
	grown[*count].rule = rule;
	++*count;
	return true;
}

static bool
add_rule(struct rules *rules, const char *line)
{
	const char *edges = strchr(line, '\t'), *end, *at, *bar;
	struct rule *rule;

	if (edges == NULL || (end = strchr(edges + 1, '\t')) == NULL)
		return true;
	rule = array_grow(rules->rules, rules->rule_count, &rules->rule_room, sizeof *rule);
	if (rule == NULL)
		return false;
	rules->rules = rule;
	rule += rules->rule_count;
	memset(rule, 0, sizeof *rule);
	rule->pattern = end + 1;
	rule->kind = *line == 'b' ? NEWS_BYLINE : *line == 'd' ? NEWS_DATELINE : NEWS_NOTE;
	for (at = edges + 1; at < end; at = bar + 1) {
		bar = memchr(at, '|', (size_t)(end - at));
		if (bar == NULL)
			bar = end;
		if (*at == '*' && bar - at > 1) {
			if (!add_edge(&rules->tails, &rules->tail_count, &rules->tail_room, at + 1,
				(size_t)(bar - at - 1), rules->rule_count))
				return false;
		} else if (!add_edge(&rules->heads, &rules->head_count, &rules->head_room, at, (size_t)(bar - at),
			       rules->rule_count)) {
			return false;
		}
	}
	rules->rule_count++;
	return true;
}

static unsigned char
key_byte(const struct edge *edge, bool tail)
{
	return (unsigned char)edge->at[tail ? edge->bytes - 1 : 0];
}

/* Sort by key byte, keeping order (insertion sort: some hundred entries, once), and note where each byte begins. */
static void
index_edges(struct edge *edges, size_t count, size_t *first, bool tail)
{
	size_t i, j;
	unsigned byte;

	for (i = 1; i < count; i++) {
		struct edge edge = edges[i];
		for (j = i; j > 0 && key_byte(&edges[j - 1], tail) > key_byte(&edge, tail); j--)
			edges[j] = edges[j - 1];
		edges[j] = edge;
	}
	for (byte = 0, i = 0; byte <= 256; byte++) {
		while (i < count && key_byte(&edges[i], tail) < byte)
			i++;
		first[byte] = i;
	}
}

struct rules *
rules_new(void)
{
	struct rules *rules = calloc(1, sizeof *rules);
	size_t i;

	if (rules == NULL)
		return NULL;
	for (i = 0; rules_paragraphs[i] != NULL; i++)
		if (!add_rule(rules, rules_paragraphs[i]))
			goto failed;
	index_edges(rules->heads, rules->head_count, rules->first_head, false);
	index_edges(rules->tails, rules->tail_count, rules->first_tail, true);
	rules->data = pcre2_match_data_create(1, NULL);
	rules->context = pcre2_match_context_create(NULL);
	if (rules->data == NULL || rules->context == NULL)
		goto failed;
	pcre2_set_match_limit(rules->context, MATCH_LIMIT);
	pcre2_set_depth_limit(rules->context, DEPTH_LIMIT);
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
		pcre2_code_free(rules->rules[i].code);
	pcre2_match_data_free(rules->data);
	pcre2_match_context_free(rules->context);
	free(rules->rules);
	free(rules->heads);
	free(rules->tails);
	free(rules);
}

static void
compile(struct rule *rule)
{
	int error;
	PCRE2_SIZE offset;

	rule->tried = true;
	rule->code = pcre2_compile((PCRE2_SPTR)rule->pattern, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOTALL | PCRE2_NO_AUTO_CAPTURE, &error,
	    &offset, NULL);
	if (rule->code != NULL)
		pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE); /* without JIT it only takes longer */
}

static bool
fits(struct rules *rules, size_t number, struct news_text paragraph)
{
	struct rule *rule = &rules->rules[number];

	if (!rule->tried)
		compile(rule);
	return rule->code != NULL &&
	    pcre2_match(rule->code, (PCRE2_SPTR)paragraph.at, paragraph.bytes, 0, PCRE2_NO_UTF_CHECK, rules->data,
		rules->context) >= 0;
}

static bool
is_end_mark(char byte)
{
	return byte == '.' || byte == '"' || byte == ')' || byte == '!' || byte == ']' || byte == '*';
}

enum news_kind
rules_kind(struct rules *rules, struct news_text paragraph)
{
	size_t bytes = paragraph.bytes, i;
	unsigned char byte, second;

	if (bytes == 0 || bytes > RULES_PARAGRAPH_MAX)
		return NEWS_BODY;
	byte = fold_byte((unsigned char)*paragraph.at);
	second = bytes > 1 ? fold_byte((unsigned char)paragraph.at[1]) : 0;
	for (i = rules->first_head[byte]; i < rules->first_head[byte + 1]; i++) {
		const struct edge *edge = &rules->heads[i];
		if (edge->bytes > 1 && (unsigned char)edge->at[1] != second)
			continue;
		if (edge->bytes <= bytes && same_folded(paragraph.at, edge->at, edge->bytes) &&
		    fits(rules, edge->rule, paragraph))
			return rules->rules[edge->rule].kind;
	}
	while (bytes > 0 && is_end_mark(paragraph.at[bytes - 1]))
		bytes--;
	if (bytes == 0)
		return NEWS_BODY;
	byte = fold_byte((unsigned char)paragraph.at[bytes - 1]);
	for (i = rules->first_tail[byte]; i < rules->first_tail[byte + 1]; i++) {
		const struct edge *edge = &rules->tails[i];
		if (edge->bytes <= bytes && same_folded(paragraph.at + bytes - edge->bytes, edge->at, edge->bytes) &&
		    fits(rules, edge->rule, paragraph))
			return rules->rules[edge->rule].kind;
	}
	return NEWS_BODY;
}

size_t
rules_check(struct rules *rules)
{
	size_t i;

	for (i = 0; i < rules->rule_count; i++) {
		if (!rules->rules[i].tried)
			compile(&rules->rules[i]);
		if (rules->rules[i].code == NULL)
			return i + 1;
	}
	return 0;
}
