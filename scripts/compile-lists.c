/* SPDX-License-Identifier: ISC
 *
 * compile-lists - join word lists into one hash table, written as C source
 *
 * usage: compile-lists LIST.txt... [-- FILE.txt...] >lists.c
 *
 * Runs while the programs are built. The lines of a list are described in lib/lexicon.h, the table in
 * lib/lexicon_table.h. Of the files behind `--` nothing is
 * taken but their digests: what else is embedded, and told by --version. A word of several lists gets the marks of all;
 * of tags and lemmas the first counts, in the order of the operands. The output depends on the operands and their bytes
 * alone.
 */
#include "lexicon_table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

struct word {
	char *text, *lemma; /* lemma NULL: none given */
	uint64_t hash, traits;
	uint8_t tag;
	size_t list; /* the last list that has it, to notice doubles */
	uint32_t text_at, lemma_at;
};

struct table {
	struct word *words;
	size_t count, room;
	uint32_t *slots; /* number of the word + 1, 0: empty */
	size_t slot_count;
};

struct list {
	char *name;
	uint64_t traits;
	char digest[17];
};

static _Noreturn void
fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("compile-lists: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(2);
}

static void *
must(void *memory)
{
	if (memory == NULL)
		fail("out of memory");
	return memory;
}

static char *
copy(const char *at, size_t bytes)
{
	char *text = must(malloc(bytes + 1));

	memcpy(text, at, bytes);
	text[bytes] = '\0';
	return text;
}

static char *
read_file(const char *path, size_t *bytes)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t room = 0, taken;

	if (file == NULL)
		fail("cannot open '%s': %s", path, strerror(errno));
	*bytes = 0;
	do {
		room = room == 0 ? 1 << 16 : 2 * room;
		text = must(realloc(text, room));
		taken = fread(text + *bytes, 1, room - *bytes, file);
		*bytes += taken;
	} while (*bytes == room);
	if (ferror(file))
		fail("cannot read '%s': %s", path, strerror(errno));
	fclose(file);
	return text;
}

static void
place(struct table *table, size_t number)
{
	size_t i = table->words[number].hash & (table->slot_count - 1);

	while (table->slots[i] != 0)
		i = (i + 1) & (table->slot_count - 1);
	table->slots[i] = (uint32_t)number + 1;
}

/* The entry for the word AT, made when there is none. */
static struct word *
entry_for(struct table *table, const char *at, size_t bytes)
{
	uint64_t hash = lexicon_table_hash(at, bytes);
	struct word *word;
	size_t i;

	if (3 * table->count >= 2 * table->slot_count) {
		table->slot_count = table->slot_count == 0 ? 1 << 12 : 2 * table->slot_count;
		free(table->slots);
		table->slots = must(calloc(table->slot_count, sizeof *table->slots));
		for (i = 0; i < table->count; i++)
			place(table, i);
	}
	for (i = hash & (table->slot_count - 1); table->slots[i] != 0; i = (i + 1) & (table->slot_count - 1)) {
		word = &table->words[table->slots[i] - 1];
		if (word->hash == hash && strlen(word->text) == bytes && memcmp(word->text, at, bytes) == 0)
			return word;
	}
	if (table->count == LEXICON_TABLE_INDEX)
		fail("more words than the table can number");
	if (table->count == table->room) {
		table->room = table->room == 0 ? 1024 : 2 * table->room;
		table->words = must(realloc(table->words, table->room * sizeof *table->words));
	}
	word = &table->words[table->count];
	memset(word, 0, sizeof *word);
	word->text = copy(at, bytes);
	word->hash = hash;
	word->list = (size_t)-1;
	place(table, table->count++);
	return word;
}

/* Whether AT is UTF-8, in lower case, with plain apostrophes: what text_fold makes of it. */
static const char *
check_folded(const char *at, size_t bytes)
{
	size_t i;
	utf8proc_ssize_t width;

	for (i = 0; i < bytes; i += (size_t)width) {
		utf8proc_int32_t character;
		width = utf8proc_iterate((const utf8proc_uint8_t *)at + i, (utf8proc_ssize_t)(bytes - i), &character);
		if (width <= 0)
			return "not UTF-8";
		if (utf8proc_tolower(character) != character)
			return "word not in lower case";
		if (character == 0x2019)
			return "apostrophe that is not '";
	}
	return NULL;
}

