/* SPDX-License-Identifier: ISC */
#include "html_charset.h"

#include "charset.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

/* ---- what the page declares ---- */

/* Where WORD stands in AT, in any case; NULL: nowhere. */
static const char *
find_word(const char *at, const char *end, const char *word)
{
	size_t bytes = strlen(word);

	for (; (size_t)(end - at) >= bytes; at++)
		if (strncasecmp(at, word, bytes) == 0)
			return at;
	return NULL;
}

/* The value behind `charset` `=` in the tag AT, with or without marks; empty: there is none. */
static struct news_text
charset_value(const char *at, const char *end)
{
	const char *begin;
	char mark = '\0';

	while ((at = find_word(at, end, "charset")) != NULL) {
		at += strlen("charset");
		while (at < end && is_blank(*at))
			at++;
		if (at == end || *at != '=')
			continue;
		at++;
		while (at < end && is_blank(*at))
			at++;
		if (at < end && (*at == '"' || *at == '\''))
			mark = *at++;
		begin = at;
		while (
		    at < end && *at != mark && *at != '"' && *at != '\'' && *at != ';' && *at != '>' && !is_blank(*at))
			at++;
		return (struct news_text){begin, (size_t)(at - begin)};
	}
	return (struct news_text){"", 0};
}

struct news_text
html_charset_declared(struct news_text page)
{
	const char *at = page.at, *end = at + (page.bytes < CHARSET_PROBE ? page.bytes : CHARSET_PROBE), *close;
	struct news_text value;

	/* XHTML, which browsers take note of as well: <?xml version="1.0" encoding="iso-8859-1"?> */
	if (page.bytes >= 5 && memcmp(at, "<?xml", 5) == 0 && charset_declared(page, true, &value) == 1)
		return value;
	while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
			for (at += 2; at < end && (at = memchr(at, '>', (size_t)(end - at))) != NULL; at++)
				if (at[-1] == '-' && at[-2] == '-')
					break;
			if (at == NULL)
				break;
			continue;
		}
		if (end - at >= 6 && strncasecmp(at, "<meta", 5) == 0 && (is_blank(at[5]) || at[5] == '/')) {
			close = memchr(at, '>', (size_t)(end - at));
			value = charset_value(at + 5, close == NULL ? end : close);
			if (value.bytes > 0)
				return value;
		}
		at++;
	}
	return (struct news_text){"", 0};
}

/* ---- conversion ---- */

static bool
add_replacement(struct buffer *out, size_t *repairs)
{
	++*repairs;
	return buffer_add(out, "\xEF\xBF\xBD", 3);
}

/* PAGE is UTF-8 by name: make it so. Control characters stay, but for NUL. */
static bool
repair(struct buffer *out, struct news_text page, struct news_text *text, size_t *repairs)
{
	const char *at = page.at, *end = at + page.bytes, *good = at;

	out->bytes = 0;
	while (at < end) {
		size_t width;
		uint32_t character;

		at += text_clean(at, (size_t)(end - at));
		if (at == end)
			break;
		character = text_decode(at, (size_t)(end - at), &width);
		if (character != 0 && character < 0xA0) {
			at += width;
			continue;
		}
		if (!buffer_add(out, good, (size_t)(at - good)) || !add_replacement(out, repairs))
			return false;
		at += width;
		good = at;
	}
	if (good == page.at) {
		*text = page;
		return true;
	}
	if (!buffer_add(out, good, (size_t)(end - good)))
		return false;
	*text = (struct news_text){out->at, out->bytes};
	return true;
}

/* What the caller, a byte order mark or the transport says: names for iconv(3); NULL: nothing. A mark of UTF-8 is taken
 * off PAGE. */
static const char *
told_charset(struct news_text *page, const char *encoding, struct news_text transport)
{
	bool mark = page->bytes >= 3 && memcmp(page->at, "\xEF\xBB\xBF", 3) == 0;

	if (encoding != NULL)
		encoding = charset_with_order(encoding, *page);
	if (mark)
		*page = (struct news_text){page->at + 3, page->bytes - 3};
	if (encoding != NULL)
		return encoding;
	if (mark)
		return "UTF-8";
	if (page->bytes >= 2 && memcmp(page->at, "\xFE\xFF", 2) == 0)
		return "UTF-16BE";
	if (page->bytes >= 2 && memcmp(page->at, "\xFF\xFE", 2) == 0)
		return "UTF-16LE";
	return charset_names(transport);
}

/* Convert from the charset that NAMES name. */
static enum news_status
decode(struct html_charset *charset, struct news_text page, const char *names, struct news_text *text, size_t *repairs,
    struct news_error *error)
{
	size_t i;

	if (strcasecmp(names, "UTF-8") == 0 || strcasecmp(names, "UTF8") == 0)
		return repair(&charset->text, page, text, repairs) ? NEWS_OK : NEWS_NO_MEMORY;
	if (charset->transcode == NULL)
		charset->transcode = transcode_new();
	if (charset->transcode == NULL)
		return NEWS_NO_MEMORY;
	if (!transcode_start(charset->transcode, names)) {
		snprintf(error->text, sizeof error->text, "iconv does not know the charset '%.40s'", names);
		return NEWS_REJECTED;
	}
	charset->text.bytes = 0;
	if (!transcode_add(charset->transcode, page, &charset->text))
		return NEWS_NO_MEMORY;
	*repairs += transcode_replaced(charset->transcode);
	*text = (struct news_text){charset->text.at, charset->text.bytes};
	/* A page has no use for NUL, and libxml2 would take it for the end. */
	for (i = 0; i < text->bytes; i++)
		if (charset->text.at[i] == '\0')
			charset->text.at[i] = ' ';
	if (text->bytes >= 3 && memcmp(text->at, "\xEF\xBB\xBF", 3) == 0)
		*text = (struct news_text){text->at + 3, text->bytes - 3};
	return NEWS_OK;
}

enum news_status
html_charset_decode(struct html_charset *charset, struct news_text page, const char *encoding,
    struct news_text transport, struct news_text *text, size_t *repairs, struct news_error *error)
{
	const char *name = told_charset(&page, encoding, transport);

	if (name == NULL)
		name = charset_names(html_charset_declared(page));
	/* A declaration that can be read as ASCII is none of UTF-16. */
	if (name == NULL ||
	    (encoding == NULL && strncmp(name, "UTF-16", 6) == 0 && page.bytes >= 2 && page.at[0] == '<' &&
		page.at[1] != '\0'))
		name = "UTF-8";
	return decode(charset, page, name, text, repairs, error);
}

enum news_status
html_charset_decode_text(struct html_charset *charset, struct news_text plain, const char *encoding,
    struct news_text transport, struct news_text *text, size_t *repairs, struct news_error *error)
{
	const char *name = told_charset(&plain, encoding, transport);

	return decode(charset, plain, name == NULL ? "UTF-8" : name, text, repairs, error);
}

void
html_charset_release(struct html_charset *charset)
{
	transcode_free(charset->transcode);
	buffer_release(&charset->text);
	memset(charset, 0, sizeof *charset);
}
