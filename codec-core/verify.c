/* SPDX-License-Identifier: MIT */
/*
 * The table verifier. A table is hostile until this file has seen it: every section lies
 * inside the block, every index inside its section, every width, count and nesting within
 * what the interpreters assume. What depends on a frame or a JSON text is checked by the
 * interpreters themselves.
 *
 * Interpreters rely on exactly this list:
 *   - texts: an offset below the pool's size starts a zero-terminated text; keys lie
 * wholly inside;
 *   - rows: spans nest and end inside their parent; depth at most DGM_MAX_DEPTH; BIT rows
 * only inside the span of a BITS row and within its width; widths, operations and
 * renderings go together;
 *   - objects whose members stand apart: they open inside an open service, nest over the
 * passes, at most DGM_MAX_DEPTH deep, and all are closed at the end; whatever the frame;
 *   - expressions: known operations, stack between 1 and DGM_MAX_EXPR_STACK, exactly one
 * result, slots and members of the message at work;
 *   - framing: at most one, its delimiters and escapes within their arrays, every message
 * short enough for it;
 *   - slots, members, limits, scalings, enums, numbers exist; scaling digits and divisors
 * are legal;
 *   - formats: a pattern has year, month and day and at most DGM_MAX_NUMBER_DIGITS
 * digits; one of characters is as long as its digits.
 */
#include "private.h"

#include <stddef.h>
#include <string.h>
#include "framing.h"
#include "machine.h"
#include "moment.h"
#include "pipe.h"
#include "scaling.h"
#include "series.h"

struct verifier {
    const uint8_t *block;
    size_t size;
    const struct dgm_model *model;
    struct dgm_codec *codec;
    struct dgm_error *error;
};

static enum dgm_status refuse_at(const struct verifier *verifier, const void *at,
                                 const char *detail)
{
    size_t offset = at != NULL ? (size_t)((const uint8_t *)at - verifier->block) : 0;
    error_set(verifier->error, DGM_BAD_TABLE, DGM_PLACE_TABLE, offset);
    if (verifier->error != NULL)
        verifier->error->detail = detail;
    return DGM_BAD_TABLE;
}

#define refuse(verifier, at, sentence) refuse_at(verifier, at, DETAIL(sentence))

static enum dgm_status check_head(const struct verifier *verifier)
{
    const struct dgm_model *model = verifier->model;
    if (verifier->size < sizeof(*model) || (uintptr_t)verifier->block % 8 != 0)
        return refuse(verifier, NULL, "the block is too short or not aligned to 8");
    if (model->magic != DGM_TABLE_MAGIC)
        return refuse(verifier, &model->magic, "no table magic");
    if (model->format != DGM_TABLE_FORMAT) {
        error_set(verifier->error, DGM_WRONG_TABLE_FORMAT, DGM_PLACE_TABLE, 4);
        if (verifier->error != NULL) {
            verifier->error->has = DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
            verifier->error->raw = model->format;
            verifier->error->expected = DGM_TABLE_FORMAT;
        }
        return DGM_WRONG_TABLE_FORMAT;
    }
    if (model->head_size != sizeof(*model))
        return refuse(verifier, &model->head_size, "the head has another size");
    if (model->size > verifier->size || model->size > DGM_MAX_BLOCK)
        return refuse(verifier, &model->size, "the table is longer than its block");
    return DGM_OK;
}

/* Address of a section, or NULL if it does not lie in the block. An empty one may lie
 * anywhere. */
static const void *section(const struct verifier *verifier,
                           const struct dgm_section *section, size_t element)
{
    uint64_t end = (uint64_t)section->offset + (uint64_t)section->count * element;
    if (section->count == 0)
        return verifier->block;
    if (section->offset % 8 != 0 || section->offset < sizeof(struct dgm_model) ||
        end > verifier->model->size)
        return NULL;
    return verifier->block + section->offset;
}

/* All sections in the order of the head: one loop takes them, as code for each would be
 * longer than a small core can bear. */
#define SECTIONS(X)                                                                      \
    X(pool)                                                                              \
    X(services)                                                                          \
    X(commands)                                                                          \
    X(messages)                                                                          \
    X(guards)                                                                            \
    X(rows)                                                                              \
    X(members)                                                                           \
    X(scalings)                                                                          \
    X(enums)                                                                             \
    X(choices)                                                                           \
    X(limits)                                                                            \
    X(numbers)                                                                           \
    X(answers)                                                                           \
    X(checks)                                                                            \
    X(exprs)                                                                             \
    X(code)                                                                              \
    X(framings)                                                                          \
    X(hooks)                                                                             \
    X(parts)                                                                             \
    X(pipes)                                                                             \
    X(curves)                                                                            \
    X(points)                                                                            \
    X(loops)                                                                             \
    X(tags)                                                                              \
    X(formats)
#define NUMBER(name) SECTION_##name,
#define SENTENCE(name) "section " #name " is outside",
#define ELEMENT(name) sizeof(*((const struct dgm_codec *)NULL)->name),
#define ARRAY(name) offsetof(struct dgm_codec, name) / sizeof(void *),
#define FOLLOWS(name)                                                                    \
    DGM_STATIC_ASSERT(offsetof(struct dgm_model, name) ==                                \
                          offsetof(struct dgm_model, pool) +                             \
                              SECTION_##name * sizeof(struct dgm_section),               \
                      "sections follow one another");

enum { SECTIONS(NUMBER) SECTION_COUNT };
SECTIONS(FOLLOWS)

/* Bytes of an element; and which pointer of the codec it is, in pointers. */
static const uint8_t section_elements[] = {SECTIONS(ELEMENT)};
static const uint8_t section_arrays[] = {SECTIONS(ARRAY)};

static const char *section_sentence(unsigned index)
{
    static const char *const sentences[] = {SECTIONS(SENTENCE)};
    return sentences[index];
}

#undef SECTIONS
#undef NUMBER
#undef SENTENCE
#undef ELEMENT
#undef ARRAY
#undef FOLLOWS

static enum dgm_status take_sections(const struct verifier *verifier)
{
    const uint8_t *head = verifier->block + offsetof(struct dgm_model, pool);
    for (unsigned i = 0; i < SECTION_COUNT; i++) {
        const struct dgm_section *place = (const struct dgm_section *)(const void *)head;
        const void *start = section(verifier, place, section_elements[i]);
        /* Offsets have 32 bits, indices 16. */
        bool is_large = i == SECTION_pool || i == SECTION_code;
        if (start == NULL || (place->count >= DGM_NONE && !is_large))
            return refuse(verifier, place, section_sentence(i));
        memcpy((uint8_t *)verifier->codec + section_arrays[i] * sizeof(void *), &start,
               sizeof(start));
        head += sizeof(*place);
    }
    const struct dgm_section *pool = &verifier->model->pool;
    if (pool->count == 0 || verifier->codec->pool[0] != 0 ||
        verifier->codec->pool[pool->count - 1] != 0)
        return refuse(verifier, pool, "the texts do not begin and end with a zero");
    return DGM_OK;
}

static ONE_COPY bool text_ok(const struct verifier *verifier, uint32_t offset)
{
    return offset < verifier->model->pool.count;
}

static ONE_COPY bool span_ok(const struct verifier *verifier, uint32_t offset,
                             size_t length)
{
    return offset < verifier->model->pool.count &&
           length <= verifier->model->pool.count - offset;
}

/* A ready key is `,"name":`, and its name ends at its last quote: it prints as it is. */
static bool key_ok(const struct verifier *verifier, uint32_t offset, uint16_t length)
{
    if (length < 4 || !span_ok(verifier, offset, length))
        return false;
    const char *key = verifier->codec->pool + offset;
    if (key[0] != ',' || key[1] != '"' || key[length - 2] != '"' ||
        key[length - 1] != ':')
        return false;
    unsigned at = 2, end = length - 2u;
    while (at < end && (uint8_t)key[at] >= ' ' && key[at] != '"')
        at += key[at] == '\\' ? 2 : 1;
    return at == end;
}

static ONE_COPY bool range_ok(uint32_t first, uint32_t count, uint32_t total)
{
    return first <= total && count <= total - first;
}

static ONE_COPY bool index_ok(uint16_t index, uint32_t total)
{
    return index < total;
}

static ONE_COPY bool optional_ok(uint16_t index, uint32_t total)
{
    return index == DGM_NONE || index < total;
}

