/* SPDX-License-Identifier: ISC
 *
 * user_file.h - files of the user's that are read whole, a line at a time
 */
#ifndef USER_FILE_H
#define USER_FILE_H

#include "buffer.h"
#include "news.h"

/* Read all of the file at PATH into OUT, in place of what is there. */
enum news_status user_file_read(struct buffer *out, const char *path, struct news_error *error);

/* Take the next line off TEXT: without LF, CR and (on the first, `*number` being 0) byte order mark. false at the
 * end. `*number` gets the line's, from 1. */
bool user_file_next(struct news_text *text, size_t *number, struct news_text *line);

/* Whether LINE is well-formed and has no control character but TAB. */
bool user_file_is_clean(struct news_text line);

/* NEWS_FAILED, ERROR saying `PATH:NUMBER: why`. */
enum news_status user_file_wrong(struct news_error *error, const char *path, size_t number, const char *why);

/* NEWS_FAILED, ERROR saying WHAT failed on the file at PATH, and errno. */
enum news_status user_file_failed(struct news_error *error, const char *what, const char *path);

#endif
