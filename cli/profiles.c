/* SPDX-License-Identifier: MIT */
/* The profiles that the arguments name. */
#include "profiles.h"
#include "walk.h"

#include <errno.h>
#include <string.h>

struct visiting {
    int (*call)(void *user, const char *path);
    void *user;
    int code;
    size_t count;
};

static bool visit(void *user, enum walk_kind kind, const char *path)
{
    struct visiting *visiting = user;
    if (kind == WALK_PROFILE) {
        visiting->count++;
        visiting->code = cli_worse(visiting->code, visiting->call(visiting->user, path));
    }
    return true;
}

static int visit_folder(struct report *report, struct visiting *visiting,
                        const char *path)
{
    size_t before = visiting->count;
    if (!walk(path, visit, visiting)) {
        return report_errno(report, "cannot read the folder", path);
    }
    if (visiting->count == before) {
        report_error(report, NULL, "io", "no profile under '%s'", path);
        return CLI_CANNOT;
    }
    return CLI_FINE;
}

int profiles_each(struct report *report, const struct cli *cli,
                  int (*call)(void *user, const char *path), void *user)
{
    struct visiting visiting = {call, user, CLI_FINE, 0};
    if (cli->options.argument_count == 0) {
        return report_usage(report, cli, "no profile given");
    }
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        const char *path = cli->options.arguments[i];
        if (walk_is_folder(path)) {
            visiting.code =
                cli_worse(visiting.code, visit_folder(report, &visiting, path));
        } else {
            (void)visit(&visiting, WALK_PROFILE, path);
        }
    }
    return visiting.code;
}

static bool has_model(const struct dgm_profile *profile, const char *model)
{
    const char *name = NULL;
    for (size_t i = 0; (name = dgm_profile_model_name(profile, i)) != NULL; i++) {
        if (strcmp(name, model) == 0) {
            return true;
        }
    }
    return false;
}

enum dgm_status profiles_load(struct profiles_choice *choice, const char *path,
                              struct dgm_profile **ret_profile)
{
    enum dgm_status status = dgm_profile_load(path, ret_profile);
    if (choice->model == NULL || status != DGM_OK) {
        return status;
    }
    bool has = has_model(*ret_profile, choice->model);
    dgm_profile_close(*ret_profile);
    *ret_profile = NULL;
    if (!has) {
        return DGM_OK;
    }
    choice->found++;
    return dgm_profile_load_model(path, choice->model, ret_profile);
}

int profiles_check(const struct profiles_choice *choice, struct report *report)
{
    if (choice->model == NULL || choice->found > 0) {
        return CLI_FINE;
    }
    report_error(report, NULL, "no-plugin", "no profile has the model '%s'",
                 choice->model);
    return CLI_CANNOT;
}
