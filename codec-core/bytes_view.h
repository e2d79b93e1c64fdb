/* SPDX-License-Identifier: MIT */
/* Bytes of a frame in the order of their meaning, and their renderings. */
#ifndef DGM_BYTES_VIEW_H
#define DGM_BYTES_VIEW_H

#include "json_write.h"
#include "number.h"
#include "private.h"

struct bytes_view {
    const uint8_t *bytes; /* not NULL */
    size_t length;
    bool reversed; /* the last byte is first */
};

static inline uint8_t view_byte(const struct bytes_view *view, size_t i)
{
    return view->bytes[HAS_FORMATS && view->reversed ? view->length - 1 - i : i];
}

/* The view without its last bytes. */
struct bytes_view view_shorter(struct bytes_view view, size_t length);

/* The JSON value of the bytes in a rendering of BYTES, but for digits and numbers. */
void view_put(struct json_writer *out, const struct bytes_view *view, uint8_t show,
              const struct dgm_codec *codec, const struct dgm_format *format);

/* Digits by the format, from one place up to another. */
void view_put_digits(struct json_writer *out, const struct bytes_view *view,
                     const struct dgm_format *format, size_t first, size_t end);

/* The number that the characters spell: digits, a sign, a point. */
bool view_number(const struct bytes_view *view, struct number *ret);

#endif
