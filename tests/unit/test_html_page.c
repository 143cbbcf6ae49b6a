/* SPDX-License-Identifier: ISC
 *
 * What a page says of itself, and which of its text is the article's.
 */
#include "html_hints.h"
#include "html_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Paragraphs that read as such. */
#define ONE "Heavy rain has closed four main roads in the north of the country, the police said on Friday."
#define TWO "The mayor asked people to stay at home, and schools will open again when the water has gone down."
#define THREE "More rain is forecast for the weekend, when the river is expected to reach the top of its banks."
#define STORY "<p>" ONE "</p><p>" TWO "</p><p>" THREE "</p>"
#define STORY_TEXT "|" ONE "|" TWO "|" THREE

/* Read HTML and write it down: title and paragraphs joined by `|`, then the fields as ` key=value`; `!why` where it is
 * rejected. For the caller to free. */
static char *
read_page(const char *html, bool fields)
{
	struct html_page *page = html_page_new();
	struct html_origin origin = {0};
	struct compose compose = {0};
	struct news_document document = {0};
	struct news_error error = {""};
	size_t repairs = 0, i;
	struct buffer out = {0};
	enum news_status status;

	assert_non_null(page);
	compose_start(&compose, (struct news_text){"-", 1});
	status = html_page_read(page, (struct news_text){html, strlen(html)}, &origin, &compose, &repairs, &error);
	if (status == NEWS_OK) {
		assert_true(compose_document(&compose, &document, &repairs));
		for (i = 0; i < document.text.bytes && !fields; i++)
			assert_true(buffer_add_byte(&out, document.text.at[i] == '\n' ? '|' : document.text.at[i]));
		for (i = 1; i < document.field_count && fields; i++) {
			const struct news_field *field = &document.fields[i];

			assert_true(buffer_add(&out, " ", 1) && buffer_add(&out, field->key.at, field->key.bytes) &&
			    buffer_add(&out, "=", 1) && buffer_add(&out, field->value.at, field->value.bytes));
		}
	} else {
		assert_true(buffer_add(&out, "!", 1) && buffer_add(&out, error.text, strlen(error.text)));
	}
	assert_true(buffer_add_byte(&out, '\0'));
	compose_release(&compose);
	html_page_free(page);
	return out.at;
}

struct page_case {
	const char *html, *expected;
};

static void
check(const struct page_case *cases, size_t count, bool fields)
{
	size_t i;

	for (i = 0; i < count; i++) {
		char *text = read_page(cases[i].html, fields);

		if (strcmp(text, cases[i].expected) != 0)
			fail_msg("%s:\n got '%s'\nnot '%s'", cases[i].html, text, cases[i].expected);
		free(text);
	}
}

#define CHECK(cases, fields) check(cases, sizeof cases / sizeof *cases, fields)

#define LINKED(json) "<script type=\"application/ld+json\">" json "</script>"

static void
titles(void **state)
{
	static const struct page_case cases[] = {
	    {"<title>Floods close roads | Daily Post</title>", "Floods close roads"},
	    {"<title>Floods close roads &amp; schools</title>", "Floods close roads & schools"},
	    /* a dash may stand in a headline; one that parts the site's name is known by what else names it */
	    {"<title>Floods close roads - Daily Post</title>", "Floods close roads - Daily Post"},
	    {"<title>Floods close roads - Daily Post</title><meta property=og:site_name content='Daily Post'>",
		"Floods close roads"},
	    {"<title>Floods close roads - Daily Post</title><link rel=canonical href=https://www.dailypost.example/1>",
		"Floods close roads"},
	    {"<title>Daily Post: Floods close roads</title><meta property=og:site_name content='Daily Post'>",
		"Floods close roads"},
	    {"<title>Floods close roads - Daily Post</title><b>Floods close roads</b>" STORY,
		"Floods close roads" STORY_TEXT},
	    /* the heading is what readers see */
	    {"<title>Floods close roads - many stranded | Post</title><h1>Floods <i>close</i> roads</h1>",
		"Floods close roads"},
	    {"<title>Floods close roads | Post</title><h1>Post</h1><h2>Floods close roads</h2>", "Floods close roads"},
	    {"<title>Post</title><meta property=og:title content='Floods close roads'><h1>News</h1>",
		"Floods close roads"},
	    {"<h1>Floods close roads</h1>", "Floods close roads"},
	    {LINKED("{\"@type\":\"NewsArticle\",\"headline\":\"Floods &#038; roads\"}"), "Floods & roads"},
	    {"", ""},
	};

	(void)state;
	CHECK(cases, false);
}

