/* SPDX-License-Identifier: MIT */
/* Tags of the records of LoRa payload schemas, and the cases that name them. */
#ifndef DGM_NEIGHBOURS_LORA_TAGS_H
#define DGM_NEIGHBOURS_LORA_TAGS_H

#include "lora_parts.h"

enum { MOST_TAGS = 8 };

/* The fields of a tag, and which of them the cases name. */
struct lora_tags {
    const char *names[MOST_TAGS];
    struct lora_type types[MOST_TAGS];
    size_t count;
    size_t keys[MOST_TAGS]; /* positions in `names` */
    size_t key_count;
    unsigned length_bytes; /* 0: the case implies it */
    bool whole;            /* the keys are all there is: one integer */
};

/* What `tlv` says of its tags; false after an error. */
bool lora_tags_take(struct lora *lora, const struct node *tlv, struct lora_tags *ret);

/* Does the field decide which case it is? */
bool lora_tags_has_key(const struct lora_tags *tags, size_t field);

/* The tags of a case as a key of one; NULL after an error. Those that have a case of
 * their own are left out of a range. */
const char *lora_tags_case(struct lora *lora, const struct lora_tags *tags,
                           const struct node *cases, const struct node *key);

/* The expression that cases are chosen by: "id", "id << 8 | kind". */
const char *lora_tags_selector(struct lora *lora, const struct lora_tags *tags);

#endif
