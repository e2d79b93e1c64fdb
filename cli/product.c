/* SPDX-License-Identifier: MIT */
/* A product ready for use: load the plug-in, or compile the profile and prepare it. */
#include "product.h"
#include "code.h"
#include "diag.h"
#include "trust.h"
#include "walk.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int plugin_refused(struct report *report, const char *path, enum dgm_status status,
                          const struct dgm_refusal *refusal)
{
    struct place place = {path, 0, 0};
    report_error(report, &place, dgm_status_id(status), "%s: %s", dgm_status_id(status),
                 refusal->text[0] != '\0' ? refusal->text : dgm_status_text(status));
    return CLI_CANNOT;
}

/* What is asked for; NULL: whatever there is. */
struct wanted {
    const char *manufacturer, *model;
};

/* An entry of a folder is one model; a file may have several, and the options choose. */
static struct wanted wanted_by(const struct cli *cli, const struct entry *entry)
{
    if (entry->named) {
        return (struct wanted){entry->manufacturer, entry->model};
    }
    return (struct wanted){cli_text(cli, OPTION_MANUFACTURER, NULL),
                           cli_text(cli, OPTION_MODEL, NULL)};
}

/* NULL behind the last one. */
static const char *model_at(const struct product *product, size_t position)
{
    if (product->loaded == NULL) {
        return dgm_profile_model_name(product->profile, position);
    }
    const struct dgm_codec *codec = dgm_loaded_codec(product->loaded, position);
    return codec == NULL ? NULL : dgm_codec_text(codec, dgm_codec_model(codec)->model);
}

size_t product_position(const struct product *product)
{
    const char *name = NULL;
    size_t position = 0;
    while ((name = model_at(product, position)) != NULL &&
           strcmp(name, product_model(product)) != 0) {
        position++;
    }
    return name != NULL ? position : 0;
}

/* "A, B, C", cut if there are many. */
static void list_models(const struct product *product, char *text, size_t size)
{
    const char *name = NULL;
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; (name = model_at(product, i)) != NULL; i++) {
        if (used + strlen(name) + 6 > size) {
            (void)snprintf(text + used, size - used, ", ...");
            return;
        }
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", i == 0 ? "" : ", ", name);
    }
}

/* Make the codec of that model. */
static int take_model(struct product *product, struct report *report, const char *path,
                      size_t position)
{
    if (product->loaded == NULL) {
        return product_prepare(product, report, path, position);
    }
    product->codec = dgm_loaded_codec(product->loaded, position);
    return CLI_FINE;
}

static int tell_other(struct product *product, struct report *report, const char *path)
{
    struct place place = {path, 0, 0};
    char models[256];
    int code = product->codec == NULL ? take_model(product, report, path, 0) : CLI_FINE;
    if (code != CLI_FINE) {
        return code;
    }
    list_models(product, models, sizeof(models));
    report_error(report, &place, "no-plugin", "this is %s %s, and not what was asked for",
                 product_manufacturer(product), models);
    return CLI_CANNOT;
}

/* The one model that fits. */
static int choose_model(struct product *product, struct report *report,
                        struct wanted wanted, const char *path)
{
    const char *name = NULL;
    size_t found = SIZE_MAX;
    for (size_t i = 0; (name = model_at(product, i)) != NULL; i++) {
        if (wanted.model != NULL && strcmp(wanted.model, name) != 0) {
            continue;
        }
        if (found != SIZE_MAX) {
            char models[256];
            list_models(product, models, sizeof(models));
            report_error(report, NULL, "usage",
                         "%s serves several models: %s; choose one with --model", path,
                         models);
            return CLI_USAGE;
        }
        found = i;
    }
    if (found == SIZE_MAX) {
        return tell_other(product, report, path);
    }
    int code = take_model(product, report, path, found);
    if (code == CLI_FINE && wanted.manufacturer != NULL &&
        strcmp(wanted.manufacturer, product_manufacturer(product)) != 0) {
        return tell_other(product, report, path);
    }
    return code;
}

static int open_plugin(struct product *product, struct report *report,
                       const struct cli *cli, struct wanted wanted,
                       const struct trust *trust, const char *path)
{
    struct place place = {path, 0, 0};
    struct dgm_refusal refusal = {DGM_OK, ""};
    struct dgm_load_options options = trust_options(trust);
    enum dgm_status status =
        dgm_plugin_load_with(path, &options, &product->plugin, &refusal);
    product->loaded = product->plugin;
    if (status == DGM_PLUGIN_CODE && cli_has(cli, OPTION_ALLOW_CODE)) {
        int code =
            code_start(&product->code, report, cli, path, &options, &status, &refusal);
        if (code != CLI_FINE) {
            return code;
        }
        product->loaded = product->code != NULL ? dgm_worker_loaded(product->code) : NULL;
    }
    if (status != DGM_OK) {
        return plugin_refused(report, path, status, &refusal);
    }
    if (refusal.status != DGM_OK) {
        report_warning(report, &place, dgm_status_id(refusal.status), "%s: %s",
                       dgm_status_id(refusal.status), refusal.text);
    }
    return choose_model(product, report, wanted, path);
}

