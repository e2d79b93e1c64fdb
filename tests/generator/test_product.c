/* SPDX-License-Identifier: MIT */
/* The product model out of a profile's text, and what is wrong with one. */
#include "product.h"

#include <dragoman/profile.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HEAD                                                                             \
    "product: {manufacturer_id: Acme, model: WM-100}\n"                                  \
    "services:\n"                                                                        \
    "  Meter:\n"

static struct front front;
static struct product *product;

static void open_product(const char *text)
{
    front_open_text(&front, text);
    ck_assert_msg(front.root != NULL, "%s", front_findings(&front));
    product = product_parse(&front.diag, front.root);
    ck_assert_ptr_nonnull(product);
}

static void setup(void)
{
    open_product(
        "product:\n"
        "  manufacturer_id: Acme\n"
        "  manufacturer_name: Acme Instruments\n"
        "  model: WM-100\n"
        "  product_id: '5f00'\n"
        "  name: Meter\n"
        "  app_id: app\n"
        "  industry: water\n"
        "  device_type: WaterMeter\n"
        "  protocol_type: CoAP\n"
        "  description: A meter\n"
        "  version: V1.0\n"
        "  om_capability: {fw_upgrade_capability: {supportUpgrade: true}}\n"
        "services:\n"
        "  Meter:\n"
        "    option: Master\n"
        "    description: What it counts\n"
        "    properties:\n"
        "      flow: {data_type: decimal, min: 0, max: 4294967.295, step: 0.001, "
        "unit: m3, method: RE, required: true, default_value: 1.5}\n"
        "      valve: {data_type: enum, enum_list: [closed, open], method: R, "
        "default_value: open}\n"
        "      text: {data_type: string, max_length: 8, method: RWE, "
        "description: Shown}\n"
        "    commands:\n"
        "      SET_PERIOD:\n"
        "        description: How often\n"
        "        paras: {minutes: {data_type: int, min: 1, max: 1440, required: "
        "true}}\n"
        "        responses: {SET_PERIOD_RSP: {minutes: {data_type: int}}, OTHER: "
        "{}}\n"
        "      RESET: {}\n"
        "    events:\n"
        "      ALARM: {description: Loud, paras: {level: {data_type: int}}}\n"
        "  Battery:\n"
        "    service_type: Power\n");
}

static void teardown(void)
{
    front_close(&front);
}

START_TEST(keeps_the_identity)
{
    ck_assert_str_eq(front_findings(&front), "");
    ck_assert_str_eq(product->manufacturer_id, "Acme");
    ck_assert_str_eq(product->manufacturer_name, "Acme Instruments");
    ck_assert_str_eq(product->model, "WM-100");
    ck_assert_str_eq(product->product_id, "5f00");
    ck_assert_str_eq(product->name, "Meter");
    ck_assert_str_eq(product->app_id, "app");
    ck_assert_str_eq(product->industry, "water");
    ck_assert_str_eq(product->data_format, "binary");
    ck_assert_str_eq(product->device_type, "WaterMeter");
    ck_assert_str_eq(product->protocol_type, "CoAP");
    ck_assert_str_eq(product->description, "A meter");
    ck_assert_str_eq(product->version, "V1.0");
    ck_assert_str_eq(product->om_capability,
                     "{\"fw_upgrade_capability\":{\"supportUpgrade\":true}}");
    ck_assert_uint_eq(product->where.line, 1);
}
END_TEST

START_TEST(keeps_services_in_order)
{
    ck_assert(product->has_services);
    ck_assert_uint_eq(product->service_count, 2);
    const struct product_service *meter = product_service(product, "Meter");
    ck_assert_ptr_eq(meter, &product->services[0]);
    ck_assert_str_eq(meter->service_type, "Meter");
    ck_assert_str_eq(meter->option, "Master");
    ck_assert_str_eq(meter->description, "What it counts");
    ck_assert_uint_eq(meter->where.line, 15);
    ck_assert_str_eq(product->services[1].service_type, "Power");
    ck_assert_uint_eq(product->services[1].properties.count, 0);
    ck_assert_ptr_null(product_service(product, "meter"));
}
END_TEST

