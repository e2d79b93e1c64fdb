/* SPDX-License-Identifier: MIT */
/*
 * Each of the ten checks has something to find: files that are wrong in one way, and
 * calls that do wrong in one way. Without them a check that looks at nothing would pass.
 */
#include "vet.h"

#include <dragoman/plugin.h>

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 512, FILE_MAX = 1 << 20, ALL = 0 };

static char folder[PATH_SIZE], bent[PATH_SIZE + 32], profile[PATH_SIZE];
static uint8_t bytes[FILE_MAX];
static size_t size;
static struct vet_result result;

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    ck_assert_msg(value != NULL, "the build sets %s", name);
    return value;
}

static void setup(void)
{
    const char *parent = getenv("TMPDIR");
    (void)snprintf(folder, sizeof(folder), "%s/dragoman-test-XXXXXX",
                   parent == NULL ? "/tmp" : parent);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(bent, sizeof(bent), "%s/bent.so", folder);
    (void)snprintf(profile, sizeof(profile), "%s/profiles/acme/wm-100.yaml",
                   setting("DRAGOMAN_SOURCE"));
    FILE *file = fopen(setting("DRAGOMAN_TEST_PLUGIN"), "rb");
    ck_assert_ptr_nonnull(file);
    size = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
}

static void teardown(void)
{
    (void)unlink(bent);
    (void)rmdir(folder);
}

static void write_bent(size_t length)
{
    FILE *file = fopen(bent, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

/* Replace the first such text of the file by one of the same length. */
static void bend(const char *from, const char *to)
{
    size_t length = strlen(from);
    ck_assert_uint_eq(length, strlen(to));
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(bytes + i, from, length) == 0) {
            memcpy(bytes + i, to, length);
            return;
        }
    }
    ck_abort_msg("the plug-in has no '%s'", from);
}

/* Where the table is in the file. */
static size_t table_at(void)
{
    uint32_t magic = DGM_TABLE_MAGIC;
    for (size_t i = 0; i + sizeof(magic) <= size; i += 8) {
        if (memcmp(bytes + i, &magic, sizeof(magic)) == 0) {
            return i;
        }
    }
    ck_abort_msg("the plug-in has no table");
    return 0;
}

static struct vet_task task_of(const char *path)
{
    struct vet_task task = {.path = path, .stall_s = 60, .calls = &vet_real_calls};
    return task;
}

static void run(const char *path, enum vet_check check)
{
    struct vet_task task = task_of(path);
    ck_assert(vet_run(&task, check, &result));
}

static void expect(enum vet_outcome outcome, const char *reason)
{
    ck_assert_msg(result.outcome == outcome, "%s: %s", vet_word(result.outcome),
                  result.reason);
    ck_assert_msg(strstr(result.reason, reason) != NULL, "%s", result.reason);
}

START_TEST(a_good_plugin_passes)
{
    run(setting("DRAGOMAN_TEST_PLUGIN"), (enum vet_check)_i);
    expect(VET_PASSED, "");
    ck_assert_uint_gt(result.tried, 0);
    ck_assert_uint_eq(result.failures, 0);
}
END_TEST

START_TEST(form)
{
    write_bent(300);
    run(bent, VET_FORM);
    expect(VET_FAILED, "plugin-file: ");
    for (unsigned check = VET_MANIFEST; check <= VET_CHANCE; check++) {
        run(bent, (enum vet_check)check);
        expect(VET_SKIPPED, "");
    }
    run(profile, VET_FORM);
    expect(VET_NOT_APPLICABLE, "a profile");
}
END_TEST

static const struct {
    const char *from, *to, *reason;
} lies[] = {
    {"\"model\":\"WM-100\"", "\"model\":\"WM-200\"", "model: expected"},
    {"\"manifest_version\":1", "\"manifest_version\":9", "manifest_version"},
    {"\"device_type\":", "\"device_typo\":", "device_type: expected it"},
    {"\"frame_min\":5,\"frame_max\":5", "\"frame_min\":4,\"frame_max\":5",
     "message set_period: frame_min: expected 5"},
    {"\"license\":\"MIT\"", "\"license\":\"BSD\"", "license: expected \"MIT\""},
    {"\"services\":[\"Meter\"]", "\"services\":[\"Water\"]", "services: expected "},
};

