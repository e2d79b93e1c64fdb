/* SPDX-License-Identifier: MIT */
/* Keys, signed lists, and loading by them: what is not signed by a trusted key, to the
 * last bit, is not taken for it. */
#include <dragoman/signature.h>

#include "file.h"
#include "plugin_file.h"
#include "sums.h"

#include <check.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 512 };

static const char *folder;
static struct dgm_public_key key, stranger;
static char secret[PATH_SIZE], public_path[PATH_SIZE], file[PATH_SIZE], list[PATH_SIZE];
static struct dgm_refusal refusal;

static const char content[] = "what is signed";

static void in_folder(char *path, const char *name)
{
    (void)snprintf(path, PATH_SIZE, "%s/%s", folder, name);
}

static void setup(void)
{
    char other[PATH_SIZE], other_public[PATH_SIZE];
    folder = scratch_folder();
    in_folder(secret, "maker.key");
    in_folder(public_path, "maker.pub");
    in_folder(other, "other.key");
    in_folder(other_public, "other.pub");
    in_folder(file, "plugin.so");
    in_folder(list, "plugin.so.sig");
    ck_assert_int_eq(dgm_keys_make(secret, public_path, &key, &refusal), DGM_OK);
    ck_assert_int_eq(dgm_keys_make(other, other_public, &stranger, NULL), DGM_OK);
    (void)write_bytes(folder, "plugin.so", content, sizeof(content));
}

static void teardown(void)
{
    remove_folder(folder);
}

static void sign_file(const char *path, const char *signature)
{
    const char *paths[] = {path};
    enum dgm_status status = dgm_sign(secret, paths, 1, signature, NULL, &refusal);
    ck_assert_msg(status == DGM_OK, "%s", refusal.text);
}

static enum dgm_status verify(void)
{
    return dgm_signature_verify(file, &key, 1, NULL, &refusal);
}

static void expect_refusal(enum dgm_status status, const char *text)
{
    enum dgm_status found = verify();
    ck_assert_msg(found == status && refusal.status == status, "status %s: %s",
                  dgm_status_id(found), refusal.text);
    ck_assert_msg(strstr(refusal.text, text) != NULL, "%s", refusal.text);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    return (unsigned)status.st_mode & 07777;
}

