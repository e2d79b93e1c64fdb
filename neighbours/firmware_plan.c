/* SPDX-License-Identifier: MIT */
#include "firmware_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware_place.h"
#include "firmware_type.h"

void firmware_refuse(struct firmware_plan *plan, const struct dgm_row *row,
                     const char *why)
{
    if (firmware_refused(plan)) {
        return;
    }
    const char *path = row != NULL ? firmware_text(plan, row->path) : "";
    (void)snprintf(plan->refusal, sizeof(plan->refusal), "%.120s%s%.120s", path,
                   path[0] != '\0' ? ": " : "", why);
}

bool firmware_refused(const struct firmware_plan *plan)
{
    return plan->refusal[0] != '\0';
}

const char *firmware_text(const struct firmware_plan *plan, uint32_t offset)
{
    return (const char *)plan->tables->model + plan->tables->model->pool.offset + offset;
}

uint16_t firmware_index(const struct firmware_plan *plan, const struct dgm_row *row)
{
    return (uint16_t)(row - plan->rows);
}

uint16_t firmware_end(const struct firmware_plan *plan, uint16_t index)
{
    return (uint16_t)(index + 1 + dgm_row_span(&plan->rows[index]));
}

static bool *mark_of(struct firmware_plan *plan, uint16_t row, enum firmware_mark mark)
{
    struct firmware_row *at = &plan->at[row];
    switch (mark) {
    case FIRMWARE_KEPT:
        return &at->is_kept;
    case FIRMWARE_TRACKED:
        return &at->is_tracked;
    default:
        return &at->has_flag;
    }
}

bool firmware_mark(struct firmware_plan *plan, uint16_t row, enum firmware_mark mark)
{
    bool *place = mark_of(plan, row, mark);
    if (*place) {
        return true;
    }
    if (plan->mark_count == FIRMWARE_MARKS) {
        return false;
    }
    *place = true;
    plan->marks[plan->mark_count++] = (struct firmware_marked){row, mark};
    return true;
}

void firmware_unmark(struct firmware_plan *plan, unsigned count)
{
    while (plan->mark_count > count) {
        const struct firmware_marked *marked = &plan->marks[--plan->mark_count];
        *mark_of(plan, marked->row, marked->mark) = false;
    }
}

void firmware_forget_marks(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        plan->at[i].is_kept = plan->at[i].is_tracked = plan->at[i].has_flag = false;
    }
    plan->mark_count = 0;
}

size_t firmware_count_marks(const struct firmware_plan *plan)
{
    size_t count = 0;
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct firmware_row *at = &plan->at[i];
        count += (size_t)at->is_kept + at->is_tracked + at->has_flag;
    }
    return count;
}

bool firmware_may_miss(const struct firmware_plan *plan, uint16_t index)
{
    uint16_t scope = plan->at[index].scope;
    for (uint16_t at = index; at != DGM_NONE && at != scope;
         at = tables_parent(plan->rows, at)) {
        const struct dgm_row *row = &plan->rows[at];
        if (row->when != DGM_NONE || row->op == DGM_OP_CASE ||
            (row->flags & DGM_ROW_OPTIONAL)) {
            return true;
        }
    }
    return false;
}

unsigned firmware_depth(const struct firmware_plan *plan, uint16_t row)
{
    unsigned depth = 0;
    for (uint16_t at = plan->at[row].scope; at != DGM_NONE; at = plan->at[at].scope) {
        depth++;
    }
    return depth;
}

/* What stands in front of a name: "in->", "in->items[i0].". */
static void put_scope(const struct firmware_plan *plan, uint16_t row, const char *before,
                      char *path, size_t size)
{
    uint16_t scope = plan->at[row].scope;
    if (scope == DGM_NONE) {
        (void)snprintf(path, size, "%s", before);
        return;
    }
    put_scope(plan, scope, before, path, size);
    size_t length = strlen(path);
    (void)snprintf(path + length, size - length, "%s[i%u]%s", plan->at[scope].name,
                   firmware_depth(plan, scope), plan->at[scope].is_plain ? "" : ".");
}

void firmware_path(const struct firmware_plan *plan, uint16_t row, const char *before,
                   const char *suffix, char path[FIRMWARE_PATH])
{
    uint16_t scope = plan->at[row].scope;
    put_scope(plan, row, before, path, FIRMWARE_PATH);
    bool is_element = scope != DGM_NONE && plan->at[scope].is_plain;
    size_t length = strlen(path);
    bool flag = strcmp(suffix, "has_") == 0;
    (void)snprintf(path + length, FIRMWARE_PATH - length, "%s%s%s", flag ? suffix : "",
                   is_element ? "" : plan->at[row].name, flag ? "" : suffix);
}

