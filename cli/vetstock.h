/* SPDX-License-Identifier: MIT */
/* A stock of good inputs to make bad ones of: the vectors, frames that were explored, and
 * their JSON. The same subject gives the same stock. */
#ifndef DGM_CLI_VETSTOCK_H
#define DGM_CLI_VETSTOCK_H

#include "vetchecks.h"

/* One frame or text, with what its call knew. Texts of the vectors live as long as the
 * subject. */
struct vet_item {
    uint8_t *bytes; /* memory */
    size_t length;
    struct dgm_call call; /* without buffers */
    char *topic;          /* memory behind call.topic, or NULL */
};

struct vet_items {
    struct vet_item *list;
    size_t count, capacity;
    size_t vector_count; /* those of the vectors, in front */
};

/* Of one model. */
struct vet_stock {
    struct vet_items frames, texts;
};

/* False if memory is out. */
bool vet_stock_open(struct vet_stock *stock, struct vetting *vetting,
                    struct vet_caller *caller);
void vet_stock_close(struct vet_stock *stock);

#endif
