# SPDX-License-Identifier: ISC
# What is nquote's own. The phenomena of quoting are directories of tests/golden: feed.txt, and quotes.tsv with type,
# speaker and quote of every row that must come out, in order.

load helper

golden() {
	local dir=$tests/golden/$1
	run bash -c 'set -o pipefail; nsplit -f text "$1" | nquote | cut -f6,8,16' _ "$dir/feed.txt"
	assert_success
	assert_equal "$output" "$(cat "$dir/quotes.tsv")"
}

@test "every golden case has its test" {
	for dir in "$tests"/golden/*/; do
		grep -qx "@test \"golden: $(basename "$dir")\" { golden $(basename "$dir"); }" "$tests/nquote.bats" ||
			fail "no test for $dir"
	done
}

@test "golden: a-letter-that-says" { golden a-letter-that-says; }
@test "golden: according-to" { golden according-to; }
@test "golden: according-to-at-the-head" { golden according-to-at-the-head; }
@test "golden: adverb-at-the-head-is-no-name" { golden adverb-at-the-head-is-no-name; }
@test "golden: apposition-between" { golden apposition-between; }
@test "golden: belief-but-not-wish" { golden belief-but-not-wish; }
@test "golden: british-single-marks" { golden british-single-marks; }
@test "golden: broadcast-is-nobody" { golden broadcast-is-nobody; }
@test "golden: calling-before-name" { golden calling-before-name; }
@test "golden: came-back-is-no-reply" { golden came-back-is-no-reply; }
@test "golden: carried-on-paragraph" { golden carried-on-paragraph; }
@test "golden: continued-over-paragraphs" { golden continued-over-paragraphs; }
@test "golden: cue-after-name" { golden cue-after-name; }
@test "golden: cue-before" { golden cue-before; }
@test "golden: cue-that-is-a-noun-ends" { golden cue-that-is-a-noun-ends; }
@test "golden: doubled-marks" { golden doubled-marks; }
@test "golden: gerund-takes-the-name" { golden gerund-takes-the-name; }
@test "golden: guillemets" { golden guillemets; }
@test "golden: headline-single-marks" { golden headline-single-marks; }
@test "golden: husband-and-wife" { golden husband-and-wife; }
@test "golden: indirect-fronted" { golden indirect-fronted; }
@test "golden: indirect-gerund" { golden indirect-gerund; }
@test "golden: indirect-interrupted" { golden indirect-interrupted; }
@test "golden: indirect-of-one-subject" { golden indirect-of-one-subject; }
@test "golden: indirect-question" { golden indirect-question; }
@test "golden: indirect-that" { golden indirect-that; }
@test "golden: interrupted" { golden interrupted; }
@test "golden: inverted-at-the-head" { golden inverted-at-the-head; }
@test "golden: lead-in-behind-fronted-clause" { golden lead-in-behind-fronted-clause; }
@test "golden: long-apposition-then-cue" { golden long-apposition-then-cue; }
@test "golden: marks-of-two-kinds" { golden marks-of-two-kinds; }
@test "golden: mixed-clause" { golden mixed-clause; }
@test "golden: name-before-noun-is-no-speaker" { golden name-before-noun-is-no-speaker; }
@test "golden: name-that-is-a-modal" { golden name-that-is-a-modal; }
@test "golden: name-that-is-an-adjective" { golden name-that-is-an-adjective; }
@test "golden: named-with-quoted-words" { golden named-with-quoted-words; }
@test "golden: nested-marks" { golden nested-marks; }
@test "golden: newspaper-speaker" { golden newspaper-speaker; }
@test "golden: not-said-is-no-quotation" { golden not-said-is-no-quotation; }
@test "golden: noun-phrase-speaker" { golden noun-phrase-speaker; }
@test "golden: object-of-naming-verb" { golden object-of-naming-verb; }
@test "golden: organisation-speaker" { golden organisation-speaker; }
@test "golden: outer-source" { golden outer-source; }
@test "golden: outer-source-at-the-head" { golden outer-source-at-the-head; }
@test "golden: participle-asked-between" { golden participle-asked-between; }
@test "golden: participle-saying" { golden participle-saying; }
@test "golden: possessor-speaks" { golden possessor-speaks; }
@test "golden: pronoun-he" { golden pronoun-he; }
@test "golden: pronoun-she-of-two" { golden pronoun-she-of-two; }
@test "golden: question-then-cue" { golden question-then-cue; }
@test "golden: question-then-weak-cue" { golden question-then-weak-cue; }
@test "golden: question-then-went-on" { golden question-then-went-on; }
@test "golden: reflexive-behind-name" { golden reflexive-behind-name; }
@test "golden: relative-with-object-then-cue" { golden relative-with-object-then-cue; }
@test "golden: reply-shot-back" { golden reply-shot-back; }
@test "golden: scare-quotes-are-nobody" { golden scare-quotes-are-nobody; }
@test "golden: scare-quotes-of-things" { golden scare-quotes-of-things; }
@test "golden: signature-dash" { golden signature-dash; }
@test "golden: signature-in-next-paragraph" { golden signature-in-next-paragraph; }
@test "golden: signature-of-plural-name" { golden signature-of-plural-name; }
@test "golden: source-before-colon" { golden source-before-colon; }
@test "golden: title-of-a-work-is-nobody" { golden title-of-a-work-is-nobody; }
@test "golden: transcript" { golden transcript; }
@test "golden: two-speakers-joined" { golden two-speakers-joined; }
@test "golden: unclosed-mark" { golden unclosed-mark; }
@test "golden: unclosed-run-goes-on" { golden unclosed-run-goes-on; }
@test "golden: utterance-of-nobody" { golden utterance-of-nobody; }

feed() {
	printf '%s\n' 'Mayor opens bridge' \
		'"The bridge will serve three villages," Mayor Ilsa Brandvik said on Friday.' \
		'"It cost less than we feared."' \
		'Critics called it "a bridge to nowhere".'
}

@test "the outer source of two stands in via" {
	run bash -c 'nsplit -f text "$1" | nquote | cut -f8,9' _ "$tests/golden/outer-source-at-the-head/feed.txt"
	assert_output "Julia Marsh	Harbour Gazette"
}

@test "-t keeps rows at or above a score, and no others" {
	feed >feed.txt
	nsplit -f text feed.txt | nquote -a >all.tsv
	for min in 0 0.5 .9 0.98 0.985 1; do
		nsplit -f text feed.txt | nquote -a -t "$min" >kept.tsv
		awk -F '\t' -v min="$min" '$15 + 0 >= min + 0' all.tsv | diff - kept.tsv
	done
	cut -f15 all.tsv | grep -q '^0\.[0-8]' # some are below, some above
	cut -f15 all.tsv | grep -q '^0\.9'
}

@test "-t takes a number from 0 to 1" {
	for wrong in 1.01 2 -1 .5x x "" 1e-1; do
		run -2 --separate-stderr nquote -t "$wrong" </dev/null
		assert_equal "$stderr" "nquote: option '-t': '$wrong' is no number from 0 to 1; try 'nquote --help'"
	done
}

@test "--explain gives the candidates of each row in marks behind it, the one chosen first" {
	feed | nsplit -f text >rows.tsv
	nquote -a rows.tsv >plain.tsv
	nquote -a --explain rows.tsv >told.tsv
	awk -F '\t' '$6 != "candidate"' told.tsv | diff - plain.tsv
	# each row in marks has nobody among its candidates, and the first has its mention
	awk -F '\t' '
		$6 != "candidate" { if (rows++ && !nobody) exit 1; nobody = 0; key = $1 FS $2 FS $3 FS $4 FS $5; mention = $10; first = 1; next }
		$1 FS $2 FS $3 FS $4 FS $5 != key { exit 1 }
		first && $10 != mention { exit 1 }
		{ first = 0; nobody += $14 == "nobody"; if (NF != 16 || $15 !~ /^[01]\.[0-9][0-9]$/) exit 1 }
		END { exit !(rows == 3 && nobody) }' told.tsv
	grep -qE '	phrase	[01]\.[0-9]{2}	[a-z-]+ [+-][0-9]+\.[0-9]{2};' told.tsv
}

@test "--explain with -j gives the same bytes" {
	for _ in 1 2 3 4 5 6 7 8; do feed && echo; done | nsplit -f text >rows.tsv
	nquote --explain rows.tsv >one.tsv
	nquote --explain -j 3 rows.tsv | cmp - one.tsv
}

@test "--model takes the place of the model built in" {
	feed | nsplit -f text >rows.tsv
	nquote --model "$tests/../lib/models/quote.txt" rows.tsv >same.tsv
	nquote rows.tsv | cmp - same.tsv
	# one that knows nothing finds nobody; what stands alone is a quotation all the same
	printf '# nothing\n\n' >empty.txt
	run -0 bash -c 'nquote --model empty.txt rows.tsv | cut -f6,8,15,16'
	assert_output "direct		0.00	It cost less than we feared."
}

@test "a model that is none is refused with its line" {
	for wrong in x 'weight	1' 'weight	1	2	3' 'weight	x	1' 'weight	1	500' 'weight	999999	1' 'score	9	1	1' 'score	0	1	101' \
		'weight	1	' 'weight	-1	1' 'weight	99999999999999999999	1'; do
		printf '# a model\n%s\n' "$wrong" >model.txt
		run -2 --separate-stderr nquote --model model.txt </dev/null
		assert_equal "$stderr" "nquote: model.txt:2: neither a weight nor a score of a model of quotations"
	done
	run -2 --separate-stderr nquote --model missing.txt </dev/null
	assert_equal "$stderr" "nquote: cannot open 'missing.txt': No such file or directory"
}

@test "a headline of one word in marks, a run of nothing but marks and a mark alone are no trouble" {
	for text in '"No"' '""' '"' '"." said Doe.' "'" '(")' '"Doe: "' '- "' '"a" - "b"'; do
		printf '%s\n' 'A headline' "$text" | nsplit -f text | nquote -a --explain >/dev/null
	done
}
