/* SPDX-License-Identifier: MIT */
/* What `floats` and `curves` of a profile describe, for items and expressions. */
#ifndef DGM_FORMATS_H
#define DGM_FORMATS_H

#include <dragoman/table.h>
#include "exact.h"
#include "tree.h"

struct float_format {
    const char *name;
    struct dgm_float format;
};

struct float_formats {
    struct float_format *items;
    size_t count;
};

struct curve_point {
    struct exact x, y;
};

struct curve {
    const char *name;
    struct curve_point *points;
    size_t count;
    unsigned x_digits, y_digits;
    uint8_t flags;   /* enum dgm_curve_flag */
    uint8_t outside; /* enum dgm_curve_outside */
    bool used;
    uint16_t index; /* in the table, once it is used */
};

struct curves {
    struct curve *items;
    size_t count;
    const struct curve **used; /* in the order of their first use: what the table has */
    size_t used_count;
};

/* formats.c. The section, or NULL. False after a report. */
bool formats_parse_floats(struct diag *diag, const struct node *map,
                          struct float_formats *ret);
/* The types that every profile knows: f16, bf16, f32, f64; NULL: none of them. */
const struct dgm_float *formats_builtin(const char *name, size_t length);
const struct dgm_float *formats_find(const struct float_formats *formats,
                                     const char *name);
unsigned formats_width(const struct dgm_float *format);

/* curves.c. The section, or NULL. False after a report. */
bool curves_parse(struct diag *diag, const struct node *map, struct curves *ret);
/* The named one, which is used now; NULL after a report. */
const struct curve *curves_use(struct diag *diag, struct curves *curves, const char *name,
                               struct location where);

#endif
