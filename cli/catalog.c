/* SPDX-License-Identifier: MIT */
/*
 * Which products there are. Plug-ins are known by their manifests, as a scan finds them;
 * profiles by compiling them. What is refused or quarantined stays in the catalogue with
 * the reason, so that it can be told when nothing else fits.
 */
#include "catalog.h"

#include <dragoman/host.h>
#include <dragoman/profile.h>

#include "nearest.h"
#include "pluginpath.h"
#include "scanning.h"
#include "trust.h"
#include "walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct filling {
    struct catalog *catalog;
    struct report *report;
    bool no_memory;
    int code;                  /* of what was told already */
    const struct trust *trust; /* NULL: of everybody */
};

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *made = malloc(size);
    if (made != NULL) {
        memcpy(made, text, size);
    }
    return made;
}

static struct entry *add_entry(struct catalog *catalog, const char *path)
{
    if (catalog->count == catalog->capacity) {
        size_t capacity = catalog->capacity == 0 ? 16 : catalog->capacity * 2;
        struct entry *grown = realloc(catalog->entries, capacity * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        catalog->entries = grown;
        catalog->capacity = capacity;
    }
    struct entry *entry = &catalog->entries[catalog->count];
    memset(entry, 0, sizeof(*entry));
    entry->path = copy(path);
    if (entry->path == NULL) {
        return NULL;
    }
    entry->folder = catalog->folders;
    catalog->count++;
    return entry;
}

void catalog_free(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->count; i++) {
        free(catalog->entries[i].path);
        free(catalog->entries[i].manufacturer);
        free(catalog->entries[i].model);
        free(catalog->entries[i].refusal);
    }
    free(catalog->entries);
    scanning_close(catalog->scanner);
    memset(catalog, 0, sizeof(*catalog));
}

/* Products of earlier folders win. */
static bool is_shadowed(const struct catalog *catalog, const struct entry *entry)
{
    for (size_t i = 0; i < catalog->count; i++) {
        const struct entry *other = &catalog->entries[i];
        if (other->folder < entry->folder && other->named && other->refusal == NULL &&
            strcmp(other->manufacturer, entry->manufacturer) == 0 &&
            strcmp(other->model, entry->model) == 0) {
            return true;
        }
    }
    return false;
}

static bool name_entry(struct catalog *catalog, struct entry *entry,
                       const char *manufacturer, const char *model)
{
    entry->manufacturer = copy(manufacturer != NULL ? manufacturer : "");
    entry->model = copy(model != NULL ? model : "");
    if (entry->manufacturer == NULL || entry->model == NULL) {
        return false;
    }
    entry->named = true;
    entry->shadowed = is_shadowed(catalog, entry);
    return true;
}

/* Another model of the file of an entry; false if memory is out. */
static bool add_model(struct catalog *catalog, size_t position, const char *manufacturer,
                      const char *model)
{
    struct entry *entry = add_entry(catalog, catalog->entries[position].path);
    if (entry == NULL) {
        return false;
    }
    entry->plugin = catalog->entries[position].plugin;
    entry->folder = catalog->entries[position].folder;
    return name_entry(catalog, entry, manufacturer, model);
}

/* Name the entry after the first model of the plug-in, and add one for each other. */
static bool name_plugin(struct catalog *catalog, size_t position,
                        const struct dgm_plugin_info *info)
{
    const char *name = NULL;
    bool good = name_entry(catalog, &catalog->entries[position],
                           dgm_plugin_info_member(info, "manufacturer_id"),
                           dgm_plugin_info_member(info, "model"));
    for (size_t i = 1; good && (name = dgm_plugin_info_model(info, i, "model")) != NULL;
         i++) {
        good = add_model(catalog, position,
                         dgm_plugin_info_model(info, i, "manufacturer_id"), name);
    }
    return good;
}

static bool visit_plugin(void *user, const struct dgm_scan_result *result)
{
    struct filling *filling = user;
    struct entry *entry = add_entry(filling->catalog, result->path);
    struct dgm_refusal unsigned_file;
    const struct dgm_refusal *refusal = result->refusal;
    const struct dgm_plugin_info *info = result->info;
    bool good = entry != NULL;
    /* What will not be loaded must not stand in the way of what will. */
    if (good && info != NULL &&
        !trust_allows(filling->trust, result->path, &unsigned_file)) {
        info = NULL;
        refusal = &unsigned_file;
    }
    if (good) {
        entry->plugin = true;
    }
    const char *why =
        info == NULL ? refusal->text
        : dgm_plugin_info_code(info) != NULL && !filling->catalog->allow_code
            ? "a code plug-in, which runs only with --allow-code"
            : NULL;
    if (good && why != NULL) {
        entry->refusal = copy(why);
        good = entry->refusal != NULL;
    } else if (good) {
        good = name_plugin(filling->catalog, filling->catalog->count - 1, info);
    }
    filling->no_memory = !good;
    return good;
}

