#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# The data by which languages are guessed.

load helper

@test "the version names a digest of the data of languages" {
	local name
	run -0 nsplit --version
	for name in language-words language-names; do
		assert_line "$name $(b2sum -l 128 "$root/lib/languages/$name.txt" | cut -c1-16)"
	done
}

# bats test_tags=once
@test "changed data of languages is noticed" {
	run -0 make --no-print-directory -C "$root" BUILD="${build#"$root"/}" -n -W lib/languages/language-words.txt all
	assert_output --partial "compile-languages lib/"
	assert_output --partial "compile-lists lib/"
}
