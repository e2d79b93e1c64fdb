/* SPDX-License-Identifier: MIT */
/* Schemas of messages: types, limits, what is always there. */
#include "schema.h"

#include <dragoman/json.h>
#include <dragoman/profile.h>

#include <check.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: A, manufacturer_name: A, model: M, device_type: D, "     \
    "protocol_type: P}\n"

static struct dgm_profile *profile;

static void teardown(void)
{
    dgm_profile_close(profile);
    profile = NULL;
}

static const char *schema_in(const char *text, const char *message, int shape)
{
    const char *schema = NULL;
    teardown();
    enum dgm_status status = dgm_profile_parse("t.yaml", text, strlen(text), &profile);
    const struct dgm_diagnostic *first = dgm_profile_diagnostic(profile, 0);
    ck_assert_msg(status == DGM_OK, "%s", first != NULL ? first->text : "");
    ck_assert_int_eq(dgm_profile_schema(profile, 0, message, shape, &schema), DGM_OK);
    ck_assert_int_eq(dgm_json_check(schema, strlen(schema), NULL), DGM_OK);
    return schema;
}

/* Of a report whose fields these are, without services. */
static const char *schema_of_fields(const char *fields)
{
    static char text[4096];
    (void)snprintf(text, sizeof(text), HEAD "messages:\n  report:\n    fields:\n%s",
                   fields);
    return schema_in(text, "report", DGM_SHAPE_PLAIN);
}

static void has(const char *schema, const char *part)
{
    ck_assert_msg(strstr(schema, part) != NULL, "no %s in %s", part, schema);
}

static void has_not(const char *schema, const char *part)
{
    ck_assert_msg(strstr(schema, part) == NULL, "%s in %s", part, schema);
}

START_TEST(numbers_have_the_ends_of_wire_and_scale)
{
    const char *schema =
        schema_of_fields("      - {name: a, type: u8}\n"
                         "      - {name: b, type: i16, scale: 0.1, offset: -5}\n"
                         "      - {name: c, type: u8, scale: 5/9, decimals: 1}\n"
                         "      - {name: d, type: u16, valid: 10..500.5, scale: 0.5}\n"
                         "      - {name: e, type: f32}\n");
    has(schema, "\"a\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":255}");
    has(schema, "\"b\":{\"type\":\"number\",\"minimum\":-3281.8,\"maximum\":3271.7}");
    has(schema, "\"c\":{\"type\":\"number\",\"minimum\":0,\"maximum\":141.7}");
    has(schema, "\"d\":{\"type\":\"number\",\"minimum\":10,\"maximum\":500.5}");
    has(schema, "\"e\":{\"type\":\"number\"}");
    has(schema, "\"required\":[\"a\",\"b\",\"c\"]");
}
END_TEST

START_TEST(what_is_no_reading_is_left_out_or_named)
{
    const char *schema = schema_of_fields(
        "      - {name: a, type: u8, invalid: 0xFF}\n"
        "      - {name: b, type: u8, invalid: {0xFF: null, 0xFE: broken}}\n"
        "      - {name: c, type: i8, valid: -40..85, outside: null}\n"
        "      - {name: d, type: i8, valid: ..100, outside: clamp}\n"
        "      - {name: e, type: i8, valid: ..100, outside: warn}\n");
    has(schema, "\"b\":{\"anyOf\":[{\"type\":\"integer\",\"minimum\":0,\"maximum\":255},"
                "{\"enum\":[\"broken\",null]}]}");
    has(schema, "\"c\":{\"anyOf\":[{\"type\":\"integer\",\"minimum\":-40,\"maximum\":85},"
                "{\"type\":\"null\"}]}");
    has(schema, "\"d\":{\"type\":\"integer\",\"minimum\":-128,\"maximum\":100}");
    has(schema, "\"e\":{\"type\":\"integer\",\"minimum\":-128,\"maximum\":127}");
    has(schema, "\"required\":[\"b\",\"c\",\"d\",\"e\"]");
}
END_TEST

