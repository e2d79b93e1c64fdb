/* SPDX-License-Identifier: MIT */
/*
 * Runs on the build machine: takes the test vectors of profiles, answers every one of
 * them here, and writes vectors and answers as C for the machines that must answer the
 * same.
 *
 * usage: make-vectors PROFILE... > vectors_data.c
 */
#include "steps.h"

#include <dragoman/profile.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writing {
    FILE *answers, *hashes; /* parts of the current case */
    size_t answer_count, hash_count;
    const char *name;
};

static void die(const char *path, const char *text)
{
    (void)fprintf(stderr, "make-vectors: %s: %s\n", path, text);
    exit(1);
}

/* The stem as generated files use it in names. */
static char *identifier(const char *stem, bool upper)
{
    size_t length = strlen(stem);
    char *name = malloc(length + 2);
    if (name == NULL) {
        die(stem, "no memory");
    }
    char *at = name;
    if (isdigit((unsigned char)stem[0])) {
        *at++ = '_';
    }
    for (size_t i = 0; i <= length; i++) {
        int letter = stem[i] == '-' ? '_' : (unsigned char)stem[i];
        *at++ = (char)(upper ? toupper(letter) : letter);
    }
    return name;
}

/* A literal in pieces of a line, each byte that is not plain in octal. */
static void put_literal(FILE *file, const char *text, size_t length)
{
    (void)fputs("\n    \"", file);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (i > 0 && i % 64 == 0) {
            (void)fputs("\"\n    \"", file);
        }
        if (byte < 0x20 || byte >= 0x7F || strchr("\"\\?", byte) != NULL) {
            (void)fprintf(file, "\\%03o", byte);
        } else {
            (void)fputc(byte, file);
        }
    }
    (void)fputs("\"", file);
}

static void take(void *user, const char *step, bool mutated,
                 const struct cross_answer *answer)
{
    struct writing *writing = user;
    if (answer->cut) {
        die(writing->name, "an answer is too long");
    }
    if (mutated) {
        (void)fprintf(writing->hashes, "%s0x%08lXu,",
                      writing->hash_count % 6 == 0 ? "\n    " : " ",
                      (unsigned long)cross_hash(answer));
        writing->hash_count++;
        return;
    }
    (void)fprintf(writing->answers, "    /* %s */\n    {", step);
    put_literal(writing->answers, answer->text, answer->length);
    (void)fprintf(writing->answers, ",\n    %zu},\n", answer->length);
    writing->answer_count++;
}

static struct cross_vector vector_of(const struct dgm_test *test, const char *name)
{
    struct cross_vector vector = {
        .name = name,
        .has_frame = test->has_frame,
        .down = test->down,
        .has_channel = test->has_channel,
        .has_received = test->has_received,
        .shape = (uint8_t)test->shape,
        .channel = test->channel,
        .received_ms = test->received_ms,
        .message = test->message,
        .frame = test->frame,
        .request = test->request,
        .json = test->json,
        .frame_length = (uint32_t)test->frame_length,
        .request_length = (uint32_t)test->request_length,
        .json_length = test->json != NULL ? (uint32_t)strlen(test->json) : 0,
    };
    if (vector.frame_length > CROSS_FRAME_MAX ||
        vector.json_length + 2 > CROSS_TEXT_MAX) {
        die(name, "this vector is too long");
    }
    return vector;
}

static void put_bytes(const char *member, const uint8_t *bytes, size_t length)
{
    if (bytes != NULL) {
        (void)printf("    .vector.%s = (const uint8_t *)", member);
        put_literal(stdout, (const char *)bytes, length);
        (void)printf(",\n    .vector.%s_length = %zu,\n", member, length);
    }
}

/* The vector as a member of the array of cases. */
static void put_vector(const struct cross_vector *vector)
{
    (void)printf("{\n    .vector.name = \"%s\",\n", vector->name);
    (void)printf("    .vector.has_frame = %d, .vector.down = %d, .vector.shape = %u,\n",
                 vector->has_frame, vector->down, vector->shape);
    (void)printf("    .vector.has_channel = %d, .vector.channel = %luu,\n",
                 vector->has_channel, (unsigned long)vector->channel);
    (void)printf("    .vector.has_received = %d, .vector.received_ms = %lldLL,\n",
                 vector->has_received, (long long)vector->received_ms);
    if (vector->message != NULL) {
        (void)printf("    .vector.message = \"%s\",\n", vector->message);
    }
    put_bytes("frame", vector->frame, vector->frame_length);
    put_bytes("request", vector->request, vector->request_length);
    if (vector->json != NULL) {
        (void)printf("    .vector.json =");
        put_literal(stdout, vector->json, vector->json_length);
        (void)printf(",\n    .vector.json_length = %lu,\n",
                     (unsigned long)vector->json_length);
    }
}

