/* SPDX-License-Identifier: ISC
 *
 * The items of a document are built in one pass over tokens and runs together. nsplit's sentence ends count where
 * they lie outside marks; behind a closing mark the frame decides anew, since `"Why?" he asked.` goes on and
 * `"It is over." The next day` does not.
 */
#include "quote_frame.h"

#include "buffer.h"
#include "quote_tags.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Items between a run and the verb that answers with it. */
#define REPLY_REACH 5
/* Tokens behind a closing mark among which a reporting verb makes the sentence go on. */
#define CUE_REACH 14
/* The same where the quotation ends in a full stop and the verb ends the sentence. */
#define STOP_REACH 5

bool
frame_is_verb(const struct frame *frame, size_t i)
{
	switch (frame->items[i].tag) {
	case LEXICON_VB:
	case LEXICON_VBD:
	case LEXICON_VBG:
	case LEXICON_VBN:
	case LEXICON_VBP:
	case LEXICON_VBZ:
		return !LEXICON_HAS(frame_token(frame, i), AUXILIARY);
	default:
		return false;
	}
}

bool
frame_is_finite(const struct frame *frame, size_t i)
{
	switch (frame->items[i].tag) {
	case LEXICON_VBD:
	case LEXICON_VBP:
	case LEXICON_VBZ:
	case LEXICON_MD:
		return true;
	default:
		return LEXICON_HAS(frame_token(frame, i), AUXILIARY) && frame->items[i].tag != LEXICON_VBG &&
		    frame->items[i].tag != LEXICON_VBN && frame->items[i].tag != LEXICON_NNP;
	}
}

bool
frame_is_time(const struct frame *frame, size_t i)
{
	static const uint64_t named = UINT64_C(1) << LEXICON_BIT_WEEKDAY | UINT64_C(1) << LEXICON_BIT_MONTH;
	const struct token *token = frame_token(frame, i);

	if (token == NULL)
		return false;
	if (token->traits & named)
		return true;
	/* "the Times" is none */
	return LEXICON_HAS(token, TIME_NOUN) && (token->shape & (TOKEN_CAPITAL | TOKEN_FIRST)) != TOKEN_CAPITAL;
}

bool
frame_is_reply(const struct frame *frame, size_t first, size_t i, size_t end)
{
	size_t at = i + 1, before = i;

	if (at >= end || !frame_is_word(frame, at, "back"))
		return false;
	at++;
	if (at < end && frame->items[at].tag == LEXICON_RB)
		at++;
	if (at >= end || frame->items[at].run != FRAME_NONE || frame_mark(frame, at) == '.')
		return true;
	if (frame_mark(frame, at) == ',' || frame_mark(frame, at) == ':')
		return at + 1 >= end || frame->items[at + 1].run != FRAME_NONE;
	/* `"...," Doe shot back with a laugh` */
	while (before > first && i - before < REPLY_REACH && frame->items[before - 1].run == FRAME_NONE &&
	    !frame_is_finite(frame, before - 1))
		before--;
	return before > first && frame->items[before - 1].run != FRAME_NONE;
}

/* Room for COUNT items, so that adding one cannot fail. */
static bool
reserve_items(struct frame *frame, size_t count)
{
	struct frame_item *grown;

	if (count <= frame->item_room)
		return true;
	count += count / 4;
	if (count > SIZE_MAX / sizeof *grown)
		return false;
	grown = realloc(frame->items, count * sizeof *grown);
	if (grown == NULL)
		return false;
	frame->items = grown;
	frame->item_room = count;
	return true;
}

/* What the items of the sentence at hand have. */
struct gathered {
	size_t first;    /* its first item */
	uint64_t traits; /* of its words */
	bool has_run, has_word, has_according;
};

static void
start_sentence(struct gathered *gathered, size_t first)
{
	*gathered = (struct gathered){.first = first};
}

