/* SPDX-License-Identifier: MIT */
/*
 * `encode: case` and `encode: presence`: expressions over which members the JSON has. A
 * case is told from the others by as few members as do, and by literals where members do
 * not tell; that the rest fits is checked where the case is written.
 */
#include "lower.h"

#include <string.h>

/* A member that an item or a case takes. */
struct taken {
    struct item *item;
    bool required;
};

struct taken_list {
    struct taken *items;
    size_t count, capacity;
};

static bool is_taken(const struct item *item)
{
    return item->form != ITEM_VALUE && item->form != ITEM_LITERAL &&
           item->length_of == LENGTH_NONE && (item->join == NULL || item->is_solved_for);
}

static void gather(struct arena *arena, struct item *item, bool required,
                   struct taken_list *ret)
{
    if (item->name == NULL && item->record == NULL) {
        for (size_t i = 0; i < item->fields.count; i++) {
            struct item *field = item->fields.items[i];
            bool conditional =
                field->when != NULL || field->optional || field->form == ITEM_TLV;
            gather(arena, field, required && !conditional, ret);
        }
        return;
    }
    if (!is_taken(item))
        return;
    ret->items =
        arena_grow(arena, ret->items, ret->count, &ret->capacity, sizeof(*ret->items));
    bool is_group = item->form == ITEM_GROUP || item->form == ITEM_BITS;
    ret->items[ret->count++] =
        (struct taken){item, required && (is_group || source_is_required(item))};
}

static bool same_member(const struct item *one, const struct item *other)
{
    return one->service == other->service && one->within == other->within &&
           one->name != NULL && other->name != NULL &&
           strcmp(one->name, other->name) == 0;
}

static bool takes(const struct taken_list *list, const struct item *item)
{
    for (size_t i = 0; i < list->count; i++)
        if (same_member(list->items[i].item, item))
            return true;
    return false;
}

/* A member that the one list needs and the other does not know, or just does not know. */
static struct item *difference(const struct taken_list *list,
                               const struct taken_list *other, bool required)
{
    for (size_t i = 0; i < list->count; i++)
        if ((list->items[i].required || !required) && !takes(other, list->items[i].item))
            return list->items[i].item;
    return NULL;
}

static struct expr *new_expr(struct arena *arena, enum expr_kind kind,
                             struct location where)
{
    struct expr *expr = arena_alloc(arena, sizeof(*expr));
    expr->kind = kind;
    expr->where = where;
    return expr;
}

static struct expr *operation(struct arena *arena, uint8_t code, struct expr *left,
                              struct expr *right)
{
    struct expr *expr = new_expr(arena, EXPR_OPERATION, left->where);
    expr->code = code;
    expr->type = EXPR_TYPE_BOOL;
    expr->args[0] = left;
    expr->args[1] = right;
    expr->arg_count = right != NULL ? 2 : 1;
    return expr;
}

/* In a tag loop a record takes what others have left, so that several of them may have
 * one tag. */
static uint8_t presence_in(const struct item *writer, const struct item *member)
{
    bool in_loop = false;
    for (const struct item *item = writer; item != NULL; item = item->parent)
        in_loop = in_loop || item->case_of != NULL;
    bool is_single = member->naming == NULL && member->record == NULL;
    return in_loop && is_single ? DGM_CODE_LEFT_MEMBER : DGM_CODE_HAS;
}

/* `code` over the member of an item: DGM_CODE_HAS, DGM_CODE_CONTRADICTS. */
static struct expr *member_test(struct arena *arena, uint8_t code, struct item *member,
                                struct location where)
{
    struct expr *name = new_expr(arena, EXPR_NAME, where);
    name->text = item_title(member);
    name->target = EXPR_TARGET_MEMBER;
    name->item = member;
    return operation(arena, code, name, NULL);
}

static struct expr *has(struct arena *arena, struct item *member, struct location where)
{
    return member_test(arena, DGM_CODE_HAS, member, where);
}

static struct expr *either(struct arena *arena, uint8_t code, struct expr *left,
                           struct expr *right)
{
    return left == NULL ? right : operation(arena, code, left, right);
}

/* What the JSON must say, or must not say, so that a case is meant. */
struct test {
    struct item *item; /* its member is given, or contradicts the literal that it is */
    uint8_t code;      /* DGM_CODE_HAS, DGM_CODE_CONTRADICTS */
    bool negated;
};

struct test_list {
    struct test items[64];
    size_t count;
};

/* The literal among the fields for the member of `like`, or any if that is NULL, from
 * number `*skip` on. Only those that always are there. */
