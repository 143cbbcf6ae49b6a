/* SPDX-License-Identifier: ISC
 *
 * lexicon_user.c - what the user adds to the word lists: files of `--lists`, and the names of `--names`
 *
 * Files are read whole; a line that is malformed ends it with `FILE:LINE: why`. Lists of a directory are read in the
 * order of their names, so that nothing depends on the order in which the system gives them.
 */
#include "lexicon_lists.h"
#include "user_file.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static void
put_slot(struct lexicon_slots *slots, uint64_t hash, size_t number)
{
	size_t i = hash & (slots->count - 1);

	while (slots->at[i] != 0)
		i = (i + 1) & (slots->count - 1);
	slots->at[i] = (uint32_t)number + 1;
}

/* Have room for COUNT + 1 numbers. True when the slots are new and empty: all must be put again. */
static bool
grow_slots(struct lexicon_slots *slots, size_t count, bool *failed)
{
	uint32_t *at;
	size_t wanted = slots->count == 0 ? 256 : 2 * slots->count;

	*failed = false;
	if (2 * (count + 1) <= slots->count)
		return false;
	*failed = true;
	if (wanted > UINT32_MAX || (at = calloc(wanted, sizeof *at)) == NULL)
		return false;
	*failed = false;
	free(slots->at);
	slots->at = at;
	slots->count = wanted;
	return true;
}

/* Append TEXT to OUT; the first byte of OUT belongs to no word, as in the embedded text. */
static bool
add_text(struct buffer *out, const char *text, size_t bytes, size_t *at)
{
	if (out->bytes == 0 && !buffer_add_byte(out, '\0'))
		return false;
	*at = out->bytes;
	return *at + bytes <= UINT32_MAX && buffer_add(out, text, bytes);
}

/* The user's entry for WORD; a new one begins as the embedded one. NULL: out of memory. */
static struct lexicon_entry *
user_entry(struct news_lists *lists, const char *word, size_t bytes)
{
	uint64_t hash = lexicon_table_hash(word, bytes);
	struct lexicon_entry *entry = lexicon_find_user(lists, hash, word, bytes), *grown;
	const struct lexicon_entry *embedded;
	size_t i, at;
	bool failed;

	if (entry != NULL)
		return entry;
	if (grow_slots(&lists->word_slots, lists->word_count, &failed))
		for (i = 0; i < lists->word_count; i++)
			put_slot(&lists->word_slots,
			    lexicon_table_hash(lists->text.at + lists->words[i].word, lists->words[i].word_bytes), i);
	if (failed)
		return NULL;
	grown = array_grow(lists->words, lists->word_count, &lists->word_room, sizeof *grown);
	if (grown == NULL)
		return NULL;
	lists->words = grown;
	entry = &lists->words[lists->word_count];
	lists->has_stopped = lists->has_stopped || (bytes > 0 && word[bytes - 1] == '.');
	memset(entry, 0, sizeof *entry);
	if (!add_text(&lists->text, word, bytes, &at))
		return NULL;
	entry->word = (uint32_t)at;
	entry->word_bytes = (uint16_t)bytes;
	embedded = lexicon_find_embedded(hash, word, bytes);
	if (embedded != NULL) {
		entry->traits = embedded->traits;
		entry->tag = embedded->tag;
		if (embedded->lemma != 0) {
			if (!add_text(&lists->text, lexicon_table.text + embedded->lemma, embedded->lemma_bytes, &at))
				return NULL;
			entry->lemma = (uint32_t)at;
			entry->lemma_bytes = embedded->lemma_bytes;
		}
	}
	put_slot(&lists->word_slots, hash, lists->word_count++);
	return entry;
}

/* Mark the words of a phrase, as compile-lists does. false: out of memory. */
static bool
mark_parts(struct news_lists *lists, const char *phrase, size_t bytes)
{
	unsigned bit = LEXICON_BIT_PHRASE;
	const char *space = memchr(phrase, ' ', bytes);

	while (space != NULL || bit == LEXICON_BIT_PHRASE_PART) {
		size_t word = space == NULL ? bytes : (size_t)(space - phrase);
		struct lexicon_entry *entry = user_entry(lists, phrase, word);
		if (entry == NULL)
			return false;
		entry->traits |= UINT64_C(1) << bit;
		if (space == NULL)
			break;
		bit = LEXICON_BIT_PHRASE_PART;
		phrase += word + 1;
		bytes -= word + 1;
		space = memchr(phrase, ' ', bytes);
	}
	return true;
}

