/* SPDX-License-Identifier: ISC
 *
 * The templates were chosen by leaving them out one by one in cross-validation; many more of their kind, words and
 * classes of words inside the marks among them, made nothing better.
 */
#include "quote_rank.h"

#include "text.h"

#include <string.h>

/* clang-format off */
/* template, name in explanations */
#define TEMPLATES(X) \
	/* of phrases */ \
	X(SIDE, "side")                     /* before or behind the run, and how the run ends */ \
	X(HEAD, "head")                     /* class of its head */ \
	X(HEAD_WORD, "head-word")           /* a common noun itself */ \
	X(CUE, "cue")                       /* the reporting word */ \
	X(CUE_LENGTH, "cue-length")         /* and how long the run is */ \
	X(BEST, "grammar")                  /* whether the grammar prefers it */ \
	X(NEXT, "next")                     /* class of the item behind it */ \
	X(BEFORE, "before")                 /* and of the one before it */ \
	X(NEXT_BEFORE, "next-before")       /* both */ \
	X(NEXT_WORD, "next-word") \
	X(BOND, "bond")                     /* how its report stands to the run */ \
	X(PATTERN, "pattern")               /* classes of what stands between it and the run */ \
	X(PATTERN_HEAD, "pattern-head") \
	X(PATTERN_END, "pattern-end") \
	X(BETWEEN, "between")               /* how many cues, nouns, verbs, commas, runs stand there */ \
	X(VERB, "verb")                     /* the verb behind it */ \
	X(LENGTH, "length") \
	X(END, "run-end")                   /* how the run ends, with what stands next and the head */ \
	X(CHOSEN, "chosen")                 /* whether it said the run before */ \
	X(RUN_BEFORE, "before-run")         /* the class before the run, with the form of the report */ \
	X(RUN_AFTER, "behind-run")          /* the class behind it, with what stands next */ \
	X(CAPITAL, "capital")               /* whether the run begins with one, with what stands before it */ \
	X(OWNED, "owned")                   /* what a possessor owns */ \
	/* of nobody */ \
	X(NULL_BIAS, "nobody") \
	X(NULL_END, "nobody-end") \
	X(NULL_BEFORE, "nobody-before") \
	X(NULL_BEFORE_TWO, "nobody-before-two") \
	X(NULL_AFTER, "nobody-behind") \
	X(NULL_TITLE, "nobody-title-case") \
	X(NULL_REPORTS, "nobody-reports") \
	X(NULL_CAPITAL, "nobody-capital") \
	X(NULL_STRONGEST, "nobody-grammar") /* how the strongest report stands to the run */ \
	X(NULL_CUE, "nobody-cue") \
	X(NULL_WORK, "nobody-work")         /* a title by its capitals, and what stands around it */ \
	/* of those from outside */ \
	X(HEIR_RULE, "heir-rule")           /* what attributed the run that it is inherited from */ \
	X(HEIR_BEFORE, "heir-before") \
	X(HEIR_OTHERS, "heir-others")       /* which others there are */ \
	X(HEIR_PLACE, "heir-place")         /* where in the paragraph */
/* clang-format on */

enum template {
#define X(name, text) TEMPLATE_##name,
	TEMPLATES(X)
#undef X
};

const char *
rank_template_name(unsigned template)
{
	static const char *const names[] = {
#define X(name, text) text,
	    TEMPLATES(X)
#undef X
	};

	return names[template];
}

/* The feature of VALUE, which has 58 bits at most, under TEMPLATE: mixed as in SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014). One multiplication alone brings related features together. */
static inline void
add(struct rank_features *features, enum template template, uint64_t value)
{
	uint64_t mixed = value << 6 | (uint64_t) template;

	if (features->count == RANK_FEATURES)
		return;
	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
	features->template[features->count] = (uint8_t) template;
	features->id[features->count++] = (uint32_t)(mixed >> (64 - QUOTE_MODEL_BITS));
}

/* One value of several: each has so many bits, and a variant tells those of one template apart. */
#define PAIR(a, bits, b) ((uint64_t)(a) << (bits) | (uint64_t)(b))
#define VARIANT(n, value) (PAIR(n, 48, value))

