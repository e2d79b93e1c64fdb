/* SPDX-License-Identifier: MIT */
/*
 * A table under construction: the arrays of dragoman/table.h, growing, with a comment per
 * row for the readers of generated C. lower.c fills it; block.c makes one block of it;
 * emit_c.c prints it.
 */
#ifndef DGM_BUILDER_H
#define DGM_BUILDER_H

#include <dragoman/table.h>
#include "arena.h"

/* One growing array per section of the model. */
#define BUILDER_ARRAY(type)                                                              \
    struct {                                                                             \
        type *items;                                                                     \
        size_t count, capacity;                                                          \
    }

struct builder {
    struct arena *arena;
    uint32_t flags; /* enum dgm_model_flag */
    uint64_t profile_hash;
    uint32_t manufacturer_id, manufacturer_name, model;
    uint32_t product_id, device_type, protocol_type, version, product_name;
    BUILDER_ARRAY(char) pool;
    BUILDER_ARRAY(struct dgm_service) services;
    BUILDER_ARRAY(struct dgm_command) commands;
    BUILDER_ARRAY(struct dgm_message) messages;
    BUILDER_ARRAY(struct dgm_guard) guards;
    BUILDER_ARRAY(struct dgm_row) rows;
    BUILDER_ARRAY(const char *) row_comments; /* one per row: "Meter.flow, m3" */
    BUILDER_ARRAY(struct dgm_member) members;
    BUILDER_ARRAY(struct dgm_scaling) scalings;
    BUILDER_ARRAY(struct dgm_enum) enums;
    BUILDER_ARRAY(struct dgm_choice) choices;
    BUILDER_ARRAY(struct dgm_limit) limits;
    BUILDER_ARRAY(uint64_t) numbers;
    BUILDER_ARRAY(uint16_t) answers;
    BUILDER_ARRAY(struct dgm_check) checks;
    BUILDER_ARRAY(struct dgm_expr) exprs;
    BUILDER_ARRAY(uint8_t) code;
    BUILDER_ARRAY(struct dgm_framing) framings;
    BUILDER_ARRAY(struct dgm_hook_name) hooks;
    BUILDER_ARRAY(struct dgm_part) parts;
    BUILDER_ARRAY(struct dgm_pipe) pipes;
    BUILDER_ARRAY(struct dgm_curve) curves;
    BUILDER_ARRAY(struct dgm_point) points;
    BUILDER_ARRAY(struct dgm_loop) loops;
    BUILDER_ARRAY(struct dgm_tag) tags;
    BUILDER_ARRAY(struct dgm_format) formats;
    uint32_t *text_index; /* open hash over the pool's texts: offset + 1, or 0 */
    size_t text_index_size, text_count;
    bool too_large; /* some array or text did not fit: there will be no block */
};

void builder_init(struct builder *builder, struct arena *arena);

/* Offset of the zero-terminated text in the pool; equal texts share. "" is 0. */
uint32_t builder_text(struct builder *builder, const char *text);
/* The same for bytes of a given length; the zero is appended all the same. */
uint32_t builder_bytes(struct builder *builder, const char *text, size_t length);
/* `,"name":` with JSON escapes; sets its length. */
uint32_t builder_key(struct builder *builder, const char *name, uint16_t *ret_length);

/* Append a zeroed element and return its index; the caller fills items[index].
 * The array may move: call first, then index. Equal
 * scalings, limits, numbers and expressions may be shared. More than 65534 elements:
 * 65535 (DGM_NONE). */
uint16_t builder_row(struct builder *builder, const char *comment);
uint16_t builder_scaling(struct builder *builder, const struct dgm_scaling *scaling);
uint16_t builder_limit(struct builder *builder, const struct dgm_limit *limit);
uint16_t builder_check(struct builder *builder, const struct dgm_check *check);
uint16_t builder_hook(struct builder *builder, const struct dgm_hook_name *hook);
uint16_t builder_framing(struct builder *builder, const struct dgm_framing *framing);
uint16_t builder_loop(struct builder *builder, const struct dgm_loop *loop);
uint16_t builder_tag(struct builder *builder, const struct dgm_tag *tag);
uint16_t builder_number(struct builder *builder, uint64_t number);
/* Several in a row; the index of the first. */
uint16_t builder_numbers(struct builder *builder, const uint64_t *numbers, size_t count);
uint16_t builder_expr(struct builder *builder, const uint8_t *code, size_t length,
                      unsigned steps, unsigned stack);
uint16_t builder_pipe(struct builder *builder, const struct dgm_pipe *pipe);
uint16_t builder_curve(struct builder *builder, const struct dgm_curve *curve);
uint16_t builder_point(struct builder *builder, const struct dgm_point *point);
uint16_t builder_format(struct builder *builder, const struct dgm_format *format);
uint16_t builder_choice(struct builder *builder, const struct dgm_choice *choice);
uint16_t builder_enum(struct builder *builder, const struct dgm_enum *choices);
uint16_t builder_service(struct builder *builder);
uint16_t builder_command(struct builder *builder);
uint16_t builder_message(struct builder *builder);
uint16_t builder_guard(struct builder *builder);
uint16_t builder_member(struct builder *builder);
uint16_t builder_part(struct builder *builder);
uint16_t builder_answer(struct builder *builder, uint16_t message);

/* The head that the block will have, offsets and size included. False if there will be
 * no block: larger than the format allows, or an array ran over. */
bool builder_head(const struct builder *builder, struct dgm_model *ret_head);

/* One block, aligned to 8, ready for dgm_codec_open(). Freed with the arena. NULL where
 * builder_head() is false. */
struct dgm_model *builder_block(struct builder *builder, size_t *ret_size);

#endif
