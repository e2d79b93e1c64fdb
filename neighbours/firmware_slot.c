/* SPDX-License-Identifier: MIT */
#include "firmware_slot.h"

#include "firmware_range.h"
#include "firmware_real.h"
#include "firmware_tags.h"

#include <stdio.h>
#include <string.h>

static const char *holder(const struct firmware_plan *plan)
{
    return plan->down ? "out->" : "in->";
}

static bool set_text(struct firmware_value *ret, const char *text, firmware_wide low,
                     firmware_wide high)
{
    (void)snprintf(ret->text, sizeof(ret->text), "(int64_t)%s", text);
    ret->low = low;
    ret->high = high;
    return true;
}

static bool set_constant(struct firmware_value *ret, firmware_wide number)
{
    char text[FIRMWARE_LITERAL];
    firmware_literal(number, text);
    (void)snprintf(ret->text, sizeof(ret->text), number < 0 ? "(%s)" : "%s", text);
    ret->low = ret->high = number;
    return true;
}

/* The nearest whole number, of what is not negative. */
static bool divide(const struct dgm_scaling *scaling, struct firmware_value *ret)
{
    firmware_wide div = scaling->div, most = INT64_MAX / 4;
    char text[FIRMWARE_TEXT], twice[FIRMWARE_LITERAL], once[FIRMWARE_LITERAL];
    if (ret->low < 0 || ret->high > most || div > most ||
        (scaling->flags & DGM_SCALING_TIES_EVEN)) {
        return false;
    }
    firmware_literal(div, once);
    firmware_literal(div * 2, twice);
    (void)snprintf(text, sizeof(text), "%s", ret->text);
    int length = snprintf(ret->text, sizeof(ret->text), "(((%s * 2) + %s) / %s)", text,
                          once, twice);
    ret->low = (ret->low * 2 + div) / (div * 2);
    ret->high = (ret->high * 2 + div) / (div * 2);
    return length < (int)sizeof(ret->text);
}

/* value = raw * mul + add, in units of the last digit. */
static bool scale(const struct dgm_scaling *scaling, struct firmware_value *ret)
{
    char mul[FIRMWARE_LITERAL], add[FIRMWARE_LITERAL], raw[FIRMWARE_TEXT];
    if (ret->low < INT64_MIN || ret->high > INT64_MAX) {
        return false;
    }
    firmware_wide one = ret->low * scaling->mul + scaling->add;
    firmware_wide other = ret->high * scaling->mul + scaling->add;
    firmware_literal(scaling->mul, mul);
    firmware_literal(scaling->add, add);
    (void)snprintf(raw, sizeof(raw), "%s", ret->text);
    int length = (int)strlen(raw);
    if (scaling->mul != 1) {
        length = snprintf(ret->text, sizeof(ret->text), "(%s * (%s))", raw, mul);
        (void)snprintf(raw, sizeof(raw), "%s", ret->text);
    }
    if (scaling->add != 0) {
        length = snprintf(ret->text, sizeof(ret->text), "(%s + (%s))", raw, add);
    }
    ret->low = one < other ? one : other;
    ret->high = one < other ? other : one;
    ret->digits = scaling->digits;
    return length < (int)sizeof(ret->text) && (scaling->div == 1 || divide(scaling, ret));
}

/* The row stands in a part of the layout that row `at` stands in, too. */
static bool is_around(const struct firmware_plan *plan, uint16_t outer, uint16_t at)
{
    return at != DGM_NONE && outer < at && at < firmware_end(plan, outer);
}

static void add_presence(struct firmware_value *ret, const char *condition)
{
    char before[FIRMWARE_TEXT];
    (void)snprintf(before, sizeof(before), "%s", ret->there);
    (void)snprintf(ret->there, sizeof(ret->there),
                   before[0] != '\0' ? "(%.700s && %.700s)" : "%s%s", before, condition);
}

