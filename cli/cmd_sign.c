/* SPDX-License-Identifier: MIT */
/* dragoman sign: a signature beside each file, or one for the plug-ins of a folder. */
#include <dragoman/signature.h>

#include "signing.h"
#include "walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sign(struct report *report, const char *key, const char *const *paths,
                size_t count, const char *signature)
{
    struct dgm_refusal refusal;
    if (dgm_sign(key, paths, count, signature, NULL, &refusal) != DGM_OK) {
        report_error(report, NULL, dgm_status_id(refusal.status), "%s: %s",
                     dgm_status_id(refusal.status), refusal.text);
        return refusal.status == DGM_BAD_CALL ? CLI_USAGE : CLI_CANNOT;
    }
    report_note(report, "wrote %s, %zu file%s", signature, count, count == 1 ? "" : "s");
    return CLI_FINE;
}

static int sign_folder(struct report *report, const char *key, const char *folder)
{
    struct signing_files files;
    int code = signing_files_of(&files, report, folder);
    if (code == CLI_FINE) {
        char *signature = signing_join(folder, DGM_SIGNATURE_LIST);
        code = signature == NULL ? report_memory(report)
                                 : sign(report, key, (const char *const *)files.paths,
                                        files.count, signature);
        free(signature);
    }
    signing_files_free(&files);
    return code;
}

static int sign_file(struct report *report, const char *key, const char *path)
{
    size_t room = strlen(path) + sizeof(DGM_SIGNATURE_SUFFIX);
    char *signature = malloc(room);
    if (signature == NULL) {
        return report_memory(report);
    }
    (void)snprintf(signature, room, "%s" DGM_SIGNATURE_SUFFIX, path);
    int code = sign(report, key, &path, 1, signature);
    free(signature);
    return code;
}

int cmd_sign(struct cli *cli)
{
    struct report report;
    const char *key = cli_text(cli, OPTION_KEY, NULL);
    int code = CLI_FINE;
    report_open(&report, cli);
    if (key == NULL) {
        return report_usage(&report, cli, "no secret key given: --key");
    }
    if (cli->options.argument_count == 0) {
        return report_usage(&report, cli, "no file given");
    }
    for (size_t i = 0; i < cli->options.argument_count; i++) {
        const char *path = cli->options.arguments[i];
        code = cli_worse(code, walk_is_folder(path) ? sign_folder(&report, key, path)
                                                    : sign_file(&report, key, path));
    }
    return code;
}
