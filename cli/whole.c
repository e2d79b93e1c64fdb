/* SPDX-License-Identifier: MIT */
/* Files read and replaced as a whole. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "whole.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int whole_read(struct report *report, FILE *file, const char *name, char **ret_text,
               size_t *ret_length)
{
    char *text = malloc((size_t)WHOLE_MOST + 1);
    if (text == NULL) {
        return report_memory(report);
    }
    *ret_length = fread(text, 1, WHOLE_MOST, file);
    if (ferror(file) != 0) {
        free(text);
        return report_errno(report, "cannot read", name);
    }
    text[*ret_length] = '\0';
    *ret_text = text;
    return CLI_FINE;
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

/* Under another name first, in the same folder so that it can be renamed. */
static bool write_beside(const char *path, char *part, const char *text, size_t length)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return false;
    }
    int fd = mkstemp(part);
    if (fd < 0) {
        return false;
    }
    bool good = fchmod(fd, status.st_mode & 07777) == 0;
    good = write_all(fd, text, length) && good && rename(part, path) == 0;
    if (!good) {
        (void)unlink(part);
    }
    return good;
}

int whole_replace(struct report *report, const char *path, const char *text,
                  size_t length)
{
    char *real = realpath(path, NULL);
    if (real == NULL) {
        return report_errno(report, "cannot write", path);
    }
    size_t size = strlen(real) + sizeof(".XXXXXX");
    char *part = malloc(size);
    int code = CLI_FINE;
    if (part == NULL) {
        code = report_memory(report);
    } else {
        (void)snprintf(part, size, "%s.XXXXXX", real);
        if (!write_beside(real, part, text, length)) {
            code = report_errno(report, "cannot write", path);
        }
    }
    free(part);
    free(real);
    return code;
}
