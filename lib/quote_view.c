/* SPDX-License-Identifier: ISC */
#include "quote_view.h"

#include "buffer.h"
#include "quote_tags.h"

#include <stdlib.h>

uint32_t
view_hash(const char *at, size_t bytes)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < bytes; i++) {
		unsigned char byte = (unsigned char)at[i];
		if (byte >= 'A' && byte <= 'Z')
			byte |= 0x20;
		hash = (hash ^ byte) * UINT64_C(1099511628211);
	}
	return (uint32_t)(hash ^ hash >> 32);
}

static unsigned
mark_class(char mark)
{
	switch (mark) {
	case ',':
		return VIEW_COMMA;
	case ':':
		return VIEW_COLON;
	case '-':
		return VIEW_DASH;
	case ';':
		return VIEW_SEMICOLON;
	case '(':
	case ')':
	case '[':
	case ']':
		return VIEW_BRACKET;
	case '.':
	case '?':
	case '!':
		return VIEW_STOP;
	default:
		return VIEW_MARK;
	}
}

#define OWN_BYTES 6 /* of the longest word with a class of its own */

/* The class of a word that has one of its own, else VIEW_EDGE. */
static unsigned
own_class(const struct frame *frame, size_t i, const struct token *token)
{
	static const struct {
		const char *word;
		enum view_class class;
	} own[] = {
	    {"he", VIEW_HE},
	    {"she", VIEW_HE},
	    {"it", VIEW_IT},
	    {"they", VIEW_THEY},
	    {"i", VIEW_I},
	    {"we", VIEW_WE},
	    {"you", VIEW_YOU},
	    {"him", VIEW_OBJECT},
	    {"them", VIEW_OBJECT},
	    {"me", VIEW_OBJECT},
	    {"us", VIEW_OBJECT},
	    {"who", VIEW_WHO},
	    {"which", VIEW_WHICH},
	    {"that", VIEW_THAT},
	    {"to", VIEW_TO},
	    {"and", VIEW_AND},
	    {"but", VIEW_BUT},
	    {"as", VIEW_AS},
	    {"of", VIEW_OF},
	};
	size_t k;

	if (token->end - token->begin > OWN_BYTES || quote_tags_is_noun(frame->items[i].tag) ||
	    quote_tags_is_verb(frame->items[i].tag))
		return VIEW_EDGE;
	for (k = 0; k < sizeof own / sizeof *own; k++)
		if (frame_is_word(frame, i, own[k].word))
			return own[k].class;
	return VIEW_EDGE;
}

static unsigned
verb_class(const struct frame *frame, size_t i, const struct token *token)
{
	uint8_t tag = frame->items[i].tag;

	if (LEXICON_HAS(token, AUXILIARY))
		return tag == LEXICON_MD ? VIEW_MODAL : VIEW_BE;
	if (tag == LEXICON_VBG)
		return LEXICON_HAS(token, CUE) ? VIEW_SAYING : VIEW_DOING;
	if (LEXICON_HAS(token, CUE_STRONG))
		return VIEW_SAID;
	if (LEXICON_HAS(token, CUE))
		return VIEW_REPORTED;
	return tag == LEXICON_VBN ? VIEW_DONE : tag == LEXICON_VB ? VIEW_BASE : VIEW_VERB;
}

static unsigned
item_class(const struct frame *frame, size_t i)
{
	const struct token *token = frame_token(frame, i);
	uint8_t tag = frame->items[i].tag;
	unsigned class;

	if (token == NULL)
		return VIEW_RUN;
	if (token->mark != 0)
		return mark_class(token->mark);
	class = own_class(frame, i, token);
	if (class != VIEW_EDGE)
		return class;
	if (LEXICON_HAS(token, SUBORDINATOR) && (tag == LEXICON_IN || tag == LEXICON_WRB))
		return VIEW_SUBORDINATOR;
	if (quote_tags_is_verb(tag) || tag == LEXICON_MD)
		return verb_class(frame, i, token);
	if (LEXICON_HAS(token, NEGATION))
		return VIEW_NOT;
	if (frame_is_time(frame, i))
		return VIEW_TIME;
	switch (tag) {
	case LEXICON_NNP:
	case LEXICON_NNPS:
		return VIEW_NAME;
	case LEXICON_NN:
	case LEXICON_NNS:
		return LEXICON_HAS(token, PERSON_NOUN) || LEXICON_HAS(token, OFFICE) ? VIEW_PERSON
		    : LEXICON_HAS(token, GROUP_NOUN)                                 ? VIEW_GROUP
		    : LEXICON_HAS(token, TEXT_NOUN)                                  ? VIEW_TEXT
		    : LEXICON_HAS(token, CUE_NOUN)                                   ? VIEW_CLAIM
										     : VIEW_NOUN;
	case LEXICON_IN:
		return frame_is_word(frame, i, "according") ? VIEW_ACCORDING : VIEW_IN;
	case LEXICON_RB:
	case LEXICON_RBR:
	case LEXICON_RBS:
	case LEXICON_RP:
		return VIEW_ADVERB;
	case LEXICON_POS:
		return VIEW_POSSESSIVE;
	case LEXICON_PRPS:
		return VIEW_HIS;
	case LEXICON_PRP:
		return VIEW_PRONOUN;
	case LEXICON_CD:
		return VIEW_NUMBER;
	case LEXICON_DT:
	case LEXICON_PDT:
		return VIEW_DETERMINER;
	case LEXICON_JJ:
	case LEXICON_JJR:
	case LEXICON_JJS:
		return VIEW_ADJECTIVE;
	case LEXICON_WRB:
	case LEXICON_WP:
	case LEXICON_WDT:
	case LEXICON_WPS:
		return VIEW_HOW;
	case LEXICON_CC:
		return VIEW_AND;
	default:
		return frame_is_word(frame, i, "according") ? VIEW_ACCORDING : VIEW_OTHER;
	}
}

bool
view_run(struct view *view, const struct news_lists *lists, const struct frame *frame,
    const struct frame_sentence *sentence)
{
	static const uint8_t coarse[VIEW_CLASS_COUNT] = {
#define X(name, coarse) VIEW_##coarse,
	    VIEW_CLASSES(X)
#undef X
	};
	size_t i;

	while (view->room < sentence->count) {
		struct view_item *grown = array_grow(view->items, view->room, &view->room, sizeof *grown);
		if (grown == NULL)
			return false;
		view->items = grown;
	}
	view->frame = frame;
	view->first = sentence->first;
	view->end = sentence->first + sentence->count;
	for (i = 0; i < sentence->count; i++) {
		const struct token *token = frame_token(frame, view->first + i);
		struct view_item *item = &view->items[i];
		struct news_text word;

		item->class = (uint8_t)item_class(frame, view->first + i);
		item->coarse = coarse[item->class];
		item->word = 0;
		if (token == NULL || token->mark != 0)
			continue;
		word = (struct news_text){frame->document->text.at + token->begin, token->end - token->begin};
		if (token->entry != NULL && token->entry->lemma != 0)
			word = lexicon_lemma(lists, token->entry);
		item->word = view_hash(word.at, word.bytes);
	}
	return true;
}

void
view_release(struct view *view)
{
	free(view->items);
	*view = (struct view){0};
}
