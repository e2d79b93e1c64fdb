/* SPDX-License-Identifier: MIT */
/*
 * `framing`: delimiters, escapes, length, gap. What is checked here makes reading a frame
 * need no choice: each escape begins with a byte that is escaped itself, and none begins
 * another; what ends a frame cannot stand inside it.
 */
#include "framing.h"

#include <dragoman/worst.h>

#include "language.h"
#include "scalar.h"

#include <string.h>

enum { LONGEST_GAP = 3600000 };

static bool parse_delimiter(struct diag *diag, const struct node *map, const char *key,
                            uint8_t *ret, uint8_t *ret_length)
{
    const struct node *node = node_get(map, key);
    uint8_t *bytes;
    size_t length;
    if (node == NULL)
        return true;
    if (!scalar_hex(diag, node, arena_format(diag->arena, "'%s'", key), &bytes, &length))
        return false;
    if (length == 0 || length > DGM_FRAMING_DELIMITER) {
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "a delimiter has 1 to %d bytes, this has %zu", DGM_FRAMING_DELIMITER,
                    length);
        return false;
    }
    memcpy(ret, bytes, length);
    *ret_length = (uint8_t)length;
    return true;
}

static void set_pair(struct dgm_escape *pair, uint8_t byte, uint8_t first, uint8_t second)
{
    pair->byte = byte;
    pair->length = 2;
    pair->with[0] = first;
    pair->with[1] = second;
}

static void set_end(struct dgm_framing *framing, uint8_t byte)
{
    if (framing->end_length > 0)
        return;
    framing->end[0] = byte;
    framing->end_length = 1;
}

/* The two escapes that have a name bring the end of the frame along. */
static bool parse_named_escape(struct diag *diag, const struct node *node,
                               struct dgm_framing *framing)
{
    static const char *const words[] = {"slip", "cobs"};
    int word = scalar_word(diag, node, "'escape'", words, 2);
    if (word < 0)
        return false;
    if (word == 1) {
        framing->escape = DGM_FRAMING_COBS;
        set_end(framing, 0x00);
        return true;
    }
    framing->escape = DGM_FRAMING_PAIRS;
    framing->pair_count = 2;
    set_pair(&framing->pairs[0], 0xC0, 0xDB, 0xDC);
    set_pair(&framing->pairs[1], 0xDB, 0xDB, 0xDD);
    set_end(framing, 0xC0);
    return true;
}

static bool parse_pair(struct diag *diag, const struct node *key, const struct node *node,
                       struct dgm_framing *framing)
{
    exact_int byte;
    uint8_t *bytes;
    size_t length;
    if (!scalar_integer(diag, key, "an escaped byte", 0, 255, &byte) ||
        !scalar_hex(diag, node, "an escape", &bytes, &length))
        return false;
    if (length < 2 || length > DGM_ESCAPE_MAX) {
        diag_report(diag, RULE_FRAMING_ESCAPE, node->where,
                    "an escape has 2 to %d bytes, this has %zu", DGM_ESCAPE_MAX, length);
        return false;
    }
    for (unsigned i = 0; i < framing->pair_count; i++) {
        if (framing->pairs[i].byte != byte)
            continue;
        diag_report(diag, RULE_FRAMING_ESCAPE, key->where,
                    "the byte 0x%02X has an escape already", (unsigned)byte);
        return false;
    }
    struct dgm_escape *pair = &framing->pairs[framing->pair_count++];
    pair->byte = (uint8_t)byte;
    pair->length = (uint8_t)length;
    memcpy(pair->with, bytes, length);
    return true;
}

static bool is_listed(const struct dgm_framing *framing, uint8_t byte)
{
    for (unsigned i = 0; i < framing->pair_count; i++)
        if (framing->pairs[i].byte == byte)
            return true;
    return false;
}

static bool begins(const struct dgm_escape *left, const struct dgm_escape *right)
{
    return left->length <= right->length &&
           memcmp(left->with, right->with, left->length) == 0;
}

