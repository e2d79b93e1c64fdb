/* SPDX-License-Identifier: MIT */
/* What a vector of a LoRa payload schema expects, against what was found. */
#include "lora_parts.h"

#include <dragoman/json.h>

#include <string.h>

static const double tolerance = 1e-9;

/* A truth value is 1 or 0 where there is a number: so compares the language. */
static const char *expected_json(struct lora *lora, const struct node *expected,
                                 const cJSON *found)
{
    const char *json = scalar_json(&lora->diag, expected);
    if (json != NULL && cJSON_IsNumber(found) && strcmp(json, "true") == 0) {
        return "1";
    }
    bool is_false = json != NULL && strcmp(json, "false") == 0;
    return is_false && cJSON_IsNumber(found) ? "0" : json;
}

bool lora_agrees(struct lora *lora, const struct node *expected, const cJSON *found,
                 const struct node **ret_where)
{
    *ret_where = expected;
    if (found == NULL) {
        return false;
    }
    if (expected->kind == NODE_SCALAR) {
        const char *json = expected_json(lora, expected, found);
        char *text = cJSON_PrintUnformatted(found);
        bool same = json != NULL && text != NULL &&
                    dgm_json_equal(json, strlen(json), text, strlen(text), tolerance);
        cJSON_free(text);
        return same;
    }
    bool list = expected->kind == NODE_LIST;
    if (list ? !cJSON_IsArray(found) ||
                   (size_t)cJSON_GetArraySize(found) != expected->count
             : !cJSON_IsObject(found)) {
        return false;
    }
    const cJSON *element = list ? found->child : NULL;
    for (size_t i = 0; i < expected->count; i++) {
        const cJSON *one =
            list ? element
                 : cJSON_GetObjectItemCaseSensitive(found, expected->keys[i]->text);
        if (!lora_agrees(lora, expected->items[i], one, ret_where)) {
            return false;
        }
        element = element != NULL ? element->next : NULL;
    }
    return true;
}
