/* SPDX-License-Identifier: MIT */
/*
 * JSON Schema (draft-07) of a message's JSON, out of the checked items. A schema is of
 * what decoding gives; of a message that is only sent to the device, or cannot be
 * decoded, it is of what encoding takes.
 */
#ifndef DGM_SCHEMA_H
#define DGM_SCHEMA_H

#include <dragoman/codec.h>

#include "lower.h"
#include "out.h"

struct schema {
    struct arena *arena;
    const struct profile_source *source;
    const struct message *message;
    uint8_t shape;    /* enum dgm_shape */
    bool is_input;    /* of what encode takes */
    uint8_t *certain; /* by place of the item: 0: not asked yet, 1: no, 2: yes */
};

/* Alternatives: each is the inside of a schema's braces, JSON text. None is there twice.
 */
struct schema_values {
    const char **items;
    size_t count, capacity;
};

struct schema_member {
    const char *name; /* or, of computed names, a regular expression */
    bool is_pattern, required;
    const char *about; /* for people, or NULL */
    struct schema_values values;
};

struct schema_object {
    struct schema_member *items;
    size_t count, capacity;
};

/* schema.c: has the message a JSON in the shape? */
bool schema_has_json(const struct message *message, uint8_t shape);
/* One message's schema, or one for all that have a JSON in the shape, laid out in a line.
 * NULL: no message has. */
const char *schema_document(struct arena *arena, const struct profile_source *source,
                            const struct message *message, uint8_t shape);

/* schema_envelope.c: the inside of the schema of the whole message. */
const char *schema_of_message(const struct schema *schema);

/* schema_roles.c: what the items of the list give the member of the envelope; false if
 * none does. */
bool schema_role(const struct schema *schema, const struct item_list *list, uint8_t role,
                 struct schema_values *ret, bool *ret_required);

/*
 * schema_members.c: what the items of a list put into one object; at the root only what
 * goes to that service, DGM_NONE: everything.
 */
void schema_collect(const struct schema *schema, const struct item_list *list,
                    uint16_t service, struct schema_object *ret);
/* Is there at least one member of the service whatever the frame holds? */
bool schema_has_some(const struct schema *schema, const struct item_list *list,
                     uint16_t service);
/* Is the role's value there whatever the frame holds? */
bool schema_has_role(const struct schema *schema, const struct item_list *list,
                     uint8_t role);

/* schema_write.c: a member that is not there yet is added; its alternatives. */
struct schema_member *schema_member(const struct schema *schema,
                                    struct schema_object *object, const char *name,
                                    bool is_pattern);
void schema_add(const struct schema *schema, struct schema_values *values,
                const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The text of a schema that has one of the values. */
const char *schema_of_values(const struct schema *schema,
                             const struct schema_values *values, const char *about);
/* The inside of the schema of an object. `some`: it has a member at least. */
const char *schema_of_object(const struct schema *schema,
                             const struct schema_object *object, bool some);
/* A JSON string. */
const char *schema_quote(const struct schema *schema, const char *text);

/* schema_value.c: what one value, or element, of the item can be. */
void schema_add_values(const struct schema *schema, const struct item *item,
                       struct schema_values *ret);
/* Can a value lie outside `valid` where it becomes null? */
bool schema_can_be_outside(const struct item *item);
/* The labels that are given, as an enum; nothing if there are none. */
void schema_add_labels(const struct schema *schema, const struct labels *labels,
                       struct schema_values *ret);

/* schema_certain.c: has the item a value wherever it is there? */
bool schema_is_certain(const struct schema *schema, const struct item *item);

/* schema_text.c: regular expressions without anchors, for what stands in quotes, and for
 * parts of composed texts and names. */
const char *schema_text_of(const struct schema *schema, const struct item *item);
const char *schema_text_of_names(const struct schema *schema, const struct item *item);

/* schema_bytes.c: the same of text and bytes; how many characters it has. */
struct schema_length {
    uint64_t least, most;
    bool has_most;
};
const char *schema_text_of_bytes(const struct schema *schema, const struct item *item);
struct schema_length schema_length_of(const struct schema *schema,
                                      const struct item *item);
/* Bytes that it takes. */
struct schema_length schema_bytes_of(const struct schema *schema,
                                     const struct item *item);

/* schema_range.c: digits of the whole numbers low..high. */
const char *schema_range(const struct schema *schema, exact_int low, exact_int high);
/* What has a meaning in a regular expression is escaped. */
void schema_escape(struct out *out, const char *text);

#endif
