/* SPDX-License-Identifier: MIT */
/* Strict UTF-8, and what terminals do with characters. */
#include "utf8.h"

struct range {
    uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t character)
{
    for (size_t i = 0; i < count; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

/* Bytes of the sequence that a lead byte announces, or 0. */
static size_t sequence_length(uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *ret)
{
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    static const uint8_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint8_t lead = (uint8_t)text[0];
    size_t size = sequence_length(lead);

    *ret = lead;
    if (size == 0 || size > length)
        return 0;

    uint32_t character = lead & lead_bits[size];
    for (size_t i = 1; i < size; i++) {
        uint8_t byte = (uint8_t)text[i];
        if ((byte & 0xC0) != 0x80)
            return 0;
        character = character << 6 | (byte & 0x3F);
    }
    bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < lowest[size] || character > 0x10FFFF || surrogate)
        return 0;
    *ret = character;
    return size;
}

bool utf8_is_hidden(uint32_t character)
{
    static const struct range hidden[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F}};

    return is_in(hidden, sizeof(hidden) / sizeof(hidden[0]), character);
}

unsigned utf8_cells(uint32_t character)
{
    static const struct range combining[] = {{0x0300, 0x036F},
                                             {0x200B, 0x200D},
                                             {0x20D0, 0x20FF},
                                             {0xFE00, 0xFE0F},
                                             {0xFE20, 0xFE2F}};
    static const struct range wide[] = {
        {0x1100, 0x115F},   {0x2E80, 0xA4CF},  {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
        {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

    if (is_in(combining, sizeof(combining) / sizeof(combining[0]), character))
        return 0;
    return is_in(wide, sizeof(wide) / sizeof(wide[0]), character) ? 2 : 1;
}
