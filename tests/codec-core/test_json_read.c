/* SPDX-License-Identifier: MIT */
/* The pull reader: what it takes, what it refuses and where, and how it walks. */
#include "json_read.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "../support/guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Check a text that ends at a forbidden page. */
static enum dgm_status check_bytes(const char *text, size_t length, size_t *ret_offset)
{
    struct guarded guarded = guarded_new(text, length);
    enum dgm_status status =
        dgm_json_check((const char *)guarded.bytes, length, ret_offset);
    guarded_free(&guarded);
    return status;
}

static void expect(const char *text, size_t length, enum dgm_status status, size_t offset)
{
    size_t found = SIZE_MAX;
    enum dgm_status result = check_bytes(text, length, &found);
    ck_assert_msg(result == status, "%s: %s", text, dgm_status_id(result));
    ck_assert_msg(found == (status == DGM_OK ? SIZE_MAX : offset), "%s: at %zu", text,
                  found);
}

START_TEST(takes_valid_texts)
{
    static const char *const rows[] = {
        "null",
        "true",
        " false\n",
        "0",
        "-0.5e+10",
        "\"\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\uDE00\"",
        "\"\xF0\x9F\x98\x80 and \x7F\"",
        "[]",
        "{}",
        " [ ] ",
        "\t{\r\n}\n",
        "[1,[2,[]],{}]",
        "{\"a\":1,\"a\":2,\"\":{\"b\":[null]}}",
        "[1 , 2 , \"x\" , true]",
        "123456789012345678901234567890123456789012345678901234567890e999999999999",
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i], strlen(rows[i]), DGM_OK, 0);
    ck_assert_int_eq(dgm_json_check("[]", 2, NULL), DGM_OK);
}
END_TEST

START_TEST(points_to_the_wrong_byte)
{
    static const struct {
        const char *text;
        enum dgm_status status;
        size_t offset;
    } rows[] = {
        {"", DGM_JSON_SYNTAX, 0},
        {"  ", DGM_JSON_SYNTAX, 2},
        {"1 2", DGM_JSON_SYNTAX, 2},
        {"01", DGM_JSON_SYNTAX, 1},
        {"-", DGM_JSON_SYNTAX, 1},
        {"1.x", DGM_JSON_SYNTAX, 2},
        {"[1e]", DGM_JSON_SYNTAX, 3},
        {"nul", DGM_JSON_SYNTAX, 3},
        {"trUe", DGM_JSON_SYNTAX, 2},
        {"nullx", DGM_JSON_SYNTAX, 4},
        {"True", DGM_JSON_SYNTAX, 0},
        {"[1,]", DGM_JSON_SYNTAX, 3},
        {"[,1]", DGM_JSON_SYNTAX, 1},
        {"[1 2]", DGM_JSON_SYNTAX, 3},
        {"[1", DGM_JSON_SYNTAX, 2},
        {"[1}", DGM_JSON_SYNTAX, 2},
        {"]", DGM_JSON_SYNTAX, 0},
        {"{\"a\":1,}", DGM_JSON_SYNTAX, 7},
        {"{\"a\" 1}", DGM_JSON_SYNTAX, 5},
        {"{\"a\":}", DGM_JSON_SYNTAX, 5},
        {"{a:1}", DGM_JSON_SYNTAX, 1},
        {"{1:1}", DGM_JSON_SYNTAX, 1},
        {"{\"a\":1]", DGM_JSON_SYNTAX, 6},
        {"{\"a\":1 \"b\":2}", DGM_JSON_SYNTAX, 7},
        {"{", DGM_JSON_SYNTAX, 1},
        {"[]]", DGM_JSON_SYNTAX, 2},
        {"'a'", DGM_JSON_SYNTAX, 0},
        {"\"abc", DGM_JSON_SYNTAX, 4},
        {"\"abc\\", DGM_JSON_SYNTAX, 5},
        {"\"a\nb\"", DGM_JSON_SYNTAX, 2},
        {"\"0123456789\x1F\"", DGM_JSON_SYNTAX, 11},
        {"\"\\x\"", DGM_JSON_SYNTAX, 2},
        {"\"\\u12G4\"", DGM_JSON_SYNTAX, 5},
        {"\"\\u12", DGM_JSON_SYNTAX, 5},
        {"\"\\uD800\"", DGM_JSON_SYNTAX, 1},
        {"\"ab\\uDC00\"", DGM_JSON_SYNTAX, 3},
        {"\"\\uD800\\u0041\"", DGM_JSON_SYNTAX, 1},
        {"\"\\uD800\\uD800\"", DGM_JSON_SYNTAX, 1},
        {"\"\\uDC00\\uDC00\"", DGM_JSON_SYNTAX, 1},
        {"\"\\uDBFF\\uE000\"", DGM_JSON_SYNTAX, 1},
        {"\"\\uD800\\u00G0\"", DGM_JSON_SYNTAX, 11},
        {"\"\\uD800\\n\"", DGM_JSON_SYNTAX, 1},
        {"\"\\uD800\\u\"", DGM_JSON_SYNTAX, 9},
        {"\"\\uD800\\", DGM_JSON_SYNTAX, 1},
        {"\"a\xFF\"", DGM_JSON_UTF8, 2},
        {"\"0123456\xC0\xAF\"", DGM_JSON_UTF8, 8},
        {"\"\xED\xA0\x80\"", DGM_JSON_UTF8, 1},
        {"\"\xE2\x82", DGM_JSON_UTF8, 1},
        {"{\"\x80\":1}", DGM_JSON_UTF8, 2},
        {"\xEF\xBB\xBF{}", DGM_JSON_SYNTAX, 0},
        {"[1,\xC2\xA0 2]", DGM_JSON_SYNTAX, 3},
        {"[1,\v2]", DGM_JSON_SYNTAX, 3},
        {"/**/1", DGM_JSON_SYNTAX, 0},
        {"NaN", DGM_JSON_SYNTAX, 0},
        {"+1", DGM_JSON_SYNTAX, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i].text, strlen(rows[i].text), rows[i].status, rows[i].offset);
    expect("1\0", 2, DGM_JSON_SYNTAX, 1);
    expect("\"\0\"", 3, DGM_JSON_SYNTAX, 1);
    ck_assert_int_eq(dgm_json_check(NULL, 0, NULL), DGM_JSON_SYNTAX);
}
END_TEST

