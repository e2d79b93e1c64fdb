/* SPDX-License-Identifier: MIT */
/* Packages as zips: what is read, and what is refused. */
#include "package.h"

#include <check.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ZIP_MOST = 1 << 20, LINK = 0120777, FILE_MODE = 0100644 };

static char path[] = "/tmp/dragoman-package-XXXXXX";
static char big[WHOLE_MOST + 1];
static struct report report;
static struct package package;
static zipFile zip;

static void start(void)
{
    strcpy(path + strlen(path) - 6, "XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    memset(&report, 0, sizeof(report));
    memset(&package, 0, sizeof(package));
    report.quiet = true;
    zip = zipOpen64(path, APPEND_STATUS_CREATE);
    ck_assert_ptr_nonnull(zip);
}

static void end(void)
{
    package_close(&package);
    unlink(path);
}

static void put(const char *name, const char *text, size_t length, unsigned mode)
{
    zip_fileinfo info;
    memset(&info, 0, sizeof(info));
    info.external_fa = (uLong)mode << 16;
    ck_assert_int_eq(zipOpenNewFileInZip4_64(zip, name, &info, NULL, 0, NULL, 0, NULL,
                                             Z_DEFLATED, Z_BEST_SPEED, 0, -MAX_WBITS,
                                             DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0,
                                             (3 << 8) | 20, 0, 0),
                     ZIP_OK);
    ck_assert_int_eq(zipWriteInFileInZip(zip, text, (unsigned)length), ZIP_OK);
    ck_assert_int_eq(zipCloseFileInZip(zip), ZIP_OK);
}

static void put_text(const char *name)
{
    put(name, "{}", 2, FILE_MODE);
}

static int read_back(void)
{
    return package_open(&package, &report, path);
}

static void finish(void)
{
    ck_assert_int_eq(zipClose(zip, NULL), ZIP_OK);
}

static int read_zip(void)
{
    finish();
    return read_back();
}

/* Change bytes behind the first place of that signature: "PK\3\4" begins a member,
 * "PK\1\2" its entry in the list at the zip's end. */
static void patch_at(const char *signature, size_t offset, const char *bytes,
                     size_t length)
{
    char *all = malloc(ZIP_MOST);
    FILE *file = fopen(path, "r+b");
    ck_assert_ptr_nonnull(all);
    ck_assert_ptr_nonnull(file);
    size_t size = fread(all, 1, ZIP_MOST, file), at = 0;
    while (at + 4 < size && memcmp(all + at, signature, 4) != 0) {
        at++;
    }
    ck_assert_uint_lt(at + offset, size);
    ck_assert_int_eq(fseek(file, (long)(at + offset), SEEK_SET), 0);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    free(all);
}

static void patch(size_t offset, const char *bytes, size_t length)
{
    patch_at("PK\1\2", offset, bytes, length);
}

START_TEST(reads_members_by_name)
{
    put("b/two.json", "[2]", 3, FILE_MODE);
    put("a/one.json", "[1]", 3, 0);
    put("empty.json", "", 0, FILE_MODE);
    put("a/", "", 0, 0040755);
    put_text("picture.png");
    ck_assert_int_eq(read_zip(), CLI_FINE);
    ck_assert_uint_eq(package.count, 3);
    ck_assert_str_eq(package.members[0].name, "a/one.json");
    ck_assert_str_eq(package.members[0].text, "[1]");
    ck_assert_str_eq(package.members[1].text, "[2]");
    ck_assert_uint_eq(package.members[2].length, 0);
}
END_TEST

static const char *const bad_names[] = {
    "/one.json",   "../one.json",  "a/../one.json",  "a/..",
    "./one.json",  "a//one.json",  "a\\one.json",    "c:one.json",
    "a\none.json", "..\\one.json", "../picture.png", "..",
};

START_TEST(refuses_names)
{
    put_text("good.json");
    put_text(bad_names[_i]);
    ck_assert_int_eq(read_zip(), CLI_WRONG);
}
END_TEST

START_TEST(refuses_a_long_name)
{
    char name[PACKAGE_NAME + 8];
    memset(name, 'a', sizeof(name));
    strcpy(name + sizeof(name) - sizeof(".json"), ".json");
    put_text(name);
    ck_assert_int_eq(read_zip(), CLI_WRONG);
}
END_TEST

START_TEST(refuses_a_zero_in_a_name)
{
    put_text("good.json");
    finish();
    patch(46 + 2, "\0", 1);
    ck_assert_int_eq(read_back(), CLI_WRONG);
}
END_TEST

START_TEST(refuses_a_name_twice)
{
    put_text("one.json");
    put_text(_i == 0 ? "one.json" : "ONE.json");
    ck_assert_int_eq(read_zip(), CLI_WRONG);
}
END_TEST

START_TEST(refuses_a_link)
{
    put("one.json", "/etc/passwd", 11, LINK);
    ck_assert_int_eq(read_zip(), CLI_WRONG);
}
END_TEST

START_TEST(bounds_the_bytes_of_a_member)
{
    put("one.json", big, WHOLE_MOST - (size_t)_i, FILE_MODE);
    ck_assert_int_eq(read_zip(), _i == 0 ? CLI_WRONG : CLI_FINE);
}
END_TEST

START_TEST(bounds_the_bytes_of_all)
{
    char name[16];
    for (int i = 0; i <= PACKAGE_BYTES / WHOLE_MOST; i++) {
        (void)snprintf(name, sizeof(name), "%d.json", i);
        put(name, big, WHOLE_MOST - 1, FILE_MODE);
    }
    ck_assert_int_eq(read_zip(), CLI_WRONG);
    ck_assert_uint_le(package.bytes, PACKAGE_BYTES);
}
END_TEST

START_TEST(bounds_the_members)
{
    char name[16];
    for (int i = 0; i < PACKAGE_MEMBERS + 1 - _i; i++) {
        (void)snprintf(name, sizeof(name), "%d.json", i);
        put_text(name);
    }
    ck_assert_int_eq(read_zip(), _i == 0 ? CLI_WRONG : CLI_FINE);
}
END_TEST

START_TEST(refuses_what_is_encrypted)
{
    put_text("one.json");
    finish();
    patch(8, "\1", 1);
    ck_assert_int_eq(read_back(), CLI_WRONG);
}
END_TEST

/* More than there is, less than there is, and another checksum. */
static const struct {
    size_t offset;
    const char *bytes;
} lies[] = {{24, "\x03"}, {24, "\x01"}, {16, "\x77\x77"}, {10, "\x63"}};

START_TEST(refuses_lies_about_a_member)
{
    put_text("one.json");
    finish();
    patch(lies[_i].offset, lies[_i].bytes, strlen(lies[_i].bytes));
    ck_assert_int_eq(read_back(), CLI_WRONG);
}
END_TEST

START_TEST(refuses_another_checksum)
{
    put_text("one.json");
    finish();
    patch_at("PK\3\4", 14, "\x77\x77\x77\x77", 4);
    patch(16, "\x77\x77\x77\x77", 4);
    ck_assert_int_eq(read_back(), CLI_WRONG);
}
END_TEST

START_TEST(refuses_half_a_zip)
{
    put("one.json", big, 1000, FILE_MODE);
    finish();
    ck_assert_int_eq(truncate(path, 60), 0);
    ck_assert_int_eq(read_back(), CLI_WRONG);
}
END_TEST

START_TEST(writes_what_it_reads)
{
    struct package other;
    put("a/one.json", "[1]", 3, FILE_MODE);
    ck_assert_int_eq(read_zip(), CLI_FINE);
    ck_assert_int_eq(package_write_zip(&package, &report, path), CLI_FINE);
    ck_assert_int_eq(package_open(&other, &report, path), CLI_FINE);
    ck_assert_uint_eq(other.count, 1);
    ck_assert_str_eq(other.members[0].name, "a/one.json");
    ck_assert_str_eq(other.members[0].text, "[1]");
    package_close(&other);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("zip");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, reads_members_by_name);
    tcase_add_loop_test(tests, refuses_names, 0,
                        sizeof(bad_names) / sizeof(bad_names[0]));
    tcase_add_test(tests, refuses_a_long_name);
    tcase_add_test(tests, refuses_a_zero_in_a_name);
    tcase_add_loop_test(tests, refuses_a_name_twice, 0, 2);
    tcase_add_test(tests, refuses_a_link);
    tcase_add_loop_test(tests, bounds_the_bytes_of_a_member, 0, 2);
    tcase_add_test(tests, bounds_the_bytes_of_all);
    tcase_add_loop_test(tests, bounds_the_members, 0, 2);
    tcase_add_test(tests, refuses_what_is_encrypted);
    tcase_add_loop_test(tests, refuses_lies_about_a_member, 0,
                        sizeof(lies) / sizeof(lies[0]));
    tcase_add_test(tests, refuses_another_checksum);
    tcase_add_test(tests, refuses_half_a_zip);
    tcase_add_test(tests, writes_what_it_reads);
    Suite *suite = suite_create("package");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
