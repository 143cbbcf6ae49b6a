/* SPDX-License-Identifier: ISC */
#include "http.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

/* Room for inflated bytes is made in steps of this size. */
#define STEP 65536

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static struct news_text
trimmed(struct news_text text)
{
	while (text.bytes > 0 && is_blank(text.at[0]))
		text = (struct news_text){text.at + 1, text.bytes - 1};
	while (text.bytes > 0 && is_blank(text.at[text.bytes - 1]))
		text.bytes--;
	return text;
}

static bool
is_word(struct news_text text, const char *word)
{
	return text.bytes == strlen(word) && strncasecmp(text.at, word, text.bytes) == 0;
}

/* ---- header ---- */

/* Take the first line off TEXT, without what ends it. */
static struct news_text
take_line(struct news_text *text)
{
	const char *feed = memchr(text->at, '\n', text->bytes);
	struct news_text line = {text->at, feed == NULL ? text->bytes : (size_t)(feed - text->at)};
	size_t taken = feed == NULL ? line.bytes : line.bytes + 1;

	*text = (struct news_text){text->at + taken, text->bytes - taken};
	if (line.bytes > 0 && line.at[line.bytes - 1] == '\r')
		line.bytes--;
	return line;
}

struct news_text
http_field(struct news_text header, const char *name)
{
	size_t bytes = strlen(name);

	while (header.bytes > 0) {
		struct news_text line = take_line(&header);

		if (line.bytes > bytes && line.at[bytes] == ':' && strncasecmp(line.at, name, bytes) == 0)
			return trimmed((struct news_text){line.at + bytes + 1, line.bytes - bytes - 1});
	}
	return (struct news_text){NULL, 0};
}

size_t
http_header_end(struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		at++;
		if (at < end && *at == '\n')
			return (size_t)(at - text.at) + 1;
		if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
			return (size_t)(at - text.at) + 2;
	}
	return 0;
}

struct http_type
http_type_parse(struct news_text value)
{
	const char *semicolon = value.bytes > 0 ? memchr(value.at, ';', value.bytes) : NULL;
	struct http_type type = {.type = value};
	size_t i;

	if (semicolon == NULL)
		return type;
	type.type = trimmed((struct news_text){value.at, (size_t)(semicolon - value.at)});
	for (i = type.type.bytes; i + 8 < value.bytes; i++) {
		struct news_text charset = {value.at + i + 8, value.bytes - i - 8};
		size_t bytes = 0;

		if (strncasecmp(value.at + i, "charset=", 8) != 0)
			continue;
		if (charset.at[0] == '"' || charset.at[0] == '\'')
			charset = (struct news_text){charset.at + 1, charset.bytes - 1};
		while (bytes < charset.bytes && strchr("\"'; \t", charset.at[bytes]) == NULL)
			bytes++;
		type.charset = (struct news_text){charset.at, bytes};
		break;
	}
	return type;
}

enum news_status
http_response_parse(struct news_text message, struct http_response *response, struct news_error *error)
{
	size_t end = http_header_end(message), i = 5;
	struct news_text header = {message.at, end};

	if (message.bytes < 5 || memcmp(message.at, "HTTP/", 5) != 0) {
		snprintf(error->text, sizeof error->text, "no HTTP response");
		return NEWS_REJECTED;
	}
	if (end == 0) {
		snprintf(error->text, sizeof error->text, "the HTTP header does not end");
		return NEWS_REJECTED;
	}
	while (i < end && message.at[i] != ' ' && message.at[i] != '\n')
		i++;
	response->status = 0;
	for (; i < end && message.at[i] == ' '; i++)
		;
	for (; i < end && message.at[i] >= '0' && message.at[i] <= '9' && response->status < 1000; i++)
		response->status = response->status * 10 + (unsigned)(message.at[i] - '0');
	response->type = http_type_parse(http_field(header, "Content-Type"));
	response->transfer = http_field(header, "Transfer-Encoding");
	response->content = http_field(header, "Content-Encoding");
	response->body = (struct news_text){message.at + end, message.bytes - end};
	return NEWS_OK;
}

/* ---- body ---- */