static inline unsigned
at_most(size_t a, unsigned most)
{
	return a < most ? (unsigned)a : most;
}

/* ---- the run ---- */

static unsigned
words_step(size_t words)
{
	return words < 4 ? (unsigned)words : words < 6 ? 4 : words < 10 ? 5 : words < 20 ? 6 : 7;
}

static unsigned
run_end(const char *text, const struct quote_run *run)
{
	size_t end = run->inside.end;

	while (end > run->inside.begin + 1 && (text[end - 1] == '\'' || text[end - 1] == '"' || text[end - 1] == ' '))
		end--;
	switch (text[end - 1]) {
	case ',':
		return 1;
	case '.':
		return 2;
	case '?':
		return 3;
	case '!':
		return 4;
	case '-':
	case '\x94': /* the last byte of U+2014 */
		return 5;
	default:
		return 0;
	}
}

static unsigned
run_capital(const char *text, const struct quote_run *run)
{
	size_t width;
	uint32_t first = text_decode(text + run->inside.begin, run->inside.end - run->inside.begin, &width);

	if (first < 0x80)
		return first >= 'A' && first <= 'Z' ? 1 : first >= 'a' && first <= 'z' ? 0 : first == '(' ? 3 : 2;
	return text_is_upper(first) ? 1 : text_is_lower(first) ? 0 : 2;
}

void
rank_look(struct rank_place *place, const struct view *view, const struct frame_sentence *sentence, size_t item)
{
	const struct frame *frame = view->frame;
	const struct quote_run *run = &frame->marks->runs[frame->items[item].run];
	const char *text = frame->document->text.at;

	*place = (struct rank_place){
	    .item = item,
	    .title = sentence->title,
	    .alone = sentence->runs_only,
	    .words = words_step(run->words),
	    .length = at_most(run->words, 12),
	    .end = run_end(text, run),
	    .capital = run_capital(text, run),
	    .marks = run->kind,
	    .chosen = FRAME_NONE,
	    .before = view_at(view, item - 1),
	    .before_that = view_at(view, item - 2),
	    .after = view_at(view, item + 1),
	};
}

void
rank_strongest(struct rank_place *place, const struct view *view, const struct candidate *candidate)
{
	const struct decide_features *features = &candidate->features;

	place->strongest = 1u | (unsigned)features->adjacent << 1 | (unsigned)features->cue_strong << 2 |
	    (unsigned)features->cue_naming << 3 | (unsigned)features->report_first << 4 |
	    (unsigned)(candidate->report.form == REPORT_ACCORDING) << 5 | (unsigned)features->cue_attitude << 6;
	place->cue = view_at(view, candidate->report.cue_first).word;
}

/* ---- candidates of the sentence ---- */

/* Classes of heads that are names, beyond those of items. */
enum { HEAD_PERSON = VIEW_CLASS_COUNT, HEAD_PLACE, HEAD_BODY, HEAD_COUNT };
_Static_assert(HEAD_COUNT <= 64, "a class of a head has six bits");

static unsigned
head_class(const struct view *view, size_t first, size_t head)
{
	unsigned class = view_at(view, head).class;
	const struct token *token = frame_token(view->frame, head);
	size_t i;

	if (class != VIEW_NAME)
		return class;
	for (i = first; i <= head; i++)
		if (LEXICON_HAS(frame_token(view->frame, i), FIRST_NAME) ||
		    LEXICON_HAS(frame_token(view->frame, i), HONORIFIC))
			return HEAD_PERSON;
	if (LEXICON_HAS(token, COUNTRY) || LEXICON_HAS(token, PLACE))
		return HEAD_PLACE;
	if (LEXICON_HAS(token, ORG_WORD) || LEXICON_HAS(token, ORGANISATION) || LEXICON_HAS(token, MEDIA))
		return HEAD_BODY;
	return LEXICON_HAS(token, SURNAME) ? HEAD_PERSON : class;
}