static enum dgm_status check_names(const struct verifier *verifier)
{
    const struct dgm_model *model = verifier->model;
    const uint32_t names[] = {model->manufacturer_id, model->manufacturer_name,
                              model->model,           model->product_id,
                              model->device_type,     model->protocol_type,
                              model->version,         model->product_name};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (!text_ok(verifier, names[i]))
            return refuse(verifier, &model->manufacturer_id, "a product text is outside");
    for (unsigned i = 0; i < model->services.count; i++) {
        const struct dgm_service *service = &verifier->codec->services[i];
        if (!text_ok(verifier, service->name) ||
            !key_ok(verifier, service->key, service->key_length))
            return refuse(verifier, service, "a service's text is outside");
    }
    for (unsigned i = 0; i < model->commands.count; i++) {
        const struct dgm_command *command = &verifier->codec->commands[i];
        if (!text_ok(verifier, command->name) || !text_ok(verifier, command->path) ||
            !text_ok(verifier, command->response_name) ||
            !key_ok(verifier, command->key, command->key_length) ||
            !index_ok(command->service, model->services.count))
            return refuse(verifier, command, "a command refers outside");
    }
    return DGM_OK;
}

static enum dgm_status check_values(const struct verifier *verifier)
{
    const struct dgm_model *model = verifier->model;
    for (unsigned i = 0; i < model->scalings.count; i++) {
        const struct dgm_scaling *scaling = &verifier->codec->scalings[i];
        if (scaling->mul == 0 || scaling->div == 0 || scaling->digits > DGM_MAX_DIGITS ||
            !optional_ok(scaling->invalid, model->enums.count))
            return refuse(verifier, scaling, "an impossible scaling");
    }
    for (unsigned i = 0; i < model->choices.count; i++) {
        const struct dgm_choice *choice = &verifier->codec->choices[i];
        if (!span_ok(verifier, choice->text, choice->text_length) ||
            choice->text_length == 0)
            return refuse(verifier, choice, "a choice's text is outside");
    }
    for (unsigned i = 0; i < model->enums.count; i++) {
        const struct dgm_enum *list = &verifier->codec->enums[i];
        if (!range_ok(list->first, list->count, model->choices.count) ||
            list->unknown > DGM_UNKNOWN_REFUSE)
            return refuse(verifier, list, "an enum refers outside");
    }
    for (unsigned i = 0; i < model->limits.count; i++) {
        const struct dgm_limit *limit = &verifier->codec->limits[i];
        if (!range_ok(limit->first_choice, limit->choice_count, model->choices.count) ||
            limit->scale > DGM_MAX_DIGITS || limit->outside > DGM_OUTSIDE_REFUSE)
            return refuse(verifier, limit, "a limit refers outside");
    }
    for (unsigned i = 0; HAS_HOOKS && i < model->hooks.count; i++) {
        const struct dgm_hook_name *hook = &verifier->codec->hooks[i];
        if (!text_ok(verifier, hook->name) || hook->output_limit == 0 ||
            hook->output_limit > DGM_MAX_FRAME)
            return refuse(verifier, hook, "an impossible hook");
        if (hook->process > DGM_PROCESS_ADD ||
            (hook->process != DGM_PROCESS_HOOK &&
             (hook->key_length == 0 || !span_ok(verifier, hook->key, hook->key_length))))
            return refuse(verifier, hook, "a key that is not there");
    }
    for (unsigned i = 0; i < model->guards.count; i++) {
        const struct dgm_guard *guard = &verifier->codec->guards[i];
        if (guard->kind > DGM_GUARD_TOPIC ||
            (HAS_TOPICS && guard->kind == DGM_GUARD_TOPIC &&
             guard->value >= model->pool.count) ||
            (guard->kind == DGM_GUARD_BYTES && (guard->size == 0 || guard->size > 8)))
            return refuse(verifier, guard, "a guard of unknown kind or size");
    }
    return DGM_OK;
}

/* Every value of the format is a finite binary64. */
static bool format_ok(const struct dgm_float *format)
{
    if (format->sign > 1 || format->exponent < 1 || format->exponent > 11 ||
        format->fraction < 1 || format->fraction > 52)
        return false;
    int highest = (1 << format->exponent) - 1;
    if (format->flags & DGM_FLOAT_SPECIAL)
        highest--;
    if (format->bias < -2048 || format->bias > 2048 + 52)
        return false;
    bool hidden = (format->flags & DGM_FLOAT_HIDDEN) != 0;
    int most = highest - format->bias - (hidden ? 0 : 1);
    int least = (hidden ? 1 : 0) - format->bias - format->fraction;
    return highest >= 0 && most <= 1023 && least >= -1074;
}

static bool curve_ok(const struct verifier *verifier, const struct dgm_curve *curve)
{
    const struct dgm_point *points = verifier->codec->points;
    bool rises = (curve->flags & DGM_CURVE_RISING) != 0;
    bool falls = (curve->flags & DGM_CURVE_FALLING) != 0;
    if (curve->count < 2 ||
        !range_ok(curve->first, curve->count, verifier->model->points.count) ||
        curve->x_digits > DGM_MAX_DIGITS || curve->y_digits > DGM_MAX_DIGITS ||
        curve->outside > DGM_CURVE_REFUSE)
        return false;
    for (unsigned i = curve->first + 1u; i < (unsigned)curve->first + curve->count; i++)
        if (points[i].x <= points[i - 1].x || (rises && points[i].y <= points[i - 1].y) ||
            (falls && points[i].y >= points[i - 1].y))
            return false;
    return true;
}

/* Expressions of pipes are looked at with the rows that run them. */
static enum dgm_status check_pipes(const struct verifier *verifier)
{
    const struct dgm_model *model = verifier->model;
    for (unsigned i = 0; i < model->curves.count; i++)
        if (!curve_ok(verifier, &verifier->codec->curves[i]))
            return refuse(verifier, &verifier->codec->curves[i], "an impossible curve");
    for (unsigned i = 0; i < model->pipes.count; i++) {
        const struct dgm_pipe *pipe = &verifier->codec->pipes[i];
        bool decimals_ok =
            pipe->decimals <= DGM_MAX_DIGITS || pipe->decimals == DGM_NO_DECIMALS;
        if (!decimals_ok || !optional_ok(pipe->scale, model->exprs.count) ||
            !optional_ok(pipe->offset, model->exprs.count) ||
            !optional_ok(pipe->curve, model->curves.count) ||
            !optional_ok(pipe->invalid, model->enums.count))
            return refuse(verifier, pipe, "a pipe refers outside");
    }
    return DGM_OK;
}

static enum dgm_status check_formats(const struct verifier *verifier)
{
    for (unsigned i = 0; i < verifier->model->formats.count; i++) {
        const struct dgm_format *format = &verifier->codec->formats[i];
        bool characters = (format->flags & DGM_FORMAT_CHARACTERS) != 0;
        if (!text_ok(verifier, format->pattern) ||
            !span_ok(verifier, format->separator, format->separator_length) ||
            format->precision > DGM_PRECISION_DAY ||
            format->sign > DGM_DIGIT_SIGN_LAST_NIBBLE)
            return refuse(verifier, format, "a format refers outside");
        const char *pattern = verifier->codec->pool + format->pattern;
        bool is_pattern = format->pattern != 0;
        if ((is_pattern && !moment_pattern_ok(pattern)) ||
            (characters && (!is_pattern || format->digits != strlen(pattern))))
            return refuse(verifier, format, "an impossible pattern of a time");
    }
    return DGM_OK;
}

static enum dgm_status check_checks(const struct verifier *verifier)
{
    for (unsigned i = 0; i < verifier->model->checks.count; i++) {
        const struct dgm_check *check = &verifier->codec->checks[i];
        if (check->kind > DGM_CHECK_ADLER_32 || check->width == 0 ||
            check->width > DGM_MAX_CHECK ||
            (check->width > 64 && check->kind != DGM_CHECK_CRC))
            return refuse(verifier, check, "a checksum of unknown kind or width");
    }
    return DGM_OK;
}

/* Escapes are told apart by reading on: what none of them begins stands for itself. */
static bool pairs_ok(const struct dgm_framing *framing)
{
    if (framing->pair_count == 0 || framing->pair_count > DGM_FRAMING_PAIRS_MAX)
        return false;
    for (unsigned i = 0; i < framing->pair_count; i++)
        if (framing->pairs[i].length == 0 || framing->pairs[i].length > DGM_ESCAPE_MAX)
            return false;
    return true;
}

