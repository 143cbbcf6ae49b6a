/* SPDX-License-Identifier: ISC
 *
 * libxml2's push parser with SAX2 events. In its recovering mode it passes over what it does not understand, text
 * among it, and behind the first error even good references; so what feeds are known to get wrong is mended before it
 * sees it (xml_mend.h). Of the elements a stack of our own is kept, since the parser closes one element for each end
 * tag, whatever its name. Its check of what entities grow to lets 10 KB become 1 GB, so the bytes of events are
 * counted, too.
 */
#include "xml.h"

#include "buffer.h"
#include "text.h"
#include "xml_mend.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The parser refuses to look further ahead than 10 MB, so it gets less at a time. Bytes. */
#define PIECE_BYTES 32768

/* What entities may make of a document: so many times its bytes, and so many bytes more. */
#define GROWTH_FACTOR 4
#define GROWTH_BYTES 65536

enum outcome { OUTCOME_FINE, OUTCOME_REJECTED, OUTCOME_NO_MEMORY };

struct xml {
	xmlParserCtxtPtr parser;
	const struct xml_handler *handler;
	void *user;
	struct buffer clean;  /* what was pushed, where it needed text_repair */
	struct buffer mended; /* a piece of it, as the parser gets it */
	size_t pushed, given; /* bytes that came in, bytes of events */
	size_t repairs;
	bool begun;  /* a byte that is not blank has come */
	bool ending; /* all have */

	const xmlChar *open[XML_DEPTH_MAX]; /* names of the elements that are open; the parser's dictionary has them */
	size_t depth;
	bool mismatch; /* the end tag at hand is that of `mismatched`, not of the element opened last */
	xmlChar mismatched[64];

	enum outcome outcome;
	struct news_error error;
	char fault[200];
};

/* ---- events ---- */

static void
stop(struct xml *xml, enum outcome outcome, const char *why)
{
	if (xml->outcome != OUTCOME_FINE)
		return;
	xml->outcome = outcome;
	snprintf(xml->error.text, sizeof xml->error.text, "%s", why);
	xmlStopParser(xml->parser);
}

static struct xml *
from_parser(void *user)
{
	xmlParserCtxtPtr parser = user;

	/* else it would drop every reference behind an error */
	parser->wellFormed = 1;
	return parser->_private;
}

struct news_text
xml_attribute(const struct xml_element *element, const char *name)
{
	/* five pointers each: local name, prefix, URI, begin and end of the value */
	const xmlChar *const *attributes = element->attributes;
	size_t i;

	for (i = 0; i < element->attribute_count; i++, attributes += 5)
		if (strcmp((const char *)attributes[0], name) == 0)
			return (struct news_text){(const char *)attributes[3], (size_t)(attributes[4] - attributes[3])};
	return (struct news_text){NULL, 0};
}

/* BYTES more bytes are given away. false: entities have made too much of the document. */
static bool
give(struct xml *xml, size_t bytes)
{
	xml->given += bytes;
	if (xml->given <= GROWTH_FACTOR * xml->pushed + GROWTH_BYTES)
		return true;
	stop(xml, OUTCOME_REJECTED, "entities expand without end");
	return false;
}

static const char *
or_empty(const xmlChar *string)
{
	return string != NULL ? (const char *)string : "";
}

static void
on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	struct xml *xml = from_parser(user);
	struct xml_element element = {(const char *)name, or_empty(prefix), or_empty(space), attributes,
	    (size_t)attribute_count};
	size_t bytes = strlen((const char *)name) + 2, i;

	(void)namespace_count;
	(void)namespaces;
	(void)defaulted_count;
	for (i = 0; i < element.attribute_count; i++)
		bytes += (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]);
	if (xml->outcome != OUTCOME_FINE || !give(xml, bytes))
		return;
	if (xml->depth == XML_DEPTH_MAX) {
		stop(xml, OUTCOME_REJECTED, "elements are nested too deep");
		return;
	}
	xml->open[xml->depth++] = name;
	if (!xml->handler->start(xml->user, &element))
		stop(xml, OUTCOME_NO_MEMORY, "out of memory");
}

