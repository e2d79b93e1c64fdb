/* SPDX-License-Identifier: MIT */
/*
 * Answers of one build of the core to the test vectors of profiles, one line each, to be
 * compared with those of another build; or the part that it does without.
 *
 * usage: answers [--brief] PROFILE...
 *
 * --brief: of the plain shape alone, and without what is told of errors but their status.
 */
#include "../cross/steps.h"

#include <dragoman/profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct printing {
    bool brief;
};

/* The first line has the status; the last one the JSON or frame, or nothing. */
static void put_brief(const char *step, const struct cross_answer *answer)
{
    const char *text = answer->text;
    const char *first = memchr(text, '\n', answer->length);
    size_t length = first != NULL ? (size_t)(first - text) : answer->length;
    size_t last = answer->length;
    while (last > length && text[last - 1] != '\n')
        last--;
    printf("%s: %.*s|%.*s\n", step, (int)length, text, (int)(answer->length - last),
           text + last);
}

/* Steps that are made for each shape, whichever it is, or for one of the others. */
static bool is_of_shapes(const char *step)
{
    return strstr(step, "oceanconnect") != NULL || strstr(step, "iotda") != NULL ||
           strcmp(step, "json") == 0 || strcmp(step, "decode into little room") == 0;
}

static void take(void *user, const char *step, bool mutated,
                 const struct cross_answer *answer)
{
    const struct printing *printing = user;
    if (printing->brief && is_of_shapes(step))
        return;
    if (printing->brief)
        put_brief(step, answer);
    else if (mutated)
        printf("%s: %08lX\n", step, (unsigned long)cross_hash(answer));
    else
        printf("%s: %.*s\n", step, (int)answer->length, answer->text);
}

static struct cross_vector vector_of(const struct dgm_test *test)
{
    struct cross_vector vector = {
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
    return vector;
}

/* Is the JSON one that a build with the plain shape alone can read? */
static bool is_plain(const struct dgm_test *test)
{
    return test->shape == DGM_SHAPE_PLAIN || test->shape == DGM_SHAPE_AUTO;
}

static void print_refusal(const struct dgm_model *model, size_t size)
{
    static uint64_t memory[1024];
    const struct dgm_codec *codec;
    struct dgm_error error = {0};
    (void)!dgm_codec_open(model, size, memory, sizeof(memory), &codec, &error);
    printf("refused: %s\n", error.detail != NULL ? error.detail : "");
}

static void print_model(const char *path, const char *name, bool brief)
{
    struct dgm_profile *profile;
    size_t size;
    if (dgm_profile_load_model(path, name, &profile) != DGM_OK) {
        (void)fprintf(stderr, "answers: %s has errors\n", path);
        exit(2);
    }
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    struct printing printing = {brief};
    struct cross_run run = {cross_open(model, size), &printing, take, NULL, NULL};
    printf("== %s\n", dgm_profile_stem(profile));
    if (run.codec == NULL)
        print_refusal(model, size);
    const struct dgm_test *test;
    for (size_t i = 0; run.codec != NULL; i++) {
        test = dgm_profile_test(profile, i);
        if (test == NULL)
            break;
        if (brief && !is_plain(test))
            continue;
        printf("line %u\n", test->line);
        const struct cross_vector vector = vector_of(test);
        cross_steps(&run, &vector);
    }
    dgm_profile_close(profile);
}

int main(int argc, char **argv)
{
    bool brief = argc > 1 && strcmp(argv[1], "--brief") == 0;
    for (int i = brief ? 2 : 1; i < argc; i++) {
        struct dgm_profile *family;
        const char *name;
        if (dgm_profile_load_model(argv[i], NULL, &family) != DGM_OK)
            return 2;
        bool is_family = dgm_profile_model_name(family, 1) != NULL;
        for (size_t k = 0; (name = dgm_profile_model_name(family, k)) != NULL; k++)
            print_model(argv[i], is_family ? name : NULL, brief);
        dgm_profile_close(family);
    }
    return fflush(stdout) == 0 ? 0 : 2;
}