static enum dgm_status check_framings(const struct verifier *verifier)
{
    struct dgm_codec *codec = verifier->codec;
    const struct dgm_framing *framing = codec->framings;
    codec->framing = NULL;
    if (verifier->model->framings.count == 0)
        return DGM_OK;
    if (verifier->model->framings.count > 1)
        return refuse(verifier, framing, "more than one framing");
    bool form_ok = framing->start_length <= DGM_FRAMING_DELIMITER &&
                   framing->end_length <= DGM_FRAMING_DELIMITER &&
                   framing->escape <= DGM_FRAMING_COBS &&
                   (framing->escape != DGM_FRAMING_PAIRS || pairs_ok(framing)) &&
                   framing->length_width <= 8 && framing->length_order <= DGM_ORDER_LE;
    if (!form_ok || framing->content_max > DGM_MAX_FRAME ||
        framing_most(framing, framing->content_max) > DGM_MAX_FRAME)
        return refuse(verifier, framing, "an impossible framing");
    for (unsigned i = 0; i < verifier->model->messages.count; i++)
        if (codec->messages[i].frame_max > framing->content_max)
            return refuse(verifier, framing, "a message longer than the framing allows");
    codec->framing = framing;
    return DGM_OK;
}

static unsigned operand_u16(const uint8_t *operand)
{
    return (unsigned)(operand[0] | operand[1] << 8);
}

static uint32_t operand_u32(const uint8_t *operand)
{
    return (uint32_t)operand[0] | (uint32_t)operand[1] << 8 | (uint32_t)operand[2] << 16 |
           (uint32_t)operand[3] << 24;
}

/* Its text is looked at with the row itself. */
static bool literal_ok(const struct verifier *verifier, unsigned index,
                       const struct dgm_message *message)
{
    return index < message->row_count &&
           verifier->codec->rows[message->first_row + index].op == DGM_OP_LITERAL;
}

static bool operand_ok(const struct verifier *verifier, const uint8_t *code,
                       const struct dgm_message *message)
{
    const uint8_t *operand = code + 1;
    switch (code[0]) {
    case DGM_CODE_CONST:
        return operand[8] <= DGM_MAX_DIGITS;
    case DGM_CODE_SLOT:
        return operand_u16(operand) < message->slots;
    case DGM_CODE_MEMBER:
    case DGM_CODE_HAS_MEMBER:
    case DGM_CODE_LEFT_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
    case DGM_CODE_COUNT_MEMBER:
        return operand_u16(operand) < message->member_count;
    case DGM_CODE_PART:
        return operand_u16(operand) < DGM_MAX_PARTS;
    case DGM_CODE_GIVEN:
    case DGM_CODE_COUNT_GIVEN:
        return operand_u16(operand) < message->member_count;
    case DGM_CODE_CHOICE:
    case DGM_CODE_CHOICE_RAW:
        return operand_u16(operand) < verifier->model->enums.count;
    case DGM_CODE_ROLE:
        return operand[0] < DGM_ROLE_COUNT;
    case DGM_CODE_FRAME_BYTES:
        return operand[0] >= 1 && operand[0] <= 8 && operand[1] <= DGM_ORDER_LE;
    case DGM_CODE_ROUND:
        return operand[0] <= DGM_MAX_DIGITS;
    case DGM_CODE_CURVE:
        return HAS_FLOATS && operand_u16(operand) < verifier->model->curves.count;
    case DGM_CODE_TOPIC:
        return HAS_TOPICS && text_ok(verifier, operand_u32(operand));
    case DGM_CODE_FIRST:
    case DGM_CODE_LAST:
    case DGM_CODE_STEP:
    case DGM_CODE_SUM:
        return operand_u16(operand) < message->row_count;
    case DGM_CODE_CONTRADICTS:
        return literal_ok(verifier, operand_u16(operand), message);
    default:
        return true;
    }
}

static enum dgm_status check_expr(const struct verifier *verifier, uint16_t index,
                                  const struct dgm_message *message)
{
    const struct dgm_expr *expr = &verifier->codec->exprs[index];
    if (!range_ok(expr->at, expr->length, verifier->model->code.count))
        return refuse(verifier, expr, "an expression lies outside");
    const uint8_t *code = verifier->codec->code + expr->at, *end = code + expr->length;
    unsigned depth = 0, steps = 0;
    while (code < end) {
        unsigned operands, pops, pushes;
        if (!machine_shape(code[0], &operands, &pops, &pushes) ||
            (size_t)(end - code) < 1u + operands || !operand_ok(verifier, code, message))
            return refuse(verifier, expr,
                          "an expression has an unknown operation or operand");
        const char *lacks = machine_lacks(code[0]);
        if (lacks == NULL)
            lacks = code_lacks(code[0]);
        if (lacks != NULL)
            return refuse_at(verifier, expr, lacks);
        if (depth < pops || depth - pops + pushes > DGM_MAX_EXPR_STACK ||
            ++steps > DGM_MAX_EXPR_STEPS)
            return refuse(verifier, expr, "an expression leaves its stack");
        depth = depth - pops + pushes;
        if (depth > MACHINE_STACK)
            return refuse_at(verifier, expr, code_lacks(DGM_CODE_MOD));
        code += 1 + operands;
    }
    return depth == 1 ? DGM_OK
                      : refuse(verifier, expr, "an expression has no single result");
}

static enum dgm_status check_optional_expr(const struct verifier *verifier,
                                           uint16_t index,
                                           const struct dgm_message *message)
{
    if (index == DGM_NONE)
        return DGM_OK;
    if (!index_ok(index, verifier->model->exprs.count))
        return refuse(verifier, message, "an expression is missing");
    return check_expr(verifier, index, message);
}

static bool detail_ok(const struct verifier *verifier, const struct dgm_row *row)
{
    const struct dgm_model *model = verifier->model;
    if (row->show == DGM_SHOW_DECIMAL)
        return index_ok(row->detail, model->scalings.count);
    if (show_is_time(row->show))
        return optional_ok(row->detail, model->scalings.count) &&
               optional_ok(row_format(row), model->formats.count);
    if (row->show == DGM_SHOW_ENUM || row->show == DGM_SHOW_FLAGS)
        return index_ok(row->detail, model->enums.count);
    return true;
}

static bool constants_ok(const struct verifier *verifier, const struct dgm_row *row)
{
    uint32_t total = verifier->model->numbers.count;
    if (!(row->flags & DGM_ROW_CONST_LIST))
        return index_ok(row->expr, total);
    if (!index_ok(row->expr, total))
        return false;
    uint64_t count = verifier->codec->numbers[row->expr];
    return count >= 1 && count < total - row->expr;
}

/* Does the expression, which was checked, ask for values of a series? */
static bool asks_for_series(const struct dgm_codec *codec, uint16_t index)
{
    const struct dgm_expr *expr = &codec->exprs[index];
    const uint8_t *code = codec->code + expr->at, *end = code + expr->length;
    unsigned operands = 0, pops, pushes;
    for (; code < end && machine_shape(code[0], &operands, &pops, &pushes);
         code += 1 + operands)
        if (code[0] >= DGM_CODE_FIRST && code[0] <= DGM_CODE_SUM)
            return true;
    return false;
}

/* The slots and the expression of a series. What it begins with asks for no series, which
 * could be itself. */
static enum dgm_status check_series(const struct verifier *verifier,
                                    const struct dgm_row *row,
                                    const struct dgm_message *message)
{
    uint32_t total = verifier->model->numbers.count;
    if (!row_has_series(row))
        return DGM_OK;
    if (row->region >= total || total - row->region < 2)
        return refuse(verifier, row, "a series without its slots");
    struct dgm_series series = series_of(verifier->codec, row);
    const uint16_t slots[] = {series.previous, series.first, series.second, series.last,
                              series.sum};
    for (unsigned i = 0; i < sizeof(slots) / sizeof(slots[0]); i++)
        if (!optional_ok(slots[i], message->slots))
            return refuse(verifier, row, "a series without its slots");
    if (series.delta != DGM_NONE && series.previous == DGM_NONE)
        return refuse(verifier, row, "a series without its slots");
    enum dgm_status status = check_optional_expr(verifier, series.delta, message);
    if (status == DGM_OK && series.delta != DGM_NONE &&
        asks_for_series(verifier->codec, series.delta))
        return refuse(verifier, row, "a series that begins with a series");
    return status;
}

