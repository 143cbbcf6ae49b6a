/* SPDX-License-Identifier: ISC
 *
 * reader_json.h - one JSON object a document: which of its members are the text, the title, the id and the fields
 */
#ifndef READER_JSON_H
#define READER_JSON_H

#include "news.h"

struct reader_json;

/* NAMES and its strings are borrowed. NULL: out of memory. */
struct reader_json *reader_json_new(const struct news_json_names *names);
void reader_json_free(struct reader_json *json);

/* Read RAW, which is borrowed until the next read. Fills DOCUMENT; its first field is `file` FILE, its id what the
 * object says, white space as `_`, or empty. `*repairs` grows by the sequences replaced. NEWS_REJECTED: RAW is not an
 * object, or one without a text. */
enum news_status reader_json_read(struct reader_json *json, struct news_text file, struct news_text raw,
    struct news_document *document, size_t *repairs, struct news_error *error);

#endif
