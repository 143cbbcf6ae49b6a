/* SPDX-License-Identifier: ISC
 *
 * news.h - the public interface of libnewsutils
 *
 * Conventions, once for all functions:
 * - `struct news_text` is a borrowed run of bytes, never ended by NUL; whoever gives it keeps it. What an engine
 *   returns lives until its next `start` or its `free`.
 * - `struct news_span` is a half-open byte range [begin, end) in the text of a document; an empty span means none.
 * - Sizes and offsets are bytes. Text is well-formed UTF-8 with no control character but LF.
 * - An engine is made by `new` (NULL: out of memory) and given back by `free` (NULL does nothing). `start` hands it a
 *   document, `next` gives one result after the other; stopping early is allowed.
 * - Engines share nothing that changes: one engine a thread, one `struct news_lists` for all of them.
 * - Nothing here prints, exits or keeps global state.
 */
#ifndef NEWS_H
#define NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NEWS_VERSION "0.1.0"

/* The largest offset that seven digits hold, and the largest number that four digits hold: DESIGN's key columns. */
#define NEWS_DOCUMENT_MAX 9999999
#define NEWS_PARAGRAPH_MAX 9999
#define NEWS_SENTENCE_MAX 9999

struct news_text {
	const char *at;
	size_t bytes;
};

struct news_span {
	size_t begin, end;
};

enum news_status {
	NEWS_OK,
	NEWS_END,       /* nothing more; not an error */
	NEWS_REJECTED,  /* this record is malformed; news_error says why; the next may be fine */
	NEWS_NO_MEMORY, /* allocation failed */
	NEWS_FAILED     /* reading a file failed or a user's list is malformed; news_error says why */
};

/* Why something failed: one line, lower case, without a full stop and without control characters. */
struct news_error {
	char text[256];
};

/* ---- documents ---- */

enum news_kind { NEWS_META, NEWS_TITLE, NEWS_DATELINE, NEWS_BYLINE, NEWS_BODY, NEWS_NOTE };
#define NEWS_KINDS 6

/* One row of nsplit: a sentence, or an undivided title, dateline, byline or note. Numbers count from 1. */
struct news_segment {
	struct news_span span;
	unsigned paragraph, sentence;
	enum news_kind kind;
};

/* One `meta` row. */
struct news_field {
	struct news_text key, value;
};

struct news_document {
	struct news_text id;
	struct news_text text;
	const struct news_segment *segments; /* in reading order; meta rows are not among them */
	size_t segment_count;
	const struct news_field *fields;
	size_t field_count;
	const struct news_span *sentences; /* those that the source itself tells apart; NULL: it does not */
	size_t sentence_count;
	bool wrapped;   /* paragraphs end at blank lines, not at every LF */
	bool has_title; /* the first line is a title because the container says so */
};

/* The name of KIND as it stands in column 6, which is shorter; zeros fill up NEWS_KIND_ROOM bytes, so that as many can
 * be copied. */
#define NEWS_KIND_ROOM 12
const char *news_kind_name(enum news_kind kind);

/* The first field of DOCUMENT under KEY (a C string); empty text (at == NULL) when there is none. */
struct news_text news_document_field(const struct news_document *document, const char *key);

/* ---- word lists ---- */

/* The embedded word lists and models, with what the user adds. Read-only once the engines run. */
struct news_lists;

struct news_lists *news_lists_new(void);
void news_lists_free(struct news_lists *lists);

/* Add the user's words: every file NAME.txt of DIRECTORY adds to the embedded list NAME. NEWS_FAILED when the
 * directory cannot be read, a file's name is no list's, or a line is malformed (ERROR says `FILE:LINE: why`). */
enum news_status news_lists_add_directory(struct news_lists *lists, const char *directory, struct news_error *error);

/* Fix names across documents: each line of FILE is `canonical TAB alias TAB alias ...`. */
enum news_status news_lists_add_names(struct news_lists *lists, const char *file, struct news_error *error);

/* The I-th embedded list or file of rules: its name and the BLAKE2b digest of its source text (16 hex digits), so that
 * a result can be cited. NULL past the last. */
const char *news_lists_digest(size_t i, const char **digest);

/* ---- rows in: from rows of nsplit to documents ---- */

/* One parsed row of nsplit. */
struct news_row {
	struct news_text doc, key; /* key: the first five columns, as they stand, with the four TABs between them */
	struct news_text text;
	struct news_span span;
	unsigned paragraph, sentence;
	enum news_kind kind;
};

