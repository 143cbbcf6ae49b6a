#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# The build, the packaging and the scripts around them.
# bats file_tags=once

load helper

# make in the source tree, as a user would run it, on what is already built.
make_here() {
	make --no-print-directory -C "$root" BUILD="${build#"$root"/}" "$@"
}

files_below() {
	(cd "$1" && find . ! -type d | sort)
}

@test "everything is up to date after a build, and a changed header is noticed" {
	run -0 make_here -q all
	run -0 make_here -n -W lib/news.h all
	assert_output --partial "-c -o ${build#"$root"/}/lib/"
	run -0 make_here -n -W cmd/cmd.h all
	assert_output --partial "-c -o ${build#"$root"/}/cmd/nsplit.o"
}

@test "a changed word list is noticed" {
	run -0 make_here -n -W lib/lists/cues.txt all
	assert_output --partial "compile-lists"
	assert_output --partial "lists.c"
}

@test "the user's CFLAGS and LDFLAGS stand last" {
	run -0 make -C "$root" -n BUILD="$BATS_TEST_TMPDIR/b" CFLAGS=-DTHEIRS LDFLAGS=-Ltheirs all
	local compiled=0 linked=0 line
	while IFS= read -r line; do
		case $line in
		*" -c -o "*/cmd/*)
			[[ $line =~ \ -DTHEIRS\ -c\ -o\ [^\ ]+\ [^\ ]+$ ]]
			compiled=$((compiled + 1))
			;;
		*" -o $BATS_TEST_TMPDIR/b/nsplit "*)
			[[ $line == *" -DTHEIRS -Ltheirs -o "* ]]
			linked=$((linked + 1))
			;;
		esac
	done <<<"$output"
	[ "$compiled" -gt 1 ]
	[ "$linked" -eq 1 ]
}

@test "make help names the targets of the contract, and make knows every one it names" {
	run -0 make -C "$root" -s help
	local target listed=$output
	for target in all demo check bench install uninstall dist lint format clean; do
		[[ $'\n'$listed == *$'\n'"$target "* ]]
	done
	while read -r target _; do
		run make -C "$root" -q "$target"
		refute_output --partial "No rule to make target '$target'"
	done <<<"$listed"
}

@test "make -n does nothing" {
	local target
	for target in all demo check bench install uninstall dist lint format clean; do
		run -0 make -C "$root" -n "$target" BUILD="$BATS_TEST_TMPDIR/b" DESTDIR="$BATS_TEST_TMPDIR/d"
	done
	assert_equal "$(files_below .)" ""
}

@test "the programs of the Makefile are those that the contract tests run over, each with a manual" {
	# shellcheck disable=SC2016 # for make to expand
	run -0 make -C "$root" -s -f Makefile -f <(echo 'print: ; @echo $(PROGRAMS)') print
	assert_equal "$(tr ' ' '\n' <<<"$output" | sort)" "$(programs | sort)"
	local program
	for program in $output; do
		[ -f "$root/man/$program.1" ]
	done
}

@test "the version stands in lib/news.h and nowhere else" {
	local version
	version=$(sed -n 's/^#define NEWS_VERSION "\(.*\)"/\1/p' "$root/lib/news.h")
	[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]
	run -0 grep -rlF "$version" "$root/Makefile" "$root/lib" "$root/cmd" "$root/scripts" "$root/man"
	assert_output "$root/lib/news.h"
	local program
	while read -r program; do
		run -0 "$program" --version
		assert_line --index 0 --partial "$version"
	done < <(programs)
}

@test "install puts down the programs and the manuals, uninstall leaves nothing" {
	run -0 make_here install DESTDIR="$PWD/root" PREFIX=/usr
	{
		programs | sed 's|^|./usr/bin/|'
		for page in "$root"/man/*.[1-9]; do
			echo "./usr/share/man/man${page##*.}/${page##*/}"
		done
	} | sort >expected
	assert_equal "$(files_below root)" "$(cat expected)"
	run -0 root/usr/bin/nsplit --version
	assert_equal "$(find root -name '*.1' ! -perm 644)" ""
	assert_equal "$(find root/usr/bin -type f ! -perm 755)" ""
	run -0 make_here uninstall DESTDIR="$PWD/root" PREFIX=/usr
	assert_equal "$(files_below root)" ""
}

