/* SPDX-License-Identifier: ISC
 *
 * learn-quote - learn the ranker of quotations, for scripts/train-quote
 *
 *   learn-quote [-f FOLD] ROWS GOLD
 *
 * ROWS are nsplit's. GOLD holds a part of a quotation a line, `DOC BEGIN END SPEAKER-BEGIN SPEAKER-END` in bytes of the
 * document text, the speaker 0 0 where nobody is named, parted by TABs and in the order of the rows. The model, as
 * lib/quote_model.h tells, goes to standard output, what was seen of it to standard error. With -f the documents whose
 * number leaves FOLD when divided by FOLDS are left out.
 *
 * Multinomial logistic regression over the candidates of each run with a Gaussian prior. Where several candidates are
 * right, their probabilities are added up. The whole set is climbed at once by iRprop- (Igel and Huesken,
 * "Empirical evaluation of the improved Rprop learning algorithms", Neurocomputing 50, 2003), which needs no order and
 * no random numbers: one set gives one model. How sure answers are is counted in cross-validation over documents, and
 * smoothed by pooling adjacent violators (Zadrozny and Elkan, KDD 2002).
 */
#include "news.h"
#include "quoter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDS 5
#define STEPS 60
#define PRIOR 4.0    /* inverse variance of the weights */
#define COUNT_MIN 10 /* a feature seen in fewer candidates gets no weight */

struct part {
	size_t begin, end, speaker_begin, speaker_end;
};

/* A candidate: where its features begin. */
struct option {
	size_t first;
	uint16_t count;
	bool right;
};

/* A run with its candidates. */
struct example {
	size_t first, count, document;
};

struct learner {
	FILE *rows, *gold;
	struct part *parts; /* of the document at hand */
	size_t part_count, part_room;
	uint32_t *ids;
	size_t id_count, id_room;
	struct option *options;
	size_t option_count, option_room;
	struct example *examples;
	size_t example_count, example_room;
	size_t document, runs, out_of_reach;
	const char *text; /* of the document at hand */
	bool observes;    /* the model decides, and is counted */
	struct {
		double rows, right;
	} cells[QUOTE_MODEL_CLASSES][QUOTE_MODEL_BINS];
};

static void
fail(const char *what)
{
	fprintf(stderr, "learn-quote: %s\n", what);
	exit(2);
}

static void *
grow(void *array, size_t count, size_t *room, size_t element)
{
	if (count < *room)
		return array;
	*room = *room * 2 + 1024;
	array = realloc(array, *room * element);
	if (array == NULL)
		fail("out of memory");
	return array;
}

/* ---- gold ---- */

/* The gold quotation of SPAN: the first that holds half of it. */
static const struct part *
gold_of(const struct learner *learner, struct news_span span)
{
	size_t i;

	for (i = 0; i < learner->part_count; i++) {
		const struct part *part = &learner->parts[i];
		size_t begin = part->begin > span.begin ? part->begin : span.begin;
		size_t end = part->end < span.end ? part->end : span.end;
		if (begin < end && 2 * (end - begin) >= span.end - span.begin)
			return part;
	}
	return NULL;
}

/* How much MENTION and the gold speaker share, of what they cover together. */
static double
overlap(struct news_span mention, const struct part *gold)
{
	size_t begin = mention.begin > gold->speaker_begin ? mention.begin : gold->speaker_begin;
	size_t end = mention.end < gold->speaker_end ? mention.end : gold->speaker_end;
	size_t first = mention.begin < gold->speaker_begin ? mention.begin : gold->speaker_begin;
	size_t last = mention.end > gold->speaker_end ? mention.end : gold->speaker_end;

	return begin < end ? (double)(end - begin) / (double)(last - first) : 0;
}

/* Whether the words of MENTION are those of the gold speaker, in any case (ASCII). */
static bool
same_words(const struct learner *learner, struct news_span mention, const struct part *gold)
{
	size_t bytes = mention.end - mention.begin, i;

	if (bytes != gold->speaker_end - gold->speaker_begin)
		return false;
	for (i = 0; i < bytes; i++)
		if ((learner->text[mention.begin + i] | 0x20) != (learner->text[gold->speaker_begin + i] | 0x20))
			return false;
	return true;
}

/* The same of CANDIDATE's mention. Where gold names the outer of two sources ("Kerry said, according to Reuters"), the
 * one who said it is right before all others: the outer one is told as well. */
static double
near_overlap(const struct drafts *drafts, const struct candidate *candidate, const struct part *gold)
{
	if (candidate->has_outer && overlap(quote_draft_report_mention(drafts->frame, &candidate->outer), gold) > 0)
		return 2;
	return overlap(quote_draft_mention(drafts, candidate), gold);
}

