/* SPDX-License-Identifier: ISC
 *
 * A mention is one of: a pronoun, which is resolved by looking back over at most BACK sentences; a name, alone or
 * behind a title, whose canonical form the names module knows; a common noun phrase, which is its own name unless an
 * earlier one with the same head was meant ("a State Department official ... the official").
 *
 * Pronouns: every person named outside marks, and everyone who spoke, is a candidate; gender, having spoken last,
 * standing first in its sentence and nearness decide. The weights stand together in enum weight.
 */
#include "quote_speaker.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

#define BACK 14        /* sentences that a pronoun looks back */
#define NAMED_MAX 256  /* names of a document among which one in capitals is looked for */
#define BACK_ITEMS 400 /* items of each of them */

enum weight {
	GENDER_KNOWN = 6,
	SPOKE_LAST = 7,
	SAME_SENTENCE = 6,
	FIRST_IN_SENTENCE = 4,
	PER_SENTENCE = -2,
	PER_PARAGRAPH = -2,
	POSSESSOR = -2
};

void
speaker_start(struct speakers *speakers, const struct frame *frame, const struct names *names)
{
	speakers->frame = frame;
	speakers->names = names;
	speakers->count = speakers->history_count = 0;
	speakers->text.bytes = 0;
}

struct news_text
speaker_name(const struct speakers *speakers, size_t i)
{
	if (i == SPEAKER_NONE)
		return (struct news_text){"", 0};
	return (struct news_text){speakers->text.at + speakers->at[i].name, speakers->at[i].name_bytes};
}

static bool
add_speaker(struct speakers *speakers, const struct speaker *speaker, size_t *found)
{
	struct speaker *grown = array_grow(speakers->at, speakers->count, &speakers->room, sizeof *speakers->at);

	if (grown == NULL)
		return false;
	speakers->at = grown;
	*found = speakers->count;
	grown[speakers->count++] = *speaker;
	return true;
}

bool
speaker_spoke(struct speakers *speakers, size_t i, size_t sentence)
{
	size_t *grown;

	if (i == SPEAKER_NONE)
		return true;
	grown = array_grow(speakers->history, speakers->history_count, &speakers->history_room, sizeof *grown);
	if (grown == NULL)
		return false;
	speakers->history = grown;
	grown = array_grow(speakers->history_sentence, speakers->history_count, &speakers->history_sentence_room,
	    sizeof *grown);
	if (grown == NULL)
		return false;
	speakers->history_sentence = grown;
	speakers->history[speakers->history_count] = i;
	speakers->history_sentence[speakers->history_count++] = sentence;
	return true;
}

/* The speaker that stands for ENTITY, made when there is none yet. */
static bool
entity_speaker(struct speakers *speakers, size_t entity, size_t *found)
{
	const struct names_entity *named = names_entity(speakers->names, entity);
	struct speaker speaker = {.entity = entity, .head = SPEAKER_NONE, .gender = named->gender};
	size_t i;

	for (i = speakers->count; i-- > 0 && speakers->count - i < 64;) {
		if (speakers->at[i].entity == entity) {
			*found = i;
			return true;
		}
	}
	speaker.person = named->type == NEWS_PER;
	speaker.name = speakers->text.bytes;
	speaker.name_bytes = named->name.bytes;
	if (!buffer_add(&speakers->text, named->name.at, named->name.bytes))
		return false;
	return add_speaker(speakers, &speaker, found);
}

static size_t
sentence_end(const struct frame *frame, size_t sentence)
{
	return frame->sentences[sentence].first + frame->sentences[sentence].count;
}

static const struct names_mention *
mention_at(const struct speakers *speakers, size_t item)
{
	const struct frame_item *at = &speakers->frame->items[item];

	return at->run == FRAME_NONE ? names_at(speakers->names, at->token) : NULL;
}

static enum names_gender
pronoun_gender(const struct frame *frame, size_t item)
{
	const struct token *entry = frame_token(frame, item);

	if (LEXICON_HAS(entry, MALE) || frame_is_word(frame, item, "he"))
		return NAMES_MALE;
	if (LEXICON_HAS(entry, FEMALE) || frame_is_word(frame, item, "she"))
		return NAMES_FEMALE;
	return NAMES_UNKNOWN;
}

