/* SPDX-License-Identifier: MIT */
/* The names that encode accepts, object by object, and the paths that errors show. */
#include "lower.h"

#include <string.h>

/* Where the walk is. */
struct container {
    const char *prefix; /* "Meter", "Log[].entry"; "" at the root */
    uint16_t parent, service, record;
    bool conditional; /* some group around is absent at times */
    bool shared;      /* the object has members of another item already */
};

static bool walk_list(struct lowering *lowering, const struct item_list *list,
                      const struct container *container);

static const char *join(struct lowering *lowering, const char *prefix, const char *name)
{
    if (prefix[0] == '\0')
        return name;
    return arena_format(lowering->diag->arena, "%s.%s", prefix, name);
}

static const char *in_brackets(struct lowering *lowering, const char *path)
{
    return arena_format(lowering->diag->arena, "%s[]", path);
}

static struct member_plan *find(struct lowering *lowering,
                                const struct container *container, const char *name)
{
    for (size_t i = 0; i < lowering->member_count; i++) {
        struct member_plan *member = &lowering->members[i];
        if (member->parent == container->parent && member->record == container->record &&
            member->service == container->service && strcmp(member->name, name) == 0)
            return member;
    }
    return NULL;
}

static bool is_single(uint8_t kind)
{
    return kind != DGM_MEMBER_OBJECT && kind != DGM_MEMBER_ARRAY;
}

/* One member that several items give, as what encode has to do about it: what one of
 * them reads is kept for that one, and each item compares or drops what is not its own.
 */
static bool merge(struct lowering *lowering, struct member_plan *member,
                  const struct item *item, uint8_t kind, const char *text)
{
    bool wire = kind == DGM_MEMBER_VALUE, was_wire = member->kind == DGM_MEMBER_VALUE;
    bool same = text == NULL ? member->text == NULL
                             : member->text != NULL && strcmp(member->text, text) == 0;
    if (member->kind == kind && same)
        return true;
    if (wire && was_wire) {
        diag_report(
            lowering->diag, RULE_DUPLICATE_MEMBER, item->name_where,
            "'%s' has another default in %s", member->path,
            diag_line(lowering->diag, item->name_where, member->item->name_where));
        return false;
    }
    if (wire) {
        member->kind = DGM_MEMBER_VALUE;
        member->text = text;
    } else if (!was_wire) {
        member->kind = DGM_MEMBER_IGNORED;
        member->text = NULL;
    }
    return true;
}

/* What stands in for an absent item knows nothing of the other items of its member. */
static bool check_defaults(struct lowering *lowering, const struct member_plan *member,
                           const struct item *item)
{
    const struct item *other = member->item;
    bool stands_in = plan_has_absent_default(item) || plan_has_absent_default(other);
    if (!stands_in || item_excludes(other, item))
        return true;
    diag_report(lowering->diag, RULE_DUPLICATE_MEMBER, item->name_where,
                "'%s' is filled by the item of %s as well, and one has a default for "
                "where it is absent",
                member->path,
                diag_line(lowering->diag, item->name_where, other->name_where));
    return false;
}

/* Two items for one member are fine where conditions keep them apart. */
static bool share(struct lowering *lowering, const struct container *container,
                  struct member_plan *member, struct item *item, uint8_t kind,
                  const char *text, bool conditional)
{
    bool apart = container->shared || (conditional && member->item->stands_apart);
    if (!apart) {
        diag_report(
            lowering->diag, RULE_DUPLICATE_MEMBER, item->name_where,
            "'%s' is filled by the item of %s already", member->path,
            diag_line(lowering->diag, item->name_where, member->item->name_where));
        return false;
    }
    bool meets = member->kind == kind || (is_single(member->kind) && is_single(kind));
    bool is_tuple = member->item->is_tuple == item->is_tuple;
    /* What is only decoded prints whatever the frame has. */
    if (!(meets && is_tuple) && message_encodes(lowering->message)) {
        diag_report(
            lowering->diag, RULE_DUPLICATE_MEMBER, item->name_where,
            "'%s' is another kind of member in %s", member->path,
            diag_line(lowering->diag, item->name_where, member->item->name_where));
        return false;
    }
    if (!merge(lowering, member, item, kind, text) ||
        !check_defaults(lowering, member, item))
        return false;
    member->required = false;
    member->shared = true;
    item->member = (uint16_t)(member - lowering->members);
    return true;
}