/* Mark the words of a phrase. */
static void
mark_parts(struct table *table, struct news_text phrase)
{
	unsigned bit = LEXICON_BIT_PHRASE;
	const char *space = memchr(phrase.at, ' ', phrase.bytes);

	while (space != NULL || bit == LEXICON_BIT_PHRASE_PART) {
		size_t bytes = space == NULL ? phrase.bytes : (size_t)(space - phrase.at);
		entry_for(table, phrase.at, bytes)->traits |= UINT64_C(1) << bit;
		if (space == NULL)
			return;
		bit = LEXICON_BIT_PHRASE_PART;
		phrase.at += bytes + 1;
		phrase.bytes -= bytes + 1;
		space = memchr(phrase.at, ' ', phrase.bytes);
	}
}

static void
add_word(struct table *table, const struct lexicon_line *line, uint64_t traits, size_t list, const char *path,
    size_t number)
{
	struct word *word = entry_for(table, line->word.at, line->word.bytes);

	if (word->list == list)
		fail("%s:%zu: '%s' stands twice in this list", path, number, word->text);
	word->list = list;
	word->traits |= line->traits | traits;
	if (word->tag == LEXICON_UNTAGGED)
		word->tag = line->tag;
	if (word->lemma == NULL && line->lemma.bytes > 0)
		word->lemma = copy(line->lemma.at, line->lemma.bytes);
	mark_parts(table, line->word);
}

/* NAME of lib/lists/NAME.txt. */
static char *
list_name(const char *path)
{
	const char *base = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
	size_t length = strlen(base);

	if (length < 5 || strcmp(base + length - 4, ".txt") != 0)
		fail("'%s' is not called NAME.txt", path);
	return copy(base, length - 4);
}

static void
digest_list(struct list *list, const char *text, size_t bytes)
{
	unsigned char hash[16];
	size_t i;

	crypto_generichash(hash, sizeof hash, (const unsigned char *)text, bytes, NULL, 0);
	for (i = 0; i < 8; i++)
		snprintf(list->digest + 2 * i, 3, "%02x", hash[i]);
}

static void
read_list(struct table *table, struct list *list, const char *path, size_t list_number)
{
	size_t bytes, number = 1;
	char *text = read_file(path, &bytes), *at = text, *end = text + bytes;

	list->name = list_name(path);
	if (bytes > 0 && end[-1] != '\n')
		fail("%s: the last line has no line feed", path);
	for (; at < end; number++) {
		char *line_end = memchr(at, '\n', (size_t)(end - at));
		struct lexicon_line line;
		const char *wrong = lexicon_line_parse(at, (size_t)(line_end - at), &line);
		if (wrong == NULL && line.kind == LEXICON_LINE_WORD)
			wrong = check_folded(line.word.at, line.word.bytes);
		if (wrong != NULL)
			fail("%s:%zu: %s: '%.*s'", path, number, wrong, (int)(line_end - at), at);
		if (line.kind == LEXICON_LINE_TRAITS)
			list->traits |= line.traits;
		else if (line.kind == LEXICON_LINE_WORD)
			add_word(table, &line, list->traits, list_number, path, number);
		at = line_end + 1;
	}
	digest_list(list, text, bytes);
	free(text);
}

/* A file that is embedded by other means: its name and digest. */
static void
read_other(struct list *list, const char *path)
{
	size_t bytes;
	char *text = read_file(path, &bytes);

	list->name = list_name(path);
	digest_list(list, text, bytes);
	free(text);
}

/* Write AT as the inside of a string constant. */
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

/* Words and lemmas, one after the other; a lemma that its word begins with ("talks") takes no room. */
static void
write_text(struct table *table)
{
	size_t at = 1, i;

	puts("static const char text[] = \"\\000\"");
	for (i = 0; i < table->count; i++) {
		struct word *word = &table->words[i];
		word->text_at = (uint32_t)at;
		at += strlen(word->text);
		printf("\"");
		write_string(word->text);
		if (word->lemma != NULL && strncmp(word->text, word->lemma, strlen(word->lemma)) == 0) {
			word->lemma_at = word->text_at;
		} else if (word->lemma != NULL) {
			word->lemma_at = (uint32_t)at;
			at += strlen(word->lemma);
			write_string(word->lemma);
		}
		puts("\"");
	}
	puts(";");
}

static void
write_entries(const struct table *table)
{
	size_t i;

	puts("static const struct lexicon_entry entries[] = {");
	for (i = 0; i < table->count; i++) {
		const struct word *word = &table->words[i];
		printf("{UINT64_C(%#llx),%u,%u,%zu,%zu,%u},\n", (unsigned long long)word->traits,
		    (unsigned)word->text_at, (unsigned)word->lemma_at, strlen(word->text),
		    word->lemma == NULL ? 0 : strlen(word->lemma), (unsigned)word->tag);
	}
	puts("};");
}

