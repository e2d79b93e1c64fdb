/* SPDX-License-Identifier: MIT */
#ifndef DGM_NEIGHBOURS_DBC_WRITE_H
#define DGM_NEIGHBOURS_DBC_WRITE_H

#include "dbc_model.h"

/* What dbc_read() has read, without what dbc_sift() took out. */
enum dgm_status dbc_write(FILE *file, struct dbc *dbc, struct notes *notes,
                          const struct dbc_source *source);

#endif
