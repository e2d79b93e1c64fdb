/* SPDX-License-Identifier: MIT */
/* What items mean together: services, objects, records, passes, envelope, sources. */
#include "compiled.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, model: Lower}\n"                                   \
    "services:\n"                                                                        \
    "  Meter:\n"                                                                         \
    "    properties:\n"                                                                  \
    "      flow: {data_type: int, min: 0, max: 200, method: RE}\n"                       \
    "      volt: {data_type: decimal, min: 0, max: 25.5, method: RE}\n"                  \
    "      text: {data_type: string, max_length: 4, method: RE}\n"                       \
    "      place: {data_type: jsonObject, method: RE}\n"                                 \
    "      list: {data_type: jsonObject, method: RE}\n"                                  \
    "  Env:\n"                                                                           \
    "    properties:\n"                                                                  \
    "      heat: {data_type: int, method: RE}\n"                                         \
    "      damp: {data_type: int, method: RE}\n"                                         \
    "    commands:\n"                                                                    \
    "      SET:\n"                                                                       \
    "        paras: {level: {data_type: int, min: 1, max: 9, required: true}}\n"         \
    "        responses: {SET_RSP: {level: {data_type: int}}}\n"                          \
    "messages:\n"

#define REPORT HEAD "  report:\n    to: Meter\n    fields:\n"

