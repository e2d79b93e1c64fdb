/* SPDX-License-Identifier: MIT */
#include "firmware_plan.h"

#include "firmware_place.h"
#include "firmware_tags.h"
#include "firmware_type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

const char *firmware_port_parameter(const struct firmware_plan *plan)
{
    return plan->asks_port ? "uint32_t port, " : "";
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
                firmware_loop_of_tag(plan, j) == DGM_NONE &&
                plan->at[i].work != FIRMWARE_FILL && plan->at[j].counted == DGM_NONE &&
                plan->at[i].scope == plan->at[j].scope) {
                plan->at[j].work = FIRMWARE_COUNT;
                plan->at[j].counted = i;
                plan->at[i].counted = j;
            }
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

static bool is_array(const struct firmware_plan *plan, uint16_t index)
{
    if (plan->rows[index].op != DGM_OP_CASE) {
        return plan->rows[index].op == DGM_OP_REPEAT;
    }
    return collects(plan, index) ||
           firmware_is_open_loop(plan, tables_parent(plan->rows, index));
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
        plan->at[i].is_array = is_array(plan, i);
        for (uint16_t j = (uint16_t)(i + 1);
             plan->at[i].is_array && j < firmware_end(plan, i); j++) {
            plan->at[j].scope = i;
        }
    }
}

/* --- Open -------------------------------------------------------------------------- */

static void refuse_rows(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct dgm_row *row = &plan->rows[i];
        if ((row->flags & DGM_ROW_HOOK) &&
            plan->tables->hooks[row->expr].process == DGM_PROCESS_HOOK) {
            firmware_refuse(plan, row, "hooks have no place in firmware");
        }
    }
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
                        const char *prefix, uint16_t message, bool reverse)
{
    plan->tables = tables;
    plan->prefix = prefix;
    plan->index = message;
    plan->message = &tables->messages[message];
    plan->rows = tables_rows(tables, message);
    plan->down = tables_is_down(plan->message) != reverse;
    plan->refusal[0] = '\0';
    plan->at = calloc(plan->message->row_count + 1u, sizeof(*plan->at));
    if (plan->at == NULL) {
        return false;
    }
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        plan->at[i].work = work_of(plan, &plan->rows[i]);
        plan->at[i].scope = plan->at[i].counted = plan->at[i].teller = DGM_NONE;
    }
    firmware_find_tags(plan);
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