/* A row that takes its share of another one, which is whole. */
static bool piece_ok(const struct verifier *verifier, const struct dgm_row *row,
                     const struct dgm_message *message)
{
    if (!HAS_STREAMS || row->source != DGM_SOURCE_PIECE)
        return true;
    uint32_t index = row->key >> 16;
    if (index >= message->row_count || (row->flags & DGM_ROW_NAMED))
        return false;
    const struct dgm_row *whole = &verifier->codec->rows[message->first_row + index];
    uint8_t wanted = row->op == DGM_OP_BYTES ? DGM_OP_JOIN_BYTES : DGM_OP_JOIN;
    return whole->op == wanted && row->op != DGM_OP_JOIN &&
           row->op != DGM_OP_JOIN_BYTES && whole->source != DGM_SOURCE_PIECE;
}

/* The numbers of a JOIN or JOIN_BYTES row, and the slots that they name. */
static bool pieces_ok(const struct verifier *verifier, const struct dgm_row *row,
                      const struct dgm_message *message)
{
    uint32_t total = verifier->model->numbers.count;
    unsigned more = row->op == DGM_OP_JOIN_BYTES ? 1 : 0; /* where they begin */
    if (!index_ok(row->spec, total))
        return false;
    const uint64_t *numbers = verifier->codec->numbers + row->spec;
    uint64_t count = *numbers++;
    if (count < 1 || count > DGM_MAX_PIECES || count >= total - row->spec)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t slot = numbers[i] & 0xFFFF, width = numbers[i] >> DGM_JOIN_WIDTH;
        if (slot + more >= message->slots || width > UINT16_MAX ||
            (more == 0 && (width < 1 || width > 64)))
            return false;
    }
    return true;
}

/* Which number, expression or member encode needs, by source. */
static bool source_ok(const struct verifier *verifier, const struct dgm_row *row)
{
    const struct dgm_model *model = verifier->model;
    if (!HAS_ENCODE && row->source != DGM_SOURCE_CONST &&
        row->source != DGM_SOURCE_LATER && row->source != DGM_SOURCE_LENGTH)
        return true;
    switch (row->source) {
    case DGM_SOURCE_CONST:
        return constants_ok(verifier, row);
    case DGM_SOURCE_FILL:
        return index_ok(row->expr, model->numbers.count);
    case DGM_SOURCE_LATER:
        return HAS_PLACES && row->op == DGM_OP_INT && row->slot != DGM_NONE &&
               row->show == DGM_SHOW_DECIMAL && model->scalings.count > row->detail;
    case DGM_SOURCE_LENGTH:
        return row->op == DGM_OP_INT && row->show == DGM_SHOW_DECIMAL &&
               model->scalings.count > row->detail;
    case DGM_SOURCE_EXPR:
        return index_ok(row->expr, model->exprs.count);
    case DGM_SOURCE_TAG:
        return true;
    case DGM_SOURCE_MEASURE:
        return row->slot != DGM_NONE && index_ok(row->expr, model->exprs.count);
    case DGM_SOURCE_PART:
        return true; /* without a part of its own it is refused on encode */
    case DGM_SOURCE_MEMBER:
        return row->member != DGM_NONE;
    case DGM_SOURCE_ROLE:
        return row->role != DGM_ROLE_NONE && optional_ok(row->expr, model->exprs.count);
    case DGM_SOURCE_PIECE:
    case DGM_SOURCE_MOMENT:
        return true; /* see piece_ok() and moment_part_ok() */
    default:
        return row->source == DGM_SOURCE_NONE;
    }
}

static enum dgm_status check_source_expr(const struct verifier *verifier,
                                         const struct dgm_row *row,
                                         const struct dgm_message *message)
{
    if (HAS_ENCODE && (row->source == DGM_SOURCE_EXPR || row->source == DGM_SOURCE_ROLE ||
                       row->source == DGM_SOURCE_MEASURE))
        return check_optional_expr(verifier, row->expr, message);
    return DGM_OK;
}

/* A row marked as fitting int64 does so for its smallest and largest raw, and does not
 * round. */
static bool fits_ok(const struct verifier *verifier, const struct dgm_row *row)
{
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    if (!HAS_SPEED || !(row->flags & DGM_ROW_FITS) || row->show != DGM_SHOW_DECIMAL)
        return true;
    const struct dgm_scaling *scaling = &verifier->codec->scalings[row->detail];
    uint64_t largest = is_signed ? width_mask(row->width - 1u) : width_mask(row->width);
    uint64_t smallest = is_signed ? (uint64_t)1 << (row->width - 1) : 0;
    const uint64_t extremes[2] = {smallest, largest};
    struct dgm_scaling product = *scaling; /* it has to fit, too */
    product.add = 0;
    for (unsigned i = 0; i < 2; i++) {
        struct number number, partial;
        int64_t value;
        if (!scaling_apply(scaling, raw_wide(row, extremes[i]), &number) ||
            !scaling_apply(&product, raw_wide(row, extremes[i]), &partial) ||
            !wide_to_i64(number.mantissa, &value) ||
            !wide_to_i64(partial.mantissa, &value) ||
            !wide_to_i64(raw_wide(row, largest), &value))
            return false;
    }
    return scaling->div == 1;
}

/* The pipe of a row, with its expressions; `wanted`: there must be one. */
static enum dgm_status check_pipe(const struct verifier *verifier,
                                  const struct dgm_row *row,
                                  const struct dgm_message *message, bool wanted)
{
    if (!optional_ok(row->detail, verifier->model->pipes.count) ||
        (wanted && row->detail == DGM_NONE))
        return refuse(verifier, row, "a row without its pipe");
    if (row->detail == DGM_NONE)
        return DGM_OK;
    const struct dgm_pipe *pipe = &verifier->codec->pipes[row->detail];
    enum dgm_status status = check_optional_expr(verifier, pipe->scale, message);
    return status == DGM_OK ? check_optional_expr(verifier, pipe->offset, message)
                            : status;
}

/* A float is as wide as its format: whole bytes, or some bits of a group. */
static bool float_width_ok(const struct verifier *verifier, const struct dgm_row *row)
{
    if (row->detail == DGM_NONE)
        return row->op == DGM_OP_FLOAT && (row->width == 32 || row->width == 64);
    const struct dgm_float *format = &verifier->codec->pipes[row->detail].format;
    return format_ok(format) &&
           row->width == format->sign + format->exponent + format->fraction &&
           (row->op != DGM_OP_FLOAT || row->width % 8 == 0);
}

static enum dgm_status check_float_row(const struct verifier *verifier,
                                       const struct dgm_row *row,
                                       const struct dgm_message *message)
{
    enum dgm_status status = check_pipe(verifier, row, message, false);
    if (status != DGM_OK)
        return status;
    bool words = row->order == DGM_ORDER_CDAB || row->order == DGM_ORDER_BADC;
    bool form_ok = float_width_ok(verifier, row) && row->order <= DGM_ORDER_BADC &&
                   (!words || row->width % 16 == 0) &&
                   (row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_FLOAT ||
                    row->show == DGM_SHOW_DOUBLE);
    bool from_ok = row->source == DGM_SOURCE_NONE || row->source == DGM_SOURCE_EXPR ||
                   row->source == DGM_SOURCE_MEMBER || row->source == DGM_SOURCE_PART;
    if (!form_ok || !from_ok || !source_ok(verifier, row) ||
        !optional_ok(row->limit, verifier->model->limits.count))
        return refuse(verifier, row, "a float of impossible form or source");
    return check_source_expr(verifier, row, message);
}

static enum dgm_status check_integer_row(const struct verifier *verifier,
                                         const struct dgm_row *row,
                                         const struct dgm_message *message)
{
    bool width_ok = row->width >= 1 && row->width <= 64;
    if (row->op != DGM_OP_BIT && row->op != DGM_OP_FIELD && row->op != DGM_OP_JOIN)
        width_ok = width_ok && row->width % 8 == 0;
    bool words = row->order == DGM_ORDER_CDAB || row->order == DGM_ORDER_BADC;
    if (!width_ok || row->order > DGM_ORDER_BADC || (words && row->width % 16 != 0))
        return refuse(verifier, row, "an integer of impossible width or order");
    if (row->op == DGM_OP_BITS)
        return DGM_OK;
    if (row->op != DGM_OP_INT && row_is_float(row))
        return check_float_row(verifier, row, message);
    bool show_ok = row->show < DGM_SHOW_BASE64 || row->show == DGM_SHOW_FLAGS ||
                   row->show == DGM_SHOW_PIPE || row->show == DGM_SHOW_BINARY ||
                   show_is_time(row->show);
    if (!show_ok || !detail_ok(verifier, row) || !fits_ok(verifier, row) ||
        !source_ok(verifier, row) || !piece_ok(verifier, row, message) ||
        (HAS_FORMATS && !moment_part_ok(verifier->codec, row, message)) ||
        !optional_ok(row->limit, verifier->model->limits.count))
        return refuse(verifier, row, "an integer refers outside");
    if (row_is_piped(row)) {
        if (row->role != DGM_ROLE_NONE || row->source == DGM_SOURCE_MEASURE)
            return refuse(verifier, row, "a pipe where only scalings can be");
        enum dgm_status status = check_pipe(verifier, row, message, true);
        if (status != DGM_OK)
            return status;
    }
    return check_source_expr(verifier, row, message);
}

