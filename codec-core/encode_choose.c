/* SPDX-License-Identifier: MIT */
/*
 * Which message takes this JSON: commands by name, reports by the members they know,
 * replies by the frame they answer. Binds the members of the chosen one by the way.
 */
#include "encode.h"

#include <string.h>

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
    if (shape_is_plain(envelope->shape)) {
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

/* The JSON of a bare model does not say what it is: a report, or what a command takes. */
static bool is_bare_candidate(const struct encoder *encoder, uint8_t kind)
{
    enum dgm_direction direction = encoder->call->direction;
    return (kind == DGM_KIND_REPORT && direction != DGM_DIRECTION_DOWN) ||
           (kind == DGM_KIND_COMMAND && direction != DGM_DIRECTION_UP);
}

/* Does a query ask for the service that the message asks for? */
static bool names_service(const struct encoder *encoder,
                          const struct dgm_message *message)
{
    const struct dgm_codec *codec = encoder->codec;
    const struct json_string *name = &encoder->envelope.service;
    if (message->service == DGM_NONE || name->raw == NULL)
        return message->service == DGM_NONE && name->raw == NULL;
    const char *service = codec->pool + codec->services[message->service].name;
    return json_string_is(name, service, strlen(service));
}

static bool names_message(const struct encoder *encoder,
                          const struct dgm_message *message)
{
    const struct json_string *name = &encoder->envelope.reply;
    const char *text = encoder->codec->pool + message->name;
    return name->raw == NULL || json_string_is(name, text, strlen(text));
}

/* Free-form messages of the platform may be raw ones of the product. */
static bool has_kind(const struct encoder *encoder, const struct dgm_message *message)
{
    uint8_t kind = encoder->envelope.kind;
    return message->kind == kind ||
           (message->kind == DGM_KIND_RAW && kind_has_content(kind) &&
            shape_is_new(encoder->envelope.shape));
}

/* Does the message have the kind, and the command if one is named, that the JSON speaks
 * of? */
static bool is_candidate(const struct encoder *encoder, const struct dgm_message *message)
{
    if (encoder->envelope.kind == 0)
        return is_bare_candidate(encoder, message->kind);
    if (!has_kind(encoder, message))
        return false;
    switch (message->kind) {
    case DGM_KIND_COMMAND:
    case DGM_KIND_RESPONSE:
    case DGM_KIND_EVENT:
        return names_command(encoder, message);
    case DGM_KIND_GET:
        return HAS_KINDS && names_service(encoder, message);
    case DGM_KIND_SET_RESPONSE:
        return HAS_KINDS && names_message(encoder, message);
    default:
        return true;
    }
}

static enum dgm_status no_candidate(struct encoder *encoder)
{
    const struct envelope *envelope = &encoder->envelope;
    if (envelope->kind == DGM_KIND_COMMAND || envelope->kind == DGM_KIND_RESPONSE)
        return encode_fail(encoder, DGM_NO_COMMAND, 0, envelope->command_at);
    return encode_fail(encoder, DGM_NO_MESSAGE, 0, 0);
}

/* Try to bind, and compare constants, without telling of errors. */
static enum dgm_status try_message(struct encoder *encoder, uint16_t index)
{
    struct dgm_error *error = encoder->error;
    set_message(encoder, index);
    encoder->error = NULL;
    enum dgm_status status = bind_message(encoder);
    if (status == DGM_OK)
        status = encode_check_constants(encoder);
    encoder->error = error;
    return status;
}

/* Can the layout of the bound message hold the values? */
static bool holds_values(struct encoder *encoder)
{
    struct dgm_error *error = encoder->error;
    encoder->error = NULL;
    enum dgm_status status = encode_walk(encoder);
    encoder->error = error;
    return status == DGM_OK;
}

/* The first row whose constant the JSON could have said, and has not; NULL: none. */
static const struct dgm_row *silent_constant(const struct encoder *encoder)
{
    for (unsigned i = 0; i < encoder->message->row_count; i++) {
        const struct dgm_row *row = &encoder->rows[i];
        bool is_inner = row->op == DGM_OP_TLV || row->op == DGM_OP_REPEAT;
        if (is_inner || row->when != DGM_NONE || (row->flags & DGM_ROW_OPTIONAL)) {
            i += dgm_row_span(row);
            continue;
        }
        bool is_constant = row->source == DGM_SOURCE_CONST || row->op == DGM_OP_LITERAL;
        if (is_constant && row->member != DGM_NONE &&
            encoder->bound[row->member].type == 0)
            return row;
    }
    return NULL;
}

/* What is known of the candidates tried so far. */
struct trial {
    size_t left_out; /* by the one that leaves out least of the JSON */
    size_t least;    /* flaws of `best` */
    uint16_t best;  /* takes the JSON, which lacks its constants, or with less left out */
    bool ambiguous; /* as well as another one does */
    uint16_t fitting; /* knows every member and misses none, but cannot hold the values */
    uint16_t complaint; /* the one whose error is told if none fits */
    bool knows_members; /* it knows at least the members */
    bool decode_only;   /* some candidate is not for encoding */
};

/* What speaks against a message that takes the JSON: twice what it leaves out of it, and
 * one if the JSON does not say the constants that tell it from others. */
static size_t flaws(const struct encoder *encoder)
{
    /* Of reports the first one that takes the JSON will do: it says the same. */
    bool is_silent =
        encoder->message->kind == DGM_KIND_COMMAND && silent_constant(encoder) != NULL;
    return 2 * encoder->left_out + is_silent;
}

/* The message takes the JSON; true if it is the one. */
static bool weigh(struct encoder *encoder, uint16_t index, struct trial *trial)
{
    size_t found = flaws(encoder);
    if (found > trial->least)
        return false;
    trial->ambiguous = found == trial->least;
    if (!trial->ambiguous)
        trial->best = index;
    trial->least = found;
    return found == 0;
}

/*
 * Of messages that leave something out only those count that leave out least: none is
 * written in the place of another that knows more, and cannot hold it.
 */
static bool leaves_too_much(const struct encoder *encoder, enum dgm_status status,
                            struct trial *trial)
{
    bool is_bound = status == DGM_OK || status == DGM_MISSING_MEMBER;
    if (!encode_ignores(encoder) || !is_bound)
        return false;
    if (encoder->left_out < trial->left_out) {
        trial->left_out = encoder->left_out;
        trial->least = SIZE_MAX;
        trial->best = DGM_NONE;
        trial->fitting = DGM_NONE;
        trial->complaint = DGM_NONE;
        trial->knows_members = false;
    }
    return encoder->left_out > trial->left_out;
}

/* True if this message is the one. */
static bool try_candidate(struct encoder *encoder, uint16_t index, bool is_only,
                          struct trial *trial)
{
    if (encoder->codec->messages[index].flags & DGM_MESSAGE_DECODE_ONLY) {
        trial->decode_only = true;
        return false;
    }
    enum dgm_status status = try_message(encoder, index);
    if (leaves_too_much(encoder, status, trial))
        return false;
    if (status == DGM_OK && (is_only || holds_values(encoder)))
        return is_only || weigh(encoder, index, trial);
    if (status == DGM_OK && trial->fitting == DGM_NONE)
        trial->fitting = index;
    bool knows = status != DGM_UNKNOWN_MEMBER;
    if (trial->complaint == DGM_NONE || (knows && !trial->knows_members)) {
        trial->complaint = index;
        trial->knows_members = knows;
    }
    return false;
}

static unsigned count_candidates(const struct encoder *encoder)
{
    unsigned count = 0;
    for (unsigned i = 0; i < encoder->codec->model->messages.count; i++)
        count += is_candidate(encoder, &encoder->codec->messages[i]);
    return count;
}

/* Constants of its own tell a command from others; where the JSON says those of none, it
 * must fit one alone. */
static enum dgm_status choose_best(struct encoder *encoder, const struct trial *trial)
{
    enum dgm_status status = try_message(encoder, trial->best);
    const struct dgm_row *row = silent_constant(encoder);
    if (status != DGM_OK || !trial->ambiguous || row == NULL)
        return status;
    return encode_fail_text(encoder, DGM_MISSING_MEMBER, row->path,
                            encoder->envelope.members,
                            "several messages take this JSON, and the member would tell "
                            "which one is meant");
}

/*
 * The first message, fallback ones last, that knows every member given, misses none, has
 * the constants that are given and can hold the values. If the call wants it so, the
 * members that it does not know are the fewest instead of none. If none does, the
 * complaint is that of the first that takes the members, else of one that at least knows
 * them, else of the first.
 */
static enum dgm_status choose_by_members(struct encoder *encoder)
{
    struct trial trial = {SIZE_MAX, SIZE_MAX, DGM_NONE, false,
                          DGM_NONE, DGM_NONE, false,    false};
    bool is_only = count_candidates(encoder) == 1;
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < encoder->codec->model->messages.count; i++) {
            const struct dgm_message *message = &encoder->codec->messages[i];
            bool fallback = (message->flags & DGM_MESSAGE_FALLBACK) != 0;
            if (fallback == (round == 1) && is_candidate(encoder, message) &&
                try_candidate(encoder, (uint16_t)i, is_only, &trial))
                return DGM_OK;
        }
        /* One that leaves something out is for where no other takes all of it. */
        if (trial.least <= 1)
            return choose_best(encoder, &trial);
    }
    if (trial.best != DGM_NONE)
        return choose_best(encoder, &trial);
    uint16_t told = trial.fitting != DGM_NONE ? trial.fitting : trial.complaint;
    if (told != DGM_NONE) {
        set_message(encoder, told);
        return bind_message(encoder);
    }
    return trial.decode_only ? encode_fail(encoder, DGM_WRONG_DIRECTION, 0, 0)
                             : no_candidate(encoder);
}

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
    if (!has_kind(encoder, message))
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

