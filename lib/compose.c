/* SPDX-License-Identifier: ISC */
#include "compose.h"

#include "date.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

void
compose_release(struct compose *compose)
{
	buffer_release(&compose->id);
	buffer_release(&compose->text);
	buffer_release(&compose->strings);
	free(compose->pending);
	free(compose->fields);
	free(compose->sentences);
	memset(compose, 0, sizeof *compose);
}

void
compose_start(struct compose *compose, struct news_text file)
{
	compose->id.bytes = compose->text.bytes = compose->strings.bytes = 0;
	compose->pending_count = compose->sentence_count = 0;
	compose->has_title = compose->has_date = false;
	compose->repairs = 0;
	compose->file = file;
}

/* ---- words and lines ---- */

static bool
is_gap(uint32_t character)
{
	return character <= ' ' || (character >= 0x7F && character < 0xA0) || text_is_space(character);
}

static bool
is_blank(struct news_text text)
{
	const char *at = text.at, *end = text.at + text.bytes;
	size_t width;

	for (; at < end; at += width)
		if (!is_gap(text_decode(at, (size_t)(end - at), &width)))
			return false;
	return true;
}

/* Append RAW to OUT with `_` for white space and control characters; with EQUALS also for `=`. */
static bool
add_word(struct compose *compose, struct buffer *out, struct news_text raw, bool equals)
{
	const char *at = raw.at, *end = raw.at + raw.bytes;
	size_t width;

	for (; at < end; at += width) {
		uint32_t character = text_decode(at, (size_t)(end - at), &width);
		bool fine;

		if (is_gap(character) || (equals && character == '='))
			fine = buffer_add_byte(out, '_');
		else
			fine = text_repair(out, (struct news_text){at, width}, &compose->repairs);
		if (!fine)
			return false;
	}
	return true;
}

/* Append RAW to OUT as one line without blanks around it; `*span` gets its range. */
static bool
add_line(struct compose *compose, struct buffer *out, struct news_text raw, struct news_span *span)
{
	size_t begin = out->bytes, i;

	if (!text_repair(out, raw, &compose->repairs))
		return false;
	for (i = begin; i < out->bytes; i++)
		if (out->at[i] == '\n')
			out->at[i] = ' ';
	while (begin < out->bytes && out->at[begin] == ' ')
		begin++;
	while (out->bytes > begin && out->at[out->bytes - 1] == ' ')
		out->bytes--;
	*span = (struct news_span){begin, out->bytes};
	return true;
}

