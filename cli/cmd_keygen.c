/* SPDX-License-Identifier: MIT */
/* dragoman keygen: a pair of keys for signatures. */
#include <dragoman/signature.h>

#include "signing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *with_suffix(const char *name, const char *suffix)
{
    size_t room = strlen(name) + strlen(suffix) + 1;
    char *path = malloc(room);
    if (path != NULL) {
        (void)snprintf(path, room, "%s%s", name, suffix);
    }
    return path;
}

static int make(struct report *report, const char *secret, const char *public)
{
    struct dgm_refusal refusal;
    struct dgm_public_key key;
    char text[DGM_PUBLIC_KEY_TEXT];
    if (dgm_keys_make(secret, public, &key, &refusal) != DGM_OK) {
        report_error(report, NULL, dgm_status_id(refusal.status), "%s", refusal.text);
        return CLI_CANNOT;
    }
    dgm_public_key_text(&key, text);
    report_note(report, "wrote %s and %s, key %s", secret, public, text);
    return CLI_FINE;
}

int cmd_keygen(struct cli *cli)
{
    struct report report;
    report_open(&report, cli);
    if (cli->options.argument_count != 1 || cli->options.arguments[0][0] == '\0') {
        return report_usage(&report, cli, "one name is needed: that of the key");
    }
    char *secret = with_suffix(cli->options.arguments[0], ".key");
    char *public = with_suffix(cli->options.arguments[0], ".pub");
    int code = secret == NULL || public == NULL ? report_memory(&report)
                                                : make(&report, secret, public);
    free(secret);
    free(public);
    return code;
}
