/* SPDX-License-Identifier: MIT */
/*
 * Everything happens by the descriptor of a folder that was made here, and each file is
 * made anew, so that nothing that was there before can be touched.
 */
#include "project.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct project {
    struct report *report;
    const char *folder;
    const struct starter *starter;
    int directory; /* the folder, open */
};

/* Make the folders of a name that are not there yet. */
static bool make_folders(const struct project *project, char *name)
{
    for (char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool good = mkdirat(project->directory, name, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!good) {
            return false;
        }
    }
    return true;
}

/* A file that cannot be finished is removed. */
static bool write_file(const struct project *project, char *name, size_t position)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    if (!make_folders(project, name)) {
        return false;
    }
    int descriptor = openat(project->directory, name, flags, 0666);
    if (descriptor < 0) {
        return false;
    }
    FILE *file = fdopen(descriptor, "w");
    bool good = file != NULL;
    if (good) {
        starter_put_file(file, project->starter, position);
        good = ferror(file) == 0;
        good = fclose(file) == 0 && good;
    } else {
        (void)close(descriptor);
    }
    if (!good) {
        int reason = errno;
        (void)unlinkat(project->directory, name, 0);
        errno = reason;
    }
    return good;
}

/* Remove the folders of a name that are empty. */
static void remove_folders(const struct project *project, char *name)
{
    for (char *slash = strrchr(name, '/'); slash != NULL; slash = strrchr(name, '/')) {
        *slash = '\0';
        (void)unlinkat(project->directory, name, AT_REMOVEDIR);
    }
}

/* Take back the first `count` files, the folders of the one behind them, and the whole.
 */
static void take_back(const struct project *project, size_t count)
{
    for (size_t i = 0; i <= count; i++) {
        char *name = starter_file_name(project->starter, i);
        if (name != NULL && i < count) {
            (void)unlinkat(project->directory, name, 0);
        }
        if (name != NULL) {
            remove_folders(project, name);
        }
        free(name);
    }
    if (rmdir(project->folder) != 0) {
        report_error(project->report, NULL, "io",
                     "'%s' is half written and cannot be removed: %s", project->folder,
                     strerror(errno));
    }
}

static int write_at(const struct project *project, size_t position)
{
    char *name = starter_file_name(project->starter, position);
    if (name == NULL) {
        return report_memory(project->report);
    }
    bool good = write_file(project, name, position);
    if (!good) {
        report_error(project->report, NULL, "io", "cannot write '%s/%s': %s",
                     project->folder, name, strerror(errno));
    }
    free(name);
    return good ? CLI_FINE : CLI_CANNOT;
}

static int write_files(const struct project *project)
{
    for (size_t i = 0; i < starter_file_count(); i++) {
        int code = write_at(project, i);
        if (code != CLI_FINE) {
            take_back(project, i);
            return code;
        }
    }
    return CLI_FINE;
}

int project_write(struct report *report, const char *folder,
                  const struct starter *starter)
{
    if (mkdir(folder, 0777) != 0) {
        if (errno == EEXIST) {
            report_error(report, NULL, "io", "'%s' exists and is not overwritten",
                         folder);
            return CLI_CANNOT;
        }
        return report_errno(report, "cannot make the folder", folder);
    }
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    struct project project = {report, folder, starter, open(folder, flags)};
    if (project.directory < 0) {
        int code = report_errno(report, "cannot write into", folder);
        (void)rmdir(folder);
        return code;
    }
    int code = write_files(&project);
    (void)close(project.directory);
    return code;
}
