/* SPDX-License-Identifier: ISC
 *
 * html: one file is one page, and a page is one document (html_page.h). The stream was converted where the user told
 * its charset, so what the page declares then counts for nothing.
 */
#include "format.h"

#include "charset.h"
#include "html_page.h"

#include <stdlib.h>
#include <strings.h>

struct cutter {
	bool passing; /* the page was handed on, being too large; its rest is passed over */
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
	((struct cutter *)state)->passing = false;
}

static size_t
cut(void *state, struct news_text untaken, bool ended, struct format_cut *found)
{
	struct cutter *cutter = state;

	if (cutter->passing)
		return untaken.bytes;
	if (untaken.bytes > HTML_PAGE_MAX)
		cutter->passing = true;
	else if (!ended)
		return 0;
	found->record = (struct news_span){0, untaken.bytes};
	return untaken.bytes;
}

/* Whether a tag of these opens BEGIN; names that only HTML has. */
static int
begins_with_tag(struct news_text begin, bool ended)
{
	static const char *const tags[] = {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<!--"};
	size_t i;

	for (i = 0; i < sizeof tags / sizeof *tags; i++) {
		size_t bytes = strlen(tags[i]), there = begin.bytes < bytes ? begin.bytes : bytes;

		if (strncasecmp(begin.at, tags[i], there) == 0 && (there == bytes || !ended))
			return there == bytes ? 1 : -1;
	}
	return 0;
}

/* XHTML may have an XML declaration, and any page comments, before its document type. */
static int
recognise(struct news_text begin, bool ended)
{
	for (;;) {
		const char *mark = "-->", *at = begin.at, *end = at + begin.bytes;
		int found;

		if (begin.bytes >= 4 && memcmp(begin.at, "<!--", 4) == 0) {
			at += 4;
		} else if (begin.bytes >= 5 && memcmp(begin.at, "<?xml", 5) == 0) {
			mark = "?>";
		} else {
			found = begins_with_tag(begin, ended);
			if (found == 0 && !ended && begin.bytes < 5 && memcmp("<?xml", begin.at, begin.bytes) == 0)
				return -1;
			return found;
		}
		while ((at = memchr(at, mark[0], (size_t)(end - at))) != NULL) {
			if ((size_t)(end - at) >= strlen(mark) && memcmp(at, mark, strlen(mark)) == 0)
				break;
			at++;
		}
		if (at == NULL)
			return ended || begin.bytes >= FORMAT_PROBE ? 0 : -1;
		at += strlen(mark);
		while (at < end && strchr(" \t\r\n\f", *at) != NULL && *at != '\0')
			at++;
		begin = (struct news_text){at, (size_t)(end - at)};
	}
}

struct reader {
	struct compose compose;
	struct html_page *page;
	bool converted; /* the stream is UTF-8 already, whatever the page declares */
};

static void
reader_free(void *state)
{
	struct reader *reader = state;

	if (reader == NULL)
		return;
	compose_release(&reader->compose);
	html_page_free(reader->page);
	free(reader);
}

static void *
reader_new(const struct news_reader_options *options)
{
	struct reader *reader = calloc(1, sizeof *reader);

	if (reader == NULL)
		return NULL;
	reader->converted = options->encoding != NULL;
	reader->page = html_page_new();
	if (reader->page == NULL) {
		reader_free(reader);
		return NULL;
	}
	return reader;
}

static enum news_status
read_page(void *state, const struct news_record *record, struct news_document *document, size_t *repairs,
    struct news_error *error)
{
	struct reader *reader = state;
	struct html_origin origin = {0};
	struct news_text label;
	enum news_status status;

	/* What an XML declaration says was heeded when the stream was read. */
	if (reader->converted || charset_declared(record->bytes, true, &label) == 1)
		origin.encoding = "UTF-8";
	compose_start(&reader->compose, record->file);
	status = html_page_read(reader->page, record->bytes, &origin, &reader->compose, repairs, error);
	if (status == NEWS_OK && !compose_document(&reader->compose, document, repairs))
		status = NEWS_NO_MEMORY;
	return status;
}

const struct news_format format_html = {
    .name = "html",
    .recognise = recognise,
    .cutter_new = cutter_new,
    .cutter_free = free,
    .cutter_start = cutter_start,
    .cut = cut,
    .reader_new = reader_new,
    .reader_free = reader_free,
    .read = read_page,
};
