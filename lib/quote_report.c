/* SPDX-License-Identifier: ISC
 *
 * From a reporting verb the search goes left over adverbs and auxiliaries to the noun phrase that is its subject; commas
 * in between are appositions ("Kerry, the secretary of state, said"), "to", "and" and participles lead on to the
 * verb whose subject it shares ("went on to say", "stood and said", "left, saying"). Behind a quotation the subject may follow the verb.
 * The search takes as many steps as the sentence has verbs, each over at most REACH items, so a sentence costs
 * its items times a constant.
 */
#include "quote_report.h"

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

#define REACH 40 /* items that an apposition may have */
#define STEPS 6  /* verbs that may share one subject: "stood, turned and went on to say" */
#define VERB_REACH 60 /* items between two such verbs */

struct noun {
	size_t first, last, head, relative;
};

struct search {
	const struct frame *frame;
	size_t first, end; /* items of the sentence */
};

static uint8_t
tag(const struct search *search, size_t i)
{
	return search->frame->items[i].tag;
}

static char
mark(const struct search *search, size_t i)
{
	return frame_mark(search->frame, i);
}

static bool
is_run(const struct search *search, size_t i)
{
	return search->frame->items[i].run != FRAME_NONE;
}

static const struct frame_phrase *
phrase_at(const struct search *search, size_t i)
{
	size_t phrase = search->frame->items[i].phrase;

	return phrase == FRAME_NONE ? NULL : &search->frame->phrases[phrase];
}

static bool
is_adverbial(const struct search *search, size_t i)
{
	const struct lexicon_entry *entry = frame_entry(search->frame, i);

	if (is_run(search, i) || mark(search, i) != 0)
		return false;
	return tag(search, i) == LEXICON_RB || tag(search, i) == LEXICON_RBR || LEXICON_HAS(entry, ADVERB) ||
	       LEXICON_HAS(entry, NEGATION);
}

static bool
is_preposition(const struct search *search, size_t i)
{
	return LEXICON_HAS(frame_entry(search->frame, i), PREPOSITION) || tag(search, i) == LEXICON_IN ||
	       tag(search, i) == LEXICON_TO;
}

static bool
is_subordinator(const struct search *search, size_t i)
{
	return LEXICON_HAS(frame_entry(search->frame, i), SUBORDINATOR);
}

static bool
is_relative(const struct search *search, size_t i)
{
	return frame_is_word(search->frame, i, "who") || frame_is_word(search->frame, i, "which") ||
	       tag(search, i) == LEXICON_WP || tag(search, i) == LEXICON_WDT;
}

/* A body or a person named by a common noun, so that "for", "at", "with" behind it belong to it. */
static bool
is_common_head(const struct search *search, size_t head)
{
	return tag(search, head) == LEXICON_NN || tag(search, head) == LEXICON_NNS;
}

static bool
is_joint(const struct search *search, size_t i)
{
	return frame_is_word(search->frame, i, "and") || frame_is_word(search->frame, i, "or") || mark(search, i) == '&';
}

/* Stretch NOUN to the left: "a spokesman for the ministry", "Kerry and Allen". */
static void
stretch_left(const struct search *search, struct noun *noun)
{
	size_t steps;

	for (steps = 0; steps < STEPS; steps++) {
		const struct frame_phrase *before;
		size_t at = noun->first;

		if (at < search->first + 2)
			return;
		if (mark(search, at - 1) == 0 && tag(search, at - 1) == LEXICON_POS && (before = phrase_at(search, at - 2)) != NULL) {
			noun->first = before->first; /* "Israel's prime minister" */
			continue;
		}
		before = phrase_at(search, at - 2);
		if (before == NULL || before->last != at - 2)
			return;
		if (is_preposition(search, at - 1) && !is_subordinator(search, at - 1)) {
			if (tag(search, before->head) == LEXICON_PRP)
				return;
			noun->first = before->first;
			noun->head = before->head;
			continue;
		}
		if (is_joint(search, at - 1)) {
			/* no object of a verb or preposition: "met Abbas and Kerry said" */
			size_t left = before->first;
			if (left > search->first && frame_is_verb(search->frame, left - 1))
				return;
			if (left > search->first && is_preposition(search, left - 1) &&
			    (left < search->first + 2 || phrase_at(search, left - 2) == NULL))
				return;
			noun->first = before->first;
			continue;
		}
		return;
	}
}

