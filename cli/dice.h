/* SPDX-License-Identifier: MIT */
/* Random numbers that are the same on every machine for the same seed. */
#ifndef DGM_CLI_DICE_H
#define DGM_CLI_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* A stream of its own for each pair of numbers. */
void dice_open(struct dice *dice, uint64_t seed, uint64_t stream);

uint64_t dice_next(struct dice *dice);

/* 0 to `count` - 1; 0 for none. */
uint64_t dice_below(struct dice *dice, uint64_t count);

/* True once in `times`. */
bool dice_once(struct dice *dice, unsigned times);

void dice_fill(struct dice *dice, uint8_t *bytes, size_t length);

/* A hash of bytes, for sets of them. */
uint64_t dice_hash(const void *bytes, size_t length, uint64_t start);

#endif
