#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# What is nsplit's own: formats, document text, ids, parts, JSON. The kinds of rows and the ends of sentences have cases
# of their own.

load helper

# The rows of standard input but the language guessed, without the document id and the range: par sent kind text.
short() {
	grep -v '	lang-guess=' | cut -f 2,3,6,7
}

# Rows as they are to be, from a here-document with | for TAB.
rows() {
	tr '|' '\t'
}

# ---- formats ----

@test "text: a headline, a paragraph a line, a blank line ends the document" {
	printf 'One Headline\nThe first line is here.\nThe second is here.\n \t\n\nTwo\nAnd more of it.\n' >feed
	nsplit -f text feed | short >out
	rows >expected <<-'END'
		0000|0001|meta|file=feed
		0001|0001|title|One Headline
		0002|0001|body|The first line is here.
		0003|0001|body|The second is here.
		0000|0001|meta|file=feed
		0001|0001|title|Two
		0002|0001|body|And more of it.
	END
	diff expected out
}

@test "blank: paragraphs are wrapped, two blank lines end the document" {
	printf 'One Headline\n\nThe first line\nis here. So it\nis.\n\nThe second.\n\n\nTwo\n\nAnd more of it.' >feed
	nsplit -f blank feed | short >out
	rows >expected <<-'END'
		0000|0001|meta|file=feed
		0001|0001|title|One Headline
		0002|0001|body|The first line is here.
		0002|0002|body|So it is.
		0003|0001|body|The second.
		0000|0001|meta|file=feed
		0001|0001|title|Two
		0002|0001|body|And more of it.
	END
	diff expected out
}

@test "line: a document a line, blank ones are none" {
	printf 'He was here. She was not.\n\n  \nIt rained all day.\n' | nsplit -f line | short >out
	rows >expected <<-'END'
		0000|0001|meta|file=-
		0001|0001|body|He was here.
		0001|0002|body|She was not.
		0000|0001|meta|file=-
		0001|0001|body|It rained all day.
	END
	diff expected out
}

@test "jsonl: an object a line, a line of its text a paragraph" {
	cat >feed <<-'END'
		{"id":"a 1","title":"Head","text":"It was so. It is.\nNow it is not.","url":"http://x/","n":3,"tags":["x","y"]}

		{"doc":7,"headline":"Other","maintext":"So.","date_publish":"Nov 24, 2026 10:30 +0100","ok":true,"none":null}
		{"body":"Only \u00abtext\u00bb,\ttabs and \ud83d\ude00."}
	END
	nsplit -f jsonl feed | cut -f 1,2,3,6,7 >out
	hash=$(printf 'Only «text», tabs and 😀.' | b2sum -l 128 | cut -c 1-20)
	rows >expected <<-END
		a_1|0000|0001|meta|file=feed
		a_1|0000|0002|meta|url=http://x/
		a_1|0000|0003|meta|n=3
		a_1|0000|0004|meta|tags=x
		a_1|0000|0005|meta|tags=y
		a_1|0000|0006|meta|lang-guess=en
		a_1|0001|0001|title|Head
		a_1|0002|0001|body|It was so.
		a_1|0002|0002|body|It is.
		a_1|0003|0001|body|Now it is not.
		7|0000|0001|meta|file=feed
		7|0000|0002|meta|date=2026-11-24T09:30:00Z
		7|0000|0003|meta|ok=true
		7|0001|0001|title|Other
		7|0002|0001|body|So.
		$hash|0000|0001|meta|file=feed
		$hash|0001|0001|body|Only «text», tabs and 😀.
	END
	diff expected out
}

@test "jsonl: a date that is not understood stays as it is" {
	echo '{"text":"A.","date":"the other day"}' | nsplit | grep -q '	meta	date-raw=the other day$'
}

@test "jsonl: --fields names the members" {
	echo '{"key":"k","story":"It was so.","name":"Head","text":"other","when":"2026-11-24"}' >feed
	nsplit --fields text=story --fields id=key --fields title=nothing,name --fields date=when feed | cut -f 1,2,6,7 >out
	rows >expected <<-'END'
		k|0000|meta|file=feed
		k|0000|meta|date=2026-11-24
		k|0000|meta|text=other
		k|0001|title|Head
		k|0002|body|It was so.
	END
	diff expected out
	run -2 nsplit --fields colour=red feed
	run -2 nsplit --fields text= feed
	run -2 nsplit --fields text feed
}

