# SPDX-License-Identifier: ISC
# shellcheck shell=bash
#
# helper.bash - what every .bats file loads first with `load helper`
#
#   $root       the source tree; $tests and $data: tests/ and tests/data/ of it
#   $build      the directory of the built programs, which stands first on PATH; `make check` tells it by NEWS_BUILD
#   setup       each test begins in an empty directory of its own, $BATS_TEST_TMPDIR, where it may write what it likes
#   run -N      bats's own: run a command and assert its status; with --separate-stderr there are $output and $stderr
#   assert_...  bats-assert's
#
# `make check` runs the files twice, for the ordinary programs and for those with sanitizers. A file or test that has nothing
# to gain from the second run (it is slow, measures, or builds) says so in front: `# bats file_tags=once` or
# `# bats test_tags=once`.

bats_require_minimum_version 1.8.0

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$tests")
data=$tests/data
build=$(cd "${NEWS_BUILD:-$root/build}" && pwd) || {
	echo "helper.bash: nothing is built in ${NEWS_BUILD:-$root/build}; run make first" >&2
	exit 1
}
export root tests data build
export PATH=$build:$PATH LC_ALL=C
unset MAKEFLAGS MFLAGS MAKELEVEL

# bats-assert needs bats-support; each distribution keeps them elsewhere.
load_library() {
	local place
	local -a places
	IFS=: read -r -a places <<<"${BATS_LIB_PATH:-}"
	while IFS= read -r place; do
		places+=("$place")
	done < <(grep -v '^#' "$tests/library-path")
	for place in "${places[@]}"; do
		if [ -f "$place/$1/load.bash" ]; then
			load "$place/$1/load.bash"
			return
		fi
	done
	echo "helper.bash: cannot find $1; name its parent directory in BATS_LIB_PATH" >&2
	exit 1
}
load_library bats-support
load_library bats-assert

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# The names of the programs that the contract tests run over.
programs() {
	sed -n 's/^\([^# ]*\).*/\1/p' "$tests/programs" | grep .
}

# Whether the programs under test were built with sanitizers: slower, and hungry for address space.
sanitized() {
	[ -n "${NEWS_SANITIZED:-}" ]
}

# within SECONDS COMMAND...: status 124 when it takes longer; sanitizers get ten times as much.
within() {
	local seconds=$1
	shift
	if sanitized; then
		seconds=$((seconds * 10))
	fi
	if command -v timeout >/dev/null; then
		timeout -k 5 "$seconds" "$@"
	else
		gtimeout -k 5 "$seconds" "$@"
	fi
}

# Check that `begin end` of every row of standard input names its words: text[begin:end], LF as a space, is the column
# COLUMN. TEXT is the file of the document's text.
assert_ranges() {
	local text=$1 column=$2 count=0 begin end words row
	while IFS= read -r row; do
		begin=$(cut -f 4 <<<"$row")
		end=$(cut -f 5 <<<"$row")
		words=$(cut -f "$column" <<<"$row")
		assert_equal "$words" "$(tail -c +$((10#$begin + 1)) "$text" | head -c $((10#$end - 10#$begin)) | tr '\n' ' ')"
		count=$((count + 1))
	done
	[ "$count" -gt 0 ]
}