START_TEST(keys_are_made_once_and_for_their_owner)
{
    struct dgm_public_key read[2];
    size_t count = 0;
    char fresh[PATH_SIZE], text[DGM_PUBLIC_KEY_TEXT];
    in_folder(fresh, "fresh.key");
    ck_assert_uint_eq(mode_of(secret), 0600);
    ck_assert_uint_eq(mode_of(public_path), 0644);
    ck_assert_mem_ne(&key, &stranger, sizeof(key));
    ck_assert_int_eq(dgm_public_keys_read(public_path, read, 2, &count, &refusal),
                     DGM_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_mem_eq(&read[0], &key, sizeof(key));
    dgm_public_key_text(&key, text);
    ck_assert_uint_eq(strlen(text), 64);

    ck_assert_int_eq(dgm_keys_make(secret, fresh, NULL, &refusal), DGM_IO);
    ck_assert_msg(strstr(refusal.text, "maker.key': File exists"), "%s", refusal.text);
    ck_assert_int_eq(dgm_keys_make(fresh, public_path, NULL, &refusal), DGM_IO);
    ck_assert_int_ne(access(fresh, F_OK), 0);
    ck_assert_int_eq(dgm_keys_make(NULL, fresh, NULL, &refusal), DGM_BAD_CALL);
}
END_TEST

START_TEST(several_public_keys_stand_in_one_file)
{
    struct dgm_public_key read[2];
    size_t count = 0;
    char command[4 * PATH_SIZE], both[PATH_SIZE];
    in_folder(both, "both.pub");
    (void)snprintf(command, sizeof(command),
                   "(echo a comment; cat '%s/maker.pub'; cat '%s/other.pub') >'%s'",
                   folder, folder, both);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(dgm_public_keys_read(both, read, 2, &count, NULL), DGM_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert_mem_eq(&read[1], &stranger, sizeof(key));
    ck_assert_int_eq(dgm_public_keys_read(both, read, 1, &count, &refusal), DGM_LIMIT);
}
END_TEST

#define PEM(label, text) "-----BEGIN " label "-----\n" text "\n-----END " label "-----\n"

static const struct {
    const char *text, *why;
} bad_keys[] = {
    {"", "expected a PEM block PUBLIC KEY"},
    {"no key", "expected a PEM block PUBLIC KEY"},
    {PEM("PRIVATE KEY",
         "MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
     "another kind of PEM block"},
    {"-----BEGIN PUBLIC KEY-----\nMCow", "no end"},
    {PEM("PUBLIC KEY", "MCow*"), "no Base64"},
    {PEM("PUBLIC KEY", ""), "not Ed25519"},
    {PEM("PUBLIC KEY", "MCowBQYDK2VwAyEA"), "not Ed25519"},
    /* X25519 */
    {PEM("PUBLIC KEY", "MCowBQYDK2VuAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
     "not Ed25519"},
    {PEM("PUBLIC KEY", "MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="),
     "too long"},
};

START_TEST(files_that_hold_no_key_are_refused)
{
    struct dgm_public_key read[1];
    size_t count = 7;
    const char *text = bad_keys[_i].text;
    const char *path = write_bytes(folder, "bad.pub", text, strlen(text));
    ck_assert_int_eq(dgm_public_keys_read(path, read, 1, &count, &refusal), DGM_BAD_KEY);
    ck_assert_msg(strstr(refusal.text, bad_keys[_i].why) != NULL, "%s", refusal.text);
}
END_TEST

START_TEST(key_files_of_odd_kinds_are_refused)
{
    struct dgm_public_key read[1];
    size_t count = 0;
    const char *paths[] = {file};
    char absent[PATH_SIZE];
    in_folder(absent, "absent.key");
    const char *zero = write_bytes(folder, "zero.pub", "a\0b", 3);
    ck_assert_int_eq(dgm_public_keys_read(zero, read, 1, &count, &refusal), DGM_BAD_KEY);
    ck_assert_int_eq(dgm_public_keys_read(folder, read, 1, &count, &refusal),
                     DGM_BAD_KEY);
    ck_assert_int_eq(dgm_public_keys_read(absent, read, 1, &count, &refusal), DGM_IO);

    ck_assert_int_eq(dgm_sign(absent, paths, 1, list, NULL, &refusal), DGM_IO);
    ck_assert_int_eq(dgm_sign(folder, paths, 1, list, NULL, &refusal), DGM_BAD_KEY);
    ck_assert_int_eq(dgm_sign(public_path, paths, 1, list, NULL, &refusal), DGM_BAD_KEY);
    ck_assert_int_eq(chmod(public_path, 0600), 0);
    ck_assert_int_eq(dgm_sign(public_path, paths, 1, list, NULL, &refusal), DGM_BAD_KEY);
    ck_assert_int_ne(access(list, F_OK), 0);
}
END_TEST

START_TEST(a_secret_key_that_others_can_read_is_refused)
{
    static const unsigned modes[] = {0640, 0604, 0660, 0610};
    const char *paths[] = {file};
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        ck_assert_int_eq(chmod(secret, (mode_t)modes[i]), 0);
        ck_assert_int_eq(dgm_sign(secret, paths, 1, list, NULL, &refusal), DGM_BAD_KEY);
        ck_assert_ptr_nonnull(strstr(refusal.text, "mode 0600"));
    }
    ck_assert_int_eq(chmod(secret, 0400), 0);
    ck_assert_int_eq(dgm_sign(secret, paths, 1, list, NULL, &refusal), DGM_OK);
}
END_TEST

START_TEST(a_signed_file_verifies_by_the_key_that_signed)
{
    struct dgm_public_key keys[2] = {stranger, key}, found;
    sign_file(file, list);
    ck_assert_uint_eq(mode_of(list), 0644);
    ck_assert_int_eq(verify(), DGM_OK);
    ck_assert_int_eq(dgm_signature_verify(file, keys, 2, &found, NULL), DGM_OK);
    ck_assert_mem_eq(&found, &key, sizeof(key));
    ck_assert_int_eq(dgm_signature_verify(file, keys, 1, NULL, &refusal),
                     DGM_UNTRUSTED_KEY);
    ck_assert_int_eq(dgm_signature_verify(file, NULL, 0, NULL, &refusal),
                     DGM_UNTRUSTED_KEY);
}
END_TEST

START_TEST(what_is_not_signed_is_told)
{
    expect_refusal(DGM_NO_SIGNATURE, "found neither");
    sign_file(public_path, list);
    expect_refusal(DGM_NO_SIGNATURE, "the list has no file 'plugin.so'");
}
END_TEST

START_TEST(a_changed_file_is_told)
{
    char changed[sizeof(content)];
    sign_file(file, list);
    for (size_t i = 0; i < sizeof(content); i++) {
        memcpy(changed, content, sizeof(content));
        changed[i] = (char)(changed[i] ^ 1 << (i % 8));
        (void)write_bytes(folder, "plugin.so", changed, sizeof(changed));
        expect_refusal(DGM_BAD_SIGNATURE, "was changed after");
    }
    (void)write_bytes(folder, "plugin.so", content, sizeof(content) - 1);
    expect_refusal(DGM_BAD_SIGNATURE, "expected a file of 15 bytes, found 14");
}
END_TEST

START_TEST(a_list_of_a_folder_serves_all_its_files)
{
    char all[PATH_SIZE], second[PATH_SIZE];
    in_folder(all, DGM_SIGNATURE_LIST);
    in_folder(second, "another.so");
    (void)write_bytes(folder, "another.so", "x", 1);
    const char *paths[] = {file, second};
    ck_assert_int_eq(dgm_sign(secret, paths, 2, all, NULL, &refusal), DGM_OK);
    ck_assert_int_eq(verify(), DGM_OK);
    ck_assert_int_eq(dgm_signature_verify(second, &key, 1, NULL, NULL), DGM_OK);

    /* The file's own list decides, and is not passed over. */
    (void)write_bytes(folder, "plugin.so.sig", "", 0);
    expect_refusal(DGM_BAD_SIGNATURE, "begin with");
    ck_assert_int_eq(unlink(list), 0);

    /* Each file under its own name. */
    ck_assert_int_eq(rename(second, file), 0);
    expect_refusal(DGM_BAD_SIGNATURE, "signature: ");
}
END_TEST

START_TEST(files_of_the_current_folder_need_no_path)
{
    char *before = getcwd(NULL, 0);
    const char *paths[] = {"plugin.so"};
    ck_assert_ptr_nonnull(before);
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(dgm_sign("maker.key", paths, 1, DGM_SIGNATURE_LIST, NULL, &refusal),
                     DGM_OK);
    ck_assert_int_eq(dgm_signature_verify("plugin.so", &key, 1, NULL, &refusal), DGM_OK);
    ck_assert_int_eq(chdir(before), 0);
    free(before);
}
END_TEST

START_TEST(every_changed_byte_of_a_list_is_told)
{
    struct file text;
    sign_file(file, list);
    ck_assert_int_eq(file_read(list, &text, NULL), DGM_OK);
    for (size_t i = 0; i < text.size; i++) {
        /* The sixth bit makes capitals of letters. */
        for (unsigned bit = (unsigned)i % 5; bit < 6; bit = bit < 5 ? 5 : 6) {
            text.bytes[i] = (uint8_t)(text.bytes[i] ^ 1u << bit);
            (void)write_bytes(folder, "plugin.so.sig", text.bytes, text.size);
            enum dgm_status status = verify();
            ck_assert_msg(status == DGM_BAD_SIGNATURE || status == DGM_UNTRUSTED_KEY,
                          "byte %zu, bit %u: %s", i, bit, dgm_status_id(status));
            text.bytes[i] = (uint8_t)(text.bytes[i] ^ 1u << bit);
        }
    }
    for (size_t size = 0; size < text.size; size++) {
        (void)write_bytes(folder, "plugin.so.sig", text.bytes, size);
        expect_refusal(DGM_BAD_SIGNATURE, "signature file: ");
    }
    (void)write_bytes(folder, "plugin.so.sig", text.bytes, text.size);
    ck_assert_int_eq(verify(), DGM_OK);
    file_free(&text);
}
END_TEST

/* Sign any text as if it were a list. */
static void write_signed(const char *text)
{
    struct secret_key *maker = NULL;
    uint8_t signature[crypto_sign_BYTES];
    char whole[4096], hex[2 * crypto_sign_BYTES + 1];
    ck_assert_int_eq(keys_read_secret(secret, &maker, NULL), DGM_OK);
    dgm_public_key_text(&key, hex);
    size_t length = (size_t)snprintf(whole, sizeof(whole), "%skey %s\n", text, hex);
    (void)crypto_sign_detached(signature, NULL, (const uint8_t *)whole, length,
                               maker->expanded);
    (void)sodium_bin2hex(hex, sizeof(hex), signature, sizeof(signature));
    length +=
        (size_t)snprintf(whole + length, sizeof(whole) - length, "signature %s\n", hex);
    (void)write_bytes(folder, "plugin.so.sig", whole, length);
    sodium_free(maker);
}

#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FIRST "dragoman sums 1\n"
#define LATER SUM " 1 z\n"

/* Lists that the maker signed, and no host may take. */
static const char *const odd_lists[] = {
    "dragoman sums 2\n" SUM " 15 plugin.so\n",
    FIRST SUM " 15 plugin.so\n" SUM " 15 plugin.so\n",
    FIRST LATER SUM " 15 plugin.so\n",
    FIRST SUM " 015 plugin.so\n" LATER,
    FIRST SUM " -1 plugin.so\n",
    FIRST SUM "  plugin.so\n",
    FIRST SUM " 15\n",
    FIRST SUM " 15 \n",
    FIRST SUM " 15 a/plugin.so\n",
    FIRST SUM " 15 plugin\x01.so\n",
    FIRST SUM " 99999999999999999999 plugin.so\n",
    FIRST
    "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef 15 plugin.so\n",
    FIRST "0123 15 plugin.so\n",
    FIRST SUM " 15 plugin.so",
    FIRST "\n" SUM " 15 plugin.so\n",
};

START_TEST(a_signed_list_of_odd_form_is_refused)
{
    write_signed(odd_lists[_i]);
    expect_refusal(DGM_BAD_SIGNATURE, "signature file: ");
}
END_TEST

START_TEST(lists_of_odd_kinds_are_refused)
{
    char blank[3] = "";
    ck_assert_int_eq(mkdir(list, 0700), 0);
    expect_refusal(DGM_BAD_SIGNATURE, "regular file");
    ck_assert_int_eq(rmdir(list), 0);
    ck_assert_int_eq(mkfifo(list, 0600), 0);
    expect_refusal(DGM_BAD_SIGNATURE, "regular file");
    ck_assert_int_eq(unlink(list), 0);
    ck_assert_int_eq(symlink("nowhere", list), 0);
    expect_refusal(DGM_BAD_SIGNATURE, "cannot open");
    ck_assert_int_eq(unlink(list), 0);
    (void)write_bytes(folder, "plugin.so.sig", blank, sizeof(blank));
    ck_assert_int_eq(truncate(list, SUMS_FILE_MAX + 1), 0);
    expect_refusal(DGM_BAD_SIGNATURE, "expected at most 2097152");
}
END_TEST

START_TEST(signing_refuses_what_cannot_be_listed)
{
    char odd[PATH_SIZE], absent[PATH_SIZE], nowhere[PATH_SIZE];
    in_folder(odd, "two\nlines");
    in_folder(absent, "absent");
    in_folder(nowhere, "nowhere/x.sig");
    (void)write_bytes(folder, "two\nlines", "x", 1);
    const char *lines[] = {odd}, *twice[] = {file, file}, *missing[] = {absent};
    const char *fine[] = {file};
    ck_assert_int_eq(dgm_sign(secret, lines, 1, list, NULL, &refusal), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_sign(secret, twice, 2, list, NULL, &refusal), DGM_BAD_CALL);
    ck_assert_ptr_nonnull(strstr(refusal.text, "two files have the name"));
    ck_assert_int_eq(dgm_sign(secret, missing, 1, list, NULL, &refusal), DGM_IO);
    ck_assert_int_eq(dgm_sign(secret, fine, 0, list, NULL, &refusal), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_sign(secret, fine, 1, nowhere, NULL, &refusal), DGM_IO);
    ck_assert_int_eq(
        dgm_sign(secret, fine, DGM_SIGNED_FILES_MAX + 1, list, NULL, &refusal),
        DGM_LIMIT);
    ck_assert_int_ne(access(list, F_OK), 0);
}
END_TEST

/* A real plug-in as plugin.so. */
static void put_plugin(const char *setting)
{
    struct plugin_file plugin = plugin_file_read(test_setting(setting));
    (void)write_bytes(folder, "plugin.so", plugin.bytes, plugin.size);
    plugin_file_free(&plugin);
}

static enum dgm_status load(enum dgm_signature_policy policy)
{
    struct dgm_loaded *loaded = NULL;
    struct dgm_load_options options = DGM_LOAD_OPTIONS_INIT;
    options.signatures = policy;
    options.keys = &key;
    options.key_count = 1;
    enum dgm_status status = dgm_plugin_load_with(file, &options, &loaded, &refusal);
    ck_assert_int_eq(status == DGM_OK, loaded != NULL);
    dgm_plugin_unload(loaded);
    return status;
}

START_TEST(the_policy_decides_what_is_loaded)
{
    put_plugin("DRAGOMAN_TEST_PLUGIN");
    ck_assert_int_eq(load(DGM_SIGNATURES_OFF), DGM_OK);
    ck_assert_int_eq(refusal.status, DGM_OK);
    ck_assert_int_eq(load(DGM_SIGNATURES_WARN), DGM_OK);
    ck_assert_int_eq(refusal.status, DGM_NO_SIGNATURE);
    ck_assert_int_eq(load(DGM_SIGNATURES_REQUIRE), DGM_NO_SIGNATURE);

    sign_file(file, list);
    ck_assert_int_eq(load(DGM_SIGNATURES_WARN), DGM_OK);
    ck_assert_int_eq(refusal.status, DGM_OK);
    ck_assert_int_eq(load(DGM_SIGNATURES_REQUIRE), DGM_OK);

    put_plugin("DRAGOMAN_TEST_OTHER_PLUGIN");
    ck_assert_int_eq(load(DGM_SIGNATURES_WARN), DGM_OK);
    ck_assert_int_eq(refusal.status, DGM_BAD_SIGNATURE);
    ck_assert_int_eq(load(DGM_SIGNATURES_REQUIRE), DGM_BAD_SIGNATURE);
    ck_assert_int_eq(load(DGM_SIGNATURES_OFF), DGM_OK);
}
END_TEST

START_TEST(an_unsigned_file_is_not_looked_into)
{
    /* No plug-in at all: with the policy this is not even found out. */
    ck_assert_int_eq(load(DGM_SIGNATURES_REQUIRE), DGM_NO_SIGNATURE);
    ck_assert_int_eq(load(DGM_SIGNATURES_OFF), DGM_PLUGIN_FILE);
    sign_file(file, list);
    ck_assert_int_eq(load(DGM_SIGNATURES_REQUIRE), DGM_PLUGIN_FILE);
}
END_TEST

START_TEST(options_of_other_versions_are_taken_with_care)
{
    struct {
        struct dgm_load_options options;
        uint64_t further;
    } longer = {DGM_LOAD_OPTIONS_INIT, 0};
    struct dgm_loaded *loaded = NULL;
    struct dgm_load_options *options = &longer.options;
    put_plugin("DRAGOMAN_TEST_PLUGIN");
    options->size = sizeof(longer);
    ck_assert_int_eq(dgm_plugin_load_with(file, options, &loaded, &refusal), DGM_OK);
    dgm_plugin_unload(loaded);
    longer.further = 1;
    ck_assert_int_eq(dgm_plugin_load_with(file, options, &loaded, &refusal),
                     DGM_BAD_CALL);
    options->size = offsetof(struct dgm_load_options, keys);
    options->signatures = DGM_SIGNATURES_REQUIRE;
    ck_assert_int_eq(dgm_plugin_load_with(file, options, &loaded, &refusal),
                     DGM_NO_SIGNATURE);
    options->size = 3;
    ck_assert_int_eq(dgm_plugin_load_with(file, options, &loaded, &refusal),
                     DGM_BAD_CALL);
    options->size = sizeof(*options);
    options->signatures = (enum dgm_signature_policy)7;
    ck_assert_int_eq(dgm_plugin_load_with(file, options, &loaded, &refusal),
                     DGM_BAD_CALL);
    options->signatures = DGM_SIGNATURES_OFF;
    options->key_count = 1;
    ck_assert_int_eq(dgm_plugin_load_with(file, options, &loaded, &refusal),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_plugin_load_with(file, NULL, &loaded, NULL), DGM_OK);
    dgm_plugin_unload(loaded);
}
END_TEST

static atomic_bool is_over;

/* Exchange the signed plug-in and another one under the same name, again and again. */
static void *exchange(void *user)
{
    char names[2][PATH_SIZE];
    (void)user;
    in_folder(names[0], "signed.so");
    in_folder(names[1], "other.so");
    for (unsigned i = 0; !atomic_load(&is_over); i++) {
        char made[PATH_SIZE];
        in_folder(made, "made.so");
        (void)unlink(made);
        if (link(names[i % 2], made) == 0) {
            (void)rename(made, file);
        }
    }
    return NULL;
}

/* Whatever the moment of the exchange: what loads is what was signed. */
START_TEST(what_was_verified_is_what_is_loaded)
{
    struct dgm_load_options options = DGM_LOAD_OPTIONS_INIT;
    pthread_t thread;
    char kept[PATH_SIZE], other[PATH_SIZE];
    options.signatures = DGM_SIGNATURES_REQUIRE;
    options.keys = &key;
    options.key_count = 1;
    in_folder(kept, "signed.so");
    in_folder(other, "other.so");
    put_plugin("DRAGOMAN_TEST_OTHER_PLUGIN");
    ck_assert_int_eq(rename(file, other), 0);
    put_plugin("DRAGOMAN_TEST_PLUGIN");
    ck_assert_int_eq(link(file, kept), 0);
    sign_file(file, list);
    ck_assert_int_eq(pthread_create(&thread, NULL, exchange, NULL), 0);
    for (unsigned i = 0; i < 300; i++) {
        struct dgm_loaded *loaded = NULL;
        enum dgm_status status = dgm_plugin_load_with(file, &options, &loaded, &refusal);
        ck_assert_msg(status == DGM_OK || status == DGM_BAD_SIGNATURE, "%s",
                      refusal.text);
        ck_assert(loaded == NULL || dgm_loaded_find(loaded, "Acme", NULL) != NULL);
        dgm_plugin_unload(loaded);
    }
    atomic_store(&is_over, true);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("signature");
    TCase *tests = tcase_create("signature");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, keys_are_made_once_and_for_their_owner);
    tcase_add_test(tests, several_public_keys_stand_in_one_file);
    tcase_add_loop_test(tests, files_that_hold_no_key_are_refused, 0,
                        (int)(sizeof(bad_keys) / sizeof(bad_keys[0])));
    tcase_add_test(tests, key_files_of_odd_kinds_are_refused);
    tcase_add_test(tests, a_secret_key_that_others_can_read_is_refused);
    tcase_add_test(tests, a_signed_file_verifies_by_the_key_that_signed);
    tcase_add_test(tests, what_is_not_signed_is_told);
    tcase_add_test(tests, a_changed_file_is_told);
    tcase_add_test(tests, a_list_of_a_folder_serves_all_its_files);
    tcase_add_test(tests, files_of_the_current_folder_need_no_path);
    tcase_add_test(tests, every_changed_byte_of_a_list_is_told);
    tcase_add_loop_test(tests, a_signed_list_of_odd_form_is_refused, 0,
                        (int)(sizeof(odd_lists) / sizeof(odd_lists[0])));
    tcase_add_test(tests, lists_of_odd_kinds_are_refused);
    tcase_add_test(tests, signing_refuses_what_cannot_be_listed);
    tcase_add_test(tests, the_policy_decides_what_is_loaded);
    tcase_add_test(tests, an_unsigned_file_is_not_looked_into);
    tcase_add_test(tests, options_of_other_versions_are_taken_with_care);
    tcase_add_test(tests, what_was_verified_is_what_is_loaded);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
