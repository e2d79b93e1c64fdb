/* SPDX-License-Identifier: MIT */
/*
 * The arrays of a table as C initialisers, one aligned line per element, with names in
 * the comments. Rows go through a macro that keeps the words of the format readable.
 */
#include "emit_rows.h"

#include <dragoman/kind.h>

#include "emit_names.h"

#include <inttypes.h>

#define CELL(grid, out, row, column, ...)                                                \
    out_grid_cell((grid), (out)->arena, (row), (column), __VA_ARGS__)

static const char *const op_words[] = {
    [DGM_OP_INT] = "INT",
    [DGM_OP_BITS] = "BITS",
    [DGM_OP_BIT] = "BIT",
    [DGM_OP_BYTES] = "BYTES",
    [DGM_OP_VALUE] = "VALUE",
    [DGM_OP_LITERAL] = "LITERAL",
    [DGM_OP_GROUP] = "GROUP",
    [DGM_OP_REPEAT] = "REPEAT",
    [DGM_OP_SERVICE] = "SERVICE",
    [DGM_OP_SERVICE_END] = "SERVICE_END",
    [DGM_OP_OBJECT] = "OBJECT",
    [DGM_OP_OBJECT_END] = "OBJECT_END",
    [DGM_OP_FLOAT] = "FLOAT",
    [DGM_OP_CHECK] = "CHECK",
    [DGM_OP_NOTICE] = "NOTICE",
    [DGM_OP_STREAM] = "STREAM",
    [DGM_OP_FIELD] = "FIELD",
    [DGM_OP_JOIN] = "JOIN",
    [DGM_OP_JOIN_BYTES] = "JOIN_BYTES",
    [DGM_OP_MOMENT] = "MOMENT",
    [DGM_OP_TEXT] = "TEXT",
    [DGM_OP_AT] = "AT",
    [DGM_OP_TLV] = "TLV",
    [DGM_OP_CHOOSE] = "CHOOSE",
    [DGM_OP_CASE] = "CASE",
    [DGM_OP_DIGITS] = "DIGITS",
    [DGM_OP_ECHO] = "ECHO",
    [DGM_OP_SPAN] = "SPAN",
    [DGM_OP_AGREE] = "AGREE",
};

static const char *const show_words[] = {
    [DGM_SHOW_NONE] = "NONE",
    [DGM_SHOW_INT] = "INT",
    [DGM_SHOW_DECIMAL] = "DECIMAL",
    [DGM_SHOW_BOOL] = "BOOL",
    [DGM_SHOW_ENUM] = "ENUM",
    [DGM_SHOW_HEX] = "HEX",
    [DGM_SHOW_HEX_UPPER] = "HEX_UPPER",
    [DGM_SHOW_TIME_COMPACT] = "TIME_COMPACT",
    [DGM_SHOW_TIME_ISO] = "TIME_ISO",
    [DGM_SHOW_TIME_ISO_MS] = "TIME_ISO_MS",
    [DGM_SHOW_BASE64] = "BASE64",
    [DGM_SHOW_BYTES_HEX] = "BYTES_HEX",
    [DGM_SHOW_BYTES_HEX_UPPER] = "BYTES_HEX_UPPER",
    [DGM_SHOW_LATIN1] = "LATIN1",
    [DGM_SHOW_ASCII] = "ASCII",
    [DGM_SHOW_UTF8] = "UTF8",
    [DGM_SHOW_FLOAT] = "FLOAT",
    [DGM_SHOW_DOUBLE] = "DOUBLE",
    [DGM_SHOW_FLAGS] = "FLAGS",
    [DGM_SHOW_PIPE] = "PIPE",
    [DGM_SHOW_BINARY] = "BINARY",
    [DGM_SHOW_TIME_DATETIME] = "TIME_DATETIME",
    [DGM_SHOW_TIME_DATE] = "TIME_DATE",
    [DGM_SHOW_TIME_EPOCH] = "TIME_EPOCH",
    [DGM_SHOW_TIME_EPOCH_MS] = "TIME_EPOCH_MS",
    [DGM_SHOW_BYTES_ARRAY] = "BYTES_ARRAY",
    [DGM_SHOW_BYTES_DOTTED] = "BYTES_DOTTED",
    [DGM_SHOW_DIGITS] = "DIGITS",
    [DGM_SHOW_TEXT_NUMBER] = "TEXT_NUMBER",
};

