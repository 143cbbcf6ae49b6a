/* SPDX-License-Identifier: ISC
 *
 * Which signs make a headline was measured on headlines of American news sites and on the first paragraphs of web
 * pages, mails and reviews.
 */
#include "headline.h"

#include "sentence.h"
#include "text.h"

#include <string.h>

/* Longer headlines are sentences; those that end without a stop may be longer. Bytes. */
#define TITLE_MAX 200
#define TITLE_OPEN_MAX 300
/* A headline in running-text capitals that ends in a stop is shorter. Bytes. */
#define TITLE_STOP_MAX 120

/* Characters of a long word, such as begin with a capital in headlines. */
#define LONG_WORD 4
#define MOST(part, all) ((part)*10 >= (all)*7)

bool
headline_ends_in_stop(struct news_text text, struct news_span span)
{
	size_t begin = span.begin, end = span.end;

	while (end > begin && strchr("\"')", text.at[end - 1]) != NULL)
		end--;
	if (end - begin > 2 && memcmp(text.at + end - 3, "\xE2\x80\x9D", 3) == 0)
		end -= 3;
	else if (end - begin > 2 && memcmp(text.at + end - 3, "\xE2\x80\x99", 3) == 0)
		end -= 3;
	return end > begin && strchr(".!?:", text.at[end - 1]) != NULL;
}

/* "From: Ann Roe <roe@example.org>" heads a letter, not a story. */
static bool
has_address(struct news_text text, struct news_span span)
{
	const char *at = memchr(text.at + span.begin, '@', span.end - span.begin);

	return at != NULL && (size_t)(at - text.at) > span.begin && at[-1] != ' ' &&
	    memchr(at, '.', (size_t)(text.at + span.end - at)) != NULL;
}

static bool
is_opening_mark(char byte)
{
	return byte == '"' || byte == '\'' || byte == '(' || byte == '[';
}

/* Whether [begin, end) of TEXT has as many characters as a long word has letters. */
static bool
is_long(struct news_text text, size_t begin, size_t end)
{
	size_t characters = 0;

	if (end - begin < LONG_WORD)
		return false;
	for (; begin < end && characters < LONG_WORD; begin++)
		characters += ((unsigned char)text.at[begin] & 0xC0) != 0x80;
	return characters == LONG_WORD;
}

/* The first character of the word [begin, end) of TEXT behind opening marks; 0: it has none. */
static uint32_t
first_letter(struct news_text text, size_t begin, size_t end)
{
	uint32_t first;
	size_t width;

	while (begin < end && is_opening_mark(text.at[begin]))
		begin++;
	if (begin == end)
		return 0;
	first = text_decode(text.at + begin, end - begin, &width);
	begin += width;
	if ((first == 0x2018 || first == 0x201C) && begin < text.bytes)
		first = text_decode(text.at + begin, text.bytes - begin, &width);
	return first;
}

/* Whether there are several long words in SPAN, the first word left out, and most begin with a capital. */
static bool
has_capitalised_words(struct news_text text, struct news_span span)
{
	size_t at = span.begin, begin, long_words = 0, capitalised = 0, left;
	bool is_first = true;

	while (at < span.end) {
		uint32_t letter;
		while (at < span.end && text.at[at] == ' ')
			at++;
		begin = at;
		while (at < span.end && text.at[at] != ' ')
			at++;
		if (is_first || !is_long(text, begin, at)) {
			is_first = false;
			continue;
		}
		letter = first_letter(text, begin, at);
		if (!text_is_letter(letter))
			continue;
		long_words++;
		capitalised += text_is_upper(letter);
		/* what is left may change nothing any more */
		left = (span.end - at) / (LONG_WORD + 1);
		if (!MOST(capitalised + left, long_words + left))
			return false;
		if (long_words > 1 && MOST(capitalised, long_words + left))
			return true;
	}
	return long_words > 1 && MOST(capitalised, long_words);
}

/* Whether a blank line stands between the paragraph that ends at END and the next. */
static bool
set_apart(struct news_text text, size_t end)
{
	size_t next = text_skip_blanks(text, end), at, breaks = 0;

	for (at = end; at < next; at++)
		breaks += text.at[at] == '\n';
	return breaks > 1;
}

bool
headline_has_capitals(struct news_text text, struct news_span span)
{
	return text_in_capitals(text.at + span.begin, span.end - span.begin) || has_capitalised_words(text, span);
}

bool
headline_is_title(const struct news_lists *lists, struct news_text text, struct news_span span)
{
	size_t next = text_skip_blanks(text, span.end), bytes = span.end - span.begin;
	char last = text.at[span.end - 1];

	/* the comma: "Dear all," */
	if (next == text.bytes || bytes > TITLE_OPEN_MAX || last == ',' || has_address(text, span))
		return false;
	if (bytes > TITLE_MAX)
		return !headline_ends_in_stop(text, span) && headline_has_capitals(text, span);
	/* the semicolon stands between headline and deck in archives */
	if (last == ';' || headline_has_capitals(text, span))
		return true;
	if (sentence_end(lists, text, span.begin, span.end) < span.end)
		return false;
	/* "How to stop a leak?" */
	if ((bytes <= TITLE_STOP_MAX && (last == '?' || last == '!')) || !headline_ends_in_stop(text, span))
		return true;
	/* "Trump's new go-to guy no stranger to controversial jobs." */
	return bytes <= TITLE_STOP_MAX && set_apart(text, span.end);
}
