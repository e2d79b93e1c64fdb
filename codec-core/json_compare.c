/* SPDX-License-Identifier: MIT */
/*
 * Do two JSON texts mean the same? Two readers walk in step; where the members of objects
 * stand in another order, the right one looks for each name. Recursion is as deep as the
 * texts, at most DGM_JSON_MAX_DEPTH.
 */
#include "json_read.h"

#include <string.h>
#include "parts.h"

/* Digits that fit a word and are more than a double holds; its largest power of ten. */
enum { DOUBLE_DIGITS = 18, DOUBLE_POWER = 22, DOUBLE_POWER_END = 400 };

/* A number by its digits: 0.DIGITS * 10^exponent, without zeros at either end. */
struct decimal {
    struct number_token token;
    size_t skip;  /* zeros in front */
    size_t count; /* digits; 0 for zero */
    int64_t exponent;
};

/* Digits of a token, counted through both of its parts. */
static char token_digit(const struct number_token *token, size_t index)
{
    return index < token->integer_length ? token->integer[index]
                                         : token->fraction[index - token->integer_length];
}

static bool read_decimal(struct json_reader *reader, struct decimal *ret)
{
    const char *text = reader->text + reader->position;
    struct number_token *token = &ret->token;
    if (!number_scan(text, reader->length - reader->position, token))
        return json_fault(reader, DGM_JSON_SYNTAX, reader->position + token->length);
    reader->position += token->length;
    size_t end = token->integer_length + token->fraction_length;
    while (end > 0 && token_digit(token, end - 1) == '0')
        end--;
    ret->skip = 0;
    while (ret->skip < end && token_digit(token, ret->skip) == '0')
        ret->skip++;
    ret->count = end - ret->skip;
    ret->exponent = token->exponent + (int64_t)token->integer_length - (int64_t)ret->skip;
    return true;
}

static const char *token_text(const struct number_token *token)
{
    return token->integer - (token->negative ? 1 : 0);
}

static bool decimal_equal(const struct decimal *left, const struct decimal *right)
{
    const struct number_token *x = &left->token, *y = &right->token;
    if (left->count != right->count)
        return false;
    if (left->count == 0)
        return true;
    /* Exponents too long to count with are the same if the numbers are spelt the same. */
    if (x->exponent_is_huge || y->exponent_is_huge)
        return x->length == y->length &&
               memcmp(token_text(x), token_text(y), x->length) == 0;
    if (x->negative != y->negative || left->exponent != right->exponent)
        return false;
    for (size_t i = 0; i < left->count; i++) {
        if (token_digit(x, left->skip + i) != token_digit(y, right->skip + i))
            return false;
    }
    return true;
}

