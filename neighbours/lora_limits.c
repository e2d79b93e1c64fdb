/* SPDX-License-Identifier: MIT */
/* What values of LoRa payload schemas are no readings, or worth a warning. */
#include "lora_parts.h"

#include <string.h>

void lora_put_sentinel(struct lora *lora, const struct node *field)
{
    const struct node *sentinel = node_get(field, "sentinel");
    exact_int number;
    if (sentinel == NULL) {
        return;
    }
    bool list = sentinel->kind == NODE_LIST;
    lora_key(lora, "invalid");
    lora_open(lora, '[');
    for (size_t i = 0; i < (list ? sentinel->count : 1); i++) {
        const struct node *one = list ? sentinel->items[i] : sentinel;
        if (scalar_integer(&lora->diag, one, "'sentinel'", INT64_MIN, UINT64_MAX,
                           &number)) {
            lora_element(lora, one->text);
        }
    }
    lora_close(lora, ']');
}

static bool is_omitted_outside(const struct node *field)
{
    const struct node *outside = node_get(field, "out_of_range");
    return outside != NULL && outside->kind == NODE_SCALAR &&
           strcmp(outside->text, "omit") == 0;
}

/* The two ends of `valid_range`; false if there is none, or after an error. */
static bool range_of(struct lora *lora, const struct node *field, struct exact *ret_low,
                     struct exact *ret_high)
{
    const struct node *range = node_get(field, "valid_range");
    if (range == NULL) {
        return false;
    }
    if (range->kind != NODE_LIST || range->count != 2) {
        lora_error(lora, range, "'valid_range' is a list of two numbers");
        return false;
    }
    return lora_number(lora, range->items[0], ret_low) &&
           lora_number(lora, range->items[1], ret_high);
}

void lora_put_limits(struct lora *lora, const struct node *field)
{
    struct exact low, high;
    if (is_omitted_outside(field) && range_of(lora, field, &low, &high)) {
        lora_word(lora, "valid",
                  arena_format(lora->arena, "%s..%s", lora_digits(lora, low),
                               lora_digits(lora, high)));
        lora_word(lora, "outside", "omit");
    }
}

/* A range of the value that only a warning comes of. */
void lora_put_warning(struct lora *lora, const struct node *field)
{
    const char *name = lora_name(lora, field);
    struct exact low, high;
    if (name == NULL || is_omitted_outside(field) ||
        !range_of(lora, field, &low, &high)) {
        return;
    }
    const char *from = lora_digits(lora, low), *to = lora_digits(lora, high);
    const char *reference = lora_reference(lora, lora_own_name(field));
    lora_open(lora, '{');
    lora_text(lora, "warn",
              arena_format(lora->arena, "%s is outside %s to %s", name, from, to));
    lora_text(
        lora, "when",
        arena_format(lora->arena, "%s < %s or %s > %s", reference, from, reference, to));
    lora_close(lora, '}');
}