/* --- Works ------------------------------------------------------------------------- */

static enum firmware_work work_of_integer(const struct firmware_plan *plan,
                                          const struct dgm_row *row)
{
    bool is_named = (row->flags & DGM_ROW_NAMED) != 0;
    bool chosen =
        (row->flags & DGM_ROW_CONST_LIST) && (is_named || row->slot != DGM_NONE);
    switch (row->source) {
    case DGM_SOURCE_CONST:
        return chosen ? FIRMWARE_MEMBER : FIRMWARE_CONSTANT;
    case DGM_SOURCE_FILL:
        return FIRMWARE_FILL;
    case DGM_SOURCE_LENGTH:
        return FIRMWARE_LENGTH;
    case DGM_SOURCE_LATER:
        return FIRMWARE_LATER;
    case DGM_SOURCE_MEASURE:
        return FIRMWARE_MEASURE;
    case DGM_SOURCE_TAG:
        return FIRMWARE_TAG;
    case DGM_SOURCE_EXPR:
        return plan->down ? FIRMWARE_MEMBER : FIRMWARE_EXPR;
    default:
        return FIRMWARE_MEMBER;
    }
}

static enum firmware_work work_of(const struct firmware_plan *plan,
                                  const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BIT:
    case DGM_OP_FIELD:
    case DGM_OP_FLOAT:
    case DGM_OP_DIGITS:
        return work_of_integer(plan, row);
    case DGM_OP_BYTES:
        return row->source == DGM_SOURCE_FILL   ? FIRMWARE_FILL
               : row->source == DGM_SOURCE_SKIP ? FIRMWARE_SKIP
                                                : FIRMWARE_MEMBER;
    case DGM_OP_CHECK:
        return FIRMWARE_CHECK;
    default:
        return FIRMWARE_NOTHING;
    }
}

/* Does the expression say nothing but the slot's value? */
static bool is_slot(const struct tables *tables, uint16_t expr, uint16_t slot)
{
    struct tables_step step;
    uint32_t at = 0;
    return expr != DGM_NONE && slot != DGM_NONE &&
           tables_step(tables, expr, &at, &step) && step.code == DGM_CODE_SLOT &&
           step.operand == slot && !tables_step(tables, expr, &at, &step);
}

static bool may_count(const struct firmware_plan *plan, const struct dgm_row *row)
{
    bool integer =
        row->op == DGM_OP_INT || row->op == DGM_OP_BIT || row->op == DGM_OP_FIELD;
    bool free = row->source == DGM_SOURCE_EXPR || row->source == DGM_SOURCE_NONE ||
                row->source == DGM_SOURCE_MEMBER;
    bool shown = row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_INT;
    return integer && free && shown && row->limit == DGM_NONE &&
           tables_invalid(plan->tables, row) == DGM_NONE &&
           !(row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY | DGM_ROW_SERIES));
}

/* A row that tells how much another one has is none of the caller's business. */
static void find_counts(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct dgm_row *row = &plan->rows[i];
        bool counts = (row->op == DGM_OP_REPEAT || row->op == DGM_OP_BYTES) &&
                      !(row->flags & DGM_ROW_REST);
        for (uint16_t j = 0; counts && j < i; j++) {
            const struct dgm_row *told = &plan->rows[j];
            if (is_slot(plan->tables, row->expr, told->slot) && may_count(plan, told) &&
                plan->at[i].work != FIRMWARE_FILL && plan->at[j].counted == DGM_NONE &&
                plan->at[i].scope == plan->at[j].scope) {
                plan->at[j].work = FIRMWARE_COUNT;
                plan->at[j].counted = i;
                plan->at[i].counted = j;
            }
        }
    }
}

/* --- Names ------------------------------------------------------------------------- */

