/* SPDX-License-Identifier: MIT */
/* Fills a builder with one of everything: extreme numbers, awkward texts, a text that is
 * longer than a string literal may be. It need not be a table that the verifier takes. */
#include "sample_table.h"

#include <string.h>

static void fill_head(struct builder *builder)
{
    builder->profile_hash = 0xFEDCBA9876543210u;
    builder->manufacturer_id = builder_text(builder, "Acme");
    builder->manufacturer_name = builder_text(builder, "Acme \"Quality\" \\ *"
                                                       "/ Ltd");
    builder->model = builder_text(builder, "WM-100");
    builder->device_type = builder_text(builder, "WaterMeter?"
                                                 "?/");
}

static void fill_message(struct builder *builder)
{
    uint16_t index = builder_message(builder);
    struct dgm_message *message = &builder->messages.items[index];
    message->name = builder_text(builder, "report");
    message->key = builder_key(builder, "report", &message->key_length);
    message->kind = DGM_KIND_REPORT;
    message->passes = 1;
    message->command = DGM_NONE;
    message->when = DGM_NONE;
    message->row_count = 2;
    message->guard_count = 1;
    message->member_count = 1;
    message->frame_min = 5;
    message->frame_max = 7;
    message->json_max[0] = 120;
    message->json_max[1] = 130;
    message->json_max[2] = 90;
}

/* Messages without rows. The first two get the same identifier. */
static void fill_more_messages(struct builder *builder)
{
    for (int i = 1; i < SAMPLE_MESSAGES; i++) {
        const char *name =
            arena_format(builder->arena, "more%c%d", i == 2 ? '-' : '_', i == 2 ? 1 : i);
        uint16_t index = builder_message(builder);
        struct dgm_message *message = &builder->messages.items[index];
        message->name = builder_text(builder, name);
        message->kind = DGM_KIND_COMMAND;
        message->passes = 1;
        message->command = DGM_NONE;
        message->when = DGM_NONE;
    }
}

static void fill_rows(struct builder *builder)
{
    uint16_t index = builder_row(builder, "constant");
    struct dgm_row *row = &builder->rows.items[index];
    row->op = DGM_OP_INT;
    row->source = DGM_SOURCE_CONST;
    row->width = 8;
    row->slot = row->member = row->when = row->detail = row->limit = DGM_NONE;
    row->spec = row->region = row->naming = DGM_NONE;
    row->expr = builder_number(builder, UINT64_MAX);

    index = builder_row(builder, "Meter.flow, m\xC2\xB3 *"
                                 "/ evil /"
                                 "* comment\n\\");
    row = &builder->rows.items[index];
    row->op = DGM_OP_INT;
    row->show = DGM_SHOW_DECIMAL;
    row->source = DGM_SOURCE_MEMBER;
    row->order = DGM_ORDER_LE;
    row->width = 32;
    row->pass = 1;
    row->flags = DGM_ROW_NAMED | DGM_ROW_FITS;
    row->key = builder_key(builder, "flow", &row->key_length);
    row->path = builder_text(builder, "Meter.flow");
    row->slot = row->when = row->expr = row->limit = DGM_NONE;
    row->spec = row->region = row->naming = DGM_NONE;
}

static void fill_names(struct builder *builder)
{
    uint16_t service_index = builder_service(builder);
    struct dgm_service *service = &builder->services.items[service_index];
    service->name = builder_text(builder, "Meter");
    service->key = builder_key(builder, "Meter", &service->key_length);

    uint16_t command_index = builder_command(builder);
    struct dgm_command *command = &builder->commands.items[command_index];
    command->name = builder_text(builder, "SET_PERIOD");
    command->key = builder_key(builder, "SET_PERIOD", &command->key_length);
    command->path = builder_text(builder, "\"Meter.SET_PERIOD\"");

    uint16_t member_index = builder_member(builder);
    struct dgm_member *member = &builder->members.items[member_index];
    member->name = builder_text(builder, "flow");
    member->name_length = 4;
    member->parent = member->record = DGM_NONE;
    member->kind = DGM_MEMBER_VALUE;
    member->flags = DGM_MEMBER_REQUIRED;
    member->path = builder_text(builder, "Meter.flow");
}

static void fill_values(struct builder *builder)
{
    static const uint8_t code[] = {DGM_CODE_SLOT, 0, 0, DGM_CODE_NOT};
    uint16_t guard_index = builder_guard(builder);
    struct dgm_guard *guard = &builder->guards.items[guard_index];
    guard->size = 8;
    guard->mask = UINT64_MAX;
    guard->value = 1;
    struct dgm_scaling scaling = {INT64_MIN, INT64_MAX, UINT64_MAX, 19, 1, DGM_NONE, {0}};
    builder_scaling(builder, &scaling);
    struct dgm_limit limit = {INT64_MIN, INT64_MAX, 10, 0, 1, 3, DGM_LIMIT_LOW, 0, {0}};
    builder_limit(builder, &limit);
    struct dgm_choice choice = {0, UINT64_MAX, 0, 6, 0};
    choice.text = builder_text(builder, "\"open\"");
    builder_choice(builder, &choice);
    struct dgm_enum choices = {0, 1, DGM_UNKNOWN_OMIT, {0}};
    builder_enum(builder, &choices);
    builder_answer(builder, 0);
    struct dgm_framing framing = {
        .start = {0x7E},
        .end = {0x0D, 0x0A},
        .start_length = 1,
        .end_length = 2,
        .escape = DGM_FRAMING_PAIRS,
        .pair_count = 2,
        .length_add = -3,
        .gap_ms = 20,
        .content_max = 7,
        .pairs = {{0x0D, 3, {0x7D, 1, 2}}, {0x7D, 2, {0x7D, 3}}}};
    builder_framing(builder, &framing);
    struct dgm_hook_name hook = {.name = builder_text(builder, "inflate"),
                                 .output_limit = 512};
    builder_hook(builder, &hook);
    builder_expr(builder, code, sizeof(code), 2, 1);
}

void sample_table_fill(struct builder *builder)
{
    char long_text[SAMPLE_LONG_TEXT];
    memset(long_text, 'x', sizeof(long_text));
    fill_head(builder);
    fill_message(builder);
    fill_more_messages(builder);
    fill_rows(builder);
    fill_names(builder);
    fill_values(builder);
    builder_bytes(builder, long_text, sizeof(long_text));
    builder_bytes(builder,
                  "1\0"
                  "2",
                  3);
}