static bool
is_right(const struct learner *learner, const struct drafts *drafts, const struct candidate *candidate,
    const struct part *gold)
{
	struct news_span mention = quote_draft_mention(drafts, candidate);

	if (candidate->kind == CANDIDATE_NOBODY || gold == NULL)
		return candidate->kind == CANDIDATE_NOBODY && gold == NULL;
	if (candidate->kind == CANDIDATE_NAMELESS || gold->speaker_end == 0)
		return candidate->kind == CANDIDATE_NAMELESS && gold->speaker_end == 0;
	return overlap(mention, gold) > 0 || same_words(learner, mention, gold) ||
	    near_overlap(drafts, candidate, gold) > 0;
}

/* ---- what the quoter asks ---- */

static void
add_example(struct learner *learner, const struct drafts *drafts, const struct draft *draft, size_t count,
    const bool *right)
{
	size_t i, k;

	learner->examples =
	    grow(learner->examples, learner->example_count, &learner->example_room, sizeof *learner->examples);
	learner->examples[learner->example_count++] = (struct example){learner->option_count, count, learner->document};
	for (i = 0; i < count; i++) {
		const struct rank_features *features = quote_draft_features(drafts, draft, i);
		learner->options =
		    grow(learner->options, learner->option_count, &learner->option_room, sizeof *learner->options);
		learner->options[learner->option_count++] =
		    (struct option){learner->id_count, (uint16_t)features->count, right[i]};
		for (k = 0; k < features->count; k++) {
			learner->ids = grow(learner->ids, learner->id_count, &learner->id_room, sizeof *learner->ids);
			learner->ids[learner->id_count++] = features->id[k];
		}
	}
}

#define CANDIDATES_MAX 256

static size_t
choose(void *context, const struct drafts *drafts, const struct draft *draft, size_t count, size_t chosen,
    unsigned chance, bool last)
{
	struct learner *learner = context;
	const struct part *gold = gold_of(learner, draft->quote.span);
	size_t best = count, heir = count, i;
	bool right[CANDIDATES_MAX] = {false}, any = false;
	double most = 0;

	if (count > CANDIDATES_MAX)
		fail("too many candidates");
	if (learner->observes) {
		const struct candidate *candidate = quote_draft_candidate(drafts, draft, chosen);
		unsigned class, bin;
		if (!last || candidate->kind == CANDIDATE_NOBODY)
			return chosen;
		rank_cell(candidate, chance, &class, &bin);
		learner->cells[class][bin].rows++;
		learner->cells[class][bin].right += is_right(learner, drafts, candidate, gold);
		return chosen;
	}
	/* of those in the sentence the one that covers the gold speaker best, of the others all that are right */
	for (i = 0; i < count; i++) {
		const struct candidate *candidate = quote_draft_candidate(drafts, draft, i);
		double share = gold != NULL && gold->speaker_end > 0 && candidate_is_near(candidate)
		    ? near_overlap(drafts, candidate, gold)
		    : 0;
		if (share > most) {
			most = share;
			best = i;
		}
	}
	for (i = 0; i < count; i++) {
		const struct candidate *candidate = quote_draft_candidate(drafts, draft, i);
		right[i] = candidate_is_near(candidate) ? i == best : is_right(learner, drafts, candidate, gold);
		any = any || right[i];
		if (right[i] && heir == count && !candidate_is_near(candidate))
			heir = i;
	}
	if (!last)
		return best < count ? best : 0;
	learner->runs++;
	learner->out_of_reach += !any;
	if (any)
		add_example(learner, drafts, draft, count, right);
	return best < count ? best : heir < count ? heir : 1; /* 1: nameless */
}

/* ---- documents ---- */

/* Read the parts of document ID; LINE holds what was read of a later one. */
static void
read_gold(struct learner *learner, struct news_text id, char *line, size_t room)
{
	learner->part_count = 0;
	for (;;) {
		struct part part;
		char *tab;
		if (line[0] == '\0' && fgets(line, (int)room, learner->gold) == NULL)
			return;
		tab = strchr(line, '\t');
		if (tab == NULL)
			fail("a line of GOLD is malformed");
		if ((size_t)(tab - line) != id.bytes || memcmp(line, id.at, id.bytes) != 0)
			return;
		if (sscanf(tab, "%zu %zu %zu %zu", &part.begin, &part.end, &part.speaker_begin, &part.speaker_end) != 4)
			fail("a line of GOLD is malformed");
		learner->parts = grow(learner->parts, learner->part_count, &learner->part_room, sizeof *learner->parts);
		learner->parts[learner->part_count++] = part;
		line[0] = '\0';
	}
}

