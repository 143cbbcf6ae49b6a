/* SPDX-License-Identifier: ISC */
#include "html_page.h"

#include "html_charset.h"
#include "html_main.h"
#include "html_meta.h"
#include "html_tree.h"

#include <stdio.h>
#include <stdlib.h>

/* A page that has less text than this in itself may have it in JSON-LD. Bytes. */
#define LITTLE 250

struct html_page {
	struct html_charset charset;
	struct html_tree tree;
	struct html_meta meta;
	struct html_main *main;
	struct html_text fragment;
};

struct html_page *
html_page_new(void)
{
	struct html_page *page = calloc(1, sizeof *page);

	if (page == NULL)
		return NULL;
	page->main = html_main_new();
	if (page->main == NULL) {
		html_page_free(page);
		return NULL;
	}
	return page;
}

void
html_page_free(struct html_page *page)
{
	if (page == NULL)
		return;
	html_charset_release(&page->charset);
	html_tree_release(&page->tree);
	html_meta_release(&page->meta);
	html_main_free(page->main);
	html_text_release(&page->fragment);
	free(page);
}

/* The main text; or where a program would have filled the page in, what JSON-LD has, a paragraph a line. */
static bool
compose_text(struct html_page *page, struct news_text body, struct compose *compose)
{
	struct news_text paragraph;
	size_t state = 0;

	if (html_main_bytes(page->main) < LITTLE && body.bytes > 2 * LITTLE) {
		while (body.bytes > 0) {
			const char *feed = memchr(body.at, '\n', body.bytes);

			paragraph = (struct news_text){body.at, feed == NULL ? body.bytes : (size_t)(feed - body.at)};
			if (!html_text_fragment(&page->fragment, paragraph, compose))
				return false;
			paragraph.bytes += feed != NULL;
			body = (struct news_text){body.at + paragraph.bytes, body.bytes - paragraph.bytes};
		}
		return true;
	}
	while (html_main_next(page->main, &state, &paragraph))
		if (!compose_paragraph(compose, paragraph))
			return false;
	return true;
}

enum news_status
html_page_read(struct html_page *page, struct news_text payload, const struct html_origin *origin,
    struct compose *compose, size_t *repairs, struct news_error *error)
{
	struct html_known known = {0};
	struct news_text text, authors[HTML_LINKED_AUTHORS_MAX];
	enum news_status status = NEWS_REJECTED;

	if (payload.bytes <= HTML_PAGE_MAX)
		status = html_charset_decode(&page->charset, payload, origin->encoding, origin->transport, &text,
		    repairs, error);
	if (payload.bytes > HTML_PAGE_MAX || (status == NEWS_OK && text.bytes > HTML_PAGE_MAX)) {
		snprintf(error->text, sizeof error->text, "the page has more than %zu bytes", HTML_PAGE_MAX);
		return NEWS_REJECTED;
	}
	if (status == NEWS_OK)
		status = html_tree_parse(&page->tree, text, error);
	if (status != NEWS_OK)
		return status;
	if (!html_meta_find(&page->meta, &page->tree, origin->url))
		return NEWS_NO_MEMORY;
	while (known.author_count < HTML_LINKED_AUTHORS_MAX &&
	    (authors[known.author_count] = html_meta_author(&page->meta, known.author_count)).at != NULL)
		known.author_count++;
	known.authors = authors;
	known.title = html_meta_title(&page->meta);
	known.heading = page->meta.heading;
	known.body = html_linked_text(&page->meta.linked, page->meta.linked.body);
	if (!html_main_find(page->main, &page->tree, &known) || !compose_title(compose, known.title) ||
	    !compose_text(page, known.body, compose))
		return NEWS_NO_MEMORY;
	return html_meta_compose(&page->meta, compose) ? NEWS_OK : NEWS_NO_MEMORY;
}
