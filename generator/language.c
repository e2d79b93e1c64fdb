/* SPDX-License-Identifier: MIT */
/* Keys of a profile around its layouts: product, services, wire, messages, vectors. */
#include "language.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MAP(name, what, keys, required)                                                  \
    {                                                                                    \
        name, what, keys, COUNT(keys), required                                          \
    }

static const struct language_key profile_keys[] = {
    {"dragoman", "version", "version of the language: 1", 0},
    {"product", "product", "who makes the product, and what it is called", 0},
    {"models", "map:model", "further models of a family that share the file", 0},
    {"include", "list:text", "files beside or below this one with parts of it", 0},
    {"services", "map:service",
     "the product model; without it one service is made of the fields", 0},
    {"enums", "map:labels", "mappings for 'enum: name'", 0},
    {"groups", "map:group", "lists of items for 'use: name'", 0},
    {"floats", "map:float", "formats of floating point for 'type: name'", 0},
    {"curves", "map:curve", "tables of points for 'curve: name'", 0},
    {"hooks", "map:hook", "functions of the program that turn bytes into plain ones", 0},
    {"wire", "wire", "defaults for all messages, and what stands around each", 0},
    {"messages", "map:message", "the layouts of frames", 0},
    {"tests", "list:vector", "frames and the JSON that they must give, or the error", 0},
};

/* What a file for others to include has of them. */
static const struct language_key part_keys[] = {
    {"dragoman", "version", "version of the language: 1", 0},
    {"include", "list:text", "further files with parts", 0},
    {"enums", "map:labels", "mappings for 'enum: name'", 0},
    {"groups", "map:group", "lists of items for 'use: name'", 0},
    {"floats", "map:float", "formats of floating point for 'type: name'", 0},
    {"curves", "map:curve", "tables of points for 'curve: name'", 0},
    {"hooks", "map:hook", "functions of the program that turn bytes into plain ones", 0},
};

#define NAMES_OF_PRODUCT                                                                 \
    {"manufacturer_name", "text", "name of the maker on the platform", 0},               \
        {"product_id", "text", "the platform's id of the product", 0},                   \
        {"name", "text", "name of the product", 0},                                      \
        {"app_id", "text", "the platform's resource space", 0},                          \
        {"industry", "text", "industry, as on the platform", 0},                         \
        {"data_format", "text", "'binary' if not given", 0},                             \
        {"device_type", "text", "type of device, as on the platform", 0},                \
        {"protocol_type", "text", "protocol, as on the platform: CoAP, LWM2M, MQTT", 0}, \
        {"description", "text", "for people", 0},                                        \
        {"version", "text", "of the product", 0},                                        \
    {                                                                                    \
        "om_capability", "any", "passed through as it stands", 0                         \
    }

static const struct language_key product_keys[] = {
    {"manufacturer_id", "text", "id of the maker: with 'model' it selects a plug-in", 0},
    {"model", "text", "name of the model; 'product_id' may stand in for it", 0},
    NAMES_OF_PRODUCT,
};

static const struct language_key model_keys[] = {
    {"services", "list:text", "which services the model has; without it all", 0},
    {"messages", "list:text", "which messages the model has; without it all", 0},
    NAMES_OF_PRODUCT,
};

static const struct language_key service_keys[] = {
    {"service_type", "text", "the service's id, if not given", 0},
    {"option", "text", "as on the platform", 0},
    {"description", "text", "for people", 0},
    {"properties", "map:property", "what is reported", 0},
    {"commands", "map:command / null", "what can be sent", 0},
    {"events", "map:event", "what the device tells of", 0},
};

static const struct language_key command_keys[] = {
    {"paras", "map:parameter", "parameters of the command", 0},
    {"responses", "map:parameters", "what is answered: names and their parameters", 0},
    {"description", "text", "for people", 0},
};

static const struct language_key event_keys[] = {
    {"paras", "map:parameter", "parameters of the event", 0},
    {"description", "text", "for people", 0},
};

#define PARAMETER_KEYS                                                                   \
    {"data_type",                                                                        \
     "words:int|long|decimal|string|DateTime|jsonObject|enum|boolean|string list",       \
     "type of the value on the platform", 0},                                            \
        {"required", "truth", "must it be there?", 0},                                   \
        {"min", "number", "smallest value of a number", 0},                              \
        {"max", "number", "largest value of a number", 0},                               \
        {"step", "number", "distance between values of a number", 0},                    \
        {"max_length", "integer", "characters of a text at most", 0},                    \
        {"enum_list", "list:text", "texts that an enum can be", 0},                      \
        {"unit", "text", "unit of the value", 0},                                        \
    {                                                                                    \
        "description", "text", "for people", 0                                           \
    }