/* Let QUOTER read all documents, or with FOLD >= 0 those of that fold alone. */
static void
read_documents(struct learner *learner, struct news_quoter *quoter, int fold)
{
	struct news_assembler *assembler = news_assembler_new();
	char **lines = NULL, gold_line[256] = "";
	size_t line_count = 0, line_room = 0, room, i;
	struct news_row before = {0};

	if (assembler == NULL)
		fail("out of memory");
	rewind(learner->rows);
	rewind(learner->gold);
	learner->document = 0;
	news_assembler_start(assembler);
	for (;;) {
		char *line = NULL;
		ssize_t bytes = (room = 0, getline(&line, &room, learner->rows));
		struct news_error error;
		struct news_row row = {0};

		if (bytes > 0 &&
		    news_row_parse((struct news_text){line, (size_t)bytes - (line[bytes - 1] == '\n')}, &row, &error) !=
			NEWS_OK)
			fail(error.text);
		if (line_count > 0 && (bytes <= 0 || news_row_starts_document(&before, &row))) {
			struct news_document document;
			if (news_assembler_document(assembler, &document) != NEWS_OK)
				fail("out of memory");
			learner->text = document.text.at;
			read_gold(learner, document.id, gold_line, sizeof gold_line);
			if ((fold < 0 || learner->document % FOLDS == (size_t)fold) &&
			    news_quoter_start(quoter, &document) != NEWS_OK)
				fail("out of memory");
			learner->document++;
			news_assembler_start(assembler);
			for (i = 0; i < line_count; i++)
				free(lines[i]);
			line_count = 0;
		}
		lines = grow(lines, line_count, &line_room, sizeof *lines);
		lines[line_count++] = line;
		if (bytes <= 0)
			break;
		if (news_assembler_add(assembler, &row) != NEWS_OK)
			fail("out of memory");
		before = row;
	}
	free(lines[0]);
	free(lines);
	news_assembler_free(assembler);
}

/* ---- learning ---- */

static bool
is_left_out(const struct example *example, int fold)
{
	return fold >= 0 && example->document % FOLDS == (size_t)fold;
}

/* Add the gradient of the negative log likelihood at WEIGHTS to GRADIENT, and give that. */
static double
add_gradient(const struct learner *learner, int fold, const double *weights, double *gradient, size_t *wrong)
{
	double scores[CANDIDATES_MAX], loss = 0;
	size_t i, c, k;

	*wrong = 0;
	for (i = 0; i < learner->example_count; i++) {
		const struct example *example = &learner->examples[i];
		const struct option *options = &learner->options[example->first];
		double most = -1e300, total = 0, right = 0;
		size_t top = 0;

		if (is_left_out(example, fold))
			continue;
		for (c = 0; c < example->count; c++) {
			scores[c] = 0;
			for (k = 0; k < options[c].count; k++)
				scores[c] += weights[learner->ids[options[c].first + k]];
			if (scores[c] > most) {
				most = scores[c];
				top = c;
			}
		}
		for (c = 0; c < example->count; c++) {
			scores[c] = exp(scores[c] - most);
			total += scores[c];
			right += options[c].right ? scores[c] : 0;
		}
		loss -= log(right / total + 1e-300);
		*wrong += !options[top].right;
		for (c = 0; c < example->count; c++) {
			double slope = scores[c] / total - (options[c].right ? scores[c] / right : 0);
			for (k = 0; k < options[c].count; k++)
				gradient[learner->ids[options[c].first + k]] += slope;
		}
	}
	return loss;
}

/* Learn MODEL's weights from all examples but those of FOLD. */
static void
learn(const struct learner *learner, int fold, struct news_quote_model *model)
{
	static double weights[QUOTE_MODEL_SIZE], gradient[QUOTE_MODEL_SIZE], last[QUOTE_MODEL_SIZE],
	    steps[QUOTE_MODEL_SIZE];
	static unsigned seen[QUOTE_MODEL_SIZE];
	size_t i, k, wrong = 0;
	double loss = 0;
	int step;

	memset(seen, 0, sizeof seen);
	for (i = 0; i < learner->example_count; i++) {
		const struct example *example = &learner->examples[i];
		const struct option *first = &learner->options[example->first], *end = first + example->count - 1;
		if (!is_left_out(example, fold))
			for (k = first->first; k < end->first + end->count; k++)
				seen[learner->ids[k]]++;
	}
	for (i = 0; i < QUOTE_MODEL_SIZE; i++) {
		weights[i] = last[i] = 0;
		steps[i] = 0.05;
	}
	for (step = 0; step < STEPS; step++) {
		for (i = 0; i < QUOTE_MODEL_SIZE; i++)
			gradient[i] = PRIOR * weights[i];
		loss = add_gradient(learner, fold, weights, gradient, &wrong);
		for (i = 0; i < QUOTE_MODEL_SIZE; i++) {
			double turn = gradient[i] * last[i];
			if (seen[i] < COUNT_MIN)
				continue;
			if (turn > 0 && steps[i] < 1)
				steps[i] *= 1.2;
			if (turn < 0) {
				steps[i] = steps[i] > 1e-5 ? steps[i] * 0.5 : steps[i];
				gradient[i] = 0;
			}
			weights[i] -= gradient[i] > 0 ? steps[i] : gradient[i] < 0 ? -steps[i] : 0;
			last[i] = gradient[i];
		}
	}
	for (i = 0; i < QUOTE_MODEL_SIZE; i++) {
		long weight = lround(weights[i] * QUOTE_MODEL_SCALE);
		model->weights[i] = (int8_t)(weight > 127 ? 127 : weight < -127 ? -127 : weight);
	}
	fprintf(stderr, "fold %d: loss %.4f, wrong %.2f %% of what was learned from\n", fold,
	    loss / (double)learner->example_count, 100 * (double)wrong / (double)learner->example_count);
}

