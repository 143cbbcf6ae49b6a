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

static bool
ends_here(const struct stops_view *view, struct sentence_place *place)
{
	bool ends = sentence_rule(view, place);

	return sentence_rule_is_certain(place, ends) ? ends : sentence_model(view, place, ends);
}

enum plain { PLAIN_ENDS, PLAIN_GOES_ON, PLAIN_UNKNOWN };

/* What nearly all stops are, "the house. The", and the points of numbers, are told by a few bytes. All others are
 * described. */
static enum plain
plain_stop(const struct stops_view *view, size_t at)
{
	const char *text = view->at;
	size_t word = at;

	if (text[at] != '.' || view->end - at < 3 || at == view->begin)
		return PLAIN_UNKNOWN;
	if (stops_is_digit((unsigned char)text[at + 1]) && stops_is_digit((unsigned char)text[at - 1]))
		return PLAIN_GOES_ON;
	if (text[at + 1] != ' ' || !stops_is_upper((unsigned char)text[at + 2]))
		return PLAIN_UNKNOWN;
	while (word > view->begin && text[word - 1] >= 'a' && text[word - 1] <= 'z')
		word--;
	if (word > view->begin && stops_is_upper((unsigned char)text[word - 1]))
		word--;
	if (at - word < 2 || word == view->begin || text[word - 1] != ' ' ||
	    lexicon_may_be_stopped(view->lists, text + word, at - word))
		return PLAIN_UNKNOWN;
	return PLAIN_ENDS;
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
