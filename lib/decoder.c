/* SPDX-License-Identifier: ISC
 *
 * Two stages: decompress, then transcode where the bytes are text in another encoding than UTF-8. Text in UTF-8 passes
 * from the first straight to the caller once that is known; only what is converted is gathered in between.
 */
#include "buffer.h"
#include "charset.h"
#include "decompress.h"
#include "transcode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIDDLE_BYTES ((size_t)64 * 1024)

enum state {
	UNDECIDED, /* more bytes must be seen */
	UNTOUCHED,
	CONVERTED
};

struct news_decoder {
	struct decompress *decompress;
	struct transcode *transcode;
	const char *encoding; /* told by the user; or NULL */
	bool is_text;
	enum state state;
	enum news_status status; /* of the first stage; once not NEWS_OK, nothing more comes from it */
	struct news_error error;
	char *middle; /* between the stages */
	size_t begin, end;
};

bool
news_encoding_is_known(const char *name)
{
	struct transcode *transcode;
	bool known;

	/* iconv(3) would take the locale's for an empty name, and options behind a slash. */
	if (name[0] == '\0' || strpbrk(name, " /") != NULL)
		return false;
	transcode = transcode_new();
	known = transcode != NULL && transcode_start(transcode, charset_with_order(name, (struct news_text){"", 0}));
	transcode_free(transcode);
	return known;
}

struct news_decoder *
news_decoder_new(const struct news_reader_options *options)
{
	struct news_decoder *decoder = calloc(1, sizeof *decoder);

	if (decoder == NULL)
		return NULL;
	decoder->is_text = options != NULL;
	decoder->encoding = options != NULL ? options->encoding : NULL;
	decoder->decompress = decompress_new();
	decoder->transcode = transcode_new();
	decoder->middle = malloc(MIDDLE_BYTES);
	if (decoder->decompress == NULL || decoder->transcode == NULL || decoder->middle == NULL) {
		news_decoder_free(decoder);
		return NULL;
	}
	news_decoder_start(decoder);
	return decoder;
}

void
news_decoder_free(struct news_decoder *decoder)
{
	if (decoder == NULL)
		return;
	decompress_free(decoder->decompress);
	transcode_free(decoder->transcode);
	free(decoder->middle);
	free(decoder);
}

void
news_decoder_start(struct news_decoder *decoder)
{
	decompress_start(decoder->decompress);
	decoder->state = decoder->is_text ? UNDECIDED : UNTOUCHED;
	decoder->status = NEWS_OK;
	decoder->begin = decoder->end = 0;
}

void
news_decoder_feed(struct news_decoder *decoder, struct news_text bytes, bool ended)
{
	decompress_feed(decoder->decompress, bytes, ended);
}

bool
news_decoder_is_idle(const struct news_decoder *decoder)
{
	return decoder->state == UNTOUCHED && decoder->begin == decoder->end && decoder->status == NEWS_OK &&
	    decompress_is_plain(decoder->decompress);
}

const char *
news_decoder_encoding(const struct news_decoder *decoder, size_t *replaced)
{
	if (decoder->state != CONVERTED)
		return NULL;
	*replaced = transcode_replaced(decoder->transcode);
	return transcode_name(decoder->transcode);
}

static bool
is_utf8(const char *encoding)
{
	const char *names = charset_names((struct news_text){encoding, strlen(encoding)});

	return names != NULL && strcmp(names, "UTF-8") == 0;
}

/* Whether a WARC file begins, which is no text: each of its records has an encoding of its own. 1 yes, 0 no, -1 not
 * known yet. */
static int
is_archive(struct news_text begin, bool ended)
{
	static const char magic[] = "WARC/";
	size_t known = begin.bytes < sizeof magic - 1 ? begin.bytes : sizeof magic - 1;

	if (known > 0 && memcmp(begin.at, magic, known) != 0)
		return 0;
	return known == sizeof magic - 1 ? 1 : ended ? 0 : -1;
}

