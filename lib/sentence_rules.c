/* SPDX-License-Identifier: ISC */
#include "sentence_rules.h"

#include <string.h>

static bool
starts_sentence(const struct stops_view *view, struct sentence_place *place)
{
	return place->behind == BEHIND_UPPER && LEXICON_HAS(sentence_next_entry(view, place), STARTER);
}

/* A quotation has ended and a reporting clause with the subject in front follows: `"Why?" Smith asked.`, `"Why?" I
 * asked.` "The" and "He" with a capital begin a sentence of their own. */
static bool
reports(const struct stops_view *view, struct sentence_place *place)
{
	size_t at = place->next, end;
	int words;

	if (!place->quote_closed || place->quote_opened || (starts_sentence(view, place) && view->at[at] != 'I'))
		return false;
	for (words = 0; words < 4; words++) {
		for (end = at; end < view->end &&
		     (sentence_is_letter_byte(stops_byte(view, end)) || stops_byte(view, end) == '-');
		     end++)
			;
		if (end == at)
			return false;
		if (words > 0) {
			if (LEXICON_HAS(sentence_look_up(view, at, end), CUE))
				return true;
			if (!stops_is_upper(stops_byte(view, at)))
				return false;
		}
		if (stops_byte(view, end) == '.')
			end++;
		if (stops_byte(view, end) != ' ')
			return false;
		at = end + 1;
	}
	return false;
}

/* No blank behind the stop: "the end.Then", `over."The`. */
static bool
ends_glued(const struct stops_view *view, struct sentence_place *place)
{
	size_t bytes;

	if (place->stops & STOPS_UNSPACED)
		return true;
	if (place->behind != BEHIND_UPPER)
		return false;
	bytes = place->next_end - place->next;
	if (bytes < 2 && !(bytes == 1 && view->at[place->next] == 'I'))
		return bytes == 1 && place->quote_opened;
	if (place->quote_opened)
		return place->before != BEFORE_INITIAL;
	if (place->dash || place->bracket_opened)
		return false;
	/* not "Node.Js", "A.Smith", "www.Example.Com" */
	if (place->stops == STOPS_FULL)
		return place->quote_closed ||
		    (place->before == BEFORE_WORD && place->small_before && !place->capital_before &&
			place->before_bytes > 2);
	if (place->stops == STOPS_ELLIPSIS)
		return place->small_before && place->before_bytes > 1;
	return !place->bracket_closed;
}

static bool
ends_at_mark(const struct stops_view *view, struct sentence_place *place)
{
	switch (place->behind) {
	case BEHIND_NOTHING:
		return false;
	case BEHIND_LOWER:
		if (place->quote_closed || place->bracket_closed || place->dash)
			return false;                                   /* "Why?" he asked */
		return !place->capital_before || place->address_behind; /* not "Yahoo! said" */
	case BEHIND_MARK:
		return place->next_mark_begins;
	case BEHIND_UPPER:
		return !reports(view, place);
	default:
		return true;
	}
}

/* No stop: "...@example.com Please call", "07/17/2000 02:21 PM I agree". */
static bool
ends_softly(const struct sentence_place *place)
{
	switch (place->soft) {
	case STOPS_DATE:
	case STOPS_LINE_BEGIN:
	case STOPS_LINE_END:
		return true;
	case STOPS_ADDRESS_BEGIN:
	case STOPS_ITEM:
		return false;
	default:
		return place->behind == BEHIND_UPPER && !place->bracket_opened && !place->dash;
	}
}

