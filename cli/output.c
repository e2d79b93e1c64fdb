/* SPDX-License-Identifier: MIT */
/* Where results go. A full disk is an error that is told, and not found out later. */
#define _GNU_SOURCE /* F_SETPIPE_SZ, where there is one */

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { PIPE_WANTED = 1024 * 1024 };

int output_open(struct output *output, struct report *report, const char *path)
{
    output->file = stdout;
    output->reason = 0;
    output->name = "standard output";
    if (path == NULL || strcmp(path, "-") == 0) {
        return CLI_FINE;
    }
    output->name = path;
    output->file = fopen(path, "wb");
    return output->file != NULL ? CLI_FINE : report_errno(report, "cannot write", path);
}

bool output_good(const struct output *output)
{
    return output->reason == 0 && ferror(output->file) == 0;
}

void output_widen(struct output *output)
{
#if defined(F_SETPIPE_SZ) && defined(F_GETPIPE_SZ)
    int fd = fileno(output->file), size = fcntl(fd, F_GETPIPE_SZ);
    if (size > 0 && size < PIPE_WANTED) {
        (void)fcntl(fd, F_SETPIPE_SZ, PIPE_WANTED);
    }
#else
    (void)output;
#endif
}

/* A descriptor that others have made non-blocking is waited for. */
static bool wait_for(int fd)
{
    struct pollfd ready = {fd, POLLOUT, 0};
    return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

static ssize_t write_some(int fd, const char *bytes, size_t length)
{
    for (;;) {
        ssize_t count = write(fd, bytes, length);
        bool later = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (count >= 0 || (errno != EINTR && !(later && wait_for(fd)))) {
            return count;
        }
    }
}

void output_write(struct output *output, const char *bytes, size_t length)
{
    int fd = fileno(output->file);
    while (length > 0 && output_good(output)) {
        ssize_t count = write_some(fd, bytes, length);
        if (count < 0) {
            output->reason = errno;
            return;
        }
        bytes += count;
        length -= (size_t)count;
    }
}

bool output_flush(struct output *output, struct report *report)
{
    bool before = ferror(output->file) != 0;
    if (output->reason == 0 && fflush(output->file) == 0 && !before) {
        return true;
    }
    errno = output->reason != 0 ? output->reason : errno;
    (void)report_errno(report, "cannot write to", output->name);
    return false;
}

int output_close(struct output *output, struct report *report)
{
    if (output->file == NULL) {
        return CLI_FINE;
    }
    bool good = output_flush(output, report);
    if (output->file != stdout && fclose(output->file) != 0 && good) {
        (void)report_errno(report, "cannot write to", output->name);
        good = false;
    }
    output->file = NULL;
    return good ? CLI_FINE : CLI_CANNOT;
}
