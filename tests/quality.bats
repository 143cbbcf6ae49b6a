# SPDX-License-Identifier: ISC
# bats file_tags=once
# Floors under the figures on development data. It is no part of this tree: without ../shared/data, or a directory of
# the same content named by NEWS_DATA, and its scorers beside it, these are skipped.

load helper

quotes() {
	local data=${NEWS_DATA:-$root/../shared/data} scorer
	scorer=$data/../eval/score_quotes.py
	if [ ! -f "$data/quotes/polnear-dev.jsonl" ] || [ ! -f "$scorer" ]; then
		skip "no development data"
	fi
	command -v python3 >/dev/null || skip "no python3"
	python3 "$scorer" --bin "$build" "$data/quotes/polnear-dev.jsonl"
}

# floor NAME VALUE LEAST
floor() {
	awk -v value="$2" -v least="$3" 'BEGIN { exit !(value >= least) }' || fail "$1: $2, but at least $3 is kept up"
}

@test "quotations of the development set find their speakers" {
	quotes >figures.txt
	cat figures.txt
	floor "speaker F, all quoted spans" "$(awk '/^speaker +all/ { print $NF }' figures.txt)" 89
	floor "speaker recall, direct" "$(awk '/^speaker +direct/ { print $4 }' figures.txt)" 94.5
	floor "speaker recall, mixed" "$(awk '/^speaker +mixed/ { print $4 }' figures.txt)" 83.5
	floor "exact, direct, given span" "$(awk '/^exact +direct/ { print $NF }' figures.txt)" 92
	floor "indirect precision" "$(awk '/^indirect/ { print $3 }' figures.txt)" 81
	floor "indirect recall on speech cues" \
		"$(sed -n 's/^indirect.*R(speech cue) *\([0-9.]*\).*/\1/p' figures.txt)" 60
}
