/* SPDX-License-Identifier: MIT */
/* Instants whose year, month, day, ... were read one by one. */
#include "decode.h"

#include "moment.h"

enum dgm_status decode_moment(struct decoder *decoder, const struct dgm_row *row)
{
    struct number seconds;
    struct value value = value_missing();
    enum dgm_status status =
        moment_of_parts(decoder->codec, row, decoder->slots, &seconds);
    if (status == DGM_TIME)
        return decode_fail(decoder, status, row, decoder->position);
    if (status == DGM_OK)
        value = value_number(seconds);
    return decode_instant(decoder, row, &value);
}
