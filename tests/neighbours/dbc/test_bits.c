/* SPDX-License-Identifier: MIT */
/*
 * Signals of every start, size, order and sign, and random messages of many of them, are
 * read here once more, bit by bit as the format is defined: an Intel signal goes up from
 * its start bit; a Motorola one goes down from it, to the top bit of the next byte behind
 * the low one of each.
 */
#include "bus.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct signal {
    unsigned start, size;
    bool is_big, is_signed;
};

enum { FRAMES = 4, SIGNALS = 14 };

/* The place of each bit, the lowest first. False if one lies behind the message. */
static bool find_places(const struct signal *signal, unsigned bytes, unsigned *places)
{
    unsigned place = signal->start;
    for (unsigned i = 0; i < signal->size; i++) {
        if (place >= bytes * 8) {
            return false;
        }
        places[signal->is_big ? signal->size - 1 - i : i] = place;
        place = !signal->is_big ? place + 1 : place % 8 == 0 ? place + 15 : place - 1;
    }
    return true;
}

static int64_t read_signal(const struct signal *signal, const uint8_t *frame)
{
    unsigned places[64];
    uint64_t value = 0;
    (void)find_places(signal, BUS_FRAME, places);
    for (unsigned i = 0; i < signal->size; i++) {
        value |= (uint64_t)(frame[places[i] / 8] >> places[i] % 8 & 1) << i;
    }
    if (signal->is_signed && signal->size < 64 && (value >> (signal->size - 1) & 1)) {
        value |= UINT64_MAX << signal->size;
    }
    return (int64_t)value;
}

/* The bits of the frame that the signal does not have become 0. */
static void add_mask(const struct signal *signal, uint8_t *mask)
{
    unsigned places[64];
    (void)find_places(signal, BUS_FRAME, places);
    for (unsigned i = 0; i < signal->size; i++) {
        mask[places[i] / 8] |= (uint8_t)(1u << places[i] % 8);
    }
}

static void print_member(char *text, size_t size, const char *name,
                         const struct signal *signal, const uint8_t *frame)
{
    int64_t value = read_signal(signal, frame);
    if (signal->is_signed) {
        snprintf(text, size, "\"%s\":%" PRId64, name, value);
    } else {
        snprintf(text, size, "\"%s\":%" PRIu64, name, (uint64_t)value);
    }
}

static void fill(uint64_t *random, uint8_t *frame, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        frame[i] = (uint8_t)bus_random(random);
    }
}

static void print_signal(FILE *file, const char *name, const struct signal *signal)
{
    fprintf(file, " SG_ %s : %u|%u@%d%c (1,0) [0|0] \"\" X\n", name, signal->start,
            signal->size, signal->is_big ? 0 : 1, signal->is_signed ? '-' : '+');
}

/* There are more signals than identifiers of 11 bits. */
#define EXTENDED 0x80000000u

static void check_one(struct bus *bus, uint32_t id, const struct signal *signal,
                      uint64_t *random)
{
    for (int i = 0; i < FRAMES; i++) {
        uint8_t frame[8], mask[8] = {0};
        char expected[64];
        expected[0] = '{';
        fill(random, frame, sizeof(frame));
        char name[16];
        snprintf(name, sizeof(name), "s%u", id);
        print_member(expected + 1, sizeof(expected) - 2, name, signal, frame);
        strcat(expected, "}");
        ck_assert_int_eq(bus_decode(bus, id | EXTENDED, frame, sizeof(frame)), DGM_OK);
        ck_assert_str_eq(bus->json, expected);
        ck_assert_int_eq(bus_encode(bus, expected), DGM_OK);
        ck_assert_uint_eq(bus->frame_length, sizeof(frame));
        add_mask(signal, mask);
        for (size_t j = 0; j < sizeof(frame); j++) {
            ck_assert_uint_eq(bus->frame[j], frame[j] & mask[j]);
        }
    }
}

/* Every signal of one order and sign that fits 8 bytes, in files of some hundred. */
START_TEST(reads_every_signal_there_can_be)
{
    static struct signal signals[64 * 64];
    unsigned count = 0, places[64];
    uint64_t random = 1;
    for (unsigned start = 0; start < 64; start++) {
        for (unsigned size = 1; size <= 64; size++) {
            struct signal signal = {start, size, _i / 2 == 1, _i % 2 == 1};
            if (find_places(&signal, 8, places)) {
                signals[count++] = signal;
            }
        }
    }
    ck_assert_uint_eq(count, 64 * 65 / 2);
    for (unsigned from = 0; from < count; from += 520) {
        static struct bus bus;
        char *text = NULL;
        size_t length = 0;
        FILE *file = open_memstream(&text, &length);
        for (unsigned i = from; i < from + 520; i++) {
            char name[16];
            snprintf(name, sizeof(name), "s%u", i);
            fprintf(file, "BO_ %u M%u: 8 X\n", i | EXTENDED, i);
            print_signal(file, name, &signals[i]);
        }
        fclose(file);
        bus_open(&bus, text);
        ck_assert_uint_eq(bus.warnings, 0);
        for (unsigned i = from; i < from + 520; i++) {
            check_one(&bus, i, &signals[i], &random);
        }
        bus_close(&bus);
        free(text);
    }
}
END_TEST

