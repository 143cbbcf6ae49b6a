/* SPDX-License-Identifier: ISC
 *
 * One reader for all spellings: a leading year settles that it is ISO 8601, else the words and numbers of the date may
 * stand in any order as long as each says what it is: a month's name, a number of four digits, a time with colons.
 * So "Tue, 24 Nov 2026 10:00:00 +0200", "November 24, 2026" and "Tue Nov 24 10:00:00 UTC 2026" take the same way, and
 * "11/12/2026", which says nothing, is not understood. Days are counted as in "chrono-Compatible Low-Level Date
 * Algorithms" (H. Hinnant): years begin in March, so that the leap day is the last.
 */
#include "date.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define DAY_SECONDS 86400

struct date {
	unsigned year, month, day;
	bool timed;
	unsigned hour, minute, second;
	int zone; /* minutes east of Greenwich */
};

struct cursor {
	const char *at, *end;
};

static bool
is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool
is_letter(char byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* How many digits stand at the cursor. */
static size_t
digits(const struct cursor *cursor)
{
	const char *at = cursor->at;

	while (at < cursor->end && is_digit(*at))
		at++;
	return (size_t)(at - cursor->at);
}

/* Take COUNT digits, which are there. */
static unsigned
number(struct cursor *cursor, size_t count)
{
	unsigned value = 0;

	while (count-- > 0)
		value = value * 10 + (unsigned)(*cursor->at++ - '0');
	return value;
}

static bool
take(struct cursor *cursor, char byte)
{
	if (cursor->at == cursor->end || *cursor->at != byte)
		return false;
	cursor->at++;
	return true;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void
pass_blanks(struct cursor *cursor)
{
	while (cursor->at < cursor->end && is_blank(*cursor->at))
		cursor->at++;
}

/* Whether the BYTES letters at AT are WORD (lower case), whatever their case. */
static bool
is_word(const char *at, size_t bytes, const char *word)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		if (word[i] == '\0' || (at[i] | 0x20) != word[i])
			return false;
	return word[bytes] == '\0';
}

/* The number of the name that begins with the BYTES letters at AT (three or more), from 1; 0 when there is none. */
static unsigned
find_name(const char *at, size_t bytes, const char *const *names, unsigned count)
{
	unsigned i;
	size_t j;

	for (i = 0; i < count && bytes >= 3; i++) {
		for (j = 0; j < bytes && names[i][j] != '\0' && (at[j] | 0x20) == names[i][j]; j++)
			;
		if (j == bytes)
			return i + 1;
	}
	return 0;
}

static unsigned
find_month(const char *at, size_t bytes)
{
	static const char *const months[] = {"january", "february", "march", "april", "may", "june", "july", "august",
	    "september", "october", "november", "december"};

	return find_name(at, bytes, months, 12);
}

static bool
is_weekday(const char *at, size_t bytes)
{
	static const char *const weekdays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
	    "sunday"};

	return find_name(at, bytes, weekdays, 7) != 0;
}

/* The zones of RFC 5322 and the European ones; other abbreviations mean several things. */
static bool
find_zone(const char *at, size_t bytes, int *zone)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {
	    {"z", 0},
	    {"ut", 0},
	    {"utc", 0},
	    {"gmt", 0},
	    {"est", -5},
	    {"edt", -4},
	    {"cst", -6},
	    {"cdt", -5},
	    {"mst", -7},
	    {"mdt", -6},
	    {"pst", -8},
	    {"pdt", -7},
	    {"wet", 0},
	    {"west", 1},
	    {"cet", 1},
	    {"cest", 2},
	    {"eet", 2},
	    {"eest", 3},
	};
	size_t i;

	for (i = 0; i < sizeof zones / sizeof *zones; i++)
		if (is_word(at, bytes, zones[i].name)) {
			*zone = zones[i].hours * 60;
			return true;
		}
	return false;
}

/* `+02:00`, `+0200`, `+02`; the sign is at the cursor. */
static bool
take_offset(struct cursor *cursor, int *zone)
{
	int sign = *cursor->at++ == '-' ? -1 : 1;
	size_t count = digits(cursor);
	unsigned hours, minutes = 0;

	if (count != 2 && count != 4)
		return false;
	hours = number(cursor, 2);
	if (count == 4) {
		minutes = number(cursor, 2);
	} else if (take(cursor, ':')) {
		if (digits(cursor) != 2)
			return false;
		minutes = number(cursor, 2);
	}
	if (hours > 23 || minutes > 59)
		return false;
	*zone = sign * (int)(hours * 60 + minutes);
	return true;
}