static bool is_service(const struct firmware_plan *plan, const char *text, size_t length)
{
    const struct dgm_model *model = plan->tables->model;
    for (uint32_t i = 0; i < model->services.count; i++) {
        const char *name = firmware_text(plan, plan->tables->services[i].name);
        if (strlen(name) == length && strncmp(name, text, length) == 0) {
            return true;
        }
    }
    for (uint32_t i = 0; i < model->commands.count; i++) {
        const char *name = firmware_text(plan, plan->tables->commands[i].name);
        if (strlen(name) == length && strncmp(name, text, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Records of a tag that are collected are called as what they collect. */
static uint16_t namer_of(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index;
         plan->rows[index].op == DGM_OP_CASE && i < firmware_end(plan, index); i++) {
        if (plan->rows[i].flags & DGM_ROW_COLLECT) {
            return i;
        }
    }
    return index;
}

/* The part of a path that is the name in its scope: "Log[].value" is "value". */
static void name_row(struct firmware_plan *plan, uint16_t index)
{
    const char *path = firmware_text(plan, plan->rows[namer_of(plan, index)].path);
    size_t length = strlen(path);
    if (length > 2 && strcmp(path + length - 2, "[]") == 0) {
        length -= 2;
    }
    size_t from = 0;
    for (size_t i = 0; i + 2 < length; i++) {
        if (strncmp(path + i, "[].", 3) == 0) {
            from = i + 3;
        }
    }
    const char *dot = memchr(path + from, '.', length - from);
    if (dot != NULL && is_service(plan, path + from, (size_t)(dot - path) - from)) {
        from = (size_t)(dot - path) + 1;
    }
    firmware_identifier(path + from, length - from, FIRMWARE_AS_IT_IS,
                        plan->at[index].name);
}

static bool is_in_case(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i != DGM_NONE; i = tables_parent(plan->rows, i)) {
        if (plan->rows[i].op == DGM_OP_CASE) {
            return true;
        }
    }
    return false;
}

/* Can one member of the struct stand for both rows? They are never there together. */
static bool is_same(const struct firmware_plan *plan, uint16_t one, uint16_t other)
{
    const struct dgm_row *a = &plan->rows[one], *b = &plan->rows[other];
    const struct firmware_row *x = &plan->at[one], *y = &plan->at[other];
    return a->member != DGM_NONE && a->member == b->member && a->op == b->op &&
           a->show == b->show && a->detail == b->detail && a->limit == b->limit &&
           a->width == b->width && a->flags == b->flags && a->spec == b->spec &&
           a->expr == b->expr && a->source == b->source && x->bits == y->bits &&
           x->work == FIRMWARE_MEMBER && y->work == FIRMWARE_MEMBER &&
           x->most == y->most && x->counted == DGM_NONE && y->counted == DGM_NONE &&
           !x->is_array && !is_in_case(plan, one) && !is_in_case(plan, other);
}

static void variants(const char *name, char texts[4][FIRMWARE_PATH])
{
    (void)snprintf(texts[0], FIRMWARE_PATH, "%s", name);
    (void)snprintf(texts[1], FIRMWARE_PATH, "%s_count", name);
    (void)snprintf(texts[2], FIRMWARE_PATH, "%s_length", name);
    (void)snprintf(texts[3], FIRMWARE_PATH, "has_%s", name);
}

static bool names_clash(const char *one, const char *other)
{
    char a[4][FIRMWARE_PATH], b[4][FIRMWARE_PATH];
    variants(one, a);
    variants(other, b);
    for (size_t i = 0; i < 16; i++) {
        if (strcmp(a[i / 4], b[i % 4]) == 0) {
            return true;
        }
    }
    return false;
}

bool firmware_has_name(const struct firmware_plan *plan, uint16_t index)
{
    return plan->at[index].work == FIRMWARE_MEMBER || plan->at[index].is_array;
}

static bool is_taken(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = 0; i < index; i++) {
        if (firmware_has_name(plan, i) && plan->at[i].scope == plan->at[index].scope &&
            names_clash(plan->at[i].name, plan->at[index].name)) {
            return true;
        }
    }
    return false;
}

static bool share_name(struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = 0; i < index; i++) {
        if (plan->at[i].scope == plan->at[index].scope && is_same(plan, i, index)) {
            (void)strcpy(plan->at[index].name, plan->at[i].name);
            plan->at[index].is_repeated = true;
            return true;
        }
    }
    return false;
}

static void name_rows(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        plan->at[i].is_repeated = false;
        name_row(plan, i);
        if (!firmware_has_name(plan, i) || share_name(plan, i)) {
            continue;
        }
        for (unsigned number = 2; is_taken(plan, i); number++) {
            name_row(plan, i);
            firmware_number_name(plan->at[i].name, number);
        }
    }
}

/* Names with those of the arrays around, for macros: in capitals, each of its own. */
static void put_macro(const struct firmware_plan *plan, uint16_t index, char *text)
{
    uint16_t scope = plan->at[index].scope;
    if (scope != DGM_NONE) {
        put_macro(plan, scope, text);
    }
    if (scope != DGM_NONE && plan->at[scope].is_plain) {
        return;
    }
    size_t length = strlen(text);
    (void)snprintf(text + length, FIRMWARE_MACRO - length, "_%s", plan->at[index].name);
}

static bool is_macro_taken(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = 0; i < index; i++) {
        if (strcmp(plan->at[i].macro, plan->at[index].macro) == 0) {
            return true;
        }
    }
    return false;
}

