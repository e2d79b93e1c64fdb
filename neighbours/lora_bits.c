/* SPDX-License-Identifier: MIT */
/* Fields of LoRa payload schemas that share bytes, as bit groups. */
#include "lora_bits.h"

#include <string.h>

static bool type_quietly(const struct node *field, struct lora_type *ret)
{
    const struct node *type = node_get(field, "type"), *base = node_get(field, "base");
    if (type == NULL || type->kind != NODE_SCALAR || !lora_type_parse(type->text, ret)) {
        return false;
    }
    bool based = ret->kind == LORA_ENUM && base != NULL && base->kind == NODE_SCALAR;
    return !based || lora_type_parse(base->text, ret);
}

bool lora_is_run(const struct node *field)
{
    struct lora_type type;
    return type_quietly(field, &type) &&
           (type.kind == LORA_BOOL || (type.kind == LORA_INTEGER && type.ranged));
}

static bool consumes(const struct node *field)
{
    const struct node *consume = node_get(field, "consume");
    return consume != NULL && consume->kind == NODE_SCALAR &&
           strcmp(consume->text, "0") != 0;
}

static bool add(struct lora *lora, struct lora_pieces *pieces, const struct node *field)
{
    struct lora_piece piece = {.field = field};
    if (pieces->count == LORA_MOST_PIECES) {
        lora_error(lora, field, "more than %d fields share bytes", LORA_MOST_PIECES);
        return false;
    }
    if (!lora_type_of(lora, field, &piece.type)) {
        return false;
    }
    if (piece.type.kind != LORA_INTEGER && piece.type.kind != LORA_BOOL) {
        lora_error(lora, field, "only numbers and truth values share bytes");
        return false;
    }
    if (node_get(field, "encoding") != NULL) {
        lora_error(lora, node_get(field, "encoding"),
                   "an encoding is of whole bytes, and not of bits");
        return false;
    }
    if (!piece.type.ranged) {
        piece.type.high = piece.type.bits - 1;
        piece.type.ranged = true;
    }
    if (piece.type.bits / 8 > pieces->bytes) {
        pieces->bytes = piece.type.bits / 8;
    }
    if (piece.type.order[0] != '\0') {
        if (pieces->order[0] != '\0' && pieces->order[0] != piece.type.order[0]) {
            lora_error(lora, field, "fields that share bytes have one order of bytes");
            return false;
        }
        pieces->order = piece.type.order;
    }
    pieces->items[pieces->count++] = piece;
    return true;
}

/* Places in the whole, and which of them overlap. */
static void place(const struct lora *lora, struct lora_pieces *pieces)
{
    bool little = pieces->order[0] != '\0' ? pieces->order[0] == 'l' : lora->little;
    uint64_t taken = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        struct lora_piece *piece = &pieces->items[i];
        unsigned shift = little ? 0 : pieces->bytes * 8 - piece->type.bits;
        piece->low = piece->type.low + shift;
        piece->high = piece->type.high + shift;
        unsigned width = piece->high - piece->low + 1;
        uint64_t mask = (width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1)
                        << piece->low;
        piece->covered = (taken & mask) != 0;
        taken |= mask;
    }
}

void lora_sort_pieces(struct lora_pieces *pieces)
{
    for (size_t i = 1; i < pieces->count; i++) {
        struct lora_piece piece = pieces->items[i];
        size_t to = i;
        for (; to > 0 && pieces->items[to - 1].low > piece.low; to--) {
            pieces->items[to] = pieces->items[to - 1];
        }
        pieces->items[to] = piece;
    }
}

void lora_put_gap(struct lora *lora, unsigned width)
{
    if (width > 0) {
        lora_open(lora, '{');
        lora_word(lora, "reserved", arena_format(lora->arena, "u%u", width));
        lora_close(lora, '}');
    }
}

static void put_piece(struct lora *lora, struct lora_piece *piece)
{
    unsigned width = piece->high - piece->low + 1;
    const char *word =
        piece->type.kind == LORA_BOOL
            ? "bool"
            : arena_format(lora->arena, "%c%u", piece->type.is_signed ? 'i' : 'u', width);
    piece->raw = lora_put_wire(lora, piece->field, &piece->type, word);
}

/* What is calculated of the pieces, and warned of them. */
static void put_values(struct lora *lora, const struct lora_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        const struct lora_piece *piece = &pieces->items[i];
        if (piece->raw != NULL) {
            lora_put_number(lora, piece->field, piece->raw);
        }
        lora_put_warning(lora, piece->field);
    }
}

/* A piece as an expression; that of a signed one takes off what its highest bit counts
 * too much. */
static const char *bits_of(struct lora *lora, const char *whole,
                           const struct lora_piece *piece)
{
    unsigned width = piece->high - piece->low + 1;
    const char *text =
        arena_format(lora->arena, "bits(%s, %u, %u)", whole, piece->high, piece->low);
    if (piece->type.kind == LORA_BOOL) {
        return arena_format(lora->arena, "(%s == 1)", text);
    }
    if (!piece->type.is_signed) {
        return text;
    }
    if (width > 62) {
        lora_warn(lora, piece->field,
                  "it shares bits with another field, and is taken without sign");
        return text;
    }
    return arena_format(lora->arena, "(%s - bits(%s, %u, %u) * %llu)", text, whole,
                        piece->high, piece->high, 1ULL << width);
}

