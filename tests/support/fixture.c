/* SPDX-License-Identifier: MIT */
/* See fixture.h. */
#include "fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "guard.h"

static void print_diagnostics(const struct dgm_profile *profile)
{
    const struct dgm_diagnostic *diagnostic;
    for (size_t i = 0; (diagnostic = dgm_profile_diagnostic(profile, i)) != NULL; i++)
        fprintf(stderr, "%u:%u: %s [%s]\n", diagnostic->line, diagnostic->column,
                diagnostic->text, diagnostic->rule);
}

static void open_plan(struct fixture *fixture)
{
    size_t needed = dgm_codec_plan_size(fixture->codec);
    fixture->plan_memory = malloc(needed);
    ck_assert_int_eq(dgm_codec_plan(fixture->codec, fixture->plan_memory, needed,
                                    &fixture->plan, NULL),
                     DGM_OK);
}

void fixture_open(struct fixture *fixture, const char *yaml)
{
    size_t size;
    static const struct dgm_call defaults = DGM_CALL_INIT;
    memset(fixture, 0, sizeof(*fixture));
    enum dgm_status status =
        dgm_profile_parse("test.yaml", yaml, strlen(yaml), &fixture->profile);
    if (status != DGM_OK)
        print_diagnostics(fixture->profile);
    ck_assert_int_eq(status, DGM_OK);
    const struct dgm_model *model = dgm_profile_model(fixture->profile, &size);
    size_t needed = dgm_codec_size(model, size);
    fixture->memory = malloc(needed);
    status = dgm_codec_open(model, size, fixture->memory, needed, &fixture->codec,
                            &fixture->error);
    if (status != DGM_OK)
        fprintf(stderr, "table refused: %s at %u\n", fixture->error.detail,
                (unsigned)fixture->error.offset);
    ck_assert_int_eq(status, DGM_OK);
    open_plan(fixture);
    fixture->call = defaults;
    fixture->call.scratch_size = dgm_codec_scratch_size(fixture->codec);
    fixture->scratch = malloc(fixture->call.scratch_size + 1);
    fixture->call.scratch = fixture->scratch;
    fixture->call.notices = fixture->notices;
    fixture->call.notice_capacity =
        sizeof(fixture->notices) / sizeof(fixture->notices[0]);
}

void fixture_close(struct fixture *fixture)
{
    free(fixture->scratch);
    free(fixture->plan_memory);
    free(fixture->memory);
    dgm_profile_close(fixture->profile);
}

size_t hex_bytes(const char *hex, uint8_t *bytes, size_t size)
{
    size_t length = 0;
    unsigned byte;
    int used;
    while (sscanf(hex, " %2x%n", &byte, &used) == 1) {
        ck_assert_uint_lt(length, size);
        bytes[length++] = (uint8_t)byte;
        hex += used;
    }
    return length;
}

static void explain(const struct fixture *fixture, enum dgm_status status,
                    const char *input)
{
    char text[512];
    if (status == DGM_OK || status == DGM_NOTHING)
        return;
    dgm_error_render(fixture->codec, &fixture->error, text, sizeof(text));
    fprintf(stderr, "%s: %s\n", input, text);
}

/* The call before gave the same as one by a plan. */
static void expect_same(const struct fixture *fixture, const struct fixture *planned,
                        enum dgm_status status, const char *input, const void *bytes,
                        const void *planned_bytes)
{
    const struct dgm_outcome *rows = &fixture->outcome, *plan = &planned->outcome;
    bool same =
        memcmp(&fixture->error, &planned->error, sizeof(fixture->error)) == 0 &&
        memcmp(fixture->notices, planned->notices, sizeof(fixture->notices)) == 0 &&
        rows->length == plan->length && rows->message == plan->message &&
        rows->notice_count == plan->notice_count && rows->kind == plan->kind;
    size_t length = status == DGM_OK ? rows->length : 0;
    ck_assert_msg(same && memcmp(bytes, planned_bytes, length) == 0, "%s: by a plan %.*s",
                  input, (int)plan->length, (const char *)planned_bytes);
}

static enum dgm_status decode_once(struct fixture *fixture, const struct dgm_codec *codec,
                                   const struct guarded *frame,
                                   const struct guarded *text)
{
    fixture->call.notices = fixture->notices;
    memset(&fixture->outcome, 0, sizeof(fixture->outcome));
    memset(&fixture->error, 0, sizeof(fixture->error));
    memset(fixture->notices, 0, sizeof(fixture->notices));
    return dgm_decode(codec, &fixture->call, frame->bytes, frame->size,
                      (char *)text->bytes, text->size, &fixture->outcome,
                      &fixture->error);
}

static enum dgm_status run_decode(struct fixture *fixture, const char *hex, char *text,
                                  size_t size)
{
    uint8_t bytes[4096];
    size_t length = hex_bytes(hex, bytes, sizeof(bytes));
    struct fixture planned = *fixture;
    struct guarded frame = guarded_new(bytes, length), out = guarded_new(NULL, size);
    enum dgm_status by_plan = decode_once(&planned, fixture->plan, &frame, &out);
    memcpy(text, out.bytes, size);
    enum dgm_status status = decode_once(fixture, fixture->codec, &frame, &out);
    ck_assert_msg(status == by_plan, "%s: %s, by a plan %s", hex, dgm_status_id(status),
                  dgm_status_id(by_plan));
    expect_same(fixture, &planned, status, hex, out.bytes, text);
    memcpy(text, out.bytes, size);
    guarded_free(&frame);
    guarded_free(&out);
    return status;
}