static const struct case_of_both {
    const char *name, *profile, *hex, *json;
    enum dgm_shape shape;
    unsigned passes;
    bool prepass;
} cases[] = {
    {"members in the order of the wire",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {name: heat, type: u8, to: Env}\n",
     "0102", "{\"Meter\":{\"flow\":1},\"Env\":{\"heat\":2}}", DGM_SHAPE_PLAIN, 1, false},
    {"a service left and entered again",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {name: heat, type: u8, to: Env}\n"
            "      - {name: volt, type: u8}\n",
     "010203", "{\"Meter\":{\"flow\":1,\"volt\":3},\"Env\":{\"heat\":2}}",
     DGM_SHAPE_PLAIN, 2, false},
    {"two services in one bit group",
     REPORT "      - bits: u8\n"
            "        fields:\n"
            "          - {name: flow, type: u4}\n"
            "          - {name: heat, type: u4, to: Env}\n",
     "12", "{\"Meter\":{\"flow\":1},\"Env\":{\"heat\":2}}", DGM_SHAPE_PLAIN, 2, false},
    {"the envelope behind the members",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {role: has_more, type: u8}\n",
     "0101",
     "{\"msgType\":\"deviceReq\",\"hasMore\":1,\"data\":[{\"serviceId\":\"Meter\","
     "\"serviceData\":{\"flow\":1}}]}",
     DGM_SHAPE_OCEANCONNECT, 1, true},
    {"the time of all services behind the first",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {role: event_time, type: u32, time: unix}\n",
     "015C9DF065",
     "{\"msg_type\":\"properties_report\",\"services\":[{\"service_id\":\"Meter\","
     "\"properties\":{\"flow\":1},\"event_time\":\"20190329T101605Z\"}]}",
     DGM_SHAPE_IOTDA, 1, true},
    {"the time before the members",
     REPORT "      - {role: event_time, type: u32, time: unix}\n"
            "      - {name: flow, type: u8}\n",
     "5C9DF06501", "{\"Meter\":{\"flow\":1},\"event_time\":\"20190329T101605Z\"}",
     DGM_SHAPE_PLAIN, 1, false},
    {"an object by the path of its members",
     REPORT "      - {name: x, type: u8, to: Meter.place}\n"
            "      - {local: other, type: u8, encode: 9}\n"
            "      - {name: y, type: u8, to: Meter.place}\n"
            "      - {name: z, type: u8, to: Meter.place.deep}\n",
     "01090203", "{\"Meter\":{\"place\":{\"x\":1,\"y\":2,\"deep\":{\"z\":3}}}}",
     DGM_SHAPE_PLAIN, 1, false},
    {"an object whose members stand apart",
     REPORT "      - {name: x, type: u8, to: Meter.place}\n"
            "      - {name: flow, type: u8}\n"
            "      - {name: 'z', type: u8, to: Meter.place}\n",
     "010203", "{\"Meter\":{\"flow\":2,\"place\":{\"x\":1,\"z\":3}}}", DGM_SHAPE_PLAIN, 2,
     false},
    {"an object behind all plain members takes no pass of its own",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {name: x, type: u8, to: Meter.place.deep}\n"
            "      - {name: y, type: u8, to: Meter.place.other}\n"
            "      - {name: 'z', type: u8, to: Meter.place.deep}\n",
     "01020304",
     "{\"Meter\":{\"flow\":1,\"place\":{\"deep\":{\"x\":2,\"z\":4},\"other\":{\"y\":3}}}"
     "}",
     DGM_SHAPE_PLAIN, 2, false},
    {"an object of bits",
     REPORT "      - bits: u8\n"
            "        fields:\n"
            "          - {name: x, type: u4, to: Meter.place}\n"
            "          - {name: y, type: u4, to: Meter.place}\n",
     "12", "{\"Meter\":{\"place\":{\"x\":1,\"y\":2}}}", DGM_SHAPE_PLAIN, 1, false},
    {"an array counted by a local",
     REPORT "      - {local: count, type: u8}\n"
            "      - name: list\n"
            "        repeat: count\n"
            "        fields: [{name: a, type: u8}, {name: b, type: u8}]\n",
     "0201020304", "{\"Meter\":{\"list\":[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]}}",
     DGM_SHAPE_PLAIN, 1, false},
    {"an array counted by a scaled local",
     REPORT "      - {local: bytes, type: u8}\n"
            "      - {name: list, type: u16, repeat: bytes / 2}\n",
     "0400010002", "{\"Meter\":{\"list\":[1,2]}}", DGM_SHAPE_PLAIN, 1, false},
    {"a text counted with its own length",
     REPORT "      - {local: size, type: u8}\n"
            "      - {name: text, type: text(size - 1)}\n",
     "034142", "{\"Meter\":{\"text\":\"AB\"}}", DGM_SHAPE_PLAIN, 1, false},
    {"records with times",
     REPORT "      - {local: count, type: u8}\n"
            "      - local: log\n"
            "        record: Env\n"
            "        repeat: count\n"
            "        fields:\n"
            "          - {role: event_time, type: u32, time: unix}\n"
            "          - {name: heat, type: u8}\n",
     "025C9DF065015C9DF06602",
     "{\"Env\":[{\"heat\":1,\"event_time\":\"20190329T101605Z\"},"
     "{\"heat\":2,\"event_time\":\"20190329T101606Z\"}]}",
     DGM_SHAPE_PLAIN, 1, false},
    {"members beside records of the same service",
     REPORT "      - {name: damp, type: u8, to: Env}\n"
            "      - record: Env\n"
            "        repeat: rest\n"
            "        fields: [{name: heat, type: u8}]\n",
     "090102", "{\"Env\":[{\"damp\":9},{\"heat\":1},{\"heat\":2}]}", DGM_SHAPE_PLAIN, 1,
     false},
    {"a member under a condition, given",
     REPORT "      - {local: has_heat, type: u8, encode: has(heat)}\n"
            "      - {name: heat, type: u8, to: Env, when: has_heat == 1}\n"
            "      - {name: flow, type: u8}\n",
     "010203", "{\"Env\":{\"heat\":2},\"Meter\":{\"flow\":3}}", DGM_SHAPE_PLAIN, 1,
     false},
    {"a member under a condition, absent",
     REPORT "      - {local: has_heat, type: u8, encode: has(heat)}\n"
            "      - {name: heat, type: u8, to: Env, when: has_heat == 1}\n"
            "      - {name: flow, type: u8}\n",
     "0003", "{\"Meter\":{\"flow\":3}}", DGM_SHAPE_PLAIN, 1, false},
    {"a group under a condition",
     REPORT "      - {local: kind, type: u8, encode: has(heat)}\n"
            "      - when: kind == 1\n"
            "        fields:\n"
            "          - {name: heat, type: u8, to: Env}\n"
            "          - {name: damp, type: u8, to: Env}\n",
     "010203", "{\"Env\":{\"heat\":2,\"damp\":3}}", DGM_SHAPE_PLAIN, 1, false},
    {"a computed member that encoding solves",
     REPORT "      - {local: raw, type: u16}\n"
            "      - {name: volt, value: raw * 0.5 - 1}\n",
     "0005", "{\"Meter\":{\"volt\":1.5}}", DGM_SHAPE_PLAIN, 1, false},
    {"an optional end, there",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {name: volt, type: u8, optional: true}\n",
     "0102", "{\"Meter\":{\"flow\":1,\"volt\":2}}", DGM_SHAPE_PLAIN, 1, false},
    {"an optional end, gone",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {name: volt, type: u8, optional: true}\n",
     "01", "{\"Meter\":{\"flow\":1}}", DGM_SHAPE_PLAIN, 1, false},
    {"a command",
     HEAD "  set:\n"
          "    kind: command\n"
          "    command: Env.SET\n"
          "    fields: [{name: level, type: u8}, {role: mid, type: u16}]\n",
     "050007", "{\"command\":\"Env.SET\",\"mid\":7,\"paras\":{\"level\":5}}",
     DGM_SHAPE_PLAIN, 1, true},
    {"a common header",
     "dragoman: 1\n"
     "product: {manufacturer_id: Acme, model: Lower}\n"
     "wire: {header: [{const: 0xAA, type: u8}]}\n"
     "messages:\n"
     "  report: {fields: [{name: v, type: u8}]}\n",
     "AA05", "{\"v\":5}", DGM_SHAPE_PLAIN, 1, false},
};

