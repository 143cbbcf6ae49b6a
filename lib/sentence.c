/* SPDX-License-Identifier: ISC
 *
 * Steps, apart so that each can be bettered alone: stops_scan gives the next place where a sentence can end,
 * sentence_plain decides most of them by a few bytes; of the others sentence_describe tells what stands before and
 * behind it, sentence_rule decides, and where rules leave doubt sentence_model has the last word.
 */
#include "sentence.h"

#include "sentence_list.h"
#include "sentence_model.h"
#include "sentence_place.h"
#include "sentence_plain.h"
#include "sentence_rules.h"
#include "stops.h"

static bool
ends_here(const struct stops_view *view, struct sentence_place *place)
{
	bool ends = sentence_rule(view, place);

	return sentence_rule_is_certain(place, ends) ? ends : sentence_model(view, place, ends);
}

size_t
sentence_end(const struct news_lists *lists, struct news_text text, size_t begin, size_t end)
{
	struct stops_view view = {.lists = lists, .at = text.at, .begin = begin, .end = end, .bytes = text.bytes};
	struct sentence_place place;
	struct stops_place found;
	size_t from = begin, stop, at;

	while ((at = stops_scan(&view, from)) < end) {
		switch (sentence_plain(&view, at, &from)) {
		case PLAIN_ENDS:
			return from;
		case PLAIN_LAST:
			return end;
		case PLAIN_GOES_ON:
			continue;
		case PLAIN_UNKNOWN:
			break;
		}
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
