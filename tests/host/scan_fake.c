/* SPDX-License-Identifier: MIT */
/*
 * Stands in for dragoman-scan and does what the first word of a "plug-in" says: crashes,
 * hangs, floods, lies. Other files it refuses, with its process id and how many it has
 * seen. Links to it with other names get the greeting wrong.
 */
#include "scan_wire.h"

#include <dragoman/status.h>
#include <dragoman/version.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void say(uint32_t magic, uint32_t status, uint32_t length, const char *text)
{
    struct wire_answer answer = {magic, status, length};
    (void)!write(STDIN_FILENO, &answer, sizeof(answer));
    (void)!write(STDIN_FILENO, text, strlen(text));
}

static void answer(enum dgm_status status, const char *text)
{
    say(WIRE_MAGIC, (uint32_t)status, (uint32_t)strlen(text), text);
}

static void wait_for_ever(void)
{
    for (;;) {
        (void)pause();
    }
}

static void crash(void)
{
    (void)signal(SIGSEGV, SIG_DFL);
    (void)raise(SIGSEGV);
}

static void leave(void)
{
    _exit(3);
}

static void be_killed(void)
{
    (void)raise(SIGKILL);
}

static void fall_silent(void)
{
    (void)close(STDIN_FILENO);
    wait_for_ever();
}

static void flood(void)
{
    (void)signal(SIGPIPE, SIG_DFL);
    for (;;) {
        answer(DGM_PLUGIN_FILE, "and another thing");
    }
}

static void announce_much(void)
{
    say(WIRE_MAGIC, DGM_OK, 1u << 30, "{}");
    wait_for_ever();
}

static void cut_short(void)
{
    say(WIRE_MAGIC, DGM_OK, 100, "{}");
    _exit(0);
}

static void forget_magic(void)
{
    say(1, DGM_OK, 2, "{}");
}

static void invent_status(void)
{
    say(WIRE_MAGIC, 12345, 2, "{}");
}

static void boast(void)
{
    answer(DGM_OK, "{\"manifest_version\":1,");
}

static void run_out_of_memory(void)
{
    answer(DGM_MEMORY, "no memory");
}

static void answer_and_leave(void)
{
    answer(DGM_PLUGIN_FILE, "that was all");
    _exit(4);
}

static const struct {
    const char *word;
    void (*run)(void);
} tricks[] = {
    {"crash", crash},          {"leave", leave},        {"killed", be_killed},
    {"hang", wait_for_ever},   {"silent", fall_silent}, {"flood", flood},
    {"much", announce_much},   {"short", cut_short},    {"magic", forget_magic},
    {"status", invent_status}, {"boast", boast},        {"memory", run_out_of_memory},
    {"last", answer_and_leave}};

static int next_file(void)
{
    char ask = 0;
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {&ask, 1};
    struct msghdr message;
    int fd = -1;
    memset(&message, 0, sizeof(message));
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof(control.bytes);
    if (recvmsg(STDIN_FILENO, &message, 0) == 1 && CMSG_FIRSTHDR(&message) != NULL) {
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
    }
    return fd;
}

static void serve(int fd, int count)
{
    char word[16] = "";
    char text[64];
    (void)!pread(fd, word, sizeof(word) - 1, 0);
    for (size_t i = 0; i < sizeof(tricks) / sizeof(tricks[0]); i++) {
        if (strcmp(word, tricks[i].word) == 0) {
            tricks[i].run();
            return;
        }
    }
    (void)snprintf(text, sizeof(text), "file %d of %ld", count, (long)getpid());
    answer(DGM_PLUGIN_FILE, text);
}

int main(int count, char **arguments)
{
    const char *name = count > 0 ? strrchr(arguments[0], '/') : NULL;
    if (name != NULL && strcmp(name, "/another-version") == 0) {
        answer(DGM_OK, "9.9.9");
    } else if (name != NULL && strcmp(name, "/another-program") == 0) {
        return 0;
    } else {
        answer(DGM_OK, DGM_VERSION_STRING);
    }
    int files = 0;
    for (int fd = next_file(); fd >= 0; fd = next_file()) {
        char done = 0;
        serve(fd, ++files);
        (void)close(fd);
        if (read(STDIN_FILENO, &done, 1) != 1 || done != WIRE_DONE) {
            break;
        }
        answer(DGM_OK, DGM_VERSION_STRING);
    }
    return 0;
}
