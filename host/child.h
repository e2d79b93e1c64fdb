/* SPDX-License-Identifier: MIT */
/* One worker process: starting it, talking to it, ending it. Nothing that it says is
 * believed here; what is whole and in time is handed on. */
#ifndef DGM_CHILD_H
#define DGM_CHILD_H

#include <dragoman/host.h>

#include <sys/types.h>

struct child {
    pid_t pid;
    int process;  /* descriptor of it, -1: there is none */
    int socket;   /* to it */
    int lifeline; /* breaks when this process ends */
};

/* What every process of a plug-in gets. */
struct child_setup {
    const char *program;
    int plugin;        /* descriptor of the sealed copy, behind those of the wire */
    const void *start; /* the first message */
    size_t start_size;
};

/* Nanoseconds of a clock that only goes forward. */
uint64_t child_now(void);

/* A descriptor behind those of the wire, in the place of `fd`, which is closed; -1 with
 * errno. */
int child_move(int fd);

/* Start one and send it the first message; it answers later. */
enum dgm_status child_start(const struct child_setup *setup, struct child *ret,
                            struct dgm_refusal *refusal);
bool child_is_there(const struct child *child);

enum child_news {
    CHILD_SAID, /* a message */
    CHILD_LATE, /* none before the time was up */
    CHILD_LONG, /* one that is longer than the memory for it */
    CHILD_GONE  /* none, and none will come */
};

/* False if it is gone, or takes no message any more. */
bool child_send(const struct child *child, const void *message, size_t size);
enum child_news child_receive(const struct child *child, uint64_t until, void *message,
                              size_t size, size_t *ret_length);

/* How a process ended. */
struct child_fate {
    bool known; /* else somebody else has asked before */
    int signal; /* that ended it, 0: none */
    int code;   /* that it gave */
};

/* End it, whatever it does, and take everything away. `ret` is how it ended if it had
 * before; NULL is allowed. */
void child_end(struct child *child, struct child_fate *ret);

#endif
