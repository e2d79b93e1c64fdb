/* SPDX-License-Identifier: MIT */
/* The parts that a description of a model is made by (dragoman/describe.h). */
#ifndef DGM_DESCRIBE_H
#define DGM_DESCRIBE_H

#include <dragoman/describe.h>

#include "compile.h"
#include "out.h"

struct describing {
    struct arena *arena;
    const struct diag *diag; /* knows the files */
    struct compiled *model;
    const struct profile_source *source;
};

/* A growing list of facts. */
struct fact_list {
    struct arena *arena;
    struct dgm_doc_fact *items;
    size_t count, capacity;
};

/* describe.c: all of it. Memory may run out: arena_on_failure(). */
const struct dgm_doc *describe_model(struct arena *arena, const struct diag *diag,
                                     struct compiled *model);
struct dgm_doc_place describe_place(const struct diag *diag, struct location where);

/* describe_text.c: on one line, fit to be shown, and cut; "" for NULL. */
const char *describe_text(struct arena *arena, const char *text);
/* A node as one would write it on one line. */
const char *describe_node(struct arena *arena, const struct node *node);
/* Facts without a text are none. */
void fact_add(struct fact_list *list, const char *name, const char *text);
void fact_format(struct fact_list *list, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct dgm_doc_facts facts_of(const struct fact_list *list);
/* `0 = "closed", 1 = "open"` */
const char *describe_labels(struct arena *arena, const struct item *item,
                            const struct labels *labels);
/* "0 to 9"; "" where there are no bounds. */
const char *describe_range(struct arena *arena, const struct exact *low,
                           const struct exact *high);

/* describe_service.c */
void describe_services(const struct describing *describing, struct dgm_doc *doc);

/* describe_message.c */
void describe_messages(const struct describing *describing, struct dgm_doc *doc);

/* describe_item.c: rows of the message, of which `left` may still be had. */
void describe_items(const struct describing *describing, const struct message *message,
                    size_t *left, struct dgm_doc_message *ret);

/* describe_facts.c: what the profile says about an item beside name, type and place; the
 * text of its constant, or "". */
struct dgm_doc_facts describe_item_facts(struct arena *arena, const struct item *item);
const char *describe_constant(struct arena *arena, const struct item *item);

#endif
