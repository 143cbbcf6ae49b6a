/* SPDX-License-Identifier: ISC
 *
 * digest.c - fingerprints of text that ignore what reprints change
 *
 * Text is brought into a normal form and that is hashed. The form: canonical composition (NFC) of the full case
 * folding; every single quotation mark and apostrophe is ', every double one (two single ones in a row too) is "; every
 * dash is -, a run of them is one; a run of white space is one space, and none stands at either end. So
 *
 *     “We’ve  won” — CAFÉ        and        ``we've won'' -- cafe + U+0301
 *
 * are the same. Bytes that are no UTF-8 stand for themselves.
 *
 * ASCII is looked up in a table, a byte a step. Any other stretch goes through utf8proc a character at a time, with the
 * ASCII character before it, which an accent may belong to ("e" and U+0301). A stretch ends before the next ASCII
 * character, or, when it has grown long, before a letter: neither joins with what stands before it. utf8proc
 * sorts accents in quadratic time when left to itself, so a run of more than 30 is cut, where the Stream-Safe Text
 * Format (UAX #15, section 13) cuts it. Every byte is passed once.
 *
 * Hashes: BLAKE2b-128 (crypto_generichash) where `strong`, else SipHash-2-4-128 (crypto_shorthash_siphashx24), which
 * takes 50 ns for a line instead of 380 and is the reason why there are two. The key of the latter is public, so that
 * digests of two machines compare; whoever can choose lines could make two that collide.
 */
#include "buffer.h"
#include "news.h"
#include "text.h"

#include <sodium.h>
#include <stdlib.h>
#include <utf8proc.h>

#define SOFT_POINTS 64   /* a stretch this long ends before the next letter */
#define HARD_POINTS 1024 /* and this long before anything */
#define ACCENTS_MAX 30   /* UAX #15: no language needs more on one letter */
#define POINT_MAX 32     /* at most that many code points out of one, with much to spare (4 in Unicode 15) */

/* Classes of bytes that are not copied as they stand in the table; none of them is a folded byte. */
enum { CLASS_SINGLE = 0x80, CLASS_DASH, CLASS_OTHER };

struct news_digester {
	bool raw, strong;
	struct buffer form;      /* the normal form of the text at hand */
	unsigned char fold[256]; /* what to write for a byte, or its class */
	utf8proc_int32_t points[HARD_POINTS + POINT_MAX];
};

static const unsigned char digest_key[crypto_shorthash_siphashx24_KEYBYTES] = "newsutils digest";

struct news_digester *
news_digester_new(bool raw, bool strong)
{
	struct news_digester *digester;
	unsigned byte;

	if (sodium_init() < 0)
		return NULL;
	digester = calloc(1, sizeof *digester);
	if (digester == NULL)
		return NULL;
	digester->raw = raw;
	digester->strong = strong;
	for (byte = 0; byte < 256; byte++) {
		if (byte >= 0x80)
			digester->fold[byte] = CLASS_OTHER;
		else if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
			digester->fold[byte] = ' ';
		else if (byte == '\'' || byte == '`')
			digester->fold[byte] = CLASS_SINGLE;
		else if (byte == '-')
			digester->fold[byte] = CLASS_DASH;
		else if (byte >= 'A' && byte <= 'Z')
			digester->fold[byte] = (unsigned char)(byte - 'A' + 'a');
		else
			digester->fold[byte] = (unsigned char)byte;
	}
	return digester;
}

void
news_digester_free(struct news_digester *digester)
{
	if (digester == NULL)
		return;
	buffer_release(&digester->form);
	free(digester);
}

static int
last_byte(const struct buffer *form)
{
	return form->bytes == 0 ? -1 : (unsigned char)form->at[form->bytes - 1];
}

/* Append a byte that goes together with those like it before it: space, quotation mark or dash. */
static bool
add_mark(struct buffer *form, char mark)
{
	int last = last_byte(form);

	if (mark == ' ' && (last == ' ' || last == -1))
		return true;
	if (mark == '-' && last == '-')
		return true;
	if (mark == '\'' && last == '\'') {
		form->at[form->bytes - 1] = '"';
		return true;
	}
	return buffer_add_byte(form, mark);
}

/* The ASCII mark that CHARACTER is a kind of, or 0. */
static char
mark_of(utf8proc_int32_t character)
{
	switch (character) {
	case 0x00b4:
	case 0x02bc:
	case 0x2018:
	case 0x2019:
	case 0x201a:
	case 0x201b:
	case 0x2032:
	case 0x2039:
	case 0x203a:
	case 0xff07:
		return '\'';
	case 0x00ab:
	case 0x00bb:
	case 0x201c:
	case 0x201d:
	case 0x201e:
	case 0x201f:
	case 0x2033:
	case 0x301d:
	case 0x301e:
	case 0x301f:
	case 0xff02:
		return '"';
	case 0x2212:
		return '-';
	default:
		if (utf8proc_category(character) == UTF8PROC_CATEGORY_PD)
			return '-';
		return text_is_space((uint32_t)character) ? ' ' : 0;
	}
}

/* Whether nothing before CHARACTER can become one character with it. Those that join are accents, vowel signs and the
 * later letters of a Hangul syllable. */
static bool
stands_alone(utf8proc_int32_t character, const utf8proc_property_t *property)
{
	return property->category >= UTF8PROC_CATEGORY_LU && property->category <= UTF8PROC_CATEGORY_LO &&
	    !(character >= 0x1160 && character <= 0x11ff);
}

