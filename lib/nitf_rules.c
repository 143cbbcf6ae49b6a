/* SPDX-License-Identifier: ISC */
#include "nitf_rules.h"

#include <stddef.h>
#include <string.h>

static const struct nitf_rule rules[] = {
    /* blocks and what is inside them, the commonest first */
    {.name = "p", .role = NITF_BLOCK},
    {.name = "br", .role = NITF_GAP},
    {.name = "li", .role = NITF_BLOCK},
    {.name = "tr", .role = NITF_BLOCK},
    {.name = "td", .role = NITF_GAP},
    {.name = "th", .role = NITF_GAP},
    {.name = "div", .role = NITF_BLOCK},
    {.name = "block", .role = NITF_BLOCK},
    {.name = "h1", .role = NITF_HEADING},
    {.name = "h2", .role = NITF_BLOCK},
    {.name = "h3", .role = NITF_BLOCK},
    {.name = "h4", .role = NITF_BLOCK},
    {.name = "h5", .role = NITF_BLOCK},
    {.name = "h6", .role = NITF_BLOCK},
    {.name = "bq", .role = NITF_BLOCK},
    {.name = "blockquote", .role = NITF_BLOCK},
    {.name = "caption", .role = NITF_BLOCK},
    {.name = "credit", .role = NITF_BLOCK},
    {.name = "dd", .role = NITF_BLOCK},
    {.name = "dt", .role = NITF_BLOCK},
    {.name = "fn", .role = NITF_BLOCK},
    {.name = "hedline", .role = NITF_BLOCK},
    {.name = "media-caption", .role = NITF_BLOCK},
    {.name = "media-producer", .role = NITF_BLOCK},
    {.name = "note", .role = NITF_BLOCK},
    {.name = "nitf-table", .role = NITF_BLOCK},
    {.name = "ol", .role = NITF_BLOCK},
    {.name = "table", .role = NITF_BLOCK},
    {.name = "tagline", .role = NITF_BLOCK},
    {.name = "ul", .role = NITF_BLOCK},
    {.name = "article", .role = NITF_BLOCK},
    {.name = "aside", .role = NITF_BLOCK},
    {.name = "figcaption", .role = NITF_BLOCK},
    {.name = "figure", .role = NITF_BLOCK},
    {.name = "footer", .role = NITF_BLOCK},
    {.name = "header", .role = NITF_BLOCK},
    {.name = "section", .role = NITF_BLOCK},
    {.name = "pre", .role = NITF_LINES},
    {.name = "nitf-table-metadata", .role = NITF_HIDDEN},
    {.name = "media-metadata", .role = NITF_HIDDEN},
    {.name = "media-object", .role = NITF_HIDDEN},
    {.name = "script", .role = NITF_HIDDEN},
    {.name = "style", .role = NITF_HIDDEN},

    /* where text stands */
    {.name = "body", .role = NITF_TEXT},
    {.name = "body.head", .role = NITF_TEXT},
    {.name = "body.content", .role = NITF_TEXT},
    {.name = "body.end", .role = NITF_TEXT},
    {.name = "inlineXML", .role = NITF_TEXT},
    {.name = "inlineData", .role = NITF_TEXT},
    {.name = "DataContent", .role = NITF_TEXT},
    {.name = "text", .parent = "newsitem", .role = NITF_TEXT},
    {.name = "head", .role = NITF_NO_TEXT},

    /* titles, bylines, datelines */
    {.name = "hl1", .role = NITF_TITLE},
    {.name = "hl2", .role = NITF_HEADING},
    {.name = "headline", .role = NITF_TITLE},
    {.name = "HeadLine", .role = NITF_TITLE},
    {.name = "SubHeadLine", .role = NITF_HEADING},
    {.name = "title", .parent = "head", .role = NITF_PAGE_TITLE},
    {.name = "title", .parent = "newsitem", .role = NITF_PAGE_TITLE},
    {.name = "byline", .role = NITF_BYLINE},
    {.name = "by", .role = NITF_BYLINE},
    {.name = "ByLine", .role = NITF_BYLINE},
    {.name = "person", .parent = "identified-content", .role = NITF_VALUE, .value = NITF_FIELD, .field = "person"},
    {.name = "person", .role = NITF_NAMES},
    {.name = "byttl", .role = NITF_GAP},
    {.name = "dateline", .role = NITF_DATELINE},
    {.name = "DateLine", .role = NITF_DATELINE},

    /* NITF */
    {.name = "abstract", .role = NITF_VALUE, .value = NITF_FIELD, .field = "abstract"},
    {.name = "distributor", .role = NITF_VALUE, .value = NITF_SOURCE, .rank = 2},
    {.name = "rights", .role = NITF_VALUE, .value = NITF_FIELD, .field = "copyright"},
    {.name = "classifier", .parent = "identified-content", .role = NITF_VALUE, .value = NITF_FIELD, .field = "subject"},
    {.name = "location", .parent = "identified-content", .role = NITF_VALUE, .value = NITF_FIELD, .field = "place"},
    {.name = "org", .parent = "identified-content", .role = NITF_VALUE, .value = NITF_FIELD, .field = "organisation"},
    {.name = "identified-content", .role = NITF_NO_TEXT},

    /* NewsML-G2 */
    {.name = "versionCreated", .role = NITF_VALUE, .value = NITF_DATE, .rank = 0},
    {.name = "firstCreated", .role = NITF_VALUE, .value = NITF_DATE, .rank = 3},
    {.name = "creator", .role = NITF_NAMED, .value = NITF_AUTHOR, .rank = 2},
    {.name = "provider", .role = NITF_NAMED, .value = NITF_SOURCE, .rank = 0},
    {.name = "located", .role = NITF_NAMED, .value = NITF_FIELD, .field = "place"},
    {.name = "subject", .role = NITF_NAMED, .value = NITF_FIELD, .field = "subject"},
    {.name = "genre", .role = NITF_NAMED, .value = NITF_FIELD, .field = "genre"},
    {.name = "name", .parent = "creator", .role = NITF_NAME},
    {.name = "name", .parent = "provider", .role = NITF_NAME},
    {.name = "name", .parent = "located", .role = NITF_NAME},
    {.name = "name", .parent = "subject", .role = NITF_NAME},
    {.name = "name", .parent = "genre", .role = NITF_NAME},
    {.name = "slugline", .role = NITF_VALUE, .value = NITF_FIELD, .field = "slug"},
    {.name = "keyword", .role = NITF_VALUE, .value = NITF_FIELD, .field = "keyword"},
    {.name = "urgency", .role = NITF_VALUE, .value = NITF_FIELD, .field = "urgency"},
    {.name = "creditline", .role = NITF_VALUE, .value = NITF_FIELD, .field = "credit"},
    {.name = "description", .role = NITF_VALUE, .value = NITF_FIELD, .field = "description"},
    {.name = "copyrightNotice", .role = NITF_VALUE, .value = NITF_FIELD, .field = "copyright"},
    {.name = "remoteContent", .role = NITF_HIDDEN},

    /* NewsML 1.2 */
    {.name = "PublicIdentifier", .role = NITF_VALUE, .value = NITF_ID, .rank = 0},
    {.name = "NewsItemId", .role = NITF_VALUE, .value = NITF_ID, .rank = 2},
    {.name = "ThisRevisionCreated", .role = NITF_VALUE, .value = NITF_DATE, .rank = 0},
    {.name = "FirstCreated", .role = NITF_VALUE, .value = NITF_DATE, .rank = 3},
    {.name = "SlugLine", .role = NITF_VALUE, .value = NITF_FIELD, .field = "slug"},
    {.name = "KeywordLine", .role = NITF_VALUE, .value = NITF_FIELD, .field = "keyword"},
    {.name = "CreditLine", .role = NITF_VALUE, .value = NITF_FIELD, .field = "credit"},
    {.name = "CopyrightLine", .role = NITF_VALUE, .value = NITF_FIELD, .field = "copyright"},

    /* RCV1 */
    {.name = "copyright", .role = NITF_VALUE, .value = NITF_FIELD, .field = "copyright"},
    {.name = "codes", .role = NITF_CODES},
};

