/* SPDX-License-Identifier: MIT */
#include "proxy.h"
#include "errand.h"

#include <string.h>

enum { CALL_MOST = 4096 }; /* bytes of a call of a later version */

/* An error's sentence must stay where it is, so each different one is kept, as far as
 * there is room. It comes from a process that nobody trusts. */
static const char *keep_detail(struct dgm_worker *worker, const char *text, size_t length)
{
    char clean[DGM_PLUGIN_CODE_DETAIL + 1];
    for (size_t i = 0; i < length; i++) {
        clean[i] = text[i] < ' ' || text[i] > '~' ? '?' : text[i];
    }
    clean[length] = '\0';
    for (size_t i = 0; i < worker->detail_count; i++) {
        if (strcmp(worker->details[i], clean) == 0) {
            return worker->details[i];
        }
    }
    if (length == 0 || worker->detail_count == PROXY_DETAILS) {
        return NULL;
    }
    memcpy(worker->details[worker->detail_count], clean, length + 1);
    return worker->details[worker->detail_count++];
}

static enum dgm_status put_output(struct dgm_hook_call *work, const uint8_t *output,
                                  size_t length)
{
    if (length > work->output_size) {
        return DGM_LIMIT;
    }
    if (length > 0) {
        memcpy(work->output, output, length);
    }
    work->output_length = length;
    return DGM_OK;
}

static enum dgm_status ask(struct dgm_worker *worker, struct dgm_hook_call *work,
                           const struct errand *errand, uint64_t *until, bool remember)
{
    struct errand_result result;
    enum dgm_status status = errand_run(&worker->keeper, errand, until, worker->message,
                                        &result, &work->detail);
    if (status != DGM_OK) {
        return status;
    }
    if (result.status != DGM_OK) {
        work->detail = keep_detail(worker, result.detail, result.detail_length);
        return result.status == DGM_LIMIT || result.status == DGM_NO_SPACE ? DGM_LIMIT
                                                                           : DGM_REFUSED;
    }
    size_t state_size = worker->keeper.description.state_size;
    if (work->call->state != NULL && state_size > 0) {
        memcpy(work->call->state, result.state, state_size);
    }
    if (remember) {
        memo_add(&worker->memo, errand->hook, errand->way, errand->input,
                 errand->input_length, result.output, result.output_length);
    }
    return put_output(work, result.output, result.output_length);
}

static void begin_frame(struct dgm_worker *worker, struct proxy_frame *frame)
{
    if (!frame->begun) {
        (void)pthread_mutex_lock(&worker->lock);
        memo_forget(&worker->memo);
        frame->begun = true;
    }
}

static enum dgm_status run_in_frame(const struct proxy *proxy, struct dgm_hook_call *work,
                                    const struct errand *errand)
{
    struct dgm_worker *worker = proxy->worker;
    size_t length = 0;
    begin_frame(worker, proxy->frame);
    const uint8_t *known = memo_find(&worker->memo, errand->hook, errand->way,
                                     errand->input, errand->input_length, &length);
    return known != NULL
               ? put_output(work, known, length)
               : ask(worker, work, errand, &proxy->frame->until, /* remember */ true);
}

static enum dgm_status run_alone(const struct proxy *proxy, struct dgm_hook_call *work,
                                 const struct errand *errand)
{
    uint64_t until = 0;
    (void)pthread_mutex_lock(&proxy->worker->lock);
    enum dgm_status status =
        ask(proxy->worker, work, errand, &until, /* remember */ false);
    (void)pthread_mutex_unlock(&proxy->worker->lock);
    return status;
}

static enum dgm_status run(struct dgm_hook_call *work, enum wire_way way)
{
    const struct proxy *proxy = work->user;
    struct errand errand = {
        proxy->hook, way, work->call, work->input, work->input_length, work->output_size};
    return proxy->frame != NULL ? run_in_frame(proxy, work, &errand)
                                : run_alone(proxy, work, &errand);
}

static enum dgm_status run_decode(struct dgm_hook_call *work)
{
    return run(work, WIRE_DECODE);
}

static enum dgm_status run_encode(struct dgm_hook_call *work)
{
    return run(work, WIRE_ENCODE);
}

void proxy_prepare(struct dgm_worker *worker)
{
    const struct wire_ready *ready = &worker->keeper.description;
    worker->hook_count = ready->hook_count;
    for (uint32_t i = 0; i < ready->hook_count; i++) {
        const struct wire_hook *hook = &ready->hooks[i];
        worker->proxies[i] = (struct proxy){worker, NULL, i};
        worker->hooks[i] = (struct dgm_hook){
            .size = sizeof(struct dgm_hook),
            .name = hook->name,
            .decode = (hook->ways & WIRE_DECODE) != 0 ? run_decode : NULL,
            .encode = (hook->ways & WIRE_ENCODE) != 0 ? run_encode : NULL,
            .user = &worker->proxies[i]};
        worker->list[i] = &worker->hooks[i];
    }
}

/* Callers of an earlier version have a shorter call, and those of a later one a longer
 * one, whose further members must be zero. */
static bool copy_call(const struct dgm_call *call, struct dgm_call *ret)
{
    static const struct dgm_call initial = DGM_CALL_INIT;
    *ret = initial;
    if (call == NULL) {
        return true;
    }
    if (call->size < sizeof(call->size) || call->size > CALL_MOST) {
        return false;
    }
    const uint8_t *bytes = (const uint8_t *)call;
    for (size_t i = sizeof(*ret); i < call->size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    memcpy(ret, call, call->size < sizeof(*ret) ? call->size : sizeof(*ret));
    ret->size = sizeof(*ret);
    return ret->hook_count <= PROXY_STRANGERS &&
           (ret->hooks != NULL || ret->hook_count == 0);
}

void proxy_begin(struct dgm_worker *worker, const struct dgm_call *call,
                 struct proxy_frame *ret)
{
    ret->begun = false;
    ret->until = 0;
    if (!copy_call(call, &ret->call)) {
        ret->call.size = 0;
        return;
    }
    for (size_t i = 0; i < worker->hook_count; i++) {
        ret->proxies[i] = worker->proxies[i];
        ret->proxies[i].frame = ret;
        ret->hooks[i] = worker->hooks[i];
        ret->hooks[i].user = &ret->proxies[i];
        ret->list[i] = &ret->hooks[i];
    }
    for (size_t i = 0; i < ret->call.hook_count; i++) {
        ret->list[worker->hook_count + i] = ret->call.hooks[i];
    }
    ret->call.hooks = ret->list;
    ret->call.hook_count += worker->hook_count;
}

void proxy_end(struct dgm_worker *worker, struct proxy_frame *frame)
{
    if (frame->begun) {
        (void)pthread_mutex_unlock(&worker->lock);
    }
}