/* Stretch NOUN to the right by what belongs to it: "of the ministry", "and Allen". */
static void
stretch_right(const struct search *search, struct noun *noun)
{
	size_t steps;

	for (steps = 0; steps < STEPS && noun->last + 2 < search->end; steps++) {
		const struct frame_phrase *after = phrase_at(search, noun->last + 2);
		size_t next = noun->last + 1;
		const struct lexicon_entry *entry;

		if (tag(search, next) == LEXICON_POS) {
			if (after == NULL || after->first != next + 1)
				return;
			noun->head = after->head;
			noun->last = after->last;
			continue;
		}
		if (after == NULL || after->first != next + 1)
			return;
		entry = frame_entry(search->frame, after->head);
		if (is_joint(search, next)) {
			/* not the subject of the next clause: "said Kerry, and Allen agreed" */
			if (after->last + 1 < search->end && (frame_is_finite(search->frame, after->last + 1)))
				return;
			noun->last = after->last;
			continue;
		}
		if (frame_is_word(search->frame, next, "of") ||
		    (is_common_head(search, noun->head) && !LEXICON_HAS(entry, TEXT_NOUN) && !LEXICON_HAS(entry, CUE_NOUN) &&
		        (frame_is_word(search->frame, next, "for") || frame_is_word(search->frame, next, "at") ||
		            frame_is_word(search->frame, next, "with") || frame_is_word(search->frame, next, "from") ||
		            frame_is_word(search->frame, next, "in") || frame_is_word(search->frame, next, "on") ||
		            frame_is_word(search->frame, next, "to"))) ||
		    (frame_is_word(search->frame, next, "from") && !LEXICON_HAS(entry, TEXT_NOUN))) {
			noun->last = after->last;
			continue;
		}
		return;
	}
}

/* Whether items [from, to] can be an apposition or a parenthesis: no finite verb, unless behind "who". */
static bool
is_apposition(const struct search *search, size_t from, size_t to)
{
	size_t i;

	if (from > to || to - from > REACH)
		return false;
	if (is_relative(search, from) || frame_is_word(search->frame, from, "whose"))
		return true;
	if (is_subordinator(search, from) && !is_preposition(search, from))
		return false;
	for (i = from; i <= to; i++) {
		if (is_run(search, i))
			continue;
		if (is_relative(search, i) && i > from)
			return true;
		if (frame_is_finite(search->frame, i))
			return false;
		if (tag(search, i) == LEXICON_PRP && !is_preposition(search, i - 1))
			return false;
	}
	return true;
}

/* The noun phrase that ends at item LAST or is closed by the comma there. */
static bool
noun_before(const struct search *search, size_t last, struct noun *noun)
{
	const struct frame_phrase *phrase = phrase_at(search, last);
	size_t comma, tries;

	if (phrase != NULL) {
		*noun = (struct noun){phrase->first, phrase->last, phrase->head, FRAME_NONE};
		stretch_left(search, noun);
		return true;
	}
	if (mark(search, last) == ')') {
		size_t at = last;
		while (at > search->first && mark(search, at) != '(')
			at--;
		if (at == search->first || !noun_before(search, at - 1, noun))
			return false;
		noun->last = last;
		return true;
	}
	if (mark(search, last) != ',' && mark(search, last) != '-')
		return false;
	for (comma = last, tries = 0; comma > search->first + 1 && tries < 4; tries++) {
		const struct frame_phrase *before;
		size_t end;

		for (comma--; comma > search->first && mark(search, comma) != ',' && mark(search, comma) != '-'; comma--)
			if (is_run(search, comma) || last - comma > REACH)
				return false;
		if (comma <= search->first)
			return false;
		end = comma - 1;
		if (mark(search, end) == ')') {
			while (end > search->first && mark(search, end) != '(')
				end--;
			if (end > search->first)
				end--;
		}
		before = phrase_at(search, end);
		if (before != NULL && is_apposition(search, comma + 1, last - 1)) {
			*noun = (struct noun){before->first, last - 1, before->head, FRAME_NONE};
			stretch_left(search, noun);
			/* "On Thursday, in Geneva, " has no noun of its own before the first comma */
			if (noun->first > search->first && is_preposition(search, noun->first - 1) &&
			    mark(search, noun->first - 1) == 0 && tries < 3)
				continue;
			if (tag(search, noun->head) == LEXICON_CD && tries < 3)
				continue; /* "Cory James, 22, of Flint, said" */
			return true;
		}
	}
	return false;
}

