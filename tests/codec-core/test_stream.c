/* SPDX-License-Identifier: MIT */
/*
 * Frames out of a stream: the same ones however the bytes are cut into pieces, with noise
 * between them, and in memory of the promised size.
 */
#include <check.h>
#include <dragoman/stream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/fixture.h"
#include "../support/guard.h"

#define REPORT                                                                           \
    "messages:\n"                                                                        \
    "  report:\n"                                                                        \
    "    fields: [{name: data, type: bytes(rest), as: hex}]\n"

enum { BYTES_MAX = 512, TEXT_MAX = 2048 };

static const char slip[] =
    HEAD "wire: {frame_limit: 8, framing: {escape: slip}}\n" REPORT;
static const char cobs[] =
    HEAD "wire: {frame_limit: 8, framing: {escape: cobs}}\n" REPORT;
static const char flags[] = HEAD "wire:\n"
                                 "  frame_limit: 8\n"
                                 "  framing: {start: \"7E\", end: \"7E\",\n"
                                 "            escape: {0x7E: \"7D 02\", 0x7D: \"7D "
                                 "01\"}}\n" REPORT;
static const char ends[] =
    HEAD "wire: {frame_limit: 8, framing: {start: \"AA 55\", end: \"0D 0A\"}}\n" REPORT;
/* The length counts what stands behind it: one less than two bytes of the frame. */
static const char lengths[] = HEAD "wire:\n"
                                   "  frame_limit: 8\n"
                                   "  framing: {start: \"68\", end: \"16\",\n"
                                   "            length: {at: 1, type: u8, add: 2}}\n"
                                   "  header: [{length_of: frame, type: u8, offset: 0}]\n"
                                   "messages:\n"
                                   "  report:\n"
                                   "    fields: [{name: data, type: bytes(rest), as: "
                                   "hex}]\n";
static const char bare[] =
    HEAD "wire:\n"
         "  frame_limit: 8\n"
         "  framing: {length: {at: 0, type: u8, add: 1}, gap: 20}\n"
         "messages:\n"
         "  report:\n"
         "    fields: [{local: n, type: u8}, {name: data, type: "
         "bytes(n), as: hex}]\n";
static const char gaps[] = HEAD "wire: {frame_limit: 4, framing: {gap: 5}}\n" REPORT;

static const char false_starts[] =
    HEAD "wire:\n"
         "  frame_limit: 32000\n"
         "  framing: {start: \"AA\", end: \"0D\",\n"
         "            escape: {0x0D: \"7D 02\", 0x7D: \"7D 01\"}}\n" REPORT;

/* "/" in the bytes is a silence. What comes out: frames, each after "+noise" if some
 * bytes before it belong to none; the noise at the end. */
static const struct {
    const char *name, *yaml, *bytes, *frames;
} streams[] = {
    {"slip, frames side by side", slip, "0102C0 DBDCC0", "0102C0 DBDCC0"},
    {"slip, also an end in front", slip, "C0C00102C0C003C0", "0102C0 03C0"},
    {"slip, a bad escape costs the frame", slip, "01DB02C0 0304C0", "+4 0304C0"},
    {"slip, no end at all", slip, "0102030405", "+5"},
    {"slip, too long", slip, "0102030405060708090A0B0C0D0E0F101112C0 0102C0",
     "+19 0102C0"},
    {"cobs", cobs, "03111200 0101010100 00 020500", "03111200 0101010100 020500"},
    {"cobs, a block beyond the end", cobs, "09111200 020500", "+4 020500"},
    {"flags shared by two frames", flags, "7E01027E037E", "7E01027E 7E037E"},
    {"flags of their own", flags, "7E01027E 7E7D027E", "7E01027E 7E7D027E"},
    {"flags, half a frame first", flags, "01027E 7E037E", "+2 7E037E"},
    {"flags, a lost end", flags, "7E0102 7E037E", "7E01027E 7E037E"},
    {"flags, a bad escape", flags, "7E017D037E 047E", "+4 7E047E"},
    {"start and end", ends, "AA550102 0D0A FFAA AA5503 0D0A",
     "AA5501020D0A +2 AA55030D0A"},
    {"start and end, a false start", ends, "AA55AA5503 0D0A", "AA55AA55030D0A"},
    {"start and end, an empty one", ends, "AA550D0AAA55030D0A", "AA55030D0A"},
    {"start and end, escapes, false starts", false_starts, "AA017D AAAA7D010D AA020D",
     "+3 AAAA7D010D AA020D"},
    {"start and end, escapes, false starts only", false_starts,
     "AA01AAAA7D0D 0D AA0D 02AA030D", "+8 AA030D"},
    {"length", lengths, "68020116 6803010216", "68020116 6803010216"},
    {"length, noise that looks like a start", lengths, "6809 68020116", "+2 68020116"},
    {"length, a wrong one", lengths, "68FF 68020116", "+2 68020116"},
    {"length, a wrong end", lengths, "68020117 68020116", "+4 68020116"},
    {"length alone", bare, "020102 00 0103", "020102 00 0103"},
    {"length alone, cut off by silence", bare, "0501 / 0103", "+2 0103"},
    {"silence alone", gaps, "0102 / 03 / / 040506", "0102 03 040506"},
    {"silence alone, too long for a frame", gaps, "0102030405 / 06", "+5 06"},
};

