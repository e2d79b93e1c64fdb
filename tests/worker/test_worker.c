/* SPDX-License-Identifier: MIT */
/* A worker process that serves, and all the ways in which one ends: each costs its frame
 * and no other. */
#include "desk.h"
#include "unruly.h"

#include <dragoman/plugin_code.h>

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct desk desk;

static void setup(void)
{
    desk_open(&desk, "unruly", NULL);
}

static void teardown(void)
{
    desk_close(&desk);
}

/* The frame after a bad one is all right. */
static void expect_service(void)
{
    static const char expected[] = "{\"Plain\":{\"what\":0,\"data\":\"ab\"}}";
    enum dgm_status status = desk_do(&desk, DEED_ECHO);
    ck_assert_msg(status == DGM_OK, "%s: %s", dgm_status_id(status),
                  desk.error.detail == NULL ? "" : desk.error.detail);
    ck_assert_str_eq(desk.text, expected);
}

START_TEST(a_hook_runs_in_another_process)
{
    expect_service();
    ck_assert_uint_eq(dgm_worker_state_size(desk.worker), 8);
    ck_assert_uint_eq(desk_stats(&desk).runs, 1);
}
END_TEST

START_TEST(frames_without_a_hook_need_no_process)
{
    const uint8_t frame[] = {0x02, 7};
    ck_assert_int_eq(desk_decode(&desk, frame, sizeof(frame)), DGM_OK);
    ck_assert_str_eq(desk.text, "{\"Plain\":{\"what\":7}}");
    ck_assert_uint_eq(desk_stats(&desk).runs, 0);
}
END_TEST

START_TEST(encodes)
{
    static const char json[] = "{\"Plain\":{\"what\":0,\"data\":\"ab\"}}";
    const uint8_t expected[] = {0x01, 0x00, 0xAB};
    uint8_t frame[64];
    struct dgm_outcome outcome;
    desk.call.message = "report";
    desk.call.direction = DGM_DIRECTION_UP;
    enum dgm_status status =
        dgm_worker_encode(desk.worker, desk.codec, &desk.call, json, strlen(json), frame,
                          sizeof(frame), &outcome, &desk.error);
    ck_assert_int_eq(status, DGM_OK);
    ck_assert_uint_eq(outcome.length, sizeof(expected));
    ck_assert_mem_eq(frame, expected, sizeof(expected));
}
END_TEST

START_TEST(an_encoder_that_crashes_is_told)
{
    static const char json[] = "{\"Plain\":{\"what\":32,\"data\":\"ab\"}}";
    uint8_t frame[64];
    struct dgm_outcome outcome;
    desk.call.message = "report";
    desk.call.direction = DGM_DIRECTION_UP;
    ck_assert_int_eq(dgm_worker_encode(desk.worker, desk.codec, &desk.call, json,
                                       strlen(json), frame, sizeof(frame), &outcome,
                                       &desk.error),
                     DGM_WORKER_CRASH);
    desk.call.message = NULL;
    desk.call.direction = DGM_DIRECTION_AUTO;
    expect_service();
}
END_TEST

static const struct {
    unsigned deed;
    enum dgm_status status;
    const char *detail; /* a part of it */
} ends[] = {
    {DEED_CRASH, DGM_WORKER_CRASH, "SIGSEGV"},
    {DEED_ABORT, DGM_WORKER_CRASH, "SIGABRT"},
    {DEED_OVERFLOW, DGM_WORKER_CRASH, "SIGSEGV"},
    {DEED_EXIT, DGM_WORKER_CRASH, "ended by itself"},
    {DEED_OPEN, DGM_WORKER_SANDBOX, "openat"},
    {DEED_WRITE_FILE, DGM_WORKER_SANDBOX, "openat"},
    {DEED_SOCKET, DGM_WORKER_SANDBOX, "socket"},
    {DEED_FORK, DGM_WORKER_SANDBOX, "clone"},
    {DEED_EXEC, DGM_WORKER_SANDBOX, "execve"},
    {DEED_KILL, DGM_WORKER_SANDBOX, "kill"},
    {DEED_PROTECT, DGM_WORKER_SANDBOX, "mprotect"},
    {DEED_MAP, DGM_WORKER_SANDBOX, "mmap"},
    {DEED_PRCTL, DGM_WORKER_SANDBOX, "prctl"},
    {DEED_SIGNAL, DGM_WORKER_SANDBOX, "rt_sigaction"},
    {DEED_FLOOD, DGM_WORKER_ANSWER, "none"},
    {DEED_BIG_MESSAGE, DGM_WORKER_ANSWER, "none"},
    {DEED_OTHER_NUMBER, DGM_WORKER_ANSWER, "none"},
    {DEED_BAD_LENGTHS, DGM_WORKER_ANSWER, "none"},
    {DEED_HANG_UP, DGM_WORKER_SANDBOX, "close"},
};