/* How many there are is known; what is shown as bits has a width of its own. */
static enum dgm_status check_digits_row(const struct verifier *verifier,
                                        const struct dgm_row *row,
                                        const struct dgm_message *message)
{
    bool raw_ok = row->width == 64 && row->show != DGM_SHOW_HEX &&
                  row->show != DGM_SHOW_HEX_UPPER && row->show != DGM_SHOW_BINARY &&
                  index_ok(row->spec, verifier->model->formats.count) &&
                  !(row->flags & (DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY));
    if (!raw_ok)
        return refuse(verifier, row, "a number of digits of impossible form");
    const struct dgm_format *format = &verifier->codec->formats[row->spec];
    bool is_signed = (row->flags & DGM_ROW_SIGNED) != 0;
    bool is_counted = format->digits > 0 || format->count != DGM_NONE ||
                      (row->flags & DGM_ROW_REST) != 0;
    bool is_fixed = !(row->flags & DGM_ROW_REST) && format->digits > 0;
    if (!is_counted || ((format->flags & DGM_FORMAT_CHARACTERS) && !is_fixed) ||
        is_signed != (format->sign != DGM_DIGIT_SIGN_NONE) ||
        (format->pattern != 0 && is_signed))
        return refuse(verifier, row, "a number of digits of impossible form");
    enum dgm_status status = check_optional_expr(verifier, format->count, message);
    return status == DGM_OK ? check_integer_row(verifier, row, message) : status;
}

static enum dgm_status check_bytes_row(const struct verifier *verifier,
                                       const struct dgm_row *row,
                                       const struct dgm_message *message)
{
    bool show_ok = row->show == DGM_SHOW_NONE ||
                   (row->show >= DGM_SHOW_BASE64 && row->show <= DGM_SHOW_UTF8) ||
                   (HAS_FORMATS && row->show >= DGM_SHOW_BYTES_ARRAY &&
                    row->show <= DGM_SHOW_TEXT_NUMBER);
    uint16_t format = row_format(row);
    bool has_format = HAS_FORMATS && format < verifier->model->formats.count;
    bool reversed =
        has_format && (verifier->codec->formats[format].flags & DGM_FORMAT_REVERSED);
    /* Bytes that are joined are shown as a string, forwards. */
    bool joined = HAS_STREAMS && row->op == DGM_OP_JOIN_BYTES &&
                  (reversed || row->show == DGM_SHOW_BYTES_ARRAY ||
                   row->show == DGM_SHOW_DIGITS || row->show == DGM_SHOW_TEXT_NUMBER);
    bool keeps = HAS_TAGS && (row->flags & DGM_ROW_KEEP) != 0;
    bool from = row->source == DGM_SOURCE_NONE || row->source == DGM_SOURCE_FILL ||
                row->source == DGM_SOURCE_MEMBER || row->source == DGM_SOURCE_ROLE ||
                row->source == DGM_SOURCE_PIECE || row->source == DGM_SOURCE_PART ||
                row->source == DGM_SOURCE_SKIP;
    bool places_ok = !HAS_STREAMS || !(row->flags & DGM_ROW_PLACED) ||
                     row->slot == DGM_NONE || row->slot + 1u < message->slots;
    if (!show_ok || !from || !places_ok || !piece_ok(verifier, row, message) ||
        (keeps && (row->member == DGM_NONE || row->width < 4 || row->width > 64)) ||
        (row->source == DGM_SOURCE_MEMBER && row->member == DGM_NONE) ||
        (row->source == DGM_SOURCE_ROLE && row->role == DGM_ROLE_NONE) ||
        (HAS_FORMATS && row->role != DGM_ROLE_NONE &&
         (row->show == DGM_SHOW_BYTES_ARRAY || row->show == DGM_SHOW_TEXT_NUMBER)) ||
        (HAS_FORMATS && row->show == DGM_SHOW_DIGITS && format == DGM_NONE) ||
        (row->show == DGM_SHOW_UTF8 && reversed) ||
        (HAS_FORMATS && !optional_ok(format, verifier->model->formats.count)) || joined ||
        !optional_ok(row->limit, verifier->model->limits.count))
        return refuse(verifier, row, "bytes of impossible rendering or source");
    return check_optional_expr(verifier, row->expr, message);
}

static enum dgm_status check_echo_row(const struct verifier *verifier,
                                      const struct dgm_row *row,
                                      const struct dgm_message *message)
{
    bool show_ok = row->show == DGM_SHOW_BASE64 || row->show == DGM_SHOW_BYTES_HEX ||
                   row->show == DGM_SHOW_BYTES_HEX_UPPER ||
                   row->show == DGM_SHOW_BYTES_ARRAY ||
                   row->show == DGM_SHOW_BYTES_DOTTED;
    if (!show_ok || row->expr == DGM_NONE ||
        !optional_ok(row->spec, verifier->model->formats.count))
        return refuse(verifier, row, "an echo of impossible rendering");
    enum dgm_status status = check_optional_expr(verifier, row->expr, message);
    return status == DGM_OK ? check_optional_expr(verifier, row->region, message)
                            : status;
}

static enum dgm_status check_value_row(const struct verifier *verifier,
                                       const struct dgm_row *row,
                                       const struct dgm_message *message)
{
    bool show_ok = row->show == DGM_SHOW_NONE || row->show == DGM_SHOW_INT ||
                   row->show == DGM_SHOW_BOOL || row->show == DGM_SHOW_PIPE ||
                   show_is_time(row->show);
    if (row->show == DGM_SHOW_ENUM)
        show_ok = row->width == 64 && (row->flags & DGM_ROW_SIGNED) &&
                  index_ok(row->detail, verifier->model->enums.count);
    if (!show_ok || row->expr == DGM_NONE ||
        (HAS_FORMATS && !optional_ok(row->spec, verifier->model->formats.count)) ||
        !optional_ok(row->limit, verifier->model->limits.count))
        return refuse(verifier, row, "a computed value of impossible rendering");
    if (row_is_piped(row)) {
        enum dgm_status status = check_pipe(verifier, row, message, true);
        if (status != DGM_OK)
            return status;
    }
    return check_optional_expr(verifier, row->expr, message);
}

/* The size of a region, and the earlier row that encode fills with it. */
static enum dgm_status check_region(const struct verifier *verifier,
                                    const struct dgm_row *row,
                                    const struct dgm_message *message)
{
    const struct dgm_row *rows = verifier->codec->rows + message->first_row;
    if (!row_has_region(row))
        return DGM_OK;
    if (row->spec != DGM_NONE &&
        (row->spec >= row - rows || rows[row->spec].source != DGM_SOURCE_MEASURE ||
         (rows[row->spec].op != DGM_OP_INT && rows[row->spec].op != DGM_OP_BIT)))
        return refuse(verifier, row, "a size that no earlier row tells");
    return check_optional_expr(verifier, row->region, message);
}

/* The mark that ends a repetition. */
static bool until_ok(const struct verifier *verifier, const struct dgm_row *row)
{
    if (!HAS_PLACES || !(row->flags & DGM_ROW_UNTIL))
        return true;
    bool words = row->order == DGM_ORDER_CDAB || row->order == DGM_ORDER_BADC;
    return (row->flags & DGM_ROW_REST) && row->region == DGM_NONE &&
           row->width % 8 == 0 && row->width >= 8 && row->width <= 64 &&
           row->order <= DGM_ORDER_BADC && !(words && row->width % 16 != 0) &&
           index_ok(row->spec, verifier->model->numbers.count);
}

static enum dgm_status check_repeat_row(const struct verifier *verifier,
                                        const struct dgm_row *row,
                                        const struct dgm_message *message)
{
    if ((row->flags & DGM_ROW_RECORD) &&
        (!index_ok(row->limit, verifier->model->services.count) ||
         (row->flags & DGM_ROW_ARRAY)))
        return refuse(verifier, row, "records of no service");
    if (!until_ok(verifier, row))
        return refuse(verifier, row, "a repetition that ends nowhere");
    if (row->detail == 0 || ((row->flags & DGM_ROW_ARRAY) && row->member == DGM_NONE))
        return refuse(verifier, row, "a repetition of nothing");
    if (!(row->flags & DGM_ROW_REST) && row->expr == DGM_NONE)
        return refuse(verifier, row, "a repetition without a count");
    enum dgm_status status = check_optional_expr(verifier, row->expr, message);
    return status == DGM_OK ? check_region(verifier, row, message) : status;
}

