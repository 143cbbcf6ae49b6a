/* SPDX-License-Identifier: ISC
 *
 * nsplit - a feed in, a row a sentence out
 */
#include "cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OPTION_DOC_END = 256,
	OPTION_ID,
	OPTION_ID_PREFIX,
	OPTION_MAX_DOC,
	OPTION_DOCUMENTS,
	OPTION_FIELDS,
	OPTION_LANGUAGE,
	OPTION_FROM,
	OPTION_RULES
};

static const struct cmd_option options[] = {
    {'f', "format", "FORMAT", "auto (default), text, blank, line, jsonl, sgml, rss, wet, warc, html, nitf or conllu"},
    {OPTION_FROM, "from", "ENC", "the text is in the encoding ENC (see iconv -l), whatever the file says; or 'guess'"},
    {OPTION_DOC_END, "doc-end", "REGEX", "a line that matches ends a document and belongs to none"},
    {OPTION_ID, "id", "WHICH", "ids from the 'source' where it has them (default), or always the 'hash' of the text"},
    {OPTION_ID_PREFIX, "id-prefix", "STR", "put STR before every id, to keep shards apart"},
    {OPTION_FIELDS, "fields", "ROLE=NAME,...",
	"JSON members that are the id, text, title, date, url, source, author or lang (may be repeated)"},
    {OPTION_LANGUAGE, "lang", "LANG",
	"the language of all documents, a code like 'de' or a name; default: told or guessed"},
    {OPTION_RULES, "rules", "FILE", "patterns of FILE give a line its kind (may be repeated)"},
    {OPTION_MAX_DOC, "max-doc", "BYTES", "cut documents over BYTES in parts, 1 to 9999999 (default), K and M allowed"},
    {OPTION_DOCUMENTS, "documents", NULL, "write a document a line as JSON instead of rows"},
    {0, NULL, NULL, NULL},
};

enum counter { COUNT_ROWS, COUNT_REPAIRS, COUNT_CUT, COUNT_FIELDS, COUNT_GIVEN_UP };

static const char *const counters[] = {
    "rows",
    "ill-formed sequences and control characters replaced",
    "documents cut in parts",
    "meta values over 9999 in a document left out",
    "matches of --rules that took too many steps, taken as none",
    NULL,
};

static const char *const always[] = {NULL, NULL, "told", "told", "told", NULL};

struct nsplit {
	struct news_reader_options reader;
	struct news_rules *rules;
	char *prefix;
	size_t part_bytes;
	bool documents;
};

struct worker {
	const struct nsplit *nsplit;
	struct news_reader *reader;
	struct news_splitter *splitter;
};

/* ---- options ---- */

static void
set_format(struct nsplit *nsplit, const char *argument)
{
	char names[256] = "";
	size_t bytes = 0;

	if (news_format_find(argument, &nsplit->reader.format))
		return;
	for (size_t i = 0; news_format_list(i) != NULL && bytes < sizeof names; i++)
		bytes += (size_t)snprintf(names + bytes, sizeof names - bytes, "%s%s", i > 0 ? ", " : "",
		    news_format_list(i));
	cmd_usage("option '-f': '%s' is no format known here: %s", argument, names);
}

static void
set_encoding(struct nsplit *nsplit, const char *argument)
{
	nsplit->reader.guess_encoding = strcmp(argument, "guess") == 0;
	nsplit->reader.encoding = nsplit->reader.guess_encoding ? NULL : argument;
	if (!nsplit->reader.guess_encoding && !news_encoding_is_known(argument))
		cmd_usage("option '--from': '%s' is no encoding that iconv(3) knows here", argument);
}

static void
set_prefix(struct nsplit *nsplit, const char *argument)
{
	free(nsplit->prefix);
	nsplit->prefix = malloc(strlen(argument) + 1);
	if (nsplit->prefix == NULL)
		cmd_no_memory();
	strcpy(nsplit->prefix, argument);
	for (char *at = nsplit->prefix; *at != '\0'; at++) {
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			cmd_usage("option '--id-prefix': a control character in '%s'", argument);
		if (*at == ' ')
			*at = '_';
	}
	nsplit->reader.id_prefix = nsplit->prefix;
}

