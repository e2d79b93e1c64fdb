/* SPDX-License-Identifier: MIT */
/*
 * Vectors of a profile. What a vector is about, a frame that goes up or down, follows
 * from the message it names, or else from its JSON: from what the platform's messages say
 * of themselves, and without services from the members.
 */
#include "vectors.h"

#include <dragoman/codec.h>
#include <dragoman/status.h>

#include <string.h>

#include "instant.h"
#include "language.h"
#include "scalar.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What a vector is read with. */
struct reader {
    struct diag *diag;
    const struct family *family;
    const struct vectors_model *models;
    size_t model_count;
    /* Of the model that the vector at hand is about. */
    const struct vectors_message *messages;
    size_t message_count;
};

static const char *const status_ids[] = {
#define STATUS_ID(name, number, family, id, sentence) id,
    DGM_STATUS_LIST(STATUS_ID)
#undef STATUS_ID
};

static bool is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted && strcmp(node->text, "null") == 0;
}

/* One id of a status; NULL after a report. */
static const char *parse_status(struct diag *diag, const struct node *node,
                                const char *what)
{
    const char *text = scalar_text(diag, node, what);

    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < COUNT(status_ids); i++)
        if (strcmp(status_ids[i], text) == 0)
            return status_ids[i];
    const char *nearest = diag_nearest(text, status_ids, COUNT(status_ids));
    diag_report(diag, RULE_BAD_VALUE, node->where, "there is no status '%s'%s", text,
                nearest == NULL
                    ? ""
                    : arena_format(diag->arena, "; did you mean '%s'?", nearest));
    diag_fix_nearest(diag, node->where, text, status_ids, COUNT(status_ids));
    return NULL;
}

static bool parse_bytes(struct diag *diag, const struct node *node, const char *what,
                        const uint8_t **ret_bytes, size_t *ret_length)
{
    uint8_t *bytes;

    if (!scalar_hex(diag, node, what, &bytes, ret_length))
        return false;
    *ret_bytes = bytes;
    return true;
}

/* hex, request and json. */
static bool parse_content(struct diag *diag, const struct node *map,
                          struct dgm_test *test)
{
    const struct node *hex = node_get(map, "hex"), *json = node_get(map, "json");
    const struct node *request = node_get(map, "request");
    bool fine = true;

    test->has_frame = hex != NULL;
    if (hex != NULL && !is_null(hex))
        fine = parse_bytes(diag, hex, "'hex'", &test->frame, &test->frame_length);
    if (request != NULL)
        fine = parse_bytes(diag, request, "'request'", &test->request,
                           &test->request_length) &&
               fine;
    test->has_json = json != NULL;
    if (json != NULL && !is_null(json)) {
        test->json = scalar_json(diag, json);
        fine = test->json != NULL && fine;
    }
    return fine;
}

static bool parse_choices(struct diag *diag, const struct node *map,
                          struct dgm_test *test)
{
    static const char *const shapes[] = {"oceanconnect", "iotda", "plain"};
    static const char *const directions[] = {"both", "decode", "encode"};
    const struct node *shape = node_get(map, "shape");
    const struct node *direction = node_get(map, "direction");
    const struct node *canonical = node_get(map, "canonical");
    int word = DGM_SHAPE_PLAIN;
    bool fine = true;

    if (shape != NULL)
        word = scalar_word(diag, shape, "'shape'", shapes, COUNT(shapes));
    fine = word >= 0;
    test->shape = word;
    word = DGM_TEST_BOTH;
    if (direction != NULL)
        word = scalar_word(diag, direction, "'direction'", directions, COUNT(directions));
    fine = fine && word >= 0;
    test->direction = word < 0 ? DGM_TEST_BOTH : (enum dgm_test_direction)word;
    test->canonical = true;
    if (canonical != NULL)
        fine = scalar_bool(diag, canonical, "'canonical'", &test->canonical) && fine;
    return fine;
}

/* Inputs beside the frame. */
static bool parse_inputs(struct diag *diag, const struct node *map, struct dgm_test *test)
{
    const struct node *port = node_get(map, "port");
    const struct node *topic = node_get(map, "topic");
    const struct node *received = node_get(map, "received");
    exact_int value;

    if (port != NULL) {
        if (!scalar_integer(diag, port, "'port'", 0, UINT32_MAX, &value))
            return false;
        test->has_channel = true;
        test->channel = (uint32_t)value;
    }
    if (topic != NULL) {
        test->topic = scalar_text(diag, topic, "'topic'");
        if (test->topic == NULL)
            return false;
    }
    if (received == NULL)
        return true;
    if (!node_expect(diag, received, NODE_SCALAR, "'received'"))
        return false;
    test->has_received = instant_parse(received->text, &test->received_ms);
    if (!test->has_received)
        diag_report(diag, RULE_BAD_VALUE, received->where,
                    "'%s' is no instant: write 20190329T101605Z or 2019-03-29T10:16:05Z",
                    received->text);
    return test->has_received;
}

