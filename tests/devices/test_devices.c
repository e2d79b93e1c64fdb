/* SPDX-License-Identifier: MIT */
/*
 * Published frames of real devices: each profile of the table gives what the device's
 * published decoder gives. How many vectors hold is pinned, so that a change either way
 * is seen. The corpus is no part of this tree; without it the whole test is skipped.
 */
#include "corpus.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file of the corpus and the profile of its device. */
struct device {
    const char *vectors; /* name of the file, without its ending */
    const char *profile; /* below profiles/ or tests/profiles/, without its ending */
    unsigned passed;     /* vectors that hold */
    const char *except;  /* which ones do not, and why; NULL if all hold */
};

static const struct device devices[] = {
    {"aquascope__kfr", "aquascope/kfr", 21, NULL},
    {"aquascope__wwd", "aquascope/wwd", 11, NULL},
    {"bthome__v2-advert", "bthome/v2", 50, NULL},
    {"can__motohawk-example", "cantools/motohawk", 21, NULL},
    {"decentlab__dl-5tm", "decentlab/dl-5tm", 20, NULL},
    {"decentlab__dl-blg", "decentlab/dl-blg", 17, NULL},
    {"decentlab__dl-iam", "decentlab/dl-iam", 17, NULL},
    {"decentlab__dl-pm", "decentlab/dl-pm", 15, NULL},
    {"develiot__rwmr", "develiot/rwmr", 14, NULL},
    {"digital-matter__oyster", "digital-matter/oyster", 26, NULL},
    {"dragino__lds02", "dragino/lds02", 19, NULL},
    {"dragino__lgt92", "dragino/lgt92", 18, NULL},
    {"dragino__lht65", "dragino/lht65", 35, NULL},
    {"dragino__lsn50-v2", "dragino/lsn50-v2", 34, NULL},
    {"dragino__lt22222-l", "dragino/lt22222-l", 30, NULL},
    {"dragino__wsc1-l", "dragino/wsc1-l", 15,
     "6, 7, 10, 11, 16: records that say they are longer than the frame, which are "
     "refused"},
    {"elsys__ers-family", "elsys/ers", 44, NULL},
    {"elvaco__cmi41xx", "elvaco/cmi41xx", 10,
     "11 frames of random bytes: the original prints the digits in front of the first "
     "byte that is no decimal digit, and replaces bytes that are no UTF-8"},
    {"fludia__fm432e", "fludia/fm432e", 14, NULL},
    {"fludia__fm432p", "fludia/fm432p", 12, NULL},
    {"glamos__walker", "glamos/walker", 18, NULL},
    {"lobaro__hybrid-gateway", "lobaro/hybrid-gateway", 29, NULL},
    {"liebearth__generic", "liebearth/generic", 7,
     "7: an unknown record empties the object there, and is refused here"},
    {"gossenmw__energymid", "gossenmetrawatt/energymid", 9, NULL},
    {"jt808__location-0200", "jt808/location-2013", 22, NULL},
    {"keller__adt1", "keller/adt1", 18, NULL},
    {"magenta-oceanconnect__demosensor", "magentaiot/v001", 39,
     "29: a mid of 0 is none, which the device could not answer"},
    {"huawei-oceanconnect__codec-plugin-demo", "esdk/demo", 15,
     "15: the demo answers a command that it does not know with bytes of its own"},
    {"honeywell__hvt-r110", "honeywell/hvt-r110", 26, NULL},
    {"mclimate__co2-notifier", "mclimate/co2-notifier", 16, NULL},
    {"milesight__am107", "milesight/am107", 19, NULL},
    {"mcci__model4811", "mcci/model4811", 14, NULL},
    {"mcci__model4841", "mcci/model4841", 24, NULL},
    {"merryiot__family", "merryiot/family", 29, NULL},
    {"moirelabs__p1a", "moirelabs/p1a", 12, NULL},
    {"moko__lw001-bg", "moko/lw001-bg", 28, NULL},
    {"nwave__nps310sm", "nwave/nps310sm", 15, NULL},
    {"opensource__esp32-paxcounter", "opensource/esp32-paxcounter", 30, NULL},
    {"pepperl-fuchs__wilsen", "pepperl-fuchs/wilsen", 30,
     "10, 30: a byte behind the last record, which its decoder passes over"},
    {"plenom__busylight", "plenom/busylight", 14,
     "14: its encoder keeps the low byte of what does not fit a byte, which is refused"},
    {"rakwireless__wisnode-lpp", "rakwireless/wisnode", 28, NULL},
    {"rivercity__lynx", "rivercity/lynx", 18, NULL},
    {"rivercity__txh", "rivercity/txh", 18, NULL},
    {"ruuvi__air-df6", "ruuvi/air-df6", 16,
     "9: its 60.0625 goes to the even digit, as other halves do where binary rounding "
     "wants"},
    {"ruuvi__rawv2-df5", "ruuvi/rawv2-df5", 11,
     "5, 7, 9, 14, 15: exact halves, which go to the even digit here and by binary "
     "rounding elsewhere"},
    {"sensus__pollutherm", "sensus/pollutherm", 6, NULL},
    {"sl651__hydrology-report", "sl651/station", 11, NULL},
    {"sting__pengy", "sting/pengy", 17, NULL},
    {"teneo__fill-degree", "teneo/fill-degree", 21, NULL},
    {"terabee__level-xl", "terabee/level-xl", 18, NULL},
    {"terabee__tb-pcm", "terabee/tb-pcm", 27, NULL},
    {"twtg__neon-ts", "twtg/neon-ts", 27, NULL},
    {"thermokon__sab07", "thermokon/sab07", 23, NULL},
    {"uradmonitor__a3", "uradmonitor/a3", 15, NULL},
    {"vutility__hotdrop", "vutility/hotdrop", 21, NULL},
    {"vutility__pulsedrop", "vutility/pulsedrop", 17, NULL},
    {"wika__pgu2x", "wika/pgu2x", 26, NULL},
    {"yobiiq__sd1001", "yobiiq/sd-1001", 18, NULL},
};

