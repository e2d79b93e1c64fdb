/* SPDX-License-Identifier: MIT */
/*
 * Reading what stands around the members, in the platform's two dialects and the plain
 * shape. Which shape it is is seen from the message type's spelling: msgType, msg_type,
 * or neither.
 */
#include "encode.h"

#include <string.h>
#include "calendar.h"

/* What an envelope member is for. */
enum part {
    PART_UNKNOWN,
    PART_TYPE,
    PART_SERVICE,
    PART_COMMAND,
    PART_REPLY,
    PART_ROLE,
    PART_IDENTIFIER,
    PART_ENTRIES,
    PART_PARAS,
    PART_BODY,
    PART_REQUEST,
    PART_EVENT_TIME,
    PART_CONTENT,    /* object of members; the kind is known otherwise, or `role` is it */
    PART_PROPERTIES, /* object of services of the kind `role` */
    PART_GET,
    PART_EVENT,
    PART_SET_RESPONSE,
    PART_IGNORED
};

struct known_member {
    const char *name;
    uint8_t length;
    uint8_t part; /* enum part */
    uint8_t what; /* enum dgm_role or enum dgm_kind, by `part` */
};

#define KNOWN(name, part, what)                                                          \
    {                                                                                    \
        name, sizeof(name) - 1, part, what                                               \
    }

static const struct known_member oceanconnect_members[] = {
    KNOWN("msgType", PART_TYPE, 0),
    KNOWN("identifier", PART_IDENTIFIER, DGM_ROLE_IDENTIFIER),
    KNOWN("serviceId", PART_SERVICE, 0),
    KNOWN("cmd", PART_COMMAND, 0),
    KNOWN("mid", PART_ROLE, DGM_ROLE_MID),
    KNOWN("errcode", PART_ROLE, DGM_ROLE_ERRCODE),
    KNOWN("hasMore", PART_ROLE, DGM_ROLE_HAS_MORE),
    KNOWN("data", PART_ENTRIES, 0),
    KNOWN("paras", PART_PARAS, 0),
    KNOWN("body", PART_BODY, 0),
    KNOWN("request", PART_REQUEST, 0),
};

static const struct known_member iotda_members[] = {
    KNOWN("msg_type", PART_TYPE, 0),
    KNOWN("service_id", PART_SERVICE, 0),
    KNOWN("command_name", PART_COMMAND, 0),
    KNOWN("request_id", PART_ROLE, DGM_ROLE_MID),
    KNOWN("result_code", PART_ROLE, DGM_ROLE_ERRCODE),
    KNOWN("has_more", PART_ROLE, DGM_ROLE_HAS_MORE),
    KNOWN("services", PART_ENTRIES, 0),
    KNOWN("paras", PART_PARAS, 0),
    KNOWN("request", PART_REQUEST, 0),
    KNOWN("content", PART_CONTENT, 0),
    KNOWN("name", PART_IGNORED, 0),
    KNOWN("id", PART_IGNORED, 0),
    KNOWN("object_device_id", PART_IGNORED, 0),
    KNOWN("response_name", PART_IGNORED, 0),
    KNOWN("result_desc", PART_IGNORED, 0),
};

static const struct known_member plain_members[] = {
    KNOWN("command", PART_COMMAND, 0),
    KNOWN("reply", PART_REPLY, 0),
    KNOWN("identifier", PART_IDENTIFIER, DGM_ROLE_IDENTIFIER),
    KNOWN("mid", PART_ROLE, DGM_ROLE_MID),
    KNOWN("errcode", PART_ROLE, DGM_ROLE_ERRCODE),
    KNOWN("has_more", PART_ROLE, DGM_ROLE_HAS_MORE),
    KNOWN("event_time", PART_EVENT_TIME, DGM_ROLE_EVENT_TIME),
    KNOWN("paras", PART_PARAS, 0),
    KNOWN("body", PART_BODY, 0),
    KNOWN("event", PART_EVENT, 0),
    KNOWN("set", PART_PROPERTIES, DGM_KIND_SET),
    KNOWN("set_response", PART_SET_RESPONSE, 0),
    KNOWN("get", PART_GET, 0),
    KNOWN("get_response", PART_PROPERTIES, DGM_KIND_GET_RESPONSE),
    KNOWN("message_up", PART_CONTENT, DGM_KIND_MESSAGE_UP),
    KNOWN("message_down", PART_CONTENT, DGM_KIND_MESSAGE_DOWN),
    KNOWN("raw", PART_CONTENT, DGM_KIND_RAW),
};

