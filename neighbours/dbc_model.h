/* SPDX-License-Identifier: MIT */
/* What a DBC file says. Texts point into the file. */
#ifndef DGM_NEIGHBOURS_DBC_MODEL_H
#define DGM_NEIGHBOURS_DBC_MODEL_H

#include "dbc.h"
#include "dbc_scan.h"

#include <stdint.h>

enum {
    DBC_SIZE_MAX = 2048,    /* bytes of a message: CAN XL; J1939 has 1785 */
    DBC_BITS_MAX = 64,      /* of a signal */
    DBC_SIGNALS_MAX = 4096, /* of a message */
    DBC_NAME_MAX = 128      /* bytes of a name; those of a profile have numbers behind */
};

/* Identifiers of 29 bits have this bit set. */
#define DBC_EXTENDED 0x80000000u
#define DBC_STANDARD_MAX 0x7FFu
#define DBC_EXTENDED_MAX 0x1FFFFFFFu

struct dbc_label {
    bool negative;
    uint64_t magnitude;
    struct dbc_text text;
};

struct dbc_span {
    uint64_t first, last;
};

/* A part of an array: of the labels or the spans of the file. */
struct dbc_slice {
    size_t at, count;
};

enum dbc_float { DBC_INTEGER, DBC_SINGLE, DBC_DOUBLE };

struct dbc_signal {
    struct dbc_place place;
    struct dbc_text name, long_name, unit, comment;
    struct dbc_text factor, offset, min, max;
    uint32_t id;    /* of its message */
    uint32_t start; /* as written */
    uint16_t size;  /* bits; of more than 64 it is lost */
    bool is_big;    /* Motorola: the start is the top bit */
    bool is_signed;
    bool is_lost;     /* no part of the profile */
    bool selects;     /* a multiplexor */
    bool is_selected; /* there for some values of a multiplexor only */
    enum dbc_float form;
    struct dbc_slice spans; /* which values of the multiplexor */
    struct dbc_text parent; /* that multiplexor, where the file names it */
    struct dbc_slice labels;
    bool has_tail; /* its name alone would mean something else in a profile */
};

/* How J1939 uses identifiers: only a part of one says which message it is. */
enum dbc_frames { DBC_FRAMES_DEFAULT, DBC_FRAMES_PLAIN, DBC_FRAMES_J1939 };

struct dbc_message {
    struct dbc_place place;
    uint32_t id;
    uint32_t size; /* bytes */
    struct dbc_text name, long_name, sender, comment;
    struct dbc_slice signals; /* in the order of the file */
    uint32_t cycle;           /* milliseconds, or 0 */
    bool wanted;              /* the node sends it */
    bool is_lost;             /* no part of the profile */
    enum dbc_frames frames;
};

struct dbc {
    struct dbc_message *messages;
    struct dbc_signal *signals;
    struct dbc_label *labels;
    struct dbc_span *spans;
    size_t message_count, signal_count, label_count, span_count;
    size_t message_room, signal_room, label_room, span_room;
    struct dbc_message **by_id;  /* sorted */
    struct dbc_signal **by_name; /* sorted by message and name */
    struct dbc_text version, comment, model, maker;
    enum dbc_frames frames; /* of messages that say nothing else */
    struct notes *notes;
    const struct dbc_source *source;
};

/* Room for one more. False without memory. */
bool dbc_grow(void *items, size_t *room, size_t count, size_t size);
void dbc_close(struct dbc *dbc);

void dbc_tell(const struct dbc *dbc, enum dgm_severity severity,
              const struct dbc_place *place, const char *format, ...) NOTES_PRINTF(4, 5);

/* For "%.*s" in there. */
#define DBC_SHOWN(text) (int)((text).length < 64 ? (text).length : 64), (text).at

/* Warnings "'name': text" about a signal or message. */
void dbc_warn_signal(const struct dbc *dbc, const struct dbc_signal *signal,
                     const char *text);
void dbc_warn_message(const struct dbc *dbc, const struct dbc_message *message,
                      const char *text);

/* The identifier that a number stands for: one of more than 11 bits has bit 31, with
 * which some files do not write it. */
uint32_t dbc_identifier(uint64_t written);

/* Sort what was read, for dbc_message() and dbc_signal(). False without memory. */
bool dbc_index(struct dbc *dbc);
struct dbc_message *dbc_message(const struct dbc *dbc, uint32_t id);
struct dbc_signal *dbc_signal(const struct dbc *dbc, uint32_t id, struct dbc_text name);

/* One pass over the file: messages and signals, or what is said about them. */
struct dbc_reader {
    struct dbc *dbc;
    struct dbc_scan scan;
    bool is_aside; /* the section says nothing about frames: its errors are warnings */
    bool no_memory;
};

/* Of an empty one with notes and source. DGM_OK; DGM_PROFILE after errors; DGM_MEMORY. */
enum dgm_status dbc_read(struct dbc *dbc);

/* For readers of sections, which return false after an error that was told, or without
 * memory. */
/* The token is not what is expected. Always false. */
bool dbc_expected(struct dbc_reader *reader, const char *what);
bool dbc_take_sign(struct dbc_reader *reader, char sign);
bool dbc_take(struct dbc_reader *reader, enum dbc_kind kind, const char *what,
              struct dbc_text *ret);
bool dbc_take_integer(struct dbc_reader *reader, uint64_t most, const char *what,
                      uint64_t *ret);
/* The section ends here: with a ';', its line, or the file. */
bool dbc_expect_end(struct dbc_reader *reader, const char *what);
bool dbc_no_memory(struct dbc_reader *reader);
bool dbc_at_sign(const struct dbc_reader *reader, char sign);
/* A section begins here, and not in the middle of a line. */
bool dbc_at_section(const struct dbc_reader *reader);
/* A word in the same line. */
bool dbc_at_word(const struct dbc_reader *reader);

/* Sections. */
bool dbc_read_message(struct dbc_reader *reader);
bool dbc_read_signal(struct dbc_reader *reader);
bool dbc_read_labels(struct dbc_reader *reader);
bool dbc_read_comment(struct dbc_reader *reader);
bool dbc_read_attribute(struct dbc_reader *reader);
bool dbc_read_default(struct dbc_reader *reader);
bool dbc_read_float(struct dbc_reader *reader);
bool dbc_read_spans(struct dbc_reader *reader);
bool dbc_read_senders(struct dbc_reader *reader);

#endif