/* A LINE of a user's list that gives every word TRAITS. */
static bool
add_user_word(struct news_lists *lists, const struct lexicon_line *line, uint64_t traits)
{
	char folded[2 * LEXICON_WORD_MAX], folded_lemma[2 * LEXICON_WORD_MAX];
	size_t bytes = text_fold(line->word.at, line->word.bytes, folded, sizeof folded);
	size_t lemma_bytes = text_fold(line->lemma.at, line->lemma.bytes, folded_lemma, sizeof folded_lemma);
	struct lexicon_entry *entry = user_entry(lists, folded, bytes);
	size_t at;

	if (entry == NULL)
		return false;
	entry->traits |= line->traits | traits;
	if (line->tag != LEXICON_UNTAGGED)
		entry->tag = line->tag;
	if (line->lemma.bytes > 0) {
		if (!add_text(&lists->text, folded_lemma, lemma_bytes, &at))
			return false;
		entry->lemma = (uint32_t)at;
		entry->lemma_bytes = (uint16_t)lemma_bytes;
	}
	return mark_parts(lists, folded, bytes);
}

static enum news_status
add_list(struct news_lists *lists, struct buffer *scratch, const char *path, uint64_t traits, struct news_error *error)
{
	enum news_status status = user_file_read(scratch, path, error);
	struct news_text text = {scratch->at, scratch->bytes}, line;
	size_t number = 0;

	if (status != NEWS_OK)
		return status;
	while (user_file_next(&text, &number, &line)) {
		struct lexicon_line parsed;
		const char *wrong = user_file_is_clean(line) ? lexicon_line_parse(line.at, line.bytes, &parsed)
							     : "ill-formed UTF-8 or a control character";
		if (wrong != NULL)
			return user_file_wrong(error, path, number, wrong);
		if (parsed.kind == LEXICON_LINE_TRAITS)
			traits |= parsed.traits;
		else if (parsed.kind == LEXICON_LINE_WORD && !add_user_word(lists, &parsed, traits))
			return NEWS_NO_MEMORY;
	}
	return NEWS_OK;
}

/* The embedded list that a user's file called NAME adds to, or NULL. */
static const struct lexicon_table_list *
list_for(const char *name)
{
	size_t i, bytes = strlen(name) - 4;

	for (i = 0; i < lexicon_table.list_count; i++) {
		const char *list = lexicon_table.lists[i].name;
		if (strlen(list) == bytes && memcmp(list, name, bytes) == 0)
			return &lexicon_table.lists[i];
	}
	return NULL;
}

