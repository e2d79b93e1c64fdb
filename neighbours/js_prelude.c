/* SPDX-License-Identifier: MIT */
/* The helper functions of neighbours/js, of which a codec gets those that it calls. */
#include "js_work.h"

#include <stdlib.h>
#include <string.h>

struct embedded {
    const char *name;
    const unsigned char *bytes;
    size_t size;
};
#include "js-prelude.inc"

enum { PIECES_MAX = 800 };

/* A function with the comment before it. */
struct piece {
    const char *text, *name;
    size_t length, name_length;
    bool wanted;
};

struct pieces {
    struct piece list[PIECES_MAX];
    size_t count;
};

static bool is_of_form(const char *name, enum js_form form)
{
    if (strcmp(name, "ttn") == 0)
        return form == JS_FORM_TTN;
    bool is_text = strcmp(name, "iotda") == 0 || strcmp(name, "json") == 0;
    return !is_text || form == JS_FORM_IOTDA;
}

static bool is_word(char character)
{
    return (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_';
}

/* Pieces end with a brace at the beginning of a line. */
static void split(struct pieces *pieces, const char *text)
{
    static const char end_mark[] = "\n}\n", name_mark[] = "\nfunction ";
    const char *from = strstr(text, "*/\n\n"); /* behind licence and title */
    from = from != NULL ? from + 3 : NULL;
    while (from != NULL && pieces->count < PIECES_MAX) {
        from += strspn(from, "\n");
        const char *end = strstr(from, end_mark), *name = strstr(from - 1, name_mark);
        if (end == NULL || name == NULL || name > end)
            return;
        struct piece *piece = &pieces->list[pieces->count++];
        piece->text = from;
        piece->length = (size_t)(end + sizeof(end_mark) - 1 - from);
        piece->name = name + sizeof(name_mark) - 1;
        piece->name_length = strcspn(piece->name, "(");
        piece->wanted = false;
        from = end + sizeof(end_mark) - 1;
    }
}

/* Does the text call the function, or hand it on? */
static bool mentions(const char *text, size_t length, const struct piece *piece)
{
    const char *end = text + length;
    for (const char *at = text; at + piece->name_length <= end; at++) {
        if (strncmp(at, "/*", 2) == 0)
            at = strstr(at, "*/");
        bool begins = at == text || (!is_word(at[-1]) && at[-1] != '.');
        bool ends = at + piece->name_length == end || !is_word(at[piece->name_length]);
        if (begins && ends && memcmp(at, piece->name, piece->name_length) == 0)
            return true;
    }
    return false;
}

static void want(struct pieces *pieces, const char *text, size_t length)
{
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->list[i];
        if (piece->wanted || !mentions(text, length, piece))
            continue;
        piece->wanted = true;
        want(pieces, piece->text, piece->length);
    }
}

/* Where size counts: half the indentation, and no comment. */
static void put_compact(FILE *file, const struct piece *piece)
{
    const char *from = strstr(piece->text - 1, "\nfunction ") + 1;
    const char *end = piece->text + piece->length;
    while (from < end) {
        size_t length = strcspn(from, "\n"), blanks = strspn(from, " ");
        (void)fprintf(file, "%*s%.*s\n", (int)(blanks / 2), "", (int)(length - blanks),
                      from + blanks);
        from += length + 1;
    }
    (void)fputc('\n', file);
}

static void put_piece(FILE *file, const struct piece *piece)
{
    (void)fprintf(file, "%.*s\n", (int)piece->length, piece->text);
}

bool js_prelude(FILE *file, const char *code, enum js_form form)
{
    struct pieces *pieces = calloc(1, sizeof(*pieces));
    for (size_t i = 0; pieces != NULL && i < sizeof(js_files) / sizeof(js_files[0]); i++)
        if (is_of_form(js_files[i].name, form))
            split(pieces, (const char *)js_files[i].bytes);
    if (pieces == NULL)
        return false;
    want(pieces, code, strlen(code));
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->list[i].wanted && form == JS_FORM_TTN)
            put_compact(file, &pieces->list[i]);
        else if (pieces->list[i].wanted)
            put_piece(file, &pieces->list[i]);
    bool good = pieces->count < PIECES_MAX; /* else there may have been more */
    free(pieces);
    return good;
}
