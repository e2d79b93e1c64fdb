/* SPDX-License-Identifier: MIT */
/* Words without quotes that YAML readers take for different things. */
#include "lora_parts.h"

#include <string.h>

struct word {
    const char *word, *meaning; /* NULL: text */
};

/* Of one letter no reader that schemas are used with makes a truth value; of the others
 * that are text here some do. */
static const struct word words[] = {
    {"y", NULL},      {"Y", NULL},      {"n", NULL},        {"N", NULL},
    {"yes", NULL},    {"Yes", NULL},    {"YES", NULL},      {"no", NULL},
    {"No", NULL},     {"NO", NULL},     {"on", NULL},       {"On", NULL},
    {"ON", NULL},     {"off", NULL},    {"Off", NULL},      {"OFF", NULL},
    {"True", "true"}, {"TRUE", "true"}, {"False", "false"}, {"FALSE", "false"},
    {"Null", "null"}, {"NULL", "null"}, {"~", "null"}};

static void settle_word(struct lora *lora, struct node *node)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(node->text, words[i].word) != 0) {
            continue;
        }
        if (words[i].meaning != NULL) {
            node->text = words[i].meaning;
            node->length = strlen(node->text);
            return;
        }
        node->quoted = true;
        if (node->length > 1) {
            lora_warn(lora, node,
                      "'%s' is taken for text; some YAML readers take it for a truth "
                      "value, quotes make it sure",
                      node->text);
        }
        return;
    }
}

static void settle_words(struct lora *lora, struct node *node)
{
    if (node->kind == NODE_SCALAR && !node->quoted) {
        settle_word(lora, node);
    }
    for (size_t i = 0; node->kind != NODE_SCALAR && i < node->count; i++) {
        settle_words(lora, node->items[i]);
    }
}

struct node *lora_parse(struct lora *lora, unsigned file)
{
    struct node *root = tree_parse_aliased(&lora->diag, file);
    if (root != NULL) {
        settle_words(lora, root);
    }
    return root;
}
