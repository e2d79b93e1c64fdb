/* SPDX-License-Identifier: MIT */
/*
 * From checked messages to table rows. The stages run in the order of this file, each
 * over all messages or over one; what they find out stands in the items.
 */
#ifndef DGM_LOWER_H
#define DGM_LOWER_H

#include "builder.h"
#include "message.h"

/* Work on one message. */
struct lowering {
    struct profile_source *source;
    struct diag *diag;
    struct builder *builder;
    struct message *message;
    struct plan *plan; /* rows in their order */
    size_t plan_count, plan_capacity;
    struct member_plan *members;
    size_t member_count, member_capacity;
    unsigned passes;
    bool prepass, has_records;
    uint32_t slots;
};

/* One row to be. */
struct plan {
    uint8_t op;        /* enum dgm_op */
    struct item *item; /* NULL for services */
    uint16_t service;
    uint8_t pass;
    uint16_t detail; /* rows that belong to it */
    uint8_t shift;
    uint16_t place; /* first bit in a bit stream */
    bool is_lsb;
    bool is_absent_default; /* LITERAL that stands in when the item is absent */
};

struct member_plan {
    const char *name;
    uint16_t parent, service, record;
    uint8_t kind; /* enum dgm_member_kind */
    bool required;
    const char *text; /* JSON, or NULL */
    const char *path;
    struct item *item; /* the first that fills it */
    bool shared;       /* it is not the only one */
    uint32_t family;   /* members from this one on that one item fills by number; or 0 */
};

/* place.c: services and objects of all items. False after a report. */
bool place_items(struct profile_source *source, struct message *message);
/* Index of the service in the table. */
uint16_t place_service(const struct profile_source *source, const char *name);

/* objects.c: objects that exist because items say `to`. Neighbours come into a group; the
 * others know their object, which then is one of the message's. False after a report. */
bool objects_place(struct diag *diag, struct message *message);

/* replaced.c: notes about objects in tag loops that take the place of others. */
void replaced_lint(struct profile_source *source, const struct message *message);

/* resolve.c: names and types of all expressions of all messages, and slots. */
bool resolve_all(struct profile_source *source);

/* passes.c: what prints when, and where services open and close. */
bool pass_assign(struct lowering *lowering);

/* model.c: members against the product model. */
bool model_check(struct profile_source *source, struct message *message);
/* The limits of a member in units of the row; DGM_NONE: none. */
uint16_t model_limit(struct lowering *lowering, const struct item *item);
/* Both ends of what the model and `valid` let a number be. */
struct model_ends {
    bool has_low, has_high;
    struct exact low, high;
};
struct model_ends model_ends_of(const struct item *item);

/* sources.c: where encode takes values; reports what it cannot know. */
bool source_find_all(struct profile_source *source, struct message *message);
void source_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row);
/* source_default.c: the expression that stands in when nothing is given: the raw number,
 * or the seconds of an event_time. DGM_NONE if the field cannot hold it; reported. */
uint16_t source_default(struct lowering *lowering, const struct item *item);
/* The raw number alone; false, reported, if it does not fit. */
bool source_raw_default(struct lowering *lowering, const struct item *item,
                        struct exact *ret);
/* Does the item have a source of its own, or is it filled in? */
bool source_is_own(const struct item *item);
/* Does the JSON have to bring the member? */
bool source_is_required(const struct item *item);

/* region.c: which items tell the size of a group. Before the sources. */
bool region_find_all(struct profile_source *source, struct message *message);
/* Does something already say what encode writes for it? */
bool source_is_known(const struct item *item);

/* agree.c: lengths, counts and checksums of other items: which, and the rows. */
bool agree_resolve(struct profile_source *source, struct message *message,
                   struct item *teller);
void agree_plan(struct lowering *lowering, struct item *item);
void agree_fill(struct lowering *lowering, const struct item *teller,
                struct dgm_row *row);
/* plan.c: append a row. */
struct plan *plan_add(struct lowering *lowering, uint8_t op, struct item *item);

/* series.c: the values that a function of a series is about; their slots; the row. */
bool series_use(struct profile_source *source, const struct message *message,
                struct expr *name, struct item *item, const struct item *place,
                bool from_json);
uint32_t series_assign(struct item *item, uint32_t next);
void series_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row);

/* item_join.c: pieces by their names, what encode takes from joins, and the row. */
bool join_resolve(struct profile_source *source, struct message *message,
                  struct item *item);
