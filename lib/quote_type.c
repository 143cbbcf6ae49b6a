/* SPDX-License-Identifier: ISC */
#include "quote_type.h"

#include "text.h"

/* Words in marks in a headline: fewer that begin in lower case are words of its clause. */
#define HEADLINE_WORDS 6
/* Words of the title of a work. */
#define WORK_WORDS 8

static bool
is_word_item(const struct frame *frame, size_t i)
{
	return frame->items[i].run == FRAME_NONE && frame_mark(frame, i) == 0;
}

/* Whether the first letter of the run is a capital, or it begins with an ellipsis or figure. */
static bool
begins_utterance(const struct frame *frame, const struct quote_run *run)
{
	size_t width;
	uint32_t first =
	    text_decode(frame->document->text.at + run->inside.begin, run->inside.end - run->inside.begin, &width);

	return text_is_upper(first) || text_is_digit(first) || first == '.' || first == 0x2026 || first == '$';
}

enum news_quote_type
quote_type_find(const struct frame *frame, const struct frame_sentence *sentence, size_t item, enum decide_rule rule,
    const struct report *report)
{
	const struct quote_run *run = &frame->marks->runs[frame->items[item].run];
	size_t i = item;

	if (sentence->runs_only || run->continued)
		return NEWS_DIRECT;
	if (sentence->title && run->words < HEADLINE_WORDS && !begins_utterance(frame, run))
		return NEWS_MIXED;
	if (rule == DECIDE_PHRASE)
		rule = report->from > item ? DECIDE_QUOTE_NAME_CUE : DECIDE_MAIN_SUBJECT;
	switch (rule) {
	case DECIDE_QUOTE_NAME_CUE:
	case DECIDE_QUOTE_CUE_NAME:
		/* words before it in its clause: `It was "a mess," he said` */
		while (i > sentence->first && !is_word_item(frame, i - 1) && frame->items[i - 1].run == FRAME_NONE)
			i--;
		if (i == sentence->first || frame->items[i - 1].run != FRAME_NONE)
			return NEWS_DIRECT;
		if (begins_utterance(frame, run) &&
		    (frame_mark(frame, item - 1) == ',' || frame_mark(frame, item - 1) == ':' ||
			i == sentence->first + 1))
			return NEWS_DIRECT;
		return NEWS_MIXED;
	case DECIDE_NAME_CUE_QUOTE:
	case DECIDE_PARTICIPLE:
	case DECIDE_RELATIVE:
	case DECIDE_MAIN_SUBJECT:
	case DECIDE_ACCORDING:
	case DECIDE_NAMING:
	case DECIDE_CLAUSE:
	case DECIDE_COLON:
		if (i == sentence->first)
			return rule == DECIDE_ACCORDING ? NEWS_DIRECT : NEWS_MIXED;
		if (frame_mark(frame, i - 1) == ':' || (frame_mark(frame, i - 1) == ',' && rule != DECIDE_CLAUSE))
			return begins_utterance(frame, run) || frame_mark(frame, i - 1) == ':' || report->content == i
			    ? NEWS_DIRECT
			    : NEWS_MIXED;
		if (begins_utterance(frame, run) && report->content == i && run->words > 3 &&
		    !frame_is_word(frame, i - 1, "that") && rule != DECIDE_NAMING)
			return NEWS_DIRECT;
		return NEWS_MIXED;
	case DECIDE_FRONTED:
		return NEWS_MIXED;
	default:
		return i == sentence->first ? NEWS_DIRECT : NEWS_MIXED;
	}
}

bool
quote_type_is_title(const struct frame *frame, const struct quote_run *run)
{
	const char *text = frame->document->text.at;
	size_t words = 0, capitals = 0, i = run->inside.begin;

	while (i < run->inside.end) {
		char first = text[i];
		size_t end = i;

		if (first == ' ' || first == '\n') {
			i++;
			continue;
		}
		while (end < run->inside.end && text[end] != ' ' && text[end] != '\n')
			end++;
		words++;
		capitals += first >= 'A' && first <= 'Z';
		if (end - i > 4 && first >= 'a' && first <= 'z')
			return false; /* most utterances end here */
		i = end;
	}
	return words > 0 && capitals * 10 > words * 6;
}

bool
quote_type_is_work(const struct frame *frame, const struct frame_sentence *sentence, size_t item)
{
	static const char *const naming[] = {"called", "titled", "entitled", "named", "on", "of", "for", "from", "in"};
	const struct quote_run *run = &frame->marks->runs[frame->items[item].run];
	size_t i;

	if (item == sentence->first || sentence->title || run->words > WORK_WORDS || !quote_type_is_title(frame, run))
		return false;
	if (frame->items[item - 1].run != FRAME_NONE)
		return false;
	if (frame->items[item - 1].tag == LEXICON_POS || LEXICON_HAS(frame_token(frame, item - 1), WORK_NOUN))
		return true;
	for (i = 0; i < sizeof naming / sizeof *naming; i++)
		if (frame_is_word(frame, item - 1, naming[i]))
			return run->words > 1;
	return false;
}
