/* SPDX-License-Identifier: ISC
 *
 * The word lists: what the embedded ones say of a word, and what a user's lists and names add to them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lexicon.h"
#include "news.h"

struct place {
	struct news_lists *lists;
	struct news_error error;
	char directory[32], file[64];
};

static int
setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	assert_non_null(place);
	strcpy(place->directory, "/tmp/test_lexicon_XXXXXX");
	assert_non_null(mkdtemp(place->directory));
	place->lists = news_lists_new();
	assert_non_null(place->lists);
	*state = place;
	return 0;
}

static int
teardown(void **state)
{
	struct place *place = *state;

	news_lists_free(place->lists);
	if (place->file[0] != '\0')
		assert_int_equal(remove(place->file), 0);
	assert_int_equal(rmdir(place->directory), 0);
	free(place);
	return 0;
}

static void
write_file(struct place *place, const char *name, const char *text, size_t bytes)
{
	FILE *file;

	snprintf(place->file, sizeof place->file, "%s/%s", place->directory, name);
	file = fopen(place->file, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, bytes, file), bytes);
	assert_int_equal(fclose(file), 0);
}

static const struct lexicon_entry *
look_up(const struct place *place, const char *word)
{
	return lexicon_find(place->lists, word, strlen(word));
}

static bool
is_text(struct news_text text, const char *expected)
{
	return text.bytes == strlen(expected) && memcmp(text.at, expected, text.bytes) == 0;
}

static void
embedded_words(void **state)
{
	const struct place *place = *state;
	const struct lexicon_entry *entry;

	entry = look_up(place, "said");
	assert_true(LEXICON_HAS(entry, CUE) && LEXICON_HAS(entry, CUE_STRONG));
	assert_int_equal(entry->tag, LEXICON_VBD);
	assert_true(is_text(lexicon_lemma(place->lists, entry), "say"));
	assert_true(LEXICON_HAS(look_up(place, "president"), OFFICE));
	assert_true(LEXICON_HAS(look_up(place, "spokeswoman"), FEMALE));
	assert_true(LEXICON_HAS(look_up(place, "iran"), COUNTRY));
	assert_true(LEXICON_HAS(look_up(place, "palestinians"), DEMONYM));
	assert_true(LEXICON_HAS(look_up(place, "he"), PRONOUN) && LEXICON_HAS(look_up(place, "he"), MALE));
	assert_true(LEXICON_HAS(look_up(place, "reports"), TEXT_NOUN));
	/* its own lemma */
	entry = look_up(place, "president");
	assert_true(is_text(lexicon_lemma(place->lists, entry), "president"));
	/* a phrase, and its first word */
	assert_true(LEXICON_HAS(look_up(place, "according to"), PREPOSITION));
	assert_true(LEXICON_HAS(look_up(place, "according"), PHRASE));
	assert_null(look_up(place, "xqzzyv"));
	assert_null(look_up(place, ""));
	assert_null(look_up(place, "according to nobody"));
}

static void
digests(void **state)
{
	size_t i, k;
	const char *name, *digest, *other;

	(void)state;
	for (i = 0; (name = news_lists_digest(i, &digest)) != NULL; i++) {
		assert_true(strlen(name) > 0);
		assert_int_equal(strlen(digest), 16);
		assert_int_equal(strspn(digest, "0123456789abcdef"), 16);
		for (k = 0; k < i; k++)
			assert_string_not_equal(news_lists_digest(k, &other), name);
	}
	assert_true(i > 20);
}

