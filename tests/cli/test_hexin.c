/* SPDX-License-Identifier: MIT */
/* Frames as people write them: hex, Base64, words in front, dumps; times. */
#include "hexin.h"
#include "dump.h"
#include "instant.h"

#include "../support/guard.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hexin_bytes out;

struct good_row {
    const char *name, *line;
    const char *bytes; /* lower-case hex */
};

static const struct good_row good_rows[] = {
    {"plain digits", "AA7200", "aa7200"},
    {"small letters", "aa7200", "aa7200"},
    {"blanks", " AA 72\t00 ", "aa7200"},
    {"colons", "aa:72:00", "aa7200"},
    {"commas", "AA,72, 00,", "aa7200"},
    {"prefixes", "0xAA 0X72 0x00", "aa7200"},
    {"one digit behind a prefix", "0x1 0xf", "010f"},
    {"long groups", "0xAA72 00", "aa7200"},
    {"nothing", "", ""},
};

static void check_bytes(const char *name, const char *expected)
{
    char text[128];
    size_t length = 0;
    for (size_t i = 0; i < out.length && length + 3 < sizeof(text); i++) {
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%02x",
                                   (unsigned)out.bytes[i]);
    }
    text[length] = '\0';
    ck_assert_msg(strcmp(text, expected) == 0, "%s: %s instead of %s", name, text,
                  expected);
}

START_TEST(reads_hex_in_many_spellings)
{
    const struct good_row *row = &good_rows[_i];
    struct hexin_fault fault;
    out.length = 0;
    ck_assert_msg(hexin_hex(row->line, strlen(row->line), 0, &out, &fault), "%s: %s",
                  row->name, fault.text);
    check_bytes(row->name, row->bytes);
}
END_TEST

struct bad_row {
    const char *name, *line;
    size_t column;
    const char *text;
};

static const struct bad_row bad_rows[] = {
    {"letter", "01 30 39 01 0g", 14, "not a hex digit: 'g'"},
    {"letter first", "z", 1, "not a hex digit: 'z'"},
    {"character of two bytes", "01 \xC3\xA9", 4, "not a hex digit: '\xC3\xA9'"},
    {"columns count characters", "01 \xC3\xA9", 4, "not a hex digit: '\xC3\xA9'"},
    {"control character", "01\x07", 3, "not a hex digit: byte 0x07"},
    {"half a character", "01\xC3", 3, "not a hex digit: byte 0xC3"},
    {"lone byte behind", "\x80", 1, "not a hex digit: byte 0x80"},
    {"odd digits", "01 123", 4, "an odd number of hex digits; two make a byte"},
    {"digits across a gap", "1 2", 1, "an odd number of hex digits; two make a byte"},
    {"prefix alone", "01 0x", 4, "an odd number of hex digits; two make a byte"},
    {"prefix inside", "010x02", 4, "not a hex digit: 'x'"},
    {"minus", "-1", 1, "not a hex digit: '-'"},
};

START_TEST(names_the_column_of_a_bad_digit)
{
    const struct bad_row *row = &bad_rows[_i];
    struct hexin_fault fault;
    out.length = 0;
    ck_assert_msg(!hexin_hex(row->line, strlen(row->line), 0, &out, &fault), "%s",
                  row->name);
    ck_assert_msg(fault.column == row->column, "%s: column %zu", row->name, fault.column);
    ck_assert_msg(strcmp(fault.text, row->text) == 0, "%s: %s", row->name, fault.text);
}
END_TEST

START_TEST(counts_columns_in_characters)
{
    const char *line = "topic=\xC3\xA9 0g";
    struct hexin_fault fault;
    out.length = 0;
    ck_assert(!hexin_hex(line, strlen(line), 9, &out, &fault));
    ck_assert_uint_eq(fault.column, 10);
}
END_TEST

