/* SPDX-License-Identifier: MIT */
/* The fast lane for lines of hex digits agrees with the slow one about every line. */
#include "hexlines.h"
#include "hexin.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../support/guard.h"

enum { TEXT = 128, FRAME = 64, MOST = 8 };

static struct hexin_bytes slow;
static struct dgm_item items[MOST];
static size_t ends[MOST];
static struct guarded text, room;

static void open_buffers(void)
{
    text = guarded_new(NULL, TEXT);
    room = guarded_new(NULL, FRAME);
}

static void close_buffers(void)
{
    guarded_free(&text);
    guarded_free(&room);
}

/* Takes it or leaves it as it should, and never reads behind it. */
static void compare(const char *line, size_t length, size_t pairs)
{
    char *copy = (char *)text.bytes + TEXT - length;
    memcpy(copy, line, length);
    struct hexlines lines = {room.bytes, FRAME, pairs};
    struct hexin_fault fault;
    size_t shown = length > 0 && line[length - 1] == '\n' ? length - 1 : 0;
    size_t count = hexlines_take(&lines, copy, 0, length, items, ends, MOST);
    shown -= shown > 0 && line[shown - 1] == '\r' ? 1 : 0;
    bool plain = shown > 0;
    for (size_t i = 0; i < shown; i++) {
        plain = plain && hexin_digit(line[i]) >= 0;
    }
    slow.length = 0;
    plain = plain && hexin_hex(line, shown, 0, &slow, &fault);
    ck_assert_uint_eq(count, plain ? 1 : 0);
    if (plain) {
        ck_assert_uint_eq(lines.pairs, slow.length);
        ck_assert_uint_eq(ends[0], length);
        ck_assert_ptr_eq(items[0].input, room.bytes);
        ck_assert_uint_eq(items[0].length, slow.length);
        ck_assert_mem_eq(room.bytes, slow.bytes, slow.length);
    }
}

/* Each character at each place of lines of each length; `_i` is the character. */
START_TEST(takes_digits_and_nothing_else)
{
    char line[80];
    for (size_t length = 1; length <= 70; length++) {
        for (size_t at = 0; at < length; at++) {
            for (size_t i = 0; i < length; i++) {
                line[i] = "0aF9fA5c"[i % 8];
            }
            line[at] = (char)_i;
            line[length] = '\n';
            if (_i != '\n') {
                compare(line, length + 1, at % 2 == 0 ? length / 2 : 0);
            }
        }
    }
}
END_TEST

START_TEST(finds_the_end_of_the_line)
{
    static const char *const lines[] = {"0123456789\n",
                                        "0123456789\r\n",
                                        "\n",
                                        "\r\n",
                                        "01\n",
                                        "012\n",
                                        "01\r\n",
                                        "0123456789",
                                        "01\r\r\n",
                                        "",
                                        "0123456789ABCDE\n"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        for (size_t pairs = 0; pairs < 10; pairs++) {
            compare(lines[i], strlen(lines[i]), pairs);
        }
    }
}
END_TEST

START_TEST(takes_lines_up_to_one_that_is_none)
{
    static const char several[] = "zz\n0102\n030405\n06\r\n07\nport=1 08\n09\n";
    static const char *const frames[] = {"\1\2", "\3\4\5", "\6", "\7"};
    static const size_t places[] = {8, 15, 19, 22};
    uint8_t bytes[16];
    struct hexlines lines = {bytes, sizeof(bytes), 9};
    ck_assert_uint_eq(
        hexlines_take(&lines, several, 3, sizeof(several) - 1, items, ends, MOST), 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(items[i].length, strlen(frames[i]));
        ck_assert_mem_eq(items[i].input, frames[i], items[i].length);
        ck_assert_uint_eq(ends[i], places[i]);
    }
    ck_assert_uint_eq(
        hexlines_take(&lines, several, 0, sizeof(several) - 1, items, ends, MOST), 0);
}
END_TEST

START_TEST(takes_no_more_than_are_wanted)
{
    static const char several[] = "01\n02\n03\n";
    uint8_t bytes[4];
    struct hexlines lines = {bytes, sizeof(bytes), 0};
    ck_assert_uint_eq(hexlines_take(&lines, several, 0, 9, items, ends, 2), 2);
    ck_assert_uint_eq(ends[1], 6);
    ck_assert_uint_eq(hexlines_take(&lines, several, 6, 9, items, ends, 2), 1);
    ck_assert_mem_eq(items[0].input, "\3", 1);
}
END_TEST

/* Whatever the length of a line, and whether or not it is that of the one before. */
START_TEST(keeps_to_its_room)
{
    char twice[2 * (FRAME + 1)];
    size_t pairs = (size_t)_i, line = 2 * pairs + 1, size = 2 * pairs - 1;
    memset(twice, 'a', sizeof(twice));
    twice[line - 1] = twice[2 * line - 1] = '\n';
    struct hexlines lines = {room.bytes + FRAME - size, size, 0};
    ck_assert_uint_eq(hexlines_take(&lines, twice, 0, 2 * line, items, ends, MOST), 1);
    ck_assert_uint_eq(hexlines_take(&lines, twice, line, 2 * line, items, ends, MOST), 1);
    lines.room = pairs - 1;
    ck_assert_uint_eq(hexlines_take(&lines, twice, 0, 2 * line, items, ends, MOST), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hexlines");
    TCase *tcase = tcase_create("hexlines");
    tcase_add_unchecked_fixture(tcase, open_buffers, close_buffers);
    tcase_add_loop_test(tcase, takes_digits_and_nothing_else, 0, 256);
    tcase_add_test(tcase, finds_the_end_of_the_line);
    tcase_add_test(tcase, takes_lines_up_to_one_that_is_none);
    tcase_add_test(tcase, takes_no_more_than_are_wanted);
    tcase_add_loop_test(tcase, keeps_to_its_room, 1, FRAME / 2);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
