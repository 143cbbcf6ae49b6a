/* SPDX-License-Identifier: ISC
 *
 * Both libraries work on streams and write as much as their input allows, in pieces as large as there is room: a few
 * bytes that stand for gigabytes cost time, not memory.
 */
#define ZLIB_CONST
#include "decompress.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#ifdef WITH_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

/* zlib: the largest window, and a header and trailer of gzip. */
#define GZIP_WINDOW_BITS (15 + 16)

/* The longest magic number. Bytes. */
#define MAGIC_MAX 10

/* zstd: the header of a block. Bytes. */
#define BLOCK_HEADER 3

enum state {
	BETWEEN, /* a magic number must come; also at the beginning of the file */
	PLAIN,
	GZIP,
	ZSTD
};

struct decompress {
	enum state state;
	bool begun;          /* a member or frame came before */
	struct news_text in; /* what was fed and not yet used */
	bool ended;
	char held[MAGIC_MAX]; /* a magic number that came in pieces, gathered */
	size_t held_bytes;
	struct news_text front; /* what of `held` comes before `in`, once it is known what it is */
	z_stream gzip;
	bool has_gzip;
#ifdef WITH_ZSTD
	ZSTD_DCtx *zstd;
	size_t wanted; /* what completes the block at hand, with the header of the next. Bytes. */
	bool full;     /* the room did not do: there may be more of the block before */
#endif
};

/* What files can begin with. BETWEEN: known, so that nobody gets rows of noise, and not read. */
static const struct {
	const char *name, *magic;
	size_t bytes;
	unsigned char mask; /* of the first byte */
	enum state state;
} magics[] = {
    {"gzip", "\x1F\x8B", 2, 0xFF, GZIP},
#ifdef WITH_ZSTD
    {"zstd", "\x28\xB5\x2F\xFD", 4, 0xFF, ZSTD},
    {"zstd", "\x50\x2A\x4D\x18", 4, 0xF0, ZSTD}, /* a skippable frame: 50 to 5F */
#else
    {"zstd", "\x28\xB5\x2F\xFD", 4, 0xFF, BETWEEN},
    {"zstd", "\x50\x2A\x4D\x18", 4, 0xF0, BETWEEN},
#endif
    {"xz", "\xFD\x37zXZ\0", 6, 0xFF, BETWEEN},
    {"bzip2", "BZh91AY&SY", 10, 0xFF, BETWEEN},
};

struct decompress *
decompress_new(void)
{
	return calloc(1, sizeof(struct decompress));
}

void
decompress_free(struct decompress *decompress)
{
	if (decompress == NULL)
		return;
	if (decompress->has_gzip)
		(void)inflateEnd(&decompress->gzip);
#ifdef WITH_ZSTD
	ZSTD_freeDCtx(decompress->zstd);
#endif
	free(decompress);
}

void
decompress_start(struct decompress *decompress)
{
	decompress->state = BETWEEN;
	decompress->begun = decompress->ended = false;
	decompress->in = decompress->front = (struct news_text){NULL, 0};
	decompress->held_bytes = 0;
}

void
decompress_feed(struct decompress *decompress, struct news_text bytes, bool ended)
{
	decompress->in = bytes;
	decompress->ended = ended;
}

bool
decompress_is_plain(const struct decompress *decompress)
{
	return decompress->state == PLAIN && decompress->front.bytes == 0 && decompress->in.bytes == 0;
}

/* The bytes to go on with. */
static struct news_text *
source(struct decompress *decompress)
{
	return decompress->front.bytes > 0 ? &decompress->front : &decompress->in;
}

static void
advance(struct news_text *text, size_t bytes)
{
	if (bytes > 0)
		text->at += bytes;
	text->bytes -= bytes;
}

static enum news_status
fail(struct news_error *error, const char *name, const char *what)
{
	snprintf(error->text, sizeof error->text, "%s data %s", name, what);
	return NEWS_FAILED;
}

/* ---- gzip ---- */