/* How well a referent of GENDER answers a pronoun of gender WANTED. */
static int
gender_weight(enum names_gender gender, enum names_gender wanted, bool *fits)
{
	*fits = gender == NAMES_UNKNOWN || wanted == NAMES_UNKNOWN || gender == wanted;
	return gender == wanted && gender != NAMES_UNKNOWN ? GENDER_KNOWN : 0;
}

struct referent {
	size_t entity;  /* or SPEAKER_NONE */
	size_t speaker; /* where entity is SPEAKER_NONE */
	int weight;
};

static void
offer(struct referent *best, size_t entity, size_t speaker, int weight)
{
	if (weight > best->weight)
		*best = (struct referent){entity, speaker, weight};
}

/* Whether the last one who spoke before ITEM is ENTITY (or speaker SPEAKER). */
static bool
spoke_last(const struct speakers *speakers, size_t entity, size_t speaker)
{
	size_t last;

	if (speakers->history_count == 0)
		return false;
	last = speakers->history[speakers->history_count - 1];
	return entity != SPEAKER_NONE ? speakers->at[last].entity == entity : last == speaker;
}

/* Who "he" or "she" at item PRONOUN is. */
static bool
resolve_person(struct speakers *speakers, size_t sentence, size_t pronoun, size_t *found)
{
	const struct frame *frame = speakers->frame;
	enum names_gender wanted = pronoun_gender(frame, pronoun);
	struct referent best = {SPEAKER_NONE, SPEAKER_NONE, -100};
	unsigned paragraph = frame->sentences[sentence].paragraph;
	size_t back, h;

	for (back = 0; back <= BACK && back <= sentence; back++) {
		const struct frame_sentence *there = &frame->sentences[sentence - back];
		size_t first_item = there->first, end = back == 0 ? pronoun : sentence_end(frame, sentence - back), i;
		int distance = (int)back * PER_SENTENCE + (int)(paragraph - there->paragraph) * PER_PARAGRAPH;
		bool first = true;

		if (there->title && back > 3)
			continue;
		if (end - first_item > BACK_ITEMS)
			first_item = end - BACK_ITEMS;
		for (i = first_item; i < end; i++) {
			const struct names_mention *mention = mention_at(speakers, i);
			const struct names_entity *entity;
			int weight;
			bool fits;

			if (mention == NULL || frame->items[i].token != mention->first)
				continue;
			entity = names_entity(speakers->names, mention->entity);
			if (entity->type != NEWS_PER)
				continue;
			weight = distance + gender_weight(entity->gender, wanted, &fits);
			/* "Obama's lawyer" is about the lawyer */
			if (mention->last + 1 < frame->tokens->count &&
			    frame->tokens->at[mention->last + 1].shape & TOKEN_POSSESSIVE)
				weight += POSSESSOR;
			if (fits) {
				weight += spoke_last(speakers, mention->entity, SPEAKER_NONE) ? SPOKE_LAST : 0;
				weight += first ? FIRST_IN_SENTENCE : 0;
				weight += back == 0 && first ? SAME_SENTENCE : 0;
				offer(&best, mention->entity, SPEAKER_NONE, weight);
			}
			first = false;
		}
	}
	for (h = speakers->history_count; h-- > 0 && speakers->history_count - h <= 4;) {
		const struct speaker *speaker = &speakers->at[speakers->history[h]];
		size_t spoke_in = speakers->history_sentence[h];
		int weight;
		bool fits;

		if (!speaker->person || speaker->plural || sentence - spoke_in > BACK)
			continue;
		weight = (int)(sentence - spoke_in) * PER_SENTENCE +
		    (int)(paragraph - frame->sentences[spoke_in].paragraph) * PER_PARAGRAPH + FIRST_IN_SENTENCE +
		    gender_weight(speaker->gender, wanted, &fits);
		if (fits)
			offer(&best, speaker->entity, speakers->history[h],
			    weight + (h + 1 == speakers->history_count ? SPOKE_LAST : 0));
	}
	*found = SPEAKER_NONE;
	if (best.weight == -100)
		return true;
	if (best.entity == SPEAKER_NONE) {
		*found = best.speaker;
		return true;
	}
	return entity_speaker(speakers, best.entity, found);
}

