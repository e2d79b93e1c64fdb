/* SPDX-License-Identifier: MIT */
/*
 * What a code plug-in exports besides its descriptor: hooks with a real job, such as
 * decompression or decryption. A host never loads such a file into its own process. It
 * reads the tables from the file, and gives the file to a worker process that has no
 * files, no network and little memory: worker.h.
 *
 * A code plug-in has DGM_PLUGIN_FEATURE_CODE set in its descriptor and one constant
 * object DGM_PLUGIN_CODE_SYMBOL. It may need libraries of the system, by their names.
 */
#ifndef DRAGOMAN_PLUGIN_CODE_H
#define DRAGOMAN_PLUGIN_CODE_H

#include <dragoman/base.h>
#include <dragoman/codec.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

#define DGM_PLUGIN_CODE_MAGIC 0x434d4744u /* "DGMC" on little-endian machines */
#define DGM_PLUGIN_CODE_MAJOR 1           /* another number: another layout */
#define DGM_PLUGIN_CODE_MINOR 0           /* grows when members are appended */

/* The exported name, as identifier and as text. */
#define DGM_PLUGIN_CODE_SYMBOL dgm_plugin_code
#define DGM_PLUGIN_CODE_SYMBOL_NAME "dgm_plugin_code"

enum {
    DGM_PLUGIN_CODE_HOOKS = 32,           /* most hooks of a plug-in */
    DGM_PLUGIN_CODE_NAME = 63,            /* longest name of a hook, in bytes */
    DGM_PLUGIN_CODE_STATE = 4096,         /* most state of a device, in bytes */
    DGM_PLUGIN_CODE_SETTINGS = 64 * 1024, /* longest settings, in bytes */
    DGM_PLUGIN_CODE_DETAIL = 120,         /* longest sentence of a hook, in bytes */
    DGM_PLUGIN_CODE_TOPIC = 4096          /* longest topic that a hook sees */
};

/* What `open` of a plug-in is told. */
struct dgm_plugin_setup {
    size_t size;             /* of this struct */
    const uint8_t *settings; /* of the operator, such as keys; wiped behind `open` */
    size_t settings_length;
    const char *detail; /* set by `open` if it fails: a constant sentence, or NULL */
};

/*
 * The exported object. New members are appended, and `minor` goes up; a host takes a
 * longer object if what it does not know of it is zero, and a shorter one as if zeros
 * followed.
 *
 * Hooks are called one at a time, from one thread. Of `struct dgm_hook_call` they get
 * input, output and their own `user` and scratch memory; of the call behind `call` those
 * members that say something of the frame: direction, shape, channel, topic, receive time
 * and `state`. `state` points to `state_size` bytes, aligned to 8: what the hooks of the
 * device have left there, zeros in the beginning. The host keeps them, so that they
 * outlive the process; what a hook writes counts if it returns DGM_OK. Everything else
 * that a plug-in remembers is lost when its process ends.
 */
struct dgm_plugin_code {
    uint32_t magic;
    uint16_t major, minor;
    uint32_t size;       /* sizeof(struct dgm_plugin_code) when the plug-in was made */
    uint32_t hook_count; /* 1 to DGM_PLUGIN_CODE_HOOKS */
    const struct dgm_hook *const *hooks;
    /* Called once before the first hook; NULL: there is nothing to prepare. The sandbox
     * is as narrow as it is for hooks. Whatever but DGM_OK refuses the plug-in. */
    enum dgm_status (*open)(struct dgm_plugin_setup *setup);
    uint32_t state_size; /* of a device, at most DGM_PLUGIN_CODE_STATE; 0: none */
    uint32_t reserved;   /* zero */
};

DGM_END_DECLS

#endif
