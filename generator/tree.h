/* SPDX-License-Identifier: MIT */
/*
 * YAML events as located nodes. Limits: 256 KiB, depth 32, UTF-8, one document; no
 * anchors, aliases, merge keys, tags, directives. Duplicate keys are errors. Scalars stay
 * text: what they mean is decided by the place that reads them (scalar.h). What is no
 * profile may have aliases.
 */
#ifndef DGM_TREE_H
#define DGM_TREE_H

#include <stdbool.h>
#include "diag.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct location where;
    size_t from, to;  /* bytes of the file that it takes, quotes and brackets included */
    bool flow;        /* list or map in brackets */
    bool quoted;      /* scalar in quotes or block style */
    const char *text; /* scalar: its text, zero-terminated; "\0" in quotes gives zeros
                         inside, but never in keys */
    size_t length;
    struct node **items; /* list: elements; map: values */
    struct node **keys;  /* map: scalar nodes beside `items` */
    size_t count;
};

/* TREE_MAX_NODES: with aliases, each counted with all that it stands for. */
enum { TREE_MAX_BYTES = 256 * 1024, TREE_MAX_DEPTH = 32, TREE_MAX_NODES = 256 * 1024 };

/* Parse a file of the diagnostics; NULL after at least one error was reported. */
struct node *tree_parse_file(struct diag *diag, unsigned file);
/* The first one. */
struct node *tree_parse(struct diag *diag);
/* The same for files of others, which may have anchors and aliases: an alias is the node
 * of its anchor once more, with the place of that. No node is inside itself. */
struct node *tree_parse_aliased(struct diag *diag, unsigned file);

/* Value of a key, or NULL. */
struct node *node_get(const struct node *map, const char *key);
/* Key node of a key, or NULL: for locations. */
struct node *node_key(const struct node *map, const char *key);

/*
 * Check a map's keys against those allowed here. Reports `unknown-key` with the nearest
 * allowed key
 * ("unknown key 'sclae' in an item; did you mean 'scale'?"), `expected-map` if it is no
 * map. `what` is "an item", "a message", ... Returns false if something was reported.
 */
bool node_check_keys(struct diag *diag, const struct node *map, const char *what,
                     const char *const *allowed, size_t allowed_count);

/* Report keys that are there twice. */
void node_check_duplicates(struct diag *diag, const struct node *map);

/* Is it that kind? Otherwise reports `expected-map`, `expected-list` or
 * `expected-scalar`. */
bool node_expect(struct diag *diag, const struct node *node, enum node_kind kind,
                 const char *what);

#endif
