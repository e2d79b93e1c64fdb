/* SPDX-License-Identifier: MIT */
/*
 * Landlock, by its system calls: the C library has no functions for it. Rule sets stack:
 * each takes away from what the ones before have left.
 *
 * The numbers of the versions stand here, because the headers of the machine that builds
 * may be older than the kernel that runs.
 */
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum {
    QUERY_VERSION = 1,  /* flag of create_ruleset */
    RULE_PATH = 1,      /* kind of a rule */
    READ_FILE = 1 << 2, /* rights */
    READ_DIR = 1 << 3,
    RIGHTS_1 = 13, /* how many rights on files the versions know */
    RIGHTS_2 = 14,
    RIGHTS_3 = 15,
    RIGHTS_5 = 16,
    NET_RIGHTS_4 = 2,
    SCOPES_6 = 2
};

struct rules {
    uint64_t files, net, scopes; /* what is taken away unless a rule gives it */
};

struct path_rule {
    uint64_t allowed;
    int32_t fd;
} __attribute__((packed));

static uint64_t lowest_bits(int count)
{
    return (UINT64_C(1) << count) - 1;
}

static struct rules rules_of(int version)
{
    int rights = version >= 5   ? RIGHTS_5
                 : version >= 3 ? RIGHTS_3
                 : version == 2 ? RIGHTS_2
                                : RIGHTS_1;
    struct rules rules = {lowest_bits(rights), 0, 0};
    rules.net = version >= 4 ? lowest_bits(NET_RIGHTS_4) : 0;
    rules.scopes = version >= 6 ? lowest_bits(SCOPES_6) : 0;
    return rules;
}

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, QUERY_VERSION);
    return version > 0 ? (int)version : 0;
}

/* A path that is not there needs no rule. */
static bool allow(int ruleset, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT;
    }
    struct path_rule rule = {rights, fd};
    long result = syscall(SYS_landlock_add_rule, ruleset, RULE_PATH, &rule, 0);
    (void)close(fd);
    return result == 0;
}

static int new_ruleset(int version)
{
    struct rules rules = rules_of(version);
    return (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
}

static bool enforce(int ruleset)
{
    bool good = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    (void)close(ruleset);
    return good;
}

bool landlock_libraries_only(int version)
{
    static const char *const folders[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64",
                                          "/usr/local/lib"};
    int ruleset = new_ruleset(version);
    bool good = ruleset >= 0 && allow(ruleset, "/etc/ld.so.cache", READ_FILE);
    for (size_t i = 0; good && i < sizeof(folders) / sizeof(folders[0]); i++) {
        good = allow(ruleset, folders[i], READ_FILE | READ_DIR);
    }
    return good && enforce(ruleset);
}

bool landlock_no_files(int version)
{
    int ruleset = new_ruleset(version);
    return ruleset >= 0 && enforce(ruleset);
}
