/* SPDX-License-Identifier: ISC
 *
 * cmd_input.c - the operands, read in blocks
 *
 * Blocks go straight into the batch at hand. Before a read that would block, the batch is given away, so that output
 * never waits while input does.
 */
#include "cmd_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

struct source {
	struct news_text label; /* as units have it */
	const char *name;       /* as messages have it */
	int fd;
	bool regular; /* a read never blocks for long */
};

static struct cmd_batch *batch;

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

/* Read a block behind what BATCH has. Gives its bytes, 0 at the end of the file, or -1 with errno set. */
static ssize_t
read_block(const struct source *source)
{
	struct buffer *input = &batch->input;
	size_t wanted = input->bytes + READ_BYTES < BATCH_BYTES ? BATCH_BYTES - input->bytes : READ_BYTES;
	ssize_t n;

	/* One more for the LF of a last line without one. */
	units_reserve(batch, wanted + 1);
	while (true) {
		if (!source->regular && would_block(source->fd)) {
			if (batch->count > 0) {
				give();
				input = &batch->input;
				units_reserve(batch, wanted + 1);
			}
			if (!wait_for(source->fd))
				return 0;
		}
		n = read(source->fd, input->at + input->bytes, wanted);
		if (n >= 0)
			break;
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if (!wait_for(source->fd))
				return 0;
		} else if (errno != EINTR) {
			return -1;
		}
	}
	input->bytes += (size_t)n;
	run.bytes_read += (uint64_t)n;
	return n;
}

static void
read_source(const struct source *source)
{
	bool goes_on;
	ssize_t n;

	units_start(source->label);
	do {
		n = read_block(source);
		if (n < 0) {
			cmd_tell("%s: %s", source->name, strerror(errno));
			run.failed = true;
			units_drop(batch);
			return;
		}
		goes_on = units_cut(batch, n == 0) && n > 0;
		if (batch->input.bytes >= BATCH_BYTES && batch->count > 0)
			give();
		progress_tick();
	} while (goes_on && !run.stopped);
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
		cmd_tell("%s: input file is output file", source.name);
		run.failed = true;
	} else {
		read_source(&source);
	}
	if (source.fd != STDIN_FILENO)
		close(source.fd);
}

void
input_run(void)
{
	batch = jobs_batch();
	units_open();
	if (run.operand_count == 0)
		read_operand("-");
	for (size_t i = 0; i < run.operand_count && !run.stopped; i++)
		read_operand(run.operands[i]);
	give();
	units_close();
}