START_TEST(goes_both_ways)
{
    const struct case_of_both *row = &cases[_i];
    char json[512];

    compiled_open(row->profile);
    const struct dgm_message *message =
        compiled_message(strstr(row->profile, "  set:\n") != NULL ? "set" : "report");
    const char *found = strstr(row->profile, "kind: command") != NULL
                            ? compiled_encode(NULL, row->json)
                            : compiled_decode(row->shape, row->hex);
    snprintf(json, sizeof(json), "%s", found);
    if (message->kind == DGM_KIND_REPORT) {
        ck_assert_msg(strcmp(json, row->json) == 0, "%s: %s", row->name, json);
        found = compiled_encode(NULL, row->json);
    }
    ck_assert_msg(strcmp(found, row->hex) == 0, "%s: %s instead of %s", row->name, found,
                  row->hex);
    ck_assert_msg(message->passes == row->passes, "%s: %u passes", row->name,
                  message->passes);
    ck_assert_int_eq((message->flags & DGM_MESSAGE_PREPASS) != 0, row->prepass);
}
END_TEST

START_TEST(defaults_stand_in_for_absent_members)
{
    compiled_open(REPORT "      - {name: flow, type: u8}\n"
                         "      - {name: volt, type: u8, optional: true, default: 7}\n");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "01"),
                     "{\"Meter\":{\"flow\":1,\"volt\":7}}");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "0102"),
                     "{\"Meter\":{\"flow\":1,\"volt\":2}}");
    ck_assert_str_eq(compiled_encode(NULL, "{\"Meter\":{\"flow\":1}}"), "01");
}
END_TEST

START_TEST(a_named_count_must_agree)
{
    compiled_open(REPORT "      - {name: flow, type: u8}\n"
                         "      - {name: list, type: u8, repeat: flow}\n");
    ck_assert_str_eq(compiled_encode(NULL, "{\"Meter\":{\"list\":[1,2]}}"), "020102");
    ck_assert_str_eq(compiled_encode(NULL, "{\"Meter\":{\"flow\":2,\"list\":[1,2]}}"),
                     "020102");
    ck_assert_str_eq(compiled_encode(NULL, "{\"Meter\":{\"flow\":3,\"list\":[1,2]}}"),
                     "count-mismatch Meter.flow");
}
END_TEST

