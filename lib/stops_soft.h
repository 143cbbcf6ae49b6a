/* SPDX-License-Identifier: ISC
 *
 * stops_soft.h - places without a stop where sentences of mails and web pages end
 *
 * Mails and pages that lost their lines: heads of forwarded mails, signatures, addresses, rules of dashes. Asked for
 * few bytes only, so that edited text costs nothing.
 */
#ifndef STOPS_SOFT_H
#define STOPS_SOFT_H

#include "stops.h"

/* Whether the byte at AT, one of "M@/>-=*_)", can be part of a soft place: two comparisons. */
static inline bool
stops_soft_may_be(const struct stops_view *view, size_t at)
{
	unsigned char byte = (unsigned char)view->at[at], behind = stops_byte(view, at + 1);

	switch (byte) {
	case 'M':
		return behind == ' ' && at > view->begin && (view->at[at - 1] == 'P' || view->at[at - 1] == 'A');
	case '/':
		return behind == '/' || stops_is_digit(behind) || (at > view->begin && view->at[at - 1] == '/');
	case ')':
		return behind == ' ' && at - view->begin > 2 &&
		    (stops_is_digit((unsigned char)view->at[at - 1]) ||
			(stops_is_letter((unsigned char)view->at[at - 1]) &&
			    (view->at[at - 2] == ' ' || view->at[at - 2] == '(')));
	case '>':
		return behind == ' ';
	case '@':
		return stops_is_letter(behind);
	}
	return behind == byte;
}

/* The soft place that the byte at AT is part of. false: it is part of none. `place->resume` is set in any case. */
bool stops_soft_find(const struct stops_view *view, size_t at, struct stops_place *place);

#endif
