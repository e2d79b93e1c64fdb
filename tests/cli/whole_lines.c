/* SPDX-License-Identifier: MIT */
/*
 * Errors leave as whole lines, not in pieces: runs `dragoman decode` with a socket as
 * standard error that keeps apart what each call of the system wrote.
 *
 * usage: whole_lines DRAGOMAN PROFILE
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FRAMES = 50 };

static void become(char **argv, int in, const int *errors, const char *format)
{
    int null = open("/dev/null", O_WRONLY);
    (void)dup2(in, STDIN_FILENO);
    (void)dup2(null, STDOUT_FILENO);
    (void)dup2(errors[1], STDERR_FILENO);
    (void)close(errors[0]);
    (void)execl(argv[1], argv[1], "decode", "-p", argv[2], "--error-format", format,
                (char *)NULL);
    _exit(127);
}

/* Frames that no message has. */
static int frames(void)
{
    FILE *file = tmpfile();
    for (int i = 0; file != NULL && i < FRAMES; i++) {
        (void)fprintf(file, "FFFFFF\n");
    }
    if (file == NULL || fflush(file) != 0) {
        return -1;
    }
    rewind(file);
    return fileno(file);
}

/* Pieces that were written, if each of them is one line; or 0. */
static int count_lines(int errors)
{
    char text[4096];
    int lines = 0;
    ssize_t length;
    while ((length = recv(errors, text, sizeof(text), 0)) > 0) {
        const char *end = memchr(text, '\n', (size_t)length);
        if (end != text + length - 1) {
            return 0;
        }
        lines++;
    }
    return lines;
}

static bool writes_lines(char **argv, const char *format)
{
    int status = 0, ends[2], in = frames();
    if (in < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) {
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        become(argv, in, ends, format);
    }
    (void)close(ends[1]);
    int lines = count_lines(ends[0]);
    (void)close(ends[0]);
    return child > 0 && waitpid(child, &status, 0) == child && lines >= FRAMES;
}

int main(int argc, char **argv)
{
    static const char *const formats[] = {"text", "json"};
    bool good = argc == 3;
    for (int i = 0; i < 2 && argc == 3; i++) {
        bool whole = writes_lines(argv, formats[i]);
        (void)printf("%sok %d - as %s\n", whole ? "" : "not ", i + 1, formats[i]);
        good = good && whole;
    }
    (void)printf("1..2\n");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