static void
fields(void **state)
{
	static const struct page_case cases[] = {
	    {"<html lang=en-GB><meta name=date content=2024-03-02><meta name=author content='Ann Bell'>"
	     "<link rel=canonical href=http://a.example/1><meta property=og:site_name content=Post>",
		" date=2024-03-02 url=http://a.example/1 source=Post author=Ann Bell lang=en-GB"},
	    {"<meta property=og:url content=http://a.example/1><meta property=og:locale content=en_US>",
		" url=http://a.example/1 lang=en_US"},
	    {"<meta property=article:published_time content=2024-03-02T10:00:00+01:00><meta name=date "
	     "content=2024-01-01>",
		" date=2024-03-02T09:00:00Z"},
	    {"<meta name=date content=today><meta name=pubdate content=2024-03-02>", " date=2024-03-02"},
	    {"<meta name=date content='some day'>", " date-raw=some day"},
	    {"<time datetime=2024-03-02>Saturday</time>", " date=2024-03-02"},
	    {"<a rel='author nofollow' href=x>Ann Bell</a>", " author=Ann Bell"},
	    {"<span itemprop=author><b>Ann Bell</b></span>", " author=Ann Bell"},
	    {"<meta name=author content=http://a.example/ann>", ""},
	    {"<meta name=author content='Ann Bell'><meta name=author content='Bo Hart'>",
		" author=Ann Bell author=Bo Hart"},
	    {LINKED("{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2024-03-02\",\"inLanguage\":\"en\","
		    "\"author\":[{\"name\":\"Ann Bell\"},{\"name\":\"Bo Hart\"}],\"publisher\":{\"name\":\"Post\"}}"),
		" date=2024-03-02 source=Post author=Ann Bell author=Bo Hart lang=en"},
	    {LINKED("{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ann Bell\"},"
		    "{\"@type\":\"BlogPosting\",\"author\":{\"@id\":\"#a\"}}]}"),
		" author=Ann Bell"},
	    {LINKED("<!--\n{\"@type\":\"Article\",\"author\":\"Ann\nBell\"}\n-->"), " author=Ann Bell"},
	    {LINKED("{\"@type\":\"Product\",\"author\":\"Ann Bell\"}"), ""},
	    {LINKED("{\"@type\":\"Article\",\"author\":"), ""},
	};

	(void)state;
	CHECK(cases, true);
}

static void
main_text(void **state)
{
	static const struct page_case cases[] = {
	    /* text however it is set */
	    {"<body>" STORY, ONE "|" TWO "|" THREE},
	    {"<body>" ONE "<br><br>" TWO "<br><br>" THREE, ONE "|" TWO "|" THREE},
	    {"<div>" ONE "</div><div>" TWO "</div><div>" THREE "</div>", ONE "|" TWO "|" THREE},
	    {"<table><tr><td><a href=a>Home</a><td>" ONE "<p>" TWO "<p>" THREE "</table>", ONE "|" TWO "|" THREE},
	    /* what stands beside it */
	    {"<h1>Floods</h1><nav><a href=a>Home</a></nav>" STORY "<aside><p>" ONE "</aside><footer><p>" TWO
	     "</footer>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1><div>" STORY
	     "</div><div class=article-comments><p>I have not seen so much water in years.</div>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1><p>By Ann Bell</p><p>2 March 2024</p>" STORY "<p>Share</p><p>Filed under: News</p>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1>" STORY
	     "<h3>Read also</h3><ul><li><a href=a>Snow is near</a><li><a href=b>Ice too</a></ul>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1>" STORY
	     "<div><h3>Our letter</h3><p>Read all about it every day.</p><form><input></form></div>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1>" STORY "<p style='display: none'>" ONE "</p><p hidden>" TWO "</p>", "Floods" STORY_TEXT},
	    {"<h1>Floods</h1><figure><img><figcaption>A road under water on Friday.</figcaption></figure>" STORY,
		"Floods" STORY_TEXT},
	    /* what belongs to it */
	    {"<h1>Floods</h1><p>" ONE "</p><h2>What next</h2><p>" TWO
	     "</p><ul><li>No school</li><li>No work</li></ul><p>" THREE,
		"Floods|" ONE "|What next|" TWO "|No school|No work|" THREE},
	    {"<h1>Floods</h1><p>" ONE
	     "</p><p>The <span class=share-price>fall</span> was <a href=x>deep</a>.</p><p>" TWO,
		"Floods|" ONE "|The fall was deep.|" TWO},
	    /* a name that holds the headline does not count */
	    {"<div class='page with-sidebar'><h1>Floods</h1><form id=all>" STORY "</form></div>", "Floods" STORY_TEXT},
	    {"<article class='post category-comment'><p>" ONE "</p><p>" TWO "</p><p>" THREE "</p></article>",
		ONE "|" TWO "|" THREE},
	    /* a short article stays one beside long comments */
	    {"<div><h1>Floods</h1><div class=post-body><p>" ONE "</div></div><div><p>" TWO " " THREE " " TWO
	     "</p><p>" THREE " " TWO "</p></div>",
		"Floods|" ONE},
	    /* pieces */
	    {"<h1>Floods</h1><div class=story-body><p>" ONE
	     "</div><div><p>Advertisement</div><div class=story-body><p>" TWO "</div>",
		"Floods|" ONE "|" TWO},
	    /* JSON-LD tells what is none of it, and has it where the page has nothing */
	    {LINKED("{\"@type\":\"Article\",\"articleBody\":\"" ONE " " TWO " " THREE
		    "\"}") "<div><p>" ONE
			   "</p><p>Our reporters need your support, so please think of giving us some of it.</p><p>" TWO
			   "</p><p>" THREE "</p></div>",
		ONE "|" TWO "|" THREE},
	    {LINKED("{\"@type\":\"Article\",\"articleBody\":\"" ONE "\\n" TWO " " THREE " " ONE " " TWO " " THREE
		    "\"}") "<div id=root></div>",
		ONE "|" TWO " " THREE " " ONE " " TWO " " THREE},
	    /* no name is believed against three paragraphs in a row, unless it leaves no doubt */
	    {"<div class=sidebar>" STORY "</div>", ONE "|" TWO "|" THREE},
	    {"<h1>Floods</h1><p>" ONE "</p><div class=comments>" STORY "</div>", "Floods|" ONE},
	    /* sections by their heading */
	    {"<h1>Floods</h1>" STORY "<div><h3>3 Comments</h3><p>I have not seen so much water in years.</p></div>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1>" STORY "<h3>Leave a reply</h3><p>We will not show your address to anybody.</p>",
		"Floods" STORY_TEXT},
	    {"<h1>Floods</h1><p>" ONE "</p><h2>Most read</h2><p>" TWO "</p><p>" THREE, "Floods|" ONE "|" TWO "|" THREE},
	    {"<meta name=author content='Ann Bell'><h1>Floods</h1>" STORY
	     "<div><h4>Ann Bell</h4><p>Ann Bell writes about the weather and the sea.</p></div>",
		"Floods" STORY_TEXT},
	    /* texts of one paragraph with links between tell of other articles */
	    {"<h1>Floods</h1>" STORY
	     "<div><a href=a>Snow is near</a></div><div>The first snow of the year may fall on Monday.</div>"
	     "<div><a href=b>Ice too</a></div><div>Lakes in the north may freeze this week.</div>"
	     "<div><a href=c>Wind</a></div><div>A storm is on its way to the coast.</div><div><a href=d>More</a></div>",
		"Floods" STORY_TEXT},
	    /* nothing */
	    {"<title>Error</title><body>", "Error"},
	};

	(void)state;
	CHECK(cases, false);
}

