/* SPDX-License-Identifier: ISC */
#include "xml_mend.h"

#include "reference.h"

#include <string.h>

static bool
add(struct buffer *out, const char *string)
{
	return buffer_add(out, string, strlen(string));
}

static bool
begins_with(const struct xml_mend *mend, const char *mark)
{
	size_t bytes = strlen(mark);

	return (size_t)(mend->end - mend->at) >= bytes && memcmp(mend->at, mark, bytes) == 0;
}

/* Where the first MARK at or behind AT is; END when there is none. */
static const char *
find(const char *at, const char *end, const char *mark)
{
	size_t bytes = strlen(mark);

	while (at < end) {
		const char *found = memchr(at, *mark, (size_t)(end - at));
		if (found == NULL || (size_t)(end - found) < bytes)
			return end;
		if (memcmp(found, mark, bytes) == 0)
			return found;
		at = found + 1;
	}
	return end;
}

/* Go on behind the first MARK that stands SKIP bytes or more behind. */
static void
pass(struct xml_mend *mend, size_t skip, const char *mark)
{
	const char *found = find(mend->at + skip, mend->end, mark);

	mend->at = found < mend->end ? found + strlen(mark) : mend->end;
}

/* The same of a `<!DOCTYPE` and its declarations. */
static void
pass_doctype(struct xml_mend *mend)
{
	unsigned inside = 0;

	while (mend->at < mend->end) {
		char byte = *mend->at;
		if (byte == '"' || byte == '\'') {
			const char *quote = memchr(mend->at + 1, byte, (size_t)(mend->end - mend->at - 1));
			mend->at = quote != NULL ? quote : mend->end - 1;
		} else if (begins_with(mend, "<!--")) {
			pass(mend, 4, "-->");
			continue;
		} else if (begins_with(mend, "<?")) {
			pass(mend, 2, "?>");
			continue;
		} else if (byte == '<' || byte == '[') {
			inside++;
		} else if (byte == ']') {
			inside -= inside > 1;
		} else if (byte == '>' && --inside == 0) {
			mend->at++;
			return;
		}
		mend->at++;
	}
}

static bool
begins_name(char byte)
{
	return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '_' || byte == ':' || (byte & 0x80) != 0;
}

/* The bytes, about MOST of them at most, up to the first that may need something else done; whole characters. */
static size_t
plain_bytes(const struct xml_mend *mend, size_t most)
{
	const char *at = mend->at, *end = (size_t)(mend->end - at) > most ? at + most : mend->end;

	while (end < mend->end && (*end & 0xC0) == 0x80)
		end++;
	if (mend->in_tag)
		while (at < end && strchr("<&>\"'=", *at) == NULL)
			at++;
	else
		while (at < end && *at != '<' && *at != '&' && *at != '>')
			at++;
	return (size_t)(at - mend->at);
}

/* The content of the CDATA section at hand as text. */
static bool
add_section(struct xml_mend *mend, struct buffer *out)
{
	const char *at = mend->at + strlen("<![CDATA["), *end = find(at, mend->end, "]]>"), *plain;

	mend->at = end < mend->end ? end + 3 : end;
	for (;;) {
		for (plain = at; at < end && *at != '<' && *at != '&' && *at != '>'; at++)
			;
		if (!buffer_add(out, plain, (size_t)(at - plain)))
			return false;
		if (at == end)
			return true;
		if (!add(out, *at == '<' ? "&lt;" : *at == '&' ? "&amp;" : "&gt;"))
			return false;
		at++;
	}
}

