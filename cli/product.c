/* SPDX-License-Identifier: MIT */
/* A product ready for use: load the plug-in, or compile the profile and prepare it. */
#include "product.h"
#include "diag.h"

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

static bool codec_fits(const struct dgm_codec *codec, const struct cli *cli)
{
    const struct dgm_model *model = dgm_codec_model(codec);
    const char *maker = cli_text(cli, OPTION_MANUFACTURER, NULL);
    const char *name = cli_text(cli, OPTION_MODEL, NULL);
    return (maker == NULL ||
            strcmp(maker, dgm_codec_text(codec, model->manufacturer_id)) == 0) &&
           (name == NULL || strcmp(name, dgm_codec_text(codec, model->model)) == 0);
}

static int tell_other(struct report *report, const struct dgm_codec *codec,
                      const char *path)
{
    const struct dgm_model *model = dgm_codec_model(codec);
    struct place place = {path, 0, 0};
    report_error(report, &place, "no-plugin", "this is %s %s, and not what was asked for",
                 dgm_codec_text(codec, model->manufacturer_id),
                 dgm_codec_text(codec, model->model));
    return CLI_CANNOT;
}

/* The codec of a plug-in that the options name. */
static int choose_codec(struct product *product, struct report *report,
                        const struct cli *cli, const char *path)
{
    const struct dgm_codec *codec = NULL;
    for (size_t i = 0; (codec = dgm_loaded_codec(product->loaded, i)) != NULL; i++) {
        if (!codec_fits(codec, cli)) {
            continue;
        }
        if (product->codec != NULL) {
            report_error(report, NULL, "usage",
                         "%s serves several models; choose one with --model", path);
            return CLI_USAGE;
        }
        product->codec = codec;
    }
    codec = dgm_loaded_codec(product->loaded, 0);
    if (product->codec == NULL && codec != NULL) {
        return tell_other(report, codec, path);
    }
    return product->codec != NULL ? CLI_FINE : CLI_CANNOT;
}

static int open_plugin(struct product *product, struct report *report,
                       const struct cli *cli, const char *path)
{
    struct dgm_refusal refusal = {DGM_OK, ""};
    enum dgm_status status = dgm_plugin_load(path, &product->loaded, &refusal);
    return status == DGM_OK ? choose_codec(product, report, cli, path)
                            : plugin_refused(report, path, status, &refusal);
}

int product_prepare(struct product *product, struct report *report, const char *path)
{
    struct place place = {path, 0, 0};
    struct dgm_error error;
    size_t size = 0;
    const struct dgm_model *model = dgm_profile_model(product->profile, &size);
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

/* A file that is no YAML and does not look like it: the wrong file, most likely. */
static bool is_other_file(const struct dgm_profile *profile, const char *path)
{
    const char *point = strrchr(path, '.');
    const struct dgm_diagnostic *first = dgm_profile_diagnostic(profile, 0);
    bool named =
        point != NULL && (strcmp(point, ".yaml") == 0 || strcmp(point, ".yml") == 0);
    return !named && first != NULL && strncmp(first->rule, "yaml", 4) == 0;
}

static int open_profile(struct product *product, struct report *report,
                        const struct cli *cli, const char *path)
{
    struct diag_counts counts = {0, 0, 0};
    enum dgm_status status = dgm_profile_load(path, &product->profile);
    if (status == DGM_MEMORY) {
        return report_memory(report);
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
    int code = product_prepare(product, report, path);
    if (code == CLI_FINE && !codec_fits(product->codec, cli)) {
        return tell_other(report, product->codec, path);
    }
    return code;
}

int product_open(struct product *product, struct report *report, const struct cli *cli,
                 const struct entry *entry)
{
    memset(product, 0, sizeof(*product));
    int code = entry->plugin ? open_plugin(product, report, cli, entry->path)
                             : open_profile(product, report, cli, entry->path);
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
    dgm_plugin_unload(product->loaded);
    dgm_profile_close(product->profile);
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
