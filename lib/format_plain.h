/* SPDX-License-Identifier: ISC
 *
 * format_plain.h - what `auto` asks of the formats without a container
 */
#ifndef FORMAT_PLAIN_H
#define FORMAT_PLAIN_H

#include "format.h"

extern const struct news_format format_text, format_blank, format_line;

/* Whether the file that begins with UNTAKEN is `text` or `blank`; NULL: more must come. CUTTER is the cutter state of
 * either, which has cut nothing of this file. Looks at each byte once, and at no more than FORMAT_PROBE. */
const struct news_format *format_plain_decide(void *cutter, struct news_text untaken, bool ended);

/* Lines since `cutter_new` on which the pattern of --doc-end was given up. */
size_t format_plain_given_up(const void *cutter);

#endif
