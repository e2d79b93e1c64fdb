/* SPDX-License-Identifier: MIT */
#include "firmware_framing.h"

#include <inttypes.h>

/* Bytes of the longest line. */
static size_t line_max(const struct dgm_framing *framing)
{
    size_t content = framing->content_max, longest = 1;
    for (unsigned i = 0; i < framing->pair_count; i++) {
        longest = framing->pairs[i].length > longest ? framing->pairs[i].length : longest;
    }
    size_t stuffed = framing->escape == DGM_FRAMING_COBS ? content + content / 254 + 1
                                                         : content * longest;
    return framing->start_length + stuffed + framing->end_length;
}

void firmware_framing_header(const struct dgm_framing *framing, FILE *file)
{
    (void)fprintf(
        file,
        "/* --- The line: delimiters and escapes around every frame --- */\n\n"
        "#define @_LINE_MAX %zuU\n\n"
        "/* Put them around, and take them off: @_FRAMING if they are not right. "
        "*/\n"
        "enum $_status $_wrap(const uint8_t *frame, size_t count, uint8_t *line,\n"
        "    size_t size, size_t *length);\n"
        "enum $_status $_unwrap(const uint8_t *line, size_t count, uint8_t "
        "*frame,\n"
        "    size_t size, size_t *length);\n\n",
        line_max(framing));
}

static const char pipe_text[] = "/* Bytes that go from one buffer to another. */\n"
                                "struct pipe {\n"
                                "    uint8_t *bytes;\n"
                                "    size_t size;\n"
                                "    size_t at;\n"
                                "    enum $_status status;\n"
                                "};\n"
                                "\n"
                                "static void pipe_put(struct pipe *out, uint8_t byte)\n"
                                "{\n"
                                "    if (out->at < out->size) {\n"
                                "        out->bytes[out->at] = byte;\n"
                                "        out->at++;\n"
                                "    } else if (out->status == @_OK) {\n"
                                "        out->status = @_NO_SPACE;\n"
                                "    } else {\n"
                                "        /* the first fault stays */\n"
                                "    }\n"
                                "}\n\n";

static const char finish_text[] = "    *length = (out.status == @_OK) ? out.at : 0U;\n"
                                  "    return out.status;\n"
                                  "}\n\n";

static const char stuff_text[] =
    "    {\n"
    "        size_t code = out.at;\n"
    "        size_t run = 1U;\n"
    "        pipe_put(&out, 1U);\n"
    "        for (i = 0U; i < count; i++) {\n"
    "            if (frame[i] != 0U) {\n"
    "                pipe_put(&out, frame[i]);\n"
    "                run++;\n"
    "            }\n"
    "            if (code < out.size) {\n"
    "                out.bytes[code] = (uint8_t)run;\n"
    "            }\n"
    "            if ((frame[i] == 0U) || ((run == 255U) && ((i + 1U) < count))) {\n"
    "                code = out.at;\n"
    "                run = 1U;\n"
    "                pipe_put(&out, 1U);\n"
    "            }\n"
    "        }\n"
    "    }\n";

static const char unstuff_text[] =
    "    good = good && (at < end);\n"
    "    while (good && (at < end)) {\n"
    "        const size_t code = line[at];\n"
    "        const bool zero = (code != 255U) && (code < (end - at));\n"
    "        good = (code != 0U) && (code <= (end - at));\n"
    "        for (i = 1U; good && (i < code); i++) {\n"
    "            good = (line[at + i] != 0U);\n"
    "            pipe_put(&out, line[at + i]);\n"
    "        }\n"
    "        if (good && zero) {\n"
    "            pipe_put(&out, 0U);\n"
    "        }\n"
    "        at += code;\n"
    "    }\n";

static void put_bytes(FILE *file, const uint8_t *bytes, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        (void)fprintf(file, "    pipe_put(&out, 0x%02XU);\n", bytes[i]);
    }
}

static void put_escape(const struct dgm_framing *framing, FILE *file)
{
    (void)fprintf(file, "    for (i = 0U; i < count; i++) {\n"
                        "        switch (frame[i]) {\n");
    for (unsigned i = 0; i < framing->pair_count; i++) {
        const struct dgm_escape *pair = &framing->pairs[i];
        (void)fprintf(file, "        case 0x%02XU:\n", pair->byte);
        for (unsigned j = 0; j < pair->length; j++) {
            (void)fprintf(file, "            pipe_put(&out, 0x%02XU);\n", pair->with[j]);
        }
        (void)fprintf(file, "            break;\n");
    }
    (void)fprintf(file, "        default:\n"
                        "            pipe_put(&out, frame[i]);\n"
                        "            break;\n"
                        "        }\n"
                        "    }\n");
}

