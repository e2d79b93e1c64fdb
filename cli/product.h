/* SPDX-License-Identifier: MIT */
/* A product ready for use, whether from a profile or from a plug-in. */
#ifndef DGM_CLI_PRODUCT_H
#define DGM_CLI_PRODUCT_H

#include <dragoman/codec.h>
#include <dragoman/host.h>
#include <dragoman/profile.h>
#include <dragoman/worker.h>

#include "catalog.h"

struct product {
    const struct dgm_codec *codec;
    struct dgm_profile *profile;
    const struct dgm_loaded *loaded; /* of the plug-in, or of the code plug-in */
    struct dgm_loaded *plugin;
    struct dgm_worker *code;
    void *memory; /* of the codec of a profile */
    void *plan;   /* of a faster codec */
};

/* Open one entry. A file with several models needs --model. Returns an exit code. */
int product_open(struct product *product, struct report *report, const struct cli *cli,
                 const struct entry *entry);
void product_close(struct product *product);

/* Open a file, whatever of the two it is. Returns an exit code. */
int product_open_path(struct product *product, struct report *report,
                      const struct cli *cli, const char *path);

/* Make the codec of one model of a compiled profile. Returns an exit code. */
int product_prepare(struct product *product, struct report *report, const char *path,
                    size_t position);

/* Of the model of the file that was chosen; 0 if it has but one. */
size_t product_position(const struct product *product);

/* The file is for profiles to include: say so. Returns CLI_CANNOT. */
int product_is_part(struct report *report, const char *path);

/* Open the product that the options name. */
int product_find(struct product *product, struct report *report, const struct cli *cli);

/* Take the way of plans, for many frames. Where there is no memory all stays as it is. */
void product_hasten(struct product *product);

/* Names out of the table. */
const char *product_manufacturer(const struct product *product);
const char *product_model(const struct product *product);
const char *product_message(const struct product *product, uint16_t index);
const struct dgm_message *product_messages(const struct product *product,
                                           size_t *ret_count);

#endif
