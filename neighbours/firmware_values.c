/* SPDX-License-Identifier: MIT */
/* Constants of members: scales, ranges, names of values. */
#include "firmware_header.h"
#include "firmware_range.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* --- Words ------------------------------------------------------------------------- */

static bool is_word(const struct firmware_words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->items[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void put_upper(char *text)
{
    for (; *text != '\0'; text++) {
        *text = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
}

const char *firmware_word(struct firmware_words *words, const char *format, ...)
{
    if (words->count == words->capacity) {
        size_t capacity = words->capacity * 2 + 64;
        void *items = realloc(words->items, capacity * sizeof(*words->items));
        words->full = items == NULL;
        if (words->full) {
            return "OUT_OF_MEMORY";
        }
        words->items = items;
        words->capacity = capacity;
    }
    char *word = words->items[words->count];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(word, FIRMWARE_PATH - 8, format, arguments);
    va_end(arguments);
    put_upper(word);
    size_t length = strlen(word);
    for (unsigned number = 2; is_word(words, word); number++) {
        (void)snprintf(word + length, FIRMWARE_PATH - length, "_%u", number % 100000);
    }
    words->count++;
    return word;
}

void firmware_words_close(struct firmware_words *words)
{
    free(words->items);
    words->items = NULL;
}

static unsigned long long power(unsigned digits)
{
    unsigned long long power = 1;
    while (digits-- > 0) {
        power *= 10;
    }
    return power;
}

static bool is_plain(const struct dgm_scaling *scaling)
{
    return scaling->mul == 1 && scaling->add == 0 && scaling->div == 1 &&
           scaling->digits == 0;
}

bool firmware_below(const struct dgm_scaling *scaling, unsigned long long *ret)
{
    if (is_plain(scaling)) {
        return false;
    }
    unsigned long long tens = scaling->digits <= 18 ? power(scaling->digits) : 0;
    return tens != 0 && !__builtin_mul_overflow(tens, scaling->div, ret) &&
           *ret <= INT64_MAX;
}

static void define(struct firmware_words *words, FILE *file,
                   const struct firmware_plan *plan, uint16_t index, const char *suffix,
                   const char *value)
{
    const char *word =
        firmware_word(words, "%s_%s_%s", plan->prefix, plan->at[index].macro, suffix);
    (void)fprintf(file, "#define %s %s\n", word, value);
}

static void put_scaling(const struct firmware_plan *plan, struct firmware_words *words,
                        FILE *file, uint16_t index)
{
    const struct dgm_scaling *scaling = tables_scaling(plan->tables, &plan->rows[index]);
    char text[FIRMWARE_LITERAL];
    unsigned long long unit = 0;
    if (scaling == NULL || !firmware_below(scaling, &unit)) {
        return;
    }
    firmware_literal(scaling->mul, text);
    define(words, file, plan, index, "NUMERATOR", text);
    firmware_literal(scaling->add, text);
    define(words, file, plan, index, "OFFSET", text);
    firmware_literal((firmware_wide)unit, text);
    define(words, file, plan, index, "DENOMINATOR", text);
}

static void put_range(const struct firmware_plan *plan, struct firmware_words *words,
                      FILE *file, uint16_t index)
{
    const struct firmware_row *at = &plan->at[index];
    firmware_wide low, high, type_low, type_high;
    char text[FIRMWARE_LITERAL];
    bool named = plan->rows[index].show == DGM_SHOW_ENUM ||
                 plan->rows[index].show == DGM_SHOW_FLAGS;
    if (at->is_float || at->is_bool || named ||
        !firmware_raw_range(plan, &plan->rows[index], &low, &high)) {
        return;
    }
    firmware_type_range(at, &type_low, &type_high);
    if (low > type_low) {
        firmware_raw_literal(at, low, text);
        define(words, file, plan, index, "MIN", text);
    }
    if (high < type_high) {
        firmware_raw_literal(at, high, text);
        define(words, file, plan, index, "MAX", text);
    }
}

static void put_no_reading(const struct firmware_plan *plan, struct firmware_words *words,
                           FILE *file, uint16_t index)
{
    uint16_t list = tables_invalid(plan->tables, &plan->rows[index]);
    if (list == DGM_NONE || plan->tables->enums[list].count == 0) {
        return;
    }
    const struct dgm_choice *choice =
        &plan->tables->choices[plan->tables->enums[list].first];
    char text[FIRMWARE_LITERAL];
    firmware_raw_literal(&plan->at[index], firmware_raw(&plan->rows[index], choice->low),
                         text);
    define(words, file, plan, index, "NO_READING", text);
}

/* --- Names of values --------------------------------------------------------------- */

/* A label from JSON text: `"open"` is open, -3 is MINUS_3. */
static void label_of(const struct firmware_plan *plan, const struct dgm_choice *choice,
                     char label[FIRMWARE_NAME])
{
    const char *text = firmware_text(plan, choice->text);
    size_t length = choice->text_length;
    char minus[FIRMWARE_NAME];
    if ((choice->flags & DGM_CHOICE_OMIT) || length == 0) {
        (void)strcpy(label, "NO_READING");
        return;
    }
    if (length >= 2 && text[0] == '"') {
        text++;
        length -= 2;
    }
    if (length > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9') {
        int size = length < 32 ? (int)length - 1 : 31;
        (void)snprintf(minus, sizeof(minus), "MINUS_%.*s", size, text + 1);
        (void)strcpy(label, minus);
    } else {
        firmware_identifier(text, length, FIRMWARE_UPPER, label);
    }
    for (char *at = label; *at != '\0'; at++) {
        bool fine = (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z');
        *at = fine ? *at : '_';
    }
}

/* Did an earlier row name the same values? */
static bool is_named_before(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = 0; i < index; i++) {
        if (plan->rows[i].show == plan->rows[index].show &&
            plan->rows[i].detail == plan->rows[index].detail &&
            plan->at[i].work == FIRMWARE_MEMBER) {
            return true;
        }
    }
    return false;
}

/* The values are constants of an enum where int holds them, else macros. */
struct values {
    const struct firmware_plan *plan;
    struct firmware_words *words;
    FILE *file;
    uint16_t index;
    bool small;
};

static void put_value(const struct values *values, const char *label, firmware_wide value)
{
    char text[FIRMWARE_LITERAL];
    if (!values->small) {
        firmware_raw_literal(&values->plan->at[values->index], value, text);
        define(values->words, values->file, values->plan, values->index, label, text);
        return;
    }
    firmware_literal(value, text);
    (void)fprintf(values->file, "    %s = %s,\n",
                  firmware_word(values->words, "%s_%s_%s", values->plan->prefix,
                                values->plan->at[values->index].macro, label),
                  text);
}

static firmware_wide value_of(const struct dgm_row *row, uint64_t bits)
{
    return row->show == DGM_SHOW_FLAGS ? (firmware_wide)1 << (bits & 63)
                                       : firmware_raw(row, bits);
}

static bool are_small(const struct firmware_plan *plan, const struct dgm_row *row,
                      const struct dgm_enum *list)
{
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &plan->tables->choices[list->first + i];
        if (value_of(row, choice->low) <= INT32_MIN ||
            value_of(row, choice->low) > INT32_MAX ||
            value_of(row, choice->high) > INT32_MAX) {
            return false;
        }
    }
    return true;
}

static void put_values(const struct firmware_plan *plan, struct firmware_words *words,
                       FILE *file, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    bool flags = row->show == DGM_SHOW_FLAGS;
    if ((row->show != DGM_SHOW_ENUM && !flags) || is_named_before(plan, index)) {
        return;
    }
    const struct dgm_enum *list = &plan->tables->enums[row->detail];
    struct values values = {plan, words, file, index, are_small(plan, row, list)};
    (void)fprintf(file, "%s", values.small ? "enum {\n" : "");
    for (unsigned i = 0; i < list->count; i++) {
        const struct dgm_choice *choice = &plan->tables->choices[list->first + i];
        char label[FIRMWARE_NAME], last[FIRMWARE_NAME + 8];
        label_of(plan, choice, label);
        put_value(&values, label, value_of(row, choice->low));
        if (!flags && choice->low != choice->high) {
            (void)snprintf(last, sizeof(last), "%s_LAST", label);
            put_value(&values, last, value_of(row, choice->high));
        }
    }
    (void)fprintf(file, "%s", values.small ? "};\n" : "");
}

void firmware_header_values(const struct firmware_plan *plan,
                            struct firmware_words *words, FILE *file)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        bool number = plan->at[i].work == FIRMWARE_MEMBER && !plan->at[i].is_repeated &&
                      plan->rows[i].op != DGM_OP_BYTES;
        if (number) {
            put_scaling(plan, words, file, i);
            put_range(plan, words, file, i);
            put_no_reading(plan, words, file, i);
            put_values(plan, words, file, i);
        }
    }
}
