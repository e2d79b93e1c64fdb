/* SPDX-License-Identifier: MIT */
/*
 * A file may give long names beside those of 32 characters: they count where they are
 * names and no two of them are the same.
 */
#include "dbc_names.h"
#include "dbc_text.h"

#include <stdlib.h>
#include <string.h>

static bool is_name(struct dbc_text text)
{
    struct dbc_scan scan;
    dbc_scan_open(&scan, text.at, text.length);
    return text.length <= DBC_NAME_MAX && scan.token.kind == DBC_WORD &&
           scan.token.text.length == text.length;
}

static struct dbc_text name_of(const struct dbc_signal *signal)
{
    return signal->long_name.at != NULL ? signal->long_name : signal->name;
}

static bool is_taken(const struct dbc *dbc, const struct dbc_message *message,
                     const struct dbc_signal *signal)
{
    for (size_t i = 0; i < message->signals.count; i++) {
        const struct dbc_signal *other = &dbc->signals[message->signals.at + i];
        if (other != signal && (dbc_text_same(name_of(other), signal->long_name) ||
                                dbc_text_same(other->name, signal->long_name))) {
            return true;
        }
    }
    return false;
}

void dbc_names_settle(struct dbc *dbc, struct dbc_message *message)
{
    static const struct dbc_text none = {NULL, 0};
    if (message->long_name.at != NULL && !is_name(message->long_name)) {
        message->long_name = none;
    }
    for (size_t i = 0; i < message->signals.count; i++) {
        struct dbc_signal *signal = &dbc->signals[message->signals.at + i];
        if (signal->long_name.at != NULL &&
            (!is_name(signal->long_name) || is_taken(dbc, message, signal))) {
            signal->long_name = none;
        }
        struct dbc_text name = name_of(signal);
        signal->has_tail =
            signal->selects && (dbc_text_is(name, "port") || dbc_text_is(name, "topic") ||
                                dbc_text_is(name, "length"));
    }
}

void dbc_names_put_signal(FILE *file, const struct dbc_signal *signal)
{
    struct dbc_text name = name_of(signal);
    const char *quote = dbc_text_is_guessed(name) ? "\"" : "";
    (void)fprintf(file, "%s%.*s%s%s", quote, (int)name.length, name.at,
                  signal->has_tail ? "_" : "", quote);
}

void dbc_names_close(struct dbc_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->names[i]);
    }
    free(names->names);
}

static bool is_given(const struct dbc_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* "Status", "Status_m3", "Status_m3_m1", "Status_m3_rest"; a number behind makes it new.
 */
static bool compose(const struct dbc_message *message, const struct dbc_case *one,
                    unsigned number, char **ret)
{
    struct dbc_text name =
        message->long_name.at != NULL ? message->long_name : message->name;
    size_t length = 0;
    FILE *file = open_memstream(ret, &length);
    if (file == NULL) {
        return false;
    }
    (void)fprintf(file, "%.*s", (int)name.length, name.at);
    for (size_t i = 0; i < one->choice_count; i++) {
        const struct dbc_choice *choice = &one->choices[i];
        if (choice->is_rest && one->choice_count > 1) {
            (void)fputs("_rest", file);
        } else if (!choice->is_rest && choice->is_open) {
            (void)fputs("_other", file);
        } else if (!choice->is_rest) {
            (void)fprintf(file, "_m%llu", (unsigned long long)choice->spans[0].first);
        }
    }
    if (number > 1 || dbc_text_is_guessed(name)) {
        (void)fprintf(file, "_%u", number);
    }
    return fclose(file) == 0;
}

const char *dbc_names_message(struct dbc_names *names, const struct dbc_message *message,
                              const struct dbc_case *one)
{
    char *name = NULL;
    unsigned number = 1;
    if (!dbc_grow(&names->names, &names->room, names->count, sizeof(char *))) {
        return NULL;
    }
    while (compose(message, one, number++, &name)) {
        if (!is_given(names, name)) {
            names->names[names->count++] = name;
            return name;
        }
        free(name);
        name = NULL;
    }
    free(name);
    return NULL;
}
