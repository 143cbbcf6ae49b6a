#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# The format `nitf`: NITF, NewsML-G2, NewsML 1.2, RCV1.

load helper

@test "NITF: elements become rows" {
	cd "$data"
	run -0 --separate-stderr nsplit -v harbour.nitf
	[[ $stderr == *"harbour.nitf: read as nitf"* ]]
	assert_equal "$(cut -f 1 <<<"$output" | uniq)" bay:2020-01-02:7
	grep -v '	lang-guess=' <<<"$output" | cut -f 2,3,6,7 >"$BATS_TEST_TMPDIR/out"
	tr '|' '\t' >"$BATS_TEST_TMPDIR/expected" <<-'END'
		0000|0001|meta|file=harbour.nitf
		0000|0002|meta|date=2020-01-02T10:11:12Z
		0000|0003|meta|source=The Bay Times
		0000|0004|meta|author=Jane Miller
		0000|0005|meta|keyword=harbour
		0000|0006|meta|keyword=storm
		0001|0001|title|Harbour reopens after storm
		0002|0001|body|Nobody was hurt
		0003|0001|byline|By Jane Miller
		0004|0001|dateline|WELLINGTON, Jan 2 (AFP) -
	END
	head -n 10 "$BATS_TEST_TMPDIR/out" | diff "$BATS_TEST_TMPDIR/expected" -
	# entities, CDATA, inline elements, line breaks, a caption, a list, the end
	grep '^0005	0001	body	The harbour of Port & Bay reopened on Thursday,..she said\.$' "$BATS_TEST_TMPDIR/out"
	grep '^0006	.*	"We are <very>' "$BATS_TEST_TMPDIR/out"
	grep '	The harbour on Thursday\.$' "$BATS_TEST_TMPDIR/out"
	grep '	Three boats sank\.$' "$BATS_TEST_TMPDIR/out"
	grep '	Jane Miller is a writer\.$' "$BATS_TEST_TMPDIR/out"
}

@test "NewsML-G2: items are documents, pictures and packages none, a broken one costs no other" {
	run -1 --separate-stderr nsplit --rejects rejects "$data/message.newsml"
	assert_equal "$stderr" "nsplit: $data/message.newsml:16: the element 'b' ends and was not begun"
	head -n 1 rejects | grep '<nar:newsItem guid="urn:bay:3">'
	cut -f 1,2,3,6,7 <<<"$output" | grep -v -e file= -e lang-guess= >out
	tr '|' '\t' >expected <<-'END'
		urn:bay:1|0000|0002|meta|date=2020-01-02T10:00:00Z
		urn:bay:1|0000|0003|meta|source=Bay Agency
		urn:bay:1|0000|0004|meta|author=Jane Miller
		urn:bay:1|0000|0005|meta|lang=en
		urn:bay:1|0000|0006|meta|type=text
		urn:bay:1|0000|0007|meta|subject=weather
		urn:bay:1|0000|0008|meta|slug=BAY-HARBOUR
		urn:bay:1|0001|0001|title|Harbour reopens after storm
		urn:bay:1|0002|0001|byline|By Jane Miller
		urn:bay:1|0003|0001|body|The harbour reopened on Thursday.
		urn:bay:1|0003|0002|body|It rained.
		urn:bay:1|0004|0001|body|She was glad, she said.
		urn:bay:4|0001|0001|title|Boats are raised
		urn:bay:4|0002|0001|body|The boats were raised on Friday, it was said.
		urn:bay:4|0003|0001|body|They will sail again.
	END
	diff expected out
}

@test "ranges name their words, and a slow file gives the same rows" {
	for file in harbour.nitf message.newsml; do
		nsplit --keep-going --documents "$data/$file" >documents 2>/dev/null
		nsplit --keep-going -H <"$data/$file" >rows 2>/dev/null
		run -0 awk -f "$tests/check-ranges.awk" documents rows
		while IFS= read -r line; do
			printf '%s\n' "$line"
		done <"$data/$file" | nsplit --keep-going -H 2>/dev/null | cmp - rows
	done
}

@test "JSON Lines of it give the same rows" {
	nsplit "$data/harbour.nitf" | grep -v '	file=' >rows
	nsplit --documents "$data/harbour.nitf" | nsplit | grep -v '	file=' >again
	diff <(grep -v '	meta	' rows) <(grep -v '	meta	' again)
	diff <(grep '	meta	' rows | cut -f 1,7 | sort) <(grep '	meta	' again | cut -f 1,7 | sort)
}

@test "no-break space, soft hyphen and line separator stay, CRLF is one break" {
	printf '<nitf uno="1"><body><p>one\302\240two\302\255three\342\200\250four\r\nfive&#173;</p></body></nitf>\r\n' >feed
	assert_equal "$(nsplit feed | grep body | cut -f 7)" "$(printf 'one\302\240two\302\255three\342\200\250four five\302\255')"
}

@test "entities that grow without bound are told, the next item is read" {
	{
		echo '<!DOCTYPE nitf [<!ENTITY e0 "laugh">'
		for i in 1 2 3 4 5 6 7 8 9; do
			printf '<!ENTITY e%d "' $i
			for _ in 1 2 3 4 5 6 7 8 9 10; do
				printf '&e%d;' $((i - 1))
			done
			echo '">'
		done
		echo ']><nitf uno="1"><body><p>&e9;</p></body></nitf>'
		echo '<nitf uno="2"><body><p>It is so.</p></body></nitf>'
	} >feed
	run -1 --separate-stderr within 10 nsplit feed
	assert_equal "$stderr" "nsplit: feed:11: entities expand without end"
	assert_equal "$(cut -f 1 <<<"$output" | uniq)" 2
}

@test "nothing outside of the file is read" {
	echo secret >secret
	cat >feed <<-'END'
		<!DOCTYPE nitf SYSTEM "secret" [<!ENTITY file SYSTEM "secret"><!ENTITY % more SYSTEM "secret">%more;]>
		<nitf uno="1"><body><p>It is a &file; of his.</p></body></nitf>
	END
	run -0 --separate-stderr nsplit feed
	grep '	It is a &file; of his\.$' <<<"$output"
	if command -v strace >/dev/null; then
		strace -f -o trace -e trace=file nsplit feed >/dev/null || skip "strace may not trace here"
		run -1 grep '"[^"]*secret"' trace
	fi
}

@test "deep and huge markup is told, the next item is read" {
	{
		echo '<newsMessage><nitf uno="1"><body>'
		printf '<b>%.0s' $(seq 5000)
		echo '</nitf>'
		printf '<nitf uno="2"><body><p'
		printf ' a%d="1"' $(seq 5000)
		echo '>It was.</p></body></nitf>'
		echo '<nitf uno="3"><body><p>It is so.</p></body></nitf></newsMessage>'
	} >feed
	run -1 --separate-stderr within 10 nsplit feed
	assert_equal "$stderr" "nsplit: feed:1: elements are nested too deep
nsplit: feed:3: a tag has too many attributes"
	assert_equal "$(cut -f 1 <<<"$output" | uniq)" 3
}
