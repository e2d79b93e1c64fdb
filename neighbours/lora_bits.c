/* SPDX-License-Identifier: MIT */
/* Fields of LoRa payload schemas that share bytes, as bit groups. */
#include "lora_parts.h"

#include <string.h>

enum { MOST = 64 };

/* One of the fields that share bytes. */
struct piece {
    const struct node *field;
    struct lora_type type;
    unsigned low, high; /* bits of the whole */
    const char *raw;    /* NULL, or the value is still to be calculated */
    bool covered;       /* another piece has some of its bits */
};

struct pieces {
    struct piece items[MOST];
    size_t count;
    unsigned bytes;
    const char *order;
};

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

static bool add(struct lora *lora, struct pieces *pieces, const struct node *field)
{
    struct piece piece = {.field = field};
    if (pieces->count == MOST) {
        lora_error(lora, field, "more than %d fields share bytes", MOST);
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
static void place(const struct lora *lora, struct pieces *pieces)
{
    bool little = pieces->order[0] != '\0' ? pieces->order[0] == 'l' : lora->little;
    uint64_t taken = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->items[i];
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

/* From the lowest bit up; the ones that are covered do not count. */
static void sort(struct pieces *pieces)
{
    for (size_t i = 1; i < pieces->count; i++) {
        struct piece piece = pieces->items[i];
        size_t to = i;
        for (; to > 0 && pieces->items[to - 1].low > piece.low; to--) {
            pieces->items[to] = pieces->items[to - 1];
        }
        pieces->items[to] = piece;
    }
}

static void put_gap(struct lora *lora, unsigned width)
{
    if (width > 0) {
        lora_open(lora, '{');
        lora_word(lora, "reserved", arena_format(lora->arena, "u%u", width));
        lora_close(lora, '}');
    }
}

static void put_piece(struct lora *lora, struct piece *piece)
{
    unsigned width = piece->high - piece->low + 1;
    const char *word =
        piece->type.kind == LORA_BOOL
            ? "bool"
            : arena_format(lora->arena, "%c%u", piece->type.is_signed ? 'i' : 'u', width);
    piece->raw = lora_put_wire(lora, piece->field, &piece->type, word);
}

/* What is calculated of the pieces, and warned of them. */
static void put_values(struct lora *lora, const struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->items[i];
        if (piece->raw != NULL) {
            lora_put_number(lora, piece->field, piece->raw);
        }
        lora_put_warning(lora, piece->field);
    }
}

/* A piece as an expression; that of a signed one takes off what its highest bit counts
 * too much. */
static const char *bits_of(struct lora *lora, const char *whole,
                           const struct piece *piece)
{
    unsigned width = piece->high - piece->low + 1;
    const char *text =
        arena_format(lora->arena, "bits(%s, %u, %u)", whole, piece->high, piece->low);
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
static void put_overlapping(struct lora *lora, struct pieces *pieces)
{
    const char *whole = lora_hidden_name(lora, "bits");
    lora_open(lora, '{');
    lora_word(lora, "local", whole);
    lora_word(lora, "type",
              arena_format(lora->arena, "u%u%s", pieces->bytes * 8,
                           pieces->bytes > 1 ? pieces->order : ""));
    lora_put_default(lora, NULL, whole);
    lora_close(lora, '}');
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->items[i];
        piece->raw = bits_of(lora, whole, piece);
    }
    lora_warn(lora, pieces->items[0].field,
              "fields share bits, so that encoding writes none of them");
    put_values(lora, pieces);
}

static void put_pieces(struct lora *lora, struct pieces *pieces)
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
    sort(pieces);
    unsigned at = 0;
    lora_open(lora, '{');
    lora_word(lora, "bits",
              arena_format(lora->arena, "u%u%s", pieces->bytes * 8,
                           pieces->bytes > 1 ? pieces->order : ""));
    lora_word(lora, "bit_order", "lsb");
    lora_key(lora, "fields");
    lora_open(lora, '[');
    for (size_t i = 0; i < pieces->count; i++) {
        put_gap(lora, pieces->items[i].low - at);
        put_piece(lora, &pieces->items[i]);
        at = pieces->items[i].high + 1;
    }
    put_gap(lora, pieces->bytes * 8 - at);
    lora_close(lora, ']');
    lora_close(lora, '}');
    put_values(lora, pieces);
}

/* One without an order of its own has that of the schema. */
static bool has_order_of(struct lora *lora, const struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count && pieces->order[0] != '\0'; i++) {
        const struct piece *piece = &pieces->items[i];
        if (piece->type.order[0] == '\0' && piece->type.bits > 8 &&
            lora->little != (pieces->order[0] == 'l')) {
            lora_error(lora, piece->field,
                       "fields that share bytes have one order of bytes");
            return false;
        }
    }
    return true;
}

