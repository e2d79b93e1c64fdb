/* SPDX-License-Identifier: MIT */
/*
 * One check in a process of its own: with limits on memory and files, watched for
 * progress, and told apart by how it ended. The program has no other threads here, so the
 * child may go on without exec.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS, pipe2 */

#include "vet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Sanitizers need address space that no limit allows. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

enum { FILES = 64, POLL_MS = 200 };
static const rlim_t memory_most = (rlim_t)2 << 30;
static const rlim_t file_most = (rlim_t)64 << 20; /* the plug-in's copy in memory */

static void limit(int what, rlim_t most)
{
    struct rlimit limit = {most, most};
    (void)setrlimit(what, &limit);
}

static _Noreturn void be_child(const struct vet_task *task, enum vet_check check,
                               struct vet_result *result)
{
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES);
    limit(RLIMIT_FSIZE, file_most);
    if (!HAS_SANITIZER) {
        limit(RLIMIT_AS, memory_most);
    }
    vet_work(task, check, result);
    _exit(0);
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Wait until the child closes its end of the pipe, which it does by ending. False if it
 * stands still. */
static bool watch(int fd, const struct vet_task *task, struct vet_result *result)
{
    uint64_t seen = 0;
    int64_t since = now_ms();
    for (;;) {
        struct pollfd end = {fd, POLLIN, 0};
        if (poll(&end, 1, POLL_MS) > 0) {
            return true;
        }
        uint64_t tried = atomic_load(&result->tried);
        int64_t now = now_ms();
        if (tried != seen) {
            seen = tried;
            since = now;
        } else if (now - since > (int64_t)task->stall_s * 1000) {
            return false;
        }
    }
}

static int reap(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {
        {SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"},   {SIGABRT, "SIGABRT"},
        {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},   {SIGKILL, "SIGKILL"},
        {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}, {SIGTRAP, "SIGTRAP"},
        {SIGSYS, "SIGSYS"},   {SIGTERM, "SIGTERM"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].number == number) {
            return names[i].name;
        }
    }
    return "a signal";
}

/* What the end of the child says. A crash is a failure at the place where it was. */
static void judge(int status, bool moved, const struct vet_task *task,
                  struct vet_result *result)
{
    if (!moved) {
        result->failures = 0; /* what hangs is told first */
        vet_fail(result, "hangs: no progress for %u seconds", task->stall_s);
    } else if (WIFSIGNALED(status)) {
        result->failures = 0;
        vet_fail(result, "crashes: %s (signal %d)", signal_name(WTERMSIG(status)),
                 WTERMSIG(status));
    } else if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
        result->failures = 0;
        vet_fail(result, "ends the process with exit code %d", WEXITSTATUS(status));
    } else if (result->outcome == VET_UNFINISHED && result->failures == 0) {
        vet_fail(result, "ends the process before the check is over");
    }
    if (result->failures > 0) {
        result->outcome = VET_FAILED;
    }
}

/* Texts that a broken child may have left without an end. */
static void close_texts(struct vet_result *result)
{
    struct vet_place *places[] = {&result->place, &result->failed};
    for (size_t i = 0; i < 2; i++) {
        places[i]->model[VET_NAME - 1] = '\0';
        places[i]->doing[sizeof(places[i]->doing) - 1] = '\0';
    }
    result->reason[VET_TEXT - 1] = '\0';
}

static bool start(const struct vet_task *task, enum vet_check check,
                  struct vet_result *shared, int ends[2], pid_t *ret_child)
{
    /* The process of a plug-in's code must not keep the pipe open. */
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    *ret_child = fork();
    if (*ret_child < 0) {
        (void)close(ends[0]);
        (void)close(ends[1]);
        return false;
    }
    if (*ret_child == 0) {
        (void)close(ends[0]);
        be_child(task, check, shared);
    }
    (void)close(ends[1]);
    return true;
}

bool vet_run(const struct vet_task *task, enum vet_check check, struct vet_result *ret)
{
    int ends[2];
    pid_t child = -1;
    struct vet_result *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
                                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memset(ret, 0, sizeof(*ret));
    (void)fflush(NULL);
    if (shared == MAP_FAILED || !start(task, check, shared, ends, &child)) {
        vet_skip(ret, VET_SKIPPED, "no process for the check: %s", strerror(errno));
        if (shared != MAP_FAILED) {
            (void)munmap(shared, sizeof(*shared));
        }
        return false;
    }
    bool moved = watch(ends[0], task, shared);
    if (!moved) {
        (void)kill(child, SIGKILL);
    }
    int status = reap(child);
    (void)close(ends[0]);
    *ret = *shared;
    (void)munmap(shared, sizeof(*shared));
    close_texts(ret);
    judge(status, moved, task, ret);
    return true;
}
