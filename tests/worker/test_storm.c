/* SPDX-License-Identifier: MIT */
/*
 * Many ends of processes among many frames: each end is told at its frame, and all other
 * frames are there and right. DRAGOMAN_STORM says how many ends, DRAGOMAN_STORM_SEED
 * where chance begins. Prints how long restarts took, which is not judged: it is a matter
 * of the machine and what else it does.
 */
#include "desk.h"
#include "unruly.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ENDS = 200,
    DEADLINE_MS = 400, /* long enough for a busy machine, short enough to hang often */
    HANG_EVERY = 20,
    NEIGHBOURS = 4, /* most between two ends */
    DATA = 380,
    SLOW_NS = 10000000
};

static struct desk desk;
static uint64_t chance;
static unsigned long slow; /* restarts that took more than 10 ms */

static unsigned draw(unsigned below)
{
    chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(chance >> 33) % below;
}

static unsigned long setting(const char *name, unsigned long otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoul(text, NULL, 10);
}

static const struct {
    unsigned deed;
    enum dgm_status status;
} ends[] = {
    {DEED_CRASH, DGM_WORKER_CRASH},         {DEED_ABORT, DGM_WORKER_CRASH},
    {DEED_OVERFLOW, DGM_WORKER_CRASH},      {DEED_EXIT, DGM_WORKER_CRASH},
    {DEED_OPEN, DGM_WORKER_SANDBOX},        {DEED_SOCKET, DGM_WORKER_SANDBOX},
    {DEED_FORK, DGM_WORKER_SANDBOX},        {DEED_FLOOD, DGM_WORKER_ANSWER},
    {DEED_BAD_LENGTHS, DGM_WORKER_ANSWER},  {DEED_BIG_MESSAGE, DGM_WORKER_ANSWER},
    {DEED_OTHER_NUMBER, DGM_WORKER_ANSWER},
};

static void inject(unsigned long number)
{
    size_t which = draw(sizeof(ends) / sizeof(ends[0]));
    bool hang = number % HANG_EVERY == HANG_EVERY - 1;
    unsigned deed = hang ? (unsigned)DEED_HANG : ends[which].deed;
    enum dgm_status expected = hang ? DGM_WORKER_DEADLINE : ends[which].status;
    enum dgm_status status = desk_do(&desk, deed);
    ck_assert_msg(status == expected, "end %lu, deed 0x%02x: %s: %s", number, deed,
                  dgm_status_id(status),
                  desk.error.detail == NULL ? "" : desk.error.detail);
    slow += desk_stats(&desk).restart_ns > SLOW_NS ? 1 : 0;
}

/* A frame of any length, by the way: one in eight needs no hook. */
static void neighbour(unsigned long number)
{
    uint8_t frame[2 + DATA] = {0x01, DEED_ECHO};
    char expected[DESK_TEXT];
    size_t length = draw(DATA + 1);
    size_t at = 0;
    if (draw(8) == 0) {
        frame[0] = 0x02;
        frame[1] = (uint8_t)draw(256);
        (void)snprintf(expected, sizeof(expected), "{\"Plain\":{\"what\":%u}}", frame[1]);
        length = 0;
    } else {
        at = (size_t)snprintf(expected, sizeof(expected),
                              "{\"Plain\":{\"what\":0,\"data\":\"");
        for (size_t i = 0; i < length; i++) {
            frame[2 + i] = (uint8_t)draw(256);
            at += (size_t)snprintf(expected + at, sizeof(expected) - at, "%02x",
                                   frame[2 + i]);
        }
        (void)snprintf(expected + at, sizeof(expected) - at, "\"}}");
    }
    enum dgm_status status = desk_decode(&desk, frame, 2 + length);
    ck_assert_msg(status == DGM_OK, "behind end %lu: %s: %s", number,
                  dgm_status_id(status),
                  desk.error.detail == NULL ? "" : desk.error.detail);
    ck_assert_str_eq(desk.text, expected);
}

static size_t count_files(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    ck_assert_ptr_nonnull(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    (void)closedir(folder);
    return count;
}

START_TEST(neighbours_of_ends_are_all_there)
{
    unsigned long count = setting("DRAGOMAN_STORM", ENDS), frames = 0;
    struct dgm_worker_options options = desk_options();
    chance = setting("DRAGOMAN_STORM_SEED", 1);
    options.deadline_ms = DEADLINE_MS;
    desk_open(&desk, "unruly", &options);
    size_t files = count_files();
    for (unsigned long i = 0; i < count; i++) {
        unsigned between = draw(NEIGHBOURS + 1);
        inject(i);
        for (unsigned k = 0; k < between; k++) {
            neighbour(i);
            frames++;
        }
    }
    neighbour(count);
    ck_assert_uint_eq(count_files(), files);
    struct dgm_worker_stats stats = desk_stats(&desk);
    ck_assert_uint_eq(
        stats.crashes + stats.timeouts + stats.violations + stats.bad_answers, count);
    ck_assert_uint_eq(stats.restarts, count);
    (void)fprintf(stderr, "%lu ends, %lu frames between them\n", count, frames + 1);
    (void)fprintf(stderr,
                  "restarts: mean %.2f ms, longest %.2f ms, %lu of them above 10 ms\n",
                  (double)stats.restarts_ns / 1e6 / (double)stats.restarts,
                  (double)stats.longest_restart_ns / 1e6, slow);
    /* Some on a busy machine, but not what a restart takes. */
    ck_assert_uint_lt(slow, count / 2);
    desk_close(&desk);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("storm");
    TCase *cases = tcase_create("storm");
    tcase_set_timeout(cases, 0);
    tcase_add_test(cases, neighbours_of_ends_are_all_there);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