static inline void
add_item(struct frame *frame, struct gathered *gathered, size_t at, size_t run)
{
	struct frame_item *item = &frame->items[frame->item_count++];
	const struct token *token = &frame->tokens->at[at];

	item->token = (uint32_t)at;
	item->run = (uint32_t)run;
	item->phrase = (uint32_t)FRAME_NONE;
	if (run != FRAME_NONE) {
		item->tag = LEXICON_UNTAGGED;
		gathered->has_run = true;
		return;
	}
	item->tag = token->tag;
	gathered->traits |= token->traits;
	gathered->has_word = gathered->has_word || token->mark == 0 || token->mark == ':' || token->mark == '-';
	if (token->end - token->begin == sizeof "according" - 1)
		gathered->has_according =
		    gathered->has_according || frame_is_word(frame, frame->item_count - 1, "according");
}

static bool
is_head(const struct frame *frame, size_t i)
{
	uint8_t tag = frame->items[i].tag;

	return quote_tags_is_noun(tag) || tag == LEXICON_FW;
}

/* "85% of Democrats" */
static bool
is_percent(const struct frame *frame, size_t i)
{
	const struct token *token = frame_token(frame, i);

	return token != NULL && token->mark == '%' && i > 0 && frame->items[i - 1].tag == LEXICON_CD;
}

/* What may stand inside a base noun phrase that ends before item END. */
static bool
is_inner(const struct frame *frame, size_t i, size_t end)
{
	const struct token *token = frame_token(frame, i);

	if (token == NULL)
		return false;
	switch (frame->items[i].tag) {
	case LEXICON_NN:
	case LEXICON_NNS:
	case LEXICON_NNP:
	case LEXICON_NNPS:
	case LEXICON_JJ:
	case LEXICON_JJR:
	case LEXICON_JJS:
	case LEXICON_CD:
	case LEXICON_POS:
	case LEXICON_FW:
		if (!frame_is_time(frame, i) || LEXICON_HAS(token, PERSON_NOUN))
			return true;
		/* "Theresa May", "the next president" */
		if (frame->items[i].tag == LEXICON_NNP && LEXICON_HAS(token, MONTH) && i > 0 &&
		    frame->items[i - 1].tag == LEXICON_NNP)
			return true;
		return frame->items[i].tag == LEXICON_JJ && i + 1 < end && is_head(frame, i + 1) &&
		    !frame_is_time(frame, i + 1);
	case LEXICON_VBN:
		return !LEXICON_HAS(token, AUXILIARY) && !LEXICON_HAS(token, CUE_STRONG);
	case LEXICON_VBG:
		return !LEXICON_HAS(token, AUXILIARY);
	default:
		return token->mark == '&' || token->mark == '$' || token->mark == '#' || is_percent(frame, i);
	}
}

static bool
is_determiner(const struct frame *frame, size_t i)
{
	switch (frame->items[i].tag) {
	case LEXICON_DT:
	case LEXICON_PRPS:
	case LEXICON_PDT:
		return true;
	case LEXICON_JJ:
	case LEXICON_RB:
	case LEXICON_RBS:
	case LEXICON_JJS:
		/* "many in the crowd", "most of the senators" */
		return LEXICON_HAS(frame_token(frame, i), DETERMINER) && LEXICON_HAS(frame_token(frame, i), PRONOUN);
	default:
		return false;
	}
}

static bool
is_reflexive(const struct frame *frame, size_t i)
{
	return frame->items[i].tag == LEXICON_PRP &&
	    (frame_is_word(frame, i, "himself") || frame_is_word(frame, i, "herself") ||
		frame_is_word(frame, i, "itself") || frame_is_word(frame, i, "themselves"));
}

/* Whether the participle at item I takes the name behind it for its object: "criticizing Trump", but "leading
 * Democrats". */
static bool
is_gerund(const struct frame *frame, size_t i, size_t end)
{
	const struct token *next = i + 1 < end ? frame_token(frame, i + 1) : NULL;

	return next != NULL && frame->items[i].tag == LEXICON_VBG && frame->items[i + 1].tag == LEXICON_NNP &&
	    !LEXICON_HAS(next, DEMONYM) && !LEXICON_HAS(next, GROUP_NOUN) && !LEXICON_HAS(next, PERSON_NOUN) &&
	    !LEXICON_HAS(next, OFFICE);
}

