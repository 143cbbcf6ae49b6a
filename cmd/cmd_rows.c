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

/* The hex digits of a content hash. */
#define HASH_BYTES 20

/* The key columns and a TAB after the last, at AT. Gives what follows. */
static inline char *
put_key(char *at, struct news_text doc, unsigned paragraph, unsigned sentence, struct news_span span)
{
	/* a content hash, as most are: copying takes no call */
	if (doc.bytes == HASH_BYTES)
		memcpy(at, doc.at, HASH_BYTES);
	else
		memcpy(at, doc.at, doc.bytes);
	at += doc.bytes;
	*at++ = '\t';
	at = put_four(at, paragraph);
	at = put_four(at, sentence);
	at = put_seven(at, span.begin);
	return put_seven(at, span.end);
}

/* Each LF in the BYTES bytes at AT becomes a space. */
static void
join_lines(char *at, size_t bytes)
{
	const char *end = at + bytes;

	while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL)
		*at++ = ' ';
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
cmd_add_segments(struct buffer *out, const struct news_document *document)
{
	size_t kind_bytes[NEWS_KINDS];

	for (int i = 0; i < NEWS_KINDS; i++)
		kind_bytes[i] = strlen(news_kind_name((enum news_kind)i));
	for (size_t i = 0; i < document->segment_count; i++) {
		const struct news_segment *segment = &document->segments[i];
		size_t words = segment->span.end - segment->span.begin;
		size_t bytes = document->id.bytes + KEY_BYTES + NEWS_KIND_ROOM + words + 1;
		char *at;

		if (out->room - out->bytes < bytes && !buffer_reserve(out, bytes))
			cmd_no_memory();
		at = put_key(out->at + out->bytes, document->id, segment->paragraph, segment->sentence, segment->span);
		memcpy(at, news_kind_name(segment->kind), NEWS_KIND_ROOM);
		at += kind_bytes[segment->kind];
		*at++ = '\t';
		memcpy(at, document->text.at + segment->span.begin, words);
		/* only the paragraphs of wrapped text have LF inside */
		if (document->wrapped)
			join_lines(at, words);
		at[words] = '\n';
		out->bytes = (size_t)(at + words + 1 - out->at);
	}
}

void
cmd_add_words(struct buffer *out, struct news_text text)
{
	cmd_add(out, text.at, text.bytes);
	if (text.bytes > 0)
		join_lines(out->at + out->bytes - text.bytes, text.bytes);
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
