#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
#
# What becomes of compressed input, in all four programs, and of text in other encodings than UTF-8, in nsplit. That it
# does not depend on how the bytes come is tested at every byte by tests/unit/test_decoder.c.

load helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	printf 'A Headline\nThe mayor said "all is well" on Monday.\nNobody asked.\n\n' >first
	printf 'Another Headline\nJane Marsh said the bridge was open.\n"It is," said Marsh.\n\n' >second
	cat first second >text
	"$root/scripts/generate-feed" 1 >big.text
	nsplit <text >rows
	nsplit <big.text >big.rows
	: >empty
	for file in first second text rows big.text big.rows empty; do
		gzip -c $file >$file.gz
		zstd -qc $file >$file.zst
	done
}

# The compressions that the programs under test read.
kinds() {
	echo gz
	if nsplit <"$BATS_FILE_TMPDIR/empty.zst" 2>/dev/null; then
		echo zst
	fi
}

# Run COMMAND for each program and compression: $program, $kind, and $input, a file of it to read, which is compressed in
# $input.$kind; $big and $big.$kind are larger.
each() {
	local -a lines
	local line reads
	mapfile -t lines < <(grep -v '^#' "$tests/programs")
	[ "${#lines[@]}" -gt 0 ]
	for line in "${lines[@]}"; do
		read -r program reads _ <<<"$line"
		input=$BATS_FILE_TMPDIR/$reads
		big=$BATS_FILE_TMPDIR/big.$reads
		for kind in $(kinds); do
			echo "program: $program, compression: $kind"
			"$@"
		done
	done
}

# Without what names the file.
nameless() {
	sed 's/\tfile=.*/\tfile=/'
}

# assert_whole OUT EXPECTED: OUT is the beginning of EXPECTED, and ends where a document does.
assert_whole() {
	local count last next
	count=$(wc -l <"$1")
	head -n "$count" "$2" | cmp - "$1"
	last=$(tail -n 1 "$1" | cut -f 1)
	next=$(sed -n "$((count + 1))p" "$2" | cut -f 1)
	[ "$last" != "$next" ]
}

# ---- compressed ----

transparent() {
	"$program" <"$input" >expected
	[ -s expected ]
	"$program" <"$input.$kind" | cmp - expected
	"$program" "$input.$kind" | nameless | diff - <(nameless <expected)
	"$program" - <"$big" >expected
	"$program" <"$big.$kind" | cmp - expected
	"$program" -j 4 <"$big.$kind" | cmp - expected
	dd bs=1 if="$input.$kind" 2>/dev/null | "$program" | cmp - <("$program" <"$input")
}
@test "gzip and zstd are read by every program" {
	each transparent
}

mixed() {
	"$program" "$input" "$big" "$input" >expected
	"$program" "$input.$kind" "$big" "$input.gz" | nameless | diff - <(nameless <expected)
	"$program" "$input" "$big.gz" - <"$input.$kind" | nameless | diff - <(nameless <expected)
}
@test "compressed and plain operands may be mixed" {
	each mixed
}

concatenated() {
	cat "$input" "$big" | "$program" >expected
	cat "$input.$kind" "$BATS_FILE_TMPDIR/empty.$kind" "$big.$kind" "$BATS_FILE_TMPDIR/empty.$kind" | "$program" | cmp - expected
	cat "$input.$kind" "$big.gz" | "$program" | cmp - expected
}
@test "members and frames one after another are one file" {
	each concatenated
}

empty() {
	run -0 --separate-stderr "$program" "$BATS_FILE_TMPDIR/empty.$kind" "$BATS_FILE_TMPDIR/empty"
	assert_equal "$output$stderr" ""
}
@test "empty files, and compressed ones of nothing, hold nothing" {
	each empty
}

@test "lines of any kind are decompressed too" {
	local kind
	cat "$BATS_FILE_TMPDIR/text" "$BATS_FILE_TMPDIR/first" >lines
	ndedupe -u line lines >expected
	for kind in $(kinds); do
		if [ "$kind" = gz ]; then gzip -k lines; else zstd -q lines; fi
		ndedupe -u line "lines.$kind" | cmp - expected
	done
}

@test "what a file is called does not matter" {
	cp "$BATS_FILE_TMPDIR/text.gz" text
	cp "$BATS_FILE_TMPDIR/text" text.gz
	nsplit text | nameless | diff - <(nsplit text.gz | nameless)
}

