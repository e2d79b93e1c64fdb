/* SPDX-License-Identifier: MIT */
/* A LoRa payload schema as a whole: product, wire, messages, metadata. */
#include "lora_parts.h"

#include "include_path.h"

#include <string.h>

static const char *text_of(const struct node *root, const char *key)
{
    const struct node *node = node_get(root, key);
    return node != NULL && node->kind == NODE_SCALAR && node->length > 0 ? node->text
                                                                         : NULL;
}

/* The last folder of a path, or "unknown". */
static const char *folder_name(struct lora *lora, const char *path)
{
    const char *folder = include_folder(lora->arena, path);
    const char *name = strrchr(folder, '/');
    name = name != NULL ? name + 1 : folder;
    return name[0] != '\0' && name[0] != '.' ? name : "unknown";
}

static void put_product(struct lora *lora, const struct node *root)
{
    const char *maker = lora->options->manufacturer;
    const char *model = text_of(root, "device");
    if (maker == NULL) {
        maker = text_of(root, "manufacturer");
    }
    if (maker == NULL) {
        maker = folder_name(lora, lora->diag.files[0].name);
    }
    if (model == NULL) {
        model = text_of(root, "name");
    }
    lora_key(lora, "product");
    lora_open(lora, '{');
    lora_text(lora, "manufacturer_id", maker);
    lora_text(lora, "manufacturer_name", maker);
    lora_text(lora, "model", model != NULL ? model : "unknown");
    lora_word(lora, "device_type", "Sensor");
    lora_word(lora, "protocol_type", "LoRaWAN");
    if (text_of(root, "version") != NULL) {
        lora_key(lora, "version");
        out_text(&lora->out, scalar_json_string(lora->arena, text_of(root, "version"),
                                                strlen(text_of(root, "version"))));
        lora->fresh = false;
    }
    if (text_of(root, "description") != NULL) {
        lora_text(lora, "description", text_of(root, "description"));
    }
    lora_close(lora, '}');
}

static void put_wire(struct lora *lora)
{
    lora_key(lora, "wire");
    lora_open(lora, '{');
    if (lora->little) {
        lora_word(lora, "byte_order", "little");
    }
    lora_word(lora, "trailing_bytes", "ignore");
    if (lora->floats) {
        lora_word(lora, "float_text", "double");
    }
    if (lora->decode_only) {
        lora_word(lora, "only", "decode");
    }
    lora_close(lora, '}');
}

/* One message; `port` is NULL for all of them. */
static void put_message(struct lora *lora, const char *name, const char *kind,
                        const char *port, const struct node *from)
{
    const struct node *root = lora->scope->root, *fields = node_get(from, "fields");
    const struct node *format = node_get(from, "format");
    if (from != root) {
        lora_know_keys(lora, from, "fields description direction format names");
    }
    lora_key(lora, name);
    lora_open(lora, '{');
    if (kind != NULL) {
        lora_word(lora, "kind", kind);
    }
    if (from != root && text_of(from, "description") != NULL) {
        lora_text(lora, "description", text_of(from, "description"));
    }
    if (port != NULL) {
        lora_word(lora, "match", arena_format(lora->arena, "{port: %s}", port));
    }
    lora_key(lora, "fields");
    lora_open(lora, '[');
    if (fields != NULL && fields->kind == NODE_SCALAR) {
        format = fields;
    }
    if (format != NULL && format->kind == NODE_SCALAR) {
        lora_put_compact(lora, format, node_get(from, "names"));
    } else {
        lora_put_items(lora, fields != NULL ? fields : from);
    }
    if (kind == NULL) {
        lora_put_metadata(lora, node_get(root, "metadata"));
    }
    lora_close(lora, ']');
    lora_close(lora, '}');
}

/* Of a layout, which may say another direction than the schema. */
static const char *kind_of(const struct node *root, const struct node *from)
{
    const char *direction = text_of(from, "direction");
    if (direction == NULL) {
        direction = text_of(root, "direction");
    }
    return direction != NULL && strcmp(direction, "downlink") == 0 ? "command" : NULL;
}

static bool has_layout(const struct node *root)
{
    return node_get(root, "fields") != NULL || node_get(root, "format") != NULL;
}

enum { PORTS = 256 };

/* A key of 'ports', which may be in quotes; false after an error. */
static bool port_of(struct lora *lora, const struct node *key, exact_int *ret)
{
    const struct node plain = {.kind = NODE_SCALAR,
                               .where = key->where,
                               .text = key->text,
                               .length = key->length};
    return scalar_integer(&lora->diag, &plain, "a port", 0, PORTS - 1, ret);
}

/* The ports that have no layout of their own, as a list of ranges; NULL for none. */
static const char *other_ports(struct lora *lora, const bool *own)
{
    struct out out;
    out_init(&out, lora->arena);
    for (unsigned from = 0, to; from < PORTS; from = to + 1) {
        for (to = from; to < PORTS && !own[to]; to++) {
        }
        const char *comma = out.length > 0 ? ", " : "[";
        if (to == from + 1) {
            out_format(&out, "%s%u", comma, from);
        } else if (to > from) {
            out_format(&out, "%s%u..%u", comma, from, to - 1);
        }
    }
    return out.length > 0 ? arena_format(lora->arena, "%s]", out.text) : NULL;
}

