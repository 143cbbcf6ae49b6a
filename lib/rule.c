/* SPDX-License-Identifier: ISC */
#include "rule.h"

#include "bytes.h"

#include <stdio.h>
#include <string.h>

/* A front or end of a paragraph is shorter. Bytes. */
#define PIECE_MAX 600
/* A name and the word behind it are shorter. Bytes. */
#define NAME_BYTES_MAX 120
/* Nesting that the interpreter of patterns may go to, where there is no JIT. */
#define DEPTH_LIMIT 2000
/* What a compiled pattern may use. Bytes. */
#define STACK_BYTES 262144

static bool
same(struct news_text a, const char *b)
{
	return a.bytes == strlen(b) && memcmp(a.at, b, a.bytes) == 0;
}

/* Take what stands before BYTE off TEXT, and BYTE too. false: TEXT is empty. */
static bool
take(struct news_text *text, char byte, struct news_text *taken)
{
	const char *end;

	if (text->bytes == 0)
		return false;
	end = memchr(text->at, byte, text->bytes);
	*taken = *text;
	if (end == NULL) {
		text->bytes = 0;
		return true;
	}
	taken->bytes = (size_t)(end - text->at);
	text->at += taken->bytes + 1;
	text->bytes -= taken->bytes + 1;
	return true;
}

static bool
set_kind(struct news_text word, struct rule *rule)
{
	int kind;

	for (kind = 0; kind < NEWS_KINDS; kind++) {
		if (kind != NEWS_META && same(word, news_kind_name((enum news_kind)kind))) {
			rule->kind = (enum news_kind)kind;
			return true;
		}
	}
	return false;
}

static bool
set_word(struct news_text word, struct rule *rule)
{
	static const struct {
		const char *name;
		enum rule_part part;
		unsigned where;
		bool list;
	} words[] = {
	    {"front", RULE_FRONT, 0, false},
	    {"back", RULE_BACK, 0, false},
	    {"top", RULE_WHOLE, RULE_TOP, false},
	    {"last", RULE_WHOLE, RULE_LAST, false},
	    {"under", RULE_WHOLE, RULE_UNDER, false},
	    {"list", RULE_WHOLE, 0, true},
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (!same(word, words[i].name))
			continue;
		if (words[i].part != RULE_WHOLE)
			rule->part = words[i].part;
		rule->where |= words[i].where;
		rule->list = rule->list || words[i].list;
		return true;
	}
	return false;
}

const char *
rule_parse(struct news_text line, struct rule *rule)
{
	struct news_text words, word, second;

	memset(rule, 0, sizeof *rule);
	if (!take(&line, '\t', &words) || !take(&line, '\t', &second))
		return "not 'kind TAB pattern'";
	if (!take(&words, ' ', &word) || !set_kind(word, rule))
		return "the kind is none of title, dateline, byline, body, note";
	while (take(&words, ' ', &word))
		if (!set_word(word, rule))
			return "a word behind the kind is none of front, back, top, last, under, list";
	rule->edges = (struct news_text){"*", 1};
	rule->pattern = second;
	if (line.bytes > 0 || second.at + second.bytes < line.at) {
		if (second.bytes > 0)
			rule->edges = second;
		rule->pattern = line;
	}
	return rule->pattern.bytes == 0 ? "the pattern is missing" : NULL;
}

bool
rule_next_edge(struct news_text *edges, struct news_text *word, enum rule_side *side)
{
	*side = RULE_HEAD;
	do {
		if (!take(edges, '|', word))
			return false;
	} while (word->bytes == 0);
	if (same(*word, "*"))
		*side = RULE_ANY;
	else if (*word->at == '+' && word->bytes > 1)
		*side = RULE_NAME;
	else if (*word->at == '*')
		*side = RULE_TAIL;
	if (word->bytes > 1 && (*word->at == '*' || *word->at == '+' || *word->at == '\\')) {
		word->at++;
		word->bytes--;
	}
	return true;
}

