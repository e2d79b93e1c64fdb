/* SPDX-License-Identifier: MIT */
#include "ending.h"

#include <signal.h>
#include <sys/syscall.h>

/* Names of the calls that code is most likely to try. */
static const struct {
    long call;
    const char *detail;
} calls[] = {
#define CALL(name)                                                                       \
    {                                                                                    \
        SYS_##name, #name                                                                \
    }
    CALL(openat),
    CALL(openat2),
    CALL(socket),
    CALL(socketpair),
    CALL(connect),
    CALL(bind),
    CALL(sendto),
    CALL(recvfrom),
    CALL(clone),
    CALL(clone3),
    CALL(execve),
    CALL(execveat),
    CALL(kill),
    CALL(ptrace),
    CALL(unlinkat),
    CALL(mkdirat),
    CALL(fcntl),
    CALL(read),
    CALL(write),
    CALL(close),
    CALL(mmap),
    CALL(mprotect),
    CALL(setrlimit),
    CALL(prctl),
    CALL(process_vm_readv),
    CALL(rt_sigaction),
    CALL(clock_nanosleep),
    CALL(nanosleep),
    CALL(memfd_create),
    CALL(bpf),
    CALL(io_uring_setup),
    CALL(keyctl),
    CALL(mount),
    CALL(unshare),
    CALL(setns),
    CALL(shmget),
    CALL(tgkill),
#ifdef SYS_open
    CALL(open),
    CALL(fork),
    CALL(vfork),
    CALL(unlink),
#endif
#undef CALL
};

static const struct {
    int signal;
    const char *detail;
} signals[] = {
    {SIGSEGV, "ended by SIGSEGV"}, {SIGABRT, "ended by SIGABRT"},
    {SIGBUS, "ended by SIGBUS"},   {SIGILL, "ended by SIGILL"},
    {SIGFPE, "ended by SIGFPE"},   {SIGTRAP, "ended by SIGTRAP"},
    {SIGTERM, "ended by SIGTERM"}, {SIGXCPU, "ended for its processor time"},
    {SIGXFSZ, "ended by SIGXFSZ"}, {SIGKILL, "ended by SIGKILL, or it hung up"},
};

struct ending ending_late(void)
{
    return (struct ending){DGM_WORKER_DEADLINE, "ended at its deadline"};
}

struct ending ending_answer(const char *detail)
{
    return (struct ending){DGM_WORKER_ANSWER, detail};
}

struct ending ending_of(const struct child_fate *fate)
{
    struct ending ending = {DGM_WORKER_CRASH, "ended by itself"};
    if (!fate->known) {
        ending.detail = "ended, and somebody else has waited for it";
        return ending;
    }
    if (fate->signal == SIGSYS) {
        return (struct ending){DGM_WORKER_SANDBOX, "ended by its sandbox"};
    }
    if (fate->signal != 0) {
        ending.detail = "ended by a signal";
    }
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        if (fate->signal == signals[i].signal) {
            ending.detail = signals[i].detail;
        }
    }
    return ending;
}

struct ending ending_violation(uint32_t call)
{
    struct ending ending = {DGM_WORKER_SANDBOX, "another system call"};
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        if (call == (uint32_t)calls[i].call) {
            ending.detail = calls[i].detail;
        }
    }
    return ending;
}
