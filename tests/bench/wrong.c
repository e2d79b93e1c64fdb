/* SPDX-License-Identifier: MIT */
/*
 * A peer whose output is wrong, to see that it is caught.
 */
#include "bench.h"

#include <string.h>

static size_t make_nothing(const uint8_t *input, size_t length, uint8_t *output)
{
    (void)input;
    (void)length;
    memcpy(output, "{}", 2);
    return 2;
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        .name = "wrong",
        .convert = {[BENCH_METER] = make_nothing},
    };
    *ret_count = 1;
    return &peer;
}
