/* SPDX-License-Identifier: ISC */
#include "html_element.h"

#include <string.h>

static const char *const element_names[] = {
#define X(identifier, name, flow) name,
    HTML_ELEMENTS(X)
#undef X
};

static const char *const attribute_names[] = {
#define X(identifier, name) name,
    HTML_ATTRIBUTES(X)
#undef X
};

static const uint8_t flows[] = {HTML_INLINE, HTML_INLINE,
#define X(identifier, name, flow) HTML_##flow,
    HTML_ELEMENTS(X)
#undef X
};

/* The place of NAME among the COUNT sorted NAMES; COUNT: it is not there. */
static size_t
find(const char *const *names, size_t count, const char *name)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, names[middle]);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return count;
}

enum html_element
html_element_find(const char *name)
{
	size_t count = sizeof element_names / sizeof *element_names, found = find(element_names, count, name);

	return found == count ? HTML_OTHER : (enum html_element)(found + HTML_OTHER + 1);
}

enum html_attribute
html_attribute_find(const char *name)
{
	return (enum html_attribute)find(attribute_names, HTML_ATTRIBUTE_COUNT, name);
}

enum html_flow
html_element_flow(enum html_element element)
{
	return (enum html_flow)flows[element];
}
