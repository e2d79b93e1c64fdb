/* SPDX-License-Identifier: MIT */
/*
 * Which plug-ins there are and whether they are good, found out without risk: a child
 * process looks into each file, loads it and verifies its tables. What it says is
 * remembered by the hash of the file, so that a file is looked into once. A file that
 * crashes or hangs the child, or makes it talk nonsense, is quarantined with the reason,
 * and the next file gets a new child.
 *
 * This is advice. dgm_plugin_load() trusts neither the child nor the cache, and checks
 * whatever it loads.
 */
#ifndef DRAGOMAN_SCAN_H
#define DRAGOMAN_SCAN_H

#include <dragoman/base.h>
#include <dragoman/host.h>
#include <dragoman/status.h>

DGM_BEGIN_DECLS

enum { DGM_SHA256_SIZE = 32 };

/*
 * How to scan. Fill with DGM_SCAN_OPTIONS_INIT, then set what matters. `size` lets the
 * struct grow: a longer one is taken if what is not known of it is zero.
 */
struct dgm_scan_options {
    size_t size;
    const char *cache; /* its file, made if it is not there; NULL: there is none */
    bool rescan;       /* look into each file, whatever the cache knows */
    bool in_process;   /* no child: read files in this process, and load none. Nothing is
                          remembered then. */
    const char *program;  /* the child; NULL: the dragoman-scan that was installed */
    unsigned deadline_ms; /* for one file, from 1; 0: five seconds */
};

#define DGM_SCAN_OPTIONS_INIT                                                            \
    {                                                                                    \
        sizeof(struct dgm_scan_options), NULL, false, false, NULL, 0                     \
    }

enum dgm_scan_outcome {
    DGM_SCAN_FINE,       /* also a code plug-in: dgm_plugin_info_code() tells. Its tables
                            were verified, and nothing of its code was run. */
    DGM_SCAN_REFUSED,    /* it is no plug-in for this host, and the refusal says why */
    DGM_SCAN_QUARANTINED /* looking into it went wrong: DGM_PLUGIN_CRASHED,
                            DGM_PLUGIN_HUNG or DGM_PLUGIN_FLOODED */
};

/* What came of one file. All of it is valid during the visit only. */
struct dgm_scan_result {
    const char *path;
    size_t file_size;
    const uint8_t *sha256; /* of the file, DGM_SHA256_SIZE bytes; NULL: unreadable */
    enum dgm_scan_outcome outcome;
    const struct dgm_plugin_info *info; /* if fine, else NULL */
    const struct dgm_refusal *refusal;  /* if not, else NULL */
    bool cached;                        /* nobody looked into it this time */
};

/** Return false to stop. */
typedef bool dgm_scan_visit(void *user, const struct dgm_scan_result *result);

struct dgm_scanner;

/**
 * Make a scanner, and read its cache; one that is missing, damaged, not ours or of
 * another version is as an empty one. A scanner serves one thread at a time.
 *
 * @param options      NULL: as DGM_SCAN_OPTIONS_INIT.
 * @param ret_scanner  Set on success; free it with dgm_scanner_close().
 * @return DGM_OK, DGM_MEMORY, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status
dgm_scanner_open(const struct dgm_scan_options *options, struct dgm_scanner **ret_scanner,
                 struct dgm_refusal *ret_refusal);

/**
 * Visit the "*.so" files of a directory, by name. The child is started when there is the
 * first file that the cache does not know.
 *
 * @return DGM_OK, also if the visitor had enough; DGM_IO if the directory cannot be read
 * or the child cannot be started; DGM_MEMORY; DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_scanner_visit(struct dgm_scanner *scanner,
                                                        const char *directory,
                                                        dgm_scan_visit *visit, void *user,
                                                        struct dgm_refusal *ret_refusal);

/**
 * Write the cache, if there is one and something is new: to a file beside it that takes
 * its place at once. Of several writers the last one wins, and nobody ever reads half a
 * cache. Files of former scans are remembered until there are too many.
 *
 * @return DGM_OK, DGM_IO, DGM_MEMORY, DGM_BAD_CALL.
 */
DGM_API DGM_NODISCARD enum dgm_status dgm_scanner_save(struct dgm_scanner *scanner,
                                                       struct dgm_refusal *ret_refusal);

/** Ends the child. Does not save. NULL is allowed. */
DGM_API void dgm_scanner_close(struct dgm_scanner *scanner);

/**
 * Where the cache of this user is by custom: $XDG_CACHE_HOME/dragoman/plugins, or
 * $HOME/.cache/dragoman/plugins.
 *
 * @return false if neither variable has an absolute path, or `text_size` is too small.
 */
DGM_API bool dgm_scan_cache_path(char *text, size_t text_size);

DGM_END_DECLS

#endif
