/* SPDX-License-Identifier: MIT */
/* The walk over the rows of a message: each becomes the statements that read it. */
#include "js_work.h"

#include <stdlib.h>
#include <string.h>

static const char *const arrange[] = {"", "little", "lowWordFirst", "swapped"};

/* Bytes of an integer, most significant first. */
static const char *taken(struct js *js, const struct dgm_row *row)
{
    const char *bytes =
        js_text(js, "take(f, %s, %u)", js_pool(js, row->path), row->width / 8u);
    return row->order == DGM_ORDER_BE
               ? bytes
               : js_text(js, "%s(%s)", arrange[row->order & 3], bytes);
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
static const char *decoded(struct js *js, const struct dgm_row *row, const char *bits)
{
    bool is_long = row->width > 48;
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    if (row->flags & DGM_ROW_GRAY) {
        if (row->width > 32)
            js_refuse(js, row, "Gray code of so many bits");
        bits = js_text(js, "gray(%s)", bits);
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
        if (is_long)
            js_refuse(js, row, "sign and magnitude of so many bits");
        return js_text(js, "magnitude(%s, %u)", bits, row->width);
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
                               : decoded(js, row, unsigned_integer(js, row));
    js_raw_value(js, row, raw);
}

static void read_bits(struct js *js, const struct dgm_row *row)
{
    js->bits = js_variable(js, "bits");
    js->bits_width = row->width;
    js->bits_are_bytes = row->width > 48;
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
    if (row->op == DGM_OP_BIT &&
        (row->show == DGM_SHOW_FLOAT || row->show == DGM_SHOW_DOUBLE)) {
        js_refuse(js, row, "a floating point number among bits");
        return;
    }
    js_raw_value(js, row, decoded(js, row, bit_field(js, row)));
}

static void read_field(struct js *js, const struct dgm_row *row)
{
    bool is_little = row->order == DGM_ORDER_LE;
    const char *name = row->width > 48 ? (is_little ? "longBitsLE" : "longBits")
                                       : (is_little ? "bitsLE" : "bits");
    js_raw_value(
        js, row,
        decoded(js, row,
                js_text(js, "%s(%s, %u, %u)", name, js->stream, row->spec, row->width)));
}

static void read_stream(struct js *js, const struct dgm_row *row)
{
    js->stream = js_variable(js, "bytes");
    js_line(js, "%s = take(f, %s, %u);", js->stream, js_pool(js, row->path), row->spec);
}

const char *js_sum_of(struct js *js, const struct dgm_row *row,
                      const struct dgm_check *check, const char *bytes)
{
    switch (check->kind) {
    case DGM_CHECK_SUM:
        if (check->width > 48 || check->init > UINT32_MAX || check->xorout > UINT32_MAX)
            js_refuse(js, row, "sums of so many bits");
        return js_text(js, "byteSum(%s, %u, %s, %s, %s)", bytes, check->width,
                       js_u64(js, check->init),
                       (check->flags & DGM_CHECK_NEGATE) ? "true" : "false",
                       js_u64(js, check->xorout));
    case DGM_CHECK_XOR:
        return js_text(js, "byteXor(%s, %s, %s)", bytes,
                       js_u64(js, check->init & UINT32_MAX),
                       js_u64(js, check->xorout & UINT32_MAX));
    case DGM_CHECK_FLETCHER_16:
        return js_text(js, "doubleSum(%s, 255, 0, 256)", bytes);
    case DGM_CHECK_ADLER_32:
        return js_text(js, "doubleSum(%s, 65521, 1, 65536)", bytes);
    default:
        break;
    }
    if (check->width > 32)
        js_refuse(js, row, "checksums of more than 32 bits");
    return js_text(js, "crc(%s, %u, %s, %s, %s, %s, %s)", bytes, check->width,
                   js_u64(js, check->poly), js_u64(js, check->init),
                   (check->flags & DGM_CHECK_REFIN) ? "true" : "false",
                   (check->flags & DGM_CHECK_REFOUT) ? "true" : "false",
                   js_u64(js, check->xorout));
}

static void read_check(struct js *js, const struct dgm_row *row)
{
    const struct dgm_check *check = js_checks(js) + row->detail;
    const char *path = js_pool(js, row->path), *raw = js_shared(js, "raw");
    const char *at = js_shared(js, "from");
    if (check->flags & DGM_CHECK_OVER) {
        js_line(js, "%s = f.at;", js->names[row->slot]);
        js_line(js, "%s = %s;", js_variable(js, "told"), unsigned_integer(js, row));
        js_refuse(js, row, "a checksum over an item");
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

static void read_join(struct js *js, const struct dgm_row *row)
{
    const uint64_t *pieces = js_numbers(js) + row->spec;
    const char *list = "";
    for (uint64_t i = 1; i <= pieces[0]; i++) {
        const char *name = js->names[pieces[i] & 0xFFFF];
        list = js_text(js, "%s%s%s, %u", list, i > 1 ? ", " : "",
                       name != NULL ? name : "undefined",
                       (unsigned)(pieces[i] >> DGM_JOIN_WIDTH));
    }
    const char *raw = js_shared(js, "raw");
    js_line(js, "%s = joined([%s]);", raw, list);
    js_open(js, "if (%s !== undefined)", raw);
    js_raw_value(js, row, decoded(js, row, raw));
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL) {
        js->depth--;
        js_line(js, "} else {");
        js->depth++;
        js_line(js, "%s = undefined;", js->names[row->slot]);
    }
    js_close(js);
}

static void read_join_bytes(struct js *js, const struct dgm_row *row)
{
    const uint64_t *pieces = js_numbers(js) + row->spec;
    const char *list = "", *bytes = js_shared(js, "bytes");
    for (uint64_t i = 1; i <= pieces[0]; i++) {
        unsigned slot = (unsigned)(pieces[i] & 0xFFFF);
        unsigned width = (unsigned)(pieces[i] >> DGM_JOIN_WIDTH);
        const char *length = width > 0 ? js_text(js, "%u", width / 8) : js->names[slot];
        list = js_text(js, "%s%s%s, %s", list, i > 1 ? ", " : "", length,
                       js->names[slot + 1]);
    }
    js_line(js, "%s = joinedBytes(f, [%s]);", bytes, list);
    js_open(js, "if (%s !== undefined)", bytes);
    js_shown_bytes(js, row, bytes);
    js_close(js);
}

static void read_moment(struct js *js, const struct dgm_row *row)
{
    const uint64_t *slots = js_numbers(js) + row->spec;
    uint16_t index = js_format_of(row);
    const char *list = "";
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++) {
        const char *name = slots[i] == DGM_NONE ? "0" : js->names[slots[i]];
        list = js_text(js, "%s%s%s", list, i > 0 ? ", " : "",
                       name != NULL ? name : "undefined");
    }
    js_instant(js, row,
               js_text(js, "datedParts(f, %s, [%s], %d)", js_pool(js, row->path), list,
                       index != DGM_NONE ? js_formats(js)[index].zone : 0));
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

const char *js_open_region(struct js *js, const struct dgm_row *row)
{
    if (row->region == DGM_NONE)
        return NULL;
    const char *outer = js_variable(js, "outer");
    js_line(js, "%s = openPart(f, %s, %s);", outer, js_pool(js, row->path),
            js_count(js, row, row->region));
    return outer;
}

void js_close_region(struct js *js, const struct dgm_row *row, const char *outer)
{
    if (outer != NULL)
        js_line(js, "closePart(f, %s, %s);", js_pool(js, row->path), outer);
}

static const char *open_hook(struct js *js, const struct dgm_row *row)
{
    if (!(row->flags & DGM_ROW_HOOK))
        return NULL;
    const struct dgm_hook_name *hook = js_hooks(js) + row->expr;
    if (hook->process == DGM_PROCESS_HOOK) {
        js_refuse(js, row, js_text(js, "the hook '%s'", js->pool + hook->name));
        return NULL;
    }
    const char *key = "", *outer = js_variable(js, "wire");
    for (unsigned i = 0; i < hook->key_length; i++)
        key = js_text(js, "%s%s%u", key, i > 0 ? ", " : "",
                      (unsigned char)js->pool[hook->key + i]);
    js_line(js, "%s = openMasked(f, %s, [%s], %s);", outer,
            row->region != DGM_NONE ? "f.end - f.at" : "left(f)", key,
            hook->process == DGM_PROCESS_ADD ? "true" : "false");
    return outer;
}

/* What rows inside an object or array see of what is around. */
struct around {
    const char *target;
    bool in_loop;
    unsigned nested;
};

/* Their members are those of a new object or array. */
static struct around enter(struct js *js, const struct dgm_row *row, bool is_list)
{
    struct around around = {js->target, js->in_loop, js->nested};
    const char *name = js_variable(js, is_list ? "list" : "object");
    js_line(js, "%s = %s();", name, is_list ? "newList" : "newObject");
    if (is_list && row->op == DGM_OP_REPEAT)
        js_line(js, "%s.stays = true;", name);
    js_put(js, row, name);
    js->target = name;
    js->in_loop = false;
    js->nested++;
    return around;
}

static void leave(struct js *js, struct around around)
{
    js->nested = around.nested;
    js->target = around.target;
    js->in_loop = around.in_loop;
}

static void read_group(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    bool is_object = (row->flags & DGM_ROW_OBJECT) != 0;
    const char *outer = js_open_region(js, row), *wire = open_hook(js, row);
    struct around around = {0};
    if (is_object)
        around = enter(js, row, (row->flags & DGM_ROW_TUPLE) != 0);
    js_rows(js, at + 1, at + 1 + row->detail);
    if (is_object)
        leave(js, around);
    if (wire != NULL)
        js_line(js, "closeMasked(f, %s, %s);", js_pool(js, row->path), wire);
    js_close_region(js, row, outer);
}

static void read_at(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *from = js_variable(js, "back");
    js_line(js, "%s = goTo(f, %s, %s);", from, js_pool(js, row->path),
            js_i64(js, (int64_t)js_numbers(js)[row->spec]));
    js_rows(js, at + 1, at + 1 + row->detail);
    js_line(js, "f.at = %s;", from);
}

static void read_span(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *from = js_variable(js, "from");
    js_line(js, "%s = f.at;", from);
    js_rows(js, at + 1, at + 1 + row->detail);
    if (js->names[row->slot] != NULL)
        js_line(js, "%s = f.at - %s;", js->names[row->slot], from);
    if (js->names[row->slot + 1] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot + 1], from);
}

static void read_agree(struct js *js, const struct dgm_row *row)
{
    const struct dgm_row *teller = js->first + row->spec;
    if (teller->op == DGM_OP_CHECK) {
        js_refuse(js, teller, "a checksum over an item");
        return;
    }
    const char *told = js->names[teller->slot];
    js_open(js, "if (%s !== undefined)", told);
    js_line(js, "agreeing(f, %s, %s, %s);", js_pool(js, teller->path), told,
            js_expression(js, row, row->expr));
    js_close(js);
}

/* One round: a record, an object, or rows alone. */
static void read_round(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    struct around around = {js->target, js->in_loop, js->nested};
    const char *time = js->time, *outer = NULL;
    const char *from = js_variable(js, "from");
    js_line(js, "%s = f.at;", from);
    js_forget_slots(js, row);
    outer = js_open_region(js, row);
    if (row->flags & DGM_ROW_RECORD) {
        js->target = js_variable(js, "record");
        js->time = js_variable(js, "time");
        js_line(js, "%s = openService(f, %s, %u);", js->target,
                js_pool(js, js_services(js)[row->limit].name), js_rank(js, row));
        js_line(js, "%s = undefined;", js->time);
        js->nested++;
    } else if (row->flags & DGM_ROW_OBJECT) {
        const char *name = js_variable(js, "element");
        js_line(js, "%s = %s();", name,
                (row->flags & DGM_ROW_TUPLE) ? "newList" : "newObject");
        js_line(js, "push(%s, %s);", js_target(js, row), name);
        js->target = name;
        js->in_loop = false;
        js->nested++;
    }
    js_rows(js, at + 1, at + 1 + row->detail);
    if (row->flags & DGM_ROW_RECORD)
        js_line(js, "ended(f, %s, %s);", js->target, js->time);
    js->time = time;
    leave(js, around);
    js_close_region(js, row, outer);
    js_line(js, "moved(f, %s, %s);", js_pool(js, row->path), from);
}

static void read_repeat(struct js *js, const struct dgm_row *row)
{
    const char *index = js_variable(js, "i"), *most = NULL;
    const char *until = "", *outer_index = js_variable(js, "outer");
    struct around around = {0};
    bool is_list = (row->flags & DGM_ROW_ARRAY) != 0;
    if (!(row->flags & DGM_ROW_REST)) {
        most = js_variable(js, "count");
        js_line(js, "%s = %s;", most, js_count(js, row, row->expr));
    }
    if (is_list)
        around = enter(js, row, true);
    if (row->flags & DGM_ROW_UNTIL)
        until = js_text(js, "!atMark(f, %s, %u, %s, %s)", js_pool(js, row->path),
                        row->width / 8u, js_u64(js, js_numbers(js)[row->spec]),
                        row->order != 0 ? arrange[row->order & 3] : "undefined");
    else if (most == NULL)
        until = "left(f) > 0";
    else
        until = js_text(js, "%s < %s", index, most);
    js_line(js, "%s = f.index;", outer_index);
    js_open(js, "for (%s = 0; %s; %s += 1)", index, until, index);
    js_line(js, "f.index = %s;", index);
    read_round(js, row);
    js_close(js);
    js_line(js, "f.index = %s;", outer_index);
    if (is_list)
        leave(js, around);
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = %s;", js->names[row->slot], index);
}

static void read_text(struct js *js, const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const struct dgm_part *part = js_parts(js) + row->spec;
    const char *list = js_variable(js, "parts"), *all = "";
    if (row->slot != DGM_NONE && js->names[row->slot] != NULL)
        js_line(js, "%s = true;", js->names[row->slot]);
    js_line(js, "%s = [];", list);
    js->text = row;
    js->parts = list;
    js_rows(js, at + 1, at + 1 + row->detail);
    js->text = NULL;
    for (unsigned i = 0;; part++, i++) {
        if (part->text_length > 2)
            all =
                js_text(js, "%s%s%s", all, *all != '\0' ? ", " : "",
                        js_quote(js, js->pool + part->text + 1, part->text_length - 2u));
        if (part->row == DGM_NONE)
            break;
        all = js_text(js, "%s%s%s[%u]", all, *all != '\0' ? ", " : "", list, i);
    }
    js_put(js, row, js_text(js, "composed([%s])", all));
}

/* The open service; of messages with several passes it is open already. */
static void open_service(struct js *js, const struct dgm_row *row)
{
    const char *name = row->detail == DGM_NONE
                           ? "undefined"
                           : js_pool(js, js_services(js)[row->detail].name);
    if (js->targets != NULL)
        return;
    js->target = js_variable(js, "members");
    js_line(js, "%s = openService(f, %s, %u);", js->target, name, js_rank(js, row));
}

static void read_row(struct js *js, const struct dgm_row *row)
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
    case DGM_OP_SPAN:
        read_span(js, row);
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
    case DGM_OP_GROUP:
        read_group(js, row);
        return;
    case DGM_OP_AT:
        read_at(js, row);
        return;
    case DGM_OP_REPEAT:
        read_repeat(js, row);
        return;
    case DGM_OP_TEXT:
        read_text(js, row);
        return;
    case DGM_OP_TLV:
        js_loop(js, row);
        return;
    case DGM_OP_SERVICE:
        open_service(js, row);
        return;
    default:
        return;
    }
}

