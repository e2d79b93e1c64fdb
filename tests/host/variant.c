/* SPDX-License-Identifier: MIT */
/*
 * A plug-in with a descriptor and a manifest, and one thing wrong with it, by the macro
 * that the build sets. It has no tables: its form is what the tests look at.
 */
#include <dragoman/plugin.h>

#define GOOD_MANIFEST                                                                    \
    "{\"manifest_version\":1,\"plugin_abi\":1,\"table_format\":1,"                       \
    "\"profile_hash\":\"0000000000000000\",\"manufacturer_id\":\"Caf\\u00e9 "            \
    "\\\"\\ud83d\\ude00\\\"\",\"model\":\"M\\n1\",\"list\":[1,{\"model\":\"inner\"}],"   \
    "\"flag\":true,\"text\":\"a,b}\"}"

#if defined(VARIANT_MANIFEST_SYNTAX)
#define MANIFEST "{\"manifest_version\":1,"
#elif defined(VARIANT_MANIFEST_ARRAY)
#define MANIFEST "[1]"
#elif defined(VARIANT_MANIFEST_ABI)
#define MANIFEST "{\"manifest_version\":1,\"plugin_abi\":2,\"table_format\":1}"
#elif defined(VARIANT_MANIFEST_FORMAT)
#define MANIFEST "{\"manifest_version\":1,\"plugin_abi\":1,\"table_format\":9}"
#elif defined(VARIANT_MANIFEST_NEWER)
#define MANIFEST "{\"manifest_version\":2,\"plugin_abi\":1,\"table_format\":1}"
#elif defined(VARIANT_MANIFEST_NO_MODEL)
#define MANIFEST                                                                         \
    "{\"manifest_version\":1,\"plugin_abi\":1,\"table_format\":1,"                       \
    "\"profile_hash\":\"00\",\"manufacturer_id\":\"A\"}"
#elif defined(VARIANT_MANIFEST_ABI_TEXT)
#define MANIFEST "{\"manifest_version\":1,\"plugin_abi\":\"1\",\"table_format\":1}"
#elif defined(VARIANT_MANIFEST_TWICE)
#define MANIFEST "{\"plugin_abi\":1,\"plugin_abi\":1}"
#else
#define MANIFEST GOOD_MANIFEST
#endif

#if defined(VARIANT_NOTE_TYPE)
#define NOTE_TYPE 2
#else
#define NOTE_TYPE DGM_PLUGIN_NOTE_MANIFEST
#endif

/* The struct's alignment pads the manifest, whose own size stays exact. */
#define NOTE(name)                                                                       \
    __attribute__((section(DGM_PLUGIN_NOTE_SECTION), used,                               \
                   aligned(4))) static const struct {                                    \
        uint32_t name_size, manifest_size, type;                                         \
        char owner[12];                                                                  \
        char manifest[sizeof(MANIFEST) - 1];                                             \
    } name = {sizeof(DGM_PLUGIN_NOTE_OWNER), sizeof(MANIFEST) - 1, NOTE_TYPE,            \
              DGM_PLUGIN_NOTE_OWNER, MANIFEST}

#ifndef VARIANT_NO_NOTE
NOTE(note);
#endif
#ifdef VARIANT_TWO_NOTES
NOTE(second_note);
#endif

/* What the exported object is called, and how it is made. */
#ifdef VARIANT_NO_SYMBOL
#define DESCRIPTOR another_name
#else
#define DESCRIPTOR DGM_PLUGIN_SYMBOL
#endif
#ifdef VARIANT_WRITABLE
#define CONST
#else
#define CONST const
#endif

DGM_API CONST struct dgm_plugin DESCRIPTOR = {
    .magic = DGM_PLUGIN_MAGIC,
    .abi_major = DGM_PLUGIN_ABI_MAJOR,
    .size = sizeof(struct dgm_plugin),
    .table_format = DGM_TABLE_FORMAT,
};

/* What data must not have. */
#ifdef VARIANT_FUNCTION
DGM_API int function(int value);
int function(int value)
{
    return value + 1;
}
#endif
#ifdef VARIANT_INIT_ARRAY
__attribute__((section(".init_array"), used)) static void *const array[1] = {0};
#endif
#ifdef VARIANT_RELOCATION
__attribute__((used)) static const void *const pointer = &DESCRIPTOR;
#endif
#ifdef VARIANT_TLS
__attribute__((used)) static _Thread_local int per_thread = 1;
#endif
#ifdef VARIANT_BSS
__attribute__((used)) static int zeros[64];
#endif
#ifdef VARIANT_SECOND_SYMBOL
DGM_API const int second_symbol = 1;
#endif
#ifdef VARIANT_UNDEFINED
extern const int elsewhere;
__attribute__((used)) static const int *const undefined = &elsewhere;
#endif
