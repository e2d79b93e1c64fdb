/* SPDX-License-Identifier: MIT */
/*
 * The encoder: read the envelope, choose the message, bind its members, then walk the
 * rows in wire order and write. Nothing is sent of a message that fails: the caller sees
 * bytes only with DGM_OK.
 */
#include "encode.h"

#include <string.h>

static void add_indices(const struct encoder *encoder, struct dgm_error *error)
{
    for (unsigned i = 0; i < encoder->depth; i++) {
        const struct encode_level *level = &encoder->levels[i];
        bool repeats = encoder->rows[level->row].op == DGM_OP_REPEAT;
        if (repeats && level->index != UINT32_MAX &&
            error->index_count < DGM_ERROR_INDICES)
            error->index[error->index_count++] = (uint16_t)level->index;
    }
}

enum dgm_status encode_fail(struct encoder *encoder, enum dgm_status status,
                            uint32_t path, size_t json_at)
{
    error_set(encoder->error, status, DGM_PLACE_JSON, json_at);
    if (encoder->error != NULL) {
        encoder->error->path = path;
        add_indices(encoder, encoder->error);
    }
    return status;
}

enum dgm_status encode_fail_row(struct encoder *encoder, enum dgm_status status,
                                const struct dgm_row *row, size_t json_at)
{
    return encode_fail(encoder, status, row->path, json_at);
}

enum dgm_status encode_fail_text(struct encoder *encoder, enum dgm_status status,
                                 uint32_t path, size_t json_at, const char *detail)
{
    encode_fail(encoder, status, path, json_at);
    if (encoder->error != NULL)
        encoder->error->detail = detail;
    return status;
}

void encode_reader(const struct encoder *encoder, size_t at, struct json_reader *ret)
{
    json_reader_init(ret, encoder->json, encoder->json_length);
    ret->position = at;
}

static void set_message(struct encoder *encoder, uint16_t index)
{
    encoder->message_index = index;
    encoder->message = &encoder->codec->messages[index];
    encoder->rows = encoder->codec->rows + encoder->message->first_row;
    encoder->members = encoder->codec->members + encoder->message->first_member;
}

static bool names_command(const struct encoder *encoder,
                          const struct dgm_message *message)
{
    const struct dgm_codec *codec = encoder->codec;
    const struct envelope *envelope = &encoder->envelope;
    const struct dgm_command *command = &codec->commands[message->command];
    const char *name = codec->pool + command->name;
    const char *service = codec->pool + codec->services[command->service].name;
    if (envelope->shape == DGM_SHAPE_PLAIN) {
        struct json_reader reader;
        struct json_string path;
        const char *quoted = codec->pool + command->path;
        json_reader_init(&reader, quoted, strlen(quoted));
        return envelope->command.raw != NULL && json_read_string(&reader, &path) &&
               json_string_equal(&path, &envelope->command);
    }
    if (envelope->command.raw != NULL &&
        !json_string_is(&envelope->command, name, strlen(name)))
        return false;
    return envelope->service.raw == NULL ||
           json_string_is(&envelope->service, service, strlen(service));
}

/* Does the message have the kind, and the command if one is named, that the JSON speaks
 * of? */
static bool is_candidate(const struct encoder *encoder, const struct dgm_message *message)
{
    if (message->kind != encoder->envelope.kind)
        return false;
    if (message->kind == DGM_KIND_REPORT || message->kind == DGM_KIND_REPLY)
        return true;
    return names_command(encoder, message);
}

static enum dgm_status no_candidate(struct encoder *encoder)
{
    const struct envelope *envelope = &encoder->envelope;
    if (envelope->kind == DGM_KIND_COMMAND || envelope->kind == DGM_KIND_RESPONSE)
        return encode_fail(encoder, DGM_NO_COMMAND, 0, envelope->command_at);
    return encode_fail(encoder, DGM_NO_MESSAGE, 0, 0);
}

