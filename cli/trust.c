/* SPDX-License-Identifier: MIT */
/* Whose plug-ins are loaded. Options beat the environment. */
#include "trust.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    [DGM_SIGNATURES_OFF] = "off",
    [DGM_SIGNATURES_WARN] = "warn",
    [DGM_SIGNATURES_REQUIRE] = "require",
};

/* An empty variable is as good as none. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

static int read_policy(struct trust *trust, struct report *report, const struct cli *cli)
{
    const char *word = cli_text(cli, OPTION_SIGNATURES, variable("DRAGOMAN_SIGNATURES"));
    trust->policy = trust->key_count > 0 ? DGM_SIGNATURES_REQUIRE : DGM_SIGNATURES_OFF;
    if (word == NULL) {
        return CLI_FINE;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(word, words[i]) == 0) {
            trust->policy = (enum dgm_signature_policy)i;
            return CLI_FINE;
        }
    }
    return report_usage(report, cli,
                        "DRAGOMAN_SIGNATURES: '%s' is not off, warn or require", word);
}

static int read_keys(struct trust *trust, struct report *report, const struct cli *cli)
{
    struct dgm_refusal refusal = {DGM_OK, ""};
    const char *path =
        cli_text(cli, OPTION_TRUSTED_KEYS, variable("DRAGOMAN_TRUSTED_KEYS"));
    if (path == NULL) {
        return CLI_FINE;
    }
    enum dgm_status status = dgm_public_keys_read(path, trust->keys, DGM_PUBLIC_KEYS_MAX,
                                                  &trust->key_count, &refusal);
    if (status != DGM_OK) {
        report_error(report, NULL, dgm_status_id(status), "%s: %s", dgm_status_id(status),
                     refusal.text);
        return CLI_CANNOT;
    }
    return CLI_FINE;
}

int trust_read(struct trust *trust, struct report *report, const struct cli *cli)
{
    trust->key_count = 0;
    int code = read_keys(trust, report, cli);
    if (code == CLI_FINE) {
        code = read_policy(trust, report, cli);
    }
    if (code == CLI_FINE && trust->policy != DGM_SIGNATURES_OFF &&
        trust->key_count == 0) {
        return report_usage(report, cli,
                            "signatures matter, and there is no trusted key: name a file "
                            "with --trusted-keys");
    }
    return code;
}

struct dgm_load_options trust_options(const struct trust *trust)
{
    struct dgm_load_options options = DGM_LOAD_OPTIONS_INIT;
    options.signatures = trust->policy;
    options.keys = trust->keys;
    options.key_count = trust->key_count;
    return options;
}

bool trust_allows(const struct trust *trust, const char *path, struct dgm_refusal *ret)
{
    ret->status = DGM_OK;
    ret->text[0] = '\0';
    if (trust == NULL || trust->policy == DGM_SIGNATURES_OFF) {
        return true;
    }
    enum dgm_status status =
        dgm_signature_verify(path, trust->keys, trust->key_count, NULL, ret);
    return status == DGM_OK || trust->policy == DGM_SIGNATURES_WARN;
}

int trust_profile(const struct trust *trust, struct report *report, const struct cli *cli,
                  const char *path)
{
    struct place place = {path, 0, 0};
    if (trust->policy != DGM_SIGNATURES_REQUIRE ||
        options_find(cli->command, OPTION_SIGNATURES) == NULL) {
        return CLI_FINE;
    }
    report_error(report, &place, "no-signature",
                 "no-signature: signatures are required, and profiles have none: make a "
                 "plug-in of it, and sign that");
    return CLI_CANNOT;
}
