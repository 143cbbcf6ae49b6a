/* SPDX-License-Identifier: ISC
 *
 * HTTP responses, and where the records of an archive end.
 */
#include "buffer.h"
#include "format.h"
#include "http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

static struct news_text
text_of(const char *at)
{
	return (struct news_text){at, strlen(at)};
}

static void
add(struct buffer *out, const char *text)
{
	assert_true(buffer_add(out, text, strlen(text)));
}

/* ---- HTTP ---- */

/* Append TEXT compressed; BITS as deflateInit2 has them. */
static void
add_deflated(struct buffer *out, const char *text, size_t bytes, int bits)
{
	z_stream stream = {0};
	size_t room = bytes + 1000;

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_true(buffer_reserve(out, room));
	stream.next_in = (Bytef *)text;
	stream.avail_in = (uInt)bytes;
	stream.next_out = (Bytef *)out->at + out->bytes;
	stream.avail_out = (uInt)room;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	out->bytes += room - stream.avail_out;
	deflateEnd(&stream);
}

/* What is in MESSAGE: the body, or `!why`, as a C string in OUT. */
static void
body_of(const struct buffer *message, struct buffer *out)
{
	struct http_decoder decoder = {0};
	struct http_response response;
	struct news_error error = {""};
	struct news_text body = {"", 0};
	enum news_status status =
	    http_response_parse((struct news_text){message->at, message->bytes}, &response, &error);

	if (status == NEWS_OK)
		status = http_response_body(&decoder, &response, &body, &error);
	out->bytes = 0;
	if (status == NEWS_OK) {
		assert_true(buffer_add(out, body.at, body.bytes));
	} else {
		add(out, "!");
		add(out, error.text);
	}
	assert_true(buffer_add_byte(out, '\0'));
	http_decoder_release(&decoder);
}

static void
check_body(const struct buffer *message, const char *expected)
{
	struct buffer out = {0};

	body_of(message, &out);
	assert_string_equal(out.at, expected);
	buffer_release(&out);
}

