/* SPDX-License-Identifier: MIT */
#include "firmware_product.h"

#include "firmware_emit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const struct dgm_model *model, uint32_t offset)
{
    return (const char *)model + model->pool.offset + offset;
}

void firmware_stem(const struct dgm_codec *codec, char stem[FIRMWARE_STEM])
{
    const struct dgm_model *model = dgm_codec_model(codec);
    const char *name = text_of(model, model->model);
    char text[FIRMWARE_STEM * 4];
    name = name[0] != '\0' ? name : text_of(model, model->product_id);
    (void)snprintf(text, sizeof(text), "%.100s-%.100s",
                   text_of(model, model->manufacturer_id), name);
    firmware_identifier(text, strlen(text), FIRMWARE_LOWER, stem);
}

static void put_upper(char *text)
{
    for (; *text != '\0'; text++) {
        *text = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
}

/* --- Messages ---------------------------------------------------------------------- */

void firmware_put_function(struct firmware_emit *emit)
{
    if (firmware_has_guards(emit->plan)) {
        firmware_guards(emit);
    }
    if (emit->plan->down) {
        firmware_decode(emit);
    } else {
        firmware_encode(emit);
    }
    (void)fputc('\n', emit->file);
}

/* Write the function to nowhere, until what the rows are no longer changes: afterwards it
 * is known which variables it needs. False if memory is out. */
static bool write_once(struct firmware_plan *plan, bool *ret_again)
{
    char *text = NULL;
    size_t length = 0;
    char before[sizeof(plan->refusal)];
    struct firmware_emit emit = {plan, open_memstream(&text, &length), 0, 0, 0, false};
    if (emit.file == NULL) {
        return false;
    }
    (void)strcpy(before, plan->refusal);
    firmware_put_function(&emit);
    if (emit.again) { /* what was missing may be there now */
        (void)strcpy(plan->refusal, before);
    }
    *ret_again = emit.again;
    (void)fclose(emit.file);
    free(text);
    return true;
}

static bool settle(struct firmware_plan *plan)
{
    const unsigned most = plan->message->row_count + 8u;
    size_t marks = 0, before = SIZE_MAX;
    bool again = true;
    for (unsigned i = 0; (again || marks != before) && !firmware_refused(plan); i++) {
        if (again) {
            firmware_forget_marks(plan);
            firmware_plan_name(plan);
        }
        before = again ? SIZE_MAX : marks;
        if (!write_once(plan, &again)) {
            return false;
        }
        marks = firmware_count_marks(plan);
        if (i > most) {
            firmware_refuse(plan, NULL, "its rows do not settle");
        }
    }
    return true;
}

static bool is_name_taken(const struct firmware *firmware, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(firmware->plans[i].name, firmware->plans[index].name) == 0) {
            return true;
        }
    }
    return false;
}

/* Structs and enums of the header have these names. */
static bool is_own(const char *name)
{
    static const char *const names[] = {"status", "field", "fault", "message", "down"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void set_name(struct firmware_plan *plan, const char *name)
{
    firmware_identifier(name, strlen(name), FIRMWARE_LOWER, plan->name);
    if (is_own(plan->name)) {
        (void)strcat(plan->name, "_msg");
    }
}

static void name_message(struct firmware *firmware, size_t index)
{
    struct firmware_plan *plan = &firmware->plans[index];
    const char *name =
        text_of(firmware->tables.model, firmware->tables.messages[index].name);
    set_name(plan, name);
    for (unsigned number = 2; is_name_taken(firmware, index); number++) {
        set_name(plan, name);
        firmware_number_name(plan->name, number);
    }
}

static void tell(struct firmware *firmware, const struct firmware_plan *plan,
                 const char *format, const char *what)
{
    char text[NOTES_TEXT];
    (void)snprintf(text, sizeof(text), format,
                   text_of(firmware->tables.model, plan->message->name), what);
    notes_tell(firmware->notes, DGM_SEVERITY_WARNING, firmware->call->source, 0, 0, "%s",
               text);
}

/* What the code does not do for a message that it holds. */
static void tell_limits(struct firmware *firmware, const struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        const struct dgm_row *row = &plan->rows[i];
        if (plan->at[i].is_unchecked) {
            tell(firmware, plan, "message '%s': the range of %s is not checked",
                 firmware_text(plan, row->path));
        }
        if (row->op == DGM_OP_CASE && row->expr == DGM_NONE) {
            tell(firmware, plan,
                 "message '%s': %s: records of other tags are not written",
                 firmware_text(plan, row->path));
        }
    }
    if (plan->down && (plan->message->flags & DGM_MESSAGE_ZERO_FILL)) {
        tell(firmware, plan, "message '%s': %s", "short frames are refused");
    }
}

static bool plan_message(struct firmware *firmware, size_t index)
{
    struct firmware_plan *plan = &firmware->plans[index];
    name_message(firmware, index);
    if (!firmware_plan_open(plan, &firmware->tables, firmware->prefix, (uint16_t)index,
                            firmware->call->reverse) ||
        !settle(plan)) {
        return false;
    }
    if (firmware_refused(plan)) {
        tell(firmware, plan, "message '%s' is left out: %s", plan->refusal);
        return true;
    }
    tell_limits(firmware, plan);
    firmware->held++;
    return true;
}

bool firmware_product_open(struct firmware *firmware, const struct firmware_call *call,
                           struct notes *notes)
{
    memset(firmware, 0, sizeof(*firmware));
    firmware->call = call;
    firmware->notes = notes;
    tables_open(&firmware->tables, call->codec);
    firmware->count = firmware->tables.model->messages.count;
    firmware_stem(call->codec, firmware->prefix);
    (void)strcpy(firmware->upper, firmware->prefix);
    put_upper(firmware->upper);
    firmware->plans = calloc(firmware->count + 1, sizeof(*firmware->plans));
    for (size_t i = 0; firmware->plans != NULL && i < firmware->count; i++) {
        if (!plan_message(firmware, i)) {
            return false;
        }
    }
    return firmware->plans != NULL;
}

void firmware_product_close(struct firmware *firmware)
{
    for (size_t i = 0; firmware->plans != NULL && i < firmware->count; i++) {
        firmware_plan_close(&firmware->plans[i]);
    }
    free(firmware->plans);
    firmware->plans = NULL;
}
