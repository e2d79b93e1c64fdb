/* SPDX-License-Identifier: MIT */
/* The tables of the platform's forms. Lengths are those that its interface documents. */
#include "prodshape.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SHAPE(parts)                                                                     \
    {                                                                                    \
        parts, COUNT(parts)                                                              \
    }
#define SAME(name, most)                                                                 \
    {                                                                                    \
        name, name, PART_PLAIN, EMPTY_NONE, 0, most                                      \
    }
#define NAMED(name, as, empty)                                                           \
    {                                                                                    \
        name, as, PART_PLAIN, empty, 0, 0                                                \
    }
#define DIGITS(name, empty, most)                                                        \
    {                                                                                    \
        name, name, PART_DIGITS, empty, 0, most                                          \
    }
#define LIST(name, as, place)                                                            \
    {                                                                                    \
        name, as, PART_LIST, EMPTY_LIST, place, 0                                        \
    }
#define ELSEWHERE(name)                                                                  \
    {                                                                                    \
        name, name, PART_ELSEWHERE, EMPTY_NONE, 0, 0                                     \
    }

static const struct part object_product[] = {
    SAME("product_id", 36),
    SAME("app_id", 36),
    SAME("name", 64),
    SAME("device_type", 32),
    SAME("protocol_type", 0),
    SAME("data_format", 0),
    SAME("industry", 64),
    SAME("manufacturer_name", 32),
    SAME("description", 128),
    LIST("service_capabilities", "service_capabilities", PROD_SERVICE),
    ELSEWHERE("manufacturer_id"),
    ELSEWHERE("model"),
};
static const struct part object_service[] = {
    SAME("service_id", 64),
    SAME("service_type", 64),
    SAME("option", 0),
    SAME("description", 128),
    LIST("properties", "properties", PROD_PROPERTY),
    LIST("commands", "commands", PROD_COMMAND),
    LIST("events", "events", PROD_EVENT),
};
#define OBJECT_FIELD                                                                     \
    SAME("data_type", 0), NAMED("required", "required", EMPTY_FALSE),                    \
        SAME("enum_list", 0), DIGITS("min", EMPTY_NONE, 16),                             \
        DIGITS("max", EMPTY_NONE, 16), SAME("max_length", 0), SAME("step", 0),           \
        SAME("unit", 16), SAME("description", 128)
static const struct part object_property[] = {
    SAME("property_name", 64),
    OBJECT_FIELD,
    SAME("method", 0),
    SAME("default_value", 0),
};
static const struct part object_parameter[] = {SAME("para_name", 32), OBJECT_FIELD};
static const struct part object_command[] = {
    SAME("command_name", 64),
    LIST("paras", "paras", PROD_PARAMETER),
    LIST("responses", "responses", PROD_RESPONSE),
};
static const struct part object_response[] = {
    SAME("response_name", 128),
    LIST("paras", "paras", PROD_PARAMETER),
};
static const struct part object_event[] = {
    SAME("event_type", 32),
    LIST("paras", "paras", PROD_PARAMETER),
};

const struct prodform prodform_object = {{
    [PROD_PRODUCT] = SHAPE(object_product),
    [PROD_SERVICE] = SHAPE(object_service),
    [PROD_PROPERTY] = SHAPE(object_property),
    [PROD_PARAMETER] = SHAPE(object_parameter),
    [PROD_COMMAND] = SHAPE(object_command),
    [PROD_RESPONSE] = SHAPE(object_response),
    [PROD_EVENT] = SHAPE(object_event),
}};

static const struct part device_product[] = {
    NAMED("manufacturer_id", "manufacturerId", EMPTY_NONE),
    NAMED("manufacturer_name", "manufacturerName", EMPTY_NONE),
    NAMED("model", "model", EMPTY_NONE),
    NAMED("protocol_type", "protocolType", EMPTY_NONE),
    NAMED("device_type", "deviceType", EMPTY_NONE),
    LIST("service_capabilities", "serviceTypeCapabilities", PROD_SERVICE),
    NAMED("om_capability", "omCapability", EMPTY_NONE),
    ELSEWHERE("data_format"),
};
static const struct part device_service[] = {
    NAMED("service_id", "serviceId", EMPTY_NONE),
    NAMED("service_type", "serviceType", EMPTY_NONE),
    NAMED("option", "option", EMPTY_TEXT),
    ELSEWHERE("description"),
    ELSEWHERE("properties"),
    ELSEWHERE("commands"),
    ELSEWHERE("events"),
};

const struct prodform prodform_device = {{
    [PROD_PRODUCT] = SHAPE(device_product),
    [PROD_SERVICE] = SHAPE(device_service),
}};

static const struct part file_service[] = {
    NAMED("service_type", "serviceType", EMPTY_NONE),
    NAMED("description", "description", EMPTY_TEXT),
    LIST("commands", "commands", PROD_COMMAND),
    LIST("properties", "properties", PROD_PROPERTY),
    {"events", "events", PART_GONE, EMPTY_LIST, 0, 0},
    ELSEWHERE("service_id"),
    ELSEWHERE("option"),
};
#define FILE_FIELD                                                                       \
    NAMED("data_type", "dataType", EMPTY_NONE),                                          \
        NAMED("required", "required", EMPTY_FALSE), DIGITS("min", EMPTY_NULL, 0),        \
        DIGITS("max", EMPTY_NULL, 0), NAMED("step", "step", EMPTY_ZERO),                 \
        NAMED("max_length", "maxLength", EMPTY_ZERO), NAMED("unit", "unit", EMPTY_NULL), \
        NAMED("enum_list", "enumList", EMPTY_NULL)
static const struct part file_property[] = {
    NAMED("property_name", "propertyName", EMPTY_NONE),
    FILE_FIELD,
    NAMED("method", "method", EMPTY_NONE),
};
static const struct part file_parameter[] = {
    NAMED("para_name", "paraName", EMPTY_NONE),
    FILE_FIELD,
};
static const struct part file_command[] = {
    NAMED("command_name", "commandName", EMPTY_NONE),
    LIST("paras", "paras", PROD_PARAMETER),
    LIST("responses", "responses", PROD_RESPONSE),
};
static const struct part file_response[] = {
    NAMED("response_name", "responseName", EMPTY_NONE),
    LIST("paras", "paras", PROD_PARAMETER),
};

const struct prodform prodform_service = {{
    [PROD_SERVICE] = SHAPE(file_service),
    [PROD_PROPERTY] = SHAPE(file_property),
    [PROD_PARAMETER] = SHAPE(file_parameter),
    [PROD_COMMAND] = SHAPE(file_command),
    [PROD_RESPONSE] = SHAPE(file_response),
}};
