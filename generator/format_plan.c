/* SPDX-License-Identifier: MIT */
/*
 * Composed texts as the table has them, and the proof that encoding can divide a text in
 * one way only: each part has a number of characters, or ends where a character stands
 * that it cannot have itself, or takes what the literal at the end leaves.
 */
#include "lower.h"

#include "scalar.h"

#include <string.h>

static void add_character(struct text_part *part, unsigned character)
{
    if (character < 128)
        part->set[character / 64] |= (uint64_t)1 << (character % 64);
    else
        part->is_wide = true;
}

static void add_characters(struct text_part *part, const char *characters)
{
    for (; *characters != '\0'; characters++)
        add_character(part, (unsigned char)*characters);
}

static void add_everything(struct text_part *part)
{
    part->set[0] = part->set[1] = UINT64_MAX;
    part->is_wide = true;
}

static void add_labels(struct text_part *part, const struct labels *labels)
{
    for (size_t i = 0; labels != NULL && i < labels->count; i++) {
        const char *json = labels->items[i].json;
        if (labels->items[i].omit || json[0] == 'n')
            continue;
        if (strchr(json, '\\') != NULL)
            add_everything(part);
        for (size_t k = 0; json[k] != '\0'; k++)
            if (json[k] != '"')
                add_character(part, (unsigned char)json[k]);
    }
}

static void add_number(struct text_part *part, const struct item *item)
{
    struct exact low, high;
    bool known = item_wire_bounds(item, &low, &high);
    bool whole = item_type(item) == EXPR_TYPE_INTEGER;
    add_characters(part, "0123456789");
    if (!known || exact_compare(low, exact_from_int(0)) < 0)
        add_character(part, '-');
    if (!whole || part->verb == DGM_VERB_FIXED)
        add_character(part, '.');
    bool is_float = item->form == ITEM_FLOAT || item->is_piped ||
                    (item->form == ITEM_VALUE && !whole);
    if (is_float && part->verb == DGM_VERB_PLAIN)
        add_characters(part, "e+");
}