static enum dgm_status check_loop_row(const struct verifier *verifier,
                                      const struct dgm_row *row,
                                      const struct dgm_message *message)
{
    const struct dgm_model *model = verifier->model;
    if (!index_ok(row->spec, model->loops.count))
        return refuse(verifier, row, "no such tag loop");
    const struct dgm_loop *loop = &verifier->codec->loops[row->spec];
    bool sized = loop->size != DGM_NONE;
    if (!range_ok(loop->first, loop->count, model->tags.count) || loop->align == 0 ||
        loop->count > DGM_MAX_MEMBERS || loop->unknown > DGM_LOOP_SKIP_BYTE ||
        (loop->unknown == DGM_LOOP_SKIP && !sized))
        return refuse(verifier, loop, "an impossible tag loop");
    return check_optional_expr(verifier, loop->size, message);
}

static bool check_ok(const struct verifier *verifier, const struct dgm_row *row,
                     const struct dgm_message *message)
{
    if (row->width % 8 != 0 || row->width < 8 || row->width > DGM_MAX_CHECK ||
        row->order > DGM_ORDER_LE ||
        !index_ok(row->detail, verifier->model->checks.count))
        return false;
    return !HAS_PLACES ||
           !(verifier->codec->checks[row->detail].flags & DGM_CHECK_OVER) ||
           (row->slot != DGM_NONE && row->spec + 1u < message->slots);
}

/* A length or count with slot and scaling, or a checksum over an item. */
static bool agree_ok(const struct verifier *verifier, const struct dgm_row *row,
                     const struct dgm_message *message)
{
    if (row->spec >= message->row_count)
        return false;
    const struct dgm_row *teller = &verifier->codec->rows[message->first_row + row->spec];
    if (teller->op == DGM_OP_CHECK)
        return index_ok(teller->detail, verifier->model->checks.count) &&
               (verifier->codec->checks[teller->detail].flags & DGM_CHECK_OVER);
    return teller->op == DGM_OP_INT && teller->source == DGM_SOURCE_LATER &&
           row->expr != DGM_NONE;
}

/* What every row refers to, whatever it does. */
static enum dgm_status check_references(const struct verifier *verifier,
                                        const struct dgm_row *row,
                                        const struct dgm_message *message)
{
    /* Of what is collected in a tag loop the name prints apart from the values. */
    const uint32_t collected = HAS_TAGS ? DGM_ROW_COLLECT | DGM_ROW_KEEP : 0;
    bool is_named = (row->flags & (DGM_ROW_NAMED | collected)) != 0;
    bool needs_member = (row->flags & collected) != 0 ||
                        (HAS_TAGS && (row->flags & DGM_ROW_SHARED) != 0) ||
                        ((row->flags & DGM_ROW_NAMED) != 0 && row_has_naming(row));
    if (HAS_SERIES && (row->flags & DGM_ROW_SILENT) && row->op != DGM_OP_GROUP)
        return refuse(verifier, row, "only a group is silent");
    if (HAS_TAGS && (row->flags & DGM_ROW_KEEP) && row->op != DGM_OP_BYTES)
        return refuse(verifier, row, "only bytes are kept");
    if ((is_named && !key_ok(verifier, row->key, row->key_length)) ||
        (needs_member && row->member == DGM_NONE) || !text_ok(verifier, row->path) ||
        row->role >= DGM_ROLE_COUNT || !optional_ok(row->slot, message->slots) ||
        !optional_ok(row->member, message->member_count))
        return refuse(verifier, row, "a row refers outside");
    enum dgm_status status = check_optional_expr(verifier, row->when, message);
    if (HAS_SERIES && status == DGM_OK)
        status = check_series(verifier, row, message);
    if (status == DGM_OK)
        status = check_optional_expr(verifier, row->naming, message);
    return status;
}

/* Rows that other rows stand in, or that open and close something. */
static enum dgm_status check_structure_row(const struct verifier *verifier,
                                           const struct dgm_row *row,
                                           const struct dgm_message *message)
{
    const struct dgm_model *model = verifier->model;
    switch (row->op) {
    case DGM_OP_STREAM:
        return HAS_STREAMS && row->spec >= 1 && row->spec <= DGM_MAX_STREAM
                   ? DGM_OK
                   : refuse(verifier, row, "a bit stream of impossible length");
    case DGM_OP_SPAN:
        return HAS_PLACES && row->region == DGM_NONE && row->slot != DGM_NONE &&
                       row->slot + 1u < message->slots
                   ? DGM_OK
                   : refuse(verifier, row, "a part without its slots");
    case DGM_OP_GROUP:
        return (row->flags & DGM_ROW_OBJECT) && (row->flags & DGM_ROW_NAMED) &&
                       row->member == DGM_NONE
                   ? refuse(verifier, row, "an object without a member")
               : HAS_HOOKS && (row->flags & DGM_ROW_HOOK) &&
                       !index_ok(row->expr, model->hooks.count)
                   ? refuse(verifier, row, "a hook that is not there")
                   : check_region(verifier, row, message);
    case DGM_OP_AT:
        return HAS_PLACES && row->region == DGM_NONE &&
                       index_ok(row->spec, model->numbers.count)
                   ? DGM_OK
                   : refuse(verifier, row, "a place that is not there");
    case DGM_OP_REPEAT:
        return check_repeat_row(verifier, row, message);
    case DGM_OP_TLV:
        return HAS_TAGS ? check_loop_row(verifier, row, message) : DGM_INTERNAL;
    case DGM_OP_CHOOSE:
        return HAS_TAGS && row->expr != DGM_NONE
                   ? check_optional_expr(verifier, row->expr, message)
                   : refuse(verifier, row, "a tag that nothing tells");
    case DGM_OP_CASE:
        return HAS_TAGS && row->when == DGM_NONE &&
                       optional_ok(row->expr, model->numbers.count)
                   ? check_region(verifier, row, message)
                   : refuse(verifier, row, "a case without its tag");
    case DGM_OP_SERVICE:
        return optional_ok(row->detail, model->services.count)
                   ? DGM_OK
                   : refuse(verifier, row, "a service that is not there");
    case DGM_OP_OBJECT:
        return HAS_PLACES && key_ok(verifier, row->key, row->key_length)
                   ? DGM_OK
                   : refuse(verifier, row, "an object without its name");
    case DGM_OP_SERVICE_END:
    case DGM_OP_OBJECT_END:
    case DGM_OP_TEXT: /* looked at with its span */
        return DGM_OK;
    default:
        return refuse(verifier, row, "an unknown operation");
    }
}

static enum dgm_status check_row(const struct verifier *verifier,
                                 const struct dgm_row *row,
                                 const struct dgm_message *message)
{
    const struct dgm_model *model = verifier->model;
    const char *lacks = row_lacks(row);
    if (lacks != NULL)
        return refuse_at(verifier, row, lacks);
    enum dgm_status status = check_references(verifier, row, message);
    if (status != DGM_OK)
        return status;
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BITS:
    case DGM_OP_BIT:
    case DGM_OP_FIELD:
        return check_integer_row(verifier, row, message);
    case DGM_OP_JOIN:
        return HAS_STREAMS && pieces_ok(verifier, row, message)
                   ? check_integer_row(verifier, row, message)
                   : refuse(verifier, row, "pieces that are not there");
    case DGM_OP_JOIN_BYTES:
        return HAS_STREAMS && pieces_ok(verifier, row, message)
                   ? check_bytes_row(verifier, row, message)
                   : refuse(verifier, row, "pieces that are not there");
    case DGM_OP_MOMENT:
        return HAS_FORMATS && moment_row_ok(verifier->codec, row, message)
                   ? check_source_expr(verifier, row, message)
                   : refuse(verifier, row, "an impossible moment");
    case DGM_OP_BYTES:
        return check_bytes_row(verifier, row, message);
    case DGM_OP_FLOAT:
        return HAS_FLOATS ? check_float_row(verifier, row, message) : DGM_INTERNAL;
    case DGM_OP_DIGITS:
        return HAS_FORMATS ? check_digits_row(verifier, row, message) : DGM_INTERNAL;
    case DGM_OP_ECHO:
        return HAS_HOOKS ? check_echo_row(verifier, row, message) : DGM_INTERNAL;
    case DGM_OP_CHECK:
        return check_ok(verifier, row, message)
                   ? DGM_OK
                   : refuse(verifier, row, "an impossible checksum");
    case DGM_OP_AGREE:
        return HAS_PLACES && agree_ok(verifier, row, message)
                   ? check_optional_expr(verifier, row->expr, message)
                   : refuse(verifier, row, "nothing tells of this item");
    case DGM_OP_NOTICE:
        return text_ok(verifier, row->key)
                   ? DGM_OK
                   : refuse(verifier, row, "a warning without text");
    case DGM_OP_VALUE:
        return check_value_row(verifier, row, message);
    case DGM_OP_LITERAL:
        return index_ok(row->detail, model->choices.count) &&
                       optional_ok(row->spec, message->member_count)
                   ? DGM_OK
                   : refuse(verifier, row, "a literal without text");
    default:
        return check_structure_row(verifier, row, message);
    }
}