/* "they" is the last body or group that spoke, "it" the last body, when that was not long ago; but first the subject of
 * their own sentence: `The university is "in no position to comment", it said`. */
static bool
resolve_group(struct speakers *speakers, size_t sentence, size_t pronoun, bool plural, size_t *found)
{
	const struct frame *frame = speakers->frame;
	struct report subject;
	size_t h;

	*found = SPEAKER_NONE;
	if (report_main_subject(frame, &frame->sentences[sentence], pronoun, &subject) &&
	    subject.mention_last < pronoun && frame->items[subject.head].tag != LEXICON_PRP) {
		const struct token *entry = frame_token(frame, subject.head);
		bool many =
		    frame->items[subject.head].tag == LEXICON_NNS || frame->items[subject.head].tag == LEXICON_NNPS;
		if (plural ? many || LEXICON_HAS(entry, GROUP_NOUN) : !many && !LEXICON_HAS(entry, PERSON_NOUN))
			return speaker_find(speakers, sentence, &subject, found);
	}
	for (h = speakers->history_count; h-- > 0 && speakers->history_count - h <= 2;) {
		const struct speaker *speaker = &speakers->at[speakers->history[h]];
		if (sentence - speakers->history_sentence[h] > 3)
			break;
		if (plural ? (speaker->plural || !speaker->person) : (!speaker->person && !speaker->plural)) {
			*found = speakers->history[h];
			return true;
		}
	}
	return true;
}

/* Whether the name MENTION, of which ITEM is a part, only tells which the noun behind it is: "Trump loyalist Doe". */
static bool
is_modifier(const struct frame *frame, const struct names_mention *mention, size_t item)
{
	const struct frame_phrase *phrase;
	const struct token *entry;
	size_t i = item;

	if (frame->items[item].phrase == (uint32_t)FRAME_NONE)
		return false;
	phrase = &frame->phrases[frame->items[item].phrase];
	while (i < phrase->last && frame->items[i + 1].token <= mention->last)
		i++;
	entry = frame_token(frame, phrase->head);
	if (LEXICON_HAS(entry, TEXT_NOUN) || LEXICON_HAS(entry, CUE_NOUN))
		return false; /* "Doe statement": its author speaks */
	return i < phrase->last && (frame->items[i + 1].tag == LEXICON_NN || frame->items[i + 1].tag == LEXICON_NNS);
}

/* A person's name in items [first, last] that the phrase is about: not behind a preposition ("a spokesman for John
 * Kerry"), not a possessor ("Obama's lawyer"), not before another noun ("Trump loyalist"). */
static const struct names_mention *
own_name(const struct speakers *speakers, size_t first, size_t last, size_t *item)
{
	const struct frame *frame = speakers->frame;
	size_t i;

	for (i = first; i <= last; i++) {
		const struct names_mention *mention = mention_at(speakers, i);
		const struct token *next;

		if (frame_mark(frame, i) == ',' || frame_mark(frame, i) == '(')
			return NULL;
		if (mention == NULL || frame->items[i].token != mention->first ||
		    names_entity(speakers->names, mention->entity)->type != NEWS_PER)
			continue;
		/* a possessor within the phrase; one that is the whole phrase speaks: "Kerry's claim" */
		next = mention->last + 1 < frame->tokens->count ? &frame->tokens->at[mention->last + 1] : NULL;
		if (next != NULL && next->tag == LEXICON_POS && mention->last < frame->items[last].token)
			continue;
		if (i > first &&
		    (LEXICON_HAS(frame_token(frame, i - 1), PREPOSITION) || frame_is_word(frame, i - 1, "of")))
			continue;
		if (is_modifier(frame, mention, i))
			continue;
		*item = i;
		return mention;
	}
	return NULL;
}

