/* SPDX-License-Identifier: MIT */
/* Rows that read: integers, bits, checksums, and values out of pieces. */
#include "js_work.h"

static const char *const arrange[] = {"", "little", "lowWordFirst", "swapped"};

const char *js_arranged(struct js *js, const struct dgm_row *row, const char *bytes)
{
    return row->order == DGM_ORDER_BE
               ? bytes
               : js_text(js, "%s(%s)", arrange[row->order & 3], bytes);
}

/* Bytes of an integer, most significant first. */
static const char *taken(struct js *js, const struct dgm_row *row)
{
    const char *bytes =
        js_text(js, "take(f, %s, %u)", js_pool(js, row->path), row->width / 8u);
    return js_arranged(js, row, bytes);
}

static const char *unsigned_integer(struct js *js, const struct dgm_row *row)
{
    bool is_little = row->order == DGM_ORDER_LE;
    if (row->width > 48)
        return js_text(js, "longInteger(%s)", taken(js, row));
    if (row->order == DGM_ORDER_BE || is_little)
        return js_text(js, "%s(f, %s, %u)", is_little ? "uintLE" : "uint",
                       js_pool(js, row->path), row->width / 8u);
    return js_text(js, "integer(%s)", taken(js, row));
}

/* As the row has it on the wire: the sign, Gray code, and what must be there. */
const char *js_decoded(struct js *js, const struct dgm_row *row, const char *bits)
{
    bool is_long = row->width > 48;
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    if (row->flags & DGM_ROW_GRAY) {
        bits = js_text(js, "%s(%s)", row->width > 32 ? "longGray" : "gray", bits);
    }
    if (row->source == DGM_SOURCE_CONST) {
        const uint64_t *numbers = js_numbers(js) + row->expr;
        uint64_t count = (row->flags & DGM_ROW_CONST_LIST) ? *numbers++ : 1;
        uint64_t mask = row->width >= 64 ? UINT64_MAX : ((uint64_t)1 << row->width) - 1;
        const char *list = "";
        for (uint64_t i = 0; i < count; i++)
            list = js_text(js, "%s%s%s", list, i > 0 ? ", " : "",
                           js_u64(js, numbers[i] & mask));
        bits =
            js_text(js, "constant(f, %s, %s, [%s])", js_pool(js, row->path), bits, list);
    }
    if (row->flags & DGM_ROW_SIGN_MAGNITUDE) {
        return js_text(js, "%s(%s, %u)", is_long ? "longMagnitude" : "magnitude", bits,
                       row->width);
    }
    return is_signed ? js_text(js, "%s(%s, %u)", is_long ? "longSigned" : "signed", bits,
                               row->width)
                     : bits;
}

static void read_int(struct js *js, const struct dgm_row *row)
{
    bool is_short = row->width <= 48 && row->source != DGM_SOURCE_CONST &&
                    (row->order == DGM_ORDER_BE || row->order == DGM_ORDER_LE) &&
                    (row->flags & DGM_ROW_SIGNED) &&
                    !(row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY));
    const char *raw = is_short ? js_text(js, "%s(f, %s, %u)",
                                         row->order == DGM_ORDER_LE ? "sintLE" : "sint",
                                         js_pool(js, row->path), row->width / 8u)
                               : js_decoded(js, row, unsigned_integer(js, row));
    js_raw_value(js, row, raw);
}

static bool is_float(const struct dgm_row *row)
{
    return row->show == DGM_SHOW_FLOAT || row->show == DGM_SHOW_DOUBLE;
}

/* Is one of the fields a floating point number? */
static bool has_float(const struct dgm_row *bits)
{
    for (unsigned i = 1; i <= bits->detail; i++)
        if (is_float(&bits[i]))
            return true;
    return false;
}

static void read_bits(struct js *js, const struct dgm_row *row)
{
    js->bits = js_shared(js, "word");
    js->bits_width = row->width;
    js->bits_are_bytes = row->width > 48 || has_float(row);
    js_line(js, "%s = %s;", js->bits,
            js->bits_are_bytes ? taken(js, row) : unsigned_integer(js, row));
}

static const char *power_of_two(struct js *js, unsigned power)
{
    return js_u64(js, (uint64_t)1 << power);
}

