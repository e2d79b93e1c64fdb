/* SPDX-License-Identifier: MIT */
/* What the interpreters rely on in composed texts: see verify.c. */
#include "private.h"

#include <dragoman/json.h>

/* Rows that stand for one value each, or for none. */
static bool is_leaf(uint8_t op)
{
    switch (op) {
    case DGM_OP_INT:
    case DGM_OP_BITS:
    case DGM_OP_BIT:
    case DGM_OP_BYTES:
    case DGM_OP_STREAM:
    case DGM_OP_FIELD:
    case DGM_OP_JOIN:
    case DGM_OP_JOIN_BYTES:
    case DGM_OP_FLOAT:
    case DGM_OP_DIGITS:
    case DGM_OP_VALUE:
    case DGM_OP_CHECK:
    case DGM_OP_NOTICE:
        return true;
    default:
        return false;
    }
}

/* A verb is for numbers. */
static bool verb_ok(const struct dgm_part *part, const struct dgm_row *row)
{
    if (part->verb > DGM_VERB_HEX_UPPER || part->width > DGM_MAX_DIGITS ||
        part->extent > DGM_EXTENT_REST)
        return false;
    bool is_number = row->show == DGM_SHOW_INT || row->show == DGM_SHOW_DECIMAL ||
                     row->show == DGM_SHOW_PIPE || row->op == DGM_OP_FLOAT;
    return part->verb == DGM_VERB_PLAIN || (is_number && row->op != DGM_OP_BYTES);
}

/* Literals are compared character by character, and so must be JSON. */
static bool literal_ok(const struct dgm_codec *codec, const struct dgm_part *part)
{
    size_t fault, total = codec->model->pool.count;
    return part->text_length >= 2 && part->text < total &&
           part->text_length <= total - part->text && codec->pool[part->text] == '"' &&
           dgm_json_check(codec->pool + part->text, part->text_length, &fault) == DGM_OK;
}

static const char *check_parts(const struct dgm_codec *codec, const struct dgm_row *row)
{
    for (unsigned i = 0; i <= DGM_MAX_PARTS; i++) {
        if (row->spec + i >= codec->model->parts.count)
            return "a text's parts are outside";
        const struct dgm_part *part = &codec->parts[row->spec + i];
        if (!literal_ok(codec, part))
            return "a text's literal is no JSON";
        if (part->row == DGM_NONE)
            return NULL;
        if (part->row == 0 || part->row > row->detail)
            return "a text's part is outside";
        if (!verb_ok(part, row + part->row))
            return "a text's part has an impossible form";
    }
    return "a text has too many parts";
}

const char *text_verify(const struct dgm_codec *codec, const struct dgm_row *row)
{
    bool member_ok = row->member != DGM_NONE || row->source != DGM_SOURCE_MEMBER;
    if (row->region != DGM_NONE)
        return "a text with a size";
    if (row->source > DGM_SOURCE_NONE && row->source != DGM_SOURCE_MEMBER)
        return "a text of impossible source";
    if (!member_ok)
        return "a text without its member";
    for (unsigned i = 1; i <= row->detail; i++)
        if (!is_leaf(row[i].op) || (row[i].flags & DGM_ROW_NAMED) ||
            row_is_element(&row[i]))
            return "a text with something else in it";
    return check_parts(codec, row);
}