START_TEST(manifest)
{
    bend(lies[_i].from, lies[_i].to);
    write_bent(size);
    run(bent, VET_MANIFEST);
    expect(VET_FAILED, lies[_i].reason);
    run(bent, VET_FORM);
    expect(VET_PASSED, "");
}
END_TEST

/* The tables say no more than the manifest, and it is loaded; but nobody could tell from
 * it what the device is. */
START_TEST(a_manifest_that_is_true_and_not_complete)
{
    run(setting("DRAGOMAN_TEST_BARE_PLUGIN"), VET_MANIFEST);
    expect(VET_FAILED, "protocol_type: expected it, found none");
    ck_assert_uint_eq(result.failures, 2);
}
END_TEST

START_TEST(tables)
{
    /* The first service's name lies outside of the texts. */
    struct dgm_model head;
    size_t at = table_at();
    memcpy(&head, bytes + at, sizeof(head));
    memset(bytes + at + head.services.offset, 0x7F, 4);
    write_bent(size);
    run(bent, VET_TABLES);
    expect(VET_FAILED, "bad-table: ");
    run(bent, VET_VECTORS);
    expect(VET_SKIPPED, "no tables");
}
END_TEST

START_TEST(vectors)
{
    size_t at = table_at();
    char *label = NULL;
    for (size_t i = at; i + 6 <= size && label == NULL; i++) {
        label = memcmp(bytes + i, "\0open", 6) == 0 ? (char *)bytes + i + 1 : NULL;
    }
    for (size_t i = at; i + 8 <= size && label == NULL; i++) {
        label = memcmp(bytes + i, "\"open\"", 6) == 0 ? (char *)bytes + i + 1 : NULL;
    }
    ck_assert_ptr_nonnull(label);
    memcpy(label, "ajar", 4);
    write_bent(size);
    run(bent, VET_TABLES);
    expect(VET_PASSED, "");
    run(bent, VET_VECTORS);
    expect(VET_FAILED, "decode: expected ");
    ck_assert((result.failed.has & VET_HAS_LINE) != 0 && result.failed.line > 70);
}
END_TEST

/* The note with the profile, which begins with a magic of its own. */
static size_t note_at(void)
{
    static const char magic[] = DGM_PLUGIN_SOURCE_MAGIC;
    for (size_t i = 0; i + sizeof(magic) <= size; i++) {
        if (memcmp(bytes + i, magic, sizeof(magic) - 1) == 0) {
            return i;
        }
    }
    ck_abort_msg("the plug-in keeps no profile");
    return 0;
}

START_TEST(a_damaged_profile)
{
    size_t at = note_at();
    bytes[at] ^= 1;
    write_bent(size);
    run(bent, VET_MANIFEST);
    expect(VET_FAILED, "profile: expected the magic");
    bytes[at] ^= 1;
    bytes[at + 40] ^= 0x10;
    write_bent(size);
    run(bent, VET_MANIFEST);
    expect(VET_FAILED, "profile: expected ");
}
END_TEST

START_TEST(no_profile)
{
    struct vet_task task = task_of(bent);
    /* A note of another owner. */
    bytes[note_at() - 4] ^= 1;
    write_bent(size);
    run(bent, VET_MANIFEST);
    expect(VET_PASSED, "");
    run(bent, VET_VECTORS);
    expect(VET_SKIPPED, "no profile with vectors");
    run(bent, VET_LINT);
    expect(VET_SKIPPED, "no profile");
    run(bent, VET_CHANCE);
    expect(VET_PASSED, "");
    task.profile = profile;
    ck_assert(vet_run(&task, VET_VECTORS, &result));
    expect(VET_PASSED, "");
    task.profile = "nowhere.yaml";
    ck_assert(vet_run(&task, VET_VECTORS, &result));
    expect(VET_SKIPPED, "the profile has errors");
}
END_TEST

