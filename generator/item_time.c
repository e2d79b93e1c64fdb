/* SPDX-License-Identifier: MIT */
/* Instants: what number on the wire means which, and how it is shown. */
#include "item.h"

#include "instant.h"
#include "language.h"
#include "scalar.h"

#include <string.h>

enum { MAX_PATTERN = 32, MAX_ZONE = 14 * 60 };

static bool not_here(const struct item_context *context, const struct node *map,
                     const char *key, const char *why)
{
    diag_report(context->diag, RULE_KEY_NOT_HERE, node_key(map, key)->where,
                "'%s' has no meaning here: %s", key, why);
    return false;
}

static bool bad_pattern(const struct item_context *context, const struct node *node,
                        const char *why)
{
    diag_report(context->diag, RULE_BAD_VALUE, node->where,
                "'time' is unix, unix_ms, members, {unit, epoch} or a pattern such as "
                "YYMMDDhhmmss; '%s': %s",
                node->text, why);
    return false;
}

/* The letters that stand for digits, from the coarsest to the finest. */
static const char letters[] = "YMDhmsf";

static unsigned letter_place(char letter)
{
    const char *found = letter != '\0' ? strchr(letters, letter) : NULL;
    return found != NULL ? (unsigned)(found - letters) : sizeof(letters) - 1;
}

static bool run_fits(char letter, unsigned run)
{
    return letter == 'Y' ? run == 2 || run == 4 : run == (letter == 'f' ? 3 : 2);
}

static uint8_t precision_of(unsigned seen)
{
    static const uint8_t precisions[] = {DGM_PRECISION_DAY, DGM_PRECISION_HOUR,
                                         DGM_PRECISION_MINUTE, DGM_PRECISION_SECOND,
                                         DGM_PRECISION_MILLISECOND};
    unsigned finest = 2;
    for (unsigned i = 3; i < 7; i++)
        if (seen >> i & 1)
            finest = i;
    return precisions[finest - 2];
}

/* Parts once each, none left out between two others; how many digits there are. */
static bool check_pattern(const struct item_context *context, const struct node *node,
                          struct item *item, unsigned *ret_digits)
{
    const char *text = node->text;
    unsigned seen = 0;
    *ret_digits = 0;
    for (size_t i = 0; text[i] != '\0';) {
        unsigned place = letter_place(text[i]), run = 0;
        if (place == sizeof(letters) - 1) {
            bool stands = item->digits.characters && text[i] >= ' ' && text[i] < 0x7F;
            if (!stands)
                return bad_pattern(context, node, "its letters are YMDhmsf");
            i++;
            continue;
        }
        while (text[i + run] == text[i])
            run++;
        if (!run_fits(text[i], run) || (seen >> place & 1) != 0)
            return bad_pattern(context, node,
                               "a part is YYYY, YY, MM, DD, hh, mm, ss or fff, once");
        seen |= 1u << place;
        *ret_digits += run;
        i += run;
    }
    if ((seen & 7) != 7 || (seen & (seen + 1)) != 0)
        return bad_pattern(context, node,
                           "year, month and day are needed, and no part between others "
                           "is left out");
    item->time.precision = precision_of(seen);
    return true;
}

static bool parse_pattern(const struct item_context *context, const struct node *map,
                          const struct node *node, struct item *item)
{
    unsigned digits;
    if (!item->digits.given)
        return bad_pattern(context, node, "a pattern is for bcd, digits and text");
    if (item->digits.sign != DGM_DIGIT_SIGN_NONE)
        return not_here(context, map, "sign", "a date has none");
    if (!check_pattern(context, node, item, &digits))
        return false;
    unsigned long length = item->digits.characters ? node->length : digits;
    if (digits > DGM_MAX_NUMBER_DIGITS || length > MAX_PATTERN)
        return bad_pattern(context, node, "it is too long");
    if (item->size.kind != EXTENT_FIXED || item->size.count != length) {
        diag_report(context->diag, RULE_BAD_VALUE, node->where,
                    "the pattern has %lu %s, which is what the type must have", length,
                    item->digits.characters ? "characters" : "digits");
        return false;
    }
    item->time.pattern = node->text;
    if (item->exact_only)
        item->scaling = (struct scaling_plan){true, 0, 1, 0, 1};
    return true;
}

