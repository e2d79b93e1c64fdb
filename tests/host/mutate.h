/* SPDX-License-Identifier: MIT */
/* Plug-ins that are tampered with: one part of a good one is changed, by a number that
 * says which part and how. */
#ifndef TEST_MUTATE_H
#define TEST_MUTATE_H

#include "plugin_file.h"

enum { MUTATE_ROOM = 4096 }; /* a file may grow by so much */

/* A plug-in and where its parts are. Not freed. */
struct victim {
    struct plugin_file file;
    size_t headers, header_count; /* program headers */
    size_t dynamic, dynamic_size;
    size_t symbols, strings, strings_size, hash; /* of the dynamic table */
};

void victim_open(struct victim *victim, const char *path);

/* Write a changed copy of `victim` into `bytes`, which has MUTATE_ROOM more than the
 * larger of both files; parts of `other` may get into it. The same number gives the same
 * again. Returns the size of the copy. */
size_t mutate(const struct victim *victim, const struct victim *other, uint64_t number,
              uint8_t *bytes);

#endif
