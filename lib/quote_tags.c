/* SPDX-License-Identifier: ISC
 *
 * One rule after the other looks at each word; the first that knows decides. A rule sees the tags before it as they
 * have become and those behind it as the lexicon gave them.
 */
#include "quote_tags.h"

/* A word and what stands around it. */
struct place {
	struct frame *frame;
	size_t first, end, at; /* items: the sentence, the word */
	const struct token *token;
	uint8_t tag, before, after; /* tags; LEXICON_UNTAGGED at the edges and for marks and runs */
	bool finite;                /* a finite verb came before */
	bool title;
};

static bool
has_ending(const struct place *place, size_t i, const char *ending)
{
	const struct token *token = frame_token(place->frame, i);
	size_t bytes = strlen(ending);

	return token != NULL && token->end - token->begin > bytes &&
	    memcmp(place->frame->document->text.at + token->end - bytes, ending, bytes) == 0;
}

static bool
is_any(const struct place *place, size_t i, const char *const *words, size_t count)
{
	size_t k;

	for (k = 0; k < count; k++)
		if (frame_is_word(place->frame, i, words[k]))
			return true;
	return false;
}

#define IS_ANY(place, i, ...) \
	is_any(place, i, (const char *const[]){__VA_ARGS__}, \
	    sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

static char
mark_before(const struct place *place)
{
	return place->at > place->first ? frame_mark(place->frame, place->at - 1) : 0;
}

/* Whether item I opens an object or a clause, so that a word before it that may be a verb is one. */
static bool
opens_object(const struct place *place, size_t i)
{
	const struct frame *frame = place->frame;

	if (i >= place->end || frame->items[i].run != FRAME_NONE || frame_mark(frame, i) == ',' ||
	    frame_mark(frame, i) == ':')
		return true;
	switch (frame->items[i].tag) {
	case LEXICON_DT:
	case LEXICON_PRP:
	case LEXICON_PRPS:
	case LEXICON_NNP:
	case LEXICON_IN:
	case LEXICON_EX:
	case LEXICON_TO:
	case LEXICON_WRB:
	case LEXICON_WP:
		return true;
	default:
		return false;
	}
}

/* "her assertion", but "told her Tuesday". */
static bool
fit_her(struct place *place)
{
	if (place->tag != LEXICON_PRP || !frame_is_word(place->frame, place->at, "her"))
		return false;
	if (place->after != LEXICON_NN && place->after != LEXICON_NNS && place->after != LEXICON_JJ)
		return false;
	if (frame_is_time(place->frame, place->at + 1))
		return false;
	place->tag = LEXICON_PRPS;
	return true;
}

/* "it's", "there's", "who's": a verb, not a possessive. */
static bool
fit_contraction(struct place *place)
{
	bool pronoun = place->before == LEXICON_PRP || place->before == LEXICON_EX || place->before == LEXICON_WP ||
	    place->before == LEXICON_WDT;

	if (!(place->token->shape & TOKEN_POSSESSIVE) || place->token->mark != 0)
		return false;
	if (!pronoun && !(place->before == LEXICON_DT && frame_is_word(place->frame, place->at - 1, "that")))
		return false;
	place->tag = LEXICON_VBZ;
	return true;
}

/* Whether the capital of the word is one that only a name has: not the first of a sentence, unless it stands where a
 * subject must ("Sharp said"). */
static bool
is_name_capital(const struct place *place)
{
	const struct frame *frame = place->frame;
	const struct quote_run *run = NULL;
	const struct token *next;

	if (!(place->token->shape & TOKEN_CAPITAL) || place->title)
		return false;
	if (place->at > place->first && frame->items[place->at - 1].run != FRAME_NONE)
		run = &frame->marks->runs[frame->items[place->at - 1].run];
	if (run == NULL && !(place->token->shape & TOKEN_FIRST))
		return true;
	if (run != NULL && frame->document->text.at[run->inside.end - 1] == ',')
		return true;
	next = place->at + 1 < place->end ? frame_token(frame, place->at + 1) : NULL;
	return (place->tag == LEXICON_JJ || place->tag == LEXICON_VB || place->tag == LEXICON_VBP) &&
	    LEXICON_HAS(next, CUE_STRONG) && (place->after == LEXICON_VBD || place->after == LEXICON_VBZ);
}

/* Capitals inside a sentence are names: "the State Department". */
static bool
fit_capital(struct place *place)
{
	if (!is_name_capital(place))
		return false;
	if (place->tag == LEXICON_PRP || place->tag == LEXICON_DT || place->tag == LEXICON_IN)
		return false;
	if (LEXICON_HAS(place->token, CUE_STRONG) && quote_tags_is_verb(place->tag))
		return false;
	if (!quote_tags_is_noun(place->tag) || place->tag == LEXICON_NN)
		place->tag = LEXICON_NNP;
	else if (place->tag == LEXICON_NNS)
		place->tag = LEXICON_NNPS;
	return true;
}

/* "a ministry official said": an adjective by the lexicon, a noun where no noun follows. */
static bool
fit_person(struct place *place)
{
	if (place->tag != LEXICON_JJ || quote_tags_is_noun(place->after) || place->after == LEXICON_JJ)
		return false;
	if (!LEXICON_HAS(place->token, PERSON_NOUN) && !LEXICON_HAS(place->token, OFFICE) &&
	    !LEXICON_HAS(place->token, GROUP_NOUN))
		return false;
	place->tag = LEXICON_NN;
	return true;
}

/* "the parents, who were there, say", "that people live here": the base form is finite where nothing asks for another.
 */
static bool
fit_finite_cue(struct place *place)
{
	size_t i = place->at, steps;

	if (place->tag != LEXICON_VB || i == place->first)
		return false;
	if (!LEXICON_HAS(place->token, CUE_STRONG) && (place->finite || !quote_tags_is_noun(place->before)))
		return false; /* "people who live" has no other verb */
	if (mark_before(place) != ',' && !quote_tags_is_noun(place->before) && place->before != LEXICON_RB &&
	    place->before != LEXICON_WP)
		return false;
	for (steps = 0; steps < 4 && i > place->first; steps++, i--)
		if (place->frame->items[i - 1].tag == LEXICON_MD || place->frame->items[i - 1].tag == LEXICON_TO ||
		    IS_ANY(place, i - 1, "do", "does", "did", "let", "make", "makes", "made", "help", "helps"))
			return false;
	place->tag = LEXICON_VBP;
	return true;
}

/* Behind "to", a modal or "they" stands a verb. */
static bool
fit_base(struct place *place)
{
	if (place->before == LEXICON_TO || place->before == LEXICON_MD) {
		if (quote_tags_is_verb(place->tag) ||
		    (place->tag == LEXICON_NN && (place->before == LEXICON_MD || LEXICON_HAS(place->token, CUE))))
			place->tag = LEXICON_VB;
		return true;
	}
	if (place->tag == LEXICON_NN && place->before == LEXICON_PRP && !LEXICON_HAS(place->token, CUE) &&
	    IS_ANY(place, place->at - 1, "they", "we", "i")) {
		place->tag = LEXICON_VBP; /* "they infringe" */
		return true;
	}
	if (place->tag == LEXICON_NNS && place->before == LEXICON_PRP &&
	    IS_ANY(place, place->at - 1, "he", "she", "it")) {
		place->tag = LEXICON_VBZ; /* "she reserves" */
		return true;
	}
	if (place->tag == LEXICON_VB && (place->before == LEXICON_PRP || place->before == LEXICON_NNS)) {
		place->tag = LEXICON_VBP;
		return true;
	}
	return fit_finite_cue(place);
}

/* "rated a third of Republican claims": in a clause that has its verb, a noun whose phrase stands behind a preposition.
 */
static bool
is_object_of_preposition(const struct place *place)
{
	const struct frame *frame = place->frame;
	size_t i = place->at;

	if (!place->finite)
		return false;
	while (i > place->first &&
	    (quote_tags_is_noun(frame->items[i - 1].tag) || frame->items[i - 1].tag == LEXICON_JJ ||
		frame->items[i - 1].tag == LEXICON_CD))
		i--;
	return i > place->first && i < place->at && frame->items[i - 1].tag == LEXICON_IN &&
	    !LEXICON_HAS(frame_token(frame, i - 1), SUBORDINATOR);
}

/* `"It is over," a voice in the film states.` */
static bool
ends_behind_run(const struct place *place)
{
	return place->frame->items[place->first].run != FRAME_NONE && place->at + 1 < place->end &&
	    frame_mark(place->frame, place->at + 1) == '.';
}

/* "The report claims that": a reporting word that is a noun by its form and a verb by its place. Goes on to the next
 * rule. */
static void
fit_cue(struct place *place)
{
	bool plural;

	if (!LEXICON_HAS(place->token, CUE) || place->at == place->first)
		return;
	if (!opens_object(place, place->at + 1) && !ends_behind_run(place))
		return;
	if (place->tag != LEXICON_NNS && place->tag != LEXICON_NN && place->tag != LEXICON_JJ)
		return;
	if (!quote_tags_is_noun(place->before) && place->before != LEXICON_PRP && place->before != LEXICON_WP &&
	    place->before != LEXICON_RB && mark_before(place) != ',')
		return;
	if (is_object_of_preposition(place))
		return;
	plural = place->tag == LEXICON_NNS || has_ending(place, place->at, "s");
	if (plural && place->before != LEXICON_NNS)
		place->tag = LEXICON_VBZ;
	else if (has_ending(place, place->at, "d"))
		place->tag = LEXICON_VBD;
	else if (!plural &&
	    (place->before == LEXICON_NNS || place->before == LEXICON_NNPS || place->before == LEXICON_PRP ||
		place->before == LEXICON_WP))
		place->tag = LEXICON_VBP;
}

/* "Doe shot back:": whatever the lexicon calls it, a verb. */
static bool
fit_reply(struct place *place)
{
	if ((place->tag != LEXICON_NN && place->tag != LEXICON_NNS && place->tag != LEXICON_VBN &&
		place->tag != LEXICON_VB) ||
	    !frame_is_reply(place->frame, place->first, place->at, place->end))
		return false;
	if (place->before == LEXICON_VBN || place->before == LEXICON_TO || place->before == LEXICON_MD ||
	    place->before == LEXICON_DT)
		return false;
	place->tag = has_ending(place, place->at, "s") ? LEXICON_VBZ : LEXICON_VBD;
	return true;
}

/* Past tense or participle: "has also called", "the reported debate", "the plan called for". */
static bool
fit_past(struct place *place)
{
	const struct frame *frame = place->frame;
	size_t k = place->at;

	if (place->tag != LEXICON_VBN && place->tag != LEXICON_VBD)
		return false;
	while (k > place->first && frame->items[k - 1].tag == LEXICON_RB)
		k--;
	if (k > place->first && LEXICON_HAS(frame_token(frame, k - 1), AUXILIARY) &&
	    (frame->items[k - 1].tag != LEXICON_MD ||
		IS_ANY(place, k - 1, "had", "has", "have", "'ve", "was", "were", "is", "are", "been", "be", "being",
		    "am"))) {
		place->tag = LEXICON_VBN;
	} else if ((place->before == LEXICON_DT || place->before == LEXICON_PRPS) &&
	    !opens_object(place, place->at + 1)) {
		place->tag = LEXICON_VBN;
	} else if ((place->before == LEXICON_CD || place->before == LEXICON_JJ) && quote_tags_is_noun(place->after)) {
		place->tag = LEXICON_VBN; /* "475 pledged delegates" */
	} else if (LEXICON_HAS(place->token, CUE) || place->before == LEXICON_PRP) {
		place->tag = LEXICON_VBD;
	} else if (!place->finite &&
	    (quote_tags_is_noun(place->before) || place->before == LEXICON_RB || place->before == LEXICON_RBR ||
		mark_before(place) == ',' || (place->before == LEXICON_JJ && IS_ANY(place, place->at - 1, "likely"))) &&
	    !(place->at + 1 < place->end && frame_is_word(frame, place->at + 1, "by"))) {
		place->tag = LEXICON_VBD; /* no auxiliary, and the clause has no verb yet */
	}
	return true;
}

/* "the claim": a verb form behind an article is a noun, and so is "another ranking" where nothing follows it. */
static bool
fit_determined(struct place *place)
{
	if (!quote_tags_is_verb(place->tag))
		return false;
	if (place->before == LEXICON_POS && (place->tag == LEXICON_VB || place->tag == LEXICON_VBP)) {
		place->tag = LEXICON_NN; /* "the study's lead author" */
		return true;
	}
	if (place->tag == LEXICON_VBG && place->after != LEXICON_VBD && place->after != LEXICON_VBZ &&
	    place->after != LEXICON_MD && place->after != LEXICON_VBP && place->after != LEXICON_UNTAGGED)
		return false;
	if (place->before != LEXICON_DT && place->before != LEXICON_PRPS)
		return false;
	if (LEXICON_HAS(frame_token(place->frame, place->at - 1), RELATIVE) ||
	    IS_ANY(place, place->at - 1, "that", "this", "all", "both", "her"))
		return false;
	place->tag = LEXICON_NN;
	return true;
}

static void
fit(struct place *place)
{
	if (fit_contraction(place) || !(place->token->shape & TOKEN_WORD))
		return;
	if (LEXICON_HAS(place->token, AUXILIARY)) {
		if ((LEXICON_HAS(place->token, MONTH) ||
			(place->tag == LEXICON_MD && (place->after == LEXICON_VBD || place->after == LEXICON_VBZ))) &&
		    (place->token->shape & (TOKEN_CAPITAL | TOKEN_FIRST)) == TOKEN_CAPITAL)
			place->tag = LEXICON_NNP; /* "May", "Will wrote" */
		else if (!quote_tags_is_verb(place->tag))
			place->tag = LEXICON_MD;
		return;
	}
	if (fit_her(place) || fit_capital(place) || fit_person(place) || fit_reply(place) || fit_base(place))
		return;
	fit_cue(place);
	if (!fit_past(place))
		(void)fit_determined(place);
}

/* Whether another clause, with a verb of its own, begins behind the word: "said Ohio provided", "because". */
static bool
begins_clause(const struct place *place)
{
	if (LEXICON_HAS(place->token, SUBORDINATOR) && !LEXICON_HAS(place->token, PREPOSITION))
		return true;
	return quote_tags_is_verb(place->tag) && LEXICON_HAS(place->token, CUE_CLAUSE);
}

void
quote_tags_fit(struct frame *frame, const struct frame_sentence *sentence)
{
	struct place place = {
	    .frame = frame,
	    .first = sentence->first,
	    .end = sentence->first + sentence->count,
	    .title = sentence->title,
	};

	for (place.at = place.first; place.at < place.end; place.at++) {
		place.token = frame_token(frame, place.at);
		place.tag = frame->items[place.at].tag;
		place.after = place.at + 1 < place.end ? frame->items[place.at + 1].tag : LEXICON_UNTAGGED;
		if (place.token != NULL && place.tag != LEXICON_UNTAGGED) {
			fit(&place);
			frame->items[place.at].tag = place.tag;
			place.finite = !begins_clause(&place) && (place.finite || frame_is_finite(frame, place.at));
		}
		place.before = place.tag;
	}
}
