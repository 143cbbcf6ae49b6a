/* SPDX-License-Identifier: ISC
 *
 * From the bytes of one document to its text (newsutils(5)): what all formats have in common. The format does the rest.
 */
#include "buffer.h"
#include "format.h"
#include "language.h"
#include "text.h"
#include "transcode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct news_reader {
	const struct news_reader_options *options;
	void **states;               /* one a format, made when it is first met */
	struct transcode *transcode; /* NULL where no encoding is to be guessed */
	struct buffer id, file, guessed;
	struct news_field *fields; /* the document's, and its language */
	size_t field_room;
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
	if (reader != NULL && options->guess_encoding)
		reader->transcode = transcode_new();
	if (reader == NULL || reader->states == NULL || (options->guess_encoding && reader->transcode == NULL)) {
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
	buffer_release(&reader->guessed);
	transcode_free(reader->transcode);
	free(reader->fields);
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

const char *
news_language_find(struct news_text tag)
{
	return language_of_tag(tag);
}

/* Whether FIELD says the language. Lengths that are constants spare a call of memcmp. */
static bool
is_language(const struct news_field *field)
{
	return (field->key.bytes == 4 && memcmp(field->key.at, "lang", 4) == 0) ||
	    (field->key.bytes == 10 && memcmp(field->key.at, "lang-guess", 10) == 0);
}

/* Add the language: as the options tell it, in place of what the source says; else, where that says nothing, guessed.
 */
static bool
add_language(struct news_reader *reader, struct news_document *document)
{
	const char *told = reader->options->lang, *language = told;
	size_t i, count = 0;

	if (told == NULL) {
		for (i = 0; i < document->field_count; i++)
			if (is_language(&document->fields[i]) && document->fields[i].value.at != NULL)
				return true;
		language = language_guess(document->text);
	}
	if (language == NULL)
		return true;
	if (reader->field_room <= document->field_count) {
		size_t room = 2 * document->field_count + 1;
		struct news_field *grown = realloc(reader->fields, room * sizeof *grown);
		if (grown == NULL)
			return false;
		reader->fields = grown;
		reader->field_room = room;
	}
	for (i = 0; i < document->field_count; i++)
		if (told == NULL || !is_language(&document->fields[i]))
			reader->fields[count++] = document->fields[i];
	if (told != NULL)
		reader->fields[count] = (struct news_field){{"lang", 4}, {language, strlen(language)}};
	else
		reader->fields[count] = (struct news_field){{"lang-guess", 10}, {language, strlen(language)}};
	document->fields = reader->fields;
	document->field_count = count + 1;
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
	if (reader->transcode != NULL && !formats[i]->own_encoding &&
	    !transcode_guess(reader->transcode, record->bytes, &reader->guessed, &own.bytes, repairs))
		return NEWS_NO_MEMORY;
	status = formats[i]->read(reader->states[i], &own, document, repairs, error);
	if (status != NEWS_OK)
		return status;
	return build_id(reader, document) && add_language(reader, document) ? NEWS_OK : NEWS_NO_MEMORY;
}