START_TEST(refuses_every_beginning_of_a_text)
{
    const char *text =
        "{\"na\\u00efve\xC3\xA9\":[-12.5e+3,true,false,null,\"\\uD83D\\uDE00"
        "\xF0\x9F\x98\x80\\n\"],\"b\":{}}";
    for (size_t length = 0; length < strlen(text); length++) {
        size_t offset = SIZE_MAX;
        ck_assert_int_ne(check_bytes(text, length, &offset), DGM_OK);
        ck_assert_uint_le(offset, length);
    }
    expect(text, strlen(text), DGM_OK, 0);
}
END_TEST

START_TEST(stops_at_the_depth_limit)
{
    for (int kind = 0; kind < 2; kind++) {
        char text[1024] = "";
        const char *open = kind == 0 ? "[" : "{\"\":", *close = kind == 0 ? "]" : "}";
        for (unsigned i = 0; i < DGM_JSON_MAX_DEPTH; i++)
            strcat(text, open);
        size_t inside = strlen(text);
        strcat(text, "0");
        for (unsigned i = 0; i < DGM_JSON_MAX_DEPTH; i++)
            strcat(text, close);
        expect(text, strlen(text), DGM_OK, 0);
        text[inside] = '[';
        expect(text, strlen(text), DGM_JSON_DEPTH, inside);
    }
}
END_TEST

/* Random damage: whatever comes of it, the verdict is about a byte of the text. */
START_TEST(survives_damaged_texts)
{
    static const char seed[] =
        "{\"a\":[1,-2.5e3,{\"b\\u00e9\":\"\xC3\xA9\\n\"}],\"c\":[true,false,null,[]]}";
    static const char bytes[] = "\"\\{}[]:,0e-.tu \xC3\xFF\x01";
    uint32_t state = 1;
    unsigned valid = 0;
    for (unsigned round = 0; round < 20000; round++) {
        char text[sizeof(seed)];
        size_t offset = SIZE_MAX;
        memcpy(text, seed, sizeof(seed));
        for (unsigned i = 0; i <= round % 3; i++) {
            state = state * 1664525u + 1013904223u;
            text[(state >> 8) % (sizeof(seed) - 1)] =
                bytes[(state >> 24) % sizeof(bytes)];
        }
        if (check_bytes(text, sizeof(seed) - 1, &offset) == DGM_OK)
            valid++;
        else if (offset >= sizeof(seed))
            ck_abort_msg("%s: at %zu", text, offset);
    }
    ck_assert_uint_gt(valid, 0);
}
END_TEST

