/* SPDX-License-Identifier: MIT */
#include "firmware_moment.h"

#include "firmware_slot.h"
#include "firmware_type.h"

#include <stdio.h>
#include <string.h>

enum { PARTS = DGM_MOMENT_PARTS, PART_TEXT = 200 };

static const char letters[PARTS + 1] = "YMDhms";

/* What stands for a part that the wire does not have. */
static const char *const absent[PARTS] = {"2000", "1", "1", "0", "0", "0"};

static unsigned long long power(unsigned digits)
{
    unsigned long long power = 1;
    while (digits-- > 0) {
        power *= 10;
    }
    return power;
}

static bool is_letter(char character)
{
    return strchr("YMDhmsf", character) != NULL && character != '\0';
}

/* Digits behind a place of the pattern. */
static unsigned digits_behind(const char *pattern)
{
    unsigned count = 0;
    for (; *pattern != '\0'; pattern++) {
        count += is_letter(*pattern);
    }
    return count;
}

static void put_part(const char *pattern, unsigned part, const char *raw,
                     char text[PART_TEXT])
{
    const char *at = strchr(pattern, letters[part]);
    (void)snprintf(text, PART_TEXT, "%s", absent[part]);
    if (at == NULL) {
        return;
    }
    unsigned count = 0;
    while (at[count] == letters[part]) {
        count++;
    }
    bool is_short = part == 0 && count == 2;
    (void)snprintf(text, PART_TEXT, "%sdigits_at(%.100s, %lluU, %lluU)",
                   is_short ? "2000 + " : "", raw, power(digits_behind(at + count)),
                   power(count));
}

void firmware_moment_digits(const struct firmware_plan *plan, uint16_t index,
                            const char *raw, char text[FIRMWARE_TEXT])
{
    const struct dgm_format *format = firmware_format(plan, &plan->rows[index]);
    char parts[PARTS][PART_TEXT];
    text[0] = '\0';
    if (plan->rows[index].op != DGM_OP_DIGITS || format == NULL || format->pattern == 0) {
        return;
    }
    for (unsigned i = 0; i < PARTS; i++) {
        put_part(firmware_text(plan, format->pattern), i, raw, parts[i]);
    }
    (void)snprintf(text, FIRMWARE_TEXT, "is_moment(%s, %s, %s, %s, %s, %s)", parts[0],
                   parts[1], parts[2], parts[3], parts[4], parts[5]);
}

bool firmware_moment_parts(struct firmware_plan *plan, uint16_t index,
                           char text[FIRMWARE_TEXT])
{
    const uint64_t *numbers = plan->tables->numbers + plan->rows[index].spec;
    char parts[FIRMWARE_TEXT] = "", missing[FIRMWARE_TEXT] = "";
    for (unsigned i = 0; i < PARTS; i++) {
        struct firmware_value value;
        char before[FIRMWARE_TEXT];
        memset(&value, 0, sizeof(value));
        bool there = numbers[i] != DGM_NONE;
        if (there &&
            (!firmware_slot(plan, DGM_CODE_SLOT, (uint16_t)numbers[i], index, &value) ||
             value.is_condition || value.digits != 0)) {
            return false;
        }
        (void)snprintf(before, sizeof(before), "%s", parts);
        int length = snprintf(parts, sizeof(parts), "%.1200s%s%.200s", before,
                              i > 0 ? ", " : "", there ? value.text : absent[i]);
        if (length >= 1400 || strlen(value.there) > 100) {
            return false;
        }
        (void)snprintf(before, sizeof(before), "%s", missing);
        (void)snprintf(missing, sizeof(missing), "%.600s%s%.100s%s", before,
                       value.there[0] != '\0' ? "(!" : "", value.there,
                       value.there[0] != '\0' ? ") || " : "");
    }
    return snprintf(text, FIRMWARE_TEXT, "%.700sis_moment(%s)", missing, parts) <
           FIRMWARE_TEXT;
}

bool firmware_moment_range(const struct dgm_row *row, int64_t *low, int64_t *high)
{
    /* The years 1 to 9998: a day less at both ends is right in every zone. */
    *low = -62135596800;
    *high = 253370764800;
    switch (row->show) {
    case DGM_SHOW_TIME_COMPACT:
    case DGM_SHOW_TIME_ISO:
    case DGM_SHOW_TIME_ISO_MS:
    case DGM_SHOW_TIME_DATETIME:
    case DGM_SHOW_TIME_DATE:
        return row->op != DGM_OP_DIGITS && row->op != DGM_OP_MOMENT;
    default:
        return false;
    }
}