/* Characters that the value can have in the text. */
static void fill_set(struct text_part *part)
{
    const struct item *item = part->item;
    if (part->verb == DGM_VERB_HEX || part->verb == DGM_VERB_HEX_UPPER) {
        add_characters(part, "0123456789abcdefABCDEF");
        return;
    }
    switch (item->show) {
    case DGM_SHOW_INT:
    case DGM_SHOW_DECIMAL:
    case DGM_SHOW_FLOAT:
    case DGM_SHOW_DOUBLE:
    case DGM_SHOW_PIPE:
        add_number(part, item);
        break;
    case DGM_SHOW_BOOL:
        add_characters(part, "truefals");
        break;
    case DGM_SHOW_ENUM:
        if (item->labels->unknown == DGM_UNKNOWN_NUMBER)
            add_characters(part, "-0123456789");
        add_labels(part, item->labels);
        break;
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        add_characters(part, "0123456789abcdefABCDEF");
        break;
    case DGM_SHOW_BASE64:
        add_characters(part, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz+/=");
        break;
    case DGM_SHOW_TIME_COMPACT:
    case DGM_SHOW_TIME_ISO:
    case DGM_SHOW_TIME_ISO_MS:
        add_characters(part, "0123456789TZ-:.");
        break;
    default:
        add_everything(part);
        break;
    }
    add_labels(part, item->invalid);
}

/* Hex digits or decimals of the largest raw value. */
static unsigned digits_of(const struct item *item, unsigned base)
{
    unsigned digits = 1;
    for (exact_int value = item_raw_high(item); value >= (exact_int)base;
         value /= (exact_int)base)
        digits++;
    return digits;
}

/* How many characters, if that is the same for every value. */
static bool fixed_count(const struct text_part *part, uint32_t *ret)
{
    const struct item *item = part->item;
    if (item->form == ITEM_BYTES) {
        bool is_hex =
            item->show == DGM_SHOW_BYTES_HEX || item->show == DGM_SHOW_BYTES_HEX_UPPER;
        bool is_byte = item->show == DGM_SHOW_LATIN1 || item->show == DGM_SHOW_ASCII;
        *ret = is_hex ? item->size.count * 2 : item->size.count;
        return item->size.kind == EXTENT_FIXED && !item->is_padded && !item->has_end &&
               (is_hex || is_byte);
    }
    if (item->form != ITEM_INTEGER || item->invalid != NULL)
        return false;
    *ret = part->width;
    switch (part->verb) {
    case DGM_VERB_HEX:
    case DGM_VERB_HEX_UPPER:
        return part->width >= digits_of(item, 16);
    case DGM_VERB_FILL:
        return !item->is_signed && !item->scaling.given &&
               part->width >= digits_of(item, 10);
    case DGM_VERB_FIXED:
        return false;
    default:
        *ret = (item->width + 3) / 4;
        return item->show == DGM_SHOW_HEX || item->show == DGM_SHOW_HEX_UPPER;
    }
}

static bool is_everything(const struct text_part *part)
{
    return part->set[0] == UINT64_MAX && part->set[1] == UINT64_MAX && part->is_wide;
}

static void fill_extent(const struct text_format *format, size_t index)
{
    struct text_part *part = &format->parts[index];
    fill_set(part);
    part->extent = DGM_EXTENT_SET;
    if (fixed_count(part, &part->count))
        part->extent = DGM_EXTENT_COUNT;
    else if (is_everything(part) && index + 2 == format->count)
        part->extent = DGM_EXTENT_REST;
}

static bool has_character(const struct text_part *part, unsigned character)
{
    if (character >= 128)
        return part->is_wide;
    return (part->set[character / 64] >> (character % 64) & 1) != 0;
}

static bool sets_meet(const struct text_part *left, const struct text_part *right)
{
    return (left->set[0] & right->set[0]) != 0 || (left->set[1] & right->set[1]) != 0 ||
           (left->is_wide && right->is_wide);
}

/* A text or bytes can be of no length. */
static bool can_be_empty(const struct text_part *part)
{
    return part->item->form == ITEM_BYTES && part->extent != DGM_EXTENT_COUNT;
}

/* The part ends where something stands that it cannot have: what stands behind it? */
static bool ends_clearly(const struct text_format *format, size_t index)
{
    const struct text_part *part = &format->parts[index];
    if (part->extent != DGM_EXTENT_SET)
        return true;
    for (size_t i = index + 1; i < format->count; i++) {
        const struct text_part *next = &format->parts[i];
        if (next->literal[0] != '\0')
            return !has_character(part, (unsigned char)next->literal[0]);
        if (next->name == NULL)
            return true;
        if (sets_meet(part, next))
            return false;
        if (!can_be_empty(next))
            return true;
    }
    return true;
}

/* A label goes as far as it can, so that one that is wrong is told as such. */
static void widen(const struct text_format *format, size_t index)
{
    struct text_part *part = &format->parts[index];
    const struct text_part *next = &format->parts[index + 1];
    unsigned char stop = (unsigned char)next->literal[0];
    bool clear = stop != 0 ? stop < 128 : next->name == NULL;
    if (part->item->labels == NULL || part->extent != DGM_EXTENT_SET || !clear)
        return;
    add_everything(part);
    part->set[stop / 64] &= ~((uint64_t)1 << (stop % 64));
}

static bool check_format(struct diag *diag, const struct message *message,
                         const struct item *item)
{
    struct text_format *format = item->format;
    for (size_t i = 0; i + 1 < format->count; i++)
        fill_extent(format, i);
    for (size_t i = 0; i + 1 < format->count && message_encodes(message); i++) {
        if (ends_clearly(format, i)) {
            widen(format, i);
            continue;
        }
        diag_report(diag, RULE_FORMAT_AMBIGUOUS, format->where,
                    "encoding cannot tell where '%s' ends and what follows begins; give "
                    "it a separator or a fixed number of digits",
                    format->parts[i].name);
        return false;
    }
    return true;
}

static bool check_computed(struct diag *diag, const struct item *item)
{
    if (item->form != ITEM_VALUE || item->text == NULL || !item->is_bool)
        return true;
    diag_report(diag, RULE_BAD_FORMAT, item->text->format->where,
                "'%s' is true or false, which is no part of a text", item->local);
    return false;
}

bool format_check_all(struct profile_source *source, const struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->flat.count; i++) {
        const struct item *item = message->flat.items[i];
        fine = check_computed(source->diag, item) && fine;
        if (item->format != NULL)
            fine = check_format(source->diag, message, item) && fine;
    }
    return fine;
}

uint16_t format_fill(struct lowering *lowering, const struct item *item, size_t row)
{
    struct builder *builder = lowering->builder;
    const struct text_format *format = item->format;
    size_t first = builder->parts.count;
    for (size_t i = 0; i < format->count; i++) {
        const struct text_part *part = &format->parts[i];
        const char *literal =
            scalar_json_string(builder->arena, part->literal, strlen(part->literal));
        size_t length = strlen(literal);
        uint16_t index = builder_part(builder);
        if (index == DGM_NONE || length > UINT16_MAX) {
            builder->too_large = true;
            return DGM_NONE;
        }
        struct dgm_part *made = &builder->parts.items[index];
        made->text = builder_text(builder, literal);
        made->text_length = (uint16_t)length;
        made->row = DGM_NONE;
        if (part->item == NULL)
            continue;
        made->row = (uint16_t)(part->item->row - row);
        made->verb = part->verb;
        made->width = (uint8_t)part->width;
        made->extent = part->extent;
        made->count = part->count;
        made->flags = item_is_text(part->item) ? DGM_PART_QUOTED : 0;
        made->flags |= part->is_wide ? DGM_PART_WIDE : 0;
        memcpy(made->set, part->set, sizeof(made->set));
    }
    return (uint16_t)first;
}

uint64_t format_literals(const struct text_format *format, struct arena *arena)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < format->count; i++)
        sum += strlen(scalar_json_string(arena, format->parts[i].literal,
                                         strlen(format->parts[i].literal)));
    return sum;
}
