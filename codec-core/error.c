/* SPDX-License-Identifier: MIT */
/* Errors as text for people: what, where, found, limit. Without stdio, in the caller's
 * buffer. */
#include <dragoman/codec.h>

#include "machine.h"

#include <string.h>

/* A text that goes on counting after its end, as the JSON writer does. */
struct line {
    char *text;
    size_t size, length;
};

static void add(struct line *line, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++, line->length++)
        if (line->length < line->size)
            line->text[line->length] = text[i];
}

static void add_text(struct line *line, const char *text)
{
    add(line, text, strlen(text));
}

static void add_u64(struct line *line, uint64_t number)
{
    char text[NUMBER_TEXT_MAX];
    add(line, text, number_write_u64(text, number));
}

static void add_number(struct line *line, struct wide mantissa, uint8_t digits)
{
    struct number number = {mantissa, digits <= NUMBER_MAX_DIGITS ? digits : (uint8_t)0};
    char text[NUMBER_TEXT_MAX];
    add(line, text, number_write(text, number));
}

static void add_hex(struct line *line, uint64_t number)
{
    unsigned count = 2;
    while (count < 16 && number >> (4 * count) != 0)
        count += 2;
    add_text(line, "0x");
    for (unsigned i = 0; i < count; i++)
        add(line, &"0123456789ABCDEF"[number >> (4 * (count - 1 - i)) & 15], 1);
}

static size_t finish(struct line *line)
{
    if (line->size > 0)
        line->text[line->length < line->size ? line->length : line->size - 1] = 0;
    return line->length;
}

/* The first `length` bytes of the path, with numbers in its brackets. */
static void add_path(struct line *line, const struct dgm_codec *codec,
                     const struct dgm_error *error, size_t length)
{
    const char *path = dgm_codec_text(codec, error->path);
    unsigned next = 0;
    for (; length > 0 && *path != 0; path++, length--) {
        add(line, path, 1);
        if (path[0] == '[' && path[1] == ']' && next < error->index_count &&
            next < DGM_ERROR_INDICES)
            add_u64(line, error->index[next++]);
    }
}

size_t dgm_error_path(const struct dgm_codec *codec, const struct dgm_error *error,
                      char *text, size_t text_size)
{
    struct line line = {text, text_size, 0};
    if (codec != NULL)
        add_path(&line, codec, error, SIZE_MAX);
    return finish(&line);
}

static void add_raw(struct line *line, const struct dgm_error *error)
{
    bool is_signed = (error->has & DGM_ERROR_RAW_SIGNED) != 0;
    add_number(line,
               is_signed ? wide_from_i64((int64_t)error->raw) : wide_from_u64(error->raw),
               error->scale);
}

static void add_place(struct line *line, const struct dgm_error *error)
{
    static const char *const names[] = {"", "of the frame", "of the JSON",
                                        "of the table"};
    if (error->place == DGM_PLACE_NONE || error->place > DGM_PLACE_TABLE)
        return;
    add_text(line, ", at byte ");
    add_u64(line, error->offset);
    if (error->has & DGM_ERROR_HAS_BIT) {
        add_text(line, " bit ");
        add_u64(line, error->bit);
    }
    add_text(line, " ");
    add_text(line, names[error->place]);
}

/* What was found and what would have been right, in the words of the status. */
static void add_values(struct line *line, const struct dgm_error *error)
{
    bool has_raw = (error->has & DGM_ERROR_HAS_RAW) != 0;
    bool has_expected = (error->has & DGM_ERROR_HAS_EXPECTED) != 0;
    if (error->status == DGM_TRUNCATED && has_raw && has_expected) {
        add_text(line, ", needs ");
        add_u64(line, error->expected);
        add_text(line, error->expected == 1 ? " byte, " : " bytes, ");
        if (error->raw == 0)
            add_text(line, "none is left");
        else
            add_u64(line, error->raw);
        if (error->raw > 0)
            add_text(line, error->raw == 1 ? " is left" : " are left");
    } else if (error->status == DGM_TRAILING_BYTES && has_raw) {
        add_text(line, ", ");
        add_u64(line, error->raw);
        add_text(line, error->raw == 1 ? " byte too many" : " bytes too many");
    } else if ((error->status == DGM_CONST || error->status == DGM_CHECKSUM) && has_raw &&
               has_expected) {
        add_text(line, ", found ");
        add_hex(line, error->raw);
        add_text(line, ", expected ");
        add_hex(line, error->expected);
    } else if (has_raw) {
        add_text(line, ", found ");
        add_raw(line, error);
        if (has_expected) {
            add_text(line, ", expected ");
            add_u64(line, error->expected);
        }
    }
}

