#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# What is ndedupe's own: which units are the same, what is kept of them, the report. What a digest ignores is tested in
# tests/unit/test_digest.c.

load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	# a and c are one story under two headlines; b shares a paragraph with them, and d a sentence.
	cat >feed <<-'END'
		{"id":"a","title":"Bridge Opens","text":"The bridge is open. Nobody paid.\nThe mayor was there."}
		{"id":"b","title":"Mayor Speaks","text":"The mayor was there.\nHe spoke for an hour."}
		{"id":"c","title":"Bridge Open at Last","text":"The bridge is open. Nobody paid.\nThe mayor was there."}
		{"id":"d","title":"Tolls","text":"Nobody paid. Nobody will.\nIt rained."}
	END
	nsplit feed >rows
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	rows=$BATS_FILE_TMPDIR/rows
}

# doc par sent kind text, with | for TAB.
short() {
	cut -f 1,2,3,6,7 | grep -v '	meta	' | tr '\t' '|'
}

@test "documents: the first of a kind is kept, its rows unchanged" {
	sed 's/$/	further/' "$rows" >wide
	ndedupe wide >out
	grep -v '^c	' wide | cmp - out
	ndedupe -u doc wide | cmp - out
	ndedupe -x wide | cmp - out
	ndedupe --unit=doc --exact -j 2 <wide | cmp - out
}

@test "documents: case, typography and white space make no difference, but with --raw" {
	cat >feed <<-'END'
		{"id":"a","text":"“We’ve won” — he said.\nOn Café Street."}
		{"id":"b","text":"\"We've   WON\" -- he said. On CAFE\u0301\nStreet."}
	END
	nsplit feed >rows
	assert_equal "$(ndedupe rows | cut -f 1 | uniq)" a
	ndedupe --raw rows | cmp - rows
}

@test "documents: titles, notes and meta rows make none, where there is a body" {
	cat >feed <<-'END'
		{"id":"a","title":"One","text":"It rained.","source":"x"}
		{"id":"b","title":"Two","text":"It rained.","source":"y"}
		{"id":"c","title":"It Rained","text":""}
		{"id":"d","title":"It Rained","text":""}
		{"id":"e","title":"It Snowed","text":""}
	END
	nsplit feed >rows
	assert_equal "$(ndedupe rows | cut -f 1 | uniq | tr '\n' ' ')" "a c e "
	# Rows may be taken out before.
	grep -v '	meta	' rows >bare
	assert_equal "$(ndedupe bare | cut -f 1 | uniq | tr '\n' ' ')" "a c e "
}

@test "documents: empty ones are kept" {
	printf '{"id":"%s","text":""}\n' a b c | nsplit >rows
	ndedupe rows | cmp - rows
	assert_equal "$(ndedupe -r rows | cut -f 1,6 | tr '\t\n' ' ,')" "a .,b .,c .,"
}

@test "paragraphs: only the body rows of those seen before vanish" {
	ndedupe -u par "$rows" | short >out
	cat >expected <<-'END'
		a|0001|0001|title|Bridge Opens
		a|0002|0001|body|The bridge is open.
		a|0002|0002|body|Nobody paid.
		a|0003|0001|body|The mayor was there.
		b|0001|0001|title|Mayor Speaks
		b|0003|0001|body|He spoke for an hour.
		c|0001|0001|title|Bridge Open at Last
		d|0001|0001|title|Tolls
		d|0002|0001|body|Nobody paid.
		d|0002|0002|body|Nobody will.
		d|0003|0001|body|It rained.
	END
	diff expected out
	assert_equal "$(ndedupe -u par "$rows" | grep -c '	file=')" 4
}