const struct nitf_attribute nitf_attributes[] = {
    {"newsItem", NULL, "guid", NITF_ID, 0, NULL},
    {"newsitem", NULL, "itemid", NITF_ID, 0, NULL},
    {"doc-id", NULL, "id-string", NITF_ID, 1, NULL},
    {"nitf", NULL, "uno", NITF_ID, 2, NULL},

    {"newsitem", NULL, "date", NITF_DATE, 0, NULL},
    {"date.issue", NULL, "norm", NITF_DATE, 1, NULL},
    {"date.release", NULL, "norm", NITF_DATE, 3, NULL},
    {"pubdata", NULL, "date.publication", NITF_DATE, 2, NULL},
    {"story.date", NULL, "norm", NITF_DATE, 4, NULL},

    {"language", NULL, "tag", NITF_LANG, 0, NULL},
    {"Language", NULL, "FormalName", NITF_LANG, 0, NULL},
    {"nitf", NULL, "lang", NITF_LANG, 1, NULL},
    {"body", NULL, "lang", NITF_LANG, 1, NULL},
    {"html", NULL, "lang", NITF_LANG, 1, NULL},
    {"newsItem", NULL, "lang", NITF_LANG, 2, NULL},
    {"newsitem", NULL, "lang", NITF_LANG, 2, NULL},

    {"pubdata", NULL, "name", NITF_SOURCE, 1, NULL},
    {"Party", "Provider", "FormalName", NITF_SOURCE, 0, NULL},
    {"Party", "Creator", "FormalName", NITF_AUTHOR, 2, NULL},
    {"pubdata", NULL, "ex-ref", NITF_FIELD, 0, "url"},

    {"doc.copyright", NULL, "holder", NITF_FIELD, 0, "copyright"},
    {"urgency", NULL, "ed-urg", NITF_FIELD, 0, "urgency"},
    {"keyword", NULL, "key", NITF_FIELD, 0, "keyword"},
    {"tobject", NULL, "tobject.type", NITF_FIELD, 0, "type"},
    {"tobject.subject", NULL, "tobject.subject.type", NITF_FIELD, 0, "subject"},
    {"itemClass", NULL, "qcode", NITF_FIELD, 0, "type"},
    {"NewsItemType", NULL, "FormalName", NITF_FIELD, 0, "type"},
    {NULL, NULL, NULL, NITF_FIELD, 0, NULL},
};

const struct nitf_rule *
nitf_rule_find(const char *name, const char *parent)
{
	size_t i;

	for (i = 0; i < sizeof rules / sizeof *rules; i++)
		if (*rules[i].name == *name && strcmp(rules[i].name, name) == 0 &&
		    (rules[i].parent == NULL || strcmp(rules[i].parent, parent) == 0))
			return &rules[i];
	return NULL;
}