START_TEST(keeps_properties_with_exact_limits)
{
    const struct product_fields *fields = &product->services[0].properties;
    const struct product_field *flow = product_field(fields, "flow");
    struct exact max;

    ck_assert_uint_eq(fields->count, 3);
    ck_assert_int_eq(flow->type, PRODUCT_DECIMAL);
    ck_assert(flow->required);
    ck_assert(flow->min.given && flow->max.given && flow->step.given);
    ck_assert(exact_parse("4294967.295", 11, false, &max));
    ck_assert_int_eq(exact_compare(flow->max.value, max), 0);
    ck_assert_str_eq(flow->unit, "m3");
    ck_assert_uint_eq(flow->method, PRODUCT_READ | PRODUCT_EVENT);
    ck_assert_str_eq(flow->default_value, "1.5");
    ck_assert_uint_eq(flow->where.column, 7);
    ck_assert_uint_eq(flow->type_where.column, 25);

    const struct product_field *valve = product_field(fields, "valve");
    ck_assert_int_eq(valve->type, PRODUCT_ENUM);
    ck_assert_uint_eq(valve->enum_count, 2);
    ck_assert_str_eq(valve->enum_list[1].text, "open");
    ck_assert_uint_eq(valve->method, PRODUCT_READ);
    ck_assert_str_eq(valve->default_value, "\"open\"");

    const struct product_field *text = product_field(fields, "text");
    ck_assert(text->has_max_length);
    ck_assert_uint_eq(text->max_length, 8);
    ck_assert_str_eq(text->description, "Shown");
    ck_assert(!text->required);
    ck_assert_ptr_null(product_field(fields, "Text"));
}
END_TEST

START_TEST(keeps_commands_and_events)
{
    const struct product_service *meter = &product->services[0];
    const struct product_command *command = product_command(meter, "SET_PERIOD");

    ck_assert_uint_eq(meter->command_count, 2);
    ck_assert_str_eq(command->description, "How often");
    ck_assert_str_eq(command->paras.items[0].name, "minutes");
    ck_assert(command->paras.items[0].required);
    ck_assert_uint_eq(command->response_count, 2);
    ck_assert_str_eq(command->responses[0].name, "SET_PERIOD_RSP");
    ck_assert_uint_eq(command->responses[0].fields.count, 1);
    ck_assert_uint_eq(command->responses[1].fields.count, 0);
    ck_assert_uint_eq(product_command(meter, "RESET")->response_count, 0);
    ck_assert_ptr_null(product_command(meter, "SET"));

    ck_assert_str_eq(product_event(meter, "ALARM")->description, "Loud");
    ck_assert_uint_eq(product_event(meter, "ALARM")->paras.count, 1);
    ck_assert_ptr_null(product_event(meter, "SET_PERIOD"));
}
END_TEST

START_TEST(finds_commands_by_path)
{
    const struct location where = {9, 9, 9, 0};
    const struct product_service *service = NULL;
    const struct product_command *command =
        product_command_path(&front.diag, product, "Meter.SET_PERIOD", where, &service);

    ck_assert_str_eq(command->name, "SET_PERIOD");
    ck_assert_str_eq(service->name, "Meter");
    ck_assert_ptr_null(
        product_command_path(&front.diag, product, "SET_PERIOD", where, NULL));
    ck_assert_ptr_null(
        product_command_path(&front.diag, product, "Metre.X", where, NULL));
    ck_assert_ptr_null(
        product_command_path(&front.diag, product, "Meter.SET_PERIODS", where, NULL));
    ck_assert_str_eq(
        front_findings(&front),
        "9:9: error: 'SET_PERIOD' names no command: write 'Service.COMMAND' [bad-value]\n"
        "9:9: error: the product has no service 'Metre'; did you mean 'Meter'? "
        "[unknown-service]\n"
        "9:9: error: service 'Meter' has no command 'SET_PERIODS'; did you mean "
        "'SET_PERIOD'? [unknown-command]\n");
}
END_TEST

