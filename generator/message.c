/* SPDX-License-Identifier: MIT */
/* Heads of messages, and their items after those of the common header. */
#include "message.h"

#include <dragoman/kind.h>

#include "framing.h"
#include "hook.h"
#include "message_wire.h"
#include "language.h"
#include "scalar.h"

#include <string.h>

enum { MAX_MESSAGES = 4096 };

bool message_is_up(const struct message *message)
{
    return strcmp(dgm_kind_direction(message->kind), "down") != 0;
}

bool message_is_down(const struct message *message)
{
    return message->kind == DGM_KIND_RAW || !message_is_up(message);
}

bool message_has_services(const struct message *message)
{
    return message->kind == DGM_KIND_REPORT || message->kind == DGM_KIND_SET ||
           message->kind == DGM_KIND_GET_RESPONSE;
}

const char *message_subject(const struct message *message)
{
    if (message->event != NULL)
        return message->event->name;
    return message->command != NULL ? message->command->name : NULL;
}

bool message_decodes(const struct message *message)
{
    return !message->encode_only;
}

bool message_encodes(const struct message *message)
{
    return !message->decode_only;
}

static bool parse_kind(struct diag *diag, const struct node *map, struct message *message)
{
    const struct node *node = node_get(map, "kind");
    message->kind = DGM_KIND_REPORT;
    if (node == NULL)
        return true;
    const char *kinds[DGM_KIND_RAW];
    for (unsigned i = 0; i < DGM_KIND_RAW; i++)
        kinds[i] = dgm_kind_word(DGM_KIND_REPORT + i);
    int word = scalar_word(diag, node, "'kind'", kinds, DGM_KIND_RAW);
    if (word < 0)
        return false;
    message->kind = (uint8_t)(DGM_KIND_REPORT + word);
    return true;
}

/* A key that only some kinds have. */
static bool check_key_of_kind(struct diag *diag, const struct node *map, const char *key,
                              bool allowed, bool needed, const struct message *message)
{
    const struct node *node = node_key(map, key);
    const char *kind = dgm_kind_word(message->kind);
    if (node != NULL && !allowed) {
        diag_report(diag, RULE_KEY_NOT_HERE, node->where,
                    "'%s' has no meaning for a message of kind '%s'", key, kind);
        return false;
    }
    if (node == NULL && needed) {
        diag_report(diag, RULE_MISSING_KEY, message->where,
                    "a message of kind '%s' needs '%s'", kind, key);
        return false;
    }
    return true;
}

/* Without services a command is that of its message, and its members are the parameters.
 */
static void derive_command(struct diag *diag, struct message *message)
{
    struct product_service *service = arena_array(diag->arena, 1, sizeof(*service));
    struct product_command *command = arena_array(diag->arena, 1, sizeof(*command));
    service->name = PRODUCT_DERIVED_SERVICE;
    command->name = message->name;
    command->where = message->where;
    message->service = service;
    message->command = command;
}

static bool parse_command(struct diag *diag, const struct product *product,
                          const struct node *map, struct message *message)
{
    static const struct product_fields none = {NULL, 0};
    bool has = message->kind == DGM_KIND_COMMAND || message->kind == DGM_KIND_RESPONSE;
    bool derived = message->kind == DGM_KIND_COMMAND && !product->has_services;
    if (derived && node_get(map, "command") != NULL) {
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, "command")->where,
                    "without services a command has the name of its message");
        return false;
    }
    if (!check_key_of_kind(diag, map, "command", has && !derived, has && !derived,
                           message))
        return false;
    if (derived)
        derive_command(diag, message);
    if (!has || derived)
        return true;
    const struct node *node = node_get(map, "command");
    const char *path = scalar_text(diag, node, "'command'");
    if (path == NULL)
        return false;
    message->command =
        product_command_path(diag, product, path, node->where, &message->service);
    if (message->command == NULL)
        return false;
    if (message->kind == DGM_KIND_COMMAND)
        message->parameters = &message->command->paras;
    else
        message->parameters = message->command->response_count > 0
                                  ? &message->command->responses[0].fields
                                  : &none;
    return true;
}

