/* SPDX-License-Identifier: ISC
 *
 * warc, wet: archives of web crawls, WARC 1.0 and 1.1 (ISO 28500:2017). A record is a header, an empty line, a block of
 * Content-Length bytes, and two empty lines. Both names read the same: `conversion` records (the text files of Common
 * Crawl, WET) are plain text, a paragraph a line; `response` and `resource` records are pages (html_page.h) or plain
 * text. All others hold no document.
 *
 * Cutting trusts the length as long as what should follow the block does; where it does not, the record ends at the
 * next line that begins another, and `read`, which sees that header and length disagree, rejects it.
 */
#include "format.h"

#include "html_charset.h"
#include "html_page.h"
#include "http.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define MAGIC "WARC/1."
#define MAGIC_BYTES 7

/* A header is some hundred bytes; what has no end within this is none. Bytes. */
#define HEADER_MAX 65536

/* ---- headers ---- */

/* Whether TEXT begins as a record does: 1 yes, 0 no, -1 more must come. */
static int
is_record(struct news_text text)
{
	size_t bytes = text.bytes < MAGIC_BYTES ? text.bytes : MAGIC_BYTES;

	if (bytes > 0 && memcmp(text.at, MAGIC, bytes) != 0)
		return 0;
	return bytes == MAGIC_BYTES ? 1 : -1;
}

/* The length that HEADER gives the block. false: none, or no number. */
static bool
block_length(struct news_text header, size_t *length)
{
	struct news_text value = http_field(header, "Content-Length");
	size_t i;

	*length = 0;
	if (value.bytes == 0 || value.bytes > 18)
		return false;
	for (i = 0; i < value.bytes; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
		*length = *length * 10 + (size_t)(value.at[i] - '0');
	}
	return true;
}

static bool
is_word(struct news_text text, const char *word)
{
	return text.bytes == strlen(word) && strncasecmp(text.at, word, text.bytes) == 0;
}

/* ---- cutting ---- */

enum state {
	BETWEEN, /* empty lines, or another record */
	HEADER,  /* of the record at offset 0; no end of it in what was scanned */
	BLOCK,   /* its header has ended, its block and what follows it have not all come */
	SEARCH,  /* it is broken: the next one is looked for */
	PASS     /* the same, and what is passed over was handed on */
};

struct cutter {
	enum state state;
	size_t scanned;        /* offset up to which was looked at, in HEADER (a line's beginning), SEARCH and PASS */
	size_t looked;         /* offset up to which the line at `scanned` has no LF, in HEADER */
	size_t header, length; /* bytes of the header with its empty line, and of the block */
};

static void *
cutter_new(const struct news_reader_options *options, struct news_error *error)
{
	(void)options;
	(void)error;
	return calloc(1, sizeof(struct cutter));
}

static void
cutter_start(void *state)
{
	memset(state, 0, sizeof(struct cutter));
}

/* BYTES are taken, the first RECORD of them as a record. */
static size_t
take(struct cutter *cutter, size_t record, size_t bytes, struct format_cut *found)
{
	found->record = (struct news_span){0, record};
	cutter->state = BETWEEN;
	cutter->scanned = 0;
	return bytes;
}

/* Look for a line that begins a record, from `scanned` on. false: more must come; `scanned` stands at the last place
 * where one may begin. */
static bool
find_record(struct cutter *cutter, struct news_text untaken, bool ended)
{
	while (cutter->scanned < untaken.bytes) {
		const char *at = untaken.at + cutter->scanned;
		const char *feed = memchr(at, '\n', untaken.bytes - cutter->scanned);
		size_t next = feed == NULL ? untaken.bytes : (size_t)(feed - untaken.at) + 1;
		int found = feed == NULL ? 0 : is_record((struct news_text){untaken.at + next, untaken.bytes - next});

		if (found == -1 && !ended) {
			cutter->scanned = next - 1;
			return false;
		}
		cutter->scanned = next;
		if (found == 1)
			return true;
	}
	return ended;
}

/* The record at hand is broken: hand it on up to the next one. */
static size_t
cut_broken(struct cutter *cutter, struct news_text untaken, bool ended, struct format_cut *found)
{
	bool passing = cutter->state == PASS;

	if (find_record(cutter, untaken, ended))
		return take(cutter, passing ? 0 : cutter->scanned, cutter->scanned, found);
	if (passing || cutter->scanned > FORMAT_RECORD_MAX) {
		size_t bytes = cutter->scanned;

		cutter->state = PASS;
		cutter->scanned = 0;
		if (!passing)
			found->record = (struct news_span){0, bytes};
		return bytes;
	}
	return 0;
}