static bool add_one(struct lowering *lowering, const struct container *container,
                    struct item *item, const char *name, uint8_t kind, const char *text)
{
    struct member_plan *member = find(lowering, container, name);
    bool conditional = container->conditional || item->when != NULL || item->optional;
    item->stands_apart = conditional;
    /* Two labels of one text make one name twice; the first stands for both. */
    if (member != NULL && (item->naming == NULL || member->item != item))
        return share(lowering, container, member, item, kind, text, conditional);
    if (lowering->member_count == DGM_MAX_MEMBERS) {
        diag_report(lowering->diag, RULE_TOO_LARGE, item->name_where,
                    "the message has more than %d members", DGM_MAX_MEMBERS);
        return false;
    }
    lowering->members =
        arena_grow(lowering->diag->arena, lowering->members, lowering->member_count,
                   &lowering->member_capacity, sizeof(*lowering->members));
    item->member = (uint16_t)lowering->member_count;
    lowering->members[lowering->member_count++] = (struct member_plan){
        .name = name,
        .parent = container->parent,
        .service = container->service,
        .record = container->record,
        .kind = kind,
        .required = !conditional && !container->shared && item->naming == NULL &&
                    source_is_required(item),
        .text = text,
        .path = item->path,
        .item = item,
    };
    return true;
}

/* Was the family made by an item of the same name under another condition? */
static bool share_family(struct lowering *lowering, const struct container *container,
                         struct item *item, uint8_t kind)
{
    const struct member_plan *first =
        find(lowering, container, item_name_of(lowering->diag->arena, item, 0));
    bool conditional = container->conditional || item->when != NULL || item->optional;
    if (first == NULL)
        return false;
    const struct item *other = first->item;
    if (other->naming == NULL || first->kind != kind ||
        strcmp(other->name, item->name) != 0 ||
        other->naming->family != item->naming->family || first->family == 0 ||
        !(container->shared || (conditional && other->stands_apart)))
        return false;
    item->stands_apart = conditional;
    item->member = (uint16_t)(first - lowering->members);
    return true;
}

/* The member of an item, or each that its computed name can be. */
static bool add(struct lowering *lowering, const struct container *container,
                struct item *item, uint8_t kind, const char *text)
{
    if (item->naming == NULL)
        return add_one(lowering, container, item, item->name, kind, text);
    if (share_family(lowering, container, item, kind))
        return true;
    size_t first = lowering->member_count;
    const char *path = item->path;
    for (uint32_t i = 0; i < item->naming->family; i++) {
        const char *name = item_name_of(lowering->diag->arena, item, i);
        item->path = join(lowering, container->prefix, name);
        if (!add_one(lowering, container, item, name, kind, text))
            return false;
        if (lowering->member_count != first + i + 1) {
            diag_report(lowering->diag, RULE_DUPLICATE_MEMBER, item->name_where,
                        "'%s' is a member by another item already", name);
            return false;
        }
        lowering->members[first + i].family = item->naming->family - i;
    }
    item->path = path;
    item->member = (uint16_t)first;
    return true;
}

/* An object is needed if one of its members is. */
static void require_object(struct lowering *lowering, const struct item *item,
                           bool conditional)
{
    for (size_t i = item->member + 1u; i < lowering->member_count; i++)
        if (lowering->members[i].parent == item->member && lowering->members[i].required)
            lowering->members[item->member].required = !conditional;
}

/* The fields of a composed text are no members, but errors name them. */
static bool add_parts(struct lowering *lowering, const struct container *container,
                      const struct item *item)
{
    struct container inner = *container;
    bool is_array = item->repeat.kind != EXTENT_ONCE;
    inner.prefix = is_array ? in_brackets(lowering, item->path) : item->path;
    return walk_list(lowering, &item->fields, &inner);
}

