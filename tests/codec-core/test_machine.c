/* SPDX-License-Identifier: MIT */
/* The expression machine: every operation, missing values, and its exact arithmetic. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

/* CONST n, digits 0 */
#define N(n)                                                                             \
    DGM_CODE_CONST, (uint8_t)(n), (uint8_t)((n) >> 8), (uint8_t)((n) < 0 ? 0xFF : 0),    \
        (uint8_t)((n) < 0 ? 0xFF : 0), (uint8_t)((n) < 0 ? 0xFF : 0),                    \
        (uint8_t)((n) < 0 ? 0xFF : 0), (uint8_t)((n) < 0 ? 0xFF : 0),                    \
        (uint8_t)((n) < 0 ? 0xFF : 0), 0
/* CONST n / 10 */
#define TENTHS(n) DGM_CODE_CONST, (n), 0, 0, 0, 0, 0, 0, 0, 1
#define MISSING DGM_CODE_MISSING

enum { IS_MISSING = -1 };

struct row {
    const char *name;
    uint8_t code[64];
    uint8_t length;
    int64_t mantissa; /* of the result */
    int digits;       /* IS_MISSING: the result is missing */
};

#define ROW(name, mantissa, digits, ...)                                                 \
    {                                                                                    \
        name, {__VA_ARGS__}, sizeof((uint8_t[]){__VA_ARGS__}), mantissa, digits          \
    }

static const struct row rows[] = {
    ROW("adds", 5, 0, N(2), N(3), DGM_CODE_ADD),
    ROW("adds decimals exactly", 3, 1, TENTHS(1), TENTHS(2), DGM_CODE_ADD),
    ROW("subtracts below zero", -1, 0, N(2), N(3), DGM_CODE_SUB),
    ROW("multiplies decimals", 6, 2, TENTHS(2), TENTHS(3), DGM_CODE_MUL),
    ROW("negates", -7, 0, N(7), DGM_CODE_NEG),
    ROW("divides exactly", 25, 1, N(5), N(2), DGM_CODE_DIV),
    ROW("does not divide by zero", 0, IS_MISSING, N(1), N(0), DGM_CODE_DIV),
    ROW("floors a negative quotient", -4, 0, N(-7), N(2), DGM_CODE_FLOOR_DIV),
    ROW("gives the remainder the divisor's sign", 1, 0, N(-7), N(2), DGM_CODE_MOD),
    ROW("has no remainder of zero", 0, IS_MISSING, N(7), N(0), DGM_CODE_MOD),
    ROW("takes remainders of decimals", 5, 1, TENTHS(25), N(1), DGM_CODE_MOD),
    ROW("masks", 0x10, 0, N(0x13), N(0x30), DGM_CODE_BIT_AND),
    ROW("joins bits", 0x33, 0, N(0x13), N(0x30), DGM_CODE_BIT_OR),
    ROW("flips bits", 0x23, 0, N(0x13), N(0x30), DGM_CODE_BIT_XOR),
    ROW("shifts left", 0x100, 0, N(1), N(8), DGM_CODE_SHL),
    ROW("shifts right towards minus infinity", -1, 0, N(-1), N(3), DGM_CODE_SHR),
    ROW("asks for a bit", 1, 0, N(8), N(3), DGM_CODE_BIT),
    ROW("finds a bit beyond the width clear", 0, 0, N(8), N(99), DGM_CODE_BIT),
    ROW("takes the smaller", 2, 0, N(3), N(2), DGM_CODE_MIN),
    ROW("takes the larger", 3, 0, N(3), N(2), DGM_CODE_MAX),
    ROW("takes the magnitude", 3, 0, N(-3), DGM_CODE_ABS),
    ROW("compares across digits", 1, 0, TENTHS(20), N(2), DGM_CODE_EQ),
    ROW("tells less", 1, 0, N(-1), N(0), DGM_CODE_LT),
    ROW("tells not less", 0, 0, N(0), N(0), DGM_CODE_LT),
    ROW("tells at least", 1, 0, N(0), N(0), DGM_CODE_GE),
    ROW("tells different", 1, 0, N(0), N(1), DGM_CODE_NE),
    ROW("finds a missing value unequal to all", 0, 0, MISSING, N(0), DGM_CODE_EQ),
    ROW("finds a missing value not different either", 0, 0, MISSING, N(0), DGM_CODE_NE),
    ROW("adds a missing value to a missing one", 0, IS_MISSING, MISSING, N(1),
        DGM_CODE_ADD),
    ROW("knows that a value is there", 1, 0, N(0), DGM_CODE_HAS),
    ROW("knows that it is not", 0, 0, MISSING, DGM_CODE_HAS),
    ROW("replaces a missing value", 9, 0, MISSING, N(9), DGM_CODE_OR_ELSE),
    ROW("keeps one that is there", 8, 0, N(8), N(9), DGM_CODE_OR_ELSE),
    ROW("chooses yes", 1, 0, DGM_CODE_TRUE, N(1), N(2), DGM_CODE_SELECT),
    ROW("chooses no", 2, 0, DGM_CODE_FALSE, N(1), N(2), DGM_CODE_SELECT),
    ROW("takes a missing condition for no", 2, 0, MISSING, N(1), N(2), DGM_CODE_SELECT),
    ROW("needs both", 0, 0, DGM_CODE_TRUE, DGM_CODE_FALSE, DGM_CODE_AND),
    ROW("needs one", 1, 0, DGM_CODE_TRUE, DGM_CODE_FALSE, DGM_CODE_OR),
    ROW("denies", 0, 0, DGM_CODE_TRUE, DGM_CODE_NOT),
    ROW("reads a slot", 77, 0, DGM_CODE_SLOT, 1, 0),
    ROW("reads an empty slot", 0, IS_MISSING, DGM_CODE_SLOT, 0, 0),
    ROW("knows its round", 3, 0, DGM_CODE_INDEX),
    ROW("knows the frame's length", 12, 0, DGM_CODE_FRAME_LENGTH),
    ROW("knows the channel", 2, 0, DGM_CODE_CHANNEL),
    ROW("knows the receive time", 1500, 3, DGM_CODE_RECEIVED),
    ROW("reads a byte of the request", 0xAB, 0, N(1), DGM_CODE_REQUEST_BYTE),
    ROW("finds no byte behind the request", 0, IS_MISSING, N(2), DGM_CODE_REQUEST_BYTE),
    ROW("finds no byte before the request", 0, IS_MISSING, N(-1), DGM_CODE_REQUEST_BYTE),
    ROW("knows the request's length", 2, 0, DGM_CODE_REQUEST_LENGTH),
    ROW("knows whether the request was valid", 1, 0, DGM_CODE_REQUEST_VALID),
    ROW("reads a slot of the request", 5, 0, DGM_CODE_REQUEST_SLOT, 0, 0),
    ROW("finds no slot beyond them", 0, IS_MISSING, DGM_CODE_REQUEST_SLOT, 9, 0),
    ROW("reads the envelope", 4, 0, DGM_CODE_ROLE, DGM_ROLE_MID),
    ROW("has no members on decode", 0, IS_MISSING, DGM_CODE_MEMBER, 0, 0),
};

