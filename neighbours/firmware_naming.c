/* SPDX-License-Identifier: MIT */
/* Names of members, of arrays, and of macros: each of its own. */
#include "firmware_plan.h"
#include "firmware_tags.h"

#include <stdio.h>
#include <string.h>

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

/* Records of a tag are called as what they collect, or as the first that has a name. */
static uint16_t namer_of(const struct firmware_plan *plan, uint16_t index)
{
    uint16_t end = firmware_end(plan, index), named = index;
    for (uint16_t i = index; plan->rows[index].op == DGM_OP_CASE && i < end; i++) {
        if (plan->rows[i].flags & DGM_ROW_COLLECT) {
            return i;
        }
        if (named == index && firmware_text(plan, plan->rows[i].path)[0] != '(') {
            named = i;
        }
    }
    return named;
}

/* The text without what is filled in: "level_{channel}" is "level_". */
static size_t without_places(const char *text, size_t length, char name[FIRMWARE_PATH])
{
    size_t used = 0;
    bool inside = false;
    for (size_t i = 0; i < length && used < FIRMWARE_PATH; i++) {
        inside = inside || text[i] == '{';
        if (!inside) {
            name[used++] = text[i];
        }
        inside = inside && text[i] != '}';
    }
    return used;
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
    char text[FIRMWARE_PATH];
    length = without_places(path + from, length - from, text);
    firmware_identifier(text, length, FIRMWARE_AS_IT_IS, plan->at[index].name);
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

/* The name without what variants put around it. */
static size_t core_of(const char **name)
{
    while (strncmp(*name, "has_", 4) == 0) {
        *name += 4;
    }
    size_t length = strlen(*name);
    for (bool more = true; more;) {
        more = false;
        if (length > 6 && strncmp(*name + length - 6, "_count", 6) == 0) {
            length -= 6;
            more = true;
        } else if (length > 7 && strncmp(*name + length - 7, "_length", 7) == 0) {
            length -= 7;
            more = true;
        }
    }
    return length;
}

static bool names_clash(const char *one, const char *other)
{
    const char *core = one, *other_core = other;
    size_t length = core_of(&core), other_length = core_of(&other_core);
    if (length != other_length || strncmp(core, other_core, length) != 0) {
        return false;
    }
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
    const struct firmware_row *at = &plan->at[index];
    return at->work == FIRMWARE_MEMBER || at->is_array || at->is_switch;
}

bool firmware_is_element(const struct firmware_plan *plan, uint16_t index)
{
    uint16_t scope = plan->at[index].scope;
    return scope != DGM_NONE && plan->at[scope].is_plain &&
           plan->at[index].work == FIRMWARE_MEMBER;
}

static bool is_taken(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = 0; i < index; i++) {
        bool same = plan->at[i].scope == plan->at[index].scope ||
                    firmware_is_part_of(plan, i, plan->at[index].scope);
        if (firmware_has_name(plan, i) && same &&
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
        if (firmware_is_element(plan, i)) {
            (void)strcpy(macro, plan->at[plan->at[i].scope].macro);
            continue;
        }
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

/* An array whose elements are one unnamed number each. */
static void find_plain(struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        bool open = plan->rows[i].op == DGM_OP_CASE &&
                    firmware_is_open_loop(plan, tables_parent(plan->rows, i));
        unsigned members = open, elements = 0;
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

void firmware_plan_name(struct firmware_plan *plan)
{
    find_plain(plan);
    name_rows(plan);
    name_macros(plan);
}