# ---- broken ----

truncated() {
	local size bytes name=gzip
	if [ "$kind" = zst ]; then
		name=zstd
	fi
	"$program" "$big" | nameless >expected
	size=$(wc -c <"$big.$kind")
	for bytes in 5 12 $((size / 3)) $((size / 2)) $((size - 1)); do
		head -c "$bytes" "$big.$kind" >part
		run -2 --separate-stderr "$program" part
		assert_equal "$stderr" "$program: part: $name data ends too early"
		"$program" part 2>/dev/null | nameless >out
		assert_whole out expected
	done
	# The next file is read.
	run -2 "$program" part "$input"
	"$program" part "$input" 2>/dev/null | nameless >both
	cat out <("$program" "$input" | nameless) | diff - both
}
@test "compressed data that ends too early is told, and no part of a document passed off as one" {
	each truncated
}

corrupt() {
	local size at
	"$program" "$big" | nameless >expected
	size=$(wc -c <"$big.$kind")
	for at in 6 $((size / 3)) $((size / 2)) $((size - 20)); do
		cp "$big.$kind" spoilt
		printf '\377\000\377\000\377\000\377\000' | dd of=spoilt bs=1 seek="$at" conv=notrunc 2>/dev/null
		run -2 --separate-stderr "$program" spoilt
		assert_regex "$stderr" "(^|"$'\n'")$program: spoilt: (gzip|zstd) data "
		run -2 "$program" -j 3 spoilt "$input"
	done
}
@test "corrupt compressed data is told, and the other files still read" {
	each corrupt
}

documents_before() {
	local size
	"$program" "$big" | nameless >expected
	cat "$big.$kind" >spoilt
	size=$(wc -c <spoilt)
	# the check sum, or a block near the end
	printf '\125\252' | dd of=spoilt bs=1 seek=$((size - 8)) conv=notrunc 2>/dev/null
	"$program" spoilt 2>messages | nameless >out
	grep -qx "$program: spoilt: \(gzip\|zstd\) data is corrupt" messages
	[ "$(wc -l <out)" -gt $(($(wc -l <expected) / 2)) ]
	dd if=spoilt bs=1000 2>/dev/null | "$program" 2>/dev/null | nameless | cmp - out
}
@test "documents before the corrupt data are written, however it comes" {
	each documents_before
}

garbage() {
	"$program" <"$input" >expected
	{
		cat "$input.$kind"
		head -c 5000 /dev/zero
	} >padded
	run -0 --separate-stderr "$program" padded
	assert_equal "$stderr" ""
	"$program" <padded | cmp - expected
	cat padded "$input.$kind" | "$program" | cmp - <(cat "$input" "$input" | "$program")
	{
		cat padded
		echo 'no compressed data'
	} >garbage
	run -2 --separate-stderr "$program" garbage
	assert_equal "$stderr" "$program: garbage: garbage behind the compressed data was left out"
	"$program" <garbage 2>/dev/null | cmp - expected
}
@test "zeros behind compressed data are padding, anything else is told and left out" {
	each garbage
}

@test "what is compressed otherwise is told" {
	printf '\375\067zXZ\000\000\004' >xz
	run -2 --separate-stderr nsplit xz
	assert_equal "$output" ""
	assert_equal "$stderr" "nsplit: xz: xz data is not read here; pipe it through xz -dc"
	printf 'BZh91AY&SY' >bzip2
	run -2 --separate-stderr nquote bzip2
	assert_equal "$stderr" "nquote: bzip2: bzip2 data is not read here; pipe it through bzip2 -dc"
}

# ---- memory, waiting ----

# 180 MB out of some kilobytes, through 64 MB of address space.
# bats test_tags=once
@test "what small files swell to is never held as a whole" {
	local kind
	for kind in $(kinds); do
		yes $'A Headline\nThe mayor said "no" on Monday.\nNobody asked.\n' | head -n 12000000 >bomb
		if [ "$kind" = gz ]; then gzip -1 -f bomb; else zstd -q --rm bomb; fi
		# shellcheck disable=SC2016
		run -0 --separate-stderr bash -c 'ulimit -v 65536; nsplit -f text "$1" | tail -n 1' - "bomb.$kind"
		assert_equal "$stderr" ""
		assert_regex "$output" '	title	A Headline$|	body	'
		# shellcheck disable=SC2016
		run -0 --separate-stderr bash -c 'ulimit -v 65536; ndedupe -u line "$1"' - "bomb.$kind"
		assert_equal "${#lines[@]}" 3
	done
}