static const char *const source_words[] = {
    [DGM_SOURCE_NONE] = "NONE",     [DGM_SOURCE_CONST] = "CONST",
    [DGM_SOURCE_FILL] = "FILL",     [DGM_SOURCE_MEMBER] = "MEMBER",
    [DGM_SOURCE_EXPR] = "EXPR",     [DGM_SOURCE_ROLE] = "ROLE",
    [DGM_SOURCE_LENGTH] = "LENGTH", [DGM_SOURCE_MEASURE] = "MEASURE",
    [DGM_SOURCE_PIECE] = "PIECE",   [DGM_SOURCE_PART] = "PART",
    [DGM_SOURCE_SKIP] = "SKIP",     [DGM_SOURCE_TAG] = "TAG",
    [DGM_SOURCE_LATER] = "LATER",   [DGM_SOURCE_MOMENT] = "MOMENT",
};

static const char *const order_words[] = {
    [DGM_ORDER_BE] = "BE",
    [DGM_ORDER_LE] = "LE",
    [DGM_ORDER_CDAB] = "CDAB",
    [DGM_ORDER_BADC] = "BADC",
};

static const char *const role_words[] = {
    [DGM_ROLE_NONE] = "NONE",
    [DGM_ROLE_MID] = "MID",
    [DGM_ROLE_ERRCODE] = "ERRCODE",
    [DGM_ROLE_HAS_MORE] = "HAS_MORE",
    [DGM_ROLE_EVENT_TIME] = "EVENT_TIME",
    [DGM_ROLE_IDENTIFIER] = "IDENTIFIER",
};

static const char *const member_words[] = {
    [DGM_MEMBER_VALUE] = "VALUE",     [DGM_MEMBER_OBJECT] = "OBJECT",
    [DGM_MEMBER_ARRAY] = "ARRAY",     [DGM_MEMBER_IGNORED] = "IGNORED",
    [DGM_MEMBER_LITERAL] = "LITERAL",
};

#define WORD(words, value) word((words), sizeof(words) / sizeof((words)[0]), (value))

/* A number that the format does not know becomes a word that does not compile. */
static const char *word(const char *const *words, size_t count, unsigned value)
{
    return value < count && words[value] != NULL ? words[value] : "UNKNOWN";
}

static const char *index_text(struct out *out, unsigned index)
{
    return index == DGM_NONE ? "NO" : arena_format(out->arena, "%u", index);
}

/* INT64_MIN has no literal. */
static const char *i64_text(struct out *out, int64_t value)
{
    if (value == INT64_MIN) {
        return "-9223372036854775807 - 1";
    }
    return arena_format(out->arena, "%" PRId64, value);
}

void emit_row_macro(struct out *out)
{
    out_text(
        out,
        "#define NO DGM_NONE\n"
        "#define ROW(op_, show_, source_, order_, shift_, width_, pass_, role_, flags_, "
        "\\\n"
        "            length_, key_, path_, slot_, member_, when_, expr_, detail_, "
        "limit_, \\\n"
        "            spec_, region_, naming_) \\\n"
        "    {.op = DGM_OP_##op_, .show = DGM_SHOW_##show_, "
        ".source = DGM_SOURCE_##source_, \\\n"
        "     .order = DGM_ORDER_##order_, .shift = shift_, .width = width_, "
        ".pass = pass_, \\\n"
        "     .role = DGM_ROLE_##role_, .flags = flags_, .key_length = length_, "
        ".key = key_, \\\n"
        "     .path = path_, .slot = slot_, .member = member_, .when = when_, "
        ".expr = expr_, \\\n"
        "     .detail = detail_, .limit = limit_, .spec = spec_, "
        ".region = region_, \\\n"
        "     .naming = naming_}\n"
        "#define MEMBER(name_, length_, parent_, service_, record_, kind_, flags_, \\\n"
        "               text_length_, text_, path_, family_) \\\n"
        "    {.name = name_, .name_length = length_, .parent = parent_, "
        ".service = service_, \\\n"
        "     .record = record_, .kind = DGM_MEMBER_##kind_, .flags = flags_, \\\n"
        "     .text_length = text_length_, .text = text_, .path = path_, \\\n"
        "     .family = family_}\n");
}