static enum dgm_status run(const uint8_t *code, size_t length, struct value *ret)
{
    struct dgm_expr expr = {.at = 0, .length = (uint16_t)length};
    struct dgm_codec codec;
    struct dgm_call call = DGM_CALL_INIT;
    struct value slots[2] = {value_missing(), value_u64(77)};
    struct value roles[DGM_ROLE_COUNT], request_slots[1] = {value_u64(5)};
    struct machine machine;
    memset(&codec, 0, sizeof(codec));
    memset(roles, 0, sizeof(roles));
    memset(&machine, 0, sizeof(machine));
    roles[DGM_ROLE_MID] = value_u64(4);
    codec.exprs = &expr;
    codec.code = code;
    call.has_channel = true;
    call.channel = 2;
    call.has_received = true;
    call.received_ms = 1500;
    machine.codec = &codec;
    machine.call = &call;
    machine.slots = slots;
    machine.roles = roles;
    machine.index = 3;
    machine.frame_length = 12;
    machine.has_request = true;
    machine.request_valid = true;
    machine.request = (const uint8_t *)"\x01\xAB";
    machine.request_length = 2;
    machine.request_slots = request_slots;
    machine.request_slot_count = 1;
    return machine_run(&machine, 0, ret);
}

START_TEST(evaluates)
{
    const struct row *row = &rows[_i];
    struct value value;
    ck_assert_msg(run(row->code, row->length, &value) == DGM_OK, "%s", row->name);
    if (row->digits == IS_MISSING) {
        ck_assert_msg(value.kind == VALUE_MISSING, "%s", row->name);
        return;
    }
    struct number expected = {wide_from_i64(row->mantissa), (uint8_t)row->digits};
    ck_assert_msg(value.kind != VALUE_MISSING &&
                      number_compare(value.number, expected) == 0,
                  "%s", row->name);
}
END_TEST

