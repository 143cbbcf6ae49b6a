/* SPDX-License-Identifier: ISC */
#include "charset.h"

#include <string.h>

/* Longer than any label that is known. */
#define LABEL_MAX 32

/* Every label stands between blanks. What is convertible only to the replacement character there (ISO-2022-KR, HZ...)
 * is not in the table: its escapes can hide markup, and it has died out. */
static const struct {
	const char *names, *labels;
} charsets[] = {
    {"UTF-8", " unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 "},
    {"UTF-16LE", " csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le "},
    {"UTF-16BE", " unicodefffe utf-16be "},
    {"UTF-32LE", " utf-32 utf-32le "},
    {"UTF-32BE", " utf-32be "},
    {"WINDOWS-1252 CP1252",
	" ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1"
	" iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 "},
    {"WINDOWS-1250 CP1250", " cp1250 windows-1250 x-cp1250 "},
    {"WINDOWS-1251 CP1251", " cp1251 windows-1251 x-cp1251 "},
    {"WINDOWS-1253 CP1253", " cp1253 windows-1253 x-cp1253 "},
    {"WINDOWS-1254 CP1254",
	" cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254"
	" x-cp1254 "},
    {"WINDOWS-1255 CP1255", " cp1255 windows-1255 x-cp1255 "},
    {"WINDOWS-1256 CP1256", " cp1256 windows-1256 x-cp1256 "},
    {"WINDOWS-1257 CP1257", " cp1257 windows-1257 x-cp1257 "},
    {"WINDOWS-1258 CP1258", " cp1258 windows-1258 x-cp1258 "},
    {"WINDOWS-874 CP874", " dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 "},
    {"ISO-8859-2", " csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 "},
    {"ISO-8859-3", " csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 "},
    {"ISO-8859-4", " csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 "},
    {"ISO-8859-5", " csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 "},
    {"ISO-8859-6",
	" arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i"
	" iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 "},
    {"ISO-8859-7",
	" csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7"
	" iso_8859-7:1987 sun_eu_greek "},
    {"ISO-8859-8",
	" csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8"
	" iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical "},
    {"ISO-8859-10", " csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 "},
    {"ISO-8859-13", " iso-8859-13 iso8859-13 iso885913 "},
    {"ISO-8859-14", " iso-8859-14 iso8859-14 iso885914 "},
    {"ISO-8859-15", " csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 "},
    {"ISO-8859-16", " iso-8859-16 "},
    {"IBM866 CP866", " 866 cp866 csibm866 ibm866 "},
    {"KOI8-R", " cskoi8r koi koi8 koi8-r koi8_r "},
    {"KOI8-U", " koi8-ru koi8-u "},
    {"MACINTOSH", " csmacintosh mac macintosh x-mac-roman "},
    {"MAC-CYRILLIC MACCYRILLIC", " x-mac-cyrillic x-mac-ukrainian "},
    {"GB18030", " chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 "},
    {"BIG5-HKSCS BIG5", " big5 big5-hkscs cn-big5 csbig5 x-x-big5 "},
    {"EUC-JP-MS CP51932 EUC-JP", " cseucpkdfmtjapanese euc-jp x-euc-jp "},
    {"ISO-2022-JP", " csiso2022jp iso-2022-jp "},
    {"CP932 WINDOWS-31J SHIFT_JIS", " csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis "},
    {"CP949 UHC EUC-KR",
	" cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 "},
};

/* What a file in an encoding of more than a byte a character begins with. Those of UTF-32 before those they begin with.
 * Without a mark, `<?` tells the order as well. */
static const struct {
	const char *begin;
	size_t bytes;
	const char *label;
} wide[] = {
    {"\xFF\xFE\0\0", 4, "utf-32le"},
    {"\0\0\xFE\xFF", 4, "utf-32be"},
    {"\xFF\xFE", 2, "utf-16le"},
    {"\xFE\xFF", 2, "utf-16be"},
    {"<\0?\0", 4, "utf-16le"},
    {"\0<\0?", 4, "utf-16be"},
};

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static char
lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

const char *
charset_names(struct news_text label)
{
	char wanted[LABEL_MAX + 3] = " ";
	size_t bytes = 1;

	while (label.bytes > 0 && is_blank(label.at[0])) {
		label.at++;
		label.bytes--;
	}
	while (label.bytes > 0 && is_blank(label.at[label.bytes - 1]))
		label.bytes--;
	if (label.bytes == 0 || label.bytes > LABEL_MAX)
		return NULL;
	for (size_t i = 0; i < label.bytes; i++) {
		if (label.at[i] == ' ')
			return NULL;
		wanted[bytes++] = lower(label.at[i]);
	}
	wanted[bytes++] = ' ';
	wanted[bytes] = '\0';
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
		if (strstr(charsets[i].labels, wanted) != NULL)
			return charsets[i].names;
	return NULL;
}

