/* SPDX-License-Identifier: MIT */
/* Text and bytes: how many there are, and how they are rendered. */
#include "schema.h"

#include <string.h>

/* A number that a profile gives, as a count; what is negative is refused before. */
static uint64_t count_of(struct exact value)
{
    return value.numerator < 0 ? 0 : (uint64_t)(value.numerator / value.denominator);
}

struct schema_length schema_bytes_of(const struct schema *schema, const struct item *item)
{
    struct schema_length length = {0, 0, false};
    struct exact low, high;
    bool shrinks = item->is_padded || item->has_end || schema->message->wire.zero_fill;
    if (item->form != ITEM_BYTES)
        return length;
    if (item->size.kind == EXTENT_FIXED) {
        length = (struct schema_length){item->size.count, item->size.count, true};
    } else if (item->size.kind == EXTENT_EXPR && item->size.expr != NULL &&
               expr_bounds(item->size.expr, &low, &high) &&
               count_of(high) <= DGM_MAX_FRAME) {
        length = (struct schema_length){count_of(low), count_of(high), true};
    }
    if (shrinks || schema->is_input)
        length.least = 0;
    return length;
}

/* Characters of so many bytes. */
static uint64_t characters_of(const struct item *item, uint64_t bytes)
{
    uint64_t between = item->separator != NULL ? strlen(item->separator) : 0;
    switch (item->show) {
    case DGM_SHOW_BASE64:
        return (bytes + 2) / 3 * 4;
    case DGM_SHOW_BYTES_HEX:
    case DGM_SHOW_BYTES_HEX_UPPER:
        return bytes * 2 + (bytes > 0 ? bytes - 1 : 0) * between;
    default:
        return bytes;
    }
}

struct schema_length schema_length_of(const struct schema *schema,
                                      const struct item *item)
{
    struct schema_length length = schema_bytes_of(schema, item);
    bool is_counted = item->show == DGM_SHOW_BYTES_DOTTED;
    bool rejects = schema->is_input || schema->message->wire.reject_limits;
    bool is_limited = rejects && item->field != NULL && item->field->has_max_length &&
                      item->repeat.kind == EXTENT_ONCE && !item->collects;
    if (is_counted) /* its characters are not; the pattern tells */
        return (struct schema_length){0, 0, false};
    if (item->show == DGM_SHOW_UTF8)
        length.least = (length.least + 3) / 4;
    length.least = characters_of(item, length.least);
    length.most = characters_of(item, length.most);
    if (is_limited && (!length.has_most || item->field->max_length < length.most)) {
        length.has_most = true;
        length.most = item->field->max_length;
    }
    return length;
}

/* One, and those behind it. */
static const char *separated(const struct schema *schema, const struct item *item,
                             const char *one, const char *otherwise)
{
    struct out out;
    struct schema_length bytes = schema_bytes_of(schema, item);
    if (item->separator == NULL && otherwise[0] == '\0')
        return arena_format(schema->arena, "(?:%s)*", one);
    out_init(&out, schema->arena);
    out_format(&out, "(?:%s(?:", one);
    schema_escape(&out, item->separator != NULL ? item->separator : otherwise);
    out_format(&out, "%s)", one);
    if (bytes.has_most && bytes.most > 0)
        out_format(&out, "{%llu,%llu}",
                   (unsigned long long)(bytes.least > 0 ? bytes.least - 1 : 0),
                   (unsigned long long)(bytes.most - 1));
    else
        out_text(&out, "*");
    out_text(&out, bytes.least > 0 ? ")" : ")?");
    return out.text;
}

const char *schema_text_of_bytes(const struct schema *schema, const struct item *item)
{
    switch (item->show) {
    case DGM_SHOW_BASE64:
        return "(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=)?";
    case DGM_SHOW_BYTES_HEX:
        return separated(schema, item,
                         schema->is_input ? "[0-9A-Fa-f]{2}" : "[0-9a-f]{2}", "");
    case DGM_SHOW_BYTES_HEX_UPPER:
        return separated(schema, item,
                         schema->is_input ? "[0-9A-Fa-f]{2}" : "[0-9A-F]{2}", "");
    case DGM_SHOW_BYTES_DOTTED:
        return separated(schema, item, schema_range(schema, 0, 255), ".");
    case DGM_SHOW_DIGITS:
        return "[0-9]*";
    case DGM_SHOW_ASCII:
        return "[\\u0000-\\u007f]*";
    case DGM_SHOW_LATIN1:
        return "[\\u0000-\\u00ff]*";
    default:
        return NULL;
    }
}
