/* SPDX-License-Identifier: ISC
 *
 * From raw bytes to document text, ids and fields.
 */
#include "buffer.h"
#include "news.h"
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool
equals(struct news_text text, const char *expected)
{
	return text.bytes == strlen(expected) && memcmp(text.at, expected, text.bytes) == 0;
}

#define ASSERT_TEXT(text, expected) \
	do { \
		struct news_text got = text; \
		if (!equals(got, expected)) \
			fail_msg("got '%.*s', not '%s'", (int)got.bytes, got.at, (const char *)(expected)); \
	} while (0)

static enum news_status
read_raw(struct news_reader *reader, const char *format, struct news_text file, struct news_text raw,
    struct news_document *document, size_t *repairs, struct news_error *error)
{
	struct news_record record = {.file = file, .head = {"", 0}, .bytes = raw};

	assert_true(news_format_find(format, &record.format));
	return news_reader_read(reader, &record, document, repairs, error);
}

/* Read RAW, which is copied to memory just as large, and write the outcome down in OUT: `!why`, or the id, the text and
 * the fields but `file`, each behind a `|`. */
static void
outcome(const struct news_reader_options *options, const char *format, const char *raw, size_t bytes,
    struct buffer *out)
{
	struct news_error error = {""};
	struct news_reader *reader = news_reader_new(options, &error);
	struct news_document document;
	char *copy = malloc(bytes + (bytes == 0));
	size_t repairs, i;
	enum news_status status;

	assert_non_null(reader);
	assert_non_null(copy);
	memcpy(copy, raw, bytes);
	status = read_raw(reader, format, (struct news_text){"-", 1}, (struct news_text){copy, bytes}, &document,
	    &repairs, &error);
	out->bytes = 0;
	if (status == NEWS_REJECTED) {
		assert_int_equal(text_clean(error.text, strlen(error.text)), strlen(error.text));
		assert_true(buffer_add_byte(out, '!') && buffer_add(out, error.text, strlen(error.text)));
	} else {
		assert_int_equal(status, NEWS_OK);
		assert_true(document.field_count >= 1);
		ASSERT_TEXT(document.fields[0].key, "file");
		ASSERT_TEXT(document.fields[0].value, "-");
		assert_true(buffer_add(out, document.id.at, document.id.bytes) && buffer_add_byte(out, '|') &&
		    buffer_add(out, document.text.at, document.text.bytes));
		assert_int_equal(text_clean(document.text.at, document.text.bytes), document.text.bytes);
		for (i = 1; i < document.field_count; i++) {
			const struct news_field *field = &document.fields[i];
			assert_true(field->key.bytes > 0 && field->value.bytes > 0);
			assert_int_equal(text_clean(field->key.at, field->key.bytes), field->key.bytes);
			assert_int_equal(text_clean(field->value.at, field->value.bytes), field->value.bytes);
			assert_null(memchr(field->value.at, '\n', field->value.bytes));
			assert_true(buffer_add_byte(out, '|') && buffer_add(out, field->key.at, field->key.bytes) &&
			    buffer_add_byte(out, '=') && buffer_add(out, field->value.at, field->value.bytes));
		}
	}
	assert_true(buffer_add_byte(out, '\0'));
	free(copy);
	news_reader_free(reader);
}

static const struct news_reader_options defaults;

static void
json(const struct news_reader_options *options, const char *raw, const char *expected)
{
	struct buffer out = {0};

	outcome(options, "jsonl", raw, strlen(raw), &out);
	assert_string_equal(out.at, expected);
	buffer_release(&out);
}

static void
rejected(const char *raw, const char *why)
{
	struct buffer out = {0};

	outcome(&defaults, "jsonl", raw, strlen(raw), &out);
	if (out.at[0] != '!' || strstr(out.at, why) == NULL)
		fail_msg("'%s' gives '%s', not '%s'", raw, out.at, why);
	buffer_release(&out);
}

static void
clean_text_is_used_in_place(void **state)
{
	struct news_error error;
	struct news_reader *reader = news_reader_new(&defaults, &error);
	const char *raw = "Head\n\nBody \xE2\x80\x9Cq\xE2\x80\x9D.  \n \n";
	struct news_document document;
	size_t repairs;

	(void)state;
	assert_non_null(reader);
	assert_int_equal(read_raw(reader, "text", (struct news_text){"a\tb\nc", 5},
			     (struct news_text){raw, strlen(raw)}, &document, &repairs, &error),
	    NEWS_OK);
	assert_ptr_equal(document.text.at, raw);
	ASSERT_TEXT(document.text, "Head\n\nBody \xE2\x80\x9Cq\xE2\x80\x9D.");
	assert_int_equal(repairs, 0);
	assert_false(document.wrapped || document.has_title);
	assert_int_equal(document.segment_count, 0);
	ASSERT_TEXT(document.fields[0].value, "a b c");
	assert_int_equal(read_raw(reader, "blank", (struct news_text){"-", 1}, (struct news_text){raw, 4}, &document,
			     &repairs, &error),
	    NEWS_OK);
	assert_true(document.wrapped);
	news_reader_free(reader);
}

