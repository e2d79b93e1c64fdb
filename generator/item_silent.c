/* SPDX-License-Identifier: MIT */
/*
 * `invalid` on a group: `any` or `all` of its fields that are no reading make all of them
 * so. The codec looks at the bytes before it prints the first member, so they are numbers
 * that always are there.
 */
#include "item.h"

#include "scalar.h"

bool item_parse_silent(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    static const char *const words[] = {"any", "all"};
    static const char *const others[] = {"repeat",  "size",   "hook", "process",
                                         "collect", "format", "time", "default"};
    const struct node *node = node_get(map, "invalid");
    if (node == NULL)
        return true;
    int word = scalar_word(context->diag, node, "the 'invalid' of a group", words, 2);
    if (word < 0)
        return false;
    item->silent = word == 0 ? SILENT_ANY : SILENT_ALL;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        const struct node *other = node_key(map, others[i]);
        if (other == NULL)
            continue;
        diag_report(context->diag, RULE_KEY_NOT_HERE, other->where,
                    "a group with 'invalid' has no '%s'; put it into another group",
                    others[i]);
        return false;
    }
    return true;
}

static bool is_number(const struct item *field)
{
    return (field->form == ITEM_INTEGER || field->form == ITEM_FLOAT) &&
           (!field->digits.given || field->size.kind == EXTENT_FIXED) &&
           field->join == NULL && !field->is_skip && field->length_of == LENGTH_NONE &&
           field->delta == NULL && field->role == DGM_ROLE_NONE &&
           field->naming == NULL && field->default_json == NULL;
}

/* Can the bytes of the field be looked at before it is read? */
static bool is_plain(const struct item *field)
{
    bool always = field->when == NULL && !field->optional && !field->has_at &&
                  field->repeat.kind == EXTENT_ONCE && field->choice == NULL;
    switch (field->form) {
    case ITEM_INTEGER:
    case ITEM_FLOAT:
        return always && is_number(field);
    case ITEM_BYTES:
        return always && field->is_reserved && field->size.kind == EXTENT_FIXED;
    case ITEM_BITS:
        return always && !field->is_stream && field->silent == SILENT_NOT;
    case ITEM_GROUP:
        return always && field->hook == NULL && field->format == NULL &&
               field->region.kind == EXTENT_ONCE && field->silent == SILENT_NOT &&
               field->loop == NULL && !field->is_tuple;
    case ITEM_VALUE:
        return always && !field->is_echo && field->moment == NULL;
    default:
        return always && field->form != ITEM_CHECK && field->form != ITEM_TLV;
    }
}

/* What the group wants of a field that is not there yet, or cannot be. */
static const char *unsupported(const struct item *group, const struct item *field)
{
    if (!is_plain(field))
        return "'%s' cannot stand in a group with 'invalid' in this version: its fields "
               "are numbers of fixed size without conditions";
    if (group->silent == SILENT_ALL && field->labels != NULL && item_has_omission(field))
        return "'%s' has labels, and cannot be no reading only together with others in "
               "this version";
    return NULL;
}

/* What is no reading must be left out, or the JSON could not tell. */
static const char *wrong_with(const struct item *group, const struct item *field)
{
    const struct labels *labels = field->invalid;
    if (field->name != NULL && is_number(field) && !field->has_const &&
        field->encode == NULL && !item_has_omission(field))
        return "'%s' stands in a group that may be no reading, and needs an 'invalid' "
               "that leaves it out";
    for (size_t i = 0; group->silent == SILENT_ALL && labels && i < labels->count; i++)
        if (!labels->items[i].omit)
            return "'%s' is no reading only together with others, and cannot stand for "
                   "a value then";
    return NULL;
}

static bool check_fields(const struct item_context *context, const struct item *group,
                         const struct item_list *list, unsigned *ret_count)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *field = list->items[i];
        const char *missing = unsupported(group, field);
        const char *wrong = missing == NULL ? wrong_with(group, field) : NULL;
        if (missing != NULL || wrong != NULL) {
            diag_report(
                context->diag, missing != NULL ? RULE_NOT_SUPPORTED : RULE_BAD_VALUE,
                field->name_where, missing != NULL ? missing : wrong, item_title(field));
            return false;
        }
        bool has_omission = is_number(field) && item_has_omission(field);
        *ret_count += has_omission;
        field->is_together = has_omission && group->silent == SILENT_ALL;
        if (!check_fields(context, group, &field->fields, ret_count))
            return false;
    }
    return true;
}

bool item_finish_silent(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    unsigned count = 0;
    if (item->silent == SILENT_NOT)
        return true;
    if (!check_fields(context, item, &item->fields, &count))
        return false;
    if (count > 0)
        return true;
    diag_report(context->diag, RULE_BAD_VALUE, node_get(map, "invalid")->where,
                "no field of the group has an 'invalid' of its own");
    return false;
}
