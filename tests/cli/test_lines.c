/* SPDX-License-Identifier: MIT */
/* Lines of files, plain and gzipped, whole and damaged. */
#include "lines.h"

#include <check.h>
#include <errno.h>
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

/* All lines of the file, block by block, one behind the other; `then` of the last one. */
static enum lines_result gather_blocks(size_t wanted, char *text, size_t *ret_length)
{
    struct lines *lines = open_file();
    struct lines_block block;
    ck_assert(lines_block_open(&block));
    *ret_length = 0;
    do {
        lines_block_read(lines, &block, wanted);
        memcpy(text + *ret_length, block.text, block.length);
        *ret_length += block.length;
        bool whole = block.length == 0 || block.text[block.length - 1] == '\n';
        ck_assert(whole || block.then == LINES_END);
    } while (block.then == LINES_GOT);
    lines_block_close(&block);
    lines_close(lines);
    return block.then;
}

/* Wherever the reads end, blocks hold whole lines. */
START_TEST(gives_blocks_of_whole_lines)
{
    static const char content[] = "one\ntwo\r\n\n\0\nlonger line\nlast";
    char text[64];
    size_t length = 0;
    put_plain(content, sizeof(content) - 1);
    ck_assert_int_eq(gather_blocks((size_t)_i, text, &length), LINES_END);
    ck_assert_uint_eq(length, sizeof(content) - 1);
    ck_assert_mem_eq(text, content, length);
}
END_TEST

START_TEST(gives_blocks_of_packed_data)
{
    char text[64];
    size_t length = 0;
    put_packed("\xEF\xBB\xBFone\ntw", 9);
    put_packed("o\n", 2);
    ck_assert_int_eq(gather_blocks((size_t)_i, text, &length), LINES_END);
    ck_assert_uint_eq(length, 8);
    ck_assert_mem_eq(text, "one\ntwo\n", 8);
}
END_TEST

START_TEST(gives_no_block_of_an_empty_file)
{
    char text[8];
    size_t length = 0;
    ck_assert_int_eq(gather_blocks(64, text, &length), LINES_END);
    ck_assert_uint_eq(length, 0);
}
END_TEST

/* A block, which holds these lines and nothing else. */
static void expect_block(struct lines *lines, struct lines_block *block,
                         const char *expected, enum lines_result then)
{
    lines_block_read(lines, block, LINES_CHUNK);
    ck_assert_uint_eq(block->length, strlen(expected));
    ck_assert_mem_eq(block->text, expected, block->length);
    ck_assert_int_eq(block->then, then);
}

START_TEST(passes_lines_over_that_no_block_holds)
{
    static char line[LINES_LENGTH_MAX + 2 * LINES_CHUNK];
    struct lines_block block;
    memset(line, 'x', sizeof(line));
    put_plain("one\n", 4);
    put_plain(line, sizeof(line));
    put_plain("\ntwo\n", 5);
    put_plain(line, sizeof(line));
    struct lines *lines = open_file();
    ck_assert(lines_block_open(&block));
    expect_block(lines, &block, "one\n", LINES_GOT);
    expect_block(lines, &block, "", LINES_TOO_LONG);
    expect_block(lines, &block, "two\n", LINES_GOT);
    expect_block(lines, &block, "", LINES_TOO_LONG);
    expect_block(lines, &block, "", LINES_END);
    ck_assert_uint_eq(block.consumed, lines_size(lines));
    lines_block_close(&block);
    lines_close(lines);
}
END_TEST

START_TEST(gives_the_lines_in_front_of_what_is_damaged)
{
    struct lines_block block;
    put_packed("one\ntwo", 7);
    ck_assert_int_eq(truncate(path, 24), 0);
    struct lines *lines = open_file();
    ck_assert(lines_block_open(&block));
    expect_block(lines, &block, "one\n", LINES_GOT);
    expect_block(lines, &block, "", LINES_DAMAGED);
    ck_assert(block.cut_off);
    expect_block(lines, &block, "", LINES_END);
    lines_block_close(&block);
    lines_close(lines);
}
END_TEST

START_TEST(goes_on_in_blocks_behind_single_lines)
{
    struct lines_block block;
    put_plain("one\n\xEF\xBB\xBFtwo\nthree", 16);
    struct lines *lines = open_file();
    ck_assert(lines_block_open(&block));
    expect_line(lines, "one");
    expect_block(lines, &block, "\xEF\xBB\xBFtwo\n", LINES_GOT);
    expect_block(lines, &block, "three", LINES_END);
    lines_block_close(&block);
    lines_close(lines);
}
END_TEST

START_TEST(gives_blocks_of_a_pipe_as_they_come)
{
    int ends[2];
    struct lines_block block;
    ck_assert_int_eq(pipe(ends), 0);
    struct lines *lines = lines_open(ends[0], true);
    ck_assert_ptr_nonnull(lines);
    ck_assert(lines_block_open(&block));
    ck_assert_uint_eq(lines_size(lines), 0);
    ck_assert_int_eq(write(ends[1], "one\ntw", 6), 6);
    expect_block(lines, &block, "one\n", LINES_GOT);
    ck_assert_int_eq(write(ends[1], "o\n", 2), 2);
    expect_block(lines, &block, "two\n", LINES_GOT);
    close(ends[1]);
    expect_block(lines, &block, "", LINES_END);
    lines_block_close(&block);
    lines_close(lines);
}
END_TEST

START_TEST(tells_why_no_block_could_be_read)
{
    struct lines_block block;
    struct lines *lines = lines_open(open("/", O_RDONLY), true);
    ck_assert(lines_block_open(&block));
    expect_block(lines, &block, "", LINES_FAILED);
    ck_assert_int_eq(block.reason, EISDIR);
    expect_block(lines, &block, "", LINES_END);
    lines_block_close(&block);
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
    tcase_add_loop_test(tcase, gives_blocks_of_whole_lines, 1, 40);
    tcase_add_loop_test(tcase, gives_blocks_of_packed_data, 1, 14);
    tcase_add_test(tcase, gives_no_block_of_an_empty_file);
    tcase_add_test(tcase, passes_lines_over_that_no_block_holds);
    tcase_add_test(tcase, gives_the_lines_in_front_of_what_is_damaged);
    tcase_add_test(tcase, goes_on_in_blocks_behind_single_lines);
    tcase_add_test(tcase, gives_blocks_of_a_pipe_as_they_come);
    tcase_add_test(tcase, tells_why_no_block_could_be_read);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