static struct fixture fixture;
static struct guarded memory;
static struct dgm_stream *stream;
static char seen[TEXT_MAX];

static void open_stream(const char *yaml)
{
    fixture_open(&fixture, yaml);
    size_t size = dgm_stream_size(fixture.codec);
    ck_assert_uint_gt(size, 0);
    size = (size + 7) / 8 * 8; /* so that it ends at the forbidden page, and is aligned */
    memory = guarded_new(NULL, size);
    ck_assert_int_eq(dgm_stream_open(fixture.codec, memory.bytes, size, &stream), DGM_OK);
}

static void close_stream(void)
{
    guarded_free(&memory);
    fixture_close(&fixture);
}

static void note(const char *format, uint64_t number)
{
    size_t length = strlen(seen);
    ck_assert_uint_lt(length + 32, sizeof(seen));
    sprintf(seen + length, format, (unsigned long long)number);
}

static void note_frame(const struct dgm_stream_frame *frame)
{
    if (frame->skipped > 0)
        note("+%llu ", frame->skipped);
    for (size_t i = 0; i < frame->length; i++)
        note("%02llX", frame->bytes[i]);
    strcat(seen, " ");
}

static void flush(void)
{
    struct dgm_stream_frame frame;
    while (dgm_stream_flush(stream, &frame) == DGM_OK)
        note_frame(&frame);
    if (frame.skipped > 0)
        note("+%llu ", frame.skipped);
}

static void feed(const uint8_t *bytes, size_t count)
{
    struct dgm_stream_frame frame;
    size_t taken = 0;
    while (dgm_stream_feed(stream, bytes, count, &taken, &frame) == DGM_OK) {
        note_frame(&frame);
        bytes += taken;
        count -= taken;
    }
    ck_assert_uint_eq(taken, count);
}

/* Feed the text between silences, cut at every multiple of `step` from `first` on. */
static void run(const char *text, size_t first, size_t step)
{
    char part[BYTES_MAX];
    uint8_t bytes[BYTES_MAX];
    seen[0] = '\0';
    while (*text != '\0') {
        size_t length = strcspn(text, "/");
        memcpy(part, text, length);
        part[length] = '\0';
        size_t count = hex_bytes(part, bytes, sizeof(bytes)), at = 0;
        size_t piece = first < count ? first : count;
        for (; at < count; at += piece, piece = step < count - at ? step : count - at)
            feed(bytes + at, piece);
        flush();
        text += length + (text[length] == '/');
    }
    size_t end = strlen(seen);
    if (end > 0)
        seen[end - 1] = '\0';
}