START_TEST(suggests_names)
{
    ck_assert_str_eq(product_nearest_service(front.arena, product, "meter"), "Meter");
    ck_assert_ptr_null(product_nearest_service(front.arena, product, "Temperature"));
    ck_assert_str_eq(
        product_nearest_field(front.arena, &product->services[0].properties, "Flow"),
        "flow");
    ck_assert_str_eq(product_type_name(PRODUCT_STRING_LIST), "string list");
}
END_TEST

START_TEST(is_there_without_product_and_services)
{
    struct front other;

    front_open_text(&other, "dragoman: 1\n");
    struct product *empty = product_parse(&other.diag, other.root);
    ck_assert(!empty->has_services);
    ck_assert_uint_eq(empty->service_count, 0);
    ck_assert_str_eq(front_findings(&other),
                     "1:1: error: the profile has no 'product' [missing-key]\n");
    front_close(&other);
}
END_TEST

struct finding_case {
    const char *name, *text, *findings;
};

static const struct finding_case cases[] = {
    {"product that is a list", "product: []\n",
     "1:10: error: 'product' must be a mapping, not a list [expected-map]\n"},
    {"services that are a list", "product: {product_id: x}\nservices: [a]\n",
     "2:11: error: 'services' must be a mapping, not a list [expected-map]\n"},
    {"nothing in a service", HEAD "    properties:\n",
     "4:16: error: 'properties' must be a mapping, not empty [expected-map]\n"},
    {"unknown keys everywhere",
     "product: {manufacturer: A, model: B, manufacturer_id: A}\n"
     "services:\n"
     "  S:\n"
     "    property: {}\n"
     "    properties: {p: {data_type: int, minimum: 1}}\n"
     "    commands: {C: {paras: {q: {data_type: int, method: R}}, response: {}}}\n"
     "    events: {E: {responses: {}}}\n",
     "1:11: error: unknown key 'manufacturer' in 'product'; did you mean "
     "'manufacturer_id'? [unknown-key]\n"
     "4:5: error: unknown key 'property' in a service; did you mean 'properties'? "
     "[unknown-key]\n"
     "5:38: error: unknown key 'minimum' in a property [unknown-key]\n"
     "6:48: error: unknown key 'method' in a parameter [unknown-key]\n"
     "6:61: error: unknown key 'response' in a command; did you mean 'responses'? "
     "[unknown-key]\n"
     "7:18: error: unknown key 'responses' in an event [unknown-key]\n"},
    {"type of another language", HEAD "    properties: {p: {data_type: double}}\n",
     "4:33: error: the platform has no data type 'double'; did you mean 'decimal'? "
     "[bad-data-type]\n"},
    {"type misspelt", HEAD "    properties: {p: {data_type: datetime}}\n",
     "4:33: error: the platform has no data type 'datetime'; did you mean 'DateTime'? "
     "[bad-data-type]\n"},
    {"no type", HEAD "    properties: {p: {}}\n",
     "4:18: error: 'p' has no data_type [missing-key]\n"},
    {"limits the wrong way round",
     HEAD "    properties: {p: {data_type: int, min: 1, max: 0}}\n",
     "4:43: error: min 1 of 'p' is above its max 0 [min-above-max]\n"},
    {"step of zero", HEAD "    properties: {p: {data_type: int, step: 0}}\n",
     "4:44: error: 'step' must be greater than zero [bad-value]\n"},
    {"fraction in an int", HEAD "    properties: {p: {data_type: int, max: 0.5}}\n",
     "4:43: error: 'max' of data type int must be whole, not 0.5 [bad-value]\n"},
    {"limit without end", HEAD "    properties: {p: {data_type: decimal, max: 1/3}}\n",
     "4:47: error: 'max' must have a finite decimal form, not 1/3 [bad-value]\n"},
    {"limit in quotes", HEAD "    properties: {p: {data_type: int, max: '5'}}\n",
     "4:43: error: 'max' is a number: write it without quotes [expected-number]\n"},
    {"limits without meaning",
     HEAD
     "    properties: {p: {data_type: string, min: 1, max_length: 2}, q: {data_type: "
     "int, max_length: 2}}\n",
     "4:41: warning: 'min' has no meaning for data type string [limit-unused]\n"
     "4:85: warning: 'max_length' has no meaning for data type int [limit-unused]\n"},
    {"length of zero", HEAD "    properties: {p: {data_type: string, max_length: 0}}\n",
     "4:53: error: 'max_length' is 0, outside 1..2147483647 [out-of-range]\n"},
    {"enum without list", HEAD "    properties: {p: {data_type: enum}}\n",
     "4:33: error: 'p' is an enum and needs an enum_list [enum-list]\n"},
    {"enum with empty list",
     HEAD "    properties: {p: {data_type: enum, enum_list: []}}\n",
     "4:50: error: the enum_list of 'p' is empty [enum-list]\n"},
    {"label twice", HEAD "    properties: {p: {data_type: enum, enum_list: [a, b, a]}}\n",
     "4:57: error: 'a' stands twice in the enum_list of 'p' [enum-list]\n"},
    {"label that is no text",
     HEAD "    properties: {p: {data_type: enum, enum_list: [on]}}\n",
     "4:51: error: a value of 'enum_list' is text: write \"on\" in quotes, for some YAML "
     "readers take it for a truth value [quote-text]\n"},
    {"list without enum", HEAD "    properties: {p: {data_type: int, enum_list: [a]}}\n",
     "4:38: error: 'p' has an enum_list but data type int [enum-list]\n"},
    {"method",
     HEAD "    properties: {p: {data_type: int, method: RX}, q: {data_type: int, "
          "method: RR}}\n",
     "4:46: error: 'RX' is no method: use R (read), W (write) and E (event), each at "
     "most once, such as RE [bad-value]\n"
     "4:79: error: 'RR' is no method: use R (read), W (write) and E (event), each at "
     "most once, such as RE [bad-value]\n"},
    {"required", HEAD "    properties: {p: {data_type: int, required: yes}}\n",
     "4:48: error: 'required' is true or false, without quotes, not 'yes' [bad-value]\n"},
    {"default beyond the limits",
     HEAD "    properties: {p: {data_type: int, max: 3, default_value: 4}}\n",
     "4:61: error: 'default_value' of 'p' does not fit its data type int or its limits "
     "[bad-value]\n"},
    {"default that is a list",
     HEAD "    properties: {p: {data_type: int, default_value: [1]}}\n",
     "4:53: error: 'default_value' of 'p' does not fit its data type int or its limits "
     "[bad-value]\n"},
    {"default of an object",
     HEAD "    properties: {p: {data_type: jsonObject, "
          "default_value: {x: [1]}}}\n",
     ""},
    {"default that is no label",
     HEAD "    properties: {p: {data_type: enum, enum_list: [a], default_value: b}}\n",
     "4:70: error: 'default_value' of 'p' does not fit its data type enum or its limits "
     "[bad-value]\n"},
    {"unit that is no text", HEAD "    properties: {p: {data_type: int, unit: null}}\n",
     "4:44: error: 'unit' is text: write \"null\" in quotes, for some YAML readers take "
     "it for null [quote-text]\n"},
    {"name that paths cannot hold", HEAD "    properties: {'p[0]': {data_type: int}}\n",
     "4:18: error: a property's name may not be empty, have brackets, braces or quotes, "
     "or begin or end with a blank: 'p[0]' [bad-name]\n"},
    {"command with a point", HEAD "    commands: {A.B: {}}\n",
     "4:16: error: a command's name may not have a point: 'A.B' [bad-name]\n"},
    {"name that the platform may refuse",
     HEAD "    properties: {p 1: {data_type: int}}\n",
     "4:18: warning: the platform may refuse 'p 1': names are English letters, digits, "
     "'_' and '-', begin with a letter, and have at most 64 characters "
     "[platform-name]\n"},
    {"maker with a blank", "product: {manufacturer_id: Acme Inc, model: M}\n",
     "1:28: warning: the platform may refuse 'Acme Inc': manufacturer_id has English "
     "letters, digits, '_', '-' and '.', and at most 64 characters [platform-name]\n"},
    {"number as model", "product: {manufacturer_id: Acme, model: 2013}\n",
     "1:41: error: 'model' is text: write \"2013\" in quotes, for some YAML readers take "
     "it for a number [quote-text]\n"},
    {"no maker", "product: {model: M}\n",
     "1:1: error: 'product' needs manufacturer_id and model, or product_id: "
     "manufacturer_id is missing [missing-key]\n"},
    {"no model", "product: {manufacturer_id: M}\n",
     "1:1: error: 'product' needs manufacturer_id and model, or product_id: model is "
     "missing [missing-key]\n"},
    {"new generation", "product: {product_id: M}\n", ""},
    {"format", "product: {product_id: M, data_format: text}\n",
     "1:39: error: 'text' is no value of 'data_format': use 'binary' or 'json' "
     "[bad-value]\n"},
    {"service called like a role", "product: {product_id: x}\nservices: {errcode: {}}\n",
     "2:12: error: a service cannot be called 'errcode': plain JSON has a member of that "
     "name [service-is-role]\n"},
    {"parameter that is a scalar", HEAD "    commands: {C: {paras: {p: int}}}\n",
     "4:31: error: a parameter must be a mapping, not a single value [expected-map]\n"},
};