static void
plain_text_is_repaired(void **state)
{
	static const struct {
		const char *raw;
		size_t bytes;
		const char *text;
		size_t repairs;
	} cases[] = {
	    {"\xEF\xBB\xBFHead\r\nA\tb.\r\n", 15, "Head\nA b.", 1},
	    {"a\0b\t\x7F\n\v", 7, "a b", 4},
	    {"  indented \xFF\n", 13, "  indented \xEF\xBF\xBD", 1},
	    {" \n", 2, "", 0},
	    {"ends in NEL\xC2\x85\n", 14, "ends in NEL", 1},
	    {"ends in NBSP\xC2\xA0\n", 15, "ends in NBSP\xC2\xA0", 0},
	};
	struct news_error error;
	struct news_reader *reader = news_reader_new(&defaults, &error);
	size_t i;

	(void)state;
	assert_non_null(reader);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_document document;
		char hash[21];
		size_t repairs;
		assert_int_equal(read_raw(reader, "line", (struct news_text){"-", 1},
				     (struct news_text){cases[i].raw, cases[i].bytes}, &document, &repairs, &error),
		    NEWS_OK);
		ASSERT_TEXT(document.text, cases[i].text);
		assert_int_equal(repairs, cases[i].repairs);
		text_content_hash(document.text, hash);
		ASSERT_TEXT(document.id, hash);
	}
	news_reader_free(reader);
}

static void
json_gives_text_title_and_id(void **state)
{
	(void)state;
	json(&defaults, "{\"id\":\"a\",\"text\":\"One.\\nTwo.\\r\\nThree.\\n\"}", "a|One.\nTwo.\nThree.");
	json(&defaults, "{\"doc\":12,\"title\":\" T\\nt \",\"body\":\"B\"}", "12|T t\nB");
	json(&defaults, "{\"text\":\"x\",\"id\":\"\"}", "442a44457137672b3218|x");
	json(&defaults, "{\"text\":\"x\",\"id\":\" \\t\"}", "442a44457137672b3218|x");
	json(&defaults, "{\"text\":\"x\",\"id\":null,\"doc\":\"_\"}", "_|x");
	json(&defaults, "{\"text\":\"x\",\"id\":\"a b\\tc\\u00a0d\\u0000e\\nf\"}", "a_b_c_d_e_f|x");
	json(&defaults, "{\"headline\":\"H\",\"content\":\"C\",\"id\":1e3}", "1e3|H\nC");
	json(&defaults, "{\"text\":null,\"id\":1}", "1|");
	json(&defaults, "{\"text\":\"\",\"title\":\"T\",\"id\":1}", "1|T");
	json(&defaults, "{\"text\":\"\",\"maintext\":\"M\",\"id\":1}", "1|M");
	json(&defaults, "{\"text\":[\"P\",null,\"Q\"],\"id\":1}", "1|P\nQ");
	json(&defaults, "{\"title\":\" \",\"headline\":\"H\",\"text\":\"a\",\"id\":1}", "1|H\na");
	json(&defaults, "{\"text\":\"\\ufeffx\",\"id\":1}", "1|x");
	json(&defaults, " {\"text\" : \"x\" , \"id\":1 }\t\r", "1|x");
}

static void
json_tells_that_it_has_a_title(void **state)
{
	struct news_error error;
	struct news_reader *reader = news_reader_new(&defaults, &error);
	struct news_document document;
	size_t repairs;
	const char *with = "{\"title\":\"T\",\"text\":\"a\"}", *without = "{\"text\":\"a\"}";

	(void)state;
	assert_non_null(reader);
	assert_int_equal(read_raw(reader, "jsonl", (struct news_text){"-", 1}, (struct news_text){with, strlen(with)},
			     &document, &repairs, &error),
	    NEWS_OK);
	assert_true(document.has_title);
	assert_int_equal(read_raw(reader, "jsonl", (struct news_text){"-", 1},
			     (struct news_text){without, strlen(without)}, &document, &repairs, &error),
	    NEWS_OK);
	assert_false(document.has_title);
	news_reader_free(reader);
}