START_TEST(errors_name_the_place)
{
    compiled_open(REPORT "      - {name: flow, type: u8}\n"
                         "      - {name: volt, type: u16, scale: 0.1}\n"
                         "      - name: list\n"
                         "        repeat: rest\n"
                         "        fields: [{name: a, type: u16}]\n");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "0100010001FF"),
                     "truncated Meter.list[1].a");
    ck_assert_str_eq(compiled_encode(NULL, "{\"Meter\":{\"flow\":1,\"list\":[]}}"),
                     "missing-member Meter.volt");
    const char *json = "{\"Meter\":{\"flow\":1,\"volt\":2,\"list\":[{\"a\":-1}]}}";
    ck_assert_str_eq(compiled_encode(NULL, json), "range Meter.list[0].a");
}
END_TEST

START_TEST(replies_see_the_frame_they_answer)
{
    compiled_open(HEAD "  report:\n"
                       "    to: Meter\n"
                       "    fields: [{const: 1, type: u8}, {name: flow, type: u8},\n"
                       "             {local: wanted, type: u8, optional: true}]\n"
                       "  other:\n"
                       "    to: Meter\n"
                       "    fields: [{const: 2, type: u8}, {name: flow, type: u16}]\n"
                       "  ok:\n"
                       "    kind: reply\n"
                       "    answers: [report]\n"
                       "    when: has(request.wanted)\n"
                       "    fields:\n"
                       "      - {local: id, type: u8, encode: request.u8(0)}\n"
                       "      - {local: twice, type: u16, encode: request.flow * 2}\n"
                       "      - {local: size, type: u8, encode: request.length}\n"
                       "  bad:\n"
                       "    kind: reply\n"
                       "    fields:\n"
                       "      - {local: id, type: u8, encode: 0 if request.valid else "
                       "1}\n");
    const char *ok = "{\"reply\":\"ok\"}", *bad = "{\"reply\":\"bad\"}";
    ck_assert_str_eq(compiled_reply(ok, "010501"), "01000A03");
    ck_assert_str_eq(compiled_reply(ok, "0105"), "nothing");
    ck_assert_str_eq(compiled_reply(bad, "0105"), "00");
    ck_assert_str_eq(compiled_reply(bad, "0205"), "01");
}
END_TEST

START_TEST(limits_of_the_model_hold)
{
    compiled_open(HEAD "  report:\n"
                       "    to: Meter\n"
                       "    model_limits: reject\n"
                       "    fields:\n"
                       "      - {name: flow, type: u8}\n"
                       "      - {name: volt, type: u8, scale: 0.1}\n"
                       "      - {local: size, type: u8}\n"
                       "      - {name: text, type: text(size)}\n");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "C8FF00"),
                     "{\"Meter\":{\"flow\":200,\"volt\":25.5,\"text\":\"\"}}");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "C9FF00"),
                     "model-limit Meter.flow");
    ck_assert_str_eq(compiled_decode(DGM_SHAPE_PLAIN, "00FF054142434445"),
                     "model-limit Meter.text");
}
END_TEST

