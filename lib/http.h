/* SPDX-License-Identifier: ISC
 *
 * http.h - an HTTP response as a WARC record has it: status line, header, body
 *
 * RFC 9110 and 9112. Crawlers keep responses as they came or undo part of their codings and leave the header as it was,
 * so a body that plainly is not coded as the header says is taken as it stands.
 */
#ifndef HTTP_H
#define HTTP_H

#include "buffer.h"
#include "news.h"

/* A body that is larger when decoded is rejected. Bytes. */
#define HTTP_BODY_MAX ((size_t)64 * 1024 * 1024)

/* The media type of a Content-Type field: "text/html" and "utf-8" of `text/html; charset="utf-8"`. */
struct http_type {
	struct news_text type, charset; /* empty: not told */
};

struct http_response {
	unsigned status;
	struct http_type type;
	struct news_text transfer, content; /* its codings, as the header lists them */
	struct news_text body;              /* as it was sent */
};

struct http_decoder {
	struct buffer chunks, inflated;
};

/* All zero is a fresh one. */
void http_decoder_release(struct http_decoder *decoder);

struct http_type http_type_parse(struct news_text value);

/* The field of HEADER called NAME (in any case), without blanks around it; of several the first; at == NULL: there is
 * none. HEADER is lines ended by CRLF or LF. WARC headers have the same form. */
struct news_text http_field(struct news_text header, const char *name);

/* How many bytes at the front of TEXT are a header with the empty line that ends it; 0: it does not end. */
size_t http_header_end(struct news_text text);

/* Read MESSAGE, which is borrowed. NEWS_REJECTED: no status line, or the header does not end. */
enum news_status http_response_parse(struct news_text message, struct http_response *response,
    struct news_error *error);

/* The body of RESPONSE without its codings (chunked, gzip, deflate), until the next call; what was cut off is missing.
 * NEWS_REJECTED: corrupt, too large, or in a coding that is not known. */
enum news_status http_response_body(struct http_decoder *decoder, const struct http_response *response,
    struct news_text *body, struct news_error *error);

#endif
