/* SPDX-License-Identifier: MIT */
/* Instants on the way out that stand in the frame as digits or part by part. */
#include "js_work.h"

/* Zone, the unit of the wire in milliseconds, and whether it must come out even. */
static const char *clock_of(struct js *js, const struct dgm_row *row)
{
    static const unsigned units[] = {1000, 1, 60000, 3600000, 86400000};
    uint16_t index = js_format_of(row);
    const struct dgm_format *format = index != DGM_NONE ? js_formats(js) + index : NULL;
    unsigned precision = format != NULL && format->precision < 5 ? format->precision : 0;
    bool exact = row->detail != DGM_NONE &&
                 (js_scalings(js)[row->detail].flags & DGM_SCALING_EXACT_ONLY) != 0;
    return js_text(js, "%d, %u, %s", format != NULL ? format->zone : 0, units[precision],
                   exact ? "true" : "false");
}

const char *js_moment_digits(struct js *js, const struct dgm_row *row,
                             const char *seconds)
{
    return js_text(js, "momentDigits(%s, %s, %s, %s)", js_pool(js, row->path), seconds,
                   js_pool(js, js_formats(js)[row->spec].pattern), clock_of(js, row));
}

/* The instant of a row out of parts; undefined where the call has none. */
static const char *seconds_of(struct js *js, const struct dgm_row *whole)
{
    if (whole->source == DGM_SOURCE_EXPR)
        return js_text(js, "exactly(%s)", js_expression(js, whole, whole->expr));
    if (whole->source != DGM_SOURCE_MEMBER) {
        js_refuse(js, whole, "what this instant is made of");
        return "undefined";
    }
    const char *node = js_given_node(js, whole);
    return js_text(js,
                   js_is_element(whole) ? "isNothing(%s) ? undefined : %s"
                                        : "%s === undefined ? undefined : %s",
                   node, js_seconds_of(js, whole, node));
}

const char *js_raw_of_moment(struct js *js, const struct dgm_row *row)
{
    const struct dgm_row *whole = js->first + (row->key >> 16);
    const char *path = js_pool(js, whole->path), *moment = js_shared(js, "moment");
    bool computes = whole->source == DGM_SOURCE_EXPR;
    uint64_t none;
    js_line(js, "%s = %s;", moment, seconds_of(js, whole));
    struct dgm_row part = *row;
    part.path = whole->path; /* the parts are in no JSON */
    const char *raw =
        js_raw_of_number(js, &part,
                         js_text(js, "momentPart(%s, %s, %u, %s)", path, moment,
                                 (unsigned)(row->key & 0xFFFF), clock_of(js, whole)));
    if (js_no_reading(js, row, &none))
        return js_text(js, "%s === undefined ? %s : %s", moment, js_u64(js, none), raw);
    js_line(js, "%s(%s, %s);", computes ? "computedMoment" : "needed", path, moment);
    return raw;
}

void js_put_moment(struct js *js, const struct dgm_row *row)
{
    if (row->slot == DGM_NONE || js->names[row->slot] == NULL)
        return;
    js_line(js, "%s = momentOf(%s);", js->names[row->slot], js_moment_parts(js, row));
}
