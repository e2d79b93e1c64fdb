/* SPDX-License-Identifier: MIT */
/* Characters, hex and Base64, mostly by trying all inputs. */
#include "text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "../support/guard.h"

enum { LAST_CODE_POINT = 0x10FFFF };

/* Check tells its parent of each assertion, which is too slow for millions of them. */
#define EXPECT(condition, ...)                                                           \
    do {                                                                                 \
        if (!(condition))                                                                \
            ck_abort_msg(__VA_ARGS__);                                                   \
    } while (0)

static bool is_surrogate(uint32_t code_point)
{
    return code_point >= 0xD800 && code_point <= 0xDFFF;
}

START_TEST(writes_and_reads_every_code_point)
{
    for (uint32_t code_point = 0; code_point <= LAST_CODE_POINT; code_point++) {
        uint8_t text[4];
        size_t read_length;
        if (is_surrogate(code_point))
            continue;
        size_t length = utf8_write(text, code_point);
        EXPECT(length == (code_point < 0x80      ? 1u
                          : code_point < 0x800   ? 2u
                          : code_point < 0x10000 ? 3u
                                                 : 4u),
               "U+%04X takes %zu bytes", (unsigned)code_point, length);
        EXPECT(utf8_length(text, length) == length, "U+%04X", (unsigned)code_point);
        EXPECT(utf8_read(text, &read_length) == code_point && read_length == length,
               "U+%04X", (unsigned)code_point);
        for (size_t shorter = 1; shorter < length; shorter++)
            EXPECT(utf8_length(text, shorter) == 0, "U+%04X", (unsigned)code_point);
    }
}
END_TEST

/*
 * Length by arithmetic: put the bits together, then ask whether these bytes are how the
 * code point is written.
 */
static size_t plain_length(const uint8_t *text)
{
    static const uint8_t marks[] = {0x00, 0xC0, 0xE0, 0xF0};
    static const uint8_t masks[] = {0x80, 0xE0, 0xF0, 0xF8};
    for (size_t length = 1; length <= 4; length++) {
        uint8_t written[4];
        if ((text[0] & masks[length - 1]) != marks[length - 1])
            continue;
        uint32_t code_point = text[0] & (uint32_t)(uint8_t)~masks[length - 1];
        for (size_t i = 1; i < length; i++)
            code_point = code_point << 6 | (text[i] & 0x3Fu);
        if (code_point > LAST_CODE_POINT || is_surrogate(code_point))
            return 0;
        bool same = utf8_write(written, code_point) == length &&
                    memcmp(written, text, length) == 0;
        return same ? length : 0;
    }
    return 0;
}

