/* SPDX-License-Identifier: MIT */
/* Packages as folders. Links are not followed, and not taken along. */
#define _XOPEN_SOURCE 700 /* O_NOFOLLOW, fdopendir */

#include "package.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MOST = 12, ENTRIES_MOST = 10000 };

struct walk {
    struct package *package;
    struct report *report;
    size_t entries;
    char name[PACKAGE_NAME + 1]; /* with a '/' behind a folder */
};

static int read_folder(struct walk *walk, int fd, int depth);

static int cannot(struct walk *walk)
{
    report_error(walk->report, NULL, "io", "cannot read '%s/%s': %s", walk->package->path,
                 walk->name, strerror(errno));
    return CLI_CANNOT;
}

static int read_member(struct walk *walk, int fd)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = fdopen(fd, "rb");
    if (file == NULL) {
        (void)close(fd);
        return cannot(walk);
    }
    int code = whole_read(walk->report, file, walk->name, &text, &length);
    (void)fclose(file);
    if (code != CLI_FINE) {
        return code;
    }
    if (length == WHOLE_MOST) {
        free(text);
        return package_refuse(walk->package, walk->report, walk->name,
                              "the file is too long");
    }
    return package_add(walk->package, walk->report, walk->name, text, length);
}

static int read_entry(struct walk *walk, int parent, const char *entry, int depth)
{
    struct stat status;
    bool wanted = false;
    if (fstatat(parent, entry, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return cannot(walk);
    }
    bool folder = S_ISDIR(status.st_mode);
    if (!folder && !S_ISREG(status.st_mode)) {
        return package_refuse(walk->package, walk->report, walk->name,
                              "this is neither a file nor a folder");
    }
    int code = folder ? CLI_FINE
                      : package_check_name(walk->package, walk->report, walk->name,
                                           strlen(walk->name), &wanted);
    if (code != CLI_FINE || (!folder && !wanted)) {
        return code;
    }
    int flags =
        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (folder ? O_DIRECTORY : 0);
    int fd = openat(parent, entry, flags);
    if (fd < 0) {
        return cannot(walk);
    }
    return folder ? read_folder(walk, fd, depth + 1) : read_member(walk, fd);
}

/* With the name made longer by that of the entry. */
static int enter(struct walk *walk, int parent, const char *entry, int depth)
{
    size_t used = strlen(walk->name), length = strlen(entry);
    bool long_name = used + length + 2 > PACKAGE_NAME;
    if (long_name || depth > DEPTH_MOST) {
        return package_refuse(walk->package, walk->report, walk->name,
                              "too deep, or a name too long, for a package");
    }
    (void)snprintf(walk->name + used, sizeof(walk->name) - used, "%s%s",
                   used > 0 ? "/" : "", entry);
    int code = read_entry(walk, parent, entry, depth);
    walk->name[used] = '\0';
    return code;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

struct names {
    char **items;
    size_t count, capacity;
};

static bool add_name(struct names *names, const char *name)
{
    if (names->count == names->capacity) {
        size_t capacity = names->capacity == 0 ? 16 : names->capacity * 2;
        char **items = realloc(names->items, capacity * sizeof(*items));
        if (items == NULL) {
            return false;
        }
        names->items = items;
        names->capacity = capacity;
    }
    names->items[names->count] = strdup(name);
    return names->items[names->count] != NULL && ++names->count > 0;
}

/* In an order of their own, so that the same is told each time. */
static int list_folder(struct walk *walk, DIR *folder, struct names *names)
{
    struct dirent *entry = NULL;
    while ((entry = readdir(folder)) != NULL) {
        /* Not the folder itself, nor what systems and editors hide. */
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (++walk->entries > ENTRIES_MOST) {
            return package_refuse(walk->package, walk->report, walk->name,
                                  "too much in it for a package");
        }
        if (!add_name(names, entry->d_name)) {
            return report_memory(walk->report);
        }
    }
    if (names->count > 1) {
        qsort(names->items, names->count, sizeof(*names->items), by_text);
    }
    return CLI_FINE;
}

/* Closes the descriptor. */
static int read_folder(struct walk *walk, int fd, int depth)
{
    struct names names = {NULL, 0, 0};
    DIR *folder = fdopendir(fd);
    if (folder == NULL) {
        (void)close(fd);
        return cannot(walk);
    }
    int code = list_folder(walk, folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        if (code == CLI_FINE) {
            code = enter(walk, dirfd(folder), names.items[i], depth);
        }
        free(names.items[i]);
    }
    free(names.items);
    (void)closedir(folder);
    return code;
}

int package_read_folder(struct package *package, struct report *report)
{
    struct walk walk = {package, report, 0, ""};
    int fd = open(package->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? report_errno(report, "cannot read", package->path)
                  : read_folder(&walk, fd, 0);
}

/* Make the folders of a name that are not there yet. */
static bool make_folders(int directory, char *name)
{
    for (char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool good = mkdirat(directory, name, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!good) {
            return false;
        }
    }
    return true;
}

static bool write_member(int directory, const struct package_member *member)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = make_folders(directory, member->name)
                 ? openat(directory, member->name, flags, 0666)
                 : -1;
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (file == NULL) {
        return false;
    }
    bool good = fwrite(member->text, 1, member->length, file) == member->length;
    return fclose(file) == 0 && good;
}

/* Remove what stands there of the members, and the folders that this leaves empty. */
static void take_back(int directory, const struct package *package, const char *path)
{
    for (size_t i = 0; i < package->count; i++) {
        char *name = package->members[i].name, *slash;
        (void)unlinkat(directory, name, 0);
        size_t length = strlen(name);
        while ((slash = strrchr(name, '/')) != NULL) {
            *slash = '\0';
            (void)unlinkat(directory, name, AT_REMOVEDIR);
        }
        for (size_t k = 0; k < length; k++) {
            name[k] = name[k] == '\0' ? '/' : name[k];
        }
    }
    (void)rmdir(path);
}

int package_write_folder(const struct package *package, struct report *report,
                         const char *path)
{
    if (mkdir(path, 0777) != 0) {
        return report_errno(report, "cannot make the folder", path);
    }
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int code = directory < 0 ? report_errno(report, "cannot write into", path) : CLI_FINE;
    for (size_t i = 0; i < package->count && code == CLI_FINE; i++) {
        if (!write_member(directory, &package->members[i])) {
            report_error(report, NULL, "io", "cannot write '%s/%s': %s", path,
                         package->members[i].name, strerror(errno));
            code = CLI_CANNOT;
        }
    }
    if (directory >= 0 && code != CLI_FINE) {
        take_back(directory, package, path);
    }
    if (directory >= 0) {
        (void)close(directory);
    }
    return code;
}
