/* SPDX-License-Identifier: MIT */
#include "diffvary.h"

#include "jsontree.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 64 };

struct varying {
    struct diff_trial *trial;
    struct diff_input input;
    cJSON *root;
};

static void try_tree(struct varying *varying)
{
    char *text = jsontree_print(varying->root, false);
    if (text != NULL) {
        varying->input.json = text;
        varying->input.json_length = strlen(text);
        diff_try(varying->trial, &varying->input);
    }
    free(text);
}

static void swap_texts(cJSON *one, cJSON *other)
{
    char *text = one->valuestring;
    one->valuestring = other->valuestring;
    other->valuestring = text;
}

/* 12 is tried as 12.5, 12.3 as 12.35. A number with an exponent is left alone. */
static void refine(struct varying *varying, cJSON *item)
{
    char digits[DIGITS];
    const char *before = jsontree_number(item);
    if (before == NULL || strpbrk(before, "eE") != NULL || strlen(before) + 3 > DIGITS) {
        return;
    }
    (void)snprintf(digits, sizeof(digits), "%s%s5", before,
                   strchr(before, '.') != NULL ? "" : ".");
    cJSON *number = jsontree_new_number(digits);
    if (number != NULL) {
        swap_texts(item, number);
        try_tree(varying);
        swap_texts(item, number);
    }
    cJSON_Delete(number);
}

/* The text was checked, so that it is not nested deeply. */
static void vary(struct varying *varying, cJSON *parent)
{
    for (cJSON **link = &parent->child; *link != NULL; link = &(*link)->next) {
        cJSON *item = *link;
        refine(varying, item);
        vary(varying, item);
        if (cJSON_IsObject(parent)) {
            *link = item->next; /* left out */
            try_tree(varying);
            *link = item;
        }
    }
}

void diff_try_varied(struct diff_trial *trial, const struct diff_input *input)
{
    struct varying varying = {.trial = trial, .input = *input};
    diff_try(trial, input);
    if (jsontree_parse(input->json, input->json_length, &varying.root, NULL) == DGM_OK) {
        vary(&varying, varying.root);
    }
    cJSON_Delete(varying.root);
}
