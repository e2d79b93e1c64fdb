/* SPDX-License-Identifier: MIT */
/*
 * The arrays of a table while it grows. Equal texts, scalings, limits, numbers and
 * expressions are kept once, so that tables stay small without help from the caller.
 */
#include "builder.h"
#include "scalar.h"

#include <string.h>

enum {
    BUILDER_MAX_COUNT = 65534, /* indices are 16 bits wide and the last one means none */
    TEXT_INDEX_START = 256     /* a power of two */
};

/* Append a zeroed element to an array of the builder and give its index. */
#define APPEND(builder, array)                                                           \
    ((builder)->array.items =                                                            \
         append_room((builder), (builder)->array.items, (builder)->array.count,          \
                     &(builder)->array.capacity, sizeof(*(builder)->array.items)),       \
     append_count((builder), &(builder)->array.count))

static void *append_room(struct builder *builder, void *items, size_t count,
                         size_t *capacity, size_t size)
{
    if (count >= BUILDER_MAX_COUNT) {
        return items;
    }
    items = arena_grow(builder->arena, items, count, capacity, size);
    memset((char *)items + count * size, 0, size);
    return items;
}

static uint16_t append_count(struct builder *builder, size_t *count)
{
    if (*count >= BUILDER_MAX_COUNT) {
        builder->too_large = true;
        return DGM_NONE;
    }
    *count += 1;
    return (uint16_t)(*count - 1);
}

/* Index of an equal element, or `count`. Elements have no padding. */
static size_t find_equal(const void *items, size_t count, size_t size,
                         const void *element)
{
    size_t i = 0;
    while (i < count && memcmp((const char *)items + i * size, element, size) != 0) {
        i++;
    }
    return i;
}

void builder_init(struct builder *builder, struct arena *arena)
{
    memset(builder, 0, sizeof(*builder));
    builder->arena = arena;
    builder->pool.items = arena_grow(arena, NULL, 0, &builder->pool.capacity, 1);
    builder->pool.items[0] = '\0';
    builder->pool.count = 1;
    builder->text_index = arena_array(arena, TEXT_INDEX_START, sizeof(uint32_t));
    builder->text_index_size = TEXT_INDEX_START;
}

static size_t text_hash(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    }
    return hash;
}

static bool text_is_at(const struct builder *builder, uint32_t offset, const char *text,
                       size_t length)
{
    const char *found = builder->pool.items + offset;
    return builder->pool.count - offset > length && memcmp(found, text, length) == 0 &&
           found[length] == '\0';
}

/* The index slot that holds the text, or the empty one where it belongs. */
static uint32_t *text_find(const struct builder *builder, const char *text, size_t length)
{
    size_t mask = builder->text_index_size - 1;
    size_t slot = text_hash(text, length) & mask;
    while (builder->text_index[slot] != 0 &&
           !text_is_at(builder, builder->text_index[slot] - 1, text, length)) {
        slot = (slot + 1) & mask;
    }
    return &builder->text_index[slot];
}

/* Double the index. A text with a zero inside is hashed anew up to that zero: it may then
 * be stored twice, which is harmless. */
static void text_index_grow(struct builder *builder)
{
    const uint32_t *old = builder->text_index;
    size_t old_size = builder->text_index_size;
    builder->text_index_size = old_size * 2;
    builder->text_index =
        arena_array(builder->arena, builder->text_index_size, sizeof(uint32_t));
    for (size_t i = 0; i < old_size; i++) {
        if (old[i] != 0) {
            const char *text = builder->pool.items + (old[i] - 1);
            *text_find(builder, text, strlen(text)) = old[i];
        }
    }
}

static void pool_append(struct builder *builder, const char *text, size_t length)
{
    size_t need = builder->pool.count + length;
    if (need > builder->pool.capacity) {
        size_t capacity = need * 2;
        char *items = arena_alloc(builder->arena, capacity);
        memcpy(items, builder->pool.items, builder->pool.count);
        builder->pool.items = items;
        builder->pool.capacity = capacity;
    }
    memcpy(builder->pool.items + builder->pool.count, text, length);
    builder->pool.count = need;
}

