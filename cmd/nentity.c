/* SPDX-License-Identifier: ISC
 *
 * nentity - the names of a text: rows of nsplit in, a row a name out
 */
#include "cmd.h"

#include <string.h>

static const char *const counters[] = {"persons", "organisations", "places", "other names", "dates", "sums of money",
    "percentages", NULL};

static const struct cmd_option options[] = {
    {0, NULL, NULL, NULL},
};

static void *
worker_new(void *context, const struct news_lists *lists)
{
	(void)context;
	return news_tagger_new(lists);
}

static void
worker_free(void *worker)
{
	news_tagger_free(worker);
}

static void
add_text(struct buffer *out, struct news_text text)
{
	cmd_add_words(out, text);
	cmd_add_byte(out, '\t');
}

static void
add_row(struct buffer *out, const struct news_document *document, const struct news_entity *entity)
{
	const char *type = news_entity_type_name(entity->type);

	cmd_add_key(out, document->id, entity->paragraph, entity->sentence, entity->span);
	add_text(out, (struct news_text){type, strlen(type)});
	add_text(out, entity->name);
	add_text(out, entity->role);
	add_text(out,
	    (struct news_text){document->text.at + entity->span.begin, entity->span.end - entity->span.begin});
	cmd_add_score(out, entity->score);
	cmd_end_row(out, document);
}

static void
work(void *worker, struct cmd_batch *batch, const struct cmd_unit *unit, const struct news_document *document)
{
	struct news_tagger *tagger = worker;
	struct news_entity entity;

	(void)unit;
	if (news_tagger_start(tagger, document) != NEWS_OK)
		cmd_no_memory();
	while (news_tagger_next(tagger, &entity) == NEWS_OK) {
		add_row(cmd_out(batch), document, &entity);
		cmd_count(batch, (unsigned)entity.type, 1);
	}
}

int
main(int argc, char **argv)
{
	struct cmd_program program = {
	    .name = "nentity",
	    .arguments = "[OPTION]... [FILE]...",
	    .summary = "Find the names in rows of nsplit: a row a mention, with its canonical name.",
	    .options = options,
	    .header = "doc\tpar\tsent\tbegin\tend\ttype\tname\trole\tmention\tscore",
	    .counters = counters,
	    .input = CMD_ROWS,
	    .english_only = true,
	    .takes_fields = true,
	    .takes_names = true,
	    .worker_new = worker_new,
	    .worker_free = worker_free,
	    .work = work,
	};

	return cmd_main(argc, argv, &program, NULL);
}
