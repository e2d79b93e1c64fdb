/* SPDX-License-Identifier: MIT */
#include "firmware_place.h"

#include <string.h>

/* Places of a frame. */
struct bytes {
    uint8_t bits[DGM_MAX_FRAME / 8 + 1];
};

/* Where the next row may begin, and which bytes rows at places of their own write. */
struct places {
    const struct firmware_plan *plan;
    struct bytes begins, taken;
    bool twice;
};

static bool has(const struct bytes *bytes, uint32_t at)
{
    return (bytes->bits[at / 8] >> at % 8 & 1) != 0;
}

static void add(struct bytes *bytes, uint32_t at)
{
    bytes->bits[at / 8] |= (uint8_t)(1u << at % 8);
}

static uint32_t bytes_of(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BITS:
    case DGM_OP_FLOAT:
    case DGM_OP_CHECK:
        return row->width / 8u;
    case DGM_OP_STREAM:
        return row->spec;
    case DGM_OP_BYTES:
        return row->expr == DGM_NONE && !(row->flags & DGM_ROW_REST) ? row->detail
                                                                     : DGM_MAX_FRAME;
    case DGM_OP_DIGITS:
    case DGM_OP_REPEAT:
    case DGM_OP_TLV:
        return DGM_MAX_FRAME;
    default:
        return 0;
    }
}

static void take(struct places *places, uint16_t index)
{
    const struct dgm_row *row = &places->plan->rows[index];
    uint64_t at = places->plan->tables->numbers[row->spec], size = 0;
    for (uint16_t i = (uint16_t)(index + 1); i < firmware_end(places->plan, index); i++) {
        size += bytes_of(&places->plan->rows[i]);
    }
    for (uint64_t i = at; i < at + size && i <= DGM_MAX_FRAME; i++) {
        places->twice = places->twice || has(&places->taken, (uint32_t)i);
        add(&places->taken, (uint32_t)i);
    }
}

/* A row with bytes stands wherever it may begin; the next one begins behind it. */
static void stand(struct places *places, uint16_t index, uint32_t size)
{
    struct bytes next;
    bool left_alone = places->plan->at[index].work == FIRMWARE_SKIP ||
                      places->plan->at[index].work == FIRMWARE_FILL;
    bool open = size == DGM_MAX_FRAME;
    memset(&next, 0, sizeof(next));
    for (uint32_t at = 0; at <= DGM_MAX_FRAME; at++) {
        if (!has(&places->begins, at)) {
            continue;
        }
        for (uint32_t i = at; i < at + size && i <= DGM_MAX_FRAME; i++) {
            places->twice = places->twice || (has(&places->taken, i) && !left_alone);
            if (open) {
                add(&next, i);
            }
        }
        if (at + size <= DGM_MAX_FRAME) {
            add(&next, at + size);
        }
        if (open) {
            break; /* any place from here on is within reach */
        }
    }
    places->begins = next;
}

static void walk(struct places *places, uint16_t first, uint16_t end)
{
    for (uint16_t i = first; i < end; i = firmware_end(places->plan, i)) {
        const struct dgm_row *row = &places->plan->rows[i];
        const struct bytes before = places->begins;
        uint32_t size = bytes_of(row);
        if (row->op == DGM_OP_AT) {
            continue;
        }
        if (size > 0) {
            stand(places, i, size);
        } else {
            walk(places, (uint16_t)(i + 1), firmware_end(places->plan, i));
        }
        if (row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL)) {
            for (size_t j = 0; j < sizeof(before.bits); j++) {
                places->begins.bits[j] |= before.bits[j];
            }
        }
    }
}

bool firmware_reads_twice(const struct firmware_plan *plan)
{
    struct places places;
    bool any = false;
    memset(&places, 0, sizeof(places));
    places.plan = plan;
    add(&places.begins, 0);
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->rows[i].op == DGM_OP_AT) {
            take(&places, i);
            any = true;
        }
    }
    if (any) {
        walk(&places, 0, plan->message->row_count);
    }
    return places.twice;
}
