/* SPDX-License-Identifier: MIT */
#include "firmware_header.h"

#include "firmware_emit.h"
#include "firmware_range.h"
#include "firmware_tags.h"
#include "firmware_type.h"

#include <string.h>

void firmware_comment(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        bool mark = (text[0] == '*' && text[1] == '/') ||
                    (text[0] == '/' && text[1] == '*') || *text == '\\' || *text == '?' ||
                    (unsigned char)*text < 0x20 || *text == 0x7F;
        (void)fputc(mark ? ' ' : *text, file);
    }
}

/* --- What is said of a member ------------------------------------------------------ */

/* What the layout says of the unit, of the item of that name. */
static const char *unit_of_item(const struct firmware_plan *plan,
                                const struct dgm_doc_message *message, const char *name)
{
    if (strcmp(message->name, firmware_text(plan, plan->message->name)) != 0) {
        return "";
    }
    for (size_t i = 0; i < message->item_count; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        for (size_t j = 0; strcmp(item->name, name) == 0 && j < item->facts.count; j++) {
            if (strcmp(item->facts.items[j].name, "unit") == 0) {
                return item->facts.items[j].text;
            }
        }
    }
    return "";
}

/* What the product model says: "Meter.flow", "SET_PERIOD.minutes". */
static const char *unit_of_part(const struct dgm_doc_service *service,
                                const struct dgm_doc_part *part, const char *path)
{
    const char *around = part->kind == DGM_DOC_PROPERTIES ? service->name : part->name;
    size_t length = strlen(around);
    if (strncmp(path, around, length) != 0 || path[length] != '.') {
        return "";
    }
    for (size_t i = 0; i < part->member_count; i++) {
        if (strcmp(part->members[i].name, path + length + 1) == 0) {
            return part->members[i].unit;
        }
    }
    return "";
}

static const char *unit_of(const struct firmware_plan *plan, const struct dgm_doc *doc,
                           uint16_t index)
{
    const char *path = firmware_text(plan, plan->rows[index].path), *unit = "";
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; doc != NULL && unit[0] == '\0' && i < doc->message_count; i++) {
        unit = unit_of_item(plan, &doc->messages[i], dot != NULL ? dot + 1 : path);
    }
    for (size_t i = 0; doc != NULL && i < doc->service_count; i++) {
        const struct dgm_doc_service *service = &doc->services[i];
        for (size_t j = 0; unit[0] == '\0' && j < service->part_count; j++) {
            unit = unit_of_part(service, &service->parts[j], path);
        }
    }
    return unit;
}

/* "(raw * 5 - 160) / 9" */
static void put_scale(FILE *file, const struct dgm_scaling *scaling,
                      unsigned long long under)
{
    bool sum = scaling->add != 0, quotient = under != 1;
    (void)fprintf(file, " = %sraw", sum && quotient ? "(" : "");
    if (scaling->mul != 1) {
        (void)fprintf(file, " * %lld", (long long)scaling->mul);
    }
    if (sum) {
        unsigned long long size = scaling->add < 0 ? 0 - (unsigned long long)scaling->add
                                                   : (unsigned long long)scaling->add;
        (void)fprintf(file, " %c %llu", scaling->add < 0 ? '-' : '+', size);
    }
    (void)fprintf(file, "%s", sum && quotient ? ")" : "");
    if (quotient) {
        (void)fprintf(file, " / %llu", under);
    }
}

/* The row itself, or the element of an array of numbers. */
static uint16_t valued(const struct firmware_plan *plan, uint16_t index)
{
    uint16_t element = index;
    while (plan->at[index].is_plain &&
           (plan->at[element].scope != index || !firmware_is_element(plan, element))) {
        element++;
    }
    return element;
}

static void put_remark(const struct firmware_plan *plan, const struct dgm_doc *doc,
                       FILE *file, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_scaling *scaling =
        tables_scaling(plan->tables, &plan->rows[valued(plan, index)]);
    const char *unit = unit_of(plan, doc, index);
    (void)fprintf(file, " /* ");
    firmware_comment(file, firmware_text(plan, row->path));
    unsigned long long under = 0;
    if (scaling != NULL && firmware_below(scaling, &under)) {
        put_scale(file, scaling, under);
    }
    (void)fprintf(file, "%s", unit[0] != '\0' ? ", " : "");
    firmware_comment(file, unit);
    (void)fprintf(file, " */\n");
}

static void put_struct(struct firmware_plan *plan, const struct dgm_doc *doc, FILE *file,
                       uint16_t scope);

/* Name of an element's struct: that of the message, and of the arrays. */
static void struct_name(const struct firmware_plan *plan, uint16_t scope,
                        char name[FIRMWARE_PATH])
{
    if (scope == DGM_NONE) {
        (void)snprintf(name, FIRMWARE_PATH, "%s_%s", plan->prefix, plan->name);
        return;
    }
    struct_name(plan, plan->at[scope].scope, name);
    size_t length = strlen(name);
    (void)snprintf(name + length, FIRMWARE_PATH - length, "__%s", plan->at[scope].name);
}

static void put_element_structs(struct firmware_plan *plan, const struct dgm_doc *doc,
                                FILE *file, uint16_t scope)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->at[i].is_array && plan->at[i].scope == scope && !plan->at[i].is_plain) {
            put_struct(plan, doc, file, i);
        }
    }
}

