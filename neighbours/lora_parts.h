/* SPDX-License-Identifier: MIT */
/* What the parts of the importer of LoRa payload schemas share. */
#ifndef DGM_NEIGHBOURS_LORA_PARTS_H
#define DGM_NEIGHBOURS_LORA_PARTS_H

#include "exact.h"
#include "lora.h"
#include "lora_run.h"
#include "out.h"
#include "scalar.h"
#include "tree.h"

#include <cjson/cJSON.h>

/* Where names and references are looked up: the schema, or a definition in use. */
struct lora_scope {
    const struct lora_scope *outer; /* whose `use` it is */
    const struct node *root;        /* of the file, for '#/definitions/name' */
    const char *prefix;             /* of names, or NULL */
    const struct node *rename;      /* name -> name, or NULL */
    unsigned depth;
};

enum {
    LORA_MAX_DEPTH = 12,    /* of groups: profiles have 16 */
    LORA_MAX_USES = 8,      /* of definitions that use others */
    LORA_MAX_FIELDS = 4096, /* with all that is used */
    LORA_MAX_FILES = 32
};

struct lora_names {
    const char **items;
    size_t count, capacity;
};

/* Where in the profile a field of the schema begins. */
struct lora_mark {
    size_t offset;
    const struct node *node;
};

/* A warning that an earlier round told, or this one. */
struct lora_told {
    const struct node *node;
    const char *text;
};

struct lora {
    struct arena *arena;
    struct diag diag; /* of the readers */
    struct notes *notes;
    const struct lora_options *options;
    struct node *trees[LORA_MAX_FILES]; /* of the files of the diagnostics */
    struct lora_told *told;
    size_t told_count, told_capacity, told_next;
    bool little;
    bool adds_last;   /* of arithmetic, whatever the order of its keys */
    bool decode_only; /* the profile cannot be encoded by */
    bool floats;      /* the profile has some, which are widened as programs do */
    struct lora_scope *scope;
    struct out out; /* the profile under way */
    bool fresh;     /* nothing yet in the innermost bracket */
    unsigned depth; /* of groups */
    struct lora_mark *marks;
    size_t mark_count, mark_capacity;
    size_t fields, annotations, hidden;
    const struct node **unordered; /* fields that `adds_last` is about */
    size_t unordered_count, unordered_capacity;
    struct lora_names untold;  /* hidden fields that nothing tells when encoding */
    struct lora_names unused;  /* hidden fields that nothing refers to */
    struct lora_names formats; /* of floats, which the profile has to describe */
    struct lora_names masks;   /* hidden fields whose bits announce others */
    bool again;                /* something was learned of what is written already */
    struct lora_run run;       /* the profile, compiled */
    cJSON *found;              /* what a frame decoded to */
};

/* lora_tell.c */
void lora_error(struct lora *lora, const struct node *node, const char *format, ...)
    NOTES_PRINTF(3, 4);
void lora_warn(struct lora *lora, const struct node *node, const char *format, ...)
    NOTES_PRINTF(3, 4);
/* Tells of the keys of a mapping that are none of these words. */
void lora_know_keys(struct lora *lora, const struct node *node, const char *known);
/* What the readers found, as notes. */
void lora_tell_findings(struct lora *lora);

/* lora_words.c */
/* A file of the diagnostics, its doubtful words settled; NULL after an error. */
struct node *lora_parse(struct lora *lora, unsigned file);

/* lora_emit.c: items of a profile, between brackets. */
void lora_put(struct lora *lora, const char *format, ...) NOTES_PRINTF(2, 3);
void lora_open(struct lora *lora, char bracket); /* behind a key, or as an element */
void lora_close(struct lora *lora, char bracket);
void lora_key(struct lora *lora, const char *key);
void lora_word(struct lora *lora, const char *key, const char *word); /* as it is */
void lora_text(struct lora *lora, const char *key,
               const char *text); /* quoted if need be */
void lora_quoted(struct lora *lora, const char *text);
void lora_element(struct lora *lora, const char *word); /* of a list, as it is */

/* A key that is an integer or a range of them, or a truth value; false after an error. */
bool lora_is_raw(struct lora *lora, const struct node *key);

/* lora_type.c */
enum lora_kind {
    LORA_INTEGER,
    LORA_FLOAT,
    LORA_MINIFLOAT, /* of a maker's own format */
    LORA_NIBBLES,   /* udec, sdec */
    LORA_BOOL,
    LORA_TEXT,
    LORA_BYTES,
    LORA_SKIP,
    LORA_ENUM,
    LORA_NUMBER,
    LORA_LITERAL,
    LORA_PARTS, /* bitfield_string */
    LORA_OBJECT,
    LORA_REPEAT
};

struct lora_type {
    enum lora_kind kind;
    bool is_signed;
    unsigned bits;      /* of numbers */
    const char *order;  /* suffix of the order of bytes, or "" */
    const char *format; /* of bytes: what `as` says; of a float: its name */
    bool ranged;
    unsigned low, high; /* bits of a range */
};

bool lora_type_parse(const char *word, struct lora_type *ret);
/* The suffix that `endian` stands for; false after an error. */
bool lora_order_of(struct lora *lora, const struct node *endian, const char **ret);
/* The type of a field with all that its other keys say; false after an error. */
bool lora_type_of(struct lora *lora, const struct node *field, struct lora_type *ret);
/* As a profile writes it: "u16le", "i24". */
const char *lora_type_word(struct lora *lora, const struct node *field,
                           const struct lora_type *type);

