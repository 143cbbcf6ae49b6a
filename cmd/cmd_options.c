/* SPDX-License-Identifier: ISC
 *
 * cmd_options.c - the command line: the program's own options and the common ones, --help and --version
 *
 * One table holds both, and getopt_long(3) and --help are fed from it, so that no option can be missing from either.
 */
#include "cmd_private.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* Above what programs use for long options of their own. */
enum {
	OPTION_STRICT = 0x1000,
	OPTION_REJECTS,
	OPTION_KEEP_GOING,
	OPTION_PROGRESS,
	OPTION_LISTS,
	OPTION_NAMES,
	OPTION_LANG,
};

#define OPTIONS_MAX 64

static const struct cmd_option common[] = {
    {'m', "meta", "KEY,...", "append these meta values (date, source, title...) as last columns"},
    {OPTION_LANG, "lang", "LANG", "'any': work on documents of every language, not English alone"},
    {OPTION_NAMES, "names", "FILE", "names fixed across documents, a line each: canonical TAB alias TAB alias..."},
    {OPTION_LISTS, "lists", "DIR", "add the words of DIR/NAME.txt to the list NAME (may be repeated)"},
    {'H', "header", NULL, "write the names of the columns first"},
    {'j', "jobs", "N", "work on N batches at a time, 1 to 256 (default 1); the output is the same"},
    {OPTION_STRICT, "strict", NULL, "stop at the first malformed record"},
    {OPTION_REJECTS, "rejects", "FILE", "keep malformed records in FILE, as they came"},
    {OPTION_KEEP_GOING, "keep-going", NULL, "exit with 0 even where records were malformed"},
    {'v', "verbose", NULL, "tell on standard error what was done"},
    {OPTION_PROGRESS, "progress", NULL, "show on standard error how far the run is"},
    {'h', "help", NULL, "show this and exit"},
    {'V', "version", NULL, "show the version and a digest of every word list, and exit"},
    {0, NULL, NULL, NULL},
};

static struct cmd_option table[OPTIONS_MAX + 1];
static size_t own_count, table_count;

static bool
wanted(int letter)
{
	switch (letter) {
	case 'm':
		return run.program->takes_fields;
	case OPTION_LANG:
		return run.program->english_only;
	case OPTION_NAMES:
		return run.program->takes_names;
	default:
		return true;
	}
}

static void
build_table(void)
{
	const struct cmd_option *option;

	for (option = run.program->options; option != NULL && option->name != NULL; option++) {
		if (table_count < OPTIONS_MAX)
			table[table_count++] = *option;
	}
	own_count = table_count;
	for (option = common; option->name != NULL; option++) {
		if (wanted(option->letter) && table_count < OPTIONS_MAX)
			table[table_count++] = *option;
	}
}

/* Standard output through stdio, for --help and --version alone. */
static _Noreturn void
end_listing(void)
{
	if (ferror(stdout) || fflush(stdout) != 0)
		cmd_die("standard output: %s", strerror(errno));
	exit(CMD_OK);
}

static _Noreturn void
help(void)
{
	printf("usage: %s %s\n%s\n\n", run.program->name, run.program->arguments, run.program->summary);
	for (size_t i = 0; i < table_count; i++) {
		const struct cmd_option *option = &table[i];
		int column;

		if (option->letter < 256)
			column = printf("  -%c, --%s", option->letter, option->name);
		else
			column = printf("      --%s", option->name);
		if (option->argument != NULL)
			column += printf(" %s", option->argument);
		printf("%*s  %s\n", column < 26 ? 26 - column : 0, "", option->help);
	}
	end_listing();
}

static _Noreturn void
version(void)
{
	const char *name, *digest;

	printf("%s (newsutils) %s\n", run.program->name, NEWS_VERSION);
	for (size_t i = 0; (name = news_lists_digest(i, &digest)) != NULL; i++)
		printf("%s %s\n", name, digest);
	end_listing();
}

static void
add_keys(const char *argument)
{
	while (true) {
		size_t bytes = strcspn(argument, ",");
		struct news_text *grown;

		if (bytes == 0)
			cmd_usage("option '-m': an empty key in the list");
		for (size_t i = 0; i < bytes; i++) {
			if ((unsigned char)argument[i] < 0x20 || argument[i] == 0x7f)
				cmd_usage("option '-m': a control character in the list");
		}
		grown = realloc(run.keys, (run.key_count + 1) * sizeof *run.keys);
		if (grown == NULL)
			cmd_no_memory();
		run.keys = grown;
		run.keys[run.key_count++] = (struct news_text){argument, bytes};
		if (argument[bytes] == '\0')
			return;
		argument += bytes + 1;
	}
}