static const struct known_member *find_in(const struct known_member *members,
                                          size_t count, const struct json_string *name)
{
    for (size_t i = 0; i < count; i++)
        if ((name->escaped || name->length == members[i].length) &&
            json_string_is(name, members[i].name, members[i].length))
            return &members[i];
    return NULL;
}

#define FIND_IN(members) find_in(members, sizeof(members) / sizeof((members)[0]), name)

static const struct known_member *find_known(enum dgm_shape shape,
                                             const struct json_string *name)
{
    if (shape_is_old(shape))
        return FIND_IN(oceanconnect_members);
    return shape_is_new(shape) ? FIND_IN(iotda_members) : FIND_IN(plain_members);
}

#undef FIND_IN

static const struct known_member *members_of(enum dgm_shape shape)
{
    if (shape_is_old(shape))
        return oceanconnect_members;
    return shape_is_new(shape) ? iotda_members : plain_members;
}

/* What messages of the platform say of themselves. */
static const struct message_type {
    const char *name;
    uint8_t shape, kind;
} types[] = {
    {"deviceReq", DGM_SHAPE_OCEANCONNECT, DGM_KIND_REPORT},
    {"deviceRsp", DGM_SHAPE_OCEANCONNECT, DGM_KIND_RESPONSE},
    {"cloudReq", DGM_SHAPE_OCEANCONNECT, DGM_KIND_COMMAND},
    {"cloudRsp", DGM_SHAPE_OCEANCONNECT, DGM_KIND_REPLY},
    {"properties_report", DGM_SHAPE_IOTDA, DGM_KIND_REPORT},
    {"command_response", DGM_SHAPE_IOTDA, DGM_KIND_RESPONSE},
    {"commands", DGM_SHAPE_IOTDA, DGM_KIND_COMMAND},
    {"properties_report_reply", DGM_SHAPE_IOTDA, DGM_KIND_REPLY},
    {"event_up", DGM_SHAPE_IOTDA, DGM_KIND_EVENT},
    {"properties_set", DGM_SHAPE_IOTDA, DGM_KIND_SET},
    {"properties_set_response", DGM_SHAPE_IOTDA, DGM_KIND_SET_RESPONSE},
    {"properties_get", DGM_SHAPE_IOTDA, DGM_KIND_GET},
    {"properties_get_response", DGM_SHAPE_IOTDA, DGM_KIND_GET_RESPONSE},
    {"message_up", DGM_SHAPE_IOTDA, DGM_KIND_MESSAGE_UP},
    {"message_down", DGM_SHAPE_IOTDA, DGM_KIND_MESSAGE_DOWN},
};

static const struct message_type *find_type(enum dgm_shape shape,
                                            const struct json_string *text)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (types[i].shape == shape &&
            json_string_is(text, types[i].name, strlen(types[i].name)))
            return &types[i];
    return NULL;
}

/* A product without services may have a member of that name, with words of its own. */
static bool is_own_member(const struct encoder *encoder, struct json_reader reader,
                          enum dgm_shape shape)
{
    struct json_string text;
    return (encoder->codec->model->flags & DGM_MODEL_BARE) &&
           !(json_read_string(&reader, &text) && find_type(shape, &text) != NULL);
}

static enum dgm_shape detect_shape(const struct encoder *encoder)
{
    struct json_reader reader;
    struct json_string name;
    if (encoder->call->shape != DGM_SHAPE_AUTO)
        return encoder->call->shape;
    if (!HAS_OCEANCONNECT && !HAS_IOTDA)
        return DGM_SHAPE_PLAIN;
    encode_reader(encoder, 0, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        enum dgm_shape shape = DGM_SHAPE_PLAIN;
        if (HAS_OCEANCONNECT && json_string_is(&name, "msgType", 7))
            shape = DGM_SHAPE_OCEANCONNECT;
        else if (HAS_IOTDA && json_string_is(&name, "msg_type", 8))
            shape = DGM_SHAPE_IOTDA;
        if (shape != DGM_SHAPE_PLAIN && !is_own_member(encoder, reader, shape))
            return shape;
        json_skip(&reader);
    }
    return DGM_SHAPE_PLAIN;
}

