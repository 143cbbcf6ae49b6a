/* SPDX-License-Identifier: ISC */
#include "token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A text, and its tokens parted by `|`. */
struct example {
	const char *name, *text, *tokens;
};

static const struct example examples[] = {
    {"words and marks", "Kerry said: \"No.\"", "Kerry|said|:|\"|No|.|\""},
    {"a possessive is a token of its own", "Kerry's plan", "Kerry|'s|plan"},
    {"a curly possessive too", "Kerry\xE2\x80\x99s plan", "Kerry|\xE2\x80\x99s|plan"},
    {"the possessive of a plural", "the Palestinians' demand", "the|Palestinians|'|demand"},
    {"an apostrophe inside a name", "O'Brien left", "O'Brien|left"},
    {"contractions part as in treebanks", "They'll say it didn't.", "They|'ll|say|it|did|n't|."},
    {"a contraction before a mark", "\"I don't,\"", "\"|I|do|n't|,|\""},
    {"an abbreviation keeps its stop", "Sen. Doe", "Sen.|Doe"},
    {"so do letters with stops", "the U.S. army", "the|U.S.|army"},
    {"letters with stops at the end", "in the U.S.", "in|the|U.S."},
    {"and initials", "J. K. Doe", "J.|K.|Doe"},
    {"but not the last word of a sentence", "He left.", "He|left|."},
    {"a number follows its abbreviation", "No. 3 said no.", "No.|3|said|no|."},
    {"hyphens stay inside words", "Kim Jong-un's face-to-face talks", "Kim|Jong-un|'s|face-to-face|talks"},
    {"numbers keep points and commas", "$1,000.50 and 3.5, he", "$|1,000.50|and|3.5|,|he"},
    {"a time keeps its colon", "at 10:30 a.m. sharp", "at|10:30|a.m.|sharp"},
    {"dots are one mark", "well... no", "well|...|no"},
    {"two hyphens are a dash", "so -- no", "so|--|no"},
    {"doubled single marks are one mark", "``No,'' he", "``|No|,|''|he"},
    {"letters beyond ASCII", "\xC3\x89mile Zo\xC3\xABla", "\xC3\x89mile|Zo\xC3\xABla"},
    {"a no-break space parts words",
	"Mr.\xC2\xA0"
	"Doe",
	"Mr.|Doe"},
    {"an ampersand inside a name", "AT&T rose", "AT&T|rose"},
    {"a word longer than any list's",
	"Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenfabrikantenverband x",
	"Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenfabrikantenverband|x"},
};

static void
tokenise(struct tokens *tokens, const struct news_lists *lists, const char *text)
{
	struct news_segment segment = {.span = {0, strlen(text)}, .paragraph = 1, .sentence = 1, .kind = NEWS_BODY};
	struct news_document document = {.text = {text, strlen(text)}, .segments = &segment, .segment_count = 1};

	assert_true(token_run(tokens, lists, &document));
}

static void
check(void **state)
{
	const struct example *example = *state;
	struct news_lists *lists = news_lists_new();
	struct tokens tokens = {0};
	char found[512] = "";
	size_t used = 0, i;
	int pass;

	assert_non_null(lists);
	for (pass = 0; pass < 2; pass++) { /* the second time from what is remembered */
		tokenise(&tokens, lists, example->text);
		for (i = used = 0; i < tokens.count; i++)
			used += (size_t)snprintf(found + used, sizeof found - used, "%s%.*s", i > 0 ? "|" : "",
			    (int)(tokens.at[i].end - tokens.at[i].begin), example->text + tokens.at[i].begin);
		assert_string_equal(found, example->tokens);
	}
	token_release(&tokens);
	news_lists_free(lists);
}

static void
knows_shapes_and_words(void **state)
{
	struct news_lists *lists = news_lists_new();
	struct tokens tokens = {0};
	const struct token *at;

	(void)state;
	assert_non_null(lists);
	tokenise(&tokens, lists, "The NATO aide said on Monday that 27 left.");
	at = tokens.at;
	assert_int_equal(at[0].shape & (TOKEN_CAPITAL | TOKEN_FIRST), TOKEN_CAPITAL | TOKEN_FIRST);
	assert_int_equal(at[1].shape & (TOKEN_CAPITALS | TOKEN_FIRST), TOKEN_CAPITALS);
	assert_true(LEXICON_HAS(&at[2], PERSON_NOUN));
	assert_true(LEXICON_HAS(&at[3], CUE_STRONG));
	assert_int_equal(at[3].tag, LEXICON_VBD);
	assert_true(LEXICON_HAS(&at[5], WEEKDAY));
	assert_int_equal(at[7].shape & (TOKEN_NUMBER | TOKEN_WORD), TOKEN_NUMBER);
	assert_int_equal(at[7].tag, LEXICON_CD);
	assert_int_equal(at[9].mark, '.');
	assert_int_equal(at[9].shape & TOKEN_GLUED, TOKEN_GLUED);
	/* a word has one hash, however it is written */
	tokenise(&tokens, lists, "Said said SAID other");
	assert_true(tokens.at[0].hash == tokens.at[1].hash && tokens.at[1].hash == tokens.at[2].hash);
	assert_true(tokens.at[0].hash != tokens.at[3].hash);
	token_release(&tokens);
	news_lists_free(lists);
}

int
main(void)
{
	struct CMUnitTest tests[sizeof examples / sizeof *examples + 1];
	size_t count = sizeof examples / sizeof *examples, i;

	for (i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){examples[i].name, check, NULL, NULL, (void *)(uintptr_t)&examples[i]};
	tests[count] = (struct CMUnitTest)cmocka_unit_test(knows_shapes_and_words);
	return _cmocka_run_group_tests("token", tests, count + 1, NULL, NULL);
}
