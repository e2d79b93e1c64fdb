/* SPDX-License-Identifier: MIT */
/*
 * Whatever a plan encodes, the rows of the table encode to the same bytes: the JSON of
 * every profile's vectors in all shapes, and thousands of texts made of each by changing
 * bytes and moving members. The texts end where memory ends, and so does the frame.
 *
 * usage: test_plan_encode PROFILE...
 * DRAGOMAN_MUTATIONS in the environment: texts in all, instead of some ten thousands.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"

#include "../support/planned.h"

enum {
    TEXT_MAX = 1 << 16,
    FRAME_MAX = 1 << 16,
    MUTATIONS = 200000,
    MEMBERS_MAX = 256,
    SHAPES = 4,
    ORDERS = 100,
    JOBS = 4,         /* vectors of reference jobs that are encoded */
    KNOWN_PLANS = 300 /* of the vectors' texts at least so many are for plans */
};

static char **profiles;
static int profile_count;
static uint64_t state;
static struct guarded text_block, frame_block;
static unsigned planned_vectors, planned_mutations, ordered_jobs;

/* xorshift64: the same texts in every run */
static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static unsigned below(size_t count)
{
    return count == 0 ? 0 : (unsigned)(next_random() % count);
}

static struct dgm_call call_of(const struct planned *product, const struct dgm_test *test,
                               int shape)
{
    struct dgm_call call = call_of_vector(test);
    call.direction = DGM_DIRECTION_AUTO;
    call.shape = (enum dgm_shape)shape;
    call.scratch = product->scratch;
    call.scratch_size = product->scratch_size;
    return call;
}

/* By the plan into a frame of `size` bytes; what it makes is what the rows make. */
static bool plan_is_right(const struct planned *product, const struct dgm_call *call,
                          const char *text, size_t length, size_t size)
{
    static uint8_t expected[FRAME_MAX];
    struct dgm_outcome by_plan, by_rows;
    uint8_t *frame = frame_block.bytes + FRAME_MAX - size;
    ck_assert(plan_takes(product->plan, call));
    if (!plan_encode_run(product->plan, call, text, length, frame, size, &by_plan))
        return false;
    enum dgm_status status =
        dgm_encode(product->rows, call, text, length, expected, size, &by_rows, NULL);
    ck_assert_msg(status == DGM_OK, "the rows say %s of %.*s", dgm_status_id(status),
                  (int)length, text);
    bool is_same = by_plan.length == by_rows.length &&
                   by_plan.message == by_rows.message && by_plan.kind == by_rows.kind &&
                   by_plan.has_channel == by_rows.has_channel &&
                   by_plan.channel == by_rows.channel && by_plan.topic == by_rows.topic &&
                   by_plan.notice_count == by_rows.notice_count &&
                   by_plan.visit_count == by_rows.visit_count &&
                   memcmp(frame, expected, by_rows.length) == 0;
    ck_assert_msg(is_same, "another outcome of %.*s", (int)length, text);
    return true;
}

/* A text at the end of memory, in a frame of any size that is enough, or is not. */
static bool try_text(const struct planned *product, const struct dgm_call *call,
                     const char *text, size_t length)
{
    struct dgm_outcome outcome;
    char *placed = (char *)text_block.bytes + TEXT_MAX - length;
    memcpy(placed, text, length);
    if (!plan_is_right(product, call, placed, length, FRAME_MAX))
        return false;
    uint8_t *frame = frame_block.bytes;
    ck_assert(
        plan_encode_run(product->plan, call, placed, length, frame, FRAME_MAX, &outcome));
    /* Of reports a larger one may be tried before, which has no room. */
    bool is_enough = plan_is_right(product, call, placed, length, outcome.length);
    ck_assert(is_enough || outcome.kind == DGM_KIND_REPORT);
    ck_assert(!plan_is_right(product, call, placed, length, outcome.length - 1));
    return true;
}

/* Where the members of one object, or the elements of an array, stand. */
struct members {
    size_t begin[MEMBERS_MAX], end[MEMBERS_MAX];
    unsigned count;
};

static size_t end_of_value(const char *text, size_t length, size_t at)
{
    unsigned depth = 0;
    bool quoted = false;
    for (; at < length; at++) {
        if (quoted) {
            at += text[at] == '\\';
            quoted = text[at] != '"';
            continue;
        }
        if (depth == 0 && (text[at] == ',' || text[at] == '}' || text[at] == ']'))
            return at;
        quoted = text[at] == '"';
        depth += text[at] == '{' || text[at] == '[';
        depth -= text[at] == '}' || text[at] == ']';
    }
    return length;
}

