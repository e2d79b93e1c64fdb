/* SPDX-License-Identifier: MIT */
/*
 * The vectors of profiles for tests in other languages: one JSON object a line,
 *
 *     {"profile":P,"line":L,"arguments":{"port":"2",...},"down":false,"frame":"01FF",
 *      "json":"{...}","error":E,"warnings":2,"decode":true,"encode":true,
 *      "canonical":true}
 *
 * Without `frame` there are no bytes, without `json` no data.
 *
 * usage: vectors PROFILE...
 */
#include "jsonout.h"

#include <dragoman/codec.h>
#include <dragoman/profile.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void put_hex(struct jsonout *json, const char *name, const uint8_t *bytes,
                    size_t length)
{
    jsonout_name(json, name);
    (void)fputc('"', json->file);
    for (size_t i = 0; i < length; i++)
        (void)fprintf(json->file, "%02X", (unsigned)bytes[i]);
    (void)fputc('"', json->file);
}

static void put_if(struct jsonout *json, const char *name, const char *text)
{
    if (text != NULL)
        jsonout_text(json, name, text);
}

static void put_arguments(struct jsonout *json, const struct dgm_test *test)
{
    static const char *const shapes[] = {"oceanconnect", "iotda", "plain"};
    struct jsonout inner = {json->file, false};
    jsonout_name(json, "arguments");
    (void)fputc('{', json->file);
    jsonout_text(&inner, "shape", shapes[test->shape]);
    put_if(&inner, "model", test->model);
    put_if(&inner, "message", test->message);
    put_if(&inner, "topic", test->topic);
    if (test->has_channel)
        jsonout_number(&inner, "port", test->channel);
    if (test->has_received) {
        jsonout_name(&inner, "received");
        (void)fprintf(json->file, "%" PRId64, test->received_ms);
    }
    if (test->request != NULL)
        put_hex(&inner, "request", test->request, test->request_length);
    (void)fputc('}', json->file);
}

static size_t count_warnings(const struct dgm_test *test)
{
    size_t count = 0;
    while (test->warnings != NULL && test->warnings[count] != NULL)
        count++;
    return count;
}

static void put_test(const char *path, const struct dgm_test *test)
{
    struct jsonout json;
    jsonout_open(&json, stdout);
    jsonout_text(&json, "profile", path);
    jsonout_number(&json, "line", test->line);
    put_arguments(&json, test);
    jsonout_bool(&json, "down", test->down);
    if (test->has_frame)
        put_hex(&json, "frame", test->frame, test->frame_length);
    put_if(&json, "json", test->json);
    put_if(&json, "error", test->error);
    jsonout_number(&json, "warnings", count_warnings(test));
    jsonout_bool(&json, "decode", test->direction != DGM_TEST_ENCODE);
    jsonout_bool(&json, "encode", test->direction != DGM_TEST_DECODE);
    jsonout_bool(&json, "canonical", test->canonical);
    jsonout_close(&json);
}

int main(int argc, char **argv)
{
    int code = EXIT_SUCCESS;
    for (int i = 1; i < argc; i++) {
        struct dgm_profile *profile = NULL;
        const struct dgm_test *test = NULL;
        if (dgm_profile_load(argv[i], &profile) != DGM_OK) {
            (void)fprintf(stderr, "%s: not compiled\n", argv[i]);
            code = EXIT_FAILURE;
        } else {
            for (size_t at = 0; (test = dgm_profile_test(profile, at)) != NULL; at++)
                put_test(argv[i], test);
        }
        dgm_profile_close(profile);
    }
    return code;
}