bool
sentence_rule(const struct stops_view *view, struct sentence_place *place)
{
	bool lower = place->behind == BEHIND_LOWER;

	if (place->soft != STOPS_HARD)
		return ends_softly(place);
	if (place->ellipsis_behind)
		return true;
	if (place->first || place->fragment)
		return false;
	if (place->glued)
		return ends_glued(view, place);
	if (place->behind == BEHIND_NOTHING)
		return false;
	if (place->stops & (STOPS_QUESTION | STOPS_EXCLAMATION))
		return ends_at_mark(view, place);
	if (place->stops == STOPS_ELLIPSIS) {
		/* "[...] Then" leaves words out; "... 150" goes on */
		return !place->bracket_closed && place->behind == BEHIND_UPPER && !reports(view, place);
	}
	switch (place->before) {
	case BEFORE_TITLE:
	case BEFORE_NEVER:
		return place->quote_closed && place->behind == BEHIND_UPPER;
	case BEFORE_ENUMERATOR:
		return place->bracket_closed && !lower;
	case BEFORE_INITIAL:
		return starts_sentence(view, place) || (place->quote_opened && !lower);
	case BEFORE_COUNTED:
		if (lower || place->behind == BEHIND_DIGIT || place->bracket_opened)
			return false;
		return !LEXICON_HAS(sentence_next_entry(view, place), MONTH); /* "Thur. Sept. 21" */
	case BEFORE_CAPITAL:
		return starts_sentence(view, place) || (place->quote_opened && place->behind == BEHIND_UPPER);
	case BEFORE_LAST: {
		const struct lexicon_entry *next;
		if (place->behind != BEHIND_UPPER || place->bracket_opened)
			return false;
		if (place->next + 1 < view->end &&
		    (stops_is_upper((unsigned char)view->at[place->next + 1]) || view->at[place->next + 1] == '.'))
			return false; /* "6 p.m. EDT", "6 p.m. E.T." */
		next = sentence_next_entry(view, place);
		return !LEXICON_HAS(next, WEEKDAY) && !LEXICON_HAS(next, MONTH) && !LEXICON_HAS(next, TIME_ZONE);
	}
	case BEFORE_ADDRESS:
		return place->behind == BEHIND_UPPER && !place->bracket_opened && !place->dash;
	default:
		break;
	}
	if (place->behind == BEHIND_MARK)
		return place->next_mark_begins;
	if (lower) {
		if (place->before == BEFORE_NUMBER)
			return place->lower_start; /* "Nature, 2019. http://..." */
		if (place->quote_closed || place->bracket_closed || place->bracket_opened || place->dash)
			return false;
		return place->address_behind || place->lower_start || (place->small_before && place->before_bytes > 2);
	}
	return true;
}

/* Right behind a stop goes on what the stop belongs to: "U.S", "Lt.Gen", "U.S.-made"; but "a.m.--The". */
static bool
glued_is_certain(const struct sentence_place *place)
{
	switch (place->before) {
	case BEFORE_INITIAL:
	case BEFORE_CAPITAL:
		return true;
	case BEFORE_TITLE:
	case BEFORE_NEVER:
	case BEFORE_COUNTED:
	case BEFORE_LAST:
		return !place->dash;
	default:
		return false;
	}
}

/* Classes of places in which the rules err in less than one of a hundred, as counted in annotated text. */
bool
sentence_rule_is_certain(const struct sentence_place *place, bool ends)
{
	bool upper = place->behind == BEHIND_UPPER, lower = place->behind == BEHIND_LOWER;

	if (place->ellipsis_behind || place->first || place->fragment || place->soft == STOPS_ITEM)
		return true;
	if (place->soft != STOPS_HARD || (place->dash && ends))
		return false;
	if (ends && place->glued && place->stops == STOPS_FULL)
		return place->before == BEFORE_WORD && place->small_before; /* "the end.The" */
	if (ends && place->stops == STOPS_FULL)
		return upper &&
		    (place->before == BEFORE_MARK || place->before == BEFORE_CAPITAL ||
			(place->before == BEFORE_WORD && place->before_bytes > 1));
	if (ends)
		return upper && !place->glued && !place->quote_closed && place->stops == STOPS_QUESTION;
	if ((place->quote_closed || place->bracket_closed) && lower)
		return true; /* "Why?" he */
	if (place->bracket_opened && place->behind == BEHIND_MARK)
		return true; /* "[...]" */
	if (place->stops != STOPS_FULL)
		return place->quote_closed && upper && !place->glued; /* "Why?" Smith asked */
	if (place->glued)
		return !upper || glued_is_certain(place); /* "3.5", "U.S" */
	switch (place->before) {
	case BEFORE_TITLE:
	case BEFORE_NEVER:
		return true;
	case BEFORE_COUNTED:
		return place->behind == BEHIND_DIGIT || lower;
	case BEFORE_INITIAL:
		return lower || upper;
	case BEFORE_CAPITAL:
		return lower || place->behind == BEHIND_DIGIT || (upper && !place->quote_closed);
	case BEFORE_LAST:
		return upper; /* "6 p.m. Friday" */
	default:
		return false;
	}
}