/* `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff` (cut to the second); COUNT digits of the hour are at the cursor. */
static bool
take_time(struct cursor *cursor, size_t count, struct date *date)
{
	date->timed = true;
	date->hour = number(cursor, count);
	if (!take(cursor, ':') || digits(cursor) != 2)
		return false;
	date->minute = number(cursor, 2);
	if (take(cursor, ':')) {
		if (digits(cursor) != 2)
			return false;
		date->second = number(cursor, 2);
		if (cursor->at < cursor->end && (*cursor->at == '.' || *cursor->at == ',') &&
		    cursor->end - cursor->at > 1 && is_digit(cursor->at[1])) {
			cursor->at++;
			cursor->at += digits(cursor);
		}
	}
	return true;
}

static bool
take_zone(struct cursor *cursor, int *zone)
{
	const char *word;

	pass_blanks(cursor);
	if (cursor->at == cursor->end)
		return true;
	if (*cursor->at == '+' || *cursor->at == '-')
		return take_offset(cursor, zone);
	for (word = cursor->at; cursor->at < cursor->end && is_letter(*cursor->at); cursor->at++)
		;
	return find_zone(word, (size_t)(cursor->at - word), zone);
}

/* A year of four digits comes first: `2026-11-24`, `2026/11/24`, `20261124`, with a time behind a T or a blank. */
static bool
parse_iso(struct cursor *cursor, struct date *date)
{
	size_t count = digits(cursor);
	char dash;

	if (count == 8 || count == 14) {
		date->year = number(cursor, 4);
		date->month = number(cursor, 2);
		date->day = number(cursor, 2);
	} else if (count == 4 && cursor->end - cursor->at >= 8 &&
	    (cursor->at[4] == '-' || cursor->at[4] == '/' || cursor->at[4] == '.')) {
		date->year = number(cursor, 4);
		dash = *cursor->at++;
		count = digits(cursor);
		if (count != 2 && (count != 1 || dash == '-'))
			return false;
		date->month = number(cursor, count);
		if (!take(cursor, dash))
			return false;
		count = digits(cursor);
		if (count != 2 && (count != 1 || dash == '-'))
			return false;
		date->day = number(cursor, count);
		count = 0;
	} else {
		return false;
	}
	if (count == 14) { /* `20261124101500`, as in names of archives */
		date->timed = true;
		date->hour = number(cursor, 2);
		date->minute = number(cursor, 2);
		date->second = number(cursor, 2);
		return take_zone(cursor, &date->zone);
	}
	if (cursor->at == cursor->end)
		return true;
	if (!take(cursor, 'T') && !take(cursor, 't')) {
		if (*cursor->at != ' ')
			return false;
		pass_blanks(cursor);
	}
	count = digits(cursor);
	if (count == 6 || count == 4) {
		date->timed = true;
		date->hour = number(cursor, 2);
		date->minute = number(cursor, 2);
		date->second = count == 6 ? number(cursor, 2) : 0;
	} else if (count != 2 || !take_time(cursor, 2, date)) {
		return false;
	}
	return take_zone(cursor, &date->zone);
}

/* `a.m.`, `PM`: the letters are at the cursor. */
static bool
take_half(struct cursor *cursor, struct date *date)
{
	const char *at = cursor->at;
	char half = (char)(*at++ | 0x20);

	if (half != 'a' && half != 'p')
		return false;
	if (at < cursor->end && *at == '.')
		at++;
	if (at == cursor->end || (*at | 0x20) != 'm')
		return false;
	at++;
	if (at < cursor->end && *at == '.')
		at++;
	if (at < cursor->end && is_letter(*at))
		return false;
	if (!date->timed || date->hour < 1 || date->hour > 12)
		return false;
	date->hour = date->hour % 12 + (half == 'p' ? 12 : 0);
	cursor->at = at;
	return true;
}