static enum news_status
too_large(struct news_error *error)
{
	snprintf(error->text, sizeof error->text, "the body has more than %zu bytes", HTTP_BODY_MAX);
	return NEWS_REJECTED;
}

static int
hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f' ? (byte | 0x20) - 'a' + 10 : -1;
}

/* Take the line with the size of a chunk off BODY; false: there is none. */
static bool
take_size(struct news_text *body, size_t *size)
{
	size_t i = 0;

	*size = 0;
	while (i < body->bytes && hex_digit(body->at[i]) >= 0) {
		if (*size > SIZE_MAX / 32)
			return false;
		*size = *size * 16 + (size_t)hex_digit(body->at[i++]);
	}
	if (i == 0)
		return false;
	while (i < body->bytes && is_blank(body->at[i]))
		i++;
	if (i < body->bytes && body->at[i] != ';' && body->at[i] != '\r' && body->at[i] != '\n')
		return false;
	take_line(body);
	return true;
}

/* RFC 9112, section 7.1. A crawler that cut the response off leaves the last chunk short. */
static enum news_status
join_chunks(struct buffer *out, struct news_text *body, struct news_error *error)
{
	struct news_text rest = *body;
	size_t size;
	bool parted;

	out->bytes = 0;
	if (!take_size(&rest, &size))
		return NEWS_OK; /* the crawler has joined them */
	for (;;) {
		if (size > rest.bytes)
			size = rest.bytes;
		if (out->bytes + size > HTTP_BODY_MAX)
			return too_large(error);
		if (!buffer_add(out, rest.at, size))
			return NEWS_NO_MEMORY;
		rest = (struct news_text){rest.at + size, rest.bytes - size};
		if (size == 0 || rest.bytes == 0)
			break;
		parted = rest.at[0] == '\r' || rest.at[0] == '\n';
		if (parted)
			take_line(&rest);
		if (rest.bytes == 0)
			break;
		if (!parted || !take_size(&rest, &size)) {
			snprintf(error->text, sizeof error->text, "the chunked body is corrupt at its byte %zu",
			    body->bytes - rest.bytes + 1);
			return NEWS_REJECTED;
		}
	}
	*body = (struct news_text){out->bytes > 0 ? out->at : "", out->bytes};
	return NEWS_OK;
}

/* Inflate one stream of FROM into OUT. BITS: as inflateInit2 has them. `*used` gets what it was, Z_STREAM_END and the
 * like is given; Z_MEM_ERROR; Z_NEED_DICT where OUT is too large. */
static int
inflate_stream(struct buffer *out, struct news_text from, int bits, size_t *used)
{
	z_stream stream = {0};
	int status = inflateInit2(&stream, bits);

	if (status != Z_OK)
		return Z_MEM_ERROR;
	stream.next_in = (Bytef *)from.at;
	stream.avail_in = (uInt)from.bytes;
	do {
		if (out->bytes > HTTP_BODY_MAX) {
			status = Z_NEED_DICT;
			break;
		}
		if (!buffer_reserve(out, STEP)) {
			status = Z_MEM_ERROR;
			break;
		}
		stream.next_out = (Bytef *)out->at + out->bytes;
		stream.avail_out = STEP;
		status = inflate(&stream, Z_NO_FLUSH);
		out->bytes += STEP - stream.avail_out;
		if (status == Z_NEED_DICT)
			status = Z_DATA_ERROR;
	} while (status == Z_OK);
	*used = from.bytes - stream.avail_in;
	inflateEnd(&stream);
	return status;
}

static bool
is_gzip(struct news_text text)
{
	return text.bytes >= 2 && memcmp(text.at, "\x1F\x8B", 2) == 0;
}

/* gzip: any number of members. deflate: a stream of zlib, or, as some servers understood it, a bare one (RFC 9110,
 * section 8.4.1.2). */
