/* SPDX-License-Identifier: MIT */
#include "memo.h"

#include <string.h>

void memo_forget(struct memo *memo)
{
    memo->count = 0;
    memo->used = 0;
}

const uint8_t *memo_find(const struct memo *memo, uint32_t hook, uint32_t way,
                         const uint8_t *input, size_t input_length, size_t *ret_length)
{
    for (size_t i = 0; i < memo->count; i++) {
        const struct memo_entry *entry = &memo->entries[i];
        if (entry->hook == hook && entry->way == way &&
            entry->input_length == input_length &&
            memcmp(memo->bytes + entry->at, input, input_length) == 0) {
            *ret_length = entry->output_length;
            return memo->bytes + entry->at + input_length;
        }
    }
    return NULL;
}

void memo_add(struct memo *memo, uint32_t hook, uint32_t way, const uint8_t *input,
              size_t input_length, const uint8_t *output, size_t output_length)
{
    size_t left = MEMO_BYTES - memo->used;
    if (memo->count == MEMO_ENTRIES || input_length > left ||
        output_length > left - input_length) {
        return;
    }
    struct memo_entry entry = {hook, way, memo->used, input_length, output_length};
    memcpy(memo->bytes + memo->used, input, input_length);
    memcpy(memo->bytes + memo->used + input_length, output, output_length);
    memo->used += input_length + output_length;
    memo->entries[memo->count++] = entry;
}
