#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# The examples of the man pages are real. In a literal display, a line that begins with `$ ` is a command and what follows
# is what it writes; `$ cat NAME` shows a file that the commands after it read. feed.txt is the bundled one until a page shows
# its own. A command that ends in `|` goes on in the next line.

load helper

# What the commands of a page write, in the form of the page.
examples() {
	local line command='' begun='' inside=no
	while IFS= read -r line; do
		case $line in
		.Bd\ -literal*) inside=yes ;;
		.Ed) inside=no command='' ;;
		*) [ $inside = yes ] || continue ;;
		esac
		line=${line//\\e/\\}
		line=${line//\\&/}
		case $line in
		.Bd* | .Ed) ;;
		\$\ *\|)
			begun=$line
			;;
		'    '*)
			[ -n "$begun" ] || continue
			printf '%s\n%s\n' "$begun" "$line"
			bash -c "${begun#??}$line" 2>&1
			begun=''
			;;
		\$\ *)
			command=$line
			if [[ $line =~ ^\$\ cat\ ([A-Za-z.]+)$ ]]; then
				: >"${BASH_REMATCH[1]}"
			else
				printf '%s\n' "$line"
				bash -c "${line#??}" 2>&1
			fi
			;;
		*)
			if [[ $command =~ ^\$\ cat\ ([A-Za-z.]+)$ ]]; then
				printf '%s\n' "$line" >>"${BASH_REMATCH[1]}"
			fi
			;;
		esac
	done <"$1"
}

# The page's own account of it.
account() {
	awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' "$1" |
		sed 's/\\e/\\/g; s/\\&//g' | awk '/^\$ / { shown = !/^\$ cat [A-Za-z.]*$/ } shown'
}

@test "the examples write what the man pages say" {
	local page count=0
	for page in "$root"/man/*.[1-9]; do
		account "$page" >expected
		[ -s expected ] || continue
		count=$((count + 1))
		cp "$data/feed.txt" .
		examples "$page" >out
		diff -u expected out || {
			echo "in $page"
			return 1
		}
	done
	[ "$count" -ge 3 ]
}

@test "every program has a man page, and pages name each other" {
	local program
	for program in $(programs); do
		[ -f "$root/man/$program.1" ]
		grep -q "^\.Xr $program 1" "$root/man/newsutils.7"
		grep -q '^\.Xr newsutils 7' "$root/man/$program.1"
	done
}
