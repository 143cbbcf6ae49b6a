/* SPDX-License-Identifier: ISC */
#include "reference.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <utf8proc.h>

/* What the bytes 80 to 9F are in windows-1252 (WHATWG Encoding Standard, index-windows-1252). */
static const uint16_t windows_1252[32] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030,
    0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

static bool
is_alphanumeric(char byte)
{
	return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* The value of BYTE as a digit of BASE; -1: none. */
static int
digit(char byte, uint32_t base)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (base == 16 && (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
		return (byte | 0x20) - 'a' + 10;
	return -1;
}

static void
read_number(struct news_text text, struct reference *reference)
{
	uint32_t base = text.bytes > 2 && (text.at[2] | 0x20) == 'x' ? 16 : 10, value = 0;
	size_t begin = base == 16 ? 3 : 2, at = begin;

	for (; at < text.bytes && digit(text.at[at], base) >= 0; at++)
		if (value <= 0x10FFFF)
			value = value * base + (uint32_t)digit(text.at[at], base);
	if (at == begin || at == text.bytes || text.at[at] != ';')
		return;
	reference->bytes = at + 1;
	reference->character = value;
	reference->is_mended = true;
	if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) || (value & 0xFFFE) == 0xFFFE)
		reference->character = 0xFFFD;
	else if (value >= 0x80 && value < 0xA0)
		reference->character = windows_1252[value - 0x80];
	else if ((value < 0x20 && value != '\t' && value != '\n' && value != '\r') || value == 0x7F)
		reference->character = ' ';
	else
		reference->is_mended = false;
}

static uint32_t
find_name(const char *name)
{
	static const struct {
		const char *name;
		uint32_t character;
	} others[] = {{"apos", '\''}, {"AMP", '&'}, {"LT", '<'}, {"GT", '>'}, {"QUOT", '"'}};
	const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
	size_t i;

	if (entity != NULL)
		return entity->value;
	for (i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(name, others[i].name) == 0)
			return others[i].character;
	return 0;
}

void
reference_read(struct news_text text, struct reference *reference)
{
	size_t at = 1;

	memset(reference, 0, sizeof *reference);
	if (text.bytes > 1 && text.at[1] == '#') {
		read_number(text, reference);
		return;
	}
	while (at < text.bytes && (is_alphanumeric(text.at[at]) || (at > 1 && strchr("-._:", text.at[at]) != NULL)))
		at++;
	if (at == 1 || at == text.bytes || text.at[at] != ';' || digit(text.at[1], 10) >= 0)
		return;
	reference->bytes = at + 1;
	if (at > sizeof reference->name)
		return;
	memcpy(reference->name, text.at + 1, at - 1);
	reference->character = find_name(reference->name);
}

size_t
reference_write(uint32_t character, char out[4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)character, (utf8proc_uint8_t *)out);
}
