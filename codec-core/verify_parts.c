/* SPDX-License-Identifier: MIT */
/*
 * Which part of the core a table wants that this build does without: see parts.h. In a
 * build with all of them nothing of this is left.
 */
#include "private.h"

/* The parts that a table can want, and those that this build does without. */
#define PARTS(X)                                                                         \
    X(FLOATS, "floats")                                                                  \
    X(TAGS, "tags")                                                                      \
    X(TEXTS, "texts")                                                                    \
    X(FORMATS, "formats")                                                                \
    X(TIMES, "times")                                                                    \
    X(STREAMS, "streams")                                                                \
    X(PLACES, "places")                                                                  \
    X(SERIES, "series")                                                                  \
    X(HOOKS, "hooks")                                                                    \
    X(CHECKS, "checks")                                                                  \
    X(KINDS, "kinds")                                                                    \
    X(REPLIES, "replies")                                                                \
    X(TOPICS, "topics")                                                                  \
    X(OPERATORS, "operators")
#define NUMBER(PART, name) NUMBER_##PART,
#define LACK(PART, name) PART = HAS_##PART ? 0 : NUMBER_##PART,
#define NAME(PART, name)                                                                 \
    HAS_##PART ? NULL                                                                    \
               : (HAS_DETAILS ? "this build of the core does without " name : name),
enum { NUMBER_NONE, PARTS(NUMBER) };
/* 0 is a part that is there. */
enum { NONE, PARTS(LACK) };

static const char *name_of(unsigned part)
{
    static const char *const names[] = {NULL, PARTS(NAME)};
    return names[part];
}

#undef PARTS
#undef NUMBER
#undef LACK
#undef NAME

/* Sections that one part alone has. */
static unsigned sections_lack(const struct dgm_model *model)
{
    unsigned part = NONE;
    if (model->pipes.count > 0 || model->curves.count > 0)
        part = FLOATS;
    if (part == NONE && (model->loops.count > 0 || model->tags.count > 0))
        part = TAGS;
    if (part == NONE && model->parts.count > 0)
        part = TEXTS;
    if (part == NONE && model->formats.count > 0)
        part = FORMATS;
    if (part == NONE && (model->hooks.count > 0 || model->framings.count > 0))
        part = HOOKS;
    return part;
}

/* A constant that is an array or object. Offset 0 is the empty text. */
static unsigned text_lacks(const struct dgm_codec *codec, uint32_t text)
{
    char first = text < codec->model->pool.count ? codec->pool[text] : 0;
    return first == '{' || first == '[' ? TEXTS : NONE;
}

const char *table_lacks(const struct dgm_codec *codec)
{
    const struct dgm_model *model = codec->model;
    unsigned part = sections_lack(model);
    for (unsigned i = 0; part == NONE && i < model->guards.count; i++)
        if (codec->guards[i].kind == DGM_GUARD_TOPIC)
            part = TOPICS;
    for (unsigned i = 0; part == NONE && i < model->checks.count; i++) {
        const struct dgm_check *check = &codec->checks[i];
        if (check->kind > DGM_CHECK_XOR || check->width > 32)
            part = CHECKS;
        if (part == NONE && (check->flags & DGM_CHECK_OVER))
            part = PLACES;
    }
    for (unsigned i = 0; part == NONE && i < model->messages.count; i++)
        if (codec->messages[i].kind > DGM_KIND_REPLY)
            part = KINDS;
        else if (HAS_ENCODE && codec->messages[i].kind == DGM_KIND_REPLY)
            part = REPLIES;
    for (unsigned i = 0; !HAS_TEXTS && part == NONE && i < model->choices.count; i++)
        part = text_lacks(codec, codec->choices[i].text);
    for (unsigned i = 0; !HAS_TEXTS && part == NONE && i < model->members.count; i++)
        part = text_lacks(codec, codec->members[i].text);
    return name_of(part);
}

static unsigned op_lacks(uint8_t op)
{
    switch (op) {
    case DGM_OP_FLOAT:
        return FLOATS;
    case DGM_OP_TLV:
    case DGM_OP_CHOOSE:
    case DGM_OP_CASE:
        return TAGS;
    case DGM_OP_TEXT:
        return TEXTS;
    case DGM_OP_DIGITS:
    case DGM_OP_MOMENT:
        return FORMATS;
    case DGM_OP_STREAM:
    case DGM_OP_FIELD:
    case DGM_OP_JOIN:
    case DGM_OP_JOIN_BYTES:
        return STREAMS;
    case DGM_OP_AT:
    case DGM_OP_SPAN:
    case DGM_OP_AGREE:
    case DGM_OP_OBJECT:
    case DGM_OP_OBJECT_END:
        return PLACES;
    case DGM_OP_ECHO:
        return HOOKS;
    default:
        return NONE;
    }
}

