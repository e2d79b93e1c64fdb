/* SPDX-License-Identifier: MIT */
#include "desk.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEADLINE_MS = 2000 };

const char *desk_setting(const char *name)
{
    const char *value = getenv(name);
    ck_assert_msg(value != NULL, "%s is not set", name);
    return value;
}

const char *desk_plugin(const char *variant)
{
    static char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s.so", desk_setting("DRAGOMAN_TEST_UNRULY"),
                   variant);
    return path;
}

struct dgm_worker_options desk_options(void)
{
    struct dgm_worker_options options = DGM_WORKER_OPTIONS_INIT;
    options.deadline_ms = DEADLINE_MS;
    options.state_size = sizeof(uint64_t);
    return options;
}

void desk_open(struct desk *desk, const char *variant,
               const struct dgm_worker_options *options)
{
    static const struct dgm_call initial = DGM_CALL_INIT;
    struct dgm_worker_options usual = desk_options();
    struct dgm_refusal refusal;
    memset(desk, 0, sizeof(*desk));
    enum dgm_status status =
        dgm_worker_start(desk_plugin(variant), options == NULL ? &usual : options,
                         &desk->worker, &refusal);
    ck_assert_msg(status == DGM_OK, "%s: %s", dgm_status_id(status), refusal.text);
    desk->codec = dgm_loaded_codec(dgm_worker_loaded(desk->worker), 0);
    ck_assert_uint_le(dgm_codec_scratch_size(desk->codec), DESK_SCRATCH);
    desk->call = initial;
    desk->call.scratch = desk->scratch;
    desk->call.scratch_size = DESK_SCRATCH;
}

void desk_close(struct desk *desk)
{
    dgm_worker_stop(desk->worker);
    desk->worker = NULL;
}

enum dgm_status desk_decode(struct desk *desk, const uint8_t *frame, size_t length)
{
    struct dgm_outcome outcome;
    memset(&outcome, 0, sizeof(outcome));
    memset(&desk->error, 0, sizeof(desk->error));
    enum dgm_status status =
        dgm_worker_decode(desk->worker, desk->codec, &desk->call, frame, length,
                          desk->text, DESK_TEXT, &outcome, &desk->error);
    desk->text[status == DGM_OK ? outcome.length : 0] = '\0';
    return status;
}

enum dgm_status desk_do(struct desk *desk, unsigned deed)
{
    uint8_t frame[] = {0x01, (uint8_t)deed, 0xAB};
    return desk_decode(desk, frame, sizeof(frame));
}

void desk_expect(struct desk *desk, unsigned deed, const char *answer)
{
    char expected[DESK_TEXT];
    size_t at = (size_t)snprintf(expected, sizeof(expected),
                                 "{\"Plain\":{\"what\":%u,\"data\":\"", deed);
    for (size_t i = 0; answer[i] != '\0'; i++) {
        at += (size_t)snprintf(expected + at, sizeof(expected) - at, "%02x",
                               (unsigned)(unsigned char)answer[i]);
    }
    (void)snprintf(expected + at, sizeof(expected) - at, "\"}}");
    enum dgm_status status = desk_do(desk, deed);
    ck_assert_msg(status == DGM_OK, "deed 0x%02x: %s: %s", deed, dgm_status_id(status),
                  desk->error.detail == NULL ? "" : desk->error.detail);
    ck_assert_str_eq(desk->text, expected);
}

struct dgm_worker_stats desk_stats(struct desk *desk)
{
    struct dgm_worker_stats stats;
    dgm_worker_get_stats(desk->worker, &stats);
    return stats;
}
