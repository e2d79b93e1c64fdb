/* SPDX-License-Identifier: MIT */
#include "firmware_mask.h"

static const struct dgm_hook_name *mask_of(const struct firmware_plan *plan, uint16_t row)
{
    return &plan->tables->hooks[plan->rows[row].expr];
}

bool firmware_is_masked(const struct firmware_plan *plan, uint16_t row)
{
    return plan->rows[row].op == DGM_OP_GROUP &&
           (plan->rows[row].flags & DGM_ROW_HOOK) != 0;
}

static const char *way_of(const struct firmware_plan *plan, uint16_t row)
{
    return mask_of(plan, row)->process == DGM_PROCESS_XOR ? "xor" : "add";
}

static void put_key(struct firmware_emit *emit, uint16_t row)
{
    const struct dgm_hook_name *mask = mask_of(emit->plan, row);
    const char *key = firmware_text(emit->plan, mask->key);
    (void)fprintf(emit->file, "%*sstatic const uint8_t key%u[%u] = {",
                  (int)(emit->indent * 4), "", (unsigned)row, (unsigned)mask->key_length);
    for (unsigned i = 0; i < mask->key_length; i++) {
        (void)fprintf(emit->file, "%s0x%02XU", i > 0 ? ", " : "",
                      (unsigned)(uint8_t)key[i]);
    }
    (void)fprintf(emit->file, "};\n");
}

/* What is filled in when all is written would be filled in over the mask. */
static void refuse_later(struct firmware_emit *emit, uint16_t row)
{
    for (uint16_t i = row; i < firmware_end(emit->plan, row); i++) {
        if (emit->plan->at[i].work == FIRMWARE_LATER) {
            firmware_refuse_row(emit, i, "what is filled in later is masked here");
        }
    }
}

void firmware_open_mask(struct firmware_emit *emit, uint16_t row)
{
    refuse_later(emit, row);
    put_key(emit, row);
    firmware_line(emit, "const size_t plain%u = w.at;", (unsigned)row);
}

void firmware_close_mask(struct firmware_emit *emit, uint16_t row)
{
    unsigned n = row;
    firmware_line(emit, "mask_%s(&w, plain%u, key%u, sizeof(key%u));",
                  way_of(emit->plan, row), n, n, n);
}

void firmware_open_masked(struct firmware_emit *emit, uint16_t row, unsigned trailer)
{
    unsigned n = row;
    uint32_t most = mask_of(emit->plan, row)->output_limit;
    if (most > emit->plan->message->frame_max) {
        most = emit->plan->message->frame_max;
    }
    put_key(emit, row);
    firmware_line(emit, "const struct reader wire%u = r;", n);
    firmware_line(emit, "const size_t masked%u = left(&r, %uU);", n, trailer);
    firmware_line(emit, "uint8_t plain%u[%u];", n, (unsigned)(most > 0 ? most : 1));
    firmware_line(emit,
                  "unmask_%s(&r, masked%u, plain%u, sizeof(plain%u), key%u, "
                  "sizeof(key%u));",
                  way_of(emit->plan, row), n, n, n, n, n);
}

void firmware_close_masked(struct firmware_emit *emit, uint16_t row, bool ignores)
{
    unsigned n = row;
    firmware_line(emit, "leave_mask(&r, &wire%u, masked%u, %s);", n, n,
                  ignores ? "true" : "false");
}
