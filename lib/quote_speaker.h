/* SPDX-License-Identifier: ISC
 *
 * quote_speaker.h - who a mention is: the canonical name behind "Kerry", "he" and "the official"
 */
#ifndef QUOTE_SPEAKER_H
#define QUOTE_SPEAKER_H

#include "buffer.h"
#include "names.h"
#include "quote_frame.h"
#include "quote_report.h"

#define SPEAKER_NONE ((size_t)-1)

/* One who was found to speak, in reading order. */
struct speaker {
	size_t
	    entity; /* index into the names of the document, or SPEAKER_NONE: a common noun phrase or several names */
	size_t name, name_bytes; /* canonical, in `struct speakers`.text */
	size_t head;             /* token of the head of a common noun phrase, or SPEAKER_NONE */
	enum names_gender gender;
	bool person, plural;
};

struct speakers {
	struct speaker *at;
	size_t count, room;
	struct buffer text;
	size_t *history; /* speakers in the order in which they spoke, each with the sentence they spoke in */
	size_t *history_sentence;
	size_t history_count, history_room, history_sentence_room;
	const struct frame *frame;
	const struct names *names;
};

/* Begin a document, whose frame and names are borrowed. */
void speaker_start(struct speakers *speakers, const struct frame *frame, const struct names *names);

/* Who the mention at items [first, last] with the given head is, standing in SENTENCE. `*found` gets an index into
 * `at`, or SPEAKER_NONE when nobody is named. false: out of memory. */
bool speaker_find(struct speakers *speakers, size_t sentence, const struct report *report, size_t *found);

/* Who the name of tokens [first, last] is, wherever it stands. */
bool speaker_find_tokens(struct speakers *speakers, size_t first, size_t last, size_t *found);

/* Speaker I spoke in SENTENCE: what a later "he" looks at. false: out of memory. */
bool speaker_spoke(struct speakers *speakers, size_t i, size_t sentence);

struct news_text speaker_name(const struct speakers *speakers, size_t i);

void speaker_release(struct speakers *speakers);

#endif
