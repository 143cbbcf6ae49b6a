/* SPDX-License-Identifier: ISC */
#include "quote_heir.h"

#include "quote_tags.h"

#define NEIGHBOURS 32 /* runs that a search before or behind passes */
#define EARLIER_PARAGRAPHS 6
#define SIGNATURE_ITEMS 12 /* of a paragraph that signs the quotation before it */
#define TRANSCRIPT_WORDS 5 /* of the name before a colon */

static struct candidate *
add(struct drafts *drafts, struct draft *draft, enum candidate_kind kind)
{
	struct candidate *heir = candidate_add(&drafts->heirs, kind);

	if (heir != NULL)
		draft->heir_count++;
	return heir;
}

static bool
is_unclosed(const struct drafts *drafts, const struct draft *draft)
{
	return drafts->frame->marks->runs[draft->run].unclosed;
}

/* What was said last without marks, if that was in PARAGRAPH. */
static const struct indirect *
said_in(const struct drafts *drafts, const struct heir_sources *sources, unsigned paragraph)
{
	const struct indirect *said;

	if (sources->last_said == FRAME_NONE)
		return NULL;
	said = &sources->indirects->at[sources->last_said];
	return drafts->frame->sentences[said->sentence].paragraph == paragraph ? said : NULL;
}

/* The index of the latest attributed draft before draft I if it is in PARAGRAPH, else I. */
static size_t
attributed_in(const struct drafts *drafts, size_t i, unsigned paragraph)
{
	size_t k, n;

	for (k = i, n = 0; k-- > 0 && n < NEIGHBOURS && quote_draft_paragraph(drafts, &drafts->at[k]) >= paragraph; n++)
		if (drafts->at[k].attributed && quote_draft_paragraph(drafts, &drafts->at[k]) == paragraph)
			return k;
	return i;
}

/* Who spoke last in PARAGRAPH, in marks or without. */
static bool
offer_latest(struct drafts *drafts, size_t i, const struct heir_sources *sources, unsigned paragraph,
    enum candidate_kind kind)
{
	const struct frame *frame = drafts->frame;
	struct draft *draft = &drafts->at[i];
	size_t before = attributed_in(drafts, i, paragraph), sentence;
	const struct indirect *said = said_in(drafts, sources, paragraph);
	struct candidate *heir;

	if (said != NULL && before < i && drafts->at[before].sentence >= said->sentence)
		said = NULL;
	if (said == NULL && before == i)
		return true;
	heir = add(drafts, draft, kind);
	if (heir == NULL)
		return false;
	if (said != NULL) {
		sentence = said->sentence;
		heir->from = sources->last_said;
		heir->mention = quote_draft_report_mention(frame, &said->report);
		heir->bond.indirect = true;
		heir->bond.rule = DECIDE_RULE_COUNT + (unsigned)said->rule;
	} else {
		sentence = drafts->at[before].sentence;
		heir->from = before;
		heir->mention = drafts->at[before].quote.mention;
		heir->bond.rule = drafts->at[before].rule;
		heir->bond.left_open = is_unclosed(drafts, &drafts->at[before]);
		heir->bond.alone = drafts->at[before].place.alone;
		heir->bond.runs = i - before - 1;
	}
	heir->bond.sentences = draft->sentence - sentence;
	heir->bond.same_sentence = draft->sentence == sentence;
	heir->bond.ends_paragraph =
	    sentence + 1 < frame->sentence_count && frame->sentences[sentence + 1].paragraph != paragraph;
	return true;
}

/* The one of two who talk in turns: `"We did," said A. LF "You did?" B asked. LF "We did."` */
static bool
offer_alternate(struct drafts *drafts, size_t i, unsigned paragraph)
{
	struct draft *draft = &drafts->at[i];
	size_t last = attributed_in(drafts, i, paragraph - 1), other;
	struct candidate *heir;

	if (last == i || is_unclosed(drafts, &drafts->at[last]))
		return true;
	other = attributed_in(drafts, last, paragraph - 2);
	if (other == last || drafts->at[other].speaker == drafts->at[last].speaker)
		return true;
	heir = add(drafts, draft, CANDIDATE_ALTERNATE);
	if (heir == NULL)
		return false;
	heir->from = other;
	heir->mention = drafts->at[other].quote.mention;
	heir->bond.rule = drafts->at[other].rule;
	heir->bond.runs = i - other - 1;
	heir->bond.alone = drafts->at[other].place.alone;
	heir->bond.sentences = draft->sentence - drafts->at[other].sentence;
	return true;
}

static bool
draft_is_far(const struct drafts *drafts, const struct draft *before, unsigned paragraph)
{
	return quote_draft_paragraph(drafts, before) + EARLIER_PARAGRAPHS < paragraph;
}