/* What ends the block of a record whose header is known: `*taken` gets the bytes of the record and its empty lines. 1:
 * it is there; 0: something else is, so the length is wrong; -1: more must come. */
static int
find_end(const struct cutter *cutter, struct news_text untaken, bool ended, size_t *taken)
{
	size_t at = cutter->header + cutter->length, feeds = 0;

	if (untaken.bytes < at)
		return ended ? 0 : -1;
	for (; at < untaken.bytes && feeds < 2; at++) {
		if (untaken.at[at] == '\n')
			feeds++;
		else if (untaken.at[at] != '\r')
			break;
	}
	*taken = at;
	if (feeds == 2 || (at == untaken.bytes && ended))
		return 1;
	if (at == untaken.bytes)
		return -1;
	/* Some writers leave the empty lines out. */
	switch (is_record((struct news_text){untaken.at + at, untaken.bytes - at})) {
	case 1:
		return 1;
	case 0:
		return 0;
	default:
		return ended ? 0 : -1;
	}
}

/* Begin to look for the next record behind what the header was. */
static size_t
search(struct cutter *cutter, struct news_text untaken, bool ended, struct format_cut *found)
{
	cutter->state = SEARCH;
	cutter->scanned = 0;
	return cut_broken(cutter, untaken, ended, found);
}

/* Look for the empty line that ends the header, from `scanned` on, the beginning of a line. 1: `header` is set; 0:
 * another record begins before it, or it is too far; -1: more must come. */
static int
find_header(struct cutter *cutter, struct news_text untaken, bool ended)
{
	while (cutter->scanned <= HEADER_MAX) {
		struct news_text rest = {untaken.at + cutter->scanned, untaken.bytes - cutter->scanned};
		size_t looked = cutter->looked > cutter->scanned ? cutter->looked : cutter->scanned, line;
		const char *feed =
		    looked < untaken.bytes ? memchr(untaken.at + looked, '\n', untaken.bytes - looked) : NULL;

		cutter->looked = untaken.bytes;
		if (feed == NULL)
			return ended || untaken.bytes > HEADER_MAX ? 0 : -1;
		cutter->looked = 0;
		line = (size_t)(feed - rest.at) + 1;
		if (cutter->scanned > 0 && is_record(rest) == 1)
			return 0;
		cutter->scanned += line;
		if (line == 1 || (line == 2 && rest.at[0] == '\r')) {
			cutter->header = cutter->scanned;
			return 1;
		}
	}
	return 0;
}

static size_t
cut_header(struct cutter *cutter, struct news_text untaken, bool ended, struct format_cut *found)
{
	switch (find_header(cutter, untaken, ended)) {
	case -1:
		return 0;
	case 0:
		return search(cutter, untaken, ended, found);
	default:
		break;
	}
	if (!block_length((struct news_text){untaken.at, cutter->header}, &cutter->length))
		return search(cutter, untaken, ended, found);
	if (cutter->length > FORMAT_RECORD_MAX) {
		/* Its header alone is handed on, whose length says why. */
		cutter->state = PASS;
		cutter->scanned = 0;
		found->record = (struct news_span){0, cutter->header};
		return cutter->header;
	}
	cutter->state = BLOCK;
	return 0;
}

static size_t
cut(void *state, struct news_text untaken, bool ended, struct format_cut *found)
{
	struct cutter *cutter = state;
	size_t bytes = 0;

	switch (cutter->state) {
	case BETWEEN:
		while (bytes < untaken.bytes && (untaken.at[bytes] == '\n' || untaken.at[bytes] == '\r'))
			bytes++;
		if (bytes > 0)
			return bytes;
		if (untaken.bytes == 0)
			return 0;
		switch (is_record(untaken)) {
		case -1:
			return ended ? search(cutter, untaken, ended, found) : 0;
		case 0:
			return search(cutter, untaken, ended, found);
		default:
			cutter->state = HEADER;
			cutter->scanned = cutter->looked = 0;
		}
		/* fall through */
	case HEADER:
		bytes = cut_header(cutter, untaken, ended, found);
		if (cutter->state != BLOCK)
			return bytes;
		/* fall through */
	case BLOCK:
		switch (find_end(cutter, untaken, ended, &bytes)) {
		case 1:
			return take(cutter, cutter->header + cutter->length, bytes, found);
		case 0:
			return search(cutter, untaken, ended, found);
		default:
			return 0;
		}
	default:
		return cut_broken(cutter, untaken, ended, found);
	}
}

/* ---- what file it is ---- */