static struct item *find_literal(const struct item *one, const struct item *like,
                                 size_t *skip)
{
    for (size_t i = 0; i < one->fields.count; i++) {
        struct item *field = one->fields.items[i];
        bool conditional = field->when != NULL || field->optional;
        bool is_literal = field->form == ITEM_LITERAL && field->name != NULL;
        if (conditional || (is_literal && like != NULL && !same_member(field, like)))
            continue;
        if (is_literal && (*skip)-- == 0)
            return field;
        struct item *inner = is_literal || field->name != NULL || field->record != NULL
                                 ? NULL
                                 : find_literal(field, like, skip);
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

static struct item *literal_like(const struct item *one, const struct item *like)
{
    size_t skip = 0;
    return find_literal(one, like, &skip);
}

/* Has the case the member at all, be it a calculated one? */
static bool mentions(const struct item *one, const struct item *like)
{
    for (size_t i = 0; i < one->fields.count; i++) {
        const struct item *field = one->fields.items[i];
        if (same_member(field, like) ||
            (field->name == NULL && field->record == NULL && mentions(field, like)))
            return true;
    }
    return false;
}

/* A literal that `one` has and `other` has not, or not with this text. */
static bool tell_by_literal(const struct item *one, const struct item *other,
                            struct test *ret)
{
    struct item *literal;
    for (size_t i = 0, skip = 0; (literal = find_literal(one, NULL, &skip)) != NULL;
         skip = ++i) {
        const struct item *text = literal_like(other, literal);
        if (text != NULL && strcmp(text->literal, literal->literal) != 0) {
            *ret = (struct test){literal, DGM_CODE_CONTRADICTS, true};
            return true;
        }
        if (!mentions(other, literal)) {
            *ret = (struct test){literal, DGM_CODE_HAS, false};
            return true;
        }
    }
    return false;
}

/* By a member that one case needs and the other does not know, or knows as a literal. */
static bool tell_by_member(const struct item *one, const struct taken_list *own,
                           const struct item *other, const struct taken_list *others,
                           struct test *ret)
{
    struct item *member = difference(own, others, true);
    bool is_own = member != NULL;
    if (!is_own)
        member = difference(others, own, true);
    if (member == NULL)
        return false;
    struct item *literal = literal_like(is_own ? other : one, member);
    uint8_t code = literal != NULL ? DGM_CODE_CONTRADICTS : DGM_CODE_HAS;
    *ret = (struct test){literal != NULL ? literal : member, code, !is_own};
    return true;
}

static void add_test(struct test_list *list, struct test test)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].item == test.item && list->items[i].code == test.code &&
            list->items[i].negated == test.negated)
            return;
    if (list->count < sizeof(list->items) / sizeof(list->items[0]))
        list->items[list->count++] = test;
}

/* Add what tells the case from another one; false if nothing does. */
static bool add_tests(const struct item *one, const struct taken_list *own,
                      const struct item *other, const struct taken_list *others,
                      struct test_list *ret)
{
    struct test test;
    if (tell_by_member(one, own, other, others, &test)) {
        add_test(ret, test);
        return true;
    }
    bool told = tell_by_literal(one, other, &test);
    if (told)
        add_test(ret, test);
    if (!told && tell_by_literal(other, one, &test)) {
        test.negated = !test.negated;
        add_test(ret, test);
        told = true;
    }
    struct item *optional = difference(others, own, false);
    if (optional != NULL)
        add_test(ret, (struct test){optional, DGM_CODE_HAS, true});
    return told || optional != NULL;
}

/* Does the JSON fit no other case of those that stand behind? */
static struct expr *tell_apart(struct profile_source *source, const struct item *writer,
                               const struct item_list *cases,
                               const struct taken_list *lists, size_t index)
{
    struct arena *arena = source->diag->arena;
    struct expr *all = NULL;
    struct test_list tests = {.count = 0};
    const struct item *one = cases->items[index];
    for (size_t k = index + 1; k < cases->count; k++) {
        const struct item *other = cases->items[k];
        if (add_tests(one, &lists[index], other, &lists[k], &tests) ||
            other->is_default_case)
            continue;
        diag_report(source->diag, RULE_CASE_AMBIGUOUS, other->where,
                    "encoding cannot tell this case from that of %s, which has "
                    "all its members; it writes that one",
                    diag_line(source->diag, other->where, one->where));
    }
    for (size_t i = 0; i < tests.count; i++) {
        struct test *test = &tests.items[i];
        uint8_t code =
            test->code == DGM_CODE_HAS ? presence_in(writer, test->item) : test->code;
        struct expr *term = member_test(arena, code, test->item, writer->encode_where);
        if (test->negated)
            term = operation(arena, DGM_CODE_NOT, term, NULL);
        all = either(arena, DGM_CODE_AND, all, term);
    }
    return all;
}

