/* SPDX-License-Identifier: MIT */
/* A product as firmware: the plans of its messages. */
#ifndef DGM_NEIGHBOURS_FIRMWARE_PRODUCT_H
#define DGM_NEIGHBOURS_FIRMWARE_PRODUCT_H

#include "firmware.h"
#include "firmware_plan.h"

struct firmware {
    const struct firmware_call *call;
    struct notes *notes;
    struct tables tables;
    char prefix[FIRMWARE_STEM], upper[FIRMWARE_STEM];
    struct firmware_plan *plans; /* of all messages; what is left out is refused */
    size_t count, held;
};

/* Plan all messages, and tell what is left out. False if memory is out; to be shut in any
 * case. */
bool firmware_product_open(struct firmware *firmware, const struct firmware_call *call,
                           struct notes *notes);
void firmware_product_close(struct firmware *firmware);

#endif
