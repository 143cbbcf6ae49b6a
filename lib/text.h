/* SPDX-License-Identifier: ISC
 *
 * text.h - UTF-8: decoding, repairing, and the few properties of characters that the engines ask for
 *
 * Properties come from utf8proc. ASCII, which is nearly all of news, never gets that far.
 */
#ifndef TEXT_H
#define TEXT_H

#include "buffer.h"
#include "news.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode the character at AT (BYTES > 0 are there). `*width` gets its bytes. Ill-formed: U+FFFD and the bytes of the
 * maximal ill-formed subpart (Unicode 15, section 3.9, "U+FFFD Substitution of Maximal Subparts"). */
uint32_t text_decode(const char *at, size_t bytes, size_t *width);

/* The character that ends just before END of the text that begins at BEGIN (END > BEGIN); text is well-formed. */
uint32_t text_decode_before(const char *begin, const char *end, size_t *width);

/* How many bytes at the front of AT are well-formed UTF-8 with no control character but LF. */
size_t text_clean(const char *at, size_t bytes);

/* Append RAW to OUT as document text: ill-formed subparts become U+FFFD, CRLF becomes LF, every control character but
 * LF as many spaces as it has bytes. Counts what it replaced in `*repairs`. false: out of memory. */
bool text_repair(struct buffer *out, struct news_text raw, size_t *repairs);

bool text_is_letter(uint32_t character);
bool text_is_upper(uint32_t character); /* upper or title case */
bool text_is_lower(uint32_t character);
bool text_is_digit(uint32_t character);
bool text_is_space(uint32_t character); /* Unicode white space, NBSP and ZWSP among them */

/* Whether the letters of ASCII in AT[0..bytes) are all capitals, and there is one. */
bool text_in_capitals(const char *at, size_t bytes);

/* The script of a letter, as far as the structure rules need it. */
enum text_script { TEXT_COMMON, TEXT_LATIN, TEXT_GREEK, TEXT_CYRILLIC, TEXT_HEBREW, TEXT_ARABIC, TEXT_CJK, TEXT_OTHER };
enum text_script text_script(uint32_t character);

/* The blanks that stand between rows: U+0020 and LF. */
static inline bool
text_is_blank(char byte)
{
	return byte == ' ' || byte == '\n';
}

/* The first byte of TEXT from AT on that is none; its end when all are. */
static inline size_t
text_skip_blanks(struct news_text text, size_t at)
{
	while (at < text.bytes && text_is_blank(text.at[at]))
		at++;
	return at;
}

/* Write the lower case of AT[0..bytes) to OUT (ROOM bytes), curly apostrophes as `'`. Gives its bytes, or 0 when it
 * does not fit. */
size_t text_fold(const char *at, size_t bytes, char *out, size_t room);

/* First 20 hex digits of BLAKE2b-128 of TEXT, and a NUL: the content hash of DESIGN section 1. */
void text_content_hash(struct news_text text, char hash[21]);

#endif