START_TEST(reports_what_is_wrong)
{
    const struct finding_case *row = &cases[_i];

    teardown();
    open_product(row->text);
    ck_assert_msg(strcmp(front_findings(&front), row->findings) == 0,
                  "%s: findings are\n%s", row->name, front_findings(&front));
}
END_TEST

START_TEST(writes_the_model_as_json)
{
    static const char text[] =
        "dragoman: 1\n"
        "product: {manufacturer_id: Acme, model: M, om_capability: {a: 1.10}}\n"
        "services:\n"
        "  S:\n"
        "    properties:\n"
        "      p: {data_type: decimal, min: -0.10, max: 18446744073709551616, step: "
        "1e-3, "
        "method: ERW, default_value: 0.50}\n"
        "      q: {data_type: enum, enum_list: [a, '\"'], required: true}\n"
        "    commands: {C: {description: d, responses: {R: {}}}}\n"
        "    events: {E: {paras: {t: {data_type: string, max_length: 8, unit: u}}}}\n";
    struct dgm_profile *profile;
    const char *json = NULL;
    ck_assert_int_eq(dgm_profile_parse("t.yaml", text, strlen(text), &profile), DGM_OK);
    ck_assert_int_eq(dgm_profile_product(profile, 1, &json), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_profile_product(profile, 0, &json), DGM_OK);
    ck_assert_str_eq(
        json,
        "{\"data_format\":\"binary\",\"manufacturer_id\":\"Acme\",\"model\":\"M\","
        "\"om_capability\":{\"a\":1.10},\"service_capabilities\":[{\"service_id\":\"S\","
        "\"service_type\":\"S\",\"properties\":[{\"property_name\":\"p\",\"data_type\":"
        "\"decimal\",\"required\":false,\"min\":\"-0.1\",\"max\":"
        "\"18446744073709551616\",\"step\":0.001,\"method\":\"RWE\",\"default_value\":"
        "0.50},{\"property_name\":\"q\",\"data_type\":\"enum\",\"required\":true,"
        "\"enum_list\":[\"a\",\"\\\"\"]}],\"commands\":[{\"command_name\":\"C\","
        "\"description\":\"d\",\"paras\":[],\"responses\":[{\"response_name\":\"R\","
        "\"paras\":[]}]}],\"events\":[{\"event_type\":\"E\",\"paras\":[{\"para_name\":"
        "\"t\",\"data_type\":\"string\",\"required\":false,\"max_length\":8,\"unit\":"
        "\"u\"}]}]}]}");
    dgm_profile_close(profile);
}
END_TEST

