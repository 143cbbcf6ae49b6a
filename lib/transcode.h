/* SPDX-License-Identifier: ISC
 *
 * transcode.h - text of any encoding to UTF-8, by iconv(3)
 *
 * An ill-formed sequence becomes one U+FFFD, and conversion goes on behind it: the longest run of bytes that could have
 * become a character (text_decode does the same in UTF-8), or a code unit, never a byte that may begin one. How the
 * bytes come changes nothing, but for ill-formed text in CP949, ISO-2022-CN-EXT and UTF-7, where glibc does not always
 * stop at the sequence it refuses: there may be a U+FFFD more or less.
 */
#ifndef TRANSCODE_H
#define TRANSCODE_H

#include "buffer.h"
#include "news.h"

/* What `next` needs at least. Bytes. */
#define TRANSCODE_ROOM 64

struct transcode;

/* NULL: out of memory. */
struct transcode *transcode_new(void);
void transcode_free(struct transcode *transcode);

/* Begin a text in the encoding NAMES: names of it, joined by blanks, of which iconv(3) may not know all. false: it
 * knows none, or memory is short. */
bool transcode_start(struct transcode *transcode, const char *names);

/* Convert from the front of IN, no more than ROOM (at least TRANSCODE_ROOM) bytes to OUT. ENDED: nothing follows IN.
 * Gives the bytes made; where it makes none, what is left of IN is the beginning of a character, to be given again with
 * more behind it, and nothing is left where ENDED. */
size_t transcode_next(struct transcode *transcode, struct news_text *in, bool ended, char *out, size_t room);

/* The name that iconv(3) knows the encoding under. */
const char *transcode_name(const struct transcode *transcode);

/* Ill-formed sequences replaced since `start`. */
size_t transcode_replaced(const struct transcode *transcode);

/* All of RAW, a text of the encoding that `start` named, behind what OUT has. false: out of memory. */
bool transcode_add(struct transcode *transcode, struct news_text raw, struct buffer *out);

/* RAW as UTF-8: itself where it is well-formed, else in OUT, whose bytes go, as windows-1252, the encoding that text
 * mostly is in when nobody says so. false: out of memory, or iconv(3) does not know it. `*replaced` grows. */
bool transcode_guess(struct transcode *transcode, struct news_text raw, struct buffer *out, struct news_text *text,
    size_t *replaced);

#endif
