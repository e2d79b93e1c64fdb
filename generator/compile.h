/* SPDX-License-Identifier: MIT */
/* From the text of a profile to the tables of its models, and to what is made of them. */
#ifndef DGM_COMPILE_H
#define DGM_COMPILE_H

#include "family.h"
#include "include.h"
#include "lower.h"
#include "packed.h"

/* One model of the family. */
struct compiled {
    const char *name, *stem;
    struct profile_source source;
    struct builder builder;
    const struct dgm_model *block; /* NULL: errors */
    size_t size;
};

struct compilation {
    struct arena *arena;
    struct diag diag;
    struct includes includes;
    const char *path; /* of the file, or its name in findings */
    struct include_origin origin;
    const char *only; /* the model to compile, or NULL: all */
    bool is_part;     /* a file for others to include: no models */
    struct family family;
    struct compiled *models;
    size_t model_count;
    const char *stem, *manifest, *c_source, *c_header;
    struct dgm_test *tests;
    size_t test_count;
};

/* Findings are in the diagnostics, which have the text as their first file. Memory may
 * run out: arena_on_failure(). */
void compile_profile(struct compilation *compilation);

/* The texts that it is made of. */
struct packed_source compile_texts(const struct compilation *compilation);

#endif
