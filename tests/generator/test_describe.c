/* SPDX-License-Identifier: MIT */
/* The description of a profile: rows in wire order, with places, sizes and facts. */
#include <dragoman/describe.h>
#include <dragoman/profile.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: A, model: B, device_type: T, protocol_type: CoAP}\n"

static struct dgm_profile *profile;
static char text[65536];

static void teardown(void)
{
    dgm_profile_close(profile);
    profile = NULL;
}

static const struct dgm_doc *describe(const char *yaml)
{
    const struct dgm_doc *doc = NULL;
    teardown();
    enum dgm_status status = dgm_profile_parse("p.yaml", yaml, strlen(yaml), &profile);
    const struct dgm_diagnostic *first = dgm_profile_diagnostic(profile, 0);
    ck_assert_msg(status == DGM_OK, "line %u: %s", first ? first->line : 0,
                  first ? first->text : "");
    ck_assert_int_eq(dgm_profile_describe(profile, 0, &doc), DGM_OK);
    return doc;
}

static void put(const char *what, const char *between)
{
    (void)strncat(text, what, sizeof(text) - strlen(text) - 1);
    (void)strncat(text, between, sizeof(text) - strlen(text) - 1);
}

/* "at|size|name|type|value|fact: text;" for each row, indented. */
static const char *rows_of(const char *yaml)
{
    const struct dgm_doc_message *message = &describe(yaml)->messages[0];
    text[0] = '\0';
    for (size_t i = 0; i < message->item_count; i++) {
        const struct dgm_doc_item *item = &message->items[i];
        for (unsigned depth = 0; depth < item->depth; depth++)
            put(" ", "");
        put(item->at, "|");
        put(item->size, "|");
        put(item->name, "|");
        put(item->type, "|");
        put(item->value, "|");
        for (size_t k = 0; k < item->facts.count; k++) {
            put(item->facts.items[k].name, ": ");
            put(item->facts.items[k].text, ";");
        }
        put("\n", "");
    }
    return text;
}

static const char *facts_of(const struct dgm_doc_facts *facts)
{
    text[0] = '\0';
    for (size_t i = 0; i < facts->count; i++) {
        put(facts->items[i].name, ": ");
        put(facts->items[i].text, "\n");
    }
    return text;
}

#define REPORT HEAD "messages:\n  report:\n    kind: report\n    fields:\n"

START_TEST(counts_places_as_long_as_sizes_are_fixed)
{
    ck_assert_str_eq(rows_of(REPORT "      - {const: 0x68, type: u8}\n"
                                    "      - {name: flow, type: u16le, unit: m3}\n"
                                    "      - {local: n, type: u8}\n"
                                    "      - {name: note, type: text(n)}\n"
                                    "      - {name: level, type: i24, scale: 0.1}\n"
                                    "      - {name: x, value: level + 1}\n"
                                    "      - {name: tail, type: bytes(rest)}\n"),
                     "0|1|(const)|u8|0x68|\n"
                     "1|2|flow|u16le||unit: m3;\n"
                     "3|1|n|u8||\n"
                     "4|varies|note|text(n)||\n"
                     "behind note|3|level|i24be||scale: 0.1;\n"
                     "||x|computed||value: level + 1;\n"
                     "behind note, +3|rest|tail|bytes(rest)||\n");
}
END_TEST

START_TEST(counts_a_trailer_from_the_end)
{
    ck_assert_str_eq(
        rows_of(HEAD "wire:\n"
                     "  byte_order: little\n"
                     "  trailer:\n"
                     "    - {checksum: crc-16/modbus, type: u16}\n"
                     "    - {const: 0x16, type: u8}\n"
                     "messages:\n  report:\n    fields:\n"
                     "      - {name: levels, type: u16, repeat: rest, unit: mm}\n"),
        "0|2 each|levels|u16le||unit: mm;repeated: rest;\n"
        "-3|2|(checksum)|u16le||checksum: crc-16/modbus;\n"
        "-1|1|(const)|u8|0x16|\n");
}
END_TEST

