/* SPDX-License-Identifier: ISC
 *
 * buffer.h - a run of bytes that grows, and an array that grows
 */
#ifndef BUFFER_H
#define BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buffer {
	char *at;
	size_t bytes, room;
};

/* Make room for MORE bytes after what is there. false: out of memory, nothing changed. */
bool buffer_reserve(struct buffer *buffer, size_t more);

void buffer_release(struct buffer *buffer);

/* Append BYTES bytes from AT; false when memory is short. */
static inline bool
buffer_add(struct buffer *buffer, const void *at, size_t bytes)
{
	if (buffer->room - buffer->bytes < bytes && !buffer_reserve(buffer, bytes))
		return false;
	if (bytes > 0)
		memcpy(buffer->at + buffer->bytes, at, bytes);
	buffer->bytes += bytes;
	return true;
}

static inline bool
buffer_add_byte(struct buffer *buffer, char byte)
{
	if (buffer->room == buffer->bytes && !buffer_reserve(buffer, 1))
		return false;
	buffer->at[buffer->bytes++] = byte;
	return true;
}

/* Append NUMBER in decimal, at least DIGITS digits wide, padded with zeros. */
bool buffer_add_number(struct buffer *buffer, size_t number, unsigned digits);

/* An array of ELEMENT bytes an item: make room for one more than COUNT. Gives the new array (the old one is gone), or
 * NULL when memory is short (the old one stays). `*room` counts items. */
void *array_grow(void *array, size_t count, size_t *room, size_t element);

#endif