/* Put accents on one letter into their canonical order. Runs are short, see ACCENTS_MAX. */
static void
order_accents(utf8proc_int32_t *points, size_t count)
{
	size_t i, j;

	for (i = 1; i < count; i++) {
		utf8proc_int32_t point = points[i];
		int class = utf8proc_get_property(point)->combining_class;

		if (class == 0)
			continue;
		for (j = i; j > 0 && utf8proc_get_property(points[j - 1])->combining_class > class; j--)
			points[j] = points[j - 1];
		points[j] = point;
	}
}

/* Compose the COUNT code points gathered, and append them. */
static bool
add_points(struct news_digester *digester, size_t count)
{
	utf8proc_ssize_t left;
	utf8proc_ssize_t i;

	if (count == 0)
		return true;
	order_accents(digester->points, count);
	left = utf8proc_normalize_utf32(digester->points, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	for (i = 0; i < left; i++) {
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t width = utf8proc_encode_char(digester->points[i], bytes);

		if (!buffer_add(&digester->form, bytes, (size_t)width))
			return false;
	}
	return true;
}

/* Fold the stretch at AT, whose first byte is none of ASCII. Gives the bytes passed, at least one; 0: out of memory. */
static size_t
fold_stretch(struct news_digester *digester, const char *at, size_t bytes)
{
	struct buffer *form = &digester->form;
	size_t passed = 0, count = 0;
	unsigned accents = 0;
	int last = last_byte(form);
	char mark = 0;
	bool broken = false;

	/* The ASCII characters that accents join with. */
	if ((last >= 'a' && last <= 'z') || (last >= '<' && last <= '>')) {
		digester->points[count++] = last;
		form->bytes--;
	}
	while (passed < bytes && (unsigned char)at[passed] >= 0x80 && count < HARD_POINTS) {
		const utf8proc_property_t *property;
		utf8proc_int32_t character;
		utf8proc_ssize_t width, made;
		int boundary = 0;

		width = utf8proc_iterate((const utf8proc_uint8_t *)at + passed,
		    bytes - passed < 4 ? (utf8proc_ssize_t)(bytes - passed) : 4, &character);
		if (width <= 0) {
			broken = true;
			break;
		}
		mark = mark_of(character);
		if (mark != 0) {
			passed += (size_t)width;
			break;
		}
		property = utf8proc_get_property(character);
		accents = property->combining_class == 0 ? 0 : accents + 1;
		if (accents > ACCENTS_MAX || (count >= SOFT_POINTS && stands_alone(character, property)))
			break;
		made = utf8proc_decompose_char(character, digester->points + count, POINT_MAX,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD, &boundary);
		if (made < 0 || made > POINT_MAX) {
			broken = true;
			break;
		}
		count += (size_t)made;
		passed += (size_t)width;
	}
	if (!add_points(digester, count))
		return 0;
	if (mark != 0 && !add_mark(form, mark))
		return 0;
	if (broken) {
		if (!buffer_add_byte(form, at[passed]))
			return 0;
		passed++;
	}
	return passed;
}

/* Bring TEXT into the normal form, in `form`. false: out of memory. */
static bool
normalise(struct news_digester *digester, struct news_text text)
{
	struct buffer *form = &digester->form;
	size_t at = 0;

	form->bytes = 0;
	while (at < text.bytes) {
		size_t left = text.bytes - at;
		char *out;
		int last;

		/* One byte out for one in, at most: room for all of the ASCII that may follow. */
		if (form->room - form->bytes < left && !buffer_reserve(form, left))
			return false;
		out = form->at + form->bytes;
		last = last_byte(form) == -1 ? ' ' : last_byte(form);
		while (at < text.bytes) {
			unsigned char folded = digester->fold[(unsigned char)text.at[at]];

			if (folded >= 0x80)
				break;
			/* Written in any case, and written over if it is a further space: no branch for each word. */
			*out = (char)folded;
			out += !((folded == ' ') & (last == ' '));
			last = folded;
			at++;
		}
		form->bytes = (size_t)(out - form->at);
		if (at == text.bytes)
			break;
		switch (digester->fold[(unsigned char)text.at[at]]) {
		case CLASS_SINGLE:
			if (!add_mark(form, '\''))
				return false;
			at++;
			break;
		case CLASS_DASH:
			if (!add_mark(form, '-'))
				return false;
			at++;
			break;
		default:
			left = fold_stretch(digester, text.at + at, text.bytes - at);
			if (left == 0)
				return false;
			at += left;
		}
	}
	if (last_byte(form) == ' ')
		form->bytes--;
	return true;
}

enum news_status
news_digester_digest(struct news_digester *digester, struct news_text text, struct news_digest *digest)
{
	const unsigned char *at = (const unsigned char *)text.at;
	size_t bytes = text.bytes;

	if (!digester->raw) {
		if (!normalise(digester, text))
			return NEWS_NO_MEMORY;
		at = (const unsigned char *)digester->form.at;
		bytes = digester->form.bytes;
	}
	if (digester->strong)
		crypto_generichash(digest->bytes, sizeof digest->bytes, at, bytes, NULL, 0);
	else
		crypto_shorthash_siphashx24(digest->bytes, at, bytes, digest_key);
	return NEWS_OK;
}
