/* SPDX-License-Identifier: ISC
 *
 * What the bytes of a file become before they are cut, and that it never depends on how they come.
 */
#include "buffer.h"
#include "charset.h"
#include "decompress.h"
#include "transcode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>
#ifdef WITH_ZSTD
#include <zstd.h>
#endif

struct result {
	struct buffer out;
	enum news_status status;
	struct news_error error;
	bool idle; /* in the end */
};

static const struct news_reader_options text_options;

/* Feed INPUT in pieces: of FIRST bytes, then of STEP bytes each (0: the rest at once). Every piece is in memory of its
 * own, just as large, and so is the room for what is made, ROOM bytes. */
static void
decode(struct news_decoder *decoder, struct news_text input, size_t first, size_t step, size_t room,
    struct result *result)
{
	size_t fed = 0, piece = first;
	char *copy = NULL, *out = malloc(room);
	bool ended = false;

	assert_non_null(out);
	result->out.bytes = 0;
	result->error.text[0] = '\0';
	news_decoder_start(decoder);
	for (;;) {
		size_t made;

		result->status = news_decoder_next(decoder, out, room, &made, &result->error);
		assert_true(made <= room && (made == 0 || result->status == NEWS_OK));
		assert_true(buffer_add(&result->out, out, made));
		if (result->status != NEWS_OK)
			break;
		if (made > 0)
			continue;
		assert_false(ended);
		free(copy);
		if (piece == 0 || piece > input.bytes - fed)
			piece = input.bytes - fed;
		copy = malloc(piece + (piece == 0));
		assert_non_null(copy);
		if (piece > 0)
			memcpy(copy, input.at + fed, piece);
		fed += piece;
		ended = piece == 0;
		news_decoder_feed(decoder, (struct news_text){copy, piece}, ended);
		piece = step;
	}
	result->idle = news_decoder_is_idle(decoder);
	assert_true(buffer_add_byte(&result->out, '\0'));
	result->out.bytes--;
	free(copy);
	free(out);
}

static void
same_result(const struct result *a, const struct result *b)
{
	assert_int_equal(a->status, b->status);
	assert_string_equal(a->error.text, b->error.text);
	assert_int_equal(a->out.bytes, b->out.bytes);
	assert_memory_equal(a->out.at, b->out.at, a->out.bytes);
}

/* Decode INPUT in many ways, which must all give the same. RESULT is to be released. */
static void
decode_all_ways(const struct news_reader_options *options, struct news_text input, struct result *result)
{
	struct news_decoder *decoder = news_decoder_new(options);
	struct result other = {0};

	assert_non_null(decoder);
	decode(decoder, input, 0, 0, 65536, result);
	decode(decoder, input, 1, 1, 65536, &other);
	same_result(&other, result);
	decode(decoder, input, 0, 0, NEWS_DECODER_ROOM, &other);
	same_result(&other, result);
	decode(decoder, input, 3, 7, 100, &other);
	same_result(&other, result);
	for (size_t split = 1; split < input.bytes; split += input.bytes < 400 ? 1 : input.bytes / 97) {
		decode(decoder, input, split, 0, 300, &other);
		same_result(&other, result);
	}
	buffer_release(&other.out);
	news_decoder_free(decoder);
}

static void
check_bytes(const struct news_reader_options *options, struct news_text input, enum news_status status,
    struct news_text expected, const char *why)
{
	struct result result = {0};

	decode_all_ways(options, input, &result);
	assert_int_equal(result.out.bytes, expected.bytes);
	assert_memory_equal(result.out.at, expected.at, expected.bytes);
	assert_int_equal(result.status, status);
	assert_string_equal(result.error.text, why);
	buffer_release(&result.out);
}

#define TEXT(literal) ((struct news_text){literal, sizeof(literal) - 1})
#define CHECK(options, input, expected) check_bytes(options, TEXT(input), NEWS_END, TEXT(expected), "")
#define CHECK_FAILS(options, input, expected, why) check_bytes(options, TEXT(input), NEWS_FAILED, TEXT(expected), why)

/* ---- making compressed data ---- */