static void
too_large(void **state)
{
	char *html = malloc(HTML_PAGE_MAX + 2), *text;

	(void)state;
	assert_non_null(html);
	memset(html, ' ', HTML_PAGE_MAX + 1);
	html[HTML_PAGE_MAX + 1] = '\0';
	text = read_page(html, false);
	assert_string_equal(text, "!the page has more than 67108864 bytes");
	free(text);
	html[HTML_PAGE_MAX] = '\0';
	text = read_page(html, false);
	assert_string_equal(text, "");
	free(text);
	free(html);
}

static void
hints(void **state)
{
	static const struct {
		const char *names;
		unsigned hints;
	} cases[] = {
	    {"article-body", HTML_HINT_BODY | HTML_HINT_EXACT | HTML_HINT_AROUND},
	    {"ArticleBody", HTML_HINT_BODY | HTML_HINT_EXACT | HTML_HINT_AROUND},
	    {"c-article__body--wide", HTML_HINT_BODY | HTML_HINT_AROUND},
	    {"share_bar", HTML_HINT_DROP | HTML_HINT_NEVER},
	    {"x ShareBar2 y", HTML_HINT_DROP | HTML_HINT_NEVER},
	    {"sharebar", HTML_HINT_DROP | HTML_HINT_NEVER},
	    {"shared", 0},
	    {"article-comments", HTML_HINT_DROP | HTML_HINT_NEVER},
	    {"category-comments", 0},
	    {"post comments", HTML_HINT_AROUND | HTML_HINT_EXACT | HTML_HINT_DROP | HTML_HINT_NEVER},
	    {"widget", HTML_HINT_DROP},
	    {"page-widget-text", 0},
	    {"--- ", 0},
	    {"", 0},
	};
	struct html_hints *words = html_hints_new();
	size_t i;

	(void)state;
	assert_non_null(words);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned found = html_hints_of(words, (struct news_text){cases[i].names, strlen(cases[i].names)});

		if (found != cases[i].hints)
			fail_msg("'%s': got %u, not %u", cases[i].names, found, cases[i].hints);
	}
	html_hints_free(words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(titles),
	    cmocka_unit_test(fields),
	    cmocka_unit_test(main_text),
	    cmocka_unit_test(too_large),
	    cmocka_unit_test(hints),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
