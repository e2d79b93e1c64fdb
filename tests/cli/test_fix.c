/* SPDX-License-Identifier: MIT */
/* What mending does to each mistake it knows, and that it makes no file of the corpus of
 * bad profiles worse. */
#include "fix.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pair {
    const char *rule, *before, *after; /* NULL: it stays as it is */
};

static const struct pair pairs[] = {
    {"unknown-key", "messages: {m: {fields: [{name: a, type: u16, sclae: 0.1}]}}",
     "messages: {m: {fields: [{name: a, type: u16, scale: 0.1}]}}"},
    {"unknown-key", "messages: {m: {fields: [{name: a, type: u16, factor: 0.1}]}}",
     "messages: {m: {fields: [{name: a, type: u16, scale: 0.1}]}}"},
    {"unknown-key", "messages: {m: {fields: [{name: a, type: u16, divisor: 10}]}}", NULL},
    {"unknown-key",
     "messages: {m: {fields: [{name: a, type: u16, scale: 0.1, factor: 10}]}}", NULL},
    {"unknown-key", "messages: {m: {fields: [{name: a, type: u16, ta: S}]}}", NULL},
    {"bad-value", "wire: {'byte_order': \"litle\"}", "wire: {'byte_order': \"little\"}"},
    {"bad-value", "wire: {byte_order: le}", "wire: {byte_order: little}"},
    {"bad-value", "messages: {m: {fallback: yes, fields: [{name: a, type: u8}]}}",
     "messages: {m: {fallback: true, fields: [{name: a, type: u8}]}}"},
    {"bad-value", "messages: {m: {fallback: maybe, fields: [{name: a, type: u8}]}}",
     NULL},
    {"bad-type", "messages: {m: {fields: [{name: a, type: uint16_le}]}}",
     "messages: {m: {fields: [{name: a, type: u16le}]}}"},
    {"bad-type", "messages: {m: {fields: [{bits: u8, fields: [{name: a, type: u8le}]}]}}",
     "messages: {m: {fields: [{bits: u8, fields: [{name: a, type: u8}]}]}}"},
    {"bad-type", "messages: {m: {fields: [{name: a, type: hex(2)}]}}", NULL},
    {"bad-data-type", "services: {S: {properties: {a: {data_type: bool, method: R}}}}",
     "services: {S: {properties: {a: {data_type: boolean, method: R}}}}"},
    {"odd-integer", "messages: {m: {fields: [{name: a, type: u8, default: 007}]}}",
     "messages: {m: {fields: [{name: a, type: u8, default: 7}]}}"},
    {"odd-integer", "messages: {m: {fields: [{const: 0b101, type: u8}]}}",
     "messages: {m: {fields: [{const: 5, type: u8}]}}"},
    {"odd-integer", "messages: {m: {fields: [{const: 1_000, type: u16}]}}",
     "messages: {m: {fields: [{const: 1000, type: u16}]}}"},
    {"odd-integer", "messages: {m: {fields: [{const: 0X1F, type: u16}]}}",
     "messages: {m: {fields: [{const: 0x1F, type: u16}]}}"},
    {"odd-integer", "messages: {m: {fields: [{const: 010, type: u8}]}}", NULL},
    {"odd-integer", "messages: {m: {fields: [{const: 12:30, type: u16}]}}", NULL},
    {"expected-integer", "wire: {frame_limit: '64'}", "wire: {frame_limit: 64}"},
    {"expected-integer", "wire: {frame_limit: 'many'}", NULL},
    {"expected-number", "messages: {m: {fields: [{name: a, type: u16, scale: \"0.1\"}]}}",
     "messages: {m: {fields: [{name: a, type: u16, scale: 0.1}]}}"},
    {"expected-range",
     "messages: {m: {match: {length: '2..3'}, fields: [{name: a, type: "
     "u8}]}}",
     "messages: {m: {match: {length: 2..3}, fields: [{name: a, type: u8}]}}"},
    {"quote-text", "messages: {m: {fields: [{name: a, type: u8, unit: on}]}}",
     "messages: {m: {fields: [{name: a, type: u8, unit: 'on'}]}}"},
    {"unquoted-hex", "tests: [{hex: 01, json: {}, source: x}]",
     "tests: [{hex: \"01\", json: {}, source: x}]"},
    {"unquoted-hex", "tests: [{hex: 0x01, json: {}, source: x}]", NULL},
    {"expression-cut",
     "messages: {m: {fields: [{name: a, type: u8}, {name: b, value: "
     "min(a, 2), decimals: 1}]}}",
     "messages: {m: {fields: [{name: a, type: u8}, {name: b, value: 'min(a, 2)', "
     "decimals: 1}]}}"},
    {"bad-expression",
     "messages: {m: {fields: [{name: a, type: u8}, {name: b, type: u8, "
     "when: a>1&&a<5}]}}",
     "messages: {m: {fields: [{name: a, type: u8}, {name: b, type: u8, when: a>1 and "
     "a<5}]}}"},
    {"unknown-name",
     "messages: {m: {fields: [{name: level, type: u8}, {name: b, value: levle * 2}]}}",
     "messages: {m: {fields: [{name: level, type: u8}, {name: b, value: level * 2}]}}"},
    {"unknown-name",
     "messages: {m: {fields: [{name: aaa1, type: u8}, {name: aaa2, type: u8}, {name: b, "
     "value: aaa3 * 2}]}}",
     NULL},
    {"unknown-enum",
     "enums: {state: {0: a}}\nmessages: {m: {fields: [{name: b, type: u8, enum: stat}]}}",
     "enums: {state: {0: a}}\nmessages: {m: {fields: [{name: b, type: u8, enum: "
     "state}]}}"},
    {"unknown-checksum",
     "messages: {m: {fields: [{name: a, type: u8}, {checksum: xor8, "
     "type: u8}]}}",
     "messages: {m: {fields: [{name: a, type: u8}, {checksum: xor-8, type: u8}]}}"},
    {"unknown-message",
     "messages: {report: {fields: [{name: a, type: u8}]}}\n"
     "tests: [{hex: \"01\", message: reprot, json: {a: 1}, source: x}]",
     "messages: {report: {fields: [{name: a, type: u8}]}}\n"
     "tests: [{hex: \"01\", message: report, json: {a: 1}, source: x}]"},
};