static bool is_computed(const struct item_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->form != ITEM_VALUE)
            return false;
    return true;
}

static bool add_text(struct lowering *lowering, const struct container *container,
                     struct item *item)
{
    uint8_t kind = is_computed(&item->fields) ? DGM_MEMBER_IGNORED : DGM_MEMBER_VALUE;
    return add(lowering, container, item, kind, item->default_json) &&
           add_parts(lowering, container, item);
}

/* The members of the array, in the order of its fields, through groups without a name. */
static bool same_places(const struct lowering *lowering, uint16_t array,
                        const struct item_list *list, size_t *next)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = list->items[i];
        if (!item->has_place) {
            if (!same_places(lowering, array, &item->fields, next))
                return false;
            continue;
        }
        while (*next < lowering->member_count && lowering->members[*next].parent != array)
            (*next)++;
        if (*next == lowering->member_count || item->member != *next)
            return false;
        (*next)++;
    }
    return true;
}

/* Where several items give one array, encoding knows its elements by their place. */
static bool check_places(struct lowering *lowering, const struct item *item)
{
    size_t next = item->member + 1u;
    bool same = same_places(lowering, item->member, &item->fields, &next);
    for (; same && next < lowering->member_count; next++)
        same = lowering->members[next].parent != item->member;
    if (!same)
        diag_report(lowering->diag, RULE_DUPLICATE_MEMBER, item->name_where,
                    "'%s' has other elements in %s", lowering->members[item->member].path,
                    diag_line(lowering->diag, item->name_where,
                              lowering->members[item->member].item->name_where));
    return same;
}

static bool add_container(struct lowering *lowering, const struct container *container,
                          struct item *item)
{
    bool is_array = item_is_list(item);
    struct container inner = *container;
    size_t known = lowering->member_count;
    if (!add(lowering, container, item, is_array ? DGM_MEMBER_ARRAY : DGM_MEMBER_OBJECT,
             NULL))
        return false;
    if ((item->form != ITEM_GROUP && item->form != ITEM_BITS) || item->format != NULL)
        return add_parts(lowering, container, item);
    inner.prefix = is_array ? in_brackets(lowering, item->path) : item->path;
    inner.parent = item->member;
    inner.conditional = false;
    inner.shared = item->member < known;
    for (size_t i = item->member + 1u; inner.shared && i < lowering->member_count; i++)
        if (lowering->members[i].parent == item->member)
            lowering->members[i].required = false;
    bool fine = walk_list(lowering, &item->fields, &inner);
    if (fine && item->is_tuple && inner.shared && message_encodes(lowering->message))
        fine = check_places(lowering, item);
    if (!is_array)
        require_object(lowering, item,
                       container->conditional || item->when != NULL || item->optional);
    return fine;
}

static bool add_named(struct lowering *lowering, const struct container *container,
                      struct item *item)
{
    item->path = join(lowering, container->prefix, item->name);
    if (item->format != NULL && !item_is_list(item))
        return add_text(lowering, container, item);
    if (item_is_list(item) || item->form == ITEM_GROUP || item->form == ITEM_BITS)
        return add_container(lowering, container, item);
    if (item->form == ITEM_LITERAL)
        return add(lowering, container, item, DGM_MEMBER_LITERAL, item->literal);
    bool is_dropped = item->join != NULL && !item->is_solved_for;
    if ((item->form == ITEM_VALUE && item->moment == NULL) ||
        item->length_of != LENGTH_NONE || is_dropped)
        return add(lowering, container, item, DGM_MEMBER_IGNORED, NULL);
    return add(lowering, container, item, DGM_MEMBER_VALUE, item->default_json);
}

/* Some member of the records, for counting them. */
static uint16_t member_of_record(const struct lowering *lowering, uint16_t record)
{
    for (size_t i = 0; i < lowering->member_count; i++)
        if (lowering->members[i].record == record &&
            lowering->members[i].kind != DGM_MEMBER_ARRAY)
            return (uint16_t)i;
    return DGM_NONE;
}