START_TEST(refuses_frames_beyond_the_largest)
{
    static char line[2 * HEXIN_FRAME_MAX + 3];
    struct hexin_fault fault;
    memset(line, '0', sizeof(line) - 1);
    out.length = 0;
    ck_assert(hexin_hex(line, 2 * HEXIN_FRAME_MAX, 0, &out, &fault));
    ck_assert_uint_eq(out.length, HEXIN_FRAME_MAX);
    out.length = 0;
    ck_assert(!hexin_hex(line, 2 * HEXIN_FRAME_MAX + 2, 0, &out, &fault));
    ck_assert_str_eq(fault.text, "a frame has at most 65535 bytes");
}
END_TEST

struct guess_row {
    const char *line;
    enum hexin_format format;
};

static const struct guess_row guess_rows[] = {
    {"AA7200", HEXIN_HEX},
    {"AAAAAAAA", HEXIN_HEX},
    {"AAEBOg==", HEXIN_BASE64},
    {"qnIAADIIjQMgYjOZ", HEXIN_BASE64},
    {"FAA=", HEXIN_BASE64},
    /* A slip in hex is no Base64. */
    {"AA72000032088D0320623g99", HEXIN_HEX},
    {"0o", HEXIN_HEX},
    {"0x12", HEXIN_HEX},
    {"AA 72", HEXIN_HEX},
    {"qnIAADIIjQMgYjO", HEXIN_HEX},
    {"", HEXIN_HEX},
};

START_TEST(guesses_base64_only_where_hex_cannot_be_meant)
{
    const struct guess_row *row = &guess_rows[_i];
    ck_assert_msg(hexin_guess(row->line, strlen(row->line), 0) == row->format, "'%s'",
                  row->line);
}
END_TEST

static const struct good_row base64_rows[] = {
    {"no padding", "qnIA", "aa7200"},         {"one sign of padding", "qnI=", "aa72"},
    {"two signs of padding", "qg==", "aa"},   {"padding left out", "qg", "aa"},
    {"the usual alphabet", "+/+/", "fbffbf"}, {"the other alphabet", "-_-_", "fbffbf"},
};

START_TEST(reads_base64)
{
    const struct good_row *row = &base64_rows[_i];
    struct hexin_fault fault;
    out.length = 0;
    ck_assert_msg(hexin_base64(row->line, strlen(row->line), 0, &out, &fault), "%s: %s",
                  row->name, fault.text);
    check_bytes(row->name, row->bytes);
}
END_TEST

static const struct bad_row bad_base64_rows[] = {
    {"foreign character", "qn!A", 3, "not a Base64 digit: '!'"},
    {"padding inside", "q=IA", 2, "not a Base64 digit: '='"},
    {"cut off", "qnIAA", 6, "the Base64 text is cut off"},
    {"too little padding", "qg=", 3, "the Base64 text is cut off"},
    {"bits left over", "qh==", 2,
     "the last Base64 digit has bits that belong to no byte"},
};

START_TEST(refuses_damaged_base64)
{
    const struct bad_row *row = &bad_base64_rows[_i];
    struct hexin_fault fault;
    out.length = 0;
    ck_assert_msg(!hexin_base64(row->line, strlen(row->line), 0, &out, &fault), "%s",
                  row->name);
    ck_assert_msg(strcmp(fault.text, row->text) == 0, "%s: %s", row->name, fault.text);
    ck_assert_msg(fault.column == row->column, "%s: column %zu", row->name, fault.column);
}
END_TEST

START_TEST(reads_words_before_the_frame)
{
    const char *line = "port=2 time=2026-01-02T03:04:05Z  topic=a/b 01 02";
    struct hexin_words words;
    struct hexin_fault fault;
    size_t from = 0;
    ck_assert(hexin_words(line, strlen(line), &words, &from, &fault));
    ck_assert(words.has_port && words.port == 2);
    ck_assert(words.has_time && words.time_ms == INT64_C(1767323045000));
    ck_assert_uint_eq(words.topic_length, 3);
    ck_assert(memcmp(words.topic, "a/b", 3) == 0);
    ck_assert_str_eq(line + from, "01 02");
}
END_TEST

START_TEST(reads_ports_as_hex_too)
{
    uint32_t port = 0;
    ck_assert(hexin_port("0x98FEF1fe", 10, &port) && port == 0x98FEF1FE);
    ck_assert(hexin_port("010", 3, &port) && port == 10);
    ck_assert(!hexin_port("0x", 2, &port));
    ck_assert(!hexin_port("0x1g", 4, &port));
    ck_assert(!hexin_port("1F", 2, &port));
}
END_TEST

