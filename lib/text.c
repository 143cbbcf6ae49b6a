/* SPDX-License-Identifier: ISC
 *
 * Plain ASCII is passed eight bytes at a time; only what is left is looked at character by character. Ill-formed bytes
 * are cut into maximal subparts as the WHATWG Encoding Standard does it (Unicode 15, section 3.9, table 3-7).
 */
#include "text.h"

#include "bytes.h"

#include <sodium.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define WITH_AVX2
#endif

#define REPLACEMENT 0xFFFD

/* Decode one character; inlined into the loops of this file. */
static inline uint32_t
decode(const unsigned char *at, size_t bytes, size_t *width)
{
	uint32_t lead = at[0], low = 0x80, high = 0xBF, character;
	size_t need, i;

	*width = 1;
	if (lead < 0x80)
		return lead;
	if (lead < 0xC2 || lead > 0xF4)
		return REPLACEMENT;
	if (lead < 0xE0) {
		need = 2;
		character = lead & 0x1F;
	} else if (lead < 0xF0) {
		need = 3;
		character = lead & 0x0F;
		if (lead == 0xE0)
			low = 0xA0; /* shorter forms exist */
		else if (lead == 0xED)
			high = 0x9F; /* surrogates */
	} else {
		need = 4;
		character = lead & 0x07;
		if (lead == 0xF0)
			low = 0x90;
		else if (lead == 0xF4)
			high = 0x8F; /* past U+10FFFF */
	}
	for (i = 1; i < need; i++) {
		if (i == bytes || at[i] < low || at[i] > high) {
			*width = i;
			return REPLACEMENT;
		}
		character = character << 6 | (at[i] & 0x3F);
		low = 0x80;
		high = 0xBF;
	}
	*width = need;
	return character;
}

uint32_t
text_decode(const char *at, size_t bytes, size_t *width)
{
	return decode((const unsigned char *)at, bytes, width);
}

uint32_t
text_decode_before(const char *begin, const char *end, size_t *width)
{
	const unsigned char *first = (const unsigned char *)begin, *last = (const unsigned char *)end - 1, *at = last;
	uint32_t character;

	if (*last < 0x80) {
		*width = 1;
		return *last;
	}
	while (at > first && last - at < 3 && (*at & 0xC0) == 0x80)
		at--;
	character = decode(at, (size_t)(last - at) + 1, width);
	if (*width != (size_t)(last - at) + 1) {
		*width = 1;
		return REPLACEMENT;
	}
	return character;
}

/* Whether BYTE is ASCII and no control character but LF. */
static inline bool
is_plain(unsigned char byte)
{
	return (unsigned char)(byte - 0x20) < 0x5F || byte == '\n';
}

#ifdef __SSE2__
/* The same of sixteen bytes. */
static inline bool
is_plain_block(const unsigned char *at)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	/* below U+0020 and, being negative numbers, beyond ASCII */
	__m128i other = _mm_cmpgt_epi8(_mm_set1_epi8(' '), bytes);

	other = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), other);
	other = _mm_or_si128(other, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
	return _mm_movemask_epi8(other) == 0;
}
#else
/* The same of eight bytes at once. The high bit of each byte of `control` is clear where it is below U+0020, that of
 * `line` clear where it is LF; adding one to DEL gives the high bit, and so has what is not ASCII. */
static inline bool
is_plain_word(const unsigned char *at)
{
	uint64_t word, control, line;

	memcpy(&word, at, sizeof word);
	control = (word | BYTES_EVERY(0x80)) - BYTES_EVERY(0x20);
	line = ((word ^ BYTES_EVERY('\n')) | BYTES_EVERY(0x80)) - BYTES_EVERY(1);
	return (((~control & line) | (word + BYTES_EVERY(1)) | word) & BYTES_EVERY(0x80)) == 0;
}

static inline bool
is_plain_block(const unsigned char *at)
{
	return is_plain_word(at) && is_plain_word(at + 8);
}
#endif

