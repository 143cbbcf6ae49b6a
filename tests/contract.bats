#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# What every program of tests/programs promises (newsutils(7)). Each test runs over all of them; where one fails, the last
# line `program: ` of its output says which.

load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	cp "$data/feed.txt" text
	nsplit text >rows
	# A document of its own for each kind of input, followed by what ends it.
	printf 'A Headline\nThe mayor said "all is well" on Monday.\nNobody asked.\n\n' >first.text
	printf 'Another Headline\nJane Marsh said the bridge was open.\n"It is," said Marsh.\n\n' >second.text
	nsplit first.text >first.rows
	nsplit second.text >second.rows
	# Enough that no pipe holds the output of any program.
	"$root/scripts/generate-feed" 1 >big.text
	nsplit big.text >big.rows
	malformed
}

# Input with one malformed record, bad.KIND; what is left of it when that is gone, good.KIND; the record, verbatim.KIND.
malformed() {
	printf '{"id":"%s","text":"One of them.\\nAnd another."}\n' a b c d >good.text
	printf '{"id":"x","text":\n' >verbatim.text
	sed '2r verbatim.text' good.text >bad.text
	cat first.rows second.rows >good.rows
	printf 'no\trow\tat\tall\n' >verbatim.rows
	sed '2r verbatim.rows' good.rows >bad.rows
}

# Run COMMAND, a function of the file, once for each program: $program is its name, $input a valid input file, $kind what
# it reads, $again what becomes of a document that comes twice.
each() {
	local -a lines
	local line
	mapfile -t lines < <(grep -v '^#' "$tests/programs")
	[ "${#lines[@]}" -gt 0 ]
	for line in "${lines[@]}"; do
		read -r program kind again <<<"$line"
		input=$BATS_FILE_TMPDIR/$kind
		echo "program: $program"
		"$@"
	done
}

# Arguments that make nsplit take the malformed input for what it is.
format() {
	if [ "$kind" = text ]; then
		echo -f jsonl
	fi
}

# wait_for COMMAND...: until it succeeds, at most a minute.
wait_for() {
	local n
	for ((n = 0; n < 1200; n++)); do
		if "$@"; then
			return 0
		fi
		sleep 0.05
	done
	echo "waited in vain for: $*"
	return 1
}

one_line() {
	[ "$(wc -l <"$1")" -eq 1 ] || {
		echo "not one line:"
		cat "$1"
		return 1
	}
}

# ---- operands ----

nothing() {
	run -0 --separate-stderr "$program" </dev/null
	assert_equal "$output$stderr" ""
	: >empty
	run -0 --separate-stderr "$program" empty empty
	assert_equal "$output$stderr" ""
}
@test "nothing in, nothing out" {
	each nothing
}

stdin_is_dash() {
	"$program" "$input" | sed 's/file=.*/file=/' >expected
	[ -s expected ]
	"$program" <"$input" | sed 's/file=.*/file=/' | cmp - expected
	"$program" - <"$input" | sed 's/file=.*/file=/' | cmp - expected
	cp "$input" ./-x
	"$program" -- -x | sed 's/file=.*/file=/' | cmp - expected
}
@test "standard input is read where no file is named, or -; -- ends options" {
	each stdin_is_dash
}

missing() {
	"$program" "$input" >expected
	run -2 --separate-stderr "$program" missing "$input" nor/this
	printf '%s\n' "$output" | cmp - expected
	assert_equal "${#stderr_lines[@]}" 2
	assert_regex "${stderr_lines[0]}" "^$program: missing: No such file"
	assert_regex "${stderr_lines[1]}" "^$program: nor/this: No such file"
}
@test "a missing file is status 2, and the others are still read" {
	each missing
}

directory() {
	"$program" "$input" >expected
	mkdir -p directory
	run -2 --separate-stderr "$program" directory "$input"
	printf '%s\n' "$output" | cmp - expected
	assert_regex "$stderr" "^$program: directory: Is a directory"
	run -2 --separate-stderr "$program" <directory
	assert_equal "$output" ""
	assert_regex "$stderr" "^$program: standard input: Is a directory"
}
@test "a directory is status 2, as an operand and as standard input" {
	each directory
}

unreadable() {
	"$program" "$input" >expected
	run -2 --separate-stderr "$program" "$input" "$input/below"
	printf '%s\n' "$output" | cmp - expected
	assert_regex "$stderr" "^$program: .*/below: Not a directory"
}
@test "an unreadable file is status 2" {
	each unreadable
}

