/* SPDX-License-Identifier: MIT */
/* Texts and bytes of LoRa payload schemas. */
#include "lora_parts.h"

#include <string.h>

/* `length`: a number, `remaining`, or a field. */
static const char *length_of(struct lora *lora, const struct node *field)
{
    const struct node *length = node_get(field, "length");
    exact_int bytes = 1;
    if (length == NULL) {
        return "1";
    }
    if (length->kind == NODE_SCALAR && strcmp(length->text, "remaining") == 0) {
        return "rest";
    }
    if (length->kind == NODE_SCALAR && length->length > 0 &&
        strchr("0123456789-+", length->text[0]) == NULL) {
        return lora_reference(lora, length->text);
    }
    (void)scalar_integer(&lora->diag, length, "'length'", 0, 1024, &bytes);
    return arena_format(lora->arena, "%u", (unsigned)bytes);
}

/* How bytes are rendered. */
static void put_rendering(struct lora *lora, const struct node *field,
                          const struct lora_type *type)
{
    static const struct {
        const char *theirs, *ours;
    } formats[] = {{"hex", "hex"},
                   {"hex:lower", "hex"},
                   {"hex:upper", "HEX"},
                   {"base64", "base64"},
                   {"array", "array"}};
    const struct node *format = node_get(field, "format");
    const struct node *separator = node_get(field, "separator");
    const char *as = type->format;
    for (size_t i = 0; format != NULL && i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (format->kind == NODE_SCALAR && strcmp(format->text, formats[i].theirs) == 0) {
            as = formats[i].ours;
            format = NULL;
        }
    }
    if (format != NULL) {
        lora_error(lora, format, "the format of bytes is not known");
    }
    lora_word(lora, "as", as);
    if (separator != NULL && separator->kind == NODE_SCALAR && separator->length > 0) {
        lora_text(lora, "separator", separator->text);
    }
}

void lora_put_bytes(struct lora *lora, const struct node *field,
                    const struct lora_type *type)
{
    const char *length = length_of(lora, field);
    lora_open(lora, '{');
    bool reported = lora_put_name(lora, field);
    lora_word(lora, "type",
              arena_format(lora->arena,
                           type->kind == LORA_TEXT ? "text(%s)" : "bytes(%s)", length));
    if (type->kind == LORA_TEXT) {
        lora_word(lora, "pad", "0");
    } else {
        put_rendering(lora, field, type);
    }
    if (reported) {
        lora_put_notes(lora, field);
    } else {
        lora_word(lora, "default", "\"\"");
    }
    lora_close(lora, '}');
}

void lora_put_skip(struct lora *lora, const struct node *field)
{
    lora_open(lora, '{');
    lora_word(lora, "reserved",
              arena_format(lora->arena, "bytes(%s)", length_of(lora, field)));
    lora_close(lora, '}');
}
