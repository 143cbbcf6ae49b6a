/* SPDX-License-Identifier: ISC */
#include "quote_marks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A paragraph a line (`|` in TEXT); the runs found, joined by ` / `: `=` before one that was continued, `~` behind one
 * left open, `>` before a nested one. */
struct example {
	const char *name, *text, *runs;
	bool title; /* the first paragraph is a title */
};

static const struct example examples[] = {
    {"straight", "\"We go,\" he said. \"Now.\"", "We go, / Now.", false},
    {"curly", "\xE2\x80\x9CWe go,\xE2\x80\x9D he said.", "We go,", false},
    {"doubled", "``We go,'' he said. ''Now.''", "We go, / Now.", false},
    {"guillemets", "\xC2\xABWe go,\xC2\xBB he said.", "We go,", false},
    {"blanks inside are off", "\" We go \" he said.", "We go", false},
    {"nothing inside is no run", "He wrote \"\" and left.", "", false},
    {"nested", "\"He said 'run' twice,\" she said.", "He said 'run' twice, / >run", false},
    {"an apostrophe is no mark", "\"It's the boys' team,\" he said.", "It's the boys' team,", false},
    {"an elision is no mark", "The '90s were 'em days. It's over.", "", false},
    {"single marks in a document without double ones", "'We go,' he said. 'It's late.'", "We go, / It's late.", false},
    {"single marks beside double ones are none", "\"We go,\" he said of the 'plan' there.", "We go,", false},
    {"single marks in a title", "Mayor: bridge 'ready' soon|\"It is,\" he said.", "ready / It is,", true},
    {"unclosed at the end of the paragraph", "\"We go, he said.|Next.", "We go, he said.~", false},
    {"continued with a mark of its own", "\"We go.|\"We stay.\"", "We go.~ / =We stay.", false},
    {"continued without a mark of its own", "He said: \"We go.|We stay,\" and left.", "We go.~ / =We stay,", false},
    {"a missing closing mark spoils one paragraph", "\"We go. \"We stay,\" he said.|\"Now,\" he said.",
	"We go.~ / We stay, / Now,", false},
    {"inches are no run", "A 12\" gun and a 14\" gun. \"Fine,\" he said.", "Fine,", false},
    {"a closing mark typed as an opening one", "He said, \xE2\x80\x9DWe go,\xE2\x80\x9D and left.", "We go,", false},
    {"an opening mark typed as a closing one", "\xE2\x80\x9CWe go,\xE2\x80\x9C he said. \xE2\x80\x9CNow.\xE2\x80\x9D",
	"We go, / Now.", false},
    {"marks of two kinds", "\xE2\x80\x9CWe go,\" he said.|\"Now,\xE2\x80\x9D he said.", "We go, / Now,", false},
    {"a pair inside a run left open", "\xE2\x80\x9CHe said \"no\" and left.|Next.", "He said \"no\" and left.~", false},
    {"colon without its blank", "He said:\"We go.\"", "We go.", false},
    {"in brackets", "He left (\"for good\").", "for good", false},
};

static void
describe(const struct quote_marks *marks, const char *text, char *out, size_t room)
{
	size_t used = 0, i;

	out[0] = 0;
	for (i = 0; i < marks->count; i++) {
		const struct quote_run *run = &marks->runs[i];
		used += (size_t)snprintf(out + used, room - used, "%s%s%s%.*s%s", i > 0 ? " / " : "",
		    run->continued ? "=" : "", run->nested ? ">" : "", (int)(run->inside.end - run->inside.begin),
		    text + run->inside.begin, run->unclosed ? "~" : "");
		assert_true(used < room);
	}
}

static void
check(void **state)
{
	const struct example *example = *state;
	char text[512], runs[512];
	struct news_segment segments[8];
	struct news_document document = {.text = {text, 0}, .segments = segments};
	struct quote_marks marks = {0};
	size_t begin = 0, i, bytes = strlen(example->text);

	for (i = 0; i <= bytes; i++) {
		text[i] = example->text[i];
		if (text[i] != '|' && text[i] != 0)
			continue;
		segments[document.segment_count] = (struct news_segment){
		    .span = {begin, i},
		    .paragraph = (unsigned)document.segment_count + 1,
		    .sentence = 1,
		    .kind = example->title && document.segment_count == 0 ? NEWS_TITLE : NEWS_BODY,
		};
		document.segment_count++;
		begin = i + 1;
		text[i] = '\n';
	}
	document.text.bytes = bytes;
	assert_true(quote_marks_run(&marks, &document));
	describe(&marks, text, runs, sizeof runs);
	assert_string_equal(runs, example->runs);
	quote_marks_release(&marks);
}

int
main(void)
{
	struct CMUnitTest tests[sizeof examples / sizeof *examples];
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		tests[i] = (struct CMUnitTest){examples[i].name, check, NULL, NULL, (void *)(uintptr_t)&examples[i]};
	return _cmocka_run_group_tests("quote_marks", tests, sizeof tests / sizeof *tests, NULL, NULL);
}