void emit_row_macro_end(struct out *out)
{
    out_text(out, "\n#undef MEMBER\n#undef ROW\n#undef NO\n");
}

/* What an array begins with. The columns are named for the reader. */
static void begin(struct out *out, const char *array, const char *columns)
{
    out_format(out, "        .%s = {\n            /* %s */\n", array, columns);
}

static void end(struct out *out)
{
    out_text(out, "        },\n");
}

/* One row of a grid with its comma and an optional comment. */
static void put_row(struct out *out, const struct out_grid *grid, size_t row,
                    const char *comment)
{
    out_text(out, "            ");
    out_grid_row(out, grid, row);
    out_text(out, ",");
    if (comment != NULL && comment[0] != '\0') {
        out_text(out, " /* ");
        out_comment(out, comment);
        out_text(out, " */");
    }
    out_text(out, "\n");
}

static void put_services(struct out *out, struct builder *builder)
{
    size_t count = builder->services.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 4, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_service *service = &builder->services.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%" PRIu32, service->name);
        CELL(&grid, out, i, &column, "%" PRIu32, service->key);
        CELL(&grid, out, i, &column, "%u", service->key_length);
        CELL(&grid, out, i, &column, "%u", service->flags);
    }
    begin(out, "services", "name, key, key_length, flags");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, emit_pool_text(builder, builder->services.items[i].name));
    }
    end(out);
}

static void put_commands(struct out *out, struct builder *builder)
{
    size_t count = builder->commands.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 6, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_command *command = &builder->commands.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%" PRIu32, command->name);
        CELL(&grid, out, i, &column, "%" PRIu32, command->key);
        CELL(&grid, out, i, &column, "%" PRIu32, command->path);
        CELL(&grid, out, i, &column, "%u", command->key_length);
        CELL(&grid, out, i, &column, "%s", index_text(out, command->service));
        CELL(&grid, out, i, &column, "%" PRIu32, command->response_name);
    }
    begin(out, "commands", "name, key, path, key_length, service, response_name");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, emit_pool_text(builder, builder->commands.items[i].name));
    }
    end(out);
}

static void put_message(struct out *out, struct builder *builder,
                        const struct dgm_message *message)
{
    out_text(out, "            { /* ");
    out_comment(out, emit_pool_text(builder, message->name));
    out_format(out, ": %s, %s */\n", dgm_kind_word(message->kind),
               dgm_kind_direction(message->kind));
    out_format(out,
               "                .name = %" PRIu32 ", .key = %" PRIu32
               ", .key_length = %u, .kind = %u, .passes = %u,\n",
               message->name, message->key, message->key_length, message->kind,
               message->passes);
    out_format(out, "                .flags = 0x%04x, .command = %s,\n", message->flags,
               index_text(out, message->command));
    out_format(out,
               "                .first_row = %u, .row_count = %u, "
               ".first_guard = %u, .guard_count = %u,\n",
               message->first_row, message->row_count, message->first_guard,
               message->guard_count);
    out_format(out,
               "                .first_member = %u, .member_count = %u, "
               ".first_answer = %u, .answer_count = %u,\n",
               message->first_member, message->member_count, message->first_answer,
               message->answer_count);
    out_format(out,
               "                .when = %s, .slots = %u, .request_slots = %u, "
               ".trailer = %u, .channel = %" PRIu32 ",\n",
               index_text(out, message->when), message->slots, message->request_slots,
               message->trailer, message->channel);
    out_format(out,
               "                .frame_min = %" PRIu32 ", .frame_max = %" PRIu32
               ", .json_max = {%" PRIu32 ", %" PRIu32 ", %" PRIu32 "},\n"
               "                .topic = %" PRIu32 ", .service = %s,\n"
               "            },\n",
               message->frame_min, message->frame_max, message->json_max[0],
               message->json_max[1], message->json_max[2], message->topic,
               index_text(out, message->service));
}

static void put_messages(struct out *out, struct builder *builder)
{
    out_text(out, "        .messages = {\n");
    for (size_t i = 0; i < builder->messages.count; i++) {
        put_message(out, builder, &builder->messages.items[i]);
    }
    end(out);
}