START_TEST(an_end_of_the_process_costs_one_frame)
{
    expect_service();
    enum dgm_status status = desk_do(&desk, ends[_i].deed);
    ck_assert_msg(status == ends[_i].status, "deed 0x%02x: %s: %s", ends[_i].deed,
                  dgm_status_id(status),
                  desk.error.detail == NULL ? "" : desk.error.detail);
    ck_assert_int_eq(desk.error.status, status);
    ck_assert_msg(strstr(desk.error.detail, ends[_i].detail) != NULL, "deed 0x%02x: %s",
                  ends[_i].deed, desk.error.detail);
    expect_service();
    struct dgm_worker_stats stats = desk_stats(&desk);
    ck_assert_uint_eq(stats.restarts, 1);
    ck_assert_uint_eq(
        stats.crashes + stats.timeouts + stats.violations + stats.bad_answers, 1);
    ck_assert_int_ne(access(UNRULY_FILE, F_OK), 0);
}
END_TEST

static const struct {
    unsigned deed;
    enum dgm_status status;
    const char *detail;
} refusals[] = {
    {DEED_REFUSE, DGM_HOOK, "it does not like these bytes"},
    {DEED_BAD_STATUS, DGM_HOOK, "unruly"},
    {DEED_BAD_DETAIL, DGM_HOOK, "?[2J??\""},
    {DEED_LONG_OUTPUT, DGM_LIMIT, "unruly"},
    {DEED_MEMORY, DGM_HOOK, "no memory"},
};

START_TEST(a_hook_that_refuses_goes_on)
{
    enum dgm_status status = desk_do(&desk, refusals[_i].deed);
    ck_assert_msg(status == refusals[_i].status, "deed 0x%02x: %s", refusals[_i].deed,
                  dgm_status_id(status));
    ck_assert_str_eq(desk.error.detail, refusals[_i].detail);
    expect_service();
    ck_assert_uint_eq(desk_stats(&desk).restarts, 0);
}
END_TEST

static const unsigned hangs[] = {DEED_HANG, DEED_PRINT_ON};

START_TEST(a_hook_that_hangs_ends_at_its_deadline)
{
    struct dgm_worker_options options = desk_options();
    options.deadline_ms = 50;
    desk_close(&desk);
    desk_open(&desk, "unruly", &options);
    ck_assert_int_eq(desk_do(&desk, hangs[_i]), DGM_WORKER_DEADLINE);
    ck_assert_str_eq(desk.error.detail, "ended at its deadline");
    ck_assert_uint_eq(desk_stats(&desk).timeouts, 1);
    ck_assert_uint_eq(desk_stats(&desk).restarts, 1);
}
END_TEST

START_TEST(what_is_printed_goes_nowhere)
{
    desk_expect(&desk, DEED_PRINT, "");
}
END_TEST

START_TEST(the_process_knows_of_the_call_what_says_something_of_the_frame)
{
    desk.call.shape = DGM_SHAPE_PLAIN;
    desk.call.has_channel = true;
    desk.call.channel = 17;
    desk.call.has_received = true;
    desk.call.received_ms = 1700000000123;
    desk.call.topic = "a/b";
    desk.call.topic_length = 3;
    desk_expect(&desk, DEED_CONTEXT, "2 17 1700000000123 a/b");
}
END_TEST

START_TEST(a_topic_that_is_too_long_is_a_limit)
{
    static char topic[DGM_PLUGIN_CODE_TOPIC + 1];
    memset(topic, 'a', sizeof(topic));
    desk.call.topic = topic;
    desk.call.topic_length = sizeof(topic);
    ck_assert_int_eq(desk_do(&desk, DEED_ECHO), DGM_LIMIT);
    desk.call.topic_length = sizeof(topic) - 1;
    expect_service();
}
END_TEST