START_TEST(labels_are_an_enum)
{
    const char *schema = schema_of_fields(
        "      - {name: a, type: u8, enum: {0: shut, 1: 1, 2: null, 3..9: shut}}\n"
        "      - {name: b, type: u8, enum: {0: shut}, unknown: number}\n"
        "      - {name: c, type: u8, enum: {0: shut, else: open}}\n"
        "      - {name: d, type: u8, flags: {0: leak, 7: burst}}\n");
    has(schema, "\"a\":{\"enum\":[\"shut\",1,null]}");
    has(schema, "\"b\":{\"anyOf\":[{\"enum\":[\"shut\"]},"
                "{\"type\":\"integer\",\"minimum\":0,\"maximum\":255}]}");
    has(schema, "\"d\":{\"type\":\"array\",\"items\":{\"enum\":[\"leak\",\"burst\"]},"
                "\"uniqueItems\":true,\"maxItems\":2}");
    has(schema, "\"required\":[\"b\",\"c\",\"d\"]");
}
END_TEST

START_TEST(texts_have_lengths_and_patterns)
{
    const char *schema =
        schema_of_fields("      - {name: a, type: text(5), encoding: ascii}\n"
                         "      - {name: b, type: bytes(2), as: hex}\n"
                         "      - {name: c, type: u32, time: unix, as: iso}\n"
                         "      - {name: d, type: u16, as: HEX}\n"
                         "      - name: e\n"
                         "        format: 'v{x}.{y:02}'\n"
                         "        fields:\n"
                         "          - {local: x, type: u8}\n"
                         "          - {local: y, type: u8}\n"
                         "      - {name: f, type: text(4), pad: 0x20}\n");
    has(schema, "\"a\":{\"type\":\"string\",\"minLength\":5,\"maxLength\":5,"
                "\"pattern\":\"^[\\\\u0000-\\\\u007f]*$\"}");
    has(schema, "\"b\":{\"type\":\"string\",\"minLength\":4,\"maxLength\":4,"
                "\"pattern\":\"^(?:[0-9a-f]{2})*$\"}");
    has(schema, "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$\"}");
    has(schema, "\"d\":{\"type\":\"string\",\"pattern\":\"^[0-9A-F]{4}$\"}");
    has(schema, "\"^v-?(?:0|[1-9][0-9]*)\\\\.-?[0-9]{2,}$\"");
    has(schema, "\"f\":{\"type\":\"string\",\"maxLength\":4,");
}
END_TEST

START_TEST(elements_that_may_be_missing_are_null)
{
    const char *schema = schema_of_fields(
        "      - {local: n, type: u8}\n"
        "      - {name: a, type: u8, repeat: 3}\n"
        "      - {name: b, type: f32, repeat: n}\n"
        "      - name: c\n"
        "        repeat: rest\n"
        "        as: array\n"
        "        fields: [{name: x, type: u8, invalid: 0}, {name: y, type: u8}]\n");
    has(schema, "\"a\":{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":0,"
                "\"maximum\":255},\"minItems\":3,\"maxItems\":3}");
    has(schema, "\"b\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"number\"},"
                "{\"type\":\"null\"}]},\"maxItems\":255}");
    has(schema, "\"additionalItems\":false,\"minItems\":2,\"maxItems\":2");
    has(schema, "\"required\":[\"a\",\"b\",\"c\"]");
}
END_TEST

START_TEST(what_all_cases_have_is_sure)
{
    const char *schema =
        schema_of_fields("      - {local: k, type: u8, encode: case}\n"
                         "      - switch: k\n"
                         "        cases:\n"
                         "          1: [{name: a, type: u8}, {name: b, type: u8}]\n"
                         "          2: {name: a, type: i16}\n"
                         "      - {name: c, type: u8, optional: true}\n");
    has(schema, "\"a\":{\"anyOf\":[{\"type\":\"integer\",\"minimum\":0,\"maximum\":255},"
                "{\"type\":\"integer\",\"minimum\":-32768,\"maximum\":32767}]}");
    has(schema, "\"required\":[\"a\"]");
}
END_TEST