/* What begins with the `<` at hand, outside of tags. */
static bool
add_markup(struct xml_mend *mend, struct buffer *out, bool *doctype)
{
	const char *begin = mend->at;
	char next = mend->end - begin > 1 ? begin[1] : '\0';

	if (next == '!' && begins_with(mend, "<!--")) {
		pass(mend, 4, "-->");
		return true;
	}
	if (next == '!' && begins_with(mend, "<![CDATA["))
		return add_section(mend, out);
	if (next == '!' && begins_with(mend, "<!DOCTYPE")) {
		pass_doctype(mend);
		*doctype = true;
		return buffer_add(out, begin, (size_t)(mend->at - begin));
	}
	if (next == '?') {
		pass(mend, 2, "?>");
		return true;
	}
	if (next == '/' && mend->end - begin > 2 && begins_name(begin[2])) {
		mend->at += 2;
		return add(out, "</");
	}
	mend->at++;
	if (!begins_name(next))
		return add(out, "&lt;");
	mend->in_tag = true;
	mend->quote = '\0';
	mend->count = 0;
	return add(out, "<");
}

/* The reference at hand, or the bare `&`. */
static bool
add_reference(struct xml_mend *mend, struct buffer *out)
{
	static const char *const predefined[] = {"amp", "lt", "gt", "quot", "apos"};
	struct reference reference;
	const char *begin = mend->at;
	char character[4];
	size_t i;
	bool good;

	reference_read((struct news_text){begin, (size_t)(mend->end - begin)}, &reference);
	if (reference.bytes == 0) {
		mend->at++;
		return add(out, "&amp;");
	}
	mend->at += reference.bytes;
	good = reference.name[0] == '\0' && reference.character != 0 && !reference.is_mended;
	for (i = 0; i < sizeof predefined / sizeof *predefined; i++)
		good = good || strcmp(reference.name, predefined[i]) == 0;
	if (good || (reference.name[0] != '\0' && mend->is_declared(mend->user, reference.name)))
		return buffer_add(out, begin, reference.bytes);
	switch (reference.character) {
	case 0:
		return add(out, "&amp;") && buffer_add(out, begin + 1, reference.bytes - 1);
	case '&':
		return add(out, "&amp;");
	case '<':
		return add(out, "&lt;");
	case '"':
		return add(out, "&quot;");
	default:
		return buffer_add(out, character, reference_write(reference.character, character));
	}
}

/* The byte at hand, which is none of those that begin something: `>` outside of tags, a mark inside one. */
static bool
add_mark(struct xml_mend *mend, struct buffer *out)
{
	char byte = *mend->at++;

	if (!mend->in_tag) {
		/* "]]>" must not stand in text */
		bool closes = mend->at - mend->begin > 2 && mend->at[-2] == ']' && mend->at[-3] == ']';
		return closes ? add(out, "&gt;") : buffer_add_byte(out, byte);
	}
	if (mend->quote != '\0')
		mend->quote = byte == mend->quote ? '\0' : mend->quote;
	else if (byte == '"' || byte == '\'')
		mend->quote = byte;
	else if (byte == '=')
		mend->refused = ++mend->count > XML_MEND_ATTRIBUTES_MAX;
	else if (byte == '>')
		mend->in_tag = false;
	return buffer_add_byte(out, byte);
}

bool
xml_mend_next(struct xml_mend *mend, struct buffer *out, size_t room)
{
	size_t begin = out->bytes;
	bool doctype = false, fine = true;

	if (mend->begin == NULL)
		mend->begin = mend->at;
	while (fine && mend->at < mend->end && !doctype && !mend->refused && out->bytes - begin < room) {
		size_t plain = plain_bytes(mend, room);
		if (plain > 0) {
			fine = buffer_add(out, mend->at, plain);
			mend->at += plain;
		} else if (*mend->at == '&') {
			fine = add_reference(mend, out);
		} else if (*mend->at != '<') {
			fine = add_mark(mend, out);
		} else if (mend->in_tag && mend->quote != '\0') {
			mend->at++;
			fine = add(out, "&lt;");
		} else {
			/* a tag that is not ended ends here for its reader, too */
			mend->in_tag = false;
			fine = add_markup(mend, out, &doctype);
		}
	}
	return fine;
}