static const struct language_key property_keys[] = {
    PARAMETER_KEYS,
    {"method", "method", "letters: R reads, W writes, E reports", 0},
    {"default_value", "any", "value until one is reported", 0},
};

static const struct language_key parameter_keys[] = {PARAMETER_KEYS};

#define WIRE_KEYS                                                                        \
    {"byte_order", "words:big|little", "of integers without a suffix; big if not given", \
     0},                                                                                 \
        {"bit_order", "words:msb|lsb",                                                   \
         "in bit groups: from the top bit down, or from the lowest up", 0},              \
        {"short_frame", "words:reject|zero_fill",                                        \
         "what becomes of a frame that ends inside the layout", 0},                      \
        {"trailing_bytes", "words:reject|ignore", "bytes behind the layout", 0},         \
        {"inexact", "words:nearest|refuse",                                              \
         "encoding: a value between those of two raw ones", 0},                          \
        {"model_limits", "words:warn|reject",                                            \
         "decoding: a value outside the product model", 0},                              \
    {                                                                                    \
        "frame_limit", "integer", "bytes of the longest frame; 1024 if not given", 0     \
    }

static const struct language_key wire_keys[] = {
    WIRE_KEYS,
    {"float_text", "words:shortest|double",
     "text of a single that reads back as it, or as the widened double", 0},
    {"only", "words:both|decode",
     "decode: messages that go up and say nothing else are only decoded", 0},
    {"header", "items", "items before the fields of every message that is not bare", 0},
    {"trailer", "items", "items behind the fields of every message that is not bare", 0},
    {"framing", "framing", "what stands around every frame on the line", 0},
};

static const struct language_key framing_keys[] = {
    {"start", "text", "hex bytes that each frame begins with", 0},
    {"end", "text", "hex bytes that each frame ends with", 0},
    {"escape", "words:slip|cobs / map:text",
     "bytes that are written as several: byte to hex bytes", 0},
    {"length", "framing_length", "an integer that tells how long the frame is", 0},
    {"gap", "integer", "milliseconds of silence that end a frame", 0},
};

static const struct language_key framing_length_keys[] = {
    {"at", "integer", "offset of the integer, from the first byte of the frame", 0},
    {"type", "text", "its type, as u16le", 0},
    {"add", "integer", "so many bytes more than it says", 0},
};

static const struct language_key message_keys[] = {
    {"kind",
     "words:report|response|command|reply|event|set|set_response|get|get_response|"
     "message_up|message_down|raw",
     "which way it goes and what it carries; report if not given", 0},
    {"to", "text", "service of members that name none", 0},
    {"command", "text", "Service.NAME whose parameters the members are", 0},
    {"event", "text", "Service.NAME whose parameters the members are", 0},
    {"answers", "list:text", "reports that a reply acknowledges; without it every one",
     0},
    {"match", "match", "which frames are its own: port, topic, length, fields", 0},
    {"when", "expression", "replies: is one sent?", 0},
    {"fallback", "truth", "tried after all other messages", 0},
    {"refuse", "text", "in place of fields: such a frame is refused with this text", 0},
    {"fields", "items", "the layout, in the order of the wire", 0},
    {"only", "words:decode|encode|both", "the other direction is not offered", 0},
    {"bare", "truth", "without the common header and trailer", 0},
    WIRE_KEYS,
    {"hook", "text", "function that the bytes between header and trailer go through", 0},
    {"process", "process", "mask of the bytes between header and trailer", 0},
    {"description", "text", "for people", 0},
};

static const struct language_key group_keys[] = {
    {"parameters", "list:text", "names that stand as $name among the items", 0},
    {"fields", "items", "the items", 0},
    {"description", "text", "for people", 0},
};

static const struct language_key hook_keys[] = {
    {"output_limit", "integer", "bytes of the longest plain form", 0},
    {"description", "text", "for people", 0},
};

static const struct language_key float_keys[] = {
    {"sign", "integer", "bits of the sign: 0 or 1", 0},
    {"exponent", "integer", "bits of the exponent: 1 to 11", 0},
    {"fraction", "integer", "bits of the fraction: 1 to 52", 0},
    {"bias", "integer", "of the exponent; half of its range if not given", 0},
    {"hidden", "truth", "is there a leading one that is not written?", 0},
    {"subnormal", "truth", "has exponent 0 no leading one? Else it is zero", 0},
    {"special", "truth", "is the largest exponent infinity and NaN?", 0},
    {"description", "text", "for people", 0},
};

