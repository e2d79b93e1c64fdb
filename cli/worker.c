/* SPDX-License-Identifier: MIT */
/* Calls of a codec with all that they need. Buffers grow to what a call asks for. */
#include "worker.h"
#include "hexin.h"
#include "instant.h"

#include <dragoman/transform.h>

#include <stdlib.h>
#include <string.h>

static int read_port(struct report *report, const struct cli *cli, struct dgm_call *call)
{
    const char *text = cli_text(cli, OPTION_PORT, NULL);
    if (text == NULL) {
        return CLI_FINE;
    }
    if (!hexin_port(text, strlen(text), &call->channel)) {
        return report_usage(report, cli, "--port: '%s' is not 0 to 4294967295", text);
    }
    call->has_channel = true;
    return CLI_FINE;
}

static int read_time(struct report *report, const struct cli *cli, struct dgm_call *call)
{
    const char *text = cli_text(cli, OPTION_RECEIVED_AT, NULL);
    if (text == NULL) {
        return CLI_FINE;
    }
    call->has_received = instant_parse(text, strlen(text), &call->received_ms);
    return call->has_received
               ? CLI_FINE
               : report_usage(
                     report, cli,
                     "--received-at: '%s' is no time such as 2026-01-02T03:04:05Z", text);
}

static int read_request(struct call_options *options, struct report *report,
                        const struct cli *cli)
{
    const char *text = cli_text(cli, OPTION_REQUEST, NULL);
    struct hexin_fault fault;
    if (text == NULL) {
        return CLI_FINE;
    }
    options->request = malloc(sizeof(*options->request));
    if (options->request == NULL) {
        return report_memory(report);
    }
    options->request->length = 0;
    if (!hexin_hex(text, strlen(text), 0, options->request, &fault)) {
        return report_usage(report, cli, "--request: %s, at character %zu", fault.text,
                            fault.column);
    }
    options->call.request = options->request->bytes;
    options->call.request_length = options->request->length;
    return CLI_FINE;
}

int call_options_read(struct call_options *options, struct report *report,
                      const struct cli *cli, enum dgm_shape otherwise)
{
    static const struct dgm_call initial = DGM_CALL_INIT;
    struct dgm_call *call = &options->call;
    *call = initial;
    options->request = NULL;
    call->shape = (enum dgm_shape)cli_word(cli, OPTION_SHAPE, (int)otherwise);
    /* Behind the automatic choice in both enumerations. */
    call->direction = (enum dgm_direction)(cli_word(cli, OPTION_DIRECTION, -1) + 1);
    call->request_format =
        (enum dgm_request_format)(cli_word(cli, OPTION_REQUEST_FORMAT, -1) + 1);
    call->unknown_members = (enum dgm_unknown_members)cli_word(
        cli, OPTION_UNKNOWN, DGM_UNKNOWN_MEMBERS_REFUSE);
    call->message = cli_text(cli, OPTION_MESSAGE, NULL);
    call->topic = cli_text(cli, OPTION_TOPIC, NULL);
    call->topic_length = call->topic == NULL ? 0 : strlen(call->topic);
    int code = read_port(report, cli, call);
    code = code != CLI_FINE ? code : read_time(report, cli, call);
    return code != CLI_FINE ? code : read_request(options, report, cli);
}

void call_options_free(struct call_options *options)
{
    free(options->request);
    options->request = NULL;
}

struct dgm_call worker_call(const struct call_options *options,
                            const struct hexin_words *words)
{
    struct dgm_call call = options->call;
    if (words->has_port) {
        call.has_channel = true;
        call.channel = words->port;
    }
    if (words->has_time) {
        call.has_received = true;
        call.received_ms = words->time_ms;
    }
    if (words->topic != NULL) {
        call.topic = words->topic;
        call.topic_length = words->topic_length;
    }
    return call;
}

void worker_add_hooks(struct worker *worker, const struct dgm_hook *const *hooks,
                      size_t count)
{
    size_t room = WORKER_HOOKS - worker->hook_count;
    count = count < room ? count : room;
    if (count == 0) {
        return;
    }
    memmove(worker->hooks + count, worker->hooks,
            worker->hook_count * sizeof(worker->hooks[0]));
    memcpy(worker->hooks, hooks, count * sizeof(worker->hooks[0]));
    worker->hook_count += count;
}