static int
compare_names(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

struct file_names {
	char **at;
	size_t count, room;
};

static void
release_names(struct file_names *names)
{
	while (names->count > 0)
		free(names->at[--names->count]);
	free(names->at);
}

/* The files NAME.txt of DIRECTORY, sorted, so that nothing depends on the order in which the system gives them. */
static enum news_status
list_directory(struct file_names *names, const char *directory, struct news_error *error)
{
	DIR *stream = opendir(directory);
	const struct dirent *found;

	if (stream == NULL)
		return user_file_failed(error, "cannot open", directory);
	while (errno = 0, (found = readdir(stream)) != NULL) {
		size_t bytes = strlen(found->d_name);
		char **grown, *name;
		if (found->d_name[0] == '.' || bytes < 5 || strcmp(found->d_name + bytes - 4, ".txt") != 0)
			continue;
		grown = array_grow(names->at, names->count, &names->room, sizeof *grown);
		if (grown != NULL)
			names->at = grown;
		name = grown == NULL ? NULL : malloc(bytes + 1);
		if (name == NULL) {
			closedir(stream);
			return NEWS_NO_MEMORY;
		}
		memcpy(name, found->d_name, bytes + 1);
		names->at[names->count++] = name;
	}
	if (errno != 0) {
		user_file_failed(error, "cannot read", directory);
		closedir(stream);
		return NEWS_FAILED;
	}
	closedir(stream);
	if (names->count > 1)
		qsort(names->at, names->count, sizeof *names->at, compare_names);
	return NEWS_OK;
}

enum news_status
news_lists_add_directory(struct news_lists *lists, const char *directory, struct news_error *error)
{
	struct file_names names = {0};
	struct buffer path = {0}, scratch = {0};
	enum news_status status = list_directory(&names, directory, error);
	size_t i;

	for (i = 0; status == NEWS_OK && i < names.count; i++) {
		const struct lexicon_table_list *list = list_for(names.at[i]);
		path.bytes = 0;
		if (!buffer_add(&path, directory, strlen(directory)) || !buffer_add_byte(&path, '/') ||
		    !buffer_add(&path, names.at[i], strlen(names.at[i]) + 1)) {
			status = NEWS_NO_MEMORY;
		} else if (list == NULL) {
			snprintf(error->text, sizeof error->text,
			    "'%s': there is no list of that name; --version names them", path.at);
			status = NEWS_FAILED;
		} else {
			status = add_list(lists, &scratch, path.at, list->traits, error);
		}
	}
	release_names(&names);
	buffer_release(&path);
	buffer_release(&scratch);
	return status;
}

/* Append FIELD to OUT with runs of white space as one space and none at the ends. */
static bool
add_folded(struct buffer *out, struct news_text field, size_t *at, size_t *bytes)
{
	size_t i, width;
	bool blank = false;

	if (!add_text(out, "", 0, at))
		return false;
	for (i = 0; i < field.bytes; i += width) {
		uint32_t character = text_decode(field.at + i, field.bytes - i, &width);
		if (text_is_space(character)) {
			blank = true;
			continue;
		}
		if (blank && out->bytes > *at && !buffer_add_byte(out, ' '))
			return false;
		blank = false;
		if (!buffer_add(out, field.at + i, width))
			return false;
	}
	*bytes = out->bytes - *at;
	return true;
}

/* Let ALIAS stand for CANONICAL. NEWS_REJECTED when it already stands for another. */
static enum news_status
add_alias(struct news_lists *lists, const struct lexicon_name *added)
{
	const char *text = lists->name_text.at;
	uint64_t hash = lexicon_name_hash(lists, text + added->alias, added->alias_bytes);
	struct lexicon_name *old = lexicon_find_name(lists, hash, text + added->alias, added->alias_bytes), *grown;
	size_t i;
	bool failed;

	if (old != NULL)
		return lexicon_is_text(text, old->canonical, old->canonical_bytes, text + added->canonical,
			   added->canonical_bytes)
		    ? NEWS_OK
		    : NEWS_REJECTED;
	if (grow_slots(&lists->name_slots, lists->name_count, &failed))
		for (i = 0; i < lists->name_count; i++)
			put_slot(&lists->name_slots, lists->names[i].hash, i);
	if (failed)
		return NEWS_NO_MEMORY;
	grown = array_grow(lists->names, lists->name_count, &lists->name_room, sizeof *grown);
	if (grown == NULL)
		return NEWS_NO_MEMORY;
	lists->names = grown;
	grown[lists->name_count] = *added;
	grown[lists->name_count].hash = hash;
	put_slot(&lists->name_slots, hash, lists->name_count++);
	return NEWS_OK;
}

static enum news_status
add_name_line(struct news_lists *lists, struct news_text line, const char **why)
{
	struct lexicon_name name = {0};
	bool first = true;

	while (line.bytes > 0) {
		const char *tab = memchr(line.at, '\t', line.bytes);
		struct news_text field = {line.at, tab == NULL ? line.bytes : (size_t)(tab - line.at)};
		enum news_status status;

		line.at += field.bytes + (tab != NULL);
		line.bytes -= field.bytes + (tab != NULL);
		if (!add_folded(&lists->name_text, field, &name.alias, &name.alias_bytes))
			return NEWS_NO_MEMORY;
		if (first) {
			name.canonical = name.alias;
			name.canonical_bytes = name.alias_bytes;
			first = false;
		}
		if (name.canonical_bytes == 0) {
			*why = "the first field, the canonical name, is empty";
			return NEWS_REJECTED;
		}
		if (name.alias_bytes == 0)
			continue;
		status = add_alias(lists, &name);
		if (status == NEWS_REJECTED)
			*why = "a name of this line already stands for another canonical name";
		if (status != NEWS_OK)
			return status;
	}
	return NEWS_OK;
}

enum news_status
news_lists_add_names(struct news_lists *lists, const char *file, struct news_error *error)
{
	struct buffer scratch = {0};
	enum news_status status = user_file_read(&scratch, file, error);
	struct news_text text = {scratch.at, scratch.bytes}, line;
	const char *why = "ill-formed UTF-8 or a control character";
	size_t number = 0;

	while (status == NEWS_OK && user_file_next(&text, &number, &line)) {
		if (line.bytes == 0 || line.at[0] == '#')
			continue;
		status = user_file_is_clean(line) ? add_name_line(lists, line, &why) : NEWS_REJECTED;
		if (status == NEWS_REJECTED)
			status = user_file_wrong(error, file, number, why);
	}
	buffer_release(&scratch);
	return status;
}
