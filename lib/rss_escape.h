/* SPDX-License-Identifier: ISC
 *
 * rss_escape.h - HTML that stands in an item as it is
 *
 * <description>Tea & <br>cake</p> <a href=more.html>more</a></description> is no XML, but plainly meant as HTML.
 */
#ifndef RSS_ESCAPE_H
#define RSS_ESCAPE_H

#include "buffer.h"
#include "news.h"

#include <stdbool.h>

/* Append to OUT the item BYTES with what holds tags in its elements of running text (rss_item_is_text) written as
 * references, so that an XML parser takes it as text; CDATA sections stay. false: out of memory. */
bool rss_escape_html(struct buffer *out, struct news_text bytes);

#endif