START_TEST(numbers_bits_as_the_group_has_them)
{
    static const char fields[] = "        fields:\n"
                                 "          - {name: a, type: u3}\n"
                                 "          - {name: b, type: bool}\n"
                                 "          - {reserved: u4}\n";
    char yaml[1024];
    (void)snprintf(yaml, sizeof(yaml), "%s      - bits: u8\n%s", REPORT, fields);
    ck_assert_str_eq(rows_of(yaml), "0|1|(bits)|u8||\n"
                                    " bits 7..5|3 bits|a|u3||\n"
                                    " bit 4|1 bit|b|bool||\n"
                                    " bits 3..0|4 bits|(reserved)|u4||\n");
    (void)snprintf(yaml, sizeof(yaml), "%s      - bits: u8\n        bit_order: lsb\n%s",
                   REPORT, fields);
    ck_assert_str_eq(rows_of(yaml), "0|1|(bits)|u8||bit order: lowest bit first;\n"
                                    " bits 2..0|3 bits|a|u3||\n"
                                    " bit 3|1 bit|b|bool||\n"
                                    " bits 7..4|4 bits|(reserved)|u4||\n");
    const struct dgm_doc_message *message = &describe(yaml)->messages[0];
    ck_assert_int_eq(message->items[0].kind, DGM_DOC_BITS);
    ck_assert_uint_eq(message->items[0].bits, 8);
    ck_assert_uint_eq(message->items[1].bit, 5);
    ck_assert_uint_eq(message->items[3].bit, 0);
    (void)snprintf(yaml, sizeof(yaml), "%s      - bits: bytes(1)\n%s", REPORT, fields);
    ck_assert_str_eq(rows_of(yaml), "0|1|(bits)|bytes(1)||\n"
                                    " bits 0..2|3 bits|a|u3||\n"
                                    " bit 3|1 bit|b|bool||\n"
                                    " bits 4..7|4 bits|(reserved)|u4||\n");
}
END_TEST

START_TEST(tells_labels_raws_without_reading_and_ranges)
{
    ck_assert_str_eq(
        rows_of(
            REPORT
            "      - {name: valve, type: u8, enum: {0: closed, 1: open, 9..11: odd},\n"
            "         unknown: number, optional: false}\n"
            "      - {name: t, type: i16, invalid: 0x7FFF, valid: -40..85,\n"
            "         outside: warn}\n"
            "      - {name: f, type: u8, flags: {0: leak, 7: tamper}}\n"),
        "0|1|valve|u8||values: 0 = \"closed\", 1 = \"open\", 9..11 = \"odd\";"
        "other values: number;may be cut off: false;\n"
        "1|2|t|i16be||no reading: 32767 = no reading;valid: -40..85;"
        "outside of that: warn;\n"
        "3|1|f|u8||bits: 0 = \"leak\", 7 = \"tamper\";\n");
}
END_TEST

START_TEST(puts_cases_at_the_place_of_their_choice)
{
    ck_assert_str_eq(rows_of(HEAD "messages:\n  report:\n    only: decode\n    fields:\n"
                                  "      - {local: kind, type: u8}\n"
                                  "      - switch: kind\n"
                                  "        cases:\n"
                                  "          1: {name: a, type: u8}\n"
                                  "          16..31: [{name: b, type: u16}]\n"
                                  "      - {name: c, type: u8, when: kind > 1}\n"),
                     "0|1|kind|u8||\n"
                     "1|varies|(switch)|||chosen by: kind;\n"
                     " 1|1|(case)|||case: 1;\n"
                     "  1|1|a|u8||\n"
                     " 1|2|(case)|||case: 0x10..0x1F;\n"
                     "  1|2|b|u16be||\n"
                     " ||(case)|||case: any other;\n"
                     "  ||(refusal)|||refused: no case for this kind;\n"
                     "behind (switch)|1|c|u8||only when: kind > 1;\n");
}
END_TEST

START_TEST(tells_a_loop_by_its_tags)
{
    ck_assert_str_eq(rows_of(HEAD
                             "messages:\n  report:\n    only: decode\n    fields:\n"
                             "      - {name: id, type: u8}\n"
                             "      - tlv:\n"
                             "          tag: u8\n"
                             "          unknown: stop\n"
                             "          cases:\n"
                             "            0x01: {name: t, type: i16}\n"
                             "            '0x02..0x04, 0x09': [{name: x, type: u8}]\n"),
                     "0|1|id|u8||\n"
                     "1|varies|(tag loop)|||unknown tags: stop;\n"
                     " +0|1|(tag)|u8||\n"
                     " |2|(record)|||tag: 0x01;\n"
                     "  +1|2|t|i16be||\n"
                     " |1|(record)|||tag: 0x02..0x04, 0x09;\n"
                     "  +1|1|x|u8||\n");
}
END_TEST