@test "zstd data that needs a large window is told with what reads it" {
	kinds | grep -q zst || skip "built without zstd"
	printf '\050\265\057\375\000\220\001\000\000' >wide
	run -2 --separate-stderr nsplit wide
	assert_equal "$stderr" "nsplit: wide: zstd data needs a window over 128 MiB; pipe it through zstd -dc --long=31"
}

# The feed stays open until the output is there.
slow() {
	local first=$BATS_FILE_TMPDIR/first second=$BATS_FILE_TMPDIR/second
	if [ "$program" != nsplit ]; then
		nsplit <"$BATS_FILE_TMPDIR/first" >first.rows
		nsplit <"$BATS_FILE_TMPDIR/second" >second.rows
		first=first.rows second=second.rows
	fi
	cat "$first" "$second" | "$program" >expected
	if [ "$kind" = gz ]; then gzip -c "$first" >one; else zstd -qc "$first" >one; fi
	rm -f feed out
	mkfifo feed
	"$program" <feed >out 3>&- &
	exec 7>feed
	cat one >&7
	within 60 bash -c 'until [ -s out ]; do sleep 0.05; done'
	gzip -c "$second" >&7
	within 60 bash -c 'until cmp -s out expected; do sleep 0.05; done'
	exec 7>&-
	wait $!
}
@test "a document is not held back while more compressed input is awaited" {
	each slow
}

@test "one byte of a magic number is waited for no longer than the next" {
	mkfifo feed
	ndedupe -u line <feed >out 3>&- &
	exec 7>feed
	printf '\037' >&7
	printf '\n' >&7
	within 60 bash -c 'until [ -s out ]; do sleep 0.05; done'
	exec 7>&-
	wait $!
	assert_equal "$(od -An -tx1 out | tr -d ' ')" 1f0a
}

@test "bytes read are those of the file" {
	run -0 --separate-stderr nsplit -v "$BATS_FILE_TMPDIR/big.text.gz"
	assert_regex "$stderr" "nsplit: $(wc -c <"$BATS_FILE_TMPDIR/big.text.gz") bytes read"
}

# ---- encodings ----

# The texts of the body of a document whose bytes are those that printf makes of its arguments.
body() {
	local format=$1
	shift
	# shellcheck disable=SC2059
	printf "$format" | nsplit -f text "$@" | grep -v '	meta	' | cut -f 7
}

@test "a byte order mark tells UTF-16 and UTF-32, in both orders" {
	local encoding
	for encoding in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
		printf '\357\273\277Caf\303\251 owners meet.\n\nZweite\n' | iconv -f UTF-8 -t $encoding >feed
		nsplit feed >out
		printf 'Caf\303\251 owners meet.\n\nZweite\n' >plain
		diff <(nsplit plain | nameless) <(nameless <out)
		gzip -c feed | nsplit | nameless | diff - <(nameless <out)
		dd bs=1 if=feed 2>/dev/null | nsplit | nameless | diff - <(nameless <out)
		# without one, who knows may say so
		tail -c +3 feed >bare
		case $encoding in UTF-32*) tail -c +5 feed >bare ;; esac
		nsplit --from $encoding bare | nameless | diff - <(nameless <out)
	done
}

@test "--from utf-16 obeys the mark, and is little-endian without one" {
	assert_equal "$(body '\377\376H\000i\000' --from utf-16)" "Hi"
	assert_equal "$(body '\376\377\000H\000i' --from utf-16)" "Hi"
	assert_equal "$(body 'H\000i\000' --from UTF-16)" "Hi"
}

