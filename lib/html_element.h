/* SPDX-License-Identifier: ISC
 *
 * html_element.h - the elements and attributes of HTML that are told apart, and how each stands in the text
 *
 * Blocks are those that the HTML Living Standard, section 15.3 ("Rendering"), displays as block, list item or part of a
 * table; what is not named here is inline, as it is in browsers.
 */
#ifndef HTML_ELEMENT_H
#define HTML_ELEMENT_H

#include <stddef.h>
#include <stdint.h>

enum html_flow {
	HTML_INLINE,
	HTML_BLOCK, /* its words are a paragraph of their own */
	HTML_BREAK, /* a line ends */
	HTML_HIDDEN /* its words are never shown, or are no text: scripts, pictures, fields of forms */
};

/* clang-format off */
/* identifier, name, flow; in the order of the names (strcmp) */
#define HTML_ELEMENTS(X) \
	X(A, "a", INLINE) X(ADDRESS, "address", BLOCK) X(APPLET, "applet", HIDDEN) X(ARTICLE, "article", BLOCK) \
	X(ASIDE, "aside", BLOCK) X(AUDIO, "audio", HIDDEN) X(B, "b", INLINE) X(BLOCKQUOTE, "blockquote", BLOCK) \
	X(BODY, "body", BLOCK) X(BR, "br", BREAK) X(BUTTON, "button", INLINE) X(CANVAS, "canvas", HIDDEN) \
	X(CAPTION, "caption", BLOCK) X(CENTER, "center", BLOCK) X(DATALIST, "datalist", HIDDEN) X(DD, "dd", BLOCK) \
	X(DETAILS, "details", BLOCK) X(DIALOG, "dialog", BLOCK) X(DIR, "dir", BLOCK) X(DIV, "div", BLOCK) \
	X(DL, "dl", BLOCK) X(DT, "dt", BLOCK) X(FIELDSET, "fieldset", BLOCK) X(FIGCAPTION, "figcaption", BLOCK) \
	X(FIGURE, "figure", BLOCK) X(FOOTER, "footer", BLOCK) X(FORM, "form", BLOCK) X(FRAMESET, "frameset", HIDDEN) \
	X(H1, "h1", BLOCK) X(H2, "h2", BLOCK) X(H3, "h3", BLOCK) X(H4, "h4", BLOCK) X(H5, "h5", BLOCK) \
	X(H6, "h6", BLOCK) X(HEAD, "head", HIDDEN) X(HEADER, "header", BLOCK) X(HGROUP, "hgroup", BLOCK) \
	X(HR, "hr", BLOCK) X(HTML, "html", BLOCK) X(IFRAME, "iframe", HIDDEN) X(INPUT, "input", HIDDEN) \
	X(LEGEND, "legend", BLOCK) X(LI, "li", BLOCK) X(LINK, "link", HIDDEN) X(MAIN, "main", BLOCK) \
	X(MENU, "menu", BLOCK) X(META, "meta", HIDDEN) X(NAV, "nav", BLOCK) X(NOEMBED, "noembed", HIDDEN) \
	X(NOFRAMES, "noframes", HIDDEN) X(NOSCRIPT, "noscript", HIDDEN) X(OBJECT, "object", HIDDEN) X(OL, "ol", BLOCK) \
	X(OPTGROUP, "optgroup", HIDDEN) X(OPTION, "option", HIDDEN) X(P, "p", BLOCK) X(PRE, "pre", BLOCK) \
	X(Q, "q", INLINE) X(RP, "rp", HIDDEN) X(RT, "rt", HIDDEN) X(SCRIPT, "script", HIDDEN) \
	X(SEARCH, "search", BLOCK) X(SECTION, "section", BLOCK) X(SELECT, "select", HIDDEN) X(SPAN, "span", INLINE) \
	X(STYLE, "style", HIDDEN) X(SUMMARY, "summary", BLOCK) X(SVG, "svg", HIDDEN) X(TABLE, "table", BLOCK) \
	X(TBODY, "tbody", BLOCK) X(TD, "td", BLOCK) X(TEMPLATE, "template", HIDDEN) X(TEXTAREA, "textarea", HIDDEN) \
	X(TFOOT, "tfoot", BLOCK) X(TH, "th", BLOCK) X(THEAD, "thead", BLOCK) X(TIME, "time", INLINE) \
	X(TITLE, "title", HIDDEN) X(TR, "tr", BLOCK) X(UL, "ul", BLOCK) X(VIDEO, "video", HIDDEN)

/* Attributes whose values are kept. */
#define HTML_ATTRIBUTES(X) \
	X(ARIA_HIDDEN, "aria-hidden") X(CLASS, "class") X(CONTENT, "content") X(DATETIME, "datetime") \
	X(HIDDEN, "hidden") X(HREF, "href") X(ID, "id") X(ITEMPROP, "itemprop") X(LANG, "lang") X(NAME, "name") \
	X(PROPERTY, "property") X(REL, "rel") X(ROLE, "role") X(STYLE, "style") X(TYPE, "type")
/* clang-format on */

enum html_element {
	HTML_TEXT,  /* no element: a run of characters */
	HTML_OTHER, /* an element that has no name here */
#define X(identifier, name, flow) HTML_##identifier,
	HTML_ELEMENTS(X)
#undef X
	    HTML_ELEMENT_COUNT
};

enum html_attribute {
#define X(identifier, name) HTML_ATTRIBUTE_##identifier,
	HTML_ATTRIBUTES(X)
#undef X
	    HTML_ATTRIBUTE_COUNT
};

/* The element or attribute called NAME (a C string in lower case); HTML_OTHER, HTML_ATTRIBUTE_COUNT: none of these. */
enum html_element html_element_find(const char *name);
enum html_attribute html_attribute_find(const char *name);

enum html_flow html_element_flow(enum html_element element);

#endif