/* not (not x) is x. */
static struct expr *negation(struct arena *arena, struct expr *expr)
{
    if (expr->kind == EXPR_OPERATION && expr->code == DGM_CODE_NOT)
        return expr->args[0];
    return operation(arena, DGM_CODE_NOT, expr, NULL);
}

static struct expr *case_value(struct arena *arena, const struct item *one,
                               struct location where)
{
    return expr_constant(arena, (struct exact){one->case_low, 1}, where);
}

/* How many cases behind this one have to be excluded one by one? 0 if one of them can
 * only be told by what this one has. */
static size_t exclusions(const struct item_list *cases, const struct taken_list *lists,
                         size_t index)
{
    size_t count = 0;
    for (size_t k = index + 1; k < cases->count; k++) {
        if (difference(&lists[k], &lists[index], true) == NULL)
            return 0;
        count += difference(&lists[index], &lists[k], true) == NULL;
    }
    return count;
}

/* A case that is told by what it does not have is best left over, because the others can
 * speak for themselves: the one with most to exclude goes to the end. */
static struct item_list order_cases(struct arena *arena, const struct item_list *cases,
                                    struct taken_list *lists)
{
    struct item_list ret = *cases;
    size_t best = 0, most = 1;
    for (size_t i = 0; i < cases->count; i++) {
        size_t count = exclusions(cases, lists, i);
        if (count > most) {
            most = count;
            best = i;
        }
    }
    if (most < 2)
        return ret;
    ret.items = arena_array(arena, cases->count, sizeof(*ret.items));
    memcpy(ret.items, cases->items, cases->count * sizeof(*ret.items));
    struct item *last = ret.items[best];
    struct taken_list last_list = lists[best];
    for (size_t i = best; i + 1 < cases->count; i++) {
        ret.items[i] = ret.items[i + 1];
        lists[i] = lists[i + 1];
    }
    ret.items[cases->count - 1] = last;
    lists[cases->count - 1] = last_list;
    return ret;
}

/* What the members of each case are. */
static struct taken_list *gather_cases(struct arena *arena, const struct item_list *cases)
{
    struct taken_list *lists = arena_array(arena, cases->count, sizeof(*lists));
    for (size_t i = 0; i < cases->count; i++)
        for (size_t k = 0; k < cases->items[i]->fields.count; k++) {
            struct item *field = cases->items[i]->fields.items[k];
            bool required = field->when == NULL && !field->optional;
            gather(arena, field, required, &lists[i]);
        }
    return lists;
}

static const struct item *case_of(const struct choice *choice, exact_int value)
{
    for (size_t i = 0; i < choice->cases.count; i++) {
        const struct item *one = choice->cases.items[i];
        if (value >= one->case_low && value <= one->case_high)
            return one;
    }
    return NULL;
}

/* A value of the selector that no case covers, for the items of the default. */
static bool find_free_value(const struct item *writer, const struct choice *choice,
                            exact_int *ret)
{
    exact_int value = 0; /* no type begins above it */
    const struct item *one;
    bool is_plain = writer->form == ITEM_INTEGER && !writer->is_scaled &&
                    !writer->is_piped && writer->labels == NULL &&
                    writer->invalid == NULL;
    while ((one = case_of(choice, value)) != NULL)
        value = one->case_high + 1;
    *ret = value;
    return is_plain && value <= item_raw_high(writer);
}

/* The cases in the order they are asked for, the default behind them. */
static struct item_list all_cases(struct arena *arena, const struct item *writer,
                                  const struct choice *choice,
                                  const struct item_list *list)
{
    struct item_list ret = {NULL, 0, 0};
    exact_int value;
    for (size_t i = 0; i < list->count; i++)
        item_append(arena, &ret, list->items[i]);
    if (choice->other != NULL && find_free_value(writer, choice, &value)) {
        choice->other->case_low = choice->other->case_high = value;
        item_append(arena, &ret, choice->other);
    }
    return ret;
}

/* The value of the first case that fits; what is left over is the last case. */
static struct expr *choose(struct profile_source *source, const struct item *writer,
                           const struct choice *choice)
{
    struct arena *arena = source->diag->arena;
    struct item_list order =
        order_cases(arena, &choice->cases, gather_cases(arena, &choice->cases));
    const struct item_list all = all_cases(arena, writer, choice, &order), *cases = &all;
    const struct taken_list *lists = gather_cases(arena, cases);
    struct expr *value =
        case_value(arena, cases->items[cases->count - 1], writer->encode_where);
    for (size_t i = cases->count - 1; i-- > 0;) {
        struct expr *fits = tell_apart(source, writer, cases, lists, i);
        struct expr *own = case_value(arena, cases->items[i], writer->encode_where);
        if (fits == NULL) {
            value = own;
            continue;
        }
        /* The long branch stands in the middle, where the stack is low. */
        struct expr *select =
            operation(arena, DGM_CODE_SELECT, negation(arena, fits), value);
        select->args[2] = own;
        select->arg_count = 3;
        value = select;
    }
    return value;
}

