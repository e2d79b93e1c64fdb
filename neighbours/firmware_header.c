/* SPDX-License-Identifier: MIT */
#include "firmware_header.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "firmware_emit.h"
#include "firmware_range.h"
#include "firmware_type.h"

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

void firmware_comment(FILE *file, const char *text)
{
    for (; *text != '\0'; text++) {
        bool mark = (text[0] == '*' && text[1] == '/') ||
                    (text[0] == '/' && text[1] == '*') || *text == '\\' || *text == '?' ||
                    (unsigned char)*text < 0x20 || *text == 0x7F;
        (void)fputc(mark ? ' ' : *text, file);
    }
}

/* --- What is said of a member ------------------------------------------------------ */

static const char *unit_of(const struct firmware_plan *plan, const struct dgm_doc *doc,
                           uint16_t index)
{
    const char *path = firmware_text(plan, plan->rows[index].path);
    const char *name = strrchr(path, '.');
    name = name != NULL ? name + 1 : path;
    for (size_t i = 0; doc != NULL && i < doc->message_count; i++) {
        const struct dgm_doc_message *message = &doc->messages[i];
        if (strcmp(message->name, firmware_text(plan, plan->message->name)) != 0) {
            continue;
        }
        for (size_t j = 0; j < message->item_count; j++) {
            const struct dgm_doc_item *item = &message->items[j];
            for (size_t k = 0; strcmp(item->name, name) == 0 && k < item->facts.count;
                 k++) {
                if (strcmp(item->facts.items[k].name, "unit") == 0) {
                    return item->facts.items[k].text;
                }
            }
        }
    }
    return "";
}

static unsigned long long power(unsigned digits)
{
    unsigned long long power = 1;
    while (digits-- > 0) {
        power *= 10;
    }
    return power;
}

/* value = (raw * mul + add) / below; false if that is not below 2^63. */
static bool below(const struct dgm_scaling *scaling, unsigned long long *ret)
{
    unsigned long long tens = scaling->digits <= 18 ? power(scaling->digits) : 0;
    return tens != 0 && !__builtin_mul_overflow(tens, scaling->div, ret) &&
           *ret <= INT64_MAX;
}