static bool parse_event(struct diag *diag, const struct product *product,
                        const struct node *map, struct message *message)
{
    bool has = message->kind == DGM_KIND_EVENT;
    if (!check_key_of_kind(diag, map, "event", has, has, message))
        return false;
    if (!has)
        return true;
    const struct node *node = node_get(map, "event");
    const char *path = scalar_text(diag, node, "'event'");
    if (path == NULL)
        return false;
    message->event =
        product_event_path(diag, product, path, node->where, &message->service);
    if (message->event != NULL)
        message->parameters = &message->event->paras;
    return message->event != NULL;
}

/* A query names a service in `to`, or asks for all of them. */
static bool parse_asked_service(struct diag *diag, const struct product *product,
                                struct message *message)
{
    message->asked_service = DGM_NONE;
    if (message->kind != DGM_KIND_GET || message->to == NULL)
        return true;
    for (size_t i = 0; i < product->service_count; i++)
        if (strcmp(product->services[i].name, message->to) == 0)
            message->asked_service = (uint16_t)i;
    message->to = NULL;
    if (message->asked_service != DGM_NONE)
        return true;
    diag_report(diag, RULE_UNKNOWN_SERVICE, message->to_where,
                "the product has no such service");
    return false;
}

static bool parse_direction(struct diag *diag, const struct node *map,
                            struct message *message)
{
    static const char *const words[] = {"decode", "encode", "both"};
    const struct node *node = node_get(map, "only");
    if (node == NULL) {
        message->decode_only = message->wire.decodes_reports && !message_is_down(message);
        return true;
    }
    int word = scalar_word(diag, node, "'only'", words, 3);
    message->decode_only = word == 0;
    message->encode_only = word == 1;
    return word >= 0;
}

static bool parse_flag(struct diag *diag, const struct node *map, const char *key,
                       bool *ret)
{
    const struct node *node = node_get(map, key);
    return node == NULL ||
           scalar_bool(diag, node, arena_format(diag->arena, "'%s'", key), ret);
}

/* `refuse` stands in place of `fields`; nothing encodes such a frame. */
static bool parse_refusal(struct diag *diag, const struct node *map,
                          struct message *message)
{
    const struct node *node = node_get(map, "refuse");
    if (node == NULL)
        return check_key_of_kind(diag, map, "fields", true, true, message);
    if (node_get(map, "fields") != NULL) {
        diag_report(diag, RULE_KEY_NOT_HERE, node_key(map, "fields")->where,
                    "'refuse' stands in place of 'fields'");
        return false;
    }
    const struct node *hook = node_key(map, "hook"), *step = node_key(map, "process");
    if (hook != NULL || step != NULL) {
        diag_report(diag, RULE_KEY_NOT_HERE, (hook != NULL ? hook : step)->where,
                    "a frame that is refused is not looked into");
        return false;
    }
    message->refusal = scalar_text(diag, node, "'refuse'");
    message->decode_only = true;
    return message->refusal != NULL;
}

static bool parse_head(struct diag *diag, const struct product *product,
                       const struct node *map, struct message *message)
{
    if (!parse_kind(diag, map, message))
        return false;
    bool reply = message->kind == DGM_KIND_REPLY;
    bool goes_to = message_has_services(message) || message->kind == DGM_KIND_GET;
    const struct node *to = node_get(map, "to"), *when = node_get(map, "when");
    if (!check_key_of_kind(diag, map, "to", goes_to, false, message) ||
        !check_key_of_kind(diag, map, "answers", reply, false, message) ||
        !check_key_of_kind(diag, map, "when", reply, false, message) ||
        !parse_refusal(diag, map, message) ||
        !parse_command(diag, product, map, message) ||
        !parse_event(diag, product, map, message) ||
        !parse_direction(diag, map, message) ||
        !parse_flag(diag, map, "fallback", &message->fallback) ||
        !parse_flag(diag, map, "bare", &message->bare) ||
        !wire_parse_common(diag, map, &message->wire))
        return false;
    if (to != NULL) {
        message->to = scalar_text(diag, to, "'to'");
        message->to_where = to->where;
        if (message->to == NULL)
            return false;
    }
    if (!parse_asked_service(diag, product, message))
        return false;
    if (when != NULL)
        message->when = expr_parse(diag, when, "'when'");
    return when == NULL || message->when != NULL;
}

