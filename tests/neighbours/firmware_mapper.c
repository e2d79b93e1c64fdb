/* SPDX-License-Identifier: MIT */
#include "firmware_mapper.h"

#include "firmware_map.h"
#include "firmware_tags.h"

#include <string.h>

/* "acme_report__items": name of the struct that has the row's member. */
static void put_struct(const struct firmware_plan *plan, uint16_t scope, FILE *file)
{
    if (scope == DGM_NONE) {
        (void)fprintf(file, "struct %s_%s", plan->prefix, plan->name);
        return;
    }
    put_struct(plan, plan->at[scope].scope, file);
    (void)fprintf(file, "__%s", plan->at[scope].name);
}

/* The offset of "has_" NAME "_count" in its struct. */
static void put_offset_in(const struct firmware_plan *plan, uint16_t row,
                          const char *before, const char *behind, FILE *file)
{
    (void)fprintf(file, "offsetof(");
    put_struct(plan, plan->at[row].scope, file);
    (void)fprintf(file, ", %s%s%s)", before, plan->at[row].name, behind);
}

/* From the beginning of the message's struct, in the first elements. */
static void put_offset(const struct firmware_plan *plan, uint16_t row, const char *before,
                       const char *behind, FILE *file)
{
    uint16_t scope = plan->at[row].scope;
    if (scope != DGM_NONE) {
        put_offset(plan, scope, "", "", file);
    }
    bool is_element = scope != DGM_NONE && plan->at[scope].is_plain;
    if (!is_element) {
        (void)fprintf(file, "%s", scope != DGM_NONE ? " + " : "");
        put_offset_in(plan, row, before, behind, file);
    }
}

static void put_size(const struct firmware_plan *plan, uint16_t row, bool element,
                     FILE *file)
{
    uint16_t scope = plan->at[row].scope;
    bool inside = scope != DGM_NONE && plan->at[scope].is_plain;
    (void)fprintf(file, "sizeof(((");
    put_struct(plan, inside ? plan->at[scope].scope : scope, file);
    (void)fprintf(file, " *)0)->%s%s)", plan->at[inside ? scope : row].name,
                  element || inside ? "[0]" : "");
}

static void put_loops(const struct firmware_plan *plan, uint16_t row, FILE *file)
{
    uint16_t scopes[MAP_LOOPS];
    unsigned depth = 0;
    for (uint16_t at = plan->at[row].scope; at != DGM_NONE && depth < MAP_LOOPS;
         at = plan->at[at].scope) {
        scopes[depth++] = at;
    }
    (void)fprintf(file, "{");
    for (unsigned i = depth; i-- > 0;) {
        put_size(plan, scopes[i], true, file);
        (void)fprintf(file, ", ");
    }
    (void)fprintf(file, "0}, {");
    for (unsigned i = depth; i-- > 0;) {
        (void)fprintf(file, "%u, ", (unsigned)scopes[i]);
    }
    (void)fprintf(file, "0}, %u, ", depth);
}

/* Does another row declare the same member with a flag? */
static bool has_flag(const struct firmware_plan *plan, uint16_t row)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        bool same = firmware_has_name(plan, i) &&
                    plan->at[i].scope == plan->at[row].scope &&
                    strcmp(plan->at[i].name, plan->at[row].name) == 0;
        if (same && plan->at[i].has_flag) {
            return true;
        }
    }
    return false;
}

/* A record without values: its flag is all of it. */
static void put_switch(const struct firmware_plan *plan, uint16_t row, FILE *file)
{
    (void)fprintf(file, "    {%u, %u, 0, 0, ", (unsigned)plan->index, (unsigned)row);
    put_loops(plan, row, file);
    (void)fprintf(file, "0, ");
    put_offset(plan, row, "has_", "", file);
    (void)fprintf(file, " + 1, 0, false, false, 0},\n");
}

/* `record` is the row whose tag the row is a part of, or 0. */
static void put_row(const struct firmware_plan *plan, uint16_t row, uint16_t record,
                    FILE *file)
{
    const struct firmware_row *at = &plan->at[row];
    if (at->is_switch) {
        put_switch(plan, row, file);
        return;
    }
    (void)fprintf(file, "    {%u, %u, ", (unsigned)plan->index, (unsigned)row);
    put_offset(plan, row, "", "", file);
    (void)fprintf(file, ", ");
    put_size(plan, row, false, file);
    (void)fprintf(file, ", ");
    put_loops(plan, row, file);
    if (at->has_length) {
        put_offset(plan, row, "", at->is_array ? "_count" : "_length", file);
    } else {
        (void)fprintf(file, "0");
    }
    (void)fprintf(file, ", ");
    if (has_flag(plan, row)) {
        put_offset(plan, row, "has_", "", file);
        (void)fprintf(file, " + 1");
    } else {
        (void)fprintf(file, "0");
    }
    (void)fprintf(file, ", %u, %s, %s, %u},\n", (unsigned)at->most,
                  at->is_float ? "true" : "false", at->is_bool ? "true" : "false",
                  (unsigned)record);
}