START_TEST(the_same_frames_come_out_however_they_are_cut)
{
    char whole[TEXT_MAX];
    open_stream(streams[_i].yaml);
    run(streams[_i].bytes, BYTES_MAX, BYTES_MAX);
    ck_assert_msg(strcmp(seen, streams[_i].frames) == 0, "%s: '%s', not '%s'",
                  streams[_i].name, seen, streams[_i].frames);
    strcpy(whole, seen);
    for (size_t first = 1; first < 24; first++) {
        run(streams[_i].bytes, first, BYTES_MAX);
        ck_assert_str_eq(seen, whole);
        run(streams[_i].bytes, first, 1);
        ck_assert_str_eq(seen, whole);
        run(streams[_i].bytes, first, 3);
        ck_assert_str_eq(seen, whole);
    }
    close_stream();
}
END_TEST

START_TEST(frames_decode_as_they_come)
{
    static const uint8_t bytes[] = {0x7E, 0x01, 0x7D, 0x02, 0x7E};
    struct dgm_stream_frame frame;
    struct dgm_outcome outcome;
    size_t taken;
    char text[64];
    open_stream(flags);
    ck_assert_int_eq(dgm_stream_feed(stream, bytes, sizeof(bytes), &taken, &frame),
                     DGM_OK);
    ck_assert_int_eq(dgm_decode(fixture.codec, &fixture.call, frame.bytes, frame.length,
                                text, sizeof(text), &outcome, NULL),
                     DGM_OK);
    ck_assert_mem_eq(text, "{\"data\":\"017e\"}", outcome.length);
    close_stream();
}
END_TEST

START_TEST(offsets_count_from_the_first_byte)
{
    static const uint8_t bytes[] = {0xFF, 0x68, 0x02, 0x01, 0x16, 0x68, 0x02, 0x05, 0x16};
    struct dgm_stream_frame frame;
    size_t taken;
    open_stream(lengths);
    ck_assert_int_eq(dgm_stream_feed(stream, bytes, sizeof(bytes), &taken, &frame),
                     DGM_OK);
    ck_assert_uint_eq(frame.offset, 1);
    ck_assert_int_eq(
        dgm_stream_feed(stream, bytes + taken, sizeof(bytes) - taken, &taken, &frame),
        DGM_OK);
    ck_assert_uint_eq(frame.offset, 5);
    close_stream();
}
END_TEST

START_TEST(what_cannot_be_cut_is_refused)
{
    struct dgm_stream *none = NULL;
    uint64_t room[64];
    fixture_open(&fixture, HEAD REPORT);
    ck_assert_uint_eq(dgm_stream_size(fixture.codec), 0);
    ck_assert_uint_eq(dgm_stream_gap(fixture.codec), 0);
    ck_assert_int_eq(dgm_stream_open(fixture.codec, room, sizeof(room), &none),
                     DGM_BAD_CALL);
    fixture_close(&fixture);
    fixture_open(&fixture, gaps);
    ck_assert_uint_eq(dgm_stream_gap(fixture.codec), 5);
    ck_assert_int_eq(dgm_stream_open(fixture.codec, room, 16, &none), DGM_NO_SPACE);
    fixture_close(&fixture);
}
END_TEST

/* Beginnings side by side, then a bad escape and the end, as often as there is room: each
 * byte is looked at a few times and not once for each beginning in front of it, which
 * would take minutes here. Behind them a frame. */
START_TEST(false_starts_do_not_add_up)
{
    enum { RUN = 60000, RUNS = 20 };
    static uint8_t bytes[RUN];
    struct dgm_stream_frame frame;
    size_t taken;
    open_stream(false_starts);
    memset(bytes, 0xAA, RUN);
    bytes[RUN - 2] = 0x7D;
    bytes[RUN - 1] = 0x0D;
    for (int i = 0; i < RUNS; i++)
        ck_assert_int_eq(dgm_stream_feed(stream, bytes, RUN, &taken, &frame),
                         DGM_NOTHING);
    const uint8_t last[] = {0xAA, 0x01, 0x0D};
    ck_assert_int_eq(dgm_stream_feed(stream, last, 3, &taken, &frame), DGM_OK);
    ck_assert_uint_eq(frame.offset, RUN * RUNS);
    ck_assert_uint_eq(frame.skipped, RUN * RUNS);
    close_stream();
}
END_TEST

/* Any bytes at all: nothing is touched behind the memory, and no byte is lost count of.
 */