@test "sentences: likewise" {
	ndedupe -u sent "$rows" | short >out
	cat >expected <<-'END'
		a|0001|0001|title|Bridge Opens
		a|0002|0001|body|The bridge is open.
		a|0002|0002|body|Nobody paid.
		a|0003|0001|body|The mayor was there.
		b|0001|0001|title|Mayor Speaks
		b|0003|0001|body|He spoke for an hour.
		c|0001|0001|title|Bridge Open at Last
		d|0001|0001|title|Tolls
		d|0002|0002|body|Nobody will.
		d|0003|0001|body|It rained.
	END
	diff expected out
}

@test "paragraphs: a dateline or note in a paragraph passes, and makes no difference" {
	printf '%s\n' '{"id":"a","text":"ESKEL (AP) -- The bridge is open. Nobody paid."}' \
		'{"id":"b","text":"The bridge is open. Nobody paid."}' | nsplit >rows
	grep -q '	dateline	' rows
	assert_equal "$(ndedupe -u par rows | grep -v '	meta	' | cut -f 1 | uniq)" a
	# Turned round, what is left of the paragraph is its dateline.
	{ grep '^b' rows; grep '^a' rows; } >turned
	ndedupe -u par turned | grep '^a' | cut -f 6 | tr '\n' ' ' >out
	assert_equal "$(cat out)" "meta meta dateline "
}

@test "a repetition inside one document is one too" {
	printf '{"id":"a","text":"It rained.\\nIt rained. Then it snowed.\\nIt rained."}\n' | nsplit >rows
	assert_equal "$(ndedupe -u par rows | short | tr '\n' ';')" \
		"a|0001|0001|body|It rained.;a|0002|0001|body|It rained.;a|0002|0002|body|Then it snowed.;"
	assert_equal "$(ndedupe -u sent rows | short | tr '\n' ';')" "a|0001|0001|body|It rained.;a|0002|0002|body|Then it snowed.;"
}

# ---- lines ----

# Lines of every sort: repeated, empty, with NUL, with bytes that are no text, blanks and case.
some_lines() {
	awk 'BEGIN { for (i = 0; i < 30000; i++) { x = (x * 16807 + 7) % 2147483647; print "line " x % 9000, i % 3 ? "" : "more" } }'
	printf 'a\na\n\n\nA\n a\na \n\377\n\377\n\376\n\303\251\ne\314\201\nx\r\nx\n'
}

@test "lines: what awk keeps, byte for byte" {
	some_lines >lines
	awk '!seen[$0]++' lines >expected
	ndedupe -u line --raw lines | cmp - expected
	ndedupe -u line --raw -j 4 <lines | cmp - expected
	# NUL is a byte like others.
	printf 'a\000b\na\000c\na\000b\na\n' | ndedupe -u line --raw | tr '\000' 0 >out
	assert_equal "$(tr '\n' ' ' <out)" "a0b a0c a "
}

@test "lines: without --raw, the first in its own form" {
	printf 'The  Mayor\nthe mayor \n“Yes”\n"yes"\n\n \n\377\n\376\n' | ndedupe -u line >out
	printf 'The  Mayor\n“Yes”\n\n\377\n\376\n' | cmp - out
}

@test "lines: a last one without LF equals one with it, and is written with it" {
	printf 'a\nb' >first
	printf 'b\nc' >second
	ndedupe -u line --raw first second >out
	printf 'a\nb\nc\n' | cmp - out
}

@test "lines: rows are lines too, and so is their header" {
	nsplit -H "$BATS_FILE_TMPDIR/feed" >lines
	cat lines lines | ndedupe -u line | cmp - lines
	run -2 --separate-stderr ndedupe -u line -H lines
}

# ---- the report ----

@test "-r: a row a document" {
	ndedupe -r -H "$rows" | tr '\t' '|' >out
	cat >expected <<-'END'
		doc|par|sent|begin|end|rel|original|containment|jaccard
		a|0000|0001|0000000|0000066|.|||
		b|0000|0001|0000000|0000055|.|||
		c|0000|0001|0000000|0000073|=|a|1.00|1.00
		d|0000|0001|0000000|0000042|.|||
	END
	diff expected out
}

