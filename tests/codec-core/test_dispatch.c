/* SPDX-License-Identifier: MIT */
/* The choice among many messages is the same as that of a look at each of them. */
#include <check.h>
#include <dragoman/profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "private.h"

#define HEAD                                                                             \
    "dragoman: 1\n"                                                                      \
    "product: {manufacturer_id: Acme, manufacturer_name: Acme, model: T1, device_type: " \
    "Meter,\n"                                                                           \
    "          protocol_type: CoAP}\n"                                                   \
    "messages:\n"

enum { TRIES = 20000 };

static struct dgm_profile *profile;
static const struct dgm_codec *codec;
static struct dgm_codec plain; /* the same without lists */
static void *memory;

/* The codec of what was compiled. */
static void open_codec(enum dgm_status status)
{
    size_t size;
    for (size_t i = 0; status != DGM_OK && dgm_profile_diagnostic(profile, i) != NULL;
         i++)
        fprintf(stderr, "%s\n", dgm_profile_diagnostic(profile, i)->text);
    ck_assert_int_eq(status, DGM_OK);
    const struct dgm_model *model = dgm_profile_model(profile, &size);
    size_t needed = dgm_codec_size(model, size);
    memory = malloc(needed);
    ck_assert_int_eq(dgm_codec_open(model, size, memory, needed, &codec, NULL), DGM_OK);
    plain = *codec;
    plain.dispatch.first = NULL;
}

static void open_text(const char *text)
{
    open_codec(dgm_profile_parse("test.yaml", text, strlen(text), &profile));
}

static void close_codec(void)
{
    free(memory);
    dgm_profile_close(profile);
}

static uint64_t state = 88172645463325252u;

static uint32_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16);
}

/* Frames that some message wants, and others, of any length, port and direction. Returns
 * how many different messages were found. */
static unsigned compare_choices(void)
{
    bool seen[256] = {false};
    unsigned count = 0;
    for (unsigned i = 0; i < TRIES; i++) {
        struct dgm_call call = DGM_CALL_INIT;
        uint8_t frame[8] = {0};
        size_t length = next_random() % (sizeof(frame) + 1);
        for (size_t k = 0; k < length; k++)
            frame[k] =
                (uint8_t)(next_random() % 3 == 0 ? next_random() : next_random() % 32);
        call.direction = (enum dgm_direction)(next_random() % 3);
        call.has_channel = next_random() % 4 != 0;
        call.channel = next_random() % 40;
        uint16_t found = dgm_identify(codec, &call, frame, length);
        /* One assertion a loop would cost a write to the runner each. */
        if (found != dgm_identify(&plain, &call, frame, length))
            ck_abort_msg("try %u: message %u", i, found);
        if (found != DGM_NONE && !seen[found]) {
            seen[found] = true;
            count++;
        }
    }
    return count;
}

/* Lines of messages, with the number of each for its %u. */
static char *repeated(char *at, const char *line, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        at += sprintf(at, line, i, i);
    return at;
}

static char yaml[65536];

static char *begin(void)
{
    strcpy(yaml, HEAD);
    return yaml + strlen(yaml);
}

START_TEST(by_a_byte)
{
    repeated(begin(), "  m%u: {fields: [{const: %u, type: u8}, {name: a, type: u8}]}\n",
             0, 30);
    open_text(yaml);
    ck_assert_ptr_nonnull(codec->dispatch.first);
    ck_assert_int_eq(codec->dispatch.kind, DGM_GUARD_BYTES);
    ck_assert_uint_eq(codec->dispatch.at, 0);
    ck_assert_uint_eq(compare_choices(), 30);
}
END_TEST

START_TEST(by_the_lower_byte_of_a_word)
{
    char *at = repeated(
        begin(), "  m%u: {fields: [{const: %u, type: u16}, {name: a, type: u8}]}\n", 0,
        20);
    strcpy(at, "  rest: {fallback: true, fields: [{name: all, type: bytes(rest)}]}\n");
    open_text(yaml);
    ck_assert_uint_eq(codec->dispatch.at, 1);
    ck_assert_uint_ge(compare_choices(), 20);
}
END_TEST

