/* SPDX-License-Identifier: ISC
 *
 * nitf_rules.h - what the elements of NITF, NewsML-G2, NewsML 1.2, the XHTML inside them, and the Reuters corpus RCV1
 * are for
 *
 * Sources: NITF 3.6 (IPTC, nitf-3-6.dtd), NewsML-G2 2.x and NewsML 1.2 (IPTC), XHTML 1.0, and the description of RCV1
 * (Lewis et al., "RCV1: A New Benchmark Collection", JMLR 5, 2004, appendix 3).
 */
#ifndef NITF_RULES_H
#define NITF_RULES_H

#include <stdbool.h>

enum nitf_role {
	NITF_NONE,    /* its tags are dropped */
	NITF_TEXT,    /* text stands in it, in blocks or as lines */
	NITF_NO_TEXT, /* none does, even inside of one of those */
	NITF_HIDDEN,  /* nothing in it counts */
	NITF_BLOCK,   /* a paragraph */
	NITF_LINES,   /* lines of plain text */
	NITF_GAP,     /* parts words: a break, a cell of a table */
	NITF_TITLE,
	NITF_PAGE_TITLE, /* the title where there is no other */
	NITF_HEADING,    /* the title where nothing stands in front of it, else a paragraph */
	NITF_BYLINE,
	NITF_NAMES, /* an author where it stands in a byline */
	NITF_DATELINE,
	NITF_VALUE, /* its words are a value */
	NITF_NAMED, /* the words of `name` in it are a value, else its attribute `literal` */
	NITF_NAME,
	NITF_CODES /* the attribute `class` of it says what the `code` elements in it are */
};

/* What a value is of. Of an id and its like the best one counts: that of the lowest rank. */
enum nitf_value { NITF_ID, NITF_DATE, NITF_AUTHOR, NITF_SOURCE, NITF_LANG, NITF_FIELD };
#define NITF_BEST NITF_FIELD

struct nitf_rule {
	const char *name, *parent; /* parent NULL: any */
	enum nitf_role role;
	enum nitf_value value;
	int rank;
	const char *field;
};

/* The value is that of an attribute. */
struct nitf_attribute {
	const char *name, *parent, *attribute; /* parent NULL: any */
	enum nitf_value value;
	int rank;
	const char *field;
};

/* The rule for the element NAME inside of PARENT (or ""); NULL: none. */
const struct nitf_rule *nitf_rule_find(const char *name, const char *parent);

/* Ended by a NULL name. */
extern const struct nitf_attribute nitf_attributes[];

#endif
