/* SPDX-License-Identifier: ISC
 *
 * One paragraph at a time. Its whole is a note, a byline or a date when a rule says so (rules.h), or the title; else it
 * is body, with perhaps a run in another script (the link to the same article in another language, glued to the
 * first sentence) or a dateline in front.
 *
 * Title: the first paragraph that no rule takes, when something follows and it is written as headlines are. Which signs
 * count was measured on headlines of American news sites and on the first paragraphs of web pages, mails and reviews.
 */
#include "structure.h"

#include "dateline.h"
#include "lexicon.h"
#include "rules.h"
#include "sentence.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Longer headlines are sentences. Bytes. */
#define TITLE_MAX 200
/* A headline in running-text capitals that ends in a stop is shorter. Bytes. */
#define TITLE_STOP_MAX 120
/* Datelines without an agency, bylines and lone dates stand in the first paragraphs. */
#define EARLY_PARAGRAPHS 6
#define EARLY_BODIES 3
/* The link to another language is shorter. Bytes. */
#define FOREIGN_MAX 300
/* Bytes of the document that tell its script. */
#define SCRIPT_SAMPLE 512

struct structure {
	const struct news_lists *lists;
	struct rules *rules;
	struct news_text text;
	bool wrapped, has_title, title_open, script_known;
	enum text_script script;
	size_t at; /* what is taken of the text */
	unsigned paragraph;
	unsigned bodies;                  /* paragraphs of body so far */
	struct structure_piece pieces[3]; /* of the paragraph at hand */
	size_t count, given;
};

struct structure *
structure_new(const struct news_lists *lists)
{
	struct structure *structure = calloc(1, sizeof *structure);

	if (structure == NULL)
		return NULL;
	structure->lists = lists;
	structure->rules = rules_new();
	if (structure->rules == NULL) {
		free(structure);
		return NULL;
	}
	return structure;
}

void
structure_free(struct structure *structure)
{
	if (structure == NULL)
		return;
	rules_free(structure->rules);
	free(structure);
}

void
structure_start(struct structure *structure, const struct news_document *document, bool continued)
{
	structure->text = document->text;
	structure->wrapped = document->wrapped;
	structure->has_title = document->has_title && !continued;
	structure->title_open = !continued;
	structure->script_known = false;
	structure->at = 0;
	structure->paragraph = structure->bodies = 0;
	structure->count = structure->given = 0;
}

/* ---- paragraphs ---- */

/* The end of the line that AT is in, its LF not included. */
static size_t
line_end(struct news_text text, size_t at)
{
	const char *end = memchr(text.at + at, '\n', text.bytes - at);

	return end != NULL ? (size_t)(end - text.at) : text.bytes;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\n';
}

static size_t
skip_blanks(struct news_text text, size_t at)
{
	while (at < text.bytes && is_blank(text.at[at]))
		at++;
	return at;
}

/* The next paragraph that is not blank. */
static bool
next_paragraph(struct structure *structure, struct news_span *span)
{
	struct news_text text = structure->text;
	size_t begin = skip_blanks(text, structure->at), end;

	if (begin == text.bytes)
		return false;
	end = line_end(text, begin);
	if (structure->wrapped && !(structure->has_title && structure->title_open)) {
		while (end < text.bytes) {
			size_t next = end + 1;
			while (next < text.bytes && text.at[next] == ' ')
				next++;
			if (next == text.bytes || text.at[next] == '\n')
				break;
			end = line_end(text, next);
		}
	}
	structure->at = end;
	while (text.at[end - 1] == ' ')
		end--;
	span->begin = begin;
	span->end = end;
	return true;
}

/* ---- a run in another script ---- */

/* Most letters of the document are of this script. */
static enum text_script
main_script(struct structure *structure)
{
	struct news_text text = structure->text;
	size_t counts[TEXT_OTHER + 1] = {0}, at = 0, width, end = text.bytes;
	int script, best = TEXT_LATIN;

	if (structure->script_known)
		return structure->script;
	/* from the middle on where the document is long: its top is full of links */
	if (end > 2 * SCRIPT_SAMPLE) {
		at = end / 2;
		end = at + SCRIPT_SAMPLE;
		while ((text.at[at] & 0xC0) == 0x80)
			at++;
	}
	for (; at < end; at += width) {
		uint32_t character = text_decode(text.at + at, text.bytes - at, &width);
		counts[text_script(character)]++;
	}
	counts[TEXT_COMMON] = 0;
	for (script = 0; script <= TEXT_OTHER; script++)
		if (counts[script] > counts[best])
			best = script;
	structure->script = (enum text_script)best;
	structure->script_known = true;
	return structure->script;
}

