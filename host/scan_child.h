/* SPDX-License-Identifier: MIT */
/* The process that looks into plug-ins on behalf of a scanner. */
#ifndef DGM_SCAN_CHILD_H
#define DGM_SCAN_CHILD_H

#include "file.h"

#include <sys/types.h>

struct scan_child {
    const char *program;
    unsigned deadline_ms; /* for one answer */
    pid_t pid;            /* 0: none is running */
    int socket;
    size_t files; /* that this one was asked about */
};

/* What was found out about a file. */
struct scan_facts {
    enum dgm_status status;
    char *text; /* manifest, or why it is refused; freed with scan_facts_free() */
    size_t length;
    bool lasting; /* it would be the same the next time */
};

void scan_facts_free(struct scan_facts *facts);

/* Have a file looked into, by a new process if there is none. DGM_OK: `ret` says what
 * came of it, be it that the process did not survive. DGM_IO: nobody could be asked. */
enum dgm_status scan_child_ask(struct scan_child *child, const struct file *file,
                               struct scan_facts *ret, struct dgm_refusal *refusal);

/* End the process, if there is one. */
void scan_child_end(struct scan_child *child);

#endif