static bool is_name_of(const struct expr *expr, const struct item *item)
{
    return expr->kind == EXPR_NAME && expr->target == EXPR_TARGET_SLOT &&
           expr->item == item;
}

static struct expr *case_expression(struct profile_source *source,
                                    const struct message *message,
                                    const struct item *writer)
{
    for (size_t i = writer->order_index + 1; i < message->flat.count; i++) {
        const struct choice *choice = message->flat.items[i]->choice;
        if (choice != NULL && is_name_of(choice->selector->value, writer))
            return choose(source, writer, choice);
    }
    diag_report(source->diag, RULE_BAD_VALUE, writer->encode_where,
                "no 'switch' behind it chooses by '%s'", item_title(writer));
    return NULL;
}

/* Is one of the members given? One that is needed speaks for the others. */
static struct expr *is_given(struct arena *arena, const struct taken_list *list,
                             struct location where)
{
    struct expr *any = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].required)
            return has(arena, list->items[i].item, where);
    for (size_t i = 0; i < list->count; i++)
        any = either(arena, DGM_CODE_OR, any, has(arena, list->items[i].item, where));
    return any;
}

static bool stands_under(const struct item *item, const struct item *mask, unsigned bit)
{
    const struct expr *when = item->when;
    return when != NULL && when->kind == EXPR_BIT && is_name_of(when->args[0], mask) &&
           when->number.numerator == (exact_int)bit;
}

/* The bits from the top: twice what stands above, and this one. */
static struct expr *presence_expression(struct profile_source *source,
                                        const struct message *message,
                                        const struct item *mask)
{
    struct arena *arena = source->diag->arena;
    struct expr *bits = NULL;
    exact_int shift = 1;
    for (unsigned bit = mask->width; bit-- > 0;) {
        struct taken_list list = {NULL, 0, 0};
        for (size_t i = mask->order_index + 1; i < message->flat.count; i++)
            if (stands_under(message->flat.items[i], mask, bit))
                gather(arena, message->flat.items[i], true, &list);
        struct expr *given = is_given(arena, &list, mask->encode_where);
        shift = bits != NULL ? shift * 2 : 1;
        if (given == NULL)
            continue;
        if (bits != NULL) {
            struct expr *factor =
                expr_constant(arena, (struct exact){shift, 1}, mask->encode_where);
            bits = operation(arena, DGM_CODE_MUL, bits, factor);
        }
        bits = either(arena, DGM_CODE_ADD, bits, given);
        shift = 1;
    }
    if (bits == NULL) {
        diag_report(source->diag, RULE_BAD_VALUE, mask->encode_where,
                    "no member stands under 'when: %s.N'", item_title(mask));
        return NULL;
    }
    if (shift == 1)
        return bits;
    struct expr *factor =
        expr_constant(arena, (struct exact){shift, 1}, mask->encode_where);
    return operation(arena, DGM_CODE_MUL, bits, factor);
}

static void lint_cases(struct diag *diag, const struct item *one)
{
    const struct item *selector = one->choice->selector;
    if (one->is_default_case || !selector->is_bounded)
        return;
    struct exact low = {one->case_low, 1}, high = {one->case_high, 1};
    if (exact_compare(low, selector->high) > 0 || exact_compare(high, selector->low) < 0)
        diag_report(diag, RULE_UNREACHABLE_CASE, one->where,
                    "what the switch chooses by cannot have this value");
}

bool choice_find_all(struct profile_source *source, struct message *message)
{
    bool fine = true;
    for (size_t i = 0; i < message->flat.count; i++) {
        struct item *item = message->flat.items[i];
        if (item->choice != NULL)
            lint_cases(source->diag, item);
        if (item->encode_way == ENCODE_EXPRESSION || !message_encodes(message))
            continue;
        item->encode = item->encode_way == ENCODE_CASE
                           ? case_expression(source, message, item)
                           : presence_expression(source, message, item);
        fine = item->encode != NULL && fine;
    }
    return fine;
}

const char *choice_advice(const struct message *message, const struct item *item)
{
    for (size_t i = item->order_index + 1u; i < message->flat.count; i++) {
        const struct item *other = message->flat.items[i];
        if (other->choice != NULL && is_name_of(other->choice->selector->value, item))
            return "'encode: case'";
        for (unsigned bit = 0; bit < item->width && bit < 64; bit++)
            if (stands_under(other, item, bit))
                return "'encode: presence'";
    }
    return "'encode'";
}
