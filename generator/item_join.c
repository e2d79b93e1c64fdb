/* SPDX-License-Identifier: MIT */
/*
 * `join`: values that are put together of pieces. The names are looked up once the
 * message is complete; widths must add up, and each piece is a number or bytes as they
 * stand on the wire.
 */
#include "item.h"
#include "lower.h"
#include "scalar.h"

#include <string.h>

static bool parse_pieces(const struct item_context *context, const struct node *list,
                         struct join *join)
{
    struct diag *diag = context->diag;
    if (!node_expect(diag, list, NODE_LIST, "'join'"))
        return false;
    if (list->count == 0 || list->count > DGM_MAX_PIECES) {
        diag_report(diag, RULE_OUT_OF_RANGE, list->where,
                    "'join' is a list of 1 to %d names", DGM_MAX_PIECES);
        return false;
    }
    join->names = arena_array(diag->arena, list->count, sizeof(*join->names));
    join->where = arena_array(diag->arena, list->count, sizeof(*join->where));
    join->pieces = arena_array(diag->arena, list->count, sizeof(*join->pieces));
    join->count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        join->names[i] = scalar_text(diag, list->items[i], "a piece");
        join->where[i] = list->items[i]->where;
        if (join->names[i] == NULL)
            return false;
    }
    return true;
}

bool item_parse_join(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    static const char *const others[] = {"const", "length_of", "count_of", "repeat",
                                         "pad",   "optional",  "at",       "format"};
    const struct node *node = node_get(map, "join");
    if (node == NULL)
        return true;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (node_get(map, others[i]) == NULL)
            continue;
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, others[i])->where,
                    "'%s' has no meaning for a join, which is nothing on the wire",
                    others[i]);
        return false;
    }
    if (context->in_bits) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "join")->where,
                    "a join stands behind the bit group, which has the pieces");
        return false;
    }
    if (node_get(map, "type") == NULL) {
        diag_report(context->diag, RULE_MISSING_KEY, node_key(map, "join")->where,
                    "a join needs 'type', which says what the pieces are together");
        return false;
    }
    item->join = arena_alloc(context->diag->arena, sizeof(*item->join));
    return parse_pieces(context, node, item->join);
}