uint32_t builder_bytes(struct builder *builder, const char *text, size_t length)
{
    if (length == 0) {
        return 0;
    }
    if (length >= DGM_MAX_BLOCK - builder->pool.count) {
        builder->too_large = true;
        return 0;
    }
    uint32_t *slot = text_find(builder, text, length);
    if (*slot != 0) {
        return *slot - 1;
    }
    uint32_t offset = (uint32_t)builder->pool.count;
    *slot = offset + 1;
    builder->text_count++;
    pool_append(builder, text, length);
    pool_append(builder, "", 1);
    if (builder->text_count * 2 > builder->text_index_size) {
        text_index_grow(builder);
    }
    return offset;
}

uint32_t builder_text(struct builder *builder, const char *text)
{
    return builder_bytes(builder, text, strlen(text));
}

uint32_t builder_key(struct builder *builder, const char *name, uint16_t *ret_length)
{
    const char *quoted = scalar_json_string(builder->arena, name, strlen(name));
    const char *key = arena_format(builder->arena, ",%s:", quoted);
    size_t length = strlen(key);
    if (length > UINT16_MAX) {
        builder->too_large = true;
        *ret_length = 0;
        return 0;
    }
    *ret_length = (uint16_t)length;
    return builder_bytes(builder, key, length);
}

uint16_t builder_row(struct builder *builder, const char *comment)
{
    uint16_t index = APPEND(builder, rows);
    if (index != DGM_NONE) {
        uint16_t place = APPEND(builder, row_comments);
        builder->row_comments.items[place] = comment;
    }
    return index;
}

uint16_t builder_scaling(struct builder *builder, const struct dgm_scaling *scaling)
{
    size_t found = find_equal(builder->scalings.items, builder->scalings.count,
                              sizeof(*builder->scalings.items), scaling);
    if (found < builder->scalings.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, scalings);
    if (index != DGM_NONE) {
        builder->scalings.items[index] = *scaling;
    }
    return index;
}

uint16_t builder_check(struct builder *builder, const struct dgm_check *check)
{
    size_t found = find_equal(builder->checks.items, builder->checks.count,
                              sizeof(*builder->checks.items), check);
    if (found < builder->checks.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, checks);
    if (index != DGM_NONE) {
        builder->checks.items[index] = *check;
    }
    return index;
}

uint16_t builder_hook(struct builder *builder, const struct dgm_hook_name *hook)
{
    uint16_t index = APPEND(builder, hooks);
    if (index != DGM_NONE) {
        builder->hooks.items[index] = *hook;
    }
    return index;
}

uint16_t builder_framing(struct builder *builder, const struct dgm_framing *framing)
{
    uint16_t index = APPEND(builder, framings);
    if (index != DGM_NONE) {
        builder->framings.items[index] = *framing;
    }
    return index;
}

uint16_t builder_loop(struct builder *builder, const struct dgm_loop *loop)
{
    uint16_t index = APPEND(builder, loops);
    if (index != DGM_NONE) {
        builder->loops.items[index] = *loop;
    }
    return index;
}

uint16_t builder_tag(struct builder *builder, const struct dgm_tag *tag)
{
    uint16_t index = APPEND(builder, tags);
    if (index != DGM_NONE) {
        builder->tags.items[index] = *tag;
    }
    return index;
}

uint16_t builder_limit(struct builder *builder, const struct dgm_limit *limit)
{
    size_t found = find_equal(builder->limits.items, builder->limits.count,
                              sizeof(*builder->limits.items), limit);
    if (found < builder->limits.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, limits);
    if (index != DGM_NONE) {
        builder->limits.items[index] = *limit;
    }
    return index;
}

uint16_t builder_format(struct builder *builder, const struct dgm_format *format)
{
    size_t found = find_equal(builder->formats.items, builder->formats.count,
                              sizeof(*builder->formats.items), format);
    if (found < builder->formats.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, formats);
    if (index != DGM_NONE) {
        builder->formats.items[index] = *format;
    }
    return index;
}

uint16_t builder_number(struct builder *builder, uint64_t number)
{
    size_t found = find_equal(builder->numbers.items, builder->numbers.count,
                              sizeof(*builder->numbers.items), &number);
    if (found < builder->numbers.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, numbers);
    if (index != DGM_NONE) {
        builder->numbers.items[index] = number;
    }
    return index;
}