/* The scores of MODEL: for each class of answers, how many were right by chance, never falling as chance rises. A few
 * rows that are right as often as their chance says stand in for those that were not seen. */
static void
calibrate(const struct learner *learner, struct news_quote_model *model)
{
	int class, bin, from, k;

	for (class = 0; class < QUOTE_MODEL_CLASSES; class ++) {
		double rows[QUOTE_MODEL_BINS], right[QUOTE_MODEL_BINS];
		int count = 0, ends[QUOTE_MODEL_BINS];

		for (bin = 0; bin < QUOTE_MODEL_BINS; bin++) {
			rows[count] = learner->cells[class][bin].rows + 2;
			right[count] = learner->cells[class][bin].right + 2 * (bin + 0.5) / QUOTE_MODEL_BINS;
			ends[count++] = bin;
			while (count > 1 && right[count - 2] / rows[count - 2] > right[count - 1] / rows[count - 1]) {
				rows[count - 2] += rows[count - 1];
				right[count - 2] += right[count - 1];
				ends[count - 2] = ends[count - 1];
				count--;
			}
		}
		for (bin = 0, from = 0; bin < count; from = ends[bin++] + 1)
			for (k = from; k <= ends[bin]; k++)
				model->scores[class][k] = (uint8_t)lround(100 * right[bin] / rows[bin]);
		for (bin = 0; bin < QUOTE_MODEL_BINS; bin++)
			fprintf(stderr, "class %d, chance %.2f: %5.0f rows, %3.0f %% right, score %d\n", class,
			    (bin + 0.5) / QUOTE_MODEL_BINS, learner->cells[class][bin].rows,
			    learner->cells[class][bin].rows > 0
				? 100 * learner->cells[class][bin].right / learner->cells[class][bin].rows
				: 0,
			    model->scores[class][bin]);
	}
}

int
main(int argc, char **argv)
{
	static struct news_quote_model model;
	struct news_quoter_options options = {.model = &model, .all = true};
	struct learner learner = {0};
	struct quoter_teacher teacher = {&learner, choose};
	struct news_lists *lists = news_lists_new();
	struct news_quoter *quoter;
	int left_out = -1, letter, i, k;

	while ((letter = getopt(argc, argv, "f:")) != -1) {
		if (letter != 'f')
			return 2;
		left_out = atoi(optarg);
	}
	if (argc - optind != 2)
		fail("usage: learn-quote [-f FOLD] ROWS GOLD");
	learner.rows = fopen(argv[optind], "r");
	learner.gold = fopen(argv[optind + 1], "r");
	quoter = lists == NULL ? NULL : news_quoter_new(lists, &options);
	if (learner.rows == NULL || learner.gold == NULL || quoter == NULL)
		fail("cannot begin");
	quoter_teach(quoter, &teacher);
	read_documents(&learner, quoter, -1);
	fprintf(stderr,
	    "%zu documents, %zu runs, the speaker of %zu out of reach; %.1f candidates, %.1f features each\n",
	    learner.document, learner.runs, learner.out_of_reach,
	    (double)learner.option_count / (double)learner.example_count,
	    (double)learner.id_count / (double)learner.option_count);
	if (left_out < 0) {
		learner.observes = true;
		for (i = 0; i < FOLDS; i++) {
			learn(&learner, i, &model);
			read_documents(&learner, quoter, i);
		}
		calibrate(&learner, &model);
	}
	learn(&learner, left_out, &model);
	for (i = 0; i < (int)QUOTE_MODEL_SIZE; i++)
		if (model.weights[i] != 0)
			printf("weight\t%d\t%d\n", i, model.weights[i]);
	for (i = 0; i < QUOTE_MODEL_CLASSES; i++)
		for (k = 0; k < QUOTE_MODEL_BINS; k++)
			printf("score\t%d\t%d\t%d\n", i, k, model.scores[i][k]);
	news_quoter_free(quoter);
	news_lists_free(lists);
	return fflush(stdout) != 0 ? 2 : 0;
}