START_TEST(objects_have_members_from_afar)
{
    const char *schema =
        schema_of_fields("      - {name: a, type: bool8, to: o.in}\n"
                         "      - {name: b, type: bool8}\n"
                         "      - {name: c, type: bool8, to: o}\n"
                         "      - tlv:\n"
                         "          tag: u8\n"
                         "          cases: {1: {name: d, type: bool8, to: p}}\n");
    has(schema,
        "\"o\":{\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"boolean\"},"
        "\"in\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"}},"
        "\"required\":[\"a\"],\"additionalProperties\":false}},"
        "\"required\":[\"c\",\"in\"],\"additionalProperties\":false}");
    has(schema,
        "\"p\":{\"type\":\"object\",\"properties\":{\"d\":{\"type\":\"boolean\"}},"
        "\"minProperties\":1,\"additionalProperties\":false}");
    has(schema, "\"required\":[\"b\",\"o\"]");
}
END_TEST

START_TEST(computed_names_are_patterns)
{
    const char *schema =
        schema_of_fields("      - repeat: rest\n"
                         "        fields:\n"
                         "          - {local: n, type: u8, valid: 7..132, outside: "
                         "refuse}\n"
                         "          - {name: 'level.{n}', type: u8}\n");
    has(schema, "\"patternProperties\":{\"^level\\\\.(?:[7-9]|[1-9][0-9]|1[0-2][0-9]|"
                "13[0-2])$\":{");
    has(schema, "\"minProperties\":1");
}
END_TEST

START_TEST(values_of_values_are_looked_at_once)
{
    char fields[4096] = "      - {name: v0, type: u8}\n";
    for (unsigned i = 1; i < 60; i++)
        (void)snprintf(fields + strlen(fields), sizeof(fields) - strlen(fields),
                       "      - {local: v%u, value: \"min(v%u + v%u, 9)\"}\n", i, i - 1,
                       i - 1);
    strcat(fields, "      - {name: a, value: v59}\n");
    has(schema_of_fields(fields), "\"required\":[\"v0\",\"a\"]");
}
END_TEST

static const char meter[] = HEAD
    "services:\n"
    "  Meter:\n"
    "    properties:\n"
    "      flow: {data_type: int, min: 5, max: 9, unit: m3, description: Volume}\n"
    "    commands:\n"
    "      SET: {paras: {a: {data_type: int, min: 1, max: 9}, b: {data_type: int}}}\n"
    "messages:\n"
    "  report:\n"
    "    description: Once an hour\n"
    "    fields: [{const: 1, type: u8}, {role: has_more, type: u8}, {name: "
    "flow, type: u8}]\n"
    "  set:\n"
    "    kind: command\n"
    "    command: Meter.SET\n"
    "    fields: [{role: mid, type: u16}, {name: a, type: u8}, {name: b, type: u8, "
    "default: 3}]\n";

START_TEST(envelopes_are_those_of_the_shape)
{
    const char *schema = schema_in(meter, "report", DGM_SHAPE_OCEANCONNECT);
    has(schema, "\"description\":\"Once an hour\"");
    has(schema, "\"flow\":{\"description\":\"Volume, in m3\",");
    has(schema, "\"msgType\":{\"const\":\"deviceReq\"}");
    has(schema, "\"serviceId\":{\"const\":\"Meter\"}");
    has(schema, "\"required\":[\"msgType\",\"data\",\"hasMore\"]");
    schema = schema_in(meter, "report", DGM_SHAPE_IOTDA);
    has(schema, "\"msg_type\":{\"const\":\"properties_report\"}");
    has(schema_in(meter, "set", DGM_SHAPE_IOTDA), "\"request_id\":{");
    schema = schema_in(meter, NULL, DGM_SHAPE_PLAIN);
    has(schema, "\"anyOf\":[{\"$ref\":\"#/definitions/report\"},{\"$ref\":"
                "\"#/definitions/set\"}]");
}
END_TEST

START_TEST(commands_are_what_encoding_takes)
{
    const char *schema = schema_in(meter, "set", DGM_SHAPE_PLAIN);
    has(schema, "\"a\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}");
    has(schema, "\"required\":[\"a\"]");
    has(schema, "\"required\":[\"command\",\"paras\",\"mid\"]");
    /* Decoding lets a value outside the model pass with a warning. */
    schema = schema_in(meter, "report", DGM_SHAPE_PLAIN);
    has(schema, "\"minimum\":0,\"maximum\":255");
    has_not(schema, "\"minimum\":5");
}
END_TEST