static bool
add_phrase(struct frame *frame, size_t first, size_t last, size_t head)
{
	struct frame_phrase *grown =
	    array_grow(frame->phrases, frame->phrase_count, &frame->phrase_room, sizeof *frame->phrases);
	size_t i;

	if (grown == NULL)
		return false;
	frame->phrases = grown;
	for (i = first; i <= last; i++)
		frame->items[i].phrase = (uint32_t)frame->phrase_count;
	grown[frame->phrase_count++] = (struct frame_phrase){first, last, head};
	return true;
}

/* The noun phrase that begins at item I, its end in `*last`; false when none does. */
static bool
chunk(const struct frame *frame, size_t i, size_t end, size_t *last, size_t *head)
{
	size_t at = i;
	bool found = false;

	if (frame->items[i].tag == LEXICON_PRP || frame->items[i].tag == LEXICON_WP ||
	    frame->items[i].tag == LEXICON_EX) {
		*last = *head = i;
		return frame->items[i].tag == LEXICON_PRP;
	}
	if (is_gerund(frame, i, end))
		return false;
	while (at < end && is_determiner(frame, at))
		at++;
	if (at == i && at + 2 < end && frame_is_time(frame, at) && frame->items[at + 1].tag == LEXICON_POS)
		at += 2; /* "Thursday's speeches" */
	else if (at > i && at < end && frame_is_time(frame, at) && !LEXICON_HAS(frame_token(frame, at), PERSON_NOUN) &&
	    !is_inner(frame, at, end))
		return false; /* "this month" */
	for (; at < end && is_inner(frame, at, end); at++) {
		if (is_head(frame, at)) {
			*last = *head = at;
			found = true;
			if (at + 1 < end && is_reflexive(frame, at + 1)) {
				*last = at + 1; /* "Trump himself" */
				break;
			}
		} else if ((frame->items[at].tag == LEXICON_VBN || frame->items[at].tag == LEXICON_VBG) && found) {
			break; /* "officials speaking", "a plan called": a reduced clause, not part of the phrase */
		}
	}
	if (found)
		return true;
	if (at > i) {
		/* "the accused", "another", "both", "the elderly", "two" */
		uint8_t tag = frame->items[at - 1].tag;
		if (is_determiner(frame, at - 1) && at - i == 1 && frame->items[i].tag == LEXICON_PRPS)
			return false;
		bool determined = is_determiner(frame, i);
		if (tag == LEXICON_DT || tag == LEXICON_CD || is_percent(frame, at - 1) ||
		    (at - i == 1 && is_determiner(frame, i)) ||
		    (determined && (tag == LEXICON_JJ || tag == LEXICON_JJS || tag == LEXICON_VBN))) {
			*last = *head = at - 1;
			return true;
		}
	}
	return false;
}

static bool
chunk_sentence(struct frame *frame, struct frame_sentence *sentence)
{
	size_t end = sentence->first + sentence->count, i = sentence->first;

	sentence->phrase = frame->phrase_count;
	while (i < end) {
		size_t last = i, head = i;

		if (frame->items[i].run == FRAME_NONE && frame->items[i].tag != LEXICON_POS &&
		    (!frame_is_time(frame, i) || (i + 1 < end && frame->items[i + 1].tag == LEXICON_POS)) &&
		    chunk(frame, i, end, &last, &head)) {
			if (!add_phrase(frame, i, last, head))
				return false;
			i = last + 1;
		} else {
			i++;
		}
	}
	sentence->phrase_count = frame->phrase_count - sentence->phrase;
	return true;
}

/* Traits of a word that can report speech without marks; words that can do so only beside marks are not asked for
 * alone. */
static const uint64_t reporting = UINT64_C(1) << LEXICON_BIT_CUE_STRONG | UINT64_C(1) << LEXICON_BIT_CUE_CLAUSE |
    UINT64_C(1) << LEXICON_BIT_CUE_PERSON;

