/* SPDX-License-Identifier: ISC
 *
 * One paragraph at a time. Its whole is a note, a byline or a date when a rule says so (rules.h), or the title; else it
 * is body. In front of that may stand what a rule takes, a run in another script (the link to the same article in
 * another language, glued to the first sentence) and a dateline, and behind it what a rule takes.
 *
 * The title is the first paragraph that no rule takes, where it reads as one (headline.h).
 */
#include "structure.h"

#include "byline.h"
#include "dateline.h"
#include "headline.h"
#include "lexicon.h"
#include "rules.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Datelines without an agency, bylines and lone dates stand in the first paragraphs. */
#define EARLY_PARAGRAPHS 6
#define EARLY_BODIES 3
/* Remarks on the author and the like are followed by less. Bytes. */
#define LAST_BYTES 700
/* The link to another language is shorter. Bytes. */
#define FOREIGN_MAX 300
/* Bytes of the document that tell its script. */
#define SCRIPT_SAMPLE 512
/* Lines below "Related:" or "Contacts:" that are taken with it, and their bytes. */
#define LIST_LINES 15
#define LIST_LINE_MAX 150
/* Pieces that are looked for in front of a paragraph's body, and behind it. */
#define FRONTS 4
#define BACKS 2

struct structure {
	const struct news_lists *lists;
	struct rules *rules;
	struct news_text text;
	bool wrapped, has_title, title_open, script_known, has_user_rules;
	enum text_script script;
	size_t at; /* what is taken of the text */
	unsigned paragraph;
	unsigned bodies;     /* paragraphs of body so far */
	enum news_kind last; /* of the piece before; NEWS_META: none */
	bool goes_on;        /* what comes next is of the same paragraph still, whose line a rule of the user's took */
	enum news_kind list_kind;
	unsigned list_left;                                /* lines of a list that may still come */
	struct structure_piece pieces[FRONTS + 1 + BACKS]; /* of the paragraph at hand */
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
structure_set_rules(struct structure *structure, const struct news_rules *rules)
{
	rules_set_user(structure->rules, rules);
}

size_t
structure_given_up(const struct structure *structure)
{
	return rules_given_up(structure->rules);
}

void
structure_start(struct structure *structure, const struct news_document *document, bool continued)
{
	structure->text = document->text;
	structure->wrapped = document->wrapped;
	structure->has_title = document->has_title && !continued;
	structure->has_user_rules = rules_has_user(structure->rules);
	structure->title_open = !continued;
	structure->script_known = false;
	structure->at = 0;
	structure->paragraph = structure->bodies = structure->list_left = 0;
	structure->last = NEWS_META;
	structure->goes_on = false;
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

/* Where the paragraph that ends at END stands. */
static unsigned
place(const struct structure *structure, size_t end)
{
	unsigned where = 0;

	if (structure->paragraph <= EARLY_PARAGRAPHS && structure->bodies <= 1)
		where |= RULE_TOP;
	if (structure->text.bytes - end <= LAST_BYTES)
		where |= RULE_LAST;
	if (structure->last == NEWS_BYLINE)
		where |= RULE_UNDER;
	return where;
}

/* Whether a rule of the user's takes all of the line [BEGIN, END), blanks around it left out. */
static bool
is_users_line(struct structure *structure, size_t begin, size_t end)
{
	struct news_text line = {structure->text.at + begin, end - begin};
	struct rules_match match;

	while (line.bytes > 0 && *line.at == ' ') {
		line.at++;
		line.bytes--;
	}
	while (line.bytes > 0 && line.at[line.bytes - 1] == ' ')
		line.bytes--;
	return line.bytes > 0 && rules_match_user(structure->rules, line, place(structure, end), false, &match) &&
	    match.part == RULE_WHOLE;
}

/* The end of the wrapped paragraph whose first line is [BEGIN, END): a blank line, or a line that a rule of the user's
 * takes, which stands alone. */
static size_t
wrapped_end(struct structure *structure, size_t begin, size_t end)
{
	struct news_text text = structure->text;
	bool user = structure->has_user_rules, alone = user && is_users_line(structure, begin, end);

	while (end < text.bytes) {
		size_t next = end + 1;
		while (next < text.bytes && text.at[next] == ' ')
			next++;
		if (next == text.bytes || text.at[next] == '\n')
			break;
		if (alone || (user && is_users_line(structure, next, line_end(text, next)))) {
			structure->goes_on = true;
			break;
		}
		end = line_end(text, next);
	}
	return end;
}

/* The next paragraph that is not blank, or what is left of one. */
static bool
next_paragraph(struct structure *structure, struct news_span *span)
{
	struct news_text text = structure->text;
	size_t begin = text_skip_blanks(text, structure->at), end;

	if (begin == text.bytes)
		return false;
	end = line_end(text, begin);
	structure->paragraph += !structure->goes_on;
	structure->goes_on = false;
	if (structure->wrapped && !(structure->has_title && structure->title_open))
		end = wrapped_end(structure, begin, end);
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

/* ---- pieces ---- */

static void
add_piece(struct structure *structure, size_t begin, size_t end, enum news_kind kind)
{
	struct structure_piece *piece = &structure->pieces[structure->count++];

	piece->span.begin = begin;
	piece->span.end = end;
	piece->paragraph = structure->paragraph;
	piece->kind = kind;
	structure->last = kind;
	if (kind == NEWS_TITLE || kind == NEWS_BODY)
		structure->title_open = false;
	structure->bodies += kind == NEWS_BODY;
}

static size_t
without_blanks(struct news_text text, size_t begin, size_t end)
{
	while (end > begin && text_is_blank(text.at[end - 1]))
		end--;
	return end;
}

/* A line below "Related:" or "Contacts:": a headline, a name, a number. */
static bool
is_list_line(const struct structure *structure, struct news_span span)
{
	return span.end - span.begin <= LIST_LINE_MAX &&
	    (!headline_ends_in_stop(structure->text, span) || headline_has_capitals(structure->text, span));
}

/* "Ann Roe" or "Rome" alone below the headline, "ROME" at the end. */
static enum news_kind
lone_kind(const struct structure *structure, struct news_span span)
{
	bool last = structure->at == structure->text.bytes;

	if (structure->last == NEWS_META || (last ? structure->text.at[span.end - 1] > 'Z' : structure->bodies > 0))
		return NEWS_BODY;
	if (last)
		return dateline_is_place(structure->lists, structure->text, span) ? NEWS_DATELINE : NEWS_BODY;
	if (byline_is_person(structure->lists, structure->text, span))
		return NEWS_BYLINE;
	return dateline_is_place(structure->lists, structure->text, span) ? NEWS_DATELINE : NEWS_BODY;
}

/* How many bytes of NBSP and zero width space TEXT begins with, or ends with. */
static size_t
hidden_blanks(struct news_text text, bool tail)
{
	size_t bytes = 0;

	for (;;) {
		size_t left = text.bytes - bytes;
		const char *at = tail ? text.at + left : text.at + bytes;
		if (left >= 2 && memcmp(tail ? at - 2 : at, "\xC2\xA0", 2) == 0)
			bytes += 2;
		else if (left >= 3 && memcmp(tail ? at - 3 : at, "\xE2\x80\x8B", 3) == 0)
			bytes += 3;
		else
			return bytes;
	}
}

/* Ask the user's rules, then the embedded ones. Blanks of other kinds than U+0020 around the paragraph are not shown to
 * them, but belong to the piece. */
static bool
match_rules(struct structure *structure, struct news_span span, bool back, struct rules_match *match)
{
	struct news_text paragraph = {structure->text.at + span.begin, span.end - span.begin};
	size_t head = 0, tail = 0;
	unsigned where = place(structure, structure->at);

	if (((paragraph.at[0] | paragraph.at[paragraph.bytes - 1]) & 0x80) != 0) {
		head = hidden_blanks(paragraph, false);
		paragraph.at += head;
		paragraph.bytes -= head;
		tail = hidden_blanks(paragraph, true);
		paragraph.bytes -= tail;
	}
	if (paragraph.bytes == 0) {
		*match = (struct rules_match){.kind = NEWS_NOTE, .part = RULE_WHOLE, .bytes = head};
		return true;
	}
	if (!(structure->has_user_rules && rules_match_user(structure->rules, paragraph, where, back, match)) &&
	    !rules_match(structure->rules, paragraph, where, back, match))
		return false;
	match->bytes += match->part == RULE_BACK ? tail : match->part == RULE_FRONT ? head : head + tail;
	return true;
}

/* Whether the next paragraph begins as a turn of an interview does: "SMITH: No." */
static bool
turn_follows(const struct structure *structure)
{
	struct news_text text = structure->text;
	size_t at = text_skip_blanks(text, structure->at), end = text.bytes - at > 40 ? at + 40 : text.bytes,
	       begin = at;

	while (at < end && ((text.at[at] >= 'A' && text.at[at] <= 'Z') || text.at[at] == ' ' || text.at[at] == '.'))
		at++;
	return at > begin + 1 && at < end && text.at[at] == ':';
}

static size_t
dateline(struct structure *structure, struct news_span span)
{
	size_t end =
	    dateline_end(structure->lists, structure->text, span.begin, span.end, structure->bodies < EARLY_BODIES);

	if (end > span.begin && structure->text.at[end - 1] == ':' &&
	    (structure->bodies > 0 || turn_follows(structure)))
		return span.begin;
	return end;
}

/* Take what stands in front of or behind the body of SPAN, which gets smaller, or all of it. `*back`: ends may still
 * be looked for. False: it is body, as far as anything is left. */
static bool
take_piece(struct structure *structure, struct news_span *span, struct structure_piece *backs, size_t *back_count)
{
	struct news_text text = structure->text;
	struct rules_match match;
	enum news_kind kind = NEWS_NOTE;
	size_t end = span->begin;

	if (match_rules(structure, *span, *back_count < BACKS, &match)) {
		if (match.list) {
			structure->list_kind = match.kind;
			structure->list_left = LIST_LINES;
		}
		if (match.part == RULE_WHOLE && match.kind == NEWS_BODY)
			return false;
		if (match.part == RULE_BACK) {
			struct structure_piece *back = &backs[(*back_count)++];
			back->span.end = span->end;
			back->span.begin = span->end - match.bytes;
			while (text_is_blank(text.at[back->span.begin]))
				back->span.begin++;
			back->kind = match.kind;
			span->end = without_blanks(text, span->begin, back->span.begin);
			return true;
		}
		kind = match.kind;
		end = span->begin + match.bytes;
	} else if (may_be_foreign(structure, *span)) {
		end = foreign_end(structure, *span);
	}
	if (end == span->begin) {
		kind = NEWS_DATELINE;
		end = dateline(structure, *span);
		if (end == span->begin)
			return false;
		structure->title_open = false;
	}
	add_piece(structure, span->begin, without_blanks(text, span->begin, end), kind);
	while (end < span->end && text_is_blank(text.at[end]))
		end++;
	span->begin = end;
	return true;
}

static void
cut_paragraph(struct structure *structure, struct news_span span)
{
	struct structure_piece backs[BACKS];
	size_t back_count = 0, begin = span.begin;
	enum news_kind kind;

	structure->count = structure->given = 0;
	if (structure->has_title && structure->title_open) {
		add_piece(structure, span.begin, span.end, NEWS_TITLE);
		return;
	}
	if (structure->list_left > 0) {
		structure->list_left--;
		if (is_list_line(structure, span)) {
			add_piece(structure, span.begin, span.end, structure->list_kind);
			return;
		}
		structure->list_left = 0;
	}
	while (span.begin < span.end && structure->count < FRONTS && take_piece(structure, &span, backs, &back_count))
		;
	if (span.begin < span.end) {
		kind = NEWS_BODY;
		if (structure->title_open && back_count == 0 &&
		    headline_is_title(structure->lists, structure->text, span))
			kind = NEWS_TITLE;
		else if (span.begin == begin && back_count == 0)
			kind = lone_kind(structure, span);
		add_piece(structure, span.begin, span.end, kind);
	}
	while (back_count > 0) {
		struct structure_piece *back = &backs[--back_count];
		add_piece(structure, back->span.begin, back->span.end, back->kind);
	}
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
