/* SPDX-License-Identifier: ISC
 *
 * decompress.h - gzip (RFC 1952) and zstd (RFC 8878) undone
 *
 * A file is known by the magic number in its first bytes; one without is passed on as it is. Members and frames may
 * follow one another, also of both kinds; zeros after one are padding, as tapes and block devices leave it.
 */
#ifndef DECOMPRESS_H
#define DECOMPRESS_H

#include "news.h"

/* Frames of zstd that refer further back than this are refused, since a few bytes could then ask for any memory: the
 * limit of zstd(1) too. Bytes, as a power of 2. */
#define DECOMPRESS_WINDOW_LOG 27

struct decompress;

/* NULL: out of memory. */
struct decompress *decompress_new(void);
void decompress_free(struct decompress *decompress);

/* Begin another file. */
void decompress_start(struct decompress *decompress);

/* BYTES come next in the file, borrowed until `next` makes nothing of them; ENDED: no more will come. */
void decompress_feed(struct decompress *decompress, struct news_text bytes, bool ended);

/* Write no more than ROOM (over 0) bytes to OUT; `*made` gets how many.
 * NEWS_OK: call again; where nothing was made, all was used up and more must be fed first.
 * NEWS_END: the file is complete; nothing was made.
 * NEWS_REJECTED: what was made is complete, but what follows is no compressed data and is left out.
 * NEWS_FAILED: the data is corrupt or ends too early, ERROR says so; all that could be made before was.
 * After the last three and NEWS_NO_MEMORY only `start` and `free` are allowed. What is made, and where it fails, does
 * not depend on how the bytes were fed. */
enum news_status decompress_next(struct decompress *decompress, char *out, size_t room, size_t *made,
    struct news_error *error);

/* Whether the file is not compressed and none of its bytes are held here: those to come may pass by. */
bool decompress_is_plain(const struct decompress *decompress);

#endif
