/* SPDX-License-Identifier: ISC */
#include "rss_cut.h"

#include "rss_scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum where {
	IN_HEAD, /* before the first item: all is kept */
	IN_REST, /* between items, behind them, or in a head that is too long */
	IN_ITEM  /* the item begins at the first untaken byte */
};

/* What the tag at hand does when it ends. */
enum tag { TAG_OTHER, TAG_OPENS, TAG_CLOSES, TAG_ENDS_FEED };

static const char no_feed[] = "no feed: neither <rss>, <rdf:RDF> nor <feed> begins here";

/* The name of an element with its prefix. */
struct name {
	char at[RSS_NAME_MAX];
	size_t bytes;
};

struct cutter {
	struct rss_scan scan;
	enum where where;
	enum tag tag;
	size_t head_end; /* how much of the head is kept: as much as ends before RSS_HEAD_MAX, whole pieces of markup */
	bool has_root;   /* the head at hand has a root */
	bool has_head;   /* a head was handed on in this file */
	bool is_feed;    /* a root or an item was found in it */
	bool is_over;    /* the front of an overlong item was handed on */
	struct name root, item; /* of the feed and the item at hand */
};

static bool
is_one_of(struct news_text name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (name.bytes == strlen(*names) && memcmp(name.at, *names, name.bytes) == 0)
			return true;
	return false;
}

bool
rss_cut_is_item(struct news_text name)
{
	static const char *const names[] = {"item", "entry", NULL};

	return is_one_of(name, names);
}

bool
rss_cut_is_root(struct news_text name)
{
	static const char *const names[] = {"rss", "RDF", "feed", NULL};

	return is_one_of(name, names);
}

void *
rss_cut_new(const struct news_reader_options *options, struct news_error *error)
{
	struct cutter *cutter = calloc(1, sizeof *cutter);

	(void)options;
	if (cutter == NULL)
		snprintf(error->text, sizeof error->text, "out of memory");
	return cutter;
}

void
rss_cut_free(void *cutter)
{
	free(cutter);
}

void
rss_cut_start(void *cutter)
{
	memset(cutter, 0, sizeof(struct cutter));
}

/* BYTES are taken, and what follows them is of WHERE. */
static size_t
take(struct cutter *cutter, size_t bytes, enum where where)
{
	rss_scan_taken(&cutter->scan, bytes);
	cutter->where = where;
	if (where == IN_HEAD)
		cutter->head_end = 0;
	return bytes;
}

/* The head at hand, unless it is but what stands behind a feed. */
static void
hand_head_on(struct cutter *cutter, struct format_cut *cut)
{
	if (!cutter->has_root && cutter->has_head)
		return;
	cut->head = (struct news_span){0, cutter->head_end};
	cutter->has_head = true;
}

/* The item at hand ends before END. TAKEN bytes are done with; what follows is of WHERE. */
static size_t
end_item(struct cutter *cutter, size_t end, size_t taken, enum where where, struct format_cut *cut)
{
	if (!cutter->is_over)
		cut->record = (struct news_span){0, end <= FORMAT_RECORD_MAX ? end : FORMAT_RECORD_MAX + 1};
	cutter->is_over = false;
	return take(cutter, taken, where);
}

static void
name_set(struct name *name, struct news_text text)
{
	name->bytes = text.bytes;
	memcpy(name->at, text.at, text.bytes);
}

static bool
name_is(const struct name *name, struct news_text text)
{
	return name->bytes == text.bytes && memcmp(name->at, text.at, text.bytes) == 0;
}

/* In the head markup begins or ends at AT. */
static void
note_head(struct cutter *cutter, size_t at, struct format_cut *cut)
{
	if (at <= RSS_HEAD_MAX) {
		cutter->head_end = at;
		return;
	}
	if (!cutter->is_feed)
		cut->error = no_feed;
	hand_head_on(cutter, cut);
	cutter->where = IN_REST;
}

