/* SPDX-License-Identifier: ISC
 *
 * rss_cut.h - where the items of a feed begin and end
 *
 * An item is an element called `item` or `entry`, whatever its prefix. It ends with its end tag; one that is never
 * closed ends where the next of its name begins, where the feed ends, or where the next feed of the file begins, and is
 * left for the reader to reject. What stands before the first item is the head of the feed; what stands between or
 * behind items is passed over. Several feeds in one file (`cat a.xml b.xml`) have a head each.
 */
#ifndef RSS_CUT_H
#define RSS_CUT_H

#include "format.h"

/* Of a head that is longer only the front is kept. Every item is compared with it, so it costs time. Bytes. */
#define RSS_HEAD_MAX 65536

/* As struct news_format has them. */
void *rss_cut_new(const struct news_reader_options *options, struct news_error *error);
void rss_cut_free(void *cutter);
void rss_cut_start(void *cutter);
size_t rss_cut_next(void *cutter, struct news_text untaken, bool ended, struct format_cut *cut);

/* Whether NAME, local, is that of an item, or of the root of a feed. */
bool rss_cut_is_item(struct news_text name);
bool rss_cut_is_root(struct news_text name);

#endif