/* Whether TEXT begins with the BYTES bytes at WORD: 1 yes, 0 no, -1 not known yet. */
static int
begins_with(struct news_text text, bool ended, const char *word, size_t bytes)
{
	size_t known = text.bytes < bytes ? text.bytes : bytes;

	if (known > 0 && memcmp(text.at, word, known) != 0)
		return 0;
	return known == bytes ? 1 : ended ? 0 : -1;
}

/* The value of the pseudo-attribute `encoding` in DECLARATION, what stands between `<?xml` and `?>`; empty: there is
 * none. */
static struct news_text
find_encoding(struct news_text declaration)
{
	static const char name[] = "encoding";
	const char *at = declaration.at, *end = at + declaration.bytes;

	while (at < end) {
		const char *word = at, *word_end, *value;
		char quote;

		while (at < end && *at != '=' && !is_blank(*at))
			at++;
		word_end = at;
		while (at < end && is_blank(*at))
			at++;
		if (word == word_end || at == end || *at != '=') {
			at += word == word_end && at < end && *at == '=';
			continue;
		}
		at++;
		while (at < end && is_blank(*at))
			at++;
		if (at == end || (*at != '"' && *at != '\''))
			continue;
		quote = *at++;
		value = at;
		while (at < end && *at != quote)
			at++;
		if ((size_t)(word_end - word) == sizeof name - 1 && memcmp(word, name, sizeof name - 1) == 0)
			return (struct news_text){value, (size_t)(at - value)};
		at += at < end;
	}
	return (struct news_text){NULL, 0};
}

/* As charset_declared, of a file whose characters are no wider than a byte in ASCII. */
static int
declared_in_xml(struct news_text begin, bool ended, struct news_text *label)
{
	static const char opening[] = "<?xml";
	const char *close, *names;
	int found;

	while (begin.bytes > 0 && is_blank(begin.at[0])) {
		begin.at++;
		begin.bytes--;
	}
	found = begins_with(begin, ended, opening, sizeof opening - 1);
	if (found <= 0)
		return found;
	begin.at += sizeof opening - 1;
	begin.bytes -= sizeof opening - 1;
	close = begin.bytes > 0 ? memchr(begin.at, '>', begin.bytes) : NULL;
	if (close == NULL)
		return ended ? 0 : -1;
	/* `<?xml-stylesheet` is no declaration */
	if (!is_blank(begin.at[0]))
		return 0;
	*label = find_encoding((struct news_text){begin.at, (size_t)(close - begin.at)});
	if (label->bytes == 0)
		return 0;
	/* Who could read this far knows that it is not UTF-16: the file was converted, its declaration forgotten. */
	names = charset_names(*label);
	return names == NULL || strncmp(names, "UTF-", 4) != 0;
}

int
charset_declared(struct news_text begin, bool ended, struct news_text *label)
{
	if (begin.bytes >= CHARSET_PROBE)
		ended = true;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
		int found = begins_with(begin, ended, wide[i].begin, wide[i].bytes);

		if (found < 0)
			return found;
		if (found > 0) {
			*label = (struct news_text){wide[i].label, strlen(wide[i].label)};
			return found;
		}
	}
	if (begins_with(begin, ended, "\xEF\xBB\xBF", 3) != 0)
		return ended || begin.bytes >= 3 ? 0 : -1;
	return declared_in_xml(begin, ended, label);
}

const char *
charset_with_order(const char *name, struct news_text begin)
{
	/* the little-endian name, its mark in the other order, the other name */
	static const struct {
		const char *names, *little, *mark;
		size_t mark_bytes;
		const char *big;
	} open[] = {
	    {" utf-16 utf16 ucs-2 ucs2 unicode ", "UTF-16LE", "\xFE\xFF", 2, "UTF-16BE"},
	    {" utf-32 utf32 ", "UTF-32LE", "\0\0\xFE\xFF", 4, "UTF-32BE"},
	};
	char wanted[LABEL_MAX + 3] = " ";
	size_t bytes = strlen(name);

	if (bytes > LABEL_MAX)
		return name;
	for (size_t i = 0; i < bytes; i++)
		wanted[i + 1] = lower(name[i]);
	wanted[bytes + 1] = ' ';
	wanted[bytes + 2] = '\0';
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		if (strstr(open[i].names, wanted) != NULL)
			return begins_with(begin, true, open[i].mark, open[i].mark_bytes) ? open[i].big
											  : open[i].little;
	return name;
}