/* Bit fields fill the span of their group exactly as wide as it is, without nesting. */
static enum dgm_status check_bit_group(const struct verifier *verifier,
                                       const struct dgm_row *group, unsigned index,
                                       unsigned end)
{
    if (group->detail >= end - index)
        return refuse(verifier, group, "a bit group longer than its parent");
    bool is_stream = HAS_STREAMS && group->op == DGM_OP_STREAM;
    for (unsigned i = 1; i <= group->detail; i++) {
        const struct dgm_row *row = group + i;
        bool inside =
            is_stream
                ? row->op == DGM_OP_FIELD && row->spec + row->width <= group->spec * 8 &&
                      row->order <= DGM_ORDER_LE
                : row->op == DGM_OP_BIT && row->shift + row->width <= group->width;
        if (!inside || row->when != DGM_NONE || row->source == DGM_SOURCE_LENGTH)
            return refuse(verifier, row, "a bit field outside its group");
    }
    return DGM_OK;
}

static bool is_tag_row(const struct dgm_row *row)
{
    return row->op == DGM_OP_INT || row->op == DGM_OP_BITS || row->op == DGM_OP_BIT;
}

/* Is it one of the cases of the loop? Counted from its row. */
static bool is_case(const struct dgm_row *loop, uint16_t row)
{
    unsigned i = 0;
    while (i <= loop->detail && i != row)
        i = loop[i].op == DGM_OP_CASE ? i + 1u + loop[i].detail : i + 1u;
    return i <= loop->detail && loop[i].op == DGM_OP_CASE;
}

static bool tags_ok(const struct verifier *verifier, const struct dgm_row *row,
                    const struct dgm_loop *loop)
{
    for (unsigned i = 0; i < loop->count; i++) {
        const struct dgm_tag *tag = &verifier->codec->tags[loop->first + i];
        bool ascends = i == 0 || tag->low > tag[-1].high;
        if (tag->low > tag->high || !ascends || !is_case(row, tag->row))
            return false;
    }
    return loop->other == DGM_NONE || is_case(row, loop->other);
}

/* The rows of the tag, CHOOSE, and then cases only. */
static enum dgm_status check_loop(const struct verifier *verifier,
                                  const struct dgm_row *row, unsigned room)
{
    const struct dgm_loop *loop = &verifier->codec->loops[row->spec];
    unsigned bits = 0, i = 1;
    if (row->detail >= room || row->detail < loop->tag_rows + 1u)
        return refuse(verifier, row, "a tag loop longer than its parent");
    for (; i <= loop->tag_rows; i++) {
        if (!is_tag_row(&row[i]) || row[i].when != DGM_NONE ||
            (row[i].flags & DGM_ROW_OPTIONAL))
            return refuse(verifier, &row[i], "a tag that may be absent");
        bits += row[i].op == DGM_OP_BIT ? 0 : row[i].width;
    }
    /* Without a tag all records are alike, and the walk sees to it that each moves on. */
    if (bits / 8 != loop->tag_bytes || row[i].op != DGM_OP_CHOOSE)
        return refuse(verifier, row, "a tag loop without a tag");
    for (i++; i <= row->detail; i += 1u + row[i].detail)
        if (row[i].op != DGM_OP_CASE || row[i].detail > row->detail - i)
            return refuse(verifier, &row[i], "a tag loop with more than cases");
    return tags_ok(verifier, row, loop) ? DGM_OK
                                        : refuse(verifier, row, "tags that no case has");
}

static bool is_hooked(const struct dgm_row *row)
{
    return HAS_HOOKS && row->op == DGM_OP_GROUP && (row->flags & DGM_ROW_HOOK);
}

/* What is about the frame, or is looked at when the hook's bytes are gone, stands in
 * none; nor do hooks. */
static bool hookable(const struct dgm_row *row)
{
    return !is_hooked(row) && row->op != DGM_OP_CHECK && row->op != DGM_OP_AT &&
           row->source != DGM_SOURCE_LENGTH &&
           !(row->op == DGM_OP_BYTES && row->role != DGM_ROLE_NONE);
}

/* Does the walk put it on its stack, with the rows inside? */
static bool opens_level(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_GROUP:
    case DGM_OP_REPEAT:
        return true;
    case DGM_OP_TLV:
    case DGM_OP_CASE:
        return HAS_TAGS;
    case DGM_OP_TEXT:
        return HAS_TEXTS;
    case DGM_OP_AT:
    case DGM_OP_SPAN:
        return HAS_PLACES;
    default:
        return false;
    }
}

/* Spans nest; a service opens and closes at one level and not inside another. */
static enum dgm_status check_nesting(const struct verifier *verifier,
                                     const struct dgm_message *message)
{
    const struct dgm_row *rows = verifier->codec->rows + message->first_row;
    unsigned ends[DGM_MAX_DEPTH], depth = 0, bits_end = 0, record_end = 0, at_end = 0;
    unsigned repeat_end = 0, hook_end = 0;
    bool at_repeats = false;
    unsigned starts[DGM_MAX_DEPTH], loop_ends[DGM_MAX_LOOPS], loops = 0;
    for (unsigned i = 0; i < message->row_count; i++) {
        while (depth > 0 && ends[depth - 1] == i)
            depth--;
        const struct dgm_row *row = &rows[i];
        unsigned end = depth > 0 ? ends[depth - 1] : message->row_count;
        if ((row->op == DGM_OP_BIT || row->op == DGM_OP_FIELD) != (i < bits_end))
            return refuse(verifier, row, "a bit field outside a group");
        if (row->op == DGM_OP_BITS || row->op == DGM_OP_STREAM) {
            enum dgm_status status = check_bit_group(verifier, row, i, end);
            if (status != DGM_OK)
                return status;
            bits_end = i + 1 + row->detail;
        }
        const struct dgm_row *parent = depth > 0 ? &rows[starts[depth - 1]] : NULL;
        bool in_loop = parent != NULL && parent->op == DGM_OP_TLV;
        if (HAS_TAGS && (row->op == DGM_OP_CASE || row->op == DGM_OP_CHOOSE) != in_loop &&
            !(in_loop && is_tag_row(row)))
            return refuse(verifier, row, "a case outside a tag loop, or none inside");
        if (HAS_HOOKS && i < hook_end && !hookable(row))
            return refuse(verifier, row, "a row that cannot stand in a hook");
        if (is_hooked(row))
            hook_end = i + 1 + row->detail;
        bool is_record = row->op == DGM_OP_REPEAT && (row->flags & DGM_ROW_RECORD);
        if (i < record_end && (is_record || row->op == DGM_OP_SERVICE))
            return refuse(verifier, row, "a service inside a record");
        if (HAS_TAGS && row->op == DGM_OP_TLV) {
            while (loops > 0 && loop_ends[loops - 1] <= i)
                loops--;
            enum dgm_status status =
                loops == DGM_MAX_LOOPS
                    ? refuse(verifier, row, "tag loops nested too deep")
                    : check_loop(verifier, row, end - i);
            if (status != DGM_OK)
                return status;
            loop_ends[loops++] = i + 1 + row->detail;
        }
        if (!opens_level(row))
            continue;
        if (row->detail >= end - i || depth == DGM_MAX_DEPTH)
            return refuse(verifier, row, "groups that do not nest");
        const char *wrong = NULL;
        if (HAS_TEXTS && row->op == DGM_OP_TEXT)
            wrong = text_verify(verifier->codec, row);
        else if (HAS_SERIES && (row->flags & DGM_ROW_SILENT))
            wrong = silent_verify(verifier->codec, row);
        if (wrong != NULL)
            return refuse(verifier, row, wrong);
        /* Who comes back may read again: not in rounds inside of rounds. */
        bool repeats = row->op == DGM_OP_REPEAT || row->op == DGM_OP_TLV;
        bool again = row->op == DGM_OP_AT || (repeats && at_repeats);
        if (HAS_PLACES && i < at_end && again)
            return refuse(verifier, row, "a walk that may go on for ever");
        if (row->op == DGM_OP_AT) {
            at_end = i + 1 + row->detail;
            at_repeats = i < repeat_end;
        } else if ((row->op == DGM_OP_REPEAT || row->op == DGM_OP_TLV) &&
                   i >= repeat_end) {
            repeat_end = i + 1 + row->detail;
        }
        starts[depth] = i;
        ends[depth++] = i + 1 + row->detail;
        if (depth > verifier->codec->depth_max)
            verifier->codec->depth_max = depth;
        if (is_record)
            record_end = i + 1 + row->detail;
    }
    return DGM_OK;
}

