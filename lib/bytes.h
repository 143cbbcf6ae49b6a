/* SPDX-License-Identifier: ISC
 *
 * bytes.h - eight bytes at once, in a number
 *
 * The first byte is the lowest on every machine. Ranges are told apart by adding, which reaches the top bit of a byte
 * and never the next byte (Mycroft's method; Warren, Hacker's Delight, 2nd edition, section 6-1).
 */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>

/* BYTE eight times. */
#define BYTES_EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The eight bytes at AT. Compilers make one instruction of it. */
static inline uint64_t
bytes_load(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;

	return (uint64_t)byte[0] | (uint64_t)byte[1] << 8 | (uint64_t)byte[2] << 16 | (uint64_t)byte[3] << 24 |
	    (uint64_t)byte[4] << 32 | (uint64_t)byte[5] << 40 | (uint64_t)byte[6] << 48 | (uint64_t)byte[7] << 56;
}

/* The same the other way. */
static inline void
bytes_store(char *at, uint64_t bytes)
{
	unsigned char *byte = (unsigned char *)at;

	byte[0] = (unsigned char)bytes;
	byte[1] = (unsigned char)(bytes >> 8);
	byte[2] = (unsigned char)(bytes >> 16);
	byte[3] = (unsigned char)(bytes >> 24);
	byte[4] = (unsigned char)(bytes >> 32);
	byte[5] = (unsigned char)(bytes >> 40);
	byte[6] = (unsigned char)(bytes >> 48);
	byte[7] = (unsigned char)(bytes >> 56);
}

/* The top bits of those of the eight that are from FIRST to LAST, both of ASCII. */
static inline uint64_t
bytes_in_range(uint64_t bytes, unsigned char first, unsigned char last)
{
	uint64_t low = bytes & BYTES_EVERY(0x7F);

	return (low + BYTES_EVERY(0x80u - first)) & ~(low + BYTES_EVERY(0x7Fu - last)) & ~bytes & BYTES_EVERY(0x80);
}

/* The top bits of those that are letters of ASCII. */
static inline uint64_t
bytes_letters(uint64_t bytes)
{
	return bytes_in_range(bytes | BYTES_EVERY(0x20), 'a', 'z');
}

/* The number of the lowest bit of BITS, which is not 0. */
static inline unsigned
bytes_lowest_bit(uint64_t bits)
{
#ifdef __GNUC__
	return (unsigned)__builtin_ctzll(bits);
#else
	unsigned i = 0;

	while ((bits >> i & 1) == 0)
		i++;
	return i;
#endif
}

/* How many bytes stand before the first of BYTES that is BYTE; 8: none is. (x - 1) & ~x reaches the top bit of a zero
 * byte first, and of others only behind it: Mycroft's method again. */
static inline unsigned
bytes_until(uint64_t bytes, unsigned char byte)
{
	uint64_t other = bytes ^ BYTES_EVERY(byte), found = (other - BYTES_EVERY(1)) & ~other & BYTES_EVERY(0x80);

	return found != 0 ? bytes_lowest_bit(found) / 8 : 8;
}

/* How many bytes at the end, the highest, have no bit in BITS. */
static inline unsigned
bytes_clear_at_end(uint64_t bits)
{
#ifdef __GNUC__
	return bits == 0 ? 8 : (unsigned)__builtin_clzll(bits) / 8;
#else
	unsigned count = 0;

	while (count < 8 && bits >> (56 - 8 * count) == 0)
		count++;
	return count;
#endif
}

#endif
