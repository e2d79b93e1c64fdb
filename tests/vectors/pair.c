/* SPDX-License-Identifier: MIT */
/* One product by profile and by plug-in: open both, call both, compare. */
#include "pair.h"

#include <dragoman/plugin.h>
#include <dragoman/transform.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_plugin(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".so") == 0;
}

static enum dgm_status load_files(const struct dgm_plugin_source *source,
                                  struct dgm_profile **ret_profile)
{
    struct dgm_profile_text files[DGM_PLUGIN_SOURCE_FILES] = {{NULL, NULL, 0}};
    size_t count = dgm_plugin_source_count(source);
    for (size_t i = 0; i < count; i++) {
        files[i].name = dgm_plugin_source_name(source, i);
        files[i].text = dgm_plugin_source_text(source, i, &files[i].length);
    }
    return dgm_profile_load_files(files, count, NULL, ret_profile);
}

/* The profile that a plug-in keeps. */
static enum dgm_status load_kept(const char *path, struct dgm_profile **ret_profile)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal = {.text = ""};
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    *ret_profile = NULL;
    if (status == DGM_OK)
        status = dgm_plugin_info_source(info, &source, &refusal);
    if (status == DGM_OK)
        status = load_files(source, ret_profile);
    if (*ret_profile == NULL)
        (void)fprintf(stderr, "%s: %s\n", path, refusal.text);
    dgm_plugin_source_free(source);
    dgm_plugin_info_free(info);
    return status;
}

enum dgm_status pair_profile(const char *path, struct dgm_profile **ret_profile)
{
    return is_plugin(path) ? load_kept(path, ret_profile)
                           : dgm_profile_load(path, ret_profile);
}

/* Make the codec of a model of the profile. */
static void open_codec(struct pair *pair, size_t position)
{
    struct dgm_error error;
    size_t size = 0;
    const struct dgm_model *model = dgm_profile_model_at(pair->profile, position, &size);
    ck_assert_ptr_nonnull(model);
    size_t needed = dgm_codec_size(model, size);
    free(pair->memory);
    pair->memory = malloc(needed);
    ck_assert_ptr_nonnull(pair->memory);
    enum dgm_status status =
        dgm_codec_open(model, size, pair->memory, needed, &pair->codec, &error);
    ck_assert_msg(status == DGM_OK, "the table is refused at byte %u: %s",
                  (unsigned)error.offset, dgm_status_text(status));
}

static void open_profile(struct pair *pair, const char *path)
{
    enum dgm_status status = pair_profile(path, &pair->profile);
    if (status != DGM_OK) {
        ck_assert_msg(pair->profile != NULL, "%s: %s", path, dgm_status_text(status));
        const struct dgm_diagnostic *first = dgm_profile_diagnostic(pair->profile, 0);
        ck_abort_msg("%s:%u:%u: %s [%s]", path, first != NULL ? first->line : 0,
                     first != NULL ? first->column : 0,
                     first != NULL ? first->text : dgm_status_text(status),
                     first != NULL ? first->rule : dgm_status_id(status));
    }
    open_codec(pair, 0);
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

void pair_open(struct pair *pair, const char *path)
{
    char plugin[4096];
    struct dgm_refusal refusal = {.text = ""};

    *pair = (struct pair){0};
    open_profile(pair, path);
    if (is_plugin(path))
        (void)snprintf(plugin, sizeof(plugin), "%s", path);
    else
        find_plugin(dgm_profile_stem(pair->profile), plugin, sizeof(plugin));
    enum dgm_status status = dgm_plugin_load(plugin, &pair->loaded, &refusal);
    ck_assert_msg(status == DGM_OK, "%s: %s", plugin, refusal.text);
    pair->plugin = dgm_loaded_codec(pair->loaded, 0);
    ck_assert_ptr_nonnull(pair->plugin);
}

void pair_choose(struct pair *pair, const char *model)
{
    size_t i = 0;
    const char *name = NULL;
    while ((name = dgm_profile_model_name(pair->profile, i)) != NULL &&
           strcmp(name, model) != 0)
        i++;
    open_codec(pair, i);
    pair->plugin = dgm_loaded_find(pair->loaded, NULL, model);
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