START_TEST(identity)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof(path), "%s/tests/profiles/composed/twins.yaml",
                   setting("DRAGOMAN_SOURCE"));
    run(path, VET_IDENTITY);
    expect(VET_FAILED, "what comes back says {\"b\":7");
    ck_assert_uint_eq(result.failures, 2);
}
END_TEST

START_TEST(lint)
{
    char path[PATH_SIZE];
    (void)snprintf(path, sizeof(path), "%s/tests/profiles/esdk/demo.yaml",
                   setting("DRAGOMAN_SOURCE"));
    run(path, VET_LINT);
    expect(VET_FAILED, "[command-without-mid]");
    ck_assert_uint_eq(result.failed.line, 114);
}
END_TEST

/* Calls that do wrong. All but the fault are the real ones. */
#define DECODE                                                                           \
    const struct dgm_codec *codec, const struct dgm_call *call, const uint8_t *frame,    \
        size_t frame_length, char *text, size_t text_size, struct dgm_outcome *ret,      \
        struct dgm_error *reterr
#define ENCODE                                                                           \
    const struct dgm_codec *codec, const struct dgm_call *call, const char *json,        \
        size_t json_length, uint8_t *frame, size_t frame_size, struct dgm_outcome *ret,  \
        struct dgm_error *reterr
#define REAL_DECODE                                                                      \
    dgm_decode(codec, call, frame, frame_length, text, text_size, ret, reterr)
#define REAL_ENCODE                                                                      \
    dgm_encode(codec, call, json, json_length, frame, frame_size, ret, reterr)

static unsigned calls;

static enum dgm_status reads_behind(DECODE)
{
    volatile uint8_t behind = frame_length == 3 ? frame[frame_length] : 0;
    (void)behind;
    return REAL_DECODE;
}

static enum dgm_status reads_before(DECODE)
{
    volatile uint8_t before = frame_length == 3 ? frame[-1] : 0;
    (void)before;
    return REAL_DECODE;
}

static enum dgm_status writes_behind(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status == DGM_NO_SPACE) {
        text[text_size] = 0;
    }
    return status;
}

static enum dgm_status writes_behind_plan(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status == DGM_NO_SPACE && calls++ % 2 == 1) {
        text[text_size] = 0;
    }
    return status;
}

static enum dgm_status hangs(DECODE)
{
    while (frame_length == 2) {
        (void)usleep(1000);
    }
    return REAL_DECODE;
}

static enum dgm_status aborts(DECODE)
{
    if (frame_length == 2) {
        (void)raise(SIGABRT);
    }
    return REAL_DECODE;
}

static enum dgm_status ends(DECODE)
{
    if (frame_length == 2) {
        _exit(0);
    }
    return REAL_DECODE;
}

static enum dgm_status ends_badly(DECODE)
{
    if (frame_length == 2) {
        _exit(7);
    }
    return REAL_DECODE;
}

static enum dgm_status takes_short(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status == DGM_TRUNCATED && text_size >= 2) {
        memcpy(text, "{}", 2);
        ret->length = 2;
        ret->message = 0;
        return DGM_OK;
    }
    return status;
}

static enum dgm_status takes_any_text(ENCODE)
{
    enum dgm_status status = REAL_ENCODE;
    return dgm_status_family(status) == DGM_FAMILY_DATA ? DGM_NOTHING : status;
}

static enum dgm_status differs(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status == DGM_OK && calls++ % 2 == 1 && ret->length > 3) {
        text[ret->length - 2] = '0';
    }
    return status;
}

static enum dgm_status changes_its_mind(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    return calls++ % 2 == 1 ? DGM_TRUNCATED : status;
}

static enum dgm_status gives_no_json(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status == DGM_OK && ret->length > 0) {
        text[ret->length - 1] = ' ';
    }
    return status;
}

static enum dgm_status points_outside(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status == DGM_TRUNCATED) {
        reterr->offset = (uint32_t)frame_length + 1;
    }
    return status;
}