size_t lora_put_run(struct lora *lora, const struct node *fields, size_t at)
{
    struct pieces *pieces = arena_alloc(lora->arena, sizeof(*pieces));
    size_t first = at;
    bool done = false, fine = true;
    pieces->order = "";
    for (; at < fields->count && !done && lora_is_run(fields->items[at]); at++) {
        fine = fine && add(lora, pieces, fields->items[at]) && has_order_of(lora, pieces);
        done = consumes(fields->items[at]);
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
    struct pieces *pieces = arena_alloc(lora->arena, sizeof(*pieces));
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

/* How the number of a part is written; NULL after an error. */
static const char *part_format(struct lora *lora, const struct node *part)
{
    static const struct {
        const char *theirs, *ours;
    } formats[] = {{"decimal", ""}, {"hex", ":x"}, {"hex:upper", ":X"}};
    const struct node *node = part->count == 3 ? part->items[2] : NULL;
    if (node == NULL) {
        return "";
    }
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (node->kind == NODE_SCALAR && strcmp(node->text, formats[i].theirs) == 0) {
            return formats[i].ours;
        }
    }
    lora_error(lora, node, "a part is written as decimal, hex or hex:upper");
    return NULL;
}

/* [start, width, format]: a part of a composed text. */
static bool part_of(struct lora *lora, const struct node *node, unsigned bytes,
                    struct piece *ret, const char **ret_format)
{
    exact_int start, width;
    if (!node_expect(&lora->diag, node, NODE_LIST, "a part")) {
        return false;
    }
    if (node->count < 2 || node->count > 3) {
        lora_error(lora, node, "a part is [start, width] or [start, width, format]");
        return false;
    }
    if (!scalar_integer(&lora->diag, node->items[0], "the start", 0, bytes * 8 - 1,
                        &start) ||
        !scalar_integer(&lora->diag, node->items[1], "the width", 1,
                        (exact_int)bytes * 8 - start, &width)) {
        return false;
    }
    *ret = (struct piece){
        .field = node, .low = (unsigned)start, .high = (unsigned)(start + width) - 1};
    *ret_format = part_format(lora, node);
    return *ret_format != NULL;
}

static void put_literal_text(struct lora *lora, struct out *out, const struct node *node)
{
    if (node != NULL && node->kind == NODE_SCALAR) {
        out_text(out, lora_literal_text(lora, node->text));
    }
}

static bool collect_parts(struct lora *lora, const struct node *field,
                          struct pieces *pieces, struct out *format)
{
    const struct node *parts = node_get(field, "parts");
    const struct node *delimiter = node_get(field, "delimiter");
    out_text(format, "");
    put_literal_text(lora, format, node_get(field, "prefix"));
    if (parts == NULL || !node_expect(&lora->diag, parts, NODE_LIST, "'parts'") ||
        parts->count > MOST) {
        return false;
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct piece *piece = &pieces->items[pieces->count++];
        const char *written;
        if (!part_of(lora, parts->items[i], pieces->bytes, piece, &written)) {
            return false;
        }
        piece->raw = lora_hidden_name(lora, "part");
        if (i > 0 && delimiter == NULL) {
            out_text(format, ".");
        } else if (i > 0) {
            put_literal_text(lora, format, delimiter);
        }
        out_format(format, "{%s%s}", piece->raw, written);
    }
    return pieces->count > 0;
}

void lora_put_parts(struct lora *lora, const struct node *field)
{
    struct pieces *pieces = arena_alloc(lora->arena, sizeof(*pieces));
    const struct node *length = node_get(field, "length");
    exact_int bytes = 1;
    struct out format;
    out_init(&format, lora->arena);
    if (length != NULL &&
        !scalar_integer(&lora->diag, length, "'length'", 1, 8, &bytes)) {
        return;
    }
    pieces->bytes = (unsigned)bytes;
    if (!collect_parts(lora, field, pieces, &format)) {
        lora_error(lora, field, "a 'bitfield_string' needs its 'parts'");
        return;
    }
    sort(pieces);
    lora_open(lora, '{');
    (void)lora_put_name(lora, field);
    lora_word(lora, "bits", arena_format(lora->arena, "u%u", pieces->bytes * 8));
    lora_word(lora, "bit_order", "lsb");
    lora_text(lora, "format", format.text);
    lora_put_notes(lora, field);
    lora_key(lora, "fields");
    lora_open(lora, '[');
    unsigned at = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->items[i];
        if (piece->low < at) {
            lora_error(lora, piece->field, "it has bits of another part");
            break;
        }
        put_gap(lora, piece->low - at);
        lora_open(lora, '{');
        lora_word(lora, "local", piece->raw);
        lora_word(lora, "type",
                  arena_format(lora->arena, "u%u", piece->high - piece->low + 1));
        lora_close(lora, '}');
        at = piece->high + 1;
    }
    put_gap(lora, pieces->bytes * 8 - at);
    lora_close(lora, ']');
    lora_close(lora, '}');
}
