/* SPDX-License-Identifier: MIT */
/* In place of packzip.c where there is no minizip. */
#include "package.h"

static int no_zip(struct report *report, const char *path)
{
    report_error(report, NULL, "io",
                 "'%s': this program was built without zips; take folders", path);
    return CLI_CANNOT;
}

int package_read_zip(struct package *package, struct report *report)
{
    return no_zip(report, package->path);
}

int package_write_zip(const struct package *package, struct report *report,
                      const char *path)
{
    (void)package;
    return no_zip(report, path);
}