START_TEST(noise_is_harmless)
{
    uint64_t state = 88172645463325252u + (uint64_t)_i, total = 0, counted = 0;
    open_stream(streams[_i].yaml);
    for (unsigned round = 0; round < 4000; round++) {
        uint8_t bytes[16];
        struct dgm_stream_frame frame;
        size_t count = round % sizeof(bytes), taken = 0;
        for (size_t i = 0; i < count; i++) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            bytes[i] = state % 3 == 0 ? 0x7E : state % 5 == 0 ? 0xC0 : (uint8_t)state;
        }
        total += count;
        for (size_t at = 0; at < count; at += taken)
            if (dgm_stream_feed(stream, bytes + at, count - at, &taken, &frame) == DGM_OK)
                counted = frame.offset + frame.length;
        ck_assert_uint_le(counted, total);
    }
    close_stream();
}
END_TEST

static enum dgm_status content_of(const uint8_t *frame, size_t length, uint8_t *content,
                                  size_t size, size_t *ret_length)
{
    return dgm_frame_content(fixture.codec, frame, length, content, size, ret_length);
}

START_TEST(the_content_is_what_stands_inside_the_framing)
{
    static const uint8_t plain[] = {0xC0, 0xDB, 0x05};
    uint8_t frame[] = {0xDB, 0xDC, 0xDB, 0xDD, 0x05, 0xC0}, content[6];
    size_t length = 99;
    fixture_open(&fixture, slip);
    ck_assert_int_eq(content_of(frame, 6, content, 6, &length), DGM_OK);
    ck_assert_uint_eq(length, 3);
    ck_assert_mem_eq(content, plain, 3);
    ck_assert_int_eq(content_of(frame, 6, frame, 6, &length), DGM_OK); /* in place */
    ck_assert_uint_eq(length, 3);
    ck_assert_mem_eq(frame, plain, 3);
    fixture_close(&fixture);
    fixture_open(&fixture, HEAD REPORT);
    ck_assert_int_eq(content_of(plain, 3, content, 6, &length), DGM_OK);
    ck_assert_uint_eq(length, 3);
    ck_assert_mem_eq(content, plain, 3);
    ck_assert_int_eq(content_of(NULL, 0, NULL, 0, &length), DGM_OK);
    ck_assert_uint_eq(length, 0);
    fixture_close(&fixture);
}
END_TEST

START_TEST(content_that_cannot_be_had_is_refused)
{
    static const uint8_t frame[] = {0xDB, 0x01, 0xC0};
    uint8_t content[3] = {7, 7, 7};
    size_t length = 99;
    fixture_open(&fixture, slip);
    ck_assert_int_eq(content_of(frame, 3, content, 3, &length), DGM_FRAMING);
    ck_assert_int_eq(content_of(frame, 2, content, 3, &length), DGM_FRAMING);
    ck_assert_int_eq(content_of(frame, 3, content, 2, &length), DGM_NO_SPACE);
    ck_assert_int_eq(content_of(NULL, 3, content, 3, &length), DGM_BAD_CALL);
    ck_assert_int_eq(content_of(frame, 3, NULL, 3, &length), DGM_BAD_CALL);
    ck_assert_int_eq(content_of(frame, 3, content, 3, NULL), DGM_BAD_CALL);
    ck_assert_int_eq(dgm_frame_content(NULL, frame, 3, content, 3, &length),
                     DGM_BAD_CALL);
    ck_assert_uint_eq(length, 99);
    fixture_close(&fixture);
}
END_TEST

int main(void)
{
    int count = (int)(sizeof(streams) / sizeof(streams[0]));
    Suite *suite = suite_create("stream");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, the_same_frames_come_out_however_they_are_cut, 0, count);
    tcase_add_loop_test(all, noise_is_harmless, 0, count);
    tcase_add_test(all, false_starts_do_not_add_up);
    tcase_add_test(all, frames_decode_as_they_come);
    tcase_add_test(all, offsets_count_from_the_first_byte);
    tcase_add_test(all, what_cannot_be_cut_is_refused);
    tcase_add_test(all, the_content_is_what_stands_inside_the_framing);
    tcase_add_test(all, content_that_cannot_be_had_is_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