@test "install goes where BINDIR and MANDIR say, blanks in DESTDIR included" {
	run -0 make_here install DESTDIR="$PWD/a root" BINDIR=/programs MANDIR=/manuals
	[ -x "a root/programs/nquote" ]
	[ -f "a root/manuals/man1/nquote.1" ]
	run -0 make_here uninstall DESTDIR="$PWD/a root" BINDIR=/programs MANDIR=/manuals
	assert_equal "$(files_below "a root")" ""
}

@test "uninstall keeps what others have put there" {
	mkdir -p root/usr/bin
	touch root/usr/bin/nsplitter
	run -0 make_here install DESTDIR="$PWD/root" PREFIX=/usr
	run -0 make_here uninstall DESTDIR="$PWD/root" PREFIX=/usr
	assert_equal "$(files_below root)" ./usr/bin/nsplitter
}

@test "dist holds what the commit holds, but for the files of the repository's own upkeep" {
	command -v git >/dev/null || skip "no git"
	mkdir tree
	(cd "$root" && tar -cf - --exclude=./build --exclude='./build-*' --exclude=./.git .) | tar -xf - -C tree
	git -C tree -c init.defaultBranch=main init -q
	git -C tree add -A
	git -C tree -c user.name=n -c user.email=n@example.org commit -q -m n
	run -0 make -C tree dist
	cp tree/newsutils-*.tar.gz once.tar.gz
	run -0 make -C tree dist
	run -0 cmp once.tar.gz tree/newsutils-*.tar.gz
	local name
	name=$(basename tree/newsutils-*.tar.gz .tar.gz)
	gzip -dc once.tar.gz | tar -tf - | grep -v '/$' | sort >held
	git -C tree ls-files | grep -v -e '^\.ci/' -e '^\.gitattributes$' -e '^\.gitignore$' | sed "s|^|$name/|" | sort >expected
	run -0 diff expected held
	for file in LICENSE README.md CHANGELOG.md CONTRIBUTING.md Makefile lib/news.h tests/build.bats; do
		run -0 grep -qx "$name/$file" held
	done
}

@test "make demo shows quotations of the sample feed" {
	run -0 --separate-stderr make_here -s demo DEPS=no
	assert_line --index 0 --partial "tests/data/feed.txt"
	local row rows=0
	while IFS= read -r row; do
		assert_equal "$(tr -cd '\t' <<<"$row" | wc -c | tr -d ' ')" 15
		rows=$((rows + 1))
	done < <(tail -n +2 <<<"$output")
	[ "$rows" -gt 20 ]
}

@test "DEPS=no installs nothing: it tells what is missing, status 2" {
	local target
	for target in demo check; do
		run -2 make_here "$target" DEPS=no CC=no-such-compiler
		assert_output --partial "deps: missing: cc"
		refute_output --partial "will install"
	done
}

# A PATH of its own in ./bin: the tools that scripts/deps uses, and stubs that note how they were called.
stub() {
	printf '#!/bin/sh\necho "%s $*" >>"%s/calls"\n%s\n' "$1" "$PWD" "${2:-}" >"bin/$1"
	chmod +x "bin/$1"
}

bare_path() {
	mkdir bin
	local tool
	for tool in sh cat dirname env grep sed sort tr awk; do
		ln -s "$(command -v "$tool")" bin/
	done
	stub id "echo ${1:-0}"
}

@test "deps knows the package managers: it tells what it will install, then calls them" {
	local manager
	bare_path
	while IFS=: read -r manager call; do
		rm -f calls
		stub "$manager"
		run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
		assert_output --partial "will install with $manager: "
		assert_output --partial "still missing after the installation"
		run -0 grep -v '^id' calls
		assert_line --regexp "^$call( .*)? pcre2|^$call( .*)? libpcre2-dev"
		rm "bin/$manager"
	done <<-'EOF_MANAGERS'
		dnf:dnf install -y
		pacman:pacman -Sy --needed --noconfirm
		apk:apk add
		brew:brew install
		pkg:pkg install -y
	EOF_MANAGERS
}

@test "deps fetches apt's lists only when they do not know the packages" {
	bare_path
	stub apt-get
	stub apt-cache
	run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
	run -1 grep -q 'apt-get update' calls
	run -0 grep -q '^apt-get install -y --no-install-recommends .*libsodium-dev' calls
	rm calls
	stub apt-cache 'exit 100'
	run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
	run -0 grep '^apt-get' calls
	assert_line --index 0 'apt-get update'
	assert_line --index 1 --partial 'apt-get install -y'
}

