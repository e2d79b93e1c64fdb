# SPDX-License-Identifier: MIT
"""Frames of devices to platform JSON and back, by profiles and plug-ins of Dragoman.

    import dragoman
    with dragoman.load_profile("wm-100.yaml") as codec:
        print(codec.decode(bytes.fromhex("01000030392460")))

Codecs may be used by any number of threads at once.
"""
from ._codec import (
    Codec,
    Model,
    Result,
    compile_profile,
    library_version,
    load_code,
    load_plugin,
    load_profile,
)
from ._errors import (
    CallError,
    DataError,
    Error,
    Fault,
    LibraryError,
    LoadError,
    ProfileError,
)

__all__ = [
    "CallError",
    "Codec",
    "DataError",
    "Error",
    "Fault",
    "LibraryError",
    "LoadError",
    "Model",
    "ProfileError",
    "Result",
    "compile_profile",
    "library_version",
    "load_code",
    "load_plugin",
    "load_profile",
]
