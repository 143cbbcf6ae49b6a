/* SPDX-License-Identifier: ISC */
#include "quote_noun.h"

#define REACH 40        /* items that an apposition may have */
#define BRACKET_ITEMS 8 /* in brackets behind a name */
#define STEPS 6         /* base phrases that are joined on one side, and appositions */

/* A body or a person named by a common noun, so that "for", "at", "with" behind it belong to it. */
static bool
is_common_head(const struct search *search, size_t head)
{
	return noun_tag(search, head) == LEXICON_NN || noun_tag(search, head) == LEXICON_NNS;
}

static bool
is_determined(const struct search *search, size_t first)
{
	return noun_tag(search, first) == LEXICON_DT || noun_tag(search, first) == LEXICON_PRPS;
}

/* Behind a name these tell where or when it was said, not who: "Kerry in Geneva said". */
static bool
is_place_preposition(const struct search *search, size_t i)
{
	static const char *const prepositions[] = {"in", "at", "on", "after", "during", "before"};
	size_t k;

	for (k = 0; k < sizeof prepositions / sizeof *prepositions; k++)
		if (frame_is_word(search->frame, i, prepositions[k]))
			return true;
	return false;
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
		if (noun_mark(search, at - 1) == 0 && noun_tag(search, at - 1) == LEXICON_POS &&
		    (before = noun_phrase(search, at - 2)) != NULL) {
			noun->first = before->first; /* "Israel's prime minister" */
			continue;
		}
		before = noun_phrase(search, at - 2);
		if (before == NULL || before->last != at - 2)
			return;
		if (noun_is_preposition(search, at - 1) && !noun_is_subordinator(search, at - 1)) {
			if (noun_tag(search, before->head) == LEXICON_PRP)
				return;
			if (noun_tag(search, before->head) == LEXICON_NNP && is_place_preposition(search, at - 1))
				*noun = (struct noun){before->first, before->last, before->head, FRAME_NONE};
			noun->first = before->first;
			noun->head = before->head;
			continue;
		}
		if (noun_is_joint(search, at - 1)) {
			/* no object of a verb or preposition: "met Abbas and Kerry said" */
			size_t left = before->first;
			if (left > search->first && frame_is_verb(search->frame, left - 1))
				return;
			if (left > search->first && noun_is_preposition(search, left - 1) &&
			    (left < search->first + 2 || noun_phrase(search, left - 2) == NULL))
				return;
			noun->first = before->first;
			continue;
		}
		return;
	}
}

static bool
has_name(const struct search *search, const struct frame_phrase *phrase)
{
	size_t i;

	for (i = phrase->first; i <= phrase->last; i++)
		if (noun_tag(search, i) == LEXICON_NNP)
			return true;
	return false;
}

/* Whether the preposition at item NEXT and the phrase AFTER it belong to NOUN rather than to the verb: "a spokesman for
 * the ministry", "a report in the Maariv newspaper", but not "in a statement". */
