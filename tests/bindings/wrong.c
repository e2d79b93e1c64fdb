/* SPDX-License-Identifier: MIT */
/* In place of libdragoman-ffi: a library of another version, which must not be used. */
#include <dragoman/ffi.h>

unsigned dgm_ffi_version(void)
{
    return DGM_FFI_VERSION + 1;
}
