/* SPDX-License-Identifier: ISC
 *
 * NITF, NewsML and RCV1: what is a document, and what its elements become.
 */
#include "chop.h"

static const char nitf[] =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\r\n"
    "<!DOCTYPE nitf SYSTEM \"nitf-3-3.dtd\" [<!ENTITY town \"Port &#38;amp; Bay\"> <!-- > ]> -->]>\r\n"
    "<nitf uno=\"1\">\r\n<head><title>Page</title>\r\n<meta name=\"desk\" content=\"Foreign Desk\"/>\r\n<docdata>"
    "<doc-id id-string=\"x:7 b\"/><date.issue norm=\"20200102T101112Z\"/><urgency ed-urg=\"3\"/><key-list><keyword "
    "key=\"harbour\"/><keyword key=\"storm\"/></key-list><identified-content><classifier>Weather</classifier>"
    "<person>MILLER, JANE</person></identified-content></docdata><pubdata name=\"The Bay Times\" "
    "date.publication=\"20200103\" ex-ref=\"http://x/\"/></head>\r\n"
    "<body><body.head><hedline><hl1>Harbour <em>re</em>opens</hl1><hl2>Storm over</hl2></hedline>\r\n"
    "<byline>By <person>Jane\r\nMiller</person><byttl>Writer</byttl></byline>\r\n"
    "<dateline><location>BAY</location>, <story.date>Jan 2</story.date> (AP) --</dateline>"
    "<abstract><p>All.</p></abstract></body.head>\r\n"
    "<body.content><p>The harbour of &town;\r\nre<person>opened</person>&nbsp;on &#8220;it&#8221;.</p>"
    "<p><![CDATA[\"Glad <it> & </nitf> &amp;\"]]>\xC2\xAD</p>"
    "<media><media-reference source=\"a.jpg\"/><media-metadata>none</media-metadata><media-caption>A "
    "photo.</media-caption></media><!-- </nitf> <p>not this</p> -->"
    "<ul><li>One</li><li>Two<br/>too</li></ul><table><tr><td>A</td><td>B</td></tr></table></body.content>"
    "<body.end><tagline>Jane is a writer.</tagline></body.end></body>\r\n</nitf>\r\n";
static const char nitf_documents[] =
    "x:7_b|Harbour reopens/Storm over/By Jane Miller Writer/BAY, Jan 2 (AP) --/The harbour of Port & Bay "
    "reopened\xC2\xA0on \xE2\x80\x9Cit\xE2\x80\x9D./\"Glad <it> & </nitf> &amp;\"\xC2\xAD/A photo./One/Two too/A "
    "B/Jane is a writer.|date=2020-01-02T10:11:12Z|url=http://x/|source=The Bay Times|author=Jane Miller|desk=Foreign "
    "Desk|urgency=3|keyword=harbour|keyword=storm|subject=Weather|person=MILLER, JANE|abstract=All.\n";

static const char message[] =
    "<nar:newsMessage xmlns:nar=\"http://iptc.org/std/nar/2006-10-01/\" "
    "xmlns:n=\"http://iptc.org/std/NITF/2006-10-18/\">"
    "<nar:header><nar:sent>2020-01-01T00:00:00Z</nar:sent></nar:header>\n<nar:itemSet>"
    "<nar:packageItem guid=\"p\"><nar:itemMeta/></nar:packageItem>\n"
    "<nar:newsItem guid=\"urn:x:1\" xml:lang=\"de\"><nar:itemMeta><nar:itemClass qcode=\"ninat:text\"/><nar:provider "
    "literal=\"XY\"/><nar:versionCreated>2020-01-02T11:00:00+01:00</nar:versionCreated></nar:itemMeta>"
    "<nar:contentMeta><nar:creator><nar:name>Jane Miller</nar:name></nar:creator><nar:language "
    "tag=\"en\"/><nar:subject>"
    "<nar:name>weather</nar:name><nar:name>Wetter</nar:name><nar:broader><nar:name>all</nar:name></nar:broader>"
    "</nar:subject><nar:slugline>BAY</nar:slugline><nar:headline>Harbour reopens</nar:headline><nar:by>By Jane "
    "Miller</nar:by></"
    "nar:contentMeta><nar:contentSet><nar:inlineXML><n:nitf><n:body><n:body.head><n:hedline><n:hl1>Harbour\n"
    "reopens</n:hl1></n:hedline><n:byline>By Jane  Miller</n:byline></n:body.head><n:body.content><n:p>One.</n:p>"
    "</n:body.content></n:body></n:nitf></nar:inlineXML></nar:contentSet></nar:newsItem>\n"
    "<nar:newsItem guid=\"urn:x:2\"><nar:itemMeta><nar:itemClass "
    "qcode=\"ninat:picture\"/></nar:itemMeta><nar:contentMeta>"
    "<nar:headline>Pic</nar:headline></nar:contentMeta><nar:contentSet><nar:remoteContent href=\"x\"/></nar:contentSet>"
    "</nar:newsItem>\n"
    "<nar:newsItem guid=\"urn:x:3\"><nar:contentSet><nar:inlineXML><html><body><p>Open\n"
    "<nar:newsItem "
    "guid=\"urn:x:4\"><nar:contentSet><nar:inlineXML><html><head><title>T</title><style>p{}</style></head>"
    "<body><h1>Head</h1><p>One.<br/>More<p>Two.<div>Three<p>Four</p>five</div></body></html></nar:inlineXML>"
    "</nar:contentSet></nar:newsItem>\n"
    "<nar:newsItem guid=\"urn:x:5\"><nar:contentSet><nar:inlineData>   Line one.\n   Line two is "
    "longer.\n</nar:inlineData>"
    "</nar:contentSet></nar:newsItem></nar:itemSet></nar:newsMessage>\n";
