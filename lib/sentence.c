/* SPDX-License-Identifier: ISC
 *
 * Steps, apart so that each can be bettered alone: stops_find gives the next place where a sentence can end,
 * sentence_describe what stands before and behind it, sentence_rule decides, and where rules leave doubt
 * sentence_model has the last word.
 */
#include "sentence.h"

#include "sentence_list.h"
#include "sentence_model.h"
#include "sentence_place.h"
#include "sentence_rules.h"
#include "stops.h"

#include <string.h>

static bool
ends_here(const struct stops_view *view, struct sentence_place *place)
{
	bool ends = sentence_rule(view, place);

	return sentence_rule_is_certain(place, ends) ? ends : sentence_model(view, place, ends);
}

enum plain { PLAIN_ENDS, PLAIN_LAST, PLAIN_GOES_ON, PLAIN_UNKNOWN };

/* Whether a capital stands at AT, perhaps behind a quotation mark: "The", `"The`, "“The". */
static bool
begins_with_capital(const struct stops_view *view, size_t at)
{
	if (stops_byte(view, at) == '"')
		at++;
	else if (stops_byte(view, at) == 0xE2 && view->end - at > 3 && memcmp(view->at + at, "\xE2\x80\x9C", 3) == 0)
		at += 3;
	return stops_is_upper(stops_byte(view, at));
}

/* What nearly all stops are, the last of a paragraph, "the house. The", "Sen. Smith", "U.S.", "3.5", is told by a few
 * bytes, as the rules would say. All others are described. */
static enum plain
plain_stop(const struct stops_view *view, size_t at)
{
	const char *text = view->at;
	const struct lexicon_entry *entry;
	size_t word = at, left = view->end - at;

	if (left == 1 || (left == 2 && text[at + 1] == '"') ||
	    (left == 4 && memcmp(text + at + 1, "\xE2\x80\x9D", 3) == 0))
		return PLAIN_LAST;
	if (text[at] != '.' || left < 3 || at - view->begin < 2)
		return PLAIN_UNKNOWN;
	if (text[at + 1] != ' ') {
		if (stops_is_digit((unsigned char)text[at + 1]) && stops_is_digit((unsigned char)text[at - 1]))
			return PLAIN_GOES_ON;
		if (stops_is_upper((unsigned char)text[at + 1]) && stops_is_upper((unsigned char)text[at - 1]) &&
		    (text[at - 2] == ' ' || text[at - 2] == '.'))
			return PLAIN_GOES_ON;
		return PLAIN_UNKNOWN;
	}
	while (word > view->begin && text[word - 1] >= 'a' && text[word - 1] <= 'z')
		word--;
	if (word > view->begin && stops_is_upper((unsigned char)text[word - 1]))
		word--;
	if (at - word < 2 || word == view->begin || text[word - 1] != ' ' || !begins_with_capital(view, at + 2))
		return PLAIN_UNKNOWN;
	if (!lexicon_may_be_stopped(view->lists, text + word, at - word))
		return PLAIN_ENDS;
	entry = sentence_look_up(view, word, at + 1);
	if (entry == NULL)
		return PLAIN_ENDS;
	return LEXICON_HAS(entry, ABBR_TITLE) || LEXICON_HAS(entry, ABBR_NEVER) ? PLAIN_GOES_ON : PLAIN_UNKNOWN;
}

size_t
sentence_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end)
{
	struct stops_view view = {.lists = lists, .at = text.at, .begin = begin, .end = end, .bytes = text.bytes};
	struct sentence_place place;
	struct stops_place found;
	size_t from = begin, stop, at;

	while ((at = stops_scan(&view, from)) < end) {
		enum plain plain = plain_stop(&view, at);
		if (plain == PLAIN_ENDS)
			return at + 1;
		if (plain == PLAIN_LAST)
			return end;
		from = at + 1;
		if (plain == PLAIN_GOES_ON)
			continue;
		if (stops_take(&view, at, &found)) {
			if (found.next == end)
				return end;
			stop = sentence_list_end(&view, &found);
			if (stop > 0)
				return stop;
			sentence_describe(&view, &found, &place);
			if (ends_here(&view, &place)) {
				/* blanks other than U+0020 and LF stay with the sentence before them */
				for (stop = found.next; stop > found.after; stop--)
					if (text.at[stop - 1] != ' ' && text.at[stop - 1] != '\n')
						break;
				return stop;
			}
		}
		from = found.resume;
	}
	return end;
}