@test "--from converts what the file leaves unsaid" {
	assert_equal "$(body 'Caf\351.' --from latin1)" "Café."
	assert_equal "$(body '\360\322\311\327\305\324.' --from koi8-r)" "Привет."
	assert_equal "$(body '\203\134\203\152\201\133' --from shift_jis)" "ソニー"
	assert_equal "$(body '\326\320\316\304' --from gb18030)" "中文"
	# shellcheck disable=SC2016 # escapes of the encoding
	assert_equal "$(body 'A \033$B$"\033(B.' --from iso-2022-jp)" "A あ."
	assert_equal "$(body '\223Yes\224 \226 he' --from windows-1252)" '“Yes” – he'
}

@test "--from overrides what the file says" {
	assert_equal "$(body '<?xml version="1.0" encoding="koi8-r"?>\nCaf\351.' --from latin1 | tail -n 1)" "Café."
	assert_equal "$(body '<?xml version="1.0" encoding="koi8-r"?>\nCaf\303\251.' --from utf-8 | tail -n 1)" "Café."
}

@test "an XML declaration is honoured, as browsers understand its label" {
	assert_equal "$(body '<?xml version="1.0" encoding="ISO-8859-1"?>\nCaf\351 \223x\224.' | tail -n 1)" 'Café “x”.'
	assert_equal "$(body "<?xml version='1.0' encoding='windows-1251'?>\\n\\314\\350\\360." | tail -n 1)" "Мир."
	assert_equal "$(body '<?xml version="1.0" encoding="utf-8"?>\nCaf\303\251.' | tail -n 1)" "Café."
	# the byte order mark wins
	assert_equal "$(body '\357\273\277<?xml version="1.0" encoding="latin1"?>\nCaf\303\251.' | tail -n 1)" "Café."
}

@test "an encoding that nobody knows is told, and the other files still read" {
	printf '<?xml version="1.0" encoding="klingon"?>\nA text.\n' >strange
	printf 'A text.\n' >plain
	run -2 --separate-stderr nsplit -f text strange plain
	assert_equal "$stderr" "nsplit: strange: encoding 'klingon' is not known here; say with --from which one it is"
	assert_equal "$(grep -c meta <<<"$output")" 1
	run -2 --separate-stderr nsplit --from klingon plain
	assert_equal "$output" ""
	assert_equal "$stderr" "nsplit: option '--from': 'klingon' is no encoding that iconv(3) knows here; try 'nsplit --help'"
	run -2 nsplit --from '' plain
	run -2 nsplit --from latin1//IGNORE plain
}

@test "nothing is converted that need not be" {
	assert_equal "$(body 'Caf\351 \303\251.')" "Caf� é."
	assert_equal "$(body 'Caf\351 \303\251.' --from utf-8)" "Caf� é."
}

@test "ill-formed sequences become one U+FFFD each, and conversion goes on" {
	assert_equal "$(body 'a\203 b' --from shift_jis)" "a� b"
	assert_equal "$(body 'a\203' --from shift_jis)" "a�"
	assert_equal "$(body 'a\000\000\334b\000\075\330' --from utf-16le)" "a�b�"
	run -0 --separate-stderr bash -c "printf 'a\\203 b\\203' | nsplit -v --from shift_jis"
	assert_regex "$stderr" 'converted from shift_jis, ill-formed sequences replaced: 2'
}

@test "each file begins in the first state of its encoding" {
	# shellcheck disable=SC2016 # escapes of the encoding
	printf 'A \033$B$"' >one
	printf '$"$"\n' >two
	nsplit -f text --from iso-2022-jp one two | grep -v meta | cut -f 7 >out
	assert_equal "$(cat out)" $'A あ\n$"$"'
}

@test "line numbers and rejected records are those of the converted text" {
	printf '{"text":"Eins."}\n{"text":\n{"text":"Caf\303\251."}\n' | iconv -f UTF-8 -t UTF-16LE >feed
	run -1 --separate-stderr nsplit -f jsonl --from utf-16le --rejects rejects feed
	assert_regex "$stderr" '^nsplit: feed:2: '
	assert_equal "$(cat rejects)" '{"text":'
	assert_regex "$output" 'Café\.$'
}

@test "rows are not converted" {
	printf '<?xml version="1.0" encoding="latin1"?>\351\n' >lines
	ndedupe -u line lines | cmp - lines
}

@test "-j changes nothing in converted text" {
	iconv -f UTF-8 -t UTF-16 "$BATS_FILE_TMPDIR/big.text" >feed
	nsplit feed >expected
	nsplit "$BATS_FILE_TMPDIR/big.text" | nameless | diff - <(nameless <expected)
	nsplit -j 4 feed | cmp - expected
}

@test "--from guess: what is not UTF-8 is windows-1252, each document for itself" {
	printf 'Caf\351 opens.\n\nCaf\303\251 opens.\n' >feed
	assert_equal "$(nsplit -f text --from guess feed | grep '	body	\|	title	' | cut -f 7 | tr '\n' ,)" \
		'Café opens.,Café opens.,'
}