/* value * 10^power but for the last few bits; infinity if it is too large. */
static double scaled(double value, int64_t power)
{
    static const double powers[DOUBLE_POWER + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (power < -DOUBLE_POWER_END)
        return 0;
    if (power > DOUBLE_POWER_END)
        power = DOUBLE_POWER_END;
    for (; power > DOUBLE_POWER; power -= DOUBLE_POWER)
        value *= powers[DOUBLE_POWER];
    for (; power < -DOUBLE_POWER; power += DOUBLE_POWER)
        value /= powers[DOUBLE_POWER];
    return power >= 0 ? value * powers[power] : value / powers[-power];
}

static double decimal_double(const struct decimal *decimal)
{
    size_t count = decimal->count < DOUBLE_DIGITS ? decimal->count : DOUBLE_DIGITS;
    int64_t digits = 0;
    for (size_t i = 0; i < count; i++)
        digits = digits * 10 + (token_digit(&decimal->token, decimal->skip + i) - '0');
    double value = scaled((double)digits, decimal->exponent - (int64_t)count);
    return decimal->token.negative ? -value : value;
}

static double larger(double left, double right)
{
    return left > right ? left : right;
}

static bool decimal_near(const struct decimal *left, const struct decimal *right,
                         double tolerance)
{
    double x = decimal_double(left), y = decimal_double(right);
    double size = larger(1, larger(larger(x, -x), larger(y, -y)));
    /* With an infinity in it, the difference is infinite or not a number: not near. */
    double difference = larger(x - y, y - x);
    return difference - difference == 0 && difference <= tolerance * size;
}

static bool numbers_equal(struct json_reader *left, struct json_reader *right,
                          double tolerance)
{
    struct decimal x, y;
    if (!read_decimal(left, &x) || !read_decimal(right, &y))
        return false;
    return decimal_equal(&x, &y) || (tolerance > 0 && decimal_near(&x, &y, tolerance));
}

static bool values_equal(struct json_reader *left, struct json_reader *right,
                         double tolerance);

static bool arrays_equal(struct json_reader *left, struct json_reader *right,
                         double tolerance)
{
    if (!json_begin_array(left) || !json_begin_array(right))
        return false;
    while (json_next_element(left)) {
        if (!json_next_element(right) || !values_equal(left, right, tolerance))
            return false;
    }
    return !json_next_element(right);
}

/* Members from the reader on that have the name, in front of the one it belongs to. */
static size_t count_earlier(struct json_reader reader, const struct json_string *name)
{
    size_t count = 0;
    struct json_string other;
    while (json_next_member(&reader, &other) && other.raw < name->raw) {
        if (json_string_equal(name, &other))
            count++;
        json_skip(&reader);
    }
    return count;
}

/* Move to the value of the member that has `earlier` others of its name before it. */
static bool find_name(struct json_reader *reader, const struct json_string *name,
                      size_t earlier)
{
    struct json_string other;
    while (json_next_member(reader, &other)) {
        if (json_string_equal(name, &other) && earlier-- == 0)
            return true;
        json_skip(reader);
    }
    return false;
}

/* Members that the reader has not yet walked; leaves the object. */
static size_t count_members(struct json_reader *reader)
{
    size_t count = 0;
    struct json_string name;
    while (json_next_member(reader, &name)) {
        json_skip(reader);
        count++;
    }
    return count;
}

/*
 * The rest of two objects, whose beginnings agreed. A name that comes twice meets its
 * first with the other's first, and so on.
 */
static bool unordered_equal(struct json_reader *left, struct json_reader *right,
                            double tolerance)
{
    const struct json_reader left_begin = *left, right_begin = *right;
    struct json_string name;
    size_t count = 0;
    for (; json_next_member(left, &name); count++) {
        *right = right_begin;
        if (!find_name(right, &name, count_earlier(left_begin, &name)) ||
            !values_equal(left, right, tolerance))
            return false;
    }
    *right = right_begin;
    return count_members(right) == count;
}

static bool objects_equal(struct json_reader *left, struct json_reader *right,
                          double tolerance)
{
    if (!json_begin_object(left) || !json_begin_object(right))
        return false;
    for (;;) {
        struct json_string name, other;
        const struct json_reader left_before = *left, right_before = *right;
        bool more = json_next_member(left, &name);
        if (json_next_member(right, &other) != more)
            return false;
        if (!more)
            return true;
        if (!json_string_equal(&name, &other)) {
            *left = left_before;
            *right = right_before;
            return unordered_equal(left, right, tolerance);
        }
        if (!values_equal(left, right, tolerance))
            return false;
    }
}

static bool values_equal(struct json_reader *left, struct json_reader *right,
                         double tolerance)
{
    struct json_string x, y;
    enum json_type type = json_peek(left);
    if (json_peek(right) != type)
        return false;
    switch (type) {
    case JSON_OBJECT:
        return objects_equal(left, right, tolerance);
    case JSON_ARRAY:
        return arrays_equal(left, right, tolerance);
    case JSON_STRING:
        return json_read_string(left, &x) && json_read_string(right, &y) &&
               json_string_equal(&x, &y);
    case JSON_NUMBER:
        return numbers_equal(left, right, tolerance);
    case JSON_INVALID:
        return false;
    default:
        return json_skip(left) && json_skip(right);
    }
}

bool dgm_json_equal(const char *left, size_t left_length, const char *right,
                    size_t right_length, double tolerance)
{
    struct json_reader x, y;
    json_reader_init(&x, left, left_length);
    json_reader_init(&y, right, right_length);
    return values_equal(&x, &y, tolerance) && json_end(&x) && json_end(&y);
}

/* A number as it is spelt, and exactly; `ret_fits`: it is not too large for that. */
static bool read_exact(struct json_reader *reader, struct number *ret, bool *ret_fits)
{
    struct number_token token;
    bool is_number = number_scan(reader->text + reader->position,
                                 reader->length - reader->position, &token);
    reader->position += token.length;
    *ret_fits = is_number && number_from_token(&token, ret) == NUMBER_OK;
    return is_number;
}

/* The same by way of exact numbers; those that are too large are spelt alike. */
static bool same_exact_numbers(struct json_reader *left, struct json_reader *right)
{
    struct number number, other;
    bool fits, other_fits;
    size_t from = left->position, other_from = right->position;
    if (!read_exact(left, &number, &fits) || !read_exact(right, &other, &other_fits))
        return false;
    if (fits && other_fits)
        return number_order(&number, &other) == 0;
    size_t length = left->position - from;
    return length == right->position - other_from &&
           memcmp(left->text + from, right->text + other_from, length) == 0;
}

/* The same digits; without a tolerance that is all there is to it. */
static bool same_numbers(struct json_reader *left, struct json_reader *right)
{
    struct decimal x, y;
    if (!HAS_SPEED)
        return same_exact_numbers(left, right);
    return read_decimal(left, &x) && read_decimal(right, &y) && decimal_equal(&x, &y);
}

static ONE_COPY bool same_strings(struct json_reader *left, struct json_reader *right)
{
    struct json_string text, other;
    return json_read_string(left, &text) && json_read_string(right, &other) &&
           json_string_equal(&text, &other);
}

/* Most are texts and numbers, and a device may have no others. */
bool json_text_equal(const char *left, size_t left_length, const char *right,
                     size_t right_length)
{
    struct json_reader x, y;
    json_reader_init(&x, left, left_length);
    json_reader_init(&y, right, right_length);
    enum json_type type = json_peek(&x);
    if (json_peek(&y) != type)
        return false;
    if (HAS_TEXTS && (type == JSON_OBJECT || type == JSON_ARRAY))
        return dgm_json_equal(left, left_length, right, right_length, 0);
    bool same = type == JSON_NUMBER   ? same_numbers(&x, &y)
                : type == JSON_STRING ? same_strings(&x, &y)
                                      : json_skip(&x) && json_skip(&y);
    return same && json_end(&x) && json_end(&y);
}
