/* SPDX-License-Identifier: ISC
 *
 * json_members.h - the members of one JSON object, in order
 */
#ifndef JSON_MEMBERS_H
#define JSON_MEMBERS_H

#include "buffer.h"
#include "news.h"

enum json_type { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* A member of the object, or a scalar element of an array that is a member: those follow their array under its key. */
struct json_member {
	struct news_text key;
	struct news_text value; /* a string decoded, else as it is spelled; of arrays, objects and null: empty */
	enum json_type type;
	size_t head; /* index of the member it is an element of; its own index otherwise */
	bool used;   /* for the caller */
};

struct json_members {
	struct json_member *at;
	size_t count, room;
	struct buffer decoded; /* strings that had escapes */
	struct buffer patched; /* the text, where it had to be changed before parsing */
};

/* Parse RAW, which is borrowed as long as the members are used, into MEMBERS, forgetting what was there. Strings may be
 * ill-formed UTF-8. `*repairs` grows by the escapes of lone surrogates, which become U+FFFD. NEWS_REJECTED with the
 * column (byte, from 1) of the fault in ERROR when RAW is not one object. */
enum news_status json_members_parse(struct json_members *members, struct news_text raw, size_t *repairs,
    struct news_error *error);

void json_members_release(struct json_members *members);

#endif
