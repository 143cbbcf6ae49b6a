/* SPDX-License-Identifier: ISC
 *
 * stops_scan.c - looking for the few bytes that a place can begin with, 32 at a time
 *
 * Between two places nothing else is looked at. What a block finds is a superset: `begins_place` has the last word.
 */
#include "stops.h"

#include "bytes.h"
#include "stops_soft.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define WITH_AVX2
#endif

/* Bytes that are looked at together. */
#define BLOCK 32

/* 1: a stop; 2: the lead byte of characters some of which are stops; 3: can be part of a soft place */
const unsigned char stops_bytes[256] = {
    ['.'] = 1,
    ['?'] = 1,
    ['!'] = 1,
    [0xD8] = 2,
    [0xDB] = 2,
    [0xE0] = 2,
    [0xE2] = 2,
    [0xE3] = 2,
    [0xEF] = 2,
    [')'] = 3,
    ['M'] = 3,
    ['@'] = 3,
    ['/'] = 3,
    ['>'] = 3,
    ['-'] = 3,
    ['='] = 3,
    ['*'] = 3,
    ['_'] = 3,
};

/* Whether a place begins at AT, whose byte `stops_bytes` knows. */
static bool
begins_place(const struct stops_view *view, size_t at)
{
	const unsigned char *byte = (const unsigned char *)view->at + at;
	size_t width;

	if (stops_bytes[*byte] == 3)
		return stops_soft_may_be(view, at);
	if (stops_bytes[*byte] != 2)
		return stops_bytes[*byte] != 0;
	/* curly marks and dashes, the most frequent by far, are told apart from the ellipsis without decoding */
	if (*byte == 0xE2 && view->end - at > 2 && byte[1] == 0x80 && byte[2] < 0xA6)
		return false;
	return stops_at(view, at, &width) != 0;
}

/* ---- blocks: a bit for each byte that can begin a place, the first lowest ---- */

/* "-", "=", "*" and "_" count only before another one, ")", ">" and "M" only before a blank, so one byte more than
 * BLOCK is read. */

#ifdef __SSE2__
static inline uint32_t
find_in_half(const unsigned char *at)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
	__m128i any = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('!'));
	__m128i doubled, ended, range;

	/* a range of bytes: those that, less its first, are not over its size */
	range = _mm_sub_epi8(bytes, _mm_set1_epi8('.'));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(_mm_min_epu8(range, _mm_set1_epi8('/' - '.')), range));
	range = _mm_sub_epi8(bytes, _mm_set1_epi8('?'));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(_mm_min_epu8(range, _mm_set1_epi8('@' - '?')), range));
	any = _mm_or_si128(any, _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8((char)0xD8)), bytes));

	doubled = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')),
				   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('='))),
	    _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('*')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'))));
	any = _mm_or_si128(any, _mm_and_si128(doubled, _mm_cmpeq_epi8(bytes, behind)));

	ended = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(')')),
				 _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>'))),
	    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('M')));
	any = _mm_or_si128(any, _mm_and_si128(ended, _mm_cmpeq_epi8(behind, _mm_set1_epi8(' '))));
	return (uint32_t)_mm_movemask_epi8(any);
}

static inline uint32_t
find_in_block(const unsigned char *at)
{
	return find_in_half(at) | find_in_half(at + 16) << 16;
}
#else
static inline uint32_t
find_in_block(const unsigned char *at)
{
	uint32_t found = 0;
	int i;

	for (i = 0; i < BLOCK; i++)
		found |= (uint32_t)(stops_bytes[at[i]] != 0) << i;
	return found;
}
#endif

#ifdef WITH_AVX2
/* A byte belongs to a set when the entries of its halves have a bit in common (Langdale and Lemire, "Parsing gigabytes
 * of JSON per second", 2019): the high half names the bit, the low half has the bits of the rows it stands in. */
#define ROW_2 1
#define ROW_3 2
#define ROW_4 4
#define ROW_5 8
#define ROW_D 16
#define ROW_EF 32
#define BOTH(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