static enum dgm_status read_type(struct encoder *encoder, struct json_reader *reader,
                                 size_t at)
{
    struct json_string type;
    if (!json_read_string(reader, &type))
        return encode_fail(encoder, DGM_TYPE, 0, at);
    const struct message_type *known = find_type(encoder->envelope.shape, &type);
    if (known == NULL)
        return encode_fail_text(encoder, DGM_ENUM, 0, at, "unknown message type");
    encoder->envelope.kind = known->kind;
    return DGM_OK;
}

static enum dgm_status read_text(struct encoder *encoder, struct json_reader *reader,
                                 size_t at, struct json_string *ret)
{
    return json_read_string(reader, ret)
               ? DGM_OK
               : encode_fail_text(encoder, DGM_TYPE, 0, at, "a text is expected");
}

static enum dgm_status range_fault(struct encoder *encoder, size_t at,
                                   struct number found, int64_t low, int64_t high)
{
    enum dgm_status status = encode_fail(encoder, DGM_RANGE, 0, at);
    int64_t raw;
    struct wide whole;
    if (!HAS_DETAILS || encoder->error == NULL)
        return status;
    encoder->error->has |= DGM_ERROR_HAS_LOW | DGM_ERROR_HAS_HIGH;
    encoder->error->low = low;
    encoder->error->high = high;
    if (number_to_wide(found, &whole) && wide_to_i64(whole, &raw)) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_RAW_SIGNED;
        encoder->error->raw = (uint64_t)raw;
    }
    return status;
}

static enum dgm_status read_role(struct encoder *encoder, struct json_reader *reader,
                                 uint8_t role, size_t at)
{
    struct number number, low, high;
    if (!json_read_number(reader, &number)) {
        if (reader->status == DGM_RANGE)
            return encode_fail(encoder, DGM_RANGE, 0, at);
        return encode_fail_text(encoder, DGM_TYPE, 0, at, "a number is expected");
    }
    bool is_mid = role == DGM_ROLE_MID;
    low = value_i64(is_mid).number;
    high = value_i64(is_mid ? 65535 : 1).number;
    if (number.digits != 0)
        return encode_fail_text(encoder, DGM_TYPE, 0, at, "a whole number is expected");
    encoder->envelope.role_at[role] = at;
    /* mid 0 stands for none; where one is needed it is refused. */
    if (is_mid && wide_is_zero(number.mantissa))
        return DGM_OK;
    if (number_order(&number, &low) < 0 || number_order(&number, &high) > 0)
        return range_fault(encoder, at, number, is_mid, is_mid ? 65535 : 1);
    encoder->envelope.roles[role] = value_number(number);
    return DGM_OK;
}

static enum dgm_status read_identifier(struct encoder *encoder,
                                       struct json_reader *reader, size_t at)
{
    struct envelope *envelope = &encoder->envelope;
    struct number number;
    enum dgm_status status = read_text(encoder, reader, at, &envelope->identifier);
    if (status != DGM_OK)
        return status;
    envelope->role_at[DGM_ROLE_IDENTIFIER] = at;
    if (number_parse(envelope->identifier.raw, envelope->identifier.length, &number) ==
        NUMBER_OK)
        envelope->roles[DGM_ROLE_IDENTIFIER] = value_number(number);
    return DGM_OK;
}

/* The platform's two spellings of a time. */
static enum dgm_status read_time(struct encoder *encoder, struct json_reader *reader,
                                 size_t at, struct value *ret, size_t *ret_at)
{
    struct json_string text;
    int64_t milliseconds;
    if (HAS_DETAILS)
        *ret_at = at;
    enum dgm_status status = read_text(encoder, reader, at, &text);
    if (status != DGM_OK)
        return status;
    if (!HAS_TIMES) { /* no row wants it */
        *ret = value_u64(0);
        return DGM_OK;
    }
    if (!calendar_read(text.raw, text.length, CALENDAR_COMPACT, &milliseconds) &&
        !calendar_read(text.raw, text.length, CALENDAR_ISO_MS, &milliseconds))
        return encode_fail(encoder, DGM_TIME, 0, at);
    *ret = value_i64(milliseconds);
    ret->number.digits = 3;
    return DGM_OK;
}

static enum dgm_status take_container(struct encoder *encoder, struct json_reader *reader,
                                      enum json_type wanted, size_t at, size_t *ret)
{
    if (json_peek(reader) != wanted)
        return encode_fail_text(encoder, DGM_TYPE, 0, at,
                                wanted == JSON_ARRAY ? "an array is expected"
                                                     : "an object is expected");
    *ret = at;
    json_skip(reader);
    return DGM_OK;
}

