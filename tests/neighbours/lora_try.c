/* SPDX-License-Identifier: MIT */
#include "lora_try.h"

#include "tree.h"

#include <dragoman/json.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double tolerance = 1e-9;

static const char *word_of(enum dgm_severity severity)
{
    static const char *const words[] = {"error", "warning", "note"};
    return words[severity];
}

static void append(char *text, const char *line)
{
    size_t used = strlen(text);
    (void)snprintf(text + used, LORA_TRY_TEXT - used, "%s", line);
}

static void tell(void *user, const struct note *note)
{
    struct lora_try *try = user;
    char line[NOTES_TEXT + 64];
    (void)snprintf(line, sizeof(line), "%lu:%zu: %s: %s\n", note->line, note->column,
                   word_of(note->severity), note->text);
    append(try->notes, line);
}

static void find(struct lora_try *try)
{
    const struct dgm_diagnostic *finding;
    char line[NOTES_TEXT + 64];
    for (size_t i = 0; (finding = dgm_profile_diagnostic(try->run.profile, i)) != NULL;
         i++) {
        if (finding->severity != DGM_SEVERITY_NOTE) {
            (void)snprintf(line, sizeof(line), "%u:%u: %s: %s [%s]\n", finding->line,
                           finding->column, word_of(finding->severity), finding->text,
                           finding->rule);
            append(try->findings, line);
        }
    }
}

/* How many vectors the schema has, by another reading of it. */
static size_t count_vectors(const char *path)
{
    char *text = malloc(TREE_MAX_BYTES);
    FILE *file = fopen(path, "rb");
    struct arena *arena = arena_new();
    struct diag diag;
    size_t count = 0;
    if (text != NULL && file != NULL && arena != NULL) {
        size_t length = fread(text, 1, TREE_MAX_BYTES, file);
        diag_init(&diag, arena, path, text, length);
        const struct node *root = tree_parse_aliased(&diag, 0);
        const struct node *vectors = node_get(root, "test_vectors");
        count = vectors != NULL ? vectors->count : 0;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    arena_free(arena);
    free(text);
    return count;
}

void lora_try_open(struct lora_try *try, const char *path)
{
    const struct lora_options options = {"Acme", NULL};
    struct notes notes = {try, tell, 0};
    memset(try, 0, sizeof(*try));
    FILE *file = open_memstream(&try->profile, &try->length);
    try->status = file != NULL ? lora_import(file, &notes, path, &options) : DGM_MEMORY;
    if (file != NULL) {
        (void)fclose(file);
    }
    if (try->status == DGM_OK) {
        try->vectors = count_vectors(path);
        try->status = lora_run_open(&try->run, try->profile, try->length);
        find(try);
    }
}

void lora_try_close(struct lora_try *try)
{
    lora_run_close(&try->run);
    free(try->profile);
}

static bool same(const struct lora_run *run, const char *json)
{
    return json != NULL &&
           dgm_json_equal(run->text, strlen(run->text), json, strlen(json), tolerance);
}

static bool encodes(struct lora_run *run, const struct dgm_test *test,
                    const char *message, const char *json)
{
    int port = test->has_channel ? (int)test->channel : -1;
    return lora_run_encode(run, port, message, json) == DGM_OK &&
           run->outcome.length == test->frame_length &&
           memcmp(run->frame, test->frame, test->frame_length) == 0;
}

static void try_vector(struct lora_run *run, const struct dgm_test *test,
                       struct lora_vector_result *result)
{
    int port = test->has_channel ? (int)test->channel : -1;
    if (result->only_encodes) {
        result->encodes = encodes(run, test, test->message, test->json);
        result->decodes = true;
        return;
    }
    enum dgm_status status =
        lora_run_decode(run, port, test->down, test->frame, test->frame_length);
    if (status == DGM_NOTHING && test->json == NULL) {
        result->decodes = result->encodes = true;
        return;
    }
    result->decodes = status == DGM_OK && same(run, test->json);
    char *json = strdup(run->text);
    const char *message = result->decodes ? lora_run_message(run) : NULL;
    result->encodes =
        result->decodes && json != NULL &&
        (encodes(run, test, NULL, json) || encodes(run, test, message, json));
    free(json);
}

size_t lora_try_vectors(struct lora_try *try,
                        void (*take)(void *user, const struct lora_vector_result *result),
                        void *user)
{
    const struct dgm_test *test;
    size_t count = 0;
    for (; (test = dgm_profile_test(try->run.profile, count)) != NULL; count++) {
        char hex[2048] = "";
        struct lora_vector_result result = {.hex = hex};
        result.only_encodes = test->direction == DGM_TEST_ENCODE;
        for (size_t i = 0; i < test->frame_length && i < sizeof(hex) / 2 - 1; i++) {
            (void)snprintf(hex + 2 * i, 3, "%02X", test->frame[i]);
        }
        try_vector(&try->run, test, &result);
        take(user, &result);
    }
    return count;
}