/* What stands between a candidate and its run. */
struct between {
	uint64_t pattern; /* coarse classes, repeats once: all up to six, else the first and the last three; 38 bits */
	unsigned cues, verbs, nouns, commas, runs;
};

#define PATTERN_ENDS 3

static struct between
look_between(const struct view *view, size_t from, size_t to)
{
	struct between between = {0};
	uint8_t front[2 * PATTERN_ENDS], back[PATTERN_ENDS] = {0}, last = VIEW_EDGE;
	uint32_t phrase = (uint32_t)FRAME_NONE;
	size_t count = 0, i;

	for (i = from; i < to; i++) {
		struct view_item item = view->items[i - view->first];
		between.cues += item.class == VIEW_SAID || item.class == VIEW_REPORTED || item.class == VIEW_SAYING;
		between.verbs += item.class == VIEW_SAID || item.class == VIEW_REPORTED || item.class == VIEW_VERB ||
		    item.class == VIEW_BE || item.class == VIEW_MODAL;
		between.commas += item.class == VIEW_COMMA;
		between.runs += item.class == VIEW_RUN;
		between.nouns += view->frame->items[i].phrase != FRAME_NONE && view->frame->items[i].phrase != phrase;
		phrase = view->frame->items[i].phrase;
		if (item.coarse == last)
			continue;
		last = item.coarse;
		if (count < 2 * PATTERN_ENDS)
			front[count] = last;
		back[count % PATTERN_ENDS] = last;
		count++;
	}
	between.pattern = 1;
	for (i = 0; i < count && i < 2 * PATTERN_ENDS; i++)
		between.pattern = PAIR(between.pattern, 6,
		    count <= 2 * PATTERN_ENDS || i < PATTERN_ENDS ? front[i] : back[(count + i) % PATTERN_ENDS]);
	if (count > 2 * PATTERN_ENDS)
		between.pattern |= UINT64_C(1) << 37;
	return between;
}

#define VERB_REACH 3 /* items behind a mention among which its verb is looked for */

/* The word of the verb behind item LAST, or 0. */
static uint32_t
verb_behind(const struct view *view, size_t last)
{
	uint32_t word = 0;
	size_t i;

	for (i = last + 1; i <= last + VERB_REACH; i++) {
		struct view_item item = view_at(view, i);
		switch (item.coarse) {
		case VIEW_SAID:
		case VIEW_REPORTED:
		case VIEW_SAYING:
		case VIEW_VERB:
		case VIEW_DONE:
		case VIEW_BASE:
			word = item.word;
			if (item.class != VIEW_BE)
				return word;
			break;
		default:
			break;
		}
	}
	return word;
}

/* How the report of CANDIDATE stands to the run. */
static void
describe_bond(const struct rank_place *place, const struct candidate *candidate, unsigned form,
    struct rank_features *features)
{
	const struct decide_features *bond = &candidate->features;
	unsigned shape = (unsigned)bond->adjacent | (unsigned)bond->comma << 1 | (unsigned)bond->embedded << 2 |
	    (unsigned)bond->report_first << 3 | (unsigned)bond->clause_break << 4 | (unsigned)bond->marks_only << 5;
	unsigned cue = (unsigned)bond->cue_strong | (unsigned)bond->cue_clause << 1 | (unsigned)bond->cue_naming << 2 |
	    (unsigned)bond->cue_attitude << 3;

	add(features, TEMPLATE_BOND, VARIANT(0, PAIR(form, 6, shape)));
	add(features, TEMPLATE_BOND, VARIANT(1, PAIR(form, 10, PAIR(shape, 4, cue))));
	add(features, TEMPLATE_BOND, VARIANT(2, PAIR(form, 10, PAIR(shape, 4, place->words))));
}