static const char *bit_field(struct js *js, const struct dgm_row *row)
{
    unsigned from = js->bits_width - row->shift - row->width;
    if (js->bits_are_bytes)
        return js_text(js, "%s(%s, %u, %u)", row->width > 48 ? "longBits" : "bits",
                       js->bits, from, row->width);
    if (from == 0 && row->shift == 0)
        return js->bits;
    if (js->bits_width > 32 || (js->bits_width == 32 && row->width > 31))
        return js_text(js, "Math.floor(%s / %s) %% %s", js->bits,
                       power_of_two(js, row->shift), power_of_two(js, row->width));
    if (row->shift == 0)
        return js_text(js, "%s & %s", js->bits,
                       js_u64(js, ((uint64_t)1 << row->width) - 1));
    if (from == 0)
        return js_text(js, "%s >>> %u", js->bits, row->shift);
    return js_text(js, "%s >>> %u & %s", js->bits, row->shift,
                   js_u64(js, ((uint64_t)1 << row->width) - 1));
}

static void read_bit(struct js *js, const struct dgm_row *row)
{
    if (is_float(row)) {
        js_float_value(js, row, js->bits, js->bits_width - row->shift - row->width);
        return;
    }
    js_raw_value(js, row, js_decoded(js, row, bit_field(js, row)));
}

static void read_field(struct js *js, const struct dgm_row *row)
{
    bool is_little = row->order == DGM_ORDER_LE;
    if (is_float(row) && !is_little) {
        js_float_value(js, row, js->stream, row->spec);
        return;
    }
    const char *name = row->width > 48 ? (is_little ? "longBitsLE" : "longBits")
                                       : (is_little ? "bitsLE" : "bits");
    js_raw_value(js, row,
                 js_decoded(js, row,
                            js_text(js, "%s(%s, %u, %u)", name, js->stream, row->spec,
                                    row->width)));
}

static void read_stream(struct js *js, const struct dgm_row *row)
{
    js->stream = js_variable(js, "bytes");
    js_line(js, "%s = take(f, %s, %u);", js->stream, js_pool(js, row->path), row->spec);
}

static void read_check(struct js *js, const struct dgm_row *row)
{
    const struct dgm_check *check = js_checks(js) + row->detail;
    const char *path = js_pool(js, row->path), *raw = js_shared(js, "raw");
    const char *at = js_shared(js, "from");
    if (check->flags & DGM_CHECK_OVER) {
        js_line(js, "%s = f.at;", js->names[row->slot]);
        js_line(js, "%s = %s;", js_shared(js, js_text(js, "told%u", row->slot)),
                unsigned_integer(js, row));
        return;
    }
    js_line(js, "%s = f.at;", at);
    js_line(js, "%s = %s;", raw, unsigned_integer(js, row));
    const char *to =
        (check->flags & DGM_CHECK_TO_SELF) ? at : js_text(js, "%d", (int)check->to);
    const char *bytes = js_text(js, "covered(f, %s, %d, %s)", path, (int)check->from, to);
    js_line(js, "agree(f, %s, 'checksum', %s, %s);", path, raw,
            js_sum_of(js, row, check, bytes));
}

/* A checksum over an item, which is known by now. */
static void agree_check(struct js *js, const struct dgm_row *row)
{
    const struct dgm_check *check = js_checks(js) + row->detail;
    const char *path = js_pool(js, row->path), *bytes = js_shared(js, "bytes");
    js_open(js, "if (%s !== undefined)", js->names[row->slot]);
    js_line(js, "%s = covered(f, %s, %s || 0, (%s || 0) + (%s || 0));", bytes, path,
            js->names[row->spec + 1], js->names[row->spec + 1], js->names[row->spec]);
    js_line(js, "agree(f, %s, 'checksum', told%u, %s);", path, row->slot,
            js_sum_of(js, row, check, bytes));
    js_close(js);
}

static void read_agree(struct js *js, const struct dgm_row *row)
{
    const struct dgm_row *teller = js->first + row->spec;
    if (teller->op == DGM_OP_CHECK) {
        agree_check(js, teller);
        return;
    }
    const char *told = js->names[teller->slot];
    js_open(js, "if (%s !== undefined)", told);
    js_line(js, "agreeing(f, %s, %s, %s);", js_pool(js, teller->path), told,
            js_expression(js, row, row->expr));
    js_close(js);
}

const char *js_pieces(struct js *js, const struct dgm_row *row)
{
    const uint64_t *pieces = js_numbers(js) + row->spec;
    const char *list = "";
    for (uint64_t i = 1; i <= pieces[0]; i++) {
        const char *name = js->names[pieces[i] & 0xFFFF];
        list = js_text(js, "%s%s%s, %u", list, i > 1 ? ", " : "",
                       name != NULL ? name : "undefined",
                       (unsigned)(pieces[i] >> DGM_JOIN_WIDTH));
    }
    return list;
}

