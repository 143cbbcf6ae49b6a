#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# structure.bats - titles, datelines, bylines and notes told from running text; the user's own rules
load helper

# The paragraph, kind and words of every row but meta's.
kinds() {
	awk -F '\t' '$6 != "meta" { print $2 "|" $6 "|" $7 }'
}

# The kinds of a document's rows, whose paragraphs are the arguments.
split_paragraphs() {
	printf '%s\n' "$@" | nsplit -f text | kinds
}

# ---- what comes with the program ----

@test "a wire story: title, byline, dateline, credits below" {
	split_paragraphs 'Bridge Over the Lunt Opens' 'By JANE MARSH' 'Associated Press Writer' \
		'ESKEL, Lunt (AP) -- The bridge is open. Nobody paid.' 'The mayor said so on Monday.' \
		'(Reporting by Jane Marsh; editing by John Poe)' '-- 30 --' >out
	cat >expected <<-'END'
		0001|title|Bridge Over the Lunt Opens
		0002|byline|By JANE MARSH
		0003|byline|Associated Press Writer
		0004|dateline|ESKEL, Lunt (AP) --
		0004|body|The bridge is open.
		0004|body|Nobody paid.
		0005|body|The mayor said so on Monday.
		0006|note|(Reporting by Jane Marsh; editing by John Poe)
		0007|note|-- 30 --
	END
	diff expected out
}

@test "a press release: embargo, place and date, contacts at the end" {
	split_paragraphs 'FOR IMMEDIATE RELEASE' 'Lunt Bridge Opens to Traffic' 'ESKEL, June 5, 2010 /PRNewswire/ -- The bridge is open.' \
		'The mayor said so.' '###' 'Contacts:' 'Jane Marsh' '(202) 555-0100' 'marsh@lunt.example' >out
	cat >expected <<-'END'
		0001|note|FOR IMMEDIATE RELEASE
		0002|title|Lunt Bridge Opens to Traffic
		0003|dateline|ESKEL, June 5, 2010 /PRNewswire/ --
		0003|body|The bridge is open.
		0004|body|The mayor said so.
		0005|note|###
		0006|note|Contacts:
		0007|note|Jane Marsh
		0008|note|(202) 555-0100
		0009|note|marsh@lunt.example
	END
	diff expected out
}

@test "a live report: time stamps and marks are notes" {
	split_paragraphs 'The Latest: Bridge opens' '9:45 p.m.' 'The bridge is open.' '___' '3:15 PM ET' 'It was closed at 2 p.m. today.' >out
	cat >expected <<-'END'
		0001|title|The Latest: Bridge opens
		0002|note|9:45 p.m.
		0003|body|The bridge is open.
		0004|note|___
		0005|note|3:15 PM ET
		0006|body|It was closed at 2 p.m. today.
	END
	diff expected out
}

@test "related headlines are notes up to the end" {
	split_paragraphs 'Bridge opens' 'The bridge is open.' 'Nobody paid, he said.' 'Related:' 'Mayor Quarrels With Builders' 'Lunt in Flood' >out
	cat >expected <<-'END'
		0001|title|Bridge opens
		0002|body|The bridge is open.
		0003|body|Nobody paid, he said.
		0004|note|Related:
		0005|note|Mayor Quarrels With Builders
		0006|note|Lunt in Flood
	END
	diff expected out
}

@test "a link in another language is a note though it is glued to the text" {
	split_paragraphs 'Bridge opens' 'Read this story in FrenchThe bridge is open.' 'Lire en français »The mayor said so.' >out
	cat >expected <<-'END'
		0001|title|Bridge opens
		0002|note|Read this story in French
		0002|body|The bridge is open.
		0003|note|Lire en français »
		0003|body|The mayor said so.
	END
	diff expected out
}

@test "words in capitals before a dash are no place when they are words of common use" {
	split_paragraphs 'A week in Lunt' 'THE LUNT REPORT - The bridge is open.' 'IN PICTURES - It is.' 'EXCLUSIVE - He paid.' >out
	run cat out
	refute_output --partial dateline
}

@test "every byte of a story is in a row, whatever the kinds" {
	printf 'Bridge opens\nBy Jane Marsh\n\302\240\nROME (AP) -- It is. (Reporting by Ann Roe in Rome; editing by John Poe)\n\302\240\nRelated:\nMore\n' >feed
	nsplit -f text feed | kinds | cut -d '|' -f 3 | tr -d ' \n' >out
	tr -d ' \n' <feed | cmp - out
}

# ---- the user's rules ----

