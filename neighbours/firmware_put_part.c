/* SPDX-License-Identifier: MIT */
/* Encoding what holds other rows: bits, parts with a size, repetitions. */
#include "firmware_mask.h"
#include "firmware_put.h"
#include "firmware_range.h"
#include "firmware_type.h"

#include <inttypes.h>
#include <string.h>

/* --- Groups, repetitions, records -------------------------------------------------- */

void firmware_put_bits(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const char *wide = firmware_wide_name(row->width);
    firmware_block(emit);
    firmware_line(emit, "uint%s_t bits = 0U;", row->width > 32 ? "64" : "32");
    firmware_put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "put%s_%s(&w, bits, %uU);", wide, firmware_order(row),
                  row->width / 8u);
    firmware_leave(emit);
}

void firmware_put_stream(struct firmware_emit *emit, uint16_t index)
{
    firmware_block(emit);
    firmware_line(emit, "const size_t stream = w.at;");
    firmware_line(emit, "put_fill(&w, 0U, %uU);", (unsigned)emit->plan->rows[index].spec);
    firmware_put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_leave(emit);
}

/* The row that tells the size of the part, or DGM_NONE. */
static uint16_t teller_of(const struct firmware_plan *plan, uint16_t index)
{
    uint16_t told = plan->rows[index].spec;
    bool known = told != DGM_NONE && plan->at[told].work == FIRMWARE_MEASURE;
    return known ? told : plan->at[index].teller;
}

/* What that row says, or what the size has to be if there is none. */
static bool size_of(struct firmware_emit *emit, uint16_t index, uint16_t teller,
                    struct firmware_value *ret)
{
    const struct firmware_plan *plan = emit->plan;
    if (teller != DGM_NONE && teller == plan->at[index].teller) {
        int64_t add = plan->at[index].told_add;
        memset(ret, 0, sizeof(*ret));
        firmware_linear("region", 1, -add, ret->text, sizeof(ret->text));
        ret->low = -add;
        ret->high = DGM_MAX_FRAME - add;
        return true;
    }
    uint16_t expr =
        teller != DGM_NONE ? plan->rows[teller].expr : plan->rows[index].region;
    return firmware_expr(emit->plan, expr, index, ret) && !ret->is_condition &&
           ret->digits == 0;
}

static void close_region(struct firmware_emit *emit, uint16_t index)
{
    const struct firmware_plan *plan = emit->plan;
    struct firmware_value value;
    char text[FIRMWARE_TEXT + 64];
    firmware_line(emit, "const size_t taken = w.at - begin%u;", (unsigned)index);
    firmware_line(emit, "const int64_t region = (int64_t)taken;");
    uint16_t teller = teller_of(plan, index);
    if (!size_of(emit, index, teller, &value)) {
        firmware_refuse_row(emit, index, "the size of the part has no C");
    } else if (teller == DGM_NONE) {
        firmware_put_require(emit, index, value.there, "LENGTH");
        (void)snprintf(text, sizeof(text), "region == %s", value.text);
        firmware_put_require(emit, index, text, "LENGTH");
    } else if (!firmware_put_raw(plan, &plan->rows[teller], &value, text, sizeof(text))) {
        firmware_refuse_row(emit, index, "the size of the part has no C");
    } else {
        firmware_line(emit, "const int64_t value = %s;", text);
        firmware_put_later(emit, teller, "value");
    }
}

static void put_content(struct firmware_emit *emit, uint16_t index)
{
    bool masked = firmware_is_masked(emit->plan, index);
    if (masked) {
        firmware_block(emit);
        firmware_open_mask(emit, index);
    }
    firmware_put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    if (masked) {
        firmware_close_mask(emit, index);
        firmware_leave(emit);
    }
}

/* Rows with a size of their own, or without. */
void firmware_put_part(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    bool sized = row->region != DGM_NONE;
    unsigned n = index;
    if (sized) {
        firmware_block(emit);
        firmware_line(emit, "const size_t begin%u = w.at;", n);
        firmware_line(emit, "const bool gap%u = w.gap;", n);
        firmware_line(emit, "w.gap = false;");
        emit->regions++;
    }
    put_content(emit, index);
    if (sized) {
        emit->regions--;
        firmware_line(emit, "w.gap = gap%u;", n);
        close_region(emit, index);
        firmware_leave(emit);
    }
}

/* How often the layout says. */
static void check_rounds(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct firmware_row *at = &emit->plan->at[index];
    struct firmware_value value;
    char text[FIRMWARE_TEXT + FIRMWARE_PATH + 32], path[FIRMWARE_PATH];
    bool free = (row->flags & DGM_ROW_REST) || row->op == DGM_OP_CASE;
    if (!at->has_length) {
        return;
    }
    firmware_path(emit->plan, index, "in->", "", path);
    (void)snprintf(text, sizeof(text), "rounds%u <= (sizeof(%s) / sizeof(%s[0]))",
                   (unsigned)index, path, path);
    firmware_put_require(emit, index, text, "COUNT");
    if (free || at->counted != DGM_NONE) {
        return;
    }
    if (!firmware_expr(emit->plan, row->expr, index, &value) || value.is_condition ||
        value.digits != 0) {
        firmware_refuse_row(emit, index, "its count has no C");
        return;
    }
    firmware_put_require(emit, index, value.there, "COUNT");
    (void)snprintf(text, sizeof(text), "(int64_t)rounds%u == %s", (unsigned)index,
                   value.text);
    firmware_put_require(emit, index, text, "COUNT");
}