static void put_guards(struct out *out, struct builder *builder)
{
    size_t count = builder->guards.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 7, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_guard *guard = &builder->guards.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%u", guard->at);
        CELL(&grid, out, i, &column, "%u", guard->size);
        CELL(&grid, out, i, &column, "%u", guard->kind);
        CELL(&grid, out, i, &column, "%u", guard->flags);
        CELL(&grid, out, i, &column, "{0}");
        CELL(&grid, out, i, &column, "0x%" PRIx64 "u", guard->mask);
        CELL(&grid, out, i, &column, "0x%" PRIx64 "u", guard->value);
    }
    begin(out, "guards", "at, size, kind, flags, reserved, mask, value");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

/* The first eight cells are words and numbers of the row's own, the others refer. */
static void fill_row(struct out *out, struct out_grid *grid, size_t i,
                     const struct dgm_row *row)
{
    size_t column = 0;
    CELL(grid, out, i, &column, "%s", WORD(op_words, row->op));
    CELL(grid, out, i, &column, "%s", WORD(show_words, row->show));
    CELL(grid, out, i, &column, "%s", WORD(source_words, row->source));
    CELL(grid, out, i, &column, "%s", WORD(order_words, row->order));
    CELL(grid, out, i, &column, "%u", row->shift);
    CELL(grid, out, i, &column, "%u", row->width);
    CELL(grid, out, i, &column, "%u", row->pass);
    CELL(grid, out, i, &column, "%s", WORD(role_words, row->role));
    CELL(grid, out, i, &column, "0x%03x", row->flags);
    CELL(grid, out, i, &column, "%u", row->key_length);
    CELL(grid, out, i, &column, "%" PRIu32, row->key);
    CELL(grid, out, i, &column, "%" PRIu32, row->path);
    CELL(grid, out, i, &column, "%s", index_text(out, row->slot));
    CELL(grid, out, i, &column, "%s", index_text(out, row->member));
    CELL(grid, out, i, &column, "%s", index_text(out, row->when));
    CELL(grid, out, i, &column, "%s", index_text(out, row->expr));
    CELL(grid, out, i, &column, "%s", index_text(out, row->detail));
    CELL(grid, out, i, &column, "%s", index_text(out, row->limit));
    CELL(grid, out, i, &column, "%s", index_text(out, row->spec));
    CELL(grid, out, i, &column, "%s", index_text(out, row->region));
    CELL(grid, out, i, &column, "%s", index_text(out, row->naming));
}

/* The comment above the first row of a message. */
static void put_message_comment(struct out *out, struct builder *builder, size_t row)
{
    for (size_t i = 0; i < builder->messages.count; i++) {
        const struct dgm_message *message = &builder->messages.items[i];
        if (message->first_row != row || message->row_count == 0) {
            continue;
        }
        out_format(out, "%s            /* %s ", row == 0 ? "" : "\n",
                   dgm_kind_word(message->kind));
        out_comment(out, emit_pool_text(builder, message->name));
        out_format(out, ", %s, ", dgm_kind_direction(message->kind));
        if (message->frame_min != message->frame_max) {
            out_format(out, "%" PRIu32 " to ", message->frame_min);
        }
        out_format(out,
                   "%" PRIu32 " bytes; JSON up to %" PRIu32 ", %" PRIu32 ", %" PRIu32
                   " bytes */\n",
                   message->frame_max, message->json_max[0], message->json_max[1],
                   message->json_max[2]);
    }
}

static void put_rows(struct out *out, struct builder *builder)
{
    size_t count = builder->rows.count;
    struct out_grid grid = out_grid_new(out->arena, "ROW(", ")", 21, count);
    for (size_t i = 0; i < count; i++) {
        fill_row(out, &grid, i, &builder->rows.items[i]);
    }
    begin(out, "rows",
          "op, show, source, order, shift, width, pass, role, flags, key_length, key, "
          "path, slot, member, when, expr, detail, limit, spec, "
          "region, naming");
    for (size_t i = 0; i < count; i++) {
        put_message_comment(out, builder, i);
        put_row(out, &grid, i, builder->row_comments.items[i]);
    }
    end(out);
}