static void
plain_bodies(void **state)
{
	static const struct {
		const char *message, *body;
	} cases[] = {
	    {"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", "body"},
	    {"HTTP/1.0 200\nA: b\n\nbody", "body"},
	    {"HTTP/1.1 200 OK\r\n\r\n", ""},
	    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n1;x=y\r\ny\r\n0\r\n\r\n", "body"},
	    {"HTTP/1.1 200 OK\r\ntransfer-encoding:Chunked\r\n\r\n4  \r\nbody\r\n0\r\nTrailer: x\r\n\r\n", "body"},
	    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\nbody", "body"},
	    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>body", "<p>body"},
	    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbody\r\n",
		"!the chunked body is corrupt at its byte 6"},
	    {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nbody", "body"},
	    {"HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n\r\nbody", "body"},
	    {"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nbody", "!the body is coded as 'br', which is not read"},
	    {"HTTP/1.1 200 OK\r\nContent-Encoding: \x01\xFFx\r\n\r\nbody",
		"!the body is coded as '??x', which is not read"},
	    {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nbody",
		"!the body is coded as 'gzip', which is not read"},
	    {"HTTP/1.1 200 OK\r\nA: b", "!the HTTP header does not end"},
	    {"<html>", "!no HTTP response"},
	    {"", "!no HTTP response"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buffer message = {0};

		add(&message, cases[i].message);
		check_body(&message, cases[i].body);
		buffer_release(&message);
	}
}

static void
compressed_bodies(void **state)
{
	struct buffer message = {0}, packed = {0};
	char size[32];

	(void)state;
	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	add_deflated(&message, "bo", 2, MAX_WBITS + 16);
	check_body(&message, "bo");
	add_deflated(&message, "dy", 2, MAX_WBITS + 16);
	check_body(&message, "body");
	/* cut off */
	message.bytes -= 9;
	check_body(&message, "body");
	message.bytes = 0;

	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1F\x8B garbage");
	check_body(&message, "!the gzip body is corrupt");
	message.bytes = 0;

	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n");
	add_deflated(&message, "body", 4, MAX_WBITS);
	check_body(&message, "body");
	message.bytes = 0;
	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n");
	add_deflated(&message, "body", 4, -MAX_WBITS);
	check_body(&message, "body");
	message.bytes = 0;

	/* first compressed, then cut into chunks */
	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
	add_deflated(&packed, "body", 4, MAX_WBITS + 16);
	snprintf(size, sizeof size, "%zx\r\n", packed.bytes - 3);
	add(&message, size);
	assert_true(buffer_add(&message, packed.at, packed.bytes - 3));
	add(&message, "\r\n3\r\n");
	assert_true(buffer_add(&message, packed.at + packed.bytes - 3, 3));
	add(&message, "\r\n0\r\n\r\n");
	check_body(&message, "body");
	buffer_release(&message);
	buffer_release(&packed);
}

static void
body_too_large(void **state)
{
	struct buffer message = {0}, out = {0};
	size_t bytes = HTTP_BODY_MAX + 1;
	char *body = calloc(bytes, 1);

	(void)state;
	assert_non_null(body);
	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	add_deflated(&message, body, bytes, MAX_WBITS + 16);
	check_body(&message, "!the body has more than 67108864 bytes");
	message.bytes = 0;
	add(&message, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	add_deflated(&message, body, bytes - 1, MAX_WBITS + 16);
	body_of(&message, &out);
	assert_int_equal(out.bytes, HTTP_BODY_MAX + 1);
	buffer_release(&message);
	buffer_release(&out);
	free(body);
}

static void
content_types(void **state)
{
	static const struct {
		const char *value, *type, *charset;
	} cases[] = {
	    {"text/html", "text/html", ""},
	    {"text/html; charset=utf-8", "text/html", "utf-8"},
	    {"text/html;Charset=\"utf-8\"; x=y", "text/html", "utf-8"},
	    {"text/html ; a=b; charset='utf-8'", "text/html", "utf-8"},
	    {"text/html; charset=", "text/html", ""},
	    {"", "", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_type type = http_type_parse(text_of(cases[i].value));

		assert_int_equal(type.type.bytes, strlen(cases[i].type));
		assert_memory_equal(type.type.at, cases[i].type, type.type.bytes);
		assert_int_equal(type.charset.bytes, strlen(cases[i].charset));
		assert_true(
		    type.charset.bytes == 0 || memcmp(type.charset.at, cases[i].charset, type.charset.bytes) == 0);
	}
}

/* ---- WARC ---- */

static void
add_record(struct buffer *out, const char *type, const char *id, const char *content_type, const char *block,
    long wrong)
{
	char header[512];

	snprintf(header, sizeof header,
	    "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nContent-Type: %s\r\n"
	    "Content-Length: %ld\r\n\r\n",
	    type, id, content_type, (long)strlen(block) + wrong);
	add(out, header);
	add(out, block);
	add(out, "\r\n\r\n");
}

/* Cut and read BYTES of AT, given STEP bytes more at a time, and write down in OUT what comes: the id and the text of
 * each document, `!why` of a record rejected, `-` of one that holds none; LF behind each. */
static void
read_all(const char *format, const char *at, size_t bytes, size_t step, struct buffer *out)
{
	struct news_reader_options options = {0};
	struct news_error error;
	struct news_cutter *cutter;
	struct news_reader *reader;
	size_t taken = 0, there = step < bytes ? step : bytes;

	assert_true(news_format_find(format, &options.format));
	cutter = news_cutter_new(&options, &error);
	reader = news_reader_new(&options, &error);
	assert_non_null(cutter);
	assert_non_null(reader);
	out->bytes = 0;
	news_cutter_start(cutter);
	for (;;) {
		/* just as large, so that sanitizers see what is read behind it */
		char *untaken = malloc(there - taken + (there == taken));
		struct news_span span = {0, 0};
		size_t cut;

		assert_non_null(untaken);
		memcpy(untaken, at + taken, there - taken);
		cut = news_cutter_next(cutter, untaken, there - taken, there == bytes, &span);
		assert_true(cut <= there - taken && span.end <= cut);
		if (span.begin < span.end) {
			struct news_record record = {news_cutter_format(cutter), {"-", 1}, {"", 0},
			    {untaken + span.begin, span.end - span.begin}};
			struct news_document document;
			size_t repairs;
			enum news_status status = news_reader_read(reader, &record, &document, &repairs, &error);

			assert_true(status == NEWS_OK || status == NEWS_END || status == NEWS_REJECTED);
			add(out, status == NEWS_OK ? "" : status == NEWS_END ? "-" : "!");
			if (status == NEWS_OK) {
				assert_true(buffer_add(out, document.id.at, document.id.bytes));
				add(out, " ");
				assert_true(buffer_add(out, document.text.at, document.text.bytes));
			} else if (status == NEWS_REJECTED) {
				add(out, error.text);
			}
			add(out, "\n");
		}
		free(untaken);
		taken += cut;
		if (cut == 0 && there == bytes)
			break;
		if (cut == 0)
			there = bytes - there < step ? bytes : there + step;
	}
	assert_int_equal(taken, bytes);
	news_cutter_free(cutter);
	news_reader_free(reader);
}

#define PAGE "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The page of a site, with a few words on it."

static void
make_archive(struct buffer *out)
{
	add_record(out, "warcinfo", "1", "application/warc-fields", "software: x\r\n", 0);
	add_record(out, "request", "2", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", 0);
	add_record(out, "response", "3", "application/http; msgtype=response", PAGE, 0);
	add_record(out, "response", "4", "application/http", "HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\nx",
	    0);
	add_record(out, "response", "5", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\nx", 0);
	add_record(out, "resource", "6", "text/plain; charset=iso-8859-1", "One  line.\r\n\r\nCaf\xE9.\r\n", 0);
	add_record(out, "response", "7", "application/http", PAGE, 7);
	add_record(out, "response", "8", "application/http", PAGE, -7);
	add_record(out, "conversion", "9", "text/plain", "One line.\nTwo.\n", 0);
	add(out, "some junk\r\nand more\r\n");
	add_record(out, "response", "10", "text/dns", "x", 0);
	add(out, "WARC/1.1\r\nWARC-Type: conversion\r\n\r\nno length\r\n\r\n");
	add_record(out, "response", "11", "application/http", "no http", 0);
	add_record(out, "response", "12", "application/http", PAGE, 0);
}

static const char archive_text[] = "-\n-\nurn:uuid:3 The page of a site, with a few words on it.\n-\n-\n"
				   "urn:uuid:6 One  line.\n\nCaf\xC3\xA9.\n"
				   "!the WARC record has 94 bytes, its header says 97\n"
				   "!the WARC record has 94 bytes, its header says 83\n"
				   "urn:uuid:9 One line.\nTwo.\n"
				   "!no WARC record\n-\n"
				   "!the WARC record has no length\n!no HTTP response\n"
				   "urn:uuid:12 The page of a site, with a few words on it.\n";

static void
records_however_they_come(void **state)
{
	static const size_t steps[] = {1, 2, 7, 100, 4096, SIZE_MAX / 2};
	struct buffer archive = {0}, out = {0};
	size_t i;

	(void)state;
	make_archive(&archive);
	for (i = 0; i < sizeof steps / sizeof *steps; i++) {
		read_all("warc", archive.at, archive.bytes, steps[i], &out);
		assert_true(buffer_add_byte(&out, '\0'));
		assert_string_equal(out.at, archive_text);
	}
	read_all("wet", archive.at, archive.bytes, 100, &out);
	assert_true(buffer_add_byte(&out, '\0'));
	assert_string_equal(out.at, archive_text);
	buffer_release(&archive);
	buffer_release(&out);
}

/* Cut off anywhere: what came whole is read, the rest rejected, and reads decide nothing. */
static void
archives_cut_off(void **state)
{
	struct buffer archive = {0}, whole = {0}, chopped = {0};
	size_t bytes;

	(void)state;
	make_archive(&archive);
	for (bytes = 0; bytes < archive.bytes; bytes++) {
		read_all("warc", archive.at, bytes, bytes + 1, &whole);
		read_all("warc", archive.at, bytes, 97, &chopped);
		assert_int_equal(whole.bytes, chopped.bytes);
		assert_true(whole.bytes == 0 || memcmp(whole.at, chopped.at, whole.bytes) == 0);
		assert_true(whole.bytes < 2 || memcmp(whole.at, "-\n", 2) == 0 || whole.at[0] == '!');
	}
	buffer_release(&archive);
	buffer_release(&whole);
	buffer_release(&chopped);
}

/* Lines that look like records without end cost no more than others. */
static void
false_records(void **state)
{
	struct buffer archive = {0}, out = {0};
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++)
		add(&archive, "WARC/1.\n");
	read_all("warc", archive.at, archive.bytes, archive.bytes, &out);
	assert_memory_equal(out.at, "!the header of the WARC record does not end\n", 44);
	assert_int_equal(out.bytes, 100000 * 44);
	buffer_release(&archive);
	buffer_release(&out);
}

static const struct news_format *
format_of(const char *name)
{
	const struct news_format *format;

	assert_true(news_format_find(name, &format));
	return format;
}

static void
recognised(void **state)
{
	static const struct {
		const char *format, *begin;
		bool ended;
		int found;
	} cases[] = {
	    {"warc", "WARC/1.0\r\n", false, -1},
	    {"warc", "WARC/1.0\r\n", true, 1},
	    {"warc", "WARC/1.0\r\nWARC-Type: response\r\n\r\n", false, 1},
	    {"warc", "WAR", false, -1},
	    {"warc", "WAR", true, 0},
	    {"warc", "WARS", false, 0},
	    {"wet", "WARC/1.0\r\nWARC-Type: conversion\r\n\r\n", false, 1},
	    {"wet", "WARC/1.0\r\nWARC-Type: conversion\r\n", false, -1},
	    {"wet", "WARC/1.0\r\nWARC-Type: response\r\n\r\n", false, 0},
	    {"wet", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", false, -1},
	    {"wet",
		"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\nWARC/1.0\r\nWARC-Type: "
		"conversion\r\n\r\n",
		false, 1},
	    {"wet",
		"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\nWARC/1.0\r\nWARC-Type: "
		"request\r\n\r\n",
		false, 0},
	    {"wet", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 200\r\n\r\nab", true, 0},
	    {"html", "<!DOCTYPE HTML PUBLIC", false, 1},
	    {"html", "<html", false, 1},
	    {"html", "<!doc", false, -1},
	    {"html", "<!doc", true, 0},
	    {"html", "<!-- a comment -->\n<html>", false, 1},
	    {"html", "<!-- a comment", false, -1},
	    {"html", "<?xml version='1.0'?><!DOCTYPE html>", false, 1},
	    {"html", "<?xml version='1.0'?><rss>", false, 0},
	    {"html", "<rss>", false, 0},
	    {"html", "<DOC id=x>", false, 0},
	    {"html", "plain", false, 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		int found = format_of(cases[i].format)->recognise(text_of(cases[i].begin), cases[i].ended);

		if (found != cases[i].found)
			fail_msg("%s: '%s': got %d", cases[i].format, cases[i].begin, found);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_bodies),
	    cmocka_unit_test(compressed_bodies),
	    cmocka_unit_test(body_too_large),
	    cmocka_unit_test(content_types),
	    cmocka_unit_test(records_however_they_come),
	    cmocka_unit_test(archives_cut_off),
	    cmocka_unit_test(false_records),
	    cmocka_unit_test(recognised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
