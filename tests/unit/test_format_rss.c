/* SPDX-License-Identifier: ISC
 *
 * From the bytes of feeds to documents. What is expected is what all ways of chopping the input must give.
 */
#include "buffer.h"
#include "format.h"
#include "html_tree.h"
#include "news.h"
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
add(struct buffer *out, struct news_text text)
{
	assert_true(buffer_add(out, text.at, text.bytes));
}

static void
add_string(struct buffer *out, const char *string)
{
	assert_true(buffer_add(out, string, strlen(string)));
}

static bool
is_text(struct news_text text, const char *string)
{
	return text.bytes == strlen(string) && memcmp(text.at, string, text.bytes) == 0;
}

static const char unreadable[] = "the item cannot be read";

/* Put what READER makes of the item BYTES down in OUT: `[id|text|key=value...]`, `[!why]` where it is rejected, `[]`
 * where it is no document. An id that is the hash of the text is `#`. */
static void
read_item(struct news_reader *reader, const struct news_format *format, struct news_text head, struct news_text bytes,
    struct buffer *out)
{
	struct news_record record = {format, {"-", 1}, head, bytes};
	struct news_document document;
	struct news_error error = {""};
	size_t repairs, i;
	enum news_status status = news_reader_read(reader, &record, &document, &repairs, &error);
	char hash[21];

	add_string(out, "[");
	if (status == NEWS_REJECTED) {
		assert_int_equal(text_clean(error.text, strlen(error.text)), strlen(error.text));
		assert_true(error.text[0] != '\0');
		add_string(out, "!");
		/* behind it libxml2 speaks, each version in its own words */
		if (strncmp(error.text, unreadable, strlen(unreadable)) == 0)
			error.text[strlen(unreadable)] = '\0';
		add_string(out, error.text);
	} else if (status != NEWS_END) {
		assert_int_equal(status, NEWS_OK);
		assert_true(document.field_count >= 1 && is_text(document.fields[0].key, "file"));
		assert_int_equal(text_clean(document.text.at, document.text.bytes), document.text.bytes);
		text_content_hash(document.text, hash);
		add(out, is_text(document.id, hash) ? (struct news_text){"#", 1} : document.id);
		add_string(out, document.has_title ? "|*" : "|");
		add(out, document.text);
		for (i = 1; i < document.field_count; i++) {
			const struct news_field *field = &document.fields[i];
			assert_true(field->key.bytes > 0 && field->value.bytes > 0);
			assert_int_equal(text_clean(field->value.at, field->value.bytes), field->value.bytes);
			assert_null(memchr(field->value.at, '\n', field->value.bytes));
			/* what the reader of all formats guesses */
			if (is_text(field->key, "lang-guess"))
				continue;
			add_string(out, "|");
			add(out, field->key);
			add_string(out, "=");
			add(out, field->value);
		}
	}
	add_string(out, "]");
}

/* Put all documents of the feed INPUT down in OUT, `!why` where it cannot be read. It comes in pieces of STEP bytes,
 * and what is handed over is each time in memory of its own, just as large. */
static void
read_feed(struct buffer *out, const char *format, const char *input, size_t bytes, size_t step)
{
	struct news_reader_options options = {0};
	struct news_error error;
	struct news_cutter *cutter;
	struct news_reader *reader;
	size_t taken = 0, come = 0;

	assert_true(news_format_find(format, &options.format));
	cutter = news_cutter_new(&options, &error);
	reader = news_reader_new(&options, &error);
	assert_non_null(cutter);
	assert_non_null(reader);
	out->bytes = 0;
	for (;;) {
		struct news_span span;
		size_t held = come - taken, got;
		char *copy = malloc(held + (held == 0));

		assert_non_null(copy);
		if (held > 0)
			memcpy(copy, input + taken, held);
		got = news_cutter_next(cutter, copy, held, come == bytes, &span);
		assert_true(got <= held && span.begin <= span.end && span.end <= got);
		if (span.begin < span.end) {
			struct news_text head = news_cutter_head(cutter), item;
			char *own = malloc(span.end - span.begin);

			assert_non_null(own);
			memcpy(own, copy + span.begin, span.end - span.begin);
			item = (struct news_text){own, span.end - span.begin};
			if (head.bytes == 0)
				head.at = "";
			read_item(reader, news_cutter_format(cutter), head, item, out);
			free(own);
		}
		free(copy);
		taken += got;
		if (got > 0)
			continue;
		if (news_cutter_error(cutter) != NULL) {
			add_string(out, "!");
			add_string(out, news_cutter_error(cutter));
			break;
		}
		if (come == bytes)
			break;
		come += step < bytes - come ? step : bytes - come;
	}
	assert_true(buffer_add_byte(out, '\0'));
	news_cutter_free(cutter);
	news_reader_free(reader);
}