START_TEST(the_state_of_a_device_outlives_the_process)
{
    uint64_t first = 0, second = 40;
    desk.call.state = &first;
    desk_expect(&desk, DEED_COUNT, "1");
    desk_expect(&desk, DEED_COUNT, "2");
    desk.call.state = &second;
    desk_expect(&desk, DEED_COUNT, "41");
    desk_expect(&desk, DEED_REMEMBER, "1");
    desk_expect(&desk, DEED_REMEMBER, "2");
    ck_assert_int_eq(desk_do(&desk, DEED_SPOIL), DGM_HOOK);
    ck_assert_int_eq(desk_do(&desk, DEED_CRASH), DGM_WORKER_CRASH);
    desk_expect(&desk, DEED_REMEMBER, "1"); /* what the process kept is gone */
    desk_expect(&desk, DEED_COUNT, "42");
    desk.call.state = &first;
    desk_expect(&desk, DEED_COUNT, "3");
    desk.call.state = NULL;
    desk_expect(&desk, DEED_COUNT, "1");
    desk_expect(&desk, DEED_COUNT, "1");
}
END_TEST

/* The codec reads the frame once for each pass over the JSON. */
START_TEST(a_hook_sees_its_bytes_once)
{
    const uint8_t frame[] = {0x03, DEED_COUNT};
    uint64_t state = 0;
    desk.call.state = &state;
    ck_assert_int_eq(desk_decode(&desk, frame, sizeof(frame)), DGM_OK);
    ck_assert_str_eq(desk.text,
                     "{\"Plain\":{\"what\":1,\"data\":\"\"},\"Other\":{\"digit\":49}}");
    ck_assert_uint_eq(state, 1);
    ck_assert_uint_eq(desk_stats(&desk).runs, 1);
    ck_assert_int_eq(desk_decode(&desk, frame, sizeof(frame)), DGM_OK);
    ck_assert_uint_eq(state, 2);
}
END_TEST

START_TEST(settings_reach_every_process)
{
    struct dgm_worker_options options = desk_options();
    options.settings = "the key";
    options.settings_length = 7;
    desk_close(&desk);
    desk_open(&desk, "unruly", &options);
    desk_expect(&desk, DEED_SETTINGS, "the key");
    ck_assert_int_eq(desk_do(&desk, DEED_CRASH), DGM_WORKER_CRASH);
    desk_expect(&desk, DEED_SETTINGS, "the key");
}
END_TEST

/* With the hooks alone, for calls that are not made by the worker. */
START_TEST(the_hooks_serve_other_calls)
{
    const uint8_t good[] = {0x01, DEED_ECHO, 0xAB}, bad[] = {0x01, DEED_CRASH, 0xAB};
    struct dgm_outcome outcome;
    desk.call.hooks = dgm_worker_hooks(desk.worker, &desk.call.hook_count);
    ck_assert_uint_eq(desk.call.hook_count, 1);
    ck_assert_int_eq(dgm_decode(desk.codec, &desk.call, bad, sizeof(bad), desk.text,
                                DESK_TEXT, &outcome, &desk.error),
                     DGM_WORKER_CRASH);
    ck_assert_int_eq(dgm_decode(desk.codec, &desk.call, good, sizeof(good), desk.text,
                                DESK_TEXT, &outcome, &desk.error),
                     DGM_OK);
}
END_TEST

START_TEST(a_call_that_is_wrong_is_told_by_the_codec)
{
    desk.call.size = 4;
    ck_assert_int_eq(desk_do(&desk, DEED_ECHO), DGM_BAD_CALL);
    desk.call.size = sizeof(desk.call);
    desk.call.hooks = NULL;
    desk.call.hook_count = 3;
    ck_assert_int_eq(desk_do(&desk, DEED_ECHO), DGM_BAD_CALL);
}
END_TEST

static uint64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

START_TEST(crashes_in_a_row_are_answered_later_and_later_and_then_not_at_all)
{
    struct dgm_worker_options options = desk_options();
    options.backoff_ms = 200;
    options.backoff_most_ms = 500;
    options.crash_limit = 5;
    desk_close(&desk);
    desk_open(&desk, "unruly", &options);
    uint64_t begun = now_ms();
    for (unsigned i = 1; i <= 5; i++) {
        ck_assert_int_eq(desk_do(&desk, DEED_CRASH), DGM_WORKER_CRASH);
        ck_assert_uint_eq(desk_stats(&desk).crashes_in_a_row, i);
    }
    /* Behind the first crash none, then 200, 400, and 500 before the last. */
    ck_assert_uint_ge(now_ms() - begun, 1100);
    ck_assert(desk_stats(&desk).quarantined);
    ck_assert_int_eq(desk_do(&desk, DEED_ECHO), DGM_WORKER_QUARANTINE);
    ck_assert_str_eq(desk.error.detail, "ended by SIGSEGV");
    dgm_worker_release(desk.worker);
    expect_service();
    ck_assert(!desk_stats(&desk).quarantined);
}
END_TEST

