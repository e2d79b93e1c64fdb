/* SPDX-License-Identifier: MIT */
/* One product by profile and by plug-in: open both, call both, compare. */
#include "pair.h"

#include <dragoman/transform.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void open_profile(struct pair *pair, const char *path)
{
    struct dgm_error error;
    size_t size = 0;

    enum dgm_status status = dgm_profile_load(path, &pair->profile);
    if (status != DGM_OK) {
        const struct dgm_diagnostic *first = dgm_profile_diagnostic(pair->profile, 0);
        ck_abort_msg("%s:%u:%u: %s [%s]", path, first != NULL ? first->line : 0,
                     first != NULL ? first->column : 0,
                     first != NULL ? first->text : dgm_status_text(status),
                     first != NULL ? first->rule : dgm_status_id(status));
    }
    const struct dgm_model *model = dgm_profile_model(pair->profile, &size);
    ck_assert_ptr_nonnull(model);
    size_t needed = dgm_codec_size(model, size);
    pair->memory = malloc(needed);
    ck_assert_ptr_nonnull(pair->memory);
    status = dgm_codec_open(model, size, pair->memory, needed, &pair->codec, &error);
    ck_assert_msg(status == DGM_OK, "%s: the table is refused at byte %u: %s", path,
                  (unsigned)error.offset, dgm_status_text(status));
}

/* The plug-in of a stem: the first of the folders that has it. */
static void find_plugin(const char *stem, char *path, size_t path_size)
{
    const char *folders = getenv("DRAGOMAN_TEST_PLUGINS");
    ck_assert_msg(folders != NULL, "DRAGOMAN_TEST_PLUGINS is not set");
    while (*folders != '\0') {
        size_t length = strcspn(folders, ":");
        int written = snprintf(path, path_size, "%.*s/%s.so", (int)length, folders, stem);
        ck_assert(written > 0 && (size_t)written < path_size);
        FILE *file = fopen(path, "rb");
        if (file != NULL) {
            fclose(file);
            return;
        }
        folders += length;
        folders += *folders == ':';
    }
    ck_abort_msg("no plug-in %s.so", stem);
}

void pair_open(struct pair *pair, const char *profile_path)
{
    char path[4096];
    struct dgm_refusal refusal = {.text = ""};

    *pair = (struct pair){0};
    open_profile(pair, profile_path);
    find_plugin(dgm_profile_stem(pair->profile), path, sizeof(path));
    enum dgm_status status = dgm_plugin_load(path, &pair->loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s: %s", path, refusal.text);
    pair->plugin = dgm_loaded_codec(pair->loaded, 0);
    ck_assert_ptr_nonnull(pair->plugin);
}

void pair_close(struct pair *pair)
{
    dgm_plugin_unload(pair->loaded);
    free(pair->memory);
    dgm_profile_close(pair->profile);
    *pair = (struct pair){0};
}

/* The call with what the answer brings: scratch memory, room for notices. */
static struct dgm_call furnish(const struct dgm_codec *codec, const struct dgm_call *call,
                               struct answer *answer)
{
    static uint64_t transforms[DGM_TRANSFORM_SIZE / sizeof(uint64_t)];
    struct dgm_call full = *call;
    full.hooks = dgm_transforms(transforms, &full.hook_count);
    full.scratch_size = dgm_codec_scratch_size(codec);
    full.scratch = malloc(full.scratch_size + 1);
    ck_assert_ptr_nonnull(full.scratch);
    full.notices = answer->notices;
    full.notice_capacity = PAIR_NOTICES;
    return full;
}

static struct answer *answer_new(void)
{
    struct answer *answer = calloc(1, sizeof(*answer));
    ck_assert_ptr_nonnull(answer);
    return answer;
}

static struct answer *decode(const struct dgm_codec *codec, const struct dgm_call *call,
                             const uint8_t *frame, size_t frame_length)
{
    struct answer *answer = answer_new();
    struct dgm_call full = furnish(codec, call, answer);
    answer->status = dgm_decode(codec, &full, frame, frame_length, answer->data,
                                sizeof(answer->data), &answer->outcome, &answer->error);
    free(full.scratch);
    return answer;
}

static struct answer *encode(const struct dgm_codec *codec, const struct dgm_call *call,
                             const char *json, size_t json_length)
{
    struct answer *answer = answer_new();
    struct dgm_call full = furnish(codec, call, answer);
    answer->status = dgm_encode(codec, &full, json, json_length, (uint8_t *)answer->data,
                                sizeof(answer->data), &answer->outcome, &answer->error);
    free(full.scratch);
    return answer;
}

const char *pair_message_name(const struct pair *pair, uint16_t message)
{
    const struct dgm_model *model = dgm_codec_model(pair->codec);
    const struct dgm_message *messages =
        (const void *)((const char *)model + model->messages.offset);

    ck_assert_uint_lt(message, model->messages.count);
    return dgm_codec_text(pair->codec, messages[message].name);
}

const char *pair_explain(const struct pair *pair, const struct answer *answer)
{
    static char text[512];

    if (answer->status == DGM_OK) {
        snprintf(text, sizeof(text), "success: %.*s", (int)answer->outcome.length,
                 answer->data);
        return text;
    }
    if (answer->status == DGM_NOTHING) {
        return "nothing";
    }
    dgm_error_render(pair->codec, &answer->error, text, sizeof(text));
    return text;
}

/* Both answers are the same; the second one is freed. */
static struct answer *agree(const struct pair *pair, struct answer *profile,
                            struct answer *plugin)
{
    char path[2][256];

    ck_assert_msg(profile->status == plugin->status,
                  "the profile says '%s', the plug-in '%s': %s",
                  dgm_status_id(profile->status), dgm_status_id(plugin->status),
                  pair_explain(pair, profile));
    ck_assert_uint_eq(profile->outcome.notice_count, plugin->outcome.notice_count);
    if (profile->status == DGM_OK) {
        ck_assert_uint_eq(profile->outcome.length, plugin->outcome.length);
        ck_assert_mem_eq(profile->data, plugin->data, profile->outcome.length);
        ck_assert_uint_eq(profile->outcome.message, plugin->outcome.message);
    } else if (profile->status != DGM_NOTHING) {
        ck_assert_uint_eq(profile->error.offset, plugin->error.offset);
        dgm_error_path(pair->codec, &profile->error, path[0], sizeof(path[0]));
        dgm_error_path(pair->plugin, &plugin->error, path[1], sizeof(path[1]));
        ck_assert_str_eq(path[0], path[1]);
    }
    free(plugin);
    return profile;
}

struct answer *pair_decode(const struct pair *pair, const struct dgm_call *call,
                           const uint8_t *frame, size_t frame_length)
{
    return agree(pair, decode(pair->codec, call, frame, frame_length),
                 decode(pair->plugin, call, frame, frame_length));
}

struct answer *pair_encode(const struct pair *pair, const struct dgm_call *call,
                           const char *json, size_t json_length)
{
    return agree(pair, encode(pair->codec, call, json, json_length),
                 encode(pair->plugin, call, json, json_length));
}