/* A text of a table that was just compiled: the verifier need not run for two names. */
static const char *pool_text(const struct dgm_model *model, uint32_t offset)
{
    const char *pool = (const char *)model + model->pool.offset;
    return offset < model->pool.count ? pool + offset : "";
}

static bool name_profile(struct catalog *catalog, size_t position,
                         const struct dgm_profile *profile)
{
    size_t size = 0;
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    bool good = name_entry(catalog, &catalog->entries[position],
                           pool_text(model, model->manufacturer_id),
                           pool_text(model, model->model));
    for (size_t i = 1; good && (model = dgm_profile_model_at(profile, i, &size)) != NULL;
         i++) {
        good = add_model(catalog, position, pool_text(model, model->manufacturer_id),
                         pool_text(model, model->model));
    }
    return good;
}

/* What others include is no product. */
static bool add_profile(struct filling *filling, const char *path)
{
    struct dgm_profile *profile = NULL;
    struct catalog *catalog = filling->catalog;
    enum dgm_status status = dgm_profile_load(path, &profile);
    bool good = status != DGM_MEMORY;
    if (good && status != DGM_NOTHING) {
        struct entry *entry = add_entry(catalog, path);
        good = entry != NULL;
        if (good && status == DGM_OK) {
            good = name_profile(catalog, catalog->count - 1, profile);
        } else if (good) {
            entry->refusal = copy(dgm_status_text(status));
            good = entry->refusal != NULL;
        }
    }
    dgm_profile_close(profile);
    return good;
}

/* Both leave what cannot be opened to whoever opens it. */
static bool look_into_plugin(struct catalog *catalog, size_t position)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal;
    bool good = true;
    if (dgm_plugin_inspect(catalog->entries[position].path, &info, &refusal) == DGM_OK &&
        dgm_plugin_info_model(info, 1, "model") != NULL) {
        good = name_plugin(catalog, position, info);
    }
    dgm_plugin_info_free(info);
    return good;
}

static bool look_into_profile(struct catalog *catalog, size_t position)
{
    struct dgm_profile *profile = NULL;
    bool good = true;
    if (dgm_profile_load(catalog->entries[position].path, &profile) == DGM_OK &&
        dgm_profile_model_name(profile, 1) != NULL) {
        good = name_profile(catalog, position, profile);
    }
    dgm_profile_close(profile);
    return good;
}

int catalog_look_into(struct catalog *catalog, struct report *report)
{
    size_t count = catalog->count;
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        if (!catalog->entries[i].named && catalog->entries[i].refusal == NULL) {
            good = catalog->entries[i].plugin ? look_into_plugin(catalog, i)
                                              : look_into_profile(catalog, i);
        }
    }
    return good ? CLI_FINE : report_memory(report);
}

static bool visit_path(void *user, enum walk_kind kind, const char *path)
{
    struct filling *filling = user;
    struct catalog *catalog = filling->catalog;
    if (kind == WALK_PROFILE) {
        filling->no_memory = !add_profile(filling, path);
        return !filling->no_memory;
    }
    if (catalog->scanner == NULL) {
        filling->code = scanning_open(&catalog->scanner, catalog->cli, filling->report);
    }
    if (filling->code == CLI_FINE) {
        filling->code = scanning_visit(catalog->scanner, filling->report, path,
                                       visit_plugin, filling);
    }
    return filling->code == CLI_FINE && !filling->no_memory;
}

static int add_folder(struct filling *filling, const char *path)
{
    errno = 0;
    bool good = walk(path, visit_path, filling);
    filling->catalog->folders++;
    if (good || filling->code != CLI_FINE) {
        return filling->code;
    }
    return filling->no_memory
               ? report_memory(filling->report)
               : report_errno(filling->report, "cannot read the folder", path);
}

bool catalog_is_plugin(const char *path)
{
    char magic[4] = "";
    size_t length = strlen(path);
    if (length > 3 && strcmp(path + length - 3, ".so") == 0) {
        return true;
    }
    struct stat status;
    /* Opening a pipe waits for its writer. */
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    bool elf = fread(magic, 1, sizeof(magic), file) == sizeof(magic) &&
               memcmp(magic, "\177ELF", sizeof(magic)) == 0;
    (void)fclose(file);
    return elf;
}