/* Seconds since 1970 of what the wire calls 0. */
static bool parse_epoch(const struct item_context *context, const struct node *node,
                        int64_t *ret_ms)
{
    *ret_ms = 0;
    if (node == NULL)
        return true;
    if (!node_expect(context->diag, node, NODE_SCALAR, "'epoch'"))
        return false;
    if (instant_parse(node->text, ret_ms))
        return true;
    diag_report(context->diag, RULE_BAD_VALUE, node->where,
                "'epoch' is an instant such as 20000101T000000Z");
    return false;
}

bool item_parse_default_time(const struct item_context *context, const struct node *node,
                             struct item *item)
{
    if (instant_parse(node->text, &item->default_ms))
        return true;
    diag_report(context->diag, RULE_BAD_VALUE, node->where,
                "the default of event_time is an instant such as 20000101T000000Z");
    return false;
}

/* {unit: s, epoch: 20000101T000000Z} */
static bool parse_count(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    static const char *const units[] = {"ms", "s", "min", "h", "d"};
    static const int64_t factors[] = {1, 1, 60, 3600, 86400};
    const struct node *unit = node_get(map, "unit"), *epoch = node_get(map, "epoch");
    int64_t start;
    int word = 1;
    if (!language_check_keys(context->diag, map, PLACE_TIME))
        return false;
    if (unit != NULL && (word = scalar_word(context->diag, unit, "'unit'", units, 5)) < 0)
        return false;
    if (!parse_epoch(context, epoch, &start))
        return false;
    if (word > 0 && start % 1000 != 0) {
        diag_report(context->diag, RULE_BAD_VALUE, epoch->where,
                    "'epoch' has parts of a second, which the unit has not");
        return false;
    }
    bool is_ms = word == 0;
    item->scaling = (struct scaling_plan){true, is_ms ? 3 : 0, factors[word],
                                          is_ms ? start : start / 1000, 1};
    item->time.precision = is_ms ? DGM_PRECISION_MILLISECOND : DGM_PRECISION_SECOND;
    return true;
}

/* "+08:00" */
static bool parse_zone(const struct item_context *context, const struct node *node,
                       struct item *item)
{
    if (node == NULL)
        return true;
    if (!node_expect(context->diag, node, NODE_SCALAR, "'zone'"))
        return false;
    const char *text = node->text;
    bool fine = node->length == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
    for (unsigned i = 1; fine && i < 6; i++)
        fine = i == 3 || (text[i] >= '0' && text[i] <= '9');
    int minutes = 0;
    if (fine)
        minutes = ((text[1] - '0') * 10 + text[2] - '0') * 60 + (text[4] - '0') * 10 +
                  text[5] - '0';
    if (!fine || minutes > MAX_ZONE || text[4] > '5') {
        diag_report(context->diag, RULE_BAD_VALUE, node->where,
                    "'zone' is a time ahead of UTC such as +08:00, up to 14 hours");
        return false;
    }
    item->time.zone = text[0] == '-' ? -minutes : minutes;
    return true;
}

static bool is_plain(const struct item *item)
{
    return !item->is_bool && item->labels == NULL && item->flags == NULL &&
           !item->is_sign_magnitude;
}

/* A number that counts from an epoch, in the wire's zone. */
static void shift_zone(struct item *item)
{
    int64_t seconds = (int64_t)item->time.zone * 60;
    if (item->time.pattern != NULL || item->form != ITEM_INTEGER || seconds == 0)
        return;
    if (!item->scaling.given)
        item->scaling = (struct scaling_plan){true, 0, 1, 0, 1};
    item->scaling.add -= item->scaling.digits == 3 ? seconds * 1000 : seconds;
}

