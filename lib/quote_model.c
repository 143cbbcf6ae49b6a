/* SPDX-License-Identifier: ISC */
#include "quote_model.h"

#include "user_file.h"

#include <stdlib.h>
#include <string.h>

/* Take the next field off LINE as a number from LEAST to MOST. */
static bool
take_number(struct news_text *line, long least, long most, long *number)
{
	bool minus = line->bytes > 0 && line->at[0] == '-';
	size_t i = minus, first = i;

	*number = 0;
	for (; i < line->bytes && line->at[i] >= '0' && line->at[i] <= '9'; i++) {
		*number = 10 * *number + (line->at[i] - '0');
		if (*number > most && *number > -least)
			return false;
	}
	if (i == first || (i < line->bytes && line->at[i] != '\t'))
		return false;
	if (minus)
		*number = -*number;
	i += i < line->bytes;
	line->at += i;
	line->bytes -= i;
	return *number >= least && *number <= most;
}

static bool
take_word(struct news_text *line, const char *word)
{
	size_t bytes = strlen(word);

	if (line->bytes <= bytes || memcmp(line->at, word, bytes) != 0 || line->at[bytes] != '\t')
		return false;
	line->at += bytes + 1;
	line->bytes -= bytes + 1;
	return true;
}

static bool
take_line(struct news_quote_model *model, struct news_text line)
{
	long a, b, c;

	if (take_word(&line, "weight")) {
		if (!take_number(&line, 0, QUOTE_MODEL_SIZE - 1, &a) || !take_number(&line, INT8_MIN, INT8_MAX, &b))
			return false;
		model->weights[a] = (int8_t)b;
	} else if (take_word(&line, "score")) {
		if (!take_number(&line, 0, QUOTE_MODEL_CLASSES - 1, &a) ||
		    !take_number(&line, 0, QUOTE_MODEL_BINS - 1, &b) || !take_number(&line, 0, 100, &c))
			return false;
		model->scores[a][b] = (uint8_t)c;
	} else {
		return false;
	}
	return line.bytes == 0;
}

enum news_status
news_quote_model_read(struct news_quote_model **model, const char *file, struct news_error *error)
{
	struct buffer scratch = {0};
	enum news_status status = user_file_read(&scratch, file, error);
	struct news_text text = {scratch.at, scratch.bytes}, line;
	size_t number = 0;

	*model = status == NEWS_OK ? calloc(1, sizeof **model) : NULL;
	if (status == NEWS_OK && *model == NULL)
		status = NEWS_NO_MEMORY;
	while (status == NEWS_OK && user_file_next(&text, &number, &line))
		if (line.bytes > 0 && line.at[0] != '#' && !take_line(*model, line))
			status = user_file_wrong(error, file, number,
			    "neither a weight nor a score of a model of quotations");
	buffer_release(&scratch);
	if (status != NEWS_OK) {
		free(*model);
		*model = NULL;
	}
	return status;
}

void
news_quote_model_free(struct news_quote_model *model)
{
	free(model);
}
