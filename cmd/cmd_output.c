/* SPDX-License-Identifier: ISC
 *
 * cmd_output.c - standard output, diagnostics and the file of rejected records
 */
#include "cmd_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

/* A longer message is cut: it still holds a file name of PATH_MAX bytes and a reason. */
#define MESSAGE_MAX 5000

static int rejects_fd = -1;
static pthread_mutex_t tell_lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- diagnostics ---- */

/* Copy RAW to OUT (4 bytes a byte) with control characters and ill-formed bytes as \xNN. Gives its bytes. */
static size_t
escape(const char *raw, size_t bytes, char *out)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t i = 0, n = 0;

	while (i < bytes) {
		utf8proc_int32_t character;
		utf8proc_ssize_t width =
		    utf8proc_iterate((const utf8proc_uint8_t *)raw + i, (utf8proc_ssize_t)(bytes - i), &character);
		bool plain = width > 0 && character >= 0x20 && !(character >= 0x7f && character < 0xa0);
		size_t end = i + (width > 0 ? (size_t)width : 1);
		for (; i < end; i++) {
			if (plain) {
				out[n++] = raw[i];
				continue;
			}
			out[n++] = '\\';
			out[n++] = 'x';
			out[n++] = digits[(unsigned char)raw[i] >> 4];
			out[n++] = digits[(unsigned char)raw[i] & 15];
		}
	}
	return n;
}

static void
tell(const char *format, va_list arguments, const char *advice)
{
	char raw[MESSAGE_MAX], out[4 * MESSAGE_MAX + 300];
	size_t n = 0;
	int bytes;

	bytes = vsnprintf(raw, sizeof raw, format, arguments);
	if (bytes < 0)
		bytes = 0;
	if ((size_t)bytes >= sizeof raw)
		bytes = sizeof raw - 1;
	pthread_mutex_lock(&tell_lock);
	if (progress_wipe())
		n += (size_t)sprintf(out, "\r\033[K");
	n += (size_t)sprintf(out + n, "%.60s: ", run.program->name);
	n += escape(raw, (size_t)bytes, out + n);
	if (advice != NULL)
		n += (size_t)sprintf(out + n, "; try '%.60s %s'", run.program->name, advice);
	out[n++] = '\n';
	while (write(STDERR_FILENO, out, n) < 0 && errno == EINTR)
		;
	pthread_mutex_unlock(&tell_lock);
}

void
cmd_tell(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(format, arguments, NULL);
	va_end(arguments);
}

/* _exit: another thread may hold any lock. Nothing of ours waits in a buffer of stdio. */
void
cmd_die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(format, arguments, NULL);
	va_end(arguments);
	_exit(CMD_FAILED);
}

void
cmd_usage(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(format, arguments, "--help");
	va_end(arguments);
	_exit(CMD_FAILED);
}

void
cmd_no_memory(void)
{
	cmd_die("out of memory");
}

/* ---- standard output ---- */

void
output_open(void)
{
	/* With the wrong direction, so that using a closed standard stream is the error it would have been. */
	static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};

	for (int fd = 0; fd < 3; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			_exit(CMD_FAILED);
	}
	/* A file size limit is then an error of write(2), told like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
}

/* Writing stopped within a row: where standard output is a file that ends here, take the piece of a row back. PIECE
 * bytes of a row were written. */
static void
take_back(size_t piece)
{
	struct stat status;
	off_t end = lseek(STDOUT_FILENO, 0, SEEK_CUR);

	if (end < (off_t)piece || fstat(STDOUT_FILENO, &status) != 0 || !S_ISREG(status.st_mode) ||
	    status.st_size != end)
		return;
	if (ftruncate(STDOUT_FILENO, end - (off_t)piece) == 0)
		lseek(STDOUT_FILENO, end - (off_t)piece, SEEK_SET);
}

static _Noreturn void
write_failed(const char *at, size_t written)
{
	int error = errno;
	size_t piece = 0;

	if (error == EPIPE) {
		sigset_t closed;

		/* Whoever started us ignores or blocks it; end as if not. */
		sigemptyset(&closed);
		sigaddset(&closed, SIGPIPE);
		pthread_sigmask(SIG_UNBLOCK, &closed, NULL);
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
		_exit(CMD_FAILED);
	}
	while (piece < written && at[written - piece - 1] != '\n')
		piece++;
	if (piece > 0)
		take_back(piece);
	cmd_die("standard output: %s", strerror(error));
}

void
output_write(const char *at, size_t bytes)
{
	size_t written = 0;

	while (written < bytes) {
		ssize_t n = write(STDOUT_FILENO, at + written, bytes - written);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			/* Somebody who shares it made it non-blocking. */
			struct pollfd polled = {STDOUT_FILENO, POLLOUT, 0};

			poll(&polled, 1, -1);
			continue;
		}
		if (n < 0)
			write_failed(at, written);
		written += (size_t)n;
	}
	run.bytes_written += bytes;
}

/* ---- rejected records ---- */

static void
write_reject(const char *at, size_t bytes)
{
	while (bytes > 0) {
		ssize_t n = write(rejects_fd, at, bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			cmd_die("%s: %s", run.rejects, strerror(errno));
		at += n;
		bytes -= (size_t)n;
	}
}

void
output_open_rejects(void)
{
	if (run.rejects == NULL)
		return;
	rejects_fd = open(run.rejects, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (rejects_fd < 0)
		cmd_die("%s: %s", run.rejects, strerror(errno));
}

void
output_reject(struct news_text verbatim)
{
	if (rejects_fd < 0)
		return;
	write_reject(verbatim.at, verbatim.bytes);
	if (verbatim.bytes == 0 || verbatim.at[verbatim.bytes - 1] != '\n')
		write_reject("\n", 1);
}

void
output_close(void)
{
	if (close(STDOUT_FILENO) != 0)
		cmd_die("standard output: %s", strerror(errno));
	if (rejects_fd >= 0 && close(rejects_fd) != 0)
		cmd_die("%s: %s", run.rejects, strerror(errno));
}
