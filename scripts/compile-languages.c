/* SPDX-License-Identifier: ISC
 *
 * compile-languages - the data of lib/languages as tables, written as C source
 *
 * usage: compile-languages WORDS.txt NAMES.txt >languages.c
 *
 * Runs while the programs are built. The operands describe themselves in their first lines, the tables stand in
 * lib/language_table.h. The output depends on the operands' bytes alone.
 */
#include "language_table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define TIERS 4

/* What a word of a tier weighs, in quarters of a bit: 4 log2(p / q), where p is how often it comes where it is listed
 * (0.025, 0.005, 0.0012, 0.0004), and q how often elsewhere: 0.00008; or 0.0003 where it has two letters or less, which
 * come as initials and parts of names. */
static const uint8_t tier_weights[TIERS] = {33, 24, 16, 9};
static const uint8_t tier_weights_short[TIERS] = {26, 16, 8, 2};
#define SHORT_LETTERS 2

/* What a form without accents weighs less, and a letter of a language's alphabet weighs. Quarters of a bit. */
#define PLAIN_LESS 8
#define LETTER_WEIGHT 6

/* So much likelier in English than elsewhere, or elsewhere than in English, is a word of the table of English words.
 * Quarters of a bit. */
#define ENGLISH_MARGIN 8
#define FOREIGN_MARGIN 25

/* Factors tried for that table; of 100 words in 512 slots one in some 20,000 does. */
#define TRIES 10000000

struct pair {
	char from[8], to[8];
};

struct pairs {
	struct pair *at;
	size_t count;
};

struct item {
	char *text; /* of a letter: NULL */
	uint32_t letter;
	uint8_t weight[LANGUAGE_CANDIDATES];
	uint8_t listed[LANGUAGE_CANDIDATES]; /* by its own form, not by that without accents */
	uint32_t text_at, evidence_at;
	uint8_t evidence_count;
};

struct items {
	struct item *at;
	size_t count;
};

struct data {
	struct language_range *ranges;
	size_t range_count;
	char script_names[LANGUAGE_SCRIPTS][24];
	struct language_script scripts[LANGUAGE_SCRIPTS];
	size_t script_count;
	struct language_candidate candidates[LANGUAGE_CANDIDATES];
	size_t candidate_count;
	struct items words, letters;
	struct pairs plain_all, plain; /* of all languages; of this one */
	struct language_name *names;
	size_t name_count;
	char (*codes)[3];
	size_t code_count;
	const char *path;
	size_t line;
};

static _Noreturn void
fail(const struct data *data, const char *format, ...)
{
	va_list arguments;

	fputs("compile-languages: ", stderr);
	if (data != NULL && data->path != NULL)
		fprintf(stderr, "%s:%zu: ", data->path, data->line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(2);
}

static void *
must(void *memory)
{
	if (memory == NULL)
		fail(NULL, "out of memory");
	return memory;
}

static char *
copy(const char *text)
{
	return strcpy(must(malloc(strlen(text) + 1)), text);
}

/* ---- characters ---- */

/* The next character of TEXT, which moves on behind it. */
static uint32_t
next_character(const struct data *data, const char **text)
{
	utf8proc_int32_t character;
	utf8proc_ssize_t width = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &character);

	if (width <= 0)
		fail(data, "not UTF-8");
	*text += width;
	return (uint32_t)character;
}

static void
append(const struct data *data, char *out, size_t room, uint32_t character)
{
	utf8proc_uint8_t encoded[5] = {0};

	utf8proc_encode_char((utf8proc_int32_t)character, encoded);
	if (strlen(out) + strlen((char *)encoded) >= room)
		fail(data, "'%s' is too long", out);
	strcat(out, (char *)encoded);
}

static uint8_t
script_of(const struct data *data, uint32_t character)
{
	size_t i;

	for (i = 0; i < data->range_count; i++)
		if (character >= data->ranges[i].first && character <= data->ranges[i].last)
			return data->ranges[i].script;
	return LANGUAGE_SCRIPT_NONE;
}

static const char *
find_pair(const struct pairs *pairs, const char *from)
{
	size_t i;

	for (i = 0; i < pairs->count; i++)
		if (strcmp(pairs->at[i].from, from) == 0)
			return pairs->at[i].to;
	return NULL;
}

