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

@test "golden: according-to" { golden according-to; }
@test "golden: apposition-between" { golden apposition-between; }
@test "golden: british-single-marks" { golden british-single-marks; }
@test "golden: carried-on-paragraph" { golden carried-on-paragraph; }
@test "golden: continued-over-paragraphs" { golden continued-over-paragraphs; }
@test "golden: cue-after-name" { golden cue-after-name; }
@test "golden: cue-before" { golden cue-before; }
@test "golden: doubled-marks" { golden doubled-marks; }
@test "golden: guillemets" { golden guillemets; }
@test "golden: headline-single-marks" { golden headline-single-marks; }
@test "golden: husband-and-wife" { golden husband-and-wife; }
@test "golden: indirect-fronted" { golden indirect-fronted; }
@test "golden: indirect-that" { golden indirect-that; }
@test "golden: interrupted" { golden interrupted; }
@test "golden: mixed-clause" { golden mixed-clause; }
@test "golden: named-with-quoted-words" { golden named-with-quoted-words; }
@test "golden: nested-marks" { golden nested-marks; }
@test "golden: newspaper-speaker" { golden newspaper-speaker; }
@test "golden: not-said-is-no-quotation" { golden not-said-is-no-quotation; }
@test "golden: noun-phrase-speaker" { golden noun-phrase-speaker; }
@test "golden: organisation-speaker" { golden organisation-speaker; }
@test "golden: outer-source" { golden outer-source; }
@test "golden: participle-saying" { golden participle-saying; }
@test "golden: pronoun-he" { golden pronoun-he; }
@test "golden: pronoun-she-of-two" { golden pronoun-she-of-two; }
@test "golden: question-then-cue" { golden question-then-cue; }
@test "golden: scare-quotes-are-nobody" { golden scare-quotes-are-nobody; }
@test "golden: signature-dash" { golden signature-dash; }
@test "golden: title-of-a-work-is-nobody" { golden title-of-a-work-is-nobody; }
@test "golden: two-speakers-joined" { golden two-speakers-joined; }
@test "golden: unclosed-mark" { golden unclosed-mark; }
@test "golden: according-to-at-the-head" { golden according-to-at-the-head; }
