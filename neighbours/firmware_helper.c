/* SPDX-License-Identifier: MIT */
#include "firmware_helper.h"

#include <string.h>

struct helper {
    const char *name; /* what calls of it begin with */
    const char *text;
};

#define PUT(name, type, place)                                                           \
    {                                                                                    \
        name "(",                                                                        \
            "static void " name "(struct writer *w, " type " value, size_t count)\n"     \
            "{\n"                                                                        \
            "    size_t i;\n"                                                            \
            "\n"                                                                         \
            "    if (take(w, count)) {\n"                                                \
            "        for (i = 0U; i < count; i++) {\n"                                   \
            "            const size_t place = " place ";\n"                              \
            "            w->bytes[(w->at + place) - count] =\n"                          \
            "                (uint8_t)((value >> (8U * (count - 1U - i))) & "            \
            "0xFFU);\n"                                                                  \
            "        }\n"                                                                \
            "    }\n"                                                                    \
            "}\n"                                                                        \
    }

/* Room that was left has zeros, or other bits that share its bytes. */
#define ADD(name, type, place)                                                           \
    {                                                                                    \
        name "(",                                                                        \
            "static void " name "(struct writer *w, size_t at, " type                    \
            " value, size_t count)\n"                                                    \
            "{\n"                                                                        \
            "    size_t i;\n"                                                            \
            "\n"                                                                         \
            "    if (w->status == @_OK) {\n"                                             \
            "        for (i = 0U; i < count; i++) {\n"                                   \
            "            const size_t place = " place ";\n"                              \
            "            w->bytes[at + place] = (uint8_t)(w->bytes[at + place] |\n"      \
            "                (uint8_t)((value >> (8U * (count - 1U - i))) & "            \
            "0xFFU));\n"                                                                 \
            "        }\n"                                                                \
            "    }\n"                                                                    \
            "}\n"                                                                        \
    }

#define GET(name, type, place)                                                           \
    {                                                                                    \
        name "(", "static " type " " name "(struct reader *r, size_t count)\n"           \
                  "{\n"                                                                  \
                  "    " type " value = 0U;\n"                                           \
                  "    size_t i;\n"                                                      \
                  "\n"                                                                   \
                  "    if (pass(r, count)) {\n"                                          \
                  "        for (i = 0U; i < count; i++) {\n"                             \
                  "            const size_t place = " place ";\n"                        \
                  "            value = (value << 8U) | r->bytes[(r->at + place) - "      \
                  "count];\n"                                                            \
                  "        }\n"                                                          \
                  "    }\n"                                                              \
                  "    return value;\n"                                                  \
                  "}\n"                                                                  \
    }

#define BE "i"
#define LE "count - 1U - i"
#define CDAB "((count - 2U) - (i & ~(size_t)1U)) | (i & 1U)"
#define BADC "i ^ 1U"

#define ORDERS(KIND, name)                                                               \
    KIND(name "_be", "uint32_t", BE), KIND(name "64_be", "uint64_t", BE),                \
        KIND(name "_le", "uint32_t", LE), KIND(name "64_le", "uint64_t", LE),            \
        KIND(name "_cdab", "uint32_t", CDAB), KIND(name "64_cdab", "uint64_t", CDAB),    \
        KIND(name "_badc", "uint32_t", BADC), KIND(name "64_badc", "uint64_t", BADC)