/* A length of the body becomes one of the frame. */
static bool add_frame(struct diag *diag, const struct item_list *list, bool fixed,
                      uint32_t bytes)
{
    bool fine = true;
    for (size_t i = 0; i < list->count; i++) {
        struct item *item = list->items[i];
        fine = add_frame(diag, &item->fields, fixed, bytes) && fine;
        if (item->length_of != LENGTH_BODY)
            continue;
        int64_t more = (int64_t)(bytes * item->scaling.div);
        for (unsigned k = 0; k < item->scaling.digits && fixed; k++)
            fixed = !__builtin_mul_overflow(more, (int64_t)10, &more);
        if (fixed && !__builtin_add_overflow(item->scaling.add, more, &item->scaling.add))
            continue;
        diag_report(diag, RULE_BAD_VALUE, item->where,
                    "the length of the body needs a header and trailer of fixed size");
        fine = false;
    }
    return fine;
}

/* The first `header` items and those from `trailer` on stand around the body. */
static bool count_frame(struct diag *diag, struct message *message, size_t header,
                        size_t trailer)
{
    const struct item_list *all = &message->items;
    struct item_list before = {all->items, header, header};
    struct item_list behind = {NULL, all->count - trailer, 0};
    uint32_t first = 0, last = 0;
    if (behind.count > 0)
        behind.items = all->items + trailer;
    bool fixed = item_fixed_size(&behind, &last);
    for (size_t i = trailer; i < all->count && fixed; i++)
        all->items[i]->is_trailer = true;
    message->trailer = fixed ? (uint16_t)last : 0;
    fixed = item_fixed_size(&before, &first) && fixed;
    return add_frame(diag, all, fixed, first + last);
}

/* What stands between header and trailer; a hook of the message is about all of it. */
static bool parse_fields(const struct item_context *context, const struct node *map,
                         struct message *message)
{
    const struct node *fields = node_get(map, "fields");
    if (node_get(map, "hook") != NULL || node_get(map, "process") != NULL)
        return item_parse_hooked_list(context, map, fields, &message->items);
    return item_parse_list(context, fields, NULL, &message->items);
}

static bool parse_items(struct profile_source *source, const struct node *map,
                        struct message *message, unsigned *item_count)
{
    struct item_context context = {
        .diag = source->diag,
        .enums = node_get(source->root, "enums"),
        .groups = node_get(source->root, "groups"),
        .hooks = source->hooks,
        .floats = &source->floats,
        .curves = &source->curves,
        .little_endian = message->wire.little_endian,
        .bit_lsb = message->wire.bit_lsb,
        .exact_only = message->wire.exact_only,
        .float_as_double = message->wire.float_as_double,
        .to = message->to,
        .to_where = message->to_where,
        .item_count = item_count,
    };
    bool fine = true;
    if (message->wire.header != NULL && !message->bare)
        fine = item_parse_list(&context, message->wire.header, NULL, &message->items);
    size_t header = message->items.count;
    if (message->refusal != NULL)
        item_append(source->diag->arena, &message->items,
                    item_new_refusal(&context, message->refusal,
                                     node_get(map, "refuse")->where, NULL));
    else
        fine = parse_fields(&context, map, message) && fine;
    size_t trailer = message->items.count;
    if (message->wire.trailer != NULL && !message->bare && message->refusal == NULL)
        fine = item_parse_list(&context, message->wire.trailer, NULL, &message->items) &&
               fine;
    return fine && count_frame(source->diag, message, header, trailer);
}

static bool parse_message(struct profile_source *source, const struct node *key,
                          const struct node *map, struct message *message,
                          unsigned *item_count)
{
    message->name = key->text;
    message->where = key->where;
    message->wire = source->wire;
    if (key->length == 0 || key->length > 255) {
        diag_report(source->diag, RULE_BAD_NAME, key->where,
                    "names of messages have 1 to 255 bytes");
        return false;
    }
    bool fine = language_check_keys(source->diag, map, PLACE_MESSAGE);
    if (map->kind != NODE_MAP)
        return false;
    const struct node *about = node_get(map, "description");
    if (about != NULL && about->kind == NODE_SCALAR)
        message->description = about->text;
    bool headed = parse_head(source->diag, source->product, map, message);
    if (!headed && node_get(map, "fields") == NULL)
        return false;
    return parse_items(source, map, message, item_count) &&
           message_parse_match(source->diag, node_get(map, "match"), message) && headed &&
           fine;
}