START_TEST(is_one_row_where_the_profile_has_one_item)
{
    ck_assert_str_eq(
        rows_of(REPORT "      - {const: 'AA BB', type: bytes(2)}\n"
                       "      - {name: at, type: bcd(12), time: YYMMDDhhmmss}\n"
                       "      - {name: v, type: u8, format: 'v{value}'}\n"
                       "      - {reserved: bytes(3), fill: 0xFF}\n"
                       "      - repeat: 2\n"
                       "        name: log\n"
                       "        fields: [{name: x, type: u8}, {name: y, type: u16}]\n"),
        "0|2|(const)|bytes(2)|AA BB|\n"
        "2|6|at|bcd(12)||time: YYMMDDhhmmss;\n"
        "8|1|v|u8||text: v{value};\n"
        "9|3|(reserved)|bytes(3)||filled with: 0xFF;\n"
        "12|3 each|log|object||repeated: 2;\n"
        " +0|1|x|u8||member: log[].x;\n"
        " +1|2|y|u16be||member: log[].y;\n");
}
END_TEST

START_TEST(tells_digits_that_are_none_and_groups_without_reading)
{
    ck_assert_str_eq(rows_of(REPORT
                             "      - invalid: all\n"
                             "        fields:\n"
                             "          - {name: serial, type: bcd(4), invalid: 0xFFFF}\n"
                             "          - {name: level, type: u8, invalid: 255}\n"
                             "      - {name: sum, type: bcd(4), invalid: 9999}\n"),
                     "0|3|(group)|||no reading: if all of its fields are none;\n"
                     " 0|2|serial|bcd(4)||no reading: 0xFFFF = no reading;\n"
                     " 2|1|level|u8||no reading: 255 = no reading;\n"
                     "3|2|sum|bcd(4)||no reading: 9999 = no reading;\n");
}
END_TEST

START_TEST(knows_the_bytes_of_a_fixed_frame)
{
    const struct dgm_doc_message *message =
        &describe(REPORT "      - {name: a, type: u16}\n"
                         "      - switch: a\n"
                         "        cases:\n"
                         "          1: {name: b, type: u8}\n"
                         "          2: {name: c, type: i8}\n"
                         "      - {name: d, type: u8}\n")
             ->messages[0];
    ck_assert_uint_eq(message->bytes, 4);
    ck_assert_uint_eq(message->items[1].byte, 2);
    ck_assert_uint_eq(message->items[1].bytes, 1);
    ck_assert_uint_eq(message->items[3].bytes, 0); /* shared with the other case */
    message = &describe(REPORT "      - {name: a, type: bytes(rest)}\n")->messages[0];
    ck_assert_uint_eq(message->bytes, 0);
}
END_TEST

START_TEST(tells_how_a_frame_is_recognised)
{
    const struct dgm_doc *doc =
        describe(HEAD "messages:\n"
                      "  report:\n"
                      "    description: what it sends\n"
                      "    match: {port: [2, 10..12], length: 3, topic: a/+/b}\n"
                      "    only: decode\n"
                      "    fields:\n"
                      "      - {const: 0x0168, type: u16}\n"
                      "      - bits: u8\n"
                      "        fields: [{const: 1, type: u2}, {name: x, type: u6}]\n");
    ck_assert_str_eq(doc->messages[0].text, "what it sends");
    ck_assert_str_eq(doc->messages[0].kind, "report");
    ck_assert_str_eq(doc->messages[0].direction, "up");
    ck_assert_str_eq(facts_of(&doc->messages[0].recognition),
                     "only: decode\n"
                     "frame: topic a/+/b\n"
                     "frame: port 2, or port 10 to 12\n"
                     "frame: length 3\n"
                     "frame: bytes 0..1 = 0x0168\n"
                     "frame: byte 2 & 0xC0 = 0x40\n");
}
END_TEST