void join_solve(struct item *item);
void join_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row);
/* item_moment.c: may the JSON lack the instant? Where its parts are. */
bool moment_can_do_without(const struct item *item);
void moment_fill(struct lowering *lowering, const struct item *item, struct dgm_row *row);
/* resolve.c: the one item of that name before another; false after a report. */
bool resolve_piece(struct profile_source *source, struct message *message,
                   const struct item *before, const char *name, struct location where,
                   struct item **ret);

/* item_name.c: does the name mean the item? Does the one hold the other, or is it? */
bool item_has_name(const struct profile_source *source, const struct item *item,
                   const char *text);
bool item_is_around(const struct item *outer, const struct item *item);

/* twins.c: what a name can mean at a place, of the items before number `end`, the last
 * first: those that may be absent do not hide what stands before them. */
void twins_find(struct profile_source *source, const struct message *message,
                const struct item *place, size_t end, const char *text,
                struct item_list *ret);
/* Can the one stand for the other? False after a report. */
bool twins_check(struct profile_source *source, const char *text, struct location where,
                 const struct item *first, const struct item *other);
/* They share one slot from now on; false after a report that they cannot. */
bool twins_join(struct profile_source *source, const char *text, struct location where,
                const struct item_list *found);
/* False after a report if there are several. */
bool twins_refuse(struct profile_source *source, const char *text, struct location where,
                  const struct item_list *found);
/* Over all that share the slot: the type, the slot if one has it, are they placed? */
enum expr_type twins_type(const struct item *item);
uint16_t twins_slot(const struct item *item);
bool twins_are_placed(const struct item *item);

/* tlv.c: which field the tag of each loop is written into. Before the sources. */
bool tlv_find_all(struct profile_source *source, struct message *message);
/* Its entry in the table, once the rows are planned. */
uint16_t tlv_fill(struct lowering *lowering, const struct item *item);
/* Bytes of a tag. */
uint16_t tlv_tag_bytes(const struct tag_loop *loop);
/* rows.c: a size or count as an expression of the table. */
uint16_t extent_compile(struct lowering *lowering, const struct extent *extent);

/* choice.c: what `encode: case` and `encode: presence` write. After the sources. */
bool choice_find_all(struct profile_source *source, struct message *message);
/* How an item without a source can get one: by what depends on it. */
const char *choice_advice(const struct message *message, const struct item *item);

/* plan.c: the order of rows. */
bool plan_rows(struct lowering *lowering);
/* Does its default print where it is absent? */
bool plan_has_absent_default(const struct item *item);

/* format_plan.c: composed texts, once types and bounds are known. */
bool format_check_all(struct profile_source *source, const struct message *message);
/* The parts of the text in that row; index of the first. */
uint16_t format_fill(struct lowering *lowering, const struct item *item, size_t row);
/* Bytes of the literals in JSON. */
uint64_t format_literals(const struct text_format *format, struct arena *arena);

/* naming.c: computed names, once the fields in them are resolved. */
bool naming_resolve(struct profile_source *source, const struct message *message,
                    struct item *item);
/* Fields that encode learns from the name; the expressions of both directions. */
void naming_note_source(const struct item *item);
/* Does each case of a tag loop say what names tell of its tag? */
bool naming_check_loop(struct profile_source *source, const struct tag_loop *loop);
uint16_t naming_compile(struct lowering *lowering, const struct item *item);
uint16_t naming_compile_source(struct lowering *lowering, const struct item *field);
/* The first item of a repetition whose name is computed, or NULL; how many are given. */
struct item *naming_find(const struct item *repeat);
uint16_t naming_compile_count(struct lowering *lowering, const struct item *item);
/* rows.c: labels as an enum of the table. */
uint16_t row_enum(struct lowering *lowering, const struct labels *labels);

/* members.c: names that encode accepts. */
bool member_plan_all(struct lowering *lowering);

/* rows.c: fill the table's rows and members. */
bool row_fill_all(struct lowering *lowering);

/* row_format.c: index of the item's format, or DGM_NONE. */
uint16_t format_of(struct lowering *lowering, const struct item *item);

/* dispatch.c: guards, and the proof that no frame fits two messages. */
bool dispatch_all(struct profile_source *source, struct builder *builder);

/* ambiguous.c: notes about messages that can take the same JSON. After all members are
 * known. */
void ambiguous_lint(struct profile_source *source);

/* bounds.c: frame_min, frame_max, json_max of a message whose rows are filled. */
bool bound_message(struct lowering *lowering, struct dgm_message *row);

/* lower.c: all of it. False after a report. */
bool lower_profile(struct profile_source *source, struct builder *builder);

#endif