/* May the row be absent where `at` is there? */
static bool may_miss_at(const struct firmware_plan *plan, uint16_t index, uint16_t at)
{
    for (uint16_t i = index; i != DGM_NONE && i != plan->at[index].scope;
         i = tables_parent(plan->rows, i)) {
        const struct dgm_row *row = &plan->rows[i];
        bool conditional = row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL) ||
                           row->op == DGM_OP_CASE;
        if (conditional && !is_around(plan, i, at)) {
            return true;
        }
    }
    return false;
}

static bool set_presence(struct firmware_plan *plan, uint16_t index, uint16_t at,
                         struct firmware_value *ret)
{
    char text[FIRMWARE_LITERAL];
    bool known = plan->rows[index].op == DGM_OP_VALUE && ret->there[0] != '\0';
    if (at == DGM_NONE || known || !may_miss_at(plan, index, at)) {
        return true;
    }
    firmware_variable(index, 'p', text);
    add_presence(ret, text);
    return firmware_mark(plan, index, FIRMWARE_TRACKED);
}

static bool set_raw(struct firmware_plan *plan, uint16_t index,
                    struct firmware_value *ret)
{
    const struct dgm_row *row = &plan->rows[index];
    struct firmware_row *at = &plan->at[index];
    char text[FIRMWARE_PATH];
    firmware_wide low, high;
    firmware_type_range(at, &low, &high);
    if (at->work == FIRMWARE_CONSTANT && !(row->flags & DGM_ROW_CONST_LIST)) {
        return set_constant(ret, firmware_raw(row, plan->tables->numbers[row->expr]));
    }
    bool later = at->work == FIRMWARE_LATER || at->work == FIRMWARE_LENGTH ||
                 at->work == FIRMWARE_MEASURE || at->work == FIRMWARE_TAG;
    if (at->is_float || (later && !plan->down)) {
        return false;
    }
    /* What is read of a tag is known before the record is. */
    bool member = at->work == FIRMWARE_MEMBER && !(at->is_open && plan->down);
    if (member) {
        firmware_path(plan, index, holder(plan), "", text);
    } else {
        (void)snprintf(text, sizeof(text), "v%u", (unsigned)index);
    }
    (void)snprintf(ret->text, sizeof(ret->text), at->is_bool ? "%s" : "(int64_t)%s",
                   text);
    ret->low = low;
    ret->high = high;
    return member || firmware_mark(plan, index, FIRMWARE_KEPT);
}

static bool set_number(struct firmware_plan *plan, uint16_t index,
                       struct firmware_value *ret)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_format *format =
        row->op == DGM_OP_DIGITS ? &plan->tables->formats[row->spec] : NULL;
    const struct dgm_scaling *scaling = tables_scaling(plan->tables, row);
    bool piped = row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
                 row->show == DGM_SHOW_DOUBLE || row->show == DGM_SHOW_PIPE;
    if (piped || (format != NULL && format->pattern != 0) ||
        (row->flags & DGM_ROW_SERIES) || !set_raw(plan, index, ret)) {
        return false;
    }
    char raw[FIRMWARE_TEXT], listed[FIRMWARE_TEXT];
    (void)strcpy(raw, ret->text);
    if (tables_invalid(plan->tables, row) != DGM_NONE) {
        const size_t cast = strncmp(raw, "(int64_t)", 9) == 0 ? 9 : 0;
        if (!firmware_no_reading(plan, index, raw + cast, listed)) {
            return false;
        }
        (void)snprintf(ret->there, sizeof(ret->there), "(!%.1500s)", listed);
    }
    if (row->show == DGM_SHOW_BOOL) {
        bool known = ret->low == ret->high;
        (void)snprintf(ret->text, sizeof(ret->text),
                       known || !plan->at[index].is_bool ? "(%.1500s != 0)" : "%.1500s",
                       raw);
        ret->is_condition = true;
        ret->low = 0;
        ret->high = 1;
        return true;
    }
    return scaling == NULL || scale(scaling, ret);
}