@test "--rules: a pattern gives a line its kind, before the rules that come with the program" {
	cat >my.rules <<-'END'
		# our own paper
		title	(?i)headline: .*
		note	[A-Z]{3}/\d+
		byline	Our man in .*
		body	Advertisement

		dateline	filed|sent	(?:Filed|Sent) from \w+\.
	END
	printf 'LNT/12\nHeadline: Bridge opens\nOur man in Eskel\nFiled from Eskel.\nAdvertisement\nIt is open.\n' |
		nsplit -f text --rules my.rules | kinds >out
	cat >expected <<-'END'
		0001|note|LNT/12
		0002|title|Headline: Bridge opens
		0003|byline|Our man in Eskel
		0004|dateline|Filed from Eskel.
		0005|body|Advertisement
		0006|body|It is open.
	END
	diff expected out
}

@test "--rules: front and back take a piece; top, last and under say where" {
	cat >my.rules <<-'END'
		note front	\[\w+\]
		note back	\(lnt\)
		byline top	Desk \d
		note last	See over\.
		byline under	Eskel bureau
	END
	filler=$(printf 'The bridge is open and stays so. %.0s' $(seq 40))
	printf '%s\n' 'Bridge opens' 'Desk 1' 'Eskel bureau' '[Lunt] It is open. (lnt)' 'See over.' "$filler" 'Desk 2' 'Eskel bureau' 'See over.' |
		nsplit -f text --rules my.rules | kinds | grep -v 'stays so' >out
	cat >expected <<-'END'
		0001|title|Bridge opens
		0002|byline|Desk 1
		0003|byline|Eskel bureau
		0004|note|[Lunt]
		0004|body|It is open.
		0004|note|(lnt)
		0005|body|See over.
		0007|body|Desk 2
		0008|body|Eskel bureau
		0009|note|See over.
	END
	diff expected out
}

@test "--rules: a line of a wrapped paragraph stands alone when a rule takes it" {
	printf 'note\tLNT \\d+\n' >my.rules
	printf 'Bridge opens\n\nThe bridge\nis open.\nLNT 12\nNobody\npaid.\n' | nsplit -f blank --rules my.rules | kinds >out
	cat >expected <<-'END'
		0001|title|Bridge opens
		0002|body|The bridge is open.
		0002|note|LNT 12
		0002|body|Nobody paid.
	END
	diff expected out
}

@test "--rules: what is wrong is told with file and line, status 2" {
	wrong() {
		printf '%b' "$1" >my.rules
		run -2 --separate-stderr nsplit --rules my.rules </dev/null
		assert_equal "$output" ""
		assert_equal "$stderr" "nsplit: $2"
	}
	wrong '# so\nnote\t(\n' "my.rules:2: the pattern: missing closing parenthesis at its byte 2"
	wrong 'notes\ta\n' "my.rules:1: the kind is none of title, dateline, byline, body, note"
	wrong 'meta\ta\n' "my.rules:1: the kind is none of title, dateline, byline, body, note"
	wrong 'note everywhere\ta\n' "my.rules:1: a word behind the kind is none of front, back, top, last, under, list"
	wrong 'note\n' "my.rules:1: not 'kind TAB pattern'"
	wrong 'note\ta\t\n' "my.rules:1: the pattern is missing"
	wrong 'note\t\377\n' "my.rules:1: ill-formed UTF-8 or a control character"
	run -2 --separate-stderr nsplit --rules none.rules </dev/null
	assert_equal "$stderr" "nsplit: cannot open 'none.rules': No such file or directory"
}

@test "--rules: a hostile pattern takes its time and no more, and is told" {
	printf 'note\t(a+)+b\nnote\t.*.*.*.*.*x\nnote\t(?:a|aa)*c\n' >my.rules
	{
		echo 'Bridge opens'
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			head -c 8000 /dev/zero | tr '\0' a
			echo xbcz
		done
		head -c 3000000 /dev/zero | tr '\0' a
		echo xbcz
	} >feed
	within 20 nsplit -f text --rules my.rules feed >out 2>err
	assert_equal "$(grep -c '	body	' out)" 11
	assert_regex "$(cat err)" '^nsplit: [0-9]+ matches of --rules that took too many steps, taken as none$'
	nsplit -f text -j 3 --rules my.rules feed 2>/dev/null | cmp - out
}

# ---- exports of archives ----

