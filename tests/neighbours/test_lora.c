/* SPDX-License-Identifier: MIT */
/*
 * LoRa payload schemas become profiles. Those of tests/neighbours/lora/good are imported
 * whole; their vectors are written by hand, one construct of the language after the
 * other. Lines at the head of a file say what is told, word for word:
 *
 *     # expect: 20:7: warning: fields share bits, so that encoding writes none of them
 *
 * `# loses: HEX` names a frame that encoding does not give again, and `# finds: ...` is a
 * finding of the profile. Those of tests/neighbours/lora/bad are refused. A new case is a
 * new file.
 */
#define _POSIX_C_SOURCE 200809L

#include "lora_try.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 100 };

struct folder {
    char path[512];
    char *names[MOST];
    int count;
};

static struct folder good, bad;

static int is_schema(const struct dirent *entry)
{
    const char *point = strrchr(entry->d_name, '.');
    return point != NULL && strcmp(point, ".yaml") == 0;
}

static void list(struct folder *folder, const char *name)
{
    const char *source = getenv("DRAGOMAN_SOURCE");
    struct dirent **entries;
    (void)snprintf(folder->path, sizeof(folder->path), "%s/tests/neighbours/lora/%s",
                   source != NULL ? source : ".", name);
    int count = scandir(folder->path, &entries, is_schema, alphasort);
    for (int i = 0; i < count; i++) {
        if (folder->count < MOST) {
            folder->names[folder->count++] = strdup(entries[i]->d_name);
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

/* What stands behind a word at the head of a schema, a line each. */
static void read_head(const char *path, const char *word, char *text, size_t size)
{
    char line[1024];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    text[0] = '\0';
    while (fgets(line, sizeof(line), file) != NULL && line[0] == '#') {
        size_t length = strlen(word);
        if (strncmp(line + 2, word, length) == 0) {
            size_t used = strlen(text);
            (void)snprintf(text + used, size - used, "%s", line + 2 + length);
        }
    }
    (void)fclose(file);
}

struct losing {
    char expected[4096];
    char found[4096];
};

static void note_loss(void *user, const struct lora_vector_result *result)
{
    struct losing *losing = user;
    size_t used = strlen(losing->found);
    ck_assert_msg(result->decodes, "%s: it does not decode to what its test says",
                  result->hex);
    if (!result->encodes) {
        (void)snprintf(losing->found + used, sizeof(losing->found) - used, "%s\n",
                       result->hex);
    }
}

START_TEST(imports_what_the_language_says)
{
    char path[1024], expected[4096], findings[4096];
    struct losing losing = {.found = ""};
    struct lora_try try;
    (void)snprintf(path, sizeof(path), "%s/%s", good.path, good.names[_i]);
    read_head(path, "expect: ", expected, sizeof(expected));
    read_head(path, "finds: ", findings, sizeof(findings));
    read_head(path, "loses: ", losing.expected, sizeof(losing.expected));
    lora_try_open(&try, path);
    ck_assert_int_eq(try.status, DGM_OK);
    ck_assert_msg(strcmp(try.notes, expected) == 0, "%s: told is\n%s", path, try.notes);
    ck_assert_msg(strcmp(try.findings, findings) == 0, "%s: found is\n%s", path,
                  try.findings);
    ck_assert_uint_eq(lora_try_vectors(&try, note_loss, &losing), try.vectors);
    ck_assert_msg(strcmp(losing.found, losing.expected) == 0, "%s: lost is\n%s", path,
                  losing.found);
    lora_try_close(&try);
}
END_TEST

START_TEST(refuses_what_is_wrong)
{
    char path[1024], expected[4096];
    struct lora_try try;
    (void)snprintf(path, sizeof(path), "%s/%s", bad.path, bad.names[_i]);
    read_head(path, "expect: ", expected, sizeof(expected));
    lora_try_open(&try, path);
    ck_assert_int_ne(try.status, DGM_OK);
    ck_assert_msg(strcmp(try.notes, expected) == 0, "%s: told is\n%s", path, try.notes);
    ck_assert_msg(strstr(try.notes, "error: ") != NULL, "%s: no error", path);
    lora_try_close(&try);
}
END_TEST

/* A schema that somebody broke, through a file of its own. */
static void try_text(const char *path, const char *text, size_t length)
{
    struct lora_try try;
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    (void)fclose(file);
    lora_try_open(&try, path);
    if (try.status != DGM_OK) {
        ck_assert_msg(strstr(try.notes, "error: ") != NULL, "refused without a reason");
    }
    lora_try_close(&try);
}

START_TEST(survives_what_is_broken)
{
    static const char others[] = "{[]}:,-#&*!\"'%$_ \n09a\x80";
    enum { SIZE = 16 * 1024, STEP = 9 };
    char path[1024], copy[] = "/tmp/test-lora-XXXXXX";
    char *text = malloc(SIZE);
    ck_assert_ptr_nonnull(text);
    (void)snprintf(path, sizeof(path), "%s/%s", good.path, good.names[_i]);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(text, 1, SIZE, file);
    (void)fclose(file);
    int descriptor = mkstemp(copy);
    ck_assert_int_ge(descriptor, 0);
    (void)close(descriptor);
    for (size_t i = 0; i < length; i += STEP) {
        char byte = text[i];
        text[i] = others[(i / STEP + (size_t)_i) % (sizeof(others) - 1)];
        try_text(copy, text, length);
        text[i] = byte;
        try_text(copy, text, i);
    }
    (void)remove(copy);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lora");
    TCase *all = tcase_create("all");
    list(&good, "good");
    list(&bad, "bad");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, imports_what_the_language_says, 0, good.count);
    tcase_add_loop_test(all, refuses_what_is_wrong, 0, bad.count);
    tcase_add_loop_test(all, survives_what_is_broken, 0, good.count);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 && good.count > 0 && bad.count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