static void
on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	struct xml *xml = from_parser(user);
	size_t depth = xml->depth;

	(void)prefix;
	(void)space;
	if (xml->outcome != OUTCOME_FINE)
		return;
	if (xml->mismatch)
		name = xml->mismatched;
	xml->mismatch = false;
	while (depth > 0 && xmlStrcmp(xml->open[depth - 1], name) != 0)
		depth--;
	if (depth == 0) {
		char why[100];
		snprintf(why, sizeof why, "the element '%.40s' ends and was not begun", (const char *)name);
		stop(xml, OUTCOME_REJECTED, why);
		return;
	}
	while (xml->depth >= depth) {
		const xmlChar *ended = xml->open[--xml->depth];
		if (!xml->handler->end(xml->user, (const char *)ended)) {
			stop(xml, OUTCOME_NO_MEMORY, "out of memory");
			return;
		}
	}
}

static void
on_text(void *user, const xmlChar *at, int bytes)
{
	struct xml *xml = from_parser(user);

	if (xml->outcome == OUTCOME_FINE && bytes > 0 && give(xml, (size_t)bytes) &&
	    !xml->handler->text(xml->user, (struct news_text){(const char *)at, (size_t)bytes}))
		stop(xml, OUTCOME_NO_MEMORY, "out of memory");
}

/* Only entities whose text the document has itself. */
static void
on_entity(void *user, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
    xmlChar *content)
{
	if (type == XML_INTERNAL_GENERAL_ENTITY)
		xmlSAX2EntityDecl(user, name, type, public_id, system_id, content);
}

/* MESSAGE in one line of plain ASCII, without a stop. */
static void
copy_message(char *out, size_t room, const char *message)
{
	size_t bytes = 0;

	for (; *message != '\0' && bytes + 1 < room; message++)
		out[bytes++] = (char)(*message >= ' ' && *message < 0x7F ? *message : *message == '\n' ? ' ' : '?');
	while (bytes > 0 && (out[bytes - 1] == ' ' || out[bytes - 1] == '.'))
		bytes--;
	out[bytes] = '\0';
}

static void
on_error(void *user, xmlErrorPtr error)
{
	xmlParserCtxtPtr parser = user;
	struct xml *xml = parser->_private;

	if (error->domain == XML_FROM_PARSER && error->code == XML_ERR_TAG_NAME_MISMATCH && error->str2 != NULL) {
		const char *colon = strchr(error->str2, ':'), *name = colon != NULL ? colon + 1 : error->str2;
		size_t bytes = strlen(name);
		/* one too long to compare is one that was not begun */
		if (bytes >= sizeof xml->mismatched)
			bytes = sizeof xml->mismatched - 1;
		memcpy(xml->mismatched, name, bytes);
		xml->mismatched[bytes] = '\0';
		xml->mismatch = true;
	}
	if (error->level == XML_ERR_FATAL && !xml->ending && xml->fault[0] == '\0' && error->message != NULL)
		copy_message(xml->fault, sizeof xml->fault, error->message);
	if (error->code == XML_ERR_NO_MEMORY)
		stop(xml, OUTCOME_NO_MEMORY, "out of memory");
	else if (error->code == XML_ERR_ENTITY_LOOP)
		stop(xml, OUTCOME_REJECTED, "entities expand without end");
	else if (error->code == XML_ERR_GT_REQUIRED && !xml->ending) /* the rest of the tag would become text */
		stop(xml, OUTCOME_REJECTED, xml->fault);
}

const char *
xml_fault(const struct xml *xml)
{
	return xml->fault[0] != '\0' ? xml->fault : NULL;
}

/* ---- one document ---- */

void
xml_start(void)
{
	xmlInitParser();
}

struct xml *
xml_new(void)
{
	return calloc(1, sizeof(struct xml));
}

static void
free_parser(struct xml *xml)
{
	if (xml->parser == NULL)
		return;
	if (xml->parser->myDoc != NULL)
		xmlFreeDoc(xml->parser->myDoc);
	xml->parser->myDoc = NULL;
	xmlFreeParserCtxt(xml->parser);
	xml->parser = NULL;
}

void
xml_free(struct xml *xml)
{
	if (xml == NULL)
		return;
	free_parser(xml);
	buffer_release(&xml->clean);
	buffer_release(&xml->mended);
	free(xml);
}

