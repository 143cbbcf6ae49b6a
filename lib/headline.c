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

struct headline {
	size_t words, long_words, capitalised; /* long words: of four letters or more, the first left out */
	bool small, capital;                   /* some letter of it is (of ASCII) */
};

static bool
is_opening_mark(char byte)
{
	return byte == '"' || byte == '\'' || byte == '(' || byte == '[';
}

static struct headline
measure_headline(struct news_text text, struct news_span span)
{
	struct headline headline = {0};
	size_t at = span.begin;
	bool small = false, capital = false;

	while (at < span.end) {
		size_t begin, width, letters = 0;
		while (at < span.end && text.at[at] == ' ')
			at++;
		begin = at;
		for (; at < span.end && text.at[at] != ' '; at++) {
			unsigned char byte = (unsigned char)text.at[at];
			letters += (byte & 0xC0) != 0x80;
			small |= byte >= 'a' && byte <= 'z';
			capital |= byte >= 'A' && byte <= 'Z';
		}
		if (at == begin)
			break;
		headline.words++;
		while (begin < at && is_opening_mark(text.at[begin]))
			begin++;
		if (headline.words > 1 && letters > 3 && begin < at) {
			uint32_t first = text_decode(text.at + begin, at - begin, &width);
			if (first == 0x2018 || first == 0x201C)
				first = text_decode(text.at + begin + width, span.end - begin - width, &width);
			headline.long_words += text_is_letter(first);
			headline.capitalised += text_is_upper(first);
		}
	}
	headline.small = small;
	headline.capital = capital;
	return headline;
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
	struct headline headline = measure_headline(text, span);

	return (headline.capital && !headline.small) ||
	    (headline.long_words > 1 && headline.capitalised * 10 >= headline.long_words * 7);
}

bool
headline_is_title(const struct news_lists *lists, struct news_text text, struct news_span span)
{
	size_t next = text_skip_blanks(text, span.end), bytes = span.end - span.begin;
	char last = text.at[span.end - 1];
	bool stop, capitals;

	/* the comma: "Dear all," */
	if (next == text.bytes || bytes > TITLE_OPEN_MAX || last == ',' || has_address(text, span))
		return false;
	stop = headline_ends_in_stop(text, span);
	capitals = headline_has_capitals(text, span);
	if (bytes > TITLE_MAX)
		return capitals && !stop;
	/* the semicolon stands between headline and deck in archives */
	if (capitals || last == ';')
		return true;
	if (sentence_end(lists, text, span.begin, span.end) < span.end)
		return false;
	/* "How to stop a leak?" */
	if (!stop || (bytes <= TITLE_STOP_MAX && (last == '?' || last == '!')))
		return true;
	/* "Trump's new go-to guy no stranger to controversial jobs." */
	return bytes <= TITLE_STOP_MAX && set_apart(text, span.end);
}
