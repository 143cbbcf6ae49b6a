/* SPDX-License-Identifier: ISC */
#include "quote_candidate.h"

#include "buffer.h"
#include "quote_noun.h"

#include <stdlib.h>

#define FAR_ITEMS 120    /* between a run and a phrase that has nothing to do with it */
#define SIDE_MAX 16      /* phrases on each side of a run */
#define REPORT_REACH 250 /* items between a run and a report that has nothing to do with it */
#define REPORT_WINDOW 12 /* reports on each side of a run that are looked at: further ones never win */

const char *
candidate_kind_name(enum candidate_kind kind)
{
	static const char *const names[] = {
#define X(name, text) text,
	    CANDIDATE_KINDS(X)
#undef X
	};

	return names[kind];
}

struct candidate *
candidate_add(struct candidates *candidates, enum candidate_kind kind)
{
	struct candidate *grown =
	    array_grow(candidates->at, candidates->count, &candidates->room, sizeof *candidates->at);

	if (grown == NULL)
		return NULL;
	candidates->at = grown;
	grown += candidates->count++;
	*grown = (struct candidate){.kind = kind};
	grown->report.cue_first = grown->report.cue_last = grown->report.relative = (uint32_t)FRAME_NONE;
	return grown;
}

/* A run, and the reports around it. */
struct place {
	struct search search;
	const struct frame_sentence *sentence;
	const struct reports *reports;
	size_t low, high; /* those that are looked at */
	size_t quote;
};

/* Whether the run stands inside REPORT: `John "Jack" Doe said`. */
static bool
holds_quote(const struct report *report, size_t quote)
{
	return (report->from <= quote && quote <= report->to && report->form != REPORT_PARTICIPLE) ||
	    (report->mention_first <= quote && quote <= report->mention_last);
}

/* The source behind report I, which CANDIDATE has: "Kerry said, according to a pool report", "According to a pool
 * report, Kerry said". */
static void
take_outer(struct candidate *candidate, const struct place *place, size_t i)
{
	const struct report *reports = place->reports->at;

	candidate->has_outer = false;
	if (reports[i].form == REPORT_ACCORDING)
		return;
	if (i + 1 < place->reports->count && reports[i + 1].form == REPORT_ACCORDING)
		candidate->outer = reports[i + 1];
	else if (i > 0 && reports[0].form == REPORT_ACCORDING && reports[0].from == place->search.first)
		candidate->outer = reports[0];
	else
		return;
	candidate->has_outer = true;
}

/* The strongest report whose subject is CANDIDATE. */
static void
take_report(struct candidate *candidate, const struct place *place)
{
	size_t i;

	for (i = place->low; i < place->high; i++) {
		const struct report *report = &place->reports->at[i];
		size_t head = candidate->first == report->relative ? report->relative : report->head;
		struct decide_features features;
		enum decide_rule rule;
		int strength;

		if (head < candidate->first || head > candidate->last) {
			candidate->inside = candidate->inside ||
			    (report->mention_first <= candidate->first && candidate->first <= report->mention_last);
			continue;
		}
		if (holds_quote(report, place->quote) ||
		    (report->to < place->quote && place->quote - report->to > REPORT_REACH) ||
		    (report->from > place->quote && report->from - place->quote > REPORT_REACH))
			continue;
		decide_features(place->search.frame, place->sentence, place->quote, report, &features);
		features.embedded = decide_is_embedded(place->search.frame, place->reports, i);
		strength = decide_weigh(&features, &rule);
		if (candidate->reported && strength <= candidate->strength)
			continue;
		candidate->reported = true;
		candidate->number = i;
		candidate->report = *report;
		if (candidate->first != report->relative)
			candidate->report.relative = (uint32_t)FRAME_NONE; /* the one of whom the clause tells */
		candidate->features = features;
		take_outer(candidate, place, i);
		candidate->rule = rule == DECIDE_NOBODY ? DECIDE_PHRASE : rule;
		candidate->strength = strength;
	}
}

/* Over auxiliaries and adverbs to the verb that says what is done: "has also insisted". */
static size_t
main_verb(const struct search *search, size_t verb)
{
	while (verb + 1 < search->end && !noun_is_run(search, verb + 1) &&
	    LEXICON_HAS(frame_token(search->frame, verb), AUXILIARY) &&
	    (frame_is_verb(search->frame, verb + 1) || noun_is_adverbial(search, verb + 1)))
		verb++;
	return verb;
}

/* A phrase of which the grammar knows no report, with the finite verb behind it if there is one. */
static void
take_phrase(struct candidate *candidate, const struct place *place)
{
	const struct search *search = &place->search;
	struct noun noun;
	size_t verb;

	if (!noun_after(search, candidate->first, &noun) || (noun.first <= place->quote && place->quote <= noun.last))
		noun = (struct noun){candidate->first, candidate->last, candidate->last, FRAME_NONE};
	candidate->report.form = REPORT_SUBJECT;
	candidate->report.mention_first = candidate->report.from = (uint32_t)noun.first;
	candidate->report.mention_last = candidate->report.to = (uint32_t)noun.last;
	candidate->report.head = (uint32_t)noun.head;
	candidate->rule = DECIDE_PHRASE;
	verb = noun.last + 1;
	while (verb < search->end && (noun_mark(search, verb) == ',' || noun_is_adverbial(search, verb)))
		verb++;
	if (verb < search->end && !noun_is_run(search, verb) && frame_is_finite(search->frame, verb)) {
		verb = main_verb(search, verb);
		candidate->report.cue_first = candidate->report.cue_last = candidate->report.to = (uint32_t)verb;
	}
	candidate->report.content = candidate->report.to + 1;
}

