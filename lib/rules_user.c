/* SPDX-License-Identifier: ISC
 *
 * rules_user.c - the user's own rules: files whose lines are those of rule.h
 */
#include "buffer.h"
#include "user_file.h"
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>

struct news_rules *
news_rules_new(void)
{
	return calloc(1, sizeof(struct news_rules));
}

void
news_rules_free(struct news_rules *rules)
{
	if (rules == NULL)
		return;
	while (rules->count > 0)
		rule_release(&rules->rules[--rules->count]);
	while (rules->file_count > 0)
		free(rules->files[--rules->file_count]);
	free(rules->rules);
	free(rules->files);
	free(rules);
}

static enum news_status
add_line(struct news_rules *rules, struct news_text line, const char *file, size_t number, struct news_error *error)
{
	struct rule *rule = array_grow(rules->rules, rules->count, &rules->room, sizeof *rule);
	const char *wrong;
	struct news_error why;

	if (rule == NULL)
		return NEWS_NO_MEMORY;
	rules->rules = rule;
	rule += rules->count;
	wrong = user_file_is_clean(line) ? rule_parse(line, rule) : "ill-formed UTF-8 or a control character";
	if (wrong != NULL)
		return user_file_wrong(error, file, number, wrong);
	if (!rule_compile(rule, &why))
		return user_file_wrong(error, file, number, why.text);
	rule_speed_up(rule);
	rules->count++;
	return NEWS_OK;
}

enum news_status
news_rules_add(struct news_rules *rules, const char *file, struct news_error *error)
{
	struct buffer text = {0};
	struct news_text rest, line;
	enum news_status status;
	char **files;
	size_t number = 0;

	files = array_grow(rules->files, rules->file_count, &rules->file_room, sizeof *files);
	if (files == NULL)
		return NEWS_NO_MEMORY;
	rules->files = files;
	status = user_file_read(&text, file, error);
	if (status != NEWS_OK) {
		buffer_release(&text);
		return status;
	}
	files[rules->file_count++] = text.at;
	rest = (struct news_text){text.at, text.bytes};
	while (status == NEWS_OK && user_file_next(&rest, &number, &line))
		if (line.bytes > 0 && *line.at != '#')
			status = add_line(rules, line, file, number, error);
	return status;
}