static unsigned show_lacks(uint8_t show)
{
    switch (show) {
    case DGM_SHOW_FLOAT:
    case DGM_SHOW_DOUBLE:
    case DGM_SHOW_PIPE:
        return FLOATS;
    case DGM_SHOW_TIME_COMPACT:
    case DGM_SHOW_TIME_ISO:
    case DGM_SHOW_TIME_ISO_MS:
        return TIMES;
    case DGM_SHOW_TIME_DATETIME:
    case DGM_SHOW_TIME_DATE:
    case DGM_SHOW_TIME_EPOCH:
    case DGM_SHOW_TIME_EPOCH_MS:
        return TIMES != NONE ? TIMES : FORMATS;
    case DGM_SHOW_BYTES_ARRAY:
    case DGM_SHOW_BYTES_DOTTED:
    case DGM_SHOW_DIGITS:
    case DGM_SHOW_TEXT_NUMBER:
    case DGM_SHOW_HEX:
    case DGM_SHOW_HEX_UPPER:
    case DGM_SHOW_BINARY:
    case DGM_SHOW_FLAGS:
        return FORMATS;
    default:
        return NONE;
    }
}

static unsigned source_lacks(uint8_t source)
{
    switch (source) {
    case DGM_SOURCE_TAG:
        return TAGS;
    case DGM_SOURCE_PART:
        return TEXTS;
    case DGM_SOURCE_MOMENT:
        return FORMATS;
    case DGM_SOURCE_PIECE:
        return STREAMS;
    case DGM_SOURCE_MEASURE:
    case DGM_SOURCE_LATER:
    case DGM_SOURCE_SKIP:
        return PLACES;
    default:
        return NONE;
    }
}

static unsigned flags_lack(uint32_t flags)
{
    unsigned part = NONE;
    if (flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP | DGM_ROW_ALWAYS | DGM_ROW_SHARED))
        part = TAGS;
    if (part == NONE &&
        (flags & (DGM_ROW_PLACED | DGM_ROW_SIGN_MAGNITUDE | DGM_ROW_GRAY)))
        part = STREAMS;
    if (part == NONE &&
        (flags & (DGM_ROW_UNTIL | DGM_ROW_TUPLE | DGM_ROW_PLACE | DGM_ROW_BY_LENGTH)))
        part = PLACES;
    if (part == NONE && (flags & (DGM_ROW_SERIES | DGM_ROW_SILENT | DGM_ROW_TOGETHER)))
        part = SERIES;
    if (part == NONE && (flags & DGM_ROW_HOOK))
        part = HOOKS;
    return part;
}

const char *row_lacks(const struct dgm_row *row)
{
    unsigned part = op_lacks(row->op);
    if (part == NONE)
        part = show_lacks(row->show);
    if (part == NONE)
        part = source_lacks(row->source);
    if (part == NONE)
        part = flags_lack(row->flags);
    if (part == NONE && row->role == DGM_ROLE_EVENT_TIME)
        part = TIMES;
    if (part == NONE && row->region != DGM_NONE)
        part = PLACES;
    /* Of a repetition it is how often encode goes round. */
    if (part == NONE && row->naming != DGM_NONE && row->op != DGM_OP_REPEAT)
        part = TAGS;
    return name_of(part);
}

static unsigned operator_lacks(uint8_t code)
{
    switch (code) {
    case DGM_CODE_FLOOR_DIV:
    case DGM_CODE_MOD:
    case DGM_CODE_BIT_AND:
    case DGM_CODE_BIT_OR:
    case DGM_CODE_BIT_XOR:
    case DGM_CODE_SHL:
    case DGM_CODE_SHR:
    case DGM_CODE_BIT:
    case DGM_CODE_ABS:
    case DGM_CODE_CHOICE:
    case DGM_CODE_CHOICE_RAW:
    case DGM_CODE_FRAME_BYTES:
    case DGM_CODE_ONES:
        return OPERATORS;
    default:
        return NONE;
    }
}

const char *code_lacks(uint8_t code)
{
    unsigned part = operator_lacks(code);
    if (code == DGM_CODE_DIV || (code >= DGM_CODE_ROUND && code <= DGM_CODE_CURVE))
        part = FLOATS;
    if (code == DGM_CODE_TOPIC)
        part = TOPICS;
    if (code >= DGM_CODE_FIRST && code <= DGM_CODE_SUM)
        part = SERIES;
    if (code >= DGM_CODE_REQUEST_SLOT && code <= DGM_CODE_REQUEST_VALID)
        part = REPLIES;
    return name_of(part);
}
