/* SPDX-License-Identifier: ISC
 *
 * One pass finds all marks of a paragraph with their neighbours, a second one pairs them. A mark closes only what its
 * own kind opened. Curly marks and guillemets tell their direction; straight ones and '' take it from their state and
 * their neighbours: after white space and before a letter a mark opens, before white space or a stop it closes. Single
 * marks are apostrophes most of the time: they count only in pairs, when the opening one stands before a word and
 * behind a blank, a bracket, a dash or another mark, and only inside double marks, in a title, or in a document that
 * has no double marks (British style).
 */
#include "quote_marks.h"

#include "buffer.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum direction { EITHER, OPENS, CLOSES };

struct mark {
	size_t begin, end;
	enum quote_mark_kind kind;
	enum direction told;         /* by the character itself */
	enum direction looks;        /* by its neighbours */
	size_t after, closing_after; /* marks of its kind behind it in the paragraph, and those that tell they close */
};

struct scan {
	const char *text;
	size_t begin, end;  /* the paragraph */
	struct mark *marks; /* of this paragraph */
	size_t count, room;
	const struct news_document *document;
	bool doubles, doubles_known; /* the document has double marks */
};

static uint32_t
before(const struct scan *scan, size_t at)
{
	size_t width;

	return at == scan->begin ? ' ' : text_decode_before(scan->text + scan->begin, scan->text + at, &width);
}

static uint32_t
after(const struct scan *scan, size_t at)
{
	size_t width;

	return at >= scan->end ? ' ' : text_decode(scan->text + at, scan->end - at, &width);
}

static bool
is_blank(uint32_t character)
{
	return character == ' ' || character == '\n' || (character >= 0x80 && text_is_space(character));
}

static bool
is_dash(uint32_t character)
{
	return character == '-' || (character >= 0x2010 && character <= 0x2015);
}

static bool
is_word(uint32_t character)
{
	if (character < 0x80)
		return (character | 0x20) - 'a' < 26 || character - '0' < 10;
	return text_is_letter(character) || text_is_digit(character);
}

static bool
is_quote(uint32_t character)
{
	return character == '"' || character == '\'' || character == '`' || character == 0xAB || character == 0xBB ||
	    (character >= 0x2018 && character <= 0x201F);
}

static enum direction
look(const struct scan *scan, size_t begin, size_t end)
{
	uint32_t left = before(scan, begin), right = after(scan, end);
	bool can_open = is_blank(left) || left == '(' || left == '[' || left == '/' || is_dash(left) || is_quote(left);
	bool can_close = is_blank(right) || is_quote(right) || is_dash(right) ||
	    (right < 0x80 && strchr(",.;:!?)]/", (int)right) != NULL);

	if (left == ':' || left == ',') /* `said:"We` without its blank */
		can_open = can_open || (is_word(right) && !can_close);
	if (can_open && is_blank(right) && !is_blank(left))
		can_open = is_quote(left) ? can_open : false;
	if (can_open == can_close)
		return EITHER;
	return can_open ? OPENS : CLOSES;
}

/* Whether the single mark at BEGIN can open: behind a blank or bracket and before a word that is no elision. */
static bool
single_opens(const struct scan *scan, size_t begin, size_t end)
{
	uint32_t left = before(scan, begin), right = after(scan, end);
	size_t bytes = scan->end - end;
	const char *next = scan->text + end;

	if (!(is_blank(left) || left == '(' || left == '[' || is_dash(left) || left == ':' ||
		(is_quote(left) && left != '\'')))
		return false;
	if (!is_word(right) && right != '$' && right != '#')
		return false;
	if (right - '0' < 10 && bytes > 2 && next[1] - '0' < 10 && next[1] >= '0') /* '90s */
		return !(next[2] == 's' || next[2] == ' ');
	if (bytes > 3 && (memcmp(next, "em ", 3) == 0 || memcmp(next, "til ", 4) == 0 || memcmp(next, "tis ", 4) == 0))
		return false;
	return true;
}

