/* SPDX-License-Identifier: MIT */
/*
 * `time: members`: an instant whose year, month, day, hour, minute and second are fields
 * of a group, be they bytes, digits or bits.
 */
#include "item.h"

#include "lower.h"

#include <string.h>

static const char *const part_names[DGM_MOMENT_PARTS] = {"year", "month",  "day",
                                                         "hour", "minute", "second"};

static bool refuse(const struct item_context *context, const struct item *item,
                   const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, item->name_where, "%s", why);
    return false;
}

/* What is called and shown is the instant; what is there or not is the group. */
static struct item *divide(const struct item_context *context, struct item *item)
{
    struct item *moment = arena_alloc(context->diag->arena, sizeof(*moment));
    *moment = (struct item){.form = ITEM_VALUE,
                            .where = item->where,
                            .name_where = item->name_where,
                            .name = item->name,
                            .local = item->local,
                            .label = item->label,
                            .role = item->role,
                            .to = item->to,
                            .to_where = item->to_where,
                            .unit = item->unit,
                            .naming = item->naming,
                            .has_place = item->has_place,
                            .parent = item};
    moment->slot = moment->member = moment->service = moment->row = DGM_NONE;
    item->name = item->local = item->label = NULL;
    item->role = DGM_ROLE_NONE;
    item->naming = NULL;
    return moment;
}

struct item *item_begin_moment(const struct item_context *context, const struct node *map,
                               struct item *item)
{
    static const char *const others[] = {"repeat", "record", "format", "default",
                                         "collect"};
    if (item->name == NULL && item->local == NULL && item->role == DGM_ROLE_NONE) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, "time")->where,
                    "an instant needs a name, local or role");
        return NULL;
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (node_get(map, others[i]) == NULL)
            continue;
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, others[i])->where,
                    "'%s' has no meaning for a time of members; a group around it can "
                    "have it",
                    others[i]);
        return NULL;
    }
    struct item *moment = divide(context, item);
    moment->moment = arena_alloc(context->diag->arena, sizeof(*moment->moment));
    return moment;
}

static const char *fault_of(const struct item *item)
{
    if (item->name != NULL || item->role != DGM_ROLE_NONE)
        return "the fields of a time are 'local'; it is one value";
    if (item->when != NULL || item->optional || item->repeat.kind != EXTENT_ONCE)
        return "the fields of a time are all there, once";
    bool is_leaf = item->fields.count == 0;
    if (item->local == NULL || !is_leaf)
        return NULL;
    bool is_plain = item->form == ITEM_INTEGER && !item->is_bool && !item->is_time &&
                    !item->is_piped && item->labels == NULL && item->flags == NULL &&
                    item->join == NULL;
    if (!is_plain)
        return "a part of a time is a plain integer";
    bool has_source = item->has_const || item->encode != NULL ||
                      item->default_json != NULL || item->length_of != LENGTH_NONE ||
                      item->encode_way != ENCODE_EXPRESSION;
    return has_source ? "encoding takes this field from the time, and so it has no "
                        "const, encode or default"
                      : NULL;
}

static bool take_part(const struct item_context *context, struct item *moment,
                      struct item *item)
{
    unsigned part = 0;
    while (part < DGM_MOMENT_PARTS && strcmp(item->local, part_names[part]) != 0)
        part++;
    if (part == DGM_MOMENT_PARTS)
        return refuse(context, item,
                      "the fields of a time are year, month, day, hour, minute and "
                      "second, or 'reserved'");
    if (moment->moment->parts[part] != NULL)
        return refuse(context, item, "the time has this part already");
    moment->moment->parts[part] = item;
    item->instant = moment;
    item->instant_part = part;
    item->is_used = item->needs_slot = true;
    return true;
}

static bool take_parts(const struct item_context *context, struct item *moment,
                       const struct item_list *list)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        const char *fault = fault_of(item);
        if (fault != NULL)
            fine = refuse(context, item, fault);
        else if (item->fields.count > 0)
            fine = take_parts(context, moment, &item->fields) && fine;
        else if (item->local != NULL)
            fine = take_part(context, moment, item) && fine;
    }
    return fine;
}

/* Down to the finest part that there is, none is left out. */
static bool check_parts(const struct item_context *context, struct item *moment)
{
    static const uint8_t precisions[DGM_MOMENT_PARTS] = {
        DGM_PRECISION_DAY,  DGM_PRECISION_DAY,    DGM_PRECISION_DAY,
        DGM_PRECISION_HOUR, DGM_PRECISION_MINUTE, DGM_PRECISION_SECOND};
    struct item *const *parts = moment->moment->parts;
    unsigned last = DGM_MOMENT_PARTS - 1;
    while (last > 2 && parts[last] == NULL)
        last--;
    for (unsigned i = 0; i <= last; i++) {
        if (parts[i] != NULL)
            continue;
        diag_report(context->diag, RULE_MISSING_KEY, moment->where,
                    "the time has no field '%s'", part_names[i]);
        return false;
    }
    moment->time.precision = precisions[last];
    if (last == DGM_MOMENT_PARTS - 1 && parts[last]->scaling.given &&
        parts[last]->scaling.digits > 0)
        moment->time.precision = DGM_PRECISION_MILLISECOND;
    return true;
}

bool item_finish_moment(const struct item_context *context, const struct node *map,
                        struct item *item, struct item *moment)
{
    if (!take_parts(context, moment, &item->fields) || !check_parts(context, moment))
        return false;
    if (moment->exact_only)
        moment->scaling = (struct scaling_plan){true, 0, 1, 0, 1};
    item_append(context->diag->arena, &item->fields, moment);
    return item_parse_instant(context, map, moment);
}

bool moment_can_do_without(const struct item *item)
{
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++)
        if (item->moment->parts[i] != NULL && !item_has_omission(item->moment->parts[i]))
            return false;
    return true;
}

void moment_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row)
{
    uint64_t numbers[DGM_MOMENT_PARTS];
    for (unsigned i = 0; i < DGM_MOMENT_PARTS; i++) {
        const struct item *part = item->moment->parts[i];
        numbers[i] = part != NULL ? part->slot : DGM_NONE;
    }
    row->spec = builder_numbers(lowering->builder, numbers, DGM_MOMENT_PARTS);
}
