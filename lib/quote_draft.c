/* SPDX-License-Identifier: ISC */
#include "quote_draft.h"

#include "buffer.h"
#include "quote_type.h"

#include <stdlib.h>
#include <string.h>

void
quote_draft_start(struct drafts *drafts, const struct frame *frame, const struct news_quote_model *model)
{
	drafts->frame = frame;
	drafts->model = model;
	drafts->count = drafts->near.count = drafts->heirs.count = drafts->kept_count = 0;
}

struct draft *
quote_draft_add(struct drafts *drafts)
{
	struct draft *grown = array_grow(drafts->at, drafts->count, &drafts->room, sizeof *drafts->at);

	if (grown == NULL)
		return NULL;
	drafts->at = grown;
	grown += drafts->count++;
	memset(grown, 0, sizeof *grown);
	grown->run = FRAME_NONE;
	grown->speaker = grown->via = SIZE_MAX;
	return grown;
}

struct news_span
quote_draft_span(const struct frame *frame, size_t first, size_t last)
{
	const struct token *begin = frame_token(frame, first), *end = frame_token(frame, last);

	if (begin == NULL || end == NULL)
		return (struct news_span){0, 0};
	return (struct news_span){begin->begin, end->end};
}

struct news_span
quote_draft_report_mention(const struct frame *frame, const struct report *report)
{
	if (report->relative != FRAME_NONE)
		return quote_draft_span(frame, report->relative, report->relative);
	return quote_draft_span(frame, report->mention_first, report->mention_last);
}

struct news_span
quote_draft_mention(const struct drafts *drafts, const struct candidate *candidate)
{
	return candidate_is_near(candidate) ? quote_draft_report_mention(drafts->frame, &candidate->report)
					    : candidate->mention;
}

unsigned
quote_draft_paragraph(const struct drafts *drafts, const struct draft *draft)
{
	return drafts->frame->marks->runs[draft->run].paragraph;
}

const struct candidate *
quote_draft_candidate(const struct drafts *drafts, const struct draft *draft, size_t i)
{
	static const struct candidate first[QUOTE_DRAFT_PHRASES] = {
	    [QUOTE_DRAFT_NOBODY] = {.kind = CANDIDATE_NOBODY, .report.cue_first = (uint32_t)FRAME_NONE},
	    [QUOTE_DRAFT_NAMELESS] = {.kind = CANDIDATE_NAMELESS, .report.cue_first = (uint32_t)FRAME_NONE},
	};

	if (i < QUOTE_DRAFT_PHRASES)
		return &first[i];
	return i < draft->near_count ? &drafts->near.at[draft->near + i - QUOTE_DRAFT_PHRASES]
				     : &drafts->heirs.at[draft->heir + i - draft->near_count];
}

int
quote_draft_score(const struct drafts *drafts, const struct draft *draft, size_t i)
{
	return i < QUOTE_DRAFT_PHRASES ? draft->scores[i] : quote_draft_candidate(drafts, draft, i)->score;
}

const struct rank_features *
quote_draft_features(const struct drafts *drafts, const struct draft *draft, size_t i)
{
	return &drafts->kept[i < QUOTE_DRAFT_PHRASES ? draft->described[i]
						     : quote_draft_candidate(drafts, draft, i)->described];
}

/* Score CANDIDATE of DRAFT; `*described` gets the number of its features. */
static bool
score(struct drafts *drafts, const struct draft *draft, const struct candidate *candidate, int *out, size_t *described)
{
	struct rank_features *features = &drafts->scratch;

	if (drafts->keeps) {
		struct rank_features *grown =
		    array_grow(drafts->kept, drafts->kept_count, &drafts->kept_room, sizeof *drafts->kept);
		if (grown == NULL)
			return false;
		drafts->kept = grown;
		*described = drafts->kept_count;
		features = &grown[drafts->kept_count++];
	}
	rank_describe(&draft->place, &drafts->view, candidate, features);
	*out = rank_score(drafts->model, features);
	return true;
}

static bool
score_near(struct drafts *drafts, struct draft *draft)
{
	size_t i;

	for (i = 0; i < QUOTE_DRAFT_PHRASES; i++)
		if (!score(drafts, draft, quote_draft_candidate(drafts, draft, i), &draft->scores[i],
			&draft->described[i]))
			return false;
	for (i = draft->near; i < drafts->near.count; i++) {
		struct candidate *candidate = &drafts->near.at[i];
		if (!score(drafts, draft, candidate, &candidate->score, &candidate->described))
			return false;
	}
	return true;
}

