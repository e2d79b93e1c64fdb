/* SPDX-License-Identifier: MIT */
/* Declarations of a message: constants, structs, functions. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_HEADER_H
#define DGM_NEIGHBOURS_FIRMWARE_HEADER_H

#include "firmware_plan.h"

#include <dragoman/describe.h>

#include <stdio.h>

/* Macros and enumerators there are already, so that none is defined twice. */
struct firmware_words {
    char (*items)[FIRMWARE_PATH];
    size_t count, capacity;
    bool full; /* memory is out */
};

/* A word that is not taken, and is from now on. */
const char *firmware_word(struct firmware_words *words, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void firmware_words_close(struct firmware_words *words);

/* Text of a profile in a comment: nothing in it ends that, or goes on behind the line. */
void firmware_comment(FILE *file, const char *text);

/* value = (raw * mul + add) / RET; false if the value is the raw, or RET does not fit an
 * int64_t. */
bool firmware_below(const struct dgm_scaling *scaling, unsigned long long *ret);

/* Macros and enums of the members' values. */
void firmware_header_values(const struct firmware_plan *plan,
                            struct firmware_words *words, FILE *file);

/* `doc` knows units; may be NULL. */
void firmware_header(struct firmware_plan *plan, const struct dgm_doc *doc,
                     struct firmware_words *words, FILE *file);

/* Names in the list of fields. */
void firmware_header_fields(const struct firmware_plan *plan, FILE *file);

#endif