static enum dgm_status read_members(struct encoder *encoder, struct json_reader *reader,
                                    enum part part, size_t at)
{
    struct envelope *envelope = &encoder->envelope;
    if (shape_is_plain(envelope->shape) && envelope->kind == 0)
        envelope->kind = part == PART_BODY ? DGM_KIND_RESPONSE : DGM_KIND_COMMAND;
    return take_container(encoder, reader, JSON_OBJECT, at, &envelope->members);
}

/* A query names a service, or asks for all of them by null. */
static enum dgm_status read_asked_service(struct encoder *encoder,
                                          struct json_reader *reader, size_t at)
{
    encoder->envelope.kind = DGM_KIND_GET;
    if (json_peek(reader) != JSON_NULL)
        return read_text(encoder, reader, at, &encoder->envelope.service);
    json_skip(reader);
    return DGM_OK;
}

/* Index of the service of that name, or DGM_NONE. The one behind the last one found is
 * looked at first. */
static uint16_t service_by_name(struct encoder *encoder, const struct json_string *name)
{
    const struct dgm_codec *codec = encoder->codec;
    unsigned count = codec->model->services.count, i = encoder->next_service;
    for (unsigned looks = 0; looks < count; looks++, i++) {
        if (i >= count)
            i = 0;
        const char *text = codec->pool + codec->services[i].name;
        if (json_string_is(name, text, strlen(text))) {
            encoder->next_service = i + 1;
            return (uint16_t)i;
        }
    }
    return DGM_NONE;
}

enum { SERVICE_BITS = 256 };

/* Services that an object has had so far, by their number, modulo the bits. */
struct seen_services {
    uint64_t bits[SERVICE_BITS / 64];
    size_t object; /* position of the object */
};

/* Is the name that of a service which stands in the object before? */
static bool is_second(struct encoder *encoder, struct seen_services *seen,
                      const struct json_string *name)
{
    struct json_reader reader;
    struct json_string earlier;
    uint16_t index = service_by_name(encoder, name);
    if (index == DGM_NONE)
        return false;
    uint64_t *bits = &seen->bits[index % SERVICE_BITS / 64];
    uint64_t bit = (uint64_t)1 << index % 64;
    if ((*bits & bit) == 0) {
        *bits |= bit;
        return false;
    }
    if (encoder->codec->model->services.count <= SERVICE_BITS)
        return true;
    encode_reader(encoder, seen->object, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &earlier) && earlier.raw != name->raw) {
        if (json_string_equal(&earlier, name))
            return true;
        json_skip(&reader);
    }
    return false;
}

/* An object of services. */
static enum dgm_status read_properties(struct encoder *encoder,
                                       struct json_reader *reader, size_t at)
{
    struct seen_services seen = {{0}, at};
    struct json_reader inside = *reader;
    struct json_string name;
    if (json_peek(&inside) == JSON_OBJECT) {
        json_begin_object(&inside);
        while (json_next_member(&inside, &name)) {
            if (is_second(encoder, &seen, &name))
                return encode_fail(encoder, DGM_DUPLICATE_MEMBER, 0,
                                   (size_t)(name.raw - encoder->json) - 1);
            json_skip(&inside);
        }
    }
    return take_container(encoder, reader, JSON_OBJECT, at, &encoder->envelope.entries);
}

/* What only messages have that are neither reports nor commands, nor answer one. */
static enum dgm_status read_kind(struct encoder *encoder, struct json_reader *reader,
                                 const struct known_member *known, size_t at)
{
    struct envelope *envelope = &encoder->envelope;
    switch (known->part) {
    case PART_EVENT:
        envelope->kind = DGM_KIND_EVENT;
        return read_text(encoder, reader, at, &envelope->command);
    case PART_SET_RESPONSE:
        envelope->kind = DGM_KIND_SET_RESPONSE;
        return read_text(encoder, reader, at, &envelope->reply);
    case PART_GET:
        return read_asked_service(encoder, reader, at);
    case PART_PROPERTIES:
        envelope->kind = known->what;
        return read_properties(encoder, reader, at);
    default:
        if (known->what != 0)
            envelope->kind = known->what;
        return take_container(encoder, reader, JSON_OBJECT, at, &envelope->members);
    }
}

