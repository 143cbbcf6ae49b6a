/* SPDX-License-Identifier: ISC
 *
 * compose.h - puts a document together from what its container says: id, title, paragraphs, fields
 *
 * For formats whose text does not stand in the file as it is to be: `compose_start`, then any of the others in any
 * order (paragraphs in theirs, the title before them), then `compose_document`. What is handed in is copied, repaired
 * (text_repair), and counted in `repairs`. All functions give false when memory is short.
 */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "buffer.h"
#include "news.h"

/* A field whose key and value are ranges of `strings`, which may still move. */
struct compose_field {
	struct news_span key, value;
};

struct compose {
	struct buffer id, text, strings;
	struct compose_field *pending;
	size_t pending_count, pending_room;
	struct news_field *fields;
	size_t field_room;
	struct news_span *sentences;
	size_t sentence_count, sentence_room;
	struct news_text file;
	bool has_title, has_date;
	size_t repairs;
};

/* All zero is a fresh one. */
void compose_release(struct compose *compose);

/* Begin a document, of the FILE, which is borrowed. */
void compose_start(struct compose *compose, struct news_text file);

/* The id of the source: white space and control characters become `_`. Does nothing where RAW is blank or an id is
 * there already. */
bool compose_id(struct compose *compose, struct news_text raw);

/* The title, as one line: runs of white space of ASCII become one space, those at the ends go. Nothing happens where it
 * is blank, or where a title or a paragraph is there already. */
bool compose_title(struct compose *compose, struct news_text raw);

/* The same, with the blanks inside kept as they are. */
bool compose_title_line(struct compose *compose, struct news_text raw);

/* One more paragraph, as one line like the title; nothing happens where it is blank. */
bool compose_paragraph(struct compose *compose, struct news_text raw);

/* One more sentence that the source itself tells apart, as one line. PARAGRAPH: it begins a new one; else SPACE says
 * whether a space stands before it. */
bool compose_sentence(struct compose *compose, struct news_text raw, bool paragraph, bool space);

/* One more meta row: KEY (a C string) and VALUE as one line; nothing happens where it is blank. */
bool compose_field(struct compose *compose, const char *key, struct news_text value);

/* The same under any key: white space and `=` in it become `_`. */
bool compose_field_named(struct compose *compose, struct news_text key, struct news_text value);

/* A date: `date` in ISO 8601 where it is understood, else `date-raw`. Nothing happens where it is blank or a `date` is
 * there already. */
bool compose_date(struct compose *compose, struct news_text raw);

/* What is composed; lives until the next `start`. `*repairs` grows. */
bool compose_document(struct compose *compose, struct news_document *document, size_t *repairs);

#endif
