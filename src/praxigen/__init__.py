"""Checks a clinical note against a payer's written criteria, criterion by criterion, with the note's own words.

from praxigen import Library, Request, check, read_document

note = read_document("clinic-note.txt")
report = check(note, Request(payer="qualcare", codes=["63650"], date="2026-08-03"), Library.open())
"""

from praxigen.api import Library, Request, check, find_facts, read_document
from praxigen.errors import PraxigenError
from praxigen.model.answer import Answer, Reason, Verdict
from praxigen.model.document import Document, Quote
from praxigen.model.fact import Fact
from praxigen.model.report import Report
from praxigen.version import __version__

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