static size_t
on_begin(struct cutter *cutter, struct news_text untaken, struct format_cut *cut)
{
	const struct rss_scan *scan = &cutter->scan;
	struct news_text local = {untaken.at + scan->local.begin, scan->local.end - scan->local.begin};
	struct news_text name = {untaken.at + scan->name.begin, scan->name.end - scan->name.begin};
	size_t begin = scan->begin;

	cutter->tag = TAG_OTHER;
	/* Of another name, a root inside a feed is no feed: <rdf:RDF> of a licence in <rss>. */
	if (cutter->where == IN_HEAD ? !cutter->has_root && rss_cut_is_root(local) : name_is(&cutter->root, name)) {
		name_set(&cutter->root, name);
		cutter->has_root = cutter->is_feed = true;
		if (cutter->where == IN_ITEM)
			return end_item(cutter, begin, begin, IN_HEAD, cut);
		return cutter->where == IN_REST ? take(cutter, begin, IN_HEAD) : 0;
	}
	if (cutter->where == IN_ITEM) {
		if (!name_is(&cutter->item, name))
			return 0;
		cutter->tag = TAG_OPENS;
		return end_item(cutter, begin, begin, IN_ITEM, cut);
	}
	if (!rss_cut_is_item(local))
		return 0;
	name_set(&cutter->item, name);
	cutter->is_feed = true;
	cutter->tag = TAG_OPENS;
	if (cutter->where == IN_HEAD)
		hand_head_on(cutter, cut);
	return take(cutter, begin, IN_ITEM);
}

static size_t
on_end(struct cutter *cutter, struct news_text untaken, struct format_cut *cut)
{
	const struct rss_scan *scan = &cutter->scan;
	struct news_text name = {untaken.at + scan->name.begin, scan->name.end - scan->name.begin};

	cutter->tag = TAG_OTHER;
	if (name_is(&cutter->root, name)) {
		cutter->tag = TAG_ENDS_FEED;
		return cutter->where == IN_ITEM ? end_item(cutter, scan->begin, scan->begin, IN_REST, cut) : 0;
	}
	if (cutter->where == IN_ITEM && name_is(&cutter->item, name))
		cutter->tag = TAG_CLOSES;
	return 0;
}

/* The tag at hand ends. */
static size_t
on_close(struct cutter *cutter, bool is_empty, struct format_cut *cut)
{
	enum tag tag = cutter->tag;
	size_t at = cutter->scan.at;

	cutter->tag = TAG_OTHER;
	if (tag == TAG_CLOSES || (tag == TAG_OPENS && is_empty))
		return end_item(cutter, at, at, IN_REST, cut);
	if (tag == TAG_ENDS_FEED) {
		cutter->has_root = false;
		return take(cutter, at, IN_HEAD);
	}
	return 0;
}

static bool
is_blank(struct news_text text)
{
	size_t i;

	for (i = 0; i < text.bytes; i++)
		if (memchr(" \t\r\n", text.at[i], 4) == NULL)
			return false;
	return true;
}

/* All that has come is looked at. */
static size_t
on_more(struct cutter *cutter, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct rss_scan *scan = &cutter->scan;
	size_t done;

	if (ended) {
		done = untaken.bytes;
		if (!cutter->is_feed && !is_blank(untaken))
			cut->error = no_feed;
		*scan = (struct rss_scan){.at = done};
		return cutter->where == IN_ITEM && done > 0 ? end_item(cutter, done, done, IN_REST, cut)
							    : take(cutter, done, IN_REST);
	}
	if (cutter->where == IN_HEAD) {
		if (scan->at <= RSS_HEAD_MAX)
			return 0;
		note_head(cutter, scan->at, cut);
	}
	done = rss_scan_done(scan);
	/* a comment, say, of that size can be given up no more */
	if (scan->at - done > FORMAT_RECORD_MAX)
		done = scan->at;
	if (cutter->where == IN_ITEM && !cutter->is_over) {
		if (done <= FORMAT_RECORD_MAX)
			return 0;
		cut->record = (struct news_span){0, FORMAT_RECORD_MAX + 1};
		cutter->is_over = true;
	}
	return take(cutter, done, cutter->where);
}

size_t
rss_cut_next(void *state, struct news_text untaken, bool ended, struct format_cut *cut)
{
	struct cutter *cutter = state;
	struct rss_scan *scan = &cutter->scan;

	for (;;) {
		enum rss_event event = rss_scan_next(scan, untaken, ended);
		bool has_name = event == RSS_BEGIN || event == RSS_END;
		size_t taken = 0;

		if (cutter->where == IN_HEAD && event != RSS_MORE)
			note_head(cutter, has_name ? scan->begin : scan->at, cut);
		switch (event) {
		case RSS_MORE:
			return on_more(cutter, untaken, ended, cut);
		case RSS_BEGIN:
			taken = on_begin(cutter, untaken, cut);
			break;
		case RSS_END:
			taken = on_end(cutter, untaken, cut);
			break;
		case RSS_CLOSE:
		case RSS_EMPTY:
			taken = on_close(cutter, event == RSS_EMPTY, cut);
			break;
		case RSS_OTHER:
			break;
		}
		if (taken > 0)
			return taken;
	}
}
