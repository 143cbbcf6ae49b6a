/* SPDX-License-Identifier: ISC
 *
 * cmd_input.c - the operands, read in blocks
 *
 * Blocks go straight into the batch at hand, or, where a file is compressed or in another encoding, through the
 * decoder; what a file is shows in its first block. Before a read that would block, the batch is given away, so that
 * output never waits while input does.
 */
#include "cmd_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct source {
	struct news_text label; /* as units have it */
	const char *name;       /* as messages have it */
	int fd;
	bool regular; /* a read never blocks for long */
};

/* What came of a try to read a block. */
enum block {
	BLOCK_READ,  /* one stands behind what the batch has */
	BLOCK_NONE,  /* the file has ended, or nothing more is wanted of it */
	BLOCK_FAILED /* it cannot be read on, as was told */
};

static struct cmd_batch *batch;
static struct news_decoder *decoder;
static char *undecoded; /* READ_BYTES for what the decoder is fed */

const char *
input_name(struct news_text label)
{
	return label.bytes == 1 && label.at[0] == '-' ? "standard input" : label.at;
}

/* Hand on what is complete. */
static void
give(void)
{
	struct cmd_batch *before = batch;

	batch = jobs_give();
	units_move(before, batch);
}

/* Wait until FD can be read; signals are answered meanwhile. false: the run has been stopped. */
static bool
wait_for(int fd)
{
	struct pollfd polled[2] = {{fd, POLLIN, 0}, {progress_descriptor(), POLLIN, 0}};

	while (!run.stopped) {
		int ready = poll(polled, 2, -1);

		if (ready < 0 && errno != EINTR)
			return true; /* let read(2) say what is wrong */
		if (ready > 0 && (polled[1].revents & POLLIN) != 0)
			progress_drain();
		progress_tick();
		if (ready > 0 && polled[0].revents != 0)
			return true;
	}
	return false;
}

static bool
would_block(int fd)
{
	struct pollfd polled = {fd, POLLIN, 0};

	return poll(&polled, 1, 0) == 0;
}

/* How many bytes may come behind what BATCH has, with one more for the LF of a last line without one. */
static size_t
make_room(void)
{
	size_t bytes = batch->input.bytes;
	size_t room = bytes + READ_BYTES < BATCH_BYTES ? BATCH_BYTES - bytes : READ_BYTES;

	units_reserve(batch, room + 1);
	return room;
}

static void
tell_failure(const struct source *source, const char *why)
{
	cmd_tell("%s: %s", source->name, why);
	run.failed = true;
}

/* Read behind what BATCH has, or, where STRAIGHT is false, to `undecoded`. Gives the bytes, 0 at the end of the file or
 * when the run was stopped, or -1 with errno set. */
static ssize_t
read_bytes(const struct source *source, bool straight)
{
	while (true) {
		size_t room = READ_BYTES;
		char *at = undecoded;
		ssize_t n;

		if (!source->regular && would_block(source->fd)) {
			if (batch->count > 0)
				give();
			if (!wait_for(source->fd))
				return 0;
		}
		if (straight) {
			room = make_room();
			at = batch->input.at + batch->input.bytes;
		}
		n = read(source->fd, at, room);
		if (n >= 0) {
			run.bytes_read += (uint64_t)n;
			return n;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if (!wait_for(source->fd))
				return 0;
		} else if (errno != EINTR) {
			return -1;
		}
	}
}

static enum block
read_straight(const struct source *source)
{
	ssize_t n = read_bytes(source, true);

	if (n < 0) {
		tell_failure(source, strerror(errno));
		return BLOCK_FAILED;
	}
	batch->input.bytes += (size_t)n;
	return n > 0 ? BLOCK_READ : BLOCK_NONE;
}

