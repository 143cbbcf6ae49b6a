/* SPDX-License-Identifier: ISC
 *
 * quote_frame.h - what stands around quotations: the words outside the marks, with each run of marks as one item
 *
 * A frame sentence is a sentence in which `"I did. I had to." he said.` is: QUOTE he said. Items carry the
 * part-of-speech tag that fits their neighbours; noun phrases are chunked without a parser.
 */
#ifndef QUOTE_FRAME_H
#define QUOTE_FRAME_H

#include "news.h"
#include "quote_marks.h"
#include "token.h"

#include <string.h>

/* No run, no phrase. Documents are far smaller than 4 GiB, so items number things in 32 bits: half the memory to walk.
 */
#define FRAME_NONE ((size_t)UINT32_MAX)

struct frame_item {
	uint32_t token;  /* index of its token; of a run, of its first token or the one after it */
	uint32_t run;    /* index of the run it stands for, or FRAME_NONE */
	uint32_t phrase; /* the noun phrase it belongs to, or FRAME_NONE */
	uint8_t tag;     /* enum lexicon_tag; LEXICON_UNTAGGED for marks and runs */
};

/* A base noun phrase: items [first, last], the head among them. No "of", no commas. */
struct frame_phrase {
	size_t first, last, head;
};

struct frame_sentence {
	size_t first, count; /* items */
	size_t phrase, phrase_count;
	unsigned paragraph;
	bool title;
	bool has_run, has_cue;
	bool runs_only; /* holds nothing but runs and marks */
};

struct frame {
	struct frame_item *items;
	size_t item_count, item_room;
	struct frame_phrase *phrases;
	size_t phrase_count, phrase_room;
	struct frame_sentence *sentences;
	size_t sentence_count, sentence_room;
	const struct news_document *document;
	const struct tokens *tokens;
	const struct quote_marks *marks;
};

/* Build the frame of DOCUMENT, which is borrowed with its tokens and marks. false: out of memory. */
bool frame_run(struct frame *frame, const struct news_document *document, const struct tokens *tokens,
    const struct quote_marks *marks);

void frame_release(struct frame *frame);

/* The token of item I; NULL for a run. LEXICON_HAS takes either. */
static inline const struct token *
frame_token(const struct frame *frame, size_t i)
{
	return frame->items[i].run == FRAME_NONE ? &frame->tokens->at[frame->items[i].token] : NULL;
}

/* The mark that item I is, 0 when it is a word or a run. */
static inline char
frame_mark(const struct frame *frame, size_t i)
{
	const struct token *token = frame_token(frame, i);

	return token == NULL ? 0 : token->mark;
}

bool frame_is_verb(const struct frame *frame, size_t i);   /* any verb form but auxiliaries */
bool frame_is_finite(const struct frame *frame, size_t i); /* past or present tense, or a modal or auxiliary */
bool frame_is_time(const struct frame *frame, size_t i);   /* "Thursday", "yesterday", "late" before one */

/* Whether the verb at item I, of a sentence of the items [first, end), answers somebody: "back" follows it, and behind
 * that, but for an adverb, what was said or the end (`Doe shot back: "..."`); or a run stands shortly before it
 * (`"...", Doe shot back with a laugh`). */
bool frame_is_reply(const struct frame *frame, size_t first, size_t i, size_t end);

/* Whether the word of item I is WORD (lower case ASCII). Inline, since most calls end at the number of bytes. */
static inline bool
frame_is_word(const struct frame *frame, size_t i, const char *word)
{
	const struct token *token = frame_token(frame, i);
	size_t bytes = strlen(word), at;

	if (token == NULL || token->end - token->begin != bytes)
		return false;
	for (at = 0; at < bytes; at++) {
		char byte = frame->document->text.at[token->begin + at];
		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte | 0x20);
		if (byte != word[at])
			return false;
	}
	return true;
}

#endif