static void
write_slots(const struct table *table)
{
	size_t i;

	puts("static const uint32_t slots[] = {");
	for (i = 0; i < table->slot_count; i++) {
		uint32_t slot = table->slots[i];
		if (slot != 0)
			slot |= lexicon_table_slot_bits(table->words[slot - 1].hash);
		printf("%#lx,%s", (unsigned long)slot, i % 12 == 11 ? "\n" : "");
	}
	puts("};");
}

/* The sieve NAME of the words that end in a stop, or of those with TRAITS. */
static void
write_sieve(const char *name, const struct table *table, bool stopped, uint64_t traits)
{
	uint64_t bits[LEXICON_SIEVE / 64] = {0};
	size_t i;

	for (i = 0; i < table->count; i++) {
		const char *word = table->words[i].text;
		size_t bytes = strlen(word);
		if (stopped ? bytes > 1 && word[bytes - 1] == '.' : (table->words[i].traits & traits) != 0) {
			unsigned bit = lexicon_sieve_bit(word, bytes - stopped);
			bits[bit / 64] |= UINT64_C(1) << bit % 64;
		}
	}
	printf("static const uint64_t %s[] = {\n", name);
	for (i = 0; i < LEXICON_SIEVE / 64; i++)
		printf("UINT64_C(%#llx),\n", (unsigned long long)bits[i]);
	puts("};");
}

/* The bytes of TEXT as lexicon_find_stop takes them; 0: it is no short word with a stop behind. */
static uint64_t
short_stopped(const char *text)
{
	size_t bytes = strlen(text), i;
	uint64_t word = 0;

	if (bytes < 2 || bytes > LEXICON_STOP_MAX + 1 || text[bytes - 1] != '.')
		return 0;
	for (i = 0; i + 1 < bytes; i++) {
		if (text[i] != '.' && (text[i] < 'a' || text[i] > 'z'))
			return 0;
		word |= (uint64_t)(unsigned char)text[i] << 8 * i;
	}
	return word;
}

static void
write_stops(const struct table *table)
{
	uint64_t slots[LEXICON_STOPS] = {0};
	size_t i, count = 0;

	for (i = 0; i < table->count; i++) {
		struct lexicon_entry entry = {.traits = table->words[i].traits};
		uint64_t word = short_stopped(table->words[i].text);
		size_t slot = lexicon_stop_slot(word);
		if (word == 0 || lexicon_stop(&entry) == LEXICON_STOP_NONE)
			continue;
		if (++count > LEXICON_STOPS / 2)
			fail("there are more than %u short abbreviations", LEXICON_STOPS / 2);
		while (slots[slot] != 0)
			slot = (slot + 1) % LEXICON_STOPS;
		slots[slot] = word | (uint64_t)lexicon_stop(&entry) << 8 * LEXICON_STOP_MAX;
	}
	puts("static const uint64_t stops[] = {");
	for (i = 0; i < LEXICON_STOPS; i++)
		printf("UINT64_C(%#llx),\n", (unsigned long long)slots[i]);
	puts("};");
}

int
main(int argc, char **argv)
{
	struct table table = {0};
	struct list *lists;
	size_t list_count = 0, count = 0, i;
	bool lists_end = false;

	if (argc < 2)
		fail("usage: compile-lists LIST.txt... [-- FILE.txt...]");
	if (sodium_init() < 0)
		fail("libsodium does not start");
	lists = must(calloc((size_t)argc, sizeof *lists));
	for (i = 1; i < (size_t)argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			lists_end = true;
			continue;
		}
		if (lists_end)
			read_other(&lists[count], argv[i]);
		else
			read_list(&table, &lists[list_count++], argv[i], count);
		count++;
	}
	if (table.count == 0)
		fail("the lists are empty");
	puts("/* made by compile-lists */\n#include \"lexicon_table.h\"\n");
	write_text(&table);
	write_entries(&table);
	write_slots(&table);
	write_sieve("stopped", &table, true, 0);
	write_sieve("starters", &table, false, UINT64_C(1) << LEXICON_BIT_STARTER);
	write_stops(&table);
	puts("static const struct lexicon_table_list lists[] = {");
	for (i = 0; i < count; i++)
		printf("{\"%s\",UINT64_C(%#llx),\"%s\"},\n", lists[i].name, (unsigned long long)lists[i].traits,
		    lists[i].digest);
	puts("};");
	printf("const struct lexicon_table lexicon_table = {slots, %zu, entries, stopped, starters, stops, text, "
	       "lists, %zu, %zu};\n",
	    table.slot_count - 1, list_count, count);
	if (fflush(stdout) != 0 || ferror(stdout))
		fail("cannot write: %s", strerror(errno));
	return 0;
}
