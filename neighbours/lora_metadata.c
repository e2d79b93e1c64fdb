/* SPDX-License-Identifier: MIT */
/* What LoRa payload schemas add to the values of a frame: its port, and times. */
#include "lora_parts.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const struct node *node, const char *key)
{
    const struct node *text = node_get(node, key);
    return text != NULL && text->kind == NODE_SCALAR && text->length > 0 ? text->text
                                                                         : NULL;
}

static void put_instant(struct lora *lora, const char *name, const char *value)
{
    lora_open(lora, '{');
    lora_text(lora, "name", name);
    lora_text(lora, "value", value);
    lora_word(lora, "time", "unix");
    lora_word(lora, "as", "iso_ms");
    lora_close(lora, '}');
}

/* What the network knows of a frame and the codec is told. */
static void put_include(struct lora *lora, const struct node *item)
{
    const char *name = text_of(item, "name"), *source = text_of(item, "source");
    lora_know_keys(lora, item, "name source");
    if (name == NULL || source == NULL) {
        lora_error(lora, item, "metadata needs 'name' and 'source'");
    } else if (strcmp(source, "$recvTime") == 0) {
        put_instant(lora, name, "frame.time");
    } else if (strcmp(source, "$fPort") == 0) {
        lora_open(lora, '{');
        lora_text(lora, "name", name);
        lora_word(lora, "value", "frame.port");
        lora_close(lora, '}');
    } else {
        lora_warn(lora, item, "'%s' is no value of a frame, and left out", source);
    }
}

/* Seconds from 1970 to a day; the month from 1. */
static int64_t seconds_to(unsigned year, unsigned month, unsigned day)
{
    static const unsigned before[] = {0,   31,  59,  90,  120, 151,
                                      181, 212, 243, 273, 304, 334};
    unsigned past = month > 2 ? year : year - 1;
    int64_t leaps = (int64_t)(past / 4 - past / 100 + past / 400) - 477;
    int64_t days = ((int64_t)year - 1970) * 365 + leaps + before[month - 1] + day - 1;
    return days * 24 * 60 * 60;
}

/* "2013-01-01T00:00:00Z", midnight of a day; false after an error. */
static bool take_epoch(struct lora *lora, const struct node *epoch, int64_t *ret)
{
    unsigned year, month, day;
    char rest[16] = "";
    const char *text = epoch->kind == NODE_SCALAR ? epoch->text : "";
    if (sscanf(text, "%4u-%2u-%2u%15s", &year, &month, &day, rest) < 3 || year < 1 ||
        month < 1 || month > 12 || day < 1 || day > 31 ||
        (rest[0] != '\0' && strcmp(rest, "T00:00:00Z") != 0)) {
        lora_error(lora, epoch, "an epoch is a day such as 2013-01-01T00:00:00Z");
        return false;
    }
    *ret = seconds_to(year, month, day);
    return true;
}

/* An instant that a field counts, from 1970 or from the epoch that is said. */
static void put_counted(struct lora *lora, const struct node *item, const char *name,
                        const char *field)
{
    const struct node *epoch = node_get(item, "epoch");
    const char *value = lora_reference(lora, field);
    int64_t from = 0;
    if (epoch != NULL && !take_epoch(lora, epoch, &from)) {
        return;
    }
    put_instant(lora, name,
                from != 0 ? arena_format(lora->arena, "%s + %lld", value, (long long)from)
                          : value);
}

/* The field that a time is told by, as each mode calls it; NULL if it is not said. */
static const char *time_field(const struct node *item, const char *mode)
{
    const char *key = strcmp(mode, "subtract") == 0              ? "offset_field"
                      : strcmp(mode, "elapsed_to_absolute") == 0 ? "elapsed_field"
                                                                 : "field";
    return text_of(item, key);
}

static void put_timestamp(struct lora *lora, const struct node *item)
{
    const char *name = text_of(item, "name"), *mode = text_of(item, "mode");
    mode = mode != NULL ? mode : "rx_time";
    const char *field = time_field(item, mode);
    bool counted = strcmp(mode, "unix_epoch") == 0 || strcmp(mode, "iso8601") == 0;
    const char *base = text_of(item, "time_base");
    bool past =
        (strcmp(mode, "subtract") == 0 || strcmp(mode, "elapsed_to_absolute") == 0) &&
        (base == NULL || strcmp(base, "rx_time") == 0);
    lora_know_keys(lora, item,
                   "name mode field offset_field elapsed_field time_base epoch source");
    if (name == NULL) {
        lora_error(lora, item, "a time needs a 'name'");
    } else if (strcmp(mode, "rx_time") == 0) {
        put_instant(lora, name, "frame.time");
    } else if (past && field != NULL) {
        put_instant(
            lora, name,
            arena_format(lora->arena, "frame.time - %s", lora_reference(lora, field)));
    } else if (counted && field != NULL) {
        put_counted(lora, item, name, field);
    } else {
        lora_warn(lora, item, "times of the mode '%s' are left out", mode);
    }
}

void lora_put_metadata(struct lora *lora, const struct node *metadata)
{
    static const struct {
        const char *key;
        void (*put)(struct lora *lora, const struct node *item);
    } lists[] = {{"include", put_include}, {"timestamps", put_timestamp}};
    for (size_t k = 0; k < sizeof(lists) / sizeof(lists[0]); k++) {
        const struct node *list = node_get(metadata, lists[k].key);
        size_t count = list != NULL && list->kind == NODE_LIST ? list->count : 0;
        for (size_t i = 0; i < count; i++) {
            lists[k].put(lora, list->items[i]);
        }
    }
}