static void put_wrap(const struct dgm_framing *framing, FILE *file)
{
    (void)fprintf(
        file, "enum $_status $_wrap(const uint8_t *frame, size_t count, uint8_t *line,\n"
              "    size_t size, size_t *length)\n"
              "{\n"
              "    struct pipe out = {line, size, 0U, @_OK};\n"
              "    size_t i;\n\n");
    put_bytes(file, framing->start, framing->start_length);
    if (framing->escape == DGM_FRAMING_COBS) {
        (void)fputs(stuff_text, file);
    } else {
        put_escape(framing, file);
    }
    put_bytes(file, framing->end, framing->end_length);
    (void)fputs(finish_text, file);
}

/* The bytes at a place, which are there. */
static void put_same(FILE *file, const uint8_t *bytes, unsigned count, const char *from)
{
    for (unsigned i = 0; i < count; i++) {
        (void)fprintf(file, "    good = good && (line[%s%uU] == 0x%02XU);\n", from, i,
                      bytes[i]);
    }
}

static void put_length(const struct dgm_framing *framing, FILE *file)
{
    unsigned width = framing->length_width;
    if (width == 0) {
        return;
    }
    (void)fprintf(file,
                  "    good = good && (count >= %uU);\n"
                  "    if (good) {\n"
                  "        int64_t told = %" PRId32 ";\n",
                  framing->length_at + width, framing->length_add);
    for (unsigned i = 0; i < width; i++) {
        unsigned place = framing->length_order == DGM_ORDER_LE ? i : width - 1 - i;
        (void)fprintf(file, "        told += (int64_t)((uint64_t)line[%u] << %uU);\n",
                      framing->length_at + place, 8 * i);
    }
    (void)fprintf(file, "        good = (told == (int64_t)count);\n"
                        "    }\n");
}

/* "(line[at] == 0x7DU) && ...": does the escape stand here? */
static void put_match(FILE *file, const struct dgm_escape *pair)
{
    (void)fprintf(file, "((end - at) >= %uU)", (unsigned)pair->length);
    for (unsigned i = 0; i < pair->length; i++) {
        (void)fprintf(file, " && (line[at + %uU] == 0x%02XU)", i, pair->with[i]);
    }
}

static void put_unescape(const struct dgm_framing *framing, FILE *file)
{
    (void)fprintf(file, "    while (good && (at < end)) {\n        ");
    for (unsigned i = 0; i < framing->pair_count; i++) {
        const struct dgm_escape *pair = &framing->pairs[i];
        (void)fprintf(file, "if (");
        put_match(file, pair);
        (void)fprintf(file,
                      ") {\n"
                      "            pipe_put(&out, 0x%02XU);\n"
                      "            at += %uU;\n"
                      "        } else ",
                      pair->byte, (unsigned)pair->length);
    }
    (void)fprintf(file, "{\n            good = true");
    for (unsigned i = 0; i < framing->pair_count; i++) {
        (void)fprintf(file, " && (line[at] != 0x%02XU)", framing->pairs[i].byte);
    }
    (void)fprintf(file, ";\n"
                        "            pipe_put(&out, line[at]);\n"
                        "            at++;\n"
                        "        }\n"
                        "    }\n");
}

static void put_unwrap(const struct dgm_framing *framing, FILE *file)
{
    unsigned around = framing->start_length + (unsigned)framing->end_length;
    bool stuffed = framing->escape == DGM_FRAMING_COBS;
    char least[40] = "true";
    if (around > 0) {
        (void)snprintf(least, sizeof(least), "(count >= %uU)", around);
    }
    (void)fprintf(file,
                  "enum $_status $_unwrap(const uint8_t *line, size_t count, uint8_t "
                  "*frame,\n"
                  "    size_t size, size_t *length)\n"
                  "{\n"
                  "    struct pipe out = {frame, size, 0U, @_OK};\n"
                  "    bool good = %s;\n"
                  "    const size_t end = good ? (count - %uU) : 0U;\n"
                  "    size_t at = %uU;\n%s\n",
                  least, (unsigned)framing->end_length, (unsigned)framing->start_length,
                  stuffed ? "    size_t i;\n" : "");
    put_same(file, framing->start, framing->start_length, "");
    put_same(file, framing->end, framing->end_length, "end + ");
    put_length(framing, file);
    (void)fputs(stuffed ? unstuff_text : "", file);
    if (!stuffed) {
        put_unescape(framing, file);
    }
    (void)fputs("    if (!good) {\n        out.status = @_FRAMING;\n    }\n", file);
    (void)fputs(finish_text, file);
}

void firmware_framing_code(const struct dgm_framing *framing, FILE *file)
{
    (void)fputs(pipe_text, file);
    put_wrap(framing, file);
    put_unwrap(framing, file);
}
