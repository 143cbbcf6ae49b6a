/* SPDX-License-Identifier: ISC
 *
 * What is no text of the article, by what HTML or the page's author names it: navigation, comments, related articles,
 * forms, what is not shown. What holds the headline holds the article, whatever its name: "<div class='page
 * with-sidebar'>", the form around a whole page.
 */
#include "html_article.h"

#include <string.h>
#include <strings.h>

/* A form's box has no more words than this: "Sign up for our newsletter" and what stands with it. Bytes. */
#define BOX_MAX 400

/* So many paragraphs in a row, each at least so long, are an article's, whatever an element around them is named: a
 * teaser has one. Bytes. */
#define PARAGRAPHS_MIN 3
#define PARAGRAPH_MIN 100

/* The text named as the article's that shields what is around it from its own name. Bytes. */
#define SHIELD_MIN 500

/* Whether the CSS in STYLE has the PROPERTY set to VALUE; there may be blanks between. */
static bool
has_style(struct news_text style, const char *property, const char *value)
{
	size_t i, bytes = strlen(property), value_bytes = strlen(value);

	for (i = 0; i + bytes < style.bytes; i++) {
		size_t at = i + bytes;

		if (strncasecmp(style.at + i, property, bytes) != 0)
			continue;
		while (at < style.bytes && (style.at[at] == ' ' || style.at[at] == ':'))
			at++;
		if (style.bytes - at >= value_bytes && strncasecmp(style.at + at, value, value_bytes) == 0)
			return true;
	}
	return false;
}

/* Whether the page itself does not show the element, or HTML names it as something beside the text. */
static bool
is_beside(const struct html_article *article, size_t node)
{
	static const char *const roles[] = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog",
	    "alert", "alertdialog", "menu", "menubar", "toolbar", "tablist"};
	const struct html_tree *tree = article->tree;
	struct news_text role, style;
	size_t i;

	switch (tree->nodes[node].element) {
	case HTML_NAV:
	case HTML_ASIDE:
	case HTML_FOOTER:
	case HTML_MENU:
	case HTML_DIALOG:
	case HTML_BUTTON:
	case HTML_SEARCH:
	case HTML_FIGURE:
	case HTML_FIGCAPTION:
	case HTML_CAPTION:
		return true;
	case HTML_FORM:
		return (article->hint[node] & HTML_HOLDS_TEXT) == 0;
	default:
		break;
	}
	if (tree->nodes[node].attribute_count == 0)
		return false;
	role = html_tree_attribute(tree, node, HTML_ATTRIBUTE_ROLE);
	for (i = 0; role.bytes > 0 && i < sizeof roles / sizeof *roles; i++)
		if (html_article_is_word(role, roles[i]))
			return true;
	style = html_tree_attribute(tree, node, HTML_ATTRIBUTE_STYLE);
	return html_tree_attribute(tree, node, HTML_ATTRIBUTE_HIDDEN).at != NULL ||
	    html_article_is_word(html_tree_attribute(tree, node, HTML_ATTRIBUTE_ARIA_HIDDEN), "true") ||
	    (style.bytes > 0 && (has_style(style, "display", "none") || has_style(style, "visibility", "hidden")));
}

static bool
is_named_beside(const struct html_article *article, size_t node)
{
	unsigned hint = article->hint[node];

	return (hint & (HTML_HINT_DROP | HTML_HINT_EXACT)) == HTML_HINT_DROP &&
	    ((hint & HTML_HINT_NEVER) != 0 || (hint & HTML_HOLDS_TEXT) == 0);
}

/* The hints of the class and the id of NODE, and of what microdata say. */
static uint8_t
hints_of(const struct html_article *article, size_t node)
{
	const struct html_tree *tree = article->tree;
	struct news_text class = html_tree_attribute(tree, node, HTML_ATTRIBUTE_CLASS);
	struct news_text id = html_tree_attribute(tree, node, HTML_ATTRIBUTE_ID);
	unsigned found = 0;

	if (class.bytes > 0)
		found |= html_hints_of(article->hints, class);
	if (id.bytes > 0)
		found |= html_hints_of(article->hints, id);
	if (html_article_is_word(html_tree_attribute(tree, node, HTML_ATTRIBUTE_ITEMPROP), "articleBody"))
		found |= HTML_HINT_BODY | HTML_HINT_EXACT;
	return (uint8_t)found;
}