/* Who named it is to blame: the call, or the JSON. */
static enum dgm_status no_such_reply(struct encoder *encoder)
{
    bool is_of_call = encoder->call->message != NULL;
    return encode_fail_text(encoder, is_of_call ? DGM_BAD_CALL : DGM_NO_MESSAGE, 0, 0,
                            "the profile has no such reply");
}

/* The first reply that answers the request and wants to; DGM_NOTHING if none does. */
static enum dgm_status choose_reply(struct encoder *encoder)
{
    const struct dgm_codec *codec = encoder->codec;
    uint16_t request = DGM_NONE;
    bool named = false;
    bool insists = encoder->call->message != NULL || encoder->envelope.reply.raw != NULL;
    /* A product without replies answers nothing, whatever it is asked; the scratch memory
     * has no room for a request. */
    if (codec->request_max == 0)
        return insists ? no_such_reply(encoder) : DGM_NOTHING;
    enum dgm_status status = request_read(encoder, encoder->request, codec->request_max);
    if (status == DGM_OK && encoder->machine.has_request)
        status = request_decode(encoder, encoder->request_slots, &request);
    if (status != DGM_OK)
        return status;
    bool known = encoder->machine.has_request;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        const struct dgm_message *message = &codec->messages[i];
        bool wanted = true;
        if (message->kind != DGM_KIND_REPLY || !named_by_reply(encoder, message))
            continue;
        named = true;
        if (known && !answers(codec, message, request))
            continue;
        /* Without the request another reply may be meant. */
        if (!known && !insists && !(message->flags & DGM_MESSAGE_ALONE))
            return encode_fail(encoder, DGM_NO_REQUEST, 0, 0);
        set_message(encoder, (uint16_t)i);
        if (message->when != DGM_NONE)
            status = machine_test(&encoder->machine, message->when, &wanted);
        if (status != DGM_OK)
            return encode_fail(encoder, status, message->name, 0);
        if (wanted)
            return DGM_OK;
    }
    if (insists && !named)
        return no_such_reply(encoder);
    if (known && request == DGM_NONE)
        return encode_fail_text(encoder, DGM_NO_MESSAGE, 0, encoder->envelope.request,
                                "the request is none of the product's frames");
    return DGM_NOTHING;
}

ONE_COPY enum dgm_status encode_choose(struct encoder *encoder)
{
    if (HAS_REPLIES && encoder->envelope.kind == DGM_KIND_REPLY) {
        enum dgm_status status = choose_reply(encoder);
        return status == DGM_OK ? bind_message(encoder) : status;
    }
    if (encoder->call->message != NULL)
        return choose_by_name(encoder);
    return choose_by_members(encoder);
}