/* Sign and magnitude, Gray code, two's complement, by the name of the width. */
#define CODED(wide, word)                                                                \
    {"magnitude" wide "(",                                                               \
     "static uint" word "_t magnitude" wide "(int" word "_t number, unsigned width)\n"   \
     "{\n"                                                                               \
     "    const uint" word "_t sign = (uint" word "_t)1U << (width - 1U);\n"             \
     "    const uint" word "_t bits = (uint" word "_t)number;\n"                         \
     "\n"                                                                                \
     "    return (number < 0) ? (sign | ((0U - bits) & (sign - 1U))) : bits;\n"          \
     "}\n"},                                                                             \
        {"with_sign" wide "(",                                                           \
         "static int" word "_t with_sign" wide "(uint" word "_t bits, unsigned width)\n" \
         "{\n"                                                                           \
         "    const uint" word "_t sign = (uint" word "_t)1U << (width - 1U);\n"         \
         "    const uint" word "_t mask = sign | (sign - 1U);\n"                         \
         "\n"                                                                            \
         "    return ((bits & sign) != 0U) ? (-(int" word                                \
         "_t)(mask - bits) - 1) : (int" word "_t)bits;\n"                                \
         "}\n"},                                                                         \
        {"of_magnitude" wide "(",                                                        \
         "static int" word "_t of_magnitude" wide "(uint" word                           \
         "_t bits, unsigned width)\n"                                                    \
         "{\n"                                                                           \
         "    const uint" word "_t sign = (uint" word "_t)1U << (width - 1U);\n"         \
         "    const int" word "_t size = (int" word "_t)(bits & (sign - 1U));\n"         \
         "\n"                                                                            \
         "    return ((bits & sign) != 0U) ? -size : size;\n"                            \
         "}\n"},                                                                         \
        {"of_gray" wide "(",                                                             \
         "static uint" word "_t of_gray" wide "(uint" word "_t bits)\n"                  \
         "{\n"                                                                           \
         "    uint" word "_t number = bits;\n"                                           \
         "    unsigned by;\n"                                                            \
         "\n"                                                                            \
         "    for (by = 1U; by < " word "U; by *= 2U) {\n"                               \
         "        number ^= number >> by;\n"                                             \
         "    }\n"                                                                       \
         "    return number;\n"                                                          \
         "}\n"},                                                                         \
    {                                                                                    \
        "gray" wide "(", "static uint" word "_t gray" wide "(uint" word "_t number)\n"   \
                         "{\n"                                                           \
                         "    return number ^ (number >> 1U);\n"                         \
                         "}\n"                                                           \
    }

/* Bits of a float, and back: both have the same bytes. */
#define REAL(name, type, bits)                                                           \
    {name "_bits(", "static " bits " " name "_bits(" type " number)\n"                   \
                    "{\n"                                                                \
                    "    " bits " bits = 0U;\n"                                          \
                    "\n"                                                                 \
                    "    copy(&bits, &number, sizeof(bits));\n"                          \
                    "    return bits;\n"                                                 \
                    "}\n"},                                                              \
    {                                                                                    \
        name "_of(", "static " type " " name "_of(" bits " bits)\n"                      \
                     "{\n"                                                               \
                     "    " type " number = 0;\n"                                        \
                     "\n"                                                                \
                     "    copy(&number, &bits, sizeof(number));\n"                       \
                     "    return number;\n"                                              \
                     "}\n"                                                               \
    }