static void
add_gzip(struct buffer *out, struct news_text text)
{
	z_stream stream = {0};

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_true(buffer_reserve(out, deflateBound(&stream, text.bytes)));
	stream.next_in = (Bytef *)text.at;
	stream.avail_in = (uInt)text.bytes;
	stream.next_out = (Bytef *)out->at + out->bytes;
	stream.avail_out = (uInt)(out->room - out->bytes);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	out->bytes = out->room - stream.avail_out;
	deflateEnd(&stream);
}

#ifdef WITH_ZSTD
static void
add_zstd(struct buffer *out, struct news_text text, int window_log, bool checksum)
{
	ZSTD_CCtx *context = ZSTD_createCCtx();
	size_t bytes;

	assert_non_null(context);
	assert_false(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum)));
	if (window_log > 0) {
		assert_false(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log)));
		assert_false(ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0)));
	}
	assert_true(buffer_reserve(out, ZSTD_compressBound(text.bytes)));
	bytes = ZSTD_compress2(context, out->at + out->bytes, out->room - out->bytes, text.at, text.bytes);
	assert_false(ZSTD_isError(bytes));
	out->bytes += bytes;
	ZSTD_freeCCtx(context);
}
#endif

/* Text of BYTES bytes that compresses somewhat. */
static struct news_text
make_text(struct buffer *out, size_t bytes)
{
	static const char *const words[] = {"the ", "storm ", "said ", "on Monday, ", "ended.\n", "a ", "42 ",
	    "mayor "};
	unsigned seed = 7;

	out->bytes = 0;
	while (out->bytes < bytes) {
		const char *word;

		seed = seed * 1103515245 + 12345;
		word = words[(seed >> 16) % 8];
		assert_true(buffer_add(out, word, strlen(word)));
		if ((seed >> 24) % 3 == 0)
			assert_true(buffer_add_number(out, seed >> 12, 0));
	}
	out->bytes = bytes;
	return (struct news_text){out->at, out->bytes};
}

static struct news_text
bytes_of(const struct buffer *buffer)
{
	return (struct news_text){buffer->at, buffer->bytes};
}

/* ---- plain and compressed ---- */

static void
plain_bytes_pass(void **state)
{
	const struct news_reader_options *const options[] = {NULL, &text_options};
	struct buffer text = {0};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		CHECK(options[i], "", "");
		CHECK(options[i], "a", "a");
		CHECK(options[i], "\x1F", "\x1F");
		CHECK(options[i], "\x1F\x8C", "\x1F\x8C");
		CHECK(options[i], "\x28\xB5\x2F", "\x28\xB5\x2F");
		CHECK(options[i], "\x28\xB5\x2F\xFE", "\x28\xB5\x2F\xFE");
		CHECK(options[i], "BZh", "BZh");
		CHECK(options[i], "Bilbao won.\0\xFF\n", "Bilbao won.\0\xFF\n");
		CHECK(options[i], "\xEF\xBB\xBF", "\xEF\xBB\xBF");
	}
	make_text(&text, 5000);
	check_bytes(&text_options, bytes_of(&text), NEWS_END, bytes_of(&text), "");
	buffer_release(&text);
}

static void
plain_bytes_need_not_be_fed(void **state)
{
	struct news_decoder *decoder = news_decoder_new(&text_options);
	struct news_error error;
	char out[NEWS_DECODER_ROOM];
	size_t made;

	(void)state;
	assert_non_null(decoder);
	assert_false(news_decoder_is_idle(decoder));
	news_decoder_feed(decoder, TEXT("\x1F"), false);
	assert_int_equal(news_decoder_next(decoder, out, sizeof out, &made, &error), NEWS_OK);
	assert_int_equal(made, 0);
	assert_false(news_decoder_is_idle(decoder));
	news_decoder_feed(decoder, TEXT("abc"), false);
	assert_int_equal(news_decoder_next(decoder, out, sizeof out, &made, &error), NEWS_OK);
	assert_int_equal(made, 4);
	assert_int_equal(news_decoder_next(decoder, out, sizeof out, &made, &error), NEWS_OK);
	assert_int_equal(made, 0);
	assert_true(news_decoder_is_idle(decoder));
	news_decoder_start(decoder);
	assert_false(news_decoder_is_idle(decoder));
	news_decoder_free(decoder);
}