/* The feed INPUT gives EXPECTED, however it comes. */
static void
check_bytes(const char *format, const char *input, size_t bytes, const char *expected)
{
	static const size_t steps[] = {SIZE_MAX, 1 << 20, 4096, 7, 1};
	struct buffer out = {0};
	size_t i;

	/* of large ones each step would copy all that is held */
	for (i = 0; i < (bytes < 250000 ? 5 : 2); i++) {
		read_feed(&out, format, input, bytes, steps[i]);
		if (strcmp(out.at, expected) != 0)
			fail_msg("in steps of %zu\n%.300s\ngives\n%.500s\nnot\n%s", steps[i], input, out.at, expected);
	}
	buffer_release(&out);
}

static void
check(const char *input, const char *expected)
{
	check_bytes("auto", input, strlen(input), expected);
}

#define AS_STRING(value) #value
#define AS_TEXT(macro) AS_STRING(macro)

/* An item in a feed of RSS 2.0. */
#define RSS(items) \
	"<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" " \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>" items "</channel></rss>\n"
#define ATOM(entries) "<feed xmlns=\"http://www.w3.org/2005/Atom\">" entries "</feed>\n"
#define RDF(items) \
	"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" " \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\">" items "</rdf:RDF>\n"

/* ---- vocabularies ---- */

static void
rss_2_gives_all_its_fields(void **state)
{
	(void)state;
	check(RSS("<title>Lunt Gazette</title><link>http://lunt.example/</link><language>en-gb</language>"
		  "<image><title>Logo</title><link>http://lunt.example/logo</link></image>"
		  "<item><title>Bridge "
		  "opens</title><link>http://lunt.example/1</link><guid>http://lunt.example/?p=1</guid>"
		  "<pubDate>Tue, 24 Nov 2026 10:00:00 +0200</pubDate><author>jane@lunt.example (Jane Marsh)</author>"
		  "<category>Local</category><category domain=\"x\">Bridges</category>"
		  "<enclosure url=\"http://lunt.example/a.mp3\" length=\"1\" type=\"audio/mpeg\"/>"
		  "<description>It is open.</description></item>"),
	    "[http://lunt.example/?p=1|*Bridge opens\nIt is open.|date=2026-11-24T08:00:00Z|url=http://lunt.example/1"
	    "|source=Lunt Gazette|author=jane@lunt.example (Jane Marsh)|lang=en-gb|category=Local|category=Bridges]");
}

static void
rss_091_has_no_guid(void **state)
{
	(void)state;
	check("<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" "
	      "\"http://my.netscape.example/rss-0.91.dtd\">\n<rss version=\"0.91\"><channel><title>Lunt</title>"
	      "<item><title>One &eacute;</title><link>http://lunt.example/1</link></item></channel></rss>",
	    "[http://lunt.example/1|*One \xC3\xA9|url=http://lunt.example/1|source=Lunt]");
}

static void
rss_1_has_its_items_outside_the_channel(void **state)
{
	(void)state;
	check(RDF("<channel rdf:about=\"http://lunt.example/\"><title>Lunt</title><dc:language>en</dc:language><items>"
		  "<rdf:Seq><rdf:li rdf:resource=\"http://lunt.example/1\"/></rdf:Seq></items></channel>"
		  "<image><title>Logo</title></image><item rdf:about=\"http://lunt.example/1\"><title>One</title>"
		  "<description>Text.</description><dc:date>2026-11-24T10:00:00+01:00</dc:date>"
		  "<dc:creator>Jane Marsh</dc:creator><dc:subject>Local</dc:subject></item>"),
	    "[http://lunt.example/1|*One\nText.|date=2026-11-24T09:00:00Z|url=http://lunt.example/1|source=Lunt"
	    "|author=Jane Marsh|lang=en|category=Local]");
}

static void
rss_090_is_rdf_too(void **state)
{
	(void)state;
	check("<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
	      "xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel><title>Lunt</title></channel>"
	      "<item><title>One</title><link>http://lunt.example/1</link></item></r:RDF>",
	    "[http://lunt.example/1|*One|url=http://lunt.example/1|source=Lunt]");
}

static void
atom_1_gives_all_its_fields(void **state)
{
	(void)state;
	check("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title type=\"text\">Lunt</title>"
	      "<id>urn:feed</id><link rel=\"self\" href=\"http://lunt.example/feed\"/>"
	      "<entry><id>tag:lunt.example,2026:1</id><link rel=\"self\" href=\"/self\"/>"
	      "<link rel=\"alternate\" href=\"/1.html\"/><title type=\"html\">One &amp;lt;two&amp;gt; "
	      "&lt;i&gt;x&lt;/i&gt;</title>"
	      "<published>2026-11-24T10:00:00Z</published><updated>2026-11-25T10:00:00Z</updated>"
	      "<author><name>Jane Marsh</name><email>jane@lunt.example</email></author>"
	      "<author><name>Tom Pole</name></author><contributor><name>None</name></contributor>"
	      "<category term=\"loc\" label=\"Local\"/><category term=\"bridges\"/>"
	      "<summary>Short.</summary><content type=\"html\">&lt;p&gt;It "
	      "is.&lt;/p&gt;&lt;p&gt;Open.&lt;/p&gt;</content>"
	      "</entry></feed>",
	    "[tag:lunt.example,2026:1|*One <two> x\nIt is.\nOpen.|date=2026-11-24T10:00:00Z|url=/1.html|source=Lunt"
	    "|author=Jane Marsh|author=Tom Pole|lang=en|category=Local|category=bridges]");
}

