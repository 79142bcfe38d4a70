"""Checks a clinical note against a payer's written criteria, criterion by criterion, with the note's own words.

    from praxigen import Library, Request, check, read_document

    note = read_document("clinic-note.txt")
    report = check(note, Request(payer="qualcare", codes=["63650"], date="2026-08-03"), Library.open())

The names are loaded when they are first used, so that a command that needs few of them starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from praxigen.version import __version__

if TYPE_CHECKING:
    from praxigen.api import Library, Request, check, find_facts, read_document
    from praxigen.errors import PraxigenError
    from praxigen.model.answer import Answer, Reason, Verdict
    from praxigen.model.document import Document, Quote
    from praxigen.model.fact import Fact
    from praxigen.model.report import Report

__all__ = [
    "Answer",
    "Document",
    "Fact",
    "Library",
    "PraxigenError",
    "Quote",
    "Reason",
    "Report",
    "Request",
    "Verdict",
    "__version__",
    "check",
    "find_facts",
    "read_document",
]

_HOMES = {
    "Answer": "praxigen.model.answer",
    "Document": "praxigen.model.document",
    "Fact": "praxigen.model.fact",
    "Library": "praxigen.library",
    "PraxigenError": "praxigen.errors",
    "Quote": "praxigen.model.document",
    "Reason": "praxigen.model.answer",
    "Report": "praxigen.model.report",
    "Request": "praxigen.model.request",
    "Verdict": "praxigen.model.answer",
    "check": "praxigen.api",
    "find_facts": "praxigen.api",
    "read_document": "praxigen.documents",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'praxigen' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