static unsigned char
fold_byte(char byte)
{
	return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

static bool
same_folded(const char *text, struct news_text folded)
{
	size_t i;

	for (i = 0; i < folded.bytes; i++)
		if (fold_byte(text[i]) != (unsigned char)folded.at[i])
			return false;
	return true;
}

/* Where the word at AT ends: at a blank, or END. */
static size_t
word_end(const char *text, size_t at, size_t end)
{
	while (end - at >= 8) {
		unsigned bytes = bytes_until(bytes_load(text + at), ' ');
		at += bytes;
		if (bytes < 8)
			return at;
	}
	while (at < end && text[at] != ' ')
		at++;
	return at;
}

struct news_text
rule_small_word(struct news_text paragraph)
{
	size_t at = 0, begin, end = paragraph.bytes < NAME_BYTES_MAX ? paragraph.bytes : NAME_BYTES_MAX;

	for (;;) {
		unsigned char first = (unsigned char)paragraph.at[at];
		begin = at;
		at = word_end(paragraph.at, at, end);
		if (first >= 'a' && first <= 'z')
			return (struct news_text){paragraph.at + begin, begin == 0 ? 0 : at - begin};
		while (at < end && paragraph.at[at] == ' ')
			at++;
		if (at == end || !((first >= 'A' && first <= 'Z') || first >= 0x80))
			return (struct news_text){paragraph.at, 0};
	}
}

static bool
ends_with(struct news_text text, struct news_text folded)
{
	return folded.bytes <= text.bytes && same_folded(text.at + text.bytes - folded.bytes, folded);
}

bool
rule_has_edge(const struct rule *rule, struct news_text paragraph)
{
	struct news_text edges = rule->edges, trimmed = rule_trimmed(paragraph), word;
	struct news_text small = rule_small_word(paragraph);
	enum rule_side side;

	while (rule_next_edge(&edges, &word, &side)) {
		if (side == RULE_ANY ||
		    (side == RULE_NAME && small.bytes == word.bytes && same_folded(small.at, word)) ||
		    (side == RULE_HEAD && word.bytes <= paragraph.bytes && same_folded(paragraph.at, word)) ||
		    (side == RULE_TAIL && (ends_with(paragraph, word) || ends_with(trimmed, word))))
			return true;
	}
	return false;
}

bool
rule_compile(struct rule *rule, struct news_error *error)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C;
	int code;
	PCRE2_SIZE offset;

	if (rule->part != RULE_BACK)
		options |= PCRE2_ANCHORED;
	if (rule->part != RULE_FRONT)
		options |= PCRE2_ENDANCHORED;
	rule->code = pcre2_compile((PCRE2_SPTR)rule->pattern.at, rule->pattern.bytes, options, &code, &offset, NULL);
	if (rule->code == NULL) {
		PCRE2_UCHAR why[160];
		pcre2_get_error_message(code, why, sizeof why);
		snprintf(error->text, sizeof error->text, "the pattern: %s at its byte %zu", (const char *)why,
		    (size_t)offset + 1);
		return false;
	}
	return true;
}

void
rule_speed_up(struct rule *rule)
{
	rule->is_fast = pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE) == 0; /* else matching only takes longer */
}

void
rule_release(struct rule *rule)
{
	pcre2_code_free(rule->code);
	rule->code = NULL;
	rule->is_fast = false;
}

bool
rule_matcher_init(struct rule_matcher *matcher, unsigned steps)
{
	matcher->given_up = 0;
	matcher->data = pcre2_match_data_create(1, NULL);
	matcher->limits = pcre2_match_context_create(NULL);
	matcher->stack = pcre2_jit_stack_create(32768, STACK_BYTES, NULL);
	if (matcher->data == NULL || matcher->limits == NULL || matcher->stack == NULL) {
		rule_matcher_release(matcher);
		return false;
	}
	pcre2_set_match_limit(matcher->limits, steps);
	pcre2_set_depth_limit(matcher->limits, DEPTH_LIMIT);
	pcre2_jit_stack_assign(matcher->limits, NULL, matcher->stack);
	return true;
}

void
rule_matcher_release(struct rule_matcher *matcher)
{
	pcre2_match_data_free(matcher->data);
	pcre2_match_context_free(matcher->limits);
	pcre2_jit_stack_free(matcher->stack);
	matcher->data = NULL;
	matcher->limits = NULL;
	matcher->stack = NULL;
}

bool
rule_fits(const struct rule *rule, struct rule_matcher *matcher, struct news_text paragraph, size_t *bytes)
{
	size_t begin = 0, end = paragraph.bytes;
	const PCRE2_SIZE *found;
	int code;

	if (rule->part == RULE_FRONT && end > PIECE_MAX)
		for (end = PIECE_MAX; ((unsigned char)paragraph.at[end] & 0xC0) == 0x80; end--)
			;
	if (rule->part == RULE_BACK && end > PIECE_MAX)
		for (begin = end - PIECE_MAX; ((unsigned char)paragraph.at[begin] & 0xC0) == 0x80; begin++)
			;
	/* pcre2_match comes to the same, but first checks again what is known here */
	code = (rule->is_fast ? pcre2_jit_match : pcre2_match)(rule->code, (PCRE2_SPTR)paragraph.at, end, begin,
	    PCRE2_NO_UTF_CHECK, matcher->data, matcher->limits);
	if (code < 0) {
		matcher->given_up += code != PCRE2_ERROR_NOMATCH;
		return false;
	}
	/* \K may put the beginning behind the end */
	found = pcre2_get_ovector_pointer(matcher->data);
	if (found[0] >= found[1])
		return false;
	*bytes = rule->part == RULE_BACK ? paragraph.bytes - found[0] : found[1];
	return true;
}
