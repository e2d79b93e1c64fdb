/* SPDX-License-Identifier: MIT */
/* The pull reader: RFC 8259 to the letter, one pass, no recursion. */
#include "json_read.h"

#include <string.h>
#include "text.h"

DGM_STATIC_ASSERT(DGM_JSON_MAX_DEPTH <= 64, "a level has a bit in a 64-bit word");

void json_reader_init(struct json_reader *reader, const char *text, size_t length)
{
    memset(reader, 0, sizeof(*reader));
    reader->text = text != NULL ? text : "";
    reader->length = text != NULL ? length : 0;
    reader->status = DGM_OK;
}

bool json_fault(struct json_reader *reader, enum dgm_status status, size_t offset)
{
    if (reader->status == DGM_OK) {
        reader->status = status;
        reader->fault = offset;
    }
    return false;
}

static bool is_blank(char character)
{
    return character == ' ' || character == '\n' || character == '\r' ||
           character == '\t';
}

static void pass_blanks(struct json_reader *reader)
{
    while (reader->position < reader->length && is_blank(reader->text[reader->position]))
        reader->position++;
}

/* Is the next character that one, blanks passed over? Not consumed. */
static bool next_is(struct json_reader *reader, char character)
{
    pass_blanks(reader);
    return reader->position < reader->length &&
           reader->text[reader->position] == character;
}

static bool expect(struct json_reader *reader, char character)
{
    if (!next_is(reader, character))
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    reader->position++;
    return true;
}

enum json_type json_peek(struct json_reader *reader)
{
    if (reader->status != DGM_OK)
        return JSON_INVALID;
    pass_blanks(reader);
    if (reader->position == reader->length)
        return JSON_INVALID;
    switch (reader->text[reader->position]) {
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case '"':
        return JSON_STRING;
    case 't':
        return JSON_TRUE;
    case 'f':
        return JSON_FALSE;
    case 'n':
        return JSON_NULL;
    case '-':
        return JSON_NUMBER;
    default:
        return (unsigned char)(reader->text[reader->position] - '0') < 10 ? JSON_NUMBER
                                                                          : JSON_INVALID;
    }
}

/* Is a value of that type next? If not, the fault says why. */
static bool want(struct json_reader *reader, enum json_type type)
{
    enum json_type found = json_peek(reader);
    if (found == type)
        return true;
    return json_fault(reader, found == JSON_INVALID ? DGM_JSON_SYNTAX : DGM_TYPE,
                      reader->position);
}

/* Containers. Level n, from 1, has bit n - 1. */

static uint64_t level_bit(const struct json_reader *reader)
{
    return (uint64_t)1 << (reader->depth - 1);
}

static bool begin(struct json_reader *reader, enum json_type type)
{
    if (!want(reader, type))
        return false;
    if (reader->depth >= DGM_JSON_MAX_DEPTH)
        return json_fault(reader, DGM_JSON_DEPTH, reader->position);
    reader->position++;
    reader->depth++;
    reader->started &= ~level_bit(reader);
    reader->objects &= ~level_bit(reader);
    if (type == JSON_OBJECT)
        reader->objects |= level_bit(reader);
    return true;
}

/* Move in front of the next element of the container; false behind its last one. */
static bool next(struct json_reader *reader, bool object)
{
    if (reader->status != DGM_OK)
        return false;
    if (reader->depth == 0 || ((reader->objects & level_bit(reader)) != 0) != object)
        return json_fault(reader, DGM_INTERNAL, reader->position);
    if (next_is(reader, object ? '}' : ']')) {
        reader->position++;
        reader->depth--;
        return false;
    }
    if ((reader->started & level_bit(reader)) != 0)
        return expect(reader, ',');
    reader->started |= level_bit(reader);
    return true;
}

bool json_begin_object(struct json_reader *reader)
{
    return begin(reader, JSON_OBJECT);
}

bool json_begin_array(struct json_reader *reader)
{
    return begin(reader, JSON_ARRAY);
}

static bool read_string(struct json_reader *reader, struct json_string *ret);

bool json_next_member(struct json_reader *reader, struct json_string *ret_name)
{
    if (!next(reader, true))
        return false;
    if (!next_is(reader, '"'))
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    return read_string(reader, ret_name) && expect(reader, ':');
}

bool json_next_element(struct json_reader *reader)
{
    return next(reader, false);
}

/* Strings. */

/* The four digits of \uXXXX at the position. */
static bool read_hex(struct json_reader *reader, uint32_t *ret)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++, reader->position++) {
        int digit = reader->position < reader->length
                        ? hex_digit_value(reader->text[reader->position])
                        : -1;
        if (digit < 0)
            return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
        value = value << 4 | (uint32_t)digit;
    }
    *ret = value;
    return true;
}