static void
atom_03_has_other_names(void **state)
{
	(void)state;
	check("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>Lunt</title><entry><title>One</title>"
	      "<id>tag:1</id><issued>2026-11-24T10:00:00Z</issued><modified>2026-11-25T10:00:00Z</modified>"
	      "<content type=\"text/html\" mode=\"escaped\">&lt;b&gt;Open&lt;/b&gt; now.</content></entry>"
	      "<entry><title>Two</title><id>tag:2</id><content type=\"image/png\" mode=\"base64\">aGVsbG8=</content>"
	      "<summary type=\"text/plain\">Plain.</summary></entry></feed>",
	    "[tag:1|*One\nOpen now.|date=2026-11-24T10:00:00Z|source=Lunt][tag:2|*Two\nPlain.|source=Lunt]");
}

static void
atom_content_may_be_xhtml_plain_or_elsewhere(void **state)
{
	(void)state;
	check(ATOM("<entry><id>1</id><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One "
		   "&lt;b&gt; "
		   "&amp;amp;</p><p>Two<br/>three</p></div></content></entry>"
		   "<entry><id>2</id><content type=\"text\">A &lt;b&gt; tag &amp;amp; so</content></entry>"
		   "<entry><id>3</id><content type=\"html\" src=\"http://lunt.example/3\">no</content>"
		   "<summary>See there.</summary></entry>"
		   "<entry><id>4</id><content type=\"xhtml\">&lt;p&gt;Not X.&lt;/p&gt;</content></entry>"),
	    "[1|One <b> &amp;\nTwo three][2|A <b> tag &amp; so][3|See there.][4|Not X.]");
}

static void
prefixes_are_any(void **state)
{
	(void)state;
	check("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>Lunt</a:title><a:entry><a:id>1</a:id>"
	      "<a:title>One</a:title></a:entry></a:feed>",
	    "[1|*One|source=Lunt]");
	check("<rss xmlns:rss=\"http://purl.org/rss/1.0/\" "
	      "xmlns:x=\"http://purl.org/rss/1.0/modules/content/\"><channel>"
	      "<rss:item><rss:title>One</rss:title><x:encoded>&lt;p&gt;Full.&lt;/p&gt;</x:encoded></rss:item></"
	      "channel></rss>",
	    "[#|*One\nFull.]");
}

static void
undeclared_prefixes_mean_what_they_mostly_do(void **state)
{
	(void)state;
	check("<rss><channel><item><title>One</title><content:encoded>&lt;p&gt;Full.&lt;/p&gt;</content:encoded>"
	      "<dc:creator>Jane</dc:creator><dc:date>2026-11-24</dc:date><media:title>No</media:title></item></"
	      "channel></rss>",
	    "[#|*One\nFull.|date=2026-11-24|author=Jane]");
}

static void
titles_of_others_are_none(void **state)
{
	(void)state;
	check("<rss xmlns:media=\"http://search.yahoo.com/mrss/\" "
	      "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">"
	      "<channel><item><media:title>No</media:title><itunes:title>No</itunes:title>"
	      "<media:group><media:content><title>No</title></media:content></media:group>"
	      "<media:description>No</media:description><title>Yes</title></item></channel></rss>",
	    "[#|*Yes]");
	check(ATOM("<title>Planet</title><entry><id>1</id><title>Yes</title><source><id>no</id><title>Lunt "
		   "Gazette</title>"
		   "<link "
		   "href=\"/no\"/><updated>2020-01-01T00:00:00Z</updated><author><name>No</name></author></source></"
		   "entry>"),
	    "[1|*Yes|source=Lunt Gazette]");
}

/* ---- choosing ---- */

static void
whole_content_is_taken_before_a_summary(void **state)
{
	(void)state;
	check(RSS("<item><guid>1</guid><description>A long summary of it all.</description>"
		  "<content:encoded>Full.</content:encoded></item>"
		  "<item><guid>2</guid><content:encoded><![CDATA[<img src=\"x\"/>]]></content:encoded>"
		  "<description>Summary.</description></item>"
		  "<item><guid>3</guid><content:encoded>Full.</content:encoded><body "
		  "xmlns=\"http://www.w3.org/1999/xhtml\">"
		  "<p>Fuller than</p><p>that.</p></body></item>"),
	    "[1|Full.][2|Summary.][3|Fuller than\nthat.]");
}

static void
ids_are_the_guid_or_the_link(void **state)
{
	(void)state;
	check(RSS("<item><guid isPermaLink=\"false\"> a b\n</guid><link>http://l.example/1</link></item>"
		  "<item><link>\n http://l.example/2\n</link><title>x</title></item>"
		  "<item><guid>http://l.example/3</guid></item><item><guid></guid><title>y</title></item>"),
	    "[a_b||url=http://l.example/1][http://l.example/2|*x|url=http://l.example/2]"
	    "[http://l.example/3||url=http://l.example/3][#|*y]");
}

