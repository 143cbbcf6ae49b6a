/* SPDX-License-Identifier: ISC */
#include "dateline.h"
#include "rules.h"
#include "structure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "Read this news in Arabic" in Arabic */
#define ARABIC "\xD8\xA5\xD9\x82\xD8\xB1\xD8\xA3 \xD9\x87\xD8\xB0\xD8\xA7 \xD8\xA7\xD9\x84\xD8\xAE\xD8\xA8\xD8\xB1"
/* "Moscow" in Russian */
#define MOSCOW "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0"

static struct news_lists *lists;
static struct structure *structure;

static int
set_up(void **state)
{
	(void)state;
	lists = news_lists_new();
	structure = structure_new(lists);
	return lists == NULL || structure == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	structure_free(structure);
	news_lists_free(lists);
	return 0;
}

/* The pieces of TEXT as "T1 Head|D2 ROME --|B2 Words.", where the number is the paragraph's. */
static void
check_document(struct news_document document, const char *wanted)
{
	static const char letters[NEWS_KINDS + 1] = "MTDYBN";
	struct structure_piece piece;
	char found[2000];
	size_t out = 0, at = 0;

	document.text.bytes = strlen(document.text.at);
	structure_start(structure, &document, false);
	while (structure_next(structure, &piece) == NEWS_OK) {
		assert_true(piece.span.begin >= at && piece.span.begin < piece.span.end);
		for (; at < piece.span.begin; at++)
			assert_true(document.text.at[at] == ' ' || document.text.at[at] == '\n');
		at = piece.span.end;
		assert_true(out + (at - piece.span.begin) + 20 < sizeof found);
		out += (size_t)sprintf(found + out, "%s%c%u %.*s", out > 0 ? "|" : "", letters[piece.kind],
		    piece.paragraph, (int)(at - piece.span.begin), document.text.at + piece.span.begin);
	}
	for (; at < document.text.bytes; at++)
		assert_true(document.text.at[at] == ' ' || document.text.at[at] == '\n');
	found[out] = '\0';
	assert_string_equal(found, wanted);
}

static void
check(const char *text, const char *wanted)
{
	struct news_document document = {.text = {text, 0}};

	check_document(document, wanted);
}

static void
every_rule_compiles(void **state)
{
	struct rules *rules = rules_new();

	(void)state;
	assert_non_null(rules);
	assert_int_equal(rules_check(rules), 0);
	rules_free(rules);
}

static void
numbers_paragraphs(void **state)
{
	struct news_document wrapped =
	    {.text = {"  Mill to close\nin May\n \n\nIt closes\nsoon, he said.\n\nIt does. \n  \n", 0},
		.wrapped = true};

	(void)state;
	check("", "");
	check(" \n\n ", "");
	check("The mill closes in May, he said.", "B1 The mill closes in May, he said.");
	check("Mill to close\n\n The mill closes, he said. \nIt does.  ",
	    "T1 Mill to close|B2 The mill closes, he said.|B3 It does.");
	check_document(wrapped, "T1 Mill to close\nin May|B2 It closes\nsoon, he said.|B3 It does.");
}

static void
finds_titles(void **state)
{
	struct news_document told = {.text = {"It rained. It snowed.\nThen it stopped.", 0}, .has_title = true};

	(void)state;
	check_document(told, "T1 It rained. It snowed.|B2 Then it stopped.");
	check("Minister: 'No deal'\nThe deal fell through.", "T1 Minister: 'No deal'|B2 The deal fell through.");
	check("Council Rejects Second Plan.\nThe council met.", "T1 Council Rejects Second Plan.|B2 The council met.");
	check("U.S. WARNS ITS ALLIES\nIt said so.", "T1 U.S. WARNS ITS ALLIES|B2 It said so.");
	/* a stop and a blank line behind it */
	check("Council rejects second plan.\n\nThe council met.",
	    "T1 Council rejects second plan.|B2 The council met.");
	check("The council met late on Friday to talk.\nIt rejected the plan.",
	    "B1 The council met late on Friday to talk.|B2 It rejected the plan.");
	check("Nothing follows this", "B1 Nothing follows this");
	check("Dear all,\nWe met.", "B1 Dear all,|B2 We met.");
	/* notes and bylines do not take its place */
	check("Advertisement\nBy Ann Roe\nMill to close\nIt does.",
	    "N1 Advertisement|Y2 By Ann Roe|T3 Mill to close|B4 It does.");
	check("ROME (AP) -- It rained.\nIt stopped", "D1 ROME (AP) --|B1 It rained.|B2 It stopped");
}

