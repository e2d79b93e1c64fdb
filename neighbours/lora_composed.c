/* SPDX-License-Identifier: MIT */
/* Texts of LoRa payload schemas that are made of the bits of a few bytes. */
#include "lora_bits.h"

#include <string.h>

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
                    struct lora_piece *ret, const char **ret_format)
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
    *ret = (struct lora_piece){
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
                          struct lora_pieces *pieces, struct out *format)
{
    const struct node *parts = node_get(field, "parts");
    const struct node *delimiter = node_get(field, "delimiter");
    out_text(format, "");
    put_literal_text(lora, format, node_get(field, "prefix"));
    if (parts == NULL || !node_expect(&lora->diag, parts, NODE_LIST, "'parts'") ||
        parts->count > LORA_MOST_PIECES) {
        return false;
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct lora_piece *piece = &pieces->items[pieces->count++];
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
    struct lora_pieces *pieces = arena_alloc(lora->arena, sizeof(*pieces));
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
    lora_sort_pieces(pieces);
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
        const struct lora_piece *piece = &pieces->items[i];
        if (piece->low < at) {
            lora_error(lora, piece->field, "it has bits of another part");
            break;
        }
        lora_put_gap(lora, piece->low - at);
        lora_open(lora, '{');
        lora_word(lora, "local", piece->raw);
        lora_word(lora, "type",
                  arena_format(lora->arena, "u%u", piece->high - piece->low + 1));
        lora_close(lora, '}');
        at = piece->high + 1;
    }
    lora_put_gap(lora, pieces->bytes * 8 - at);
    lora_close(lora, ']');
    lora_close(lora, '}');
}
