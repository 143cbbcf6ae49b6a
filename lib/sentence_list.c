/* SPDX-License-Identifier: ISC */
#include "sentence_list.h"

/* Higher numbers of items are years and amounts. */
#define ITEM_MAX 99

/* More bullets and blanks before a number are a rule. Bytes. */
#define BULLETS_MAX 8

/* The number of an item. */
struct item {
	size_t begin, end; /* marks included: "(1)", "• 9.", "b)" */
	unsigned number;   /* letters count from 1 */
	bool letter, opened;
	unsigned char mark; /* behind it; 0x80 set where a bracket follows the stop */
};

/* Bytes of the bullet at AT, 0 when there is none. */
static size_t
bullet_bytes(const struct stops_view *view, size_t at)
{
	size_t width;

	switch (stops_character(view, at, &width)) {
	case '*':
	case '-':
	case 0xB7:
	case 0x2022:
	case 0x2023:
	case 0x2043:
	case 0x204C:
	case 0x204D:
	case 0x25AA:
	case 0x25CF:
	case 0x207B: /* a raised minus, as some pages have it */
		return width;
	}
	return 0;
}

/* Where the bullet begins that ends at AT; AT when there is none. */
static size_t
bullet_begin(const struct stops_view *view, size_t low, size_t at)
{
	size_t width;

	for (width = 1; width < 4 && at - low >= width; width++)
		if (bullet_bytes(view, at - width) == width)
			return at - width;
	return at;
}

/* Where the blanks begin that end at AT. */
static size_t
blanks_begin(const struct stops_view *view, size_t low, size_t at)
{
	while (at > low && view->at[at - 1] == ' ')
		at--;
	return at;
}

/* Parse the number at AT, with its marks. */
static bool
parse_item(const struct stops_view *view, size_t at, struct item *item)
{
	size_t digits = 0;
	unsigned char byte;

	item->begin = at;
	item->number = 0;
	item->opened = stops_byte(view, at) == '(';
	at += item->opened;
	for (; digits < 2 && stops_is_digit(stops_byte(view, at)); at++, digits++)
		item->number = item->number * 10 + (unsigned)(view->at[at] - '0');
	byte = stops_byte(view, at);
	item->letter = digits == 0;
	if (item->letter) {
		/* capitals are initials */
		if (byte < 'a' || byte > 'z')
			return false;
		item->number = (unsigned)(byte - 'a') + 1;
		at++;
	}
	item->mark = stops_byte(view, at);
	if (item->number == 0 || item->number > ITEM_MAX || (item->mark != '.' && item->mark != ')'))
		return false;
	at++;
	if (item->mark == '.' && stops_byte(view, at) == ')') {
		item->mark |= 0x80;
		at++;
	}
	item->end = at;
	return stops_byte(view, at) == ' ' || stops_byte(view, at) == '\n';
}

size_t
sentence_list_end(const struct stops_view *view, const struct stops_place *found)
{
	struct item first, item;
	size_t at = view->begin, end, width;

	while (at - view->begin < BULLETS_MAX &&
	    ((width = bullet_bytes(view, at)) > 0 || (at > view->begin && stops_byte(view, at) == ' ')))
		at += width > 0 ? width : 1;
	if (!parse_item(view, at, &first))
		return 0;
	for (at = found->begin; at > first.end && found->begin - at < 3 &&
	     (stops_is_digit((unsigned char)view->at[at - 1]) || stops_is_letter((unsigned char)view->at[at - 1]));
	     at--)
		;
	if (at > first.end && view->at[at - 1] == '(')
		at--;
	if (at <= first.end || !parse_item(view, at, &item) || item.letter != first.letter ||
	    item.opened != first.opened || item.mark != first.mark || item.number != first.number + 1)
		return 0;
	end = blanks_begin(view, first.end, at);
	/* a bullet before the number belongs to it */
	at = bullet_begin(view, first.end, end);
	if (at == end && end == item.begin)
		return 0; /* "B2. " */
	end = blanks_begin(view, first.end, at);
	return end > first.end ? end : 0;
}
