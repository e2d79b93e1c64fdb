/* SPDX-License-Identifier: MIT */
/*
 * In front of libdragoman-ffi, by LD_PRELOAD: counts handles. At the end the file that
 * DRAGOMAN_COUNTS names has "OPENED CLOSED WRONGLY-CLOSED".
 */
#include <dragoman/ffi.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HANDLES = 4096 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const void *open_handles[HANDLES];
static unsigned opened, closed, wrong;

static void *next(const char *name)
{
    /* It came with an addon, whose libraries RTLD_NEXT does not see. */
    void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_NOLOAD);
    void *function = library != NULL ? dlsym(library, name) : NULL;
    if (function == NULL) {
        abort();
    }
    (void)dlclose(library);
    return function;
}

static void put_counts(void)
{
    FILE *file = fopen(getenv("DRAGOMAN_COUNTS"), "w");
    if (file != NULL) {
        (void)fprintf(file, "%u %u %u\n", opened, closed, wrong);
        (void)fclose(file);
    }
}

static void note(const void *handle, const void *from, const void *to, unsigned *counter)
{
    size_t i = 0;
    if (handle == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&mutex);
    while (i < HANDLES && open_handles[i] != from) {
        i++;
    }
    if (i < HANDLES) {
        open_handles[i] = to;
        *counter += 1;
    } else {
        wrong += 1;
    }
    put_counts();
    (void)pthread_mutex_unlock(&mutex);
}

static void note_opened(const void *handle)
{
    note(handle, NULL, handle, &opened);
}

static void note_closed(const void *handle)
{
    note(handle, handle, NULL, &closed);
}

enum dgm_status dgm_ffi_load_profile(const char *path, struct dgm_ffi_product **ret)
{
    enum dgm_status (*function)(const char *, struct dgm_ffi_product **) = NULL;
    *(void **)&function = next("dgm_ffi_load_profile");
    enum dgm_status status = function(path, ret);
    note_opened(*ret);
    return status;
}

enum dgm_status dgm_ffi_parse_profile(const char *name, const char *text, size_t length,
                                      struct dgm_ffi_product **ret)
{
    enum dgm_status (*function)(const char *, const char *, size_t,
                                struct dgm_ffi_product **) = NULL;
    *(void **)&function = next("dgm_ffi_parse_profile");
    enum dgm_status status = function(name, text, length, ret);
    note_opened(*ret);
    return status;
}

enum dgm_status dgm_ffi_call_open(struct dgm_ffi_product *product,
                                  struct dgm_ffi_call **ret)
{
    enum dgm_status (*function)(struct dgm_ffi_product *, struct dgm_ffi_call **) = NULL;
    *(void **)&function = next("dgm_ffi_call_open");
    enum dgm_status status = function(product, ret);
    note_opened(*ret);
    return status;
}

void dgm_ffi_product_close(struct dgm_ffi_product *product)
{
    void (*function)(struct dgm_ffi_product *) = NULL;
    *(void **)&function = next("dgm_ffi_product_close");
    note_closed(product);
    function(product);
}

void dgm_ffi_call_close(struct dgm_ffi_call *call)
{
    void (*function)(struct dgm_ffi_call *) = NULL;
    *(void **)&function = next("dgm_ffi_call_close");
    note_closed(call);
    function(call);
}