static int add_file(struct catalog *catalog, struct report *report, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return report_errno(report, "cannot open", path);
    }
    struct entry *entry = add_entry(catalog, path);
    if (entry == NULL) {
        return report_memory(report);
    }
    entry->plugin = catalog_is_plugin(path);
    return CLI_FINE;
}

int catalog_open_file(struct catalog *catalog, struct report *report,
                      const struct cli *cli, const char *path)
{
    memset(catalog, 0, sizeof(*catalog));
    catalog->cli = cli;
    int code = add_file(catalog, report, path);
    return code == CLI_FINE ? catalog_look_into(catalog, report) : code;
}

static int add_folder_of_path(void *user, const char *path)
{
    return add_folder(user, path);
}

int catalog_fill(struct catalog *catalog, struct report *report, const struct cli *cli)
{
    const char *path = cli_text(cli, OPTION_PROFILE, NULL);
    struct trust trust;
    struct filling filling = {catalog, report, false, CLI_FINE, &trust};
    memset(catalog, 0, sizeof(*catalog));
    catalog->allow_code = cli_has(cli, OPTION_ALLOW_CODE);
    catalog->cli = cli;
    int code = trust_read(&trust, report, cli);
    if (code != CLI_FINE) {
        return code;
    }
    if (path == NULL) {
        return pluginpath_each(cli, report, add_folder_of_path, &filling);
    }
    return walk_is_folder(path) ? add_folder(&filling, path)
                                : add_file(catalog, report, path);
}

bool catalog_fits(const struct entry *entry, const struct cli *cli)
{
    const char *manufacturer = cli_text(cli, OPTION_MANUFACTURER, NULL);
    const char *model = cli_text(cli, OPTION_MODEL, NULL);
    if (entry->refusal != NULL || entry->shadowed) {
        return false;
    }
    return !entry->named ||
           ((manufacturer == NULL || strcmp(manufacturer, entry->manufacturer) == 0) &&
            (model == NULL || strcmp(model, entry->model) == 0));
}

/* Nothing fits: say what there is. */
static int tell_none(const struct catalog *catalog, struct report *report,
                     const struct cli *cli)
{
    const char *model = cli_text(cli, OPTION_MODEL, "");
    struct nearest nearest;
    nearest_start(&nearest, model);
    for (size_t i = 0; i < catalog->count; i++) {
        const struct entry *entry = &catalog->entries[i];
        struct place place = {entry->path, 0, 0};
        if (entry->refusal != NULL) {
            report_error(report, &place, "refused", "%s", entry->refusal);
        } else {
            nearest_offer(&nearest, entry->model);
        }
    }
    if (nearest.best != NULL && strcmp(nearest.best, model) != 0) {
        report_error(report, NULL, "no-plugin",
                     "no product fits; did you mean the model '%s'?", nearest.best);
    } else if (catalog->count > 0 || cli_has(cli, OPTION_PROFILE)) {
        report_error(report, NULL, "no-plugin", "no product fits");
    } else {
        report_error(report, NULL, "no-plugin",
                     "there is no plug-in; name a profile or plug-in with --profile");
    }
    return CLI_CANNOT;
}

static int tell_several(const struct catalog *catalog, struct report *report,
                        const struct cli *cli)
{
    report_error(report, NULL, "usage",
                 "several products fit; choose with --manufacturer and --model, or name "
                 "a file with --profile:");
    for (size_t i = 0; i < catalog->count; i++) {
        const struct entry *entry = &catalog->entries[i];
        if (catalog_fits(entry, cli)) {
            report_note(report, "  %s %s  %s", entry->manufacturer, entry->model,
                        entry->path);
        }
    }
    return CLI_USAGE;
}

const struct entry *catalog_choose(const struct catalog *catalog, struct report *report,
                                   const struct cli *cli, int *ret_code)
{
    const struct entry *chosen = NULL;
    for (size_t i = 0; i < catalog->count; i++) {
        if (!catalog_fits(&catalog->entries[i], cli)) {
            continue;
        }
        if (chosen != NULL) {
            *ret_code = tell_several(catalog, report, cli);
            return NULL;
        }
        chosen = &catalog->entries[i];
    }
    if (chosen == NULL) {
        *ret_code = tell_none(catalog, report, cli);
    }
    return chosen;
}