static void
the_same_guid_twice_stays_two(void **state)
{
	(void)state;
	check(RSS("<item><guid>1</guid><title>x</title></item><item><guid>1</guid><title>x</title></item>"),
	    "[1|*x][1|*x]");
}

static void
empty_items(void **state)
{
	(void)state;
	check(RSS("<item/><item></item><item> <title> </title></item><item><title>Only</title></item>"),
	    "[][][][#|*Only]");
}

static void
authors_are_told_once(void **state)
{
	(void)state;
	check(ATOM("<entry><title>x</title><author><email>a@l.example</email><name>Jane</name><uri>no</uri></author>"
		   "<author><email>b@l.example</email></author><author>Tom</author></entry>"),
	    "[#|*x|author=Jane|author=b@l.example|author=Tom]");
	check(RSS("<item><title>x</title><author>Jane</author><dc:creator>Jane</dc:creator><dc:creator>Tom</"
		  "dc:creator></item>"),
	    "[#|*x|author=Jane|author=Tom]");
}

static void
dates_of_real_feeds(void **state)
{
	static const char *const dates[][2] = {
	    {"Tue, 24 Nov 26 10:00:00 EST", "date=2026-11-24T15:00:00Z"},
	    {"24 Nov 2026 9:05 PDT", "date=2026-11-24T16:05:00Z"},
	    {"Tues, 24 November 2026 10:00:00 UT", "date=2026-11-24T10:00:00Z"},
	    {"Tue, 4 Nov 98 10:00:00 GMT", "date=1998-11-04T10:00:00Z"},
	    {"2026-11-24", "date=2026-11-24"},
	    {"\n 2026-11-24T10:00+01:00 \n", "date=2026-11-24T09:00:00Z"},
	    {"yesterday", "date-raw=yesterday"},
	};
	char feed[500], expected[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof dates / sizeof *dates; i++) {
		snprintf(feed, sizeof feed, RSS("<item><title>x</title><pubDate>%s</pubDate></item>"), dates[i][0]);
		snprintf(expected, sizeof expected, "[#|*x|%s]", dates[i][1]);
		check(feed, expected);
	}
	check(RSS("<item><title>x</title><pubDate>soon</pubDate><dc:date>2026-11-24</dc:date></item>"),
	    "[#|*x|date=2026-11-24]");
	check(ATOM("<entry><title>x</title><updated>2026-11-25T00:00:00Z</updated><published>2026-11-24T00:00:00Z</"
		   "published>"
		   "</entry>"),
	    "[#|*x|date=2026-11-24T00:00:00Z]");
}

static void
languages_are_the_items_own_first(void **state)
{
	(void)state;
	check(RSS("<language>en</language><item><title>a</title></item><item xml:lang=\"de\"><title>b</title></item>"
		  "<item xml:lang=\"de\"><title>c</title><dc:language>fr</dc:language></item>"),
	    "[#|*a|lang=en][#|*b|lang=de][#|*c|lang=fr]");
}

static void
relative_links_stay(void **state)
{
	(void)state;
	check(RSS("<item><link type=\"application/x\">b</link><title>x</title></item>"), "[b|*x|url=b]");
	check("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://lunt.example/\"><entry xml:base=\"a/\">"
	      "<id>1</id><link href=\"../b?c=1&amp;d=2\"/></entry></feed>",
	    "[1||url=../b?c=1&d=2]");
}

/* ---- words ---- */

static void
titles_lose_their_markup(void **state)
{
	(void)state;
	check(RSS("<item><title>&lt;b&gt;Tea&lt;/b&gt; &amp;amp; cake</title></item>"
		  "<item><title><![CDATA[<B>Tea</B> &amp; <br> cake]]></title></item>"
		  "<item><title>Tea\n\t&amp; cake &lt; 5 &gt; 4</title></item>"
		  "<item><title>A vector&lt;int&gt; of R&amp;D</title></item>"
		  "<item><title>Tea <b>and</b> cake</title></item>"
		  "<item><title>&lt;mi&gt;a&lt;/mi&gt;</title></item>"
		  "<item><title>It&#146;s &#8220;x&#x201D; &amp;#39;y&amp;#39;</title></item>"),
	    "[#|*Tea & cake][#|*Tea & cake][#|*Tea & cake < 5 > 4][#|*A vector<int> of R&D][#|*Tea and cake][#|*a]"
	    "[#|*It\xE2\x80\x99s \xE2\x80\x9Cx\xE2\x80\x9D 'y']");
}

static void
plain_text_has_paragraphs_between_blank_lines(void **state)
{
	(void)state;
	check(RSS("<item><description>\n  One is\n  wrapped.\n \n  Two &amp; three.\n\n</description></item>"),
	    "[#|One is wrapped.\nTwo & three.]");
}

static void
html_may_be_escaped_twice(void **state)
{
	(void)state;
	check(RSS("<item><description>&amp;lt;p&amp;gt;Tea &amp;amp;amp; cake.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two."
		  "&amp;lt;/p&amp;gt;</description></item>"
		  "<item><description>The &amp;lt;em&amp;gt; tag is told, not used.</description></item>"
		  "<item><description>&lt;p&gt;Use &amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt; "
		  "here.&lt;/p&gt;</description></item>"),
	    "[#|Tea & cake.\nTwo.][#|The <em> tag is told, not used.][#|Use <p>x</p> here.]");
}

