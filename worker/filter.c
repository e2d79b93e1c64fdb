/* SPDX-License-Identifier: MIT */
/*
 * The lists of system calls. What is on none of them ends the process: its last word
 * tells the host which call it was. Filters stack, so what the second one allows the
 * first one must have allowed.
 */
#include "filter.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Memory, time and the end: nothing that reaches outside of the process. */
static const int common_calls[] = {
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_getres_time64),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigreturn),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

static const int loading_calls[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(_llseek),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(fstatat64),
    SCMP_SYS(statx),
    SCMP_SYS(landlock_create_ruleset),
    SCMP_SYS(landlock_restrict_self),
    SCMP_SYS(seccomp),
};

/* What libraries ask in passing and do without: they are told that they may not. */
static const int denied_calls[] = {
    SCMP_SYS(access),          SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),      SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),      SCMP_SYS(ioctl),
    SCMP_SYS(uname),           SCMP_SYS(sysinfo),
    SCMP_SYS(getuid),          SCMP_SYS(geteuid),
    SCMP_SYS(getgid),          SCMP_SYS(getegid),
    SCMP_SYS(getrlimit),       SCMP_SYS(ugetrlimit),
    SCMP_SYS(prlimit64),       SCMP_SYS(sched_getaffinity),
    SCMP_SYS(set_robust_list),
};

/* The same of what loading may do and hooks may not. */
static const int denied_serving_calls[] = {
    SCMP_SYS(fstat),     SCMP_SYS(fstat64), SCMP_SYS(newfstatat),
    SCMP_SYS(fstatat64), SCMP_SYS(statx),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool add_all(scmp_filter_ctx filter, uint32_t action, const int *calls,
                    size_t count)
{
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        good = seccomp_rule_add(filter, action, calls[i], 0) == 0;
    }
    return good;
}

/* A call whose argument has, of the bits of a mask, these. */
static bool add_masked(scmp_filter_ctx filter, int call, unsigned argument, unsigned mask,
                       unsigned bits)
{
    return seccomp_rule_add(
               filter, SCMP_ACT_ALLOW, call, 1,
               SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, (scmp_datum_t)mask, bits)) == 0;
}

static bool add_first(scmp_filter_ctx filter, int call, scmp_datum_t value)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                            SCMP_CMP(0, SCMP_CMP_EQ, value)) == 0;
}

/* What is said goes to the host; what is printed goes to nowhere; abort() is a crash. */
static bool add_saying(scmp_filter_ctx filter)
{
    return add_first(filter, SCMP_SYS(write), WIRE_SOCKET) &&
           add_first(filter, SCMP_SYS(write), STDOUT_FILENO) &&
           add_first(filter, SCMP_SYS(write), STDERR_FILENO) &&
           add_first(filter, SCMP_SYS(writev), STDOUT_FILENO) &&
           add_first(filter, SCMP_SYS(writev), STDERR_FILENO) &&
           add_first(filter, SCMP_SYS(tgkill), (scmp_datum_t)getpid());
}

/* Memory that is written is never run. */
static bool add_memory(scmp_filter_ctx filter, bool maps_code)
{
    static const int maps[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2)};
    bool good = add_masked(filter, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
    for (size_t i = 0; good && i < COUNT(maps); i++) {
        if (maps_code) {
            good = add_masked(filter, maps[i], 2, PROT_EXEC, 0) &&
                   add_masked(filter, maps[i], 2, PROT_EXEC | PROT_WRITE, PROT_EXEC);
        } else {
            good = seccomp_rule_add(
                       filter, SCMP_ACT_ALLOW, maps[i], 2,
                       SCMP_CMP(2, SCMP_CMP_MASKED_EQ, (scmp_datum_t)PROT_EXEC, 0),
                       SCMP_CMP(3, SCMP_CMP_MASKED_EQ, (scmp_datum_t)MAP_ANONYMOUS,
                                MAP_ANONYMOUS)) == 0;
        }
    }
    return good;
}

static bool add_common(scmp_filter_ctx filter)
{
    return add_all(filter, SCMP_ACT_ALLOW, common_calls, COUNT(common_calls)) &&
           add_all(filter, SCMP_ACT_ERRNO(EPERM), denied_calls, COUNT(denied_calls)) &&
           add_saying(filter);
}

static bool add_loading(scmp_filter_ctx filter)
{
    unsigned opens = O_ACCMODE | O_CREAT | O_TRUNC;
    return add_all(filter, SCMP_ACT_ALLOW, loading_calls, COUNT(loading_calls)) &&
           add_masked(filter, SCMP_SYS(openat), 2, opens, O_RDONLY) &&
           add_masked(filter, SCMP_SYS(open), 1, opens, O_RDONLY) &&
           add_memory(filter, /* maps_code */ true);
}

static bool add_serving(scmp_filter_ctx filter)
{
    return add_all(filter, SCMP_ACT_ERRNO(EPERM), denied_serving_calls,
                   COUNT(denied_serving_calls)) &&
           add_first(filter, SCMP_SYS(read), WIRE_SOCKET) &&
           add_memory(filter, /* maps_code */ false);
}

/* The last word. Async-signal-safe, and runs where the call was refused. */
static void on_violation(int signal, siginfo_t *info, void *context)
{
    struct wire_violation violation;
    (void)signal;
    (void)context;
    memset(&violation, 0, sizeof(violation));
    violation.head.kind = WIRE_VIOLATION;
    violation.call = (uint32_t)info->si_syscall;
    ssize_t sent = write(WIRE_SOCKET, &violation, sizeof(violation));
    _exit(sent > 0 ? 2 : 1);
}

/* `no_new_privs` is set already, and prctl() is no longer there to set it again. */
static bool enforce(scmp_filter_ctx filter, bool good)
{
    good = good && seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0) == 0 &&
           seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

bool filter_loading(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = on_violation;
    action.sa_flags = SA_SIGINFO;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    return filter != NULL && sigaction(SIGSYS, &action, NULL) == 0 &&
           enforce(filter, add_common(filter) && add_loading(filter));
}

bool filter_serving(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    return filter != NULL && enforce(filter, add_common(filter) && add_serving(filter));
}