START_TEST(has_the_sizes_of_the_manifest)
{
    const struct dgm_doc *doc = describe(REPORT "      - {name: a, type: u16}\n");
    const struct dgm_doc_facts *sizes = &doc->messages[0].sizes;
    const char *manifest = dgm_profile_manifest(profile);
    char wanted[256];
    (void)snprintf(wanted, sizeof(wanted),
                   "\"frame_min\":%s,\"frame_max\":%s,\"json_max\":{\"oceanconnect\":%s,"
                   "\"iotda\":%s,\"plain\":%s},\"slots\":%s,\"depth\":%s,\"steps\":%s}",
                   sizes->items[0].text, sizes->items[0].text, sizes->items[1].text,
                   sizes->items[2].text, sizes->items[3].text, sizes->items[4].text,
                   sizes->items[5].text, sizes->items[6].text);
    ck_assert_msg(strstr(manifest, wanted) != NULL, "%s has no %s", manifest, wanted);
}
END_TEST

/* "kind name: member type range unit access text;..." */
static const char *parts_of(const struct dgm_doc *doc)
{
    text[0] = '\0';
    for (size_t i = 0; i < doc->services[0].part_count; i++) {
        const struct dgm_doc_part *part = &doc->services[0].parts[i];
        put(part->name, ":");
        for (size_t k = 0; k < part->member_count; k++) {
            const struct dgm_doc_member *member = &part->members[k];
            put(" ", member->name);
            put("|", member->type);
            put("|", member->range);
            put("|", member->unit);
            put("|", member->access);
            put("|", member->text);
        }
        put("\n", "");
    }
    return text;
}

START_TEST(lists_what_services_declare)
{
    const struct dgm_doc *doc = describe(
        HEAD
        "services:\n"
        "  Meter:\n"
        "    description: the meter\n"
        "    properties:\n"
        "      flow: {data_type: decimal, min: 0, max: 6.5, step: 0.1, unit: m3,\n"
        "             method: RE, description: through it}\n"
        "    commands:\n"
        "      SET:\n"
        "        paras: {mode: {data_type: enum, enum_list: [a, b], required: true}}\n"
        "        responses: {SET_RSP: {note: {data_type: string, max_length: 8}}}\n"
        "messages:\n  report:\n    fields:\n"
        "      - {name: flow, type: u8, scale: 0.1, valid: 0..6}\n");
    ck_assert_str_eq(doc->services[0].text, "the meter");
    ck_assert(!doc->services[0].is_derived);
    ck_assert_str_eq(
        parts_of(doc),
        ": flow|decimal|0 to 6.5, steps of 0.1|m3|read, reported|through it\n"
        "SET: mode|enum|a, b||required|\n"
        "SET_RSP: note|string|at most 8 characters|||\n");
    ck_assert_int_eq(doc->services[0].parts[2].kind, DGM_DOC_RESPONSE);
}
END_TEST

START_TEST(derives_a_service_from_the_fields)
{
    const struct dgm_doc *doc =
        describe(HEAD "messages:\n"
                      "  first:\n"
                      "    match: {port: 1}\n"
                      "    fields:\n"
                      "      - {name: t, type: i8, scale: 0.5, unit: Cel,\n"
                      "         description: of the air}\n"
                      "      - {name: run, type: bool8}\n"
                      "      - {name: log, type: u8, repeat: 3}\n"
                      "  second:\n"
                      "    match: {port: 2}\n"
                      "    fields:\n"
                      "      - {name: t, type: u8}\n"
                      "      - {name: mode, type: u8, enum: {0: idle}}\n"
                      "      - {name: o, fields: [{name: x, type: u8}]}\n");
    ck_assert(doc->services[0].is_derived);
    ck_assert_str_eq(parts_of(doc), ": t|decimal|-64 to 63.5|Cel||of the air"
                                    " run|boolean|||| log|array||||"
                                    " mode|enum|0 = \"idle\"||| o|object||||\n");
}
END_TEST

START_TEST(derives_objects_whose_members_stand_apart)
{
    const struct dgm_doc *doc =
        describe(HEAD "messages:\n"
                      "  report:\n"
                      "    fields:\n"
                      "      - {name: x, type: u8, to: place.deep}\n"
                      "      - {name: t, type: u8}\n"
                      "      - {name: z, type: u8, to: place}\n");
    const struct dgm_doc_item *first = &doc->messages[0].items[0];
    ck_assert_str_eq(parts_of(doc), ": place|object|||| t|int|0 to 255|||\n");
    ck_assert_str_eq(first->name, "x");
    ck_assert_str_eq(first->facts.items[0].text, "place.deep.x");
}
END_TEST

