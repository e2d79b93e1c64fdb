/* SPDX-License-Identifier: MIT */
/* Lines of files, plain and gzipped, whole and damaged. */
#include "lines.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static char path[] = "/tmp/dragoman-lines-XXXXXX";

static void make_file(void)
{
    strcpy(path + strlen(path) - 6, "XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void remove_file(void)
{
    unlink(path);
}

static void put_plain(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "ab");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

/* Another member of the gzip format. */
static void put_packed(const char *bytes, size_t length)
{
    gzFile file = gzopen(path, "ab");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(gzwrite(file, bytes, (unsigned)length), (int)length);
    ck_assert_int_eq(gzclose(file), Z_OK);
}

static struct lines *open_file(void)
{
    struct lines *lines = lines_open(open(path, O_RDONLY), true);
    ck_assert_ptr_nonnull(lines);
    return lines;
}

static void expect_line(struct lines *lines, const char *expected)
{
    const char *line = NULL;
    size_t length = 0;
    ck_assert_int_eq(lines_next(lines, &line, &length), LINES_GOT);
    ck_assert_uint_eq(length, strlen(expected));
    ck_assert(memcmp(line, expected, length) == 0);
}

static void expect(struct lines *lines, enum lines_result expected)
{
    const char *line = NULL;
    size_t length = 0;
    ck_assert_int_eq(lines_next(lines, &line, &length), expected);
}

START_TEST(gives_lines_without_their_ends)
{
    put_plain("one\ntwo\r\n\nlast", 14);
    struct lines *lines = open_file();
    expect_line(lines, "one");
    expect_line(lines, "two");
    expect_line(lines, "");
    expect_line(lines, "last");
    ck_assert_uint_eq(lines_number(lines), 4);
    expect(lines, LINES_END);
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

START_TEST(gives_no_line_for_an_empty_file)
{
    struct lines *lines = open_file();
    expect(lines, LINES_END);
    ck_assert_uint_eq(lines_number(lines), 0);
    lines_close(lines);
}
END_TEST

START_TEST(takes_a_file_of_one_byte)
{
    put_plain("x", 1);
    struct lines *lines = open_file();
    expect_line(lines, "x");
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

START_TEST(passes_the_byte_order_mark_over)
{
    put_plain("\xEF\xBB\xBF"
              "01\n\xEF\xBB\xBF\n",
              10);
    struct lines *lines = open_file();
    expect_line(lines, "01");
    expect_line(lines, "\xEF\xBB\xBF");
    lines_close(lines);
}
END_TEST

START_TEST(unpacks_member_by_member)
{
    put_packed("one\ntw", 6);
    put_packed("o\nthree\n", 8);
    struct lines *lines = open_file();
    expect_line(lines, "one");
    expect_line(lines, "two");
    expect_line(lines, "three");
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

START_TEST(unpacks_an_empty_member)
{
    put_packed("", 0);
    struct lines *lines = open_file();
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

START_TEST(tells_once_that_packed_data_is_cut)
{
    put_packed("one\ntwo\n", 8);
    ck_assert_int_eq(truncate(path, 20), 0);
    struct lines *lines = open_file();
    const char *line = NULL;
    size_t length = 0;
    enum lines_result result = LINES_GOT;
    while (result == LINES_GOT) {
        result = lines_next(lines, &line, &length);
    }
    ck_assert_int_eq(result, LINES_DAMAGED);
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

START_TEST(tells_that_packed_data_is_damaged)
{
    put_packed("one\ntwo\nthree\n", 14);
    FILE *file = fopen(path, "r+b");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, 12, SEEK_SET), 0);
    ck_assert_uint_eq(fwrite("\xFF\xFF\xFF", 1, 3, file), 3);
    ck_assert_int_eq(fclose(file), 0);
    struct lines *lines = open_file();
    const char *line = NULL;
    size_t length = 0;
    enum lines_result result = LINES_GOT;
    while (result == LINES_GOT) {
        result = lines_next(lines, &line, &length);
    }
    ck_assert_int_eq(result, LINES_DAMAGED);
    lines_close(lines);
}
END_TEST

START_TEST(passes_lines_over_that_are_too_long)
{
    static char line[LINES_LENGTH_MAX + 1];
    memset(line, 'x', sizeof(line));
    put_plain(line, LINES_LENGTH_MAX);
    put_plain("\n", 1);
    put_plain(line, LINES_LENGTH_MAX + 1);
    put_plain("\nnext\n", 6);
    struct lines *lines = open_file();
    expect(lines, LINES_GOT);
    expect(lines, LINES_TOO_LONG);
    expect_line(lines, "next");
    ck_assert_uint_eq(lines_number(lines), 3);
    lines_close(lines);
}
END_TEST

START_TEST(gives_lines_of_a_pipe_as_they_come)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    struct lines *lines = lines_open(ends[0], true);
    ck_assert_ptr_nonnull(lines);
    ck_assert_int_eq(write(ends[1], "one\ntw", 6), 6);
    expect_line(lines, "one");
    ck_assert_int_eq(write(ends[1], "o\n", 2), 2);
    expect_line(lines, "two");
    close(ends[1]);
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

static void count_call(void *user)
{
    ++*(int *)user;
}

START_TEST(calls_back_before_it_may_wait)
{
    int calls = 0;
    put_plain("one\ntwo\n", 8);
    struct lines *lines = open_file();
    lines_before_wait(lines, count_call, &calls);
    expect_line(lines, "one");
    ck_assert_int_eq(calls, 1);
    expect_line(lines, "two");
    ck_assert_int_eq(calls, 1);
    expect(lines, LINES_END);
    ck_assert_int_eq(calls, 2);
    lines_close(lines);
}
END_TEST

START_TEST(tells_that_reading_failed)
{
    struct lines *lines = lines_open(open("/", O_RDONLY), true);
    ck_assert_ptr_nonnull(lines);
    expect(lines, LINES_FAILED);
    expect(lines, LINES_END);
    lines_close(lines);
}
END_TEST

START_TEST(gives_bytes_as_they_are)
{
    char buffer[16];
    size_t length = 0;
    put_packed("a\0b\n", 4);
    struct lines *lines = open_file();
    ck_assert_int_eq(lines_bytes(lines, buffer, sizeof(buffer), &length), LINES_GOT);
    ck_assert_uint_eq(length, 4);
    ck_assert(memcmp(buffer, "a\0b\n", 4) == 0);
    ck_assert_int_eq(lines_bytes(lines, buffer, sizeof(buffer), &length), LINES_END);
    lines_close(lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lines");
    TCase *tcase = tcase_create("lines");
    tcase_add_checked_fixture(tcase, make_file, remove_file);
    tcase_add_test(tcase, gives_lines_without_their_ends);
    tcase_add_test(tcase, gives_no_line_for_an_empty_file);
    tcase_add_test(tcase, takes_a_file_of_one_byte);
    tcase_add_test(tcase, passes_the_byte_order_mark_over);
    tcase_add_test(tcase, unpacks_member_by_member);
    tcase_add_test(tcase, unpacks_an_empty_member);
    tcase_add_test(tcase, tells_once_that_packed_data_is_cut);
    tcase_add_test(tcase, tells_that_packed_data_is_damaged);
    tcase_add_test(tcase, passes_lines_over_that_are_too_long);
    tcase_add_test(tcase, gives_lines_of_a_pipe_as_they_come);
    tcase_add_test(tcase, calls_back_before_it_may_wait);
    tcase_add_test(tcase, tells_that_reading_failed);
    tcase_add_test(tcase, gives_bytes_as_they_are);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
