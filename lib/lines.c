/* SPDX-License-Identifier: ISC
 *
 * The inner loop is memchr: a line of text is known as one by its first byte that is no blank.
 */
#include "lines.h"

#include <string.h>

void
lines_start(struct lines *lines)
{
	*lines = (struct lines){0, 0, 0, LINES_BLANK};
}

bool
lines_take(struct lines *lines, struct news_text untaken, bool ended)
{
	const char *feed;

	while (lines->class != LINES_TEXT && lines->scanned < untaken.bytes) {
		char byte = untaken.at[lines->scanned];
		if (byte == '\n') {
			lines->scanned++;
			lines->count++;
			return true;
		}
		if (byte == '\f')
			lines->class = LINES_FEED;
		else if (byte != ' ' && byte != '\t' && byte != '\r')
			lines->class = LINES_TEXT;
		lines->scanned++;
	}
	if (lines->scanned < untaken.bytes) {
		feed = memchr(untaken.at + lines->scanned, '\n', untaken.bytes - lines->scanned);
		if (feed != NULL) {
			lines->scanned = (size_t)(feed - untaken.at) + 1;
			lines->count++;
			return true;
		}
		lines->scanned = untaken.bytes;
	}
	return ended && lines->begin < untaken.bytes;
}

bool
lines_pass_text(struct lines *lines, struct news_text untaken)
{
	const char *begin = untaken.at + lines->begin, *at = begin, *end = untaken.at + untaken.bytes;

	if (lines->scanned > lines->begin)
		return false;
	while (at < end && (unsigned char)*at > ' ') {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		if (feed == NULL)
			break;
		at = feed + 1;
		lines->count++;
	}
	lines->begin = lines->scanned = (size_t)(at - untaken.at);
	return at > begin;
}

void
lines_next(struct lines *lines)
{
	lines->begin = lines->scanned;
	lines->class = LINES_BLANK;
}

size_t
lines_end(const struct lines *lines, struct news_text untaken)
{
	size_t end = lines->scanned;

	if (end > lines->begin && untaken.at[end - 1] == '\n') {
		end--;
		if (end > lines->begin && untaken.at[end - 1] == '\r')
			end--;
	}
	return end;
}

size_t
lines_taken(struct lines *lines, size_t bytes)
{
	size_t count = lines->count;

	lines->begin -= bytes;
	lines->scanned -= bytes;
	lines->count = 0;
	return count;
}

size_t
lines_cut(struct lines *lines, struct news_text untaken, bool ended, struct news_span *record, size_t *count)
{
	size_t end;

	while (lines_take(lines, untaken, ended)) {
		if (lines->class == LINES_TEXT) {
			*record = (struct news_span){lines->begin, lines_end(lines, untaken)};
			end = lines->scanned;
			*count = lines->count;
			lines_start(lines);
			return end;
		}
		lines_next(lines);
	}
	end = lines->begin;
	if (ended || end == 0)
		return 0;
	/* blank lines without end must not pile up */
	*count = lines_taken(lines, end);
	return end;
}