/* Each escape begins with a byte that never stands for itself, and begins no other. */
static bool check_pairs(struct diag *diag, const struct node *map,
                        const struct dgm_framing *framing)
{
    for (unsigned i = 0; i < framing->pair_count; i++) {
        const struct dgm_escape *pair = &framing->pairs[i];
        if (!is_listed(framing, pair->with[0])) {
            diag_report(diag, RULE_FRAMING_ESCAPE, map->items[i]->where,
                        "this escape begins with 0x%02X, which must be escaped itself",
                        pair->with[0]);
            return false;
        }
        for (unsigned k = 0; k < framing->pair_count; k++) {
            if (k == i || !begins(pair, &framing->pairs[k]))
                continue;
            diag_report(diag, RULE_FRAMING_ESCAPE, map->items[i]->where,
                        "the escape of 0x%02X begins like this one",
                        framing->pairs[k].byte);
            return false;
        }
    }
    return true;
}

static bool parse_escape(struct diag *diag, const struct node *node,
                         struct dgm_framing *framing)
{
    if (node == NULL)
        return true;
    if (node->kind == NODE_SCALAR)
        return parse_named_escape(diag, node, framing);
    if (!node_expect(diag, node, NODE_MAP, "'escape'"))
        return false;
    if (node->count == 0 || node->count > DGM_FRAMING_PAIRS_MAX) {
        diag_report(diag, RULE_BAD_VALUE, node->where, "1 to %d bytes can be escaped",
                    DGM_FRAMING_PAIRS_MAX);
        return false;
    }
    framing->escape = DGM_FRAMING_PAIRS;
    for (size_t i = 0; i < node->count; i++)
        if (!parse_pair(diag, node->keys[i], node->items[i], framing))
            return false;
    return check_pairs(diag, node, framing);
}

/* Some byte of a delimiter is escaped, and no escape ends like the frame: then the
 * delimiter cannot be seen inside. */
static bool is_hidden(const struct dgm_framing *framing, const uint8_t *delimiter,
                      unsigned length)
{
    bool listed = false;
    for (unsigned i = 0; i < length; i++)
        listed = listed ||
                 (framing->escape == DGM_FRAMING_COBS ? delimiter[i] == 0
                                                      : is_listed(framing, delimiter[i]));
    for (unsigned i = 0; i < framing->pair_count && length == 1; i++)
        if (memchr(framing->pairs[i].with, delimiter[0], framing->pairs[i].length) !=
            NULL)
            return false;
    return listed;
}

/* Where bytes are escaped, it is for the sake of the delimiters. */
static bool check_delimiters(struct diag *diag, const struct node *map,
                             const struct dgm_framing *framing)
{
    const char *wrong = NULL;
    if (framing->escape == DGM_FRAMING_PLAIN)
        return true;
    if (framing->end_length > 0 && !is_hidden(framing, framing->end, framing->end_length))
        wrong = "end";
    else if (framing->end_length == 0 && framing->start_length > 0 &&
             !is_hidden(framing, framing->start, framing->start_length))
        wrong = "start";
    if (wrong == NULL)
        return true;
    diag_report(diag, RULE_FRAMING_ESCAPE, node_get(map, "escape")->where,
                "the bytes of '%s' can stand inside the frame all the same: escape them",
                wrong);
    return false;
}

static bool parse_length_type(struct diag *diag, const struct wire *wire,
                              const struct node *node, struct dgm_framing *framing)
{
    struct item_context context = {.diag = diag, .little_endian = wire->little_endian};
    struct item item = {0};
    if (!item_parse_type(&context, node, &item))
        return false;
    if (item.form != ITEM_INTEGER || item.is_signed || item.is_bool ||
        item.order > DGM_ORDER_LE) {
        diag_report(diag, RULE_BAD_VALUE, node->where,
                    "the length of a frame is an unsigned integer of whole bytes");
        return false;
    }
    framing->length_width = (uint8_t)(item.width / 8);
    framing->length_order = item.order;
    return true;
}

