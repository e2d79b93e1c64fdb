/* SPDX-License-Identifier: MIT */
/* Frames that are made out of a table: are they taken, and do they reach everything? */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "mend.h"
#include "values.h"

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: " \
    "Meter,\n"                                                                           \
    "          protocol_type: CoAP}\n"

static struct dgm_profile *profile;
static void *memory;
static struct lab lab;

static void open_lab(const char *text)
{
    size_t size = 0;
    const struct dgm_codec *codec = NULL;
    enum dgm_status status = dgm_profile_parse("test.yaml", text, strlen(text), &profile);
    ck_assert_ptr_ne(profile, NULL);
    const struct dgm_diagnostic *first = dgm_profile_diagnostic(profile, 0);
    ck_assert_msg(status == DGM_OK, "%s", first != NULL ? first->text : "");
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    size_t needed = dgm_codec_size(model, size);
    memory = malloc(needed);
    ck_assert_ptr_ne(memory, NULL);
    ck_assert_int_eq(dgm_codec_open(model, size, memory, needed, &codec, NULL), DGM_OK);
    ck_assert(lab_open(&lab, codec));
    lab_take(&lab, 0, 1);
}

static void close_lab(void)
{
    lab_close(&lab);
    free(memory);
    dgm_profile_close(profile);
}

struct count {
    size_t frames;
    size_t wrong; /* that a decode refuses */
};

static bool count_frame(void *user, struct lab *one, const struct specimen *specimen)
{
    struct count *count = user;
    count->frames++;
    count->wrong += lab_decode(one, specimen) > DGM_NOTHING;
    return true;
}

/* What the message at work has that no frame reached; each as "name what;". */
static const char *missed(size_t budget)
{
    static char text[2048];
    struct explorer explorer;
    struct count count = {0, 0};
    ck_assert(explore_open(&explorer, &lab, budget));
    explorer.found = count_frame;
    explorer.user = &count;
    explore(&explorer);
    ck_assert_uint_gt(count.frames, 0);
    ck_assert_uint_eq(count.wrong, 0);
    text[0] = '\0';
    for (size_t i = 0; i < explorer.reach.count; i++) {
        char name[REACH_TEXT], what[REACH_TEXT];
        if (!explorer.reach.marks[i].done) {
            reach_describe(&lab, &explorer.reach.marks[i], name, what);
            (void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s %s;",
                           name, what);
        }
    }
    explore_close(&explorer);
    return text;
}

/* Length, count, mask, checksum and a case each, and a switch by a wide number. */
START_TEST(everything_is_reached)
{
    open_lab(HEAD
             "messages:\n"
             "  report:\n"
             "    fields:\n"
             "      - {const: 0xA5, type: u8}\n"
             "      - {length_of: frame, type: u16}\n"
             "      - {local: mask, type: u8, encode: presence}\n"
             "      - {name: a, type: u16, when: mask.0}\n"
             "      - {name: b, type: i16, when: mask.6, valid: 0..100, outside: "
             "refuse}\n"
             "      - {local: n, type: u16}\n"
             "      - {name: list, type: u8, repeat: n, enum: {7: seven, 200: high}, "
             "unknown: refuse}\n"
             "      - {local: what, type: u16, encode: case}\n"
             "      - switch: what\n"
             "        cases:\n"
             "          0x1234: {name: c, type: u8}\n"
             "          0xBEEF: {name: d, type: text(3), encoding: ascii}\n"
             "      - {local: size, type: u8}\n"
             "      - size: size + 1\n"
             "        fields:\n"
             "          - {name: e, type: u8}\n"
             "          - {name: f, type: bcd(12), time: YYMMDDhhmmss, optional: "
             "true}\n"
             "      - {checksum: crc-16/modbus, type: u16le}\n");
    ck_assert_str_eq(missed(20000), "");
    close_lab();
}
END_TEST

START_TEST(every_tag_is_reached)
{
    open_lab(HEAD "messages:\n"
                  "  report:\n"
                  "    match: {port: [3, 7..9]}\n"
                  "    fields:\n"
                  "      - tlv:\n"
                  "          tag: [{local: id, type: u16}, {local: length, type: u8}]\n"
                  "          select: id\n"
                  "          size: length\n"
                  "          cases:\n"
                  "            0x0101: {name: a, type: u8, invalid: 0x80}\n"
                  "            0x7700: {name: b, type: u32, flags: {0: x, 31: z}}\n"
                  "            0xFF00..0xFF07: {name: c, type: text(rest)}\n");
    ck_assert_str_eq(missed(20000), "");
    close_lab();
}
END_TEST

/* 7 has no bit, and 300 no place in the byte. */
START_TEST(what_cannot_be_is_told)
{
    open_lab(HEAD "messages:\n"
                  "  report:\n"
                  "    only: decode\n"
                  "    fields:\n"
                  "      - {local: n, type: u8, valid: 0..5, outside: refuse}\n"
                  "      - {name: a, type: u8, when: n == 7}\n"
                  "      - {name: b, type: u8, enum: {1: one, 2: two}}\n");
    ck_assert_str_eq(missed(4000), "a ;");
    close_lab();
}
END_TEST