static void
describe_phrase(const struct rank_place *place, const struct view *view, const struct candidate *candidate,
    struct rank_features *features)
{
	const struct report *report = &candidate->report;
	bool is_relative = report->relative != FRAME_NONE && candidate->first == report->relative;
	size_t first = is_relative ? candidate->first : report->mention_first;
	size_t last = is_relative ? candidate->first : report->mention_last;
	size_t noun =
	    report->head >= candidate->first && report->head <= candidate->last ? report->head : candidate->last;
	bool left = candidate->first < place->item;
	size_t from = left ? last + 1 : place->item + 1, to = left ? place->item : first;
	struct view_item next = view_at(view, last + 1), before = view_at(view, first - 1);
	unsigned head = head_class(view, candidate->first, noun);
	unsigned form = candidate->reported ? 1 + (unsigned)report->form : 0;
	struct between between = look_between(view, from < to ? from : to, to);

	add(features, TEMPLATE_SIDE, PAIR(left, 3, place->end));
	add(features, TEMPLATE_HEAD, PAIR(head, 1, left));
	switch (head) {
	case VIEW_NOUN:
	case VIEW_GROUP:
	case VIEW_TEXT:
	case VIEW_CLAIM:
	case VIEW_PERSON:
		add(features, TEMPLATE_HEAD_WORD, view_at(view, noun).word);
		break;
	default:
		break;
	}
	if (candidate->reported) {
		uint64_t cue = view_at(view, report->cue_first).word;
		add(features, TEMPLATE_CUE, PAIR(cue, 4, form));
		add(features, TEMPLATE_CUE_LENGTH, PAIR(cue, 4, PAIR(place->words, 1, left)));
		describe_bond(place, candidate, form, features);
	}
	add(features, TEMPLATE_BEST, PAIR(candidate->best, 1, candidate->inside));
	add(features, TEMPLATE_NEXT, PAIR(next.class, 1, left));
	add(features, TEMPLATE_BEFORE, PAIR(before.class, 1, left));
	add(features, TEMPLATE_NEXT_BEFORE, PAIR(next.class, 7, PAIR(before.class, 1, left)));
	add(features, TEMPLATE_NEXT_WORD, PAIR(next.word, 1, left));
	add(features, TEMPLATE_PATTERN, PAIR(between.pattern, 1, left));
	add(features, TEMPLATE_PATTERN_HEAD, PAIR(between.pattern, 7, PAIR(head, 1, left)));
	add(features, TEMPLATE_PATTERN_END, PAIR(between.pattern, 4, PAIR(place->end, 1, left)));
	add(features, TEMPLATE_BETWEEN,
	    VARIANT(0,
		PAIR(at_most(between.cues, 2), 6,
		    PAIR(at_most(between.nouns, 4), 3, PAIR(at_most(between.verbs, 3), 1, left)))));
	add(features, TEMPLATE_BETWEEN,
	    VARIANT(1,
		PAIR(at_most(between.commas, 3), 5,
		    PAIR(at_most(between.runs, 2), 3, PAIR(at_most(between.verbs, 3), 1, left)))));
	add(features, TEMPLATE_VERB, PAIR(verb_behind(view, last), 1, left));
	add(features, TEMPLATE_LENGTH, at_most(last - first, 9));
	add(features, TEMPLATE_END, PAIR(place->end, 13, PAIR(next.class, 7, PAIR(head, 1, left))));
	if (place->chosen != FRAME_NONE) {
		bool same = place->chosen == candidate->first;
		add(features, TEMPLATE_CHOSEN, VARIANT(0, same));
		add(features, TEMPLATE_CHOSEN,
		    VARIANT(1, PAIR(same, 5, PAIR(at_most(between.runs, 2), 3, place->words))));
	}
	add(features, TEMPLATE_RUN_BEFORE, PAIR(place->before.class, 5, PAIR(form, 1, left)));
	add(features, TEMPLATE_RUN_AFTER, PAIR(place->after.class, 10, PAIR(next.class, 4, PAIR(place->end, 1, left))));
	add(features, TEMPLATE_CAPITAL,
	    PAIR(place->before.coarse, 8,
		PAIR(form, 4,
		    PAIR(candidate->reported && candidate->features.adjacent, 3, PAIR(place->capital, 1, left)))));
}

