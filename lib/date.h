/* SPDX-License-Identifier: ISC
 *
 * date.h - the dates that feeds write, as ISO 8601 in UTC
 */
#ifndef DATE_H
#define DATE_H

#include "news.h"

#include <stdbool.h>

/* Bytes of the longest result and a NUL. */
#define DATE_BYTES 21

/* Write RAW as `YYYY-MM-DD`, or as `YYYY-MM-DDTHH:MM:SSZ` when it has a time of day (one without a zone is taken as
 * UTC). Understood: ISO 8601 with and without dashes, slashes for dashes, RFC 5322, "November 24, 2026", "24 Nov 2026",
 * seconds since 1970 (9 or 10 digits) or milliseconds (13). false: none of these, or no such day; ISO is then
 * untouched. */
bool date_parse(struct news_text raw, char iso[DATE_BYTES]);

#endif