static bool
single_closes(const struct scan *scan, size_t begin, size_t end)
{
	uint32_t left = before(scan, begin), right = after(scan, end);

	if (is_blank(left))
		return false;
	return is_blank(right) || is_dash(right) || (is_quote(right) && right != '\'') ||
	    (right < 0x80 && strchr(",.;:!?)]", (int)right) != NULL);
}

static bool
add_mark(struct scan *scan, size_t begin, size_t end, enum quote_mark_kind kind, enum direction told)
{
	struct mark *grown = array_grow(scan->marks, scan->count, &scan->room, sizeof *scan->marks);

	if (grown == NULL)
		return false;
	scan->marks = grown;
	grown[scan->count++] =
	    (struct mark){.begin = begin, .end = end, .kind = kind, .told = told, .looks = look(scan, begin, end)};
	return true;
}

/* Over bytes that begin no mark, eight at a time: ASCII but for the three marks. A zero byte among eight shows as in
 * Mycroft's test (Warren, Hacker's Delight, 6-1). */
static size_t
skip_plain(const char *text, size_t at, size_t end)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;

	while (end - at >= 8) {
		uint64_t word, straight, single, back;
		memcpy(&word, text + at, sizeof word);
		straight = word ^ (ones * '"');
		single = word ^ (ones * '\'');
		back = word ^ (ones * '`');
		if ((((straight - ones) & ~straight) | ((single - ones) & ~single) | ((back - ones) & ~back) | word) &
		    highs)
			break;
		at += 8;
	}
	return at;
}

/* All marks of the paragraph that may be quotation marks, single ones too. */
static bool
find_marks(struct scan *scan)
{
	/* the first bytes of all marks */
	static const bool begins_mark[256] = {['"'] = true, ['\''] = true, ['`'] = true, [0xE2] = true, [0xC2] = true};
	size_t at = scan->begin;

	scan->count = 0;
	for (;;) {
		at = skip_plain(scan->text, at, scan->end);
		while (at < scan->end && !begins_mark[(unsigned char)scan->text[at]])
			at++;
		if (at >= scan->end)
			break;
		unsigned char byte = (unsigned char)scan->text[at];
		size_t left = scan->end - at;
		const char *p = scan->text + at;
		bool fine = true;

		if (byte == '"') {
			fine = add_mark(scan, at, at + 1, QUOTE_STRAIGHT, EITHER);
		} else if (byte == '\'' && left > 1 && p[1] == '\'') {
			fine = add_mark(scan, at, at + 2, QUOTE_DOUBLED, EITHER);
			at++;
		} else if (byte == '`' && left > 1 && p[1] == '`') {
			fine = add_mark(scan, at, at + 2, QUOTE_DOUBLED, OPENS);
			at++;
		} else if (byte == '\'') {
			fine = add_mark(scan, at, at + 1, QUOTE_SINGLE, EITHER);
		} else if (byte == '`') {
			fine = add_mark(scan, at, at + 1, QUOTE_SINGLE, OPENS);
		} else if (byte == 0xE2 && left > 2 && (unsigned char)p[1] == 0x80) {
			switch ((unsigned char)p[2]) {
			case 0x9C:
			case 0x9E:
			case 0x9F:
				fine = add_mark(scan, at, at + 3, QUOTE_CURLY, OPENS);
				break;
			case 0x9D:
				fine = add_mark(scan, at, at + 3, QUOTE_CURLY, CLOSES);
				break;
			case 0x98:
			case 0x9A:
				fine = add_mark(scan, at, at + 3, QUOTE_CURLY_SINGLE, OPENS);
				break;
			case 0x99:
				fine = add_mark(scan, at, at + 3, QUOTE_CURLY_SINGLE, CLOSES);
				break;
			}
			at += 2;
		} else if (byte == 0xC2 && left > 1 && (unsigned char)p[1] == 0xAB) {
			fine = add_mark(scan, at, at + 2, QUOTE_GUILLEMET, OPENS);
			at++;
		} else if (byte == 0xC2 && left > 1 && (unsigned char)p[1] == 0xBB) {
			fine = add_mark(scan, at, at + 2, QUOTE_GUILLEMET, CLOSES);
			at++;
		}
		if (!fine)
			return false;
		at++;
	}
	return true;
}