static bool
is_name_of(const struct speakers *speakers, const struct names_mention *mention, enum news_entity_type type)
{
	return names_entity(speakers->names, mention->entity)->type == type;
}

/* Append the words of bytes [begin, end) with LF and runs of blanks as one space. */
static bool
add_words(struct buffer *out, const char *text, size_t begin, size_t end)
{
	bool blank = false;
	size_t i;

	for (i = begin; i < end; i++) {
		bool space = text[i] == ' ' || text[i] == '\n';
		if (space && blank)
			continue;
		if (!buffer_add_byte(out, space ? ' ' : text[i]))
			return false;
		blank = space;
	}
	return true;
}

/* The noun phrase of items [first, last] as a name: its article in lower case. */
static bool
phrase_speaker(struct speakers *speakers, size_t first, size_t last, size_t head, size_t *found)
{
	const struct frame *frame = speakers->frame;
	const struct token *begin = frame_token(frame, first), *end = frame_token(frame, last);
	const struct token *entry = frame_token(frame, head);
	struct speaker speaker = {.entity = SPEAKER_NONE, .head = frame->items[head].token};
	char *article;
	size_t i;

	speaker.plural = frame->items[head].tag == LEXICON_NNS || frame->items[head].tag == LEXICON_NNPS;
	speaker.person = LEXICON_HAS(entry, PERSON_NOUN) || LEXICON_HAS(entry, OFFICE) || LEXICON_HAS(entry, KIN);
	speaker.gender = LEXICON_HAS(entry, MALE) ? NAMES_MALE
	    : LEXICON_HAS(entry, FEMALE)          ? NAMES_FEMALE
						  : NAMES_UNKNOWN;
	speaker.name = speakers->text.bytes;
	if (!add_words(&speakers->text, frame->document->text.at, begin->begin, end->end))
		return false;
	speaker.name_bytes = speakers->text.bytes - speaker.name;
	article = speakers->text.at + speaker.name;
	if (frame_is_word(frame, first, "the") || frame_is_word(frame, first, "a") || frame_is_word(frame, first, "an"))
		for (i = 0; i < begin->end - begin->begin; i++)
			article[i] = (char)(article[i] | 0x20);
	return add_speaker(speakers, &speaker, found);
}

static bool
same_word(const struct frame *frame, size_t token, size_t other)
{
	const struct token *a = &frame->tokens->at[token], *b = &frame->tokens->at[other];
	const char *text = frame->document->text.at;

	return a->end - a->begin == b->end - b->begin &&
	    memcmp(text + a->begin, text + b->begin, a->end - a->begin) == 0;
}

/* "the official" behind "a State Department official"; "the minister" behind "Defense Minister Danny Danon". */
static bool
earlier_phrase(struct speakers *speakers, size_t first, size_t head, size_t *found)
{
	const struct frame *frame = speakers->frame;
	size_t i, n;

	if (!frame_is_word(frame, first, "the") && !frame_is_word(frame, first, "this") &&
	    !frame_is_word(frame, first, "that"))
		return false;
	for (i = speakers->count, n = 0; i-- > 0 && n < 32; n++) {
		const struct speaker *speaker = &speakers->at[i];
		if (speaker->head != SPEAKER_NONE && same_word(frame, speaker->head, frame->items[head].token)) {
			*found = i;
			return true;
		}
	}
	return false;
}

/* The latest person before TOKEN whose role holds the head of a definite phrase: "the minister". */
static bool
role_bearer(const struct speakers *speakers, size_t first, size_t head, size_t *entity)
{
	const struct frame *frame = speakers->frame;
	const struct token *word = frame_token(frame, head);
	const char *text = frame->document->text.at;
	size_t bytes = word->end - word->begin, count = names_entity_count(speakers->names), i, n;

	if (!frame_is_word(frame, first, "the") || head != first + 1)
		return false;
	if (!LEXICON_HAS(word, OFFICE) && !LEXICON_HAS(word, PERSON_NOUN))
		return false;
	for (i = count, n = 0; i-- > 0 && n < 64; n++) {
		const struct names_entity *named = names_entity(speakers->names, i);
		const char *role = named->role.at;
		size_t at;

		if (named->type != NEWS_PER || named->role.bytes < bytes ||
		    names_mention(speakers->names, named->first_mention)->first > frame->items[head].token)
			continue;
		for (at = 0; at + bytes <= named->role.bytes; at++) {
			if (at > 0 && role[at - 1] != ' ')
				continue;
			if (at + bytes < named->role.bytes && role[at + bytes] != ' ' && role[at + bytes] != ',')
				continue;
			if (memcmp(role + at + 1, text + word->begin + 1, bytes - 1) == 0 &&
			    (role[at] | 0x20) == (text[word->begin] | 0x20)) {
				*entity = i;
				return true;
			}
		}
	}
	return false;
}