static void
finds_datelines(void **state)
{
	static const char *const datelines[] = {"JERUSALEM (AP) --", "WASHINGTON, Nov 3 (Reuters) -",
	    "LONDON \xE2\x80\x94", "Aug 27 (Reuters) -", "STATE COLLEGE, Pa. -", "Washington (AFP) \xE2\x80\x93",
	    "(CNN) --", "ST. LOUIS, Mo., April 1 (UPI) \xE2\x80\x94", "RIO DE JANEIRO, Brazil (AP) \xE2\x80\x94",
	    "NEW YORK -", "NEW YORK/LONDON (Reuters) -", "PARIS, 5 juin (AFP) -", "MADRID (EFE).-",
	    "WASHINGTON, June 5, 2010 /PRNewswire/ --", "HOUSTON--(BUSINESS WIRE)--June 5, 2010--",
	    "NEW DELHI:", "PARIS, Feb 2", "London, 3 November --", "PURCHASE, N.Y. -", "WASHINGTON-"};
	static const char *const none[] = {"EXCLUSIVE - The mill closes.", "AL-QAIDA said so.",
	    "He (John) - the miller - said.", "The mill - his mill - closed.", "UPDATE: The mill closes.",
	    "NATO said it - no more.", "Rome is big.", "MILL TO CLOSE - OWNER LEAVES TOWN", "A (B) C", "LONDON",
	    "-- He left", "(", "(", "THE LUNT REPORT - The mill closes.", "IN PICTURES - The mill closes.",
	    "PRICES RISE 2 PCT IN 1988 - The mill closes.", "MILLS CLOSE, BUT OWNERS STAY ON TOP - They say.",
	    "Sen. Ann Roe (R-Ore.) said so.", "ANN ROE: The mill closes.", "On June 5, 2006 The Mill closed."};
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof datelines / sizeof *datelines; i++) {
		struct news_text paragraph = {text, 0};
		paragraph.bytes = (size_t)sprintf(text, "%s The mill closes.", datelines[i]);
		assert_int_equal(dateline_end(lists, paragraph, 0, paragraph.bytes, true), strlen(datelines[i]));
	}
	for (i = 0; i < sizeof none / sizeof *none; i++) {
		struct news_text paragraph = {none[i], strlen(none[i])};
		assert_int_equal(dateline_end(lists, paragraph, 0, paragraph.bytes, true), 0);
	}
	check("Jerusalem (CNN)Kerry left.\nHe did.", "D1 Jerusalem (CNN)|B1 Kerry left.|B2 He did.");
	check("WASHINGTON (AP)\nHe left.", "D1 WASHINGTON (AP)|B2 He left.");
	check("Mill to close\nSunday, May 28, 2006\nIt does.", "T1 Mill to close|D2 Sunday, May 28, 2006|B3 It does.");
	check("May 28, 2006\nMill to close\nIt does.", "D1 May 28, 2006|T2 Mill to close|B3 It does.");
	check("Mill to close\nLondon\nIt does.\nROME", "T1 Mill to close|D2 London|B3 It does.|D4 ROME");
	/* a turn of an interview is none */
	check("Talk\nLONDON: Is it open?\nROE: It is.", "T1 Talk|B2 LONDON: Is it open?|B3 ROE: It is.");
}

static void
finds_bylines(void **state)
{
	(void)state;
	check("Mill to close\nBy Ann Roe\nIt does.", "T1 Mill to close|Y2 By Ann Roe|B3 It does.");
	check("Mill to close\nBy ANN ROE and JOHN POE, Associated Press\nIt does.",
	    "T1 Mill to close|Y2 By ANN ROE and JOHN POE, Associated Press|B3 It does.");
	check("Mill to close\nBy ANN ROE\nAP Business Writer\n@annroe\nIt does.",
	    "T1 Mill to close|Y2 By ANN ROE|Y3 AP Business Writer|Y4 @annroe|B5 It does.");
	check("Mill to close\nAnn Roe, Staff Writer\nIt does.",
	    "T1 Mill to close|Y2 Ann Roe, Staff Writer|B3 It does.");
	check("Mill to close\nMary Miller and John Smith\nIt does.",
	    "T1 Mill to close|Y2 Mary Miller and John Smith|B3 It does.");
	/* who is written of comes again */
	check("Mill to close\nMary Miller\nMiller leaves.", "T1 Mill to close|B2 Mary Miller|B3 Miller leaves.");
	check("Mill to close\nBy Ann Roe ROME (AP) -- It does.",
	    "T1 Mill to close|Y2 By Ann Roe|D2 ROME (AP) --|B2 It does.");
	check("Mill to close\nBy Friday Morning\nIt does.", "T1 Mill to close|B2 By Friday Morning|B3 It does.");
	check("Mill to close\nBy May it closes.\nIt does.", "T1 Mill to close|B2 By May it closes.|B3 It does.");
}

