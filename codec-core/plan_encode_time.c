/* SPDX-License-Identifier: MIT */
/*
 * Encoding by a plan: the time of a report. It is read where it stands, and written when
 * all of the frame is there, by the functions of the rows. What it becomes on the wire,
 * a number or digits by a pattern, in which zone and unit, they alone know.
 */
#include "plan_encode_run.h"

#include "calendar.h"
#include "digits.h"
#include "pipe.h"
#include "scaling.h"

const uint8_t *plan_read_time(const struct plan_run *run, const uint8_t *p, int64_t *ret)
{
    struct plan_name name;
    p = plan_read_name(run->text, p, &name);
    if (p == NULL)
        return NULL;
    const char *text = (const char *)name.text + 1;
    size_t length = name.length - 2;
    return calendar_read(text, length, CALENDAR_COMPACT, ret) ||
                   calendar_read(text, length, CALENDAR_ISO_MS, ret)
               ? p
               : NULL;
}

void plan_set_time(struct plan_run *run, int64_t milliseconds)
{
    run->time = milliseconds;
    run->roles_given |= (uint32_t)1 << DGM_ROLE_EVENT_TIME;
}

bool plan_set_time_place(const struct dgm_codec *codec, const struct dgm_row *row,
                         struct plan_place *place)
{
    if (row->expr != DGM_NONE || row_is_float(row) || row->show == DGM_SHOW_PIPE ||
        row_has_series(row))
        return false;
    if (row->op != DGM_OP_DIGITS)
        return true;
    const struct dgm_format *format = &codec->formats[row->spec];
    size_t bytes = digits_bytes(format, format->digits);
    if (format->digits == 0 || (row->flags & DGM_ROW_REST) || bytes > PLAN_TIME_BYTES)
        return false;
    place->bytes = (uint8_t)bytes;
    place->how = PLAN_BYTES;
    place->width = 64;
    return true;
}

/* The raw value as its row has it. */
static bool time_to_raw(const struct plan_run *run, const struct dgm_row *row,
                        uint64_t *ret)
{
    struct encoder encoder;
    struct number time = {wide_from_i64(run->time), 3};
    plan_set_encoder(run, &encoder);
    return encode_raw_number(&encoder, row, time, 0, ret) == DGM_OK;
}

bool plan_write_time(const struct plan_run *run)
{
    const struct plan_place *place = &run->message->time;
    const struct dgm_row *row = place->row;
    uint8_t *base = run->bases[place->part];
    uint64_t raw;
    if ((run->roles_given >> DGM_ROLE_EVENT_TIME & 1) == 0 ||
        !time_to_raw(run, row, &raw))
        return false;
    if (row->op != DGM_OP_DIGITS) {
        plan_put(place, base, raw & width_mask(place->width));
        return true;
    }
    const struct dgm_format *format = &run->codec->formats[row->spec];
    return digits_write(run->codec, format, raw, format->digits, base + place->at,
                        place->bytes);
}