START_TEST(an_answer_between_crashes_begins_anew)
{
    struct dgm_worker_options options = desk_options();
    options.crash_limit = 2;
    desk_close(&desk);
    desk_open(&desk, "unruly", &options);
    for (unsigned i = 0; i < 4; i++) {
        ck_assert_int_eq(desk_do(&desk, DEED_CRASH), DGM_WORKER_CRASH);
        expect_service();
    }
    ck_assert_uint_eq(desk_stats(&desk).crashes_in_a_row, 0);
}
END_TEST

START_TEST(without_a_spare_it_goes_on_as_well)
{
    struct dgm_worker_options options = desk_options();
    options.flags = DGM_WORKER_NO_SPARE;
    desk_close(&desk);
    desk_open(&desk, "unruly", &options);
    for (unsigned i = 0; i < 4; i++) {
        ck_assert_int_eq(desk_do(&desk, DEED_CRASH), DGM_WORKER_CRASH);
        expect_service();
    }
}
END_TEST

/* The children of this process, ended or not. */
static size_t count_children(pid_t *ret_first)
{
    char path[64], text[4096] = "";
    (void)snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return SIZE_MAX;
    }
    size_t length = fread(text, 1, sizeof(text) - 1, file), count = 0;
    (void)fclose(file);
    text[length] = '\0';
    *ret_first = (pid_t)strtol(text, NULL, 10);
    for (size_t i = 0; i < length; i++) {
        count += text[i] == ' ' ? 1 : 0;
    }
    return count;
}

/* One that somebody kills while there is nothing to do is no fault of the next frame. */
START_TEST(a_process_that_is_killed_while_idle_costs_no_frame)
{
    pid_t first = 0;
    if (count_children(&first) == SIZE_MAX) {
        return;
    }
    ck_assert_int_eq(kill(first, SIGKILL), 0);
    siginfo_t info;
    ck_assert_int_eq(waitid(P_PID, (id_t)first, &info, WEXITED | WNOWAIT), 0);
    expect_service();
    ck_assert_uint_eq(desk_stats(&desk).crashes, 1);
}
END_TEST

START_TEST(processor_time_is_renewed_between_frames)
{
    struct dgm_worker_options options = desk_options();
    options.cpu_seconds = 1;
    options.deadline_ms = 600;
    desk_close(&desk);
    desk_open(&desk, "unruly", &options);
    desk_expect(&desk, DEED_REMEMBER, "1");
    /* A hang would end it, so the work is done by many: half a second of it. */
    uint64_t begun = now_ms();
    while (now_ms() - begun < 5000 && desk_stats(&desk).restarts == 0) {
        for (int i = 0; i < 1000; i++) {
            ck_assert_int_eq(desk_do(&desk, DEED_ECHO), DGM_OK);
        }
    }
    ck_assert_uint_eq(desk_stats(&desk).restarts, 1);
    ck_assert_uint_eq(desk_stats(&desk).crashes, 0);
    desk_expect(&desk, DEED_REMEMBER, "1");
}
END_TEST

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

START_TEST(nothing_is_left_behind)
{
    pid_t first = 0;
    desk_close(&desk);
    size_t files = count_files();
    for (int round = 0; round < 3; round++) {
        setup();
        ck_assert_int_eq(desk_do(&desk, DEED_CRASH), DGM_WORKER_CRASH);
        expect_service();
        desk_close(&desk);
    }
    ck_assert_uint_eq(count_files(), files);
    size_t children = count_children(&first);
    ck_assert(children == 0 || children == SIZE_MAX);
}
END_TEST

