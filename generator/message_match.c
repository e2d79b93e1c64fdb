/* SPDX-License-Identifier: MIT */
/*
 * `match`: which frames belong to a message, beside its constants. Port and length become
 * ranges of the message; a field of the layout becomes a constant, which is all that a
 * matched field can be.
 */
#include "message.h"

#include "scalar.h"
#include "topic.h"

#include <string.h>

enum { MAX_VALUES = 256 };

static bool check_count(struct diag *diag, const struct node *node, size_t count)
{
    if (count > 0 && count <= MAX_VALUES)
        return true;
    diag_report(diag, RULE_BAD_VALUE, node->where,
                "a match has 1 to %d values or ranges of them", MAX_VALUES);
    return false;
}

static bool add_range(struct diag *diag, const struct node *node, const char *what,
                      exact_int most, struct match *ret)
{
    exact_int first, last;
    if (!scalar_range(diag, node, what, 0, most, &first, &last))
        return false;
    ret->items[ret->count++] = (struct match_range){(uint32_t)first, (uint32_t)last};
    return true;
}

/* One value, a range, or a list of them. */
static bool parse_ranges(struct diag *diag, const struct node *node, const char *what,
                         exact_int most, struct match *ret)
{
    bool is_list = node->kind == NODE_LIST;
    size_t count = is_list ? node->count : 1;
    if (!check_count(diag, node, count))
        return false;
    ret->items = arena_array(diag->arena, count, sizeof(*ret->items));
    for (size_t i = 0; i < count; i++)
        if (!add_range(diag, is_list ? node->items[i] : node, what, most, ret))
            return false;
    return true;
}

static bool parse_topics(struct diag *diag, const struct node *node, struct topics *ret)
{
    bool is_list = node->kind == NODE_LIST;
    size_t count = is_list ? node->count : 1;
    if (!check_count(diag, node, count))
        return false;
    ret->items = arena_array(diag->arena, count, sizeof(*ret->items));
    for (size_t i = 0; i < count; i++) {
        const struct node *one = is_list ? node->items[i] : node;
        const char *filter = scalar_text(diag, one, "'topic'");
        if (filter == NULL)
            return false;
        const char *fault = topic_fault(filter);
        if (fault != NULL) {
            diag_report(diag, RULE_BAD_VALUE, one->where, "%s", fault);
            return false;
        }
        ret->items[ret->count++] = filter;
    }
    return true;
}

static struct item *find_field(const struct item_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        bool is_it = (item->name != NULL && strcmp(item->name, name) == 0) ||
                     (item->local != NULL && strcmp(item->local, name) == 0);
        if (!is_it)
            item = find_field(&item->fields, name);
        if (item != NULL)
            return item;
    }
    return NULL;
}

static bool add_values(struct diag *diag, const struct node *node, struct item *item)
{
    exact_int first, last;
    if (!scalar_range(diag, node, "a matched value", item_raw_low(item),
                      item_raw_high(item), &first, &last))
        return false;
    for (exact_int value = first; value <= last; value++) {
        if (item->constant_count == MAX_VALUES)
            return check_count(diag, node, MAX_VALUES + 1);
        item->constants[item->constant_count++] = value;
    }
    return true;
}

static bool parse_field(struct diag *diag, const struct node *key,
                        const struct node *node, struct message *message)
{
    struct item *item = find_field(&message->items, key->text);
    bool is_list = node->kind == NODE_LIST;
    size_t count = is_list ? node->count : 1;
    const char *wrong = item == NULL                 ? "the message has no such field"
                        : item->form != ITEM_INTEGER ? "it is no integer"
                        : item->has_const            ? "it has a constant already"
                        : item->encode != NULL       ? "it has 'encode'"
                        : item->default_json != NULL ? "it has a default"
                                                     : NULL;
    if (wrong != NULL) {
        diag_report(diag, RULE_MATCH_UNKNOWN, key->where, "'match' of '%s': %s",
                    key->text, wrong);
        return false;
    }
    if (!check_count(diag, node, count))
        return false;
    item->constants = arena_array(diag->arena, MAX_VALUES, sizeof(*item->constants));
    for (size_t i = 0; i < count; i++)
        if (!add_values(diag, is_list ? node->items[i] : node, item))
            return false;
    item->has_const = item->is_matched = true;
    item->match_where = key->where;
    item->constant = item->constants[0];
    return true;
}

bool message_parse_match(struct diag *diag, const struct node *node,
                         struct message *message)
{
    bool fine = true;
    if (node == NULL)
        return true;
    if (!node_expect(diag, node, NODE_MAP, "'match'"))
        return false;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *key = node->keys[i], *value = node->items[i];
        if (strcmp(key->text, "port") == 0) {
            fine =
                parse_ranges(diag, value, "'port'", UINT32_MAX, &message->port) && fine;
        } else if (strcmp(key->text, "length") == 0) {
            fine =
                parse_ranges(diag, value, "'length'", DGM_MAX_FRAME, &message->length) &&
                fine;
        } else if (strcmp(key->text, "topic") == 0) {
            fine = parse_topics(diag, value, &message->topics) && fine;
        } else {
            fine = parse_field(diag, key, value, message) && fine;
        }
    }
    return fine;
}
