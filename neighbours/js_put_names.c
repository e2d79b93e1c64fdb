/* SPDX-License-Identifier: MIT */
/* Computed member names on the way out: which member of its family a row has is known
 * when it is written. */
#include "js_work.h"
#include "tables.h"

unsigned js_family(const struct js *js, unsigned member)
{
    uint16_t family = js_member_at(js, member)->family;
    return family > 0 ? family : 1;
}

bool js_is_named_late(const struct dgm_row *row)
{
    return row->naming != DGM_NONE && row->member != DGM_NONE;
}

const char *js_place_in_family(struct js *js, const struct dgm_row *row)
{
    return js_text(js, "placeInFamily(%s, %u, %u)", js_expression(js, row, row->naming),
                   row->member, js_family(js, row->member));
}

const char *js_member_of(struct js *js, const struct dgm_row *row)
{
    if (js_is_named_late(row) && js->number != NULL)
        return js->number;
    return js_text(js, "%u", row->member);
}

void js_find_name(struct js *js, const struct dgm_row *row)
{
    js->number = NULL;
    if (!js_is_named_late(row))
        return;
    js->number = js_variable(js, "name");
    js_line(js, "%s = someName(%s, %s);", js->number, js_pool(js, row->path),
            js_place_in_family(js, row));
}

void js_refuse_names(struct js *js, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end; i++)
        if (js_is_named_late(&js->first[i]))
            js_line(js, "allNamed(f, %s, m, %u, %u);", js_pool(js, js->first[i].path),
                    js->first[i].member, js_family(js, js->first[i].member));
}

static bool asks_for_names(const struct js *js, uint16_t expr)
{
    const struct dgm_expr *entry = js_exprs(js) + expr;
    const uint8_t *code = js_code(js) + entry->at, *end = code + entry->length;
    for (; code < end; code += 1 + tables_operand_bytes(*code))
        if (*code == DGM_CODE_GIVEN)
            return true;
    return false;
}

const char *js_computed_name(struct js *js, const struct dgm_row *row, const char *raw)
{
    if (!asks_for_names(js, row->expr))
        return raw;
    return js_text(js, "orNameless(f, %s, function () { return %s; })",
                   js_pool(js, row->path), raw);
}
