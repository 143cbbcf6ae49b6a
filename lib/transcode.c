/* SPDX-License-Identifier: ISC */
#include "transcode.h"
#include "text.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 64

/* No character and no escape has as many bytes in any encoding. */
#define CHARACTER_MAX 16

static const char replacement[] = "\xEF\xBF\xBD";

struct transcode {
	iconv_t converter;
	bool open;
	char names[NAMES_MAX]; /* what it was begun with */
	char name[NAMES_MAX];  /* the one of them that iconv(3) knows */
	size_t unit;           /* bytes of a code unit */
	size_t replaced;
};

struct transcode *
transcode_new(void)
{
	return calloc(1, sizeof(struct transcode));
}

static void
close_converter(struct transcode *transcode)
{
	if (transcode->open)
		iconv_close(transcode->converter);
	transcode->open = false;
}

void
transcode_free(struct transcode *transcode)
{
	if (transcode == NULL)
		return;
	close_converter(transcode);
	free(transcode);
}

/* iconv(3) as standards have it, but for what it takes away of IN. */
static size_t
convert(iconv_t converter, struct news_text *in, char **out, size_t *room)
{
	char *at = (char *)in->at;

	size_t result = iconv(converter, &at, &in->bytes, out, room);
	in->at = at;
	return result;
}

/* The bytes of a code unit of the encoding NAME: what an `A` more costs in it. 1 where nothing converts to it. */
static size_t
measure_unit(const char *name)
{
	struct news_text in = {"A", 1};
	char out[32], *at = out, *first;
	size_t room = sizeof out, unit = 1;
	iconv_t converter = iconv_open(name, "UTF-8");

	if (converter == (iconv_t)-1)
		return 1;
	if (convert(converter, &in, &at, &room) != (size_t)-1) {
		first = at;
		in = (struct news_text){"A", 1};
		if (convert(converter, &in, &at, &room) != (size_t)-1 && at > first)
			unit = (size_t)(at - first);
	}
	iconv_close(converter);
	return unit <= 4 ? unit : 1;
}

bool
transcode_start(struct transcode *transcode, const char *names)
{
	size_t bytes = strlen(names);

	transcode->replaced = 0;
	if (transcode->open && strcmp(names, transcode->names) == 0) {
		(void)iconv(transcode->converter, NULL, NULL, NULL, NULL);
		return true;
	}
	close_converter(transcode);
	if (bytes >= NAMES_MAX)
		return false;
	memcpy(transcode->names, names, bytes + 1);
	while (*names != '\0' && !transcode->open) {
		char *name = transcode->name;

		bytes = strcspn(names, " ");
		memcpy(name, names, bytes);
		name[bytes] = '\0';
		transcode->converter = iconv_open("UTF-8", name);
		transcode->open = transcode->converter != (iconv_t)-1;
		if (transcode->open)
			transcode->unit = measure_unit(name);
		names += bytes + (names[bytes] == ' ');
	}
	return transcode->open;
}

const char *
transcode_name(const struct transcode *transcode)
{
	return transcode->name;
}

size_t
transcode_replaced(const struct transcode *transcode)
{
	return transcode->replaced;
}

/* How many bytes at the front of IN one U+FFFD stands for, now that the converter has stopped here. None, where it has
 * passed by the sequence already: glibc does so in CP949. The state of the converter stays as it is. */
static size_t
ill_formed(struct transcode *transcode, struct news_text in)
{
	size_t bytes = transcode->unit, longest = bytes;

	for (; bytes <= in.bytes && bytes < CHARACTER_MAX; bytes += transcode->unit) {
		struct news_text part = {in.at, bytes};
		char scratch[TRANSCODE_ROOM], *at = scratch;
		size_t room = sizeof scratch;

		if (convert(transcode->converter, &part, &at, &room) != (size_t)-1 || part.bytes < bytes)
			return 0;
		if (errno != EINVAL)
			return longest;
		longest = bytes;
	}
	return bytes < CHARACTER_MAX ? 0 : transcode->unit;
}

size_t
transcode_next(struct transcode *transcode, struct news_text *in, bool ended, char *out, size_t room)
{
	const char *passed_by = NULL; /* where it stopped behind an ill-formed sequence */
	char *at = out;

	while (in->bytes > 0) {
		size_t ill;

		if (convert(transcode->converter, in, &at, &room) != (size_t)-1)
			break;
		if (errno == E2BIG && at > out)
			break;
		if (errno == EINVAL && !ended && in->bytes < CHARACTER_MAX)
			break;
		if (room < sizeof replacement - 1)
			break;
		ill = errno == EINVAL && ended ? in->bytes : ill_formed(transcode, *in);
		if (ill == 0 && in->at == passed_by)
			ill = transcode->unit < in->bytes ? transcode->unit : in->bytes;
		passed_by = in->at;
		memcpy(at, replacement, sizeof replacement - 1);
		at += sizeof replacement - 1;
		room -= sizeof replacement - 1;
		in->at += ill;
		in->bytes -= ill;
		transcode->replaced++;
	}
	/* What the converter holds back, to see whether an accent follows; where there is no room, the next call has.
	 */
	if (ended && in->bytes == 0)
		(void)iconv(transcode->converter, NULL, NULL, &at, &room);
	return (size_t)(at - out);
}

bool
transcode_add(struct transcode *transcode, struct news_text raw, struct buffer *out)
{
	size_t made;

	do {
		if (!buffer_reserve(out, raw.bytes + TRANSCODE_ROOM))
			return false;
		made = transcode_next(transcode, &raw, true, out->at + out->bytes, out->room - out->bytes);
		out->bytes += made;
	} while (made > 0);
	return true;
}

static bool
is_well_formed(struct news_text text)
{
	size_t width;

	for (size_t i = 0; i < text.bytes; i += width) {
		if ((unsigned char)text.at[i] < 0x80) {
			width = 1;
			continue;
		}
		if (text_decode(text.at + i, text.bytes - i, &width) == 0xFFFD &&
		    (width != sizeof replacement - 1 || memcmp(text.at + i, replacement, width) != 0))
			return false;
	}
	return true;
}

bool
transcode_guess(struct transcode *transcode, struct news_text raw, struct buffer *out, struct news_text *text,
    size_t *replaced)
{
	*text = raw;
	if (is_well_formed(raw))
		return true;
	out->bytes = 0;
	if (!transcode_start(transcode, "WINDOWS-1252 CP1252") || !transcode_add(transcode, raw, out))
		return false;
	*text = (struct news_text){out->at, out->bytes};
	*replaced += transcode->replaced;
	return true;
}