START_TEST(derives_the_service_of_a_profile_without)
{
    static const char text[] =
        "dragoman: 1\n"
        "product: {manufacturer_id: Acme, model: M}\n"
        "messages:\n"
        "  r:\n"
        "    match: {port: 1}\n"
        "    fields:\n"
        "      - {name: t, type: i16, scale: 0.1, unit: Cel}\n"
        "      - {name: big, type: u32}\n"
        "      - {name: door, type: u8, enum: {0: open, 1: '\"'}}\n"
        "      - {name: lit, type: u8, enum: {0: false, 1: true}}\n"
        "      - {name: list, type: u8, repeat: 2}\n"
        "      - {name: id, type: bytes(2), as: hex}\n"
        "  s:\n"
        "    match: {port: 2}\n"
        "    fields:\n"
        "      - {name: t, type: i32}\n"
        "      - {name: door, type: u8, enum: {0: open, 1: shut}}\n";
    struct dgm_profile *profile;
    const char *json = NULL;
    ck_assert_int_eq(dgm_profile_parse("t.yaml", text, strlen(text), &profile), DGM_OK);
    ck_assert_int_eq(dgm_profile_product(profile, 0, &json), DGM_OK);
    ck_assert_str_eq(
        json,
        "{\"data_format\":\"binary\",\"manufacturer_id\":\"Acme\",\"model\":\"M\","
        "\"service_capabilities\":[{\"service_id\":\"Default\",\"service_type\":"
        "\"Default\",\"properties\":["
        "{\"property_name\":\"t\",\"data_type\":\"decimal\",\"required\":false,"
        "\"min\":\"-2147483648\",\"max\":\"2147483647\",\"unit\":\"Cel\","
        "\"method\":\"RE\"},"
        "{\"property_name\":\"big\",\"data_type\":\"long\",\"required\":false,"
        "\"min\":\"0\",\"max\":\"4294967295\",\"method\":\"RE\"},"
        "{\"property_name\":\"door\",\"data_type\":\"enum\",\"required\":false,"
        "\"enum_list\":[\"open\",\"\\\"\",\"shut\"],\"method\":\"RE\"},"
        "{\"property_name\":\"lit\",\"data_type\":\"boolean\",\"required\":false,"
        "\"method\":\"RE\"},"
        "{\"property_name\":\"list\",\"data_type\":\"jsonObject\",\"required\":false,"
        "\"method\":\"RE\"},"
        "{\"property_name\":\"id\",\"data_type\":\"string\",\"required\":false,"
        "\"max_length\":1024,\"method\":\"RE\"}],"
        "\"commands\":[],\"events\":[]}]}");
    dgm_profile_close(profile);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("product");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, keeps_the_identity);
    tcase_add_test(all, keeps_services_in_order);
    tcase_add_test(all, keeps_properties_with_exact_limits);
    tcase_add_test(all, keeps_commands_and_events);
    tcase_add_test(all, finds_commands_by_path);
    tcase_add_test(all, suggests_names);
    tcase_add_test(all, is_there_without_product_and_services);
    tcase_add_test(all, writes_the_model_as_json);
    tcase_add_test(all, derives_the_service_of_a_profile_without);
    tcase_add_loop_test(all, reports_what_is_wrong, 0, COUNT(cases));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
