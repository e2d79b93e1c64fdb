/* SPDX-License-Identifier: MIT */
/*
 * Items that speak of the frame as a whole: checksums, lengths, and the warnings and
 * refusals a profile gives in its own words.
 */
#include "item.h"

#include "crc_names.h"
#include "language.h"
#include "scalar.h"

#include <string.h>

static const struct simple {
    const char *name;
    struct dgm_check check;
} simple[] = {
    {"sum-8", {.kind = DGM_CHECK_SUM, .width = 8}},
    {"sum-16", {.kind = DGM_CHECK_SUM, .width = 16}},
    {"xor-8", {.kind = DGM_CHECK_XOR, .width = 8}},
    {"lrc-8", {.kind = DGM_CHECK_SUM, .width = 8, .flags = DGM_CHECK_NEGATE}},
    {"fletcher-16", {.kind = DGM_CHECK_FLETCHER_16, .width = 16}},
    {"adler-32", {.kind = DGM_CHECK_ADLER_32, .width = 32}},
};

enum { SIMPLE_COUNT = sizeof(simple) / sizeof(simple[0]) };

static bool report_name(const struct item_context *context, const struct node *node)
{
    struct diag *diag = context->diag;
    size_t count = 0;
    const char **names =
        arena_array(diag->arena, crc_name_count + SIMPLE_COUNT, sizeof(*names));
    for (size_t i = 0; i < SIMPLE_COUNT; i++)
        names[count++] = simple[i].name;
    for (size_t i = 0; i < crc_name_count; i++)
        names[count++] = crc_names[i].name;
    const char *meant = crc_alias(node->text);
    const char *near = meant != NULL ? meant : diag_nearest(node->text, names, count);
    diag_report(diag, RULE_UNKNOWN_CHECKSUM, node->where,
                "there is no checksum '%s'%s%s%s", node->text,
                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    if (meant == NULL)
        diag_fix_nearest(diag, node->where, node->text, names, count);
    return false;
}

static bool parse_named(const struct item_context *context, const struct node *node,
                        struct dgm_check *ret)
{
    for (size_t i = 0; i < SIMPLE_COUNT; i++) {
        if (strcmp(simple[i].name, node->text) != 0)
            continue;
        *ret = simple[i].check;
        return true;
    }
    const struct crc_name *crc = crc_find(node->text);
    if (crc == NULL)
        return report_name(context, node);
    ret->kind = DGM_CHECK_CRC;
    ret->width = crc->width;
    ret->poly = crc->poly;
    ret->init = crc->init;
    ret->xorout = crc->xorout;
    ret->poly_high = crc->poly_high;
    ret->flags = (uint8_t)((crc->refin ? DGM_CHECK_REFIN : 0) |
                           (crc->refout ? DGM_CHECK_REFOUT : 0));
    return true;
}

static bool parse_word(const struct item_context *context, const struct node *map,
                       const char *key, bool needed, unsigned width, uint64_t *ret,
                       uint32_t *ret_high)
{
    const struct node *node = node_get(map, key);
    exact_int value;
    if (node == NULL && needed) {
        diag_report(context->diag, RULE_MISSING_KEY, map->where,
                    "the parameters of a CRC need '%s'", key);
        return false;
    }
    if (node == NULL)
        return true;
    const char *what = arena_format(context->diag->arena, "'%s'", key);
    if (!scalar_integer(context->diag, node, what, 0, ((exact_int)1 << width) - 1,
                        &value))
        return false;
    *ret = (uint64_t)value;
    *ret_high = (uint32_t)(value >> 64);
    return true;
}

static bool parse_reflection(const struct item_context *context, const struct node *map,
                             const char *key, unsigned flag, struct dgm_check *ret)
{
    const struct node *node = node_get(map, key);
    bool reflects = false;
    if (node != NULL &&
        !scalar_bool(context->diag, node, arena_format(context->diag->arena, "'%s'", key),
                     &reflects))
        return false;
    ret->flags |= (uint8_t)(reflects ? flag : 0);
    return true;
}

static bool parse_parameters(const struct item_context *context, const struct node *map,
                             struct dgm_check *ret)
{
    const struct node *width = node_get(map, "width");
    exact_int bits;
    if (!language_check_keys(context->diag, map, PLACE_CHECKSUM))
        return false;
    if (width == NULL) {
        diag_report(context->diag, RULE_MISSING_KEY, map->where,
                    "the parameters of a CRC need 'width'");
        return false;
    }
    if (!scalar_integer(context->diag, width, "'width'", 1, DGM_MAX_CHECK, &bits))
        return false;
    ret->kind = DGM_CHECK_CRC;
    ret->width = (uint8_t)bits;
    return parse_word(context, map, "poly", true, ret->width, &ret->poly,
                      &ret->poly_high) &&
           parse_word(context, map, "init", false, ret->width, &ret->init,
                      &ret->init_high) &&
           parse_word(context, map, "xorout", false, ret->width, &ret->xorout,
                      &ret->xorout_high) &&
           parse_reflection(context, map, "refin", DGM_CHECK_REFIN, ret) &&
           parse_reflection(context, map, "refout", DGM_CHECK_REFOUT, ret);
}

/* `over: [from, to]`. Where both count from one end their order is known here. */
static bool parse_over(const struct item_context *context, const struct node *node,
                       struct item *item, struct dgm_check *ret)
{
    struct diag *diag = context->diag;
    exact_int ends[2];
    ret->flags |= DGM_CHECK_TO_SELF;
    if (node == NULL)
        return true;
    if (node->kind == NODE_SCALAR) {
        item->subject_name = scalar_text(diag, node, "'over'");
        item->subject_where = node->where;
        ret->flags = (uint8_t)((ret->flags & ~DGM_CHECK_TO_SELF) | DGM_CHECK_OVER);
        return item->subject_name != NULL;
    }
    if (!node_expect(diag, node, NODE_LIST, "'over'"))
        return false;
    if (node->count != 2) {
        diag_report(diag, RULE_CHECKSUM_RANGE, node->where,
                    "'over' is a list of two offsets: the first byte, and the one behind "
                    "the last");
        return false;
    }
    for (unsigned i = 0; i < 2; i++)
        if (!scalar_integer(diag, node->items[i], "an offset", -DGM_MAX_FRAME,
                            DGM_MAX_FRAME, &ends[i]))
            return false;
    bool comparable = (ends[0] < 0) == (ends[1] < 0);
    if (comparable && ends[0] >= ends[1]) {
        diag_report(diag, RULE_CHECKSUM_RANGE, node->where,
                    "no byte lies between these offsets");
        return false;
    }
    ret->flags &= (uint8_t)~DGM_CHECK_TO_SELF;
    ret->from = (int32_t)ends[0];
    ret->to = (int32_t)ends[1];
    return true;
}

/* More than 64 bits are bytes, the highest first, or last with 'le'. */
static bool parse_wide_type(const struct item_context *context, const struct node *map,
                            struct item *item, unsigned bytes)
{
    const struct node *type = node_get(map, "type");
    const char *big = arena_format(context->diag->arena, "bytes(%u)", bytes);
    const char *little = arena_format(context->diag->arena, "bytes(%u)le", bytes);
    item->form = ITEM_CHECK;
    item->show = DGM_SHOW_NONE;
    item->width = bytes * 8;
    bool is_little =
        type != NULL && type->kind == NODE_SCALAR && strcmp(type->text, little) == 0;
    item->order = is_little ? DGM_ORDER_LE : DGM_ORDER_BE;
    if (is_little ||
        (type != NULL && type->kind == NODE_SCALAR && strcmp(type->text, big) == 0))
        return true;
    diag_report(context->diag, type != NULL ? RULE_CHECKSUM_WIDTH : RULE_MISSING_KEY,
                type != NULL ? type->where : map->where,
                "this checksum is written as %s or %s", big, little);
    return false;
}

static bool parse_check_type(const struct item_context *context, const struct node *map,
                             struct item *item, const struct dgm_check *check)
{
    const struct node *type = node_get(map, "type");
    unsigned bits = (check->width + 7u) / 8 * 8;
    if (bits > 64)
        return parse_wide_type(context, map, item, bits / 8);
    if (type == NULL) {
        diag_report(context->diag, RULE_MISSING_KEY, map->where,
                    "a checksum needs 'type', which says how it is written: u%u", bits);
        return false;
    }
    if (!item_parse_type(context, type, item))
        return false;
    bool plain = item->form == ITEM_INTEGER && !item->is_signed && !item->is_bool &&
                 item->order <= DGM_ORDER_LE;
    item->form = ITEM_CHECK;
    item->show = DGM_SHOW_NONE;
    if (plain && item->width == bits)
        return true;
    diag_report(context->diag, RULE_CHECKSUM_WIDTH, type->where,
                "a checksum of %u bits is written as u%ube or u%ule", check->width, bits,
                bits);
    return false;
}

bool item_parse_checksum(const struct item_context *context, const struct node *map,
                         struct item *item)
{
    const struct node *node = node_get(map, "checksum");
    struct dgm_check *check = arena_alloc(context->diag->arena, sizeof(*check));
    bool fine = false;
    item->check = check;
    if (node->kind == NODE_MAP)
        fine = parse_parameters(context, node, check);
    else if (node_expect(context->diag, node, NODE_SCALAR, "'checksum'"))
        fine = parse_named(context, node, check);
    return fine && parse_over(context, node_get(map, "over"), item, check) &&
           parse_check_type(context, map, item, check);
}

static uint8_t length_kind(const char *key, const char *name)
{
    if (strcmp(key, "count_of") == 0)
        return LENGTH_COUNT;
    if (strcmp(name, "frame") == 0)
        return LENGTH_FRAME;
    return strcmp(name, "body") == 0 ? LENGTH_BODY : LENGTH_ITEM;
}

/* value = raw * scale + offset = bytes of the frame. */
bool item_parse_length_of(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    static const char *const others[] = {"enum",  "time",    "as",
                                         "const", "default", "encode"};
    const struct node *node = node_get(map, "length_of");
    const char *key = node != NULL ? "length_of" : "count_of";
    if (node == NULL)
        node = node_get(map, "count_of");
    if (node == NULL)
        return true;
    if (!node_expect(context->diag, node, NODE_SCALAR, "a name"))
        return false;
    item->subject_name = node->text;
    item->subject_where = node->where;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (node_get(map, others[i]) == NULL)
            continue;
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, others[i])->where,
                    "'%s' has no meaning for a length, which the codec fills in",
                    others[i]);
        return false;
    }
    if (context->in_bits || item->is_bool || item->role != 0 ||
        item->repeat.kind != EXTENT_ONCE) {
        diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, key)->where,
                    "a length or count of the frame is an integer of whole bytes, and "
                    "stands once");
        return false;
    }
    item->length_of = length_kind(key, node->text);
    if (item->length_of < LENGTH_ITEM)
        item->subject_name = NULL;
    item->exact_only = true;
    if (item->is_scaled)
        return true;
    item->is_scaled = true;
    item->scaling = (struct scaling_plan){true, 0, 1, 0, 1};
    item->show = DGM_SHOW_DECIMAL;
    return true;
}

bool item_parse_notice(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    const struct node *warn = node_get(map, "warn");
    item->refuses = warn == NULL;
    item->notice = scalar_text(context->diag, warn ? warn : node_get(map, "refuse"),
                               warn ? "'warn'" : "'refuse'");
    if (item->notice != NULL && item->notice[0] == '\0') {
        diag_report(context->diag, RULE_BAD_VALUE, map->where,
                    "a warning or refusal says something");
        return false;
    }
    return item->notice != NULL;
}

struct item *item_new_refusal(const struct item_context *context, const char *text,
                              struct location where, struct item *parent)
{
    struct item *item = arena_alloc(context->diag->arena, sizeof(*item));
    item->form = ITEM_NOTICE;
    item->where = item->name_where = where;
    item->parent = parent;
    item->slot = item->member = item->service = item->row = DGM_NONE;
    item->notice = text;
    item->refuses = true;
    return item;
}
