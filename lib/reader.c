/* SPDX-License-Identifier: ISC
 *
 * From the bytes of one document to its text (newsutils(5)): what all formats have in common. The format does the rest.
 */
#include "buffer.h"
#include "format.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct news_reader {
	const struct news_reader_options *options;
	void **states; /* one a format, made when it is first met */
	struct buffer id, file;
};

struct news_reader *
news_reader_new(const struct news_reader_options *options, struct news_error *error)
{
	struct news_reader *reader = calloc(1, sizeof *reader);
	size_t count = 0;

	while (formats[count] != NULL)
		count++;
	if (reader != NULL)
		reader->states = calloc(count, sizeof *reader->states);
	if (reader == NULL || reader->states == NULL) {
		snprintf(error->text, sizeof error->text, "out of memory");
		news_reader_free(reader);
		return NULL;
	}
	reader->options = options;
	return reader;
}

void
news_reader_free(struct news_reader *reader)
{
	size_t i;

	if (reader == NULL)
		return;
	for (i = 0; reader->states != NULL && formats[i] != NULL; i++)
		if (reader->states[i] != NULL)
			formats[i]->reader_free(reader->states[i]);
	free(reader->states);
	buffer_release(&reader->id);
	buffer_release(&reader->file);
	free(reader);
}

/* Append RAW to OUT, clean and with BLANK for U+0020, LF and control characters. */
static bool
add_word(struct buffer *out, struct news_text raw, char blank)
{
	size_t i = out->bytes, ignored = 0;

	if (!text_repair(out, raw, &ignored))
		return false;
	for (; i < out->bytes; i++)
		if (out->at[i] == ' ' || out->at[i] == '\n')
			out->at[i] = blank;
	return true;
}

/* The source's own id, else the content hash, behind the prefix. */
static bool
build_id(struct news_reader *reader, struct news_document *document)
{
	struct buffer *id = &reader->id;

	id->bytes = 0;
	if (reader->options->id_prefix != NULL &&
	    !add_word(id, (struct news_text){reader->options->id_prefix, strlen(reader->options->id_prefix)}, '_'))
		return false;
	if (document->id.bytes > 0 && !reader->options->id_hash) {
		if (!buffer_add(id, document->id.at, document->id.bytes))
			return false;
	} else {
		char hash[21];
		text_content_hash(document->text, hash);
		if (!buffer_add(id, hash, 20))
			return false;
	}
	document->id = (struct news_text){id->at, id->bytes};
	return true;
}

/* The name of a file can hold any byte, a field cannot. */
static bool
build_file(struct news_reader *reader, struct news_text file, struct news_text *value)
{
	if (text_clean(file.at, file.bytes) == file.bytes && memchr(file.at, '\n', file.bytes) == NULL) {
		*value = file;
		return true;
	}
	reader->file.bytes = 0;
	if (!add_word(&reader->file, file, ' '))
		return false;
	*value = (struct news_text){reader->file.at, reader->file.bytes};
	return true;
}

enum news_status
news_reader_read(struct news_reader *reader, const struct news_record *record, struct news_document *document,
    size_t *repairs, struct news_error *error)
{
	struct news_record own = *record;
	enum news_status status;
	size_t i = 0;

	memset(document, 0, sizeof *document);
	*repairs = 0;
	while (formats[i] != record->format)
		i++;
	if (reader->states[i] == NULL)
		reader->states[i] = formats[i]->reader_new(reader->options);
	if (reader->states[i] == NULL || !build_file(reader, record->file, &own.file))
		return NEWS_NO_MEMORY;
	status = formats[i]->read(reader->states[i], &own, document, repairs, error);
	if (status != NEWS_OK)
		return status;
	return build_id(reader, document) ? NEWS_OK : NEWS_NO_MEMORY;
}