static void
finds_notes(void **state)
{
	static const char *const notes[] = {"Copyright 2016 The Daily Post. All rights reserved.",
	    "\xC2\xA9 2016 Daily Post", "ADVERTISEMENT", "-- 30 --", "(end)", "* * *", "___", "###",
	    "Share on Facebook", "Photo: Ann Roe/Daily Post", "(Photo by Ann Roe)",
	    "(Reporting by Ann Roe; editing by John Poe)", "Ann Roe in Rome contributed to this report.",
	    "Read more: Mill to open", "Read more", "Sign up for our daily newsletter",
	    "Follow Ann Roe on Twitter @annroe", "Click here to subscribe", "This story has been updated.",
	    "Watch the video above.", "http://example.com/a", "Leer en espa\xC3\xB1ol", "9:45 p.m.", "[12:05 PM ET]",
	    "John Poe/Reuters", "Poe via Getty Images", "Editor's note: It was so.",
	    "Correction: An earlier version of this story was wrong.", "(Adds quotes)", "Phone: 202-555-0100",
	    "FOR IMMEDIATE RELEASE", "For more information, contact Ann Roe.", "LENGTH: 345 words", "ABSTRACT",
	    "Ann Roe is a staff writer at The Daily Post.", "Poe reported from Washington.", "(AP)", "width: 100%;"};
	static const char *const bodies[] = {"Copyright law is old.", "Share prices fell.", "Photos showed the mill.",
	    "Reporting by post is slow.", "He read more.", "Follow the money.", "Print is dead.", "- It closes.",
	    "(End of the line, he said.)", "This story is old.", "Watch out.", "Ann Roe is a miller at the mill.",
	    "At 9:45 p.m. it closed.", "Contact was lost.", "An earlier report said that it was open.",
	    "Follow up with the millers.", "Recap", "UPDATE: It is open.",
	    "For more information on the mill, millers may ask.", "Click on the wheel.", "By the mill."};
	char text[400], wanted[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof notes / sizeof *notes; i++) {
		sprintf(text, "Mill to close\nIt does.\n%s", notes[i]);
		sprintf(wanted, "T1 Mill to close|B2 It does.|N3 %s", notes[i]);
		check(text, wanted);
	}
	for (i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		sprintf(text, "Mill to close\nIt does.\n%s", bodies[i]);
		sprintf(wanted, "T1 Mill to close|B2 It does.|B3 %s", bodies[i]);
		check(text, wanted);
	}
}

static void
cuts_fronts_and_backs(void **state)
{
	(void)state;
	check("Mill to close\nAdvertisementThe mill closes.", "T1 Mill to close|N2 Advertisement|B2 The mill closes.");
	check("Mill to close\nIt does. (Reporting by Ann Roe; editing by John Poe)",
	    "T1 Mill to close|B2 It does.|N2 (Reporting by Ann Roe; editing by John Poe)");
	check("Mill to close\nIt does, he said (reporting on Rome).",
	    "T1 Mill to close|B2 It does, he said (reporting on Rome).");
	check("Mill to close\nIt does. -30-", "T1 Mill to close|B2 It does.|N2 -30-");
	/* NBSP belongs to the piece */
	check("Mill to close\n\xC2\xA0Read more\xC2\xA0\nIt does.",
	    "T1 Mill to close|N2 \xC2\xA0Read more\xC2\xA0|B3 It does.");
	check("Mill to close\n\xC2\xA0\nIt does.", "T1 Mill to close|N2 \xC2\xA0|B3 It does.");
	check("Mill to close\nIt does.\nContacts:\nAnn Roe\n(202) 555-0100\nIt closes in May, he said.",
	    "T1 Mill to close|B2 It does.|N3 Contacts:|N4 Ann Roe|N5 (202) 555-0100|B6 It closes in May, he said.");
}

/* Beginnings and ends shorter than what the look-up of words reads at once, as long, and longer; each with no byte
 * around it. */
