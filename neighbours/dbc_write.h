/* SPDX-License-Identifier: MIT */
#ifndef DGM_NEIGHBOURS_DBC_WRITE_H
#define DGM_NEIGHBOURS_DBC_WRITE_H

#include "dbc_model.h"

/* What dbc_read() has read, without what is lost or not wanted. */
enum dgm_status dbc_write(FILE *file, struct dbc *dbc);

#endif