static void read_join(struct js *js, const struct dgm_row *row)
{
    const char *raw = js_shared(js, "raw");
    js_line(js, "%s = joined([%s]);", raw, js_pieces(js, row));
    js_open(js, "if (%s !== undefined)", raw);
    js_raw_value(js, row, js_decoded(js, row, raw));
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL) {
        js->depth--;
        js_line(js, "} else {");
        js->depth++;
        js_line(js, "%s = undefined;", js->names[row->slot]);
    }
    js_close(js);
}

const char *js_byte_pieces(struct js *js, const struct dgm_row *row)
{
    const uint64_t *pieces = js_numbers(js) + row->spec;
    const char *list = "";
    for (uint64_t i = 1; i <= pieces[0]; i++) {
        unsigned slot = (unsigned)(pieces[i] & 0xFFFF);
        unsigned width = (unsigned)(pieces[i] >> DGM_JOIN_WIDTH);
        const char *length = width > 0 ? js_text(js, "%u", width / 8) : js->names[slot];
        list = js_text(js, "%s%s%s, %s", list, i > 1 ? ", " : "", length,
                       js->names[slot + 1]);
    }
    return list;
}

static void read_join_bytes(struct js *js, const struct dgm_row *row)
{
    const char *bytes = js_shared(js, "bytes");
    js_line(js, "%s = joinedBytes(f, [%s]);", bytes, js_byte_pieces(js, row));
    js_open(js, "if (%s !== undefined)", bytes);
    js_shown_bytes(js, row, bytes);
    js_close(js);
}

const char *js_moment_parts(struct js *js, const struct dgm_row *row)
{
    const uint64_t *slots = js_numbers(js) + row->spec;
    uint16_t index = js_format_of(row);
    const char *list = "";
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++) {
        const char *name = slots[i] == DGM_NONE ? "0" : js->names[slots[i]];
        list = js_text(js, "%s%s%s", list, i > 0 ? ", " : "",
                       name != NULL ? name : "undefined");
    }
    return js_text(js, "[%s], %d", list,
                   index != DGM_NONE ? js_formats(js)[index].zone : 0);
}

static void read_moment(struct js *js, const struct dgm_row *row)
{
    js_instant(js, row,
               js_text(js, "datedParts(f, %s, %s)", js_pool(js, row->path),
                       js_moment_parts(js, row)));
}

static void read_echo(struct js *js, const struct dgm_row *row)
{
    const char *bytes = js_shared(js, "bytes");
    js_line(js, "%s = echoed(f, %s, %s);", bytes, js_expression(js, row, row->expr),
            row->region != DGM_NONE ? js_expression(js, row, row->region)
                                    : "f.end - f.start");
    js_open(js, "if (%s !== undefined)", bytes);
    js_shown_bytes(js, row, bytes);
    js_close(js);
    if (js_is_element(row)) {
        js_open(js, "if (%s === undefined)", bytes);
        js_put(js, row, "undefined");
        js_close(js);
    }
}

static void give_notice(struct js *js, const struct dgm_row *row)
{
    bool refuses = (row->flags & DGM_ROW_REFUSE) != 0;
    js_line(js, "%s(f, '%s', %s);", refuses ? "fail" : "warn",
            refuses ? "refused" : "warning", js_pool(js, row->key));
}

void js_read(struct js *js, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
        read_int(js, row);
        return;
    case DGM_OP_BITS:
        read_bits(js, row);
        return;
    case DGM_OP_BIT:
        read_bit(js, row);
        return;
    case DGM_OP_STREAM:
        read_stream(js, row);
        return;
    case DGM_OP_FIELD:
        read_field(js, row);
        return;
    case DGM_OP_JOIN:
        read_join(js, row);
        return;
    case DGM_OP_JOIN_BYTES:
        read_join_bytes(js, row);
        return;
    case DGM_OP_MOMENT:
        read_moment(js, row);
        return;
    case DGM_OP_BYTES:
        js_bytes(js, row);
        return;
    case DGM_OP_FLOAT:
        js_float_value(js, row, taken(js, row), 0);
        return;
    case DGM_OP_DIGITS:
        js_digits(js, row);
        return;
    case DGM_OP_ECHO:
        read_echo(js, row);
        return;
    case DGM_OP_CHECK:
        read_check(js, row);
        return;
    case DGM_OP_AGREE:
        read_agree(js, row);
        return;
    case DGM_OP_NOTICE:
        give_notice(js, row);
        return;
    case DGM_OP_VALUE:
        js_computed(js, row);
        return;
    case DGM_OP_LITERAL:
        js_literal(js, row);
        return;
    default:
        return;
    }
}