static void
user_words_add(void **state)
{
	static const char list[] =
	    "\xEF\xBB\xBF# our own\r\nGrand Poobah\r\npoobah\tfemale,NN\r\nfriday\tVBZ\tFry\nChild\xE2\x80\x99s Friend";
	struct place *place = *state;
	const struct lexicon_entry *entry;

	write_file(place, "offices.txt", list, sizeof list - 1);
	assert_null(look_up(place, "poobah"));
	assert_int_equal(news_lists_add_directory(place->lists, place->directory, &place->error), NEWS_OK);
	entry = look_up(place, "poobah");
	assert_true(LEXICON_HAS(entry, OFFICE) && LEXICON_HAS(entry, FEMALE));
	assert_int_equal(entry->tag, LEXICON_NN);
	assert_true(is_text(lexicon_lemma(place->lists, entry), "poobah"));
	assert_true(LEXICON_HAS(look_up(place, "grand poobah"), OFFICE));
	assert_true(LEXICON_HAS(look_up(place, "grand"), PHRASE));
	assert_true(LEXICON_HAS(look_up(place, "child's friend"), OFFICE));
	/* what the embedded lists say stays */
	entry = look_up(place, "friday");
	assert_true(LEXICON_HAS(entry, WEEKDAY) && LEXICON_HAS(entry, OFFICE));
	assert_int_equal(entry->tag, LEXICON_VBZ);
	assert_true(is_text(lexicon_lemma(place->lists, entry), "fry"));
	assert_true(LEXICON_HAS(look_up(place, "president"), OFFICE));
	assert_false(LEXICON_HAS(look_up(place, "monday"), OFFICE));
}

/* lexicon_find_stop says of a word what its entry does. */
static void
check_stop(const struct place *place, const char *word, enum lexicon_stop expected)
{
	char stopped[16];
	uint64_t bytes = 0;
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		bytes |= (uint64_t)(unsigned char)word[i] << 8 * i;
	snprintf(stopped, sizeof stopped, "%s.", word);
	assert_int_equal(lexicon_find_stop(place->lists, bytes), expected);
	assert_int_equal(lexicon_stop(look_up(place, stopped)), expected);
}

static void
finds_what_a_stop_is(void **state)
{
	static const char own[] = "zork.\tabbr-title\nzorkest.\tabbr-last\n";
	struct place *place = *state;
	int round;

	for (round = 0; round < 2; round++) {
		check_stop(place, "sen", LEXICON_STOP_NEVER);
		check_stop(place, "vs", LEXICON_STOP_NEVER);
		check_stop(place, "sept", LEXICON_STOP_COUNTED);
		check_stop(place, "p.m", LEXICON_STOP_LAST);
		check_stop(place, "inc", LEXICON_STOP_CAPITAL);
		check_stop(place, "u.s", LEXICON_STOP_CAPITAL);
		check_stop(place, "house", LEXICON_STOP_NONE);
		check_stop(place, "messrs", LEXICON_STOP_NEVER);
		check_stop(place, "zork", round == 0 ? LEXICON_STOP_NONE : LEXICON_STOP_NEVER);
		check_stop(place, "zorkest", round == 0 ? LEXICON_STOP_NONE : LEXICON_STOP_LAST);
		if (round == 1)
			break;
		write_file(place, "abbreviations.txt", own, sizeof own - 1);
		assert_int_equal(news_lists_add_directory(place->lists, place->directory, &place->error), NEWS_OK);
	}
}

static void
many_user_words(void **state)
{
	struct place *place = *state;
	char *text = malloc(5000 * 16), word[16];
	size_t bytes = 0, i;

	assert_non_null(text);
	for (i = 0; i < 5000; i++)
		bytes += (size_t)sprintf(text + bytes, "xword%zu\n", i);
	write_file(place, "kin.txt", text, bytes);
	free(text);
	assert_int_equal(news_lists_add_directory(place->lists, place->directory, &place->error), NEWS_OK);
	for (i = 0; i < 5000; i++) {
		snprintf(word, sizeof word, "xword%zu", i);
		assert_true(LEXICON_HAS(look_up(place, word), KIN));
	}
	assert_null(look_up(place, "xword5000"));
}

