/* SPDX-License-Identifier: ISC
 *
 * nquote - who said what: rows of nsplit in, a row a quotation out
 */
#include "cmd.h"

#include <string.h>

struct nquote {
	bool all;
};

enum { DIRECT, MIXED, INDIRECT, OTHER, NAMELESS };

static const char *const counters[] = {"direct quotations", "mixed quotations", "indirect quotations",
    "other runs in marks", "quotations without a speaker", NULL};

static const struct cmd_option options[] = {
    {'a', "all", NULL, "also scare quotes, titles of works, nicknames and nested quotations, as type other"},
    {0, NULL, NULL, NULL},
};

static void
option(void *context, int letter, const char *argument)
{
	struct nquote *nquote = context;

	(void)argument;
	if (letter == 'a')
		nquote->all = true;
}

static void *
worker_new(void *context, const struct news_lists *lists)
{
	const struct nquote *nquote = context;

	return news_quoter_new(lists, nquote->all);
}

static void
worker_free(void *worker)
{
	news_quoter_free(worker);
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
add_row(struct buffer *out, const struct news_document *document, const struct news_quote *quote)
{
	const char *type = news_quote_type_name(quote->type);
	bool mentioned = quote->mention.end > quote->mention.begin;

	cmd_add_key(out, document->id, quote->paragraph, quote->sentence, quote->span);
	add_text(out, (struct news_text){type, strlen(type)});
	add_number(out, quote->turn, 4, true);
	add_text(out, quote->speaker);
	add_text(out, quote->via);
	add_text(out, words(document, quote->mention));
	add_number(out, quote->mention.begin, 7, mentioned);
	add_number(out, quote->mention.end, 7, mentioned);
	add_text(out, words(document, quote->cue));
	add_text(out, (struct news_text){quote->rule, strlen(quote->rule)});
	cmd_add_score(out, quote->score);
	cmd_add_byte(out, '\t');
	cmd_add_words(out, words(document, quote->span));
	cmd_end_row(out, document);
}

static void
work(void *worker, struct cmd_batch *batch, const struct cmd_unit *unit, const struct news_document *document)
{
	static const unsigned counter[NEWS_QUOTE_TYPES] = {DIRECT, MIXED, INDIRECT, OTHER};
	struct news_quoter *quoter = worker;
	struct news_quote quote;

	(void)unit;
	if (news_quoter_start(quoter, document) != NEWS_OK)
		cmd_no_memory();
	while (news_quoter_next(quoter, &quote) == NEWS_OK) {
		add_row(cmd_out(batch), document, &quote);
		cmd_count(batch, counter[quote.type], 1);
		if (quote.type != NEWS_OTHER && quote.speaker.bytes == 0)
			cmd_count(batch, NAMELESS, 1);
	}
}

int
main(int argc, char **argv)
{
	struct nquote nquote = {.all = false};
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

	return cmd_main(argc, argv, &program, &nquote);
}