static const struct refusal {
    const char *name, *profile, *findings;
} refusals[] = {
    {"a local that encoding cannot know",
     REPORT "      - {local: kind, type: u8}\n"
            "      - {name: flow, type: u8, when: kind == 1}\n",
     "23:17: error: nothing says what encoding writes for 'kind' of message 'report'; "
     "add "
     "'encode', or mark the message 'only: decode' [not-encodable]\n"},
    {"the length of the frame while it is written",
     REPORT "      - {reserved: bytes(frame.length)}\n",
     "23:26: error: the length of the frame is not known while it is written; what is "
     "there while bytes are left is 'optional: true', else mark the message 'only: "
     "decode' [not-encodable]\n"},
    {"two items for one member",
     REPORT "      - {name: flow, type: u8}\n"
            "      - {name: flow, type: u8}\n",
     "24:16: error: 'Meter.flow' is filled by the item of line 23 already "
     "[duplicate-member]\n"},
    {"a member of no service", HEAD "  report: {fields: [{name: flow, type: u8}]}\n",
     "20:28: error: the product has 2 services; say with 'to' which one 'flow' belongs "
     "to "
     "[ambiguous-service]\n"},
    {"a service that is not there",
     HEAD "  report: {to: Metre, fields: [{name: flow, type: u8}]}\n",
     "20:16: error: the product has no service 'Metre'; did you mean 'Meter'? "
     "[unknown-service]\n"},
    {"a property that is not there", REPORT "      - {name: flwo, type: u8}\n",
     "23:16: error: 'Meter' has no property 'flwo'; did you mean 'flow'? "
     "[unknown-property]\n"},
    {"a text for a number", REPORT "      - {name: flow, type: text(2)}\n",
     "23:16: error: 'flow' is of type int in the product model, which this item does not "
     "give [type-mismatch]\n"},
    {"a fraction for an int", REPORT "      - {name: flow, type: u8, scale: 0.5}\n",
     "23:16: error: 'flow' is of type int in the product model, which this item does not "
     "give [type-mismatch]\n"},
    {"something behind the rest",
     REPORT "      - {name: text, type: text(rest)}\n"
            "      - {name: flow, type: u8}\n",
     "24:16: error: 'text' takes the rest of the frame, so nothing is left for 'flow' "
     "[rest-not-last]\n"},
    {"the rest in a repetition",
     REPORT "      - {name: list, repeat: 2, fields: [{name: a, type: text(rest)}]}\n",
     "23:49: error: 'a' takes the rest of the frame inside a repetition "
     "[rest-not-last]\n"},
    {"something behind an optional item",
     REPORT "      - {name: volt, type: u8, optional: true}\n"
            "      - {name: flow, type: u8}\n",
     "24:16: error: 'volt' before it is optional, so this must be, too "
     "[optional-gap]\n"},
    {"a role twice",
     REPORT "      - {role: has_more, type: u8}\n"
            "      - {role: has_more, type: u8}\n",
     "24:16: error: the message has the role 'has_more' in line 23 already "
     "[duplicate-role]\n"},
    {"a role without meaning", REPORT "      - {role: errcode, type: u8}\n",
     "23:16: error: 'errcode' has no meaning here [role-not-here]\n"},
    {"a reply with a member",
     HEAD "  reply: {kind: reply, fields: [{name: flow, type: u8}]}\n",
     "20:40: error: a reply has no members; use 'local' or 'role' [key-not-here]\n"},
    {"a request without a reply",
     REPORT "      - {local: id, type: u8, encode: request.flow}\n",
     "23:39: error: only replies know a request [unknown-name]\n"},
    {"a question that no report answers",
     REPORT "      - {name: flow, type: u8}\n"
            "  reply:\n"
            "    kind: reply\n"
            "    fields: [{local: id, type: u8, encode: request.volt}]\n",
     "26:44: error: no message that 'reply' answers has an item 'volt' "
     "[unknown-name]\n"},
};

START_TEST(refuses_what_cannot_be)
{
    const struct refusal *row = &refusals[_i];

    const char *found = compiled_findings(row->profile, true);
    ck_assert_msg(strcmp(found, row->findings) == 0, "%s: found\n%s", row->name, found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lower");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, NULL, compiled_close);
    tcase_add_loop_test(all, goes_both_ways, 0, COUNT(cases));
    tcase_add_test(all, defaults_stand_in_for_absent_members);
    tcase_add_test(all, a_named_count_must_agree);
    tcase_add_test(all, errors_name_the_place);
    tcase_add_test(all, replies_see_the_frame_they_answer);
    tcase_add_test(all, limits_of_the_model_hold);
    tcase_add_loop_test(all, refuses_what_cannot_be, 0, COUNT(refusals));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
