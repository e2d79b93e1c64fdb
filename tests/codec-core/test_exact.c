/* SPDX-License-Identifier: MIT */
/*
 * Proofs of numbers, through the public interface: what a scaled integer decodes to is
 * (raw * mul + add) / 10^digits to the last digit, by schoolbook arithmetic of its own,
 * by the rows and by a plan, and the text is encoded to the same raw again.
 *
 * DRAGOMAN_NUMBERS in the environment: wide raws in all, instead of some thousands, and
 * every 16-bit raw instead of every seventh.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/big.h"
#include "../support/fixture.h"

enum {
    NUMBERS = 40000,
    BATCH = 4096,
    FRAME_SIZE = BATCH * 8,
    TEXT_SIZE = BATCH * 48,
    VALUE_SIZE = 64
};

#define WIRE "wire: {frame_limit: 65535}\n"

struct scaling {
    int64_t mul, add;
    unsigned digits;
};

/* With those of 10^-k, which come first. */
static const struct scaling others[] = {
    {2, 0, 1},
    {5, 0, 1},
    {5, 0, 3},
    {25, 0, 2},
    {125, 0, 3},
    {-1, 0, 1},
    {-25, 7, 2},
    {1, -400, 1},
    {1, 450, 1},
    {1, -128, 0},
    {1000, 0, 0},
    {1000000, -40, 0},
    {-3, 1, 0},
    {123, 0, 6},
    {390625, -5000000, 7},
    {7, 1, 18},
    {999999999, 999999999, 9},
    {-999999999999, 1, 12},
};

enum { POWERS = 20, SCALINGS = POWERS + sizeof(others) / sizeof(others[0]) };

struct type {
    const char *name;
    unsigned bytes;
    bool is_signed, is_little;
};

static const struct type narrow[] = {{"u8", 1, false, false},  {"i8", 1, true, false},
                                     {"u16", 2, false, false}, {"u16le", 2, false, true},
                                     {"i16", 2, true, false},  {"i16le", 2, true, true}};

static const struct type wide[] = {
    {"u24", 3, false, false},  {"i24le", 3, true, true}, {"u32", 4, false, false},
    {"u32le", 4, false, true}, {"i32", 4, true, false},  {"i32le", 4, true, true},
    {"u40", 5, false, false},  {"i48le", 6, true, true}, {"i56", 7, true, false},
    {"u64le", 8, false, true}, {"i64", 8, true, false}};

static uint64_t state;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint64_t wanted_numbers(void)
{
    const char *text = getenv("DRAGOMAN_NUMBERS");
    return text != NULL ? strtoull(text, NULL, 10) : 0;
}

static struct scaling scaling_of(unsigned index)
{
    if (index >= POWERS)
        return others[index - POWERS];
    struct scaling power = {1, 0, index};
    return power;
}