/* No round begins like the mark that ends them all. */
static void require_no_mark(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    char mark[FIRMWARE_LITERAL], text[FIRMWARE_PATH];
    firmware_end_mark(emit->plan, row, mark);
    (void)snprintf(text, sizeof(text), "!begins_like%s_%s(&w, round%u, %s, %uU)",
                   firmware_wide_name(row->width), firmware_order(row), (unsigned)index,
                   mark, row->width / 8u);
    firmware_put_require(emit, index, text, "RANGE");
}

static void put_mark(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    char mark[FIRMWARE_LITERAL];
    firmware_end_mark(emit->plan, row, mark);
    firmware_line(emit, "put%s_%s(&w, %s, %uU);", firmware_wide_name(row->width),
                  firmware_order(row), mark, row->width / 8u);
}

void firmware_put_array(struct firmware_emit *emit, uint16_t index,
                        void (*round)(struct firmware_emit *emit, uint16_t index))
{
    const struct firmware_row *at = &emit->plan->at[index];
    unsigned depth = firmware_depth(emit->plan, index), n = index;
    char path[FIRMWARE_PATH] = "";
    if (at->has_length) {
        firmware_path(emit->plan, index, "in->", "_count", path);
    } else {
        (void)snprintf(path, sizeof(path), "%uU", (unsigned)at->most);
    }
    firmware_block(emit);
    firmware_line(emit, "const size_t rounds%u = %s;", n, path);
    check_rounds(emit, index);
    firmware_enter(emit, "for (i%u = 0U; (i%u < rounds%u) && (w.status == @_OK); i%u++)",
                   depth, depth, n, depth);
    firmware_forget(emit, index);
    bool marked = (emit->plan->rows[index].flags & DGM_ROW_UNTIL) != 0;
    if (marked) {
        firmware_line(emit, "const size_t round%u = w.at;", n);
    }
    round(emit, index);
    if (marked) {
        require_no_mark(emit, index);
    }
    firmware_leave(emit);
    if (marked) {
        put_mark(emit, index);
    }
    firmware_leave(emit);
}

void firmware_put_span(struct firmware_emit *emit, uint16_t index)
{
    unsigned n = index;
    if (firmware_may_miss(emit->plan, index) || emit->plan->at[index].scope != DGM_NONE) {
        firmware_refuse_row(emit, index, "what is measured may be absent");
    }
    firmware_line(emit, "b%u = w.at;", n);
    firmware_put_rows(emit, (uint16_t)(index + 1), firmware_end(emit->plan, index));
    firmware_line(emit, "v%u = w.at - b%u;", n, n);
}

/* raw = (value - add) / mul, whole, of what is counted; false if it is another way. */
bool firmware_put_told(struct firmware_emit *emit, uint16_t index, const char *value)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    const struct dgm_scaling *scaling = &emit->plan->tables->scalings[row->detail];
    if (scaling->div != 1 || scaling->digits != 0 || scaling->mul < 1 ||
        scaling->add < -DGM_MAX_FRAME || scaling->add > DGM_MAX_FRAME) {
        return false;
    }
    char text[FIRMWARE_TEXT + 64], sum[FIRMWARE_TEXT];
    firmware_linear(value, 1, -scaling->add, sum, sizeof(sum));
    if (scaling->mul == 1) {
        firmware_line(emit, "const int64_t value = %s;", sum);
        return true;
    }
    firmware_line(emit, "const int64_t value = %s / %" PRId64 ";", sum, scaling->mul);
    firmware_linear("value", scaling->mul, scaling->add, sum, sizeof(sum));
    (void)snprintf(text, sizeof(text), "%s == %s", value, sum);
    firmware_put_require(emit, index, text, "LENGTH");
    return true;
}

void firmware_put_agree(struct firmware_emit *emit, uint16_t index)
{
    const struct dgm_row *row = &emit->plan->rows[index];
    struct firmware_value value;
    if (emit->plan->rows[row->spec].op == DGM_OP_CHECK) {
        return; /* filled in when the frame is complete */
    }
    firmware_enter(emit, "if (a%u != NOWHERE)", (unsigned)row->spec);
    bool good = firmware_expr(emit->plan, row->expr, index, &value) &&
                !value.is_condition && value.digits == 0 &&
                firmware_put_told(emit, row->spec, value.text);
    if (good) {
        firmware_put_require(emit, row->spec, value.there, "LENGTH");
        firmware_put_later(emit, row->spec, "value");
    } else {
        firmware_refuse_row(emit, row->spec, "what it tells has no C");
    }
    firmware_leave(emit);
}
