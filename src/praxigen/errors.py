"""Every error that praxigen raises on purpose, as one tree.

    PraxigenError                 shown to the user as one message, never as a traceback
    ├── UsageError        exit 2  a wrong argument: unknown payer, code, stage, format
    ├── InputError        exit 3  a document that could not be read
    │   └── LockedError           ... without its password
    └── LibraryError      exit 2  a policy or lexicon file with something wrong in it
        └── FileError             ... at a known file, line and column

Exit codes 0, 1 and 4 are answers, not errors: every criterion met, gaps, no public criteria.
"""

from __future__ import annotations

EXIT_MET = 0
EXIT_GAPS = 1
EXIT_USAGE = 2
EXIT_UNREADABLE = 3
EXIT_NO_PUBLIC_CRITERIA = 4


class PraxigenError(Exception):
    """A mistake that the user can mend. The message says what is wrong; `hint` says what to do next."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class UsageError(PraxigenError):
    """The request cannot be understood: an unknown payer or code, a date before any edition."""


class InputError(PraxigenError):
    """The document cannot be read: missing, empty, binary, too large."""

    exit_code = EXIT_UNREADABLE


class LockedError(InputError):
    """The document is locked with a password that was not given, or given wrong."""


class QuoteMismatchError(PraxigenError):
    """A quote is not the text at its place in the document: a fault in praxigen, never in the note."""


class LibraryError(PraxigenError):
    """The policy library cannot be used as it stands."""


class FileError(LibraryError):
    """One fault in a policy or lexicon file: file, line and column (both from 1), what is wrong, what to write."""

    def __init__(self, file: str, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(f"{file}:{line}:{column}: {message}", hint)
        self.file = file
        self.line = line
        self.column = column
        self.what = message
