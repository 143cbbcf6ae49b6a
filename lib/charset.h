/* SPDX-License-Identifier: ISC
 *
 * charset.h - which encoding a file says it is in, and what encodings are called
 */
#ifndef CHARSET_H
#define CHARSET_H

#include "news.h"

/* How much of a file may be looked at to find its declaration. Bytes. */
#define CHARSET_PROBE 1024

/* What a file that begins with BEGIN says of its encoding: a byte order mark of UTF-16 or UTF-32, or an XML declaration
 * (XML 1.0, appendix F), before which blanks may stand. 1: LABEL gets it; 0: it says nothing, or UTF-8, which a byte
 * order mark of it says against any declaration; -1: more must come (never where ENDED, or where BEGIN has
 * CHARSET_PROBE bytes). */
int charset_declared(struct news_text begin, bool ended, struct news_text *label);

/* The encoding that LABEL means in files, which is not always what it says (`iso-8859-1` is windows-1252): the names,
 * joined by blanks, under which one iconv(3) or another knows it, the best first. NULL: no browser knows it either.
 * Source: https://encoding.spec.whatwg.org/, 4.2 "Names and labels", but for those it replaces by nothing. */
const char *charset_names(struct news_text label);

/* NAME, an encoding, with its byte order where it leaves that open (UTF-16, UTF-32, UCS-2): that of the mark in BEGIN,
 * the first four bytes of the file, else the little-endian one. iconv(3) would take that of the machine. */
const char *charset_with_order(const char *name, struct news_text begin);

#endif
