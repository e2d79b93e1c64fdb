/* SPDX-License-Identifier: MIT */
/* Bits by the visits of a decode: a vector that has each bit once as 0 and once as 1
 * would notice any that is read from the wrong place. */
#include "bitcover.h"
#include "reach.h"

#include <stdio.h>
#include <stdlib.h>

/* Does the sender choose its bits? */
static bool counts(const struct dgm_row *row)
{
    if (row->op != DGM_OP_INT && row->op != DGM_OP_BIT && row->op != DGM_OP_FIELD) {
        return false;
    }
    switch (row->source) {
    case DGM_SOURCE_CONST:
    case DGM_SOURCE_FILL:
    case DGM_SOURCE_SKIP:
    case DGM_SOURCE_TAG:
    case DGM_SOURCE_LENGTH:
    case DGM_SOURCE_LATER:
        return false;
    default:
        return true;
    }
}

bool bitcover_open(struct bitcover *cover, const struct lab *lab)
{
    cover->rows = calloc(lab_message(lab)->row_count + 1u, sizeof(*cover->rows));
    return cover->rows != NULL;
}

void bitcover_close(struct bitcover *cover)
{
    free(cover->rows);
    cover->rows = NULL;
}

void bitcover_note(struct bitcover *cover, const struct lab *lab,
                   const struct specimen *specimen)
{
    for (size_t i = 0; i < lab->visit_count; i++) {
        const struct dgm_visit *visit = &lab->visits[i];
        const struct dgm_row *row = &lab->rows[visit->row];
        uint64_t bits;
        if (counts(row) && field_get(lab->rows, visit, specimen, &bits)) {
            cover->rows[visit->row].set |= bits;
            cover->rows[visit->row].clear |= ~bits & field_mask(row);
        }
    }
}

static unsigned ones(uint64_t bits)
{
    unsigned count = 0;
    for (; bits != 0; bits &= bits - 1) {
        count++;
    }
    return count;
}

void bitcover_count(const struct bitcover *cover, const struct lab *lab, size_t *ret_seen,
                    size_t *ret_all)
{
    *ret_seen = 0;
    *ret_all = 0;
    for (unsigned i = 0; i < lab_message(lab)->row_count; i++) {
        if (counts(&lab->rows[i])) {
            *ret_seen += ones(cover->rows[i].set & cover->rows[i].clear);
            *ret_all += lab->rows[i].width;
        }
    }
}

/* Ranges from the highest bit down: "15..12, 3". */
static void put_bits(const char *words, uint64_t bits)
{
    const char *before = words;
    for (int high = 63; high >= 0; high--) {
        int low = high;
        if ((bits >> high & 1) == 0) {
            continue;
        }
        while (low > 0 && (bits >> (low - 1) & 1) != 0) {
            low--;
        }
        (void)printf(low < high ? "%s %d..%d" : "%s %d", before, high, low);
        before = ",";
        high = low;
    }
}

void bitcover_put(const struct bitcover *cover, const struct lab *lab)
{
    char name[REACH_TEXT], what[REACH_TEXT];
    for (unsigned i = 0; i < lab_message(lab)->row_count; i++) {
        const struct dgm_row *row = &lab->rows[i];
        const struct reach_mark mark = {.kind = REACH_ITEM, .row = (uint16_t)i};
        uint64_t unset = field_mask(row) & ~cover->rows[i].set;
        uint64_t unclear = field_mask(row) & ~cover->rows[i].clear;
        if (!counts(row) || (unset | unclear) == 0) {
            continue;
        }
        reach_describe(lab, &mark, name, what);
        (void)printf("    %s: bits", name);
        put_bits(" never set", unset);
        put_bits(unset != 0 ? "; never clear" : " never clear", unclear);
        (void)putchar('\n');
    }
}
