/* SPDX-License-Identifier: ISC
 *
 * nquote - who said what: rows of nsplit in, a row a quotation out
 */
#include "cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nquote {
	struct news_quoter_options options;
	struct news_quote_model *model; /* of --model, or NULL */
	unsigned score_min;             /* hundredths */
};

/* One worker's. */
struct worker {
	const struct nquote *nquote;
	struct news_quoter *quoter;
};

enum { OPTION_MODEL = 256, OPTION_EXPLAIN };

enum { DIRECT, MIXED, INDIRECT, OTHER, NAMELESS };

static const char *const counters[] = {"direct quotations", "mixed quotations", "indirect quotations",
    "other runs in marks", "quotations without a speaker", NULL};

static const struct cmd_option options[] = {
    {'a', "all", NULL, "also scare quotes, titles of works, nicknames and nested quotations, as type other"},
    {'t', "min-score", "MIN", "only rows whose score is MIN or more, 0 to 1"},
    {OPTION_EXPLAIN, "explain", NULL,
	"behind each row those who may have spoken, as type candidate, with what decided"},
    {OPTION_MODEL, "model", "FILE", "rank them with the model in FILE, made by scripts/train-quote"},
    {0, NULL, NULL, NULL},
};

/* Hundredths of a number from 0 to 1; what follows the second decimal place counts up, so that no row below passes. */
static unsigned
parse_score(const char *argument)
{
	const char *at = argument;
	unsigned hundredths = 0, unit = 100;
	bool digits = false, rest = false;

	for (; *at >= '0' && *at <= '9' && hundredths <= 100; at++, digits = true)
		hundredths = hundredths * 10 + (unsigned)(*at - '0') * 100;
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9'; at++, digits = true) {
			unit /= 10;
			hundredths += unit * (unsigned)(*at - '0');
			rest = rest || (unit == 0 && *at != '0');
		}
	hundredths += rest;
	if (!digits || *at != '\0' || hundredths > 100)
		cmd_usage("option '-t': '%s' is no number from 0 to 1", argument);
	return hundredths;
}

static void
read_model(struct nquote *nquote, const char *file)
{
	struct news_error error;

	news_quote_model_free(nquote->model);
	switch (news_quote_model_read(&nquote->model, file, &error)) {
	case NEWS_OK:
		break;
	case NEWS_NO_MEMORY:
		cmd_no_memory();
	default:
		cmd_die("%s", error.text);
	}
	nquote->options.model = nquote->model;
}

static void
option(void *context, int letter, const char *argument)
{
	struct nquote *nquote = context;

	switch (letter) {
	case 'a':
		nquote->options.all = true;
		break;
	case 't':
		nquote->score_min = parse_score(argument);
		break;
	case OPTION_EXPLAIN:
		nquote->options.reasons = true;
		break;
	case OPTION_MODEL:
		read_model(nquote, argument);
		break;
	}
}

static void
worker_free(void *state)
{
	struct worker *worker = state;

	if (worker != NULL)
		news_quoter_free(worker->quoter);
	free(worker);
}

static void *
worker_new(void *context, const struct news_lists *lists)
{
	struct worker *worker = calloc(1, sizeof *worker);

	if (worker == NULL)
		return NULL;
	worker->nquote = context;
	worker->quoter = news_quoter_new(lists, &worker->nquote->options);
	if (worker->quoter == NULL) {
		worker_free(worker);
		return NULL;
	}
	return worker;
}

static void
add_text(struct buffer *out, struct news_text text)
{
	cmd_add_words(out, text);
	cmd_add_byte(out, '\t');
}

static struct news_text
words(const struct news_document *document, struct news_span span)
{
	return (struct news_text){document->text.at + span.begin, span.end - span.begin};
}

static void
add_number(struct buffer *out, size_t number, unsigned digits, bool given)
{
	if (given && !buffer_add_number(out, number, digits))
		cmd_no_memory();
	cmd_add_byte(out, '\t');
}

static void
add_mention(struct buffer *out, const struct news_document *document, struct news_span mention)
{
	bool mentioned = mention.end > mention.begin;

	add_text(out, words(document, mention));
	add_number(out, mention.begin, 7, mentioned);
	add_number(out, mention.end, 7, mentioned);
}

