/* SPDX-License-Identifier: MIT */
/* Decimal digits: their signs, their order, and what hex names among them. */
#include "item.h"

#include "scalar.h"

#include <string.h>

enum { PATTERN_NIBBLES = 14 }; /* half-bytes that a raw value can name as they stand */

static bool not_here(const struct item_context *context, const struct node *map,
                     const char *key, const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, key)->where,
                "'%s' has no meaning here: %s", key, why);
    return false;
}

uint64_t item_digit_bytes(const struct item *item, uint64_t digits)
{
    unsigned tail = item->digits.sign == DGM_DIGIT_SIGN_LAST_NIBBLE ? 1 : 0;
    return item->digits.characters ? digits : (digits + tail + 1) / 2;
}

static bool parse_sign(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    static const char *const words[] = {"top_bit", "f_digit", "ff_byte", "last_nibble"};
    const struct node *node = node_get(map, "sign");
    if (node == NULL)
        return true;
    if (!item->digits.given || item->form != ITEM_INTEGER)
        return not_here(context, map, "sign", "it is for bcd only");
    int word = scalar_word(context->diag, node, "'sign'", words, 4);
    item->digits.sign = (uint8_t)(DGM_DIGIT_SIGN_TOP_BIT + word);
    item->is_signed = true;
    return word >= 0;
}

static bool parse_nibbles(const struct item_context *context, const struct node *map,
                          struct item *item)
{
    static const char *const words[] = {"high_first", "low_first"};
    const struct node *node = node_get(map, "nibbles");
    if (node == NULL)
        return true;
    if (!item->digits.given)
        return not_here(context, map, "nibbles", "it is for bcd and digits only");
    int word = scalar_word(context->diag, node, "'nibbles'", words, 2);
    item->digits.low_first = word == 1;
    return word >= 0;
}

/* A text or digits that a pattern of time makes an integer. */
static void take_pattern(const struct node *map, struct item *item)
{
    const struct node *time = node_get(map, "time");
    if (time == NULL || item->form != ITEM_BYTES || item->is_reserved)
        return;
    item->digits.characters = !item->digits.given;
    item->digits.given = true;
    item->form = ITEM_INTEGER;
}

bool item_parse_digits(const struct item_context *context, const struct node *map,
                       struct item *item)
{
    bool is_text = item->form == ITEM_BYTES && item->show == DGM_SHOW_LATIN1;
    bool coded = item->digits.given || item->digits.reversed || item->is_sign_magnitude ||
                 item->is_gray;
    if (item->join != NULL && coded) {
        diag_report(context->diag, RULE_BAD_TYPE, node_get(map, "type")->where,
                    "what is joined is a plain integer, text or bytes");
        return false;
    }
    if (is_text || item->show == DGM_SHOW_DIGITS)
        take_pattern(map, item);
    if (!parse_sign(context, map, item) || !parse_nibbles(context, map, item))
        return false;
    if (!item->digits.given || item->form != ITEM_INTEGER)
        return true;
    item->width = 64;
    if (item->size.kind == EXTENT_FIXED)
        item->width = (unsigned)item_digit_bytes(item, item->size.count) * 8;
    return true;
}

bool item_is_digit_pattern(const struct item *item, const struct node *key)
{
    return item->digits.given && strncmp(key->text, "0x", 2) == 0 &&
           strstr(key->text, "..") == NULL;
}

/* Is a half-byte at this place no digit, the sign aside? `from_end` counts from 0. */
static bool is_foreign(const struct item *item, unsigned nibble, unsigned from_start,
                       unsigned from_end)
{
    switch (item->digits.sign) {
    case DGM_DIGIT_SIGN_TOP_BIT:
        return nibble > 9 && from_start > 0;
    case DGM_DIGIT_SIGN_F_DIGIT:
        return nibble > 9 && !(nibble == 15 && from_start == 0);
    case DGM_DIGIT_SIGN_FF_BYTE:
        return nibble > 9 && !(nibble == 15 && from_start < 2);
    case DGM_DIGIT_SIGN_LAST_NIBBLE:
        return (nibble > 9) != (from_end == 0);
    default:
        return nibble > 9;
    }
}

bool item_parse_digit_pattern(const struct item_context *context, const struct item *item,
                              const struct node *key, enum rule rule, struct label *ret)
{
    const exact_int mark = (exact_int)1 << 63;
    unsigned count = (unsigned)strlen(key->text) - 2;
    bool fixed = item->size.kind == EXTENT_FIXED, foreign = false;
    exact_int bits, decimal = 0;
    if (!scalar_integer(context->diag, key, "the digits", 0, UINT64_MAX, &bits))
        return false;
    uint64_t whole =
        fixed ? item_digit_bytes(item, item->size.count) * 2 : (count + 1) / 2 * 2;
    if (count > whole || whole > PATTERN_NIBBLES || item->digits.characters) {
        diag_report(context->diag, rule, key->where,
                    "'%s' cannot name the digits of this item as they stand", key->text);
        return false;
    }
    for (unsigned i = 0; i < whole; i++) {
        unsigned from_end = (unsigned)whole - 1 - i;
        unsigned nibble = (unsigned)(bits >> (4 * from_end)) & 15;
        foreign = foreign || is_foreign(item, nibble, i, from_end);
        decimal = decimal * 10 + nibble;
    }
    ret->where = key->where;
    ret->first = ret->last = foreign ? bits + (item->is_signed ? -mark : mark) : decimal;
    if (foreign || item->digits.sign == DGM_DIGIT_SIGN_NONE)
        return true;
    diag_report(context->diag, rule, key->where,
                "'%s' is a number with its sign; write the number", key->text);
    return false;
}
