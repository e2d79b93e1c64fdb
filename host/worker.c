/* SPDX-License-Identifier: MIT */
/* Code plug-ins: from a file and options to tables and a process, and calls with both. */
#include <dragoman/worker.h>

#include "admit.h"
#include "grow.h"
#include "load.h"
#include "proxy.h"
#include "refuse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    DEADLINE_MS = 250,
    START_MS = 5000,
    MEMORY_MIB = 256,
    CPU_SECONDS = 3600,
    BACKOFF_MS = 5,
    BACKOFF_MOST_MS = 1000,
    CRASH_LIMIT = 32,
    MILLISECOND = 1000000
};

static uint32_t or_default(uint32_t value, uint32_t otherwise)
{
    return value != 0 ? value : otherwise;
}

/* Options of another version, as calls of the codec. */
static bool copy_options(const struct dgm_worker_options *options,
                         struct dgm_worker_options *ret)
{
    memset(ret, 0, sizeof(*ret));
    return grow_copy(options, sizeof(options->size), ret, sizeof(*ret)) &&
           ret->settings_length <= DGM_PLUGIN_CODE_SETTINGS &&
           (ret->settings != NULL || ret->settings_length == 0);
}

static struct keeper_rules rules_of(const struct dgm_worker_options *options)
{
    struct keeper_rules rules;
    uint64_t ms = MILLISECOND;
    rules.deadline_ns = or_default(options->deadline_ms, DEADLINE_MS) * ms;
    rules.start_ns = or_default(options->start_ms, START_MS) * ms;
    /* Half of what the kernel gives it: its start and the clocks' unevenness count, too.
     */
    rules.tired_ns = or_default(options->cpu_seconds, CPU_SECONDS) * (1000 * ms / 2);
    rules.backoff_ns = or_default(options->backoff_ms, BACKOFF_MS) * ms;
    rules.backoff_most_ns = or_default(options->backoff_most_ms, BACKOFF_MOST_MS) * ms;
    rules.crash_limit = or_default(options->crash_limit, CRASH_LIMIT);
    rules.spare = (options->flags & DGM_WORKER_NO_SPARE) == 0;
    return rules;
}

/* Never one of the current folder. A program with rights of its own does not listen to
 * the environment. */
static enum dgm_status find_program(struct dgm_worker *worker, const char *program,
                                    struct dgm_refusal *refusal)
{
    program = program != NULL ? program : secure_getenv("DRAGOMAN_WORKER");
    program = program != NULL ? program : DGM_WORKER_PROGRAM;
    if (program[0] != '/') {
        return refuse(refusal, DGM_WORKER_START,
                      "program: expected an absolute path, found %.80s", program);
    }
    worker->program = strdup(program);
    return worker->program != NULL ? DGM_OK : refuse(refusal, DGM_MEMORY, "no memory");
}

static size_t libraries_length(const struct dgm_plugin_info *info)
{
    size_t length = 0;
    for (size_t i = 0; i < info->elf.needed_count; i++) {
        length += strlen((const char *)info->file.bytes + info->elf.needed[i]) + 1;
    }
    return length;
}