START_TEST(walks_objects_and_arrays)
{
    const char *text = " { \"a\" : [ 1 , 2.50 ] , \"b\\n\" : { } , \"c\" : true } ";
    struct json_reader reader;
    struct json_string name;
    struct number number;
    bool truth = false;
    json_reader_init(&reader, text, strlen(text));
    ck_assert_int_eq(json_peek(&reader), JSON_OBJECT);
    ck_assert_uint_eq(reader.position, 1);
    ck_assert(json_begin_object(&reader));
    ck_assert(json_next_member(&reader, &name));
    ck_assert(json_string_is(&name, "a", 1));
    ck_assert(json_begin_array(&reader));
    ck_assert(json_next_element(&reader));
    ck_assert_int_eq(json_peek(&reader), JSON_NUMBER);
    ck_assert(json_read_number(&reader, &number));
    ck_assert(number.mantissa.low == 1 && number.digits == 0);
    ck_assert(json_next_element(&reader));
    ck_assert(json_read_number(&reader, &number));
    ck_assert(number.mantissa.low == 25 && number.digits == 1);
    ck_assert(!json_next_element(&reader));
    ck_assert(json_next_member(&reader, &name));
    ck_assert(name.escaped);
    ck_assert(json_string_is(&name, "b\n", 2));
    ck_assert(json_begin_object(&reader));
    ck_assert(!json_next_member(&reader, &name));
    ck_assert(json_next_member(&reader, &name));
    ck_assert(json_read_bool(&reader, &truth));
    ck_assert(truth);
    ck_assert(!json_next_member(&reader, &name));
    ck_assert_uint_eq(reader.depth, 0);
    ck_assert(json_end(&reader));
    ck_assert_int_eq(reader.status, DGM_OK);
}
END_TEST

START_TEST(passes_over_values_of_any_kind)
{
    const char *text = "[[[],{\"x\":[{}]}],{\"a\":\"]\"},\"}\",-1e5,true,false,null,7]";
    struct json_reader reader;
    unsigned count = 0;
    json_reader_init(&reader, text, strlen(text));
    ck_assert(json_begin_array(&reader));
    while (json_next_element(&reader)) {
        ck_assert(json_skip(&reader));
        ck_assert_uint_eq(reader.depth, 1);
        count++;
    }
    ck_assert_uint_eq(count, 8);
    ck_assert(json_end(&reader));
}
END_TEST

START_TEST(begins_in_the_middle_of_a_text)
{
    const char *text = "{\"a\":[1,2],\"b\":3}";
    struct json_reader reader;
    json_reader_init(&reader, text, strlen(text));
    reader.position = 5;
    ck_assert(json_skip(&reader));
    ck_assert_uint_eq(reader.position, 10);
}
END_TEST

START_TEST(peeks_at_types)
{
    static const struct {
        const char *text;
        enum json_type type;
    } rows[] = {{"{", JSON_OBJECT},  {"[", JSON_ARRAY},     {"\"", JSON_STRING},
                {"-", JSON_NUMBER},  {"0", JSON_NUMBER},    {"9", JSON_NUMBER},
                {"t", JSON_TRUE},    {"f", JSON_FALSE},     {" n", JSON_NULL},
                {"", JSON_INVALID},  {" ", JSON_INVALID},   {"}", JSON_INVALID},
                {"]", JSON_INVALID}, {"\xEF", JSON_INVALID}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_reader reader;
        json_reader_init(&reader, rows[i].text, strlen(rows[i].text));
        ck_assert_int_eq(json_peek(&reader), rows[i].type);
        ck_assert_int_eq(reader.status, DGM_OK);
    }
}
END_TEST

