/* SPDX-License-Identifier: MIT */
/*
 * Processes are ended and waited for by a descriptor, because the number of one that
 * somebody else has waited for may be that of another process by then.
 */
#include "child.h"
#include "refuse.h"

#include "../worker/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_send_signal 424
#define SYS_pidfd_open 434
#endif

enum { WAIT_BY_DESCRIPTOR = 3 /* P_PIDFD */, SECOND = 1000000000 };

static const struct child no_child = {-1, -1, -1, -1};

uint64_t child_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

bool child_is_there(const struct child *child)
{
    return child->process >= 0;
}

static void shut(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

int child_move(int fd)
{
    if (fd < 0 || fd >= WIRE_NEXT) {
        return fd;
    }
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, WIRE_NEXT);
    int saved = errno;
    (void)close(fd);
    errno = saved;
    return moved;
}

/* Both ends of the socket, and of the pipe that tells when this process is gone. */
struct ends {
    int ours, theirs;
    int lifeline, life;
};

static bool open_ends(struct ends *ends)
{
    int sockets[2] = {-1, -1}, pipes[2] = {-1, -1};
    int size = 2 * WIRE_MOST;
    bool good = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0 &&
                pipe2(pipes, O_CLOEXEC) == 0;
    *ends =
        (struct ends){sockets[0], child_move(sockets[1]), pipes[1], child_move(pipes[0])};
    good = good && ends->theirs >= 0 && ends->life >= 0;
    for (size_t i = 0; good && i < 2; i++) {
        int fd = i == 0 ? ends->ours : ends->theirs;
        good = setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)) == 0;
    }
    return good;
}

static void close_ends(struct ends *ends)
{
    shut(&ends->ours);
    shut(&ends->theirs);
    shut(&ends->lifeline);
    shut(&ends->life);
}

static int plan_files(posix_spawn_file_actions_t *files, const struct ends *ends,
                      int plugin)
{
    int wrong = 0;
    for (int fd = STDIN_FILENO; wrong == 0 && fd <= STDERR_FILENO; fd++) {
        wrong = posix_spawn_file_actions_addopen(files, fd, "/dev/null", O_RDWR, 0);
    }
    if (wrong == 0) {
        wrong = posix_spawn_file_actions_adddup2(files, ends->theirs, WIRE_SOCKET);
    }
    if (wrong == 0) {
        wrong = posix_spawn_file_actions_adddup2(files, plugin, WIRE_PLUGIN);
    }
    if (wrong == 0) {
        wrong = posix_spawn_file_actions_adddup2(files, ends->life, WIRE_LIFE);
    }
    return wrong;
}

/* No signal of the terminal, none blocked and none ignored by the program that has us. */
static int plan_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    (void)posix_spawnattr_setsigmask(attributes, &none);
    (void)posix_spawnattr_setsigdefault(attributes, &all);
    (void)posix_spawnattr_setpgroup(attributes, 0);
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF |
                                                    POSIX_SPAWN_SETPGROUP);
}

/* The environment is empty: nothing in it leads the dynamic loader elsewhere. */
static int spawn(const struct child_setup *setup, const struct ends *ends, pid_t *ret_pid)
{
    char name[] = "dragoman-worker";
    char *arguments[] = {name, NULL};
    char *environment[] = {NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int wrong = posix_spawn_file_actions_init(&files);
    if (wrong != 0) {
        return wrong;
    }
    wrong = posix_spawnattr_init(&attributes);
    if (wrong == 0) {
        wrong = plan_files(&files, ends, setup->plugin);
        wrong = wrong == 0 ? plan_signals(&attributes) : wrong;
        if (wrong == 0) {
            wrong = posix_spawn(ret_pid, setup->program, &files, &attributes, arguments,
                                environment);
        }
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&files);
    return wrong;
}

enum dgm_status child_start(const struct child_setup *setup, struct child *ret,
                            struct dgm_refusal *refusal)
{
    struct ends ends;
    *ret = no_child;
    if (!open_ends(&ends)) {
        int wrong = errno;
        close_ends(&ends);
        return refuse(refusal, DGM_WORKER_START, "no socket for the process: %s",
                      strerror(wrong));
    }
    int wrong = spawn(setup, &ends, &ret->pid);
    if (wrong != 0) {
        close_ends(&ends);
        return refuse(refusal, DGM_WORKER_START, "cannot start %.120s: %s",
                      setup->program, strerror(wrong));
    }
    ret->process = (int)syscall(SYS_pidfd_open, ret->pid, 0);
    if (ret->process < 0) {
        wrong = errno;
        (void)kill(ret->pid, SIGKILL);
        (void)waitpid(ret->pid, NULL, 0);
        close_ends(&ends);
        return refuse(refusal, DGM_WORKER_START, "no descriptor of the process: %s",
                      strerror(wrong));
    }
    ret->socket = ends.ours;
    ret->lifeline = ends.lifeline;
    shut(&ends.theirs);
    shut(&ends.life);
    /* One that ended meanwhile is seen when its answer is waited for. */
    (void)!child_send(ret, setup->start, setup->start_size);
    return DGM_OK;
}

bool child_send(const struct child *child, const void *message, size_t size)
{
    ssize_t sent = 0;
    do {
        sent = send(child->socket, message, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0 && (size_t)sent == size;
}

/* Is there something to read? */
static bool wait_until(int fd, uint64_t until)
{
    for (;;) {
        uint64_t now = child_now();
        uint64_t left = now < until ? until - now : 0;
        struct timespec time = {(time_t)(left / SECOND), (long)(left % SECOND)};
        struct pollfd wanted = {fd, POLLIN, 0};
        int found = ppoll(&wanted, 1, &time, NULL);
        if (found >= 0 || errno != EINTR) {
            return found > 0;
        }
    }
}

enum child_news child_receive(const struct child *child, uint64_t until, void *message,
                              size_t size, size_t *ret_length)
{
    if (!wait_until(child->socket, until)) {
        return CHILD_LATE;
    }
    ssize_t length = 0;
    do {
        length = recv(child->socket, message, size, MSG_DONTWAIT | MSG_TRUNC);
    } while (length < 0 && errno == EINTR);
    if (length <= 0) {
        return CHILD_GONE;
    }
    *ret_length = (size_t)length;
    return (size_t)length <= size ? CHILD_SAID : CHILD_LONG;
}

static void await(int process, struct child_fate *ret)
{
    siginfo_t info;
    int found = 0;
    memset(&info, 0, sizeof(info));
    do {
        found = waitid((idtype_t)WAIT_BY_DESCRIPTOR, (id_t)process, &info, WEXITED);
    } while (found != 0 && errno == EINTR);
    ret->known = found == 0;
    if (found == 0 && info.si_code == CLD_EXITED) {
        ret->code = info.si_status;
    } else if (found == 0) {
        ret->signal = info.si_status;
    }
}

void child_end(struct child *child, struct child_fate *ret)
{
    struct child_fate fate = {false, 0, 0};
    if (child_is_there(child)) {
        (void)syscall(SYS_pidfd_send_signal, child->process, SIGKILL, NULL, 0);
        await(child->process, &fate);
    }
    shut(&child->process);
    shut(&child->socket);
    shut(&child->lifeline);
    if (ret != NULL) {
        *ret = fate;
    }
}