/* lora_name.c */
/* The name that the schema has for it, or NULL. */
const char *lora_own_name(const struct node *field);
/* The name in the output; NULL if there is none. */
const char *lora_name(struct lora *lora, const struct node *field);
/* The name that expressions know a field by, out of "name" or "$name". */
const char *lora_reference(struct lora *lora, const char *name);
/* Writes `name` or `local`, and a label. False if the field is hidden. */
bool lora_put_name(struct lora *lora, const struct node *field);
/* Text in which braces stand for themselves, for names and formats. */
const char *lora_literal_text(struct lora *lora, const char *text);
/* A name for what has none. */
const char *lora_hidden_name(struct lora *lora, const char *what);
/* The text with such names in quotes replaced by what they stand for. */
const char *lora_without_hidden(struct lora *lora, const char *text);
/* Writes `unit` and `description`. */
void lora_put_notes(struct lora *lora, const struct node *field);
/* A hidden field without other source is zero when encoding. */
void lora_put_default(struct lora *lora, const struct node *field, const char *reference);
bool lora_has_name(const struct lora_names *names, const char *name);
/* False if the name was there. */
bool lora_add_name(struct lora *lora, struct lora_names *names, const char *name);
/* Does nothing refer to the field? Then its bytes have no meaning. */
bool lora_is_unused(struct lora *lora, const struct node *field);

/* lora_chain.c: arithmetic of a field. */
struct lora_chain {
    bool linear; /* scale and offset say all */
    struct exact scale, offset;
    bool rounds;
    unsigned decimals;
    const char *text; /* the whole as an expression */
};

/* Of `start`, an expression for what stands on the wire, or that is calculated. */
bool lora_chain_of(struct lora *lora, const struct node *field, const char *start,
                   struct lora_chain *ret);
/* Can an integer of so many bits have scale and offset? */
bool lora_chain_fits(const struct lora_chain *chain, unsigned bits);
/* A number of YAML; false after an error. */
bool lora_number(struct lora *lora, const struct node *node, struct exact *ret);
const char *lora_digits(struct lora *lora, struct exact value);

/* lora_value.c: calculated fields. */
/* Of type number; or the value of a field whose raw one has that name. */
void lora_put_number(struct lora *lora, const struct node *field, const char *raw);

/* lora_formula.c */
/* A formula or condition as an expression; `raw` is what `x` stands for, or NULL. */
const char *lora_formula(struct lora *lora, const struct node *node, const char *raw);

/* lora_field.c */
/* Items of a list of fields, between brackets. */
void lora_put_list(struct lora *lora, const struct node *fields);
void lora_put_field(struct lora *lora, const struct node *field);
void lora_put_items(struct lora *lora, const struct node *fields);
/* The item of a number on the wire. Where scale and offset do not say all of its value,
 * that is to follow as a calculated one: returns the name of the raw value, else NULL. */
const char *lora_put_wire(struct lora *lora, const struct node *field,
                          const struct lora_type *type, const char *word);

/* lora_table.c */
/* Has it a table of values? */
bool lora_has_labels(const struct node *field);
/* The labels of an enum, behind `type`. */
void lora_put_lookup(struct lora *lora, const struct node *field, unsigned bits,
                     bool is_signed);

/* lora_limits.c */
/* Raw values that are no reading. */
void lora_put_sentinel(struct lora *lora, const struct node *field);
/* Of a range beyond which there is no value. */
void lora_put_limits(struct lora *lora, const struct node *field);
/* Of `valid_range`, behind the item. */
void lora_put_warning(struct lora *lora, const struct node *field);

/* lora_bytes.c */
void lora_put_bytes(struct lora *lora, const struct node *field,
                    const struct lora_type *type);
void lora_put_skip(struct lora *lora, const struct node *field);

/* lora_bits.c */
/* Fields that share bytes, from `at` on; how many there are. */
size_t lora_put_run(struct lora *lora, const struct node *fields, size_t at);
bool lora_is_run(const struct node *field);
/* `size` may be NULL: as many bytes as the widest field; and so may `endian`. */
void lora_put_byte_group(struct lora *lora, const struct node *group,
                         const struct node *fields, const struct node *size,
                         const struct node *endian);

/* lora_composed.c */
void lora_put_parts(struct lora *lora, const struct node *field);

/* lora_group.c */
bool lora_put_construct(struct lora *lora, const struct node *field);
void lora_put_object(struct lora *lora, const struct node *field);
void lora_put_repeat(struct lora *lora, const struct node *field);
/* The fields of a case: a list, or a mapping that has it. */
void lora_put_case(struct lora *lora, const char *key, const struct node *fields);

/* lora_tlv.c */
void lora_put_tlv(struct lora *lora, const struct node *tlv);

/* lora_use.c */
/* Items of what `use` or `$ref` names. */
void lora_put_use(struct lora *lora, const struct node *field, const struct node *name);

/* lora_compact.c */
/* Items of a text such as ">B:version h:temperature"; `names` may be a list of those
 * that the text does not say, or NULL. */
void lora_put_compact(struct lora *lora, const struct node *text,
                      const struct node *names);

/* lora_metadata.c */
void lora_put_metadata(struct lora *lora, const struct node *metadata);

/* lora_schema.c */
/* The profile without its tests and its last bracket, as `out`. */
void lora_put_profile(struct lora *lora, const struct node *root);

/* lora_agree.c */
/* Does the value say what is expected? Of objects, what is listed. What differs is
 * `ret_where`. */
bool lora_agrees(struct lora *lora, const struct node *expected, const cJSON *found,
                 const struct node **ret_where);

/* lora_vector.c */
/* How many of the vectors of decoding do not hold. */
size_t lora_count_failing(struct lora *lora, const struct node *root);
/* Writes `tests` behind the profile that `run` has. */
void lora_put_vectors(struct lora *lora, const struct node *root, FILE *file);

#endif
