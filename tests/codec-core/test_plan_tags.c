/* SPDX-License-Identifier: MIT */
/*
 * Tag loops by plans: each frame decodes to what is said here, and to the same without a
 * plan (fixture.c). Members that come twice, tags that are not known, arrays, conditions
 * inside cases, and what stands around the loop.
 */
#include <check.h>
#include <stdlib.h>

#include "../support/fixture.h"

struct vector {
    const char *hex, *json; /* NULL: there is nothing to say */
};

static void check(const char *yaml, const struct vector *vectors, size_t count)
{
    struct fixture fixture;
    fixture_open(&fixture, yaml);
    for (size_t i = 0; i < count; i++)
        expect_decode(&fixture, vectors[i].hex, vectors[i].json);
    fixture_close(&fixture);
}

#define CHECK(yaml, vectors) check(yaml, vectors, sizeof(vectors) / sizeof(*(vectors)))

START_TEST(prints_members_as_they_come)
{
    static const struct vector vectors[] = {
        {"09 01 00EB 02 01", "{\"version\":9,\"temperature\":23.5,\"humidity\":\"wet\"}"},
        {"09 02 00 01 FFFF", "{\"version\":9,\"humidity\":\"dry\",\"temperature\":-0.1}"},
        {"09", "{\"version\":9}"},
        /* The last one counts, and stands where it comes. */
        {"09 01 00EB 02 01 01 0001",
         "{\"version\":9,\"humidity\":\"wet\",\"temperature\":0.1}"},
        {"09 03 07 01 0001 05 08",
         "{\"version\":9,\"temperature\":0.1,\"levels\":[7,8]}"},
        {"09 06 01 02 06 02 0003", "{\"version\":9,\"door\":2,\"window\":3}"},
        {"09 06 01 02 06 01 04", "{\"version\":9,\"door\":4}"},
        {"09 06 03", "{\"version\":9}"},
        {"09 07 01 02", "{\"version\":9,\"place\":{\"x\":1,\"y\":2}}"},
        {"09 07 01 02 07 03 04", "{\"version\":9,\"place\":{\"x\":3,\"y\":4}}"},
    };
    CHECK(HEAD "messages:\n"
               "  report:\n"
               "    only: decode\n"
               "    fields:\n"
               "      - {name: version, type: u8}\n"
               "      - tlv:\n"
               "          tag: u8\n"
               "          unknown: stop\n"
               "          cases:\n"
               "            1: {name: temperature, type: i16, scale: 0.1}\n"
               "            2: {name: humidity, type: u8, enum: {0: dry, 1: wet}}\n"
               "            3..5: {name: levels, type: u8, collect: true}\n"
               "            6:\n"
               "              - {local: kind, type: u8}\n"
               "              - {name: door, type: u8, when: kind == 1}\n"
               "              - {name: window, type: u16, when: kind == 2}\n"
               "            7:\n"
               "              name: place\n"
               "              fields: [{name: x, type: u8}, {name: 'y', type: u8}]\n",
          vectors);
}
END_TEST

START_TEST(ends_where_a_tag_is_not_known)
{
    struct fixture fixture;
    fixture_open(&fixture, HEAD "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - tlv:\n"
                                "          tag: u16\n"
                                "          unknown: stop\n"
                                "          cases:\n"
                                "            0x0175: {name: battery, type: u8}\n"
                                "            0x0C73: {name: pressure, type: u16}\n");
    expect_decode(&fixture, "0175 64 0C73 03E8", "{\"battery\":100,\"pressure\":1000}");
    expect_decode(&fixture, "0C73 03E8 01", "{\"pressure\":1000}");
    expect_decode(&fixture, "", NULL);
    expect_notice(&fixture, "0175 64 0176 00", "{\"battery\":100}", DGM_TAG, "(tag)");
    expect_decode_error(&fixture, "0175 64 0C73 03", DGM_TRUNCATED, 5, "pressure");
    fixture_close(&fixture);
}
END_TEST