START_TEST(by_bits_of_a_byte)
{
    repeated(begin(),
             "  m%u: {fields: [{bits: u8, fields: [{const: %u, type: u4}, {name: a, "
             "type: u4}]}]}\n",
             0, 16);
    open_text(yaml);
    ck_assert_uint_eq(codec->dispatch.mask, 0xF0);
    ck_assert_uint_ge(compare_choices(), 3);
}
END_TEST

START_TEST(by_the_port)
{
    char *at = repeated(
        begin(), "  m%u: {match: {port: %u}, fields: [{name: a, type: u8}]}\n", 1, 20);
    strcpy(at, "  any: {match: {port: 21..30}, fields: [{name: a, type: u8}]}\n"
               "  two: {match: {port: [31, 33]}, fields: [{name: a, type: u8}]}\n"
               "  rest: {fallback: true, fields: [{name: all, type: bytes(rest)}]}\n");
    open_text(yaml);
    ck_assert_int_eq(codec->dispatch.kind, DGM_GUARD_CHANNEL);
    ck_assert_uint_eq(compare_choices(), 23);
}
END_TEST

START_TEST(by_the_length)
{
    char *at = begin();
    for (unsigned i = 0; i < 9; i++)
        at += sprintf(
            at, "  m%u: {match: {length: %u}, fields: [{name: a, type: bytes(%u)}]}\n", i,
            i, i);
    open_text(yaml);
    ck_assert_int_eq(codec->dispatch.kind, DGM_GUARD_LENGTH);
    ck_assert_uint_ge(compare_choices(), 8);
}
END_TEST

/* Some that the byte tells apart, some that it does not, and those behind all others. */
START_TEST(among_wide_and_narrow_ones)
{
    char *at =
        repeated(begin(),
                 "  m%u: {match: {port: 5}, fields: [{const: %u, type: u8}, {name: "
                 "a, type: u8}]}\n",
                 0, 9);
    at =
        repeated(at, "  n%u: {match: {port: %u}, fields: [{name: a, type: u8}]}\n", 1, 3);
    at =
        repeated(at,
                 "  o%u: {match: {port: [6, 7]}, fields: [{const: %u, type: u8}, {const: "
                 "1, type: u8}]}\n",
                 4, 9);
    strcpy(at,
           "  rest: {fallback: true, match: {port: 5}, fields: [{name: all, type: "
           "bytes(rest)}]}\n"
           "  late: {fallback: true, fields: [{const: 9, type: u8}, {name: all, type: "
           "bytes(rest)}]}\n");
    open_text(yaml);
    ck_assert_int_eq(codec->dispatch.kind, DGM_GUARD_BYTES);
    ck_assert_uint_ge(compare_choices(), 12);
}
END_TEST

START_TEST(few_messages_need_no_lists)
{
    size_t size;
    repeated(begin(), "  m%u: {fields: [{const: %u, type: u8}, {name: a, type: u8}]}\n",
             0, DISPATCH_FROM - 1);
    open_text(yaml);
    ck_assert_ptr_null(codec->dispatch.first);
    ck_assert_uint_eq(dgm_codec_size(dgm_profile_model(profile, &size), size),
                      (sizeof(struct dgm_codec) + 7) / 8 * 8);
    ck_assert_uint_eq(compare_choices(), DISPATCH_FROM - 1);
}
END_TEST

static char **profiles;

START_TEST(of_a_real_product)
{
    enum dgm_status status = dgm_profile_load(profiles[_i], &profile);
    memory = NULL;
    if (status == DGM_NOTHING) /* what profiles include has no table of its own */
        return;
    open_codec(status);
    (void)compare_choices();
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("dispatch");
    TCase *tcase = tcase_create("dispatch");
    profiles = argv + 1;
    tcase_set_timeout(tcase, 0);
    tcase_add_checked_fixture(tcase, NULL, close_codec);
    tcase_add_test(tcase, by_a_byte);
    tcase_add_test(tcase, by_the_lower_byte_of_a_word);
    tcase_add_test(tcase, by_bits_of_a_byte);
    tcase_add_test(tcase, by_the_port);
    tcase_add_test(tcase, by_the_length);
    tcase_add_test(tcase, among_wide_and_narrow_ones);
    tcase_add_test(tcase, few_messages_need_no_lists);
    tcase_add_loop_test(tcase, of_a_real_product, 0, argc - 1);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