static const struct helper helpers[] = {
    {"copy(", "/* Whatever it is, it has bytes. */\n"
              "static void copy(void *to, const void *from, size_t count)\n"
              "{\n"
              "    uint8_t *target = (uint8_t *)to;\n"
              "    const uint8_t *bytes = (const uint8_t *)from;\n"
              "    size_t i;\n"
              "\n"
              "    for (i = 0U; i < count; i++) {\n"
              "        target[i] = bytes[i];\n"
              "    }\n"
              "}\n"},
    {"fill(", "static void fill(void *place, uint8_t byte, size_t count)\n"
              "{\n"
              "    uint8_t *bytes = (uint8_t *)place;\n"
              "    size_t i;\n"
              "\n"
              "    for (i = 0U; i < count; i++) {\n"
              "        bytes[i] = byte;\n"
              "    }\n"
              "}\n"},
    {"NOWHERE", "/* No place in a frame. */\n"
                "#define NOWHERE SIZE_MAX\n"},
    {"struct writer",
     "/* Where a frame is written. After the first fault nothing more is. */\n"
     "struct writer {\n"
     "    uint8_t *bytes;\n"
     "    size_t size;\n"
     "    size_t at;\n"
     "    size_t end;  /* behind the last byte that was written */\n"
     "    bool gap;    /* something optional was left out */\n"
     "    enum $_status status;\n"
     "    enum $_field field;\n"
     "};\n"},
    {"require(", "static void require(struct writer *w, bool holds, enum $_status "
                 "status,\n"
                 "    enum $_field field)\n"
                 "{\n"
                 "    if ((!holds) && (w->status == @_OK)) {\n"
                 "        w->status = status;\n"
                 "        w->field = field;\n"
                 "    }\n"
                 "}\n"},
    {"take(", "/* Room for so many bytes; the place is behind them then. */\n"
              "static bool take(struct writer *w, size_t count)\n"
              "{\n"
              "    bool there = false;\n"
              "\n"
              "    if (w->status == @_OK) {\n"
              "        if ((w->at <= w->size) && (count <= (w->size - w->at))) {\n"
              "            w->at += count;\n"
              "            if (w->at > w->end) {\n"
              "                w->end = w->at;\n"
              "            }\n"
              "            there = true;\n"
              "        } else {\n"
              "            w->status = @_NO_SPACE;\n"
              "        }\n"
              "    }\n"
              "    return there;\n"
              "}\n"},
    {"finish_writing(",
     "static enum $_status finish_writing(const struct writer *w, size_t *length,\n"
     "    struct $_fault *fault)\n"
     "{\n"
     "    *length = (w->status == @_OK) ? w->end : 0U;\n"
     "    if (fault != NULL) {\n"
     "        fault->field = w->field;\n"
     "        fault->at = w->at;\n"
     "    }\n"
     "    return w->status;\n"
     "}\n"},
    ORDERS(PUT, "put"),
    ORDERS(ADD, "add"),
    {"put_fill(", "static void put_fill(struct writer *w, uint8_t byte, size_t count)\n"
                  "{\n"
                  "    if (take(w, count)) {\n"
                  "        fill(&w->bytes[w->at - count], byte, count);\n"
                  "    }\n"
                  "}\n"},
    {"put_end(", "/* The byte that ends a text, and what fills up behind it. */\n"
                 "static void put_end(struct writer *w, uint8_t last, uint8_t byte, "
                 "size_t count)\n"
                 "{\n"
                 "    put_fill(w, byte, count);\n"
                 "    if ((count > 0U) && (w->status == @_OK)) {\n"
                 "        w->bytes[w->at - count] = last;\n"
                 "    }\n"
                 "}\n"},
    {"skip(", "/* Bytes that are written, or were written, from elsewhere. */\n"
              "static void skip(struct writer *w, size_t count)\n"
              "{\n"
              "    (void)take(w, count);\n"
              "}\n"},
    {"put_bytes(", "static void put_bytes(struct writer *w, const uint8_t *bytes, size_t "
                   "count)\n"
                   "{\n"
                   "    if (take(w, count)) {\n"
                   "        copy(&w->bytes[w->at - count], bytes, count);\n"
                   "    }\n"
                   "}\n"},
    {"put_bytes_reversed(",
     "static void put_bytes_reversed(struct writer *w, const uint8_t *bytes, size_t "
     "count)\n"
     "{\n"
     "    size_t i;\n"
     "\n"
     "    if (take(w, count)) {\n"
     "        for (i = 0U; i < count; i++) {\n"
     "            w->bytes[w->at - 1U - i] = bytes[i];\n"
     "        }\n"
     "    }\n"
     "}\n"},
    {"put_field_high(",
     "/* Bits of a stream, numbered from the top of its first byte. */\n"
     "static void put_field_high(struct writer *w, size_t stream, unsigned first,\n"
     "    unsigned width, uint64_t bits)\n"
     "{\n"
     "    unsigned i;\n"
     "\n"
     "    if (w->status == @_OK) {\n"
     "        for (i = 0U; i < width; i++) {\n"
     "            const unsigned place = first + (width - 1U - i);\n"
     "            const unsigned bit = (unsigned)((bits >> i) & 1U) << (7U - (place % "
     "8U));\n"
     "            const size_t at = stream + (place / 8U);\n"
     "            w->bytes[at] = (uint8_t)(w->bytes[at] | (uint8_t)bit);\n"
     "        }\n"
     "    }\n"
     "}\n"},
    {"put_field_low(", "/* Bits of a stream, numbered from the lowest of its first byte. "
                       "*/\n"
                       "static void put_field_low(struct writer *w, size_t stream, "
                       "unsigned first,\n"
                       "    unsigned width, uint64_t bits)\n"
                       "{\n"
                       "    unsigned i;\n"
                       "\n"
                       "    if (w->status == @_OK) {\n"
                       "        for (i = 0U; i < width; i++) {\n"
                       "            const unsigned place = first + i;\n"
                       "            const unsigned bit = (unsigned)((bits >> i) & 1U) << "
                       "(place % 8U);\n"
                       "            const size_t at = stream + (place / 8U);\n"
                       "            w->bytes[at] = (uint8_t)(w->bytes[at] | "
                       "(uint8_t)bit);\n"
                       "        }\n"
                       "    }\n"
                       "}\n"},
    {"put_digits(",
     "/* A number as decimal digits, two in a byte. */\n"
     "static void put_digits(struct writer *w, uint64_t number, size_t count, bool "
     "low_first,\n"
     "    bool reversed)\n"
     "{\n"
     "    uint64_t rest = number;\n"
     "    size_t i;\n"
     "\n"
     "    if (take(w, count)) {\n"
     "        for (i = 0U; i < count; i++) {\n"
     "            const unsigned low = (unsigned)(rest % 10U);\n"
     "            const unsigned high = (unsigned)((rest / 10U) % 10U);\n"
     "            const size_t place = reversed ? i : (count - 1U - i);\n"
     "            w->bytes[(w->at - count) + place] =\n"
     "                (uint8_t)(low_first ? ((low << 4U) | high) : ((high << 4U) | "
     "low));\n"
     "            rest /= 100U;\n"
     "        }\n"
     "    }\n"
     "}\n"},
    {"at_most(", "/* No more bytes than there are. */\n"
                 "static size_t at_most(const struct writer *w, size_t count, size_t "
                 "size)\n"
                 "{\n"
                 "    return (w->status != @_OK) ? 0U : ((count < size) ? count : "
                 "size);\n"
                 "}\n"},
    {"struct reader", "/* What is read. After the first fault all is zero. */\n"
                      "struct reader {\n"
                      "    const uint8_t *bytes;\n"
                      "    size_t length;\n"
                      "    size_t end;  /* of the part at work */\n"
                      "    size_t at;\n"
                      "    enum $_status status;\n"
                      "    enum $_field field;\n"
                      "};\n"},
    {"check(", "static void check(struct reader *r, bool holds, enum $_status status,\n"
               "    enum $_field field)\n"
               "{\n"
               "    if ((!holds) && (r->status == @_OK)) {\n"
               "        r->status = status;\n"
               "        r->field = field;\n"
               "    }\n"
               "}\n"},
    {"left(", "/* Bytes that are left, but for those at the end. */\n"
              "static size_t left(const struct reader *r, size_t trailer)\n"
              "{\n"
              "    const size_t bytes = (r->at < r->end) ? (r->end - r->at) : 0U;\n"
              "\n"
              "    return (bytes > trailer) ? (bytes - trailer) : 0U;\n"
              "}\n"},
    {"pass(", "/* Are so many bytes there? The place is behind them then. */\n"
              "static bool pass(struct reader *r, size_t count)\n"
              "{\n"
              "    bool there = false;\n"
              "\n"
              "    if (r->status == @_OK) {\n"
              "        if ((r->at <= r->end) && (count <= (r->end - r->at))) {\n"
              "            r->at += count;\n"
              "            there = true;\n"
              "        } else {\n"
              "            r->status = @_TRUNCATED;\n"
              "        }\n"
              "    }\n"
              "    return there;\n"
              "}\n"},
    {"open_part(", "/* A part with a size of its own; where the one around it ends. */\n"
                   "static size_t open_part(struct reader *r, size_t size)\n"
                   "{\n"
                   "    const size_t outer = r->end;\n"
                   "\n"
                   "    if (size > left(r, 0U)) {\n"
                   "        check(r, false, @_TRUNCATED, @_FIELD_NONE);\n"
                   "    } else {\n"
                   "        r->end = r->at + size;\n"
                   "    }\n"
                   "    return outer;\n"
                   "}\n"},
    {"close_part(",
     "static void close_part(struct reader *r, size_t outer, bool ignores_rest)\n"
     "{\n"
     "    check(r, ignores_rest || (r->at == r->end), @_TRAILING, @_FIELD_NONE);\n"
     "    r->at = r->end;\n"
     "    r->end = outer;\n"
     "}\n"},
    {"finish_reading(", "static enum $_status finish_reading(const struct reader *r, "
                        "struct $_fault *fault)\n"
                        "{\n"
                        "    if (fault != NULL) {\n"
                        "        fault->field = r->field;\n"
                        "        fault->at = r->at;\n"
                        "    }\n"
                        "    return r->status;\n"
                        "}\n"},
    ORDERS(GET, "get"),
    {"get_bool(", "static bool get_bool(struct reader *r, uint64_t bits)\n"
                  "{\n"
                  "    check(r, bits <= 1U, @_RANGE, @_FIELD_NONE);\n"
                  "    return bits != 0U;\n"
                  "}\n"},
    {"get_field_high(",
     "/* Bits of a stream, numbered from the top of its first byte. */\n"
     "static uint64_t get_field_high(const struct reader *r, size_t stream, unsigned "
     "first,\n"
     "    unsigned width)\n"
     "{\n"
     "    uint64_t bits = 0U;\n"
     "    unsigned i;\n"
     "\n"
     "    if (r->status == @_OK) {\n"
     "        for (i = first; i < (first + width); i++) {\n"
     "            const unsigned byte = r->bytes[stream + (i / 8U)];\n"
     "            bits = (bits << 1U) | ((byte >> (7U - (i % 8U))) & 1U);\n"
     "        }\n"
     "    }\n"
     "    return bits;\n"
     "}\n"},
    {"get_field_low(",
     "/* Bits of a stream, numbered from the lowest of its first byte. */\n"
     "static uint64_t get_field_low(const struct reader *r, size_t stream, unsigned "
     "first,\n"
     "    unsigned width)\n"
     "{\n"
     "    uint64_t bits = 0U;\n"
     "    unsigned i;\n"
     "\n"
     "    if (r->status == @_OK) {\n"
     "        for (i = first + width; i > first; i--) {\n"
     "            const unsigned byte = r->bytes[stream + ((i - 1U) / 8U)];\n"
     "            bits = (bits << 1U) | ((byte >> ((i - 1U) % 8U)) & 1U);\n"
     "        }\n"
     "    }\n"
     "    return bits;\n"
     "}\n"},
    {"get_digits(",
     "/* A number of decimal digits, two in a byte. */\n"
     "static uint64_t get_digits(struct reader *r, unsigned digits, size_t count, bool "
     "low_first,\n"
     "    bool reversed)\n"
     "{\n"
     "    uint64_t number = 0U;\n"
     "    size_t i;\n"
     "\n"
     "    if (pass(r, count)) {\n"
     "        for (i = 0U; i < count; i++) {\n"
     "            const size_t place = reversed ? (count - 1U - i) : i;\n"
     "            const unsigned byte = r->bytes[(r->at - count) + place];\n"
     "            const unsigned high = low_first ? (byte & 15U) : (byte >> 4U);\n"
     "            const unsigned low = low_first ? (byte >> 4U) : (byte & 15U);\n"
     "            const bool odd = (i == 0U) && ((digits % 2U) != 0U);\n"
     "            check(r, (high <= (odd ? 0U : 9U)) && (low <= 9U), @_TEXT, "
     "@_FIELD_NONE);\n"
     "            number = (number * 100U) + (high * 10U) + low;\n"
     "        }\n"
     "    }\n"
     "    return number;\n"
     "}\n"},
    {"get_bytes(",
     "static void get_bytes(struct reader *r, uint8_t *bytes, size_t count)\n"
     "{\n"
     "    if (pass(r, count)) {\n"
     "        copy(bytes, &r->bytes[r->at - count], count);\n"
     "    }\n"
     "}\n"},
    {"get_bytes_reversed(",
     "static void get_bytes_reversed(struct reader *r, uint8_t *bytes, size_t count)\n"
     "{\n"
     "    size_t i;\n"
     "\n"
     "    if (pass(r, count)) {\n"
     "        for (i = 0U; i < count; i++) {\n"
     "            bytes[i] = r->bytes[r->at - 1U - i];\n"
     "        }\n"
     "    }\n"
     "}\n"},
    {"struct text_form", "/* How a text ends in its place. */\n"
                         "struct text_form {\n"
                         "    bool ended;   /* behind it comes the byte `last` */\n"
                         "    bool open;    /* the next item stands behind that byte */\n"
                         "    bool padded;  /* it is filled up with `fill` */\n"
                         "    uint8_t last;\n"
                         "    uint8_t fill;\n"
                         "};\n"},
    {"get_text(",
     "static uint16_t get_text(struct reader *r, uint8_t *bytes, size_t size, size_t "
     "place,\n"
     "    const struct text_form *form, enum $_field field)\n"
     "{\n"
     "    const size_t from = r->at;\n"
     "    size_t length = place;\n"
     "    size_t i;\n"
     "\n"
     "    if (!pass(r, place)) {\n"
     "        length = 0U;\n"
     "    }\n"
     "    if (form->ended) {\n"
     "        for (i = 0U; (i < length) && (r->bytes[from + i] != form->last); i++) {\n"
     "        }\n"
     "        if (form->open) {\n"
     "            check(r, i < length, @_TRUNCATED, field);\n"
     "            r->at = from + i + 1U;\n"
     "        }\n"
     "        length = i;\n"
     "    }\n"
     "    while (form->padded && (length > 0U) && (r->bytes[from + length - 1U] == "
     "form->fill)) {\n"
     "        length--;\n"
     "    }\n"
     "    check(r, length <= size, @_LENGTH, field);\n"
     "    if (r->status == @_OK) {\n"
     "        copy(bytes, &r->bytes[from], length);\n"
     "    }\n"
     "    return (r->status == @_OK) ? (uint16_t)length : 0U;\n"
     "}\n"},
    CODED("", "32"),
    CODED("64", "64"),
    REAL("float", "float", "uint32_t"),
    REAL("double", "double", "uint64_t"),
    {"is_ascii(", "static bool is_ascii(const uint8_t *bytes, size_t length)\n"
                  "{\n"
                  "    bool good = true;\n"
                  "    size_t i;\n"
                  "\n"
                  "    for (i = 0U; i < length; i++) {\n"
                  "        good = good && (bytes[i] < 0x80U);\n"
                  "    }\n"
                  "    return good;\n"
                  "}\n"},
    {"is_utf8(",
     "/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */\n"
     "static bool is_utf8(const uint8_t *bytes, size_t length)\n"
     "{\n"
     "    bool good = true;\n"
     "    unsigned more = 0U;\n"
     "    uint8_t low = 0x80U;\n"
     "    uint8_t high = 0xBFU;\n"
     "    size_t i;\n"
     "\n"
     "    for (i = 0U; i < length; i++) {\n"
     "        const uint8_t byte = bytes[i];\n"
     "        if (more > 0U) {\n"
     "            good = good && (byte >= low) && (byte <= high);\n"
     "            low = 0x80U;\n"
     "            high = 0xBFU;\n"
     "            more--;\n"
     "        } else if (byte >= 0x80U) {\n"
     "            good = good && (byte >= 0xC2U) && (byte <= 0xF4U);\n"
     "            more = (byte >= 0xF0U) ? 3U : ((byte >= 0xE0U) ? 2U : 1U);\n"
     "            low = (byte == 0xE0U) ? 0xA0U : ((byte == 0xF0U) ? 0x90U : 0x80U);\n"
     "            high = (byte == 0xEDU) ? 0x9FU : ((byte == 0xF4U) ? 0x8FU : 0xBFU);\n"
     "        } else {\n"
     "            more = 0U;\n"
     "        }\n"
     "    }\n"
     "    return good && (more == 0U);\n"
     "}\n"},
    {"characters(", "static size_t characters(const uint8_t *bytes, size_t length)\n"
                    "{\n"
                    "    size_t count = 0U;\n"
                    "    size_t i;\n"
                    "\n"
                    "    for (i = 0U; i < length; i++) {\n"
                    "        count += ((bytes[i] & 0xC0U) != 0x80U) ? 1U : 0U;\n"
                    "    }\n"
                    "    return count;\n"
                    "}\n"},
    {"are_digits(",
     "/* Decimal digits, two in a byte; of an odd number the first half-byte is zero. "
     "*/\n"
     "static bool are_digits(const uint8_t *bytes, size_t length, bool odd, bool "
     "low_first)\n"
     "{\n"
     "    bool good = true;\n"
     "    size_t i;\n"
     "\n"
     "    for (i = 0U; i < length; i++) {\n"
     "        good = good && ((bytes[i] & 15U) <= 9U) && ((bytes[i] >> 4U) <= 9U);\n"
     "    }\n"
     "    if (odd) {\n"
     "        good = good && ((low_first ? (bytes[0] & 15U) : ((unsigned)bytes[0] >> "
     "4U)) "
     "== 0U);\n"
     "    }\n"
     "    return good;\n"
     "}\n"},
    {"is_moment(",
     "/* Is there such a day, and such a time of it? */\n"
     "static bool is_moment(int64_t year, int64_t month, int64_t day, int64_t hour, "
     "int64_t minute,\n"
     "    int64_t second)\n"
     "{\n"
     "    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, "
     "31};\n"
     "    bool good = (year >= 1) && (year <= 9998) && (month >= 1) && (month <= 12);\n"
     "\n"
     "    if (good) {\n"
     "        const bool leap = ((year % 4) == 0) && (((year % 100) != 0) || ((year % "
     "400) == 0));\n"
     "        const int64_t last = ((month == 2) && leap) ? 29 : (int64_t)days[month - "
     "1];\n"
     "        good = (day >= 1) && (day <= last) && (hour >= 0) && (hour <= 23) && "
     "(minute "
     ">= 0) &&\n"
     "            (minute <= 59) && (second >= 0) && (second <= 59);\n"
     "    }\n"
     "    return good;\n"
     "}\n"},
    {"does_not_end_with(", "/* What fills up a text is not its last byte. */\n"
                           "static bool does_not_end_with(const uint8_t *bytes, size_t "
                           "length, uint8_t byte)\n"
                           "{\n"
                           "    return (length == 0U) || (bytes[length - 1U] != byte);\n"
                           "}\n"},
    {"has_no(", "static bool has_no(const uint8_t *bytes, size_t length, uint8_t byte)\n"
                "{\n"
                "    bool found = false;\n"
                "    size_t i;\n"
                "\n"
                "    for (i = 0U; i < length; i++) {\n"
                "        found = found || (bytes[i] == byte);\n"
                "    }\n"
                "    return !found;\n"
                "}\n"},
};

enum { COUNT = sizeof(helpers) / sizeof(helpers[0]) };

const char *firmware_helper(size_t position)
{
    return position < COUNT ? helpers[position].text : NULL;
}

static bool is_letter(char character)
{
    return (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || character == '_';
}

bool firmware_helper_is_used(size_t position, const char *text)
{
    const char *name = helpers[position].name;
    for (const char *at = strstr(text, name); at != NULL; at = strstr(at + 1, name)) {
        if (at == text || !is_letter(at[-1])) {
            return true;
        }
    }
    return false;
}