START_TEST(refuses_what_there_is_not)
{
    static const char event[] =
        HEAD "services:\n  S:\n    events:\n      E: {paras: {a: {data_type: int}}}\n"
             "messages:\n  e: {kind: event, event: S.E, fields: [{name: a, type: u8}]}\n";
    const char *schema = NULL;
    (void)schema_in(event, "e", DGM_SHAPE_IOTDA);
    ck_assert_int_eq(dgm_profile_schema(profile, 0, "e", DGM_SHAPE_OCEANCONNECT, &schema),
                     DGM_NOTHING);
    ck_assert_int_eq(
        dgm_profile_schema(profile, 0, NULL, DGM_SHAPE_OCEANCONNECT, &schema),
        DGM_NOTHING);
    ck_assert_int_eq(dgm_profile_schema(profile, 0, "f", DGM_SHAPE_IOTDA, &schema),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_profile_schema(profile, 1, "e", DGM_SHAPE_IOTDA, &schema),
                     DGM_BAD_CALL);
    ck_assert_int_eq(dgm_profile_schema(profile, 0, "e", DGM_SHAPE_AUTO, &schema),
                     DGM_BAD_CALL);
    ck_assert_ptr_null(schema);
}
END_TEST

/* A group that does not capture is a plain one to POSIX. */
static void compile_range(const char *pattern, regex_t *ret)
{
    char text[512] = "^";
    size_t length = 1;
    for (const char *at = pattern; *at != '\0' && length < sizeof(text) - 2; at++)
        if (!(at[0] == '?' && at[1] == ':' && at++))
            text[length++] = *at;
    text[length] = '$';
    text[length + 1] = '\0';
    ck_assert_int_eq(regcomp(ret, text, REG_EXTENDED | REG_NOSUB), 0);
}

START_TEST(a_range_has_its_numbers_and_no_other)
{
    static const int ends[][2] = {{0, 0},    {0, 9},     {0, 255},  {1, 32}, {7, 132},
                                  {99, 100}, {10, 10},   {0, 1000}, {-5, 5}, {-120, -99},
                                  {-1, 0},   {190, 312}, {1, 999}};
    const struct schema schema = {.arena = arena_new()};
    ck_assert_ptr_nonnull(schema.arena);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        regex_t range;
        compile_range(schema_range(&schema, ends[i][0], ends[i][1]), &range);
        for (int number = -1100; number <= 1100; number++) {
            char text[16];
            (void)snprintf(text, sizeof(text), "%d", number);
            bool is_in = number >= ends[i][0] && number <= ends[i][1];
            ck_assert_msg((regexec(&range, text, 0, NULL, 0) == 0) == is_in,
                          "%d in %d..%d", number, ends[i][0], ends[i][1]);
        }
        ck_assert_int_ne(regexec(&range, "007", 0, NULL, 0), 0);
        regfree(&range);
    }
    arena_free(schema.arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schema");
    TCase *tests = tcase_create("schema");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, numbers_have_the_ends_of_wire_and_scale);
    tcase_add_test(tests, what_is_no_reading_is_left_out_or_named);
    tcase_add_test(tests, labels_are_an_enum);
    tcase_add_test(tests, texts_have_lengths_and_patterns);
    tcase_add_test(tests, elements_that_may_be_missing_are_null);
    tcase_add_test(tests, what_all_cases_have_is_sure);
    tcase_add_test(tests, objects_have_members_from_afar);
    tcase_add_test(tests, computed_names_are_patterns);
    tcase_add_test(tests, values_of_values_are_looked_at_once);
    tcase_add_test(tests, envelopes_are_those_of_the_shape);
    tcase_add_test(tests, commands_are_what_encoding_takes);
    tcase_add_test(tests, refuses_what_there_is_not);
    tcase_add_test(tests, a_range_has_its_numbers_and_no_other);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
