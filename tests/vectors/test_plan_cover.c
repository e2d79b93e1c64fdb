/* SPDX-License-Identifier: MIT */
/*
 * Of the uplink messages of all profiles, most are decoded by a plan in every shape that
 * they have. What loses its plan is still right, and many times slower.
 *
 * usage: test_plan_cover PROFILE...
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "plan_decode.h"

#include "../support/planned.h"

enum { SHAPES = 3, MOST_WITHOUT = 15 };

static char **profiles;
static int profile_count;

static bool is_decoded(const struct dgm_message *message)
{
    return kind_is_up(message->kind) && (message->flags & DGM_MESSAGE_ENCODE_ONLY) == 0;
}

/* Messages without a plan in the shape; all of them in `ret_all`. */
static unsigned count_without(const struct planned *planned, unsigned shape,
                              unsigned *ret_all)
{
    const struct dgm_codec *codec = planned->plan;
    const struct plan_candidate *messages =
        codec->framing != NULL ? codec->plan->framed : codec->plan->messages;
    unsigned without = 0;
    for (unsigned i = 0; i < codec->model->messages.count; i++) {
        if (!is_decoded(&codec->messages[i]))
            continue;
        ++*ret_all;
        if (messages[i].programs[shape].ops != NULL)
            continue;
        without++;
        printf("# no plan in shape %u: %s\n", shape,
               codec->pool + codec->messages[i].name);
    }
    return without;
}

START_TEST(most_messages_have_a_plan)
{
    unsigned without[SHAPES] = {0}, all[SHAPES] = {0};
    for (int i = 0; i < profile_count; i++) {
        struct planned planned;
        planned_open(&planned, profiles[i]);
        for (unsigned shape = 0; shape < SHAPES; shape++)
            without[shape] += count_without(&planned, shape, &all[shape]);
        planned_close(&planned);
    }
    for (unsigned shape = 0; shape < SHAPES; shape++) {
        printf("# shape %u: %u of %u without a plan\n", shape, without[shape],
               all[shape]);
        ck_assert_uint_gt(all[shape], 10 * MOST_WITHOUT);
        ck_assert_uint_le(without[shape], MOST_WITHOUT);
    }
}
END_TEST

int main(int argc, char **argv)
{
    profiles = argv + 1;
    profile_count = argc - 1;
    Suite *suite = suite_create("plan-cover");
    TCase *tcase = tcase_create("plan-cover");
    tcase_set_timeout(tcase, 240);
    tcase_add_test(tcase, most_messages_have_a_plan);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