/* Convert from the encoding that the file calls LABEL. */
static enum news_status
convert_declared(struct news_decoder *decoder, struct news_text label)
{
	const char *names = charset_names(label);
	char shown[64];
	size_t bytes = 0;

	if (names != NULL && transcode_start(decoder->transcode, names)) {
		decoder->state = CONVERTED;
		return NEWS_OK;
	}
	for (; bytes < label.bytes && bytes < sizeof shown - 1; bytes++)
		shown[bytes] = label.at[bytes] >= ' ' && label.at[bytes] <= '~' ? label.at[bytes] : '?';
	shown[bytes] = '\0';
	snprintf(decoder->error.text, sizeof decoder->error.text,
	    "encoding '%s' is not known here; say with --from which one it is", shown);
	return NEWS_FAILED;
}

/* Decide what is done with the text that begins in the middle; it stays undecided where more must be seen. */
static enum news_status
decide(struct news_decoder *decoder)
{
	struct news_text begin = {decoder->middle, decoder->end}, label;
	bool ended = decoder->status != NEWS_OK || decoder->end >= CHARSET_PROBE;
	int found = is_archive(begin, ended);

	if (found < 0)
		return NEWS_OK;
	if (found > 0 || (decoder->encoding != NULL && is_utf8(decoder->encoding))) {
		decoder->state = UNTOUCHED;
		return NEWS_OK;
	}
	if (decoder->encoding != NULL) {
		if (begin.bytes < 4 && !ended)
			return NEWS_OK;
		decoder->state = CONVERTED;
		/* It was known when the options were read. */
		return transcode_start(decoder->transcode, charset_with_order(decoder->encoding, begin))
		    ? NEWS_OK
		    : NEWS_NO_MEMORY;
	}
	found = charset_declared(begin, ended, &label);
	if (found > 0)
		return convert_declared(decoder, label);
	if (found == 0)
		decoder->state = UNTOUCHED;
	return NEWS_OK;
}

/* Write what the middle has, converted where it must be. */
static size_t
drain(struct news_decoder *decoder, char *out, size_t room)
{
	struct news_text in = {decoder->middle + decoder->begin, decoder->end - decoder->begin};
	size_t made;

	if (decoder->state == CONVERTED) {
		made = transcode_next(decoder->transcode, &in, decoder->status != NEWS_OK, out, room);
		decoder->begin = decoder->end - in.bytes;
	} else {
		made = in.bytes < room ? in.bytes : room;
		memcpy(out, in.at, made);
		decoder->begin += made;
	}
	return made;
}

/* Have the first stage write behind what the middle has. false: it has nothing to write. */
static bool
fill(struct news_decoder *decoder)
{
	size_t room = decoder->state == UNDECIDED ? CHARSET_PROBE : MIDDLE_BYTES, made;

	memmove(decoder->middle, decoder->middle + decoder->begin, decoder->end - decoder->begin);
	decoder->end -= decoder->begin;
	decoder->begin = 0;
	decoder->status = decompress_next(decoder->decompress, decoder->middle + decoder->end, room - decoder->end,
	    &made, &decoder->error);
	decoder->end += made;
	return made > 0 || decoder->status != NEWS_OK;
}

enum news_status
news_decoder_next(struct news_decoder *decoder, char *out, size_t room, size_t *made, struct news_error *error)
{
	enum news_status status;

	*made = 0;
	while (true) {
		if (decoder->state == UNDECIDED && (status = decide(decoder)) != NEWS_OK) {
			*error = decoder->error;
			return status;
		}
		if (decoder->state != UNDECIDED && (*made = drain(decoder, out, room)) > 0)
			return NEWS_OK;
		if (decoder->status != NEWS_OK) {
			*error = decoder->error;
			return decoder->status;
		}
		if (decoder->state == UNTOUCHED) {
			decoder->status = decompress_next(decoder->decompress, out, room, made, &decoder->error);
			if (*made > 0 || decoder->status == NEWS_OK)
				return NEWS_OK;
		} else if (!fill(decoder)) {
			return NEWS_OK;
		}
	}
}
