/* SPDX-License-Identifier: MIT */
/* The profile that a plug-in keeps: its names are known to lead nowhere else, but what
 * stands in the folder already is the user's. */
#include "kept.h"

#include "output.h"
#include "whole.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *join(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%s/%s", folder, name);
    }
    return path;
}

/* The folders above a file. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = slash == path || mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) {
            return false;
        }
    }
    return true;
}

static int write_file(struct report *report, const char *path, const char *text,
                      size_t size)
{
    int code = whole_create(report, path, text, size);
    if (code == CLI_FINE) {
        report_note(report, "wrote %s", path);
    }
    return code;
}

static int write_files(struct report *report, const struct dgm_plugin_source *source,
                       const char *folder)
{
    int code = CLI_FINE;
    for (size_t i = 0; i < dgm_plugin_source_count(source) && code == CLI_FINE; i++) {
        size_t size = 0;
        const char *text = dgm_plugin_source_text(source, i, &size);
        char *path = join(folder, dgm_plugin_source_name(source, i));
        if (path == NULL) {
            return report_memory(report);
        }
        code = make_folders(path)
                   ? write_file(report, path, text, size)
                   : report_errno(report, "cannot make the folder of", path);
        free(path);
    }
    return code;
}

static int write_profile(struct report *report, const struct dgm_plugin_source *source)
{
    struct output output;
    size_t size = 0;
    const char *text = dgm_plugin_source_text(source, 0, &size);
    if (output_open(&output, report, NULL) != CLI_FINE) {
        return CLI_CANNOT;
    }
    (void)fwrite(text, 1, size, output.file);
    int code = output_close(&output, report);
    if (code == CLI_FINE && dgm_plugin_source_count(source) > 1) {
        report_note(report, "it includes further files; -o DIR writes all %zu",
                    dgm_plugin_source_count(source));
    }
    return code;
}

int kept_write(struct report *report, const char *path, const char *folder)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_plugin_source *source = NULL;
    struct dgm_refusal refusal = {DGM_OK, ""};
    struct place place = {path, 0, 0};
    enum dgm_status status = dgm_plugin_inspect(path, &info, &refusal);
    if (status == DGM_OK) {
        status = dgm_plugin_info_source(info, &source, &refusal);
    }
    dgm_plugin_info_free(info);
    if (status != DGM_OK) {
        bool is_missing = status == DGM_NOTHING;
        report_error(report, &place, dgm_status_id(status), "%s%s%s",
                     is_missing ? "" : dgm_status_id(status), is_missing ? "" : ": ",
                     refusal.text);
        return CLI_CANNOT;
    }
    int code = folder == NULL ? write_profile(report, source)
                              : write_files(report, source, folder);
    dgm_plugin_source_free(source);
    return code;
}

static enum dgm_status compile(const struct dgm_plugin_source *source,
                               struct dgm_profile **ret_profile)
{
    size_t count = dgm_plugin_source_count(source);
    struct dgm_profile_text *texts = calloc(count, sizeof(*texts));
    if (texts == NULL) {
        return DGM_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        texts[i].name = dgm_plugin_source_name(source, i);
        texts[i].text = dgm_plugin_source_text(source, i, &texts[i].length);
    }
    enum dgm_status status = dgm_profile_load_files(texts, count, NULL, ret_profile);
    free(texts);
    return status;
}

bool kept_compile(const struct dgm_plugin_info *info, struct dgm_profile **ret_profile,
                  enum dgm_status *ret_compiled, struct dgm_refusal *ret_refusal)
{
    struct dgm_plugin_source *source = NULL;
    enum dgm_status status = dgm_plugin_info_source(info, &source, ret_refusal);
    *ret_profile = NULL;
    if (status != DGM_OK) {
        return status != DGM_MEMORY;
    }
    *ret_compiled = compile(source, ret_profile);
    dgm_plugin_source_free(source);
    return *ret_compiled != DGM_MEMORY;
}
