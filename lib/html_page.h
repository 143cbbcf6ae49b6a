/* SPDX-License-Identifier: ISC
 *
 * html_page.h - from the bytes of a page to a document
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include "compose.h"

struct html_page;

/* NULL: out of memory. */
struct html_page *html_page_new(void);
void html_page_free(struct html_page *page);

/* Larger pages are rejected. Bytes, before and after decoding. */
#define HTML_PAGE_MAX ((size_t)64 * 1024 * 1024)

/* Where a page comes from. */
struct html_origin {
	const char *encoding;       /* its charset whatever it says itself: a name for iconv(3); or NULL */
	struct news_text transport; /* the label of its charset that the transport declares; or empty */
	struct news_text url;       /* where it was fetched; empty: as the page says */
};

/* Hand what PAYLOAD says to compose: title, main text, fields. `*repairs` grows by the ill-formed sequences.
 * NEWS_REJECTED: over a limit above or of html_tree.h, or in a charset that is not known. */
enum news_status html_page_read(struct html_page *page, struct news_text payload, const struct html_origin *origin,
    struct compose *compose, size_t *repairs, struct news_error *error);

#endif