static bool
is_single(enum quote_mark_kind kind)
{
	return kind == QUOTE_SINGLE || kind == QUOTE_CURLY_SINGLE;
}

/* The words in bytes [begin, end), up to QUOTE_WORDS_MAX. */
static size_t
count_words(const char *text, size_t begin, size_t end)
{
	size_t words = 0, i;
	bool blank = true;

	for (i = begin; i < end && words < QUOTE_WORDS_MAX; i++) {
		bool space = text[i] == ' ' || text[i] == '\n';
		words += blank && !space;
		blank = space;
	}
	return words;
}

static bool
add_run(struct quote_marks *marks, const struct scan *scan, const struct mark *open, const struct mark *close,
    size_t stop, unsigned paragraph, bool nested, bool continued)
{
	size_t begin = open != NULL ? open->end : scan->begin;
	size_t end = close != NULL ? close->begin : stop;
	struct quote_run *grown;
	size_t width, at;
	bool words = false;

	while (begin < end && is_blank(text_decode(scan->text + begin, end - begin, &width)))
		begin += width;
	while (begin < end && is_blank(text_decode_before(scan->text + begin, scan->text + end, &width)))
		end -= width;
	for (at = begin; at < end && !words; at += width)
		words = is_word(text_decode(scan->text + at, end - at, &width));
	if (!words)
		return true;
	grown = array_grow(marks->runs, marks->count, &marks->room, sizeof *marks->runs);
	if (grown == NULL)
		return false;
	marks->runs = grown;
	grown[marks->count++] = (struct quote_run){
	    .words = count_words(scan->text, begin, end),
	    .inside = {begin, end},
	    .outside = {open != NULL ? open->begin : begin, close != NULL ? close->end : end},
	    .paragraph = paragraph,
	    .kind = open != NULL ? open->kind : close->kind,
	    .nested = nested,
	    .unclosed = close == NULL,
	    .continued = continued,
	};
	return true;
}

/* Tell each mark how many of its kind follow. */
static void
count_marks(struct scan *scan)
{
	size_t after[QUOTE_MARK_KINDS] = {0}, closing[QUOTE_MARK_KINDS] = {0}, i;

	for (i = scan->count; i-- > 0;) {
		struct mark *mark = &scan->marks[i];
		mark->after = after[mark->kind]++;
		mark->closing_after = closing[mark->kind];
		closing[mark->kind] += mark->told == CLOSES;
	}
}

/* The mark of the other double kind that closes OPEN, between it and STOP, or COUNT: feeds mix them, `“We did," she
 * said`. One that has its own opening mark does not. */
static size_t
find_mixed_close(const struct scan *scan, size_t open, size_t stop)
{
	enum quote_mark_kind other;
	size_t i, depth = 0;

	if (scan->marks[open].kind == QUOTE_CURLY)
		other = QUOTE_STRAIGHT;
	else if (scan->marks[open].kind == QUOTE_STRAIGHT)
		other = QUOTE_CURLY;
	else
		return scan->count;
	for (i = open + 1; i < scan->count && scan->marks[i].begin < stop; i++) {
		const struct mark *mark = &scan->marks[i];
		if (mark->kind != other)
			continue;
		if (mark->told == OPENS || mark->looks == OPENS)
			depth++;
		else if (depth > 0)
			depth--;
		else if (mark->looks == CLOSES)
			return i;
	}
	return scan->count;
}

/* The mark that closes OPEN (an index), or COUNT. A straight mark that looks as if it opened ends the search when the
 * marks left after it come out even: then the one before lost its closing mark. */
