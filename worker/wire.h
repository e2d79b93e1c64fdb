/* SPDX-License-Identifier: MIT */
/*
 * What the host and its worker process say to each other: messages over a socket pair
 * that keeps their borders, in the structures of the one machine that both run on. Host
 * and program belong together and check that by WIRE_VERSION.
 *
 * The host sends START. The process closes itself in and says GUARDED, before any code of
 * the plug-in runs, so that nobody else can say it; then READY, or REFUSED. From then on
 * each RUN is answered by one RESULT of the same number. VIOLATION is the last word of a
 * process that its sandbox ends.
 */
#ifndef DGM_WIRE_H
#define DGM_WIRE_H

#include <dragoman/plugin_code.h>

enum { WIRE_VERSION = 1 };

/* File descriptors of the process, besides the three that every one has. */
enum {
    WIRE_SOCKET = 3,
    WIRE_PLUGIN = 4, /* the sealed copy of the plug-in */
    WIRE_LIFE = 5,   /* a pipe that breaks when the host is gone */
    WIRE_NEXT = 6
};

enum {
    WIRE_BYTES = 65535, /* most input or output of a hook */
    WIRE_TEXT = 240,
    WIRE_MOST = 80 * 1024 /* longest message */
};

enum wire_kind {
    WIRE_START = 1,
    WIRE_GUARDED,
    WIRE_READY,
    WIRE_REFUSED,
    WIRE_RUN,
    WIRE_RESULT,
    WIRE_VIOLATION
};

enum wire_way { WIRE_DECODE = 1u << 0, WIRE_ENCODE = 1u << 1 };

struct wire_head {
    uint32_t kind;
    uint32_t number; /* of the run */
};

/* Followed by the names of the libraries, each with a zero, and the settings. */
struct wire_start {
    struct wire_head head;
    uint32_t version;
    uint32_t cpu_seconds;
    uint64_t memory; /* bytes of address space */
    uint32_t need_landlock;
    uint32_t libraries_length;
    uint32_t settings_length;
    uint32_t reserved;
};

struct wire_guarded {
    struct wire_head head;
    uint32_t landlock; /* version in force, 0: none */
    uint32_t reserved;
};

struct wire_hook {
    char name[DGM_PLUGIN_CODE_NAME + 1];
    uint32_t ways;
};

struct wire_ready {
    struct wire_head head;
    uint32_t hook_count;
    uint32_t state_size;
    struct wire_hook hooks[DGM_PLUGIN_CODE_HOOKS];
};

struct wire_refused {
    struct wire_head head;
    char text[WIRE_TEXT];
};

/* Followed by topic, state and input. */
struct wire_run {
    struct wire_head head;
    uint32_t hook;
    uint32_t way; /* one of enum wire_way */
    uint32_t direction, shape;
    uint32_t has_channel, channel;
    int64_t received_ms;
    uint32_t has_received, has_topic;
    uint32_t topic_length, state_length, input_length, output_size;
};

/* Followed by output, state and detail. */
struct wire_result {
    struct wire_head head;
    uint32_t status;
    uint32_t output_length, state_length, detail_length;
};

struct wire_violation {
    struct wire_head head;
    uint32_t call; /* number of the system call */
    uint32_t reserved;
};

#endif