static void
add_row(struct buffer *out, const struct news_document *document, const struct news_quote *quote)
{
	const char *type = news_quote_type_name(quote->type);

	cmd_add_key(out, document->id, quote->paragraph, quote->sentence, quote->span);
	add_text(out, (struct news_text){type, strlen(type)});
	add_number(out, quote->turn, 4, true);
	add_text(out, quote->speaker);
	add_text(out, quote->via);
	add_mention(out, document, quote->mention);
	add_text(out, words(document, quote->cue));
	add_text(out, (struct news_text){quote->rule, strlen(quote->rule)});
	cmd_add_score(out, quote->score);
	cmd_add_byte(out, '\t');
	cmd_add_words(out, words(document, quote->span));
	cmd_end_row(out, document);
}

/* "cue +2.31" */
static void
add_feature(struct buffer *out, const char *name, int weight)
{
	unsigned size = (unsigned)(weight < 0 ? -weight : weight);
	char text[64];

	snprintf(text, sizeof text, "%s %c%u.%02u", name, weight < 0 ? '-' : '+', size / 100, size % 100);
	cmd_add(out, text, strlen(text));
}

/* A row for one who may have said QUOTE: the same columns, what decided in place of the quotation. */
static void
add_reason(struct buffer *out, const struct news_document *document, const struct news_quote *quote,
    const struct news_reason *reason)
{
	static const char type[] = "candidate";
	size_t i;

	cmd_add_key(out, document->id, quote->paragraph, quote->sentence, quote->span);
	add_text(out, (struct news_text){type, sizeof type - 1});
	add_number(out, quote->turn, 4, true);
	add_text(out, (struct news_text){"", 0});
	add_text(out, (struct news_text){"", 0});
	add_mention(out, document, reason->mention);
	add_text(out, words(document, reason->cue));
	add_text(out, (struct news_text){reason->kind, strlen(reason->kind)});
	cmd_add_score(out, reason->chance);
	cmd_add_byte(out, '\t');
	for (i = 0; i < reason->feature_count; i++) {
		if (i > 0)
			cmd_add(out, "; ", 2);
		add_feature(out, reason->features[i].name, reason->features[i].weight);
	}
	cmd_end_row(out, document);
}

static void
work(void *state, struct cmd_batch *batch, const struct cmd_unit *unit, const struct news_document *document)
{
	static const unsigned counter[NEWS_QUOTE_TYPES] = {DIRECT, MIXED, INDIRECT, OTHER};
	const struct worker *worker = state;
	struct news_quote quote;
	enum news_status status;

	(void)unit;
	if (news_quoter_start(worker->quoter, document) != NEWS_OK)
		cmd_no_memory();
	while ((status = news_quoter_next(worker->quoter, &quote)) == NEWS_OK) {
		struct news_reason reason;
		size_t i;

		if (quote.score < worker->nquote->score_min)
			continue;
		add_row(cmd_out(batch), document, &quote);
		for (i = 0; worker->nquote->options.reasons && news_quoter_reason(worker->quoter, i, &reason); i++)
			add_reason(cmd_out(batch), document, &quote, &reason);
		cmd_count(batch, counter[quote.type], 1);
		if (quote.type != NEWS_OTHER && quote.speaker.bytes == 0)
			cmd_count(batch, NAMELESS, 1);
	}
	if (status == NEWS_NO_MEMORY)
		cmd_no_memory();
}

int
main(int argc, char **argv)
{
	struct nquote nquote = {0};
	struct cmd_program program = {
	    .name = "nquote",
	    .arguments = "[OPTION]... [FILE]...",
	    .summary = "Find who said what in rows of nsplit: a row a quotation, with its speaker.",
	    .options = options,
	    .header =
		"doc\tpar\tsent\tbegin\tend\ttype\tturn\tspeaker\tvia\tmention\tmbegin\tmend\tcue\trule\tscore\tquote",
	    .counters = counters,
	    .input = CMD_ROWS,
	    .english_only = true,
	    .takes_fields = true,
	    .takes_names = true,
	    .option = option,
	    .worker_new = worker_new,
	    .worker_free = worker_free,
	    .work = work,
	};

	int status = cmd_main(argc, argv, &program, &nquote);

	news_quote_model_free(nquote.model);
	return status;
}