/* The end of the run in another script than the document's that the paragraph begins with, when it is a link to the
 * same article in another language; else `begin`. */
static size_t
foreign_end(struct structure *structure, struct news_span span)
{
	struct news_text text = structure->text;
	size_t at, width, letters = 0, words = 0, last_letter = span.begin;
	size_t limit = span.end - span.begin > FOREIGN_MAX ? span.begin + FOREIGN_MAX : span.end;
	enum text_script script, first = TEXT_COMMON;
	bool blank = true;

	for (at = span.begin; at < limit; at += width) {
		uint32_t character = text_decode(text.at + at, span.end - at, &width);
		script = text_script(character);
		if (first == TEXT_COMMON && script != TEXT_COMMON) {
			first = script;
			if (first == main_script(structure) || structure->script == TEXT_CJK ||
			    structure->script == TEXT_OTHER)
				return span.begin;
		}
		if (script != TEXT_COMMON && script == structure->script)
			break;
		if (script != TEXT_COMMON) {
			letters++;
			words += blank;
			blank = false;
			last_letter = at + width;
		} else if (text_is_space(character)) {
			blank = true;
		}
	}
	if (first == TEXT_COMMON)
		return span.begin;
	if (at >= limit)
		return limit == span.end ? span.end : span.begin;
	/* "Москва (AP)" and "Ω-theory" belong to the sentence; so do marks that open it: `..."We` */
	if (last_letter == at)
		return letters > 2 || words > 1 ? at : span.begin;
	if (words < 2)
		return span.begin;
	while (at > last_letter) {
		uint32_t before = text_decode_before(text.at + last_letter, text.at + at, &width);
		if (text_is_space(before) || before == ')' || before == '.' || before == ':' || before == '!' ||
		    before == '?')
			break;
		at -= width;
	}
	return at;
}

static bool
may_be_foreign(const struct structure *structure, struct news_span span)
{
	unsigned char first = (unsigned char)structure->text.at[span.begin];

	if (first >= 0x80)
		return true;
	/* a document in another script: a run of Latin letters in front; the second paragraph tells it is */
	return structure->script_known && structure->script != TEXT_LATIN;
}

/* ---- title ---- */

static bool
is_stop(struct news_text text, size_t begin, size_t end)
{
	while (end > begin && strchr("\"')", text.at[end - 1]) != NULL)
		end--;
	if (end - begin > 2 && memcmp(text.at + end - 3, "\xE2\x80\x9D", 3) == 0)
		end -= 3;
	else if (end - begin > 2 && memcmp(text.at + end - 3, "\xE2\x80\x99", 3) == 0)
		end -= 3;
	return end > begin && strchr(".!?:", text.at[end - 1]) != NULL;
}

struct headline {
	size_t words, long_words, capitalised; /* long words: of four letters or more, the first left out */
	bool small, capital;                   /* some letter of it is (of ASCII) */
};

static struct headline
measure_headline(struct news_text text, struct news_span span)
{
	struct headline headline = {0};
	size_t at = span.begin;

	while (at < span.end) {
		size_t begin, width, letters = 0;
		while (at < span.end && text.at[at] == ' ')
			at++;
		begin = at;
		while (at < span.end && text.at[at] != ' ') {
			letters += ((unsigned char)text.at[at] & 0xC0) != 0x80;
			headline.small = headline.small || (text.at[at] >= 'a' && text.at[at] <= 'z');
			headline.capital = headline.capital || (text.at[at] >= 'A' && text.at[at] <= 'Z');
			at++;
		}
		if (at == begin)
			break;
		headline.words++;
		while (begin < at && strchr("\"'([", text.at[begin]) != NULL)
			begin++;
		if (headline.words > 1 && letters > 3 && begin < at) {
			uint32_t first = text_decode(text.at + begin, at - begin, &width);
			if (first == 0x2018 || first == 0x201C)
				first = text_decode(text.at + begin + width, span.end - begin - width, &width);
			headline.long_words += text_is_letter(first);
			headline.capitalised += text_is_upper(first);
		}
	}
	return headline;
}

