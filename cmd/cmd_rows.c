/* SPDX-License-Identifier: ISC
 *
 * cmd_rows.c - composing rows of output
 */
#include "cmd_private.h"

void
cmd_add(struct buffer *out, const void *at, size_t bytes)
{
	if (!buffer_add(out, at, bytes))
		cmd_no_memory();
}

void
cmd_add_byte(struct buffer *out, char byte)
{
	if (!buffer_add_byte(out, byte))
		cmd_no_memory();
}

/* NUMBER below 100 in two digits. */
static inline void
put_pair(char *at, unsigned number)
{
	static const char pairs[] = "00010203040506070809"
				    "10111213141516171819"
				    "20212223242526272829"
				    "30313233343536373839"
				    "40414243444546474849"
				    "50515253545556575859"
				    "60616263646566676869"
				    "70717273747576777879"
				    "80818283848586878889"
				    "90919293949596979899";

	memcpy(at, pairs + 2 * (size_t)number, 2);
}

/* NUMBER in four digits and a TAB, at AT. Gives what follows. */
static inline char *
put_four(char *at, unsigned number)
{
	put_pair(at, number / 100);
	put_pair(at + 2, number % 100);
	at[4] = '\t';
	return at + 5;
}

/* The same in seven digits. Most documents are short. */
static inline char *
put_seven(char *at, size_t bytes)
{
	uint32_t number = (uint32_t)bytes, high = 0;

	memcpy(at, "000", 4);
	if (number >= 10000) {
		high = number / 10000;
		*at = (char)('0' + high / 100);
		put_pair(at + 1, high % 100);
	}
	return put_four(at + 3, number - high * 10000);
}

/* The key columns and a TAB after the last, at AT. Gives what follows. */
static inline char *
put_key(char *at, struct news_text doc, unsigned paragraph, unsigned sentence, struct news_span span)
{
	memcpy(at, doc.at, doc.bytes);
	at += doc.bytes;
	*at++ = '\t';
	at = put_four(at, paragraph);
	at = put_four(at, sentence);
	at = put_seven(at, span.begin);
	return put_seven(at, span.end);
}

/* The bytes of the key columns without the document's id. */
#define KEY_BYTES (sizeof "\t0000\t0000\t0000000\t0000000\t" - 1)

void
cmd_add_key(struct buffer *out, struct news_text doc, unsigned paragraph, unsigned sentence, struct news_span span)
{
	if (!buffer_reserve(out, doc.bytes + KEY_BYTES))
		cmd_no_memory();
	out->bytes = (size_t)(put_key(out->at + out->bytes, doc, paragraph, sentence, span) - out->at);
}

void
cmd_add_row(struct buffer *out, struct news_text doc, unsigned paragraph, unsigned sentence, struct news_span span,
    struct news_text kind, struct news_text words)
{
	size_t bytes = doc.bytes + KEY_BYTES + kind.bytes + words.bytes + 2;
	char *at;

	if (out->room - out->bytes < bytes && !buffer_reserve(out, bytes))
		cmd_no_memory();
	at = put_key(out->at + out->bytes, doc, paragraph, sentence, span);
	memcpy(at, kind.at, kind.bytes);
	at += kind.bytes;
	*at++ = '\t';
	memcpy(at, words.at, words.bytes);
	at += words.bytes;
	*at++ = '\n';
	out->bytes = (size_t)(at - out->at);
}

void
cmd_add_words(struct buffer *out, struct news_text text)
{
	char *at, *end;

	if (text.bytes == 0)
		return;
	cmd_add(out, text.at, text.bytes);
	end = out->at + out->bytes;
	at = end - text.bytes;
	while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL)
		*at++ = ' ';
}

void
cmd_add_score(struct buffer *out, unsigned score)
{
	char text[4] = {(char)('0' + score / 100), '.', (char)('0' + score / 10 % 10), (char)('0' + score % 10)};

	cmd_add(out, text, sizeof text);
}

/* The values under KEY, joined by "; ". The title is no meta row but a segment. */
static void
add_values(struct buffer *out, const struct news_document *document, struct news_text key)
{
	bool found = false;

	for (size_t i = 0; i < document->field_count; i++) {
		const struct news_field *field = &document->fields[i];
		if (field->key.bytes != key.bytes || memcmp(field->key.at, key.at, key.bytes) != 0)
			continue;
		if (found)
			cmd_add(out, "; ", 2);
		found = true;
		cmd_add_words(out, field->value);
	}
	if (found || key.bytes != strlen("title") || memcmp(key.at, "title", key.bytes) != 0)
		return;
	for (size_t i = 0; i < document->segment_count; i++) {
		const struct news_segment *segment = &document->segments[i];
		if (segment->kind != NEWS_TITLE)
			continue;
		cmd_add_words(out,
		    (struct news_text){document->text.at + segment->span.begin,
			segment->span.end - segment->span.begin});
		return;
	}
}

void
cmd_end_row(struct buffer *out, const struct news_document *document)
{
	for (size_t i = 0; i < run.key_count; i++) {
		cmd_add_byte(out, '\t');
		add_values(out, document, run.keys[i]);
	}
	cmd_add_byte(out, '\n');
}
