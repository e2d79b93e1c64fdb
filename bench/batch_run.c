/* SPDX-License-Identifier: MIT */
/*
 * A program's run with its output to /dev/null or to a pipe, and what it takes.
 */
#define _GNU_SOURCE /* splice, F_SETPIPE_SZ */

#include "batch_run.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 * 1024, PIPE_SIZE = 1024 * 1024 };

static char buffer[PIECE];

/* Take what comes, and count it. */
static unsigned long long drain(int from, bool unread)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    unsigned long long total = 0;
    ssize_t got = 1;
    while (got > 0) {
        got = unread ? splice(from, NULL, null, NULL, PIPE_SIZE, SPLICE_F_MOVE)
                     : read(from, buffer, sizeof(buffer));
        total += got > 0 ? (unsigned long long)got : 0;
    }
    (void)close(null);
    return total;
}

static double cpu_of(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static double own_cpu(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? cpu_of(&usage) : 0;
}

static double seconds_now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void become(char **command, const int *ends, bool piped)
{
    int to = piped ? ends[1] : open("/dev/null", O_WRONLY);
    (void)dup2(to, STDOUT_FILENO);
    (void)close(ends[0]);
    (void)close(to);
    (void)execv(command[0], command);
    _exit(127);
}

int batch_run(const char *where, char **command)
{
    int ends[2] = {-1, -1}, status = 0;
    struct rusage usage;
    bool piped = strcmp(where, "null") != 0;
    if (piped && pipe(ends) != 0)
        return 1;
    double start = seconds_now(), own = own_cpu();
    pid_t child = fork();
    if (child == 0)
        become(command, ends, piped);
    (void)close(ends[1]);
    unsigned long long bytes = piped ? drain(ends[0], strcmp(where, "splice") == 0) : 0;
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        return 1;
    (void)printf("%.4f %.4f %ld %llu %.4f\n", seconds_now() - start, cpu_of(&usage),
                 usage.ru_maxrss, bytes, own_cpu() - own);
    return 0;
}

int batch_write(const char *bytes)
{
    unsigned long long left = strtoull(bytes, NULL, 10);
    (void)fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_SIZE);
    memset(buffer, 'x', sizeof(buffer));
    while (left > 0) {
        ssize_t count =
            write(STDOUT_FILENO, buffer, left < PIECE ? (size_t)left : (size_t)PIECE);
        if (count <= 0)
            return 1;
        left -= (unsigned long long)count;
    }
    return 0;
}