/* Try to bind without telling of errors. */
static enum dgm_status try_message(struct encoder *encoder, uint16_t index)
{
    struct dgm_error *error = encoder->error;
    set_message(encoder, index);
    encoder->error = NULL;
    enum dgm_status status = bind_message(encoder);
    encoder->error = error;
    return status;
}

/*
 * The first message, fallback ones last, that knows every member given and misses none.
 * If none does, the complaint is that of a message that at least knows the members, else
 * of the first.
 */
static enum dgm_status choose_by_members(struct encoder *encoder)
{
    uint16_t complaint = DGM_NONE;
    bool knows_members = false, wrong_direction = false;
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < encoder->codec->model->messages.count; i++) {
            const struct dgm_message *message = &encoder->codec->messages[i];
            bool fallback = (message->flags & DGM_MESSAGE_FALLBACK) != 0;
            if (fallback != (round == 1) || !is_candidate(encoder, message))
                continue;
            if (message->flags & DGM_MESSAGE_DECODE_ONLY) {
                wrong_direction = true;
                continue;
            }
            enum dgm_status status = try_message(encoder, (uint16_t)i);
            if (status == DGM_OK)
                return DGM_OK;
            bool knows = status != DGM_UNKNOWN_MEMBER;
            if (complaint == DGM_NONE || (knows && !knows_members)) {
                complaint = (uint16_t)i;
                knows_members = knows;
            }
        }
    }
    if (complaint != DGM_NONE) {
        set_message(encoder, complaint);
        return bind_message(encoder);
    }
    return wrong_direction ? encode_fail(encoder, DGM_WRONG_DIRECTION, 0, 0)
                           : no_candidate(encoder);
}

/* In a bare model the JSON does not say what it is: it is a report unless the caller
 * names a message. */
static enum dgm_status choose_by_name(struct encoder *encoder)
{
    uint16_t index = message_by_name(encoder->codec, encoder->call->message);
    if (index == DGM_NONE)
        return encode_fail_text(encoder, DGM_BAD_CALL, 0, 0,
                                "the profile has no such message");
    const struct dgm_message *message = &encoder->codec->messages[index];
    if (encoder->envelope.kind == 0)
        encoder->envelope.kind = message->kind;
    if (message->flags & DGM_MESSAGE_DECODE_ONLY)
        return encode_fail(encoder, DGM_WRONG_DIRECTION, message->name, 0);
    if (!is_candidate(encoder, message) && encoder->envelope.kind != message->kind)
        return encode_fail_text(encoder, DGM_BAD_CALL, message->name, 0,
                                "the JSON is for another kind of message");
    set_message(encoder, index);
    return bind_message(encoder);
}

static bool answers(const struct dgm_codec *codec, const struct dgm_message *reply,
                    uint16_t request)
{
    if (reply->answer_count == 0)
        return true;
    for (unsigned i = 0; i < reply->answer_count; i++)
        if (codec->answers[reply->first_answer + i] == request)
            return true;
    return false;
}

static bool same_text(const char *left, const char *right)
{
    size_t length = strlen(left);
    return length == strlen(right) && memcmp(left, right, length) == 0;
}

static bool named_by_reply(const struct encoder *encoder,
                           const struct dgm_message *message)
{
    const struct json_string *name = &encoder->envelope.reply;
    const char *text = encoder->codec->pool + message->name;
    if (encoder->call->message != NULL)
        return same_text(encoder->call->message, text);
    return name->raw == NULL || json_string_is(name, text, strlen(text));
}

