/* SPDX-License-Identifier: ISC
 *
 * From a reporting verb the search goes left over adverbs and auxiliaries to the noun phrase that is its subject;
 * commas in between are appositions ("Kerry, the secretary of state, said"), "to", "and" and participles lead on to the
 * verb whose subject it shares ("went on to say", "stood and said", "left, saying"). Behind a quotation the subject may
 * follow the verb. The search takes as many steps as the sentence has verbs, each over at most REACH items, so a
 * sentence costs its items times a constant.
 */
#include "quote_report.h"

#include "buffer.h"
#include "quote_noun.h"

#include <stdlib.h>
#include <string.h>

#define STEPS 6           /* verbs that may share one subject: "stood, turned and went on to say" */
#define SUBJECT_ITEMS 400 /* of a sentence that are looked at for its subject */
#define VERB_REACH 60     /* items between two such verbs */

/* Over adverbs, auxiliaries and times to the left of item I: "has also", "on Thursday", "late Wednesday". */
static size_t
skip_left(const struct search *search, size_t i)
{
	while (i > search->first) {
		size_t left = i - 1;
		if (noun_is_run(search, left) || noun_mark(search, left) != 0)
			break;
		if (noun_is_adverbial(search, left) || LEXICON_HAS(frame_token(search->frame, left), AUXILIARY) ||
		    noun_tag(search, left) == LEXICON_MD || frame_is_time(search->frame, left) ||
		    (noun_is_preposition(search, left) && i < search->end && frame_is_time(search->frame, i) &&
			!frame_is_word(search->frame, left, "to"))) {
			i = left;
			continue;
		}
		if (noun_tag(search, left) == LEXICON_CD && i < search->end && frame_is_time(search->frame, i)) {
			i = left; /* "two weeks ago" */
			continue;
		}
		if (noun_phrase(search, left) == NULL &&
		    (frame_is_word(search->frame, left, "last") || frame_is_word(search->frame, left, "this") ||
			frame_is_word(search->frame, left, "late") || frame_is_word(search->frame, left, "early"))) {
			i = left;
			continue;
		}
		break;
	}
	return i;
}

/* The verb left of item I whose subject I's verb shares. With FINITE, a finite one, and of these a reporting one first:
 * `said that it would go but denied` has one subject for what was said and denied. */
static bool
verb_before(const struct search *search, size_t i, bool finite, size_t *verb)
{
	size_t stop = i - search->first > VERB_REACH ? i - VERB_REACH : search->first;
	bool found = false;

	while (i-- > stop) {
		if (noun_is_run(search, i) || noun_mark(search, i) == ';')
			continue;
		if (!(finite ? frame_is_finite(search->frame, i) : frame_is_verb(search->frame, i)))
			continue;
		if (!found)
			*verb = i;
		found = true;
		if (!finite)
			break;
		if (LEXICON_HAS(frame_token(search->frame, i), CUE_STRONG)) {
			*verb = i;
			break;
		}
	}
	return found;
}

/* Whether the noun phrase that begins at item FIRST is the object of an infinitive or a participle: "to discuss plans".
 */
static bool
is_object(const struct search *search, size_t first)
{
	uint8_t tag;

	if (first < search->first + 2 || noun_is_run(search, first - 1))
		return false;
	tag = noun_tag(search, first - 1);
	return tag == LEXICON_VBG || (tag == LEXICON_VB && noun_tag(search, first - 2) == LEXICON_TO);
}

/* Left of item I, within its clause, a relative pronoun with a verb behind it: its antecedent ends at item LAST. */
static bool
antecedent_before(const struct search *search, size_t i, size_t *last)
{
	size_t stop = i - search->first > VERB_REACH ? i - VERB_REACH : search->first;
	bool finite = false;

	while (i-- > stop + 1) {
		if (noun_is_run(search, i) || noun_mark(search, i) != 0)
			return false;
		if (noun_is_relative(search, i)) {
			*last = i - 1;
			return finite && noun_phrase(search, i - 1) != NULL;
		}
		finite = finite || frame_is_finite(search->frame, i);
	}
	return false;
}

