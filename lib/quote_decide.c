/* SPDX-License-Identifier: ISC */
#include "quote_decide.h"

#include "text.h"

static const struct {
	const char *name, *unclosed;
	unsigned indirect;
} rules[DECIDE_RULE_COUNT] = {
#define X(name, text, indirect) {text, text ",unclosed", indirect},
    DECIDE_RULES(X)
#undef X
};

const char *
decide_rule_name(enum decide_rule rule, bool unclosed)
{
	return unclosed ? rules[rule].unclosed : rules[rule].name;
}

unsigned
decide_indirect_score(enum decide_rule rule)
{
	return rules[rule].indirect;
}

static bool
marks_between(const struct frame *frame, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (frame->items[i].run != FRAME_NONE || frame_mark(frame, i) == 0 || frame_mark(frame, i) == ';' ||
		    frame_mark(frame, i) == '(')
			return false;
	return true;
}

void
decide_features(const struct frame *frame, const struct frame_sentence *sentence, size_t quote,
    const struct report *report, struct decide_features *features)
{
	const struct token *cue = frame_token(frame, report->cue_first);
	const struct quote_run *run = &frame->marks->runs[frame->items[quote].run];
	size_t from, to, i, width;

	*features = (struct decide_features){
	    .form = report->form,
	    .report_first = report->cue_last < quote,
	    .cue_strong = LEXICON_HAS(cue, CUE_STRONG),
	    .cue_clause = LEXICON_HAS(cue, CUE_CLAUSE),
	    .cue_naming = LEXICON_HAS(cue, CUE_NAMING),
	    .cue_attitude = LEXICON_HAS(cue, CUE_ATTITUDE),
	    .words = run->words,
	};
	if (features->report_first) {
		from = report->form == REPORT_INVERTED || report->form == REPORT_ACCORDING ? report->to + 1
											   : report->cue_last + 1;
		to = quote;
		features->adjacent = report->content == quote;
		features->comma = quote > sentence->first &&
		    (frame_mark(frame, quote - 1) == ',' || frame_mark(frame, quote - 1) == ':');
		features->distance = quote - report->cue_last;
	} else {
		uint32_t last =
		    text_decode_before(frame->document->text.at, frame->document->text.at + run->inside.end, &width);
		from = quote + 1;
		to = report->from;
		features->adjacent = to >= from && marks_between(frame, from, to);
		features->comma = last == ',' || last == '?' || last == '!' || last == '-' || last == 0x2014 ||
		    last == '.' || last == 0x2026 || (from < to && frame_mark(frame, from) == ',');
		features->distance = report->cue_first > quote ? report->cue_first - quote : 0;
		features->clause_break = report->from > sentence->first && frame_mark(frame, report->from - 1) == ',';
	}
	features->marks_only = to >= from && marks_between(frame, from, to);
	for (i = from; i < to; i++)
		features->semicolon = features->semicolon || frame_mark(frame, i) == ';';
}

int
decide_weigh(const struct decide_features *features, enum decide_rule *rule)
{
	int near = (int)(features->distance < 60 ? features->distance : 60), strength;

	*rule = DECIDE_NOBODY;
	if (features->form == REPORT_ACCORDING) {
		*rule = DECIDE_ACCORDING;
		return features->report_first ? 62 - near / 4 : 66 - near / 4;
	}
	if (features->form == REPORT_COLON) {
		*rule = DECIDE_COLON;
		return !features->report_first ? 0 : features->adjacent ? 90 : 60;
	}
	if (!features->report_first) {
		if (features->form == REPORT_PARTICIPLE && features->adjacent && features->comma) {
			*rule = DECIDE_QUOTE_NAME_CUE; /* `"...," Kerry was quoted as saying` */
			return 75;
		}
		if (features->form == REPORT_PARTICIPLE || features->form == REPORT_BY)
			return 0;
		if (features->adjacent) {
			*rule = features->form == REPORT_INVERTED ? DECIDE_QUOTE_CUE_NAME : DECIDE_QUOTE_NAME_CUE;
			strength = features->cue_strong ? 100 : features->cue_clause ? 85 : 70;
			if (!features->comma)
				strength -= features->cue_strong ? 20 : 45;
			return features->form == REPORT_RELATIVE ? strength - 40 : strength;
		}
		if (features->clause_break && features->cue_strong && features->form != REPORT_RELATIVE) {
			*rule = DECIDE_FRONTED;
			return 66 - near / 3;
		}
		return 0;
	}
	switch (features->form) {
	case REPORT_PARTICIPLE:
		*rule = DECIDE_PARTICIPLE;
		break;
	case REPORT_RELATIVE:
		*rule = DECIDE_RELATIVE;
		break;
	case REPORT_BY:
		*rule = DECIDE_PASSIVE;
		break;
	default:
		*rule = features->cue_naming ? DECIDE_NAMING
		    : features->adjacent     ? DECIDE_NAME_CUE_QUOTE
					     : DECIDE_CLAUSE;
	}
	if (features->adjacent) {
		strength = features->cue_strong || features->cue_clause || features->cue_naming ? 97 : 85;
		if (features->embedded && !features->cue_strong)
			strength -= 40;
		return features->comma ? strength : strength - 5;
	}
	strength = 72 - near / 2;
	if (features->embedded)
		strength -= 30;
	if (features->semicolon)
		strength -= 30;
	if (features->cue_attitude)
		strength -= 12;
	if (!features->cue_strong && !features->cue_clause)
		strength -= features->cue_naming ? 6 : 15;
	if (features->form == REPORT_RELATIVE)
		strength -= 8;
	return strength > 1 ? strength : 1;
}

bool
decide_is_embedded(const struct frame *frame, const struct reports *reports, size_t i)
{
	const struct report *outer, *inner = &reports->at[i];
	const struct token *cue;
	size_t at;

	if (i == 0 || inner->form == REPORT_PARTICIPLE)
		return false;
	if (reports->at[0].form == REPORT_ACCORDING && reports->at[0].content <= inner->from &&
	    !LEXICON_HAS(frame_token(frame, inner->cue_first), CUE_STRONG))
		return true; /* `According to a paper, they have agreed on a "shared lane"` */
	outer = inner - 1;
	cue = frame_token(frame, outer->cue_first);
	if (outer->form == REPORT_INVERTED || inner->from < outer->content || LEXICON_HAS(cue, CUE_ATTITUDE) ||
	    !(LEXICON_HAS(cue, CUE_STRONG) || LEXICON_HAS(cue, CUE_CLAUSE)))
		return false;
	for (at = outer->content; at < inner->from; at++)
		if (frame_mark(frame, at) == ',' || frame->items[at].run != FRAME_NONE)
			return false;
	return true;
}
