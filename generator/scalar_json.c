/* SPDX-License-Identifier: MIT */
/* YAML nodes as compact JSON text. The tree's depth bounds the recursion. */
#include "scalar.h"

#include <string.h>

#include "out.h"
#include "scalar_words.h"

static void put_string(struct out *out, const char *text, size_t length)
{
    static const char named[] = "\b\f\n\r\t\"\\";
    static const char letters[] = "bfnrt\"\\";

    out_text(out, "\"");
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        const char *at = byte == 0 ? NULL : strchr(named, byte);
        if (at != NULL)
            out_format(out, "\\%c", letters[at - named]);
        else if (byte < 0x20)
            out_format(out, "\\u%04x", (unsigned)byte);
        else
            out_bytes(out, text + i, 1);
    }
    out_text(out, "\"");
}

const char *scalar_json_string(struct arena *arena, const char *text, size_t length)
{
    struct out out;

    out_init(&out, arena);
    put_string(&out, text, length);
    return out.text;
}

static const char *skip_digits(const char *at)
{
    return at + strspn(at, "0123456789");
}

/* The grammar of JSON's numbers. */
static bool is_json_number(const char *text)
{
    const char *at = *text == '-' ? text + 1 : text;
    const char *end = skip_digits(at);

    if (end == at || (*at == '0' && end - at > 1))
        return false;
    if (*end == '.') {
        at = end + 1;
        end = skip_digits(at);
        if (end == at)
            return false;
    }
    if (*end == 'e' || *end == 'E') {
        at = end[1] == '+' || end[1] == '-' ? end + 2 : end + 1;
        end = skip_digits(at);
        if (end == at)
            return false;
    }
    return *end == '\0';
}

/* Numbers keep their spelling; hex becomes decimal. */
static bool put_number(struct out *out, struct diag *diag, const struct node *node)
{
    struct exact value;
    char text[96];

    if (is_json_number(node->text)) {
        out_text(out, node->text);
        return true;
    }
    if (strncmp(node->text, "0x", 2) == 0 &&
        exact_parse(node->text, node->length, /* hex */ true, &value)) {
        exact_text(value, text, sizeof(text));
        out_text(out, text);
        return true;
    }
    bool integer = scalar_is_integer(node->text);
    diag_report(diag, integer ? RULE_ODD_INTEGER : RULE_EXPECTED_NUMBER, node->where,
                "'%s' is no number of JSON: write it in decimal, or in quotes if it is "
                "text",
                node->text);
    const char *plain = integer ? scalar_plain_integer(diag->arena, node->text) : NULL;
    if (plain != NULL)
        diag_fix_scalar(diag, node->where, node->text, plain);
    return false;
}

static bool put_scalar(struct out *out, struct diag *diag, const struct node *node)
{
    static const char *const constants[] = {"true", "false", "null"};

    if (node->quoted) {
        put_string(out, node->text, node->length);
        return true;
    }
    if (node->length == 0) {
        diag_report(diag, RULE_EXPECTED_SCALAR, node->where,
                    "a value is missing: write null if that is meant");
        return false;
    }
    for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
        if (strcmp(node->text, constants[i]) == 0) {
            out_text(out, node->text);
            return true;
        }
    }
    if (scalar_is_integer(node->text) || scalar_is_float(node->text))
        return put_number(out, diag, node);
    if (scalar_is_constant(node->text)) {
        diag_report(
            diag, RULE_QUOTE_TEXT, node->where,
            "some YAML readers take %s for %s: write true, false or null, or \"%s\" "
            "in quotes",
            node->text, scalar_guess(node->text), node->text);
        return false;
    }
    put_string(out, node->text, node->length);
    return true;
}

static bool put_node(struct out *out, struct diag *diag, const struct node *node)
{
    bool map = node->kind == NODE_MAP, fine = true;

    if (node->kind == NODE_SCALAR)
        return put_scalar(out, diag, node);
    out_text(out, map ? "{" : "[");
    for (size_t i = 0; i < node->count; i++) {
        if (i != 0)
            out_text(out, ",");
        if (map) {
            const char *key = scalar_name(diag, node->keys[i], "a member's name");
            fine = fine && key != NULL;
            put_string(out, node->keys[i]->text, node->keys[i]->length);
            out_text(out, ":");
        }
        fine = put_node(out, diag, node->items[i]) && fine;
    }
    out_text(out, map ? "}" : "]");
    return fine;
}

const char *scalar_json(struct diag *diag, const struct node *node)
{
    struct out out;

    out_init(&out, diag->arena);
    return put_node(&out, diag, node) ? out.text : NULL;
}