START_TEST(takes_no_base64_for_a_word)
{
    const char *line = "abcd==";
    struct hexin_words words;
    struct hexin_fault fault;
    size_t from = 9;
    ck_assert(hexin_words(line, strlen(line), &words, &from, &fault));
    ck_assert_uint_eq(from, 0);
}
END_TEST

static const struct bad_row bad_word_rows[] = {
    {"port", "port=4294967296 01", 6, "port: expected 0 to 4294967295"},
    {"port with a sign", "port=-1 01", 6, "port: expected 0 to 4294967295"},
    {"time", "time=now 01", 6, "time: expected a time such as 2026-01-02T03:04:05Z"},
    {"unknown", "port=1 prot=2 01", 8,
     "unknown word before the frame; known are port=, time=, topic="},
};

START_TEST(refuses_wrong_words)
{
    const struct bad_row *row = &bad_word_rows[_i];
    struct hexin_words words;
    struct hexin_fault fault;
    size_t from = 0;
    ck_assert_msg(!hexin_words(row->line, strlen(row->line), &words, &from, &fault), "%s",
                  row->name);
    ck_assert_msg(strcmp(fault.text, row->text) == 0, "%s: %s", row->name, fault.text);
    ck_assert_msg(fault.column == row->column, "%s: column %zu", row->name, fault.column);
}
END_TEST

START_TEST(cuts_comments_and_blanks_off)
{
    ck_assert_uint_eq(hexin_trim("01 02  # a", 10), 5);
    ck_assert_uint_eq(hexin_trim("# a", 3), 0);
    ck_assert_uint_eq(hexin_trim("01 \r", 4), 2);
}
END_TEST

/* Offer lines up to NULL; gives the result of the last one. */
static enum dump_result offer(struct dump *dump, bool forced, const char *const *lines,
                              struct hexin_fault *fault)
{
    enum dump_result result = DUMP_NONE;
    out.length = 0;
    for (; *lines != NULL; lines++) {
        result = dump_line(dump, forced, *lines, strlen(*lines), &out, fault);
    }
    return result;
}

START_TEST(reads_dumps_of_xxd)
{
    static const char *const lines[] = {
        "00000000: 4142 4344 4546 4748 494a 4b4c 4d4e 4f50  ABCDEFGHIJKLMNOP",
        "00000010: 51                                       Q", NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, false, lines, &fault), DUMP_TAKEN);
    check_bytes("xxd", "4142434445464748494a4b4c4d4e4f5051");
}
END_TEST

START_TEST(reads_dumps_of_hexdump)
{
    static const char *const lines[] = {
        "00000000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  |ABCDEFGHIJKLMNOP|",
        "00000010  7c 20                                             || |", "00000012",
        NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, false, lines, &fault), DUMP_LAST);
    check_bytes("hexdump", "4142434445464748494a4b4c4d4e4f507c20");
}
END_TEST

START_TEST(repeats_rows_that_a_dump_leaves_out)
{
    static const char *const lines[] = {"00000000  00 00 |..|", "*", "00000006  01 |.|",
                                        NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, false, lines, &fault), DUMP_TAKEN);
    check_bytes("squeezed", "00000000000001");
}
END_TEST

START_TEST(refuses_gaps_in_a_dump)
{
    static const char *const lines[] = {"00000000: 4142", "00000010: 43", NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, false, lines, &fault), DUMP_BAD);
    ck_assert(dump.broken);
}
END_TEST

START_TEST(bounds_what_a_dump_repeats)
{
    static const char *const lines[] = {"00000000  00 |.|", "*", "ffffffffff  01 |.|",
                                        NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, false, lines, &fault), DUMP_BAD);
}
END_TEST

START_TEST(takes_no_hex_for_a_dump)
{
    static const char *const hex[] = {"00000000", NULL};
    static const char *const other[] = {"00000000  01 02", NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, false, hex, &fault), DUMP_NONE);
    ck_assert_int_eq(offer(&dump, false, other, &fault), DUMP_NONE);
    ck_assert(!dump.active);
}
END_TEST