static const struct item *repetition_of(const struct item *item)
{
    for (item = item->parent; item != NULL; item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return item;
    return NULL;
}

static bool refuse_piece(struct diag *diag, const struct join *join, size_t index,
                         const char *why)
{
    diag_report(diag, RULE_JOIN_PIECE, join->where[index], "'%s' cannot be a piece: %s",
                join->names[index], why);
    return false;
}

static bool check_piece(struct diag *diag, const struct item *item, size_t index)
{
    const struct join *join = item->join;
    const struct item *piece = join->pieces[index];
    const char *why =
        piece->repeat.kind != EXTENT_ONCE || repetition_of(piece) != repetition_of(item)
            ? "it does not stand once beside the join"
        : item->form == ITEM_INTEGER && piece->form != ITEM_INTEGER ? "it is no integer"
        : item->form == ITEM_BYTES && piece->form != ITEM_BYTES     ? "it is no bytes"
        : piece->scaling.given   ? "pieces have no scale"
        : piece->invalid != NULL ? "pieces have no 'invalid'"
        : piece->is_padded       ? "pieces have no 'pad'"
        : piece->has_end         ? "pieces have no 'end'"
        : piece->digits.given || piece->digits.reversed || piece->is_sign_magnitude ||
                piece->is_gray || piece->show == DGM_SHOW_TEXT_NUMBER
            ? "pieces are plain integers, text or bytes"
        : piece->length_of != LENGTH_NONE ? "it is a length"
                                          : NULL;
    return why == NULL || refuse_piece(diag, join, index, why);
}

static bool width_fault(struct diag *diag, const struct item *item, uint64_t found,
                        uint64_t wanted, const char *unit)
{
    diag_report(diag, RULE_JOIN_WIDTH, item->where,
                "the pieces have %llu %s, the type %llu", (unsigned long long)found, unit,
                (unsigned long long)wanted);
    return false;
}

static bool check_bytes_width(struct diag *diag, const struct item *item)
{
    const struct join *join = item->join;
    uint64_t sum = 0;
    for (size_t i = 0; i < join->count; i++) {
        const struct extent *size = &join->pieces[i]->size;
        if (size->kind != EXTENT_FIXED && join->count > 1)
            return refuse_piece(diag, join, i, "of several pieces each has a fixed size");
        sum += size->count;
    }
    if (join->count > 1 && sum > DGM_MAX_JOIN_BYTES) {
        diag_report(diag, RULE_TOO_LARGE, item->where,
                    "several pieces have at most %d bytes together", DGM_MAX_JOIN_BYTES);
        return false;
    }
    bool fixed = join->pieces[0]->size.kind == EXTENT_FIXED;
    if (fixed != (item->size.kind == EXTENT_FIXED)) {
        diag_report(diag, RULE_JOIN_WIDTH, item->where,
                    fixed ? "the pieces have a fixed size, so the type has one, too"
                          : "the size of the piece is not fixed, so that of the type is "
                            "not either: bytes(rest) stands for all of it");
        return false;
    }
    return !fixed || sum == item->size.count ||
           width_fault(diag, item, sum, item->size.count, "bytes");
}

static bool check_width(struct diag *diag, const struct item *item)
{
    uint64_t sum = 0;
    if (item->form == ITEM_BYTES)
        return check_bytes_width(diag, item);
    for (size_t i = 0; i < item->join->count; i++)
        sum += item->join->pieces[i]->width;
    return sum == item->width || width_fault(diag, item, sum, item->width, "bits");
}

bool join_resolve(struct profile_source *source, struct message *message,
                  struct item *item)
{
    struct join *join = item->join;
    if (join == NULL)
        return true;
    for (size_t i = 0; i < join->count; i++) {
        struct item *piece;
        if (!resolve_piece(source, message, item, join->names[i], join->where[i], &piece))
            return false;
        join->pieces[i] = piece;
        if (!check_piece(source->diag, item, i))
            return false;
        piece->is_used = piece->needs_slot = true;
        if (piece->form != ITEM_BYTES)
            continue;
        if (piece->slot != DGM_NONE && !piece->is_placed)
            return refuse_piece(source->diag, join, i, "a reply asks for it");
        piece->is_placed = true;
    }
    return check_width(source->diag, item);
}

void join_solve(struct item *item)
{
    unsigned below = 0;
    for (size_t i = item->join->count; i-- > 0;) {
        struct item *piece = item->join->pieces[i];
        bool is_bytes = piece->form == ITEM_BYTES;
        bool takes =
            piece->local != NULL && piece->whole == NULL && !source_is_known(piece);
        unsigned width = is_bytes ? piece->size.count : piece->width;
        if (takes) {
            piece->whole = item;
            piece->whole_shift = below;
            item->is_solved_for = true;
        }
        below += width;
    }
    /* Bytes are counted from the first. */
    for (size_t i = 0; i < item->join->count; i++) {
        struct item *piece = item->join->pieces[i];
        if (piece->whole == item && piece->form == ITEM_BYTES)
            piece->whole_shift = below - piece->whole_shift - piece->size.count;
    }
}

void join_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row)
{
    const struct join *join = item->join;
    uint64_t numbers[1 + DGM_MAX_PIECES];
    numbers[0] = join->count;
    for (size_t i = 0; i < join->count; i++) {
        const struct item *piece = join->pieces[i];
        uint64_t width = piece->width;
        if (piece->form == ITEM_BYTES)
            width = join->count > 1 ? piece->size.count * 8 : 0;
        numbers[1 + i] = piece->slot | width << DGM_JOIN_WIDTH;
    }
    row->spec = builder_numbers(lowering->builder, numbers, join->count + 1);
}
