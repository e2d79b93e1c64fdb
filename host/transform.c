/* SPDX-License-Identifier: MIT */
/* Inflating and deflating by zlib, out of the caller's memory alone. */
#include <dragoman/transform.h>

#include <string.h>
#include <zlib.h>

enum {
    WINDOW = 15,
    LEVEL = 9,
    MEMORY_LEVEL = 8,
    WITH_GZIP = 16,
    HOOKS = 3,
    ALIGNMENT = 16
};

/* What stands in the caller's memory; the rest of it is zlib's. */
struct transforms {
    struct dgm_hook hooks[HOOKS];
    const struct dgm_hook *list[HOOKS];
    int windows[HOOKS]; /* zlib's word for the form */
};

/* Memory of one call: given out from the start, taken back with the call. */
struct pool {
    uint8_t *memory;
    size_t size, used;
};

static voidpf take(voidpf opaque, uInt count, uInt size)
{
    struct pool *pool = opaque;
    size_t wanted = (size_t)count * size;
    size_t aligned = (wanted + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (aligned < wanted || aligned > pool->size - pool->used)
        return Z_NULL;
    void *memory = pool->memory + pool->used;
    pool->used += aligned;
    return memory;
}

static void give_back(voidpf opaque, voidpf memory)
{
    (void)opaque;
    (void)memory;
}

static void begin(struct dgm_hook_call *call, struct pool *pool, z_stream *stream)
{
    memset(stream, 0, sizeof(*stream));
    *pool = (struct pool){call->scratch, call->scratch_size, 0};
    stream->zalloc = take;
    stream->zfree = give_back;
    stream->opaque = pool;
    stream->next_in = (z_const Bytef *)(uintptr_t)call->input;
    stream->avail_in = (uInt)call->input_length;
    stream->next_out = call->output;
    stream->avail_out = (uInt)call->output_size;
}

static enum dgm_status run_inflate(struct dgm_hook_call *call)
{
    struct pool pool;
    z_stream stream;
    begin(call, &pool, &stream);
    if (inflateInit2(&stream, *(const int *)call->user) != Z_OK) {
        call->detail = "no memory for inflating";
        return DGM_MEMORY;
    }
    int found = inflate(&stream, Z_FINISH);
    bool full = stream.avail_out == 0;
    call->output_length = call->output_size - stream.avail_out;
    (void)inflateEnd(&stream);
    if (found == Z_STREAM_END && stream.avail_in == 0)
        return DGM_OK;
    if (found == Z_BUF_ERROR && full)
        return DGM_LIMIT;
    call->detail = found == Z_STREAM_END  ? "bytes are left behind the compressed data"
                   : found == Z_BUF_ERROR ? "the compressed data are cut off"
                                          : "the compressed data are damaged";
    return DGM_REFUSED;
}

static enum dgm_status run_deflate(struct dgm_hook_call *call)
{
    struct pool pool;
    z_stream stream;
    begin(call, &pool, &stream);
    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, *(const int *)call->user, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        call->detail = "no memory for deflating";
        return DGM_MEMORY;
    }
    int found = deflate(&stream, Z_FINISH);
    call->output_length = call->output_size - stream.avail_out;
    (void)deflateEnd(&stream);
    return found == Z_STREAM_END ? DGM_OK : DGM_LIMIT;
}

const struct dgm_hook *const *dgm_transforms(void *memory, size_t *ret_count)
{
    static const char *const names[HOOKS] = {"inflate", "zlib", "gzip"};
    static const int windows[HOOKS] = {-WINDOW, WINDOW, WINDOW + WITH_GZIP};
    struct transforms *all = memory;
    size_t used = (sizeof(*all) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    *ret_count = 0;
    if (memory == NULL || (uintptr_t)memory % 8 != 0)
        return NULL;
    for (size_t i = 0; i < HOOKS; i++) {
        all->windows[i] = windows[i];
        all->hooks[i] = (struct dgm_hook){.size = sizeof(struct dgm_hook),
                                          .name = names[i],
                                          .decode = run_inflate,
                                          .encode = run_deflate,
                                          .user = &all->windows[i],
                                          .scratch = (uint8_t *)memory + used,
                                          .scratch_size = DGM_TRANSFORM_SIZE - used};
        all->list[i] = &all->hooks[i];
    }
    *ret_count = HOOKS;
    return all->list;
}