/* The first reply that answers the request and wants to; DGM_NOTHING if none does. */
static enum dgm_status choose_reply(struct encoder *encoder, struct scratch *scratch)
{
    const struct dgm_codec *codec = encoder->codec;
    uint16_t request = DGM_NONE;
    bool named = false;
    enum dgm_status status = request_read(encoder, scratch->request, codec->request_max);
    if (status == DGM_OK && encoder->machine.has_request)
        status = request_decode(encoder, scratch->request_slots, &request);
    if (status != DGM_OK)
        return status;
    bool known = encoder->machine.has_request;
    bool insists = encoder->call->message != NULL || encoder->envelope.reply.raw != NULL;
    if (!known && !insists)
        return encode_fail(encoder, DGM_NO_REQUEST, 0, 0);
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        const struct dgm_message *message = &codec->messages[i];
        bool wanted = true;
        if (message->kind != DGM_KIND_REPLY || !named_by_reply(encoder, message))
            continue;
        named = true;
        if (known && !answers(codec, message, request))
            continue;
        set_message(encoder, (uint16_t)i);
        if (message->when != DGM_NONE)
            status = machine_test(&encoder->machine, message->when, &wanted);
        if (status != DGM_OK)
            return encode_fail(encoder, status, message->name, 0);
        if (wanted)
            return DGM_OK;
    }
    if (insists && !named)
        return encode_fail_text(encoder, DGM_BAD_CALL, 0, 0,
                                "the profile has no such reply");
    if (known && request == DGM_NONE)
        return encode_fail_text(encoder, DGM_NO_MESSAGE, 0, encoder->envelope.request,
                                "the request is none of the product's frames");
    return DGM_NOTHING;
}

static struct encode_level *push_level(struct encoder *encoder, const struct dgm_row *row)
{
    struct encode_level *level = &encoder->levels[encoder->depth++];
    memset(level, 0, sizeof(*level));
    level->row = (uint16_t)(row - encoder->rows);
    level->end = (uint16_t)(level->row + 1 + row->detail);
    level->index = UINT32_MAX;
    level->left = UINT32_MAX;
    return level;
}

static enum dgm_status count_of(struct encoder *encoder, const struct dgm_row *row,
                                uint32_t *ret)
{
    struct value value;
    struct wide whole;
    uint64_t count;
    enum dgm_status status = machine_run(&encoder->machine, row->expr, &value);
    if (status != DGM_OK)
        return encode_fail_row(encoder, status, row, 0);
    if (value.kind == VALUE_MISSING || !number_to_wide(value.number, &whole) ||
        !wide_to_u64(whole, &count) || count > DGM_MAX_FRAME)
        return encode_fail_row(encoder, DGM_LENGTH, row, 0);
    *ret = (uint32_t)count;
    return DGM_OK;
}

static enum dgm_status begin_repeat(struct encoder *encoder, const struct dgm_row *row)
{
    uint32_t count = 0;
    if (!(row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY | DGM_ROW_REST))) {
        enum dgm_status status = count_of(encoder, row, &count);
        if (status != DGM_OK)
            return status;
    }
    struct encode_level *level = push_level(encoder, row);
    if (row->flags & DGM_ROW_RECORD) {
        entries_begin(encoder, &level->entries);
    } else if (row->flags & DGM_ROW_ARRAY) {
        const struct bound *bound = &encoder->bound[row->member];
        level->left = bound->type != 0 ? UINT32_MAX : 0;
        if (bound->type != 0) {
            encode_reader(encoder, bound->at, &level->elements);
            json_begin_array(&level->elements);
        }
    } else {
        level->left = count;
    }
    return DGM_OK;
}

static bool has_member_below(const struct encoder *encoder, uint16_t array_member)
{
    for (unsigned i = 0; i < encoder->message->member_count; i++)
        if (encoder->members[i].parent == array_member)
            return true;
    return false;
}

static enum dgm_status next_element(struct encoder *encoder, struct encode_level *level,
                                    const struct dgm_row *row, bool *ret_more)
{
    *ret_more = level->left != 0 && json_next_element(&level->elements);
    if (!*ret_more)
        return DGM_OK;
    (void)json_peek(&level->elements);
    encoder->element_at = level->elements.position;
    json_skip(&level->elements);
    if (!has_member_below(encoder, row->member))
        return DGM_OK;
    return bind_element(encoder, row->member, encoder->element_at);
}