/* A host that is killed takes its processes along, even those that hang. */
START_TEST(a_hook_that_hangs_dies_with_its_host)
{
    int ends_of_pipe[2];
    pid_t child = 0;
    char byte = 0;
    struct dgm_worker_options options = desk_options();
    options.deadline_ms = 60000;
    ck_assert_int_eq(pipe(ends_of_pipe), 0);
    pid_t host = fork();
    ck_assert_int_ge(host, 0);
    if (host == 0) {
        struct desk mine;
        desk_open(&mine, "unruly", &options);
        size_t count = count_children(&child);
        child = count == SIZE_MAX ? 0 : child;
        (void)!write(ends_of_pipe[1], &child, sizeof(child));
        (void)desk_do(&mine, DEED_HANG);
        _exit(0);
    }
    ck_assert_int_eq(read(ends_of_pipe[0], &child, sizeof(child)), sizeof(child));
    (void)usleep(20000);
    ck_assert_int_eq(kill(host, SIGKILL), 0);
    ck_assert_int_eq(waitpid(host, NULL, 0), host);
    for (int i = 0; child != 0 && kill(child, 0) == 0 && i < 500; i++) {
        char path[64], state = 'Z';
        (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
        FILE *file = fopen(path, "r");
        if (file != NULL) {
            (void)!fscanf(file, "%*d %*s %c", &state);
            (void)fclose(file);
        }
        if (state == 'Z') {
            child = 0; /* ended; whoever inherited it has not looked */
        }
        (void)usleep(10000);
    }
    ck_assert_msg(child == 0 || kill(child, 0) != 0, "the process lives on");
    (void)byte;
}
END_TEST

static void *work(void *seat)
{
    struct desk *own = seat;
    for (int i = 0; i < 300; i++) {
        uint8_t frame[] = {0x01, DEED_ECHO, (uint8_t)i, (uint8_t)(i >> 8)};
        char expected[128];
        (void)snprintf(expected, sizeof(expected),
                       "{\"Plain\":{\"what\":0,\"data\":\"%02x%02x\"}}", i & 255, i >> 8);
        bool crash = i % 50 == 7;
        enum dgm_status status =
            crash ? desk_do(own, DEED_CRASH) : desk_decode(own, frame, sizeof(frame));
        if (crash ? status != DGM_WORKER_CRASH
                  : status != DGM_OK || strcmp(own->text, expected) != 0) {
            return own->text;
        }
    }
    return NULL;
}

START_TEST(threads_share_a_worker)
{
    enum { THREADS = 4 };
    static struct desk seats[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        seats[i] = desk;
        seats[i].call.scratch = seats[i].scratch;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &seats[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *wrong = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
        ck_assert_msg(wrong == NULL, "thread %d: %s", i, (const char *)wrong);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("worker");
    TCase *cases = tcase_create("worker");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_hook_runs_in_another_process);
    tcase_add_test(cases, frames_without_a_hook_need_no_process);
    tcase_add_test(cases, encodes);
    tcase_add_test(cases, an_encoder_that_crashes_is_told);
    tcase_add_loop_test(cases, an_end_of_the_process_costs_one_frame, 0,
                        (int)(sizeof(ends) / sizeof(ends[0])));
    tcase_add_loop_test(cases, a_hook_that_refuses_goes_on, 0,
                        (int)(sizeof(refusals) / sizeof(refusals[0])));
    tcase_add_loop_test(cases, a_hook_that_hangs_ends_at_its_deadline, 0,
                        (int)(sizeof(hangs) / sizeof(hangs[0])));
    tcase_add_test(cases, what_is_printed_goes_nowhere);
    tcase_add_test(cases, the_process_knows_of_the_call_what_says_something_of_the_frame);
    tcase_add_test(cases, a_topic_that_is_too_long_is_a_limit);
    tcase_add_test(cases, the_state_of_a_device_outlives_the_process);
    tcase_add_test(cases, a_hook_sees_its_bytes_once);
    tcase_add_test(cases, settings_reach_every_process);
    tcase_add_test(cases, the_hooks_serve_other_calls);
    tcase_add_test(cases, a_call_that_is_wrong_is_told_by_the_codec);
    tcase_add_test(cases,
                   crashes_in_a_row_are_answered_later_and_later_and_then_not_at_all);
    tcase_add_test(cases, an_answer_between_crashes_begins_anew);
    tcase_add_test(cases, without_a_spare_it_goes_on_as_well);
    tcase_add_test(cases, a_process_that_is_killed_while_idle_costs_no_frame);
    tcase_add_test(cases, processor_time_is_renewed_between_frames);
    tcase_add_test(cases, nothing_is_left_behind);
    tcase_add_test(cases, a_hook_that_hangs_dies_with_its_host);
    tcase_add_test(cases, threads_share_a_worker);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
