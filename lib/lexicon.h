/* SPDX-License-Identifier: ISC
 *
 * lexicon.h - what the word lists say of a word: one look-up for all lists
 *
 * The lists are the files lib/lists/NAME.txt. scripts/compile-lists.c joins them at build time into one static hash
 * table (SipHash-2-4 of libsodium with a fixed key, open addressing), so that nothing is parsed at start. A line of a
 * list is
 *
 *     word [TAB mark,mark... [TAB lemma]]
 *
 * where a mark is the name of a trait below or a part-of-speech tag of the Penn Treebank (its first one is the
 * word's most frequent). `#traits NAME,NAME` at the top of a file gives the traits that every word of it gets. Other
 * lines that begin with `#` are comments, and so are blank ones. Words are in lower case, with `'` for every
 * apostrophe. A word that stands in several lists gets the traits of all of them. Entries of several words are joined
 * by one space; their first word gets LEXICON_PHRASE as well, the others LEXICON_PHRASE_PART.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include "news.h"

#include <stdint.h>

/* trait, name in the lists, meaning */
/* clang-format off */
#define LEXICON_TRAITS(X)                                                                                        \
	X(ABBR_TITLE, "abbr-title")         /* "Sen.": a stop, then a name; never ends a sentence */             \
	X(ABBR_NEVER, "abbr-never")         /* "vs.", "e.g.": never ends a sentence */                           \
	X(ABBR_CAPITAL, "abbr-capital")     /* "U.S.", "p.m.": ends one before a capital that can begin one */   \
	X(ABBR_NUMBER, "abbr-number")       /* "No.", "p.": does not end one before a digit */                   \
	X(ABBR_COMPANY, "abbr-company")     /* "Inc.", "Corp." */                                                \
	X(ABBR_LAST, "abbr-last")           /* "etc.", "p.m.": ends one before any capital but a day's or month's */ \
	X(ABBR_CITED, "abbr-cited")         /* "App.", "Cir.": in citations, with a capital */                   \
	X(STARTER, "starter")               /* often begins a sentence: "The", "He", "But" */                    \
	X(HONORIFIC, "honorific")           /* "Mr.", "Sir", "Sheikh": belongs to a person's name as title */    \
	X(OFFICE, "office")                 /* "president", "minister", "spokesman": a role before or behind a name */ \
	X(OFFICE_MODIFIER, "office-modifier") /* "deputy", "foreign", "vice", "former" */                        \
	X(MALE, "male")                     /* of honorifics, first names, nouns, pronouns */                    \
	X(FEMALE, "female")                                                                                      \
	X(FIRST_NAME, "first-name")                                                                              \
	X(SURNAME, "surname")                                                                                    \
	X(NAME_PARTICLE, "name-particle")   /* "van", "bin", "de", "al" */                                       \
	X(NAME_SUFFIX, "name-suffix")       /* "Jr.", "III" */                                                   \
	X(COUNTRY, "country")                                                                                    \
	X(PLACE, "place")                   /* cities, states, regions, rivers... */                             \
	X(PLACE_WORD, "place-word")         /* "valley", "street", "river": last or first word of a place's name */ \
	X(DEMONYM, "demonym")               /* "Israeli", "Texan" */                                             \
	X(ORG_WORD, "org-word")             /* "ministry", "university", "party": makes a name an organisation */ \
	X(ORGANISATION, "organisation")     /* known by its one-word name: "Hamas", "Google" */                  \
	X(COMPANY_SUFFIX, "company-suffix") /* "inc", "ltd", "plc" */                                            \
	X(MEDIA, "media")                   /* newspapers, broadcasters, agencies: "Reuters", "Maariv" */        \
	X(AGENCY, "agency")                 /* writes datelines: "AP", "Reuters", "AFP" */                       \
	X(LABEL, "label")                   /* stands before a dash where a dateline would: "EXCLUSIVE" */           \
	X(MONTH, "month")                                                                                        \
	X(WEEKDAY, "weekday")                                                                                    \
	X(TIME_ZONE, "time-zone")           /* "Eastern", "GMT": stands behind a time */                        \
	X(NUMBER, "number")                 /* "three", "million" */                                             \
	X(TIME_NOUN, "time-noun")           /* "today", "morning", "week": stands in adverbials of time */       \
	X(CURRENCY, "currency")             /* "dollars", "euros" */                                             \
	X(PERSON_NOUN, "person-noun")       /* "official", "woman", "analyst": a noun whose referent can speak */ \
	X(GROUP_NOUN, "group-noun")         /* "police", "government", "company": a body that can speak */       \
	X(TEXT_NOUN, "text-noun")           /* "report", "statement", "newspaper", "study": a text that says */  \
	X(KIN, "kin")                       /* "wife", "brother" */                                              \
	X(PRONOUN, "pronoun")               /* personal pronoun that can be a subject */                         \
	X(POSSESSIVE, "possessive")         /* "his", "their" */                                                 \
	X(DETERMINER, "determiner")                                                                              \
	X(PREPOSITION, "preposition")                                                                            \
	X(CONJUNCTION, "conjunction")       /* coordinating */                                                   \
	X(SUBORDINATOR, "subordinator")     /* "because", "while", "if", "that" */                               \
	X(RELATIVE, "relative")             /* "who", "which", "whose" */                                        \
	X(AUXILIARY, "auxiliary")           /* "has", "was", "would" */                                          \
	X(NEGATION, "negation")                                                                                  \
	X(ADVERB, "adverb")                                                                                      \
	X(CUE, "cue")                       /* a verb form that reports speech: "said", "told", "insists" */     \
	X(CUE_STRONG, "cue-strong")         /* hardly used otherwise beside a quotation: "said", "added" */      \
	X(CUE_CLAUSE, "cue-clause")         /* takes a clause without "that": "said he would" */                 \
	X(CUE_PERSON, "cue-person")         /* takes the one spoken to: "told reporters" */                      \
	X(CUE_NAMING, "cue-naming")         /* "called", "dubbed", "described": quoted words name something */   \
	X(CUE_ATTITUDE, "cue-attitude")     /* "believes", "hopes": thought rather than speech */                \
	X(CUE_NOUN, "cue-noun")             /* "claim", "allusion", "warning" */                                 \
	X(WORK_NOUN, "work-noun")           /* "film", "book", "song": a title in marks follows */               \
	X(EVENT_WORD, "event-word")         /* "cup", "prize", "war", "act": makes a name one of the rest (MISC) */ \
	X(ALIAS, "alias")                   /* "U.S.": the lemma is another name of the same */                  \
	X(NEVER_NAME, "never-name")         /* capitalised at the head of a sentence only: "However" */          \
	X(COMMON_WORD, "common-word")       /* small in mid-sentence; given where no other trait or tag is */ \
	X(PHRASE, "phrase")                 /* first word of an entry of several words */ \
	X(PHRASE_PART, "phrase-part")       /* later word of one */