static size_t
find_own_close(const struct scan *scan, size_t open, size_t *stop)
{
	enum quote_mark_kind kind = scan->marks[open].kind;
	size_t i, depth = 0;

	*stop = scan->end;
	for (i = open + 1; i < scan->count; i++) {
		const struct mark *mark = &scan->marks[i];
		if (mark->kind != kind)
			continue;
		if (mark->told == OPENS && mark->looks == CLOSES && depth == 0)
			return i; /* an opening mark typed in place of a closing one */
		if (mark->told == OPENS && kind != QUOTE_DOUBLED) {
			/* one curly pair inside another, where there are enough closing marks for both */
			if (mark->closing_after < depth + 2) {
				*stop = mark->begin;
				return scan->count;
			}
			depth++;
			continue;
		}
		if (mark->told == EITHER && mark->looks == OPENS && mark->after % 2 == 1) {
			*stop = mark->begin;
			return scan->count;
		}
		if (depth == 0)
			return i;
		depth--;
	}
	return scan->count;
}

/* The mark that closes OPEN, of its own kind or else of another, or COUNT. `*stop` is where the run ends without one.
 */
static size_t
find_close(const struct scan *scan, size_t open, size_t *stop)
{
	size_t close = find_own_close(scan, open, stop);

	return close < scan->count ? close : find_mixed_close(scan, open, *stop);
}

/* Single-quoted runs between the marks FROM and TO (indices). */
static bool
pair_singles(struct quote_marks *marks, const struct scan *scan, size_t from, size_t to, unsigned paragraph,
    bool nested)
{
	bool none_closes[QUOTE_MARK_KINDS] = {false}; /* of this kind, from here on */
	size_t i, j;

	for (i = from; i < to; i++) {
		const struct mark *open = &scan->marks[i];
		if (!is_single(open->kind) || open->told == CLOSES || none_closes[open->kind] ||
		    !single_opens(scan, open->begin, open->end))
			continue;
		for (j = i + 1; j < to; j++) {
			const struct mark *close = &scan->marks[j];
			if (!is_single(close->kind) || (open->kind == QUOTE_CURLY_SINGLE && close->told != CLOSES) ||
			    (open->kind == QUOTE_SINGLE && close->kind == QUOTE_CURLY_SINGLE))
				continue;
			if (single_closes(scan, close->begin, close->end))
				break;
		}
		if (j == to) {
			none_closes[open->kind] = true;
			continue;
		}
		if (!add_run(marks, scan, open, &scan->marks[j], 0, paragraph, nested, false))
			return false;
		i = j;
	}
	return true;
}

static bool
opens(const struct mark *mark)
{
	if (is_single(mark->kind) || mark->told == CLOSES)
		return mark->kind == QUOTE_CURLY &&
		    mark->looks == OPENS; /* a closing mark typed in place of an opening one */
	return mark->told == OPENS || mark->looks != CLOSES;
}

/* Whether the document has double marks, looked up when the first single mark that could open asks for it. */
static bool
has_double_marks(struct scan *scan)
{
	const char *at = scan->document->text.at, *end = at + scan->document->text.bytes;

	if (scan->doubles_known)
		return scan->doubles;
	scan->doubles_known = true;
	scan->doubles = memchr(at, '"', (size_t)(end - at)) != NULL;
	for (; !scan->doubles && at != NULL && at < end; at++) {
		at = memchr(at, 0xE2, (size_t)(end - at)); /* U+201C, U+201D */
		if (at == NULL || end - at < 3)
			break;
		scan->doubles =
		    (unsigned char)at[1] == 0x80 && ((unsigned char)at[2] == 0x9C || (unsigned char)at[2] == 0x9D);
	}
	for (at = scan->document->text.at; !scan->doubles && at + 1 < end; at++) {
		at = memchr(at, '\'', (size_t)(end - at - 1));
		if (at == NULL)
			break;
		scan->doubles = at[1] == '\'';
	}
	return scan->doubles;
}

