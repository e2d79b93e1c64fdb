/* SPDX-License-Identifier: MIT */
/*
 * What a profile says, in texts for people: the product, its services, and the layout of
 * each message as rows in wire order. Writers of documents walk it and need not know the
 * language. Texts are plain UTF-8 on one line, without control characters and marks that
 * turn the direction of reading; escaping them for a format is up to the writer. Long
 * texts are cut and long lists end early, so that no profile makes an endless document.
 */
#ifndef DRAGOMAN_DESCRIBE_H
#define DRAGOMAN_DESCRIBE_H

#include <dragoman/base.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

struct dgm_profile;

enum {
    DGM_DOC_TEXT = 600, /* bytes of a text, about; of values with labels ten times that */
    DGM_DOC_ITEMS = 4096 /* rows of all messages of a model */
};

/* "unit: m3". */
struct dgm_doc_fact {
    const char *name, *text;
};

struct dgm_doc_facts {
    const struct dgm_doc_fact *items;
    size_t count;
};

/* Where the profile says it. */
struct dgm_doc_place {
    const char *file; /* NULL: nowhere */
    unsigned line;
};

/* A property, or a parameter. Texts are empty where the profile says nothing. */
struct dgm_doc_member {
    const char *name, *type, *range, *unit, *access, *text;
    struct dgm_doc_place place;
};

enum dgm_doc_part_kind {
    DGM_DOC_PROPERTIES,
    DGM_DOC_COMMAND,
    DGM_DOC_RESPONSE, /* of the command before */
    DGM_DOC_EVENT
};

/* What a service has: its properties, a command, ... */
struct dgm_doc_part {
    enum dgm_doc_part_kind kind;
    const char *name, *text;
    const struct dgm_doc_member *members;
    size_t member_count;
    struct dgm_doc_place place;
};

struct dgm_doc_service {
    const char *name, *text;
    bool is_derived; /* from the fields of messages: the profile has no services */
    const struct dgm_doc_part *parts;
    size_t part_count;
    struct dgm_doc_place place;
};

enum dgm_doc_item_kind {
    DGM_DOC_ITEM,
    DGM_DOC_BITS,       /* group of bits, numbered from the highest down to 0 */
    DGM_DOC_BIT_STREAM, /* the same, numbered from 0 up in the order of reading */
    DGM_DOC_BIT_FIELD
};

/* A row of a layout. What stands inside it follows, one level deeper. */
struct dgm_doc_item {
    enum dgm_doc_item_kind kind;
    unsigned depth;
    const char *at;    /* "4", "-2" (from the end), "+1" (in a round), "behind note" */
    const char *size;  /* "2", "3 bits", "rest" */
    const char *name;  /* in brackets where the profile has none */
    const char *type;  /* "u16le" */
    const char *value; /* of a constant, else empty */
    struct dgm_doc_facts facts;
    uint32_t bit, bits;   /* fields: from the left as they are drawn; groups: how many */
    uint32_t byte, bytes; /* of the frame, where that is fixed; else `bytes` is 0 */
    struct dgm_doc_place place;
};

struct dgm_doc_message {
    const char *name, *kind, *direction, *text;
    struct dgm_doc_facts recognition, sizes;
    const struct dgm_doc_item *items;
    size_t item_count, items_left_out;
    uint32_t bytes; /* of the frame, if every byte has a fixed place; else 0 */
    struct dgm_doc_place place;
};

struct dgm_doc {
    const char *name;  /* of the maker and the model, for a title */
    const char *model; /* name of the model */
    const char *text;  /* what the product says of itself */
    struct dgm_doc_facts product;
    const struct dgm_doc_service *services;
    size_t service_count;
    const struct dgm_doc_message *messages;
    size_t message_count;
};

/**
 * Describe a model of a compiled profile.
 *
 * @param position  Which model of the family, from 0.
 * @param ret_doc   Lives as long as the profile.
 * @return DGM_OK; DGM_NOTHING behind the last model, or if the profile has no tables;
 * DGM_MEMORY.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_profile_describe(struct dgm_profile *profile, size_t position,
                     const struct dgm_doc **ret_doc);

DGM_END_DECLS

#endif