static enum dgm_status read_part(struct encoder *encoder, struct json_reader *reader,
                                 const struct known_member *known, size_t at)
{
    struct envelope *envelope = &encoder->envelope;
    switch (known->part) {
    case PART_TYPE:
        return shape_is_plain(encoder->envelope.shape) ? DGM_INTERNAL
                                                       : read_type(encoder, reader, at);
    case PART_SERVICE:
        return read_text(encoder, reader, at, &envelope->service);
    case PART_COMMAND:
        envelope->command_at = at;
        return read_text(encoder, reader, at, &envelope->command);
    case PART_REPLY:
        envelope->kind = DGM_KIND_REPLY;
        return read_text(encoder, reader, at, &envelope->reply);
    case PART_EVENT:
    case PART_SET_RESPONSE:
    case PART_GET:
    case PART_PROPERTIES:
    case PART_CONTENT:
        return HAS_KINDS ? read_kind(encoder, reader, known, at)
                         : encode_fail(encoder, DGM_NO_MESSAGE, 0, at);
    case PART_ROLE:
        return read_role(encoder, reader, known->what, at);
    case PART_IDENTIFIER:
        return read_identifier(encoder, reader, at);
    case PART_EVENT_TIME:
        return read_time(encoder, reader, at, &envelope->roles[DGM_ROLE_EVENT_TIME],
                         &envelope->role_at[DGM_ROLE_EVENT_TIME]);
    case PART_ENTRIES:
        return take_container(encoder, reader, JSON_ARRAY, at, &envelope->entries);
    case PART_PARAS:
    case PART_BODY:
        return read_members(encoder, reader, known->part, at);
    case PART_REQUEST:
        envelope->request = at;
        json_skip(reader);
        return DGM_OK;
    default:
        json_skip(reader);
        return DGM_OK;
    }
}

/* Plain shape: the message is a report unless a command or reply is named. */
static void settle_plain_kind(struct encoder *encoder)
{
    struct envelope *envelope = &encoder->envelope;
    bool open = envelope->kind == 0 || envelope->kind == DGM_KIND_COMMAND ||
                envelope->kind == DGM_KIND_RESPONSE;
    if (!shape_is_plain(envelope->shape) || !open)
        return;
    if (envelope->command.raw == NULL) {
        envelope->kind = DGM_KIND_REPORT;
        return;
    }
    bool answers = envelope->roles[DGM_ROLE_ERRCODE].kind != VALUE_MISSING;
    if (envelope->kind == 0)
        envelope->kind = answers ? DGM_KIND_RESPONSE : DGM_KIND_COMMAND;
}

/* Only a report has services beside the members of the envelope. */
static enum dgm_status check_plain_members(struct encoder *encoder)
{
    struct json_reader reader;
    struct json_string name;
    if (!shape_is_plain(encoder->envelope.shape) ||
        encoder->envelope.kind == DGM_KIND_REPORT)
        return DGM_OK;
    encode_reader(encoder, 0, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        if (find_known(DGM_SHAPE_PLAIN, &name) == NULL && !encode_ignores(encoder))
            return encode_fail(encoder, DGM_UNKNOWN_MEMBER, 0,
                               (size_t)(name.raw - encoder->json) - 1);
        json_skip(&reader);
    }
    return DGM_OK;
}

/* Does the text name a reply of the profile? */
static bool names_reply(const struct encoder *encoder)
{
    const struct dgm_codec *codec = encoder->codec;
    struct json_reader reader;
    struct json_string name, value;
    encode_reader(encoder, 0, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        if (!json_string_is(&name, "reply", 5) || json_peek(&reader) != JSON_STRING) {
            json_skip(&reader);
            continue;
        }
        json_read_string(&reader, &value);
        for (unsigned i = 0; i < codec->model->messages.count; i++) {
            const char *text = codec->pool + codec->messages[i].name;
            if (codec->messages[i].kind == DGM_KIND_REPLY &&
                json_string_is(&value, text, strlen(text)))
                return true;
        }
    }
    return false;
}

/* Without services a plain report is the object of the members alone. */
static bool is_bare_text(const struct encoder *encoder)
{
    return shape_is_plain(encoder->envelope.shape) &&
           (encoder->codec->model->flags & DGM_MODEL_BARE) && !names_reply(encoder);
}

bool envelope_is_plain_name(const struct json_string *name)
{
    const struct known_member *known = find_known(DGM_SHAPE_PLAIN, name);
    return known != NULL && known->part <= PART_EVENT_TIME;
}

/* Position of the value that comes next, blanks passed over. */
static size_t value_position(struct json_reader *reader)
{
    (void)json_peek(reader);
    return reader->position;
}

