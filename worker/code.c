/* SPDX-License-Identifier: MIT */
#include "code.h"
#include "tell.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = 4096 }; /* size of the exported object */

static const char *loader_text(void)
{
    const char *why = dlerror();
    return why == NULL ? "nothing" : why;
}

void code_load_libraries(const char *names, size_t length)
{
    for (size_t at = 0; at < length; at += strlen(names + at) + 1) {
        if (dlopen(names + at, RTLD_NOW | RTLD_LOCAL) == NULL) {
            give_up("the dynamic loader says: %s", loader_text());
        }
    }
}

/* Members behind what the plug-in has are zero; members behind what is known must be. */
static struct dgm_plugin_code copy(const struct dgm_plugin_code *exported)
{
    struct dgm_plugin_code code;
    memset(&code, 0, sizeof(code));
    if (exported->magic != DGM_PLUGIN_CODE_MAGIC) {
        give_up("%s: magic: expected 0x%08x, found 0x%08x", DGM_PLUGIN_CODE_SYMBOL_NAME,
                DGM_PLUGIN_CODE_MAGIC, exported->magic);
    }
    if (exported->major != DGM_PLUGIN_CODE_MAJOR) {
        give_up("%s: major: expected %d, found %d", DGM_PLUGIN_CODE_SYMBOL_NAME,
                DGM_PLUGIN_CODE_MAJOR, exported->major);
    }
    if (exported->size < offsetof(struct dgm_plugin_code, open) ||
        exported->size > LARGEST) {
        give_up("%s: size: found %u", DGM_PLUGIN_CODE_SYMBOL_NAME, exported->size);
    }
    const uint8_t *bytes = (const uint8_t *)exported;
    for (size_t i = sizeof(code); i < exported->size; i++) {
        if (bytes[i] != 0) {
            give_up("%s: byte %zu: expected 0, found %u: a newer host is needed",
                    DGM_PLUGIN_CODE_SYMBOL_NAME, i, bytes[i]);
        }
    }
    memcpy(&code, exported,
           exported->size < sizeof(code) ? exported->size : sizeof(code));
    return code;
}

static void check_hook(const struct dgm_hook *hook, size_t i)
{
    if (hook == NULL || hook->size < sizeof(*hook) || hook->name == NULL ||
        hook->name[0] == '\0' ||
        strnlen(hook->name, DGM_PLUGIN_CODE_NAME + 1) > DGM_PLUGIN_CODE_NAME) {
        give_up("%s: hook %zu: expected a hook with a name", DGM_PLUGIN_CODE_SYMBOL_NAME,
                i);
    }
}

static void check(const struct dgm_plugin_code *code)
{
    if (code->hook_count == 0 || code->hook_count > DGM_PLUGIN_CODE_HOOKS ||
        code->hooks == NULL) {
        give_up("%s: hook_count: expected 1 to %d, found %u", DGM_PLUGIN_CODE_SYMBOL_NAME,
                DGM_PLUGIN_CODE_HOOKS, code->hook_count);
    }
    for (size_t i = 0; i < code->hook_count; i++) {
        check_hook(code->hooks[i], i);
    }
    if (code->state_size > DGM_PLUGIN_CODE_STATE) {
        give_up("%s: state_size: expected at most %d, found %u",
                DGM_PLUGIN_CODE_SYMBOL_NAME, DGM_PLUGIN_CODE_STATE, code->state_size);
    }
}

struct dgm_plugin_code code_load(void)
{
    char name[64];
    (void)snprintf(name, sizeof(name), "/proc/self/fd/%d", WIRE_PLUGIN);
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        give_up("the dynamic loader says: %s", loader_text());
    }
    const struct dgm_plugin_code *exported = dlsym(handle, DGM_PLUGIN_CODE_SYMBOL_NAME);
    if (exported == NULL) {
        give_up("%s: expected it, found none", DGM_PLUGIN_CODE_SYMBOL_NAME);
    }
    struct dgm_plugin_code code = copy(exported);
    check(&code);
    return code;
}

void code_describe(const struct dgm_plugin_code *code, struct wire_ready *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->head.kind = WIRE_READY;
    ret->hook_count = code->hook_count;
    ret->state_size = code->state_size;
    for (size_t i = 0; i < code->hook_count; i++) {
        const struct dgm_hook *hook = code->hooks[i];
        memcpy(ret->hooks[i].name, hook->name, strlen(hook->name));
        ret->hooks[i].ways = (hook->decode != NULL ? (uint32_t)WIRE_DECODE : 0) |
                             (hook->encode != NULL ? (uint32_t)WIRE_ENCODE : 0);
    }
}
