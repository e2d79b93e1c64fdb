/* SPDX-License-Identifier: MIT */
/* dragoman verify: would a host that trusts these keys load these files? */
#include <dragoman/signature.h>

#include "letters.h"
#include "output.h"
#include "signing.h"
#include "walk.h"

#include <stdio.h>
#include <string.h>

struct verifying {
    struct report report;
    struct dgm_public_key keys[DGM_PUBLIC_KEYS_MAX];
    size_t key_count;
};

/* A wrong signature is the answer; a file that cannot be read is none. */
static int code_of(enum dgm_status status)
{
    return status == DGM_IO || status == DGM_MEMORY ? CLI_CANNOT : CLI_WRONG;
}

static int verify_file(struct verifying *verifying, const char *path)
{
    struct dgm_refusal refusal;
    struct dgm_public_key key;
    char text[DGM_PUBLIC_KEY_TEXT];
    if (dgm_signature_verify(path, verifying->keys, verifying->key_count, &key,
                             &refusal) != DGM_OK) {
        signing_tell(&verifying->report, path, &refusal);
        return code_of(refusal.status);
    }
    dgm_public_key_text(&key, text);
    if (!verifying->report.quiet) {
        letters_put(stdout, path);
        (void)printf(": signed by %s\n", text);
    }
    return CLI_FINE;
}

static int verify_folder(struct verifying *verifying, const char *folder)
{
    struct signing_files files;
    int code = signing_files_of(&files, &verifying->report, folder);
    for (size_t i = 0; i < files.count && code != CLI_CANNOT; i++) {
        code = cli_worse(code, verify_file(verifying, files.paths[i]));
    }
    signing_files_free(&files);
    return code;
}

static int read_keys(struct verifying *verifying, const char *path)
{
    struct dgm_refusal refusal;
    enum dgm_status status = dgm_public_keys_read(
        path, verifying->keys, DGM_PUBLIC_KEYS_MAX, &verifying->key_count, &refusal);
    if (status == DGM_OK) {
        return CLI_FINE;
    }
    report_error(&verifying->report, NULL, dgm_status_id(status), "%s: %s",
                 dgm_status_id(status), refusal.text);
    return CLI_CANNOT;
}

int cmd_verify(struct cli *cli)
{
    struct verifying verifying;
    struct output output;
    const char *key = cli_text(cli, OPTION_KEY, NULL);
    memset(&verifying, 0, sizeof(verifying));
    report_open(&verifying.report, cli);
    if (key == NULL) {
        return report_usage(&verifying.report, cli, "no public key given: --key");
    }
    if (cli->options.argument_count == 0) {
        return report_usage(&verifying.report, cli, "no file given");
    }
    (void)output_open(&output, &verifying.report, NULL);
    int code = read_keys(&verifying, key);
    for (size_t i = 0; i < cli->options.argument_count && verifying.key_count > 0; i++) {
        const char *path = cli->options.arguments[i];
        code = cli_worse(code, walk_is_folder(path) ? verify_folder(&verifying, path)
                                                    : verify_file(&verifying, path));
    }
    return cli_worse(code, output_close(&output, &verifying.report));
}
