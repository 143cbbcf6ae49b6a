/* SPDX-License-Identifier: ISC */
#include "markup.h"

#include <string.h>

void
markup_start(struct markup *markup, bool xml)
{
	memset(markup, 0, sizeof *markup);
	markup->xml = xml;
}

size_t
markup_passed(const struct markup *markup)
{
	if (markup->inside == MARKUP_IN_DOCTYPE)
		return markup->begin;
	/* what ends a comment may have begun */
	if (markup->inside != MARKUP_IN_TEXT)
		return markup->at > markup->begin + 2 ? markup->at - 2 : markup->begin;
	return markup->at;
}

void
markup_taken(struct markup *markup, size_t bytes)
{
	markup->at -= bytes;
	markup->begin = markup->begin > bytes ? markup->begin - bytes : 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool
begins_name(char byte)
{
	return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '_' || (byte & 0x80) != 0;
}

static bool
is_of_name(char byte)
{
	return begins_name(byte) || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == ':';
}

bool
markup_is(struct news_text name, const char *wanted)
{
	size_t i;

	for (i = 0; i < name.bytes; i++) {
		char byte = name.at[i], other = wanted[i];
		if (byte >= 'A' && byte <= 'Z')
			byte |= 0x20;
		if (other >= 'A' && other <= 'Z')
			other |= 0x20;
		if (other == '\0' || byte != other)
			return false;
	}
	return wanted[i] == '\0';
}

/* Whether the BYTES bytes at AT are MARK: 1 yes, 0 no, -1 more must come. */
static int
begins_with(const char *at, size_t bytes, bool ended, const char *mark)
{
	size_t size = strlen(mark), known = bytes < size ? bytes : size;

	if (memcmp(at, mark, known) != 0)
		return 0;
	return known == size ? 1 : ended ? 0 : -1;
}

/* Go on behind the `>` that ends what the scanner is inside of. false: it has not come. */
static bool
leave(struct markup *markup, struct news_text untaken)
{
	const char *end = untaken.at + untaken.bytes, *at = untaken.at + markup->at;
	const char *first = untaken.at + markup->begin;

	while (at < end) {
		const char *found = memchr(at, '>', (size_t)(end - at));
		if (found == NULL)
			break;
		at = found + 1;
		markup->at = (size_t)(at - untaken.at);
		switch (markup->inside) {
		case MARKUP_IN_COMMENT:
			if (found - first >= 2 && found[-1] == '-' && found[-2] == '-')
				return true;
			break;
		case MARKUP_IN_CDATA:
			if (found - first >= 2 && found[-1] == ']' && found[-2] == ']')
				return true;
			break;
		default:
			if (found - first >= 1 && found[-1] == '?')
				return true;
			break;
		}
	}
	markup->at = untaken.bytes;
	return false;
}

/* The same of a DOCTYPE, whose literals and comments may hold anything. */
static bool
leave_doctype(struct markup *markup, struct news_text untaken)
{
	const char *text = untaken.at;
	size_t at;

	for (at = markup->at; at < untaken.bytes; at++) {
		char byte = text[at];
		size_t known = at - markup->begin;
		if (markup->doctype != MARKUP_DOCTYPE_PLAIN) {
			if (byte != '>')
				continue;
			if (markup->doctype == MARKUP_DOCTYPE_INSTRUCTION ? text[at - 1] == '?'
									  : text[at - 1] == '-' && text[at - 2] == '-')
				markup->doctype = MARKUP_DOCTYPE_PLAIN;
		} else if (markup->quote != 0) {
			if (byte == markup->quote)
				markup->quote = 0;
		} else if (byte == '"' || byte == '\'') {
			markup->quote = byte;
		} else if (byte == '-' && known > 3 && memcmp(text + at - 3, "<!-", 3) == 0) {
			markup->doctype = MARKUP_DOCTYPE_COMMENT;
			markup->depth--;
		} else if (byte == '?' && text[at - 1] == '<') {
			markup->doctype = MARKUP_DOCTYPE_INSTRUCTION;
			markup->depth--;
		} else if (byte == '<' || byte == '[') {
			markup->depth++;
		} else if (byte == ']') {
			markup->depth -= markup->depth > 0;
		} else if (byte == '>' && markup->depth > 0) {
			markup->depth--;
		} else if (byte == '>') {
			markup->at = at + 1;
			return true;
		}
	}
	markup->at = at;
	return false;
}

/* What the `<!` or `<?` at AT of UNTAKEN opens. 1: it is entered, 0: nothing, -1: more must come. */
static int
enter(struct markup *markup, struct news_text untaken, bool ended)
{
	static const struct {
		const char *mark;
		int inside;
	} marks[] = {
	    {"<!--", MARKUP_IN_COMMENT},
	    {"<![CDATA[", MARKUP_IN_CDATA},
	    {"<!DOCTYPE", MARKUP_IN_DOCTYPE},
	    {"<?", MARKUP_IN_INSTRUCTION},
	};
	const char *at = untaken.at + markup->at;
	size_t left = untaken.bytes - markup->at, i;

	for (i = 0; i < sizeof marks / sizeof *marks; i++) {
		int is = begins_with(at, left, ended, marks[i].mark);
		if (is < 0)
			return -1;
		if (is > 0) {
			markup->inside = marks[i].inside;
			markup->begin = markup->at;
			markup->at += strlen(marks[i].mark);
			markup->quote = 0;
			markup->depth = 0;
			markup->doctype = MARKUP_DOCTYPE_PLAIN;
			return 1;
		}
	}
	return 0;
}

/* The tag at the `<` of `at`. 1: it is one, 0: it is none, -1: more must come. */
static int
read_tag(const struct markup *markup, struct news_text untaken, bool ended, struct markup_tag *tag)
{
	const char *begin = untaken.at + markup->at, *end = untaken.at + untaken.bytes, *at = begin + 1, *name;

	tag->kind = MARKUP_START;
	if (at < end && *at == '/') {
		tag->kind = MARKUP_END;
		at++;
	}
	if (at < end && !begins_name(*at))
		return 0;
	for (name = at; at < end && is_of_name(*at); at++) {
		if (at - name == MARKUP_NAME_MAX)
			return 0;
		if (*at == ':')
			name = at + 1;
	}
	if (at == end && !ended)
		return -1;
	tag->name = (struct news_text){name, (size_t)(at - name)};
	if (tag->kind == MARKUP_END) {
		size_t blanks = 0;
		while (at < end && is_blank(*at) && blanks++ < MARKUP_NAME_MAX)
			at++;
		if (at == end && !ended)
			return -1;
		if (at == end || *at++ != '>')
			return 0;
	}
	tag->span.begin = markup->at;
	tag->span.end = (size_t)(at - untaken.at);
	return 1;
}

bool
markup_next(struct markup *markup, struct news_text untaken, bool ended, struct markup_tag *tag)
{
	for (;;) {
		const char *found;
		int is;

		if (markup->inside == MARKUP_IN_DOCTYPE) {
			if (!leave_doctype(markup, untaken))
				return false;
			markup->inside = MARKUP_IN_TEXT;
			*tag = (struct markup_tag){.kind = MARKUP_DOCTYPE, .span = {markup->begin, markup->at}};
			return true;
		}
		if (markup->inside != MARKUP_IN_TEXT) {
			if (!leave(markup, untaken))
				return false;
			markup->inside = MARKUP_IN_TEXT;
		}
		found = markup->at < untaken.bytes ? memchr(untaken.at + markup->at, '<', untaken.bytes - markup->at)
						   : NULL;
		if (found == NULL) {
			markup->at = untaken.bytes;
			return false;
		}
		markup->at = (size_t)(found - untaken.at);
		if (untaken.bytes - markup->at < 2) {
			markup->at += ended;
			return false;
		}
		if (markup->xml && (found[1] == '!' || found[1] == '?')) {
			is = begins_with(found, untaken.bytes - markup->at, ended, "<?xml ");
			if (is > 0) {
				*tag = (struct markup_tag){.kind = MARKUP_DECLARATION,
				    .span = {markup->at, markup->at + 6}};
			} else if (is == 0) {
				is = enter(markup, untaken, ended);
				if (is > 0)
					continue;
			}
		} else {
			is = read_tag(markup, untaken, ended, tag);
		}
		if (is < 0)
			return false;
		if (is > 0) {
			markup->at = tag->span.end;
			return true;
		}
		markup->at++;
	}
}

int
markup_root(struct news_text begin, bool ended, struct news_text *name)
{
	struct markup markup;
	struct markup_tag tag;

	markup_start(&markup, true);
	if (*begin.at != '<')
		return 0;
	while (markup_next(&markup, begin, ended, &tag)) {
		if (tag.kind == MARKUP_START) {
			*name = tag.name;
			return 1;
		}
		if (tag.kind == MARKUP_END)
			return 0;
	}
	return ended ? 0 : -1;
}
