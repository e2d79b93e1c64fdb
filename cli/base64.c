/* SPDX-License-Identifier: MIT */
/* Bytes as text. */
#include "base64.h"

void hex_put(FILE *file, const uint8_t *bytes, size_t length)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < length; i++) {
        (void)fputc(digits[bytes[i] >> 4], file);
        (void)fputc(digits[bytes[i] & 15], file);
    }
}

void base64_put(FILE *file, const uint8_t *bytes, size_t length)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t bits = (uint32_t)bytes[i] << 16;
        bits |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        bits |= left > 2 ? (uint32_t)bytes[i + 2] : 0;
        (void)fputc(digits[bits >> 18], file);
        (void)fputc(digits[bits >> 12 & 63], file);
        (void)fputc(left > 1 ? digits[bits >> 6 & 63] : '=', file);
        (void)fputc(left > 2 ? digits[bits & 63] : '=', file);
    }
}
