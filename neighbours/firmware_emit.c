/* SPDX-License-Identifier: MIT */
#include "firmware_emit.h"

#include "firmware_type.h"

#include <inttypes.h>
#include <stdarg.h>

static void put_indent(const struct firmware_emit *emit)
{
    (void)fprintf(emit->file, "%*s", (int)(emit->indent * 4), "");
}

void firmware_line(struct firmware_emit *emit, const char *format, ...)
{
    va_list arguments;
    put_indent(emit);
    va_start(arguments, format);
    (void)vfprintf(emit->file, format, arguments);
    va_end(arguments);
    (void)fputc('\n', emit->file);
}

void firmware_enter(struct firmware_emit *emit, const char *format, ...)
{
    va_list arguments;
    put_indent(emit);
    va_start(arguments, format);
    (void)vfprintf(emit->file, format, arguments);
    va_end(arguments);
    (void)fprintf(emit->file, " {\n");
    emit->indent++;
}

void firmware_block(struct firmware_emit *emit)
{
    firmware_line(emit, "{");
    emit->indent++;
}

void firmware_leave(struct firmware_emit *emit)
{
    emit->indent--;
    firmware_line(emit, "}");
}

static void put_upper(char *text)
{
    for (; *text != '\0'; text++) {
        *text = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
}

void firmware_field(const struct firmware_plan *plan, uint16_t row,
                    char text[FIRMWARE_FIELD])
{
    bool named = row != DGM_NONE && firmware_has_name(plan, row);
    (void)snprintf(text, FIRMWARE_FIELD, "%s_FIELD_%s", plan->prefix,
                   named ? plan->at[row].macro : "NONE");
    put_upper(text);
}

const char *firmware_order(const struct dgm_row *row)
{
    static const char *const names[] = {"be", "le", "cdab", "badc"};
    bool single = row->width == 8;
    return names[single || row->order > DGM_ORDER_BADC ? 0 : row->order];
}

const char *firmware_wide_name(unsigned width)
{
    return width > 32 ? "64" : "";
}

void firmware_bits_literal(uint64_t bits, unsigned width, char text[FIRMWARE_LITERAL])
{
    if (bits > INT64_MAX) {
        (void)snprintf(text, FIRMWARE_LITERAL, "0x%" PRIX64 "ULL", bits);
    } else if (width > 32) {
        (void)snprintf(text, FIRMWARE_LITERAL, "UINT64_C(0x%" PRIX64 ")", bits);
    } else {
        (void)snprintf(text, FIRMWARE_LITERAL, "UINT32_C(0x%" PRIX64 ")", bits);
    }
}

void firmware_end_mark(const struct firmware_plan *plan, const struct dgm_row *row,
                       char text[FIRMWARE_LITERAL])
{
    firmware_bits_literal(plan->tables->numbers[row->spec], row->width, text);
}

void firmware_mask(unsigned width, char text[FIRMWARE_LITERAL])
{
    uint64_t top = (uint64_t)1 << (width - 1);
    firmware_bits_literal(top | (top - 1), width, text);
}

void firmware_refuse_row(struct firmware_emit *emit, uint16_t row, const char *why)
{
    firmware_refuse(emit->plan, &emit->plan->rows[row], why);
}

static void put_row_variables(struct firmware_emit *emit, uint16_t i)
{
    const struct dgm_row *row = &emit->plan->rows[i];
    const struct firmware_row *at = &emit->plan->at[i];
    unsigned n = i;
    if (at->is_tracked) {
        firmware_line(emit, "bool p%u = false;", n);
    }
    if (row->op == DGM_OP_VALUE) {
        bool condition = at->computed.is_condition;
        if (at->is_kept) {
            firmware_line(emit, "%s v%u = %s;", condition ? "bool" : "int64_t", n,
                          condition ? "false" : "0");
        }
    } else if (row->op == DGM_OP_SPAN) {
        firmware_line(emit, "size_t b%u = 0U;", n);
        firmware_line(emit, "size_t v%u = 0U;", n);
    } else if (at->is_kept &&
               (at->work != FIRMWARE_MEMBER || (at->is_open && emit->plan->down))) {
        firmware_line(emit, "%s v%u = %s;", firmware_type(emit->plan, i), n,
                      at->is_bool ? "false" : "0");
    }
}

void firmware_variables(struct firmware_emit *emit)
{
    const struct firmware_plan *plan = emit->plan;
    unsigned deepest = 0;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        unsigned depth = plan->at[i].is_array ? firmware_depth(plan, i) + 1 : 0;
        deepest = depth > deepest ? depth : deepest;
        put_row_variables(emit, i);
    }
    for (unsigned i = 0; i < deepest; i++) {
        firmware_line(emit, "size_t i%u = 0U;", i);
    }
}

void firmware_forget(struct firmware_emit *emit, uint16_t array)
{
    for (uint16_t i = (uint16_t)(array + 1); i < firmware_end(emit->plan, array); i++) {
        if (emit->plan->at[i].is_tracked) {
            firmware_line(emit, "p%u = false;", (unsigned)i);
        }
    }
}

static bool any_matters(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = (uint16_t)(index + 1); i < firmware_end(plan, index); i++) {
        if (plan->rows[i].op != DGM_OP_GROUP && firmware_matters(plan, i)) {
            return true;
        }
    }
    return false;
}

/* Rows without bytes are nothing here, whatever their conditions. */
bool firmware_matters(const struct firmware_plan *plan, uint16_t index)
{
    switch (plan->rows[index].op) {
    case DGM_OP_VALUE:
        return plan->at[index].is_kept;
    case DGM_OP_LITERAL:
    case DGM_OP_SERVICE:
    case DGM_OP_SERVICE_END:
    case DGM_OP_OBJECT:
    case DGM_OP_OBJECT_END:
    case DGM_OP_JOIN:
    case DGM_OP_JOIN_BYTES:
    case DGM_OP_ECHO:
        return false;
    case DGM_OP_NOTICE:
        return (plan->rows[index].flags & DGM_ROW_REFUSE) != 0;
    case DGM_OP_GROUP:
        return plan->rows[index].region != DGM_NONE || any_matters(plan, index);
    default:
        return true;
    }
}

void firmware_put_computed(struct firmware_emit *emit, uint16_t index)
{
    struct firmware_value value;
    unsigned n = index;
    if (!firmware_expr(emit->plan, emit->plan->rows[index].expr, index, &value)) {
        firmware_refuse(emit->plan, &emit->plan->rows[index], "it has no C");
        return;
    }
    firmware_line(emit, "v%u = %s;", n, value.text);
    if (value.there[0] != '\0' && emit->plan->at[index].is_tracked) {
        firmware_line(emit, "p%u = %s;", n, value.there);
    }
}