/* The next entry of the JSON that belongs to this repetition. */
static enum dgm_status next_record(struct encoder *encoder, struct encode_level *level,
                                   bool *ret_more)
{
    struct entry entry;
    uint16_t row;
    for (;;) {
        enum dgm_status status = entries_next(encoder, &level->entries, &entry, ret_more);
        if (status != DGM_OK || !*ret_more)
            return status;
        status = bind_record_row(encoder, &entry, &row);
        if (status != DGM_OK)
            return status;
        if (row != level->row)
            continue;
        encoder->entry_time = entry.time;
        encoder->envelope.roles[DGM_ROLE_EVENT_TIME] = entry.time;
        return bind_record(encoder, &entry, row);
    }
}

static enum dgm_status check_count(struct encoder *encoder, const struct dgm_row *row,
                                   uint32_t rounds)
{
    uint32_t count;
    if ((row->flags & DGM_ROW_REST) || !(row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY)))
        return DGM_OK;
    enum dgm_status status = count_of(encoder, row, &count);
    if (status != DGM_OK || count == rounds)
        return status;
    status = encode_fail_row(encoder, DGM_COUNT_MISMATCH, row, 0);
    if (encoder->error != NULL) {
        encoder->error->has |= DGM_ERROR_HAS_RAW | DGM_ERROR_HAS_EXPECTED;
        encoder->error->raw = rounds;
        encoder->error->expected = count;
    }
    return status;
}

static void refresh_index(struct encoder *encoder)
{
    encoder->machine.index = 0;
    for (unsigned i = encoder->depth; i-- > 0;) {
        if (encoder->rows[encoder->levels[i].row].op == DGM_OP_REPEAT) {
            encoder->machine.index = encoder->levels[i].index;
            return;
        }
    }
}

static enum dgm_status leave_repeat(struct encoder *encoder, const struct dgm_row *row,
                                    uint32_t rounds, uint16_t *row_index)
{
    *row_index = encoder->levels[encoder->depth - 1].end;
    encoder->depth--;
    refresh_index(encoder);
    if (row->slot != DGM_NONE)
        encoder->slots[row->slot] = value_u64(rounds);
    return check_count(encoder, row, rounds);
}

static enum dgm_status next_round(struct encoder *encoder, uint16_t *row_index)
{
    struct encode_level *level = &encoder->levels[encoder->depth - 1];
    const struct dgm_row *row = &encoder->rows[level->row];
    enum dgm_status status = DGM_OK;
    bool more = level->left > 0;
    bool from_json = (row->flags & (DGM_ROW_RECORD | DGM_ROW_ARRAY)) != 0;
    /* A counted round writes something: that alone bounds the walk by the longest frame.
     */
    if (!from_json && level->index != UINT32_MAX && encoder->length == level->began)
        return encode_fail_row(encoder, DGM_LENGTH, row, 0);
    level->began = encoder->length;
    level->index++;
    encoder->machine.index = level->index;
    if (row->flags & DGM_ROW_RECORD)
        status = next_record(encoder, level, &more);
    else if (row->flags & DGM_ROW_ARRAY)
        status = next_element(encoder, level, row, &more);
    else
        level->left -= more;
    if (status != DGM_OK)
        return status;
    if (!more)
        return leave_repeat(encoder, row, level->index, row_index);
    *row_index = (uint16_t)(level->row + 1);
    return DGM_OK;
}

/* Is a member of the rows given in the JSON? Then the rows may not be absent. */
static const struct bound *given_in(const struct encoder *encoder, uint16_t first,
                                    uint16_t end)
{
    for (unsigned i = first; i < end; i++) {
        uint16_t member = encoder->rows[i].member;
        if (member == DGM_NONE || encoder->bound[member].type == 0)
            continue;
        uint8_t kind = encoder->members[member].kind;
        if (kind == DGM_MEMBER_VALUE || kind == DGM_MEMBER_ARRAY)
            return &encoder->bound[member];
    }
    return NULL;
}

static bool role_given_in(const struct encoder *encoder, uint16_t first, uint16_t end)
{
    for (unsigned i = first; i < end; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        if (row->role != DGM_ROLE_NONE && row->source == DGM_SOURCE_ROLE &&
            encoder->envelope.roles[row->role].kind != VALUE_MISSING)
            return true;
    }
    return false;
}

