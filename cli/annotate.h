/* SPDX-License-Identifier: MIT */
/* What each byte and bit of a frame is, by the rows that were at work on it. */
#ifndef DGM_CLI_ANNOTATE_H
#define DGM_CLI_ANNOTATE_H

#include "fields.h"
#include "worker.h"

enum { NOTE_NAME = 160, NOTE_TEXT = 120, NOTE_BITS = 72 };

/* One line about a frame. */
struct note {
    size_t at, end;       /* bytes inside the framing */
    char name[NOTE_NAME]; /* "Log[1].volume"; empty: nobody reads these bytes */
    char bits[NOTE_BITS]; /* "..10...." of a bit field, else empty */
    char raw[NOTE_TEXT];  /* "12345"; empty for bytes and texts */
    char *value;          /* what the JSON has for it: memory, or NULL */
    bool is_again;        /* in a tag loop, where only one of several is shown */
    size_t order;         /* of the decode */
    bool is_hook;         /* bytes that go through a hook, or are masked */
    bool is_computed;     /* it has no bytes of its own */
    bool is_plain;        /* its bytes are those that a hook made */
};

struct annotation {
    const char *message; /* its name, or NULL: none fits */
    uint8_t *content;    /* the frame inside its framing */
    size_t length;
    struct note *notes;
    size_t count, capacity;
    enum dgm_status status; /* of decoding; the worker has the error */
    size_t fault_at;        /* byte where it broke, if `status` is one */
    bool has_fault;
    char *json; /* what came out, or NULL */
};

/* Decode with `worker`. False if memory is out. Release it in any case. */
bool annotate(struct annotation *annotation, struct worker *worker,
              const struct dgm_call *call, const uint8_t *frame, size_t length);
void annotation_close(struct annotation *annotation);

#endif
