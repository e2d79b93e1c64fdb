/* SPDX-License-Identifier: MIT */
/* Conditions that raw values are valid, or no reading. */
#include "firmware_moment.h"
#include "firmware_range.h"

#include <stdarg.h>
#include <stdio.h>

void firmware_raw_literal(const struct firmware_row *at, firmware_wide value,
                          char text[FIRMWARE_LITERAL])
{
    bool small = value >= 0 && value <= UINT32_MAX && at->bits <= 32;
    if (at->is_float) {
        (void)snprintf(text, FIRMWARE_LITERAL,
                       at->bits == 32 ? "UINT32_C(0x%llX)" : "UINT64_C(0x%llX)",
                       (unsigned long long)value);
    } else if (small && !at->is_signed) {
        (void)snprintf(text, FIRMWARE_LITERAL, "%lluU", (unsigned long long)value);
    } else if (!at->is_signed && value <= INT64_MAX) {
        (void)snprintf(text, FIRMWARE_LITERAL, "UINT64_C(%llu)",
                       (unsigned long long)value);
    } else if (at->bits == 32 && value == INT32_MIN) {
        (void)snprintf(text, FIRMWARE_LITERAL, "INT32_MIN");
    } else {
        firmware_literal(value, text);
    }
}

struct condition {
    char *text;
    size_t size, length;
    bool full;
};

__attribute__((format(printf, 2, 3))) static void add(struct condition *condition,
                                                      const char *format, ...)
{
    va_list arguments;
    size_t room = condition->size - condition->length;
    va_start(arguments, format);
    int length = vsnprintf(condition->text + condition->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room) {
        condition->full = true;
    } else {
        condition->length += (size_t)length;
    }
}

/* "(x >= 1U) && (x <= 5U)", without what the type says already. */
static void add_range(struct condition *condition, const struct firmware_row *at,
                      const char *raw, firmware_wide low, firmware_wide high)
{
    firmware_wide type_low, type_high;
    char one[FIRMWARE_LITERAL], other[FIRMWARE_LITERAL];
    firmware_type_range(at, &type_low, &type_high);
    firmware_raw_literal(at, low, one);
    firmware_raw_literal(at, high, other);
    if (low == high) {
        add(condition, "(%s == %s)", raw, one);
    } else if (low <= type_low && high >= type_high) {
        add(condition, "true");
    } else if (low <= type_low) {
        add(condition, "(%s <= %s)", raw, other);
    } else if (high >= type_high) {
        add(condition, "(%s >= %s)", raw, one);
    } else {
        add(condition, "((%s >= %s) && (%s <= %s))", raw, one, raw, other);
    }
}

/* One of the choices, neighbours taken together; `only` are those with that flag. */
static void add_choices(struct condition *condition, const struct firmware_plan *plan,
                        uint16_t index, uint16_t list, const char *raw, uint16_t only)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_enum *found = &plan->tables->enums[list];
    firmware_wide low = 0, high = -1;
    bool open = false, first = true;
    add(condition, "(");
    for (unsigned i = 0; i <= found->count; i++) {
        const struct dgm_choice *choice = &plan->tables->choices[found->first + i];
        bool is_last = i == found->count;
        if (!is_last && (choice->flags & only) != only) {
            continue;
        }
        firmware_wide next = is_last ? 0 : firmware_raw(row, choice->low);
        if (open && !is_last && next == high + 1) {
            high = firmware_raw(row, choice->high);
            continue;
        }
        if (open) {
            add(condition, first ? "" : " || ");
            add_range(condition, &plan->at[index], raw, low, high);
            first = false;
        }
        open = !is_last;
        low = next;
        high = is_last ? 0 : firmware_raw(row, choice->high);
    }
    add(condition, first ? "false)" : ")");
}

bool firmware_no_reading(const struct firmware_plan *plan, uint16_t index,
                         const char *raw, char text[FIRMWARE_TEXT])
{
    struct condition condition = {text, FIRMWARE_TEXT, 0, false};
    uint16_t list = tables_invalid(plan->tables, &plan->rows[index]);
    add_choices(&condition, plan, index, list, raw, 0);
    return !condition.full;
}

/* A single that prints by its own digits compares as a single, else as a double. */
static void add_limit(struct condition *condition, const char *raw, bool single,
                      int64_t bound, uint8_t digits, const char *word)
{
    unsigned long long size =
        bound < 0 ? 0 - (unsigned long long)bound : (unsigned long long)bound;
    unsigned long long unit = (unsigned long long)firmware_power(digits);
    add(condition, " && (%s%s %s %s%llu.%0*llu%s)", single ? "" : "(double)", raw, word,
        bound < 0 ? "-" : "", size / unit, digits > 0 ? (int)digits : 1, size % unit,
        single ? "F" : "");
}

/* A float is a number, within its limits, or a pattern that is no reading. */
static void add_float(struct condition *condition, struct firmware_plan *plan,
                      uint16_t index, const char *raw)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_limit *limit =
        row->limit != DGM_NONE ? &plan->tables->limits[row->limit] : NULL;
    const char *most = plan->at[index].bits == 32 ? "FLT_MAX" : "DBL_MAX";
    uint16_t list = tables_invalid(plan->tables, row);
    bool single = plan->at[index].bits == 32 && row->show != DGM_SHOW_DOUBLE;
    add(condition, "((%s >= -%s) && (%s <= %s)", raw, most, raw, most);
    bool calculated =
        row->detail != DGM_NONE && (plan->tables->pipes[row->detail].scale != DGM_NONE ||
                                    plan->tables->pipes[row->detail].offset != DGM_NONE ||
                                    plan->tables->pipes[row->detail].curve != DGM_NONE);
    if (limit != NULL && calculated) {
        plan->at[index].is_unchecked = true;
    } else if (limit != NULL) {
        if (limit->flags & DGM_LIMIT_LOW) {
            add_limit(condition, raw, single, limit->low, limit->scale, ">=");
        }
        if (limit->flags & DGM_LIMIT_HIGH) {
            add_limit(condition, raw, single, limit->high, limit->scale, "<=");
        }
    }
    add(condition, ")");
    if (list != DGM_NONE) {
        char bits[FIRMWARE_PATH + 16];
        (void)snprintf(bits, sizeof(bits), "%s_bits(%s)",
                       plan->at[index].bits == 32 ? "float" : "double", raw);
        add(condition, " || ");
        add_choices(condition, plan, index, list, bits, 0);
    }
}

