/* SPDX-License-Identifier: MIT */
/*
 * One million lines in bounded memory: runs `dragoman decode` over a file of that many
 * frames, counts what comes out, and looks how much memory the program had at its peak;
 * with one thread and with several.
 *
 * usage: memory DRAGOMAN PROFILE FRAME
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINES = 1000000, LIMIT_KIB = 16 * 1024, LIMIT_MANY_KIB = 32 * 1024 };

static FILE *write_frames(const char *frame)
{
    FILE *file = tmpfile();
    for (int i = 0; file != NULL && i < LINES; i++) {
        (void)fprintf(file, "%s\n", frame);
    }
    if (file == NULL || fflush(file) != 0 || fseek(file, 0, SEEK_SET) != 0) {
        return NULL;
    }
    return file;
}

static int run(char **arguments, const char *jobs, FILE *in, FILE *out)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(fileno(in), STDIN_FILENO);
        (void)dup2(fileno(out), STDOUT_FILENO);
        (void)execl(arguments[1], arguments[1], "decode", "-j", jobs, "-p", arguments[2],
                    (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        return -1;
    }
    return WEXITSTATUS(status);
}

static long count_lines(FILE *file)
{
    static char buffer[65536];
    long lines = 0;
    size_t got = 0;
    rewind(file);
    while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0) {
        for (size_t i = 0; i < got; i++) {
            lines += buffer[i] == '\n' ? 1 : 0;
        }
    }
    return lines;
}

static int number;

static bool outcome(bool good, const char *jobs, const char *what, long found)
{
    (void)printf("%sok %d - %s threads: %s (%ld)\n", good ? "" : "not ", ++number, jobs,
                 what, found);
    return good;
}

/* The peak is that of all children so far, so that the smallest comes first. */
static bool check(char **arguments, const char *jobs, long limit, FILE *in, FILE *out)
{
    struct rusage usage;
    rewind(in);
    rewind(out);
    if (ftruncate(fileno(out), 0) != 0) {
        return false;
    }
    int code = run(arguments, jobs, in, out);
    bool good = outcome(code == 0, jobs, "decodes a million lines", code);
    long lines = count_lines(out);
    good = outcome(lines == LINES, jobs, "gives a line for each", lines) && good;
    long peak = getrusage(RUSAGE_CHILDREN, &usage) == 0 ? usage.ru_maxrss : limit;
    return outcome(peak < limit, jobs, "takes bounded memory, KiB", peak) && good;
}

int main(int argc, char **argv)
{
    FILE *out = tmpfile();
    FILE *in = argc == 4 ? write_frames(argv[3]) : NULL;
    if (in == NULL || out == NULL) {
        (void)fprintf(stderr, "usage: memory DRAGOMAN PROFILE FRAME\n");
        return 2;
    }
    (void)printf("1..9\n");
    bool good = check(argv, "1", LIMIT_KIB, in, out);
    good = check(argv, "2", LIMIT_KIB, in, out) && good;
    good = check(argv, "32", LIMIT_MANY_KIB, in, out) && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
