/* SPDX-License-Identifier: MIT */
/* The profiles that one begins with: small, and they work. One has a report and a
 * command, the other is of a sensor that is only decoded. */
#include "starter.h"

#include <string.h>

static const char head[] =
    "# Compare each line with the datasheet: the order of items is the order on the "
    "wire.\n"
    "#\n";

static const char device_head[] =
    "# On the wire, a report:\n"
    "#\n"
    "#     01  00EB  57\n"
    "#     |   |     +-- battery, per cent\n"
    "#     |   +-------- temperature in tenths of a degree, signed\n"
    "#     +------------ what kind of frame this is\n"
    "dragoman: 1\n";

static const char device_body[] =
    "  device_type: Sensor\n"
    "  protocol_type: CoAP\n"
    "  data_format: binary\n"
    "\n"
    "services:\n"
    "  Environment:\n"
    "    properties:\n"
    "      temperature: {data_type: decimal, min: -3276.8, max: 3276.7, step: 0.1, "
    "unit: Cel, method: RE}\n"
    "      battery:     {data_type: int, min: 0, max: 255, unit: '%', method: RE}\n"
    "    commands:\n"
    "      SET_PERIOD:\n"
    "        paras:\n"
    "          minutes: {data_type: int, min: 0, max: 65535, unit: min, required: true}\n"
    "        responses:\n"
    "          SET_PERIOD_RSP:\n"
    "            minutes: {data_type: int, min: 0, max: 65535, unit: min}\n"
    "\n"
    "wire:\n"
    "  byte_order: big\n"
    "\n"
    "messages:\n"
    "  report:\n"
    "    kind: report\n"
    "    fields:\n"
    "      - {const: 0x01, type: u8}\n"
    "      - {name: temperature, type: i16, scale: 0.1}\n"
    "      - {name: battery, type: u8}\n"
    "\n"
    "  acknowledge:\n"
    "    kind: reply\n"
    "    answers: [report]\n"
    "    fields:\n"
    "      - {const: 0x80, type: u8}\n"
    "      - {role: errcode, type: u8}\n"
    "\n"
    "  set_period:\n"
    "    kind: command\n"
    "    command: Environment.SET_PERIOD\n"
    "    fields:\n"
    "      - {const: 0x81, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {name: minutes, type: u16}\n"
    "\n"
    "  set_period_rsp:\n"
    "    kind: response\n"
    "    command: Environment.SET_PERIOD\n"
    "    fields:\n"
    "      - {const: 0x82, type: u8}\n"
    "      - {role: mid, type: u16}\n"
    "      - {role: errcode, type: u8}\n"
    "      - {name: minutes, type: u16}\n"
    "\n"
    "tests:\n"
    "  - hex: \"01 00EB 57\"\n"
    "    json: {Environment: {temperature: 23.5, battery: 87}}\n"
    "    source: composed from the layout\n"
    "  - hex: \"01 FFF6 00\"\n"
    "    json: {Environment: {temperature: -1, battery: 0}}\n"
    "    source: composed from the layout\n"
    "  - hex: \"81 07E0 003C\"\n"
    "    json: {command: Environment.SET_PERIOD, mid: 2016, paras: {minutes: 60}}\n"
    "    source: composed from the layout\n"
    "  - hex: \"82 07E0 00 003C\"\n"
    "    json: {command: Environment.SET_PERIOD, mid: 2016, errcode: 0, "
    "body: {minutes: 60}}\n"
    "    source: composed from the layout\n"
    "  - hex: \"80 00\"\n"
    "    direction: encode\n"
    "    request: \"01 00EB 57\"\n"
    "    json: {reply: acknowledge, errcode: 0}\n"
    "    source: composed from the layout\n"
    "  - {hex: \"01 00\", error: truncated}\n"
    "  - {hex: \"02\", error: no-message}\n"
    "  - {json: {command: Environment.SET_PERIOD, mid: 2016, paras: {}}, "
    "error: missing-member}\n";

static const char sensor_head[] =
    "# On the wire, port 2: a tag and a value, again and again:\n"
    "#\n"
    "#     01 00EB  02 57\n"
    "#     |  |     |  +-- humidity in half a per cent\n"
    "#     |  |     +----- tag of the humidity\n"
    "#     |  +----------- temperature in tenths of a degree, signed\n"
    "#     +-------------- tag of the temperature\n"
    "dragoman: 1\n";

static const char sensor_body[] =
    "  device_type: Sensor\n"
    "  protocol_type: LoRaWAN\n"
    "\n"
    "messages:\n"
    "  report:\n"
    "    only: decode\n"
    "    match: {port: 2}\n"
    "    fields:\n"
    "      - tlv:\n"
    "          tag: u8\n"
    "          cases:\n"
    "            0x01: {name: temperature, type: i16, scale: 0.1, unit: Cel}\n"
    "            0x02: {name: humidity, type: u8, scale: 0.5, unit: '%RH'}\n"
    "\n"
    "tests:\n"
    "  - hex: \"01 00EB  02 57\"\n"
    "    port: 2\n"
    "    json: {temperature: 23.5, humidity: 43.5}\n"
    "    source: composed from the layout\n"
    "  - hex: \"01 FFF6\"\n"
    "    port: 2\n"
    "    json: {temperature: -1}\n"
    "    source: composed from the layout\n"
    "  - {hex: \"01 00\", port: 2, error: truncated}\n"
    "  - {hex: \"7F 00\", port: 2, error: tag}\n"
    "  - {hex: \"01 00EB\", port: 3, error: no-message}\n";

/* In single quotes, where a quote is written twice. */
static void put_quoted(FILE *file, const char *key, const char *text)
{
    (void)fprintf(file, "  %s: '", key);
    for (; *text != '\0'; text++) {
        (void)fputs(*text == '\'' ? "'" : "", file);
        (void)fputc(*text, file);
    }
    (void)fputs("'\n", file);
}

void starter_put(FILE *file, const struct starter *starter)
{
    (void)fprintf(file, "# %s %s.\n", starter->maker, starter->model);
    (void)fputs(head, file);
    (void)fputs(starter->sensor ? sensor_head : device_head, file);
    (void)fputs("product:\n", file);
    put_quoted(file, "manufacturer_id", starter->maker);
    put_quoted(file, "manufacturer_name", starter->maker);
    put_quoted(file, "model", starter->model);
    (void)fputs(starter->sensor ? sensor_body : device_body, file);
}

bool starter_name_fits(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > 64) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F) {
            return false;
        }
    }
    return true;
}

bool starter_file_name(const char *model, char *name, size_t size)
{
    size_t length = 0;
    bool any = false;
    for (; *model != '\0' && length + sizeof(".yaml") < size; model++) {
        char letter = *model;
        if (letter >= 'A' && letter <= 'Z') {
            letter = (char)(letter - 'A' + 'a');
        }
        bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        any = any || plain;
        name[length++] = plain ? letter : '-';
    }
    name[length] = '\0';
    (void)snprintf(name + length, size - length, ".yaml");
    return any;
}
