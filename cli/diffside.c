/* SPDX-License-Identifier: MIT */
#include "diffside.h"

#include "kept.h"

#include <stddef.h>
#include <string.h>

/* A plug-in need not keep its profile, nor one that this version compiles. */
static int open_kept(struct diff_side *side, struct report *report)
{
    struct dgm_plugin_info *info = NULL;
    struct dgm_refusal refusal = {DGM_OK, ""};
    enum dgm_status compiled = DGM_OK;
    if (dgm_plugin_inspect(side->path, &info, &refusal) != DGM_OK) {
        return CLI_FINE;
    }
    bool good = kept_compile(info, &side->kept, &compiled, &refusal);
    dgm_plugin_info_free(info);
    if (good && side->kept != NULL && compiled == DGM_OK) {
        side->source = side->kept;
    } else if (good) {
        report_note(report,
                    "%s keeps no profile that can be read: frames are compared, "
                    "and nothing that only profiles say",
                    side->path);
    }
    return good ? CLI_FINE : report_memory(report);
}

/* The model of the source that has the name of the one at work. */
static bool find_model(const struct diff_side *side, size_t *ret)
{
    const char *name = NULL;
    for (size_t i = 0; (name = dgm_profile_model_name(side->source, i)) != NULL; i++) {
        if (strcmp(name, product_model(&side->product)) == 0) {
            *ret = i;
            return true;
        }
    }
    return false;
}

static int describe(struct diff_side *side, struct report *report)
{
    size_t position = 0;
    if (side->source == NULL || !find_model(side, &position)) {
        side->source = NULL;
        return CLI_FINE;
    }
    bool good = dgm_profile_describe(side->source, position, &side->doc) == DGM_OK &&
                dgm_profile_product(side->source, position, &side->model) == DGM_OK;
    return good ? CLI_FINE : report_memory(report);
}

int diff_side_open(struct diff_side *side, struct report *report, const struct cli *cli,
                   const struct entry *entry)
{
    memset(side, 0, sizeof(*side));
    side->path = entry->path;
    int code = product_open(&side->product, report, cli, entry);
    if (code != CLI_FINE) {
        return code;
    }
    side->source = side->product.profile;
    if (entry->plugin) {
        code = open_kept(side, report);
    }
    code = code == CLI_FINE ? describe(side, report) : code;
    bool good = code == CLI_FINE && lab_open(&side->lab, side->product.codec) &&
                worker_open(&side->worker, side->product.codec);
    if (!good) {
        code = code == CLI_FINE ? report_memory(report) : code;
        diff_side_close(side);
    }
    return code;
}

void diff_side_close(struct diff_side *side)
{
    lab_close(&side->lab);
    worker_close(&side->worker);
    dgm_profile_close(side->kept);
    product_close(&side->product);
    memset(side, 0, sizeof(*side));
}

const struct dgm_doc_message *diff_side_message(const struct diff_side *side,
                                                const char *name)
{
    for (size_t i = 0; side->doc != NULL && i < side->doc->message_count; i++) {
        if (strcmp(side->doc->messages[i].name, name) == 0) {
            return &side->doc->messages[i];
        }
    }
    return NULL;
}

uint16_t diff_side_index(const struct diff_side *side, const char *name)
{
    size_t count = 0;
    (void)product_messages(&side->product, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(product_message(&side->product, (uint16_t)i), name) == 0) {
            return (uint16_t)i;
        }
    }
    return DGM_NONE;
}

/* All behind the hash, which is that of the text. */
bool diff_sides_agree(const struct diff_side *sides)
{
    const struct dgm_model *old = dgm_codec_model(sides[DIFF_OLD].product.codec);
    const struct dgm_model *new = dgm_codec_model(sides[DIFF_NEW].product.codec);
    const size_t hash = offsetof(struct dgm_model, profile_hash);
    const size_t rest = hash + sizeof(old->profile_hash);
    return old->size == new->size &&memcmp(old, new, hash) == 0 &&
           memcmp((const char *)old + rest, (const char *)new + rest, old->size - rest) ==
               0;
}
