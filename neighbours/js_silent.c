/* SPDX-License-Identifier: MIT */
/*
 * Groups that are no reading as a whole: their bytes are looked at before they are read.
 * They have a fixed size.
 */
#include "js_work.h"

/* Bytes that the row takes; the fields of bits take none of their own. */
static unsigned size_of(const struct js *js, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_FLOAT:
    case DGM_OP_BITS:
        return row->width / 8u;
    case DGM_OP_BYTES:
        return row->detail;
    case DGM_OP_DIGITS:
        return js_digits_size(js, row);
    default:
        return 0;
    }
}

/* The list of raws of a row that are no reading, or DGM_NONE. */
static uint16_t silence_of(const struct js *js, const struct dgm_row *row)
{
    struct dgm_row alone = *row;
    alone.flags &= ~(uint32_t)DGM_ROW_TOGETHER;
    uint16_t list =
        row->show == DGM_SHOW_ENUM ? row->detail : js_invalid_list(js, &alone);
    bool is_field = row->op == DGM_OP_BIT || row->op == DGM_OP_INT ||
                    row->op == DGM_OP_FLOAT || row->op == DGM_OP_DIGITS;
    if (!is_field || list == DGM_NONE)
        return DGM_NONE;
    for (unsigned i = 0; i < js_enums(js)[list].count; i++)
        if (js_choices_at(js)[js_enums(js)[list].first + i].flags & DGM_CHOICE_OMIT)
            return list;
    return DGM_NONE;
}

/* Bytes of the frame at so many behind the place. */
static const char *bytes_at(struct js *js, unsigned at, unsigned count)
{
    return js_text(js, "f.bytes.slice(f.at + %u, f.at + %u)", at, at + count);
}

/* Is the field at so many bytes behind the place no reading? */
static const char *test_of(struct js *js, const struct dgm_row *row, uint16_t list,
                           const struct dgm_row *bits, unsigned at)
{
    const struct dgm_row *whole = row->op == DGM_OP_BIT ? bits : row;
    struct dgm_row plain = *row;
    plain.source = DGM_SOURCE_MEMBER;
    if (row->op == DGM_OP_DIGITS)
        return js_digits_test(js, row, list, bytes_at(js, at, size_of(js, row)));
    const char *bytes = js_arranged(js, whole, bytes_at(js, at, whole->width / 8u));
    const char *raw =
        row->op == DGM_OP_BIT
            ? js_text(js, "bits(%s, %u, %u)", bytes,
                      whole->width - row->shift - row->width, (unsigned)row->width)
            : js_text(js, "longInteger(%s)", bytes);
    if (row->op != DGM_OP_FLOAT)
        raw = js_decoded(js, &plain, raw);
    return js_text(js, "meaning(%s, %s) === ''", raw,
                   js_choices(js, list, (row->flags & DGM_ROW_SIGNED) != 0));
}

/* Arrays that its fields fill have an element all the same. */
static void leave_out(struct js *js, const struct dgm_row *group)
{
    for (unsigned i = 1; i <= group->detail; i++)
        if (group[i].flags & DGM_ROW_COLLECT)
            js_put(js, &group[i], "undefined");
}

const char *js_silent_test(struct js *js, const struct dgm_row *row, unsigned *ret_size)
{
    bool together = (row->flags & DGM_ROW_TOGETHER) != 0;
    const struct dgm_row *bits = NULL;
    const char *test = "";
    unsigned at = 0, bits_at = 0;
    for (unsigned i = 1; i <= row->detail; i++) {
        const struct dgm_row *one = &row[i];
        uint16_t list = silence_of(js, one);
        if (one->op == DGM_OP_BITS) {
            bits = one;
            bits_at = at;
        }
        if (list != DGM_NONE)
            test = js_text(
                js, "%s%s%s", test,
                *test == '\0' ? ""
                : together    ? " && "
                              : " || ",
                test_of(js, one, list, bits, one->op == DGM_OP_BIT ? bits_at : at));
        at += size_of(js, one);
    }
    *ret_size = at;
    return *test != '\0' ? test : "false";
}

void js_open_silent(struct js *js, const struct dgm_row *row)
{
    unsigned size = 0;
    const char *test = js_silent_test(js, row, &size);
    js_open(js, "if (f.end - f.at >= %u && (%s))", size, test);
    js_line(js, "f.at += %u;", size);
    leave_out(js, row);
    js->depth--;
    js_line(js, "} else {");
    js->depth++;
}