/* Over adverbs, auxiliaries and times to the left of item I: "has also", "on Thursday", "late Wednesday". */
static size_t
skip_left(const struct search *search, size_t i)
{
	while (i > search->first) {
		size_t left = i - 1;
		if (is_run(search, left) || mark(search, left) != 0)
			break;
		if (is_adverbial(search, left) || LEXICON_HAS(frame_entry(search->frame, left), AUXILIARY) ||
		    tag(search, left) == LEXICON_MD || frame_is_time(search->frame, left) ||
		    (is_preposition(search, left) && i < search->end && frame_is_time(search->frame, i) &&
		        !frame_is_word(search->frame, left, "to"))) {
			i = left;
			continue;
		}
		if (phrase_at(search, left) == NULL && (frame_is_word(search->frame, left, "last") ||
		                                           frame_is_word(search->frame, left, "this") ||
		                                           frame_is_word(search->frame, left, "late") ||
		                                           frame_is_word(search->frame, left, "early"))) {
			i = left;
			continue;
		}
		break;
	}
	return i;
}

/* The verb left of item I whose subject I's verb shares. A finite one where there is one. */
static bool
verb_before(const struct search *search, size_t i, bool finite, size_t *verb)
{
	size_t stop = i - search->first > VERB_REACH ? i - VERB_REACH : search->first;

	while (i-- > stop) {
		if (is_run(search, i) || mark(search, i) == ';')
			continue;
		if (finite ? frame_is_finite(search->frame, i) : frame_is_verb(search->frame, i)) {
			*verb = i;
			return true;
		}
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
		bool auxiliary = at < verb && LEXICON_HAS(frame_entry(search->frame, verb - 1), AUXILIARY);
		bool participle = from == verb && tag(search, verb) == LEXICON_VBG && !auxiliary && at == verb;

		if (at == search->first)
			return false;
		left = at - 1;
		if (is_run(search, left))
			return false;
		if (participle && phrase_at(search, left) != NULL && noun_before(search, left, noun)) {
			/* "with Kerry saying", "supporters chanting" */
			const struct lexicon_entry *entry = frame_entry(search->frame, noun->head);
			if ((noun->first > search->first && frame_is_word(search->frame, noun->first - 1, "with")) ||
			    LEXICON_HAS(entry, PERSON_NOUN) || LEXICON_HAS(entry, GROUP_NOUN))
				return true;
		}
		if (participle && !is_joint(search, left)) {
			/* ", saying" and "by saying" share the subject of the clause before */
			*form = REPORT_PARTICIPLE;
			if (!verb_before(search, at, true, &verb))
				return false;
			from = verb;
			continue;
		}
		if (is_relative(search, left) || (frame_is_word(search->frame, left, "that") && left > search->first &&
		                                     phrase_at(search, left - 1) != NULL &&
		                                     !frame_is_verb(search->frame, left - 1))) {
			size_t antecedent = left;
			if (antecedent > search->first && mark(search, antecedent - 1) == ',')
				antecedent--;
			if (antecedent == search->first || phrase_at(search, antecedent - 1) == NULL)
				return false;
			*form = REPORT_RELATIVE;
			if (!noun_before(search, antecedent - 1, noun))
				return false;
			noun->relative = left;
			return true;
		}
		if (phrase_at(search, left) != NULL) {
			if (!noun_before(search, left, noun))
				return false;
			if (noun->first == search->first || !is_preposition(search, noun->first - 1) ||
			    is_subordinator(search, noun->first - 1))
				return true;
			/* "who has in the past said", "Kerry in Jerusalem said": an adverbial, not the subject */
			from = noun->first - 1;
			continue;
		}
		if (frame_is_verb(search->frame, left) || frame_is_word(search->frame, left, "to") ||
		    frame_is_word(search->frame, left, "as") || is_joint(search, left) ||
		    frame_is_word(search->frame, left, "but") || frame_is_word(search->frame, left, "then")) {
			bool shared = verb_before(search, frame_is_verb(search->frame, left) ? at : left,
			    is_joint(search, left) || frame_is_word(search->frame, left, "but"), &verb);
			if (!shared)
				return false;
			from = verb;
			continue;
		}
		if (mark(search, left) == ',' || mark(search, left) == ')' || mark(search, left) == '-') {
			if (noun_before(search, left, noun))
				return true;
			if (mark(search, left) == ',' && left > search->first && verb_before(search, left, true, &verb)) {
				from = verb; /* "stood, turned, said" */
				continue;
			}
			return false;
		}
		return false;
	}
	return false;
}

