/* SPDX-License-Identifier: MIT */
/*
 * Straight-line C as a peer.
 */
#include "straight.h"

static bool prepare(const char *profiles)
{
    (void)profiles;
    straight_prepare_singles();
    return true;
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        .name = "straight-line C",
        .exact = true,
        .open = prepare,
        .convert = {straight_meter, straight_telematics, straight_batch, straight_valve,
                    straight_config, straight_schedule},
    };
    *ret_count = 1;
    return &peer;
}
