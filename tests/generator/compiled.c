/* SPDX-License-Identifier: MIT */
/* Compiling a profile's text in a test and using the table. */
#include "compiled.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 20, MAX_FRAME = 4096, NOTICES = 8 };

static struct dgm_profile *profile;
static const struct dgm_codec *codec;
static const struct dgm_model *model;
static void *memory, *scratch;
static char answer[TEXT_SIZE];

void compiled_close(void)
{
    dgm_profile_close(profile);
    free(memory);
    free(scratch);
    profile = NULL;
    memory = scratch = NULL;
}

void compiled_open(const char *text)
{
    struct dgm_error error;
    size_t size;

    compiled_close();
    enum dgm_status status = dgm_profile_parse("t.yaml", text, strlen(text), &profile);
    ck_assert_msg(status == DGM_OK, "%s\n%s", compiled_findings(text, true), text);
    model = dgm_profile_model(profile, &size);
    ck_assert_ptr_nonnull(model);
    size_t needed = dgm_codec_size(model, size);
    memory = malloc(needed);
    status = dgm_codec_open(model, size, memory, needed, &codec, &error);
    ck_assert_msg(status == DGM_OK, "%s", error.detail != NULL ? error.detail : "");
    scratch = malloc(dgm_codec_scratch_size(codec) + 1);
    ck_assert_ptr_nonnull(scratch);
}

static int digit(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
}

static size_t bytes_of(const char *hex, uint8_t *bytes)
{
    size_t count = 0;

    for (; hex[0] != '\0'; hex++)
        if (hex[0] != ' ') {
            bytes[count++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
            hex++;
        }
    return count;
}

static struct dgm_call call_of(enum dgm_shape shape)
{
    static struct dgm_error notices[NOTICES];
    struct dgm_call call = DGM_CALL_INIT;

    call.shape = shape;
    call.scratch = scratch;
    call.scratch_size = dgm_codec_scratch_size(codec);
    call.notices = notices;
    call.notice_capacity = NOTICES;
    return call;
}

static const char *failure(enum dgm_status status, const struct dgm_error *error)
{
    char path[256];

    dgm_error_path(codec, error, path, sizeof(path));
    snprintf(answer, sizeof(answer), "%s%s%s", dgm_status_id(status),
             path[0] != '\0' ? " " : "", path);
    return answer;
}

const char *compiled_decode(enum dgm_shape shape, const char *hex)
{
    uint8_t frame[MAX_FRAME];
    struct dgm_call call = call_of(shape);
    struct dgm_outcome outcome;
    struct dgm_error error = {0};
    size_t length = bytes_of(hex, frame);

    enum dgm_status status = dgm_decode(codec, &call, frame, length, answer,
                                        sizeof(answer) - 1, &outcome, &error);
    if (status != DGM_OK)
        return failure(status, &error);
    answer[outcome.length] = '\0';
    ck_assert_msg(outcome.length <= dgm_codec_json_max(codec, (int)shape),
                  "%zu bytes are more than json_max", outcome.length);
    return answer;
}

static const char *encode(struct dgm_call *call, const char *json)
{
    uint8_t frame[MAX_FRAME];
    struct dgm_outcome outcome;
    struct dgm_error error = {0};

    enum dgm_status status = dgm_encode(codec, call, json, strlen(json), frame,
                                        sizeof(frame), &outcome, &error);
    if (status != DGM_OK)
        return failure(status, &error);
    for (size_t i = 0; i < outcome.length; i++)
        snprintf(answer + 2 * i, 3, "%02X", frame[i]);
    answer[2 * outcome.length] = '\0';
    return answer;
}

const char *compiled_encode(const char *message, const char *json)
{
    struct dgm_call call = call_of(DGM_SHAPE_AUTO);

    call.message = message;
    return encode(&call, json);
}

const char *compiled_reply(const char *json, const char *request)
{
    uint8_t bytes[MAX_FRAME];
    struct dgm_call call = call_of(DGM_SHAPE_AUTO);

    call.request = bytes;
    call.request_length = bytes_of(request, bytes);
    return encode(&call, json);
}

const struct dgm_model *compiled_model(void)
{
    return model;
}

const struct dgm_message *compiled_message(const char *name)
{
    const struct dgm_message *messages =
        (const void *)((const char *)model + model->messages.offset);

    for (uint32_t i = 0; i < model->messages.count; i++)
        if (strcmp(dgm_codec_text(codec, messages[i].name), name) == 0)
            return &messages[i];
    ck_abort_msg("there is no message %s", name);
    return NULL;
}

const char *compiled_findings(const char *text, bool errors_only)
{
    static const char *const words[] = {"error", "warning", "note"};
    static char lines[8192];
    struct dgm_profile *checked;
    size_t used = 0;

    enum dgm_status status = dgm_profile_parse("t.yaml", text, strlen(text), &checked);
    ck_assert(status == DGM_OK || status == DGM_PROFILE);
    lines[0] = '\0';
    for (size_t i = 0; dgm_profile_diagnostic(checked, i) != NULL; i++) {
        const struct dgm_diagnostic *item = dgm_profile_diagnostic(checked, i);
        if (errors_only && item->severity != DGM_SEVERITY_ERROR)
            continue;
        used += (size_t)snprintf(lines + used, sizeof(lines) - used,
                                 "%u:%u: %s: %s [%s]\n", item->line, item->column,
                                 words[item->severity], item->text, item->rule);
        ck_assert(used < sizeof(lines));
    }
    dgm_profile_close(checked);
    return lines;
}
