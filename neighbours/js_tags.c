/* SPDX-License-Identifier: MIT */
/* Tag loops: each record has a tag, and each tag its case. */
#include "js_work.h"

/* The condition of one entry of the list of tags. */
static const char *tag_test(struct js *js, const struct dgm_tag *tag)
{
    const char *low = js_i64(js, tag->low), *high = js_i64(js, tag->high);
    if (tag->low == tag->high)
        return js_text(js, "%s === %s", js->tag, low);
    if (low[0] == '\'' || high[0] == '\'')
        return js_text(js, "(order(%s, %s) >= 0 && order(%s, %s) <= 0)", js->tag, low,
                       js->tag, high);
    return js_text(js, "(%s >= %s && %s <= %s)", js->tag, low, js->tag, high);
}

/* All tags of a case; those before `first` are none of them. */
static const char *case_test(struct js *js, const struct dgm_loop *loop, unsigned first)
{
    const struct dgm_tag *tags = js_tags(js) + loop->first;
    const char *test = tag_test(js, &tags[first]);
    for (unsigned i = first + 1; i < loop->count; i++)
        if (tags[i].row == tags[first].row)
            test = js_text(js, "%s || %s", test, tag_test(js, &tags[i]));
    return test;
}

static bool is_first_of_case(const struct js *js, const struct dgm_loop *loop,
                             unsigned index)
{
    const struct dgm_tag *tags = js_tags(js) + loop->first;
    for (unsigned i = 0; i < index; i++)
        if (tags[i].row == tags[index].row)
            return false;
    return true;
}

static void read_case(struct js *js, const struct dgm_loop *loop,
                      const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const char *count = row->slot != DGM_NONE ? js->names[row->slot] : NULL;
    if (count != NULL && (loop->flags & DGM_LOOP_ONCE)) {
        js_open(js, "if (%s !== undefined)", count);
        js_line(js, "fail(f, 'tag', %s);", js_pool(js, row->path));
        js_close(js);
        js_line(js, "%s = 1;", count);
    }
    js_forget_slots(js, row);
    const char *outer = js_open_region(js, row);
    js_rows(js, at + 1, at + 1 + row->detail);
    js_close_region(js, row, outer);
}

/* A tag that no case has. */
static void read_unknown(struct js *js, const struct dgm_loop *loop,
                         const struct dgm_row *row)
{
    const char *path = js_pool(js, row->path);
    switch (loop->unknown) {
    case DGM_LOOP_STOP:
        js_line(js, "stop(f, 'tag', %s);", path);
        return;
    case DGM_LOOP_SKIP:
        js_line(js, "skip(f, %s, %s);", path, js_count(js, row, loop->size));
        return;
    case DGM_LOOP_SKIP_BYTE:
        js_line(js, "f.at = %s + 1;", js->record);
        return;
    default:
        js_line(js, "fail(f, 'tag', %s);", path);
        return;
    }
}

static void read_cases(struct js *js, const struct dgm_loop *loop,
                       const struct dgm_row *row, const struct dgm_row *choose)
{
    const struct dgm_tag *tags = js_tags(js) + loop->first;
    bool opened = false;
    for (unsigned i = 0; i < loop->count; i++) {
        if (!is_first_of_case(js, loop, i))
            continue;
        const char *test = case_test(js, loop, i);
        if (opened)
            js->depth--;
        js_open(js, opened ? "} else if (%s)" : "if (%s)", test);
        opened = true;
        read_case(js, loop, row + tags[i].row);
    }
    if (opened) {
        js->depth--;
        js_open(js, "} else");
    }
    if (loop->other != DGM_NONE)
        read_case(js, loop, row + loop->other);
    else
        read_unknown(js, loop, choose);
    if (opened)
        js_close(js);
}

/* Does the end cut a record off, whose tag is read? Then the loop ends. */
static void stop_at_cut(struct js *js, const struct dgm_loop *loop,
                        const struct dgm_row *choose)
{
    if (!(loop->flags & DGM_LOOP_CUT) || loop->size == DGM_NONE)
        return;
    js_open(js, "if (%s > left(f))", js_count(js, choose, loop->size));
    js_line(js, "stop(f, 'truncated', %s);", js_pool(js, choose->path));
    js_line(js, "continue;");
    js_close(js);
}

static void read_record(struct js *js, const struct dgm_loop *loop,
                        const struct dgm_row *row)
{
    unsigned at = (unsigned)(row - js->first);
    const struct dgm_row *choose = row + 1 + loop->tag_rows;
    js_rows(js, at + 1, at + 1 + loop->tag_rows);
    js_line(js, "%s = wholeTag(f, %s, %s);", js->tag, js_pool(js, choose->path),
            js_expression(js, choose, choose->expr));
    stop_at_cut(js, loop, choose);
    read_cases(js, loop, row, choose);
}

/* Arrays and objects of records that print without an element, too. */
static void put_always(struct js *js, const struct dgm_row *row)
{
    for (unsigned i = 1; i <= row->detail; i++) {
        const struct dgm_row *one = &row[i];
        bool is_apart = one->member != DGM_NONE &&
                        (one->op == DGM_OP_GROUP || one->op == DGM_OP_REPEAT);
        if ((one->flags & DGM_ROW_ALWAYS) && one->member != DGM_NONE)
            js_line(js, "always(%s, %s, %s());", js_target(js, one), js_key(js, one),
                    (one->flags & DGM_ROW_KEEP) ? "newObject" : "newList");
        if (is_apart)
            i += dgm_row_span(one);
    }
}

void js_loop(struct js *js, const struct dgm_row *row)
{
    const struct dgm_loop *loop = js_loops(js) + row->spec;
    const char *path = js_pool(js, row->path), *record = js->record, *tag = js->tag;
    const char *outer = js_variable(js, "outer"), *began = js_variable(js, "began");
    bool in_loop = js->in_loop, has_rounds = loop->tag_rows == 0;
    bool cuts = (loop->flags & DGM_LOOP_CUT) != 0;
    const char *index = has_rounds ? js_variable(js, "i") : NULL;
    js->record = js_variable(js, "record");
    js->tag = js_variable(js, "tag");
    js->in_loop = true;
    js_forget_slots(js, row);
    js_series_reset(js, row);
    js_line(js, "%s = openLoop(f);", outer);
    js_line(js, "%s = f.at;", began);
    js_line(js, "%s = -1;", js->record);
    if (has_rounds)
        js_line(js, "%s = 0;", index);
    js_open(js, "for (;;)");
    if (loop->align > 1)
        js_line(js, "align(f, %s, %u);", began, loop->align);
    if (loop->tag_bytes > 1)
        js_line(js, "cutTag(f, %s, %u, %s, %s);", path, loop->tag_bytes,
                cuts ? "true" : "false",
                cuts || loop->unknown == DGM_LOOP_STOP ? "true" : "false");
    js_open(js, "if (left(f) === 0)");
    js_line(js, "break;");
    js_close(js);
    js_line(js, "%s = nextRecord(f, %s, %s);", js->record, path, js->record);
    if (has_rounds) {
        js_line(js, "f.index = %s;", index);
        js_line(js, "%s += 1;", index);
    }
    read_record(js, loop, row);
    js_close(js);
    js_line(js, "closeLoop(f, %s);", outer);
    if (record != NULL)
        js_line(js, "f.record = %s;", record);
    if (!in_loop)
        put_always(js, row);
    js->record = record;
    js->tag = tag;
    js->in_loop = in_loop;
}