/* Where the first byte from AT on stands that is not plain, or END. */
static const unsigned char *
skip_plain(const unsigned char *at, const unsigned char *end)
{
	while (end - at >= 16 && is_plain_block(at))
		at += 16;
	while (at < end && is_plain(*at))
		at++;
	return at;
}

#ifdef WITH_AVX2
#define WIDE_BLOCK 64

/* The bytes of 32 that are not plain. */
__attribute__((target("avx2"))) static inline __m256i
find_other(const unsigned char *at)
{
	__m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
	/* with one more, DEL is a negative number as is all beyond ASCII */
	__m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(' ' + 1), _mm256_add_epi8(bytes, _mm256_set1_epi8(1)));

	return _mm256_andnot_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')), low);
}

/* A bit for each byte of a wide block that is not plain, the first lowest. */
__attribute__((target("avx2"))) static inline uint64_t
find_other_wide(const unsigned char *at)
{
	return (uint32_t)_mm256_movemask_epi8(find_other(at)) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(find_other(at + 32)) << 32;
}

/* The same as `skip_plain`; WIDE_BLOCK bytes and more stand before END. */
__attribute__((target("avx2"))) static const unsigned char *
skip_plain_avx2(const unsigned char *at, const unsigned char *end)
{
	uint64_t other;

	for (; end - at >= WIDE_BLOCK; at += WIDE_BLOCK) {
		__m256i any = _mm256_or_si256(find_other(at), find_other(at + 32));
		if (!_mm256_testz_si256(any, any))
			return at + __builtin_ctzll(find_other_wide(at));
	}
	if (at == end)
		return end;
	/* the last block holds bytes before AT too, which are left out */
	other = find_other_wide(end - WIDE_BLOCK) >> (WIDE_BLOCK - (end - at));
	return other != 0 ? at + __builtin_ctzll(other) : end;
}
#endif

size_t
text_clean(const char *text, size_t bytes)
{
	const unsigned char *begin = (const unsigned char *)text, *at = begin, *end = begin + bytes;
#ifdef WITH_AVX2
	bool wide = bytes >= WIDE_BLOCK && __builtin_cpu_supports("avx2");
#endif

	for (;;) {
#ifdef WITH_AVX2
		at = wide ? skip_plain_avx2(at, end) : skip_plain(at, end);
#else
		at = skip_plain(at, end);
#endif
		if (at == end || *at < 0x80)
			return (size_t)(at - begin);
		do {
			size_t width;
			uint32_t character = decode(at, (size_t)(end - at), &width);
			if (character < 0xA0 || (character == REPLACEMENT && (width != 3 || *at != 0xEF)))
				return (size_t)(at - begin);
			at += width;
		} while (at < end && *at >= 0x80);
	}
}

bool
text_repair(struct buffer *out, struct news_text raw, size_t *repairs)
{
	const char *at = raw.at, *end = raw.at + raw.bytes;

	if (!buffer_reserve(out, raw.bytes))
		return false;
	while (at < end) {
		size_t clean = text_clean(at, (size_t)(end - at)), width;
		uint32_t character;

		if (!buffer_add(out, at, clean))
			return false;
		at += clean;
		if (at == end)
			break;
		if (*at == '\r' && end - at > 1 && at[1] == '\n') {
			at++;
			continue;
		}
		character = text_decode(at, (size_t)(end - at), &width);
		if (character < 0xA0 ? !buffer_add(out, "  ", width) : !buffer_add(out, "\xEF\xBF\xBD", 3))
			return false;
		at += width;
		++*repairs;
	}
	return true;
}

bool
text_in_capitals(const char *at, size_t bytes)
{
	uint64_t word = 0, capitals = 0;
	size_t i;

	if (bytes < sizeof word) {
		memcpy(&word, at, bytes);
		return bytes_in_range(word, 'a', 'z') == 0 && bytes_in_range(word, 'A', 'Z') != 0;
	}
	for (i = 0;; i += sizeof word) {
		/* the last ones may be looked at twice */
		if (bytes - i < sizeof word)
			i = bytes - sizeof word;
		memcpy(&word, at + i, sizeof word);
		if (bytes_in_range(word, 'a', 'z') != 0)
			return false;
		if (capitals == 0)
			capitals = bytes_in_range(word, 'A', 'Z');
		if (i + sizeof word == bytes)
			return capitals != 0;
	}
}

