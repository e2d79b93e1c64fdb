/* SPDX-License-Identifier: MIT */
/* Fields of LoRa payload schemas that share bytes. */
#ifndef DGM_NEIGHBOURS_LORA_BITS_H
#define DGM_NEIGHBOURS_LORA_BITS_H

#include "lora_parts.h"

enum { LORA_MOST_PIECES = 64 };

/* One of the fields that share bytes. */
struct lora_piece {
    const struct node *field;
    struct lora_type type;
    unsigned low, high; /* bits of the whole */
    const char *raw;    /* NULL, or the value is still to be calculated */
    bool covered;       /* another piece has some of its bits */
};

struct lora_pieces {
    struct lora_piece items[LORA_MOST_PIECES];
    size_t count;
    unsigned bytes;
    const char *order;
};

/* From the lowest bit up; the ones that are covered do not count. */
void lora_sort_pieces(struct lora_pieces *pieces);
/* Bits that no piece has. */
void lora_put_gap(struct lora *lora, unsigned width);

#endif