static enum news_status
open_gzip(struct decompress *decompress)
{
	int result =
	    decompress->has_gzip ? inflateReset(&decompress->gzip) : inflateInit2(&decompress->gzip, GZIP_WINDOW_BITS);

	if (result != Z_OK)
		return NEWS_NO_MEMORY;
	decompress->has_gzip = true;
	return NEWS_OK;
}

static enum news_status
next_gzip(struct decompress *decompress, char *out, size_t room, size_t *made, struct news_error *error)
{
	struct news_text *in = source(decompress);
	z_stream *stream = &decompress->gzip;
	bool starved = in->bytes == 0;
	size_t given = in->bytes < UINT_MAX ? in->bytes : UINT_MAX;
	int result;

	room = room < UINT_MAX ? room : UINT_MAX;
	stream->next_in = (const Bytef *)in->at;
	stream->avail_in = (uInt)given;
	stream->next_out = (Bytef *)out;
	stream->avail_out = (uInt)room;
	result = inflate(stream, Z_SYNC_FLUSH);
	advance(in, given - stream->avail_in);
	*made = room - stream->avail_out;
	if (result == Z_STREAM_END)
		decompress->state = BETWEEN;
	/* zlib repeats an error as often as it is asked, so what it made before comes first. */
	if (result == Z_STREAM_END || *made > 0)
		return NEWS_OK;
	if (result == Z_MEM_ERROR)
		return NEWS_NO_MEMORY;
	if (result != Z_OK && result != Z_BUF_ERROR)
		return fail(error, "gzip", "is corrupt");
	return starved && decompress->ended ? fail(error, "gzip", "ends too early") : NEWS_OK;
}

/* ---- zstd ---- */

#ifdef WITH_ZSTD
static enum news_status
open_zstd(struct decompress *decompress)
{
	if (decompress->zstd == NULL)
		decompress->zstd = ZSTD_createDCtx();
	if (decompress->zstd == NULL)
		return NEWS_NO_MEMORY;
	if (ZSTD_isError(ZSTD_DCtx_reset(decompress->zstd, ZSTD_reset_session_and_parameters)) ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(decompress->zstd, ZSTD_d_windowLogMax, DECOMPRESS_WINDOW_LOG)))
		return NEWS_NO_MEMORY;
	decompress->wanted = 1;
	decompress->full = false;
	return NEWS_OK;
}

static enum news_status
fail_zstd(struct news_error *error, size_t result)
{
	switch (ZSTD_getErrorCode(result)) {
	case ZSTD_error_memory_allocation:
		return NEWS_NO_MEMORY;
	case ZSTD_error_frameParameter_windowTooLarge:
		return fail(error, "zstd", "needs a window over 128 MiB; pipe it through zstd -dc --long=31");
	case ZSTD_error_dictionary_wrong:
		return fail(error, "zstd", "needs a dictionary; pipe it through zstd -dc -D DICTIONARY");
	default:
		return fail(error, "zstd", "is corrupt");
	}
}

/* The library forgets what it made in a call that fails. So it gets a header or a block at a time: with more, as many
 * blocks before a corrupt one would be lost as happened to be fed together. */
static enum news_status
next_zstd(struct decompress *decompress, char *out, size_t room, size_t *made, struct news_error *error)
{
	struct news_text *in = source(decompress);
	size_t wanted = decompress->wanted > BLOCK_HEADER ? decompress->wanted - BLOCK_HEADER : decompress->wanted;
	ZSTD_inBuffer given = {in->at, in->bytes < wanted ? in->bytes : wanted, 0};
	ZSTD_outBuffer output = {out, room, 0};
	bool starved = in->bytes == 0;
	size_t result;

	if (decompress->full)
		given.size = 0;
	result = ZSTD_decompressStream(decompress->zstd, &output, &given);
	if (ZSTD_isError(result))
		return fail_zstd(error, result);
	*made = output.pos;
	advance(in, given.pos);
	decompress->wanted = result;
	decompress->full = output.pos == room;
	if (result == 0)
		decompress->state = BETWEEN;
	else if (starved && *made == 0 && decompress->ended)
		return fail(error, "zstd", "ends too early");
	return NEWS_OK;
}
#endif