static bool is_plain(const struct dgm_scaling *scaling)
{
    return scaling->mul == 1 && scaling->add == 0 && scaling->div == 1 &&
           scaling->digits == 0;
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
    if (scaling == NULL || is_plain(scaling) || !below(scaling, &unit)) {
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

static void put_constants(const struct firmware_plan *plan, struct firmware_words *words,
                          FILE *file)
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

/* --- Structs ----------------------------------------------------------------------- */

static void put_remark(const struct firmware_plan *plan, const struct dgm_doc *doc,
                       FILE *file, uint16_t index)
{
    const struct dgm_row *row = &plan->rows[index];
    const struct dgm_scaling *scaling = tables_scaling(plan->tables, row);
    const char *unit = unit_of(plan, doc, index);
    (void)fprintf(file, " /* ");
    firmware_comment(file, firmware_text(plan, row->path));
    unsigned long long under = 0;
    if (scaling != NULL && !is_plain(scaling) && below(scaling, &under)) {
        (void)fprintf(file, " = (raw * %lld + %lld) / %llu", (long long)scaling->mul,
                      (long long)scaling->add, under);
    }
    (void)fprintf(file, "%s", unit[0] != '\0' ? ", " : "");
    firmware_comment(file, unit);
    (void)fprintf(file, " */\n");
}

static void put_struct(struct firmware_plan *plan, const struct dgm_doc *doc, FILE *file,
                       uint16_t scope);

/* Name of an element's struct: that of the message, and of the arrays. */
static void struct_name(const struct firmware_plan *plan, uint16_t scope,
                        char name[FIRMWARE_PATH])
{
    if (scope == DGM_NONE) {
        (void)snprintf(name, FIRMWARE_PATH, "%s_%s", plan->prefix, plan->name);
        return;
    }
    struct_name(plan, plan->at[scope].scope, name);
    size_t length = strlen(name);
    (void)snprintf(name + length, FIRMWARE_PATH - length, "__%s", plan->at[scope].name);
}

static void put_element_structs(struct firmware_plan *plan, const struct dgm_doc *doc,
                                FILE *file, uint16_t scope)
{
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (plan->at[i].is_array && plan->at[i].scope == scope && !plan->at[i].is_plain) {
            put_struct(plan, doc, file, i);
        }
    }
}

static void put_array(const struct firmware_plan *plan, FILE *file, uint16_t index)
{
    const struct firmware_row *at = &plan->at[index];
    char name[FIRMWARE_PATH];
    if (at->is_plain) {
        uint16_t element = index;
        while (plan->at[element].work != FIRMWARE_MEMBER ||
               plan->at[element].scope != index) {
            element++;
        }
        (void)fprintf(file, "    %s %s[%u];", firmware_type(plan, element), at->name,
                      (unsigned)at->most);
    } else {
        struct_name(plan, index, name);
        (void)fprintf(file, "    struct %s %s[%u];", name, at->name, (unsigned)at->most);
    }
    if (at->has_length) {
        (void)fprintf(file, "\n    uint16_t %s_count;", at->name);
    }
}

/* A plain array's element is declared with it. */
static bool is_declared(const struct firmware_plan *plan, uint16_t index, uint16_t scope)
{
    return plan->at[index].scope == scope && firmware_has_name(plan, index) &&
           !plan->at[index].is_repeated;
}

static bool has_flag(const struct firmware_plan *plan, uint16_t index)
{
    for (uint16_t i = index; i < plan->message->row_count; i++) {
        bool same = plan->at[i].scope == plan->at[index].scope &&
                    strcmp(plan->at[i].name, plan->at[index].name) == 0 &&
                    firmware_has_name(plan, i);
        if (same && plan->at[i].has_flag) {
            return true;
        }
    }
    return false;
}

static void put_member(const struct firmware_plan *plan, const struct dgm_doc *doc,
                       FILE *file, uint16_t index)
{
    const struct firmware_row *at = &plan->at[index];
    if (has_flag(plan, index)) {
        (void)fprintf(file, "    bool has_%s;\n", at->name);
    }
    if (at->is_array) {
        put_array(plan, file, index);
    } else if (plan->rows[index].op == DGM_OP_BYTES) {
        (void)fprintf(file, "    uint8_t %s[%u];", at->name, (unsigned)at->most);
        if (at->has_length) {
            (void)fprintf(file, "\n    uint16_t %s_length;", at->name);
        }
    } else {
        (void)fprintf(file, "    %s %s;", firmware_type(plan, index), at->name);
    }
    put_remark(plan, doc, file, index);
}

static void put_struct(struct firmware_plan *plan, const struct dgm_doc *doc, FILE *file,
                       uint16_t scope)
{
    char name[FIRMWARE_PATH];
    unsigned members = 0;
    put_element_structs(plan, doc, file, scope);
    struct_name(plan, scope, name);
    (void)fprintf(file, "struct %s {\n", name);
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (is_declared(plan, i, scope)) {
            put_member(plan, doc, file, i);
            members++;
        }
    }
    if (members == 0) {
        (void)fprintf(file,
                      "    uint8_t unused; /* C has no struct without members */\n");
    }
    (void)fprintf(file, "};\n\n");
}

/* --- A message --------------------------------------------------------------------- */

void firmware_header_fields(const struct firmware_plan *plan, FILE *file)
{
    char field[FIRMWARE_FIELD];
    for (uint16_t i = 0; i < plan->message->row_count; i++) {
        if (firmware_has_name(plan, i) && !plan->at[i].is_repeated) {
            firmware_field(plan, i, field);
            (void)fprintf(file, ",\n    %s", field);
        }
    }
}

static void put_functions(const struct firmware_plan *plan, FILE *file)
{
    if (plan->down) {
        (void)fprintf(file,
                      "enum %s_status %s_decode_%s(const uint8_t *frame, size_t length,\n"
                      "    struct %s_%s *out, struct %s_fault *fault);\n\n",
                      plan->prefix, plan->prefix, plan->name, plan->prefix, plan->name,
                      plan->prefix);
        return;
    }
    (void)fprintf(file,
                  "enum %s_status %s_encode_%s(const struct %s_%s *in, uint8_t *frame,\n"
                  "    size_t size, size_t *length, struct %s_fault *fault);\n\n",
                  plan->prefix, plan->prefix, plan->name, plan->prefix, plan->name,
                  plan->prefix);
}

void firmware_header(struct firmware_plan *plan, const struct dgm_doc *doc,
                     struct firmware_words *words, FILE *file)
{
    (void)fprintf(file, "/* --- %s, %s the device --- */\n\n", plan->name,
                  plan->down ? "to" : "from");
    (void)fprintf(file, "#define %s %uU\n",
                  firmware_word(words, "%s_%s_FRAME_MAX", plan->prefix, plan->name),
                  (unsigned)plan->message->frame_max);
    if (plan->message->flags & DGM_MESSAGE_CHANNEL) {
        (void)fprintf(file, "#define %s UINT32_C(%lu)\n",
                      firmware_word(words, "%s_%s_PORT", plan->prefix, plan->name),
                      (unsigned long)plan->message->channel);
    }
    put_constants(plan, words, file);
    (void)fputc('\n', file);
    put_struct(plan, doc, file, DGM_NONE);
    put_functions(plan, file);
}