static void
set_part_bytes(struct nsplit *nsplit, const char *argument)
{
	size_t bytes = 0;
	const char *at = argument;

	while (*at >= '0' && *at <= '9' && bytes <= NEWS_DOCUMENT_MAX)
		bytes = bytes * 10 + (size_t)(*at++ - '0');
	if (at != argument && (*at == 'K' || *at == 'k')) {
		bytes *= 1024;
		at++;
	} else if (at != argument && (*at == 'M' || *at == 'm')) {
		bytes *= 1024 * 1024;
		at++;
	}
	if (*at != '\0' || bytes < 1 || bytes > NEWS_DOCUMENT_MAX)
		cmd_usage("option '--max-doc': '%s' is not a number of bytes from 1 to %d", argument,
		    NEWS_DOCUMENT_MAX);
	nsplit->part_bytes = bytes;
}

static void
set_field(struct nsplit *nsplit, const char *argument)
{
	struct news_json_names *json = &nsplit->reader.json;
	const struct {
		const char *role, **names;
	} roles[] = {
	    {"id", &json->id},
	    {"text", &json->text},
	    {"title", &json->title},
	    {"date", &json->date},
	    {"url", &json->url},
	    {"source", &json->source},
	    {"author", &json->author},
	    {"lang", &json->lang},
	};
	size_t bytes = strcspn(argument, "=");

	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
		if (strlen(roles[i].role) != bytes || memcmp(argument, roles[i].role, bytes) != 0)
			continue;
		if (argument[bytes] == '\0' || argument[bytes + 1] == '\0')
			cmd_usage("option '--fields': '%s' names no JSON member", argument);
		*roles[i].names = argument + bytes + 1;
		return;
	}
	cmd_usage("option '--fields': '%s' is not ROLE=NAME, ROLE one of id text title date url source author lang",
	    argument);
}

static void
add_rules(struct nsplit *nsplit, const char *file)
{
	struct news_error error;

	if (nsplit->rules == NULL)
		nsplit->rules = news_rules_new();
	if (nsplit->rules == NULL)
		cmd_no_memory();
	switch (news_rules_add(nsplit->rules, file, &error)) {
	case NEWS_OK:
		break;
	case NEWS_NO_MEMORY:
		cmd_no_memory();
	default:
		cmd_die("%s", error.text);
	}
}

static void
option(void *context, int letter, const char *argument)
{
	struct nsplit *nsplit = context;

	switch (letter) {
	case 'f':
		set_format(nsplit, argument);
		break;
	case OPTION_FROM:
		set_encoding(nsplit, argument);
		break;
	case OPTION_DOC_END:
		nsplit->reader.doc_end = argument;
		break;
	case OPTION_ID:
		if (strcmp(argument, "hash") != 0 && strcmp(argument, "source") != 0)
			cmd_usage("option '--id': '%s' is neither 'source' nor 'hash'", argument);
		nsplit->reader.id_hash = strcmp(argument, "hash") == 0;
		break;
	case OPTION_ID_PREFIX:
		set_prefix(nsplit, argument);
		break;
	case OPTION_FIELDS:
		set_field(nsplit, argument);
		break;
	case OPTION_LANGUAGE:
		nsplit->reader.lang = news_language_find((struct news_text){argument, strlen(argument)});
		if (nsplit->reader.lang == NULL)
			cmd_usage("option '--lang': '%s' is no language known here: a code of ISO 639 or a name",
			    argument);
		break;
	case OPTION_RULES:
		add_rules(nsplit, argument);
		break;
	case OPTION_MAX_DOC:
		set_part_bytes(nsplit, argument);
		break;
	case OPTION_DOCUMENTS:
		nsplit->documents = true;
		break;
	}
}

static const struct news_reader_options *
reader_options(void *context)
{
	return &((struct nsplit *)context)->reader;
}

/* ---- rows ---- */

static struct news_text
piece(struct news_text text, size_t begin, size_t end)
{
	return (struct news_text){text.at + begin, end - begin};
}

static void
add_kind(struct buffer *out, enum news_kind kind)
{
	const char *name = news_kind_name(kind);

	cmd_add(out, name, strlen(name));
	cmd_add_byte(out, '\t');
}

static void
add_fields(struct cmd_batch *batch, const struct news_document *part)
{
	struct buffer *out = cmd_out(batch);
	size_t count = part->field_count < NEWS_SENTENCE_MAX ? part->field_count : NEWS_SENTENCE_MAX;

	for (size_t i = 0; i < count; i++) {
		cmd_add_key(out, part->id, 0, (unsigned)(i + 1), (struct news_span){0, part->text.bytes});
		add_kind(out, NEWS_META);
		cmd_add_words(out, part->fields[i].key);
		cmd_add_byte(out, '=');
		cmd_add_words(out, part->fields[i].value);
		cmd_add_byte(out, '\n');
	}
	cmd_count(batch, COUNT_FIELDS, part->field_count - count);
	cmd_count(batch, COUNT_ROWS, count);
}

