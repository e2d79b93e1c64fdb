/* SPDX-License-Identifier: MIT */
/*
 * Random multiplexed messages, whose signals are found here by the rule alone: a signal
 * is there if its multiplexor is, and has one of its values. And single signals with
 * factors, as floats, with texts.
 */
#include "bus.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { SELECTORS = 3, SIGNALS = 12, SPANS = 3 };

struct span {
    unsigned first, last;
};

/* A signal of whole bytes or of half ones; -1 as parent: it is in every frame. */
struct signal {
    int parent;
    unsigned start, size;
    struct span spans[SPANS];
    unsigned span_count;
};

/* The first SELECTORS are multiplexors of four bits, one behind the other. */
static void draw(uint64_t *random, struct signal *signals)
{
    for (int i = 0; i < SIGNALS; i++) {
        struct signal *signal = &signals[i];
        bool selects = i < SELECTORS;
        signal->start =
            selects ? (unsigned)i * 4 : 16 + (unsigned)(bus_random(random) % 12) * 4;
        signal->size = selects ? 4 : bus_random(random) % 2 ? 4 : 1;
        signal->parent = (int)(bus_random(random) % (selects ? (unsigned)i + 1 : 4)) - 1;
        signal->span_count = 1 + (unsigned)(bus_random(random) % SPANS);
        for (unsigned j = 0; j < signal->span_count; j++) {
            unsigned first = (unsigned)(bus_random(random) % 16);
            unsigned last = first + (unsigned)(bus_random(random) % 3);
            signal->spans[j] = (struct span){first, last > 15 ? 15 : last};
        }
    }
}

static unsigned value_of(const struct signal *signal, const uint8_t *frame)
{
    return frame[signal->start / 8] >> signal->start % 8 & ((1u << signal->size) - 1);
}

static bool is_there(const struct signal *signals, int at, const uint8_t *frame)
{
    const struct signal *signal = &signals[at];
    if (signal->parent < 0) {
        return true;
    }
    unsigned value = value_of(&signals[signal->parent], frame);
    bool is_selected = false;
    for (unsigned i = 0; i < signal->span_count; i++) {
        is_selected = is_selected ||
                      (value >= signal->spans[i].first && value <= signal->spans[i].last);
    }
    return is_selected && is_there(signals, signal->parent, frame);
}

static char *print_file(const struct signal *signals)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    fputs("BO_ 7 M: 8 X\n", file);
    for (int i = 0; i < SIGNALS; i++) {
        fprintf(file, " SG_ s%d %s%s : %u|%u@1+ (1,0) [0|0] \"\" X\n", i,
                signals[i].parent < 0 ? "" : "m0", i < SELECTORS ? "M" : "",
                signals[i].start, signals[i].size);
    }
    for (int i = 0; i < SIGNALS; i++) {
        const struct signal *signal = &signals[i];
        for (unsigned j = 0; signal->parent >= 0 && j < signal->span_count; j++) {
            if (j == 0) {
                fprintf(file, "SG_MUL_VAL_ 7 s%d s%d", i, signal->parent);
            }
            fprintf(file, "%s %u-%u", j > 0 ? "," : "", signal->spans[j].first,
                    signal->spans[j].last);
        }
        fputs(signal->parent >= 0 ? ";\n" : "", file);
    }
    fclose(file);
    return text;
}

static void check_frame(struct bus *bus, const struct signal *signals,
                        const uint8_t *frame)
{
    char json[BUS_JSON];
    size_t length = 1; /* braces, and no comma in front of the first */
    ck_assert_int_eq(bus_decode(bus, 7, frame, 8), DGM_OK);
    strcpy(json, bus->json);
    for (int i = 0; i < SIGNALS; i++) {
        char member[32];
        int size = snprintf(member, sizeof(member), "\"s%d\":%u", i,
                            value_of(&signals[i], frame));
        const char *found = strstr(json, member);
        bool is_found = found != NULL && strchr(",}", found[size]) != NULL;
        ck_assert_msg(is_found == is_there(signals, i, frame), "%s: %s\n%s", member, json,
                      bus->text);
        length += is_found ? (size_t)size + 1 : 0;
    }
    ck_assert_uint_eq(strlen(json), length);
    ck_assert_int_eq(bus_encode(bus, json), DGM_OK);
    uint8_t again[8];
    memcpy(again, bus->frame, 8);
    ck_assert_int_eq(bus_decode(bus, 7, again, 8), DGM_OK);
    ck_assert_str_eq(bus->json, json);
}