static const char *service_name(const struct lowering *lowering, uint16_t service)
{
    const struct product *product = lowering->source->product;
    return service < product->service_count ? product->services[service].name : "";
}

static bool walk_record(struct lowering *lowering, struct item *item)
{
    const char *service = service_name(lowering, item->service);
    struct container inner = {
        in_brackets(lowering, service), DGM_NONE, item->service, item->row, false, false};
    item->path = service[0] != '\0' ? service : item_title(item);
    bool fine = walk_list(lowering, &item->fields, &inner);
    item->member = member_of_record(lowering, item->row);
    return fine;
}

/* Items without a member: groups are looked into, the rest gets a path. */
static bool walk_unnamed(struct lowering *lowering, const struct container *container,
                         struct item *item)
{
    struct container inner = *container;
    bool repeats = item->repeat.kind != EXTENT_ONCE;
    bool is_listed = strstr(container->prefix, "[]") != NULL ||
                     (item->parent != NULL && item->parent->format != NULL);
    item->path = is_listed ? join(lowering, container->prefix, item_title(item))
                           : item_title(item);
    if (repeats)
        inner.prefix = in_brackets(lowering, item->path);
    inner.conditional = container->conditional || item->when != NULL || item->optional ||
                        item->form == ITEM_TLV;
    return walk_list(lowering, &item->fields, &inner);
}

static bool is_in_plain_repeat(const struct item *item)
{
    for (item = item->parent; item != NULL && item->name == NULL && item->record == NULL;
         item = item->parent)
        if (item->repeat.kind != EXTENT_ONCE)
            return true;
    return false;
}

/* The member that the object is, which has none yet if this is the first one in it. */
static bool enter_object(struct lowering *lowering, struct container *container,
                         struct item *object)
{
    if (object == NULL)
        return true;
    if (!enter_object(lowering, container, object->within))
        return false;
    object->path = join(lowering, container->prefix, object->name);
    if (object->member == DGM_NONE) {
        if (!add_one(lowering, container, object, object->name, DGM_MEMBER_OBJECT, NULL))
            return false;
        object->stands_apart = false; /* no other item can be its member */
        lowering->members[object->member].required = false;
    }
    container->prefix = object->path;
    container->parent = object->member;
    return true;
}

static bool walk_item(struct lowering *lowering, const struct container *container,
                      struct item *item)
{
    struct container inner = *container;
    if (item->record != NULL)
        return walk_record(lowering, item);
    if (item->name == NULL)
        return walk_unnamed(lowering, container, item);
    if (is_in_plain_repeat(item) && item->naming == NULL) {
        diag_report(lowering->diag, RULE_NOT_SUPPORTED, item->name_where,
                    "members inside a repetition without name or record are not "
                    "supported by this version");
        return false;
    }
    /* At the root each member knows its own service. */
    if (container->parent == DGM_NONE && container->record == DGM_NONE) {
        inner.service = item->service;
        const char *subject = message_subject(lowering->message);
        inner.prefix = subject != NULL ? subject
                       : message_has_services(lowering->message)
                           ? service_name(lowering, item->service)
                           : "";
    }
    return enter_object(lowering, &inner, item->within) &&
           add_named(lowering, &inner, item);
}

static bool walk_list(struct lowering *lowering, const struct item_list *list,
                      const struct container *container)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++)
        fine = walk_item(lowering, container, list->items[i]) && fine;
    return fine;
}

/* Objects whose members stand apart, the inner ones before those around them. */
static void require_objects(struct lowering *lowering)
{
    const struct item_list *objects = &lowering->message->objects;
    for (size_t i = objects->count; i-- > 0;) {
        uint16_t object = objects->items[i]->member;
        for (size_t k = 0; k < lowering->member_count; k++)
            if (lowering->members[k].parent == object && lowering->members[k].required)
                lowering->members[object].required = true;
    }
}

bool member_plan_all(struct lowering *lowering)
{
    struct container root = {"", DGM_NONE, DGM_NONE, DGM_NONE, false, false};
    if (!walk_list(lowering, &lowering->message->items, &root))
        return false;
    require_objects(lowering);
    return true;
}
