/* SPDX-License-Identifier: MIT */
/*
 * Starting, asking and ending the process that looks into plug-ins. It is a program of
 * its own, not a fork of this one, which may have threads. Nothing that it says is
 * trusted: sizes are bounded, statuses known ones, and it has until the deadline.
 */
#include "scan_child.h"
#include "refuse.h"
#include "scan_wire.h"

#include <dragoman/version.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How a conversation went. */
enum talk { TALK_FINE, TALK_END, TALK_LATE, TALK_NONSENSE, TALK_NO_MEMORY };

enum { HELLO_DEADLINE_MS = 10000, VERSION_MAX = 32 };

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum talk receive(int socket, void *bytes, size_t size, int64_t deadline)
{
    uint8_t *at = bytes;
    while (size > 0) {
        struct pollfd poller = {socket, POLLIN, 0};
        int64_t left = deadline - now_ms();
        int ready = left > 0 ? poll(&poller, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready == 0) {
            return TALK_LATE;
        }
        ssize_t count = ready < 0 ? -1 : recv(socket, at, size, MSG_DONTWAIT);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue;
        }
        if (count <= 0) {
            return TALK_END;
        }
        at += count;
        size -= (size_t)count;
    }
    return TALK_FINE;
}

/* Is it there, and silent? */
static bool is_waiting(int socket)
{
    char byte;
    return recv(socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0 &&
           (errno == EAGAIN || errno == EWOULDBLOCK);
}

/* Statuses that looking into a file can end with. */
static bool is_verdict(uint32_t status)
{
    enum dgm_family family = dgm_status_family((enum dgm_status)status);
    return status == DGM_OK || family == DGM_FAMILY_TABLE || family == DGM_FAMILY_SYSTEM;
}

static enum talk receive_answer(int socket, int64_t deadline, struct scan_facts *ret)
{
    struct wire_answer answer;
    enum talk talk = receive(socket, &answer, sizeof(answer), deadline);
    if (talk != TALK_FINE) {
        return talk;
    }
    if (answer.magic != WIRE_MAGIC || !is_verdict(answer.status) ||
        answer.length > wire_text_max((enum dgm_status)answer.status)) {
        return TALK_NONSENSE;
    }
    char *text = malloc((size_t)answer.length + 1);
    if (text == NULL) {
        return TALK_NO_MEMORY;
    }
    talk = receive(socket, text, answer.length, deadline);
    if (talk != TALK_FINE) {
        free(text);
        return talk;
    }
    text[answer.length] = '\0';
    ret->status = (enum dgm_status)answer.status;
    ret->text = text;
    ret->length = answer.length;
    return TALK_FINE;
}

void scan_facts_free(struct scan_facts *facts)
{
    free(facts->text);
    memset(facts, 0, sizeof(*facts));
}

/* End the process and return how it ended; by itself, if it had. -1: the program has
 * others that wait for its children, and nobody knows. */
static int reap(struct scan_child *child)
{
    int status = -1;
    pid_t found = 0;
    (void)kill(child->pid, SIGKILL);
    do {
        found = waitpid(child->pid, &status, 0);
    } while (found < 0 && errno == EINTR);
    (void)close(child->socket);
    child->pid = 0;
    child->socket = -1;
    return found < 0 ? -1 : status;
}

void scan_child_end(struct scan_child *child)
{
    if (child->pid != 0) {
        (void)reap(child);
    }
}

/* Its standard input is the socket, and it has no other files and no environment. */
static int spawn(struct scan_child *child, int socket)
{
    char *arguments[] = {(char *)(uintptr_t)child->program, NULL};
    char *environment[] = {NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t all;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    if (posix_spawn_file_actions_init(&files) != 0) {
        return ENOMEM;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        (void)posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    int error = posix_spawn_file_actions_adddup2(&files, socket, STDIN_FILENO);
    for (int fd = STDOUT_FILENO; error == 0 && fd <= STDERR_FILENO; fd++) {
        error = posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_WRONLY, 0);
    }
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &all);
    (void)posix_spawnattr_setflags(&attributes,
                                   POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (error == 0) {
        error = posix_spawn(&child->pid, child->program, &files, &attributes, arguments,
                            environment);
    }
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&files);
    return error;
}

/* Does it say that it is ready, with our version? */
static enum talk receive_ready(int socket, int64_t deadline, char *version)
{
    struct scan_facts ready = {DGM_OK, NULL, 0, false};
    enum talk talk = receive_answer(socket, deadline, &ready);
    if (talk == TALK_FINE &&
        (ready.status != DGM_OK || strcmp(ready.text, DGM_VERSION_STRING) != 0)) {
        talk = TALK_NONSENSE;
    }
    (void)snprintf(version, VERSION_MAX, "%s",
                   ready.text != NULL ? ready.text : "another program");
    scan_facts_free(&ready);
    return talk;
}

/* Another program is noticed before it is blamed on a file. */
static enum dgm_status take_hello(struct scan_child *child, struct dgm_refusal *refusal)
{
    char version[VERSION_MAX];
    enum talk talk = receive_ready(child->socket, now_ms() + HELLO_DEADLINE_MS, version);
    if (talk == TALK_FINE) {
        return DGM_OK;
    }
    scan_child_end(child);
    (void)refuse(refusal, DGM_IO, "%.150s: expected dragoman-scan %s, found %s",
                 child->program, DGM_VERSION_STRING, version);
    return talk == TALK_NO_MEMORY ? DGM_MEMORY : DGM_IO;
}

static enum dgm_status start(struct scan_child *child, struct dgm_refusal *refusal)
{
    int pair[2];
    child->files = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return refuse(refusal, DGM_IO, "cannot make a socket: %s", strerror(errno));
    }
    int error = spawn(child, pair[1]);
    (void)close(pair[1]);
    if (error != 0) {
        (void)close(pair[0]);
        child->pid = 0;
        return refuse(refusal, DGM_IO, "cannot start %.150s: %s", child->program,
                      strerror(error));
    }
    child->socket = pair[0];
    return take_hello(child, refusal);
}

