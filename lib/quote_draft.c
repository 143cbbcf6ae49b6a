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
	return i < draft->near_count ? &drafts->near.at[draft->near + i]
				     : &drafts->heirs.at[draft->heir + i - draft->near_count];
}

const struct rank_features *
quote_draft_features(const struct drafts *drafts, const struct draft *draft, size_t i)
{
	return &drafts->kept[quote_draft_candidate(drafts, draft, i)->described];
}

/* Score CANDIDATE of DRAFT. */
static bool
score(struct drafts *drafts, const struct draft *draft, struct candidate *candidate)
{
	struct rank_features *features = &drafts->scratch;

	if (drafts->keeps) {
		struct rank_features *grown =
		    array_grow(drafts->kept, drafts->kept_count, &drafts->kept_room, sizeof *drafts->kept);
		if (grown == NULL)
			return false;
		drafts->kept = grown;
		candidate->described = drafts->kept_count;
		features = &grown[drafts->kept_count++];
	}
	rank_describe(&draft->place, &drafts->view, candidate, features);
	candidate->score = rank_score(drafts->model, features);
	return true;
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
	unsigned chance;
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
	if (candidate_add(near, CANDIDATE_NOBODY) == NULL || candidate_add(near, CANDIDATE_NAMELESS) == NULL ||
	    !candidate_phrases(near, frame, sentence, reports, item))
		return NULL;
	draft->near_count = near->count - draft->near;
	for (i = draft->near; i < near->count; i++)
		if (near->at[i].best)
			rank_strongest(place, &drafts->view, &near->at[i]);
	for (i = draft->near; i < near->count; i++)
		if (!score(drafts, draft, &near->at[i]))
			return NULL;
	draft->best = quote_draft_choose(drafts, draft, draft->near_count, &chance);
	return draft;
}

bool
quote_draft_score_heirs(struct drafts *drafts, const struct draft *draft)
{
	size_t i;

	for (i = 0; i < draft->heir_count; i++)
		if (!score(drafts, draft, &drafts->heirs.at[draft->heir + i]))
			return false;
	return true;
}

size_t
quote_draft_choose(const struct drafts *drafts, const struct draft *draft, size_t count, unsigned *chance)
{
	int best_score = quote_draft_candidate(drafts, draft, 0)->score;
	uint64_t sum = 0;
	size_t best = 0, i;

	for (i = 0; i < count; i++) {
		const struct candidate *candidate = quote_draft_candidate(drafts, draft, i);
		if (candidate->certain) {
			*chance = RANK_CHANCE;
			return i;
		}
		if (candidate->score > best_score) {
			best = i;
			best_score = candidate->score;
		}
	}
	for (i = 0; i < count; i++)
		sum += rank_odds(best_score - quote_draft_candidate(drafts, draft, i)->score);
	*chance = (unsigned)((uint64_t)rank_odds(0) * RANK_CHANCE / sum);
	return best;
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
