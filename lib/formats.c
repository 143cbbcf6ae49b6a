/* SPDX-License-Identifier: ISC
 *
 * The table of formats: a line for each.
 */
#include "format.h"

#include "format_plain.h"

#include <string.h>

extern const struct news_format format_jsonl;
extern const struct news_format format_rss;
extern const struct news_format format_sgml;
extern const struct news_format format_nitf;
extern const struct news_format format_conllu;
extern const struct news_format format_wet;
extern const struct news_format format_warc;
extern const struct news_format format_html;

const struct news_format *const formats[] = {
    &format_text,
    &format_blank,
    &format_line,
    &format_jsonl,
    &format_sgml,
    &format_nitf,
    &format_rss,
    &format_conllu,
    &format_wet,
    &format_warc,
    &format_html,
    NULL,
};

bool
news_format_find(const char *name, const struct news_format **format)
{
	size_t i;

	*format = NULL;
	if (strcmp(name, "auto") == 0)
		return true;
	for (i = 0; formats[i] != NULL; i++)
		if (strcmp(name, formats[i]->name) == 0)
			*format = formats[i];
	return *format != NULL;
}

const char *
news_format_name(const struct news_format *format)
{
	return format != NULL ? format->name : "auto";
}

const char *
news_format_list(size_t i)
{
	if (i == 0)
		return "auto";
	return i < sizeof formats / sizeof *formats && formats[i - 1] != NULL ? formats[i - 1]->name : NULL;
}