static void
finds_words_of_any_length(void **state)
{
	static const struct {
		const char *text;
		bool note;
	} cases[] = {
	    {"ENDS", true},
	    {"-30-", true},
	    {"TWEET", true},
	    {"(more)", true},
	    {"[ENDS]", true},
	    {"Related", true},
	    {"Comments", true},
	    {"Read more", true},
	    {"Advertisement", true},
	    {"5 words", true},
	    {"50 words", true},
	    {"500 words", true},
	    {"1,500 words", true},
	    {"Jo Ray/AP", true},
	    {"(Jo Ray/AP).", true},
	    {"E", false},
	    {"END", false},
	    {"Relate", false},
	    {"Readers", false},
	    {"swords", false},
	    {"5 Words", false},
	    {"Additionally, it rained.", false},
	    {"Following the rain", false},
	};
	struct rules *rules = rules_new();
	size_t i;

	(void)state;
	assert_non_null(rules);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rules_match match;
		size_t bytes = strlen(cases[i].text);
		char *text = malloc(bytes);
		bool note;
		assert_non_null(text);
		memcpy(text, cases[i].text, bytes);
		note = rules_match(rules, (struct news_text){text, bytes}, 0, false, &match) &&
		    match.kind == NEWS_NOTE && match.bytes == bytes;
		free(text);
		if (note != cases[i].note)
			fail_msg("'%s': %s", cases[i].text, note ? "a note" : "no note");
	}
	rules_free(rules);
}

static void
reads_rules(void **state)
{
	static const struct {
		const char *line, *wrong;
	} lines[] = {
	    {"note\tx", NULL},
	    {"byline top last\ta|*b\tx", NULL},
	    {"note\t\tx", NULL},
	    {"", "not 'kind TAB pattern'"},
	    {"note", "not 'kind TAB pattern'"},
	    {"note\t", "not 'kind TAB pattern'"},
	    {"note\ta\t", "the pattern is missing"},
	    {"meta\tx", "the kind is none of title, dateline, byline, body, note"},
	    {"note  top\tx", "a word behind the kind is none of front, back, top, last, under, list"},
	};
	struct rule rule;
	struct news_text word, edges = {"ab|*cd|\\*e|+is||*", 17};
	enum rule_side side;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *wrong = rule_parse((struct news_text){lines[i].line, strlen(lines[i].line)}, &rule);
		if (lines[i].wrong == NULL)
			assert_null(wrong);
		else
			assert_string_equal(wrong, lines[i].wrong);
	}
	assert_true(rule_next_edge(&edges, &word, &side) && side == RULE_HEAD && word.bytes == 2);
	assert_true(rule_next_edge(&edges, &word, &side) && side == RULE_TAIL && memcmp(word.at, "cd", 2) == 0);
	assert_true(rule_next_edge(&edges, &word, &side) && side == RULE_HEAD && memcmp(word.at, "*e", 2) == 0);
	assert_true(rule_next_edge(&edges, &word, &side) && side == RULE_NAME && word.bytes == 2);
	assert_true(rule_next_edge(&edges, &word, &side) && side == RULE_ANY);
	assert_false(rule_next_edge(&edges, &word, &side));
}

static void
parts_links_in_another_script(void **state)
{
	(void)state;
	check("Mill to close\n" ARABIC "U.S. officials left.\nThey did.",
	    "T1 Mill to close|N2 " ARABIC "|B2 U.S. officials left.|B3 They did.");
	check("Mill to close\n" ARABIC "\xE2\x80\x9CWe left,\xE2\x80\x9D he said.",
	    "T1 Mill to close|N2 " ARABIC "|B2 \xE2\x80\x9CWe left,\xE2\x80\x9D he said.");
	check("Mill to close\n" ARABIC " ROME (AP) -- They left.",
	    "T1 Mill to close|N2 " ARABIC "|D2 ROME (AP) --|B2 They left.");
	check("Mill to close\nIt does.\n" ARABIC, "T1 Mill to close|B2 It does.|N3 " ARABIC);
	/* a word of another script belongs to its sentence */
	check("Mill to close\n" MOSCOW " is what they call Moscow.",
	    "T1 Mill to close|B2 " MOSCOW " is what they call Moscow.");
	/* the whole document is in it */
	check(ARABIC ".\n" ARABIC ".", "B1 " ARABIC ".|B2 " ARABIC ".");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_rule_compiles),
	    cmocka_unit_test(numbers_paragraphs),
	    cmocka_unit_test(finds_titles),
	    cmocka_unit_test(finds_datelines),
	    cmocka_unit_test(finds_bylines),
	    cmocka_unit_test(finds_notes),
	    cmocka_unit_test(cuts_fronts_and_backs),
	    cmocka_unit_test(finds_words_of_any_length),
	    cmocka_unit_test(reads_rules),
	    cmocka_unit_test(parts_links_in_another_script),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