static enum dgm_status check_members(const struct verifier *verifier,
                                     const struct dgm_message *message)
{
    const struct dgm_model *model = verifier->model;
    for (unsigned i = 0; i < message->member_count; i++) {
        const struct dgm_member *member =
            &verifier->codec->members[message->first_member + i];
        /* A parent stands before its members: binding cannot run in circles. */
        bool parent_ok = member->parent == DGM_NONE || member->parent < i;
        if (!text_ok(verifier, member->name) || !text_ok(verifier, member->path) ||
            !span_ok(verifier, member->name, member->name_length) ||
            !span_ok(verifier, member->text, member->text_length) || !parent_ok ||
            !optional_ok(member->service, model->services.count) ||
            !optional_ok(member->record, message->row_count) ||
            member->family > message->member_count - i ||
            member->kind < DGM_MEMBER_VALUE || member->kind > DGM_MEMBER_LITERAL)
            return refuse(verifier, member, "a member refers outside");
    }
    return DGM_OK;
}

static enum dgm_status check_message_head(const struct verifier *verifier,
                                          const struct dgm_message *message)
{
    const struct dgm_model *model = verifier->model;
    if (!text_ok(verifier, message->name) ||
        !key_ok(verifier, message->key, message->key_length))
        return refuse(verifier, message, "a message's name is outside");
    if (message->kind < DGM_KIND_REPORT || message->kind > DGM_KIND_RAW ||
        message->passes == 0)
        return refuse(verifier, message, "a message of unknown kind");
    bool has_command = message->kind == DGM_KIND_COMMAND ||
                       message->kind == DGM_KIND_RESPONSE ||
                       message->kind == DGM_KIND_EVENT;
    if (!optional_ok(message->command, model->commands.count) ||
        (has_command && message->command == DGM_NONE))
        return refuse(verifier, message, "a message without its command");
    if (!optional_ok(message->service, model->services.count) ||
        !text_ok(verifier, message->topic))
        return refuse(verifier, message, "a message refers outside");
    if (!range_ok(message->first_row, message->row_count, model->rows.count) ||
        !range_ok(message->first_guard, message->guard_count, model->guards.count) ||
        !range_ok(message->first_member, message->member_count, model->members.count) ||
        !range_ok(message->first_answer, message->answer_count, model->answers.count))
        return refuse(verifier, message, "a message refers outside");
    if (message->slots > DGM_MAX_SLOTS || message->request_slots > message->slots ||
        message->member_count > DGM_MAX_MEMBERS || message->frame_max > DGM_MAX_FRAME ||
        message->trailer > message->frame_max)
        return refuse(verifier, message, "a message beyond the limits");
    for (unsigned i = 0; HAS_ENCODE && i < message->answer_count; i++)
        if (!index_ok(verifier->codec->answers[message->first_answer + i],
                      model->messages.count))
            return refuse(verifier, message, "a reply answers no message");
    return DGM_OK;
}

static enum dgm_status check_message(const struct verifier *verifier,
                                     const struct dgm_message *message)
{
    enum dgm_status status = check_message_head(verifier, message);
    if ((HAS_ENCODE || HAS_TAGS) && status == DGM_OK)
        status = check_members(verifier, message);
    if (HAS_ENCODE && status == DGM_OK)
        status = check_optional_expr(verifier, message->when, message);
    for (unsigned i = 0; status == DGM_OK && i < message->row_count; i++)
        status =
            check_row(verifier, &verifier->codec->rows[message->first_row + i], message);
    if (status == DGM_OK)
        status = check_nesting(verifier, message);
    const char *wrong =
        HAS_PLACES && status == DGM_OK ? objects_verify(verifier->codec, message) : NULL;
    return wrong != NULL ? refuse(verifier, message, wrong) : status;
}

enum dgm_status table_verify(const void *block, size_t size, struct dgm_codec *codec,
                             struct dgm_error *reterr)
{
    struct verifier verifier = {block, size, block, codec, reterr};
    enum dgm_status status = check_head(&verifier);
    codec->model = block;
    if (status == DGM_OK)
        status = take_sections(&verifier);
    if (status == DGM_OK)
        status = check_names(&verifier);
    if (status == DGM_OK)
        status = check_values(&verifier);
    if (status == DGM_OK)
        status = check_checks(&verifier);
    const char *lacks = status == DGM_OK ? table_lacks(codec) : NULL;
    if (lacks != NULL)
        status = refuse_at(&verifier, NULL, lacks);
    if (HAS_HOOKS && status == DGM_OK)
        status = check_framings(&verifier);
    if (HAS_FLOATS && status == DGM_OK)
        status = check_pipes(&verifier);
    if (HAS_FORMATS && status == DGM_OK)
        status = check_formats(&verifier);
    for (unsigned i = 0; status == DGM_OK && i < codec->model->messages.count; i++)
        status = check_message(&verifier, &codec->messages[i]);
    return status;
}

/* The depth that the walk reaches: no group is deeper than the spans around it say. */
static void measure_depth(struct dgm_codec *codec, const struct dgm_message *message)
{
    unsigned ends[DGM_MAX_DEPTH], depth = 0;
    for (unsigned i = 0; i < message->row_count; i++) {
        const struct dgm_row *row = &codec->rows[message->first_row + i];
        while (depth > 0 && ends[depth - 1] == i)
            depth--;
        if (!opens_level(row) || depth == DGM_MAX_DEPTH)
            continue;
        ends[depth++] = i + 1 + row->detail;
        if (depth > codec->depth_max)
            codec->depth_max = depth;
    }
}

/* A part that an operation of the expression wants, or NULL. */
static const char *expr_lacks(const struct dgm_codec *codec, const struct dgm_expr *expr)
{
    const uint8_t *code = codec->code + expr->at, *end = code + expr->length;
    const char *lacks =
        expr->stack > MACHINE_STACK ? code_lacks(DGM_CODE_MOD) : (const char *)NULL;
    unsigned operands = 0, pops, pushes;
    for (; lacks == NULL && code < end; code += 1 + operands) {
        lacks = machine_lacks(code[0]);
        if (lacks == NULL)
            lacks = code_lacks(code[0]);
        if (!machine_shape(code[0], &operands, &pops, &pushes))
            break;
    }
    return lacks;
}

enum dgm_status table_trust(const void *block, size_t size, struct dgm_codec *codec,
                            struct dgm_error *reterr)
{
    struct verifier verifier = {block, size, block, codec, reterr};
    enum dgm_status status = check_head(&verifier);
    codec->model = block;
    if (status == DGM_OK)
        status = take_sections(&verifier);
    const char *lacks = status == DGM_OK ? table_lacks(codec) : NULL;
    if (lacks != NULL)
        status = refuse_at(&verifier, NULL, lacks);
    if (HAS_HOOKS && status == DGM_OK)
        status = check_framings(&verifier);
    for (unsigned i = 0; status == DGM_OK && i < codec->model->messages.count; i++)
        measure_depth(codec, &codec->messages[i]);
    for (unsigned i = 0; status == DGM_OK && i < codec->model->rows.count; i++) {
        lacks = row_lacks(&codec->rows[i]);
        if (lacks != NULL)
            status = refuse_at(&verifier, &codec->rows[i], lacks);
    }
    for (unsigned i = 0; status == DGM_OK && i < codec->model->exprs.count; i++) {
        lacks = expr_lacks(codec, &codec->exprs[i]);
        if (lacks != NULL)
            status = refuse_at(&verifier, &codec->exprs[i], lacks);
    }
    return status;
}