/* The subject of the verb at item VERB, somewhere to its left. */
static bool
subject_before(const struct search *search, size_t verb, struct noun *noun, enum report_form *form)
{
	size_t steps, from = verb;

	*form = REPORT_SUBJECT;
	for (steps = 0; steps < STEPS; steps++) {
		size_t at = skip_left(search, from), left;
		bool auxiliary = at < verb && LEXICON_HAS(frame_token(search->frame, verb - 1), AUXILIARY);
		bool participle = from == verb && noun_tag(search, verb) == LEXICON_VBG && !auxiliary && at == verb;

		if (at == search->first)
			return false;
		left = at - 1;
		if (noun_is_run(search, left))
			return false;
		if (participle && noun_phrase(search, left) != NULL && noun_before(search, left, noun)) {
			/* "with Kerry saying", "supporters chanting" */
			const struct token *entry = frame_token(search->frame, noun->head);
			if ((noun->first > search->first && frame_is_word(search->frame, noun->first - 1, "with")) ||
			    LEXICON_HAS(entry, PERSON_NOUN) || LEXICON_HAS(entry, GROUP_NOUN))
				return true;
		}
		if (participle && !noun_is_joint(search, left)) {
			/* ", saying" and "by saying" share the subject of the clause before */
			*form = REPORT_PARTICIPLE;
			if (!verb_before(search, at, true, &verb))
				return false;
			from = verb;
			continue;
		}
		if (noun_is_relative(search, left) ||
		    (frame_is_word(search->frame, left, "that") && left > search->first &&
			noun_phrase(search, left - 1) != NULL && !frame_is_verb(search->frame, left - 1))) {
			size_t antecedent = left;
			if (antecedent > search->first && noun_mark(search, antecedent - 1) == ',')
				antecedent--;
			if (antecedent == search->first || noun_phrase(search, antecedent - 1) == NULL)
				return false;
			*form = REPORT_RELATIVE;
			if (!noun_before(search, antecedent - 1, noun))
				return false;
			noun->relative = left;
			return true;
		}
		if (noun_phrase(search, left) != NULL) {
			if (!noun_before(search, left, noun))
				return false;
			if (noun->first > search->first + 1 && noun_tag(search, noun->first - 1) == LEXICON_VBG &&
			    noun_is_preposition(search, noun->first - 2)) {
				from = noun->first - 2; /* "Ferrand in relaying the news said" */
				continue;
			}
			if (from == verb && is_object(search, noun->first) &&
			    antecedent_before(search, noun->first, &left))
				return noun_before(search, left, noun);
			if (noun->first == search->first || !noun_is_preposition(search, noun->first - 1) ||
			    noun_is_subordinator(search, noun->first - 1))
				return true;
			/* "who has in the past said", "Kerry in Jerusalem said": an adverbial, not the subject */
			from = noun->first - 1;
			continue;
		}
		if (frame_is_verb(search->frame, left) || frame_is_word(search->frame, left, "to") ||
		    frame_is_word(search->frame, left, "as") || noun_is_joint(search, left) ||
		    frame_is_word(search->frame, left, "but") || frame_is_word(search->frame, left, "then")) {
			bool shared = verb_before(search, frame_is_verb(search->frame, left) ? at : left,
			    noun_is_joint(search, left) || frame_is_word(search->frame, left, "but"), &verb);
			if (!shared)
				return false;
			from = verb;
			continue;
		}
		if (noun_mark(search, left) == ',' || noun_mark(search, left) == ')' ||
		    noun_mark(search, left) == '-') {
			if (noun_before(search, left, noun))
				return true;
			if (noun_mark(search, left) == ',' && left > search->first &&
			    verb_before(search, left, true, &verb)) {
				from = verb; /* "stood, turned, said" */
				continue;
			}
			return false;
		}
		return false;
	}
	return false;
}

/* "about half", "at least six": no place or time, but what is counted. */
static bool
is_measure(const struct search *search, size_t at)
{
	if (at + 1 >= search->end)
		return false;
	if (frame_is_word(search->frame, at, "at"))
		return frame_is_word(search->frame, at + 1, "least") || frame_is_word(search->frame, at + 1, "most");
	return frame_is_word(search->frame, at, "about") &&
	    (noun_tag(search, at + 1) == LEXICON_CD || frame_is_word(search->frame, at + 1, "half"));
}

