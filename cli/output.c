/* SPDX-License-Identifier: MIT */
/* Where results go. A full disk is an error that is told, and not found out later. */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int output_open(struct output *output, struct report *report, const char *path)
{
    output->file = stdout;
    output->name = "standard output";
    if (path == NULL || strcmp(path, "-") == 0) {
        return CLI_FINE;
    }
    output->name = path;
    output->file = fopen(path, "wb");
    return output->file != NULL ? CLI_FINE : report_errno(report, "cannot write", path);
}

bool output_flush(struct output *output, struct report *report)
{
    bool before = ferror(output->file) != 0;
    if (fflush(output->file) == 0 && !before) {
        return true;
    }
    (void)report_errno(report, "cannot write to", output->name);
    return false;
}

int output_close(struct output *output, struct report *report)
{
    if (output->file == NULL) {
        return CLI_FINE;
    }
    bool good = output_flush(output, report);
    if (output->file != stdout && fclose(output->file) != 0 && good) {
        (void)report_errno(report, "cannot write to", output->name);
        good = false;
    }
    output->file = NULL;
    return good ? CLI_FINE : CLI_CANNOT;
}

int output_write_file(struct report *report, const char *path, const char *text,
                      size_t length)
{
    size_t size = strlen(path) + sizeof(".part");
    char *part = malloc(size);
    if (part == NULL) {
        return report_memory(report);
    }
    (void)snprintf(part, size, "%s.part", path);
    FILE *file = fopen(part, "wb");
    int code = CLI_FINE;
    if (file == NULL) {
        code = report_errno(report, "cannot write", path);
    } else {
        bool written = fwrite(text, 1, length, file) == length;
        bool closed = fclose(file) == 0;
        if (!written || !closed || rename(part, path) != 0) {
            code = report_errno(report, "cannot write", path);
            (void)unlink(part);
        }
    }
    free(part);
    return code;
}