enum { DEVICES = sizeof(devices) / sizeof(devices[0]) };

/* Vectors of one device, and what becomes of frames sent back. */
struct tally {
    unsigned total, passed, returns[CORPUS_RETURNS];
};

static void count_device(const struct device *device, struct tally *ret)
{
    struct pair pair;
    char path[CORPUS_PATH_SIZE];
    const cJSON *vector = NULL;

    corpus_profile_path(device->profile, path);
    pair_open(&pair, path);
    cJSON *root = corpus_read(device->vectors);
    cJSON_ArrayForEach(vector, cJSON_GetObjectItemCaseSensitive(root, "vectors"))
    {
        ret->passed += corpus_vector_holds(&pair, vector, (int)ret->total);
        ret->total++;
        ret->returns[corpus_return_of(&pair, vector)]++;
    }
    cJSON_Delete(root);
    pair_close(&pair);
}

/* Of the frames that give data, how many come back. */
static void print_returns(const unsigned *returns)
{
    static const char *const words[CORPUS_RETURNS] = {
        NULL, "same bytes", "same JSON", "decode only", "refused", "other JSON"};

    for (int i = CORPUS_SAME_BYTES; i < CORPUS_RETURNS; i++) {
        if (returns[i] > 0) {
            printf(", %u %s", returns[i], words[i]);
        }
    }
    putchar('\n');
}

START_TEST(as_many_published_vectors_hold_as_the_table_says)
{
    const struct device *device = &devices[_i];
    struct tally tally = {0};

    count_device(device, &tally);
    printf("# %s: %u/%u%s%s\n", device->vectors, tally.passed, tally.total,
           device->except != NULL ? ", except " : "",
           device->except != NULL ? device->except : "");
    fflush(stdout);
    ck_assert_msg(tally.passed == device->passed, "%s: %u of %u vectors hold, not %u",
                  device->vectors, tally.passed, tally.total, device->passed);
    ck_assert_msg(tally.passed == tally.total || device->except != NULL,
                  "%s: %u vectors do not hold, and the table does not say why",
                  device->vectors, tally.total - tally.passed);
    ck_assert_msg(tally.returns[CORPUS_OTHER] == 0,
                  "%s: %u frames that are encoded again mean something else",
                  device->vectors, tally.returns[CORPUS_OTHER]);
}
END_TEST

/* One line per device, and the sums: what README quotes. The tests' means of failing work
 * within a test only, so the report is one. */
static struct tally sums;

START_TEST(reports_a_device)
{
    struct tally tally = {0};

    count_device(&devices[_i], &tally);
    printf("%-42s %4u of %4u hold", devices[_i].vectors, tally.passed, tally.total);
    print_returns(tally.returns);
    sums.total += tally.total;
    sums.passed += tally.passed;
    for (int i = 0; i < CORPUS_RETURNS; i++) {
        sums.returns[i] += tally.returns[i];
    }
}
END_TEST

int main(int argc, char **argv)
{
    if (!corpus_has(devices[0].vectors)) {
        printf("1..0 # SKIP no corpus: neither $DRAGOMAN_SHARED nor ../shared has it\n");
        return 0;
    }
    bool is_report = argc > 1 && strcmp(argv[1], "--report") == 0;
    Suite *suite = suite_create("devices");
    TCase *tcase = tcase_create("published vectors");
    if (is_report) {
        tcase_add_loop_test(tcase, reports_a_device, 0, DEVICES);
    } else {
        tcase_add_loop_test(tcase, as_many_published_vectors_hold_as_the_table_says, 0,
                            DEVICES);
    }
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    if (is_report) {
        srunner_set_fork_status(runner, CK_NOFORK);
    }
    srunner_run_all(runner, is_report ? CK_SILENT : CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (is_report) {
        printf("%d formats, %u of %u vectors hold", DEVICES, sums.passed, sums.total);
        print_returns(sums.returns);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
