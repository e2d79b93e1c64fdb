/* SPDX-License-Identifier: MIT */
/*
 * Replies: the bytes of the answered frame, from the caller or from the JSON's `request`
 * member, and what they say. The platform has spelled them as Base64, hex and number
 * array; see enum dgm_request_format.
 */
#include "encode.h"

#include <string.h>
#include "decode.h"
#include "framing.h"

static enum dgm_status too_long(struct encoder *encoder, size_t at)
{
    return encode_fail_text(encoder, DGM_LIMIT, 0, at,
                            "the request is longer than any frame");
}

static enum dgm_status read_array(struct encoder *encoder, struct json_reader *reader,
                                  uint8_t *buffer, size_t size, size_t *ret_length)
{
    size_t length = 0;
    json_begin_array(reader);
    while (json_next_element(reader)) {
        struct number number;
        struct wide whole;
        uint64_t byte;
        (void)json_peek(reader);
        size_t at = reader->position;
        if (!json_read_number(reader, &number))
            return encode_fail_text(encoder, DGM_TYPE, 0, at, "a byte is expected");
        if (!number_to_wide(number, &whole) || !wide_to_u64(whole, &byte) || byte > 255)
            return encode_fail_text(encoder, DGM_RANGE, 0, at, "a byte is expected");
        if (length == size)
            return too_long(encoder, at);
        buffer[length++] = (uint8_t)byte;
    }
    *ret_length = length;
    return DGM_OK;
}

static uint8_t text_show(const struct encoder *encoder)
{
    enum dgm_request_format format = encoder->call->request_format;
    if (format == DGM_REQUEST_BASE64)
        return DGM_SHOW_BASE64;
    if (format == DGM_REQUEST_HEX || !shape_is_old(encoder->envelope.shape))
        return DGM_SHOW_BYTES_HEX;
    return DGM_SHOW_BASE64;
}

static enum dgm_status read_text(struct encoder *encoder, struct json_reader *reader,
                                 uint8_t *buffer, size_t size, size_t *ret_length)
{
    struct json_string string;
    const char *detail = NULL;
    size_t at = encoder->envelope.request, length;
    const struct dgm_row row = {.show = text_show(encoder), .spec = DGM_NONE};
    if (!json_read_string(reader, &string))
        return encode_fail_text(encoder, DGM_TYPE, 0, at,
                                "the request's bytes are expected");
    enum dgm_status status = encode_measure(encoder, &row, &string, &length, &detail);
    if (status != DGM_OK)
        return encode_fail_text(encoder, status, 0, at, detail);
    if (length > size)
        return too_long(encoder, at);
    encode_store_bytes(encoder, &row, buffer, &string);
    *ret_length = length;
    return DGM_OK;
}

static enum dgm_status read_request(struct encoder *encoder, uint8_t *buffer, size_t size)
{
    const struct dgm_call *call = encoder->call;
    struct machine *machine = &encoder->machine;
    struct json_reader reader;
    if (call->request != NULL) {
        machine->request = call->request;
        machine->request_length = call->request_length;
        machine->has_request = true;
        return call->request_length <= DGM_MAX_FRAME ? DGM_OK : too_long(encoder, 0);
    }
    if (encoder->envelope.request == 0)
        return DGM_OK;
    encode_reader(encoder, encoder->envelope.request, &reader);
    enum dgm_status status;
    if (call->request_format == DGM_REQUEST_ARRAY) {
        if (json_peek(&reader) != JSON_ARRAY)
            return encode_fail_text(encoder, DGM_TYPE, 0, reader.position,
                                    "an array of bytes is expected");
        status = read_array(encoder, &reader, buffer, size, &machine->request_length);
    } else {
        status = read_text(encoder, &reader, buffer, size, &machine->request_length);
    }
    machine->request = buffer;
    machine->has_request = status == DGM_OK;
    return status;
}

/* A request whose framing is wrong is none of the product's frames; its bytes can be
 * asked for all the same. */
enum dgm_status request_read(struct encoder *encoder, uint8_t *buffer, size_t size)
{
    struct machine *machine = &encoder->machine;
    const struct dgm_framing *framing = encoder->codec->framing;
    struct content content;
    struct framing_fault fault;
    enum dgm_status status = read_request(encoder, buffer, size);
    if (status != DGM_OK || !machine->has_request || framing == NULL)
        return status;
    size_t most = encoder->codec->content_size;
    if (framing_remove(framing, machine->request, machine->request_length, NULL, most,
                       &content, &fault) != DGM_OK)
        return DGM_OK;
    (void)framing_remove(framing, machine->request, machine->request_length, buffer, most,
                         &content, &fault);
    machine->request = content.bytes;
    machine->request_length = content.length;
    return DGM_OK;
}

/* Decode the request for its values alone; whether it is valid is a value, too. */
enum dgm_status request_decode(struct encoder *encoder, struct value *slots,
                               uint16_t *ret_message)
{
    struct decoder decoder;
    struct dgm_call call = *encoder->call;
    struct machine *machine = &encoder->machine;
    call.request = NULL;
    *ret_message = message_by_guards(encoder->codec, encoder->call, DGM_DIRECTION_UP,
                                     machine->request, machine->request_length);
    machine->request_valid = false;
    if (*ret_message == DGM_NONE)
        return DGM_OK;
    const struct dgm_message *message = &encoder->codec->messages[*ret_message];
    if (message->flags & DGM_MESSAGE_ENCODE_ONLY)
        return DGM_OK;
    decoder_init(&decoder, encoder->codec, &call, machine->request,
                 machine->request_length);
    decoder.shape = DGM_SHAPE_PLAIN;
    decoder.message = message;
    decoder.slots = slots;
    decoder.last = encoder->bound;
    decoder.plain = encoder->plain;
    decoder_place(&decoder, encoder->levels);
    json_writer_init(&decoder.out, NULL, 0);
    enum dgm_status status = decode_message(&decoder);
    machine->request_valid = status == DGM_OK || status == DGM_NOTHING;
    machine->request_slots = slots;
    machine->request_slot_count = message->slots;
    return DGM_OK;
}
