/* SPDX-License-Identifier: MIT */
/*
 * A program's run with its output to /dev/null or to a pipe, and what it takes.
 */
#ifndef DRAGOMAN_BENCH_BATCH_RUN_H
#define DRAGOMAN_BENCH_BATCH_RUN_H

/*
 * Run a command and print seconds, its CPU seconds, its peak of memory in KiB, bytes that
 * came out, and CPU seconds of the reader. Returns an exit code.
 *
 * @param where  null, or pipe: this process reads what comes; or splice: it lets it go to
 *               /dev/null unread, so that the reader takes nothing from the program.
 */
int batch_run(const char *where, char **command);

/* Write that many bytes to standard output as the program would: what a pipe takes by
 * itself. Returns an exit code. */
int batch_write(const char *bytes);

#endif
