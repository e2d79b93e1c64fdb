/* SPDX-License-Identifier: MIT */
/*
 * The published corpus of LoRa payload schemas, imported one by one: every vector holds,
 * and what it decodes to is encoded again. Exceptions are a list in the tree,
 *
 *     FOLDER/NAME HEX reason
 *
 * and it is as wrong to be on it without need as to be missing there. `FOLDER/NAME RULE
 * reason` is about a finding of the profile. The corpus lies outside the tree:
 * $DRAGOMAN_SHARED, or ../shared.
 */
#define _POSIX_C_SOURCE 200809L

#include "lora_try.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 1024, MOST = 400, LINE = 512 };

struct exception {
    char schema[128], what[256];
    bool used;
};

struct corpus {
    char devices[PATH / 2];
    struct exception exceptions[MOST];
    size_t exception_count;
    const char *schema; /* the one at work, FOLDER/NAME */
    size_t schemas, imported, vectors, held, decoded, same, failures;
};

/* Is that excused? */
static bool excuse(struct corpus *corpus, const char *what)
{
    for (size_t i = 0; i < corpus->exception_count; i++) {
        struct exception *one = &corpus->exceptions[i];
        if (strcmp(one->schema, corpus->schema) == 0 && strcmp(one->what, what) == 0) {
            one->used = true;
            return true;
        }
    }
    return false;
}

static void fail(struct corpus *corpus, const char *what, const char *why)
{
    if (!excuse(corpus, what)) {
        corpus->failures++;
        printf("# %s %s: %s\n", corpus->schema, what, why);
    }
}

static void take(void *user, const struct lora_vector_result *result)
{
    struct corpus *corpus = user;
    corpus->held += result->decodes && (!result->only_encodes || result->encodes);
    if (result->only_encodes) {
        if (!result->encodes) {
            fail(corpus, result->hex, "it is not encoded so");
        }
        return;
    }
    corpus->decoded++;
    corpus->same += result->encodes;
    if (!result->decodes) {
        fail(corpus, result->hex, "it does not decode to what its test says");
    } else if (!result->encodes) {
        fail(corpus, result->hex, "encoding gives another frame");
    }
}

/* Findings of the profile, by their rules. */
static void take_findings(struct corpus *corpus, char *findings)
{
    char *rest = NULL;
    for (char *line = strtok_r(findings, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        char *rule = strrchr(line, '[');
        if (rule != NULL) {
            rule[strcspn(rule, "]")] = '\0';
            fail(corpus, rule + 1, line);
        }
    }
}

/* Warnings of the importer about vectors. */
static void take_notes(struct corpus *corpus, char *notes)
{
    char *rest = NULL;
    for (char *line = strtok_r(notes, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        if (strstr(line, "error: ") != NULL || strstr(line, "vector") != NULL) {
            fail(corpus, "vector", line);
        }
    }
}

static void try_schema(struct corpus *corpus, const char *path)
{
    struct lora_try *try = malloc(sizeof(*try));
    if (try == NULL) {
        abort();
    }
    lora_try_open(try, path);
    corpus->schemas++;
    corpus->imported += try->status == DGM_OK;
    corpus->vectors += try->vectors;
    take_notes(corpus, try->notes);
    if (try->status == DGM_OK) {
        take_findings(corpus, try->findings);
        if (lora_try_vectors(try, take, corpus) != try->vectors) {
            fail(corpus, "vectors", "not all are tests of the profile");
        }
    } else {
        fail(corpus, "import", "it was not imported");
    }
    lora_try_close(try);
    free(try);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void try_folder(struct corpus *corpus, const char *folder)
{
    char path[2 * PATH];
    struct dirent **entries;
    (void)snprintf(path, sizeof(path), "%s/%s", corpus->devices, folder);
    int count = scandir(path, &entries, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        char schema[600];
        const char *name = entries[i]->d_name;
        (void)snprintf(schema, sizeof(schema), "%s/%.*s", folder, (int)strcspn(name, "."),
                       name);
        corpus->schema = schema;
        (void)snprintf(path, sizeof(path), "%s/%s/%s", corpus->devices, folder, name);
        size_t failures = corpus->failures;
        try_schema(corpus, path);
        printf("%s %zu - %s\n", corpus->failures == failures ? "ok" : "not ok",
               corpus->schemas, schema);
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

static bool read_exceptions(struct corpus *corpus, const char *path)
{
    char line[LINE];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    while (fgets(line, sizeof(line), file) != NULL && corpus->exception_count < MOST) {
        struct exception *one = &corpus->exceptions[corpus->exception_count];
        if (line[0] != '#' && sscanf(line, "%127s %255s", one->schema, one->what) == 2) {
            corpus->exception_count++;
        }
    }
    (void)fclose(file);
    return true;
}

static void tell_figures(const struct corpus *corpus)
{
    double part =
        corpus->decoded > 0 ? 100.0 * (double)corpus->same / (double)corpus->decoded : 0;
    printf("# schemas: %zu, imported %zu\n", corpus->schemas, corpus->imported);
    printf("# vectors: %zu, held %zu\n", corpus->vectors, corpus->held);
    printf("# encoded again: %zu of %zu the same, %.2f %%\n", corpus->same,
           corpus->decoded, part);
}

/* What the list excuses, and does not happen. */
static void tell_unused(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->exception_count; i++) {
        const struct exception *one = &corpus->exceptions[i];
        if (!one->used) {
            corpus->failures++;
            printf("# %s %s: it is on the list of exceptions, and is none\n", one->schema,
                   one->what);
        }
    }
}

int main(int count, char **arguments)
{
    static struct corpus corpus;
    const char *shared = getenv("DRAGOMAN_SHARED"), *source = getenv("DRAGOMAN_SOURCE");
    struct dirent **folders;
    (void)snprintf(corpus.devices, sizeof(corpus.devices),
                   "%s%s/suites/lora-payload-schema/devices",
                   shared != NULL ? shared : source, shared != NULL ? "" : "/../shared");
    if (count != 2 || !read_exceptions(&corpus, arguments[1])) {
        return EXIT_FAILURE;
    }
    int found = scandir(corpus.devices, &folders, is_visible, alphasort);
    if (found < 0) {
        printf("1..0 # SKIP the corpus is not there\n");
        return EXIT_SUCCESS;
    }
    for (int i = 0; i < found; i++) {
        try_folder(&corpus, folders[i]->d_name);
        free(folders[i]);
    }
    free(folders);
    tell_unused(&corpus);
    tell_figures(&corpus);
    printf("%s %zu - the list of exceptions\n1..%zu\n",
           corpus.failures == 0 ? "ok" : "not ok", corpus.schemas + 1,
           corpus.schemas + 1);
    return EXIT_SUCCESS;
}
