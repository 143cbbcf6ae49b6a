/* SPDX-License-Identifier: ISC
 *
 * Who said what: the steps in the order in which a document passes them.
 *
 *   marks    runs inside quotation marks                           (quote_marks)
 *   frame    the words outside, each run one item                  (quote_frame)
 *   reports  reporting words and their noun phrases: candidates    (quote_report)
 *   decision which report a run belongs to                         (quote_decide)
 *   heirs    runs without a report: carried-on, continued          (here)
 *   speaker  the canonical name behind the mention                 (quote_speaker, names)
 *
 * All of it is linear in the document but for sorting its rows.
 */
#include "buffer.h"
#include "names.h"
#include "quote_decide.h"
#include "quote_frame.h"
#include "quote_indirect.h"
#include "quote_marks.h"
#include "quote_report.h"
#include "quote_speaker.h"
#include "quote_type.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* A run alone in its sentence inherits a speaker when it has at least so many words; fewer are a title or a slogan. */
#define HEIR_WORDS 3
/* A run inside a sentence that has no report inherits or takes the sentence's subject from so many words on. */
#define EMBEDDED_WORDS 6
/* Words of a run without any speaker that is given all the same, with the speaker empty. */
#define NAMELESS_WORDS 6
/* Runs that a search for a speaker later in the paragraph passes. */
#define LATER_RUNS 32

/* A row in the making. */
struct draft {
	struct news_quote quote;
	size_t run;      /* or FRAME_NONE: indirect */
	size_t item;     /* of the run */
	size_t sentence; /* frame sentence */
	struct report report;
	struct report outer; /* the source behind it: `according to a pool report` */
	enum decide_rule rule;
	size_t speaker, via;
	bool attributed; /* `report` holds */
	bool work;       /* the title of a work or programme */
	bool has_outer;
	bool resolved; /* `speaker` holds */
};

struct news_quoter {
	const struct news_lists *lists;
	struct names *names;
	struct tokens tokens;
	struct quote_marks marks;
	struct frame frame;
	struct reports reports;
	struct speakers speakers;
	struct indirects indirects;
	size_t last_said; /* the indirect speech settled last, or FRAME_NONE */
	struct draft *drafts;
	size_t draft_count, draft_room, next;
	const struct news_document *document;
	bool all;
};

const char *
news_quote_type_name(enum news_quote_type type)
{
	static const char *const names[NEWS_QUOTE_TYPES] = {"direct", "mixed", "indirect", "other"};

	return names[type];
}

struct news_quoter *
news_quoter_new(const struct news_lists *lists, bool all)
{
	struct news_quoter *quoter = calloc(1, sizeof *quoter);

	if (quoter == NULL)
		return NULL;
	quoter->lists = lists;
	quoter->all = all;
	quoter->names = names_new(lists);
	if (quoter->names == NULL) {
		free(quoter);
		return NULL;
	}
	return quoter;
}

void
news_quoter_free(struct news_quoter *quoter)
{
	if (quoter == NULL)
		return;
	names_free(quoter->names);
	token_release(&quoter->tokens);
	quote_marks_release(&quoter->marks);
	frame_release(&quoter->frame);
	report_release(&quoter->reports);
	speaker_release(&quoter->speakers);
	indirect_release(&quoter->indirects);
	free(quoter->drafts);
	free(quoter);
}

static struct draft *
add_draft(struct news_quoter *quoter)
{
	struct draft *grown =
	    array_grow(quoter->drafts, quoter->draft_count, &quoter->draft_room, sizeof *quoter->drafts);

	if (grown == NULL)
		return NULL;
	quoter->drafts = grown;
	grown += quoter->draft_count++;
	memset(grown, 0, sizeof *grown);
	grown->run = FRAME_NONE;
	grown->speaker = grown->via = SPEAKER_NONE;
	return grown;
}

/* Bytes of items [first, last]. */
static struct news_span
item_span(const struct frame *frame, size_t first, size_t last)
{
	const struct token *begin = frame_token(frame, first), *end = frame_token(frame, last);

	if (begin == NULL || end == NULL)
		return (struct news_span){0, 0};
	return (struct news_span){begin->begin, end->end};
}

