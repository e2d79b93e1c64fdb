/* SPDX-License-Identifier: MIT */
/*
 * What the decoder may walk by itself in the middle of a plan: rows whose containers open
 * and close among them, and that neither the envelope nor a loop around them looks into.
 */
#include "plan_make.h"

uint16_t plan_member_of(const struct dgm_row *row)
{
    /* A text that stands in for an absent item has the item's member in `spec`. */
    return row->op == DGM_OP_LITERAL && row->member == DGM_NONE ? row->spec : row->member;
}

unsigned plan_family_of(const struct plan_maker *maker, uint16_t member)
{
    return member_family(&maker->codec->members[maker->message->first_member + member]);
}

bool plan_is_collected(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) != 0 &&
           row->member != DGM_NONE;
}

bool plan_is_container(const struct dgm_row *row)
{
    return row->member != DGM_NONE &&
           (row->op == DGM_OP_GROUP || row->op == DGM_OP_REPEAT);
}

bool plan_has_slots(const struct dgm_row *row)
{
    for (unsigned i = 1; i <= row->detail; i++)
        if (row[i].slot != DGM_NONE)
            return true;
    return false;
}

static bool has_rounds(const struct plan_maker *maker, const struct dgm_row *row)
{
    return row->op == DGM_OP_REPEAT ||
           (row->op == DGM_OP_TLV && maker->codec->loops[row->spec].tag_rows == 0);
}

/* Does it belong to the envelope, or to a record? */
static bool is_of_envelope(const struct dgm_row *row)
{
    return row->role != DGM_ROLE_NONE || (row->flags & DGM_ROW_RECORD) != 0 ||
           row->op == DGM_OP_SERVICE || row->op == DGM_OP_SERVICE_END ||
           row->op == DGM_OP_OBJECT || row->op == DGM_OP_OBJECT_END ||
           row->op == DGM_OP_CASE || row->op == DGM_OP_CHOOSE;
}

/* In a tag loop: is it printed where its member, which it has, comes last? */
static bool is_of_tags(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool collects = row->op == DGM_OP_TLV &&
                    (maker->codec->loops[row->spec].flags & DGM_LOOP_COLLECTS) != 0;
    return (row->flags & (DGM_ROW_COLLECT | DGM_ROW_KEEP)) == 0 && !collects &&
           (!plan_row_prints(row) || plan_member_of(row) != DGM_NONE);
}

static bool opens(const struct dgm_row *row)
{
    return (row->flags & (DGM_ROW_OBJECT | DGM_ROW_ARRAY)) != 0 &&
           (row->op == DGM_OP_GROUP || row->op == DGM_OP_REPEAT);
}

/* The same of a row and those in it. */
static bool are_of_tags(const struct plan_maker *maker, const struct dgm_row *row)
{
    unsigned span = dgm_row_span(row);
    for (unsigned i = 0; i <= span; i++) {
        /* In an object or array that does not print nothing else does, but the decoder
         * knows of no tag loop here. */
        bool prints = plan_row_prints(&row[i]) && row[i].pass == maker->decoder.pass &&
                      !plan_has_computed_name(&row[i]);
        if (opens(&row[i]) && !prints)
            return false;
    }
    for (unsigned i = 0; i <= span && maker->decoder.tags.inside == 0; i++) {
        if (!is_of_tags(maker, &row[i]))
            return false;
        /* What stands in an object or array is printed with it. */
        if (opens(&row[i]))
            i += dgm_row_span(&row[i]);
    }
    return true;
}

bool plan_rows_are_sound(const struct plan_maker *maker, const struct dgm_row *row)
{
    bool in_rounds = plan_is_in_rounds(maker), in_loop = false;
    for (unsigned i = 0; i <= dgm_row_span(row); i++) {
        /* Cases are of the tag loop that is walked with them. */
        in_loop = in_loop || row[i].op == DGM_OP_TLV;
        bool is_case = row[i].op == DGM_OP_CASE || row[i].op == DGM_OP_CHOOSE;
        if (is_case ? !in_loop : is_of_envelope(&row[i]))
            return false;
        /* Behind inner rounds the number of the outer one would not be known. */
        if (in_rounds && has_rounds(maker, &row[i]))
            return false;
    }
    return !maker->in_tags || maker->silent > 0 || are_of_tags(maker, row);
}

/* Are the rows of the tag simple, all of one block? */
static bool knows_tag(const struct plan_maker *maker, const struct dgm_row *tags,
                      const struct dgm_loop *loop)
{
    for (unsigned i = 1; i <= loop->tag_rows; i++) {
        enum plan_class class = plan_class_of(maker, &tags[i]);
        if (plan_is_optional(&tags[i]) || tags[i].region != DGM_NONE ||
            (class != PLAN_CLASS_FIXED && class != PLAN_CLASS_FRAME) ||
            plan_row_prints(&tags[i]) || tags[i].op == DGM_OP_GROUP)
            return false;
    }
    return true;
}

/* May both rows print the same member, of which one walk of the loop could not tell that
 * it comes twice? */
static bool do_clash(const struct plan_maker *maker, const struct dgm_row *left,
                     const struct dgm_row *right)
{
    uint16_t first = plan_member_of(left), second = plan_member_of(right);
    return first < second + plan_family_of(maker, second) &&
           second < first + plan_family_of(maker, first) &&
           (plan_is_collected(left) != plan_is_collected(right) ||
            row_is_noted(left) != row_is_noted(right));
}

/* The next row of the loop, from number `i` on, that prints a member of its own; 0: there
 * is none. */
static unsigned next_printed(const struct dgm_row *loop, unsigned i)
{
    for (; i <= loop->detail; i++)
        if (plan_row_prints(&loop[i]) && plan_member_of(&loop[i]) != DGM_NONE)
            return i;
    return 0;
}

static unsigned behind(const struct dgm_row *loop, unsigned i)
{
    return i + 1u + (plan_is_container(&loop[i]) ? dgm_row_span(&loop[i]) : 0u);
}

static bool has_clash(const struct plan_maker *maker, const struct dgm_row *loop)
{
    unsigned i = next_printed(loop, 1);
    for (; i > 0; i = next_printed(loop, behind(loop, i))) {
        unsigned k = next_printed(loop, behind(loop, i));
        for (; k > 0; k = next_printed(loop, behind(loop, k)))
            if (do_clash(maker, &loop[i], &loop[k]))
                return true;
    }
    return false;
}

bool plan_knows_tags(const struct plan_maker *maker, const struct dgm_row *row)
{
    enum { ROWS_MOST = 512 };
    const struct dgm_loop *loop = &maker->codec->loops[row->spec];
    if (maker->walks_tags || maker->in_tags || loop->other != DGM_NONE ||
        row->detail > ROWS_MOST || !knows_tag(maker, row, loop) || has_clash(maker, row))
        return false;
    /* Where nothing is collected, no walk would look at what would be. */
    uint32_t foreign = DGM_ROW_KEEP | DGM_ROW_RECORD;
    if (!(loop->flags & DGM_LOOP_COLLECTS))
        foreign |= DGM_ROW_COLLECT;
    for (unsigned i = 1; i <= row->detail; i++)
        if ((row[i].flags & foreign) != 0 || row[i].role != DGM_ROLE_NONE)
            return false;
    return true;
}
