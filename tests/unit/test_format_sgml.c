/* SPDX-License-Identifier: ISC
 *
 * SGML of archives: what is a document, and what its elements become.
 */
#include "chop.h"

static const char gigaword[] =
    "<DOC id=\"AFP_ENG_19940512.0001\" type=\"story\" >\n"
    "<HEADLINE>\nHarbour reopens after\nstorm &amp; flood\n</HEADLINE>\n"
    "<DATELINE>\nWELLINGTON, May 12 (AFP)\n</DATELINE>\n"
    "<TEXT>\n<P>\nThe harbour reopened, the mayor\nsaid.\n</P>\n<P>\n\"Good,\" she said.\n</P>\n"
    "</TEXT>\n</DOC>\n"
    "<DOC id='AFP_ENG_19940512.0002' type=other>\n<TEXT>\nRovers 2 United 1\nTown 0 City 0\n"
    "</TEXT>\n</DOC>\n";
static const char gigaword_documents[] =
    "AFP_ENG_19940512.0001|Harbour reopens after storm & flood/WELLINGTON, May 12 (AFP)/The harbour reopened, the "
    "mayor said./\"Good,\" she said.|date=1994-05-12|type=story\nAFP_ENG_19940512.0002|Rovers 2 United 1/Town 0 City "
    "0|date=1994-05-12|type=other\n";

static const char reuters[] =
    "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"
    "<REUTERS TOPICS=\"YES\" LEWISSPLIT=\"TRAIN\" OLDID=\"9\" NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n"
    "<TOPICS><D>nuts</D><D>grain</D></TOPICS>\n<PLACES></PLACES>\n<UNKNOWN> \n&#5;&#5;C T\nu f BC-NUTS   "
    "02-26</UNKNOWN>\n"
    "<TEXT>&#2;\n<TITLE>NUTS &lt;N.O> RISE</TITLE>\n<AUTHOR>    by Jane Miller, Reuters</AUTHOR>\n"
    "<DATELINE>    SALVADOR, Feb 26 - </DATELINE><BODY>Rain went on in the\nnut zone.\n"
    "    Prices are &lt;5 pct down.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
    "<REUTERS TOPICS=\"NO\" NEWID=\"2\">\n<TEXT TYPE=\"BRIEF\">&#2;\n<TITLE>NUTS CORP HALTS "
    "TALKS\n</TITLE>&#3;\n</TEXT>\n"
    "</REUTERS>\n";
static const char reuters_documents[] =
    "1|NUTS <N.O> RISE/by Jane Miller, Reuters/SALVADOR, Feb 26 - Rain went on in the nut zone./Prices are <5 pct "
    "down./Reuter|date=1987-02-26T15:01:01Z|author=Jane Miller, "
    "Reuters|topics-status=YES|lewissplit=TRAIN|oldid=9|topics=nuts|topics=grain|unknown=C T u f BC-NUTS   "
    "02-26\n2|NUTS CORP HALTS TALKS|topics-status=NO|type=BRIEF\n";

static void
reads_gigaword(void **state)
{
	(void)state;
	chop_expect("auto", gigaword, gigaword_documents);
}

static void
reads_reuters(void **state)
{
	(void)state;
	chop_expect("auto", reuters, reuters_documents);
}