static const char head[] =
    "dragoman: 1\n"
    "product: {manufacturer_id: A, manufacturer_name: A, model: B, "
    "device_type: C, protocol_type: CoAP}\n";

static bool has_finding(const struct dgm_profile *profile, const char *rule)
{
    const struct dgm_diagnostic *item;
    for (size_t i = 0; (item = dgm_profile_diagnostic(profile, i)) != NULL; i++) {
        if (strcmp(item->rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

static struct dgm_profile *load_fixed(const char *path, struct fixed *ret)
{
    static struct report report = {.quiet = true};
    struct dgm_profile *profile;
    enum dgm_status status;
    ck_assert_int_eq(fix_load(&report, path, &profile, &status, ret), CLI_FINE);
    return profile;
}

START_TEST(mends_what_is_certain)
{
    const struct pair *pair = &pairs[_i];
    char path[] = "/tmp/fix-XXXXXX", text[2000];
    struct fixed fixed;
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    snprintf(text, sizeof(text), "%s%s\n", head, pair->before);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);

    struct dgm_profile *profile;
    enum dgm_status status = dgm_profile_load(path, &profile);
    ck_assert(status == DGM_PROFILE || status == DGM_OK);
    ck_assert_msg(has_finding(profile, pair->rule), "%s: %s", pair->rule, pair->before);
    dgm_profile_close(profile);

    profile = load_fixed(path, &fixed);
    ck_assert_msg((fixed.after != NULL) == (pair->after != NULL), "%s: %s", pair->before,
                  fixed.after != NULL ? fixed.after : "was not mended");
    if (fixed.after != NULL) {
        ck_assert_str_eq(fixed.before, text);
        snprintf(text, sizeof(text), "%s%s\n", head, pair->after);
        ck_assert_str_eq(fixed.after, text);
        ck_assert(!has_finding(profile, pair->rule));
    }
    dgm_profile_close(profile);
    fixed_free(&fixed);
    unlink(path);
}
END_TEST

/* Names in an order of their own. */
static bool is_profile(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

START_TEST(makes_no_profile_worse)
{
    DIR *folder = opendir(".");
    const struct dirent *entry;
    size_t files = 0, mended = 0;
    ck_assert_ptr_nonnull(folder);
    while ((entry = readdir(folder)) != NULL) {
        struct dgm_profile *before, *after;
        struct fixed fixed;
        if (!is_profile(entry->d_name)) {
            continue;
        }
        files++;
        enum dgm_status status = dgm_profile_load(entry->d_name, &before);
        ck_assert_int_ne(status, DGM_MEMORY);
        after = load_fixed(entry->d_name, &fixed);
        ck_assert_msg(dgm_profile_error_count(after) <= dgm_profile_error_count(before),
                      "%s", entry->d_name);
        mended += fixed.after != NULL ? 1 : 0;
        for (size_t i = 0; fixed.after == NULL && i < 100; i++) {
            const struct dgm_diagnostic *item = dgm_profile_diagnostic(after, i);
            ck_assert(item == NULL || item->edit_count == 0 ||
                      strcmp(item->file, entry->d_name) != 0);
        }
        dgm_profile_close(before);
        dgm_profile_close(after);
        fixed_free(&fixed);
    }
    closedir(folder);
    ck_assert_uint_gt(files, 300);
    ck_assert_uint_gt(mended, 20);
}
END_TEST

int main(void)
{
    char path[1024];
    const char *source = getenv("DRAGOMAN_SOURCE");
    Suite *suite = suite_create("fix");
    TCase *all = tcase_create("all");
    snprintf(path, sizeof(path), "%s/tests/generator/bad", source != NULL ? source : ".");
    if (chdir(path) != 0) {
        return EXIT_FAILURE;
    }
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, mends_what_is_certain, 0,
                        (int)(sizeof(pairs) / sizeof(pairs[0])));
    tcase_add_test(all, makes_no_profile_worse);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