/* The item behind what is called something: OBJECT, what belongs to it, and "as". */
static size_t
named_end(const struct search *search, const struct frame_phrase *object)
{
	size_t at = object->last + 1;
	const struct frame_phrase *after = at + 1 < search->end ? noun_phrase(search, at + 1) : NULL;

	if (after != NULL && after->first == at + 1 &&
	    (frame_is_word(search->frame, at, "of") || noun_tag(search, at) == LEXICON_POS))
		at = after->last + 1;
	return at < search->end && frame_is_word(search->frame, at, "as") ? at + 1 : at;
}

/* Where the content begins behind the cue at item CUE: after the one spoken to, times and places of speech. */
static size_t
content_after(const struct search *search, size_t cue)
{
	const struct token *entry = frame_token(search->frame, cue);
	bool person = LEXICON_HAS(entry, CUE_PERSON), named = LEXICON_HAS(entry, CUE_NAMING);
	size_t at = cue + 1;

	while (at < search->end) {
		const struct frame_phrase *phrase = noun_phrase(search, at);

		if (noun_is_run(search, at))
			return at;
		if (noun_phrase(search, at) == NULL &&
		    (frame_is_time(search->frame, at) || noun_is_adverbial(search, at))) {
			at++;
			continue;
		}
		if (person && phrase != NULL && phrase->first == at) {
			at = phrase->last + 1; /* "told reporters", "told the newspaper's editor" */
			person = at < search->end && noun_tag(search, at) == LEXICON_POS;
			at += person;
			continue;
		}
		if (named && phrase != NULL && phrase->first == at) {
			at = named_end(search, phrase); /* "called the plan", "described it as" */
			named = false;
			continue;
		}
		if (is_measure(search, at))
			break;
		if (noun_is_preposition(search, at) && !noun_is_subordinator(search, at) && at + 1 < search->end) {
			/* "in a statement", "at a news conference", "on Monday", "to reporters" */
			const struct frame_phrase *object = noun_phrase(search, at + 1);
			if (object != NULL && object->first == at + 1 &&
			    noun_tag(search, object->head) != LEXICON_PRP) {
				at = object->last + 1;
				continue;
			}
			if (frame_is_time(search->frame, at + 1)) {
				at += 2;
				continue;
			}
		}
		break;
	}
	while (at < search->end &&
	    (noun_mark(search, at) == ',' || noun_mark(search, at) == ':' || noun_mark(search, at) == '-' ||
		frame_is_word(search->frame, at, "that")))
		at++;
	return at;
}

static bool
add(struct reports *reports, const struct search *search, enum report_form form, size_t cue_first, size_t cue_last,
    const struct noun *noun)
{
	struct report *grown = array_grow(reports->at, reports->count, &reports->room, sizeof *reports->at), *report;

	if (grown == NULL)
		return false;
	reports->at = grown;
	report = &grown[reports->count++];
	*report = (struct report){
	    .form = form,
	    .cue_first = (uint32_t)cue_first,
	    .cue_last = (uint32_t)cue_last,
	    .mention_first = (uint32_t)noun->first,
	    .mention_last = (uint32_t)noun->last,
	    .head = (uint32_t)noun->head,
	    .relative = (uint32_t)noun->relative,
	    .from = (uint32_t)(noun->first < cue_first ? noun->first : cue_first),
	    .to = (uint32_t)(noun->last > cue_last ? noun->last : cue_last),
	};
	report->content = (uint32_t)content_after(search,
	    form == REPORT_INVERTED || form == REPORT_ACCORDING ? report->to : cue_last);
	return true;
}

/* Whether an auxiliary stands before the verb, adverbs between: "has repeatedly warned". */
static bool
is_perfect(const struct search *search, size_t verb)
{
	size_t at = verb;

	while (at > search->first && noun_is_adverbial(search, at - 1))
		at--;
	return at > search->first && LEXICON_HAS(frame_token(search->frame, at - 1), AUXILIARY);
}