void expect_decode(struct fixture *fixture, const char *hex, const char *json)
{
    char text[8192];
    enum dgm_status status = run_decode(fixture, hex, text, sizeof(text));
    explain(fixture, status, hex);
    if (json == NULL) {
        ck_assert_msg(status == DGM_NOTHING, "%s: status %s", hex, dgm_status_id(status));
        return;
    }
    ck_assert_msg(status == DGM_OK, "%s: status %s", hex, dgm_status_id(status));
    size_t length = fixture->outcome.length;
    text[length] = 0;
    ck_assert_str_eq(text, json);
    for (size_t size = 0; size < length; size += 1 + length / 64) {
        status = run_decode(fixture, hex, text, size);
        ck_assert_int_eq(status, DGM_NO_SPACE);
        ck_assert_uint_eq(fixture->error.needed, length);
    }
    ck_assert_int_eq(run_decode(fixture, hex, text, length), DGM_OK);
    enum dgm_shape shape =
        fixture->call.shape == DGM_SHAPE_AUTO ? DGM_SHAPE_PLAIN : fixture->call.shape;
    ck_assert_msg(length <= dgm_codec_json_max(fixture->codec, shape),
                  "%zu bytes of JSON, the table promised %zu", length,
                  dgm_codec_json_max(fixture->codec, shape));
}

static void check_path(const struct fixture *fixture, const struct dgm_error *error,
                       const char *path)
{
    char text[256];
    dgm_error_path(fixture->codec, error, text, sizeof(text));
    ck_assert_str_eq(text, path);
}

void expect_decode_error(struct fixture *fixture, const char *hex, enum dgm_status status,
                         unsigned offset, const char *path)
{
    char text[8192];
    enum dgm_status found = run_decode(fixture, hex, text, sizeof(text));
    ck_assert_msg(found == status, "%s: %s, expected %s", hex, dgm_status_id(found),
                  dgm_status_id(status));
    ck_assert_int_eq(fixture->error.status, status);
    ck_assert_msg(fixture->error.offset == offset, "%s: offset %u, expected %u", hex,
                  (unsigned)fixture->error.offset, offset);
    check_path(fixture, &fixture->error, path);
}

void expect_notice(struct fixture *fixture, const char *hex, const char *json,
                   enum dgm_status status, const char *path)
{
    expect_decode(fixture, hex, json);
    ck_assert_uint_eq(fixture->outcome.notice_count, 1);
    ck_assert_int_eq(fixture->notices[0].status, status);
    check_path(fixture, &fixture->notices[0], path);
}

static enum dgm_status encode_once(struct fixture *fixture, const struct dgm_codec *codec,
                                   const struct guarded *text, const struct guarded *out)
{
    memset(&fixture->error, 0, sizeof(fixture->error));
    return dgm_encode(codec, &fixture->call, (const char *)text->bytes, text->size,
                      out->bytes, out->size, &fixture->outcome, &fixture->error);
}

static enum dgm_status run_encode(struct fixture *fixture, const char *json,
                                  uint8_t *bytes, size_t size)
{
    struct fixture planned = *fixture;
    struct guarded text = guarded_new(json, strlen(json));
    struct guarded out = guarded_new(NULL, size);
    enum dgm_status by_plan = encode_once(&planned, fixture->plan, &text, &out);
    memcpy(bytes, out.bytes, size);
    enum dgm_status status = encode_once(fixture, fixture->codec, &text, &out);
    ck_assert_msg(status == by_plan, "%s: %s, by a plan %s", json, dgm_status_id(status),
                  dgm_status_id(by_plan));
    expect_same(fixture, &planned, status, json, out.bytes, bytes);
    memcpy(bytes, out.bytes, size);
    guarded_free(&text);
    guarded_free(&out);
    return status;
}

void expect_encode(struct fixture *fixture, const char *json, const char *hex)
{
    uint8_t bytes[4096], expected[4096];
    enum dgm_status status = run_encode(fixture, json, bytes, sizeof(bytes));
    explain(fixture, status, json);
    if (hex == NULL) {
        ck_assert_msg(status == DGM_NOTHING, "%s: status %s", json,
                      dgm_status_id(status));
        return;
    }
    ck_assert_msg(status == DGM_OK, "%s: status %s", json, dgm_status_id(status));
    size_t length = fixture->outcome.length;
    ck_assert_uint_eq(length, hex_bytes(hex, expected, sizeof(expected)));
    ck_assert_mem_eq(bytes, expected, length);
    for (size_t size = 0; size < length; size++) {
        status = run_encode(fixture, json, bytes, size);
        ck_assert_int_eq(status, DGM_NO_SPACE);
        ck_assert_uint_eq(fixture->error.needed, length);
    }
}

void expect_both(struct fixture *fixture, const char *hex, const char *json)
{
    expect_decode(fixture, hex, json);
    expect_encode(fixture, json, hex);
}

void expect_encode_error(struct fixture *fixture, const char *json,
                         enum dgm_status status, const char *near, const char *path)
{
    uint8_t bytes[4096];
    enum dgm_status found = run_encode(fixture, json, bytes, sizeof(bytes));
    ck_assert_msg(found == status, "%s: %s, expected %s", json, dgm_status_id(found),
                  dgm_status_id(status));
    ck_assert_int_eq(fixture->error.status, status);
    if (near != NULL) {
        ck_assert_int_eq(fixture->error.place, DGM_PLACE_JSON);
        ck_assert_msg(strncmp(json + fixture->error.offset, near, strlen(near)) == 0,
                      "%s: points to '%s', expected '%s'", json,
                      json + fixture->error.offset, near);
    }
    check_path(fixture, &fixture->error, path);
}
