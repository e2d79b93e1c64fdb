/* SPDX-License-Identifier: MIT */
/* A compiled table for tools: typed arrays and the operations of expressions. */
#include "tables.h"

#include <string.h>

static const void *section(const struct dgm_model *model, struct dgm_section where)
{
    return (const uint8_t *)model + where.offset;
}

void tables_open(struct tables *tables, const struct dgm_codec *codec)
{
    const struct dgm_model *model = dgm_codec_model(codec);
    memset(tables, 0, sizeof(*tables));
    tables->codec = codec;
    tables->model = model;
    tables->services = section(model, model->services);
    tables->commands = section(model, model->commands);
    tables->messages = section(model, model->messages);
    tables->guards = section(model, model->guards);
    tables->rows = section(model, model->rows);
    tables->members = section(model, model->members);
    tables->scalings = section(model, model->scalings);
    tables->pipes = section(model, model->pipes);
    tables->enums = section(model, model->enums);
    tables->choices = section(model, model->choices);
    tables->limits = section(model, model->limits);
    tables->numbers = section(model, model->numbers);
    tables->answers = section(model, model->answers);
    tables->exprs = section(model, model->exprs);
    tables->code = section(model, model->code);
    tables->loops = section(model, model->loops);
    tables->tags = section(model, model->tags);
    tables->formats = section(model, model->formats);
    tables->checks = section(model, model->checks);
    tables->framings = section(model, model->framings);
    tables->hooks = section(model, model->hooks);
}

const struct dgm_row *tables_rows(const struct tables *tables, uint16_t message)
{
    return tables->rows + tables->messages[message].first_row;
}

bool tables_is_down(const struct dgm_message *message)
{
    switch (message->kind) {
    case DGM_KIND_COMMAND:
    case DGM_KIND_REPLY:
    case DGM_KIND_SET:
    case DGM_KIND_GET:
    case DGM_KIND_MESSAGE_DOWN:
        return true;
    default:
        return false;
    }
}

uint16_t tables_parent(const struct dgm_row *rows, uint16_t index)
{
    for (unsigned i = index; i-- > 0;) {
        if (i + dgm_row_span(&rows[i]) >= index) {
            return (uint16_t)i;
        }
    }
    return DGM_NONE;
}

uint16_t tables_format(const struct dgm_row *row)
{
    bool taken =
        row->op == DGM_OP_FIELD || row->op == DGM_OP_JOIN || row->op == DGM_OP_JOIN_BYTES;
    if (!taken) {
        return row->spec;
    }
    return row->shift != 0 ? (uint16_t)(row->shift - 1) : DGM_NONE;
}

static bool shows_time(uint8_t show)
{
    return (show >= DGM_SHOW_TIME_COMPACT && show <= DGM_SHOW_TIME_ISO_MS) ||
           (show >= DGM_SHOW_TIME_DATETIME && show <= DGM_SHOW_TIME_EPOCH_MS);
}

const struct dgm_scaling *tables_scaling(const struct tables *tables,
                                         const struct dgm_row *row)
{
    bool scaled = row->show == DGM_SHOW_DECIMAL || shows_time(row->show);
    bool is_told = row->source == DGM_SOURCE_LENGTH || row->source == DGM_SOURCE_LATER;
    return (scaled || is_told) && row->detail != DGM_NONE ? &tables->scalings[row->detail]
                                                          : NULL;
}

uint16_t tables_invalid(const struct tables *tables, const struct dgm_row *row)
{
    bool by_pipe = row->op == DGM_OP_FLOAT || row->show == DGM_SHOW_FLOAT ||
                   row->show == DGM_SHOW_DOUBLE || row->show == DGM_SHOW_PIPE;
    if (by_pipe) {
        return row->detail != DGM_NONE ? tables->pipes[row->detail].invalid : DGM_NONE;
    }
    const struct dgm_scaling *scaling = tables_scaling(tables, row);
    return scaling != NULL ? scaling->invalid : DGM_NONE;
}

