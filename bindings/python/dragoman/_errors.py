# SPDX-License-Identifier: MIT
"""What can go wrong, as exceptions that say where and why."""
from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any, Optional, Union

Number = Union[int, Decimal]


@dataclasses.dataclass(frozen=True)
class Fault:
    """What is wrong, where; of an error or a warning. `report` has all that is known."""

    status: str  # "truncated": docs/errors.md has them all
    family: Optional[str]  # "data", "usage", ...; None of a warning
    text: str  # one line for people
    place: Optional[str] = None  # what `offset` counts bytes of: "frame", "json", "table"
    offset: Optional[int] = None
    bit: Optional[int] = None
    field: Optional[str] = None  # "Meter.flow"
    found: Optional[Number] = None
    expected: Optional[Number] = None
    low: Optional[Number] = None
    high: Optional[Number] = None
    report: dict = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, report: dict) -> Fault:
        return cls(
            status=report["status"],
            family=report.get("family"),
            text=report.get("text", report["status"]),
            place=report.get("place"),
            offset=report.get("offset"),
            bit=report.get("bit"),
            field=report.get("path"),
            found=report.get("raw"),
            expected=report.get("expected"),
            low=report.get("low"),
            high=report.get("high"),
            report=report,
        )


class Error(Exception):
    """Of all errors here. It has the members of its `fault`, too."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "fault":
            raise AttributeError(name)
        return getattr(self.fault, name)

    def __reduce__(self):
        return type(self), (self.fault,)


class DataError(Error):
    """The frame or the JSON is wrong."""


class CallError(Error):
    """An argument is wrong, or one is missing."""


class LoadError(Error):
    """A plug-in, a key or a file is refused or cannot be had."""


class ProfileError(LoadError):
    """A profile has errors. `findings` has each as a dict with line, column, rule, text."""

    @property
    def findings(self) -> list[dict]:
        return self.fault.report["findings"]


class LibraryError(Exception):
    """The library is missing, or was made for another version of this module."""


_BY_FAMILY = {
    "fine": LoadError,  # a file of parts, without a product
    "data": DataError,
    "usage": CallError,
    "table": LoadError,
    "system": LoadError,
}


def error_of(report: dict) -> Exception:
    """The exception for a report that is not fine."""
    if report["status"] == "memory":
        return MemoryError("no memory")
    if report["status"] == "profile":
        return ProfileError(Fault.of(report))
    return _BY_FAMILY.get(report["family"], Error)(Fault.of(report))