@test "-r: a row a paragraph" {
	ndedupe -r -u par "$rows" | tr '\t' '|' >out
	cat >expected <<-'END'
		a|0002|0001|0000013|0000045|.|||
		a|0003|0001|0000046|0000066|.|||
		b|0002|0001|0000013|0000033|=|a:0003|1.00|1.00
		b|0003|0001|0000034|0000055|.|||
		c|0002|0001|0000020|0000052|=|a:0002|1.00|1.00
		c|0003|0001|0000053|0000073|=|a:0003|1.00|1.00
		d|0002|0001|0000006|0000031|.|||
		d|0003|0001|0000032|0000042|.|||
	END
	diff expected out
}

@test "-r: a row a sentence" {
	ndedupe -r -u sent "$rows" | grep '=' | tr '\t' '|' >out
	cat >expected <<-'END'
		b|0002|0001|0000013|0000033|=|a:0003:0001|1.00|1.00
		c|0002|0001|0000020|0000039|=|a:0002:0001|1.00|1.00
		c|0002|0002|0000040|0000052|=|a:0002:0002|1.00|1.00
		c|0003|0001|0000053|0000073|=|a:0003:0001|1.00|1.00
		d|0002|0001|0000006|0000018|=|a:0002:0002|1.00|1.00
	END
	diff expected out
	assert_equal "$(ndedupe -r -u sent "$rows" | wc -l)" "$(grep -c '	body	' "$rows")"
}

@test "-r: a row a line" {
	printf 'a\nb\na\n' >first
	printf 'b\nc\n' >second
	ndedupe -r -u line -H first second | tr '\t' '|' >out
	cat >expected <<-'END'
		line|rel|original|containment|jaccard
		000000000001|.|||
		000000000002|.|||
		000000000003|=|000000000001|1.00|1.00
		000000000004|=|000000000002|1.00|1.00
		000000000005|.|||
	END
	diff expected out
}

@test "-r names what is kept, and -j changes none of it" {
	"$root/scripts/generate-feed" 1 >feed
	cat feed feed | nsplit -f text --id-prefix x >rows
	for unit in doc par sent line; do
		ndedupe -u $unit -r rows >expected
		ndedupe -u $unit -r -j 3 rows | cmp - expected
		# As many units are kept as -r says.
		if [ $unit = doc ]; then
			assert_equal "$(ndedupe rows | cut -f 1 | uniq | wc -l)" "$(grep -c '	\.	' expected)"
			# Nothing is named as an original that was not kept.
			awk -F '\t' '$6 == "." { kept[$1] } $6 == "=" && !($7 in kept) { exit 1 }' expected
		elif [ $unit = sent ]; then
			assert_equal "$(ndedupe -u sent rows | grep -c '	body	')" "$(grep -c '	\.	' expected)"
			awk -F '\t' '$6 == "." { kept[$1 ":" $2 ":" $3] } $6 == "=" && !($7 in kept) { exit 1 }' expected
		fi
		ndedupe -u $unit rows >once
		ndedupe -u $unit -j 3 rows | cmp - once
		# What was kept is kept again.
		ndedupe -u $unit once | cmp - once
	done
}

# ---- what it tells ----

@test "-v tells what was kept and the memory it took" {
	seq 100000 >lines
	cat lines lines >twice
	run -0 --separate-stderr ndedupe -v -u line --raw twice
	assert_regex "$stderr" 'ndedupe: 100000 kept'
	assert_regex "$stderr" 'ndedupe: 100000 the same as an earlier one'
	memory=$(sed -n 's/^ndedupe: \([0-9]*\) bytes of memory .*/\1/p' <<<"$stderr")
	[ "$memory" -gt 2400000 ]
	[ "$memory" -le 3200000 ]
}

@test "a unit it does not know is a usage error" {
	run -2 --separate-stderr ndedupe -u word "$rows"
	assert_equal "$stderr" "ndedupe: option '-u': 'word' is none of doc, par, sent and line; try 'ndedupe --help'"
}
