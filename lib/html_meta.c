/* SPDX-License-Identifier: ISC
 *
 * A headline is told several times in a page, each time a little otherwise: "Floods close roads" in h1, "Floods close
 * roads | Daily Post" in title, "Floods close roads, thousands stranded" for search engines. The reader's one is the
 * h1, so that is taken where title, Open Graph or JSON-LD agree with it; what else they have is the site's name.
 */
#include "html_meta.h"

#include "date.h"
#include "text.h"

#include <stdlib.h>
#include <strings.h>

/* Longer headings and titles are none: nothing is looked for in them. Bytes. */
#define TITLE_MAX 1000

/* A line that is taken for a headline has at least this many bytes. */
#define LINE_MIN 12

/* Elements marked as the author's that are looked into. */
#define AUTHOR_MARKS_MAX 16

static const char *const role_names[HTML_ROLES] = {"title", "date", "author", "source", "url", "lang"};

static struct news_text
trimmed(struct news_text text)
{
	while (text.bytes > 0 && ((unsigned char)text.at[0] <= ' '))
		text = (struct news_text){text.at + 1, text.bytes - 1};
	while (text.bytes > 0 && ((unsigned char)text.at[text.bytes - 1] <= ' '))
		text.bytes--;
	return text;
}

static struct news_text
in_buffer(const struct buffer *buffer, struct news_span span)
{
	if (span.begin == span.end)
		return (struct news_text){"", 0};
	return (struct news_text){buffer->at + span.begin, span.end - span.begin};
}

/* Whether TEXT has WORD among its words, in any case. */
static bool
has_word(struct news_text text, const char *word)
{
	size_t bytes = strlen(word), i = 0, begin;

	while (i < text.bytes) {
		begin = i;
		while (i < text.bytes && (unsigned char)text.at[i] > ' ')
			i++;
		if (i - begin == bytes && strncasecmp(text.at + begin, word, bytes) == 0)
			return true;
		i++;
	}
	return false;
}