static void
tags_may_be_in_capitals(void **state)
{
	(void)state;
	check(RSS("<item><description><![CDATA[<P>One.<P>Two <A "
		  "HREF=x>three</A>.<BR><BR>Four.]]></description></item>"),
	    "[#|One.\nTwo three.\nFour.]");
}

static void
html_may_stand_as_it_is(void **state)
{
	(void)state;
	check(RSS("<item><title>x</title><description>One <br> two</p> &lt;b&gt; <a href=more.html>more</a> "
		  "caf&eacute; "
		  "<![CDATA[<i>in</i>]]></description><link>http://l.example/1</link></item>"),
	    "[http://l.example/1|*x\nOne two\n<b> more caf\xC3\xA9 in|url=http://l.example/1]");
	check(RSS("<item><description><p>One</p><p>Two<br/>three</p></description></item>"), "[#|One\nTwo three]");
}

static void
references_without_a_document_type(void **state)
{
	(void)state;
	check(RSS("<item><title>caf&eacute; &mdash; t&ecirc;te&nbsp;x</title><description>a&nbsp;&hellip; &nosuch; "
		  "AT&T &amp "
		  "&;</description><link>http://l.example/?a=1&b=2&copy=3</link></item>"),
	    "[http://l.example/?a=1&b=2&copy=3|*caf\xC3\xA9 \xE2\x80\x94 t\xC3\xAAte\xC2\xA0x\na\xC2\xA0\xE2\x80\xA6 "
	    "&nosuch; "
	    "AT&T &amp &;|url=http://l.example/?a=1&b=2&copy=3]");
}

static void
bad_bytes_are_repaired(void **state)
{
	static const char feed[] = RSS("<item><title>a\xFF"
				       "b\x01"
				       "c\0d\xE2\x82</title><description>x\r\ny\x1B[31m&#0;&#7;z"
				       "</description></item>");

	(void)state;
	check_bytes("rss", feed, sizeof feed - 1,
	    "[#|*a\xEF\xBF\xBD"
	    "b c d\xEF\xBF\xBD\nx y [31m\xEF\xBF\xBD z]");
}

static void
an_encoding_declared_is_passed_over(void **state)
{
	(void)state;
	check("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><title>\xC3\x89"
	      "cho</title>"
	      "<item><title>caf\xC3\xA9</title></item></channel></rss>",
	    "[#|*caf\xC3\xA9|source=\xC3\x89"
	    "cho]");
}

static void
special_characters_stay(void **state)
{
	(void)state;
	check(RSS("<item><description>a\xC2\xAD-\xC2\xA0"
		  "c\xE2\x80\xA8"
		  "d caf\xC3\x83\xC2\xA9</description></item>"),
	    "[#|a\xC2\xAD-\xC2\xA0"
	    "c\xE2\x80\xA8"
	    "d caf\xC3\x83\xC2\xA9]");
}

/* ---- cutting ---- */

static void
end_tags_in_sections_and_comments_end_nothing(void **state)
{
	(void)state;
	check(RSS("<item><title>a</title><description><![CDATA[x </item><item> ]] > y]]></description><!-- </item> "
		  "<item> -->"
		  "<?pi </item>?><x y=\"/>\" z='</x'/></item><item><title>b &lt;/item></title></item>"),
	    "[#|*a\nx ]] > y][#|*b]");
}

static void
sections_may_be_split_and_nested(void **state)
{
	(void)state;
	check(RSS("<item><description><![CDATA[a]]]]><![CDATA[>b]]></description></item>"
		  "<item><description>&lt;![CDATA[c]]&gt;</description></item>"
		  "<item><description><![CDATA[<![CDATA[<p>d</p>]]>]]></description></item>"),
	    "[#|a]]>b][#|c][#|d]");
}

static void
an_item_never_closed_is_rejected_alone(void **state)
{
	(void)state;
	check(RSS("<item><title>a</title></item><item><title>b<item><title>c</title></item><item><title>d</title>"),
	    "[#|*a][!the item never ends][#|*c][!the item never ends]");
}

static void
an_item_of_another_prefix_inside_ends_nothing(void **state)
{
	(void)state;
	check("<rss xmlns:x=\"urn:x\"><channel><item><x:item>no</x:item><title>a</title></item></channel></rss>",
	    "[#|*a]");
}

static void
elements_left_open_or_closed_alone(void **state)
{
	(void)state;
	check(RSS("<item><category>x<title>a</title></item><item></b><title>b</title></item><item><title>c</title></"
		  "item>"),
	    "[#||category=x][!the element 'b' ends and was not begun][#|*c]");
}