/* Beside 'ports' the layout for all other ports is called 'default', or stands at the
 * root. */
static void put_ports(struct lora *lora, const struct node *root,
                      const struct node *ports)
{
    exact_int number;
    const struct node *other = has_layout(root) ? root : NULL;
    bool own[PORTS] = {false};
    if (!node_expect(&lora->diag, ports, NODE_MAP, "'ports'")) {
        return;
    }
    for (size_t i = 0; i < ports->count; i++) {
        if (strcmp(ports->keys[i]->text, "default") == 0) {
            other = ports->items[i]->kind != NODE_SCALAR ? ports->items[i] : NULL;
        } else if (port_of(lora, ports->keys[i], &number)) {
            own[number] = true;
            put_message(lora, arena_format(lora->arena, "port_%u", (unsigned)number),
                        kind_of(root, ports->items[i]),
                        arena_format(lora->arena, "%u", (unsigned)number),
                        ports->items[i]);
        }
    }
    const char *others = other != NULL ? other_ports(lora, own) : NULL;
    if (others != NULL) {
        put_message(lora, "other_ports", kind_of(root, other), others, other);
    }
}

static void put_commands(struct lora *lora, const struct node *commands)
{
    exact_int id;
    if (!node_expect(&lora->diag, commands, NODE_MAP, "'downlink_commands'")) {
        return;
    }
    for (size_t i = 0; i < commands->count; i++) {
        const struct node *one = commands->items[i], *code = node_get(one, "command_id");
        lora_know_keys(lora, one, "command_id fields name description");
        if (code == NULL) {
            lora_error(lora, one, "a command needs a 'command_id'");
            continue;
        }
        if (!scalar_integer(&lora->diag, code, "'command_id'", 0, 255, &id)) {
            continue;
        }
        lora_key(lora, lora_reference(lora, commands->keys[i]->text));
        lora_open(lora, '{');
        lora_word(lora, "kind", "command");
        lora_key(lora, "fields");
        lora_open(lora, '[');
        lora_open(lora, '{');
        lora_word(lora, "const", arena_format(lora->arena, "0x%02X", (unsigned)id));
        lora_word(lora, "type", "u8");
        lora_close(lora, '}');
        if (node_get(one, "fields") != NULL) {
            lora_put_items(lora, node_get(one, "fields"));
        }
        lora_close(lora, ']');
        lora_close(lora, '}');
    }
}

static void put_messages(struct lora *lora, const struct node *root)
{
    const struct node *ports = node_get(root, "ports");
    const struct node *commands = node_get(root, "downlink_commands");
    lora_key(lora, "messages");
    lora_open(lora, '{');
    if (ports != NULL) {
        put_ports(lora, root, ports);
    } else if (has_layout(root)) {
        put_message(lora, "report", kind_of(root, root), NULL, root);
    } else if (commands == NULL) {
        lora_error(lora, root, "a schema needs 'fields' or 'ports'");
    }
    if (commands != NULL) {
        put_commands(lora, commands);
    }
    lora_close(lora, '}');
}

/* The formats that other makers' floats have. */
static void put_formats(struct lora *lora)
{
    static const struct {
        const char *name, *format;
    } formats[] = {
        {"uflt16", "{sign: 0, exponent: 4, fraction: 12, bias: 15, hidden: false, "
                   "special: false}"},
        {"sflt16", "{sign: 1, exponent: 4, fraction: 11, bias: 15, hidden: false, "
                   "special: false}"},
        {"sflt24", "{sign: 1, exponent: 7, fraction: 16, bias: 63}"}};
    if (lora->formats.count == 0) {
        return;
    }
    lora_key(lora, "floats");
    lora_open(lora, '{');
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (lora_has_name(&lora->formats, formats[i].name)) {
            lora_word(lora, formats[i].name, formats[i].format);
        }
    }
    lora_close(lora, '}');
}

void lora_put_profile(struct lora *lora, const struct node *root)
{
    struct lora_scope scope = {.root = root};
    const char *endian = text_of(root, "endian");
    lora->scope = &scope;
    lora_know_keys(lora, root,
                   "name version endian description manufacturer device direction fields "
                   "format names ports definitions metadata downlink_commands "
                   "test_vectors");
    lora->little = endian != NULL && strcmp(endian, "little") == 0;
    lora->fields = lora->annotations = lora->hidden = lora->mark_count = 0;
    lora->unordered_count = 0;
    out_init(&lora->out, lora->arena);
    out_text(&lora->out, "");
    lora->fresh = true;
    lora->floats = lora->again = false;
    out_text(&lora->out, "{");
    lora_word(lora, "dragoman", "1");
    put_product(lora, root);
    put_messages(lora, root);
    put_formats(lora);
    put_wire(lora);
    lora->scope = NULL;
}