/* value / 10^digits as JSON has it: no zeros that could be left out. */
static size_t put_decimal(char *text, bool negative, const struct big *value,
                          unsigned digits)
{
    char all[BIG_TEXT_MAX + POWERS], *first = all + POWERS;
    size_t length = 0, count = big_text(value, first);
    for (; count <= digits; count++)
        *--first = '0';
    for (; digits > 0 && first[count - 1] == '0'; count--)
        digits--;
    if (negative && value->used > 0)
        text[length++] = '-';
    memcpy(text + length, first, count - digits);
    length += count - digits;
    if (digits > 0)
        text[length++] = '.';
    memcpy(text + length, first + count - digits, digits);
    length += digits;
    text[length] = 0;
    return length;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static void put_whole(char *text, int64_t value, unsigned digits)
{
    struct big big;
    big_set(&big, magnitude(value));
    put_decimal(text, value < 0, &big, digits);
}

/* What the raw must decode to. `raw` has the bits of the type. */
static size_t expected_text(char *text, const struct scaling *scaling,
                            const struct type *type, uint64_t raw)
{
    struct big product, added;
    unsigned width = 8 * type->bytes;
    bool negative = type->is_signed && (raw >> (width - 1) & 1) != 0;
    uint64_t mask = width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
    big_set(&product, negative ? (0 - raw) & mask : raw);
    big_mul(&product, &product, magnitude(scaling->mul));
    negative = negative != (scaling->mul < 0);
    big_set(&added, magnitude(scaling->add));
    if (negative == (scaling->add < 0)) {
        big_add(&product, &product, &added);
    } else if (big_compare(&product, &added) >= 0) {
        big_sub(&product, &product, &added);
    } else {
        big_sub(&product, &added, &product);
        negative = !negative;
    }
    return put_decimal(text, negative, &product, scaling->digits);
}

static void put_raw(uint8_t *bytes, const struct type *type, uint64_t raw)
{
    for (unsigned i = 0; i < type->bytes; i++) {
        unsigned place = type->is_little ? i : type->bytes - 1 - i;
        bytes[i] = (uint8_t)(raw >> (8 * place));
    }
}

static void open_profile(struct fixture *fixture, const struct scaling *scaling,
                         const struct type *type)
{
    char yaml[1024], scale[VALUE_SIZE], offset[VALUE_SIZE];
    put_whole(scale, scaling->mul, scaling->digits);
    put_whole(offset, scaling->add, scaling->digits);
    snprintf(yaml, sizeof(yaml),
             HEAD WIRE "messages:\n  report:\n    fields:\n      - {name: a, type: %s, "
                       "scale: %s, offset: %s, repeat: rest}\n",
             type->name, scale, offset);
    fixture_open(fixture, yaml);
}

/* The frame there and back; the elements of the array must be those texts. */
struct batch {
    uint8_t frame[FRAME_SIZE];
    char expected[TEXT_SIZE];
    size_t frame_length, length;
};

static void begin_batch(struct batch *batch)
{
    batch->frame_length = 0;
    batch->length = (size_t)snprintf(batch->expected, TEXT_SIZE, "{\"a\":[");
}

static void add_raw(struct batch *batch, const struct scaling *scaling,
                    const struct type *type, uint64_t raw)
{
    uint64_t mask =
        type->bytes == 8 ? UINT64_MAX : ((uint64_t)1 << (8 * type->bytes)) - 1;
    put_raw(batch->frame + batch->frame_length, type, raw);
    batch->frame_length += type->bytes;
    batch->length +=
        expected_text(batch->expected + batch->length, scaling, type, raw & mask);
    batch->expected[batch->length++] = ',';
}

static const char *text_around(char *room, const char *text, size_t length, size_t at)
{
    size_t first = at < 30 ? 0 : at - 30,
           most = length - first < 60 ? length - first : 60;
    memcpy(room, text + first, most);
    room[most] = 0;
    return room;
}

/* By the rows, or by a plan. */
static void prove_decoding(struct fixture *fixture, const struct dgm_codec *codec,
                           const struct batch *batch, const char *what)
{
    static char text[TEXT_SIZE];
    char found[64], wanted[64];
    enum dgm_status status =
        dgm_decode(codec, &fixture->call, batch->frame, batch->frame_length, text,
                   sizeof(text), &fixture->outcome, &fixture->error);
    ck_assert_msg(status == DGM_OK, "%s: %s", what, dgm_status_id(status));
    size_t length = fixture->outcome.length, at = 0;
    while (at < length && at < batch->length && text[at] == batch->expected[at])
        at++;
    if (at != length || at != batch->length)
        ck_abort_msg("%s%s: %s, expected %s", what,
                     codec == fixture->plan ? " by a plan" : "",
                     text_around(found, text, length, at),
                     text_around(wanted, batch->expected, batch->length, at));
}

static void prove_batch(struct fixture *fixture, struct batch *batch, const char *what)
{
    static uint8_t back[FRAME_SIZE];
    memcpy(batch->expected + batch->length - 1, "]}", 2);
    batch->length++;
    prove_decoding(fixture, fixture->codec, batch, what);
    prove_decoding(fixture, fixture->plan, batch, what);
    enum dgm_status status =
        dgm_encode(fixture->codec, &fixture->call, batch->expected, batch->length, back,
                   sizeof(back), &fixture->outcome, &fixture->error);
    ck_assert_msg(status == DGM_OK, "%s: %s back", what, dgm_status_id(status));
    ck_assert_uint_eq(fixture->outcome.length, batch->frame_length);
    ck_assert_msg(memcmp(back, batch->frame, batch->frame_length) == 0,
                  "%s: other bytes back", what);
}

static void prove_range(const struct scaling *scaling, const struct type *type,
                        uint32_t step)
{
    static struct batch batch;
    struct fixture fixture;
    uint32_t end = 1u << (8 * type->bytes), raw = 0;
    open_profile(&fixture, scaling, type);
    while (raw < end) {
        begin_batch(&batch);
        for (unsigned i = 0; i < BATCH && raw < end; i++, raw += step)
            add_raw(&batch, scaling, type, raw);
        prove_batch(&fixture, &batch, type->name);
    }
    fixture_close(&fixture);
}

START_TEST(narrow_raws_scale_exactly)
{
    struct scaling scaling = scaling_of((unsigned)_i);
    for (size_t i = 0; i < sizeof(narrow) / sizeof(narrow[0]); i++) {
        bool all = narrow[i].bytes == 1 || wanted_numbers() > NUMBERS;
        prove_range(&scaling, &narrow[i], all ? 1 : 7);
    }
}
END_TEST

/* Both ends of the type and around zero, then random ones of all lengths. */
static uint64_t wide_raw(const struct type *type, uint64_t index)
{
    uint64_t top = (uint64_t)1 << (8 * type->bytes - 1);
    if (index < 8)
        return (index & 4 ? top : 0) + index % 4 - 2;
    uint64_t raw = next_random();
    return raw >> next_random() % 64;
}

static void prove_wide(const struct scaling *scaling, const struct type *type,
                       uint64_t count)
{
    static struct batch batch;
    struct fixture fixture;
    open_profile(&fixture, scaling, type);
    for (uint64_t index = 0; index < count;) {
        begin_batch(&batch);
        for (unsigned i = 0; i < BATCH && index < count; i++, index++)
            add_raw(&batch, scaling, type, wide_raw(type, index));
        prove_batch(&fixture, &batch, type->name);
    }
    fixture_close(&fixture);
}

START_TEST(wide_raws_scale_exactly)
{
    struct scaling scaling = scaling_of((unsigned)_i);
    size_t types = sizeof(wide) / sizeof(wide[0]);
    uint64_t total = wanted_numbers() > NUMBERS ? wanted_numbers() : NUMBERS;
    uint64_t each = (total + SCALINGS * types - 1) / (SCALINGS * types);
    state = 88172645463325252u + (unsigned)_i;
    for (size_t i = 0; i < types; i++)
        prove_wide(&scaling, &wide[i], each);
}
END_TEST

/* Values that no raw has. */
START_TEST(what_overflows_is_refused)
{
    static const struct {
        const char *type, *scale, *value;
    } rows[] = {
        {"u8", "1", "256"},
        {"u8", "1", "-1"},
        {"i8", "1", "128"},
        {"i8", "1", "-129"},
        {"u8", "0.1", "25.6"},
        {"u8", "-0.1", "0.1"},
        {"i16", "0.01", "327.68"},
        {"i16", "0.01", "-327.69"},
        {"u24", "1", "16777216"},
        {"u32", "1000", "4294967296000"},
        {"i32", "0.001", "-2147483.649"},
        {"u64", "1", "18446744073709551616"},
        {"u64", "1", "18446744073709551617"},
        {"i64", "1", "9223372036854775808"},
        {"i64", "1", "-9223372036854775809"},
        {"i64", "1", "170141183460469231731687303715884105728"},
        {"u64", "0.0000000001", "1844674407.3709551616"},
        {"u64", "1", "1e38"},
        {"u64", "1", "1e39"},
        {"u64", "1", "-1e400"},
        {"u64", "1", "1e99999999999999999999"},
        {"f16", "1", "65520"},
        {"f32", "1", "3.4028235677973367e38"},
        {"f64", "1", "-1.797693134862315808e308"},
        {"f64", "1", "1e99999999999999999999"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fixture fixture;
        char yaml[1024], json[128];
        snprintf(yaml, sizeof(yaml),
                 HEAD "messages:\n  report:\n    fields:\n      - {name: a, type: %s, "
                      "scale: %s}\n",
                 rows[i].type, rows[i].scale);
        snprintf(json, sizeof(json), "{\"a\":%s}", rows[i].value);
        fixture_open(&fixture, yaml);
        expect_encode_error(&fixture, json, DGM_RANGE, rows[i].value, "a");
        fixture_close(&fixture);
    }
}
END_TEST

/* All that are finite, as arrays, there and back; test_shortest.c proves their texts. */
START_TEST(every_half_comes_back)
{
    static char text[TEXT_SIZE];
    static uint8_t frame[FRAME_SIZE], back[FRAME_SIZE];
    struct fixture fixture;
    fixture_open(&fixture, HEAD WIRE "messages:\n  report:\n    fields:\n"
                                     "      - {name: a, type: f16, repeat: rest}\n");
    for (uint32_t first = 0; first < 0x10000; first += BATCH) {
        size_t length = 0;
        for (uint32_t bits = first; bits < first + BATCH; bits++) {
            if ((bits & 0x7C00) == 0x7C00)
                continue;
            frame[length++] = (uint8_t)(bits >> 8);
            frame[length++] = (uint8_t)bits;
        }
        ck_assert_int_eq(dgm_decode(fixture.codec, &fixture.call, frame, length, text,
                                    sizeof(text), &fixture.outcome, NULL),
                         DGM_OK);
        ck_assert_int_eq(dgm_encode(fixture.codec, &fixture.call, text,
                                    fixture.outcome.length, back, sizeof(back),
                                    &fixture.outcome, NULL),
                         DGM_OK);
        ck_assert_uint_eq(fixture.outcome.length, length);
        ck_assert_mem_eq(back, frame, length);
    }
    fixture_close(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact");
    TCase *tcase = tcase_create("exact");
    tcase_set_timeout(tcase, 0);
    tcase_add_loop_test(tcase, narrow_raws_scale_exactly, 0, SCALINGS);
    tcase_add_loop_test(tcase, wide_raws_scale_exactly, 0, SCALINGS);
    tcase_add_test(tcase, what_overflows_is_refused);
    tcase_add_test(tcase, every_half_comes_back);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