@test "deps uses sudo only when not root" {
	bare_path 0
	stub dnf
	stub sudo
	run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
	run -1 grep -q '^sudo' calls
	stub id 'echo 1000'
	run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
	run -0 grep -q '^sudo dnf install -y' calls
	rm bin/sudo
	run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
	assert_output --partial "run this as root: dnf install -y"
}

@test "deps without a package manager, or without a group it knows, ends with status 2" {
	bare_path
	run -2 env PATH="$PWD/bin" "$root/scripts/deps" build
	assert_output --partial "no package manager known here"
	run -2 "$root/scripts/deps"
	assert_output --partial "usage:"
	run -2 "$root/scripts/deps" everything
	assert_output --partial "usage:"
}

# bats inside bats takes the outer one's variables for its own, and finds its inner parts first on PATH.
check_bare() {
	env -i PATH="${PATH//"$BATS_LIBEXEC:"/}" scripts/check "$@"
}

@test "check counts what passed and failed; a death, a silent test and a KNOWN one that passes are failures" {
	mkdir -p scripts tests/unit build/unit
	cp "$root/scripts/check" scripts/
	touch tests/unit/test_good.c tests/unit/test_dead.c tests/unit/test_silent.c
	printf '#!/bin/sh\necho 1..2\necho "ok 1 - a"\necho "ok 2 - b"\n' >build/unit/test_good
	printf '#!/bin/sh\nkill -s SEGV $$\n' >build/unit/test_dead
	printf '#!/bin/sh\n' >build/unit/test_silent
	chmod +x build/unit/*
	# bats takes a line that begins with its keyword for a test of this file.
	sed 's/^TEST/@test/' >tests/a.bats <<-'EOF_BATS'
		TEST "good" { true; }
		TEST "bad" { false; }
		TEST "left out" { skip; }
		TEST "KNOWN to be bad" { false; }
		TEST "KNOWN to be bad, but good" { true; }
	EOF_BATS
	run -1 check_bare build
	assert_line --index -1 "3 passed, 4 failed"
	assert_line "build tests/a.bats: 1 ok, 2 not ok, 1 skipped, 1 known"
	assert_equal "$(grep -cE '^[0-9]+ passed, [0-9]+ failed$' <<<"$output")" 1

	rm tests/a.bats tests/unit/test_dead.c tests/unit/test_silent.c
	run -0 check_bare build
	assert_line --index -1 "2 passed, 0 failed"
	run -0 check_bare build build
	assert_line --index -1 "4 passed, 0 failed"
	run -2 check_bare
	run -2 check_bare no-such-build
}

@test "generate-feed gives the same bytes for the same size and seed" {
	"$root/scripts/generate-feed" 1 >a
	"$root/scripts/generate-feed" 1 >b
	"$root/scripts/generate-feed" 1 2 >c
	run -0 cmp a b
	run -1 cmp a c
	[ "$(wc -c <a)" -ge 1000000 ]
	run -2 "$root/scripts/generate-feed"
}

@test "bench measures every program beside wc -w" {
	MEGABYTES=1 RUNS=1 CORPUS=/nonexistent run -0 make_here -s bench
	local what
	for what in "wc -w (feed)" "wc -w (rows)" nsplit nquote nentity ndedupe "nsplit | nquote | sort"; do
		assert_line --partial "$what "
	done
	# shellcheck disable=SC2016 # for awk
	run -0 awk -F '\t' 'NR > 1 && !(NF == 6 && $3 > 0 && $4 > 0 && $5 > 0 && $6 > 0)' "$build/bench/bench.tsv"
	assert_output ""
}

# bats test_tags=once
@test "train-split makes a model that the build takes, the same each time" {
	command -v python3 >/dev/null || skip "no python3"
	make_here -s "${build#"$root"/}/dump-places" >/dev/null
	printf '{"text":"He said no. It was late! so it was.","sents":[[0,11],[12,35]]}\n%.0s' 1 2 3 4 >set.jsonl
	for name in one two; do
		"$root/scripts/train-split" -o $name.txt --dump "$build/dump-places" set.jsonl
	done
	cmp one.txt two.txt
	grep -q '^# set (' one.txt
	"$root/scripts/compile-model" sentence one.txt | grep -q '^const int16_t sentence_weights'
	run ! "$root/scripts/compile-model" sentence <(echo '1 2 3')
}