@test "jsonl: what is no document is told with its line, and costs that line" {
	cat >feed <<-'END'
		{"id":"a","text":"One."}
		{"id":"b","text":
		[1,2]
		{"id":"d"}
		{"id":"e","text":"Two."}trailing
		{"id":"f","text":"Three."}
	END
	run -1 --separate-stderr nsplit -f jsonl feed
	assert_equal "$(cut -f 1 <<<"$output" | sort -u | tr '\n' ' ')" "a f "
	assert_equal "${#stderr_lines[@]}" 4
	for n in 2 3 4 5; do
		assert_regex "${stderr_lines[$((n - 2))]}" "^nsplit: feed:$n: "
	done
}

@test "jsonl: nesting without end is refused, not followed" {
	printf '{"id":"a","text":"One."}\n' >feed
	{
		printf '{"x":'
		head -c 1000000 /dev/zero | tr '\0' '['
		echo
	} >>feed
	run -1 --separate-stderr nsplit -f jsonl feed
	assert_equal "${#stderr_lines[@]}" 1
	assert_equal "$(cut -f 1 <<<"$output" | sort -u)" a
}

@test "auto: what a file is, is told by its first bytes" {
	printf '{"id":"a","text":"One."}\n' >jsonl
	printf 'Headline\nOne is here.\nTwo is here.\n\nHeadline\nThree.\n' >text
	printf 'Headline\n\nOne is here and\ngoes on.\n\n\nHeadline\n\nThree.\n' >blank
	printf 'One line of\nwrapped text that\ngoes on\nand ends.\n' >wrapped
	run -0 --separate-stderr nsplit -v jsonl text blank wrapped
	assert_regex "$stderr" 'nsplit: jsonl: read as jsonl'
	assert_regex "$stderr" 'nsplit: text: read as text'
	assert_regex "$stderr" 'nsplit: blank: read as blank'
	assert_regex "$stderr" 'nsplit: wrapped: read as blank'
	for file in text blank; do
		nsplit "$file" >auto
		nsplit -f "$file" "$file" | cmp - auto
	done
	run -2 nsplit -f poem text
}

@test "auto: markup of a kind that is not known is refused" {
	printf '<recipe><p>Text</p></recipe>\n' >markup
	run -2 --separate-stderr nsplit markup
	assert_equal "$output" ""
	assert_regex "$stderr" '^nsplit: markup: '
}

@test "a form feed alone on its line ends a document" {
	for format in text blank; do
		printf 'He was here.\n\f\nShe was not.\n' | nsplit -f $format | short | grep -c meta >out
		assert_equal "$(cat out)" 2
	done
	printf 'He was\fhere.\nAnd there.\n' | nsplit -f text | grep -q 'He was here\.$'
}

@test "--doc-end: a line that matches ends a document and belongs to none" {
	printf 'He was here.\n*** END 12 ***\nShe was not.\n*** END 13 ***\n' >feed
	nsplit -f text --doc-end '^\*\*\* END \d+' feed | short >out
	rows >expected <<-'END'
		0000|0001|meta|file=feed
		0001|0001|body|He was here.
		0000|0001|meta|file=feed
		0001|0001|body|She was not.
	END
	diff expected out
	run -2 --separate-stderr nsplit --doc-end '(' feed
	assert_equal "$output" ""
	assert_regex "$stderr" "^nsplit: .*byte 2"
}

@test "--doc-end: a pattern that goes exponential takes its time and no more" {
	{
		head -c 100 /dev/zero | tr '\0' a
		echo
		echo 'He was here.'
	} >feed
	# shellcheck disable=SC2016 # a pattern
	within 20 nsplit -f text --doc-end '^(a+)+$(b)' feed >out
	grep -q 'He was here' out
}

# ---- document text ----

@test "CRLF is LF, a byte order mark is dropped, a last line without LF counts" {
	printf 'Head\nIt was so.\nNow it is not.\n' >plain
	nsplit -f text <plain >expected
	sed 's/$/\r/' plain | nsplit -f text | cmp - expected
	printf '\357\273\277Head\nIt was so.\nNow it is not.' | nsplit -f text | cmp - expected
	printf '\357\273\277Head\r\nIt was so.\r\nNow it is not.\r\n\r\n' | nsplit -f text | cmp - expected
}

@test "ill-formed UTF-8 and control characters are repaired, counted and no error" {
	# The maximal subparts of Unicode's own example: F0 80 80 41, E2 82 41, and a surrogate.
	printf 'Head\nA\000b \033[1m\302\205c \360\200\200A \342\202A \355\240\200. It is.\n' >feed
	run -0 --separate-stderr nsplit -v -f text feed
	assert_regex "$output" '	body	A b  \[1m  c ���A �A ���\.'
	assert_regex "$stderr" 'nsplit: [0-9]+ ill-formed sequences and control characters replaced'
	printf '%s\n' "$output" | LC_ALL=C tr -d '\11\12\40-\176\200-\377' >controls
	[ ! -s controls ]
}

@test "white space at the end is cut, and does not count for the id" {
	printf 'Head\nIt was so.  \n' | nsplit -f text >out
	printf 'Head\nIt was so.' | nsplit -f text | cmp - out
}

# Texts that are hard to count in.
difficult() {
	cat "$data/feed.txt"
	printf '\n\nHead\302\240line\nWide\342\200\250separator. \342\200\234Quoted.\342\200\235   Blanks inside. \357\277\275 End.\n'
	printf '\nBroken \377 title\nA\000NUL, an \033[31mescape, CR\r inside.\r\nFolded e\314\201 accent. \360\237\230\200 Smile!\n'
	printf '\n\346\227\245\346\234\254\350\252\236\343\200\202\344\272\214\343\200\202\n\330\247\331\204\330\271. Mixed text here.\n'
}

@test "ranges name their words, in every format" {
	difficult >plain
	nsplit -f text --documents plain >jsonl
	for format in text blank line jsonl auto; do
		file=plain
		if [ "$format" = jsonl ]; then
			file=jsonl
		fi
		nsplit -f "$format" --documents "$file" >documents
		nsplit -f "$format" -H "$file" >with-header
		run -0 awk -f "$tests/check-ranges.awk" documents with-header
	done
}

@test "a text is one from text, JSON or JSON with a title" {
	nsplit -f text "$data/feed.txt" | grep -v '	meta	' >expected
	nsplit -f text --documents "$data/feed.txt" >documents
	nsplit documents | grep -v '	meta	' | cmp - expected
}

# ---- ids ----

@test "the id is the content hash" {
	command -v b2sum >/dev/null || skip "no b2sum"
	printf 'Head\nIt was so. “Yes.”\n\n' >feed
	hash=$(printf 'Head\nIt was so. “Yes.”' | b2sum -l 128 | cut -c 1-20)
	assert_equal "$(nsplit -f text feed | cut -f 1 | sort -u)" "$hash"
	echo '{"title":"Head","text":"It was so. “Yes.”"}' | nsplit >out
	assert_equal "$(cut -f 1 out | sort -u)" "$hash"
}

@test "--id hash and --id-prefix" {
	echo '{"id":"own","text":"One."}' >feed
	hash=$(nsplit -f line <(echo One.) | head -n 1 | cut -f 1)
	assert_equal "$(nsplit feed | cut -f 1 | sort -u)" own
	assert_equal "$(nsplit --id source feed | cut -f 1 | sort -u)" own
	assert_equal "$(nsplit --id hash feed | cut -f 1 | sort -u)" "$hash"
	assert_equal "$(nsplit --id-prefix s1: feed | cut -f 1 | sort -u)" s1:own
	assert_equal "$(nsplit --id hash --id-prefix s1: feed | cut -f 1 | sort -u)" "s1:$hash"
	assert_equal "$(nsplit --id-prefix 'a b' feed | cut -f 1 | sort -u)" a_bown
	run -2 nsplit --id none feed
	run -2 nsplit --id-prefix $'a\tb' feed
}

@test "ids never hold blanks or control characters" {
	printf '%s\n' '{"id":" a\tb\nc\u00a0d ","text":"One."}' | nsplit >out
	assert_equal "$(awk -F '\t' '{ print NF }' out | sort -u)" 7
	assert_equal "$(cut -f 1 out | grep -c ' ')" 0
}

# ---- lists ----

@test "--lists: an abbreviation of the user's own ends no sentence" {
	echo 'He met Zorkl. Smith at noon.' >feed
	assert_equal "$(nsplit -f line feed | grep -c '	body	')" 2
	mkdir own
	printf '# ours\n\nzorkl.\tabbr-title\n' >own/abbreviations.txt
	assert_equal "$(nsplit -f line --lists own feed | grep -c '	body	')" 1
}

# ---- parts ----

@test "--max-doc cuts at a paragraph, else a sentence, else a character, and drops nothing" {
	printf 'Head\nFirst paragraph of some length.\nSecond one. It has two sentences.\n' >feed
	printf 'ééééééééééééééééééééééééééééééééééé\n' >>feed
	nsplit -f text --max-doc 40 feed >out 2>err
	id=$(nsplit -f text feed | head -n 1 | cut -f 1)
	[ "$(grep -c '	meta	' out)" -ge 3 ]
	assert_equal "$(cut -f 1 out | uniq | head -n 3 | tr '\n' ' ')" "$id $id#2 $id#3 "
	# No part is larger, and all of them together are the whole.
	awk -F '\t' '$5 > 40 { exit 1 }' out
	nsplit -f text feed | grep -v '	meta	' | cut -f 7 | tr -d ' \n' >whole
	grep -v '	meta	' out | cut -f 7 | tr -d ' \n' | cmp - whole
	# Told without -v.
	assert_regex "$(cat err)" '^nsplit: 1 document'
	run -2 nsplit --max-doc 0 feed
	run -2 nsplit --max-doc 10000000 feed
	run -2 nsplit --max-doc 10x feed
	nsplit -f text --max-doc 9999999 feed 2>&1 | cmp - <(nsplit -f text feed)
}

@test "over 9999 paragraphs or sentences, a document is cut in parts" {
	{
		echo 'Head'
		for ((i = 0; i < 10010; i++)); do
			echo "It was so in $i."
		done
	} >paragraphs
	nsplit -f text paragraphs >out 2>err
	assert_equal "$(grep -c '	file=' out)" 2
	assert_equal "$(grep -c '	body	' out)" 10010
	assert_equal "$(awk -F '\t' 'length($2) != 4 || length($3) != 4' out)" ""
	grep -q '1 document' err
	tr '\n' ' ' <paragraphs | nsplit -f line >out 2>err
	assert_equal "$(awk -F '\t' 'length($2) != 4 || length($3) != 4' out)" ""
	[ "$(grep -c '	meta	' out)" -ge 2 ]
	[ "$(grep -c 'It was so' out)" -ge 10000 ]
}

# ---- documents ----

@test "--documents writes JSON that reads back as the same rows" {
	printf '{"id":"a","title":"Head \\"x\\"","text":"It was.\\nNow\\\\.","date":"2026-11-24","tags":["x","y"],"n":1.5}\n' >feed
	nsplit --documents feed >documents
	assert_equal "$(wc -l <documents)" 1
	nsplit documents | grep -v '	file=' | cmp - <(nsplit feed | grep -v '	file=')
	# And once more, byte for byte.
	nsplit --documents documents | cmp - documents
	nsplit -f text --documents "$data/feed.txt" >documents
	nsplit documents | grep -v '	file=' | cmp - <(nsplit -f text "$data/feed.txt" | grep -v '	file=')
}

@test "--documents has no header" {
	run -2 --separate-stderr nsplit --documents -H "$data/feed.txt"
}

# ---- languages ----

@test "the language is guessed where nothing tells it, and may be told" {
	printf '%s\n' '{"id":"a","text":"The bridge was closed on Monday, and nobody knows when it will be open again."}' \
		'{"id":"b","text":"Die Brücke wurde am Montag gesperrt, und niemand weiß, wann sie wieder geöffnet wird."}' \
		'{"id":"c","text":"42","lang":"fr-CA"}' '{"id":"d","text":"42"}' >feed
	assert_equal "$(nsplit feed | grep lang | cut -f 1,7 | tr '\t\n' ' ,')" 'a lang-guess=en,b lang-guess=de,c lang=fr-CA,'
	assert_equal "$(nsplit --lang German feed | grep lang | cut -f 1,7 | tr '\t\n' ' ,')" \
		'a lang=de,b lang=de,c lang=de,d lang=de,'
	# What was guessed once stays.
	nsplit feed | grep -v file= >rows
	nsplit --documents feed | nsplit -f jsonl | grep -v file= | cmp - rows
	run -2 nsplit --lang Klingonese feed
}
