/* SPDX-License-Identifier: MIT */
/* See products.h. PROFILES is a list of paths with colons, which the build gives. */
#include "products.h"

#include <dragoman/stream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PRODUCTS_MAX = 256, PATH_SIZE = 4096 };

static struct product products[PRODUCTS_MAX];
static size_t count;
static const struct product *framed[PRODUCTS_MAX];
static size_t framed_count;

static void *allocate(size_t size)
{
    void *memory = malloc(size + 1);
    if (memory == NULL)
        abort();
    return memory;
}

static void open_product(struct product *product, const char *path)
{
    enum dgm_status status = dgm_profile_load(path, &product->profile);
    product->model = dgm_profile_model(product->profile, &product->model_size);
    if (status != DGM_OK || product->model == NULL) {
        fprintf(stderr, "%s does not compile\n", path);
        abort();
    }
    size_t needed = dgm_codec_size(product->model, product->model_size);
    if (dgm_codec_open(product->model, product->model_size, allocate(needed), needed,
                       &product->codec, NULL) != DGM_OK)
        abort();
    product->scratch = allocate(dgm_codec_scratch_size(product->codec));
}

static void open_all(void)
{
    char path[PATH_SIZE];
    for (const char *list = PROFILES; *list != '\0';) {
        size_t length = strcspn(list, ":");
        if (length >= sizeof(path) || count == PRODUCTS_MAX)
            abort();
        memcpy(path, list, length);
        path[length] = '\0';
        open_product(&products[count++], path);
        list += length;
        list += *list == ':';
    }
}

size_t product_count(void)
{
    if (count == 0)
        open_all();
    return count;
}

const struct product *product_at(size_t position)
{
    return &products[position % product_count()];
}

const struct product *framed_product_at(size_t position)
{
    if (framed_count == 0)
        for (size_t i = 0; i < product_count(); i++)
            if (dgm_stream_size(products[i].codec) > 0)
                framed[framed_count++] = &products[i];
    return framed[position % framed_count];
}

struct dgm_call product_call(const struct product *product)
{
    struct dgm_call call = DGM_CALL_INIT;
    call.scratch_size = dgm_codec_scratch_size(product->codec);
    call.scratch = product->scratch;
    return call;
}
