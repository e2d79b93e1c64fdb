/* SPDX-License-Identifier: MIT */
/* Messages of a profile: their head, and their items in wire order. */
#ifndef DGM_MESSAGE_H
#define DGM_MESSAGE_H

#include "item.h"
#include "product.h"

/* What `wire` says and a message may say otherwise. */
struct wire {
    bool little_endian, bit_lsb;
    bool zero_fill;       /* short_frame */
    bool ignore_trailing; /* trailing_bytes */
    bool exact_only;      /* inexact: refuse */
    bool float_as_double; /* float_text: double */
    bool reject_limits;   /* model_limits: reject */
    bool decodes_reports; /* only: decode, for what goes up */
    uint32_t frame_limit;
    struct location limit_where;
    const struct node *header, *trailer; /* items around every message, or NULL */
};

/* What a guard beside the bytes allows: ranges in the order of the profile; none: all. */
struct match {
    struct match_range {
        uint32_t first, last;
    } * items;
    size_t count;
};

/* Filters of topics; none: all. */
struct topics {
    const char **items;
    size_t count;
};

struct message {
    const char *name;
    struct location where;   /* of the name */
    const char *description; /* or NULL */
    uint8_t kind;            /* enum dgm_kind */
    struct wire wire;
    const char *to; /* container of members without one, or NULL */
    struct location to_where;
    const struct product_service *service; /* of the command */
    const struct product_command *command;
    const struct product_event *event;
    const struct product_fields *parameters; /* members of a command or response */
    struct message **answers;
    size_t answer_count; /* 0: every report */
    struct expr *when;
    bool fallback, decode_only, encode_only, bare;
    struct match port, length;
    struct topics topics;
    const char *refusal;         /* in place of fields, or NULL */
    uint16_t trailer;            /* bytes of the common trailer, if they are fixed */
    struct item_list items;      /* top level */
    struct item_list flat;       /* all of them, each before what is inside it */
    struct item_list objects;    /* whose members stand apart; each before those in it */
    bool is_resolved;            /* every name in its expressions is known */
    bool asks_request;           /* reply: something in it depends on the request */
    uint16_t slot_count;         /* slots of its items, those of requests included */
    uint16_t index;              /* in the table */
    uint16_t asked_service;      /* kind get: of the table, or DGM_NONE */
    struct member_plan *members; /* what encode accepts (lower.h), once it is known */
    size_t member_count;
};

struct message_list {
    struct message *items;
    size_t count;
};

/* All that the stages behind the front need of a profile. */
struct profile_source {
    struct diag *diag;
    const struct node *root;
    const struct product *product;
    struct wire wire;
    struct hook_plan *hooks;
    struct dgm_framing *framing; /* of all frames, or NULL */
    struct location framing_where;
    struct float_formats floats;
    struct curves curves;
    struct message_list messages;
    const char **requests; /* names that replies ask of reports: slots 0, 1, ... */
    size_t request_count, request_capacity;
    bool checked; /* were the items held against the product model? */
};

/* Parse `wire`, `floats`, `curves`, `enums`, `groups` and `messages`. False after a
 * report. */
bool message_parse_all(struct profile_source *source);

/* message_match.c: `match`, once the items are known. */
bool message_parse_match(struct diag *diag, const struct node *node,
                         struct message *message);

/* Which ways does it go? Raw messages go both. */
bool message_is_up(const struct message *message);
bool message_is_down(const struct message *message);
/* Does it carry properties by service, as a report does? */
bool message_has_services(const struct message *message);
/* Name of its command or event; NULL: it has none. */
const char *message_subject(const struct message *message);
/* Does the message offer this direction? */
bool message_decodes(const struct message *message);
bool message_encodes(const struct message *message);

#endif