/* The id of a status, or a text that some message warns with. */
static const char *parse_warning(const struct reader *reader, const struct node *node)
{
    for (size_t i = 0; i < reader->message_count && node->kind == NODE_SCALAR; i++) {
        const char *const *texts = reader->messages[i].warnings;
        for (; texts != NULL && *texts != NULL; texts++)
            if (strcmp(*texts, node->text) == 0)
                return *texts;
    }
    return parse_status(reader->diag, node, "a warning");
}

static bool parse_outcome(const struct reader *reader, const struct node *map,
                          struct dgm_test *test)
{
    struct diag *diag = reader->diag;
    const struct node *error = node_get(map, "error");
    const struct node *warnings = node_get(map, "warnings");
    bool fine = true;

    if (error != NULL) {
        test->error = parse_status(diag, error, "'error'");
        fine = test->error != NULL;
    }
    if (warnings == NULL)
        return fine;
    if (!node_expect(diag, warnings, NODE_LIST, "'warnings'"))
        return false;
    const char **ids = arena_array(diag->arena, warnings->count + 1, sizeof(char *));
    for (size_t i = 0; i < warnings->count; i++) {
        ids[i] = parse_warning(reader, warnings->items[i]);
        fine = fine && ids[i] != NULL;
    }
    test->warnings = ids;
    return fine;
}

/* What the parts of a vector say together. */
static bool check_whole(struct diag *diag, const struct node *map, struct dgm_test *test)
{
    enum dgm_test_direction only = test->has_frame ? DGM_TEST_DECODE : DGM_TEST_ENCODE;
    const char *problem = NULL;

    if (!test->has_frame && !test->has_json)
        problem = "a vector needs hex or json";
    else if (test->error != NULL && test->has_frame && test->has_json)
        problem = "a vector with an error has hex (decode) or json (encode), not both";
    else if (test->error == NULL && !(test->has_frame && test->has_json))
        problem =
            test->has_frame
                ? "a vector with hex needs json or error; 'json: null' says that the "
                  "frame yields nothing"
                : "a vector with json needs hex or error; 'hex: null' says that "
                  "nothing is sent";
    else if (test->error != NULL && test->direction != DGM_TEST_BOTH &&
             test->direction != only)
        problem = "the direction and the error contradict each other: an error on decode "
                  "has hex, one on encode has json";
    if (problem != NULL) {
        diag_report(diag, RULE_BAD_TEST, map->where, "%s", problem);
        return false;
    }
    if (test->error != NULL)
        test->direction = only;
    return true;
}

static bool text_is(const struct node *map, const char *key, const char *text)
{
    const struct node *node = node_get(map, key);
    return node != NULL && node->kind == NODE_SCALAR && strcmp(node->text, text) == 0;
}

/* Which way the content of a vector travels. */
static bool json_goes_down(const struct node *json)
{
    static const char *const messages[] = {"commands", "properties_report_reply",
                                           "properties_set", "properties_get",
                                           "message_down"};

    if (json == NULL || json->kind != NODE_MAP)
        return false;
    if (text_is(json, "msgType", "cloudReq") || text_is(json, "msgType", "cloudRsp"))
        return true;
    for (size_t i = 0; i < COUNT(messages); i++)
        if (text_is(json, "msg_type", messages[i]))
            return true;
    if (node_get(json, "reply") != NULL || node_get(json, "set") != NULL ||
        node_get(json, "get") != NULL || node_get(json, "message_down") != NULL)
        return true;
    return node_get(json, "command") != NULL && node_get(json, "body") == NULL &&
           node_get(json, "errcode") == NULL;
}

static bool is_member(const struct vectors_message *message, const char *name)
{
    for (size_t i = 0; message->members[i] != NULL; i++)
        if (strcmp(message->members[i], name) == 0)
            return true;
    return false;
}

/* Does some message of that way know all members? */
static bool is_known(const struct reader *reader, const struct node *json, bool down)
{
    for (size_t i = 0; i < reader->message_count; i++) {
        const struct vectors_message *message = &reader->messages[i];
        bool knows = message->members != NULL && (down ? message->down : message->up);
        for (size_t k = 0; knows && k < json->count; k++)
            knows = is_member(message, json->keys[k]->text);
        if (knows)
            return true;
    }
    return false;
}

