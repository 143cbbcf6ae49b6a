/* SPDX-License-Identifier: ISC
 *
 * Pieces of HTML as paragraphs, and the limits of what is parsed.
 */
#include "html_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The paragraphs of HTML, joined by `|`, for the caller to free. */
static char *
paragraphs(const char *html)
{
	struct html_text state = {0};
	struct compose compose = {0};
	struct news_document document = {0};
	size_t repairs = 0, i;
	char *out;

	compose_start(&compose, (struct news_text){"-", 1});
	assert_true(html_text_fragment(&state, (struct news_text){html, strlen(html)}, &compose));
	assert_true(compose_document(&compose, &document, &repairs));
	out = calloc(document.text.bytes + 1, 1);
	assert_non_null(out);
	for (i = 0; i < document.text.bytes; i++)
		out[i] = document.text.at[i] == '\n' ? '|' : document.text.at[i];
	compose_release(&compose);
	html_text_release(&state);
	return out;
}

static void
blocks_are_paragraphs(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
	    {"", ""},
	    {"  \n ", ""},
	    {"Plain words", "Plain words"},
	    {"One < two & three", "One < two & three"},
	    {"<p>One</p><p>Two</p>", "One|Two"},
	    {"<p>One<p>Two", "One|Two"},
	    {"One<p>Two</p>three", "One|Two|three"},
	    {"<div>One<div>Two</div>three</div>", "One|Two|three"},
	    {"<ul><li>One<li>Two</ul>", "One|Two"},
	    {"<h1>One</h1><h6>Two</h6>", "One|Two"},
	    {"<blockquote>One<p>Two</p></blockquote>", "One|Two"},
	    {"<table><tr><th>One<td>Two<tr><td>Three</table>", "One|Two|Three"},
	    {"<dl><dt>One<dd>Two</dl>", "One|Two"},
	    {"<article><section>One</section><footer>Two</footer></article>", "One|Two"},
	    /* line breaks */
	    {"One<br>two", "One two"},
	    {"One<br><br>Two", "One|Two"},
	    {"One<br /> \n <br/>Two<br><br><br>Three", "One|Two|Three"},
	    {"One<br>&nbsp;<br>Two", "One|Two"},
	    {"One<br>&nbsp; two", "One \xC2\xA0 two"},
	    {"<pre>One\ntwo\n\nThree</pre>", "One two|Three"},
	    /* inline tags part nothing */
	    {"<b>W</b>ord", "Word"},
	    {"<a href=x>One</a>, <i>two</i> <span>three</span>.", "One, two three."},
	    {"wor<wbr>d", "word"},
	    {"<q>Yes</q> he said", "\xE2\x80\x9CYes\xE2\x80\x9D he said"},
	    /* white space */
	    {"<p>  One\n\ttwo\f three \r\n</p>", "One two three"},
	    {"<b>One </b> two", "One two"},
	    {"One\xC2\xA0two &nbsp;three", "One\xC2\xA0two \xC2\xA0three"},
	    {"<p>&nbsp;</p><p>One</p><p>\xC2\xA0 \xC2\xA0</p>", "One"},
	    {"soft\xC2\xADhyphen and&shy;other", "soft\xC2\xADhyphen and\xC2\xADother"},
	    /* references */
	    {"&lt;p&gt; &amp;amp; &quot;x&quot; &eacute; &#233; &#xE9; &hellip;",
		"<p> &amp; \"x\" \xC3\xA9 \xC3\xA9 \xC3\xA9 \xE2\x80\xA6"},
	    {"it&#146;s &#147;so&#148; &#x96; &#128;",
		"it\xE2\x80\x99s \xE2\x80\x9Cso\xE2\x80\x9D \xE2\x80\x93 \xE2\x82\xAC"},
	    {"&unknown; &", "&unknown; &"},
	    /* what is no text */
	    {"One<script>var x = '<p>no</p>';</script><style>p{}</style>", "One"},
	    {"One<noscript>no</noscript><template><p>no</p></template><!-- no --> two", "One two"},
	    {"One<iframe>no</iframe><select><option>no</select><textarea>no</textarea>", "One"},
	    /* what is malformed */
	    {"<p>One</b></div></p> two</body></html>three", "One|two|three"},
	    {"<p class='x>One</p>", ""},
	    {"One <", "One <"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = paragraphs(cases[i].html);

		if (strcmp(text, cases[i].text) != 0)
			fail_msg("%s: got '%s', not '%s'", cases[i].html, text, cases[i].text);
		free(text);
	}
}

