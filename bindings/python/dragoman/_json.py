# SPDX-License-Identifier: MIT
"""JSON text of Python values, with the digits of Decimal as they are, and back."""
from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_DEPTH = 64  # deeper JSON is refused by the library


def _whole(text: str) -> Any:
    return -0.0 if text == "-0" else int(text)


def from_json(text: str, parse_float: Any = None) -> Any:
    """Values of JSON text. A zero below zero is a float, for an int has none."""
    parse_int = _whole if "-0" in text else None
    return json.loads(text, parse_float=parse_float, parse_int=parse_int)


def _number(value: Any) -> str:
    if isinstance(value, int):
        return int.__repr__(value)
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if not finite:
        raise ValueError(f"JSON has no number {value}")
    if isinstance(value, Decimal):
        return str(value)
    return float.__repr__(value)


def _member(name: Any, value: Any, depth: int) -> str:
    if not isinstance(name, str):
        raise TypeError(f"names of members are str, not {type(name).__name__}")
    return f"{json.dumps(name, ensure_ascii=False)}:{to_json(value, depth)}"


def to_json(value: Any, depth: int = 0) -> str:
    """Compact JSON text of dict, list, tuple, str, int, float, Decimal, bool and None."""
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if depth > _DEPTH:
        raise ValueError("the value is nested too deeply, or holds itself")
    if isinstance(value, Mapping):
        members = (_member(name, inner, depth + 1) for name, inner in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(to_json(inner, depth + 1) for inner in value) + "]"
    raise TypeError(f"{type(value).__name__} cannot be JSON")