static enum dgm_status read_envelope_members(struct encoder *encoder)
{
    struct json_reader reader;
    struct json_string name;
    struct seen_services services = {{0}, 0};
    uint32_t seen = 0;
    encode_reader(encoder, 0, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        size_t name_at = (size_t)(name.raw - encoder->json) - 1;
        const struct known_member *known = find_known(encoder->envelope.shape, &name);
        if (known == NULL) {
            /* In the plain shape the other members are services, looked at later. */
            bool is_plain = shape_is_plain(encoder->envelope.shape);
            if (!is_plain && !encode_ignores(encoder))
                return encode_fail(encoder, DGM_UNKNOWN_MEMBER, 0, name_at);
            if (is_plain && is_second(encoder, &services, &name))
                return encode_fail(encoder, DGM_DUPLICATE_MEMBER, 0, name_at);
            json_skip(&reader);
            continue;
        }
        size_t which = (size_t)(known - members_of(encoder->envelope.shape));
        if (seen & (1u << which))
            return encode_fail(encoder, DGM_DUPLICATE_MEMBER, 0, name_at);
        seen |= 1u << which;
        enum dgm_status status =
            read_part(encoder, &reader, known, value_position(&reader));
        if (status != DGM_OK)
            return status;
    }
    return DGM_OK;
}

/*
 * Without services the envelope's members stand among the message's own, which may have
 * the same names: what is no fitting value of the envelope is left to the binding.
 */
static void read_bare_role(struct encoder *encoder, struct json_reader value,
                           const struct known_member *known)
{
    struct dgm_error *error = encoder->error;
    bool is_role = known->part == PART_ROLE || known->part == PART_IDENTIFIER ||
                   known->part == PART_EVENT_TIME;
    encoder->error = NULL;
    if (is_role)
        (void)!read_part(encoder, &value, known, value_position(&value));
    encoder->error = error;
}

static enum dgm_status read_bare_members(struct encoder *encoder)
{
    struct json_reader reader;
    struct json_string name;
    uint32_t seen = 0;
    encode_reader(encoder, 0, &reader);
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        const struct known_member *known = find_known(DGM_SHAPE_PLAIN, &name);
        if (known != NULL && known->part <= PART_EVENT_TIME) {
            uint32_t bit = (uint32_t)1 << (known - plain_members);
            if (seen & bit)
                return encode_fail(encoder, DGM_DUPLICATE_MEMBER, 0,
                                   (size_t)(name.raw - encoder->json) - 1);
            seen |= bit;
            read_bare_role(encoder, reader, known);
        }
        json_skip(&reader);
    }
    return DGM_OK;
}

/* Which of some names it is; `count` if it is none and that is ignored. None may come
 * twice. */
static enum dgm_status place_of_name(struct encoder *encoder,
                                     const struct json_string *name,
                                     const char *const *names, unsigned count,
                                     unsigned *seen, unsigned *ret)
{
    size_t name_at = (size_t)(name->raw - encoder->json) - 1;
    unsigned which = 0;
    while (which < count && !json_string_is(name, names[which], strlen(names[which])))
        which++;
    *ret = which;
    if (which == count)
        return encode_ignores(encoder)
                   ? DGM_OK
                   : encode_fail(encoder, DGM_UNKNOWN_MEMBER, 0, name_at);
    if (*seen & 1u << which)
        return encode_fail(encoder, DGM_DUPLICATE_MEMBER, 0, name_at);
    *seen |= 1u << which;
    return DGM_OK;
}

/* What is told of an event: a list of one service with its event. */
static const char *const event_members[] = {"service_id", "event_type", "event_time",
                                            "paras", "event_id"};
enum { EVENT_SERVICE, EVENT_TYPE, EVENT_TIME, EVENT_PARAS, EVENT_ID, EVENT_MEMBERS };

static enum dgm_status read_event_member(struct encoder *encoder,
                                         struct json_reader *reader, unsigned which,
                                         size_t at)
{
    struct envelope *envelope = &encoder->envelope;
    switch (which) {
    case EVENT_SERVICE:
        return read_text(encoder, reader, at, &envelope->service);
    case EVENT_TYPE:
        envelope->command_at = at;
        return read_text(encoder, reader, at, &envelope->command);
    case EVENT_TIME:
        return read_time(encoder, reader, at, &envelope->roles[DGM_ROLE_EVENT_TIME],
                         &envelope->role_at[DGM_ROLE_EVENT_TIME]);
    case EVENT_PARAS:
        return take_container(encoder, reader, JSON_OBJECT, at, &envelope->members);
    default:
        json_skip(reader);
        return DGM_OK;
    }
}