static enum dgm_status row_present(struct encoder *encoder, const struct dgm_row *row,
                                   bool *ret)
{
    uint16_t first = (uint16_t)(row - encoder->rows);
    uint16_t end = (uint16_t)(first + 1 + row_span(row));
    *ret = true;
    if (row->when != DGM_NONE) {
        enum dgm_status status = machine_test(&encoder->machine, row->when, ret);
        if (status != DGM_OK)
            return encode_fail_row(encoder, status, row, 0);
        const struct bound *given = *ret ? NULL : given_in(encoder, first, end);
        if (given != NULL)
            return encode_fail_row(encoder, DGM_MEMBER_NOT_ALLOWED, row, given->at);
    }
    if (*ret && (row->flags & DGM_ROW_OPTIONAL)) {
        *ret =
            given_in(encoder, first, end) != NULL || role_given_in(encoder, first, end);
        if (!*ret && encoder->gap == NULL)
            encoder->gap = row;
        else if (*ret && encoder->gap != NULL)
            return encode_fail_row(encoder, DGM_MISSING_MEMBER, encoder->gap, 0);
    }
    return DGM_OK;
}

static enum dgm_status begin_bits(struct encoder *encoder, const struct dgm_row *row)
{
    encoder->bits = 0;
    encoder->bits_row = row;
    encoder->bits_left = row->detail;
    if (row->detail > 0)
        return DGM_OK;
    return encode_append(encoder, row, NULL, row->width / 8u);
}

static enum dgm_status write_value(struct encoder *encoder, const struct dgm_row *row)
{
    if (row->slot == DGM_NONE)
        return DGM_OK;
    enum dgm_status status =
        machine_run(&encoder->machine, row->expr, &encoder->slots[row->slot]);
    return status == DGM_OK ? DGM_OK : encode_fail_row(encoder, status, row, 0);
}

static enum dgm_status write_row(struct encoder *encoder, const struct dgm_row *row)
{
    switch (row->op) {
    case DGM_OP_INT:
    case DGM_OP_BIT:
    case DGM_OP_FLOAT:
        return encode_integer_row(encoder, row);
    case DGM_OP_BITS:
        return begin_bits(encoder, row);
    case DGM_OP_BYTES:
        return encode_bytes_row(encoder, row);
    case DGM_OP_VALUE:
        return write_value(encoder, row);
    case DGM_OP_GROUP:
        push_level(encoder, row);
        return DGM_OK;
    case DGM_OP_REPEAT:
        return begin_repeat(encoder, row);
    default:
        return DGM_OK;
    }
}

static enum dgm_status step(struct encoder *encoder, uint16_t *row_index)
{
    const struct dgm_row *row = &encoder->rows[*row_index];
    bool present;
    enum dgm_status status = row_present(encoder, row, &present);
    if (status != DGM_OK)
        return status;
    if (!present) {
        *row_index = (uint16_t)(*row_index + 1 + row_span(row));
        return DGM_OK;
    }
    status = write_row(encoder, row);
    if (status != DGM_OK)
        return status;
    if (row->op == DGM_OP_REPEAT)
        return next_round(encoder, row_index);
    *row_index = (uint16_t)(*row_index + 1);
    return DGM_OK;
}

static enum dgm_status write_message(struct encoder *encoder)
{
    uint16_t row_index = 0;
    for (unsigned i = 0; i < encoder->message->slots; i++)
        encoder->slots[i] = value_missing();
    for (;;) {
        enum dgm_status status = DGM_OK;
        const struct encode_level *level =
            encoder->depth > 0 ? &encoder->levels[encoder->depth - 1] : NULL;
        if (level != NULL && row_index == level->end) {
            if (encoder->rows[level->row].op == DGM_OP_REPEAT)
                status = next_round(encoder, &row_index);
            else
                encoder->depth--;
        } else if (row_index == encoder->message->row_count) {
            return DGM_OK;
        } else {
            status = step(encoder, &row_index);
        }
        if (status != DGM_OK)
            return status;
    }
}