static enum dgm_status says_nothing_of_it(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    reterr->status = status == DGM_TRUNCATED ? DGM_OK : reterr->status;
    return status;
}

static enum dgm_status is_confused(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status != DGM_TRUNCATED) {
        return status;
    }
    reterr->status = DGM_INTERNAL;
    return DGM_INTERNAL;
}

static enum dgm_status asks_for_too_little(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    reterr->needed -= status == DGM_NO_SPACE ? 1 : 0;
    return status;
}

static enum dgm_status refuses_otherwise(DECODE)
{
    enum dgm_status status = REAL_DECODE;
    if (status != DGM_NO_SPACE) {
        return status;
    }
    reterr->status = DGM_TRUNCATED;
    return DGM_TRUNCATED;
}

static enum dgm_status encodes_otherwise(ENCODE)
{
    enum dgm_status status = REAL_ENCODE;
    if (status == DGM_OK && ret->length > 1) {
        frame[ret->length - 1] ^= 1;
    }
    return status;
}

static enum dgm_status makes_do(DECODE)
{
    struct dgm_call other = *call;
    static uint64_t scratch[1 << 15];
    other.scratch = scratch;
    other.scratch_size = sizeof(scratch);
    enum dgm_status status =
        dgm_decode(codec, &other, frame, frame_length, text, text_size, ret, reterr);
    ret->length = call->scratch_size < 8 ? ret->length + 1 : ret->length;
    return status;
}

static enum dgm_status is_too_long(ENCODE)
{
    enum dgm_status status = REAL_ENCODE;
    ret->length += status == DGM_OK ? 100000 : 0;
    return status;
}

static enum dgm_status crashes_on_text(ENCODE)
{
    /* Something that only chance brings. */
    if (json_length > 2 && memcmp(json, "{}{", 3) != 0 && json[0] == '[') {
        (void)raise(SIGSEGV);
    }
    return REAL_ENCODE;
}

static const struct {
    const char *name;
    struct vet_calls calls;
    enum vet_check check;
    const char *reason;
} faults[] = {
    {"reads behind", {reads_behind, dgm_encode}, VET_CUTS, "crashes: SIGSEGV"},
    {"reads before", {reads_before, dgm_encode}, VET_CUTS, "crashes: SIGSEGV"},
    {"writes behind", {writes_behind, dgm_encode}, VET_BUFFERS, "crashes: SIGSEGV"},
    {"canary", {writes_behind_plan, dgm_encode}, VET_BUFFERS, "behind the output buffer"},
    {"hangs", {hangs, dgm_encode}, VET_CUTS, "hangs: no progress"},
    {"aborts", {aborts, dgm_encode}, VET_CUTS, "crashes: SIGABRT"},
    {"ends", {ends, dgm_encode}, VET_CUTS, "before the check is over"},
    {"ends badly", {ends_badly, dgm_encode}, VET_CUTS, "exit code 7"},
    {"takes short", {takes_short, dgm_encode}, VET_CUTS, "the frame was taken"},
    {"cut text", {dgm_decode, takes_any_text}, VET_CUTS, "no JSON was taken"},
    {"bent text", {dgm_decode, takes_any_text}, VET_FLIPS, "no JSON was taken"},
    {"differs", {differs, dgm_encode}, VET_FLIPS, "rows and plan"},
    {"differs", {differs, dgm_encode}, VET_VECTORS, "rows and plan"},
    {"differs", {differs, dgm_encode}, VET_CHANCE, "rows and plan"},
    {"mind", {changes_its_mind, dgm_encode}, VET_VECTORS, "the plan says truncated"},
    {"no JSON", {gives_no_json, dgm_encode}, VET_FLIPS, "is no JSON"},
    {"no JSON", {gives_no_json, dgm_encode}, VET_IDENTITY, "is no JSON"},
    {"place", {points_outside, dgm_encode}, VET_FLIPS, "behind the end"},
    {"place", {points_outside, dgm_encode}, VET_CHANCE, "behind the end"},
    {"silent", {says_nothing_of_it, dgm_encode}, VET_CUTS, "its error ok"},
    {"confused", {is_confused, dgm_encode}, VET_CUTS, "found status internal"},
    {"otherwise", {refuses_otherwise, dgm_encode}, VET_BUFFERS, "expected no-space"},
    {"other bytes", {dgm_decode, encodes_otherwise}, VET_IDENTITY, "to other bytes"},
    {"needed", {asks_for_too_little, dgm_encode}, VET_BUFFERS, "said to be needed"},
    {"scratch", {makes_do, dgm_encode}, VET_BUFFERS, ""},
    {"long", {dgm_decode, is_too_long}, VET_VECTORS, "bytes came out"},
    {"chance", {dgm_decode, crashes_on_text}, VET_CHANCE, "crashes: SIGSEGV"},
};

