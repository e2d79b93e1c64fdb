/* SPDX-License-Identifier: MIT */
/* A scanner for this program: where its cache is, and its child. */
#include "scanning.h"

#include "libexec.h"

enum { PATH_SIZE = 4096 };

int scanning_open(struct dgm_scanner **ret_scanner, const struct cli *cli,
                  struct report *report)
{
    char cache[PATH_SIZE];
    char program[PATH_SIZE];
    struct dgm_scan_options options = DGM_SCAN_OPTIONS_INIT;
    options.rescan = cli_has(cli, OPTION_RESCAN);
    options.cache = dgm_scan_cache_path(cache, sizeof(cache)) ? cache : NULL;
    if (libexec_find("host", "dragoman-scan", program, sizeof(program))) {
        options.program = program;
    } else {
        options.in_process = true;
        report_warning(report, NULL, "scan",
                       "'%s' is not there: plug-ins are read by this process", program);
    }
    return dgm_scanner_open(&options, ret_scanner, NULL) == DGM_OK
               ? CLI_FINE
               : report_memory(report);
}

int scanning_visit(struct dgm_scanner *scanner, struct report *report, const char *path,
                   dgm_scan_visit *visit, void *user)
{
    struct dgm_refusal refusal;
    enum dgm_status status = dgm_scanner_visit(scanner, path, visit, user, &refusal);
    if (status == DGM_OK) {
        return CLI_FINE;
    }
    report_error(report, NULL, dgm_status_id(status), "%s", refusal.text);
    return CLI_CANNOT;
}

void scanning_close(struct dgm_scanner *scanner)
{
    /* A home that cannot be written to costs time, and nothing else. */
    enum dgm_status ignored = dgm_scanner_save(scanner, NULL);
    (void)ignored;
    dgm_scanner_close(scanner);
}