static enum dgm_status check_direction(struct encoder *encoder)
{
    enum dgm_direction direction = encoder->call->direction;
    if (direction == DGM_DIRECTION_AUTO ||
        kind_is_up(encoder->message->kind) == (direction == DGM_DIRECTION_UP))
        return DGM_OK;
    return encode_fail(encoder, DGM_WRONG_DIRECTION, encoder->message->name, 0);
}

static enum dgm_status finish_frame(struct encoder *encoder, struct dgm_outcome *ret)
{
    if (encoder->length > encoder->message->frame_max)
        return encode_fail(encoder, DGM_LIMIT, encoder->message->name, 0);
    if (encoder->length > encoder->frame_size) {
        encode_fail(encoder, DGM_NO_SPACE, 0, 0);
        if (encoder->error != NULL) {
            encoder->error->place = DGM_PLACE_NONE;
            encoder->error->needed = (uint32_t)encoder->length;
        }
        return DGM_NO_SPACE;
    }
    struct dgm_outcome outcome = {0};
    outcome.length = encoder->length;
    outcome.message = encoder->message_index;
    outcome.kind = encoder->message->kind;
    *ret = outcome;
    return encoder->length > 0 ? DGM_OK : DGM_NOTHING;
}

static enum dgm_status choose(struct encoder *encoder, struct scratch *scratch)
{
    if (encoder->envelope.kind == DGM_KIND_REPLY) {
        enum dgm_status status = choose_reply(encoder, scratch);
        return status == DGM_OK ? bind_message(encoder) : status;
    }
    if (encoder->call->message != NULL)
        return choose_by_name(encoder);
    if (encoder->envelope.kind == 0)
        encoder->envelope.kind = DGM_KIND_REPORT;
    return choose_by_members(encoder);
}

static enum dgm_status encode_checked(struct encoder *encoder, struct scratch *scratch,
                                      struct dgm_outcome *ret)
{
    enum dgm_status status = envelope_read(encoder);
    if (status == DGM_OK)
        status = choose(encoder, scratch);
    if (status == DGM_NOTHING) {
        struct dgm_outcome outcome = {0};
        outcome.message = DGM_NONE;
        *ret = outcome;
        return status;
    }
    if (status == DGM_OK)
        status = check_direction(encoder);
    if (status == DGM_OK)
        status = write_message(encoder);
    return status == DGM_OK ? finish_frame(encoder, ret) : status;
}

enum dgm_status dgm_encode(const struct dgm_codec *codec, const struct dgm_call *call,
                           const char *json, size_t json_length, uint8_t *frame,
                           size_t frame_size, struct dgm_outcome *ret,
                           struct dgm_error *reterr)
{
    struct dgm_call known;
    struct encoder encoder;
    struct scratch scratch;
    size_t fault;
    if (codec == NULL || ret == NULL || json == NULL ||
        (frame == NULL && frame_size > 0) || call_copy(call, &known) != DGM_OK)
        return error_set(reterr, DGM_BAD_CALL, DGM_PLACE_NONE, 0);
    if (json_length > UINT32_MAX)
        return error_set(reterr, DGM_LIMIT, DGM_PLACE_JSON, UINT32_MAX);
    enum dgm_status status = scratch_divide(codec, &known, &scratch, reterr);
    if (status != DGM_OK)
        return status;
    status = dgm_json_check(json, json_length, &fault);
    if (status != DGM_OK)
        return error_set(reterr, status, DGM_PLACE_JSON, fault);
    memset(&encoder, 0, sizeof(encoder));
    encoder.codec = codec;
    encoder.call = &known;
    encoder.json = json;
    encoder.json_length = json_length;
    encoder.bound = scratch.bound;
    encoder.slots = scratch.slots;
    encoder.frame = frame;
    encoder.frame_size = frame_size;
    encoder.error = reterr;
    encoder.machine.codec = codec;
    encoder.machine.call = &known;
    encoder.machine.slots = scratch.slots;
    encoder.machine.roles = encoder.envelope.roles;
    encoder.machine.member = encode_member_value;
    encoder.machine.user = &encoder;
    return encode_checked(&encoder, &scratch, ret);
}