/* Parse LINE (without its LF) as a row of nsplit; further columns are ignored. NEWS_REJECTED with the reason in ERROR
 * when it is none; `row->key` is then empty unless it looked like one: digits in columns 2 to 5, a kind in column 6.
 * Pure: no allocation. */
enum news_status news_row_parse(struct news_text line, struct news_row *row, struct news_error *error);

/* Whether ROW begins a new document after BEFORE, the row before it in the stream (DESIGN section 1, "Where a document
 * ends"). */
bool news_row_starts_document(const struct news_row *before, const struct news_row *row);

/* Puts a document together again from its rows. */
struct news_assembler;

struct news_assembler *news_assembler_new(void);
void news_assembler_free(struct news_assembler *assembler);

/* Begin a document; forget the one before. */
void news_assembler_start(struct news_assembler *assembler);

/* Add ROW, which belongs to the document begun. */
enum news_status news_assembler_add(struct news_assembler *assembler, const struct news_row *row);

/* The document of the rows added since `start`; what no row covers is LF between paragraphs and U+0020 elsewhere. */
enum news_status news_assembler_document(struct news_assembler *assembler, struct news_document *document);

/* ---- raw text in: from a feed to documents ---- */

/* A format of feeds; NULL stands for `auto`. */
struct news_format;

/* The format called NAME into `*format`; "auto" gives NULL. false: there is none. */
bool news_format_find(const char *name, const struct news_format **format);
const char *news_format_name(const struct news_format *format);

/* The name of the I-th format, `auto` first; NULL past the last. */
const char *news_format_list(size_t i);

/* Which keys of a JSON object mean what: each a list of names joined by commas, tried in this order; a `*` at the end
 * of a name stands for any ending. NULL: the default. */
struct news_json_names {
	const char *id, *text, *title, *date, *url, *source, *author, *lang;
};

struct news_reader_options {
	const struct news_format *format;
	const char *doc_end;   /* a pcre2 pattern: a line that matches ends a document and belongs to none; or NULL */
	const char *id_prefix; /* put before every id; or NULL */
	bool id_hash;          /* ids are content hashes even where the source brings its own */
	const char *lang;      /* of all documents, a code of ISO 639-1; or NULL */
	const char *encoding;  /* of the text, whatever its file says: a name that iconv(3) knows; or NULL */
	bool guess_encoding;   /* documents that are not well-formed UTF-8 are in windows-1252 */
	struct news_json_names json;
};

/* Turns the bytes of a file as they lie into those that are cut: gzip and zstd undone (known by their magic numbers,
 * with any number of members and frames), and text in another encoding than UTF-8 converted. */
struct news_decoder;

/* What `next` needs at least. Bytes. */
#define NEWS_DECODER_ROOM 64

/* Whether text can be converted from the encoding called NAME, which is for iconv(3) to know. */
bool news_encoding_is_known(const char *name);

/* OPTIONS say the encoding of the text; without one, a file's own byte order mark or XML declaration does, else it
 * passes as it is. NULL: the bytes are rows, or of any kind, and are only decompressed. NULL: out of memory. */
struct news_decoder *news_decoder_new(const struct news_reader_options *options);
void news_decoder_free(struct news_decoder *decoder);

/* Begin another file. */
void news_decoder_start(struct news_decoder *decoder);

/* Whether nothing of this file is held here, and what is still to come would pass as it is: it need not be fed. */
bool news_decoder_is_idle(const struct news_decoder *decoder);

/* BYTES come next in the file, borrowed until `next` makes nothing; ENDED: no more will come. */
void news_decoder_feed(struct news_decoder *decoder, struct news_text bytes, bool ended);

/* Write no more than ROOM bytes (at least NEWS_DECODER_ROOM) to OUT; `*made` gets how many: 0 where NEWS_OK means that
 * more must be fed first, and with every other status. NEWS_END: the file is complete. NEWS_REJECTED: it is, but is
 * followed by bytes that were left out, ERROR says which. NEWS_FAILED: it cannot be read on, ERROR says why. What is
 * made does not depend on how the bytes were fed. */
enum news_status news_decoder_next(struct news_decoder *decoder, char *out, size_t room, size_t *made,
    struct news_error *error);

/* The encoding that this file is converted from; NULL: it is not, or that is not known yet. `*replaced` gets how many
 * ill-formed sequences were replaced so far. */
const char *news_decoder_encoding(const struct news_decoder *decoder, size_t *replaced);

/* One document as it stands in a file, with what is needed to read it. */
struct news_record {
	const struct news_format *format;
	struct news_text file;  /* name of the file, "-" for standard input */
	struct news_text head;  /* what the top of the file says for all its records; mostly empty */
	struct news_text bytes; /* its own bytes */
};