static enum news_status
inflate_body(struct buffer *out, struct news_text *body, bool gzip, struct news_error *error)
{
	struct news_text rest = *body;
	size_t used = 0;
	int status;

	if (body->bytes == 0 || (gzip && !is_gzip(*body)))
		return NEWS_OK; /* the crawler has inflated it */
	if (body->bytes > UINT_MAX)
		return too_large(error);
	out->bytes = 0;
	status = inflate_stream(out, rest, gzip ? MAX_WBITS + 16 : MAX_WBITS, &used);
	if (!gzip && status == Z_DATA_ERROR && out->bytes == 0) {
		status = inflate_stream(out, rest, -MAX_WBITS, &used);
		if (status == Z_DATA_ERROR && memchr(body->at, '<', body->bytes < 256 ? body->bytes : 256) != NULL)
			return NEWS_OK;
	}
	while (gzip && status == Z_STREAM_END) {
		rest = (struct news_text){rest.at + used, rest.bytes - used};
		if (!is_gzip(rest))
			break;
		status = inflate_stream(out, rest, MAX_WBITS + 16, &used);
	}
	if (status == Z_MEM_ERROR)
		return NEWS_NO_MEMORY;
	if (status == Z_NEED_DICT || out->bytes > HTTP_BODY_MAX)
		return too_large(error);
	/* Z_BUF_ERROR: it was cut off. */
	if (status != Z_STREAM_END && (status != Z_BUF_ERROR || out->bytes == 0)) {
		snprintf(error->text, sizeof error->text, "the %s body is corrupt", gzip ? "gzip" : "deflate");
		return NEWS_REJECTED;
	}
	*body = (struct news_text){out->bytes > 0 ? out->at : "", out->bytes};
	return NEWS_OK;
}

/* Take the last coding off a list of them; they were applied in its order. */
static struct news_text
take_coding(struct news_text *list)
{
	size_t begin = list->bytes;
	struct news_text coding;

	while (begin > 0 && list->at[begin - 1] != ',')
		begin--;
	coding = trimmed((struct news_text){list->at + begin, list->bytes - begin});
	list->bytes = begin > 0 ? begin - 1 : 0;
	return coding;
}

/* A message has no control characters, whatever the header had. */
static enum news_status
unknown_coding(struct news_text coding, struct news_error *error)
{
	char name[41];
	size_t i;

	for (i = 0; i < coding.bytes && i < sizeof name - 1; i++)
		name[i] = (char)(coding.at[i] > ' ' && coding.at[i] < 0x7F ? coding.at[i] : '?');
	name[i] = '\0';
	snprintf(error->text, sizeof error->text, "the body is coded as '%s', which is not read", name);
	return NEWS_REJECTED;
}

/* Undo the codings of LIST. Each but `chunked` may come once: no server does more, and each could multiply the body. */
static enum news_status
decode(struct http_decoder *decoder, struct news_text list, bool *inflated, struct news_text *body,
    struct news_error *error)
{
	enum news_status status = NEWS_OK;

	while (list.bytes > 0 && status == NEWS_OK) {
		struct news_text coding = take_coding(&list);
		bool gzip = is_word(coding, "gzip") || is_word(coding, "x-gzip");

		if (coding.bytes == 0 || is_word(coding, "identity")) {
			continue;
		} else if (is_word(coding, "chunked")) {
			if (body->at != decoder->chunks.at)
				status = join_chunks(&decoder->chunks, body, error);
		} else if ((gzip || is_word(coding, "deflate")) && !*inflated) {
			*inflated = true;
			status = inflate_body(&decoder->inflated, body, gzip, error);
		} else {
			status = unknown_coding(coding, error);
		}
	}
	return status;
}

enum news_status
http_response_body(struct http_decoder *decoder, const struct http_response *response, struct news_text *body,
    struct news_error *error)
{
	bool inflated = false;
	enum news_status status;

	*body = response->body;
	status = decode(decoder, response->transfer, &inflated, body, error);
	if (status == NEWS_OK)
		status = decode(decoder, response->content, &inflated, body, error);
	if (status == NEWS_OK && body->bytes > HTTP_BODY_MAX)
		return too_large(error);
	return status;
}

void
http_decoder_release(struct http_decoder *decoder)
{
	buffer_release(&decoder->chunks);
	buffer_release(&decoder->inflated);
	memset(decoder, 0, sizeof *decoder);
}
