/* SPDX-License-Identifier: MIT */
/* Encoding by a plan: texts, unescaped and checked on their way into the frame. */
#include "plan_encode_run.h"

#include "text.h"

/* A text on its way. */
struct copy {
    uint8_t *to;
    const uint8_t *room; /* end of the room */
    size_t characters;
    uint8_t show;
};

static const uint8_t *read_unit(struct plan_text text, const uint8_t *p, uint32_t *ret)
{
    uint32_t unit = 0;
    if (text.end - p < 4)
        return NULL;
    for (unsigned i = 0; i < 4; i++) {
        int digit = hex_digit_value((char)p[i]);
        if (digit < 0)
            return NULL;
        unit = unit << 4 | (uint32_t)digit;
    }
    *ret = unit;
    return p + 4;
}

/* Behind \u. */
static const uint8_t *read_unicode(struct plan_text text, const uint8_t *p, uint32_t *ret)
{
    uint32_t low;
    p = read_unit(text, p, ret);
    if (p == NULL || *ret < 0xD800 || *ret > 0xDFFF)
        return p;
    if (*ret > 0xDBFF || text.end - p < 2 || p[0] != '\\' || p[1] != 'u')
        return NULL;
    p = read_unit(text, p + 2, &low);
    if (p == NULL || low < 0xDC00 || low > 0xDFFF)
        return NULL;
    *ret = 0x10000 + ((*ret - 0xD800) << 10) + (low - 0xDC00);
    return p;
}

/* From the backslash. */
static const uint8_t *read_escape(struct plan_text text, const uint8_t *p, uint32_t *ret)
{
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (++p == text.end)
        return NULL;
    if (*p == 'u')
        return read_unicode(text, p + 1, ret);
    for (unsigned i = 0; i < sizeof(letters) - 1; i++) {
        if (*p != (uint8_t)letters[i])
            continue;
        *ret = (uint8_t)values[i];
        return p + 1;
    }
    return NULL;
}

/* One character that is no plain ASCII. */
static const uint8_t *copy_character(struct plan_text text, const uint8_t *p,
                                     struct copy *copy)
{
    uint8_t bytes[4];
    uint32_t code_point;
    size_t length;
    if (*p == '\\') {
        p = read_escape(text, p, &code_point);
        if (p == NULL)
            return NULL;
    } else {
        if (*p < 0x80 || utf8_length(p, (size_t)(text.end - p)) == 0)
            return NULL;
        code_point = utf8_read(p, &length);
        p += length;
    }
    length = 1;
    if (copy->show == DGM_SHOW_UTF8)
        length = utf8_write(bytes, code_point);
    else if (code_point > (copy->show == DGM_SHOW_ASCII ? 0x7Fu : 0xFFu))
        return NULL;
    else
        bytes[0] = (uint8_t)code_point;
    if (length > (size_t)(copy->room - copy->to))
        return NULL;
    for (size_t i = 0; i < length; i++)
        *copy->to++ = bytes[i];
    copy->characters++;
    return p;
}

/* Eight bytes of the text, or the plain ones among them that come first. */
PLAN_INLINE bool copy_plain(struct copy *copy, uint64_t word, size_t count)
{
    size_t room = (size_t)(copy->room - copy->to);
    if (PLAN_LIKELY(room >= 8)) {
        plan_store(copy->to, word);
    } else {
        if (count > room)
            return false;
        for (size_t i = 0; i < count; i++)
            copy->to[i] = (uint8_t)(word >> (8 * i));
    }
    copy->to += count;
    copy->characters += count;
    return true;
}

static const uint8_t *copy_text(struct plan_text text, const uint8_t *p,
                                struct copy *copy)
{
    for (;;) {
        uint64_t word = plan_word(text, p), special = text_special_bits(word);
        size_t count = special == 0 ? 8 : plan_lowest(special);
        if (!copy_plain(copy, word, count))
            return NULL;
        p += count;
        if (special == 0)
            continue;
        if (p == text.end)
            return NULL;
        if (*p == '"')
            return p + 1;
        p = copy_character(text, p, copy);
        if (p == NULL)
            return NULL;
    }
}

static const uint8_t *copy_hex(struct plan_text text, const uint8_t *p, struct copy *copy)
{
    while (text.end - p >= 2 && *p != '"') {
        int high = hex_digit_value((char)p[0]), low = hex_digit_value((char)p[1]);
        if (high < 0 || low < 0 || copy->to == copy->room)
            return NULL;
        *copy->to++ = (uint8_t)(high << 4 | low);
        copy->characters += 2;
        p += 2;
    }
    return plan_next_is(text, p, '"') ? p + 1 : NULL;
}

const uint8_t *plan_read_text(const struct plan_run *run, const uint8_t *p,
                              const struct plan_string *string, uint8_t *to,
                              const uint8_t *room, size_t *ret_length)
{
    struct copy copy = {to, room, 0, string->show};
    bool is_hex =
        string->show == DGM_SHOW_BYTES_HEX || string->show == DGM_SHOW_BYTES_HEX_UPPER;
    if (!plan_next_is(run->text, p, '"'))
        return NULL;
    p = is_hex ? copy_hex(run->text, p + 1, &copy) : copy_text(run->text, p + 1, &copy);
    if (p == NULL || copy.characters > string->most)
        return NULL;
    *ret_length = (size_t)(copy.to - to);
    return p;
}
