/* SPDX-License-Identifier: MIT */
#include "sandbox.h"
#include "filter.h"
#include "landlock.h"
#include "tell.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES_WHILE_LOADING = 32 };

/* Descriptors that the host has not marked as its own would be handed down. */
static void close_others(void)
{
    if (syscall(SYS_close_range, WIRE_NEXT, ~0U, 0) == 0) {
        return;
    }
    long most = sysconf(_SC_OPEN_MAX);
    for (int fd = WIRE_NEXT; fd < most; fd++) {
        (void)close(fd);
    }
}

/*
 * A hook that hangs does not see that the host is gone, so the kernel has to: it sends
 * the signal when the pipe breaks. PR_SET_PDEATHSIG would not do: it goes by the thread
 * that started the process, and hosts have threads that come and go.
 */
static void die_with_host(void)
{
    char byte = 0;
    bool good = fcntl(WIRE_LIFE, F_SETOWN, getpid()) == 0 &&
                fcntl(WIRE_LIFE, F_SETSIG, SIGKILL) == 0 &&
                fcntl(WIRE_LIFE, F_SETFL, O_ASYNC | O_NONBLOCK) == 0;
    if (!good) {
        give_up("cannot watch the host: %s", strerror(errno));
    }
    if (read(WIRE_LIFE, &byte, 1) == 0) {
        _exit(1); /* it has gone before */
    }
}

void sandbox_detach(void)
{
    close_others();
    die_with_host();
}

static void limit(int resource, const char *name, rlim_t most)
{
    struct rlimit limit = {most, most};
    if (setrlimit((__rlimit_resource_t)resource, &limit) != 0) {
        give_up("cannot limit %s: %s", name, strerror(errno));
    }
}

static void limit_all(const struct wire_start *start)
{
    limit(RLIMIT_AS, "memory", (rlim_t)start->memory);
    limit(RLIMIT_CPU, "processor time", start->cpu_seconds);
    limit(RLIMIT_NOFILE, "open files", FILES_WHILE_LOADING);
    limit(RLIMIT_NPROC, "processes", 0);
    limit(RLIMIT_FSIZE, "file size", 0);
    limit(RLIMIT_CORE, "core dumps", 0);
    limit(RLIMIT_MEMLOCK, "locked memory", 0);
    limit(RLIMIT_MSGQUEUE, "message queues", 0);
}

/* A host that runs as root has a worker that may not do what only root may. Others cannot
 * look into the process, which may hold keys. */
static void drop_rights(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof(none));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        syscall(SYS_capset, &header, none) != 0) {
        give_up("cannot drop rights: %s", strerror(errno));
    }
}

int sandbox_loading(const struct wire_start *start)
{
    int landlock = landlock_version();
    if (landlock == 0 && start->need_landlock) {
        give_up("the kernel has no Landlock");
    }
    limit_all(start);
    drop_rights();
    if (landlock > 0 && !landlock_libraries_only(landlock)) {
        give_up("cannot take files away: %s", strerror(errno));
    }
    if (!filter_loading()) {
        give_up("cannot filter system calls");
    }
    return landlock;
}

void sandbox_no_files(int landlock)
{
    if (landlock > 0 && !landlock_no_files(landlock)) {
        give_up("cannot take all files away: %s", strerror(errno));
    }
}

void sandbox_serving(void)
{
    if (!filter_serving()) {
        give_up("cannot filter system calls further");
    }
}