static void
malformed_lists(void **state)
{
	static const struct {
		const char *name, *text, *why;
		size_t bytes;
	} cases[] = {
	    {"offices.txt", "boss\n\nchief\tfoo\n", ":3: unknown mark", 0},
	    {"offices.txt", "boss\toffice,\n", ":1: empty mark", 0},
	    {"offices.txt", "big  boss\n", ":1: more than one space between words, or a space at an end", 0},
	    {"offices.txt", "\toffice\n", ":1: no word", 0},
	    {"offices.txt", "#traits nonsense\n", ":1: unknown mark", 0},
	    {"offices.txt", "caf\xE9\n", ":1: ill-formed UTF-8 or a control character", 0},
	    {"offices.txt", "bo\0ss\n", ":1: ill-formed UTF-8 or a control character", 6},
	    {"wizards.txt", "merlin\n", "there is no list of that name", 0},
	};
	struct place *place = *state;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		write_file(place, cases[i].name, cases[i].text,
		    cases[i].bytes > 0 ? cases[i].bytes : strlen(cases[i].text));
		assert_int_equal(news_lists_add_directory(place->lists, place->directory, &place->error), NEWS_FAILED);
		assert_non_null(strstr(place->error.text, cases[i].why));
		assert_non_null(strstr(place->error.text, cases[i].name));
		assert_int_equal(remove(place->file), 0);
	}
	place->file[0] = '\0';
	assert_int_equal(news_lists_add_directory(place->lists, "/nonexistent", &place->error), NEWS_FAILED);
	assert_non_null(strstr(place->error.text, "/nonexistent"));
}

/* Other files of the directory are nobody's business. */
static void
other_files_are_left(void **state)
{
	struct place *place = *state;

	write_file(place, "README", "not a list\t\t\t", 13);
	assert_int_equal(news_lists_add_directory(place->lists, place->directory, &place->error), NEWS_OK);
}

static struct news_text
canonical(const struct place *place, const char *name)
{
	return lexicon_canonical(place->lists, (struct news_text){name, strlen(name)});
}

static void
fixed_names(void **state)
{
	static const char names[] = "# people\n\nAmos  Birch\tOld Amos\t\tA. Birch \nMarovia";
	struct place *place = *state;

	write_file(place, "names.txt", names, sizeof names - 1);
	assert_int_equal(canonical(place, "Old Amos").bytes, 0);
	assert_int_equal(news_lists_add_names(place->lists, place->file, &place->error), NEWS_OK);
	assert_true(is_text(canonical(place, "Old Amos"), "Amos Birch"));
	assert_true(is_text(canonical(place, "A. Birch"), "Amos Birch"));
	assert_true(is_text(canonical(place, "Amos Birch"), "Amos Birch"));
	assert_true(is_text(canonical(place, "Marovia"), "Marovia"));
	assert_int_equal(canonical(place, "old amos").bytes, 0);
	assert_int_equal(canonical(place, "Birch").bytes, 0);
	assert_int_equal(canonical(place, "").bytes, 0);
}

static void
malformed_names(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
	    {"Amos Birch\tAmos\nAmos Quill\tAmos\n",
		":2: a name of this line already stands for another canonical name"},
	    {" \tAmos\n", ":1: the first field, the canonical name, is empty"},
	    {"Amos\xFF\n", ":1: ill-formed UTF-8 or a control character"},
	};
	struct place *place = *state;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_lists *lists = news_lists_new();
		assert_non_null(lists);
		write_file(place, "names.txt", cases[i].text, strlen(cases[i].text));
		assert_int_equal(news_lists_add_names(lists, place->file, &place->error), NEWS_FAILED);
		assert_non_null(strstr(place->error.text, cases[i].why));
		news_lists_free(lists);
	}
	assert_int_equal(news_lists_add_names(place->lists, "/nonexistent", &place->error), NEWS_FAILED);
	assert_int_equal(news_lists_add_names(place->lists, place->directory, &place->error), NEWS_FAILED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(embedded_words, setup, teardown),
	    cmocka_unit_test_setup_teardown(digests, setup, teardown),
	    cmocka_unit_test_setup_teardown(user_words_add, setup, teardown),
	    cmocka_unit_test_setup_teardown(finds_what_a_stop_is, setup, teardown),
	    cmocka_unit_test_setup_teardown(many_user_words, setup, teardown),
	    cmocka_unit_test_setup_teardown(malformed_lists, setup, teardown),
	    cmocka_unit_test_setup_teardown(other_files_are_left, setup, teardown),
	    cmocka_unit_test_setup_teardown(fixed_names, setup, teardown),
	    cmocka_unit_test_setup_teardown(malformed_names, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
