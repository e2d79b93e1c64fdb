/* SPDX-License-Identifier: MIT */
/*
 * Where the next frame begins in a piece that is none: what one walk from the end says is
 * what trying each place says. Pieces are made of few different bytes, so that delimiters
 * and halves of escapes stand everywhere.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "framing.h"

enum { PIECE_MAX = 900, BYTES = 300000 };

static const struct {
    const char *name;
    struct dgm_framing framing;
    uint8_t bytes[8]; /* that pieces are made of */
    size_t longest;
} kinds[] = {
    {"escapes",
     {.start = {0xAA},
      .end = {0x0D},
      .start_length = 1,
      .end_length = 1,
      .escape = DGM_FRAMING_PAIRS,
      .pair_count = 2,
      .content_max = 9,
      .pairs = {{0x0D, 2, {0x7D, 0x02}}, {0x7D, 2, {0x7D, 0x01}}}},
     {0xAA, 0xAA, 0x7D, 0x01, 0x02, 0x7D, 0xAA, 0x33},
     30},
    {"escapes within escapes",
     {.start = {0xAA, 0x7D},
      .end = {0x0D, 0x0A},
      .start_length = 2,
      .end_length = 2,
      .escape = DGM_FRAMING_PAIRS,
      .pair_count = 2,
      .content_max = 12,
      .pairs = {{0x7D, 2, {0x7D, 0x7D}}, {0x0D, 3, {0x7D, 0x01, 0x7D}}}},
     {0xAA, 0x7D, 0x7D, 0x7D, 0x01, 0xAA, 0x7D, 0x01},
     30},
    {"escapes, silence at the end",
     {.escape = DGM_FRAMING_PAIRS,
      .pair_count = 1,
      .content_max = 20,
      .pairs = {{0x7D, 3, {0x7D, 0x01, 0x02}}}},
     {0x7D, 0x01, 0x02, 0x7D, 0x01, 0x02, 0x33, 0x33},
     30},
    {"COBS behind a start",
     {.start = {0x02},
      .end = {0x00},
      .start_length = 1,
      .end_length = 1,
      .escape = DGM_FRAMING_COBS,
      .content_max = 15},
     {0x02, 0x01, 0x02, 0x03, 0x05, 0x02, 0x01, 0x00},
     30},
    {"COBS, long blocks",
     {.start = {0xFF},
      .end = {0x00},
      .start_length = 1,
      .end_length = 1,
      .escape = DGM_FRAMING_COBS,
      .content_max = 600},
     {0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
     PIECE_MAX},
    {"no escapes",
     {.start = {0xAA, 0xAA},
      .end = {0x0D},
      .start_length = 2,
      .end_length = 1,
      .content_max = 5},
     {0xAA, 0xAA, 0xAA, 0x33, 0xAA, 0xAA, 0xAA, 0xAA},
     30},
};

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state >> 8;
}

/* Does a frame, or an empty one, stand at this place? */
static bool stands(const struct dgm_framing *framing, const uint8_t *bytes, size_t length)
{
    struct content content;
    struct framing_fault fault;
    size_t ends = (size_t)framing->start_length + framing->end_length;
    return (length == ends &&
            memcmp(bytes, framing->start, framing->start_length) == 0) ||
           framing_remove(framing, bytes, length, NULL, framing->content_max, &content,
                          &fault) == DGM_OK;
}

static size_t try_each(const struct dgm_framing *framing, const uint8_t *bytes,
                       size_t length)
{
    size_t ends = (size_t)framing->start_length + framing->end_length, at = 1;
    while (at + ends <= length && !stands(framing, bytes + at, length - at))
        at++;
    return at;
}

START_TEST(one_walk_finds_what_trying_each_place_finds)
{
    const struct dgm_framing *framing = &kinds[_i].framing;
    size_t ends = (size_t)framing->start_length + framing->end_length, found = 0;
    size_t rounds = BYTES / kinds[_i].longest;
    for (size_t round = 0; round < rounds; round++) {
        size_t inside = 1 + next_random() % (kinds[_i].longest - ends);
        size_t length = inside + ends;
        uint8_t *bytes = malloc(length);
        ck_assert_ptr_nonnull(bytes);
        memcpy(bytes, framing->start, framing->start_length);
        for (size_t i = framing->start_length; i < length; i++)
            bytes[i] = kinds[_i].bytes[next_random() % 8];
        memcpy(bytes + length - framing->end_length, framing->end, framing->end_length);
        size_t expected = try_each(framing, bytes, length);
        ck_assert_msg(framing_seek(framing, bytes, length) == expected,
                      "%s, round %zu: not %zu", kinds[_i].name, round, expected);
        found += expected + ends <= length;
        free(bytes);
    }
    ck_assert_uint_gt(found, rounds / 20);
    ck_assert(found < rounds || ends == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seek");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, one_walk_finds_what_trying_each_place_finds, 0,
                        (int)(sizeof(kinds) / sizeof(kinds[0])));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
