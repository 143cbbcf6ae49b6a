/* SPDX-License-Identifier: ISC
 *
 * Who said what: the steps in the order in which a document passes them.
 *
 *   marks      runs inside quotation marks                           (quote_marks)
 *   frame      the words outside, each run one item                  (quote_frame)
 *   reports    reporting words and their noun phrases                (quote_report)
 *   candidates who may have said a run: phrases of its sentence      (quote_candidate, quote_draft)
 *              and those who speak around it                         (quote_heir)
 *   ranker     which of them did, or nobody                          (quote_rank, quote_model)
 *   speaker    the canonical name behind the mention                 (quote_speaker, names)
 *
 * All of it is linear in the document but for sorting its rows.
 */
#include "quoter.h"

#include "buffer.h"
#include "names.h"
#include "quote_frame.h"
#include "quote_heir.h"
#include "quote_indirect.h"
#include "quote_marks.h"
#include "quote_report.h"
#include "quote_speaker.h"
#include "quote_type.h"

#include <stdlib.h>
#include <string.h>

/* Whoever is chosen with less of a chance is not named: such rows are more often wrong than right. */
#define CHANCE_MIN (RANK_CHANCE / 4)

/* Words of a run that is an utterance though nobody is found to have said it; fewer may be a slogan. */
#define UTTERANCE_WORDS 4