/* Close the sentence that GATHERED tells of. */
static bool
add_sentence(struct frame *frame, const struct gathered *gathered, bool title)
{
	size_t first = gathered->first;
	struct frame_sentence *grown, *sentence;

	if (frame->item_count == first)
		return true;
	grown = array_grow(frame->sentences, frame->sentence_count, &frame->sentence_room, sizeof *frame->sentences);
	if (grown == NULL)
		return false;
	frame->sentences = grown;
	sentence = &grown[frame->sentence_count++];
	*sentence = (struct frame_sentence){
	    .first = first,
	    .count = frame->item_count - first,
	    .title = title,
	    .has_run = gathered->has_run,
	    .runs_only = gathered->has_run && !gathered->has_word,
	    /* what ends in a colon leads in to a quotation in the next paragraph, what begins with a dash may sign one
	     */
	    .has_cue = (gathered->traits & reporting) != 0 || gathered->has_according ||
		frame_mark(frame, first) == '-' || frame_mark(frame, frame->item_count - 1) == ':',
	};
	sentence->paragraph = sentence->has_run || frame->items[first].run == FRAME_NONE
	    ? frame->document->segments[frame->tokens->at[frame->items[first].token].segment].paragraph
	    : 0;
	if (!sentence->has_run && !sentence->has_cue) {
		sentence->phrase = frame->phrase_count;
		return true; /* nothing to attribute: neither tags nor phrases are asked for */
	}
	quote_tags_fit(frame, sentence);
	return chunk_sentence(frame, sentence);
}

/* Whether MARK ends what a subject with its appositions and brackets may be. */
static bool
ends_clause(char mark)
{
	return mark != 0 && mark != ',' && mark != '(' && mark != ')' && mark != '"';
}

/* "went on", "cried out", "chimed in" */
static bool
is_particle(const struct token *token)
{
	return !(token->shape & TOKEN_CAPITAL) &&
	    (token->tag == LEXICON_RP || token->tag == LEXICON_IN || token->tag == LEXICON_RB);
}

/* Whether the sentence ends behind the run at item I, the next token being NEXT. */
static bool
ends_behind_run(const struct frame *frame, size_t i, size_t next)
{
	const struct quote_run *run = &frame->marks->runs[frame->items[i].run];
	const struct tokens *tokens = frame->tokens;
	const char *text = frame->document->text.at;
	size_t width, at, end = run->inside.end;
	uint32_t last;
	bool cue = false;

	if (next >= tokens->count)
		return true;
	for (;;) { /* behind nested marks: `"He said 'no.'"` */
		last = text_decode_before(text + run->inside.begin, text + end, &width);
		if ((last != '\'' && last != 0x2019 && last != '"' && last != 0x201D && last != ')') ||
		    end - width <= run->inside.begin)
			break;
		end -= width;
	}
	if (last != '.' && last != '?' && last != '!' && last != 0x2026)
		return false;
	if (tokens->at[next].mark != 0)
		return tokens->at[next].mark == '(' || tokens->at[next].mark == '[';
	if (!(tokens->at[next].shape & (TOKEN_CAPITAL | TOKEN_NUMBER)))
		return false;
	for (at = next; at < tokens->count && at < next + CUE_REACH && !ends_clause(tokens->at[at].mark); at++) {
		const struct token *token = &tokens->at[at];
		size_t behind = at + 1;
		bool reports, ends;
		if ((token->shape & TOKEN_CAPITAL) && (at == next || token->tag != LEXICON_VBD))
			continue; /* "Tweeted" it may be */
		if (last != '.' && behind + 1 < tokens->count && is_particle(&tokens->at[behind]))
			behind++;
		ends = behind < tokens->count &&
		    (tokens->at[behind].mark == '.' || (last != '.' && tokens->at[behind].mark == ','));
		reports = LEXICON_HAS(token, CUE_STRONG) || (last == '?' && LEXICON_HAS(token, CUE_PERSON));
		/* `"Is it over?" Doe pressed.`: nothing follows the verb that could be said to be pressed */
		if (last != '.' && ends && LEXICON_HAS(token, CUE) && at > next && at < next + STOP_REACH)
			reports = reports || token->tag == LEXICON_VBD || token->tag == LEXICON_VBZ;
		cue = cue || reports;
		/* `"It is over." Doe said.`: a stop typed in place of a comma */
		if (reports && ends && tokens->at[behind].mark == '.' && at < next + STOP_REACH)
			return false;
	}
	return last == '.' || !cue;
}