/* Of a container that is chosen by chance. */
static void find_members(const char *text, size_t length, struct members *ret)
{
    unsigned containers = 0, chosen;
    ret->count = 0;
    for (size_t i = 0; i < length; i++)
        containers += text[i] == '{' || text[i] == '[';
    chosen = below(containers);
    for (size_t i = 0; i < length; i++) {
        if ((text[i] != '{' && text[i] != '[') || chosen-- > 0)
            continue;
        for (size_t at = i + 1; at < length && ret->count < MEMBERS_MAX;) {
            ret->begin[ret->count] = at;
            at = end_of_value(text, length, at);
            ret->end[ret->count++] = at;
            if (at >= length || text[at] != ',')
                break;
            at++;
        }
        return;
    }
}

static size_t put(char *out, size_t at, const char *text, size_t length)
{
    memcpy(out + at, text, length);
    return at + length;
}

/* Members change places (0, 1), or one comes twice (2), or not at all (3). */
static size_t order_members(const char *text, size_t length, unsigned how, char *out)
{
    struct members members;
    unsigned order[MEMBERS_MAX + 1], count;
    find_members(text, length, &members);
    if (members.count == 0)
        return put(out, 0, text, length);
    count = members.count;
    for (unsigned i = 0; i < count; i++)
        order[i] = i;
    for (unsigned i = count; how < 2 && i > 1; i--) {
        unsigned other = below(i), kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    if (how == 2)
        order[count++] = below(members.count);
    if (how == 3) {
        order[below(count)] = order[count - 1];
        count--;
    }
    size_t at = put(out, 0, text, members.begin[0]);
    for (unsigned i = 0; i < count; i++) {
        unsigned member = order[i];
        if (i > 0)
            out[at++] = ',';
        at = put(out, at, text + members.begin[member],
                 members.end[member] - members.begin[member]);
    }
    size_t end = members.end[members.count - 1];
    return put(out, at, text + end, length - end);
}

static size_t change_bytes(char *text, size_t length)
{
    static const char bytes[] =
        "0123456789019.-+eE\"\\,:{}[] \t\n\r/utfn\x01\x7F\xC3\xA9";
    size_t at = below(length);
    char byte = bytes[below(sizeof(bytes) - 1)];
    switch (below(6)) {
    case 0:
        text[at] = byte;
        return length;
    case 1:
        memmove(text + at, text + at + 1, length - at - 1);
        return length - 1;
    case 2:
    case 3:
        memmove(text + at + 1, text + at, length - at);
        text[at] = byte;
        return length + 1;
    case 4:
        text[at] = (char)next_random();
        return length;
    default:
        for (size_t i = 0; i < length; i++, at = (at + 1) % length)
            if (text[at] >= '0' && text[at] <= '9') {
                text[at] = (char)('0' + below(10));
                break;
            }
        return length;
    }
}

/* Blanks where there may be some, and some where there may not. */
static size_t spread(const char *text, size_t length, char *out)
{
    static const char blanks[] = " \t\n\r";
    size_t at = 0;
    bool quoted = false;
    unsigned rate = 1 + below(4);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
            quoted = !quoted;
        bool is_mark = strchr("{}[],:", text[i]) != NULL && text[i] != '\0' && !quoted;
        if (is_mark && below(rate) == 0)
            out[at++] = blanks[below(4)];
        out[at++] = text[i];
        if (is_mark && below(rate) == 0)
            out[at++] = blanks[below(4)];
    }
    return at;
}

static size_t mutate(const char *text, size_t length, char *out)
{
    static char moved[TEXT_MAX];
    size_t size = put(out, 0, text, length);
    unsigned how = below(16);
    if (how < 7)
        size = order_members(text, length, below(4), out);
    if (how == 6 || how == 7 || how == 8) {
        memcpy(moved, out, size);
        size = spread(moved, size, out);
    }
    if (how == 9)
        size = 1 + below(length);
    for (unsigned i = 0; how >= 10 && i <= below(3) && size > 1; i++)
        size = change_bytes(out, size);
    if (how == 4 && size > 1)
        size = change_bytes(out, size);
    return size;
}

static void try_mutations(const struct planned *product, const struct dgm_call *call,
                          const char *text, size_t length, unsigned count)
{
    static char mutated[TEXT_MAX];
    if (length < 2 || length > TEXT_MAX / 8)
        return;
    for (unsigned i = 0; i < count; i++) {
        size_t size = mutate(text, length, mutated);
        planned_mutations += try_text(product, call, mutated, size);
    }
}