/* The first message: limits, names of libraries, settings. */
static enum dgm_status write_start(struct dgm_worker *worker,
                                   const struct dgm_plugin_info *info,
                                   const struct dgm_worker_options *options,
                                   struct dgm_refusal *refusal)
{
    struct wire_start start;
    size_t libraries = libraries_length(info);
    worker->start_size = sizeof(start) + libraries + options->settings_length;
    worker->start = calloc(1, worker->start_size);
    if (worker->start == NULL) {
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    memset(&start, 0, sizeof(start));
    start.head.kind = WIRE_START;
    start.version = WIRE_VERSION;
    start.cpu_seconds = or_default(options->cpu_seconds, CPU_SECONDS);
    start.memory = (uint64_t)or_default(options->memory_mib, MEMORY_MIB) << 20;
    start.need_landlock = options->flags & DGM_WORKER_NEED_LANDLOCK;
    start.libraries_length = (uint32_t)libraries;
    start.settings_length = (uint32_t)options->settings_length;
    char *at = worker->start;
    memcpy(at, &start, sizeof(start));
    at += sizeof(start);
    for (size_t i = 0; i < info->elf.needed_count; i++) {
        const char *name = (const char *)info->file.bytes + info->elf.needed[i];
        size_t size = strlen(name) + 1;
        memcpy(at, name, size);
        at += size;
    }
    if (options->settings_length > 0) {
        memcpy(at, options->settings, options->settings_length);
    }
    return DGM_OK;
}

/* The plug-in says how much it keeps of a device, and the caller how much a call brings:
 * the process is never believed further than that. */
static enum dgm_status check_state(const struct dgm_worker *worker, size_t brought,
                                   struct dgm_refusal *refusal)
{
    size_t wanted = worker->keeper.description.state_size;
    if (wanted <= brought) {
        return DGM_OK;
    }
    return refuse(refusal, DGM_WORKER_START,
                  "state: expected at most %zu bytes that calls bring, "
                  "the plug-in keeps %zu of each device",
                  brought, wanted);
}

static enum dgm_status start(struct dgm_worker *worker, struct dgm_plugin_info *info,
                             const struct dgm_worker_options *options,
                             struct dgm_refusal *refusal)
{
    struct keeper_rules rules = rules_of(options);
    enum dgm_status status = load_info(info, &worker->loaded, refusal);
    if (status == DGM_OK) {
        status = find_program(worker, options->program, refusal);
    }
    if (status == DGM_OK) {
        status = write_start(worker, info, options, refusal);
    }
    if (status != DGM_OK) {
        return status;
    }
    worker->plugin = child_move(file_seal(&info->file));
    if (worker->plugin < 0) {
        return refuse(refusal, DGM_IO, "cannot copy the plug-in to memory: %s",
                      strerror(errno));
    }
    struct child_setup setup = {worker->program, worker->plugin, worker->start,
                                worker->start_size};
    status = keeper_open(&worker->keeper, &rules, &setup, refusal);
    if (status == DGM_OK) {
        status = check_state(worker, options->state_size, refusal);
    }
    if (status == DGM_OK) {
        proxy_prepare(worker);
    }
    return status;
}

static enum dgm_status start_info(struct dgm_plugin_info *info,
                                  const struct dgm_worker_options *options,
                                  struct dgm_worker **ret_worker,
                                  struct dgm_refusal *refusal)
{
    if (!info->code) {
        return refuse(refusal, DGM_BAD_CALL,
                      "the plug-in has no code: it is loaded without a process");
    }
    struct dgm_worker *worker = calloc(1, sizeof(*worker));
    if (worker == NULL || pthread_mutex_init(&worker->lock, NULL) != 0) {
        free(worker);
        return refuse(refusal, DGM_MEMORY, "no memory");
    }
    worker->plugin = -1;
    worker->keeper.serving.process = worker->keeper.spare.process = -1;
    worker->keeper.serving.socket = worker->keeper.spare.socket = -1;
    worker->keeper.serving.lifeline = worker->keeper.spare.lifeline = -1;
    enum dgm_status status = start(worker, info, options, refusal);
    if (status != DGM_OK) {
        dgm_worker_stop(worker);
        return status;
    }
    *ret_worker = worker;
    return refuse_nothing(refusal);
}

enum dgm_status dgm_worker_start(const char *path,
                                 const struct dgm_worker_options *options,
                                 struct dgm_worker **ret_worker,
                                 struct dgm_refusal *ret_refusal)
{
    struct dgm_worker_options known;
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal told, refusal;
    if (ret_worker == NULL || !copy_options(options, &known)) {
        return refuse(ret_refusal, DGM_BAD_CALL,
                      "options that make sense, and a place for the answer");
    }
    enum dgm_status status = admit(path, known.load, &info, &told, &refusal);
    if (status == DGM_OK) {
        status = start_info(info, &known, ret_worker, &refusal);
    }
    dgm_plugin_info_free(info);
    if (ret_refusal != NULL) {
        *ret_refusal = status == DGM_OK ? told : refusal;
    }
    return status;
}

void dgm_worker_stop(struct dgm_worker *worker)
{
    if (worker == NULL) {
        return;
    }
    keeper_close(&worker->keeper);
    if (worker->plugin >= 0) {
        (void)close(worker->plugin);
    }
    if (worker->start != NULL) {
        explicit_bzero(worker->start, worker->start_size);
    }
    dgm_plugin_unload(worker->loaded);
    (void)pthread_mutex_destroy(&worker->lock);
    free(worker->start);
    free(worker->program);
    /* Frames and what became of them. */
    explicit_bzero(worker, sizeof(*worker));
    free(worker);
}

const struct dgm_loaded *dgm_worker_loaded(const struct dgm_worker *worker)
{
    return worker->loaded;
}

size_t dgm_worker_state_size(const struct dgm_worker *worker)
{
    return worker->keeper.description.state_size;
}

const struct dgm_hook *const *dgm_worker_hooks(const struct dgm_worker *worker,
                                               size_t *ret_count)
{
    *ret_count = worker->hook_count;
    return worker->list;
}

enum dgm_status dgm_worker_decode(struct dgm_worker *worker,
                                  const struct dgm_codec *codec,
                                  const struct dgm_call *call, const uint8_t *frame,
                                  size_t frame_length, char *text, size_t text_size,
                                  struct dgm_outcome *ret, struct dgm_error *reterr)
{
    struct proxy_frame at_work;
    proxy_begin(worker, call, &at_work);
    enum dgm_status status = dgm_decode(codec, &at_work.call, frame, frame_length, text,
                                        text_size, ret, reterr);
    proxy_end(worker, &at_work);
    return status;
}

enum dgm_status dgm_worker_encode(struct dgm_worker *worker,
                                  const struct dgm_codec *codec,
                                  const struct dgm_call *call, const char *json,
                                  size_t json_length, uint8_t *frame, size_t frame_size,
                                  struct dgm_outcome *ret, struct dgm_error *reterr)
{
    struct proxy_frame at_work;
    proxy_begin(worker, call, &at_work);
    enum dgm_status status = dgm_encode(codec, &at_work.call, json, json_length, frame,
                                        frame_size, ret, reterr);
    proxy_end(worker, &at_work);
    return status;
}

void dgm_worker_get_stats(struct dgm_worker *worker, struct dgm_worker_stats *ret)
{
    (void)pthread_mutex_lock(&worker->lock);
    *ret = worker->keeper.stats;
    (void)pthread_mutex_unlock(&worker->lock);
}

void dgm_worker_release(struct dgm_worker *worker)
{
    (void)pthread_mutex_lock(&worker->lock);
    keeper_release(&worker->keeper);
    (void)pthread_mutex_unlock(&worker->lock);
}
