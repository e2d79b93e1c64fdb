/* SPDX-License-Identifier: MIT */
/* The search path of plug-ins. */
#include "pluginpath.h"

#include "walk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER_MAX = 4096 };

/* A list with colons, and who says so. */
struct list {
    const char *origin;
    const char *text;
    bool absolute; /* only such folders */
};

/* Who may add a plug-in may add values that are valid and false. */
static void warn_of_everybody(struct report *report, const char *folder)
{
    struct stat status;
    if (stat(folder, &status) == 0 && (status.st_mode & S_IWOTH) != 0) {
        struct place place = {folder, 0, 0};
        report_warning(report, &place, "plugin-path",
                       "everybody may write to this folder of plug-ins");
    }
}

/* May the part of a list be searched? Tells if not. */
static bool is_usable(struct report *report, const struct list *list, const char *part,
                      size_t length)
{
    if (length == 0) {
        report_warning(report, NULL, "plugin-path", "%s: an empty part is passed over",
                       list->origin);
        return false;
    }
    if (list->absolute && part[0] != '/') {
        report_warning(report, NULL, "plugin-path",
                       "%s: '%.*s' is passed over: expected a path from '/'",
                       list->origin, (int)(length < 200 ? length : 200), part);
        return false;
    }
    if (length >= FOLDER_MAX) {
        report_warning(report, NULL, "plugin-path",
                       "%s: a part of %zu characters is passed over", list->origin,
                       length);
        return false;
    }
    return true;
}

static int each_of(const struct list *list, struct report *report,
                   int (*call)(void *user, const char *path), void *user)
{
    char folder[FOLDER_MAX];
    int code = CLI_FINE;
    const char *at = list->text;
    while (at != NULL && code == CLI_FINE) {
        size_t length = strcspn(at, ":");
        if (is_usable(report, list, at, length)) {
            memcpy(folder, at, length);
            folder[length] = '\0';
            if (walk_is_folder(folder)) {
                warn_of_everybody(report, folder);
                code = call(user, folder);
            }
        }
        at = at[length] == ':' ? at + length + 1 : NULL;
    }
    return code;
}

int pluginpath_each(const struct cli *cli, struct report *report,
                    int (*call)(void *user, const char *path), void *user)
{
    const char *environment = getenv("DRAGOMAN_PLUGIN_PATH");
    const struct list lists[] = {
        {"--plugin-path", cli_text(cli, OPTION_PLUGIN_PATH, NULL), false},
        {"DRAGOMAN_PLUGIN_PATH",
         environment != NULL && *environment != '\0' ? environment : NULL, true},
        {"the installation", DGM_PLUGIN_DIR, true},
    };
    int code = CLI_FINE;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && code == CLI_FINE; i++) {
        code = each_of(&lists[i], report, call, user);
    }
    return code;
}
