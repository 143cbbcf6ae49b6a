#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# The format `conllu`: sentences as the file has them.

load helper

@test "documents, paragraphs and sentences are those of the file" {
	cd "$data"
	run -0 --separate-stderr nsplit -v bay.conllu
	[[ $stderr == *"bay.conllu: read as conllu"* ]]
	grep -v '	lang-guess=' <<<"$output" | cut -f 1-3,6,7 >"$BATS_TEST_TMPDIR/out"
	tr '|' '\t' >"$BATS_TEST_TMPDIR/expected" <<-'END'
		bay-1|0000|0001|meta|file=bay.conllu
		bay-1|0000|0002|meta|date=2020-01-02
		bay-1|0000|0003|meta|genre=news
		bay-1|0001|0001|body|The harbour isn’t open, she said.
		bay-1|0001|0002|body|Don’t!
		bay-1|0002|0001|body|It rained
		bay-2|0000|0001|meta|file=bay.conllu
		bay-2|0001|0001|body|Sun.
	END
	diff "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/out"
}

@test "a sentence is not cut again, nor are two joined" {
	printf '1\tNo.\t_\t_\t_\t_\t_\t_\t_\t_\n2\tNever.\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tand\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n1\tso\t_\t_\t_\t_\t_\t_\t_\t_\n' >feed
	assert_equal "$(nsplit feed | cut -f 2-7 | grep body)" '0001	0001	0000000	0000010	body	No. Never.
0001	0002	0000011	0000014	body	and
0001	0003	0000014	0000016	body	so'
}

@test "ranges name their words, and a slow file gives the same rows" {
	nsplit --documents "$data/bay.conllu" >documents
	nsplit -H <"$data/bay.conllu" >rows
	run -0 awk -f "$tests/check-ranges.awk" documents rows
	while IFS= read -r line; do
		printf '%s\n' "$line"
	done <"$data/bay.conllu" | nsplit -H | cmp - rows
}

@test "a malformed line costs its document and is told" {
	printf '# newdoc id = a\n1\tSo\t_\n\n' >feed
	sed -n '/bay-2/,$p' "$data/bay.conllu" >>feed
	run -1 --separate-stderr nsplit -f conllu --rejects rejects feed
	assert_equal "$stderr" "nsplit: feed:1: fewer than 10 columns (line 2 of the document)"
	assert_equal "$(cut -f 1 <<<"$output" | uniq)" bay-2
	printf '# newdoc id = a\n1\tSo\t_\n\n' | cmp - rejects
}

@test "a heading with a hash does not make a file a treebank" {
	printf '# Notes\n\nIt was so.\n' | nsplit -v 2>log >rows
	grep 'read as blank' log
	grep '	It was so\.$' rows
}