static bool
joins_head(const struct search *search, const struct noun *noun, size_t next, const struct frame_phrase *after)
{
	static const char *const prepositions[] = {"for", "at", "with", "from", "in", "on", "to", "by"};
	const struct token *entry = frame_token(search->frame, after->head);
	size_t i;

	if ((LEXICON_HAS(entry, TEXT_NOUN) || LEXICON_HAS(entry, CUE_NOUN)) && is_determined(search, after->first) &&
	    !has_name(search, after))
		return false;
	if (!is_common_head(search, noun->head))
		return frame_is_word(search->frame, next, "from");
	for (i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
		if (frame_is_word(search->frame, next, prepositions[i]))
			return true;
	return false;
}

/* Stretch NOUN to the right by what belongs to it: "of the ministry", "and Allen". */
static void
stretch_right(const struct search *search, struct noun *noun)
{
	size_t steps;

	for (steps = 0; steps < STEPS && noun->last + 2 < search->end; steps++) {
		const struct frame_phrase *after = noun_phrase(search, noun->last + 2);
		size_t next = noun->last + 1;

		if (noun_tag(search, next) == LEXICON_POS) {
			if (after == NULL || after->first != next + 1)
				return;
			noun->head = after->head;
			noun->last = after->last;
			continue;
		}
		if (after == NULL || after->first != next + 1)
			return;
		if (noun_is_joint(search, next)) {
			/* not the subject of the next clause: "said Kerry, and Allen agreed" */
			if (after->last + 1 < search->end && (frame_is_finite(search->frame, after->last + 1)))
				return;
			noun->last = after->last;
			continue;
		}
		if (frame_is_word(search->frame, next, "of") || joins_head(search, noun, next, after)) {
			noun->last = after->last;
			continue;
		}
		return;
	}
}

/* Whether the verb at item I, in an apposition that begins at FROM, is a participle for all its form: "a customer based
 * in Boston", "Doe, asked about the plan, said". */
static bool
is_reduced(const struct search *search, size_t from, size_t i)
{
	if (i == from && i + 1 < search->end && noun_tag(search, i) == LEXICON_VBD &&
	    LEXICON_HAS(frame_token(search->frame, i), CUE_PERSON))
		return noun_is_preposition(search, i + 1) || noun_is_subordinator(search, i + 1) ||
		    noun_tag(search, i + 1) == LEXICON_WRB || noun_tag(search, i + 1) == LEXICON_WP;
	return i > from && noun_tag(search, i) == LEXICON_VBD && i + 1 < search->end &&
	    noun_phrase(search, i - 1) != NULL && noun_is_preposition(search, i + 1) &&
	    !LEXICON_HAS(frame_token(search->frame, i), CUE) && !LEXICON_HAS(frame_token(search->frame, i), AUXILIARY);
}

/* Whether items [from, to] can be an apposition or a parenthesis: no finite verb, unless behind "who". */
static bool
is_apposition(const struct search *search, size_t from, size_t to)
{
	size_t i;

	if (from > to || to - from > REACH)
		return false;
	if (noun_is_relative(search, from) || frame_is_word(search->frame, from, "whose"))
		return true;
	if (noun_is_subordinator(search, from) && !noun_is_preposition(search, from))
		return false;
	for (i = from; i <= to; i++) {
		if (noun_is_run(search, i))
			continue;
		if (noun_is_relative(search, i) && i > from)
			return true;
		if (frame_is_finite(search->frame, i) && !is_reduced(search, from, i))
			return false;
		if (noun_tag(search, i) == LEXICON_PRP && !noun_is_preposition(search, i - 1))
			return false;
	}
	return true;
}

/* The noun phrase before the brackets that close at item CLOSE: "Jack Reed (D-R.I.)". */
static bool
bracketed(const struct search *search, size_t close, struct noun *noun)
{
	const struct frame_phrase *phrase;
	size_t open = close;

	while (open > search->first && close - open <= BRACKET_ITEMS && noun_mark(search, open) != '(')
		open--;
	if (open == search->first || noun_mark(search, open) != '(')
		return false;
	phrase = noun_phrase(search, open - 1);
	if (phrase == NULL || noun_tag(search, phrase->head) != LEXICON_NNP)
		return false;
	*noun = (struct noun){phrase->first, close, phrase->head, FRAME_NONE};
	stretch_left(search, noun);
	return true;
}

/* The noun phrase that ends at item LAST, or is closed by the comma there. */
static bool
phrase_before(const struct search *search, size_t last, struct noun *noun)
{
	const struct frame_phrase *phrase = noun_phrase(search, last);
	size_t comma, tries;

	if (phrase != NULL) {
		*noun = (struct noun){phrase->first, phrase->last, phrase->head, FRAME_NONE};
		stretch_left(search, noun);
		return true;
	}
	if (noun_mark(search, last) != ',' && noun_mark(search, last) != '-')
		return false;
	if (last > search->first + 2 && noun_mark(search, last - 1) == ')' && bracketed(search, last - 1, noun))
		return true;
	for (comma = last, tries = 0; comma > search->first + 1 && tries < 4; tries++) {
		const struct frame_phrase *before;
		size_t end;

		for (comma--;
		     comma > search->first && noun_mark(search, comma) != ',' && noun_mark(search, comma) != '-';
		     comma--)
			if (noun_is_run(search, comma) || last - comma > REACH)
				return false;
		if (comma <= search->first)
			return false;
		end = comma - 1;
		if (noun_mark(search, end) == ')') {
			while (end > search->first && comma - end < REACH && noun_mark(search, end) != '(')
				end--;
			if (end > search->first)
				end--;
		}
		before = noun_phrase(search, end);
		if (before != NULL && is_apposition(search, comma + 1, last - 1)) {
			*noun = (struct noun){before->first, last - 1, before->head, FRAME_NONE};
			stretch_left(search, noun);
			/* "On Thursday, in Geneva, " has no noun of its own before the first comma */
			if (noun->first > search->first && noun_is_preposition(search, noun->first - 1) &&
			    !noun_is_subordinator(search, noun->first - 1) && noun_mark(search, noun->first - 1) == 0 &&
			    tries < 3)
				continue;
			if (noun_tag(search, noun->head) == LEXICON_CD && tries < 3)
				continue; /* "Cory James, 22, of Flint, said" */
			return true;
		}
	}
	return false;
}

bool
noun_before(const struct search *search, size_t last, struct noun *noun)
{
	size_t end = last, brackets, at;

	for (brackets = 0; brackets < STEPS && noun_mark(search, end) == ')'; brackets++) {
		for (at = end; at > search->first && end - at < REACH && noun_mark(search, at) != '('; at--)
			;
		if (at == search->first || noun_mark(search, at) != '(')
			return false;
		end = at - 1;
	}
	if (!phrase_before(search, end, noun))
		return false;
	if (brackets > 0)
		noun->last = last;
	return true;
}

/* The end of the piece that begins at item FROM: the comma, stop, dash or run that follows. */
static size_t
piece_end(const struct search *search, size_t from)
{
	size_t to;

	for (to = from; to < search->end && to - from < REACH; to++)
		if (noun_is_run(search, to) || noun_mark(search, to) == ';' || noun_mark(search, to) == ':' ||
		    noun_mark(search, to) == '-' || noun_mark(search, to) == ',' || noun_mark(search, to) == '.')
			break;
	return to;
}

static bool
is_clause(const struct search *search, size_t from, size_t to)
{
	size_t at;

	for (at = from; at < to && !noun_is_relative(search, at) && !frame_is_word(search->frame, at, "whose"); at++)
		if (frame_is_finite(search->frame, at))
			return true;
	return false;
}

/* "Harry Reid (D-Nev.)" */
static void
take_brackets(const struct search *search, struct noun *noun)
{
	size_t at;

	for (at = noun->last + 2; at < search->end && at - noun->last < BRACKET_ITEMS; at++) {
		if (noun_is_run(search, at))
			return;
		if (noun_mark(search, at) == ')') {
			noun->last = at;
			return;
		}
	}
}

/* What belongs to NOUN behind it: ", the secretary of state", ", 34, a nurse from Brownsville, Texas, who was there". A
 * clause of its own ends it (", Allen agreed"), and so does a participle (", adding"). */
static void
take_appositions(const struct search *search, struct noun *noun)
{
	bool relative = false;
	size_t pieces;

	if (noun->last + 1 < search->end && noun_is_relative(search, noun->last + 1)) {
		noun->last = piece_end(search, noun->last + 1) - 1; /* "an aide who was there" */
		relative = true;
	}
	if (noun->last + 1 < search->end && noun_mark(search, noun->last + 1) == '(')
		take_brackets(search, noun);
	for (pieces = 0; pieces < STEPS; pieces++) {
		size_t comma = noun->last + 1, from = comma + 1, to;
		const struct frame_phrase *phrase;

		if (from >= search->end || noun_mark(search, comma) != ',' || noun_is_run(search, from))
			return;
		while (from + 1 < search->end && noun_is_adverbial(search, from))
			from++; /* "then the governor" */
		phrase = noun_phrase(search, from);
		to = piece_end(search, from);
		if (to == from)
			return;
		if (noun_tag(search, noun->last) == LEXICON_CD &&
		    (frame_is_word(search->frame, from, "of") || frame_is_word(search->frame, from, "from"))) {
			noun->last = to - 1; /* "29, of Meridian" */
			continue;
		}
		if (noun_tag(search, from) == LEXICON_VBG)
			return;
		if (noun_is_relative(search, from) || frame_is_word(search->frame, from, "whose"))
			relative = true;
		else if (relative ? noun_tag(search, from) == LEXICON_VBG || noun_tag(search, from) == LEXICON_PRP
				  : phrase == NULL || phrase->first != from || noun_tag(search, from) == LEXICON_PRP ||
			    is_clause(search, from, to))
			return;
		noun->last = to - 1;
	}
}

bool
noun_after(const struct search *search, size_t first, struct noun *noun)
{
	const struct frame_phrase *phrase = first < search->end ? noun_phrase(search, first) : NULL;

	if (phrase == NULL || phrase->first != first)
		return false;
	*noun = (struct noun){phrase->first, phrase->last, phrase->head, FRAME_NONE};
	stretch_right(search, noun);
	take_appositions(search, noun);
	return true;
}
