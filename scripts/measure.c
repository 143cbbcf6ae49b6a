/* SPDX-License-Identifier: ISC
 *
 * measure.c - how long a command takes and how much memory it holds
 *
 *     measure RUNS INPUT COMMAND [ARGUMENT]...
 *
 * Runs COMMAND RUNS times with INPUT as standard input and /dev/null as standard output. Prints the median of the
 * wall-clock seconds and the peak resident memory in KiB of the largest process among COMMAND and its children. Status
 * 2 when COMMAND cannot be run or ends with more than 1, which the programs keep for malformed records.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS_MAX 101

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static _Noreturn void
become(const char *input, char **command)
{
	int in = open(input, O_RDONLY), out = open("/dev/null", O_WRONLY);

	if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0) {
		fprintf(stderr, "measure: cannot open '%s': %s\n", input, strerror(errno));
		_exit(127);
	}
	close(in);
	close(out);
	execvp(command[0], command);
	fprintf(stderr, "measure: cannot run '%s': %s\n", command[0], strerror(errno));
	_exit(127);
}

int
main(int argc, char **argv)
{
	double seconds[RUNS_MAX];
	struct rusage usage;
	long kilobytes;
	int runs, i, status;

	runs = argc > 3 ? atoi(argv[1]) : 0;
	if (runs < 1 || runs > RUNS_MAX) {
		fprintf(stderr, "usage: measure RUNS INPUT COMMAND [ARGUMENT]...   RUNS: 1 to %d\n", RUNS_MAX);
		return 2;
	}
	for (i = 0; i < runs; i++) {
		double begin = now();
		pid_t child = fork();

		if (child == 0)
			become(argv[2], argv + 3);
		if (child < 0 || waitpid(child, &status, 0) < 0) {
			fprintf(stderr, "measure: cannot start '%s': %s\n", argv[3], strerror(errno));
			return 2;
		}
		seconds[i] = now() - begin;
		if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
			fprintf(stderr, "measure: '%s' failed\n", argv[3]);
			return 2;
		}
	}
	qsort(seconds, (size_t)runs, sizeof *seconds, compare);
	if (getrusage(RUSAGE_CHILDREN, &usage) < 0)
		return 2;
	kilobytes = usage.ru_maxrss;
#ifdef __APPLE__
	kilobytes /= 1024; /* counts bytes there */
#endif
	printf("%.6f %ld\n", seconds[runs / 2], kilobytes);
	return 0;
}