struct news_quoter {
	const struct news_lists *lists;
	const struct news_quote_model *model;
	const struct quoter_teacher *teacher;
	struct names *names;
	struct tokens tokens;
	struct quote_marks marks;
	struct frame frame;
	struct reports reports;
	struct speakers speakers;
	struct indirects indirects;
	size_t last_said; /* the indirect speech settled last, or FRAME_NONE */
	struct drafts drafts;
	size_t next;
	size_t *order; /* candidates of the draft given last, the best first */
	size_t order_count, order_room;
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
news_quoter_new(const struct news_lists *lists, const struct news_quoter_options *options)
{
	struct news_quoter *quoter = calloc(1, sizeof *quoter);

	if (quoter == NULL)
		return NULL;
	quoter->lists = lists;
	quoter->model = options->model != NULL ? options->model : &quote_model_embedded;
	quoter->all = options->all;
	quoter->drafts.keeps = options->reasons;
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
	quote_draft_release(&quoter->drafts);
	free(quoter->order);
	free(quoter);
}

void
quoter_teach(struct news_quoter *quoter, const struct quoter_teacher *teacher)
{
	quoter->teacher = teacher;
	quoter->drafts.keeps = true;
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

/* The runs of sentence S, each with those in it who may have said it. */
static bool
draft_sentence(struct news_quoter *quoter, size_t s)
{
	const struct frame *frame = &quoter->frame;
	const struct frame_sentence *sentence = &frame->sentences[s];
	struct drafts *drafts = &quoter->drafts;
	size_t i, chosen = FRAME_NONE;

	if (!sentence->has_run)
		return true;
	if (!quote_draft_look(drafts, quoter->lists, sentence))
		return false;
	for (i = sentence->first; i < sentence->first + sentence->count; i++) {
		const struct candidate *best;
		struct draft *draft;

		if (frame->items[i].run == FRAME_NONE)
			continue;
		draft = quote_draft_run(drafts, s, &quoter->reports, i, chosen);
		if (draft == NULL)
			return false;
		if (quoter->teacher != NULL)
			draft->best = quoter->teacher->choose(quoter->teacher->context, drafts, draft,
			    draft->near_count, draft->best, 0, false);
		best = quote_draft_candidate(drafts, draft, draft->best);
		chosen = candidate_is_near(best) ? best->first : FRAME_NONE;
		if (candidate_is_near(best) && best->reported)
			quoter->indirects.quoted[best->number] = true; /* it reports nothing without marks */
	}
	return true;
}

static bool
resolve(struct news_quoter *quoter, struct draft *draft)
{
	const struct frame *frame = &quoter->frame;

	if (draft->resolved || !draft->attributed)
		return true;
	draft->resolved = true;
	draft->quote.mention = quote_draft_report_mention(frame, &draft->report);
	if (draft->report.cue_first != FRAME_NONE)
		draft->quote.cue = quote_draft_span(frame, draft->report.cue_first, draft->report.cue_last);
	if (draft->has_outer && !speaker_find(&quoter->speakers, draft->sentence, &draft->outer, &draft->via))
		return false;
	return speaker_find(&quoter->speakers, draft->sentence, &draft->report, &draft->speaker);
}

/* Let DRAFT have the speaker of what CANDIDATE inherits from. */
static void
inherit(struct news_quoter *quoter, struct draft *draft, const struct candidate *candidate)
{
	static const enum decide_rule rules[CANDIDATE_KIND_COUNT] = {
	    [CANDIDATE_BEFORE] = DECIDE_SAME_PARAGRAPH,
	    [CANDIDATE_LATER] = DECIDE_LATER_IN_PARAGRAPH,
	    [CANDIDATE_CONTINUED] = DECIDE_CONTINUED,
	    [CANDIDATE_CARRIED_ON] = DECIDE_CARRIED_ON,
	    [CANDIDATE_ALTERNATE] = DECIDE_ALTERNATE,
	    [CANDIDATE_EARLIER] = DECIDE_EARLIER,
	};

	draft->rule = rules[candidate->kind];
	draft->quote.mention = candidate->mention;
	draft->resolved = draft->attributed = true;
	if (candidate->bond.indirect) {
		draft->speaker = quoter->indirects.at[candidate->from].speaker;
		return;
	}
	draft->speaker = quoter->drafts.at[candidate->from].speaker;
	draft->via = quoter->drafts.at[candidate->from].via;
}

/* Let DRAFT be said by candidate CHOSEN. */
static bool
take(struct news_quoter *quoter, struct draft *draft, size_t chosen, unsigned chance)
{
	const struct candidate *candidate = quote_draft_candidate(&quoter->drafts, draft, chosen);

	draft->chosen = chosen;
	draft->nameless = candidate->kind == CANDIDATE_NAMELESS;
	switch (candidate->kind) {
	case CANDIDATE_NOBODY:
		return true;
	case CANDIDATE_NAMELESS:
		draft->quote.score = rank_calibrate(quoter->model, candidate, chance);
		return true;
	case CANDIDATE_TRANSCRIPT:
		draft->attributed = draft->resolved = true;
		draft->rule = candidate->rule;
		draft->quote.mention = candidate->mention;
		draft->quote.cue = (struct news_span){quoter->tokens.at[candidate->last + 1].begin,
		    quoter->tokens.at[candidate->last + 1].end};
		draft->quote.score = rank_calibrate(quoter->model, candidate, chance);
		return speaker_find_tokens(&quoter->speakers, candidate->first, candidate->last, &draft->speaker);
	case CANDIDATE_BEFORE:
	case CANDIDATE_LATER:
	case CANDIDATE_CONTINUED:
	case CANDIDATE_CARRIED_ON:
	case CANDIDATE_ALTERNATE:
	case CANDIDATE_EARLIER:
		draft->quote.score = rank_calibrate(quoter->model, candidate, chance);
		inherit(quoter, draft, candidate);
		return true;
	default:
		draft->attributed = true;
		draft->rule = candidate->rule;
		draft->report = candidate->report;
		draft->has_outer = candidate->has_outer;
		draft->outer = candidate->outer;
		draft->quote.score = rank_calibrate(quoter->model, candidate, chance);
		return resolve(quoter, draft);
	}
}

/* Whether the run of DRAFT is said by somebody, whoever that is: a sentence by itself, in marks. */
static bool
is_utterance(const struct news_quoter *quoter, const struct draft *draft)
{
	return draft->place.alone && !draft->place.title && !draft->place.title_case &&
	    quoter->marks.runs[draft->run].words >= UTTERANCE_WORDS;
}

/* Choose who said the run of draft I, those before it being settled. */
static bool
choose(struct news_quoter *quoter, size_t i)
{
	struct heir_sources sources = {&quoter->tokens, &quoter->indirects, quoter->last_said};
	struct drafts *drafts = &quoter->drafts;
	struct draft *draft = &drafts->at[i];
	const struct candidate *candidate;
	size_t count, chosen;
	unsigned chance;

	if (!heir_offer(drafts, i, &sources))
		return false;
	count = draft->near_count + draft->heir_count;
	chosen = quote_draft_choose(drafts, draft, &chance);
	if (chance < CHANCE_MIN)
		chosen = QUOTE_DRAFT_NOBODY;
	if (chosen == QUOTE_DRAFT_NOBODY && is_utterance(quoter, draft))
		chosen = QUOTE_DRAFT_NAMELESS;
	if (quoter->teacher != NULL)
		chosen = quoter->teacher->choose(quoter->teacher->context, drafts, draft, count, chosen, chance, true);
	candidate = quote_draft_candidate(drafts, draft, chosen);
	if (candidate->kind == CANDIDATE_LATER && !drafts->at[candidate->from].attributed) {
		/* that one is settled first, by who stands in its sentence */
		struct draft *later = &drafts->at[candidate->from];
		if (!take(quoter, later, later->best, quote_draft_near_chance(later)))
			return false;
	}
	if (!take(quoter, draft, chosen, chance))
		return false;
	quote_draft_drop_heirs(drafts, draft);
	return true;
}

/* Let those who speak without marks before sentence S count for its "he". */
static bool
settle_indirects(struct news_quoter *quoter, size_t *indirect, size_t s)
{
	for (; *indirect < quoter->indirects.count && quoter->indirects.at[*indirect].sentence < s; (*indirect)++) {
		struct indirect *said = &quoter->indirects.at[*indirect];
		if (!speaker_find(&quoter->speakers, said->sentence, &said->report, &said->speaker) ||
		    !speaker_spoke(&quoter->speakers, said->speaker, said->sentence))
			return false;
		quoter->last_said = *indirect;
	}
	return true;
}

/* Who speaks, and what type of quotation it is, in reading order. */
static bool
settle(struct news_quoter *quoter)
{
	const struct frame *frame = &quoter->frame;
	size_t indirect = 0, i;

	quoter->last_said = FRAME_NONE;
	for (i = 0; i < quoter->drafts.count; i++) {
		struct draft *draft = &quoter->drafts.at[i];

		if (!settle_indirects(quoter, &indirect, draft->sentence) || (!draft->attributed && !choose(quoter, i)))
			return false;
		draft->quote.type = quote_type_find(frame, &frame->sentences[draft->sentence], draft->item, draft->rule,
		    &draft->report);
		if (!draft->attributed && !draft->nameless)
			draft->quote.type = NEWS_OTHER;
		if (draft->attributed && !speaker_spoke(&quoter->speakers, draft->speaker, draft->sentence))
			return false;
	}
	return settle_indirects(quoter, &indirect, frame->sentence_count);
}

/* Whether A and B are said in one breath: parts of one report, or one inherits its speaker from the other. */
static bool
is_one_turn(const struct draft *a, const struct draft *b)
{
	if (a->run == FRAME_NONE || b->run == FRAME_NONE || !a->attributed || !b->attributed)
		return false;
	switch (b->rule) {
	case DECIDE_SAME_PARAGRAPH:
	case DECIDE_CARRIED_ON:
	case DECIDE_CONTINUED:
		return true;
	default:
		break;
	}
	return a->rule == DECIDE_LATER_IN_PARAGRAPH ||
	    (a->sentence == b->sentence && a->report.cue_first == b->report.cue_first &&
		a->report.mention_first == b->report.mention_first);
}

/* Number the utterances. */
static void
number_turns(struct drafts *drafts)
{
	unsigned turn = 0;
	size_t i;

	for (i = 0; i < drafts->count; i++) {
		if (i == 0 || !is_one_turn(&drafts->at[i - 1], &drafts->at[i]))
			turn++;
		drafts->at[i].quote.turn = turn > NEWS_PARAGRAPH_MAX ? NEWS_PARAGRAPH_MAX : turn;
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
		draft = quote_draft_add(&quoter->drafts);
		if (draft == NULL)
			return false;
		draft->quote.type = NEWS_INDIRECT;
		draft->quote.span = said->content;
		draft->quote.mention = quote_draft_report_mention(&quoter->frame, &said->report);
		draft->quote.cue = quote_draft_span(&quoter->frame, said->report.cue_first, said->report.cue_last);
		draft->quote.score = decide_indirect_score(said->rule);
		draft->report = said->report;
		draft->sentence = said->sentence;
		draft->speaker = said->speaker;
		draft->attributed = true;
		draft->rule = said->rule;
	}
	return true;
}

/* Runs inside runs, which are nobody's utterance of their own. */
static bool
add_nested(struct news_quoter *quoter)
{
	size_t i;

	for (i = 0; i < quoter->marks.count; i++) {
		struct draft *draft;
		if (!quoter->marks.runs[i].nested)
			continue;
		draft = quote_draft_add(&quoter->drafts);
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
	struct drafts *drafts = &quoter->drafts;
	size_t s;

	quoter->document = document;
	quoter->next = quoter->order_count = 0;
	quoter->indirects.count = 0;
	quote_draft_start(drafts, frame, quoter->model);
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
	if (drafts->count == 0 && quoter->indirects.count == 0 && quoter->marks.count == 0)
		return NEWS_OK; /* nobody speaks: no names are asked for */
	if (names_start(quoter->names, document, &quoter->tokens) != NEWS_OK)
		return NEWS_NO_MEMORY;
	speaker_start(&quoter->speakers, frame, quoter->names);
	if (!settle(quoter) || !add_indirects(quoter) || (quoter->all && !add_nested(quoter)))
		return NEWS_NO_MEMORY;
	if (drafts->count > 1)
		qsort(drafts->at, drafts->count, sizeof *drafts->at, by_begin);
	number_turns(drafts);
	return NEWS_OK;
}

/* Order the candidates of DRAFT by their scores, the first of equals first; the chosen one leads. */
static bool
order_candidates(struct news_quoter *quoter, const struct draft *draft)
{
	size_t count = draft->near_count + draft->heir_count, i, k;

	quoter->order_count = 0;
	for (i = 0; i < count; i++) {
		size_t *grown =
		    array_grow(quoter->order, quoter->order_count, &quoter->order_room, sizeof *quoter->order);
		int score = quote_draft_score(&quoter->drafts, draft, i);
		if (grown == NULL)
			return false;
		quoter->order = grown;
		for (k = quoter->order_count++; k > 0; k--) {
			if (grown[k - 1] == draft->chosen)
				break;
			if (i != draft->chosen &&
			    quote_draft_candidate(&quoter->drafts, draft, grown[k - 1])->score >= score)
				break;
			grown[k] = grown[k - 1];
		}
		grown[k] = i;
	}
	return true;
}

enum news_status
news_quoter_next(struct news_quoter *quoter, struct news_quote *quote)
{
	while (quoter->next < quoter->drafts.count) {
		const struct draft *draft = &quoter->drafts.at[quoter->next++];
		const struct news_segment *segment;
		bool unclosed = draft->run != FRAME_NONE && quoter->marks.runs[draft->run].unclosed;

		if (draft->quote.type == NEWS_OTHER && !quoter->all)
			continue;
		*quote = draft->quote;
		segment = segment_at(quoter->document, quote->span.begin);
		quote->paragraph = segment->paragraph;
		quote->sentence = segment->sentence;
		quote->speaker = speaker_name(&quoter->speakers, draft->speaker);
		quote->via = speaker_name(&quoter->speakers, draft->via);
		quote->rule = decide_rule_name(draft->rule, unclosed);
		if (quoter->drafts.keeps && !order_candidates(quoter, draft))
			return NEWS_NO_MEMORY;
		return NEWS_OK;
	}
	return NEWS_END;
}

/* Add WEIGHT of a feature called NAME to REASON, whose features are in order of how much they weigh. */
static void
add_feature(struct news_reason *reason, const char *name, int weight)
{
	size_t k;

	if (weight == 0)
		return;
	if (reason->feature_count < NEWS_REASON_FEATURES)
		reason->feature_count++;
	else if (abs(reason->features[NEWS_REASON_FEATURES - 1].weight) >= abs(weight))
		return;
	for (k = reason->feature_count - 1; k > 0 && abs(reason->features[k - 1].weight) < abs(weight); k--)
		reason->features[k] = reason->features[k - 1];
	reason->features[k].name = name;
	reason->features[k].weight = weight;
}

bool
news_quoter_reason(struct news_quoter *quoter, size_t i, struct news_reason *reason)
{
	const struct drafts *drafts = &quoter->drafts;
	const struct rank_features *features;
	const struct candidate *candidate;
	const struct draft *draft;
	uint64_t sum = 0;
	int score, best_score;
	size_t k;

	if (i >= quoter->order_count || quoter->next == 0)
		return false;
	draft = &drafts->at[quoter->next - 1];
	candidate = quote_draft_candidate(drafts, draft, quoter->order[i]);
	score = best_score = quote_draft_score(drafts, draft, quoter->order[i]);
	for (k = 0; k < quoter->order_count; k++) {
		int other = quote_draft_score(drafts, draft, k);
		best_score = other > best_score ? other : best_score;
	}
	for (k = 0; k < quoter->order_count; k++)
		sum += rank_odds(best_score - quote_draft_score(drafts, draft, k));
	*reason = (struct news_reason){
	    .kind = candidate_kind_name(candidate->kind),
	    .mention = quote_draft_mention(drafts, candidate),
	    .chance = (unsigned)((uint64_t)rank_odds(best_score - score) * 100 / sum),
	    .chosen = quoter->order[i] == draft->chosen,
	};
	if (candidate->report.cue_first != FRAME_NONE && candidate_is_near(candidate))
		reason->cue = quote_draft_span(drafts->frame, candidate->report.cue_first, candidate->report.cue_last);
	features = quote_draft_features(drafts, draft, quoter->order[i]);
	for (k = 0; k < features->count;) {
		unsigned template = features->template[k];
		int weight = 0;
		for (; k < features->count && features->template[k] == template; k++)
			weight += quoter->model->weights[features->id[k]];
		add_feature(reason, rank_template_name(template), weight * 100 / QUOTE_MODEL_SCALE);
	}
	return true;
}