START_TEST(finds_the_signals_that_are_there)
{
    static struct bus bus;
    uint64_t random = 3;
    for (int i = 0; i < 150; i++) {
        struct signal signals[SIGNALS];
        draw(&random, signals);
        signals[0].parent = -1;
        char *text = print_file(signals);
        bus_open(&bus, text);
        for (int j = 0; j < 60; j++) {
            uint64_t frame = bus_random(&random);
            check_frame(&bus, signals, (const uint8_t *)&frame);
        }
        bus_close(&bus);
        free(text);
    }
}
END_TEST

static const struct {
    const char *signal, *more; /* of "SG_ s : 0|...", and behind */
    const char *frame, *json;
} values[] = {
    {"0|8@1+ (0.1,-40)", "", "FF", "-14.5"},
    {"0|16@1+ (0.00390625,0)", "", "FFFF", "255.99609375"},
    {"7|16@0- (-0.5,1)", "", "8000", "16385"},
    {"0|32@1- (1E-007,0)", "", "B168DE3A", "98.7654321"},
    {"0|64@1+ (1,0)", "", "FFFFFFFFFFFFFFFF", "18446744073709551615"},
    {"0|64@1- (1,0)", "", "0000000000000080", "-9223372036854775808"},
    {"7|64@0- (0.001,0)", "", "8000000000000000", "-9223372036854775.808"},
    {"0|1@1- (1,0)", "", "01", "-1"},
    {"0|32@1- (1,0)", "SIG_VALTYPE_ 7 s : 1;", "CDCC8C3F", "1.1"},
    {"7|32@0- (1,0)", "SIG_VALTYPE_ 7 s :1;", "3F8CCCCD", "1.1"},
    {"0|64@1- (1,0)", "SIG_VALTYPE_ 7 s 2;", "9A9999999999F13F", "1.1"},
    {"7|64@0- (2,1)", "SIG_VALTYPE_ 7 s : 2;", "3FF8000000000000", "4"},
    {"0|8@1+ (1,0)", "VAL_ 7 s 1 \"on\" 0 \"off\" ;", "01", "\"on\""},
    {"0|8@1+ (1,0)", "VAL_ 7 s 1 \"on\" 0 \"off\" ;", "02", "2"},
    {"0|8@1- (1,0)", "VAL_ 7 s -1 \"none\" ;", "FF", "\"none\""},
    {"0|8@1+ (0.5,0)", "VAL_ 7 s 255 \"none\" ;", "FF", "\"none\""},
    {"0|8@1+ (0.5,0)", "VAL_ 7 s 255 \"none\" ;", "FE", "127"},
    {"0|1@1+ (1,0)", "VAL_ 7 s 1 \"a \\\"b\\\"\" 0 \"\" ;", "01", "\"a \\\"b\\\"\""},
};

static size_t read_hex(const char *hex, uint8_t *bytes)
{
    size_t length = strlen(hex) / 2;
    for (size_t i = 0; i < length; i++) {
        unsigned value = 0;
        ck_assert_int_eq(sscanf(hex + 2 * i, "%2x", &value), 1);
        bytes[i] = (uint8_t)value;
    }
    return length;
}

START_TEST(gives_the_value)
{
    static struct bus bus;
    char text[512], json[128];
    uint8_t frame[8];
    size_t length = read_hex(values[_i].frame, frame);
    snprintf(text, sizeof(text), "BO_ 7 M: %zu X\n SG_ s : %s [0|0] \"\" X\n%s\n", length,
             values[_i].signal, values[_i].more);
    snprintf(json, sizeof(json), "{\"s\":%s}", values[_i].json);
    bus_open(&bus, text);
    ck_assert_uint_eq(bus.warnings, 0);
    ck_assert_int_eq(bus_decode(&bus, 7, frame, length), DGM_OK);
    ck_assert_str_eq(bus.json, json);
    ck_assert_int_eq(bus_encode(&bus, json), DGM_OK);
    ck_assert_mem_eq(bus.frame, frame, length);
    bus_close(&bus);
}
END_TEST

/* The limits of the file, and whether encoding 10 is fine. */
static const struct {
    const char *scaling, *valid;
} limits[] = {
    {"(1,0) [0|0]", NULL},
    {"(1,0) [0|255]", NULL},
    {"(1,0) [-5|300]", NULL},
    {"(1,0) [1|255]", "valid: 1.."},
    {"(1,0) [0|254]", "valid: ..254"},
    {"(0.1,-40) [-40|-14.5]", NULL},
    {"(0.1,-40) [-39.9|-14.5]", "valid: -39.9.."},
    {"(-1,0) [-255|0]", NULL},
    {"(-1,0) [-254|0]", "valid: -254.."},
    {"(1,0) [5|5]", "valid: 5..5"},
};

