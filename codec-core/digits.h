/* SPDX-License-Identifier: MIT */
/* Numbers of decimal digits in bytes: packed BCD with a sign, or characters. */
#ifndef DGM_DIGITS_H
#define DGM_DIGITS_H

#include "private.h"

/* Bytes that so many digits of the format take. */
size_t digits_bytes(const struct dgm_format *format, size_t digits);
/* Digits that so many bytes have room for. */
size_t digits_of_bytes(const struct dgm_format *format, size_t bytes);

enum digits_result {
    DIGITS_OK,
    DIGITS_ILLEGAL, /* something that is no digit, or a digit before the first one */
    DIGITS_TOO_MANY /* the number is beyond DGM_MAX_NUMBER_DIGITS */
};

/* The half-byte at a place, counted from the first digit. */
unsigned digits_nibble(const uint8_t *bytes, size_t count,
                       const struct dgm_format *format, size_t place);
void digits_put_nibble(uint8_t *bytes, size_t count, const struct dgm_format *format,
                       size_t place, unsigned nibble);

/*
 * A number as the raw value of its row. What is no number gives the half-bytes as they
 * stand behind a top half-byte of 8, which no number has, so that the profile can name
 * them (up to 15 of them); `ret_fault` is the byte at fault.
 */
enum digits_result digits_read(const struct dgm_codec *codec,
                               const struct dgm_format *format, const uint8_t *bytes,
                               size_t count, size_t digits, uint64_t *ret_raw,
                               size_t *ret_fault);

/* The bytes of a raw value; false if it needs more digits than there are. */
bool digits_write(const struct dgm_codec *codec, const struct dgm_format *format,
                  uint64_t raw, size_t digits, uint8_t *bytes, size_t count);

#endif
