/* SPDX-License-Identifier: MIT */
/* What packages have in common, whether they are folders or zips. */
#include "package.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* Of a terminal, too. */
static bool is_control(char letter)
{
    return (unsigned char)letter < 0x20 || letter == 0x7F;
}

void package_source(const struct package *package, const char *name, char *ret)
{
    size_t used = strlen(package->path);
    (void)snprintf(ret, PACKAGE_SOURCE, "%s%s%s", package->path,
                   name[0] == '\0' ? "" : "/", name);
    for (size_t i = used; used < PACKAGE_SOURCE && ret[i] != '\0'; i++) {
        ret[i] = is_control(ret[i]) ? '?' : ret[i];
    }
}

int package_refuse(const struct package *package, struct report *report, const char *name,
                   const char *why)
{
    char source[PACKAGE_SOURCE];
    package_source(package, name, source);
    struct place place = {source, 0, 0};
    report_error(report, &place, "package", "%s", why);
    return CLI_WRONG;
}

/* Why the name is refused, or NULL. */
static const char *name_fault(const char *name, size_t length)
{
    if (length == 0 || length >= PACKAGE_NAME) {
        return "a name in the package is empty or too long";
    }
    for (size_t i = 0; i < length; i++) {
        if (is_control(name[i])) {
            return "a name in the package has control characters";
        }
    }
    if (name[0] == '/' || strchr(name, '\\') != NULL || strchr(name, ':') != NULL) {
        return "names in a package are relative, with '/' between folders";
    }
    for (const char *part = name; *part != '\0';) {
        size_t size = strcspn(part, "/");
        bool dots = (size == 1 && part[0] == '.') ||
                    (size == 2 && part[0] == '.' && part[1] == '.');
        if (size == 0 || dots) {
            return "names in a package may not have '.', '..' or nothing between '/'";
        }
        part += size + (part[size] == '/');
    }
    return NULL;
}

static bool ends_in_json(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcasecmp(name + length - 5, ".json") == 0;
}

int package_check_name(struct package *package, struct report *report, const char *name,
                       size_t length, bool *ret_wanted)
{
    const char *fault = name_fault(name, length);
    *ret_wanted = false;
    if (fault != NULL) {
        return package_refuse(package, report, name, fault);
    }
    if (name[length - 1] == '/') {
        return CLI_FINE;
    }
    *ret_wanted = ends_in_json(name);
    if (!*ret_wanted) {
        char source[PACKAGE_SOURCE];
        package_source(package, name, source);
        struct place place = {source, 0, 0};
        report_warning(report, &place, "package", "this is no JSON file and is left out");
    }
    return CLI_FINE;
}

static bool grow(struct package *package)
{
    if (package->count < package->capacity) {
        return true;
    }
    size_t capacity = package->capacity == 0 ? 16 : package->capacity * 2;
    struct package_member *members =
        realloc(package->members, capacity * sizeof(*members));
    if (members == NULL) {
        return false;
    }
    package->members = members;
    package->capacity = capacity;
    return true;
}

int package_add(struct package *package, struct report *report, const char *name,
                char *text, size_t length)
{
    for (size_t i = 0; i < package->count; i++) {
        if (strcasecmp(package->members[i].name, name) == 0) {
            free(text);
            return package_refuse(package, report, name,
                                  "the name is in the package twice");
        }
    }
    if (package->count == PACKAGE_MEMBERS || length > PACKAGE_BYTES - package->bytes) {
        free(text);
        return package_refuse(package, report, "",
                              "the package has too many files, or too long ones");
    }
    char *copy = grow(package) ? strdup(name) : NULL;
    if (copy == NULL) {
        free(text);
        return report_memory(report);
    }
    package->members[package->count++] = (struct package_member){copy, text, length};
    package->bytes += length;
    return CLI_FINE;
}

static int by_name(const void *left, const void *right)
{
    const struct package_member *one = left, *other = right;
    return strcmp(one->name, other->name);
}

static int read_single(struct package *package, struct report *report, FILE *file)
{
    char *text = NULL;
    size_t length = 0;
    package->single = true;
    int code = whole_read(report, file, package->path, &text, &length);
    if (code != CLI_FINE) {
        return code;
    }
    if (length == WHOLE_MOST) {
        free(text);
        return package_refuse(package, report, "", "the file is too long");
    }
    return package_add(package, report, "", text, length);
}

/* Zips begin with one of the signatures that may stand first. */
static bool is_zip(FILE *file)
{
    char start[4];
    bool zip = fread(start, 1, sizeof(start), file) == sizeof(start) &&
               (memcmp(start, "PK\3\4", 4) == 0 || memcmp(start, "PK\5\6", 4) == 0);
    rewind(file);
    return zip;
}

static int read_file(struct package *package, struct report *report)
{
    FILE *file = fopen(package->path, "rb");
    if (file == NULL) {
        return report_errno(report, "cannot read", package->path);
    }
    package->zipped = is_zip(file);
    int code = package->zipped ? package_read_zip(package, report)
                               : read_single(package, report, file);
    (void)fclose(file);
    return code;
}

int package_open(struct package *package, struct report *report, const char *path)
{
    struct stat status;
    memset(package, 0, sizeof(*package));
    package->path = path;
    if (stat(path, &status) != 0) {
        return report_errno(report, "cannot read", path);
    }
    if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) {
        report_error(report, NULL, "io", "'%s' is neither a file nor a folder", path);
        return CLI_CANNOT;
    }
    int code = S_ISDIR(status.st_mode) ? package_read_folder(package, report)
                                       : read_file(package, report);
    if (code == CLI_FINE && package->count > 1) {
        qsort(package->members, package->count, sizeof(*package->members), by_name);
    }
    return code;
}

void package_close(struct package *package)
{
    for (size_t i = 0; i < package->count; i++) {
        free(package->members[i].name);
        free(package->members[i].text);
    }
    free(package->members);
    memset(package, 0, sizeof(*package));
}
