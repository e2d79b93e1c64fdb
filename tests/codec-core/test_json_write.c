/* SPDX-License-Identifier: MIT */
/* Each function of the writer into buffers of every size, each ending at a forbidden page
 * and beginning behind guard bytes. */
#include "json_write.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../support/guard.h"

enum { MARGIN = 16, GUARD = 0x5A };

/* What a test writes: `bytes` for texts, `number` for integers. */
struct piece {
    void (*put)(struct json_writer *writer, const struct piece *piece);
    const char *bytes;
    size_t length;
    uint64_t number;
    const char *expected;
};

static void put_text(struct json_writer *writer, const struct piece *piece)
{
    json_put(writer, piece->bytes, piece->length);
}

static void put_chars(struct json_writer *writer, const struct piece *piece)
{
    for (size_t i = 0; i < piece->length; i++)
        json_put_char(writer, piece->bytes[i]);
}

static void put_u64(struct json_writer *writer, const struct piece *piece)
{
    json_put_u64(writer, piece->number);
}

static void put_i64(struct json_writer *writer, const struct piece *piece)
{
    json_put_i64(writer, (int64_t)piece->number);
}

static void put_latin1(struct json_writer *writer, const struct piece *piece)
{
    json_put_latin1(writer, (const uint8_t *)piece->bytes, piece->length);
}

static void put_utf8(struct json_writer *writer, const struct piece *piece)
{
    json_put_utf8(writer, (const uint8_t *)piece->bytes, piece->length);
}

static void put_hex(struct json_writer *writer, const struct piece *piece)
{
    json_put_hex(writer, (const uint8_t *)piece->bytes, piece->length,
                 piece->number != 0);
}

static void put_base64(struct json_writer *writer, const struct piece *piece)
{
    json_put_base64(writer, (const uint8_t *)piece->bytes, piece->length);
}

static void check_size(const struct piece *piece, size_t size)
{
    struct json_writer writer;
    struct guarded room = guarded_new(NULL, MARGIN + size);
    memset(room.bytes, GUARD, room.size);
    char *text = (char *)room.bytes + MARGIN;
    json_writer_init(&writer, text, size);
    piece->put(&writer, piece);
    size_t length = strlen(piece->expected);
    ck_assert_msg(writer.length == length, "%s: counted %zu", piece->expected,
                  writer.length);
    ck_assert_int_eq(json_writer_fits(&writer), length <= size);
    if (length <= size)
        ck_assert_msg(memcmp(text, piece->expected, length) == 0, "wrote %.*s, not %s",
                      (int)length, text, piece->expected);
    for (size_t i = 0; i < MARGIN; i++)
        ck_assert_uint_eq(room.bytes[i], GUARD);
    for (size_t i = length; i < size; i++)
        ck_assert_uint_eq((uint8_t)text[i], GUARD);
    guarded_free(&room);
}

#define TEXT(text) text, sizeof(text) - 1, 0

static const struct piece pieces[] = {
    {put_text, TEXT(""), ""},
    {put_text, TEXT("{\"a\":"), "{\"a\":"},
    {put_chars, TEXT("[1,2]"), "[1,2]"},
    {put_u64, NULL, 0, 0, "0"},
    {put_u64, NULL, 0, 1234567, "1234567"},
    {put_u64, NULL, 0, UINT64_MAX, "18446744073709551615"},
    {put_i64, NULL, 0, 42, "42"},
    {put_i64, NULL, 0, (uint64_t)INT64_MAX, "9223372036854775807"},
    {put_i64, NULL, 0, (uint64_t)INT64_MAX + 1, "-9223372036854775808"},
    {put_latin1, TEXT(""), ""},
    {put_latin1, TEXT("plain text of some length"), "plain text of some length"},
    {put_latin1, TEXT("\"\\/\b\f\n\r\t"), "\\\"\\\\/\\b\\f\\n\\r\\t"},
    {put_latin1, TEXT("a\0b\x1F\x7F"), "a\\u0000b\\u001f\x7F"},
    {put_latin1, TEXT("caf\xE9 \x80\xFF"), "caf\xC3\xA9 \xC2\x80\xC3\xBF"},
    {put_utf8, TEXT(""), ""},
    {put_utf8, TEXT("0123456789\"0123456789\\"), "0123456789\\\"0123456789\\\\"},
    {put_utf8, TEXT("\"\\/\b\f\n\r\t"), "\\\"\\\\/\\b\\f\\n\\r\\t"},
    {put_utf8, TEXT("\0a\x1F\x7F"), "\\u0000a\\u001f\x7F"},
    {put_utf8, TEXT("\xC3\xA9t\xC3\xA9\n\xF0\x9F\x98\x80"),
     "\xC3\xA9t\xC3\xA9\\n\xF0\x9F\x98\x80"},
    {put_hex, TEXT(""), ""},
    {put_hex, TEXT("\x01\xAB\xFF"), "01abff"},
    {put_hex, "\x01\xAB\xFF", 3, 1, "01ABFF"},
    {put_base64, TEXT(""), ""},
    {put_base64, TEXT("f"), "Zg=="},
    {put_base64, TEXT("foobar"), "Zm9vYmFy"},
};

