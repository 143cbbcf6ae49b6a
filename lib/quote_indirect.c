/* SPDX-License-Identifier: ISC
 *
 * The content of a report is a finite clause behind the cue, up to the end of its sentence or the report that breaks
 * in, or the clause before ", Kerry said". Verbs of thinking and wanting do not count, nor what was not said ("declined
 * to say").
 */
#include "quote_indirect.h"

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MIN 3       /* words of a content: fewer are "said so" and "said no" */
#define CONTENT_ITEMS 400 /* of a content: no sentence that anybody wrote is longer, and others stay linear */
#define WINDOW 8          /* later reports that can end a content */

bool
indirect_start(struct indirects *indirects, const struct reports *reports)
{
	while (indirects->quoted_room < reports->count || indirects->quoted == NULL) {
		bool *grown =
		    array_grow(indirects->quoted, indirects->quoted_room, &indirects->quoted_room, sizeof *grown);
		if (grown == NULL)
			return false;
		indirects->quoted = grown;
	}
	memset(indirects->quoted, 0, indirects->quoted_room * sizeof *indirects->quoted);
	return true;
}

static bool
has_finite_clause(const struct frame *frame, size_t from, size_t to)
{
	size_t words = 0, i;
	bool finite = false;

	for (i = from; i < to; i++) {
		if (frame->items[i].run != FRAME_NONE)
			return false;
		words += frame_mark(frame, i) == 0;
		finite = finite || frame_is_finite(frame, i);
	}
	return finite && words >= WORDS_MIN;
}

/* Whether the cue is denied or not carried out: "did not say", "declined to say". */
static bool
is_denied(const struct frame *frame, const struct frame_sentence *sentence, const struct report *report)
{
	size_t i = report->cue_first, steps;

	if (i > sentence->first && frame_is_word(frame, i - 1, "to"))
		return true;
	for (steps = 0; i > sentence->first && steps < 4; steps++, i--) {
		if (LEXICON_HAS(frame_token(frame, i - 1), NEGATION))
			return true;
		if (frame->items[i - 1].phrase != FRAME_NONE)
			break;
	}
	return false;
}

/* Whether the cue tells what somebody wants or feels, rather than what he says or is said to think. What the writer
 * thinks himself is no report. */
static bool
is_attitude(const struct frame *frame, const struct report *report)
{
	const struct token *cue = frame_token(frame, report->cue_first);

	if (!LEXICON_HAS(cue, CUE_ATTITUDE))
		return false;
	return !LEXICON_HAS(cue, CUE_CLAUSE) || frame_is_word(frame, report->head, "i") ||
	    frame_is_word(frame, report->head, "we") || frame_is_word(frame, report->head, "you");
}

/* "asked whether", "told them why" */
static bool
begins_question(const struct frame *frame, size_t i)
{
	return frame->items[i].tag == LEXICON_WRB || frame->items[i].tag == LEXICON_WP ||
	    frame->items[i].tag == LEXICON_WDT || frame_is_word(frame, i, "whether") || frame_is_word(frame, i, "if");
}

/* The cue's clause can stand here: "that", a subject, or an adverbial before it. */
static bool
begins_clause(const struct frame *frame, const struct report *report, size_t end)
{
	const struct token *cue = frame_token(frame, report->cue_first);
	size_t i = report->content;

	if (i >= end)
		return false;
	if (i > 0 && frame_is_word(frame, i - 1, "that"))
		return true;
	if (LEXICON_HAS(cue, CUE_PERSON) && frame->items[i].run == FRAME_NONE && begins_question(frame, i))
		return true;
	if (!LEXICON_HAS(cue, CUE_CLAUSE))
		return false;
	if (frame->items[i].phrase != FRAME_NONE || frame->items[i].tag == LEXICON_EX)
		return true;
	if (frame->items[i].tag == LEXICON_VBG && LEXICON_HAS(cue, CUE_STRONG))
		return true; /* "said going there was fine" */
	return LEXICON_HAS(frame_token(frame, i), PREPOSITION) || LEXICON_HAS(frame_token(frame, i), SUBORDINATOR) ||
	    LEXICON_HAS(frame_token(frame, i), ADVERB) || LEXICON_HAS(frame_token(frame, i), DETERMINER);
}

/* Where another report that begins at item OTHER parts from what is said before it, in a content of items [from, end):
 * "said it was over, while others said", "said no and she agreed". END where it is part of it. */