bool
xml_begin(struct xml *xml, const struct xml_handler *handler, void *user)
{
	xmlSAXHandler events = {
	    .initialized = XML_SAX2_MAGIC,
	    .startDocument = xmlSAX2StartDocument, /* makes the document that entities are kept in */
	    .internalSubset = xmlSAX2InternalSubset,
	    .entityDecl = on_entity,
	    .getEntity = xmlSAX2GetEntity,
	    .startElementNs = on_start,
	    .endElementNs = on_end,
	    .characters = on_text,
	    .ignorableWhitespace = on_text,
	    .cdataBlock = on_text,
	    .serror = on_error,
	};

	free_parser(xml); /* a new one each time: its dictionary only grows */
	xml->handler = handler;
	xml->user = user;
	xml->repairs = xml->depth = xml->pushed = xml->given = 0;
	xml->begun = xml->ending = xml->mismatch = false;
	xml->outcome = OUTCOME_FINE;
	xml->error.text[0] = xml->fault[0] = '\0';
	xml->parser = xmlCreatePushParserCtxt(&events, NULL, NULL, 0, NULL);
	if (xml->parser == NULL)
		return false;
	xml->parser->_private = xml;
	xmlCtxtUseOptions(xml->parser, XML_PARSE_RECOVER | XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	return true;
}

static void
push_raw(struct xml *xml, const char *at, size_t bytes)
{
	while (bytes > 0 && xml->outcome == OUTCOME_FINE) {
		size_t piece = bytes;
		if (piece > PIECE_BYTES) {
			piece = PIECE_BYTES;
			while ((at[piece] & 0xC0) == 0x80) /* between characters */
				piece--;
		}
		xmlParseChunk(xml->parser, at, (int)piece, 0);
		at += piece;
		bytes -= piece;
	}
}

/* Whether the document declares the entity NAME. What was pushed before is parsed by now, as far as that goes. */
static bool
is_declared(void *user, const char *name)
{
	struct xml *xml = user;

	return xml->parser->myDoc != NULL && xmlGetDocEntity(xml->parser->myDoc, (const xmlChar *)name) != NULL;
}

void
xml_push(struct xml *xml, struct news_text bytes)
{
	struct xml_mend mend = {.is_declared = is_declared, .user = xml};

	if (xml->outcome != OUTCOME_FINE)
		return;
	if (text_clean(bytes.at, bytes.bytes) < bytes.bytes) {
		xml->clean.bytes = 0;
		if (!text_repair(&xml->clean, bytes, &xml->repairs)) {
			stop(xml, OUTCOME_NO_MEMORY, "out of memory");
			return;
		}
		bytes = (struct news_text){xml->clean.at, xml->clean.bytes};
	}
	mend.at = bytes.at;
	mend.end = bytes.at + bytes.bytes;
	xml->pushed += bytes.bytes;
	while (mend.at < mend.end && xml->outcome == OUTCOME_FINE) {
		/* blanks in front of an XML declaration are a common fault */
		if (!xml->begun && (*mend.at == ' ' || *mend.at == '\n')) {
			mend.at++;
			continue;
		}
		xml->begun = true;
		xml->mended.bytes = 0;
		if (!xml_mend_next(&mend, &xml->mended, PIECE_BYTES))
			stop(xml, OUTCOME_NO_MEMORY, "out of memory");
		else if (mend.refused)
			stop(xml, OUTCOME_REJECTED, "a tag has too many attributes");
		else
			push_raw(xml, xml->mended.at, xml->mended.bytes);
	}
}

enum news_status
xml_end(struct xml *xml, size_t *repairs, struct news_error *error)
{
	*repairs += xml->repairs;
	xml->ending = true;
	if (xml->outcome == OUTCOME_FINE)
		xmlParseChunk(xml->parser, NULL, 0, 1);
	free_parser(xml);
	*error = xml->error;
	switch (xml->outcome) {
	case OUTCOME_REJECTED:
		return NEWS_REJECTED;
	case OUTCOME_NO_MEMORY:
		return NEWS_NO_MEMORY;
	default:
		return NEWS_OK;
	}
}