static struct message *find_message(struct profile_source *source,
                                    const struct node *name)
{
    const char **names =
        arena_array(source->diag->arena, source->messages.count + 1, sizeof(*names));
    for (size_t i = 0; i < source->messages.count; i++) {
        names[i] = source->messages.items[i].name;
        if (strcmp(names[i], name->text) == 0)
            return &source->messages.items[i];
    }
    const char *near = diag_nearest(name->text, names, source->messages.count);
    diag_report(source->diag, RULE_UNKNOWN_MESSAGE, name->where,
                "there is no message '%s'%s%s%s", name->text,
                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    diag_fix_nearest(source->diag, name->where, name->text, names,
                     source->messages.count);
    return NULL;
}

static bool parse_answers(struct profile_source *source, const struct node *map,
                          struct message *message)
{
    const struct node *list = node_get(map, "answers");
    if (list == NULL)
        return true;
    if (!node_expect(source->diag, list, NODE_LIST, "'answers'"))
        return false;
    message->answers =
        arena_array(source->diag->arena, list->count + 1, sizeof(struct message *));
    for (size_t i = 0; i < list->count; i++) {
        if (!node_expect(source->diag, list->items[i], NODE_SCALAR, "a message"))
            return false;
        struct message *answered = find_message(source, list->items[i]);
        if (answered == NULL)
            return false;
        if (answered->kind != DGM_KIND_REPORT) {
            diag_report(source->diag, RULE_BAD_VALUE, list->items[i]->where,
                        "only reports are answered, and '%s' is none", answered->name);
            return false;
        }
        message->answers[message->answer_count++] = answered;
    }
    return true;
}

static bool check_reusable(struct diag *diag, const struct node *root, const char *key)
{
    const struct node *map = node_get(root, key);
    return map == NULL ||
           node_expect(diag, map, NODE_MAP, arena_format(diag->arena, "'%s'", key));
}

/* What messages name: without it, they could only be blamed for names that are not there.
 */
static bool parse_parts(struct profile_source *source)
{
    struct diag *diag = source->diag;
    const struct node *root = source->root;
    bool fine = hooks_parse(source, node_get(root, "hooks"));
    fine = check_reusable(diag, root, "enums") && fine;
    fine = check_reusable(diag, root, "groups") && fine;
    fine = formats_parse_floats(diag, node_get(root, "floats"), &source->floats) && fine;
    return curves_parse(diag, node_get(root, "curves"), &source->curves) && fine;
}

bool message_parse_all(struct profile_source *source)
{
    struct diag *diag = source->diag;
    const struct node *map = node_get(source->root, "messages");
    unsigned item_count = 0;
    const struct node *wire = node_get(source->root, "wire");
    bool fine = wire_parse(diag, wire, &source->wire) && framing_parse(source, wire);
    bool has_parts = parse_parts(source);
    fine = fine && has_parts;
    if (!has_parts || map == NULL)
        return fine;
    if (!node_expect(diag, map, NODE_MAP, "'messages'"))
        return false;
    if (map->count > MAX_MESSAGES) {
        diag_report(diag, RULE_TOO_LARGE, map->where, "at most %d messages are allowed",
                    MAX_MESSAGES);
        return false;
    }
    source->messages.items =
        arena_array(diag->arena, map->count + 1, sizeof(struct message));
    source->messages.count = map->count;
    for (size_t i = 0; i < map->count; i++) {
        struct message *message = &source->messages.items[i];
        message->index = (uint16_t)i;
        fine = parse_message(source, map->keys[i], map->items[i], message, &item_count) &&
               fine;
    }
    for (size_t i = 0; i < map->count; i++)
        if (map->items[i]->kind == NODE_MAP)
            fine =
                parse_answers(source, map->items[i], &source->messages.items[i]) && fine;
    return fine;
}
