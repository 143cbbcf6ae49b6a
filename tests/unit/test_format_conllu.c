/* SPDX-License-Identifier: ISC
 *
 * CoNLL-U: documents, paragraphs and sentences as the file has them.
 */
#include "chop.h"

/* A line of a word: what stands between its form and its last column does not matter. */
#define WORD(id, form, misc) id "\t" form "\tx\tNOUN\t_\t_\t0\troot\t_\t" misc "\n"

static const char treebank[] =
    "# newdoc id = bay 1\n"
    "# meta::dateCreated = 2 Jan 2020\n"
    "# meta::sourceURL = http://x/\n"
    "# meta::speakers = none=1\n"
    "# title = Harbour\n"
    "# global.Entity = GRP\n"
    "# newpar id = p1\n"
    "# sent_id = bay-1\n"
    "# text = The harbour isn\xE2\x80\x99t open,\xC2\xA0she said.\n" WORD("1", "The", "_") WORD("2", "Harbor",
	"SpaceAfter=No") "\n"
			 "# sent_id = bay-2\n" WORD("1", "\"", "SpaceAfter=No|Ref=1")
			     WORD("2-3", "don\xE2\x80\x99t", "SpaceAfter=No") WORD("2", "do", "_")
				 WORD("3", "n\xE2\x80\x99t", "_") WORD("3.1", "hidden", "CopyOf=3") WORD("4", "!",
				     "Ref=2|SpaceAfter=No") "\n"
							    "# newpar\n# date = 2021-01-01\n" WORD("1", "New",
								"SpacesAfter=\\n") WORD("2", "one",
								"_") "\n"
								     "# sent_id = other\n# newdoc\n" WORD("1", "Second",
									 "_") "\n";
static const char treebank_documents[] = "bay_1|^The harbour isn\xE2\x80\x99t open,\xC2\xA0she "
					 "said.^\"don\xE2\x80\x99t!/^New one|date=2020-01-02|url=http://x/"
					 "|speakers=none=1|title=Harbour\n"
					 "1399de037789d5644696|^Second\n";

static void
reads_treebanks(void **state)
{
	(void)state;
	chop_expect("auto", treebank, treebank_documents);
}

static void
reads_variants(void **state)
{
	static const struct {
		const char *file, *documents;
	} cases[] = {
	    /* one document without a name */
	    {WORD("1", "So", "_") "\n\n\n" WORD("1", "it", "_") WORD("2", "is", "_"),
		"93a73bbe734b3415a708|^So ^it is\n"},
	    {"#newdoc id=a\r\n1\tSo\t_\t_\t_\t_\t_\t_\t_\t_\r\n\r\n", "a|^So\n"},
	    {"# newdoc id =\n" WORD("1", "Second", "_"), "1399de037789d5644696|^Second\n"},
	    /* blank lines that are missing, or too many */
	    {"\n \n# newdoc id = a\n" WORD("1", "So", "_") "# text = it was\n" WORD("1", "it",
		 "_") "# newdoc id = b\n\n\n" WORD("1", "So", "_"),
		"a|^So ^it was\nb|^So\n"},
	    {"# newdoc id = a\n\n# newdoc id = b\n" WORD("1", "So", "_"), "a|^So\n"},
	    {"# newdoc id = a\n\n", "a|\n"},
	    {"# none\n\n", "-\n"},
	    /* words as they are written */
	    {"# newdoc id = a\n" WORD("1-2", "im", "_") WORD("1", "in", "_") WORD("2", "dem", "_")
		    WORD("3", "10 000", "_") WORD("4", "<&amp;>", "_"),
		"a|^im 10 000 <&amp;>\n"},
	    {"# newdoc id = a\n" WORD("1", "\xE9\x01", "_"), "a|^\xEF\xBF\xBD\n"},
	    /* what is malformed costs one document */
	    {"# newdoc id = a\n1\tSo\t_\n\n# newdoc id = b\n" WORD("1", "So", "_"),
		"!fewer than 10 columns (line 2 of the document)\nb|^So\n"},
	    {"# newdoc id = a\n1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n",
		"!more than 10 columns (line 2 of the document)\n"},
	    {"# newdoc id = a\n" WORD("x", "So", "_"), "!no number of a word in column 1 (line 2 of the document)\n"},
	    {"# newdoc id = a\n" WORD("", "So", "_"), "!no number of a word in column 1 (line 2 of the document)\n"},
	    {"# newdoc id = a\n" WORD("3-2", "So", "_"), "!no number of a word in column 1 (line 2 of the document)\n"},
	    {"# newdoc id = a\n" WORD("1", "So", "_") "So it is.\n",
		"!fewer than 10 columns (line 3 of the document)\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		chop_expect("conllu", cases[i].file, cases[i].documents);
}

static void
is_recognised(void **state)
{
	static const struct {
		const char *file, *format;
	} cases[] = {
	    {"# a\n\n" WORD("1", "So", "_"), "conllu"},
	    {WORD("1-2", "So", "_"), "conllu"},
	    {"# A heading\n\nText.\n", "blank"},
	    {"#\n", "blank"},
	    {"1\tSo\n", "blank"},
	    {"1987 was a year\n", "blank"},
	    {"a\tb\tc\td\te\tf\tg\th\ti\tj\n", "blank"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		chop_recognise(cases[i].file, cases[i].format);
}

static void
bears_anything(void **state)
{
	(void)state;
	chop_break("conllu", treebank);
}

/* A file without documents and blank lines must not be held in memory. */
static void
bounds_records(void **state)
{
	static const size_t most = (size_t)256 * 1024 * 1024;
	const char line[] = WORD("1", "So", "_");
	struct news_reader_options options = {0};
	struct news_error error;
	struct news_cutter *cutter;
	struct news_span span;
	size_t bytes = most + 4096, i;
	char *text = malloc(bytes);

	(void)state;
	assert_non_null(text);
	assert_true(news_format_find("conllu", &options.format));
	cutter = news_cutter_new(&options, &error);
	assert_non_null(cutter);
	for (i = 0; i < bytes; i++)
		text[i] = line[i % (sizeof line - 1)];
	assert_int_equal(news_cutter_next(cutter, text, most, false, &span), 0);
	assert_int_equal(news_cutter_next(cutter, text, bytes, false, &span), most + 1);
	assert_int_equal(span.end - span.begin, most + 1);
	assert_int_equal(news_cutter_next(cutter, text + most + 1, bytes - most - 1, false, &span), bytes - most - 1);
	assert_int_equal(span.begin, span.end);
	/* but for a blank line it is cut there */
	news_cutter_start(cutter);
	memcpy(text + most / 2 + 100, "\n\n", 2);
	assert_int_equal(news_cutter_next(cutter, text, bytes, false, &span), most / 2 + 102);
	free(text);
	news_cutter_free(cutter);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_treebanks),
	    cmocka_unit_test(reads_variants),
	    cmocka_unit_test(is_recognised),
	    cmocka_unit_test(bears_anything),
	    cmocka_unit_test(bounds_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