static void send_file(int socket, int fd)
{
    char ask = WIRE_ASK;
    union {
        struct cmsghdr head; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {&ask, 1};
    struct msghdr message;
    memset(&control, 0, sizeof(control));
    memset(&message, 0, sizeof(message));
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof(control.bytes);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &fd, sizeof(int));
    (void)sendmsg(socket, &message, MSG_NOSIGNAL);
}

/* A text of facts that are our own. */
static enum dgm_status set_facts(struct scan_facts *ret, enum dgm_status status,
                                 const char *text, bool lasting)
{
    ret->status = status;
    ret->length = strlen(text);
    ret->lasting = lasting;
    ret->text = strdup(text);
    return ret->text == NULL ? DGM_MEMORY : DGM_OK;
}

/* The process ended by itself while it was looking. Killed from outside is not the file's
 * fault: for want of memory, above all. */
static enum dgm_status blame_crash(struct scan_facts *ret, int status)
{
    char text[128];
    bool killed = status != -1 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (status != -1 && WIFSIGNALED(status)) {
        (void)snprintf(text, sizeof(text), "the process that looked ended by signal %d",
                       WTERMSIG(status));
    } else if (status != -1 && WIFEXITED(status)) {
        (void)snprintf(text, sizeof(text), "the process that looked exited with %d",
                       WEXITSTATUS(status));
    } else {
        (void)snprintf(text, sizeof(text), "the process that looked ended");
    }
    return set_facts(ret, DGM_PLUGIN_CRASHED, text, !killed);
}

static enum dgm_status blame(struct scan_child *child, enum talk talk,
                             struct scan_facts *ret)
{
    char text[128];
    switch (talk) {
    case TALK_FINE:
        return DGM_OK;
    case TALK_END:
        return blame_crash(ret, reap(child));
    case TALK_LATE:
        (void)reap(child);
        (void)snprintf(text, sizeof(text), "expected an answer within %u ms, found none",
                       child->deadline_ms);
        return set_facts(ret, DGM_PLUGIN_HUNG, text, true);
    case TALK_NONSENSE:
        (void)reap(child);
        return set_facts(ret, DGM_PLUGIN_FLOODED,
                         "expected one answer, found more or something else", true);
    case TALK_NO_MEMORY:
        break;
    }
    (void)reap(child);
    return DGM_MEMORY;
}

/* The answer about a file, and that it is over with. */
static enum talk converse(const struct scan_child *child, int fd, struct scan_facts *ret)
{
    static const char done = WIRE_DONE;
    char version[VERSION_MAX];
    int64_t deadline = now_ms() + child->deadline_ms;
    /* A process that is gone fails to answer, too: what is sent need not be looked at. */
    send_file(child->socket, fd);
    enum talk talk = receive_answer(child->socket, deadline, ret);
    if (talk == TALK_FINE) {
        (void)send(child->socket, &done, 1, MSG_NOSIGNAL);
        talk = receive_ready(child->socket, deadline, version);
    }
    if (talk != TALK_FINE) {
        scan_facts_free(ret);
    }
    return talk;
}

enum dgm_status scan_child_ask(struct scan_child *child, const struct file *file,
                               struct scan_facts *ret, struct dgm_refusal *refusal)
{
    memset(ret, 0, sizeof(*ret));
    if (child->pid != 0 &&
        (child->files == WIRE_FILES_MAX || !is_waiting(child->socket))) {
        scan_child_end(child);
    }
    if (child->pid == 0) {
        enum dgm_status status = start(child, refusal);
        if (status != DGM_OK) {
            return status;
        }
    }
    int fd = file_seal(file);
    if (fd < 0) {
        return refuse(refusal, DGM_IO, "cannot copy the plug-in to memory: %s",
                      strerror(errno));
    }
    child->files++;
    enum talk talk = converse(child, fd, ret);
    (void)close(fd);
    ret->lasting = dgm_status_family(ret->status) != DGM_FAMILY_SYSTEM;
    enum dgm_status status = blame(child, talk, ret);
    return status == DGM_OK ? DGM_OK : refuse(refusal, status, "no memory");
}
