/* SPDX-License-Identifier: ISC
 *
 * Names: each case is a document of one sentence a line and the mentions it must give, `TYPE name [role] "mention"`, in
 * order. A line that begins with `# ` is a title.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buffer.h"
#include "names.h"
#include "news.h"
#include "token.h"

#define SEGMENTS_MAX 64

struct reading {
	struct news_lists *lists;
	struct names *names;
	struct tokens tokens;
	struct news_segment segments[SEGMENTS_MAX];
	struct news_document document;
	struct buffer text; /* the mentions, as the cases have them */
};

static void
setup(struct reading *reading)
{
	memset(reading, 0, sizeof *reading);
	reading->lists = news_lists_new();
	assert_non_null(reading->lists);
	reading->names = names_new(reading->lists);
	assert_non_null(reading->names);
}

static void
teardown(struct reading *reading)
{
	names_free(reading->names);
	news_lists_free(reading->lists);
	token_release(&reading->tokens);
	buffer_release(&reading->text);
}

static void
add(struct buffer *out, const char *text)
{
	assert_true(buffer_add(out, text, strlen(text)));
}

static const char *
read_names(struct reading *reading, const char *text)
{
	const char *at = text;
	size_t count = 0, i;

	while (*at != '\0') {
		const char *end = strchr(at, '\n');
		struct news_segment *segment = &reading->segments[count++];
		assert_true(count <= SEGMENTS_MAX);
		if (end == NULL)
			end = at + strlen(at);
		*segment = (struct news_segment){.paragraph = (unsigned)count, .sentence = 1, .kind = NEWS_BODY};
		if (strncmp(at, "# ", 2) == 0) {
			segment->kind = NEWS_TITLE;
			at += 2;
		}
		segment->span = (struct news_span){(size_t)(at - text), (size_t)(end - text)};
		at = *end == '\0' ? end : end + 1;
	}
	reading->document = (struct news_document){.id = {"test", 4},
	    .text = {text, strlen(text)},
	    .segments = reading->segments,
	    .segment_count = count};
	assert_true(token_run(&reading->tokens, reading->lists, &reading->document));
	assert_int_equal(names_start(reading->names, &reading->document, &reading->tokens), NEWS_OK);
	reading->text.bytes = 0;
	for (i = 0; i < names_mention_count(reading->names); i++) {
		const struct names_mention *mention = names_mention(reading->names, i);
		const struct names_entity *entity = names_entity(reading->names, mention->entity);
		if (i > 0)
			add(&reading->text, "; ");
		add(&reading->text, news_entity_type_name(entity->type));
		add(&reading->text, " ");
		assert_true(buffer_add(&reading->text, entity->name.at, entity->name.bytes));
		if (mention->role.end > 0) {
			add(&reading->text, " [");
			assert_true(buffer_add(&reading->text, text + mention->role.begin,
			    mention->role.end - mention->role.begin));
			add(&reading->text, "]");
		}
		add(&reading->text, " \"");
		assert_true(
		    buffer_add(&reading->text, text + mention->span.begin, mention->span.end - mention->span.begin));
		add(&reading->text, "\"");
		assert_ptr_equal(names_at(reading->names, mention->first), mention);
		assert_ptr_equal(names_at(reading->names, mention->last), mention);
	}
	assert_true(buffer_add_byte(&reading->text, '\0'));
	return reading->text.at;
}

struct case_of_names {
	const char *text, *mentions;
};

