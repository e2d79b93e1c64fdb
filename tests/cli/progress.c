/* SPDX-License-Identifier: MIT */
/*
 * How far it is, on a terminal: runs `dragoman decode` with a pseudo-terminal as standard
 * error, and looks what it shows there.
 *
 * usage: progress DRAGOMAN PROFILE
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINES = 20000 };

static int number;

static void outcome(bool good, const char *what)
{
    (void)printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
}

static FILE *write_frames(void)
{
    FILE *file = tmpfile();
    for (int i = 0; file != NULL && i < LINES; i++) {
        (void)fprintf(file, "01303901\n");
    }
    return file != NULL && fflush(file) == 0 ? file : NULL;
}

static void become(char **argv, FILE *in, int terminal, const char *option)
{
    int null = open("/dev/null", O_WRONLY);
    (void)dup2(fileno(in), STDIN_FILENO);
    (void)dup2(null, STDOUT_FILENO);
    (void)dup2(terminal, STDERR_FILENO);
    (void)execl(argv[1], argv[1], "decode", "-p", argv[2], option, (char *)NULL);
    _exit(127);
}

/* What the program writes to the terminal; false if it does not end well. */
static bool run(char **argv, FILE *in, const char *option, char *text, size_t size)
{
    int status = 0, master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
        return false;
    }
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    rewind(in);
    pid_t child = fork();
    if (child == 0) {
        become(argv, in, terminal, option);
    }
    bool good = child > 0 && waitpid(child, &status, 0) == child && status == 0;
    /* So that there is an end to read up to. */
    good = write(terminal, ".", 1) == 1 && good;
    size_t length = 0;
    while (good && length + 1 < size && (length == 0 || text[length - 1] != '.')) {
        ssize_t got = read(master, text + length, 1);
        good = got == 1;
        length += good ? 1 : 0;
    }
    text[length] = '\0';
    (void)close(terminal);
    (void)close(master);
    return good;
}

int main(int argc, char **argv)
{
    char text[1024];
    FILE *in = write_frames();
    if (argc != 3 || in == NULL) {
        (void)fprintf(stderr, "usage: progress DRAGOMAN PROFILE\n");
        return 2;
    }
    int probe = posix_openpt(O_RDWR | O_NOCTTY);
    if (probe < 0) {
        (void)printf("1..0 # SKIP no pseudo-terminals here\n");
        return EXIT_SUCCESS;
    }
    (void)close(probe);
    bool good = run(argv, in, "-j2", text, sizeof(text));
    bool shown = strstr(text, " lines, ") != NULL && strstr(text, " %") != NULL;
    outcome(good && shown, "shows lines, and how much of the file");
    bool gone = strlen(text) > 4 && strcmp(text + strlen(text) - 5, "\r\033[K.") == 0;
    outcome(gone, "leaves nothing behind");
    bool silent = run(argv, in, "--no-progress", text, sizeof(text));
    outcome(silent && strcmp(text, ".") == 0, "is silent if that is wanted");
    bool quiet = run(argv, in, "-q", text, sizeof(text));
    outcome(quiet && strcmp(text, ".") == 0, "is silent if it is quiet");
    (void)printf("1..%d\n", number);
    return good && shown && gone && silent && quiet ? EXIT_SUCCESS : EXIT_FAILURE;
}
