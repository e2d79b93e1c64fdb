/* SPDX-License-Identifier: MIT */
/* Packages as zips, by minizip. What it says about a member is not believed before the
 * member was read. */
#define _XOPEN_SOURCE 700 /* S_IFMT, mkstemp */

#include "package.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ENCRYPTED = 1 << 0,
    UTF8_NAMES = 1 << 11,
    UNIX_MADE = 3,
    ENTRIES_MOST = 10000,
    /* 1980-01-01 00:00, the first that a zip can say. */
    FIRST_DAY = (1 << 21) | (1 << 16)
};

/* Links, devices and the like, where the zip says so. */
static bool is_special(const unz_file_info64 *info)
{
    unsigned long mode = (info->external_fa >> 16) & S_IFMT;
    return info->version >> 8 == UNIX_MADE && mode != 0 && mode != S_IFREG &&
           mode != S_IFDIR;
}

/* All bytes of the open member, as many as it says. NULL if they are not there. */
static char *read_bytes(unzFile zip, size_t length)
{
    size_t used = 0;
    char *text = malloc(length + 1);
    while (text != NULL && used < length) {
        int count = unzReadCurrentFile(zip, text + used, (unsigned)(length - used));
        if (count <= 0) {
            free(text);
            return NULL;
        }
        used += (size_t)count;
    }
    if (text != NULL) {
        text[length] = '\0';
    }
    return text;
}

static int read_member(struct package *package, struct report *report, unzFile zip,
                       const char *name, const unz_file_info64 *info)
{
    if (info->uncompressed_size >= WHOLE_MOST) {
        return package_refuse(package, report, name, "the file is too long");
    }
    if ((info->flag & ENCRYPTED) != 0) {
        return package_refuse(package, report, name, "the file is encrypted");
    }
    size_t length = (size_t)info->uncompressed_size;
    char *text = unzOpenCurrentFile(zip) == UNZ_OK ? read_bytes(zip, length) : NULL;
    /* Closing compares the checksum. */
    bool good = unzCloseCurrentFile(zip) == UNZ_OK && text != NULL;
    if (!good) {
        free(text);
        return package_refuse(package, report, name,
                              "the file is damaged, or packed in an unknown way");
    }
    return package_add(package, report, name, text, length);
}

static int read_entry(struct package *package, struct report *report, unzFile zip)
{
    unz_file_info64 info;
    char name[PACKAGE_NAME] = "";
    bool wanted = false;
    if (unzGetCurrentFileInfo64(zip, &info, name, sizeof(name) - 1, NULL, 0, NULL, 0) !=
        UNZ_OK) {
        return package_refuse(package, report, "", "the list of its files is damaged");
    }
    if (info.size_filename >= sizeof(name) || strlen(name) != info.size_filename) {
        return package_refuse(package, report, "",
                              "a name in the package is too long, or has a zero in it");
    }
    if (is_special(&info)) {
        return package_refuse(package, report, name,
                              "this is neither a file nor a folder");
    }
    int code = package_check_name(package, report, name, info.size_filename, &wanted);
    return code == CLI_FINE && wanted ? read_member(package, report, zip, name, &info)
                                      : code;
}

static int read_entries(struct package *package, struct report *report, unzFile zip)
{
    size_t count = 0;
    int code = CLI_FINE, status = unzGoToFirstFile(zip);
    while (status == UNZ_OK && code == CLI_FINE) {
        code = ++count > ENTRIES_MOST
                   ? package_refuse(package, report, "", "the package has too many files")
                   : read_entry(package, report, zip);
        status = code == CLI_FINE ? unzGoToNextFile(zip) : status;
    }
    bool end = status == UNZ_END_OF_LIST_OF_FILE;
    return code == CLI_FINE && !end
               ? package_refuse(package, report, "", "the list of its files is damaged")
               : code;
}

int package_read_zip(struct package *package, struct report *report)
{
    unzFile zip = unzOpen64(package->path);
    if (zip == NULL) {
        return package_refuse(package, report, "", "this is no zip, or a damaged one");
    }
    int code = read_entries(package, report, zip);
    (void)unzClose(zip);
    return code;
}

static bool write_member(zipFile zip, const struct package_member *member)
{
    zip_fileinfo info;
    memset(&info, 0, sizeof(info));
    info.dosDate = FIRST_DAY;
    info.external_fa = (uLong)(S_IFREG | 0644) << 16;
    bool good = zipOpenNewFileInZip4_64(zip, member->name, &info, NULL, 0, NULL, 0, NULL,
                                        Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS,
                                        DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0,
                                        (UNIX_MADE << 8) | 20, UTF8_NAMES, 0) == ZIP_OK;
    return good &&
           zipWriteInFileInZip(zip, member->text, (unsigned)member->length) == ZIP_OK &&
           zipCloseFileInZip(zip) == ZIP_OK;
}

static bool write_members(const struct package *package, const char *path)
{
    zipFile zip = zipOpen64(path, APPEND_STATUS_CREATE);
    bool good = zip != NULL;
    for (size_t i = 0; i < package->count && good; i++) {
        good = write_member(zip, &package->members[i]);
    }
    return zip != NULL && zipClose(zip, NULL) == ZIP_OK && good;
}

/* The mode that a new file gets. */
static mode_t new_mode(void)
{
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

/* Renaming would put the zip in the place of a device or a pipe. */
static bool is_no_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

/* Under another name first, so that there is never half a zip. */
int package_write_zip(const struct package *package, struct report *report,
                      const char *path)
{
    size_t size = strlen(path) + sizeof(".XXXXXX");
    if (is_no_file(path)) {
        report_error(report, NULL, "io", "cannot write '%s': it is there, and no file",
                     path);
        return CLI_CANNOT;
    }
    char *part = malloc(size);
    if (part == NULL) {
        return report_memory(report);
    }
    (void)snprintf(part, size, "%s.XXXXXX", path);
    int code = CLI_FINE, fd = mkstemp(part);
    if (fd < 0) {
        code = report_errno(report, "cannot write", path);
    } else {
        errno = 0;
        bool good = fchmod(fd, new_mode()) == 0 && write_members(package, part) &&
                    rename(part, path) == 0;
        if (!good) {
            code = report_errno(report, "cannot write", path);
            (void)unlink(part);
        }
        (void)close(fd);
    }
    free(part);
    return code;
}