/* A possessor: what it owns, and how far that is from the run. */
static void
describe_owner(const struct rank_place *place, const struct view *view, const struct candidate *candidate,
    struct rank_features *features)
{
	const struct frame_phrase *phrase = &view->frame->phrases[view->frame->items[candidate->first].phrase];
	bool left = candidate->first < place->item;
	size_t from = left ? phrase->last + 1 : place->item + 1, to = left ? place->item : candidate->first;
	struct view_item owned = view_at(view, phrase->head);

	add(features, TEMPLATE_OWNED, VARIANT(0, PAIR(owned.class, 1, left)));
	add(features, TEMPLATE_OWNED, VARIANT(1, PAIR(owned.word, 1, left)));
	add(features, TEMPLATE_OWNED,
	    VARIANT(2, PAIR(owned.class, 4, PAIR(at_most(to > from ? to - from : 0, 6), 1, left))));
}

/* ---- nobody ---- */

static void
describe_nobody(const struct rank_place *place, bool nameless, struct rank_features *features)
{
	bool few = place->words<4, has_reports = place->reports> 0;
	uint64_t k = nameless;

	add(features, TEMPLATE_NULL_BIAS, VARIANT(0, k));
	add(features, TEMPLATE_NULL_BIAS, VARIANT(1, PAIR(place->alone, 2, PAIR(place->title, 1, k))));
	add(features, TEMPLATE_NULL_END, PAIR(place->end, 2, PAIR(place->alone, 1, k)));
	add(features, TEMPLATE_NULL_BEFORE, PAIR(place->before.class, 4, PAIR(place->words, 1, k)));
	add(features, TEMPLATE_NULL_BEFORE_TWO,
	    PAIR(place->before.class, 8, PAIR(place->before_that.class, 2, PAIR(few, 1, k))));
	add(features, TEMPLATE_NULL_AFTER, PAIR(place->after.class, 4, PAIR(place->words, 1, k)));
	add(features, TEMPLATE_NULL_TITLE,
	    PAIR(place->length, 4, PAIR(place->title_case, 3, PAIR(place->work, 2, PAIR(has_reports, 1, k)))));
	add(features, TEMPLATE_NULL_REPORTS, PAIR(place->reports, 5, PAIR(place->words, 2, PAIR(place->alone, 1, k))));
	add(features, TEMPLATE_NULL_CAPITAL,
	    PAIR(place->before.coarse, 6, PAIR(place->words, 3, PAIR(place->capital, 1, k))));
	add(features, TEMPLATE_CHOSEN, VARIANT(2, PAIR(place->chosen != FRAME_NONE, 1, k)));
	add(features, TEMPLATE_NULL_STRONGEST, VARIANT(0, PAIR(place->strongest, 4, PAIR(place->words, 1, k))));
	add(features, TEMPLATE_NULL_STRONGEST,
	    VARIANT(1, PAIR(place->strongest, 8, PAIR(place->before.class, 2, PAIR(few, 1, k)))));
	add(features, TEMPLATE_NULL_STRONGEST,
	    VARIANT(2,
		PAIR(place->strongest, 5, PAIR(place->capital, 3, PAIR(place->title_case, 2, PAIR(few, 1, k))))));
	add(features, TEMPLATE_NULL_CUE, VARIANT(0, PAIR(place->cue, 2, PAIR(few, 1, k))));
	add(features, TEMPLATE_NULL_CUE,
	    VARIANT(1, PAIR(place->cue, 3, PAIR(place->strongest >> 1 & 1, 2, PAIR(place->title_case, 1, k)))));
	if (!place->title_case)
		return;
	add(features, TEMPLATE_NULL_WORK, VARIANT(0, PAIR(place->before.word, 1, k)));
	add(features, TEMPLATE_NULL_WORK, VARIANT(1, PAIR(place->before.class, 7, PAIR(place->after.class, 1, k))));
	add(features, TEMPLATE_NULL_WORK,
	    VARIANT(2, PAIR(place->before.class, 8, PAIR(place->end, 5, PAIR(place->length, 1, k)))));
}

/* ---- those from outside ---- */