START_TEST(the_same_seed_gives_the_same)
{
    struct specimen frames[2];
    open_lab(HEAD "messages:\n"
                  "  report:\n"
                  "    fields: [{name: a, type: u64}, {name: b, type: bytes(rest)}]\n");
    for (unsigned i = 0; i < 2; i++) {
        struct explorer explorer;
        lab_take(&lab, 0, 9);
        ck_assert(explore_open(&explorer, &lab, 500));
        explore(&explorer);
        explorer.repeats = true;
        ck_assert(explore_one(&explorer, &frames[i]));
        explore_close(&explorer);
    }
    ck_assert_uint_eq(frames[0].length, frames[1].length);
    ck_assert_mem_eq(frames[0].bytes, frames[1].bytes, frames[0].length);
    close_lab();
}
END_TEST

/* Framing is left away in the lab and comes back on the line. */
static void check_framing(const char *framing)
{
    char text[1024];
    struct specimen specimen;
    uint8_t line[LAB_LINE_MAX];
    struct dgm_call call = DGM_CALL_INIT;
    struct dgm_outcome outcome;
    char json[4096];
    (void)snprintf(text, sizeof(text),
                   HEAD "wire: {framing: %s}\n"
                        "messages: {report: {fields: [{name: a, type: bytes(rest)}]}}\n",
                   framing);
    open_lab(text);
    for (unsigned i = 0; i < 200; i++) {
        memset(&specimen, 0, sizeof(specimen));
        specimen.length = i * 3;
        dice_fill(&lab.dice, specimen.bytes, specimen.length);
        if (i % 2 == 1) {
            memset(specimen.bytes + i / 2, (int)i, i);
        }
        ck_assert_int_eq(lab_decode(&lab, &specimen), DGM_OK);
        size_t length = lab_wrap(&lab, specimen.bytes, specimen.length, line);
        call.scratch = lab.worker.scratch;
        void *scratch = malloc(dgm_codec_scratch_size(lab.line) + 1);
        call.scratch = scratch;
        call.scratch_size = dgm_codec_scratch_size(lab.line);
        ck_assert_int_eq(
            dgm_decode(lab.line, &call, line, length, json, sizeof(json), &outcome, NULL),
            DGM_OK);
        ck_assert_uint_eq(outcome.length, lab.worker.outcome.length);
        ck_assert_mem_eq(json, lab.worker.data, outcome.length);
        free(scratch);
    }
    close_lab();
}

START_TEST(framing_is_put_around)
{
    check_framing("{start: '7E', end: '7E', escape: {0x7E: '7D 02', 0x7D: '7D 01'}}");
    check_framing("{escape: cobs}");
    check_framing("{start: 'C0', escape: slip}");
}
END_TEST

/* Bits of a group of two bytes, low byte first: value 0xABC is bits 4 to 15. */
START_TEST(fields_are_read_and_written_where_they_stand)
{
    struct specimen specimen = {3, false, 0, "", {0xC5, 0xAB, 0xFF}};
    struct dgm_row rows[3] = {{0}};
    struct dgm_visit visit = {1, 0, 0, 2};
    uint64_t bits = 0;
    rows[0].op = DGM_OP_BITS;
    rows[0].width = 16;
    rows[0].order = DGM_ORDER_LE;
    rows[0].detail = 1;
    rows[1].op = DGM_OP_BIT;
    rows[1].width = 12;
    rows[1].shift = 4;
    ck_assert(field_get(rows, &visit, &specimen, &bits));
    ck_assert_uint_eq(bits, 0xABC);
    ck_assert(field_set(rows, &visit, &specimen, 0x123));
    ck_assert_uint_eq(specimen.bytes[0], 0x35);
    ck_assert_uint_eq(specimen.bytes[1], 0x12);
    ck_assert(field_covers(rows, &visit, 0, 4));
    ck_assert(!field_covers(rows, &visit, 0, 3));
    visit.at = 2;
    ck_assert(!field_get(rows, &visit, &specimen, &bits));
    /* Bits 3 to 7 of a stream, from the top: 0xFF has 31. */
    rows[2].op = DGM_OP_FIELD;
    rows[2].width = 5;
    rows[2].spec = 3;
    visit = (struct dgm_visit){2, 0, 2, 3};
    ck_assert(field_set(rows, &visit, &specimen, 1));
    ck_assert_uint_eq(specimen.bytes[2], 0xE1);
    rows[2].order = DGM_ORDER_LE;
    ck_assert(field_get(rows, &visit, &specimen, &bits));
    ck_assert_uint_eq(bits, 0x1C);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("explore");
    TCase *tcase = tcase_create("explore");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, everything_is_reached);
    tcase_add_test(tcase, every_tag_is_reached);
    tcase_add_test(tcase, what_cannot_be_is_told);
    tcase_add_test(tcase, the_same_seed_gives_the_same);
    tcase_add_test(tcase, framing_is_put_around);
    tcase_add_test(tcase, fields_are_read_and_written_where_they_stand);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