/* COMPRESSED holds TEXT and nothing else: whole, and cut off and changed at every byte. */
static void
check_compressed(const struct buffer *compressed, struct news_text text, const char *name, bool has_checksum)
{
	struct result result = {0};
	char too_early[64], corrupt[64];

	snprintf(too_early, sizeof too_early, "%s data ends too early", name);
	snprintf(corrupt, sizeof corrupt, "%s data is corrupt", name);
	check_bytes(NULL, bytes_of(compressed), NEWS_END, text, "");
	check_bytes(&text_options, bytes_of(compressed), NEWS_END, text, "");
	for (size_t bytes = 4; bytes < compressed->bytes; bytes++) {
		decode_all_ways(NULL, (struct news_text){compressed->at, bytes}, &result);
		assert_int_equal(result.status, NEWS_FAILED);
		assert_string_equal(result.error.text, too_early);
		assert_true(result.out.bytes <= text.bytes);
		assert_memory_equal(result.out.at, text.at, result.out.bytes);
		assert_false(result.idle);
	}
	for (size_t i = 4; i < compressed->bytes; i++) {
		compressed->at[i] ^= 0x40;
		decode_all_ways(NULL, bytes_of(compressed), &result);
		if (result.status == NEWS_END && has_checksum) {
			assert_int_equal(result.out.bytes, text.bytes);
			assert_memory_equal(result.out.at, text.at, text.bytes);
		}
		if (result.status == NEWS_FAILED)
			assert_true(strcmp(result.error.text, corrupt) == 0 ||
			    strcmp(result.error.text, too_early) == 0 || strstr(result.error.text, "needs a") != NULL);
		compressed->at[i] ^= 0x40;
	}
	buffer_release(&result.out);
}

static void
gzip_is_undone(void **state)
{
	struct buffer text = {0}, compressed = {0};

	(void)state;
	add_gzip(&compressed, make_text(&text, 200));
	check_compressed(&compressed, bytes_of(&text), "gzip", true);
	compressed.bytes = 0;
	add_gzip(&compressed, make_text(&text, 300000));
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, bytes_of(&text), "");
	compressed.bytes = 0;
	add_gzip(&compressed, TEXT(""));
	CHECK_FAILS(NULL, "\x1F\x8B", "", "gzip data ends too early");
	CHECK_FAILS(NULL, "\x1F\x8B\x08", "", "gzip data ends too early");
	CHECK_FAILS(NULL, "\x1F\x8B\x07\0", "", "gzip data is corrupt");
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT(""), "");
	buffer_release(&text);
	buffer_release(&compressed);
}

static void
members_follow_one_another(void **state)
{
	struct buffer compressed = {0};
	size_t padded;

	(void)state;
	add_gzip(&compressed, TEXT("One. "));
	add_gzip(&compressed, TEXT(""));
	add_gzip(&compressed, TEXT("Two.\n"));
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT("One. Two.\n"), "");
	for (size_t i = 0; i < 30; i++)
		assert_true(buffer_add_byte(&compressed, '\0'));
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT("One. Two.\n"), "");
	padded = compressed.bytes;
	add_gzip(&compressed, TEXT("Three.\n"));
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT("One. Two.\nThree.\n"), "");
	compressed.bytes = padded;
	assert_true(buffer_add(&compressed, "x", 1));
	check_bytes(NULL, bytes_of(&compressed), NEWS_REJECTED, TEXT("One. Two.\n"),
	    "garbage behind the compressed data was left out");
	assert_true(buffer_add(&compressed, "and a whole lot more of it", 26));
	check_bytes(NULL, bytes_of(&compressed), NEWS_REJECTED, TEXT("One. Two.\n"),
	    "garbage behind the compressed data was left out");
	buffer_release(&compressed);
}