uint16_t builder_numbers(struct builder *builder, const uint64_t *numbers, size_t count)
{
    size_t first = builder->numbers.count;
    for (size_t i = 0; i < count; i++) {
        uint16_t index = APPEND(builder, numbers);
        if (index == DGM_NONE) {
            return DGM_NONE;
        }
        builder->numbers.items[index] = numbers[i];
    }
    return (uint16_t)first;
}

static void code_append(struct builder *builder, const uint8_t *code, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        builder->code.items = arena_grow(builder->arena, builder->code.items,
                                         builder->code.count, &builder->code.capacity, 1);
        builder->code.items[builder->code.count++] = code[i];
    }
}

uint16_t builder_expr(struct builder *builder, const uint8_t *code, size_t length,
                      unsigned steps, unsigned stack)
{
    if (length > UINT16_MAX || steps > UINT8_MAX || stack > UINT8_MAX ||
        length > DGM_MAX_BLOCK - builder->code.count) {
        builder->too_large = true;
        return DGM_NONE;
    }
    for (size_t i = 0; i < builder->exprs.count; i++) {
        const struct dgm_expr *expr = &builder->exprs.items[i];
        if (expr->length == length && expr->steps == steps && expr->stack == stack &&
            memcmp(builder->code.items + expr->at, code, length) == 0) {
            return (uint16_t)i;
        }
    }
    uint16_t index = APPEND(builder, exprs);
    if (index != DGM_NONE) {
        struct dgm_expr *expr = &builder->exprs.items[index];
        expr->at = (uint32_t)builder->code.count;
        expr->length = (uint16_t)length;
        expr->steps = (uint8_t)steps;
        expr->stack = (uint8_t)stack;
        code_append(builder, code, length);
    }
    return index;
}

uint16_t builder_pipe(struct builder *builder, const struct dgm_pipe *pipe)
{
    size_t found = find_equal(builder->pipes.items, builder->pipes.count,
                              sizeof(*builder->pipes.items), pipe);
    if (found < builder->pipes.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, pipes);
    if (index != DGM_NONE) {
        builder->pipes.items[index] = *pipe;
    }
    return index;
}

uint16_t builder_curve(struct builder *builder, const struct dgm_curve *curve)
{
    uint16_t index = APPEND(builder, curves);
    if (index != DGM_NONE) {
        builder->curves.items[index] = *curve;
    }
    return index;
}

uint16_t builder_point(struct builder *builder, const struct dgm_point *point)
{
    uint16_t index = APPEND(builder, points);
    if (index != DGM_NONE) {
        builder->points.items[index] = *point;
    }
    return index;
}

uint16_t builder_choice(struct builder *builder, const struct dgm_choice *choice)
{
    uint16_t index = APPEND(builder, choices);
    if (index != DGM_NONE) {
        builder->choices.items[index] = *choice;
    }
    return index;
}

uint16_t builder_enum(struct builder *builder, const struct dgm_enum *choices)
{
    size_t found = find_equal(builder->enums.items, builder->enums.count,
                              sizeof(*builder->enums.items), choices);
    if (found < builder->enums.count) {
        return (uint16_t)found;
    }
    uint16_t index = APPEND(builder, enums);
    if (index != DGM_NONE) {
        builder->enums.items[index] = *choices;
    }
    return index;
}

uint16_t builder_service(struct builder *builder)
{
    return APPEND(builder, services);
}

uint16_t builder_command(struct builder *builder)
{
    return APPEND(builder, commands);
}

uint16_t builder_message(struct builder *builder)
{
    return APPEND(builder, messages);
}

uint16_t builder_guard(struct builder *builder)
{
    return APPEND(builder, guards);
}

uint16_t builder_member(struct builder *builder)
{
    return APPEND(builder, members);
}

uint16_t builder_part(struct builder *builder)
{
    return APPEND(builder, parts);
}

uint16_t builder_answer(struct builder *builder, uint16_t message)
{
    uint16_t index = APPEND(builder, answers);
    if (index != DGM_NONE) {
        builder->answers.items[index] = message;
    }
    return index;
}