START_TEST(tells_where_the_profile_says_it)
{
    const struct dgm_doc *doc = describe(HEAD "services:\n"
                                              "  S:\n"
                                              "    properties:\n"
                                              "      a: {data_type: int}\n"
                                              "messages:\n"
                                              "  report:\n"
                                              "    fields:\n"
                                              "      - {name: a, type: u8}\n");
    const struct dgm_doc_part *part = &doc->services[0].parts[0];
    ck_assert_uint_eq(doc->services[0].place.line, 4);
    ck_assert_uint_eq(part->place.line, 4);
    ck_assert_uint_eq(part->members[0].place.line, 6);
    ck_assert_str_eq(part->members[0].place.file, "p.yaml");
    ck_assert_uint_eq(doc->messages[0].place.line, 8);
    ck_assert_uint_eq(doc->messages[0].items[0].place.line, 10);
    ck_assert_str_eq(doc->messages[0].items[0].place.file, "p.yaml");
}
END_TEST

START_TEST(keeps_texts_on_one_line_and_short)
{
    static char yaml[8192];
    char long_text[2001];
    memset(long_text, 'x', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    (void)snprintf(yaml, sizeof(yaml),
                   REPORT
                   "      - {name: a, type: u8, description: \"b\\n\\n  c\\u202Ed \"}\n"
                   "      - {name: b, type: u8, description: %s}\n",
                   long_text);
    const struct dgm_doc_message *message = &describe(yaml)->messages[0];
    ck_assert_str_eq(message->items[0].facts.items[0].text, "b c d");
    size_t length = strlen(message->items[1].facts.items[0].text);
    ck_assert_uint_eq(length, DGM_DOC_TEXT + 3);
}
END_TEST

START_TEST(leaves_out_rows_when_there_are_too_many)
{
    static char yaml[200000];
    size_t length = (size_t)snprintf(yaml, sizeof(yaml), REPORT);
    const unsigned fields = DGM_DOC_ITEMS + 5;
    for (unsigned i = 0; i < fields; i++)
        length += (size_t)snprintf(yaml + length, sizeof(yaml) - length,
                                   "      - {reserved: u8}\n");
    (void)snprintf(yaml + length, sizeof(yaml) - length, "    frame_limit: 9000\n");
    const struct dgm_doc_message *message = &describe(yaml)->messages[0];
    ck_assert_uint_eq(message->item_count, DGM_DOC_ITEMS);
    ck_assert_uint_eq(message->items_left_out, 5);
}
END_TEST

START_TEST(has_each_model_of_a_family_and_no_more)
{
    const struct dgm_doc *doc = describe(HEAD "models:\n  C: {}\n"
                                              "messages:\n  report:\n    fields:\n"
                                              "      - {name: a, type: u8}\n");
    ck_assert_str_eq(doc->name, "A B");
    ck_assert_int_eq(dgm_profile_describe(profile, 1, &doc), DGM_OK);
    ck_assert_str_eq(doc->name, "A C");
    ck_assert_int_eq(dgm_profile_describe(profile, 2, &doc), DGM_NOTHING);
    ck_assert_ptr_null(doc);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("describe");
    TCase *tests = tcase_create("describe");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, counts_places_as_long_as_sizes_are_fixed);
    tcase_add_test(tests, counts_a_trailer_from_the_end);
    tcase_add_test(tests, numbers_bits_as_the_group_has_them);
    tcase_add_test(tests, tells_labels_raws_without_reading_and_ranges);
    tcase_add_test(tests, puts_cases_at_the_place_of_their_choice);
    tcase_add_test(tests, tells_a_loop_by_its_tags);
    tcase_add_test(tests, is_one_row_where_the_profile_has_one_item);
    tcase_add_test(tests, tells_digits_that_are_none_and_groups_without_reading);
    tcase_add_test(tests, knows_the_bytes_of_a_fixed_frame);
    tcase_add_test(tests, tells_how_a_frame_is_recognised);
    tcase_add_test(tests, has_the_sizes_of_the_manifest);
    tcase_add_test(tests, lists_what_services_declare);
    tcase_add_test(tests, derives_a_service_from_the_fields);
    tcase_add_test(tests, derives_objects_whose_members_stand_apart);
    tcase_add_test(tests, tells_where_the_profile_says_it);
    tcase_add_test(tests, keeps_texts_on_one_line_and_short);
    tcase_add_test(tests, leaves_out_rows_when_there_are_too_many);
    tcase_add_test(tests, has_each_model_of_a_family_and_no_more);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