/* Append the letter CHARACTER as it is written where accents are left off. NFD: but for those the pairs name, marks
 * fall off Latin and Greek letters only: without them a Cyrillic one is another letter. */
static void
append_plain(const struct data *data, char *out, size_t room, uint32_t character)
{
	char letter[8] = "";
	const char *to;
	utf8proc_int32_t parts[4];

	append(data, letter, sizeof letter, character);
	to = find_pair(&data->plain, letter);
	if (to == NULL)
		to = find_pair(&data->plain_all, letter);
	if (to == NULL) {
		if (utf8proc_decompose_char((utf8proc_int32_t)character, parts, 4, UTF8PROC_DECOMPOSE, NULL) > 1 &&
		    ((uint32_t)parts[0] < 0x80 || (parts[0] >= 0x370 && parts[0] < 0x400)))
			append(data, out, room, (uint32_t)parts[0]);
		else
			append(data, out, room, character);
	} else if (strcmp(to, "-") != 0) {
		while (*to != '\0')
			append(data, out, room, next_character(data, &to));
	}
}

/* ---- words and letters ---- */

static struct item *
find_item(struct items *items, const char *text, uint32_t letter)
{
	struct item *item;
	size_t i;

	for (i = 0; i < items->count; i++) {
		item = &items->at[i];
		if (text == NULL ? item->letter == letter : strcmp(item->text, text) == 0)
			return item;
	}
	if (items->count == LANGUAGE_WORDS)
		fail(NULL, "too many words");
	items->at = must(realloc(items->at, (items->count + 1) * sizeof *items->at));
	item = memset(&items->at[items->count++], 0, sizeof *item);
	item->text = text == NULL ? NULL : copy(text);
	item->letter = letter;
	return item;
}

static size_t
letters_of(const char *word)
{
	size_t count = 0;

	for (; *word != '\0'; word++)
		count += ((unsigned char)*word & 0xC0) != 0x80;
	return count;
}

static uint8_t
weight_of(unsigned tier, const char *word)
{
	return letters_of(word) <= SHORT_LETTERS ? tier_weights_short[tier - 1] : tier_weights[tier - 1];
}

/* Check that WORD is what a text is looked up by: letters of its script, in lower case, no mark. */
static void
check_word(const struct data *data, const char *word)
{
	uint8_t script = data->candidates[data->candidate_count - 1].script;
	const char *at = word;

	if (strlen(word) > LANGUAGE_WORD_MAX)
		fail(data, "'%s' is longer than %d bytes", word, LANGUAGE_WORD_MAX);
	while (*at != '\0') {
		uint32_t character = next_character(data, &at);
		if (script_of(data, character) != script)
			fail(data, "'%s' has U+%04X, no letter of its script", word, (unsigned)character);
		if ((uint32_t)utf8proc_tolower((utf8proc_int32_t)character) != character)
			fail(data, "'%s' is not in lower case", word);
	}
}

static void
add_word(struct data *data, unsigned tier, const char *word)
{
	size_t candidate = data->candidate_count - 1;
	char plain[64] = "";
	const char *at = word;
	uint8_t weight = weight_of(tier, word);
	struct item *item;

	check_word(data, word);
	item = find_item(&data->words, word, 0);
	if (item->listed[candidate])
		fail(data, "'%s' stands twice in this section", word);
	item->listed[candidate] = 1;
	item->weight[candidate] = weight;
	while (*at != '\0')
		append_plain(data, plain, sizeof plain, next_character(data, &at));
	if (plain[0] == '\0' || strcmp(plain, word) == 0 || strlen(plain) > LANGUAGE_WORD_MAX)
		return;
	item = find_item(&data->words, plain, 0);
	weight = weight_of(tier, plain);
	weight = weight <= PLAIN_LESS ? 1 : weight - PLAIN_LESS;
	if (!item->listed[candidate] && item->weight[candidate] < weight)
		item->weight[candidate] = weight;
}

static void
add_letters(struct data *data, const char *letters)
{
	size_t candidate = data->candidate_count - 1;

	check_word(data, ""); /* there is a section */
	while (*letters != '\0') {
		uint32_t letter = next_character(data, &letters);
		struct item *item;
		if (script_of(data, letter) != data->candidates[candidate].script)
			fail(data, "U+%04X is no letter of the script", (unsigned)letter);
		if (letter >= LANGUAGE_LETTER_END)
			fail(data, "U+%04X is too large", (unsigned)letter);
		item = find_item(&data->letters, NULL, letter);
		if (item->weight[candidate] != 0)
			fail(data, "U+%04X stands twice", (unsigned)letter);
		item->weight[candidate] = LETTER_WEIGHT;
	}
}

