/* SPDX-License-Identifier: MIT */
/*
 * The vectors of a LoRa payload schema: each is tried, and those that hold become tests
 * of the profile, with all that the frame decodes to.
 */
#include "lora_parts.h"
#include "lora_run.h"

#include <cjson/cJSON.h>

#include <string.h>

enum { FRAME_MOST = 1024 };

struct vector {
    const struct node *node;
    uint8_t frame[FRAME_MOST];
    size_t length;
    int port;  /* -1: none is said */
    bool down; /* the frame goes to the device */
};

static int digit_of(char byte)
{
    static const char digits[] = "0123456789abcdef";
    char lower = byte >= 'A' && byte <= 'F' ? (char)(byte - 'A' + 'a') : byte;
    const char *found = byte != '\0' ? strchr(digits, lower) : NULL;
    return found != NULL ? (int)(found - digits) : -1;
}

/* Hex digits with blanks, or a list of bytes. */
static bool take_bytes(struct lora *lora, const struct node *node, struct vector *vector)
{
    size_t count = 0;
    int high = -1;
    if (node->kind == NODE_LIST) {
        for (size_t i = 0; i < node->count && i < FRAME_MOST; i++) {
            exact_int byte;
            if (!scalar_integer(&lora->diag, node->items[i], "a byte", 0, 255, &byte)) {
                return false;
            }
            vector->frame[count++] = (uint8_t)byte;
        }
        vector->length = count;
        return node->count <= FRAME_MOST;
    }
    if (node->kind != NODE_SCALAR) {
        return false;
    }
    const char *text = node->text;
    text += strncmp(text, "0x", 2) == 0 ? 2 : 0;
    for (; *text != '\0'; text++) {
        int digit = digit_of(*text);
        if (*text == ' ') {
            continue;
        }
        if (digit < 0 || count == FRAME_MOST) {
            return false;
        }
        if (high >= 0) {
            vector->frame[count++] = (uint8_t)(high << 4 | digit);
            high = -1;
        } else {
            high = digit;
        }
    }
    vector->length = count;
    return high < 0;
}

static int port_of(struct lora *lora, const struct node *node)
{
    static const char *const keys[] = {"fPort", "fport", "port"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const struct node *port = node_get(node, keys[i]);
        exact_int number;
        if (port != NULL &&
            scalar_integer(&lora->diag, port, "the port", 0, 255, &number)) {
            return (int)number;
        }
    }
    return -1;
}

static const char *hex_of(struct lora *lora, const uint8_t *bytes, size_t length)
{
    char *text = arena_alloc(lora->arena, length * 2 + 1);
    for (size_t i = 0; i < length; i++) {
        (void)snprintf(text + 2 * i, 3, "%02X", bytes[i]);
    }
    return text;
}

static void put_source(struct lora *lora, const struct vector *vector)
{
    const struct node *source = node_get(vector->node, "source");
    const struct node *name = node_get(vector->node, "name");
    lora_text(lora, "source",
              source != NULL && source->kind == NODE_SCALAR ? source->text : "schema");
    if (name != NULL && name->kind == NODE_SCALAR && name->length > 0) {
        lora_text(lora, "description", name->text);
    }
}

static void put_head(struct lora *lora, const struct vector *vector, const char *json)
{
    lora_open(lora, '{');
    lora_word(
        lora, "hex",
        arena_format(lora->arena, "\"%s\"", hex_of(lora, vector->frame, vector->length)));
    if (vector->port >= 0) {
        lora_word(lora, "port", arena_format(lora->arena, "%d", vector->port));
    }
    lora_word(lora, "json", json);
}

static void put_warnings(struct lora *lora)
{
    const struct lora_run *run = &lora->run;
    if (run->outcome.notice_count == 0) {
        return;
    }
    lora_key(lora, "warnings");
    lora_open(lora, '[');
    for (size_t i = 0; i < run->outcome.notice_count && i < LORA_NOTICES; i++) {
        const struct dgm_error *notice = &run->notices[i];
        bool own = notice->status == DGM_WARNING && notice->detail != NULL;
        if (i > 0) {
            lora_put(lora, ", ");
        }
        lora_quoted(lora, own ? notice->detail : dgm_status_id(notice->status));
    }
    lora_close(lora, ']');
}

