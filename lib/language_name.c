/* SPDX-License-Identifier: ISC
 *
 * What sources call a language, looked up in the sorted names of language_table.h.
 */
#include "language.h"
#include "language_table.h"
#include "text.h"

#include <string.h>

bool
language_known(const char *code)
{
	size_t low = 0, high = language_table.code_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(code, language_table.codes[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* The code of the language that is called NAME, folded; NULL: of none. */
static const char *
find_name(const char *name, size_t bytes)
{
	size_t low = 0, high = language_table.name_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct language_name *known = &language_table.names[middle];
		int order = strncmp(name, known->name, bytes);
		if (order == 0 && known->name[bytes] != '\0')
			order = -1;
		if (order == 0)
			return known->code;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n';
}

/* Codes have two or three letters; longer is a name. */
#define CODE_MAX 3

const char *
language_of_tag(struct news_text tag)
{
	char name[64];
	size_t bytes, first;
	const char *code;

	while (tag.bytes > 0 && is_blank(tag.at[0])) {
		tag.at++;
		tag.bytes--;
	}
	while (tag.bytes > 0 && is_blank(tag.at[tag.bytes - 1]))
		tag.bytes--;
	if (tag.bytes > sizeof name) { /* a list, or words about the language: what counts is the first */
		tag.bytes = sizeof name;
		while (tag.bytes > 0 && ((unsigned char)tag.at[tag.bytes] & 0xC0) == 0x80)
			tag.bytes--;
	}
	bytes = text_fold(tag.at, tag.bytes, name, sizeof name);
	code = find_name(name, bytes);
	if (code != NULL)
		return code;
	for (first = 0; first < bytes && strchr("-_,;:/|.( \t\n", name[first]) == NULL; first++)
		;
	/* "as published" does not say Assamese. */
	if (first == bytes || (is_blank(name[first]) && first <= CODE_MAX))
		return NULL;
	return find_name(name, first);
}