static void
check(const struct case_of_names *cases, size_t count)
{
	struct reading reading;
	size_t i;

	setup(&reading);
	for (i = 0; i < count; i++)
		assert_string_equal(read_names(&reading, cases[i].text), cases[i].mentions);
	teardown(&reading);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void
surname_means_the_full_name(void **state)
{
	static const struct case_of_names cases[] = {
	    {"The bill was drafted by Helen Marlowe last week.\nMarlowe said it would pass.",
		"PER Helen Marlowe \"Helen Marlowe\"; PER Helen Marlowe \"Marlowe\""},
	    /* the surname first, in a headline */
	    {"# Marlowe: No Tax Before Spring\nSenator Helen Marlowe said so on Monday.\n\"Never,\" Marlowe said.",
		"PER Helen Marlowe \"Marlowe\"; PER Helen Marlowe [Senator] \"Helen Marlowe\"; PER Helen Marlowe "
		"\"Marlowe\""},
	    /* a middle initial more or less */
	    {"Thomas R. Ashdown spoke first.\nThomas Ashdown left.\nThen Ashdown returned.",
		"PER Thomas R. Ashdown \"Thomas R. Ashdown\"; PER Thomas R. Ashdown \"Thomas Ashdown\"; "
		"PER Thomas R. Ashdown \"Ashdown\""},
	    {"In the talks Kim Jong Un, the leader of North Korea, gave way.\nKim said nothing.",
		"PER Kim Jong Un [leader of North Korea] \"Kim Jong Un\"; LOC North Korea \"North Korea\"; PER Kim "
		"Jong Un \"Kim\""},
	};

	(void)state;
	CHECK(cases);
}

static void
two_of_one_surname_stay_apart(void **state)
{
	static const struct case_of_names cases[] = {
	    {"It was said by Mark Tobrin and later by Susan Tobrin.\nMr. Tobrin agreed.\nMrs. Tobrin did not.",
		"PER Mark Tobrin \"Mark Tobrin\"; PER Susan Tobrin \"Susan Tobrin\"; PER Mark Tobrin \"Tobrin\"; "
		"PER Susan Tobrin \"Tobrin\""},
	    /* without a title, the one named last */
	    {"Here came Mark Tobrin, then Susan Tobrin.\n\"Good,\" Tobrin said.",
		"PER Mark Tobrin \"Mark Tobrin\"; PER Susan Tobrin \"Susan Tobrin\"; PER Susan Tobrin \"Tobrin\""},
	};

	(void)state;
	CHECK(cases);
}

static void
titles_are_roles(void **state)
{
	static const struct case_of_names cases[] = {
	    {"They met U.S. Secretary of State Amos Birch at noon.",
		"LOC U.S. \"U.S.\"; PER Amos Birch [U.S. Secretary of State] \"Amos Birch\""},
	    {"But deputy defense minister Danny Volkov insisted on it.",
		"PER Danny Volkov [deputy defense minister] \"Danny Volkov\""},
	    {"He met Palestinian President Karim Haddad there.",
		"MISC Palestinian \"Palestinian\"; PER Karim Haddad [Palestinian President] \"Karim Haddad\""},
	    {"He was briefed by U.S. special envoy on security General John Allard.",
		"LOC U.S. \"U.S.\"; PER John Allard [U.S. special envoy on security General] \"John Allard\""},
	    {"That was news to Gov. Jane Doe and to Mr. Plimpton.",
		"PER Jane Doe [Gov.] \"Jane Doe\"; PER Plimpton \"Plimpton\""},
	    {"Its director, Dr. Laura Kellgren, called it a storm.",
		"PER Laura Kellgren [director] \"Laura Kellgren\""},
	    {"The vote was lost, said James Holt, a spokesman for the miners.",
		"PER James Holt [spokesman for the miners] \"James Holt\""},
	    {"Former President Arthur Quill died on Sunday.", "PER Arthur Quill [Former President] \"Arthur Quill\""},
	    /* an office alone is no name */
	    {"The Prime Minister said so, and the President agreed.", ""},
	};

	(void)state;
	CHECK(cases);
}

static void
types(void **state)
{
	static const struct case_of_names cases[] = {
	    {"He flew from Jerusalem to Ramallah and on to Iran.",
		"LOC Jerusalem \"Jerusalem\"; LOC Ramallah \"Ramallah\"; LOC Iran \"Iran\""},
	    {"According to a report in Maariv newspaper, it is over.", "ORG Maariv \"Maariv\""},
	    {"A State Department official denied it.", "ORG State Department \"State Department\""},
	    {"The Ministry of Health and the Food and Drug Administration agreed.",
		"ORG Ministry of Health \"Ministry of Health\"; ORG Food and Drug Administration \"Food and Drug "
		"Administration\""},
	    {"The road to the Jordan Valley runs east of the West Bank.",
		"LOC Jordan Valley \"Jordan Valley\"; LOC West Bank \"West Bank\""},
	    {"The Harbour Workers' Union said it was not asked.",
		"ORG Harbour Workers' Union \"Harbour Workers' Union\""},
	    {"Shares of Plimpton Inc. fell.", "ORG Plimpton Inc. \"Plimpton Inc.\""},
	    {"The Americans and the Palestinians met.",
		"MISC Americans \"Americans\"; MISC Palestinians \"Palestinians\""},
	    /* the ending of a possessive is no part */
	    {"It is Israel's plan, and Miller\xE2\x80\x99s too.", "LOC Israel \"Israel\"; PER Miller \"Miller\""},
	    /* a place that is called as a person is */
	    {"The film was shown to Martin Washington on Friday.\nWashington said it was good.\nIt was made in "
	     "Washington.",
		"PER Martin Washington \"Martin Washington\"; PER Martin Washington \"Washington\"; LOC Washington "
		"\"Washington\""},
	};

	(void)state;
	CHECK(cases);
}

static void
organisations_shorten(void **state)
{
	static const struct case_of_names cases[] = {
	    {"The Marovian Weather Service (MWS) warned of snow.\nLater MWS said it was rain.",
		"ORG Marovian Weather Service \"Marovian Weather Service\"; ORG Marovian Weather Service \"MWS\"; "
		"ORG Marovian Weather Service \"MWS\""},
	    {"The Treasury Board of Canada met.\nThe Treasury Board said no.",
		"ORG Treasury Board of Canada \"Treasury Board of Canada\"; ORG Treasury Board of Canada \"Treasury "
		"Board\""},
	    {"It was sold to Brambletech Inc. in May.\nBut Brambletech did not pay.",
		"ORG Brambletech Inc. \"Brambletech Inc.\"; ORG Brambletech Inc. \"Brambletech\""},
	    {"The U.S. objected.\nThe United States will not pay, and US law forbids it.",
		"LOC United States \"U.S.\"; LOC United States \"United States\"; LOC United States \"US\""},
	    {"They live in the Jordan Valley.\nThere is water in the Valley.",
		"LOC Jordan Valley \"Jordan Valley\"; LOC Jordan Valley \"Valley\""},
	};

	(void)state;
	CHECK(cases);
}

static void
capitals_that_tell_nothing(void **state)
{
	static const struct case_of_names cases[] = {
	    /* first words of sentences and of quotations */
	    {"Talks went on. Fishermen waited.\n\"Nobody came,\" he said.\nOn Monday nothing happened.", ""},
	    /* a heading: only what is a name elsewhere, or by the lists */
	    {"# Velmar: Harbour Deal 'Within Reach' After Night of Talks\nAt dawn Oriana Velmar said the deal in the "
	     "harbour was near.",
		"PER Oriana Velmar \"Velmar\"; PER Oriana Velmar \"Oriana Velmar\""},
	    {"# HARBOUR DEAL NEAR, SAYS VELMAR\nAt dawn Oriana Velmar said the deal in the harbour was near.",
		"PER Oriana Velmar \"VELMAR\"; PER Oriana Velmar \"Oriana Velmar\""},
	    /* no capitals, no names */
	    {"\xD8\xA5\xD9\x82\xD8\xB1\xD8\xA3 \xD9\x87\xD8\xB0\xD8\xA7 \xD8\xA7\xD9\x84\xD8\xAE\xD8\xA8\xD8\xB1", ""},
	    {"", ""},
	};

	(void)state;
	CHECK(cases);
}

static void
genders(void **state)
{
	static const struct {
		const char *text;
		enum names_gender gender;
	} cases[] = {
	    {"Mrs. Velmar came.", NAMES_FEMALE},
	    {"The spokeswoman Velmar came.", NAMES_FEMALE},
	    {"Here came John Velmar.", NAMES_MALE},
	    {"Here came Oriana Velmar.\nShe was late, and her hat was wet.", NAMES_FEMALE},
	    {"Here came Velmar.\nIt was late.", NAMES_UNKNOWN},
	    {"Here came Velmar, said James Holt.\nHe was late.", NAMES_UNKNOWN},
	};
	struct reading reading;
	size_t i;

	(void)state;
	setup(&reading);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_names(&reading, cases[i].text);
		assert_true(names_entity_count(reading.names) > 0);
		assert_int_equal(names_entity(reading.names, 0)->gender, cases[i].gender);
	}
	teardown(&reading);
}

