/* SPDX-License-Identifier: MIT */
/* A product model as the beginning of a profile. */
#ifndef DGM_CLI_PRODYAML_H
#define DGM_CLI_PRODYAML_H

#include <cjson/cJSON.h>

#include <stdio.h>

/* Identity and services; how the messages look is for people to add. */
void prodyaml_write(FILE *file, const cJSON *product);

#endif