static void
add_lists(const char *directory)
{
	const char **grown = realloc(run.lists_add, (run.lists_count + 1) * sizeof *grown);

	if (grown == NULL)
		cmd_no_memory();
	run.lists_add = grown;
	run.lists_add[run.lists_count++] = directory;
}

static void
set_jobs(const char *argument)
{
	char *end;
	long jobs;

	errno = 0;
	jobs = strtol(argument, &end, 10);
	if (errno != 0 || end == argument || *end != '\0' || jobs < 1 || jobs > JOBS_MAX)
		cmd_usage("option '-j': '%s' is not a number from 1 to %d", argument, JOBS_MAX);
	run.jobs = (unsigned)jobs;
}

static void
set_language(const char *argument)
{
	if (strcmp(argument, "any") == 0)
		run.any_language = true;
	else if (strcmp(argument, "en") == 0)
		run.any_language = false;
	else
		cmd_usage("option '--lang': '%s' is neither 'any' nor 'en', the only language known", argument);
}

static void
take_common(int letter, const char *argument)
{
	switch (letter) {
	case 'm':
		add_keys(argument);
		break;
	case OPTION_LANG:
		set_language(argument);
		break;
	case OPTION_NAMES:
		run.names = argument;
		break;
	case OPTION_LISTS:
		add_lists(argument);
		break;
	case 'H':
		run.header = true;
		break;
	case 'j':
		set_jobs(argument);
		break;
	case OPTION_STRICT:
		run.strict = true;
		break;
	case OPTION_REJECTS:
		run.rejects = argument;
		break;
	case OPTION_KEEP_GOING:
		run.keep_going = true;
		break;
	case 'v':
		run.verbose = true;
		break;
	case OPTION_PROGRESS:
		run.progress = true;
		break;
	case 'h':
		help();
	case 'V':
		version();
	}
}

/* What getopt_long could not take: WORD is the argument it stopped at, optopt the letter it names. */
static _Noreturn void
refuse(int result, const char *word)
{
	bool is_long = strncmp(word, "--", 2) == 0 && word[2] != '\0';

	if (result == ':' && is_long)
		cmd_usage("option '%s' needs an argument", word);
	if (result == ':')
		cmd_usage("option '-%c' needs an argument", optopt);
	for (size_t i = 0; is_long && i < table_count; i++) {
		if (optopt == table[i].letter && optopt != 0)
			cmd_usage("option '--%s' takes no argument", table[i].name);
	}
	if (is_long) {
		size_t bytes = strcspn(word, "="), like = 0;

		for (size_t i = 0; i < table_count; i++)
			like += strncmp(table[i].name, word + 2, bytes - 2) == 0;
		cmd_usage(like > 1 ? "option '%s' is ambiguous" : "unknown option '%s'", word);
	}
	cmd_usage("unknown option '-%c'", optopt);
}

void
options_read(int argc, char **argv)
{
	struct option longs[OPTIONS_MAX + 1];
	char shorts[2 * OPTIONS_MAX + 3] = "+:"; /* stop at the first operand; tell a missing argument apart */
	size_t n = strlen(shorts);
	int result, index;

	run.jobs = 1;
	build_table();
	memset(longs, 0, sizeof longs);
	for (size_t i = 0; i < table_count; i++) {
		longs[i].name = table[i].name;
		longs[i].has_arg = table[i].argument != NULL ? required_argument : no_argument;
		longs[i].val = table[i].letter;
		if (table[i].letter < 256) {
			shorts[n++] = (char)table[i].letter;
			if (table[i].argument != NULL)
				shorts[n++] = ':';
		}
	}
	shorts[n] = '\0';
	opterr = 0;
	while (true) {
		const char *word = optind < argc ? argv[optind] : "";

		index = -1;
		result = getopt_long(argc, argv, shorts, longs, &index);
		if (result == -1)
			break;
		if (result == '?' || result == ':')
			refuse(result, word);
		for (size_t i = 0; i < table_count; i++) {
			if (table[i].letter != result)
				continue;
			if (i < own_count)
				run.program->option(run.context, result, optarg);
			else
				take_common(result, optarg);
			break;
		}
	}
	run.operands = argv + optind;
	run.operand_count = (size_t)(argc - optind);
}