static const char message_documents[] =
    "urn:x:1|Harbour reopens/By Jane Miller/One.|date=2020-01-02T10:00:00Z|source=XY|author=Jane "
    "Miller|lang=en|type=text|subject=weather|slug=BAY\n-\n!the item does not end\nurn:x:4|Head/One. "
    "More/Two./Three/Four/five\nurn:x:5|Line one./Line two is longer.\n";

static const char newsml[] =
    "<NewsML><NewsEnvelope/><NewsItem xml:lang=\"en\"><Identification><NewsIdentifier><NewsItemId>77</NewsItemId>"
    "<PublicIdentifier>urn:newsml:x:77</PublicIdentifier></NewsIdentifier></"
    "Identification><NewsManagement><FirstCreated>"
    "20200101T000000Z</FirstCreated><ThisRevisionCreated>20200102T101112+0000</ThisRevisionCreated></NewsManagement>"
    "<NewsComponent><NewsLines><HeadLine>Harbour</HeadLine><ByLine>Jane Miller</ByLine><DateLine>BAY, Jan 2"
    "</DateLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName=\"XY\"/></Provider>"
    "</AdministrativeMetadata><DescriptiveMetadata><Language FormalName=\"en\"/></DescriptiveMetadata><ContentItem>"
    "<DataContent><p>One.</p><p>Two.</p></DataContent></ContentItem><NewsItem><NewsComponent><ContentItem><DataContent>"
    "Three.</DataContent></ContentItem></NewsComponent></NewsItem></NewsComponent></NewsItem><NewsItem><NewsComponent>"
    "<ContentItem Href=\"a.jpg\"/></NewsComponent></NewsItem></NewsML>";
static const char newsml_documents[] =
    "urn:newsml:x:77|Harbour/Jane Miller/BAY, Jan 2/One./Two./Three.|date=2020-01-02T10:11:12Z|source=XY|author=Jane "
    "Miller|lang=en\n-\n";

static const char rcv1[] =
    "<?xml version=\"1.0\" encoding=\"iso-8859-1\" ?>\n<newsitem itemid=\"2286\" id=\"root\" date=\"1996-08-20\" "
    "xml:lang=\"en\">\n<title>BAY: Nut Corp jumps.</title>\n<headline>Nut Corp jumps.</headline>\n<byline>Jane "
    "Miller</byline>\n<dateline>BAY, Calif.</dateline>\n<text>\n<p>Shares rose.</p>\n<p>They fell.</p>\n</text>\n"
    "<copyright>(c) X 1996</copyright>\n<metadata>\n<codes class=\"bip:topics:1.0\">\n<code code=\"C15\"/>\n<code "
    "code=\"CCAT\"/>\n</codes>\n<codes class=\"bip:industries:1.0\"><code "
    "code=\"I1\"/></codes></metadata>\n</newsitem>\n";
static const char rcv1_documents[] =
    "2286|Nut Corp jumps./Jane Miller/BAY, Calif./Shares rose./They fell.|date=1996-08-20|author=Jane "
    "Miller|lang=en|copyright=(c) X 1996|topics=C15|topics=CCAT|industries=I1\n";

static void
reads_nitf(void **state)
{
	(void)state;
	chop_expect("auto", nitf, nitf_documents);
}

static void
reads_newsml(void **state)
{
	(void)state;
	chop_expect("auto", message, message_documents);
	chop_expect("auto", newsml, newsml_documents);
}

static void
reads_rcv1(void **state)
{
	(void)state;
	chop_expect("auto", rcv1, rcv1_documents);
}