static void
add_rows(struct worker *worker, struct cmd_batch *batch, const struct news_document *document)
{
	enum news_status status = news_splitter_start(worker->splitter, document);
	struct news_document part;
	size_t parts = 0, given_up = news_splitter_given_up(worker->splitter);

	while (status == NEWS_OK && (status = news_splitter_next(worker->splitter, &part)) == NEWS_OK) {
		add_fields(batch, &part);
		cmd_add_segments(cmd_out(batch), &part);
		cmd_count(batch, COUNT_ROWS, part.segment_count);
		parts++;
	}
	if (status == NEWS_NO_MEMORY)
		cmd_no_memory();
	cmd_count(batch, COUNT_CUT, parts > 1);
	cmd_count(batch, COUNT_GIVEN_UP, news_splitter_given_up(worker->splitter) - given_up);
}

/* ---- documents as JSON ---- */

/* TEXT is well-formed and without control characters but LF. */
static void
add_string(struct buffer *out, struct news_text text)
{
	size_t i, plain = 0;

	cmd_add_byte(out, '"');
	for (i = 0; i < text.bytes; i++) {
		char byte = text.at[i];

		if (byte != '"' && byte != '\\' && byte != '\n')
			continue;
		cmd_add(out, text.at + plain, i - plain);
		cmd_add_byte(out, '\\');
		cmd_add_byte(out, byte == '\n' ? 'n' : byte);
		plain = i + 1;
	}
	cmd_add(out, text.at + plain, text.bytes - plain);
	cmd_add_byte(out, '"');
}

static void
add_member(struct buffer *out, struct news_text name)
{
	if (out->at[out->bytes - 1] != '{')
		cmd_add_byte(out, ',');
	add_string(out, name);
	cmd_add_byte(out, ':');
}

static void
add_named(struct buffer *out, const char *name, struct news_text value)
{
	add_member(out, (struct news_text){name, strlen(name)});
	add_string(out, value);
}

static bool
same(struct news_text a, struct news_text b)
{
	return a.bytes == b.bytes && memcmp(a.at, b.at, a.bytes) == 0;
}

static bool
is_own(struct news_text name)
{
	static const char *const own[] = {"id", "title", "text"};

	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
		if (same(name, (struct news_text){own[i], strlen(own[i])}))
			return true;
	}
	return false;
}

struct order {
	struct news_text key;
	size_t number;
};

