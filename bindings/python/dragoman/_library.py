# SPDX-License-Identifier: MIT
"""libdragoman-ffi: where it is, and how its functions are called."""
from __future__ import annotations

import ctypes
import os
import threading
from typing import Optional

from ._errors import LibraryError

VERSION = 1  # DGM_FFI_VERSION of dragoman/ffi.h that this module is made for
NAME = "libdragoman-ffi.so.1"
VARIABLE = "DRAGOMAN_LIBRARY"

_handle = ctypes.c_void_p
_text = ctypes.c_char_p
_size = ctypes.c_size_t
_status = ctypes.c_int
_ret_handle = ctypes.POINTER(_handle)

_FUNCTIONS = {
    "dgm_ffi_release": (_text, []),
    "dgm_ffi_load_plugin": (_status, [_text, _text, _ret_handle]),
    "dgm_ffi_load_code": (_status, [_text, _text, _text, _size, _ret_handle]),
    "dgm_ffi_load_profile": (_status, [_text, _ret_handle]),
    "dgm_ffi_parse_profile": (_status, [_text, _text, _size, _ret_handle]),
    "dgm_ffi_product_report": (_text, [_handle]),
    "dgm_ffi_product_close": (None, [_handle]),
    "dgm_ffi_call_open": (_status, [_handle, _ret_handle]),
    "dgm_ffi_call_close": (None, [_handle]),
    "dgm_ffi_call_reset": (None, [_handle]),
    "dgm_ffi_call_set": (_status, [_handle, _text, _text, _size]),
    "dgm_ffi_decode": (_status, [_handle, _text, _size]),
    "dgm_ffi_encode": (_status, [_handle, _text, _size]),
    "dgm_ffi_output": (_handle, [_handle, ctypes.POINTER(_size)]),
    "dgm_ffi_state": (_handle, [_handle, ctypes.POINTER(_size)]),
    "dgm_ffi_report": (_text, [_handle]),
}

_lock = threading.Lock()
_loaded: Optional[ctypes.CDLL] = None


def _open() -> ctypes.CDLL:
    name = os.environ.get(VARIABLE) or NAME
    try:
        library = ctypes.CDLL(name)
        version = library.dgm_ffi_version
    except (OSError, AttributeError) as error:
        raise LibraryError(
            f"{name} cannot be used: {error}; {VARIABLE} may name its path"
        ) from error
    version.restype = ctypes.c_uint
    version.argtypes = []
    found = version()
    if found != VERSION:
        raise LibraryError(
            f"{name} has version {found} of its interface, this module needs {VERSION}"
        )
    for function, (result, arguments) in _FUNCTIONS.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


def library() -> ctypes.CDLL:
    """The library, which is loaded when it is first needed."""
    global _loaded
    with _lock:
        if _loaded is None:
            _loaded = _open()
        return _loaded