enum lexicon_bit {
#define X(name, text) LEXICON_BIT_##name,
	LEXICON_TRAITS(X)
#undef X
	LEXICON_BITS
};
/* clang-format on */

#define LEXICON_HAS(entry, name) ((entry) != NULL && ((entry)->traits >> LEXICON_BIT_##name & 1) != 0)

/* clang-format off */
/* Penn Treebank tags, as far as the chunker tells them apart. */
#define LEXICON_TAGS(X) \
	X(CC) X(CD) X(DT) X(EX) X(FW) X(IN) X(JJ) X(JJR) X(JJS) X(LS) X(MD) X(NN) X(NNS) X(NNP) X(NNPS) X(PDT) X(POS) \
	X(PRP) X(PRPS) X(RB) X(RBR) X(RBS) X(RP) X(SYM) X(TO) X(UH) X(VB) X(VBD) X(VBG) X(VBN) X(VBP) X(VBZ) X(WDT) \
	X(WP) X(WPS) X(WRB)

enum lexicon_tag {
	LEXICON_UNTAGGED,
#define X(name) LEXICON_##name,
	LEXICON_TAGS(X)
#undef X
	LEXICON_TAG_COUNT
};
/* clang-format on */

struct lexicon_entry {
	uint64_t traits;
	uint32_t word, lemma; /* offsets into the table's text; lemma 0: the word itself */
	uint16_t word_bytes, lemma_bytes;
	uint8_t tag; /* most frequent tag, LEXICON_UNTAGGED when unknown */
};