/* Whether a blank line stands between the paragraph that ends at END and the next. */
static bool
set_apart(const struct structure *structure, size_t end)
{
	struct news_text text = structure->text;
	size_t next = skip_blanks(text, end), at, breaks = 0;

	for (at = end; at < next; at++)
		breaks += text.at[at] == '\n';
	return breaks > 1;
}

static bool
reads_as_title(const struct structure *structure, struct news_span span)
{
	struct news_text text = structure->text;
	size_t next = skip_blanks(text, span.end), bytes = span.end - span.begin;
	struct headline headline;
	bool capitals;

	if (next == text.bytes || bytes > TITLE_MAX || text.at[span.end - 1] == ',')
		return false; /* the last: "Dear all," */
	headline = measure_headline(text, span);
	capitals = (headline.capital && !headline.small) ||
	    (headline.long_words > 1 && headline.capitalised * 10 >= headline.long_words * 7);
	if (capitals)
		return true;
	if (sentence_end(structure->lists, text, span.begin, span.end) < span.end)
		return false;
	if (!is_stop(text, span.begin, span.end))
		return true;
	/* "Trump's new go-to guy no stranger to controversial jobs." */
	return bytes <= TITLE_STOP_MAX && set_apart(structure, span.end);
}

/* ---- pieces ---- */

static void
add_piece(struct structure *structure, size_t begin, size_t end, enum news_kind kind)
{
	struct structure_piece *piece = &structure->pieces[structure->count++];

	piece->span.begin = begin;
	piece->span.end = end;
	piece->paragraph = structure->paragraph;
	piece->kind = kind;
}

/* Whether KIND can stand where the document has come to: bylines and lone dates belong to its top or, bylines, to its
 * end. */
static bool
stands_right(const struct structure *structure, enum news_kind kind)
{
	if (kind == NEWS_NOTE)
		return true;
	if (structure->paragraph <= EARLY_PARAGRAPHS && structure->bodies <= 1)
		return true;
	return kind == NEWS_BYLINE && structure->at == structure->text.bytes;
}

static void
cut_paragraph(struct structure *structure, struct news_span span)
{
	struct news_text paragraph = {structure->text.at + span.begin, span.end - span.begin};
	enum news_kind kind;
	size_t begin = span.begin, end;

	structure->paragraph++;
	structure->count = structure->given = 0;
	if (structure->has_title && structure->title_open) {
		structure->title_open = false;
		add_piece(structure, span.begin, span.end, NEWS_TITLE);
		return;
	}
	kind = rules_kind(structure->rules, paragraph);
	if (kind != NEWS_BODY && stands_right(structure, kind)) {
		add_piece(structure, span.begin, span.end, kind);
		return;
	}
	if (may_be_foreign(structure, span)) {
		end = foreign_end(structure, span);
		if (end > begin) {
			size_t note_end = end;
			while (is_blank(structure->text.at[note_end - 1]))
				note_end--;
			add_piece(structure, begin, note_end, NEWS_NOTE);
		}
		for (begin = end; begin < span.end && is_blank(structure->text.at[begin]); begin++)
			;
		if (begin == span.end)
			return;
	}
	end = dateline_end(structure->lists, structure->text, begin, span.end, structure->bodies < EARLY_BODIES);
	if (end > begin) {
		add_piece(structure, begin, end, NEWS_DATELINE);
		for (begin = end; begin < span.end && is_blank(structure->text.at[begin]); begin++)
			;
		structure->title_open = false;
		if (begin == span.end)
			return;
	} else if (structure->title_open) {
		structure->title_open = false;
		if (structure->count == 0 && reads_as_title(structure, span)) {
			add_piece(structure, span.begin, span.end, NEWS_TITLE);
			return;
		}
	}
	structure->bodies++;
	add_piece(structure, begin, span.end, NEWS_BODY);
}

enum news_status
structure_next(struct structure *structure, struct structure_piece *piece)
{
	if (structure->given == structure->count) {
		struct news_span span;
		if (!next_paragraph(structure, &span))
			return NEWS_END;
		cut_paragraph(structure, span);
	}
	*piece = structure->pieces[structure->given++];
	return NEWS_OK;
}