/* Sanitizers turn a crash into an end, and say more of it than we do. */
static bool says(const char *reason)
{
#ifdef __SANITIZE_ADDRESS__
    if (strncmp(reason, "crashes: SIGSEGV", 16) == 0) {
        reason = "exit code 1";
    }
#endif
    return strstr(result.reason, reason) != NULL;
}

START_TEST(a_call_that_does_wrong_is_found)
{
    struct vet_task task = task_of(profile);
    task.calls = &faults[_i].calls;
    task.stall_s = faults[_i].calls.decode == hangs ? 1 : 60;
    ck_assert(vet_run(&task, faults[_i].check, &result));
    ck_assert_msg(result.outcome == VET_FAILED, "%s: %s", faults[_i].name,
                  vet_word(result.outcome));
    ck_assert_msg(says(faults[_i].reason), "%s: %s", faults[_i].name, result.reason);
    ck_assert_uint_gt(result.failures, 0);
    ck_assert_uint_ne(result.failed.has, 0);
}
END_TEST

START_TEST(the_place_of_a_crash_is_told)
{
    const struct vet_calls wrong = {reads_behind, dgm_encode};
    struct vet_task task = task_of(profile);
    task.calls = &wrong;
    ck_assert(vet_run(&task, VET_CUTS, &result));
    ck_assert_str_eq(result.failed.doing, "decode");
    ck_assert_uint_eq(result.failed.length, 3);
    ck_assert_uint_eq(result.failed.line, 77);
}
END_TEST

START_TEST(a_case_of_chance_comes_back_by_its_seed)
{
    const struct vet_calls wrong = {dgm_decode, crashes_on_text};
    struct vet_task task = task_of(profile);
    task.calls = &wrong;
    ck_assert(vet_run(&task, VET_CHANCE, &result));
    ck_assert((result.failed.has & VET_HAS_SEED) != 0);
    uint64_t tried = result.tried;
    uint32_t length = result.failed.length;
    task.seed = result.failed.seed;
    ck_assert_uint_gt(task.seed, 0);
    ck_assert(vet_run(&task, VET_CHANCE, &result));
    ck_assert_uint_eq(result.failed.seed, task.seed);
    ck_assert_uint_eq(result.failed.length, length);
    ck_assert_uint_lt(result.tried, tried);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vet");
    TCase *tests = tcase_create("vet");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, a_good_plugin_passes, VET_FORM, VET_CHECKS + 1);
    tcase_add_test(tests, form);
    tcase_add_loop_test(tests, manifest, 0, (int)(sizeof(lies) / sizeof(lies[0])));
    tcase_add_test(tests, a_manifest_that_is_true_and_not_complete);
    tcase_add_test(tests, tables);
    tcase_add_test(tests, vectors);
    tcase_add_test(tests, a_damaged_profile);
    tcase_add_test(tests, no_profile);
    tcase_add_test(tests, identity);
    tcase_add_test(tests, lint);
    tcase_add_loop_test(tests, a_call_that_does_wrong_is_found, 0,
                        (int)(sizeof(faults) / sizeof(faults[0])));
    tcase_add_test(tests, the_place_of_a_crash_is_told);
    tcase_add_test(tests, a_case_of_chance_comes_back_by_its_seed);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