/* ---- lines of the words file ---- */

static uint8_t
find_script(const struct data *data, const char *name)
{
	size_t i;

	for (i = LANGUAGE_SCRIPT_MARK; i < data->script_count; i++)
		if (name != NULL && strcmp(data->script_names[i], name) == 0)
			return (uint8_t)i;
	fail(data, "no script '%s'", name == NULL ? "" : name);
}

static uint8_t
number(const struct data *data, const char *word)
{
	char *end;
	long value = word == NULL ? 0 : strtol(word, &end, 10);

	if (word == NULL || *end != '\0' || value < 1 || value > 255)
		fail(data, "'%s' is no number from 1 to 255", word == NULL ? "" : word);
	return (uint8_t)value;
}

static void
add_script(struct data *data)
{
	const char *name = strtok(NULL, " "), *range;
	bool marks = name != NULL && strcmp(name, "Marks") == 0;
	size_t script = marks ? LANGUAGE_SCRIPT_MARK : data->script_count;

	if (name == NULL || strlen(name) >= sizeof data->script_names[0] || script >= LANGUAGE_SCRIPTS)
		fail(data, "no name, one too long, or too many scripts");
	if (!marks)
		data->script_count++;
	strcpy(data->script_names[script], name);
	data->scripts[script].weight = number(data, strtok(NULL, " "));
	while ((range = strtok(NULL, " ")) != NULL) {
		struct language_range *added;
		char *end;
		data->ranges = must(realloc(data->ranges, (data->range_count + 1) * sizeof *data->ranges));
		added = &data->ranges[data->range_count++];
		added->script = (uint8_t)script;
		added->first = added->last = (uint32_t)strtoul(range, &end, 16);
		if (*end == '-')
			added->last = (uint32_t)strtoul(end + 1, &end, 16);
		if (*end != '\0' || added->last < added->first)
			fail(data, "'%s' is no range", range);
	}
}

static void
add_mixed(struct data *data)
{
	struct language_script *script = &data->scripts[find_script(data, strtok(NULL, " "))];

	script->with = find_script(data, strtok(NULL, " "));
	script->part = number(data, strtok(NULL, " "));
}

static void
add_plain(struct data *data)
{
	struct pairs *pairs = data->candidate_count == 0 ? &data->plain_all : &data->plain;
	const char *from, *to;

	while ((from = strtok(NULL, " ")) != NULL) {
		to = strtok(NULL, " ");
		if (to == NULL || strlen(from) >= sizeof pairs->at->from || strlen(to) >= sizeof pairs->at->to)
			fail(data, "no pair of short words");
		pairs->at = must(realloc(pairs->at, (pairs->count + 1) * sizeof *pairs->at));
		strcpy(pairs->at[pairs->count].from, from);
		strcpy(pairs->at[pairs->count++].to, to);
	}
}

static void
add_language(struct data *data)
{
	const char *code = strtok(NULL, " "), *penalty;
	struct language_candidate *candidate = &data->candidates[data->candidate_count];
	struct language_script *script;

	if (code == NULL || strlen(code) != 2 || data->candidate_count == LANGUAGE_CANDIDATES)
		fail(data, "no code of two letters, or too many languages");
	strcpy(candidate->code, code);
	candidate->script = find_script(data, strtok(NULL, " "));
	penalty = strtok(NULL, " ");
	candidate->penalty = penalty == NULL ? 0 : number(data, penalty);
	script = &data->scripts[candidate->script];
	script->only = (uint8_t)data->candidate_count++;
	script->candidates++;
	data->plain.count = 0;
}

static void
read_words_line(struct data *data, char *line)
{
	char *word = strtok(line, " ");

	if (word == NULL || word[0] == '#')
		return;
	if (strcmp(word, "script") == 0) {
		add_script(data);
	} else if (strcmp(word, "mixed") == 0) {
		add_mixed(data);
	} else if (strcmp(word, "plain") == 0) {
		add_plain(data);
	} else if (strcmp(word, "language") == 0) {
		add_language(data);
	} else if (data->candidate_count == 0) {
		fail(data, "'%s' before any language", word);
	} else if (strcmp(word, "letters") == 0) {
		while ((word = strtok(NULL, " ")) != NULL)
			add_letters(data, word);
	} else {
		unsigned tier = number(data, word);
		if (tier > TIERS)
			fail(data, "tier %u", tier);
		while ((word = strtok(NULL, " ")) != NULL)
			add_word(data, tier, word);
	}
}

