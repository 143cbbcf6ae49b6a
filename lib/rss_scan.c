/* SPDX-License-Identifier: ISC */
#include "rss_scan.h"

#include <string.h>

static bool
begins_name(char byte)
{
	return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '_' || byte == ':' || (byte & 0x80) != 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Whether the bytes at AT begin with MARK, whatever the case of its letters: 1 yes, 0 no, -1 more must come. */
static int
begins_with(struct news_text untaken, size_t at, const char *mark)
{
	size_t i;

	for (i = 0; mark[i] != '\0'; i++) {
		char byte;
		if (at + i == untaken.bytes)
			return -1;
		byte = untaken.at[at + i];
		if (byte >= 'a' && byte <= 'z')
			byte = (char)(byte - 0x20);
		if (byte != mark[i])
			return 0;
	}
	return 1;
}

/* Go behind MARK. false: it has not come. */
static bool
pass(struct rss_scan *scan, struct news_text untaken, const char *mark)
{
	size_t bytes = strlen(mark);

	while (scan->at < untaken.bytes) {
		const char *found = memchr(untaken.at + scan->at, *mark, untaken.bytes - scan->at);
		if (found == NULL) {
			scan->at = untaken.bytes;
			return false;
		}
		scan->at = (size_t)(found - untaken.at);
		if (untaken.bytes - scan->at < bytes)
			return false;
		if (memcmp(found, mark, bytes) == 0) {
			scan->at += bytes;
			return true;
		}
		scan->at++;
	}
	return false;
}

static void
enter(struct rss_scan *scan, enum rss_scan_state state, size_t bytes)
{
	scan->state = scan->barren[state] ? RSS_IN_TEXT : state;
	scan->at += bytes;
	scan->quote = '\0';
	scan->is_declared = false;
}

/* What the `<` before `at` begins. false: more must come. */
static bool
open_markup(struct rss_scan *scan, struct news_text untaken)
{
	int comment, section, type;
	char byte;

	if (scan->at == untaken.bytes)
		return false;
	byte = untaken.at[scan->at];
	scan->is_end = false;
	switch (byte) {
	case '!':
		comment = begins_with(untaken, scan->at, "!--");
		section = begins_with(untaken, scan->at, "![CDATA[");
		type = begins_with(untaken, scan->at, "!DOCTYPE");
		if (comment < 0 || section < 0 || type < 0)
			return false;
		if (comment > 0)
			enter(scan, RSS_IN_COMMENT, 3);
		else if (section > 0)
			enter(scan, RSS_IN_CDATA, 8);
		else if (type > 0)
			enter(scan, RSS_IN_TYPE, 8);
		else
			scan->state = RSS_IN_TEXT;
		return true;
	case '?':
		enter(scan, RSS_IN_INSTRUCTION, 1);
		return true;
	case '/':
		if (scan->at + 1 == untaken.bytes)
			return false;
		if (!begins_name(untaken.at[scan->at + 1])) {
			scan->state = RSS_IN_TEXT;
			return true;
		}
		scan->is_end = true;
		scan->at++;
		break;
	default:
		if (!begins_name(byte)) {
			scan->state = RSS_IN_TEXT;
			return true;
		}
	}
	scan->state = RSS_IN_NAME;
	scan->name = scan->local = (struct news_span){scan->at, scan->at};
	return true;
}

/* Go on with a name. false: more must come. */
static bool
take_name(struct rss_scan *scan, struct news_text untaken)
{
	for (; scan->at < untaken.bytes; scan->at++) {
		char byte = untaken.at[scan->at];
		bool overlong = scan->at - scan->name.begin == RSS_NAME_MAX;

		if (overlong || is_blank(byte) || byte == '>' || byte == '/' || byte == '<') {
			scan->name.end = scan->local.end = scan->at;
			if (overlong)
				scan->local.begin = scan->at;
			scan->state = RSS_IN_TAG;
			scan->last = '\0';
			return true;
		}
		if (byte == ':')
			scan->local.begin = scan->at + 1;
	}
	return false;
}

/* Go on with a tag behind its name. RSS_MORE: more must come. */
static enum rss_event
take_tag(struct rss_scan *scan, struct news_text untaken)
{
	while (scan->at < untaken.bytes) {
		char byte = untaken.at[scan->at];

		if (byte == '<') {
			scan->state = RSS_IN_TEXT;
			return RSS_CLOSE;
		}
		scan->at++;
		if (scan->state == RSS_IN_VALUE) {
			if (byte == scan->quote) {
				scan->state = RSS_IN_TAG;
				scan->last = byte;
			}
			continue;
		}
		if (byte == '>') {
			scan->state = RSS_IN_TEXT;
			return scan->last == '/' && !scan->is_end ? RSS_EMPTY : RSS_CLOSE;
		}
		/* a mark elsewhere is a slip of the pen: <a href="x"" title='y'> */
		if ((byte == '"' || byte == '\'') && scan->last == '=') {
			scan->quote = byte;
			scan->state = RSS_IN_VALUE;
		}
		if (!is_blank(byte))
			scan->last = byte;
	}
	return RSS_MORE;
}

/* Go on with a document type. false: more must come. */
static bool
take_type(struct rss_scan *scan, struct news_text untaken)
{
	for (;;) {
		int note;
		char byte;

		if (scan->state == RSS_IN_TYPE_NOTE) {
			if (!pass(scan, untaken, "-->"))
				return false;
			scan->state = RSS_IN_TYPE;
		}
		if (scan->at == untaken.bytes)
			return false;
		byte = untaken.at[scan->at];
		if (scan->quote != '\0') {
			if (byte == scan->quote)
				scan->quote = '\0';
		} else if (byte == '"' || byte == '\'') {
			scan->quote = byte;
		} else if (byte == '[') {
			scan->is_declared = true;
		} else if (byte == ']') {
			scan->is_declared = false;
		} else if (byte == '>' && !scan->is_declared) {
			scan->at++;
			return true;
		} else if (byte == '<') {
			note = begins_with(untaken, scan->at, "<!--");
			if (note < 0)
				return false;
			if (note > 0) {
				scan->at += 3;
				scan->state = RSS_IN_TYPE_NOTE;
			}
		}
		scan->at++;
	}
}

enum rss_event
rss_scan_next(struct rss_scan *scan, struct news_text untaken, bool ended)
{
	static const char *const ends[RSS_SCAN_STATES] =
	    {[RSS_IN_COMMENT] = "-->", [RSS_IN_CDATA] = "]]>", [RSS_IN_INSTRUCTION] = "?>"};

	for (;;) {
		enum rss_scan_state state = scan->state;
		const char *open;
		bool done;

		switch (state) {
		case RSS_IN_TEXT:
			open = scan->at < untaken.bytes ? memchr(untaken.at + scan->at, '<', untaken.bytes - scan->at)
							: NULL;
			if (open == NULL) {
				scan->at = untaken.bytes;
				return RSS_MORE;
			}
			scan->begin = (size_t)(open - untaken.at);
			scan->lost = false;
			scan->at = scan->begin + 1;
			scan->state = RSS_AT_OPEN;
			continue;
		case RSS_AT_OPEN:
			if (!open_markup(scan, untaken))
				return RSS_MORE;
			continue;
		case RSS_IN_NAME:
			if (!take_name(scan, untaken))
				return RSS_MORE;
			return scan->is_end ? RSS_END : RSS_BEGIN;
		case RSS_IN_TAG:
		case RSS_IN_VALUE:
			return take_tag(scan, untaken);
		case RSS_IN_TYPE:
		case RSS_IN_TYPE_NOTE:
			state = RSS_IN_TYPE;
			done = take_type(scan, untaken);
			break;
		default:
			done = pass(scan, untaken, ends[state]);
		}
		if (done) {
			scan->state = RSS_IN_TEXT;
			return RSS_OTHER;
		}
		if (!ended || scan->lost)
			return RSS_MORE;
		/* It never ends, so it is none; nor are those of its kind that follow. */
		scan->barren[state] = true;
		scan->state = RSS_IN_TEXT;
		scan->at = scan->begin + 1;
	}
}

void
rss_scan_taken(struct rss_scan *scan, size_t bytes)
{
	scan->at -= bytes;
	scan->lost = scan->lost || scan->begin < bytes;
	scan->begin -= scan->begin < bytes ? scan->begin : bytes;
	scan->name.begin -= scan->name.begin < bytes ? scan->name.begin : bytes;
	scan->name.end -= scan->name.end < bytes ? scan->name.end : bytes;
	scan->local.begin -= scan->local.begin < bytes ? scan->local.begin : bytes;
	scan->local.end -= scan->local.end < bytes ? scan->local.end : bytes;
}

size_t
rss_scan_done(const struct rss_scan *scan)
{
	switch (scan->state) {
	case RSS_IN_TEXT:
	case RSS_IN_TAG:
	case RSS_IN_VALUE:
		return scan->at;
	default:
		return scan->begin;
	}
}