/* ---- what comes next ---- */

/* Whether what is held begins with the magic number I: 1 yes, 0 no, -1 not known yet. */
static int
is_magic(const struct decompress *decompress, size_t i)
{
	const char *held = decompress->held, *magic = magics[i].magic;
	size_t known = decompress->held_bytes < magics[i].bytes ? decompress->held_bytes : magics[i].bytes;

	if (known > 0 &&
	    (((unsigned char)held[0] & magics[i].mask) != (unsigned char)magic[0] ||
		memcmp(held + 1, magic + 1, known - 1) != 0))
		return 0;
	return known == magics[i].bytes ? 1 : -1;
}

/* Fill up what is held; what the member before left of it comes first. Padding is passed over. */
static void
gather_magic(struct decompress *decompress)
{
	struct news_text *front = &decompress->front, *in = &decompress->in;

	while (decompress->begun && front->bytes > 0 && front->at[0] == '\0')
		advance(front, 1);
	if (front->bytes > 0) {
		memmove(decompress->held, front->at, front->bytes);
		decompress->held_bytes = front->bytes;
		front->bytes = 0;
	}
	if (decompress->begun && decompress->held_bytes == 0)
		while (in->bytes > 0 && in->at[0] == '\0')
			advance(in, 1);
	while (decompress->held_bytes < MAGIC_MAX && in->bytes > 0) {
		decompress->held[decompress->held_bytes++] = in->at[0];
		advance(in, 1);
	}
}

/* Go on in STATE with what is held. */
static void
enter(struct decompress *decompress, enum state state)
{
	decompress->state = state;
	decompress->begun = true;
	decompress->front = (struct news_text){decompress->held, decompress->held_bytes};
	decompress->held_bytes = 0;
}

static enum news_status
open_next(struct decompress *decompress, struct news_error *error)
{
	gather_magic(decompress);
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		int found = is_magic(decompress, i);

		if (found < 0 && !decompress->ended)
			return NEWS_OK;
		if (found <= 0)
			continue;
		if (magics[i].state == BETWEEN && !decompress->begun) {
			snprintf(error->text, sizeof error->text, "%s data is not read here; pipe it through %s -dc",
			    magics[i].name, magics[i].name);
			return NEWS_FAILED;
		}
		if (magics[i].state == BETWEEN)
			break;
		enter(decompress, magics[i].state);
#ifdef WITH_ZSTD
		if (decompress->state == ZSTD)
			return open_zstd(decompress);
#endif
		return open_gzip(decompress);
	}
	if (!decompress->begun) {
		enter(decompress, PLAIN);
		return NEWS_OK;
	}
	if (decompress->held_bytes == 0)
		return NEWS_END;
	snprintf(error->text, sizeof error->text, "garbage behind the compressed data was left out");
	return NEWS_REJECTED;
}

static enum news_status
next_plain(struct decompress *decompress, char *out, size_t room, size_t *made)
{
	struct news_text *in = source(decompress);

	*made = in->bytes < room ? in->bytes : room;
	if (*made == 0)
		return decompress->ended ? NEWS_END : NEWS_OK;
	memcpy(out, in->at, *made);
	advance(in, *made);
	return NEWS_OK;
}

enum news_status
decompress_next(struct decompress *decompress, char *out, size_t room, size_t *made, struct news_error *error)
{
	enum news_status status;
	enum state before;
	bool used_up;

	*made = 0;
	do {
		before = decompress->state;
		used_up = decompress->in.bytes == 0 && decompress->front.bytes == 0;
		switch (decompress->state) {
		case PLAIN:
			status = next_plain(decompress, out, room, made);
			break;
		case GZIP:
			status = next_gzip(decompress, out, room, made, error);
			break;
#ifdef WITH_ZSTD
		case ZSTD:
			status = next_zstd(decompress, out, room, made, error);
			break;
#endif
		default:
			status = open_next(decompress, error);
		}
	} while (status == NEWS_OK && *made == 0 && (!used_up || decompress->state != before));
	return status;
}