/* Who spoke last in marks before paragraph PARAGRAPH, a few paragraphs back. */
static bool
offer_earlier(struct drafts *drafts, size_t i, unsigned paragraph)
{
	struct draft *draft = &drafts->at[i];
	struct candidate *heir;
	size_t k, n;

	for (k = i, n = 0; k-- > 0 && n < NEIGHBOURS; n++) {
		const struct draft *before = &drafts->at[k];
		if (draft_is_far(drafts, before, paragraph))
			break;
		if (!before->attributed || quote_draft_paragraph(drafts, before) >= paragraph)
			continue;
		heir = add(drafts, draft, CANDIDATE_EARLIER);
		if (heir == NULL)
			return false;
		heir->from = k;
		heir->mention = before->quote.mention;
		heir->bond.rule = before->rule;
		heir->bond.runs = i - k - 1;
		heir->bond.alone = before->place.alone;
		heir->bond.sentences = draft->sentence - before->sentence;
		return true;
	}
	return true;
}

/* Whether draft K may tell who said DRAFT, before it: it stands in the same paragraph, or goes on in the next one. */
static bool
is_behind(const struct drafts *drafts, const struct draft *draft, size_t k)
{
	const struct draft *later = &drafts->at[k];
	unsigned paragraph = quote_draft_paragraph(drafts, draft);

	if (quote_draft_paragraph(drafts, later) == paragraph)
		return true;
	return quote_draft_paragraph(drafts, later) == paragraph + 1 && is_unclosed(drafts, draft) &&
	    drafts->frame->marks->runs[later->run].continued;
}

/* Who speaks next. */
static bool
offer_later(struct drafts *drafts, size_t i)
{
	struct draft *draft = &drafts->at[i];
	struct candidate *heir;
	size_t k;

	for (k = i + 1; k < drafts->count && k <= i + NEIGHBOURS && is_behind(drafts, draft, k); k++) {
		const struct draft *later = &drafts->at[k];
		const struct candidate *best = quote_draft_candidate(drafts, later, later->best);

		if (!candidate_is_near(best))
			continue;
		heir = add(drafts, draft, CANDIDATE_LATER);
		if (heir == NULL)
			return false;
		heir->from = k;
		heir->mention = quote_draft_mention(drafts, best);
		heir->bond.rule = best->rule;
		heir->bond.runs = k - i - 1;
		heir->bond.left_open = is_unclosed(drafts, draft);
		heir->bond.sentences = later->sentence - draft->sentence;
		heir->bond.same_sentence = later->sentence == draft->sentence;
		return true;
	}
	return true;
}

/* The subject of the sentence before; a colon at its end says that it is about to be quoted at length. */
static bool
offer_subject(struct drafts *drafts, size_t i)
{
	const struct frame *frame = drafts->frame;
	struct draft *draft = &drafts->at[i];
	const struct frame_sentence *sentence = &frame->sentences[draft->sentence], *before = sentence - 1;
	struct candidate *heir;
	struct report report;
	size_t end;
	bool colon;

	if (draft->sentence == 0 || before->title || (!before->has_run && !before->has_cue))
		return true;
	end = before->first + before->count;
	colon = frame_mark(frame, end - 1) == ':';
	if (before->paragraph + colon < sentence->paragraph || !report_main_subject(frame, before, end, &report))
		return true;
	heir = add(drafts, draft, colon ? CANDIDATE_LEAD_IN : CANDIDATE_SUBJECT);
	if (heir == NULL)
		return false;
	heir->report = report;
	heir->report.cue_first = heir->report.cue_last = (uint32_t)FRAME_NONE;
	heir->rule = colon ? DECIDE_LEAD_IN : DECIDE_MAIN_SUBJECT;
	heir->mention = quote_draft_report_mention(frame, &report);
	heir->bond.sentences = 1;
	heir->bond.rule = report.form;
	return true;
}

/* The tokens [first, last] of the name with a colon behind it that RUN begins with: `"KERRY: We did."` */
static bool
find_transcript(const struct heir_sources *sources, const struct quote_run *run, size_t *first, size_t *last,
    bool *capitals)
{
	const struct tokens *tokens = sources->tokens;
	size_t i = *first, n;

	while (i < tokens->count && tokens->at[i].begin < run->inside.begin)
		i++;
	*first = i;
	*capitals = true;
	for (n = 0; n <= TRANSCRIPT_WORDS && i < tokens->count && tokens->at[i].end < run->inside.end; n++, i++) {
		const struct token *token = &tokens->at[i];
		if (token->mark == ':') {
			*last = i - 1;
			return i > *first;
		}
		if (token->mark != 0 || !(token->shape & TOKEN_CAPITAL))
			return false;
		*capitals = *capitals && (token->shape & (TOKEN_CAPITALS | TOKEN_INITIAL | TOKEN_STOP)) != 0;
	}
	return false;
}

