/* SPDX-License-Identifier: MIT */
/* Random numbers: SplitMix64, whose state is one number. */
#include "dice.h"

static const uint64_t golden = 0x9E3779B97F4A7C15u;

void dice_open(struct dice *dice, uint64_t seed, uint64_t stream)
{
    dice->state = seed * golden + stream;
    dice->state = dice_next(dice);
}

uint64_t dice_next(struct dice *dice)
{
    uint64_t mixed = dice->state += golden;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

uint64_t dice_below(struct dice *dice, uint64_t count)
{
    return count > 0 ? dice_next(dice) % count : 0;
}

bool dice_once(struct dice *dice, unsigned times)
{
    return dice_below(dice, times) == 0;
}

void dice_fill(struct dice *dice, uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(dice_next(dice) >> 32);
    }
}

uint64_t dice_hash(const void *bytes, size_t length, uint64_t start)
{
    const uint8_t *byte = bytes;
    uint64_t hash = start ^ 0xCBF29CE484222325u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ byte[i]) * 0x100000001B3u;
    }
    return hash;
}