START_TEST(names_the_place_of_another_type)
{
    struct json_reader reader;
    struct json_string string;
    struct number number;
    bool truth;
    json_reader_init(&reader, "  7", 3);
    ck_assert(!json_read_string(&reader, &string));
    ck_assert_int_eq(reader.status, DGM_TYPE);
    ck_assert_uint_eq(reader.fault, 2);
    json_reader_init(&reader, " \"7\"", 4);
    ck_assert(!json_read_number(&reader, &number));
    ck_assert_int_eq(reader.status, DGM_TYPE);
    ck_assert_uint_eq(reader.fault, 1);
    json_reader_init(&reader, "null", 4);
    ck_assert(!json_read_bool(&reader, &truth));
    ck_assert_int_eq(reader.status, DGM_TYPE);
    json_reader_init(&reader, "[]", 2);
    ck_assert(!json_begin_object(&reader));
    ck_assert_int_eq(reader.status, DGM_TYPE);
    json_reader_init(&reader, "{}", 2);
    ck_assert(!json_begin_array(&reader));
    ck_assert_int_eq(reader.status, DGM_TYPE);
    json_reader_init(&reader, "?", 1);
    ck_assert(!json_begin_array(&reader));
    ck_assert_int_eq(reader.status, DGM_JSON_SYNTAX);
    json_reader_init(&reader, "fals", 4);
    ck_assert(!json_read_bool(&reader, &truth));
    ck_assert_int_eq(reader.status, DGM_JSON_SYNTAX);
    ck_assert_uint_eq(reader.fault, 4);
}
END_TEST

START_TEST(tells_numbers_that_are_too_large_apart)
{
    const char *text = "[1, 1e39]";
    struct json_reader reader;
    struct number number;
    json_reader_init(&reader, text, strlen(text));
    ck_assert(json_begin_array(&reader) && json_next_element(&reader));
    ck_assert(json_read_number(&reader, &number));
    ck_assert(json_next_element(&reader));
    ck_assert(!json_read_number(&reader, &number));
    ck_assert_int_eq(reader.status, DGM_RANGE);
    ck_assert_uint_eq(reader.fault, 4);
}
END_TEST

START_TEST(first_fault_sticks_and_nothing_moves)
{
    struct json_reader reader;
    struct json_string string;
    struct number number;
    bool truth;
    json_reader_init(&reader, "[1]", 3);
    ck_assert(json_begin_array(&reader));
    ck_assert(!json_fault(&reader, DGM_LIMIT, 99));
    struct json_reader before = reader;
    ck_assert(!json_fault(&reader, DGM_RANGE, 1));
    ck_assert_int_eq(json_peek(&reader), JSON_INVALID);
    ck_assert(!json_next_element(&reader));
    ck_assert(!json_next_member(&reader, &string));
    ck_assert(!json_begin_array(&reader));
    ck_assert(!json_begin_object(&reader));
    ck_assert(!json_read_number(&reader, &number));
    ck_assert(!json_read_string(&reader, &string));
    ck_assert(!json_read_bool(&reader, &truth));
    ck_assert(!json_skip(&reader));
    ck_assert(!json_end(&reader));
    ck_assert_int_eq(reader.status, DGM_LIMIT);
    ck_assert_uint_eq(reader.fault, 99);
    ck_assert_uint_eq(reader.position, before.position);
    ck_assert_uint_eq(reader.depth, before.depth);
}
END_TEST

START_TEST(wrong_use_is_a_fault_too)
{
    struct json_reader reader;
    struct json_string name;
    json_reader_init(&reader, "[]", 2);
    ck_assert(!json_next_element(&reader));
    ck_assert_int_eq(reader.status, DGM_INTERNAL);
    json_reader_init(&reader, "[]", 2);
    ck_assert(json_begin_array(&reader));
    ck_assert(!json_next_member(&reader, &name));
    ck_assert_int_eq(reader.status, DGM_INTERNAL);
}
END_TEST

/* Strings. */

static struct json_string string_of(const char *text)
{
    struct json_reader reader;
    struct json_string string = {NULL, 0, false};
    json_reader_init(&reader, text, strlen(text));
    ck_assert_msg(json_read_string(&reader, &string), "%s", text);
    return string;
}

