/* SPDX-License-Identifier: MIT */
/*
 * One million lines in constant memory: runs `dragoman decode` over a file of that many
 * frames, counts what comes out, and looks how much memory the program had at its peak.
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

enum { LINES = 1000000, LIMIT_KIB = 16 * 1024 };

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

static int run(const char *dragoman, const char *profile, FILE *in, FILE *out)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(fileno(in), STDIN_FILENO);
        (void)dup2(fileno(out), STDOUT_FILENO);
        (void)execl(dragoman, dragoman, "decode", "-p", profile, (char *)NULL);
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

int main(int argc, char **argv)
{
    struct rusage usage;
    FILE *out = tmpfile();
    FILE *in = argc == 4 ? write_frames(argv[3]) : NULL;
    if (in == NULL || out == NULL) {
        (void)fprintf(stderr, "usage: memory DRAGOMAN PROFILE FRAME\n");
        return 2;
    }
    (void)printf("1..3\n");
    int code = run(argv[1], argv[2], in, out);
    (void)printf("%sok 1 - decodes a million lines (exit code %d)\n",
                 code == 0 ? "" : "not ", code);
    long lines = count_lines(out);
    (void)printf("%sok 2 - gives a line for each (%ld)\n", lines == LINES ? "" : "not ",
                 lines);
    bool measured = getrusage(RUSAGE_CHILDREN, &usage) == 0;
    bool small = measured && usage.ru_maxrss < LIMIT_KIB;
    (void)printf("%sok 3 - takes less than 16 MiB (%ld KiB)\n", small ? "" : "not ",
                 measured ? usage.ru_maxrss : -1);
    return code == 0 && lines == LINES && small ? EXIT_SUCCESS : EXIT_FAILURE;
}