/* Several people joined by "and": their names joined by "; ". */
static bool
joint_speaker(struct speakers *speakers, size_t first, size_t last, bool *several, size_t *found)
{
	struct speaker speaker = {.entity = SPEAKER_NONE, .head = SPEAKER_NONE, .person = true, .plural = true};
	const struct frame *frame = speakers->frame;
	size_t i, people = 0;
	bool joined = false;

	*several = false;
	for (i = first; i <= last && frame_mark(frame, i) != '('; i++) {
		joined = joined || frame_is_word(frame, i, "and");
		if (frame_mark(frame, i) == ',' && !joined)
			return true;
	}
	if (!joined)
		return true;
	speaker.name = speakers->text.bytes;
	for (i = first; i <= last; i++) {
		size_t item;
		const struct names_mention *mention = own_name(speakers, i, last, &item);
		struct news_text name;

		if (mention == NULL)
			break;
		name = names_entity(speakers->names, mention->entity)->name;
		if ((people > 0 && !buffer_add(&speakers->text, "; ", 2)) ||
		    !buffer_add(&speakers->text, name.at, name.bytes))
			return false;
		people++;
		i = item;
		while (i < last && frame->items[i + 1].run == FRAME_NONE && frame->items[i + 1].token <= mention->last)
			i++;
	}
	if (people < 2) {
		speakers->text.bytes = speaker.name;
		return true;
	}
	speaker.name_bytes = speakers->text.bytes - speaker.name;
	*several = true;
	return add_speaker(speakers, &speaker, found);
}

/* The last item of the phrase without its appositions and relative clauses. */
static size_t
core_end(const struct frame *frame, const struct report *report)
{
	size_t i;

	for (i = report->mention_first; i < report->mention_last; i++)
		if (frame_mark(frame, i + 1) == ',' || frame_mark(frame, i + 1) == '(' ||
		    frame_mark(frame, i + 1) == '-' || LEXICON_HAS(frame_token(frame, i + 1), RELATIVE))
			break;
	return i;
}