static const struct language_key curve_keys[] = {
    {"points", "points", "pairs [x, y], x ascending", 0},
    {"outside", "words:clamp|extend|refuse", "what becomes of values beyond the ends", 0},
    {"description", "text", "for people", 0},
};

static const struct language_key vector_keys[] = {
    {"hex", "text / null", "the frame, hex bytes", 0},
    {"json", "any", "its content", 0},
    {"shape", "words:plain|oceanconnect|iotda", "shape of 'json'; plain if not given", 0},
    {"direction", "words:decode|encode|both", "what is tried", 0},
    {"canonical", "truth", "false: encoding gives another frame of the same meaning", 0},
    {"message", "text", "the message, where frame or JSON do not tell", 0},
    {"port", "integer", "LoRaWAN port or CAN identifier of the call", 0},
    {"received", "text", "receive time of the frame", 0},
    {"request", "text", "replies: hex bytes of the answered frame", 0},
    {"warnings", "list:text", "ids or texts of all warnings, in order", 0},
    {"error", "text", "id of the error that it must end with", 0},
    {"source", "text", "where the vector is from", 0},
    {"description", "text", "for people", 0},
    {"topic", "text", "MQTT topic of the call", 0},
    {"model", "text", "the model of a family whose vector it is", 0},
};

static const struct language_map profile =
    MAP("profile", "a profile", profile_keys, "dragoman");
static const struct language_map part =
    MAP("part", "an included file", part_keys, "dragoman");
static const struct language_map product = MAP("product", "'product'", product_keys, "");
static const struct language_map model = MAP("model", "a model", model_keys, "");
static const struct language_map service = MAP("service", "a service", service_keys, "");
static const struct language_map command = MAP("command", "a command", command_keys, "");
static const struct language_map event = MAP("event", "an event", event_keys, "");
static const struct language_map property =
    MAP("property", "a property", property_keys, "data_type");
static const struct language_map parameter =
    MAP("parameter", "a parameter", parameter_keys, "data_type");
static const struct language_map wire = MAP("wire", "'wire'", wire_keys, "");
static const struct language_map framing = MAP("framing", "'framing'", framing_keys, "");
static const struct language_map framing_length =
    MAP("framing_length", "'length'", framing_length_keys, "at type");
static const struct language_map message = MAP("message", "a message", message_keys, "");
static const struct language_map group = MAP("group", "a group", group_keys, "fields");
static const struct language_map hook = MAP("hook", "a hook", hook_keys, "output_limit");
static const struct language_map float_map =
    MAP("float", "a float", float_keys, "sign exponent fraction");
static const struct language_map curve = MAP("curve", "a curve", curve_keys, "points");
static const struct language_map vector = MAP("vector", "a vector", vector_keys, "");

static const struct language_map *const maps[PLACE_COUNT] = {
    [PLACE_PROFILE] = &profile,
    [PLACE_PART] = &part,
    [PLACE_PRODUCT] = &product,
    [PLACE_MODEL] = &model,
    [PLACE_SERVICE] = &service,
    [PLACE_COMMAND] = &command,
    [PLACE_EVENT] = &event,
    [PLACE_PROPERTY] = &property,
    [PLACE_PARAMETER] = &parameter,
    [PLACE_WIRE] = &wire,
    [PLACE_FRAMING] = &framing,
    [PLACE_FRAMING_LENGTH] = &framing_length,
    [PLACE_MESSAGE] = &message,
    [PLACE_ITEM] = &language_item,
    [PLACE_UNTIL] = &language_until,
    [PLACE_TIME] = &language_time,
    [PLACE_PROCESS] = &language_process,
    [PLACE_CHECKSUM] = &language_checksum,
    [PLACE_LOOP] = &language_loop,
    [PLACE_GROUP] = &group,
    [PLACE_HOOK] = &hook,
    [PLACE_FLOAT] = &float_map,
    [PLACE_CURVE] = &curve,
    [PLACE_VECTOR] = &vector,
};

const struct language_map *language_map(enum language_place place)
{
    return maps[place];
}

const struct language_key *language_key(enum language_place place, const char *name)
{
    const struct language_map *map = maps[place];
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->keys[i].name, name) == 0)
            return &map->keys[i];
    return NULL;
}

bool language_check_keys(struct diag *diag, const struct node *map,
                         enum language_place place)
{
    enum { KEYS_MAX = 96 };
    const struct language_map *known = maps[place];
    const char *names[KEYS_MAX];
    size_t count = known->count < KEYS_MAX ? known->count : KEYS_MAX;
    for (size_t i = 0; i < count; i++)
        names[i] = known->keys[i].name;
    return node_check_keys(diag, map, known->what, names, count);
}