/* What an abbreviation says of the stop behind it. */
enum lexicon_stop {
	LEXICON_STOP_NONE,    /* nothing: it is no abbreviation */
	LEXICON_STOP_NEVER,   /* it never ends a sentence: a title, "vs." */
	LEXICON_STOP_COUNTED, /* a number follows: "No." */
	LEXICON_STOP_LAST,    /* it may be the last word: "etc.", "p.m." */
	LEXICON_STOP_CAPITAL, /* it may before a capital: "Inc." */
	LEXICON_STOP_CITED    /* the same where it has a capital itself: "Fed." */
};

/* That of ENTRY, which may be NULL: the first that holds, in this order. */
static inline enum lexicon_stop
lexicon_stop(const struct lexicon_entry *entry)
{
	if (LEXICON_HAS(entry, ABBR_TITLE) || LEXICON_HAS(entry, ABBR_NEVER))
		return LEXICON_STOP_NEVER;
	if (LEXICON_HAS(entry, ABBR_NUMBER))
		return LEXICON_STOP_COUNTED;
	if (LEXICON_HAS(entry, ABBR_LAST))
		return LEXICON_STOP_LAST;
	if (LEXICON_HAS(entry, ABBR_CAPITAL) || LEXICON_HAS(entry, ABBR_COMPANY))
		return LEXICON_STOP_CAPITAL;
	return LEXICON_HAS(entry, ABBR_CITED) ? LEXICON_STOP_CITED : LEXICON_STOP_NONE;
}

/* That of a short word: its bytes without the stop, LEXICON_STOP_MAX at most, letters of ASCII in lower case and stops,
 * the first byte lowest. About 2 ns. */
#define LEXICON_STOP_MAX 7
enum lexicon_stop lexicon_find_stop(const struct news_lists *lists, uint64_t word);

/* What the lists say of WORD (folded with text_fold); NULL when they do not have it. About 30 ns. */
const struct lexicon_entry *lexicon_find(const struct news_lists *lists, const char *word, size_t bytes);

/* Whether the lists may have the word of BYTES (> 0) bytes at WORD, in any case, with a stop behind it. A sieve, about
 * 2 ns: nearly all words that are no abbreviations do not pass. */
bool lexicon_may_be_stopped(const struct news_lists *lists, const char *word, size_t bytes);

/* The same of the words that often begin a sentence. */
bool lexicon_may_be_starter(const struct news_lists *lists, const char *word, size_t bytes);

/* The hash that lexicon_find computes of WORD, and the look-up by it: for who needs both. */
uint64_t lexicon_hash(const char *word, size_t bytes);
const struct lexicon_entry *lexicon_find_hashed(const struct news_lists *lists, uint64_t hash, const char *word,
    size_t bytes);

/* The lemma of an entry that lexicon_find gave. */
struct news_text lexicon_lemma(const struct news_lists *lists, const struct lexicon_entry *entry);

/* Whether `--names` gave any name. */
bool lexicon_has_names(const struct news_lists *lists);

/* The canonical name that `--names` gives for NAME (as written in the file, white space folded), or empty text. */
struct news_text lexicon_canonical(const struct news_lists *lists, struct news_text name);

#endif
