/* SPDX-License-Identifier: ISC */
#include "quote_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ENDLESS_BYTES 400000

/* A sentence, and its reports: `form: mention / cue`, parted by `; `. */
struct example {
	const char *name, *text, *reports;
};

static const struct example examples[] = {
    {"a subject", "Doe said it was over.", "subject: Doe / said"},
    {"adverbs and times between", "Doe on Thursday also said it was over.", "subject: Doe / said"},
    {"an auxiliary between", "The ministry has repeatedly warned that it may close.", "subject: The ministry / warned"},
    {"a place between", "Doe in Geneva said it was over.", "subject: Doe / said"},
    {"a phrase with a preposition", "A spokesman for the ministry said it was over.",
	"subject: A spokesman for the ministry / said"},
    {"an apposition between", "Doe, the mayor of Ulm, said it was over.", "subject: Doe, the mayor of Ulm / said"},
    {"an age and a place between", "Jane Doe, 22, of Flint, said it was over.",
	"subject: Jane Doe, 22, of Flint / said"},
    {"a clause between", "Doe, who runs the port, said it was over.", "subject: Doe, who runs the port / said"},
    {"two names", "Jane Doe and John Roe said it was over.", "subject: Jane Doe and John Roe / said"},
    {"a pronoun", "In the end she said it was over.", "subject: she / said"},
    {"one subject, two verbs", "Doe stood and said it was over.", "subject: Doe / said"},
    {"one subject, a clause between", "Doe said that it would end but denied a plan.",
	"subject: Doe / said; subject: Doe / denied"},
    {"an infinitive", "Doe went on to say it was over.", "subject: Doe / went; subject: Doe / say"},
    {"a participle", "Doe left the room, saying it was over.", "participle: Doe / saying"},
    {"behind a quotation", "\"It is over,\" said Jane Doe, the mayor.", "inverted: Jane Doe, the mayor / said"},
    {"behind a quotation, in order", "\"It is over,\" Doe said.", "subject: Doe / said"},
    {"behind a clause", "It was over, said Doe.", "inverted: Doe / said"},
    {"according to", "It was over, according to a report in the Gazette.",
	"according: a report in the Gazette / according to"},
    {"a relative clause", "They asked Doe, who said it was over.", "subject: They / asked; relative: Doe / said"},
    {"by somebody", "It was described by Jane Doe as \"a mess\".", "by: Jane Doe / described"},
    {"a passive without by is no report", "It was described as \"a mess\".", ""},
    {"a colon", "Doe: it is \"over\".", "colon: Doe / :"},
    {"a noun by its form", "The report claims that it is over.", "subject: The report / claims"},
    {"a noun by its place", "The claim was large.", ""},
    {"no subject", "Asked twice, they left.", ""},
    {"a participle in the apposition", "Peter Roe, a customer based in Boston, said he was glad.",
	"subject: Peter Roe, a customer based in Boston / said"},
    {"brackets behind a name", "Jane Doe (Lib.), said it was over.", "subject: Jane Doe (Lib.) / said"},
    {"a subject behind the verb is not who says it", "In a letter to the port, said every man he met was tired.", ""},
    {"a quantifier", "Many in the crowd said it was over.", "subject: Many in the crowd / said"},
    {"a share", "In Ulm, 85% of the dockers said it was over.", "subject: 85% of the dockers / said"},
    {"a day that possesses", "On Monday Doe said Thursday's speeches have won.", "subject: Doe / said"},
    {"a name that is a month", "Theresa May said it was over.", "subject: Theresa May / said"},
    {"a name that is an adjective", "Green said it was over.", "subject: Green / said"},
    {"a base form that is finite", "The parents, who were there, say it is over.",
	"subject: The parents, who were there / say"},
    {"a verb by its suffix", "In the end she reserves the right and says so.", "subject: she / says"},
    {"claims that are counted", "Doe described a third of Liberal claims as wrong.", "subject: Doe / described"},
    {"pledged ones", "Doe said 475 pledged delegates were there.", "subject: Doe / said"},
    {"a ranking", "Another ranking says it is over.", "subject: Another ranking / says"},
};

