/* SPDX-License-Identifier: MIT */
/*
 * What the driver and the peers agree on. A peer is a shared object that gives out
 * bench_peers(), and is called from one thread.
 */
#ifndef DRAGOMAN_BENCH_H
#define DRAGOMAN_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The six jobs of bench/README.md: reports are decoded, commands are encoded. */
enum bench_job {
    BENCH_METER,
    BENCH_TELEMATICS,
    BENCH_BATCH,
    BENCH_VALVE,
    BENCH_CONFIG,
    BENCH_SCHEDULE,
    BENCH_JOBS
};

enum {
    BENCH_PADDING = 64,      /* readable bytes behind each input; zeros */
    BENCH_OUTPUT_SIZE = 8192 /* writable bytes at each output */
};

/*
 * One frame to its JSON text, or one JSON command to its frame.
 *
 * Returns the length of the output, 0 if the input was refused.
 */
typedef size_t bench_convert(const uint8_t *input, size_t length, uint8_t *output);

struct bench_peer {
    const char *name;
    bool exact; /* its JSON is the expected text byte for byte, not only in meaning */
    bool floor; /* no codec: its output is not looked at */
    bool (*open)(const char *profiles); /* folder of the profiles; NULL: nothing to do */
    bench_convert *convert[BENCH_JOBS]; /* NULL: the peer does not do this job */
};

/* The peers of a shared object. Constant; lives as long as the object is loaded. */
__attribute__((visibility("default"))) const struct bench_peer *
bench_peers(size_t *ret_count);

#ifdef __cplusplus
}
#endif

#endif
