# SPDX-License-Identifier: MIT
"""Codecs: handles of the library, closed once, used by any thread."""
from __future__ import annotations

import ctypes
import json
import os
import threading
import weakref
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Callable, NamedTuple, Optional, Union

from ._errors import Fault, error_of
from ._json import from_json, to_json
from ._library import library

OK, NOTHING, MEMORY = 0, 1, 91  # of enum dgm_status
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

Path = Union[str, bytes, "os.PathLike[Any]"]


class Model(NamedTuple):
    """A model that a product has a codec of."""

    manufacturer_id: str
    model: str


class Result(NamedTuple):
    """What came of a frame or JSON. `output` is None if it carries nothing."""

    output: Any  # JSON text, or the bytes of a frame
    message: Optional[str]
    kind: Optional[str]
    port: Optional[int]  # where an encoded frame wants to go
    topic: Optional[str]
    warnings: list[Fault]


def _path(path: Path) -> bytes:
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError("a path has no zero byte")
    return name


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else memoryview(value).tobytes()


def _text(value: Any) -> bytes:
    if not isinstance(value, str):
        raise TypeError(f"expected str, not {type(value).__name__}")
    return value.encode()


def _whole(value: Any) -> bytes:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected int, not {type(value).__name__}")
    return b"%d" % value