/* The digits behind \u; a surrogate must have its other half. */
static bool pass_unicode_escape(struct json_reader *reader, size_t began)
{
    uint32_t unit, other;
    if (!read_hex(reader, &unit))
        return false;
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    if (unit > 0xDBFF || reader->length - reader->position < 2 ||
        memcmp(reader->text + reader->position, "\\u", 2) != 0)
        return json_fault(reader, DGM_JSON_SYNTAX, began);
    reader->position += 2;
    if (!read_hex(reader, &other))
        return false;
    if (other < 0xDC00 || other > 0xDFFF)
        return json_fault(reader, DGM_JSON_SYNTAX, began);
    return true;
}

static bool pass_escape(struct json_reader *reader)
{
    size_t began = reader->position++;
    if (reader->position == reader->length)
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    switch (reader->text[reader->position]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        reader->position++;
        return true;
    case 'u':
        reader->position++;
        return pass_unicode_escape(reader, began);
    default:
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    }
}

/* One character that is neither plain ASCII nor a quote. */
static bool pass_character(struct json_reader *reader)
{
    const char *text = reader->text + reader->position;
    if (*text == '\\')
        return pass_escape(reader);
    if ((unsigned char)*text < 0x20)
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    size_t step = utf8_length((const uint8_t *)text, reader->length - reader->position);
    if (step == 0)
        return json_fault(reader, DGM_JSON_UTF8, reader->position);
    reader->position += step;
    return true;
}

/* From the opening quote. */
static bool read_string(struct json_reader *reader, struct json_string *ret)
{
    size_t began = ++reader->position;
    bool escaped = false;
    for (;;) {
        reader->position += text_plain_prefix(reader->text + reader->position,
                                              reader->length - reader->position);
        if (reader->position == reader->length)
            return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
        if (reader->text[reader->position] == '"')
            break;
        if (reader->text[reader->position] == '\\')
            escaped = true;
        if (!pass_character(reader))
            return false;
    }
    ret->raw = reader->text + began;
    ret->length = reader->position - began;
    ret->escaped = escaped;
    reader->position++;
    return true;
}

bool json_read_string(struct json_reader *reader, struct json_string *ret)
{
    return want(reader, JSON_STRING) && read_string(reader, ret);
}

/* Numbers and words. */

static bool read_token(struct json_reader *reader, struct number_token *ret)
{
    if (!number_scan(reader->text + reader->position, reader->length - reader->position,
                     ret))
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position + ret->length);
    reader->position += ret->length;
    return true;
}

bool json_read_number(struct json_reader *reader, struct number *ret)
{
    struct number_token token;
    if (!want(reader, JSON_NUMBER))
        return false;
    size_t began = reader->position;
    if (!read_token(reader, &token))
        return false;
    if (number_from_token(&token, ret) != NUMBER_OK)
        return json_fault(reader, DGM_RANGE, began);
    return true;
}

static bool read_word(struct json_reader *reader, const char *word)
{
    for (; *word != 0; word++, reader->position++) {
        if (reader->position == reader->length || reader->text[reader->position] != *word)
            return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    }
    return true;
}

bool json_read_bool(struct json_reader *reader, bool *ret)
{
    bool truth = json_peek(reader) == JSON_TRUE;
    if (!truth && !want(reader, JSON_FALSE))
        return false;
    if (!read_word(reader, truth ? "true" : "false"))
        return false;
    *ret = truth;
    return true;
}

/* Whole values. */

/* Pass over a scalar, or go into a container. */
static bool enter(struct json_reader *reader)
{
    struct json_string string;
    struct number_token token;
    switch (json_peek(reader)) {
    case JSON_OBJECT:
        return json_begin_object(reader);
    case JSON_ARRAY:
        return json_begin_array(reader);
    case JSON_STRING:
        return read_string(reader, &string);
    case JSON_NUMBER:
        return read_token(reader, &token);
    case JSON_TRUE:
        return read_word(reader, "true");
    case JSON_FALSE:
        return read_word(reader, "false");
    case JSON_NULL:
        return read_word(reader, "null");
    default:
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    }
}

/* Behind a value: leave containers up to the level `base`, or stop at a next value. */
static bool advance(struct json_reader *reader, unsigned base)
{
    struct json_string name;
    while (reader->status == DGM_OK && reader->depth > base) {
        bool object = (reader->objects & level_bit(reader)) != 0;
        if (object ? json_next_member(reader, &name) : json_next_element(reader))
            return true;
    }
    return false;
}

bool json_skip(struct json_reader *reader)
{
    unsigned base = reader->depth;
    if (reader->status != DGM_OK)
        return false;
    do {
        if (!enter(reader))
            return false;
    } while (advance(reader, base));
    return reader->status == DGM_OK;
}

bool json_end(struct json_reader *reader)
{
    if (reader->status != DGM_OK)
        return false;
    pass_blanks(reader);
    if (reader->position != reader->length)
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position);
    return true;
}

enum dgm_status dgm_json_check(const char *text, size_t length, size_t *ret_offset)
{
    struct json_reader reader;
    json_reader_init(&reader, text, length);
    json_skip(&reader);
    json_end(&reader);
    if (reader.status != DGM_OK && ret_offset != NULL)
        *ret_offset = reader.fault;
    return reader.status;
}