bool
text_is_letter(uint32_t character)
{
	if (character < 0x80)
		return (character | 0x20) - 'a' < 26;
	if (character - 0xC0 < 0xC0)
		return character != 0xD7 && character != 0xF7;
	if (character - 0x2000 < 0x70)
		return false; /* general punctuation: curly marks, dashes */
	switch (utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return true;
	default:
		return false;
	}
}

bool
text_is_upper(uint32_t character)
{
	utf8proc_category_t category;

	if (character < 0x80)
		return character - 'A' < 26;
	category = utf8proc_category((utf8proc_int32_t)character);
	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool
text_is_lower(uint32_t character)
{
	if (character < 0x80)
		return character - 'a' < 26;
	return utf8proc_category((utf8proc_int32_t)character) == UTF8PROC_CATEGORY_LL;
}

bool
text_is_digit(uint32_t character)
{
	if (character < 0x80)
		return character - '0' < 10;
	return utf8proc_category((utf8proc_int32_t)character) == UTF8PROC_CATEGORY_ND;
}

bool
text_is_space(uint32_t character)
{
	if (character < 0x80)
		return character == ' ' || character - '\t' < 5;
	if (character == 0x85 || character == 0x200B)
		return true;
	if (character < 0x1680 && character != 0xA0)
		return false;
	switch (utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

enum text_script
text_script(uint32_t character)
{
	/* Blocks of Unicode 15: utf8proc knows no scripts. What lies between them is another script. */
	static const struct {
		uint32_t first, last;
		enum text_script script;
	} blocks[] = {
	    {0x00AA, 0x02AF, TEXT_LATIN},
	    {0x0370, 0x03FF, TEXT_GREEK},
	    {0x0400, 0x052F, TEXT_CYRILLIC},
	    {0x0590, 0x05FF, TEXT_HEBREW},
	    {0x0600, 0x06FF, TEXT_ARABIC},
	    {0x0750, 0x077F, TEXT_ARABIC},
	    {0x0870, 0x08FF, TEXT_ARABIC},
	    {0x1100, 0x11FF, TEXT_CJK},
	    {0x1C80, 0x1C8F, TEXT_CYRILLIC},
	    {0x1E00, 0x1EFF, TEXT_LATIN},
	    {0x1F00, 0x1FFF, TEXT_GREEK},
	    {0x2C60, 0x2C7F, TEXT_LATIN},
	    {0x2DE0, 0x2DFF, TEXT_CYRILLIC},
	    {0x2E80, 0x2FFF, TEXT_CJK},
	    {0x3005, 0x4DBF, TEXT_CJK},
	    {0x4E00, 0x9FFF, TEXT_CJK},
	    {0xA640, 0xA69F, TEXT_CYRILLIC},
	    {0xA720, 0xA7FF, TEXT_LATIN},
	    {0xA960, 0xA97F, TEXT_CJK},
	    {0xAB30, 0xAB6F, TEXT_LATIN},
	    {0xAC00, 0xD7FF, TEXT_CJK},
	    {0xF900, 0xFAFF, TEXT_CJK},
	    {0xFB00, 0xFB06, TEXT_LATIN},
	    {0xFB1D, 0xFB4F, TEXT_HEBREW},
	    {0xFB50, 0xFDFF, TEXT_ARABIC},
	    {0xFE70, 0xFEFE, TEXT_ARABIC},
	    {0xFF21, 0xFF5A, TEXT_LATIN},
	    {0xFF66, 0xFFDC, TEXT_CJK},
	    {0x1B000, 0x1B16F, TEXT_CJK},
	    {0x20000, 0x3FFFF, TEXT_CJK},
	};
	size_t low = 0, high = sizeof blocks / sizeof *blocks;

	if (!text_is_letter(character))
		return TEXT_COMMON;
	if (character < 0x80)
		return TEXT_LATIN;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (character > blocks[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < sizeof blocks / sizeof *blocks && character >= blocks[low].first)
		return blocks[low].script;
	return TEXT_OTHER;
}

/* The lower case of eight bytes of ASCII. */
static inline uint64_t
fold_word(uint64_t word)
{
	return word | bytes_in_range(word, 'A', 'Z') >> 2;
}

/* Write the lower case of AT[0..bytes), one byte or more, to OUT, some of them twice where they are no multiple of
 * eight. false: something of it is not ASCII. */
static inline bool
fold_plain(const char *at, size_t bytes, char *out)
{
	uint64_t word, beyond = 0;
	size_t i;

	if (bytes < 4) {
		/* the first, the middle and the last are all there are */
		word = (unsigned char)at[0] | (uint64_t)(unsigned char)at[bytes / 2] << 8 |
		    (uint64_t)(unsigned char)at[bytes - 1] << 16;
		if ((word & BYTES_EVERY(0x80)) != 0)
			return false;
		word = fold_word(word);
		out[0] = (char)word;
		out[bytes / 2] = (char)(word >> 8);
		out[bytes - 1] = (char)(word >> 16);
		return true;
	}
	if (bytes < sizeof word) {
		uint32_t first, last;
		memcpy(&first, at, sizeof first);
		memcpy(&last, at + bytes - sizeof last, sizeof last);
		word = (uint64_t)first << 32 | last;
		if ((word & BYTES_EVERY(0x80)) != 0)
			return false;
		word = fold_word(word);
		first = (uint32_t)(word >> 32);
		last = (uint32_t)word;
		memcpy(out, &first, sizeof first);
		memcpy(out + bytes - sizeof last, &last, sizeof last);
		return true;
	}
	for (i = 0;; i += sizeof word) {
		if (bytes - i < sizeof word)
			i = bytes - sizeof word;
		memcpy(&word, at + i, sizeof word);
		beyond |= word;
		word = fold_word(word);
		memcpy(out + i, &word, sizeof word);
		if (i + sizeof word == bytes)
			return (beyond & BYTES_EVERY(0x80)) == 0;
	}
}

/* The same as `text_fold`, of any text. Not inlined: what this keeps on the stack would cost more than most words do.
 */
__attribute__((noinline)) static size_t
fold_any(const unsigned char *at, const unsigned char *end, char *out, size_t room)
{
	size_t written = 0;

	while (at < end) {
		utf8proc_uint8_t encoded[4];
		size_t width, folded;
		uint32_t character;

		if (*at < 0x80) {
			if (written == room)
				return 0;
			out[written++] = (char)((unsigned char)(*at - 'A') < 26 ? *at | 0x20 : *at);
			at++;
			continue;
		}
		character = decode(at, (size_t)(end - at), &width);
		at += width;
		if (character == 0x2018 || character == 0x2019 || character == 0x02BC || character == 0xFF07)
			character = '\'';
		else
			character = (uint32_t)utf8proc_tolower((utf8proc_int32_t)character);
		folded = (size_t)utf8proc_encode_char((utf8proc_int32_t)character, encoded);
		if (room - written < folded)
			return 0;
		memcpy(out + written, encoded, folded);
		written += folded;
	}
	return written;
}

size_t
text_fold(const char *at, size_t bytes, char *out, size_t room)
{
	if (bytes > 0 && bytes <= room && fold_plain(at, bytes, out))
		return bytes;
	return fold_any((const unsigned char *)at, (const unsigned char *)at + bytes, out, room);
}

void
text_content_hash(struct news_text text, char hash[21])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char digest[16];
	size_t i;

	/* No sodium_init() here nor in the lists: it would choose BLAKE2b's vector code, measured at 1.36 ns a byte
	 * against 0.74 of the portable code that stands before it (libsodium 1.0.18, Zen). The digest is the same, and
	 * hashing needs no other state of the library. */
	crypto_generichash(digest, sizeof digest, (const unsigned char *)text.at, text.bytes, NULL, 0);
	for (i = 0; i < 10; i++) {
		hash[2 * i] = digits[digest[i] >> 4];
		hash[2 * i + 1] = digits[digest[i] & 15];
	}
	hash[20] = '\0';
}