/* Whether HERE, a segment that is no body, signs a quotation before it: a byline that begins with a dash, whose token
 * is AT. SEGMENT is the one whose tokens are being taken. */
static bool
is_signature(const struct news_segment *here, const struct token *at, uint32_t segment)
{
	return here->kind == NEWS_BYLINE &&
	    (at->segment == segment || (at->begin == here->span.begin && at->mark == '-'));
}

/* Add the tokens from TOKEN on that stand before byte END and belong to its segment. Gives the token behind them. */
static size_t
add_words(struct frame *frame, struct gathered *gathered, size_t token, size_t end)
{
	const struct tokens *tokens = frame->tokens;
	uint32_t segment = tokens->at[token].segment;

	while (token < tokens->count && tokens->at[token].segment == segment && tokens->at[token].begin < end)
		add_item(frame, gathered, token++, FRAME_NONE);
	return token;
}

bool
frame_run(struct frame *frame, const struct news_document *document, const struct tokens *tokens,
    const struct quote_marks *marks)
{
	size_t token = 0, run = 0;
	uint32_t segment = UINT32_MAX;
	struct gathered gathered;
	bool title = false;

	frame->document = document;
	frame->tokens = tokens;
	frame->marks = marks;
	frame->item_count = frame->phrase_count = frame->sentence_count = 0;
	start_sentence(&gathered, 0);
	if (!reserve_items(frame, tokens->count + marks->count)) /* each token once, each run once */
		return false;
	while (token < tokens->count) {
		const struct token *at = &tokens->at[token];
		const struct news_segment *here = &document->segments[at->segment];
		size_t end;

		if (here->kind != NEWS_TITLE && here->kind != NEWS_BODY && !is_signature(here, at, segment)) {
			token++;
			continue;
		}
		if (segment != at->segment) {
			bool new_paragraph =
			    segment == UINT32_MAX || document->segments[segment].paragraph != here->paragraph;
			/* behind a run the frame itself decided whether the sentence is over */
			bool decided = frame->item_count > gathered.first && !new_paragraph &&
			    frame->items[frame->item_count - 1].run != FRAME_NONE;
			if (!decided) {
				if (!add_sentence(frame, &gathered, title))
					return false;
				start_sentence(&gathered, frame->item_count);
			}
			segment = at->segment;
			title = here->kind == NEWS_TITLE;
		}
		while (run < marks->count && (marks->runs[run].nested || marks->runs[run].outside.end <= at->begin))
			run++;
		if (run == marks->count || at->begin < marks->runs[run].outside.begin) {
			token = add_words(frame, &gathered, token,
			    run == marks->count ? SIZE_MAX : marks->runs[run].outside.begin);
			continue;
		}
		end = marks->runs[run].outside.end;
		add_item(frame, &gathered, token, run);
		while (token < tokens->count && tokens->at[token].begin < end)
			token++;
		if (token > 0)
			segment = tokens->at[token - 1].segment;
		run++;
		if (token == tokens->count ||
		    document->segments[tokens->at[token].segment].paragraph != document->segments[segment].paragraph ||
		    (tokens->at[token].begin >= end && ends_behind_run(frame, frame->item_count - 1, token))) {
			if (!add_sentence(frame, &gathered, title))
				return false;
			start_sentence(&gathered, frame->item_count);
		}
	}
	return add_sentence(frame, &gathered, title);
}

void
frame_release(struct frame *frame)
{
	free(frame->items);
	free(frame->phrases);
	free(frame->sentences);
	memset(frame, 0, sizeof *frame);
}
