#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# html: pages as documents.

load helper

one='Heavy rain has closed four main roads in the north of the country, the police said on Friday.'
two='The mayor asked people to stay at home, and schools will open again when the water has gone down.'

page() {
	cat <<-END
		<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Floods close roads | Daily Post</title>
		<meta property="og:site_name" content="Daily Post"><link rel=canonical href="https://dailypost.example/floods">
		<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-02T10:00:00+01:00",
		"author":{"@type":"Person","name":"Ann Bell"}}</script></head>
		<body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
		<h1>Floods close roads</h1><p>$one</p><div class=share-bar>Share</div><p>$two</p>
		<footer><p>All rights reserved.</p></footer></body></html>
	END
}

@test "a page: title, main text and what it says of itself" {
	page >page.html
	nsplit -f html page.html | cut -f 2,3,6,7 >out
	tr '|' '\t' >expected <<-END
		0000|0001|meta|file=page.html
		0000|0002|meta|date=2024-03-02T09:00:00Z
		0000|0003|meta|url=https://dailypost.example/floods
		0000|0004|meta|source=Daily Post
		0000|0005|meta|author=Ann Bell
		0000|0006|meta|lang=en
		0001|0001|title|Floods close roads
		0002|0001|body|$one
		0003|0001|body|$two
	END
	diff expected out
}

@test "auto knows a page by its beginning" {
	page >page.html
	run -0 --separate-stderr nsplit -v page.html
	[[ $stderr == *"page.html: read as html"* ]]
}

@test "ranges name the words of the document text" {
	page >page.html
	nsplit -f html page.html | grep -v '	meta	' >rows
	printf 'Floods close roads\n%s\n%s' "$one" "$two" >text
	assert_ranges text 7 <rows
	assert_equal "$(head -n 1 rows | cut -f 1)" "$(b2sum -l 128 text | cut -c1-20)"
}

@test "a page is one document, however it is read" {
	page >page.html
	nsplit -f html - <page.html >whole
	while IFS= read -r -n 97 -d '' piece || [ -n "$piece" ]; do
		printf '%s' "$piece"
	done <page.html | nsplit -f html - >chopped
	diff whole chopped
	page | nsplit -f html page.html - page.html | cut -f 1 | sort -u >ids
	assert_equal "$(wc -l <ids)" 1
	assert_equal "$(nsplit -f html page.html page.html | grep -c 'file=')" 2
}

@test "the charset that a page declares is honoured" {
	page | sed 's/utf-8/iso-8859-1/; s/Ann Bell/X/; s/mayor/maire \xE9lu \x93ici\x94/' >page.html
	nsplit -f html page.html >out
	grep -q 'The maire élu “ici” asked' out
}

@test "a charset that the stream was converted from is not converted again" {
	{
		printf '<?xml version="1.0" encoding="iso-8859-1"?>'
		page | sed 's/charset=utf-8/charset=iso-8859-1/; s/mayor/maire \xE9lu/'
	} >page.html
	nsplit page.html >out
	grep -q 'The maire élu asked' out
	page | sed 's/charset=utf-8/charset=iso-8859-1/; s/mayor/maire \xE8lu/' >page.html
	nsplit --from koi8-r -f html page.html >out
	grep -q 'The maire Хlu asked' out
	page | sed 's/mayor/maire élu/' | iconv -f UTF-8 -t UTF-16 >page.html
	nsplit page.html >out
	grep -q 'The maire élu asked' out
}

@test "mojibake is left as it is, ill-formed bytes are not" {
	page | sed 's/mayor/cafÃ© \xE9/' >page.html
	nsplit -f html page.html >out
	grep -q 'The cafÃ© � asked' out
}

@test "no entity is expanded and nothing outside is read" {
	echo secret >secret
	{
		echo '<!DOCTYPE html [<!ENTITY a SYSTEM "secret"><!ENTITY b "bbbbbbbb">]>'
		page | sed '1s/<!DOCTYPE html>//; s/mayor/\&a; \&b;/'
	} >page.html
	nsplit -f html page.html >out
	run -1 grep -e secret -e bbbb out
	grep -q 'The &a; &b; asked' out
}

@test "markup that is nested too deep is rejected and told" {
	printf '<div>%.0s' {1..2000} >page.html
	run -1 --separate-stderr nsplit -f html page.html
	assert_equal "$output" ''
	assert_equal "$stderr" 'nsplit: page.html:1: elements are nested too deep (the limit is 1000)'
}

@test "a tag without end, a page cut off anywhere: no crash" {
	page >page.html
	size=$(wc -c <page.html)
	for ((bytes = 0; bytes < size; bytes += 37)); do
		head -c "$bytes" page.html >part.html
		nsplit -f html part.html >out
	done
	printf '<p %.0s' {1..100} | nsplit -f html >out
	printf '<!-- ' | nsplit -f html >out
}

@test "an empty page is a document without text" {
	printf '<html></html>' >empty.html
	assert_equal "$(nsplit -f html empty.html | cut -f 6,7)" "$(printf 'meta\tfile=empty.html')"
}