/* The condition under which the row is there; NULL: always. */
static const char *condition(struct js *js, const struct dgm_row *row)
{
    const char *when = row->when != DGM_NONE ? js_test(js, row, row->when) : NULL;
    if (row->flags & DGM_ROW_SILENT)
        js_refuse(js, row, "a group that is no reading as a whole");
    if (!(row->flags & DGM_ROW_OPTIONAL))
        return when;
    return when != NULL ? js_text(js, "(%s) && left(f) > 0", when) : "left(f) > 0";
}

void js_rows(struct js *js, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end; i += 1 + dgm_row_span(&js->first[i])) {
        const struct dgm_row *row = &js->first[i];
        const char *when = condition(js, row);
        if (when != NULL)
            js_open(js, "if (%s)", when);
        read_row(js, row);
        /* The fields of bits and streams follow; they share its condition. */
        bool shares = row->op == DGM_OP_BITS || row->op == DGM_OP_STREAM;
        if (shares)
            js_rows(js, i + 1, i + 1 + row->detail);
        if (when != NULL)
            js_close(js);
    }
}

static void write_body(struct js *js)
{
    const struct dgm_message *message = js->message;
    if (message->trailer > 0)
        js_line(js, "f.trailer = %u;", message->trailer);
    if (message->flags & DGM_MESSAGE_ZERO_FILL)
        js_line(js, "f.fills = true;");
    if (message->flags & DGM_MESSAGE_IGNORE_TRAILING)
        js_line(js, "f.loose = true;");
    js_make_targets(js);
    js_rows(js, 0, message->row_count);
    js_line(js, "finish(f, %u);", (unsigned)message->frame_max);
    js_finish_message(js);
}

/* Replies may ask what the frame said. */
static void keep_values(struct js *js)
{
    const char *list = "";
    for (unsigned i = 0; i < js->asked && i < js->message->slots; i++)
        list = js_text(js, "%s%s%s", list, i > 0 ? ", " : "",
                       js->names[i] != NULL ? js->names[i] : "undefined");
    js_line(js, "f.values = [%s];", list);
}

void js_decode_message(struct js *js, const struct dgm_message *message)
{
    struct js_function function;
    js->message = message;
    js->first = js->rows + message->first_row;
    js_begin_function(js, &function);
    if (js->asked > 0)
        js_open(js, "try");
    if (!js->failed)
        write_body(js);
    if (js->asked > 0) {
        js->depth--;
        js_line(js, "} finally {");
        js->depth++;
        keep_values(js);
        js_close(js);
    }
    js_end_function(js, &function, js_text(js, "%s(f)", js_function(js, message)));
}
