/* SPDX-License-Identifier: MIT */
/* Files read and written as a whole. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up to `most` bytes. */
static int read_most(struct report *report, FILE *file, const char *name, size_t most,
                     char **ret_text, size_t *ret_length)
{
    char *text = malloc(most + 1);
    if (text == NULL) {
        return report_memory(report);
    }
    *ret_length = fread(text, 1, most, file);
    if (ferror(file) != 0) {
        free(text);
        return report_errno(report, "cannot read", name);
    }
    text[*ret_length] = '\0';
    *ret_text = text;
    return CLI_FINE;
}

int whole_read(struct report *report, FILE *file, const char *name, char **ret_text,
               size_t *ret_length)
{
    return read_most(report, file, name, WHOLE_MOST, ret_text, ret_length);
}

int whole_load(struct report *report, const char *path, size_t most, char **ret_text,
               size_t *ret_length)
{
    struct place place = {path, 0, 0};
    *ret_text = NULL;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return report_errno(report, "cannot open", path);
    }
    int code = read_most(report, file, path, most, ret_text, ret_length);
    (void)fclose(file);
    if (code == CLI_FINE && *ret_length == most) {
        report_error(report, &place, "input", "the file has %zu bytes or more", most);
        free(*ret_text);
        *ret_text = NULL;
        code = CLI_WRONG;
    }
    return code;
}

static bool write_all(int fd, const char *text, size_t length)
{
    FILE *file = fdopen(fd, "wb");
    if (file == NULL) {
        (void)close(fd);
        return false;
    }
    bool written = fwrite(text, 1, length, file) == length && fflush(file) == 0 &&
                   fsync(fileno(file)) == 0;
    return fclose(file) == 0 && written;
}

/* The mode of the file, or what a new one gets. */
static mode_t mode_of(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        return status.st_mode & 07777;
    }
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

/* Under another name first, in the same folder so that it can be renamed. */
static bool write_beside(const char *path, char *part, const char *text, size_t length)
{
    int fd = mkstemp(part);
    if (fd < 0) {
        return false;
    }
    bool good = fchmod(fd, mode_of(path)) == 0;
    good = write_all(fd, text, length) && good && rename(part, path) == 0;
    if (!good) {
        int reason = errno;
        (void)unlink(part);
        errno = reason;
    }
    return good;
}

int whole_write(struct report *report, const char *path, const char *text, size_t length)
{
    char *real = realpath(path, NULL);
    if (real == NULL && errno != ENOENT) {
        return report_errno(report, "cannot write", path);
    }
    const char *target = real != NULL ? real : path;
    size_t size = strlen(target) + sizeof(".XXXXXX");
    char *part = malloc(size);
    int code = CLI_FINE;
    if (part == NULL) {
        code = report_memory(report);
    } else {
        (void)snprintf(part, size, "%s.XXXXXX", target);
        if (!write_beside(target, part, text, length)) {
            code = report_errno(report, "cannot write", path);
        }
    }
    free(part);
    free(real);
    return code;
}

int whole_create(struct report *report, const char *path, const char *text, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) {
        report_error(report, NULL, "io", "'%s' exists and is not overwritten", path);
        return CLI_CANNOT;
    }
    if (fd < 0) {
        return report_errno(report, "cannot write", path);
    }
    if (!write_all(fd, text, length)) {
        int code = report_errno(report, "cannot write", path);
        (void)unlink(path);
        return code;
    }
    return CLI_FINE;
}
