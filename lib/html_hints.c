/* SPDX-License-Identifier: ISC
 *
 * Each name is spelled anew in small letters with `-` between its words, and looked up from each of its words on in the
 * sorted rules: "c-ShareBar__item" becomes "c-share-bar-item", which fits "share-bar". Costs a binary search a word.
 */
#include "html_hints.h"

#include <stdlib.h>
#include <string.h>

/* What is longer is made by programs and means nothing. Bytes. */
#define NAME_MAX_BYTES 100

/* A name that begins with these words says nothing: "category-comment" is what an article is about. */
#define IGNORE 32

struct hint {
	const char *words;
	size_t bytes;
	unsigned flag;
	bool whole; /* it fits whole names only */
};

struct html_hints {
	size_t count, longest; /* longest: bytes */
	struct hint hints[];
};

static int
compare(const void *one, const void *other)
{
	return strcmp(((const struct hint *)one)->words, ((const struct hint *)other)->words);
}

/* The flag of the kind that begins with LETTER. */
static unsigned
flag_of(char letter)
{
	switch (letter) {
	case 'b':
		return HTML_HINT_BODY;
	case 'a':
		return HTML_HINT_AROUND;
	case 'd':
		return HTML_HINT_DROP;
	case 'n':
		return HTML_HINT_DROP | HTML_HINT_NEVER;
	default:
		return IGNORE;
	}
}

struct html_hints *
html_hints_new(void)
{
	struct html_hints *hints;
	size_t count = 0, i;

	while (rules_html_hints[count] != NULL)
		count++;
	hints = malloc(sizeof *hints + count * sizeof *hints->hints);
	if (hints == NULL)
		return NULL;
	hints->count = count;
	hints->longest = 0;
	for (i = 0; i < count; i++) {
		const char *line = rules_html_hints[i];
		struct hint *hint = &hints->hints[i];

		hint->flag = flag_of(line[0]);
		hint->words = strchr(line, '\t') + 1;
		hint->whole = hint->words[0] == '=';
		hint->words += hint->whole;
		hint->bytes = strlen(hint->words);
		if (hint->bytes > hints->longest)
			hints->longest = hint->bytes;
	}
	qsort(hints->hints, count, sizeof *hints->hints, compare);
	return hints;
}

void
html_hints_free(struct html_hints *hints)
{
	free(hints);
}

/* The flag of the rule that is AT[0..bytes); 0: there is none. WHOLE: they are the whole name. */
static unsigned
find(const struct html_hints *hints, const char *at, size_t bytes, bool whole)
{
	size_t low = 0, high = hints->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct hint *hint = &hints->hints[middle];
		int order = memcmp(at, hint->words, bytes < hint->bytes ? bytes : hint->bytes);

		if (order == 0 && bytes == hint->bytes)
			return hint->whole && !whole ? 0 : hint->flag;
		if (order < 0 || (order == 0 && bytes < hint->bytes))
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

/* Spell NAME, which is not empty, with `-` between its words; gives the bytes. OUT has room for twice its bytes. */
static size_t
spell(struct news_text name, char *out)
{
	size_t i, bytes = 0;

	for (i = 0; i < name.bytes; i++) {
		unsigned char byte = (unsigned char)name.at[i];
		bool upper = byte >= 'A' && byte <= 'Z', lower = (byte >= 'a' && byte <= 'z') || byte >= 0x80;
		bool digit = byte >= '0' && byte <= '9';
		bool after_lower = i > 0 && name.at[i - 1] >= 'a' && name.at[i - 1] <= 'z';

		if (upper && after_lower && bytes > 0 && out[bytes - 1] != '-')
			out[bytes++] = '-';
		if (upper || lower || digit)
			out[bytes++] = (char)(upper ? byte | 0x20 : byte);
		else if (bytes > 0 && out[bytes - 1] != '-')
			out[bytes++] = '-';
	}
	while (bytes > 0 && out[bytes - 1] == '-')
		bytes--;
	return bytes;
}

static unsigned
hints_of_name(const struct html_hints *hints, struct news_text name)
{
	char words[2 * NAME_MAX_BYTES];
	size_t bytes = spell(name, words), begin, end;
	unsigned found = 0;

	for (begin = 0; begin < bytes; begin++) {
		if (begin > 0 && words[begin - 1] != '-')
			continue;
		for (end = begin + 1; end <= bytes && end - begin <= hints->longest; end++) {
			unsigned flag = end == bytes || words[end] == '-'
			    ? find(hints, words + begin, end - begin, begin == 0 && end == bytes)
			    : 0;

			if (flag == IGNORE && begin == 0)
				return 0;
			if ((flag & (HTML_HINT_BODY | HTML_HINT_AROUND)) != 0 && begin == 0 && end == bytes)
				flag |= HTML_HINT_EXACT;
			found |= flag & ~(unsigned)IGNORE;
		}
	}
	/* "article-comments" is not the article. */
	if ((found & HTML_HINT_DROP) != 0)
		return found & (HTML_HINT_DROP | HTML_HINT_NEVER);
	return found;
}

unsigned
html_hints_of(const struct html_hints *hints, struct news_text names)
{
	size_t i = 0, begin;
	unsigned found = 0;

	while (i < names.bytes) {
		begin = i;
		while (i < names.bytes && (unsigned char)names.at[i] > ' ')
			i++;
		if (i > begin && i - begin <= NAME_MAX_BYTES)
			found |= hints_of_name(hints, (struct news_text){names.at + begin, i - begin});
		i++;
	}
	return found;
}