START_TEST(keeps_a_range_that_limits_something)
{
    static struct bus bus;
    char text[256];
    snprintf(text, sizeof(text), "BO_ 7 M: 1 X\n SG_ s : 0|8@1+ %s \"\" X\n",
             limits[_i].scaling);
    bus_open(&bus, text);
    ck_assert_uint_eq(bus.warnings, 0);
    const char *found = strstr(bus.text, "valid:");
    ck_assert_int_eq(found != NULL, limits[_i].valid != NULL);
    if (found != NULL) {
        ck_assert_msg(strncmp(found, limits[_i].valid, strlen(limits[_i].valid)) == 0 &&
                          found[strlen(limits[_i].valid)] == ',',
                      "%s", found);
    }
    bus_close(&bus);
}
END_TEST

/* An identifier of 11 bits and one of 29 may be the same number. */
START_TEST(tells_identifiers_of_both_lengths_apart)
{
    static struct bus bus;
    static const uint8_t frame[] = {7};
    bus_open(&bus, "BO_ 256 A: 1 X\n SG_ a : 0|8@1+ (1,0) [0|0] \"\" X\n"
                   "BO_ 2147483904 B: 1 X\n SG_ b : 0|8@1+ (1,0) [0|0] \"\" X\n");
    ck_assert_int_eq(bus_decode(&bus, 0x100, frame, 1), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"a\":7}");
    ck_assert_int_eq(bus_decode(&bus, 0x80000100, frame, 1), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"b\":7}");
    ck_assert_int_eq(bus_decode(&bus, 0x80000101, frame, 1), DGM_NO_MESSAGE);
    bus_close(&bus);
}
END_TEST

/* Below zero a multiplexor selects nothing. */
START_TEST(has_multiplexors_with_a_sign)
{
    static struct bus bus;
    bus_open(&bus, "BO_ 1 A: 3 X\n SG_ m M : 0|8@1- (1,0) [0|0] \"\" X\n"
                   " SG_ n m1M : 8|8@1- (1,0) [0|0] \"\" X\n"
                   " SG_ a m3 : 16|8@1- (1,0) [0|0] \"\" X\n"
                   "SG_MUL_VAL_ 1 n m 1-1;\nSG_MUL_VAL_ 1 a n 3-4;\n");
    ck_assert_int_eq(bus_decode(&bus, 1, (const uint8_t *)"\1\4\5", 3), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"m\":1,\"n\":4,\"a\":5}");
    ck_assert_int_eq(bus_decode(&bus, 1, (const uint8_t *)"\1\xFF\5", 3), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"m\":1,\"n\":-1}");
    ck_assert_int_eq(bus_decode(&bus, 1, (const uint8_t *)"\x80\4\5", 3), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"m\":-128}");
    bus_close(&bus);
}
END_TEST

START_TEST(leaves_out_what_no_known_multiplexor_selects)
{
    static struct bus bus;
    bus_open(&bus, "BO_ 1 A: 3 X\n SG_ m M : 0|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ n M : 8|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ a m3 : 16|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ b m3 : 16|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ c m3 : 16|8@1+ (1,0) [0|0] \"\" X\n"
                   "SG_MUL_VAL_ 1 b n 4-4;\nSG_MUL_VAL_ 1 c x 4-4;\n");
    ck_assert_str_eq(bus.notes, "4:6: warning: 'a': which multiplexor selects it is not "
                                "known; it is left out\n"
                                "6:6: warning: 'c': which multiplexor selects it is not "
                                "known; it is left out\n");
    ck_assert_int_eq(bus_decode(&bus, 1, (const uint8_t *)"\3\4\5", 3), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"m\":3,\"n\":4,\"b\":5}");
    bus_close(&bus);
}
END_TEST

/* A multiplexor among bits of more than eight bytes, which several values lead past. */
START_TEST(has_multiplexors_in_long_groups)
{
    static struct bus bus;
    static uint8_t frame[64] = {0xFF, 0x30};
    bus_open(&bus, "BO_ 1 FD: 64 X\n SG_ a : 0|12@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ m M : 12|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ c : 20|60@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ d m1 : 80|8@1+ (1,0) [0|0] \"\" X\n"
                   "SG_MUL_VAL_ 1 d m 1-3, 5-5;\n");
    ck_assert_int_eq(bus_decode(&bus, 1, frame, 64), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"a\":255,\"m\":3,\"c\":0,\"d\":0}");
    frame[1] = 0x40;
    ck_assert_int_eq(bus_decode(&bus, 1, frame, 64), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"a\":255,\"m\":4,\"c\":0}");
    bus_close(&bus);
}
END_TEST

