/* SPDX-License-Identifier: ISC */
#include "html_article.h"

#include "text.h"

#include <strings.h>

struct news_text
html_article_text(const struct html_article *article, size_t block)
{
	struct news_span span = article->words.blocks[block].text;

	return (struct news_text){article->words.words.at + span.begin, span.end - span.begin};
}

enum html_element
html_article_element(const struct html_article *article, size_t block)
{
	return (enum html_element)article->tree->nodes[article->words.blocks[block].node].element;
}

bool
html_article_is_word(struct news_text text, const char *word)
{
	return text.bytes == strlen(word) && strncasecmp(text.at, word, text.bytes) == 0;
}

bool
html_article_is_heading(enum html_element element)
{
	return element >= HTML_H1 && element <= HTML_H6;
}

bool
html_article_is_paragraph(enum html_element element)
{
	switch (element) {
	case HTML_P:
	case HTML_LI:
	case HTML_PRE:
	case HTML_BLOCKQUOTE:
	case HTML_DD:
	case HTML_DT:
		return true;
	default:
		return false;
	}
}

bool
html_article_ends_in_stop(struct news_text text)
{
	const char *begin = text.at, *end = text.at + text.bytes;
	size_t width;

	while (end > begin) {
		uint32_t character = text_decode_before(begin, end, &width);

		switch (character) {
		case '.':
		case '?':
		case '!':
		case ':':
		case 0x2026: /* ellipsis */
		case 0x061F:
		case 0x06D4:
		case 0x0964: /* Arabic question mark and full stop, danda */
		case 0x3002:
		case 0xFF01:
		case 0xFF1F: /* ideographic full stop, wide marks */
			return true;
		case '"':
		case '\'':
		case ')':
		case ']':
		case ' ':
		case 0xA0:
		case 0xBB:
			break;
		default:
			if (character < 0x2018 || character > 0x201F)
				return false;
		}
		end -= width;
	}
	return false;
}