__attribute__((target("avx2"))) static inline uint32_t
find_in_block_avx2(const unsigned char *at)
{
	const __m256i low_half = _mm256_set1_epi8(15);
	const __m256i rows = BOTH(0, 0, ROW_2, ROW_3, ROW_4, ROW_5, 0, 0, 0, 0, 0, 0, 0, ROW_D, ROW_EF, ROW_EF);
	/* ! . / ? @, and what is not under D8 */
	const __m256i always = BOTH(ROW_4 | ROW_EF, ROW_2 | ROW_EF, ROW_EF, ROW_EF, ROW_EF, ROW_EF, ROW_EF, ROW_EF,
	    ROW_D | ROW_EF, ROW_D | ROW_EF, ROW_D | ROW_EF, ROW_D | ROW_EF, ROW_D | ROW_EF, ROW_D | ROW_EF,
	    ROW_2 | ROW_D | ROW_EF, ROW_2 | ROW_3 | ROW_D | ROW_EF);
	/* - = * _ doubled; ) > M before a blank: no other byte of these is taken for one of those */
	const __m256i doubled = BOTH(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ROW_2, 0, 0, ROW_2 | ROW_3, 0, ROW_5);
	const __m256i ended = BOTH(0, 0, 0, 0, 0, 0, 0, 0, 0, ROW_2, 0, 0, 0, ROW_4, ROW_3, 0);
	__m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
	__m256i behind = _mm256_loadu_si256((const __m256i *)(const void *)(at + 1));
	__m256i low = _mm256_and_si256(bytes, low_half);
	__m256i row = _mm256_shuffle_epi8(rows, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_half));
	__m256i any = _mm256_shuffle_epi8(always, low);

	any =
	    _mm256_or_si256(any, _mm256_and_si256(_mm256_shuffle_epi8(doubled, low), _mm256_cmpeq_epi8(bytes, behind)));
	any = _mm256_or_si256(any,
	    _mm256_and_si256(_mm256_shuffle_epi8(ended, low), _mm256_cmpeq_epi8(behind, _mm256_set1_epi8(' '))));
	any = _mm256_cmpeq_epi8(_mm256_and_si256(any, row), _mm256_setzero_si256());
	return ~(uint32_t)_mm256_movemask_epi8(any);
}
#endif

/* ---- the scan ---- */

/* Where a block begins, and its bits. */
struct hits {
	size_t from;
	uint32_t found;
};

/* The next block from FROM on that lies within the text and has bits; without bits: there is none, and where the next
 * block would begin. A function without calls keeps what it compares with in registers. */
#define NEXT_BLOCK(find) \
	{ \
		size_t limit = view->bytes > BLOCK ? view->bytes - BLOCK : 0; \
		struct hits hits = {from, 0}; \
\
		if (limit > view->end) \
			limit = view->end; \
		while (hits.from < limit && (hits.found = find((const unsigned char *)view->at + hits.from)) == 0) \
			hits.from += BLOCK; \
		return hits; \
	}

static struct hits
next_block(const struct stops_view *view, size_t from)
{
	NEXT_BLOCK(find_in_block)
}

#ifdef WITH_AVX2
__attribute__((target("avx2"))) static struct hits
next_block_avx2(const struct stops_view *view, size_t from)
{
	NEXT_BLOCK(find_in_block_avx2)
}
#endif

static inline struct hits
next_hits(const struct stops_view *view, size_t from)
{
#ifdef WITH_AVX2
	if (__builtin_cpu_supports("avx2"))
		return next_block_avx2(view, from);
#endif
	return next_block(view, from);
}

/* The bits of what is left, BLOCK bytes at most: those of the last block that can be looked at, and one for the last
 * byte, which it leaves out. */
static uint32_t
last_hits(const struct stops_view *view, size_t from)
{
	size_t last = view->bytes - 1, begin = last - BLOCK;
	uint64_t found;

	if (from >= view->end)
		return 0;
	if (view->bytes <= BLOCK)
		return UINT32_MAX;
	found = find_in_block((const unsigned char *)view->at + begin);
	return (uint32_t)(found >> (from - begin) | UINT64_C(1) << (last - from));
}

size_t
stops_scan(const struct stops_view *view, size_t from)
{
	for (;;) {
		struct hits hits = next_hits(view, from);
		bool last = hits.found == 0;

		if (last)
			hits.found = last_hits(view, hits.from);
		for (; hits.found != 0; hits.found &= hits.found - 1) {
			size_t hit = hits.from + bytes_lowest_bit(hits.found);
			if (hit >= view->end)
				return view->end;
			if (begins_place(view, hit))
				return hit;
		}
		if (last)
			return view->end;
		from = hits.from + BLOCK;
	}
}