#ifdef WITH_ZSTD
static void
zstd_is_undone(void **state)
{
	struct buffer text = {0}, compressed = {0};

	(void)state;
	for (int checksum = 0; checksum < 2; checksum++) {
		compressed.bytes = 0;
		add_zstd(&compressed, make_text(&text, 200), 0, checksum);
		check_compressed(&compressed, bytes_of(&text), "zstd", checksum);
		compressed.bytes = 0;
		add_zstd(&compressed, make_text(&text, 300000), 0, checksum);
		check_bytes(NULL, bytes_of(&compressed), NEWS_END, bytes_of(&text), "");
	}
	buffer_release(&text);
	buffer_release(&compressed);
}

/* A frame of several blocks, spoilt in a late one: those before it come out however the bytes are fed. */
static void
blocks_before_a_corrupt_one_are_kept(void **state)
{
	struct buffer text = {0}, compressed = {0};
	struct result result = {0};

	(void)state;
	add_zstd(&compressed, make_text(&text, 600000), 17, true);
	for (size_t i = 1; i < 60; i++) {
		size_t at = compressed.bytes - compressed.bytes * i / 64;

		compressed.at[at] ^= 0x55;
		decode_all_ways(NULL, bytes_of(&compressed), &result);
		assert_int_equal(result.status, NEWS_FAILED);
		compressed.at[at] ^= 0x55;
	}
	compressed.at[compressed.bytes - 1] ^= 1;
	decode_all_ways(NULL, bytes_of(&compressed), &result);
	assert_int_equal(result.status, NEWS_FAILED);
	assert_int_equal(result.out.bytes, text.bytes);
	buffer_release(&result.out);
	buffer_release(&text);
	buffer_release(&compressed);
}

static void
frames_follow_one_another(void **state)
{
	static const char skippable[] = "\x5A\x2A\x4D\x18\x05\0\0\0-----";
	struct buffer compressed = {0};

	(void)state;
	assert_true(buffer_add(&compressed, skippable, sizeof skippable - 1));
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT(""), "");
	add_zstd(&compressed, TEXT("One. "), 0, false);
	add_zstd(&compressed, TEXT(""), 0, false);
	assert_true(buffer_add(&compressed, skippable, sizeof skippable - 1));
	add_gzip(&compressed, TEXT("Two. "));
	add_zstd(&compressed, TEXT("Three.\n"), 0, true);
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT("One. Two. Three.\n"), "");
	assert_true(buffer_add(&compressed, "\0\0\0", 3));
	check_bytes(NULL, bytes_of(&compressed), NEWS_END, TEXT("One. Two. Three.\n"), "");
	assert_true(buffer_add(&compressed, "\x28\xB5\x2F", 3));
	check_bytes(NULL, bytes_of(&compressed), NEWS_REJECTED, TEXT("One. Two. Three.\n"),
	    "garbage behind the compressed data was left out");
	buffer_release(&compressed);
}

static void
large_windows_are_refused(void **state)
{
	struct buffer text = {0}, compressed = {0};

	(void)state;
	/* A frame whose window is 2^28 bytes, then an empty last block. */
	CHECK_FAILS(NULL, "\x28\xB5\x2F\xFD\0\x90\x01\0\0", "",
	    "zstd data needs a window over 128 MiB; pipe it through zstd -dc --long=31");
	/* one of 2^27 */
	CHECK(NULL, "\x28\xB5\x2F\xFD\0\x88\x01\0\0", "");
	/* one that names the dictionary 7 */
	CHECK_FAILS(NULL, "\x28\xB5\x2F\xFD\x01\x50\x07\x01\0\0", "",
	    "zstd data needs a dictionary; pipe it through zstd -dc -D DICTIONARY");
	buffer_release(&text);
	buffer_release(&compressed);
}
#else
static void
zstd_is_refused(void **state)
{
	(void)state;
	CHECK_FAILS(NULL, "\x28\xB5\x2F\xFD\0\x88\x01\0\0", "", "zstd data is not read here; pipe it through zstd -dc");
	CHECK_FAILS(NULL, "\x5A\x2A\x4D\x18", "", "zstd data is not read here; pipe it through zstd -dc");
}
#endif

