/* SPDX-License-Identifier: MIT */
/*
 * One input of each job and the output expected for it, written out by hand after the
 * layouts of bench/README.md.
 */
#ifndef DRAGOMAN_BENCH_MAKE_H
#define DRAGOMAN_BENCH_MAKE_H

#include "random.h"
#include "text.h"

/* Both texts are empty at first. */
typedef void make_pair(struct random *random, struct text *input, struct text *expected);

make_pair make_meter, make_telematics, make_batch;
make_pair make_valve, make_config, make_schedule;

#endif