static const char *const forms[REPORT_FORMS] = {"subject", "inverted", "participle", "relative", "by", "according",
    "colon"};

static size_t
add_words(char *out, size_t room, const struct frame *frame, size_t first, size_t last)
{
	const struct token *begin = frame_token(frame, first), *end = frame_token(frame, last);

	return (
	    size_t)snprintf(out, room, "%.*s", (int)(end->end - begin->begin), frame->document->text.at + begin->begin);
}

static void
check(void **state)
{
	const struct example *example = *state;
	struct news_segment segment = {.span = {0, strlen(example->text)},
	    .paragraph = 1,
	    .sentence = 1,
	    .kind = NEWS_BODY};
	struct news_document document = {.text = {example->text, strlen(example->text)},
	    .segments = &segment,
	    .segment_count = 1};
	struct news_lists *lists = news_lists_new();
	struct tokens tokens = {0};
	struct quote_marks marks = {0};
	struct frame frame = {0};
	struct reports reports = {0};
	char found[512] = "";
	size_t used = 0, i;

	assert_non_null(lists);
	assert_true(token_run(&tokens, lists, &document) && quote_marks_run(&marks, &document));
	assert_true(frame_run(&frame, &document, &tokens, &marks));
	assert_int_equal(frame.sentence_count, 1);
	assert_true(report_run(&reports, &frame, &frame.sentences[0]));
	for (i = 0; i < reports.count; i++) {
		const struct report *report = &reports.at[i];
		used += (size_t)snprintf(found + used, sizeof found - used, "%s%s: ", i > 0 ? "; " : "",
		    forms[report->form]);
		used +=
		    add_words(found + used, sizeof found - used, &frame, report->mention_first, report->mention_last);
		used += (size_t)snprintf(found + used, sizeof found - used, " / ");
		used += add_words(found + used, sizeof found - used, &frame, report->cue_first, report->cue_last);
	}
	assert_string_equal(found, example->reports);
	report_release(&reports);
	frame_release(&frame);
	quote_marks_release(&marks);
	token_release(&tokens);
	news_lists_free(lists);
}

/* Sentences that nobody wrote: no search may go down their whole length from every place, nor call itself for each
 * bracket. */
static void
survives_sentences_without_end(void **state)
{
	static const char *const shapes[] = {"() ", "he said ", "Doe, who said ", "\"x y z\" and ", "'a ", "Doe, ",
	    "saying, ", "said (", "chief of ", "\"", "Doe said \"a b\" and ", "A \"B\" "};
	struct news_quoter *quoter;
	struct news_lists *lists = news_lists_new();
	size_t i;

	(void)state;
	assert_non_null(lists);
	quoter = news_quoter_new(lists, &(struct news_quoter_options){.all = true});
	assert_non_null(quoter);
	for (i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		size_t bytes = strlen(shapes[i]), count = ENDLESS_BYTES / bytes, k;
		char *text = malloc(count * bytes + 1);
		struct news_segment segment = {.span = {0, count * bytes},
		    .paragraph = 1,
		    .sentence = 1,
		    .kind = NEWS_BODY};
		struct news_document document = {.text = {text, count * bytes},
		    .segments = &segment,
		    .segment_count = 1};
		struct news_quote quote;

		assert_non_null(text);
		for (k = 0; k < count; k++)
			memcpy(text + k * bytes, shapes[i], bytes);
		assert_int_equal(news_quoter_start(quoter, &document), NEWS_OK);
		while (news_quoter_next(quoter, &quote) == NEWS_OK)
			assert_true(quote.span.begin < quote.span.end && quote.span.end <= document.text.bytes);
		free(text);
	}
	news_quoter_free(quoter);
	news_lists_free(lists);
}

int
main(void)
{
	struct CMUnitTest tests[sizeof examples / sizeof *examples + 1];
	size_t count = sizeof examples / sizeof *examples, i;

	for (i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){examples[i].name, check, NULL, NULL, (void *)(uintptr_t)&examples[i]};
	tests[count] = (struct CMUnitTest)cmocka_unit_test(survives_sentences_without_end);
	return _cmocka_run_group_tests("quote_report", tests, count + 1, NULL, NULL);
}