/* Words and numbers in any order, each of them once. */
static bool
parse_words(struct cursor *cursor, struct date *date)
{
	bool has_year = false, has_zone = false, has_half = false, is_greenwich = false;

	for (;;) {
		const char *word;
		size_t count;

		while (cursor->at < cursor->end && (is_blank(*cursor->at) || *cursor->at == ','))
			cursor->at++;
		if (cursor->at == cursor->end)
			break;
		count = digits(cursor);
		if (count > 0) {
			bool colon = cursor->at + count < cursor->end && cursor->at[count] == ':';
			if (colon && count <= 2 && !date->timed) {
				if (!take_time(cursor, count, date))
					return false;
			} else if (count <= 2 && date->day == 0) {
				date->day = number(cursor, count);
				if (date->day == 0)
					return false;
				word = cursor->at;
				while (cursor->at < cursor->end && is_letter(*cursor->at))
					cursor->at++;
				count = (size_t)(cursor->at - word);
				if (count != 0 && !is_word(word, count, "st") && !is_word(word, count, "nd") &&
				    !is_word(word, count, "rd") && !is_word(word, count, "th"))
					cursor->at = word;
				if (cursor->at < cursor->end && *cursor->at == '-') /* 24-Nov-2026 */
					cursor->at++;
			} else if ((count == 4 || (count == 2 && date->month != 0)) && !has_year) {
				date->year = number(cursor, count);
				if (count == 2) /* RFC 5322, section 4.3 */
					date->year += date->year < 50 ? 2000 : 1900;
				has_year = true;
			} else {
				return false;
			}
		} else if (*cursor->at == '+' || *cursor->at == '-') {
			/* GMT+0200, as JavaScript writes it, is two hours east of it */
			bool continues = is_greenwich && is_letter(cursor->at[-1]);
			if (!date->timed || (has_zone && !continues) || !take_offset(cursor, &date->zone))
				return false;
			has_zone = true;
		} else if (*cursor->at == '(') { /* a comment of RFC 5322: "(PST)" */
			while (cursor->at < cursor->end && *cursor->at != ')')
				cursor->at++;
			if (!take(cursor, ')'))
				return false;
		} else if (is_letter(*cursor->at)) {
			if (!has_half && take_half(cursor, date)) {
				has_half = true;
				continue;
			}
			for (word = cursor->at; cursor->at < cursor->end && is_letter(*cursor->at); cursor->at++)
				;
			count = (size_t)(cursor->at - word);
			is_greenwich = false;
			if (find_month(word, count) != 0 && date->month == 0) {
				date->month = find_month(word, count);
			} else if (date->timed && !has_zone && find_zone(word, count, &date->zone)) {
				has_zone = true;
				is_greenwich = is_word(word, count, "gmt") || is_word(word, count, "utc");
			} else if (!is_weekday(word, count) && !is_word(word, count, "at") &&
			    !is_word(word, count, "of")) {
				return false;
			}
			if (cursor->at < cursor->end && (*cursor->at == '.' || (*cursor->at == '-' && !is_greenwich)))
				cursor->at++;
		} else {
			return false;
		}
	}
	return date->day != 0 && date->month != 0 && has_year;
}

static bool
is_real(const struct date *date)
{
	static const unsigned days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);

	if (date->year < 1 || date->year > 9999 || date->month < 1 || date->month > 12 || date->day < 1 ||
	    date->day > days[date->month - 1] || (date->month == 2 && date->day == 29 && !leap))
		return false;
	/* 60: a leap second; it is written as the second after it */
	return date->hour <= 23 && date->minute <= 59 && date->second <= 60;
}

static int64_t
to_seconds(const struct date *date)
{
	int64_t year = (int64_t)date->year - (date->month <= 2), era = year / 400, year_of_era = year - era * 400;
	int64_t day_of_year = (153 * ((int64_t)date->month + (date->month > 2 ? -3 : 9)) + 2) / 5 + date->day - 1;
	int64_t days = era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;

	return days * DAY_SECONDS + date->hour * 3600 + date->minute * 60 + date->second - (int64_t)date->zone * 60;
}

static bool
write_seconds(int64_t seconds, char iso[DATE_BYTES])
{
	int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS, era, day, year, shifted;
	unsigned month;

	if (rest < 0) {
		rest += DAY_SECONDS;
		days--;
	}
	days += 719468;
	if (days < 0) /* before the year 0 */
		return false;
	era = days / 146097;
	day = days - era * 146097;
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= 365 * year + year / 4 - year / 100;
	shifted = (5 * day + 2) / 153;
	day -= (153 * shifted + 2) / 5;
	month = (unsigned)(shifted < 10 ? shifted + 3 : shifted - 9);
	year += era * 400 + (month <= 2);
	if (year < 1 || year > 9999)
		return false;
	snprintf(iso, DATE_BYTES, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)year % 10000, month % 100,
	    (unsigned)(day + 1) % 100, (unsigned)(rest / 3600) % 100, (unsigned)(rest / 60 % 60),
	    (unsigned)(rest % 60));
	return true;
}

bool
date_parse(struct news_text raw, char iso[DATE_BYTES])
{
	struct cursor cursor = {raw.at, raw.at + raw.bytes}, again;
	struct date date = {0};
	size_t count;

	pass_blanks(&cursor);
	while (cursor.end > cursor.at && is_blank(cursor.end[-1]))
		cursor.end--;
	if (cursor.at == cursor.end)
		return false;
	count = digits(&cursor);
	if (count == 9 || count == 10 || count == 13) {
		int64_t seconds = 0;
		size_t i;
		for (i = 0; i < (count == 13 ? 10 : count); i++)
			seconds = seconds * 10 + (cursor.at[i] - '0');
		cursor.at += count;
		if (take(&cursor, '.'))
			cursor.at += digits(&cursor);
		return cursor.at == cursor.end && write_seconds(seconds, iso);
	}
	again = cursor;
	if (!parse_iso(&cursor, &date) || cursor.at != cursor.end) {
		cursor = again;
		date = (struct date){0};
		if (!parse_words(&cursor, &date))
			return false;
	}
	if (!is_real(&date))
		return false;
	if (date.timed)
		return write_seconds(to_seconds(&date), iso);
	snprintf(iso, DATE_BYTES, "%04u-%02u-%02u", date.year % 10000, date.month % 100, date.day % 100);
	return true;
}
