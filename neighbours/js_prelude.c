/* SPDX-License-Identifier: MIT */
/* The helper functions of neighbours/js, of which a codec gets those that it calls. */
#include "js_mention.h"
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
    const char *text;
    size_t length;
    struct js_word name;
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
        piece->name.text = name + sizeof(name_mark) - 1;
        piece->name.length = strcspn(piece->name.text, "(");
        piece->wanted = false;
        from = end + sizeof(end_mark) - 1;
    }
}

/* May the word be the name of a function? Members and keys are none. */
static bool may_call(const char *text, const struct js_word *word)
{
    bool is_member = word->text > text && word->text[-1] == '.';
    return !is_member && word->text[word->length] != ':';
}

static struct piece *piece_of(struct pieces *pieces, const struct js_word *word)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->list[i].name.length == word->length &&
            memcmp(pieces->list[i].name.text, word->text, word->length) == 0)
            return &pieces->list[i];
    return NULL;
}

/* The functions that the text calls or hands on, and those that they need. */
static void want(struct pieces *pieces, const char *text, size_t length, bool is_piece)
{
    struct js_words words = {text, text + length};
    struct js_word word;
    while (js_next_word(&words, &word)) {
        struct piece *piece = may_call(text, &word) ? piece_of(pieces, &word) : NULL;
        if (piece == NULL || piece->wanted ||
            (is_piece && js_has_own(text, length, &word)))
            continue;
        piece->wanted = true;
        want(pieces, piece->text, piece->length, true);
    }
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
    want(pieces, code, strlen(code), false);
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->list[i].wanted)
            put_piece(file, &pieces->list[i]);
    bool good = pieces->count < PIECES_MAX; /* else there may have been more */
    free(pieces);
    return good;
}