static enum dgm_status read_event(struct encoder *encoder)
{
    struct json_reader reader;
    struct json_string name;
    size_t at = encoder->envelope.entries;
    unsigned seen = 0;
    encode_reader(encoder, at, &reader);
    if (at == 0 || json_peek(&reader) != JSON_ARRAY)
        return encode_fail_text(encoder, DGM_MISSING_MEMBER, 0, at,
                                "an event stands in a list of services");
    json_begin_array(&reader);
    if (!json_next_element(&reader) || json_peek(&reader) != JSON_OBJECT)
        return encode_fail_text(encoder, DGM_TYPE, 0, reader.position,
                                "an object is expected");
    json_begin_object(&reader);
    while (json_next_member(&reader, &name)) {
        unsigned which = 0;
        enum dgm_status status =
            place_of_name(encoder, &name, event_members, EVENT_MEMBERS, &seen, &which);
        if (status == DGM_OK)
            status = read_event_member(encoder, &reader, which, value_position(&reader));
        if (status != DGM_OK)
            return status;
    }
    if (json_next_element(&reader))
        return encode_fail_text(encoder, DGM_LIMIT, 0, value_position(&reader),
                                "one event makes one frame");
    if (encoder->envelope.command.raw == NULL || encoder->envelope.service.raw == NULL)
        return encode_fail_text(encoder, DGM_MISSING_MEMBER, 0, at,
                                "an event needs its service and its type");
    return DGM_OK;
}

ONE_COPY enum dgm_status envelope_read(struct encoder *encoder)
{
    struct json_reader reader;
    encode_reader(encoder, 0, &reader);
    if (json_peek(&reader) != JSON_OBJECT)
        return encode_fail_text(encoder, DGM_TYPE, 0, reader.position,
                                "an object is expected");
    encoder->envelope.shape = detect_shape(encoder);
    encoder->envelope.bare = is_bare_text(encoder);
    if (encoder->envelope.bare) {
        encoder->envelope.entries = reader.position;
        encoder->envelope.members = reader.position;
        return read_bare_members(encoder);
    }
    enum dgm_status status = read_envelope_members(encoder);
    if (status != DGM_OK)
        return status;
    settle_plain_kind(encoder);
    status = check_plain_members(encoder);
    if (status != DGM_OK)
        return status;
    if (shape_is_plain(encoder->envelope.shape) &&
        encoder->envelope.kind == DGM_KIND_REPORT)
        encoder->envelope.entries = reader.position;
    if (shape_is_new(encoder->envelope.shape) && encoder->envelope.kind == DGM_KIND_EVENT)
        return read_event(encoder);
    if (encoder->envelope.kind == 0)
        return encode_fail_text(encoder, DGM_MISSING_MEMBER, 0, reader.position,
                                "the message type is missing");
    return DGM_OK;
}

void entries_begin(const struct encoder *encoder, struct entries *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->shape = encoder->envelope.shape;
    ret->bare = encoder->envelope.bare;
    encode_reader(encoder, encoder->envelope.entries, &ret->reader);
    bool is_array = !shape_is_plain(ret->shape);
    if (is_array && json_peek(&ret->reader) != JSON_ARRAY) {
        ret->done = true;
        return;
    }
    if (is_array)
        json_begin_array(&ret->reader);
    else if (!ret->bare)
        json_begin_object(&ret->reader);
}

/* DGM_NONE in `ret` if there is none and that is ignored. */
static enum dgm_status find_service(struct encoder *encoder,
                                    const struct json_string *name, uint16_t *ret)
{
    *ret = service_by_name(encoder, name);
    if (*ret != DGM_NONE || encode_ignores(encoder))
        return DGM_OK;
    return encode_fail_text(encoder, DGM_UNKNOWN_MEMBER, 0,
                            (size_t)(name->raw - encoder->json) - 1,
                            "the product has no such service");
}