/* Without services the members stand at the root, and tell commands from reports. */
static bool members_go_down(const struct reader *reader, const struct node *json)
{
    return json != NULL && json->kind == NODE_MAP && json->count > 0 &&
           is_known(reader, json, true) && !is_known(reader, json, false);
}

static const char **message_names(const struct reader *reader)
{
    const char **names =
        arena_array(reader->diag->arena, reader->message_count, sizeof(char *));
    for (size_t i = 0; i < reader->message_count; i++)
        names[i] = reader->messages[i].name;
    return names;
}

/* message, and with it the way that the frame travels. */
static bool parse_message(const struct reader *reader, const struct node *map,
                          struct dgm_test *test)
{
    struct diag *diag = reader->diag;
    const struct node *node = node_get(map, "message");

    const struct node *json = node_get(map, "json");
    test->down = json_goes_down(json) || members_go_down(reader, json);
    if (node == NULL)
        return true;
    test->message = scalar_text(diag, node, "'message'");
    if (test->message == NULL)
        return false;
    for (size_t i = 0; i < reader->message_count; i++) {
        const struct vectors_message *message = &reader->messages[i];
        if (strcmp(message->name, test->message) != 0)
            continue;
        if (message->up != message->down)
            test->down = message->down;
        return true;
    }
    const char **names = message_names(reader);
    const char *nearest = diag_nearest(test->message, names, reader->message_count);
    diag_report(diag, RULE_UNKNOWN_MESSAGE, node->where,
                "the profile has no message '%s'%s", test->message,
                nearest == NULL
                    ? ""
                    : arena_format(diag->arena, "; did you mean '%s'?", nearest));
    diag_fix_nearest(diag, node->where, test->message, names, reader->message_count);
    return false;
}

/* `model`; false after a report, or if the vector is about a model that is not at hand.
 */
static bool parse_model(struct reader *reader, const struct node *map,
                        struct dgm_test *test)
{
    const struct family *family = reader->family;
    const struct node *node = node_get(map, "model");
    test->model = family->models[0].name;
    if (node != NULL) {
        const char *name = scalar_text(reader->diag, node, "'model'");
        if (name == NULL)
            return false;
        if (family_find(family, name) == family->count) {
            const char *advice = family_advice(reader->diag->arena, family, name);
            if (test->model == NULL)
                advice = ": without 'models' there is one, which vectors do not name";
            diag_report(reader->diag, RULE_UNKNOWN_MODEL, node->where,
                        "the profile has no model '%s'%s", name, advice);
            return false;
        }
        test->model = name;
    }
    for (size_t i = 0; i < reader->model_count; i++) {
        const struct vectors_model *model = &reader->models[i];
        if (test->model != NULL && strcmp(model->name, test->model) != 0)
            continue;
        reader->messages = model->messages;
        reader->message_count = model->message_count;
        return true;
    }
    return false;
}

static bool parse_vector(struct reader *reader, const struct node *map,
                         struct dgm_test *test)
{
    struct diag *diag = reader->diag;
    const struct node *source = node_get(map, "source");
    const struct node *description = node_get(map, "description");

    bool fine = language_check_keys(diag, map, PLACE_VECTOR);
    if (map->kind != NODE_MAP || !parse_model(reader, map, test))
        return false;
    test->line = map->where.line;
    fine = parse_content(diag, map, test) && fine;
    fine = parse_choices(diag, map, test) && fine;
    fine = parse_inputs(diag, map, test) && fine;
    fine = parse_outcome(reader, map, test) && fine;
    fine = parse_message(reader, map, test) && fine;
    if (source != NULL)
        test->source = scalar_text(diag, source, "'source'");
    if (description != NULL)
        (void)scalar_text(diag, description, "'description'");
    return fine && check_whole(diag, map, test);
}

struct dgm_test *vectors_parse(struct diag *diag, const struct node *tests,
                               const struct family *family,
                               const struct vectors_model *models, size_t model_count,
                               size_t *ret_count)
{
    struct reader reader = {diag, family, models, model_count, NULL, 0};
    bool proven = false;

    *ret_count = 0;
    if (tests == NULL || !node_expect(diag, tests, NODE_LIST, "'tests'"))
        return NULL;
    struct dgm_test *vectors =
        arena_array(diag->arena, tests->count, sizeof(struct dgm_test));
    for (size_t i = 0; i < tests->count; i++) {
        struct dgm_test test = {0};
        if (parse_vector(&reader, tests->items[i], &test))
            vectors[(*ret_count)++] = test;
        proven = proven || node_get(tests->items[i], "source") != NULL;
    }
    if (!proven && tests->count != 0)
        diag_report(diag, RULE_UNPROVEN, tests->where,
                    "no vector names its source: the profile is unproven");
    return vectors;
}