/* Finds where documents end in a stream that arrives in pieces. */
struct news_cutter;

/* NULL with ERROR set when the pattern does not compile or memory is short. The options are borrowed. */
struct news_cutter *news_cutter_new(const struct news_reader_options *options, struct news_error *error);
void news_cutter_free(struct news_cutter *cutter);

/* Begin another file. */
void news_cutter_start(struct news_cutter *cutter);

/* AT[0..bytes) is what has come of the file and was not yet taken; ENDED says that no more will come. Give the bytes
 * of the first document with what ends it, or 0 when more must come first (with ENDED: when nothing is left but
 * blanks). `*record` gets the document's own bytes; empty: blank lines, marks or a byte order mark only, no document.
 * Scans every byte once however the reads fall. When it gives 0, ask news_cutter_error. */
size_t news_cutter_next(struct news_cutter *cutter, const char *at, size_t bytes, bool ended, struct news_span *record);

/* LF in the bytes that `next` gave last: before the document's own, and in all. */
void news_cutter_lines(const struct news_cutter *cutter, size_t *before, size_t *all);

/* What the top of this file says for the records cut so far and to come; lives until the next call of `next` or
 * `start`. Empty in most formats. */
struct news_text news_cutter_head(const struct news_cutter *cutter);

/* Why this file cannot be cut at all, so that nothing more comes of it until the next `start`; NULL when it can. */
const char *news_cutter_error(const struct news_cutter *cutter);

/* Lines since `new` on which the pattern exceeded its limits; each was taken as one that does not match. */
size_t news_cutter_unmatched(const struct news_cutter *cutter);

/* The format in force: what `auto` decided, or NULL while it is undecided. */
const struct news_format *news_cutter_format(const struct news_cutter *cutter);

/* The code of ISO 639-1 for what people call a language: "en" for "EN", "en-US", "eng", "English"; NULL: not known. */
const char *news_language_find(struct news_text tag);

/* Turns the raw bytes of one document into its text, id and fields (DESIGN section 1, "Document text"). */
struct news_reader;

struct news_reader *news_reader_new(const struct news_reader_options *options, struct news_error *error);
void news_reader_free(struct news_reader *reader);

/* RECORD is one document as the cutter gave it, borrowed until the next `read`, since clean text is used in place.
 * Fills DOCUMENT (no segments yet); its first field is `file`, its last, where nothing tells the language and the text
 * does, `lang-guess`. NEWS_END: the record holds no document. NEWS_REJECTED:
 * it is malformed. `*repairs` counts ill-formed sequences and control characters replaced. */
enum news_status news_reader_read(struct news_reader *reader, const struct news_record *record,
    struct news_document *document, size_t *repairs, struct news_error *error);

/* ---- the engines ---- */

/* The user's own rules that give a line its kind. Read-only once the engines run. */
struct news_rules;

struct news_rules *news_rules_new(void);
void news_rules_free(struct news_rules *rules);

/* Add the rules of FILE, a line each (nsplit(1), RULES). NEWS_FAILED when it cannot be read or a line is malformed
 * (ERROR says `FILE:LINE: why`). */
enum news_status news_rules_add(struct news_rules *rules, const char *file, struct news_error *error);

/* Splits documents into titles, datelines, bylines, notes and sentences. */
struct news_splitter;

/* PART_BYTES: documents larger than this are cut into parts (at most NEWS_DOCUMENT_MAX). */
struct news_splitter *news_splitter_new(const struct news_lists *lists, size_t part_bytes);
void news_splitter_free(struct news_splitter *splitter);

/* Try RULES, which are borrowed, before the embedded ones. */
void news_splitter_set_rules(struct news_splitter *splitter, const struct news_rules *rules);

/* Matches of these rules' patterns given up since `new` because they took too many steps; each was taken as none. */
size_t news_splitter_given_up(const struct news_splitter *splitter);

/* WHOLE is borrowed until the last part was taken. */
enum news_status news_splitter_start(struct news_splitter *splitter, const struct news_document *whole);

/* The next part of the document with its segments; NEWS_END after the last. A document that fits is one part with its
 * own id; others are ID, ID#2, ID#3... with offsets that count from the part's own beginning. */
enum news_status news_splitter_next(struct news_splitter *splitter, struct news_document *part);

enum news_quote_type { NEWS_DIRECT, NEWS_MIXED, NEWS_INDIRECT, NEWS_OTHER };
#define NEWS_QUOTE_TYPES 4
const char *news_quote_type_name(enum news_quote_type type);