bool worker_open(struct worker *worker, const struct dgm_codec *codec)
{
    memset(worker, 0, sizeof(*worker));
    worker->codec = codec;
    worker->scratch_size = dgm_codec_scratch_size(codec);
    worker->size = 4096;
    worker->scratch = malloc(worker->scratch_size + 1);
    worker->data = malloc(worker->size);
    bool has_hooks = dgm_codec_model(codec)->hooks.count > 0;
    worker->transforms = has_hooks ? malloc(DGM_TRANSFORM_SIZE) : NULL;
    if (worker->scratch == NULL || worker->data == NULL ||
        (has_hooks && worker->transforms == NULL)) {
        worker_close(worker);
        return false;
    }
    if (has_hooks) {
        size_t count = 0;
        const struct dgm_hook *const *hooks = dgm_transforms(worker->transforms, &count);
        worker_add_hooks(worker, hooks, count);
    }
    return true;
}

bool worker_open_product(struct worker *worker, const struct product *product)
{
    bool good = worker_open(worker, product->codec);
    if (good && product->code != NULL) {
        size_t count = 0;
        const struct dgm_hook *const *hooks = dgm_worker_hooks(product->code, &count);
        worker_add_hooks(worker, hooks, count);
    }
    return good;
}

void worker_close(struct worker *worker)
{
    free(worker->scratch);
    free(worker->data);
    free(worker->transforms);
    worker->transforms = NULL;
    worker->scratch = NULL;
    worker->data = NULL;
}

struct dgm_call worker_furnish(struct worker *worker, const struct dgm_call *call)
{
    struct dgm_call full = *call;
    full.scratch = worker->scratch;
    full.scratch_size = worker->scratch_size;
    full.hooks = worker->hooks;
    full.hook_count = worker->hook_count;
    full.notices = worker->notices;
    full.notice_capacity = WORKER_NOTICES;
    return full;
}

static struct dgm_call begin(struct worker *worker, const struct dgm_call *call)
{
    memset(&worker->outcome, 0, sizeof(worker->outcome));
    worker->outcome.message = DGM_NONE;
    memset(&worker->error, 0, sizeof(worker->error));
    worker->error.status = DGM_INTERNAL;
    return worker_furnish(worker, call);
}

/* Room for what the last call needed. */
static bool grow(struct worker *worker)
{
    size_t size = worker->error.needed;
    char *grown = size > worker->size ? realloc(worker->data, size) : NULL;
    if (grown == NULL) {
        return false;
    }
    worker->data = grown;
    worker->size = size;
    return true;
}

enum dgm_status worker_decode(struct worker *worker, const struct dgm_call *call,
                              const uint8_t *frame, size_t length)
{
    enum dgm_status status = DGM_NO_SPACE;
    for (int attempt = 0; attempt < 2 && status == DGM_NO_SPACE; attempt++) {
        struct dgm_call full = begin(worker, call);
        status = dgm_decode(worker->codec, &full, frame, length, worker->data,
                            worker->size, &worker->outcome, &worker->error);
        if (status == DGM_NO_SPACE && !grow(worker)) {
            break;
        }
    }
    return status;
}

enum dgm_status worker_encode(struct worker *worker, const struct dgm_call *call,
                              const char *json, size_t length)
{
    enum dgm_status status = DGM_NO_SPACE;
    for (int attempt = 0; attempt < 2 && status == DGM_NO_SPACE; attempt++) {
        struct dgm_call full = begin(worker, call);
        status = dgm_encode(worker->codec, &full, json, length, (uint8_t *)worker->data,
                            worker->size, &worker->outcome, &worker->error);
        if (status == DGM_NO_SPACE && !grow(worker)) {
            break;
        }
    }
    return status;
}

static size_t notice_count(const struct worker *worker)
{
    size_t count = worker->outcome.notice_count;
    return count < WORKER_NOTICES ? count : WORKER_NOTICES;
}

void worker_tell_notices(const struct worker *worker, struct report *report,
                         const struct place *place)
{
    for (size_t i = 0; i < notice_count(worker); i++) {
        report_codec(report, place, true, worker->codec, &worker->notices[i]);
    }
    if (worker->outcome.notice_count > WORKER_NOTICES) {
        report_warning(report, place, "limit", "%zu more warnings are not shown",
                       worker->outcome.notice_count - WORKER_NOTICES);
    }
}

void notices_put(const struct dgm_error *notices, size_t count, struct jsonout *json)
{
    jsonout_name(json, "warnings");
    for (size_t i = 0; i < count; i++) {
        (void)fputs(i == 0 ? "[" : ",", json->file);
        const char *id = dgm_status_id(notices[i].status);
        jsonout_quoted(json->file, id, strlen(id));
    }
    (void)fputs(count == 0 ? "[]" : "]", json->file);
}

void worker_put_notices(const struct worker *worker, struct jsonout *json)
{
    notices_put(worker->notices, notice_count(worker), json);
}
