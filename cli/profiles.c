/* SPDX-License-Identifier: MIT */
/* The profiles that the arguments name. */
#include "profiles.h"
#include "walk.h"

#include <errno.h>

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
