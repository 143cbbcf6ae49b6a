#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# The format `sgml`: Gigaword and its forerunners, Reuters-21578.

load helper

# par sent kind text, without the language guessed
short() {
	grep -v '	lang-guess=' | cut -f 2,3,6,7
}

rows() {
	tr '|' '\t'
}

@test "Gigaword: elements become rows" {
	cd "$data"
	run -0 --separate-stderr nsplit -v gigaword.sgml
	[[ $stderr == *"gigaword.sgml: read as sgml"* ]]
	short <<<"$output" >"$BATS_TEST_TMPDIR/out"
	rows >"$BATS_TEST_TMPDIR/expected" <<-'END'
		0000|0001|meta|file=gigaword.sgml
		0000|0002|meta|date=2020-01-02
		0000|0003|meta|type=story
		0001|0001|title|Harbour of Port Bay reopens after storm & flood
		0002|0001|dateline|WELLINGTON, Jan 2 (AFP)
		0003|0001|body|The harbour of Port Bay reopened on Thursday, two days after a storm had sunk three boats, Mayor Jane Miller said.
		0003|0002|body|Nobody was hurt.
		0004|0001|body|"We are glad that it is over," Miller told reporters.
		0004|0002|body|"It could have been much worse."
		0005|0001|body|Shares of A&B Shipping fell <1 pct.
		0000|0001|meta|file=gigaword.sgml
		0000|0002|meta|date=2020-01-02
		0000|0003|meta|type=other
		0001|0001|title|Scores
		0002|0001|body|Rovers 2 United 1
		0003|0001|body|Town 0 City 0
	END
	diff "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/out"
	assert_equal "$(cut -f 1 <<<"$output" | uniq)" 'BAY_ENG_20200102.0001
BAY_ENG_20200102.0002'
}

@test "Reuters-21578: elements become rows, attributes and lists fields" {
	cd "$data"
	run -0 --separate-stderr nsplit -v reuters.sgm
	[[ $stderr == *"reuters.sgm: read as sgml"* ]]
	short <<<"$output" >"$BATS_TEST_TMPDIR/out"
	rows >"$BATS_TEST_TMPDIR/expected" <<-'END'
		0000|0001|meta|file=reuters.sgm
		0000|0002|meta|date=1987-02-26T15:01:01Z
		0000|0003|meta|author=Jane Miller, Reuters
		0000|0004|meta|topics-status=YES
		0000|0005|meta|lewissplit=TRAIN
		0000|0006|meta|cgisplit=TRAINING-SET
		0000|0007|meta|oldid=9001
		0000|0008|meta|topics=nuts
		0000|0009|meta|topics=grain
		0000|0010|meta|places=nowhere
		0000|0011|meta|unknown=C T    f0704 reute u f BC-NUTS-REVIEW   02-26 0105
		0001|0001|title|NUTS CORP <NUT.O> SEES HIGHER PRICES
		0002|0001|byline|by Jane Miller, Reuters
		0003|0001|dateline|SALVADOR, Feb 26 -
		0003|0002|body|Rain went on through the week in the nut zone, easing the drought since early January, Nuts Corp said.
		0004|0001|body|"Prices will rise," its chairman said.
		0004|0002|body|He gave no figures for the year.
	END
	head -n 17 "$BATS_TEST_TMPDIR/out" | diff "$BATS_TEST_TMPDIR/expected" -
	grep '	Reuter$' <<<"$output"
	grep '^2	0000	0007	.*	type=BRIEF$' <<<"$output"
	grep '^2	0001	0001	.*	title	NUTS CORP HALTS TALKS WITH GRAIN CORP$' <<<"$output"
}

@test "ranges name their words, and a slow file gives the same rows" {
	for file in gigaword.sgml reuters.sgm; do
		nsplit -H <"$data/$file" >rows
		while IFS= read -r line; do
			printf '%s\n' "$line"
		done <"$data/$file" | nsplit -H | cmp - rows
		nsplit --documents "$data/$file" >documents
		run -0 awk -f "$tests/check-ranges.awk" documents rows
	done
}

@test "JSON Lines of it give the same rows" {
	for file in gigaword.sgml reuters.sgm; do
		nsplit "$data/$file" | grep -v '	file=' >rows
		nsplit --documents "$data/$file" | nsplit | grep -v '	file=' >again
		diff <(grep -v '	meta	' rows) <(grep -v '	meta	' again)
		diff <(grep '	meta	' rows | cut -f 1,7 | sort) <(grep '	meta	' again | cut -f 1,7 | sort)
	done
}

@test "a document without end is told and kept, the next is read" {
	printf '<DOC id="a">\n<TEXT>\nIt was.\n<DOC id="b">\n<TEXT>\nIt is so.\n</TEXT>\n</DOC>\n' >feed
	run -1 --separate-stderr nsplit --rejects rejects feed
	assert_equal "$stderr" "nsplit: feed:1: the document has no end tag"
	assert_equal "$(cut -f 1,6,7 <<<"$output")" 'b	meta	file=feed
b	body	It is so.'
	printf '<DOC id="a">\n<TEXT>\nIt was.\n' | cmp - rejects
	run -0 --separate-stderr nsplit --keep-going feed
	run -1 --separate-stderr nsplit --strict feed
	assert_output ''
}

@test "what stands outside of documents is told" {
	printf '<DOC id="a">It was.</DOC>\nnot this\n<DOC id="b">It is.</DOC>\n' >feed
	run -1 --separate-stderr nsplit --rejects rejects feed
	assert_equal "$stderr" "nsplit: feed:2: text outside of documents"
	assert_equal "$(cut -f 1 <<<"$output" | uniq)" 'a
b'
	printf 'not this\n' | cmp - rejects
}

@test "a document is given as soon as it has ended" {
	mkfifo slow
	nsplit -f sgml <slow >rows &
	exec 4>slow
	printf '<DOC id="a">\nIt was.\n</DOC>\n' >&4
	for _ in $(seq 100); do
		[ ! -s rows ] || break
		sleep 0.1
	done
	exec 4>&-
	wait
	grep '^a	0001	.*It was\.$' rows
	assert_equal "$(wc -l <rows)" 2
}