static void
reads_variants(void **state)
{
	static const struct {
		const char *file, *documents;
	} cases[] = {
	    /* LDC before Gigaword, and TREC */
	    {"<DOC>\n<DOCNO> APW19980601.0001 </DOCNO>\n<DOCTYPE> NEWS STORY </DOCTYPE>\n"
	     "<DATE_TIME> 1998-06-01 00:12:00 </DATE_TIME>\n<HEADER>\nw0 &Cx1f; taf\n</HEADER>\n<BODY>\n<SLUG> "
	     "BC-Harbour "
	     "</SLUG>\n<HEADLINE>\nHarbour\n</HEADLINE>\n<TEXT>\n<P>\nOne.\n<P>\nTwo.\n</TEXT>\n(me)\n</"
	     "BODY>\n<TRAILER>\nAPW-1 "
	     "&QL;\n</TRAILER>\n</DOC>\n",
		"APW19980601.0001|Harbour/One./Two./(me)|date=1998-06-01T00:12:00Z|type=NEWS STORY|header=w0 &Cx1f; "
		"taf|slug=BC-Harbour|trailer=APW-1 &QL;\n"},
	    {"<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR</FILEID>\n<FIRST>u i AM-X</FIRST>\n<HEAD>Harbour Is "
	     "Open</HEAD>\n<BYLINE>By JANE MILLER</BYLINE>\n<BYLINE>Associated Press Writer</BYLINE>\n<DATELINE>BAY "
	     "(AP) "
	     "</DATELINE>\n<TEXT>\n   One goes on.\nAnd on.\n   Two.\n</TEXT>\n</DOC>\n",
		"AP880212-0001|Harbour Is Open/By JANE MILLER/Associated Press Writer/BAY (AP)/One goes on. And "
		"on./Two.|author=JANE MILLER|author=Associated Press Writer|fileid=AP-NR|first=u i AM-X\n"},
	    {"<DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DOCID> 1 </DOCID>\n<DATE>\n<P>\nJanuary 1, 1989, "
	     "Sunday\n</P>\n</DATE>\n"
	     "<HEADLINE>\n<P>\nHARBOUR\n</P>\n<P>\nOPENS\n</P>\n</HEADLINE>\n<TEXT>\n<P>\nOne.\n</P>\n</TEXT>\n</"
	     "DOC>\n",
		"LA010189-0001|HARBOUR OPENS/One.|date=1989-01-01\n"},
	    {"<doc id=\"7\" url=\"http://x/?a=1&amp;b=2\">\nLoose text.\n\nMore <b>of</b> it.\n</doc>\n",
		"7|Loose text./More of it.|url=http://x/?a=1&b=2\n"},
	    /* paragraphs without P */
	    {"<DOC id=1><TEXT>\n   BAY _ One line that is\nwrapped.\n   Two.\n   Three.\n</TEXT></DOC>",
		"1|BAY _ One line that is wrapped./Two./Three.\n"},
	    {"<DOC id=1><TEXT>\nOne line\n that is.\n\nTwo\nlines.\n</TEXT></DOC>", "1|One line/that is./Two lines.\n"},
	    {"<DOC id=1><TEXT>\nThe line goes on until it is as long as a line should be,\nwhich this is too, so that "
	     "it "
	     "goes on in the same way.\nShort.\nThe next one begins here and it is as long as the "
	     "first.\n</TEXT></DOC>",
		"1|The line goes on until it is as long as a line should be, which this is too, so that it goes on in "
		"the "
		"same way. Short./The next one begins here and it is as long as the first.\n"},
	    /* references, tags and text */
	    {"<DOC id=1><TEXT>A &AMP; B &lt;x&gt; &#65;&#x42;&#8212;&#146; &eacute; &UR; &x &#; & 3<4 <NOT-KNOWN> < "
	     "p></TEXT>"
	     "</DOC>",
		"1|A & B <x> AB\xE2\x80\x94\xE2\x80\x99 \xC3\xA9 &UR; &x &#; & 3<4 <NOT-KNOWN> < p>\n"},
	    {"<DOC id=1><TEXT>\r\n<P>\r\nOne\r\ntwo.\r\n</P>\r\n</TEXT>\r\n</DOC>\r\n", "1|One two.\n"},
	    {"<DOC id=1><TEXT>caf\xE9 \xC2\xA0 \xE2\x80\xA8\xC2\xAD|</TEXT></DOC>",
		"1|caf\xEF\xBF\xBD \xC2\xA0 \xE2\x80\xA8\xC2\xAD|\n"},
	    {"<DOC id=\"a b\"></DOC>", "a_b|\n"},
	    {"<DOC id=\" \"><DATE>once</DATE><TEXT>x</TEXT></DOC>", "442a44457137672b3218|x|date-raw=once\n"},
	    /* what is broken costs nothing else */
	    {"<DOC id=1>\n<TEXT>\nOne\n<DOC id=2>\n<TEXT>\nTwo\n</TEXT>\n</DOC>\nJunk & <b>more</b>\n\n<DOC "
	     "id=3>Three</DOC>\n "
	     "junk\n<DOC id=4>Four",
		"!the document has no end tag\n2|Two\n!text outside of documents\n3|Three\n!text outside of "
		"documents\n!the document has no end tag\n"},
	    {"<?xml version='1.0'?>\n<!-- all -->\n<DOC id=1>One</DOC>\n</WHOLE>\n", "1|One\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		chop_expect("sgml", cases[i].file, cases[i].documents);
}

static void
is_recognised(void **state)
{
	static const struct {
		const char *file, *format;
	} cases[] = {
	    {"<DOC>\n", "sgml"},
	    {" \n<DOC id=\"1\">", "sgml"},
	    {"<doc>", "sgml"},
	    {"<REUTERS TOPICS", "sgml"},
	    {"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS >", "sgml"},
	    {"<DOCNO>", "!sgml"},
	    {"<DOCTOR>", "!sgml"},
	    {"<rss><doc>", "!sgml"},
	    {"<!DOCTYPE lewis", "!sgml"},
	    {"DOC", "blank"},
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
	chop_break("sgml", gigaword);
	chop_break("sgml", reuters);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_gigaword),
	    cmocka_unit_test(reads_reuters),
	    cmocka_unit_test(reads_variants),
	    cmocka_unit_test(is_recognised),
	    cmocka_unit_test(bears_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