bool
speaker_find(struct speakers *speakers, size_t sentence, const struct report *report, size_t *found)
{
	const struct frame *frame = speakers->frame;
	size_t first = report->mention_first, last = core_end(frame, report), head = report->head, item, entity, i;
	const struct names_mention *mention;
	const struct token *entry;
	bool several;

	if (head > last)
		head = last;
	*found = SPEAKER_NONE;
	if (first == last && frame->items[first].tag == LEXICON_PRP) {
		if (frame_is_word(frame, first, "he") || frame_is_word(frame, first, "she"))
			return resolve_person(speakers, sentence, first, found);
		if (frame_is_word(frame, first, "they") || frame_is_word(frame, first, "it"))
			return resolve_group(speakers, sentence, first, frame_is_word(frame, first, "they"), found);
		return true;
	}
	if (!joint_speaker(speakers, first, last, &several, found))
		return false;
	if (several)
		return true;
	mention = own_name(speakers, first, last, &item);
	if (mention != NULL)
		return entity_speaker(speakers, mention->entity, found);
	/* "the prime minister, Benjamin Netanyahu, said"; "its author, doctoral candidate Maninder Thind, said" */
	if (last + 2 <= report->mention_last && frame_mark(frame, last + 1) == ',') {
		mention = own_name(speakers, last + 2, report->mention_last, &item);
		for (i = last + 2; mention != NULL && i < item; i++)
			if (!LEXICON_HAS(frame_token(frame, i), HONORIFIC) &&
			    !LEXICON_HAS(frame_token(frame, i), OFFICE) &&
			    frame->items[i].phrase != frame->items[item].phrase)
				mention = NULL;
		if (mention != NULL)
			return entity_speaker(speakers, mention->entity, found);
	}
	entry = frame_token(frame, head);
	mention = mention_at(speakers, head);
	if (mention != NULL && !is_name_of(speakers, mention, NEWS_PER) && !LEXICON_HAS(entry, DEMONYM) &&
	    frame->items[head].tag != LEXICON_NNPS) {
		/* an organisation or place speaks by its own name, but "an Interior Ministry official" is the official
		 */
		size_t before = first;
		while (before < head &&
		    (frame->items[before].tag == LEXICON_DT || frame->items[before].token >= mention->first))
			before++;
		if (frame->items[before].token >= mention->first)
			return entity_speaker(speakers, mention->entity, found);
	}
	if (LEXICON_HAS(entry, TEXT_NOUN) || LEXICON_HAS(entry, CUE_NOUN)) {
		/* "a report in Maariv newspaper": the paper says it */
		for (i = head + 1; i <= last; i++) {
			mention = mention_at(speakers, i);
			if (mention != NULL && frame->items[i].token == mention->first &&
			    is_name_of(speakers, mention, NEWS_ORG))
				return entity_speaker(speakers, mention->entity, found);
		}
	}
	if (earlier_phrase(speakers, first, head, found))
		return true;
	if (role_bearer(speakers, first, head, &entity))
		return entity_speaker(speakers, entity, found);
	if (frame_token(frame, first) == NULL || frame_token(frame, last) == NULL)
		return true;
	return phrase_speaker(speakers, first, last, head, found);
}

/* Whether the last word of NAME is WORD, whatever their case (ASCII). */
static bool
ends_in_word(struct news_text name, const char *word, size_t bytes)
{
	size_t at, i;

	if (name.bytes < bytes || (name.bytes > bytes && name.at[name.bytes - bytes - 1] != ' '))
		return false;
	at = name.bytes - bytes;
	for (i = 0; i < bytes; i++)
		if (name.at[at + i] != word[i] && ((name.at[at + i] ^ word[i]) != 0x20 || (word[i] | 0x20) - 'a' > 25))
			return false;
	return true;
}

bool
speaker_find_tokens(struct speakers *speakers, size_t first, size_t last, size_t *found)
{
	const struct frame *frame = speakers->frame;
	const struct token *begin = &frame->tokens->at[first], *end = &frame->tokens->at[last];
	const struct names_mention *mention = names_at(speakers->names, last);
	struct speaker speaker = {.entity = SPEAKER_NONE, .head = SPEAKER_NONE, .person = true};
	size_t i, n;

	/* "KERRY" in capitals is the Kerry of the document */
	for (i = 0, n = names_entity_count(speakers->names); i < n && i < NAMED_MAX; i++) {
		const struct names_entity *named = names_entity(speakers->names, i);
		if (named->type == NEWS_PER && (mention == NULL || mention->entity != i) &&
		    memchr(named->name.at, ' ', named->name.bytes) != NULL &&
		    ends_in_word(named->name, frame->document->text.at + end->begin, end->end - end->begin))
			return entity_speaker(speakers, i, found);
	}
	if (mention != NULL && is_name_of(speakers, mention, NEWS_PER))
		return entity_speaker(speakers, mention->entity, found);
	speaker.name = speakers->text.bytes;
	if (!add_words(&speakers->text, frame->document->text.at, begin->begin, end->end))
		return false;
	speaker.name_bytes = speakers->text.bytes - speaker.name;
	return add_speaker(speakers, &speaker, found);
}

void
speaker_release(struct speakers *speakers)
{
	free(speakers->at);
	free(speakers->history);
	free(speakers->history_sentence);
	buffer_release(&speakers->text);
	memset(speakers, 0, sizeof *speakers);
}