static void
other_compression_is_told(void **state)
{
	(void)state;
	CHECK_FAILS(NULL, "\xFD\x37zXZ\0\0\4", "", "xz data is not read here; pipe it through xz -dc");
	CHECK_FAILS(NULL, "BZh91AY&SY....", "", "bzip2 data is not read here; pipe it through bzip2 -dc");
}

/* ---- encodings ---- */

static void
files_declare_their_encoding(void **state)
{
	struct buffer text = {0};

	(void)state;
	CHECK(&text_options, "\xFF\xFEH\0i\0\xE9\0", "\xEF\xBB\xBFHi\xC3\xA9");
	CHECK(&text_options, "\xFE\xFF\0H\0i\0\xE9", "\xEF\xBB\xBFHi\xC3\xA9");
	CHECK(&text_options, "\xFF\xFE\0\0H\0\0\0", "\xEF\xBB\xBFH");
	CHECK(&text_options, "\0\0\xFE\xFF\0\0\0H", "\xEF\xBB\xBFH");
	CHECK(&text_options, "\xFF\xFE", "\xEF\xBB\xBF");
	CHECK(&text_options, "<\0?\0x\0", "<?x");
	CHECK(&text_options, "\0<\0?\0x", "<?x");
	/* rows are bytes */
	CHECK(NULL, "\xFF\xFEH\0i\0", "\xFF\xFEH\0i\0");
	CHECK(&text_options, "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>caf\xE9 \x93so\x94</a>",
	    "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>caf\xC3\xA9 \xE2\x80\x9Cso\xE2\x80\x9D</a>");
	CHECK(&text_options, "\n <?xml\tencoding = \"KOI8-R\" version=\"1.0\"?>\xC1",
	    "\n <?xml\tencoding = \"KOI8-R\" version=\"1.0\"?>\xD0\xB0");
	CHECK(&text_options, "<?xml version='1.0'?>\xE9", "<?xml version='1.0'?>\xE9");
	CHECK(&text_options, "<?xml version='1.0' encoding='utf-8'?>\xE9",
	    "<?xml version='1.0' encoding='utf-8'?>\xE9");
	/* converted once, its declaration forgotten */
	CHECK(&text_options, "<?xml version='1.0' encoding='UTF-16'?>a", "<?xml version='1.0' encoding='UTF-16'?>a");
	/* the mark wins */
	CHECK(&text_options, "\xEF\xBB\xBF<?xml version='1.0' encoding='latin1'?>\xC3\xA9",
	    "\xEF\xBB\xBF<?xml version='1.0' encoding='latin1'?>\xC3\xA9");
	CHECK(&text_options, "<?xml-stylesheet encoding='latin1'?>\xE9", "<?xml-stylesheet encoding='latin1'?>\xE9");
	CHECK(&text_options, "<?xml version='encoding=\"latin1\"'?>\xE9", "<?xml version='encoding=\"latin1\"'?>\xE9");
	CHECK(&text_options, "<?xml version encoding==x='latin1?>\xE9", "<?xml version encoding==x='latin1?>\xE9");
	CHECK(&text_options, "<?xml version='1.0' encoding='latin1'", "<?xml version='1.0' encoding='latin1'");
	CHECK_FAILS(&text_options, "<?xml version='1.0' encoding='klingon'?>a", "",
	    "encoding 'klingon' is not known here; say with --from which one it is");
	CHECK_FAILS(&text_options, "<?xml version='1.0' encoding='UTF-8//IGNORE'?>a", "",
	    "encoding 'UTF-8//IGNORE' is not known here; say with --from which one it is");
	CHECK_FAILS(&text_options, "<?xml version='1.0' encoding='a\x1B'?>a", "",
	    "encoding 'a?' is not known here; say with --from which one it is");
	/* a declaration that does not end soon is none */
	assert_true(buffer_add(&text, "<?xml encoding='latin1' ", 24));
	while (text.bytes < CHARSET_PROBE)
		assert_true(buffer_add_byte(&text, ' '));
	assert_true(buffer_add(&text, "?>\xE9", 3));
	check_bytes(&text_options, bytes_of(&text), NEWS_END, bytes_of(&text), "");
	buffer_release(&text);
}

