/* SPDX-License-Identifier: ISC */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

/* Steps, depth and stack that one line may cost a pattern: generous for a separator, and a bound of some tenths of a
 * second for patterns that go exponential. */
#define MATCH_LIMIT 1000000
#define DEPTH_LIMIT 10000
#define STACK_BYTES 1048576

struct pattern {
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
	size_t given_up;
};

struct pattern *
pattern_new(const char *source, struct news_error *error)
{
	struct pattern *pattern = calloc(1, sizeof *pattern);
	PCRE2_UCHAR why[128];
	PCRE2_SIZE offset;
	int code;

	snprintf(error->text, sizeof error->text, "out of memory");
	if (pattern == NULL)
		return NULL;
	pattern->code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, NULL);
	if (pattern->code == NULL) {
		pcre2_get_error_message(code, why, sizeof why);
		snprintf(error->text, sizeof error->text, "bad pattern at its byte %zu: %s", (size_t)offset + 1,
		    (const char *)why);
		pattern_free(pattern);
		return NULL;
	}
	/* A system that forbids writable code has no JIT; pcre2 then interprets, under the same limits. */
	(void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	pattern->match = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	pattern->limits = pcre2_match_context_create(NULL);
	pattern->stack = pcre2_jit_stack_create(32768, STACK_BYTES, NULL);
	if (pattern->match == NULL || pattern->limits == NULL || pattern->stack == NULL) {
		pattern_free(pattern);
		return NULL;
	}
	pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
	pcre2_jit_stack_assign(pattern->limits, NULL, pattern->stack);
	return pattern;
}

void
pattern_free(struct pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_match_context_free(pattern->limits);
	pcre2_jit_stack_free(pattern->stack);
	pcre2_match_data_free(pattern->match);
	pcre2_code_free(pattern->code);
	free(pattern);
}

bool
pattern_matches(struct pattern *pattern, struct news_text text)
{
	int found = pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.bytes, 0, 0, pattern->match, pattern->limits);

	if (found < 0 && found != PCRE2_ERROR_NOMATCH)
		pattern->given_up++;
	return found >= 0;
}

size_t
pattern_given_up(const struct pattern *pattern)
{
	return pattern->given_up;
}