static void
fixed_names_win(void **state)
{
	char path[] = "/tmp/test_names_XXXXXX";
	struct reading reading;
	struct news_error error;
	FILE *file;
	int descriptor = mkstemp(path);

	(void)state;
	assert_true(descriptor >= 0);
	file = fdopen(descriptor, "w");
	assert_non_null(file);
	assert_true(fputs("Amos Birch (b. 1950)\tAmos Birch\tOld Amos\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	setup(&reading);
	assert_int_equal(news_lists_add_names(reading.lists, path, &error), NEWS_OK);
	assert_string_equal(read_names(&reading, "They asked Amos Birch.\nBirch left.\nThey call him Old Amos."),
	    "PER Amos Birch (b. 1950) \"Amos Birch\"; PER Amos Birch (b. 1950) \"Birch\"; PER Amos Birch (b. 1950) "
	    "\"Old Amos\"");
	assert_int_equal(names_entity_count(reading.names), 1);
	teardown(&reading);
	remove(path);
}

/* Nothing depends on what was read before. */
static void
documents_share_nothing(void **state)
{
	struct reading reading;
	const char *text = "Here came Mark Tobrin.\nTobrin left for Iran.";
	const char *expected = "PER Mark Tobrin \"Mark Tobrin\"; PER Mark Tobrin \"Tobrin\"; LOC Iran \"Iran\"";
	size_t i;

	(void)state;
	setup(&reading);
	for (i = 0; i < 3; i++) {
		assert_string_equal(read_names(&reading, text), expected);
		assert_string_equal(read_names(&reading, "Tobrin came."), "PER Tobrin \"Tobrin\"");
	}
	teardown(&reading);
}

/* Twenty thousand persons of one surname are as many entities. */
static void
many_of_one_surname(void **state)
{
	struct reading reading;
	struct buffer text = {0};
	size_t i;

	(void)state;
	setup(&reading);
	for (i = 0; i < 20000; i++) {
		char name[64];
		snprintf(name, sizeof name, "it was Ann%zu Doe who ", i);
		add(&text, name);
	}
	assert_true(buffer_add_byte(&text, '\0'));
	read_names(&reading, text.at);
	assert_int_equal(names_entity_count(reading.names), 20000);
	buffer_release(&text);
	teardown(&reading);
}

/* Text that is one pattern over and over takes time in proportion to its length: none needs a second of the ten. */
static void
hostile_text(void **state)
{
	static const char *const patterns[] = {"Mr. Dr. Sir ", "Alpha Beta ", "Alpha of Beta and ",
	    "President of the Secretary of ", "Smith, the leader of ", "de van bin Smith ",
	    "New York City Of United States ", "Workers' Union's ", "A ", "World Health Organization (WHO) ",
	    "he she his "};
	struct reading reading;
	size_t i;

	(void)state;
	setup(&reading);
	for (i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct buffer text = {0};
		clock_t begun = clock();
		while (text.bytes < 4000000)
			add(&text, patterns[i]);
		assert_true(buffer_add_byte(&text, '\0'));
		read_names(&reading, text.at);
		assert_true((clock() - begun) / CLOCKS_PER_SEC < 10);
		buffer_release(&text);
	}
	teardown(&reading);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(surname_means_the_full_name),
	    cmocka_unit_test(two_of_one_surname_stay_apart),
	    cmocka_unit_test(titles_are_roles),
	    cmocka_unit_test(types),
	    cmocka_unit_test(organisations_shorten),
	    cmocka_unit_test(capitals_that_tell_nothing),
	    cmocka_unit_test(genders),
	    cmocka_unit_test(fixed_names_win),
	    cmocka_unit_test(documents_share_nothing),
	    cmocka_unit_test(many_of_one_surname),
	    cmocka_unit_test(hostile_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
