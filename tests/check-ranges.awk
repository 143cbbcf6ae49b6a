# SPDX-License-Identifier: ISC
#
# check-ranges.awk - whether the byte ranges of rows name their words
#
#   awk -f check-ranges.awk DOCUMENTS ROWS
#
# DOCUMENTS is what `nsplit --documents` writes, ROWS what a program writes with -H of the same feed. Checked: the words
# of a row (column `text`, `quote` or `mention`) are document_text[begin:end], LF as a space; `mention` is [mbegin:mend]
# where there are such columns; a meta row has the range of the whole text; between the rows of nsplit stand only spaces
# and LF, and nothing is missing at either end. Tells what is wrong; fails then, and where there were no rows. Needs
# LC_ALL=C.

BEGIN { FS = "\t" }

# The JSON string whose opening mark stands before `rest`, which loses it.
function json_string(    out, byte) {
	out = ""
	while (match(rest, /["\\]/)) {
		out = out substr(rest, 1, RSTART - 1)
		byte = substr(rest, RSTART, 1)
		if (byte == "\"") {
			rest = substr(rest, RSTART + 1)
			return out
		}
		byte = substr(rest, RSTART + 1, 1)
		out = out (byte == "n" ? "\n" : byte)
		rest = substr(rest, RSTART + 2)
	}
	return out
}

function member(name,    at) {
	at = index($0, "\"" name "\":\"")
	if (at == 0)
		return ""
	rest = substr($0, at + length(name) + 4)
	return json_string()
}

function flat(begin, end,    words) {
	words = substr(text[$1], begin + 1, end - begin)
	gsub(/\n/, " ", words)
	return words
}

function wrong(what) {
	print "row " FNR ": " what ": " $0
	failed = 1
}

# The rows of a document have ended.
function end_document() {
	if (document != "" && substr(text[document], last + 1) !~ /^[ \n]*$/) {
		print "row " FNR ": text behind the last row of " document
		failed = 1
	}
	document = ""
}

NR == FNR {
	id = member("id")
	title = member("title")
	body = member("text")
	text[id] = title (title != "" && body != "" ? "\n" : "") body
	next
}

FNR == 1 {
	for (i = 1; i <= NF; i++)
		column[$i] = i
	words = "text" in column ? column["text"] : "quote" in column ? column["quote"] : column["mention"]
	next
}

!($1 in text) { wrong("no such document"); next }

"kind" in column && $column["kind"] == "meta" {
	if ($4 != 0 || $5 != length(text[$1]))
		wrong("not the range of " length(text[$1]) " bytes")
	if (/\tfile=/) {
		end_document()
		document = $1
		last = 0
	}
	rows++
	next
}

{
	rows++
	if (flat($4, $5) != $words)
		wrong("the range has '" flat($4, $5) "'")
	if ("mbegin" in column && $column["mbegin"] != "" && flat($column["mbegin"], $column["mend"]) != $column["mention"])
		wrong("mbegin to mend has '" flat($column["mbegin"], $column["mend"]) "'")
	if ("kind" in column) {
		if ($4 < last || substr(text[$1], last + 1, $4 - last) !~ /^[ \n]*$/)
			wrong("overlap or text before it")
		last = $5 + 0
	}
}

END {
	end_document()
	if (rows == 0)
		print "no rows"
	exit failed || rows == 0
}
