/* SPDX-License-Identifier: ISC
 *
 * From the bytes of one document to its text (newsutils(5)). Nearly all documents are clean already: those are used
 * where they stand, and cost one pass over their bytes and the hash.
 */
#include "news.h"
#include "reader_json.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct news_reader {
	const char *id_prefix;
	bool id_hash;
	struct reader_json *json;
	struct buffer text, id, file;
	struct news_field field; /* of plain text: the file */
};

struct news_reader *
news_reader_new(const struct news_reader_options *options, struct news_error *error)
{
	struct news_reader *reader = calloc(1, sizeof *reader);

	if (reader != NULL)
		reader->json = reader_json_new(&options->json);
	if (reader == NULL || reader->json == NULL) {
		snprintf(error->text, sizeof error->text, "out of memory");
		news_reader_free(reader);
		return NULL;
	}
	reader->id_prefix = options->id_prefix;
	reader->id_hash = options->id_hash;
	return reader;
}

void
news_reader_free(struct news_reader *reader)
{
	if (reader == NULL)
		return;
	reader_json_free(reader->json);
	buffer_release(&reader->text);
	buffer_release(&reader->id);
	buffer_release(&reader->file);
	free(reader);
}

/* RAW as document text: in place when it is clean, else repaired in OUT. */
static bool
clean(struct buffer *out, struct news_text raw, struct news_text *text, size_t *repairs)
{
	*text = raw;
	if (text_clean(raw.at, raw.bytes) < raw.bytes) {
		out->bytes = 0;
		if (!text_repair(out, raw, repairs))
			return false;
		*text = (struct news_text){out->at, out->bytes};
	}
	return true;
}

/* Where TEXT ends without the white space behind it; CRLF is white space too where the text is RAW. */
static size_t
end_of(struct news_text text, bool raw)
{
	size_t end = text.bytes;

	while (end > 0 && (text.at[end - 1] == '\n' || text.at[end - 1] == ' ')) {
		end--;
		if (raw && end > 0 && text.at[end] == '\n' && text.at[end - 1] == '\r')
			end--;
	}
	return end;
}

static bool
read_plain(struct news_reader *reader, struct news_text raw, struct news_document *document, size_t *repairs)
{
	if (raw.bytes >= 3 && memcmp(raw.at, "\xEF\xBB\xBF", 3) == 0) {
		raw.at += 3;
		raw.bytes -= 3;
	}
	raw.bytes = end_of(raw, true);
	if (!clean(&reader->text, raw, &document->text, repairs))
		return false;
	document->text.bytes = end_of(document->text, false);
	if (document->text.bytes == 0)
		document->text.at = "";
	return true;
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
	if (reader->id_prefix != NULL &&
	    !add_word(id, (struct news_text){reader->id_prefix, strlen(reader->id_prefix)}, '_'))
		return false;
	if (document->id.bytes > 0 && !reader->id_hash) {
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
news_reader_read(struct news_reader *reader, enum news_format format, struct news_text file, struct news_text raw,
    struct news_document *document, size_t *repairs, struct news_error *error)
{
	memset(document, 0, sizeof *document);
	*repairs = 0;
	if (!build_file(reader, file, &file))
		return NEWS_NO_MEMORY;
	if (format == NEWS_JSONL) {
		enum news_status status = reader_json_read(reader->json, file, raw, document, repairs, error);
		if (status != NEWS_OK)
			return status;
	} else {
		if (!read_plain(reader, raw, document, repairs))
			return NEWS_NO_MEMORY;
		reader->field = (struct news_field){{"file", 4}, file};
		document->fields = &reader->field;
		document->field_count = 1;
		document->wrapped = format == NEWS_BLANK;
	}
	return build_id(reader, document) ? NEWS_OK : NEWS_NO_MEMORY;
}