@test "--doc-end and --rules: an export of Nexis" {
	cat >archive <<-'END'



		                               1 of 2 DOCUMENTS


		                               The Lunt Courier

		                             June 5, 2010 Saturday
		                              Late Edition - Final

		Bridge Over the Lunt Opens

		BYLINE: By JANE MARSH

		SECTION: Section A; Column 0; Pg. 1

		LENGTH: 345 words

		DATELINE: ESKEL

		The bridge is open. Nobody
		paid.

		LOAD-DATE: June 5, 2010

		LANGUAGE: ENGLISH

		                    Copyright 2010 The Lunt Courier
		                              All Rights Reserved


		                               2 of 2 DOCUMENTS


		                               The Lunt Courier

		                              June 6, 2010 Sunday

		Bridge Closes

		LENGTH: 12 words

		It rained.
	END
	cat >nexis.rules <<-'END'
		note top	The Lunt Courier
		note top	(?:\w+ )*Edition(?: - \w+)?
		dateline top	\p{Lu}\w+ \d{1,2}, \d{4} \w+day
		byline	BYLINE: .*
		dateline	DATELINE: .*
		note	(?:SECTION|LENGTH|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|URL): .*
	END
	cat -s archive | nsplit -f blank --doc-end '^ *\d+ of \d+ DOCUMENTS$' --rules nexis.rules | kinds >out
	cat >expected <<-'END'
		0001|note|The Lunt Courier
		0002|dateline|June 5, 2010 Saturday
		0002|note|Late Edition - Final
		0003|title|Bridge Over the Lunt Opens
		0004|byline|BYLINE: By JANE MARSH
		0005|note|SECTION: Section A; Column 0; Pg. 1
		0006|note|LENGTH: 345 words
		0007|dateline|DATELINE: ESKEL
		0008|body|The bridge is open.
		0008|body|Nobody paid.
		0009|note|LOAD-DATE: June 5, 2010
		0010|note|LANGUAGE: ENGLISH
		0011|note|Copyright 2010 The Lunt Courier                               All Rights Reserved
		0001|note|The Lunt Courier
		0002|dateline|June 6, 2010 Sunday
		0003|title|Bridge Closes
		0004|note|LENGTH: 12 words
		0005|body|It rained.
	END
	diff expected out
}

@test "--doc-end and --rules: an export of Factiva" {
	cat >archive <<-'END'
		Bridge Over the Lunt Opens
		By Jane Marsh
		345 words
		5 June 2010
		The Lunt Courier
		LUNTCR
		1
		English
		Copyright 2010 The Lunt Courier

		The bridge is open.

		Nobody paid.

		Document LUNTCR0000020100605e6650001

		Bridge Closes
		12 words
		6 June 2010
		LUNTCR
		English
		It rained.

		Document LUNTCR0000020100606e6660001
	END
	cat >factiva.rules <<-'END'
		note top	\d+ words
		dateline top	\d{1,2} \w+ \d{4}
		note top	[A-Z]{3,8}|\d+|English
		note top	The Lunt Courier
	END
	nsplit -f blank --doc-end '^Document [A-Z0-9]+[a-z0-9]+$' --rules factiva.rules archive | kinds >out
	cat >expected <<-'END'
		0001|title|Bridge Over the Lunt Opens By Jane Marsh
		0001|note|345 words
		0001|dateline|5 June 2010
		0001|note|The Lunt Courier
		0001|note|LUNTCR
		0001|note|1
		0001|note|English
		0001|note|Copyright 2010 The Lunt Courier
		0002|body|The bridge is open.
		0003|body|Nobody paid.
		0001|title|Bridge Closes
		0001|note|12 words
		0001|dateline|6 June 2010
		0001|note|LUNTCR
		0001|note|English
		0001|body|It rained.
	END
	diff expected out
}

@test "--doc-end and --rules: an export of ProQuest" {
	cat >archive <<-'END'
		Document 1 of 2

		Bridge Over the Lunt Opens

		Author: Marsh, Jane

		Publication info: Lunt Courier ; Eskel [Eskel]05 June 2010: A.1.

		Abstract: Nobody paid for the bridge.

		Full text: ESKEL -- The bridge is open.

		Nobody paid.

		Subject: Bridges;

		ProQuest document ID: 300112233

		____________________________________________________________

		Document 2 of 2

		Bridge Closes

		Full text: It rained.
	END
	cat >proquest.rules <<-'END'
		byline	Author: .*
		note front	(?:Full text|Abstract):
		note	(?:Publication info|Subject|Company|Location|Pages|Publication \w+|ProQuest document ID|Document URL): .*
	END
	nsplit -f blank --doc-end '^Document \d+ of \d+$' --rules proquest.rules archive | kinds >out
	cat >expected <<-'END'
		0001|title|Bridge Over the Lunt Opens
		0002|byline|Author: Marsh, Jane
		0003|note|Publication info: Lunt Courier ; Eskel [Eskel]05 June 2010: A.1.
		0004|note|Abstract:
		0004|body|Nobody paid for the bridge.
		0005|note|Full text:
		0005|dateline|ESKEL --
		0005|body|The bridge is open.
		0006|body|Nobody paid.
		0007|note|Subject: Bridges;
		0008|note|ProQuest document ID: 300112233
		0009|note|____________________________________________________________
		0001|title|Bridge Closes
		0002|note|Full text:
		0002|body|It rained.
	END
	diff expected out
}