/* A file in memory, and its text once it is closed. */
struct part {
    FILE *file;
    char *text;
    size_t length;
};

/* Those that have vectors, as the array of all of them wants them. */
struct products {
    struct part list;
    unsigned count;
};

static void part_open(struct part *part)
{
    part->file = open_memstream(&part->text, &part->length);
    if (part->file == NULL) {
        die("part", "no memory");
    }
}

static void part_print(struct part *part, const char *before, const char *after)
{
    if (fclose(part->file) != 0) {
        die("part", "no memory");
    }
    (void)printf("%s%s%s", before, part->text, after);
    free(part->text);
}

static void put_case(const struct dgm_codec *codec, const struct dgm_test *test,
                     const char *stem)
{
    char name[256];
    struct part answers, hashes;
    (void)snprintf(name, sizeof(name), "%s, line %u", stem, test->line);
    struct cross_vector vector = vector_of(test, name);
    struct writing writing = {NULL, NULL, 0, 0, name};
    struct cross_run run = {codec, &writing, take, NULL, NULL};
    part_open(&answers);
    part_open(&hashes);
    writing.answers = answers.file;
    writing.hashes = hashes.file;
    cross_steps(&run, &vector);
    put_vector(&vector);
    (void)printf("    .answer_count = %zu, .hash_count = %zu,\n", writing.answer_count,
                 writing.hash_count);
    part_print(&answers, "    .answers = (const struct cross_expected[]){\n",
               "    {\"\", 0}},\n");
    part_print(&hashes, "    .hashes = (const uint32_t[]){", " 0u}\n},\n");
}

/* The vectors of a model with their answers; false if it has none. `header` is the stem
 * of the file that declares its table. */
static bool put_cases(const struct dgm_profile *profile, const char *header,
                      struct products *products)
{
    size_t size = 0;
    size_t count = 0;
    const struct dgm_test *test = NULL;
    const char *stem = dgm_profile_stem(profile);
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    const struct dgm_codec *codec = cross_open(model, size);
    if (codec == NULL) {
        die(stem, "the table is refused, or too large");
    }
    if (dgm_profile_test(profile, 0) == NULL) {
        return false;
    }
    char *lower = identifier(stem, /* upper */ false);
    char *upper = identifier(stem, /* upper */ true);
    (void)printf(
        "#include \"%s.dgm.h\"\n\nstatic const struct cross_case %s_cases[] = {\n",
        header, lower);
    while ((test = dgm_profile_test(profile, count)) != NULL) {
        put_case(codec, test, stem);
        count++;
    }
    (void)printf("};\n\n");
    (void)fprintf(products->list.file,
                  "    {\"%s\", &%s_model, %s_TABLE_SIZE, %zu, %s_cases},\n", stem, lower,
                  upper, count, lower);
    products->count++;
    free(lower);
    free(upper);
    return true;
}

static struct dgm_profile *load(const char *path, const char *model)
{
    struct dgm_profile *profile = NULL;
    if (dgm_profile_load_model(path, model, &profile) != DGM_OK) {
        die(path, "the profile has errors");
    }
    return profile;
}

/* Each model of a family is a product. */
static void put_profile(const char *path, struct products *products)
{
    struct dgm_profile *family = load(path, NULL);
    const char *name = NULL;
    bool has_cases = false;
    bool is_family = dgm_profile_model_name(family, 1) != NULL;
    for (size_t i = 0; (name = dgm_profile_model_name(family, i)) != NULL; i++) {
        struct dgm_profile *one = load(path, is_family ? name : NULL);
        has_cases = put_cases(one, dgm_profile_stem(family), products) || has_cases;
        dgm_profile_close(one);
    }
    dgm_profile_close(family);
    if (!has_cases) {
        die(path, "no test vectors");
    }
}

int main(int argc, char **argv)
{
    struct products products = {{NULL, NULL, 0}, 0};
    if (argc < 2) {
        (void)fputs("usage: make-vectors PROFILE...\n", stderr);
        return 2;
    }
    (void)printf("/* Written by make-vectors. */\n#include \"vectors.h\"\n\n");
    part_open(&products.list);
    for (int i = 1; i < argc; i++) {
        put_profile(argv[i], &products);
    }
    part_print(&products.list, "const struct cross_product cross_products[] = {\n",
               "};\n");
    (void)printf("const uint32_t cross_product_count = %u;\n", products.count);
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
