/* SPDX-License-Identifier: MIT */
/*
 * Functions and types that generated code leans on, out of firmware_helpers.txt: those
 * that it names, and what they name themselves.
 */
#ifndef DGM_NEIGHBOURS_FIRMWARE_HELPER_H
#define DGM_NEIGHBOURS_FIRMWARE_HELPER_H

#include <stdbool.h>
#include <stddef.h>

struct firmware_helper {
    char name[32]; /* "put_be(", "struct writer" */
    char *text;    /* '@' stands for the product in capitals, '$' in lower case */
    bool used;
};

/* In the order of their definition. */
struct firmware_helpers {
    struct firmware_helper *items;
    size_t count;
};

/* Those that a text of C uses are marked. False if memory is out; to be closed in any
 * case. */
bool firmware_helpers_open(struct firmware_helpers *helpers, const char *code);
void firmware_helpers_close(struct firmware_helpers *helpers);

#endif