/* The possessors in the phrase of items [first, last] when what they own is said or written: "Kerry's claim", "his
 * letter". */
static bool
add_owners(struct candidates *candidates, const struct search *search, size_t first, size_t last)
{
	const struct token *owned = frame_token(search->frame, last);
	size_t begin = first, i;

	if (!LEXICON_HAS(owned, CUE_NOUN) && !LEXICON_HAS(owned, TEXT_NOUN))
		return true;
	for (i = first; i <= last; i++) {
		bool pronoun = noun_tag(search, i) == LEXICON_PRPS;
		struct candidate *candidate;

		if (!pronoun && (noun_tag(search, i) != LEXICON_POS || i == first))
			continue;
		candidate = candidate_add(candidates, CANDIDATE_OWNER);
		if (candidate == NULL)
			return false;
		candidate->first = candidate->report.mention_first = candidate->report.from =
		    (uint32_t)(pronoun ? i : begin);
		candidate->last = candidate->report.to = (uint32_t)i;
		candidate->report.mention_last = candidate->report.head =
		    (uint32_t)(pronoun ? i : i - 1); /* without "'s" */
		candidate->report.content = (uint32_t)i + 1;
		candidate->rule = DECIDE_PHRASE;
		begin = i + 1;
	}
	return true;
}

static bool
add_phrase(struct candidates *candidates, const struct place *place, size_t first, size_t last)
{
	struct candidate *candidate = candidate_add(candidates, CANDIDATE_PHRASE);

	if (candidate == NULL)
		return false;
	candidate->first = first;
	candidate->last = last;
	take_report(candidate, place);
	if (!candidate->reported)
		take_phrase(candidate, place);
	return add_owners(candidates, &place->search, first, last);
}

/* "who", and "that" in "a report that says". */
static bool
is_relative(const struct search *search, size_t i)
{
	if (frame_is_word(search->frame, i, "what"))
		return false;
	if (noun_is_relative(search, i))
		return true;
	return frame_is_word(search->frame, i, "that") && i > search->first && noun_phrase(search, i - 1) != NULL &&
	    i + 1 < search->end && !noun_is_run(search, i + 1) && frame_is_finite(search->frame, i + 1);
}

/* Add what begins at item I; `*side` counts. */
static bool
add_at(struct candidates *candidates, const struct place *place, size_t i, size_t *side)
{
	const struct frame_phrase *phrase;

	if (noun_is_run(&place->search, i))
		return true;
	phrase = noun_phrase(&place->search, i);
	if (phrase != NULL ? phrase->first != i : !is_relative(&place->search, i))
		return true;
	(*side)++;
	return add_phrase(candidates, place, i, phrase != NULL ? phrase->last : i);
}

/* The index of the first of REPORTS whose cue stands behind item QUOTE. */
static size_t
first_behind(const struct reports *reports, size_t quote)
{
	size_t low = 0, high = reports->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reports->at[middle].cue_first < quote)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
candidate_phrases(struct candidates *candidates, const struct frame *frame, const struct frame_sentence *sentence,
    const struct reports *reports, size_t quote)
{
	struct place place = {
	    .search = {.frame = frame, .first = sentence->first, .end = sentence->first + sentence->count},
	    .sentence = sentence,
	    .reports = reports,
	    .quote = quote,
	};
	size_t begin = candidates->count, best = begin, i, side, middle = first_behind(reports, quote);
	size_t low = quote - sentence->first > FAR_ITEMS ? quote - FAR_ITEMS : sentence->first;
	size_t high = place.search.end - quote > FAR_ITEMS ? quote + FAR_ITEMS : place.search.end;

	place.low = middle > REPORT_WINDOW ? middle - REPORT_WINDOW : 0;
	place.high = middle + REPORT_WINDOW < reports->count ? middle + REPORT_WINDOW : reports->count;
	for (i = quote, side = 0; i-- > low && side < SIDE_MAX;)
		if (!add_at(candidates, &place, i, &side))
			return false;
	for (i = quote + 1, side = 0; i < high && side < SIDE_MAX; i++)
		if (!add_at(candidates, &place, i, &side))
			return false;
	for (i = begin; i < candidates->count; i++)
		if (candidates->at[i].strength > candidates->at[best].strength)
			best = i;
	if (best < candidates->count && candidates->at[best].strength > 0)
		candidates->at[best].best = true;
	return true;
}

void
candidate_release(struct candidates *candidates)
{
	free(candidates->at);
	*candidates = (struct candidates){0};
}