static void put_array(const struct firmware_plan *plan, FILE *file, uint16_t index)
{
    const struct firmware_row *at = &plan->at[index];
    char name[FIRMWARE_PATH];
    if (at->is_plain) {
        (void)fprintf(file, "    %s %s[%u];", firmware_type(plan, valued(plan, index)),
                      at->name, (unsigned)at->most);
    } else {
        struct_name(plan, index, name);
        (void)fprintf(file, "    struct %s %s[%u];", name, at->name, (unsigned)at->most);
    }
    if (at->has_length) {
        (void)fprintf(file, "\n    uint16_t %s_count;", at->name);
    }
}

/* A plain array's element is declared with it. */
static bool is_declared(const struct firmware_plan *plan, uint16_t index, uint16_t scope)
{
    bool here = plan->at[index].is_open ? firmware_is_part_of(plan, index, scope)
                                        : plan->at[index].scope == scope;
    return here && firmware_has_name(plan, index) && !plan->at[index].is_repeated;
}

static bool has_flag(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i < plan->message->row_count; i++) {
        bool same = plan->at[i].scope == plan->at[index].scope &&
                    strcmp(plan->at[i].name, plan->at[index].name) == 0 &&
                    firmware_has_name(plan, i);
        if (same && plan->at[i].has_flag) {
            return true;
        }
    }
    return false;
}

static void put_member(const struct firmware_plan *plan, const struct dgm_doc *doc,
                       FILE *file, uint16_t index)
{
    const struct firmware_row *at = &plan->at[index];
    if (at->is_switch) {
        (void)fprintf(file, "    bool has_%s; /* a record without values */\n", at->name);
        return;
    }
    if (has_flag(plan, index)) {
        (void)fprintf(file, "    bool has_%s;\n", at->name);
    }
    if (at->is_array) {
        put_array(plan, file, index);
    } else if (plan->rows[index].op == DGM_OP_BYTES) {
        (void)fprintf(file, "    uint8_t %s[%u];", at->name, (unsigned)at->most);
        if (at->has_length) {
            (void)fprintf(file, "\n    uint16_t %s_length;", at->name);
        }
    } else {
        (void)fprintf(file, "    %s %s;", firmware_type(plan, index), at->name);
    }
    put_remark(plan, doc, file, index);
}

static void put_struct(struct firmware_plan *plan, const struct dgm_doc *doc, FILE *file,
                       uint16_t scope)
{
    char name[FIRMWARE_PATH];
    unsigned members = 0;
    put_element_structs(plan, doc, file, scope);
    struct_name(plan, scope, name);
    (void)fprintf(file, "struct %s {\n", name);
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (is_declared(plan, i, scope)) {
            put_member(plan, doc, file, i);
            members++;
        }
    }
    if (members == 0) {
        (void)fprintf(file,
                      "    uint8_t unused; /* C has no struct without members */\n");
    }
    (void)fprintf(file, "};\n\n");
}

/* --- A message --------------------------------------------------------------------- */

void firmware_header_fields(const struct firmware_plan *plan, FILE *file)
{
    char field[FIRMWARE_FIELD];
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (firmware_has_name(plan, i) && !plan->at[i].is_repeated &&
            !firmware_is_element(plan, i)) {
            firmware_field(plan, i, field);
            (void)fprintf(file, ",\n    %s", field);
        }
    }
}

static void put_functions(const struct firmware_plan *plan, FILE *file)
{
    const char *prefix = plan->prefix, *name = plan->name;
    if (plan->down) {
        (void)fprintf(file,
                      "enum %s_status %s_decode_%s(\n"
                      "    const uint8_t *frame, size_t length, %sstruct %s_%s *out,\n"
                      "    struct %s_fault *fault);\n\n",
                      prefix, prefix, name, firmware_port_parameter(plan), prefix, name,
                      prefix);
        return;
    }
    (void)fprintf(file,
                  "enum %s_status %s_encode_%s(\n"
                  "    const struct %s_%s *in, %suint8_t *frame, size_t size, size_t "
                  "*length,\n"
                  "    struct %s_fault *fault);\n\n",
                  prefix, prefix, name, prefix, name, firmware_port_parameter(plan),
                  prefix);
}

void firmware_header(struct firmware_plan *plan, const struct dgm_doc *doc,
                     struct firmware_words *words, FILE *file)
{
    (void)fprintf(file, "/* --- %s, %s the device --- */\n\n", plan->name,
                  plan->down ? "to" : "from");
    (void)fprintf(file, "#define %s %uU\n",
                  firmware_word(words, "%s_%s_FRAME_MAX", plan->prefix, plan->name),
                  (unsigned)plan->message->frame_max);
    if (plan->message->flags & DGM_MESSAGE_CHANNEL) {
        (void)fprintf(file, "#define %s UINT32_C(%lu)\n",
                      firmware_word(words, "%s_%s_PORT", plan->prefix, plan->name),
                      (unsigned long)plan->message->channel);
    }
    firmware_header_values(plan, words, file);
    (void)fputc('\n', file);
    put_struct(plan, doc, file, DGM_NONE);
    put_functions(plan, file);
}
