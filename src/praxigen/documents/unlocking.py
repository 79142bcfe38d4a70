"""Takes the lock off a PDF or a ZIP, for those who keep files sealed in their own way."""

from __future__ import annotations

from praxigen.documents.kinds import Kind, kind_of
from praxigen.documents.parsed import Locked, Refusal
from praxigen.documents.sandbox import parse_apart
from praxigen.errors import InputError, LockedError


def unlock_document(data: bytes, password: str) -> bytes:
    """A copy of a locked PDF or ZIP that needs no password. The password goes to the child that reads, nowhere else.

    Raises LockedError for a wrong password, InputError for what is no PDF or ZIP, or is damaged.
    """
    try:
        kind = kind_of(data)
        if kind not in (Kind.PDF, Kind.ZIP):
            raise InputError("the file is no PDF and no ZIP file", "Save it without a password, and add it again.")
        return parse_apart("unlock", data, password, {"kind": kind.value}).embedded[0].data
    except Locked as refusal:
        raise LockedError(f"the file {refusal.what}", refusal.hint) from None
    except Refusal as refusal:
        raise InputError(f"the file {refusal.what}", refusal.hint) from None