static void
describe_heir(const struct rank_place *place, const struct candidate *candidate, struct rank_features *features)
{
	const struct candidate_bond *bond = &candidate->bond;
	uint64_t kind = PAIR(candidate->kind, 1, place->alone); /* 5 bits */
	uint64_t ends = PAIR(place->starts_paragraph, 1, place->ends_paragraph);

	add(features, TEMPLATE_HEIR_RULE, PAIR(bond->rule, 5, kind));
	add(features, TEMPLATE_HEIR_BEFORE, VARIANT(0, PAIR(place->before.class, 6, PAIR(place->words < 4, 5, kind))));
	add(features, TEMPLATE_HEIR_BEFORE, VARIANT(1, PAIR(place->end, 8, PAIR(place->marks, 5, kind))));
	add(features, TEMPLATE_HEIR_OTHERS, VARIANT(0, PAIR(place->heirs, 5, kind)));
	add(features, TEMPLATE_HEIR_OTHERS,
	    VARIANT(1,
		PAIR(place->heirs, 8, PAIR(bond->same_sentence, 7, PAIR(at_most(bond->sentences, 3), 5, kind)))));
	add(features, TEMPLATE_HEIR_OTHERS, VARIANT(2, PAIR(place->near, 6, PAIR(place->reports > 0, 5, kind))));
	add(features, TEMPLATE_HEIR_PLACE, VARIANT(0, PAIR(ends, 7, PAIR(at_most(bond->runs, 2), 5, kind))));
	add(features, TEMPLATE_HEIR_PLACE, VARIANT(1, PAIR(ends, 12, PAIR(bond->rule, 5, kind))));
}

void
rank_describe(const struct rank_place *place, const struct view *view, const struct candidate *candidate,
    struct rank_features *features)
{
	features->count = 0;
	switch (candidate->kind) {
	case CANDIDATE_NOBODY:
	case CANDIDATE_NAMELESS:
		describe_nobody(place, candidate->kind == CANDIDATE_NAMELESS, features);
		break;
	case CANDIDATE_PHRASE:
		describe_phrase(place, view, candidate, features);
		break;
	case CANDIDATE_OWNER:
		describe_owner(place, view, candidate, features);
		break;
	default:
		describe_heir(place, candidate, features);
	}
}

/* ---- scores ---- */

int
rank_score(const struct news_quote_model *model, const struct rank_features *features)
{
	int sum = 0;
	size_t i;

	for (i = 0; i < features->count; i++)
		sum += model->weights[features->id[i]];
	return sum;
}

unsigned
rank_odds(int below)
{
	/* exp(-i / QUOTE_MODEL_SCALE) for i below it, and exp(-i), in 1/65536 */
	static const unsigned parts[QUOTE_MODEL_SCALE] = {65536, 61565, 57835, 54331, 51039, 47947, 45042, 42313, 39750,
	    37341, 35079, 32954, 30957, 29081, 27319, 25664};
	static const unsigned wholes[] = {65536, 24109, 8869, 3263, 1200, 442, 162, 60, 22, 8, 3, 1};
	size_t whole = (size_t)below / QUOTE_MODEL_SCALE;

	if (whole >= sizeof wholes / sizeof *wholes)
		return 0;
	return (unsigned)((uint64_t)parts[below % QUOTE_MODEL_SCALE] * wholes[whole] >> 16);
}

void
rank_cell(const struct candidate *candidate, unsigned chance, unsigned *class, unsigned *bin)
{
	*class = candidate->kind == CANDIDATE_NAMELESS ? QUOTE_MODEL_NAMELESS
	    : candidate_is_near(candidate)             ? QUOTE_MODEL_NEAR
						       : QUOTE_MODEL_HEIR;
	*bin = chance * QUOTE_MODEL_BINS / (RANK_CHANCE + 1);
}

unsigned
rank_calibrate(const struct news_quote_model *model, const struct candidate *candidate, unsigned chance)
{
	unsigned class, bin;

	rank_cell(candidate, chance, &class, &bin);
	return model->scores[class][bin];
}
