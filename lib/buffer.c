/* SPDX-License-Identifier: ISC */
#include "buffer.h"

#include <stdint.h>
#include <stdlib.h>

bool
buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t need, room;
	char *at;

	if (more > SIZE_MAX / 2 - buffer->bytes)
		return false;
	need = buffer->bytes + more;
	if (need <= buffer->room)
		return true;
	room = buffer->room < 256 ? 256 : buffer->room;
	while (room < need)
		room += room / 2;
	at = realloc(buffer->at, room);
	if (at == NULL)
		return false;
	buffer->at = at;
	buffer->room = room;
	return true;
}

void
buffer_release(struct buffer *buffer)
{
	free(buffer->at);
	memset(buffer, 0, sizeof *buffer);
}

bool
buffer_add_number(struct buffer *buffer, size_t number, unsigned digits)
{
	char text[24];
	size_t i = sizeof text;

	do {
		text[--i] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	while (i > 0 && sizeof text - i < digits)
		text[--i] = '0';
	return buffer_add(buffer, text + i, sizeof text - i);
}

void *
array_grow(void *array, size_t count, size_t *room, size_t element)
{
	size_t wanted = *room;
	void *grown;

	if (count < *room)
		return array;
	wanted = wanted < 16 ? 16 : wanted + wanted / 2;
	if (wanted <= count || wanted > SIZE_MAX / element)
		return NULL;
	grown = realloc(array, wanted * element);
	if (grown != NULL)
		*room = wanted;
	return grown;
}