/* ---- lines of the names file ---- */

static void
add_name(struct data *data, const char *code, const char *name)
{
	size_t i;

	for (i = 0; i < data->name_count; i++)
		if (strcmp(data->names[i].name, name) == 0)
			fail(data, "'%s' stands twice", name);
	data->names = must(realloc(data->names, (data->name_count + 1) * sizeof *data->names));
	data->names[data->name_count].name = copy(name);
	strcpy(data->names[data->name_count++].code, code);
}

static void
read_names_line(struct data *data, char *line)
{
	const char *code, *name;

	if (line[0] == '\0' || line[0] == '#')
		return;
	code = strtok(line, "\t");
	if (code == NULL || strlen(code) != 2)
		fail(data, "no code of two letters");
	data->codes = must(realloc(data->codes, (data->code_count + 1) * sizeof *data->codes));
	strcpy(data->codes[data->code_count++], code);
	add_name(data, code, code);
	while ((name = strtok(NULL, "\t")) != NULL)
		add_name(data, code, name);
}

static void
read_file(struct data *data, const char *path, void (*read_line)(struct data *, char *))
{
	static char line[1 << 16];
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		fail(NULL, "cannot open '%s': %s", path, strerror(errno));
	data->path = path;
	data->line = 0;
	while (fgets(line, sizeof line, file) != NULL) {
		size_t bytes = strlen(line);
		data->line++;
		if (bytes == 0 || line[bytes - 1] != '\n')
			fail(data, "line too long, or without a line feed");
		line[bytes - 1] = '\0';
		read_line(data, line);
	}
	if (ferror(file))
		fail(NULL, "cannot read '%s': %s", path, strerror(errno));
	fclose(file);
	data->path = NULL;
}

/* ---- writing ---- */

static int
compare_ranges(const void *a, const void *b)
{
	const struct language_range *one = a, *other = b;

	return one->first < other->first ? -1 : one->first > other->first;
}

static void
check_ranges(const struct data *data)
{
	size_t i;

	for (i = 1; i < data->range_count; i++)
		if (data->ranges[i].first <= data->ranges[i - 1].last)
			fail(NULL, "U+%04X is in two ranges", (unsigned)data->ranges[i].first);
}

static int
compare_items(const void *a, const void *b)
{
	const struct item *one = a, *other = b;

	if (one->text != NULL)
		return strcmp(one->text, other->text);
	return one->letter < other->letter ? -1 : one->letter > other->letter;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const struct language_name *)a)->name, ((const struct language_name *)b)->name);
}