/* A file of texts: its first record that tells no more than what follows is a conversion. */
static int
recognise_wet(struct news_text begin, bool ended)
{
	size_t bytes = begin.bytes;
	bool complete = ended || bytes >= FORMAT_PROBE;

	for (;;) {
		int found = is_record(begin);
		size_t end = found == 1 ? http_header_end(begin) : 0, length;
		struct news_text header = {begin.at, end};

		if (found == 0)
			return 0;
		if (end == 0)
			return complete ? 0 : -1;
		if (!is_word(http_field(header, "WARC-Type"), "warcinfo"))
			return is_word(http_field(header, "WARC-Type"), "conversion");
		if (!block_length(header, &length))
			return 0;
		if (length >= begin.bytes - end)
			return complete ? 0 : -1;
		for (end += length; end < begin.bytes && (begin.at[end] == '\r' || begin.at[end] == '\n'); end++)
			;
		begin = (struct news_text){begin.at + end, begin.bytes - end};
	}
}

/* Every archive that is not, or not yet, known as one of texts. */
static int
recognise_warc(struct news_text begin, bool ended)
{
	int found = is_record(begin), texts;

	if (found != 1)
		return ended ? 0 : found;
	texts = recognise_wet(begin, ended);
	return texts < 0 ? -1 : 1;
}

/* ---- reading ---- */

struct reader {
	const char *encoding; /* of all payloads; or NULL */
	struct compose compose;
	struct html_page *page;
	struct html_charset charset;
	struct http_decoder decoder;
	struct buffer text;
};

static void
reader_free(void *state)
{
	struct reader *reader = state;

	if (reader == NULL)
		return;
	compose_release(&reader->compose);
	html_page_free(reader->page);
	html_charset_release(&reader->charset);
	http_decoder_release(&reader->decoder);
	buffer_release(&reader->text);
	free(reader);
}

static void *
reader_new(const struct news_reader_options *options)
{
	struct reader *reader = calloc(1, sizeof *reader);

	if (reader == NULL)
		return NULL;
	reader->encoding = options->encoding;
	reader->page = html_page_new();
	if (reader->page == NULL) {
		reader_free(reader);
		return NULL;
	}
	return reader;
}

/* A record, as far as it was taken apart. */
struct payload {
	struct news_text header;  /* of the record */
	struct http_type type;    /* of what it holds */
	struct news_text content; /* what it holds */
};

static enum news_status
reject(struct news_error *error, const char *why)
{
	snprintf(error->text, sizeof error->text, "%s", why);
	return NEWS_REJECTED;
}

static enum news_status
open_record(struct news_text bytes, struct payload *payload, struct news_error *error)
{
	size_t end = http_header_end(bytes), length;

	if (is_record(bytes) != 1)
		return reject(error, "no WARC record");
	if (end == 0 || end > HEADER_MAX)
		return reject(error, "the header of the WARC record does not end");
	payload->header = (struct news_text){bytes.at, end};
	payload->content = (struct news_text){bytes.at + end, bytes.bytes - end};
	if (!block_length(payload->header, &length))
		return reject(error, "the WARC record has no length");
	if (length > FORMAT_RECORD_MAX) {
		snprintf(error->text, sizeof error->text, "the WARC record has %zu bytes (the limit is %zu)", length,
		    FORMAT_RECORD_MAX);
		return NEWS_REJECTED;
	}
	if (length != payload->content.bytes) {
		snprintf(error->text, sizeof error->text, "the WARC record has %zu bytes, its header says %zu",
		    payload->content.bytes, length);
		return NEWS_REJECTED;
	}
	return NEWS_OK;
}

static bool
is_page(struct news_text type)
{
	return is_word(type, "text/html") || is_word(type, "application/xhtml+xml");
}

static bool
begins_with_tag(struct news_text text)
{
	size_t i = 0;

	while (i < text.bytes && strchr(" \t\r\n", text.at[i]) != NULL && text.at[i] != '\0')
		i++;
	return i + 1 < text.bytes && text.at[i] == '<' &&
	    (text.at[i + 1] == '!' || ((text.at[i + 1] | 0x20) >= 'a' && (text.at[i + 1] | 0x20) <= 'z'));
}

/* Take the response of a server apart. NEWS_END: a redirection, an error, a picture. */
static enum news_status
open_response(struct reader *reader, struct payload *payload, struct news_error *error)
{
	struct http_response response;
	enum news_status status = http_response_parse(payload->content, &response, error);

	if (status != NEWS_OK)
		return status;
	payload->type = response.type;
	if (response.status != 200 ||
	    (response.type.type.bytes > 0 && !is_page(response.type.type) &&
		!is_word(response.type.type, "text/plain")))
		return NEWS_END;
	status = http_response_body(&reader->decoder, &response, &payload->content, error);
	/* A server that names no type sends pages mostly; they begin with a tag. */
	if (status == NEWS_OK && response.type.type.bytes == 0 && begins_with_tag(payload->content))
		payload->type.type = (struct news_text){"text/html", 9};
	return status;
}

