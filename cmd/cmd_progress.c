/* SPDX-License-Identifier: ISC
 *
 * cmd_progress.c - how far the run is: a bar with --progress, a line on SIGUSR1 (and SIGINFO)
 *
 * The handler only sets a flag and writes a byte to a pipe, which wakes the reader where it waits for input; the reader
 * does the telling.
 */
#include "cmd_private.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Not more often than this. */
#define REDRAW_NANOSECONDS 100000000
#define BAR_COLUMNS 30

static int wake_pipe[2] = {-1, -1};
static volatile sig_atomic_t asked;
static atomic_bool drawn;
static struct timespec begun, last;
static uint64_t total; /* 0: unknown */

static void
handle(int number)
{
	int error = errno;

	(void)number;
	asked = 1;
	progress_wake();
	errno = error;
}

/* The bytes of all operands; 0 when one of them is no regular file. */
static uint64_t
measure(void)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < run.operand_count || (i == 0 && run.operand_count == 0); i++) {
		bool standard = run.operand_count == 0 || strcmp(run.operands[i], "-") == 0;
		struct stat status;
		int result = standard ? fstat(STDIN_FILENO, &status) : stat(run.operands[i], &status);
		if (result != 0)
			continue;
		if (!S_ISREG(status.st_mode))
			return 0;
		sum += (uint64_t)status.st_size;
	}
	return sum;
}

void
progress_start(void)
{
	struct sigaction action;

	if (pipe(wake_pipe) == 0) {
		for (int i = 0; i < 2; i++) {
			fcntl(wake_pipe[i], F_SETFL, O_NONBLOCK);
			fcntl(wake_pipe[i], F_SETFD, FD_CLOEXEC);
		}
	} else {
		wake_pipe[0] = wake_pipe[1] = -1;
	}
	memset(&action, 0, sizeof action);
	action.sa_handler = handle;
	sigemptyset(&action.sa_mask);
	action.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &action, NULL);
#ifdef SIGINFO
	sigaction(SIGINFO, &action, NULL);
#endif
	clock_gettime(CLOCK_MONOTONIC, &begun);
	last = begun;
	total = measure();
}

static int64_t
nanoseconds(const struct timespec *from, const struct timespec *to)
{
	return (int64_t)(to->tv_sec - from->tv_sec) * 1000000000 + (to->tv_nsec - from->tv_nsec);
}

/* "12.3 MB, 4567 documents, 310.0 MB/s", with " of 45.6 MB, 27%" where the size is known. */
static int
describe(char *out, size_t room, const struct timespec *now)
{
	double megabytes = (double)run.bytes_read / 1e6, seconds = (double)nanoseconds(&begun, now) / 1e9;
	char whole[64] = "";

	if (total > 0)
		snprintf(whole, sizeof whole, " of %.1f MB, %d%%", (double)total / 1e6,
		    run.bytes_read >= total ? 100 : (int)(run.bytes_read * 100 / total));
	else if (run.bytes_read < 1000000)
		snprintf(whole, sizeof whole, " MB (%" PRIu64 " bytes)", run.bytes_read);
	else
		snprintf(whole, sizeof whole, " MB");
	return snprintf(out, room, "%.1f%s, %" PRIu64 " %s, %.1f MB/s", megabytes, whole, run.units,
	    run.program->input == CMD_LINES ? "lines" : "documents", seconds > 0 ? megabytes / seconds : 0);
}

static void
draw(const struct timespec *now)
{
	char text[300];
	int n;

	n = snprintf(text, sizeof text, "\r%.60s: ", run.program->name);
	if (total > 0) {
		size_t full = run.bytes_read >= total ? BAR_COLUMNS : (size_t)(run.bytes_read * BAR_COLUMNS / total);

		text[n++] = '[';
		for (size_t i = 0; i < BAR_COLUMNS; i++)
			text[n++] = i < full ? '#' : '.';
		text[n++] = ']';
		text[n++] = ' ';
	}
	n += describe(text + n, sizeof text - (size_t)n - 8, now);
	n += sprintf(text + n, "\033[K");
	drawn = true;
	while (write(STDERR_FILENO, text, (size_t)n) < 0 && errno == EINTR)
		;
}

void
progress_tick(void)
{
	struct timespec now;

	if (!asked && !run.progress)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (asked) {
		char text[200];

		asked = 0;
		describe(text, sizeof text, &now);
		cmd_tell("%s", text);
	}
	if (run.progress && nanoseconds(&last, &now) >= REDRAW_NANOSECONDS) {
		last = now;
		draw(&now);
	}
}

void
progress_end(void)
{
	if (progress_wipe()) {
		while (write(STDERR_FILENO, "\r\033[K", 4) < 0 && errno == EINTR)
			;
	}
}

bool
progress_wipe(void)
{
	return atomic_exchange(&drawn, false);
}

int
progress_descriptor(void)
{
	return wake_pipe[0];
}

void
progress_wake(void)
{
	/* A full pipe wakes as well. */
	if (wake_pipe[1] >= 0 && write(wake_pipe[1], "", 1) < 0)
		return;
}

void
progress_drain(void)
{
	char bytes[64];

	while (read(wake_pipe[0], bytes, sizeof bytes) > 0)
		;
}