static void name_macros(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (!firmware_has_name(plan, i)) {
            continue;
        }
        char *macro = plan->at[i].macro;
        (void)snprintf(macro, FIRMWARE_MACRO, "%s", plan->name);
        put_macro(plan, i, macro);
        for (char *at = macro; *at != '\0'; at++) {
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
        }
        size_t length =
            strlen(macro) < FIRMWARE_MACRO - 8 ? strlen(macro) : FIRMWARE_MACRO - 8;
        bool own = !plan->at[i].is_repeated;
        for (unsigned number = 2; own && is_macro_taken(plan, i); number++) {
            (void)snprintf(macro + length, FIRMWARE_MACRO - length, "_%u",
                           number % 100000);
        }
    }
}

/* --- Scopes ------------------------------------------------------------------------ */

static bool collects(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = (uint16_t)(index + 1); i < firmware_end(plan, index); i++) {
        if (plan->rows[i].flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) {
            return true;
        }
    }
    return false;
}

/* Records of tags that the profile does not name are left out. */
static void drop_unknown(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        bool unknown = plan->rows[i].op == DGM_OP_CASE && plan->rows[i].expr == DGM_NONE;
        for (uint16_t j = i; unknown && j < firmware_end(plan, i); j++) {
            plan->at[j].work = FIRMWARE_NOTHING;
            plan->at[j].is_array = false;
        }
    }
}

static void set_scopes(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        uint8_t op = plan->rows[i].op;
        plan->at[i].is_array =
            op == DGM_OP_REPEAT || (op == DGM_OP_CASE && collects(plan, i));
        for (uint16_t j = (uint16_t)(i + 1);
             plan->at[i].is_array && j < firmware_end(plan, i); j++) {
            plan->at[j].scope = i;
        }
    }
}

/* An array whose elements are one unnamed number each. */
static void find_plain(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        unsigned members = 0, elements = 0;
        for (uint16_t j = (uint16_t)(i + 1);
             plan->at[i].is_array && j < firmware_end(plan, i); j++) {
            if (plan->at[j].scope != i) {
                continue;
            }
            members += firmware_has_name(plan, j);
            elements += plan->at[j].work == FIRMWARE_MEMBER &&
                        plan->rows[j].op != DGM_OP_BYTES &&
                        (plan->rows[j].flags & (DGM_ROW_ELEMENT | DGM_ROW_COLLECT)) != 0;
        }
        plan->at[i].is_plain = members == 1 && elements == 1;
    }
}

/* --- Open -------------------------------------------------------------------------- */

static void refuse_rows(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct dgm_row *row = &plan->rows[i];
        if (row->flags & DGM_ROW_HOOK) {
            firmware_refuse(plan, row, "hooks and masks have no place in firmware");
        } else if (row->flags & DGM_ROW_UNTIL) {
            firmware_refuse(plan, row, "a repetition up to a mark is not written");
        } else if (row->op == DGM_OP_TLV && plan->down) {
            firmware_refuse(plan, row, "tag loops are only written, not read");
        }
    }
}

void firmware_plan_name(struct firmware_plan *plan)
{
    find_plain(plan);
    name_rows(plan);
    name_macros(plan);
}

uint16_t firmware_named_in(const struct firmware_plan *plan, uint16_t row)
{
    for (uint16_t i = row; i < firmware_end(plan, row); i++) {
        bool there =
            firmware_has_name(plan, i) && plan->at[i].scope == plan->at[row].scope;
        for (uint16_t j = i; there && j != row; j = tables_parent(plan->rows, j)) {
            there = plan->rows[j].when == DGM_NONE && plan->rows[j].op != DGM_OP_CASE &&
                    !(plan->rows[j].flags & DGM_ROW_OPTIONAL);
        }
        if (there) {
            return i;
        }
    }
    return DGM_NONE;
}

bool firmware_plan_open(struct firmware_plan *plan, const struct tables *tables,
                        const char *prefix, uint16_t message)
{
    plan->tables = tables;
    plan->prefix = prefix;
    plan->index = message;
    plan->message = &tables->messages[message];
    plan->rows = tables_rows(tables, message);
    plan->down = tables_is_down(plan->message);
    plan->refusal[0] = '\0';
    plan->at = calloc(plan->message->row_count + 1u, sizeof(*plan->at));
    if (plan->at == NULL) {
        return false;
    }
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        plan->at[i].work = work_of(plan, &plan->rows[i]);
        plan->at[i].scope = plan->at[i].counted = DGM_NONE;
    }
    set_scopes(plan);
    drop_unknown(plan);
    find_counts(plan);
    firmware_set_types(plan);
    firmware_plan_name(plan);
    refuse_rows(plan);
    if (!plan->down && !firmware_refused(plan) && firmware_reads_twice(plan)) {
        firmware_refuse(plan, NULL, "bytes belong to two members");
    }
    return true;
}

void firmware_plan_close(struct firmware_plan *plan)
{
    free(plan->at);
    plan->at = NULL;
}
