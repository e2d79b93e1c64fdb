/* SPDX-License-Identifier: MIT */
/*
 * What a plug-in exports: one constant object, and nothing else. A plug-in is data. It
 * has no code, needs no library, and is described by an ELF note that can be read without
 * loading it. What a plug-in with code exports besides is in plugin_code.h.
 */
#ifndef DRAGOMAN_PLUGIN_H
#define DRAGOMAN_PLUGIN_H

#include <dragoman/base.h>
#include <dragoman/table.h>

DGM_BEGIN_DECLS

#define DGM_PLUGIN_MAGIC 0x314d4744u /* "DGM1" on little-endian machines */
#define DGM_PLUGIN_ABI_MAJOR 1       /* another number: another, incompatible layout */
#define DGM_PLUGIN_ABI_MINOR 0       /* grows when members are appended */

/* The exported name, as identifier and as text. */
#define DGM_PLUGIN_SYMBOL dgm_plugin_descriptor
#define DGM_PLUGIN_SYMBOL_NAME "dgm_plugin_descriptor"

/* The notes: their owner, and of each its section and type. The first one holds the
 * manifest, JSON text without a zero, and is loaded. */
#define DGM_PLUGIN_NOTE_OWNER "Dragoman"
#define DGM_PLUGIN_NOTE_SECTION ".note.dragoman"
#define DGM_PLUGIN_NOTE_MANIFEST 1

/*
 * The second one holds the profile and is not loaded; a plug-in may be without it. Its
 * content: the magic, four bytes with the size of what is compressed, and that, by zlib.
 * Unpacked it is files, the profile first and then what it includes, each of them: four
 * bytes with the size of its name, four with that of its text, name, text. All sizes have
 * their lowest byte first, on every machine.
 */
#define DGM_PLUGIN_SOURCE_SECTION ".note.dragoman.profile"
#define DGM_PLUGIN_NOTE_SOURCE 2
#define DGM_PLUGIN_SOURCE_MAGIC "DGMPROF1"

enum {
    DGM_PLUGIN_SIZE_MIN = 32,        /* bytes of the first descriptor there was */
    DGM_PLUGIN_SIZE_MAX = 4096,      /* and of the longest that there may be */
    DGM_PLUGIN_SOURCE_MAX = 2 << 20, /* bytes of the files, unpacked */
    DGM_PLUGIN_SOURCE_FILES = 64     /* of them at most */
};

/* Bits of `features`. */
#define DGM_PLUGIN_FEATURE_CODE 1u /* a code plug-in: see plugin_code.h */

/* What generated tables say of themselves; the build of a code plug-in defines it. */
#ifndef DGM_PLUGIN_FEATURES
#define DGM_PLUGIN_FEATURES 0u
#endif

/*
 * The head of the exported object; the tables follow it inside the same object. Offsets
 * count from the start of the descriptor, so the object needs no relocation. New members
 * are appended; a host takes a longer head only if what it does not know is zero.
 */
struct dgm_plugin {
    uint32_t magic;
    uint16_t abi_major, abi_minor;
    uint32_t size;         /* sizeof(struct dgm_plugin) when the plug-in was made */
    uint32_t table_format; /* DGM_TABLE_FORMAT of the tables */
    uint64_t features;     /* bits a host must know: DGM_PLUGIN_FEATURE_... */
    uint32_t model_count;  /* struct dgm_plugin_model[model_count] ... */
    uint32_t models;       /* ... at this offset */
};

struct dgm_plugin_model {
    uint32_t offset; /* of the table, a multiple of 8 */
    uint32_t size;
};

DGM_STATIC_ASSERT(sizeof(struct dgm_plugin) == 32, "no padding in the descriptor");
DGM_STATIC_ASSERT(sizeof(struct dgm_plugin) >= DGM_PLUGIN_SIZE_MIN, "it only grows");

DGM_END_DECLS

#endif
