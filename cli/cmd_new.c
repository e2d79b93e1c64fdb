/* SPDX-License-Identifier: MIT */
/* dragoman new: a starter profile. */
#include "output.h"
#include "starter.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Never over a file that is there. */
static int write_new(struct report *report, const char *path,
                     const struct starter *starter)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) {
        report_error(report, NULL, "io", "'%s' exists and is not overwritten", path);
        return CLI_CANNOT;
    }
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file == NULL) {
        return report_errno(report, "cannot write", path);
    }
    starter_put(file, starter);
    bool good = ferror(file) == 0;
    if (fclose(file) != 0 || !good) {
        return report_errno(report, "cannot write", path);
    }
    report_note(report, "wrote %s; go on with 'dragoman check %s' and 'dragoman test %s'",
                path, path, path);
    return CLI_FINE;
}

int cmd_new(struct cli *cli)
{
    struct report report;
    struct output output;
    char name[80];
    report_open(&report, cli);
    if (cli->options.argument_count != 2) {
        return report_usage(&report, cli, "expected a maker and a model");
    }
    const char *maker = cli->options.arguments[0], *model = cli->options.arguments[1];
    struct starter starter = {maker, model, cli_has(cli, OPTION_SENSOR)};
    bool fits = starter_name_fits(maker) && starter_name_fits(model) &&
                starter_file_name(model, name, sizeof(name));
    if (!fits) {
        return report_usage(&report, cli,
                            "maker and model are names of at most 64 letters");
    }
    const char *path = cli_text(cli, OPTION_OUTPUT, name);
    if (strcmp(path, "-") != 0) {
        return write_new(&report, path, &starter);
    }
    (void)output_open(&output, &report, NULL);
    starter_put(stdout, &starter);
    return output_close(&output, &report);
}
