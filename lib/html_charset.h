/* SPDX-License-Identifier: ISC
 *
 * html_charset.h - which charset a page is in, and its bytes as UTF-8
 *
 * A page's charset is, in this order: what the caller tells; a byte order mark; what the transport declares (the HTTP
 * header); what the page declares in its first 1024 bytes (HTML Living Standard, section 13.2.3.2); else UTF-8. A page
 * that declares the wrong one is read as it declares.
 */
#ifndef HTML_CHARSET_H
#define HTML_CHARSET_H

#include "buffer.h"
#include "transcode.h"

struct html_charset {
	struct transcode *transcode; /* made when it is first needed */
	struct buffer text;
};

/* All zero is a fresh one. */
void html_charset_release(struct html_charset *charset);

/* The label that the page declares in a meta element or an XML declaration at its top; empty: none. */
struct news_text html_charset_declared(struct news_text page);

/* PAGE as well-formed UTF-8 without NUL and byte order mark: `*text`, which lives until the next call, or is PAGE
 * itself. ENCODING: the name for iconv(3) of its charset whatever it says itself, or NULL. TRANSPORT: the label that
 * the transport declared, or empty; one that is not known counts for nothing. Ill-formed sequences become U+FFFD and
 * are counted in `*repairs`. NEWS_REJECTED: this system's iconv does not know the charset. */
enum news_status html_charset_decode(struct html_charset *charset, struct news_text page, const char *encoding,
    struct news_text transport, struct news_text *text, size_t *repairs, struct news_error *error);

/* The same of plain text, which declares nothing itself. */
enum news_status html_charset_decode_text(struct html_charset *charset, struct news_text plain, const char *encoding,
    struct news_text transport, struct news_text *text, size_t *repairs, struct news_error *error);

#endif
