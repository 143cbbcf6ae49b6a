#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# What README.md shows is what the programs write: every console block, run from the root of the tree.

load helper

@test "the output in README.md is real" {
	local line inside=no commands=0
	while IFS= read -r line; do
		case $line in
		'```console') inside=yes ;;
		'```') inside=no ;;
		*)
			[ $inside = yes ] || continue
			printf '%s\n' "$line" >>told
			if [ "${line#\$ }" != "$line" ]; then
				commands=$((commands + 1))
				printf '%s\n' "$line" >>out
				(cd "$root" && bash -c "${line#\$ }") >>out 2>&1
			fi
			;;
		esac
	done <"$root/README.md"
	[ "$commands" -ge 5 ]
	diff -u told out
}
