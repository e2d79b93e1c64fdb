/* SPDX-License-Identifier: MIT */
/* What came of loading and of calls, as JSON text. All return memory, or NULL without. */
#ifndef DGM_FFI_REPORT_H
#define DGM_FFI_REPORT_H

#include "call.h"
#include "product.h"

char *report_product(const struct dgm_ffi_product *product);
char *report_call(const struct dgm_ffi_call *call);

#endif