static bool
compose_record_id(struct compose *compose, struct news_text header)
{
	struct news_text id = http_field(header, "WARC-Record-ID");

	if (id.bytes >= 2 && id.at[0] == '<' && id.at[id.bytes - 1] == '>')
		id = (struct news_text){id.at + 1, id.bytes - 2};
	return id.bytes == 0 || compose_id(compose, id);
}

static bool
compose_url(struct compose *compose, struct news_text header)
{
	struct news_text url = http_field(header, "WARC-Target-URI");

	return url.bytes == 0 || compose_field(compose, "url", url);
}

/* When it was fetched, which stands in for when it was written where the page does not tell. */
static bool
compose_warc_date(struct compose *compose, struct news_text header)
{
	struct news_text date = http_field(header, "WARC-Date");

	return date.bytes == 0 || compose_date(compose, date);
}

/* The first of "eng,fra": the languages that the archive found in it, the most of it in the first. */
static bool
compose_lang(struct compose *compose, struct news_text header)
{
	struct news_text lang = http_field(header, "WARC-Identified-Content-Language");
	const char *comma = lang.bytes > 0 ? memchr(lang.at, ',', lang.bytes) : NULL;

	if (comma != NULL)
		lang.bytes = (size_t)(comma - lang.at);
	return lang.bytes == 0 || compose_field(compose, "lang", lang);
}

/* Plain text stays as it stands, line by line. */
static enum news_status
read_text(struct reader *reader, const struct payload *payload, struct news_text *text, size_t *repairs,
    struct news_error *error)
{
	struct news_text decoded;
	enum news_status status = html_charset_decode_text(&reader->charset, payload->content, reader->encoding,
	    payload->type.charset, &decoded, repairs, error);
	struct buffer *out = &reader->text;

	if (status != NEWS_OK)
		return status;
	out->bytes = 0;
	if (!text_repair(out, decoded, repairs) || !compose_url(&reader->compose, payload->header) ||
	    !compose_warc_date(&reader->compose, payload->header) || !compose_lang(&reader->compose, payload->header))
		return NEWS_NO_MEMORY;
	while (out->bytes > 0 && (out->at[out->bytes - 1] == '\n' || out->at[out->bytes - 1] == ' '))
		out->bytes--;
	*text = (struct news_text){out->bytes > 0 ? out->at : "", out->bytes};
	return NEWS_OK;
}

static enum news_status
read_page(struct reader *reader, const struct payload *payload, size_t *repairs, struct news_error *error)
{
	struct html_origin origin = {
	    .encoding = reader->encoding,
	    .transport = payload->type.charset,
	    .url = http_field(payload->header, "WARC-Target-URI"),
	};
	enum news_status status =
	    html_page_read(reader->page, payload->content, &origin, &reader->compose, repairs, error);

	if (status == NEWS_OK && !compose_warc_date(&reader->compose, payload->header))
		status = NEWS_NO_MEMORY;
	return status;
}

static enum news_status
read_record(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	struct reader *reader = state;
	struct payload payload = {0};
	struct news_text type, text = {NULL, 0};
	enum news_status status = open_record(record->bytes, &payload, error);

	if (status != NEWS_OK)
		return status;
	type = http_field(payload.header, "WARC-Type");
	payload.type = http_type_parse(http_field(payload.header, "Content-Type"));
	if (is_word(type, "response") && is_word(payload.type.type, "application/http"))
		status = open_response(reader, &payload, error);
	else if (!is_word(type, "conversion") && !is_word(type, "resource"))
		status = NEWS_END;
	if (status != NEWS_OK)
		return status;
	compose_start(&reader->compose, record->file);
	if (!compose_record_id(&reader->compose, payload.header))
		return NEWS_NO_MEMORY;
	if (is_page(payload.type.type))
		status = read_page(reader, &payload, repairs, error);
	else if (is_word(payload.type.type, "text/plain"))
		status = read_text(reader, &payload, &text, repairs, error);
	else
		status = NEWS_END;
	if (status != NEWS_OK)
		return status;
	if (!compose_document(&reader->compose, document, repairs))
		return NEWS_NO_MEMORY;
	if (text.at != NULL)
		document->text = text;
	return NEWS_OK;
}

#define WARC(its_name, its_recognise) \
	{ \
		.name = its_name, .own_encoding = true, .recognise = its_recognise, .cutter_new = cutter_new, \
		.cutter_free = free, .cutter_start = cutter_start, .cut = cut, .reader_new = reader_new, \
		.reader_free = reader_free, .read = read_record, \
	}

const struct news_format format_wet = WARC("wet", recognise_wet);
const struct news_format format_warc = WARC("warc", recognise_warc);