START_TEST(writes_within_every_size)
{
    const struct piece *piece = &pieces[_i];
    for (size_t size = 0; size <= strlen(piece->expected) + 24; size++)
        check_size(piece, size);
}
END_TEST

/* All pieces behind each other: what did not fit must not come back further behind. */
static void put_all(struct json_writer *writer, const struct piece *piece)
{
    (void)piece;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        pieces[i].put(writer, &pieces[i]);
}

START_TEST(pieces_add_up_within_every_size)
{
    char expected[1024] = "";
    struct piece all = {put_all, NULL, 0, 0, expected};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        strcat(expected, pieces[i].expected);
    for (size_t size = 0; size <= strlen(expected) + 1; size++)
        check_size(&all, size);
}
END_TEST

START_TEST(counts_without_a_buffer)
{
    struct json_writer writer;
    json_writer_init(&writer, NULL, 0);
    ck_assert(json_writer_fits(&writer));
    json_put(&writer, "", 0);
    json_put_latin1(&writer, NULL, 0);
    json_put_utf8(&writer, NULL, 0);
    json_put_hex(&writer, NULL, 0, false);
    json_put_base64(&writer, NULL, 0);
    ck_assert(json_writer_fits(&writer));
    put_all(&writer, NULL);
    ck_assert(!json_writer_fits(&writer));
    ck_assert_uint_gt(writer.length, 100);
}
END_TEST

START_TEST(escapes_each_byte_as_json_wants)
{
    for (unsigned byte = 0; byte < 0x80; byte++) {
        char text[8] = {0}, latin1[8] = {0}, expected[8];
        const char *letters = "\"\"\\\\\bb\ff\nn\rr\tt", *found = letters;
        const uint8_t character = (uint8_t)byte;
        while (*found != 0 && *found != (char)byte)
            found += 2;
        if (*found != 0)
            snprintf(expected, sizeof(expected), "\\%c", found[1]);
        else if (byte < 0x20)
            snprintf(expected, sizeof(expected), "\\u%04x", byte);
        else
            snprintf(expected, sizeof(expected), "%c", (int)byte);
        struct json_writer writer;
        json_writer_init(&writer, text, sizeof(text) - 1);
        json_put_utf8(&writer, &character, 1);
        ck_assert_str_eq(text, expected);
        json_writer_init(&writer, latin1, sizeof(latin1) - 1);
        json_put_latin1(&writer, &character, 1);
        ck_assert_str_eq(latin1, expected);
    }
}
END_TEST

START_TEST(a_count_beyond_size_t_does_not_wrap)
{
    char text[4];
    struct json_writer writer;
    json_writer_init(&writer, text, sizeof(text));
    json_put_beyond(&writer, SIZE_MAX - 2);
    json_put(&writer, "abcd", 4);
    ck_assert(!json_writer_fits(&writer));
    json_put_char(&writer, 'x');
    json_put_u64(&writer, 1);
    json_put_hex(&writer, (const uint8_t *)text, 0, false);
    ck_assert(!json_writer_fits(&writer));
    ck_assert_uint_eq(writer.length, SIZE_MAX);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_write");
    TCase *bounds = tcase_create("bounds");
    tcase_add_loop_test(bounds, writes_within_every_size, 0,
                        (int)(sizeof(pieces) / sizeof(pieces[0])));
    tcase_add_test(bounds, pieces_add_up_within_every_size);
    tcase_add_test(bounds, counts_without_a_buffer);
    tcase_add_test(bounds, escapes_each_byte_as_json_wants);
    tcase_add_test(bounds, a_count_beyond_size_t_does_not_wrap);
    suite_add_tcase(suite, bounds);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
