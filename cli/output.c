/* SPDX-License-Identifier: MIT */
/* Where results go. A full disk is an error that is told, and not found out later. */
#include "output.h"

#include <string.h>

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