/* COUNT times WORD. */
static void
add_times(struct buffer *out, const char *word, size_t count)
{
	while (count-- > 0)
		assert_true(buffer_add(out, word, strlen(word)));
}

static enum news_status
parse(const struct buffer *html, struct news_error *error)
{
	struct html_tree tree = {0};
	enum news_status status = html_tree_parse(&tree, (struct news_text){html->at, html->bytes}, error);

	html_tree_release(&tree);
	return status;
}

static void
limits_of_the_markup(void **state)
{
	struct news_error error = {""};
	struct buffer html = {0};

	(void)state;
	add_times(&html, "<div>", HTML_DEPTH_MAX - 2); /* in html and body */
	assert_int_equal(parse(&html, &error), NEWS_OK);
	add_times(&html, "<div>", 1);
	assert_int_equal(parse(&html, &error), NEWS_REJECTED);
	assert_string_equal(error.text, "elements are nested too deep (the limit is 1000)");

	html.bytes = 0;
	add_times(&html, "<p", 1);
	add_times(&html, " a='>'", HTML_TAG_ATTRIBUTES_MAX);
	assert_int_equal(parse(&html, &error), NEWS_OK);
	add_times(&html, " a", 1);
	assert_int_equal(parse(&html, &error), NEWS_REJECTED);
	assert_string_equal(error.text, "a tag has too many attributes (the limit is 2000)");

	html.bytes = 0;
	add_times(&html, "<br>", HTML_NODES_MAX - 3); /* root, html and body are the others */
	assert_int_equal(parse(&html, &error), NEWS_OK);
	add_times(&html, "<br>", 1);
	assert_int_equal(parse(&html, &error), NEWS_REJECTED);
	assert_string_equal(error.text, "the page has too many elements (the limit is 4000000)");
	buffer_release(&html);
}

/* What is rejected as a page is kept as it stands in a feed's item. */
static void
fragment_over_a_limit_is_kept(void **state)
{
	struct buffer html = {0};
	char *text;

	(void)state;
	add_times(&html, "<div>", HTML_DEPTH_MAX + 1);
	add_times(&html, "One", 1);
	assert_true(buffer_add_byte(&html, '\0'));
	text = paragraphs(html.at);
	assert_string_equal(text, html.at);
	free(text);
	buffer_release(&html);
}

/* The tables are searched by halves. */
static void
names_are_sorted(void **state)
{
	static const char *const names[] = {
#define X(identifier, name, flow) name,
	    HTML_ELEMENTS(X)
#undef X
	};
	static const char *const attributes[] = {
#define X(identifier, name) name,
	    HTML_ATTRIBUTES(X)
#undef X
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(html_element_find(names[i]), HTML_OTHER + 1 + i);
	for (i = 0; i < sizeof attributes / sizeof *attributes; i++)
		assert_int_equal(html_attribute_find(attributes[i]), i);
	assert_int_equal(html_element_find("blink"), HTML_OTHER);
	assert_int_equal(html_attribute_find("onclick"), HTML_ATTRIBUTE_COUNT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(blocks_are_paragraphs),
	    cmocka_unit_test(limits_of_the_markup),
	    cmocka_unit_test(fragment_over_a_limit_is_kept),
	    cmocka_unit_test(names_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
