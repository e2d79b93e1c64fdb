/* SPDX-License-Identifier: MIT */
/*
 * The product model of a profile: identity, services, properties, commands, events
 * (language, section 3). Order is that of the file. Everything lives in the arena of the
 * diagnostics.
 */
#ifndef DGM_PRODUCT_H
#define DGM_PRODUCT_H

#include "exact.h"
#include "tree.h"

enum product_type {
    PRODUCT_INT,
    PRODUCT_LONG,
    PRODUCT_DECIMAL,
    PRODUCT_STRING,
    PRODUCT_DATE_TIME,
    PRODUCT_JSON_OBJECT,
    PRODUCT_ENUM,
    PRODUCT_BOOLEAN,
    PRODUCT_STRING_LIST
};

enum product_method {
    PRODUCT_READ = 1u << 0,  /* R */
    PRODUCT_WRITE = 1u << 1, /* W */
    PRODUCT_EVENT = 1u << 2  /* E */
};

/* The service of a product whose profile has none. */
#define PRODUCT_DERIVED_SERVICE "Default"

/* A number that may be given: min, max, step. */
struct product_number {
    bool given;
    struct exact value;
    struct location where;
};

struct product_label {
    const char *text;
    struct location where;
};

/* A property, or a parameter of a command, response or event. */
struct product_field {
    const char *name;
    struct location where;      /* of the name */
    enum product_type type;     /* PRODUCT_STRING after a bad one was reported */
    struct location type_where; /* of data_type's value, else of the name */
    bool required;
    struct product_number min, max, step;
    bool has_max_length;
    uint32_t max_length;
    struct location max_length_where;
    struct product_label *enum_list;
    size_t enum_count;
    const char *unit, *description; /* or NULL */
    unsigned method;                /* bits of enum product_method; parameters: 0 */
    const char *default_value;      /* JSON text, or NULL */
};

struct product_fields {
    struct product_field *items;
    size_t count;
};

struct product_response {
    const char *name;
    struct location where;
    struct product_fields fields;
};

struct product_command {
    const char *name;
    struct location where;
    const char *description; /* or NULL */
    struct product_fields paras;
    struct product_response *responses;
    size_t response_count;
};

struct product_event {
    const char *name;
    struct location where;
    const char *description; /* or NULL */
    struct product_fields paras;
};

struct product_service {
    const char *name;
    struct location where;
    const char *service_type; /* the name, if not given */
    const char *option;       /* or NULL */
    const char *description;  /* or NULL */
    struct product_fields properties;
    struct product_command *commands;
    size_t command_count;
    struct product_event *events;
    size_t event_count;
};

struct product {
    struct location where; /* of the key `product` */
    /* Identity; NULL where not given. One of model and product_id is there unless an
     * error was reported. data_format is "binary" if not given. */
    const char *manufacturer_id, *manufacturer_name, *model;
    const char *product_id, *name, *app_id, *industry, *data_format;
    const char *device_type, *protocol_type, *description, *version;
    const char *om_capability; /* JSON text */
    bool has_services;         /* false: the model is derived from the fields */
    struct product_service *services;
    size_t service_count;
};

/*
 * Read the keys `product` and `services` of a profile's root map. Problems are reported;
 * what could be read is there all the same, so that later stages can go on. Never NULL.
 */
struct product *product_parse(struct diag *diag, const struct node *root);

/* By name; NULL if there is none. Letter case counts. */
const struct product_service *product_service(const struct product *product,
                                              const char *name);
const struct product_command *product_command(const struct product_service *service,
                                              const char *name);
const struct product_event *product_event(const struct product_service *service,
                                          const char *name);
const struct product_field *product_field(const struct product_fields *fields,
                                          const char *name);

/* "Service.NAME" as a command; NULL after unknown-service or unknown-command at `where`,
 * or bad-value if there is no point. */
const struct product_command *
product_command_path(struct diag *diag, const struct product *product, const char *path,
                     struct location where, const struct product_service **ret_service);

/* The same for events; unknown-command as well. */
const struct product_event *
product_event_path(struct diag *diag, const struct product *product, const char *path,
                   struct location where, const struct product_service **ret_service);

/* The nearest name for "did you mean", or NULL. */
const char *product_nearest_service(struct arena *arena, const struct product *product,
                                    const char *name);
const char *product_nearest_field(struct arena *arena,
                                  const struct product_fields *fields, const char *name);

/* "int", "DateTime", "string list". */
const char *product_type_name(enum product_type type);

#endif
