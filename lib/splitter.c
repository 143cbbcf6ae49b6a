/* SPDX-License-Identifier: ISC
 *
 * A document is cut into pieces by kind (structure.h) and its body into sentences (sentence.h). What has too many
 * bytes, paragraphs or sentences for the key columns becomes several parts: a part takes as many bytes as it may, gives
 * back what follows the last paragraph's end in it (or the last sentence's, where it is all one paragraph), and the
 * next part begins there. So each byte is looked at twice at most.
 */
#include "buffer.h"
#include "news.h"
#include "sentence.h"
#include "structure.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct news_splitter {
	const struct news_lists *lists;
	struct structure *structure;
	size_t part_bytes;
	const struct news_document *whole;
	size_t at;    /* where the next part begins */
	size_t part;  /* number of the last part given */
	size_t given; /* sentences of the source that went into parts */
	struct news_segment *segments;
	size_t count, room;
	struct buffer id;
};

struct news_splitter *
news_splitter_new(const struct news_lists *lists, size_t part_bytes)
{
	struct news_splitter *splitter = calloc(1, sizeof *splitter);

	if (splitter == NULL)
		return NULL;
	splitter->lists = lists;
	splitter->part_bytes = part_bytes < 4 ? 4 : part_bytes > NEWS_DOCUMENT_MAX ? NEWS_DOCUMENT_MAX : part_bytes;
	splitter->structure = structure_new(lists);
	if (splitter->structure == NULL) {
		free(splitter);
		return NULL;
	}
	return splitter;
}

void
news_splitter_free(struct news_splitter *splitter)
{
	if (splitter == NULL)
		return;
	structure_free(splitter->structure);
	free(splitter->segments);
	buffer_release(&splitter->id);
	free(splitter);
}

void
news_splitter_set_rules(struct news_splitter *splitter, const struct news_rules *rules)
{
	structure_set_rules(splitter->structure, rules);
}

size_t
news_splitter_given_up(const struct news_splitter *splitter)
{
	return structure_given_up(splitter->structure);
}

enum news_status
news_splitter_start(struct news_splitter *splitter, const struct news_document *whole)
{
	splitter->whole = whole;
	splitter->at = splitter->part = splitter->given = 0;
	return NEWS_OK;
}

/* Where the last paragraph of TEXT[0..bytes) ends: behind the last LF (in wrapped text, the last blank line); 0 when it
 * is all one paragraph. */
static size_t
last_paragraph_end(const char *text, size_t bytes, bool wrapped)
{
	size_t at = bytes;

	while (at > 0) {
		size_t blank = 0;
		while (at > 0 && text[at - 1] != '\n')
			at--;
		if (at == 0 || !wrapped)
			break;
		while (blank < at - 1 && text[at - 2 - blank] == ' ')
			blank++;
		if (blank < at - 1 && text[at - 2 - blank] == '\n')
			break;
		at--;
	}
	while (at > 0 && text_is_blank(text[at - 1]))
		at--;
	return at;
}

/* How many bytes from TEXT the part may take, and whether a paragraph ends there. */
static size_t
part_limit(const struct news_splitter *splitter, const char *text, size_t bytes, bool *paragraph_ends)
{
	size_t limit = splitter->part_bytes, end;

	*paragraph_ends = true;
	if (bytes <= limit)
		return bytes;
	end = last_paragraph_end(text, limit + (text[limit] == '\n'), splitter->whole->wrapped);
	if (end > 0)
		return end;
	*paragraph_ends = false;
	while (limit > 0 && (text[limit] & 0xC0) == 0x80)
		limit--;
	return limit;
}

static bool
add_segment(struct news_splitter *splitter, size_t begin, size_t end, unsigned paragraph, unsigned sentence,
    enum news_kind kind)
{
	struct news_segment *segment;

	if (splitter->count == splitter->room) {
		segment = array_grow(splitter->segments, splitter->count, &splitter->room, sizeof *segment);
		if (segment == NULL)
			return false;
		splitter->segments = segment;
	}
	segment = &splitter->segments[splitter->count++];
	segment->span.begin = begin;
	segment->span.end = end;
	segment->paragraph = paragraph;
	segment->sentence = sentence;
	segment->kind = kind;
	return true;
}