/* How many bytes, or elements. */
static bool set_count(struct firmware_plan *plan, uint16_t index,
                      struct firmware_value *ret)
{
    const struct dgm_row *row = &plan->rows[index];
    struct firmware_row *at = &plan->at[index];
    char text[FIRMWARE_PATH];
    if (row->op == DGM_OP_BYTES &&
        (row->show == DGM_SHOW_DIGITS || row->show == DGM_SHOW_TEXT_NUMBER ||
         at->work != FIRMWARE_MEMBER)) {
        return false;
    }
    if (!at->has_length) {
        return set_constant(ret, at->most);
    }
    firmware_path(plan, index, holder(plan), at->is_array ? "_count" : "_length", text);
    return set_text(ret, text, 0, UINT16_MAX);
}

/* Computed values have variables, which are set where their rows stand. */
static bool set_computed(struct firmware_plan *plan, uint16_t index,
                         struct firmware_value *ret)
{
    const struct firmware_computed *computed = &plan->at[index].computed;
    char text[FIRMWARE_LITERAL];
    if (!computed->has_code || !firmware_mark(plan, index, FIRMWARE_KEPT)) {
        return false;
    }
    firmware_variable(index, 'v', text);
    (void)snprintf(ret->text, sizeof(ret->text), "%s", text);
    ret->is_condition = computed->is_condition;
    ret->digits = computed->digits;
    ret->low = computed->low;
    ret->high = computed->high;
    if (computed->may_miss) {
        firmware_variable(index, 'p', text);
        add_presence(ret, text);
    }
    return !computed->may_miss || firmware_mark(plan, index, FIRMWARE_TRACKED);
}

static bool set_row(struct firmware_plan *plan, uint16_t index, uint16_t at,
                    struct firmware_value *ret)
{
    uint16_t scope = plan->at[index].scope;
    bool of_record = plan->at[index].is_open && !plan->down;
    bool apart = scope != DGM_NONE && at != DGM_NONE && !is_around(plan, scope, at);
    if (apart || (of_record && !firmware_is_part_of(plan, index, scope))) {
        return false;
    }
    bool good = false;
    switch (plan->rows[index].op) {
    case DGM_OP_INT:
    case DGM_OP_BIT:
    case DGM_OP_FIELD:
    case DGM_OP_DIGITS:
        good = set_number(plan, index, ret);
        break;
    case DGM_OP_FLOAT:
        good = firmware_real_value(plan, index, holder(plan), ret);
        break;
    case DGM_OP_BYTES:
    case DGM_OP_REPEAT:
        good = set_count(plan, index, ret);
        break;
    case DGM_OP_VALUE:
        good = set_computed(plan, index, ret);
        break;
    default:
        break;
    }
    return good && set_presence(plan, index, at, ret);
}

/* A span keeps how many bytes it has, and behind that where it begins. */
static bool set_span(uint16_t index, bool begin, struct firmware_value *ret)
{
    char text[FIRMWARE_LITERAL];
    firmware_variable(index, begin ? 'b' : 'v', text);
    return set_text(ret, text, 0, DGM_MAX_FRAME);
}

/* Of several rows with the slot, that which came last tells. */
static bool add_row(struct firmware_plan *plan, uint16_t index, uint16_t at,
                    struct firmware_value *ret, unsigned found)
{
    struct firmware_value value, before = *ret;
    memset(&value, 0, sizeof(value));
    if (!set_row(plan, index, at, &value)) {
        return false;
    }
    if (found == 0 || value.there[0] == '\0') {
        *ret = value;
        return true;
    }
    return firmware_either(&value, &before, ret);
}

static bool from_slot(struct firmware_plan *plan, uint16_t slot, uint16_t at,
                      struct firmware_value *ret)
{
    unsigned found = 0;
    for (uint16_t i = 0; i < plan->message->row_count && i < at; i++) {
        const struct dgm_row *row = &plan->rows[i];
        bool span = row->op == DGM_OP_SPAN && row->slot != DGM_NONE;
        if (span && (slot == row->slot || slot == row->slot + 1)) {
            return set_span(i, slot != row->slot, ret);
        }
        if (row->slot == slot && !add_row(plan, i, at, ret, found++)) {
            return false;
        }
    }
    return found > 0;
}

