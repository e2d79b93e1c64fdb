/* SPDX-License-Identifier: MIT */
/*
 * Composed texts. The rows inside are walked like any others, and each prints where its
 * part stands in the text: between the quotes that the text has as a whole, without
 * quotes of its own. Where the parts are in another order than the rows, the rows are
 * walked again for those that are still to come; each walk prints one at least.
 */
#include "decode.h"

#include <string.h>

void decode_text_begin(struct decoder *decoder, const struct dgm_row *row)
{
    struct level *level = decode_push_level(decoder, (uint16_t)(row - decoder->rows));
    level->index = level->left = row->spec;
    level->reports = decoder->reporting;
    if (row->slot != DGM_NONE)
        decoder->slots[row->slot] = value_bool(true);
    if (!decode_begin_value(decoder, row))
        return;
    json_put_char(&decoder->out, '"');
    level->prints = true;
}

void decode_start_part(struct decoder *decoder, const struct dgm_part *part)
{
    decoder->part = part;
    decoder->part_prints = false;
}

void decode_text_before(struct decoder *decoder, uint16_t row_index)
{
    const struct level *level = &decoder->levels[decoder->depth - 1];
    const struct dgm_part *part = &decoder->codec->parts[level->index];
    if (!level->prints || part->row != row_index - level->row)
        return;
    decode_start_part(decoder, part);
}

void decode_put_literal(struct decoder *decoder, const struct dgm_part *part)
{
    json_put(&decoder->out, decoder->codec->pool + part->text + 1,
             part->text_length - 2u);
}

void decode_begin_part(struct decoder *decoder)
{
    decode_put_literal(decoder, decoder->part);
    decoder->part_mark = decoder->out.length;
    decoder->part_prints = true;
}

/*
 * Take away the quotes of a value. If it did not fit into the buffer the text as a whole
 * does not either, for its own quote and a brace are still to come: from then on bytes
 * are only counted.
 */
static void strip_quotes(struct decoder *decoder)
{
    struct json_writer *out = &decoder->out;
    size_t mark = decoder->part_mark;
    if (out->length < mark + 2)
        return;
    if (json_writer_fits(out))
        memmove(out->text + mark, out->text + mark + 1, out->length - mark - 2);
    else
        out->size = 0;
    out->length -= 2;
}

bool decode_end_part(struct decoder *decoder)
{
    const struct dgm_part *part = decoder->part;
    decoder->part = NULL;
    if (decoder->part_prints && (part->flags & DGM_PART_QUOTED))
        strip_quotes(decoder);
    return decoder->part_prints;
}

void decode_text_after(struct decoder *decoder)
{
    struct level *level = &decoder->levels[decoder->depth - 1];
    if (decoder->part == NULL)
        return;
    if (!decode_end_part(decoder))
        level->missing = true;
    level->index++;
}

/* The text has no value: what was printed of it is taken back. */
static void withdraw(struct decoder *decoder, const struct level *level)
{
    const struct dgm_row *row = &decoder->rows[level->row];
    decoder->out.size = decoder->text_size;
    decoder->out.length = level->mark;
    decoder->first = level->outer_first;
    decode_forget_shared(decoder, row);
    decode_leave_out(decoder, row);
}

void decode_text_end(struct decoder *decoder, uint16_t *row_index)
{
    struct level *level = &decoder->levels[decoder->depth - 1];
    const struct dgm_part *part = &decoder->codec->parts[level->index];
    if (level->prints && part->row != DGM_NONE && level->index > level->left) {
        decoder->reporting = false;
        decoder->position = level->began;
        level->left = level->index;
        *row_index = (uint16_t)(level->row + 1);
        return;
    }
    decoder->reporting = level->reports;
    decoder->depth--;
    if (!level->prints)
        return;
    if (level->missing || part->row != DGM_NONE) {
        withdraw(decoder, level);
        return;
    }
    decode_put_literal(decoder, part);
    json_put_char(&decoder->out, '"');
}

/* Digits of a whole number, with zeros in front. */
static void put_filled(struct json_writer *out, const char *digits, size_t length,
                       unsigned width)
{
    bool negative = length > 0 && digits[0] == '-';
    if (negative)
        json_put_char(out, '-');
    digits += negative;
    length -= negative;
    for (size_t i = length; i < width; i++)
        json_put_char(out, '0');
    json_put(out, digits, length);
}

static void put_hex(struct json_writer *out, uint64_t value, unsigned width, bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char text[16];
    unsigned at = sizeof(text);
    do {
        text[--at] = digits[value & 15];
        value >>= 4;
    } while (value != 0);
    put_filled(out, text + at, sizeof(text) - at, width);
}

/* The number in units of 10^-decimals, ties away from zero; false if it is too large. */
static bool in_units(struct number number, unsigned decimals, struct wide *ret)
{
    struct wide half, power, rest;
    bool negative = wide_is_negative(number.mantissa);
    if (number.digits <= decimals)
        return wide_mul_pow10(number.mantissa, decimals - number.digits, ret);
    if (negative && !wide_neg(number.mantissa, &number.mantissa))
        return false;
    if (!wide_mul_pow10(wide_from_u64(1), number.digits - decimals, &power) ||
        !wide_floor_div(power, wide_from_u64(2), &half, &rest) ||
        !wide_add(number.mantissa, half, &number.mantissa) ||
        !wide_floor_div(number.mantissa, power, ret, &rest))
        return false;
    return !negative || wide_neg(*ret, ret);
}

static void put_fixed(struct json_writer *out, struct number number, unsigned decimals)
{
    char text[NUMBER_TEXT_MAX], digits[NUMBER_TEXT_MAX + DGM_MAX_DIGITS];
    struct number units = {number.mantissa, 0};
    if (!in_units(number, decimals, &units.mantissa)) {
        json_put(out, text, number_write(text, number));
        return;
    }
    size_t length = number_write(text, units), zeros = 0;
    size_t sign = text[0] == '-';
    if (length - sign <= decimals)
        zeros = decimals + 1 - (length - sign);
    memset(digits, '0', zeros);
    memcpy(digits + zeros, text + sign, length - sign);
    length = zeros + length - sign;
    if (sign != 0)
        json_put_char(out, '-');
    json_put(out, digits, length - decimals);
    if (decimals == 0)
        return;
    json_put_char(out, '.');
    json_put(out, digits + length - decimals, decimals);
}

void decode_put_part(struct decoder *decoder, struct number number)
{
    const struct dgm_part *part = decoder->part;
    struct json_writer *out = &decoder->out;
    char text[NUMBER_TEXT_MAX];
    struct wide whole;
    uint64_t value;
    bool is_whole = number_to_wide(number, &whole);
    bool is_hex = part->verb == DGM_VERB_HEX || part->verb == DGM_VERB_HEX_UPPER;
    if (is_hex && is_whole && wide_to_u64(whole, &value))
        put_hex(out, value, part->width, part->verb == DGM_VERB_HEX_UPPER);
    else if (part->verb == DGM_VERB_FIXED)
        put_fixed(out, number, part->width);
    else
        put_filled(out, text, number_write(text, number), part->width);
}