static enum block
read_decoded(const struct source *source)
{
	while (true) {
		size_t room = make_room(), made;
		struct buffer *input = &batch->input;
		struct news_error error;
		ssize_t n;

		switch (news_decoder_next(decoder, input->at + input->bytes, room, &made, &error)) {
		case NEWS_OK:
			input->bytes += made;
			if (made > 0)
				return BLOCK_READ;
			break;
		case NEWS_END:
			return BLOCK_NONE;
		case NEWS_REJECTED:
			tell_failure(source, error.text);
			return BLOCK_NONE;
		case NEWS_NO_MEMORY:
			cmd_no_memory();
		case NEWS_FAILED:
			tell_failure(source, error.text);
			return BLOCK_FAILED;
		}
		n = read_bytes(source, false);
		if (n < 0) {
			tell_failure(source, strerror(errno));
			return BLOCK_FAILED;
		}
		if (run.stopped)
			return BLOCK_NONE;
		news_decoder_feed(decoder, (struct news_text){undecoded, (size_t)n}, n == 0);
	}
}

static void
tell_encoding(const struct source *source)
{
	size_t replaced;
	const char *encoding = news_decoder_encoding(decoder, &replaced);

	if (run.verbose && encoding != NULL)
		cmd_tell("%s: converted from %s, ill-formed sequences replaced: %zu", source->name, encoding, replaced);
}

static void
read_source(const struct source *source)
{
	enum block block;
	bool goes_on;

	units_start(source->label);
	news_decoder_start(decoder);
	do {
		block = news_decoder_is_idle(decoder) ? read_straight(source) : read_decoded(source);
		if (block == BLOCK_FAILED) {
			units_drop(batch);
			break;
		}
		goes_on = units_cut(batch, block == BLOCK_NONE) && block == BLOCK_READ;
		if (batch->input.bytes >= BATCH_BYTES && batch->count > 0)
			give();
		progress_tick();
	} while (goes_on && !run.stopped);
	tell_encoding(source);
}

/* Whether reading the file would feed the run with its own output. */
static bool
is_output(const struct stat *file)
{
	struct stat output;

	return S_ISREG(file->st_mode) && fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == file->st_dev &&
	    output.st_ino == file->st_ino;
}

static void
open_failed(const char *operand)
{
	int error = errno;
	const char *advice = operand[0] == '-' ? "; options go before files" : "";

	cmd_tell("%s: %s%s", operand, strerror(error), advice);
	run.failed = true;
}

static void
read_operand(const char *operand)
{
	struct source source = {{operand, strlen(operand)}, NULL, STDIN_FILENO, false};
	struct stat status;
	bool own_output = false;

	source.name = input_name(source.label);
	if (strcmp(operand, "-") != 0) {
		/* Opening a named pipe waits for its writer. */
		if (batch->count > 0 && stat(operand, &status) == 0 && S_ISFIFO(status.st_mode))
			give();
		do
			source.fd = open(operand, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		while (source.fd < 0 && errno == EINTR);
		if (source.fd < 0) {
			open_failed(operand);
			return;
		}
	}
	if (fstat(source.fd, &status) == 0) {
		source.regular = S_ISREG(status.st_mode);
		own_output = status.st_size > 0 && is_output(&status);
	}
	if (own_output) {
		tell_failure(&source, "input file is output file");
	} else {
		read_source(&source);
	}
	if (source.fd != STDIN_FILENO)
		close(source.fd);
}

void
input_run(void)
{
	bool raw = run.program->input == CMD_RAW;

	decoder = news_decoder_new(raw ? run.program->reader_options(run.context) : NULL);
	undecoded = malloc(READ_BYTES);
	if (decoder == NULL || undecoded == NULL)
		cmd_no_memory();
	batch = jobs_batch();
	units_open();
	if (run.operand_count == 0)
		read_operand("-");
	for (size_t i = 0; i < run.operand_count && !run.stopped; i++)
		read_operand(run.operands[i]);
	give();
	units_close();
	news_decoder_free(decoder);
	free(undecoded);
}
