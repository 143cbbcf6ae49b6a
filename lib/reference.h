/* SPDX-License-Identifier: ISC
 *
 * reference.h - references to characters in markup: `&amp;` `&#38;` `&#x26;` `&eacute;`
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "news.h"

#include <stddef.h>
#include <stdint.h>

/* Longer names stand for nothing. Bytes, with a NUL. */
#define REFERENCE_NAME_MAX 32

struct reference {
	size_t bytes;                  /* from the `&` to the `;`; 0: no reference stands here, whatever it means */
	uint32_t character;            /* what it stands for; 0: not known */
	char name[REFERENCE_NAME_MAX]; /* "" where it is a number or too long */
	bool is_mended;                /* the number is no character that XML may name */
};

/* Read the reference at TEXT, which begins with `&`. Names are those of HTML 4 with `apos`, in their case, and AMP, LT,
 * GT, QUOT. Numbers are taken as WHATWG HTML does ("numeric character reference end state"): 128 to 159 are those of
 * windows-1252, since that is what they are meant as (`&#146;` for an apostrophe); 0, surrogates, and what is beyond
 * U+10FFFF become U+FFFD. Other control characters and non-characters become U+0020 and U+FFFD. */
void reference_read(struct news_text text, struct reference *reference);

/* Write CHARACTER as UTF-8 to OUT; gives its bytes. */
size_t reference_write(uint32_t character, char out[4]);

#endif
