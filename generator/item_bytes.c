/* SPDX-License-Identifier: MIT */
/* Text and bytes: encoding, what fills them up or ends them, and how they are shown. */
#include "item.h"

#include "scalar.h"

#include <string.h>

enum { MAX_SEPARATOR = 8 };

static bool not_here(const struct item_context *context, const struct node *map,
                     const char *key, const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, key)->where,
                "'%s' has no meaning here: %s", key, why);
    return false;
}

static bool is_text(const struct item *item)
{
    return item->show >= DGM_SHOW_LATIN1 && item->show <= DGM_SHOW_UTF8;
}

static bool parse_encoding(const struct item_context *context, const struct node *map,
                           struct item *item)
{
    static const char *const words[] = {"latin1", "ascii", "utf8"};
    const struct node *node = node_get(map, "encoding");
    if (node == NULL)
        return true;
    if (item->form != ITEM_BYTES || item->show != DGM_SHOW_LATIN1)
        return not_here(context, map, "encoding", "it is for text only");
    int word = scalar_word(context->diag, node, "'encoding'", words, 3);
    item->show = (uint8_t)(DGM_SHOW_LATIN1 + (word < 0 ? 0 : word));
    if (item->show == DGM_SHOW_UTF8 && item->digits.reversed)
        return not_here(context, map, "encoding",
                        "characters of several bytes cannot be read backwards");
    return word >= 0;
}

static bool parse_byte(const struct item_context *context, const struct node *map,
                       const char *key, int lowest, int highest, bool *given,
                       uint8_t *ret)
{
    const struct node *node = node_get(map, key);
    const char *what = arena_format(context->diag->arena, "'%s'", key);
    exact_int value;
    if (node == NULL)
        return true;
    if (!scalar_integer(context->diag, node, what, lowest, highest, &value))
        return false;
    *given = true;
    *ret = (uint8_t)value;
    return true;
}

static bool parse_filling(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    bool is_digits = item->show == DGM_SHOW_DIGITS;
    const char *pad_fault = item->form != ITEM_BYTES ? "a date fills its place" : NULL;
    if (node_get(map, "pad") != NULL && pad_fault != NULL)
        return not_here(context, map, "pad", pad_fault);
    if (node_get(map, "end") != NULL && (item->form != ITEM_BYTES || !is_text(item)))
        return not_here(context, map, "end", "it is for text only");
    if (node_get(map, "end") != NULL && item->join != NULL)
        return not_here(context, map, "end", "its pieces have a size");
    if (node_get(map, "end") != NULL && item->digits.reversed)
        return not_here(context, map, "end", "the text stands backwards");
    int last = item->show == DGM_SHOW_LATIN1 ? 255 : 127;
    return parse_byte(context, map, "pad", is_digits ? 10 : 0, is_digits ? 15 : 255,
                      &item->is_padded, &item->padding) &&
           parse_byte(context, map, "end", 0, last, &item->has_end, &item->end);
}

bool item_parse_bytes(const struct item_context *context, const struct node *map,
                      struct item *item)
{
    const struct node *node = node_get(map, "separator");
    if (node != NULL) {
        item->separator = scalar_text(context->diag, node, "'separator'");
        if (item->separator == NULL)
            return false;
        if (node->length == 0 || node->length > MAX_SEPARATOR) {
            diag_report(context->diag, RULE_BAD_VALUE, node->where,
                        "'separator' has 1 to %d characters", MAX_SEPARATOR);
            return false;
        }
    }
    return parse_encoding(context, map, item) && parse_filling(context, map, item);
}

/* Numbers out of digits would run together if one could stand between them. */
static bool check_separator(const struct item_context *context, const struct node *map,
                            const struct item *item)
{
    const struct node *node = node_get(map, "separator");
    if (node == NULL)
        return true;
    bool hex = item->show == DGM_SHOW_BYTES_HEX || item->show == DGM_SHOW_BYTES_HEX_UPPER;
    if (!hex && item->show != DGM_SHOW_BYTES_DOTTED)
        return not_here(context, map, "separator", "it is for hex and dotted");
    for (size_t i = 0; i < node->length; i++) {
        unsigned char letter = (unsigned char)node->text[i];
        if (letter >= ' ' && letter < 0x7F && letter != '"' && letter != '\\' &&
            strchr("0123456789abcdefABCDEF", letter) == NULL)
            continue;
        diag_report(context->diag, RULE_BAD_VALUE, node->where,
                    "'separator' holds a digit, or what JSON must escape");
        return false;
    }
    return true;
}

static bool parse_text_as(const struct item_context *context, const struct node *map,
                          const struct node *node, struct item *item)
{
    static const char *const words[] = {"number"};
    if (item->show == DGM_SHOW_DIGITS)
        return not_here(context, map, "as", "digits are shown as they are; use 'bcd'");
    if (scalar_word(context->diag, node, "'as'", words, 1) < 0)
        return false;
    if (item->role != DGM_ROLE_NONE || item->has_end || item->join != NULL)
        return not_here(context, map, "as",
                        "a number has no role, no end byte and no pieces");
    item->show = DGM_SHOW_TEXT_NUMBER;
    return true;
}

bool item_parse_bytes_as(const struct item_context *context, const struct node *map,
                         const struct node *node, struct item *item)
{
    static const char *const words[] = {"base64", "hex", "HEX", "array", "dotted"};
    static const uint8_t shows[] = {DGM_SHOW_BASE64, DGM_SHOW_BYTES_HEX,
                                    DGM_SHOW_BYTES_HEX_UPPER, DGM_SHOW_BYTES_ARRAY,
                                    DGM_SHOW_BYTES_DOTTED};
    if (node == NULL)
        return check_separator(context, map, item);
    if (is_text(item) || item->show == DGM_SHOW_DIGITS)
        return parse_text_as(context, map, node, item);
    int word = scalar_word(context->diag, node, "'as'", words, 5);
    if (word < 0)
        return false;
    item->show = shows[word];
    bool filled = item->is_padded;
    if (item->show == DGM_SHOW_BYTES_ARRAY &&
        (item->role != DGM_ROLE_NONE || filled || item->join != NULL))
        return not_here(context, map, "as",
                        "an array has no role, no padding and no pieces");
    return check_separator(context, map, item);
}
