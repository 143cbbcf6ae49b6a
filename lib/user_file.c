/* SPDX-License-Identifier: ISC */
#include "user_file.h"

#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum news_status
user_file_failed(struct news_error *error, const char *what, const char *path)
{
	snprintf(error->text, sizeof error->text, "%s '%s': %s", what, path, strerror(errno));
	return NEWS_FAILED;
}

enum news_status
user_file_wrong(struct news_error *error, const char *path, size_t number, const char *why)
{
	snprintf(error->text, sizeof error->text, "%s:%zu: %s", path, number, why);
	return NEWS_FAILED;
}

enum news_status
user_file_read(struct buffer *out, const char *path, struct news_error *error)
{
	FILE *file = fopen(path, "rb");
	size_t taken;
	bool failed;

	out->bytes = 0;
	if (file == NULL)
		return user_file_failed(error, "cannot open", path);
	do {
		if (!buffer_reserve(out, 4096)) {
			fclose(file);
			return NEWS_NO_MEMORY;
		}
		taken = fread(out->at + out->bytes, 1, out->room - out->bytes, file);
		out->bytes += taken;
	} while (taken > 0);
	failed = ferror(file) != 0;
	if (failed)
		user_file_failed(error, "cannot read", path);
	fclose(file);
	return failed ? NEWS_FAILED : NEWS_OK;
}

bool
user_file_next(struct news_text *text, size_t *number, struct news_text *line)
{
	const char *end;
	size_t bytes;

	if (text->bytes == 0)
		return false;
	end = memchr(text->at, '\n', text->bytes);
	bytes = end == NULL ? text->bytes : (size_t)(end - text->at);
	*line = (struct news_text){text->at, bytes};
	text->at += bytes + (end != NULL);
	text->bytes -= bytes + (end != NULL);
	if (++*number == 1 && line->bytes >= 3 && memcmp(line->at, "\xEF\xBB\xBF", 3) == 0)
		*line = (struct news_text){line->at + 3, line->bytes - 3};
	if (line->bytes > 0 && line->at[line->bytes - 1] == '\r')
		line->bytes--;
	return true;
}

bool
user_file_is_clean(struct news_text line)
{
	size_t at = 0, tab;

	/* text_clean stops at a TAB too, which separates fields here */
	while (at < line.bytes) {
		tab = text_clean(line.at + at, line.bytes - at);
		if (at + tab < line.bytes && line.at[at + tab] != '\t')
			return false;
		at += tab + 1;
	}
	return true;
}