static void
the_user_overrides(void **state)
{
	const struct news_reader_options latin = {.encoding = "ISO-8859-1"}, utf8 = {.encoding = "utf8"},
					 utf16 = {.encoding = "utf-16"}, utf32 = {.encoding = "UTF32"};

	(void)state;
	CHECK(&latin, "caf\xE9", "caf\xC3\xA9");
	CHECK(&latin, "", "");
	CHECK(&latin, "\xE9", "\xC3\xA9");
	CHECK(&latin, "<?xml version='1.0' encoding='koi8-r'?>\xC1", "<?xml version='1.0' encoding='koi8-r'?>\xC3\x81");
	CHECK(&latin, "\xFF\xFE", "\xC3\xBF\xC3\xBE");
	CHECK(&utf8, "<?xml version='1.0' encoding='koi8-r'?>\xC1", "<?xml version='1.0' encoding='koi8-r'?>\xC1");
	/* an archive is no text */
	CHECK(&latin, "WARC/1.0\r\n\xE9", "WARC/1.0\r\n\xE9");
	CHECK(&latin, "WARC\xE9", "WARC\xC3\xA9");
	CHECK(&latin, "WARC", "WARC");
	CHECK(&utf16, "\xFF\xFEH\0i\0", "\xEF\xBB\xBFHi");
	CHECK(&utf16, "\xFE\xFF\0H\0i", "\xEF\xBB\xBFHi");
	CHECK(&utf16, "H\0i\0", "Hi");
	CHECK(&utf16, "H\0", "H");
	CHECK(&utf32, "\0\0\xFE\xFF\0\0\0H", "\xEF\xBB\xBFH");
	CHECK(&utf32, "H\0\0\0", "H");
	assert_true(news_encoding_is_known("koi8-r"));
	assert_true(news_encoding_is_known("utf-16"));
	assert_false(news_encoding_is_known("klingon"));
	assert_false(news_encoding_is_known(""));
	assert_false(news_encoding_is_known("latin1//TRANSLIT"));
	assert_false(news_encoding_is_known("latin1 koi8-r"));
	assert_false(
	    news_encoding_is_known("a-name-that-is-far-longer-than-the-names-of-all-encodings-are-or-will-ever-be"));
}

#define CHECK_FROM(name, input, expected) \
	do { \
		const struct news_reader_options options = {.encoding = name}; \
		CHECK(&options, input, expected); \
	} while (0)

static void
many_encodings_are_converted(void **state)
{
	(void)state;
	CHECK_FROM("koi8-r", "\xED\xC9\xD2", "\xD0\x9C\xD0\xB8\xD1\x80");
	CHECK_FROM("shift_jis", "\x83\x5C\x83\x6A\x81\x5B", "\xE3\x82\xBD\xE3\x83\x8B\xE3\x83\xBC");
	CHECK_FROM("gb18030", "\xD6\xD0\x81\x39\xEF\x30", "\xE4\xB8\xAD\xE3\x90\x81");
	CHECK_FROM("iso-2022-jp", "A\x1B$B$\"\x1B(BB",
	    "A\xE3\x81\x82"
	    "B");
	CHECK_FROM("euc-kr", "\xC7\xD1", "\xED\x95\x9C");
	CHECK_FROM("windows-1251", "\xCC\xE8\xF0", "\xD0\x9C\xD0\xB8\xD1\x80");
}