unsigned tables_operand_bytes(uint8_t code)
{
    switch (code) {
    case DGM_CODE_CONST:
        return 9;
    case DGM_CODE_TOPIC:
        return 4;
    case DGM_CODE_ROLE:
    case DGM_CODE_ROUND:
        return 1;
    case DGM_CODE_SLOT:
    case DGM_CODE_MEMBER:
    case DGM_CODE_HAS_MEMBER:
    case DGM_CODE_LENGTH_MEMBER:
    case DGM_CODE_COUNT_MEMBER:
    case DGM_CODE_REQUEST_SLOT:
    case DGM_CODE_FIRST:
    case DGM_CODE_LAST:
    case DGM_CODE_STEP:
    case DGM_CODE_SUM:
    case DGM_CODE_PART:
    case DGM_CODE_GIVEN:
    case DGM_CODE_COUNT_GIVEN:
    case DGM_CODE_CHOICE:
    case DGM_CODE_CHOICE_RAW:
    case DGM_CODE_CONTRADICTS:
    case DGM_CODE_LEFT_MEMBER:
    case DGM_CODE_CURVE:
    case DGM_CODE_FRAME_BYTES:
        return 2;
    default:
        return 0;
    }
}

static int64_t load_i64(const uint8_t *bytes)
{
    uint64_t value = 0;
    for (unsigned i = 8; i-- > 0;) {
        value = value << 8 | bytes[i];
    }
    return (int64_t)value;
}

bool tables_step(const struct tables *tables, uint16_t expr, uint32_t *at,
                 struct tables_step *ret)
{
    const struct dgm_expr *where = &tables->exprs[expr];
    if (*at >= where->length) {
        return false;
    }
    const uint8_t *code = tables->code + where->at + *at;
    unsigned bytes = tables_operand_bytes(code[0]);
    memset(ret, 0, sizeof(*ret));
    ret->code = code[0];
    if (code[0] == DGM_CODE_CONST) {
        ret->mantissa = load_i64(code + 1);
        ret->digits = code[9];
    } else if (bytes == 2) {
        ret->operand = (uint16_t)(code[1] | code[2] << 8);
    }
    *at += 1 + bytes;
    return true;
}

bool tables_reads(const struct tables *tables, uint16_t expr, uint16_t slot)
{
    struct tables_step step;
    uint32_t at = 0;
    while (expr != DGM_NONE && tables_step(tables, expr, &at, &step)) {
        if (step.code == DGM_CODE_SLOT && step.operand == slot) {
            return true;
        }
    }
    return false;
}

bool tables_has_code(const struct tables *tables, uint8_t code)
{
    struct tables_step step;
    for (unsigned i = 0; i < tables->model->exprs.count; i++) {
        uint32_t at = 0;
        while (tables_step(tables, (uint16_t)i, &at, &step)) {
            if (step.code == code) {
                return true;
            }
        }
    }
    return false;
}

/* The expression of a row that decoding runs. */
static uint16_t run_expr(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_VALUE:
    case DGM_OP_CHOOSE:
    case DGM_OP_ECHO:
        return row->expr;
    case DGM_OP_BYTES:
    case DGM_OP_REPEAT:
        return (row->flags & DGM_ROW_REST) ? DGM_NONE : row->expr;
    default:
        return DGM_NONE;
    }
}

static uint16_t size_expr(const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_GROUP:
    case DGM_OP_REPEAT:
    case DGM_OP_CASE:
    case DGM_OP_ECHO:
        return row->region;
    default:
        return DGM_NONE;
    }
}

uint16_t tables_row_expr(const struct dgm_row *row, unsigned position)
{
    switch (position) {
    case 0:
        return row->when;
    case 1:
        return run_expr(row);
    case 2:
        return size_expr(row);
    default:
        return row->naming;
    }
}