static void
a_file_broken_off_gives_its_whole_items(void **state)
{
	(void)state;
	check("<rss><channel><title>L</title><item><title>a</title></item><item><title>b</title><description>Half of",
	    "[#|*a|source=L][!the item never ends]");
	check("<rss><channel><title>L</title><item><title>a</title></item><item><description><![CDATA[Half",
	    "[#|*a|source=L][!the item never ends]");
	check("<rss><channel><title>L</title><item><title>a</title></item><item rdf:about=\"ha",
	    "[#|*a|source=L][!the item never ends]");
	check("<rss><channel><title>L</title><item><title>a</title></item></chan", "[#|*a|source=L]");
	check("<rss><channel><title>L</ti", "");
}

/* What a comment, section, mark or type that never ends would hide is found behind it. */
static void
markup_that_never_ends_hides_nothing_more(void **state)
{
	(void)state;
	check(RSS("<item><title>a</title><!-- never </item><item><title>b</title></item>"),
	    "[!a comment in the item never ends][#|*b]");
	check(RSS("<item><title>a</title><description><![CDATA[ never "
		  "</description></item><item><title>b</title></item>"),
	    "[!a CDATA section in the item never ends][#|*b]");
	check(RSS("<item><title>a</title><x y=\"never></x></item><item><title>b</title></item>"),
	    "[!the item cannot be read][#|*b]");
	check("<rss><!DOCTYPE \"never ><item><title>b</title></item></rss>", "[#|*b]");
}

static void
what_follows_the_items_is_passed_over(void **state)
{
	(void)state;
	check(RSS("<title>L</title><item><title>a</title></item><title>No</title><language>xx</language>"
		  "<item><title>b</title></item></item></description>"),
	    "[#|*a|source=L][#|*b|source=L]");
}

static void
a_feed_without_a_channel_or_with_a_blank_one(void **state)
{
	(void)state;
	check("<rss version=\"2.0\"><item><title>a</title></item></rss>", "[#|*a]");
	check("<rss version=\"2.0\"><channel/><item><title>a</title></item></rss>", "[#|*a]");
	check("<rss version=\"2.0\"><channel><title> </title></channel></rss>", "");
}

static void
several_feeds_in_a_file_have_a_head_each(void **state)
{
	(void)state;
	check(RSS("<title>One</title><item><title>a</title></item>")
		  ATOM("<title>Two</title><entry><title>b</title></entry>") RSS("<title>Three</title>")
		      RSS("<item><title>c</title></item>"),
	    "[#|*a|source=One][#|*b|source=Two][#|*c]");
	check("<rss><title>No</title><channel><title>One</title><item><title>a</title><rss><channel><title>Two</title>"
	      "<item><title>b</title></item></channel></rss>",
	    "[!the item never ends][#|*b|source=Two]");
}

static void
a_root_of_another_name_inside_is_no_feed(void **state)
{
	(void)state;
	check(RSS("<title>L</title><item><title>a</title><rdf:RDF><License/></rdf:RDF></item><rdf:RDF></rdf:RDF>"
		  "<item><title>b</title></item>"),
	    "[#|*a|source=L][#|*b|source=L]");
}

/* What stands at the top, however long, is held up to a limit only. */
static void
a_head_too_long_counts_with_its_front(void **state)
{
	static const char begin[] = "<rss><channel><title>L</title>",
			  end[] = "<item><title>a</title></item></channel></rss>";
	struct buffer feed = {0};
	size_t i;

	(void)state;
	add_string(&feed, begin);
	for (i = 0; i < 20000; i++)
		add_string(&feed, "<x>y</x>\n");
	add_string(&feed, end);
	check_bytes("auto", feed.at, feed.bytes, "[#|*a|source=L]");
	feed.bytes = 0;
	add_string(&feed, begin);
	add_string(&feed, "<description>");
	for (i = 0; i < 20000; i++)
		add_string(&feed, "word ");
	add_string(&feed, "</description>");
	add_string(&feed, end);
	check_bytes("auto", feed.at, feed.bytes, "[#|*a|source=L]");
	buffer_release(&feed);
}

static void
names_and_tags_of_any_length(void **state)
{
	struct buffer feed = {0};
	size_t i;

	(void)state;
	add_string(&feed, "<rss><channel><item><title>a</title><");
	for (i = 0; i < 20000; i++)
		add_string(&feed, "name");
	add_string(&feed, ":item x=\"");
	for (i = 0; i < 20000; i++)
		add_string(&feed, "value");
	add_string(&feed, "\"/></item><item><title>b</title></item></channel></rss>");
	check_bytes("auto", feed.at, feed.bytes, "[!the item cannot be read][#|*b]");
	buffer_release(&feed);
}

/* ---- hostile ---- */