static void
ill_formed_sequences_are_replaced(void **state)
{
	(void)state;
	/* a lead byte without its second, which is not swallowed */
	CHECK_FROM("shift_jis", "\x83 a", "\xEF\xBF\xBD a");
	CHECK_FROM("shift_jis", "a\x83", "a\xEF\xBF\xBD");
	/* three bytes of a character of four are one sequence; what is no part of one is read again */
	CHECK_FROM("gb18030", "\x81\x39\xEF!", "\xEF\xBF\xBD!");
	CHECK_FROM("gb18030", "\xFF\xFF!", "\xEF\xBF\xBD\xEF\xBF\xBD!");
	/* half a pair, in the middle and at the end; half a unit */
	CHECK_FROM("utf-16le",
	    "\x3D\xD8"
	    "a\0",
	    "\xEF\xBF\xBD"
	    "a");
	CHECK_FROM("utf-16le",
	    "\x00\xDE"
	    "a\0",
	    "\xEF\xBF\xBD"
	    "a");
	CHECK_FROM("utf-16le", "a\0\x3D\xD8", "a\xEF\xBF\xBD");
	CHECK_FROM("utf-16be", "\0a\xD8\x3D\0a",
	    "a\xEF\xBF\xBD"
	    "a");
	CHECK_FROM("utf-16le", "a\0b", "a\xEF\xBF\xBD");
	CHECK_FROM("utf-32le", "\0\0\x11\0a\0\0\0",
	    "\xEF\xBF\xBD"
	    "a");
	/* no such byte in windows-1252 */
	CHECK_FROM("windows-1252",
	    "a\x81"
	    "b",
	    "a\xEF\xBF\xBD"
	    "b");
	/* an escape that is none; one that does not end */
	CHECK_FROM("iso-2022-jp", "A\x1B$B$\"\x1B", "A\xE3\x81\x82\xEF\xBF\xBD");
}

/* What follows an ill-formed sequence is kept even where iconv(3) stops behind the sequence and not at it (glibc). */
static void
what_follows_is_kept(void **state)
{
	const struct news_reader_options options = {.encoding = "cp949"};
	struct result result = {0};

	(void)state;
	if (!news_encoding_is_known("cp949"))
		skip();
	decode_all_ways(&options, TEXT("\xB2\xFE!"), &result);
	assert_int_equal(result.status, NEWS_END);
	assert_int_equal(result.out.at[result.out.bytes - 1], '!');
	decode_all_ways(&options, TEXT("\xB2\xFE\xC7\xD1"), &result);
	assert_string_equal(result.out.at + result.out.bytes - 3, "\xED\x95\x9C");
	buffer_release(&result.out);
}

static void
files_begin_afresh(void **state)
{
	const struct news_reader_options options = {.encoding = "iso-2022-jp"};
	struct news_decoder *decoder = news_decoder_new(&options);
	struct result result = {0};
	size_t replaced = 99;

	(void)state;
	assert_non_null(decoder);
	assert_null(news_decoder_encoding(decoder, &replaced));
	decode(decoder, TEXT("A\x1B$B$\"$"), 0, 0, 64, &result);
	assert_string_equal(result.out.at, "A\xE3\x81\x82\xEF\xBF\xBD");
	assert_string_equal(news_decoder_encoding(decoder, &replaced), "iso-2022-jp");
	assert_int_equal(replaced, 1);
	decode(decoder, TEXT("$\""), 0, 0, 64, &result);
	assert_string_equal(result.out.at, "$\"");
	assert_non_null(news_decoder_encoding(decoder, &replaced));
	assert_int_equal(replaced, 0);
	buffer_release(&result.out);
	news_decoder_free(decoder);
}

static void
compressed_text_is_converted(void **state)
{
	struct buffer compressed = {0}, text = {0}, expected = {0};
	const struct news_reader_options latin = {.encoding = "latin1"};

	(void)state;
	add_gzip(&compressed, TEXT("<?xml version='1.0' encoding='latin1'?>"));
	add_gzip(&compressed, TEXT("\xE9"));
	check_bytes(&text_options, bytes_of(&compressed), NEWS_END,
	    TEXT("<?xml version='1.0' encoding='latin1'?>\xC3\xA9"), "");
	compressed.bytes -= 1;
	check_bytes(&text_options, bytes_of(&compressed), NEWS_FAILED,
	    TEXT("<?xml version='1.0' encoding='latin1'?>\xC3\xA9"), "gzip data ends too early");
	compressed.bytes = 0;
	for (size_t i = 0; i < 200000; i++) {
		assert_true(buffer_add_byte(&text, i % 7 == 0 ? '\xE9' : 'a'));
		assert_true(i % 7 == 0 ? buffer_add(&expected, "\xC3\xA9", 2) : buffer_add_byte(&expected, 'a'));
	}
	add_gzip(&compressed, bytes_of(&text));
	check_bytes(&latin, bytes_of(&compressed), NEWS_END, bytes_of(&expected), "");
	buffer_release(&compressed);
	buffer_release(&text);
	buffer_release(&expected);
}