static void add_flags(struct condition *condition, const struct firmware_plan *plan,
                      uint16_t index, const char *raw)
{
    const struct dgm_enum *list = &plan->tables->enums[plan->rows[index].detail];
    char text[FIRMWARE_LITERAL];
    uint64_t known = 0;
    for (unsigned i = 0; i < list->count; i++) {
        known |= (uint64_t)1 << (plan->tables->choices[list->first + i].low & 63);
    }
    const struct firmware_row *at = &plan->at[index];
    uint64_t all = at->bits == 64 ? UINT64_MAX : ((uint64_t)1 << at->bits) - 1;
    if ((all & ~known) == 0) {
        return;
    }
    firmware_raw_literal(at, (firmware_wide)(all & ~known), text);
    add(condition, "((%s & %s) == 0U)", raw, text);
}

static bool is_full_range(const struct firmware_row *at, firmware_wide low,
                          firmware_wide high)
{
    firmware_wide type_low, type_high;
    firmware_type_range(at, &type_low, &type_high);
    return low <= type_low && high >= type_high;
}

/* Infinity and what is no number, of formats that C has no type for. */
static bool add_finite(struct condition *condition, const struct firmware_plan *plan,
                       uint16_t index, const char *raw)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_pipe *pipe =
        firmware_is_piped(row) && row->show != DGM_SHOW_PIPE && row->detail != DGM_NONE
            ? &plan->tables->pipes[row->detail]
            : NULL;
    char ones[FIRMWARE_LITERAL];
    if (pipe == NULL || !(pipe->format.flags & DGM_FLOAT_SPECIAL)) {
        return false;
    }
    firmware_raw_literal(&plan->at[index],
                         ((firmware_wide)1 << pipe->format.exponent) - 1, ones);
    add(condition, "(((%s >> %uU) & %s) != %s)", raw, (unsigned)pipe->format.fraction,
        ones, ones);
    return true;
}

/* Or one of the raws that are no reading. */
static void add_no_reading(struct condition *condition, const struct firmware_plan *plan,
                           uint16_t index, const char *raw)
{
    const struct dgm_row *row = &plan->rows[index];
    uint16_t list = tables_invalid(plan->tables, row);
    if (list != DGM_NONE && !(row->flags & DGM_ROW_TOGETHER)) {
        add(condition, " || ");
        add_choices(condition, plan, index, list, raw, 0);
    }
}

static void add_integer(struct condition *condition, struct firmware_plan *plan,
                        uint16_t index, const char *raw)
{
    const struct dgm_row *row = &plan->rows[index];
    struct firmware_row *at = &plan->at[index];
    firmware_wide low, high;
    bool possible = firmware_raw_range(plan, row, &low, &high);
    char moment[FIRMWARE_TEXT];
    firmware_moment_digits(plan, index, raw, moment);
    if (moment[0] != '\0') {
        add(condition, "%s", moment);
        add_no_reading(condition, plan, index, raw);
        return;
    }
    at->is_unchecked = firmware_is_unchecked(plan, row);
    bool finite = add_finite(condition, plan, index, raw);
    if (possible && !finite && is_full_range(at, low, high)) {
        return;
    }
    if (possible && finite) {
        add(condition, " && ");
    }
    if (possible) {
        add_range(condition, at, raw, low, high);
    } else {
        add(condition, "false");
    }
    add_no_reading(condition, plan, index, raw);
}

/* One of the constants of a list. */
static void add_constants(struct condition *condition, const struct firmware_plan *plan,
                          uint16_t index, const char *raw)
{
    const struct dgm_row *row = &plan->rows[index];
    const uint64_t *numbers = plan->tables->numbers + row->expr;
    for (uint64_t i = 1; i <= numbers[0]; i++) {
        firmware_wide value = firmware_raw(row, numbers[i]);
        add(condition, i > 1 ? " || " : "");
        add_range(condition, &plan->at[index], raw, value, value);
    }
}

bool firmware_valid(struct firmware_plan *plan, uint16_t index, const char *raw,
                    char text[FIRMWARE_TEXT * 4])
{
    const struct dgm_row *row = &plan->rows[index];
    struct condition condition = {text, (size_t)FIRMWARE_TEXT * 4, 0, false};
    text[0] = '\0';
    if (row->source == DGM_SOURCE_CONST && (row->flags & DGM_ROW_CONST_LIST)) {
        add_constants(&condition, plan, index, raw);
    } else if (plan->at[index].is_float) {
        add_float(&condition, plan, index, raw);
    } else if (plan->at[index].is_bool) {
        return true;
    } else if (row->show == DGM_SHOW_FLAGS && !plan->at[index].is_signed) {
        add_flags(&condition, plan, index, raw);
    } else if (row->show == DGM_SHOW_ENUM &&
               plan->tables->enums[row->detail].unknown != DGM_UNKNOWN_NUMBER) {
        add_choices(&condition, plan, index, row->detail, raw, 0);
    } else {
        add_integer(&condition, plan, index, raw);
    }
    return !condition.full;
}