static void
entities_that_multiply_are_rejected(void **state)
{
	struct buffer feed = {0};
	char line[200];
	int i;

	(void)state;
	add_string(&feed, "<!DOCTYPE rss [<!ENTITY lol0 \"lollollollollollollollollollol\">");
	for (i = 1; i < 10; i++) {
		snprintf(line, sizeof line,
		    "<!ENTITY lol%d \"&lol%d;&lol%d;&lol%d;&lol%d;&lol%d;&lol%d;&lol%d;&lol%d;&lol%d;&lol%d;\">", i,
		    i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
		add_string(&feed, line);
	}
	add_string(&feed,
	    "]><rss><channel><title>L</title><item><title>&lol9;</title></item>"
	    "<item><title>b</title></item></channel></rss>");
	check_bytes("auto", feed.at, feed.bytes, "[!entities expand without end][#|*b|source=L]");
	buffer_release(&feed);
}

static void
entities_of_the_document_type(void **state)
{
	(void)state;
	check("<!DOCTYPE rss [ <!-- it's --> <!ENTITY paper \"Lunt Gazette\">"
	      "<!ENTITY outside SYSTEM \"file:///etc/passwd\"><!ENTITY % more SYSTEM \"http://lunt.example/x.dtd\"> "
	      "%more; ]>"
	      "<rss><channel><title>The &paper;</title><item><title>a &paper; &outside; "
	      "b</title></item></channel></rss>",
	    "[#|*a Lunt Gazette &outside; b|source=The Lunt Gazette]");
}

static void
deep_and_huge_markup_is_rejected(void **state)
{
	struct buffer feed = {0};
	size_t i;

	(void)state;
	add_string(&feed, "<rss><channel><item><title>x</title><description>");
	for (i = 0; i < 10000; i++)
		add_string(&feed, "<div>");
	add_string(&feed, "deep");
	for (i = 0; i < 10000; i++)
		add_string(&feed, "</div>");
	add_string(&feed, "</description></item><item><description><![CDATA[");
	for (i = 0; i < 10000; i++)
		add_string(&feed, "<div>");
	add_string(&feed, "]]></description></item><item><x y=\"");
	for (i = 0; i < 2100000; i++)
		add_string(&feed, "value");
	add_string(&feed, "\"/></item><item><title>b</title></item></channel></rss>");
	check_bytes("auto", feed.at, feed.bytes,
	    "[!elements are nested too deep (the limit is " AS_TEXT(
		HTML_DEPTH_MAX) ")][!elements are nested too deep (the limit is " AS_TEXT(HTML_DEPTH_MAX) ")]"
													  "[!the item "
													  "cannot be "
													  "read][#|*"
													  "b]");
	buffer_release(&feed);
}

/* ---- recognising ---- */

static void
feeds_are_recognised(void **state)
{
	static const char *const feeds[] = {
	    "<rss version=\"2.0\"></rss>",
	    "\n\n  <?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a.xsl\"?><!-- <html> --><rss/>",
	    "\xEF\xBB\xBF<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"/>",
	    "<!DOCTYPE rss SYSTEM \"x>y\" [<!ENTITY a \">\">]><rss/>",
	    RDF(""),
	    "<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\"/>",
	};
	static const char *const others[] = {
	    "<html><rss/></html>",
	    "<!DOCTYPE html><html></html>",
	    "<nitf><head/></nitf>",
	    "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\"/>",
	    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>",
	    "<!-- <rss> -->",
	    "<rssfeed/>",
	};
	const struct news_format *rss;
	struct buffer out = {0};
	size_t i, bytes;

	(void)state;
	assert_true(news_format_find("rss", &rss));
	for (i = 0; i < sizeof feeds / sizeof *feeds; i++) {
		check(feeds[i], "");
		if (*feeds[i] != '<')
			continue;
		for (bytes = 1; bytes < strlen(feeds[i]); bytes++)
			assert_int_not_equal(rss->recognise((struct news_text){feeds[i], bytes}, false), 0);
	}
	for (i = 0; i < sizeof others / sizeof *others; i++) {
		for (bytes = 1; bytes < strlen(others[i]); bytes++)
			assert_int_not_equal(rss->recognise((struct news_text){others[i], bytes}, false), 1);
		assert_int_equal(rss->recognise((struct news_text){others[i], bytes}, true), 0);
		read_feed(&out, "rss", others[i], strlen(others[i]), 7);
		if (strstr(others[i], "rss/") == NULL && strstr(others[i], "RDF") == NULL)
			assert_string_equal(out.at, "!no feed: neither <rss>, <rdf:RDF> nor <feed> begins here");
	}
	check_bytes("rss", " \n", 2, "");
	out.bytes = 0;
	while (out.bytes < 100000)
		add_string(&out, "<!-- no feed --> ");
	check_bytes("rss", out.at, out.bytes, "!no feed: neither <rss>, <rdf:RDF> nor <feed> begins here");
	buffer_release(&out);
}

/* ---- robustness ---- */

static const char varied[] = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"b\">]><!-- c -->" RSS(
    "<title>L &amp; M</title><item><title>a &eacute; &a;</title><guid isPermaLink='false'>1</guid><description>"
    "<![CDATA[<p>One</p><p>Two &amp; <b>x</b></p>]]></description><pubDate>Tue, 24 Nov 2026 10:00:00 "
    "GMT</pubDate></item>"
    "<item><description>One <br> "
    "two</p></description></item><item><content:encoded>&lt;p&gt;x</content:encoded></item>")
    ATOM("<entry xml:lang=\"de\"><content type=\"xhtml\"><div><p>x</p></div></content><link href='y'/></entry>");

static void
broken_off_at_every_byte(void **state)
{
	struct buffer out = {0}, pieces = {0};
	size_t bytes;

	(void)state;
	for (bytes = 0; bytes < sizeof varied; bytes++) {
		read_feed(&out, "rss", varied, bytes, SIZE_MAX);
		read_feed(&pieces, "rss", varied, bytes, 5);
		assert_string_equal(out.at, pieces.at);
	}
	buffer_release(&out);
	buffer_release(&pieces);
}

static void
mutated_at_random(void **state)
{
	static const char pieces[][12] = {"<", ">", "&", "\"", "'", "<!--", "-->", "<![CDATA[", "]]>", "</item>",
	    "<item>", "\xFF", "\x01", "<?", "/>", "<rss>", "</rss>", "&#", ";", "<!DOCTYPE ", "["};
	uint32_t seed = 1;
	struct buffer feed = {0}, whole = {0}, chopped = {0};
	size_t round, change;

	(void)state;
	for (round = 0; round < 3000; round++) {
		feed.bytes = 0;
		assert_true(buffer_add(&feed, varied, sizeof varied - 1));
		for (change = 0; change < 1 + round % 8; change++) {
			const char *piece;
			size_t at, bytes;

			seed = seed * 1664525 + 1013904223;
			piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
			bytes = strlen(piece);
			seed = seed * 1664525 + 1013904223;
			at = (seed >> 8) % (feed.bytes - bytes);
			if (seed >> 31 == 0) {
				memcpy(feed.at + at, piece, bytes);
			} else {
				assert_true(buffer_reserve(&feed, bytes));
				memmove(feed.at + at + bytes, feed.at + at, feed.bytes - at);
				memcpy(feed.at + at, piece, bytes);
				feed.bytes += bytes;
			}
		}
		read_feed(&whole, "rss", feed.at, feed.bytes, SIZE_MAX);
		read_feed(&chopped, "rss", feed.at, feed.bytes, 3 + round % 50);
		assert_string_equal(whole.at, chopped.at);
	}
	buffer_release(&feed);
	buffer_release(&whole);
	buffer_release(&chopped);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rss_2_gives_all_its_fields),
	    cmocka_unit_test(rss_091_has_no_guid),
	    cmocka_unit_test(rss_1_has_its_items_outside_the_channel),
	    cmocka_unit_test(rss_090_is_rdf_too),
	    cmocka_unit_test(atom_1_gives_all_its_fields),
	    cmocka_unit_test(atom_03_has_other_names),
	    cmocka_unit_test(atom_content_may_be_xhtml_plain_or_elsewhere),
	    cmocka_unit_test(prefixes_are_any),
	    cmocka_unit_test(undeclared_prefixes_mean_what_they_mostly_do),
	    cmocka_unit_test(titles_of_others_are_none),
	    cmocka_unit_test(whole_content_is_taken_before_a_summary),
	    cmocka_unit_test(ids_are_the_guid_or_the_link),
	    cmocka_unit_test(the_same_guid_twice_stays_two),
	    cmocka_unit_test(empty_items),
	    cmocka_unit_test(authors_are_told_once),
	    cmocka_unit_test(dates_of_real_feeds),
	    cmocka_unit_test(languages_are_the_items_own_first),
	    cmocka_unit_test(relative_links_stay),
	    cmocka_unit_test(titles_lose_their_markup),
	    cmocka_unit_test(plain_text_has_paragraphs_between_blank_lines),
	    cmocka_unit_test(html_may_be_escaped_twice),
	    cmocka_unit_test(tags_may_be_in_capitals),
	    cmocka_unit_test(html_may_stand_as_it_is),
	    cmocka_unit_test(references_without_a_document_type),
	    cmocka_unit_test(bad_bytes_are_repaired),
	    cmocka_unit_test(an_encoding_declared_is_passed_over),
	    cmocka_unit_test(special_characters_stay),
	    cmocka_unit_test(end_tags_in_sections_and_comments_end_nothing),
	    cmocka_unit_test(sections_may_be_split_and_nested),
	    cmocka_unit_test(an_item_never_closed_is_rejected_alone),
	    cmocka_unit_test(an_item_of_another_prefix_inside_ends_nothing),
	    cmocka_unit_test(elements_left_open_or_closed_alone),
	    cmocka_unit_test(a_file_broken_off_gives_its_whole_items),
	    cmocka_unit_test(markup_that_never_ends_hides_nothing_more),
	    cmocka_unit_test(what_follows_the_items_is_passed_over),
	    cmocka_unit_test(a_feed_without_a_channel_or_with_a_blank_one),
	    cmocka_unit_test(several_feeds_in_a_file_have_a_head_each),
	    cmocka_unit_test(a_root_of_another_name_inside_is_no_feed),
	    cmocka_unit_test(a_head_too_long_counts_with_its_front),
	    cmocka_unit_test(names_and_tags_of_any_length),
	    cmocka_unit_test(entities_that_multiply_are_rejected),
	    cmocka_unit_test(entities_of_the_document_type),
	    cmocka_unit_test(deep_and_huge_markup_is_rejected),
	    cmocka_unit_test(feeds_are_recognised),
	    cmocka_unit_test(broken_off_at_every_byte),
	    cmocka_unit_test(mutated_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