static bool encodes_to_frame(struct lora_run *run, const struct vector *vector,
                             const char *message, const char *json)
{
    return lora_run_encode(run, vector->port, message, json) == DGM_OK &&
           run->outcome.length == vector->length &&
           memcmp(run->frame, vector->frame, vector->length) == 0;
}

/* What encoding makes of what was decoded decides what the test asks for. */
static void put_decoded(struct lora *lora, const struct vector *vector)
{
    struct lora_run *run = &lora->run;
    const char *json = arena_copy(lora->arena, run->text, run->outcome.length);
    const char *message = lora_run_message(run);
    put_head(lora, vector, json);
    put_warnings(lora);
    bool same = lora->decode_only || encodes_to_frame(run, vector, NULL, json);
    bool named = !same && encodes_to_frame(run, vector, message, json);
    if (named || vector->down) {
        lora_word(lora, "message", message);
    }
    if (!same && !named) {
        lora_word(lora, "direction", "decode");
    }
    put_source(lora, vector);
    lora_close(lora, '}');
}

/* Nothing is what was expected. */
static void put_nothing(struct lora *lora, const struct vector *vector)
{
    put_head(lora, vector, "null");
    put_warnings(lora);
    lora_word(lora, "direction", "decode");
    put_source(lora, vector);
    lora_close(lora, '}');
}

static const char *name_of(const struct vector *vector)
{
    const struct node *name = node_get(vector->node, "name");
    return name != NULL && name->kind == NODE_SCALAR ? name->text : "";
}

static const char *reason_of(struct lora *lora, enum dgm_status status)
{
    enum { SIZE = 512 };
    char *text = arena_alloc(lora->arena, SIZE);
    if (status == DGM_NOTHING) {
        return "it yields nothing";
    }
    (void)dgm_error_render(lora->run.codec, &lora->run.error, text, SIZE);
    return text;
}

static void tell_failure(struct lora *lora, const struct vector *vector, const char *why)
{
    lora_warn(lora, vector->node, "the vector '%s' does not hold: %s", name_of(vector),
              why);
}

/* Does the frame decode to that? `ret_where` is what differs, if a profile decodes it. */
static enum dgm_status decode(struct lora *lora, const struct vector *vector,
                              const struct node *expected, const struct node **ret_where)
{
    struct lora_run *run = &lora->run;
    enum dgm_status status =
        lora_run_decode(run, vector->port, vector->down, vector->frame, vector->length);
    *ret_where = NULL;
    if (status != DGM_OK) {
        return status;
    }
    cJSON_Delete(lora->found);
    lora->found = cJSON_Parse(run->text);
    if (lora->found == NULL || !lora_agrees(lora, expected, lora->found, ret_where)) {
        *ret_where = *ret_where != NULL ? *ret_where : expected;
        return DGM_OK;
    }
    *ret_where = NULL;
    return DGM_OK;
}

static bool is_nothing(enum dgm_status status, const struct node *expected)
{
    return status == DGM_NOTHING && expected->kind == NODE_MAP && expected->count == 0;
}

static void try_decode(struct lora *lora, const struct vector *vector,
                       const struct node *expected)
{
    const struct node *where;
    enum dgm_status status = decode(lora, vector, expected, &where);
    if (is_nothing(status, expected)) {
        put_nothing(lora, vector);
    } else if (status != DGM_OK) {
        tell_failure(lora, vector, reason_of(lora, status));
    } else if (where == NULL) {
        put_decoded(lora, vector);
    } else {
        lora_warn(lora, where, "the vector '%s' does not hold: the frame gives %s",
                  name_of(vector), lora->run.text);
    }
}

