/* SPDX-License-Identifier: MIT */
/* Plans for encoding: names of members as they stand in compact JSON. */
#include "plan_encode_read.h"

#include "text.h"

enum { KEY_MOST = 255, KEY_AROUND = 4, KEY_PADDING = 8 };

size_t plan_key_bytes(size_t length)
{
    return length + KEY_AROUND + 2 * KEY_PADDING;
}

void plan_name_key(struct plan_field *field, const char *key, size_t size)
{
    field->key = key;
    field->key_length = (uint32_t)size;
    field->first = plan_load(key);
    field->last = size >= 8 ? plan_load(key + size - 8) : 0;
    field->mask = size >= 8 ? UINT64_MAX : ((uint64_t)1 << (8 * size)) - 1;
}

bool plan_set_key(struct plan_store *store, struct plan_field *field, const char *name,
                  size_t length)
{
    if (length > KEY_MOST || text_plain_prefix(name, length) != length)
        return false;
    size_t size = length + KEY_AROUND;
    char *key = plan_take(store, size + KEY_PADDING);
    if (key == NULL)
        return false;
    key[0] = ',';
    key[1] = '"';
    memcpy(key + 2, name, length);
    key[length + 2] = '"';
    key[length + 3] = ':';
    plan_name_key(field, key, size);
    return true;
}