static bool parse_form(const struct item_context *context, const struct node *map,
                       const struct node *node, struct item *item)
{
    if (node->kind == NODE_MAP && item->form != ITEM_VALUE)
        return parse_count(context, node, item);
    if (!node_expect(context->diag, node, NODE_SCALAR, "'time'"))
        return false;
    if (strcmp(node->text, "unix") == 0)
        return true;
    if (strcmp(node->text, "members") == 0)
        return not_here(context, map, "time", "'members' are those of a group");
    if (item->form == ITEM_VALUE)
        return not_here(context, map, "time", "instants of expressions are seconds");
    if (strcmp(node->text, "unix_ms") != 0)
        return parse_pattern(context, map, node, item);
    item->scaling = (struct scaling_plan){true, 3, 1, 0, 1};
    item->time.precision = DGM_PRECISION_MILLISECOND;
    return true;
}

static bool is_time_word(const struct node *node)
{
    static const char *const words[] = {"compact", "iso",   "iso_ms",  "datetime",
                                        "date",    "epoch", "epoch_ms"};
    for (size_t i = 0; node != NULL && i < sizeof(words) / sizeof(words[0]); i++)
        if (node->kind == NODE_SCALAR && strcmp(node->text, words[i]) == 0)
            return true;
    return false;
}

bool item_parse_time(const struct item_context *context, const struct node *map,
                     struct item *item)
{
    const struct node *node = node_get(map, "time"), *zone = node_get(map, "zone");
    bool implied = item->form == ITEM_VALUE && is_time_word(node_get(map, "as"));
    if (node == NULL && !implied && item->role != DGM_ROLE_EVENT_TIME)
        return zone == NULL || not_here(context, map, "zone", "the value is no time");
    if (node != NULL && !is_plain(item))
        return not_here(context, map, "time", "the value is no plain number");
    if (node != NULL && !parse_form(context, map, node, item))
        return false;
    if (!parse_zone(context, zone, item))
        return false;
    if (item->digits.characters && item->time.pattern == NULL)
        return not_here(context, map, "time", "a text is a time by a pattern");
    item->is_time = true;
    item->show = DGM_SHOW_TIME_COMPACT;
    shift_zone(item);
    return true;
}

bool item_parse_time_as(const struct item_context *context, const struct node *node,
                        struct item *item)
{
    static const char *const words[] = {"compact",  "iso",  "iso_ms",  "epoch",
                                        "datetime", "date", "epoch_ms"};
    static const uint8_t shows[] = {DGM_SHOW_TIME_COMPACT,  DGM_SHOW_TIME_ISO,
                                    DGM_SHOW_TIME_ISO_MS,   DGM_SHOW_TIME_EPOCH,
                                    DGM_SHOW_TIME_DATETIME, DGM_SHOW_TIME_DATE,
                                    DGM_SHOW_TIME_EPOCH_MS};
    int word = scalar_word(context->diag, node, "'as'", words, 7);
    if (word < 0)
        return false;
    item->show = shows[word];
    /* What counts seconds already is just that number. */
    if (item->show == DGM_SHOW_TIME_EPOCH && item->time.pattern == NULL &&
        item->moment == NULL)
        item->show = item->scaling.given ? DGM_SHOW_DECIMAL : DGM_SHOW_INT;
    return true;
}

bool item_parse_instant(const struct item_context *context, const struct node *map,
                        struct item *item)
{
    const struct node *as = node_get(map, "as");
    if (!parse_zone(context, node_get(map, "zone"), item))
        return false;
    item->is_time = true;
    item->show = DGM_SHOW_TIME_COMPACT;
    return as == NULL || item_parse_time_as(context, as, item);
}
