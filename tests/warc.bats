#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# warc, wet: archives of web crawls.

load helper

# record TYPE ID CONTENT-TYPE <BLOCK: a record, its length right
record() {
	local block
	block=$(mktemp "$BATS_TEST_TMPDIR/block.XXXXXX")
	cat >"$block"
	printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n' "$1" "$2"
	printf 'WARC-Target-URI: http://a.example/%s\r\nWARC-Date: 2024-03-02T10:00:00Z\r\n' "$2"
	printf 'WARC-Identified-Content-Language: eng,fra\r\n'
	printf 'Content-Type: %s\r\nContent-Length: %d\r\n\r\n' "$3" "$(wc -c <"$block")"
	cat "$block"
	printf '\r\n\r\n'
	rm "$block"
}

# response HEADER <BODY: an HTTP response
response() {
	printf 'HTTP/1.1 200 OK\r\n%b\r\n\r\n' "$1"
	cat
}

html='<title>Floods | Post</title><h1>Floods</h1><p>Heavy rain has closed four main roads, the police said.</p>'

@test "wet: a text a record, a paragraph a line" {
	{
		printf 'software: x\r\n' | record warcinfo 0 application/warc-fields
		printf 'Floods close roads\nHeavy rain has closed four main roads, the police said.\nIt will go on.\n' |
			record conversion 1 text/plain
	} >a.wet
	nsplit a.wet | grep -v lang-guess= >out
	tr '|' '\t' >expected <<-'END'
		urn:uuid:1|0000|0001|0000000|0000089|meta|file=a.wet
		urn:uuid:1|0000|0002|0000000|0000089|meta|date=2024-03-02T10:00:00Z
		urn:uuid:1|0000|0003|0000000|0000089|meta|url=http://a.example/1
		urn:uuid:1|0000|0004|0000000|0000089|meta|lang=eng
		urn:uuid:1|0001|0001|0000000|0000018|title|Floods close roads
		urn:uuid:1|0002|0001|0000019|0000074|body|Heavy rain has closed four main roads, the police said.
		urn:uuid:1|0003|0001|0000075|0000089|body|It will go on.
	END
	diff expected out
	run -0 --separate-stderr nsplit -v a.wet
	[[ $stderr == *"a.wet: read as wet"* ]]
	[[ $stderr == *"nsplit: 1 document
nsplit: 1 record without a document"* ]]
}

@test "warc: pages of responses; other records hold no document" {
	{
		printf 'software: x\r\n' | record warcinfo 0 application/warc-fields
		printf 'GET / HTTP/1.1\r\n\r\n' | record request 1 application/http
		response 'Content-Type: text/html' <<<"$html" | record response 2 'application/http; msgtype=response'
		printf 'GIF89a' | response 'Content-Type: image/gif' | record response 3 application/http
		printf 'HTTP/1.1 301 Moved\r\nLocation: x\r\n\r\n' | record response 4 application/http
		printf 'x' | record metadata 5 text/plain
	} >a.warc
	nsplit -v a.warc >out 2>err
	grep -v lang-guess= out | cut -f 1,2,6,7 >short
	tr '|' '\t' >expected <<-'END'
		urn:uuid:2|0000|meta|file=a.warc
		urn:uuid:2|0000|meta|date=2024-03-02T10:00:00Z
		urn:uuid:2|0000|meta|url=http://a.example/2
		urn:uuid:2|0001|title|Floods
		urn:uuid:2|0002|body|Heavy rain has closed four main roads, the police said.
	END
	diff <(sort expected) <(sort short)
	grep -q 'a.warc: read as warc' err
}

@test "warc: chunked and gzipped bodies" {
	gzip -c <<<"$html" >body.gz
	size=$(wc -c <body.gz)
	{
		printf '%x\r\n' 10
		head -c 10 body.gz
		printf '\r\n%x\r\n' $((size - 10))
		tail -c +11 body.gz
		printf '\r\n0\r\n\r\n'
	} >body
	response 'Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked' <body |
		record response 1 application/http >a.warc
	nsplit a.warc | grep -q 'Heavy rain has closed four main roads'
}

@test "warc: the charset of the HTTP header goes before that of the page" {
	printf '<meta charset=koi8-r><p>Caf\xE9s will open again when the water has gone down, the mayor said.' |
		response 'Content-Type: text/html; charset=ISO-8859-1' | record response 1 application/http >a.warc
	nsplit a.warc | grep -q 'Cafés will open'
}

@test "warc: a body in a coding that is not read is rejected and told, the next is read" {
	{
		printf 'x' | response 'Content-Type: text/html\r\nContent-Encoding: br' | record response 1 application/http
		response 'Content-Type: text/html' <<<"$html" | record response 2 application/http
	} >a.warc
	run -1 --separate-stderr nsplit --rejects rejects a.warc
	assert_equal "$stderr" "nsplit: a.warc:1: the body is coded as 'br', which is not read"
	[[ $output == *urn:uuid:2*Heavy* ]]
	grep -q 'Content-Encoding: br' rejects
}

@test "warc: a wrong length costs its own record only" {
	response 'Content-Type: text/html' <<<"$html" | record response 1 application/http >one
	for wrong in 5 100000 99999999999; do
		{
			sed "s/^Content-Length: .*/Content-Length: $wrong\r/" one
			sed 's/uuid:1/uuid:2/' one
		} >a.warc
		run -1 --separate-stderr nsplit a.warc
		[[ $stderr == "nsplit: a.warc:1: "* ]]
		[[ $output == urn:uuid:2*Heavy* ]]
		run -1 grep urn:uuid:1 <<<"$output"
	done
}

@test "warc: an archive cut off gives what came whole" {
	{
		response 'Content-Type: text/html' <<<"$html" | record response 1 application/http
		response 'Content-Type: text/html' <<<"$html" | record response 2 application/http | head -c 300
	} >a.warc
	run -1 --separate-stderr nsplit a.warc
	[[ $output == urn:uuid:1*Heavy* ]]
	[[ $output != *urn:uuid:2* ]]
	[[ $stderr == "nsplit: a.warc:"*"the WARC record has "* ]]
}

@test "warc: a document comes as soon as its record has" {
	response 'Content-Type: text/html' <<<"$html" | record response 1 application/http >one
	mkfifo feed
	nsplit -f warc feed >out 3>&- &
	exec 7>feed
	cat one >&7
	for _ in {1..100}; do
		grep -q Heavy out && break
		sleep 0.1
	done
	grep -q Heavy out
	exec 7>&-
	wait
}

@test "warc and wet: ranges name their words" {
	{
		printf 'Floods close roads\nIt will go on.\n' | record conversion 1 text/plain
		printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s' "$html" | record response 2 application/http
	} >a.warc
	nsplit --documents a.warc >documents
	nsplit -H a.warc >rows
	assert_equal "$(wc -l <documents)" 2
	LC_ALL=C run -0 awk -f "$tests/check-ranges.awk" documents rows
}
