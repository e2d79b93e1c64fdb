/* SPDX-License-Identifier: MIT */
/*
 * The service of a product whose profile declares none: its properties are the members
 * that the messages have.
 */
#ifndef DGM_DERIVED_H
#define DGM_DERIVED_H

#include "compile.h"

/* The items that make members of the service, in the order of the messages. A name comes
 * as often as it stands there. */
void derived_each(const struct profile_source *source,
                  void (*take)(void *user, const struct message *message,
                               const struct item *item),
                  void *user);

/* As a service of the product model; without properties if no message has a member. */
const struct product_service *derived_service(struct arena *arena,
                                              const struct profile_source *source);

#endif