static bool parse_length(struct diag *diag, const struct wire *wire,
                         const struct node *map, struct dgm_framing *framing)
{
    const struct node *node = node_get(map, "length");
    exact_int at, add = 0;
    if (node == NULL)
        return true;
    if (!language_check_keys(diag, node, PLACE_FRAMING_LENGTH))
        return false;
    const struct node *type = node_get(node, "type"), *place = node_get(node, "at");
    if (type == NULL || place == NULL) {
        diag_report(diag, RULE_MISSING_KEY, node->where,
                    "the length of a frame needs 'at' and 'type'");
        return false;
    }
    if (framing->escape != DGM_FRAMING_PLAIN) {
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, "length")->where,
                    "a frame with escapes ends at its delimiter; its length is checked "
                    "by an item with 'length_of'");
        return false;
    }
    if (!scalar_integer(diag, place, "'at'", 0, DGM_MAX_FRAME, &at) ||
        (node_get(node, "add") != NULL &&
         !scalar_integer(diag, node_get(node, "add"), "'add'", -DGM_MAX_FRAME,
                         DGM_MAX_FRAME, &add)))
        return false;
    framing->length_at = (uint16_t)at;
    framing->length_add = (int32_t)add;
    return parse_length_type(diag, wire, type, framing);
}

/* Can a reader of the line find frames, also after a byte was lost? */
static void lint_stream(struct diag *diag, const struct node *key,
                        const struct dgm_framing *framing)
{
    bool ends =
        framing->end_length > 0 || framing->length_width > 0 || framing->gap_ms > 0;
    if (!ends)
        diag_report(diag, RULE_FRAMING_END, key->where,
                    "nothing says where a frame ends: 'end', 'length' or 'gap'");
    else if (framing->length_width > 0 && framing->start_length == 0 &&
             framing->end_length == 0 && framing->gap_ms == 0)
        diag_report(diag, RULE_FRAMING_RESYNC, key->where,
                    "with 'length' alone a reader that lost a byte never finds a frame "
                    "again: add 'start' or 'gap'");
}

bool framing_parse(struct profile_source *source, const struct node *map)
{
    struct diag *diag = source->diag;
    const struct node *node = map != NULL ? node_get(map, "framing") : NULL;
    exact_int gap = 0;
    if (node == NULL)
        return true;
    if (!language_check_keys(diag, node, PLACE_FRAMING))
        return false;
    struct dgm_framing *framing = arena_alloc(diag->arena, sizeof(*framing));
    if (!parse_delimiter(diag, node, "start", framing->start, &framing->start_length) ||
        !parse_delimiter(diag, node, "end", framing->end, &framing->end_length) ||
        !parse_escape(diag, node_get(node, "escape"), framing) ||
        !check_delimiters(diag, node, framing) ||
        !parse_length(diag, &source->wire, node, framing) ||
        (node_get(node, "gap") != NULL &&
         !scalar_integer(diag, node_get(node, "gap"), "'gap'", 1, LONGEST_GAP, &gap)))
        return false;
    framing->gap_ms = (uint32_t)gap;
    lint_stream(diag, node_key(map, "framing"), framing);
    source->framing = framing;
    source->framing_where = node_key(map, "framing")->where;
    return true;
}

bool framing_lower(struct profile_source *source, struct builder *builder)
{
    struct dgm_framing *framing = source->framing;
    if (framing == NULL)
        return true;
    framing->content_max = source->wire.frame_limit;
    for (size_t i = 0; i < source->messages.count; i++)
        if (source->messages.items[i].wire.frame_limit > framing->content_max)
            framing->content_max = source->messages.items[i].wire.frame_limit;
    uint32_t most = dgm_worst_line_most(framing, framing->content_max);
    if (most > DGM_MAX_FRAME) {
        diag_report(source->diag, RULE_UNBOUNDED, source->framing_where,
                    "a frame of frame_limit %lu can have %lu bytes with its escapes, "
                    "more than %d: lower frame_limit",
                    (unsigned long)framing->content_max, (unsigned long)most,
                    DGM_MAX_FRAME);
        return false;
    }
    return builder_framing(builder, framing) != DGM_NONE;
}

static const struct dgm_framing *framing_of(const struct builder *builder)
{
    return builder->framings.count > 0 ? &builder->framings.items[0] : NULL;
}

uint32_t framing_line_least(const struct builder *builder, uint32_t content)
{
    return dgm_worst_line_least(framing_of(builder), content);
}

uint32_t framing_line_most(const struct builder *builder, uint32_t content)
{
    return dgm_worst_line_most(framing_of(builder), content);
}
