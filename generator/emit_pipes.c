/* SPDX-License-Identifier: MIT */
/* Pipes, curves and their points as C initialisers. */
#include "emit_rows.h"

#include <inttypes.h>

static void begin(struct out *out, const char *array, const char *columns)
{
    out_format(out, "        .%s = {\n            /* %s */\n", array, columns);
}

static const char *index_text(struct out *out, unsigned index)
{
    return index == DGM_NONE ? "NO" : arena_format(out->arena, "%u", index);
}

static void put_pipes(struct out *out, const struct builder *builder)
{
    begin(out, "pipes",
          "{bias, sign, exponent, fraction, flags}, scale, offset, curve, invalid, "
          "decimals, flags, reserved");
    for (size_t i = 0; i < builder->pipes.count; i++) {
        const struct dgm_pipe *pipe = &builder->pipes.items[i];
        const struct dgm_float *format = &pipe->format;
        out_format(out, "            {{%" PRId32 ", %u, %u, %u, 0x%02x}, ", format->bias,
                   format->sign, format->exponent, format->fraction, format->flags);
        out_format(out, "%s, %s, %s, %s, %u, 0x%02x, {0}},\n",
                   index_text(out, pipe->scale), index_text(out, pipe->offset),
                   index_text(out, pipe->curve), index_text(out, pipe->invalid),
                   pipe->decimals, pipe->flags);
    }
    out_text(out, "        },\n");
}

static void put_curves(struct out *out, const struct builder *builder)
{
    begin(out, "curves", "first, count, x_digits, y_digits, flags, outside");
    for (size_t i = 0; i < builder->curves.count; i++) {
        const struct dgm_curve *curve = &builder->curves.items[i];
        out_format(out, "            {%u, %u, %u, %u, 0x%02x, %u},\n", curve->first,
                   curve->count, curve->x_digits, curve->y_digits, curve->flags,
                   curve->outside);
    }
    out_text(out, "        },\n");
}

/* INT64_MIN has no literal. */
static const char *i64_text(struct out *out, int64_t value)
{
    if (value == INT64_MIN)
        return "-9223372036854775807 - 1";
    return arena_format(out->arena, "%" PRId64, value);
}

static void put_points(struct out *out, const struct builder *builder)
{
    begin(out, "points", "x, y");
    for (size_t i = 0; i < builder->points.count; i++)
        out_format(out, "            {%s, %s},\n",
                   i64_text(out, builder->points.items[i].x),
                   i64_text(out, builder->points.items[i].y));
    out_text(out, "        },\n");
}

void emit_pipes(struct out *out, const struct builder *builder)
{
    if (builder->pipes.count > 0)
        put_pipes(out, builder);
    if (builder->curves.count > 0)
        put_curves(out, builder);
    if (builder->points.count > 0)
        put_points(out, builder);
}