START_TEST(takes_exactly_the_sequences_that_are_valid)
{
    static const uint8_t fourth[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
    for (uint32_t bits = 0; bits < 0x1000000; bits++) {
        uint8_t text[4] = {(uint8_t)(bits >> 16), (uint8_t)(bits >> 8), (uint8_t)bits, 0};
        text[3] = fourth[bits % sizeof(fourth)];
        EXPECT(utf8_length(text, 4) == plain_length(text), "%02X %02X %02X %02X", text[0],
               text[1], text[2], text[3]);
    }
}
END_TEST

START_TEST(finds_where_valid_text_ends)
{
    static const struct {
        const char *text;
        size_t length, valid;
    } rows[] = {
        {"", 0, 0},
        {"plain", 5, 5},
        {"a quote \" and a \\ and \x01 are characters", 37, 37},
        {"\xC3\xA9t\xC3\xA9", 5, 5},
        {"0123456789\xFF", 11, 10},
        {"01234567\xE2\x82", 10, 8},
        {"\xF0\x9F\x98\x80!\xED\xA0\x80", 8, 5},
        {"\x80", 1, 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct guarded text = guarded_new(rows[i].text, rows[i].length);
        ck_assert_msg(utf8_valid_prefix(text.bytes, text.size) == rows[i].valid, "%s",
                      rows[i].text);
        guarded_free(&text);
    }
}
END_TEST

START_TEST(stops_at_each_byte_that_needs_care)
{
    enum { LENGTH = 27 };
    for (unsigned byte = 0; byte < 256; byte++) {
        bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
        ck_assert_int_eq(text_is_plain((char)byte), plain);
        for (size_t at = 0; at < LENGTH; at++) {
            struct guarded text = guarded_new(NULL, LENGTH);
            memset(text.bytes, at % 2 == 0 ? ' ' : 0x7F, LENGTH);
            text.bytes[at] = (uint8_t)byte;
            size_t expected = plain ? LENGTH : at;
            EXPECT(text_plain_prefix((const char *)text.bytes, LENGTH) == expected,
                   "byte %u at %zu", byte, at);
            guarded_free(&text);
        }
    }
}
END_TEST

START_TEST(plain_bytes_beside_each_other_stay_plain)
{
    for (unsigned first = 0x20; first < 0x80; first++) {
        for (unsigned second = 0x20; second < 0x80; second++) {
            char text[8];
            for (size_t i = 0; i < sizeof(text); i++)
                text[i] = (char)(i % 2 == 0 ? first : second);
            size_t expected = !text_is_plain((char)first)    ? 0
                              : !text_is_plain((char)second) ? 1
                                                             : sizeof(text);
            EXPECT(text_plain_prefix(text, sizeof(text)) == expected, "%02X %02X", first,
                   second);
        }
    }
}
END_TEST

START_TEST(knows_hex_digits)
{
    const char *digits = "0123456789abcdef", *upper = "ABCDEF";
    for (int character = 1; character < 256; character++) {
        const char *found = strchr(digits, character);
        int expected = found != NULL ? (int)(found - digits) : -1;
        if (expected < 0 && strchr(upper, character) != NULL)
            expected = 10 + (int)(strchr(upper, character) - upper);
        ck_assert_int_eq(hex_digit_value((char)character), expected);
    }
    ck_assert_int_eq(hex_digit_value(0), -1);
}
END_TEST

START_TEST(writes_hex)
{
    const uint8_t bytes[] = {0x00, 0x9A, 0xBC, 0xDE, 0xF1, 0xFF};
    char text[13] = {0};
    hex_write(text, bytes, sizeof(bytes), false);
    ck_assert_str_eq(text, "009abcdef1ff");
    hex_write(text, bytes, sizeof(bytes), true);
    ck_assert_str_eq(text, "009ABCDEF1FF");
    hex_write(text, NULL, 0, true);
    ck_assert_str_eq(text, "009ABCDEF1FF");
}
END_TEST

START_TEST(writes_base64)
{
    /* The first seven are the test vectors of RFC 4648, section 10. */
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xFB\xFF\xBF", "+/+/"},
        {"\xFF\xFE", "//4="},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t length = strlen(rows[i].bytes), text_length = strlen(rows[i].text);
        struct guarded bytes = guarded_new(rows[i].bytes, length);
        struct guarded text = guarded_new(NULL, text_length);
        ck_assert_uint_eq(base64_text_length(length), text_length);
        base64_write((char *)text.bytes, bytes.bytes, length);
        ck_assert_mem_eq(text.bytes, rows[i].text, text_length);
        guarded_free(&text);
        guarded_free(&bytes);
    }
}
END_TEST

START_TEST(base64_keeps_all_bits)
{
    const char *digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (uint32_t bits = 0; bits < 0x1000000; bits += 251) {
        const uint8_t bytes[] = {(uint8_t)(bits >> 16), (uint8_t)(bits >> 8),
                                 (uint8_t)bits};
        char text[4];
        uint32_t back = 0;
        base64_write(text, bytes, 3);
        for (size_t i = 0; i < 4; i++)
            back = back << 6 | (uint32_t)(strchr(digits, text[i]) - digits);
        EXPECT(back == bits, "%06X came back as %06X", (unsigned)bits, (unsigned)back);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *utf8 = tcase_create("utf8");
    TCase *digits = tcase_create("digits");
    tcase_set_timeout(utf8, 60);
    tcase_add_test(utf8, writes_and_reads_every_code_point);
    tcase_add_test(utf8, takes_exactly_the_sequences_that_are_valid);
    tcase_add_test(utf8, finds_where_valid_text_ends);
    tcase_add_test(utf8, stops_at_each_byte_that_needs_care);
    tcase_add_test(utf8, plain_bytes_beside_each_other_stay_plain);
    suite_add_tcase(suite, utf8);
    tcase_add_test(digits, knows_hex_digits);
    tcase_add_test(digits, writes_hex);
    tcase_add_test(digits, writes_base64);
    tcase_add_test(digits, base64_keeps_all_bits);
    suite_add_tcase(suite, digits);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