bool
html_meta_key(struct buffer *out, struct news_text text)
{
	const char *at = text.at, *end = at + text.bytes;
	size_t width;

	out->bytes = 0;
	/* No small letter has twice the bytes of its capital. */
	if (!buffer_reserve(out, 2 * text.bytes + 4))
		return false;
	for (; at < end; at += width) {
		unsigned char byte = (unsigned char)*at, small = byte | 0x20;
		uint32_t character;

		width = 1;
		if (byte < 0x80) {
			if ((small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9'))
				out->at[out->bytes++] = (char)small;
			continue;
		}
		character = text_decode(at, (size_t)(end - at), &width);
		if (text_is_letter(character) || text_is_digit(character))
			out->bytes += text_fold(at, width, out->at + out->bytes, out->room - out->bytes);
	}
	return true;
}

/* ---- what stands in the page ---- */

/* The line of the rules that gives KEY a role, from 1; 0: none does. */
static size_t
rank_of(struct news_text key, enum html_role *role)
{
	size_t i, r;

	for (i = 0; rules_html_meta[i] != NULL; i++) {
		const char *tab = strchr(rules_html_meta[i], '\t');

		if (strlen(tab + 1) != key.bytes || strncasecmp(tab + 1, key.at, key.bytes) != 0)
			continue;
		for (r = 0; r < HTML_ROLES; r++)
			if (strncmp(role_names[r], rules_html_meta[i], (size_t)(tab - rules_html_meta[i])) == 0) {
				*role = (enum html_role)r;
				return i + 1;
			}
	}
	return 0;
}

static bool
is_date(struct news_text text)
{
	char iso[DATE_BYTES];

	return date_parse(text, iso);
}

static void
see_meta(struct html_meta *meta, const struct html_tree *tree, size_t node)
{
	static const enum html_attribute keys[] = {HTML_ATTRIBUTE_PROPERTY, HTML_ATTRIBUTE_NAME,
	    HTML_ATTRIBUTE_ITEMPROP};
	struct news_text content = trimmed(html_tree_attribute(tree, node, HTML_ATTRIBUTE_CONTENT));
	size_t i;

	if (content.bytes == 0)
		return;
	for (i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct news_text key = trimmed(html_tree_attribute(tree, node, keys[i]));
		enum html_role role;
		size_t rank = key.bytes > 0 ? rank_of(key, &role) : 0;

		if (rank == 0)
			continue;
		/* <meta name=author> once for each of them */
		if (role == HTML_AUTHOR_OF && (meta->best[role].rank == 0 || meta->best[role].rank == rank) &&
		    meta->author_count < HTML_LINKED_AUTHORS_MAX)
			meta->authors[meta->author_count++] = content;
		/* "date" may be anything; one that can be read goes before. */
		if (role == HTML_DATE_OF && meta->best[role].rank != 0 && is_date(meta->best[role].value) &&
		    !is_date(content))
			continue;
		if (meta->best[role].rank == 0 || rank < meta->best[role].rank ||
		    (role == HTML_DATE_OF && !is_date(meta->best[role].value) && is_date(content))) {
			if (role == HTML_AUTHOR_OF && meta->best[role].rank != 0) {
				meta->authors[0] = content;
				meta->author_count = 1;
			}
			meta->best[role].value = content;
			meta->best[role].rank = rank;
		}
	}
}

/* The words of NODE as one line, at the end of `strings`. */
static bool
add_words(struct html_meta *meta, const struct html_tree *tree, size_t node, struct news_span *span)
{
	size_t i;

	if (!html_text_blocks(&meta->words, tree, node, NULL))
		return false;
	span->begin = span->end = meta->strings.bytes;
	for (i = 0; i < meta->words.block_count; i++) {
		struct news_span text = meta->words.blocks[i].text;

		if (meta->strings.bytes > span->begin && !buffer_add_byte(&meta->strings, ' '))
			return false;
		if (!buffer_add(&meta->strings, meta->words.words.at + text.begin, text.end - text.begin))
			return false;
	}
	span->end = meta->strings.bytes;
	return true;
}

static bool
see_author(struct html_meta *meta, const struct html_tree *tree, size_t node)
{
	struct news_span span;

	if (meta->written.bytes > 0 || meta->author_marks == AUTHOR_MARKS_MAX)
		return true;
	meta->author_marks++;
	if (!add_words(meta, tree, node, &span))
		return false;
	/* More words are no name. The tree's own text is what can be borrowed. */
	if (span.end - span.begin > 0 && span.end - span.begin <= 80) {
		size_t i = node;

		while (i < tree->nodes[node].end && meta->written.bytes == 0) {
			if (tree->nodes[i].element == HTML_TEXT)
				meta->written = trimmed(in_buffer(&tree->text, tree->nodes[i].text));
			i++;
		}
	}
	return true;
}

static bool
see(struct html_meta *meta, const struct html_tree *tree, size_t node)
{
	struct news_text value;

	switch (tree->nodes[node].element) {
	case HTML_META:
		see_meta(meta, tree, node);
		return true;
	case HTML_SCRIPT:
		return html_linked_add(&meta->linked, in_buffer(&tree->text, tree->nodes[node].text));
	case HTML_HTML:
		value = trimmed(html_tree_attribute(tree, node, HTML_ATTRIBUTE_LANG));
		/* What the document is in goes before any og:locale. */
		if (value.bytes > 0) {
			meta->best[HTML_LANG_OF].value = value;
			meta->best[HTML_LANG_OF].rank = 1;
		}
		return true;
	case HTML_LINK:
		value = trimmed(html_tree_attribute(tree, node, HTML_ATTRIBUTE_HREF));
		if (value.bytes > 0 && has_word(html_tree_attribute(tree, node, HTML_ATTRIBUTE_REL), "canonical")) {
			meta->best[HTML_URL_OF].value = value;
			meta->best[HTML_URL_OF].rank = 1;
		}
		return true;
	case HTML_TITLE:
		if (meta->page_title.begin == meta->page_title.end && node + 1 < tree->nodes[node].end &&
		    tree->nodes[node + 1].element == HTML_TEXT) {
			struct news_span text = tree->nodes[node + 1].text;

			meta->page_title.begin = meta->strings.bytes;
			if (!buffer_add(&meta->strings, tree->text.at + text.begin, text.end - text.begin))
				return false;
			meta->page_title.end = meta->strings.bytes;
		}
		return true;
	case HTML_H1:
	case HTML_H2:
	case HTML_H3:
		if (meta->heading_count == HTML_HEADINGS_MAX)
			return true;
		meta->heading_nodes[meta->heading_count] = node;
		return add_words(meta, tree, node, &meta->headings[meta->heading_count++]);
	case HTML_TIME:
		value = trimmed(html_tree_attribute(tree, node, HTML_ATTRIBUTE_DATETIME));
		if (value.bytes > 0 && (meta->time.bytes == 0 || (!is_date(meta->time) && is_date(value))))
			meta->time = value;
		return true;
	default:
		break;
	}
	if (has_word(html_tree_attribute(tree, node, HTML_ATTRIBUTE_REL), "author") ||
	    has_word(html_tree_attribute(tree, node, HTML_ATTRIBUTE_ITEMPROP), "author"))
		return see_author(meta, tree, node);
	return true;
}

/* ---- the title ---- */

/* The marks that part a headline from the name of its site, strong ones first: those stand in no headline. */
static const struct {
	const char *mark;
	bool strong;
} separators[] = {
    {" | ", true},
    {" :: ", true},
    {" \xC2\xBB ", true},     /* » */
    {" \xC2\xAB ", true},     /* « */
    {" \xE2\x80\xA2 ", true}, /* • */
    {" \xC2\xB7 ", true},     /* · */
    {" - ", false},
    {" \xE2\x80\x93 ", false}, /* en dash */
    {" \xE2\x80\x94 ", false}, /* em dash */
    {": ", false},
};

static bool
same_key(const struct buffer *one, const struct buffer *other)
{
	return one->bytes > 0 && one->bytes == other->bytes && memcmp(one->at, other->at, one->bytes) == 0;
}

/* Whether the bytes of PART stand in WHOLE. */
static bool
contains(const char *whole, size_t bytes, const struct buffer *part)
{
	const char *at = whole, *end = whole + bytes;

	if (part->bytes == 0)
		return false;
	while ((size_t)(end - at) >= part->bytes &&
	    (at = memchr(at, part->at[0], (size_t)(end - at) - part->bytes + 1)) != NULL) {
		if (memcmp(at, part->at, part->bytes) == 0)
			return true;
		at++;
	}
	return false;
}

static struct news_text
source_of(const struct html_meta *meta)
{
	if (meta->best[HTML_SOURCE_OF].rank != 0)
		return meta->best[HTML_SOURCE_OF].value;
	return html_linked_text(&meta->linked, meta->linked.publisher);
}

static struct news_text
url_of(const struct html_meta *meta)
{
	if (meta->url.bytes > 0)
		return meta->url;
	if (meta->best[HTML_URL_OF].rank != 0)
		return meta->best[HTML_URL_OF].value;
	return html_linked_text(&meta->linked, meta->linked.url);
}

static size_t
count_words(struct news_text text)
{
	size_t i, count = 0;

	for (i = 0; i < text.bytes; i++)
		count += text.at[i] != ' ' && (i == 0 || text.at[i - 1] == ' ');
	return count;
}

/* Whether PART, cut from a title, names the site: as the page says, or as the host's name spells it ("Daily Post",
 * www.dailypost.example). `*is_site` gets it; false: out of memory. */
static bool
names_site(struct html_meta *meta, struct news_text part, bool *is_site)
{
	struct news_text url = url_of(meta), host = {"", 0};
	size_t i;

	if (!html_meta_key(&meta->keys[0], part) || !html_meta_key(&meta->keys[1], source_of(meta)))
		return false;
	*is_site = same_key(&meta->keys[0], &meta->keys[1]) ||
	    (meta->keys[0].bytes >= 4 && contains(meta->keys[1].at, meta->keys[1].bytes, &meta->keys[0]));
	for (i = 0; i + 2 < url.bytes && host.bytes == 0; i++)
		if (url.at[i] == '/' && url.at[i + 1] == '/')
			host = (struct news_text){url.at + i + 2, url.bytes - i - 2};
	for (i = 0; i < host.bytes; i++)
		if (host.at[i] == '/')
			host.bytes = i;
	if (*is_site || host.bytes == 0)
		return true;
	if (!html_meta_key(&meta->keys[1], host))
		return false;
	*is_site = meta->keys[0].bytes >= 4 && contains(meta->keys[1].at, meta->keys[1].bytes, &meta->keys[0]);
	return true;
}

/* Take the name of the site off TITLE: behind its last separator, or before its first. */
static bool
cut_site(struct html_meta *meta, struct news_text *title)
{
	bool again = title->bytes <= TITLE_MAX;

	while (again) {
		size_t s, at;

		again = false;
		for (s = 0; s < sizeof separators / sizeof *separators && !again; s++) {
			size_t bytes = strlen(separators[s].mark), first = SIZE_MAX, last = SIZE_MAX;
			struct news_text head, tail;
			bool is_site;

			for (at = 0; at + bytes <= title->bytes; at++)
				if (memcmp(title->at + at, separators[s].mark, bytes) == 0) {
					first = first == SIZE_MAX ? at : first;
					last = at;
				}
			if (first == SIZE_MAX)
				continue;
			head = (struct news_text){title->at, last};
			tail = (struct news_text){title->at + last + bytes, title->bytes - last - bytes};
			if (!names_site(meta, tail, &is_site))
				return false;
			if (is_site || (separators[s].strong && count_words(head) > count_words(tail))) {
				*title = trimmed(head);
				again = true;
				continue;
			}
			head = (struct news_text){title->at, first};
			tail = (struct news_text){title->at + first + bytes, title->bytes - first - bytes};
			if (!names_site(meta, head, &is_site))
				return false;
			if (is_site) {
				*title = trimmed(tail);
				again = true;
			}
		}
	}
	return true;
}

/* Whether the heading of the page is the headline TITLE, cut free of the site: one holds the other, and it is no mere
 * word of it. */
static bool
agrees(struct html_meta *meta, struct news_text heading, struct news_text title, bool *agree)
{
	const struct buffer *key = &meta->keys[0], *other = &meta->keys[1];

	if (!html_meta_key(&meta->keys[0], heading) || !html_meta_key(&meta->keys[1], title))
		return false;
	*agree = key->bytes > 0 && other->bytes > 0 && key->bytes <= TITLE_MAX && other->bytes <= TITLE_MAX &&
	    ((2 * key->bytes >= other->bytes && contains(other->at, other->bytes, key)) ||
		(2 * other->bytes >= key->bytes && contains(key->at, key->bytes, other)));
	return true;
}

static bool
decode_title(struct html_meta *meta, struct news_text title)
{
	struct news_error error;
	size_t i;

	meta->title.bytes = 0;
	/* JSON-LD made by some plug-ins has the references of HTML in its strings: "Bread &amp; Games". */
	if (memchr(title.at, '&', title.bytes) == NULL && memchr(title.at, '<', title.bytes) == NULL)
		return buffer_add(&meta->title, title.at, title.bytes);
	if (html_tree_parse(&meta->words.tree, title, &error) != NEWS_OK ||
	    !html_text_blocks(&meta->words, &meta->words.tree, 0, NULL))
		return false;
	for (i = 0; i < meta->words.block_count; i++) {
		struct news_text block = in_buffer(&meta->words.words, meta->words.blocks[i].text);

		if ((i > 0 && !buffer_add_byte(&meta->title, ' ')) || !buffer_add(&meta->title, block.at, block.bytes))
			return false;
	}
	return true;
}

/* Cut TITLE at the last separator before which it is what some run of characters in the page says by itself: "<b>Floods
 * close roads</b>" for "Floods close roads - News archive". */
static void
find_line(const struct html_tree *tree, struct news_text *title)
{
	size_t node, s;

	for (node = 1; node < tree->count && title->bytes <= TITLE_MAX; node++) {
		struct news_text line;

		if (tree->nodes[node].element != HTML_TEXT ||
		    tree->nodes[tree->nodes[node].parent].element == HTML_TITLE)
			continue;
		line = trimmed(in_buffer(&tree->text, tree->nodes[node].text));
		if (line.bytes < LINE_MIN || line.bytes >= title->bytes || memcmp(line.at, title->at, line.bytes) != 0)
			continue;
		for (s = 0; s < sizeof separators / sizeof *separators; s++) {
			size_t bytes = strlen(separators[s].mark);

			if (title->bytes - line.bytes > bytes &&
			    memcmp(title->at + line.bytes, separators[s].mark, bytes) == 0) {
				title->bytes = line.bytes;
				return;
			}
		}
	}
}

static bool
choose_title(struct html_meta *meta, const struct html_tree *tree)
{
	struct news_text told[3] = {
	    trimmed(html_linked_text(&meta->linked, meta->linked.headline)),
	    meta->best[HTML_TITLE_OF].value,
	    trimmed(in_buffer(&meta->strings, meta->page_title)),
	};
	struct news_text title = {"", 0};
	size_t i, j;

	for (i = 0; i < 3; i++)
		if (told[i].bytes == 0)
			told[i] = (struct news_text){"", 0};
		else if (!cut_site(meta, &told[i]))
			return false;
	for (i = 0; i < meta->heading_count && title.bytes == 0; i++) {
		struct news_text heading = in_buffer(&meta->strings, meta->headings[i]);
		bool agree = false;

		for (j = 0; j < 3 && !agree; j++)
			if (!agrees(meta, heading, told[j], &agree))
				return false;
		if (agree) {
			title = heading;
			meta->heading = meta->heading_nodes[i];
		}
	}
	if (title.bytes == 0 && told[0].bytes == 0 && told[1].bytes == 0)
		find_line(tree, &told[2]);
	for (i = 0; i < 3 && title.bytes == 0; i++)
		title = told[i];
	if (title.bytes == 0 && meta->heading_count > 0)
		title = in_buffer(&meta->strings, meta->headings[0]);
	return decode_title(meta, title);
}

bool
html_meta_find(struct html_meta *meta, const struct html_tree *tree, struct news_text url)
{
	size_t node;

	meta->url = url;
	html_linked_start(&meta->linked);
	memset(meta->best, 0, sizeof meta->best);
	meta->time = meta->written = (struct news_text){"", 0};
	meta->author_count = meta->author_marks = meta->heading_count = 0;
	meta->page_title = (struct news_span){0, 0};
	meta->strings.bytes = meta->title.bytes = meta->heading = 0;
	for (node = 1; node < tree->count; node++)
		if (tree->nodes[node].element != HTML_TEXT && !see(meta, tree, node))
			return false;
	return choose_title(meta, tree);
}

struct news_text
html_meta_title(const struct html_meta *meta)
{
	return in_buffer(&meta->title, (struct news_span){0, meta->title.bytes});
}

/* ---- fields ---- */

static bool
is_address(struct news_text text)
{
	return text.bytes >= 4 && (strncasecmp(text.at, "http", 4) == 0 || strncasecmp(text.at, "www.", 4) == 0);
}

struct news_text
html_meta_author(const struct html_meta *meta, size_t i)
{
	if (meta->linked.author_count > 0) {
		if (i < meta->linked.author_count)
			return html_linked_text(&meta->linked, meta->linked.authors[i]);
	} else if (meta->author_count > 0) {
		if (i < meta->author_count)
			return meta->authors[i];
	} else if (i == 0 && meta->written.bytes > 0) {
		return meta->written;
	}
	return (struct news_text){NULL, 0};
}

static bool
compose_authors(const struct html_meta *meta, struct compose *compose)
{
	struct news_text author;
	size_t i;

	for (i = 0; (author = html_meta_author(meta, i)).at != NULL; i++)
		if (!is_address(author) && !compose_field(compose, "author", author))
			return false;
	return true;
}

/* The first of the dates that can be read, else the first. */
static bool
compose_dates(const struct html_meta *meta, struct compose *compose)
{
	struct news_text told[3] = {
	    html_linked_text(&meta->linked, meta->linked.date),
	    meta->best[HTML_DATE_OF].value,
	    meta->time,
	};
	size_t i;

	for (i = 0; i < 3; i++)
		if (told[i].bytes > 0 && is_date(told[i]))
			return compose_date(compose, told[i]);
	for (i = 0; i < 3; i++)
		if (told[i].bytes > 0)
			return compose_date(compose, told[i]);
	return true;
}

bool
html_meta_compose(const struct html_meta *meta, struct compose *compose)
{
	struct news_text url = url_of(meta), source = source_of(meta), lang = meta->best[HTML_LANG_OF].value;

	if (meta->best[HTML_LANG_OF].rank == 0)
		lang = html_linked_text(&meta->linked, meta->linked.lang);
	return compose_dates(meta, compose) && (url.bytes == 0 || compose_field(compose, "url", url)) &&
	    (source.bytes == 0 || compose_field(compose, "source", source)) && compose_authors(meta, compose) &&
	    (lang.bytes == 0 || compose_field(compose, "lang", lang));
}

void
html_meta_release(struct html_meta *meta)
{
	size_t i;

	html_linked_release(&meta->linked);
	buffer_release(&meta->strings);
	buffer_release(&meta->title);
	for (i = 0; i < sizeof meta->keys / sizeof *meta->keys; i++)
		buffer_release(&meta->keys[i]);
	html_text_release(&meta->words);
	memset(meta, 0, sizeof *meta);
}