static void put_members(struct out *out, struct builder *builder)
{
    size_t count = builder->members.count;
    struct out_grid grid = out_grid_new(out->arena, "MEMBER(", ")", 11, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_member *member = &builder->members.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%" PRIu32, member->name);
        CELL(&grid, out, i, &column, "%u", member->name_length);
        CELL(&grid, out, i, &column, "%s", index_text(out, member->parent));
        CELL(&grid, out, i, &column, "%s", index_text(out, member->service));
        CELL(&grid, out, i, &column, "%s", index_text(out, member->record));
        CELL(&grid, out, i, &column, "%s", WORD(member_words, member->kind));
        CELL(&grid, out, i, &column, "%u", member->flags);
        CELL(&grid, out, i, &column, "%u", member->text_length);
        CELL(&grid, out, i, &column, "%" PRIu32, member->text);
        CELL(&grid, out, i, &column, "%" PRIu32, member->path);
        CELL(&grid, out, i, &column, "%u", member->family);
    }
    begin(out, "members",
          "name, name_length, parent, service, record, kind, flags, text_length, text, "
          "path, family");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, emit_pool_text(builder, builder->members.items[i].path));
    }
    end(out);
}

static void put_scalings(struct out *out, struct builder *builder)
{
    size_t count = builder->scalings.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 7, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_scaling *scaling = &builder->scalings.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%s", i64_text(out, scaling->mul));
        CELL(&grid, out, i, &column, "%s", i64_text(out, scaling->add));
        CELL(&grid, out, i, &column, "%" PRIu64 "u", scaling->div);
        CELL(&grid, out, i, &column, "%u", scaling->digits);
        CELL(&grid, out, i, &column, "%u", scaling->flags);
        CELL(&grid, out, i, &column, "%s", index_text(out, scaling->invalid));
        CELL(&grid, out, i, &column, "{0}");
    }
    begin(out, "scalings", "mul, add, div, digits, flags, invalid, reserved");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_enums(struct out *out, struct builder *builder)
{
    size_t count = builder->enums.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 4, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_enum *choices = &builder->enums.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%u", choices->first);
        CELL(&grid, out, i, &column, "%u", choices->count);
        CELL(&grid, out, i, &column, "%u", choices->unknown);
        CELL(&grid, out, i, &column, "{0}");
    }
    begin(out, "enums", "first, count, unknown, reserved");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_choices(struct out *out, struct builder *builder)
{
    size_t count = builder->choices.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 5, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_choice *choice = &builder->choices.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%" PRIu64 "u", choice->low);
        CELL(&grid, out, i, &column, "%" PRIu64 "u", choice->high);
        CELL(&grid, out, i, &column, "%" PRIu32, choice->text);
        CELL(&grid, out, i, &column, "%u", choice->text_length);
        CELL(&grid, out, i, &column, "%u", choice->flags);
    }
    begin(out, "choices", "low, high, text, text_length, flags");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, emit_pool_text(builder, builder->choices.items[i].text));
    }
    end(out);
}

static void put_limits(struct out *out, struct builder *builder)
{
    size_t count = builder->limits.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 9, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_limit *limit = &builder->limits.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%s", i64_text(out, limit->low));
        CELL(&grid, out, i, &column, "%s", i64_text(out, limit->high));
        CELL(&grid, out, i, &column, "%" PRIu32, limit->max_length);
        CELL(&grid, out, i, &column, "%u", limit->first_choice);
        CELL(&grid, out, i, &column, "%u", limit->choice_count);
        CELL(&grid, out, i, &column, "%u", limit->scale);
        CELL(&grid, out, i, &column, "0x%02x", limit->flags);
        CELL(&grid, out, i, &column, "%u", limit->outside);
        CELL(&grid, out, i, &column, "{0}");
    }
    begin(out, "limits",
          "low, high, max_length, first_choice, choice_count, scale, flags, outside, "
          "reserved");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_numbers(struct out *out, struct builder *builder)
{
    out_text(out, "        .numbers = {\n");
    for (size_t i = 0; i < builder->numbers.count; i++) {
        out_format(out, "            0x%" PRIx64 "u,\n", builder->numbers.items[i]);
    }
    end(out);
}

static void put_answers(struct out *out, struct builder *builder)
{
    out_text(out, "        .answers = {\n");
    for (size_t i = 0; i < builder->answers.count; i++) {
        out_format(out, "            %s,\n", index_text(out, builder->answers.items[i]));
    }
    end(out);
}