/* What stands in the text for the speaker: in a relative clause that is its pronoun, "who". */
static struct news_span
mention_span(const struct frame *frame, const struct report *report)
{
	if (report->relative != FRAME_NONE)
		return item_span(frame, report->relative, report->relative);
	return item_span(frame, report->mention_first, report->mention_last);
}

/* The segment (nsplit's sentence) in which byte AT lies. */
static const struct news_segment *
segment_at(const struct news_document *document, size_t at)
{
	size_t low = 0, high = document->segment_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (document->segments[middle].span.end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return &document->segments[low < document->segment_count ? low : document->segment_count - 1];
}

/* `"..." -- Name`: a dash behind the run and nothing but a name behind the dash. */
static bool
find_signature(const struct news_quoter *quoter, const struct frame_sentence *sentence, size_t item,
    struct report *report)
{
	const struct frame *frame = &quoter->frame;
	size_t end = sentence->first + sentence->count, i = item + 1;
	const struct frame_phrase *phrase;

	if (i + 1 >= end || frame_mark(frame, i) != '-' || frame->items[i + 1].phrase == FRAME_NONE)
		return false;
	phrase = &frame->phrases[frame->items[i + 1].phrase];
	if (phrase->first != i + 1 || frame->items[phrase->head].tag != LEXICON_NNP)
		return false;
	if (phrase->last + 1 < end && frame_mark(frame, phrase->last + 1) != ',' &&
	    frame_mark(frame, phrase->last + 1) != '.')
		return false;
	*report = (struct report){
	    .form = REPORT_COLON,
	    .cue_first = i,
	    .cue_last = i,
	    .mention_first = phrase->first,
	    .mention_last = phrase->last,
	    .head = phrase->head,
	    .relative = FRAME_NONE,
	    .content = item,
	    .from = i,
	    .to = phrase->last,
	};
	return true;
}

/* Whether the run ends as an utterance does that its sentence goes on behind. */
static bool
ends_in_comma(const struct frame *frame, const struct quote_run *run)
{
	char last = frame->document->text.at[run->inside.end - 1];

	return last == ',' || last == '?' || last == '!';
}

/* The runs of one sentence, each with its report where it has one. */
static bool
draft_sentence(struct news_quoter *quoter, size_t s)
{
	const struct frame *frame = &quoter->frame;
	const struct frame_sentence *sentence = &frame->sentences[s];
	size_t i;

	for (i = sentence->first; i < sentence->first + sentence->count; i++) {
		const struct quote_run *run;
		struct draft *draft;
		size_t report;

		if (frame->items[i].run == FRAME_NONE)
			continue;
		draft = add_draft(quoter);
		if (draft == NULL)
			return false;
		run = &frame->marks->runs[frame->items[i].run];
		draft->run = frame->items[i].run;
		draft->item = i;
		draft->sentence = s;
		draft->quote.span = run->inside;
		draft->work = quote_type_is_work(frame, sentence, i);
		if (draft->work)
			continue;
		report = decide_report(frame, sentence, &quoter->reports, i, &draft->rule);
		if (report < quoter->reports.count) {
			draft->report = quoter->reports.at[report];
			draft->attributed = true;
			quoter->indirects.quoted[report] = true;
			if (quoter->reports.at[report].form != REPORT_ACCORDING) {
				/* "..., Obama said, according to a pool report" */
				const struct report *outer = &quoter->reports.at[report] + 1;
				draft->has_outer =
				    report + 1 < quoter->reports.count && outer->form == REPORT_ACCORDING;
				if (draft->has_outer)
					draft->outer = *outer;
			}
		} else if (find_signature(quoter, sentence, i, &draft->report)) {
			draft->attributed = true;
			draft->rule = DECIDE_SIGNATURE;
		} else if (ends_in_comma(frame, run) && report_next_subject(frame, sentence, i, &draft->report)) {
			draft->attributed = true;
			draft->rule = DECIDE_QUOTE_NAME_VERB;
		} else if (!sentence->runs_only && !sentence->title && run->words >= EMBEDDED_WORDS &&
		    !quote_type_is_title(frame, run) && report_main_subject(frame, sentence, i, &draft->report)) {
			draft->attributed = true;
			draft->rule = DECIDE_MAIN_SUBJECT;
		}
	}
	return true;
}

/* The sentence before draft's paragraph ends in a colon: its subject is about to be quoted at length. */
static bool
lead_in(struct news_quoter *quoter, struct draft *draft)
{
	const struct frame *frame = &quoter->frame;
	const struct frame_sentence *before;
	size_t s = draft->sentence, end;

	if (s == 0)
		return false;
	before = &frame->sentences[s - 1];
	end = before->first + before->count;
	if (before->paragraph + 1 < frame->sentences[s].paragraph || before->title || frame_mark(frame, end - 1) != ':')
		return false;
	if (!report_main_subject(frame, before, end, &draft->report))
		return false;
	draft->attributed = true;
	draft->rule = DECIDE_LEAD_IN;
	return true;
}

static bool
resolve(struct news_quoter *quoter, struct draft *draft)
{
	const struct frame *frame = &quoter->frame;

	if (draft->resolved || !draft->attributed)
		return true;
	draft->resolved = true;
	draft->quote.mention = mention_span(frame, &draft->report);
	draft->quote.cue = item_span(frame, draft->report.cue_first, draft->report.cue_last);
	if (draft->rule == DECIDE_MAIN_SUBJECT || draft->rule == DECIDE_LEAD_IN)
		draft->quote.cue = (struct news_span){0, 0};
	if (draft->has_outer && !speaker_find(&quoter->speakers, draft->sentence, &draft->outer, &draft->via))
		return false;
	return speaker_find(&quoter->speakers, draft->sentence, &draft->report, &draft->speaker);
}

static void
inherit(struct draft *heir, const struct draft *from, enum decide_rule rule)
{
	heir->quote.mention = from->quote.mention;
	heir->quote.cue = (struct news_span){0, 0};
	heir->speaker = from->speaker;
	heir->via = from->via;
	heir->rule = rule;
	heir->resolved = heir->attributed = true;
}

static unsigned
paragraph_of(const struct news_quoter *quoter, const struct draft *draft)
{
	return quoter->marks.runs[draft->run].paragraph;
}

/* What was said last without marks, if that was in PARAGRAPH and by somebody known. */
static const struct indirect *
last_said(const struct news_quoter *quoter, unsigned paragraph)
{
	const struct indirect *said;

	if (quoter->last_said == FRAME_NONE)
		return NULL;
	said = &quoter->indirects.at[quoter->last_said];
	if (said->speaker == SPEAKER_NONE || quoter->frame.sentences[said->sentence].paragraph != paragraph)
		return NULL;
	return said;
}

static void
inherit_said(const struct news_quoter *quoter, struct draft *heir, const struct indirect *said, enum decide_rule rule)
{
	heir->quote.mention = mention_span(&quoter->frame, &said->report);
	heir->speaker = said->speaker;
	heir->rule = rule;
	heir->resolved = heir->attributed = true;
}

/* Let draft I go on with what was said last in PARAGRAPH, in marks or without. false when nothing was, by nobody known.
 */
static bool
inherit_latest(struct news_quoter *quoter, size_t i, unsigned paragraph, enum decide_rule rule)
{
	const struct draft *before = i > 0 ? &quoter->drafts[i - 1] : NULL;
	const struct indirect *said = last_said(quoter, paragraph);

	if (before != NULL && (!before->attributed || paragraph_of(quoter, before) != paragraph))
		before = NULL;
	if (said != NULL && (before == NULL || before->sentence < said->sentence))
		inherit_said(quoter, &quoter->drafts[i], said, rule);
	else if (before != NULL)
		inherit(&quoter->drafts[i], before, rule);
	return said != NULL || before != NULL;
}

/* Find a speaker for draft I, which no report names, among its neighbours. */
static bool
find_heir(struct news_quoter *quoter, size_t i)
{
	struct draft *draft = &quoter->drafts[i];
	const struct quote_run *run = &quoter->marks.runs[draft->run];
	unsigned paragraph = paragraph_of(quoter, draft);
	const struct draft *before = i > 0 ? &quoter->drafts[i - 1] : NULL;
	bool alone = quoter->frame.sentences[draft->sentence].runs_only;
	size_t k;

	if (before != NULL && before->attributed && run->continued && paragraph_of(quoter, before) < paragraph) {
		inherit(draft, before, DECIDE_CONTINUED);
		return true;
	}
	if (quoter->frame.sentences[draft->sentence].title)
		return true;
	if (alone ? run->words < HEIR_WORDS && run->kind != QUOTE_STRAIGHT && run->kind != QUOTE_CURLY
		  : run->words < EMBEDDED_WORDS + 2 || quote_type_is_title(&quoter->frame, run))
		return true;
	if (alone && lead_in(quoter, draft))
		return resolve(quoter, draft);
	if (inherit_latest(quoter, i, paragraph, DECIDE_SAME_PARAGRAPH))
		return true;
	for (k = i + 1;
	     k < quoter->draft_count && k <= i + LATER_RUNS && paragraph_of(quoter, &quoter->drafts[k]) == paragraph;
	     k++) {
		if (!quoter->drafts[k].attributed)
			continue;
		if (!resolve(quoter, &quoter->drafts[k]))
			return false;
		inherit(draft, &quoter->drafts[k], DECIDE_LATER_IN_PARAGRAPH);
		return true;
	}
	/* what stands alone goes on with the paragraph before */
	if (alone)
		(void)inherit_latest(quoter, i, paragraph - 1, DECIDE_CARRIED_ON);
	return true;
}

/* Who speaks, and what type of quotation it is, in reading order. */
static bool
settle_runs(struct news_quoter *quoter, size_t *indirect)
{
	size_t i;

	quoter->last_said = FRAME_NONE;
	for (i = 0; i < quoter->draft_count; i++) {
		struct draft *draft = &quoter->drafts[i];

		/* those who spoke indirectly before this sentence count for its "he" */
		for (;
		     *indirect < quoter->indirects.count && quoter->indirects.at[*indirect].sentence < draft->sentence;
		     (*indirect)++) {
			struct indirect *said = &quoter->indirects.at[*indirect];
			if (!speaker_find(&quoter->speakers, said->sentence, &said->report, &said->speaker) ||
			    !speaker_spoke(&quoter->speakers, said->speaker, said->sentence))
				return false;
			quoter->last_said = *indirect;
		}
		if (!draft->attributed && !draft->work && !find_heir(quoter, i))
			return false;
		if (!resolve(quoter, draft))
			return false;
		draft->quote.type = quote_type_find(&quoter->frame, &quoter->frame.sentences[draft->sentence],
		    draft->item, draft->rule, &draft->report);
		if (draft->attributed && !speaker_spoke(&quoter->speakers, draft->speaker, draft->sentence))
			return false;
	}
	for (; *indirect < quoter->indirects.count; (*indirect)++) {
		struct indirect *said = &quoter->indirects.at[*indirect];
		if (!speaker_find(&quoter->speakers, said->sentence, &said->report, &said->speaker) ||
		    !speaker_spoke(&quoter->speakers, said->speaker, said->sentence))
			return false;
	}
	return true;
}

/* Number the utterances: parts that share a report or inherit one share a number. */
static void
number_turns(struct news_quoter *quoter)
{
	unsigned turn = 0;
	size_t i;

	for (i = 0; i < quoter->draft_count; i++) {
		struct draft *draft = &quoter->drafts[i];
		const struct draft *before = i > 0 ? &quoter->drafts[i - 1] : NULL;
		bool same = before != NULL && before->run != FRAME_NONE && draft->run != FRAME_NONE &&
		    draft->attributed && before->attributed &&
		    (draft->rule == DECIDE_SAME_PARAGRAPH || draft->rule == DECIDE_CARRIED_ON ||
			draft->rule == DECIDE_CONTINUED || before->rule == DECIDE_LATER_IN_PARAGRAPH ||
			(draft->sentence == before->sentence && draft->report.cue_first == before->report.cue_first));
		if (!same)
			turn++;
		draft->quote.turn = turn > NEWS_PARAGRAPH_MAX ? NEWS_PARAGRAPH_MAX : turn;
	}
}

static int
by_begin(const void *a, const void *b)
{
	const struct draft *one = a, *other = b;

	if (one->quote.span.begin != other->quote.span.begin)
		return one->quote.span.begin < other->quote.span.begin ? -1 : 1;
	return (one->quote.span.end > other->quote.span.end) - (one->quote.span.end < other->quote.span.end);
}

static bool
add_indirects(struct news_quoter *quoter)
{
	size_t i;

	for (i = 0; i < quoter->indirects.count; i++) {
		const struct indirect *said = &quoter->indirects.at[i];
		struct draft *draft;

		if (!said->is_row)
			continue;
		draft = add_draft(quoter);
		if (draft == NULL)
			return false;
		draft->quote.type = NEWS_INDIRECT;
		draft->quote.span = said->content;
		draft->quote.mention = mention_span(&quoter->frame, &said->report);
		draft->quote.cue = item_span(&quoter->frame, said->report.cue_first, said->report.cue_last);
		draft->report = said->report;
		draft->sentence = said->sentence;
		draft->speaker = said->speaker;
		draft->attributed = true;
		draft->rule = said->rule;
	}
	return true;
}

/* Runs that are no utterance of anybody: nested ones, titles of works, scare quotes. */
static bool
add_others(struct news_quoter *quoter)
{
	size_t i, count = quoter->draft_count;

	for (i = 0; i < count; i++) {
		struct draft *draft = &quoter->drafts[i];
		if (draft->run == FRAME_NONE)
			continue;
		if (draft->work ||
		    (!draft->attributed &&
			(draft->quote.type == NEWS_MIXED || quoter->marks.runs[draft->run].words < NAMELESS_WORDS ||
			    quote_type_is_title(&quoter->frame, &quoter->marks.runs[draft->run]))))
			draft->quote.type = NEWS_OTHER;
	}
	if (!quoter->all)
		return true;
	for (i = 0; i < quoter->marks.count; i++) {
		struct draft *draft;
		if (!quoter->marks.runs[i].nested)
			continue;
		draft = add_draft(quoter);
		if (draft == NULL)
			return false;
		draft->run = i;
		draft->quote.type = NEWS_OTHER;
		draft->quote.span = quoter->marks.runs[i].inside;
	}
	return true;
}

enum news_status
news_quoter_start(struct news_quoter *quoter, const struct news_document *document)
{
	const struct frame *frame = &quoter->frame;
	size_t s, indirect = 0;

	quoter->document = document;
	quoter->draft_count = quoter->next = 0;
	quoter->indirects.count = 0;
	if (!quote_marks_run(&quoter->marks, document) || !token_run(&quoter->tokens, quoter->lists, document) ||
	    !frame_run(&quoter->frame, document, &quoter->tokens, &quoter->marks))
		return NEWS_NO_MEMORY;
	for (s = 0; s < frame->sentence_count; s++) {
		if (!frame->sentences[s].has_run && !frame->sentences[s].has_cue)
			continue;
		if (!report_run(&quoter->reports, frame, &frame->sentences[s]) ||
		    !indirect_start(&quoter->indirects, &quoter->reports) || !draft_sentence(quoter, s) ||
		    !indirect_run(&quoter->indirects, frame, s, &quoter->reports))
			return NEWS_NO_MEMORY;
	}
	if (quoter->draft_count == 0 && quoter->indirects.count == 0 && quoter->marks.count == 0)
		return NEWS_OK; /* nobody speaks: no names are asked for */
	if (names_start(quoter->names, document, &quoter->tokens) != NEWS_OK)
		return NEWS_NO_MEMORY;
	speaker_start(&quoter->speakers, frame, quoter->names);
	if (!settle_runs(quoter, &indirect) || !add_indirects(quoter) || !add_others(quoter))
		return NEWS_NO_MEMORY;
	if (quoter->draft_count > 1)
		qsort(quoter->drafts, quoter->draft_count, sizeof *quoter->drafts, by_begin);
	number_turns(quoter);
	return NEWS_OK;
}

enum news_status
news_quoter_next(struct news_quoter *quoter, struct news_quote *quote)
{
	while (quoter->next < quoter->draft_count) {
		const struct draft *draft = &quoter->drafts[quoter->next++];
		const struct news_segment *segment;

		if (draft->quote.type == NEWS_OTHER && !quoter->all)
			continue;
		*quote = draft->quote;
		segment = segment_at(quoter->document, quote->span.begin);
		quote->paragraph = segment->paragraph;
		quote->sentence = segment->sentence;
		quote->speaker = speaker_name(&quoter->speakers, draft->speaker);
		quote->via = speaker_name(&quoter->speakers, draft->via);
		quote->rule =
		    decide_rule_name(draft->rule, draft->run != FRAME_NONE && quoter->marks.runs[draft->run].unclosed);
		quote->score =
		    decide_rule_score(draft->rule, draft->run == FRAME_NONE ? 0 : quoter->marks.runs[draft->run].words);
		return NEWS_OK;
	}
	return NEWS_END;
}