/* A member that is passed over may be as deep as the whole text may be. */
static void try_depths(const struct planned *product, const struct dgm_call *call,
                       const char *text, size_t length)
{
    static char deep[TEXT_MAX];
    if (length > TEXT_MAX / 8 || length < 2 || text[0] != '{')
        return;
    for (unsigned depth = 40; depth < 70; depth++) {
        size_t at = put(deep, 0, "{\"name\":", 8);
        memset(deep + at, '[', depth);
        memset(deep + at + depth, ']', depth);
        at += (size_t)2 * depth;
        at = put(deep, at, ",", 1);
        at = put(deep, at, text + 1, length - 1);
        try_text(product, call, deep, at);
    }
}

static void try_all(const struct planned *product, const struct dgm_test *test,
                    const char *text, size_t length, unsigned count)
{
    for (int shape = 0; shape < SHAPES; shape++) {
        struct dgm_call call = call_of(product, test, shape);
        if (!try_text(product, &call, text, length))
            continue;
        planned_vectors++;
        try_mutations(product, &call, text, length, count);
        try_depths(product, &call, text, length);
        call.direction = DGM_DIRECTION_UP;
        try_text(product, &call, text, length);
        call.direction = DGM_DIRECTION_DOWN;
        try_text(product, &call, text, length);
    }
}

/* The reference jobs go by their plans in any order of their members. */
static void try_orders(const struct planned *product, const struct dgm_test *test)
{
    static char moved[TEXT_MAX];
    static uint8_t frame[FRAME_MAX];
    struct dgm_outcome outcome;
    struct dgm_call call = call_of(product, test, test->shape);
    if (test->json == NULL ||
        dgm_encode(product->rows, &call, test->json, strlen(test->json), frame,
                   sizeof(frame), &outcome, NULL) != DGM_OK)
        return;
    ordered_jobs++;
    for (unsigned i = 0; i < ORDERS; i++) {
        size_t length = order_members(test->json, strlen(test->json), i % 2, moved);
        ck_assert_msg(try_text(product, &call, moved, length), "not by the plan: %.*s",
                      (int)length, moved);
    }
}

/* The JSON of a vector, and what its frame decodes to in each shape. */
static void try_vector(const struct planned *product, const struct dgm_test *test,
                       unsigned count)
{
    static char text[TEXT_MAX];
    struct dgm_outcome outcome;
    if (test->json != NULL)
        try_all(product, test, test->json, strlen(test->json), count);
    for (int shape = 0; test->has_frame && test->frame != NULL && shape < 3; shape++) {
        struct dgm_call call = call_of(product, test, shape);
        call.direction = test->down ? DGM_DIRECTION_DOWN : DGM_DIRECTION_UP;
        if (dgm_decode(product->rows, &call, test->frame, test->frame_length, text,
                       sizeof(text), &outcome, NULL) == DGM_OK)
            try_all(product, test, text, outcome.length, count);
    }
}

static unsigned mutations_per_text(void)
{
    const char *wanted = getenv("DRAGOMAN_MUTATIONS");
    unsigned long total = wanted != NULL ? strtoul(wanted, NULL, 10) : MUTATIONS;
    return (unsigned)(total / 500 + 1);
}

START_TEST(what_a_plan_encodes_the_rows_encode_to_the_same_bytes)
{
    state = 0x9E3779B97F4A7C15u;
    text_block = guarded_new(NULL, TEXT_MAX);
    frame_block = guarded_new(NULL, FRAME_MAX);
    for (int i = 0; i < profile_count; i++) {
        struct planned product;
        const struct dgm_test *test;
        planned_open(&product, profiles[i]);
        for (size_t k = 0; (test = dgm_profile_test(product.profile, k)) != NULL; k++)
            try_vector(&product, test, mutations_per_text());
        bool is_job = strstr(profiles[i], "bench/profiles") != NULL;
        for (size_t k = 0;
             is_job && (test = dgm_profile_test(product.profile, k)) != NULL; k++)
            try_orders(&product, test);
        planned_close(&product);
    }
    printf("# %u texts of vectors and %u made of them were encoded by plans\n",
           planned_vectors, planned_mutations);
    ck_assert_uint_ge(ordered_jobs, JOBS);
    ck_assert_uint_ge(planned_vectors, KNOWN_PLANS);
    ck_assert_uint_ge(planned_mutations, planned_vectors * 10);
    guarded_free(&frame_block);
    guarded_free(&text_block);
}
END_TEST

int main(int argc, char **argv)
{
    profiles = argv + 1;
    profile_count = argc - 1;
    Suite *suite = suite_create("plan-encode");
    TCase *tcase = tcase_create("plan-encode");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, what_a_plan_encodes_the_rows_encode_to_the_same_bytes);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