START_TEST(passes_over_what_has_a_size)
{
    struct fixture fixture;
    fixture_open(&fixture, HEAD "messages:\n"
                                "  report:\n"
                                "    fields:\n"
                                "      - tlv:\n"
                                "          tag: [{local: id, type: u8}, "
                                "{local: size, type: u8}]\n"
                                "          select: id\n"
                                "          size: size\n"
                                "          unknown: skip\n"
                                "          align: 4\n"
                                "          cases:\n"
                                "            1: {name: battery, type: u8}\n"
                                "            2: {name: name, type: text(rest)}\n");
    expect_decode(&fixture, "01 01 64 00 02 03 414243 000000",
                  "{\"battery\":100,\"name\":\"ABC\"}");
    expect_decode(&fixture, "09 02 0000 01 01 64", "{\"battery\":100}");
    expect_decode_error(&fixture, "01 02 6400", DGM_TRAILING_BYTES, 3, "(record)");
    expect_decode_error(&fixture, "09 04 0000", DGM_TRUNCATED, 2, "(tag)");
    fixture_close(&fixture);
}
END_TEST

/* Plain numbers may turn out to be the whole message; a case may come only once. */
START_TEST(knows_what_a_loop_may_leave_empty)
{
    static const struct vector vectors[] = {
        {"01 05", "{\"Meter\":{\"flow\":5}}"},
        {"02 01", "{\"Meter\":{\"peaks\":[1]}}"},
        {"02 01 01 05 02 02", "{\"Meter\":{\"flow\":5,\"peaks\":[1,2]}}"},
        {"", NULL},
        {"03 00", NULL},
    };
    CHECK(HEAD "services:\n"
               "  Meter:\n"
               "    properties:\n"
               "      flow: {data_type: int, method: RE}\n"
               "      peaks: {data_type: jsonObject, method: RE}\n"
               "messages:\n"
               "  report:\n"
               "    fields:\n"
               "      - tlv:\n"
               "          tag: u8\n"
               "          cases:\n"
               "            1: {name: flow, type: u8, to: Meter}\n"
               "            2: {name: peaks, type: u8, collect: true, to: Meter}\n"
               "            3: {reserved: u8}\n",
          vectors);
}
END_TEST

START_TEST(names_members_by_a_number)
{
    static const struct vector vectors[] = {
        {"00 67 0001 03 67 0002", "{\"temperature_0\":0.1,\"temperature_3\":0.2}"},
        {"01 01 07 01 67 FFFF", "{\"in_1\":7,\"temperature_1\":-0.1}"},
        /* The last one counts. */
        {"02 67 0001 01 01 07 02 67 0002", "{\"in_1\":7,\"temperature_2\":0.2}"},
        {"01 71 05 06", "{\"place_1\":{\"x\":5,\"y\":6}}"},
        {"01 71 05 06 01 71 07 08", "{\"place_1\":{\"x\":7,\"y\":8}}"},
    };
    CHECK(HEAD
          "messages:\n"
          "  report:\n"
          "    only: decode\n"
          "    fields:\n"
          "      - tlv:\n"
          "          tag: [{local: channel, type: u8, valid: 0..3}, "
          "{local: kind, type: u8}]\n"
          "          select: kind\n"
          "          cases:\n"
          "            0x01: {name: 'in_{channel}', type: u8}\n"
          "            0x67: {name: 'temperature_{channel}', type: i16, scale: 0.1}\n"
          "            0x71:\n"
          "              name: 'place_{channel}'\n"
          "              fields: [{name: x, type: u8}, {name: 'y', type: u8}]\n",
          vectors);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan-tags");
    TCase *tcase = tcase_create("plan-tags");
    tcase_add_test(tcase, prints_members_as_they_come);
    tcase_add_test(tcase, ends_where_a_tag_is_not_known);
    tcase_add_test(tcase, passes_over_what_has_a_size);
    tcase_add_test(tcase, knows_what_a_loop_may_leave_empty);
    tcase_add_test(tcase, names_members_by_a_number);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
