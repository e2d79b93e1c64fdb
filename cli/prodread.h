/* SPDX-License-Identifier: MIT */
/*
 * The platform's product model out of JSON, of whatever form: keys in camelCase or in
 * snake_case. What comes out has one form, that of the newer product object, and holds
 * nothing that a profile could not hold. What is corrected or left out is told.
 */
#ifndef DGM_CLI_PRODREAD_H
#define DGM_CLI_PRODREAD_H

#include "jsontree.h"
#include "report.h"

enum prod_place {
    PROD_PRODUCT,
    PROD_SERVICE,
    PROD_PROPERTY,
    PROD_PARAMETER,
    PROD_COMMAND,
    PROD_RESPONSE,
    PROD_EVENT
};

struct prodread {
    struct report *report;
    const char *file; /* named in what is told */
    bool no_memory;   /* something could not be kept for want of it */
};

/* A place in the JSON, from the inside to the outside: a member, or an element. */
struct prodat {
    const struct prodat *up; /* NULL: the root */
    const char *key;         /* NULL: an element */
    size_t index;
};

/* Tell what was corrected or left out. */
void prodread_tell(struct prodread *reader, const struct prodat *at, const char *format,
                   ...) REPORT_PRINTF(3, 4);

/* Add what the object says about `place` to `into`, which may have some of it already:
 * that stays. Keys of `skipped`, a list that NULL ends, are somebody else's. */
void prodread_object(struct prodread *reader, const struct prodat *at, const cJSON *from,
                     enum prod_place place, const char *const *skipped, cJSON *into);

/* Add an item that was just made; NULL is want of memory. */
void prodread_add(struct prodread *reader, cJSON *into, const char *key, cJSON *item);
void prodread_put_text(struct prodread *reader, cJSON *into, const char *key,
                       const char *text);

/* Tell if a key is written neither in snake_case, as `name` is, nor in camelCase. */
void prodread_check_key(struct prodread *reader, const struct prodat *at,
                        const char *written, const char *name);

/* A member by its name in snake_case, as prodkey_is() finds it; or NULL. */
const cJSON *prodread_member(const cJSON *object, const char *name);
/* The text of a member of what was read; NULL if it has none. */
const char *prodread_text(const cJSON *object, const char *key);

/* Names of commands and events have no point, for one stands in front of them; those of
 * services are none of the members of plain JSON, either. */
enum prod_name { PROD_NAME_FREE, PROD_NAME_JOINED, PROD_NAME_SERVICE };

/* A name as a profile can hold it. Tells of changes. NULL without memory; the caller
 * frees it. */
char *prodread_name(struct prodread *reader, const struct prodat *at, const char *name,
                    enum prod_name kind);

#endif