static bool
is_be_before(const struct search *search, size_t verb)
{
	static const char *const forms[] = {"was", "were", "is", "are", "been", "be", "being", "am", "get", "got"};
	size_t at = verb, k;

	while (at > search->first && noun_is_adverbial(search, at - 1))
		at--;
	if (at == search->first)
		return false;
	for (k = 0; k < sizeof forms / sizeof *forms; k++)
		if (frame_is_word(search->frame, at - 1, forms[k]))
			return true;
	return false;
}

/* Whether the verb at CUE stands where its subject may follow it: behind a run, behind the comma that closes one or a
 * clause, or first in its sentence ("Added Doe:"). */
static bool
can_invert(const struct search *search, size_t cue)
{
	const struct token *entry = frame_token(search->frame, cue);
	size_t before = cue;

	if (noun_tag(search, cue) == LEXICON_VBG)
		return false;
	if (LEXICON_HAS(entry, CUE_PERSON) && !frame_is_word(search->frame, cue, "asked"))
		return false;
	if (before == search->first)
		return LEXICON_HAS(entry, CUE_STRONG);
	before--;
	while (before > search->first && (noun_mark(search, before) == ',' || noun_mark(search, before) == '-'))
		before--;
	if (noun_is_run(search, before))
		return true;
	return before + 1 < cue && LEXICON_HAS(entry, CUE_STRONG);
}

/* Whether a run stands directly before item I, or before the mark that is there. */
static bool
is_behind_run(const struct search *search, size_t i)
{
	return (i > search->first && noun_is_run(search, i - 1)) ||
	    (i > search->first + 1 && noun_is_run(search, i - 2));
}

/* Whether NOUN behind the cue is the subject of what is said, not the one who says it: "said he was". Behind a run a
 * finite verb may follow: `"We did," said Doe, who was there`. */
static bool
is_subject(const struct search *search, size_t cue, const struct noun *noun)
{
	size_t verb = noun->last + 1;

	if (is_behind_run(search, cue))
		return false;
	while (verb < search->end && noun_is_adverbial(search, verb))
		verb++;
	/* "said every man he met was" */
	return verb < search->end && !noun_is_run(search, verb) &&
	    (frame_is_finite(search->frame, verb) || noun_tag(search, verb) == LEXICON_PRP);
}

/* Add the report whose verb is item CUE and whose reporting words go on to item LAST. */
static bool
take_verb(struct reports *reports, const struct search *search, size_t cue, size_t last)
{
	enum report_form form;
	struct noun noun;

	if (noun_tag(search, cue) == LEXICON_VBN && (is_be_before(search, cue) || !is_perfect(search, cue))) {
		if (cue + 2 < search->end && frame_is_word(search->frame, cue + 1, "by") &&
		    noun_after(search, cue + 2, &noun))
			return add(reports, search, REPORT_BY, cue, cue, &noun);
		return true;
	}
	if (can_invert(search, cue)) {
		size_t next = last + 1;
		bool behind_run = is_behind_run(search, cue);
		/* "It was over, said Doe": the comma closes a clause, not an apposition */
		behind_run = behind_run || cue == search->first ||
		    (noun_mark(search, cue - 1) == ',' && !noun_before(search, cue - 1, &noun));
		while (next < search->end && noun_is_adverbial(search, next))
			next++;
		if ((behind_run || !subject_before(search, cue, &noun, &form)) && noun_after(search, next, &noun) &&
		    !is_subject(search, cue, &noun))
			return add(reports, search, REPORT_INVERTED, cue, last, &noun);
	}
	if (subject_before(search, cue, &noun, &form)) {
		size_t first = cue;
		while (first > noun.last + 1 && (LEXICON_HAS(frame_token(search->frame, first - 1), AUXILIARY)))
			first--;
		return add(reports, search, form, cue, last, &noun);
	}
	return true;
}

/* Whether the phrase that begins at item FIRST and ends before COLON, which a run follows, is introduced as its source:
 * "More from Doe:", "Polls did well - Doe:". */
static bool
is_source(const struct search *search, size_t first, size_t colon)
{
	size_t before = first - 1;

	if (colon + 1 >= search->end || !noun_is_run(search, colon + 1) || first == search->first)
		return false;
	if (noun_mark(search, before) == '-')
		return true;
	return frame_is_word(search->frame, before, "from") &&
	    (before == search->first ||
		(frame_is_word(search->frame, before - 1, "more") &&
		    (before - 1 == search->first || noun_mark(search, before - 2) == '-')));
}