/* Fill the segments of PART. `*end` gets where it ends when the numbers run out before its text does. */
static bool
split(struct news_splitter *splitter, const struct news_document *part, size_t *end)
{
	struct structure_piece piece;
	unsigned paragraph = 0, sentence = 0;

	splitter->count = 0;
	while (structure_next(splitter->structure, &piece) == NEWS_OK) {
		size_t at = piece.span.begin;
		if (piece.paragraph != paragraph)
			sentence = 0;
		paragraph = piece.paragraph;
		while (at < piece.span.end) {
			size_t stop = piece.span.end;
			if (paragraph > NEWS_PARAGRAPH_MAX || sentence == NEWS_SENTENCE_MAX) {
				*end = at;
				return true;
			}
			if (piece.kind == NEWS_BODY)
				stop = sentence_end(splitter->lists, part->text, at, piece.span.end);
			if (!add_segment(splitter, at, stop, paragraph, ++sentence, piece.kind))
				return false;
			for (at = stop; at < piece.span.end && text_is_blank(part->text.at[at]); at++)
				;
		}
	}
	return true;
}

/* The same where the source itself tells the sentences apart: all of it is body. */
static bool
split_given(struct news_splitter *splitter, const struct news_document *part, size_t *end)
{
	const struct news_document *whole = splitter->whole;
	size_t begin = 0, at = 0;
	unsigned paragraph = 1, sentence = 0;

	splitter->count = 0;
	for (; splitter->given < whole->sentence_count; splitter->given++) {
		struct news_span span = whole->sentences[splitter->given];

		if (span.begin >= splitter->at + part->text.bytes)
			break;
		begin = span.begin > splitter->at ? span.begin - splitter->at : 0;
		if (at > 0 && memchr(part->text.at + at, '\n', begin - at) != NULL) {
			paragraph++;
			sentence = 0;
		}
		if (paragraph > NEWS_PARAGRAPH_MAX || sentence == NEWS_SENTENCE_MAX) {
			*end = begin;
			break;
		}
		at = span.end - splitter->at;
		if (!add_segment(splitter, begin, at < part->text.bytes ? at : part->text.bytes, paragraph, ++sentence,
			NEWS_BODY))
			return false;
		if (at > part->text.bytes)
			break; /* it goes on in the next part */
	}
	return true;
}

static bool
set_id(struct news_splitter *splitter, struct news_document *part)
{
	if (splitter->part == 1)
		return true;
	splitter->id.bytes = 0;
	if (!buffer_add(&splitter->id, splitter->whole->id.at, splitter->whole->id.bytes) ||
	    !buffer_add_byte(&splitter->id, '#') || !buffer_add_number(&splitter->id, splitter->part, 1))
		return false;
	part->id.at = splitter->id.at;
	part->id.bytes = splitter->id.bytes;
	return true;
}

enum news_status
news_splitter_next(struct news_splitter *splitter, struct news_document *part)
{
	const struct news_document *whole = splitter->whole;
	size_t left, limit, end;
	bool paragraph_ends;

	if (splitter->part > 0 && splitter->at == whole->text.bytes)
		return NEWS_END;
	*part = *whole;
	splitter->part++;
	part->text.at += splitter->at;
	left = whole->text.bytes - splitter->at;
	limit = part_limit(splitter, part->text.at, left, &paragraph_ends);
	part->text.bytes = end = limit;
	part->has_title = whole->has_title && splitter->part == 1;
	structure_start(splitter->structure, part, splitter->part > 1);
	if (!set_id(splitter, part) ||
	    !(whole->sentences != NULL ? split_given(splitter, part, &end) : split(splitter, part, &end)))
		return NEWS_NO_MEMORY;
	if (end == limit && !paragraph_ends && splitter->count > 1) {
		/* its end may not have come yet */
		end = splitter->segments[--splitter->count].span.begin;
		while (splitter->given > 0 && whole->sentences[splitter->given - 1].begin >= splitter->at + end)
			splitter->given--;
	}
	if (end < left) {
		part->text.bytes = end;
		while (part->text.bytes > 0 && text_is_blank(part->text.at[part->text.bytes - 1]))
			part->text.bytes--;
		while (end < left && text_is_blank(part->text.at[end]))
			end++;
	}
	splitter->at += end;
	part->segments = splitter->segments;
	part->segment_count = splitter->count;
	return NEWS_OK;
}
