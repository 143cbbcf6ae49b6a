#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# Feeds of RSS and Atom through nsplit. The traps of their XML have tests in C: tests/unit/test_format_rss.c.

load helper

@test "rss: items become documents, a broken one is told and passed over" {
	run -1 --separate-stderr nsplit "$data/gazette.rss"
	assert_equal "$stderr" "nsplit: $data/gazette.rss:21: the item never ends"
	cut -f 1,2,3,6,7 <<<"$output" | grep -v 'meta	file=' >out
	id=$(printf 'Café on Mill Street closes\nIt closed on Monday. Tea was fine.' | b2sum -l 128 | cut -c1-20)
	sed "s/^ID/$id/" <<-'END' | tr '|' '\t' >expected
		gazette_2026_1|0000|0002|meta|date=2026-11-24T08:00:00Z
		gazette_2026_1|0000|0003|meta|url=http://gazette.example/bridge?from=rss&page=1
		gazette_2026_1|0000|0004|meta|source=Lunt & Eskel Gazette
		gazette_2026_1|0000|0005|meta|author=Jane Marsh
		gazette_2026_1|0000|0006|meta|lang=en-gb
		gazette_2026_1|0000|0007|meta|category=Local
		gazette_2026_1|0000|0008|meta|category=Bridges
		gazette_2026_1|0001|0001|title|Bridge over the Lunt opens
		gazette_2026_1|0002|0001|dateline|ESKEL (AP) —
		gazette_2026_1|0002|0002|body|The bridge is open.
		gazette_2026_1|0002|0003|body|Nobody paid.
		gazette_2026_1|0003|0001|body|“It holds,” said Tom Pole, the mayor.
		ID|0000|0002|meta|source=Lunt & Eskel Gazette
		ID|0000|0003|meta|lang=en-gb
		ID|0001|0001|title|Café on Mill Street closes
		ID|0002|0001|body|It closed on Monday.
		ID|0002|0002|body|Tea was fine.
	END
	diff expected out
}

@test "rss: a rejected item is kept as it stands" {
	run -1 --separate-stderr nsplit --rejects rejects "$data/gazette.rss"
	grep -q 'never' rejects
	run -0 --separate-stderr nsplit --keep-going "$data/gazette.rss"
}

@test "rss: Atom, with the language of the feed" {
	nsplit --documents "$data/gazette.atom" >out
	tr -d '\n' >expected <<-END
		{"id":"tag:gazette.example,2026:1","title":"Council & mayor meet","text":"They met at noon.\nNobody spoke.",
		"date":"2026-11-24T10:00:00Z","url":"/council","source":"Lunt Gazette",
		"author":"Jane Marsh","lang":"en"}
	END
	diff <(tr -d '\n' <out) expected
}

@test "rss: rows of a feed are those of its documents as JSON Lines" {
	nsplit "$data/gazette.atom" | grep -v 'meta	file=' >out
	nsplit --documents "$data/gazette.atom" | nsplit -f jsonl | grep -v 'meta	file=' >expected
	diff <(sort out) <(sort expected)
}

@test "rss: a feed that comes slowly shows each item as soon as it ends" {
	mkfifo feed
	nsplit -f rss feed >out &
	pid=$!
	exec 9>feed
	printf '<rss><channel><title>L</title><item><title>One</title></item>' >&9
	for _ in $(seq 100); do
		grep -q One out && break
		sleep 0.1
	done
	grep -q One out
	exec 9>&-
	wait "$pid"
}

@test "rss: any number of jobs gives the same" {
	nsplit --keep-going "$data/gazette.rss" "$data/gazette.atom" "$data/gazette.rss" >one 2>/dev/null
	nsplit --keep-going -j 4 "$data/gazette.rss" "$data/gazette.atom" "$data/gazette.rss" >four 2>/dev/null
	[ -s one ]
	cmp one four
}

@test "rss: ranges count in the document's text" {
	nsplit --documents "$data/gazette.atom" | sed 's/.*"title":"\([^"]*\)","text":"\([^"]*\)".*/\1\\n\2/' >escaped
	printf '%b' "$(cat escaped)" >text
	nsplit "$data/gazette.atom" | grep -v '	meta	' | assert_ranges text 7
}

@test "rss: what is no feed is told" {
	printf '<html><p>x</p></html>\n' >page
	run -2 --separate-stderr nsplit -f rss page
	assert_equal "$stderr" "nsplit: page: no feed: neither <rss>, <rdf:RDF> nor <feed> begins here"
	assert_equal "$output" ""
}

@test "rss: entities that multiply are rejected, and nothing outside is read" {
	{
		printf '<!DOCTYPE rss [<!ENTITY a0 "lollollol"><!ENTITY outside SYSTEM "secret">'
		for i in 1 2 3 4 5 6 7 8 9; do
			entity="&a$((i - 1));"
			printf '<!ENTITY a%d "%s">' "$i" "$entity$entity$entity$entity$entity$entity$entity$entity"
		done
		printf ']><rss><channel><item><title>&a9;</title></item><item><title>a &outside; b</title></item></channel></rss>'
	} >feed
	echo 'never to be seen' >secret
	run -1 --separate-stderr within 5 nsplit feed
	assert_equal "$stderr" "nsplit: feed:1: entities expand without end"
	assert_equal "$(tail -n 1 <<<"$output" | cut -f 7)" "a &outside; b"
}

# bats test_tags=once
@test "rss: time grows with the bytes, whatever they are" {
	for piece in '<item>' '<item/>' '<!--' '<![CDATA[' '<?x' '&' '<' '<b>' '</b>' '<!DOCTYPE ' 'a="' '<x a="' ']]>' \
		'&lt;p&gt;'; do
		{
			printf '<rss><channel><item><title>x</title><description>'
			yes "$piece" | head -n 100000 | tr -d '\n'
		} >feed
		within 10 nsplit --keep-going feed >/dev/null 2>&1
	done
}