static void try_encode(struct lora *lora, const struct vector *vector,
                       const struct node *input)
{
    struct lora_run *run = &lora->run;
    const char *json = scalar_json(&lora->diag, input);
    if (json == NULL || lora->decode_only) {
        tell_failure(lora, vector, "the profile only decodes");
        return;
    }
    enum dgm_status status = lora_run_encode(run, vector->port, NULL, json);
    if (status != DGM_OK) {
        tell_failure(lora, vector, reason_of(lora, status));
        return;
    }
    if (run->outcome.length != vector->length ||
        memcmp(run->frame, vector->frame, vector->length) != 0) {
        tell_failure(lora, vector,
                     arena_format(lora->arena, "encoding gives %s",
                                  hex_of(lora, run->frame, run->outcome.length)));
        return;
    }
    put_head(lora, vector, json);
    lora_word(lora, "direction", "encode");
    put_source(lora, vector);
    lora_close(lora, '}');
}

static bool is_downlink(const struct node *node)
{
    const struct node *direction = node_get(node, "direction");
    return direction != NULL && direction->kind == NODE_SCALAR &&
           strcmp(direction->text, "downlink") == 0;
}

static bool is_down(const struct lora *lora, const struct node *vector)
{
    return is_downlink(vector) || is_downlink(lora->trees[0]);
}

/* NULL if these are no bytes. */
static struct vector *take(struct lora *lora, const struct node *node,
                           const struct node *bytes)
{
    struct vector *vector = arena_alloc(lora->arena, sizeof(*vector));
    vector->node = node;
    if (bytes == NULL || !take_bytes(lora, bytes, vector)) {
        return NULL;
    }
    vector->port = port_of(lora, node);
    vector->down = is_down(lora, node);
    return vector;
}

static void try_vector(struct lora *lora, const struct node *node)
{
    const struct node *input = node_get(node, "input"), *expected;
    const struct node *bytes =
        node_get(node, input != NULL ? "expected_payload" : "payload");
    expected = node_get(node, "expected");
    if (bytes == NULL || (input == NULL && expected == NULL)) {
        lora_warn(lora, node,
                  "a vector has 'payload' and 'expected', or 'input' and "
                  "'expected_payload'; left out");
        return;
    }
    const struct vector *vector = take(lora, node, bytes);
    if (vector == NULL) {
        lora_warn(lora, bytes, "these are no bytes; the vector is left out");
        return;
    }
    if (input != NULL) {
        try_encode(lora, vector, input);
    } else {
        try_decode(lora, vector, expected);
    }
}

size_t lora_count_failing(struct lora *lora, const struct node *root)
{
    const struct node *vectors = node_get(root, "test_vectors"), *where;
    size_t failing = 0;
    for (size_t i = 0;
         vectors != NULL && vectors->kind == NODE_LIST && i < vectors->count; i++) {
        const struct node *node = vectors->items[i], *bytes = node_get(node, "payload");
        const struct node *expected = node_get(node, "expected");
        const struct vector *vector = expected != NULL ? take(lora, node, bytes) : NULL;
        if (vector == NULL) {
            continue;
        }
        enum dgm_status status = decode(lora, vector, expected, &where);
        failing += !is_nothing(status, expected) && (status != DGM_OK || where != NULL);
    }
    return failing;
}

static void put_tests(struct lora *lora, const struct node *vectors, FILE *file)
{
    out_init(&lora->out, lora->arena);
    lora_key(lora, "tests");
    lora_open(lora, '[');
    size_t empty = lora->out.length;
    for (size_t i = 0; i < vectors->count; i++) {
        try_vector(lora, vectors->items[i]);
    }
    lora_close(lora, ']');
    if (lora->out.length > empty + 1) {
        (void)fputs(lora->out.text, file);
    }
    lora_tell_findings(lora);
}

void lora_put_vectors(struct lora *lora, const struct node *root, FILE *file)
{
    const struct node *vectors = node_get(root, "test_vectors");
    if (vectors != NULL && vectors->kind == NODE_LIST) {
        put_tests(lora, vectors, file);
    }
}
