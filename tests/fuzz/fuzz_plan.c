/* SPDX-License-Identifier: MIT */
/*
 * A codec with a plan and one without must give the same of anything: status, error,
 * notices, outcome, bytes. The first byte chooses the product, the second whether the
 * rest is a frame or JSON, the direction, and the shape.
 */
#include <dragoman/codec.h>

#include <stdlib.h>
#include <string.h>

#include "products.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_SIZE = 1 << 18, FRAME_SIZE = 1 << 16, HEAD = 2, NOTICES = 8, PLANS = 256 };

/* What a call gave. */
struct answer {
    enum dgm_status status;
    struct dgm_outcome outcome;
    struct dgm_error error, notices[NOTICES];
    uint8_t bytes[TEXT_SIZE];
};

static struct answer planned, plain;

static const struct dgm_codec *plan_of(const struct product *product, size_t position)
{
    static const struct dgm_codec *plans[PLANS];
    const struct dgm_codec **plan = &plans[position % product_count()];
    if (*plan != NULL)
        return *plan;
    size_t needed = dgm_codec_plan_size(product->codec);
    void *memory = malloc(needed);
    if (memory == NULL ||
        dgm_codec_plan(product->codec, memory, needed, plan, NULL) != DGM_OK)
        abort();
    return *plan;
}

static void run(const struct dgm_codec *codec, struct dgm_call call, bool decodes,
                const uint8_t *data, size_t size, struct answer *ret)
{
    memset(&ret->outcome, 0, sizeof(ret->outcome));
    memset(&ret->error, 0, sizeof(ret->error));
    memset(ret->notices, 0, sizeof(ret->notices));
    call.notices = ret->notices;
    call.notice_capacity = NOTICES;
    if (decodes)
        ret->status = dgm_decode(codec, &call, data, size, (char *)ret->bytes, TEXT_SIZE,
                                 &ret->outcome, &ret->error);
    else
        ret->status = dgm_encode(codec, &call, (const char *)data, size, ret->bytes,
                                 FRAME_SIZE, &ret->outcome, &ret->error);
}

/* Members one by one, for there is padding between them. */
static bool same_outcome(const struct dgm_outcome *left, const struct dgm_outcome *right)
{
    return left->length == right->length && left->notice_count == right->notice_count &&
           left->visit_count == right->visit_count && left->message == right->message &&
           left->kind == right->kind && left->has_channel == right->has_channel &&
           left->channel == right->channel && left->topic == right->topic;
}

static bool same_error(const struct dgm_error *left, const struct dgm_error *right)
{
    return left->status == right->status && left->place == right->place &&
           left->offset == right->offset && left->path == right->path &&
           left->raw == right->raw && left->expected == right->expected &&
           left->low == right->low && left->high == right->high &&
           left->has == right->has && left->needed == right->needed &&
           left->detail == right->detail;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD)
        return 0;
    const struct product *product = product_at(data[0]);
    const struct dgm_codec *plan = plan_of(product, data[0]);
    struct dgm_call call = product_call(product);
    bool decodes = (data[1] & 1) != 0;
    call.direction = (enum dgm_direction)((data[1] >> 1 & 3) % 3);
    call.shape = (enum dgm_shape)(data[1] >> 3 & 3);
    run(plan, call, decodes, data + HEAD, size - HEAD, &planned);
    run(product->codec, call, decodes, data + HEAD, size - HEAD, &plain);
    if (planned.status != plain.status ||
        !same_outcome(&planned.outcome, &plain.outcome) ||
        !same_error(&planned.error, &plain.error))
        abort();
    for (size_t i = 0; i < NOTICES; i++)
        if (!same_error(&planned.notices[i], &plain.notices[i]))
            abort();
    if (plain.status == DGM_OK &&
        memcmp(planned.bytes, plain.bytes, plain.outcome.length) != 0)
        abort();
    return 0;
}
