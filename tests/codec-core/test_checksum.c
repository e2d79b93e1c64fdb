/* SPDX-License-Identifier: MIT */
/* Checksums: every CRC of the catalogue over its nine bytes, the sums, and the range. */
#include "checksum.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../generator/crc_names.h"

static const uint8_t digits[] = "123456789";

static struct dgm_check check_of(const struct crc_name *crc)
{
    struct dgm_check check = {
        .kind = DGM_CHECK_CRC,
        .width = crc->width,
        .poly = crc->poly,
        .init = crc->init,
        .xorout = crc->xorout,
        .flags = DGM_CHECK_TO_SELF,
        .poly_high = crc->poly_high,
    };
    check.flags |= (uint8_t)((crc->refin ? DGM_CHECK_REFIN : 0) |
                             (crc->refout ? DGM_CHECK_REFOUT : 0));
    return check;
}

START_TEST(each_crc_of_the_catalogue_gives_its_check_value)
{
    for (size_t i = 0; i < crc_name_count; i++) {
        struct dgm_check check = check_of(&crc_names[i]);
        struct checksum found;
        ck_assert(checksum_compute(&check, digits, 9, 9, &found));
        ck_assert_msg(found.low == crc_names[i].check &&
                          found.high == crc_names[i].check_high,
                      "%s: %" PRIX64 " instead of %" PRIX64, crc_names[i].name, found.low,
                      crc_names[i].check);
    }
    ck_assert_uint_gt(crc_name_count, 100);
}
END_TEST

START_TEST(names_of_the_catalogue_are_found)
{
    for (size_t i = 0; i < crc_name_count; i++)
        ck_assert_ptr_eq(crc_find(crc_names[i].name), &crc_names[i]);
    ck_assert_ptr_null(crc_find("crc-16/modbu"));
    ck_assert_ptr_null(crc_find(""));
}
END_TEST

/* A line of the catalogue's own file, where there is one beside the source. */
static void check_line(const char *line)
{
    char name[64], refin[8], refout[8];
    unsigned width;
    uint64_t poly, init, xorout, value;
    int fields = sscanf(line,
                        "%63[^,],%u,0x%" SCNx64 ",0x%" SCNx64 ",%7[^,],%7[^,],0x%" SCNx64
                        ",0x%" SCNx64,
                        name, &width, &poly, &init, refin, refout, &xorout, &value);
    if (fields != 8 || width > 64)
        return;
    const struct crc_name *crc = crc_find(name);
    ck_assert_msg(crc != NULL, "%s", name);
    ck_assert_uint_eq(crc->width, width);
    ck_assert_uint_eq(crc->poly, poly);
    ck_assert_uint_eq(crc->init, init);
    ck_assert_uint_eq(crc->xorout, xorout);
    ck_assert_uint_eq(crc->check, value);
    ck_assert_int_eq(crc->refin, strcmp(refin, "true") == 0);
    ck_assert_int_eq(crc->refout, strcmp(refout, "true") == 0);
}

START_TEST(the_table_is_that_of_the_published_file)
{
    char path[1024], line[512];
    const char *source = getenv("DRAGOMAN_SOURCE");
    snprintf(path, sizeof(path), "%s/../shared/suites/crc-catalogue.csv",
             source != NULL ? source : ".");
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    while (fgets(line, sizeof(line), file) != NULL)
        check_line(line);
    fclose(file);
}
END_TEST

static const struct sum_case {
    struct dgm_check check;
    uint64_t value;
} sums[] = {
    {{.kind = DGM_CHECK_SUM, .width = 8, .to = 9}, 0xDD},
    {{.kind = DGM_CHECK_SUM, .width = 16, .to = 9}, 0x01DD},
    {{.kind = DGM_CHECK_SUM, .width = 8, .flags = DGM_CHECK_NEGATE, .to = 9}, 0x23},
    {{.kind = DGM_CHECK_XOR, .width = 8, .to = 9}, 0x31},
    {{.kind = DGM_CHECK_FLETCHER_16, .width = 16, .to = 9}, 0x1EDE},
    {{.kind = DGM_CHECK_ADLER_32, .width = 32, .to = 9}, 0x091E01DE},
    {{.kind = DGM_CHECK_SUM, .width = 8, .from = 1, .to = 3}, 0x65},
    {{.kind = DGM_CHECK_SUM, .width = 8, .from = -2, .to = 9}, 0x71},
    {{.kind = DGM_CHECK_SUM, .width = 8, .from = 1, .to = -6}, 0x65},
    {{.kind = DGM_CHECK_SUM, .width = 8, .from = 4, .to = 4}, 0},
    {{.kind = DGM_CHECK_SUM, .width = 8, .init = 5, .xorout = 0xFF, .from = 8, .to = 9},
     0xC1},
};

START_TEST(sums_cover_just_the_range)
{
    struct checksum found;
    ck_assert(checksum_compute(&sums[_i].check, digits, 9, 9, &found));
    ck_assert_uint_eq(found.low, sums[_i].value);
}
END_TEST

START_TEST(a_range_outside_the_frame_has_no_checksum)
{
    static const int32_t ranges[][2] = {{0, 10}, {5, 4}, {-10, 9}, {0, -10}, {10, 9}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        struct dgm_check check = {.kind = DGM_CHECK_XOR, .width = 8};
        struct checksum found;
        check.from = ranges[i][0];
        check.to = ranges[i][1];
        ck_assert_msg(!checksum_compute(&check, digits, 9, 9, &found), "%zu", i);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("checksum");
    TCase *all = tcase_create("all");
    tcase_add_test(all, each_crc_of_the_catalogue_gives_its_check_value);
    tcase_add_test(all, names_of_the_catalogue_are_found);
    tcase_add_test(all, the_table_is_that_of_the_published_file);
    tcase_add_loop_test(all, sums_cover_just_the_range, 0,
                        (int)(sizeof(sums) / sizeof(sums[0])));
    tcase_add_test(all, a_range_outside_the_frame_has_no_checksum);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