/* One element of `data` or `services`. */
static enum dgm_status read_platform_entry(struct encoder *encoder,
                                           struct json_reader *reader, struct entry *ret)
{
    bool old = shape_is_old(encoder->envelope.shape);
    const char *const names[3] = {old ? "serviceId" : "service_id",
                                  old ? "serviceData" : "properties",
                                  old ? "eventTime" : "event_time"};
    struct json_string name, service;
    unsigned seen = 0;
    if (json_peek(reader) != JSON_OBJECT)
        return encode_fail_text(encoder, DGM_TYPE, 0, ret->at, "an object is expected");
    json_begin_object(reader);
    while (json_next_member(reader, &name)) {
        unsigned which = 0;
        enum dgm_status status = place_of_name(encoder, &name, names, 3, &seen, &which);
        size_t at = value_position(reader);
        if (status != DGM_OK)
            return status;
        if (which == 0)
            status = read_text(encoder, reader, at, &service);
        else if (which == 1)
            status = take_container(encoder, reader, JSON_OBJECT, at, &ret->data);
        else if (which == 2)
            status = read_time(encoder, reader, at, &ret->time, &ret->time_at);
        else
            json_skip(reader);
        if (status != DGM_OK)
            return status;
    }
    if ((seen & 3) != 3)
        return encode_fail_text(encoder, DGM_MISSING_MEMBER, 0, ret->at,
                                "a service needs its name and its data");
    return find_service(encoder, &service, &ret->service);
}

/* A record of the plain shape carries its time among its members. */
static enum dgm_status read_plain_record(struct encoder *encoder, struct entries *entries,
                                         struct entry *ret)
{
    struct json_reader inside = entries->reader;
    struct json_string name;
    if (json_peek(&inside) != JSON_OBJECT)
        return encode_fail_text(encoder, DGM_TYPE, 0, inside.position,
                                "an object is expected");
    ret->data = inside.position;
    ret->at = inside.position;
    ret->service = entries->service;
    ret->time_is_member = true;
    json_begin_object(&inside);
    while (json_next_member(&inside, &name)) {
        if (!json_string_is(&name, "event_time", 10)) {
            json_skip(&inside);
            continue;
        }
        if (ret->time.kind != VALUE_MISSING)
            return encode_fail(encoder, DGM_DUPLICATE_MEMBER, 0,
                               (size_t)(name.raw - encoder->json) - 1);
        enum dgm_status status = read_time(encoder, &inside, value_position(&inside),
                                           &ret->time, &ret->time_at);
        if (status != DGM_OK)
            return status;
    }
    json_skip(&entries->reader);
    return DGM_OK;
}

static enum dgm_status next_plain_entry(struct encoder *encoder, struct entries *entries,
                                        struct entry *ret, bool *ret_more)
{
    struct json_string name;
    for (;;) {
        if (entries->in_array && json_next_element(&entries->reader))
            return read_plain_record(encoder, entries, ret);
        entries->in_array = false;
        if (!json_next_member(&entries->reader, &name)) {
            *ret_more = false;
            return DGM_OK;
        }
        /* Beside the services of a report stands its envelope. */
        if (encoder->envelope.kind == DGM_KIND_REPORT &&
            find_known(DGM_SHAPE_PLAIN, &name) != NULL) {
            json_skip(&entries->reader);
            continue;
        }
        enum dgm_status status = find_service(encoder, &name, &entries->service);
        if (status != DGM_OK)
            return status;
        if (entries->service == DGM_NONE) {
            json_skip(&entries->reader);
            continue;
        }
        if (json_peek(&entries->reader) == JSON_ARRAY) {
            json_begin_array(&entries->reader);
            entries->in_array = true;
            continue;
        }
        ret->service = entries->service;
        ret->at = entries->reader.position;
        return take_container(encoder, &entries->reader, JSON_OBJECT, ret->at,
                              &ret->data);
    }
}

enum dgm_status entries_next(struct encoder *encoder, struct entries *entries,
                             struct entry *ret, bool *ret_more)
{
    memset(ret, 0, sizeof(*ret));
    *ret_more = !entries->done;
    if (entries->done)
        return DGM_OK;
    if (entries->bare) {
        entries->done = true;
        ret->data = encoder->envelope.entries;
        ret->at = ret->data;
        return DGM_OK;
    }
    if (shape_is_plain(entries->shape))
        return next_plain_entry(encoder, entries, ret, ret_more);
    enum dgm_status status = DGM_OK;
    do {
        memset(ret, 0, sizeof(*ret));
        *ret_more = json_next_element(&entries->reader);
        if (!*ret_more)
            return DGM_OK;
        ret->at = value_position(&entries->reader);
        status = read_platform_entry(encoder, &entries->reader, ret);
    } while (status == DGM_OK && ret->service == DGM_NONE);
    return status;
}
