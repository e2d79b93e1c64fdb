/* SPDX-License-Identifier: MIT */
/*
 * Profiles laid out anew: order of keys, indentation and blanks, with every scalar as it
 * was written and every comment kept. The tree of the profile says what stands where, and
 * its text what the tree leaves out.
 */
#ifndef DGM_PRETTY_H
#define DGM_PRETTY_H

#include "out.h"
#include "tree.h"

enum {
    PRETTY_WIDTH = 120, /* characters of a line, comments not counted */
    PRETTY_STEP = 2     /* blanks a level */
};

/* What the keys of a mapping are, and in which order they stand. A list has the shape of
 * its elements. NULL: names or values of the profile, which keep their order. */
struct pretty_shape {
    const char *const *order; /* NULL-terminated; NULL: names */
    const struct pretty_child {
        const char *key;
        const struct pretty_shape *shape;
    } * children;                    /* up to one without key; or NULL */
    const struct pretty_shape *each; /* of every value that is no child */
};

extern const struct pretty_shape pretty_profile_shape;

/* The shape of a value under its key; NULL in, NULL out. */
const struct pretty_shape *pretty_shape_under(const struct pretty_shape *shape,
                                              const char *key);

/* The order to print the entries in: positions of `map`, `map->count` of them. A mapping
 * with a key that has no place keeps its order. */
size_t *pretty_order(struct arena *arena, const struct pretty_shape *shape,
                     const struct node *map);

/* A comment. */
struct pretty_note {
    size_t from, to; /* bytes of the text, from '#' to the last that is no blank */
    unsigned column; /* from 0 */
    bool behind;     /* something else stands before it in its line */
    bool blank;      /* an empty line stands above */
};

/* What stands between the scalars of a profile. */
struct pretty_gaps {
    struct pretty_note *notes;
    size_t note_count, note_capacity;
    size_t *dashes; /* of the elements of lists */
    size_t dash_count, dash_capacity;
    size_t *marks; /* question marks: keys of a kind that is not laid out */
    size_t mark_count, mark_capacity;
};

void pretty_scan(struct arena *arena, const struct node *root, const char *text,
                 size_t length, struct pretty_gaps *ret);

/* Some comments, one after another. */
struct pretty_range {
    size_t first, last; /* the last one not included */
};

/* An entry of a list or mapping, with its comments. */
struct pretty_piece {
    const struct node *key; /* NULL in lists */
    const struct node *value;
    const struct pretty_shape *shape;
    size_t start;                 /* its key or dash */
    bool blank;                   /* an empty line stands above */
    struct pretty_range lead;     /* comments above */
    struct pretty_range head;     /* between key and value */
    struct pretty_range tail;     /* behind the value */
    struct pretty_piece *entries; /* in the order of the file; NULL: not laid out in block
                                     style */
    size_t *order;
    struct pretty_range foot; /* behind the last entry */
};

struct pretty {
    struct arena *arena;
    const char *text;
    size_t length;
    struct pretty_gaps gaps;
    size_t next; /* comment without a place so far */
    struct out out;
    size_t line; /* where the last line of `out` begins */
    bool opened; /* the last line opens a level: no empty line follows */
};

/* Entries and comments of a profile as a tree. */
struct pretty_piece *pretty_plan(struct pretty *pretty, const struct node *root);

/* Entries of a value in brackets, to be laid out in block style: no comments inside. */
void pretty_expand(struct arena *arena, struct pretty_piece *piece);

/* Can the value only be copied as it stands? */
bool pretty_is_odd(const struct pretty *pretty, const struct node *node);

/* Does the text from..to have an end of line? */
bool pretty_has_break(const struct pretty *pretty, size_t from, size_t to);

/* Characters before a place in its line. */
size_t pretty_column_of(const struct pretty *pretty, size_t at);

/* Characters of some text. */
size_t pretty_characters(const char *text, size_t length);

/* How far the last line of the output goes. */
size_t pretty_column(const struct pretty *pretty);
void pretty_blanks(struct pretty *pretty, size_t count);
/* Go on in a line of its own. */
void pretty_begin(struct pretty *pretty, size_t indent);
/* An empty line above the next one, unless one is there or a level was opened. */
void pretty_gap(struct pretty *pretty);

/* The text of a node as it stands; further lines are moved by `shift` blanks. */
void pretty_copy(struct pretty *pretty, const struct node *node, long shift);

/* Characters of a value in brackets, or of a scalar, on one line. */
size_t pretty_flat_width(const struct node *node, const struct pretty *pretty);

/* A value in brackets, or a scalar, on one line. `shape` orders keys. */
void pretty_put_flat(struct pretty *pretty, const struct node *node,
                     const struct pretty_shape *shape);

/* Is there a line break between its elements, or in them? One behind the opening bracket
 * or before the closing one is not kept. */
bool pretty_is_divided(const struct pretty *pretty, const struct node *node);

/* A value in brackets on several lines: where the file divides it, if that fits; else
 * filled. */
void pretty_put_lines(struct pretty *pretty, const struct node *node);

/* All entries, and the comments around them. */
void pretty_put_root(struct pretty *pretty, struct pretty_piece *root);

/*
 * The profile's first file, laid out; its text as it was if there is something that
 * cannot be laid out, which `ret_done` tells. NULL after a report: the text is no YAML
 * that profiles may have.
 */
const char *pretty_text(struct diag *diag, size_t *ret_length, bool *ret_done);

#endif
