/* SPDX-License-Identifier: MIT */
/*
 * Plans for encoding: the texts of an enum. Their first eight bytes, up to the closing
 * quote, times some odd number give a place in an index, a different one for each text.
 * Such a number is found by trying; where none is found, the rows look the text up.
 */
#include "plan_encode_read.h"

#include "scaling.h"
#include "text.h"

enum { WORDS_MOST = 64, TRIES = 64, SPREAD = 8, EMPTY = 0xFF };

static unsigned index_bits(unsigned count)
{
    unsigned bits = 2;
    while (((unsigned)1 << bits) < SPREAD * count)
        bits++;
    return bits;
}

size_t plan_words_bytes(const struct dgm_codec *codec, const struct dgm_row *row)
{
    /* Rows that show nothing may say what they like. */
    unsigned count = row->detail < codec->model->enums.count
                         ? codec->enums[row->detail].count
                         : WORDS_MOST + 1u;
    if (count > WORDS_MOST)
        return 0;
    return sizeof(struct plan_words) + (count + 1) * sizeof(struct plan_word) +
           ((size_t)1 << index_bits(count)) + 32;
}

/* A text without escapes, of which encode makes a raw value. */
static bool is_plain_text(const char *text, size_t length)
{
    return length >= 2 && text[0] == '"' && text[length - 1] == '"' &&
           text_plain_prefix(text + 1, length - 2) == length - 2;
}

static void set_word(struct plan_word *word, const char *text, size_t length,
                     uint64_t raw)
{
    char first[8] = {0};
    memcpy(first, text, length < 8 ? length : 8);
    word->first = plan_load(first);
    word->raw = raw;
    word->text = text;
    word->length = (uint32_t)length;
}

/* Those of them that encode takes, the first of those that are the same; false: one of
 * them is left to the rows. */
static bool collect(const struct dgm_codec *codec, const struct dgm_row *row,
                    struct plan_word *words, uint8_t *ret_count)
{
    const struct dgm_enum *list = &codec->enums[row->detail];
    unsigned count = 0;
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &codec->choices[list->first + i];
        const char *text = codec->pool + choice->text;
        if ((choice->flags & (DGM_CHOICE_OMIT | DGM_CHOICE_DECODE_ONLY)) != 0)
            continue;
        if (!is_plain_text(text, choice->text_length))
            return false;
        set_word(&words[count], text, choice->text_length,
                 choice->low & width_mask(row->width));
        bool is_known = false;
        for (unsigned k = 0; k < count && !is_known; k++) {
            if (words[k].first != words[count].first)
                continue;
            is_known = words[k].length == words[count].length &&
                       memcmp(words[k].text, text, words[k].length) == 0;
            if (!is_known)
                return false;
        }
        count += !is_known;
    }
    *ret_count = (uint8_t)count;
    return count > 0;
}

static bool try_factor(const struct plan_word *words, unsigned count, uint64_t factor,
                       unsigned bits, uint8_t *index)
{
    memset(index, EMPTY, (size_t)1 << bits);
    for (unsigned i = 0; i < count; i++) {
        uint8_t *place = &index[(words[i].first * factor) >> (64 - bits)];
        if (*place != EMPTY)
            return false;
        *place = (uint8_t)i;
    }
    /* Any other text is compared with the first one, and is not it. */
    for (size_t i = 0; i < (size_t)1 << bits; i++)
        if (index[i] == EMPTY)
            index[i] = 0;
    return true;
}

const struct plan_words *plan_words_make(const struct dgm_codec *codec,
                                         struct plan_store *store,
                                         const struct dgm_row *row)
{
    unsigned most = codec->enums[row->detail].count;
    if (most > WORDS_MOST)
        return NULL;
    unsigned bits = index_bits(most);
    struct plan_words *ret = plan_take(store, sizeof(*ret));
    struct plan_word *words = plan_take(store, (most + 1) * sizeof(*words));
    uint8_t *index = plan_take(store, (size_t)1 << bits);
    if (ret == NULL || words == NULL || index == NULL ||
        !collect(codec, row, words, &ret->count))
        return NULL;
    uint64_t factor = 0x9E3779B97F4A7C15u;
    for (unsigned i = 0; i < TRIES; i++, factor = factor * 0xD1342543DE82EF95u + 2) {
        if (!try_factor(words, ret->count, factor, bits, index))
            continue;
        ret->factor = factor;
        ret->shift = (uint8_t)(64 - bits);
        ret->words = words;
        ret->index = index;
        return ret;
    }
    return NULL;
}
