/* SPDX-License-Identifier: ISC */
#include "byline.h"

#include "lexicon.h"
#include "text.h"

#include <string.h>

/* Longer lines are no names. Bytes. */
#define LINE_MAX_BYTES 80
#define NAME_WORDS_MAX 4
/* How much of the text behind the line is looked through for the name. Bytes. */
#define AGAIN_MAX 4000

static const struct lexicon_entry *
look_up(const struct news_lists *lists, struct news_text word)
{
	char folded[2 * LINE_MAX_BYTES];
	size_t bytes = text_fold(word.at, word.bytes, folded, sizeof folded);

	return bytes == 0 ? NULL : lexicon_find(lists, folded, bytes);
}

/* Take the next word off LINE. false: none is left. */
static bool
take_word(struct news_text *line, struct news_text *word)
{
	while (line->bytes > 0 && *line->at == ' ') {
		line->at++;
		line->bytes--;
	}
	*word = (struct news_text){line->at, 0};
	while (line->bytes > 0 && *line->at != ' ') {
		line->at++;
		line->bytes--;
		word->bytes++;
	}
	return word->bytes > 0;
}

static bool
is_name_word(struct news_text word)
{
	size_t at, width;
	uint32_t character = text_decode(word.at, word.bytes, &width);

	if (!text_is_upper(character))
		return false;
	for (at = width; at < word.bytes; at += width) {
		character = text_decode(word.at + at, word.bytes - at, &width);
		if (!text_is_letter(character) && character != '-' && character != '\'' && character != 0x2019 &&
		    !(character == '.' && at + 1 == word.bytes && word.bytes <= 3))
			return false;
	}
	return true;
}

static bool
comes_again(struct news_text text, size_t from, struct news_text name)
{
	size_t end = text.bytes - from > AGAIN_MAX ? from + AGAIN_MAX : text.bytes;
	const char *at = text.at + from;

	while (name.bytes <= (size_t)(text.at + end - at) &&
	    (at = memchr(at, *name.at, (size_t)(text.at + end - at) - name.bytes + 1)) != NULL) {
		if (memcmp(at, name.at, name.bytes) == 0)
			return true;
		at++;
	}
	return false;
}

bool
byline_is_person(const struct news_lists *lists, struct news_text text, struct news_span span)
{
	struct news_text line = {text.at + span.begin, span.end - span.begin}, word, last = {0};
	size_t words = 0;

	if (line.bytes > LINE_MAX_BYTES)
		return false;
	while (take_word(&line, &word)) {
		const struct lexicon_entry *entry;
		bool comma = word.at[word.bytes - 1] == ',' && line.bytes > 0;

		word.bytes -= comma;
		if (word.bytes == 0)
			return false;
		entry = look_up(lists, word);
		if (words > 1 && LEXICON_HAS(entry, CONJUNCTION)) {
			if (comes_again(text, span.end, last))
				return false;
			words = 0;
			continue;
		}
		if (words == 0 && !(LEXICON_HAS(entry, FIRST_NAME) && is_name_word(word)))
			return false;
		if (words > 0 && !is_name_word(word) && !LEXICON_HAS(entry, NAME_PARTICLE))
			return false;
		last = word;
		if (++words > NAME_WORDS_MAX || (comma && words < 2))
			return false;
		if (comma || line.bytes == 0) {
			/* not "Paris Review", "Christian Science Monitor" */
			if (words < 2 || word.bytes < 3 || !is_name_word(word) || comes_again(text, span.end, last) ||
			    LEXICON_HAS(entry, ORG_WORD) || LEXICON_HAS(entry, PLACE_WORD) ||
			    (entry != NULL && !LEXICON_HAS(entry, SURNAME) && !LEXICON_HAS(entry, FIRST_NAME) &&
				!LEXICON_HAS(entry, PLACE)))
				return false;
			if (comma)
				words = 0;
		}
	}
	return words >= 2;
}