/* An apposition behind NOUN: ", the secretary of state" up to the next comma or the end of the sentence. */
static void
take_apposition(const struct search *search, struct noun *noun)
{
	size_t from = noun->last + 2, to;
	const struct frame_phrase *phrase;

	if (from >= search->end || mark(search, noun->last + 1) != ',')
		return;
	phrase = phrase_at(search, from);
	if (phrase == NULL || phrase->first != from || tag(search, from) == LEXICON_PRP)
		return;
	for (to = from; to < search->end && to - from < REACH; to++) {
		if (is_run(search, to) || mark(search, to) == ';' || mark(search, to) == ':' || mark(search, to) == '-')
			return;
		if (mark(search, to) == ',' || mark(search, to) == '.')
			break;
		if (frame_is_finite(search->frame, to) && !(to > from && is_relative(search, to - 1))) {
			size_t at;
			for (at = from; at < to && !is_relative(search, at); at++)
				;
			if (at == to)
				return; /* a clause of its own: ", Allen agreed" */
		}
	}
	if (to > from)
		noun->last = to - 1;
}

static bool
noun_after(const struct search *search, size_t first, struct noun *noun)
{
	const struct frame_phrase *phrase = first < search->end ? phrase_at(search, first) : NULL;

	if (phrase == NULL || phrase->first != first)
		return false;
	*noun = (struct noun){phrase->first, phrase->last, phrase->head, FRAME_NONE};
	stretch_right(search, noun);
	take_apposition(search, noun);
	return true;
}

