/* SPDX-License-Identifier: ISC
 *
 * dump-places - the places where a sentence can end that leave the rules in doubt, with their features, for
 * scripts/train-split
 *
 * Standard input: a paragraph a line, `END,END,... TAB TEXT`, the ends of its sentences in bytes of TEXT. Standard
 * output: a place a line, `LABEL RULE CERTAIN FEATURE...`: whether it is an end, what the rules say, whether they are
 * sure.
 */
#include "news.h"
#include "sentence_model.h"
#include "sentence_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
dump(const struct news_lists *lists, const char *text, size_t bytes, const size_t *ends, size_t end_count)
{
	struct stops_view view = {.lists = lists, .at = text, .begin = 0, .end = bytes, .bytes = bytes};
	struct stops_place found;
	size_t from = 0, next_end = 0;

	while (stops_find(&view, from, &found) && found.next < bytes) {
		unsigned features[SENTENCE_MODEL_FEATURES];
		struct sentence_place place;
		size_t count, i;
		bool rule, label;

		while (next_end < end_count && ends[next_end] < found.after) {
			view.begin = ends[next_end++];
			while (view.begin < bytes && text[view.begin] == ' ')
				view.begin++;
		}
		from = found.resume;
		if (view.begin > found.begin)
			continue;
		label = next_end < end_count && ends[next_end] == found.after;
		sentence_describe(&view, &found, &place);
		rule = sentence_rule(&view, &place);
		printf("%d %d %d", label, rule, sentence_rule_is_certain(&place, rule));
		count = sentence_model_features(&view, &place, rule, features);
		for (i = 0; i < count; i++)
			printf(" %u", features[i]);
		printf("\t%.*s|%.*s\n", (int)(found.after > 30 ? 30 : found.after),
		    text + (found.after > 30 ? found.after - 30 : 0),
		    (int)(bytes - found.after < 25 ? bytes - found.after : 25), text + found.after);
		if (found.next >= bytes)
			break;
	}
}

int
main(void)
{
	struct news_lists *lists = news_lists_new();
	char *line = NULL;
	size_t room = 0, *ends = NULL, end_room = 0;
	ssize_t bytes;

	if (lists == NULL)
		return 2;
	while ((bytes = getline(&line, &room, stdin)) > 0) {
		char *at = line, *tab = strchr(line, '\t');
		size_t count = 0;

		if (line[bytes - 1] == '\n')
			line[--bytes] = '\0';
		if (tab == NULL)
			return 2;
		while (at < tab) {
			if (count == end_room) {
				end_room = 2 * end_room + 64;
				ends = realloc(ends, end_room * sizeof *ends);
				if (ends == NULL)
					return 2;
			}
			ends[count++] = strtoul(at, &at, 10);
			at += *at == ',';
		}
		dump(lists, tab + 1, (size_t)(line + bytes - tab - 1), ends, count);
	}
	free(line);
	free(ends);
	news_lists_free(lists);
	return ferror(stdin) || fflush(stdout) != 0 ? 2 : 0;
}
