/* SPDX-License-Identifier: MIT */
/* Encoding by a plan: finding a member that is not the expected one, or is not written
 * as tightly as expected. */
#include "plan_encode_run.h"

const uint8_t *plan_pass_blanks(struct plan_text text, const uint8_t *p)
{
    while (p < text.end && plan_is_blank(*p))
        p++;
    return p;
}

/* Does the field's name with its quotes and colon stand here? */
static bool stands(struct plan_text text, const uint8_t *p,
                   const struct plan_field *field, uint64_t word)
{
    if (((word ^ field->first >> 8) & field->mask >> 8) != 0)
        return false;
    /* The byte before is a comma, a brace or a blank, and the first eight bytes with it
     * are known to agree but for that. */
    return field->key_length <= 8 ||
           plan_rest_follows(text, p - 1, field->key, field->key_length);
}

static const struct plan_field *tight(struct plan_text text, const uint8_t *p,
                                      const struct plan_scope *scope,
                                      const struct plan_field *expected)
{
    const struct plan_field *end = scope->fields + scope->count;
    uint64_t word = plan_word(text, p);
    if (expected < end && stands(text, p, expected, word))
        return expected;
    for (const struct plan_field *field = scope->fields; field < end; field++)
        if (stands(text, p, field, word))
            return field;
    return NULL;
}

/* A name with blanks before its colon. */
static const uint8_t *loose(struct plan_run *run, const struct plan_scope *scope,
                            const uint8_t *p, const struct plan_field **ret)
{
    const uint8_t *end = p + 1;
    while (end < run->text.end && *end >= 0x20 && *end < 0x80 && *end != '"' &&
           *end != '\\')
        end++;
    if (!plan_next_is(run->text, end, '"'))
        return NULL;
    size_t length = (size_t)(end - p) + 1;
    end = plan_blanks(run->text, end + 1);
    if (!plan_next_is(run->text, end, ':'))
        return NULL;
    for (uint32_t i = 0; i < scope->count; i++) {
        const struct plan_field *field = &scope->fields[i];
        if (field->key_length == length + 2 && memcmp(field->key + 1, p, length) == 0) {
            *ret = field;
            return end + 1;
        }
    }
    run->is_foreign = true;
    return NULL;
}

PLAN_APART const uint8_t *plan_find(struct plan_run *run, const struct plan_scope *scope,
                                    const uint8_t *p, bool is_first,
                                    const struct plan_field **field)
{
    struct plan_text text = run->text;
    p = plan_blanks(text, is_first ? p + 1 : p);
    if (plan_next_is(text, p, '}')) {
        *field = NULL;
        return p + 1;
    }
    if (!is_first) {
        if (!plan_next_is(text, p, ','))
            return NULL;
        p = plan_blanks(text, p + 1);
    }
    if (!plan_next_is(text, p, '"'))
        return NULL;
    const struct plan_field *found = tight(text, p, scope, *field);
    if (found == NULL)
        return loose(run, scope, p, field);
    *field = found;
    return p + found->key_length - 1;
}