START_TEST(resolves_escapes)
{
    static const struct {
        const char *text, *resolved;
        size_t bytes, characters;
    } rows[] = {
        {"\"\"", "", 0, 0},
        {"\"abc\"", "abc", 3, 3},
        {"\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
         "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, 3},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8, 8},
        {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC", 6, 3},
        {"\"\\ud83d\\uDE00!\"", "\xF0\x9F\x98\x80!", 5, 2},
        {"\"\\uDBFF\\uDFFF\\uD800\\uDC00\"", "\xF4\x8F\xBF\xBF\xF0\x90\x80\x80", 8, 2},
        {"\"a\\u0000b\"", "a\0b", 3, 3},
        {"\"\\uD7FF\\uE000\\uFFFF\"", "\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", 9, 3},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_string string = string_of(rows[i].text);
        ck_assert_int_eq(string.escaped, strchr(rows[i].text, '\\') != NULL);
        ck_assert_msg(json_string_bytes(&string) == rows[i].bytes, "%s", rows[i].text);
        ck_assert_msg(json_string_characters(&string) == rows[i].characters, "%s",
                      rows[i].text);
        ck_assert_msg(json_string_is(&string, rows[i].resolved, rows[i].bytes), "%s",
                      rows[i].text);
        ck_assert(!json_string_is(&string, rows[i].resolved, rows[i].bytes + 1));
        if (rows[i].bytes > 0)
            ck_assert(!json_string_is(&string, rows[i].resolved, rows[i].bytes - 1));
    }
}
END_TEST

START_TEST(gives_characters_one_by_one)
{
    static const uint32_t expected[] = {'a', 0xE9, '\n', 0x1F600, 0x20AC};
    struct json_string string = string_of("\"a\xC3\xA9\\n\\uD83D\\uDE00\\u20ac\"");
    size_t position = 0, count = 0;
    uint32_t code_point;
    while (json_string_next(&string, &position, &code_point))
        ck_assert_uint_eq(code_point, expected[count++]);
    ck_assert_uint_eq(count, COUNT(expected));
    ck_assert_uint_eq(position, string.length);
}
END_TEST

START_TEST(compares_strings_however_they_are_escaped)
{
    static const struct {
        const char *left, *right;
        bool equal;
    } rows[] = {
        {"\"abc\"", "\"abc\"", true},
        {"\"abc\"", "\"\\u0061b\\u0063\"", true},
        {"\"\\u0061bc\"", "\"ab\\u0063\"", true},
        {"\"\\/\"", "\"/\"", true},
        {"\"\xF0\x9F\x98\x80\"", "\"\\uD83D\\uDE00\"", true},
        {"\"abc\"", "\"abd\"", false},
        {"\"abc\"", "\"abcd\"", false},
        {"\"a\\u0062\"", "\"a\"", false},
        {"\"a\\u0062\"", "\"\\u0061\"", false},
        {"\"\\u0061\"", "\"a\\u0062\"", false},
        {"\"\\u0061\"", "\"\\u0041\"", false},
        {"\"\\\\n\"", "\"\\n\"", false},
        {"\"\"", "\"\\u0000\"", false},
        {"\"\"", "\"\"", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_string left = string_of(rows[i].left);
        struct json_string right = string_of(rows[i].right);
        ck_assert_msg(json_string_equal(&left, &right) == rows[i].equal, "%s %s",
                      rows[i].left, rows[i].right);
        ck_assert_msg(json_string_equal(&right, &left) == rows[i].equal, "%s %s",
                      rows[i].left, rows[i].right);
    }
}
END_TEST

static TCase *text_cases(void)
{
    TCase *texts = tcase_create("texts");
    tcase_add_test(texts, takes_valid_texts);
    tcase_add_test(texts, points_to_the_wrong_byte);
    tcase_add_test(texts, refuses_every_beginning_of_a_text);
    tcase_add_test(texts, stops_at_the_depth_limit);
    tcase_add_test(texts, survives_damaged_texts);
    return texts;
}

static TCase *walk_cases(void)
{
    TCase *walk = tcase_create("walk");
    tcase_add_test(walk, walks_objects_and_arrays);
    tcase_add_test(walk, passes_over_values_of_any_kind);
    tcase_add_test(walk, begins_in_the_middle_of_a_text);
    tcase_add_test(walk, peeks_at_types);
    tcase_add_test(walk, names_the_place_of_another_type);
    tcase_add_test(walk, tells_numbers_that_are_too_large_apart);
    tcase_add_test(walk, first_fault_sticks_and_nothing_moves);
    tcase_add_test(walk, wrong_use_is_a_fault_too);
    return walk;
}

static TCase *string_cases(void)
{
    TCase *strings = tcase_create("strings");
    tcase_add_test(strings, resolves_escapes);
    tcase_add_test(strings, gives_characters_one_by_one);
    tcase_add_test(strings, compares_strings_however_they_are_escaped);
    return strings;
}

int main(void)
{
    Suite *suite = suite_create("json_read");
    suite_add_tcase(suite, text_cases());
    suite_add_tcase(suite, walk_cases());
    suite_add_tcase(suite, string_cases());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
