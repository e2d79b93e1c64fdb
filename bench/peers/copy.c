/* SPDX-License-Identifier: MIT */
/*
 * No codec: what moving the text alone takes. Reports copy as many bytes as their JSON
 * has on average, commands read theirs once.
 */
#include "../bench.h"

#include <string.h>

/* Not inlined: a copy whose length is known beforehand becomes other instructions. */
__attribute__((noinline, noclone)) static size_t copy(uint8_t *output, size_t length)
{
    static const uint8_t text[4096];
    __asm__("" : "+r"(length));
    memcpy(output, text, length);
    return length;
}

static size_t copy_meter(const uint8_t *input, size_t length, uint8_t *output)
{
    output[220] = input[length - 1];
    return copy(output, 220);
}

static size_t copy_telematics(const uint8_t *input, size_t length, uint8_t *output)
{
    output[380] = input[length - 1];
    return copy(output, 380);
}

static size_t copy_batch(const uint8_t *input, size_t length, uint8_t *output)
{
    output[3012] = input[length - 1];
    return copy(output, 3012);
}

static size_t read_once(const uint8_t *input, size_t length, uint8_t *output)
{
    uint64_t sum = 0, word;
    for (size_t i = 0; i < length; i += sizeof(word)) { /* the last may be padding */
        memcpy(&word, input + i, sizeof(word));
        sum += word;
    }
    memcpy(output, &sum, sizeof(sum));
    return sizeof(sum);
}

const struct bench_peer *bench_peers(size_t *ret_count)
{
    static const struct bench_peer peer = {
        .name = "memcpy, no codec",
        .floor = true,
        .convert = {copy_meter, copy_telematics, copy_batch, read_once, read_once,
                    read_once},
    };
    *ret_count = 1;
    return &peer;
}