/* The whole as one number, and the pieces calculated: for pieces that overlap. */
static void put_overlapping(struct lora *lora, struct lora_pieces *pieces)
{
    const char *whole = lora_hidden_name(lora, "bits");
    for (size_t i = 0; i < pieces->count; i++) {
        if (pieces->items[i].high > 62) {
            lora_error(lora, pieces->items[i].field,
                       "it shares bits with others, and is beyond bit 62");
            return;
        }
    }
    lora_open(lora, '{');
    lora_word(lora, "local", whole);
    lora_word(lora, "type",
              arena_format(lora->arena, "u%u%s", pieces->bytes * 8,
                           pieces->bytes > 1 ? pieces->order : ""));
    lora_put_default(lora, NULL, whole);
    lora_close(lora, '}');
    for (size_t i = 0; i < pieces->count; i++) {
        struct lora_piece *piece = &pieces->items[i];
        piece->raw = bits_of(lora, whole, piece);
    }
    lora_warn(lora, pieces->items[0].field,
              "fields share bits, so that encoding writes none of them");
    put_values(lora, pieces);
}

static void put_pieces(struct lora *lora, struct lora_pieces *pieces)
{
    bool overlap = false;
    place(lora, pieces);
    for (size_t i = 0; i < pieces->count; i++) {
        overlap = overlap || pieces->items[i].covered;
    }
    if (overlap) {
        put_overlapping(lora, pieces);
        return;
    }
    lora_sort_pieces(pieces);
    unsigned at = 0;
    lora_open(lora, '{');
    lora_word(lora, "bits",
              arena_format(lora->arena, "u%u%s", pieces->bytes * 8,
                           pieces->bytes > 1 ? pieces->order : ""));
    lora_word(lora, "bit_order", "lsb");
    lora_key(lora, "fields");
    lora_open(lora, '[');
    for (size_t i = 0; i < pieces->count; i++) {
        lora_put_gap(lora, pieces->items[i].low - at);
        put_piece(lora, &pieces->items[i]);
        at = pieces->items[i].high + 1;
    }
    lora_put_gap(lora, pieces->bytes * 8 - at);
    lora_close(lora, ']');
    lora_close(lora, '}');
    put_values(lora, pieces);
}

/* One without an order of its own has that of the schema. */
static bool has_order_of(struct lora *lora, const struct lora_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count && pieces->order[0] != '\0'; i++) {
        const struct lora_piece *piece = &pieces->items[i];
        if (piece->type.order[0] == '\0' && piece->type.bits > 8 &&
            lora->little != (pieces->order[0] == 'l')) {
            lora_error(lora, piece->field,
                       "fields that share bytes have one order of bytes");
            return false;
        }
    }
    return true;
}

/* An integer behind bits that nothing consumed reads their bytes once more. */
static bool reads_all(const struct node *field, const struct lora_pieces *pieces)
{
    struct lora_type type;
    return type_quietly(field, &type) && type.kind == LORA_INTEGER && !type.ranged &&
           strlen(type.order) < 4 && node_get(field, "encoding") == NULL &&
           type.bits / 8 >= pieces->bytes;
}

size_t lora_put_run(struct lora *lora, const struct node *fields, size_t at)
{
    struct lora_pieces *pieces = arena_alloc(lora->arena, sizeof(*pieces));
    size_t first = at;
    bool done = false, fine = true;
    pieces->order = "";
    for (; at < fields->count && !done && lora_is_run(fields->items[at]); at++) {
        fine = fine && add(lora, pieces, fields->items[at]) && has_order_of(lora, pieces);
        done = consumes(fields->items[at]);
    }
    if (!done && fine && at < fields->count && reads_all(fields->items[at], pieces)) {
        fine = add(lora, pieces, fields->items[at]) && has_order_of(lora, pieces);
        done = true;
        at++;
    }
    if (!done && at < fields->count) {
        lora_warn(lora, fields->items[at],
                  "no field in front consumes the bytes that they share; here the bytes "
                  "are behind them");
    }
    if (fine && pieces->count > 0) {
        put_pieces(lora, pieces);
    }
    return at - first;
}

void lora_put_byte_group(struct lora *lora, const struct node *group,
                         const struct node *fields, const struct node *size,
                         const struct node *endian)
{
    struct lora_pieces *pieces = arena_alloc(lora->arena, sizeof(*pieces));
    exact_int bytes = 0;
    bool fine = true;
    pieces->order = "";
    if (fields == NULL) {
        lora_error(lora, group, "a 'byte_group' needs 'fields'");
        return;
    }
    if (!node_expect(&lora->diag, fields, NODE_LIST, "'byte_group'") ||
        (size != NULL && !scalar_integer(&lora->diag, size, "'size'", 1, 8, &bytes))) {
        return;
    }
    for (size_t i = 0; i < fields->count && fine; i++) {
        fine = add(lora, pieces, fields->items[i]);
    }
    if (bytes != 0 && pieces->bytes > (unsigned)bytes) {
        lora_error(lora, size, "a field of the group has more bytes than the group");
        return;
    }
    if (bytes != 0) {
        pieces->bytes = (unsigned)bytes;
    }
    fine = fine && (endian == NULL || lora_order_of(lora, endian, &pieces->order));
    if (fine && pieces->count > 0) {
        put_pieces(lora, pieces);
    }
}