START_TEST(wants_offsets_if_a_dump_was_announced)
{
    static const char *const lines[] = {"no dump", NULL};
    struct dump dump = {0};
    struct hexin_fault fault;
    ck_assert_int_eq(offer(&dump, true, lines, &fault), DUMP_BAD);
}
END_TEST

struct instant_row {
    const char *text;
    int64_t ms;
};

static const struct instant_row instant_rows[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"2026-01-02T03:04:05Z", INT64_C(1767323045000)},
    {"2026-01-02T03:04:05.25Z", INT64_C(1767323045250)},
    {"2026-01-02T11:04:05+08:00", INT64_C(1767323045000)},
    {"2026-01-01T22:04:05-0500", INT64_C(1767323045000)},
    {"20260102T030405Z", INT64_C(1767323045000)},
    {"2024-02-29T00:00:00Z", INT64_C(1709164800000)},
    {"1969-12-31T23:59:59.999Z", -1},
};

START_TEST(reads_times)
{
    const struct instant_row *row = &instant_rows[_i];
    int64_t ms = 0;
    ck_assert_msg(instant_parse(row->text, strlen(row->text), &ms), "%s", row->text);
    ck_assert_msg(ms == row->ms, "%s: %lld", row->text, (long long)ms);
}
END_TEST

static const char *const bad_instants[] = {
    "",
    "now",
    "2026-01-02",
    "2026-01-02T03:04:05",
    "2026-13-02T03:04:05Z",
    "2026-02-29T03:04:05Z",
    "2026-00-01T03:04:05Z",
    "2026-01-02T24:04:05Z",
    "2026-01-02T03:60:05Z",
    "2026-01-02T03:04:60Z",
    "2026-01-02T03:04:05.Z",
    "2026-01-02T03:04:05Zx",
    "2026-1-2T03:04:05Z",
};

START_TEST(refuses_times_that_are_none)
{
    int64_t ms = 0;
    ck_assert_msg(!instant_parse(bad_instants[_i], strlen(bad_instants[_i]), &ms), "%s",
                  bad_instants[_i]);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

int main(void)
{
    Suite *suite = suite_create("hexin");
    TCase *tcase = tcase_create("hexin");
    tcase_add_loop_test(tcase, reads_hex_in_many_spellings, 0, COUNT(good_rows));
    tcase_add_loop_test(tcase, names_the_column_of_a_bad_digit, 0, COUNT(bad_rows));
    tcase_add_test(tcase, counts_columns_in_characters);
    tcase_add_test(tcase, refuses_frames_beyond_the_largest);
    tcase_add_loop_test(tcase, guesses_base64_only_where_hex_cannot_be_meant, 0,
                        COUNT(guess_rows));
    tcase_add_loop_test(tcase, reads_base64, 0, COUNT(base64_rows));
    tcase_add_loop_test(tcase, refuses_damaged_base64, 0, COUNT(bad_base64_rows));
    tcase_add_test(tcase, reads_words_before_the_frame);
    tcase_add_test(tcase, reads_ports_as_hex_too);
    tcase_add_test(tcase, takes_no_base64_for_a_word);
    tcase_add_loop_test(tcase, refuses_wrong_words, 0, COUNT(bad_word_rows));
    tcase_add_test(tcase, cuts_comments_and_blanks_off);
    tcase_add_test(tcase, reads_dumps_of_xxd);
    tcase_add_test(tcase, reads_dumps_of_hexdump);
    tcase_add_test(tcase, repeats_rows_that_a_dump_leaves_out);
    tcase_add_test(tcase, refuses_gaps_in_a_dump);
    tcase_add_test(tcase, bounds_what_a_dump_repeats);
    tcase_add_test(tcase, takes_no_hex_for_a_dump);
    tcase_add_test(tcase, wants_offsets_if_a_dump_was_announced);
    tcase_add_loop_test(tcase, reads_times, 0, COUNT(instant_rows));
    tcase_add_loop_test(tcase, refuses_times_that_are_none, 0, COUNT(bad_instants));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
