/* SPDX-License-Identifier: MIT */
/* The formats of digits, characters and instants as C initialisers. */
#include "emit_names.h"
#include "emit_rows.h"

#include <inttypes.h>

static void put_format(struct out *out, struct builder *builder,
                       const struct dgm_format *format)
{
    const char *comment = emit_pool_text(
        builder, format->pattern != 0 ? format->pattern : format->separator);
    out_format(out,
               "            {.pattern = %" PRIu32 ", .separator = %" PRIu32
               ", .separator_length = %u, .zone = %d,\n",
               format->pattern, format->separator, format->separator_length,
               format->zone);
    out_format(out,
               "             .precision = %u, .digits = %u, .sign = %u, .flags = 0x%02x, "
               ".pad = 0x%02x, .end = 0x%02x,\n",
               format->precision, format->digits, format->sign, format->flags,
               format->pad, format->end);
    out_format(out, "             .count = %u},", format->count);
    if (comment[0] != '\0') {
        out_text(out, " /* ");
        out_comment(out, comment);
        out_text(out, " */");
    }
    out_text(out, "\n");
}

void emit_formats(struct out *out, struct builder *builder)
{
    out_text(out, "        .formats = {\n");
    for (size_t i = 0; i < builder->formats.count; i++)
        put_format(out, builder, &builder->formats.items[i]);
    out_text(out, "        },\n");
}