/* One row of nquote. */
struct news_quote {
	unsigned paragraph, sentence, turn;
	struct news_span span;
	enum news_quote_type type;
	struct news_text speaker, via; /* canonical names; empty: nobody named */
	struct news_span mention;      /* the noun phrase that names the speaker */
	struct news_span cue;          /* the reporting word */
	const char *rule;              /* what attributed it: a name explained in nquote(1) */
	unsigned score;                /* hundredths, 0-100 */
};

/* Finds who said what. */
struct news_quoter;

/* What the ranker of its candidates has learned. */
struct news_quote_model;

/* Read the model in FILE, made by scripts/train-quote, into `*model`. NEWS_FAILED: ERROR says why. */
enum news_status news_quote_model_read(struct news_quote_model **model, const char *file, struct news_error *error);
void news_quote_model_free(struct news_quote_model *model);

struct news_quoter_options {
	const struct news_quote_model *model; /* NULL: the one built in */
	bool all;     /* also rows of type `other`: scare quotes, titles of works, nicknames, nested quotations */
	bool reasons; /* news_quoter_reason can be asked */
};

struct news_quoter *news_quoter_new(const struct news_lists *lists, const struct news_quoter_options *options);
void news_quoter_free(struct news_quoter *quoter);
enum news_status news_quoter_start(struct news_quoter *quoter, const struct news_document *document);
enum news_status news_quoter_next(struct news_quoter *quoter, struct news_quote *quote);

#define NEWS_REASON_FEATURES 6

/* One who may have said a quotation in marks. */
struct news_reason {
	const char *kind;         /* `nobody`, `phrase`, `before`...: explained in nquote(1) */
	struct news_span mention; /* empty: nobody */
	struct news_span cue;
	unsigned chance; /* hundredths */
	bool chosen;
	struct {
		const char *name;
		int weight;               /* hundredths of a natural logarithm of odds */
	} features[NEWS_REASON_FEATURES]; /* those that weigh most, either way */
	size_t feature_count;
};

/* The I-th best candidate of the quotation that `next` gave last. false: there are no more; speech without marks and
 * nested quotations have none. */
bool news_quoter_reason(struct news_quoter *quoter, size_t i, struct news_reason *reason);

enum news_entity_type { NEWS_PER, NEWS_ORG, NEWS_LOC, NEWS_MISC, NEWS_DATE, NEWS_MONEY, NEWS_PERCENT };
#define NEWS_ENTITY_TYPES 7
const char *news_entity_type_name(enum news_entity_type type);

/* One row of nentity. */
struct news_entity {
	unsigned paragraph, sentence;
	struct news_span span;
	enum news_entity_type type;
	struct news_text name, role;
	unsigned score; /* hundredths, 0-100 */
};

/* Finds names. */
struct news_tagger;

struct news_tagger *news_tagger_new(const struct news_lists *lists);
void news_tagger_free(struct news_tagger *tagger);
enum news_status news_tagger_start(struct news_tagger *tagger, const struct news_document *document);
enum news_status news_tagger_next(struct news_tagger *tagger, struct news_entity *entity);

/* ---- exact duplicates ---- */

/* A digest of text that ignores what reprints change: Unicode form (NFC), case, kinds of quotation marks and dashes,
 * runs of white space. 16 bytes. RAW: digest the bytes as they are. DOCUMENT-sized texts use BLAKE2b, short records
 * SipHash-2-4-128 with a fixed key (see DEDUPE in ndedupe(1)). */
struct news_digest {
	unsigned char bytes[16];
};

struct news_digester;

struct news_digester *news_digester_new(bool raw, bool strong);
void news_digester_free(struct news_digester *digester);
enum news_status news_digester_digest(struct news_digester *digester, struct news_text text,
    struct news_digest *digest);

/* The set of digests seen, with the number of the first record that had each. */
struct news_seen;

struct news_seen *news_seen_new(void);
void news_seen_free(struct news_seen *seen);

/* Say that DIGEST will be looked up soon, so that its place comes into the cache meanwhile. */
void news_seen_prefetch(const struct news_seen *seen, const struct news_digest *digest);

/* Look DIGEST up, adding it with NUMBER when it is new. `*first` gets the number it was first added with, `*is_new`
 * whether this call added it. */
enum news_status news_seen_add(struct news_seen *seen, const struct news_digest *digest, uint64_t number,
    uint64_t *first, bool *is_new);

/* Distinct digests held, and bytes of memory for them. */
uint64_t news_seen_count(const struct news_seen *seen);
size_t news_seen_bytes(const struct news_seen *seen);

#endif