/* Where the content begins behind the cue at item CUE: after the one spoken to, times and places of speech. */
static size_t
content_after(const struct search *search, size_t cue)
{
	const struct lexicon_entry *entry = frame_entry(search->frame, cue);
	bool person = LEXICON_HAS(entry, CUE_PERSON);
	size_t at = cue + 1;

	while (at < search->end) {
		const struct frame_phrase *phrase = phrase_at(search, at);

		if (is_run(search, at))
			return at;
		if (frame_is_time(search->frame, at) || is_adverbial(search, at)) {
			at++;
			continue;
		}
		if (person && phrase != NULL && phrase->first == at) {
			at = phrase->last + 1; /* "told reporters", "told the newspaper's editor" */
			person = at < search->end && tag(search, at) == LEXICON_POS;
			at += person;
			continue;
		}
		if (is_preposition(search, at) && !is_subordinator(search, at) && at + 1 < search->end) {
			/* "in a statement", "at a news conference", "on Monday", "to reporters" */
			const struct frame_phrase *object = phrase_at(search, at + 1);
			if (object != NULL && object->first == at + 1 && tag(search, object->head) != LEXICON_PRP) {
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
	while (at < search->end && (mark(search, at) == ',' || mark(search, at) == ':' || mark(search, at) == '-' ||
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
	    .cue_first = cue_first,
	    .cue_last = cue_last,
	    .mention_first = noun->first,
	    .mention_last = noun->last,
	    .head = noun->head,
	    .relative = noun->relative,
	    .from = noun->first < cue_first ? noun->first : cue_first,
	    .to = noun->last > cue_last ? noun->last : cue_last,
	};
	report->content = content_after(search, form == REPORT_INVERTED || form == REPORT_ACCORDING ? report->to : cue_last);
	return true;
}

/* Whether an auxiliary stands before the verb, adverbs between: "has repeatedly warned". */
static bool
is_perfect(const struct search *search, size_t verb)
{
	size_t at = verb;

	while (at > search->first && is_adverbial(search, at - 1))
		at--;
	return at > search->first && LEXICON_HAS(frame_entry(search->frame, at - 1), AUXILIARY);
}

static bool
is_be_before(const struct search *search, size_t verb)
{
	static const char *const forms[] = {"was", "were", "is", "are", "been", "be", "being", "am", "get", "got"};
	size_t at = verb, k;

	while (at > search->first && is_adverbial(search, at - 1))
		at--;
	if (at == search->first)
		return false;
	for (k = 0; k < sizeof forms / sizeof *forms; k++)
		if (frame_is_word(search->frame, at - 1, forms[k]))
			return true;
	return false;
}

/* Whether the verb at CUE stands where its subject may follow it: behind a run, or behind the comma that closes one or a
 * clause. */
static bool
can_invert(const struct search *search, size_t cue)
{
	const struct lexicon_entry *entry = frame_entry(search->frame, cue);
	size_t before = cue;

	if (tag(search, cue) == LEXICON_VBG)
		return false;
	if (LEXICON_HAS(entry, CUE_PERSON) && !frame_is_word(search->frame, cue, "asked"))
		return false;
	if (before == search->first)
		return false;
	before--;
	while (before > search->first && (mark(search, before) == ',' || mark(search, before) == '-'))
		before--;
	if (is_run(search, before))
		return true;
	return before + 1 < cue && LEXICON_HAS(entry, CUE_STRONG);
}

static bool
take_verb(struct reports *reports, const struct search *search, size_t cue)
{
	enum report_form form;
	struct noun noun;

	if (tag(search, cue) == LEXICON_VBN && (is_be_before(search, cue) || !is_perfect(search, cue))) {
		if (cue + 2 < search->end && frame_is_word(search->frame, cue + 1, "by") && noun_after(search, cue + 2, &noun))
			return add(reports, search, REPORT_BY, cue, cue, &noun);
		return true;
	}
	if (can_invert(search, cue)) {
		size_t next = cue + 1;
		bool behind_run = is_run(search, cue - 1) || (cue >= search->first + 2 && is_run(search, cue - 2));
		while (next < search->end && is_adverbial(search, next))
			next++;
		if ((behind_run || !subject_before(search, cue, &noun, &form)) && noun_after(search, next, &noun))
			return add(reports, search, REPORT_INVERTED, cue, cue, &noun);
	}
	if (subject_before(search, cue, &noun, &form)) {
		size_t first = cue;
		while (first > noun.last + 1 && (LEXICON_HAS(frame_entry(search->frame, first - 1), AUXILIARY)))
			first--;
		return add(reports, search, form, cue, cue, &noun);
	}
	return true;
}

bool
report_run(struct reports *reports, const struct frame *frame, const struct frame_sentence *sentence)
{
	struct search search = {.frame = frame, .first = sentence->first, .end = sentence->first + sentence->count};
	struct noun noun;
	size_t i;

	reports->count = 0;
	for (i = search.first; i < search.end; i++) {
		if (is_run(&search, i))
			continue;
		if (frame_is_word(frame, i, "according") && i + 2 < search.end && frame_is_word(frame, i + 1, "to")) {
			if (noun_after(&search, i + 2, &noun) && !add(reports, &search, REPORT_ACCORDING, i, i + 1, &noun))
				return false;
			i++;
			continue;
		}
		if (mark(&search, i) == ':' && i > search.first) {
			/* "Kerry: Israel ..." and "KERRY: ...": nothing but a name before the colon */
			const struct frame_phrase *phrase = phrase_at(&search, i - 1);
			if (phrase != NULL && phrase->first == search.first && phrase->last == i - 1 &&
			    tag(&search, phrase->head) != LEXICON_PRP) {
				noun = (struct noun){phrase->first, phrase->last, phrase->head, FRAME_NONE};
				if (!add(reports, &search, REPORT_COLON, i, i, &noun))
					return false;
			}
			continue;
		}
		if (LEXICON_HAS(frame_entry(frame, i), CUE) && frame_is_verb(frame, i) && !take_verb(reports, &search, i))
			return false;
	}
	return true;
}

bool
report_main_subject(const struct frame *frame, const struct frame_sentence *sentence, size_t end, struct report *subject)
{
	struct search search = {.frame = frame, .first = sentence->first, .end = sentence->first + sentence->count};
	enum report_form form;
	struct noun noun;
	size_t i, tries = 0;

	for (i = search.first; i < end && tries < STEPS; i++) {
		if (is_run(&search, i) || !frame_is_finite(frame, i))
			continue;
		tries++;
		if (!subject_before(&search, i, &noun, &form))
			continue;
		*subject = (struct report){
		    .form = form,
		    .cue_first = i,
		    .cue_last = i,
		    .mention_first = noun.first,
		    .mention_last = noun.last,
		    .head = noun.head,
		    .relative = noun.relative,
		    .content = i + 1,
		    .from = noun.first,
		    .to = i,
		};
		return true;
	}
	return false;
}

bool
report_next_subject(const struct frame *frame, const struct frame_sentence *sentence, size_t run, struct report *subject)
{
	struct search search = {.frame = frame, .first = sentence->first, .end = sentence->first + sentence->count};
	size_t i = run + 1, verb;
	struct noun noun;

	if (i < search.end && (mark(&search, i) == ',' || mark(&search, i) == '-'))
		i++;
	if (!noun_after(&search, i, &noun))
		return false;
	verb = noun.last + 1;
	while (verb < search.end && (mark(&search, verb) == ',' || is_adverbial(&search, verb)))
		verb++;
	if (verb >= search.end || !frame_is_finite(frame, verb))
		return false;
	*subject = (struct report){
	    .form = REPORT_SUBJECT,
	    .cue_first = verb,
	    .cue_last = verb,
	    .mention_first = noun.first,
	    .mention_last = noun.last,
	    .head = noun.head,
	    .relative = FRAME_NONE,
	    .content = verb + 1,
	    .from = noun.first,
	    .to = verb,
	};
	return true;
}

void
report_release(struct reports *reports)
{
	free(reports->at);
	memset(reports, 0, sizeof *reports);
}