static void
reads_variants(void **state)
{
	static const struct {
		const char *file, *documents;
	} cases[] = {
	    /* the New York Times's corpus says the lead twice, and the author */
	    {"<nitf><head><docdata><doc-id "
	     "id-string='1'/></docdata></head><body><body.head><hedline><hl1>Head</hl1><hl2 "
	     "class='online_headline'>Head</hl2></hedline><byline class='print_byline'>By JANE MILLER</byline><byline "
	     "class='normalized_byline'>Miller, Jane</byline></body.head><body.content><block class='lead_paragraph'>"
	     "<p>LEAD: One.</p></block><block class='full_text'><p>LEAD: "
	     "One.</p><p>Two.</p></block></body.content></body>"
	     "</nitf>",
		"1|Head/By JANE MILLER/LEAD: One./Two.|author=JANE MILLER\n"},
	    {"<nitf uno='1'><body><body.content><block class='lead_paragraph'><p>One.</p></block></body.content></body>"
	     "</nitf>",
		"1|One.\n"},
	    {"<nitf "
	     "uno='1'><head><title>Page</title></head><body><body.content>\nOne\n\nTwo\n<hl2>Three</hl2><p>Four</p>"
	     "</body.content></body></nitf>",
		"1|Page/One/Two/Three/Four\n"},
	    {"<nitf uno='1'><body><body.content><pre>One\n  Two\n</pre><p> </p></body.content></body></nitf>",
		"1|One/Two\n"},
	    {"<nitf uno='1'/>", "1|\n"},
	    {"<nitf uno='1'></nitf>", "1|\n"},
	    /* the title names nobody who signs */
	    {"<nitf uno='1'><body.head><hl1><person>Jane</person> is</hl1><byline>By <person>Al Roe</person> and "
	     "<person>Bo Poe</person></byline></body.head></nitf>",
		"1|Jane is/By Al Roe and Bo Poe|author=Al Roe|author=Bo Poe\n"},
	    {"<nitf uno='1'><head><docdata><date.issue norm='once'/><date.release "
	     "norm='20200102'/></docdata></head></nitf>",
		"1||date=2020-01-02\n"},
	    {"<nitf uno='1'><head><docdata><date.issue norm='once'/></docdata></head></nitf>", "1||date-raw=once\n"},
	    /* faults: some are mended, none costs the next item */
	    {"<nitf uno='1'><p>AT&T & <3 \x01\xE9 &euro;<b>x</p></nitf>", "1|\n"},
	    {"<nitf uno='1'><body><p>AT&T & <3 \x01\xE9 &euro;<b>x</p></body></nitf>",
		"1|AT&T & <3 \xEF\xBF\xBD \xE2\x82\xACx\n"},
	    {"<nitf uno='1'><body><p>One</b></p></body></nitf><nitf uno='2'><body>Two</body></nitf>",
		"!the element 'b' ends and was not begun\n2|Two\n"},
	    {"<nitf uno='1'><body><p>One<nitf uno='2'><body>Two</body></nitf>", "!the item does not end\n2|Two\n"},
	    {"<nitf uno='1'><body><p>One<?xml version='1.0'?><newsitem itemid='2'><text>Two</text></newsitem>",
		"!the item does not end\n2|Two\n"},
	    {"<nitf uno='1'><body a=b><p>One</p></body></nitf><nitf uno='2'></nitf>",
		"!AttValue: \" or ' expected\n2|\n"},
	    {"<rss></rss>", "error: no item of NITF or NewsML in this file"},
	    {"words", "error: no item of NITF or NewsML in this file"},
	    {" \n", ""},
	    {"<newsMessage><itemSet/></newsMessage>", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		chop_expect("nitf", cases[i].file, cases[i].documents);
}

static void
is_recognised(void **state)
{
	static const struct {
		const char *file, *format;
	} cases[] = {
	    {"<nitf>", "nitf"},
	    {"\n<?xml version=\"1.0\"?><!-- <rss> --><!DOCTYPE nitf [<!ENTITY a '<rss>'>]><nitf >", "nitf"},
	    {"<g2:newsItem>", "nitf"},
	    {"<newsMessage>", "nitf"},
	    {"<NewsML>", "nitf"},
	    {"<newsitem ", "nitf"},
	    {"<nitfy>", "!nitf"},
	    {"<rss><nitf>", "!nitf"},
	    {"<?xml version=\"1.0\"?>", "!nitf"},
	    {"nitf", "blank"},
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
	chop_break("nitf", nitf);
	chop_break("nitf", message);
	chop_break("nitf", newsml);
	chop_break("nitf", rcv1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_nitf),
	    cmocka_unit_test(reads_newsml),
	    cmocka_unit_test(reads_rcv1),
	    cmocka_unit_test(reads_variants),
	    cmocka_unit_test(is_recognised),
	    cmocka_unit_test(bears_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