closed() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	run -2 --separate-stderr bash -c '"$1" <&-' - "$program"
	assert_regex "$stderr" "^$program: standard input: "
	# shellcheck disable=SC2016
	run -2 --separate-stderr bash -c '"$1" "$2" >&-' - "$program" "$input"
	assert_regex "$stderr" "^$program: standard output: "
}
@test "closed standard streams are status 2" {
	each closed
}

unended() {
	"$program" "$input" >expected
	head -c -1 "$input" >"${input##*/}"
	[ "$(tail -c 1 "${input##*/}" | wc -l)" -eq 0 ]
	"$program" "${input##*/}" | sed 's/file=.*/file=/' >out
	sed 's/file=.*/file=/' expected | cmp - out
}
@test "a last line without LF counts" {
	each unended
}

unglued() {
	local both=("$BATS_FILE_TMPDIR/first.$kind" "$BATS_FILE_TMPDIR/second.$kind")
	"$program" "${both[@]}" | sed 's/file=.*/file=/' >expected
	# All that ends the first document is gone.
	printf %s "$(cat "${both[0]}")" >unended
	"$program" unended "${both[1]}" | sed 's/file=.*/file=/' | cmp - expected
}
@test "the end of a file ends a document" {
	each unglued
}

# ---- the command line ----

refused() {
	local arguments
	for arguments in --no-such-option -Z -j '-j 0' '-j 257' '-j -1' '-j x' '-j 1x' '-j 99999999999999999999' '--jobs=' \
		--header=yes --rejects; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr "$program" $arguments </dev/null
		assert_equal "$output" ""
		assert_equal "${#stderr_lines[@]}" 1
		assert_regex "$stderr" "^$program: .*; try '$program --help'\$"
	done
}
@test "a usage error is status 2 and names --help" {
	each refused
}

# The options that a man page describes: the long names behind .Fl or .It Fl.
man_options() {
	sed -n '/^\.It Fl /p' "$1" | grep -o 'Fl -[a-z][a-z-]*\|, -[a-z][a-z-]*' | sed 's/.* -/--/' | LC_ALL=C sort -u
}
helped() {
	local page=$root/man/$program.1
	run -0 --separate-stderr "$program" --help
	assert_equal "$stderr" ""
	assert_regex "${lines[0]}" "^usage: $program "
	printf '%s\n' "$output" | grep -o '^ *\(-[A-Za-z], \)\{0,1\}--[a-z-]*' | sed 's/.*--/--/' | LC_ALL=C sort -u >help
	[ -s help ]
	man_options "$page" >own
	man_options "$root/man/newsutils.7" >common
	[ -s common ]
	LC_ALL=C sort -u own common | diff - help
	# Each is named in the page itself, with its short form.
	"$program" -h | sed -n 's/^ *-\([A-Za-z]\), --[a-z-]*.*/\1/p' | while read -r letter; do
		grep -Eq "^\.(It Fl|Op Fl|Pq Fl) ?.*$letter" "$page" || {
			echo "no -$letter in $page"
			return 1
		}
	done
}
@test "--help and the man pages name the same options" {
	each helped
}

versioned() {
	local list digest line
	run -0 --separate-stderr "$program" --version
	assert_equal "$stderr" ""
	assert_regex "${lines[0]}" "^$program \(newsutils\) [0-9]+\.[0-9]+\.[0-9]+\$"
	[ "${#lines[@]}" -gt 1 ]
	"$program" -V | sed 1d >digests
	run -0 cat digests
	for line in "${lines[@]}"; do
		assert_regex "$line" '^[a-z-]+ [0-9a-f]{16}$'
		read -r list digest <<<"$line"
		if command -v b2sum >/dev/null; then
			assert_equal "$digest" "$(cat "$root"/lib/*/"$list.txt" | b2sum -l 128 | cut -c 1-16)"
		fi
	done
	for list in "$root"/lib/lists/*.txt "$root"/lib/rules/*.txt; do
		grep -q "^$(basename "$list" .txt) " digests
	done
}
@test "--version has a digest of every list" {
	each versioned
}

headed() {
	"$program" "$input" >expected
	"$program" -H "$input" >out
	sed 1d out | cmp - expected
	assert_regex "$(head -n 1 out)" '^doc	par	sent	begin	end	[a-z	]+$'
	# As many names as columns.
	assert_equal "$(head -n 1 out | tr -cd '\t' | wc -c)" "$(sed -n 2p out | tr -cd '\t' | wc -c)"
	"$program" --header </dev/null | cmp - <(head -n 1 out)
}
@test "-H writes the names of the columns" {
	each headed
}

header_skipped() {
	[ "$kind" = rows ] || return 0
	"$program" "$input" >expected
	nsplit -H </dev/null >header
	awk 'NR == FNR { header = $0; next } { print header; print } END { print header }' header "$input" >rows
	run -0 --separate-stderr "$program" rows
	printf '%s\n' "$output" | cmp - expected
	assert_equal "$stderr" ""
	nsplit -H "$BATS_FILE_TMPDIR/text" | "$program" >out
	nsplit "$BATS_FILE_TMPDIR/text" | "$program" | cmp - out
}
@test "a reader skips the header wherever it stands" {
	each header_skipped
}

told() {
	local line
	"$program" "$input" >expected
	run -0 --separate-stderr "$program" -v "$input"
	printf '%s\n' "$output" | cmp - expected
	[ "${#stderr_lines[@]}" -gt 1 ]
	for line in "${stderr_lines[@]}"; do
		assert_regex "$line" "^$program: "
	done
	assert_regex "$stderr" "$program: [0-9]+ document"
}
@test "-v tells counts on standard error" {
	each told
}

escaped() {
	run -2 --separate-stderr "$program" $'no\033[31m\nsuch\r\177\302\233\377file'
	assert_equal "$stderr" "$program: no\\x1B[31m\\x0Asuch\\x0D\\x7F\\xC2\\x9B\\xFFfile: No such file or directory"
}
@test "control bytes in a message are escaped" {
	each escaped
}

# ---- pipes ----

full() {
	# shellcheck disable=SC2016
	run -2 --separate-stderr bash -c '"$1" "$2" >/dev/full' - "$program" "$input"
	assert_regex "$stderr" "^$program: standard output: No space left on device\$"
	# shellcheck disable=SC2016
	run -2 --separate-stderr bash -c '"$1" --help >/dev/full' - "$program"
	assert_regex "$stderr" "^$program: standard output: No space left on device\$"
	# shellcheck disable=SC2016
	run -2 --separate-stderr bash -c '"$1" -V >/dev/full' - "$program"
	assert_regex "$stderr" "^$program: standard output: "
}
@test "a full disk is status 2 and told" {
	[ -c /dev/full ] || skip "no /dev/full"
	each full
}

limited() {
	"$program" "$BATS_FILE_TMPDIR/big.$kind" >expected
	# shellcheck disable=SC2016
	run -2 --separate-stderr bash -c 'ulimit -f 20; "$1" "$2" >out' - "$program" "$BATS_FILE_TMPDIR/big.$kind"
	assert_regex "$stderr" "^$program: standard output: File too large\$"
	[ -s out ]
	assert_equal "$(tail -c 1 out | wc -l)" 1
	head -n "$(wc -l <out)" expected | cmp - out
}
@test "where writing fails, no partial line is left" {
	each limited
}

piped() {
	# shellcheck disable=SC2016
	run -0 --separate-stderr bash -c '"$1" "$2" | head -n 1; echo "${PIPESTATUS[0]}"' - "$program" "$BATS_FILE_TMPDIR/big.$kind"
	assert_equal "$stderr" ""
	assert_equal "${lines[1]}" 141
	# shellcheck disable=SC2016
	run -0 --separate-stderr bash -c 'trap "" PIPE; "$1" -j 2 "$2" | head -n 1' - "$program" "$BATS_FILE_TMPDIR/big.$kind"
	assert_equal "$stderr" ""
}
@test "a closed pipe ends a program without a word" {
	each piped
}

# What was written before the feed ended is all there is to write. Nothing here depends on how long anything takes: the
# feed stays open until the output is there.
slow() {
	local jobs
	for jobs in 1 2; do
		cat "$BATS_FILE_TMPDIR/first.$kind" "$BATS_FILE_TMPDIR/second.$kind" | "$program" -j $jobs >expected
		rm -f feed out
		mkfifo feed
		"$program" -j $jobs <feed >out 3>&- &
		exec 7>feed
		cat "$BATS_FILE_TMPDIR/first.$kind" >&7
		wait_for test -s out
		cat "$BATS_FILE_TMPDIR/second.$kind" >&7
		wait_for cmp -s out expected
		exec 7>&-
		wait $!
		cmp out expected
	done
}
@test "a slow feed is not held back" {
	each slow
}

@test "a slow feed is not held back by a whole pipe" {
	cat "$BATS_FILE_TMPDIR/first.text" "$BATS_FILE_TMPDIR/second.text" | nsplit | ndedupe | nquote >expected
	mkfifo feed
	nsplit <feed 3>&- | ndedupe 3>&- | nquote >out 3>&- &
	exec 7>feed
	cat "$BATS_FILE_TMPDIR/first.text" >&7
	wait_for test -s out
	cat "$BATS_FILE_TMPDIR/second.text" >&7
	wait_for cmp -s out expected
	exec 7>&-
	wait $!
	cmp out expected
}

dribbled() {
	"$program" <"$input" >expected
	dd if="$input" bs=97 2>/dev/null | "$program" | cmp - expected
	(
		head -c 1000
		sleep 0.01
		head -c 1
		sleep 0.01
		cat
	) <"$input" | "$program" | cmp - expected
}
@test "how reads fall changes nothing" {
	each dribbled
}

jobs_alike() {
	local file
	for file in "$input" "$BATS_FILE_TMPDIR/big.$kind"; do
		"$program" -j 1 "$file" "$file" >expected
		"$program" -j 2 "$file" "$file" | cmp - expected
		"$program" --jobs=4 "$file" "$file" | cmp - expected
		"$program" "$file" "$file" | cmp - expected
	done
}
@test "-j changes nothing in the output" {
	each jobs_alike
}

# Start the program on a feed that stays open, and have it tell how far it is.
signalled() {
	rm -f feed err
	mkfifo feed
	"$program" <feed >out 2>err 3>&- &
	exec 7>feed
	cat "$BATS_FILE_TMPDIR/first.$kind" >&7
	wait_for test -s out
	kill -s USR1 $!
	wait_for test -s err
	exec 7>&-
	wait $!
	one_line err
	assert_regex "$(cat err)" "^$program: .*[0-9]"
	"$program" <"$BATS_FILE_TMPDIR/first.$kind" | cmp - out
}
@test "SIGUSR1 has a program tell how far it is" {
	each signalled
}

progress() {
	"$program" "$input" >expected
	run -0 --separate-stderr "$program" --progress "$input"
	printf '%s\n' "$output" | cmp - expected
}
@test "--progress changes nothing in the output" {
	each progress
}

# ---- malformed records ----

rejected() {
	local bad=$BATS_FILE_TMPDIR/bad.$kind good=$BATS_FILE_TMPDIR/good.$kind
	# shellcheck disable=SC2046
	"$program" $(format) "$good" | sed 's/file=.*/file=/' >expected
	[ -s expected ]
	# shellcheck disable=SC2046
	run -1 --separate-stderr "$program" $(format) --rejects rejects "$bad"
	printf '%s\n' "$output" | sed 's/file=.*/file=/' | cmp - expected
	cmp rejects "$BATS_FILE_TMPDIR/verbatim.$kind"
	assert_equal "${#stderr_lines[@]}" 1
	assert_regex "$stderr" "^$program: $bad:3: "
	# shellcheck disable=SC2046
	run -0 --separate-stderr "$program" $(format) --keep-going "$bad"
	printf '%s\n' "$output" | sed 's/file=.*/file=/' | cmp - expected
	assert_regex "$stderr" "^$program: $bad:3: "
	# shellcheck disable=SC2046
	run -0 --separate-stderr "$program" $(format) --rejects rejects "$good"
	[ ! -s rejects ]
}
@test "a malformed record is told, kept with --rejects, and costs nothing else" {
	each rejected
}

strictly() {
	local bad=$BATS_FILE_TMPDIR/bad.$kind jobs
	# shellcheck disable=SC2046
	"$program" $(format) "$bad" 2>/dev/null >all || true
	for jobs in 1 2; do
		# shellcheck disable=SC2046
		run --separate-stderr "$program" $(format) -j $jobs --strict "$bad"
		[ "$status" -eq 1 ] || [ "$status" -eq 2 ]
		assert_equal "${#stderr_lines[@]}" 1
		assert_regex "$stderr" "^$program: $bad:3: "
		# A beginning of what comes without --strict, and not all of it.
		printf '%s' "$output" >out
		[ "$(wc -c <out)" -lt "$(wc -c <all)" ]
		head -c "$(wc -c <out)" all | cmp - out
	done
}
@test "--strict stops at the first malformed record" {
	each strictly
}

many_told() {
	local i
	rm -f many
	# One that is well-formed first: a first row that is none is another error.
	cat "$BATS_FILE_TMPDIR/good.$kind" >many
	for ((i = 0; i < 25; i++)); do
		cat "$BATS_FILE_TMPDIR/verbatim.$kind" >>many
	done
	# shellcheck disable=SC2046
	run -1 --separate-stderr "$program" $(format) --rejects rejects many
	assert_equal "${#stderr_lines[@]}" 21
	assert_regex "${stderr_lines[20]}" "^$program: .*(25|5) "
	assert_equal "$(wc -l <rejects)" 25
}
@test "twenty malformed records are told, and then a count" {
	each many_told
}

unkept() {
	# shellcheck disable=SC2046
	run -2 --separate-stderr "$program" $(format) --rejects no/such/directory "$BATS_FILE_TMPDIR/bad.$kind"
	assert_regex "$stderr" "$program: no/such/directory: "
	if [ -c /dev/full ]; then
		# shellcheck disable=SC2046
		run -2 --separate-stderr "$program" $(format) --rejects /dev/full "$BATS_FILE_TMPDIR/bad.$kind"
		assert_regex "$stderr" "$program: /dev/full: No space left"
	fi
}
@test "where --rejects cannot be written, the status is 2" {
	each unkept
}

text_for_rows() {
	[ "$kind" = rows ] || return 0
	run -2 --separate-stderr "$program" "$BATS_FILE_TMPDIR/text"
	assert_equal "$output" ""
	assert_equal "$stderr" "$program: $BATS_FILE_TMPDIR/text:1: not a row of nsplit; pipe text through nsplit first"
	run -2 --separate-stderr "$program" < <(echo 'He said hello.')
	assert_equal "$stderr" "$program: standard input:1: not a row of nsplit; pipe text through nsplit first"
}
@test "text in place of rows is status 2, and told what to do" {
	each text_for_rows
}

# One kind of damage a line, put behind the second row of a document.
damaged_rows() {
	local line
	[ "$kind" = rows ] || return 0
	"$program" "$BATS_FILE_TMPDIR/good.rows" >expected
	while IFS= read -r line; do
		# shellcheck disable=SC2059 # the line is a format
		printf "$line\n" >damage
		sed '2r damage' "$BATS_FILE_TMPDIR/good.rows" >damaged
		run -1 --separate-stderr "$program" --rejects rejects damaged
		printf '%s\n' "$output" | cmp - expected || {
			echo "damage: $line"
			return 1
		}
		assert_equal "${#stderr_lines[@]}" 1
		assert_regex "$stderr" "^$program: damaged:3: "
		cmp rejects damage
	done <<-'END'

		x
		x\t0001\t0001\t0000000\t0000001
		x\t0001\t0001\t0000000\t0000001\tbody
		x\t0001\t0001\t0000000\tbody\tA
		\t0001\t0001\t0000000\t0000001\tbody\tA
		x\t0001\t0001\t0000000\t0000001\tpoem\tA
		x\t0001\t0001\t000000x\t0000001\tbody\tA
		x\t0001\t0001\t-000001\t0000001\tbody\tA
		x\t0001\t0001\t0000000\t0000002\tbody\tA
		x\t0001\t0001\t0000001\t0000000\tbody\tA
		x\t0001\t0001\t0000000\t99999999999999999999\tbody\tA
		x\t0001\t0001\t0000000\t0000001\tbody\t\377
		x\t0001\t0001\t0000000\t0000001\tbody\t\000
		x\t0001\t0001\t0000000\t0000002\tbody\tA\r
		"x"\t"0001"\t"0001"\t"0000000"\t"0000001"\t"body"\t"A"
		x 0001 0001 0000000 0000001 body A
	END
}
@test "rows that are none of nsplit's are told, each kind of damage" {
	each damaged_rows
}

edited() {
	[ "$kind" = rows ] || return 0
	# Another word of the same length is another text.
	sed 's/Monday/Sunday/' "$BATS_FILE_TMPDIR/good.rows" >edited
	run -0 --separate-stderr "$program" edited
	[ -n "$output" ]
	assert_equal "$stderr" ""
	# One of another length would move all that follows: the row is told and left out.
	sed '/Nobody asked/s/asked/answered/' "$BATS_FILE_TMPDIR/good.rows" >edited
	grep -v 'Nobody asked' "$BATS_FILE_TMPDIR/good.rows" >without
	"$program" without >expected
	run -1 --separate-stderr "$program" edited
	printf '%s\n' "$output" | cmp - expected
	assert_equal "${#stderr_lines[@]}" 1
	assert_regex "$stderr" "^$program: edited:[0-9]+: "
	# Rows may be taken out, meta rows too.
	grep -v '	meta	' "$BATS_FILE_TMPDIR/good.rows" >edited
	run -0 --separate-stderr "$program" edited
	[ -n "$output" ]
}
@test "rows edited by sed between two programs" {
	each edited
}

widened() {
	[ "$kind" = rows ] || return 0
	"$program" "$input" >expected
	sed 's/$/	further	columns/' "$input" >wide
	run -0 --separate-stderr "$program" wide
	printf '%s\n' "$output" | sed 's/	further	columns$//' | cmp - expected
	assert_equal "$stderr" ""
}
@test "further columns change nothing" {
	each widened
}

# ---- documents ----

ranged() {
	nsplit --documents "$BATS_FILE_TMPDIR/text" >documents
	"$program" -H "$input" >out
	run -0 awk -f "$tests/check-ranges.awk" documents out
	nsplit --documents "$BATS_FILE_TMPDIR/big.text" >documents
	"$program" -H "$BATS_FILE_TMPDIR/big.$kind" >out
	run -0 awk -f "$tests/check-ranges.awk" documents out
}
@test "the words of a row are its range of the document text" {
	each ranged
}

twice() {
	"$program" "$input" >once
	"$program" "$input" "$input" >out
	if [ "$again" = kept ]; then
		cat once once | cmp - out
	else
		cmp once out
	fi
	cat "$input" "$input" | "$program" >out
	if [ "$kind" = rows ] && [ "$again" = kept ]; then
		cat once once | cmp - out
	fi
}
@test "the same story twice in a row stays two" {
	each twice
}

sorted() {
	[ "$kind" = rows ] || return 0
	"$program" "$BATS_FILE_TMPDIR/big.rows" | sort >expected
	sort "$BATS_FILE_TMPDIR/big.rows" >rows
	run -0 --separate-stderr "$program" rows
	assert_equal "$stderr" ""
	printf '%s\n' "$output" | sort | cmp - expected
	# The rows of two documents with one id are interleaved by sort; that is told.
	cat "$BATS_FILE_TMPDIR/first.rows" "$BATS_FILE_TMPDIR/first.rows" | sort >rows
	run --separate-stderr "$program" rows
	assert_regex "$stderr" "^$program: [0-9]+ "
}
@test "sort between two programs changes nothing where ids are unique, else it is told" {
	each sorted
}

# More than 80 MB through 64 MB of address space.
bounded() {
	# shellcheck disable=SC2016
	run -0 --separate-stderr bash -c 'ulimit -v 65536
		for i in {1..80}; do cat "$2"; done | "$1" | cksum' - "$program" "$BATS_FILE_TMPDIR/big.$kind"
	assert_equal "$stderr" ""
}
# bats test_tags=once
@test "memory does not grow with the stream" {
	each bounded
}

# A line of 100 MB: of one letter, of words, of sentences, of bytes that are no text; as a row, one that is too long.
long_line() {
	local -a pieces=('a' 'word ' 'The mayor said "no", and left. ' $'\377')
	local piece
	if [ "$kind" = rows ]; then
		pieces=('a')
	fi
	for piece in "${pieces[@]}"; do
		printf 'pieces: %q\n' "$piece"
		{
			if [ "$kind" = rows ]; then
				cat "$BATS_FILE_TMPDIR/first.rows"
				printf 'x\t0001\t0001\t0000000\t9999999\tbody\t'
			fi
			yes "$piece" | tr -d '\n' | head -c 100000000
			echo
			if [ "$kind" = rows ]; then
				cat "$BATS_FILE_TMPDIR/second.rows"
			fi
		} >long
		if [ "$kind" = rows ]; then
			"$program" "$BATS_FILE_TMPDIR/good.rows" >expected
			run -1 --separate-stderr within 60 "$program" long
			printf '%s\n' "$output" | cmp - expected
			assert_equal "${#stderr_lines[@]}" 1
		else
			within 60 "$program" long >out
			[ "$(wc -c <out)" -gt 100000000 ]
		fi
		rm long
	done
}
# bats test_tags=once
@test "a line of 100 MB takes its time and no more" {
	each long_line
}

# ---- lists, names, meta values, language ----

# Whether the program has the option.
has() {
	"$program" --help | grep -q -- " --$1"
}

with_lists() {
	"$program" "$input" >expected
	mkdir -p none
	"$program" --lists none "$input" | cmp - expected
	mkdir -p unknown broken
	echo word >unknown/no-such-list.txt
	run -2 --separate-stderr "$program" --lists unknown "$input"
	assert_equal "$output" ""
	assert_regex "$stderr" "^$program: .*no-such-list"
	printf 'zork.\tabbr-title\nzork\tno-such-mark\n' >broken/abbreviations.txt
	run -2 --separate-stderr "$program" --lists none --lists broken "$input"
	assert_equal "$output" ""
	assert_regex "$stderr" "^$program: broken/abbreviations.txt:2: "
	run -2 --separate-stderr "$program" --lists missing "$input"
	assert_equal "$output" ""
	assert_regex "$stderr" "^$program: .*missing'?: No such file"
}
@test "--lists adds to the lists there are, and tells what is wrong with it" {
	each with_lists
}

with_names() {
	has names || return 0
	printf 'Jane Quincy Marsh\tJane Marsh\tMarsh\n' >names
	"$program" "$BATS_FILE_TMPDIR/second.$kind" >out
	grep -q '	Jane Marsh	' out
	"$program" --names names "$BATS_FILE_TMPDIR/second.$kind" >out
	grep -q '	Jane Quincy Marsh	' out
	! grep -q '	Jane Marsh	[^	]*	[^	]*	[^	]*$' <(cut -f 6-9 out)
	run -2 --separate-stderr "$program" --names missing "$input"
	assert_equal "$output" ""
	assert_regex "$stderr" "^$program: .*missing'?: No such file"
}
@test "--names fixes names across documents" {
	each with_names
}

with_meta() {
	has meta || return 0
	printf '%s\n' '{"id":"a","title":"T","text":"\"Yes,\" said Jane Marsh.","date":"2026-11-24","x":"1"}' \
		'{"id":"b","text":"\"No,\" said Jane Marsh."}' | nsplit >rows
	"$program" rows >plain
	grep -q '^b' plain
	"$program" -H -m date,title --meta x rows >out
	assert_regex "$(head -n 1 out)" '	date	title	x$'
	sed 1d out | awk -F '\t' '{ OFS = FS; NF -= 3; print }' >without
	cmp plain without
	sed 1d out | grep '^a' | sed 's/.*\(\t[^\t]*\t[^\t]*\t[^\t]*\)$/\1/' | sort -u >out.a
	assert_equal "$(cat out.a)" '	2026-11-24	T	1'
	sed 1d out | grep '^b' | sed 's/.*\(\t[^\t]*\t[^\t]*\t[^\t]*\)$/\1/' | sort -u >out.b
	assert_equal "$(cat out.b)" '			'
	run -2 "$program" -m date,,title rows
}
@test "-m appends meta values" {
	each with_meta
}

with_language() {
	has lang && [ "$program" != nsplit ] || return 0
	printf '{"id":"%s","lang":"%s","text":"\\"Yes,\\" said Jane Marsh."}\n' a en b fr c en-GB d de | nsplit >rows
	run -0 --separate-stderr "$program" -v rows
	assert_equal "$(cut -f 1 <<<"$output" | uniq | tr '\n' ' ')" "a c "
	assert_regex "$stderr" "$program: 2 documents passed by"
	assert_equal "$("$program" --lang any rows | cut -f 1 | uniq | tr '\n' ' ')" "a b c d "
	sed 's/	lang=/	lang-guess=/' rows >guessed
	# The row of another length would be malformed only if it were no meta row.
	assert_equal "$("$program" guessed | cut -f 1 | uniq | tr '\n' ' ')" "a c "
	run -2 "$program" --lang xx rows
}
@test "documents of another language pass by" {
	each with_language
}

# ---- the environment ----

located() {
	"$program" "$input" >expected
	LC_ALL=tr_TR.UTF-8 "$program" "$input" | cmp - expected
	LC_ALL=C.UTF-8 "$program" "$input" | cmp - expected
	LC_ALL='' LANG=de_DE "$program" "$input" | cmp - expected
}
@test "the locale changes nothing" {
	each located
}