static void add_limits(struct line *line, const struct dgm_error *error)
{
    bool low = (error->has & DGM_ERROR_HAS_LOW) != 0,
         high = (error->has & DGM_ERROR_HAS_HIGH) != 0;
    if (!low && !high)
        return;
    add_text(line, low && high ? ", allowed " : low ? ", at least " : ", at most ");
    if (low)
        add_number(line, wide_from_i64(error->low), error->scale);
    if (low && high)
        add_text(line, " to ");
    if (high)
        add_number(line, wide_from_i64(error->high), error->scale);
}

/* Length of the path without its last name. */
static size_t path_stem(const char *path)
{
    size_t stem = 0;
    for (size_t i = 0; path[i] != 0; i++)
        if (path[i] == '.')
            stem = i;
    return stem;
}

/* A warning or refusal in the words of the profile. Its row has no name that anybody
 * gave, so the path is that of the object around it. */
static void add_own_words(struct line *line, const struct dgm_codec *codec,
                          const struct dgm_error *error)
{
    size_t stem = codec != NULL ? path_stem(dgm_codec_text(codec, error->path)) : 0;
    add_text(line, error->detail);
    if (error->place != DGM_PLACE_FRAME)
        return;
    add_text(line, " (byte ");
    add_u64(line, error->offset);
    if (stem > 0) {
        add_text(line, ", ");
        add_path(line, codec, error, stem);
    }
    add_text(line, ")");
}

/* The message that nearly fits: its path is a name, its detail what is wrong. */
static void add_nearest(struct line *line, const struct dgm_codec *codec,
                        const struct dgm_error *error)
{
    bool has_low = (error->has & DGM_ERROR_HAS_LOW) != 0,
         has_high = (error->has & DGM_ERROR_HAS_HIGH) != 0,
         has_raw = (error->has & DGM_ERROR_HAS_RAW) != 0;
    add_text(line, "; '");
    add_path(line, codec, error, SIZE_MAX);
    add_text(line, "' does but for the ");
    add_text(line, error->detail);
    if (!has_low && !has_raw)
        return;
    add_text(line, " (");
    if (has_low)
        add_u64(line, (uint64_t)error->low);
    if (has_low && !has_high)
        add_text(line, " or more");
    else if (has_low && error->high != error->low) {
        add_text(line, " to ");
        add_u64(line, (uint64_t)error->high);
    }
    if (has_low)
        add_text(line, " wanted, ");
    if (has_raw)
        add_u64(line, error->raw);
    add_text(line, has_raw ? " found)" : "none given)");
}

size_t dgm_error_render(const struct dgm_codec *codec, const struct dgm_error *error,
                        char *text, size_t text_size)
{
    struct line line = {text, text_size, 0};
    bool warns = error->status == DGM_WARNING;
    if (error->detail != NULL && (warns || error->status == DGM_REFUSED)) {
        add_text(&line, warns ? "" : "refused: ");
        add_own_words(&line, codec, error);
        return finish(&line);
    }
    add_text(&line, dgm_status_id(error->status));
    add_text(&line, ": ");
    add_text(&line, dgm_status_text(error->status));
    if (error->status == DGM_NO_MESSAGE && error->path != 0 && error->detail != NULL &&
        codec != NULL) {
        add_nearest(&line, codec, error);
        return finish(&line);
    }
    if (error->detail != NULL) {
        add_text(&line, " (");
        add_text(&line, error->detail);
        add_text(&line, ")");
    }
    add_place(&line, error);
    if (codec != NULL && error->path != 0) {
        add_text(&line, ", ");
        add_path(&line, codec, error, SIZE_MAX);
    }
    add_values(&line, error);
    add_limits(&line, error);
    if (error->needed > 0) {
        add_text(&line, ", ");
        add_u64(&line, error->needed);
        add_text(&line, " bytes are needed");
    }
    return finish(&line);
}