/* ---- names, and guessing ---- */

static void
labels_mean_what_browsers_take_them_for(void **state)
{
	(void)state;
	assert_string_equal(charset_names(TEXT("ISO-8859-1")), "WINDOWS-1252 CP1252");
	assert_string_equal(charset_names(TEXT(" us-ascii\n")), "WINDOWS-1252 CP1252");
	assert_string_equal(charset_names(TEXT("gb2312")), "GB18030");
	assert_string_equal(charset_names(TEXT("latin1")), charset_names(TEXT("l1")));
	assert_string_equal(charset_names(TEXT("UTF8")), "UTF-8");
	assert_null(charset_names(TEXT("")));
	assert_null(charset_names(TEXT("  ")));
	assert_null(charset_names(TEXT("latin1 latin2")));
	assert_null(charset_names(TEXT("latin")));
	assert_null(charset_names(TEXT("iso-2022-kr")));
	assert_null(charset_names(TEXT("klingon-klingon-klingon-klingon-klingon")));
}

static void
guess(struct transcode *transcode, struct news_text raw, const char *expected, size_t expected_replaced)
{
	struct buffer out = {0};
	struct news_text text;
	size_t replaced = 0;

	assert_true(transcode_guess(transcode, raw, &out, &text, &replaced));
	assert_int_equal(text.bytes, strlen(expected));
	assert_memory_equal(text.at, expected, text.bytes);
	assert_int_equal(replaced, expected_replaced);
	if (expected_replaced == 0 && strcmp(expected, raw.at) == 0)
		assert_ptr_equal(text.at, raw.at);
	buffer_release(&out);
}

static void
what_is_not_utf8_is_guessed(void **state)
{
	struct transcode *transcode = transcode_new();

	(void)state;
	assert_non_null(transcode);
	guess(transcode, TEXT(""), "", 0);
	guess(transcode, TEXT("caf\xC3\xA9 \xEF\xBF\xBD\n"), "caf\xC3\xA9 \xEF\xBF\xBD\n", 0);
	guess(transcode, TEXT("caf\xE9 \x93x\x94\n"), "caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D\n", 0);
	guess(transcode, TEXT("\xF0\x9F\x98"), "\xC3\xB0\xC5\xB8\xCB\x9C", 0);
	guess(transcode, TEXT("caf\xE9\x81"), "caf\xC3\xA9\xEF\xBF\xBD", 1);
	transcode_free(transcode);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_bytes_pass),
	    cmocka_unit_test(plain_bytes_need_not_be_fed),
	    cmocka_unit_test(gzip_is_undone),
	    cmocka_unit_test(members_follow_one_another),
#ifdef WITH_ZSTD
	    cmocka_unit_test(zstd_is_undone),
	    cmocka_unit_test(blocks_before_a_corrupt_one_are_kept),
	    cmocka_unit_test(frames_follow_one_another),
	    cmocka_unit_test(large_windows_are_refused),
#else
	    cmocka_unit_test(zstd_is_refused),
#endif
	    cmocka_unit_test(other_compression_is_told),
	    cmocka_unit_test(files_declare_their_encoding),
	    cmocka_unit_test(the_user_overrides),
	    cmocka_unit_test(many_encodings_are_converted),
	    cmocka_unit_test(ill_formed_sequences_are_replaced),
	    cmocka_unit_test(what_follows_is_kept),
	    cmocka_unit_test(files_begin_afresh),
	    cmocka_unit_test(compressed_text_is_converted),
	    cmocka_unit_test(labels_mean_what_browsers_take_them_for),
	    cmocka_unit_test(what_is_not_utf8_is_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
