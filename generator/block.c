/* SPDX-License-Identifier: MIT */
/*
 * One block out of a builder: the head, then each array that is not empty, aligned to 8,
 * the pool last. emit_c.c writes the same layout as C; a test compares the two byte by
 * byte.
 */
#include "builder.h"

#include <string.h>

enum { SECTION_COUNT = 25 };

struct section {
    const void *items;
    size_t count, size; /* size of one element */
    struct dgm_section *place;
};

static struct section section(const void *items, size_t count, size_t size,
                              struct dgm_section *place)
{
    return (struct section){items, count, size, place};
}

#define SECTION(builder, head, array)                                                    \
    section((builder)->array.items, (builder)->array.count,                              \
            sizeof(*(builder)->array.items), &(head)->array)

/* The order of the arrays in the block. */
static void list_sections(const struct builder *builder, struct dgm_model *head,
                          struct section *sections)
{
    size_t i = 0;
    sections[i++] = SECTION(builder, head, services);
    sections[i++] = SECTION(builder, head, commands);
    sections[i++] = SECTION(builder, head, messages);
    sections[i++] = SECTION(builder, head, guards);
    sections[i++] = SECTION(builder, head, rows);
    sections[i++] = SECTION(builder, head, members);
    sections[i++] = SECTION(builder, head, scalings);
    sections[i++] = SECTION(builder, head, enums);
    sections[i++] = SECTION(builder, head, choices);
    sections[i++] = SECTION(builder, head, limits);
    sections[i++] = SECTION(builder, head, numbers);
    sections[i++] = SECTION(builder, head, answers);
    sections[i++] = SECTION(builder, head, checks);
    sections[i++] = SECTION(builder, head, exprs);
    sections[i++] = SECTION(builder, head, code);
    sections[i++] = SECTION(builder, head, framings);
    sections[i++] = SECTION(builder, head, hooks);
    sections[i++] = SECTION(builder, head, parts);
    sections[i++] = SECTION(builder, head, pipes);
    sections[i++] = SECTION(builder, head, curves);
    sections[i++] = SECTION(builder, head, points);
    sections[i++] = SECTION(builder, head, loops);
    sections[i++] = SECTION(builder, head, tags);
    sections[i++] = SECTION(builder, head, formats);
    sections[i++] = SECTION(builder, head, pool);
}

static size_t align8(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

static void fill_head(const struct builder *builder, struct dgm_model *head)
{
    head->magic = DGM_TABLE_MAGIC;
    head->format = DGM_TABLE_FORMAT;
    head->head_size = sizeof(*head);
    head->flags = builder->flags;
    head->profile_hash = builder->profile_hash;
    head->manufacturer_id = builder->manufacturer_id;
    head->manufacturer_name = builder->manufacturer_name;
    head->model = builder->model;
    head->product_id = builder->product_id;
    head->device_type = builder->device_type;
    head->protocol_type = builder->protocol_type;
    head->version = builder->version;
    head->product_name = builder->product_name;
}

bool builder_head(const struct builder *builder, struct dgm_model *ret_head)
{
    struct section sections[SECTION_COUNT];
    size_t at = sizeof(*ret_head);
    memset(ret_head, 0, sizeof(*ret_head));
    fill_head(builder, ret_head);
    list_sections(builder, ret_head, sections);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (sections[i].count > 0) {
            sections[i].place->offset = (uint32_t)at;
            sections[i].place->count = (uint32_t)sections[i].count;
            at = align8(at + sections[i].count * sections[i].size);
        }
    }
    ret_head->size = (uint32_t)at;
    return !builder->too_large && at <= DGM_MAX_BLOCK;
}

struct dgm_model *builder_block(struct builder *builder, size_t *ret_size)
{
    struct dgm_model head;
    if (!builder_head(builder, &head)) {
        return NULL;
    }
    struct section sections[SECTION_COUNT];
    char *block = arena_alloc(builder->arena, head.size);
    memcpy(block, &head, sizeof(head));
    list_sections(builder, &head, sections);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (sections[i].count > 0) {
            memcpy(block + sections[i].place->offset, sections[i].items,
                   sections[i].count * sections[i].size);
        }
    }
    *ret_size = head.size;
    return (struct dgm_model *)(void *)block;
}