def _moment(value: Any) -> bytes:
    if not isinstance(value, datetime):
        return _whole(value)
    if value.tzinfo is None:
        raise ValueError("a time needs its zone: datetime(..., tzinfo=timezone.utc)")
    return b"%d" % ((value - _EPOCH) // timedelta(milliseconds=1))


def _state(value: Any) -> bytes:
    if not isinstance(value, bytearray):
        raise TypeError(f"expected a bytearray of new_state(), not {type(value).__name__}")
    return bytes(value)


# By keyword: name in the library, and what makes a text of the value.
_ARGUMENTS: dict[str, tuple[bytes, Callable[[Any], bytes]]] = {
    "manufacturer": (b"manufacturer", _text),
    "model": (b"model", _text),
    "shape": (b"shape", _text),
    "direction": (b"direction", _text),
    "message": (b"message", _text),
    "port": (b"port", _whole),
    "topic": (b"topic", _text),
    "received": (b"received_ms", _moment),
    "request": (b"request", _bytes),
    "request_format": (b"request_format", _text),
    "unknown": (b"unknown", _text),
    "state": (b"state", _state),
}


def _parse(report: Optional[bytes]) -> dict:
    if report is None:
        raise MemoryError("no memory")
    return json.loads(report, parse_float=Decimal)


def _close_with(owner: Any, close: Any, handle: ctypes.c_void_p) -> weakref.finalize:
    """Close a handle once: on demand, or with its owner."""
    finalizer = weakref.finalize(owner, close, handle)
    # At the end of the program daemon threads may be in the midst of a call.
    finalizer.atexit = False
    return finalizer


class _Call:
    """A call of the library: for one thread at a time."""

    def __init__(self, product: ctypes.c_void_p) -> None:
        handle = ctypes.c_void_p()
        if library().dgm_ffi_call_open(product, ctypes.byref(handle)) != OK:
            raise MemoryError("no memory")
        self.handle = handle
        _close_with(self, library().dgm_ffi_call_close, handle)

    def report(self) -> dict:
        return _parse(library().dgm_ffi_report(self.handle))

    def check(self, status: int) -> None:
        if status == MEMORY:
            raise MemoryError("no memory")
        if status not in (OK, NOTHING):
            raise error_of(self.report())

    def set(self, arguments: dict[str, Any]) -> None:
        library().dgm_ffi_call_reset(self.handle)
        for keyword, value in arguments.items():
            if keyword not in _ARGUMENTS:
                raise TypeError(f"unexpected argument '{keyword}'")
            if value is None:
                continue
            name, convert = _ARGUMENTS[keyword]
            text = convert(value)
            self.check(library().dgm_ffi_call_set(self.handle, name, text, len(text)))

    def run(self, function: Any, data: bytes) -> Optional[bytes]:
        self.check(function(self.handle, data, len(data)))
        return self._bytes_of(library().dgm_ffi_output)

    def state(self) -> bytes:
        return self._bytes_of(library().dgm_ffi_state) or b""

    def _bytes_of(self, function: Any) -> Optional[bytes]:
        length = ctypes.c_size_t()
        start = function(self.handle, ctypes.byref(length))
        return None if start is None else ctypes.string_at(start, length.value)


class Codec:
    """A plug-in or profile, ready for use by any number of threads.

    Calls take these keywords, all of which may be left out:

    model, manufacturer   which one, of a product with several
    shape                 "oceanconnect", "iotda", "plain"
    direction             "up", "down"
    message               only this one, by its name
    port                  LoRaWAN port or CAN identifier
    topic                 of MQTT
    received              when it came: a datetime with its zone, or milliseconds since 1970
    request               bytes that a reply answers
    request_format        "base64", "hex", "array"
    unknown               "refuse" or "ignore" members that the message does not have
    state                 a bytearray of new_state(), in which a code plug-in keeps what it
                          has to remember of the device; one call at a time may use it
    """

    def __init__(self, product: ctypes.c_void_p, report: dict) -> None:
        self._product = product
        self._idle: list[_Call] = []
        self._lock = threading.Lock()
        self._close = _close_with(self, library().dgm_ffi_product_close, product)
        #: Models that it has a codec of.
        self.models = [Model(**model) for model in report["models"]]
        #: Warnings and notes of the compiler, as dicts; of a plug-in none.
        self.findings: list[dict] = report["findings"]
        self._state_size: int = report["state_size"]

    def close(self) -> None:
        """Free it; calls under way come to their end. Closing twice does no harm."""
        with self._lock:
            self._idle.clear()
            self._close()

    @property
    def closed(self) -> bool:
        return not self._close.alive

    def __enter__(self) -> Codec:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<dragoman.Codec of {', '.join(model.model for model in self.models)}>"

    def _take(self) -> _Call:
        with self._lock:
            if self.closed:
                raise ValueError("the codec is closed")
            return self._idle.pop() if self._idle else _Call(self._product)

    def _give(self, call: _Call) -> None:
        with self._lock:
            if not self.closed:
                self._idle.append(call)

    def _run(self, name: str, data: bytes, arguments: dict, full: bool) -> Any:
        call = self._take()
        try:
            call.set(arguments)
            try:
                output = call.run(getattr(library(), name), data)
            finally:
                if arguments.get("state") is not None:
                    arguments["state"][:] = call.state()
            return (output, call.report()) if full else output
        finally:
            self._give(call)

    def new_state(self) -> bytearray:
        """Of a device of which nothing is known yet, for the keyword `state`."""
        return bytearray(self._state_size)

    def decode_json(self, frame: Any, /, **arguments: Any) -> Optional[str]:
        """The JSON text of a frame, digit by digit; None if the frame carries no data."""
        text = self._run("dgm_ffi_decode", _bytes(frame), arguments, False)
        return None if text is None else text.decode()

    def decode(self, frame: Any, /, *, parse_float: Any = None, **arguments: Any) -> Any:
        """The JSON of a frame as Python values; None if the frame carries no data.

        Integers are exact. Other numbers are float, or with parse_float=decimal.Decimal
        exact as well.
        """
        text = self.decode_json(frame, **arguments)
        return None if text is None else from_json(text, parse_float)

    def decode_result(self, frame: Any, /, **arguments: Any) -> Result:
        """As decode_json(), with message, kind and warnings."""
        text, report = self._run("dgm_ffi_decode", _bytes(frame), arguments, True)
        return _result(None if text is None else text.decode(), report)

    def encode(self, values: Any, /, **arguments: Any) -> Optional[bytes]:
        """The frame of a message: JSON text as str or bytes, or values to make it of.

        None if the message needs no bytes, such as a reply that is not wanted.
        """
        return self._run("dgm_ffi_encode", _json_text(values), arguments, False)

    def encode_result(self, values: Any, /, **arguments: Any) -> Result:
        """As encode(), with message, kind, port, topic and warnings."""
        frame, report = self._run("dgm_ffi_encode", _json_text(values), arguments, True)
        return _result(frame, report)


def _json_text(values: Any) -> bytes:
    if isinstance(values, (bytes, bytearray, memoryview)):
        return _bytes(values)
    text = values if isinstance(values, str) else to_json(values)
    # The library tells where half a surrogate pair is.
    return text.encode("utf-8", "surrogatepass")


def _result(output: Any, report: dict) -> Result:
    return Result(
        output,
        report.get("message"),
        report.get("kind"),
        report.get("port"),
        report.get("topic"),
        [Fault.of(warning) for warning in report["warnings"]],
    )


def _load(function: Any, *arguments: Any) -> Codec:
    product = ctypes.c_void_p()
    status = function(*arguments, ctypes.byref(product))
    if not product:
        raise MemoryError("no memory")
    report = _parse(library().dgm_ffi_product_report(product))
    if status != OK:
        library().dgm_ffi_product_close(product)
        raise error_of(report)
    return Codec(product, report)


def load_plugin(path: Path, *, trusted_keys: Optional[Path] = None) -> Codec:
    """Load a plug-in without code.

    With `trusted_keys`, a PEM file of public keys, the plug-in must be signed by one.
    """
    keys = None if trusted_keys is None else _path(trusted_keys)
    return _load(library().dgm_ffi_load_plugin, _path(path), keys)


def load_code(
    path: Path, *, settings: bytes = b"", trusted_keys: Optional[Path] = None
) -> Codec:
    """Start a code plug-in: its code runs in a process of its own.

    `settings` are for the plug-in, such as keys. What it remembers of a device is in the
    `state` of its calls; without, nothing is known of the device.
    """
    keys = None if trusted_keys is None else _path(trusted_keys)
    data = _bytes(settings)
    return _load(library().dgm_ffi_load_code, _path(path), keys, data, len(data))


def load_profile(path: Path) -> Codec:
    """Compile the profile in a file, with those that it includes."""
    return _load(library().dgm_ffi_load_profile, _path(path))


def compile_profile(text: Union[str, bytes], *, name: str = "profile.yaml") -> Codec:
    """Compile a profile in memory; `name` stands for it in findings. No file is read."""
    data = text.encode() if isinstance(text, str) else _bytes(text)
    return _load(library().dgm_ffi_parse_profile, _path(name), data, len(data))


def library_version() -> str:
    """Version of the library that is loaded."""
    return library().dgm_ffi_release().decode()