int product_prepare(struct product *product, struct report *report, const char *path,
                    size_t position)
{
    struct place place = {path, 0, 0};
    struct dgm_error error;
    size_t size = 0;
    const struct dgm_model *model =
        dgm_profile_model_at(product->profile, position, &size);
    size_t needed = model == NULL ? 0 : dgm_codec_size(model, size);
    product->memory = malloc(needed + 1);
    if (product->memory == NULL) {
        return report_memory(report);
    }
    memset(&error, 0, sizeof(error));
    error.status = DGM_INTERNAL;
    if (model == NULL || dgm_codec_open(model, size, product->memory, needed,
                                        &product->codec, &error) != DGM_OK) {
        report_codec(report, &place, false, NULL, &error);
        /* The compiler made a table that the verifier refuses. */
        return CLI_BUG;
    }
    return CLI_FINE;
}

int product_is_part(struct report *report, const char *path)
{
    report_error(report, NULL, "no-plugin",
                 "'%s' is no product: it has parts for profiles to include", path);
    return CLI_CANNOT;
}

/* A file that is no YAML and does not look like it: the wrong file, most likely. */
static bool is_other_file(const struct dgm_profile *profile, const char *path)
{
    const struct dgm_diagnostic *first = dgm_profile_diagnostic(profile, 0);
    return !walk_is_profile_name(path) && first != NULL &&
           strncmp(first->rule, "yaml", 4) == 0;
}

static int open_profile(struct product *product, struct report *report,
                        struct wanted wanted, const char *path)
{
    struct diag_counts counts = {0, 0, 0};
    enum dgm_status status = dgm_profile_load(path, &product->profile);
    if (status == DGM_MEMORY) {
        return report_memory(report);
    }
    if (status == DGM_NOTHING) {
        return product_is_part(report, path);
    }
    if (status != DGM_OK && is_other_file(product->profile, path)) {
        report_error(report, NULL, "no-plugin", "'%s' is neither a profile nor a plug-in",
                     path);
        return CLI_CANNOT;
    }
    if (status != DGM_OK) {
        diag_print(report, product->profile, report->json ? DIAG_JSON : DIAG_TEXT,
                   report->terminal, &counts);
        return CLI_CANNOT;
    }
    return choose_model(product, report, wanted, path);
}

int product_open(struct product *product, struct report *report, const struct cli *cli,
                 const struct entry *entry)
{
    memset(product, 0, sizeof(*product));
    struct wanted wanted = wanted_by(cli, entry);
    struct trust trust;
    int code = trust_read(&trust, report, cli);
    if (code == CLI_FINE && !entry->plugin) {
        code = trust_profile(&trust, report, cli, entry->path);
    }
    if (code == CLI_FINE) {
        code = entry->plugin
                   ? open_plugin(product, report, cli, wanted, &trust, entry->path)
                   : open_profile(product, report, wanted, entry->path);
    }
    if (code != CLI_FINE) {
        product_close(product);
    }
    return code;
}

int product_open_path(struct product *product, struct report *report,
                      const struct cli *cli, const char *path)
{
    struct entry entry;
    char *copy = strdup(path);
    if (copy == NULL) {
        memset(product, 0, sizeof(*product));
        return report_memory(report);
    }
    memset(&entry, 0, sizeof(entry));
    entry.path = copy;
    entry.plugin = catalog_is_plugin(path);
    int code = product_open(product, report, cli, &entry);
    free(copy);
    return code;
}

void product_close(struct product *product)
{
    dgm_plugin_unload(product->plugin);
    dgm_worker_stop(product->code);
    dgm_profile_close(product->profile);
    free(product->plan);
    free(product->memory);
    memset(product, 0, sizeof(*product));
}

int product_find(struct product *product, struct report *report, const struct cli *cli)
{
    struct catalog catalog;
    memset(product, 0, sizeof(*product));
    int code = catalog_fill(&catalog, report, cli);
    if (code == CLI_FINE) {
        const struct entry *entry = catalog_choose(&catalog, report, cli, &code);
        code = entry == NULL ? code : product_open(product, report, cli, entry);
    }
    catalog_free(&catalog);
    return code;
}

void product_hasten(struct product *product)
{
    size_t size = dgm_codec_plan_size(product->codec);
    void *plan = product->plan == NULL ? malloc(size) : NULL;
    if (plan != NULL &&
        dgm_codec_plan(product->codec, plan, size, &product->codec, NULL) == DGM_OK) {
        product->plan = plan;
    } else {
        free(plan);
    }
}

const char *product_manufacturer(const struct product *product)
{
    return dgm_codec_text(product->codec,
                          dgm_codec_model(product->codec)->manufacturer_id);
}

const char *product_model(const struct product *product)
{
    return dgm_codec_text(product->codec, dgm_codec_model(product->codec)->model);
}

const struct dgm_message *product_messages(const struct product *product,
                                           size_t *ret_count)
{
    const struct dgm_model *model = dgm_codec_model(product->codec);
    *ret_count = model->messages.count;
    return (const struct dgm_message *)(const void *)((const char *)model +
                                                      model->messages.offset);
}

const char *product_message(const struct product *product, uint16_t index)
{
    size_t count = 0;
    const struct dgm_message *messages = product_messages(product, &count);
    return index < count ? dgm_codec_text(product->codec, messages[index].name) : "";
}