static void
json_gives_fields(void **state)
{
	(void)state;
	json(&defaults,
	    "{\"zeta\":\"z\",\"lang\":\"en\",\"byline\":\"By A\",\"source\":\"s\",\"url\":\"u\",\"date\":\"24 Nov "
	    "2026\","
	    "\"text\":\"x\",\"id\":1,\"alpha\":true,\"beta\":false,\"none\":null,\"empty\":\"\",\"blank\":\" \"}",
	    "1|x|date=2026-11-24|url=u|source=s|author=By A|lang=en|zeta=z|alpha=true|beta=false");
	json(&defaults,
	    "{\"text\":\"x\",\"id\":1,\"authors\":[\"A\",\"B\"],\"tags\":[1,\"t\",true,null,\"\"],\"no\":[]}",
	    "1|x|author=A|author=B|tags=1|tags=t|tags=true");
	json(&defaults,
	    "{\"text\":\"x\",\"id\":1,\"o\":{\"text\":\"no\",\"a\":[1]},\"l\":[{\"a\":1},[2]],\"s\":\"\\t v\\n w \"}",
	    "1|x|s=v  w");
	json(&defaults, "{\"text\":\"x\",\"id\":1,\"a b=c\\n\":1.10,\"\":2,\"big\":123456789012345678901234567890}",
	    "1|x|a_b_c_=1.10|_=2|big=123456789012345678901234567890");
	json(&defaults, "{\"text\":\"x\",\"id\":1,\"text2\":\"y\",\"body\":\"z\",\"doc\":\"d\"}",
	    "1|x|text2=y|body=z|doc=d");
	json(&defaults, "{\"text\":\"w\",\"text\":\"x\",\"id\":1,\"id\":2,\"k\":1,\"k\":2}", "2|x|k=1|k=2");
}

static void
json_gives_the_first_date_it_understands(void **state)
{
	(void)state;
	json(&defaults, "{\"date_publish\":\"2026-11-24\",\"date_modify\":\"2026-11-25\",\"text\":\"x\",\"id\":1}",
	    "1|x|date=2026-11-24|date_modify=2026-11-25");
	json(&defaults, "{\"date_publish\":\"2026-11-24\",\"date\":\"2026-11-25\",\"text\":\"x\",\"id\":1}",
	    "1|x|date=2026-11-25|date_publish=2026-11-24");
	json(&defaults, "{\"date\":\"soon\",\"dateline\":\"PARIS\",\"datetime\":1732450000,\"text\":\"x\",\"id\":1}",
	    "1|x|date=2024-11-24T12:06:40Z|date-raw=soon|dateline=PARIS");
	json(&defaults, "{\"date\":\"soon\",\"text\":\"x\",\"id\":1}", "1|x|date-raw=soon");
	json(&defaults, "{\"date-raw\":\"soon\",\"text\":\"x\",\"id\":1}", "1|x|date-raw=soon");
	json(&defaults, "{\"date\":[\"2026-11-24\"],\"text\":\"x\",\"id\":1}", "1|x|date=2026-11-24");
}