/* A message of random signals; with `apart` they share no bits. */
struct message {
    unsigned bytes, count;
    struct signal signals[SIGNALS];
};

static bool is_free(const struct message *message, const struct signal *signal)
{
    uint8_t used[BUS_FRAME] = {0};
    unsigned places[64];
    for (unsigned i = 0; i < message->count; i++) {
        add_mask(&message->signals[i], used);
    }
    (void)find_places(signal, BUS_FRAME, places);
    for (unsigned i = 0; i < signal->size; i++) {
        if ((used[places[i] / 8] >> places[i] % 8 & 1) != 0) {
            return false;
        }
    }
    return true;
}

static void draw(uint64_t *random, bool apart, struct message *ret)
{
    static const unsigned sizes[] = {8, 8, 8, 8, 2, 5, 12, 64, 64, 100};
    ret->bytes = sizes[bus_random(random) % 10];
    ret->count = 0;
    for (int tried = 0; tried < 40 && ret->count < SIGNALS; tried++) {
        unsigned places[64];
        struct signal signal = {(unsigned)(bus_random(random) % (ret->bytes * 8)),
                                1 + (unsigned)(bus_random(random) % 64), false, false};
        signal.size = bus_random(random) % 2 ? signal.size : 1 + signal.size % 12;
        signal.is_big = bus_random(random) % 2;
        signal.is_signed = bus_random(random) % 2;
        if (find_places(&signal, ret->bytes, places) &&
            (!apart || is_free(ret, &signal))) {
            ret->signals[ret->count++] = signal;
        }
    }
}

static void check_message(struct bus *bus, const struct message *message,
                          uint64_t *random)
{
    for (int i = 0; i < FRAMES; i++) {
        uint8_t frame[BUS_FRAME], mask[BUS_FRAME] = {0};
        char json[BUS_JSON];
        fill(random, frame, message->bytes);
        ck_assert_int_eq(bus_decode(bus, 7, frame, message->bytes), DGM_OK);
        strcpy(json, bus->json);
        size_t length = 2; /* braces */
        for (unsigned j = 0; j < message->count; j++) {
            char name[16], member[64];
            snprintf(name, sizeof(name), "s%u", j);
            print_member(member, sizeof(member), name, &message->signals[j], frame);
            const char *found = strstr(json, member);
            ck_assert_msg(found != NULL && strchr(",}", found[strlen(member)]) != NULL,
                          "%s not in %s", member, json);
            length += strlen(member) + (j > 0);
            add_mask(&message->signals[j], mask);
        }
        ck_assert_uint_eq(strlen(json), length);
        ck_assert_int_eq(bus_encode(bus, json), DGM_OK);
        ck_assert_uint_eq(bus->frame_length, message->bytes);
        for (unsigned j = 0; j < message->bytes; j++) {
            ck_assert_uint_eq(bus->frame[j], frame[j] & mask[j]);
        }
    }
}

static void check_file(const struct message *message, uint64_t *random)
{
    static struct bus bus;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    fprintf(file, "BO_ 7 M: %u X\n", message->bytes);
    for (unsigned j = 0; j < message->count; j++) {
        char name[16];
        snprintf(name, sizeof(name), "s%u", j);
        print_signal(file, name, &message->signals[j]);
    }
    fclose(file);
    bus_open(&bus, text);
    ck_assert_msg(bus.warnings == 0, "%s\n%s", bus.notes, text);
    check_message(&bus, message, random);
    uint8_t frame[BUS_FRAME] = {0};
    ck_assert_int_eq(bus_decode(&bus, 7, frame, message->bytes - 1), DGM_TRUNCATED);
    ck_assert_int_eq(bus_decode(&bus, 8, frame, message->bytes), DGM_NO_MESSAGE);
    bus_close(&bus);
    free(text);
}

START_TEST(reads_messages_of_signals_in_both_orders)
{
    bool apart = _i == 0;
    uint64_t random = 2;
    for (int i = 0; i < 1000; i++) {
        struct message message;
        draw(&random, apart, &message);
        if (message.count > 0) {
            check_file(&message, &random);
        }
    }
}
END_TEST

/* Signals that hold a hundred bytes together, which no bit group has. */
START_TEST(reads_signals_beyond_the_longest_group)
{
    uint64_t random = 4;
    struct message message = {100, 13, {{0, 0, false, false}}};
    for (unsigned i = 0; i < message.count; i++) {
        unsigned place = i * 61 + 4;
        bool is_big = _i == 0 || (_i == 2 && i % 2 == 0);
        unsigned start = is_big ? place / 8 * 8 + 7 - place % 8 : place;
        message.signals[i] = (struct signal){start, 61, is_big, i % 3 == 0};
    }
    check_file(&message, &random);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("bits");
    tcase_set_timeout(tests, 100);
    tcase_add_loop_test(tests, reads_every_signal_there_can_be, 0, 4);
    tcase_add_loop_test(tests, reads_messages_of_signals_in_both_orders, 0, 2);
    tcase_add_loop_test(tests, reads_signals_beyond_the_longest_group, 0, 3);
    Suite *suite = suite_create("dbc-bits");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
