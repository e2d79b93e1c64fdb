/* SPDX-License-Identifier: MIT */
/* Arguments of a call by their names. */
#include "call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum argument_id {
    ARGUMENT_TEXT,
    ARGUMENT_SHAPE,
    ARGUMENT_DIRECTION,
    ARGUMENT_PORT,
    ARGUMENT_RECEIVED,
    ARGUMENT_REQUEST_FORMAT,
    ARGUMENT_UNKNOWN,
    ARGUMENT_STATE
};

struct argument {
    const char *name;
    enum argument_id id;
    const char *expected;     /* in a refusal */
    const char *const *words; /* by the numbers of their enumeration, NULL-terminated */
    enum call_text text;
};

static const char *const shapes[] = {"oceanconnect", "iotda", "plain", NULL};
/* The first of these enumerations is the automatic choice, which has no word. */
static const char *const directions[] = {"", "up", "down", NULL};
static const char *const formats[] = {"", "base64", "hex", "array", NULL};
static const char *const unknowns[] = {"refuse", "ignore", NULL};

static const char a_text[] = "a text without zeros";

static const struct argument known[] = {
    {"manufacturer", ARGUMENT_TEXT, a_text, NULL, CALL_MAKER},
    {"model", ARGUMENT_TEXT, a_text, NULL, CALL_MODEL},
    {"message", ARGUMENT_TEXT, a_text, NULL, CALL_MESSAGE},
    {"topic", ARGUMENT_TEXT, a_text, NULL, CALL_TOPIC},
    {"request", ARGUMENT_TEXT, "bytes", NULL, CALL_REQUEST},
    {"shape", ARGUMENT_SHAPE, "oceanconnect, iotda or plain", shapes, 0},
    {"direction", ARGUMENT_DIRECTION, "up or down", directions, 0},
    {"port", ARGUMENT_PORT, "0 to 4294967295", NULL, 0},
    {"received_ms", ARGUMENT_RECEIVED, "whole milliseconds since 1970", NULL, 0},
    {"request_format", ARGUMENT_REQUEST_FORMAT, "base64, hex or array", formats, 0},
    {"unknown", ARGUMENT_UNKNOWN, "refuse or ignore", unknowns, 0},
    {"state", ARGUMENT_STATE, "as many bytes as the plug-in keeps", NULL, 0},
};

static const struct argument *find(const char *name)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i].name, name) == 0) {
            return &known[i];
        }
    }
    return NULL;
}

/* Position of the word, or -1. */
static int read_word(const char *const *words, const char *value, size_t length)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (length > 0 && strlen(words[i]) == length &&
            memcmp(words[i], value, length) == 0) {
            return i;
        }
    }
    return -1;
}

/* Digits alone, with a sign in front where numbers below zero are allowed. */
static bool read_number(const char *value, size_t length, int64_t low, int64_t high,
                        int64_t *ret)
{
    bool negative = low < 0 && length > 0 && value[0] == '-';
    int64_t number = 0;
    if (length == (negative ? 1u : 0u)) {
        return false;
    }
    for (size_t i = negative ? 1 : 0; i < length; i++) {
        if (value[i] < '0' || value[i] > '9') {
            return false;
        }
        int digit = value[i] - '0';
        /* Counted down, where the least number has its place. */
        if (number < (INT64_MIN + digit) / 10) {
            return false;
        }
        number = number * 10 - digit;
    }
    if (!negative && number == INT64_MIN) {
        return false;
    }
    *ret = negative ? number : -number;
    return *ret >= low && *ret <= high;
}

static enum dgm_status refuse(struct dgm_ffi_call *call, const struct argument *argument)
{
    (void)snprintf(call->detail, sizeof(call->detail), "%s: expected %s", argument->name,
                   argument->expected);
    return call_fail(call, DGM_BAD_CALL, call->detail);
}

static void point_to(struct dgm_ffi_call *call, enum call_text which, size_t length)
{
    const char *text = call->texts[which];
    if (which == CALL_MESSAGE) {
        call->arguments.message = text;
    } else if (which == CALL_TOPIC) {
        call->arguments.topic = text;
        call->arguments.topic_length = length;
    } else if (which == CALL_REQUEST) {
        call->arguments.request = (const uint8_t *)text;
        call->arguments.request_length = length;
    }
}

static enum dgm_status set_text(struct dgm_ffi_call *call,
                                const struct argument *argument, const char *value,
                                size_t length)
{
    if (argument->text != CALL_REQUEST && length > 0 &&
        memchr(value, 0, length) != NULL) {
        return refuse(call, argument);
    }
    char *text = length < SIZE_MAX ? malloc(length + 1) : NULL;
    if (text == NULL) {
        return call_fail(call, DGM_MEMORY, NULL);
    }
    if (length > 0) {
        memcpy(text, value, length);
    }
    text[length] = '\0';
    free(call->texts[argument->text]);
    call->texts[argument->text] = text;
    point_to(call, argument->text, length);
    return DGM_OK;
}

static bool set_port(struct dgm_call *arguments, const char *value, size_t length)
{
    int64_t port = 0;
    if (!read_number(value, length, 0, UINT32_MAX, &port)) {
        return false;
    }
    arguments->has_channel = true;
    arguments->channel = (uint32_t)port;
    return true;
}

static bool set_received(struct dgm_call *arguments, const char *value, size_t length)
{
    int64_t received = 0;
    if (!read_number(value, length, INT64_MIN, INT64_MAX, &received)) {
        return false;
    }
    arguments->has_received = true;
    arguments->received_ms = received;
    return true;
}

static bool set_state(struct dgm_ffi_call *call, const char *value, size_t length)
{
    if (length != product_state_size(call->product)) {
        return false;
    }
    if (length > 0) {
        memcpy(call->state, value, length);
    }
    return true;
}

static bool set_word(struct dgm_call *arguments, const struct argument *argument,
                     const char *value, size_t length)
{
    int word = read_word(argument->words, value, length);
    if (word < 0) {
        return false;
    }
    switch (argument->id) {
    case ARGUMENT_SHAPE:
        arguments->shape = (enum dgm_shape)word;
        break;
    case ARGUMENT_DIRECTION:
        arguments->direction = (enum dgm_direction)word;
        break;
    case ARGUMENT_REQUEST_FORMAT:
        arguments->request_format = (enum dgm_request_format)word;
        break;
    default:
        arguments->unknown_members = (enum dgm_unknown_members)word;
        break;
    }
    return true;
}

enum dgm_status dgm_ffi_call_set(struct dgm_ffi_call *call, const char *name,
                                 const void *value, size_t length)
{
    const struct argument *argument = name != NULL ? find(name) : NULL;
    call_begin(call);
    if (argument == NULL) {
        return call_fail(call, DGM_BAD_CALL, "there is no such argument");
    }
    if (value == NULL && length > 0) {
        return refuse(call, argument);
    }
    bool good = true;
    switch (argument->id) {
    case ARGUMENT_TEXT:
        return set_text(call, argument, value, length);
    case ARGUMENT_PORT:
        good = set_port(&call->arguments, value, length);
        break;
    case ARGUMENT_RECEIVED:
        good = set_received(&call->arguments, value, length);
        break;
    case ARGUMENT_STATE:
        good = set_state(call, value, length);
        break;
    default:
        good = set_word(&call->arguments, argument, value, length);
        break;
    }
    return good ? DGM_OK : refuse(call, argument);
}