static bool
offer_transcript(struct drafts *drafts, size_t i, const struct heir_sources *sources)
{
	const struct frame *frame = drafts->frame;
	struct draft *draft = &drafts->at[i];
	size_t first = frame->items[draft->item].token, last;
	struct candidate *heir;
	bool capitals;

	if (!find_transcript(sources, &frame->marks->runs[draft->run], &first, &last, &capitals))
		return true;
	heir = add(drafts, draft, CANDIDATE_TRANSCRIPT);
	if (heir == NULL)
		return false;
	heir->first = first;
	heir->last = last;
	heir->mention = (struct news_span){sources->tokens->at[first].begin, sources->tokens->at[last].end};
	heir->rule = DECIDE_TRANSCRIPT;
	heir->certain = capitals;
	return true;
}

/* The name behind the dash at item DASH, with nothing but an apposition or a stop behind it before item END. */
static bool
signs(const struct frame *frame, size_t dash, size_t end, struct report *report)
{
	const struct frame_phrase *phrase;

	if (dash + 1 >= end || frame_mark(frame, dash) != '-' || frame->items[dash + 1].phrase == FRAME_NONE)
		return false;
	phrase = &frame->phrases[frame->items[dash + 1].phrase];
	if (phrase->first != dash + 1 || !quote_tags_is_name(frame->items[phrase->head].tag))
		return false;
	if (phrase->last + 1 < end && frame_mark(frame, phrase->last + 1) != ',' &&
	    frame_mark(frame, phrase->last + 1) != '.')
		return false;
	*report = (struct report){
	    .form = REPORT_COLON,
	    .cue_first = (uint32_t)dash,
	    .cue_last = (uint32_t)dash,
	    .mention_first = (uint32_t)phrase->first,
	    .mention_last = (uint32_t)phrase->last,
	    .head = (uint32_t)phrase->head,
	    .relative = (uint32_t)FRAME_NONE,
	};
	return true;
}

/* `"..." -- Name`, in the sentence or as the next paragraph. */
static bool
offer_signature(struct drafts *drafts, size_t i)
{
	const struct frame *frame = drafts->frame;
	struct draft *draft = &drafts->at[i];
	const struct frame_sentence *sentence = &frame->sentences[draft->sentence], *behind = sentence + 1;
	struct candidate *heir;
	struct report report;
	bool found = signs(frame, draft->item + 1, sentence->first + sentence->count, &report);

	if (!found && draft->place.alone && draft->sentence + 1 < frame->sentence_count &&
	    behind->paragraph == sentence->paragraph + 1 && behind->count <= SIGNATURE_ITEMS)
		found = signs(frame, behind->first, behind->first + behind->count, &report);
	if (!found)
		return true;
	heir = add(drafts, draft, CANDIDATE_SIGNATURE);
	if (heir == NULL)
		return false;
	heir->report = report;
	heir->rule = DECIDE_SIGNATURE;
	heir->mention = quote_draft_report_mention(frame, &report);
	heir->certain = true;
	return true;
}

bool
heir_offer(struct drafts *drafts, size_t i, const struct heir_sources *sources)
{
	struct draft *draft = &drafts->at[i];
	const struct quote_run *run = &drafts->frame->marks->runs[draft->run];
	size_t k;

	draft->heir = drafts->heirs.count;
	if (!offer_latest(drafts, i, sources, run->paragraph, CANDIDATE_BEFORE) || !offer_later(drafts, i) ||
	    !offer_subject(drafts, i) || !offer_transcript(drafts, i, sources) || !offer_signature(drafts, i))
		return false;
	if (draft->place.alone && run->continued &&
	    !offer_latest(drafts, i, sources, run->paragraph - 1, CANDIDATE_CONTINUED))
		return false;
	if (draft->place.alone && !run->continued &&
	    (!offer_latest(drafts, i, sources, run->paragraph - 1, CANDIDATE_CARRIED_ON) ||
		!offer_alternate(drafts, i, run->paragraph)))
		return false;
	if (draft->place.alone && draft->heir_count == 0 && !offer_earlier(drafts, i, run->paragraph))
		return false;
	for (k = 0; k < draft->heir_count; k++)
		draft->place.heirs |= 1u << drafts->heirs.at[draft->heir + k].kind;
	draft->place.near = candidate_is_near(quote_draft_candidate(drafts, draft, draft->best));
	return quote_draft_score_heirs(drafts, draft);
}