static size_t
clause_break(const struct frame *frame, size_t from, size_t other, size_t end)
{
	size_t i = other;

	if (frame_is_word(frame, i - 1, "while") || frame_is_word(frame, i - 1, "and") ||
	    frame_is_word(frame, i - 1, "but") || frame_is_word(frame, i - 1, "although") ||
	    frame_is_word(frame, i - 1, "though"))
		i--;
	return i > from && (i < other || frame_mark(frame, i - 1) == ',') ? i : end;
}

/* The same where another verb of the same subject reports: "said it was over, but insists". */
static size_t
shared_break(const struct frame *frame, size_t from, size_t cue, size_t end)
{
	size_t i = cue;

	while (i > from && (frame->items[i - 1].tag == LEXICON_RB || LEXICON_HAS(frame_token(frame, i - 1), AUXILIARY)))
		i--;
	return i > from + 1 && (frame_is_word(frame, i - 1, "but") || frame_is_word(frame, i - 1, "and")) ? i - 1 : end;
}

/* Where the content that begins at item FROM ends: before the stop, a semicolon, or the next report's own clause. */
static size_t
content_end(const struct frame *frame, const struct frame_sentence *sentence, const struct reports *reports,
    size_t self, size_t from, size_t end)
{
	const struct report *report = &reports->at[self];
	bool subordinate = report->form == REPORT_SUBJECT && report->from > sentence->first &&
	    LEXICON_HAS(frame_token(frame, report->from - 1), SUBORDINATOR);
	size_t i;

	if (end > from + CONTENT_ITEMS)
		end = from + CONTENT_ITEMS;

	for (i = self + 1; i < reports->count && i <= self + WINDOW; i++) {
		const struct report *other = &reports->at[i];
		if (other->form == REPORT_SUBJECT && other->mention_first == report->mention_first &&
		    other->cue_first > from && other->cue_first < end)
			end = shared_break(frame, from, other->cue_first, end); /* "said it was over but denied" */
		if (other->from <= from || other->from >= end || other->from <= reports->at[self].to)
			continue;
		if (other->form == REPORT_SUBJECT || other->form == REPORT_INVERTED || other->form == REPORT_ACCORDING)
			end = clause_break(frame, from, other->from, end);
	}
	for (i = from; i < end; i++) {
		if (frame_mark(frame, i) == ';')
			end = i;
		/* "that he would not, conceding the race"; "After he said that it was over, they left" */
		if (i > from && i + 1 < end && frame_mark(frame, i) == ',' &&
		    (subordinate ||
			(frame->items[i + 1].tag == LEXICON_VBG && !frame_is_word(frame, i + 1, "including"))))
			end = i;
	}
	while (end > from &&
	    (frame_mark(frame, end - 1) == '.' || frame_mark(frame, end - 1) == ',' ||
		frame_mark(frame, end - 1) == '-' || frame_mark(frame, end - 1) == '?' ||
		frame_mark(frame, end - 1) == '!' || frame_is_word(frame, end - 1, "but") ||
		frame_is_word(frame, end - 1, "and")))
		end--;
	return end;
}

/* Whether items [from, to) are a clause that leans on another: "When she saw it". */
static bool
is_subordinate(const struct frame *frame, size_t from, size_t to)
{
	size_t i;

	if (from == to || !LEXICON_HAS(frame_token(frame, from), SUBORDINATOR) || frame_is_word(frame, from, "that"))
		return false;
	for (i = from; i < to; i++)
		if (frame_mark(frame, i) == ',')
			return false;
	return true;
}

static bool
content_before(const struct frame *frame, const struct frame_sentence *sentence, const struct report *report,
    size_t *from, size_t *to)
{
	*from = sentence->first;
	*to = report->from;
	if (report->from == sentence->first || report->from > sentence->first + CONTENT_ITEMS ||
	    frame_mark(frame, report->from - 1) != ',')
		return false;
	while (*to > *from && (frame_mark(frame, *to - 1) == ',' || frame_mark(frame, *to - 1) == '-'))
		(*to)--;
	while (*from < *to &&
	    (frame_is_word(frame, *from, "but") || frame_is_word(frame, *from, "and") ||
		frame_mark(frame, *from) == ','))
		(*from)++;
	return !is_subordinate(frame, *from, *to) && has_finite_clause(frame, *from, *to);
}