static bool
is_white(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/* Append CLEAN, which has no control character but LF, to OUT as the function below does. */
static bool
add_clean(struct buffer *out, struct news_text clean)
{
	size_t line = out->bytes, from, to = line, end;
	char *at;

	if (!buffer_add(out, clean.at, clean.bytes))
		return false;
	at = out->at;
	end = out->bytes;
	for (from = line; from < end; from++) {
		char byte = at[from] == '\n' ? ' ' : at[from];
		if (byte != ' ' || (to > line && at[to - 1] != ' '))
			at[to++] = byte;
	}
	if (to > line && at[to - 1] == ' ')
		to--;
	out->bytes = to;
	return true;
}

/* Append RAW to OUT as one line: each run of white space one space, none at the ends. */
static bool
add_collapsed(struct compose *compose, struct buffer *out, struct news_text raw)
{
	size_t at = 0, begin, line = out->bytes, end;

	if (text_clean(raw.at, raw.bytes) == raw.bytes)
		return add_clean(out, raw);
	while (at < raw.bytes) {
		while (at < raw.bytes && is_white(raw.at[at]))
			at++;
		begin = at;
		while (at < raw.bytes && !is_white(raw.at[at]))
			at++;
		if (at == begin)
			break;
		end = out->bytes;
		if (end > line && !buffer_add_byte(out, ' '))
			return false;
		if (!text_repair(out, (struct news_text){raw.at + begin, at - begin}, &compose->repairs))
			return false;
	}
	/* control characters became spaces */
	for (begin = line; begin < out->bytes && out->at[begin] == ' '; begin++)
		;
	if (begin > line) {
		memmove(out->at + line, out->at + begin, out->bytes - begin);
		out->bytes -= begin - line;
	}
	while (out->bytes > line && out->at[out->bytes - 1] == ' ')
		out->bytes--;
	return true;
}

/* ---- the text ---- */

/* Begin a line of the text; `*begin` gets where. */
static bool
begin_line(struct compose *compose, size_t *begin)
{
	struct buffer *out = &compose->text;

	if (out->bytes > 0 && !buffer_add_byte(out, '\n'))
		return false;
	*begin = out->bytes;
	return true;
}

static bool
add_paragraph(struct compose *compose, struct news_text raw, bool *added)
{
	struct buffer *out = &compose->text;
	size_t before = out->bytes, begin;

	if (!begin_line(compose, &begin) || !add_collapsed(compose, out, raw))
		return false;
	*added = out->bytes > begin;
	if (!*added)
		out->bytes = before;
	return true;
}

bool
compose_title(struct compose *compose, struct news_text raw)
{
	return compose->text.bytes > 0 || add_paragraph(compose, raw, &compose->has_title);
}

bool
compose_title_line(struct compose *compose, struct news_text raw)
{
	struct buffer *out = &compose->text;
	struct news_span line;

	if (out->bytes > 0)
		return true;
	if (!add_line(compose, out, raw, &line))
		return false;
	compose->has_title = line.begin < line.end;
	if (line.begin > 0)
		memmove(out->at, out->at + line.begin, line.end - line.begin);
	out->bytes = line.end - line.begin;
	return true;
}

bool
compose_paragraph(struct compose *compose, struct news_text raw)
{
	bool added;

	return add_paragraph(compose, raw, &added);
}

bool
compose_sentence(struct compose *compose, struct news_text raw, bool paragraph, bool space)
{
	struct buffer *out = &compose->text;
	size_t before = out->bytes, begin = before;
	struct news_span *grown;

	if (before > 0 && !buffer_add_byte(out, paragraph ? '\n' : ' '))
		return false;
	if (!paragraph && !space)
		out->bytes = before;
	begin = out->bytes;
	if (!add_collapsed(compose, out, raw))
		return false;
	if (out->bytes == begin) {
		out->bytes = before;
		return true;
	}
	grown = array_grow(compose->sentences, compose->sentence_count, &compose->sentence_room, sizeof *grown);
	if (grown == NULL)
		return false;
	compose->sentences = grown;
	grown[compose->sentence_count++] = (struct news_span){begin, out->bytes};
	return true;
}

/* ---- id and fields ---- */

bool
compose_id(struct compose *compose, struct news_text raw)
{
	return compose->id.bytes > 0 || is_blank(raw) || add_word(compose, &compose->id, raw, false);
}

bool
compose_field_named(struct compose *compose, struct news_text key, struct news_text value)
{
	struct compose_field *pending =
	    array_grow(compose->pending, compose->pending_count, &compose->pending_room, sizeof *compose->pending);

	if (pending == NULL)
		return false;
	compose->pending = pending;
	pending += compose->pending_count;
	pending->key.begin = compose->strings.bytes;
	if (!add_word(compose, &compose->strings, key, true))
		return false;
	if (compose->strings.bytes == pending->key.begin && !buffer_add_byte(&compose->strings, '_'))
		return false;
	pending->key.end = compose->strings.bytes;
	if (!add_line(compose, &compose->strings, value, &pending->value))
		return false;
	if (pending->value.begin < pending->value.end)
		compose->pending_count++;
	return true;
}

bool
compose_field(struct compose *compose, const char *key, struct news_text value)
{
	return compose_field_named(compose, (struct news_text){key, strlen(key)}, value);
}

bool
compose_date(struct compose *compose, struct news_text raw)
{
	char iso[DATE_BYTES];

	if (compose->has_date)
		return true;
	if (!date_parse(raw, iso))
		return compose_field(compose, "date-raw", raw);
	compose->has_date = true;
	return compose_field(compose, "date", (struct news_text){iso, strlen(iso)});
}

/* The index of KEY in ROLES[0..count), or COUNT. */
static size_t
role_of(const char *const *roles, size_t count, struct news_text key)
{
	size_t i = 0;

	while (i < count && (strlen(roles[i]) != key.bytes || memcmp(roles[i], key.at, key.bytes) != 0))
		i++;
	return i;
}

/* Fields that play a role stand in front, in the order in which format_jsonl.c looks for them, so that JSON Lines of a
 * document give the same rows. */
static bool
settle_fields(struct compose *compose)
{
	const char *const first[] = {compose->has_date ? "date" : "date-raw", "url", "source", "author", "lang"};
	size_t roles = sizeof first / sizeof *first, role, i, count = 1;

	if (compose->field_room <= compose->pending_count) {
		struct news_field *grown = realloc(compose->fields, (compose->pending_room + 1) * sizeof *grown);
		if (grown == NULL)
			return false;
		compose->fields = grown;
		compose->field_room = compose->pending_room + 1;
	}
	compose->fields[0] = (struct news_field){{"file", 4}, compose->file};
	for (role = 0; role <= roles; role++)
		for (i = 0; i < compose->pending_count; i++) {
			const struct compose_field *pending = &compose->pending[i];
			const char *at = compose->strings.at;
			struct news_text key = {at + pending->key.begin, pending->key.end - pending->key.begin};
			if (role_of(first, roles, key) == role)
				compose->fields[count++] = (struct news_field){key,
				    {at + pending->value.begin, pending->value.end - pending->value.begin}};
		}
	return true;
}

bool
compose_document(struct compose *compose, struct news_document *document, size_t *repairs)
{
	if (!settle_fields(compose))
		return false;
	document->id = (struct news_text){compose->id.at, compose->id.bytes};
	document->text = compose->text.bytes > 0 ? (struct news_text){compose->text.at, compose->text.bytes}
						 : (struct news_text){"", 0};
	document->has_title = compose->has_title;
	document->fields = compose->fields;
	document->field_count = compose->pending_count + 1;
	if (compose->sentence_count > 0) {
		document->sentences = compose->sentences;
		document->sentence_count = compose->sentence_count;
	}
	*repairs += compose->repairs;
	return true;
}