bool
report_run(struct reports *reports, const struct frame *frame, const struct frame_sentence *sentence)
{
	struct search search = {.frame = frame, .first = sentence->first, .end = sentence->first + sentence->count};
	struct noun noun;
	size_t i;

	reports->count = 0;
	for (i = search.first; i < search.end; i++) {
		if (noun_is_run(&search, i))
			continue;
		if (frame_is_word(frame, i, "according") && i + 2 < search.end && frame_is_word(frame, i + 1, "to")) {
			if (noun_after(&search, i + 2, &noun) &&
			    !add(reports, &search, REPORT_ACCORDING, i, i + 1, &noun))
				return false;
			i++;
			continue;
		}
		if (noun_mark(&search, i) == ':' && i > search.first) {
			/* "Kerry: Israel ...": nothing but a name before the colon; `From the report: "..."` */
			const struct frame_phrase *phrase = noun_phrase(&search, i - 1);
			if (phrase != NULL && phrase->last == i - 1 &&
			    (phrase->first == search.first || is_source(&search, phrase->first, i)) &&
			    noun_tag(&search, phrase->head) != LEXICON_PRP) {
				noun = (struct noun){phrase->first, phrase->last, phrase->head, FRAME_NONE};
				if (!add(reports, &search, REPORT_COLON, i, i, &noun))
					return false;
			}
			continue;
		}
		if (!frame_is_verb(frame, i))
			continue;
		if (sentence->has_run && frame_is_reply(frame, search.first, i, search.end)) {
			if (!take_verb(reports, &search, i, i + 1))
				return false;
		} else if (LEXICON_HAS(frame_token(frame, i), CUE) && !take_verb(reports, &search, i, i)) {
			return false;
		}
	}
	return true;
}

/* NOUN as the subject of the verb at item VERB, whatever the verb says. */
static struct report
subject_of(const struct noun *noun, enum report_form form, size_t verb)
{
	return (struct report){
	    .form = form,
	    .cue_first = (uint32_t)verb,
	    .cue_last = (uint32_t)verb,
	    .mention_first = (uint32_t)noun->first,
	    .mention_last = (uint32_t)noun->last,
	    .head = (uint32_t)noun->head,
	    .relative = (uint32_t)noun->relative,
	    .content = (uint32_t)verb + 1,
	    .from = (uint32_t)noun->first,
	    .to = (uint32_t)verb,
	};
}

/* Behind the clause that a subordinator begins SEARCH with, and its comma: "When he died, "; else the first item. */
static size_t
main_clause(const struct search *search, size_t end)
{
	bool finite = false;
	size_t i;

	if (search->first == end || !noun_is_subordinator(search, search->first))
		return search->first;
	for (i = search->first + 1; i < end; i++) {
		if (noun_is_run(search, i))
			break;
		if (finite && noun_mark(search, i) == ',')
			return i + 1;
		finite = finite || frame_is_finite(search->frame, i);
	}
	return search->first;
}

/* The subject of the first finite verb of the items [FROM, END) that has one. */
static bool
first_subject(const struct search *search, size_t from, size_t end, struct report *subject)
{
	enum report_form form;
	struct noun noun;
	size_t i, tries = 0;

	for (i = from; i < end && tries < STEPS; i++) {
		if (noun_is_run(search, i) || !frame_is_finite(search->frame, i))
			continue;
		tries++;
		if (!subject_before(search, i, &noun, &form))
			continue;
		*subject = subject_of(&noun, form, i);
		return true;
	}
	return false;
}

bool
report_main_subject(const struct frame *frame, const struct frame_sentence *sentence, size_t end,
    struct report *subject)
{
	struct search search = {.frame = frame, .first = sentence->first, .end = sentence->first + sentence->count};
	size_t from;

	if (end > search.first + SUBJECT_ITEMS)
		end = search.first + SUBJECT_ITEMS;
	from = main_clause(&search, end);
	return first_subject(&search, from, end, subject) ||
	    (from > search.first && first_subject(&search, search.first, from, subject));
}

void
report_release(struct reports *reports)
{
	free(reports->at);
	memset(reports, 0, sizeof *reports);
}