/* The one row on the wire that has the member, or DGM_NONE. */
static uint16_t row_of_member(const struct firmware_plan *plan, uint16_t member)
{
    uint16_t found = DGM_NONE;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        bool holds = plan->at[i].work != FIRMWARE_NOTHING || plan->at[i].is_array;
        if (plan->rows[i].member != member || plan->rows[i].naming != DGM_NONE) {
            continue;
        }
        if (!holds || found != DGM_NONE) {
            return DGM_NONE;
        }
        found = i;
    }
    return found;
}

/* Is the member given? The caller says so, where the layout leaves it open, be it that
 * the item stands there without a reading; else the reading tells. */
static bool from_presence(struct firmware_plan *plan, uint16_t index, uint16_t at,
                          struct firmware_value *ret)
{
    char raw[FIRMWARE_PATH], listed[FIRMWARE_TEXT];
    const struct dgm_row *row = &plan->rows[index];
    bool array = plan->at[index].is_array;
    if (plan->at[index].scope != DGM_NONE ||
        (plan->at[index].work != FIRMWARE_MEMBER && !array)) {
        return false;
    }
    ret->is_condition = true;
    ret->high = 1;
    if (may_miss_at(plan, index, at)) {
        firmware_path(plan, index, holder(plan), "has_", ret->text);
        return firmware_mark(plan, index, FIRMWARE_FLAGGED);
    }
    bool readable = row->op != DGM_OP_BYTES && !array && !plan->at[index].is_float &&
                    tables_invalid(plan->tables, row) != DGM_NONE;
    firmware_path(plan, index, holder(plan), "", raw);
    if (readable && !firmware_no_reading(plan, index, raw, listed)) {
        return false;
    }
    (void)snprintf(ret->text, sizeof(ret->text), readable ? "(!%.1500s)" : "true%.0s",
                   readable ? listed : "");
    return true;
}

static bool from_member(struct firmware_plan *plan, uint8_t code, uint16_t member,
                        uint16_t at, struct firmware_value *ret)
{
    uint16_t index = plan->down ? DGM_NONE : row_of_member(plan, member);
    if (index == DGM_NONE) {
        return false;
    }
    uint8_t op = plan->rows[index].op;
    switch (code) {
    case DGM_CODE_HAS_MEMBER:
        return from_presence(plan, index, at, ret);
    case DGM_CODE_COUNT_MEMBER:
        return op == DGM_OP_REPEAT && set_row(plan, index, DGM_NONE, ret);
    case DGM_CODE_LENGTH_MEMBER:
        return op == DGM_OP_BYTES && set_row(plan, index, DGM_NONE, ret);
    default:
        return plan->at[index].work == FIRMWARE_MEMBER && op != DGM_OP_BYTES &&
               !firmware_may_miss(plan, index) && set_row(plan, index, DGM_NONE, ret);
    }
}

static bool from_index(const struct firmware_plan *plan, uint16_t at,
                       struct firmware_value *ret)
{
    char text[FIRMWARE_LITERAL];
    if (at == DGM_NONE || plan->at[at].scope == DGM_NONE ||
        plan->rows[plan->at[at].scope].op != DGM_OP_REPEAT) {
        return false;
    }
    firmware_variable((uint16_t)firmware_depth(plan, plan->at[at].scope), 'i', text);
    return set_text(ret, text, 0, DGM_MAX_FRAME);
}

bool firmware_slot(struct firmware_plan *plan, uint8_t code, uint16_t operand,
                   uint16_t at, struct firmware_value *ret)
{
    switch (code) {
    case DGM_CODE_SLOT:
        return from_slot(plan, operand, at, ret);
    case DGM_CODE_INDEX:
        return from_index(plan, at, ret);
    case DGM_CODE_CHANNEL:
        plan->asks_port = true;
        return set_text(ret, "port", 0, UINT32_MAX);
    case DGM_CODE_REGION:
        return set_text(ret, "region", 0, DGM_MAX_FRAME);
    case DGM_CODE_FRAME_LENGTH:
        return (plan->down || plan->is_complete) &&
               set_text(ret, plan->down ? "r.length" : "w.end", 0, DGM_MAX_FRAME);
    default:
        return from_member(plan, code, operand, at, ret);
    }
}
