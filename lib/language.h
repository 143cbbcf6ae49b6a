/* SPDX-License-Identifier: ISC
 *
 * language.h - which language a document is in: as its source tells it, or guessed
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "news.h"

#include <stdbool.h>

/* The language that most of TEXT is in, as the code of ISO 639-1 ("en"), by its script, its function words and its
 * letters. NULL where the text does not tell: too short, no running text, several languages at once, one that is not
 * known. Norwegian is `no`. Looks at a bounded part of a long text, spread over it. The string is static. */
const char *language_guess(struct news_text text);

/* Whether CODE (a C string) is a code of ISO 639-1, in lower case. */
bool language_known(const char *code);

/* The code of ISO 639-1 for what a source calls the language of a document, whatever its case: a tag of BCP 47
 * ("en-US"), a locale ("en_US.UTF-8"), the first of a list ("en, fr"), a code of ISO 639-2 ("eng", "ger", "deu"), an
 * English name ("German") or its own ("Deutsch"). NULL: unknown, or none of one language ("und", "mul"). The string
 * is static. */
const char *language_of_tag(struct news_text tag);

#endif