/* Parts of a tag, once for each record. */
static void put_parts(struct firmware_plan *plan, uint16_t record, FILE *file)
{
    uint16_t loop = tables_parent(plan->rows, record);
    firmware_take_tags(plan, loop, record);
    for (uint16_t i = loop; i < record; i++) {
        if (firmware_is_part_of(plan, i, record)) {
            put_row(plan, i, record, file);
        }
    }
    firmware_take_tags(plan, loop, DGM_NONE);
}

static void put_rows(const struct firmware *firmware, FILE *file)
{
    (void)fprintf(file, "static const struct map_row rows[] = {\n");
    for (size_t i = 0; i < firmware->count; i++) {
        struct firmware_plan *plan = &firmware->plans[i];
        for (uint16_t row = 0; !firmware_refused(plan) && row < plan->message->row_count;
             row++) {
            if (firmware_has_name(plan, row) && !plan->at[row].is_open) {
                put_row(plan, row, 0, file);
            }
            if (plan->rows[row].op == DGM_OP_CASE) {
                put_parts(plan, row, file);
            }
        }
    }
    (void)fprintf(file, "    {0},\n};\n\n");
}

static void put_calls(const struct firmware *firmware, FILE *file)
{
    for (size_t i = 0; i < firmware->count; i++) {
        const struct firmware_plan *plan = &firmware->plans[i];
        const char *port = plan->asks_port ? "port, " : "";
        if (firmware_refused(plan)) {
            continue;
        }
        if (plan->down) {
            (void)fprintf(file,
                          "static int call_%zu(const uint8_t *frame, size_t length, "
                          "uint32_t port, void *out)\n{\n    (void)port;\n    return "
                          "(int)%s_decode_%s(frame, length, %sout, NULL);\n}\n",
                          i, plan->prefix, plan->name, port);
        } else {
            (void)fprintf(file,
                          "static int call_%zu(const void *in, uint32_t port, uint8_t "
                          "*frame, size_t size, size_t *length)\n{\n    (void)port;\n"
                          "    return (int)%s_encode_%s(in, %sframe, size, length, "
                          "NULL);\n}\n",
                          i, plan->prefix, plan->name, port);
        }
    }
}

static bool put_messages(const struct firmware *firmware, FILE *file)
{
    bool down = false;
    (void)fprintf(file, "static const struct map_message messages[] = {\n");
    for (size_t i = 0; i < firmware->count; i++) {
        const struct firmware_plan *plan = &firmware->plans[i];
        if (firmware_refused(plan)) {
            (void)fprintf(file, "    {0, false, false, NULL, NULL},\n");
            continue;
        }
        down = down || plan->down;
        (void)fprintf(file, "    {sizeof(struct %s_%s), %s, %s, ", plan->prefix,
                      plan->name, plan->down ? "true" : "false",
                      plan->asks_port ? "true" : "false");
        (void)fprintf(file, plan->down ? "NULL, call_%zu},\n" : "call_%zu, NULL},\n", i);
    }
    (void)fprintf(file, "};\n\n");
    return down;
}

static void put_recognition(const struct firmware *firmware, FILE *file)
{
    (void)fprintf(file,
                  "static int recognise(const uint8_t *frame, size_t length, uint32_t "
                  "port, int *status)\n{\n    static struct %s_down down;\n    *status = "
                  "(int)%s_decode(frame, length, port, &down, NULL);\n    switch "
                  "(down.message) {\n",
                  firmware->prefix, firmware->prefix);
    for (size_t i = 0; i < firmware->count; i++) {
        const struct firmware_plan *plan = &firmware->plans[i];
        char upper[FIRMWARE_NAME];
        if (firmware_refused(plan) || !plan->down) {
            continue;
        }
        firmware_identifier(plan->name, strlen(plan->name), FIRMWARE_UPPER, upper);
        (void)fprintf(file, "    case %s_MESSAGE_%s:\n        return %zu;\n",
                      firmware->upper, upper, i);
    }
    (void)fprintf(file, "    default:\n        return -1;\n    }\n}\n\n");
}

void firmware_write_map(const struct firmware *firmware, FILE *file)
{
    (void)fprintf(file, "#include \"%s.h\"\n#include \"firmware_map.h\"\n\n",
                  firmware->prefix);
    put_rows(firmware, file);
    put_calls(firmware, file);
    bool down = put_messages(firmware, file);
    if (down) {
        put_recognition(firmware, file);
    }
    bool framed = firmware->tables.model->framings.count > 0;
    static const char *const names[] = {"wrap", "unwrap"};
    for (size_t i = 0; framed && i < 2; i++) {
        (void)fprintf(file,
                      "static int %s(const uint8_t *from, size_t count, uint8_t *to, "
                      "size_t size, size_t *length)\n{\n    return (int)%s_%s(from, "
                      "count, to, size, length);\n}\n\n",
                      names[i], firmware->prefix, names[i]);
    }
    (void)fprintf(file,
                  "const struct map firmware_map = {rows, sizeof(rows) / "
                  "sizeof(rows[0]) - 1, messages, %zu, %s, %s};\n",
                  firmware->count, framed ? "wrap, unwrap" : "NULL, NULL",
                  down ? "recognise" : "NULL");
}