static int
compare_order(const void *left, const void *right)
{
	const struct order *a = left, *b = right;
	size_t bytes = a->key.bytes < b->key.bytes ? a->key.bytes : b->key.bytes;
	int result = memcmp(a->key.at, b->key.at, bytes);

	if (result != 0)
		return result;
	if (a->key.bytes != b->key.bytes)
		return a->key.bytes < b->key.bytes ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

/* `next[i]` gets the next field under the key of field I, or 0; `first[i]` whether none comes before. Sorting keeps it
 * from being quadratic in the fields of a hostile object. */
static void
link_fields(const struct news_document *document, size_t *next, bool *first)
{
	struct order *order = malloc((document->field_count + 1) * sizeof *order);
	size_t count = document->field_count;

	if (order == NULL)
		cmd_no_memory();
	for (size_t i = 0; i < count; i++)
		order[i] = (struct order){document->fields[i].key, i};
	qsort(order + 1, count - 1, sizeof *order, compare_order);
	for (size_t i = 1; i < count; i++) {
		first[order[i].number] = i == 1 || !same(order[i].key, order[i - 1].key);
		next[order[i].number] = i + 1 < count && same(order[i].key, order[i + 1].key) ? order[i + 1].number : 0;
	}
	free(order);
}

/* All but the first field, which is the file, and those under names that the document itself takes. A key that comes
 * several times becomes an array. */
static void
add_members(struct buffer *out, const struct news_document *document)
{
	size_t *next;
	bool *first;

	if (document->field_count < 2)
		return;
	next = calloc(document->field_count, sizeof *next);
	first = calloc(document->field_count, sizeof *first);
	if (next == NULL || first == NULL)
		cmd_no_memory();
	link_fields(document, next, first);
	for (size_t i = 1; i < document->field_count; i++) {
		if (!first[i] || is_own(document->fields[i].key))
			continue;
		add_member(out, document->fields[i].key);
		if (next[i] != 0)
			cmd_add_byte(out, '[');
		for (size_t j = i; j != 0; j = next[j]) {
			if (j != i)
				cmd_add_byte(out, ',');
			add_string(out, document->fields[j].value);
		}
		if (next[i] != 0)
			cmd_add_byte(out, ']');
	}
	free(next);
	free(first);
}

static void
add_document(struct buffer *out, const struct news_document *document)
{
	struct news_text text = document->text;

	cmd_add_byte(out, '{');
	add_named(out, "id", document->id);
	if (document->has_title) {
		const char *line_end = memchr(text.at, '\n', text.bytes);
		size_t title = line_end == NULL ? text.bytes : (size_t)(line_end - text.at);

		add_named(out, "title", piece(text, 0, title));
		text = line_end == NULL ? piece(text, title, title) : piece(text, title + 1, text.bytes);
	}
	add_named(out, "text", text);
	add_members(out, document);
	cmd_add(out, "}\n", 2);
}

/* ---- the program ---- */

static void *
worker_new(void *context, const struct news_lists *lists)
{
	const struct nsplit *nsplit = context;
	struct worker *worker = calloc(1, sizeof *worker);
	struct news_error error = {""};

	if (worker == NULL)
		return NULL;
	worker->nsplit = nsplit;
	worker->reader = news_reader_new(&nsplit->reader, &error);
	if (worker->reader == NULL && error.text[0] != '\0')
		cmd_die("%s", error.text);
	worker->splitter = news_splitter_new(lists, nsplit->part_bytes);
	if (worker->reader == NULL || worker->splitter == NULL)
		cmd_no_memory();
	news_splitter_set_rules(worker->splitter, nsplit->rules);
	return worker;
}

static void
worker_free(void *own)
{
	struct worker *worker = own;

	news_reader_free(worker->reader);
	news_splitter_free(worker->splitter);
	free(worker);
}

static void
work(void *own, struct cmd_batch *batch, const struct cmd_unit *unit, const struct news_document *unused)
{
	struct worker *worker = own;
	struct news_record record = {unit->format, unit->file, unit->head, unit->bytes};
	struct news_document document;
	struct news_error error;
	size_t repairs = 0;

	(void)unused;
	switch (news_reader_read(worker->reader, &record, &document, &repairs, &error)) {
	case NEWS_OK:
		break;
	case NEWS_END:
		cmd_skip(batch);
		return;
	case NEWS_NO_MEMORY:
		cmd_no_memory();
	default:
		cmd_reject(batch, unit, unit->line, error.text, unit->bytes);
		return;
	}
	cmd_count(batch, COUNT_REPAIRS, repairs);
	if (worker->nsplit->documents)
		add_document(cmd_out(batch), &document);
	else
		add_rows(worker, batch, &document);
}

static struct cmd_program program = {
    .name = "nsplit",
    .arguments = "[OPTION]... [FILE]...",
    .summary = "Split news into titles, datelines, bylines, notes and sentences, a row each.",
    .options = options,
    .header = "doc\tpar\tsent\tbegin\tend\tkind\ttext",
    .counters = counters,
    .always = always,
    .input = CMD_RAW,
    .option = option,
    .reader_options = reader_options,
    .worker_new = worker_new,
    .worker_free = worker_free,
    .work = work,
};

static void
ready(void *context, const struct news_lists *lists)
{
	struct nsplit *nsplit = context;
	struct news_error error;
	struct news_cutter *cutter;

	(void)lists;
	if (nsplit->documents)
		program.header = NULL;
	if (nsplit->reader.doc_end != NULL) {
		cutter = news_cutter_new(&nsplit->reader, &error);
		if (cutter == NULL)
			cmd_usage("option '--doc-end': %s", error.text);
		news_cutter_free(cutter);
	}
}

int
main(int argc, char **argv)
{
	struct nsplit nsplit = {.part_bytes = NEWS_DOCUMENT_MAX};
	int status;

	program.ready = ready;
	status = cmd_main(argc, argv, &program, &nsplit);
	free(nsplit.prefix);
	news_rules_free(nsplit.rules);
	return status;
}