static void put_checks(struct out *out, struct builder *builder)
{
    size_t count = builder->checks.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 12, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_check *check = &builder->checks.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "0x%" PRIx64 "u", check->poly);
        CELL(&grid, out, i, &column, "0x%" PRIx64 "u", check->init);
        CELL(&grid, out, i, &column, "0x%" PRIx64 "u", check->xorout);
        CELL(&grid, out, i, &column, "0x%" PRIx32 "u", check->poly_high);
        CELL(&grid, out, i, &column, "0x%" PRIx32 "u", check->init_high);
        CELL(&grid, out, i, &column, "0x%" PRIx32 "u", check->xorout_high);
        CELL(&grid, out, i, &column, "%" PRId32, check->from);
        CELL(&grid, out, i, &column, "%" PRId32, check->to);
        CELL(&grid, out, i, &column, "%u", check->kind);
        CELL(&grid, out, i, &column, "%u", check->width);
        CELL(&grid, out, i, &column, "0x%02x", check->flags);
        CELL(&grid, out, i, &column, "0");
    }
    begin(out, "checks",
          "poly, init, xorout, poly_high, init_high, xorout_high, from, to, kind, "
          "width, flags, reserved");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_exprs(struct out *out, struct builder *builder)
{
    size_t count = builder->exprs.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 4, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_expr *expr = &builder->exprs.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%" PRIu32, expr->at);
        CELL(&grid, out, i, &column, "%u", expr->length);
        CELL(&grid, out, i, &column, "%u", expr->steps);
        CELL(&grid, out, i, &column, "%u", expr->stack);
    }
    begin(out, "exprs", "at, length, steps, stack");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_code(struct out *out, struct builder *builder)
{
    enum { BYTES_PER_LINE = 12 };
    out_text(out, "        .code = {\n");
    for (size_t i = 0; i < builder->code.count; i++) {
        bool first = i % BYTES_PER_LINE == 0;
        bool last =
            i % BYTES_PER_LINE == BYTES_PER_LINE - 1 || i + 1 == builder->code.count;
        out_format(out, "%s0x%02x,%s", first ? "            " : " ",
                   builder->code.items[i], last ? "\n" : "");
    }
    end(out);
}

/* `{0x7e, 0x7d}` */
static void put_bytes(struct out *out, const uint8_t *bytes, size_t count)
{
    out_text(out, "{");
    for (size_t i = 0; i < count; i++)
        out_format(out, "%s0x%02x", i == 0 ? "" : ", ", bytes[i]);
    out_text(out, count == 0 ? "0}" : "}");
}

static void put_pairs(struct out *out, const struct dgm_framing *framing)
{
    if (framing->pair_count == 0)
        return;
    out_text(out, "                .pairs = {");
    for (size_t i = 0; i < framing->pair_count; i++) {
        const struct dgm_escape *pair = &framing->pairs[i];
        out_format(out, "%s{0x%02x, %u, ", i == 0 ? "" : ", ", pair->byte, pair->length);
        put_bytes(out, pair->with, pair->length);
        out_text(out, "}");
    }
    out_text(out, "},\n");
}

static void put_framings(struct out *out, struct builder *builder)
{
    out_text(out, "        .framings = {\n");
    for (size_t i = 0; i < builder->framings.count; i++) {
        const struct dgm_framing *framing = &builder->framings.items[i];
        out_text(out, "            {\n                .start = ");
        put_bytes(out, framing->start, framing->start_length);
        out_text(out, ", .end = ");
        put_bytes(out, framing->end, framing->end_length);
        out_format(out,
                   ", .start_length = %u, .end_length = %u,\n"
                   "                .escape = %u, .pair_count = %u, .length_width = %u, "
                   ".length_order = %u,\n"
                   "                .length_at = %u, .length_add = %" PRId32
                   ", .gap_ms = %" PRIu32 ", .content_max = %" PRIu32 ",\n",
                   framing->start_length, framing->end_length, framing->escape,
                   framing->pair_count, framing->length_width, framing->length_order,
                   framing->length_at, framing->length_add, framing->gap_ms,
                   framing->content_max);
        put_pairs(out, framing);
        out_text(out, "            },\n");
    }
    end(out);
}

