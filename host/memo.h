/* SPDX-License-Identifier: MIT */
/*
 * What hooks have made of the bytes of one frame. The codec reads a frame again for each
 * pass over its JSON; the hook is to see its bytes once, because it may count them, and
 * because asking takes time.
 */
#ifndef DGM_MEMO_H
#define DGM_MEMO_H

#include <dragoman/base.h>

enum { MEMO_ENTRIES = 16, MEMO_BYTES = 256 * 1024 };

struct memo {
    struct memo_entry {
        uint32_t hook, way;
        size_t at, input_length, output_length; /* input and output stand together */
    } entries[MEMO_ENTRIES];
    size_t count, used;
    uint8_t bytes[MEMO_BYTES];
};

void memo_forget(struct memo *memo);

/* What became of these bytes, or NULL. */
const uint8_t *memo_find(const struct memo *memo, uint32_t hook, uint32_t way,
                         const uint8_t *input, size_t input_length, size_t *ret_length);

/* Remember it, if there is room. */
void memo_add(struct memo *memo, uint32_t hook, uint32_t way, const uint8_t *input,
              size_t input_length, const uint8_t *output, size_t output_length);

#endif