/* Two messages of one parameter group are told apart by the whole identifier. */
START_TEST(takes_a_parameter_group_from_everyone)
{
    static struct bus bus;
    static const uint8_t frame[] = {7};
    static const char one[] =
        "BO_ 2566844926 A: 1 X\n SG_ a : 0|8@1+ (1,0) [0|0] \"\" X\n"
        "BA_DEF_DEF_ \"VFrameFormat\" \"J1939PG\";\n";
    static const char two[] = "BO_ 2566844672 B: 1 X\n"
                              " SG_ b : 0|8@1+ (1,0) [0|0] \"\" X\n";
    char both[512];
    bus_open(&bus, one);
    ck_assert_int_eq(bus_decode(&bus, 0x98FEF117, frame, 1), DGM_OK);
    ck_assert_int_eq(bus_decode(&bus, 0x8CFEF1FE, frame, 1), DGM_OK);
    ck_assert_int_eq(bus_decode(&bus, 0x98FEF217, frame, 1), DGM_NO_MESSAGE);
    ck_assert_int_eq(bus_decode(&bus, 0x99FEF117, frame, 1), DGM_NO_MESSAGE);
    bus_close(&bus);
    snprintf(both, sizeof(both), "%s%s", two, one);
    bus_open(&bus, both);
    ck_assert_int_eq(bus_decode(&bus, 0x98FEF117, frame, 1), DGM_NO_MESSAGE);
    ck_assert_int_eq(bus_decode(&bus, 0x98FEF1FE, frame, 1), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"a\":7}");
    bus_close(&bus);
}
END_TEST

/* What a CAN FD frame cannot have as length is filled up; a shorter one is no frame. */
START_TEST(knows_the_lengths_of_frames)
{
    static struct bus bus;
    static const uint8_t frame[64] = {7};
    bus_open(&bus, "BO_ 1 A: 10 X\n SG_ a : 0|8@1+ (1,0) [0|0] \"\" X\n"
                   "BO_ 2 B: 12 X\n SG_ b : 0|8@1+ (1,0) [0|0] \"\" X\n"
                   "BO_ 3 C: 0 X\n");
    ck_assert_int_eq(bus_decode(&bus, 1, frame, 12), DGM_OK);
    ck_assert_int_eq(bus_decode(&bus, 1, frame, 9), DGM_TRUNCATED);
    ck_assert_int_eq(bus_decode(&bus, 2, frame, 12), DGM_OK);
    ck_assert_int_eq(bus_decode(&bus, 2, frame, 16), DGM_TRAILING_BYTES);
    ck_assert_int_eq(bus_decode(&bus, 2, frame, 11), DGM_TRUNCATED);
    ck_assert_int_eq(bus_decode(&bus, 3, frame, 0), DGM_NOTHING);
    bus_close(&bus);
}
END_TEST

START_TEST(takes_long_names_that_are_names)
{
    static struct bus bus;
    bus_open(&bus, "BO_ 1 A: 4 X\n SG_ a : 0|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ b : 8|8@1+ (1,0) [0|0] \"\" X\n"
                   " SG_ c : 16|8@1+ (1,0) [0|0] \"\" X\n"
                   "BA_ \"SystemMessageLongSymbol\" BO_ 1 \"ALongName\";\n"
                   "BA_ \"SystemSignalLongSymbol\" SG_ 1 a \"a_that_is_long\";\n"
                   "BA_ \"SystemSignalLongSymbol\" SG_ 1 b \"c\";\n"
                   "BA_ \"SystemSignalLongSymbol\" SG_ 1 c \"not a name\";\n");
    ck_assert_int_eq(bus_decode(&bus, 1, (const uint8_t *)"\1\2\3\4", 4), DGM_OK);
    ck_assert_str_eq(bus.json, "{\"a_that_is_long\":1,\"b\":2,\"c\":3}");
    ck_assert_ptr_nonnull(strstr(bus.text, "  ALongName:\n"));
    bus_close(&bus);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("cases");
    tcase_set_timeout(tests, 100);
    tcase_add_test(tests, finds_the_signals_that_are_there);
    tcase_add_loop_test(tests, gives_the_value, 0, COUNT(values));
    tcase_add_loop_test(tests, keeps_a_range_that_limits_something, 0, COUNT(limits));
    tcase_add_test(tests, tells_identifiers_of_both_lengths_apart);
    tcase_add_test(tests, has_multiplexors_with_a_sign);
    tcase_add_test(tests, leaves_out_what_no_known_multiplexor_selects);
    tcase_add_test(tests, has_multiplexors_in_long_groups);
    tcase_add_test(tests, takes_a_parameter_group_from_everyone);
    tcase_add_test(tests, knows_the_lengths_of_frames);
    tcase_add_test(tests, takes_long_names_that_are_names);
    Suite *suite = suite_create("dbc-cases");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
