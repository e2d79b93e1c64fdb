/* SPDX-License-Identifier: MIT */
#include "firmware.h"

#include "firmware_emit.h"
#include "firmware_framing.h"
#include "firmware_header.h"
#include "firmware_helper.h"
#include "firmware_product.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const struct dgm_model *model, uint32_t offset)
{
    return (const char *)model + model->pool.offset + offset;
}

static void put_upper(char *text)
{
    for (; *text != '\0'; text++) {
        *text = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
}

/* '@' and '$' stand for the product's names. */
static void put_named(const struct firmware *firmware, const char *text, FILE *file)
{
    for (; *text != '\0'; text++) {
        if (*text == '@' || *text == '$') {
            (void)fputs(*text == '@' ? firmware->upper : firmware->prefix, file);
        } else {
            (void)fputc(*text, file);
        }
    }
}

/* --- Which message is it? ---------------------------------------------------------- */

static bool is_told_by_topic(const struct firmware_plan *plan)
{
    for (uint16_t i = 0; i < plan->message->guard_count; i++) {
        const struct dgm_guard *guard =
            &plan->tables->guards[plan->message->first_guard + i];
        if (guard->kind == DGM_GUARD_TOPIC) {
            return true;
        }
    }
    return false;
}

static bool is_decoded(const struct firmware_plan *plan)
{
    return !firmware_refused(plan) && plan->down;
}

static bool decodes(const struct firmware *firmware)
{
    for (size_t i = 0; i < firmware->count; i++) {
        if (is_decoded(&firmware->plans[i])) {
            return true;
        }
    }
    return false;
}

static void put_choice(const struct firmware *firmware, struct firmware_emit *emit,
                       bool *first)
{
    char upper[FIRMWARE_NAME];
    (void)strcpy(upper, emit->plan->name);
    put_upper(upper);
    (void)fprintf(emit->file, "%sif (", *first ? "    " : " else ");
    bool of_frame = firmware_has_guards(emit->plan);
    bool of_call = emit->plan->message->guard_count > 0 && firmware_call_guards(emit);
    if (of_frame) {
        (void)fprintf(emit->file, "%sfits_%s(frame, length)", of_call ? " && " : "",
                      emit->plan->name);
    } else if (!of_call) {
        (void)fprintf(emit->file, "true");
    }
    (void)fprintf(emit->file,
                  ") {\n"
                  "        out->message = @_MESSAGE_%s;\n"
                  "        status = $_decode_%s(frame, length, %s&out->of.%s, fault);\n"
                  "    }",
                  upper, emit->plan->name, emit->plan->asks_port ? "port, " : "",
                  emit->plan->name);
    *first = false;
    (void)firmware;
}

static void put_recognition(const struct firmware *firmware, FILE *file)
{
    bool first = true;
    (void)fprintf(file,
                  "enum $_status $_decode(\n"
                  "    const uint8_t *frame, size_t length, uint32_t port, struct $_down "
                  "*out,\n"
                  "    struct $_fault *fault)\n"
                  "{\n"
                  "    enum $_status status = @_NO_MESSAGE;\n\n"
                  "    (void)frame;\n"
                  "    (void)length;\n"
                  "    (void)port;\n"
                  "    fill(out, 0U, sizeof(*out));\n"
                  "    if (fault != NULL) {\n"
                  "        fault->field = @_FIELD_NONE;\n"
                  "        fault->at = 0U;\n"
                  "    }\n");
    for (unsigned round = 0; round < 2; round++) {
        for (size_t i = 0; i < firmware->count; i++) {
            struct firmware_plan *plan = &firmware->plans[i];
            struct firmware_emit emit = {plan, file, 0, 0, 0, false};
            bool last = (plan->message->flags & DGM_MESSAGE_FALLBACK) != 0;
            if (is_decoded(plan) && !is_told_by_topic(plan) && last == (round == 1)) {
                put_choice(firmware, &emit, &first);
            }
        }
    }
    (void)fprintf(file, "%s    return status;\n}\n",
                  first ? ""
                        : " else {\n        /* no message has such a frame */\n"
                          "    }\n");
}

/* --- The line ---------------------------------------------------------------------- */

/* Write what is about framing, with the names filled in; nothing if there is none. */
static bool put_framing(const struct firmware *firmware,
                        void (*write)(const struct dgm_framing *framing, FILE *file),
                        FILE *file)
{
    char *text = NULL;
    size_t length = 0;
    if (firmware->tables.model->framings.count == 0) {
        return true;
    }
    FILE *part = open_memstream(&text, &length);
    if (part == NULL) {
        return false;
    }
    write(firmware->tables.framings, part);
    bool good = fclose(part) == 0;
    if (good) {
        put_named(firmware, text, file);
    }
    free(text);
    return good;
}

/* --- Source ------------------------------------------------------------------------ */

static bool is_checked(const char *code, uint32_t check)
{
    char name[FIRMWARE_LITERAL];
    (void)snprintf(name, sizeof(name), "checksum_%u(", (unsigned)check);
    return strstr(code, name) != NULL;
}

static bool put_helpers(const struct firmware *firmware, const char *code, FILE *file)
{
    struct firmware_helpers helpers;
    bool good = firmware_helpers_open(&helpers, code);
    for (size_t i = 0; good && i < helpers.count; i++) {
        if (helpers.items[i].used) {
            put_named(firmware, helpers.items[i].text, file);
            (void)fputc('\n', file);
        }
    }
    firmware_helpers_close(&helpers);
    return good;
}

/* The functions of all messages, as a text of the caller. */
static bool put_code(const struct firmware *firmware, char **ret)
{
    size_t length = 0;
    FILE *file = open_memstream(ret, &length);
    if (file == NULL) {
        return false;
    }
    for (size_t i = 0; i < firmware->count; i++) {
        struct firmware_emit emit = {&firmware->plans[i], file, 0, 0, 0, false};
        if (!firmware_refused(emit.plan)) {
            emit.plan->mark_count = 0;
            firmware_put_function(&emit);
        }
    }
    if (decodes(firmware)) {
        put_recognition(firmware, file);
    }
    bool good = ferror(file) == 0;
    return fclose(file) == 0 && good;
}

static bool put_source(const struct firmware *firmware, const char *code, FILE *file)
{
    (void)fprintf(file,
                  "/* Generated by dragoman export --to firmware: do not edit. */\n"
                  "#include \"%s\"\n\n%s",
                  firmware->call->header,
                  strstr(code, "FLT_MAX") != NULL || strstr(code, "DBL_MAX") != NULL
                      ? "#include <float.h>\n\n"
                      : "");
    if (!put_helpers(firmware, code, file)) {
        return false;
    }
    for (uint32_t i = 0; i < firmware->tables.model->checks.count; i++) {
        if (is_checked(code, i)) {
            firmware_checksum(file, &firmware->tables, (uint16_t)i);
        }
    }
    put_named(firmware, code, file);
    return put_framing(firmware, firmware_framing_code, file);
}

/* --- Header ------------------------------------------------------------------------ */

static const char status_text[] =
    "/* What became of a call. */\n"
    "enum $_status {\n"
    "    @_OK = 0,\n"
    "    @_NO_SPACE,   /* the frame is longer than the buffer */\n"
    "    @_RANGE,      /* a value that the profile does not allow */\n"
    "    @_TEXT,       /* bytes that are no such text, or no digits */\n"
    "    @_COUNT,      /* too many elements, or not as many as another field says */\n"
    "    @_LENGTH,     /* a length that does not agree */\n"
    "    @_MISSING,    /* has_... says otherwise than the fields that it follows from "
    "*/\n"
    "    @_TRUNCATED,  /* the frame ends too early */\n"
    "    @_TRAILING,   /* bytes are left */\n"
    "    @_CONSTANT,   /* a constant of the layout has another value */\n"
    "    @_CHECKSUM,\n"
    "    @_REFUSED,    /* the profile refuses such frames */\n"
    "    @_NO_MESSAGE, /* no message of the profile has such a frame */\n"
    "    @_FRAMING,    /* delimiters or escapes are not right */\n"
    "    @_TAG         /* a record that is not known, or comes twice */\n"
    "};\n\n";

static const char fault_text[] = "/* Where it went wrong: the field, if one is to blame, "
                                 "and the byte of the frame. */\n"
                                 "struct $_fault {\n"
                                 "    enum $_field field;\n"
                                 "    size_t at;\n"
                                 "};\n\n";

static void put_top(const struct firmware *firmware, FILE *file)
{
    const struct dgm_model *model = firmware->tables.model;
    (void)fprintf(file,
                  "/* Generated by dragoman export --to firmware: do not edit.\n * ");
    firmware_comment(file, text_of(model, model->manufacturer_name));
    (void)fputc(' ', file);
    firmware_comment(file, text_of(model, model->model));
    put_named(firmware,
              ": members are raw values as on the wire; where it says so,\n"
              " * value = (raw * ..._NUMERATOR + ..._OFFSET) / ..._DENOMINATOR. */\n"
              "#ifndef @_H\n#define @_H\n\n"
              "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n"
              "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n",
              file);
    put_named(firmware, status_text, file);
    put_named(firmware, "enum $_field {\n    @_FIELD_NONE = 0", file);
    for (size_t i = 0; i < firmware->count; i++) {
        if (!firmware_refused(&firmware->plans[i])) {
            firmware_header_fields(&firmware->plans[i], file);
        }
    }
    (void)fprintf(file, "\n};\n\n");
    put_named(firmware, fault_text, file);
}

static void put_down(const struct firmware *firmware, FILE *file)
{
    put_named(firmware,
              "/* --- Whatever comes to the device --- */\n\nenum $_message {\n"
              "    @_MESSAGE_NONE = 0",
              file);
    for (size_t i = 0; i < firmware->count; i++) {
        char upper[FIRMWARE_NAME];
        (void)strcpy(upper, firmware->plans[i].name);
        put_upper(upper);
        if (is_decoded(&firmware->plans[i])) {
            (void)fprintf(file, ",\n    %s_MESSAGE_%s", firmware->upper, upper);
        }
    }
    put_named(firmware,
              "\n};\n\nstruct $_down {\n    enum $_message message;\n    union {\n",
              file);
    for (size_t i = 0; i < firmware->count; i++) {
        if (is_decoded(&firmware->plans[i])) {
            (void)fprintf(file, "        struct %s_%s %s;\n", firmware->prefix,
                          firmware->plans[i].name, firmware->plans[i].name);
        }
    }
    put_named(
        firmware,
        "    } of; /* the member that `message` names */\n};\n\n"
        "/* Recognise the message and decode it. `port`: of LoRaWAN, or identifier of "
        "CAN; else 0. */\n"
        "enum $_status $_decode(\n"
        "    const uint8_t *frame, size_t length, uint32_t port, struct $_down "
        "*out,\n"
        "    struct $_fault *fault);\n\n",
        file);
}

static bool put_header(const struct firmware *firmware, FILE *file)
{
    struct firmware_words words = {NULL, 0, 0, false};
    put_top(firmware, file);
    for (size_t i = 0; i < firmware->count; i++) {
        if (!firmware_refused(&firmware->plans[i])) {
            firmware_header(&firmware->plans[i], firmware->call->doc, &words, file);
        }
    }
    if (decodes(firmware)) {
        put_down(firmware, file);
    }
    if (!put_framing(firmware, firmware_framing_header, file)) {
        words.full = true;
    }
    (void)fprintf(file, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    firmware_words_close(&words);
    return !words.full;
}

/* --- All of it --------------------------------------------------------------------- */

static bool write_files(const struct firmware *firmware, FILE *header, FILE *source)
{
    char *code = NULL;
    bool good = put_code(firmware, &code) && put_source(firmware, code, source) &&
                put_header(firmware, header);
    free(code);
    return good;
}

bool firmware_write(const struct firmware_call *call, struct notes *notes, FILE *header,
                    FILE *code)
{
    struct firmware firmware;
    const char *fault = NULL;
    if (!firmware_product_open(&firmware, call, notes)) {
        fault = "memory is out";
    } else if (firmware.held == 0) {
        fault = "firmware can hold no message of this profile";
    } else if (!write_files(&firmware, header, code)) {
        fault = "memory is out";
    }
    if (fault != NULL) {
        notes_tell(notes, DGM_SEVERITY_ERROR, call->source, 0, 0, "%s", fault);
    }
    firmware_product_close(&firmware);
    return fault == NULL;
}