/* Whether commas part the report from what stands before and behind it. */
static bool
is_parenthesis(const struct frame *frame, const struct frame_sentence *sentence, const struct report *report)
{
	size_t last = report->to, i;

	if (report->from <= sentence->first + 1 || report->from > sentence->first + CONTENT_ITEMS ||
	    frame_mark(frame, report->from - 1) != ',' || last + 1 >= sentence->first + sentence->count ||
	    frame_mark(frame, last + 1) != ',')
		return false;
	for (i = sentence->first; i < report->from; i++)
		if (frame->items[i].run != FRAME_NONE)
			return false;
	return true;
}

/* Whether what stands before and behind the report, up to item TO, is one clause: "The vote, they said, can be close".
 */
static bool
is_clause_around(const struct frame *frame, const struct frame_sentence *sentence, const struct report *report,
    size_t to)
{
	bool finite = false;
	size_t i;

	for (i = sentence->first; i < to; i++) {
		if (frame->items[i].run != FRAME_NONE)
			return false;
		finite = finite || ((i < report->from || i > report->to) && frame_is_finite(frame, i));
	}
	return finite;
}

bool
indirect_run(struct indirects *indirects, const struct frame *frame, size_t s, const struct reports *reports)
{
	const struct frame_sentence *sentence = &frame->sentences[s];
	size_t end = sentence->first + sentence->count, r, from, to, taken = sentence->first;

	for (r = 0; r < reports->count; r++) {
		const struct report *report = &reports->at[r];
		const struct token *cue = frame_token(frame, report->cue_first);
		struct indirect *grown, *said;
		bool behind, before;

		if (indirects->quoted[r] || sentence->title || report->form == REPORT_BY ||
		    report->form == REPORT_COLON)
			continue;
		if (report->form != REPORT_ACCORDING && !LEXICON_HAS(cue, CUE_STRONG) &&
		    !LEXICON_HAS(cue, CUE_CLAUSE) && !LEXICON_HAS(cue, CUE_PERSON))
			continue;
		grown = array_grow(indirects->at, indirects->count, &indirects->room, sizeof *grown);
		if (grown == NULL)
			return false;
		indirects->at = grown;
		said = &grown[indirects->count++];
		*said = (struct indirect){.report = *report, .sentence = s, .speaker = (size_t)-1};
		if (is_attitude(frame, report) || is_denied(frame, sentence, report))
			continue;
		behind = before = false;
		if (report->form == REPORT_ACCORDING) {
			from = report->content;
			to = content_end(frame, sentence, reports, r, from, end);
			behind = report->from == sentence->first && has_finite_clause(frame, from, to);
			if (!behind && is_parenthesis(frame, sentence, report) && taken == sentence->first) {
				from = sentence->first; /* "One child was, according to the fire service, unhurt" */
				behind = has_finite_clause(frame, from, to);
			} else if (!behind) {
				before = content_before(frame, sentence, report, &from, &to);
			}
			said->rule = DECIDE_ACCORDING;
		} else {
			from = report->content;
			to = content_end(frame, sentence, reports, r, from, end);
			behind = report->form != REPORT_INVERTED && begins_clause(frame, report, end) &&
			    has_finite_clause(frame, from, to);
			said->rule = report->form == REPORT_PARTICIPLE ? DECIDE_PARTICIPLE
			    : report->form == REPORT_RELATIVE          ? DECIDE_RELATIVE
								       : DECIDE_CLAUSE;
			if ((report->form == REPORT_SUBJECT || report->form == REPORT_INVERTED) &&
			    taken == sentence->first && is_parenthesis(frame, sentence, report) &&
			    (behind ||
				(LEXICON_HAS(cue, CUE_STRONG) && is_clause_around(frame, sentence, report, to)))) {
				/* "The vote, he said, would be close" */
				from = sentence->first;
				behind = true;
				said->rule = DECIDE_FRONTED;
			}
			if (!behind && (report->form == REPORT_SUBJECT || report->form == REPORT_INVERTED) &&
			    LEXICON_HAS(cue, CUE_STRONG) && LEXICON_HAS(cue, CUE_CLAUSE) && report->from >= taken) {
				before = content_before(frame, sentence, report, &from, &to);
				said->rule = DECIDE_FRONTED;
			}
		}
		if ((behind || before) && from >= taken && from < to) {
			said->content =
			    (struct news_span){frame_token(frame, from)->begin, frame_token(frame, to - 1)->end};
			said->is_row = true;
			taken = to;
		}
	}
	return true;
}

void
indirect_release(struct indirects *indirects)
{
	free(indirects->at);
	free(indirects->quoted);
	memset(indirects, 0, sizeof *indirects);
}
