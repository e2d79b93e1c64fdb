/* SPDX-License-Identifier: MIT */
/* What decode and encode set up alike: product, worker, output. */
#ifndef DGM_CLI_JOB_H
#define DGM_CLI_JOB_H

#include "output.h"
#include "results.h"
#include "worker.h"

struct job {
    const struct cli *cli;
    struct report report;
    struct call_options options;
    struct product product;
    struct worker worker;
    struct output output;
    int code; /* the gravest so far */
};

/* Returns an exit code; close the job in any case. */
int job_open(struct job *job, const struct cli *cli, enum dgm_shape shape);
int job_close(struct job *job);

/* An outlet for results of the job: what is told elsewhere comes behind them. False if
 * memory is out. */
bool job_outlet(struct job *job, struct outlet *outlet);

/* The failure of the last call. */
void job_failed(struct job *job, const struct place *place);

/* Can results still be written? Tells if not. */
bool job_writable(struct job *job);

#endif