static void
json_strings_are_repaired(void **state)
{
	(void)state;
	json(&defaults, "{\"text\":\"a\xFF\xE2\x80z\",\"id\":\"\x80\",\"\xC0\":\"\xED\xA0\x80\"}",
	    "\xEF\xBF\xBD|a\xEF\xBF\xBD\xEF\xBF\xBDz|\xEF\xBF\xBD=\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	json(&defaults, "{\"id\":1,\"text\":\"\\ud800 \\udc00\\udc00 \\ud83d\\ude00 \\ud83d\\ud83d\\ude00\\\\ud800\"}",
	    "1|\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD \xF0\x9F\x98\x80 \xEF\xBF\xBD\xF0\x9F\x98\x80\\ud800");
	json(&defaults, "{\"id\":1,\"text\":\"nul\\u0000tab\\tnel\\u0085.\"}", "1|nul tab nel  .");
	json(&defaults, "{\"id\":1,\"t\\u0065xt\":\"\\u0041\\/\\\"\"}", "1|A/\"");
}

static void
json_faults_are_told_with_their_column(void **state)
{
	(void)state;
	rejected("{\"id\":", "column 7:");
	rejected("{\"text\":\"abc", "column 13:");
	rejected("{\"text\":\"abc\"", "column 14:");
	rejected("{\"text\":tru", "column 12:");
	rejected("{\"text\":\"x\"} y", "column 14:");
	rejected("{\"text\":\"x\"}{}", "column 13:");
	rejected("{\"text\":\"x\ty\"}", "column 11:");
	rejected("{\"text\":\"\\q\"}", "column 11:");
	rejected("{\"text\":\"\\u12G4\"}", "column 14:");
	rejected("{\"text\":1 2}", "column 11:");
	rejected("{\"text\":NaN}", "column 9:");
	rejected("{'text':1}", "column 2:");
	rejected("{\"text\":-x}", "column 10:");
	rejected("[1]", "column 1: not an object");
	rejected("\"text\"", "not an object");
	rejected("12", "not an object");
	rejected("plain words", "column 1:");
	rejected("", "ends too early");
	rejected("{}", "no text (tried text,body,content,maintext)");
	rejected("{\"id\":1,\"text\":{}}", "no text");
	rejected("{\"id\":1,\"text\":true}", "no text");
}

static void
deep_nesting_is_rejected(void **state)
{
	const size_t levels = 1000000;
	static const char *const opening[] = {"[", "{\"a\":"};
	struct buffer raw = {0}, out = {0};
	size_t i, j;

	(void)state;
	for (i = 0; i < 2; i++) {
		raw.bytes = 0;
		assert_true(buffer_add(&raw, "{\"text\":\"x\",\"a\":", 16));
		for (j = 0; j < levels; j++)
			assert_true(buffer_add(&raw, opening[i], strlen(opening[i])));
		outcome(&defaults, "jsonl", raw.at, raw.bytes, &out);
		assert_non_null(strstr(out.at, "nested too deep"));
	}
	buffer_release(&raw);
	buffer_release(&out);
}

static void
json_names_can_be_told(void **state)
{
	const struct news_reader_options options = {
	    .json = {.id = "key",
		.text = "para,story*",
		.title = "head",
		.date = "when",
		.author = "who",
		.lang = "tongue"},
	};

	(void)state;
	json(&options,
	    "{\"id\":\"i\",\"key\":\"k\",\"story_text\":\"S\",\"head\":\"H\",\"when\":\"2026-11-24\",\"who\":\"W\","
	    "\"tongue\":\"en\",\"text\":\"T\",\"date2\":\"soon\"}",
	    "k|H\nS|date=2026-11-24|author=W|lang=en|id=i|text=T|date2=soon");
	json(&options, "{\"text\":\"T\"}", "!the object has no text (tried para,story*)");
}

static void
ids_can_be_hashed_and_prefixed(void **state)
{
	const struct news_reader_options hashed = {.id_hash = true}, prefixed = {.id_prefix = "a b\t:"},
					 both = {.id_hash = true, .id_prefix = "p-"};
	struct buffer out = {0};

	(void)state;
	json(&hashed, "{\"id\":\"i\",\"text\":\"x\"}", "442a44457137672b3218|x");
	json(&prefixed, "{\"id\":\"i\",\"text\":\"x\"}", "a_b_:i|x");
	json(&both, "{\"id\":\"i\",\"text\":\"x\"}", "p-442a44457137672b3218|x");
	outcome(&both, "text", "x\n", 2, &out);
	assert_string_equal(out.at, "p-442a44457137672b3218|x");
	buffer_release(&out);
}

/* One reader reads record after record: nothing of one is left in the next, whatever became of it. */
static void
records_leave_nothing_behind(void **state)
{
	static const struct {
		const char *raw, *id;
	} cases[] = {
	    {"{\"id\":\"one\",\"title\":\"T\",\"text\":\"a\\nb\",\"k\":\"v\"}", "one"},
	    {"{\"id\":\"two\",\"text\":\"\\ud800", NULL},
	    {"{\"text\":\"x\"}", "442a44457137672b3218"},
	    {"{\"text\":\"x\",\"a\":[[[", NULL},
	    {"{\"text\":\"x\"}", "442a44457137672b3218"},
	};
	struct news_error error;
	struct news_reader *reader = news_reader_new(&defaults, &error);
	size_t i;

	(void)state;
	assert_non_null(reader);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct news_document document;
		size_t repairs = 99;
		enum news_status status = read_raw(reader, "jsonl", (struct news_text){"-", 1},
		    (struct news_text){cases[i].raw, strlen(cases[i].raw)}, &document, &repairs, &error);
		assert_int_equal(status, cases[i].id == NULL ? NEWS_REJECTED : NEWS_OK);
		if (status == NEWS_REJECTED)
			continue;
		ASSERT_TEXT(document.id, cases[i].id);
		assert_int_equal(document.field_count, i == 0 ? 2 : 1);
		assert_int_equal(document.has_title, i == 0);
		assert_int_equal(repairs, 0);
	}
	news_reader_free(reader);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(clean_text_is_used_in_place),
	    cmocka_unit_test(plain_text_is_repaired),
	    cmocka_unit_test(json_gives_text_title_and_id),
	    cmocka_unit_test(json_tells_that_it_has_a_title),
	    cmocka_unit_test(json_gives_fields),
	    cmocka_unit_test(json_gives_the_first_date_it_understands),
	    cmocka_unit_test(json_strings_are_repaired),
	    cmocka_unit_test(json_faults_are_told_with_their_column),
	    cmocka_unit_test(deep_nesting_is_rejected),
	    cmocka_unit_test(json_names_can_be_told),
	    cmocka_unit_test(ids_can_be_hashed_and_prefixed),
	    cmocka_unit_test(records_leave_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