/* Find the best of the near ones; where not all are kept, it becomes the only phrase. */
static void
find_best(struct drafts *drafts, struct draft *draft)
{
	size_t i;

	draft->best = 0;
	draft->best_score = draft->scores[0];
	for (i = 1; i < draft->near_count; i++) {
		int other = quote_draft_score(drafts, draft, i);
		if (other > draft->best_score) {
			draft->best = i;
			draft->best_score = other;
		}
	}
	draft->near_odds = 0;
	for (i = 0; i < draft->near_count; i++)
		draft->near_odds += rank_odds(draft->best_score - quote_draft_score(drafts, draft, i));
	if (drafts->keeps)
		return;
	drafts->near.count = draft->near;
	draft->near_count = QUOTE_DRAFT_PHRASES;
	if (draft->best >= QUOTE_DRAFT_PHRASES) {
		drafts->near.at[draft->near] = drafts->near.at[draft->near + draft->best - QUOTE_DRAFT_PHRASES];
		draft->best = QUOTE_DRAFT_PHRASES;
		draft->near_count++;
		drafts->near.count++;
	}
}

bool
quote_draft_look(struct drafts *drafts, const struct news_lists *lists, const struct frame_sentence *sentence)
{
	return view_run(&drafts->view, lists, drafts->frame, sentence);
}

struct draft *
quote_draft_run(struct drafts *drafts, size_t s, const struct reports *reports, size_t item, size_t chosen)
{
	const struct frame *frame = drafts->frame;
	const struct frame_sentence *sentence = &frame->sentences[s];
	struct draft *draft = quote_draft_add(drafts);
	struct candidates *near = &drafts->near;
	struct rank_place *place;
	size_t i;

	if (draft == NULL)
		return NULL;
	draft->run = frame->items[item].run;
	draft->item = item;
	draft->sentence = s;
	draft->quote.span = frame->marks->runs[draft->run].inside;
	draft->near = near->count;
	place = &draft->place;
	rank_look(place, &drafts->view, sentence, item);
	place->title_case = quote_type_is_title(frame, &frame->marks->runs[draft->run]);
	place->work = quote_type_is_work(frame, sentence, item);
	place->starts_paragraph = s == 0 || frame->sentences[s - 1].paragraph != sentence->paragraph;
	place->ends_paragraph =
	    s + 1 >= frame->sentence_count || frame->sentences[s + 1].paragraph != sentence->paragraph;
	place->reports = reports->count < 2 ? (unsigned)reports->count : 2;
	place->chosen = chosen;
	if (!candidate_phrases(near, frame, sentence, reports, item))
		return NULL;
	draft->near_count = QUOTE_DRAFT_PHRASES + near->count - draft->near;
	for (i = draft->near; i < near->count; i++)
		if (near->at[i].best)
			rank_strongest(place, &drafts->view, &near->at[i]);
	if (!score_near(drafts, draft))
		return NULL;
	find_best(drafts, draft);
	return draft;
}

bool
quote_draft_score_heirs(struct drafts *drafts, const struct draft *draft)
{
	size_t i;

	for (i = 0; i < draft->heir_count; i++) {
		struct candidate *heir = &drafts->heirs.at[draft->heir + i];
		if (!score(drafts, draft, heir, &heir->score, &heir->described))
			return false;
	}
	return true;
}

void
quote_draft_drop_heirs(struct drafts *drafts, struct draft *draft)
{
	if (drafts->keeps)
		return;
	drafts->heirs.count = draft->heir;
	draft->heir_count = 0;
}

size_t
quote_draft_choose(const struct drafts *drafts, const struct draft *draft, unsigned *chance)
{
	size_t best = draft->best, i;
	int best_score = draft->best_score;
	uint64_t sum;

	for (i = 0; i < draft->heir_count; i++) {
		const struct candidate *heir = &drafts->heirs.at[draft->heir + i];
		if (heir->certain) {
			*chance = RANK_CHANCE;
			return draft->near_count + i;
		}
		if (heir->score > best_score) {
			best = draft->near_count + i;
			best_score = heir->score;
		}
	}
	/* the near ones' odds were by the best of them */
	sum = draft->near_odds * rank_odds(best_score - draft->best_score) / rank_odds(0);
	for (i = 0; i < draft->heir_count; i++)
		sum += rank_odds(best_score - drafts->heirs.at[draft->heir + i].score);
	*chance = (unsigned)((uint64_t)rank_odds(0) * RANK_CHANCE / sum);
	return best;
}

unsigned
quote_draft_near_chance(const struct draft *draft)
{
	return (unsigned)((uint64_t)rank_odds(0) * RANK_CHANCE / draft->near_odds);
}

void
quote_draft_release(struct drafts *drafts)
{
	free(drafts->at);
	candidate_release(&drafts->near);
	candidate_release(&drafts->heirs);
	view_release(&drafts->view);
	free(drafts->kept);
	*drafts = (struct drafts){0};
}