/* Pair the marks of one paragraph. `*left_open` says whether the paragraph before ended inside a run and of what
 * kind, and gets the same of this one. */
static bool
pair_marks(struct quote_marks *marks, struct scan *scan, unsigned paragraph, bool title, int *left_open)
{
	int before_open = *left_open;
	size_t i = 0;

	*left_open = -1;
	if (before_open >= 0 && scan->count > 0) {
		/* the run of the paragraph before goes on without a mark of its own when the first one of its kind
		 * closes */
		size_t first = 0;
		while (first < scan->count && (int)scan->marks[first].kind != before_open)
			first++;
		if (first < scan->count && scan->marks[first].begin != scan->begin &&
		    (scan->marks[first].told == CLOSES ||
			(scan->marks[first].told == EITHER && scan->marks[first].looks == CLOSES))) {
			if (!add_run(marks, scan, NULL, &scan->marks[first], 0, paragraph, false, true) ||
			    !pair_singles(marks, scan, 0, first, paragraph, true))
				return false;
			i = first + 1;
			before_open = -1;
		}
	}
	while (i < scan->count) {
		const struct mark *open = &scan->marks[i];
		size_t close, next, stop;
		bool continued = before_open == (int)open->kind && open->begin == scan->begin;

		if (!opens(open)) {
			size_t from = i;
			while (i < scan->count && !opens(&scan->marks[i]))
				i++;
			if ((title || !has_double_marks(scan)) && !pair_singles(marks, scan, from, i, paragraph, false))
				return false;
			continue;
		}
		close = find_close(scan, i, &stop);
		if (!add_run(marks, scan, open, close < scan->count ? &scan->marks[close] : NULL, stop, paragraph,
			false, continued))
			return false;
		for (next = i + 1; next < scan->count && scan->marks[next].begin < stop && next != close; next++)
			;
		if (!pair_singles(marks, scan, i + 1, next, paragraph, true))
			return false;
		if (close == scan->count && stop == scan->end)
			*left_open = (int)open->kind;
		i = close < scan->count ? close + 1 : next;
	}
	return true;
}

static int
by_begin(const void *a, const void *b)
{
	const struct quote_run *one = a, *other = b;

	if (one->outside.begin != other->outside.begin)
		return one->outside.begin < other->outside.begin ? -1 : 1;
	return one->nested - other->nested;
}

bool
quote_marks_run(struct quote_marks *marks, const struct news_document *document)
{
	struct scan scan = {.text = document->text.at, .document = document};
	bool fine = true;
	int left_open = -1;
	size_t i = 0;

	marks->count = 0;
	while (i < document->segment_count && fine) {
		unsigned paragraph = document->segments[i].paragraph;
		bool title = false, quotable = false;

		scan.begin = scan.end = document->segments[i].span.begin;
		for (; i < document->segment_count && document->segments[i].paragraph == paragraph; i++) {
			const struct news_segment *segment = &document->segments[i];
			if (segment->kind != NEWS_TITLE && segment->kind != NEWS_BODY) {
				if (!quotable)
					scan.begin = segment->span.end;
				continue;
			}
			if (!quotable)
				scan.begin = segment->span.begin;
			quotable = true;
			title = title || segment->kind == NEWS_TITLE;
			scan.end = segment->span.end;
		}
		if (!quotable)
			continue;
		fine = find_marks(&scan);
		count_marks(&scan);
		if (fine && scan.count > 0)
			fine = pair_marks(marks, &scan, paragraph, title, &left_open);
		else
			left_open = -1;
		if (title)
			left_open = -1;
	}
	free(scan.marks);
	if (fine && marks->count > 1)
		qsort(marks->runs, marks->count, sizeof *marks->runs, by_begin);
	return fine;
}

void
quote_marks_release(struct quote_marks *marks)
{
	free(marks->runs);
	memset(marks, 0, sizeof *marks);
}