/* Flag what holds PARAGRAPHS_MIN long paragraphs side by side, in p or parted by line breaks. */
static void
find_text(struct html_article *article)
{
	const struct html_tree *tree = article->tree;
	size_t i, streak = 0, parent = 0;

	for (i = 1; i < tree->count; i++) {
		const struct html_node *node = &tree->nodes[i];

		if ((node->element != HTML_P && node->element != HTML_TEXT) ||
		    html_tree_characters(tree, i) < PARAGRAPH_MIN)
			continue;
		streak = node->parent == parent ? streak + 1 : 1;
		parent = node->parent;
		if (streak == PARAGRAPHS_MIN)
			article->hint[parent] |= HTML_HOLDS_TEXT;
		if (node->element == HTML_P)
			i = node->end - 1;
	}
}

void
html_beside_read(struct html_article *article, size_t heading)
{
	const struct html_tree *tree = article->tree;
	bool shielded = false;
	size_t i;

	for (i = 0; i < tree->count; i++) {
		article->hint[i] = tree->nodes[i].attribute_count > 0 ? hints_of(article, i) : 0;
		if (heading != 0 ? i == heading : tree->nodes[i].element == HTML_H1)
			article->hint[i] |= HTML_HOLDS_HEADLINE;
		/* Only the first: comments have a body too. */
		if (!shielded && (article->hint[i] & HTML_HINT_BODY) != 0 && tree->nodes[i].element != HTML_BODY &&
		    html_tree_characters(tree, i) > SHIELD_MIN) {
			article->hint[i] |= HTML_HOLDS_HEADLINE;
			shielded = true;
		}
	}
	find_text(article);
	for (i = tree->count; i-- > 1;)
		article->hint[tree->nodes[i].parent] |= article->hint[i] & (HTML_HOLDS_HEADLINE | HTML_HOLDS_TEXT);
}

/* Whether the element is a few words in a paragraph, whose names say nothing of the paragraph: "rose to <span
 * class='share-price'>40</span>". */
static bool
is_in_sentence(const struct html_tree *tree, size_t node)
{
	enum html_element parent = (enum html_element)tree->nodes[tree->nodes[node].parent].element;

	return html_element_flow((enum html_element)tree->nodes[node].element) == HTML_INLINE &&
	    (html_element_flow(parent) == HTML_INLINE || html_article_is_paragraph(parent) ||
		html_article_is_heading(parent));
}

/* A form is passed over with the box around it. */
static void
hide_box(struct html_article *article, size_t form)
{
	const struct html_tree *tree = article->tree;
	size_t box = tree->nodes[form].parent;

	if ((article->hint[box] & HTML_HOLDS_HEADLINE) == 0 && tree->nodes[box].element != HTML_BODY &&
	    html_tree_characters(tree, box) <= BOX_MAX)
		article->hidden[box] = true;
}

void
html_beside_hide(struct html_article *article, enum html_pass pass)
{
	const struct html_tree *tree = article->tree;
	size_t i;

	for (i = 0; i < tree->count; i++) {
		enum html_element element = (enum html_element)tree->nodes[i].element;

		article->hidden[i] = false;
		if (element == HTML_TEXT || element == HTML_BODY || element == HTML_HTML || element == HTML_MAIN ||
		    (article->hint[i] & HTML_HOLDS_HEADLINE) != 0)
			continue;
		switch (pass) {
		case HTML_PASS_NAMES:
			article->hidden[i] =
			    is_beside(article, i) || (is_named_beside(article, i) && !is_in_sentence(tree, i));
			if (element == HTML_FORM)
				hide_box(article, i);
			break;
		case HTML_PASS_ELEMENTS:
			article->hidden[i] = (is_beside(article, i) && element != HTML_FORM) ||
			    (is_named_beside(article, i) && (article->hint[i] & HTML_HINT_NEVER) != 0 &&
				!is_in_sentence(tree, i));
			break;
		default:
			break;
		}
	}
}