START_TEST(calls_an_overflow_by_its_name)
{
    /* 2^63 three times multiplied leaves 128 bits. */
    static const uint8_t code[] = {N(1),         N(63), DGM_CODE_SHL,
                                   N(1),         N(63), DGM_CODE_SHL,
                                   DGM_CODE_MUL, N(4),  DGM_CODE_MUL};
    static const uint8_t wide_shift[] = {N(1), N(64), DGM_CODE_SHL};
    struct value value;
    ck_assert_int_eq(run(code, sizeof(code), &value), DGM_OVERFLOW);
    ck_assert_int_eq(run(wide_shift, sizeof(wide_shift), &value), DGM_OVERFLOW);
}
END_TEST

/* Values of all kinds, and at the ends of what a word holds. */
static size_t make_values(struct value *ret)
{
    static const int64_t numbers[] = {0,
                                      1,
                                      -1,
                                      2,
                                      5,
                                      20,
                                      62,
                                      63,
                                      64,
                                      1 << 30,
                                      (1 << 30) + 1,
                                      INT64_C(1) << 61,
                                      (INT64_C(1) << 61) + 1,
                                      INT64_MAX,
                                      INT64_MIN};
    size_t count = 0;
    ret[count++] = value_missing();
    ret[count++] = value_bool(false);
    ret[count++] = value_bool(true);
    ret[count++] = value_u64(UINT64_MAX);
    ret[count++] = value_float(0x3FF0000000000000u);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct number tenths = {wide_from_i64(numbers[i]), 1};
        ret[count++] = value_i64(numbers[i]);
        ret[count++] = value_number(tenths);
    }
    return count;
}

/* Is the quick answer, if there is one, that of the machine? */
static bool is_same(const uint8_t *code, size_t length, const struct value *slots,
                    unsigned *ret_known)
{
    struct dgm_expr expr = {.at = 0, .length = (uint16_t)length};
    struct dgm_codec codec;
    struct machine machine;
    struct quick_value quick;
    struct value value;
    memset(&codec, 0, sizeof(codec));
    memset(&machine, 0, sizeof(machine));
    codec.exprs = &expr;
    codec.code = code;
    machine.codec = &codec;
    machine.slots = slots;
    if (!machine_quick(&codec, slots, 0, &quick))
        return true;
    ++*ret_known;
    if (!machine_is_quick(&codec, 0) || machine_run(&machine, 0, &value) != DGM_OK ||
        value.kind != quick.kind)
        return false;
    return value.kind == VALUE_MISSING ||
           (value.number.digits == quick.digits &&
            wide_compare(value.number.mantissa, wide_from_i64(quick.number)) == 0);
}

START_TEST(gives_quick_answers_that_are_the_same)
{
    struct value values[64], slots[2];
    size_t count = make_values(values);
    unsigned known = 0, operands, pops, pushes;
    for (unsigned op = 0; op < 256; op++) {
        if (!machine_shape((uint8_t)op, &operands, &pops, &pushes) || pops == 0 ||
            pops == 3 || operands != 0 || op == DGM_CODE_REQUEST_BYTE)
            continue;
        for (size_t i = 0; i < count * count; i++) {
            const uint8_t both[] = {DGM_CODE_SLOT, 0, 0, DGM_CODE_SLOT, 1, 0,
                                    (uint8_t)op};
            const uint8_t one[] = {DGM_CODE_SLOT, 0, 0, (uint8_t)op};
            slots[0] = values[i / count];
            slots[1] = values[i % count];
            bool same = pops == 2 ? is_same(both, sizeof(both), slots, &known)
                                  : is_same(one, sizeof(one), slots, &known);
            ck_assert_msg(same, "operation %u of %zu and %zu", op, i / count, i % count);
        }
    }
    ck_assert_uint_gt(known, 1000);
}
END_TEST

/* Of the table's expressions, too, which have constants and choices. */
START_TEST(gives_quick_answers_to_whole_expressions)
{
    const struct value slots[2] = {value_missing(), value_u64(77)};
    unsigned known = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const uint8_t first = rows[i].code[0];
        if (first == DGM_CODE_CONST || first == DGM_CODE_SLOT || first == DGM_CODE_TRUE ||
            first == DGM_CODE_FALSE || first == DGM_CODE_MISSING)
            ck_assert_msg(is_same(rows[i].code, rows[i].length, slots, &known), "%s",
                          rows[i].name);
    }
    ck_assert_uint_gt(known, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("machine");
    TCase *tcase = tcase_create("machine");
    tcase_add_loop_test(tcase, evaluates, 0, (int)(sizeof(rows) / sizeof(rows[0])));
    tcase_add_test(tcase, calls_an_overflow_by_its_name);
    tcase_add_test(tcase, gives_quick_answers_that_are_the_same);
    tcase_add_test(tcase, gives_quick_answers_to_whole_expressions);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