static void put_parts(struct out *out, struct builder *builder)
{
    size_t count = builder->parts.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 9, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_part *part = &builder->parts.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "{0x%" PRIx64 "u, 0x%" PRIx64 "u}", part->set[0],
             part->set[1]);
        CELL(&grid, out, i, &column, "%" PRIu32, part->text);
        CELL(&grid, out, i, &column, "%" PRIu32, part->count);
        CELL(&grid, out, i, &column, "%u", part->text_length);
        CELL(&grid, out, i, &column, "%s", index_text(out, part->row));
        CELL(&grid, out, i, &column, "%u", part->verb);
        CELL(&grid, out, i, &column, "%u", part->width);
        CELL(&grid, out, i, &column, "%u", part->extent);
        CELL(&grid, out, i, &column, "0x%02x", part->flags);
    }
    begin(out, "parts", "set, text, count, text_length, row, verb, width, extent, flags");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, emit_pool_text(builder, builder->parts.items[i].text));
    }
    end(out);
}

static void put_loops(struct out *out, struct builder *builder)
{
    size_t count = builder->loops.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 9, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_loop *loop = &builder->loops.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%u", loop->tag_rows);
        CELL(&grid, out, i, &column, "%u", loop->tag_bytes);
        CELL(&grid, out, i, &column, "%u", loop->first);
        CELL(&grid, out, i, &column, "%u", loop->count);
        CELL(&grid, out, i, &column, "%s", index_text(out, loop->other));
        CELL(&grid, out, i, &column, "%s", index_text(out, loop->size));
        CELL(&grid, out, i, &column, "%u", loop->unknown);
        CELL(&grid, out, i, &column, "%u", loop->flags);
        CELL(&grid, out, i, &column, "%u", loop->align);
    }
    begin(out, "loops",
          "tag_rows, tag_bytes, first, count, other, size, unknown, flags, align");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_tags(struct out *out, struct builder *builder)
{
    size_t count = builder->tags.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 4, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_tag *tag = &builder->tags.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%s", i64_text(out, tag->low));
        CELL(&grid, out, i, &column, "%s", i64_text(out, tag->high));
        CELL(&grid, out, i, &column, "%u", tag->row);
        CELL(&grid, out, i, &column, "{0}");
    }
    begin(out, "tags", "low, high, row, reserved");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, NULL);
    }
    end(out);
}

static void put_hooks(struct out *out, struct builder *builder)
{
    size_t count = builder->hooks.count;
    struct out_grid grid = out_grid_new(out->arena, "{", "}", 6, count);
    for (size_t i = 0; i < count; i++) {
        const struct dgm_hook_name *hook = &builder->hooks.items[i];
        size_t column = 0;
        CELL(&grid, out, i, &column, "%" PRIu32, hook->name);
        CELL(&grid, out, i, &column, "%" PRIu32, hook->output_limit);
        CELL(&grid, out, i, &column, "%" PRIu32, hook->key);
        CELL(&grid, out, i, &column, "%u", hook->key_length);
        CELL(&grid, out, i, &column, "%u", hook->process);
        CELL(&grid, out, i, &column, "0");
    }
    begin(out, "hooks", "name, output_limit, key, key_length, process, reserved");
    for (size_t i = 0; i < count; i++) {
        put_row(out, &grid, i, emit_pool_text(builder, builder->hooks.items[i].name));
    }
    end(out);
}

void emit_arrays(struct out *out, struct builder *builder)
{
    const struct {
        size_t count;
        void (*put)(struct out *out, struct builder *builder);
    } arrays[] = {
        {builder->services.count, put_services}, {builder->commands.count, put_commands},
        {builder->messages.count, put_messages}, {builder->guards.count, put_guards},
        {builder->rows.count, put_rows},         {builder->members.count, put_members},
        {builder->scalings.count, put_scalings}, {builder->enums.count, put_enums},
        {builder->choices.count, put_choices},   {builder->limits.count, put_limits},
        {builder->numbers.count, put_numbers},   {builder->answers.count, put_answers},
        {builder->checks.count, put_checks},     {builder->exprs.count, put_exprs},
        {builder->code.count, put_code},         {builder->framings.count, put_framings},
        {builder->hooks.count, put_hooks},       {builder->parts.count, put_parts},
        {builder->loops.count, put_loops},       {builder->tags.count, put_tags},
        {builder->formats.count, emit_formats},
    };
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        if (arrays[i].count > 0) {
            arrays[i].put(out, builder);
        }
    }
    emit_pipes(out, builder);
}