static int
compare_codes(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
write_string(const char *at)
{
	for (; *at != '\0'; at++) {
		unsigned char byte = (unsigned char)*at;
		if (byte < ' ' || byte > '~' || byte == '"' || byte == '\\' || byte == '?')
			printf("\\%03o", byte);
		else
			putchar(byte);
	}
}

/* Evidence of ITEMS behind the AT pieces already written. Gives how many there are now. */
static size_t
write_evidence(const struct data *data, struct items *items, size_t at)
{
	size_t i, candidate;

	for (i = 0; i < items->count; i++) {
		struct item *item = &items->at[i];
		item->evidence_at = (uint32_t)at;
		for (candidate = 0; candidate < data->candidate_count; candidate++) {
			if (item->weight[candidate] == 0)
				continue;
			printf("{%zu,%u},", candidate, item->weight[candidate]);
			item->evidence_count++;
			at++;
		}
		putchar('\n');
	}
	if (at > UINT16_MAX)
		fail(NULL, "more evidence than can be numbered");
	return at;
}

static void
write_items(const char *name, const struct items *items)
{
	size_t i;

	printf("static const struct language_item %s[] = {\n", name);
	for (i = 0; i < items->count; i++) {
		const struct item *item = &items->at[i];
		printf("{%u,%u,%u,%zu},\n", (unsigned)item->text_at, (unsigned)item->evidence_at, item->evidence_count,
		    item->text == NULL ? 0 : strlen(item->text));
	}
	puts("};");
}

static void
write_letter_numbers(const struct items *letters)
{
	static uint16_t numbers[LANGUAGE_LETTER_END];
	size_t i;

	if (letters->count > LANGUAGE_LETTERS)
		fail(NULL, "too many letters");
	for (i = 0; i < letters->count; i++)
		numbers[letters->at[i].letter] = (uint16_t)(i + 1);
	puts("static const uint16_t letter_numbers[] = {");
	for (i = 0; i < LANGUAGE_LETTER_END; i++)
		printf("%u,%s", numbers[i], i % 24 == 23 ? "\n" : "");
	puts("};");
}

static void
write_word_text(struct items *words)
{
	size_t i, at = 0;

	puts("static const char text[] =");
	for (i = 0; i < words->count; i++) {
		words->at[i].text_at = (uint32_t)at;
		at += strlen(words->at[i].text);
		printf("\"");
		write_string(words->at[i].text);
		puts("\"");
	}
	puts(";");
}

static size_t
write_slots(const struct items *words)
{
	size_t slots = 1, i, at;
	uint32_t *slot;

	while (slots < 3 * words->count)
		slots *= 2;
	slot = must(calloc(slots, sizeof *slot));
	for (i = 0; i < words->count; i++) {
		char key[LANGUAGE_WORD_MAX] = {0};
		uint64_t hash;
		memcpy(key, words->at[i].text, strlen(words->at[i].text));
		hash = language_hash(key);
		for (at = hash & (slots - 1); slot[at] != 0; at = (at + 1) & (slots - 1))
			;
		slot[at] = (uint32_t)(hash >> 48) << 16 | (uint32_t)(i + 1);
	}
	puts("static const uint32_t slots[] = {");
	for (i = 0; i < slots; i++)
		printf("%#lx,%s", (unsigned long)slot[i], i % 12 == 11 ? "\n" : "");
	puts("};");
	free(slot);
	return slots - 1;
}

/* What WORD weighs for English and against all common languages of its script, by the one that it is likeliest in. */
static int
english_margin(const struct data *data, const struct item *word)
{
	int english = word->weight[LANGUAGE_ENGLISH], other = 0;
	size_t i;

	for (i = 0; i < data->candidate_count; i++) {
		const struct language_candidate *candidate = &data->candidates[i];
		if (i != LANGUAGE_ENGLISH && candidate->script == data->candidates[LANGUAGE_ENGLISH].script &&
		    (english > 0 || candidate->penalty == 0) && word->weight[i] > other)
			other = word->weight[i];
	}
	return english - other;
}

/* Put the words of LIST where FACTOR has them in SLOTS. Gives how many found their slot taken. */
static size_t
fill_english(uint64_t slots[LANGUAGE_ENGLISH_SLOTS], const uint64_t *list, size_t count, uint64_t factor)
{
	size_t taken = 0, i;

	for (i = 0; i < count; i++) {
		uint64_t *slot = &slots[language_english_slot(list[i] & LANGUAGE_ENGLISH_WORD, factor)];
		if (*slot == LANGUAGE_ENGLISH_EMPTY)
			*slot = list[i];
		else
			taken++;
	}
	return taken;
}

/* A table of English words that hardly another language has, all of them, and of as many words of other languages that
 * English has not as find their slot free. */
static uint64_t
write_english(const struct data *data)
{
	uint64_t slots[LANGUAGE_ENGLISH_SLOTS], english[LANGUAGE_ENGLISH_SLOTS], other[LANGUAGE_ENGLISH_SLOTS];
	uint64_t factor = 1;
	size_t count = 0, other_count = 0, tries = 0, i;

	for (i = 0; i < data->words.count; i++) {
		const struct item *word = &data->words.at[i];
		char key[8] = {0};
		int margin = english_margin(data, word);
		uint64_t entry;
		if (strlen(word->text) >= sizeof key || (margin < ENGLISH_MARGIN && margin > -FOREIGN_MARGIN))
			continue;
		if (count == LANGUAGE_ENGLISH_SLOTS / 6 || other_count == LANGUAGE_ENGLISH_SLOTS)
			fail(NULL, "too many words for the table of English words");
		memcpy(key, word->text, strlen(word->text));
		entry = bytes_load(key) | (uint64_t)(margin + LANGUAGE_ENGLISH_ZERO) << LANGUAGE_ENGLISH_WEIGHT_SHIFT;
		if (margin > 0)
			english[count++] = entry;
		else
			other[other_count++] = entry;
	}
	do {
		if (tries++ == TRIES)
			fail(NULL, "no table of English words without collisions");
		/* Knuth's generator MMIX: any odd factor may do. */
		factor = factor * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		for (i = 0; i < LANGUAGE_ENGLISH_SLOTS; i++)
			slots[i] = LANGUAGE_ENGLISH_EMPTY;
	} while (fill_english(slots, english, count, factor | 1) > 0);
	fill_english(slots, other, other_count, factor | 1);
	puts("static const uint64_t english[] = {");
	for (i = 0; i < LANGUAGE_ENGLISH_SLOTS; i++)
		printf("UINT64_C(%#llx),\n", (unsigned long long)slots[i]);
	puts("};");
	return factor | 1;
}

static void
write_small_tables(const struct data *data)
{
	size_t i;

	puts("static const struct language_range ranges[] = {");
	for (i = 0; i < data->range_count; i++)
		printf("{%#lx,%#lx,%u},\n", (unsigned long)data->ranges[i].first, (unsigned long)data->ranges[i].last,
		    data->ranges[i].script);
	puts("};\nstatic const struct language_script scripts[] = {");
	for (i = 0; i < LANGUAGE_SCRIPTS; i++)
		printf("{%u,%u,%u,%u,%u},\n", data->scripts[i].weight, data->scripts[i].with, data->scripts[i].part,
		    data->scripts[i].only, data->scripts[i].candidates);
	puts("};\nstatic const struct language_candidate candidates[] = {");
	for (i = 0; i < data->candidate_count; i++)
		printf("{\"%s\",%u,%u},\n", data->candidates[i].code, data->candidates[i].script,
		    data->candidates[i].penalty);
	puts("};\nstatic const struct language_name names[] = {");
	for (i = 0; i < data->name_count; i++) {
		printf("{\"");
		write_string(data->names[i].name);
		printf("\",\"%s\"},\n", data->names[i].code);
	}
	puts("};\nstatic const char codes[][3] = {");
	for (i = 0; i < data->code_count; i++)
		printf("\"%s\",\n", data->codes[i]);
	puts("};");
}

int
main(int argc, char **argv)
{
	static struct data data;
	uint64_t factor;
	size_t slot_mask;

	if (argc != 3)
		fail(NULL, "usage: compile-languages WORDS.txt NAMES.txt");
	data.script_count = LANGUAGE_SCRIPT_MARK + 1;
	read_file(&data, argv[1], read_words_line);
	read_file(&data, argv[2], read_names_line);
	if (data.candidate_count == 0 || strcmp(data.candidates[LANGUAGE_ENGLISH].code, "en") != 0)
		fail(NULL, "the first language is not English");
	qsort(data.ranges, data.range_count, sizeof *data.ranges, compare_ranges);
	qsort(data.words.at, data.words.count, sizeof *data.words.at, compare_items);
	qsort(data.letters.at, data.letters.count, sizeof *data.letters.at, compare_items);
	qsort(data.names, data.name_count, sizeof *data.names, compare_names);
	qsort(data.codes, data.code_count, sizeof *data.codes, compare_codes);
	check_ranges(&data);
	puts("/* made by compile-languages */\n#include \"language_table.h\"\n");
	write_small_tables(&data);
	puts("static const struct language_evidence evidence[] = {");
	write_evidence(&data, &data.letters, write_evidence(&data, &data.words, 0));
	puts("};");
	write_word_text(&data.words);
	write_items("words", &data.words);
	write_items("letters", &data.letters);
	write_letter_numbers(&data.letters);
	slot_mask = write_slots(&data.words);
	factor = write_english(&data);
	printf("const struct language_table language_table = {ranges, %zu, scripts, candidates, %zu, evidence,\n"
	       "letter_numbers, letters, %zu, words, %zu, text, slots, %zu, english, UINT64_C(%#llx), names, %zu, "
	       "codes, %zu};\n",
	    data.range_count, data.candidate_count, data.letters.count, data.words.count, slot_mask,
	    (unsigned long long)factor, data.name_count, data.code_count);
	if (fflush(stdout) != 0 || ferror(stdout))
		fail(NULL, "cannot write: %s", strerror(errno));
	return 0;
}
