"""Faults as values, and the collector that lets a reader report all of a file's faults at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from praxigen.errors import FileError

# More than this many faults in one message helps nobody.
_SHOWN = 20


class Severity(StrEnum):
    """Whether a fault stops the file from being used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file: where, what, and what to write instead. Line and column count from 1."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{text}\n  {self.hint}" if self.hint else text


class FaultyFileError(FileError):
    """A file with one or more faults. Stands for the first of them; `faults` are all, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        first = self.faults[0]
        super().__init__(first.file, first.line, first.column, first.message, first.hint)
        if len(self.faults) > 1:
            shown = [str(fault) for fault in self.faults[:_SHOWN]]
            left = len(self.faults) - len(shown)
            self.message = "\n".join([*shown, f"... and {left} more faults in this file"] if left else shown)
            self.hint = ""
            self.args = (self.message,)


class Place(Protocol):
    """Anything that knows where in its file it begins."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column, from 1."""


class Faults:
    """Collects the faults of one file, so that its author sees all of them and nothing is half loaded."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []

    def add(self, place: Place, message: str, hint: str = "", code: str = "schema") -> None:
        """Note one fault at `place`. `code` names the kind of fault for `library lint`."""
        self._found.append(Fault(self.file, place.line, place.column, code, message, hint))

    def __bool__(self) -> bool:
        """Whether any fault was noted."""
        return bool(self._found)

    def raise_any(self) -> None:
        """Raise FaultyFileError if any fault was noted."""
        if self._found:
            raise FaultyFileError(dict.fromkeys(self._found))
